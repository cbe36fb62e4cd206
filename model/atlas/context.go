package atlas

import (
	"math"
	"slices"
	"time"
)

// Habit is how often devices of one side may be in an area on other days than one: the base rate.
type Habit struct {
	Days  int  // other days with a position
	There int  // of these, days with a position that may be in the area
	Then  int  // of these, days with such a position at that time of day, as far apart as the rule allows
	Rows  Rows // one of each day that counts for There
}

// Share is the part of the other days on which the devices may be there; 0 when there are no other days.
func (h *Habit) Share() float64 { return share(h.There, h.Days) }

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// ReasonKind is a kind of innocent explanation, or of weakness.
type ReasonKind string

// The reasons.
const (
	NightsNear   ReasonKind = "nights"      // the likely night areas of both lie near each other, or both near there
	UsualThere   ReasonKind = "usual"       // one of the devices may be there on at least half of its other days
	SameStation  ReasonKind = "station"     // both rows are of one station
	CommuteHours ReasonKind = "commute"     // in the hours in which many people travel
	SharedCell   ReasonKind = "cell"        // the cell serves a likely night area of both
	WeakUse      ReasonKind = "attribution" // it is weakly known who used a device then
	WideArea     ReasonKind = "wide"        // they may have been much further apart than the rule
	VagueTime    ReasonKind = "time"        // the time of a row is only "at or before"
	NotHolder    ReasonKind = "holder"      // a vehicle or a card: not its driver or holder
	OnePair      ReasonKind = "one"         // it rests on one pair of rows
)

// Reason is what else may explain an occasion, or what it rests on weakly, with the rows it was found in. Text names no person.
type Reason struct {
	Kind ReasonKind
	Text string
	Rows Rows
}

// Context is what must stand beside an occasion.
type Context struct {
	A, B    Habit
	Reasons []Reason
}

// Company is what is worked out once for all occasions of two paths, so that a screen can ask about the ones it shows.
type Company struct {
	x              *Index
	p              *Paths
	nightA, nightB Areas
	kept           map[*Path]*haunts
	known          map[where]Habit
}

// haunts is the fixes of a path by latitude, with their days: an occasion is held against the few that are near it.
type haunts struct {
	days   map[int32]bool
	tracks []haunt
}

type haunt struct {
	fixes    []Fix // by latitude
	lat      []int32
	days     []int32
	coarsest uint32
}

func (p *Path) haunts() *haunts {
	out := &haunts{days: map[int32]bool{}}
	for _, t := range p.tracks {
		h := haunt{fixes: make([]Fix, len(t.fixes)), lat: make([]int32, len(t.fixes)), days: make([]int32, len(t.fixes)), coarsest: t.coarsest}
		keys := make([]uint64, len(t.fixes))
		for i := range t.fixes {
			keys[i] = uint64(int64(t.fixes[i].Lat)+halfTurn)<<32 | uint64(i) //nolint:gosec // a latitude is more than -halfTurn
		}
		slices.Sort(keys)
		var w wall
		last := noDay
		for i := range t.fixes {
			if d := dayNumber(w.at(t.fixes[i].From)); d != last {
				out.days[d], last = true, d
			}
		}
		for i, key := range keys {
			h.fixes[i] = t.fixes[uint32(key)] //nolint:gosec // the lower half is the index
			h.lat[i], h.days[i] = h.fixes[i].Lat, dayNumber(w.at(h.fixes[i].From))
		}
		out.tracks = append(out.tracks, h)
	}
	return out
}

type where struct {
	path     *Path
	lat, lon int32
	reach    float64
	day      int32
	minute   int
}

// Company gets ready to say what must stand beside the occasions of two paths.
func (x *Index) Company(p *Paths) *Company {
	return &Company{
		x: x, p: p, nightA: x.Areas(p.A.Fixes(), Nights), nightB: x.Areas(p.B.Fixes(), Nights),
		kept: map[*Path]*haunts{p.A: p.A.haunts(), p.B: p.B.haunts()}, known: map[where]Habit{},
	}
}

