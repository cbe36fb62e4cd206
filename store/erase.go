package store

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"pou/model"
)

// An erasure takes the record away and reaches what was kept beside the journal about it: what was typed, and the record as
// it stood before each change. The entries themselves stay, with the digests they were chained by. What is left of each
// payload is written anew, and its new digest is in the payload of the erasure's own entry, which the chain holds: a
// payload that is not as its entry says is either named there, or has been tampered with.

// wiped is a payload that an erasure wrote anew.
type wiped struct {
	Seq uint64       `cbor:"1,keyasint"`
	Sum model.Digest `cbor:"2,keyasint"`
}

// wipe takes away a record for good, with what the journal keeps beside its entries about it.
func (w *writing) wipe(ref model.Ref, seq uint64) (t model.Touched, seqs []uint64, err error) {
	raw := w.tx.Get(recordKey(ref))
	if raw == nil {
		return t, nil, missing(ref)
	}
	_, meta, _, err := header(raw)
	if err != nil {
		return t, nil, fmt.Errorf("%w: %s: %w", ErrDamaged, ref, err)
	}
	for at := meta.Seq; at != 0; {
		e, err := w.bare(at)
		if err != nil {
			return t, nil, err
		}
		seqs = append(seqs, at)
		next := prevOf(e, ref)
		if next >= at {
			return t, nil, fmt.Errorf("%w: the history of %s does not lead back", ErrDamaged, ref)
		}
		at = next
	}
	if err := w.Looked(ref, func(e model.Entry) bool {
		if e.Action != "look" { // a reveal, with what the officer typed
			seqs = append(seqs, e.Seq)
		}
		return true
	}); err != nil {
		return t, nil, err
	}
	t, _, err = w.take(ref, seq)
	if err != nil {
		return t, nil, err
	}
	return t, seqs, w.forgetTyped(ref)
}

// blank takes out of a payload what is about records that are gone.
func (w *writing) blank(seq uint64, gone []model.Ref) (model.Digest, error) {
	e, p, err := w.entry(seq)
	if err != nil {
		return model.Digest{}, err
	}
	typed := len(p.Request.Fields) > 0
	p.Request.Fields, p.Request.Key = nil, ""
	switch {
	case len(p.Before) != len(e.About):
		p.Before = nil
	case typed: // other records of the action stood beside it: what was typed about one may be in them all
		p.Before = nil
	default: // a file: its other rows are about other people
		for i, t := range e.About {
			if slices.Contains(gone, t.Ref) {
				p.Before[i] = nil
			}
		}
	}
	body, err := w.codec.enc.Marshal(p)
	if err != nil {
		return model.Digest{}, fmt.Errorf("journal entry %d: %w", seq, err)
	}
	kept := make([]byte, saltSize, saltSize+len(body))
	if _, err := rand.Read(kept); err != nil {
		return model.Digest{}, fmt.Errorf("journal entry %d: %w", seq, err)
	}
	kept = append(kept, body...)
	return sha256.Sum256(kept), w.tx.Put(seqKey(prefixPayload, seq), kept)
}

// forgetTyped drops the receipts and the drafts that name a record.
func (w *writing) forgetTyped(ref model.Ref) error {
	var keys [][]byte
	err := w.tx.Scan([]byte(prefixReceipt), nil, false, func(key, value []byte) bool {
		var kept keptReceipt
		if err := w.codec.dec.Unmarshal(value, &kept); err == nil && slices.ContainsFunc(kept.Changed, func(c model.Changed) bool { return c.Ref == ref }) {
			keys = append(keys, bytes.Clone(key))
		}
		return true
	})
	if err != nil {
		return err
	}
	err = w.tx.Scan([]byte(prefixDraft), nil, false, func(key, value []byte) bool {
		if bytes.Contains(key, []byte(ref)) || bytes.Contains(value, []byte(ref)) {
			keys = append(keys, bytes.Clone(key))
		}
		return true
	})
	for _, key := range keys {
		if err := w.tx.Delete(key); err != nil {
			return err
		}
	}
	return err
}

// wipeAll wipes the records of a change, and returns what its own entry says of it.
func (w *writing) wipeAll(refs []model.Ref, seq uint64) (about []model.Touched, anew []wiped, err error) {
	var seqs []uint64
	for _, ref := range refs {
		t, of, err := w.wipe(ref, seq)
		if err != nil {
			return nil, nil, err
		}
		about, seqs = append(about, t), append(seqs, of...)
	}
	slices.Sort(seqs)
	for _, at := range slices.Compact(seqs) {
		sum, err := w.blank(at, refs)
		if err != nil {
			return nil, nil, err
		}
		anew = append(anew, wiped{Seq: at, Sum: sum})
		if err := w.tx.Put(seqKey(prefixWiped, at), binary.BigEndian.AppendUint64(nil, seq)); err != nil {
			return nil, nil, err
		}
	}
	return about, anew, nil
}

// wipedAs reports whether an erasure of the journal says that a payload has this sum since.
func (v *view) wipedAs(seq uint64, sum model.Digest, known map[uint64]map[uint64]model.Digest) bool {
	raw := v.tx.Get(seqKey(prefixWiped, seq))
	if len(raw) != 8 {
		return false
	}
	by := binary.BigEndian.Uint64(raw)
	if known[by] == nil {
		known[by] = map[uint64]model.Digest{}
		kept := v.tx.Get(seqKey(prefixPayload, by))
		if e, p, err := v.entry(by); err == nil && e.Logged == model.Erasure && sha256.Sum256(kept) == e.Payload {
			for _, w := range p.Wiped {
				known[by][w.Seq] = w.Sum
			}
		}
	}
	want, ok := known[by][seq]
	return ok && want == sum
}
