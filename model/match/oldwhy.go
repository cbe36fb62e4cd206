package match

import (
	"fmt"
	"slices"
	"strings"
)

// why says in an officer's words how the query was found: the guesses, if there are any, otherwise what it rests on.
func (s *search) why(v *verdict) string {
	var said []string
	starts := false
	for i := range s.words {
		starts = starts || v[i].wasReading == wasStartsWith
		if w := s.wording(i, v); w != "" && !slices.Contains(said, w) {
			said = append(said, w)
		}
	}
	switch {
	case len(said) > 0:
		return strings.Join(said, ", ")
	case starts:
		return "starts with"
	}
	return "exact"
}

// wording says how word i was found when that needs saying.
func (s *search) wording(i int, v *verdict) string {
	f := v[i]
	word, token := s.words[i], s.x.vocab.spelling(f.token)
	switch f.wasReading {
	case wasNumber:
		return "number " + token
	case wasJoined:
		return "as one word: " + token
	case wasSplit:
		return "as two words: " + token + " " + s.x.vocab.spelling(f.other)
	case wasEndsWith:
		return "ends with " + word + ": " + token
	case wasLettersOut:
		return fmt.Sprintf("%s out: %s → %s", wasCounted(f.out), s.meant(i, f.wasGrade), token)
	case wasBegunOut:
		return fmt.Sprintf("starts with %s out: %s → %s", wasCounted(f.out), word, token)
	case wasWithin:
		return "contains " + word + ": " + token
	case wasLettersOf:
		return "letters in order: " + word + " → " + token
	case wasUnread, wasExact, wasStartsWith:
	}
	return ""
}

// meant is what was typed for a token: word i, or the words it was read together with.
func (s *search) meant(i int, g wasGrade) string {
	if g.to == 0 {
		return s.words[i]
	}
	return strings.Join(s.words[g.from:g.to], " ")
}

func wasCounted(n uint8) string {
	if n == 1 {
		return "1 letter"
	}
	return fmt.Sprintf("%d letters", n)
}
