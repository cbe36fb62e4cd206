package match

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

const (
	shortWord = 4 // from here one letter may be out; of three, one may be missing
	longWord  = 7 // from here two

	joinMost    = 3       // words of a query read as one
	affixMost   = 1 << 14 // tokens listed for one beginning; beyond it each document is asked instead
	guessMost   = 2000    // misspellings kept for one word, best first
	lettersMost = 200     // tokens kept for letters in order, best first
	numberMost  = 12      // digits of the longest wasNumber padded with zeros
	endLeast    = 3       // characters that make an end worth looking for
)

// plain reads word i of the query every way that involves no guess.
func (s *search) plain(i int) {
	word := s.words[i]
	s.wasGrade(i, s.x.vocab.find(word), wasExactGrade())
	if isNumber(word) {
		for _, id := range s.numbers(word) {
			s.wasGrade(i, id, wasGrade{score: rateNumber, wasReading: wasNumber})
		}
	}
	s.affix(i, word, wasStartsWith)
	if utf8.RuneCountInString(word) >= endLeast {
		s.affix(i, word, wasEndsWith)
	}
	s.wasSplit(i)
	for _, j := range s.joins(i) {
		s.gradeSpan(j, s.x.vocab.find(j.word), wasGrade{score: rateJoined, wasReading: wasJoined})
	}
}

