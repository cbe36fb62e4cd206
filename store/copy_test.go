package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pou/store"
	"pou/store/memory"
	"pou/store/sample"
	"pou/store/storetest"
)

// cutOff is an engine that stops taking updates.
type cutOff struct {
	store.Engine
	left int
}

var errCut = errors.New("cut off")

func (c *cutOff) Update(ctx context.Context, fn func(store.Tx) error) error {
	if c.left--; c.left < 0 {
		return errCut
	}
	return c.Engine.Update(ctx, fn)
}

func engineOfSample(t *testing.T) store.Engine {
	t.Helper()
	e := memory.New()
	now := time.Date(2026, time.November, 24, 5, 0, 0, 0, time.UTC)
	b, err := store.New(t.Context(), e, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sample.Fill(t.Context(), b, sample.Options{People: 300, Seed: 1, Now: now}, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestACopyHoldsTheSame(t *testing.T) {
	from, to := engineOfSample(t), memory.New()
	got, err := store.Copy(t.Context(), from, to, nil)
	if err != nil || got.Keys < 1000 {
		t.Fatalf("%+v, %v", got, err)
	}
	was, is := storetest.Keys(t, from), storetest.Keys(t, to)
	if len(was) != len(is) {
		t.Errorf("%d keys of %d", len(is), len(was))
	}
	for k, v := range was {
		if is[k] != v {
			t.Errorf("%q differs", k)
		}
	}
	if _, err := store.Copy(t.Context(), from, to, nil); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("copied over a store: %v", err)
	}
}

func TestACopyThatWasCutOffIsNoStoreUntilItIsMadeAgain(t *testing.T) {
	from := engineOfSample(t)
	for left := 1; ; left++ {
		to := memory.New()
		_, err := store.Copy(t.Context(), from, &cutOff{to, left}, nil)
		if err == nil {
			break
		}
		if !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		if _, err := store.New(t.Context(), to, time.Now); !errors.Is(err, store.ErrForeign) {
			t.Fatalf("after %d steps it is taken for a store: %v", left, err)
		}
		if _, err := store.Copy(t.Context(), from, to, nil); err != nil {
			t.Fatalf("after %d steps it cannot be made again: %v", left, err)
		}
		if _, err := store.New(t.Context(), to, time.Now); err != nil {
			t.Fatal(err)
		}
	}
}
