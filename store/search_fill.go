package store

import (
	"context"
	"errors"
	"slices"

	"pou/model"
	"pou/model/day"
	"pou/model/match"
)

// entry is a record made ready for the index.
type entry struct {
	id    uint32
	doc   match.Doc
	facet facet // but for the date of birth, which gets its number when it is put
	born  day.Born
	named []string // words of standing in its name
}

// fillChunk is how many records are read at a time, and putChunk how many are put under one lock, so that searches get
// through while the index fills.
const (
	fillChunk = 4000
	putChunk  = 500
)

// Fill reads every record once. Searches meanwhile answer from what has been read, and news that [Search.Follow] brings
// stands: what was read before it never lands on it.
func (s *Search) Fill(ctx context.Context) error {
	f, err := s.begin(ctx)
	if err != nil {
		return err
	}
	for _, kind := range searched()[1:] {
		if err := f.kind(ctx, kind); err != nil {
			return err
		}
	}
	if err := f.kind(ctx, model.KindPerson); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.filling == f {
		s.filling, s.ready = nil, true
	}
	return nil
}

// filling is one reading of the whole record.
type filling struct {
	s     *Search
	about map[model.Ref]*standing // what the records about people say, as they stood when the reading began
	fresh map[uint32]struct{}     // put or dropped by news since: not to be overwritten
}

