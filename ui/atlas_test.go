package ui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/store"
	"pou/store/comms"
	"pou/store/sample/planted"
	"pou/ui/part"
)

// plantedWorld is a case with the planted data loaded: 157 times near each other, a day of 700, told to stop on day 42. An order was
// served on the day of the block.
func plantedWorld(w *world) { plantedCase(w, true) }

// basisOnly is the same case with a lawful basis and no data.
func basisOnly(w *world) { plantedCase(w, false) }

func plantedCase(w *world, load bool) {
	w.t.Helper()
	data := planted.Make(1, day.On(at0507()).AddDays(-1))
	varga := string(w.do("person.add", "surname", "Varga", "forename", "Mateusz", "unit", "SW"))
	victim := string(w.do("person.add", "surname", "Quillfeather", "forename", "Edda", "unit", "SW"))
	w.do("case.add", "person", varga, "victims", victim, "offences", "s4A", "last", "2026-11-20", "unit", "SW")
	for _, d := range [][4]string{
		{"phone", planted.SuspectPhone, varga, "strong"}, {"phone", planted.VictimPhone, victim, "proved"}, {"phone", planted.SecondPhone, varga, "weak"}, {"card", "041234567890", varga, "some"},
	} {
		w.do("device.attribute", "case", "C-1", "kind", d[0], "number", d[1], "person", d[2], "grade", d[3], "basis", "subscriber")
	}
	w.do("moment.add", "case", "C-1", "at", data.Told.In(day.London()).Format("2006-01-02 15:04"), "kind", "told")
	w.do("moment.add", "case", "C-1", "at", data.Blocked.In(day.London()).Format("2006-01-02 15:04"), "kind", "blocked")
	order := string(w.do("order.add", "person", varga, "type", "SPO", "made", day.On(data.Blocked).String(), "until", "2028-12-01", "unit", "SW", "monitor", "O-0002",
		"conditions", "Not to contact the protected person by any means\nNot to enter the London Borough of Ealing", "served", data.Blocked.In(day.London()).Format("2006-01-02 15:04")))
	w.do("condition.set", "order", order, "condition", "1", "type", "contact", "numbers", planted.VictimPhone, "people", victim)
	w.do("condition.set", "order", order, "condition", "2", "type", "area", "boroughs", "Ealing")
	w.do("dataset.open", "case", "C-1", "title", "calls and positions", "power", "synthetic", "authorisation", "TEST/1/2026", "purpose", "test", "granted", "2026-11-20",
		"from", data.First.String(), "to", data.Last.String(), "collateral", "none: nobody is real", "review", "2027-05-01")
	if !load {
		return
	}
	for _, f := range data.Files {
		if _, _, err := comms.LoadInto(w.t.Context(), w.book, w.who, comms.Loading{Dataset: "D-000001", Files: []comms.Source{{Name: f.Name, Bytes: f.Data}}, Own: f.Own}); err != nil {
			w.t.Fatal(f.Name, err)
		}
	}
}

// opened is the desk on the atlas of the planted case, everything worked out.
func openedAtlasRig(t *testing.T, w, h int, build func(*world)) *rig {
	t.Helper()
	r := newRigIn(t, w, h, build)
	r.press(behind("datasets")...)
	r.settle()
	r.press("A")
	return r.rested()
}

// rested waits until nothing of the atlas is still being read or worked out.
func (r *rig) rested() *rig {
	r.t.Helper()
	for range 600 {
		r.settle()
		s := r.app.atlas
		n, _ := s.head.rows()
		if s.err != nil || (s.head.kase != nil && n == 0) || (s.data != nil && !s.waiting()) {
			return r
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.t.Fatal("the atlas never comes to rest")
	return r
}

// atlasPages are the views and what opens over them.
func atlasPages() [][2]string {
	return [][2]string{
		{"overview", "o"},
		{"who", "w"},
		{"time", "t"},
		{"hours", "h"},
		{"change", "c"},
		{"near", "n"},
		{"map", "m"},
		{"places", "p"},
		{"four", "f"},
		{"breaches", "b"},
		{"rows", "r"},
		{"row", "r enter"},
		{"brushed", "esc o down down down down down down space"},
		{"brushed-time", "t"},
		{"behind", "o down enter"},
		{"map-week", "} m z"},
		{"filter", "0 /"},
	}
}

func TestGoldenAtlas(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			r := openedAtlasRig(t, size[0], size[1], plantedWorld)
			for _, p := range atlasPages() {
				r.press(strings.Fields(p[1])...).rested()
				golden(t, fmt.Sprintf("atlas-%s-%dx%d", p[0], size[0], size[1]), r.screen())
			}
		})
	}
}

