package part

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func addresses(prefix string) []Choice {
	all := []Choice{{Value: "14 Example Rd SW11", Key: "1"}, {Value: "2 Sample St SE1", Key: "2"}, {Value: "9 Model Ave N1", Key: "3"}}
	var out []Choice
	for _, c := range all {
		if strings.Contains(strings.ToLower(c.Value), strings.ToLower(prefix)) {
			out = append(out, c)
		}
	}
	return out
}

func sampleFields() []Field {
	return []Field{
		{Name: "outcome", Label: "Outcome", Kind: KindChoice, Need: true, Help: "What happened, by its key", Choices: []Choice{
			{Value: "none", Label: "no reply", Key: "1"}, {Value: "moved", Label: "moved away", Key: "2"}, {Value: "seen", Label: "seen, made off", Key: "3"},
		}},
		{Name: "address", Label: "Address", Kind: KindText, Suggest: addresses, Help: "A number from the list, or type another"},
		{Name: "note", Label: "Note", Kind: KindLong, Help: "What the next officer should know"},
		{Name: "when", Label: "When", Kind: KindDate, Value: "24 Nov 05:07", Need: true},
		{Name: "vehicle", Label: "Vehicle", Folded: true},
		{Name: "body", Label: "Body-worn video", Folded: true},
	}
}

func sampleForm() *Form { return NewForm(sampleFields()) }

// drive sends keys and returns the last result.
func drive(f *Form, keys ...tea.KeyPressMsg) (last FormResult) {
	for _, k := range keys {
		last, _ = f.Update(k)
	}
	return last
}

func TestFormGolden(t *testing.T) {
	th, ascii := NewTheme(true, false, false), NewTheme(true, true, true)
	f := sampleForm()
	golden(t, "form-80-fresh", f.View(&th, 80, 16), 80, 16)
	drive(f, press("1")...)
	golden(t, "form-80-address", f.View(&th, 80, 16), 80, 16)
	drive(f, press("2", "enter")...)
	drive(f, letters("Nobody in. Neighbour says he left on Monday with two bags and has not been back")...)
	golden(t, "form-80-note", f.View(&th, 80, 16), 80, 16)
	golden(t, "form-40-note", f.View(&th, 40, 12), 40, 12)
	f.SetError("when", "An attempt cannot be in the future", "Enter 05:07 or earlier")
	golden(t, "form-80-error", f.View(&th, 80, 16), 80, 16)
	drive(f, press("ctrl+o")...)
	golden(t, "form-80-unfolded-ascii", f.View(&ascii, 80, 16), 80, 16)
	golden(t, "form-60-low", f.View(&th, 60, 5), 60, 5)
}

// Six keys at most for "no reply, first address", the key that opens the form among them (docs/hand).
func TestAnAttemptWithNoReplyTakesFiveKeys(t *testing.T) {
	f := sampleForm()
	got := drive(f, press("1", "1", "enter", "enter", "enter")...)
	if got != FormSubmitted {
		t.Fatalf("result %v, active %s", got, f.Active())
	}
	v := f.Values()
	if v["outcome"] != "none" || v["address"] != "14 Example Rd SW11" || v["when"] != "24 Nov 05:07" {
		t.Errorf("values %v", v)
	}
}

func TestAChoiceKeyPicksAndMovesOn(t *testing.T) {
	f := sampleForm()
	drive(f, press("3")...)
	if f.Value("outcome") != "seen" || f.Active() != "address" {
		t.Errorf("outcome %q, active %q", f.Value("outcome"), f.Active())
	}
}

func TestArrowsGoRoundTheChoices(t *testing.T) {
	f := sampleForm()
	for i, want := range []string{"none", "moved", "seen", "none"} {
		drive(f, press("right")...)
		if got := f.Value("outcome"); got != want {
			t.Errorf("after %d: %q, want %q", i+1, got, want)
		}
	}
	drive(f, press("left")...)
	if got := f.Value("outcome"); got != "seen" {
		t.Errorf("left: %q", got)
	}
	if f.Active() != "outcome" {
		t.Error("going round must not leave the field")
	}
}

func TestANeededChoiceCannotBeEmptied(t *testing.T) {
	f := sampleForm()
	drive(f, press("right", "backspace")...)
	if f.Value("outcome") == "" {
		t.Error("emptied")
	}
}

