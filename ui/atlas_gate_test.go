package ui

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pou/model"
	"pou/model/atlas"
	"pou/model/atlas/london"
	"pou/model/day"
	"pou/store"
	"pou/store/comms"
	"pou/store/sample/planted"
	"pou/ui/brief"
)

// guardedWorld is the planted case with a table of stations and cells that only the victim-survivor's devices used, a held row of hers, and a
// card of hers: every way a place can be said.
func guardedWorld(w *world) {
	plantedWorld(w)
	victim := "P-000002"
	w.do("device.attribute", "case", "C-1", "kind", "card", "number", "059876543210", "person", victim, "grade", "strong", "basis", "found in her purse")
	last := planted.Make(1, day.On(at0507()).AddDays(-1)).Last
	on := last.AddDays(-3)
	cells := "Cell ID,Site Name,Latitude,Longitude,Azimuth,Radius (m)\n234-10-49999,Hidden Row mast,51.401234,-0.301234,0,900\n"
	calls := fmt.Sprintf("Calling Number,Called Number,Date,Time,Duration (s),Call Type,First Cell ID,Last Cell ID,IMEI\n%s,07700900999,%s,12:00:00,60,Voice,234-10-49999,234-10-49999,350000000000018\n",
		planted.VictimPhone, on.Start().Format("02/01/2006"))
	oyster := fmt.Sprintf("Date,Start Time,End Time,Journey/Action,Charge,Credit,Balance,Note\n%s,18:01,18:30,Tolworth to Surbiton,2.40,,10.00,\n", on.Start().Format("02-Jan-2006"))
	for _, f := range []comms.Source{
		{Name: "cells.csv", Bytes: []byte(cells)}, {Name: "her calls.csv", Bytes: []byte(calls)}, {Name: "her card.csv", Bytes: []byte(oyster)},
	} {
		own := planted.VictimPhone
		if strings.Contains(f.Name, "card") {
			own = "oyster:059876543210"
		}
		if _, _, err := comms.LoadInto(w.t.Context(), w.book, w.who, comms.Loading{Dataset: "D-000001", Files: []comms.Source{f}, Own: own}); err != nil {
			w.t.Fatal(f.Name, err)
		}
	}
}

// protectedPlaces is every way the place of a row is said that is need-to-know: of her rows, and of the suspect's near them.
func protectedPlaces(t *testing.T, d *atlasData) *regexp.Regexp {
	t.Helper()
	open, shut := map[string]bool{}, map[string]bool{}
	say := func(into map[string]bool, r *atlas.Row) {
		into[fmt.Sprintf("%.5f, %.5f", float64(r.Lat)/1e6, float64(r.Lon)/1e6)] = true
		if r.Site != 0 {
			s := &d.set.Sites[r.Site]
			into[orWord(s.Name, s.ID)] = true
		}
	}
	veil := d.pic.Veil()
	for i := range d.set.Rows {
		r := &d.set.Rows[i]
		switch {
		case !r.Placed() && r.Site == 0:
		case veil.Keeps(uint32(i)):
			say(shut, r)
		default:
			say(open, r)
		}
	}
	stations := map[string]bool{}
	for _, s := range london.Stations() {
		stations[s.Name] = true
	}
	var words []string
	for w := range shut {
		said := slices.ContainsFunc(slices.Collect(maps.Keys(open)), func(o string) bool { return strings.Contains(o, w) })
		if _, public := stations[w]; !said && w != "" && (!public || w == "Tolworth") { // the map shows where stations are, whoever passed them
			words = append(words, regexp.QuoteMeta(w))
		}
	}
	for _, want := range []string{"Hidden Row mast", "Tolworth"} {
		if !slices.Contains(words, want) {
			t.Fatalf("%s is not among the %d places that are need-to-know", want, len(words))
		}
	}
	slices.Sort(words)
	return regexp.MustCompile(strings.Join(words, "|"))
}

// gatePages are what each view shows of where: brushed to a day on which the devices may have been near each other, and behind each line.
func gatePages() [][2]string {
	return [][2]string{
		{"overview", "o"},
		{"change", "c end"},
		{"near", "n"},
		{"near, the last", "n end"},
		{"near, its rows", "n enter"},
		{"map", "m"},
		{"map, all of London", "m l"},
		{"map, a week", "m } z"},
		{"places", "0 p"},
		{"places, the last", "p end"},
		{"places, its rows", "p end enter"},
		{"four", "f"},
		{"breaches", "b"},
		{"breaches, the last", "b end"},
		{"breaches, its rows", "b end enter"},
		{"rows", "r"},
		{"rows, the last", "r end"},
		{"a row", "r enter"},
	}
}

