package atlas

import (
	"cmp"
	"slices"
	"sort"
	"time"
)

// Index is a [Set] prepared so that any window of it can be looked at within a frame. The set must not change under it.
type Index struct {
	Set *Set
	By  Attributions

	timed          int     // rows from here on have a time
	days           []int32 // the London day of each row; noDay without a time
	hours          []uint8 // the hour of the week of each row; noHour where the source gives no hour
	pairs          []posting
	lanes          []posting
	pairOf, laneOf []uint32 // of each row: its pair, NoRow when it is no contact; its lane

	sides  map[Handle][]Attribution
	spans  map[Handle]Window // first and last row of each device's record
	ledger                   // contact rows in the order of pairs
}

// ledger is what the contact table adds up, in the order of the pairs' rows, so that a table is one run through memory.
type ledger struct {
	rows    Rows
	tags    []uint8
	seconds []uint32
}

// posting is a device with another, or a device and a kind of row, and where its rows are in the list it belongs to.
type posting struct {
	own      Handle
	other    Handle
	kind     Kind
	from, to int
	rows     Rows
}

const (
	noDay  = int32(-1 << 31)
	noHour = uint8(255)
)

// Prepare makes the index. It goes over the rows twice.
func Prepare(s *Set, by Attributions) *Index {
	x := &Index{Set: s, By: by, sides: map[Handle][]Attribution{}, spans: map[Handle]Window{}}
	for _, a := range by {
		x.sides[a.Handle] = append(x.sides[a.Handle], a)
	}
	for x.timed < len(s.Rows) && s.Rows[x.timed].Has(NoTime) {
		x.timed++
	}
	x.clocks()
	x.post()
	return x
}

// clocks works out the London day and hour of every row.
func (x *Index) clocks() {
	rows := x.Set.Rows
	x.days, x.hours = make([]int32, len(rows)), make([]uint8, len(rows))
	var w wall
	for i := range rows {
		x.days[i], x.hours[i] = noDay, noHour
		if i < x.timed || rows[i].Has(NoTime) {
			continue
		}
		local := w.at(rows[i].At)
		x.days[i] = dayNumber(local)
		if !rows[i].Has(DayOnly) {
			x.hours[i] = weekHour(local)
		}
	}
}

// The tag of a contact row: its kind, direction and whether nobody took the call.
const (
	tagOut        = 1
	tagUnanswered = 2
	tagCall       = 4
	tagText       = 8
	tagMessage    = 12
	tags          = 16
)

func tagOf(r *Row) uint8 {
	tag := uint8(tagCall)
	switch r.Kind {
	case Text:
		tag = tagText
	case Message:
		tag = tagMessage
	case Call, Data, Position, Read, Tap:
	}
	if r.Has(Out) {
		tag |= tagOut
	}
	if r.Kind == Call && r.Has(Unanswered) {
		tag |= tagUnanswered
	}
	return tag
}

// slots numbers pairs of a device and something else in the order they are met.
type slots struct {
	keys  []uint64
	count []int

	dense  [][]uint32 // of each device, for each of the other the slot and one: the usual way
	width  int
	budget int               // entries that dense may still take
	of     map[uint64]uint32 // the slots of the rest
}

// denseMost is how many entries a dense table may have; a case with more devices than that pays for a map.
const denseMost = 1 << 24

func newSlots(devices, width int) *slots {
	return &slots{dense: make([][]uint32, devices), width: width, budget: denseMost, of: map[uint64]uint32{}}
}

func (s *slots) slot(own Handle, other uint32) uint32 {
	if int(own) < len(s.dense) && int(other) < s.width {
		row := s.dense[own]
		if row == nil && s.budget >= s.width {
			row = make([]uint32, s.width)
			s.dense[own], s.budget = row, s.budget-s.width
		}
		if row != nil {
			if row[other] == 0 {
				row[other] = s.next(own, other) + 1
			}
			s.count[row[other]-1]++
			return row[other] - 1
		}
	}
	key := uint64(own)<<32 | uint64(other)
	n, known := s.of[key]
	if !known {
		n = s.next(own, other)
		s.of[key] = n
	}
	s.count[n]++
	return n
}

func (s *slots) next(own Handle, other uint32) uint32 {
	s.keys, s.count = append(s.keys, uint64(own)<<32|uint64(other)), append(s.count, 0)
	return uint32(len(s.keys) - 1) //nolint:gosec // no more keys than rows
}

