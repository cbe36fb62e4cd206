package sample

import (
	"slices"
	"time"

	"pou/model"
	"pou/model/day"
)

// arrestWindow is when an arrest has to have been made, to fit what else is said of it.
type arrestWindow struct{ from, to time.Time }

// The operations of the sample.
const (
	liveOperation model.Ref = "OP-0001"
	nextOperation model.Ref = "OP-0002"
	pastOperation model.Ref = "OP-0003"

	pastUnit = "NE"
)

// makeOperations makes three operations: one of all twelve units that is live, one of a unit that is planned, one of
// another whose days are over and which somebody still has to close.
func (d *desk) makeOperations() {
	lead := d.officers[0].Ref
	d.operations = []*model.Operation{
		{
			Name: "Operation " + mark + "-LANTERN", Lead: lead, From: d.days(1), To: d.days(-5),
			Aim: mark + ": National Stalking Awareness Week. Arrest, circulate as wanted or eliminate from enquiries each of the named suspects, and check every order.",
		},
		{Name: "Operation " + mark + "-HEARTH", Lead: lead, Unit: leadUnit, From: d.days(-21), To: d.days(-23), Aim: mark + ": breaches of orders in the south-west, at dawn."},
		{
			Name: "Operation " + mark + "-ANVIL", Lead: d.team(pastUnit).lead, Unit: pastUnit, From: d.days(121), To: d.days(119),
			Aim: mark + ": suspects outstanding for more than a month.",
		},
	}
	for i, op := range d.operations {
		op.Ref = number(model.KindOperation, i+1)
	}
	dice := newDice(d.seed, streamOperations)
	d.plantTargets(dice)
	for unit := range d.units {
		d.listUnit(dice, unit)
	}
	d.listNext(dice)
	d.listPast(dice)
}

// listUnit fills a unit's part of the live operation: those arrested since it began, circulated, taken off, and the rest
// still to be found, one of them for an order and not wanted.
func (d *desk) listUnit(dice *dice, unit int) {
	quota := d.scaled(targetsAUnit)
	arrested, exits, circulated, order := quota/5, quota/20, quota/10, quota/20
	room := quota - d.listed(unit)
	var found []*model.Wanted
	for _, w := range slices.Backward(d.rows[unit]) {
		if w.State == model.WasArrested && arrested > 0 {
			arrested--
			found = append(found, w)
		}
	}
	for _, w := range slices.Backward(d.rows[unit]) {
		if exits > 0 && exitsList(w.State, unit) {
			exits--
			found = append(found, w)
		}
	}
	for _, w := range slices.Backward(d.rows[unit]) {
		switch {
		case !w.State.Live() || len(found) >= room-order:
		case w.State == model.Circulated && circulated > 0 && d.age(w) > 20:
			circulated--
			d.exitCirculated(dice, w, unit)
			found = append(found, w)
		default:
			found = append(found, w)
		}
	}
	for _, w := range found {
		if d.targetOf[w] == nil {
			d.list(dice, w, unit)
		}
	}
	if len(found) < room && order > 0 {
		d.listOrder(dice, d.operations[0], unit)
	}
}

func (d *desk) listed(unit int) int {
	n := 0
	for _, t := range d.targets {
		if t.Operation == liveOperation && t.Unit == d.units[unit].Code {
			n++
		}
	}
	return n
}

// exitsList reports whether a line in this state left the list otherwise than by arrest: by elimination, but in two
// units because the line was withdrawn or the person died.
func exitsList(s model.WantedState, unit int) bool {
	switch unit {
	case 5:
		return s == model.Withdrawn
	case 8:
		return s == model.Died
	}
	return s == model.Eliminated
}

// target puts somebody on an operation's list.
func (d *desk) target(op *model.Operation, person model.Ref, unit model.Unit, added time.Time, reason string) *model.Target {
	op.Count++
	t := &model.Target{
		Operation: op.Ref, Person: person, Unit: unit, State: model.TargetLive, Reason: mark + ": " + reason, AddedBy: d.team(unit).sergeants[0],
		Added: added, ReviewBy: day.On(added).AddDays(28),
	}
	t.Ref = model.NewTargetRef(op.Ref, op.Count)
	d.targets = append(d.targets, t)
	return t
}

