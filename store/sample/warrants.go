package sample

import (
	"strconv"
	"time"

	"pou/model"
	"pou/model/day"
)

// warrantsAUnit is how many search warrants each unit has, for a full sample: one in each stage.
const warrantsAUnit = 5

// makeWarrants makes search warrants about people on the live operation's list who are sought for something a warrant can
// be had for: some asked for, one refused, some to be executed, executed, back with the court, and expired.
func (d *desk) makeWarrants() {
	dice := newDice(d.seed, streamWarrants)
	for unit := range d.units {
		made := 0
		for _, w := range d.rows[unit] {
			t := d.targetOf[w]
			if t == nil || made == d.scaled(warrantsAUnit) {
				continue
			}
			s := &model.SearchWarrant{
				Person: w.Person, Unit: w.Unit, Offences: w.Offences, Target: t.Ref, Operation: t.Operation, By: d.teams[unit].sergeants[0],
				Sought: mark + ": phones, a laptop and anything that names the victim-survivor", Court: d.units[unit].Boroughs[0] + " Magistrates' Court",
			}
			if !power(s) {
				continue
			}
			street, postcode := d.places.address(dice, unit)
			s.Premises = street + ", " + postcode
			s.Ref = number(model.KindWarrant, len(d.warrants)+1)
			d.stage(dice, s, unit, made)
			d.warrants = append(d.warrants, s)
			made++
		}
	}
}

// power chooses what a warrant can be asked for under, and reports whether there is anything.
func power(s *model.SearchWarrant) bool {
	if len(s.Offences) == 1 && s.Offences[0] == "s2A" {
		s.Power = model.SearchPHA2B
		return true
	}
	s.Power = model.SearchPACE8
	return !model.SummaryOnlyTrap(s.Offences) && s.Offences[0] != "other"
}

// stage brings the nth warrant of a unit to where it stands.
func (d *desk) stage(dice *dice, s *model.SearchWarrant, unit, n int) {
	asked := dice.between(3, 20)
	if n == 4 {
		asked = dice.between(100, 130) // and lived three months, unused
	}
	s.State, s.Applied = model.WarrantApplied, d.days(asked)
	if n == 0 {
		return
	}
	s.State, s.Decided, s.CourtRef = model.WarrantGranted, d.days(asked-1), "SW/"+strconv.Itoa(dice.between(1000, 9999))
	team := &d.teams[unit]
	switch n {
	case 1: // to be executed
	case 2:
		d.search(dice, s, team, d.now.Add(-time.Duration(dice.between(2, 20))*time.Hour))
	case 3:
		d.search(dice, s, team, d.at(d.days(1), 6, dice.below(60)))
		s.Returned = max(day.On(s.Executed), d.days(0))
	case 4:
		if unit%3 == 0 {
			s.State, s.Reason, s.CourtRef = model.WarrantRefused, mark+": premises not sufficiently identified", ""
		}
	}
}

// search executes a warrant.
func (d *desk) search(dice *dice, s *model.SearchWarrant, t *team, at time.Time) {
	i := dice.below(len(t.hands) - 1)
	s.State, s.Executed, s.Officers = model.WarrantExecuted, d.past(at), []model.Ref{t.hands[i], t.hands[i+1]}
	s.Found = mark + ": " + pick(dice, []string{"two phones and a laptop", "nothing", "a phone and handwritten notes", "a tracker and its packaging"})
}
