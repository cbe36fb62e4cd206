package match

import (
	"strconv"
	"strings"
)

// date is a day as far as it was said; what was not said is 0.
type date struct{ year, month, day int }

const (
	firstYear     = 1900
	lastYear      = 2030
	lastShortYear = 26 // as model/day reads two figures: 26 is 2026, 27 is 1927
)

// readDates lists the ways folded words may be one date, day before month.
func readDates(words []string) []date {
	var list []date
	add := func(d date) {
		if d.year != 0 && (d.year < firstYear || d.year > lastYear) || d.month > 12 || d.day > 31 || d.month == 0 && d.day > 0 {
			return
		}
		list = append(list, d)
	}
	switch len(words) {
	case 1:
		readRun(words[0], add)
	case 2:
		readTwo(words[0], words[1], add)
	case 3:
		a, b, c := words[0], words[1], words[2]
		switch {
		case month(b) > 0 && isDay(a):
			add(date{year(c), month(b), dayOf(a)})
		case month(a) > 0 && isDay(b):
			add(date{year(c), month(a), dayOf(b)})
		case isNumber(a) && isNumber(b) && isNumber(c) && len(a) == 4 && figure(b) > 0 && figure(c) > 0:
			add(date{year(a), figure(b), figure(c)})
		case isNumber(a) && isNumber(b) && isNumber(c) && len(a) <= 2 && len(b) <= 2 && (len(c) == 2 || len(c) == 4):
			if figure(b) > 12 {
				a, b = b, a
			}
			if figure(a) > 0 && figure(b) > 0 {
				add(date{year(c), figure(b), figure(a)})
			}
		}
	}
	for i := range list {
		if list[i].year == 0 && len(words) != 2 {
			return nil
		}
	}
	return list
}

// readRun reads figures run together.
func readRun(w string, add func(date)) {
	if !isNumber(w) {
		return
	}
	switch len(w) {
	case 4:
		add(date{year: figure(w)})
	case 6:
		if figure(w[2:4]) > 0 && figure(w[:2]) > 0 {
			add(date{year(w[4:]), figure(w[2:4]), figure(w[:2])})
		}
	case 8:
		if figure(w[4:6]) > 0 && figure(w[6:]) > 0 {
			add(date{figure(w[:4]), figure(w[4:6]), figure(w[6:])})
		}
		if figure(w[2:4]) > 0 && figure(w[:2]) > 0 {
			add(date{figure(w[4:]), figure(w[2:4]), figure(w[:2])})
		}
	}
}

// readTwo reads a day and a month, or a month and a year.
func readTwo(a, b string, add func(date)) {
	switch {
	case month(b) > 0 && isDay(a):
		add(date{month: month(b), day: dayOf(a)})
	case month(a) > 0 && isNumber(b) && len(b) == 4:
		add(date{year: year(b), month: month(a)})
	case month(a) > 0 && isDay(b):
		add(date{month: month(a), day: dayOf(b)})
	case isNumber(a) && isNumber(b) && len(a) <= 2 && len(b) == 4 && figure(a) > 0:
		add(date{year: year(b), month: figure(a)})
	case isNumber(a) && isNumber(b) && len(a) == 4 && len(b) <= 2 && figure(b) > 0:
		add(date{year: year(a), month: figure(b)})
	case isNumber(a) && isNumber(b) && len(a) <= 2 && len(b) <= 2 && figure(a) > 0 && figure(b) > 0:
		add(date{month: figure(b), day: figure(a)})
	}
}

