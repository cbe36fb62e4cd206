package store

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"pou/model"
)

// view reads records, links and the journal inside a transaction. It is the Reader that callers see and, in part, the
// Source that actions see.
type view struct {
	tx    Tx
	codec *codec
}

// Record reads a record, or says that there is none.
func (v *view) Record(ref model.Ref) (model.Record, error) {
	raw := v.tx.Get(recordKey(ref))
	if raw == nil {
		return nil, missing(ref)
	}
	r, err := v.codec.decode(ref, raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if r == nil {
		return nil, missing(ref)
	}
	return r, nil
}

func missing(ref model.Ref) error {
	return &model.Problem{
		Code: model.NotFound, Rule: "there is no " + ref.Kind().Word() + " " + string(ref),
		Do: "Check the reference, or find the record by name",
	}
}

// Linked lists the records of a kind that are about ref.
func (v *view) Linked(ref model.Ref, kind model.Kind) ([]model.Ref, error) {
	var out []model.Ref
	err := v.tx.Scan(linkPrefix(ref, kind), nil, false, func(key, _ []byte) bool {
		out = append(out, refIn(kind, key))
		return true
	})
	return out, err
}

// FromSource finds the record read from a row of a file.
func (v *view) FromSource(key string) (model.Ref, bool, error) {
	var found model.Ref
	prefix := sourcePrefix(key)
	err := v.tx.Scan(prefix, nil, false, func(k, _ []byte) bool {
		kind, _, _ := bytes.Cut(k[len(prefix):], []byte("/"))
		found = refIn(model.Kind(kind), k)
		return false
	})
	return found, found != "", err
}

// Each visits the records of a kind in order.
func (v *view) Each(kind model.Kind, from model.Ref, fn func(model.Record, error) bool) error {
	prefix := append(append([]byte(prefixRecord), kind...), '/')
	var start []byte
	if from != "" {
		start = recordKey(from)
	}
	return v.tx.Scan(prefix, start, false, func(key, value []byte) bool {
		ref := refIn(kind, key)
		if ref == "" {
			return fn(nil, fmt.Errorf("%w: the key %q names no record", ErrDamaged, key))
		}
		r, err := v.codec.decode(ref, value)
		if r == nil && err == nil {
			return true
		}
		return fn(r, err)
	})
}

// Placed lists the refs in a unit's lists.
func (v *view) Placed(kind model.Kind, unit model.Unit, live bool) ([]model.Ref, error) {
	if unit != "" {
		return v.placed(kind, unit, live)
	}
	out, err := v.placed(kind, "", live)
	for _, u := range model.Units() {
		if err != nil {
			return nil, err
		}
		var more []model.Ref
		more, err = v.placed(kind, u.Code, live)
		out = append(out, more...)
	}
	return out, err
}

func (v *view) placed(kind model.Kind, unit model.Unit, live bool) ([]model.Ref, error) {
	var out []model.Ref
	err := v.tx.Scan(placePrefix(kind, unit, live), nil, false, func(key, _ []byte) bool {
		out = append(out, refIn(kind, key))
		return true
	})
	return out, err
}

// payload is what is kept beside a journal entry and may be erased: what was typed, and the records as they were.
type payload struct {
	Request model.Request `cbor:"1,keyasint"`
	Wiped   []wiped       `cbor:"3,keyasint,omitempty"` // of an erasure: the payloads it wrote anew
	Before  [][]byte      `cbor:"2,keyasint,omitempty"` // one for each record touched, in order; empty when it was made
}

// Entry returns a journal entry with what was typed.
func (v *view) Entry(seq uint64) (model.Entry, model.Request, error) {
	e, p, err := v.entry(seq)
	return e, p.Request, err
}

func (v *view) entry(seq uint64) (model.Entry, payload, error) {
	var e model.Entry
	var p payload
	raw := v.tx.Get(seqKey(prefixJournal, seq))
	if raw == nil {
		return e, p, &model.Problem{
			Code: model.NotFound, Field: "seq", Rule: fmt.Sprintf("there is no journal entry %d", seq), Do: "pou journal list shows the newest",
		}
	}
	if err := v.codec.dec.Unmarshal(raw, &e); err != nil {
		return e, p, fmt.Errorf("%w: journal entry %d: %w", ErrDamaged, seq, err)
	}
	if raw := v.tx.Get(seqKey(prefixPayload, seq)); len(raw) > saltSize {
		if err := v.codec.dec.Unmarshal(raw[saltSize:], &p); err != nil {
			return e, p, fmt.Errorf("%w: what was typed for journal entry %d: %w", ErrDamaged, seq, err)
		}
	}
	return e, p, nil
}

// Past returns a journal entry with the records as they were before it.
func (v *view) Past(seq uint64) (model.Entry, []model.Before, error) {
	e, p, err := v.entry(seq)
	if err != nil {
		return e, nil, err
	}
	if len(p.Before) != len(e.About) {
		return e, nil, nil // a consultation, or erased
	}
	var out []model.Before
	for i, t := range e.About {
		b := model.Before{Ref: t.Ref, Rev: t.Rev}
		if len(p.Before[i]) > 0 {
			if b.Record, err = v.codec.decode(t.Ref, p.Before[i]); err != nil {
				return e, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
			}
		}
		out = append(out, b)
	}
	return e, out, nil
}

// Stands finds the entry that left a record as it now is, seen past entries that were undone.
func (v *view) Stands(ref model.Ref) (last, effective uint64, err error) {
	raw := v.tx.Get(recordKey(ref))
	if raw == nil {
		return 0, 0, nil
	}
	_, meta, _, err := header(raw)
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %s: %w", ErrDamaged, ref, err)
	}
	last, effective = meta.Seq, meta.Seq
	for effective != 0 {
		e, _, err := v.entry(effective)
		if err != nil || e.Undoes == 0 {
			return last, effective, err
		}
		undone, _, err := v.entry(e.Undoes)
		if err != nil {
			return last, effective, err
		}
		next := prevOf(undone, ref)
		if next >= effective {
			return last, effective, fmt.Errorf("%w: the history of %s does not lead back", ErrDamaged, ref)
		}
		effective = next
	}
	return last, effective, nil
}

