package atlas

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sort"

	"pou/model"
)

// Paths are the fixes of two sides, laid out to be held against each other. It only reads once made, so that a caller may run several
// parts at once.
type Paths struct {
	Rule Rule
	A, B *Path

	shelves []shelf // of B
}

// Path is where the devices of one side may have been in a window, in order of time.
type Path struct {
	Side    Side
	Devices []Handle
	Left    LeftOut

	tracks []track
}

// track is fixes of one degree of uncertainty in order of time.
type track struct {
	fixes    []Fix
	longest  int64 // the longest time a moment is uncertain by
	coarsest uint32
}

// Path gathers the fixes of a side in a window by how they are uncertain: a bound that must allow for the coarsest of a track is then no
// wider than it has to be. A row belongs to the side its device is attributed to at that time.
func (x *Index) Path(w Window, side Side, rule Rule) *Path {
	p := &Path{Side: side, Devices: x.Side(side)}
	f := x.fixer(rule.Slack, rule.Coarsest)
	var sorted [3 * 11]track
	for n, h := range p.Devices {
		always := x.alwaysOf(h)
		rows := x.Device(h, w)
		for _, row := range rows {
			if !always && x.sideAt(h, &x.Set.Rows[row]) != side {
				f.left.Undecided++
				continue
			}
			for _, at := range f.of(row) {
				at.who = uint16(n) //nolint:gosec // officers attribute devices one by one
				sorted[classOf(&at)].push(&at, len(rows))
			}
		}
	}
	for i := range sorted {
		if t := &sorted[i]; len(t.fixes) > 0 {
			if !slices.IsSortedFunc(t.fixes, byTime) { // several devices, or ends of journeys
				slices.SortStableFunc(t.fixes, byTime)
			}
			p.tracks = append(p.tracks, *t)
		}
	}
	p.Left = f.left
	return p
}

// manyFixes is where a track stops growing by doubling and takes all it could need: copying is most of the work otherwise.
const manyFixes = 4096

func (t *track) push(f *Fix, most int) {
	if len(t.fixes) == cap(t.fixes) && len(t.fixes) >= manyFixes {
		t.fixes = slices.Grow(t.fixes, most)
	}
	t.fixes = append(t.fixes, *f)
	t.longest, t.coarsest = max(t.longest, f.To-f.From), max(t.coarsest, f.Metres)
}

// Paths lays out the rows of two sides in a window. [Against] does the same of paths that were gathered at once.
func (x *Index) Paths(w Window, a, b Side, rule Rule) *Paths {
	return Against(x.Path(w, a, rule), x.Path(w, b, rule), rule)
}

// Against lays out two paths to be held against each other.
func Against(a, b *Path, rule Rule) *Paths {
	p := &Paths{Rule: rule, A: a, B: b}
	for i := range b.tracks {
		p.shelves = append(p.shelves, shelve(&b.tracks[i], rule.Within.Milliseconds()))
	}
	return p
}

// shelf is a track cut into equal stretches of time, and each of them in order of latitude: what is near in time is in a few stretches,
// and what is near in latitude stands together there.
type shelf struct {
	fixes       []Fix
	lat         []int32
	starts      []uint32 // where each stretch begins; and the end of the last
	base, width int64
	longest     int64
	coarsest    uint32
}

// A stretch holds this many fixes or more on average, so that there are never many more stretches than fixes.
const leastOnShelf = 16

