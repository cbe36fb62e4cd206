package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"testing"
	"time"

	"pou/model"
	"pou/store"
	"pou/store/bolt"
	"pou/store/sample"
)

// interested is a desk with a sample of people, a constable of another unit, and the index filled.
func interested(t *testing.T) (*store.Book, *store.Interests) {
	t.Helper()
	now := time.Date(2026, time.November, 24, 5, 7, 0, 0, time.UTC)
	b := sampleOf(t, sample.Options{People: 100, Seed: 7, Now: now})
	x := store.NewInterests(b)
	if err := x.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b, x
}

// moves are random things officers do, to a few people who share names, addresses and phones.
type moves struct {
	*rand.Rand

	t     *testing.T
	b     *store.Book
	done  map[string]int
	cases []model.Ref
	lines []model.Ref
	pack  model.Ref
}

func (m *moves) of(all ...string) string { return all[m.IntN(len(all))] }

func (m *moves) person() string { return fmt.Sprintf("P-%d", 1+m.IntN(40)) }

func (m *moves) do(action string, fields map[string]any) model.Ref {
	receipt, err := m.b.Do(m.t.Context(), "O-0001", model.Request{Action: action, Fields: fields})
	if _, refused := model.AsProblem(err); err != nil && !refused {
		m.t.Fatal(err)
	}
	if err != nil || len(receipt.Changed) == 0 {
		return ""
	}
	m.done[action]++
	return receipt.Changed[0].Ref
}

func (m *moves) one() {
	unit := m.of("SW", "NE", "CN")
	switch m.IntN(14) {
	case 0:
		m.do("person.edit", map[string]any{"person": m.person(), "surname": m.of("Varga", "Vargas", "Obi", "Smith"), "forename": m.of("Mateusz", "Matt", "John"), "born": m.of("1984-03-12", "1984-12-03", "1990")})
	case 1:
		m.do("address.add", map[string]any{"person": m.person(), "address": m.of("12 Example Road", "4 Sparrow Court"), "postcode": m.of("SW11 1AA", "SW18 2PT"), "confidence": m.of("confirmed", "historic", "likely")})
	case 2:
		m.do("phone.add", map[string]any{"person": m.person(), "number": m.of("07700 900451", "+447700900451", "07700 900452")})
	case 3:
		m.do("vehicle.add", map[string]any{"person": m.person(), "plate": m.of("QF19 XKD", "qf19xkd", "LA92 ABC")})
	case 4:
		m.keep(&m.lines, m.do("wanted.mark", map[string]any{"person": m.person(), "offences": "fta", "unit": unit, "pnc_ref": "1"}))
	case 5:
		m.do("wanted.withdraw", map[string]any{"wanted": m.any(m.lines), "reason": "no longer sought"})
	case 6:
		m.keep(&m.cases, m.do("case.add", map[string]any{"person": m.person(), "victims": []any{m.person()}, "witnesses": []any{m.person()}, "offences": "s4A", "last": "2026-11-20", "unit": unit}))
	case 7:
		m.do("case.close", map[string]any{"case": m.any(m.cases), "outcome": "16"})
	case 8:
		m.do("case.restrict", map[string]any{"case": m.any(m.cases), "reason": "x", "lift": m.IntN(3) == 0})
	case 9:
		m.do("order.add", map[string]any{"person": m.person(), "type": "SPO", "made": "2026-11-01", "until": m.of("2026-11-20", "2027-11-20"), "conditions": []any{"Not to enter SW11"}, "unit": unit, "court": "Example"})
	case 10:
		m.do("target.add", map[string]any{"operation": string(m.pack), "person": m.person(), "reason": "x", "unit": unit, "decision": "later", "with": m.of("SW", "NE", "CN")})
	case 11:
		m.do("case.party", map[string]any{"case": m.any(m.cases), "person": m.person(), "role": m.of("suspect", "victim", "witness")})
	case 12:
		m.do("undo", nil)
	case 13:
		m.b.Consult("O-0001", "list", model.Ref(m.person()))
		if err := m.b.Flush(m.t.Context()); err != nil {
			m.t.Fatal(err)
		}
	}
}

func (m *moves) keep(in *[]model.Ref, ref model.Ref) {
	if ref != "" {
		*in = append(*in, ref)
	}
}

func (m *moves) any(of []model.Ref) string {
	if len(of) == 0 {
		return "C-1"
	}
	return string(of[m.IntN(len(of))])
}

