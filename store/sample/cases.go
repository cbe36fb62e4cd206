package sample

import (
	"slices"
	"strconv"

	"pou/model"
	"pou/model/day"
)

// How often something is so in a hundred histories.
const (
	earlierShare = 35 // had been reported before
	serialShare  = 8  // with other victim-survivors each time
	counterShare = 5  // alleges something in turn
	jointShare   = 6  // two victim-survivors in one case
)

// unlisted is how many people of each unit are suspects nobody wants and no list has, for a full sample.
const unlisted = 12

// The oldest case of the sample lies so many days back: well outside any window a score looks at.
const oldestCase = 2400

// makeCases makes the investigations: the traps, then one behind every wanted line and every target, what had been
// reported of the same people before, counter-allegations both ways, and suspects no unit has listed yet. Apart from the
// traps they are numbered by their last act. A person eliminated from enquiries is nobody's suspect and gets no case.
func (d *desk) makeCases() {
	dice := newDice(d.seed, streamCases)
	d.plantCases(dice)
	planted := len(d.cases)
	done := map[string]bool{}
	for _, c := range d.cases {
		done[c.Report] = true
	}
	for _, w := range d.wanted {
		if w.State != model.Eliminated && !done[w.Report] {
			d.caseBehind(dice, w)
		}
	}
	for _, t := range d.targets {
		if t.Wanted == "" && t.State != model.TargetEliminated && t.Person != personRef(listedLong) {
			d.caseOf(dice, t.Person, t.Unit, []model.OffenceCode{"s4A"}, d.before(dice, d.orderMade(t.Person), 40), model.CaseClosed, "1")
		}
	}
	for range d.scaled(unlisted) {
		for unit := range d.units {
			d.suspectOnly(dice, unit)
		}
	}
	slices.SortStableFunc(d.cases[planted:], func(a, b *model.Case) int { return int(a.Last) - int(b.Last) })
	for i, c := range d.cases {
		c.Ref = number(model.KindCase, i+1)
	}
}

// caseBehind makes the case of a wanted line, and the history of whoever it is against.
func (d *desk) caseBehind(dice *dice, w *model.Wanted) {
	state, outcome := d.stateBehind(w)
	c := d.caseOf(dice, w.Person, w.Unit, w.Offences, w.LastAct, state, outcome)
	c.Report, c.Officer = w.Report, w.Officer
	d.history(dice, c)
	if victims := c.Who(model.PartyVictim); len(victims) > 0 && dice.chance(counterShare) {
		d.counter(dice, c, victims[0])
	}
}

// stateBehind is where the investigation behind a line stands.
func (d *desk) stateBehind(w *model.Wanted) (model.CaseState, model.HomeOfficeOutcome) {
	switch w.State {
	case model.Withdrawn:
		return model.CaseClosed, "10"
	case model.Died:
		return model.CaseClosed, "5"
	case model.WasArrested:
		k := d.arrests[w.Arrest.Number()-1]
		switch k.Status {
		case model.Charged:
			return model.CaseCharged, k.Outcome
		case model.NFA, model.OtherEnd:
			return model.CaseClosed, k.Outcome
		case model.Arrested, model.InCustody, model.Bailed, model.RUI, model.DeArrested:
		}
	case model.NotCirculated, model.Circulated, model.Located, model.Eliminated:
	}
	return model.CaseOpen, ""
}

// caseOf makes a case against a person, with a victim-survivor where the offence has one.
func (d *desk) caseOf(
	dice *dice, suspect model.Ref, unit model.Unit, offences []model.OffenceCode, last day.Date, state model.CaseState, outcome model.HomeOfficeOutcome,
) *model.Case {
	c := &model.Case{
		Report: d.report(dice), Unit: unit, Parties: []model.Party{{Person: suspect, Role: model.PartySuspect}}, Offences: slices.Clone(offences),
		Last: last, First: last.AddDays(-dice.below(150)), State: state, Outcome: outcome, Summary: mark + ": " + pick(dice, reports()),
		Officer: pick(dice, d.team(unit).hands),
	}
	if outcome == "1" && state == model.CaseClosed {
		c.Parties[0].Role = model.PartyConvicted
	}
	if !slices.Contains(offences, "fta") {
		d.party(dice, c, model.PartyVictim)
		if dice.chance(jointShare) {
			d.party(dice, c, model.PartyVictim)
		}
		if dice.chance(15) {
			d.party(dice, c, model.PartyWitness)
		}
	}
	d.cases = append(d.cases, c)
	return c
}

