package sample

import (
	"slices"
	"time"

	"pou/model"
	"pou/model/day"
)

// Trap is a record of the sample that shows something an officer can fall into. Its ref is the same in every sample.
type Trap struct {
	Name string    `json:"name"`
	Ref  model.Ref `json:"ref"`
	Why  string    `json:"why"`
}

// Traps lists the traps, for the guide and the tests. The records themselves are in every sample.
func Traps() ([]Trap, error) {
	d, err := plan(Options{People: LeastPeople, Now: day.Of(2026, time.November, 2).Start().Add(12 * time.Hour)})
	if err != nil {
		return nil, err
	}
	return d.traps, nil
}

func (d *desk) trap(name string, ref model.Ref, why string) {
	d.traps = append(d.traps, Trap{Name: name, Ref: ref, Why: why})
}

// The people the traps are about. The first three of each unit are kept for them: person n is of the unit (n-1) mod 12.
const (
	chargeIn14, chargeIn30, chargeIn60, chargeLate       = 1, 2, 3, 4
	weedsSoon, neverCirculated, twoUnits, suspectVictim  = 5, 6, 7, 8
	alleged, staleMarker, listedLong, custodySummary     = 9, 10, 11, 12
	longRUI, bailPassed, outcome17, oneName              = 13, 14, 15, 16
	unserved, superseded, interimLive, protectsSuspect   = 17, 18, 19, 20
	counterAlleged, undatedMarker, exempt, oneMonthLeft  = 21, 22, 23, 24
	threeMonthsLeft, sixMonthsLeft, justExpired, sameToo = 25, 26, 27, 28
	noMonitor, deArrested, conditionEnds, notifying      = 29, 30, 31, 32
	monitorLeft, notifyLate, breachUnserved, freshMarker = 33, 34, 35, 36
)

// plantedBreaches is how many breaches come from a trap.
const plantedBreaches = 3

// The people the traps of the life of an order are about, with two more arrests on bail and a young suspect. They are kept from
// everything else, and are among the first hundred.
const (
	firstKept                                       = 79
	pausedBail, longerBail, longHeld                = 79, 80, 81
	renewing, lapsing, unnoticed                    = 82, 83, 84
	fromConviction, fromAcquittal, escalated, onNMO = 85, 86, 87, 88
	onBailTerms, revived, movedAway, handedOver     = 89, 90, 91, 92
	covered, onDAPO, signsOn, young                 = 93, 94, 95, 96
	lastKept                                        = 96
)

// kept reports whether a person belongs to one of those traps.
func kept(person int) bool { return person >= firstKept && person <= lastKept }

func (d *desk) plantPeople() {
	marker := func(m model.Marker) func(*model.Person) {
		return func(p *model.Person) { p.Markers = []model.Marker{m} }
	}
	d.learn(staleMarker, marker(model.Marker{Code: "VI", Source: mark, Set: d.days(800), Note: "never reviewed"}))
	d.learn(undatedMarker, marker(model.Marker{Code: "WE", Source: mark, Note: "nobody knows since when"}))
	d.learn(freshMarker, marker(model.Marker{Code: "VI", Source: mark, Set: d.days(20), Review: d.days(-345)}))
	d.learn(exempt, func(p *model.Person) { p.RSOUntil = d.days(-20) })
	d.learn(twoUnits, func(p *model.Person) { p.OwnerUnit = leadUnit })
	first := d.person(oneName)
	d.learn(oneName, func(p *model.Person) { p.Born, p.OtherBorn = bornOn(day.Of(1988, time.April, 3)), nil })
	d.learn(sameToo, func(p *model.Person) {
		p.Surname, p.Forename, p.Sex, p.Born, p.OtherBorn = first.Surname, first.Forename, first.Sex, bornOn(day.Of(1988, time.March, 4)), nil
	})
	d.learn(alleged, func(p *model.Person) {
		p.Note = mark + ": suspect on W-000009, where " + string(personRef(counterAlleged)) + " is the complainant. Complainant on W-000010 against " +
			string(personRef(counterAlleged)) + ". Read both before tasking."
	})
	d.learn(counterAlleged, func(p *model.Person) {
		p.Note = mark + ": complainant on W-000009 against " + string(personRef(alleged)) + ". Suspect on W-000010 on the complaint of " +
			string(personRef(alleged)) + ". Read both before tasking."
	})
	d.learn(suspectVictim, func(p *model.Person) {
		p.Note = mark + ": suspect on W-000008, and protected by the order R-000016 against " + string(personRef(protectsSuspect)) + ". Neither says anything about the other."
	})
	d.trap("a stale marker", personRef(staleMarker), "VI was set more than two years ago and never reviewed")
	d.trap("an undated marker", personRef(undatedMarker), "WE has no date: nobody knows how old it is")
	d.trap("a fresh marker", personRef(freshMarker), "VI was set three weeks ago and has a review date, so it counts in full")
	d.trap("two people of one name", personRef(oneName), "P-000028 has the same name; day and month of birth are the other way round")
	d.trap("a suspect who is also a victim", personRef(suspectVictim), "wanted on W-000008 and protected by R-000016; the roles belong to the cases")
	d.trap("a counter-allegation", personRef(alleged), "suspect on W-000009; has since complained of that victim, P-000021, on W-000010")
}

