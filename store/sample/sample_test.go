package sample_test

import (
	"context"
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/model/match"
	"pou/store"
	"pou/store/memory"
	"pou/store/sample"
)

func noon() time.Time { return time.Date(2026, time.November, 12, 12, 34, 56, 0, time.UTC) }

// filled is a store with a sample in it, and everything that stands there by ref.
type filled struct {
	*store.Book
	sum     sample.Summary
	records map[model.Ref]model.Record
	now     time.Time
	today   day.Date
}

// fill makes a sample.
func fill(t *testing.T, o sample.Options) *filled {
	t.Helper()
	f := fillBook(t.Context(), t, o)
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// made are the samples that were made once for all who only read them.
var made sync.Map

type madeOnce struct {
	once sync.Once
	f    *filled
}

// reads is a sample that is made once for all tests: nothing may be written to its store.
func reads(t *testing.T, o sample.Options) *filled {
	t.Helper()
	entry, _ := made.LoadOrStore(o, &madeOnce{})
	m := entry.(*madeOnce)
	m.once.Do(func() { m.f = fillBook(context.Background(), t, o) })
	if m.f == nil {
		t.Fatalf("the sample of %+v could not be made", o)
	}
	return m.f
}

func fillBook(ctx context.Context, t *testing.T, o sample.Options) *filled {
	t.Helper()
	book, err := store.New(ctx, memory.New(), func() time.Time { return o.Now })
	if err != nil {
		t.Fatal(err)
	}
	f := &filled{Book: book, records: map[model.Ref]model.Record{}, now: o.Now, today: day.On(o.Now)}
	if f.sum, err = sample.Fill(ctx, book, o, nil); err != nil {
		t.Fatal(err)
	}
	err = book.Read(ctx, func(r store.Reader) error {
		for _, k := range model.Kinds() {
			if err := r.Each(k, "", func(rec model.Record, err error) bool {
				if err != nil {
					t.Error(err)
					return true
				}
				f.records[rec.Head().Ref] = rec
				return true
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// every lists the records of one type in the order of their refs.
func every[R model.Record](f *filled) []R {
	var out []R
	for _, r := range f.records {
		if got, ok := r.(R); ok {
			out = append(out, got)
		}
	}
	slices.SortFunc(out, func(a, b R) int { return strings.Compare(string(a.Head().Ref), string(b.Head().Ref)) })
	return out
}

func get[R model.Record](t *testing.T, f *filled, ref model.Ref) R {
	t.Helper()
	r, ok := f.records[ref].(R)
	if !ok {
		t.Fatalf("%s is not there", ref)
	}
	return r
}

func samples() map[string]sample.Options {
	return map[string]sample.Options{
		"the usual sample":                   {Now: noon()},
		"another seed":                       {Seed: 99, Now: noon()},
		"just after midnight":                {Seed: 3, Now: time.Date(2027, time.February, 28, 0, 0, 20, 0, time.UTC)},
		"at dawn on a leap day":              {Seed: 4, Now: time.Date(2028, time.February, 29, 5, 10, 0, 0, time.UTC)},
		"the hour the clocks go back":        {Seed: 5, Now: time.Date(2026, time.October, 25, 1, 30, 0, 0, time.UTC)},
		"the least there is":                 {People: sample.LeastPeople, Now: noon()},
		"a desk at half scale":               {People: 500, Now: noon()},
		"a number no unit divides":           {People: 1003, Seed: 7, Now: noon()},
		"a year and more ahead, late at eve": {Seed: 8, Now: time.Date(2028, time.December, 31, 23, 59, 59, 0, time.UTC)},
	}
}

func TestEverySampleHoldsTogether(t *testing.T) {
	for name, o := range samples() {
		t.Run(name, func(t *testing.T) {
			f := reads(t, o)
			if len(f.records) != f.sum.Records() {
				t.Errorf("%d records, the summary says %d", len(f.records), f.sum.Records())
			}
			for ref, r := range f.records {
				if err := r.Check(); err != nil {
					t.Errorf("%s breaks a rule: %v", ref, err)
				}
				for _, link := range r.Links() {
					if f.records[link] == nil {
						t.Errorf("%s refers to %s, which is not there", ref, link)
					}
				}
			}
			refsExist(t, f)
			timesHavePassed(t, f)
			countsAgree(t, f)
			statesAgree(t, f)
			casesAgree(t, f)
			trapsAreThere(t, f)
			nobodyIsSentPastAStop(t, f)
			rep, err := f.Check(t.Context())
			if err != nil || len(rep.Findings) > 0 {
				t.Errorf("the store finds fault: %v %v", rep.Findings, err)
			}
		})
	}
}

// nobodyIsSentPastAStop holds the sample to what the desk itself would have refused: an arrest enquiry, or officers
// assigned, against somebody of whom nothing is known but reports that cannot support it.
func nobodyIsSentPastAStop(t *testing.T, f *filled) {
	t.Helper()
	err := f.Read(t.Context(), func(r store.Reader) error {
		for ref, rec := range f.records {
			var person model.Ref
			switch x := rec.(type) {
			case *model.Task:
				if x.Kind == "arrest" && x.State.Live() {
					person = x.Person
				}
			case *model.Target:
				if x.State == model.TargetLive && len(x.Officers) > 0 {
					person = x.Person
				}
			}
			if person == "" {
				continue
			}
			guards, err := model.Safeguards(r, person, f.Now())
			if err != nil {
				return err
			}
			for _, g := range guards {
				if g.Level == model.Stop {
					t.Errorf("%s sends officers after %s: %s", ref, person, g.Text)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// walk visits every field of a record.
func walk(v reflect.Value, visit func(reflect.Value)) {
	visit(v)
	kind := v.Kind()
	if kind == reflect.Pointer && !v.IsNil() {
		walk(v.Elem(), visit)
	}
	if kind == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]() {
		for i := range v.NumField() {
			walk(v.Field(i), visit)
		}
	}
	if kind == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8 { // nobody looks at single bytes
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
	}
}

func TestTheSampleHasTheScaleOfTheRealThing(t *testing.T) {
	for _, seed := range []int64{0, 1, 42} {
		f := reads(t, sample.Options{Seed: seed, Now: noon()})
		for name, c := range map[string]struct{ got, least, most int }{
			"people":              {len(every[*model.Person](f)), 2000, 2000},
			"officers":            {len(every[*model.Officer](f)), 122, 125},
			"live SPOs":           {f.sum.LiveSPOs, 258, 258},
			"restraining orders":  {f.sum.ROs, 420, 420},
			"wanted lines":        {f.sum.Wanted, 405, 415},
			"breaches":            {f.sum.Breaches, 105, 150},
			"tasks":               {f.sum.Tasks, 600, 600},
			"cases":               {f.sum.Cases, 800, 1300},
			"intelligence":        {f.sum.Intel, 250, 600},
			"search warrants":     {f.sum.Warrants, 50, 60},
			"targets of OP-0001":  {int(get[*model.Operation](t, f, "OP-0001").Count), 240, 240},
			"targets of OP-0002":  {int(get[*model.Operation](t, f, "OP-0002").Count), 5, 20},
			"targets of OP-0003":  {int(get[*model.Operation](t, f, "OP-0003").Count), 5, 20},
			"traps":               {len(f.sum.Traps), 90, 120},
			"batches (journal)":   {int(f.head(t)), 3, 4},
			"lines not on PNC":    {len(whose(f, func(w *model.Wanted) bool { return w.State == model.NotCirculated })), 55, 68},
			"in custody":          {len(whose(f, func(k *model.Arrest) bool { return k.Status == model.InCustody })), 5, 30},
			"interim, live":       {len(whose(f, func(o *model.Order) bool { return o.Type == model.InterimSPO && o.Live(f.today) })), 20, 60},
			"orders not served":   {len(whose(f, func(o *model.Order) bool { return o.Served.IsZero() })), 3, 40},
			"tasks overdue":       {len(whose(f, func(t *model.Task) bool { return t.State.Live() && t.Due < f.today })), 30, 200},
			"six tries or more":   {len(whose(f, func(w *model.Wanted) bool { return w.Attempts >= 6 })), 1, 80},
			"nobody has tried":    {len(whose(f, func(w *model.Wanted) bool { return w.Attempts == 0 })), 20, 250},
			"summary only, live":  {len(whose(f, func(w *model.Wanted) bool { _, ok := w.ChargeBy(); return ok && w.State.Live() })), 5, 60},
			"wanted for a breach": {len(whose(f, func(w *model.Wanted) bool { return w.Breach != "" && w.State.Live() })), 5, 60},
		} {
			if c.got < c.least || c.got > c.most {
				t.Errorf("seed %d: %d %s, want %d to %d", seed, c.got, name, c.least, c.most)
			}
		}
		if info := f.info(t); !info.Sample {
			t.Error("the store does not know that it holds a sample")
		}
		for _, u := range model.Units() {
			team := whose(f, func(o *model.Officer) bool { return o.Unit == u.Code && !o.Left })
			listed := whose(f, func(g *model.Target) bool { return g.Unit == u.Code && g.Operation == "OP-0001" })
			if len(team) != 10 || len(listed) != 20 {
				t.Errorf("seed %d: %s has %d officers and %d targets", seed, u.Code, len(team), len(listed))
			}
		}
	}
}

func whose[R model.Record](f *filled, ok func(R) bool) []R {
	return slices.DeleteFunc(every[R](f), func(r R) bool { return !ok(r) })
}

func (f *filled) info(t *testing.T) store.Info {
	t.Helper()
	var info store.Info
	if err := f.Read(t.Context(), func(r store.Reader) (err error) { info, err = r.Info(); return err }); err != nil {
		t.Fatal(err)
	}
	return info
}

func (f *filled) head(t *testing.T) uint64 { t.Helper(); return f.info(t).Head }

func TestEveryStateHasAnExample(t *testing.T) {
	f := reads(t, sample.Options{Now: noon()})
	seen := map[string]int{}
	for _, r := range f.records {
		switch r := r.(type) {
		case *model.Wanted:
			seen["wanted "+string(r.State)]++
			seen["grade "+string(r.Grade)]++
		case *model.Breach:
			kind := "SPO "
			if r.Type.IsRO() {
				kind = "RO "
			}
			seen[kind+string(r.State)]++
		case *model.Arrest:
			seen["arrest "+string(r.Status)]++
			seen["outcome "+string(r.Outcome)]++
		case *model.Order:
			seen["order "+string(r.Type)]++
			seen["order end "+string(r.End)]++
		case *model.SearchWarrant:
			seen["search warrant "+r.Stands(f.today)]++
		case *model.Target:
			seen["target "+string(r.State)]++
		case *model.Task:
			seen["task "+string(r.State)]++
			seen["task kind "+string(r.Kind)]++
		case *model.Attempt:
			seen["attempt "+string(r.Outcome)]++
		case *model.Officer:
			for _, role := range r.Roles {
				seen["role "+string(role)]++
			}
		}
	}
	var want []string
	add := func(prefix string, choices []model.Choice) {
		for _, c := range choices {
			want = append(want, prefix+c.Value)
		}
	}
	add("wanted ", model.WantedState("").Choices())
	add("grade ", model.Grade("").Choices())
	add("RO ", model.BreachState("").Choices())
	add("SPO ", model.BreachState("").Choices())
	add("arrest ", model.ArrestStatus("").Choices())
	add("target ", model.TargetExit("").Choices())
	add("task kind ", model.TaskKind("").Choices())
	add("attempt ", model.Outcome("").Choices())
	add("role ", model.Role("").Choices())
	want = append(
		want, "target on list", "outcome 1", "outcome 1A", "outcome 15", "outcome 16", "outcome 17", "order SPO", "order interim SPO", "order RO on conviction",
		"order RO on acquittal", "order RO before Dec 2020", "order end discharged", "order end superseded", "task open", "task started", "task done", "task cancelled",
		"search warrant applied for", "search warrant granted", "search warrant refused", "search warrant executed", "search warrant executed, returned to court", "search warrant expired",
	)
	for _, w := range want {
		if seen[w] == 0 {
			t.Errorf("there is no example of %q", w)
		}
	}
}

func TestTheSameOptionsGiveTheSameRecords(t *testing.T) {
	o := sample.Options{Seed: 12, Now: noon()}
	a, b := fill(t, o), fill(t, o)
	if !reflect.DeepEqual(a.sum, b.sum) {
		t.Errorf("two summaries differ:\n%+v\n%+v", a.sum, b.sum)
	}
	for ref, r := range a.records {
		if !reflect.DeepEqual(r, b.records[ref]) {
			t.Fatalf("%s differs:\n%+v\n%+v", ref, r, b.records[ref])
		}
	}
	other := fill(t, sample.Options{Seed: 13, Now: noon()})
	same := 0
	for _, p := range every[*model.Person](a) {
		if get[*model.Person](t, other, p.Ref).Name() == p.Name() {
			same++
		}
	}
	if same > 40 {
		t.Errorf("%d of 2,000 people have the same name under another seed", same)
	}
}

func TestDaysDependOnTheDayAlone(t *testing.T) {
	a, b := reads(t, sample.Options{Now: noon()}), fill(t, sample.Options{Now: noon().Add(7 * time.Hour)})
	for _, p := range every[*model.Person](a) {
		if !reflect.DeepEqual(p, b.records[p.Ref]) {
			t.Fatalf("%s differs at another hour of the day", p.Ref)
		}
	}
	for _, w := range every[*model.Wanted](a) {
		got := get[*model.Wanted](t, b, w.Ref)
		if got.Person != w.Person || got.State != w.State || got.LastAct != w.LastAct || got.Published != w.Published {
			t.Fatalf("%s differs at another hour of the day:\n%+v\n%+v", w.Ref, w, got)
		}
	}
}

func TestOnlyAnEmptyStoreIsFilled(t *testing.T) {
	f := fill(t, sample.Options{People: 100, Now: noon()})
	_, err := sample.Fill(t.Context(), f.Book, sample.Options{Now: noon()}, nil)
	if !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("filling twice: %v", err)
	}
}

func TestWhatCannotBeMadeIsRefused(t *testing.T) {
	book, err := store.New(t.Context(), memory.New(), noon)
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]sample.Options{
		"fewer people than the traps need": {People: 99, Now: noon()},
		"a negative number":                {People: -1, Now: noon()},
		"a clock that was never set":       {People: 100},
	} {
		if _, err := sample.Fill(t.Context(), book, o, nil); err == nil {
			t.Errorf("%s was accepted", name)
		} else if _, ok := model.AsProblem(err); !ok {
			t.Errorf("%s: %v is no refusal", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sample.Fill(ctx, book, sample.Options{Now: noon()}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled fill: %v", err)
	}
}

func TestProgressIsToldAfterEachBatch(t *testing.T) {
	book, err := store.New(t.Context(), memory.New(), noon)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	sum, err := sample.Fill(t.Context(), book, sample.Options{People: 6000, Now: noon()}, func(done, total int) {
		if done <= last || done-last > 5000 || done > total {
			t.Errorf("from %d to %d of %d", last, done, total)
		}
		last = done
	})
	if err != nil || last != sum.Records() {
		t.Errorf("heard of %d of %d, %v", last, sum.Records(), err)
	}
}

func TestEverythingIsVisiblySynthetic(t *testing.T) {
	f := fill(t, sample.Options{People: 4000, Now: noon()})
	drama := regexp.MustCompile(`^(07700 900\d{3}|020 7946 0\d{3})$`)
	postcode := regexp.MustCompile(`^[A-Z]{1,2}\d[A-Z\d]? 9Z[A-Z]$`)
	registration := regexp.MustCompile(`^L[A-Z]9\d [A-Z]{3}$`)
	for ref, r := range f.records {
		marked := false
		walk(reflect.ValueOf(r), func(v reflect.Value) {
			marked = marked || v.Kind() == reflect.String && strings.Contains(v.String(), "SAMPLE")
		})
		if o, ok := r.(*model.Officer); ok {
			marked = o.Login == "" && drama.MatchString(o.Phone)
		}
		if !marked {
			t.Errorf("nothing in %s says SAMPLE", ref)
		}
	}
	for _, p := range every[*model.Person](f) {
		if !p.Sample {
			t.Errorf("%s is not marked", p.Ref)
		}
		for _, ph := range p.Phones {
			if !drama.MatchString(ph.Number) {
				t.Errorf("%s has the number %s", p.Ref, ph.Number)
			}
		}
		for _, a := range p.Addresses {
			if !postcode.MatchString(a.Postcode) {
				t.Errorf("%s has the postcode %s", p.Ref, a.Postcode)
			}
		}
		for _, v := range p.Vehicles {
			if !registration.MatchString(v.Plate) {
				t.Errorf("%s has the plate %s", p.Ref, v.Plate)
			}
		}
		if len(match.Tokens(p.Name())) < 2 || match.Fold(p.Name()) != match.Fold(match.Fold(p.Name())) {
			t.Errorf("%s: the name %q cannot be searched for", p.Ref, p.Name())
		}
	}
}

func TestEveryBoroughIsLivedIn(t *testing.T) {
	f := reads(t, sample.Options{Now: noon()})
	lived := map[string]bool{}
	for _, p := range every[*model.Person](f) {
		for _, a := range p.Addresses {
			_, b, _ := strings.Cut(a.Text[strings.LastIndexByte(a.Text, ','):], ", ")
			lived[b] = true
		}
	}
	for _, u := range model.Units() {
		for _, b := range u.Boroughs {
			if !lived[b] {
				t.Errorf("nobody lives in %s", b)
			}
			delete(lived, b)
		}
	}
	if len(lived) > 0 {
		t.Errorf("people live outside the Met's boroughs: %v", lived)
	}
}

func TestNamesVaryAsTheyDoInLondon(t *testing.T) {
	f := fill(t, sample.Options{People: 25_000, Now: noon()})
	surnames, forenames, full := map[string]int{}, map[string]int{}, map[string]int{}
	for _, p := range every[*model.Person](f) {
		first, _, _ := strings.Cut(p.Forename, " ")
		surnames[p.Surname]++
		forenames[first]++
		full[p.Name()]++
	}
	if len(surnames) < 3000 || len(forenames) < 1500 || len(full) < 20_000 {
		t.Errorf("%d surnames, %d forenames, %d names", len(surnames), len(forenames), len(full))
	}
	for _, name := range []string{"O'BRIEN", "KOVAČ", "HOLLOWAY", "ÖZDEMİR", "ŁUKASIEWICZ", "ADEYEMI", "NGUYỄN", "KOWALSKA", "GEORGIOU", "BEN HADI", "DA COSTA"} {
		if surnames[name] == 0 {
			t.Errorf("nobody is called %s", name)
		}
	}
	for name, n := range surnames {
		if n > 600 {
			t.Errorf("%d of 25,000 are called %s", n, name)
		}
	}
}

func TestOfficersAreToldApart(t *testing.T) {
	f := reads(t, sample.Options{Now: noon()})
	calls, phones := map[string]bool{}, map[string]bool{}
	for _, p := range every[*model.Person](f) {
		for _, ph := range p.Phones {
			phones[ph.Number] = true
		}
	}
	for _, o := range every[*model.Officer](f) {
		if calls[o.Call()] || phones[o.Phone] {
			t.Errorf("somebody else is called %s or has %s", o.Call(), o.Phone)
		}
		calls[o.Call()], phones[o.Phone] = true, true
	}
	lead := get[*model.Officer](t, f, sample.Lead)
	if !lead.Has(model.RoleLead) || !lead.Has(model.RoleAdmin) || lead.Unit != "SW" || lead.Call() != "DI Adeyemi" {
		t.Errorf("the sample's lead is %+v", lead)
	}
}
