package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"pou/store"
)

// A register is one key. Clients read it, write it, and change it from what they believe is there.
type (
	registerInput struct {
		op   byte // r, w, c
		key  int
		from string // c: what is believed to be there
		to   string
	}
	registerOutput struct {
		value string // r: what was read
		ok    bool   // c: it was there
	}
)

func registers() porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			byKey := map[int][]porcupine.Operation{}
			for _, o := range history {
				in, _ := o.Input.(registerInput)
				byKey[in.key] = append(byKey[in.key], o)
			}
			var out [][]porcupine.Operation
			for _, h := range byKey {
				out = append(out, h)
			}
			return out
		},
		Init: func() any { return "" },
		Step: func(state, input, output any) (bool, any) {
			in, _ := input.(registerInput)
			out, _ := output.(registerOutput)
			switch in.op {
			case 'r':
				return out.value == state, state
			case 'w':
				return true, in.to
			}
			if out.ok {
				return in.from == state, in.to
			}
			return in.from != state, state
		},
	}
}

// What one history is made of: short, so that it can be decided.
const (
	linearClients = 8
	linearOps     = 10 // by each
	linearKeys    = 3
	linearLimit   = 10 * time.Second
)

// Linearizable has clients work on engines at once, each history from a place of its own, and holds what they saw against one
// register after the other. A history that cannot be decided in time counts as a failure. engines makes the engines of a new
// place; clients are dealt out among them.
func Linearizable(t *testing.T, histories int, engines func(t *testing.T, n int) []store.Engine) {
	t.Helper()
	for n := range histories {
		if got := oneHistory(t, n, engines(t, n)); got != porcupine.Ok {
			t.Fatalf("history %d is %s", n, got)
		}
	}
}

// CaughtWithin has clients work on engines that are wrong, and wants that to be seen within so many histories.
func CaughtWithin(t *testing.T, histories int, engines func(t *testing.T, n int) []store.Engine) {
	t.Helper()
	for n := range histories {
		if oneHistory(t, n, engines(t, n)) == porcupine.Illegal {
			return
		}
	}
	t.Errorf("%d histories of a wrong engine were all taken for right", histories)
}

func oneHistory(t *testing.T, seed int, engines []store.Engine) porcupine.CheckResult {
	t.Helper()
	var mu sync.Mutex
	var history []porcupine.Operation
	var all sync.WaitGroup
	begun := time.Now()
	for c := range linearClients {
		all.Go(func() {
			r := rand.New(rand.NewPCG(uint64(seed), uint64(c)))
			believed := map[int]string{}
			for n := range linearOps {
				in := registerInput{op: "rrwc"[r.IntN(4)], key: r.IntN(linearKeys), to: fmt.Sprint(c, "-", n)}
				in.from = believed[in.key]
				call := time.Since(begun).Nanoseconds()
				out, err := operate(engines[c%len(engines)], in)
				if err != nil {
					t.Errorf("client %d: %v", c, err)
					return
				}
				if in.op == 'r' {
					believed[in.key] = out.value
				}
				mu.Lock()
				history = append(history, porcupine.Operation{ClientId: c, Input: in, Call: call, Output: out, Return: time.Since(begun).Nanoseconds()})
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return porcupine.CheckOperationsTimeout(registers(), history, linearLimit)
}

func operate(e store.Engine, in registerInput) (out registerOutput, err error) {
	key := fmt.Appendf(nil, "register/%d", in.key)
	if in.op == 'r' {
		err = e.View(context.Background(), func(tx store.Tx) error {
			out.value = string(tx.Get(key))
			return nil
		})
		return out, err
	}
	err = e.Update(context.Background(), func(tx store.Tx) error {
		if in.op == 'c' {
			if out.ok = string(tx.Get(key)) == in.from; !out.ok {
				return nil
			}
		}
		return tx.Put(key, []byte(in.to))
	})
	return out, err
}

// Stale is an engine with a seeded fault, for tests of tests: each view shows the state of the view before.
func Stale(e store.Engine) store.Engine { return &stale{Engine: e, seen: map[string][]byte{}} }

type stale struct {
	store.Engine
	mu   sync.Mutex
	seen map[string][]byte
}

func (s *stale) View(ctx context.Context, fn func(store.Tx) error) error {
	return s.Engine.View(ctx, func(tx store.Tx) error { return fn(staleTx{tx, s}) })
}

type staleTx struct {
	store.Tx
	cache *stale
}

func (t staleTx) Get(key []byte) []byte {
	t.cache.mu.Lock()
	defer t.cache.mu.Unlock()
	before, had := t.cache.seen[string(key)]
	now := append([]byte{}, t.Tx.Get(key)...)
	t.cache.seen[string(key)] = now
	if !had {
		return now
	}
	return before
}
