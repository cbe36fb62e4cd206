package store

import (
	"slices"
	"strings"

	"pou/model"
	"pou/model/day"
)

// facet is what the filters most often ask of a record, in sixteen bytes, so that a million people are held against a
// filter without reading one.
type facet struct {
	born  uint32 // the number of the date in facets.borns; 0: not known
	marks uint32 // a bit for each marker code
	stand uint32 // a bit for each word of standWords
	units uint16 // a bit for each unit
	flags uint16
}

// The flags of a facet.
const (
	flagHeld = 1 << iota // there is such a record
	flagLive
	flagOdd // it has a unit or a marker the table does not know: the record itself is asked
)

// Words of standing that the desk gives beyond the states of records.
const (
	standWanted     = string(model.Circulated) // somebody is sought, in whichever state
	standCirculated = "circulated"
	standBreach     = "breach"
	standOrder      = "order"
	standTarget     = "target"
	standTask       = "task"
)

// standWords are how somebody may stand, as status: names it. The first five say that something is live.
func standWords() []string {
	return []string{
		standWanted, standBreach, standOrder, standTarget, standTask,
		string(model.NotCirculated), standCirculated, string(model.Located), string(model.WasArrested), string(model.InCustody), string(model.Bailed),
		string(model.RUI), string(model.Charged), string(model.Eliminated), string(model.Withdrawn), string(model.Died),
	}
}

// codes are the bits of the words facets know. They never change.
type codes struct {
	unit  map[model.Unit]uint16
	mark  map[model.MarkerCode]uint32
	stand map[string]uint32
	risky uint32 // the markers that place somebody higher: what can happen at the door
}

func newCodes() *codes {
	c := &codes{unit: map[model.Unit]uint16{}, mark: map[model.MarkerCode]uint32{}, stand: map[string]uint32{}}
	for i, u := range model.Units() {
		c.unit[u.Code] = 1 << i
	}
	for i, m := range model.MarkerCode("").Choices() {
		code := model.MarkerCode(m.Value)
		c.mark[code] = 1 << i
		if code.Safety() {
			c.risky |= 1 << i
		}
	}
	for i, w := range standWords() {
		c.stand[w] = 1 << i
	}
	return c
}

// said are the words of a facet's standing.
func (c *codes) said(stand uint32) []string {
	var out []string
	for _, w := range standWords() {
		if stand&c.stand[w] != 0 {
			out = append(out, w)
		}
	}
	return out
}

// standing is how a person stands in the records about them: what is live, which units it is of, and for which offences.
type standing struct {
	codes     *codes
	stand     uint32
	units     uint16
	odd       bool
	protected bool     // on record only to be protected: where they are is need-to-know
	offences  []string // of live lines and orders, once each
}

// standKinds are the kinds of record that say how a person stands.
func standKinds() []model.Kind {
	return []model.Kind{model.KindWanted, model.KindArrest, model.KindOrder, model.KindBreach, model.KindTarget, model.KindTask}
}

// add counts a record about the person.
func (s *standing) add(r model.Record) {
	unit, live := r.Place()
	if live {
		s.unit(unit)
	}
	switch r := r.(type) {
	case *model.Wanted:
		s.stand |= s.codes.own(r)
		if r.State == model.Circulated {
			s.stand |= s.codes.stand[standCirculated]
		}
		if live {
			s.stand |= s.codes.stand[standWanted]
			s.offence(r.Offences...)
		}
	case *model.Arrest:
		s.stand |= s.codes.stand[string(model.Arrested)] | s.codes.stand[string(r.Status)]
	case *model.Order:
		if live {
			s.stand |= s.codes.stand[standOrder]
			s.say(string(r.Type))
		}
	case *model.Breach:
		if live {
			s.stand |= s.codes.stand[standBreach]
			s.offence(r.Offence())
		}
	case *model.Target:
		if live {
			s.stand |= s.codes.stand[standTarget]
		}
	case *model.Task:
		if live {
			s.stand |= s.codes.stand[standTask]
		}
	}
}

func (s *standing) unit(u model.Unit) {
	bit, known := s.codes.unit[u]
	s.units |= bit
	s.odd = s.odd || !known && u != ""
}

