package store_test

import (
	"slices"
	"strings"
	"testing"

	"pou/store"
)

// protected is a desk with a suspect, P-1, and P-2, who is only ever his victim; the search has been told of everything.
func protected(t *testing.T) (*store.Book, *store.Search, func()) {
	t.Helper()
	b := newDesk(t)
	s := filled(t, b)
	news := b.Watch(t.Context())
	follow := func() {
		t.Helper()
		for {
			select {
			case n := <-news:
				if err := s.Follow(t.Context(), n); err != nil {
					t.Fatal(err)
				}
			default:
				return
			}
		}
	}
	act(t, b, "person.add", map[string]any{"surname": "Varga", "forename": "Mateusz", "unit": "SW", "address": "12 Example Road, SW11 1AA"})
	act(t, b, "person.add", map[string]any{"surname": "Quillfeather", "forename": "Edda", "unit": "SW", "address": "4 Sparrow Court, SW18 2PT"})
	act(t, b, "address.add", map[string]any{"person": "P-2", "address": "Flat 9 Linnet House, Heron Walk", "postcode": "SW18 3PT", "confidence": "historic"})
	act(t, b, "phone.add", map[string]any{"person": "P-2", "number": "07700 900451"})
	act(t, b, "vehicle.add", map[string]any{"person": "P-2", "plate": "QF19 XKD"})
	follow()
	return b, s, follow
}

// whereabouts are ways to ask for where P-2 is.
func whereabouts() []string {
	return []string{
		"sparrow", "sparrow court", "4 sparrow court", "sparow cort", "court sparrow", "linnet", "linnet house", "heron walk", "flat 9 linnet", "SW18 2PT", "sw182pt", "SW18", "SW18 3PT",
		"07700 900451", "900451", "QF19 XKD", "qf19xkd", "sparrow unit:SW", "sparrow kind:person", "what:*sparrow* unit:SW", "linnet marker:none",
	}
}

func finds(t *testing.T, s *store.Search, ref string) []string {
	t.Helper()
	var out []string
	for _, text := range whereabouts() {
		for _, f := range answered(t, s, text).Found {
			if string(f.Ref) == ref {
				out = append(out, text)
			}
			if shown := f.Name + f.What + f.Match; strings.Contains(shown, "parrow") || strings.Contains(shown, "innet") {
				out = append(out, text+" shows "+shown)
			}
		}
	}
	return out
}

func TestNobodyIsFoundByWhereTheyAreOnceTheyAreToBeProtected(t *testing.T) {
	b, s, follow := protected(t)
	if got := finds(t, s, "P-000002"); len(got) < len(whereabouts()) {
		t.Fatalf("before there is a case, P-2 is found by %q only", got)
	}
	act(t, b, "case.add", map[string]any{"person": "P-1", "victims": []any{"P-2"}, "offences": "s4A", "last": "2026-11-20", "unit": "SW"})
	if got := finds(t, s, "P-000002"); len(got) != 0 {
		t.Errorf("in the moment before the news, a victim-survivor is found by %q", got)
	}
	follow()
	if got := finds(t, s, "P-000002"); len(got) != 0 {
		t.Errorf("a victim-survivor is found by %q", got)
	}
	if got := finds(t, filled(t, b), "P-000002"); len(got) != 0 {
		t.Errorf("read anew, a victim-survivor is found by %q", got)
	}
	for _, text := range whereabouts() {
		once := store.NewSearch(b)
		if err := once.FillFor(t.Context(), store.Ask{Text: text}); err != nil {
			t.Fatal(err)
		}
		if slices.Contains(found(t, once, text), "P-000002") {
			t.Errorf("asked once, %q finds a victim-survivor", text)
		}
	}
	if got := found(t, s, "quillfeather"); !slices.Equal(got, []string{"P-000002"}) {
		t.Errorf("by name: %q", got)
	}
	for _, word := range []string{"sparrow", "linnet", "sw18", "900451", "qf19xkd"} {
		if s.Holds(word) || filled(t, b).Holds(word) {
			t.Errorf("the index itself still has %s", word)
		}
	}
	for _, text := range []string{"edda sparrow", "quillfeather sw18", "quillfeather linnet house"} {
		name, _, _ := strings.Cut(text, " ")
		right, wrong := answered(t, s, text), answered(t, s, name+strings.Repeat(" zzqqzz", strings.Count(text, " ")))
		if len(right.Found) != len(wrong.Found) || len(right.Found) > 0 && right.Found[0].Score != wrong.Found[0].Score {
			t.Errorf("who knows where she is is told so: %q answers %+v, and a wrong guess %+v", text, right.Found, wrong.Found)
		}
	}
	if got := found(t, s, "example road"); !slices.Equal(got, []string{"P-000001"}) {
		t.Errorf("the suspect, by where he is: %q", got)
	}
	act(t, b, "undo", nil)
	follow()
	if got := finds(t, s, "P-000002"); len(got) < len(whereabouts()) {
		t.Errorf("once the case is taken back, P-2 is found by %q only", got)
	}
}

