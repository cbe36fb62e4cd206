package exchange

import (
	"slices"
	"strings"
	"unicode"

	"pou/model"
)

// isNull reports whether a cell stands for nothing whatever the column. Words are not here: there are people called Null.
func isNull(s string) bool {
	switch s {
	case "", "-0-", `\N`, "#N/A":
		return true
	}
	return false
}

// isNothing reports whether a cell of a column without names stands for nothing.
func isNothing(s string) bool {
	switch s {
	case "-", "--", "NULL", "null", "n/a", "N/A", "NaN", "None", "none":
		return true
	}
	return isNull(s)
}

// dateOnly cuts a time of midnight, or any time, off a date.
func dateOnly(s string) string {
	if !strings.Contains(s, ":") {
		return s
	}
	if d, rest, ok := strings.Cut(s, "T"); ok && strings.Contains(rest, ":") {
		return d
	}
	parts := strings.Fields(s)
	i := slices.IndexFunc(parts, func(p string) bool { return strings.Contains(p, ":") })
	return strings.Join(parts[:i], " ")
}

// phoneNumber writes a number one way: 07700 900123, +44 (0)7700 900-123 and 00447700900123 are one number. It is not ok for what
// does not read as a number, which is then kept as written.
func phoneNumber(s string) (number string, ok bool) {
	s = strings.ReplaceAll(s, "(0)", "")
	var b strings.Builder
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && i == 0:
			b.WriteByte('+')
		case strings.ContainsRune(" -().\u2013/", r):
		default:
			return s, false
		}
	}
	n := b.String()
	for _, home := range []string{"+44", "0044"} {
		if rest, ok := strings.CutPrefix(n, home); ok && len(rest) >= 9 {
			n = "0" + strings.TrimPrefix(rest, "0")
		}
	}
	if rest, ok := strings.CutPrefix(n, "00"); ok && len(rest) > 9 {
		n = "+" + rest
	}
	if len(n) == 12 && strings.HasPrefix(n, "447") {
		n = "0" + n[2:]
	}
	return n, len(n) >= 5 && len(n) <= 16
}

// lostZero reports whether a spreadsheet has eaten the 0 of a mobile number.
func lostZero(n string) bool { return len(n) == 10 && n[0] == '7' }

// plate writes a registration mark in capitals with single spaces.
func plate(s string) string { return strings.ToUpper(oneLine(s)) }

// postcode writes a United Kingdom postcode in capitals with its space; any other is left as it is, in capitals.
func postcode(s string) string {
	s = strings.ToUpper(oneLine(s))
	solid := strings.ReplaceAll(s, " ", "")
	if len(solid) < 5 || len(solid) > 7 {
		return s
	}
	in := solid[len(solid)-3:]
	upper := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	if in[0] < '0' || in[0] > '9' || !upper(in[1]) || !upper(in[2]) || !upper(solid[0]) {
		return s
	}
	return solid[:len(solid)-3] + " " + in
}

// sex writes the usual letters as words.
func sex(s string) string {
	switch strings.ToLower(s) {
	case "m", "male", "man":
		return "male"
	case "f", "female", "woman":
		return "female"
	}
	return s
}

// unit reads a unit by its code, its name or a borough in it.
func unit(s string) (model.Unit, bool) {
	s = strings.TrimSpace(s)
	for _, u := range model.Units() {
		if strings.EqualFold(string(u.Code), s) || strings.EqualFold(u.Name, s) || strings.EqualFold(u.Name+" BCU", s) {
			return u.Code, true
		}
	}
	return model.UnitFor(s)
}

// marker reads a warning signal by its code or its word: VI, violent, "VI violent".
func marker(s string) (model.MarkerCode, bool) {
	want := letters(s)
	for _, c := range model.MarkerCode("").Choices() {
		code, whole := letters(c.Value), letters(c.Label)
		if want == code || want == whole || want == strings.TrimPrefix(whole, code+" ") {
			return model.MarkerCode(c.Value), true
		}
	}
	return "", false
}

// letters leaves the words of a text, in lower case with single spaces.
func letters(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }), " ")
}

// split cuts a cell of many values.
func split(s, separators string) []string {
	if !strings.ContainsAny(s, separators) {
		return []string{s}
	}
	var out []string
	for _, v := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}
