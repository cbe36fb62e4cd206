package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/model/query"
	"pou/store"
	"pou/store/memory"
	"pou/store/storetest"
)

// found asks a search and returns the refs of the answers.
func found(t *testing.T, s *store.Search, text string) []string {
	t.Helper()
	a := answered(t, s, text)
	out := make([]string, len(a.Found))
	for i, f := range a.Found {
		out[i] = string(f.Ref)
	}
	return out
}

func answered(t *testing.T, s *store.Search, text string) store.Answer {
	t.Helper()
	a, err := s.Answer(t.Context(), store.Ask{Text: text, Limit: 10})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return a
}

func filled(t *testing.T, b *store.Book) *store.Search {
	t.Helper()
	s := store.NewSearch(b)
	if err := s.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// sought is a desk with people who stand in different ways.
func sought(t *testing.T) *store.Book {
	t.Helper()
	b := newDesk(t)
	person := func(surname, forename, born, unit string) string {
		return string(act(t, b, "person.add", map[string]any{"surname": surname, "forename": forename, "born": born, "unit": unit}))
	}
	wanted := person("O'Brien", "Sean", "3 Dec 1984", "CN") // P-1
	act(t, b, "wanted.mark", map[string]any{"person": wanted, "offences": "s4A", "unit": "CN", "grade": "A", "report": "2711894/26"})
	act(t, b, "address.add", map[string]any{"person": wanted, "address": "14 Prologue Mews, N1 9ZZ"})
	act(t, b, "address.add", map[string]any{"person": wanted, "address": "3 Epilogue Walk, SE5 9ZX", "confidence": "historic"})
	located := person("O'Brien", "Aoife", "Dec 1984", "SW") // P-2: of SW, and CN has a line on her
	act(t, b, "wanted.mark", map[string]any{"person": located, "offences": "fta", "unit": "CN", "pnc_ref": "26/123A"})
	person("O'Brien", "Niall", "1990", "CN")              // P-3
	marked := person("Smith", "John", "5 May 1971", "SW") // P-4
	act(t, b, "marker.add", map[string]any{"person": marked, "code": "VI", "source": "PNC"})
	order := act(t, b, "order.add", map[string]any{"person": marked, "type": "SPO", "made": "2026-11-01", "served": "2026-11-01 10:00", "conditions": []any{"Not to enter Clapham"}, "unit": "SW", "court": "Lavender Hill Magistrates' Court"})
	act(t, b, "breach.report", map[string]any{"order": string(order), "condition": 1, "what": "Seen in Clapham", "report": "3300042/26"})
	named := person("Wanted", "Dieter", "1960", "SW") // P-5
	act(t, b, "task.add", map[string]any{"title": "Serve the order", "person": named, "due": "2026-12-01", "priority": "now"})
	act(t, b, "operation.create", map[string]any{"name": "Operation Lantern", "from": "2026-11-23", "to": "2026-11-29"})
	return b
}

func TestFiltersNarrowWhatIsFound(t *testing.T) {
	s := filled(t, sought(t))
	for text, c := range map[string]struct{ why, want string }{
		"obrien":                       {"without a filter", "P-000001 P-000002 P-000003"},
		"obrien unit:CN":               {"the unit that answers for them, or has something live on them", "P-000001 P-000002 P-000003"},
		"obrien unit:SW":               {"the unit that answers for them", "P-000002"},
		"obrien -unit:SW":              {"not the unit", "P-000001 P-000003"},
		"obrien unit:CN wanted":        {"a bare word of standing", "P-000001 P-000002"},
		"wanted obrien":                {"the word stands anywhere", "P-000001 P-000002"},
		"obrien wanted born:198?":      {"a pattern for the year", "P-000001 P-000002"},
		"obrien born:1984":             {"the year alone", "P-000001 P-000002"},
		"obrien born:1984-12":          {"the month", "P-000001 P-000002"},
		"obrien born:1984-12-03":       {"the day in figures", "P-000001"},
		"obrien -born:1984":            {"not the year", "P-000003"},
		"obrien born:199*":             {"nobody wanted of that decade", "P-000003"},
		"obrien status:circulated":     {"on PNC, of those wanted", "P-000002"},
		"obrien status:not-circulated": {"wanted and not on PNC", "P-000001"},
		"obrien status:wanted,breach":  {"either of two", "P-000001 P-000002"},
		"obrien -wanted:x":             {"", "error"},
		"obrien -status:wanted":        {"those who are not", "P-000003"},
		"obrien grade:A":               {"what a record about them says", "P-000001"},
		"obrien -grade:A":              {"nothing about them says so", "P-000002 P-000003"},
		"obrien attempts:<1":           {"a number of a record about them", "P-000001 P-000002"},
		"obrien kind:person":           {"the kind in words", "P-000001 P-000002 P-000003"},
		"obrien kind:task":             {"another kind", ""},
		"obrien -aoife":                {"a word left out", "P-000001 P-000003"},
		"marker:VI":                    {"a filter alone", "P-000004"},
		"breach":                       {"a bare word alone", "P-000004"},
		"unit:CN wanted":               {"filters alone: the sought first", "P-000001 P-000002"},
		"unit:SW":                      {"filters alone: the sought, the marked, the rest", "P-000002 P-000004 P-000005"},
		"unit:SW marker:none":          {"no marker", "P-000002 P-000005"},
		"grade:A":                      {"filters alone on what a record about them says", "P-000001"},
		"priority:now":                 {"by a task about them", "P-000005"},
		"kind:order":                   {"filters alone of another kind", "R-000001"},
		"kind:order unit:CN":           {"none of that unit", ""},
		"kind:wanted unit:CN grade:A":  {"wanted lines themselves", "W-000001"},
		"kind:operation status:live":   {"a state that changes with the day", "OP-0001"},
		"type:SPO":                     {"by the type of an order", "P-000004"},
		"P-1 unit:CN":                  {"a reference that passes", "P-000001"},
		"P-1 unit:SW":                  {"a reference that does not", ""},
		"stalking wanted":              {"the offence in words", "P-000001"},
		"2711894":                      {"a crime report", "W-000001"},
		"26/123A":                      {"a PNC reference", "W-000002"},
		"3300042":                      {"the report of a breach", "B-000001"},
		"lavender hill":                {"a court", "R-000001"},
		"prologue mews":                {"a street", "P-000001"},
		"epilogue walk":                {"a street they no longer live in", "P-000001"},
		"wanted":                       {"a name comes before the status it is", "P-000005 P-000001 P-000002"},
		"dieter wanted":                {"nobody else answers to the name", "P-000005"},
		"\"wanted\"":                   {"in quotes it is a word", "P-000005"},
		"status:wanted":                {"with the field it is a filter", "P-000001 P-000002"},
		"order":                        {"a title comes after the status", "P-000004 T-000001"},
		"serve order":                  {"the rest of the words has to answer too", "T-000001"},
	} {
		t.Run(text, func(t *testing.T) {
			a, err := s.Answer(t.Context(), store.Ask{Text: text, Limit: 10})
			if c.want == "error" {
				if err == nil {
					t.Error("it is read")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range a.Found {
				got = append(got, string(f.Ref))
				if f.Match == "" {
					t.Errorf("%s does not say why", f.Ref)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: finds %q, want %q", c.why, got, c.want)
			}
		})
	}
}

func TestAnAnswerSaysWhatAnOfficerOughtToKnow(t *testing.T) {
	s := filled(t, sought(t))
	a := answered(t, s, "epilogue walk")
	if len(a.Found) != 1 || !strings.Contains(a.Found[0].Match, "historic address") {
		t.Errorf("found by where he was: %+v", a.Found)
	}
	if a = answered(t, s, "prologue"); len(a.Found) != 1 || strings.Contains(a.Found[0].Match, "historic") {
		t.Errorf("found by where he is: %+v", a.Found)
	}
	if a = answered(t, s, "obrien wanted"); a.Words != "obrien" || a.Found[0].Status != "wanted" {
		t.Errorf("the words are %q, the status %q", a.Words, a.Found[0].Status)
	}
	few, err := s.Answer(t.Context(), store.Ask{Text: "unit:SW", Limit: 1})
	if err != nil || len(few.Found) != 1 || !strings.HasPrefix(few.Note, "3 pass the filters") {
		t.Errorf("of three, one is shown: %q %v", few.Note, err)
	}
	if few, err = s.Answer(t.Context(), store.Ask{Text: "obrien", Kind: model.KindTask, Limit: 5}); err != nil || len(few.Found) != 0 {
		t.Errorf("of another kind: %v %v", few.Found, err)
	}
}

func TestAFilterThatCannotBeReadSaysWhere(t *testing.T) {
	s := filled(t, newDesk(t))
	for text, term := range map[string]string{"obrien rank:DI": "rank:DI", "unit:": "unit:", "obrien due:soon wanted": "due:soon"} {
		_, err := s.Answer(t.Context(), store.Ask{Text: text, Limit: 5})
		var where *query.Error
		if !errors.As(err, &where) || where.Term != term || text[where.At:where.At+len(term)] != term || !strings.Contains(err.Error(), term) {
			t.Errorf("%s: %v", text, err)
		}
		if err := s.FillFor(t.Context(), store.Ask{Text: text}); !errors.As(err, &where) {
			t.Errorf("filled for %s: %v", text, err)
		}
	}
}

// A program that asks one question and ends reads only what it needs, and has the same answer.
func TestReadingForOneQuestionAnswersIt(t *testing.T) {
	b := sought(t)
	s := filled(t, b)
	for _, text := range questions() {
		once := store.NewSearch(b)
		if err := once.FillFor(t.Context(), store.Ask{Text: text}); err != nil {
			t.Fatal(err)
		}
		if got, want := found(t, once, text), found(t, s, text); !slices.Equal(got, want) {
			t.Errorf("%s: read for itself %q, from the whole index %q", text, got, want)
		}
	}
}

// questions ask for everything facets keep, and for some that they do not.
func questions() []string {
	return []string{
		"wanted", "breach", "order", "target", "status:task", "arrested", "bailed", "status:not-circulated", "status:located", "circulated", "charged", "died", "status:withdrawn", "eliminated",
		"unit:SW", "unit:SE", "unit:none", "marker:VI", "marker:WE,FI", "marker:none", "born:19*", "born:198?", "born:none", "live:yes", "kind:wanted", "kind:order", "kind:case",
		"kind:target live:no", "kind:task", "kind:breach unit:SW", "grade:A", "attempts:>0", "type:SPO", "smith", "kovac wanted", "smith unit:SW", "obrien", "stalking", "example road", "P-1", "W-1", "operation",
	}
}

func state(t *testing.T, s *store.Search) []string {
	t.Helper()
	var out []string
	for _, text := range questions() {
		a, err := s.Answer(t.Context(), store.Ask{Text: text, Limit: 40})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Found {
			out = append(out, fmt.Sprintf("%s: %s %s %s %d | %s", text, f.Ref, f.Name, f.Status, f.Score, f.Match))
		}
		out = append(out, text+": "+a.Note)
	}
	return out
}

// What is kept current from the change feed is what a reading of the whole record gives.
func TestTheIndexAfterRandomChangesIsTheIndexMadeAnew(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3, rand.Uint64()} {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			ops := storetest.NewOps(seed)
			b, err := store.New(t.Context(), memory.New(), ops.Now)
			if err != nil {
				t.Fatal(err)
			}
			storetest.Found(t, b)
			s := filled(t, b)
			news := b.Watch(t.Context())
			for range 12 {
				ops.Play(t, b, 40)
				for more := true; more; {
					select {
					case n := <-news:
						if err := s.Follow(t.Context(), n); err != nil {
							t.Fatal(err)
						}
					default:
						more = false
					}
				}
				got, want := state(t, s), state(t, filled(t, b))
				if !slices.Equal(got, want) {
					t.Fatalf("followed and made anew differ:\n%s", firstDifference(got, want))
				}
			}
		})
	}
}

func firstDifference(got, want []string) string {
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			return "followed:   " + g + "\nmade anew: " + w
		}
	}
	return ""
}

