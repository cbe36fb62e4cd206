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
		starts = starts || v[i].reading == startsWith
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
	switch f.reading {
	case number:
		return "number " + token
	case joined:
		return "as one word: " + token
	case split:
		return "as two words: " + token + " " + s.x.vocab.spelling(f.other)
	case endsWith:
		return "ends with " + word + ": " + token
	case lettersOut:
		return fmt.Sprintf("%s out: %s → %s", counted(f.out), s.meant(i, f.grade), token)
	case begunOut:
		return fmt.Sprintf("starts with %s out: %s → %s", counted(f.out), word, token)
	case within:
		return "contains " + word + ": " + token
	case lettersOf:
		return "letters in order: " + word + " → " + token
	case unread, exact, startsWith:
	}
	return ""
}

// meant is what was typed for a token: word i, or the words it was read together with.
func (s *search) meant(i int, g grade) string {
	if g.to == 0 {
		return s.words[i]
	}
	return strings.Join(s.words[g.from:g.to], " ")
}

func counted(n uint8) string {
	if n == 1 {
		return "1 letter"
	}
	return fmt.Sprintf("%d letters", n)
}
