package store_test

import (
	"context"
	"testing"
	"time"

	"pou/model"
	"pou/store"
	"pou/store/memory"
)

// newDesk is a book with an administrator who is also the lead.
func newDesk(t *testing.T) *store.Book {
	t.Helper()
	now := time.Date(2026, time.November, 24, 5, 7, 0, 0, time.UTC)
	b, err := store.New(t.Context(), memory.New(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	lead := &model.Officer{Name: "ADEYEMI, Folake", Rank: "DI", Unit: "SW", Roles: []model.Role{model.RoleAdmin, model.RoleLead}}
	lead.Ref = "O-0001"
	if _, err := b.Collect(t.Context(), "O-0001", "store.init", model.Batch{Records: []model.Record{lead}}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if rep, err := b.Check(context.Background()); err != nil || len(rep.Findings) > 0 {
			t.Errorf("the store after the test: %v %v", rep.Findings, err)
		}
	})
	return b
}

func act(t *testing.T, b *store.Book, action string, fields map[string]any) model.Ref {
	t.Helper()
	r, err := b.Do(t.Context(), "O-0001", model.Request{Action: action, Fields: fields})
	if err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	return r.Changed[0].Ref
}

func names(t *testing.T, s *store.Search, query string, kind model.Kind) []string {
	t.Helper()
	found, err := s.Find(t.Context(), query, kind, 5)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range found {
		out = append(out, f.Name)
	}
	return out
}

func TestAPersonIsFoundByWhateverIsRemembered(t *testing.T) {
	b := newDesk(t)
	act(t, b, "person.add", map[string]any{"surname": "O'Brien", "forename": "Seán", "born": "3 Dec 1984", "phone": "07700 900123"})
	act(t, b, "alias.add", map[string]any{"person": "P-000001", "name": "Spider"})
	act(t, b, "vehicle.add", map[string]any{"person": "P-000001", "plate": "AB12 CDE"})
	act(t, b, "address.add", map[string]any{"person": "P-000001", "address": "1 Example Road", "postcode": "SW11 9ZZ"})
	act(t, b, "person.add", map[string]any{"surname": "Smith", "forename": "John"})
	act(t, b, "operation.create", map[string]any{"name": "Operation Lantern", "from": "2026-11-23", "to": "2026-11-29"})
	s := store.NewSearch(b)
	if err := s.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	for how, c := range map[string]struct{ query, want string }{
		"the name without its accent and apostrophe": {"sean obrien", "O'BRIEN, Seán"},
		"the name with letters swapped":              {"jonh smtih", "SMITH, John"},
		"an alias":                                   {"spider", "O'BRIEN, Seán"},
		"the last digits of a phone":                 {"900123", "O'BRIEN, Seán"},
		"a plate":                                    {"ab12cde", "O'BRIEN, Seán"},
		"a postcode":                                 {"sw11 9zz", "O'BRIEN, Seán"},
		"the year of birth beside the name":          {"obrien 1984", "O'BRIEN, Seán"},
		"the reference":                              {"p-2", "SMITH, John"},
		"an operation's name":                        {"lantern", "Operation Lantern"},
		"an officer's name":                          {"adeyemi", "ADEYEMI, Folake"},
	} {
		t.Run(how, func(t *testing.T) {
			if got := names(t, s, c.query, ""); len(got) == 0 || got[0] != c.want {
				t.Errorf("%q finds %q, want %q first", c.query, got, c.want)
			}
		})
	}
	if got := names(t, s, "lantern", model.KindPerson); len(got) != 0 {
		t.Errorf("among people only, lantern finds %q", got)
	}
}

func TestTheIndexFollowsTheRecord(t *testing.T) {
	b := newDesk(t)
	s := store.NewSearch(b)
	if err := s.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	news := b.Watch(t.Context())
	follow := func() {
		t.Helper()
		if err := s.Follow(t.Context(), <-news); err != nil {
			t.Fatal(err)
		}
	}
	act(t, b, "person.add", map[string]any{"surname": "Kovač", "forename": "Ivan"})
	follow()
	if got := names(t, s, "kovac", ""); len(got) != 1 {
		t.Errorf("after adding, kovac finds %q", got)
	}
	act(t, b, "person.edit", map[string]any{"person": "P-000001", "surname": "Novak"})
	follow()
	if got := names(t, s, "kovac", model.KindPerson); len(got) != 0 && got[0] == "KOVAČ, Ivan" {
		t.Errorf("after the edit, kovac still finds %q", got)
	}
	if got := names(t, s, "novak", ""); len(got) != 1 || got[0] != "NOVAK, Ivan" {
		t.Errorf("after the edit, novak finds %q", got)
	}
	act(t, b, "undo", nil)
	follow()
	act(t, b, "undo", nil)
	follow()
	if got := names(t, s, "kovac", model.KindPerson); len(got) != 0 {
		t.Errorf("after undoing everything, kovac finds %q", got)
	}
}

func TestListsAreInTheOrderTheyAreWorked(t *testing.T) {
	b := newDesk(t)
	low := act(t, b, "person.add", map[string]any{"surname": "Low", "unit": "SW"})
	high := act(t, b, "person.add", map[string]any{"surname": "High", "unit": "SW"})
	act(t, b, "wanted.mark", map[string]any{"person": string(low), "offences": "fta", "unit": "SW", "pnc_ref": "1"})
	act(t, b, "wanted.mark", map[string]any{"person": string(high), "offences": "rape", "unit": "SW", "grade": "A"})
	act(t, b, "task.add", map[string]any{"title": "later", "due": "2026-12-24"})
	act(t, b, "task.add", map[string]any{"title": "no day"})
	act(t, b, "task.add", map[string]any{"title": "sooner", "due": "2026-11-25"})
	for list, want := range map[store.List][]string{
		store.ListWanted: {"HIGH", "LOW"},
		store.ListTasks:  {"sooner", "later", "no day"},
		store.ListPeople: {"LOW", "HIGH"},
	} {
		err := b.Read(t.Context(), func(r store.Reader) error {
			lines, err := store.Lines(r, list, store.Scope{}, b.Now())
			if len(lines) != len(want) {
				t.Errorf("%s has %d lines, want %d", list, len(lines), len(want))
				return err
			}
			for i, l := range lines {
				if l.Name != want[i] && l.What != want[i] {
					t.Errorf("%s line %d is %q %q, want %q", list, i, l.Name, l.What, want[i])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnEndedLineIsListedOnlyWhenAskedFor(t *testing.T) {
	b := newDesk(t)
	p := act(t, b, "person.add", map[string]any{"surname": "Gone", "unit": "SW"})
	act(t, b, "wanted.mark", map[string]any{"person": string(p), "offences": "abh", "unit": "SW"})
	act(t, b, "wanted.eliminate", map[string]any{"person": string(p), "reason": "alibi confirmed"})
	for ended, want := range map[bool]int{false: 0, true: 1} {
		err := b.Read(t.Context(), func(r store.Reader) error {
			lines, err := store.Lines(r, store.ListWanted, store.Scope{Unit: "SW", Ended: ended}, b.Now())
			if len(lines) != want {
				t.Errorf("ended %v: %d lines, want %d", ended, len(lines), want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
