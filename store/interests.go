package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"pou/model"
	"pou/model/match/pair"
)

// Interests answers [Conflicts] without walking everything that is live: it knows by what the people on live target lists, wanted
// lines, orders and open cases could be met – addresses, vehicles, phones, names and dates of birth – and so which few records are
// worth reading. Those are then read and held against the subject through the reader of whoever asks, as the walk does it, so that
// what is restricted stays withheld and the answer is the walk's.
//
// It is filled in the background ([Interests.Fill]) and kept current by news ([Interests.Follow]). What was written since, it reads
// from the journal of the reader's own snapshot before it answers. Until it is full, and for a snapshot older than itself, it walks.
type Interests struct {
	store Store
	mu    sync.Mutex
	held  *interests // nil until it is full
}

// NewInterests makes an empty index over a store.
func NewInterests(s Store) *Interests { return &Interests{store: s} }

// Conflicts is [Conflicts]. Nil Interests walk.
func (x *Interests) Conflicts(r Reader, person model.Ref, unit model.Unit, now time.Time) ([]Conflict, error) {
	subject, err := recordAs[*model.Person](r, person)
	if err != nil {
		return nil, err
	}
	m, err := newMatching(r, subject, unit, now)
	if err != nil {
		return nil, err
	}
	refs, ok := x.worth(r, subject)
	if !ok {
		if refs, err = placedLive(r); err != nil {
			return nil, err
		}
	}
	return m.over(refs, now)
}

// worth lists the records worth reading for somebody, in the order of the walk; not ok when it cannot tell.
func (x *Interests) worth(r Reader, subject *model.Person) ([]model.Ref, bool) {
	v := bare(r)
	if x == nil || v == nil {
		return nil, false
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.held == nil || x.upTo(v) != nil {
		return nil, false
	}
	return x.held.worth(subject), true
}

// Fill reads everything that is live, once.
func (x *Interests) Fill(ctx context.Context) error {
	var fresh *interests
	err := x.store.Read(ctx, func(r Reader) (err error) {
		if v := bare(r); v != nil {
			fresh, err = gather(ctx, v)
		}
		return err
	})
	if err != nil || fresh == nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.held == nil || x.held.seq < fresh.seq {
		x.held = fresh
	}
	return nil
}

// Follow reads what changed, so that nobody who asks has to.
func (x *Interests) Follow(ctx context.Context, _ News) error {
	err := x.store.Read(ctx, func(r Reader) error {
		x.mu.Lock()
		defer x.mu.Unlock()
		if v := bare(r); x.held != nil && v != nil {
			return x.upTo(v)
		}
		return errTooOld
	})
	if errors.Is(err, errNewer) {
		return nil // somebody who asked has read further
	}
	if errors.Is(err, errTooOld) {
		return x.Fill(ctx)
	}
	return err
}

var (
	errNewer  = errors.New("the snapshot is older than the index")
	errTooOld = errors.New("too much was written since")
)

// upTo reads what was written until a snapshot. What cannot be followed is forgotten, until the next Fill. The caller holds the lock.
func (x *Interests) upTo(v *view) error {
	head, _, err := v.head()
	if err != nil || head == x.held.seq {
		return err
	}
	if head < x.held.seq {
		return errNewer
	}
	changed := map[model.Ref]bool{}
	if err = v.Entries(x.held.seq+1, false, func(e model.Entry) bool {
		for _, t := range e.About {
			if len(changed) <= feedDetail && changes(e) {
				changed[t.Ref] = true
			}
		}
		return len(changed) <= feedDetail
	}); err == nil && len(changed) > feedDetail {
		err = errTooOld
	}
	if err == nil {
		err = x.held.again(v, changed)
	}
	if err != nil {
		x.held = nil
		return err
	}
	x.held.seq = head
	return nil
}

// bare is the snapshot under a reader, without anybody's guard; nil for a reader of another kind.
func bare(r Reader) *view {
	for {
		switch at := r.(type) {
		case *view:
			return at
		case *guarded:
			return at.view
		case interface{ Under() Reader }: // a reader that adds something of its own to another
			r = at.Under()
		default:
			return nil
		}
	}
}

// interests are the live records as they stood after an entry of the journal, and whoever is in them.
type interests struct {
	seq     uint64
	works   map[model.Ref]work
	damaged map[model.Ref]bool  // those of them that cannot be read, which has to be said to everybody who asks
	ids     map[model.Ref]int32 // where somebody stands among
	people  []party
	free    []int32 // places of those who are in nothing any more
	alike   map[thing][]int32
}

// work is a live record: where it stands in the walk, and whom it is about.
type work struct {
	kind, unit int
	who        []model.Ref
}

// party is somebody in live records.
type party struct {
	ref   model.Ref
	in    []model.Ref // the live records, one of them more than once where it names them twice; none when the place is free
	keys  []thing     // but for how they are shown
	ready *pair.Ready // nil when they cannot be read, which has to be said as well
}

func gather(ctx context.Context, v *view) (*interests, error) {
	x := &interests{works: map[model.Ref]work{}, damaged: map[model.Ref]bool{}, ids: map[model.Ref]int32{}, alike: map[thing][]int32{}}
	var err error
	if x.seq, _, err = v.head(); err != nil {
		return nil, err
	}
	for kind := range liveKinds() {
		for unit := range placedUnits() {
			if err := x.gather(ctx, v, kind, unit); err != nil {
				return nil, err
			}
		}
	}
	return x, nil
}

func (x *interests) gather(ctx context.Context, v *view, kind, unit int) error {
	refs, err := v.placed(liveKinds()[kind], placedUnits()[unit], true)
	for _, ref := range refs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if rec, err := v.Record(ref); err == nil {
			x.add(v, rec)
		} else {
			x.works[ref], x.damaged[ref] = work{kind: kind, unit: unit}, true
		}
	}
	return err
}

