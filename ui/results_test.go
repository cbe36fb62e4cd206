package ui

import (
	"strings"
	"testing"
	"time"
)

// theYear is the day, and an operation in spring that it is compared with.
func theYear(w *world) {
	theDay(w)
	w.do("operation.create", "name", "Operation Ember", "from", "2026-10-20", "to", "2026-10-26")
	w.do("operation.create", "name", "Operation Later", "from", "2026-12-20", "to", "2026-12-26")
	for _, day := range []string{"24", "25", "26"} {
		w.do("attempt.record", "wanted", "W-000003", "outcome", "no-reply", "at", "2026-10-"+day+" 16:00")
	}
}

func TestGoldenResults(t *testing.T)  { goldenPages(t, "results", theYear, "4", "L", "R") }
func TestGoldenHandover(t *testing.T) { goldenPages(t, "handover", theYear, "4", "L", "H") }

func TestTheResultsStandBesideTheOperationBeforeAndGrowWithTheDay(t *testing.T) {
	r := newRig(t, 120, 70, theYear)
	r.press("4", "L", "R").sees("Operation Lantern", "Results", "Beside       Operation Ember, 20 Oct 2026 to 26 Oct 2026", "Arrests by unit", "█")
	r.seesNot("Operation Later", "Secret Person")
	figure := func(head, what string) (label string) {
		t.Helper()
		r.settle()
		for _, s := range r.app.detail.card.sections {
			for _, row := range s.rows {
				if s.head == head && strings.HasPrefix(row.text, what) {
					return strings.Join(strings.Fields(row.label), " ")
				}
			}
		}
		t.Fatalf("there is no %s under %s", what, head)
		return ""
	}
	for _, want := range []struct{ head, what, label string }{
		{"Targets", "listed", "4 +4"},
		{"Targets", "circulated", "1 +1"},
		{"Targets", "still on the list", "2 +2"},
		{"Arrests", "stalking", "1 +1"},
		{"Attempts", "no reply", "2 -1"},
		{"Left the list by unit", "NE", "1 +1"},
		{"Left the list by unit", "SW", "1 +1"},
		{"Attempts by unit", "SW", "3 ="},
	} {
		if got := figure(want.head, want.what); got != want.label {
			t.Errorf("%s, %s: %q, want %q", want.head, want.what, got, want.label)
		}
	}
	other := &world{t: t, book: r.book, who: "O-0002"}
	other.do("arrest.record", "wanted", "W-000001", "place", "3 Sample Street SW18")
	if got := figure("Arrests", "stalking"); got != "2 +2" {
		t.Errorf("after another arrest the page counts %q", got)
	}
	r.press("esc").sees("Live board")
}

func TestTheFirstOperationStandsBesideNone(t *testing.T) {
	r := newRig(t, 120, 40, theDay)
	r.press("4", "L", "R").sees("no operation before this one").seesNot("+1")
}

func TestAnOperationOfAnotherReachIsComparedWithOnlyWhereThereIsNoOther(t *testing.T) {
	r := newRig(t, 120, 40, func(w *world) {
		theDay(w)
		w.do("operation.create", "name", "Operation Ember", "from", "2026-10-20", "to", "2026-10-26", "unit", "NE")
	})
	r.press("4", "L", "R").sees("Operation Ember", "it was of North East, not of all units")
	other := &world{t: t, book: r.book, who: "O-0001"}
	other.do("operation.create", "name", "Operation Flint", "from", "2026-09-20", "to", "2026-09-26")
	r.sees("Operation Flint").seesNot("it was of")
}

func TestTheHandoverIsOfTheLastTwelveHoursOfTheOfficersUnit(t *testing.T) {
	r := newRig(t, 120, 70, theDay)
	r.press("4", "L", "g", "g", "H").sees("Handover of SW South West", "23 Nov 2026 17:07 to 24 Nov 2026 05:07", "In custody: 1", "KOVAČ, Ivan", "O'BRIEN, Seán", "no reply at 04:30")
	r.seesNot("MBEKI", "05:30", "Secret Person")
	r.press("tab", "e").sees("Handover of SW")
	r.press("esc").sees("Live board")
}

func TestTheClockThatRunsOutInAnHourStandsBeforeTheOneThatLapsedLongAgo(t *testing.T) {
	r := newRig(t, 120, 40, theDay)
	r.clock = r.clock.Add(23 * time.Hour)
	r.send(ticked{})
	r.press("4", "L", "H").sees("Clocks that run out")
	s := r.screen()
	soon, long := strings.Index(s, "charge or release from custody · 53m left"), strings.Index(s, "initial notification")
	if soon < 0 || long < 0 || soon > long {
		t.Errorf("the clocks are not nearest first:\n%s", s)
	}
}

func TestTheHandoverOfAQuietNightSaysSo(t *testing.T) {
	r := newRig(t, 80, 24, nil)
	r.press("ctrl+k").typed("handover")
	r.settle()
	r.press("enter").sees("Nothing to hand over")
}
