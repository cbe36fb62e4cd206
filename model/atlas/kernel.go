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
	Rule         Rule
	LeftA, LeftB LeftOut

	a, b         []track
	namesA       []Handle
	namesB       []Handle
	startA, endA int64
}

// track is fixes of one degree of uncertainty in order of time, an array for each field: what is looked at first lies close together.
type track struct {
	from, to []int64 // to is nil where every moment is known
	lat, lon []int32
	metres   []uint32
	row      []uint32 // the highest bit: where the row ended
	own      []uint16 // index into the names of the side
	longest  int64    // the longest of to-from
	coarsest uint32
}

const endBit = uint32(1) << 31

// Paths lays out the rows of two sides in a window. A row belongs to the side its device is attributed to at that time.
func (x *Index) Paths(w Window, a, b Side, rule Rule) *Paths {
	p := &Paths{Rule: rule}
	p.a, p.namesA, p.LeftA = x.tracks(w, a, rule)
	p.b, p.namesB, p.LeftB = x.tracks(w, b, rule)
	p.startA, p.endA = math.MaxInt64, math.MinInt64
	for i := range p.a {
		t := &p.a[i]
		p.startA, p.endA = min(p.startA, t.from[0]), max(p.endA, t.from[len(t.from)-1])
	}
	return p
}

// tracks gathers the fixes of a side by how they are uncertain: a bound that must allow for the coarsest of a track is then no wider
// than it has to be.
func (x *Index) tracks(w Window, side Side, rule Rule) ([]track, []Handle, LeftOut) {
	names := x.Side(side)
	f := x.fixer(rule.Slack, rule.Coarsest)
	var sorted [3 * 11]track
	for n, h := range names {
		always := x.alwaysOf(h)
		for _, row := range x.Device(h, w) {
			r := &x.Set.Rows[row]
			if !always && x.sideAt(h, r) != side {
				f.left.Undecided++
				continue
			}
			f.add(row, func(at Fix) {
				sorted[classOf(&at)].push(&at, uint16(n)) //nolint:gosec // officers attribute devices one by one
			})
		}
	}
	var out []track
	for i := range sorted {
		if t := &sorted[i]; len(t.from) > 0 {
			t.finish()
			out = append(out, *t)
		}
	}
	return out, names, f.left
}

// alwaysOf reports whether a device is one side's at any time, so that no row need be asked.
func (x *Index) alwaysOf(h Handle) bool {
	as := x.sides[h]
	return len(as) == 1 && as[0].From == 0 && as[0].To == 0
}

// classOf is the track a fix goes to: known moments, ends of journeys and sessions apart, and each by the size of its area (up to 64
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

func (t *track) push(f *Fix, own uint16) {
	if !f.Exact() && t.to == nil {
		t.to = slices.Clone(t.from)
	}
	t.from = append(t.from, f.From)
	if t.to != nil || !f.Exact() {
		t.to = append(t.to, f.To)
	}
	row := f.Row
	if f.End {
		row |= endBit
	}
	t.lat, t.lon = append(t.lat, f.Lat), append(t.lon, f.Lon)
	t.metres, t.row, t.own = append(t.metres, f.Metres), append(t.row, row), append(t.own, own)
	t.longest, t.coarsest = max(t.longest, f.To-f.From), max(t.coarsest, f.Metres)
}

// finish puts a track in order of time, which only one of several devices, or ends of journeys, are not in already.
func (t *track) finish() {
	if slices.IsSorted(t.from) {
		return
	}
	order := make([]uint32, len(t.from))
	for i := range order {
		order[i] = uint32(i) //nolint:gosec // no more fixes than rows twice over
	}
	slices.SortFunc(order, func(i, j uint32) int {
		return cmp.Or(cmp.Compare(t.from[i], t.from[j]), cmp.Compare(t.row[i], t.row[j]))
	})
	t.from, t.lat, t.lon = pick(t.from, order), pick(t.lat, order), pick(t.lon, order)
	t.metres, t.row, t.own = pick(t.metres, order), pick(t.row, order), pick(t.own, order)
	if t.to != nil {
		t.to = pick(t.to, order)
	}
}

func pick[T any](from []T, order []uint32) []T {
	out := make([]T, len(order))
	for i, j := range order {
		out[i] = from[j]
	}
	return out
}

func (t *track) fix(i int, names []Handle) Fix {
	f := Fix{
		From: t.from[i], To: t.from[i], Lat: t.lat[i], Lon: t.lon[i], Metres: t.metres[i],
		Row: t.row[i] &^ endBit, End: t.row[i]&endBit != 0, Own: names[t.own[i]],
	}
	if t.to != nil {
		f.To = t.to[i]
	}
	return f
}

// Meets is every occasion of the two sides, in order of time.
func (p *Paths) Meets() []Meet { return Join(p.Rule, p.Part(0, 1)) }

// Part is the i-th of n parts of the work, by the time of the first side's rows. [Join] makes the parts the whole; they may be run at
// once.
func (p *Paths) Part(i, n int) []Meet {
	if len(p.a) == 0 || len(p.b) == 0 {
		return nil
	}
	k := join{p: p, open: make([]int, len(p.namesA)*len(p.namesB)), next: make([]int, len(p.a)), stop: make([]int, len(p.a))}
	for c := range p.a {
		k.next[c], k.stop[c] = p.a[c].share(p, i, n)
	}
	for range p.b {
		k.lo, k.hi = append(k.lo, 0), append(k.hi, 0)
	}
	k.run()
	return k.out
}