// again reads what changed: records, and the people in live ones.
func (x *interests) again(v *view, changed map[model.Ref]bool) error {
	for ref := range changed {
		if kindAt(ref) < 0 {
			continue
		}
		x.drop(ref)
		rec, err := v.Record(ref)
		switch p, isProblem := model.AsProblem(err); {
		case err == nil:
			x.add(v, rec)
		case !isProblem || p.Code != model.NotFound:
			return err
		}
	}
	for ref := range changed {
		if id, known := x.ids[ref]; known {
			x.forget(id)
			x.learn(v, id)
		}
	}
	return nil
}

// add takes in a record, if it is live.
func (x *interests) add(v *view, rec model.Record) {
	ref := rec.Head().Ref
	unit, live := rec.Place()
	w := work{kind: kindAt(ref), unit: slices.Index(placedUnits(), unit), who: concerned(rec)}
	if !live || w.unit < 0 {
		return
	}
	x.works[ref] = w
	for _, who := range w.who {
		id, known := x.ids[who]
		if !known {
			if n := len(x.free); n > 0 {
				id, x.free = x.free[n-1], x.free[:n-1]
			} else {
				id = int32(len(x.people)) //nolint:gosec // memory ends before
				x.people = append(x.people, party{})
			}
			x.ids[who], x.people[id] = id, party{ref: who}
			x.learn(v, id)
		}
		x.people[id].in = append(x.people[id].in, ref)
	}
}

// drop forgets a record, and whoever is in no other.
func (x *interests) drop(ref model.Ref) {
	for _, who := range x.works[ref].who {
		id, known := x.ids[who]
		if !known {
			continue
		}
		p := &x.people[id]
		p.in = slices.DeleteFunc(p.in, func(in model.Ref) bool { return in == ref })
		if len(p.in) == 0 {
			x.forget(id)
			delete(x.ids, who)
			x.people[id] = party{}
			x.free = append(x.free, id)
		}
	}
	delete(x.works, ref)
	delete(x.damaged, ref)
}

// learn reads by what somebody may be met.
func (x *interests) learn(v *view, id int32) {
	p := &x.people[id]
	person, err := recordAs[*model.Person](v, p.ref)
	if err != nil {
		return
	}
	p.ready = pair.NewReady(model.PairOf(person))
	for _, k := range keysOf(person) {
		k.shown = ""
		if !slices.Contains(p.keys, k) {
			p.keys = append(p.keys, k)
			x.alike[k] = append(x.alike[k], id)
		}
	}
}

// forget is the reverse of learn.
func (x *interests) forget(id int32) {
	p := &x.people[id]
	for _, k := range p.keys {
		rest := slices.DeleteFunc(x.alike[k], func(other int32) bool { return other == id })
		if len(rest) == 0 {
			delete(x.alike, k)
		} else {
			x.alike[k] = rest
		}
	}
	p.keys, p.ready = nil, nil
}

// worth lists the records about somebody, about those who share something with them or may be the same person, and what cannot be
// read, in the order of the walk.
func (x *interests) worth(subject *model.Person) []model.Ref {
	found := map[model.Ref]bool{}
	take := func(id int32) {
		for _, ref := range x.people[id].in {
			found[ref] = true
		}
	}
	if id, ok := x.ids[subject.Ref]; ok {
		take(id)
	}
	for _, k := range keysOf(subject) {
		k.shown = ""
		for _, id := range x.alike[k] {
			take(id)
		}
	}
	same := pair.NewAgainst(model.PairOf(subject), 0)
	for id := range x.people {
		if p := &x.people[id]; len(p.in) > 0 && (p.ready == nil || same.Ready(p.ready).Likely()) {
			take(int32(id)) //nolint:gosec // as many as there are places
		}
	}
	for ref := range x.damaged {
		found[ref] = true
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b model.Ref) int {
		p, q := x.works[a], x.works[b]
		return cmp.Or(cmp.Compare(p.kind, q.kind), cmp.Compare(p.unit, q.unit), a.Compare(b))
	})
}

// liveKinds are the kinds of record another unit's interest lies in, in the order of the walk.
func liveKinds() []model.Kind {
	return []model.Kind{model.KindTarget, model.KindWanted, model.KindOrder, model.KindCase}
}

func kindAt(ref model.Ref) int { return slices.Index(liveKinds(), ref.Kind()) }

// placedUnits are the units in the order of [Reader.Placed].
func placedUnits() []model.Unit {
	out := []model.Unit{""}
	for _, u := range model.Units() {
		out = append(out, u.Code)
	}
	return out
}

// concerned is whom a live record is held against the subject for.
func concerned(rec model.Record) []model.Ref {
	c, ok := rec.(*model.Case)
	if !ok {
		return []model.Ref{model.PersonOf(rec)}
	}
	out := make([]model.Ref, len(c.Parties))
	for i, p := range c.Parties {
		out[i] = p.Person
	}
	return out
}
