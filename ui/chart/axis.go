package chart

import (
	"sort"
	"time"

	"pou/model"
	"pou/model/day"
)

// span is a stretch of time cut into equal columns, Unix milliseconds.
type span struct {
	from, to int64
	cols     int
}

// column is the column a moment falls in; before the first below 0, after the last beyond.
func (s span) column(at int64) int {
	if at < s.from {
		return -1
	}
	return int((at - s.from) * int64(s.cols) / max(s.to-s.from, 1))
}

// start is the first moment of a column.
func (s span) start(col int) int64 {
	n := int64(s.cols)
	return s.from + ((s.to-s.from)*int64(col)+n-1)/n
}

// counts are how many moments fall in each column. The moments ascend: a million of them cost a search a column.
func (s span) counts(times []int64) []int {
	out := make([]int, s.cols)
	at := after(times, s.from)
	for i := range out {
		next := at + after(times[at:], s.start(i+1))
		out[i], at = next-at, next
	}
	return out
}

// after is the place of the first moment not before another.
func after(times []int64, at int64) int {
	return sort.Search(len(times), func(i int) bool { return times[i] >= at })
}

// between is how many moments lie in a stretch, its end not included.
func between(times []int64, from, to int64) int { return max(after(times, to)-after(times, from), 0) }

// tick is a mark on a time axis. A major one begins a day, a month or a year, whichever is the larger thing.
type tick struct {
	at    int64
	label string
	major bool
}

// pace is how far ticks are apart: so many hours, days or months.
type pace struct{ hours, days, months int }

func paces() []pace {
	return []pace{
		{hours: 1},
		{hours: 2},
		{hours: 3},
		{hours: 6},
		{hours: 12},
		{days: 1},
		{days: 2},
		{days: 7},
		{days: 14},
		{months: 1},
		{months: 2},
		{months: 3},
		{months: 6},
		{months: 12},
		{months: 24},
		{months: 60},
		{months: 120},
	}
}

func (p pace) length() time.Duration {
	return time.Duration(p.hours)*time.Hour + time.Duration(p.days)*24*time.Hour + time.Duration(p.months)*30*24*time.Hour
}

// ticks are the marks of a stretch of time, at most so many. Days begin at midnight where the zone says so: on the nights the clocks
// change, they are 23 or 25 hours apart.
func ticks(from, to int64, most int, zone *time.Location) []tick {
	if to <= from || most < 1 {
		return nil
	}
	whole := time.Duration(to-from) * time.Millisecond
	p := pace{months: 240}
	for _, candidate := range paces() {
		if int(whole/candidate.length()) < most {
			p = candidate
			break
		}
	}
	var out []tick
	for t := p.first(time.UnixMilli(from).In(zone)); t.UnixMilli() < to && len(out) <= 2*most; t = p.next(t) {
		if t.UnixMilli() >= from {
			out = append(out, p.mark(t))
		}
	}
	return out
}

// first is the last tick not after a moment.
func (p pace) first(t time.Time) time.Time {
	y, m, d := t.Date()
	switch {
	case p.months > 0:
		k := (y*12 + int(m) - 1) / p.months * p.months
		return time.Date(k/12, time.Month(k%12+1), 1, 0, 0, 0, 0, t.Location())
	case p.days >= 7:
		back := (int(t.Weekday()) + 6) % 7 // weeks begin on Monday
		return time.Date(y, m, d-back, 0, 0, 0, 0, t.Location())
	case p.days > 0:
		return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
	}
	return time.Date(y, m, d, t.Hour()/p.hours*p.hours, 0, 0, 0, t.Location())
}

func (p pace) next(t time.Time) time.Time {
	y, m, d := t.Date()
	if p.hours > 0 {
		next := time.Date(y, m, d, t.Hour()+p.hours, 0, 0, 0, t.Location())
		if !next.After(t) { // the hour that comes twice
			next = t.Add(time.Duration(p.hours) * time.Hour)
		}
		return next
	}
	return time.Date(y, m+time.Month(p.months), d+p.days, 0, 0, 0, 0, t.Location())
}

func (p pace) mark(t time.Time) tick {
	k := tick{at: t.UnixMilli()}
	midnight := t.Hour() == 0
	switch {
	case p.months >= 12:
		k.label, k.major = t.Format("2006"), true
	case p.months > 0 && t.Month() == time.January:
		k.label, k.major = t.Format("2006"), true
	case p.months > 0:
		k.label = t.Format("Jan")
	case p.days > 0 || midnight:
		k.label, k.major = t.Format("2 Jan"), p.hours > 0 || t.Day() <= max(p.days, 1)
	default:
		k.label = t.Format("15:04")
	}
	return k
}

// zoned is the zone times are shown in; London where none is said.
func zoned(z *time.Location) *time.Location {
	if z == nil {
		return day.London()
	}
	return z
}

// moment writes a time as the charts do.
func moment(at int64, zone *time.Location) string {
	return time.UnixMilli(at).In(zone).Format("2 Jan 2006 15:04")
}

// per says how long one column is.
func per(length time.Duration) string {
	switch {
	case length < 90*time.Second:
		return model.Thousands(int(length/time.Second)) + " s"
	case length < 90*time.Minute:
		return model.Thousands(int((length+time.Minute/2)/time.Minute)) + " min"
	case length < 36*time.Hour:
		return model.Thousands(int((length+time.Hour/2)/time.Hour)) + " h"
	}
	return model.Thousands(int((length+12*time.Hour)/(24*time.Hour))) + " days"
}
