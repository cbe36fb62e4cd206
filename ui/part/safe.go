package part

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxCombining is how many combining marks one character may carry: real scripts need three or four, and a stack of fifty
// is drawn over the lines above and below it.
const maxCombining = 6

// Safe makes stored text harmless on one line of a terminal.
// Control bytes, direction overrides and invisible characters go, line breaks and tabs become a space, and bytes that are
// not UTF-8 become U+FFFD. Only the control byte of an escape sequence is dropped, not what follows it: an unfinished
// sequence must never swallow words an officer should have read. Text that is already harmless is returned as it is.
func Safe(s string) string {
	if i := firstUnsafe(s); i < len(s) {
		return clean(s, i)
	}
	return s
}

// SafeLines is Safe for notes of several lines: one harmless string per line.
func SafeLines(s string) []string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	for i, line := range lines {
		lines[i] = Safe(line)
	}
	return lines
}

// firstUnsafe returns where the first character that must change begins, or len(s).
func firstUnsafe(s string) int {
	marks := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f {
				return i
			}
			marks = 0
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if _, keep := harmless(r, n, &marks); !keep {
			return i
		}
		i += n
	}
	return len(s)
}

// clean rewrites s from byte from on, which is where the first unsafe character begins.
func clean(s string, from int) string {
	var b strings.Builder
	b.Grow(len(s))
	marks := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		out, keep := harmless(r, n, &marks)
		switch {
		case keep || i < from:
			b.WriteString(s[i : i+n])
		case out != 0:
			b.WriteRune(out)
		}
		i += n
	}
	return b.String()
}

// harmless says whether r may stay and, if not, what stands in its place (0 for nothing).
// n is the length r was decoded from; marks counts the combining marks since the last base character.
func harmless(r rune, n int, marks *int) (rune, bool) {
	switch {
	case r == utf8.RuneError && n <= 1, isNonCharacter(r):
		*marks = 0
		return utf8.RuneError, false
	case r == '\n', r == '\r', r == '\t', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
		*marks = 0
		return ' ', false
	case unicode.IsControl(r), isInvisible(r):
		return 0, false
	case r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me):
		*marks++
		return 0, *marks <= maxCombining
	}
	*marks = 0
	return 0, true
}

// isNonCharacter reports code points Unicode promises never to assign.
func isNonCharacter(r rune) bool {
	return r&0xfffe == 0xfffe || (r >= 0xfdd0 && r <= 0xfdef)
}

// isInvisible reports characters that draw nothing yet change what is drawn: format characters (bidi controls, joiners,
// tags), variation selectors, and the fillers that look like a space or like nothing.
func isInvisible(r rune) bool {
	if r < 0xad {
		return false
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || r == 0x180e
}
