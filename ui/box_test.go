package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pou/model"
	"pou/model/query"
	"pou/store"
	"pou/ui/part"
)

func TestAPersonIsReadFromTheWordsOfASearch(t *testing.T) {
	for text, want := range map[string]typed{
		"sean obrien":                   {"Obrien", "Sean", ""},
		"O'BRIEN, Seán":                 {"O'BRIEN", "Seán", ""},
		"obrien":                        {"Obrien", "", ""},
		"sean obrien 1984":              {"Obrien", "Sean", "1984"},
		"sean 3/12/84 obrien":           {"Obrien", "Sean", "3 Dec 1984"},
		"obrien, sean 3 dec 1984":       {"Obrien", "Sean", "3 Dec 1984"},
		"3.12.1984 obrien":              {"Obrien", "", "3 Dec 1984"},
		"obrien unit:CN born:1984":      {"Obrien", "", "1984"},
		"obrien -status:arrested":       {"Obrien", "", ""},
		"maria de la cruz":              {"De La Cruz", "Maria", ""},
		"jan van dijk":                  {"Van Dijk", "Jan", ""},
		"van dijk":                      {"Dijk", "Van", ""},
		"mary-jane o'neill-smith":       {"O'Neill-Smith", "Mary-Jane", ""},
		"McKenzie":                      {"McKenzie", "", ""},
		"07700 900123":                  {},
		"P-000482":                      {},
		"ab12 cde":                      {"Cde", "", ""},
		"99/99/1984 obrien":             {"Obrien", "", ""},
		"obrien 0042":                   {"Obrien", "", ""},
		"":                              {},
		"unit:SW":                       {},
		"  sean   obrien  ":             {"Obrien", "Sean", ""},
		"obrien 1984 1985":              {"Obrien", "", "1984"},
		"mohamed al fayed":              {"Al Fayed", "Mohamed", ""},
		"王小明":                           {"王小明", "", ""},
		"sean born:198? obrien unit:CN": {"Obrien", "Sean", ""},
	} {
		if got := readTyped(text); got != want {
			t.Errorf("%q is read as %+v, want %+v", text, got, want)
		}
	}
}

func TestAReasonInBriefLeavesOutWhatIsPickedOut(t *testing.T) {
	for why, want := range map[string]string{
		"exact":                           "exact",
		"nickname: Bill = William; exact": "nickname; exact",
		"name exact; born 3 Dec 1984: day and month swapped": "name exact; day and month swapped",
		"1 letter out: a → b; 1 letter out: c → d":           "1 letter out",
		"1 letter out: a → b; not found: jim":                "1 letter out; not found: jim",
		"":                                                   "",
	} {
		if got := inBrief(why); got != want {
			t.Errorf("%q in brief is %q, want %q", why, got, want)
		}
	}
}

func TestOnlyFiguresAndWholeWordsArePickedOutInADetail(t *testing.T) {
	for text, want := range map[string]string{"jan 1984": "jan 1984", "janet 1984": "1984", "shaun sw11": "sw11", "sean": ""} {
		if got := figures(text, "2 Jan 1984 · SW · P-000001"); got != want {
			t.Errorf("of %q, %q is sought in the detail, want %q", text, got, want)
		}
	}
}

func TestWhoIsNotOnRecordIsAddedFromWhatWasTyped(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("ctrl+k").typed("quentin zeboroff 3/12/84").sees("Add a person called ZEBOROFF, Quentin, born 3 Dec 1984")
	r.press("end", "pgdown", "enter").sees("Add a person", "Zeboroff", "Quentin", "3 Dec 1984").press("ctrl+s")
	if p := record[*model.Person](r, "P-000005"); p.Name() != "ZEBOROFF, Quentin" || p.Born.String() != "3 Dec 1984" {
		t.Errorf("added %s, born %s", p.Name(), p.Born)
	}
}

func TestAFilterThatCannotBeReadIsPointedAt(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("ctrl+k").typed("kovac colour:red").sees("│         ^ there is no field colour; try ")
	r.press("backspace", "backspace", "backspace").sees("there is no field colour")
	for range len("colour:") {
		r.press("backspace")
	}
	r.seesNot("no field")
	r.sees("KOVAČ, Ivan")
}

