package atlas

import (
	"cmp"
	"math"
	"slices"
)

// Ways is a count by direction: Own reached Other, or was reached.
type Ways struct{ Out, In int }

// Sum is both ways together.
func (w Ways) Sum() int { return w.Out + w.In }

func (w Ways) plus(v Ways) Ways { return Ways{w.Out + v.Out, w.In + v.In} }

// Contact is a device of the case with one other over a window.
type Contact struct {
	Own, Other             Handle // Other 0 is everybody who withheld the number
	Calls, Texts, Messages Ways
	Unanswered             Ways  // of the calls
	Seconds                int64 // of the calls
	First, Last            int64 // of the rows with a time; 0 when there is none
	Untimed                int   // rows that count and have no time
	Rows                   Rows
}

// Count is every contact, of every channel, both ways.
func (c *Contact) Count() int { return len(c.Rows) }

// Ways is every contact by direction.
func (c *Contact) Ways() Ways { return c.Calls.plus(c.Texts).plus(c.Messages) }

// Contacts is the contact table of a window: each device of the case with each other, the most frequent first. It is one run over the
// rows of the window. A call that stands in the records of both devices is a row of each; [Index.Between] counts it once. A screen
// that draws a frame for every key asks a [Brush].
func (x *Index) Contacts(w Window) []Contact {
	from, to := x.Range(w)
	order := make([]uint64, 0, len(x.pairs))
	if int(to-from) == len(x.Set.Rows) {
		for i := range x.pairs {
			order = append(order, often(len(x.pairs[i].rows), i))
		}
	} else {
		for i := range x.pairs {
			if n := len(x.pairs[i].rows.within(from, to)); n > 0 {
				order = append(order, often(n, i))
			}
		}
	}
	slices.Sort(order)
	out := make([]Contact, len(order))
	for i, key := range order {
		out[i] = x.contact(&x.pairs[uint32(key)], from, to) //nolint:gosec // the lower half is the index
	}
	return out
}

// often orders pairs by how many rows they have, the most first, then as they stand, which is by device.
func often(n, pair int) uint64 {
	return uint64(math.MaxUint32-n)<<32 | uint64(pair) //nolint:gosec // no more of either than rows
}

func (x *Index) contact(p *posting, from, to uint32) (c Contact) {
	c.Own, c.Other, c.Rows = p.own, p.other, p.rows.within(from, to)
	if len(c.Rows) == 0 {
		return c
	}
	lo := p.from
	if c.Rows[0] != p.rows[0] {
		lo += len(p.rows.within(0, c.Rows[0]))
	}
	var n [tags]int
	for _, tag := range x.tags[lo : lo+len(c.Rows)] {
		n[tag%tags]++
	}
	for _, s := range x.seconds[lo : lo+len(c.Rows)] {
		c.Seconds += int64(s)
	}
	c.Calls = Ways{n[tagCall|tagOut] + n[tagCall|tagOut|tagUnanswered], n[tagCall] + n[tagCall|tagUnanswered]}
	c.Unanswered = Ways{n[tagCall|tagOut|tagUnanswered], n[tagCall|tagUnanswered]}
	c.Texts = Ways{n[tagText|tagOut], n[tagText]}
	c.Messages = Ways{n[tagMessage|tagOut], n[tagMessage]}
	timed := c.Rows
	if c.Rows[0] < x.first() {
		timed = c.Rows.within(x.first(), NoRow)
	}
	if c.Untimed = len(c.Rows) - len(timed); len(timed) > 0 {
		c.First, c.Last = x.Set.Rows[timed[0]].At, x.Set.Rows[timed[len(timed)-1]].At
	}
	return c
}

// Totals adds a contact table up.
type Totals struct {
	Contacts, Devices, Others int // rows, devices of the case, and whom they reached or were reached by
	Calls, Texts, Messages    Ways
	Unanswered                Ways
	Seconds                   int64
	Untimed                   int
}

// Sum adds a contact table up.
func Sum(contacts []Contact) Totals {
	var t Totals
	own, other := map[Handle]bool{}, map[Handle]bool{}
	for i := range contacts {
		c := &contacts[i]
		own[c.Own], other[c.Other] = true, true
		t.Contacts += c.Count()
		t.Calls, t.Texts, t.Messages = t.Calls.plus(c.Calls), t.Texts.plus(c.Texts), t.Messages.plus(c.Messages)
		t.Unanswered = t.Unanswered.plus(c.Unanswered)
		t.Seconds += c.Seconds
		t.Untimed += c.Untimed
	}
	delete(other, 0)
	t.Devices, t.Others = len(own), len(other)
	return t
}

// Shared is somebody whom devices of two sides both have contact with.
type Shared struct {
	Other        Handle
	RowsA, RowsB Rows
}

