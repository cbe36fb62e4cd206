package store_test

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/store/memory"
	"pou/store/sample"
)

func morning() time.Time { return time.Date(2026, time.November, 24, 5, 40, 0, 0, time.UTC) }

// bookOf is a store that holds these records and O-0001, who may do anything.
func bookOf(t testing.TB, records ...model.Record) *store.Book {
	t.Helper()
	book, err := store.New(t.Context(), memory.New(), morning)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	officer := func(ref model.Ref, rank, name string, unit model.Unit) *model.Officer {
		return &model.Officer{Meta: model.Meta{Ref: ref}, Rank: rank, Name: name, Unit: unit, Roles: []model.Role{model.RoleAdmin, model.RoleSergeant}}
	}
	all := append([]model.Record{officer("O-0001", "PS", "ADEYEMI", "SW"), officer("O-0002", "DC", "BLAKE", "NE")}, records...)
	if _, err := book.Collect(t.Context(), "O-0001", "sample.load", model.Batch{Records: all}); err != nil {
		t.Fatal(err)
	}
	return book
}

// sampled is a store of its own with the sample in it.
func sampled(t testing.TB) *store.Book {
	t.Helper()
	return sampleOf(t, sample.Options{Now: morning()})
}

// samples are the engines with a sample in them that were filled already, by the options.
var samples struct {
	sync.Mutex
	by map[sample.Options]*memory.Engine
}

