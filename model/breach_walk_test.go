package model

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Whatever officers do, in whatever order: a breach comes to be decided only by a named officer's decision, or by an arrest
// that was recorded, and its steps say who, when and why. The program never decides.
func TestNoPathDecidesABreachWithoutANamedOfficer(t *testing.T) {
	const steps = 800
	walks := often(5, 12)
	decided := 0
	for seed := range walks {
		w := &walk{desk: newDesk(t, stationNow(t), station(t)...), rng: rand.New(rand.NewPCG(seed, 8)), seed: seed, only: []string{"breach", "arrest", "wanted", "intel"}}
		told("2C")(w.desk)
		for range steps {
			before, done := maps.Clone(w.records), len(w.journal)
			w.step(map[string]int{}, map[string]int{})
			if t.Failed() {
				t.Fatalf("seed %d, after: %s", seed, strings.Join(w.path[max(0, len(w.path)-5):], "\n"))
			}
			if len(w.journal) == done || w.journal[done].Action == "undo" {
				continue
			}
			for _, ref := range w.refs(KindBreach) {
				was, _ := before[ref].(*Breach)
				decided += w.decidedByName(was, as[*Breach](w.desk, ref), w.journal[done])
			}
		}
	}
	if decided < 30 {
		t.Errorf("only %d decisions were met on the way, so the walk says little", decided)
	}
}

// decidedByName holds a change of a breach's state to the entry that made it.
func (w *walk) decidedByName(was, b *Breach, e Entry) int {
	if (was == nil && b.State == BreachReported) || (was != nil && was.State == b.State) {
		return 0
	}
	family, _, _ := strings.Cut(e.Action, ".")
	if family != "arrest" && e.Action != "breach.decide" && e.Action != "breach.dismiss" {
		w.Errorf("%s became %s by %s, which decides no breach", b.Ref, b.State, e.Action)
	}
	if family == "arrest" && !slices.Contains([]BreachState{BreachArrested, BreachCharged, BreachDecided, BreachSubstantiated}, b.State) {
		w.Errorf("%s became %s by %s", b.Ref, b.State, e.Action)
	}
	last := b.Steps[len(b.Steps)-1]
	if b.DecidedBy != e.By || last.By != e.By || last.State != b.State || last.Reason == "" || !last.At.Equal(e.At) {
		w.Errorf("%s is %s, and its last step says %+v; it was %s by %s", b.Ref, b.State, last, e.Action, e.By)
	}
	if b.Court != "" && b.State != BreachDecided {
		w.Errorf("%s is %s, and a court has decided", b.Ref, b.State)
	}
	return 1
}
