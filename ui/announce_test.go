package ui

import (
	"strings"
	"testing"

	"pou/model"
)

// others is another officer at the same store.
func (r *rig) others(who model.Ref) *world { return &world{t: r.t, book: r.book, who: who} }

// pointed is the row the cursor of the list is on.
func (r *rig) pointed() model.Ref {
	l, ok := r.app.screen().selected()
	if !ok {
		return ""
	}
	return l.Ref
}

// What every officer has to know at once stands on every open desk after another has done it, whatever its officer is at, and moves
// nothing under their hands.
func TestWhatEveryOfficerHasToKnowStandsOnEveryOpenDesk(t *testing.T) {
	signed := func(w *world) {
		lantern(w)
		w.do("plan.sign", "operation", "OP-0001")
		w.who = "O-0004"
		w.do("plan.sign", "operation", "OP-0001")
		w.who = "O-0001"
	}
	handedOut := func(w *world) {
		signedLantern(w)
		if err := w.book.Disclose(t.Context(), "O-0002", "team pack of OP-0001, unit SW: 1 target, pdf, 6 copies", "Team Green", "OP-0001", "OP-0001/001"); err != nil {
			w.t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		build func(*world)
		does  func(w *world)
		says  []string
	}{
		"an order that is frozen": {signed, func(w *world) { w.do("plan.freeze", "operation", "OP-0001") }, []string{"Operation Lantern: the order is frozen, version 1", "DI Clarke"}},
		"paper that is called in": {handedOut, func(w *world) {
			w.do("target.remove", "target", "OP-0001/001", "exit", "eliminated", "reason", "In prison since Sunday")
		}, []string{"Recall copies 1 to 6 from Team Green: OP-0001/001 left the list", "DI Clarke"}},
		"a warning of danger": {lantern, func(w *world) { w.do("marker.add", "person", "P-000002", "code", "FI", "source", "PNC") }, []string{"WARNING MARKER FI added", "P-000002", "DI Clarke"}},
		"a warning of danger however it is typed": {
			lantern, func(w *world) { w.do("marker.add", "person", "P-000002", "code", "fi", "source", "PNC") }, []string{"WARNING MARKER FI added"},
		},
	} {
		for at, keys := range map[string][]string{"on a list": {"j"}, "on a record": {"j", "enter"}, "in a form": {"j", "N"}} {
			t.Run(name+" "+at, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, 120, 40, c.build)
				r.press(keys...).seesNot("A: read")
				was, over, detail := r.pointed(), r.app.over, r.app.detail
				if over != nil {
					r.typed("half typed")
				}
				c.does(r.others("O-0004"))
				r.sees(append(c.says, "A: read")...)
				if now := r.pointed(); now != was || was == "" {
					t.Errorf("the cursor was on %s and is on %s", was, now)
				}
				if r.app.over != over || (detail == nil) != (r.app.detail == nil) {
					t.Error("what stood before the officer is another")
				}
				if over != nil {
					r.sees("half typed")
					return // it is read once the form is done with
				}
				r.press("A").seesNot("A: read")
			})
		}
	}
}

// Where news comes quickly the journal is read again before the last reading is told: nothing is told twice.
func TestAnAnnouncementIsToldOnce(t *testing.T) {
	r := newRig(t, 120, 40, lantern)
	from := r.app.announcedTo
	r.others("O-0004").do("marker.add", "person", "P-000002", "code", "FI", "source", "PNC")
	first, second := r.app.readAnnouncements(from)(), r.app.readAnnouncements(from)()
	r.send(first)
	r.send(second)
	r.sees("A: read").seesNot("1 more")
	r.press("A").seesNot("A: read")
}

// What one did oneself is not announced to oneself, and what endangers nobody to nobody.
func TestWhatNeedNotBeAnnouncedIsNot(t *testing.T) {
	r := newRig(t, 120, 40, lantern)
	r.others("O-0001").do("marker.add", "person", "P-000002", "code", "FI", "source", "PNC")
	r.others("O-0004").do("marker.add", "person", "P-000002", "code", "MN", "source", "PNC")
	r.others("O-0004").do("alias.add", "person", "P-000002", "name", "Mark")
	r.seesNot("A: read")
}

// An officer who may only look is told of danger as everybody, though they do not read the journal.
func TestTheBriefingRoomIsToldOfDanger(t *testing.T) {
	r := newRig(t, 120, 40, func(w *world) {
		lantern(w)
		w.do("officer.add", "name", "ROOM, Briefing", "unit", "SW", "roles", "briefing")
	})
	d := desk{ctx: t.Context(), store: r.book.For("O-0005"), who: "O-0005"}
	from := r.app.announcedTo
	r.others("O-0004").do("marker.add", "person", "P-000002", "code", "FI", "source", "PNC")
	got, ok := d.readAnnouncements(from)().(announced)
	if !ok || got.err != nil || len(got.said) != 1 || !strings.Contains(got.said[0].text, "WARNING MARKER FI") {
		t.Errorf("the room is told %+v", got)
	}
}
