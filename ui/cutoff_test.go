package ui

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pou/model"
	"pou/store"
	"pou/store/memory"
)

// farAway is an engine that other machines share, and that can be cut off from them.
type farAway struct {
	*memory.Engine
	since time.Time
}

func (f *farAway) Follow(func([][]byte)) {}

func (f *farAway) CutOff() time.Time { return f.since }

// Update refuses while the others are out of reach, as a cluster does.
func (f *farAway) Update(ctx context.Context, fn func(store.Tx) error) error {
	if !f.since.IsZero() {
		return fmt.Errorf("%w: nothing can be saved until it answers. What you typed is kept: try again when the line at the top is gone", store.ErrCutOff)
	}
	return f.Engine.Update(ctx, fn)
}

// What is in a form when the cluster goes out of reach stays in it: saving is refused in plain words, and goes through later.
func TestWhatIsHalfTypedWhenTheClusterGoesIsSavedWhenItIsBack(t *testing.T) {
	engine := &farAway{Engine: memory.New()}
	r := newRigOn(t, engine, 120, 40, threeWanted)
	r.press("N").typed("Halftyped")
	engine.since = at0507()
	r.send(cutTick{})
	r.sees("read-only: no quorum", "Halftyped").press("ctrl+s").sees("Halftyped", "What you typed is kept")
	if _, ok := r.app.over.(*formOverlay); !ok {
		t.Fatal("the form is gone")
	}
	engine.since = time.Time{}
	r.send(cutTick{})
	r.press("ctrl+s").seesNot("no quorum")
	if p := record[*model.Person](r, "P-000005"); p.Surname != "Halftyped" {
		t.Errorf("on record is %q", p.Surname)
	}
}

func TestWithoutAQuorumTheScreenSaysSoAndTheKeysSayWhy(t *testing.T) {
	engine := &farAway{Engine: memory.New()}
	r := newRigOn(t, engine, 100, 30, threeWanted)
	if !r.book.Shared() {
		t.Fatal("the store does not say that others share it")
	}
	r.seesNot("no quorum")
	engine.since = time.Date(2026, time.November, 24, 5, 3, 0, 0, time.UTC)
	r.send(cutTick{})
	r.sees("read-only: no quorum, data may be old since 05:03")
	r.press("e").sees("attempt: read-only: no quorum")
	engine.since = time.Time{}
	r.send(cutTick{})
	r.press("2", "1").seesNot("no quorum")
	r.press("e")
	if _, ok := r.app.over.(*formOverlay); !ok {
		t.Error("the form does not open again when the others are back")
	}
}

func TestAStoreOfThisMachineAloneIsNotAskedForAQuorum(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	if cmd := r.app.watchCut(); cmd != nil {
		t.Error("it is asked every second")
	}
}

var _ store.Shared = (*farAway)(nil)
