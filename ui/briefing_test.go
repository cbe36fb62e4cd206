package ui

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/store/memory"
	"pou/ui/part"
)

// threeTargets is threeWanted with all three on the list of Operation Lantern, plans and teams, and a case whose
// victim-survivor nobody in the room may learn of.
func threeTargets(w *world) {
	threeWanted(w)
	for _, person := range []string{"P-000002", "P-000003"} {
		w.do("target.add", "operation", "OP-0001", "person", person, "reason", "Next by urgency")
	}
	w.do("target.plan", "target", "OP-0001/001", "plan", "RV Lavender Hill 05:30, front and rear, van at the corner. Custody suite: Brixton.")
	w.do("target.plan", "target", "OP-0001/002", "plan", "Knock at six, flat door opens inwards.")
	victim := &model.Person{
		Surname: "Whitlock", Forename: "Genevieve", Addresses: []model.Address{{Text: "77 Hidden Lane", Postcode: "SW9 9ZZ"}},
		Phones: []model.Phone{{Number: "07700 900123"}},
	}
	victim.Ref = "P-000005"
	c := &model.Case{
		Report: "01/123456/26", Unit: "SW", Parties: []model.Party{{Person: "P-000001", Role: model.PartySuspect}, {Person: victim.Ref, Role: model.PartyVictim}},
		Offences: []model.OffenceCode{"s4A"}, Last: day.Of(2026, time.November, 1), State: model.CaseOpen, Summary: "Stalking of Genevieve Whitlock",
	}
	c.Ref = "C-000001"
	order, first, second := kept[*model.Order](w, "R-000001"), kept[*model.Target](w, "OP-0001/001"), kept[*model.Target](w, "OP-0001/002")
	order.Protected = "Dorothea Vance" // "Person" as a surname would be found in every gap that names person.edit
	first.Officers, second.Officers = []model.Ref{"O-0001", "O-0002"}, []model.Ref{"O-0002"}
	batch := model.Batch{Records: []model.Record{victim, c, order, first, second}}
	if _, err := w.book.Collect(w.t.Context(), w.who, "people.import", batch); err != nil {
		w.t.Fatal(err)
	}
}

// kept is a record as the store has it.
func kept[R model.Record](w *world, ref model.Ref) R {
	w.t.Helper()
	return record[R](&rig{t: w.t, book: w.book}, ref)
}

// secrets are what no page of a briefing may show.
func secrets() []string {
	return []string{"Whitlock", "WHITLOCK", "Genevieve", "Hidden Lane", "SW9 9ZZ", "900123", "Dorothea", "Vance", "P-000005"}
}

func briefingRig(t *testing.T, w, h int, build func(*world)) *rig {
	t.Helper()
	r := newRig(t, w, h, build)
	return r.press("4", "B")
}

func TestGoldenBriefing(t *testing.T) {
	pages := []struct {
		name string
		keys []string
	}{
		{"briefing", nil},
		{"briefing-last", []string{"end"}},
		{"briefing-notes", []string{"n"}},
		{"briefing-team", []string{"t"}},
		{"briefing-blank", []string{"."}},
	}
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		for _, p := range pages {
			name := fmt.Sprintf("%s-%dx%d", p.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				r := briefingRig(t, size[0], size[1], threeTargets)
				for _, k := range p.keys {
					r.send(briefKey(k))
				}
				got := r.screen()
				golden(t, name, got)
				for i, line := range strings.Split(r.app.View().Content, "\n") {
					if w := ansi.StringWidth(line); w != size[0] {
						t.Errorf("line %d is %d cells", i, w)
					}
				}
				if n := strings.Count(got, "\n") + 1; n != size[1] {
					t.Errorf("%d lines", n)
				}
			})
		}
	}
}

func briefKey(name string) tea.KeyPressMsg {
	switch name {
	case "home":
		return tea.KeyPressMsg{Code: tea.KeyHome}
	case "end":
		return tea.KeyPressMsg{Code: tea.KeyEnd}
	case "pgup":
		return tea.KeyPressMsg{Code: tea.KeyPgUp}
	}
	return keyPress(name)
}