// list puts a wanted line's person on the live operation's list, in the state that follows from the line's.
func (d *desk) list(dice *dice, w *model.Wanted, unit int) *model.Target {
	op := d.operations[0]
	added := d.past(later(w.Since.Add(time.Hour), d.at(d.days(dice.between(6, 14)), dice.between(9, 17), dice.below(60))))
	t := d.target(op, w.Person, d.units[unit].Code, added, "wanted; "+pick(dice, reports()))
	t.Wanted = w.Ref
	d.targetOf[w] = t
	team := &d.teams[unit]
	if dice.chance(80) {
		i := dice.below(len(team.hands) - 1)
		t.Officers = []model.Ref{team.hands[i], team.hands[i+1]}
		t.Plan = pick(dice, []string{"Two at the front, one at the rear", "Approach on foot from the park side", "Meet at the supermarket car park, 05:15", "Knock after the school run"}) +
			"; RV " + d.places.street(dice) + "; " + d.suite(unit)
	}
	opened := op.From.Start()
	switch w.State {
	case model.WasArrested:
		d.during[w] = arrestWindow{from: opened, to: d.now}
		t.State, t.EndReason = model.TargetArrested, "arrested"
	case model.Eliminated, model.Withdrawn, model.Died:
		w.Ended = d.past(opened.Add(time.Duration(dice.between(8*60, 30*60)) * time.Minute))
		t.State, t.Ended, t.EndReason, t.Supervisor = model.TargetState(w.State), w.Ended, w.EndReason, w.Supervisor
	case model.NotCirculated, model.Circulated, model.Located:
	}
	return t
}

// exitCirculated takes somebody off the list because they have been circulated as wanted since it opened.
func (d *desk) exitCirculated(dice *dice, w *model.Wanted, unit int) {
	t := d.list(dice, w, unit)
	w.Published = d.operations[0].From
	w.Weed = w.Published.AddYears(model.WeedAfterYears)
	t.State, t.Ended, t.EndReason = model.TargetCirculated, d.at(w.Published, dice.between(9, 18), dice.below(60)), mark+": circulated, three addresses tried"
	t.Supervisor = d.teams[unit].sergeants[1]
}

// listOrder puts the subject of an order on a list, who is not wanted.
func (d *desk) listOrder(dice *dice, op *model.Operation, unit int) {
	o := d.inForce(dice, unit, d.days(3), func(person int) bool {
		return !d.sought[person] && !slices.ContainsFunc(d.targets, func(t *model.Target) bool { return t.Person == personRef(person) && t.Operation == op.Ref })
	})
	if o != nil {
		t := d.target(op, o.Person, d.units[unit].Code, d.at(d.days(dice.between(2, 9)), 11, dice.below(60)), "subject of an "+string(o.Type)+", to be checked in the week: "+string(o.Ref))
		t.Officers = []model.Ref{pick(dice, d.teams[unit].monitors)}
	}
}

// listNext fills the planned operation with people of the unit who are on no list.
func (d *desk) listNext(dice *dice) {
	op, unit := d.operations[1], d.unit(leadUnit)
	for _, w := range d.rows[unit] {
		if w.State.Live() && d.targetOf[w] == nil && op.Count < 8 {
			t := d.target(op, w.Person, leadUnit, later(w.Since, d.at(d.days(dice.between(1, 4)), 15, dice.below(60))), "outstanding since "+day.On(w.Since).Long())
			t.Wanted = w.Ref
		}
	}
	for range 3 {
		d.listOrder(dice, op, unit)
	}
}

// listPast fills the operation that has ended, every target of which has left by one of the exits.
func (d *desk) listPast(dice *dice) {
	op, unit := d.operations[2], d.unit(pastUnit)
	added := d.at(op.From.AddDays(-7), 10, 0)
	for _, w := range d.rows[unit] {
		if d.targetOf[w] != nil || w.Since.After(added) || op.Count >= 8 {
			continue
		}
		t := d.target(op, w.Person, pastUnit, added, "outstanding since "+day.On(w.Since).Long())
		t.Wanted = w.Ref
		t.Ended = d.at(op.From.AddDays(dice.below(3)), dice.between(5, 17), dice.below(60))
		switch {
		case w.State == model.WasArrested:
			t.State, t.EndReason = model.TargetArrested, "arrested"
			d.during[w] = arrestWindow{from: op.From.Start(), to: op.To.End()}
			d.targetOf[w] = t
		case w.State.Live():
			t.State, t.EndReason = model.TargetCirculated, mark+": circulated, not found in the three days"
		default:
			t.State, t.EndReason = model.TargetWithdrawn, mark+": taken off, line under review"
		}
	}
	for range 2 {
		person := d.fresh(unit, func(p int) bool { return !d.sought[p] })
		if person == 0 {
			return // the least sample has nobody left
		}
		t := d.target(op, personRef(person), pastUnit, added, "named by a neighbour")
		t.State, t.Ended, t.EndReason, t.Supervisor = model.TargetEliminated, d.at(op.To, 16, 30), mark+": abroad on the dates", d.teams[unit].sergeants[0]
	}
}

// later is the later of two moments.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// suite is a custody suite of the unit.
func (d *desk) suite(unit int) string { return d.units[unit].Boroughs[0] + " custody" }
