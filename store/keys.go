package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"pou/model"
)

// The key layout, version 3 (version 1 had no h/, version 2 none of w/ v/ b/ q/). Numbers are padded so that keys sort as they count.
//
//	r/<kind>/<number>             a record
//	l/<about>/<kind>/<number>     a link: a record of kind is about another
//	u/<kind>/<unit>/<1|0>/<ref>   a place: in a unit's list, live or ended
//	s/<digest>/<kind>/<number>    the record read from a row of a file
//	j/<seq>                       a journal entry
//	h/<about>/<seq>               a journal entry that says a record was handed out: a disclosure
//	w/<stretch>/<about>/<seq>     a journal entry that says a record was looked at, or combined with others
//	v/<officer>/<seq>             a journal entry by an officer
//	b/<seq>                       a journal entry that says a copy of the store was made
//	z/<seq>                       a payload that an erasure wrote anew: the erasure's entry
//	q/<kind>/<number>             a record that is restricted by itself
//	f/<seq>                       its payload: salt, what was typed, records as they were before
//	k/<officer>/<key>             the receipt of a request with a key
//	d/<officer>/<form>            a draft
//	x/<sum>                       a blob: when it was kept, then its bytes
//	y/<sum>/<kind>/<number>       a record that holds the blob
//	m/...                         format, sample mark, head of the journal, counters
const (
	prefixRecord     = "r/"
	prefixLink       = "l/"
	prefixPlace      = "u/"
	prefixSource     = "s/"
	prefixJournal    = "j/"
	prefixHanded     = "h/"
	prefixLooked     = "w/"
	prefixDoneBy     = "v/"
	prefixBackup     = "b/"
	prefixWiped      = "z/"
	prefixRestricted = "q/"
	prefixPayload    = "f/"
	prefixReceipt    = "k/"
	prefixDraft      = "d/"
	prefixBlob       = "x/"
	prefixHeld       = "y/"
	keyFormat        = "m/format"
	keySample        = "m/sample"
	keyHead          = "m/head"
	keyUpgrade       = "m/upgrade"
	prefixNext       = "m/next/"

	formatVersion = 3
	allUnits      = "--"
)

// appendPadded appends n in twelve digits.
func appendPadded(b []byte, n uint64) []byte {
	var digits [20]byte
	s := strconv.AppendUint(digits[:0], n, 10)
	for range padded - len(s) {
		b = append(b, '0')
	}
	return append(b, s...)
}

// appendRef appends a ref in sortable form: kind/number, or TG/operation/number.
func appendRef(b []byte, ref model.Ref) []byte {
	kind := ref.Kind()
	b = append(b, kind...)
	b = append(b, '/')
	if op := ref.Operation(); op != "" {
		b = appendPadded(b, op.Number())
		b = append(b, '/')
	}
	return appendPadded(b, ref.Number())
}

// refIn reads a ref from the end of a key, where appendRef put it; "" when the key does not end in one.
func refIn(kind model.Kind, key []byte) model.Ref {
	n, ok := numberAt(key, 1)
	if kind != model.KindTarget {
		if !ok {
			return ""
		}
		return model.NewRef(kind, n)
	}
	op, okToo := numberAt(key, 2)
	if !ok || !okToo {
		return ""
	}
	return model.NewTargetRef(model.NewRef(model.KindOperation, op), n)
}

// padded is how wide a number is in a key.
const padded = 12

// numberAt reads the nth padded number from the end of a key; each stands after a slash.
func numberAt(key []byte, nth int) (uint64, bool) {
	end := len(key) - (nth-1)*(padded+1)
	if end-padded < 1 || key[end-padded-1] != '/' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(key[end-padded:end]), 10, 64)
	return n, err == nil && n > 0
}

// refOf reads the ref of a whole record key; "" when it is not the key of any record.
func refOf(key []byte) model.Ref {
	kind, _, _ := bytes.Cut(bytes.TrimPrefix(key, []byte(prefixRecord)), []byte("/"))
	ref := refIn(model.Kind(kind), key)
	if ref == "" || model.NewRecord(model.Kind(kind)) == nil || !bytes.Equal(recordKey(ref), key) {
		return ""
	}
	return ref
}

func recordKey(ref model.Ref) []byte { return appendRef([]byte(prefixRecord), ref) }

func linkPrefix(about model.Ref, kind model.Kind) []byte {
	b := appendRef([]byte(prefixLink), about)
	b = append(b, '/')
	b = append(b, kind...)
	return append(b, '/')
}

func linkKey(about, ref model.Ref) []byte {
	b := appendRef([]byte(prefixLink), about)
	b = append(b, '/')
	return appendRef(b, ref)
}

func placePrefix(kind model.Kind, unit model.Unit, live bool) []byte {
	b := append([]byte(prefixPlace), kind...)
	b = append(b, '/')
	if unit == "" {
		unit = allUnits
	}
	b = append(b, unit...)
	if live {
		return append(b, "/1/"...)
	}
	return append(b, "/0/"...)
}

func placeKey(r model.Record) ([]byte, bool) {
	ref := r.Head().Ref
	if !ref.Kind().Listed() {
		return nil, false
	}
	unit, live := r.Place()
	return appendRef(placePrefix(ref.Kind(), unit, live), ref), true
}

// sourcePrefix begins the keys of the records read from a row of a file. The digest is in hexadecimal, so that no key of
// one row begins with that of another.
func sourcePrefix(key string) []byte {
	sum := sha256.Sum256([]byte(key))
	return append(hex.AppendEncode([]byte(prefixSource), sum[:16]), '/')
}

func sourceKey(key string, ref model.Ref) []byte { return appendRef(sourcePrefix(key), ref) }

func seqKey(prefix string, seq uint64) []byte { return appendPadded([]byte(prefix), seq) }

// handedPrefix begins the keys of the disclosures of a record.
func handedPrefix(about model.Ref) []byte { return append(appendRef([]byte(prefixHanded), about), '/') }

// lookedBits is how many entries of the journal share a stretch of the index of who looked: 4,096. Within a stretch it is in
// the order of the records. What is written at one time then lies close together, and a question is one look into each stretch.
const lookedBits = 12

func lookedPrefix(about model.Ref, stretch uint64) []byte {
	return append(appendRef(append(appendPadded([]byte(prefixLooked), stretch), '/'), about), '/')
}

func lookedKey(about model.Ref, seq uint64) []byte {
	return appendPadded(lookedPrefix(about, seq>>lookedBits), seq)
}

func doneByKey(officer model.Ref, seq uint64) []byte {
	return appendPadded(append(appendRef([]byte(prefixDoneBy), officer), '/'), seq)
}

func restrictedKey(ref model.Ref) []byte { return appendRef([]byte(prefixRestricted), ref) }

func handedKey(about model.Ref, seq uint64) []byte { return appendPadded(handedPrefix(about), seq) }

// handedSeq reads the number of the entry at the end of a key.
func handedSeq(key []byte) uint64 {
	n, _ := numberAt(key, 1)
	return n
}

func receiptKey(who model.Ref, key string) []byte {
	return []byte(prefixReceipt + string(who) + "/" + key)
}

func draftKey(who model.Ref, form string) []byte {
	return []byte(prefixDraft + string(who) + "/" + form)
}