func TestEnterOnTheLastFieldInSightSubmits(t *testing.T) {
	f := sampleForm()
	drive(f, press("tab", "tab", "tab")...)
	if f.Active() != "when" {
		t.Fatalf("active %q", f.Active())
	}
	if got := drive(f, press("enter")...); got != FormSubmitted {
		t.Errorf("got %v", got)
	}
	drive(f, press("ctrl+o")...)
	if got := drive(f, press("enter")...); got != FormNone || f.Active() != "vehicle" {
		t.Errorf("with more fields unfolded enter moves on; got %v at %q", got, f.Active())
	}
}

func TestSaveAndLeaveWorkAnywhere(t *testing.T) {
	for _, field := range []string{"outcome", "address", "note", "when"} {
		f := sampleForm()
		for f.Active() != field {
			drive(f, press("tab")...)
		}
		if got := drive(f, press("ctrl+s")...); got != FormSubmitted {
			t.Errorf("ctrl+s on %s: %v", field, got)
		}
		if got := drive(f, press("esc")...); got != FormLeft {
			t.Errorf("esc on %s: %v", field, got)
		}
	}
}

func TestInANoteEnterMovesOnAndAltEnterBreaksTheLine(t *testing.T) {
	f := sampleForm()
	drive(f, press("tab", "tab")...)
	drive(f, letters("one")...)
	drive(f, press("alt+enter")...)
	drive(f, letters("two")...)
	drive(f, press("ctrl+j")...)
	drive(f, letters("three")...)
	drive(f, press("enter")...)
	if f.Active() != "when" || f.Value("note") != "one\ntwo\nthree" {
		t.Errorf("active %q, note %q", f.Active(), f.Value("note"))
	}
}

func TestUpAndDownMoveInsideANoteFirst(t *testing.T) {
	f := sampleForm()
	f.SetValues(map[string]string{"note": "one\ntwo"})
	drive(f, press("tab", "tab", "up")...)
	if f.Active() != "note" {
		t.Fatalf("left the note from its second line for %q", f.Active())
	}
	drive(f, press("up")...)
	if f.Active() != "address" {
		t.Errorf("active %q", f.Active())
	}
}

func TestASuggestionIsTakenByArrowOrKey(t *testing.T) {
	tests := map[string]struct {
		keys []tea.KeyPressMsg
		want string
	}{
		"its key, then enter":               {press("2", "enter"), "2 Sample St SE1"},
		"down, then enter":                  {press("down", "down", "enter"), "2 Sample St SE1"},
		"letters, down, enter":              {append(letters("model"), press("down", "enter")...), "9 Model Ave N1"},
		"free text stays":                   {append(letters("21 Elm Row"), press("enter")...), "21 Elm Row"},
		"a house number begins no number":   {append(letters("1 Elm Row"), press("enter")...), "1 Elm Row"},
		"a key works after letters removed": {append(letters("x"), press("backspace", "3", "tab")...), "9 Model Ave N1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := sampleForm()
			drive(f, press("tab")...)
			drive(f, test.keys...)
			if got := f.Value("address"); got != test.want || f.Active() != "note" {
				t.Errorf("address %q, active %q", got, f.Active())
			}
		})
	}
}

func TestAReferenceIsShownWithTheNameBehindIt(t *testing.T) {
	th := NewTheme(true, false, false)
	people := []Choice{{Value: "P-000482", Label: "KOVAČ, Ivan", Key: "1"}, {Value: "P-000031", Label: "KOVACS, Petra", Key: "2"}}
	f := NewForm([]Field{
		{Name: "who", Label: "Who", Value: "P-000031", Suggest: func(string) []Choice { return people }}, {Name: "note", Label: "Note"},
	})
	drive(f, press("tab")...)
	if view := ansi.Strip(f.View(&th, 80, 10)); !strings.Contains(view, "P-000031  KOVACS, Petra") {
		t.Errorf("the default has no name:\n%s", view)
	}
	drive(f, press("shift+tab", "down", "enter")...)
	if view := ansi.Strip(f.View(&th, 80, 10)); !strings.Contains(view, "P-000482  KOVAČ, Ivan") {
		t.Errorf("the choice has no name:\n%s", view)
	}
}

