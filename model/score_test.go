package model

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pou/model/day"
)

// scored makes cases as they stand on 24 November 2026, named C-000001 and on.
func scored(t *testing.T, cases []*Case, breaches ...*Breach) Score {
	t.Helper()
	for i, c := range cases {
		c.Ref = NewRef(KindCase, uint64(i+1))
	}
	return ScoreOf(cases, breaches, "P-000001", DefaultWeights(), DefaultWindowMonths, on(t, "2026-11-24"))
}

func allegation(last day.Date, offence OffenceCode, suspect Ref, victims ...Ref) *Case {
	c := &Case{Unit: "SW", Offences: []OffenceCode{offence}, Last: last, State: CaseOpen, Parties: []Party{{suspect, PartySuspect}}}
	for _, v := range victims {
		c.Parties = append(c.Parties, Party{v, PartyVictim})
	}
	return c
}

func parts(s Score) [4]int {
	return [4]int{s.Parts[0].Points, s.Parts[1].Points, s.Parts[2].Points, s.Parts[3].Points}
}

func TestWhatCountsTowardsAScore(t *testing.T) {
	today := on(t, "2026-11-24")
	one := func(change func(*Case)) []*Case {
		c := allegation(today, "s2A", "P-000001", "P-000002")
		change(c)
		return []*Case{c}
	}
	breach := func(state BreachState, report string) *Breach {
		return &Breach{Meta: Meta{Ref: "B-000001"}, Person: "P-000001", Type: SPO, At: at(t, "2026-11-24 04:00"), State: state, Report: report}
	}
	for name, c := range map[string]struct {
		cases    []*Case
		breaches []*Breach
		want     [4]int // recency, frequency, gravity, victims
	}{
		"nothing on record is no score":                          {nil, nil, [4]int{0, 0, 0, 0}},
		"an allegation of stalking today":                        {one(func(*Case) {}), nil, [4]int{30, 4, 9, 5}},
		"a conviction counts as an allegation does":              {one(func(c *Case) { c.Parties[0].Role = PartyConvicted }), nil, [4]int{30, 4, 9, 5}},
		"the victim of a case never scores by it":                {one(func(c *Case) { c.Parties[0].Role = PartyVictim }), nil, [4]int{0, 0, 0, 0}},
		"nor does a witness":                                     {one(func(c *Case) { c.Parties[0].Role = PartyWitness }), nil, [4]int{0, 0, 0, 0}},
		"suspect and victim of one case: it never counts":        {one(func(c *Case) { c.Parties = append(c.Parties, Party{"P-000001", PartyVictim}) }), nil, [4]int{0, 0, 0, 0}},
		"the first day of the window counts, rounded up":         {one(func(c *Case) { c.Last = on(t, "2024-11-25") }), nil, [4]int{1, 4, 9, 5}},
		"the day before it does not":                             {one(func(c *Case) { c.Last = on(t, "2024-11-24") }), nil, [4]int{0, 0, 0, 0}},
		"what had not happened yet does not":                     {one(func(c *Case) { c.Last = today + 1 }), nil, [4]int{0, 0, 0, 0}},
		"a course of conduct counts by its first act until then": {one(func(c *Case) { c.First, c.Last = today, today+9 }), nil, [4]int{30, 4, 9, 5}},
		"two victim-survivors are serial":                        {one(func(c *Case) { c.Parties = append(c.Parties, Party{"P-000003", PartyVictim}) }), nil, [4]int{30, 4, 9, 15}},
		"the same one in two cases is one":                       {[]*Case{allegation(today, "s2A", "P-000001", "P-000002"), allegation(today, "s2A", "P-000001", "P-000002")}, nil, [4]int{30, 8, 9, 5}},
		"the gravest offence of a case counts":                   {one(func(c *Case) { c.Offences = []OffenceCode{"s2", "rape"} }), nil, [4]int{30, 4, 30, 5}},
		"a substantiated breach is an act":                       {nil, []*Breach{breach(BreachSubstantiated, "")}, [4]int{30, 4, 15, 0}},
		"a potential breach is nobody's finding":                 {nil, []*Breach{breach(BreachReported, ""), breach(BreachReview, ""), breach(BreachNeedMore, "")}, [4]int{0, 0, 0, 0}},
		"what was found to be no breach is none":                 {nil, []*Breach{breach(NotABreach, "")}, [4]int{0, 0, 0, 0}},
		"a breach and the case about it are one act":             {one(func(c *Case) { c.Report = "R1" }), []*Breach{breach(BreachCharged, "R1")}, [4]int{30, 4, 15, 5}},
		"with another report they are two":                       {one(func(c *Case) { c.Report = "R1" }), []*Breach{breach(BreachCharged, "R2")}, [4]int{30, 8, 15, 5}},
	} {
		t.Run(name, func(t *testing.T) {
			s := scored(t, c.cases, c.breaches...)
			if got := parts(s); got != c.want {
				t.Errorf("recency, frequency, gravity, victims %v, want %v: %+v", got, c.want, s)
			}
			if s.Points != c.want[0]+c.want[1]+c.want[2]+c.want[3] || s.Of != 100 {
				t.Errorf("%d of %d are not the sum of the parts", s.Points, s.Of)
			}
			for _, p := range s.Parts {
				if p.Name == "" || unplain(p.Why) != "" {
					t.Errorf("%s is not explained: %q", p.Name, p.Why)
				}
			}
		})
	}
}

