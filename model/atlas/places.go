package atlas

import (
	"cmp"
	"math"
	"slices"
	"time"

	"pou/model"
)

// Part is a part of the week in which somebody is likely where they live, or where they work or study.
type Part uint8

// The parts. Local.
const (
	Nights   Part = iota // from midnight to six
	Workdays             // Monday to Friday, from nine to five
)

func (p Part) holds(hour uint8) bool {
	h, weekday := hour%24, time.Weekday(hour/24)
	if p == Nights {
		return h < 6
	}
	return h >= 9 && h < 17 && weekday != time.Saturday && weekday != time.Sunday
}

// Area is a part of the map where positions gather. Nine in ten of the rows, their own uncertainty included, lie within Metres of its
// middle.
type Area struct {
	Lat, Lon int32
	Metres   float64
	Days     int      // days or nights with a position in it
	Sites    []uint32 // the cells, stations or cameras among its rows
	Rows     Rows
}

// Point is the middle of the area.
func (a *Area) Point() model.Point { return pointOf(a.Lat, a.Lon) }

// Apart is the least and the most two areas may be apart.
func (a *Area) Apart(at model.Point, metres float64) (least, most float64) {
	d := a.Point().Metres(at)
	return math.Max(0, d-a.Metres-metres), d + a.Metres + metres
}

// Areas is where positions gather in a part of the week, the most days first.
type Areas struct {
	Part    Part
	Areas   []Area
	Days    int // days or nights with any position
	Inexact int // fixes left out, as the moment is not known
}

const (
	areaMetres = 500 // positions this near are one area. Local
	areasMost  = 5
)

// Areas finds where fixes gather in a part of the week: likely, and no more than that. Fixes whose moment is not known take no part.
func (x *Index) Areas(fixes []Fix, part Part) Areas {
	out := Areas{Part: part}
	bins := map[[2]int32]*bin{}
	days, last := map[int32]bool{}, noDay
	for i := range fixes {
		f := &fixes[i]
		if !f.Exact() {
			out.Inexact++
			continue
		}
		local, hour := x.clockOf(f)
		if !part.holds(hour) {
			continue
		}
		if local != last {
			days[local], last = true, local
		}
		key := binOf(f)
		b := bins[key]
		if b == nil {
			b = &bin{key: key, last: noDay}
			bins[key] = b
		}
		if local != b.last { // fixes are in order of time
			b.days, b.last = b.days+1, local
		}
		b.fixes = append(b.fixes, uint32(i)) //nolint:gosec // no more fixes than rows twice over
	}
	out.Days = len(days)
	out.Areas = x.gather(fixes, bins)
	return out
}

// clockOf is the London day and hour of the week of a fix.
func (x *Index) clockOf(f *Fix) (local int32, hour uint8) {
	if !f.End && x.hours[f.Row] != noHour {
		return x.days[f.Row], x.hours[f.Row]
	}
	var w wall
	at := w.at(f.From)
	return dayNumber(at), weekHour(at)
}

// bin is a square of the map, about as wide as an area.
type bin struct {
	key   [2]int32
	fixes []uint32 // indices
	days  int
	last  int32
}

func binOf(f *Fix) [2]int32 {
	lat := int32(math.Floor(float64(f.Lat) * metresPerMicro / areaMetres))
	narrow := math.Max(0.01, cosDegrees(float64(lat)*areaMetres/metresPerMicro/1e6))
	return [2]int32{lat, int32(math.Floor(float64(f.Lon) * metresPerMicro * narrow / areaMetres))}
}

// gather takes the square with the most days, and those about it, as one area; then the next.
func (x *Index) gather(fixes []Fix, bins map[[2]int32]*bin) []Area {
	rest := make([]*bin, 0, len(bins))
	for _, b := range bins {
		rest = append(rest, b)
	}
	slices.SortFunc(rest, func(a, b *bin) int {
		return cmp.Or(cmp.Compare(b.days, a.days), cmp.Compare(len(b.fixes), len(a.fixes)), slices.Compare(a.key[:], b.key[:]))
	})
	var out []Area
	for len(rest) > 0 && len(out) < areasMost {
		seed, left := middle(pick(fixes, rest[0].fixes)), rest[:0]
		var taken []uint32
		for _, b := range rest {
			if at := b.middle(fixes); seed.Point().Metres(at) > areaMetres {
				left = append(left, b)
				continue
			}
			taken = append(taken, b.fixes...)
		}
		out, rest = append(out, x.area(pick(fixes, taken))), left
	}
	slices.SortStableFunc(out, func(a, b Area) int { return cmp.Compare(b.Days, a.Days) })
	return out
}

