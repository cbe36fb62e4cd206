package atlas

import (
	"slices"
	"time"

	"pou/model/day"
)

// Letter is one of Fixated, Obsessive, Unwanted, Repeated, by which police are to recognise stalking (College of Policing).
type Letter byte

// The letters.
const (
	Fixated       Letter = 'F'
	Obsessive     Letter = 'O'
	Unwanted      Letter = 'U'
	RepeatedOften Letter = 'R'
)

// Finding is one thing in the rows that may show a part of FOUR. It is never a score: whether it is stalking a person decides.
type Finding struct {
	Letter Letter
	Text   string
	Count  int
	Rows   Rows
}

// FourAsk is what the findings are made from.
type FourAsk struct {
	Window Window
	Mark   int64  // told to stop, or an order served; 0 is none
	Meets  []Meet // occasions on which the devices may have been near each other
}

// The least of each that is put forward. Local.
const (
	leastChannels   = 3
	leastUnanswered = 5
	leastNightly    = 5
	leastDaysRow    = 5
	leastOneWay     = 10
	oneWayTimes     = 5
	newcomerWithin  = 14 * 24 * time.Hour
)

// Four is what in the rows may show fixation, obsession, unwanted and repeated contact of the suspect's devices with the
// victim-survivor's. A contact in the records of both is counted once.
func (x *Index) Four(ask FourAsk) []Finding {
	f := four{x: x, ask: ask, reaches: x.Between(ask.Window, Suspect, Victim), back: x.Between(ask.Window, Victim, Suspect)}
	f.rows = f.reaches.Rows()
	f.fixated()
	f.obsessive()
	f.unwanted()
	f.repeated()
	return f.out
}

type four struct {
	x             *Index
	ask           FourAsk
	reaches, back Reaches
	rows          Rows
	out           []Finding
}

func (f *four) find(l Letter, text string, count int, rows Rows) {
	f.out = append(f.out, Finding{l, text, count, rows})
}

// fixated looks for one person above all others, for ways round a block, and for going on over months.
func (f *four) fixated() {
	if out := f.outgoing(); len(f.rows) > 0 && 2*len(f.rows) > len(out) {
		f.find(Fixated, sayMostOfAll(len(f.rows), len(out)), len(f.rows), f.rows)
	}
	if f.ask.Mark != 0 {
		for _, n := range f.x.Newcomers(Victim, f.ask.Mark, newcomerWithin) {
			if f.ask.Window.Holds(f.x.Set.Rows[n.First].At) {
				f.find(Fixated, "May show fixation: "+sayNewcomer(&n), len(n.Rows), n.Rows)
			}
		}
	}
	if firsts := f.x.Firsts(f.rows); len(firsts) >= leastChannels {
		f.find(Fixated, sayChannels(firsts), len(firsts), f.rows)
	}
}

// outgoing is everything the suspect's devices sent to anybody, a row each; what only the other's record holds is counted too.
func (f *four) outgoing() Rows {
	var lists []Rows
	from, to := f.x.Range(f.ask.Window)
	for i := range f.x.pairs {
		if p := &f.x.pairs[i]; f.x.belongs(p.own, Suspect) {
			lists = append(lists, p.rows.within(from, to))
		}
	}
	var out Rows
	for _, i := range union(lists...) {
		if r := &f.x.Set.Rows[i]; r.Has(Out) && f.x.sideAt(r.Own, r) == Suspect {
			out = append(out, i)
		}
	}
	mirrors := map[uint32]bool{}
	for _, r := range f.reaches {
		if r.Mirror != NoRow {
			mirrors[r.Row], mirrors[r.Mirror] = true, true
		}
	}
	out = slices.DeleteFunc(out, func(i uint32) bool { return mirrors[i] })
	return union(out, f.rows)
}

