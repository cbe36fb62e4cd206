package brief_test

import (
	"bytes"
	"context"
	"html"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/store"
	"pou/store/comms"
	"pou/store/memory"
	"pou/store/sample/planted"
	"pou/ui/brief"
)

// hostile is what a title and an officer's words may hold.
const hostile = `<script>alert(1)</script> "quoted" & ` + "\x1b[31mred\x1b[0m </title></svg>"

// told is a planted case with a storyboard of every kind of finding.
type told struct {
	picture *comms.Picture
	board   *model.Storyboard
	signed  string
	mask    func(string) string
	now     time.Time
	doc     *brief.StoryDocument // made once
}

func storyCase(t *testing.T) *told {
	t.Helper()
	now := time.Date(2026, time.November, 24, 5, 0, 0, 0, time.UTC)
	book, err := store.New(t.Context(), memory.New(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	first := &model.Officer{Name: "ADEYEMI", Rank: "PS", Unit: "SW", Roles: []model.Role{model.RoleAdmin, model.RoleLead}}
	first.Ref = "O-0001"
	if _, err := book.Collect(t.Context(), "O-0001", "store.init", model.Batch{Records: []model.Record{first}}); err != nil {
		t.Fatal(err)
	}
	do := func(action string, fields map[string]any) {
		t.Helper()
		if _, err := book.Do(context.Background(), "O-0001", model.Request{Action: action, Fields: fields}); err != nil {
			t.Fatalf("%s: %v", action, err)
		}
	}
	data := planted.Make(1, day.On(now).AddDays(-1))
	do("person.add", map[string]any{"surname": "Varga", "forename": "Mateusz", "unit": "SW"})
	do("person.add", map[string]any{"surname": "Quillfeather", "forename": "Edda", "unit": "SW", "address": "4 Sparrow Court, SW18 2PT"})
	do("case.add", map[string]any{"person": "P-1", "victims": "P-2", "offences": "s4A", "last": "2026-11-20", "unit": "SW"})
	for _, d := range []struct{ number, person string }{{planted.SuspectPhone, "P-1"}, {planted.SecondPhone, "P-1"}, {planted.VictimPhone, "P-2"}} {
		do("device.attribute", map[string]any{"case": "C-1", "kind": "phone", "number": d.number, "person": d.person, "grade": "strong", "basis": "subscriber"})
	}
	do("moment.add", map[string]any{"case": "C-1", "at": data.Told.Format(time.RFC3339), "kind": "told"})
	do("moment.add", map[string]any{"case": "C-1", "at": data.Blocked.Format(time.RFC3339), "kind": "blocked"})
	do("dataset.open", map[string]any{
		"case": "C-1", "title": "planted", "power": "synthetic", "authorisation": "TEST 1", "purpose": "test", "granted": "2026-11-20",
		"from": data.First.String(), "to": data.Last.String(), "collateral": "none: nobody is real", "review": "2027-05-01",
	})
	for _, f := range data.Files {
		name := f.Name
		if strings.HasPrefix(name, "V ") {
			name = "Edda Quillfeather " + name // whoever sent it called it by her name
		}
		if _, _, err := comms.LoadInto(t.Context(), book, "O-0001", comms.Loading{Dataset: "D-1", Files: []comms.Source{{Name: name, Bytes: f.Data}}, Own: f.Own}); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	for _, kind := range (model.FindingKind("")).Choices() {
		fields := map[string]any{"case": "C-1", "kind": kind.Value, "words": "Looked at with the case team."}
		if kind.Value == string(model.FindingChange) {
			fields["moment"] = 2
		}
		if kind.Value == string(model.FindingText) {
			fields["title"], fields["words"] = hostile, hostile
		}
		do("story.add", fields)
	}
	do("story.sign", map[string]any{"board": "SB-1"})
	out := &told{now: now}
	err = book.Read(t.Context(), func(r store.Reader) error {
		rec, err := r.Record("SB-000001")
		if err != nil {
			return err
		}
		liner := model.NewLiner(r, now)
		out.board, _ = rec.(*model.Storyboard)
		out.signed = out.board.SignedWords(liner)
		known := map[string]string{} // the reader is gone when the paper is made
		out.mask = func(text string) string {
			if shown, ok := known[text]; ok {
				return shown
			}
			return text
		}
		out.picture, err = comms.Open(r, "C-000001")
		if err != nil {
			return err
		}
		out.doc = out.document().Masked(func(text string) string {
			shown := liner.Shielded("P-000001", text)
			known[text] = shown
			return shown
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (s *told) data() *brief.StoryData {
	p := s.picture
	return &brief.StoryData{
		Board: s.board, Case: p.Case, Datasets: p.Datasets, Set: p.Set, By: p.By, Index: p.Index, Twice: p.Twice, Signed: s.signed, Made: s.now,
		Call: func(model.Ref) string { return "PS ADEYEMI" }, Name: func(model.Ref) string { return "VARGA, Mateusz" },
	}
}

func (s *told) document() *brief.StoryDocument { return brief.NewStory(s.data()) }

func (s *told) paper(t *testing.T, f brief.Format) []byte {
	t.Helper()
	return written(t, s.doc, f)
}

func written(t *testing.T, made *brief.StoryDocument, f brief.Format) []byte {
	t.Helper()
	doc := *made
	doc.Recipient, doc.By = "DI Marsh", "PS ADEYEMI"
	var b bytes.Buffer
	if err := doc.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// theStory is made once: a planted case takes its time.
var theStory struct {
	sync.Mutex
	*told
}

func story(t *testing.T) *told {
	t.Helper()
	theStory.Lock()
	defer theStory.Unlock()
	if theStory.told == nil {
		theStory.told = storyCase(t)
	}
	return theStory.told
}

// words are the words of a paper, without what makes it a page.
func storyText(t *testing.T, f brief.Format, paper []byte) string {
	t.Helper()
	switch f {
	case brief.PDF:
		return strings.Join(pageTexts(t, paper), "\n")
	case brief.HTML:
		text := regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`).ReplaceAllString(string(paper), " ")
		return html.UnescapeString(text)
	case brief.Markdown:
	}
	return string(paper)
}

func TestAStoryboardSaysNoMoreThanItsDataAndGivesNobodyAway(t *testing.T) {
	t.Parallel()
	s := story(t)
	for _, f := range []brief.Format{brief.PDF, brief.HTML, brief.Markdown} {
		text := storyText(t, f, s.paper(t, f))
		for _, pattern := range atlas.Forbidden() {
			if at := regexp.MustCompile(pattern).FindString(strings.ReplaceAll(text, hostile, "")); at != "" {
				t.Errorf("%s says %q, which %s forbids", f, at, pattern)
			}
		}
		flat := run(text)
		for _, kept := range []string{planted.VictimPhone, planted.VictimPhone[2:], "Quillfeather", "Edda", "Sparrow", "SW182PT", "P-000002"} {
			if strings.Contains(strings.ToLower(flat), strings.ToLower(run(kept))) {
				t.Errorf("%s shows %q, which is need-to-know", f, kept)
			}
		}
		for _, want := range []string{
			"157 occasions", "All 157 occasions of finding", "700 contacts on", "TEST 1", "none: nobody is real", "igned by PS A", "2026 05:00", "sha256", "Base rate",
			"consistent with the devices having been near each other", "What else may explain them", "protected", "V3", "need-to-know", "Fixated", "not analysed",
		} {
			if !strings.Contains(flat, run(want)) {
				t.Errorf("%s lacks %q", f, want)
			}
		}
	}
}

func TestEveryOccasionOfAPlantedCaseStandsInTheAppendix(t *testing.T) {
	t.Parallel()
	text := string(story(t).paper(t, brief.Markdown))
	_, list, _ := strings.Cut(text, "## All 157 occasions")
	list, _, _ = strings.Cut(list, "\n## ")
	if n := strings.Count(list, "\n| ") - 2; n != planted.Meets { // its head and the line below it
		t.Errorf("%d occasions are listed, want %d", n, planted.Meets)
	}
}

func TestThePositionsOfSomebodyProtectedAreNotOnPaper(t *testing.T) {
	t.Parallel()
	s := story(t)
	var kept []string
	for i := range s.picture.Set.Rows {
		r := &s.picture.Set.Rows[i]
		if r.Placed() && s.picture.By.Of(r.Own, r.At).Hidden && r.Kind == atlas.Position {
			kept = append(kept, strings.TrimSuffix(strings.SplitAfter(atlas.SayPlace(s.picture.Set, r), " of ")[1], "\n"))
		}
	}
	if len(kept) == 0 {
		t.Fatal("the planted case has no position of the victim-survivor's device")
	}
	text := string(s.paper(t, brief.Markdown))
	for _, place := range kept {
		if strings.Contains(text, place) {
			t.Fatalf("it says where the victim-survivor's device may have been: %s", place)
		}
	}
}

func TestAStoryboardIsTheSameByteForByte(t *testing.T) {
	t.Parallel()
	s := story(t)
	again := s.document().Masked(s.mask)
	for _, f := range []brief.Format{brief.PDF, brief.HTML, brief.Markdown} {
		if !bytes.Equal(s.paper(t, f), written(t, again, f)) {
			t.Errorf("made twice, the %s differs", f)
		}
	}
}

func TestEveryPageOfAStoryboardIsMarkedTopAndBottom(t *testing.T) {
	t.Parallel()
	pages := pageTexts(t, story(t).paper(t, brief.PDF))
	if len(pages) < len(story(t).board.Findings) {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		if n := strings.Count(page, "OFFICIAL-SENSITIVE · "+atlas.Marking); n != 2 {
			t.Errorf("page %d is marked %d times", i+1, n)
		}
	}
}

func TestHostileWordsAreNoMarkup(t *testing.T) {
	t.Parallel()
	s := story(t)
	page := string(s.paper(t, brief.HTML))
	if strings.Contains(page, "<script") || strings.Contains(page, "\x1b") || strings.Contains(page, `"quoted"`) {
		t.Error("words of an officer stand as markup in the page")
	}
	if n := strings.Count(page, "</svg>"); n != strings.Count(page, "<svg ") {
		t.Errorf("%d drawings begin and %d end", strings.Count(page, "<svg "), n)
	}
	if md := string(s.paper(t, brief.Markdown)); strings.Contains(md, "<script") || strings.Contains(md, "\x1b") {
		t.Error("words of an officer stand as markup in the Markdown")
	}
}

func TestTheStandardSetIsADraftThatNobodySigned(t *testing.T) {
	t.Parallel()
	data := story(t).data()
	data.Board, data.Standard = brief.StandardStory(data.Case), true
	doc := brief.NewStory(data).Masked(story(t).mask)
	var kinds []model.FindingKind
	for _, f := range data.Board.Findings {
		kinds = append(kinds, f.Kind)
	}
	if want := []model.FindingKind{"contacts", "change", "change", "burst", "heat", "near", "map"}; !slices.Equal(kinds, want) {
		t.Errorf("it holds %v, want %v", kinds, want)
	}
	var b bytes.Buffer
	if err := doc.Write(&b, brief.PDF); err != nil {
		t.Fatal(err)
	}
	for i, page := range pageTexts(t, b.Bytes()) {
		if strings.Count(page, "DRAFT") < 3 {
			t.Errorf("page %d does not say DRAFT at the top, across and at the bottom", i+1)
		}
	}
}

func TestAnotherReaderReadsTheStoryboard(t *testing.T) {
	t.Parallel()
	if text, ok := otherReader(t, story(t).paper(t, brief.PDF)); ok {
		for _, want := range []string{"157 occasions", "OFFICIAL-SENSITIVE · " + atlas.Marking, "igned by PS A", "Occasions, by day", "cell: anywhere inside"} {
			if !strings.Contains(run(text), run(want)) {
				t.Errorf("pdftotext does not find %q", want)
			}
		}
	}
}

func TestABrowserPrintsTheStoryboardAndAsksForNothing(t *testing.T) {
	t.Parallel()
	got := printHTML(t, story(t).paper(t, brief.HTML))
	if len(got.console) > 0 || len(got.asked) > 0 {
		t.Errorf("it writes %v and asks for %v", got.console, got.asked)
	}
	if got.pages < len(story(t).board.Findings) {
		t.Errorf("it prints %d pages", got.pages)
	}
}
