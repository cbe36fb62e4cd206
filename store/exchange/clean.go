package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// listMark stands between the values of a cell that held a list. It is a control byte, so no value can hold it.
const listMark = '\x1f'

// cleaner makes cells harmless and counts the cells it had to change.
type cleaner struct{ stripped int }

// cell trims a cell and takes out what could act on a terminal: control bytes, finished escape sequences, direction
// overrides. Line breaks stay.
func (c *cleaner) cell(s string) string {
	for i := range len(s) {
		if b := s[i]; b < ' ' || b >= 0x7f {
			return c.slow(s)
		}
	}
	return strings.Trim(s, " ")
}

func (c *cleaner) slow(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	changed := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\x1b':
			changed = true
			n = max(n, escape(s[i:]))
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
		case r == '\r' || r == '\n' || r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\v' || r == '\f':
			b.WriteByte('\n')
		case r == '\t' || unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case hostile(r):
			changed = true
		default:
			b.WriteRune(r)
		}
		i += n
	}
	if changed {
		c.stripped++
	}
	return strings.TrimSpace(b.String())
}

// hostile reports whether a character may act on the terminal or hide what is there.
func hostile(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' ||
		r == '\ufeff' || r == '\u200b' || r == '\u2060'
}

// escape is the length of the finished control sequence s begins with, or 0. An unfinished one loses only its control
// byte: it must not swallow words.
func escape(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for i := 2; i < len(s) && i < 40; i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '?':
		case '@' <= c && c <= '~':
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// oneLine puts a value on one line with single spaces.
func oneLine(s string) string {
	if strings.IndexByte(s, '\n') < 0 && !strings.Contains(s, "  ") && strings.IndexByte(s, listMark) < 0 {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == listMark || unicode.IsSpace(r) }), " ")
}

// harmless is text from a file as a reason, a warning or the side file may quote it: on one line and not too long.
func harmless(s string, most int) string {
	var c cleaner
	s = oneLine(c.cell(s))
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
