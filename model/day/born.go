package day

import (
	"fmt"
	"strings"
	"time"
)

// Born is a date of birth as well as it is known: a day, a month, a year or a range
// of years, exact or about. The zero Born means "not known". A day has its month and
// every known Born has a year; a range has neither month nor day.
type Born struct {
	Year  int16 `cbor:"1,keyasint,omitempty"`
	Month int8  `cbor:"2,keyasint,omitempty"` // 0 when not known
	Day   int8  `cbor:"3,keyasint,omitempty"` // 0 when not known
	Circa bool  `cbor:"4,keyasint,omitempty"` // about, not exactly
	To    int16 `cbor:"5,keyasint,omitempty"` // the last year of a range, else 0
}

// CircaYears is how far either way Fits lets a date marked Circa lie.
const CircaYears = 2

// lastShortYear is the last two-figure year read as 20xx: 26 is 2026, 27 is 1927.
// It is fixed, because a rule has no clock and a stored file must read the same for ever.
const lastShortYear = 26

const asBorn = "write it as 3 Dec 1984, Dec 1984, 1984, c. 1960 or 1962-1964"

// ParseBorn reads a date of birth in the forms that people and files write it:
//
//	3 Dec 1984   03 December 1984   Dec 3, 1984   1984-12-03   19841203
//	3/12/1984    3.12.84            12/25/1984    Dec 1984     1984-12    12/1984    1984
//	XX/12/1984   00/00/1984         circa 1960    c. 1960      about Dec 1960
//	1962-1964    1962 to 1964       01 Jan 1960 to 31 Dec 1962
//
// Figures are day first, and month first only when nothing else is possible. A year of
// two figures up to 26 is 20xx and above it 19xx. A part written XX or 00 is not known.
// A range keeps its years only, or the month or the year that holds both its ends, so
// it may grow wider but never narrower. Blank text is the zero Born. The error of an
// impossible date says why it is one.
func ParseBorn(s string) (Born, error) {
	text, circa := cutCirca(plain(s))
	if text == "" && !circa {
		return Born{}, nil
	}
	from, to, isRange := cutRange(text)
	b, why := readBorn(from)
	if isRange && why == "" {
		var end Born
		if end, why = readBorn(to); why == "" {
			b, why = join(b, end)
		}
	}
	if why != "" {
		return Born{}, fmt.Errorf("%s is not a date of birth: %s; %s", quoted(s), why, asBorn)
	}
	b.Circa = circa
	return b, nil
}

// cutCirca takes the word for "about" off the front.
func cutCirca(s string) (rest string, circa bool) {
	for _, word := range [...]string{"circa", "ca", "c", "about", "approx"} {
		rest, ok := strings.CutPrefix(s, word)
		if ok && (rest == "" || !letter(rest[0])) {
			return strings.TrimLeft(rest, ". "), true
		}
	}
	return s, false
}

// cutRange cuts "1962 to 1964", "between 1962 and 1964" or "1962-1964" in two.
// A dash makes a range between two whole years only: it also stands inside dates.
func cutRange(s string) (from, to string, ok bool) {
	if from, to, ok = strings.Cut(s, " to "); ok {
		return strings.TrimSpace(from), strings.TrimSpace(to), true
	}
	if rest, between := strings.CutPrefix(s, "between "); between && strings.Contains(rest, " and ") {
		from, to, _ = strings.Cut(rest, " and ")
		return strings.TrimSpace(from), strings.TrimSpace(to), true
	}
	from, to, _ = strings.Cut(s, "-")
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	if isYear(from) && isYear(to) {
		return from, to, true
	}
	return s, "", false
}

func isYear(s string) bool { return len(s) == 4 && run(s) == 4 && figure(s[0]) }

// readBorn reads one date of birth, no range, and says why not when it cannot.
func readBorn(s string) (Born, string) {
	p, why := readParts(s)
	if why != "" {
		return Born{}, why
	}
	if p.shortYear {
		p.year += 1900
		if p.year <= 1900+lastShortYear {
			p.year += 100
		}
	}
	if p.dayFirst && p.month > 12 && p.day >= 1 && p.day <= 12 {
		p.day, p.month = p.month, p.day
	}
	if why = p.impossible(); why != "" {
		return Born{}, why
	}
	return Born{Year: int16(p.year), Month: int8(p.month), Day: int8(p.day)}, "" //nolint:gosec // bounded by impossible
}

