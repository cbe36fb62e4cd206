package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/store"
	"pou/store/comms"
	"pou/store/memory"
	"pou/store/sample/planted"
)

// shared is an engine that outlives its stores.
type shared struct{ store.Engine }

func (shared) Close() error { return nil }

// storySeat is a desk with a planted case, of which some files are loaded.
type storySeat struct {
	*testing.T
	engine store.Engine
	now    time.Time
	out    bytes.Buffer
	errs   bytes.Buffer
}

func newStorySeat(t *testing.T) *storySeat {
	t.Helper()
	s := &storySeat{T: t, engine: shared{memory.New()}, now: time.Date(2026, time.November, 24, 5, 0, 0, 0, time.UTC)}
	data := planted.Make(1, day.On(s.now).AddDays(-1))
	book := s.book()
	first := &model.Officer{Name: "ADEYEMI", Login: "adeyemi", Unit: "SW", Roles: []model.Role{model.RoleAdmin, model.RoleLead}}
	first.Ref = "O-0001"
	if _, err := book.Collect(t.Context(), "O-0001", "store.init", model.Batch{Records: []model.Record{first}}); err != nil {
		t.Fatal(err)
	}
	for _, r := range []model.Request{
		{Action: "person.add", Fields: map[string]any{"surname": "Varga", "unit": "SW"}},
		{Action: "person.add", Fields: map[string]any{"surname": "Quillfeather", "unit": "SW"}},
		{Action: "case.add", Fields: map[string]any{"person": "P-1", "victims": "P-2", "offences": "s4A", "last": "2026-11-20", "unit": "SW"}},
		{Action: "device.attribute", Fields: map[string]any{"case": "C-1", "kind": "phone", "number": planted.SuspectPhone, "person": "P-1", "grade": "strong", "basis": "subscriber"}},
		{Action: "device.attribute", Fields: map[string]any{"case": "C-1", "kind": "phone", "number": planted.VictimPhone, "person": "P-2", "grade": "strong", "basis": "hers"}},
		{Action: "moment.add", Fields: map[string]any{"case": "C-1", "at": data.Told.Format(time.RFC3339), "kind": "told"}},
		{Action: "dataset.open", Fields: map[string]any{
			"case": "C-1", "title": "planted", "power": "synthetic", "authorisation": "TEST 1", "purpose": "test", "granted": "2026-11-20",
			"from": data.First.String(), "to": data.Last.String(), "collateral": "none: nobody is real", "review": "2027-05-01",
		}},
	} {
		s.did(book, r)
	}
	for _, f := range data.Files {
		if f.Name != "S1 call data.csv" && f.Name != "cells.csv" {
			continue
		}
		if _, _, err := comms.LoadInto(t.Context(), book, "O-0001", comms.Loading{Dataset: "D-1", Files: []comms.Source{{Name: f.Name, Bytes: f.Data}}, Own: f.Own}); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *storySeat) book() *store.Book {
	s.Helper()
	book, err := store.New(s.Context(), s.engine, func() time.Time { return s.now })
	if err != nil {
		s.Fatal(err)
	}
	return book
}

func (s *storySeat) did(book *store.Book, r model.Request) {
	s.Helper()
	if _, err := book.Do(context.Background(), "O-0001", r); err != nil {
		s.Fatalf("%s: %v", r.Action, err)
	}
}

func (s *storySeat) do(action string, fields map[string]any) {
	s.Helper()
	book := s.book()
	s.did(book, model.Request{Action: action, Fields: fields})
	if err := book.Close(); err != nil {
		s.Fatal(err)
	}
}

// run runs the command by itself, as its parent would.
func (s *storySeat) run(args ...string) error {
	s.Helper()
	s.out.Reset()
	s.errs.Reset()
	a := &app{as: "O-0001", env: Env{
		Out: &s.out, Err: &s.errs, Getenv: func(string) string { return "" }, Home: s.TempDir(), User: "adeyemi", Now: func() time.Time { return s.now },
		Open: func(string) (store.Engine, error) { return s.engine, nil },
	}}
	cmd := a.storyboardCmd()
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	cmd.SetOut(&s.out)
	cmd.SetErr(&s.errs)
	return cmd.ExecuteContext(s.Context())
}

// handed are the recipients of what left the desk about a case.
func (s *storySeat) handed() []string {
	s.Helper()
	var out []string
	book := s.book()
	defer book.Close()
	err := book.Read(s.Context(), func(r store.Reader) error {
		entries, err := r.Disclosed("C-000001")
		for _, e := range entries {
			out = append(out, e.To)
		}
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return out
}

func (s *storySeat) refused(words string, args ...string) {
	s.Helper()
	err := s.run(args...)
	if err == nil || !strings.Contains(err.Error(), words) {
		s.Errorf("%v: it says %v, and should say %q", args, err, words)
	}
	if s.out.Len() > 0 {
		s.Errorf("%v was refused, and wrote %q", args, s.out.String())
	}
}

func TestAStoryboardLeavesTheDeskAsADisclosure(t *testing.T) {
	t.Parallel()
	s := newStorySeat(t)
	s.refused("has no storyboard", "C-1")
	s.refused("is not a case", "P-1")
	s.refused("is a storyboard such as SB-000001", "C-1", "--board", "C-1")
	s.refused("take it or --board", "C-1", "--board", "SB-1", "--standard")
	s.refused("--to", "C-1", "--format", "html")
	s.do("story.open", map[string]any{"case": "C-1", "title": "For the file"})
	s.refused("has no finding on it", "C-1")
	if got := s.handed(); len(got) > 0 {
		t.Fatalf("what was refused was logged as handed to %v", got)
	}
	s.do("story.add", map[string]any{"case": "C-1", "kind": "change", "moment": 1, "words": "Twice as many since."})
	s.do("story.sign", map[string]any{"board": "SB-1"})
	if err := s.run("C-1"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{atlas.Marking, "Twice as many since.", "igned by Adeyemi at 05:00 on 24 Nov 2026", "TEST 1"} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("it lacks %q", want)
		}
	}
	if strings.Contains(s.out.String(), planted.VictimPhone) {
		t.Error("it shows the victim-survivor's number")
	}
	path := filepath.Join(t.TempDir(), "story.pdf")
	if err := s.run("C-1", "--board", "SB-1", "--to", "DI Marsh", "--out", path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		t.Errorf("the file is %.20q, %v", raw, err)
	}
	if got := s.handed(); len(got) != 2 || !strings.Contains(got[0], "to read") || got[1] != "DI Marsh" {
		t.Errorf("it was handed to %q", got)
	}
	if err := s.run("C-1", "--standard"); err != nil || !strings.Contains(s.out.String(), "DRAFT") || strings.Contains(s.out.String(), "Twice as many since.") {
		t.Errorf("the standard set is not a draft of its own: %v", err)
	}
	s.do("story.open", map[string]any{"case": "C-1"})
	s.refused("2 storyboards", "C-1")
	s.refused("no storyboard of C-000001", "C-1", "--board", "SB-9")
}

func TestNothingIsHandedOverThatCouldNotBePutInItsPlace(t *testing.T) {
	t.Parallel()
	s := newStorySeat(t)
	s.refused("could not be written", "C-1", "--standard", "--to", "DI Marsh", "--out", filepath.Join(t.TempDir(), "absent", "story.pdf"))
	if got := s.handed(); len(got) > 0 {
		t.Errorf("it was logged as handed to %v", got)
	}
}
