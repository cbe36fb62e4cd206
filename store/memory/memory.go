// Package memory is an engine that keeps everything in memory: for tests and demonstrations.
package memory

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"github.com/tidwall/btree"

	"pou/store"
)

// tree is a copy-on-write B-tree: a copy costs nothing until one of the two is written.
type tree = btree.Map[string, []byte]

// Engine is an ordered map. One update runs at a time; a view sees the last finished one, whatever is written meanwhile.
type Engine struct {
	writing sync.Mutex // held through an update
	mu      sync.Mutex // guards now
	now     *tree
}

var _ store.Engine = (*Engine)(nil)

// New makes an empty engine.
func New() *Engine { return &Engine{now: new(tree)} }

// copied is the present state, for one transaction.
func (e *Engine) copied() *tree {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.now.Copy()
}

// View runs fn on the present state.
func (e *Engine) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return fn(tx{tree: e.copied(), readOnly: true})
}

// Update runs fn and keeps what it wrote if it returns nil.
func (e *Engine) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e.writing.Lock()
	defer e.writing.Unlock()
	next := e.copied()
	if err := fn(tx{tree: next}); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.now = next
	return nil
}

// Snapshot is an engine with what is in this one now. Neither sees what the other writes.
func (e *Engine) Snapshot() *Engine { return &Engine{now: e.copied()} }

// Try runs fn on the present state and keeps nothing: it returns what fn would have written, by key, nil for what it would
// have deleted.
func (e *Engine) Try(fn func(store.Tx) error) (map[string][]byte, error) {
	t := tx{tree: e.copied(), wrote: map[string][]byte{}}
	if err := fn(t); err != nil {
		return nil, err
	}
	return t.wrote, nil
}

// Close does nothing: the memory is let go with the engine.
func (e *Engine) Close() error { return nil }

type tx struct {
	tree     *tree
	wrote    map[string][]byte // what was written, where that is wanted
	readOnly bool
}

func (t tx) Get(key []byte) []byte {
	v, _ := t.tree.Get(string(key))
	return v
}

func (t tx) Put(key, value []byte) error {
	if t.readOnly {
		return store.ErrReadOnly
	}
	kept := append([]byte{}, value...)
	t.tree.Set(string(key), kept)
	if t.wrote != nil {
		t.wrote[string(key)] = kept
	}
	return nil
}

func (t tx) Delete(key []byte) error {
	if t.readOnly {
		return store.ErrReadOnly
	}
	t.tree.Delete(string(key))
	if t.wrote != nil {
		t.wrote[string(key)] = nil
	}
	return nil
}

func (t tx) Scan(prefix, start []byte, reverse bool, fn func(key, value []byte) bool) error {
	begins := string(prefix)
	visit := func(k string, v []byte) bool {
		return strings.HasPrefix(k, begins) && fn([]byte(k), bytes.Clone(v))
	}
	switch {
	case !reverse && start == nil:
		t.tree.Ascend(begins, visit)
	case !reverse:
		t.tree.Ascend(string(start), visit)
	case start != nil:
		t.tree.Descend(string(start), visit)
	default:
		t.descendFromEnd(begins, visit)
	}
	return nil
}

// descendFromEnd visits the keys with a prefix from the last one back.
func (t tx) descendFromEnd(prefix string, visit func(string, []byte) bool) {
	next := string(store.After([]byte(prefix)))
	if next == "" {
		t.tree.Reverse(visit)
		return
	}
	t.tree.Descend(next, func(k string, v []byte) bool { return k == next || visit(k, v) })
}
