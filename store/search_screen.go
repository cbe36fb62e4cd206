package store

import (
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/match"
	"pou/model/query"
)

// screen holds records against the filters of a query: by their facets where those know, by their lines for the rest.
type screen struct {
	kinds  uint16 // the kinds that may answer, by their place in [searched]
	tests  []facetTest
	borns  []*bornTest
	rest   []query.Term // what facets do not know
	odd    []query.Term // what they do not know of a record with a unit or a marker that is in no table
	facets *facets
}

// facetTest is a term made into bits.
type facetTest struct {
	not    bool
	none   bool // it takes a record without any
	tabled bool // of a unit or a marker, of which there is a table
	bits   uint32
	bitsOf func(facet) uint32
}

func (t *facetTest) passes(f facet) bool {
	have := t.bitsOf(f)
	return (have&t.bits != 0 || t.none && have == 0) != t.not
}

// bornTest is a term on the date of birth, asked once for each date there is.
type bornTest struct {
	term  query.Term
	asked []int8 // by the number of the date: 1 passes, -1 does not
}

func (t *bornTest) passes(f facet, all *facets) bool {
	n := int(f.born)
	for n >= len(t.asked) {
		t.asked = append(t.asked, 0)
	}
	if t.asked[n] == 0 {
		t.asked[n] = -1
		if t.term.Takes(model.BornValues(all.borns[n])...) != t.term.Not() {
			t.asked[n] = 1
		}
	}
	return t.asked[n] > 0
}

// newScreen makes a screen of the terms of a query.
func (s *Search) newScreen(terms []query.Term, kind model.Kind) *screen {
	out := &screen{kinds: 1<<len(searched()) - 1, facets: s.facets}
	if kind != "" {
		out.kinds = 0
		if at := slices.Index(searched(), kind); at >= 0 {
			out.kinds = 1 << at
		}
	}
	for _, t := range terms {
		if !out.byFacet(s.codes, t) {
			out.rest = append(out.rest, t)
		}
	}
	return out
}

// byFacet adds a term that facets know all about; false for another.
func (sc *screen) byFacet(c *codes, t query.Term) bool {
	test := facetTest{not: t.Not(), none: t.Takes()}
	switch t.Field() {
	case "unit":
		for u, bit := range c.unit {
			if t.Takes(string(u)) {
				test.bits |= uint32(bit)
			}
		}
		test.bitsOf = func(f facet) uint32 { return uint32(f.units) }
	case "status":
		if test.none || !c.knows(t) {
			return false
		}
		for w, bit := range c.stand {
			if t.Takes(w) {
				test.bits |= bit
			}
		}
		test.bitsOf = func(f facet) uint32 { return f.stand }
	case "marker":
		if test.none || t.Takes("U18") { // under 18 is a matter of the day
			return false
		}
		for m, bit := range c.mark {
			if t.Takes(string(m)) {
				test.bits |= bit
			}
		}
		test.bitsOf = func(f facet) uint32 { return f.marks }
	case "live":
		test.bits, test.none = 0, t.Takes("no")
		if t.Takes("yes") {
			test.bits = flagLive
		}
		test.bitsOf = func(f facet) uint32 { return uint32(f.flags & flagLive) }
	case "born":
		sc.borns = append(sc.borns, &bornTest{term: t})
		return true
	case "kind":
		sc.byKind(t)
		return true
	default:
		return false
	}
	if t.Field() == "unit" || t.Field() == "marker" {
		test.tabled = true
		sc.odd = append(sc.odd, t)
	}
	sc.tests = append(sc.tests, test)
	return true
}

func (sc *screen) byKind(t query.Term) {
	for i, k := range searched() {
		if t.Takes(kindWords(k)...) == t.Not() {
			sc.kinds &^= 1 << i
		}
	}
}

// kindWords are what a kind may be called in a filter: as its lines call it, and in full.
func kindWords(k model.Kind) []string {
	word := k.Word()
	if k == model.KindWanted {
		return []string{"wanted", word}
	}
	return []string{word}
}

// knows reports whether every value of a term is a word of standing: another is a state that changes with the day, or of a
// kind of record that facets do not keep.
func (c *codes) knows(t query.Term) bool {
	for _, v := range t.Values() {
		if strings.ContainsAny(v, "*?") {
			return false
		}
		known := false
		for w := range c.stand {
			w = match.Fold(w)
			known = known || w == v
		}
		if !known {
			return false
		}
	}
	return true
}

// keeps reports whether a document may answer, by its facet. One that only its lines can tell of is kept.
func (sc *screen) keeps(id uint32, f facet) bool {
	if !sc.may(id, f) {
		return false
	}
	for _, b := range sc.borns {
		if !b.passes(f, sc.facets) {
			return false
		}
	}
	return true
}

// may is keeps before the date of birth is asked.
func (sc *screen) may(id uint32, f facet) bool {
	if sc.kinds&(1<<docKind(id)) == 0 || f.flags&flagHeld == 0 {
		return false
	}
	for i := range sc.tests {
		if t := &sc.tests[i]; !t.passes(f) && (!t.tabled || f.flags&flagOdd == 0) {
			return false
		}
	}
	return true
}

// unsure are the terms that a record's lines have to be asked about, given its facet.
func (sc *screen) unsure(f facet) []query.Term {
	if f.flags&flagOdd == 0 {
		return sc.rest
	}
	return slices.Concat(sc.rest, sc.odd)
}

// aboutOnly are the fields that only the records about a person have.
func aboutOnly(field string) bool {
	switch field {
	case "status", "type", "owner", "officer", "grade", "priority", "outcome", "operation", "order", "due", "age", "idle", "attempts", "urgency":
		return true
	}
	return false
}

// wantsRecords reports whether only somebody with records about them can pass.
func (sc *screen) wantsRecords() bool {
	return slices.ContainsFunc(sc.rest, func(t query.Term) bool { return aboutOnly(t.Field()) && !t.Not() })
}

// passes holds a record against terms that facets do not know. A person passes by their own line or by the line of any live
// record about them.
func passes(r Reader, liner *model.Liner, rec model.Record, line *model.Line, terms []query.Term, now time.Time) bool {
	var about []model.Line
	person, isPerson := rec.(*model.Person)
	if isPerson && slices.ContainsFunc(terms, func(t query.Term) bool { return t.Field() == "unit" || aboutOnly(t.Field()) }) {
		about = linesAbout(r, liner, person.Ref)
	}
	for _, t := range terms {
		holds := (!isPerson || !aboutOnly(t.Field())) && t.Holds(line, now)
		for i := range about {
			holds = holds || (t.Field() == "unit" || aboutOnly(t.Field())) && t.Holds(&about[i], now)
		}
		if holds == t.Not() {
			return false
		}
	}
	return true
}

// linesAbout are the lines of the live records about a person. One that cannot be read is left out: pou check names it.
func linesAbout(r Reader, liner *model.Liner, who model.Ref) []model.Line {
	var out []model.Line
	for _, kind := range standKinds() {
		refs, _ := r.Linked(who, kind)
		for _, ref := range refs {
			rec, err := r.Record(ref)
			if err != nil || model.PersonOf(rec) != who {
				continue
			}
			if _, live := rec.Place(); live {
				out = append(out, liner.Line(rec))
			}
		}
	}
	nameAbout(r, out)
	return out
}