// obsessive looks for how much in how short a time, and when.
func (f *four) obsessive() {
	if b, ok := f.x.BusiestDay(f.rows); ok && len(b.Rows) >= burstLeast {
		f.find(Obsessive, sayBusiestDay(&b), len(b.Rows), b.Rows)
	}
	if b, ok := f.x.Most(f.rows, time.Hour); ok && len(b.Rows) >= burstLeast {
		f.find(Obsessive, sayMost(&b), len(b.Rows), b.Rows)
	}
	if days, median := f.x.BurstDays(f.rows); len(days) > 0 {
		var rows Rows
		for _, d := range days {
			rows = append(rows, d.Rows...)
		}
		f.find(Obsessive, sayBurstDays(len(days), median), len(days), rows)
	}
	var night Rows
	for _, i := range f.rows {
		if h := f.x.hours[i]; h != noHour && Nights.holds(h) {
			night = append(night, i)
		}
	}
	if len(night) >= leastNightly {
		f.find(Obsessive, sayNightly(len(night), len(f.x.Days(night))), len(night), night)
	}
	for _, r := range Rises(f.x.Weeks(f.rows)) {
		var rows Rows
		for _, w := range r.Weeks {
			rows = append(rows, w.Rows...)
		}
		f.find(Obsessive, sayRise(&r), len(r.Weeks), rows)
	}
}

// unwanted looks for what was not answered, not returned, and what went on after a moment from which it was plainly not wanted.
func (f *four) unwanted() {
	if run := f.unanswered(); len(run) >= leastUnanswered {
		f.find(Unwanted, sayUnanswered(len(run), f.x.Set.Rows[run[0]].At, f.x.Set.Rows[run[len(run)-1]].At), len(run), run)
	}
	if n, back := len(f.reaches), len(f.back); n >= leastOneWay && n >= oneWayTimes*max(1, back) {
		f.find(Unwanted, sayOneWay(n, back), n, union(f.rows, f.back.Rows()))
	}
	if f.ask.Mark != 0 {
		if c := f.x.Around(f.rows, f.ask.Mark, 0, 0); len(c.After.Rows) > 0 {
			f.find(Unwanted, sayAfter(&c), len(c.After.Rows), c.After.Rows)
		}
	}
}

// unanswered is the longest run of calls one after another that nobody took.
func (f *four) unanswered() Rows {
	var best, run Rows
	for _, i := range f.x.hourly(f.rows) {
		r := &f.x.Set.Rows[i]
		switch {
		case r.Kind != Call:
		case r.Has(Unanswered):
			run = append(run, i)
			if len(run) > len(best) {
				best = slices.Clone(run)
			}
		default:
			run = nil
		}
	}
	return best
}

// repeated looks for how many days, how many in a row, and how often near.
func (f *four) repeated() {
	if days := f.x.Days(f.rows); len(days) > 1 {
		f.find(RepeatedOften, sayDays(len(f.rows), len(days), days[0].Day, days[len(days)-1].Day), len(days), f.rows)
		if run := daysInRow(days); len(run) >= leastDaysRow {
			var rows Rows
			for _, d := range run {
				rows = append(rows, d.Rows...)
			}
			f.find(RepeatedOften, sayDaysRow(len(run), run[0].Day, run[len(run)-1].Day), len(run), rows)
		}
	}
	if occasions := Occasions(f.ask.Meets, Usual().Apart); len(occasions) > 1 {
		var rows Rows
		days := map[day.Date]bool{}
		for i := range occasions {
			rows = union(rows, occasions[i].Closest().rows())
			days[day.On(londonTime(occasions[i].From))] = true
		}
		f.find(RepeatedOften, sayMeets(len(occasions), len(days)), len(occasions), rows)
	}
}

// daysInRow is the longest run of days one after another.
func daysInRow(days []DayCount) []DayCount {
	var best []DayCount
	for start := 0; start < len(days); {
		end := start + 1
		for end < len(days) && days[end].Day == days[end-1].Day+1 {
			end++
		}
		if end-start > len(best) {
			best = days[start:end]
		}
		start = end
	}
	return best
}
