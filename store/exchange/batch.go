package exchange

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"pou/model"
	"pou/store"
)

// place is a line of a file, with the row as it stands there.
type place struct {
	file, line int
	raw        string
}

func placeOf(file int, r row) place {
	if r.raw == "" {
		r.raw = strings.Join(r.cells, ",")
	}
	return place{file, r.line, r.raw}
}

// piece is what some rows say of one person under one name of a row.
type piece struct {
	origin model.Origin
	person *model.Person
	rows   []place
}

// absorb adds what another row of the same number says.
func (p *piece) absorb(more piece) {
	joinPerson(p.person, more.person, false)
	p.origin.Sum = sumOf(p.origin.Sum, more.origin.Sum)
	p.rows = append(p.rows, more.rows...)
}

// draft is one person as the files have them.
type draft struct {
	key    string // the row that makes the person
	pieces []piece
	joins  bool   // the rows only add to somebody on record: they cannot make a person
	orphan string // why they are refused when nobody is on record
}

// refused is a rejected row waiting for its batch.
type refused struct {
	file int
	Reject
}

type warned struct {
	at   place
	text string
}

// batch is what is booked together: nothing of it counts before it is written.
type batch struct {
	drafts  []*draft
	refused []refused
	warned  []warned
	rows    int
}

func (b *batch) add(d *draft) {
	b.drafts = append(b.drafts, d)
	for _, p := range d.pieces {
		b.rows += len(p.rows)
	}
}

func (b *batch) warn(at place, text string) { b.warned = append(b.warned, warned{at, text}) }

func (b *batch) reject(file int, r row, reason, detail string) {
	b.rows++
	b.refused = append(b.refused, refused{file, Reject{Line: r.line, Reason: reason, Detail: detail, Row: placeOf(file, r).raw}})
}

func (b *batch) full(size int) bool { return len(b.drafts) >= size || b.rows >= 20*size }

// fate is what becomes of the rows of a draft.
type fate struct {
	place
	what func(*Counts)
}

func kept(c *Counts)      { c.Rows++; c.Kept++ }
func merged(c *Counts)    { c.Rows++; c.Merged++ }
func unchanged(c *Counts) { c.Rows++; c.Merged++; c.Unchanged++ }
func updated(c *Counts)   { c.Rows++; c.Merged++; c.Updated++ }

// settling works out a batch against what is on record.
type settling struct {
	im      *importer
	reader  store.Reader
	batch   *batch
	people  map[string]*model.Person // of this batch, by key
	byRef   map[model.Ref]*model.Person
	touched map[*model.Person]bool
	records []model.Record
	fresh   []*draft
	fates   []fate
}

