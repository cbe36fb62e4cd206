package part

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func sampleBindings() []Binding {
	return []Binding{
		{Keys: "enter", Help: "open", Group: "Row"},
		{Keys: "t", Help: "task", Group: "Row"},
		{Keys: "a", Help: "arrest", Group: "Row", Why: "not circulated yet: circulate first"},
		{Keys: "space", Help: "mark", Group: "List"},
		{Keys: "/", Help: "filter", Group: "List"},
		{Keys: "ctrl+k", Help: "everything", Group: "Anywhere"},
		{Keys: "?", Help: "help", Group: "Anywhere"},
	}
}

// sampleViews is one view of every part.
func sampleViews(th *Theme, w, h int) map[string]string {
	tb := newRows(100, w, h)
	tb.Mark()
	form, box := sampleForm(), sampleBox()
	note := sampleForm()
	drive(note, press("1", "tab", "a", "alt+enter", "b")...)
	ask := Confirm{Title: "Withdraw the line?", Lines: []string{"It stays in the record."}, Danger: true}
	return map[string]string{
		"table": tb.View(th), "form": form.View(th, w, h), "note": note.View(th, w, h), "box": box.View(th, w, h), "confirm": ask.View(th, w, h),
		"footer": Footer(th, sampleBindings(), w), "help": HelpPage(th, sampleBindings(), w, h), "bar": Bar(th, 3, 7, 20),
		"spark": Spark(th, []float64{1, 2, 3}, 10),
	}
}

func TestFooterAndHelpGolden(t *testing.T) {
	th := NewTheme(true, false, false)
	for _, w := range []int{30, 80, 120} {
		golden(t, fmt.Sprintf("footer-%d", w), Footer(&th, sampleBindings(), w), w, 1)
		golden(t, fmt.Sprintf("help-%d", w), HelpPage(&th, sampleBindings(), w, 14), w, 14)
	}
	golden(t, "help-low", HelpPage(&th, sampleBindings(), 40, 6), 40, 6)
}

func TestADisabledKeyIsGreyInTheFooterAndSaysWhyInTheHelp(t *testing.T) {
	th := NewTheme(true, false, false)
	if foot := Footer(&th, sampleBindings(), 100); !strings.Contains(foot, th.Dim.Apply("a arrest")) {
		t.Errorf("footer %q", foot)
	}
	page := strings.Join(strings.Fields(ansi.Strip(HelpPage(&th, sampleBindings(), 36, 20))), " ")
	if !strings.Contains(page, "arrest — not circulated yet: circulate first") {
		t.Errorf("page %s", page)
	}
}

func TestBarsGolden(t *testing.T) {
	plain, ascii := NewTheme(true, false, false), NewTheme(true, false, true)
	var lines []string
	for _, v := range []float64{0, 0.1, 1, 5, 9.9, 10, 12} {
		lines = append(lines, "|"+Bar(&plain, v, 10, 12)+"|"+Bar(&ascii, v, 10, 12)+"|")
	}
	values := []float64{0, 1, 2, 3, 4, 5, 6, 7, 8}
	lines = append(lines, "|"+Spark(&plain, values, 12)+"|"+Spark(&ascii, values, 12)+"|", "|"+Spark(&plain, values, 4)+"        |            |")
	golden(t, "bars", strings.Join(lines, "\n"), 27, 9)
}

