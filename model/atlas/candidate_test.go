package atlas

import (
	"slices"
	"strings"
	"testing"

	"pou/model"
	"pou/model/day"
)

func TestRowsThatMayBeContraryToAConditionAreCandidatesAndNoMore(t *testing.T) {
	noon := when(t, "2026-03-10 12:00")
	charing := model.Point{Lat: 51.508, Lon: -0.125}
	number := model.Condition{No: 1, Type: model.NoContact, Match: model.Matcher{Numbers: []string{"+44 7700 900002"}}}
	circle := model.Condition{No: 2, Type: model.NoArea, Match: model.Matcher{Circle: model.Circle{Centre: charing, Metres: 500}}}
	night := circle
	night.Match.Hours = model.Hours{From: 22 * 60, To: 6 * 60}
	people := model.Condition{No: 3, Type: model.NoContact, Match: model.Matcher{People: []model.Ref{"P-000009"}}}
	square := model.Condition{No: 4, Type: model.NoArea, Match: model.Matcher{Polygon: []model.Point{{Lat: 51.50, Lon: -0.13}, {Lat: 51.51, Lon: -0.13}, {Lat: 51.51, Lon: -0.12}, {Lat: 51.50, Lon: -0.12}}}}
	borough := model.Condition{No: 5, Type: model.NoArea, Match: model.Matcher{Boroughs: []string{"Westminster"}}}
	place := model.Condition{No: 6, Type: model.NoPlace, Match: model.Matcher{Place: "Stratford"}}
	curfew := model.Condition{No: 7, Type: model.Curfew, Match: model.Matcher{Hours: model.Hours{From: 20 * 60, To: 7 * 60}}}
	ended := number
	ended.Ended = day.Of(2026, 3, 1)
	tap := Row{At: noon, Own: 1, Kind: Tap, Site: 1, Flags: NoEnd, Lat: 51_541_000, Lon: -3_000}
	session := ping(noon, 1, 0, 900)
	session.Kind, session.Flags = Data, AtOrBefore

	cases := map[string]struct {
		condition model.Condition
		rows      []Row
		want      []Rows
		unsure    string
	}{
		"a call to a protected number":                                {number, []Row{call(noon, 1, 2, Out)}, []Rows{{0}}, ""},
		"seven hundred on a day are one candidate":                    {number, slices.Repeat([]Row{call(noon, 1, 2, Out)}, 700), []Rows{seq(700)}, ""},
		"two days are two":                                            {number, []Row{call(noon, 1, 2, Out), call(noon+dayMillis, 1, 2, Out)}, []Rows{{0}, {1}}, ""},
		"the record of the other device says it too":                  {number, []Row{call(noon, 2, 1, 0)}, []Rows{{0}}, ""},
		"the same call in both records is one candidate of two rows":  {number, []Row{call(noon, 1, 2, Out), call(noon+2000, 2, 1, 0)}, []Rows{{0, 1}}, ""},
		"being called is not reaching":                                {number, []Row{call(noon, 1, 2, 0), call(noon, 2, 1, Out)}, nil, ""},
		"another number":                                              {number, []Row{call(noon, 1, 3, Out)}, nil, ""},
		"a condition that has ended":                                  {ended, []Row{call(noon, 1, 2, Out)}, nil, ""},
		"before the order was served":                                 {number, []Row{call(noon-30*dayMillis, 1, 2, Out)}, nil, ""},
		"a row without a time":                                        {number, []Row{call(0, 1, 2, Out|NoTime)}, nil, ""},
		"a row without an hour, said so":                              {number, []Row{call(noon, 1, 2, Out|DayOnly)}, []Rows{{0}}, "hour"},
		"a person whose device it is":                                 {people, []Row{call(noon, 1, 2, Out)}, []Rows{{0}}, ""},
		"inside a circle":                                             {circle, []Row{ping(noon, 1, 100, 20)}, []Rows{{0}}, "20 m"},
		"outside it":                                                  {circle, []Row{ping(noon, 1, 700, 20)}, nil, ""},
		"perhaps inside it, as the area is wide":                      {circle, []Row{ping(noon, 1, 700, 300)}, []Rows{{0}}, "300 m"},
		"rows within the hour are one stretch":                        {circle, []Row{ping(noon, 1, 0, 20), ping(noon+1_800_000, 1, 10, 20), ping(noon+4*hourMillis, 1, 0, 20)}, []Rows{{0, 1}, {2}}, "20 m"},
		"the device of the victim-survivor there is nothing":          {circle, []Row{ping(noon, 2, 0, 20)}, nil, ""},
		"a data session, at or before":                                {circle, []Row{session}, []Rows{{0}}, "at or before"},
		"in the hours of the condition":                               {night, []Row{ping(when(t, "2026-03-10 23:00"), 1, 0, 20)}, []Rows{{0}}, "20 m"},
		"outside the hours of the condition":                          {night, []Row{ping(noon, 1, 0, 20)}, nil, ""},
		"inside a polygon":                                            {square, []Row{ping(noon, 1, -300, 5)}, []Rows{{0}}, "5 m"},
		"outside a polygon":                                           {square, []Row{ping(noon, 1, 2000, 5)}, nil, ""},
		"in a borough":                                                {borough, []Row{ping(noon, 1, 0, 20)}, []Rows{{0}}, "20 m"},
		"beside a borough that the area reaches into":                 {borough, []Row{ping(noon, 1, 5050, 100)}, []Rows{{0}}, "only a part"},
		"beside it and sure":                                          {borough, []Row{ping(noon, 1, 5050, 20)}, nil, ""},
		"a station of the name of the place, and a card is no holder": {place, []Row{tap}, []Rows{{0}}, "card"},
		"a curfew that names no place asks about every position":      {curfew, []Row{ping(when(t, "2026-03-10 23:00"), 1, 0, 20)}, []Rows{{0}}, "20 m"},
		"and about none in the day":                                   {curfew, []Row{ping(noon, 1, 0, 20)}, nil, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := set(c.rows...)
			s.Sites = append(s.Sites, Site{Name: "Stratford", Kind: Station, Lat: 51_541_000, Lon: -3_000})
			got := Prepare(s, both()).Candidates(Window{}, Bound{
				Order: "R-000031", Conditions: []model.Condition{c.condition}, From: when(t, "2026-03-01 12:00"), People: map[Handle]model.Ref{2: "P-000009"},
				Borough: func(p model.Point) string {
					if charing.Metres(p) < 5000 {
						return "Westminster"
					}
					return "Camden"
				},
			})
			if len(got) != len(c.want) {
				t.Fatalf("candidates are %+v", got)
			}
			for i, k := range got {
				if !slices.Equal(k.Rows, c.want[i]) || k.Order != "R-000031" || k.Event.At.IsZero() || !strings.Contains(k.Why, "may be contrary") {
					t.Errorf("number %d is %+v", i, k)
				}
				if !strings.Contains(strings.Join(k.Unsure, "; "), c.unsure) {
					t.Errorf("%q does not say %q", k.Unsure, c.unsure)
				}
			}
		})
	}
}

