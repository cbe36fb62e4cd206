package store

import (
	"math/rand/v2"
	"testing"

	"pou/model"
)

func TestLinesArePutIntoAnyOrderInTheirPlace(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for n := range 40 {
		order := rnd.Perm(n)
		lines := make([]model.Line, n)
		for i := range lines {
			lines[i].Count = i
		}
		want := make([]int, n)
		copy(want, order)
		arrange(lines, order)
		for to := range lines {
			if lines[to].Count != want[to] {
				t.Fatalf("of %d, line %d stands at %d, want %d", n, lines[to].Count, to, want[to])
			}
		}
	}
}
