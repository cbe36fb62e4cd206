package model

import (
	"time"

	"pou/model/day"
)

// The local clocks of watching an order.
const (
	acceptDays   = 2  // working days in which a handover is acknowledged
	answerDays   = 1  // working days in which a supervisor answers a concern
	coverNotice  = 3  // days before its last that cover is listed
	watchRunway  = 14 // days before it is due that a check or a review is listed
	occasionSoon = 7  // days before it is due that an occasion of a requirement is listed
	occasionMost = 7  // occasions nobody recorded that are listed one by one; the last says how many more there are
)

// protocol is the source of these clocks. No public text of the protocol gives them, so they say check.
const protocol = Local + ", check"

// watched adds the clocks of watching an order to its own, and gives all of them to whoever answers for the order today.
func (o *Order) watched(w Watch, own []Due) []Due {
	out := append(own, o.watchDues(w)...)
	today := day.On(w.Now)
	for i := range out {
		if out[i].Owner == o.Monitor {
			out[i].Owner = o.Watcher(today)
		}
	}
	return out
}

// watchDues are the clocks of watching an order: checks, occasions of requirements, handover, cover, concerns, review. Of an
// order whose last day has passed, what nobody recorded while it bound stays to be recorded.
func (o *Order) watchDues(w Watch) []Due {
	today, p := day.On(w.Now), o.plan()
	out := o.occasionDues(&p, w.Now)
	if !o.Live(today) {
		return out
	}
	out = append(out, o.checkDues(&p, w)...)
	out = append(out, p.handoverDues(today)...)
	if !p.Escalated.IsZero() {
		out = append(out, Due{
			Rule: "answer the concern raised with you", Citation: protocol, Start: p.Escalated.Start(), Deadline: p.Escalated.AddWorkingDays(answerDays).End(),
			Owner: p.EscalateTo, Missed: "a monitoring officer asked for help and nobody answered", Settle: "order.escalation-answer",
		})
	}
	return out
}

func (o *Order) checkDues(p *MonitorPlan, w Watch) []Due {
	today := day.On(w.Now)
	if !o.planned() {
		return []Due{{ // a standing alarm, like the one for an order without an officer
			Rule: "decide the risk, and how often the order is checked", Citation: protocol, Start: o.Made.Start(), Deadline: today.End(), Owner: o.Monitor,
			Missed: "the order is watched by nobody's plan", Settle: "order.plan",
		}}
	}
	from, checked := o.checkedOn()
	rule := p.visitWord() + " check of the order"
	if !checked {
		rule = "first " + rule
	}
	soon := today.AddDays(watchRunway)
	var out []Due
	if by := o.NextCheck(w.Limits); by <= soon {
		out = append(out, Due{
			Rule: rule, Citation: "every " + itoa(o.CheckEvery(w.Limits)) + " days: " + protocol, Start: from.Start(), Deadline: by.End(),
			Owner: o.Monitor, Missed: "a breach goes unseen until the victim-survivor reports it", Settle: "check.record",
		})
	}
	reviewed := max(p.Reviewed, p.Planned, o.Made)
	if by := reviewed.AddDays(reviewDays(o.Risk)); by <= soon {
		out = append(out, Due{
			Rule: "supervisor's review of how the order is watched", Citation: protocol, Start: reviewed.Start(), Deadline: by.End(), Owner: o.Monitor,
			Missed: "nobody sees whether the order is watched", Settle: "order.review",
		})
	}
	if p.Next != "" && !p.NextBy.IsZero() {
		out = append(out, Due{
			Rule: "next action: " + p.Next, Citation: "set at the last check", Start: p.LastCheck.Start(), Deadline: p.NextBy.End(), Owner: o.Monitor,
			Missed: "what a check found is not followed up", Settle: "check.record",
		})
	}
	return out
}

func (p *MonitorPlan) visitWord() string {
	if p.Announced {
		return "announced"
	}
	return "unannounced"
}

// handoverDues are the clocks of one officer taking over from another: acknowledgement, and the end of cover.
func (p *MonitorPlan) handoverDues(today day.Date) []Due {
	var out []Due
	if p.Offered != "" {
		out = append(out, Due{
			Rule: "acknowledge the handover of the order", Citation: protocol, Start: p.OfferedOn.Start(), Deadline: p.OfferedOn.AddWorkingDays(acceptDays).End(),
			Owner: p.Offered, Missed: "two officers each think the other watches; the old one still answers for it", Settle: "order.accept",
		})
	}
	if p.Cover != "" && p.CoverUntil.AddDays(-coverNotice) <= today {
		out = append(out, Due{
			Rule: "cover ends: record the return, or extend the cover", Citation: protocol, Start: p.CoverFrom.Start(), Deadline: p.CoverUntil.End(), Owner: p.Cover,
			Missed: "nobody knows whether the monitoring officer is back", Settle: "order.return",
		})
	}
	return out
}

// occasionDues are the next occasion of each requirement, and those past that nobody recorded: what was not recorded may
// have been missed, and a missed one is a potential breach nobody else will report.
func (o *Order) occasionDues(p *MonitorPlan, now time.Time) []Due {
	var out []Due
	today := day.On(now)
	for _, c := range o.Conditions {
		open := o.unrecorded(c, p, today.AddDays(occasionSoon), now)
		for i, on := range open {
			if i == occasionMost {
				break
			}
			rule := string(c.Type)
			if c.Type == "" {
				rule = "requirement"
			}
			rule += ", condition " + itoa(c.No) + ": occasion of " + on.Long()
			if more := len(open) - occasionMost; i == occasionMost-1 && more > 0 {
				rule += " and " + itoa(more) + " more nobody recorded"
			}
			out = append(out, Due{
				Rule: rule, Citation: "condition " + itoa(c.No) + " of the order: " + c.Match.Schedule.String(), Start: on.Start(), Deadline: c.Match.Schedule.Deadline(on),
				Owner: o.Monitor, Missed: "a missed occasion is a potential breach that no victim-survivor reports", Settle: "check.attend",
			})
		}
	}
	return out
}

// unrecorded are the occasions of a requirement that nobody recorded, until a day: all that are past, and the one to come.
func (o *Order) unrecorded(c Condition, p *MonitorPlan, until day.Date, now time.Time) []day.Date {
	var out []day.Date
	for _, on := range o.occasions(c, until) {
		if _, known := p.attendance(c.No, on); known {
			continue
		}
		out = append(out, on)
		if c.Match.Schedule.Deadline(on).After(now) {
			break
		}
	}
	return out
}

// occasions are the days a requirement was to be done while it bound the subject: from service, for an order not served
// cannot be broken, until the order or the condition ended.
func (o *Order) occasions(c Condition, until day.Date) []day.Date {
	if c.Match.Schedule.IsZero() || o.Served.IsZero() {
		return nil
	}
	for _, last := range []day.Date{o.Until, c.Until} {
		if !last.IsZero() {
			until = min(until, last)
		}
	}
	for _, ended := range []day.Date{o.Ended, c.Ended} {
		if !ended.IsZero() {
			until = min(until, ended.AddDays(-1))
		}
	}
	return c.Match.Schedule.Occasions(day.On(o.Served), until)
}
