package ui

import (
	"strings"
	"testing"

	"pou/model"
)

// soughtByTwo is the small desk with a person of SW whom NE lists and wants as well, and a live operation of SW's own.
func soughtByTwo(w *world) {
	threeWanted(w)
	w.do("person.add", "surname", "Quill", "forename", "Adam", "unit", "SW", "address", "9 Sample Road E15")
	w.do("operation.create", "name", "Operation East", "from", "2026-11-23", "to", "2026-11-29", "unit", "NE")
	w.do("target.add", "operation", "OP-0002", "person", "P-000005", "reason", "Two victim-survivors", "unit", "NE")
}

func TestWhatAnotherUnitHasToDoWithAPersonIsShownBeforeTheyAreListedAndSettled(t *testing.T) {
	r := newRig(t, 120, 50, soughtByTwo)
	r.press("ctrl+k").typed("quill").press("enter", "m").sees("Add to an operation", "Deconflict before listing", "NE assists", "on the list of OP-0002", "PS Adeyemi", "Who does what")
	r.typed("OP-0001").press("tab").typed("Seen again").press("ctrl+s").sees("nothing says who does what")
	r.press("j").press("ctrl+s").sees("an agreement is with somebody") // they listed the person for NE themselves: no officer is filled in
	f, ok := r.app.over.(*formOverlay)
	if !ok {
		t.Fatal("the form is gone")
	}
	f.form.SetValues(map[string]string{"contact": "O-0003"})
	r.press("ctrl+s")
	g := record[*model.Target](r, "OP-0001/002")
	if len(g.Deconflictions) != 1 || g.Deconflictions[0].Decision != model.DeconflictJoint || g.Deconflictions[0].With != "NE" || g.Deconflictions[0].Contact != "O-0003" || g.Unit != "SW" {
		t.Errorf("recorded %+v of %s", g.Deconflictions, g.Unit)
	}
	r.run(r.app.flush())
	r.press("esc", "8", "ctrl+r").sees("Looked at deconflict")
}

func TestAClashNotAgreedYetIsRecordedAsSuch(t *testing.T) {
	r := newRig(t, 120, 50, soughtByTwo)
	r.press("ctrl+k").typed("quill").press("enter", "m")
	r.settle()
	f, _ := r.app.over.(*formOverlay)
	f.form.SetValues(map[string]string{"operation": "OP-0001", "reason": "Seen again", "decision": "later"})
	r.press("ctrl+s")
	if g := record[*model.Target](r, "OP-0001/002"); len(g.Deconflictions) != 1 || g.Deconflictions[0].Decision != model.DeconflictLater || g.Deconflictions[0].Contact != "" {
		t.Errorf("recorded %+v", g.Deconflictions)
	}
}

func TestAPersonNobodyElseHasAnInterestInIsListedWithoutAWord(t *testing.T) {
	r := newRig(t, 120, 50, func(w *world) {
		threeWanted(w)
		w.do("person.add", "surname", "Quill", "forename", "Adam", "unit", "SW")
	})
	r.press("ctrl+k").typed("quill").press("enter", "m")
	r.seesNot("Deconflict before listing", "Who does what")
	f, _ := r.app.over.(*formOverlay)
	f.form.SetValues(map[string]string{"operation": "OP-0001", "reason": "Seen again"})
	r.press("ctrl+s")
	if g := record[*model.Target](r, "OP-0001/002"); len(g.Deconflictions) != 0 {
		t.Errorf("recorded %+v", g.Deconflictions)
	}
}

// Sent before the answer is there, the form waits: nobody is listed before what other units have to do with them is shown.
func TestAFormSentBeforeTheClashesAreKnownWaitsForThem(t *testing.T) {
	r := newRig(t, 120, 50, soughtByTwo)
	r.press("ctrl+k").typed("quill").press("enter", "m")
	r.settle()
	f, _ := r.app.over.(*formOverlay)
	f.form.SetValues(map[string]string{"operation": "OP-0001", "reason": "Seen again", "decision": "later"})
	held := f.clash
	f.clash.pending, f.clash.found = true, nil
	r.press("ctrl+s").sees("Looking for what other units")
	if r.app.over == nil || !f.waiting {
		t.Fatal("it was sent before the clashes were known")
	}
	r.send(clashesFound{id: f.id, version: held.version, found: held.found})
	r.sees("Deconflict before listing")
	if f.sending || f.waiting {
		t.Error("it was sent without the officer having seen the clash")
	}
	r.press("ctrl+s")
	if g := record[*model.Target](r, "OP-0001/002"); len(g.Deconflictions) != 1 {
		t.Errorf("recorded %+v", g.Deconflictions)
	}
}

// Of several people those who clash are named, and recorded as not agreed yet; the others are not.
func TestSeveralListedTogetherSayWhoClashes(t *testing.T) {
	r := newRig(t, 120, 50, func(w *world) {
		soughtByTwo(w)
		w.do("wanted.mark", "person", "P-000005", "offences", "s4A", "unit", "SW", "pnc_ref", "26/1240")
		w.do("operation.create", "name", "Operation Dusk", "from", "2026-11-23", "to", "2026-11-29")
	})
	r.press("*", "m").sees("Deconflict before listing", "QUILL, Adam · NE assists", "tasked until they are")
	f, _ := r.app.over.(*formOverlay)
	f.form.SetValues(map[string]string{"operation": "OP-0003", "reason": "Outstanding"})
	r.press("ctrl+s")
	r.settle()
	clashing := 0
	for n := uint64(1); n <= 4; n++ {
		g := record[*model.Target](r, model.NewTargetRef("OP-0003", n))
		if len(g.Deconflictions) == 0 {
			continue
		}
		clashing++
		if g.Person != "P-000005" || g.Deconflictions[0].Decision != model.DeconflictLater {
			t.Errorf("%s has %+v", g.Person, g.Deconflictions)
		}
	}
	if clashing != 1 {
		t.Errorf("%d of them are recorded as clashing, want 1:\n%s", clashing, strings.TrimSpace(r.screen()))
	}
}