func unlock(r *rig, reason string) {
	r.press("V").typed(reason).press("ctrl+s")
	r.rested()
}

func TestNoViewSaysWhereSomebodyProtectedWasBeforeAReveal(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			t.Parallel()
			r := openedAtlasRig(t, size[0], size[1], guardedWorld)
			secret := protectedPlaces(t, r.app.atlas.data)
			walk := func(look func(page, screen string)) {
				for _, p := range gatePages() {
					r.press(strings.Fields(p[1])...).rested()
					look(p[0], r.screen())
					for r.app.over != nil {
						r.press("esc")
					}
				}
			}
			shows := map[string]bool{}
			walk(func(page, screen string) {
				if word := secret.FindString(screen); word != "" {
					t.Errorf("%s shows %q before a reveal", page, word)
				}
				if strings.HasPrefix(page, "map") && strings.Contains(screen, "● ") {
					t.Errorf("%s shows spots of the victim-survivor's devices", page)
				}
			})
			s := r.app.atlas
			for _, row := range s.ground.spotRows {
				if s.data.pic.Veil().Keeps(row) {
					t.Fatalf("row %d is a spot on the map", row)
				}
			}
			unlock(r, "planning a safe way home with her")
			r.sees("NEED-TO-KNOW SHOWN")
			walk(func(page, screen string) {
				shows[page] = secret.MatchString(screen) || strings.Contains(screen, "Hidden Row")
			})
			for _, page := range []string{"near", "near, its rows", "near, the last"} {
				if !shows[page] {
					t.Errorf("%s shows no place after a reveal", page)
				}
			}
			r.press("m", "0").rested().sees("victim")
			r.press("p").rested()
			r.seesNot("rows whose place is need-to-know")
		})
	}
}

func TestARevealOfPlacesIsInTheJournalOfEachProtectedPersonWithItsReason(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	r.press("n", "V").sees("Reveal need-to-know", "shown until you leave this screen")
	r.press("ctrl+s")
	r.rested()
	if r.app.atlas.ground.open {
		t.Fatal("places are shown without a reason")
	}
	r.press("esc")
	unlock(r, "planning a safe way home with her")
	if err := r.book.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	reveals, looks := 0, 0
	err := r.book.Read(t.Context(), func(rd store.Reader) error {
		return rd.Looked("P-000002", func(e model.Entry) bool {
			if e.Action == "victim.reveal" {
				reveals++
				if e.Reason != "planning a safe way home with her" || e.Logged != model.Consultation || e.By != "O-0001" {
					t.Errorf("%+v", e)
				}
			}
			if e.Action == "look" && strings.Contains(e.Reason, "with the places that are need-to-know") {
				looks++
			}
			return true
		})
	})
	if err != nil || reveals != 1 || looks != 1 {
		t.Errorf("%d reveals and %d looks (%v)", reveals, looks, err)
	}
}

func TestPlacesAreHiddenAgainWhenTheScreenIsLeft(t *testing.T) {
	t.Parallel()
	for _, way := range []struct {
		name  string
		leave []string
		back  []string
	}{
		{"by its own key", []string{"V"}, nil},
		{"for the case", []string{"esc"}, []string{"A"}},
		{"for a list, and back as one came", []string{"4"}, []string{"["}},
		{"for the briefing mode", []string{"4", "B"}, []string{"q", "["}},
		{"by the privacy key", []string{"ctrl+l"}, []string{"ctrl+l"}},
		{"by the privacy key over a form", []string{"s", "ctrl+l"}, []string{"ctrl+l", "esc"}},
	} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			r := openedAtlasRig(t, 200, 60, guardedWorld)
			secret := protectedPlaces(t, r.app.atlas.data)
			unlock(r, "planning a safe way home with her")
			r.press("n").rested()
			if !secret.MatchString(r.screen()) {
				t.Fatal("nothing was revealed")
			}
			r.press(way.leave...)
			r.settle()
			if word := secret.FindString(r.screen()); word != "" {
				t.Errorf("left, and still shows %q", word)
			}
			r.press(way.back...)
			r.rested()
			r.press("n").rested()
			if word := secret.FindString(r.screen()); word != "" || r.app.atlas.ground.open {
				t.Errorf("back again, and shows %q", word)
			}
		})
	}
}

