package model

import (
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// A degree of latitude is 111.195 km on the sphere used here, so these lie so many metres north of the centre.
func north(p Point, metres float64) Point { return Point{Lat: p.Lat + metres/degreeMetres, Lon: p.Lon} }

func TestAnEventHeldAgainstACondition(t *testing.T) {
	soho := Point{Lat: 51.5136, Lon: -0.1365}
	when := "2026-12-04 23:10" // a Friday night
	circle := Matcher{Circle: Circle{Centre: soho, Metres: 250}}
	square := Matcher{Polygon: []Point{{51.50, -0.15}, {51.50, -0.13}, {51.52, -0.13}, {51.52, -0.15}}}
	night := Hours{From: 20 * 60, To: 7 * 60}
	with := func(m Matcher, change func(*Matcher)) Matcher { change(&m); return m }
	for name, c := range map[string]struct {
		cond Condition
		e    Event
		at   string // when, if not that night
		fits bool
		why  string // said in the reason
	}{
		"inside a circle, however uncertain the position is":        {cond: Condition{Type: NoArea, Match: circle}, e: Event{Place: north(soho, 100), Metres: 150}, fits: true, why: "inside: between 0 and 250 m"},
		"inside or not, when the uncertainty reaches over its edge": {cond: Condition{Type: NoArea, Match: circle}, e: Event{Place: north(soho, 100), Metres: 151}, fits: true, why: "may be inside, and may be outside: between 0 and 251 m"},
		"outside by its centre, and perhaps not by its bounds":      {cond: Condition{Type: NoArea, Match: circle}, e: Event{Place: north(soho, 600), Metres: 350}, fits: true, why: "may be inside, and may be outside: between 250 and 950 m"},
		"outside even at its nearest":                               {cond: Condition{Type: NoArea, Match: circle}, e: Event{Place: north(soho, 600), Metres: 349}, why: "outside: between 251 and 949 m from the centre of its circle of 250 m"},
		"a certain position outside":                                {cond: Condition{Type: NoArea, Match: circle}, e: Event{Place: north(soho, 600)}, why: "outside: 600 m from the centre"},
		"nobody knows where it was":                                 {cond: Condition{Type: NoArea, Match: circle}, e: Event{Text: "seen about"}, why: "not known"},

		"inside an area":                                   {cond: Condition{Type: NoArea, Match: square}, e: Event{Place: soho, Metres: 100}, fits: true, why: "inside: the position is"},
		"near the edge of an area":                         {cond: Condition{Type: NoArea, Match: square}, e: Event{Place: Point{Lat: 51.5205, Lon: -0.14}, Metres: 60}, fits: true, why: "may be inside, and may be outside: the position is 56 m beyond"},
		"beyond the edge of an area":                       {cond: Condition{Type: NoArea, Match: square}, e: Event{Place: Point{Lat: 51.5205, Lon: -0.14}, Metres: 50}, why: "outside: the position is 56 m beyond"},
		"in a borough":                                     {cond: Condition{Type: NoArea, Match: Matcher{Boroughs: []string{"Kensington & Chelsea"}}}, e: Event{Borough: "Kensington and Chelsea"}, fits: true, why: "borough"},
		"in the next one":                                  {cond: Condition{Type: NoArea, Match: Matcher{Boroughs: []string{"Camden"}}}, e: Event{Borough: "Islington"}, why: "outside: Islington"},
		"a report that gives the postcode":                 {cond: Condition{Type: NoPlace, Match: Matcher{Place: "The Lamb, 1 Soho Square W1D 3QD"}}, e: Event{Text: "sat outside w1d3qd for an hour"}, fits: true, why: "postcode W1D 3QD"},
		"a report in other words says nothing":             {cond: Condition{Type: NoPlace, Match: Matcher{Place: "The Lamb, 1 Soho Square W1D 3QD"}}, e: Event{Text: "at a pub"}, why: "nothing in the event"},
		"a person in a place condition says nothing of it": {cond: Condition{Type: NoPlace, Match: with(circle, func(m *Matcher) { m.People = []Ref{"P-000001"} })}, e: Event{People: []Ref{"P-000001"}}, why: "not known"},

		"a number however it is written":         {cond: Condition{Type: NoContact, Match: Matcher{Numbers: []string{"07700900123"}}}, e: Event{Number: "+44 (0)7700 900123"}, fits: true, why: "ending 123"},
		"another number":                         {cond: Condition{Type: NoContact, Match: Matcher{Numbers: []string{"07700900123"}}}, e: Event{Number: "07700 900124"}, why: "ending 124 is not one"},
		"a person, whom nobody names":            {cond: Condition{Type: NoContact, Match: Matcher{People: []Ref{"P-000001"}}}, e: Event{People: []Ref{"P-000002", "P-000001"}}, fits: true, why: "a person the condition names"},
		"another person":                         {cond: Condition{Type: NoContact, Match: Matcher{People: []Ref{"P-000001"}}}, e: Event{People: []Ref{"P-000002"}}, why: "nobody the condition names"},
		"where somebody rings from is no matter": {cond: Condition{Type: NoContact, Match: circle}, e: Event{Place: soho}, why: "nothing in the event"},
		"an approach by person or by place":      {cond: Condition{Type: NoApproach, Match: with(circle, func(m *Matcher) { m.People = []Ref{"P-000001"} })}, e: Event{People: []Ref{"P-000002"}, Place: soho}, fits: true, why: "inside"},

		"within the hours":                                   {cond: Condition{Type: NoPlace, Match: with(circle, func(m *Matcher) { m.Hours = night })}, e: Event{Place: soho}, fits: true, why: "23:10 on Fri 4 Dec 2026 is within 20:00 to 07:00"},
		"outside the hours":                                  {cond: Condition{Type: NoPlace, Match: with(circle, func(m *Matcher) { m.Hours = night })}, e: Event{Place: soho}, at: "2026-12-04 12:00", why: "outside the hours"},
		"the last minute of the night":                       {cond: Condition{Type: NoPlace, Match: with(circle, func(m *Matcher) { m.Hours = night })}, e: Event{Place: soho}, at: "2026-12-05 06:59", fits: true},
		"the first of the morning":                           {cond: Condition{Type: NoPlace, Match: with(circle, func(m *Matcher) { m.Hours = night })}, e: Event{Place: soho}, at: "2026-12-05 07:00", why: "outside the hours"},
		"the small hours belong to the night before":         {cond: Condition{Type: Curfew, Match: Matcher{Hours: Hours{From: 22 * 60, To: 6 * 60, Days: []time.Weekday{time.Friday}}}}, e: Event{}, at: "2026-12-05 03:00", fits: true, why: "where the subject was is for a person"},
		"and not to the night that follows":                  {cond: Condition{Type: Curfew, Match: Matcher{Hours: Hours{From: 22 * 60, To: 6 * 60, Days: []time.Weekday{time.Friday}}}}, e: Event{}, at: "2026-12-04 03:00", why: "outside the hours"},
		"summer time is London time":                         {cond: Condition{Type: Curfew, Match: Matcher{Hours: night}}, e: Event{}, at: "2026-07-14T19:30:00Z", fits: true, why: "20:30"},
		"winter time too":                                    {cond: Condition{Type: Curfew, Match: Matcher{Hours: night}}, e: Event{}, at: "2026-01-14T19:30:00Z", why: "outside the hours"},
		"the hour that comes twice, the first time":          {cond: Condition{Type: Curfew, Match: Matcher{Hours: Hours{From: 60, To: 120}}}, e: Event{}, at: "2026-10-25T00:30:00Z", fits: true, why: "01:30"},
		"and the second":                                     {cond: Condition{Type: Curfew, Match: Matcher{Hours: Hours{From: 60, To: 120}}}, e: Event{}, at: "2026-10-25T01:30:00Z", fits: true, why: "01:30"},
		"the night the clocks go forward ends an hour early": {cond: Condition{Type: Curfew, Match: Matcher{Hours: night}}, e: Event{}, at: "2026-03-29T06:00:00Z", why: "07:00"},

		"to be at home at night, and out":                {cond: Condition{Type: Curfew, Requirement: true, Match: with(circle, func(m *Matcher) { m.Hours = night })}, e: Event{Place: north(soho, 900), Metres: 50}, fits: true, why: "outside: between 850 and 950 m from the centre of its circle of 250 m, and the subject is to be there"},
		"to be at home at night, and there":              {cond: Condition{Type: Curfew, Requirement: true, Match: with(circle, func(m *Matcher) { m.Hours = night })}, e: Event{Place: soho}, why: "where the subject is to be"},
		"to be at home, and perhaps there":               {cond: Condition{Type: Curfew, Requirement: true, Match: with(circle, func(m *Matcher) { m.Hours = night })}, e: Event{Place: north(soho, 300), Metres: 100}, fits: true, why: "may be inside"},
		"a requirement is missed by what did not happen": {cond: Condition{Type: SignOn, Requirement: true, Match: Matcher{Schedule: Schedule{Weekdays: []time.Weekday{time.Monday}}}}, e: Event{Place: soho}, why: "nothing in the event"},
		"a condition with nothing to match by":           {cond: Condition{Type: NoPublishing}, e: Event{Text: "posted a photograph"}, why: "read its words"},
		"on the condition's own last day":                {cond: Condition{Type: NoArea, Match: circle, Until: day.Of(2025, time.December, 5)}, e: Event{Place: soho}, at: "2025-12-05 23:59", fits: true},
		"on the day after it":                            {cond: Condition{Type: NoArea, Match: circle, Until: day.Of(2025, time.December, 5)}, e: Event{Place: soho}, at: "2025-12-06 00:00", why: "no longer bound on 6 Dec 2025"},
	} {
		t.Run(name, func(t *testing.T) {
			c.cond.No = 2
			if c.at == "" {
				c.at = when
			}
			c.e.At = at(t, c.at)
			why, fits := c.cond.Fits(c.e)
			if fits != c.fits || !strings.Contains(why, c.why) {
				t.Errorf("fits %v: %s\nwant %v: %q", fits, why, c.fits, c.why)
			}
			if !strings.Contains(why, "condition 2") {
				t.Errorf("%q does not say which condition", why)
			}
			if fits && !strings.HasPrefix(why, "may be contrary to ") || strings.Contains(why, "breach") {
				t.Errorf("%q decides", why)
			}
		})
	}
}

func TestAnEventAtNoKnownTimeFitsNothing(t *testing.T) {
	c := Condition{No: 1, Type: NoContact, Match: Matcher{People: []Ref{"P-000001"}}}
	if why, fits := c.Fits(Event{People: []Ref{"P-000001"}}); fits || !strings.Contains(why, "not known when") {
		t.Errorf("fits %v: %s", fits, why)
	}
}

// Who is protected, and on which number they are reached, is in no reason.
func TestAReasonNamesNobodyAndNoNumber(t *testing.T) {
	c := Condition{No: 1, Type: NoContact, Match: Matcher{People: []Ref{"P-000001"}, Numbers: []string{"07700900123"}}}
	why, fits := c.Fits(Event{At: at(t, "2026-12-04 23:10"), People: []Ref{"P-000001"}, Number: "07700900123"})
	if !fits || strings.Contains(why, "P-000001") || strings.Contains(why, "0900123") {
		t.Errorf("fits %v: %s", fits, why)
	}
}