func TestWhatWasMeantIsOfferedAndGoesIntoTheBox(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("ctrl+k").typed("holovay")
	r.settle()
	_, generation := r.app.over.(*boxOverlay).box.Query()
	r.send(boxFound{generation: generation, answer: store.Answer{Words: "holovay", Meant: "holloway"}})
	r.sees("▌Instead", "Did you mean holloway?")
	r.press("enter").sees("> holloway", "HOLLOWAY, Marcus").press("enter").sees("b. 4 Jul 1979", "esc back")
}

func TestWhatIsOfferedHoldsEachFilterOnceAndTakesNoFilterForAName(t *testing.T) {
	r := newRig(t, 120, 30, threeWanted)
	r.press("ctrl+k").typed("bob holovay unit:SW wanted")
	r.settle()
	_, generation := r.app.over.(*boxOverlay).box.Query()
	r.send(boxFound{generation: generation, answer: store.Answer{Words: "bob holovay", Meant: "bob holloway unit:SW wanted"}})
	r.sees("Did you mean bob holloway unit:SW wanted?", "called HOLOVAY, Bob")
}

func TestAHalfTypedFilterThatComesLateLeavesTheAnswersAsTheyWere(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("ctrl+k").typed("kovac colou")
	r.settle()
	_, generation := r.app.over.(*boxOverlay).box.Query()
	late := fmt.Errorf("the filter cannot be read at %w", &query.Error{Term: "colour:", Why: "there is no field colour"})
	r.send(boxFound{generation: generation - 1, err: late})
	r.send(boxFound{generation: generation, err: late})
	r.seesNot("could not search")
	r.sees("no field colour")
}

func TestAScreenCalledJustWhatWasTypedComesBeforePeopleCalledMuchLikeIt(t *testing.T) {
	for match, first := range map[string]string{"sounds alike: handover = Handley": "Handover", "name exact": "HANDLEY, Jo"} {
		r := newRig(t, 80, 24, threeWanted)
		r.press("ctrl+k").typed("handover")
		r.settle()
		b := r.app.over.(*boxOverlay)
		_, generation := b.box.Query()
		answer := boxFound{generation: generation}
		answer.answer.Found = []store.Found{{Line: model.Line{Ref: "P-000009", Kind: "person", Name: "HANDLEY, Jo"}, Match: match, Exact: match == "name exact"}}
		r.send(answer)
		if it, _ := b.box.Selected(); it.Title != first {
			t.Errorf("with somebody found as %q, %q comes first, want %q", match, it.Title, first)
		}
	}
}

func TestTheEmptyBoxOffersWhatWasOpenedBeforeLatestFirst(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	r.press("ctrl+k").typed("kovac")
	r.settle()
	r.press("enter", "esc").settle()
	r.press("ctrl+k").typed("holloway")
	r.settle()
	r.press("enter", "esc").settle()
	s := r.press("ctrl+k").screen()
	holloway, kovac, row, screens := strings.Index(s, "▌Recent"), strings.Index(s, " KOVAČ, Ivan  "), strings.Index(s, "This row"), strings.Index(s, "Screens")
	if !strings.Contains(s, "▌Recent   HOLLOWAY, Marcus") || holloway > kovac || kovac > row || row > screens {
		t.Errorf("not the latest, the one before, the row, the screens:\n%s", s)
	}
	r.press("enter").sees("b. 4 Jul 1979", "esc back")
	r.press("ctrl+k").sees("▌Recent   KOVAČ, Ivan") // the one being read is not offered: enter goes back and forth
	r.press("enter").sees("b. 3 Dec 1984")
	r.press("ctrl+k").sees("▌Recent   HOLLOWAY, Marcus", "2 times")
}

