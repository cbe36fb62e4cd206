package model

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"pou/model/day"
)

// Due is a clock: a rule, the event that started it, when it runs out, and who answers for it.
type Due struct {
	Ref      Ref       `json:"ref"`
	Rule     string    `json:"rule"`
	Citation string    `json:"citation"`
	Event    string    `json:"event"` // what started it
	Start    time.Time `json:"start,omitzero"`
	Deadline time.Time `json:"deadline"` // the first moment that is too late
	Owner    Ref       `json:"owner,omitempty"`
	Missed   string    `json:"missed"` // what happens if it is missed
	Settle   string    `json:"settle"` // the action that settles it
	Person   Ref       `json:"person,omitempty"`
	Unit     Unit      `json:"unit,omitempty"`
	Warn     string    `json:"warn,omitempty"` // what to heed now: days left, paused, who may extend
	Check    bool      `json:"check"`          // rests on a limit that nobody has confirmed against its source
	Typed    bool      `json:"-"`              // the rule is an officer's own words, and may name somebody
}

// Left is how much time is left; negative when it has run out.
func (d Due) Left(now time.Time) time.Duration { return d.Deadline.Sub(now) }

// Local marks a clock that is the unit's own practice rather than law; a lead may change it.
const Local = "local practice"

// expiryRunway is how many months before its last day an order's end is listed.
const expiryRunway = 6

// Watch is what clocks are worked out by: the moment, the limits in force, and the person the record is about, where there
// is one.
type Watch struct {
	Now     time.Time
	Subject *Person
	Left    func(officer Ref) bool // whether an officer no longer works here; nil when nobody can say
	Limits  Limits
}

// left reports whether an officer is known to work here no longer.
func (w Watch) left(officer Ref) bool { return w.Left != nil && officer != "" && w.Left(officer) }

// limit is the limit in force on the day a clock started.
func (w Watch) limit(name LimitName, start time.Time) Limit { return w.Limits.On(name, day.On(start)) }

// timed is a record clocks run on.
type timed interface{ clocks(w Watch) []Due }

// Dues lists the clocks that run on a record by the built-in limits. subject is the person it is about, where there is one.
func Dues(r Record, subject *Person, now time.Time) []Due {
	return DuesBy(r, Watch{Now: now, Subject: subject})
}

// DuesBy lists the clocks that run on a record.
func DuesBy(r Record, w Watch) []Due {
	t, ok := r.(timed)
	if !ok || r.Head().HeldBack != nil {
		return nil
	}
	out := t.clocks(w)
	unit, _ := r.Place()
	for i := range out {
		d := &out[i]
		d.Ref, d.Person, d.Unit = r.Head().Ref, cmp.Or(PersonOf(r), d.Person), unit
		if w.left(d.Owner) { // nobody is told what only somebody who has left would read
			d.Owner = ""
		}
		if d.Event == "" {
			d.Event = eventOf(r, d.Start)
		}
	}
	return out
}

// eventful is a record that can say which of its events happened at a moment: for clocks that only say when they started.
type eventful interface{ event(start time.Time) string }

// eventOf is the start event of a clock in words.
func eventOf(r Record, start time.Time) string {
	if e, ok := r.(eventful); ok {
		if words := e.event(start); words != "" {
			return words
		}
	}
	return "as the " + r.Head().Ref.Kind().Word() + " says"
}

func (o *Order) event(start time.Time) string {
	switch {
	case start.IsZero():
		return ""
	case start.Equal(o.Served):
		return "service of the order"
	case start.Equal(o.Made.Start()):
		return "the order was made"
	case start.Equal(o.Until.Start()) || start.Equal(o.Until.End()):
		return "the last day of the order"
	}
	return ""
}

func (p *Plan) event(time.Time) string { return "the order was changed after it was frozen" }

func (t *Target) clocks(Watch) []Due {
	if t.State != TargetLive {
		return nil
	}
	return []Due{{
		Rule: "review the target", Citation: "DPA 2018 s.39", Event: "put on the list, or last reviewed", Start: t.Added, Deadline: t.ReviewBy.End(), Owner: first(t.Officers),
		Missed: "a person stands on a list nobody has looked at", Settle: "target.review",
	}}
}

func (t *Task) clocks(Watch) []Due {
	if !t.State.Live() || t.Due.IsZero() {
		return nil
	}
	d := Due{
		Rule: t.Title, Citation: "tasked by an officer", Event: "the task was given", Start: t.Added, Deadline: t.Due.End(), Owner: t.Assignee,
		Missed: "the work is late", Settle: "task.done", Typed: true,
	}
	switch t.Kind { //nolint:exhaustive // any other kind is work as an officer gave it
	case recallTask:
		d.Citation, d.Event, d.Settle = Local+" (ICO v Met 2018: removal reaches what was handed out)", "the target left the list", "recall.confirm"
		d.Missed = "somebody acts on paper about a person who is no longer sought"
	case arrestedTask:
		d.Citation, d.Event, d.Missed = Local, "an arrest by somebody else", "officers go after somebody who has been arrested"
	case victimTask:
		d.Citation, d.Event, d.Missed = victimCitation, "something the victim-survivor is told of", "the victim-survivor hears it from the suspect, or not at all"
	}
	return []Due{d}
}

