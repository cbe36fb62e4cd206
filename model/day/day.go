package day

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // a custody terminal may carry no time zone files
)

// Date is one London calendar day, from 1 Jan 0001 (1) to 31 Dec 9999.
// Dates compare with < and >; the zero Date means "no date" and sorts first.
type Date int32

const (
	firstDay Date = 1         // 1 Jan 0001
	lastDay  Date = 3_652_059 // 31 Dec 9999

	beforeUnix    = 719_163 // the Date of 1 Jan 1970
	secondsPerDay = 24 * 60 * 60
)

//nolint:gochecknoglobals // read-only, worked out on first use
var london = sync.OnceValue(func() *time.Location {
	place, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC // not reached: the zone is embedded in the binary
	}
	return place
})

// London returns the Europe/London time zone.
func London() *time.Location { return london() }

// Of returns the Date of a year, month and day. Parts beyond their range carry over
// as in time.Date, so day 0 is the last day of the month before. A year before 1
// gives no date, and one after 9999 the last day there is.
func Of(year int, month time.Month, d int) Date {
	switch {
	case year < 1:
		return 0
	case year > 9999:
		return lastDay
	}
	return within(time.Date(year, month, d, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay + beforeUnix)
}

// On returns the London calendar day that t falls on; the zero time gives no date.
func On(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	return Of(t.In(London()).Date())
}

// within holds a day number inside the calendar, so that no sum wraps round.
func within(n int64) Date {
	return Date(min(max(n, int64(firstDay)), int64(lastDay))) //nolint:gosec // bounded on this line
}

// civil returns d as midnight UTC, for its calendar parts only.
func (d Date) civil() time.Time {
	return time.Unix((int64(d)-beforeUnix)*secondsPerDay, 0).UTC()
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// Year returns the year, or 0 for no date.
func (d Date) Year() int {
	if d == 0 {
		return 0
	}
	return d.civil().Year()
}

// Month returns the month, or 0 for no date.
func (d Date) Month() time.Month {
	if d == 0 {
		return 0
	}
	return d.civil().Month()
}

// Day returns the day of the month, or 0 for no date.
func (d Date) Day() int {
	if d == 0 {
		return 0
	}
	return d.civil().Day()
}

// Weekday returns the day of the week. No date counts as Sunday, so that it is never
// taken for a working day.
func (d Date) Weekday() time.Weekday {
	return time.Weekday((int64(d)%7 + 7) % 7)
}

// AddDays returns the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	if d == 0 {
		return 0
	}
	// A step longer than the calendar ends at its edge, whatever the machine's int.
	n = min(max(n, -int(lastDay)), int(lastDay))
	return within(int64(d) + int64(n))
}

// AddMonths returns the corresponding day n months later, or the last day of that
// month when it has no such day: 31 Jan and one month is 28 or 29 Feb.
// For a period "beginning with" a day use MonthsBeginning.
func (d Date) AddMonths(n int) Date {
	if d == 0 {
		return 0
	}
	month, length := d.monthAfter(n)
	return month.AddDays(min(d.Day(), length) - 1)
}

// AddYears returns the corresponding day n years later; 29 Feb becomes 28 Feb in a
// year that is not a leap year.
func (d Date) AddYears(n int) Date {
	years := int(lastDay) / 365
	return d.AddMonths(12 * min(max(n, -years), years))
}

// monthAfter returns the first day and the length of the month n months after d's.
func (d Date) monthAfter(n int) (Date, int) {
	n = min(max(n, -int(lastDay)), int(lastDay))
	year, month, _ := d.civil().Date()
	months := year*12 + int(month) - 1 + n
	months = min(max(months, 12), 9999*12+11)
	month = time.Month(months%12 + 1)
	return Of(months/12, month, 1), daysIn(months/12, month)
}

// daysIn returns the length of a month.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Sub returns the number of days from e to d: 0 when they are the same day or when
// either is no date.
func (d Date) Sub(e Date) int {
	if d == 0 || e == 0 {
		return 0
	}
	return int(d) - int(e)
}

// Beginning returns the last day of a period of so many days beginning with first,
// which counts as day one: three days beginning with Monday end on Wednesday.
func Beginning(first Date, days int) Date { return first.AddDays(days - 1) }

// MonthsBeginning returns the last day of a period of so many months beginning with
// first: the day before the corresponding date or, where the last month has no
// corresponding date, the end of that month (Dodds v Walker [1981] 1 WLR 1027). Two
// years beginning with 29 Feb 2028 end on 28 Feb 2030, not on the 27th.
func MonthsBeginning(first Date, months int) Date {
	if first == 0 {
		return 0
	}
	month, length := first.monthAfter(months)
	if first.Day() > length {
		return month.AddDays(length - 1)
	}
	return month.AddDays(first.Day() - 2)
}

// Start returns the moment the day begins, London midnight.
func (d Date) Start() time.Time {
	if d == 0 {
		return time.Time{}
	}
	year, month, day := d.civil().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, London())
}

// End returns the moment the day is over, the following London midnight. The day
// runs up to End and does not contain it.
func (d Date) End() time.Time {
	if d == 0 {
		return time.Time{}
	}
	year, month, day := d.civil().Date()
	return time.Date(year, month, day+1, 0, 0, 0, 0, London())
}

// String returns the day as 2026-12-01, or "" for no date.
func (d Date) String() string { return d.format(time.DateOnly) }

// Short returns the day as "1 Dec", or "" for no date.
func (d Date) Short() string { return d.format("2 Jan") }

// Long returns the day as "1 Dec 2026", or "" for no date.
func (d Date) Long() string { return d.format("2 Jan 2006") }

func (d Date) format(layout string) string {
	if d == 0 {
		return ""
	}
	return d.civil().Format(layout)
}

// MarshalText returns the day as 2026-12-01, or nothing for no date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes, and nothing looser.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil || t.Year() < 1 {
		return fmt.Errorf("%s is not a day; write it as 2026-12-01", quoted(string(text)))
	}
	*d = Of(t.Date())
	return nil
}
