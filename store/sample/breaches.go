package sample

import (
	"slices"
	"time"

	"pou/model"
	"pou/model/day"
)

// forBreach makes a wanted line one for a breach of an order, with the breach behind it.
func (d *desk) forBreach(dice *dice, w *model.Wanted, unit int) {
	day0 := day.On(w.Since).AddDays(-dice.between(1, 3))
	o := d.inForce(dice, unit, day0, func(person int) bool { return !d.sought[person] })
	if o == nil {
		return
	}
	b := d.breach(dice, o, day0)
	b.State, b.Reason, b.Excuse = model.BreachSubstantiated, mark+": account and phone record agree", "none offered"
	b.DecidedBy, b.DecidedAt, b.Report = pick(dice, d.teams[unit].sergeants), w.Since, w.Report
	delete(d.sought, personNumber(w.Person))
	w.Person, w.Offences, w.Grade, w.LastAct = o.Person, []model.OffenceCode{o.Type.BreachOffence()}, "A", day.On(b.At)
	w.Note, w.Officer = mark+": "+b.What, b.Owner
	d.sought[personNumber(o.Person)] = true
	d.breachOf[w] = b
}

// inForce is a served order of the unit that binds on a day; nil when there is none.
func (d *desk) inForce(dice *dice, unit int, on day.Date, ok func(person int) bool) *model.Order {
	start := dice.below(len(d.orders))
	for i := range d.orders {
		o := d.orders[(start+i)%len(d.orders)]
		if o.Unit == d.units[unit].Code && personNumber(o.Person) > trapRows*len(d.units) && !kept(personNumber(o.Person)) && !o.Served.IsZero() && day.On(o.Served) < on &&
			o.Live(on) && o.Live(d.today) && ok(personNumber(o.Person)) {
			return o
		}
	}
	return nil
}

// breach reports a potential breach of an order on a day, and keeps it. It stays potential until an officer decides.
func (d *desk) breach(dice *dice, o *model.Order, on day.Date) *model.Breach {
	c := pick(dice, o.Conditions)
	at := d.at(on, dice.between(0, 23), dice.below(60))
	b := &model.Breach{
		Order: o.Ref, Person: o.Person, Type: o.Type, Condition: c.No, Unit: o.Unit, What: eventFor(c.Text), At: at,
		Reported: d.past(at.Add(time.Duration(dice.between(20, 600)) * time.Minute)), State: model.BreachReported, Owner: o.Monitor, Report: d.report(dice),
		Source: mark + ": " + pick(dice, []string{"victim-survivor", "victim-survivor", "check by the monitoring officer", "intelligence", "neighbour", "another force"}),
	}
	if b.Reported.Before(at) {
		b.Reported = at
	}
	if b.Owner == "" {
		b.Owner = d.team(o.Unit).coordinator
	}
	o.Breaches++
	d.breaches = append(d.breaches, b)
	return b
}

// eventFor is an event that may breach a condition.
func eventFor(condition string) string {
	for _, c := range slices.Concat(prohibitions(), requirements()) {
		if c[0] == condition {
			return c[1]
		}
	}
	return "Reported to have breached the condition: " + condition
}

// makeBreaches reports the potential breaches nobody is wanted for, in every state, and those that led to an arrest at
// the scene.
func (d *desk) makeBreaches() {
	dice := newDice(d.seed, streamBreaches)
	d.plantBreaches(dice)
	const states = "RVRMNSRVNPRVMNRVP" // Reported, Viewed, More needed, Not a breach, Substantiated, Person arrested
	for i := range d.scaled(openBreaches) {
		ago := dice.between(1, 12)
		state := states[i%len(states)]
		switch {
		case state == 'N' || state == 'P':
			ago = dice.between(5, 200)
		case state != 'S' && i%6 > 0:
			ago %= 2 // most are decided within a day or two; one in six is not
		}
		unit := i % len(d.units)
		if o := d.inForce(dice, unit, d.days(ago), func(p int) bool { return state != 'P' || !d.sought[p] }); o != nil {
			d.decide(dice, d.breach(dice, o, d.days(ago)), state, &d.teams[unit])
		}
	}
	d.dismiss()
}

// decide takes a breach to a state, with what that needs.
func (d *desk) decide(dice *dice, b *model.Breach, state byte, t *team) {
	switch state {
	case 'V':
		b.State, b.Reason = model.BreachReview, "taken under review"
	case 'M':
		b.State, b.Reason = model.BreachNeedMore, "camera footage asked for, statement outstanding"
	case 'N':
		b.State, b.Reason = model.NotABreach, pick(dice, []string{"a cousin of the same name", "outside the area on the map", "agreed contact about the children", "account is not the subject's"})
	case 'S', 'P':
		b.State, b.Reason, b.Excuse = model.BreachSubstantiated, "account and phone record agree", "said to be chance; ruled out by the journey history"
	default:
		return
	}
	b.Reason = mark + ": " + b.Reason
	b.DecidedBy, b.DecidedAt = pick(dice, append(slices.Clone(t.sergeants), t.coordinator)), d.past(b.Reported.Add(time.Duration(dice.between(2, 30))*time.Hour))
	if state == 'P' {
		d.scene = append(d.scene, b)
		d.sought[personNumber(b.Person)] = true
	}
}

// dismiss is a suspicion that an officer looked at and dismissed: one of an SPO, one of a restraining order.
func (d *desk) dismiss() {
	for _, kind := range []model.OrderType{model.SPO, model.ROConviction} {
		for _, o := range d.orders {
			c := o.Conditions[0]
			at := d.at(d.days(2), 17, 30)
			if o.Type != kind || personNumber(o.Person) <= trapRows*len(d.units) || !o.Live(d.today) || o.Served.IsZero() || !o.Served.Before(at) || !c.Live(day.On(at)) {
				continue
			}
			by := d.team(o.Unit).sergeants[0]
			b := &model.Breach{
				Order: o.Ref, Person: o.Person, Type: o.Type, Condition: c.No, Unit: o.Unit, What: eventFor(c.Text), At: at, Reported: d.ago(time.Minute), Source: mark + ": event",
				State: model.BreachDismissed, Owner: o.Monitor, Found: model.FoundEvent, Why: "it speaks of whom the order protects",
				Else:   []string{"a report by somebody in dispute with the subject, or who is mistaken: allegations are made both ways"},
				Reason: mark + ": the camera of the shop shows somebody else at that hour", DecidedBy: by, DecidedAt: d.ago(time.Minute),
			}
			b.Steps = []model.BreachStep{{At: b.DecidedAt, State: b.State, By: by, Reason: b.Reason}}
			d.breaches = append(d.breaches, b)
			break
		}
	}
}

// numberBreaches numbers the breaches in the order they were reported, the traps first, and names them where they are
// meant.
func (d *desk) numberBreaches() {
	slices.SortStableFunc(d.breaches[plantedBreaches:], func(a, b *model.Breach) int { return a.Reported.Compare(b.Reported) })
	for i, b := range d.breaches {
		b.Ref = number(model.KindBreach, i+1)
		if k := d.madeBy[b]; k != nil {
			b.Arrest, k.Breach = k.Ref, b.Ref
		}
	}
	for _, w := range d.wanted {
		if b := d.breachOf[w]; b != nil {
			w.Breach = b.Ref
		}
	}
}