// sampleOf is a copy of a sample, which is made once for all tests.
func sampleOf(t testing.TB, o sample.Options) *store.Book {
	t.Helper()
	samples.Lock()
	defer samples.Unlock()
	now := func() time.Time { return o.Now }
	full := samples.by[o]
	if full == nil {
		full = memory.New()
		book, err := store.New(t.Context(), full, now)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sample.Fill(t.Context(), book, o, nil); err != nil {
			t.Fatal(err)
		}
		if samples.by == nil {
			samples.by = map[sample.Options]*memory.Engine{}
		}
		samples.by[o] = full
	}
	book, err := store.New(t.Context(), full.Snapshot(), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

// reading runs a query on a snapshot.
func reading[T any](t testing.TB, book *store.Book, fn func(store.Reader) (T, error)) T {
	t.Helper()
	var out T
	if err := book.Read(t.Context(), func(r store.Reader) (err error) { out, err = fn(r); return err }); err != nil {
		t.Fatal(err)
	}
	return out
}

func operation(t testing.TB, book *store.Book, ref model.Ref) *model.Operation {
	t.Helper()
	op, ok := reading(t, book, func(r store.Reader) (model.Record, error) { return r.Record(ref) }).(*model.Operation)
	if !ok {
		t.Fatalf("%s is no operation", ref)
	}
	return op
}

func proposed(t testing.TB, book *store.Book, op *model.Operation, perUnit int) []store.Proposal {
	t.Helper()
	return reading(t, book, func(r store.Reader) ([]store.Proposal, error) { return store.Propose(r, op, perUnit, morning()) })
}

// ranking works a unit's ranking out the slow way: person by person, from what each is linked to.
func ranking(t *testing.T, r store.Reader, op *model.Operation, asOf day.Date) map[model.Unit][]model.Ref {
	t.Helper()
	type scored struct {
		ref model.Ref
		s   model.Score
	}
	weights, months := op.Weighing()
	all := map[model.Unit][]scored{}
	err := r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
		p, _ := rec.(*model.Person)
		if err != nil || p == nil || p.OwnerUnit == "" {
			return err == nil
		}
		s := model.ScoreOf(of[*model.Case](t, r, p.Ref, model.KindCase), of[*model.Breach](t, r, p.Ref, model.KindBreach), p.Ref, weights, months, asOf)
		if s.Points > 0 {
			all[p.OwnerUnit] = append(all[p.OwnerUnit], scored{p.Ref, s})
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	out := map[model.Unit][]model.Ref{}
	for unit, list := range all {
		slices.SortFunc(list, func(a, b scored) int {
			return cmp.Or(b.s.Points-a.s.Points, int(b.s.Last)-int(a.s.Last), strings.Compare(string(a.ref), string(b.ref)))
		})
		for _, s := range list {
			out[unit] = append(out[unit], s.ref)
		}
	}
	return out
}

func of[R model.Record](t *testing.T, r store.Reader, about model.Ref, kind model.Kind) []R {
	t.Helper()
	refs, err := r.Linked(about, kind)
	if err != nil {
		t.Fatal(err)
	}
	var out []R
	for _, ref := range refs {
		rec, err := r.Record(ref)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := rec.(R); ok {
			out = append(out, got)
		}
	}
	return out
}

// What walking the cases proposes is what walking everybody on record would.
func TestEveryUnitIsProposedItsHighestSuspects(t *testing.T) {
	book := sampled(t)
	op := operation(t, book, "OP-0001")
	got := proposed(t, book, op, store.ProposedPerUnit)
	today, since := day.On(morning()), day.On(morning()).AddDays(-28)
	var now, then map[model.Unit][]model.Ref
	_ = reading(t, book, func(r store.Reader) (int, error) {
		now, then = ranking(t, r, op, today), ranking(t, r, op, since)
		return 0, nil
	})
	if len(got) != 12*store.ProposedPerUnit {
		t.Errorf("%d are proposed, want 240", len(got))
	}
	moved := 0
	for i, p := range got {
		unit := model.Units()[i/store.ProposedPerUnit].Code
		rank := i%store.ProposedPerUnit + 1
		if p.Unit != unit || p.Rank != rank || now[unit][rank-1] != p.Person {
			t.Errorf("place %d of %s is %+v, want %s", rank, unit, p, now[unit][rank-1])
		}
		if was := slices.Index(then[unit], p.Person) + 1; p.Was != was || p.Since != since {
			t.Errorf("%s was at place %d on %s, want %d on %s", p.Person, p.Was, p.Since, was, since)
		}
		if places, known := p.Up(); known && places != 0 {
			moved++
		}
		if p.Name == "" || p.Score.Points <= 0 || len(p.Score.Parts) != 4 || p.Cases == 0 || p.Score.AsOf != today {
			t.Errorf("%s is not explained: %+v", p.Person, p)
		}
	}
	if moved == 0 {
		t.Error("nobody's rank has changed in four weeks, so nothing is said of the change")
	}
	if again := proposed(t, book, op, store.ProposedPerUnit); !reflect.DeepEqual(got, again) {
		t.Error("the same record gives another order")
	}
}

func TestWhoIsProposed(t *testing.T) {
	book := sampled(t)
	all := proposed(t, book, operation(t, book, "OP-0001"), 1000)
	find := func(ref model.Ref) *store.Proposal {
		if i := slices.IndexFunc(all, func(p store.Proposal) bool { return p.Person == ref }); i >= 0 {
			return &all[i]
		}
		return nil
	}
	if p := find("P-000036"); p == nil || len(p.On) != 0 || p.Rank > 5 {
		t.Errorf("the serial suspect on no list: %+v", p)
	}
	if p := find("P-000007"); p == nil || !slices.Equal(p.On, []model.Ref{"OP-0001/001"}) || !slices.Equal(p.Wanted, []model.Ref{"W-000007"}) || p.Unit != "SW" {
		t.Errorf("a person on a list is flagged: %+v", p)
	}
	if p := find("P-000012"); p == nil || p.Held != "in custody (K-000001)" {
		t.Errorf("a person in custody is flagged: %+v", p)
	}
	for ref, why := range map[model.Ref]string{
		"P-000011": "there is no case", "P-000022": "every act lies outside the window", "P-000010": "only a witness",
	} {
		if p := find(ref); p != nil {
			t.Errorf("%s is proposed, though %s: %+v", ref, why, p)
		}
	}
	hearth := operation(t, book, "OP-0002")
	for _, p := range proposed(t, book, hearth, 5) {
		if p.Unit != "SW" {
			t.Errorf("the operation of SW proposes %s of %s", p.Person, p.Unit)
		}
		if p.Since != operation(t, book, "OP-0001").From {
			t.Errorf("compared with %s, not with the first day of the operation before", p.Since)
		}
	}
	for _, p := range proposed(t, book, operation(t, book, "OP-0003"), 1) {
		if p.Since != day.On(morning()).AddDays(-28) || p.Unit != "NE" {
			t.Errorf("%s is compared with %s; a later operation is not the one before", p.Unit, p.Since)
		}
	}
	if none := proposed(t, book, hearth, 0); len(none) != 0 {
		t.Errorf("none were asked for: %v", none)
	}
}

func TestAnOperationProposesByItsOwnWeights(t *testing.T) {
	book := sampled(t)
	op := operation(t, book, "OP-0002")
	op.Weights, op.WindowMonths = model.Weights{Victims: 10}, 6
	for _, p := range proposed(t, book, op, 5) {
		if p.Score.Of != 10 || p.Score.Months != 6 || p.Score.Points != p.Score.Parts[3].Points {
			t.Errorf("%+v", p.Score)
		}
	}
}

func TestTargetsThatNobodyHasReasonToKeepArePrompted(t *testing.T) {
	book := sampled(t)
	op := operation(t, book, "OP-0001")
	prompts := func() []store.Prompt {
		return reading(t, book, func(r store.Reader) ([]store.Prompt, error) { return store.Prompts(r, op, morning()) })
	}
	of := func(person model.Ref) store.Prompt {
		for _, p := range prompts() {
			if p.Person == person {
				return p
			}
		}
		return store.Prompt{}
	}
	first := of("P-000011")
	if len(first.Why) != 2 || !strings.Contains(first.Why[0], "score 0: no act") || !strings.Contains(first.Why[1], "review was due by ") || first.Unit != "SW" {
		t.Errorf("no case and past review: %+v", first)
	}
	if p := of("P-000009"); p.Target != "" {
		t.Errorf("a suspect with a score whose review is to come is prompted: %+v", p)
	}
	_, err := book.Do(t.Context(), sample.Lead, model.Request{Action: "target.review", Fields: map[string]any{
		"target": string(first.Target), "keep": "yes", "reason": "a statement is expected on Friday",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if p := of("P-000011"); len(p.Why) != 1 || !strings.Contains(p.Kept, "a statement is expected on Friday") || !strings.Contains(p.Kept, "DI Adeyemi") {
		t.Errorf("a zero score still prompts, with what was said: %+v", p)
	}
	_, err = book.Do(t.Context(), sample.Lead, model.Request{Action: "target.remove", Fields: map[string]any{
		"target": string(first.Target), "exit": "withdrawn", "reason": "nothing against the person",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if p := of("P-000011"); p.Target != "" {
		t.Errorf("one who left the list is prompted: %+v", p)
	}
}
