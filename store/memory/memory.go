// Package memory is an engine that keeps everything in memory: for tests and demonstrations.
package memory

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"pou/store"
)

// Engine is an ordered map under a lock. One update runs at a time; views see the last finished one.
type Engine struct {
	mu   sync.RWMutex
	keys []string
	vals map[string][]byte
}

var _ store.Engine = (*Engine)(nil)

// New makes an empty engine.
func New() *Engine { return &Engine{vals: map[string][]byte{}} }

// View runs fn on the present state.
func (e *Engine) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	return fn(&tx{e: e, readOnly: true})
}

// Update runs fn and takes back what it wrote if it fails.
func (e *Engine) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	t := &tx{e: e, undo: map[string][]byte{}}
	if err := fn(t); err != nil {
		t.rollback()
		return err
	}
	return nil
}

// Close does nothing: the memory is let go with the engine.
func (e *Engine) Close() error { return nil }

type tx struct {
	e        *Engine
	readOnly bool
	undo     map[string][]byte // the value before the first write of each key; nil when there was none
}

func (t *tx) Get(key []byte) []byte { return t.e.vals[string(key)] }

func (t *tx) remember(key string) {
	if _, done := t.undo[key]; !done {
		t.undo[key] = t.e.vals[key]
	}
}

func (t *tx) Put(key, value []byte) error {
	if t.readOnly {
		return store.ErrReadOnly
	}
	k := string(key)
	t.remember(k)
	t.e.set(k, append([]byte{}, value...))
	return nil
}

func (t *tx) Delete(key []byte) error {
	if t.readOnly {
		return store.ErrReadOnly
	}
	t.remember(string(key))
	t.e.unset(string(key))
	return nil
}

func (t *tx) rollback() {
	for k, v := range t.undo {
		if v == nil {
			t.e.unset(k)
		} else {
			t.e.set(k, v)
		}
	}
}

func (e *Engine) set(k string, v []byte) {
	if _, had := e.vals[k]; !had {
		i, _ := slices.BinarySearch(e.keys, k)
		e.keys = slices.Insert(e.keys, i, k)
	}
	e.vals[k] = v
}

func (e *Engine) unset(k string) {
	if _, had := e.vals[k]; !had {
		return
	}
	i, _ := slices.BinarySearch(e.keys, k)
	e.keys = slices.Delete(e.keys, i, i+1)
	delete(e.vals, k)
}

func (t *tx) Scan(prefix, start []byte, reverse bool, fn func(key, value []byte) bool) error {
	from := string(prefix)
	if start != nil {
		from = string(start)
	}
	i, found := slices.BinarySearch(t.e.keys, from)
	step := 1
	if reverse {
		step = -1
		if start == nil {
			i, found = len(t.e.keys), false
			if next := after(prefix); next != nil {
				i, _ = slices.BinarySearch(t.e.keys, string(next))
			}
		}
		if !found {
			i--
		}
	}
	for ; i >= 0 && i < len(t.e.keys); i += step {
		k := t.e.keys[i]
		if !bytes.HasPrefix([]byte(k), prefix) || !fn([]byte(k), t.e.vals[k]) {
			return nil
		}
	}
	return nil
}

// after is the first key past every key with the prefix; nil when there is none.
func after(prefix []byte) []byte {
	out := bytes.Clone(prefix)
	for i := len(out) - 1; i >= 0; i-- {
		if out[i]++; out[i] != 0 {
			return out[:i+1]
		}
	}
	return nil
}