func (d *desk) plantOrders() {
	dice := newDice(d.seed, streamOrders, 1)
	plant := func(person int, typ model.OrderType, madeAgo, servedAgo int) *model.Order {
		return d.plantOrder(dice, person, typ, madeAgo, servedAgo)
	}
	d.trap("an order not served", plant(unserved, model.SPO, 9, 0).Ref, "made nine days ago; no clock runs and no breach can be proved before service")
	old := plant(superseded, model.InterimSPO, 130, 128)
	full := plant(superseded, model.SPO, 60, 59)
	d.follow(full, old)
	d.trap("an interim order superseded", old.Ref, "ended when the full order R-000003 was made")
	d.trap("a full order after an interim one", full.Ref, "initial notification does not start again (SPA 2019 s.9(1)(a))")
	interim := plant(interimLive, model.InterimSPO, 16, 15)
	interim.Until = d.days(-12)
	d.trap("an interim order running out", interim.Ref, "twelve days are left and the main application is not decided")
	rso := plant(exempt, model.SPO, 90, 89)
	rso.Notified = 0
	d.trap("a registered sex offender's exemption", rso.Ref, "no duty to notify under the SPO until the other ends in twenty days; then it revives (SPA 2019 s.9(5)-(7))")
	for _, e := range []struct {
		person, left int
		name         string
	}{
		{oneMonthLeft, 25, "an order with one month left"},
		{threeMonthsLeft, 80, "an order with three months left"},
		{sixMonthsLeft, 170, "an order with six months left"},
		{justExpired, -3, "an order just expired"},
	} {
		o := plant(e.person, model.SPO, 800, 799)
		o.Until = d.days(-e.left)
		d.trap(e.name, o.Ref, "renew, vary or let lapse is somebody's decision, and belongs on record")
	}
	plant(noMonitor, model.SPO, 200, 198).Monitor = ""
	d.trap("an order nobody watches", d.newestOrder().Ref, "no monitoring officer is named")
	plant(monitorLeft, model.SPO, 200, 198).Monitor = d.gone
	d.trap("an order whose officer has left", d.newestOrder().Ref, "its monitoring officer is no longer here")
	ends := plant(conditionEnds, model.SPO, 300, 299)
	ends.Until, ends.Conditions[1].Until = day.MonthsBeginning(ends.Made, 36), d.days(-9)
	d.trap("a condition that ends before its order", ends.Ref, "condition 2 binds for nine more days, the order for longer")
	plant(notifying, model.SPO, 2, 1).Notified = 0
	d.trap("a notification due tomorrow", d.newestOrder().Ref, "served yesterday, and the day of service is day one of the three")
	plant(notifyLate, model.SPO, 8, 6).Notified = 0
	d.trap("a notification overdue", d.newestOrder().Ref, "served six days ago and never notified: an offence of its own")
	plant(breachUnserved, model.SPO, 20, 0)
	protects := plant(protectsSuspect, model.ROConviction, 400, 400)
	protects.Protected = mark + " " + string(personRef(suspectVictim)) + " " + d.nameOf(suspectVictim)
	d.plantLife(newDice(d.seed, streamOrders, 2))
}

