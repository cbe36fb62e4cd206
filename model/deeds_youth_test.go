package model

import (
	"slices"
	"strings"
	"testing"

	"pou/model/day"
)

// bornOn gives P-2 a date of birth.
func bornOn(s string) func(*desk) {
	return func(d *desk) {
		p := as[*Person](d, "P-000002")
		p.Born = born(d, s)
		d.keep(p)
	}
}

func born(t testing.TB, s string) day.Born {
	t.Helper()
	b, err := day.ParseBorn(s)
	if err != nil {
		t.Fatalf("the test's own date of birth: %v", err)
	}
	return b
}

func youthDeeds() []deed {
	arranged := given{"case": "C-1", "adult": "Mother", "yot": "Wandsworth YOT", "parent": "Mother", "school": "Sample College"}
	young := inTurn(bornOn("25 Nov 2008"), opened("P-2 P-3"))
	disposed := func(when string) func(*desk) {
		return inTurn(bornOn(when), done("arrest.record", given{"person": "P-2", "offences": "other"}), done("arrest.status", given{"person": "P-2", "status": "in custody"}))
	}
	dispose := func(outcome string) given {
		return given{"person": "P-2", "status": "other disposal", "outcome": outcome}
	}
	return []deed{
		{name: "what is arranged for one who is 17", action: "case.youth", who: "O-0002", first: young, fields: arranged, then: func(d *desk) {
			card := cardWords(d, "C-000001")
			for _, want := range []string{"UNDER 18: youth court. 17 years old, born 25 Nov 2008, 18 on 25 Nov 2026", "Adult Mother", "Wandsworth YOT, told 24 Nov 2026", "School Sample College"} {
				if !strings.Contains(card, want) {
					d.Errorf("the card does not say %q:\n%s", want, card)
				}
			}
		}},
		{name: "what was arranged before stays", action: "case.youth", first: inTurn(young, done("case.youth", arranged)), fields: given{"person": "P-2", "adult": "Aunt"}, then: func(d *desk) {
			if y := as[*Case](d, "C-000001").Youths; len(y) != 1 || y[0].Adult != "Aunt" || y[0].YOT != "Wandsworth YOT" {
				d.Errorf("%+v", y)
			}
		}},
		{name: "for one whose date of birth nobody knows", action: "case.youth", first: opened("P-2 P-3"), fields: arranged},
		{name: "who was 17 at the last act and is 18 now", action: "case.youth", first: inTurn(bornOn("22 Nov 2008"), opened("P-2 P-3")), fields: arranged},
		{name: "not for who was 18 at the last act", action: "case.youth", first: inTurn(bornOn("20 Nov 2008"), opened("P-2 P-3")), fields: arranged, refused: "person"},
		{name: "not for a victim-survivor", action: "case.youth", first: young, fields: with(arranged, given{"person": "P-3"}), refused: "person"},
		{name: "something is arranged", action: "case.youth", first: young, fields: given{"case": "C-1"}, refused: "adult"},
		{name: "in a case there is", action: "case.youth", first: bornOn("25 Nov 2008"), fields: with(arranged, given{"case": nil, "person": "P-2"}), refused: "case"},
		{name: "in one case", action: "case.youth", first: inTurn(young, opened("P-2 P-4")), fields: with(arranged, given{"case": nil, "person": "P-2"}), refused: "case"},
		{name: "nobody is told tomorrow", action: "case.youth", first: young, fields: with(arranged, given{"yot_day": "2026-11-25"}), refused: "yot_day"},
		{name: "S-TAC arranges none", action: "case.youth", who: "O-0006", first: young, fields: arranged, refused: "-", code: Denied},

		{name: "no adult caution the day before the eighteenth birthday", action: "arrest.status", first: disposed("25 Nov 2008"), fields: dispose("3"), refused: "outcome"},
		{name: "an adult caution on the eighteenth birthday", action: "arrest.status", first: disposed("24 Nov 2008"), fields: dispose("3")},
		{name: "a youth caution the day before it", action: "arrest.status", first: disposed("25 Nov 2008"), fields: dispose("2")},
		{name: "no youth caution on it", action: "arrest.status", first: disposed("24 Nov 2008"), fields: dispose("2"), refused: "outcome"},
		{name: "no adult caution for who may be 17", action: "arrest.status", first: disposed("2008"), fields: dispose("3"), refused: "outcome"},
		{name: "a youth caution for who may be 17", action: "arrest.status", first: disposed("2008"), fields: dispose("2")},
		{name: "where nobody knows either may stand", action: "arrest.status", first: disposed(""), fields: dispose("3")},
		{name: "under age is under ten", action: "arrest.status", first: disposed("25 Nov 2008"), fields: dispose("11"), refused: "outcome"},
		{name: "nine at the act is under age", action: "arrest.status", first: disposed("25 Nov 2016"), fields: dispose("11")},
		{name: "a case with a suspect of 17 closes with no adult caution", action: "case.close", first: young, fields: given{"case": "C-1", "outcome": "3"}, refused: "outcome"},
		{name: "one that has an adult in it too may", action: "case.close", first: inTurn(young, bornOf("P-4", "1990"), done("case.party", given{"case": "C-1", "person": "P-4", "role": "suspect"})), fields: given{"case": "C-1", "outcome": "3"}},
		{name: "a youth caution closes it", action: "case.close", first: young, fields: given{"case": "C-1", "outcome": "2"}, states: map[Ref]string{"C-000001": "closed"}},
	}
}