func (x *Index) area(fixes []Fix) Area {
	a := middle(fixes)
	days := map[int32]bool{}
	for i := range fixes {
		d, _ := x.clockOf(&fixes[i])
		days[d] = true
	}
	a.Days, a.Rows, a.Sites = len(days), rowsOf(fixes), x.sitesOf(fixes)
	return a
}

// middle is roughly the middle of a square's fixes: the mean, which within a square does not turn round the globe.
func (b *bin) middle(fixes []Fix) model.Point {
	var lat, lon int64
	for _, i := range b.fixes {
		lat += int64(fixes[i].Lat)
		lon += int64(fixes[i].Lon)
	}
	n := int64(len(b.fixes))
	return pointOf(int32(lat/n), int32(lon/n)) //nolint:gosec // a mean of what fits
}

// middle is the middle of fixes, the surer ones counting more, and the radius that holds nine in ten of them with their uncertainty.
func middle(fixes []Fix) Area {
	var lat, east, sum float64
	for i := range fixes {
		f := &fixes[i]
		weight := 1 / (float64(f.Metres) + 10)
		lat += weight * float64(f.Lat)
		east += weight * float64(turnedFrom(fixes[0].Lon, f.Lon))
		sum += weight
	}
	a := Area{Lat: int32(math.Round(lat / sum)), Lon: wrapped(int64(fixes[0].Lon) + int64(math.Round(east/sum)))}
	reach := make([]float64, len(fixes))
	for i := range fixes {
		reach[i] = a.Point().Metres(fixes[i].Point()) + float64(fixes[i].Metres)
	}
	slices.Sort(reach)
	a.Metres = reach[(len(reach)*9+9)/10-1]
	return a
}

// turnedFrom is how far east a longitude is of another, by the shorter way.
func turnedFrom(from, to int32) int32 { return wrapped(int64(to) - int64(from)) }

// wrapped is a longitude from half a turn west to half a turn east.
func wrapped(lon int64) int32 {
	for lon > halfTurn {
		lon -= 2 * halfTurn
	}
	for lon < -halfTurn {
		lon += 2 * halfTurn
	}
	return int32(lon) //nolint:gosec // within half a turn
}