// News that comes while everything is being read stands, and so does the reading.
func TestWhatChangesWhileTheIndexFillsIsNotLost(t *testing.T) {
	b := newDesk(t)
	for i := range 40 {
		act(t, b, "person.add", map[string]any{"surname": fmt.Sprintf("Kovac%c", 'a'+i%26), "forename": "Ivan"})
	}
	s := store.NewSearch(b)
	news := b.Watch(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Fill(t.Context()) }()
	for range 20 {
		act(t, b, "person.edit", map[string]any{"person": "P-000001", "forename": "Marko"})
		act(t, b, "person.edit", map[string]any{"person": "P-000001", "forename": "Ivan"})
		for range 2 {
			if err := s.Follow(t.Context(), <-news); err != nil {
				t.Error(err)
			}
		}
	}
	act(t, b, "person.edit", map[string]any{"person": "P-000001", "surname": "Zelenko"})
	if err := s.Follow(t.Context(), <-news); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := found(t, s, "zelenko"); !slices.Equal(got, []string{"P-000001"}) {
		t.Errorf("zelenko finds %q", got)
	}
	if people, ready := s.State(); !ready || people != 40 {
		t.Errorf("%d people read, ready %v", people, ready)
	}
	if err := s.Follow(t.Context(), store.News{All: true}); err != nil {
		t.Fatal(err)
	}
	if got := found(t, s, "zelenko"); !slices.Equal(got, []string{"P-000001"}) {
		t.Errorf("everything read again, zelenko finds %q", got)
	}
}