func TestGoldenAtlasWithoutDataAndWithoutSigns(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 80, 24, basisOnly)
	golden(t, "atlas-empty-80x24", r.screen())
	plain := openedAtlasRig(t, 120, 40, plantedWorld)
	plain.app.opts.NoColor, plain.app.opts.ASCII = true, true
	plain.app.th = part.NewTheme(true, true, true)
	for _, p := range atlasPages()[:11] {
		plain.press(p[1]).rested()
		plain.app.atlas.forget()
		screen := plain.screen()
		golden(t, "atlas-plain-"+p[0], screen)
		for _, letter := range screen {
			if letter > '~' {
				t.Errorf("%s shows %q where there is only ASCII", p[0], letter)
				break
			}
		}
		if sgr := colourSGR.FindString(plain.app.View().Content); sgr != "" {
			t.Errorf("%s: colour %q in a screen without colour", p[0], sgr)
		}
	}
}

// Every view at every size, what is behind each line of it, and every form it opens: the number of the victim-survivor is on none of
// them, and nothing says more than the data can bear.
func TestTheAtlasNeverShowsAProtectedNumberNorSaysMoreThanTheRows(t *testing.T) {
	t.Parallel()
	hidden := regexp.MustCompile(`7[ -]?7[ -]?0[ -]?0[ -]?9[ -]?0[ -]?0[ -]?4[ -]?5[ -]?6|Quillfeather|(?i)edda`)
	var forbidden []*regexp.Regexp
	for _, f := range atlas.Forbidden() {
		forbidden = append(forbidden, regexp.MustCompile(f))
	}
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		r := openedAtlasRig(t, size[0], size[1], func(w *world) {
			plantedWorld(w)
			named := comms.Source{Name: "+44 7700 900456 calls.csv", Bytes: []byte("Number,Direction,Date and time,Duration,Type\n07700900999,Outgoing,01/10/2026 10:00:00,00:01:00,Call\n")}
			if _, _, err := comms.LoadInto(w.t.Context(), w.book, w.who, comms.Loading{Dataset: "D-000001", Files: []comms.Source{named}, Own: planted.VictimPhone}); err != nil {
				w.t.Fatal(err)
			}
		})
		seen := 0
		look := func(where string) {
			t.Helper()
			seen++
			screen := r.rested().screen()
			if at := hidden.FindStringIndex(screen); at != nil {
				t.Errorf("%s shows %q", where, screen[max(0, at[0]-40):min(len(screen), at[1]+20)])
			}
			if !strings.Contains(screen, atlas.Marking) || strings.Count(screen, atlas.Marking) < 2 {
				t.Errorf("%s is without its marking", where)
			}
			for _, f := range forbidden {
				if word := f.FindString(screen); word != "" {
					t.Errorf("%s says %q", where, word)
				}
			}
		}
		for _, v := range atlasViews() {
			r.press(v.key)
			look(v.title)
			r.press("enter")
			look(v.title + ", rows")
			r.press("end")
			look(v.title + ", last row")
			r.press("esc", v.key, "end")
			look(v.title + ", last line")
			r.press("enter", "enter")
			look(v.title + ", a row behind the last line")
			for r.app.over != nil || (r.app.atlas.view == viewRows && v.view != viewRows) {
				r.press("esc")
			}
		}
		r.press("/")
		look("the filter")
		r.press("esc", "b", "R")
		look("the report of a candidate")
		if seen < 50 {
			t.Errorf("only %d screens were looked at", seen)
		}
	}
}

