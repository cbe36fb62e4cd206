package match

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// allowance says how typed was read as held, when that needs saying.
func allowance(g grade, typed, held string) string {
	switch g.reading {
	case number:
		return "number " + held
	case joined:
		return "as one word: " + held
	case split:
		return "as two words: " + held
	case sounds:
		return "sounds alike: " + capital(typed) + " = " + capital(held)
	case nickname:
		return "nickname: " + capital(typed) + " = " + capital(held)
	case version:
		return "another form: " + capital(typed) + " = " + capital(held)
	case initial:
		return "initial: " + capital(typed) + " = " + capital(held)
	case endsWith:
		return "ends with " + typed + ": " + held
	case lettersOut:
		return fmt.Sprintf("%s out: %s → %s", counted(g.out), typed, held)
	case begunOut:
		return fmt.Sprintf("starts with %s out: %s → %s", counted(g.out), typed, held)
	case within:
		return "contains " + typed + ": " + held
	case lettersOf:
		return "letters in order: " + typed + " → " + held
	case coded:
		return g.note.say(held)
	case unread, exact, startsWith:
	}
	return ""
}

func capital(word string) string {
	r, n := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[n:]
}

func counted(n uint8) string {
	if n == 1 {
		return "1 letter"
	}
	return fmt.Sprintf("%d letters", n)
}

// why says in an officer's words how the query was found: the guesses, if there are any, otherwise what it rests on.
func (s *search) why(v *verdict) string {
	list := slices.Clone(v.ties[:v.n])
	slices.SortFunc(list, func(a, b docTie) int {
		return cmp.Compare(bits.TrailingZeros16(a.words), bits.TrailingZeros16(b.words))
	})
	var said []string
	starts := false
	for i := range list {
		c := &list[i]
		starts = starts || c.reading == startsWith
		if why := allowance(c.grade, s.typed(c.words), s.held(c)); why != "" && !slices.Contains(said, why) {
			said = append(said, why)
		}
	}
	if v.missing != 0 {
		said = append(said, "not found: "+s.typed(v.missing))
	}
	switch {
	case len(said) > 0:
		return strings.Join(said, "; ")
	case starts:
		return "starts with"
	}
	return "exact"
}

// typed is the words of the query in a mask.
func (s *search) typed(mask uint16) string { return words(s.words, uint64(mask)) }

// held is what a tie found, as it is shown.
func (s *search) held(c *docTie) string {
	held := shown(s.x.vocab.spelling(c.token))
	for _, more := range [...]uint32{c.other, c.third} {
		if more != none {
			held += " " + s.x.vocab.spelling(more)
		}
	}
	return held
}

// meant is the query with its misspelt words as they are spelt in a document, or "" when none was misspelt.
func (s *search) meant(v *verdict) string {
	spelt := slices.Clone(s.words)
	guessed := false
	for i := range v.n {
		c := &v.ties[i]
		if c.reading != lettersOut && c.reading != begunOut && c.reading != sounds {
			continue
		}
		guessed = true
		for k, mask := 0, c.words; mask != 0; k, mask = k+1, mask&(mask-1) {
			word := ""
			if k == 0 {
				word = s.held(c)
			}
			spelt[bits.TrailingZeros16(mask)] = word
		}
	}
	if !guessed {
		return ""
	}
	return strings.Join(slices.DeleteFunc(spelt, func(w string) bool { return w == "" }), " ")
}
