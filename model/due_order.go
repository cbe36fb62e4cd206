package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// The local clocks of orders, in days; a lead may change them.
const (
	applyNagDays  = 28 // from the decision to apply until somebody asks what became of it
	lapseNoteDays = 7  // from the last day of an order that was let lapse until that is recorded
)

// runway are the stages at which a last day is looked ahead to, in months before it.
func runway() []int { return []int{expiryRunway, 3, 1} }

func (o *Order) clocks(w Watch) []Due {
	today := day.On(w.Now)
	if !o.Live(today) && (o.End != "" || o.Until.IsZero()) {
		return nil
	}
	out := o.serveDues(today)
	if w.Subject != nil {
		out = append(out, o.notifyDues(w.Subject)...)
	}
	out = append(out, o.expiryDues(today)...)
	return o.watched(w, append(out, o.ownerAlarm(w)...))
}

func (o *Order) serveDues(today day.Date) []Due {
	if !o.Type.knowing() || !o.Served.IsZero() || !o.Live(today) {
		return nil
	}
	why := " (a breach is charged only of somebody who knew of the order, check)"
	if o.Type.IsSPO() {
		why = " (the notification clock starts with service: SPA 2019 s.9)"
	}
	return []Due{{
		Rule: "serve the order", Citation: Local + why, Start: o.Made.Start(), Deadline: o.Made.AddDays(1).End(), Owner: o.Monitor,
		Missed: "a breach cannot be charged", Settle: "order.serve",
	}}
}

func (o *Order) notifyDues(subject *Person) []Due {
	var out []Due
	const missed = "failing to notify is an offence (SPA 2019 s.11)"
	if by, why, due := o.Owes(subject); due {
		d := Due{Rule: "initial notification", Citation: why, Start: o.notifyStart(), Deadline: by.End(), Owner: o.Monitor, Missed: missed, Settle: "order.notify"}
		switch {
		case subject.RSOUntil >= day.On(d.Start):
			d.Start, d.Event = subject.RSOUntil.Start(), "the sex offender notification ends"
		case !d.Start.Equal(o.Served):
			d.Event = "service of the interim order"
		}
		out = append(out, d)
	}
	for _, n := range o.Changes {
		if by, why, due := o.ChangeBy(n, subject); due && n.Notified.IsZero() {
			out = append(out, Due{
				Rule: "notify a change of " + string(n.What), Citation: why, Start: n.Day.Start(), Deadline: by.End(), Owner: o.Monitor, Missed: missed,
				Settle: "order.change-notified",
			})
		}
	}
	return out
}

// expiryDues are the clocks to the last day of the order, and of each condition with an earlier one of its own.
func (o *Order) expiryDues(today day.Date) []Due {
	rule, missed := "order ends: renew, vary or let lapse", "the order lapses and nobody is protected by it"
	if o.Type == InterimSPO {
		rule = "interim order ends: hearing of the main application"
	}
	out := o.ending(0, o.Until, today, rule, missed)
	for _, c := range o.Conditions {
		if c.Until.IsZero() || !c.Ended.IsZero() || (!o.Until.IsZero() && c.Until >= o.Until) || !o.Live(today) {
			continue
		}
		out = append(out, o.ending(c.No, c.Until, today, "condition "+itoa(c.No)+" ends: renew, vary or let lapse", "the condition lapses and nobody is protected by it")...)
	}
	return out
}