// party adds somebody to a case who is not in it, not wanted and in none of the traps.
func (d *desk) party(dice *dice, c *model.Case, role model.PartyRole) {
	for range 20 {
		person := dice.between(trapRows*len(d.units)+1, d.people)
		ref := personRef(person)
		if !d.sought[person] && !kept(person) && !slices.ContainsFunc(c.Parties, func(p model.Party) bool { return p.Person == ref }) {
			c.Parties = append(c.Parties, model.Party{Person: ref, Role: role})
			return
		}
	}
}

// history makes what had been reported of the suspect of a case before it: of most nothing, of some a case or two about
// the same victim-survivor, of a few several with another each time.
func (d *desk) history(dice *dice, c *model.Case) {
	earlier, serial := 0, dice.chance(serialShare)
	switch {
	case serial:
		earlier = dice.between(2, 4)
	case dice.chance(earlierShare):
		earlier = dice.between(1, 2)
	}
	last, suspect := c.Last, c.Parties[0].Person
	for range earlier {
		last = max(d.days(oldestCase), last.AddDays(-dice.between(30, 400)))
		state, outcome := model.CaseClosed, pick(dice, []model.HomeOfficeOutcome{"16", "16", "15", "14", "1"})
		old := d.caseOf(dice, suspect, c.Unit, early(dice, charges()), last, state, outcome)
		if victims := c.Who(model.PartyVictim); !serial && len(victims) > 0 {
			old.Parties = []model.Party{old.Parties[0], {Person: victims[0], Role: model.PartyVictim}}
		}
	}
}

// counter makes what a suspect alleges in turn of the victim-survivor of a case.
func (d *desk) counter(dice *dice, c *model.Case, of model.Ref) *model.Case {
	last := min(d.today, c.Last.AddDays(dice.between(4, 30)))
	back := d.caseOf(dice, of, c.Unit, []model.OffenceCode{pick(dice, []model.OffenceCode{"s2", "s2", "abh"})}, last, model.CaseOpen, "")
	back.Parties = []model.Party{{Person: of, Role: model.PartySuspect}, {Person: c.Parties[0].Person, Role: model.PartyVictim}}
	back.Summary = mark + ": counter-allegation, made after the report of the other"
	return back
}

// suspectOnly makes a suspect of the unit whom nobody wants and no list has: most have acted lately, some long ago.
func (d *desk) suspectOnly(dice *dice, unit int) {
	person := d.fresh(unit, func(p int) bool { return !d.sought[p] && !d.accused[p] })
	if person == 0 {
		return
	}
	d.accused[person] = true
	ago := dice.between(2, 300)
	if dice.chance(25) {
		ago = dice.between(740, oldestCase)
	}
	c := d.caseOf(dice, personRef(person), d.units[unit].Code, d.offences(dice, ago), d.days(ago), model.CaseOpen, "")
	if ago > 200 {
		c.State, c.Outcome = model.CaseClosed, pick(dice, []model.HomeOfficeOutcome{"16", "15", "18"})
	}
	d.history(dice, c)
}

// before is a day so many days at most before another.
func (d *desk) before(dice *dice, on day.Date, most int) day.Date {
	return min(d.today, on).AddDays(-dice.between(1, most))
}

// orderMade is when the first order against a person was made; a month ago for someone who has none.
func (d *desk) orderMade(person model.Ref) day.Date {
	for _, o := range d.orders {
		if o.Person == person {
			return o.Made
		}
	}
	return d.days(30)
}

