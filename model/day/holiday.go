package day

import "time"

// IsWorkingDay reports whether d is neither a Saturday, a Sunday nor a bank holiday
// in England and Wales. No date is not a working day.
func (d Date) IsWorkingDay() bool {
	if d == 0 || d.weekend() {
		return false
	}
	_, holiday := BankHoliday(d)
	return !holiday
}

// AddWorkingDays returns the nth working day after d, or before it when n is
// negative. The day itself is not counted; with n of 0 it is returned unchanged.
func (d Date) AddWorkingDays(n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for ; n > 0 && d > firstDay && d < lastDay; n-- {
		d = d.AddDays(step)
		for !d.IsWorkingDay() && d > firstDay && d < lastDay {
			d = d.AddDays(step)
		}
	}
	return d
}

// BankHoliday returns the name of the bank holiday in England and Wales on d. It
// follows the Banking and Financial Dealings Act 1971 Sch.1 as it has stood since
// 1978, with the royal proclamations since. As in the published list, a holiday that
// falls on a weekend is given on its substitute day only.
func BankHoliday(d Date) (name string, ok bool) {
	if d == 0 || d.weekend() {
		return "", false
	}
	if name, proclaimed := proclamation(d); proclaimed {
		return name, name != ""
	}
	name = usualHoliday(d)
	return name, name != ""
}

func (d Date) weekend() bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// proclamation returns what a royal proclamation (s.1(2) and (3) of the Act) made of
// d: an added or moved holiday, or with an empty name a holiday moved elsewhere.
func proclamation(d Date) (name string, ok bool) {
	switch d.String() {
	case "1981-07-29":
		return "Wedding of the Prince of Wales", true
	case "1995-05-08":
		return "Early May bank holiday (VE day)", true
	case "1999-12-31":
		return "Millennium", true
	case "2002-06-03":
		return "Golden Jubilee", true
	case "2011-04-29":
		return "Wedding of Prince William", true
	case "2012-06-05":
		return "Diamond Jubilee", true
	case "2002-06-04", "2012-06-04", "2022-06-02":
		return "Spring bank holiday", true
	case "2020-05-08":
		return "Early May bank holiday (VE day)", true
	case "2022-06-03":
		return "Platinum Jubilee", true
	case "2022-09-19":
		return "State Funeral of Queen Elizabeth II", true
	case "2023-05-08":
		return "Coronation of King Charles III", true
	case "1995-05-01", "2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30":
		return "", true
	}
	return "", false
}

// usualHoliday returns the holiday that d is in any year, or "". d is a weekday.
func usualHoliday(d Date) string {
	switch d.Sub(Easter(d.Year())) {
	case -2:
		return "Good Friday"
	case 1:
		return "Easter Monday"
	}
	monday := d.Weekday() == time.Monday
	switch month, n := d.Month(), d.Day(); {
	case month == time.January:
		return newYear(monday, n)
	case month == time.May && monday && n <= 7:
		return "Early May bank holiday"
	case month == time.May && monday && n > 31-7:
		return "Spring bank holiday"
	case month == time.August && monday && n > 31-7:
		return "Summer bank holiday"
	case month == time.December:
		return christmas(d)
	}
	return ""
}

// newYear names a January weekday: 1 January, or the Monday after a weekend one.
func newYear(monday bool, n int) string {
	switch {
	case n == 1:
		return "New Year's Day"
	case monday && n <= 3:
		return "New Year's Day (substitute day)"
	}
	return ""
}

// christmas names a December weekday. A Christmas Day or Boxing Day that falls on a
// weekend moves to the next weekday that is not itself one of the two.
func christmas(d Date) string {
	switch n, weekday := d.Day(), d.Weekday(); {
	case n == 25:
		return "Christmas Day"
	case n == 26:
		return "Boxing Day"
	case n == 27 && (weekday == time.Monday || weekday == time.Tuesday):
		return "Christmas Day (substitute day)"
	case n == 28 && (weekday == time.Monday || weekday == time.Tuesday):
		return "Boxing Day (substitute day)"
	}
	return ""
}

// Easter returns Easter Sunday of a year in the Gregorian calendar, by the anonymous
// computus that Butcher's Ecclesiastical Calendar printed in 1876.
func Easter(year int) Date {
	golden := year % 19
	century, inCentury := year/100, year%100
	epact := (19*golden + century - century/4 - (century-(century+8)/25+1)/3 + 15) % 30
	sunday := (32 + 2*(century%4) + 2*(inCentury/4) - epact - inCentury%4) % 7
	late := (golden + 11*epact + 22*sunday) / 451
	n := epact + sunday - 7*late + 114
	return Of(year, time.Month(n/31), n%31+1)
}