func TestTheBriefingTurnsPagesWithOneKey(t *testing.T) {
	r := briefingRig(t, 80, 24, threeTargets)
	r.sees("1 of 3", "HOLLOWAY, Marcus", "RV Lavender Hill", "PS Adeyemi", "05:07", "next ▸")
	r.press("space")
	r.sees("2 of 3", "KOVAČ, Ivan")
	r.press("pgdown")
	r.sees("3 of 3", "O'BRIEN, Seán", "nobody assigned", "no address on record")
	r.press("right")
	r.sees("team list", "DC Patel", "1 HOLLOWAY, 2 KOVAČ", "3 O'BRIEN")
	r.press("right") // nothing after the team list
	r.sees("team list")
	r.press("left")
	r.sees("3 of 3")
	r.send(briefKey("home"))
	r.sees("1 of 3")
	r.press("left") // nor before the first
	r.sees("1 of 3")
	r.send(briefKey("end"))
	r.sees("3 of 3")
	r.press("q").seesNot("3 of 3")
	r.sees("4 Packs")
}

func TestTheBriefingGoesToAPageByItsNumber(t *testing.T) {
	r := briefingRig(t, 80, 24, threeTargets)
	r.press("3").sees("go to 3", "HOLLOWAY")
	r.press("enter").sees("3 of 3", "O'BRIEN")
	r.press("9", "enter").sees("3 of 3") // there is no ninth
	r.press("1", "esc").sees("3 of 3")   // thought better of it
	r.press("0", "enter").sees("3 of 3")
	r.press("?").sees("presenter notes", "page 7").press("?").sees("3 of 3")
	r.press("1", "enter").sees("1 of 3")
}

