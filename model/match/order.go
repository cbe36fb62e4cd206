package match

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
)

const (
	freshMax = 512 // tokens kept unsorted before they become a run
	fanOut   = 8   // equal runs merged into one; keeps adding cheap and the runs few
)

// order keeps token ids sorted by spelling, or by spelling read from the end, so that a beginning (or an end) is a binary search.
// It grows as sorted runs, merged when eight are of one size.
type order struct {
	back  bool
	fresh []uint32
	runs  [][]uint32
}

func (o *order) add(v *vocab, id uint32) {
	o.fresh = append(o.fresh, id)
	if len(o.fresh) < freshMax {
		return
	}
	o.runs = append(o.runs, o.merged(v, o.singles()))
	o.fresh = o.fresh[:0]
	for o.ripe() {
		last := len(o.runs) - fanOut
		o.runs[last] = o.merged(v, o.runs[last:])
		clear(o.runs[last+1:])
		o.runs = o.runs[:last+1]
	}
}

func (o *order) singles() [][]uint32 {
	runs := make([][]uint32, len(o.fresh))
	for i := range o.fresh {
		runs[i] = o.fresh[i : i+1]
	}
	return runs
}

func (o *order) ripe() bool {
	n := len(o.runs)
	return n >= fanOut && len(o.runs[n-fanOut]) == len(o.runs[n-1])
}

// keyed carries the first eight letters beside the id: most comparisons then need no look at the spelling itself.
type keyed struct {
	key uint64
	id  uint32
}

// merged sorts the ids of sorted runs, pair by pair.
func (o *order) merged(v *vocab, runs [][]uint32) []uint32 {
	total := 0
	ends := []int{0}
	for _, r := range runs {
		total += len(r)
		ends = append(ends, total)
	}
	from, to := make([]keyed, 0, total), make([]keyed, total)
	for _, r := range runs {
		for _, id := range r {
			from = append(from, keyed{o.key(v.at(id)), id})
		}
	}
	for len(ends) > 2 {
		next := []int{0}
		for i := 0; i+1 < len(ends); i += 2 {
			mid, end := ends[i+1], ends[min(i+2, len(ends)-1)]
			o.mergeTwo(v, to[ends[i]:end], from[ends[i]:mid], from[mid:end])
			next = append(next, end)
		}
		ends = next
		from, to = to, from
	}
	ids := make([]uint32, total)
	for i, k := range from {
		ids[i] = k.id
	}
	return ids
}

func (o *order) mergeTwo(v *vocab, to, a, b []keyed) {
	for i := range to {
		if len(b) == 0 || len(a) > 0 && o.before(v, a[0], b[0]) {
			to[i], a = a[0], a[1:]
			continue
		}
		to[i], b = b[0], b[1:]
	}
}

func (o *order) before(v *vocab, a, b keyed) bool {
	if a.key != b.key {
		return a.key < b.key
	}
	return o.compare(v.at(a.id), v.at(b.id)) < 0
}

func (o *order) key(token []byte) uint64 {
	var k [8]byte
	if !o.back {
		copy(k[:], token)
		return binary.BigEndian.Uint64(k[:])
	}
	for i := range min(len(k), len(token)) {
		k[i] = token[len(token)-1-i]
	}
	return binary.BigEndian.Uint64(k[:])
}

func (o *order) compare(a, b []byte) int {
	if !o.back {
		return bytes.Compare(a, b)
	}
	for i := 1; i <= min(len(a), len(b)); i++ {
		if c := cmp.Compare(a[len(a)-i], b[len(b)-i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

func (o *order) has(token, affix []byte) bool {
	if o.back {
		return bytes.HasSuffix(token, affix)
	}
	return bytes.HasPrefix(token, affix)
}

// spans returns the ids of every token with the affix, in pieces that share the order's own memory.
func (o *order) spans(v *vocab, affix []byte) [][]uint32 {
	var spans [][]uint32
	for _, run := range o.runs {
		from := sort.Search(len(run), func(i int) bool { return o.compare(v.at(run[i]), affix) >= 0 })
		n := sort.Search(len(run)-from, func(i int) bool { return !o.has(v.at(run[from+i]), affix) })
		if n > 0 {
			spans = append(spans, run[from:from+n])
		}
	}
	var fresh []uint32
	for _, id := range o.fresh {
		if o.has(v.at(id), affix) {
			fresh = append(fresh, id)
		}
	}
	if fresh != nil {
		spans = append(spans, fresh)
	}
	return slices.Clip(spans)
}

// first calls f with the ids of spans: all of them, or the first so many by spelling when there are more, so that which they are
// does not depend on the order in which documents were filed.
func (o *order) first(v *vocab, spans [][]uint32, most int, f func(id uint32)) {
	n := 0
	for _, ids := range spans {
		n += len(ids)
	}
	if n <= most {
		for _, ids := range spans {
			for _, id := range ids {
				f(id)
			}
		}
		return
	}
	runs := make([][]uint32, 0, len(spans))
	for _, ids := range spans {
		byName := func(a, b uint32) int { return o.compare(v.at(a), v.at(b)) }
		if !slices.IsSortedFunc(ids[:min(len(ids), most)], byName) { // the newest
			ids = slices.Clone(ids)
			slices.SortFunc(ids, byName)
		}
		runs = append(runs, ids[:min(len(ids), most)])
	}
	for _, id := range o.merged(v, runs)[:most] {
		f(id)
	}
}