// plantCases makes the cases of the traps, whose refs are the same in every sample.
func (d *desk) plantCases(dice *dice) {
	against := func(suspect, victim int, unit model.Unit, ago int, offences ...model.OffenceCode) *model.Case {
		c := d.caseOf(dice, personRef(suspect), unit, offences, d.days(ago), model.CaseOpen, "")
		c.Parties = []model.Party{{Person: personRef(suspect), Role: model.PartySuspect}, {Person: personRef(victim), Role: model.PartyVictim}}
		return c
	}
	behind := func(suspect, victim int) {
		w := d.lineAgainst(suspect)
		c := against(suspect, victim, w.Unit, d.today.Sub(w.LastAct), w.Offences...)
		c.Report, c.Officer = w.Report, w.Officer
	}
	trap := func(name, why string) { d.trap(name, number(model.KindCase, len(d.cases)), why) }
	behind(alleged, counterAlleged)
	trap("a case with a counter-allegation", "P-000009 is suspect here and victim in C-000002, against the same person")
	behind(counterAlleged, alleged)
	trap("a counter-allegation as a case", "made after C-000001 by its suspect; being its victim adds nothing to anybody's score")
	behind(suspectVictim, d.bystander(0))
	against(protectsSuspect, suspectVictim, "NW", 410, "s4A")
	trap("a victim who is wanted elsewhere", "P-000008, the victim here, is wanted on W-000008: a protected party all the same")
	d.plantHistories(against)
	d.plantShared(against)
	d.plantYouth(against)
}

// plantHistories makes the traps of the score: a serial suspect nobody has listed, one whose acts are all long past, and
// somebody on a list with no case at all.
func (d *desk) plantHistories(against func(suspect, victim int, unit model.Unit, ago int, offences ...model.OffenceCode) *model.Case) {
	for i, ago := range []int{9, 60, 130, 330} {
		against(freshMarker, d.bystander(i+1), "WA", ago, []model.OffenceCode{"s4A", "strangulation", "s2A", "abh"}[i])
	}
	d.trap("a serial suspect on no list", personRef(freshMarker), "four cases in a year, each with another victim-survivor, and nobody wants the person")
	for i, ago := range []int{1500, 2000} {
		c := against(undatedMarker, d.bystander(i+5), "SN", ago, "s4A")
		c.State, c.Outcome = model.CaseClosed, "16"
	}
	d.trap("a suspect of long ago", personRef(undatedMarker), "both cases lie years outside the window, so the score is zero")
	d.trap("a listed person with no score", personRef(listedLong), "on the list of OP-0001 with no case and two weak reports: a zero score prompts removal")
	c := against(justExpired, d.bystander(7), "CE", 20, "s4A")
	c.Summary = mark + ": follows the victim-survivor to work in Hackney; lives in Newham"
	d.trap("a boundary move", personRef(justExpired), "lives in NE, the case is CE's: both units have to know before a door is knocked on")
}

// plantShared makes what people of two units share.
func (d *desk) plantShared(against func(suspect, victim int, unit model.Unit, ago int, offences ...model.OffenceCode) *model.Case) {
	d.trap("a vehicle two units look for", personRef(weedsSoon), "wanted by EA; the same vehicle is used by P-000006, whom NA want")
	c := against(sameToo, staleMarker, "CN", 70, "s2A")
	c.Parties[1].Role = model.PartyWitness
	d.trap("an address where a protected party lives", personRef(neverCirculated), "an address of the person is that of a witness in an open case of another unit")
}

// plantPlaces is what the traps of plantCases need to be true of people; it comes with the people.
func (d *desk) plantPlaces() {
	dice := newDice(d.seed, streamCases, 1)
	home, code := d.places.address(dice, d.unit(pastUnit))
	d.learn(justExpired, func(p *model.Person) {
		p.HomeUnit = pastUnit
		p.Addresses[0].Text, p.Addresses[0].Postcode = home, code
	})
	shared := plate(dice)
	for _, person := range []int{weedsSoon, neverCirculated} {
		d.learn(person, func(p *model.Person) {
			p.Vehicles = []model.Vehicle{{Plate: shared, Make: "Ford", Colour: "blue", Source: mark, Seen: d.days(12)}}
		})
	}
	witness := d.person(staleMarker).Addresses[0]
	d.learn(staleMarker, func(p *model.Person) { p.Addresses[0].Confidence = model.Confirmed })
	d.learn(neverCirculated, func(p *model.Person) {
		p.Addresses = append(p.Addresses, model.Address{
			Text: witness.Text, Postcode: witness.Postcode, Type: "frequents", Confidence: model.Unconfirmed, Source: mark, Confirmed: d.days(40),
		})
	})
}