func TestNoKeyOfTheBriefingChangesARecord(t *testing.T) {
	r := briefingRig(t, 120, 40, threeTargets)
	head := func() (seq uint64) {
		r.settle()
		err := r.book.Read(t.Context(), func(rd store.Reader) error {
			return rd.Entries(0, true, func(e model.Entry) bool {
				if e.Logged == model.Consultation {
					return true
				}
				seq = e.Seq
				return false
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		return seq
	}
	before := head()
	over := reflect.TypeOf(r.app.over)
	for c := '!'; c <= '~'; c++ {
		if c == 'q' {
			continue
		}
		r.send(keyPress(string(c)))
		if c == '.' || c == 'b' {
			r.send(keyPress("."))
		}
	}
	for _, k := range []string{"ctrl+k", "ctrl+s", "ctrl+r", "tab", "enter", "backspace"} {
		r.send(keyPress(k))
	}
	if now := reflect.TypeOf(r.app.over); now != over {
		t.Errorf("a key opened a %v over the briefing", now)
	}
	if after := head(); after != before {
		t.Errorf("entry %d was written by a key of the briefing", after)
	}
}

func TestTheBlankedScreenShowsItsMarkingAndNothingElse(t *testing.T) {
	r := briefingRig(t, 80, 24, threeTargets)
	r.press(".")
	want := []string{"OFFICIAL-SENSITIVE", "blanked", "OFFICIAL-SENSITIVE"}
	if got := strings.Fields(r.screen()); !reflect.DeepEqual(got, want) {
		t.Errorf("the blanked screen says %q", got)
	}
	r.press("right", "enter", "n", "q", "esc", "3", "enter") // no key but the same shows anything
	if got := strings.Fields(r.screen()); !reflect.DeepEqual(got, want) {
		t.Errorf("a key lifted the blank: %q", got)
	}
	r.press(".").sees("1 of 3", "HOLLOWAY")
}

func TestNoPageOfTheBriefingShowsWhoIsProtected(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		r := briefingRig(t, size[0], size[1], threeTargets)
		for range 4 {
			r.seesNot(secrets()...)
			r.press("n")
			for range 60 {
				r.seesNotNow(t, secrets()...)
				r.press("down")
			}
			r.press("n", "right")
		}
	}
}

// seesNotNow is seesNot for a screen that waits for nothing.
func (r *rig) seesNotNow(t *testing.T, words ...string) {
	t.Helper()
	s := ansi.Strip(r.app.View().Content)
	for _, w := range words {
		if strings.Contains(s, w) {
			t.Fatalf("the screen says %q:\n%s", w, s)
		}
	}
}

func TestABriefingThatCannotBeSanitisedIsRefused(t *testing.T) {
	r := briefingRig(t, 80, 24, func(w *world) {
		threeTargets(w)
		w.do("target.plan", "target", "OP-0001/001", "plan", "Wait until Genevieve Whitlock has left for work")
	})
	r.sees("This briefing cannot be shown", "OP-0001/001 plan")
	r.seesNot(append(secrets(), "HOLLOWAY")...)
	r.press("right", "n", "q").sees("4 Packs")
}

func TestTheBriefingShowsOnlyTheUnitOfTheDesk(t *testing.T) {
	build := func(w *world) {
		threeTargets(w)
		w.do("target.add", "operation", "OP-0001", "person", "P-000004", "reason", "North-east")
	}
	r := briefingRig(t, 80, 24, build)
	r.sees("1 of 3")
	r.press("q", "0", "B").sees("1 of 4")
	r.press("4", "enter").sees("MBEKI")
	w := &world{t: t, book: r.book, who: "O-0001"}
	w.do("target.remove", "target", "OP-0001/001", "exit", "eliminated", "reason", "Alibi confirmed by the prison")
	r.settle()
	r.press("1", "enter").sees("1 of 3", "KOVAČ")
	r.press("4", "enter").sees("3 of 3", "OP-0001/004") // there are three pages now, so 4 is the target's number
}

func TestEachShowingIsJournalledOnce(t *testing.T) {
	r := briefingRig(t, 80, 24, threeTargets)
	r.press("right", "left", "right", "left")
	r.settle()
	if err := r.book.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := map[string][]model.Ref{}
	err := r.book.Read(t.Context(), func(rd store.Reader) error {
		return rd.Entries(0, false, func(e model.Entry) bool {
			if strings.HasPrefix(e.Reason, "briefing") {
				for _, about := range e.About {
					got[e.Reason] = append(got[e.Reason], about.Ref)
				}
			}
			return true
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]model.Ref{
		"briefing OP-0001 SW":                  {"P-000001", "P-000002", "P-000003"},
		"briefing OP-0001 SW page OP-0001/001": {"P-000001"},
		"briefing OP-0001 SW page OP-0001/002": {"P-000002"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the journal says %v, want %v", got, want)
	}
}

func TestATargetThatLeavesTheListLeavesTheBriefing(t *testing.T) {
	r := briefingRig(t, 80, 24, threeTargets)
	r.press("right").sees("2 of 3", "KOVAČ")
	w := &world{t: t, book: r.book, who: "O-0001"}
	w.do("target.remove", "target", "OP-0001/001", "exit", "eliminated", "reason", "Alibi confirmed by the prison")
	r.settle()
	r.sees("1 of 2", "KOVAČ")
}

func TestAnEmptyListSaysWhatWouldBeThere(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("g", "a", "4", "B").sees("No target is on this list")
	r.press("right", "t", "n", "end", "1", "enter", "esc").sees("4 Packs")
}

func TestAPhotoIsReadFromItsFileAndShown(t *testing.T) {
	dir := t.TempDir()
	img := image.NewRGBA(image.Rect(0, 0, 60, 80))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	img.Set(30, 40, color.RGBA{R: 200, A: 255})
	good, odd := filepath.Join(dir, "face.png"), filepath.Join(dir, "face.txt")
	f, err := os.Create(good)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(odd, []byte("not a picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := briefingRig(t, 120, 40, func(w *world) {
		threeTargets(w)
		w.do("person.edit", "person", "P-000001", "photo", good, "photo_taken", "2026-01-05")
		w.do("person.edit", "person", "P-000002", "photo", odd, "photo_taken", "2019-01-05")
		w.do("person.edit", "person", "P-000003", "photo", filepath.Join(dir, "gone.png"))
	})
	r.sees("▀▀▀▀▀▀", "taken 5 Jan 2026")
	r.press("right").sees("no photo", "neither PNG nor", "taken 5 Jan 2019")
	r.press("right").sees("no photo", "this machine", "age of photo unknown")
	r.seesNot("gone.png")
	r.app.opts.NoColor = true
	r.app.th = noColourTheme(r.app)
	r.press("left", "left").seesNot("▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀")
}

func TestTheBoxOpensTheBriefing(t *testing.T) {
	r := newRig(t, 80, 24, threeTargets)
	r.press("ctrl+k").typed("briefing").press("enter").sees("1 of 3", "HOLLOWAY, Marcus")
}

func TestHealthMarkersAreNotShownToARoomNorDenied(t *testing.T) {
	r := briefingRig(t, 80, 24, func(w *world) {
		threeTargets(w)
		w.do("marker.add", "person", "P-000001", "code", "MN", "source", "PNC", "set", "2026-06-01")
		w.do("marker.add", "person", "P-000002", "code", "SU", "source", "PNC", "set", "2026-06-01")
	})
	r.sees("VI violent", "need-to-know").seesNot("mental health")
	r.press("right").sees("need-to-know").seesNot("none on record", "suicidal")
}

func TestTheBriefingFillsEveryWindow(t *testing.T) {
	for _, o := range []Options{{}, {ASCII: true}, {NoColor: true}} {
		a, mode := benchBriefing(t, o)
		mode.pages[0].Photo, mode.pages[1].Photo = "", "unread"
		mode.pages[2].Name = "КОВАЧ, Іван"
		mode.pages[3].Name = strings.Repeat("VON UND ZU ", 20)
		mode.pages[4].Team, mode.pages[4].Markers, mode.pages[4].Plan = nil, nil, ""
		for _, size := range [][2]int{{60, 15}, {61, 19}, {80, 24}, {99, 36}, {100, 36}, {160, 45}, {300, 90}} {
			a.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			for _, at := range []int{0, 1, 2, 3, 4, len(mode.pages)} {
				for _, notes := range []bool{false, true} {
					mode.at, mode.notes = at, notes
					a.fresh = false
					lines := strings.Split(a.View().Content, "\n")
					if len(lines) != size[1] {
						t.Errorf("%v page %d: %d lines", size, at, len(lines))
					}
					for i, l := range lines {
						if w := ansi.StringWidth(l); w != size[0] {
							t.Errorf("%v page %d line %d: %d cells: %q", size, at, i, w, ansi.Strip(l))
						}
						if o.ASCII && strings.ContainsAny(l, "█▀▄▲▸│╭…") {
							t.Errorf("%v page %d line %d is not ASCII: %q", size, at, i, ansi.Strip(l))
						}
					}
					if text := ansi.Strip(strings.Join(lines, " ")); at < len(mode.pages) && len(mode.pages[at].Markers) > 0 && !strings.Contains(text, "VI violent") {
						t.Errorf("%v page %d does not warn:\n%s", size, at, ansi.Strip(a.View().Content))
					}
				}
			}
		}
	}
}

// A page turn with a photo at the finest size, drawn from the key to the frame.
func BenchmarkBriefingPageTurn(b *testing.B) {
	a, mode := benchBriefing(b, Options{})
	face := mode.photos[mode.pages[0].Photo]
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		mode.photos[mode.pages[(i+1)%2].Photo] = face
		a.Update(keyPress([]string{"right", "left"}[i%2]))
		_ = a.View()
	}
}

// benchBriefing is a briefing of twenty pages with photos at 200 by 60, without a store behind it.
func benchBriefing(tb testing.TB, o Options) (*App, *briefing) {
	tb.Helper()
	book, err := store.New(tb.Context(), memory.New(), at0507)
	if err != nil {
		tb.Fatal(err)
	}
	img := image.NewRGBA(image.Rect(0, 0, 480, 480))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 7)
	}
	var raw bytes.Buffer
	if err := png.Encode(&raw, img); err != nil {
		tb.Fatal(err)
	}
	face, err := part.ReadPhoto(&raw)
	if err != nil {
		tb.Fatal(err)
	}
	o.Store, o.Who = book, "O-0001"
	a := NewApp(tb.Context(), o)
	a.Update(tea.WindowSizeMsg{Width: 200, Height: 60})
	mode := &briefing{operation: "OP-0001", loaded: true, began: at0507(), shown: map[model.Ref]bool{}, photos: map[string]*briefPhoto{}}
	for i := range 20 {
		ref := fmt.Sprintf("face%d", i)
		mode.photos[ref] = &briefPhoto{photo: face}
		mode.pages = append(mode.pages, briefPage{Page: model.Page{
			Ref: model.NewTargetRef("OP-0001", uint64(i+1)), Name: "HOLLOWAY, Marcus", Photo: ref, Where: []string{"3 Sample Street SW18 - home", "at work"},
			WantedFor: "Stalking, fear of violence or serious alarm (PHA 1997 s.4A); Threats to kill (OAPA 1861 s.16)", Power: "Arrest: PACE s.24.",
			Team: []string{"PS Adeyemi", "DC Patel"}, Plan: strings.Repeat("RV at the corner. ", 20),
			Markers:  []model.PageMarker{{Code: "VI", Label: "violent", Age: "set 1 Jun 2026, 5m ago"}, {Code: "WE", Label: "weapons", Age: "age unknown", Stale: true}},
			Sections: []model.PageSection{{Head: "Clocks", Rows: [][2]string{{"W-000001", strings.Repeat("circulate on PNC, ", 30)}}}},
		}})
	}
	a.over = mode
	return a, mode
}