// Contexts finds the base rate and the explanations of each occasion.
func (x *Index) Contexts(p *Paths, meets []Meet) []Context {
	c := x.Company(p)
	out := make([]Context, len(meets))
	for i := range meets {
		out[i] = c.Context(&meets[i])
	}
	return out
}

// Fixes is the fixes of a path in order of time, for reading only.
func (p *Path) Fixes() []Fix {
	if len(p.tracks) == 1 {
		return p.tracks[0].fixes
	}
	var out []Fix
	for _, t := range p.tracks {
		out = append(out, t.fixes...)
	}
	slices.SortStableFunc(out, byTime)
	return out
}

// Context is the base rate of both sides where the closest pair of an occasion is, and what else may explain it.
func (c *Company) Context(m *Meet) Context {
	a, b := c.fix(m.Closest.A, m.Closest.AEnd), c.fix(m.Closest.B, m.Closest.BEnd)
	out := Context{A: c.habit(c.p.A, &a), B: c.habit(c.p.B, &b)}
	for _, rule := range []func(*Meet, *Fix, *Fix, *Context) (Reason, bool){
		c.nights, c.usual, c.station, c.commute, c.cell, c.attribution, c.wide, c.vague, c.holder, c.single,
	} {
		if r, ok := rule(m, a.clone(), b.clone(), &out); ok {
			out.Reasons = append(out.Reasons, r)
		}
	}
	return out
}

func (f Fix) clone() *Fix { return &f }

func (c *Company) fix(row uint32, end bool) Fix {
	f := c.x.fixer(c.p.Rule.Slack, 0)
	for _, at := range f.of(row) {
		if at.End == end {
			return at
		}
	}
	return Fix{Row: row}
}

// habit counts the other days on which a side may be where a fix is. Places recur, so what was counted is kept.
func (c *Company) habit(p *Path, at *Fix) Habit {
	var w wall
	local := w.at(at.From)
	key := where{p, at.Lat, at.Lon, c.p.Rule.Metres + float64(at.Metres), dayNumber(local), clockMinute(local)}
	h, known := c.known[key]
	if !known {
		h = c.count(p, at, key)
		c.known[key] = h
	}
	return h
}

func (c *Company) count(p *Path, at *Fix, key where) Habit {
	var w wall
	kept := c.kept[p]
	rows, then := map[int32]uint32{}, map[int32]bool{}
	for n := range kept.tracks {
		t := &kept.tracks[n]
		b := newBounds(at, c.p.Rule.Metres, t.coarsest)
		for i := atLeast(t.lat, 0, len(t.lat), b.south); i < len(t.lat) && t.lat[i] <= b.north; i++ {
			f, day := &t.fixes[i], t.days[i]
			if day == key.day || b.apart(f.Lon) || (then[day] && rows[day] <= f.Row) || at.Point().Metres(f.Point())-float64(f.Metres) > key.reach {
				continue
			}
			if row, known := rows[day]; !known || f.Row < row {
				rows[day] = f.Row
			}
			if minutesApart(clockMinute(w.at(f.From)), key.minute) <= int(c.p.Rule.Within/time.Minute) {
				then[day] = true
			}
		}
	}
	h := Habit{Days: len(kept.days) - flag(kept.days[key.day]), There: len(rows), Then: len(then)}
	for _, row := range rows {
		h.Rows = append(h.Rows, row)
	}
	slices.Sort(h.Rows)
	return h
}

func minutesApart(a, b int) int {
	d := max(a-b, b-a)
	return min(d, 24*60-d)
}

// What is near, often, and in how many nights an area is likely. Local.
const (
	nightsNearMetres = 1000
	leastNights      = 3
	usualShare       = 0.5
	usualDays        = 4
	wideTimes        = 2
)

func (c *Company) nights(_ *Meet, a, _ *Fix, _ *Context) (Reason, bool) {
	for i := range c.nightA.Areas {
		for j := range c.nightB.Areas {
			na, nb := &c.nightA.Areas[i], &c.nightB.Areas[j]
			if na.Days < leastNights || nb.Days < leastNights {
				continue
			}
			least, _ := na.Apart(nb.Point(), nb.Metres)
			here := na.near(a) && nb.near(a)
			if least <= nightsNearMetres && here {
				return Reason{NightsNear, sayNightsNear(na, nb), union(na.Rows, nb.Rows)}, true
			}
		}
	}
	return Reason{}, false
}