// starts is where the rows of each slot begin when they are laid one after another.
func (s *slots) starts() []int {
	out, sum := make([]int, len(s.keys)), 0
	for i, n := range s.count {
		out[i] = sum
		sum += n
	}
	return out
}

// post lists the rows of each pair and of each lane, each ascending: a counting sort.
func (x *Index) post() {
	rows := x.Set.Rows
	pairs, lanes := newSlots(len(x.Set.Names), len(x.Set.Names)), newSlots(len(x.Set.Names), int(Tap)+1)
	pairOf, laneOf := make([]uint32, len(rows)), make([]uint32, len(rows))
	for i := range rows {
		r := &rows[i]
		laneOf[i] = lanes.slot(r.Own, uint32(r.Kind))
		pairOf[i] = NoRow
		if r.Contact() {
			pairOf[i] = pairs.slot(r.Own, uint32(r.Other))
		}
	}
	x.fillPairs(pairs, pairOf)
	x.fillLanes(lanes, laneOf)
}

// ranks is where each slot comes when slots are put in the order of their keys.
func (s *slots) ranks() []uint32 {
	order := make([]uint32, len(s.keys))
	for i := range order {
		order[i] = uint32(i) //nolint:gosec // no more keys than rows
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(s.keys[a], s.keys[b]) })
	out := make([]uint32, len(order))
	for rank, slot := range order {
		out[slot] = uint32(rank) //nolint:gosec // as above
	}
	return out
}

// sorted renumbers the slots of rows in the order of their keys.
func (s *slots) sorted(of []uint32) {
	ranks := s.ranks()
	keys, count := make([]uint64, len(s.keys)), make([]int, len(s.keys))
	for slot, rank := range ranks {
		keys[rank], count[rank] = s.keys[slot], s.count[slot]
	}
	s.keys, s.count = keys, count
	for i, slot := range of {
		if slot != NoRow {
			of[i] = ranks[slot]
		}
	}
}

func (x *Index) fillPairs(s *slots, of []uint32) {
	s.sorted(of)
	x.pairOf = of
	next, total := s.starts(), 0
	for _, n := range s.count {
		total += n
	}
	x.ledger = ledger{make(Rows, total), make([]uint8, total), make([]uint32, total)}
	for i := range of {
		if of[i] == NoRow {
			continue
		}
		r, at := &x.Set.Rows[i], next[of[i]]
		x.ledger.rows[at], x.tags[at], x.seconds[at] = uint32(i), tagOf(r), r.Seconds //nolint:gosec // an index of a row
		next[of[i]]++
	}
	for i, key := range s.keys {
		p := posting{own: Handle(key >> 32), other: Handle(key & 0xffffffff), from: next[i] - s.count[i], to: next[i]} //nolint:gosec // made of the two above
		p.rows = x.ledger.rows[p.from:p.to:p.to]
		x.pairs = append(x.pairs, p)
	}
}

func (x *Index) fillLanes(s *slots, of []uint32) {
	s.sorted(of)
	x.laneOf = of
	next := s.starts()
	all := make(Rows, len(of))
	for i := range of {
		all[next[of[i]]] = uint32(i) //nolint:gosec // an index of a row
		next[of[i]]++
	}
	for i, key := range s.keys {
		p := posting{own: Handle(key >> 32), kind: Kind(key & 0xff)} //nolint:gosec // made of the two above
		p.rows = all[next[i]-s.count[i] : next[i] : next[i]]
		x.lanes = append(x.lanes, p)
		x.cover(p)
	}
}

// cover widens the span of a device's record by one lane of it.
func (x *Index) cover(p posting) {
	rows := p.rows.within(x.first(), NoRow)
	if len(rows) == 0 {
		return
	}
	span, known := x.spans[p.own]
	from, to := x.Set.Rows[rows[0]].At, x.Set.Rows[rows[len(rows)-1]].At
	if known {
		from, to = min(from, span.From), max(to, span.To)
	}
	x.spans[p.own] = Window{from, to}
}

func (x *Index) first() uint32 { return uint32(x.timed) } //nolint:gosec // an index of a row

// Span is from the first row with a time to just after the last; zero when no row has one.
func (x *Index) Span() Window {
	if x.timed >= len(x.Set.Rows) {
		return Window{}
	}
	return Window{x.Set.Rows[x.timed].At, x.Set.Rows[len(x.Set.Rows)-1].At + 1}
}

