package comms_test

import (
	"context"
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

// bench is a store with an open case, and a dataset under an authorisation that covers the planted data.
type bench struct {
	*testing.T
	book *store.Book
	data planted.Case
	now  time.Time
}

const (
	officer  model.Ref = "O-0001"
	theCase  model.Ref = "C-000001"
	theData  model.Ref = "D-000001"
	moreData model.Ref = "D-000002"
)

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{T: t, now: time.Date(2026, time.November, 24, 5, 0, 0, 0, time.UTC)}
	b.data = planted.Make(1, day.On(b.now).AddDays(-1))
	book, err := store.New(t.Context(), memory.New(), func() time.Time { return b.now })
	if err != nil {
		t.Fatal(err)
	}
	b.book = book
	t.Cleanup(func() { book.Close() })
	first := &model.Officer{Name: "ADEYEMI", Unit: "SW", Roles: []model.Role{model.RoleAdmin, model.RoleLead}}
	first.Ref = officer
	if _, err := book.Collect(t.Context(), officer, "store.init", model.Batch{Records: []model.Record{first}}); err != nil {
		t.Fatal(err)
	}
	b.do("person.add", map[string]any{"surname": "Varga", "unit": "SW"})
	b.do("person.add", map[string]any{"surname": "Quillfeather", "unit": "SW"})
	b.do("case.add", map[string]any{"person": "P-1", "victims": "P-2", "offences": "s4A", "last": "2026-11-20", "unit": "SW"})
	for _, d := range []struct{ number, person string }{{planted.SuspectPhone, "P-1"}, {planted.SecondPhone, "P-1"}, {planted.VictimPhone, "P-2"}} {
		b.do("device.attribute", map[string]any{"case": "C-1", "kind": "phone", "number": d.number, "person": d.person, "grade": "strong", "basis": "subscriber"})
	}
	b.basis(b.data.First, b.data.Last)
	return b
}

func (b *bench) do(action string, fields map[string]any) {
	b.Helper()
	if _, err := b.book.Do(context.Background(), officer, model.Request{Action: action, Fields: fields}); err != nil {
		b.Fatalf("%s: %v", action, err)
	}
}

func (b *bench) basis(from, to day.Date) {
	b.Helper()
	b.do("dataset.open", map[string]any{
		"case": "C-1", "title": "planted", "power": "synthetic", "authorisation": "TEST 1", "purpose": "test", "granted": "2026-11-20",
		"from": from.String(), "to": to.String(), "collateral": "none: nobody is real", "review": "2027-05-01",
	})
}

