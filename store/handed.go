package store

import "pou/model"

// What left the desk is found from the record it was about, so that a removal can reach it without reading the journal
// through: pou brief makes a disclosure, and the journal of a force has millions of entries.

// handedKeys are the index keys of an entry that says what left the desk.
func handedKeys(e model.Entry) [][]byte {
	if e.Logged != model.Disclosure {
		return nil
	}
	out := make([][]byte, 0, len(e.About))
	for _, t := range e.About {
		out = append(out, handedKey(t.Ref, e.Seq))
	}
	return out
}

// Disclosed lists the entries that say a record left the desk, oldest first.
func (v *view) Disclosed(ref model.Ref) ([]model.Entry, error) {
	var seqs []uint64
	err := v.tx.Scan(handedPrefix(ref), nil, false, func(key, _ []byte) bool {
		seqs = append(seqs, handedSeq(key))
		return true
	})
	var out []model.Entry
	for _, seq := range seqs {
		e, _, err := v.entry(seq)
		if err != nil {
			return out, err
		}
		out = append(out, e)
	}
	return out, err
}
