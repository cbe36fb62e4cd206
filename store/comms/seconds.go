package comms

import "bytes"

// mostSeconds is the longest call that is believed: a week.
const mostSeconds = 7 * 86_400

// parseSeconds reads a length of time: 186, 186.4, 00:03:06, 3:06, 3m 6s, or a fraction of a day. unit is how many seconds a bare
// figure counts.
func parseSeconds(cell []byte, unit int) (uint32, bool) {
	if len(cell) == 0 || len(cell) == 1 && cell[0] == '-' {
		return 0, true
	}
	if len(cell) > 24 {
		return 0, false
	}
	if len(cell) <= 6 && unit == 1 { // the commonest form
		n := uint32(0)
		for i, c := range cell {
			if c < '0' || c > '9' {
				break
			}
			n = n*10 + uint32(c-'0')
			if i == len(cell)-1 {
				return n, n <= mostSeconds
			}
		}
	}
	if bytes.IndexByte(cell, ':') >= 0 {
		return parseColons(cell)
	}
	return parseUnits(cell, unit)
}

func parseColons(cell []byte) (uint32, bool) {
	r := reader{b: cell}
	total := 0
	for parts := 1; parts <= 4; parts++ {
		v, n := r.number(5)
		if n == 0 || parts > 1 && (n != 2 || v > 59) {
			return 0, false
		}
		total = total*60 + v
		switch r.peek() {
		case ':':
			r.at++
			continue
		case '.':
			r.at++
			r.number(9)
		}
		return uint32(total), !r.more() && parts > 1 && parts <= 3 && total <= mostSeconds //nolint:gosec // total is checked
	}
	return 0, false
}

func parseUnits(cell []byte, unit int) (uint32, bool) {
	r := reader{b: cell}
	total, last := 0.0, 0
	for r.more() {
		v, n := r.number(9)
		part := 0.0
		if r.peek() == '.' {
			r.at++
			f, digits := r.number(9)
			part = float64(f)
			for range digits {
				part /= 10
			}
			n += digits
			for c := r.peek(); c >= '0' && c <= '9'; c = r.peek() {
				r.at++
			}
		}
		if n == 0 {
			return 0, false
		}
		value := float64(v) + part
		r.spaces()
		start := r.at
		for r.more() && r.peek()|0x20 >= 'a' && r.peek()|0x20 <= 'z' {
			r.at++
		}
		scale := unit
		switch word := string(bytes.ToLower(r.b[start:r.at])); word {
		case "":
			if last > 0 || r.more() {
				return 0, false // only a figure alone needs no unit
			}
			if value < 1 && part > 0 && last == 0 && unit == 1 {
				scale = 86_400 // a spreadsheet keeps 00:03:06 as a fraction of a day
			}
		case "h", "hr", "hrs", "hour", "hours":
			scale = 3600
		case "m", "min", "mins", "minute", "minutes":
			scale = 60
		case "s", "sec", "secs", "second", "seconds":
			scale = 1
		default:
			return 0, false
		}
		total += value * float64(scale)
		last++
		r.spaces()
	}
	return uint32(total + 0.5), last > 0 && total <= mostSeconds
}