func TestWhatIsPlantedIsTheFirstThingTheEyeMeets(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	r.sees("157  times the devices may have been near each other", "700  contacts on Fri 23 Oct 2026, the busiest day", "×6.3  as many a day after told to stop, 7 Oct", "1  number new within 14 days of: number or account blocked")
	r.press("n").sees("1 of 157")
	r.press("c", "down").sees("number or account blocked", "before", "after")
	r.press("c", "end").sees("S3 07700900321", "may be anybody")
}

func TestEveryFigureLeadsToItsRowsAndARowToItsFileHashAndReceipt(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	r.press("o", "down", "enter").sees("2,724 contacts to the victim-survivor's devices", "1 of 2,724 rows", "S1 call data.csv:")
	r.press("enter").sees("sha256", "Receipt:", "kept", "authorisation TEST/1/2026", "attributed to S1 (suspect), strong")
	r.press("x", "esc").sees("157  times the devices")
	r.press("h", "enter").sees("Fridays 17:00–18:00", "of 75 rows")
	r.press("esc").sees("enter shows them")
}

func TestTheBrushIsCommonToEveryView(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	r.press("o", "down", "down", "down", "down", "down", "down", "space").rested()
	r.sees("Friday 23 October 2026", "700  contacts to the victim-survivor's devices")
	r.press("w").sees("700  S1 07700900123 ↔ V2")
	r.press("t").sees("23 Oct 00:00 – 24 Oct 00:00")
	r.press("r").sees("Friday 23 October 2026")
	r.press("]").rested().sees("Saturday 24 October 2026")
	r.press("{").rested().sees("24 Oct 2026 10:00–16:00 BST")
	r.press("}", "}").rested().sees("21 Oct 2026 – 27 Oct 2026 · 7 days")
	r.press("0").rested().sees("Everything: 26 Aug 2026 – 23 Nov 2026 · 90 days", "55,721 rows")
}

func TestAFilterIsCommonToEveryView(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	r.press("/").typed("S3 077").press("enter")
	r.rested().sees("/ S3 07700900321", "1,171 rows")
	r.press("w").sees("1,170  S3 07700900321 ↔ V2")
	r.seesNot("S1 07700900123 ↔")
	r.press("n").sees("S3 V2", "may be as far as") // by the cells of its calls
	r.seesNot("S1 V2")
	r.press("esc").rested().sees("55,721 rows")
}

func TestAReportIsPrefilledAndSentByTheOfficerAlone(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	r.press("b").sees("Potential only: R puts it on the breach desk")
	r.press("R").sees("Report a potential breach", "May be contrary to condition 1", "2026-10-28 12:00", "triage, not evidential")
	if err := r.book.Read(t.Context(), func(rd store.Reader) error {
		_, err := rd.Record("B-000001")
		return err
	}); err == nil {
		t.Fatal("a breach is on record before the officer sent anything")
	}
	r.press("ctrl+s")
	if b := record[*model.Breach](r, "B-000001"); b.Condition != 1 || b.State != model.BreachReported || !strings.Contains(b.What, "S1 call data.csv line") {
		t.Errorf("%+v", b)
	}
}

func TestTheEmptyAtlasSaysWhatBringsDataAndErasedDataIsGone(t *testing.T) {
	t.Parallel()
	r := newRig(t, 80, 24, func(w *world) {
		basisOnly(w)
		erasedRows(w, "opened for the wrong case")
	})
	r.press(behind("cases")...)
	r.press("A")
	r.rested().sees("The data of this case was erased", "opened for the wrong case", "open a dataset", "ask for what will not last")
	r.press("d").sees("Open a dataset", "Collateral intrusion")

	r = openedAtlasRig(t, 80, 24, basisOnly)
	r.sees("No data is loaded yet", "pou atlas load D-000001 FILE...", "TEST/1/2026")

	r = openedAtlasRig(t, 80, 24, plantedWorld)
	r.sees("157")
	erasedRows(&world{t: t, book: r.book, who: "O-0001"}, "no further action")
	r.settle()
	r.rested().sees("The data of this case was erased", "no further action")
	if r.app.atlas.data != nil || r.app.atlas.all != nil {
		t.Error("erased rows are still held in memory")
	}
}

