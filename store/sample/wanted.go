package sample

import (
	"slices"
	"strconv"
	"time"

	"pou/model"
	"pou/model/day"
)

// wantedStates is how the lines of a unit stand, one letter each: Wanted, Arrested, Located, Eliminated, X withdrawn or
// died. The newest lines besides are not circulated yet.
const wantedStates = "WWAWLWAWWEWAWWAWWWAWLWAXWAWW"

// notCirculatedShare is how many in a hundred lines, the newest, are not circulated yet.
const notCirculatedShare = 16

// oldestLine is the age in days of the oldest line: a little less than the three years after which a report weeds.
const oldestLine = 1080

// makeWanted makes the wanted lines: the traps, then row by row, the oldest first, one for each unit.
func (d *desk) makeWanted() {
	d.plantWanted()
	dice := newDice(d.seed, streamWanted)
	rows := d.lineRows()
	for row := range rows {
		for unit := range d.units {
			d.addLine(dice, unit, d.stateOf(unit, row, rows), d.ageOf(dice, row, rows))
		}
	}
}

func (d *desk) stateOf(unit, row, rows int) model.WantedState {
	if row >= rows-max(1, rows*notCirculatedShare/100) {
		return model.NotCirculated
	}
	switch wantedStates[row%len(wantedStates)] {
	case 'A':
		return model.WasArrested
	case 'L':
		return model.Located
	case 'E':
		return model.Eliminated
	case 'X':
		if unit%5 == 3 {
			return model.Died
		}
		return model.Withdrawn
	}
	return model.Circulated
}

// ageOf falls from the oldest to today, ever more slowly: most lines are recent.
func (d *desk) ageOf(dice *dice, row, rows int) int {
	left := rows - 1 - row
	age := oldestLine * left * left / max(1, (rows-1)*(rows-1))
	return age - dice.below(min(30, age/8+1))
}

func (d *desk) addLine(dice *dice, unit int, state model.WantedState, age int) {
	person := d.fresh(unit, func(p int) bool { return !d.sought[p] })
	if person == 0 {
		return
	}
	w := d.line(dice, person, unit, state, age)
	d.rows[unit] = append(d.rows[unit], w)
	if age <= 220 && age > 1 && dice.chance(28) && (state == model.WasArrested || state.Live()) {
		d.forBreach(dice, w, unit)
	}
}

// line makes a wanted line as most are and keeps it. What it needs of its arrest comes with the arrest.
func (d *desk) line(dice *dice, person, unit int, state model.WantedState, age int) *model.Wanted {
	t := &d.teams[unit]
	h, m := workHour(dice)
	w := &model.Wanted{
		Person: personRef(person), Unit: d.units[unit].Code, State: state, Offences: slices.Clone(d.offences(dice, age)), Since: d.at(d.days(age), h+2, m),
		Officer: pick(dice, t.hands), Report: d.report(dice), Note: mark + ": " + pick(dice, reports()) + ".", Grade: pick(dice, []model.Grade{"A", "B", "B", "C"}),
	}
	w.LastAct = d.days(age + dice.between(0, 20))
	if heavy(w.Offences) {
		w.Grade = "A"
	}
	w.Ref = number(model.KindWanted, len(d.wanted)+1)
	if state != model.NotCirculated {
		d.circulate(dice, w, dice.below(6))
	}
	d.sought[person] = true
	if !state.Live() {
		d.end(dice, w, t)
	}
	if state == model.Located {
		w.Note += "\nLocated " + d.days(min(age, dice.between(1, 5))).Long() + ": " + pick(dice, intelligence()) + "."
	}
	d.wanted = append(d.wanted, w)
	return w
}

// offences are what the line is for. Nothing summary only is still sought once the six months have passed, but for
// the trap that shows it.
func (d *desk) offences(dice *dice, age int) []model.OffenceCode {
	for {
		if c := early(dice, charges()); age < 140 || !model.SixMonths(c) {
			return c
		}
	}
}

func heavy(list []model.OffenceCode) bool {
	return slices.ContainsFunc(list, func(c model.OffenceCode) bool { return c.Row().Gravity >= 75 })
}

func (d *desk) circulate(dice *dice, w *model.Wanted, after int) {
	w.Published = min(d.today, day.On(w.Since).AddDays(after))
	w.PNCRef = "W" + strconv.Itoa(w.Published.Year()%100) + "/" + strconv.Itoa(dice.between(10_000, 99_999)) + "S"
	w.Weed = w.Published.AddYears(model.WeedAfterYears)
}

// age is how many days ago a line began.
func (d *desk) age(w *model.Wanted) int { return int(d.now.Sub(w.Since) / (24 * time.Hour)) }

// end closes a line as eliminated, withdrawn or died. An arrest fills in its own end.
func (d *desk) end(dice *dice, w *model.Wanted, t *team) {
	w.Ended = d.at(d.days(dice.between(1, max(1, min(60, d.age(w)-1)))), 14, dice.below(60))
	w.Supervisor = pick(dice, t.sergeants)
	switch w.State {
	case model.Eliminated:
		w.EndReason = mark + ": " + pick(dice, []string{"in custody abroad on the dates", "phone belonged to somebody else", "identified by mistake, alibi checked"})
	case model.Withdrawn:
		w.EndReason = mark + ": no longer in the public interest, agreed with CPS"
	case model.Died:
		w.EndReason = mark + ": died, certificate seen"
	case model.WasArrested, model.NotCirculated, model.Circulated, model.Located:
		w.EndReason, w.Supervisor = "arrested", ""
	}
}

// report is a crime report number of the sample; each is given once.
func (d *desk) report(dice *dice) string {
	for {
		r := mark + "/" + strconv.Itoa(dice.between(1_000_000, 9_999_999)) + "/" + strconv.Itoa(d.today.Year()%100)
		if !d.reported[r] {
			d.reported[r] = true
			return r
		}
	}
}
