package atlas

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"pou/model"
)

// mixed is random rows of every kind: contacts, positions, cells, journeys and plate reads of three devices over three weeks.
func mixed(rng *rand.Rand) *Set {
	s := set()
	s.Sites = append(s.Sites,
		Site{ID: "23415-7", Kind: CellSite, Lat: charingLat, Lon: charingLon, Metres: 800, Azimuth: 120, Width: 120},
		Site{Name: "Stratford", Kind: Station, Lat: 51_541_000, Lon: -3_000}, Site{ID: "cam 12", Kind: Camera, Lat: charingLat, Lon: charingLon, Metres: 30}, Site{Name: "Strand", Kind: Stop, Lat: charingLat, Lon: charingLon})
	for i := range 400 {
		r := Row{
			At: 1_773_000_000_000 + rng.Int64N(21*dayMillis), Own: Handle(1 + rng.IntN(2)), Kind: Kind(1 + rng.IntN(7)), Line: uint32(i + 1),
			Lat: charingLat + rng.Int32N(9000), Lon: charingLon + rng.Int32N(9000), Metres: rng.Uint32N(1500), Flags: Flags(rng.IntN(2)),
		}
		switch {
		case r.Contact():
			r.Other = Handle(rng.IntN(6))
			if r.Kind == Call && rng.IntN(2) == 0 {
				r.Flags |= Unanswered
			}
		case r.Kind != Position:
			r.Site = uint32(1 + rng.IntN(4))
			r.Lat, r.Lon, r.Metres = s.Sites[r.Site].Lat, s.Sites[r.Site].Lon, s.Sites[r.Site].Metres
			if r.Kind == Tap {
				r.To, r.End = uint32(1+rng.IntN(4)), r.At+1_500_000
			}
		}
		if rng.IntN(5) == 0 {
			r.Flags |= []Flags{AtOrBefore, AtOrAfter, DayOnly}[rng.IntN(3)]
		}
		s.Rows = append(s.Rows, r)
	}
	files, sites := s.Files, s.Sites
	s = set(s.Rows...)
	s.Files, s.Sites = files, sites
	return s
}

// sentences is everything that can be said of a set.
func sentences(x *Index, rng *rand.Rand) []string {
	var out []string
	say := func(s ...string) { out = append(out, s...) }
	s, mark := x.Set, x.Span().From+rng.Int64N(10*dayMillis)
	for i := range s.Rows {
		say(SayRow(s, uint32(i)), SayRowTime(&s.Rows[i]), SayPlace(s, &s.Rows[i]))
	}
	rows := x.Between(Window{}, Suspect, Victim).Rows()
	change := x.Around(rows, mark, 5*24*time.Hour, 0)
	say(SayChange(&change))
	if b, ok := x.Most(rows, time.Hour); ok {
		say(SayBurst(&b))
	}
	if b, ok := x.Longest(rows); ok {
		say(SaySilence(&b))
	}
	for _, n := range x.Newcomers(Victim, mark, 20*24*time.Hour) {
		say(SayNewcomer(s, &n))
	}
	for _, n := range x.Successors(Suspect, 4*24*time.Hour) {
		say(SaySuccessor(s, &n))
	}
	rule := Rule{Within: 2 * time.Hour, Metres: 300, Slack: time.Hour, Apart: time.Hour, Coarsest: []uint32{0, 900}[rng.IntN(2)]}
	p := x.Paths(Window{}, Suspect, Victim, rule)
	meets := p.Meets()
	say(SayRule(rule), SayLeftOut(p.A.Left), SayLeftOut(p.B.Left), SayChance(len(meets), p.Shifted(), p.SharedDays()), MeetsTitle, Marking)
	for i, c := range x.Contexts(p, meets) {
		say(SayMeet(&meets[i]), SayHabit(Suspect, &c.A), SayHabit(Victim, &c.B))
		for _, r := range c.Reasons {
			say(r.Text)
		}
	}
	for _, h := range []Handle{1, 2} {
		fixes, left := x.Fixes(Window{}, time.Hour, h)
		say(SayLeftOut(left))
		for _, part := range []Part{Nights, Workdays} {
			as := x.Areas(fixes, part)
			for i := range as.Areas {
				say(SayArea(&as, &as.Areas[i]))
			}
		}
		visits := x.Visits(fixes, UsualStay())
		for i := range visits {
			say(SayVisit(&visits[i]))
		}
		legs := append(x.Legs(fixes, visits, UsualStay()), x.Journeys(Window{}, h)...)
		for _, r := range Repeated(legs, UsualStay()) {
			say(SayRoute(s, &r))
		}
	}
	for _, f := range x.Four(FourAsk{Mark: mark, Meets: meets}) {
		say(f.Text, f.Letter.String())
	}
	b := Bound{Conditions: []model.Condition{
		{No: 1, Type: model.NoContact, Match: model.Matcher{Numbers: []string{"07700900002"}}},
		{No: 2, Type: model.NoArea, Match: model.Matcher{Circle: model.Circle{Centre: pointOf(charingLat, charingLon), Metres: 400}}},
		{No: 3, Type: model.NoPlace, Match: model.Matcher{Place: "Stratford", Boroughs: []string{"Westminster"}}},
	}, Borough: func(p model.Point) string { return []string{"Westminster", "Camden"}[flag(p.Lat > 51.511)] }}
	for _, c := range x.Candidates(Window{}, b) {
		say(c.Why, c.Event.Text)
		say(c.Unsure...)
	}
	for _, a := range x.By {
		say(SayUse(a), a.Side.String())
	}
	return out
}

