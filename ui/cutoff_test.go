package ui

import (
	"testing"
	"time"

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