// The reasons name the record they rest on, and never a victim-survivor.
func TestAScoreSaysWhy(t *testing.T) {
	today := on(t, "2026-11-24")
	s := scored(t, []*Case{
		allegation(today.AddDays(-12), "s4A", "P-000001", "P-000002"), allegation(today.AddDays(-40), "abh", "P-000001", "P-000003"),
	})
	want := []string{
		"last act 12 Nov 2026, 12 days before (C-000001)", "2 acts in 24 months",
		"gravest offence s.4A PHA, 252 days of harm (local-2026-11)", "2 victim-survivors: serial",
	}
	for i, p := range s.Parts {
		if p.Why != want[i] {
			t.Errorf("%s: %q, want %q", p.Name, p.Why, want[i])
		}
		if strings.Contains(p.Why, "P-") {
			t.Errorf("%s names a person: %q", p.Name, p.Why)
		}
	}
}

// randomHistory is a history of any kind about P-000001.
func randomHistory(rng *rand.Rand, today day.Date) []*Case {
	offences := OffenceCode("").Choices()
	out := make([]*Case, 1+rng.IntN(7))
	for i := range out {
		c := allegation(today.AddDays(-rng.IntN(1000)), OffenceCode(offences[rng.IntN(len(offences))].Value), "P-000001")
		for range rng.IntN(3) {
			c.Parties = append(c.Parties, Party{NewRef(KindPerson, 2+rng.Uint64N(4)), PartyVictim})
		}
		c.Ref = NewRef(KindCase, uint64(i+1))
		out[i] = c
	}
	return out
}

