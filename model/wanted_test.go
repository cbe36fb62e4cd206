package model

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// aLine is a wanted line in good standing.
func aLine(t testing.TB, since string, offences ...OffenceCode) *Wanted {
	t.Helper()
	return &Wanted{
		Meta: Meta{Ref: "W-000001"}, Person: "P-000001", Unit: "SW", State: NotCirculated, Offences: offences, Since: at(t, since),
		Officer: "O-0002", LastAct: on(t, "2026-07-01"),
	}
}

func TestChargeBy(t *testing.T) {
	for name, c := range map[string]struct {
		lastAct string
		by      string // "" when no limit runs
		codes   []OffenceCode
	}{
		"six months from the last act, which does not count itself":        {"2026-07-01", "2027-01-01", []OffenceCode{"s2A"}},
		"an act on 31 August leaves until the end of February":             {"2026-08-31", "2027-02-28", []OffenceCode{"s2A"}},
		"an act on 30 August leaves until the end of February too":         {"2026-08-30", "2027-02-28", []OffenceCode{"s2A"}},
		"an act on 28 August leaves until 28 February":                     {"2026-08-28", "2027-02-28", []OffenceCode{"s2A"}},
		"in a leap year an act on 31 August leaves until 29 February":      {"2027-08-31", "2028-02-29", []OffenceCode{"s2"}},
		"an act on 29 February leaves until 29 August":                     {"2028-02-29", "2028-08-29", []OffenceCode{"s2"}},
		"an act on 31 December leaves until 30 June":                       {"2026-12-31", "2027-06-30", []OffenceCode{"s2", "s2A"}},
		"an either-way offence has no limit":                               {"2026-07-01", "", []OffenceCode{"s4A"}},
		"one either-way offence lifts the limit from the line":             {"2026-07-01", "", []OffenceCode{"s2A", "spo-breach"}},
		"aggravated stalking is either way and has no limit":               {"2026-07-01", "", []OffenceCode{"s2-agg"}},
		"without the day of the last act the limit cannot be worked out":   {"", "", []OffenceCode{"s2A"}},
		"an act in summer time leaves until the corresponding winter date": {"2026-06-15", "2026-12-15", []OffenceCode{"s2A"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := aLine(t, "2026-11-20 09:00", c.codes...)
			w.LastAct = on(t, c.lastAct)
			by, ok := w.ChargeBy()
			if ok != (c.by != "") || by.String() != c.by {
				t.Errorf("charge by %s (%v), want %q", by, ok, c.by)
			}
		})
	}
}

func TestTheClockToChargeRunsToTheEndOfItsLastDay(t *testing.T) {
	w := aLine(t, "2026-11-20 09:00", "s2A")
	d := clock(t, Dues(w, nil, at(t, "2026-11-24 05:00")), "charge a summary-only offence")
	for when, left := range map[string]bool{
		"2026-12-31 12:00":    true,
		"2027-01-01 00:00":    true,
		"2027-01-01 23:59:59": true,
		"2027-01-02 00:00":    false,
		"2027-01-02 12:00":    false,
	} {
		if got := d.Left(at(t, when)) > 0; got != left {
			t.Errorf("time is left at %s: %v, want %v", when, got, left)
		}
	}
	if d.Citation != "Magistrates' Courts Act 1980 s.127" {
		t.Errorf("it cites %q", d.Citation)
	}
}

func TestALineThatIsNotCirculated(t *testing.T) {
	w := aLine(t, "2026-10-24 22:00", "s4A") // the night the clocks go back
	d := clock(t, Dues(w, nil, w.Since), "circulate on PNC")
	if !d.Deadline.Equal(at(t, "2026-10-25 21:00")) || !strings.HasPrefix(d.Citation, Local) || d.Settle != "wanted.circulate" {
		t.Errorf("circulate by %s citing %q, settled by %s; want 24 hours, %s", d.Deadline, d.Citation, d.Settle, Local)
	}
	for _, state := range []WantedState{Circulated, Located, WasArrested, Eliminated, Withdrawn, Died} {
		w.State = state
		if _, ok := findClock(Dues(w, nil, w.Since), "circulate on PNC"); ok {
			t.Errorf("a line that is %s is still to be circulated", state)
		}
	}
}

