package atlas

import (
	"cmp"
	"slices"
	"time"
)

// Stretch is the rows on one side of a moment, with the length they are counted over.
type Stretch struct {
	Window
	Known Window // the part of it that the records of the devices cover; zero when they cover none
	Rows  Rows
}

// Whole reports whether the records cover all of the stretch.
func (s *Stretch) Whole() bool { return s.Known == s.Window }

// PerDay is the rows for each 24 hours that the records cover; 0 when they cover none.
func (s *Stretch) PerDay() float64 {
	if d := s.Known.Days(); d > 0 {
		return float64(len(s.Rows)) / d
	}
	return 0
}

// Change is what there was before and after a moment. It is a count and not a cause.
type Change struct {
	Mark          int64
	Before, After Stretch
	Undecided     Rows // on the day of the mark or of an edge, the hour not known
	Untimed       Rows // the rows that have no time
}

// Around counts rows before and after a moment, such as when somebody was told to stop or an order was served, over the lengths asked
// for; a length of 0 is as far as the records of the devices go. What happens at the very moment is after it.
func (x *Index) Around(rows Rows, mark int64, before, after time.Duration) Change {
	known := x.coverage(rows)
	if known == (Window{}) {
		known = Window{mark, mark - 1} // nothing is covered
	}
	c := Change{Mark: mark, Before: Stretch{Window: Window{mark - before.Milliseconds(), mark}}, After: Stretch{Window: Window{mark, mark + after.Milliseconds()}}}
	if before == 0 {
		c.Before.From = min(known.From, mark)
	}
	if after == 0 {
		c.After.To = max(known.To+1, mark)
	}
	c.Before.know(known)
	c.After.know(known)
	for _, i := range rows {
		r := &x.Set.Rows[i]
		switch {
		case r.Has(NoTime):
			c.Untimed = append(c.Untimed, i)
		case r.Has(DayOnly) && (x.sameDay(i, mark) || x.sameDay(i, c.Before.From) || x.sameDay(i, c.After.To)):
			c.Undecided = append(c.Undecided, i)
		case r.At >= c.Before.From && r.At < mark:
			c.Before.Rows = append(c.Before.Rows, i)
		case r.At >= mark && r.At < c.After.To:
			c.After.Rows = append(c.After.Rows, i)
		}
	}
	return c
}

func (s *Stretch) know(known Window) {
	if from, to := max(s.From, known.From), min(s.To, known.To+1); from < to {
		s.Known = Window{from, to}
	}
}

func (x *Index) sameDay(row uint32, at int64) bool {
	var w wall
	return x.days[row] == dayNumber(w.at(at))
}

// First is the first row of a kind.
type First struct {
	Kind Kind
	Row  uint32
}

// Firsts is the first of some contacts by each channel, in the order of their times.
func (x *Index) Firsts(rows Rows) []First {
	var out []First
	for _, i := range rows.within(x.first(), NoRow) {
		kind := x.Set.Rows[i].Kind
		if !slices.ContainsFunc(out, func(f First) bool { return f.Kind == kind }) {
			out = append(out, First{kind, i})
		}
	}
	return out
}

// Newcomer is a number or account that first reaches a side's devices soon after a moment.
type Newcomer struct {
	Handle Handle
	First  uint32 // the row
	After  time.Duration
	Since  int64 // from when on the record would have shown it earlier
	Rows   Rows  // all it has with the side's devices
}

// Newcomers is who first reaches the devices of a side within a time after a moment – the suspect's number was blocked, somebody was told
// to stop – and has no row with them before. Nothing says that it is the same person; numbers new to everybody are many.
func (x *Index) Newcomers(side Side, mark int64, within time.Duration) []Newcomer {
	rows := map[Handle]Rows{}
	since := int64(0)
	for i := range x.pairs {
		p := &x.pairs[i]
		who := p.other
		if !x.belongs(p.own, side) {
			if !x.belongs(p.other, side) {
				continue
			}
			who = p.own
		} else if span := x.spans[p.own]; span != (Window{}) && (since == 0 || span.From < since) {
			since = span.From
		}
		if who != 0 && !x.belongs(who, side) {
			rows[who] = union(rows[who], p.rows)
		}
	}
	var out []Newcomer
	for who, all := range rows {
		if n, ok := x.newcomer(who, all, mark, within); ok {
			n.Since = since
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b Newcomer) int { return cmp.Compare(a.First, b.First) })
	return out
}