// Somebody who is also sought is shown as such, since officers have to find them.
func TestAVictimSurvivorWhoIsSoughtIsFoundAgain(t *testing.T) {
	b, s, follow := protected(t)
	act(t, b, "case.add", map[string]any{"person": "P-1", "victims": []any{"P-2"}, "offences": "s4A", "last": "2026-11-20", "unit": "SW"})
	line := act(t, b, "wanted.mark", map[string]any{"person": "P-2", "offences": "fta", "unit": "SW", "pnc_ref": "1"})
	follow()
	if got := found(t, s, "sparrow court"); !slices.Equal(got, []string{"P-000002"}) {
		t.Errorf("wanted as %s: %q", line, got)
	}
	act(t, b, "undo", nil)
	follow()
	if got := found(t, s, "sparrow court"); len(got) != 0 {
		t.Errorf("no longer wanted: %q", got)
	}
}

// Words about a suspect do not lead to those he is a danger to: a task is not found by the name its title hides.
func TestATitleIsNotFoundByWhomItHides(t *testing.T) {
	b, s, follow := protected(t)
	act(t, b, "task.add", map[string]any{"title": "Warn Bryony Harrowgate before the visit", "person": "P-1"})
	follow()
	if got := found(t, s, "harrowgate"); !slices.Equal(got, []string{"T-000001"}) {
		t.Fatalf("before the order, %q", got)
	}
	act(t, b, "order.add", map[string]any{"person": "P-1", "type": "SPO", "made": "2026-11-01", "conditions": []any{"Not to contact Bryony Harrowgate"}, "protects": "Bryony Harrowgate", "unit": "SW", "court": "Harrowgate Magistrates' Court"})
	for _, when := range []string{"before the news", "after it"} {
		for _, text := range []string{"harrowgate", "bryony harrowgate", "harowgate", "bryony"} {
			if got := found(t, s, text); len(got) != 0 {
				t.Errorf("%s, %s finds %q", when, text, got)
			}
		}
		follow()
	}
	if s.Holds("harrowgate") || filled(t, b).Holds("harrowgate") {
		t.Error("the index itself still has the name")
	}
	if got := found(t, s, "visit"); !slices.Equal(got, []string{"T-000001"}) {
		t.Errorf("by the rest of its title: %q", got)
	}
	if got := found(t, filled(t, b), "harrowgate"); len(got) != 0 {
		t.Errorf("read anew: %q", got)
	}
}

// An answer about filters is made of lines as they are shown.
func TestAFilterDoesNotLookBehindTheVeil(t *testing.T) {
	b, s, follow := protected(t)
	act(t, b, "case.add", map[string]any{"person": "P-1", "victims": []any{"P-2"}, "offences": "s4A", "last": "2026-11-20", "unit": "SW", "report": "1234567/26"})
	follow()
	for _, text := range []string{"what:*sparrow*", "quillfeather what:*sparrow*", "-what:*example* sparrow", "status:victim", "unit:SW what:*court*"} {
		if got := found(t, s, text); slices.Contains(got, "P-000002") {
			t.Errorf("%s finds %q", text, got)
		}
	}
	if got := found(t, s, "quillfeather what:need-to-know"); !slices.Equal(got, []string{"P-000002"}) {
		t.Errorf("by what is shown in its place: %q", got)
	}
	a := answered(t, s, "1234567")
	if len(a.Found) != 1 || a.Found[0].Ref != "C-000001" || strings.Contains(a.Found[0].Name+a.Found[0].What, "QUILL") {
		t.Errorf("the case by its report: %+v", a.Found)
	}
}
