package atlas

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestABrushShowsWhatCountingItsWindowAnewShows(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 4))
		x := Prepare(chatter(rng, 300), nil)
		b := x.Brush()
		for step := range 40 {
			w := Window{From: 1_767_000_000_000 + rng.Int64N(40*dayMillis)}
			w.To = w.From + rng.Int64N(10*dayMillis) - dayMillis
			if step%7 == 0 {
				w = Window{}
			}
			b.Move(w)
			table := x.Contacts(w)
			if got, want := b.Totals(), Sum(table); got != want {
				t.Fatalf("seed %d step %d: %+v, want %+v", seed, step, got, want)
			}
			if got := b.Top(4); len(table) > 0 && !reflect.DeepEqual(got, table[:min(4, len(table))]) {
				t.Fatalf("seed %d step %d: %+v, want %+v", seed, step, got, table)
			}
			if got, want := b.Hours(nil), x.HoursIn(w); got != want {
				t.Fatalf("seed %d step %d: the hours are %v, want %v", seed, step, got, want)
			}
		}
		if h := b.Hours(func(own Handle, kind Kind) bool { return own == 99 && kind == Call }); h.Sum() != 0 {
			t.Error("a device that is not there has hours")
		}
	}
}