func (s *standing) offence(list ...model.OffenceCode) {
	for _, c := range list {
		s.say(strings.TrimSpace(c.Short() + " " + c.Row().Title))
	}
}

func (s *standing) say(words string) {
	if words != "" && !slices.Contains(s.offences, words) {
		s.offences = append(s.offences, words)
	}
}

// The ranks of a person: among those who answer equally well, whoever is sought comes first, then whoever may be dangerous
// at the door.
const (
	rankMarked = 1
	rankWanted = 2
	ranks      = 4

	priorStep = 80 // the prior of a document is its rank by this
)

// rank is the rank of somebody by their facet.
func (c *codes) rank(f facet) int {
	out := 0
	if f.stand&c.stand[standWanted] != 0 {
		out += rankWanted
	}
	if f.marks&c.risky != 0 {
		out += rankMarked
	}
	return out
}

// own is the standing of a record by itself: its state, where that is one of the words.
func (c *codes) own(r model.Record) uint32 {
	switch r := r.(type) {
	case *model.Wanted:
		return c.stand[string(r.State)]
	case *model.Target:
		return c.stand[string(r.State)]
	case *model.Breach:
		return c.stand[string(r.State)]
	case *model.Case:
		return c.stand[string(r.State)]
	case *model.Task:
		return c.stand[string(r.State)]
	}
	return 0
}

// facets are the facets of everything in the index, in pages so that they take no more room than there are records.
type facets struct {
	pages  map[uint32]*[facetPage]facet
	borns  []day.Born
	bornAt map[day.Born]uint32
}

const facetPage = 256

func newFacets() *facets {
	return &facets{pages: map[uint32]*[facetPage]facet{}, borns: make([]day.Born, 1), bornAt: map[day.Born]uint32{}}
}

// at is the facet of a document; without flagHeld when there is none.
func (f *facets) at(id uint32) facet {
	if page := f.pages[id/facetPage]; page != nil {
		return page[id%facetPage]
	}
	return facet{}
}

func (f *facets) set(id uint32, to facet) {
	page := f.pages[id/facetPage]
	if page == nil {
		if to.flags == 0 {
			return
		}
		page = new([facetPage]facet)
		f.pages[id/facetPage] = page
	}
	page[id%facetPage] = to
}

// each visits every document that has a facet, people first and in the order of their numbers; fn returns false to stop.
func (f *facets) each(fn func(id uint32, at facet) bool) {
	pages := make([]uint32, 0, len(f.pages))
	for p := range f.pages {
		pages = append(pages, p)
	}
	slices.Sort(pages)
	for _, p := range pages {
		page := f.pages[p]
		for i := range page {
			if page[i].flags&flagHeld != 0 && !fn(p*facetPage+uint32(i), page[i]) { //nolint:gosec // a place on a page
				return
			}
		}
	}
}

// born is the number of a date of birth, the same for all who share it.
func (f *facets) born(b day.Born) uint32 {
	if b.IsZero() {
		return 0
	}
	n, known := f.bornAt[b]
	if !known {
		n = uint32(len(f.borns)) //nolint:gosec // there are fewer days in a century and more of births
		f.borns = append(f.borns, b)
		f.bornAt[b] = n
	}
	return n
}

// facet is the facet of a record, but for the date of birth.
func (c *codes) facet(r model.Record, about *standing) facet {
	p, isPerson := r.(*model.Person)
	if !isPerson {
		unit, live := r.Place()
		own := standing{codes: c, stand: c.own(r)}
		own.unit(unit)
		return own.facet(live)
	}
	own := *about
	own.unit(p.OwnerUnit)
	out := own.facet(true)
	for _, m := range p.Markers {
		bit, known := c.mark[m.Code]
		out.marks |= bit
		if !known {
			out.flags |= flagOdd
		}
	}
	return out
}

func (s *standing) facet(live bool) facet {
	out := facet{stand: s.stand, units: s.units, flags: flagHeld}
	if live {
		out.flags |= flagLive
	}
	if s.odd {
		out.flags |= flagOdd
	}
	return out
}
