package sample

import (
	"slices"

	"pou/model"
	"pou/model/day"
)

// makeOrders makes the orders: the traps, then SPOs until so many are live, then those that have ended, then restraining
// orders. Apart from the traps they are numbered in the order they were made.
func (d *desk) makeOrders() {
	d.plantOrders()
	planted := len(d.orders)
	dice := newDice(d.seed, streamOrders)
	for i := 0; d.liveSPOs() < d.scaled(liveSPOs); i++ {
		if !d.addSPO(dice, i%len(d.units), i/len(d.units)) {
			break
		}
	}
	for i := range d.scaled(20) {
		d.addEndedSPO(dice, i%len(d.units), i)
	}
	for i := planted; d.restraining() < d.scaled(restraining); i++ {
		d.addRO(dice, i%len(d.units), i)
	}
	d.numberOrders(planted)
	d.planWatch()
}

func (d *desk) liveSPOs() int {
	n := 0
	for _, o := range d.orders {
		if o.Type.IsSPO() && o.Live(d.today) {
			n++
		}
	}
	return n
}

func (d *desk) restraining() int {
	n := 0
	for _, o := range d.orders {
		if o.Type.IsRO() {
			n++
		}
	}
	return n
}

func (d *desk) numberOrders(planted int) {
	slices.SortStableFunc(d.orders[planted:], func(a, b *model.Order) int { return int(a.Made) - int(b.Made) })
	for i, o := range d.orders {
		o.Ref = number(model.KindOrder, i+1)
	}
	for _, o := range d.orders {
		if old := d.replaces[o]; old != nil {
			o.Replaces = old.Ref
		}
	}
}

// addSPO adds a live SPO: every seventh interim; every fourth of the others follows an interim one.
func (d *desk) addSPO(dice *dice, unit, row int) bool {
	person := d.fresh(unit, func(p int) bool { return !d.subjects[p] })
	if person == 0 {
		return false
	}
	switch {
	case row%7 == 3:
		o := d.order(dice, person, unit, model.InterimSPO, dice.between(1, 40))
		o.Until = d.today.AddDays(dice.between(2, 50))
	case row%4 == 1:
		old := d.order(dice, person, unit, model.InterimSPO, dice.between(150, 700))
		o := d.order(dice, person, unit, model.SPO, d.today.Sub(old.Made)-dice.between(28, 90))
		d.follow(o, old)
	default:
		ago := dice.between(2, 1100)
		if dice.chance(15) {
			ago = dice.between(2, 45)
		}
		d.order(dice, person, unit, model.SPO, ago)
	}
	return true
}

// follow makes a full order take an interim one's place.
func (d *desk) follow(o, old *model.Order) {
	d.replaces[o] = old
	old.Until, old.End, old.Ended, old.Monitor = o.Made.AddDays(20), model.Superseded, o.Made, o.Monitor
	old.Note = mark + ". Died with the determination of the main application."
	old.Protected = o.Protected
	o.Notified = 0
}

// addEndedSPO adds an SPO that has run out or was discharged.
func (d *desk) addEndedSPO(dice *dice, unit, i int) {
	person := d.fresh(unit, func(p int) bool { return !d.subjects[p] })
	if person == 0 {
		return
	}
	o := d.order(dice, person, unit, model.SPO, dice.between(800, 1300))
	delete(d.subjects, person)
	if i%2 == 0 {
		o.Until = day.MonthsBeginning(o.Made, 24)
		return
	}
	o.End, o.Ended = model.Discharged, d.days(dice.between(10, 60))
	o.Note = mark + ". Discharged by consent after two years."
}

// addRO adds a restraining order: of seven, four on conviction, one on acquittal, two from before December 2020.
func (d *desk) addRO(dice *dice, unit, i int) {
	person := d.fresh(unit, func(int) bool { return true })
	since2020 := d.today.Sub(day.Of(2020, 12, 1))
	switch i % 7 {
	case 2:
		d.order(dice, person, unit, model.ROAcquittal, dice.between(5, 1500))
	case 4, 6:
		d.order(dice, person, unit, model.ROBefore2020, since2020+dice.between(1, 2400))
	default:
		d.order(dice, person, unit, model.ROConviction, min(since2020, dice.between(5, 1800)))
	}
}

