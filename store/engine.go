package store

import (
	"bytes"
	"context"
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