// alike holds the answers of the index and of the walk together for whoever asks.
func alike(t *testing.T, s store.Store, x *store.Interests, who model.Ref, unit model.Unit) (answers int) {
	t.Helper()
	err := s.Read(context.Background(), func(r store.Reader) error {
		want, wantErr := store.Conflicts(r, who, unit, s.Now())
		if _, ok := x.Worth(r, who); !ok && wantErr == nil {
			t.Errorf("%s: the index does not know", who)
		}
		got, gotErr := x.Conflicts(r, who, unit, s.Now())
		if !reflect.DeepEqual(got, want) || fmt.Sprint(gotErr) != fmt.Sprint(wantErr) {
			t.Fatalf("%s for %s: the index says\n%+v %v\nand the walk\n%+v %v", who, unit, got, gotErr, want, wantErr)
		}
		answers = len(want)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return answers
}

func TestTheIndexOfInterestsAnswersAsTheWalkDoes(t *testing.T) {
	seeds := uint64(1) // make faults goes further
	if os.Getenv("POU_FAULTS") != "" {
		seeds = 8
	}
	for seed := range seeds {
		b, x := interested(t)
		m := &moves{Rand: rand.New(rand.NewPCG(seed, 1)), t: t, b: b, done: map[string]int{}}
		m.pack = m.do("operation.create", map[string]any{"name": "LANTERN", "from": "2026-11-23", "to": "2026-11-29"})
		answers := 0
		for i := range 200 {
			m.one()
			if i%5 == 0 { // otherwise whoever asks reads on from the journal
				if err := x.Follow(t.Context(), store.News{}); err != nil {
					t.Fatal(err)
				}
			}
			who, unit := model.NewRef(model.KindPerson, 1+m.Uint64N(40)), model.Unit(m.of("SW", "NE", "CN"))
			answers += alike(t, b, x, who, unit)
			answers += alike(t, b.For(model.Ref(m.of("O-0001", "O-0007", "O-0020", "O-9999"))), x, who, unit)
		}
		if len(m.done) < 11 || answers < 200 {
			t.Errorf("seed %d: too little happened: %v, %d conflicts", seed, m.done, answers)
		}
		for n := range uint64(100) {
			alike(t, b, x, model.NewRef(model.KindPerson, n+1), "SW")
		}
	}
}

func TestTheIndexOfInterestsReadsFewOfAllThatIsLive(t *testing.T) {
	b, x := interested(t)
	total := 0
	for n := range uint64(100) {
		_ = b.Read(t.Context(), func(r store.Reader) error {
			got, ok := x.Worth(r, model.NewRef(model.KindPerson, n+1))
			if !ok {
				t.Fatalf("the index does not know P-%d", n+1)
			}
			total += got
			return nil
		})
	}
	if total > 100*10 {
		t.Errorf("for a person %d records are read", total/100)
	}
}

func TestAnIndexOfInterestsThatIsNotFullWalks(t *testing.T) {
	b, _ := interested(t)
	for how, x := range map[string]*store.Interests{"not filled": store.NewInterests(b), "none": nil} {
		_ = b.Read(t.Context(), func(r store.Reader) error {
			if _, ok := x.Worth(r, "P-000001"); ok {
				t.Errorf("%s: it says it knows", how)
			}
			want, _ := store.Conflicts(r, "P-000001", "NE", b.Now())
			got, err := x.Conflicts(r, "P-000001", "NE", b.Now())
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v %v, want %+v", how, got, err, want)
			}
			return nil
		})
	}
}

// BenchmarkInterests asks for people of the store POU_STORE names.
func BenchmarkInterests(b *testing.B) {
	path := os.Getenv("POU_STORE")
	if path == "" {
		b.Skip("NOT MEASURED: POU_STORE names no store")
	}
	engine, err := bolt.Open(path, bolt.Holder{})
	if err != nil {
		b.Fatal(err)
	}
	book, err := store.New(b.Context(), engine, func() time.Time { return time.Date(2026, time.November, 24, 5, 7, 0, 0, time.UTC) })
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	x := store.NewInterests(book)
	start := time.Now()
	if err := x.Fill(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Logf("filled in %v", time.Since(start))
	n := uint64(0)
	worth := 0
	for b.Loop() {
		n = n*2862933555777941757 + 3037000493
		who := model.NewRef(model.KindPerson, 1+n>>20%1_000_000)
		_ = book.Read(b.Context(), func(r store.Reader) error {
			_, err := x.Conflicts(r, who, "SW", book.Now())
			k, _ := x.Worth(r, who)
			worth += k
			return err
		})
	}
	b.ReportMetric(float64(worth)/float64(b.N), "records")
}