// order makes an order as most are, so many days ago, and keeps it.
func (d *desk) order(dice *dice, person, unit int, typ model.OrderType, madeAgo int) *model.Order {
	magistrates, crown := courts()
	t := &d.teams[unit]
	o := &model.Order{
		Person: personRef(person), Type: typ, Unit: d.units[unit].Code, Court: pick(dice, crown), Made: d.days(madeAgo), Origin: typ.Origin(),
		Monitor: pick(dice, t.monitors), Note: mark + ". Subject: " + pick(dice, reports()) + ".", Protected: mark + " protected person " + letter(dice) + letter(dice),
	}
	if typ.IsSPO() {
		o.Court = pick(dice, magistrates)
	}
	if typ.IsRO() && dice.chance(2) {
		o.Monitor = "" // no statute gives a restraining order an officer
	}
	o.Until = d.lastDay(dice, o)
	o.Conditions = d.conditions(dice, o)
	d.serve(dice, o, t)
	if typ.IsSPO() {
		d.subjects[person] = true
	}
	d.orders = append(d.orders, o)
	return o
}

// lastDay is the last day of an order that is still running, or none: until further order.
func (d *desk) lastDay(dice *dice, o *model.Order) day.Date {
	switch {
	case o.Type == model.InterimSPO:
		return o.Made.AddDays(28)
	case dice.chance(20):
		return 0
	}
	months := 12 * dice.between(2, 5)
	if o.Type == model.ROBefore2020 {
		months = 60
	}
	until := day.MonthsBeginning(o.Made, months)
	for until < d.today.AddDays(4) && (o.Type.IsSPO() || dice.chance(93)) { // a few restraining orders have run out
		months += 12
		until = day.MonthsBeginning(o.Made, months)
	}
	return until
}

// conditions are two to five of what orders say: requirements in SPOs alone (Sentencing Act 2020 s.359).
func (d *desk) conditions(dice *dice, o *model.Order) []model.Condition {
	var out []model.Condition
	list := prohibitions()
	for i := range dice.between(2, 4) {
		if i > 0 { // the first, no contact, stands in all of them
			j := i + dice.below(len(list)-i)
			list[i], list[j] = list[j], list[i]
		}
		out = append(out, model.Condition{No: i + 1, Text: list[i][0]})
	}
	if o.Type.IsSPO() {
		out = append(out, model.Condition{No: len(out) + 1, Text: pick(dice, requirements())[0], Requirement: true})
	}
	for i := range out {
		out[i].Type, out[i].Method = kindOf(out[i].Text)
		if dice.chance(60) {
			out[i].Checked = max(o.Made, d.days(dice.between(0, 120)))
		}
	}
	return out
}

// serve records service, one to four days after the order was made, and what followed from it. Some are not served yet.
func (d *desk) serve(dice *dice, o *model.Order, t *team) {
	after := dice.below(5)
	if o.Type.IsRO() {
		after = 0 // the subject stands in the dock
	}
	if d.today.Sub(o.Made) <= after || o.Type.IsSPO() && d.today.Sub(o.Made) < 60 && dice.chance(10) {
		return
	}
	h, m := workHour(dice)
	o.Served = d.at(o.Made.AddDays(after), h+6, m)
	o.ServedBy, o.ServedHow = pick(dice, append(slices.Clone(t.monitors), t.coordinator)), "in person at the home address, terms explained, body-worn video on"
	if o.Type.IsRO() {
		o.ServedBy, o.ServedHow = "", "in court, by the usher"
	}
	if o.Type.IsSPO() && dice.chance(98) {
		o.Notified = min(d.today, day.On(o.Served).AddDays(dice.below(3)))
	}
}