func rowsOf(fixes []Fix) Rows {
	out := make(Rows, len(fixes))
	for i := range fixes {
		out[i] = fixes[i].Row
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (x *Index) siteOf(f *Fix) uint32 {
	if f.End {
		return x.Set.Rows[f.Row].To
	}
	return x.Set.Rows[f.Row].Site
}

func (x *Index) sitesOf(fixes []Fix) []uint32 {
	var out []uint32
	for i := range fixes {
		if s := x.siteOf(&fixes[i]); s != 0 {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Stay is what counts as staying in one place.
type Stay struct {
	Metres float64       // of the first position, uncertainty allowed for
	Least  time.Duration // between the first row and the last
	Gap    time.Duration // a longer time without a row ends it
}

// UsualStay is the rule a case begins with. Local.
func UsualStay() Stay { return Stay{Metres: 200, Least: 20 * time.Minute, Gap: 3 * time.Hour} }

// Visit is rows that are consistent with one place for a time. When it began and ended lies between two rows each.
type Visit struct {
	Area
	ArriveAfter, ArriveBy int64 // ArriveAfter is 0 when no row is earlier
	LeaveAfter, LeaveBy   int64 // LeaveBy is 0 when no row is later
}

// Visits finds the stays in the fixes of one device, in order of time. Fixes whose moment is not known take no part.
func (x *Index) Visits(fixes []Fix, rule Stay) []Visit {
	fixes = slices.DeleteFunc(slices.Clone(fixes), func(f Fix) bool { return !f.Exact() })
	var out []Visit
	for from := 0; from < len(fixes); {
		to := rule.end(fixes, from)
		if fixes[to-1].From-fixes[from].From < rule.Least.Milliseconds() {
			from++
			continue
		}
		v := Visit{Area: middle(fixes[from:to]), ArriveBy: fixes[from].From, LeaveAfter: fixes[to-1].From}
		v.Rows, v.Sites, v.Days = rowsOf(fixes[from:to]), x.sitesOf(fixes[from:to]), 1
		if from > 0 {
			v.ArriveAfter = fixes[from-1].From
		}
		if to < len(fixes) {
			v.LeaveBy = fixes[to].From
		}
		out = append(out, v)
		from = to
	}
	return out
}

// end is the first fix that is no longer there, or that comes after too long a gap.
func (s *Stay) end(fixes []Fix, from int) int {
	a := &fixes[from]
	for to := from + 1; to < len(fixes); to++ {
		f := &fixes[to]
		if f.From-fixes[to-1].From > s.Gap.Milliseconds() {
			return to
		}
		if f.Lat == a.Lat && f.Lon == a.Lon {
			continue
		}
		if a.Point().Metres(f.Point())-float64(a.Metres)-float64(f.Metres) > s.Metres {
			return to
		}
	}
	return len(fixes)
}

// Leg is one way from a place to another.
type Leg struct {
	From, To       Area
	Depart, Arrive Window // Depart.From is the last row at the one place, Depart.To the next row anywhere; Arrive alike
	Rows           Rows   // of the way
}

// Legs is the ways from each stay of a device to the next, in order of time, with the rows between. A stay again in the same place is no
// way.
func (x *Index) Legs(fixes []Fix, visits []Visit, rule Stay) []Leg {
	var out []Leg
	for i := 1; i < len(visits); i++ {
		from, to := &visits[i-1], &visits[i]
		if least, _ := from.Apart(to.Point(), to.Metres); least == 0 && from.Point().Metres(to.Point()) <= rule.Metres {
			continue
		}
		l := Leg{From: from.Area, To: to.Area, Depart: Window{from.LeaveAfter, from.LeaveBy}, Arrive: Window{to.ArriveAfter, to.ArriveBy}}
		lo, _ := slices.BinarySearchFunc(fixes, from.LeaveAfter, func(f Fix, at int64) int { return cmp.Compare(f.From, at) })
		hi, _ := slices.BinarySearchFunc(fixes, to.ArriveBy+1, func(f Fix, at int64) int { return cmp.Compare(f.From, at) })
		l.Rows = rowsOf(fixes[lo:max(lo, hi)])
		out = append(out, l)
	}
	return out
}

// Journeys is the ways that cards and contactless payments tell of themselves: from station to station, both ends known.
func (x *Index) Journeys(w Window, devices ...Handle) []Leg {
	var out []Leg
	for _, h := range devices {
		for _, row := range x.Device(h, w, Tap) {
			r := &x.Set.Rows[row]
			if r.Has(NoTime) || r.Has(NoEnd) || r.Has(DayOnly) || r.End == 0 || r.Site == 0 || r.To == 0 {
				continue
			}
			out = append(out, Leg{
				From: x.siteArea(r.Site, row), To: x.siteArea(r.To, row), Depart: Window{r.At, r.At}, Arrive: Window{r.End, r.End}, Rows: Rows{row},
			})
		}
	}
	slices.SortStableFunc(out, func(a, b Leg) int { return cmp.Compare(a.Depart.From, b.Depart.From) })
	return out
}

func (x *Index) siteArea(site, row uint32) Area {
	s := &x.Set.Sites[site]
	return Area{Lat: s.Lat, Lon: s.Lon, Metres: float64(s.Metres), Days: 1, Sites: []uint32{site}, Rows: Rows{row}}
}

// Route is a way that was gone more than once.
type Route struct {
	From, To Area
	Legs     []int // indices of the legs
	Days     int
	Rows     Rows
}

// Repeated is the ways gone at least twice between the same two places, the most days first. Places are the same when they are one
// station, or no further apart than the rule allows for.
func Repeated(legs []Leg, rule Stay) []Route {
	var out []Route
	days := []map[int32]bool{}
	var w wall
	for i := range legs {
		l := &legs[i]
		at := slices.IndexFunc(out, func(r Route) bool { return same(&r.From, &l.From, rule) && same(&r.To, &l.To, rule) })
		if at < 0 {
			at = len(out)
			out, days = append(out, Route{From: l.From, To: l.To}), append(days, map[int32]bool{})
		}
		out[at].Legs = append(out[at].Legs, i)
		out[at].Rows = union(out[at].Rows, l.Rows)
		days[at][dayNumber(w.at(l.Depart.From))] = true
		out[at].Days = len(days[at])
	}
	out = slices.DeleteFunc(out, func(r Route) bool { return len(r.Legs) < 2 })
	slices.SortStableFunc(out, func(a, b Route) int {
		return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(len(b.Legs), len(a.Legs)))
	})
	return out
}

func same(a, b *Area, rule Stay) bool {
	if len(a.Sites) == 1 && len(b.Sites) == 1 && a.Sites[0] == b.Sites[0] {
		return true
	}
	return a.Lat != NoPlace && b.Lat != NoPlace && a.Point().Metres(b.Point()) <= rule.Metres
}

func pick(from []Fix, which []uint32) []Fix {
	out := make([]Fix, len(which))
	for i, j := range which {
		out[i] = from[j]
	}
	return out
}
