package comms

import (
	"slices"
	"time"

	"pou/model/atlas"
)

// Basis is what an authorisation covers: a period and whose devices. The zero value covers everything; whether one is needed at all is
// the law's question and asked where a dataset is recorded.
type Basis struct {
	From, To time.Time // from the one and before the other; zero is open
	Subjects []string  // numbers, cards, plates and accounts in any form; none is all
}

// The reasons for which a row is held.
const (
	heldBefore  = "before the authorised period"
	heldAfter   = "after the authorised period"
	heldSubject = "the record of a device that is not a subject of the authorisation"
)

// gate is a basis ready to be asked about many rows.
type gate struct {
	from, to int64
	subjects map[atlas.Handle]bool
	all      bool
}

func (b Basis) gate(handle func(string) (atlas.Handle, bool)) gate {
	g := gate{from: minTime, to: maxTime, all: len(b.Subjects) == 0, subjects: map[atlas.Handle]bool{}}
	if !b.From.IsZero() {
		g.from = b.From.UnixMilli()
	}
	if !b.To.IsZero() {
		g.to = b.To.UnixMilli()
	}
	for _, s := range b.Subjects {
		if h, ok := handle(Handle(s)); ok {
			g.subjects[h] = true
		}
	}
	return g
}

// outside says why a row is outside the basis, or "". A row without a time cannot be shown to be outside the period.
func (g *gate) outside(r *atlas.Row) string {
	if !g.all && !g.subjects[r.Own] {
		return heldSubject
	}
	if r.Has(atlas.NoTime) {
		return ""
	}
	begins, ends := r.At, r.At
	if r.Has(atlas.DayOnly) {
		ends += dayMillis - 1
	}
	switch {
	case ends < g.from:
		return heldBefore
	case begins >= g.to:
		return heldAfter
	}
	return ""
}

// Quarantine moves the rows of a set to where a changed basis puts them, and says how many rows are held for which reason. The set
// given is not changed; the rows keep their order.
func Quarantine(set *atlas.Set, b Basis) (*atlas.Set, []Tally) {
	index := make(map[string]atlas.Handle, len(set.Names))
	for i, n := range set.Names {
		index[n] = atlas.Handle(i) //nolint:gosec // as many names as handles can count
	}
	g := b.gate(func(name string) (atlas.Handle, bool) { h, ok := index[name]; return h, ok })
	out := *set
	out.Rows, out.Held = make([]atlas.Row, 0, len(set.Rows)), nil
	why := tallies{}
	for _, rows := range [][]atlas.Row{set.Rows, set.Held} {
		for i := range rows {
			if reason := g.outside(&rows[i]); reason != "" {
				why.add(reason, 1)
				out.Held = append(out.Held, rows[i])
				continue
			}
			out.Rows = append(out.Rows, rows[i])
		}
	}
	if len(set.Held) > 0 {
		slices.SortFunc(out.Rows, compareRows)
		slices.SortFunc(out.Held, compareRows)
	}
	return &out, why.list()
}