// bystander is somebody in none of the traps, the same in every sample.
func (d *desk) bystander(n int) int { return trapRows*len(d.units) + 10 + n }

// makeIntel makes the intelligence: the traps, then up to three items about most who are wanted, in every grade. Some
// are told twice by one origin, and of some people there is nothing that could support tasking.
func (d *desk) makeIntel() {
	dice := newDice(d.seed, streamIntel)
	d.plantIntel(dice)
	for i, w := range d.wanted {
		if !w.State.Live() || personNumber(w.Person) <= trapRows*len(d.units) || dice.chance(30) {
			continue
		}
		weak := i%11 == 0
		for range dice.between(1, 3) {
			item := d.item(dice, w.Person, w.Unit, dice.between(1, 200))
			if weak && !item.Weak() {
				item.Grade = "E"
			}
			if !weak && dice.chance(8) { // the same, told again
				again := *item
				again.At, again.Text = min(d.today, item.At.AddDays(dice.between(1, 20))), item.Text+", as said before"
				d.intel = append(d.intel, &again)
			}
		}
	}
	for i, item := range d.intel {
		item.Ref = number(model.KindIntel, i+1)
	}
}

// item makes one item of intelligence. Nothing in it points to who gave it.
func (d *desk) item(dice *dice, person model.Ref, unit model.Unit, ago int) *model.Intel {
	item := &model.Intel{
		Person: person, Text: mark + ": " + lower(pick(dice, intelligence())), Source: pick(dice, []model.SourceGrade{"1", "2", "2", "2", "3"}),
		Grade: pick(dice, []model.IntelGrade{"A", "B", "B", "C", "C", "D", "E"}), Handling: "P", Origin: mark + "-" + strconv.Itoa(dice.between(1000, 9999)),
		At: d.days(ago), Fact: dice.chance(40), Unit: unit, By: pick(dice, d.team(unit).hands),
	}
	if dice.chance(20) {
		item.Handling, item.Conditions = "C", "not to be shown outside the unit without asking the author"
	}
	d.intel = append(d.intel, item)
	return item
}

// lower is a sentence's beginning within a sentence.
func lower(s string) string { return string(s[0]|0x20) + s[1:] }

// plantIntel makes the intelligence of the traps.
func (d *desk) plantIntel(dice *dice) {
	plant := func(person int, unit model.Unit, ago int, source model.SourceGrade, grade model.IntelGrade, origin string) *model.Intel {
		item := d.item(dice, personRef(person), unit, ago)
		item.Source, item.Grade, item.Handling, item.Conditions, item.Origin = source, grade, "P", "", mark+"-"+origin
		return item
	}
	trap := func(name, why string) { d.trap(name, number(model.KindIntel, len(d.intel)), why) }
	plant(listedLong, leadUnit, 45, "3", "D", "anonymous-1").Text = mark + ": anonymous call, says the person follows women home"
	plant(listedLong, leadUnit, 41, "2", "E", "anonymous-2").Text = mark + ": anonymous letter, much like the call; writer thought to have a quarrel"
	d.trap("weak intelligence only", personRef(listedLong), "one report from a source that is not reliable, one suspected to be false: neither supports tasking")
	first := plant(weedsSoon, "EA", 30, "2", "C", "harbour")
	again := plant(weedsSoon, "EA", 22, "2", "C", "harbour")
	again.Text = first.Text + ", heard again"
	trap("circular reporting", "the origin of I-000003 told again: two reports, one source, no corroboration")
	plant(weedsSoon, "EA", 15, "1", "B", "quay").Fact = true
	trap("an independent origin", "another origin than I-000003 and I-000004, and reliable: this one does corroborate")
}
