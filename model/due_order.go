package model

import "pou/model/day"

func (o *Order) clocks(w Watch) []Due {
	today := day.On(w.Now)
	if !o.Live(today) && (o.End != "" || o.Until.IsZero()) {
		return nil
	}
	var out []Due
	if o.Type.IsSPO() && o.Served.IsZero() && o.Live(today) {
		out = append(out, Due{
			Rule: "serve the order", Citation: Local + " (the notification clock starts with service: SPA 2019 s.9)", Start: o.Made.Start(),
			Deadline: o.Made.AddDays(1).End(), Owner: o.Monitor, Missed: "a breach cannot be charged", Settle: "order.serve",
		})
	}
	if w.Subject != nil && o.Notified.IsZero() {
		if by, why, due := o.NotifyBy(w.Subject); due {
			out = append(out, Due{
				Rule: "initial notification", Citation: why, Start: o.Served, Deadline: by.End(), Owner: o.Monitor,
				Missed: "failing to notify is an offence (SPA 2019 s.11)", Settle: "order.notify",
			})
		}
	}
	if !o.Until.IsZero() && o.Until.AddMonths(-expiryRunway) <= today {
		out = append(out, Due{
			Rule: o.expiryRule(), Citation: o.Type.Power(), Start: o.Made.Start(), Deadline: o.Until.End(), Owner: o.Monitor,
			Missed: "the order lapses and nobody is protected by it", Settle: "order.expiry",
		})
	}
	if o.Monitor == "" && o.Live(today) {
		out = append(out, Due{
			// A standing alarm rather than a clock: it is due today, every day, until somebody watches the order.
			Rule: "name a monitoring officer", Citation: Local + " (Stalking Offender Protocol)", Start: o.Made.Start(), Deadline: today.End(),
			Missed: "nobody watches the order", Settle: "order.monitor",
		})
	}
	return o.watched(w, out)
}

func (o *Order) expiryRule() string {
	if o.Type == InterimSPO {
		return "interim order ends: hearing of the main application"
	}
	return "order ends: renew, vary or let lapse"
}