func bornOf(ref Ref, s string) func(*desk) {
	return func(d *desk) {
		p := as[*Person](d, NewRef(KindPerson, must(ParseRef(string(ref))).Number()))
		p.Born = born(d, s)
		d.keep(p)
	}
}

func must(r Ref, _ bool) Ref { return r }

func TestOnWhichSideOfEighteen(t *testing.T) {
	for name, c := range map[string]struct {
		born, on string
		want     AgeGroup
	}{
		"the day before the eighteenth birthday":          {"25 Nov 2008", "2026-11-24", Under18},
		"the eighteenth birthday":                         {"24 Nov 2008", "2026-11-24", OfAge},
		"the day after":                                   {"23 Nov 2008", "2026-11-24", OfAge},
		"born on 29 February, 28 February 18 years later": {"29 Feb 2008", "2026-02-28", Under18},
		"born on 29 February, 1 March 18 years later":     {"29 Feb 2008", "2026-03-01", OfAge},
		"born on 28 February of a leap year":              {"28 Feb 2008", "2026-02-28", OfAge},
		"born on 1 March":                                 {"1 Mar 2008", "2026-02-28", Under18},
		"born on 31 December, on New Year's Eve":          {"31 Dec 2008", "2026-12-31", OfAge},
		"born on 31 December, the day before":             {"31 Dec 2008", "2026-12-30", Under18},
		"only the month is known and it is this month":    {"Nov 2008", "2026-11-24", MayBeUnder},
		"only the month is known and it has passed":       {"Oct 2008", "2026-11-24", OfAge},
		"only the month is known and it is to come":       {"Dec 2008", "2026-11-24", Under18},
		"only the year is known":                          {"2008", "2026-11-24", MayBeUnder},
		"on the last day of that year":                    {"2008", "2026-12-31", OfAge},
		"a year too late":                                 {"2009", "2026-11-24", Under18},
		"about 2007":                                      {"c. 2007", "2026-11-24", MayBeUnder},
		"about 1990":                                      {"c. 1990", "2026-11-24", OfAge},
		"one of three years":                              {"2007-2009", "2026-11-24", MayBeUnder},
		"not known":                                       {"", "2026-11-24", AgeNotKnown},
	} {
		t.Run(name, func(t *testing.T) {
			if got := AgeGroupOf(born(t, c.born), on(t, c.on)); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// Every day of birth around a leap day has one eighteenth birthday: the day before it is under 18, the day itself is not.
func TestTheEighteenthBirthdayIsTheDayTheSideChanges(t *testing.T) {
	for d := on(t, "2007-12-25"); d <= on(t, "2009-01-05"); d = d.AddDays(1) {
		b := born(t, d.String())
		by, ok := Eighteenth(b)
		if !ok || AgeGroupOf(b, by.AddDays(-1)) != Under18 || AgeGroupOf(b, by) != OfAge {
			t.Errorf("born %s, 18 on %s (%v)", d, by, ok)
		}
		if age, _ := b.Age(by); age != 18 {
			t.Errorf("born %s is %d on %s", d, age, by)
		}
	}
	for _, s := range []string{"", "2008", "Nov 2008", "c. 3 Nov 2008", "2007-2009"} {
		if by, ok := Eighteenth(born(t, s)); ok {
			t.Errorf("%q has an eighteenth birthday, %s", s, by)
		}
	}
}

func TestWhoIsUnderEighteenIsFlaggedOnEveryRow(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	for ref, c := range map[Ref]struct {
		born, other string
		want        []string
	}{
		"P-000001": {"25 Nov 2008", "", []string{"VI", "U18", "MN"}}, // what can hurt an officer first
		"P-000002": {"25 Nov 2008", "", []string{"U18"}},
		"P-000003": {"2008", "", []string{"U18 ?"}},
		"P-000004": {"1990", "1 May 2010", []string{"U18 ?"}},
		"P-000005": {"24 Nov 2008", "", nil},
		"P-000006": {"", "", nil},
	} {
		p := as[*Person](d, ref)
		p.Born = born(t, c.born)
		if c.other != "" {
			p.OtherBorn = []day.Born{born(t, c.other)}
		}
		d.keep(p)
		if got := NewLiner(d, d.now).Line(d.records[ref]).Markers; !slices.Equal(got, c.want) {
			t.Errorf("%s has %q, want %q", ref, got, c.want)
		}
	}
	line := NewLiner(d, d.now).Line(d.records["W-000001"])
	if !slices.Contains(line.Markers, "U18") {
		t.Errorf("the wanted line has %q", line.Markers)
	}
	if codes, _ := line.Values("marker"); !slices.Contains(codes, "U18") {
		t.Errorf("a filter sees %q", codes)
	}
}

func TestTurningEighteenWhileTheCaseRuns(t *testing.T) {
	for name, c := range map[string]struct {
		born, charged string
		closed        bool
		says          string
	}{
		"still 17":                           {"3 Dec 2008", "", false, "turns 18 on 3 Dec 2026: the first appearance decides"},
		"18 since the acts":                  {"22 Nov 2008", "", false, "turned 18 on 22 Nov 2026, after the acts"},
		"18 on the day of the first act":     {"1 Nov 2008", "", false, ""},
		"18 the day after the first act":     {"2 Nov 2008", "", false, "turned 18 on 2 Nov 2026, after the acts"},
		"18 after the charge":                {"23 Nov 2008", "2026-11-22", false, "turned 18 on 23 Nov 2026, after the charge"},
		"18 to come after the charge":        {"3 Dec 2008", "2026-11-22", false, "turns 18 on 3 Dec 2026, after the charge"},
		"an adult all along":                 {"1990", "", false, ""},
		"only the year known":                {"2008", "", false, ""},
		"the case was closed without charge": {"22 Nov 2008", "", true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			k := &Case{First: on(t, "2026-11-01"), Last: on(t, "2026-11-20"), Charged: on(t, c.charged), State: CaseOpen}
			if c.closed {
				k.State = CaseClosed
			}
			got := (&Person{Born: born(t, c.born)}).turning(k, on(t, "2026-11-24"))
			if !strings.HasPrefix(got, c.says) || (c.says == "") != (got == "") {
				t.Errorf("%q, want %q", got, c.says)
			}
		})
	}
}

func TestWhichCourtTakesAnApplication(t *testing.T) {
	for when, young := range map[string]bool{"25 Nov 2008": true, "24 Nov 2008": false, "2008": true, "": false} {
		rule, got := YouthCourt(&Person{Born: born(t, when)}, on(t, "2026-11-24"))
		if got != young || (rule != "") != young {
			t.Errorf("born %q: %q, %v", when, rule, got)
		}
	}
}