// newcomer looks for the first time somebody reaches the side, unless there was anything before, or anything without a time.
func (x *Index) newcomer(who Handle, all Rows, mark int64, within time.Duration) (Newcomer, bool) {
	if len(all) == 0 || all[0] < x.first() || x.Set.Rows[all[0]].At < mark {
		return Newcomer{}, false
	}
	for _, i := range all {
		r := &x.Set.Rows[i]
		if r.At >= mark+within.Milliseconds() {
			break
		}
		if r.Has(Out) == (r.Own == who) && !r.Has(ShortCode) {
			return Newcomer{Handle: who, First: i, After: time.Duration(r.At-mark) * time.Millisecond, Rows: all}, true
		}
	}
	return Newcomer{}, false
}

// Successor is a device that begins about when another ends: a candidate for a new phone, for a person to look into.
type Successor struct {
	Old, New    Handle
	Last, First uint32        // the last row of the old, the first of the new
	Gap         time.Duration // below 0 when they overlap
	Shared      []Handle      // whom both have contact with
	Rows        Rows          // of the new with these
}

// overlapMost is how long the old device may go on when the new one has begun. Local.
const overlapMost = 24 * time.Hour

// Successors is the devices that are first seen within a time of the last row of a side's device and that share somebody they have
// contact with; who shares the most comes first. A device still seen as the record ends has not ended, and one seen as it begins
// has not begun.
func (x *Index) Successors(side Side, within time.Duration) []Successor {
	seen := x.sightings()
	span := x.Span()
	with := x.circles()
	var out []Successor
	for _, old := range x.Side(side) {
		o := seen[old]
		if len(o) == 0 || span.To-x.Set.Rows[o[1]].At <= within.Milliseconds() {
			continue
		}
		for who, n := range seen {
			first, last := x.Set.Rows[n[0]].At, x.Set.Rows[o[1]].At
			gap := time.Duration(first-last) * time.Millisecond
			if who == old || x.others(who, side) || gap > within || gap < -overlapMost || first-span.From <= within.Milliseconds() || x.Set.Rows[n[0]].Has(ShortCode) {
				continue
			}
			s := Successor{Old: old, New: who, Last: o[1], First: n[0], Gap: gap}
			for other, rows := range with[who] {
				if _, both := with[old][other]; both && other != old {
					s.Shared, s.Rows = append(s.Shared, other), union(s.Rows, rows)
				}
			}
			if len(s.Shared) > 0 {
				slices.Sort(s.Shared)
				out = append(out, s)
			}
		}
	}
	slices.SortFunc(out, func(a, b Successor) int {
		return cmp.Or(cmp.Compare(len(b.Shared), len(a.Shared)), cmp.Compare(a.First, b.First), cmp.Compare(a.Old, b.Old), cmp.Compare(a.New, b.New))
	})
	return out
}

// others reports whether a device is known to be somebody's who is not on the side.
func (x *Index) others(h Handle, side Side) bool { return len(x.sides[h]) > 0 && !x.belongs(h, side) }

// sightings is the first and the last row with a time of every device and every number.
func (x *Index) sightings() map[Handle][]uint32 {
	out := map[Handle][]uint32{}
	see := func(h Handle, rows Rows) {
		if rows = rows.within(x.first(), NoRow); len(rows) == 0 || h == 0 {
			return
		}
		if at := out[h]; at == nil {
			out[h] = []uint32{rows[0], rows[len(rows)-1]}
		} else {
			at[0], at[1] = min(at[0], rows[0]), max(at[1], rows[len(rows)-1])
		}
	}
	for i := range x.lanes {
		see(x.lanes[i].own, x.lanes[i].rows)
	}
	for i := range x.pairs {
		see(x.pairs[i].other, x.pairs[i].rows)
	}
	return out
}

// circles is whom every device and number has contact with, short codes left out.
func (x *Index) circles() map[Handle]map[Handle]Rows {
	out := map[Handle]map[Handle]Rows{}
	note := func(a, b Handle, rows Rows) {
		if out[a] == nil {
			out[a] = map[Handle]Rows{}
		}
		out[a][b] = union(out[a][b], rows)
	}
	for i := range x.pairs {
		p := &x.pairs[i]
		if p.other == 0 || x.Set.Rows[p.rows[0]].Has(ShortCode) {
			continue
		}
		note(p.own, p.other, p.rows)
		note(p.other, p.own, p.rows)
	}
	return out
}
