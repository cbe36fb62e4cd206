package ui

import (
	"testing"

	"pou/model"
	"pou/store"
)

// A reveal asks why, is in the journal before anything is shown, and is gone with the next key or within two minutes.
func TestARevealIsJournalledAndHidesItself(t *testing.T) {
	r := newRig(t, 80, 24, func(w *world) {
		threeWanted(w)
		w.do("victim.add", "name", "Rosalind Vance", "way", "phone", "safe", "ask for the library", "order", "R-000001")
	})
	r.press("3", "enter")
	r.settle()
	r.press("V")
	r.settle()
	r.typed("serving the order")
	r.press("ctrl+s")
	r.settle()
	r.sees("NEED-TO-KNOW", "Secret Person")
	r.press("x")
	r.settle()
	r.seesNot("Secret Person")

	r.press("9")
	r.typed("victim")
	r.press("enter")
	r.settle()
	r.sees("need-to-know", "R-000001")
	r.press("enter", "V")
	r.settle()
	r.typed("calling her")
	r.press("ctrl+s")
	r.settle()
	r.sees("Rosalind Vance", "ask for the library")
	r.send(ticked{})
	r.sees("Rosalind Vance")
	r.send(ticked{})
	r.seesNot("Rosalind Vance")
	looked := 0
	err := r.book.Read(t.Context(), func(rd store.Reader) error {
		return rd.Entries(0, false, func(e model.Entry) bool {
			if e.Action == "victim.reveal" {
				looked++
				if e.Logged != model.Consultation || (e.Reason != "serving the order" && e.Reason != "calling her") {
					t.Errorf("%+v", e)
				}
			}
			return true
		})
	})
	if err != nil || looked != 2 {
		t.Errorf("%d reveals in the journal (%v)", looked, err)
	}
}