func TestABlankedScreenShowsNothingAndTakesNoKeyButItsOwn(t *testing.T) {
	t.Parallel()
	r := newRig(t, 80, 24, threeWanted)
	r.press("ctrl+l").sees("blanked")
	r.seesNot("Wanted")
	r.press("2", "x", "q")
	if r.quit || r.app.at != 1 {
		t.Error("a key that could not be seen was taken")
	}
	r.press("ctrl+l").sees("Wanted")
}

func TestWhoeverMayNotRevealIsToldWhy(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	me := *r.app.me
	me.Roles = []model.Role{model.RoleData}
	r.app.me = &me
	r.press("n", "V").rested()
	r.sees("reveal places", "to reveal need-to-know")
	if r.app.over != nil || r.app.atlas.ground.open {
		t.Error("a form was opened, or places are shown")
	}
}

// What goes on a storyboard or to the breach desk from a screen that shows everything says no more than paper does.
func TestNothingThatWasRevealedLeavesTheScreen(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 200, 60, guardedWorld)
	secret := protectedPlaces(t, r.app.atlas.data)
	unlock(r, "planning a safe way home with her")
	for _, way := range [][]string{{"n", "s"}, {"p", "end", "s"}, {"p", "s"}, {"m", "s"}, {"r", "s"}, {"r", "end", "s"}, {"b", "s"}, {"b", "R"}, {"b", "end", "R"}} {
		r.press(way...).rested()
		f, ok := r.app.over.(*formOverlay)
		if !ok {
			t.Fatalf("%v opens no form", way)
		}
		for name, value := range f.form.Values() {
			if word := secret.FindString(value); word != "" {
				t.Errorf("%v puts %q into %s", way, word, name)
			}
		}
		r.press("esc")
	}
	s := r.app.atlas
	board := brief.StandardStory(s.data.pic.Case)
	doc := brief.NewStory(&brief.StoryData{
		Board: board, Standard: true, Case: s.data.pic.Case, Datasets: s.data.pic.Datasets, Set: s.data.set, By: s.data.by, Index: s.data.x,
		Call: func(model.Ref) string { return "" }, Name: func(model.Ref) string { return "" }, Made: at0507(),
	})
	var paper strings.Builder
	if err := doc.Write(&paper, brief.Markdown); err != nil {
		t.Fatal(err)
	}
	if word := secret.FindString(paper.String()); word != "" {
		t.Errorf("paper says %q", word)
	}
}

func TestWhatNearIsCanBeChangedAndTheBaseRateWithIt(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	unlock(r, "planning a safe way home with her")
	r.press("n").sees("< > 15 min", "- + 200 m", "1 of 157")
	was, _ := atlas.Expected(r.app.atlas.all.chances, r.app.atlas.all.days)
	r.press(">", ">", "+", "+").rested()
	r.sees("< > 30 min", "- + 500 m", "near: 30 min, 500 m")
	s := r.app.atlas
	if s.all.rule != s.rule || s.all.paths.Rule != s.rule {
		t.Errorf("%+v", s.all.rule)
	}
	r.press("o").sees("at most 30 min apart")
	r.press("n", "<", "<", "<", "<", "<", "<", "-", "-", "-", "-", "-", "-").rested()
	r.sees("near: 1 min, 25 m")
	if now, _ := atlas.Expected(s.all.chances, s.all.days); now >= was {
		t.Errorf("by chance %.1f with a rule so narrow, %.1f with the usual one", now, was)
	}
	r.press(">", ">", ">", ">", "+", "+", "+", "+").rested()
	r.sees("1 of 157", "15 min")
	r.seesNot("near: 15 min")
}

