package model

import "pou/model/day"

// Dues are the clocks that run on a record, with the alarm no record can raise of itself: an order whose officer has left.
// Nobody leaves while an order counts on them (see officer.leave), so it is one that came in so from elsewhere.
func (l *Liner) Dues(r Record) []Due {
	out := Dues(r, l.Person(PersonOf(r)), l.now)
	o, ok := r.(*Order)
	if !ok || !o.Live(day.On(l.now)) {
		return out
	}
	today := day.On(l.now)
	who := o.Watcher(today)
	if !l.gone(who) {
		return out
	}
	for i := range out {
		if out[i].Owner == who {
			out[i].Owner = ""
		}
	}
	return append(out, Due{
		Ref: o.Ref, Person: o.Person, Unit: o.Unit, Rule: "name a monitoring officer: " + l.Officer(who) + " has left", Citation: protocol,
		Start: o.Made.Start(), Deadline: today.End(), Missed: "nobody watches the order", Settle: "order.monitor",
	})
}

// gone reports whether an officer has left.
func (l *Liner) gone(who Ref) bool {
	if l.Officer(who) == "" {
		return false
	}
	o := l.names[who]
	return o != nil && o.Left
}