func TestWhatWasOpenedIsOfferedAsItIsNow(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	wd := &world{t: t, book: r.book, who: "O-0001"}
	wd.do("person.add", "surname", "Zawahiri", "forename", "Ayman")
	for _, name := range []string{"kovac", "zawahiri"} {
		r.press("ctrl+k").typed(name)
		r.settle()
		r.press("enter", "esc").settle()
	}
	r.press("ctrl+k").sees("ZAWAHIRI, Ayman").press("esc")
	receipt, err := r.book.Do(t.Context(), "O-0001", model.Request{Action: "undo"})
	if err != nil {
		t.Fatalf("%+v: %v", receipt, err)
	}
	wd.do("marker.add", "person", "P-000002", "code", "FI", "source", "PNC", "set", "2026-11-01")
	r.settle()
	r.press("ctrl+k").sees("KOVAČ, Ivan  FI ")
	r.seesNot("ZAWAHIRI")
}

func journal(r *rig) []model.Entry {
	r.t.Helper()
	r.settle()
	if err := r.book.Flush(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	var out []model.Entry
	err := r.book.Read(r.t.Context(), func(rd store.Reader) error {
		return rd.Entries(0, false, func(e model.Entry) bool {
			out = append(out, e)
			return true
		})
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

func looks(r *rig, reason string) int {
	n := 0
	for _, e := range journal(r) {
		if e.Reason == reason {
			n++
		}
	}
	return n
}

func TestTheRecordUnderTheCursorStandsBesideTheResultsAndIsJournalled(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("ctrl+k").typed("obrien").sees("▌People", "O'BRIEN, Seán", "b. 1990", "Identity")
	if n := looks(r, "record P-000003"); n != 1 {
		t.Errorf("the record shown beside the results is journalled %d times, want once", n)
	}
	r.press("left").sees("Identity")
	if n := looks(r, "record P-000003"); n != 1 {
		t.Errorf("a key that chose nobody else journalled it %d times", n)
	}
}

func TestNobodyIsReadWhoIsNotShownOrNotYetChosen(t *testing.T) {
	for name, c := range map[string]struct {
		w     int
		typed string
	}{
		"a screen too narrow for it": {109, "obrien"},
		"nothing typed":              {120, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, c.w, 40, threeWanted)
			r.press("ctrl+k").typed("obrien")
			r.settle()
			r.press("enter", "esc").settle()
			before := looks(r, "record P-000003")
			r.press("ctrl+k").typed(c.typed)
			if n := looks(r, "record P-000003"); n != before {
				t.Errorf("the record was read and journalled %d times more", n-before)
			}
		})
	}
}

func TestALaterAnswerNeverStandsBesideSomebodyElse(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("ctrl+k").typed("obrien").sees("b. 1990")
	b := r.app.over.(*boxOverlay)
	late := cardLoaded{card: b.card.card}
	r.press("backspace", "backspace", "backspace", "backspace", "backspace", "backspace").typed("holloway").sees("b. 4 Jul 1979")
	r.send(late)
	r.seesNot("b. 1990")
	r.sees("b. 4 Jul 1979")
}

func TestABoxMadeWiderReadsWhoIsChosen(t *testing.T) {
	r := newRig(t, 100, 40, threeWanted)
	r.press("ctrl+k").typed("obrien")
	r.seesNot("Identity")
	r.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	r.sees("Identity")
}

func TestTheLettersThatAnswerArePickedOutWithoutColourToo(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.app.th = noColourTheme(r.app)
	r.press("ctrl+k").typed("obrien 1990")
	r.settle()
	content, on := r.app.View().Content, r.app.th.Style(part.StyleMatch).On()
	for _, want := range []string{on + "O", on + "BRIEN" + ansi.ResetStyle, on + "1990" + ansi.ResetStyle} {
		if !strings.Contains(content, want) {
			t.Errorf("%q is not on the screen", want)
		}
	}
	if sgr := colourSGR.FindString(content); sgr != "" {
		t.Errorf("colour %q in a screen without colour", sgr)
	}
}

func TestTheBoxLeftEmptyIsJournalledWithWhoStoodInIt(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	r.press("ctrl+k", "esc")
	if n := looks(r, "what was opened before"); n != 0 {
		t.Errorf("nobody stood in the box, and it is journalled %d times", n)
	}
	r.press("ctrl+k").typed("kovac")
	r.settle()
	r.press("enter", "esc").settle()
	r.press("ctrl+k", "esc")
	if n := looks(r, "what was opened before"); n != 1 {
		t.Errorf("journalled %d times, want once", n)
	}
}
