package store

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"pou/model"
)

const saltSize = 16

// writing is one change being written inside a transaction.
type writing struct {
	view
	next map[model.Kind]uint64 // counters handed out, written once at the end
}

func newWriting(tx Tx, c *codec) *writing {
	return &writing{view: view{tx: tx, codec: c}, next: map[model.Kind]uint64{}}
}

// Next hands out the next free ref of a kind.
func (w *writing) Next(kind model.Kind) (model.Ref, error) {
	n, known := w.next[kind]
	if !known {
		if raw := w.tx.Get([]byte(prefixNext + string(kind))); len(raw) == 8 {
			n = binary.BigEndian.Uint64(raw)
		}
	}
	w.next[kind] = n + 1
	return model.NewRef(kind, n+1), nil
}

// claim moves the counter past a ref that came with its record.
func (w *writing) claim(ref model.Ref) {
	kind := ref.Kind()
	if kind == model.KindTarget { // numbered by its operation
		return
	}
	if _, known := w.next[kind]; !known {
		raw := w.tx.Get([]byte(prefixNext + string(kind)))
		if len(raw) == 8 {
			w.next[kind] = binary.BigEndian.Uint64(raw)
		}
	}
	w.next[kind] = max(w.next[kind], ref.Number())
}

// claimAll keeps the refs a batch brings along from being handed out to its other records.
func (w *writing) claimAll(batch model.Batch) {
	for _, r := range batch.Records {
		if ref := r.Head().Ref; ref != "" {
			w.claim(ref)
		}
	}
}

// note is one journal entry to write.
type note struct {
	by      model.Ref
	at      time.Time
	logged  model.Logged
	hand    string
	action  string
	reason  string
	to      string // recipients of a disclosure
	undoes  uint64
	request model.Request
	about   []model.Touched
	before  [][]byte
	wiped   []wiped
}

// commit writes what a change put and took away, its indexes and its journal entry.
func (w *writing) commit(c *model.Change, n note) (model.Receipt, error) {
	seq, _, err := w.head()
	if err != nil {
		return model.Receipt{}, err
	}
	seq++
	receipt := model.Receipt{OK: true, Seq: seq}
	n.logged = model.Alteration
	made := 0
	for _, r := range c.Puts() {
		t, before, err := w.put(r, seq)
		if err != nil {
			return receipt, err
		}
		if before == nil {
			made++
		}
		n.about, n.before = append(n.about, t), append(n.before, before)
		receipt.Changed = append(receipt.Changed, model.Changed{Ref: t.Ref, Rev: t.Rev})
	}
	for _, ref := range c.Gone() {
		t, before, err := w.take(ref, seq)
		if err != nil {
			return receipt, err
		}
		n.about, n.before = append(n.about, t), append(n.before, before)
		receipt.Changed = append(receipt.Changed, model.Changed{Ref: ref})
	}
	if gone := c.Wiped(); len(gone) > 0 {
		about, anew, err := w.wipeAll(gone, seq)
		if err != nil {
			return receipt, err
		}
		n.about, n.before, n.wiped = append(n.about, about...), nil, anew
		for _, ref := range gone {
			receipt.Changed = append(receipt.Changed, model.Changed{Ref: ref})
		}
	}
	switch {
	case len(c.Wiped()) > 0 || c.Erases:
		n.logged = model.Erasure
	case made > 0 && made == len(n.about):
		n.logged = model.Collection
	case c.Combines:
		n.logged = model.Combination
	}
	if len(n.about) == 0 && len(c.Looked) > 0 {
		n.logged, n.about = model.Consultation, touched(c.Looked)
		return receipt, w.journal(n)
	}
	if len(n.about) == 0 {
		return receipt, model.Refuse("", "nothing would change", "Check what was asked")
	}
	return receipt, w.journal(n)
}

