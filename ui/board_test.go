package ui

import (
	"testing"
	"time"
)

// theDay is the small desk in the middle of its operation: one arrested and in the cells, one tried at the door, one of
// another unit circulated.
func theDay(w *world) {
	threeWanted(w)
	w.do("target.add", "operation", "OP-0001", "person", "P-000002", "reason", "Breached again")
	w.do("target.add", "operation", "OP-0001", "person", "P-000003", "reason", "Charge by February")
	w.do("target.add", "operation", "OP-0001", "person", "P-000004", "reason", "Most wanted in NE", "unit", "NE")
	w.do("attempt.record", "wanted", "W-000003", "outcome", "no-reply", "at", "2026-11-23 05:30")
	w.do("attempt.record", "wanted", "W-000003", "outcome", "no-reply", "at", "2026-11-24 04:30")
	w.do("arrest.record", "wanted", "W-000002", "place", "14 Example Road SW11", "at", "2026-11-24 04:40", "tell", "O-0002")
	w.do("arrest.status", "arrest", "K-000001", "status", "in custody", "suite", "Wandsworth", "arrived", "2026-11-24 05:00")
	w.do("target.remove", "target", "OP-0001/004", "exit", "circulated", "reason", "Flown out on Sunday")
}

func TestGoldenBoard(t *testing.T) { goldenPages(t, "board", theDay, "4", "L") }

func TestTheBoardFollowsTheDayAndKeepsItsRow(t *testing.T) {
	r := newRig(t, 120, 40, theDay)
	r.press("4", "L").sees("Live board", "Operation Lantern", "NEXT CLOCK")
	row := func() boardRow {
		t.Helper()
		r.settle()
		got, ok := r.app.board.table.Selected()
		if !ok {
			t.Fatal("no row is selected")
		}
		return got
	}
	for row().unit != "SW" {
		r.press("down")
	}
	if got := row(); got.listed != 2 || got.arrested != 1 || got.tried != 2 || got.custody != 1 || got.next.Sub(r.clock) <= 0 {
		t.Errorf("SW stands at %+v", got)
	}
	was := row()
	other := &world{t: t, book: r.book, who: "O-0002"}
	other.do("attempt.record", "wanted", "W-000001", "outcome", "no-reply")
	other.do("arrest.record", "wanted", "W-000001", "place", "3 Sample Street SW18")
	got := row()
	if got.unit != "SW" || got.listed != 1 || got.arrested != 2 || got.custody != 2 || got.tried != was.tried+2 {
		t.Errorf("after an attempt and an arrest SW stands at %+v", got)
	}
	r.press("G")
	if all := row(); all.unit != "" || all.targets() != 4 || all.left() != 3 || all.circulated != 1 || all.custody != 2 {
		t.Errorf("all units stand at %+v", all)
	}
	r.clock = r.clock.Add(48 * time.Hour)
	r.send(ticked{})
	r.press("ctrl+r").sees("over")
	if all := row(); all.tried != 0 {
		t.Errorf("two days later %d attempts are of today", all.tried)
	}
}

func TestEnterOnTheBoardShowsThatUnitsPacksAndEscComesBackToIt(t *testing.T) {
	r := newRig(t, 80, 24, theDay)
	r.press("4", "L", "home")
	for {
		r.press("down")
		if got, _ := r.app.board.table.Selected(); got.unit == "NE" {
			break
		}
	}
	r.press("enter").sees("MBEKI, Joseph", "NE North East").seesNot("KOVAČ")
	other := &world{t: t, book: r.book, who: "O-0003"}
	other.do("attempt.record", "wanted", "W-000001", "outcome", "no-reply")
	r.press("[").sees("Live board")
	if rows := r.app.board.table.Rows(); rows[len(rows)-1].tried != 3 {
		t.Errorf("the board did not hear of an attempt made while the packs were on show: %+v", rows[len(rows)-1])
	}
	r.press("end", "enter").sees("all units", "MBEKI, Joseph", "KOVAČ, Ivan")
	r.press("[", "esc").sees("HOLLOWAY, Marcus").seesNot("Live board")
}

func TestTheBoardIsFoundInTheBoxAndSaysWhenThereIsNoOperation(t *testing.T) {
	r := newRig(t, 80, 24, nil)
	r.press("4", "L").sees("there is no operation yet")
	r = newRig(t, 80, 24, theDay)
	r.press("ctrl+k").typed("live board")
	r.settle()
	r.press("enter").sees("Live board", "NEXT CLOCK")
}