func TestWhatAnOfficerOpenedLatelyIsOffered(t *testing.T) {
	b := sought(t)
	s := store.NewSearch(b)
	for _, ref := range []model.Ref{"P-000001", "W-000002", "P-000001", "P-000004"} {
		b.Consult("O-0001", "show "+string(ref), ref)
	}
	b.Consult("O-0001", "list people", "P-000003")
	b.Consult("O-0001", "find obrien", "P-000003")
	b.Consult("O-0002", "record P-000005", "P-000005")
	if err := b.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	recent := func(n int) string {
		t.Helper()
		list, err := s.Recent(t.Context(), "O-0001", n)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, f := range list {
			out = append(out, string(f.Ref)+" "+f.Match)
		}
		return strings.Join(out, "; ")
	}
	if got, want := recent(5), "P-000001 opened 2 times, last today 05:07; P-000004 opened today 05:07; W-000002 opened today 05:07"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := recent(1); !strings.HasPrefix(got, "P-000001") || strings.Contains(got, ";") {
		t.Errorf("the first of them: %s", got)
	}
	s.Opened("O-0001", "OP-0001")
	s.Opened("O-0001", "P-000004")
	s.Opened("O-0001", "OP-0001")
	if got := recent(5); !strings.HasPrefix(got, "OP-0001 opened 2 times") {
		t.Errorf("what was opened a moment ago comes first: %s", got)
	}
	b.Consult("O-0001", "record P-000099", "P-000099")
	if err := b.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := recent(9); strings.Contains(got, "P-000099") {
		t.Errorf("a record that is not there: %s", got)
	}
}

