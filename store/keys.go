package store

import (
	"crypto/sha256"
	"strconv"

	"pou/model"
)

// The key layout, version 1. Numbers are padded so that keys sort as they count.
//
//	r/<kind>/<number>             a record
//	l/<about>/<kind>/<number>     a link: a record of kind is about another
//	u/<kind>/<unit>/<1|0>/<ref>   a place: in a unit's list, live or ended
//	s/<digest>                    the record read from a row of a file
//	j/<seq>                       a journal entry
//	f/<seq>                       its payload: salt, what was typed, records as they were before
//	k/<officer>/<key>             the receipt of a request with a key
//	d/<officer>/<form>            a draft
//	m/...                         format, sample mark, head of the journal, counters
const (
	prefixRecord  = "r/"
	prefixLink    = "l/"
	prefixPlace   = "u/"
	prefixSource  = "s/"
	prefixJournal = "j/"
	prefixPayload = "f/"
	prefixReceipt = "k/"
	prefixDraft   = "d/"
	keyFormat     = "m/format"
	keySample     = "m/sample"
	keyHead       = "m/head"
	prefixNext    = "m/next/"

	formatVersion = 1
	allUnits      = "--"
)

// appendPadded appends n in twelve digits.
func appendPadded(b []byte, n uint64) []byte {
	var digits [20]byte
	s := strconv.AppendUint(digits[:0], n, 10)
	for range 12 - len(s) {
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

// refIn reads a ref from the end of a key, where appendRef put it.
func refIn(kind model.Kind, key []byte) model.Ref {
	last := key[len(key)-12:]
	n, _ := strconv.ParseUint(string(last), 10, 64)
	if kind != model.KindTarget {
		return model.NewRef(kind, n)
	}
	op, _ := strconv.ParseUint(string(key[len(key)-25:len(key)-13]), 10, 64)
	return model.NewTargetRef(model.NewRef(model.KindOperation, op), n)
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
	if k := ref.Kind(); k == model.KindPerson || k == model.KindAttempt { // found, not listed
		return nil, false
	}
	unit, live := r.Place()
	return appendRef(placePrefix(ref.Kind(), unit, live), ref), true
}

func sourceKey(key string) []byte {
	sum := sha256.Sum256([]byte(key))
	return append([]byte(prefixSource), sum[:16]...)
}

func seqKey(prefix string, seq uint64) []byte { return appendPadded([]byte(prefix), seq) }

func receiptKey(who model.Ref, key string) []byte {
	return []byte(prefixReceipt + string(who) + "/" + key)
}

func draftKey(who model.Ref, form string) []byte {
	return []byte(prefixDraft + string(who) + "/" + form)
}