// undoReach is how far back "the last thing I did" is looked for.
const undoReach = 5000

// LastBy finds the newest change by an officer that has not been undone.
func (v *view) LastBy(officer model.Ref) (uint64, error) {
	undone := map[uint64]bool{}
	var found uint64
	seen := 0
	err := v.Entries(0, true, func(e model.Entry) bool {
		seen++
		if e.Undoes != 0 {
			undone[e.Undoes] = !undone[e.Seq]
		} else if e.By == officer && changes(e) && !undone[e.Seq] && !bulk(e.Action) {
			found = e.Seq
		}
		return found == 0 && seen < undoReach
	})
	return found, err
}

// bulk reports whether an entry is a whole file or the sample, which "undo" without a number never means.
func bulk(action string) bool {
	s, ok := model.Find(action)
	return ok && s.Internal
}

// Entries visits the journal.
func (v *view) Entries(from uint64, reverse bool, fn func(model.Entry) bool) error {
	var start []byte
	if from > 0 {
		start = seqKey(prefixJournal, from)
	}
	var bad error
	err := v.tx.Scan([]byte(prefixJournal), start, reverse, func(key, value []byte) bool {
		var e model.Entry
		if err := v.codec.dec.Unmarshal(value, &e); err != nil {
			bad = fmt.Errorf("%w: journal entry %s: %w", ErrDamaged, bytes.TrimLeft(key[len(prefixJournal):], "0"), err)
			return false
		}
		return fn(e)
	})
	if err == nil {
		err = bad
	}
	return err
}

// History walks back through the entries that changed a record.
func (v *view) History(ref model.Ref) ([]model.Entry, error) {
	raw := v.tx.Get(recordKey(ref))
	if raw == nil {
		return nil, missing(ref)
	}
	_, meta, _, err := header(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, ref, err)
	}
	var out []model.Entry
	for seq := meta.Seq; seq != 0; {
		e, _, err := v.entry(seq)
		if err != nil {
			return out, err
		}
		out = append(out, e)
		next := prevOf(e, ref)
		if next >= seq {
			return out, fmt.Errorf("%w: the history of %s does not lead back", ErrDamaged, ref)
		}
		seq = next
	}
	return out, nil
}

func prevOf(e model.Entry, ref model.Ref) uint64 {
	for _, t := range e.About {
		if t.Ref == ref {
			return t.Prev
		}
	}
	return 0
}

// Info describes the store.
func (v *view) Info() (Info, error) {
	info := Info{Format: formatVersion, Sample: v.tx.Get([]byte(keySample)) != nil}
	var err error
	info.Head, info.Sum, err = v.head()
	return info, err
}

// head is the newest journal entry and its sum.
func (v *view) head() (uint64, model.Digest, error) {
	var sum model.Digest
	raw := v.tx.Get([]byte(keyHead))
	if raw == nil {
		return 0, sum, nil
	}
	if len(raw) != 8+len(sum) {
		return 0, sum, fmt.Errorf("%w: the head of the journal cannot be read", ErrDamaged)
	}
	copy(sum[:], raw[8:])
	return binary.BigEndian.Uint64(raw), sum, nil
}