func first(refs []Ref) Ref {
	if len(refs) == 0 {
		return ""
	}
	return refs[0]
}

func (w *Wanted) clocks(at Watch) []Due {
	if !w.State.Live() {
		return nil
	}
	var out []Due
	if by, ok := w.ChargeBy(); ok {
		out = append(out, chargeDue(w.LastAct, by, w.Officer, "arrest.record", at.Now))
	}
	if w.State == NotCirculated {
		limit := at.limit(LimitCirculate, w.Since)
		out = append(out, Due{
			Rule: "circulate on PNC", Citation: limit.Source, Event: "marked as wanted", Start: w.Since, Deadline: limit.After(w.Since),
			Owner: w.Officer, Missed: "another force that stops this person will let them go", Settle: "wanted.circulate", Check: limit.Unsure,
		})
	}
	if runway := at.limit(LimitWeedRunway, w.Published.Start()); !w.Weed.IsZero() && !at.Now.Before(runway.before(w.Weed)) {
		out = append(out, Due{
			Rule: "extend the wanted report", Citation: "Met FOI 22.025188 (three years)", Event: "circulation on PNC", Start: w.Published.Start(),
			Deadline: w.Weed.Start(), Owner: w.Officer, Missed: "the report weeds from PNC", Settle: "wanted.edit",
		})
	}
	return append(out, w.warrantDues(at)...)
}

// warrantDues is the target to execute a court's warrant by its grade. A line for failing to surrender is one on a warrant
// (Bail Act 1976 s.7); the targets are historic, so they say check.
func (w *Wanted) warrantDues(at Watch) []Due {
	name := warrantLimit(w.Grade)
	if name == "" || !slices.Contains(w.Offences, "fta") {
		return nil
	}
	limit := at.limit(name, w.Since)
	return []Due{{
		Rule: "execute the warrant, grade " + string(w.Grade), Citation: limit.Source, Event: "marked as wanted", Start: w.Since, Deadline: limit.After(w.Since),
		Owner: w.Officer, Missed: "somebody the court wants is still at large", Settle: "attempt.record", Check: limit.Unsure,
	}}
}

func chargeDue(lastAct, by day.Date, owner Ref, settle string, now time.Time) Due {
	return Due{
		Rule: "charge a summary-only offence", Citation: "Magistrates' Courts Act 1980 s.127", Event: "the last act", Start: lastAct.Start(), Deadline: by.End(),
		Owner: owner, Missed: "the case cannot be charged (outcome 17); review against s.4A or breach now", Settle: settle, Warn: chargeWarning(by.Sub(day.On(now))),
	}
}

// chargeWarning is what to heed with so many days after today left: the notes ask for a warning at 60, 30 and 14 days.
func chargeWarning(left int) string {
	days := strconv.Itoa(left) + " days left"
	switch {
	case left < 0:
		return "out of time"
	case left == 0:
		return "the last day"
	case left == 1:
		return "1 day left: CPS today"
	case left <= 14:
		return days + ": CPS now"
	case left <= 30:
		return days + ": book the CPS"
	case left <= 60:
		return days + ": review against s.4A or a breach"
	}
	return ""
}

func (b *Breach) clocks(w Watch) []Due {
	if b.State == BreachSubstantiated && b.Wanted == "" {
		found := b.DecidedAt
		if found.IsZero() { // found so elsewhere, and read in
			found = b.Reported
		}
		limit := w.limit(LimitBreachAct, found)
		return []Due{{
			Rule: "act on the substantiated breach: arrest, charge, or record what became of it", Citation: limit.Source, Event: "found substantiated", Start: found,
			Deadline: limit.After(found), Owner: b.Owner, Missed: "a breach was found and nothing followed", Settle: "breach.decide", Check: limit.Unsure,
		}}
	}
	if !b.State.Open() {
		return nil
	}
	limit := w.limit(LimitBreachDecide, b.Reported)
	return []Due{{
		Rule: "decide the potential breach", Citation: limit.Source, Event: "reported", Start: b.Reported, Deadline: limit.After(b.Reported), Owner: b.Owner,
		Missed: "somebody may be in danger and nobody has looked", Settle: "breach.decide", Check: limit.Unsure,
	}}
}

// SortDues puts the clock that runs out first at the top; ties by ref, so that the order is stable.
func SortDues(dues []Due) {
	slices.SortStableFunc(dues, func(a, b Due) int {
		return cmp.Or(a.Deadline.Compare(b.Deadline), cmp.Compare(a.Ref, b.Ref))
	})
}