// erasedRows has the rows of D-000001 erased by two.
func erasedRows(w *world, reason string) {
	w.t.Helper()
	lead := w.do("officer.add", "name", "CLARKE, Dana", "rank", "DI", "unit", "SW", "roles", "lead")
	e := w.do("dataset.erase", "dataset", "D-1", "reason", reason)
	(&world{t: w.t, book: w.book, who: lead}).do("record.erase-confirm", "erasure", string(e))
}

func TestRowsHeldAreCountedAndShownApart(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, func(w *world) {
		plantedWorld(w)
		w.do("dataset.basis", "dataset", "D-1", "to", "2026-11-20", "reason", "granted for less")
	})
	r.sees("rows held: not authorised, not analysed", "Everything: 26 Aug 2026 – 20 Nov 2026")
	for !strings.HasPrefix(selectedWhat(r), "rows held") {
		r.press("down")
	}
	r.press("enter", "enter").sees("HELD: outside what the authorisation allows. It is not analysed.")
}

func selectedWhat(r *rig) string {
	l, _ := r.app.atlas.selected(r.app)
	return l.what
}

func TestLookingIsJournalledWithEverybodyInTheCase(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	if err := r.book.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	found := false
	err := r.book.Read(t.Context(), func(rd store.Reader) error {
		return rd.Entries(0, true, func(e model.Entry) bool {
			var about []string
			for _, a := range e.About {
				about = append(about, string(a.Ref))
			}
			who := strings.Join(about, " ")
			found = found || (e.Action == "look" && strings.Contains(e.Reason, "atlas of C-000001") && strings.Contains(who, "P-000001") && strings.Contains(who, "P-000002") && strings.Contains(who, "D-000001"))
			return true
		})
	})
	if err != nil || !found {
		t.Errorf("no consultation names the case, its data and its people: %v", err)
	}
}

func TestTheMapMovesAndItsLayersComeOff(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 120, 40, plantedWorld)
	r.press("m").sees("■ suspect 25,067 of 25,313", "coarse: 184 rows", "zone") // her spots, and his near them, only after a reveal
	before := r.app.atlas.port
	r.press("right", "+").sees("Contains OS and National Statistics data")
	if r.app.atlas.port == before {
		t.Error("the map does not move")
	}
	r.press("P").sees("(Positions off)")
	r.seesNot("■ suspect 2")
	r.press("P", "Z").sees("(Zones off)")
	r.press("Z", "l", "z").sees("■ suspect 25,067 of 25,313")
}

func TestALaneThatHasNoRoomIsScrolledIntoSight(t *testing.T) {
	t.Parallel()
	r := openedAtlasRig(t, 80, 24, plantedWorld)
	r.press("t").sees("S1 ▸ calls in", "more lanes")
	r.press("end").sees("▸ texts out")
	r.press("enter").sees("V2 texts out", "1 of 2")
}

func TestEscGoesBackStepByStepToTheCase(t *testing.T) {
	t.Parallel()
	r := newRigIn(t, 120, 40, plantedWorld)
	r.press(behind("cases")...)
	r.press("enter").sees("C-000001")
	r.press("A")
	r.rested().sees("157  times")
	r.press("enter").sees("157 times the devices may have been near each other", "1 of ")
	r.press("esc").sees("▌    157")
	r.press("esc").sees("Devices and moments")
	r.press("tab").typed("atlas").press("enter")
	r.rested().sees("157  times")
}

func TestTheDeskGoesOnWhileTheDataIsRead(t *testing.T) {
	t.Parallel()
	r := newRigIn(t, 80, 24, plantedWorld)
	r.press(behind("datasets")...)
	r.settle()
	_, cmd := r.app.Update(keyPress("A"))
	if cmd == nil || r.app.atlas.data != nil {
		t.Fatal("the data was read where keys are taken")
	}
	r.sees("Reading C-000001", atlas.Marking)
	r.press("?").sees("open a dataset")
	r.press("x", "1").sees("Wanted")
}
