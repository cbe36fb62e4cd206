package store

import (
	"bytes"
	"context"
	"time"
)

// Engine keeps keys and values in order. Two engines implement it: bolt (embedded) and memory (tests).
type Engine interface {
	// View runs fn on a consistent snapshot.
	View(ctx context.Context, fn func(Tx) error) error
	// Update runs fn and keeps what it wrote if it returns nil, all of it or nothing. An engine may run fn more than
	// once, so fn reads, decides and writes, and does nothing else.
	Update(ctx context.Context, fn func(Tx) error) error
	// Close waits for running transactions and lets go of the file.
	Close() error
}

// Shared is an engine that other machines write to as well.
type Shared interface {
	Engine
	// Follow calls fn with the keys that others changed, after they can be read here; nil when that cannot be listed. It is
	// called from one goroutine at a time, and must not wait.
	Follow(fn func(keys [][]byte))
	// CutOff says since when the others have been out of reach: what is read is then old, and nothing can be written. It is
	// the zero time while they are in reach.
	CutOff() time.Time
}

// Mapped is an engine whose file is mapped into memory.
type Mapped interface {
	Engine
	// LetGo lets the pages of the file go that were read and are not needed again soon.
	LetGo() error
}

// Tx is a transaction. Keys and values it hands out are valid only until it ends: copy what outlives it.
type Tx interface {
	Get(key []byte) []byte // nil when there is none
	Put(key, value []byte) error
	Delete(key []byte) error
	// Scan calls fn for each key that begins with prefix, from start (or the beginning or end when start is nil), in
	// order or in reverse, until fn returns false.
	Scan(prefix, start []byte, reverse bool, fn func(key, value []byte) bool) error
}

// After is the first key past every key with a prefix, for engines that scan backwards; nil when there is none.
func After(prefix []byte) []byte {
	out := bytes.Clone(prefix)
	for i := len(out) - 1; i >= 0; i-- {
		if out[i]++; out[i] != 0 {
			return out[:i+1]
		}
	}
	return nil
}
