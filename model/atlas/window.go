package atlas

import (
	"math"
	"sort"
	"time"

	"pou/model/day"
)

// Window is a stretch of time, Unix milliseconds: from From on, before To; 0 is open. A row without a time lies only in the window
// that is open at both ends.
type Window struct{ From, To int64 }

// Open reports whether the window holds everything.
func (w Window) Open() bool { return w.From == 0 && w.To == 0 }

// Holds reports whether a moment lies in the window.
func (w Window) Holds(at int64) bool {
	return (w.From == 0 || at >= w.From) && (w.To == 0 || at < w.To)
}

// Days is the length of a window that is closed at both ends, in days of 24 hours.
func (w Window) Days() float64 { return float64(w.To-w.From) / dayMillis }

// Rows are indices into [Set.Rows], ascending: the rows behind a figure.
type Rows []uint32

// NoRow is the index of no row.
const NoRow = ^uint32(0)

const (
	hourMillis = 60 * 60 * 1000
	dayMillis  = 24 * hourMillis
)

// within finds the rows of an ascending list that lie in [from, to).
func (r Rows) within(from, to uint32) Rows {
	lo := sort.Search(len(r), func(i int) bool { return r[i] >= from })
	hi := lo + sort.Search(len(r)-lo, func(i int) bool { return r[lo+i] >= to })
	return r[lo:hi:hi]
}

// union is every row of several lists once, ascending.
func union(lists ...Rows) Rows {
	switch len(lists) {
	case 0:
		return nil
	case 1:
		return lists[0]
	}
	half := len(lists) / 2
	return merge(union(lists[:half]...), union(lists[half:]...))
}

func merge(a, b Rows) Rows {
	if len(a) == 0 || len(b) == 0 {
		return append(a[:len(a):len(a)], b...)
	}
	out := make(Rows, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case a[0] > b[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// wall turns moments into London wall-clock time. It looks the zone up only where it changes, so that a million rows in order of
// time cost two look-ups a year. The zero value is ready.
type wall struct{ from, to, offset int64 }

// at is the moment as Unix milliseconds of the clock on the wall.
func (w *wall) at(ms int64) int64 {
	if ms < w.from || ms >= w.to {
		t := time.UnixMilli(ms).In(day.London())
		start, end := t.ZoneBounds()
		_, offset := t.Zone()
		w.from, w.to, w.offset = math.MinInt64, math.MaxInt64, int64(offset)*1000
		if !start.IsZero() {
			w.from = start.UnixMilli()
		}
		if !end.IsZero() {
			w.to = end.UnixMilli()
		}
	}
	return ms + w.offset
}

// dayNumber is the London day of a wall-clock time, counted from 1 Jan 1970.
func dayNumber(wallMillis int64) int32 {
	n := wallMillis / dayMillis
	if wallMillis%dayMillis < 0 {
		n--
	}
	return int32(max(math.MinInt32+1, min(n, math.MaxInt32))) //nolint:gosec // bounded on this line
}

// weekHour is the hour of the week of a wall-clock time: 0 is Sunday from midnight to one, as [time.Weekday] counts.
func weekHour(wallMillis int64) uint8 {
	n := dayNumber(wallMillis)
	weekday := ((int64(n)+int64(time.Thursday))%7 + 7) % 7 // 1 Jan 1970 was a Thursday
	hour := (wallMillis - int64(n)*dayMillis) / hourMillis
	return uint8(weekday*24 + hour) //nolint:gosec // below 168
}

// dateOf is a day counted from 1 Jan 1970.
func dateOf(n int32) day.Date { return day.Of(1970, time.January, 1).AddDays(int(n)) }

// clockMinute is the minute of the day of a wall-clock time.
func clockMinute(wallMillis int64) int {
	return int((wallMillis - int64(dayNumber(wallMillis))*dayMillis) / (60 * 1000))
}
