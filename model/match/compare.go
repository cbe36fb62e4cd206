package match

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// Likeness is how alike two names are.
type Likeness struct {
	Score int    // 0, nothing in common, to 100, the same words
	Why   string // what had to be allowed for, in an officer's words
}

// namesMost is how many words of a name are compared.
const namesMost = 16

// Compare says how alike two names are as names of one person: in any order, by nickname or in another language, with initials,
// letters out, words joined, parted or missing. It is the same both ways round, as near as makes no difference to a threshold.
func Compare(a, b string) Likeness {
	left, right := Tokens(a), Tokens(b)
	left, right = left[:min(len(left), namesMost)], right[:min(len(right), namesMost)]
	if len(left) == 0 || len(right) == 0 {
		return Likeness{Why: "no name"}
	}
	if len(left) > len(right) {
		left, right = right, left
	}
	p := pairing{left: left, right: right}
	p.measure()
	return p.likeness()
}

// pairing pairs the words of two names.
type pairing struct {
	left, right []string
	ties        []tie
	room        scratch
}

// tie is a way to read words of one name as words of the other: a bit for each word of either.
type tie struct {
	grade
	left, right uint64
}

func (p *pairing) measure() {
	terms := make([]*term, len(p.left))
	for i, w := range p.left {
		terms[i] = newTerm(w)
		for j, other := range p.right {
			if g := terms[i].measure([]byte(other), letters(other), false, &p.room); g.score > 0 {
				p.ties = append(p.ties, tie{g, 1 << i, 1 << j})
			}
		}
	}
	for i := range p.left {
		if i+1 < len(p.left) {
			p.join(p.left[i]+p.left[i+1], 3<<i, p.right, false)
		}
	}
	for j := range p.right {
		if j+1 < len(p.right) {
			p.join(p.right[j]+p.right[j+1], 3<<j, p.left, true)
		}
	}
	slices.SortStableFunc(p.ties, func(a, b tie) int { return cmp.Compare(b.score, a.score) })
}

// join reads two words of one name as one of the other.
func (p *pairing) join(word string, mask uint64, others []string, parted bool) {
	t := newTerm(word)
	for k, other := range others {
		g := t.measure([]byte(other), letters(other), false, &p.room)
		if g.reading != exact && g.reading != sounds && g.reading != lettersOut || len(other) < shortWord {
			continue
		}
		g.score -= scoreExact - scoreJoined
		if g.reading == exact {
			g.reading = joined
		}
		if parted {
			p.ties = append(p.ties, tie{g, 1 << k, mask})
		} else {
			p.ties = append(p.ties, tie{g, mask, 1 << k})
		}
	}
}

// chosen takes the best ties that share no word.
func (p *pairing) chosen() (ties []tie, left, right uint64) {
	for _, t := range p.ties {
		if t.left&left == 0 && t.right&right == 0 {
			left, right = left|t.left, right|t.right
			ties = append(ties, t)
		}
	}
	return ties, left, right
}

// likeness weighs what was paired against what was not. A middle name that only one record has says little; a surname that
// disagrees says much.
func (p *pairing) likeness() Likeness {
	ties, left, right := p.chosen()
	var paired, all, strong float64
	var said []string
	for _, t := range ties {
		w := weighOf(p.left, t.left) + weighOf(p.right, t.right)
		paired += w * float64(t.score) / scoreExact
		all += w
		if t.score >= scoreSibling && t.reading != initial {
			strong += w
		}
		if why := p.said(t); why != "" {
			said = append(said, why)
		}
	}
	lone := weighOf(p.left, rest(left, len(p.left)))
	extra := weighOf(p.right, rest(right, len(p.right)))
	both := min(lone, extra) // words on both sides that do not agree
	spare := lone + extra - 2*both
	if strong >= 3.4 {
		spare *= 0.35 // two words agree: the rest is a middle name
	}
	all += 2*both + spare
	if w := rest(left, len(p.left)); w != 0 {
		said = append(said, "only in one: "+words(p.left, w))
	}
	if w := rest(right, len(p.right)); w != 0 {
		said = append(said, "only in one: "+words(p.right, w))
	}
	if len(said) == 0 {
		said = []string{"same name"}
	}
	return Likeness{Score: int(100*paired/all + 0.5), Why: strings.Join(said, "; ")}
}

func rest(taken uint64, n int) uint64 { return (1<<n - 1) &^ taken }

// weighOf weighs words: initials and particles say less than names.
func weighOf(list []string, mask uint64) float64 {
	var w float64
	for ; mask != 0; mask &= mask - 1 {
		word := list[bits.TrailingZeros64(mask)]
		switch {
		case particle(word):
			w += 0.25
		case len(word) == 1:
			w += 0.5
		default:
			w++
		}
	}
	return w
}

// particle reports whether a word only links the names beside it.
func particle(word string) bool {
	switch word {
	case "al", "el", "ul", "ad", "as", "ar", "az", "bin", "ibn", "ben", "bint", "de", "del", "della", "di", "da", "do", "dos", "das", "du",
		"des", "la", "le", "las", "los", "van", "von", "der", "den", "ter", "af", "y", "e", "of", "the", "mc", "mac", "o", "st",
		"mr", "mrs", "ms", "miss", "dr", "jr", "sr", "jnr", "snr":
		return true
	}
	return false
}

// title reports whether a word says what somebody is rather than who.
func title(word string) bool {
	switch word {
	case "sheikh", "shaykh", "shaikh", "sheik", "haji", "hajji", "hadji", "haj", "hajj", "mullah", "mulla", "maulvi", "maulana", "mawlawi",
		"molvi", "qari", "imam", "ustad", "malik", "sayed", "sayyid", "syed", "said", "seyed", "abu", "abou", "umm", "um", "ould", "abd", "abdul",
		"abdel", "begum", "bibi", "kaur", "singh", "miss", "sir", "lord", "lady", "rev", "fr", "sister", "brother", "big", "little", "young":
		return true
	}
	return false
}

func words(list []string, mask uint64) string {
	var out []string
	for ; mask != 0; mask &= mask - 1 {
		out = append(out, list[bits.TrailingZeros64(mask)])
	}
	return strings.Join(out, " ")
}

// said says what a tie allows for.
func (p *pairing) said(t tie) string {
	left, right := words(p.left, t.left), words(p.right, t.right)
	if t.reading == joined && bits.OnesCount64(t.left) > 1 {
		return allowance(t.grade, left, right)
	}
	if t.reading == joined {
		return allowance(t.grade, right, left)
	}
	return allowance(t.grade, left, right)
}
