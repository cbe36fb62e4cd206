package ui

import (
	"strings"
	"testing"
	"time"

	"pou/store"
)

// protectedWorld is a person suspected in a case and under an order, with words about whom both protect in every place
// they may be typed.
func protectedWorld(w *world) {
	suspect := string(w.do("person.add", "surname", "Varga", "forename", "Mateusz", "born", "3 Dec 1984", "unit", "SW", "address", "12 Example Road, SW11 1AA"))
	victim := string(w.do("person.add", "surname", "Quillfeather", "forename", "Edda", "unit", "NE", "address", "4 Sparrow Court, SW18 2PT"))
	w.do("phone.add", "person", victim, "number", "07700 900451")
	w.do("case.add", "person", suspect, "victims", victim, "offences", "s4A", "last", "2026-11-20", "unit", "SW", "summary", "Followed Edda Quillfeather to 4 Sparrow Court")
	order := string(w.do("order.add", "person", suspect, "type", "SPO", "made", "2026-11-01", "served", "2026-11-01 10:00", "unit", "SW", "monitor", "O-0002",
		"conditions", "Not to contact Ada Harrowgate by any means", "protects", "Ada Harrowgate, 9 Curlew Rise, SW18 6PT"))
	w.do("condition.set", "order", order, "condition", "1", "people", victim, "numbers", "07700 900462")
	w.do("victim.add", "name", "Rosamund Ashby", "person", victim, "way", "phone", "contact", "kb-contact", "safe", "kb-safe", "advocate", "kb-advocate", "needs", "kb-needs", "case", "C-000001", "order", order, "every", "7")
	w.do("victim.contact", "victim", "VS-000001", "reached", "yes", "note", "kb-note")
	w.do("victim.update", "victim", "VS-000001", "event", "order")
	w.do("intel.add", "person", suspect, "text", "Rang Ada Harrowgate on 07700 900462", "source", "2", "grade", "C", "handling", "P", "origin", "SK1")
	w.do("breach.report", "order", order, "condition", "1", "what", "Rang Ada Harrowgate at 9 Curlew Rise", "at", "2026-11-23 10:00", "source", "999 call")
	w.do("application.open", "person", suspect, "protected", "Wrenfield Joan, 5 Dunlin Mews, SW18 7PT", "unit", "SW")
	w.do("application.views", "application", "AP-000001", "views", "kb-views", "impact", "kb-impact")
	w.do("application.act", "application", "AP-000001", "day", "2026-10-01", "what", "Waited for Joan Wrenfield", "evidence", "MG11")
	w.do("screening.record", "case", "C-000001", "fixated", "not known", "obsessive", "not known", "unwanted", "not known", "repeated", "not known", "recorded", "stalking")
	w.do("screening.sdash", "screening", "SC-000001", "q1", "yes", "words1", "kb-dash")
	w.do("safeguarding.refer", "screening", "SC-000001", "to", "idva", "basis", "consent", "words", "kb-safeguarding", "follow_up", "2026-12-01")
	w.do("stac.refer", "screening", "SC-000001", "reason", "Escalating", "basis", "law-enforcement", "ask", "advice", "priority", "today", "victim", "kb-stac")
	w.do("operation.create", "name", "Lantern", "from", "2026-11-23", "to", "2026-11-29")
	w.do("wanted.mark", "person", suspect, "offences", "s4A", "unit", "SW", "grade", "A", "last_act", "2026-11-20")
	w.do("plan.comms", "operation", "OP-0001", "tell", "O-0002", "contact", "kb-comms")
}

// Every list of the desk, the first record of each, what stands beside it, its history, the journal and the box: nobody
// protected is on any of them.
func TestNoScreenSaysWhoOrWhereAVictimSurvivorIs(t *testing.T) {
	hidden := []string{
		"Harrowgate", "Curlew", "SW18 6PT", "Sparrow", "SW18 2PT", "900451", "900462", "Rosamund", "Ashby", "Wrenfield", "Dunlin", "Quillfeather", "kb-",
	}
	r := newRig(t, 200, 60, protectedWorld)
	r.clock = r.clock.Add(time.Minute)
	seen := 0
	look := func(where string) {
		t.Helper()
		seen++
		r.settle()
		screen := strings.ToLower(r.screen())
		for _, word := range hidden {
			if strings.Contains(strings.ReplaceAll(where, " ", ""), strings.ReplaceAll(word, " ", "")) {
				continue // the officer's own question
			}
			if i := strings.Index(screen, strings.ToLower(word)); i >= 0 {
				t.Errorf("%s says %q: %q", where, word, screen[max(0, i-60):min(len(screen), i+40)])
			}
		}
		if title := r.app.View().WindowTitle; title != "pou" {
			t.Errorf("%s names somebody in the window title: %q", where, title)
		}
	}
	walk := func(where string) {
		look(where)
		r.press("down")
		look(where + ", the next row")
		r.press("enter")
		look(where + ", opened")
		r.press("pgdown")
		look(where + ", further down")
		r.press("tab")
		look(where + ", its actions")
		r.press("esc", "esc")
	}
	for _, key := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		r.press(key)
		walk("screen " + key)
	}
	for _, row := range store.ListRows() {
		if row.Title == "" {
			continue
		}
		r.press("9").typed(row.Title)
		r.press("enter")
		walk("the list of " + row.Title)
	}
	for _, word := range []string{"varga", "R-000001", "VS-000001", "AP-000001", "PL-0001", "B-000001", "C-000001", "07700900451", "SW18 2PT", "charts", "handover"} {
		r.press("ctrl+k")
		look("the box with what was opened before")
		r.press("down", "down")
		look("the same, the next one chosen")
		r.typed(word)
		look("the box asked for " + word)
		r.press("down")
		look("what stands second in the box asked for " + word)
		r.press("up")
		r.press("enter")
		look("what the box found for " + word)
		r.press("pgdown")
		look("further down in what the box found for " + word)
		r.press("esc", "esc", "esc")
	}
	if seen < 70 {
		t.Errorf("only %d screens were looked at", seen)
	}
}