func shelve(t *track, within int64) shelf {
	first, last := t.fixes[0].From, t.fixes[len(t.fixes)-1].From
	s := shelf{
		fixes: make([]Fix, len(t.fixes)), lat: make([]int32, len(t.fixes)), base: first, longest: t.longest, coarsest: t.coarsest,
		width: max(1, 2*within, (last-first)/int64(len(t.fixes)/leastOnShelf+1)+1),
	}
	keys := make([]uint64, 0, 1024)
	for at := 0; at < len(t.fixes); {
		end, until := at, s.base+s.width*int64(len(s.starts)+1)
		for keys = keys[:0]; end < len(t.fixes) && t.fixes[end].From < until; end++ {
			keys = append(keys, uint64(int64(t.fixes[end].Lat)+halfTurn)<<32|uint64(end)) //nolint:gosec // a latitude is more than -halfTurn
		}
		slices.Sort(keys)
		s.starts = append(s.starts, uint32(at)) //nolint:gosec // no more fixes than rows twice over
		for i, key := range keys {
			s.fixes[at+i] = t.fixes[uint32(key)] //nolint:gosec // the lower half is the index
			s.lat[at+i] = s.fixes[at+i].Lat
		}
		at = end
	}
	s.starts = append(s.starts, uint32(len(t.fixes))) //nolint:gosec // as above
	return s
}

// stretches is which of them may hold a fix from one moment to another.
func (s *shelf) stretches(from, to int64) (first, last int) {
	lo, hi := (from-s.base)/s.width, (to-s.base)/s.width
	if from < s.base {
		lo = 0
	}
	if to < s.base {
		return 0, 0
	}
	n := int64(len(s.starts) - 1)
	return int(min(lo, n)), int(min(hi+1, n))
}

// alwaysOf reports whether a device is one side's at any time, so that no row need be asked.
func (x *Index) alwaysOf(h Handle) bool {
	as := x.sides[h]
	return len(as) == 1 && as[0].From == 0 && as[0].To == 0
}

// classOf is the track a fix goes to: known moments, ends of journeys and sessions apart, and each by the size of its area (under 64
// m, 512 m, 4 km, …).
func classOf(f *Fix) int {
	size := (max(4, bits.Len32(f.Metres)) - 4) / 3
	switch {
	case f.End:
		return 11 + size
	case !f.Exact():
		return 22 + size
	}
	return size
}

// Meets is every occasion of the two sides, in order of time.
func (p *Paths) Meets() []Meet { return Join(p.Rule, p.Part(0, 1)) }

// Part is the i-th of n parts of the work, by the time of the first side's rows. [Join] makes the parts the whole; they may be run at
// once.
func (p *Paths) Part(i, n int) []Meet {
	k := join{p: p, open: make([]int, len(p.A.Devices)*len(p.B.Devices))}
	for _, t := range p.A.tracks {
		k.rest = append(k.rest, t.fixes[p.A.edge(&t, i, n):p.A.edge(&t, i+1, n)])
	}
	k.run()
	return k.out
}

// edge is where the i-th of n parts of the time of a path begins in one of its tracks.
func (p *Path) edge(t *track, i, n int) int {
	switch i {
	case 0:
		return 0
	case n:
		return len(t.fixes)
	}
	from, to := int64(math.MaxInt64), int64(math.MinInt64)
	for _, t := range p.tracks {
		from, to = min(from, t.fixes[0].From), max(to, t.fixes[len(t.fixes)-1].From)
	}
	at := from + int64(float64(to-from)*float64(i)/float64(n))
	return sort.Search(len(t.fixes), func(j int) bool { return t.fixes[j].From >= at })
}

// Join makes one list of parts given in order: occasions that a cut went through become one again.
func Join(rule Rule, parts ...[]Meet) []Meet {
	var out []Meet
	latest := map[[2]Handle]int{}
	for _, m := range slices.Concat(parts...) {
		key := [2]Handle{m.A, m.B}
		if at, ok := latest[key]; ok && m.first-out[at].last <= rule.Apart.Milliseconds() {
			out[at].absorb(&m)
			continue
		}
		latest[key] = len(out)
		out = append(out, m)
	}
	for i := range out {
		slices.Sort(out[i].RowsA)
		out[i].RowsA = slices.Compact(out[i].RowsA)
	}
	slices.SortFunc(out, func(a, b Meet) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Closest.A, b.Closest.A), cmp.Compare(a.Closest.B, b.Closest.B), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return out
}