// numbers finds a wasNumber with any count of leading zeros.
func (s *search) numbers(word string) []uint32 {
	var ids []uint32
	value := strings.TrimLeft(word, "0")
	for zeros := max(0, 1-len(value)); zeros+len(value) <= numberMost; zeros++ {
		id := s.x.vocab.find(strings.Repeat("0", zeros) + value)
		if id != none && len(s.x.posts.of(id)) > 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// affix reads word i as the beginning or the end of tokens.
func (s *search) affix(i int, word string, r wasReading) {
	v := &s.x.vocab
	o := &v.heads
	if r == wasEndsWith {
		o = &v.tails
	}
	left := affixMost
	for _, span := range o.spans(v, []byte(word)) {
		for _, id := range span {
			if len(s.x.posts.of(id)) == 0 {
				continue
			}
			if left == 0 {
				s.broad = append(s.broad, broad{word: i, affix: []byte(word), wasReading: r})
				return
			}
			left--
			s.wasGrade(i, id, wasAffixGrade(r, len(v.at(id))-len(word)))
		}
	}
}

// span is several words of the query read as one.
type span struct {
	from, to int
	word     string
}

// joins lists the ways to read word i with the words after it as one.
func (s *search) joins(i int) []span {
	var spans []span
	for to := i + 2; to <= min(i+joinMost, len(s.words)); to++ {
		spans = append(spans, span{i, to, strings.Join(s.words[i:to], "")})
	}
	return spans
}

func (s *search) gradeSpan(j span, id uint32, g wasGrade) {
	g.from, g.to = uint8(j.from), uint8(j.to) //nolint:gosec // sixteen words at most
	for i := j.from; i < j.to; i++ {
		s.wasGrade(i, id, g)
	}
}

// pair is one word of the query read as two tokens of the index.
type pair struct {
	word        int
	left, right uint32
	beside      bool // a half is so short that the two must stand next to each other
}

// wasSplit reads word i as two tokens.
func (s *search) wasSplit(i int) {
	word := s.words[i]
	for at := range word {
		left := s.x.vocab.find(word[:at])
		if left == none || len(s.x.posts.of(left)) == 0 {
			continue
		}
		rest := word[at:]
		rights := []uint32{s.x.vocab.find(rest)}
		if isNumber(rest) && !isNumber(word[:at]) {
			rights = s.numbers(rest)
		}
		for _, right := range rights {
			if right != none && len(s.x.posts.of(right)) > 0 {
				s.pairs = append(s.pairs, pair{i, left, right, at < endLeast || len(rest) < endLeast})
			}
		}
	}
}

// misspelt reads word i, alone and with the words after it, as a misspelling. Codes are not guessed at.
func (s *search) misspelt(i int) {
	for _, m := range s.near(s.words[i], lettersAllowed(s.words[i]), false) {
		s.wasGrade(i, m.id, m.wasGrade)
	}
	for _, j := range s.joins(i) {
		for _, m := range s.near(j.word, min(1, lettersAllowed(j.word)), false) {
			m.score -= joinedNear
			s.gradeSpan(j, m.id, m.wasGrade)
		}
	}
}

// lettersAllowed is how many letters a word may be out.
func lettersAllowed(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n >= longWord:
		return 2
	case n >= shortWord-1:
		return 1
	}
	return 0
}

// loose reads word i in the ways that find much and prove little: short words two letters out, misspelt beginnings, letters in
// order, the inside of a code.
func (s *search) loose(i int) {
	word := s.words[i]
	n := utf8.RuneCountInString(word)
	if isCode(word) {
		s.wasWithin(i)
		return
	}
	if n >= shortWord-1 && n < longWord {
		for _, m := range s.near(word, min(2, n-2), true) {
			s.wasGrade(i, m.id, m.wasGrade)
		}
	}
	if n >= shortWord {
		for _, m := range s.begun(word) {
			s.wasGrade(i, m.id, m.wasGrade)
		}
	}
	if n > 1 {
		s.wasLettersOf(i)
	}
}

// guess is a token read as something near a word of the query.
type guess struct {
	id uint32
	wasGrade
}

// near lists the words wasWithin n letters of word; with alike, only those that begin with the same letter. Without it a word of three
// letters may only have lost one.
func (s *search) near(word string, n int, alike bool) []guess {
	p, ok := newPattern(word)
	if n == 0 || !ok || isCode(word) {
		return nil
	}
	var found []guess
	mask, sound := letters(word), spoken([]byte(word))
	least := max(1, p.len-n)
	if p.len < shortWord && !alike {
		least = shortWord
	}
	for length := least; length <= min(p.len+n, maxWordLen); length++ {
		list := &s.x.vocab.words[length]
		for k, m := range list.masks {
			if !mayBeNear(mask, m, n) {
				continue
			}
			id := list.ids[k]
			token := s.x.vocab.at(id)
			initial := p.startsAlike(token)
			if alike && !initial {
				continue
			}
			if out, _ := p.distance(token); out > 0 && out <= n && len(s.x.posts.of(id)) > 0 {
				like := wasLikeness{initial, m == mask, bytes.Equal(spoken(token), sound)}
				found = append(found, guess{id, wasNearGrade(out, p.len, like)})
			}
		}
	}
	return s.likeliest(found, guessMost)
}

// begun lists the longer words whose beginning is one letter out: a misspelling met while it is being typed.
func (s *search) begun(word string) []guess {
	p, ok := newPattern(word)
	if !ok {
		return nil
	}
	var found []guess
	mask := letters(word)
	for length := p.len; length <= maxWordLen; length++ {
		list := &s.x.vocab.words[length]
		for k, m := range list.masks {
			if !mayBegin(mask, m, 1) {
				continue
			}
			id := list.ids[k]
			token := s.x.vocab.at(id)
			if !p.startsAlike(token) {
				continue
			}
			whole, out := p.distance(token)
			if out != 1 || whole == 1 || len(s.x.posts.of(id)) == 0 {
				continue
			}
			score := rateBegun - 2*min(length-p.len, wasExtraMax)
			g := wasGrade{score: int16(score), wasReading: wasBegunOut, out: 1} //nolint:gosec // a few hundred
			found = append(found, guess{id, g})
		}
	}
	return s.likeliest(found, guessMost)
}

// wasLettersOf reads word i as letters of a longer word, in order, the first letter first.
func (s *search) wasLettersOf(i int) {
	word := s.words[i]
	v := &s.x.vocab
	mask := letters(word)
	tokens := tokenSource{vocab: v}
	for length := min(utf8.RuneCountInString(word)+1, maxWordLen); length <= maxWordLen; length++ {
		list := &v.words[length]
		for k, m := range list.masks {
			if id := list.ids[k]; mayBegin(mask, m, 0) && v.at(id)[0] == word[0] && len(s.x.posts.of(id)) > 0 {
				tokens.ids = append(tokens.ids, id)
			}
		}
	}
	var found []guess
	for _, m := range fuzzy.FindFromNoSort(word, tokens) {
		score := rateLettersMin + min(max(m.Score+rateLettersMin/2, 0), rateLettersMax-rateLettersMin)
		g := wasGrade{score: int16(score), wasReading: wasLettersOf} //nolint:gosec // a few hundred
		found = append(found, guess{id: tokens.ids[m.Index], wasGrade: g})
	}
	for _, m := range s.likeliest(found, lettersMost) {
		s.wasGrade(i, m.id, m.wasGrade)
	}
}

// tokenSource shows tokens to the subsequence scorer.
type tokenSource struct {
	vocab *vocab
	ids   []uint32
}

func (t tokenSource) Len() int            { return len(t.ids) }
func (t tokenSource) String(i int) string { return t.vocab.spelling(t.ids[i]) }

// wasWithin reads word i as the inside of a code. The letters of all tokens lie together, so this is one search through them.
func (s *search) wasWithin(i int) {
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
		if at+len(word) <= int(v.ends[id+1]) {
			s.wasGrade(i, uint32(id), wasGrade{score: rateWithin, wasReading: wasWithin}) //nolint:gosec // an id by construction
			left--
		}
	}
}

// likeliest keeps the best guesses. Equal ones are told apart by spelling, so that the answer does not depend on the order in which
// documents were filed.
func (s *search) likeliest(found []guess, most int) []guess {
	if len(found) <= most {
		return found
	}
	v := &s.x.vocab
	slices.SortFunc(found, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.score, a.score), bytes.Compare(v.at(a.id), v.at(b.id)))
	})
	return found[:most]
}
