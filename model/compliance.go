package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// CellState is what is known of a condition in one stretch of time: the worst of what was recorded.
type CellState int

// The states, from nothing to what is worst. A cell shows the worst of its stretch.
const (
	CellNone      CellState = iota // the condition did not bind
	CellUnchecked                  // it bound, and nobody looked
	CellComplied
	CellConcern
	CellMissed        // an occasion of a requirement missed, or not recorded
	CellPotential     // reported as a breach, or found not complied with; undecided
	CellSubstantiated // an officer decided that it was a breach
)

// CellStates lists what a reader of a strip may meet, in the order of the legend.
func CellStates() []CellState {
	return []CellState{CellComplied, CellConcern, CellPotential, CellSubstantiated, CellMissed, CellUnchecked}
}

// Letter is the state as one letter, for where there are neither signs nor colours.
func (s CellState) Letter() string {
	switch s {
	case CellUnchecked:
		return "-"
	case CellComplied:
		return "C"
	case CellConcern:
		return "?"
	case CellMissed:
		return "M"
	case CellPotential:
		return "P"
	case CellSubstantiated:
		return "B"
	case CellNone:
	}
	return " "
}

// Word is the state as the legend says it.
func (s CellState) Word() string {
	switch s {
	case CellUnchecked:
		return "not checked"
	case CellComplied:
		return "complied"
	case CellConcern:
		return "concern"
	case CellMissed:
		return "missed or unrecorded"
	case CellPotential:
		return "potential breach"
	case CellSubstantiated:
		return "breach"
	case CellNone:
	}
	return "not in force"
}

// Tone is how much the state matters at a glance.
func (s CellState) Tone() Tone {
	switch s {
	case CellComplied:
		return ToneGood
	case CellConcern, CellMissed:
		return ToneWarn
	case CellPotential, CellSubstantiated:
		return ToneDanger
	case CellNone, CellUnchecked:
	}
	return ToneQuiet
}

// Cell is one stretch of a strip.
type Cell struct {
	From  day.Date  `json:"from"`
	State CellState `json:"state"`
}

// Strip is how one condition was kept over time.
type Strip struct {
	Condition int    `json:"condition"`
	Cells     []Cell `json:"cells"`
}

// Letters is the strip as letters, oldest first.
func (s Strip) Letters() string {
	var out []byte
	for _, c := range s.Cells {
		out = append(out, c.State.Letter()...)
	}
	return string(out)
}

// stripMonths is the stretch a strip shows.
const stripMonths = 12

// Compliance is how the conditions of an order were kept over the last twelve months, a strip a condition and a cell a
// calendar month; the last is the present one.
func Compliance(o *Order, checks []*Check, breaches []*Breach, now time.Time) []Strip {
	return strips(o, checks, breaches, now, monthsBack(day.On(now), stripMonths))
}

// monthsBack are the first days of the last n months, oldest first.
func monthsBack(today day.Date, n int) []day.Date {
	first := today.AddDays(1 - today.Day())
	out := make([]day.Date, n)
	for i := range out {
		out[i] = first.AddMonths(i - n + 1)
	}
	return out
}

// weeksBack are the Mondays of the last n weeks, oldest first.
func weeksBack(today day.Date, n int) []day.Date {
	monday := today.AddDays(-(int(today.Weekday()) + 6) % 7)
	out := make([]day.Date, n)
	for i := range out {
		out[i] = monday.AddDays(7 * (i - n + 1))
	}
	return out
}

// picture is the strips of an order being filled in.
type picture struct {
	cuts   []day.Date // first days of the cells
	today  day.Date
	strips []Strip
}

func strips(o *Order, checks []*Check, breaches []*Breach, now time.Time, cuts []day.Date) []Strip {
	p := &picture{cuts: cuts, today: day.On(now)}
	for _, c := range o.Conditions {
		p.strips = append(p.strips, Strip{Condition: c.No, Cells: p.bound(o, c)})
	}
	decided := map[Ref]BreachState{}
	for _, b := range breaches {
		decided[b.Ref] = b.State
		p.put(b.Condition, day.On(b.At), breachCell(b.State))
	}
	for _, v := range checks {
		for _, l := range v.Lines {
			p.put(l.Condition, day.On(v.At), checkCell(l, decided))
		}
	}
	p.attended(o, now)
	return p.strips
}

// bound are the cells of a condition, blank where it did not bind on any day of them.
func (p *picture) bound(o *Order, c Condition) []Cell {
	out := make([]Cell, len(p.cuts))
	for i, from := range p.cuts {
		last := p.today
		if i+1 < len(p.cuts) {
			last = p.cuts[i+1].AddDays(-1)
		}
		out[i].From = from
		if o.bindsBetween(c, from, last) {
			out[i].State = CellUnchecked
		}
	}
	return out
}

// bindsBetween reports whether a condition bound on any day from one to another, ended orders included.
func (o *Order) bindsBetween(c Condition, from, to day.Date) bool {
	end := to
	for _, last := range []day.Date{o.Until, c.Until} {
		if !last.IsZero() {
			end = min(end, last)
		}
	}
	for _, ended := range []day.Date{o.Ended, c.Ended} {
		if !ended.IsZero() {
			end = min(end, ended.AddDays(-1))
		}
	}
	return max(from, o.Made) <= end
}

// put marks a day of a condition with what was recorded of it, unless something worse is.
func (p *picture) put(condition int, on day.Date, state CellState) {
	i := slices.IndexFunc(p.strips, func(s Strip) bool { return s.Condition == condition })
	if i < 0 || on > p.today {
		return
	}
	for c := len(p.cuts) - 1; c >= 0; c-- {
		if p.cuts[c] <= on {
			p.strips[i].Cells[c].State = max(p.strips[i].Cells[c].State, state)
			return
		}
	}
}

func (p *picture) attended(o *Order, now time.Time) {
	plan := o.plan()
	for _, a := range plan.Attended {
		switch a.Result {
		case Attended:
			p.put(a.Condition, a.Day, CellComplied)
		case Missed:
			p.put(a.Condition, a.Day, CellMissed)
		case Excused:
		}
	}
	for _, c := range o.Conditions {
		for _, on := range o.unrecorded(c, &plan, p.today, now) {
			if !c.Match.Schedule.Deadline(on).After(now) {
				p.put(c.No, on, CellMissed)
			}
		}
	}
}

// breachCell is what a breach says of its condition: nothing, once somebody has decided that it was none.
func breachCell(s BreachState) CellState {
	switch s {
	case BreachReported, BreachReview, BreachNeedMore:
		return CellPotential
	case BreachSubstantiated, BreachArrested, BreachCharged, BreachDecided:
		return CellSubstantiated
	case NotABreach, BreachDismissed:
	}
	return CellNone
}

// checkCell is what a check says of a condition. What it reported as a breach is what became of that: a concern, when an
// officer decided that it was none.
func checkCell(l CheckLine, decided map[Ref]BreachState) CellState {
	switch l.Result {
	case Complied:
		return CellComplied
	case Concern:
		return CellConcern
	case NotComplied:
		switch state, known := decided[l.Breach]; {
		case !known:
			return CellPotential
		case state == NotABreach:
			return CellConcern
		default:
			return breachCell(state)
		}
	case NotChecked:
	}
	return CellNone
}