// share is which fixes of a track belong to a part.
func (t *track) share(p *Paths, i, n int) (from, to int) {
	edge := func(i int) int {
		switch i {
		case 0:
			return 0
		case n:
			return len(t.from)
		}
		at := p.startA + int64(float64(p.endA-p.startA)*float64(i)/float64(n))
		return sort.Search(len(t.from), func(j int) bool { return t.from[j] >= at })
	}
	return edge(i), edge(i + 1)
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
	p          *Paths
	next, stop []int // in each track of the first side
	lo, hi     []int // in each track of the other
	open       []int // for each two devices the latest occasion: its index in out, and one
	out        []Meet
}

func (k *join) run() {
	for {
		c := k.soonest()
		if c < 0 {
			return
		}
		a := k.p.a[c].fix(k.next[c], k.p.namesA)
		own := k.p.a[c].own[k.next[c]]
		k.next[c]++
		for t := range k.p.b {
			k.against(&a, own, t)
		}
	}
}

// soonest is the track of the first side whose next fix is the earliest; -1 at the end.
func (k *join) soonest() int {
	best, at := -1, int64(0)
	for c := range k.p.a {
		if k.next[c] >= k.stop[c] {
			continue
		}
		if from := k.p.a[c].from[k.next[c]]; best < 0 || from < at {
			best, at = c, from
		}
	}
	return best
}

// against holds one fix against a track. The first test is one subtraction and one comparison on the latitude; it must never refuse
// what the exact rule would take, so it allows for the coarsest of the track and for rounding.
func (k *join) against(a *Fix, own uint16, track int) {
	t, within := &k.p.b[track], k.p.Rule.Within.Milliseconds()
	lo, hi := k.lo[track], k.hi[track]
	for lo < len(t.from) && t.from[lo] < a.From-within-t.longest {
		lo++
	}
	hi = max(lo, hi)
	for hi < len(t.from) && t.from[hi] <= a.To+within {
		hi++
	}
	for hi > lo && t.from[hi-1] > a.To+within {
		hi--
	}
	k.lo[track], k.hi[track] = lo, hi
	if lo == hi {
		return
	}
	b := newBounds(a, k.p.Rule.Metres, t.coarsest)
	for i, lat := range t.lat[lo:hi] {
		if uint32(lat-b.south) > b.span { //nolint:gosec // wraps below the south edge: that is the test
			continue
		}
		if b.apart(t.lon[lo+i]) {
			continue
		}
		k.near(a, own, t, lo+i, &b)
	}
}

// bounds is what the cheap tests of one fix need.
type bounds struct {
	south int32
	span  uint32 // from the south edge to the north edge
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
	return bounds{south: a.Lat - micros, span: uint32(2 * micros), lon: a.Lon, east: -1, reach: reach, lat: a.Lat} //nolint:gosec // micros is bounded
}

// apart reports whether a longitude is too far away for any latitude within the reach: a circle of angle r about latitude φ goes as far
// as asin(sin r / cos φ) east and west, unless it holds a pole.
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
	if s := math.Sin(math.Min(math.Pi/2, b.reach/earthMetres)); s < 0.99*b.cos {
		b.east = int32(math.Ceil(math.Asin(s/b.cos)*180/math.Pi*1e6*wider)) + 1
	}
}

// near decides about one pair that the cheap tests let through, with as little work as the answer needs: that the devices may be
// within reach is often plain from the way along a meridian and a parallel, and the exact distance matters only to what could be the
// closest pair.
func (k *join) near(a *Fix, own uint16, t *track, i int, b *bounds) {
	from, to := t.from[i], t.from[i]
	if t.to != nil {
		to = t.to[i]
	}
	rule := &k.p.Rule
	if max(0, a.From-to, from-a.To) > rule.Within.Milliseconds() || k.p.namesB[t.own[i]] == a.Own {
		return
	}
	spread := float64(a.Metres) + float64(t.metres[i])
	m := k.occasion(a, own, t.own[i])
	if m != nil {
		least, most := b.distance(t.lat[i], t.lon[i])
		sure, unsure := most+spread <= rule.Metres, least+spread > rule.Metres
		if most-spread <= rule.Metres && least+spread > m.Closest.Most && (sure || unsure) {
			m.count(min(a.From, from), max(a.To, to), sure && max(a.To-from, to-a.From) <= rule.Within.Milliseconds())
			k.mark(m, a)
			return
		}
	}
	other := t.fix(i, k.p.namesB)
	pair, ok := rule.pairOf(a, &other)
	if !ok {
		return
	}
	if m == nil {
		m = k.begin(a, own, t.own[i])
	}
	m.take(&pair, min(a.From, from), max(a.To, to), pair.Certain(*rule))
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

// occasion is the one a fix would belong to; nil when it would begin another.
func (k *join) occasion(a *Fix, own, other uint16) *Meet {
	at := k.open[int(own)*len(k.p.namesB)+int(other)]
	if at == 0 || a.From-k.out[at-1].last > k.p.Rule.Apart.Milliseconds() {
		return nil
	}
	return &k.out[at-1]
}

func (k *join) begin(a *Fix, own, other uint16) *Meet {
	k.out = append(k.out, Meet{A: a.Own, B: k.p.namesB[other], first: a.From, last: a.To})
	k.open[int(own)*len(k.p.namesB)+int(other)] = len(k.out)
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
		f.add(row, func(at Fix) { as = append(as, at) })
	}
	around := (rule.Within + rule.Slack).Milliseconds() + dayMillis // a journey may have begun long before it ended
	for _, row := range x.Device(m.B, Window{max(1, m.From-around), m.To + around}) {
		f.add(row, func(at Fix) { bs = append(bs, at) })
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
	f.add(row, func(fix Fix) {
		if fix.End == end {
			at, metres, ok = fix.Point(), float64(fix.Metres), true
		}
	})
	return at, metres, ok
}