func TestMoreNeverLowersAScore(t *testing.T) {
	today := on(t, "2026-11-24")
	harms := Harms().Rows
	graver := func(c OffenceCode) OffenceCode {
		i := slices.IndexFunc(harms, func(h Harm) bool { return h.Days > harmDays(harms, c) })
		if i < 0 {
			return c
		}
		return harms[i].Offence
	}
	rng := rand.New(rand.NewPCG(3, 2026))
	for range 4000 {
		cases := randomHistory(rng, today)
		w := Weights{rng.IntN(101), rng.IntN(101), rng.IntN(101), rng.IntN(101)}
		months := 1 + rng.IntN(60)
		score := func(cases []*Case) Score { return ScoreOf(cases, nil, "P-000001", w, months, today) }
		before := score(cases)
		i := rng.IntN(len(cases))
		change := func(f func(c *Case)) []*Case {
			out := slices.Clone(cases)
			c := *cases[i]
			c.Parties, c.Offences = slices.Clone(c.Parties), slices.Clone(c.Offences)
			f(&c)
			out[i] = &c
			return out
		}
		for what, after := range map[string][]*Case{
			"a more recent act": change(func(c *Case) { c.Last = min(today, c.Last.AddDays(1+rng.IntN(300))) }),
			"a graver offence":  change(func(c *Case) { c.Offences[0] = graver(c.Offences[0]) }),
			"another offence":   change(func(c *Case) { c.Offences = append(c.Offences, harms[rng.IntN(len(harms))].Offence) }),
			"another victim-survivor": change(func(c *Case) {
				c.Parties = append(c.Parties, Party{NewRef(KindPerson, 100+rng.Uint64N(9)), PartyVictim})
			}),
			"another case": append(slices.Clone(cases), randomHistory(rng, today)[0]),
		} {
			got := score(after)
			for p := range got.Parts {
				if got.Parts[p].Points < before.Parts[p].Points || got.Parts[p].Points > got.Parts[p].Of {
					t.Fatalf("%s took %s from %+v to %+v", what, got.Parts[p].Name, before.Parts[p], got.Parts[p])
				}
			}
		}
		for _, allegedBy := range cases {
			counter := *allegedBy
			counter.Parties = []Party{{"P-000009", PartySuspect}, {"P-000001", PartyVictim}}
			if got := score(append(slices.Clone(cases), &counter)); !reflect.DeepEqual(got, before) {
				t.Fatalf("being the victim of a case changed the score: %+v, %+v", before, got)
			}
		}
		shuffled := slices.Clone(cases)
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := score(shuffled); parts(got) != parts(before) || got.Last != before.Last {
			t.Fatalf("the order of the cases matters: %+v, %+v", before, got)
		}
	}
}

func TestAnOperationScoresByItsOwnWeights(t *testing.T) {
	if w, months := new(Operation).Weighing(); w != DefaultWeights() || months != DefaultWindowMonths || w.Total() != 100 {
		t.Errorf("an operation without weights scores by %+v over %d months", w, months)
	}
	own := &Operation{Weights: Weights{Gravity: 50}, WindowMonths: 6}
	if w, months := own.Weighing(); w != own.Weights || months != 6 {
		t.Errorf("its own weights are not used: %+v over %d months", w, months)
	}
}

// The table says of itself that it is local: nobody has the published one.
func TestTheHarmTableCoversEveryOffenceAndSaysWhatItIs(t *testing.T) {
	table := Harms()
	if !strings.Contains(table.Label, "LOCAL") || !strings.Contains(table.Label, "check") || table.Version == "" || table.ValidFrom.IsZero() ||
		!strings.Contains(table.Source, "not the published values") || strings.Contains(strings.ToLower(table.Label), "official") {
		t.Errorf("the table claims too much or too little: %+v", table)
	}
	seen := map[OffenceCode]bool{}
	for _, h := range table.Rows {
		if seen[h.Offence] || h.Offence.Row().Title == "" || h.Days <= 0 || h.Basis == "" {
			t.Errorf("a row is doubled, unknown or empty: %+v", h)
		}
		seen[h.Offence] = true
	}
	for _, o := range Offences() {
		if !seen[OffenceCode(o.Code)] {
			t.Errorf("%s has no weight", o.Code)
		}
	}
	last := 0
	for days := range 2000 {
		if p := harmPercent(days); p < last || p > 100 {
			t.Fatalf("%d days get %d hundredths, fewer than %d", days, p, last)
		} else {
			last = p
		}
	}
	if harmPercent(0) != 0 || last != 100 {
		t.Errorf("the bands run from %d to %d", harmPercent(0), last)
	}
}