func figure(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func year(s string) int {
	n := figure(s)
	if len(s) == 2 && isNumber(s) {
		n += 1900
		if n <= 1900+lastShortYear {
			n += 100
		}
	}
	return n
}

func isDay(s string) bool { return dayOf(s) > 0 }

// dayOf reads 3, 03 or 3rd.
func dayOf(s string) int {
	for _, th := range [...]string{"st", "nd", "rd", "th"} {
		s = strings.TrimSuffix(s, th)
	}
	if n := figure(s); len(s) <= 2 && isNumber(s) && n >= 1 && n <= 31 {
		return n
	}
	return 0
}

// month reads the name of a month, or at least three letters of it.
func month(s string) int {
	if len(s) < 3 {
		return 0
	}
	for i, name := range [...]string{
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	} {
		if strings.HasPrefix(name, s) {
			return i + 1
		}
	}
	return 0
}

func (d date) token() string {
	s := bornMark + padded(d.year, 4)
	if d.month > 0 {
		s += padded(d.month, 2)
	}
	if d.day > 0 {
		s += padded(d.day, 2)
	}
	return s
}

// bornForms are the tokens of a date of birth on record: one, or one for each year of a range.
func bornForms(words []string) []string {
	if len(words) > 1 && (words[0] == "c" || words[0] == "circa" || words[0] == "about") {
		words = words[1:]
	}
	if len(words) == 2 && len(words[0]) == 4 && len(words[1]) == 4 && isNumber(words[0]) && isNumber(words[1]) {
		var list []string
		for y := figure(words[0]); y <= min(figure(words[1]), figure(words[0])+20); y++ {
			list = append(list, date{year: y}.token())
		}
		return list
	}
	if list := readDates(words); len(list) > 0 {
		return []string{list[0].token()}
	}
	return nil
}

// shownDate writes the digits of a token as a date.
func shownDate(digits string) string {
	names := [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
	if len(digits) < 6 {
		return digits
	}
	m := figure(digits[4:6])
	if m < 1 || m > 12 {
		return digits
	}
	s := names[m-1] + " " + digits[:4]
	if len(digits) == 8 {
		s = strconv.Itoa(figure(digits[6:])) + " " + s
	}
	return s
}

// bornReading is a token a date may be on record as, and how near that is.
type bornReading struct {
	token string
	begun bool // or anything that begins so
	grade grade
}

// readings lists what a date asked for may be on record as.
func (d date) readings() []bornReading {
	var list []bornReading
	add := func(d date, begun bool, score int16, n note) {
		list = append(list, bornReading{d.token(), begun, grade{score: score, reading: coded, note: n}})
	}
	switch {
	case d.year == 0:
		for y := firstYear; y <= lastYear; y++ {
			add(date{y, d.month, d.day}, false, scoreExact, noteFits)
			if d.day <= 12 && d.day != d.month {
				add(date{y, d.day, d.month}, false, 860, noteSwapped)
			}
		}
	case d.month == 0:
		add(d, true, scoreExact, noteFits)
		add(date{year: d.year - 1}, true, 720, noteYear)
		add(date{year: d.year + 1}, true, 720, noteYear)
	case d.day == 0:
		add(d, true, scoreExact, noteFits)
		add(date{year: d.year}, false, 850, notePartly)
	default: // the nearer to what was said, the earlier
		add(d, false, scoreExact, noteFits)
		if d.day <= 12 && d.day != d.month {
			add(date{d.year, d.day, d.month}, false, 910, noteSwapped)
		}
		add(date{year: d.year, month: d.month}, false, 900, notePartly)
		add(date{d.year - 1, d.month, d.day}, false, 870, noteYear)
		add(date{d.year + 1, d.month, d.day}, false, 870, noteYear)
		list = append(list, d.slipped()...)
		add(date{year: d.year}, false, 845, notePartly)
		add(date{year: d.year, month: d.month}, true, 720, noteOtherDay)
		add(date{year: d.year}, true, 640, noteOtherMonth)
	}
	return list
}

// slipped lists the dates one slip of the pen away: in the day, in the month, in the year.
func (d date) slipped() []bornReading {
	var list []bornReading
	token := d.token()[len(bornMark):]
	for _, t := range slips(token) {
		g := grade{score: 840, reading: coded, note: noteDigit} // between year and month, or month and day
		switch year, month, day := t[:4] == token[:4], t[4:6] == token[4:6], t[6:] == token[6:]; {
		case year && month:
			g.score, g.note = 890, noteDay
		case year && day:
			g.score, g.note = 880, noteMonth
		case month && day:
			g.score, g.note = 850, noteYears
		}
		for i := range t {
			if t[i] != token[i] {
				g.out++
			}
		}
		list = append(list, bornReading{bornMark + t, false, g})
	}
	return list
}

// datesIn lists the whole dates of a query, each as the words it is of: three words typed as one (3/12/84), or with a year in full. What
// is a date is nothing else: its figures are no house number and no part of a phone.
func datesIn(text string, words []string) []uint16 {
	together := make([]bool, len(words)) // with the next word
	at := 0
	for raw := range strings.FieldsSeq(text) {
		n := len(Tokens(raw))
		for i := at; i < min(at+n-1, len(words)); i++ {
			together[i] = true
		}
		at += n
	}
	var list []uint16
	for i := 0; i+3 <= len(words); i++ {
		if w := words[i : i+3]; isWholeDate(w, together[i] && together[i+1]) {
			list = append(list, 7<<i)
			i += 2
		}
	}
	return list
}

func isWholeDate(w []string, together bool) bool {
	for _, d := range readDates(w) {
		if d.year > 0 && d.month > 0 && d.day > 0 && (together || len(w[0]) == 4 || len(w[2]) == 4) {
			return true
		}
	}
	return false
}

// slips are the numbers one slip of the pen away: a digit wrong, or two neighbours swapped.
func slips(digits string) []string {
	var list []string
	for i := range len(digits) {
		if i > 0 && digits[i] != digits[i-1] {
			list = append(list, digits[:i-1]+digits[i:i+1]+digits[i-1:i]+digits[i+1:])
		}
		for c := byte('0'); c <= '9'; c++ {
			if c != digits[i] {
				list = append(list, digits[:i]+string(c)+digits[i+1:])
			}
		}
	}
	return list
}
