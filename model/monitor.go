package model

import "pou/model/day"

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
}
