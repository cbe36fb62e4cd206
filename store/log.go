package store

import (
	"encoding/binary"
	"fmt"

	"pou/model"
)

// The journal answers "who has looked at X" and "what did Y do" from two indexes, so that nobody reads millions of entries
// through: a key for each record a consultation or a combination names, and one for each entry of an officer. Both carry
// nothing but numbers, and both can be made again from the journal.

// logKeys are the index keys of an entry.
func logKeys(e model.Entry) [][]byte {
	out := handedKeys(e)
	if e.By.Kind() == model.KindOfficer {
		out = append(out, doneByKey(e.By, e.Seq))
	}
	if e.Logged == model.Consultation || (e.Logged == model.Combination && !changes(e)) {
		for _, t := range e.About {
			if t.Ref != "" {
				out = append(out, lookedKey(t.Ref, e.Seq))
			}
		}
	}
	if e.Logged == model.Disclosure && e.Action == backedUp {
		out = append(out, seqKey(prefixBackup, e.Seq))
	}
	return out
}

func (w *writing) indexLog(e model.Entry) error {
	for _, key := range logKeys(e) {
		if err := w.tx.Put(key, nil); err != nil {
			return err
		}
	}
	return nil
}

// Looked visits the consultations of a record, the newest first, until fn returns false.
func (v *view) Looked(ref model.Ref, fn func(model.Entry) bool) error {
	head, _, err := v.head()
	going := true
	for stretch := int64(head >> lookedBits); stretch >= 0 && going && err == nil; stretch-- { //nolint:gosec // far below the most
		err = v.indexed(lookedPrefix(ref, uint64(stretch)), func(e model.Entry) bool { //nolint:gosec // not negative
			going = fn(e)
			return going
		})
	}
	return err
}

// DoneBy visits what an officer did and looked at, the newest first, until fn returns false.
func (v *view) DoneBy(officer model.Ref, fn func(model.Entry) bool) error {
	return v.indexed(append(appendRef([]byte(prefixDoneBy), officer), '/'), fn)
}

// Backups lists the entries that say a copy of the store was made, the oldest first.
func (v *view) Backups() ([]model.Entry, error) {
	var out []model.Entry
	err := v.tx.Scan([]byte(prefixBackup), nil, false, func(key, _ []byte) bool {
		if e, _, err := v.entry(handedSeq(key)); err == nil {
			out = append(out, e)
		}
		return true
	})
	return out, err
}

// indexed visits the entries an index names, the newest first.
func (v *view) indexed(prefix []byte, fn func(model.Entry) bool) error {
	var bad error
	err := v.tx.Scan(prefix, nil, true, func(key, _ []byte) bool {
		e, err := v.bare(handedSeq(key))
		if err != nil {
			bad = err
			return false
		}
		return fn(e)
	})
	if err == nil {
		err = bad
	}
	return err
}

// bare reads an entry without what was typed.
func (v *view) bare(seq uint64) (model.Entry, error) {
	var e model.Entry
	raw := v.tx.Get(seqKey(prefixJournal, seq))
	if raw == nil {
		return e, fmt.Errorf("%w: journal entry %d is in the index and not in the journal", ErrDamaged, seq)
	}
	if err := v.codec.dec.Unmarshal(raw, &e); err != nil {
		return e, fmt.Errorf("%w: journal entry %d: %w", ErrDamaged, seq, err)
	}
	return e, nil
}

// checkLog wants each index key of the journal's entries, and no others. It holds them one by one: a force's log has more
// of them than fit in memory.
func (v *view) checkLog(rep *Report) error {
	want := 0
	err := v.Entries(0, false, func(e model.Entry) bool {
		seen := map[string]bool{}
		for _, key := range logKeys(e) {
			if seen[string(key)] {
				continue
			}
			seen[string(key)] = true
			want++
			if v.tx.Get(key) == nil {
				rep.add("index", "the entry %q is missing", key)
			}
		}
		return true
	})
	if err != nil {
		rep.add("journal", "%s", err)
	}
	have := 0
	for _, prefix := range []string{prefixHanded, prefixLooked, prefixDoneBy, prefixBackup} {
		if err := v.tx.Scan([]byte(prefix), nil, false, func([]byte, []byte) bool { have++; return true }); err != nil {
			return err
		}
	}
	rep.Indexed += have
	if have > want {
		rep.add("index", "%d entries of the log's index stand for nothing in the journal", have-want)
	}
	return nil
}

// upgradeKeys bounds what one step of an upgrade writes: a force's journal does not fit in one transaction.
const upgradeKeys = 20000

// upgrade takes one step of bringing an older store to this version: version 1 had no index of what left the desk, version
// 2 none of who looked, of who did what, and of what is restricted. It may be cut off and goes on where it was.
func (w *writing) upgrade() (done bool, err error) {
	from := uint64(1)
	if raw := w.tx.Get([]byte(keyUpgrade)); len(raw) == 8 {
		from = binary.BigEndian.Uint64(raw)
	} else if err := w.indexRestricted(); err != nil {
		return false, err
	}
	var step []model.Entry
	keys, next := 0, uint64(0)
	err = w.Entries(from, false, func(e model.Entry) bool {
		if keys >= upgradeKeys {
			next = e.Seq
			return false
		}
		step = append(step, e)
		keys += len(e.About) + 1
		return true
	})
	if err != nil {
		return false, err
	}
	for _, e := range step {
		if err := w.indexLog(e); err != nil {
			return false, err
		}
	}
	if next != 0 {
		return false, w.tx.Put([]byte(keyUpgrade), binary.BigEndian.AppendUint64(nil, next))
	}
	if err := w.tx.Delete([]byte(keyUpgrade)); err != nil {
		return false, err
	}
	return true, w.tx.Put([]byte(keyFormat), []byte{formatVersion})
}

// indexRestricted marks the records that were restricted before there was an index of them.
func (w *writing) indexRestricted() error {
	for _, kind := range []model.Kind{model.KindReferral, model.KindCase} {
		var found []model.Ref
		err := w.Each(kind, "", func(r model.Record, err error) bool {
			if err == nil && model.Restricted(r) {
				found = append(found, r.Head().Ref)
			}
			return true
		})
		if err != nil {
			return err
		}
		for _, ref := range found {
			if err := w.tx.Put(restrictedKey(ref), nil); err != nil {
				return err
			}
		}
	}
	return nil
}