// ending is the clock to one last day. At each stage of the runway a decision is asked for, and one that was given since
// the stage began holds until the next. Once the last day has passed, only an end or a new last day settles it.
func (o *Order) ending(condition int, until, today day.Date, rule, missed string) []Due {
	months, from, ahead := stage(until, today)
	last, decided := o.lastDecision(condition)
	applied, pending := o.pending(condition)
	due := Due{
		Rule: rule, Citation: o.Type.Power() + "; " + stageWords(months), Start: max(from, o.Made).Start(), Deadline: until.End(), Owner: o.Monitor,
		Missed: missed, Settle: "order.expiry",
	}
	passed := !until.IsZero() && today > until
	switch {
	case passed && decided && last.What == ToLapse && last.Day <= until:
		if condition > 0 {
			return nil // it was let lapse, and has
		}
		due.Rule, due.Deadline, due.Missed = "record that the order lapsed, as decided", until.AddDays(lapseNoteDays).End(), "an order that binds nobody stands among the live ones"
		return []Due{due}
	case passed:
		return []Due{due}
	case pending: // one nag instead of the stages: it asks until there is a result
		due.Rule, due.Start = string(applied.What)+": lodge it, and record the result", applied.Day.Start()
		due.Citation = o.Type.Power() + "; " + Local
		due.Deadline = applied.Day.AddDays(applyNagDays).End()
		if !until.IsZero() && until.End().Before(due.Deadline) {
			due.Deadline = until.End()
		}
		if condition > 0 {
			due.Rule = "condition " + itoa(condition) + ": " + due.Rule
		}
		return []Due{due}
	case !ahead, decided && last.Day >= from && (last.What != WasVaried || !last.Until.IsZero()):
		return nil
	}
	return []Due{due}
}

// stage is the stage of the runway a day has reached before a last day, and the day it began; months is 0 when the last day
// has passed.
func stage(until, today day.Date) (months int, from day.Date, reached bool) {
	if until.IsZero() {
		return 0, 0, false
	}
	if today > until {
		return 0, until.AddDays(1), true
	}
	for _, m := range runway() {
		if begins := until.AddMonths(-m); today >= begins {
			months, from, reached = m, begins, true
		}
	}
	return months, from, reached
}

func stageWords(months int) string {
	switch months {
	case 0:
		return "its last day has passed"
	case 1:
		return "the stage of 1 month, " + Local
	}
	return "the stage of " + itoa(months) + " months, " + Local
}

// lastDecision is the last that was decided about the end of the order (0) or of a condition.
func (o *Order) lastDecision(condition int) (OrderDecision, bool) {
	for _, d := range slices.Backward(o.Log) {
		if d.Condition == condition && d.What.settles() {
			return d, true
		}
	}
	return OrderDecision{}, false
}

// pending is the application to renew or vary that no court has answered yet. An application to vary the order is answered
// by whatever the court then changed in it.
func (o *Order) pending(condition int) (OrderDecision, bool) {
	for _, d := range slices.Backward(o.Log) {
		switch {
		case d.Condition == condition && d.What.pends():
			return d, true
		case d.Condition == condition && d.What.settles(), condition == 0 && d.What.varies():
			return OrderDecision{}, false
		}
	}
	return OrderDecision{}, false
}

// watchDues is the alarm of an order nobody watches, or whose officer is no longer here.
func (o *Order) ownerAlarm(w Watch) []Due {
	today := day.On(w.Now)
	who := o.Watcher(today)
	if !o.Live(today) || (who != "" && !w.left(who)) {
		return nil
	}
	missed := "nobody watches the order"
	if who != "" {
		missed = "its monitoring officer has left, and nobody watches the order"
	}
	return []Due{{
		// A standing alarm rather than a clock: it is due today, every day, until somebody watches the order.
		Rule: "name a monitoring officer", Citation: Local + " (Stalking Offender Protocol)", Start: o.Made.Start(), Deadline: today.End(),
		Missed: missed, Settle: "order.monitor",
	}}
}

// leftWords says how far a moment is away, in days: those still to come as the calendar counts them, those over in full.
func leftWords(deadline, now time.Time) string {
	if left := deadline.Sub(now); left <= 0 {
		if days := int(-left / (24 * time.Hour)); days > 1 {
			return itoa(days) + " days over"
		}
		return "just over"
	}
	switch days := day.On(deadline.Add(-time.Second)).Sub(day.On(now)); days {
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	default:
		return "in " + itoa(days) + " days"
	}
}