func TestManySuggestionsLeaveTheCallersListAlone(t *testing.T) {
	all := make([]Choice, 9)
	for i := range all {
		all[i] = Choice{Value: fmt.Sprintf("value %d", i), Key: fmt.Sprint(i + 1)}
	}
	f := NewForm([]Field{{Name: "a", Suggest: func(string) []Choice { return all }}, {Name: "b"}})
	drive(f, press("7", "enter")...)
	if f.Value("a") != "value 6" || all[5].Value != "value 5" {
		t.Errorf("took %q; the list now has %v", f.Value("a"), all)
	}
}

func TestSaveTakesTheSuggestionUnderTheCursor(t *testing.T) {
	f := sampleForm()
	drive(f, press("tab", "1", "ctrl+s")...)
	if got := f.Value("address"); got != "14 Example Rd SW11" {
		t.Errorf("got %q", got)
	}
}

func TestADraftComesBackAndCountsAsDirty(t *testing.T) {
	f := sampleForm()
	if f.Dirty() {
		t.Error("a fresh form is dirty")
	}
	drive(f, press("2")...)
	draft := f.Values()
	again := sampleForm()
	again.SetValues(draft)
	if !again.Dirty() || again.Value("outcome") != "moved" {
		t.Errorf("dirty %v, values %v", again.Dirty(), again.Values())
	}
	drive(again, press("tab")...)
	drive(again, letters("x")...)
	if got := again.Value("address"); got != "x" {
		t.Errorf("after taking up a draft typing gives %q", got)
	}
}

func TestADraftInAFoldedFieldIsSeen(t *testing.T) {
	f := sampleForm()
	f.SetValues(map[string]string{"vehicle": "LK21 ABC"})
	th := NewTheme(true, false, false)
	if !strings.Contains(f.View(&th, 80, 20), "LK21 ABC") {
		t.Error("hidden")
	}
}

func TestAnErrorMovesToItsFieldAndGoesWhenItIsEdited(t *testing.T) {
	th := NewTheme(true, false, false)
	f := sampleForm()
	if f.SetError("nothing", "x", "y") {
		t.Error("an error on no field was taken")
	}
	f.SetError("body", "No such exhibit", "Enter a number like PA/1")
	view := ansi.Strip(f.View(&th, 80, 20))
	if f.Active() != "body" || !strings.Contains(view, "! No such exhibit") || !strings.Contains(view, "Enter a number like PA/1") {
		t.Errorf("active %q:\n%s", f.Active(), view)
	}
	drive(f, letters("P")...)
	if view := ansi.Strip(f.View(&th, 80, 20)); strings.Contains(view, "No such exhibit") {
		t.Errorf("still there:\n%s", view)
	}
}

func TestFieldsMayChangeWithAnAnswer(t *testing.T) {
	f := sampleForm()
	drive(f, press("1")...)
	drive(f, letters("kept")...)
	fields := sampleFields()
	f.SetFields(append(fields[:2:2], Field{Name: "custody", Label: "Custody"}, Field{Name: "when", Value: "now"}))
	if f.Active() != "address" || f.Value("address") != "kept" || f.Value("outcome") != "none" || f.Value("when") != "now" {
		t.Errorf("active %q, values %v", f.Active(), f.Values())
	}
	drive(f, letters("!")...)
	if f.Value("address") != "kept!" {
		t.Errorf("typing goes nowhere: %v", f.Values())
	}
}

func TestPastedControlBytesDoNotGetIn(t *testing.T) {
	f := sampleForm()
	drive(f, press("tab")...)
	f.Update(tea.PasteMsg{Content: "14\x1b[2J\nElm\u202e Row"})
	if got := f.Value("address"); got != "14[2J Elm Row" {
		t.Errorf("got %q", got)
	}
	drive(f, press("tab")...)
	f.Update(tea.PasteMsg{Content: "one\r\ntwo\x1b[31m"})
	if got := f.Value("note"); got != "one\ntwo[31m" {
		t.Errorf("got %q", got)
	}
}

func TestTheClipboardOfTheServerIsNotRead(t *testing.T) {
	f := sampleForm()
	for range 3 {
		drive(f, press("tab")...)
		if _, cmd := f.Update(pressOne("ctrl+v")); cmd != nil {
			t.Errorf("ctrl+v on %s runs a command", f.Active())
		}
	}
}

