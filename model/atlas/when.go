package atlas

import (
	"slices"
	"time"

	"pou/model/day"
)

// Hours counts rows by weekday (Sunday first, as [time.Weekday]) and hour of the clock in London.
type Hours [7][24]int

// HoursOf counts rows by weekday and hour. Rows without an hour are not in it.
func (x *Index) HoursOf(rows Rows) Hours {
	var n [256]int
	for _, i := range rows {
		n[x.hours[i]]++
	}
	return grid(&n)
}

// HoursIn counts all the rows of a window by weekday and hour.
func (x *Index) HoursIn(w Window) Hours {
	from, to := x.Range(w)
	var even, odd [256]int // two, so that runs of one hour do not wait for each other
	hours := x.hours[from:to]
	for len(hours) > 1 {
		even[hours[0]]++
		odd[hours[1]]++
		hours = hours[2:]
	}
	for _, h := range hours {
		even[h]++
	}
	for i := range even {
		even[i] += odd[i]
	}
	return grid(&even)
}

func grid(n *[256]int) Hours {
	var out Hours
	for i := range 7 * 24 {
		out[i/24][i%24] = n[i]
	}
	return out
}

// Sum is how many rows have an hour.
func (h *Hours) Sum() int {
	n := 0
	for _, d := range h {
		for _, c := range d {
			n += c
		}
	}
	return n
}

// DayCount is the rows of one day.
type DayCount struct {
	Day  day.Date
	Rows Rows
}

// Days divides rows among the days of London they fall on, days without any left out. Rows without a time are not in it.
func (x *Index) Days(rows Rows) []DayCount {
	rows = rows.within(x.first(), NoRow)
	var out []DayCount
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && x.days[rows[end]] == x.days[rows[start]] {
			end++
		}
		out = append(out, DayCount{dateOf(x.days[rows[start]]), rows[start:end:end]})
		start = end
	}
	return out
}

// Week is the rows of one week, Monday to Sunday.
type Week struct {
	Monday day.Date
	Whole  bool // the record of the devices covers all of it
	Rows   Rows
}

// Weeks divides rows among weeks, weeks without any between the first and the last included.
func (x *Index) Weeks(rows Rows) []Week {
	days := x.Days(rows)
	if len(days) == 0 {
		return nil
	}
	covered := x.coverage(rows)
	out := make([]Week, 0, 16)
	next := 0
	for monday := mondayOf(days[0].Day); next < len(days); monday = monday.AddDays(7) {
		w := Week{Monday: monday}
		w.Whole = monday.Start().UnixMilli() >= covered.From && monday.AddDays(6).End().UnixMilli() <= covered.To
		from := next
		for next < len(days) && days[next].Day < monday.AddDays(7) {
			next++
		}
		for _, d := range days[from:next] {
			w.Rows = append(w.Rows, d.Rows...)
		}
		out = append(out, w)
	}
	return out
}

func mondayOf(d day.Date) day.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// coverage is from the first to the last row in the records of the devices the rows are from.
func (x *Index) coverage(rows Rows) Window {
	var out Window
	var seen []Handle
	for _, i := range rows {
		own := x.Set.Rows[i].Own
		if slices.Contains(seen, own) {
			continue
		}
		seen = append(seen, own)
		span, ok := x.spans[own]
		switch {
		case !ok:
		case len(seen) == 1 || out == Window{}:
			out = span
		default:
			out = Window{min(out.From, span.From), max(out.To, span.To)}
		}
	}
	return out
}

// Rise is weeks one after another, each whole and each with more than the one before.
type Rise struct{ Weeks []Week }

// leastRise is how many weeks in a row make a rise. Local.
const leastRise = 3

// Rises finds at least three whole weeks in a row, each with more rows than the one before.
func Rises(weeks []Week) []Rise {
	var out []Rise
	for start := 0; start < len(weeks); {
		end := start + 1
		for end < len(weeks) && weeks[end-1].Whole && weeks[end].Whole && len(weeks[end].Rows) > len(weeks[end-1].Rows) {
			end++
		}
		if end-start >= leastRise {
			out = append(out, Rise{weeks[start:end]})
		}
		start = end
	}
	return out
}

// Burst is many rows in a short time.
type Burst struct {
	From, To int64 // of the first and the last row
	Rows     Rows
}

func (x *Index) burst(rows Rows) Burst {
	return Burst{x.Set.Rows[rows[0]].At, x.Set.Rows[rows[len(rows)-1]].At, rows}
}

// hourly is the rows with an hour.
func (x *Index) hourly(rows Rows) Rows {
	timed := rows.within(x.first(), NoRow)
	if !slices.ContainsFunc(timed, func(i uint32) bool { return x.hours[i] == noHour }) {
		return timed
	}
	var out Rows
	for _, i := range timed {
		if x.hours[i] != noHour {
			out = append(out, i)
		}
	}
	return out
}

// Most is the most rows within a length of time, the earliest if there are several; false without rows that have an hour. Of a day of
// the calendar see [Index.BusiestDay].
func (x *Index) Most(rows Rows, within time.Duration) (Burst, bool) {
	rows = x.hourly(rows)
	best := Rows{}
	from := 0
	for to := range rows {
		for x.Set.Rows[rows[to]].At-x.Set.Rows[rows[from]].At >= within.Milliseconds() {
			from++
		}
		if to+1-from > len(best) {
			best = rows[from : to+1 : to+1]
		}
	}
	if len(best) == 0 {
		return Burst{}, false
	}
	return x.burst(best), true
}

// BusiestDay is the day with the most rows, the earliest if there are several; false without rows that have a time.
func (x *Index) BusiestDay(rows Rows) (DayCount, bool) {
	var best DayCount
	for _, d := range x.Days(rows) {
		if len(d.Rows) > len(best.Rows) {
			best = d
		}
	}
	return best, len(best.Rows) > 0
}

// A day is a burst with at least this many rows and this many times the usual (median) day on which there are any. Local.
const (
	burstLeast = 20
	burstTimes = 3
)

// BurstDays is the days with at least 20 rows and at least three times as many as the median of the days that have any, with that
// median.
func (x *Index) BurstDays(rows Rows) (bursts []DayCount, median int) {
	days := x.Days(rows)
	if len(days) == 0 {
		return nil, 0
	}
	counts := make([]int, len(days))
	for i, d := range days {
		counts[i] = len(d.Rows)
	}
	slices.Sort(counts)
	median = counts[(len(counts)-1)/2]
	for _, d := range days {
		if len(d.Rows) >= burstLeast && len(d.Rows) >= burstTimes*median {
			bursts = append(bursts, d)
		}
	}
	return bursts, median
}

// Silence is the time between two rows one after another.
type Silence struct {
	From, To      int64
	Before, After uint32 // the rows
}

// Longest is the longest time between two rows one after another, the earliest if there are several; false with fewer than two rows
// that have an hour. That nothing is in the record is not that nothing happened.
func (x *Index) Longest(rows Rows) (Silence, bool) {
	rows = x.hourly(rows)
	var best Silence
	for i := 1; i < len(rows); i++ {
		from, to := x.Set.Rows[rows[i-1]].At, x.Set.Rows[rows[i]].At
		if i == 1 || to-from > best.To-best.From {
			best = Silence{from, to, rows[i-1], rows[i]}
		}
	}
	return best, len(rows) > 1
}
