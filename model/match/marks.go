package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marks returns the runes of a shown text that answer a query, ascending: words and beginnings of words as they are, misspelt
// words letter by letter, and the whole of a word that is a nickname, another form of the name or said alike.
func Marks(query, text string) []int {
	words := Tokens(query)
	words = words[:min(len(words), wordsMost)]
	m := marking{parts: partsOf(text)}
	for _, w := range words {
		m.word(newTerm(w))
	}
	for i := range words {
		for to := i + 2; to <= min(i+joinMost, len(words)); to++ {
			m.whole(strings.Join(words[i:to], ""))
		}
	}
	m.digits(words)
	slices.Sort(m.marks)
	return slices.Compact(m.marks)
}

// part is a word of a shown text, folded, with the rune of the text each of its letters stands on.
type part struct {
	letters []rune
	at      []int
}

func (p *part) word() string { return string(p.letters) }

// partsOf folds a text keeping where each letter was.
func partsOf(text string) []part {
	var parts []part
	open := false
	n := -1
	for _, r := range text {
		n++
		if dropped(r) {
			continue
		}
		folded := Fold(string(r))
		if folded == "" {
			open = false
			continue
		}
		for _, f := range folded {
			if f == ' ' {
				open = false
				continue
			}
			if !open {
				parts = append(parts, part{})
				open = true
			}
			p := &parts[len(parts)-1]
			p.letters, p.at = append(p.letters, f), append(p.at, n)
		}
	}
	return parts
}

// dropped reports whether folding leaves a rune out without parting the word.
func dropped(r rune) bool {
	return apostrophe(r) || r >= utf8.RuneSelf && (unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) || unicode.Is(unicode.Cf, r))
}

type marking struct {
	parts []part
	marks []int
	room  scratch
}

// word marks the parts that answer one word best.
func (m *marking) word(t *term) {
	var best grade
	grades := make([]grade, len(m.parts))
	for i, p := range m.parts {
		w := p.word()
		grades[i] = t.measure([]byte(w), letters(w), true, &m.room)
		best = better2(best, grades[i])
	}
	if best.reading != exact && m.whole(t.text) {
		return
	}
	for i, g := range grades {
		if g.score > 0 && g.score == best.score {
			m.part(&m.parts[i], t, g.reading)
		}
	}
}

func (m *marking) part(p *part, t *term, r reading) {
	at := p.at
	if r == startsWith || r == initial {
		at = at[:min(t.runes, len(at))]
	}
	if r == lettersOut {
		at = shared([]rune(t.text), p)
	}
	m.marks = append(m.marks, at...)
}

// shared are the places of the longest run of letters, in order, that a word has in common with a part.
func shared(word []rune, p *part) []int {
	word = word[:min(len(word), maxPattern)]
	in := p.letters[:min(len(p.letters), maxPattern)]
	var common [maxPattern + 1][maxPattern + 1]uint8
	for i := len(word) - 1; i >= 0; i-- {
		for j := len(in) - 1; j >= 0; j-- {
			if word[i] == in[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var at []int
	for i, j := 0, 0; i < len(word) && j < len(in); {
		switch {
		case word[i] == in[j]:
			at = append(at, p.at[j])
			i, j = i+1, j+1
		case common[i+1][j] > common[i][j+1]:
			i++
		default:
			j++
		}
	}
	return at
}

// whole marks neighbouring parts that are a word together, or one part that is several words of the query.
func (m *marking) whole(word string) (found bool) {
	if len(word) < endLeast {
		return false
	}
	for i := range m.parts {
		rest, ok := strings.CutPrefix(word, m.parts[i].word())
		to := i + 1
		for ; ok && rest != "" && to < len(m.parts); to++ {
			rest, ok = strings.CutPrefix(rest, m.parts[to].word())
		}
		if !ok || rest != "" {
			continue
		}
		found = true
		for _, p := range m.parts[i:to] {
			m.marks = append(m.marks, p.at...)
		}
	}
	return found
}

// digits marks what was typed of a phone, plate or number wherever it stands in the digits and letters of the text run together.
func (m *marking) digits(words []string) {
	all := part{}
	for _, p := range m.parts {
		all.letters, all.at = append(all.letters, p.letters...), append(all.at, p.at...)
	}
	held := all.word()
	joined := ""
	for _, w := range words {
		if !isCode(w) {
			joined = ""
			continue
		}
		joined += w
		for _, form := range cmpForms(joined) {
			if at := strings.Index(held, form); at >= 0 && len(form) >= endLeast {
				from := utf8.RuneCountInString(held[:at])
				m.marks = append(m.marks, all.at[from:from+utf8.RuneCountInString(form)]...)
				break
			}
		}
	}
}

// cmpForms are the ways a number may be shown: as typed, and a phone without what stands for the country.
func cmpForms(typed string) []string {
	forms := []string{typed}
	for _, country := range [...]string{"0044", "44", "0"} {
		if rest, ok := strings.CutPrefix(typed, country); ok && len(rest) > 8 {
			forms = append(forms, rest)
		}
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return forms
}
