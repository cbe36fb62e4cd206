package model

import (
	"slices"

	"pou/model/day"
)

// RiskLevel is a recorded judgement of how dangerous a subject is, made by a named officer: never worked out.
type RiskLevel string

// The judgements.
const (
	RiskHigh     RiskLevel = "high"
	RiskMedium   RiskLevel = "medium"
	RiskStandard RiskLevel = "standard"
)

// Choices lists the judgements for a form.
func (RiskLevel) Choices() []Choice {
	return []Choice{{string(RiskHigh), "high", "h"}, {string(RiskMedium), "medium", "m"}, {string(RiskStandard), "standard", "s"}}
}

// Notifiable is a new name used or a new home: the subject of an SPO notifies it within three days beginning with the day
// it happens (SPA 2019 s.9(3)-(4)).
type Notifiable struct {
	What     NotifiableWhat `cbor:"1,keyasint" json:"what"`
	Text     string         `cbor:"2,keyasint" json:"text"` // the name, or the address
	Day      day.Date       `cbor:"3,keyasint" json:"day"`  // it began to be used
	Notified day.Date       `cbor:"4,keyasint,omitempty" json:"notified,omitzero"`
	Found    string         `cbor:"5,keyasint,omitempty" json:"found,omitempty"` // how it came to light, when the subject did not tell
}

// NotifiableWhat is what changed.
type NotifiableWhat string

// What is to be notified; nothing else is (SPA 2019 s.9(2)).
const (
	NewName NotifiableWhat = "name"
	NewHome NotifiableWhat = "home address"
)

// Choices lists the changes for a form.
func (NotifiableWhat) Choices() []Choice {
	return []Choice{{string(NewName), "a new name is used", "n"}, {string(NewHome), "home address changed", "h"}}
}

// OrderDecision is something decided about an order after it was made: by a court, or by the unit near its end.
type OrderDecision struct {
	Day       day.Date     `cbor:"1,keyasint" json:"day"`
	What      DecisionWhat `cbor:"2,keyasint" json:"what"`
	Condition int          `cbor:"3,keyasint,omitempty" json:"condition,omitempty"` // 0: of the whole order
	Until     day.Date     `cbor:"4,keyasint,omitempty" json:"until,omitzero"`
	By        Ref          `cbor:"5,keyasint" json:"by"`
	Reason    string       `cbor:"6,keyasint,omitempty" json:"reason,omitempty"`
	Before    string       `cbor:"7,keyasint,omitempty" json:"before,omitempty"` // the words that were varied: an earlier event is held to them
}

// DecisionWhat is what was decided.
type DecisionWhat string

// The decisions the log of an order keeps.
const (
	ToRenew         DecisionWhat = "apply to renew"
	ToVary          DecisionWhat = "apply to vary"
	ToLapse         DecisionWhat = "let lapse"
	WasRenewed      DecisionWhat = "renewed"
	WasVaried       DecisionWhat = "varied"
	WasRefused      DecisionWhat = "application refused"
	ConditionAdded  DecisionWhat = "condition added by variation"
	ConditionEnded  DecisionWhat = "condition discharged"
	AppealNoted     DecisionWhat = "appeal"
	ServiceCorrect  DecisionWhat = "service corrected"
	WatcherLeft     DecisionWhat = "monitoring officer left"
	NotifiedDropped DecisionWhat = "notification set aside"
)

// pends reports whether the decision is an application somebody has still to hear the result of.
func (w DecisionWhat) pends() bool { return w == ToRenew || w == ToVary }

// varies reports whether a court changed what the order says.
func (w DecisionWhat) varies() bool {
	return w == WasVaried || w == ConditionAdded || w == ConditionEnded
}

// settles reports whether the decision answers for a stage of the runway to a last day.
func (w DecisionWhat) settles() bool {
	return w.pends() || w == ToLapse || w == WasRenewed || w == WasVaried || w == WasRefused
}

// MonitorPlan is how an order is watched for its whole life. There is always one named officer, or an alarm.
type MonitorPlan struct {
	Every      int      `cbor:"1,keyasint,omitempty" json:"every_days,omitempty"` // days between checks; 0: by the risk
	Announced  bool     `cbor:"2,keyasint,omitempty" json:"announced,omitempty"`  // visits are announced beforehand
	LastCheck  day.Date `cbor:"3,keyasint,omitempty" json:"last_check,omitzero"`
	Cover      Ref      `cbor:"4,keyasint,omitempty" json:"cover,omitempty"` // watches while the monitoring officer is away
	CoverFrom  day.Date `cbor:"5,keyasint,omitempty" json:"cover_from,omitzero"`
	CoverUntil day.Date `cbor:"6,keyasint,omitempty" json:"cover_until,omitzero"`
	Offered    Ref      `cbor:"7,keyasint,omitempty" json:"offered,omitempty"` // handed over to, and not yet acknowledged
	OfferedOn  day.Date `cbor:"8,keyasint,omitempty" json:"offered_on,omitzero"`
	OfferedBy  Ref      `cbor:"9,keyasint,omitempty" json:"offered_by,omitempty"`
	Handover   string   `cbor:"10,keyasint,omitempty" json:"handover,omitempty"` // what the next officer must know
	Escalated  day.Date `cbor:"11,keyasint,omitempty" json:"escalated,omitzero"`
	EscalateTo Ref      `cbor:"12,keyasint,omitempty" json:"escalate_to,omitempty"`
	Concern    string   `cbor:"13,keyasint,omitempty" json:"concern,omitempty"`

	Planned     day.Date     `cbor:"14,keyasint,omitempty" json:"planned,omitzero"`  // the plan was made: a first check is counted from it
	Reviewed    day.Date     `cbor:"15,keyasint,omitempty" json:"reviewed,omitzero"` // by a supervisor
	ReviewedBy  Ref          `cbor:"16,keyasint,omitempty" json:"reviewed_by,omitempty"`
	Next        string       `cbor:"17,keyasint,omitempty" json:"next,omitempty"` // what the last check said is to be done
	NextBy      day.Date     `cbor:"18,keyasint,omitempty" json:"next_by,omitzero"`
	Attended    []Attendance `cbor:"19,keyasint,omitempty" json:"attended,omitempty"` // of requirements: each occasion somebody recorded
	EscalatedBy Ref          `cbor:"20,keyasint,omitempty" json:"escalated_by,omitempty"`
}

