package comms

import (
	"strings"
	"time"

	"pou/model"
	"pou/store/exchange"
)

const (
	dayMillis  = 86_400_000
	hourMillis = 3_600_000
)

// What is taken for a time at all: anything before or after is a slip, a default or a device without a clock.
const (
	minTime = 631_152_000_000   // 1990
	maxTime = 4_102_444_800_000 // 2100
)

// fix says how sure a moment is.
type fix uint8

const (
	fixed  fix = iota
	twice      // the clocks went back: it may be an hour later
	absent     // the clocks went forward: there was no such time
)

// zone turns local days and times into moments. It remembers the days it was asked about, so it belongs to one goroutine.
type zone struct {
	loc  *time.Location
	name string
	days [512]zoneDay
}

type zoneDay struct {
	day    int32
	offset int32 // milliseconds east
	state  uint8 // 0 not known, 1 one offset all day, 2 the clocks change near it
}

// findZone finds a time zone by its name.
func findZone(name string) (*time.Location, string, error) {
	switch strings.ToUpper(strings.TrimSpace(name)) {
	case "", "EUROPE/LONDON", "LONDON", "LOCAL", "UK", "BST/GMT", "GMT/BST":
		name = "Europe/London"
	case "UTC", "GMT", "Z", "ZULU":
		return time.UTC, "UTC", nil
	}
	loc, err := time.LoadLocation(strings.TrimSpace(name))
	if err != nil {
		return nil, "", model.Refuse("zone", "there is no time zone "+exchange.Harmless(name, 40), "Write Europe/London, UTC, or a place such as Europe/Paris")
	}
	return loc, loc.String(), nil
}

func newZone(loc *time.Location) *zone { return &zone{loc: loc, name: loc.String()} }

// unix is the moment of a local day (counted from 1 January 1970) and a time of that day.
func (z *zone) unix(day, millis int32) (at int64, how fix) {
	local := int64(day)*dayMillis + int64(millis)
	d := &z.days[uint32(day)%uint32(len(z.days))] //nolint:gosec // days before 1970 have their place too
	if d.state == 0 || d.day != day {
		z.learn(d, day)
	}
	if d.state == 1 {
		return local - int64(d.offset), fixed
	}
	before, after := z.offset(local-36*hourMillis), z.offset(local+36*hourMillis)
	first, second := local-before, local-after
	ok1, ok2 := z.offset(first) == before, z.offset(second) == after
	switch {
	case ok1 && ok2 && first != second:
		return min(first, second), twice
	case ok1:
		return first, fixed
	case ok2:
		return second, fixed
	}
	return second, absent
}

// learn finds out whether the clocks change near a day.
func (z *zone) learn(d *zoneDay, day int32) {
	start := int64(day) * dayMillis
	a, b := z.offset(start-36*hourMillis), z.offset(start+60*hourMillis)
	*d = zoneDay{day: day, offset: int32(a), state: 1} //nolint:gosec // an offset is less than a day
	if a != b {
		d.state = 2
	}
}

// offset is how many milliseconds the clocks are ahead of UTC at a moment.
func (z *zone) offset(at int64) int64 {
	_, s := time.UnixMilli(at).In(z.loc).Zone()
	return int64(s) * 1000
}