func TestWeedingOfAWantedReport(t *testing.T) {
	for name, c := range map[string]struct{ published, weeds, from string }{
		"three years to the day, listed two months before":       {"2026-11-24", "2029-11-24", "2029-09-24"},
		"a report of 29 February weeds on 28 February":           {"2028-02-29", "2031-02-28", "2030-12-28"},
		"two months before 30 April is the last day of February": {"2026-04-30", "2029-04-30", "2029-02-28"},
	} {
		t.Run(name, func(t *testing.T) {
			w := aLine(t, "2026-02-01 09:00", "s4A")
			w.circulate("26/1W", on(t, c.published))
			if w.Weed.String() != c.weeds {
				t.Fatalf("weeds on %s, want %s", w.Weed, c.weeds)
			}
			before, day1 := on(t, c.from).AddDays(-1), on(t, c.from)
			if _, ok := findClock(Dues(w, nil, before.End().Add(-time.Second)), "extend"); ok {
				t.Errorf("listed already on %s", before)
			}
			d := clock(t, Dues(w, nil, day1.Start()), "extend")
			if !d.Deadline.Equal(on(t, c.weeds).Start()) {
				t.Errorf("runs out %s, want the beginning of %s", d.Deadline, c.weeds)
			}
			if late := clock(t, Dues(w, nil, w.Weed.AddDays(5).Start()), "extend"); late.Left(w.Weed.AddDays(5).Start()) > 0 {
				t.Error("a report that has weeded is not overdue")
			}
		})
	}
}

func TestWhatAWantedLineNeeds(t *testing.T) {
	ended := func(w *Wanted, s WantedState) { w.State, w.Ended, w.EndReason = s, w.Since.Add(time.Hour), "because" }
	for name, c := range map[string]struct {
		spoil   func(*Wanted)
		refused string
	}{
		"it stands as it is":                      {func(*Wanted) {}, ""},
		"it has a person":                         {func(w *Wanted) { w.Person = "" }, "person"},
		"its person is a person":                  {func(w *Wanted) { w.Person = "R-000001" }, "person"},
		"it has a unit":                           {func(w *Wanted) { w.Unit = "" }, "unit"},
		"it has an offence":                       {func(w *Wanted) { w.Offences = nil }, "offences"},
		"circulation has a day":                   {func(w *Wanted) { w.State = Circulated }, "circulated"},
		"elimination has a supervisor":            {func(w *Wanted) { ended(w, Eliminated) }, "reason"},
		"elimination has a reason":                {func(w *Wanted) { ended(w, Eliminated); w.EndReason, w.Supervisor = "", "O-0001" }, "reason"},
		"elimination with both stands":            {func(w *Wanted) { ended(w, Eliminated); w.Supervisor = "O-0001" }, ""},
		"an end has a time":                       {func(w *Wanted) { w.State = Withdrawn }, "ended"},
		"a withdrawal with its time stands":       {func(w *Wanted) { ended(w, Withdrawn) }, ""},
		"an arrest with its time stands":          {func(w *Wanted) { ended(w, WasArrested) }, ""},
		"a death with its time stands":            {func(w *Wanted) { ended(w, Died) }, ""},
		"a circulated line with its day stands":   {func(w *Wanted) { w.circulate("26/1W", on(t, "2026-11-20")) }, ""},
		"a located line needs no day of its own":  {func(w *Wanted) { w.circulate("26/1W", on(t, "2026-11-20")); w.State = Located }, ""},
		"a grade is a wish, not a need of a line": {func(w *Wanted) { w.Grade = "" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := aLine(t, "2026-11-20 09:00", "s4A")
			c.spoil(w)
			err := w.Check()
			switch {
			case err == nil && c.refused != "":
				t.Error("it stands")
			case err != nil:
				if p := refusal(t, err); p.Field != c.refused {
					t.Errorf("refused: %v, want field %q", p, c.refused)
				}
			}
		})
	}
}

