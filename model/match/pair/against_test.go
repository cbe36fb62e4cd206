package pair_test

import (
	"testing"

	"pou/model/match/pair"
)

func TestSomebodyMadeReadyIsLikelyTheSameAsWhoeverTheyWouldBeOneByOne(t *testing.T) {
	t.Parallel()
	r := dice(t)
	likely := 0
	for range 20_000 {
		a := stranger(r, true)
		b := corrupted(r, a, r.IntN(6))
		switch r.IntN(4) {
		case 0:
			b = stranger(r, true)
		case 1: // one number and nothing else, or all but the number
			b = stranger(r, false)
			b.Numbers = a.Numbers
		case 2:
			b.Numbers = stranger(r, false).Numbers
		}
		want, got := pair.Compare(a, b), pair.NewAgainst(a, 0).Ready(pair.NewReady(b))
		if want.Likely() != got.Likely() || want.Likely() && want != got {
			t.Fatalf("%+v\n%+v\nweighed one by one %+v, made ready %+v", a, b, want, got)
		}
		if want.Likely() {
			likely++
		}
	}
	if likely < 2000 {
		t.Errorf("only %d pairs were likely", likely)
	}
}
