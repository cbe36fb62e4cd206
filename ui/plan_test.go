package ui

import (
	"fmt"
	"strings"
	"testing"

	"pou/model"
)

// lantern is the small desk with a second signatory and the papers of Operation Lantern complete, so that they can be signed.
func lantern(w *world) {
	threeWanted(w)
	w.do("officer.add", "name", "CLARKE, Dana", "rank", "DI", "unit", "SW", "roles", "sergeant,lead")
	w.do("safeguard.acknowledge", "person", "P-000001", "kind", "markers")
	op := []string{"operation", "OP-0001"}
	w.do("plan.aim", append(op, "objectives", "Arrest those on the list", "gold", "Cmdr Hale")...)
	w.do("plan.phase", append(op, "name", "execute", "from", "2026-11-25 05:00", "to", "2026-11-25 09:00")...)
	w.do("plan.risk", append(op, "to", "victim", "risk", "Reprisal after release", "control", "Told before the release")...)
	w.do("plan.risk", append(op, "to", "officers", "risk", "Violence at the door", "control", "Two officers, PPE")...)
	w.do("plan.comms", append(op, "tell", "O-0002", "tell_when", "on arrest", "contact", "Ring Secret Person twice", "talkgroup", "SW OPS 3")...)
	w.do("plan.team", append(op, "name", "Red", "officers", "O-0002", "targets", "OP-0001/001", "rv", "Park gate", "suite", "Wandsworth", "call_sign", "SW 41")...)
}

// signedLantern is the same with the order frozen as version 1.
func signedLantern(w *world) {
	lantern(w)
	w.do("plan.sign", "operation", "OP-0001")
	w.who = "O-0004"
	w.do("plan.sign", "operation", "OP-0001")
	w.do("plan.freeze", "operation", "OP-0001")
	w.who = "O-0001"
}

// goldenPages are the pages and boards behind the packs, at the sizes an officer has.
func goldenPages(t *testing.T, name string, build func(*world), keys ...string) {
	t.Helper()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		at := fmt.Sprintf("%s-%dx%d", name, size[0], size[1])
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, size[0], size[1], build)
			r.press(keys...)
			screen := r.screen()
			golden(t, at, screen)
			lines := strings.Split(screen, "\n")
			if len(lines) != size[1] || !strings.Contains(lines[0], marking) || !strings.Contains(lines[len(lines)-1], marking) {
				t.Errorf("the marking is missing on a screen of %d lines", len(lines))
			}
			r.seesNot("Secret Person")
		})
	}
}

func TestGoldenPlan(t *testing.T) {
	goldenPages(t, "plan", threeWanted, "4", "O")
	goldenPages(t, "plan-frozen", func(w *world) {
		signedLantern(w)
		w.do("target.add", "operation", "OP-0001", "person", "P-000002", "reason", "Breached again")
		w.do("target.remove", "target", "OP-0001/001", "exit", "eliminated", "reason", "In prison since Sunday")
	}, "4", "O")
}

func TestThePlanIsSignedByTwoOfficersFrozenAndRecalledFromItsPage(t *testing.T) {
	r := newRig(t, 120, 60, lantern)
	r.press("4", "O").sees("Operation order (IIMARCH)", "draft", "a sergeant's, then the lead's", "Information", "Intention", "Method", "Park gate", "annex not shown")
	r.seesNot("Secret Person", "Stops the briefing")
	r.press("tab").typed("sign the order").press("enter").sees("It carries your name").press("enter").sees("signed by the sergeant", "the lead's, who is not PS Adeyemi")
	other := &world{t: t, book: r.book, who: "O-0004"}
	other.do("plan.sign", "operation", "OP-0001")
	r.sees("signed, not frozen", "makes it version 1")
	r.press("tab").typed("plan.freeze").press("enter").sees("It carries your name").press("enter").sees("version 1", "nobody's: version 1 stands", "Read by      0 of 1", "DC Patel")
	constable := &world{t: t, book: r.book, who: "O-0002"}
	constable.do("plan.read", "operation", "OP-0001")
	r.sees("1 of 1").seesNot("Unread")
	other.do("target.remove", "target", "OP-0001/001", "exit", "eliminated", "reason", "In prison since Sunday")
	r.sees("HOLLOWAY, Marcus eliminated", "not acknowledged by DC Patel", "CHANGED", "plan.announce")
	r.press("esc").sees("HOLLOWAY, Marcus", "P propose")
}

func TestAPlanWithoutATeamSaysWhichGapStopsTheBriefing(t *testing.T) {
	r := newRig(t, 120, 60, threeWanted)
	r.press("4", "O").sees("Stops the briefing", "GAP, stops", "001 HOLLOWAY, Marcus has no team", "gaps stop the briefing")
}

func TestAListWithoutTeamsDoesNotHideWhatElseStopsTheBriefing(t *testing.T) {
	r := newRig(t, 120, 40, func(w *world) {
		theDay(w)
		for i := range 4 {
			p := w.do("person.add", "surname", "Person"+string(rune('A'+i)), "unit", "SW")
			w.do("target.add", "operation", "OP-0001", "person", string(p), "reason", "Found at the weekend")
		}
	})
	r.press("4", "O").sees("HOLLOWAY, Marcus has no team", "3 more with the same answer", "nobody is named to tell the victim-survivor")
}

func TestAFormOfThePlanAsksNothingTheOperationAnswersAndFindsOfficersAndTargetsByName(t *testing.T) {
	r := newRig(t, 120, 80, threeWanted)
	r.press("4", "O", "tab").typed("plan.team").press("enter")
	r.settle()
	r.typed("Red").press("tab").typed("patel").press("down", "tab").typed("hollo").press("down", "ctrl+s")
	plan := record[*model.Plan](r, "PL-0001")
	if len(plan.Teams) != 1 || plan.Operation != "OP-0001" || plan.Teams[0].Officers[0] != "O-0002" || plan.Teams[0].Targets[0] != "OP-0001/001" {
		t.Errorf("planned %+v", plan.Teams)
	}
	r.sees("Team Red")
	other := &world{t: t, book: r.book, who: "O-0002"}
	r.press("tab").typed("plan.risk").press("enter")
	r.settle()
	other.do("target.add", "operation", "OP-0001", "person", "P-000002", "reason", "Breached again")
	r.press("o").typed("Dog behind the door").press("tab").typed("Dog unit").press("ctrl+s").sees("Dog behind the door")
	r.press("tab").typed("operation.debrief").press("enter")
	r.settle()
	r.typed("Early start").press("ctrl+s")
	if plan = record[*model.Plan](r, "PL-0001"); len(plan.Debriefs) != 1 || plan.Debriefs[0].Worked != "Early start" || len(plan.Risks) != 1 {
		t.Errorf("debriefed %+v, risks %+v", plan.Debriefs, plan.Risks)
	}
}

func TestLookingAtThePlanIsJournalledWithThePeopleOnIt(t *testing.T) {
	r := newRig(t, 200, 60, threeWanted)
	r.press("4", "O")
	r.settle()
	r.run(r.app.flush())
	r.settle()
	r.press("8", "ctrl+r").sees("Looked at plan OP-0001")
}
