package ui

import (
	"fmt"
	"strings"
	"testing"

	"pou/model"
)

// watchedOrder is the small desk with a history of checks on its order, a victim-survivor it protects, and cover.
func watchedOrder(w *world) {
	threeWanted(w)
	w.do("check.record", "order", "R-1", "kind", "unannounced visit", "at", "2026-10-20 18:00", "others", "yes", "words", "At home, alone", "home", "confirmed")
	w.do("check.record", "order", "R-1", "kind", "police systems", "at", "2026-11-03 09:00", "complied", "1", "concern", "2", "words", "2 ANPR read on the edge of SW11")
	w.do(
		"check.record", "order", "R-1", "kind", "unannounced visit", "at", "2026-11-23 19:00", "not_complied", "2", "complied", "1",
		"words", "2 found on Lavender Hill, SW11", "next", "Ask the station for its book", "next_by", "2026-11-27",
	)
	w.do("victim.add", "name", "Secret Person", "way", "advocate", "advocate", "Ms Hale", "safe", "mornings", "order", "R-1", "every", "7")
	for _, until := range []string{"2026-12-24", "2027-03-01", "2027-03-31"} {
		ro := w.do("order.add", "person", "P-000003", "type", "RO on conviction", "made", "2025-01-10", "until", until, "unit", "NE", "conditions", "Not to contact", "monitor", "O-0003")
		w.do("breach.report", "order", string(ro), "condition", "1", "what", "A letter", "at", "2026-10-22 20:00")
	}
	w.do("order.cover", "order", "R-1", "officer", "O-0003", "until", "2026-12-04")
}

func TestGoldenOrder(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		for name, keys := range map[string][]string{
			"order":  {"3", "enter"},
			"check":  {"3", "v"},
			"charts": {"0", "9", "c", "h", "a", "r", "t", "enter"},
		} {
			page := fmt.Sprintf("%s-%dx%d", name, size[0], size[1])
			t.Run(page, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, size[0], size[1], watchedOrder)
				r.press(keys...)
				if name == "order" && size[1] < 60 { // down to what it is about here
					_ = r.screen() // drawn, so that there is something to scroll
					r.press("pgdown")
				}
				r.seesNot("Secret Person", "Ms Hale", "mornings")
				golden(t, page, r.screen())
			})
		}
	}
}

func TestAnOrdersCardShowsHowItIsKept(t *testing.T) {
	r := newRig(t, 200, 60, watchedOrder)
	r.press("3", "enter").sees(
		"Risk         high", "every 14 days, unannounced", "23 Nov 2026; next by 7 Dec 2026", "PS Rahman, 24 Nov 2026 to 4 Dec 2026",
		"●▲", "key          ● C complied", "■ B breach", "VS-000001", "through their advocate", "not complied: 2", "Ask the station for its book, by 27 Nov 2026",
	)
	r.app.th.ASCII = true
	r.press("down")
	r.sees("CP", "C complied", "B breach").seesNot("●", "▲", "■", "◐", "○")
}

func TestACheckIsRecordedFromTheListOfOrdersAndReportsTheBreach(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("3").sees("v check")
	r.press("v").sees("Record a check", "R-000001")
	r.press("u", "enter").typed("3").press("enter", "enter", "enter", "y").typed("3 not in the station's book").press("ctrl+s")
	r.sees("Record a check · KOVAČ, Ivan")
	v := record[*model.Check](r, "V-000001")
	if v.Lines[2].Result != model.NotComplied || v.Lines[0].Result != model.Complied || v.Lines[2].Words != "not in the station's book" {
		t.Errorf("%+v", v.Lines)
	}
	if b := record[*model.Breach](r, v.Lines[2].Breach); b.State != model.BreachReported || b.Condition != 3 {
		t.Errorf("%+v", b)
	}
	r.press("2").sees("not in the st")
}

func TestAContactWithWhomTheOrderProtectsIsRecordedFromItsCard(t *testing.T) {
	r := newRig(t, 120, 40, watchedOrder)
	r.press("3", "enter")
	_ = r.screen()
	r.press("tab").typed("victim.contact")
	r.press("enter").sees("Record a contact", "VS-000001").seesNot("Secret Person", "Ms Hale")
	r.press("y", "ctrl+s")
	if v := record[*model.Survivor](r, "VS-000001"); len(v.Contacts) != 1 || !v.Contacts[0].Reached {
		t.Errorf("%+v", v.Contacts)
	}
}

func TestTheChartsFollowTheUnit(t *testing.T) {
	r := newRig(t, 120, 40, watchedOrder)
	r.press("9").typed("charts").press("enter")
	r.sees("Charts of SW South West", "Live orders checked in time", "100% of 1, 0 late", "Potential breaches by unit, 12 weeks")
	r.press("0").sees("Charts of all units", "no live orders")
	r.press("<").sees("Charts of WA")
	r.press("esc").seesNot("Charts of")
}

// A row of cells is never told by its colour alone: every state has a sign and a letter of its own.
func TestEveryCellHasASignOfItsOwn(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		r := newRig(t, 80, 24, nil)
		r.app.th.ASCII = ascii
		seen := map[string]model.CellState{}
		for _, s := range append(model.CellStates(), model.CellNone) {
			sign := cellSign(&r.app.th, s)
			if other, taken := seen[sign]; taken {
				t.Errorf("ASCII %v: %q is %s and %s", ascii, sign, other.Word(), s.Word())
			}
			if ascii && strings.ContainsFunc(sign, func(c rune) bool { return c > 126 }) {
				t.Errorf("%q is no ASCII", sign)
			}
			seen[sign] = s
		}
	}
}