func seq(n int) Rows {
	out := make(Rows, n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}

func TestWeaklyKnownUseIsSaidBesideACandidate(t *testing.T) {
	by := both()
	by[0].Grade = Ungraded
	c := model.Condition{No: 1, Type: model.NoContact, Match: model.Matcher{Numbers: []string{"07700900002"}}}
	got := Prepare(set(call(when(t, "2026-03-10 12:00"), 1, 2, Out)), by).Candidates(Window{}, Bound{Conditions: []model.Condition{c}})
	if len(got) != 1 || len(got[0].Unsure) != 1 || !strings.Contains(got[0].Unsure[0], "not graded") {
		t.Errorf("candidates are %+v", got)
	}
}

func TestFourIsFoundInTheRowsAndLeadsBackToThem(t *testing.T) {
	begin, mark := when(t, "2026-03-02 09:00"), when(t, "2026-03-16 09:00")
	var rows []Row
	for d := range int64(28) {
		for i := range 1 + d/7*4 {
			rows = append(rows, call(begin+d*dayMillis+i*hourMillis, 1, 2, Out|Unanswered))
		}
		rows = append(rows, call(begin+d*dayMillis+18*hourMillis, 1, 2, Out)) // at three in the night
	}
	for i := range int64(80) {
		rows = append(rows, Row{At: mark + 2*dayMillis + i*20_000, Own: 1, Other: 2, Kind: Text, Flags: Out})
	}
	rows = append(rows, Row{At: mark + 5*dayMillis, Own: 1, Other: 2, Kind: Message, Flags: Out})
	rows = append(rows, call(begin-hourMillis, 1, 4, Out), call(begin-hourMillis, 2, 4, Out), call(mark+hourMillis, 2, 3, 0), call(begin+30*dayMillis, 1, 4, Out), call(begin+30*dayMillis, 2, 1, Out))
	x := Prepare(set(rows...), both())
	meets := []Meet{{From: begin, Closest: Pair{A: 0, B: 1}}, {From: mark, Closest: Pair{A: 2, B: 3}}}
	got := x.Four(FourAsk{Mark: mark, Meets: meets})
	said := map[Letter][]string{}
	for _, f := range got {
		said[f.Letter] = append(said[f.Letter], f.Text)
		if len(f.Rows) == 0 || f.Count == 0 || !strings.Contains(f.Text, "ay show") {
			t.Errorf("a finding without rows, count or caution: %+v", f)
		}
	}
	if len(said[Fixated]) != 3 || len(said[Obsessive]) != 4 || len(said[Unwanted]) != 3 || len(said[RepeatedOften]) != 3 {
		for l, texts := range said {
			t.Errorf("%s:\n  %s", l, strings.Join(texts, "\n  "))
		}
	}
	quiet := Prepare(set(call(begin, 1, 2, Out), call(begin+hourMillis, 2, 1, Out), call(begin, 1, 3, Out), call(begin, 1, 4, Out)), both())
	if got := quiet.Four(FourAsk{}); len(got) != 0 {
		t.Errorf("a call and a call back show %+v", got)
	}
}
