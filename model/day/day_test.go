package day

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"
)

// on reads a day in a table, and stops the test when the table itself is wrong.
func on(t *testing.T, s string) Date {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := Parse(s)
	if err != nil {
		t.Fatalf("the test's own day: %v", err)
	}
	return d
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatalf("the test's own moment: %v", err)
	}
	return moment
}

func TestOn(t *testing.T) {
	for name, c := range map[string]struct{ moment, want string }{
		"a winter evening is the same day in London and UTC":              {"2026-01-14T23:30:00Z", "2026-01-14"},
		"in summer 23:30 UTC is half past midnight, the next London day":  {"2026-07-14T23:30:00Z", "2026-07-15"},
		"in summer 22:59 UTC is still the same London day":                {"2026-07-14T22:59:59Z", "2026-07-14"},
		"the night before the clocks go forward still changes at 00:00Z":  {"2026-03-28T23:30:00Z", "2026-03-28"},
		"the night after the clocks go forward changes at 23:00Z":         {"2026-03-29T23:00:00Z", "2026-03-30"},
		"the last summer night changes at 23:00Z":                         {"2026-10-24T23:00:00Z", "2026-10-25"},
		"the night after the clocks go back changes at midnight UTC":      {"2026-10-25T23:30:00Z", "2026-10-25"},
		"the hour that happens twice is one day, first time round":        {"2026-10-25T00:30:00Z", "2026-10-25"},
		"the hour that happens twice is one day, second time round":       {"2026-10-25T01:30:00Z", "2026-10-25"},
		"a moment in New York falls on the London day":                    {"2026-07-14T20:00:00-04:00", "2026-07-15"},
		"new year's eve at 23:59 is the old year":                         {"2026-12-31T23:59:59Z", "2026-12-31"},
		"under British Standard Time (1968-71) winter nights ran an hour": {"1970-01-14T23:30:00Z", "1970-01-15"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := On(at(t, c.moment)).String(); got != c.want {
				t.Errorf("On(%s) = %s, want %s", c.moment, got, c.want)
			}
		})
	}
}

