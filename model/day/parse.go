package day

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	asDay = "write it as 1 Dec 2026 or 01/12/2026"

	earliestYear = 1850 // nobody in a case was born before it; an earlier year is a slip
	latestYear   = 2199
)

// Parse reads a day as an officer types it: 2026-12-01, 1 Dec 2026, 1 December 2026,
// 01/12/2026 (day first), 1.12.2026 or 20261201. The year is always in full. The
// error of an impossible day, such as 30 Feb, says why it is one.
func Parse(s string) (Date, error) {
	p, why := readParts(plain(s))
	switch {
	case why != "":
	case p.shortYear:
		why = "the year needs four figures"
	case p.day == 0 || p.month == 0:
		why = "the day, the month and the year are all needed"
	default:
		why = p.impossible()
	}
	if why != "" {
		return 0, fmt.Errorf("%s is not a day: %s; %s", quoted(s), why, asDay)
	}
	return Of(p.year, time.Month(p.month), p.day), nil
}

// parts are the figures of a written date; a part left out or unknown is 0.
type parts struct {
	year, month, day int
	shortYear        bool // the year had two figures
	dayFirst         bool // read as day, month, year in figures; other orders are certain
}

// impossible says why the parts make no day in the calendar, or "" when they do.
// Unknown parts cannot be wrong, but a day needs its month.
func (p parts) impossible() string {
	switch {
	case p.year < earliestYear || p.year > latestYear:
		return fmt.Sprintf("the year %04d is not between %d and %d", p.year, earliestYear, latestYear)
	case p.month > 12:
		return fmt.Sprintf("there is no month %d", p.month)
	case p.month == 0 && p.day > 0:
		return "a day needs its month"
	case p.month > 0 && p.day > daysIn(p.year, time.Month(p.month)):
		return fmt.Sprintf("%s %d has %d days", time.Month(p.month), p.year, daysIn(p.year, time.Month(p.month)))
	}
	return ""
}

// readParts reads one date, which may lack its day or its month, and says why not
// when it cannot. It does not judge whether the day exists.
func readParts(s string) (parts, string) {
	w, n := split(s)
	switch {
	case n == 1 && w[0].isFigures(8):
		return whole(piece(s[:4]), piece(s[4:6]), piece(s[6:8]))
	case n == 1:
		return whole(w[0], "xx", "xx")
	case n == 2 && w[0].isFigures(4):
		return whole(w[0], w[1], "xx")
	case n == 2:
		return whole(w[1], w[0], "xx")
	case n == 3 && w[0].isFigures(4):
		return whole(w[0], w[1], w[2])
	case n == 3 && w[0].isMonthName():
		return whole(w[2], w[0], w[1])
	case n == 3:
		p, why := whole(w[2], w[1], w[0])
		p.dayFirst = !w[1].isMonthName()
		return p, why
	}
	return parts{}, "it does not read as a date"
}

// whole puts three pieces together. Only a date of all three may have a short year:
// "84" or "12/84" alone could be anything.
func whole(year, month, day piece) (parts, string) {
	p := parts{shortYear: year.isFigures(2) && day != "xx"}
	var ok bool
	if p.year = year.number(); !year.isFigures(4) && !p.shortYear {
		return p, "it has no year of four figures"
	}
	if p.month, ok = month.month(); !ok {
		return p, fmt.Sprintf("there is no month %s", quoted(string(month)))
	}
	if p.day, ok = day.upToTwoFigures(); !ok {
		return p, fmt.Sprintf("there is no day %s", quoted(string(day)))
	}
	return p, ""
}

// piece is one run of figures or of letters in a written date, in lower case.
// The piece "xx" stands for a part nobody knows.
type piece string

func (p piece) isFigures(n int) bool { return len(p) == n && figure(p[0]) }

func (p piece) number() int {
	n := 0
	for i := 0; i < len(p) && i < 4; i++ {
		n = n*10 + int(p[i]-'0')
	}
	return n
}

func (p piece) upToTwoFigures() (int, bool) {
	if p == "xx" {
		return 0, true
	}
	return p.number(), p.isFigures(1) || p.isFigures(2)
}

func (p piece) isMonthName() bool { return p != "xx" && p != "" && !figure(p[0]) }

// month reads a month by number or by name, shortened to three letters or more.
func (p piece) month() (int, bool) {
	if !p.isMonthName() {
		return p.upToTwoFigures()
	}
	for m := time.January; m <= time.December && len(p) >= 3; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), string(p)) {
			return int(m), true
		}
	}
	return 0, false
}

// split cuts a plain date into its pieces. It returns 0 pieces when there is
// something else between them than spaces and one of / - . or a comma, or when there
// are more than three.
func split(s string) (w [3]piece, n int) {
	for s != "" {
		end := run(s)
		if n == len(w) || end == 0 {
			return w, 0
		}
		w[n] = piece(s[:end])
		n++
		rest := s[end:]
		if figure(s[0]) {
			rest = cutOrdinal(rest)
		}
		s = cutSeparator(rest)
		if s == "" && rest != "" {
			return w, 0
		}
	}
	return w, n
}

// run returns the length of the figures or the letters that s starts with.
func run(s string) int {
	kind := figure
	if !figure(s[0]) {
		kind = letter
	}
	end := 0
	for end < len(s) && kind(s[end]) {
		end++
	}
	return end
}

func cutOrdinal(s string) string {
	for _, ending := range [...]string{"st", "nd", "rd", "th"} {
		if rest, ok := strings.CutPrefix(s, ending); ok && (rest == "" || !letter(rest[0])) {
			return rest
		}
	}
	return s
}

func cutSeparator(s string) string {
	s = strings.TrimLeft(s, " ")
	if s != "" && strings.IndexByte("/-.,", s[0]) >= 0 {
		s = strings.TrimLeft(s[1:], " ")
	}
	return s
}

func figure(c byte) bool { return '0' <= c && c <= '9' }

func letter(c byte) bool { return 'a' <= c && c <= 'z' }

// plain returns s in lower case, with simple dashes and without the space and the
// full stop that sentences and spreadsheets leave round a date.
func plain(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "–", "-")
	return strings.TrimRight(strings.TrimSpace(s), " .")
}

// quoted returns s for an error message: control characters escaped, cut to a length
// that fits on a screen.
func quoted(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
