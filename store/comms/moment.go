package comms

import "bytes"

// order is which way round the figures of a date stand.
type order uint8

const (
	dayFirst order = iota
	monthFirst
)

// moment is a date and time as they are written.
type moment struct {
	day    int32 // from 1 January 1970
	millis int32 // of the day
	east   int32 // milliseconds, when zoned
	timed  bool  // a time of day is given
	zoned  bool  // the offset is given
}

// serial days of spreadsheets: what is taken for a date, and where 1 January 1970 is.
const (
	firstSerial = 32_874 // 1990
	lastSerial  = 73_051 // 2100
	serialEpoch = 25_569
	macEpoch    = 1462 // days between the calendars of 1900 and 1904
)

// reader reads figures from the front of a cell.
type reader struct {
	b  []byte
	at int
}

func (r *reader) more() bool { return r.at < len(r.b) }

func (r *reader) peek() byte {
	if r.at < len(r.b) {
		return r.b[r.at]
	}
	return 0
}

// number reads at most so many digits.
func (r *reader) number(most int) (n, digits int) {
	for r.at < len(r.b) && digits < most {
		c := r.b[r.at] - '0'
		if c > 9 {
			break
		}
		n = n*10 + int(c)
		digits++
		r.at++
	}
	return n, digits
}

func (r *reader) spaces() {
	for r.at < len(r.b) && (r.b[r.at] == ' ' || r.b[r.at] == ',') {
		r.at++
	}
}

// parseMoment reads a date, with its time if there is one: 05/01/2026 13:04:05, 2026-01-05T13:04:05Z, 5 Jan 2026, an epoch, a serial.
func parseMoment(cell []byte, o order, mac bool) (m moment, ok bool) {
	if len(cell) > 64 || len(cell) < 5 {
		return m, false
	}
	if m, ok = parseISO(cell); ok {
		return m, true
	}
	if c := cell[0]; c >= '0' && c <= '9' {
		if m, isRun, ok := parseRun(cell, mac); isRun {
			return m, ok
		}
	}
	r := reader{b: cell}
	skipWeekday(&r)
	y, mo, d, ok := parseDate(&r, o)
	if !ok {
		return m, false
	}
	if m.day, ok = dayNumber(y, mo, d); !ok {
		return m, false
	}
	return m, parseRest(&r, &m)
}

// parseISO is the short way for the commonest form, 2026-01-05 13:04:05 with or without more.
func parseISO(c []byte) (m moment, ok bool) {
	if len(c) < 10 || c[4] != '-' || c[7] != '-' {
		return m, false
	}
	y, ok1 := two(c[0:2])
	y2, ok2 := two(c[2:4])
	mo, ok3 := two(c[5:7])
	d, ok4 := two(c[8:10])
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return m, false
	}
	if m.day, ok = dayNumber(y*100+y2, mo, d); !ok {
		return m, false
	}
	r := reader{b: c, at: 10}
	return m, parseRest(&r, &m)
}

