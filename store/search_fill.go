package store

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"

	"pou/model"
	"pou/model/day"
	"pou/model/match"
)

// entry is a record made ready for the index.
type entry struct {
	id    uint32
	words match.Prepared
	found bool  // by its words
	facet facet // but for the date of birth, which gets its number when it is put
	born  day.Born
	named []string // words of standing in its name
}

// fillChunk is how many records are read at a time, and putChunk how many are put under one lock, so that searches get
// through while the index fills. After letGoAfter chunks the pages that were read are given back: each is read once.
const (
	fillChunk   = 4096
	putChunk    = 512
	readersMost = 4
	letGoAfter  = 16
)

// Fill reads every record once. Searches meanwhile answer from what has been read, and news that [Search.Follow] brings
// stands: what was read before it never lands on it.
func (s *Search) Fill(ctx context.Context) error { return s.fill(ctx, nil) }

// FillFor reads what the answer to one question needs, for a program that asks it and ends: a reference needs nothing,
// filters alone need no words, and whoever does not pass them needs none either.
func (s *Search) FillFor(ctx context.Context, ask Ask) error {
	q, err := s.read(ask)
	if err != nil {
		return err
	}
	if _, isRef := model.ParseRef(q.words); isRef && len(q.terms) == 0 {
		return nil
	}
	return s.fill(ctx, &narrowed{words: q.words != "", screen: s.newScreen(q.terms, ask.Kind), bare: s.newScreen(q.filters(), ask.Kind)})
}

// narrowed is a reading for one question: whose words are worth keeping.
type narrowed struct {
	words  bool
	screen *screen
	bare   *screen // of those who bear a word of standing as a name
}

func (n *narrowed) asks(kind model.Kind) bool {
	bit := uint16(1) << slices.Index(searched(), kind)
	return n == nil || (n.screen.kinds|n.bare.kinds)&bit != 0
}

// wants reports whether an entry's words are worth keeping, as far as its facet without the date of birth tells.
func (n *narrowed) wants(e *entry) bool {
	return n == nil || n.words && n.screen.may(e.id, e.facet) || len(e.named) > 0 && n.bare.may(e.id, e.facet)
}

// keeps is wants with the date of birth, once it has its number. The caller holds the lock.
func (n *narrowed) keeps(e *entry) bool {
	return n == nil || n.screen.keeps(e.id, e.facet) || len(e.named) > 0 && n.bare.keeps(e.id, e.facet)
}

