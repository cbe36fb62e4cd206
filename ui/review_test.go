package ui

import (
	"testing"
	"time"

	"pou/model"
)

func TestTargetsToLookAtAgainAreOneCalmLineThatOpensTheList(t *testing.T) {
	r := newRig(t, 120, 40, func(w *world) {
		threeWanted(w)
		w.do("target.add", "operation", "OP-0001", "wanted", "W-000002", "reason", "Breached again")
		w.do("case.add", "person", "P-000002", "offences", "s4A", "last", "2026-11-20")
	})
	r.press("4").sees("1 target to look at again: score 0 or past its review · V opens it")
	r.press("V").sees("To look at again in", "HOLLOWAY, Marcus", "score 0: no act as", "nobody has looked", "v keep", "r take off")
	r.seesNot("KOVAČ")
	r.press("v").sees("Keep a target on the list")
	f, _ := r.app.over.(*formOverlay)
	f.form.SetValues(map[string]string{"reason": "New report expected from NE"})
	r.press("ctrl+s")
	if g := record[*model.Target](r, "OP-0001/001"); len(g.Reviews) != 1 || g.Reviews[0].Reason != "New report expected from NE" {
		t.Errorf("%+v", g.Reviews)
	}
	r.press("r").sees("Remove from an operation")
	f, _ = r.app.over.(*formOverlay)
	f.form.SetValues(map[string]string{"exit": "withdrawn", "reason": "No case against him"})
	r.press("ctrl+s")
	if g := record[*model.Target](r, "OP-0001/001"); g.State != model.TargetWithdrawn {
		t.Errorf("%+v", g)
	}
	r.sees("no target has to be looked at again")
	r.press("esc").sees("Packs", "HOLLOWAY").seesNot("to look at again")
}

func TestAnOperationIsClosedFromTheDeskOnceEveryTargetHasAnExit(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.clock = r.clock.AddDate(0, 0, 7)
	r.app.now = r.clock
	r.press("4", "ctrl+r").sees("Ended, and 1 target has no exit: r takes it off, then C closes")
	r.press("O").sees("Before it can be closed", "OP-0001/001", "HOLLOWAY, Marcus", "none yet: operation.debrief")
	r.press("esc", "C").sees("Close the operation", "It carries your name").press("enter").sees("1 target is still on the list", "target.remove")
	r.press("esc", "r")
	r.settle()
	f, ok := r.app.over.(*formOverlay)
	if !ok {
		t.Fatalf("no form:\n%s", r.screen())
	}
	f.form.SetValues(map[string]string{"exit": "eliminated", "reason": "In prison since Sunday"})
	r.press("ctrl+s").sees("nobody is left on the list: C closes")
	r.press("C").press("enter").sees("has not been debriefed")
	r.press("esc")
	(&world{t: t, book: r.book, who: "O-0002"}).do("operation.debrief", "operation", "OP-0001", "worked", "Early start")
	r.press("C").press("enter")
	if op := record[*model.Operation](r, "OP-0001"); op.Closed.IsZero() || op.ClosedBy != "O-0001" || op.Closed.Sub(at0507()) < 24*time.Hour {
		t.Errorf("%+v", op)
	}
	r.sees("closed, to 29 Nov").seesNot("C closes")
}

func TestASearchWarrantFromTheApplicationToTheCourt(t *testing.T) {
	r := newRig(t, 120, 60, threeWanted)
	r.press("tab").typed("warrant.apply").press("enter")
	r.settle()
	f, ok := r.app.over.(*formOverlay)
	if !ok {
		t.Fatalf("no form:\n%s", r.screen())
	}
	r.sees("Apply for a search warrant", "3 Sample Street SW18", "Looked for")
	f.form.SetValues(map[string]string{"power": "pace8", "offences": "s4A", "sought": "Phones and a laptop"})
	r.press("ctrl+s").sees("Apply for a search warrant · HOLLOWAY, Marcus")
	if s := record[*model.SearchWarrant](r, "S-000001"); s.Person != "P-000001" || s.State != model.WarrantApplied {
		t.Fatalf("%+v", s)
	}
	w := &world{t: t, book: r.book, who: "O-0001"}
	w.do("warrant.decide", "warrant", "S-1", "decision", "granted", "court", "Wimbledon")
	r.press("enter").sees("Search warrants", "S-000001", "granted")
	r.press("ctrl+k").typed("S-1")
	r.settle()
	r.press("enter").sees("Search warrant S-000001", "3 Sample Street", "PACE 1984 s.8", "at the end of 24 Feb 2027", "Phones and a laptop")
	r.press("tab").typed("warrant.execute").press("enter")
	r.settle()
	f, _ = r.app.over.(*formOverlay)
	f.form.SetValues(map[string]string{"found": "Two phones"})
	r.press("ctrl+s").sees("executed", "Two phones", "return the executed warrant")
	r.press("7").sees("return the executed warrant")
}
