package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"pou/model"
)

// Book is the one implementation of [Store], over any engine.
type Book struct {
	engine Engine
	codec  *codec
	now    func() time.Time
	feed   feed

	mu      sync.Mutex
	looks   []look // consultations not yet written
	closing sync.Once
	closed  error
}

var _ Store = (*Book)(nil)

// look is one consultation, or combination.
type look struct {
	by     actor
	at     time.Time
	logged model.Logged
	what   string
	about  []model.Ref
}

// New opens a book on an engine: it marks a new store with its format and refuses one of a newer format.
func New(ctx context.Context, engine Engine, now func() time.Time) (*Book, error) {
	c, err := theCodec()
	if err != nil {
		return nil, err
	}
	b := &Book{engine: engine, codec: c, now: now}
	fresh, older := false, false
	err = engine.View(ctx, func(tx Tx) error {
		raw := tx.Get([]byte(keyFormat))
		if len(raw) == 1 && raw[0] == formatCopying {
			return fmt.Errorf("%w: a copy into it was cut off. Make the copy again", ErrForeign)
		}
		fresh, older = raw == nil, len(raw) == 1 && raw[0] < formatVersion
		if raw != nil && (len(raw) != 1 || raw[0] > formatVersion) {
			return fmt.Errorf("%w: it was written by a newer pou; upgrade pou to open it", ErrForeign)
		}
		return nil
	})
	switch {
	case err == nil && fresh:
		err = engine.Update(ctx, func(tx Tx) error { return tx.Put([]byte(keyFormat), []byte{formatVersion}) })
	case err == nil && older:
		for done := false; err == nil && !done; {
			err = engine.Update(ctx, func(tx Tx) (err error) {
				done, err = newWriting(tx, c).upgrade()
				return err
			})
		}
	}
	if err != nil {
		return nil, err
	}
	if others, ok := engine.(Shared); ok {
		others.Follow(b.heard)
	}
	return b, nil
}

// heard tells whoever watches what other machines changed.
func (b *Book) heard(keys [][]byte) {
	n := News{All: keys == nil || len(keys) > feedDetail}
	for _, key := range keys {
		switch {
		case bytes.HasPrefix(key, []byte(prefixJournal)):
			if seq, ok := numberAt(key, 1); ok {
				n.Seq = max(n.Seq, seq)
			}
		case bytes.HasPrefix(key, []byte(prefixRecord)):
			if ref := refOf(key); ref != "" && !n.All {
				n.Refs = append(n.Refs, ref)
			}
		}
	}
	if n.All || len(n.Refs) > 0 {
		b.feed.send(n)
	}
}

// Shared reports whether other machines write to the store as well.
func (b *Book) Shared() bool {
	_, others := b.engine.(Shared)
	return others
}

// CutOff says since when the other machines of a shared store have been out of reach: what is read is then old, and nothing
// can be saved. It is the zero time while they are in reach, and of a store on this machine alone.
func (b *Book) CutOff() time.Time {
	if others, ok := b.engine.(Shared); ok {
		return others.CutOff()
	}
	return time.Time{}
}

// LetGo gives back the memory that reading everything took, where the engine can.
func (b *Book) LetGo() error {
	if m, ok := b.engine.(Mapped); ok {
		return m.LetGo()
	}
	return nil
}

// Now is the time the store works by.
func (b *Book) Now() time.Time { return b.now() }

// Read runs fn on a snapshot.
func (b *Book) Read(ctx context.Context, fn func(Reader) error) error {
	return b.engine.View(ctx, func(tx Tx) error { return fn(&view{tx: tx, codec: b.codec}) })
}

// Do runs an action for an officer.
func (b *Book) Do(ctx context.Context, who model.Ref, req model.Request) (model.Receipt, error) {
	return b.do(ctx, actor{who: who}, req)
}

func (b *Book) do(ctx context.Context, who actor, req model.Request) (model.Receipt, error) {
	s, ok := model.Find(req.Action)
	if !ok || s.Internal {
		p := &model.Problem{
			Code: model.NotFound, Field: "action", Rule: fmt.Sprintf("there is no action %q", req.Action), Do: "pou actions lists them",
		}
		return model.Receipt{Problem: p}, p
	}
	if len(req.Key) > maxKey {
		p := model.Refuse("key", fmt.Sprintf("a key has at most %d letters", maxKey), "Give a shorter one")
		return model.Receipt{Problem: p}, p
	}
	return b.write(ctx, who, req, func(_ *writing, c *model.Change) error { return c.Work(s, req.Fields) })
}

// maxKey is how long the key of a request may be; engines limit the length of theirs.
const maxKey = 200

