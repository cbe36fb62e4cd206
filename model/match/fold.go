package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes s the one way names are compared: lower case, without accents or apostrophes, and with one space wherever other
// punctuation stood. Folding twice changes nothing more, and text already folded is returned as it is, without an allocation.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	if plain, ok := foldASCII(s); ok {
		return plain
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	put := func(r rune) {
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	for _, r := range decomposed(s) {
		switch {
		case r < utf8.RuneSelf && asciiWord(r): // most letters, which no table need be asked for
			put(unicode.ToLower(r))
		case apostrophe(r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Cf, r):
		case r < utf8.RuneSelf, !unicode.In(r, unicode.L, unicode.N, unicode.Mc):
			gap = true
		default:
			spell(unicode.ToLower(r), put)
		}
	}
	return b.String()
}

// Tokens lists the words of Fold(s), in order.
func Tokens(s string) []string { return strings.Fields(Fold(s)) }

// folded reports whether s is plain ASCII with nothing left to fold.
func folded(s string) bool {
	space := true // a leading space is not folded
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			space = false
		case c == ' ' && !space:
			space = true
		default:
			return false
		}
	}
	return s == "" || !space
}

// foldASCII folds a text without accents or other scripts, as most are; not ok for any other.
func foldASCII(s string) (string, bool) {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return "", false
		case apostrophe(rune(c)):
			continue
		case !asciiWord(rune(c)):
			gap = true
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteByte(c)
	}
	return b.String(), true
}

// decomposed splits letters from their accents. Apostrophes go first, since compatibility decomposition turns some into spaces.
func decomposed(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return norm.NFKD.String(strings.Map(dropApostrophe, s))
		}
	}
	return s
}

func dropApostrophe(r rune) rune {
	if apostrophe(r) {
		return -1
	}
	return r
}

// apostrophe includes the marks that stand for one in print, on phones and in transliterated Arabic.
func apostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', 'ˈ', '՚', '＇':
		return true
	}
	return false
}

func asciiWord(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// spell writes a lower-case letter that no decomposition reaches by the letters it is written with in English papers.
func spell(r rune, put func(rune)) {
	if r < utf8.RuneSelf {
		put(r)
		return
	}
	plain := respelt(r)
	if plain == "" {
		put(r)
		return
	}
	for _, p := range plain {
		put(p)
	}
}

func respelt(r rune) string {
	switch r {
	case 'ł', 'ƚ':
		return "l"
	case 'ø':
		return "o"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'đ', 'ð', 'ɖ', 'ɗ':
		return "d"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ŋ':
		return "n"
	case 'ĸ', 'ƙ':
		return "k"
	case 'ə', 'ǝ':
		return "a"
	case 'ɓ':
		return "b"
	case 'ƴ':
		return "y"
	case 'ς':
		return "σ"
	}
	if d, ok := digit(r); ok {
		return string('0' + d)
	}
	return ""
}

// digit reads the Arabic-Indic, Persian, Devanagari and Bengali digits, which no decomposition turns into 0 to 9.
func digit(r rune) (rune, bool) {
	for _, zero := range [...]rune{'٠', '۰', '०', '০'} {
		if zero <= r && r <= zero+9 {
			return r - zero, true
		}
	}
	return 0, false
}

// isCode reports whether a folded token carries a digit: references, phones, plates, postcodes and dates, whose letters are
// never guessed at.
func isCode(token string) bool { return strings.ContainsAny(token, "0123456789") }

// isNumber reports whether a folded token is digits and nothing else.
func isNumber(token string) bool { return token != "" && strings.Trim(token, "0123456789") == "" }
