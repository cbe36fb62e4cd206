package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
	"golang.org/x/text/unicode/norm"
)

// Pick is one name of a short list that answers an abbreviation.
type Pick struct {
	Index     int   // which of the names
	Score     int   // higher is better; comparable only within one call
	Positions []int // the runes of the name to highlight, ascending
}

// Abbrev ranks names by how well query abbreviates them, best first and otherwise in the order given. Case, accents and the spaces
// of the query do not matter; an empty query picks every name.
func Abbrev(query string, names []string) []Pick {
	query = strings.Join(strings.FieldsFunc(unaccented(query), unprinted), "")
	if query == "" {
		picks := make([]Pick, len(names))
		for i := range picks {
			picks[i].Index = i
		}
		return picks
	}
	found := fuzzy.FindFrom(query, unaccentedNames(names))
	picks := make([]Pick, len(found))
	for i, m := range found {
		picks[i] = Pick{Index: m.Index, Score: m.Score, Positions: runePositions(m.Str, m.MatchedIndexes)}
	}
	return picks
}

func unprinted(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// unaccentedNames lets the scorer read names without their accents, rune for rune, so that positions stay true.
type unaccentedNames []string

func (n unaccentedNames) Len() int            { return len(n) }
func (n unaccentedNames) String(i int) string { return unaccented(n[i]) }

func unaccented(s string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return r
		}
		first, size := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		if size == 0 {
			return r
		}
		return first
	}, s)
}

// runePositions turns ascending byte offsets in s into rune numbers.
func runePositions(s string, offsets []int) []int {
	runes := make([]int, len(offsets))
	seen, at := 0, 0
	for i, o := range offsets {
		seen += utf8.RuneCountInString(s[at:o])
		at = o
		runes[i] = seen
	}
	return runes
}