// Collect writes a batch under an internal action.
func (b *Book) Collect(ctx context.Context, who model.Ref, action string, batch model.Batch) (model.Receipt, error) {
	return b.collect(ctx, actor{who: who}, action, batch)
}

func (b *Book) collect(ctx context.Context, who actor, action string, batch model.Batch) (model.Receipt, error) {
	s, ok := model.Find(action)
	if !ok || !s.Internal {
		return model.Receipt{}, fmt.Errorf("%q is not an internal action", action)
	}
	blank, based := unnamed(batch), bases(batch)
	receipt, err := b.write(ctx, who, model.Request{Action: action}, func(w *writing, c *model.Change) error {
		forget(blank) // an engine may run this more than once
		if err := w.unchanged(based); err != nil {
			return err
		}
		if err := w.unknown(blank); err != nil {
			return err
		}
		w.claimAll(batch)
		if c.By == nil {
			c.By = founder(w, who.who, batch)
		}
		if action == sampleAction {
			if err := w.tx.Put([]byte(keySample), []byte{1}); err != nil {
				return err
			}
		}
		return c.Run(s, &batch)
	})
	if err != nil {
		forget(blank)
	}
	return receipt, err
}

// unnamed are the records of a batch that are given a ref as they are written.
func unnamed(batch model.Batch) []model.Record {
	var out []model.Record
	for _, r := range batch.Records {
		if r.Head().Ref == "" {
			out = append(out, r)
		}
	}
	return out
}

// bases are the revisions the records of a batch were read at, where they were read from the store.
func bases(batch model.Batch) map[model.Ref]uint64 {
	out := map[model.Ref]uint64{}
	for _, r := range batch.Records {
		if h := r.Head(); h.Ref != "" && h.Rev > 0 {
			out[h.Ref] = h.Rev
		}
	}
	return out
}

// unchanged refuses a batch that would overwrite what an officer changed since it was read.
func (w *writing) unchanged(based map[model.Ref]uint64) error {
	for ref, rev := range based {
		_, meta, _, err := header(w.tx.Get(recordKey(ref)))
		if err == nil && meta.Rev != rev {
			return &model.Problem{
				Code: model.Conflict, Rule: string(ref) + " was changed while the file was being read", Do: "Import the file again; what is on record already is recognised",
			}
		}
	}
	return nil
}

// unknown refuses new records read from a row that is on record: two imports of one file at once would make everyone twice.
func (w *writing) unknown(records []model.Record) error {
	for _, r := range records {
		k, ok := r.(model.Keyed)
		if !ok {
			continue
		}
		for _, key := range k.SourceKeys() {
			ref, found, err := w.FromSource(key)
			if err != nil {
				return err
			}
			if found {
				return &model.Problem{
					Code: model.Conflict, Rule: "the row " + key + " is on record as " + string(ref), Do: "Import the file again; what is on record already is recognised",
				}
			}
		}
	}
	return nil
}

// forget takes back the refs of records that were not written after all.
func forget(records []model.Record) {
	for _, r := range records {
		*r.Head() = model.Meta{}
	}
}

const sampleAction = "sample.load"

// founder is the first administrator of an empty store, who comes with the batch that starts it.
func founder(w *writing, who model.Ref, batch model.Batch) *model.Officer {
	if seq, _, err := w.head(); err != nil || seq != 0 {
		return nil
	}
	for _, r := range batch.Records {
		if o, ok := r.(*model.Officer); ok && o.Ref == who {
			return o
		}
	}
	return nil
}

// write is the one write path: load, check, change, journal, in one transaction.
func (b *Book) write(ctx context.Context, act actor, req model.Request, work func(*writing, *model.Change) error) (model.Receipt, error) {
	who := act.who
	if ref, ok := model.ParseRef(string(who)); ok {
		who = ref // one officer, one ref in the journal, however it was written
	}
	looks := b.takeLooks()
	var receipt model.Receipt
	again := false
	err := b.engine.Update(ctx, func(tx Tx) error {
		w := newWriting(tx, b.codec)
		var err error
		if again, err = w.answered(who, req, &receipt); again || err != nil {
			return errors.Join(err, w.logLooks(looks))
		}
		c := model.NewChange(w, w.officer(who), b.now())
		if err := work(w, c); err != nil {
			return err
		}
		if err := w.logLooks(looks); err != nil {
			return err
		}
		receipt, err = w.commit(c, note{
			by: who, hand: act.hand, at: c.Now, action: req.Action, reason: c.Reason, undoes: c.Undoes, request: req,
		})
		if err != nil {
			return err
		}
		receipt.Said = c.Said
		if err := w.counters(); err != nil {
			return err
		}
		return w.answer(who, req, receipt)
	})
	if err != nil {
		b.putBackLooks(looks)
		return b.refusal(ctx, who, req, err)
	}
	if !again {
		b.feed.publish(receipt)
	}
	return receipt, nil
}

