package part

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
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
	if view := b.View(&th, 80, 24); !strings.Contains(view, th.Match.Apply("KOV")+"AČ") {
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

// largeBox is the box as it searches for people.
func largeBox(query string) *Box {
	b := NewBox("a name, a plate, a reference")
	b.Enlarge(func(w, _ int) []string { return []string{"KOVAČ, Ivan", strings.Repeat("-", w)} })
	gen := b.SetQuery(query)
	b.SetItems(gen, []Item{
		{
			Group: "People", Title: "KOVAČ, Ivan", Signs: []Part{{Text: "VI", Style: StyleDanger}}, Detail: "3 Dec 1984 · SW", Why: "surname 1 letter out: kovaz → kovac", Brief: "1 letter out",
			Positions: []int{0, 1, 2, 3}, DetailPositions: []int{6, 7, 8, 9}, Full: "P-000482 · 14 Example Road SW11",
		},
		{Group: "People", Title: "KOVACS, Petra", Signs: []Part{{Text: "WE FI", Style: StyleDanger}}, Detail: "1 Jan 1990 · NE", Why: "sounds like"},
		{Group: "Actions", Title: "Record an arrest", Disabled: "nobody is selected"},
	})
	return b
}

func TestTheLargeBoxGolden(t *testing.T) {
	th, ascii := NewTheme(true, false, false), NewTheme(true, true, true)
	b := largeBox("kovaz 1984")
	golden(t, "box-large-80", b.View(&th, 80, 24), 76, 22)
	golden(t, "box-large-120", b.View(&th, 120, 30), 116, 28)
	b.SetNote(Note{Text: "there is no field colour", Style: StyleWarn, At: 7})
	golden(t, "box-large-60-ascii", b.View(&ascii, 60, 16), 60, 16)
}

func TestANoteStandsUnderWhatItIsAbout(t *testing.T) {
	th := NewTheme(true, true, false)
	for name, c := range map[string]struct {
		query string
		at    int
		want  string
	}{
		"at the beginning":              {"colour:red kovac", 1, "│   ^ no such field"},
		"in the middle":                 {"kovac colour:red", 7, "│         ^ no such field"},
		"about no place":                {"kovac", 0, "│   no such field"},
		"about a place no longer there": {"ko", 7, "│   no such field"},
		"far to the right":              {strings.Repeat("x", 66) + " c:r", 68, "no such field ^    │"},
		"scrolled out of sight":         {"c:r " + strings.Repeat("x", 90), 1, "│   no such field"},
	} {
		t.Run(name, func(t *testing.T) {
			b := largeBox(c.query)
			b.SetNote(Note{Text: "no such field", At: c.at})
			if line := strings.Split(b.View(&th, 80, 24), "\n")[2]; !strings.Contains(ansi.Strip(line), c.want) {
				t.Errorf("the line under the input is %q, want %q in it", ansi.Strip(line), c.want)
			}
		})
	}
}

func TestTheReasonOfTheSelectedRowIsSaidInFull(t *testing.T) {
	th := NewTheme(true, false, false)
	b := largeBox("kovaz")
	view := ansi.Strip(b.View(&th, 80, 24))
	for _, want := range []string{"P-000482 · 14 Example Road SW11", "  surname 1 letter out: kovaz → kovac "} {
		if !strings.Contains(view, want) {
			t.Errorf("%q is not said:\n%s", want, view)
		}
	}
	b.Update(pressOne("down"))
	if view := ansi.Strip(b.View(&th, 80, 24)); strings.Contains(view, "P-000482") {
		t.Errorf("what stands at the foot is not about the selected row:\n%s", view)
	}
	long := strings.Repeat("nickname: Bill = William; ", 5) + "born 1984"
	b.SetItems(1, []Item{{Title: "one", Why: long, Full: "not seen"}})
	if view := strings.Join(strings.Fields(ansi.Strip(b.View(&th, 80, 24))), " "); !strings.Contains(view, "born 1984") {
		t.Errorf("the end of a long reason is lost:\n%s", view)
	}
}

func TestBoxIsAlwaysExact(t *testing.T) {
	r := random(8)
	keys := press("down", "up", "pgdown", "a", "space", "backspace")
	everyTheme(t, func(t *testing.T, th *Theme) {
		for range 80 {
			w, h := 6+r.IntN(100), 6+r.IntN(25)
			b := NewBox(noise(r, 30))
			b.Enlarge(func(int, int) []string { return []string{Safe(noise(r, 90))} })
			b.large = false
			items := make([]Item, r.IntN(40))
			for i := range items {
				items[i] = Item{
					Group: fmt.Sprint(noise(r, 6), i/4), Title: noise(r, 30), Detail: noise(r, 20), Why: noise(r, 10), Positions: []int{0, 2, 3, 9, 99},
					Signs: []Part{{Text: noise(r, 9), Style: StyleDanger}}, DetailPositions: []int{1, 2, 99}, Full: noise(r, 40),
				}
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
				b.SetNote(Note{Text: noise(r, 40), At: r.IntN(30)})
				b.large = true
				width, height, _ := b.size(2*w, 2*h)
				sized(t, b.View(th, 2*w, 2*h), width, height)
				b.large = false
				if t.Failed() {
					t.FailNow()
				}
			}
		}
	})
}