// plantOrder makes an order of a trap, served so many days ago; not at all when 0.
func (d *desk) plantOrder(dice *dice, person int, typ model.OrderType, madeAgo, servedAgo int) *model.Order {
	o := d.order(dice, person, d.unitOf(person), typ, madeAgo)
	o.Ref = number(model.KindOrder, len(d.orders))
	o.Served, o.Notified = time.Time{}, 0
	o.ServedBy, o.ServedHow = "", ""
	o.Monitor = d.team(o.Unit).monitors[0]
	if servedAgo == 0 {
		return o
	}
	o.Served = d.at(d.days(servedAgo), 11, 30)
	o.ServedBy, o.ServedHow = o.Monitor, "in person, terms explained"
	if typ.IsSPO() {
		o.Notified = min(d.today, d.days(servedAgo-1))
	}
	return o
}

func (d *desk) newestOrder() *model.Order { return d.orders[len(d.orders)-1] }

func (d *desk) plantWanted() {
	dice := newDice(d.seed, streamWanted, 1)
	plant := func(person int, unit model.Unit, state model.WantedState, age int, offences ...model.OffenceCode) *model.Wanted {
		w := d.line(dice, person, d.unit(unit), state, age)
		w.Offences = offences
		return w
	}
	for _, e := range []struct {
		person, left int
		name         string
	}{
		{chargeIn14, 12, "fourteen days to charge"},
		{chargeIn30, 28, "thirty days to charge"},
		{chargeIn60, 55, "sixty days to charge"},
		{chargeLate, -4, "too late to charge"},
	} {
		last := sixMonthsBefore(d.days(-e.left))
		w := plant(e.person, d.units[d.unitOf(e.person)].Code, model.Circulated, d.today.Sub(last)-5, "s2A")
		w.LastAct = last
		d.trap(e.name, w.Ref, "stalking under s.2A alone is summary only: six months from the last act (MCA 1980 s.127), 24 hours in custody, no entry under s.17(1)(b)")
	}
	weeds := plant(weedsSoon, "EA", model.Circulated, d.today.Sub(d.days(-20).AddYears(-model.WeedAfterYears)), "s4A")
	weeds.Published = day.On(weeds.Since)
	weeds.Weed = weeds.Published.AddYears(model.WeedAfterYears)
	d.trap("a wanted report about to weed", weeds.Ref, "leaves PNC within a month unless an officer extends it")
	plant(neverCirculated, "NA", model.NotCirculated, 40, "s4A", "threats-to-kill").Grade = "A"
	d.trap("wanted but never circulated", d.newestLine().Ref, "grade A and forty days on nobody else would stop the person")
	plant(twoUnits, leadUnit, model.Circulated, 30, "coercive", "s4A")
	d.trap("a person two units want", personRef(twoUnits), "wanted by SW on W-000007, a target of NE on OP-0001/001")
	plant(suspectVictim, "NW", model.Circulated, 25, "s4")
	plant(alleged, "SE", model.Circulated, 21, "s4A").Note = mark + ": former partner, waits outside the address. Complainant: " +
		string(personRef(counterAlleged)) + " " + d.nameOf(counterAlleged) + "."
	plant(counterAlleged, "SE", model.NotCirculated, 12, "s2").Note = mark + ": said to have sent messages. Complainant: " +
		string(personRef(alleged)) + " " + d.nameOf(alleged) + ", nine days after W-000009 was opened against them."
	plant(custodySummary, "WA", model.WasArrested, 5, "s2A")
	plant(longRUI, "AS", model.WasArrested, 230, "s4A")
	plant(bailPassed, "AW", model.WasArrested, 110, "coercive")
	plant(outcome17, "CE", model.WasArrested, 100, "s2A").LastAct = d.days(195)
}