func (a *Area) near(f *Fix) bool {
	least, _ := a.Apart(f.Point(), float64(f.Metres))
	return least <= nightsNearMetres
}

func (c *Company) usual(_ *Meet, _, _ *Fix, out *Context) (Reason, bool) {
	a, b := &out.A, &out.B
	switch usualA, usualB := a.Days >= usualDays && a.Share() >= usualShare, b.Days >= usualDays && b.Share() >= usualShare; {
	case usualA && usualB:
		return Reason{UsualThere, sayUsual("Both devices", a, b), union(a.Rows, b.Rows)}, true
	case usualA:
		return Reason{UsualThere, sayUsual("The "+c.p.A.Side.String()+"'s device", a), a.Rows}, true
	case usualB:
		return Reason{UsualThere, sayUsual("The "+c.p.B.Side.String()+"'s device", b), b.Rows}, true
	}
	return Reason{}, false
}

// sharedSite is the site both rows are of, if it is of a kind.
func (c *Company) sharedSite(a, b *Fix, kinds ...SiteKind) (*Site, bool) {
	site := c.x.siteOf(a)
	if site == 0 || site != c.x.siteOf(b) || int(site) >= len(c.x.Set.Sites) {
		return nil, false
	}
	s := &c.x.Set.Sites[site]
	return s, slices.Contains(kinds, s.Kind)
}

func (c *Company) station(m *Meet, a, b *Fix, _ *Context) (Reason, bool) {
	s, ok := c.sharedSite(a, b, Station, Stop)
	if !ok {
		return Reason{}, false
	}
	return Reason{SameStation, saySameStation(s), m.Closest.rows()}, true
}

func (p *Pair) rows() Rows { return union(Rows{p.A}, Rows{p.B}) }

// commute is about rows that tell of travelling: journeys and cameras.
func (c *Company) commute(m *Meet, a, b *Fix, _ *Context) (Reason, bool) {
	var w wall
	hour := weekHour(w.at(a.From))
	h, weekday := hour%24, time.Weekday(hour/24)
	busy := weekday != time.Saturday && weekday != time.Sunday && ((h >= 7 && h < 10) || (h >= 16 && h < 19))
	if !busy || !c.travels(a) || !c.travels(b) {
		return Reason{}, false
	}
	return Reason{CommuteHours, sayCommute(a.From), m.Closest.rows()}, true
}

func (c *Company) travels(f *Fix) bool {
	k := c.x.Set.Rows[f.Row].Kind
	return k == Tap || k == Read
}

func (c *Company) cell(_ *Meet, a, b *Fix, _ *Context) (Reason, bool) {
	s, ok := c.sharedSite(a, b, CellSite)
	if !ok {
		return Reason{}, false
	}
	site := c.x.siteOf(a)
	na, nb := c.nightA.at(site), c.nightB.at(site)
	if na == nil || nb == nil {
		return Reason{}, false
	}
	return Reason{SharedCell, saySharedCell(s, na, nb), union(na.Rows, nb.Rows)}, true
}

// at is the area a site is among the sites of.
func (as *Areas) at(site uint32) *Area {
	for i := range as.Areas {
		if slices.Contains(as.Areas[i].Sites, site) {
			return &as.Areas[i]
		}
	}
	return nil
}

func (c *Company) attribution(m *Meet, a, b *Fix, _ *Context) (Reason, bool) {
	ga, gb := c.x.attributed(m.A, a.From), c.x.attributed(m.B, b.From)
	if ga.Grade > Weak && gb.Grade > Weak {
		return Reason{}, false
	}
	return Reason{WeakUse, sayAttribution(ga, gb), m.Closest.rows()}, true
}

func (c *Company) wide(m *Meet, _, _ *Fix, _ *Context) (Reason, bool) {
	if m.Closest.Most <= wideTimes*c.p.Rule.Metres {
		return Reason{}, false
	}
	return Reason{WideArea, sayWide(&m.Closest), m.Closest.rows()}, true
}