func two(c []byte) (int, bool) {
	a, b := c[0]-'0', c[1]-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

// parseRun reads a cell of figures alone: an epoch, a date without separators, or the serial day of a spreadsheet.
func parseRun(cell []byte, mac bool) (m moment, isRun, ok bool) {
	whole := cell
	var part []byte
	if i := bytes.IndexByte(cell, '.'); i >= 0 {
		whole, part = cell[:i], cell[i+1:]
	}
	for _, c := range whole {
		if c < '0' || c > '9' {
			return m, false, false
		}
	}
	if bytes.Count(cell, []byte(".")) > 1 || len(part) > 0 && len(bytes.Trim(part, "0123456789")) > 0 {
		return m, false, false
	}
	if part == nil {
		if len(whole) == 8 || len(whole) == 12 || len(whole) == 14 {
			if m, ok = parseSolid(whole); ok {
				return m, true, true
			}
		}
	}
	n := int64(0)
	for _, c := range whole[:min(len(whole), 18)] {
		n = n*10 + int64(c-'0')
	}
	switch {
	case len(whole) == 5:
		m, ok = fromSerial(n, part, mac)
		return m, true, ok
	case len(whole) == 10 || len(whole) == 9:
		return fromEpoch(n*1000 + int64(fraction(part))), true, n*1000 >= minTime
	case len(whole) == 13 || len(whole) == 12:
		return fromEpoch(n), true, n >= minTime && n < maxTime
	case len(whole) == 16:
		return fromEpoch(n / 1000), true, n/1000 >= minTime && n/1000 < maxTime
	}
	return m, true, false
}

func fromEpoch(ms int64) moment {
	return moment{day: int32(ms / dayMillis), millis: int32(ms % dayMillis), timed: true, zoned: true} //nolint:gosec // callers check the range
}

// fraction is the first digits of a fraction in thousandths.
func fraction(part []byte) int {
	n, unit := 0, 100
	for _, c := range part[:min(len(part), 3)] {
		n += int(c-'0') * unit
		unit /= 10
	}
	return n
}

func fromSerial(days int64, part []byte, mac bool) (m moment, ok bool) {
	if mac {
		days += macEpoch
	}
	if days < firstSerial || days >= lastSerial {
		return m, false
	}
	m.day = int32(days - serialEpoch) //nolint:gosec // checked above
	if len(part) == 0 {
		return m, true
	}
	m.timed = true
	m.millis = ofDay(part)
	if m.millis >= dayMillis {
		m.day, m.millis = m.day+1, 0
	}
	return m, true
}

// ofDay is a decimal fraction of a day to the nearest second, in milliseconds: spreadsheets do not keep them finer.
func ofDay(part []byte) int32 {
	n, unit := int64(0), int64(1)
	for _, c := range part[:min(len(part), 12)] {
		n = n*10 + int64(c-'0')
		unit *= 10
	}
	return int32((n*86_400+unit/2)/unit) * 1000 //nolint:gosec // at most a day
}

// parseSolid reads 20260105, 202601051304 and 20260105130405.
func parseSolid(c []byte) (m moment, ok bool) {
	var v [7]int
	for i := range len(c) / 2 {
		v[i], _ = two(c[2*i:])
	}
	if m.day, ok = dayNumber(v[0]*100+v[1], v[2], v[3]); !ok {
		return m, false
	}
	if len(c) == 8 {
		return m, true
	}
	m.timed = true
	m.millis = clock(v[4], v[5], v[6], 0)
	return m, v[4] < 24 && v[5] < 60 && v[6] < 60
}

func clock(h, m, s, ms int) int32 { return int32(((h*60+m)*60+s)*1000 + ms) } //nolint:gosec // at most a day

// skipWeekday steps over "Mon", "Monday,".
func skipWeekday(r *reader) {
	start := r.at
	for r.more() && r.peek()|0x20 >= 'a' && r.peek()|0x20 <= 'z' {
		r.at++
	}
	if r.at == start {
		return
	}
	if month(r.b[start:r.at]) > 0 {
		r.at = start
		return
	}
	switch string(bytes.ToLower(r.b[start:min(r.at, start+3)])) {
	case "mon", "tue", "wed", "thu", "fri", "sat", "sun":
		r.spaces()
	default:
		r.at = start
	}
}

// month is a month by its name or its first three letters, or 0.
func month(word []byte) int {
	if len(word) < 3 || len(word) > 9 {
		return 0
	}
	for i, name := range []string{
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	} {
		if len(word) <= len(name) && bytes.EqualFold(word, []byte(name[:len(word)])) {
			return i + 1
		}
	}
	if bytes.EqualFold(word, []byte("sept")) {
		return 9
	}
	return 0
}

// parseDate reads three figures, or two and the name of a month.
func parseDate(r *reader, o order) (y, m, d int, ok bool) {
	sep := func() {
		for r.more() && bytes.IndexByte([]byte("/-. ,"), r.peek()) >= 0 {
			r.at++
		}
	}
	word := func() int {
		start := r.at
		for r.more() && r.peek()|0x20 >= 'a' && r.peek()|0x20 <= 'z' {
			r.at++
		}
		return month(r.b[start:r.at])
	}
	a, n1 := r.number(4)
	if n1 == 0 { // Jan 5, 2026
		if m = word(); m == 0 {
			return 0, 0, 0, false
		}
		sep()
		d, n1 = r.number(2)
		sep()
		y, n3 := r.number(4)
		return year(y, n3), m, d, n1 > 0 && (n3 == 4 || n3 == 2)
	}
	ordinal(r)
	sep()
	b, n2 := r.number(2)
	named := n2 == 0
	if named {
		if b = word(); b == 0 {
			return 0, 0, 0, false
		}
	}
	sep()
	c, n3 := r.number(4)
	switch {
	case n1 == 4:
		return a, b, c, n3 == 1 || n3 == 2
	case n1 > 2 || n3 != 4 && n3 != 2:
		return 0, 0, 0, false
	case o == monthFirst && !named:
		return year(c, n3), a, b, true
	}
	return year(c, n3), b, a, true
}

// ordinal steps over the "th" of 5th.
func ordinal(r *reader) {
	if r.at+2 <= len(r.b) {
		switch string(bytes.ToLower(r.b[r.at : r.at+2])) {
		case "st", "nd", "rd", "th":
			r.at += 2
		}
	}
}

func year(y, digits int) int {
	if digits == 2 {
		if y < 70 {
			return 2000 + y
		}
		return 1900 + y
	}
	return y
}

// dayNumber counts the days from 1 January 1970 to a date that exists.
func dayNumber(y, m, d int) (int32, bool) {
	if y < 1990 || y >= 2100 || m < 1 || m > 12 || d < 1 || d > 31 || d > monthDays(y, m) {
		return 0, false
	}
	if m <= 2 {
		y--
		m += 12
	}
	return int32(365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1 - 719468), true //nolint:gosec // years are checked
}

func monthDays(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// parseRest reads what follows a date: nothing, or a time and perhaps an offset.
func parseRest(r *reader, m *moment) bool {
	if !r.more() {
		return true
	}
	if c := r.peek(); c != 'T' && c != 't' && c != ' ' && c != ',' && c != '-' && c != ':' {
		return false
	}
	r.at++
	r.spaces()
	if !r.more() {
		return true
	}
	millis, ok := parseTimeOfDay(r)
	if !ok {
		return false
	}
	m.millis, m.timed = millis, true
	r.spaces()
	if !r.more() {
		return true
	}
	m.east, ok = parseOffset(bytes.TrimSpace(r.b[r.at:]))
	m.zoned = true
	return ok
}

// parseTimeOfDay reads 13:04, 13:04:05.678, 1:04 pm and 13.04.
func parseTimeOfDay(r *reader) (int32, bool) {
	h, n := r.number(2)
	sep := r.peek()
	if n == 0 || sep != ':' && sep != '.' && sep != 'h' {
		return 0, false
	}
	r.at++
	m, n := r.number(2)
	if n != 2 {
		return 0, false
	}
	s, ms := 0, 0
	if r.peek() == sep || r.peek() == ':' {
		r.at++
		if s, n = r.number(2); n != 2 {
			return 0, false
		}
		if c := r.peek(); c == '.' || c == ',' || c == ':' {
			mark := r.at
			r.at++
			start := r.at
			if _, n = r.number(12); n > 0 {
				ms = fraction(r.b[start:r.at])
			} else {
				r.at = mark
			}
		}
	}
	mark := r.at
	r.spaces()
	half := r.b[r.at:min(len(r.b), r.at+2)]
	switch {
	case len(half) == 2 && half[1]|0x20 == 'm' && (half[0]|0x20 == 'p' || half[0]|0x20 == 'a'):
		if h < 1 || h > 12 {
			return 0, false
		}
		h %= 12
		if half[0]|0x20 == 'p' {
			h += 12
		}
		r.at += 2
	default:
		r.at = mark
	}
	return clock(h, m, s, ms), h < 24 && m < 60 && s < 60
}

// parseOffset reads Z, UTC, GMT, BST, +01:00, +0100 and +01.
func parseOffset(c []byte) (east int32, ok bool) {
	c = bytes.Trim(c, "() ")
	for _, name := range []string{"UTC", "GMT", "Z"} {
		if len(c) >= len(name) && bytes.EqualFold(c[:len(name)], []byte(name)) {
			if c = c[len(name):]; len(c) == 0 {
				return 0, true
			}
			break
		}
	}
	if bytes.EqualFold(c, []byte("BST")) {
		return hourMillis, true
	}
	if len(c) < 3 || c[0] != '+' && c[0] != '-' {
		return 0, false
	}
	r := reader{b: c, at: 1}
	h, n := r.number(2)
	if r.peek() == ':' {
		r.at++
	}
	m, _ := r.number(2)
	east = int32((h*60 + m) * 60_000) //nolint:gosec // two digits each
	if c[0] == '-' {
		east = -east
	}
	return east, n == 2 && h <= 14 && m < 60 && !r.more()
}

// parseClock reads a cell that holds a time of day alone.
func parseClock(cell []byte) (int32, bool) {
	if len(cell) == 0 || len(cell) > 24 {
		return 0, false
	}
	if part, ok := bytes.CutPrefix(cell, []byte("0.")); ok && len(bytes.Trim(part, "0123456789")) == 0 {
		at := ofDay(part)
		return at, at < dayMillis
	}
	if len(cell) == 1 && cell[0] == '0' {
		return 0, true
	}
	if len(bytes.Trim(cell, "0123456789")) == 0 && (len(cell) == 6 || len(cell) == 4) {
		h, _ := two(cell)
		m, _ := two(cell[2:])
		s := 0
		if len(cell) == 6 {
			s, _ = two(cell[4:])
		}
		return clock(h, m, s, 0), h < 24 && m < 60 && s < 60
	}
	r := reader{b: cell}
	at, ok := parseTimeOfDay(&r)
	return at, ok && !r.more()
}
