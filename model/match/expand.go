package match

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"
)

const (
	shortWord = 4 // letters of a word that stands for something when joined

	joinMost    = 3       // words of a query read as one name
	codeMost    = 5       // and as one phone, plate or reference
	affixMost   = 1 << 14 // tokens listed for one beginning; beyond it each document is asked instead
	letterMost  = 1 << 11 // and for a single letter
	guessMost   = 2000    // misspellings kept for one word, best first
	lettersMost = 200     // tokens kept for letters in order, best first
	numberMost  = 12      // digits of the longest number padded with zeros
	endLeast    = 3       // characters that make an end worth looking for
)

// expand lists the tokens each word of the query may be, every way but the loose ones.
func (s *search) expand() {
	for i, t := range s.terms {
		if s.free(1 << i) {
			s.plain(i, t)
		}
	}
	for k := range s.spans {
		if !s.free(s.spans[k].mask) {
			continue
		}
		s.codes(k)
		if n := s.spans[k].to - s.spans[k].from; n > 1 && n <= joinMost {
			s.grade(k, s.x.vocab.find(s.spans[k].word), grade{score: scoreJoined, reading: joined})
		}
	}
	if s.plenty() {
		return
	}
	for i, t := range s.terms {
		if s.free(1 << i) {
			s.near(i, t, 0)
			s.nearCompound(i, t)
		}
	}
	for k := range s.spans {
		if sp := &s.spans[k]; s.mayBeOne(sp) && s.free(sp.mask) {
			s.near(k, newTerm(sp.word), scoreExact-scoreJoined)
		}
	}
}

// free reports whether words may be read together: those of a whole date only as that date.
func (s *search) free(mask uint16) bool {
	for _, d := range s.dates {
		if mask&d != 0 && mask != d {
			return false
		}
	}
	return true
}

// coded reads the whole query as one date, phone, plate, postcode or reference; if somebody has just that, it is nothing else.
func (s *search) coded() bool {
	for k := range s.spans {
		if sp := &s.spans[k]; sp.from == 0 && sp.to == len(s.words) && isCode(sp.word) {
			s.codes(k)
			for e := range s.rows.list {
				if s.rows.list[e].score == scoreExact {
					return true
				}
			}
		}
	}
	return false
}

// mayBeOne reports whether words may be a misspelling of one: a short query, or a word that is often written with the next.
func (s *search) mayBeOne(sp *span) bool {
	const few = 4
	n := sp.to - sp.from
	for _, w := range s.words[sp.from:sp.to] {
		if len(w) == 1 && w != "o" && w != "d" { // an initial: J Smith; but O Brien, D Souza
			return false
		}
	}
	return n > 1 && n <= joinMost && !isCode(sp.word) && len(sp.word) > shortWord && (len(s.words) <= few || leads(s.words[sp.from]))
}

// plenty reports whether one word is found as typed more often than will be judged: a guess would come after all of those.
func (s *search) plenty() bool {
	return len(s.words) == 1 && len(s.x.posts.of(s.x.vocab.find(s.words[0]))) >= max(judgedMost, s.limit)
}

// grade records that a span is found in the documents of a token.
func (s *search) grade(span int, token uint32, g grade) {
	if token != none && g.score > 0 && len(s.x.posts.of(token)) > 0 {
		s.rows.grade(span, s.spans[span].mask, token, g)
	}
}

// plain reads word i every way that involves no guess.
func (s *search) plain(i int, t *term) {
	v := &s.x.vocab
	s.grade(i, v.find(t.text), grade{score: scoreExact, reading: exact})
	s.begins(i, t)
	if t.runes >= endLeast {
		s.ends(i, t.text)
	}
	if !t.code && t.runes > 1 {
		_, n := utf8.DecodeRuneInString(t.text)
		s.grade(i, v.find(t.text[:n]), grade{score: scoreLetter, reading: initial})
	}
	for _, k := range t.kin {
		s.grade(i, v.find(k.name), kinGrade(k.kin))
	}
	s.split(i)
}

// begins reads word i as the beginning of tokens.
func (s *search) begins(i int, t *term) {
	s.listBegun(i, broad{word: i, affix: []byte(t.text)})
}

// listBegun grades the tokens that begin alike, so many of them at most; beyond that each document is asked.
func (s *search) listBegun(k int, b broad) {
	v := &s.x.vocab
	spans := v.heads.spans(v, b.affix)
	n, most := 0, affixMost
	for _, ids := range spans {
		n += len(ids)
	}
	if len(b.affix) == 1 {
		most = letterMost
	}
	if n > most && s.spans[k].to == s.spans[k].from+1 {
		s.broad = append(s.broad, b)
	}
	v.heads.first(v, spans, most, func(id uint32) { s.grade(k, id, b.of(s.terms[b.word], v.at(id))) })
}