// flush writes the batch as one change and books its rows.
func (im *importer) flush(ctx context.Context) error {
	b := im.batch
	im.batch = batch{}
	if b.rows == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s := &settling{
		im: im, batch: &b, people: map[string]*model.Person{}, byRef: map[model.Ref]*model.Person{}, touched: map[*model.Person]bool{},
	}
	err := im.store.Read(ctx, func(r store.Reader) error {
		s.reader = r
		for _, d := range b.drafts {
			if err := s.settle(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := im.write(ctx, s.records); err != nil {
		return err
	}
	im.book(s)
	return nil
}

func (im *importer) write(ctx context.Context, records []model.Record) error {
	if len(records) == 0 || im.job.DryRun {
		return nil
	}
	r, err := im.store.Collect(ctx, im.job.Who, "people.import", model.Batch{
		Records: records, Reason: im.reason(),
		Combines: slices.ContainsFunc(records, func(r model.Record) bool { return r.Head().Rev > 0 }),
	})
	if err != nil {
		return err
	}
	im.wrote(r.Seq)
	return nil
}

func (im *importer) wrote(seq uint64) {
	im.Batches++
	if im.First == 0 {
		im.First = seq
	}
	im.Last = seq
}

// reason stands in the journal entry: which files, exactly.
func (im *importer) reason() string {
	var names []string
	for _, f := range im.Files[:min(len(im.Files), 5)] {
		names = append(names, f.Name+" sha256 "+f.SHA256)
	}
	return strings.Join(names, "; ")
}

// settle finds whether the person is on record and what their rows change.
func (s *settling) settle(d *draft) error {
	p, err := s.find(d.key)
	switch {
	case err != nil:
		return err
	case p != nil:
		s.joinTo(p, d)
	case d.joins:
		s.refuse(d, reasonOrphan, d.orphan)
	default:
		s.make(d)
	}
	return nil
}

const reasonOrphan = "its person is not on record"

// find looks for a person in this batch, on record and, in a dry run, among those that would be on record by now.
func (s *settling) find(key string) (*model.Person, error) {
	if p, ok := s.people[key]; ok {
		return p, nil
	}
	ref, ok, err := s.reader.FromSource(key)
	if err != nil {
		return nil, err
	}
	if !ok {
		return s.im.dry[key], nil
	}
	if p, ok := s.byRef[ref]; ok {
		return p, nil
	}
	r, err := s.reader.Record(ref)
	if err != nil {
		return nil, err
	}
	p, ok := r.(*model.Person)
	if !ok {
		return nil, errors.New(key + " names " + string(ref) + ", which is not a person")
	}
	s.byRef[ref] = p
	return p, nil
}

// make puts a new person on record.
func (s *settling) make(d *draft) {
	p := d.pieces[0].person
	for i, piece := range d.pieces {
		if i > 0 {
			joinPerson(p, piece.person, false)
		}
		p.Sources = append(p.Sources, piece.origin)
	}
	if p.Name() == "" && len(p.Aliases) > 0 { // known by another name only
		p.Surname, p.Forename = model.SplitName(p.Aliases[0].Name)
		s.batch.warn(d.pieces[0].rows[0], "the row has no name but an alias, which was taken as the name")
	}
	if err := p.Check(); err != nil {
		s.refuse(d, ruleOf(err), "")
		return
	}
	s.people[d.key] = p
	s.touch(p)
	s.fresh = append(s.fresh, d)
	for i, piece := range d.pieces {
		for j, at := range piece.rows {
			if i == 0 && j == 0 {
				s.fates = append(s.fates, fate{at, kept})
			} else {
				s.fates = append(s.fates, fate{at, merged})
			}
		}
	}
}

// ruleOf is a refusal as the reason of a rejected row.
func ruleOf(err error) string {
	p, ok := model.AsProblem(err)
	switch {
	case !ok:
		return err.Error()
	case p.Field == "surname":
		return reasonNoName
	case p.Field != "":
		return p.Field + ": " + p.Rule
	}
	return p.Rule
}

func (s *settling) touch(p *model.Person) {
	if !s.touched[p] {
		s.touched[p] = true
		s.records = append(s.records, p)
	}
}

// joinTo adds the pieces of a draft that are new or have changed to a person on record.
func (s *settling) joinTo(p *model.Person, d *draft) {
	if !d.joins && !sameMan(p, d.pieces[0].person) {
		s.refuse(d, "the number names another person", d.key+" is "+strings.TrimSpace(string(p.Ref)+" "+p.Name())+" on record")
		return
	}
	for _, piece := range d.pieces {
		what := s.joinPiece(p, piece)
		for _, at := range piece.rows {
			s.fates = append(s.fates, fate{at, what})
		}
	}
}

func (s *settling) joinPiece(p *model.Person, piece piece) func(*Counts) {
	at := slices.IndexFunc(p.Sources, func(o model.Origin) bool { return o.Key == piece.origin.Key })
	switch {
	case at < 0:
		p.Sources = append(p.Sources, piece.origin)
		joinPerson(p, piece.person, false)
		s.touch(p)
		return merged
	case slices.Equal(p.Sources[at].Sum, piece.origin.Sum):
		return unchanged
	}
	p.Sources[at] = piece.origin
	joinPerson(p, piece.person, true)
	s.touch(p)
	return updated
}

func (s *settling) refuse(d *draft, reason, detail string) {
	for _, piece := range d.pieces {
		for _, at := range piece.rows {
			s.batch.refused = append(s.batch.refused, refused{at.file, Reject{Line: at.line, Reason: reason, Detail: detail, Row: at.raw}})
		}
	}
}

// book enters the rows of a written batch in the receipt, in the order of the file.
func (im *importer) book(s *settling) {
	for _, f := range s.fates {
		im.add(f.file, f.what)
	}
	slices.SortStableFunc(s.batch.refused, func(a, b refused) int {
		if a.file != b.file {
			return a.file - b.file
		}
		return a.Line - b.Line
	})
	for _, r := range s.batch.refused {
		r.File = im.Files[r.file].Name
		im.reject(r.file, r.Reject)
	}
	for _, w := range s.batch.warned {
		im.warn(w.at.file, w.at.line, w.text)
	}
	var fresh []newcomer
	for _, d := range s.fresh {
		im.People++
		p := d.pieces[0].person
		im.Aliases += len(p.Aliases)
		fresh = append(fresh, newcomer{p, d.pieces[0].rows[0]})
		if im.job.DryRun {
			im.dry[d.key] = &model.Person{Surname: p.Surname, Forename: p.Forename, Born: p.Born, Sources: p.Sources}
		}
	}
	im.twins.queue <- fresh
	file := 0
	switch {
	case len(s.fates) > 0:
		file = s.fates[len(s.fates)-1].file
	case len(s.batch.refused) > 0:
		file = s.batch.refused[len(s.batch.refused)-1].file
	}
	im.report("importing", file)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