// join returns the smallest Born that holds all from one date to another.
func join(from, to Born) (Born, string) {
	first, _ := from.Span()
	if _, last := to.Span(); last < first {
		return Born{}, "the range ends before it begins"
	}
	switch {
	case from == to:
		return from, ""
	case from.Year != to.Year:
		return Born{Year: from.Year, To: to.Year}, ""
	case from.Month != to.Month:
		return Born{Year: from.Year}, ""
	}
	return Born{Year: from.Year, Month: from.Month}, ""
}

// IsZero reports whether nothing is known.
func (b Born) IsZero() bool { return b == Born{} }

// String returns "3 Dec 1984", "Dec 1984", "1984", "c. 1960", "1962-1964", or "" when
// nothing is known.
func (b Born) String() string {
	first, _ := b.Span()
	switch {
	case first == 0:
		return ""
	case b.To > 0:
		return b.about(b.years())
	case b.Month == 0:
		return b.about(first.format("2006"))
	case b.Day == 0:
		return b.about(first.format("Jan 2006"))
	}
	return b.about(first.Long())
}

func (b Born) about(s string) string {
	if b.Circa {
		return "c. " + s
	}
	return s
}

func (b Born) years() string { return fmt.Sprintf("%04d-%04d", b.Year, b.To) }

// Key returns a form that sorts by date, "1984-12-03", "1984-12" or "1984", or "" when
// nothing is known. A range sorts by its first year; Circa makes no difference.
func (b Born) Key() string {
	first, _ := b.Span()
	switch {
	case b.Month == 0:
		return first.format("2006")
	case b.Day == 0:
		return first.format("2006-01")
	}
	return first.String()
}

// Span returns the first and the last day that b can be as written, without the
// latitude of Circa. Both are no date when nothing is known.
func (b Born) Span() (first, last Date) {
	year, month := int(b.Year), time.Month(b.Month)
	switch {
	case year < 1:
		return 0, 0
	case month == 0:
		return Of(year, time.January, 1), Of(max(year, int(b.To)), time.December, 31)
	case b.Day == 0:
		return Of(year, month, 1), Of(year, month+1, 0)
	}
	first = Of(year, month, int(b.Day))
	return first, first
}

// Age returns the whole years lived by the start of a day: the least that b allows, so
// that someone born in 2008 is 17 throughout 2026 until its last day. The age of a
// Circa date is about right only. It is not ok when nothing is known, or on a day
// before the birth. An age is reached at the start of the birthday (Family Law Reform
// Act 1969 s.9); the birthday of 29 Feb is 1 Mar in other years.
func (b Born) Age(on Date) (years int, ok bool) {
	earliest, latest := b.Span()
	if earliest == 0 || on < earliest {
		return 0, false
	}
	years = on.Year() - latest.Year()
	if on.Month() < latest.Month() || on.Month() == latest.Month() && on.Day() < latest.Day() {
		years--
	}
	return max(years, 0), true
}

// Fits reports whether the two could be the same date, given the parts that are not
// known. A Circa date may lie CircaYears either way. One that is not known fits any.
func (b Born) Fits(other Born) bool {
	bFirst, bLast := b.reach()
	oFirst, oLast := other.reach()
	return bFirst == 0 || oFirst == 0 || bFirst <= oLast && oFirst <= bLast
}

// reach returns Span, widened for Circa.
func (b Born) reach() (first, last Date) {
	first, last = b.Span()
	if b.Circa {
		return first.AddYears(-CircaYears), last.AddYears(CircaYears)
	}
	return first, last
}

// MarshalText returns Key, with "c. " before it and the range of years where there is
// one; ParseBorn reads it back unchanged.
func (b Born) MarshalText() ([]byte, error) {
	switch {
	case b.Year < 1:
		return []byte{}, nil
	case b.To > 0:
		return []byte(b.about(b.years())), nil
	}
	return []byte(b.about(b.Key())), nil
}

// UnmarshalText reads any form that ParseBorn reads; nothing is the zero Born.
func (b *Born) UnmarshalText(text []byte) error {
	read, err := ParseBorn(string(text))
	if err != nil {
		return err
	}
	*b = read
	return nil
}