func TestStartAndEnd(t *testing.T) {
	for name, c := range map[string]struct {
		day, start, end string
		hours           int
	}{
		"a winter day runs from midnight UTC":           {"2026-01-14", "2026-01-14T00:00:00Z", "2026-01-15T00:00:00Z", 24},
		"a summer day runs from 23:00 UTC":              {"2026-07-14", "2026-07-13T23:00:00Z", "2026-07-14T23:00:00Z", 24},
		"the day the clocks go forward has 23 hours":    {"2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z", 23},
		"the day the clocks go back has 25 hours":       {"2026-10-25", "2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z", 25},
		"29 February ends as 1 March begins":            {"2028-02-29", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z", 24},
		"the last day of the year ends as the new year": {"2026-12-31", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z", 24},
	} {
		t.Run(name, func(t *testing.T) {
			d := on(t, c.day)
			if got := d.Start(); !got.Equal(at(t, c.start)) {
				t.Errorf("Start = %s, want %s", got.UTC(), c.start)
			}
			if got := d.End(); !got.Equal(at(t, c.end)) {
				t.Errorf("End = %s, want %s", got.UTC(), c.end)
			}
			if got := d.End().Sub(d.Start()); got != time.Duration(c.hours)*time.Hour {
				t.Errorf("the day lasts %s, want %d hours", got, c.hours)
			}
		})
	}
}

func TestADayHoldsItsMomentsAndNoOthers(t *testing.T) {
	for d := on(t, "1 Jan 2024"); d <= on(t, "31 Dec 2028"); d++ {
		if On(d.Start()) != d || On(d.End().Add(-time.Nanosecond)) != d {
			t.Errorf("%s does not hold its own first and last moment", d)
		}
		if !d.End().Equal(d.AddDays(1).Start()) || On(d.End()) != d.AddDays(1) {
			t.Errorf("the end of %s is not the start of the next day", d)
		}
	}
}

func TestMonthsAndYears(t *testing.T) {
	for name, c := range map[string]struct {
		from          string
		months, years int
		want          string
	}{
		"a month on is the corresponding day":                  {"2026-01-15", 1, 0, "2026-02-15"},
		"31 January and a month is the end of February":        {"2026-01-31", 1, 0, "2026-02-28"},
		"31 January and a month in a leap year is 29 February": {"2028-01-31", 1, 0, "2028-02-29"},
		"31 August and six months is the end of February":      {"2026-08-31", 6, 0, "2027-02-28"},
		"30 April and a month is 30 May, not the end":          {"2026-04-30", 1, 0, "2026-05-30"},
		"a month back over the new year":                       {"2026-01-31", -2, 0, "2025-11-30"},
		"twelve months are a year":                             {"2026-12-01", 12, 0, "2027-12-01"},
		"29 February and a year is 28 February":                {"2028-02-29", 0, 1, "2029-02-28"},
		"29 February and four years is 29 February":            {"2028-02-29", 0, 4, "2032-02-29"},
		"1900 style centuries are not leap years":              {"2096-02-29", 0, 4, "2100-02-28"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := on(t, c.from).AddMonths(c.months).AddYears(c.years).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestPeriodsBeginningWithADay(t *testing.T) {
	for name, c := range map[string]struct {
		first        string
		days, months int
		want         string
	}{
		"three days beginning with Monday end on Wednesday":             {"2026-11-30", 3, 0, "2026-12-02"},
		"one day beginning with a day is that day":                      {"2026-11-30", 1, 0, "2026-11-30"},
		"28 days over the end of a leap February":                       {"2028-02-10", 28, 0, "2028-03-08"},
		"28 days over the night the clocks change":                      {"2026-03-15", 28, 0, "2026-04-11"},
		"a month beginning with the 15th ends on the 14th":              {"2026-01-15", 0, 1, "2026-02-14"},
		"a month beginning with the 1st is the whole month":             {"2026-02-01", 0, 1, "2026-02-28"},
		"two years beginning with 9 January 2026 end on 8 January 2028": {"2026-01-09", 0, 24, "2028-01-08"},
		"a month beginning with 31 January takes in 28 February":        {"2026-01-31", 0, 1, "2026-02-28"},
		"a month beginning with 29 January takes in 28 February":        {"2026-01-29", 0, 1, "2026-02-28"},
		"a month beginning with 29 January 2028 ends on 28 February":    {"2028-01-29", 0, 1, "2028-02-28"},
		"two years beginning with 29 February end with February":        {"2028-02-29", 0, 24, "2030-02-28"},
		"four years beginning with 29 February end on the 28th":         {"2028-02-29", 0, 48, "2032-02-28"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Beginning(on(t, c.first), c.days)
			if c.months > 0 {
				got = MonthsBeginning(on(t, c.first), c.months)
			}
			if got.String() != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestParse(t *testing.T) {
	for name, c := range map[string]struct{ typed, want string }{
		"as files write it":                {"2026-12-01", "2026-12-01"},
		"as officers say it":               {"1 Dec 2026", "2026-12-01"},
		"with the month in full":           {"1 December 2026", "2026-12-01"},
		"with the month as four letters":   {"1 sept 2026", "2026-09-01"},
		"in capitals with no spaces":       {"01DEC2026", "2026-12-01"},
		"with an ordinal":                  {"1st December 2026", "2026-12-01"},
		"the day comes first":              {"01/12/2026", "2026-12-01"},
		"with full stops":                  {"1.12.2026", "2026-12-01"},
		"with dashes, day first":           {"1-12-2026", "2026-12-01"},
		"as eight figures":                 {"20261201", "2026-12-01"},
		"with space round it":              {"  1 Dec 2026\n", "2026-12-01"},
		"29 February in a leap year":       {"29/02/2028", "2028-02-29"},
		"the month first, when it is text": {"Dec 1, 2026", "2026-12-01"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(c.typed)
			if err != nil || got.String() != c.want {
				t.Errorf("Parse(%q) = %s, %v, want %s", c.typed, got, err, c.want)
			}
		})
	}
}

func TestParseSaysWhyNot(t *testing.T) {
	const do = "; write it as 1 Dec 2026 or 01/12/2026"
	for typed, why := range map[string]string{
		"30 Feb 2026":  `"30 Feb 2026" is not a day: February 2026 has 28 days`,
		"29/02/2026":   `"29/02/2026" is not a day: February 2026 has 28 days`,
		"2026-04-31":   `"2026-04-31" is not a day: April 2026 has 30 days`,
		"12/25/2026":   `"12/25/2026" is not a day: there is no month 25`,
		"1 Fob 2026":   `"1 Fob 2026" is not a day: there is no month "fob"`,
		"1/12/26":      `"1/12/26" is not a day: the year needs four figures`,
		"Dec 2026":     `"Dec 2026" is not a day: the day, the month and the year are all needed`,
		"00/12/2026":   `"00/12/2026" is not a day: the day, the month and the year are all needed`,
		"1 Dec 0206":   `"1 Dec 0206" is not a day: the year 0206 is not between 1850 and 2199`,
		"123/12/2026":  `"123/12/2026" is not a day: there is no day "123"`,
		"1 Dec":        `"1 Dec" is not a day: it has no year of four figures`,
		"":             `"" is not a day: it does not read as a date`,
		"tomorrow":     `"tomorrow" is not a day: it has no year of four figures`,
		"1/12/2026/5":  `"1/12/2026/5" is not a day: it does not read as a date`,
		"1//12//2026":  `"1//12//2026" is not a day: it does not read as a date`,
		"-1/12/2026":   `"-1/12/2026" is not a day: it does not read as a date`,
		"1/12/2026-":   `"1/12/2026-" is not a day: it does not read as a date`,
		"\x1b[2J":      `"\x1b[2J" is not a day: it does not read as a date`,
		"1 декабря 26": `"1 декабря 26" is not a day: it does not read as a date`,
	} {
		if got, err := Parse(typed); err == nil || err.Error() != why+do || got != 0 {
			t.Errorf("Parse(%q) = %s, %v\nwant %s", typed, got, err, why+do)
		}
	}
}

func TestShown(t *testing.T) {
	d := Of(2026, time.December, 1)
	if got := d.String() + "|" + d.Short() + "|" + d.Long(); got != "2026-12-01|1 Dec|1 Dec 2026" {
		t.Errorf("shown as %s", got)
	}
	if d.Year() != 2026 || d.Month() != time.December || d.Day() != 1 || d.Weekday() != time.Tuesday {
		t.Errorf("1 Dec 2026 is %d %s %d %s", d.Day(), d.Month(), d.Year(), d.Weekday())
	}
	if got := Of(2027, time.January, 1).Sub(d); got != 31 {
		t.Errorf("%d days from 1 Dec to 1 Jan, want 31", got)
	}
}

func TestEveryDayAgreesWithTheStandardCalendar(t *testing.T) {
	want := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := firstDay; d < lastDay; d, want = d.AddDays(97), want.AddDate(0, 0, 97) {
		if d.civil() != want || Of(want.Date()) != d || d.Weekday() != want.Weekday() {
			t.Fatalf("day %d is %s %s, want %s", d, d, d.Weekday(), want.Format("2006-01-02 Monday"))
		}
	}
	if lastDay.String() != "9999-12-31" || firstDay.String() != "0001-01-01" {
		t.Errorf("the calendar runs from %s to %s", firstDay, lastDay)
	}
}

func TestNoDateStaysNoDate(t *testing.T) {
	var none Date
	for name, got := range map[string]Date{
		"days": none.AddDays(3), "months": none.AddMonths(3), "years": none.AddYears(3), "working days": none.AddWorkingDays(3),
		"a period of days": Beginning(none, 3), "a period of months": MonthsBeginning(none, 3), "the zero time": On(time.Time{}),
		"no year": Of(0, 0, 0),
	} {
		if !got.IsZero() {
			t.Errorf("%s from no date gives %s", name, got)
		}
	}
	if s := none.String() + none.Short() + none.Long(); s != "" {
		t.Errorf("no date shows as %q", s)
	}
	if none.Year() != 0 || none.Month() != 0 || none.Day() != 0 || none.Weekday() != time.Sunday || none.IsWorkingDay() {
		t.Error("no date has calendar parts")
	}
	if !none.Start().IsZero() || !none.End().IsZero() {
		t.Error("no date has a start or an end")
	}
	if _, ok := BankHoliday(none); ok || none.Sub(firstDay) != 0 || lastDay.Sub(none) != 0 {
		t.Error("no date is a holiday or a distance")
	}
}

func TestSumsStopAtTheEdgeOfTheCalendar(t *testing.T) {
	d := Of(2026, time.December, 1)
	for name, c := range map[string]struct{ got, want Date }{
		"days on":         {d.AddDays(math.MaxInt), lastDay},
		"days back":       {d.AddDays(math.MinInt), firstDay},
		"months on":       {d.AddMonths(math.MaxInt), Of(9999, time.December, 1)},
		"months back":     {d.AddMonths(math.MinInt), firstDay},
		"years on":        {d.AddYears(math.MaxInt), Of(9999, time.December, 1)},
		"years back":      {d.AddYears(math.MinInt), firstDay},
		"working days on": {Of(9999, time.December, 1).AddWorkingDays(40), lastDay},
		"a year too late": {Of(math.MaxInt, time.December, 1), lastDay},
		"a day too late":  {Of(9999, time.December, 1_000_000), lastDay},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", name, c.got, c.want)
		}
	}
}

func TestDateInJSON(t *testing.T) {
	type record struct {
		Made, Ends Date
	}
	text, err := json.Marshal(record{Made: Of(2026, time.January, 9)})
	if err != nil || string(text) != `{"Made":"2026-01-09","Ends":""}` {
		t.Fatalf("written as %s, %v", text, err)
	}
	back := record{Ends: 5}
	if err := json.Unmarshal(text, &back); err != nil || back != (record{Made: Of(2026, time.January, 9)}) {
		t.Errorf("read back as %v, %v", back, err)
	}
	for _, bad := range []string{`"2026-02-30"`, `"9 Jan 2026"`, `"0000-01-01"`, `5`} {
		if err := json.Unmarshal([]byte(bad), new(Date)); err == nil {
			t.Errorf("%s was read as a day", bad)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"2026-12-01", "1 Dec 2026", "01/12/2026", "1.12.2026", "20261201", "30 Feb 2026", "", "1st", "xx/xx/xxxx",
		"Dec 1, 2026", "\x1b[2J", "–", "9999999999999999999999",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			if !d.IsZero() {
				t.Fatalf("Parse(%q) gave both %s and %v", s, d, err)
			}
			return
		}
		for _, shown := range []string{d.String(), d.Long()} {
			if again, err := Parse(shown); err != nil || again != d {
				t.Fatalf("%q is %s, but %q is %s, %v", s, d, shown, again, err)
			}
		}
	})
}

func ExampleBeginning() {
	served := Of(2026, time.December, 1)
	fmt.Println("notify by", Beginning(served, 3).Long())
	// Output: notify by 3 Dec 2026
}