// ends reads a run as the end of codes.
func (s *search) ends(k int, run string) {
	v := &s.x.vocab
	v.tails.first(v, v.tails.spans(v, []byte(run)), affixMost, func(id uint32) {
		token := v.at(id)
		extra := len(token) - len(run)
		if extra == 0 || extra == 1 && token[0] <= lastMark {
			return
		}
		score := scoreEnds
		if !isCode(run) {
			score = scoreWithin // letters that end a plate are more likely a name
		}
		g := grade{score: int16(score - extraLetter*min(extra, extraMax)), reading: endsWith} //nolint:gosec // a few hundred
		switch token[0] {
		case bornMark[0], refMark[0]:
			return
		case postMark[0]:
			if token[extra-1] != ' ' {
				return
			}
		}
		s.grade(k, id, g)
	})
}

// pair is one word of the query read as two tokens of the index, or as three.
type pair struct {
	word   int
	parts  [3]uint32 // the last is none when there are two
	beside bool      // a part is so short that they must stand next to each other, in order
	grade  grade
}

// split reads word i as two tokens.
func (s *search) split(i int) {
	word := s.words[i]
	if isNumber(word) || s.terms[i].runes > maxPattern {
		return
	}
	for at := range word {
		left := s.x.vocab.find(word[:at])
		if left == none || len(s.x.posts.of(left)) == 0 {
			continue
		}
		rest := word[at:]
		if right := s.x.vocab.find(rest); right != none && len(s.x.posts.of(right)) > 0 {
			s.pairs = append(s.pairs, pair{
				i, [3]uint32{left, right, none}, at < endLeast || len(rest) < endLeast, grade{score: scoreSplit, reading: split},
			})
		}
	}
}

// nearCompound reads word i as a misspelling of two or three words often written as one: abdurrahim for Abdul Rahim.
func (s *search) nearCompound(i int, t *term) {
	if t.runes <= shortWord {
		return
	}
	for _, g := range s.nearIn(ofCompounds, &s.x.compounds.vocab, t, func(id uint32) bool { return s.x.compounds.count[id] > 0 }) {
		if g.score < scoreJoin {
			continue
		}
		g.score -= scoreExact - scoreSplit
		if g.reading == lettersOut {
			g.reading = sounds
		}
		s.pairs = append(s.pairs, pair{i, s.x.compounds.parts[g.id], true, g.grade})
	}
}

// near reads a span as a misspelling, or as said alike.
func (s *search) near(k int, t *term, less int16) {
	for _, g := range s.nearIn(ofWords, &s.x.vocab, t, func(id uint32) bool { return len(s.x.posts.of(id)) > 0 }) {
		if less > 0 && g.score < scoreJoin {
			continue
		}
		g.score -= less
		s.grade(k, g.id, g.grade)
	}
}

// nearIn lists the words of a vocabulary that are near a word or said like it, best first and not too many.
func (s *search) nearIn(which int, v *vocab, t *term, held func(id uint32) bool) []guess {
	n := t.allowed()
	if t.code || n == 0 || t.pattern == nil {
		return nil
	}
	if list, have := s.x.kept.nearOf(which, t.text); have {
		return list
	}
	var found []guess
	try := func(id uint32, mask uint64) {
		if g := t.near(v.at(id), mask, &s.scratch); g.score > 0 && held(id) {
			found = append(found, guess{id, g})
		}
	}
	for length := max(2, t.runes-n); length <= min(t.runes+n, maxWordLen); length++ {
		list := &v.words[length]
		for j, m := range list.masks {
			if !mayBeNear(t.mask, m, n) {
				continue
			}
			if out, _ := t.pattern.distance(v.at(list.ids[j])); out > 0 && out <= n {
				try(list.ids[j], m)
			}
		}
	}
	for _, id := range v.alike[string(t.skeleton)] {
		if token := v.at(id); string(token) != t.text {
			try(id, letters(string(token)))
		}
	}
	found = v.likeliest(found, guessMost)
	s.x.kept.keepNear(which, t.text, found)
	return found
}

// guess is a token read as something near a word of the query.
type guess struct {
	id uint32
	grade
}

// likeliest keeps the best guesses. Equal ones are told apart by spelling, so that the answer does not depend on the order in which
// documents were filed.
func (v *vocab) likeliest(found []guess, most int) []guess {
	if len(found) <= most {
		return found
	}
	slices.SortFunc(found, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.score, a.score), bytes.Compare(v.at(a.id), v.at(b.id)))
	})
	return found[:most]
}