// officer is who acts; nil when there is no such officer.
func (v *view) officer(who model.Ref) *model.Officer {
	r, err := v.Record(who)
	if err != nil {
		return nil
	}
	o, _ := r.(*model.Officer)
	return o
}

// answered finds the receipt of a request that has been made before under the same key. The same key with another
// request is refused: a script that uses one by mistake must not be told that its second action was done.
func (w *writing) answered(who model.Ref, req model.Request, receipt *model.Receipt) (bool, error) {
	if req.Key == "" {
		return false, nil
	}
	raw := w.tx.Get(receiptKey(who, req.Key))
	if raw == nil {
		return false, nil
	}
	var kept keptReceipt
	if err := w.codec.dec.Unmarshal(raw, &kept); err != nil {
		return false, fmt.Errorf("%w: the receipt of key %q: %w", ErrDamaged, req.Key, err)
	}
	asked, err := digestOf(req)
	if err != nil {
		return false, err
	}
	if asked != kept.Request {
		return false, model.Refuse("key", fmt.Sprintf("the key %q was used for another request, journal entry %d", req.Key, kept.Seq), "Give each request a key of its own")
	}
	*receipt = model.Receipt{OK: true, Seq: kept.Seq, Changed: kept.Changed, Said: kept.Said}
	return true, nil
}

type keptReceipt struct {
	Seq     uint64          `cbor:"1,keyasint"`
	Changed []model.Changed `cbor:"2,keyasint"`
	Request model.Digest    `cbor:"3,keyasint"`
	Said    []string        `cbor:"4,keyasint,omitempty"`
}

// digestOf is the sum of what a request asks, however its fields are ordered.
func digestOf(req model.Request) (model.Digest, error) {
	raw, err := json.Marshal(req)
	if err != nil {
		return model.Digest{}, fmt.Errorf("the request cannot be kept: %w", err)
	}
	return sha256.Sum256(raw), nil
}

func (w *writing) answer(who model.Ref, req model.Request, r model.Receipt) error {
	if req.Key == "" {
		return nil
	}
	asked, err := digestOf(req)
	if err != nil {
		return err
	}
	raw, err := w.codec.enc.Marshal(keptReceipt{Seq: r.Seq, Changed: r.Changed, Request: asked, Said: r.Said})
	if err != nil {
		return fmt.Errorf("keep the receipt: %w", err)
	}
	return w.tx.Put(receiptKey(who, req.Key), raw)
}

// refusal turns an error into a receipt: on a conflict it carries the record as it is now and what was asked.
func (b *Book) refusal(ctx context.Context, who model.Ref, req model.Request, err error) (model.Receipt, error) {
	p, ok := model.AsProblem(err)
	if !ok {
		return model.Receipt{}, err
	}
	receipt := model.Receipt{Problem: p}
	if p.Code == model.Conflict && p.Field == "rev" {
		receipt.Yours = req.Fields
		receipt.Current = b.current(ctx, who, req)
	}
	return receipt, p
}

// current is the record a request acts on, as it is now.
func (b *Book) current(ctx context.Context, who model.Ref, req model.Request) model.Record {
	s, _ := model.Find(req.Action)
	var out model.Record
	_ = b.For(who).Read(ctx, func(r Reader) (err error) {
		if out, err = r.Record(s.Subject(req.Fields)); err == nil {
			out = model.Shown(out, model.NewLiner(r, b.now()))
		}
		return err
	})
	return out
}

// Consult gathers a consultation.
func (b *Book) Consult(who model.Ref, what string, about ...model.Ref) {
	b.gather(actor{who: who}, model.Consultation, what, about)
}

// Combine gathers a combination.
func (b *Book) Combine(who model.Ref, what string, about ...model.Ref) {
	b.gather(actor{who: who}, model.Combination, what, about)
}

func (b *Book) gather(who actor, as model.Logged, what string, about []model.Ref) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looks = append(b.looks, look{by: who, at: b.now().Truncate(time.Second), logged: as, what: what, about: slices.Clone(about)})
}

// Disclose writes one entry for what leaves the desk, after the consultations gathered so far.
func (b *Book) Disclose(ctx context.Context, who model.Ref, what, to string, about ...model.Ref) error {
	return b.disclose(ctx, actor{who: who}, handout, what, to, about)
}

