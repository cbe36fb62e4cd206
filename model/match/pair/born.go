package pair

import (
	"math"
	"slices"
	"strconv"

	"pou/model/day"
)

// A life has so many years in which somebody on record may have been born, and so many days.
const (
	bornYears  = 50
	generation = 13 // years between parent and child at the least
	sameBirth  = 14.0
	otherBirth = -6.0 // one record in sixty has a date that is wrong altogether: given falsely, or somebody else's
)

// dates is evidence from two dates of birth.
type dates struct {
	bits  float64
	how   string
	years int  // how far apart, where it is a generation
	given bool // one of them is another date somebody has given
	off   bool // they contradict each other
}

func (d dates) why() string {
	how := d.how
	if d.years > 0 {
		how += " " + strconv.Itoa(d.years) + " years apart: it may be parent and child"
	}
	if d.given {
		return "a date one has given: " + how
	}
	return how
}

// births weighs the dates of birth of two people. Another date somebody has given counts for a little less.
func births(a, b *profile) dates {
	best := born(a.born, b.born)
	if len(a.otherBorn())+len(b.otherBorn()) == 0 || best.bits > 13 {
		return best
	}
	for _, x := range append([]day.Born{a.born}, a.otherBorn()...) {
		for _, y := range append([]day.Born{b.born}, b.otherBorn()...) {
			if x == a.born && y == b.born {
				continue
			}
			if got := born(x, y); got.bits-1 > best.bits && !got.off {
				best = got
				best.bits, best.given = got.bits-1, true
			}
		}
	}
	return best
}

func born(a, b day.Born) dates {
	switch {
	case a.IsZero() && b.IsZero():
		return dates{how: "no date of birth"}
	case a.IsZero() || b.IsZero():
		return dates{how: "a date of birth is missing"}
	case toTheDay(a) && toTheDay(b):
		return days(a, b)
	}
	return spans(a, b)
}

// toTheDay reports whether a date is known to the day.
func toTheDay(b day.Born) bool { return b.Day > 0 && !b.Circa }

// days weighs two dates known to the day. What is weighed is how often a clerk makes that very slip against how many days lie one
// such slip away among all the days of fifty years.
func days(a, b day.Born) dates {
	gap := int(a.Year) - int(b.Year)
	if gap < 0 {
		gap = -gap
	}
	sameDay, sameMonth := a.Day == b.Day, a.Month == b.Month
	switch {
	case a == b && a.Day == 1 && a.Month == 1: // written for everybody whose day nobody knows
		return dates{bits: 10.4, how: "the same date of birth, a 1 January"}
	case a == b:
		return dates{bits: sameBirth, how: "the same date of birth"}
	case gap == 0 && a.Day == b.Month && a.Month == b.Day:
		return dates{bits: 8.5, how: "day and month of birth swapped"}
	}
	slips, turned := digitsApart(a, b)
	switch {
	case sameDay && sameMonth && gap == 1:
		return dates{bits: 6, how: "born on the same day a year apart"}
	case turned:
		return dates{bits: 6, how: "two figures of the date of birth swapped"}
	case slips == 1:
		return dates{bits: 4.3, how: "date of birth 1 figure out"}
	case gap == 0 && sameDay:
		return dates{bits: 4, how: "born on the same day and year, in another month"}
	case gap == 0 && sameMonth:
		return dates{bits: 3, how: "born in the same month, on another day"}
	case sameDay && sameMonth:
		return dates{bits: 2, how: "born on the same day of another year"}
	case gap >= generation:
		return dates{bits: otherBirth, how: "dates of birth", years: gap, off: true}
	}
	return dates{bits: otherBirth, how: "other dates of birth", off: true}
}

// digitsApart counts the figures in which two dates differ; turned says that they are two neighbours swapped.
func digitsApart(a, b day.Born) (n int, turned bool) {
	x, y := figures(a), figures(b)
	var at [8]int
	for i := range x {
		if x[i] != y[i] {
			at[n] = i
			n++
		}
	}
	if n != 2 {
		return n, false
	}
	i, j := at[0], at[1]
	return n, j == i+1 && i != 3 && i != 5 && x[i] == y[j] && x[j] == y[i]
}

// figures are those of a date: four of the year, two of the month, two of the day.
func figures(b day.Born) [8]int8 {
	y := b.Year
	return [8]int8{int8(y / 1000 % 10), int8(y / 100 % 10), int8(y / 10 % 10), int8(y % 10), b.Month / 10, b.Month % 10, b.Day / 10, b.Day % 10} //nolint:gosec // one figure each
}

// spans weighs dates of which one is not known to the day: the wider they are, the less it means that they fit.
func spans(a, b day.Born) dates {
	aFrom, aTo := years(a)
	bFrom, bTo := years(b)
	if !a.Fits(b) {
		gap := max(bFrom-aTo, aFrom-bTo)
		switch {
		case gap <= 1:
			return dates{bits: -1, how: "years of birth that nearly fit"}
		case gap >= generation:
			return dates{bits: otherBirth, how: "dates of birth at least", years: gap, off: true}
		}
		return dates{bits: otherBirth, how: "dates of birth that do not fit", off: true}
	}
	chance := float64(aTo-aFrom+bTo-bFrom+1) / bornYears
	if a.Month > 0 && a.Month == b.Month && !a.Circa && !b.Circa {
		chance /= 12
	}
	return dates{bits: max(0, -math.Log2(min(chance, 1))-0.2), how: "dates of birth that fit"}
}

// years is the span of years a date of birth may lie in; 0 to 0 when it is not known.
func years(b day.Born) (from, to int) {
	from, to = int(b.Year), max(int(b.Year), int(b.To))
	if b.Circa {
		return from - day.CircaYears, to + day.CircaYears
	}
	return from, to
}

// bornKeys are the years, and the days in a form in which day and month may be swapped, under which somebody is looked for. A
// span of years is kept short: a person born some time in fifty years is everybody's twin.
func bornKeys(p *profile) (inYears, onDays []int) {
	for _, b := range append([]day.Born{p.born}, p.otherBorn()...) {
		if b.IsZero() {
			continue
		}
		from, to := years(b)
		for y := from; y <= min(to, from+10); y++ {
			if !slices.Contains(inYears, y) {
				inYears = append(inYears, y)
			}
		}
		if on := dayKey(b); on > 0 && !slices.Contains(onDays, on) {
			onDays = append(onDays, on)
		}
	}
	return inYears, onDays
}

// dayKey is a whole date of birth in which it does not matter which is the day and which the month; 0 for any other.
func dayKey(b day.Born) int {
	if !toTheDay(b) {
		return 0
	}
	return (int(b.Year)*32+int(min(b.Day, b.Month)))*32 + int(max(b.Day, b.Month))
}