// begin reads the records about people, which say how each stands.
func (s *Search) begin(ctx context.Context) (*filling, error) {
	s.work.Lock()
	defer s.work.Unlock()
	f := &filling{s: s, about: map[model.Ref]*standing{}, fresh: map[uint32]struct{}{}}
	people := map[model.Ref][]model.Ref{}
	err := s.store.Read(ctx, func(r Reader) error {
		var protected []model.Ref
		for _, kind := range tellingKinds() {
			err := r.Each(kind, "", func(rec model.Record, err error) bool {
				if err != nil { // an unreadable record is pou check's to report
					return ctx.Err() == nil
				}
				who := peopleIn(rec)
				people[rec.Head().Ref] = who
				f.count(rec)
				if kind == model.KindCase || kind == model.KindSurvivor {
					protected = append(protected, who...)
				}
				return ctx.Err() == nil
			})
			if err := errors.Join(err, ctx.Err()); err != nil {
				return err
			}
		}
		for _, ref := range protected {
			only, err := model.ProtectedOnly(r, ref)
			f.of(ref).protected = only || err != nil
		}
		return nil
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.people, s.filling, s.ready, s.done = people, f, false, 0
	return f, err
}

func (f *filling) count(r model.Record) {
	if who := model.PersonOf(r); who != "" && slices.Contains(standKinds(), r.Head().Ref.Kind()) {
		f.of(who).add(r)
	}
}

func (f *filling) of(who model.Ref) *standing {
	if f.about[who] == nil {
		f.about[who] = &standing{codes: f.s.codes}
	}
	return f.about[who]
}

// kind reads and puts the records of a kind: one goroutine reads ahead of the one that puts.
func (f *filling) kind(ctx context.Context, kind model.Kind) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	chunks := make(chan []entry, 2)
	done := make(chan error, 1)
	go func() {
		defer close(chunks)
		done <- f.read(ctx, kind, func(chunk []entry) {
			select {
			case chunks <- chunk:
			case <-ctx.Done():
			}
		})
	}()
	for chunk := range chunks {
		if !f.put(chunk, kind) { // everything is being read again
			stop()
		}
	}
	err := <-done
	if errors.Is(err, context.Canceled) && f.overtaken() {
		return nil
	}
	return err
}

// read hands on the records of a kind in chunks, each read from a snapshot of its own, so that a long reading does not
// keep old pages of the store from being used again.
func (f *filling) read(ctx context.Context, kind model.Kind, hand func([]entry)) error {
	from := model.Ref("")
	for {
		chunk := make([]entry, 0, fillChunk)
		seen, last := 0, from
		err := f.s.store.Read(ctx, func(r Reader) error {
			liner := model.NewLiner(r, f.s.store.Now())
			return r.Each(kind, from, func(rec model.Record, err error) bool {
				seen++
				if err == nil && rec.Head().Ref != from {
					last = rec.Head().Ref
					if e, ok := f.s.entry(liner, rec, f.about[last]); ok {
						chunk = append(chunk, e)
					}
				}
				return seen <= fillChunk && ctx.Err() == nil
			})
		})
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		hand(chunk)
		if last == from {
			return nil
		}
		from = last
	}
}

// put files a chunk, and reports whether this reading is still the one that counts.
func (f *filling) put(chunk []entry, kind model.Kind) bool {
	for part := range slices.Chunk(chunk, putChunk) {
		f.s.mu.Lock()
		if f.s.filling != f {
			f.s.mu.Unlock()
			return false
		}
		for i := range part {
			if _, newer := f.fresh[part[i].id]; !newer {
				f.s.put(&part[i])
			}
		}
		if kind == model.KindPerson {
			f.s.done += len(part)
		}
		f.s.mu.Unlock()
	}
	return true
}

func (f *filling) overtaken() bool {
	f.s.mu.RLock()
	defer f.s.mu.RUnlock()
	return f.s.filling != f
}

// entry makes a record ready for the index, without what is need-to-know; not ok when it is not to be found.
func (s *Search) entry(liner *model.Liner, r model.Record, about *standing) (entry, bool) {
	id, ok := docID(r.Head().Ref)
	if !ok || !findable(r) {
		return entry{}, false
	}
	shown := r
	switch r := r.(type) {
	case *model.Person:
		if about == nil {
			about = &standing{codes: s.codes}
		}
		if about.protected {
			shown = r.Veiled()
		}
	case *model.Task, *model.Order: // officers write titles, and the names of courts
		shown = model.Shown(r, liner)
	}
	e := entry{id: id, doc: docOf(shown, about), facet: s.codes.facet(r, about)}
	if p, ok := r.(*model.Person); ok {
		e.born = p.Born
	}
	for _, t := range e.doc.Texts {
		if t.Field == match.Name || t.Field == match.Alias {
			e.named = bareIn(s.words, t.Text, e.named)
		}
	}
	return e, true
}

// put files a record. The caller holds the lock.
func (s *Search) put(e *entry) {
	e.facet.born = s.facets.born(e.born)
	s.index.Put(e.id, e.doc)
	s.facets.set(e.id, e.facet)
	s.named.put(e.id, e.named)
}

// drop forgets a record. The caller holds the lock.
func (s *Search) drop(id uint32) {
	s.index.Drop(id)
	s.facets.set(id, facet{})
	s.named.put(id, nil)
}

// Follow keeps the index current with news of changes: the records that changed, and the people they are or were about.
func (s *Search) Follow(ctx context.Context, n News) error {
	if n.All {
		s.mu.Lock()
		s.empty()
		s.mu.Unlock()
		return s.Fill(ctx)
	}
	s.work.Lock()
	defer s.work.Unlock()
	return s.store.Read(ctx, func(r Reader) error {
		liner := model.NewLiner(r, s.store.Now())
		for _, ref := range s.touched(r, n.Refs) {
			if err := s.again(r, liner, ref); err != nil {
				return err
			}
		}
		return nil
	})
}

// again reads a record anew.
func (s *Search) again(r Reader, liner *model.Liner, ref model.Ref) error {
	id, ok := docID(ref)
	if !ok {
		return nil
	}
	var e entry
	rec, err := r.Record(ref)
	held := err == nil
	if held {
		var about *standing
		if ref.Kind() == model.KindPerson {
			if about, err = s.standingOf(r, ref); err != nil {
				return err
			}
		}
		e, held = s.entry(liner, rec, about)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.filling != nil {
		s.filling.fresh[id] = struct{}{}
	}
	if held {
		s.put(&e)
	} else {
		s.drop(id)
	}
	return nil
}

// standingOf reads how a person stands. A record about them that cannot be read counts for nothing: pou check names it.
func (s *Search) standingOf(r Reader, who model.Ref) (*standing, error) {
	out := &standing{codes: s.codes}
	for _, kind := range standKinds() {
		refs, err := r.Linked(who, kind)
		if err != nil {
			return nil, err
		}
		for _, ref := range refs {
			if rec, err := r.Record(ref); err == nil && model.PersonOf(rec) == who {
				out.add(rec)
			}
		}
	}
	only, err := model.ProtectedOnly(r, who)
	out.protected = only || err != nil
	return out, nil
}

// tellingKinds are the kinds of record that say how a person stands, or whether they are to be protected.
func tellingKinds() []model.Kind {
	return append(standKinds(), model.KindCase, model.KindSurvivor, model.KindApplication)
}

// peopleIn are the people a record is about.
func peopleIn(r model.Record) []model.Ref {
	var out []model.Ref
	switch r := r.(type) {
	case *model.Case:
		for _, p := range r.Parties {
			out = append(out, p.Person)
		}
	case *model.Survivor:
		out = append(out, r.Person)
	default:
		out = append(out, model.PersonOf(r))
	}
	return slices.DeleteFunc(out, func(ref model.Ref) bool { return ref == "" })
}

// touched are the records to read anew when some changed: those, the people they are about and were about, and the tasks
// and orders whose words hide somebody else now.
func (s *Search) touched(r Reader, changed []model.Ref) []model.Ref {
	out := slices.Clone(changed)
	add := func(refs ...model.Ref) {
		for _, ref := range refs {
			if !slices.Contains(out, ref) {
				out = append(out, ref)
			}
		}
	}
	shields := false
	for _, ref := range changed {
		if ref.Kind() == model.KindPerson {
			shields = true
		}
		if !slices.Contains(tellingKinds(), ref.Kind()) {
			continue
		}
		shields = true
		s.mu.Lock()
		add(s.people[ref]...)
		delete(s.people, ref)
		if rec, err := r.Record(ref); err == nil {
			s.people[ref] = peopleIn(rec)
			add(s.people[ref]...)
		}
		s.mu.Unlock()
	}
	if !shields {
		return out
	}
	for _, who := range accused(r, out) {
		for _, kind := range []model.Kind{model.KindTask, model.KindOrder} {
			refs, _ := r.Linked(who, kind) // pou check names what cannot be read
			add(refs...)
		}
	}
	return out
}

// accused are the people among some, and everybody in a case or under an order with them: words about them may hide them.
func accused(r Reader, among []model.Ref) []model.Ref {
	var out []model.Ref
	for _, who := range among {
		if who.Kind() != model.KindPerson {
			continue
		}
		out = append(out, who)
		refs, _ := r.Linked(who, model.KindCase) // pou check names what cannot be read
		for _, ref := range refs {
			if rec, err := r.Record(ref); err == nil {
				out = append(out, peopleIn(rec)...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