func (s *Search) fill(ctx context.Context, narrow *narrowed) error {
	f, err := s.begin(ctx, narrow)
	if err != nil {
		return err
	}
	for _, kind := range searched()[1:] { // there are so many people that the rest is found at once if it goes first
		if narrow.asks(kind) {
			err = errors.Join(err, f.kind(ctx, kind))
		}
	}
	if narrow.asks(model.KindPerson) {
		_ = s.store.LetGo() // of the records about people
		err = errors.Join(err, f.everybody(ctx))
	}
	if err != nil {
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
	s      *Search
	narrow *narrowed               // nil for everything
	about  map[model.Ref]*standing // what the records about people say, as they stood when the reading began
	fresh  map[uint32]struct{}     // put or dropped by news since: not to be overwritten
}

// begin reads the records about people, which say how each stands.
func (s *Search) begin(ctx context.Context, narrow *narrowed) (*filling, error) {
	s.work.Lock()
	defer s.work.Unlock()
	f := &filling{s: s, narrow: narrow, about: map[model.Ref]*standing{}, fresh: map[uint32]struct{}{}}
	people := map[model.Ref][]model.Ref{}
	err := s.store.Read(ctx, func(r Reader) error {
		protected := map[model.Ref]bool{}
		for _, kind := range tellingKinds() {
			err := r.Each(kind, "", func(rec model.Record, err error) bool {
				if err != nil { // an unreadable record is pou check's to report
					return ctx.Err() == nil
				}
				who := peopleIn(rec)
				people[rec.Head().Ref] = who
				f.count(rec)
				if kind == model.KindCase || kind == model.KindSurvivor {
					for _, ref := range who {
						protected[ref] = true
					}
				}
				return ctx.Err() == nil
			})
			if err := errors.Join(err, ctx.Err()); err != nil {
				return err
			}
		}
		for ref := range protected {
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

// kind reads and puts the records of a kind there are not many of.
func (f *filling) kind(ctx context.Context, kind model.Kind) error {
	for from := model.Ref(""); ; {
		n := 0
		chunk, next, err := f.read(ctx, kind, from, func(model.Ref) bool { n++; return n <= fillChunk })
		if err != nil {
			return err
		}
		if !f.put(chunk, kind) || next == "" { // everything is being read again, or has been
			return nil
		}
		from = next
	}
}

// everybody reads and puts all people: they are read by as many goroutines as there are processors, each a block of
// numbers at a time, and put by the one that called.
func (f *filling) everybody(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	readers := min(runtime.GOMAXPROCS(0), readersMost)
	chunks, failed := make(chan []entry, 2), make(chan error, readers)
	todo := &blocks{next: 1}
	var group sync.WaitGroup
	for range readers {
		group.Go(func() { failed <- f.readBlocks(ctx, todo, chunks) })
	}
	go func() {
		group.Wait()
		close(chunks)
		close(failed)
	}()
	for n := 1; ; n++ {
		chunk, more := <-chunks
		if !more {
			break
		}
		if !f.put(chunk, model.KindPerson) {
			stop() // everything is being read again
		}
		if n%letGoAfter == 0 {
			_ = f.s.store.LetGo() // memory that could not be given back is only memory
		}
	}
	var all []error
	for err := range failed {
		all = append(all, err)
	}
	if f.overtaken() {
		return nil
	}
	return errors.Join(all...)
}

// blocks hands out the numbers of people, some at a time, until there are no more.
type blocks struct {
	mu   sync.Mutex
	next uint64
	over bool
}

func (b *blocks) take() (first uint64, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	first = b.next
	b.next += fillChunk
	return first, !b.over
}

// skip says which is the first ref after a block; none ends the reading.
func (b *blocks) skip(to model.Ref) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next = max(b.next, to.Number())
	b.over = b.over || to == ""
}

func (f *filling) readBlocks(ctx context.Context, todo *blocks, chunks chan<- []entry) error {
	for {
		first, more := todo.take()
		if !more {
			return nil
		}
		chunk, next, err := f.read(ctx, model.KindPerson, model.NewRef(model.KindPerson, first), func(ref model.Ref) bool { return ref.Number() < first+fillChunk })
		if err != nil {
			return err
		}
		if next == "" || next.Number() >= first+2*fillChunk { // otherwise the next block is somebody's already
			todo.skip(next)
		}
		select {
		case chunks <- chunk:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// read makes entries of the records of a kind, from one on, for as long as in says so; next is the first it did not take,
// "" when there is none. Each reading is a snapshot of its own, so that filling does not keep old pages of the store from
// being used again.
func (f *filling) read(ctx context.Context, kind model.Kind, from model.Ref, in func(model.Ref) bool) (out []entry, next model.Ref, err error) {
	out = make([]entry, 0, fillChunk)
	err = f.s.store.Read(ctx, func(r Reader) error {
		liner := model.NewLiner(r, f.s.store.Now())
		return r.Each(kind, from, func(rec model.Record, err error) bool {
			if err != nil { // an unreadable record is pou check's to report
				return ctx.Err() == nil
			}
			ref := rec.Head().Ref
			if !in(ref) {
				next = ref
				return false
			}
			if e, ok := f.s.entry(liner, rec, f.about[ref], f.narrow); ok {
				out = append(out, e)
			}
			return ctx.Err() == nil
		})
	})
	return out, next, errors.Join(err, ctx.Err())
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
func (s *Search) entry(liner *model.Liner, r model.Record, about *standing, narrow *narrowed) (entry, bool) {
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
	e := entry{id: id, facet: s.codes.facet(r, about)}
	for _, name := range namesOf(shown) {
		e.named = bareIn(s.words, name, e.named)
	}
	if p, ok := r.(*model.Person); ok {
		e.born = p.Born
	}
	if narrow.wants(&e) {
		doc := docOf(shown, about)
		doc.Prior = uint8(s.codes.rank(e.facet) * priorStep) //nolint:gosec // below 256
		e.words, e.found = match.Prepare(doc), len(doc.Texts) > 0
	}
	return e, true
}

// put files a record. The caller holds the lock.
func (s *Search) put(e *entry) {
	e.facet.born = s.facets.born(e.born)
	if e.found && (s.filling == nil || s.filling.narrow.keeps(e)) {
		s.index.PutPrepared(e.id, e.words)
	}
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
		e, held = s.entry(liner, rec, about, nil)
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
