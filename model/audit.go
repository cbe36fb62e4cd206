package model

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"
)

// Logged is the kind of processing a journal entry records, as DPA 2018 s.62(1) lists them.
type Logged string

// The kinds of processing that must be logged.
const (
	Collection   Logged = "collection"
	Alteration   Logged = "alteration"
	Consultation Logged = "consultation"
	Disclosure   Logged = "disclosure"
	Combination  Logged = "combination"
	Erasure      Logged = "erasure"
)

// Digest is a SHA-256 sum.
type Digest [sha256.Size]byte

// String is the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes the digest in hexadecimal.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Entry is one line of the journal. What was typed is kept beside it as a payload and only its salted digest is part of
// the chain, so that erasing the payload leaves a chain that still verifies.
type Entry struct {
	Seq     uint64    `cbor:"1,keyasint" json:"seq"`
	At      time.Time `cbor:"2,keyasint" json:"at"`
	By      Ref       `cbor:"3,keyasint" json:"by"`
	Logged  Logged    `cbor:"4,keyasint" json:"logged"`
	Action  string    `cbor:"5,keyasint" json:"action"`
	About   []Touched `cbor:"6,keyasint,omitempty" json:"about,omitempty"`
	Reason  string    `cbor:"7,keyasint,omitempty" json:"reason,omitempty"`
	To      string    `cbor:"8,keyasint,omitempty" json:"to,omitempty"` // recipients of a disclosure
	Payload Digest    `cbor:"9,keyasint" json:"payload"`
	Prev    Digest    `cbor:"10,keyasint" json:"prev"`
	Sum     Digest    `cbor:"11,keyasint" json:"sum"`
	Undoes  uint64    `cbor:"12,keyasint,omitempty" json:"undoes,omitempty"` // the entry an undo takes back
	Hand    string    `cbor:"13,keyasint,omitempty" json:"hand,omitempty"`   // whose hand it was, where somebody acted as By
}

// Touched is a record an entry is about. Prev is the entry that touched it before, so that a record's history is
// a walk back through the journal.
type Touched struct {
	Ref  Ref    `cbor:"1,keyasint" json:"ref"`
	Rev  uint64 `cbor:"2,keyasint,omitempty" json:"rev,omitempty"` // 0: looked at, or taken away
	Prev uint64 `cbor:"3,keyasint,omitempty" json:"prev,omitempty"`
	Sum  Digest `cbor:"4,keyasint,omitzero" json:"sum,omitzero"` // of the record as stored
}

// Link computes the entry's sum: over every other field, each preceded by its length, and the sum of the entry before.
// It does not depend on how entries are encoded in the store.
func (e *Entry) Link(prev Digest) Digest {
	h := sha256.New()
	num := func(n uint64) {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], n)
		h.Write(b[:])
	}
	text := func(s string) {
		num(uint64(len(s)))
		h.Write([]byte(s))
	}
	h.Write(prev[:])
	num(e.Seq)
	num(uint64(e.At.Unix())) //nolint:gosec // a sum over the bits; the sign does not matter
	for _, s := range []string{string(e.By), string(e.Logged), e.Action, e.Reason, e.To} {
		text(s)
	}
	num(e.Undoes)
	h.Write(e.Payload[:])
	num(uint64(len(e.About)))
	for _, t := range e.About {
		text(string(t.Ref))
		num(t.Rev)
		num(t.Prev)
		h.Write(t.Sum[:])
	}
	if e.Hand != "" { // entries from before there was one have the sum they had
		text(e.Hand)
	}
	return Digest(h.Sum(nil))
}

// VerifyChain holds an entry against the one before it. The first bad entry is named.
func VerifyChain(prev Digest, wantSeq uint64, e Entry) error {
	switch {
	case e.Seq != wantSeq:
		return fmt.Errorf("journal entry %d is missing: entry %d stands in its place", wantSeq, e.Seq)
	case e.Prev != prev:
		return fmt.Errorf("journal entry %d does not follow the entry before it", e.Seq)
	case e.Link(prev) != e.Sum:
		return fmt.Errorf("journal entry %d has been altered", e.Seq)
	}
	return nil
}