func TestNoSentenceSaysMoreThanTheRowsDo(t *testing.T) {
	forbidden := regexp.MustCompile(strings.Join(Forbidden(), "|"))
	said, seen := 0, map[string]bool{}
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 3))
		by := Attributions{{Handle: 1, Side: Suspect, Who: "suspect 1", Grade: Grade(rng.IntN(5))}, {Handle: 2, Side: Victim, Who: "victim-survivor", Grade: Grade(rng.IntN(5))}}
		for _, text := range sentences(Prepare(mixed(rng), by), rng) {
			if seen[text] {
				continue
			}
			said++
			seen[text] = true
			if f := forbidden.FindString(text); f != "" {
				t.Errorf("%q says %q", text, f)
			}
			if strings.Contains(text, "%!") || strings.Contains(text, "  ") || strings.Contains(text, "NaN") {
				t.Errorf("%q is not well made", text)
			}
		}
	}
	if said < 3000 {
		t.Errorf("only %d sentences were made: the test shows little", said)
	}
}

func TestTheForbiddenWordsAreCaught(t *testing.T) {
	for _, text := range []string{
		"The suspect was at the house", "They were at Stratford", "This proves contact", "The two met at noon", "12 meets", "He stalked her", "She visited the shop", "The suspect lives in Camden",
		"He was in the house", "It is certain", "The order was breached", "Risk score 7",
	} {
		caught := false
		for _, f := range Forbidden() {
			caught = caught || regexp.MustCompile(f).MatchString(text)
		}
		if !caught {
			t.Errorf("%q passes", text)
		}
	}
}

func TestUncertaintyIsNeverDropped(t *testing.T) {
	at := int64(1_773_000_000_000)
	cases := map[string]struct{ text, says string }{
		"a distance has both bounds":              {SayPair(&Pair{Least: 12.9, Most: 340.2}), "at least 12 m and at most 341 m"},
		"a time gap has both bounds":              {SayPair(&Pair{GapMin: time.Minute, GapMax: time.Hour}), "between 1 min and 60 min apart in time"},
		"a session is at or before":               {SayRowTime(&Row{At: at, Flags: AtOrBefore}), "at or before"},
		"a session of the end is so":              {SayRowTime(&Row{At: at, Flags: AtOrAfter}), "at or before its end"},
		"a day is no hour":                        {SayRowTime(&Row{At: at, Flags: DayOnly}), "the hour not known"},
		"no time is no time":                      {SayRowTime(&Row{Flags: NoTime}), "does not give"},
		"a cell is an area":                       {SayPlace(&Set{Sites: []Site{{}, {ID: "7", Kind: CellSite}}}, &Row{Site: 1, Metres: 800}), "an area within 800 m of cell 7"},
		"a place without a size says so":          {SayPlace(&Set{}, &Row{Lat: 51_500_000}), "does not say"},
		"a bound is rounded outwards":             {metres(100.01), "101 m"},
		"what is left out is counted":             {SayLeftOut(LeftOut{NoTime: 1, Coarse: 2}), "1 row without a time, 2 rows not sure enough"},
		"a use nobody decided on is not known":    {SayUse(Attribution{}), "nobody"},
		"an occasion that may be wider says so":   {SayMeet(&Meet{Pairs: 1}), "further apart"},
		"what chance gives cannot always be said": {SayChance(2, nil, 3), "cannot be said"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(c.text, c.says) {
				t.Errorf("%q does not say %q", c.text, c.says)
			}
		})
	}
}
