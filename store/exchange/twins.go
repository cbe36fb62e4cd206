package exchange

import (
	"cmp"
	"context"
	"slices"

	"pou/model"
	"pou/model/day"
	"pou/model/match/pair"
	"pou/store"
)

// Proposal is two people who may be one, and why. Nobody is merged: an officer looks at both and decides.
type Proposal struct {
	New   Party  `json:"new"`
	Other Party  `json:"other"`
	Score int    `json:"score"` // 50 to 100, as likely as that
	Why   string `json:"why"`
}

// Party is one side of a proposal: a record or, in a dry run, a line.
type Party struct {
	Ref  model.Ref `json:"ref,omitempty"`
	File string    `json:"file,omitempty"`
	Line int       `json:"line,omitempty"`
	Name string    `json:"name"`
	Born day.Born  `json:"born,omitzero"`
}

// twins looks for probable duplicates of new people: among themselves while they are put on record, and then among those who were
// on record before.
type twins struct {
	list  *pair.List
	who   []newcome // of each person of the list
	found surest
	heard []pair.Twin
	queue chan []newcomer
	done  chan struct{}
}

// newcomer is a person a batch has put on record.
type newcomer struct {
	person *model.Person
	at     place
}

// newcome is where a new person is found again: a million of them are held at once.
type newcome struct {
	number     uint32 // of the ref; 0 in a dry run
	file, line int32
}

func newTwins() *twins { return &twins{list: pair.NewList()} }

// begin compares newcomers beside the import, which has the store to wait for. [twins.end] waits until all have been.
func (ts *twins) begin() {
	ts.queue, ts.done = make(chan []newcomer, 2), make(chan struct{})
	go func() {
		defer close(ts.done)
		for batch := range ts.queue {
			for _, n := range batch {
				ts.add(n)
			}
		}
	}()
}

func (ts *twins) end() {
	if ts.queue != nil {
		close(ts.queue)
		<-ts.done
		ts.queue = nil
	}
}

// add takes a new person and compares them with the new people before them.
func (ts *twins) add(n newcomer) {
	ts.heard = ts.list.Add(model.PairOf(n.person), ts.heard[:0])
	me := len(ts.who)
	ts.who = append(ts.who, newcome{uint32(n.person.Ref.Number()), int32(n.at.file), int32(n.at.line)}) //nolint:gosec // refs and rows are fewer
	for _, t := range ts.heard {
		ts.found.add(likely{newer: me, older: t.At, bits: t.Bits, kin: t.Kin})
	}
}

// likely is two people who may be one: a newcomer, and another or somebody who was on record before.
type likely struct {
	newer, older int
	before       model.Ref
	bits         float64
	kin          bool // family would look the same
}

// surest keeps the likely pairs with the most evidence, enough for a receipt, and counts the others by their bits: how many bits it
// takes is known when all people are.
type surest struct {
	kept []likely
	bits [countedBits * parts]int
}

const (
	countedBits = 128
	parts       = 8 // of a bit
)

func (s *surest) add(l likely) {
	s.bits[min(max(int(l.bits*parts), 0), len(s.bits)-1)]++
	s.kept = append(s.kept, l)
	if len(s.kept) >= 8*listed {
		s.cut()
	}
}

// cut leaves the surest, family last, in the order they were found where they are equally sure.
func (s *surest) cut() {
	slices.SortStableFunc(s.kept, func(a, b likely) int {
		if a.kin != b.kin {
			if a.kin {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.bits, a.bits)
	})
	s.kept = s.kept[:min(len(s.kept), listed)]
}

// count is how many pairs are likely among so many people.
func (s *surest) count(list *pair.List, people int) int {
	n := 0
	for i, found := range s.bits {
		if found > 0 && list.Score(pair.Twin{Bits: float64(i+1) / parts}, people) >= pair.Likely {
			n += found
		}
	}
	return n
}

// findTwins compares the new people with those who were on record before, and lists the proposals. New people have the
// highest numbers.
func (im *importer) findTwins(ctx context.Context) error {
	ts := im.twins
	ts.end()
	if len(ts.who) == 0 {
		return nil
	}
	im.report("comparing", len(im.Files)-1)
	return im.store.Read(ctx, func(r store.Reader) error {
		before, err := ts.besideOld(ctx, r)
		people := before + len(ts.who)
		ts.found.cut()
		im.Found, im.Crowded = ts.found.count(ts.list, people), ts.list.Left()
		for _, l := range ts.found.kept {
			if p, ok := im.proposal(r, l, people); ok {
				im.Duplicates = append(im.Duplicates, p)
			}
		}
		return err
	})
}

// besideOld holds everybody who was on record before against the new people, and says how many they were.
func (ts *twins) besideOld(ctx context.Context, r store.Reader) (n int, err error) {
	first := ts.who[0].ref()
	err = r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
		p, ok := rec.(*model.Person)
		if err != nil || !ok {
			return true
		}
		if p.Ref == first {
			return false
		}
		ts.heard = ts.list.Beside(model.PairOf(p), ts.heard[:0])
		for _, t := range ts.heard {
			ts.found.add(likely{newer: t.At, before: p.Ref, bits: t.Bits, kin: t.Kin})
		}
		n++
		return n%4096 != 0 || ctx.Err() == nil
	})
	return n, err
}

// ref is the record of a new person, "" in a dry run.
func (n newcome) ref() model.Ref {
	if n.number == 0 {
		return ""
	}
	return model.NewRef(model.KindPerson, uint64(n.number))
}

// proposal puts a likely pair in words; ok is false when it is not likely among all those people.
func (im *importer) proposal(r store.Reader, l likely, people int) (p Proposal, ok bool) {
	list := im.twins.list
	var v pair.Verdict
	if l.before != "" {
		old, ok := personOf(r, l.before)
		if !ok {
			return p, false
		}
		v = list.Verdict(l.newer, model.PairOf(old), people)
		p.Other = Party{Ref: l.before, Name: old.Name(), Born: old.Born}
	} else {
		v = list.Between(l.older, l.newer, people)
		p.Other = im.party(r, l.older)
	}
	p.New, p.Score, p.Why = im.party(r, l.newer), v.Score, v.Why
	return p, v.Likely()
}

// personOf reads a person; ok is false when they cannot be read, which pou check names.
func personOf(r store.Reader, ref model.Ref) (p *model.Person, ok bool) {
	rec, err := r.Record(ref)
	if err != nil {
		return nil, false
	}
	p, ok = rec.(*model.Person)
	return p, ok
}

// party is one of the new people, with the name as it stands on record.
func (im *importer) party(r store.Reader, at int) Party {
	n := im.twins.who[at]
	surname, forename, born := im.twins.list.Known(at)
	p := Party{Ref: n.ref(), Name: model.FullName(surname, forename), Born: born}
	if n.line > 0 {
		p.File, p.Line = im.Files[n.file].Name, int(n.line)
	}
	if p.Ref != "" {
		if person, ok := personOf(r, p.Ref); ok {
			p.Name = person.Name()
		}
	}
	return p
}
