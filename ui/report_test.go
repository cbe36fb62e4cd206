package ui

import (
	"testing"

	"pou/model"
	"pou/ui/part"
)

func TestTheNoticeKeepsTheNumberOfTheEntry(t *testing.T) {
	n := notice{text: "Record an arrest attempt · HOLLOWAY-FEATHERSTONEHAUGH, Marcus", keep: " · entry 12345", hint: " · u undoes"}
	for w, want := range map[int]string{
		120: "Record an arrest attempt · HOLLOWAY-FEATHERSTONEHAUGH, Marcus · entry 12345 · u undoes",
		80:  "Record an arrest attempt · HOLLOWAY-FEATHERSTONEHAUGH, Marcus · entry 12345",
		60:  "Record an arrest attempt · HOLLOWAY-FEATHERST… · entry 12345",
		40:  "Record an arrest attempt … · entry 12345",
		20:  "Recor… · entry 12345",
	} {
		if got := n.cut(w); got != want || part.Width(got) > w {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
	if got := (notice{text: "there is no operation yet"}).cut(12); part.Width(got) > 12 {
		t.Errorf("without a number: %q", got)
	}
}

func TestARemovalSaysWhoHoldsThePaper(t *testing.T) {
	r := newRig(t, 120, 40, func(w *world) {
		p := w.do("person.add", "surname", "Zawahiri", "forename", "Ayman", "unit", "SW")
		w.do("operation.create", "name", "Operation Lantern", "from", "2026-11-23", "to", "2026-11-29")
		w.do("target.add", "operation", "OP-0001", "person", string(p), "reason", "Stalking")
		if err := w.book.Disclose(w.t.Context(), w.who, "team pack of OP-0001: 1 target, pdf, 6 copies", "Team Blue", "OP-0001", "OP-0001/001", p); err != nil {
			w.t.Fatal(err)
		}
	})
	r.press("4")
	r.settle()
	r.press("enter")
	r.settle()
	r.sees("Handed out", "to Team Blue")
	r.press("ctrl+k").typed(">remove from an operation")
	r.settle()
	r.press("enter")
	r.settle()
	r.press("w", "tab").typed("Not the man").press("ctrl+s")
	r.settle()
	r.sees("Team Blue holds copies 1 to 6 with OP-0001/001", "by 25 Nov 2026", "--part recall")
	r.press("enter")
	r.settle()
	r.sees("Paper to call in", "NOT CONFIRMED")
	if k := record[*model.Task](r, "T-000001"); k.Recall.From != "Team Blue" {
		t.Errorf("%+v", k)
	}
}
