package model

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// Ref names a record for life, as officers read it out: P-000482, R-000031, OP-0001/012.
// A ref is never used twice, even when the record is undone.
type Ref string

// Kind is the sort of record a ref names: the letters before its dash.
type Kind string

// The kinds of record. The letters of those in docs/contract are fixed; W, A and K are ours.
const (
	KindPerson    Kind = "P"
	KindWanted    Kind = "W"
	KindAttempt   Kind = "A"
	KindArrest    Kind = "K" // K for custody: A is the attempt
	KindOrder     Kind = "R"
	KindBreach    Kind = "B"
	KindOperation Kind = "OP"
	KindTarget    Kind = "TG" // written OP-0001/012: a target lives in its operation
	KindTask      Kind = "T"
	KindOfficer   Kind = "O"
	KindCase      Kind = "C"
	KindIntel     Kind = "I"
	KindPlan      Kind = "PL"
	KindVersion   Kind = "PV" // an operation order as it was frozen
	KindCheck     Kind = "V"  // a monitoring check or visit
	KindSurvivor  Kind = "VS" // a victim-survivor: need-to-know
	KindWarrant   Kind = "S"  // S for search: W is the wanted line

	KindScreening   Kind = "SC"
	KindReferral    Kind = "ST" // to S-TAC
	KindEngagement  Kind = "E"
	KindEvidence    Kind = "EV" // evidence that does not last
	KindLimit       Kind = "L"
	KindApplication Kind = "AP" // for a stalking protection order
	KindErasure     Kind = "ER" // of a record: proposed by one, confirmed by another
	KindDataset     Kind = "D"  // communications or travel data of a case
	KindStoryboard  Kind = "SB" // findings in that data
)

// NewRef makes the ref of the nth record of a kind other than target.
func NewRef(k Kind, n uint64) Ref {
	var digits [20]byte
	number := strconv.AppendUint(digits[:0], n, 10)
	out := make([]byte, 0, 24) // every key of every list is read so: no formatter
	out = append(append(out, k...), '-')
	for range k.digits() - len(number) {
		out = append(out, '0')
	}
	return Ref(append(out, number...))
}

// NewTargetRef makes the ref of the nth target of an operation: OP-0001/012.
func NewTargetRef(operation Ref, n uint64) Ref {
	return Ref(fmt.Sprintf("%s/%03d", operation, n))
}

// ParseRef reads a ref as an officer types it: any case, leading zeros optional.
func ParseRef(s string) (Ref, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	head, num, ok := strings.Cut(s, "-")
	if !ok {
		return "", false
	}
	kind, known := parseKind(head)
	if !known {
		return "", false
	}
	if kind == KindOperation {
		if op, tg, isTarget := strings.Cut(num, "/"); isTarget {
			a, err1 := parseNumber(op)
			b, err2 := parseNumber(tg)
			return NewTargetRef(NewRef(KindOperation, a), b), err1 == nil && err2 == nil
		}
	}
	n, err := parseNumber(num)
	if err != nil {
		return "", false
	}
	return NewRef(kind, n), true
}

func parseKind(head string) (Kind, bool) {
	for _, k := range Kinds() {
		if string(k) == head && k != KindTarget {
			return k, true
		}
	}
	return "", false
}

func parseNumber(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 48)
	if err == nil && n == 0 {
		err = strconv.ErrRange
	}
	return n, err
}

// Compare orders refs as they count: P-999999 before P-1000000.
func (r Ref) Compare(o Ref) int {
	if c := cmp.Compare(r.Kind(), o.Kind()); c != 0 {
		return c
	}
	if of, other := r.Operation(), o.Operation(); of != other {
		return of.Compare(other)
	}
	return cmp.Compare(r.Number(), o.Number())
}

// Kind reports what sort of record r names; "" when r is not a ref.
func (r Ref) Kind() Kind {
	head, num, ok := strings.Cut(string(r), "-")
	if !ok {
		return ""
	}
	if head == string(KindOperation) && strings.Contains(num, "/") {
		return KindTarget
	}
	return Kind(head)
}

// Number is the number in r: of a target, its number within the operation.
func (r Ref) Number() uint64 {
	s := string(r)
	if i := strings.LastIndexAny(s, "-/"); i >= 0 {
		n, _ := strconv.ParseUint(s[i+1:], 10, 64)
		return n
	}
	return 0
}

// Operation is the operation a target's ref lives in; "" for other refs.
func (r Ref) Operation() Ref {
	if op, _, ok := strings.Cut(string(r), "/"); ok {
		return Ref(op)
	}
	return ""
}