// The actions of disclosures, as the journal has them.
const (
	handout  = "brief"
	backedUp = "backup"
	copyMade = "copy"
)

// BackedUp writes that a copy of the store is being made, and where it goes: what is erased afterwards is still in it.
func (b *Book) BackedUp(ctx context.Context, who model.Ref, hand, to string) error {
	return b.disclose(ctx, actor{who: who, hand: hand}, backedUp, "a copy of the whole store", to, nil)
}

// CopyMade writes that a copy of the store is whole: what it holds, where it is, and the sum it is known by. It stands in the store
// alone, beside the entry of [Book.BackedUp] that the copy holds too.
func (b *Book) CopyMade(ctx context.Context, who model.Ref, hand, to string, c Copied) error {
	return b.disclose(ctx, actor{who: who, hand: hand}, copyMade, fmt.Sprintf("the copy is whole: %d keys, %d bytes, sha256 %s", c.Keys, c.Bytes, c.Sum), to, nil)
}

func (b *Book) disclose(ctx context.Context, who actor, action, what, to string, about []model.Ref) error {
	looks := b.takeLooks()
	err := b.engine.Update(ctx, func(tx Tx) error {
		w := newWriting(tx, b.codec)
		if err := w.logLooks(looks); err != nil {
			return err
		}
		return w.journal(note{
			by: who.who, hand: who.hand, at: b.now().Truncate(time.Second), logged: model.Disclosure, action: action, reason: what, to: to, about: touched(about),
		})
	})
	if err != nil {
		b.putBackLooks(looks)
	}
	return err
}

// Flush writes the consultations gathered so far.
func (b *Book) Flush(ctx context.Context) error {
	looks := b.takeLooks()
	if len(looks) == 0 {
		return nil
	}
	err := b.engine.Update(ctx, func(tx Tx) error { return newWriting(tx, b.codec).logLooks(looks) })
	if err != nil {
		b.putBackLooks(looks)
	}
	return err
}

func (b *Book) takeLooks() []look {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.looks
	b.looks = nil
	return out
}

func (b *Book) putBackLooks(looks []look) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looks = append(looks, b.looks...)
}

// logLooks writes consultations to the journal, each its own entry.
func (w *writing) logLooks(looks []look) error {
	for _, l := range looks {
		if err := w.journal(note{by: l.by.who, hand: l.by.hand, at: l.at, logged: l.logged, action: "look", reason: l.what, about: touched(l.about)}); err != nil {
			return err
		}
	}
	return nil
}

// touched names records that were looked at or handed over, and not changed.
func touched(refs []model.Ref) []model.Touched {
	out := make([]model.Touched, len(refs))
	for i, ref := range refs {
		out[i].Ref = ref
	}
	return out
}

// changes reports whether an entry changed the record, rather than that somebody looked at it or was given it.
func changes(e model.Entry) bool {
	switch e.Logged {
	case model.Consultation, model.Disclosure:
		return false
	case model.Combination: // of a file with what is on record; or of records in a picture
		return e.Action != "look"
	case model.Collection, model.Alteration, model.Erasure:
	}
	return true
}

// Watch hands out a feed of changes.
func (b *Book) Watch(ctx context.Context) <-chan News { return b.feed.subscribe(ctx) }

// SaveDraft keeps what an officer has typed.
func (b *Book) SaveDraft(ctx context.Context, who model.Ref, form string, text []byte) error {
	return b.engine.Update(ctx, func(tx Tx) error { return tx.Put(draftKey(who, form), text) })
}

// Draft returns what an officer has typed.
func (b *Book) Draft(ctx context.Context, who model.Ref, form string) ([]byte, error) {
	var out []byte
	err := b.engine.View(ctx, func(tx Tx) error {
		raw := tx.Get(draftKey(who, form))
		if raw == nil {
			return ErrNoDraft
		}
		out = append([]byte{}, raw...)
		return nil
	})
	return out, err
}

// DropDraft forgets a draft that was saved or thrown away.
func (b *Book) DropDraft(ctx context.Context, who model.Ref, form string) error {
	if _, err := b.Draft(ctx, who, form); errors.Is(err, ErrNoDraft) {
		return nil
	}
	return b.engine.Update(ctx, func(tx Tx) error { return tx.Delete(draftKey(who, form)) })
}

// Close writes what is gathered and lets go of the store. It may be called more than once.
func (b *Book) Close() error {
	b.closing.Do(func() {
		err := b.Flush(context.Background())
		b.feed.close()
		b.closed = errors.Join(err, b.engine.Close())
	})
	return b.closed
}