// Attendance is what is known of one occasion of a requirement: attended, missed, or excused beforehand.
type Attendance struct {
	Condition int          `cbor:"1,keyasint" json:"condition"`
	Day       day.Date     `cbor:"2,keyasint" json:"day"`
	Result    AttendResult `cbor:"3,keyasint" json:"result"`
	Evidence  string       `cbor:"4,keyasint,omitempty" json:"evidence,omitempty"`
	By        Ref          `cbor:"5,keyasint" json:"by"`
	Breach    Ref          `cbor:"6,keyasint,omitempty" json:"breach,omitempty"` // the potential breach a missed one was reported as
}

// AttendResult is what became of an occasion of a requirement.
type AttendResult string

// The results.
const (
	Attended AttendResult = "attended"
	Missed   AttendResult = "missed"
	Excused  AttendResult = "excused" // by whoever may: the provider, the court, or for a reason an officer records
)

// Choices lists the results for a form.
func (AttendResult) Choices() []Choice {
	return []Choice{{string(Attended), "attended", "a"}, {string(Missed), "missed: a potential breach", "m"}, {string(Excused), "excused", "e"}}
}

// plan is how the order is watched, as a copy; the zero plan where nothing has been recorded.
func (o *Order) plan() MonitorPlan {
	if o.Watch == nil {
		return MonitorPlan{}
	}
	return *o.Watch
}

// watching is the order's plan, to be changed: a copy of its own, so that no other version of the order changes with it.
func (o *Order) watching() *MonitorPlan {
	p := o.plan()
	p.Attended = slices.Clone(p.Attended)
	o.Watch = &p
	return o.Watch
}

// officers are those the plan names beside the monitoring officer.
func (p *MonitorPlan) officers() []Ref {
	if p == nil {
		return nil
	}
	return []Ref{p.Cover, p.Offered, p.EscalateTo}
}

// Watcher is the officer who answers for the order on a day: the cover from the first day of the leave until somebody has
// recorded that the monitoring officer is back, else the monitoring officer. Cover that has run out is an alarm of its own,
// and work does not go back to a desk nobody may sit at.
func (o *Order) Watcher(on day.Date) Ref {
	if p := o.Watch; p != nil && p.Cover != "" && p.CoverFrom <= on {
		return p.Cover
	}
	return o.Monitor
}

// attendance finds what was recorded of an occasion.
func (p *MonitorPlan) attendance(condition int, on day.Date) (Attendance, bool) {
	for _, a := range p.Attended {
		if a.Condition == condition && a.Day == on {
			return a, true
		}
	}
	return Attendance{}, false
}

// reviewDays is how often the supervision of an order is reviewed, by the risk somebody recorded. No public text of the
// Stalking Offender Protocol gives it: it is the unit's own, to be checked against it.
func reviewDays(r RiskLevel) int {
	switch r {
	case RiskStandard:
		return 182
	case RiskMedium:
		return 91
	case RiskHigh:
	}
	return 28
}

// CheckEvery is how many days may pass between checks: as planned, or by the risk.
func (o *Order) CheckEvery(in Limits) int {
	if p := o.plan(); p.Every > 0 {
		return p.Every
	}
	return o.leastEvery(in)
}

// leastEvery is how many days may pass between checks by the risk somebody recorded, as the limits in force have it. Until
// somebody has recorded the risk the shortest stands.
func (o *Order) leastEvery(in Limits) int {
	risk := o.Risk
	if risk == "" {
		risk = RiskHigh
	}
	return in.On(VisitLimit(risk), o.Made).Value
}

// planned reports whether somebody has decided how the order is watched.
func (o *Order) planned() bool { return o.Risk != "" || o.plan().Every > 0 }

// checkedOn is the day the interval to the next check runs from: the last check, or, before there is one, service or the
// plan, whichever came later.
func (o *Order) checkedOn() (last day.Date, checked bool) {
	p := o.plan()
	if last = p.LastCheck; last.IsZero() {
		last = o.broughtCheck()
	}
	if !last.IsZero() {
		return last, true
	}
	from := max(o.Made, p.Planned)
	if !o.Served.IsZero() {
		from = max(from, day.On(o.Served))
	}
	return from, false
}

// broughtCheck is the last check of an order that came with some from elsewhere: they stand on its conditions alone. What
// was attended stands there too, and is no check.
func (o *Order) broughtCheck() day.Date {
	var last day.Date
	for _, c := range o.Conditions {
		if !c.Requirement {
			last = max(last, c.Checked)
		}
	}
	return last
}

// NextCheck is the last day for the next check.
func (o *Order) NextCheck(in Limits) day.Date {
	from, _ := o.checkedOn()
	return from.AddDays(o.CheckEvery(in))
}