// join goes through the first side in order of time and holds each fix against those of the other side that are near in time.
type join struct {
	p    *Paths
	rest [][]Fix // what is still to be looked at in each track of the first side
	open []int   // for each two devices the latest occasion: its index in out, and one
	out  []Meet
}

func (k *join) run() {
	for {
		c := k.soonest()
		if c < 0 {
			return
		}
		a := &k.rest[c][0]
		k.rest[c] = k.rest[c][1:]
		for t := range k.p.shelves {
			k.against(a, &k.p.shelves[t])
		}
	}
}

// soonest is the track of the first side whose next fix is the earliest; -1 at the end.
func (k *join) soonest() int {
	best, at := -1, int64(0)
	for c, rest := range k.rest {
		if len(rest) > 0 && (best < 0 || rest[0].From < at) {
			best, at = c, rest[0].From
		}
	}
	return best
}

// against holds one fix against a shelf. The tests on latitude and longitude must never refuse what the exact rule would take, so they
// allow for the coarsest of the shelf and for rounding.
func (k *join) against(a *Fix, s *shelf) {
	within := k.p.Rule.Within.Milliseconds()
	from, to := a.From-within-s.longest, a.To+within
	first, last := s.stretches(from, to)
	b := newBounds(a, k.p.Rule.Metres, s.coarsest)
	for c := first; c < last; c++ {
		end := int(s.starts[c+1])
		for i := atLeast(s.lat, int(s.starts[c]), end, b.south); i < end && s.lat[i] <= b.north; i++ {
			if f := &s.fixes[i]; f.From >= from && f.From <= to && !b.apart(f.Lon) {
				k.near(a, f, &b)
			}
		}
	}
}

// atLeast is the first place in a sorted stretch that holds at least a value; written so that nothing is left to guess for the
// processor.
func atLeast(of []int32, lo, hi int, value int32) int {
	for n := hi - lo; n > 0; n = hi - lo {
		half := lo + n/2
		if of[half] < value {
			lo = half + 1
		} else {
			hi = half
		}
	}
	return lo
}

// bounds is what the cheap tests of one fix need.
type bounds struct {
	south int32
	north int32
	lon   int32
	east  int32 // how far apart in longitude two places may be, in millionths of a degree; -1 until it is worked out
	reach float64
	lat   int32
	cos   float64
}

// wider is what a bound is widened by, so that rounding never loses a pair.
const wider = 1 + 1e-6

const halfTurn = 180_000_000 // in millionths of a degree

func newBounds(a *Fix, metres float64, coarsest uint32) bounds {
	reach := (metres+float64(a.Metres)+float64(coarsest))*wider + 1
	micros := int32(min(halfTurn, math.Ceil(reach/metresPerMicro)+1))
	return bounds{south: a.Lat - micros, north: a.Lat + micros, lon: a.Lon, east: -1, reach: reach, lat: a.Lat}
}

// apart reports whether a longitude is too far away for any latitude within the reach: a circle of angle r about latitude φ goes as far
// as asin(sin r / cos φ) east and west, unless it holds a pole; with y = r / cos φ up to a half that is less than y + y³.
func (b *bounds) apart(lon int32) bool {
	if b.east < 0 {
		b.eastward()
	}
	d := lon - b.lon
	if d < 0 {
		d = -d
	}
	return min(d, 2*halfTurn-d) > b.east
}

func (b *bounds) eastward() {
	b.cos = cosDegrees(float64(b.lat) / 1e6)
	b.east = halfTurn
	if y := b.reach / earthMetres / b.cos; y > 0 && y <= 0.5 {
		b.east = int32((y+y*y*y)*(halfTurn/math.Pi)*wider) + 2
	}
}

