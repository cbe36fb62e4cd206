package comms

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestAMemoSaysWhatAMapWould(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	m, want := newMemo(), map[string]uint32{}
	for i := range 300_000 {
		cell := []byte(strings.Repeat("\x00a", r.IntN(3)) + strings.Repeat("7", r.IntN(20)) + string(rune('a'+r.IntN(26))) + string(rune('a'+r.IntN(26))))
		got, _, ok := m.get(cell)
		if v, had := want[string(cell)]; ok && (!had || v != got) || had && !ok && len(cell) <= memoText {
			t.Fatalf("%q: %d %v, want %d %v", cell, got, ok, v, had)
		}
		if !ok {
			m.put(cell, uint32(i), 0)
			want[string(cell)] = uint32(i)
		}
	}
}
