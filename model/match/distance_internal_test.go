package match

import (
	"math/rand/v2"
	"testing"
)

// slowly is the restricted Damerau-Levenshtein distance by its definition.
func slowly(a, b []rune) (whole, beginning int) {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+same)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	beginning = len(a)
	for _, n := range d[len(a)] {
		beginning = min(beginning, n)
	}
	return d[len(a)][len(b)], beginning
}

func TestDistanceAgreesWithItsDefinition(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 7))
	word := func(least, most int) []rune {
		w := make([]rune, least+r.IntN(most-least+1))
		for i := range w {
			w[i] = []rune("abcdéж")[r.IntN(6)]
		}
		return w
	}
	for range 50_000 {
		a, b := word(1, 9), word(0, 9)
		if r.IntN(500) == 0 {
			a, b = word(60, maxPattern), word(55, 70)
		}
		p, ok := newPattern(string(a))
		if !ok {
			t.Fatalf("%q is not measured", string(a))
		}
		whole, beginning := p.distance([]byte(string(b)))
		wantWhole, wantBeginning := slowly(a, b)
		if whole != wantWhole || beginning != wantBeginning {
			t.Fatalf("%q to %q is %d, beginning %d; want %d, %d", string(a), string(b), whole, beginning, wantWhole, wantBeginning)
		}
		if !mayBeNear(letters(string(a)), letters(string(b)), whole) {
			t.Fatalf("the letters of %q and %q rule out a distance of %d", string(a), string(b), whole)
		}
		if !mayBegin(letters(string(a)), letters(string(b)), beginning) {
			t.Fatalf("the letters of %q rule out that %q begins %d out", string(a), string(b), beginning)
		}
	}
}

func TestAWordTooLongIsNotMeasured(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]bool{0: false, 1: true, maxPattern: true, maxPattern + 1: false} {
		if _, ok := newPattern(string(make([]byte, n))); ok != want {
			t.Errorf("a word of %d letters measured: %v", n, ok)
		}
	}
}