// Record is from the first to the last row with a time of a device's own record: before and after that nothing is known of it. The
// zero window when there is none.
func (x *Index) Record(h Handle) Window { return x.spans[h] }

// Range is the rows of a window: those from one index on, before another.
func (x *Index) Range(w Window) (from, to uint32) {
	if w.Open() {
		return 0, uint32(len(x.Set.Rows)) //nolint:gosec // an index of a row
	}
	timed := x.Set.Rows[x.timed:]
	lo, hi := 0, len(timed)
	if w.From != 0 {
		lo = sort.Search(len(timed), func(i int) bool { return timed[i].At >= w.From })
	}
	if w.To != 0 {
		hi = lo + sort.Search(len(timed)-lo, func(i int) bool { return timed[lo+i].At >= w.To })
	}
	return uint32(x.timed + lo), uint32(x.timed + hi) //nolint:gosec // indices of rows
}

// Pick is the rows of a window that somebody wants.
func (x *Index) Pick(w Window, want func(*Row) bool) Rows {
	var out Rows
	from, to := x.Range(w)
	for i := from; i < to; i++ {
		if want(&x.Set.Rows[i]) {
			out = append(out, i)
		}
	}
	return out
}

// Device is the rows of a device's own record in a window, of the kinds asked for (none asks for all).
func (x *Index) Device(h Handle, w Window, kinds ...Kind) Rows {
	from, to := x.Range(w)
	var lists []Rows
	for _, p := range x.lanes {
		if p.own == h && (len(kinds) == 0 || slices.Contains(kinds, p.kind)) {
			lists = append(lists, p.rows.within(from, to))
		}
	}
	return union(lists...)
}

// Devices is every device with a record of its own, or with an attribution, ascending.
func (x *Index) Devices() []Handle {
	var out []Handle
	for _, p := range x.lanes {
		out = append(out, p.own)
	}
	for h := range x.sides {
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Side is the devices attributed to a side at any time, ascending.
func (x *Index) Side(side Side) []Handle {
	var out []Handle
	for h, as := range x.sides {
		if slices.ContainsFunc(as, func(a Attribution) bool { return a.Side == side }) {
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return out
}

// attributed is who used a device at a moment, as [Attributions.Of] says, without going through the devices of everybody.
func (x *Index) attributed(h Handle, at int64) Attribution {
	for _, a := range x.sides[h] {
		if a.Covers(at) {
			return a
		}
	}
	return Attribution{Handle: h}
}

// sideAt is whose a device is at the time of a row. A row without a time is a side's only if the device is never anybody else's.
func (x *Index) sideAt(h Handle, r *Row) Side {
	as := x.sides[h]
	if len(as) == 0 {
		return Nobody
	}
	if !r.Has(NoTime) {
		return x.attributed(h, r.At).Side
	}
	for _, a := range as {
		if a.Side != as[0].Side || a.From != 0 || a.To != 0 {
			return Nobody
		}
	}
	return as[0].Side
}

// Lane is the rows of a device of one kind, and how many of them fall in each of equal parts of a window.
type Lane struct {
	Own    Handle
	Kind   Kind
	Counts []int
	Rows   Rows
}

// Lanes divides a window into n equal parts and counts the rows of each device and kind in each: the timeline. A window that is open
// is taken as far as there are rows; rows without a time are not on it.
func (x *Index) Lanes(w Window, n int) []Lane {
	span := x.Span()
	if w.From == 0 {
		w.From = span.From
	}
	if w.To == 0 {
		w.To = span.To
	}
	if w.To <= w.From || n < 1 {
		return nil
	}
	edges := make([]uint32, n+1)
	for i := range edges {
		at := w.From + int64(float64(w.To-w.From)*float64(i)/float64(n))
		edges[i], _ = x.Range(Window{From: at})
	}
	var out []Lane
	for _, p := range x.lanes {
		l := Lane{Own: p.own, Kind: p.kind, Counts: make([]int, n), Rows: p.rows.within(edges[0], edges[n])}
		rest := l.Rows
		for i := range l.Counts {
			l.Counts[i] = sort.Search(len(rest), func(j int) bool { return rest[j] >= edges[i+1] })
			rest = rest[l.Counts[i]:]
		}
		if len(l.Rows) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// at is the time of a row in London.
func (x *Index) at(row uint32) time.Time { return londonTime(x.Set.Rows[row].At) }