func TestNothingIsAnEmptyBarAndALittleIsSeen(t *testing.T) {
	th := NewTheme(true, false, false)
	tests := map[string]struct {
		value, limit float64
		want         string
	}{
		"nothing":      {0, 10, "    "},
		"a little":     {0.001, 1000, "▏   "},
		"all":          {10, 10, "████"},
		"no limit":     {5, 0, "    "},
		"below zero":   {-5, 10, "    "},
		"over the top": {99, 10, "████"},
	}
	for name, test := range tests {
		if got := Bar(&th, test.value, test.limit, 4); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestOverlayKeepsTheScreenAroundTheFloat(t *testing.T) {
	base := "aaaaaa\nbbbbbb\ncccccc"
	if got := ansi.Strip(Overlay(base, "XY\nZW", 2, 1)); got != "aaaaaa\nbbXYbb\nccZWcc" {
		t.Errorf("got %q", got)
	}
}

func TestOverlayCutsAWideCharacterCleanly(t *testing.T) {
	if got := ansi.Strip(Overlay("漢字漢字", "XX", 1, 0)); got != " XX 漢字" {
		t.Errorf("got %q (%d cells)", got, ansi.StringWidth(got))
	}
	if got := ansi.Strip(Overlay("漢字漢字", "XX", 3, 0)); got != "漢 XX 字" {
		t.Errorf("got %q", got)
	}
}

func TestOverlayIsAlwaysExact(t *testing.T) {
	r := random(4)
	th := NewTheme(true, false, false)
	for range 500 {
		w, h := 1+r.IntN(60), 1+r.IntN(10)
		base := make([]string, h)
		for i := range base {
			base[i] = th.Style(StyleID(r.IntN(9))).Apply(Fit(Safe(noise(r, 40)), w, AlignLeft))
		}
		float := make([]string, 1+r.IntN(12))
		fw := 1 + r.IntN(70)
		for i := range float {
			float[i] = th.Danger.Apply(Fit(Safe(noise(r, 40)), fw, AlignLeft))
		}
		x, y := r.IntN(w+10)-5, r.IntN(h+4)-2
		sized(t, Overlay(strings.Join(base, "\n"), strings.Join(float, "\n"), x, y), w, h)
		if t.Failed() {
			t.FailNow()
		}
	}
}

func TestCenter(t *testing.T) {
	base := strings.TrimSuffix(strings.Repeat(strings.Repeat(".", 9)+"\n", 3), "\n")
	if got := ansi.Strip(Center(base, "XXX", 9, 3)); got != ".........\n...XXX...\n........." {
		t.Errorf("got %q", got)
	}
}

func TestConfirmGolden(t *testing.T) {
	th, ascii := NewTheme(true, false, false), NewTheme(true, true, true)
	ask := Confirm{Title: "Eliminate KOVAČ, Ivan from the pack?", Lines: []string{"He stays in the record, with who decided and when, and can be brought back with u.", "", "2 tasks are still open."}}
	golden(t, "confirm-80", ask.View(&th, 80, 24), 60, 10)
	golden(t, "confirm-40-ascii", ask.View(&ascii, 40, 24), 40, 11)
}

func TestAConfirmationIgnoresKeysUntilItIsArmed(t *testing.T) {
	ask := Confirm{Title: "Sure?"}
	if got := ask.Update(pressOne("enter")); got != ConfirmNone {
		t.Errorf("a key meant for the screen below answered: %v", got)
	}
	ask.Arm()
	tests := map[string]ConfirmResult{"enter": ConfirmYes, "y": ConfirmYes, "esc": ConfirmNo, "n": ConfirmNo, "x": ConfirmNone}
	for key, want := range tests {
		if got := ask.Update(pressOne(key)); got != want {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
	}
}

func TestAPlainTerminalGetsOnlyASCIIFromUs(t *testing.T) {
	th := NewTheme(true, false, true)
	for _, w := range []int{20, 40, 80} {
		for name, view := range sampleViews(&th, w, 24) {
			for _, r := range strings.NewReplacer("○", "", "Č", "").Replace(view) { // the samples' own letters
				if r > '~' {
					t.Errorf("%s at %d cells draws %q", name, w, r)
				}
			}
		}
	}
}

func TestPartsAreAlwaysExact(t *testing.T) {
	r := random(5)
	everyTheme(t, func(t *testing.T, th *Theme) {
		for range 150 {
			w, h := 1+r.IntN(130), 1+r.IntN(20)
			bindings := make([]Binding, r.IntN(20))
			for i := range bindings {
				bindings[i] = Binding{Keys: noise(r, 4), Help: noise(r, 6), Group: fmt.Sprint(r.IntN(3)), Why: noise(r, 8)}
			}
			sized(t, Footer(th, bindings, w), w, 1)
			sized(t, HelpPage(th, bindings, w, h), w, h)
			sized(t, Bar(th, r.Float64()*12-1, 10, w), w, 1)
			values := make([]float64, r.IntN(40))
			for i := range values {
				values[i] = r.Float64()*10 - 1
			}
			sized(t, Spark(th, values, w), w, 1)
			ask := Confirm{Title: noise(r, 30), Lines: []string{noise(r, 60), noise(r, 60)}, Danger: true}
			view := ask.View(th, max(w, 6), h)
			sized(t, view, min(60, max(w, 6)), strings.Count(view, "\n")+1)
			if t.Failed() {
				t.FailNow()
			}
		}
	})
}

func TestGroupsKeepTheirOrder(t *testing.T) {
	if got := groups(sampleBindings()); !slices.Equal(got, []string{"Row", "List", "Anywhere"}) {
		t.Errorf("got %v", got)
	}
}