// Common is who has contact with both sides in a window, devices of either side left out; who has the most with the side that has
// less comes first. A service that everybody rings is common to everybody: short codes are left out.
func (x *Index) Common(w Window, a, b Side) []Shared {
	from, to := x.Range(w)
	by := map[Handle]*Shared{}
	for i := range x.pairs {
		p := &x.pairs[i]
		if p.other == 0 || x.belongs(p.other, a) || x.belongs(p.other, b) {
			continue
		}
		for _, row := range p.rows.within(from, to) {
			r := &x.Set.Rows[row]
			side := x.sideAt(p.own, r)
			if (side != a && side != b) || r.Has(ShortCode) {
				continue
			}
			s := by[p.other]
			if s == nil {
				s = &Shared{Other: p.other}
				by[p.other] = s
			}
			if side == a {
				s.RowsA = append(s.RowsA, row)
			} else {
				s.RowsB = append(s.RowsB, row)
			}
		}
	}
	var out []Shared
	for _, s := range by {
		if len(s.RowsA) > 0 && len(s.RowsB) > 0 {
			slices.Sort(s.RowsA)
			slices.Sort(s.RowsB)
			out = append(out, *s)
		}
	}
	slices.SortFunc(out, func(a, b Shared) int {
		return cmp.Or(cmp.Compare(min(len(b.RowsA), len(b.RowsB)), min(len(a.RowsA), len(a.RowsB))), cmp.Compare(a.Other, b.Other))
	})
	return out
}

// belongs reports whether a device is a side's at any time.
func (x *Index) belongs(h Handle, side Side) bool {
	return slices.ContainsFunc(x.sides[h], func(a Attribution) bool { return a.Side == side })
}

// Reach is one contact of one side with the other. The records of both devices may hold it: then it has two rows and is counted once.
type Reach struct {
	From, To    Handle
	Row, Mirror uint32 // Mirror is the row of the other device's record, or NoRow
}

// mirrorWithin is how far apart the clocks of two networks may put the same call or text. Local.
const mirrorWithin = 60 * 1000

// Reaches are contacts of one side with the other, in the order of their rows.
type Reaches []Reach

// Rows is one row of each: what is counted.
func (rs Reaches) Rows() Rows {
	out := make(Rows, len(rs))
	for i, r := range rs {
		out[i] = r.Row
	}
	slices.Sort(out)
	return out
}

// All is every row, mirrors too.
func (rs Reaches) All() Rows {
	out := rs.Rows()
	for _, r := range rs {
		if r.Mirror != NoRow {
			out = append(out, r.Mirror)
		}
	}
	slices.Sort(out)
	return out
}

// lineKey is what two rows of the same contact agree on.
type lineKey struct {
	from, to Handle
	kind     Kind
	own      Handle
}

// Between is every time one side reached the other in a window. The same contact in the records of both devices, of the same kind and
// not more than a minute apart, is one.
func (x *Index) Between(w Window, from, to Side) Reaches {
	waiting := map[lineKey][]int{} // reaches without a mirror, by whose record they are in
	var out Reaches
	for _, row := range x.crossing(w) {
		r := &x.Set.Rows[row]
		a, b := r.Own, r.Other
		if !r.Has(Out) {
			a, b = b, a
		}
		if x.sideAt(a, r) != from || x.sideAt(b, r) != to || a == b {
			continue
		}
		twin := lineKey{a, b, r.Kind, r.Other}
		queue := waiting[twin]
		for len(queue) > 0 && !x.mirrors(out[queue[0]].Row, row) {
			queue = queue[1:]
		}
		if len(queue) > 0 {
			out[queue[0]].Mirror = row
			waiting[twin] = queue[1:]
			continue
		}
		waiting[twin] = queue
		key := lineKey{a, b, r.Kind, r.Own}
		waiting[key] = append(waiting[key], len(out))
		out = append(out, Reach{a, b, row, NoRow})
	}
	return out
}

// mirrors reports whether two rows of a line, the earlier first, may be one contact. Without a time nobody can say.
func (x *Index) mirrors(earlier, later uint32) bool {
	a, b := &x.Set.Rows[earlier], &x.Set.Rows[later]
	return !a.Has(NoTime) && !b.Has(NoTime) && !a.Has(DayOnly) && !b.Has(DayOnly) && b.At-a.At <= mirrorWithin
}

// crossing is the contact rows of a window between devices that are both attributed to somebody.
func (x *Index) crossing(w Window) Rows {
	from, to := x.Range(w)
	var lists []Rows
	for i := range x.pairs {
		if p := &x.pairs[i]; len(x.sides[p.own]) > 0 && len(x.sides[p.other]) > 0 {
			lists = append(lists, p.rows.within(from, to))
		}
	}
	return union(lists...)
}