// put writes a record and moves its index entries; before is its stored form until now.
func (w *writing) put(r model.Record, seq uint64) (t model.Touched, before []byte, err error) {
	h := r.Head()
	key := recordKey(h.Ref)
	t = model.Touched{Ref: h.Ref}
	var old model.Record
	if raw := w.tx.Get(key); raw != nil {
		_, meta, _, err := header(raw)
		if err != nil {
			return t, nil, fmt.Errorf("%w: %s: %w", ErrDamaged, h.Ref, err)
		}
		t.Prev, h.Rev = meta.Seq, meta.Rev
		if old, err = w.codec.decode(h.Ref, raw); err != nil {
			return t, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if old != nil {
			before = bytes.Clone(raw)
		}
	} else {
		h.Rev = 0
		w.claim(h.Ref)
	}
	if err := w.holds(r); err != nil {
		return t, nil, err
	}
	h.Rev, h.Seq = h.Rev+1, seq
	value, err := w.codec.encode(r)
	if err != nil {
		return t, nil, err
	}
	t.Rev, t.Sum = h.Rev, sha256.Sum256(value)
	if err := w.tx.Put(key, value); err != nil {
		return t, nil, err
	}
	return t, before, w.reindex(old, r)
}

// take leaves a tombstone in a record's place.
func (w *writing) take(ref model.Ref, seq uint64) (t model.Touched, before []byte, err error) {
	t = model.Touched{Ref: ref}
	old, err := w.Record(ref)
	if err != nil {
		return t, nil, err
	}
	t.Prev = old.Head().Seq
	before = bytes.Clone(w.tx.Get(recordKey(ref)))
	gone := tombstone(old.Head().Rev, seq)
	t.Sum = sha256.Sum256(gone)
	if err := w.tx.Put(recordKey(ref), gone); err != nil {
		return t, nil, err
	}
	return t, before, w.reindex(old, nil)
}

// journal appends an entry to the chain, and its payload beside it.
func (w *writing) journal(n note) error {
	seq, prev, err := w.head()
	if err != nil {
		return err
	}
	body, err := w.codec.enc.Marshal(payload{Request: n.request, Before: n.before, Wiped: n.wiped})
	if err != nil {
		return fmt.Errorf("journal entry %d: %w", seq+1, err)
	}
	kept := make([]byte, saltSize, saltSize+len(body))
	if _, err := rand.Read(kept); err != nil {
		return fmt.Errorf("journal entry %d: %w", seq+1, err)
	}
	kept = append(kept, body...)
	e := model.Entry{
		Seq: seq + 1, At: n.at, By: n.by, Logged: n.logged, Action: n.action, About: n.about, Reason: n.reason, To: n.to, Undoes: n.undoes, Hand: n.hand,
		Payload: sha256.Sum256(kept), Prev: prev,
	}
	e.Sum = e.Link(prev)
	raw, err := w.codec.enc.Marshal(&e)
	if err != nil {
		return fmt.Errorf("journal entry %d: %w", e.Seq, err)
	}
	if err := w.tx.Put(seqKey(prefixJournal, e.Seq), raw); err != nil {
		return err
	}
	if err := w.tx.Put(seqKey(prefixPayload, e.Seq), kept); err != nil {
		return err
	}
	if err := w.indexLog(e); err != nil {
		return err
	}
	head := binary.BigEndian.AppendUint64(nil, e.Seq)
	return w.tx.Put([]byte(keyHead), append(head, e.Sum[:]...))
}

// counters writes the counters that were handed out.
func (w *writing) counters() error {
	for kind, n := range w.next {
		if err := w.tx.Put([]byte(prefixNext+string(kind)), binary.BigEndian.AppendUint64(nil, n)); err != nil {
			return err
		}
	}
	return nil
}

// indexEntries are the index keys of a record with their values.
func indexEntries(r model.Record) map[string][]byte {
	if r == nil {
		return nil
	}
	ref := r.Head().Ref
	out := map[string][]byte{}
	for _, about := range r.Links() {
		out[string(linkKey(about, ref))] = nil
	}
	if key, ok := placeKey(r); ok {
		out[string(key)] = nil
	}
	if model.Restricted(r) {
		out[string(restrictedKey(ref))] = nil
	}
	if h, ok := r.(holder); ok {
		for _, d := range h.Blobs() {
			out[string(heldKey(d, ref))] = nil
		}
	}
	if k, ok := r.(model.Keyed); ok {
		for _, key := range k.SourceKeys() {
			out[string(sourceKey(key, ref))] = nil
		}
	}
	return out
}

// reindex moves the index from a record's old form to its new one.
func (w *writing) reindex(old, now model.Record) error {
	was, is := indexEntries(old), indexEntries(now)
	for key := range was {
		if _, keep := is[key]; keep {
			continue
		}
		if err := w.tx.Delete([]byte(key)); err != nil {
			return err
		}
		if d, ok := heldDigest(prefixHeld, []byte(key)); ok && strings.HasPrefix(key, prefixHeld) {
			if err := w.letGo(d); err != nil {
				return err
			}
		}
	}
	for key, value := range is {
		if had, ok := was[key]; ok && bytes.Equal(had, value) {
			continue
		}
		if err := w.tx.Put([]byte(key), value); err != nil {
			return err
		}
	}
	return nil
}
