package part

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func sampleItems() []Item {
	return []Item{
		{Group: "People", Title: "KOVAČ, Ivan", Detail: "b. 3 Dec 1984  P-000482", Why: "name", Positions: []int{0, 1, 2}},
		{Group: "People", Title: "KOVACS, Petra", Detail: "b. 1 Jan 1990  P-000031", Why: "sounds like"},
		{Group: "Operations", Title: "Operation Sample Kovel", Detail: "20 targets, frozen 21 Nov", Why: "title"},
		{Group: "Actions", Title: "Record an arrest", Disabled: "nobody is selected"},
	}
}

func sampleBox() *Box {
	b := NewBox("a name, a plate, a reference, or > for actions")
	for _, k := range letters("kov") {
		b.Update(k)
	}
	_, gen := b.Query()
	b.SetItems(gen, sampleItems())
	return b
}

func TestBoxGolden(t *testing.T) {
	th, ascii := NewTheme(true, false, false), NewTheme(true, true, true)
	b := sampleBox()
	golden(t, "box-80", b.View(&th, 80, 24), 76, 20)
	golden(t, "box-50-ascii", b.View(&ascii, 50, 12), 50, 12)
	golden(t, "box-fresh", NewBox("a name, a plate, a reference").View(&th, 60, 10), 60, 10)
}

func TestOldResultsDoNotReplaceNewerOnes(t *testing.T) {
	b := NewBox("")
	r1, _ := b.Update(pressOne("k"))
	r2, _ := b.Update(pressOne("o"))
	if r1.Event != BoxQueryChanged || r2.Text != "ko" || r2.Generation <= r1.Generation {
		t.Fatalf("%+v then %+v", r1, r2)
	}
	b.SetItems(r2.Generation, []Item{{Title: "new"}})
	b.SetItems(r1.Generation, []Item{{Title: "old"}})
	if got, _ := b.Selected(); got.Title != "new" {
		t.Errorf("selected %q", got.Title)
	}
}

func TestEnterBeforeTheResultsPicksFromTheResults(t *testing.T) {
	b := sampleBox()
	r, _ := b.Update(pressOne("e"))
	if got, _ := b.Update(pressOne("enter")); got.Event != BoxNone {
		t.Fatalf("picked %q from the list of an older query", got.Item.Title)
	}
	if got := b.SetItems(r.Generation, []Item{{Title: "Operation Sample Kovel"}}); got.Event != BoxPicked || got.Item.Title != "Operation Sample Kovel" {
		t.Errorf("got %+v", got)
	}
	if got := b.SetItems(r.Generation, sampleItems()); got.Event != BoxNone {
		t.Errorf("picked twice: %+v", got)
	}
}

func TestTypingOnTakesAWaitingEnterBack(t *testing.T) {
	b := sampleBox()
	b.Update(pressOne("e"))
	b.Update(pressOne("enter"))
	r, _ := b.Update(pressOne("l"))
	if got := b.SetItems(r.Generation, sampleItems()); got.Event != BoxNone {
		t.Errorf("got %+v", got)
	}
}

func TestBoxKeys(t *testing.T) {
	tests := map[string]struct {
		keys  []tea.KeyPressMsg
		event BoxEvent
		title string
	}{
		"enter opens the best":               {press("enter"), BoxPicked, "KOVAČ, Ivan"},
		"down goes on to the next":           {press("down", "enter"), BoxPicked, "KOVACS, Petra"},
		"up at the top stays":                {press("up", "enter"), BoxPicked, "KOVAČ, Ivan"},
		"tab asks for the actions":           {press("down", "down", "tab"), BoxTabbed, "Operation Sample Kovel"},
		"esc closes":                         {press("esc"), BoxClosed, ""},
		"what is disabled cannot be picked":  {press("down", "down", "down", "enter"), BoxNone, ""},
		"space belongs to the query":         {press("space"), BoxQueryChanged, ""},
		"a cursor key changes no query":      {press("left"), BoxNone, ""},
		"down past the end stays on the end": {press("down", "down", "down", "down", "down", "up", "enter"), BoxPicked, "Operation Sample Kovel"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := sampleBox()
			var got BoxResult
			for _, k := range test.keys {
				got, _ = b.Update(k)
			}
			if got.Event != test.event || got.Item.Title != test.title {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestAPrefixCanBeGiven(t *testing.T) {
	b := NewBox("")
	gen := b.SetQuery("> ")
	if text, now := b.Query(); text != "> " || now != gen {
		t.Errorf("query %q, generation %d, want %d", text, now, gen)
	}
	if r, _ := b.Update(pressOne("a")); r.Text != "> a" {
		t.Errorf("typing goes on at the end: %q", r.Text)
	}
}

func TestMatchingLettersArePickedOut(t *testing.T) {
	th := NewTheme(true, false, false)
	b := sampleBox()
	b.Update(pressOne("down"))
	if view := b.View(&th, 80, 24); !strings.Contains(view, th.Match.Apply("K")+th.Match.Apply("O")+th.Match.Apply("V")+"AČ") {
		t.Errorf("view %q", view)
	}
}

func TestTheBoxCursorIsInItsInput(t *testing.T) {
	th := NewTheme(true, false, false)
	b := sampleBox()
	b.View(&th, 80, 24)
	if at := b.Cursor(); at.Y != 1 || at.X != 7 {
		t.Errorf("cursor at %d,%d", at.X, at.Y)
	}
}

func TestBoxIsAlwaysExact(t *testing.T) {
	r := random(8)
	keys := press("down", "up", "pgdown", "a", "space", "backspace")
	everyTheme(t, func(t *testing.T, th *Theme) {
		for range 80 {
			w, h := 6+r.IntN(100), 6+r.IntN(25)
			b := NewBox(noise(r, 30))
			items := make([]Item, r.IntN(40))
			for i := range items {
				items[i] = Item{Group: fmt.Sprint(noise(r, 6), i/4), Title: noise(r, 30), Detail: noise(r, 20), Why: noise(r, 10), Positions: []int{0, 2, 3, 9, 99}}
				if r.IntN(4) == 0 {
					items[i].Disabled = noise(r, 20)
				}
			}
			for range 6 {
				b.Update(keys[r.IntN(len(keys))])
				b.Update(tea.PasteMsg{Content: noise(r, 15)})
				_, gen := b.Query()
				b.SetItems(gen, items)
				sized(t, b.View(th, w, h), min(w, 76), min(h, 20))
				if t.Failed() {
					t.FailNow()
				}
			}
		}
	})
}