// A wider rule names rows that say elsewhere where they are, and so where she was two hours before: it is asked after a reveal.
func TestAWiderRuleThanTheVeilIsByTakesAReveal(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, guardedWorld)
	r.press("n", ">").rested()
	s := r.app.atlas
	r.sees("near somebody protected is at most 15 min and 700 m until V reveals the places", "< > 15 min")
	r.press("+", "+", "+").rested()
	r.sees("- + 500 m")
	for i := range s.all.meets {
		for _, row := range s.all.meets[i].RowsA {
			if _, at := slices.BinarySearch(s.ground.spotRows, row); at || !s.ground.keeps(row) {
				t.Fatalf("row %d may be near, and says where", row)
			}
		}
	}
	unlock(r, "planning a safe way home with her")
	r.press("n", ">", ">", ">", "+").rested()
	r.sees("< > 45 min", "- + 750 m")
	if s.all.rule != s.rule {
		t.Errorf("found by %+v", s.all.rule)
	}
	r.press("V").rested()
	r.sees("< > 15 min", "- + 200 m")
	if s.all == nil || s.all.rule != atlas.Usual() {
		t.Error("the places are hidden, and what a wider rule found is not")
	}
}

func TestEveryViewIsNamedWithItsKeyAndEveryKeyIsInTheHelpInTheSmallestWindow(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 80, 24, plantedWorld)
	for _, v := range atlasViews() {
		r.sees(v.key + ")" + strings.ToLower(v.title[1:]))
	}
	r.press("m", "?").sees("more keys")
	var seen strings.Builder
	for range 8 {
		seen.WriteString(r.screen())
		r.press("pgdown")
	}
	for _, b := range r.app.here() { // what is long goes on below, in columns: its first words are looked for
		if first := strings.Join(strings.Fields(b.help)[:min(2, len(strings.Fields(b.help)))], " "); b.shown != "" && !strings.Contains(seen.String(), first) {
			t.Errorf("help never shows %s %s", b.shown, b.help)
		}
	}
	r.press("x").seesNot("more keys")
}

// At the narrowest every row still names its file and its line.
func TestARowNamesItsLineHoweverNarrowTheWindow(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 80, 24, plantedWorld)
	r.press("r", "end").rested()
	s := r.app.atlas
	n, at := s.shownRows()
	for i := n - 5; i < n; i++ {
		r.sees(fmt.Sprintf(":%d", s.data.set.Rows[at(i)].Line))
	}
}

// Looks at a picture of several datasets are combinations (DPA 2018 s.62(1)(e)), one for each look, however often the case is read again
// meanwhile; of one dataset they are consultations.
func TestALookAtSeveralDatasetsIsACombinationOnce(t *testing.T) {
	t.Parallel()
	for _, several := range []bool{false, true} {
		r := openedAtlasRig(t, 120, 40, func(w *world) {
			plantedWorld(w)
			if !several {
				return
			}
			w.do("dataset.open", "case", "C-1", "title", "her own log", "power", "synthetic", "authorisation", "TEST/2/2026", "purpose", "test", "granted", "2026-11-20",
				"from", "2026-08-01", "to", "2026-11-23", "collateral", "none: nobody is real", "review", "2027-05-01")
			own := comms.Source{Name: "log.csv", Bytes: []byte("Number,Direction,Date and time,Duration,Type\n07700900999,Outgoing,01/10/2026 10:00:00,00:01:00,Call\n")}
			if _, _, err := comms.LoadInto(w.t.Context(), w.book, w.who, comms.Loading{Dataset: "D-000002", Files: []comms.Source{own}, Own: planted.VictimPhone}); err != nil {
				w.t.Fatal(err)
			}
		})
		if _, err := r.book.Do(t.Context(), "O-0001", model.Request{Action: "task.add", Fields: map[string]any{"title": "something else", "assign": "O-0002"}}); err != nil {
			t.Fatal(err)
		}
		r.rested()
		count := func(want int) {
			t.Helper()
			if err := r.book.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
			logged := map[model.Logged]int{}
			if err := r.book.Read(t.Context(), func(rd store.Reader) error {
				return rd.Looked("P-000001", func(e model.Entry) bool {
					if strings.HasPrefix(e.Reason, "atlas of C-000001") {
						logged[e.Logged]++
					}
					return true
				})
			}); err != nil {
				t.Fatal(err)
			}
			as := map[bool]model.Logged{true: model.Combination, false: model.Consultation}[several]
			if logged[as] != want || len(logged) != 1 {
				t.Errorf("several datasets %t: %v, %d of them wanted", several, logged, want)
			}
		}
		count(1)
		r.press("esc", "A").rested()
		count(2)
	}
}
