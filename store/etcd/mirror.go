package etcd

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"pou/store"
	"pou/store/memory"
)

// mirror is the copy of the data, as of one revision of the cluster.
type mirror struct {
	data *memory.Engine

	mu     sync.Mutex
	state  state
	moved  chan struct{}     // closed when the state moves on
	pieces map[string][]byte // of updates being laid down, by key
	parts  map[string][]byte // of values that come after their parts, by key
	split  map[string]int    // the keys whose value is in parts, and in how many
}

// state is where a mirror stands.
type state struct {
	revision int64  // of the cluster, all of which is applied
	modified int64  // the revision of the generation
	gen      string // the generation
}

func newMirror() *mirror {
	return &mirror{data: memory.New(), moved: make(chan struct{}), pieces: map[string][]byte{}, parts: map[string][]byte{}, split: map[string]int{}}
}

func (m *mirror) now() state {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.state
}

// copied is the data as it is now; it does not change any more.
func (m *mirror) copied() *memory.Engine {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.data.Snapshot()
}

// try runs fn on the copy; the writes hold if the generation is still that of the state.
func (m *mirror) try(fn func(store.Tx) error) (state, map[string][]byte, error) {
	m.mu.Lock()
	at, data := m.state, m.data.Snapshot()
	m.mu.Unlock()
	wrote, err := data.Try(fn)
	return at, wrote, err
}

// become takes over what another mirror has read.
func (m *mirror) become(fresh *mirror) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data, m.state, m.pieces, m.parts, m.split = fresh.data, fresh.state, fresh.pieces, fresh.parts, fresh.split
	close(m.moved)
	m.moved = make(chan struct{})
}

// reach waits until the mirror stands at a generation or beyond.
func (m *mirror) reach(ctx context.Context, modified int64) error {
	for {
		m.mu.Lock()
		there, moved := m.state.modified >= modified, m.moved
		m.mu.Unlock()
		if there {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// change is one key changed by one revision.
type change struct {
	key   string
	value []byte // nil: deleted
	rev   int64
}

func changesOf(events []*clientv3.Event) []change {
	out := make([]change, len(events))
	for i, ev := range events {
		out[i] = change{key: string(ev.Kv.Key), rev: ev.Kv.ModRevision}
		if ev.Type == mvccpb.PUT {
			out[i].value = append([]byte{}, ev.Kv.Value...)
		}
	}
	return out
}

// apply takes in the changes of whole revisions, in order, and returns the store keys that changed and the generations they came with.
func (m *mirror) apply(ctx context.Context, changes []change, revision int64) (keys [][]byte, gens []string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := m.state
	err = m.data.Update(ctx, func(tx store.Tx) error {
		for _, c := range changes {
			key, isData := strings.CutPrefix(c.key, dataPrefix)
			switch {
			case isData:
				if _, _, again := givenID(next.gen); !again { // what is carried over was told when it was given
					keys = append(keys, []byte(key))
				}
				w, err := m.joined(key, c.value)
				if err != nil {
					return err
				}
				if err := set(tx, w); err != nil {
					return err
				}
			case c.key == generation:
				next.gen, next.modified = string(c.value), c.rev
				gens = append(gens, next.gen)
				carried, err := m.carry(tx, next.gen)
				if err != nil {
					return err
				}
				keys = append(keys, carried...)
			case strings.HasPrefix(c.key, piecesOf) && c.value != nil:
				m.pieces[c.key] = c.value
			case strings.HasPrefix(c.key, piecesOf):
				delete(m.pieces, c.key)
			case strings.HasPrefix(c.key, partsOf) && c.value != nil:
				m.parts[c.key] = c.value
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	next.revision = max(next.revision, revision)
	m.state = next
	close(m.moved)
	m.moved = make(chan struct{})
	return keys, gens, nil
}

// carry applies a large update that was just given, all of it at once.
func (m *mirror) carry(tx store.Tx, gen string) (keys [][]byte, err error) {
	id, pieces, ok := givenID(gen)
	if !ok {
		return nil, nil
	}
	writes, err := m.laid(id, pieces)
	if err != nil {
		return nil, err
	}
	for _, w := range writes {
		keys = append(keys, []byte(w.key))
		if err := set(tx, w); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// laid are the writes of a large update that was laid down.
func (m *mirror) laid(id string, pieces int) ([]write, error) {
	var all []byte
	for n := range pieces {
		piece, ok := m.pieces[pieceKey(id, n)]
		if !ok {
			return nil, fmt.Errorf("%w: piece %d of an update is missing", store.ErrDamaged, n)
		}
		all = append(all, piece...)
	}
	writes, err := readWrites(all)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	return writes, nil
}

// joined is a write as the store made it: its value without what says how it is kept.
func (m *mirror) joined(key string, value []byte) (write, error) {
	delete(m.split, key)
	switch {
	case value == nil:
		return write{key: key}, nil
	case len(value) > 0 && value[0] == inOne:
		return write{key, value[1:]}, nil
	}
	count, n := binary.Uvarint(value[min(len(value), 1):])
	if n <= 0 || count > 1<<20 {
		return write{}, fmt.Errorf("%w: the value of %q cannot be read", store.ErrDamaged, key)
	}
	out := []byte{}
	for i := range int(count) {
		part, ok := m.parts[partKey(key, i)]
		if !ok {
			return write{}, fmt.Errorf("%w: part %d of %q is missing", store.ErrDamaged, i, key)
		}
		out = append(out, part...)
		delete(m.parts, partKey(key, i))
	}
	m.split[key] = int(count)
	return write{key, out}, nil
}

// operations are the operations of writes, in order.
func (m *mirror) operations(writes []write) []op {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []op
	for _, w := range writes {
		out = append(out, opsOf(w, m.split[w.key])...)
	}
	return out
}

// piecesFor are the writes of a large update, in order.
func (m *mirror) piecesFor(id string, pieces int) ([]write, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.laid(id, pieces)
}

func set(tx store.Tx, w write) error {
	if w.value == nil {
		return tx.Delete([]byte(w.key))
	}
	return tx.Put([]byte(w.key), w.value)
}