func (c *Company) vague(m *Meet, a, b *Fix, _ *Context) (Reason, bool) {
	if a.Exact() && b.Exact() {
		return Reason{}, false
	}
	return Reason{VagueTime, sayVague(&m.Closest), m.Closest.rows()}, true
}

func (c *Company) holder(m *Meet, a, b *Fix, _ *Context) (Reason, bool) {
	ka, kb := c.x.Set.Rows[a.Row].Kind, c.x.Set.Rows[b.Row].Kind
	if !c.travels(a) && !c.travels(b) {
		return Reason{}, false
	}
	return Reason{NotHolder, sayHolder(ka, kb), m.Closest.rows()}, true
}

func (c *Company) single(m *Meet, _, _ *Fix, _ *Context) (Reason, bool) {
	if m.Pairs > 1 {
		return Reason{}, false
	}
	return Reason{OnePair, sayOnePair(), m.Closest.rows()}, true
}

// Chance is how many occasions there are when the days of the other side are shifted, so that whatever is found has nothing to do with
// the two being there together.
type Chance struct {
	Weeks int // that the other side was shifted by
	Days  int // on which both sides then have positions
	Meets int // occasions, two phones in one pocket being one
}

// usualShifts is the weeks the other side is shifted by: whole weeks, so that working days fall on working days.
func usualShifts() []int { return []int{-3, -2, -1, 1, 2, 3} }

// Shifted counts the occasions by chance: the same paths with the other side so many weeks later or earlier by the clock on the wall,
// three weeks either way when nothing is asked for. It does the whole work once for each.
func (p *Paths) Shifted(weeks ...int) []Chance {
	if len(weeks) == 0 {
		weeks = usualShifts()
	}
	a := p.A.onTheWall(0)
	days := a.days()
	var out []Chance
	for _, n := range weeks {
		b := p.B.onTheWall(int64(n) * 7 * dayMillis)
		c := Chance{Weeks: n}
		for d := range b.days() {
			c.Days += flag(days[d])
		}
		if len(a.tracks) > 0 && len(b.tracks) > 0 {
			c.Meets = len(Occasions(Against(a, b, p.Rule).Meets(), p.Rule.Apart))
		}
		out = append(out, c)
	}
	return out
}

// onTheWall is the path by the clock on the wall and shifted, so that a day shifted over the change of the clocks keeps its hours.
func (p *Path) onTheWall(shift int64) *Path {
	out := &Path{Side: p.Side, Devices: p.Devices}
	for _, t := range p.tracks {
		t.fixes = slices.Clone(t.fixes)
		var w wall
		for i := range t.fixes {
			f := &t.fixes[i]
			long := f.To - f.From
			f.From = w.at(f.From) + shift
			f.To = f.From + long
		}
		if !slices.IsSortedFunc(t.fixes, byTime) { // the hour that comes twice in October
			slices.SortStableFunc(t.fixes, byTime)
		}
		out.tracks = append(out.tracks, t)
	}
	return out
}

// days is the days of the wall with a fix.
func (p *Path) days() map[int32]bool {
	out := map[int32]bool{}
	for _, t := range p.tracks {
		last := noDay
		for i := range t.fixes {
			if d := dayNumber(t.fixes[i].From); d != last {
				out[d], last = true, d
			}
		}
	}
	return out
}

// Expected is the mean of the occasions by chance, as many as would be expected over the days the rows span; false when no shift left
// days on which both have positions.
func Expected(chances []Chance, days int) (meets float64, ok bool) {
	var found, over int
	for _, c := range chances {
		found, over = found+c.Meets, over+c.Days
	}
	if over == 0 {
		return 0, false
	}
	return math.Round(10*float64(found)*float64(days)/float64(over)) / 10, true
}

// SharedDays is the days on which both sides have positions.
func (p *Paths) SharedDays() int {
	a, b := p.A.onTheWall(0).days(), p.B.onTheWall(0).days()
	n := 0
	for d := range b {
		n += flag(a[d])
	}
	return n
}
