package model

import (
	"cmp"
	"slices"
	"time"
)

// HandoverPart is one part of a handover: its heading and the rows under it, as every door shows them.
type HandoverPart struct {
	Head  string `json:"head"`
	Lines []Line `json:"lines"`
}

// Parts are the parts of a handover that have something in them, in the order they are read out: what cannot wait comes
// first.
func (h *Handover) Parts(l *Liner) []HandoverPart {
	clocks := make([]Line, len(h.Clocks))
	for i, d := range h.Clocks {
		clocks[i] = l.DueLine(d)
	}
	all := []HandoverPart{
		{"Clocks that run out", clocks},
		{"Victim updates to give", linesFor(l, h.Victims)},
		{"In custody", linesFor(l, h.Custody)},
		{"Tasks left", linesFor(l, h.Left)},
		{"Arrests", linesFor(l, h.Arrests)},
		{"Moved on", linesFor(l, h.Moved)},
		{"Search warrants executed", linesFor(l, h.Searches)},
		{"Attempts", linesFor(l, h.Attempts)},
		{"New wanted", linesFor(l, h.Wanted)},
		{"Breaches reported", linesFor(l, h.Breaches)},
		{"Left a list", linesFor(l, h.Gone)},
		{"Tasks done", linesFor(l, h.Done)},
	}
	return slices.DeleteFunc(all, func(p HandoverPart) bool { return len(p.Lines) == 0 })
}

func linesFor[R Record](l *Liner, records []R) []Line {
	out := make([]Line, len(records))
	for i, r := range records {
		out[i] = l.Line(r)
	}
	return out
}

// SortNearest puts the clocks nearest to now at the top, run out or not: what was missed an hour ago can still be mended
// and what runs out in an hour can still be met; what lapsed years ago must not hide either. Ties by ref.
func SortNearest(dues []Due, now time.Time) {
	slices.SortStableFunc(dues, func(a, b Due) int {
		return cmp.Or(cmp.Compare(a.Left(now).Abs(), b.Left(now).Abs()), cmp.Compare(a.Ref, b.Ref))
	})
}
