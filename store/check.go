package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"pou/model"
)

// Finding is something [Book.Check] found wrong.
type Finding struct {
	Where string `json:"where"`
	What  string `json:"what"`
}

// Report is what [Book.Check] looked at and found.
type Report struct {
	Records  int          `json:"records"`
	Entries  int          `json:"journal_entries"`
	Indexed  int          `json:"index_entries"`
	Head     uint64       `json:"head"`
	Sum      model.Digest `json:"sum"`
	Findings []Finding    `json:"findings"`
}

// maxFindings bounds a report on a badly damaged store.
const maxFindings = 100

func (r *Report) add(where, format string, args ...any) {
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, Finding{Where: where, What: fmt.Sprintf(format, args...)})
	}
}

// Check holds the whole store against itself: every record can be read and obeys its rules, the index is what the
// records say, the journal's chain is whole, and each record is the one its last journal entry left.
func (b *Book) Check(ctx context.Context) (Report, error) {
	var rep Report
	err := b.engine.View(ctx, func(tx Tx) error {
		v := &view{tx: tx, codec: b.codec}
		sums, err := v.verify(&rep)
		if err != nil {
			return err
		}
		want, err := v.checkRecords(&rep, sums)
		if err != nil {
			return err
		}
		if err := v.checkLog(&rep); err != nil {
			return err
		}
		if err := v.checkBlobs(&rep, want); err != nil {
			return err
		}
		return v.checkIndex(&rep, want)
	})
	return rep, err
}

// Verify recomputes the journal's chain alone.
func (b *Book) Verify(ctx context.Context) (Report, error) {
	var rep Report
	err := b.engine.View(ctx, func(tx Tx) error {
		_, err := (&view{tx: tx, codec: b.codec}).verify(&rep)
		return err
	})
	return rep, err
}

// verify walks the chain; it returns the newest sum of every record the journal names.
func (v *view) verify(rep *Report) (map[model.Ref]model.Touched, error) {
	var prev model.Digest
	sums := map[model.Ref]model.Touched{}
	wiped := map[uint64]map[uint64]model.Digest{}
	next := uint64(1)
	err := v.Entries(0, false, func(e model.Entry) bool {
		if err := model.VerifyChain(prev, next, e); err != nil {
			rep.add("journal", "%s", err)
			return false
		}
		switch raw := v.tx.Get(seqKey(prefixPayload, e.Seq)); {
		case raw == nil:
			rep.add("journal", "what was typed for journal entry %d is gone, and no erasure says why", e.Seq)
		case sha256.Sum256(raw) != e.Payload && !v.wipedAs(e.Seq, sha256.Sum256(raw), wiped):
			rep.add("journal", "what was typed for journal entry %d has been altered", e.Seq)
		}
		if changes(e) {
			for _, t := range e.About {
				sums[t.Ref] = t
			}
		}
		prev, next = e.Sum, e.Seq+1
		rep.Entries++
		return true
	})
	if err != nil {
		rep.add("journal", "%s", err)
	}
	head, sum, err := v.head()
	if err != nil {
		return sums, err
	}
	if len(rep.Findings) == 0 && (head != next-1 || sum != prev) {
		rep.add("journal", "the journal ends at entry %d, but entry %d was written: its tail is missing", next-1, head)
	}
	err = v.tx.Scan([]byte(prefixPayload), seqKey(prefixPayload, next), false, func(key, _ []byte) bool {
		rep.add("journal", "something typed is kept for entry %s, which is not there", bytes.TrimLeft(key[len(prefixPayload):], "0"))
		return true
	})
	rep.Head, rep.Sum = head, sum
	return sums, err
}

// checkRecords reads every record and returns the index entries they call for.
func (v *view) checkRecords(rep *Report, sums map[model.Ref]model.Touched) (map[string][]byte, error) {
	want := map[string][]byte{}
	most := map[model.Kind]model.Ref{}
	err := v.tx.Scan([]byte(prefixRecord), nil, false, func(key, value []byte) bool {
		ref := refOf(key)
		if ref == "" {
			rep.add(string(key), "is a key that names no record")
			return true
		}
		if kind := ref.Kind(); ref.Number() >= most[kind].Number() {
			most[kind] = ref
		}
		v.checkRecord(rep, ref, value, sums, want)
		return true
	})
	for ref := range sums {
		rep.add(string(ref), "the journal says it was written, but it is not there")
	}
	v.checkCounters(rep, most)
	return want, err
}

// checkCounters wants every ref on record to be one that will not be handed out again.
func (v *view) checkCounters(rep *Report, most map[model.Kind]model.Ref) {
	for kind, ref := range most {
		var n uint64
		if raw := v.tx.Get([]byte(prefixNext + string(kind))); len(raw) == 8 {
			n = binary.BigEndian.Uint64(raw)
		}
		if kind != model.KindTarget && n < ref.Number() { // targets are numbered by their operation
			rep.add(string(ref), "is beyond the counter of its kind (%d), which would hand its ref out again", n)
		}
	}
}

func (v *view) checkRecord(rep *Report, ref model.Ref, value []byte, sums map[model.Ref]model.Touched, want map[string][]byte) {
	last, named := sums[ref]
	delete(sums, ref)
	r, err := v.codec.decode(ref, value)
	switch {
	case err != nil:
		rep.add(string(ref), "cannot be read: %s", err)
		return
	case !named:
		rep.add(string(ref), "is on record, but no journal entry wrote it")
	case r == nil && last.Rev != 0:
		rep.add(string(ref), "has been taken away, but its last journal entry wrote it")
	case last.Sum != sha256.Sum256(value):
		rep.add(string(ref), "is not as its last journal entry left it")
	}
	if r == nil {
		return
	}
	rep.Records++
	if err := r.Check(); err != nil {
		rep.add(string(ref), "%s", err)
	}
	for k, val := range indexEntries(r) {
		want[k] = val
	}
}

// checkIndex compares the stored index with the one the records call for.
func (v *view) checkIndex(rep *Report, want map[string][]byte) error {
	for _, prefix := range []string{prefixLink, prefixPlace, prefixSource, prefixRestricted, prefixHeld} {
		err := v.tx.Scan([]byte(prefix), nil, false, func(key, value []byte) bool {
			rep.Indexed++
			val, ok := want[string(key)]
			if !ok || !bytes.Equal(val, value) {
				rep.add("index", "the entry %q stands for nothing on record", key)
			}
			delete(want, string(key))
			return true
		})
		if err != nil {
			return err
		}
	}
	for key := range want {
		rep.add("index", "the entry %q is missing", key)
	}
	return nil
}