// load loads planted files, by name, into a dataset.
func (b *bench) load(into model.Ref, names ...string) comms.Receipt {
	b.Helper()
	var total comms.Receipt
	for _, f := range b.data.Files {
		if len(names) > 0 && !contains(names, f.Name) {
			continue
		}
		got, _, err := comms.LoadInto(context.Background(), b.book, officer, comms.Loading{Dataset: into, Files: []comms.Source{{Name: f.Name, Bytes: f.Data}}, Own: f.Own})
		if err != nil {
			b.Fatalf("%s: %v", f.Name, err)
		}
		for _, r := range got.Files {
			if r.Refused > 0 {
				b.Errorf("%s: %d rows refused: %v", r.Name, r.Refused, r.Refusals[:1])
			}
		}
		total.Files = append(total.Files, got.Files...)
	}
	return total
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

func (b *bench) open() *comms.Picture {
	b.Helper()
	var p *comms.Picture
	err := b.book.Read(context.Background(), func(r store.Reader) (err error) {
		p, err = comms.Open(r, theCase)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return p
}

func TestThePlantedMeetsAreFoundAndNothingElse(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.load(theData)
	p := b.open()
	meets := occasions(p)
	if len(meets) != planted.Meets {
		t.Errorf("%d meets; want %d", len(meets), planted.Meets)
	}
	for i, m := range meets {
		if i >= len(b.data.Visits) {
			break
		}
		v := b.data.Visits[i]
		if at := time.UnixMilli(m.From); at.Before(v.From.Add(-20*time.Minute)) || at.After(v.To.Add(20*time.Minute)) {
			t.Fatalf("meet %d begins at %v, the visit was %v to %v", i, at, v.From, v.To)
		}
	}
}

func occasions(p *comms.Picture) []atlas.Occasion {
	rule := atlas.Usual()
	return atlas.Occasions(p.Index.Paths(atlas.Window{}, atlas.Suspect, atlas.Victim, rule).Meets(), rule.Apart)
}

func TestTheDayOfSevenHundredAndWhatChangedAreFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.load(theData)
	p := b.open()
	rows := p.Index.Between(atlas.Window{}, atlas.Suspect, atlas.Victim).Rows()
	busiest, ok := p.Index.BusiestDay(rows)
	if !ok || len(busiest.Rows) != planted.BurstCount || busiest.Day != b.data.Burst {
		t.Errorf("the busiest day is %v with %d", busiest.Day, len(busiest.Rows))
	}
	c := p.Index.Around(rows, b.data.Told.UnixMilli(), 0, 0)
	if len(c.Before.Rows) != b.data.Before || len(c.After.Rows) != b.data.After {
		t.Errorf("%d before and %d after; want %d and %d", len(c.Before.Rows), len(c.After.Rows), b.data.Before, b.data.After)
	}
	found := false
	for _, n := range p.Index.Newcomers(atlas.Victim, b.data.Blocked.UnixMilli(), 7*24*time.Hour) {
		found = found || p.Set.Key(n.Handle) == planted.SecondPhone
	}
	if !found {
		t.Error("the second phone, first used the day after the block, is not pointed out")
	}
}

func TestDataOutsideTheAuthorisationIsHeldUntilItIsExtended(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.do("dataset.basis", map[string]any{"dataset": "D-1", "to": b.data.First.AddDays(29).String(), "reason": "test"})
	b.load(theData, "S1 call data.csv")
	before := b.open()
	if len(before.Set.Held) == 0 || len(before.Set.Rows) == 0 {
		t.Fatalf("%d rows, %d held", len(before.Set.Rows), len(before.Set.Held))
	}
	b.do("dataset.basis", map[string]any{"dataset": "D-1", "to": b.data.Last.String(), "reason": "extended"})
	after := b.open()
	if len(after.Set.Held) != 0 || len(after.Set.Rows) != len(before.Set.Rows)+len(before.Set.Held) {
		t.Errorf("after the extension %d rows, %d held; before %d and %d", len(after.Set.Rows), len(after.Set.Held), len(before.Set.Rows), len(before.Set.Held))
	}
}

func TestTwoDatasetsAreOnePictureAndNothingIsThereTwice(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.load(theData)
	alone := b.open()
	b.basis(b.data.First, b.data.Last)
	b.load(moreData, "V positions.csv", "cells.csv")
	both := b.open()
	positions := 0
	for i := range alone.Set.Rows {
		if alone.Set.Rows[i].Kind == atlas.Position && alone.Set.Key(alone.Set.Rows[i].Own) == planted.VictimPhone {
			positions++
		}
	}
	if both.Twice != positions || len(both.Set.Rows) != len(alone.Set.Rows) {
		t.Errorf("%d rows are there twice, want %d; %d rows in all, want %d", both.Twice, positions, len(both.Set.Rows), len(alone.Set.Rows))
	}
	if n := len(occasions(both)); n != planted.Meets {
		t.Errorf("%d meets", n)
	}
}

func TestErasedDataIsGone(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.load(theData)
	b.do("officer.add", map[string]any{"name": "CLARKE", "unit": "SW", "roles": "lead"})
	b.do("dataset.erase", map[string]any{"dataset": "D-1", "reason": "no further action"})
	if _, err := b.book.Do(context.Background(), "O-0002", model.Request{Action: "record.erase-confirm", Fields: map[string]any{"erasure": "ER-1"}}); err != nil {
		b.Fatal(err)
	}
	err := b.book.Read(context.Background(), func(r store.Reader) error {
		_, err := comms.Open(r, theCase)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "has no data") {
		t.Errorf("opening says %v", err)
	}
}
