package match

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

const (
	begunLongest   = 8 // letters of a word that may still be being typed
	lettersLongest = 6 // letters of an abbreviation
)

// loose reads the words that are nothing else in the ways that find much and prove little: misspelt beginnings, letters in order,
// the inside of a code. It depends on the word alone, so that another word never takes an answer away.
func (s *search) loose() {
	for i, t := range s.terms {
		if s.alone(i) >= scoreFair || !s.free(1<<i) {
			continue
		}
		if t.code {
			s.within(i)
			continue
		}
		s.faint(i, t)
		if t.runes >= shortWord && t.runes <= begunLongest {
			s.begun(i, t)
		}
		if t.runes > 1 && t.runes <= lettersLongest && vowels(t.text) <= 1 {
			s.lettersOf(i)
		}
	}
}

// faint reads a word as another two letters out, however short: with the rest of a name that agrees, it may still be the one.
func (s *search) faint(i int, t *term) {
	const faintOut = 2
	if t.pattern == nil || t.runes < endLeast || particle(t.text) {
		return
	}
	v := &s.x.vocab
	var found []guess
	for length := max(endLeast, t.runes-faintOut); length <= min(t.runes+faintOut, maxWordLen); length++ {
		list := &v.words[length]
		for j, m := range list.masks {
			if !mayBeNear(t.mask, m, faintOut) {
				continue
			}
			id := list.ids[j]
			if out, _ := t.pattern.distance(v.at(id)); out == faintOut && len(s.x.posts.of(id)) > 0 {
				long := max(t.runes, length)
				score := min(max(scoreFor(s.scratch.cost(t.text, v.at(id)), long), scoreFaint), scoreLeast-1)
				found = append(found, guess{id, grade{score: score, reading: lettersOut, out: faintOut}})
			}
		}
	}
	for _, g := range v.likeliest(found, guessMost) {
		s.grade(i, g.id, g.grade)
	}
}

// alone is the best reading of word i by itself, not together with its neighbours.
func (s *search) alone(i int) (best int16) {
	for e := range s.rows.list {
		if have := &s.rows.list[e]; int(have.span) == i {
			best = max(best, have.score)
		}
	}
	for _, p := range s.pairs {
		if p.word == i {
			best = max(best, p.grade.score)
		}
	}
	return best
}

func vowels(word string) (n int) {
	for i := range len(word) {
		if isVowel(word[i]) {
			n++
		}
	}
	return n
}

// begun lists the longer words whose beginning is one letter out: a misspelling met while it is being typed.
func (s *search) begun(i int, t *term) {
	if t.pattern == nil {
		return
	}
	var found []guess
	for length := t.runes; length <= maxWordLen; length++ {
		list := &s.x.vocab.words[length]
		for k, m := range list.masks {
			if list.first[k] != t.text[0] || !mayBegin(t.mask, m, 1) {
				continue
			}
			id := list.ids[k]
			token := s.x.vocab.at(id)
			whole, out := t.pattern.distance(token)
			if out != 1 || whole == 1 || len(s.x.posts.of(id)) == 0 {
				continue
			}
			score := scoreBegun - 2*min(length-t.runes, extraMax)
			found = append(found, guess{id, grade{score: int16(score), reading: begunOut, out: 1}}) //nolint:gosec // a few hundred
		}
	}
	for _, g := range s.x.vocab.likeliest(found, guessMost) {
		s.grade(i, g.id, g.grade)
	}
}

// lettersOf reads word i as letters of a longer word, in order, the first letter first.
func (s *search) lettersOf(i int) {
	word := s.words[i]
	v := &s.x.vocab
	mask := letters(word)
	tokens := tokenSource{vocab: v}
	for length := min(utf8.RuneCountInString(word)+1, maxWordLen); length <= maxWordLen; length++ {
		list := &v.words[length]
		for k, m := range list.masks {
			if id := list.ids[k]; list.first[k] == word[0] && mayBegin(mask, m, 0) && len(s.x.posts.of(id)) > 0 {
				tokens.ids = append(tokens.ids, id)
			}
		}
	}
	var found []guess
	for _, m := range fuzzy.FindFromNoSort(word, tokens) {
		score := scoreLetters - 100 + min(max(m.Score+50, 0), 100)
		g := grade{score: int16(score), reading: lettersOf} //nolint:gosec // a few hundred
		found = append(found, guess{id: tokens.ids[m.Index], grade: g})
	}
	for _, m := range v.likeliest(found, lettersMost) {
		s.grade(i, m.id, m.grade)
	}
}

// tokenSource shows tokens to the subsequence scorer.
type tokenSource struct {
	vocab *vocab
	ids   []uint32
}

func (t tokenSource) Len() int            { return len(t.ids) }
func (t tokenSource) String(i int) string { return t.vocab.spelling(t.ids[i]) }

// within reads word i as the inside of a code. The letters of all tokens lie together, so this is one search through them.
func (s *search) within(i int) {
	word := []byte(s.words[i])
	v := &s.x.vocab
	left := guessMost
	for at := 0; len(word) >= endLeast && left > 0; at++ {
		next := bytes.Index(v.text[at:], word)
		if next < 0 {
			return
		}
		at += next
		id := sort.Search(v.len(), func(k int) bool { return int(v.ends[k+1]) > at })
		first := v.text[v.ends[id]]
		if at+len(word) <= int(v.ends[id+1]) && first != bornMark[0] && first != refMark[0] {
			s.grade(i, uint32(id), grade{score: scoreWithin, reading: within}) //nolint:gosec // an id by construction
			left--
		}
	}
}
