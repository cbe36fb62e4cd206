package atlas

import "slices"

// Brush is a window over the rows that an officer moves: what a screen shows of it is kept, and only the rows that come in or go out are
// counted when it moves. It belongs to one screen.
type Brush struct {
	x        *Index
	from, to uint32
	counts   []uint32 // of each pair
	hours    [][256]int
	sums     [tags]int
	seconds  int64
	untimed  int
}

// Brush is a brush over no rows.
func (x *Index) Brush() *Brush {
	return &Brush{x: x, counts: make([]uint32, len(x.pairs)), hours: make([][256]int, len(x.lanes))}
}

// Move lays the brush over a window.
func (b *Brush) Move(w Window) {
	from, to := b.x.Range(w)
	if from >= b.to || to <= b.from || int(to-from) < int(max(from, b.from)-min(from, b.from))+int(max(to, b.to)-min(to, b.to)) {
		*b = *b.x.Brush() // little stays: begin again
		b.from, b.to = from, from
	}
	b.count(from, max(from, b.from), 1)
	b.count(b.from, max(from, b.from), -1)
	b.count(b.to, max(to, b.to), 1)
	b.count(to, max(to, b.to), -1)
	b.from, b.to = from, to
}

// count adds rows, or takes them away.
func (b *Brush) count(from, to uint32, by int) {
	x := b.x
	for i := from; i < to; i++ {
		b.hours[x.laneOf[i]][x.hours[i]] += by
		pair := x.pairOf[i]
		if pair == NoRow {
			continue
		}
		r := &x.Set.Rows[i]
		b.counts[pair] += uint32(by) //nolint:gosec // wraps to one less
		b.sums[tagOf(r)] += by
		b.seconds += int64(by) * int64(r.Seconds)
		if i < x.first() {
			b.untimed += by
		}
	}
}

// Hours is the rows under the brush by weekday and hour, of the devices and kinds that are wanted (nil: all).
func (b *Brush) Hours(want func(own Handle, kind Kind) bool) Hours {
	var sum [256]int
	for i := range b.hours {
		if p := &b.x.lanes[i]; want == nil || want(p.own, p.kind) {
			for h, n := range b.hours[i] {
				sum[h] += n
			}
		}
	}
	return grid(&sum)
}

// Top is the n most frequent contacts under the brush, in the order of [Index.Contacts].
func (b *Brush) Top(n int) []Contact {
	var best []uint64
	worst := uint64(0)
	for i, c := range b.counts {
		if c == 0 {
			continue
		}
		key := often(int(c), i)
		if len(best) == n && key >= worst {
			continue
		}
		at, _ := slices.BinarySearch(best, key)
		best = slices.Insert(best, at, key)
		best = best[:min(len(best), n)]
		if len(best) > 0 {
			worst = best[len(best)-1]
		}
	}
	out := make([]Contact, len(best))
	for i, key := range best {
		out[i] = b.x.contact(&b.x.pairs[uint32(key)], b.from, b.to) //nolint:gosec // the lower half is the index
	}
	return out
}

// Totals is everything under the brush added up, as [Sum] does of the contact table.
func (b *Brush) Totals() Totals {
	n := &b.sums
	t := Totals{
		Calls:      Ways{n[tagCall|tagOut] + n[tagCall|tagOut|tagUnanswered], n[tagCall] + n[tagCall|tagUnanswered]},
		Texts:      Ways{n[tagText|tagOut], n[tagText]},
		Messages:   Ways{n[tagMessage|tagOut], n[tagMessage]},
		Unanswered: Ways{n[tagCall|tagOut|tagUnanswered], n[tagCall|tagUnanswered]},
		Seconds:    b.seconds, Untimed: b.untimed,
	}
	others, last := make([]bool, len(b.x.Set.Names)+1), Handle(0)
	for i, c := range b.counts {
		if c == 0 {
			continue
		}
		p := &b.x.pairs[i] // in the order of devices
		t.Contacts += int(c)
		if t.Devices == 0 || p.own != last {
			t.Devices, last = t.Devices+1, p.own
		}
		if p.other != 0 && int(p.other) < len(others) && !others[p.other] {
			others[p.other] = true
			t.Others++
		}
	}
	return t
}