func (d *desk) newestLine() *model.Wanted { return d.wanted[len(d.wanted)-1] }

// lineAgainst is the planted line about a person.
func (d *desk) lineAgainst(person int) *model.Wanted {
	i := slices.IndexFunc(d.wanted, func(w *model.Wanted) bool { return w.Person == personRef(person) })
	return d.wanted[i]
}

func (d *desk) plantBreaches(dice *dice) {
	made := slices.IndexFunc(d.orders, func(o *model.Order) bool { return o.Person == personRef(breachUnserved) })
	b := d.breach(dice, d.orders[made], d.days(4))
	d.breaches = slices.DeleteFunc(d.breaches, func(x *model.Breach) bool { return x == b })
	d.breaches = slices.Insert(d.breaches, 0, b)
	d.trap("a breach before service", number(model.KindBreach, 1), "the order R-000015 had not been served, so it cannot be substantiated (SPA 2019 s.8)")
	d.plantSeen(dice)
}

func (d *desk) plantTargets(dice *dice) {
	d.list(dice, d.lineAgainst(twoUnits), d.unit(pastUnit))
	d.trap("a target who has made a counter-allegation", d.list(dice, d.lineAgainst(alleged), d.unit("SE")).Ref, "the suspect has made a counter-allegation: both are read before anyone is tasked")
	t := d.target(d.operations[0], personRef(listedLong), leadUnit, d.at(d.days(40), 10, 15), "named in two anonymous reports")
	d.trap("a target past its review", t.Ref, "listed forty days ago, never reviewed, and not wanted: why is the person still on the list?")
}

func (d *desk) plantArrests(dice *dice) {
	number := func(k *model.Arrest) model.Ref { return number(model.KindArrest, slices.Index(d.arrests, k)+1) }
	plant := func(person int, at time.Time) *model.Arrest {
		w := d.lineAgainst(person)
		k := d.arrest(dice, w.Person, w.Unit, slices.Clone(w.Offences), at)
		k.Wanted, w.Ended, w.EndReason, w.Supervisor = w.Ref, at, "arrested", ""
		d.detain(dice, k)
		d.lineOf[k], w.Arrest = w, number(k)
		return k
	}
	finish := func(k *model.Arrest, s model.ArrestStatus) {
		k.Status = s
		k.Steps = append(k.Steps, model.ArrestStep{At: k.Arrived.Add(11 * time.Hour), Status: s, By: k.By})
	}
	held := plant(custodySummary, d.ago(21*time.Hour))
	d.trap("in custody for a summary offence", number(held), "held for s.2A alone: 24 hours and not one more (PACE s.42(1)(b)), of which some three are left")
	rui := plant(longRUI, d.at(d.days(210), 6, 5))
	finish(rui, model.RUI)
	d.trap("under investigation with no clock", number(rui), "released under investigation seven months ago: no conditions, no date, nothing that reminds anybody")
	bail := plant(bailPassed, d.at(d.days(95), 6, 20))
	finish(bail, model.Bailed)
	bail.BailTo = d.days(3)
	d.trap("a bail date that has passed", number(bail), "was to return three days ago and nothing is recorded")
	late := plant(outcome17, d.at(d.days(60), 5, 50))
	finish(late, model.NFA)
	late.Outcome = "17"
	late.Steps = append(late.Steps[:len(late.Steps)-1], model.ArrestStep{At: d.at(d.days(8), 12, 0), Status: model.NFA, By: late.By, Note: "time limit passed"})
	d.trap("lost to the time limit", number(late), "outcome 17 on an offence under s.2A: the day could have been seen coming")
	gone := d.arrest(dice, personRef(deArrested), d.units[d.unitOf(deArrested)].Code, []model.OffenceCode{"s4A"}, d.at(d.days(3), 7, 10))
	gone.Status = model.DeArrested
	gone.Steps = append(gone.Steps, model.ArrestStep{At: gone.At.Add(9 * time.Minute), Status: model.DeArrested, By: gone.By, Note: "brother of the suspect"})
	d.plantDetained(newDice(d.seed, streamArrests, 1))
}