func TestAnUntouchedValueComesBackAsItWasStored(t *testing.T) {
	stored := "می\u200cخواهم\x07"
	f := NewForm([]Field{{Name: "a", Value: stored}, {Name: "b", Value: stored, Kind: KindLong}})
	drive(f, press("tab", "tab", "ctrl+s")...)
	if f.Dirty() || f.Value("a") != stored || f.Value("b") != stored {
		t.Errorf("changed to %q", f.Values())
	}
}

func TestTheCursorStandsWhereTheTextIsEdited(t *testing.T) {
	th := NewTheme(true, false, false)
	f := sampleForm()
	f.View(&th, 80, 16)
	if f.Cursor() != nil {
		t.Error("a choice has no text cursor")
	}
	drive(f, press("tab")...)
	for _, text := range []string{"", "abc", "漢字", strings.Repeat("long ", 40), strings.Repeat("漢", 80)} {
		f.SetValues(map[string]string{"address": text})
		view := f.View(&th, 80, 16)
		at := f.Cursor()
		line := ansi.Strip(strings.Split(view, "\n")[at.Y])
		if !strings.Contains(line, "Address") || at.X >= 80 {
			t.Errorf("cursor at %d,%d on %q", at.X, at.Y, line)
		}
		if before := strings.TrimRight(ansi.Cut(line, 0, at.X), " "); text != "" && !strings.HasSuffix(before, strings.TrimRight(text[len(text)-3:], " ")) {
			t.Errorf("before the cursor stands %q", before)
		}
	}
}

func TestTheActiveFieldIsAlwaysInSight(t *testing.T) {
	th := NewTheme(true, false, false)
	var fields []Field
	for i := range 30 {
		fields = append(fields, Field{Name: fmt.Sprint(i), Label: fmt.Sprintf("Field %d", i)})
	}
	f := NewForm(fields)
	for i := range 30 {
		if view := ansi.Strip(f.View(&th, 60, 10)); !strings.Contains(view, fmt.Sprintf("▌ Field %d ", i)) {
			t.Fatalf("field %d out of sight:\n%s", i, view)
		}
		drive(f, press("tab")...)
	}
}

func TestAFormWithoutFieldsCanBeSavedOrLeft(t *testing.T) {
	f := NewForm(nil)
	if drive(f, press("enter")...) != FormSubmitted || drive(f, press("esc")...) != FormLeft {
		t.Error("stuck")
	}
	th := NewTheme(true, false, false)
	sized(t, f.View(&th, 40, 8), 40, 8)
}

func TestFormIsAlwaysExact(t *testing.T) {
	r := random(6)
	keys := press("tab", "enter", "up", "down", "left", "right", "1", "a", "space", "alt+enter", "ctrl+o", "backspace", "shift+tab", "home")
	everyTheme(t, func(t *testing.T, th *Theme) {
		for range 25 {
			f := NewForm([]Field{
				{Name: "a", Label: noise(r, 8), Kind: KindChoice, Choices: []Choice{{Value: noise(r, 5), Label: noise(r, 8), Key: "1"}, {Value: "b", Label: noise(r, 30)}}},
				{Name: "b", Label: noise(r, 12), Value: noise(r, 40), Help: noise(r, 30), Suggest: func(string) []Choice {
					return []Choice{{Value: noise(r, 9), Label: noise(r, 9), Key: "1"}, {Value: noise(r, 40)}}
				}},
				{Name: "c", Label: noise(r, 6), Kind: KindLong, Value: noise(r, 60), Error: noise(r, 40)},
				{Name: "d", Label: noise(r, 6), Folded: true, Value: noise(r, 10)},
			})
			w, h := 1+r.IntN(100), 1+r.IntN(20)
			for range 15 {
				f.Update(keys[r.IntN(len(keys))])
				if r.IntN(4) == 0 {
					f.Update(tea.PasteMsg{Content: noise(r, 20)})
				}
				sized(t, f.View(th, w, h), w, h)
				if at := f.Cursor(); at != nil && (at.X < 0 || at.X >= w || at.Y < 0 || at.Y >= h) {
					t.Errorf("cursor outside: %d,%d in %dx%d", at.X, at.Y, w, h)
				}
				if t.Failed() {
					t.FailNow()
				}
			}
		}
	})
}