func TestUrgencyHasPartsThatAddUp(t *testing.T) {
	now := at(t, "2026-11-24 05:00")
	fresh, old := on(t, "2026-06-01"), on(t, "2020-01-01")
	for name, c := range map[string]struct {
		line   func(*Wanted)
		person Person
		want   int
		says   string
	}{
		"the gravest offence alone":                      {func(*Wanted) {}, Person{}, 75, "gravest offence +75"},
		"not circulated is worth 30":                     {func(w *Wanted) { w.State = NotCirculated }, Person{}, 105, "not circulated +30"},
		"grade A is worth 40":                            {func(w *Wanted) { w.Grade = "A" }, Person{}, 115, "grade A +40"},
		"grade B is worth 20":                            {func(w *Wanted) { w.Grade = "B" }, Person{}, 95, "grade B +20"},
		"grade C is worth nothing":                       {func(w *Wanted) { w.Grade = "C" }, Person{}, 75, "+0"},
		"a fresh marker for violence is worth 10":        {func(*Wanted) {}, Person{Markers: []Marker{{Code: "VI", Set: fresh}}}, 85, "marker VI +10"},
		"a stale one is worth nothing":                   {func(*Wanted) {}, Person{Markers: []Marker{{Code: "VI", Set: old}}}, 75, ""},
		"a health marker is worth nothing":               {func(*Wanted) {}, Person{Markers: []Marker{{Code: "MN", Set: fresh}}}, 75, ""},
		"weapons and firearms add up":                    {func(*Wanted) {}, Person{Markers: []Marker{{Code: "WE", Set: fresh}, {Code: "FI", Set: fresh}}}, 95, "marker FI +10"},
		"61 days left to charge is worth nothing yet":    {func(w *Wanted) { w.Offences, w.LastAct = []OffenceCode{"s2A"}, on(t, "2026-07-24") }, Person{}, 45, ""},
		"60 days left to charge is worth 30":             {func(w *Wanted) { w.Offences, w.LastAct = []OffenceCode{"s2A"}, on(t, "2026-07-23") }, Person{}, 75, "60 days left to charge +30"},
		"the last day to charge is worth 60":             {func(w *Wanted) { w.Offences, w.LastAct = []OffenceCode{"s2A"}, on(t, "2026-05-24") }, Person{}, 105, "0 days left to charge +60"},
		"seven days without an attempt is not yet idle":  {func(w *Wanted) { w.LastAttempt = now.Add(-7 * 24 * time.Hour) }, Person{}, 75, ""},
		"eight days without an attempt is worth eight":   {func(w *Wanted) { w.LastAttempt = now.Add(-8 * 24 * time.Hour) }, Person{}, 83, "idle 8 days +8"},
		"it is never worth more than twenty":             {func(w *Wanted) { w.LastAttempt = now.Add(-400 * 24 * time.Hour) }, Person{}, 95, "idle 400 days +20"},
		"with no attempt at all it counts from the line": {func(w *Wanted) { w.Since = now.Add(-10 * 24 * time.Hour) }, Person{}, 85, "idle 10 days +10"},
	} {
		t.Run(name, func(t *testing.T) {
			w := aLine(t, "2026-11-23 05:00", "s4A")
			w.State, w.Published = Circulated, on(t, "2026-11-23")
			c.line(w)
			points, why := w.Urgency(&c.person, now)
			if points != c.want || (c.says != "" && !strings.Contains(strings.Join(why, "; "), c.says)) {
				t.Errorf("urgency %d because %q, want %d and %q", points, why, c.want, c.says)
			}
			if sum := sumOf(t, why); sum != points {
				t.Errorf("the parts %q add up to %d, not %d", why, sum, points)
			}
		})
	}
}

var lastPoints = regexp.MustCompile(`\+(\d+)$`)

func sumOf(t testing.TB, why []string) int {
	t.Helper()
	sum := 0
	for _, part := range why {
		m := lastPoints.FindStringSubmatch(part)
		if m == nil {
			t.Fatalf("the part %q does not say what it adds", part)
		}
		n, _ := strconv.Atoi(m[1])
		sum += n
	}
	return sum
}