func FuzzAnswer(f *testing.F) {
	b, err := store.New(f.Context(), memory.New(), func() time.Time { return time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC) })
	if err != nil {
		f.Fatal(err)
	}
	lead := &model.Officer{Name: "ADEYEMI, Folake", Unit: "SW", Roles: []model.Role{model.RoleAdmin, model.RoleLead}}
	lead.Ref = "O-0001"
	p := &model.Person{Surname: "O'Brien", Forename: "Seán", OwnerUnit: "CN", Markers: []model.Marker{{Code: "VI"}}}
	if _, err := b.Collect(f.Context(), "O-0001", "store.init", model.Batch{Records: []model.Record{lead, p}}); err != nil {
		f.Fatal(err)
	}
	s := store.NewSearch(b)
	if err := s.Fill(f.Context()); err != nil {
		f.Fatal(err)
	}
	for _, seed := range append(questions(), "obrien unit:CN wanted born:198?", "-obrien", "\"wanted\"", "unit:,", "p-1 wanted", "\xff:\xff", "status:*", "-status:none", "born:?", "kind:*", "wanted wanted wanted") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := s.Answer(t.Context(), store.Ask{Text: text, Limit: 5})
		var where *query.Error
		if err != nil && !errors.As(err, &where) {
			t.Fatalf("%v (%T)", err, err)
		}
		for i, f := range a.Found {
			if f.Match == "" || slices.ContainsFunc(a.Found[:i], func(g store.Found) bool { return g.Ref == f.Ref }) {
				t.Fatalf("%q: %s twice, or without a reason", text, f.Ref)
			}
		}
	})
}

// Somebody is found by how they stand from the moment a record about them says so, and no longer once it does not.
func TestHowSomebodyStandsFollowsTheRecordsAboutThem(t *testing.T) {
	b := sought(t)
	s := filled(t, b)
	news := b.Watch(t.Context())
	do := func(action string, fields map[string]any) {
		t.Helper()
		act(t, b, action, fields)
		if err := s.Follow(t.Context(), <-news); err != nil {
			t.Fatal(err)
		}
	}
	stands := func(text string, want bool) {
		t.Helper()
		if got := slices.Contains(found(t, s, "niall obrien "+text), "P-000003"); got != want {
			t.Errorf("%s finds him: %v, want %v", text, got, want)
		}
	}
	stands("wanted", false)
	do("wanted.mark", map[string]any{"person": "P-3", "offences": "rape", "unit": "EA"})
	stands("wanted", true)
	stands("unit:EA", true)
	stands("rape", true)
	do("arrest.record", map[string]any{"person": "P-3", "wanted": "W-3", "offences": "rape", "unit": "EA"})
	stands("wanted", false)
	stands("arrested", true)
	do("undo", nil)
	stands("wanted", true)
	stands("arrested", false)
	do("target.add", map[string]any{"operation": "OP-1", "person": "P-3", "reason": "wanted for rape", "unit": "EA"})
	stands("target", true)
	do("order.add", map[string]any{"person": "P-3", "type": "RO on conviction", "made": "2026-11-01", "conditions": []any{"Not to enter Leyton"}, "unit": "NE"})
	stands("order unit:NE", true)
	do("undo", nil)
	stands("order", false)
	do("undo", nil)
	stands("target", false)
	do("undo", nil)
	stands("wanted", false)
	stands("unit:EA", false)
	stands("born:1990", true)
	do("person.edit", map[string]any{"person": "P-3", "born": "1991"})
	stands("born:1990", false)
}