// near decides about one pair that the cheap tests let through, with as little work as the answer needs: that the devices may be
// within reach is often plain from the way along a meridian and a parallel, and the exact distance matters only to what could be the
// closest pair.
func (k *join) near(a, f *Fix, b *bounds) {
	rule := &k.p.Rule
	if max(0, a.From-f.To, f.From-a.To) > rule.Within.Milliseconds() || f.Own == a.Own {
		return
	}
	m := k.occasion(a, f)
	if m != nil {
		least, most := b.distance(f.Lat, f.Lon)
		spread := float64(a.Metres) + float64(f.Metres)
		sure, unsure := most+spread <= rule.Metres, least+spread > rule.Metres
		if most-spread <= rule.Metres && least+spread > m.Closest.Most && (sure || unsure) {
			m.count(min(a.From, f.From), max(a.To, f.To), sure && max(a.To-f.From, f.To-a.From) <= rule.Within.Milliseconds())
			k.mark(m, a)
			return
		}
	}
	pair, ok := rule.pairOf(a, f)
	if !ok {
		return
	}
	if m == nil {
		m = k.begin(a, f)
	}
	m.take(&pair, min(a.From, f.From), max(a.To, f.To), pair.Certain(*rule))
	k.mark(m, a)
}

// distance bounds how far away a place is without the exact distance. It is no farther than the way along the parallel and the
// meridian, and no nearer than its own parallel or meridian is: the meridian λ away is asin(cos φ sin λ) off, and sin λ ≥ λ(1-λ²/6).
func (b *bounds) distance(lat, lon int32) (least, most float64) {
	north := math.Abs(float64(lat-b.lat)) * metresPerMicro
	d := lon - b.lon
	if d < 0 {
		d = -d
	}
	turn := float64(min(d, 2*halfTurn-d)) * (math.Pi / halfTurn)
	east := turn * earthMetres * b.cos
	return max(north, east*(1-turn*turn/6))/wider - 0.01, (north+east)*wider + 0.01
}

// occasion is the one a pair would belong to; nil when it would begin another.
func (k *join) occasion(a, f *Fix) *Meet {
	at := k.open[int(a.who)*len(k.p.B.Devices)+int(f.who)]
	if at == 0 || a.From-k.out[at-1].last > k.p.Rule.Apart.Milliseconds() {
		return nil
	}
	return &k.out[at-1]
}

func (k *join) begin(a, f *Fix) *Meet {
	k.out = append(k.out, Meet{A: a.Own, B: f.Own, first: a.From, last: a.To})
	k.open[int(a.who)*len(k.p.B.Devices)+int(f.who)] = len(k.out)
	return &k.out[len(k.out)-1]
}

func (k *join) mark(m *Meet, a *Fix) {
	m.last = max(m.last, a.To)
	if n := len(m.RowsA); n == 0 || m.RowsA[n-1] != a.Row {
		m.RowsA = append(m.RowsA, a.Row)
	}
}

// Pairs is every pair of rows of an occasion, the closest first, as many as asked for (0: all).
func (x *Index) Pairs(m *Meet, rule Rule, most int) []Pair {
	f := x.fixer(rule.Slack, rule.Coarsest)
	var as, bs []Fix
	for _, row := range m.RowsA {
		as = append(as, f.of(row)...)
	}
	around := (rule.Within + rule.Slack).Milliseconds() + dayMillis // a journey may have begun long before it ended
	for _, row := range x.Device(m.B, Window{max(1, m.From-around), m.To + around}) {
		bs = append(bs, f.of(row)...)
	}
	var out []Pair
	for i := range as {
		for j := range bs {
			if p, ok := rule.pairOf(&as[i], &bs[j]); ok {
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, func(p, q Pair) int { return closer(&p, &q) })
	if most > 0 && len(out) > most {
		out = out[:most]
	}
	return out
}

// Place is where the fix of a row is: of its end if that is asked.
func (x *Index) Place(row uint32, end bool, rule Rule) (at model.Point, metres float64, ok bool) {
	f := x.fixer(rule.Slack, 0)
	for _, fix := range f.of(row) {
		if fix.End == end {
			at, metres, ok = fix.Point(), float64(fix.Metres), true
		}
	}
	return at, metres, ok
}
