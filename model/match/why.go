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
		return g.say(held)
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

// why says in an officer's words how each word of the query was found, in the order typed: what it is, and what had to be allowed for.
func (s *search) why(v *verdict) string {
	list := slices.Clone(v.ties[:v.n])
	slices.SortFunc(list, func(a, b docTie) int {
		return cmp.Compare(bits.TrailingZeros16(a.words), bits.TrailingZeros16(b.words))
	})
	var said []string
	for i := range list {
		if len(list) > 1 && list[i].reading == exact && particle(s.typed(list[i].words)) {
			continue // al, bin, de: that it is there says nothing
		}
		why := s.reason(&list[i])
		what, word, listed := strings.Cut(why, ": ")
		at := slices.IndexFunc(said, func(had string) bool { return strings.HasPrefix(had, what+": ") })
		switch {
		case listed && at >= 0 && list[i].isListed(): // address: 12 example road
			said[at] += " " + word
		case !slices.Contains(said, why):
			said = append(said, why)
		}
	}
	if v.missing != 0 {
		said = append(said, "not found: "+s.typed(v.missing))
	} else {
		said = wholeName(said)
	}
	return strings.Join(said, "; ")
}

// wholeName says of a surname and a forename that are both as typed that the name is.
func wholeName(said []string) []string {
	last, first := slices.Index(said, "surname exact"), slices.Index(said, "forename exact")
	if last < 0 || first < 0 {
		return said
	}
	said[min(last, first)] = "name exact"
	return slices.Delete(said, max(last, first), max(last, first)+1)
}

// reason says how one word, or several read as one, was found.
func (s *search) reason(c *docTie) string {
	typed, held := s.typed(c.words), s.held(c)
	if said := allowance(c.grade, typed, held); said != "" {
		return said
	}
	what := c.what()
	switch {
	case c.reading == startsWith && (c.name || c.field == Offence):
		return "starts with: " + capital(typed)
	case c.reading == startsWith:
		return what + " starts with " + strings.ToUpper(typed)
	case c.field == Born:
		return what + " " + held
	case what == "":
		return "exact"
	case c.isListed():
		return what + ": " + typed
	}
	return what + " exact"
}

// isListed reports whether a word was found as typed where there are more of its kind, so that it has to be said which it is.
func (t *docTie) isListed() bool {
	switch t.field {
	case Name:
		return t.reading == exact && t.part == undivided
	case Alias, Address, Offence:
		return t.reading == exact
	case Other, Ref, Born, Phone, Plate, Postcode, ID:
	}
	return false
}

// what says what a word was found in; "" when nobody said what that text is.
func (t *docTie) what() string {
	switch t.field {
	case Name:
		return [...]string{undivided: "name", surname: "surname", forename: "forename"}[t.part]
	case Alias:
		return "alias"
	case Ref:
		return "reference"
	case Born:
		return "born"
	case Phone:
		return "phone"
	case Plate:
		return "plate"
	case Postcode:
		return "postcode"
	case Address:
		return "address"
	case ID:
		return "number"
	case Offence:
		return "offence"
	case Other:
	}
	return ""
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
