package atlas

import (
	"math/rand/v2"
	"testing"
)

func TestSlotsNumberTheSamePairTheSameWithoutRoomForATable(t *testing.T) {
	roomy, tight := newSlots(50, 50), newSlots(50, 50)
	tight.budget = 120 // two devices, and no more
	rng := rand.New(rand.NewPCG(1, 1))
	for range 5_000 {
		own, other := Handle(rng.IntN(60)), rng.Uint32N(60) // some beyond the table
		if a, b := roomy.slot(own, other), tight.slot(own, other); a != b || roomy.keys[a] != uint64(own)<<32|uint64(other) {
			t.Fatalf("%d and %d are in slots %d and %d", own, other, a, b)
		}
	}
	for i := range roomy.count {
		if roomy.count[i] != tight.count[i] || roomy.count[i] == 0 {
			t.Fatalf("slot %d holds %d and %d", i, roomy.count[i], tight.count[i])
		}
	}
}
