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
		s.plain(i, t)
	}
	for k := range s.spans {
		s.codes(k)
		if n := s.spans[k].to - s.spans[k].from; n > 1 && n <= joinMost {
			s.grade(k, s.x.vocab.find(s.spans[k].word), grade{score: scoreJoined, reading: joined})
		}
	}
	if s.plenty() {
		return
	}
	for i, t := range s.terms {
		s.near(i, t, 0)
		s.nearCompound(i, t)
	}
	for k := range s.spans {
		if sp := &s.spans[k]; s.mayBeOne(sp) {
			s.near(k, newTerm(sp.word), scoreExact-scoreJoined)
		}
	}
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
	if isNumber(word) {
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
	for _, g := range s.nearIn(&s.x.compounds.vocab, t, func(id uint32) bool { return s.x.compounds.count[id] > 0 }) {
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
	for _, g := range s.nearIn(&s.x.vocab, t, func(id uint32) bool { return len(s.x.posts.of(id)) > 0 }) {
		if less > 0 && g.score < scoreJoin {
			continue
		}
		g.score -= less
		s.grade(k, g.id, g.grade)
	}
}

// nearIn lists the words of a vocabulary that are near a word or said like it, best first and not too many.
func (s *search) nearIn(v *vocab, t *term, held func(id uint32) bool) []guess {
	n := t.allowed()
	if t.code || n == 0 || t.pattern == nil {
		return nil
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
	return v.likeliest(found, guessMost)
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

const (
	begunLongest   = 8 // letters of a word that may still be being typed
	lettersLongest = 6 // letters of an abbreviation
)

// loose reads the words that are nothing else in the ways that find much and prove little: misspelt beginnings, letters in order,
// the inside of a code. It depends on the word alone, so that another word never takes an answer away.
func (s *search) loose() {
	for i, t := range s.terms {
		if s.alone(i) >= scoreFair {
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

// codes reads a span as a date, phone, plate, postcode, reference or other number.
func (s *search) codes(k int) {
	sp := &s.spans[k]
	if !isCode(sp.word) {
		switch len(sp.word) {
		case 2: // AB of AB12 CDE
			s.beginsWith(k, plateMark+sp.word, grade{score: scoreInitial, reading: startsWith})
		case 7: // ABOI OCE for AB01 OCE
			if len(lookalikes(sp.word)) > 1 {
				s.plates(k)
			}
		}
		return
	}
	s.dates(k)
	s.phones(k)
	s.plates(k)
	s.references(k)
	s.postcodes(k)
	s.numbers(k)
}

func (s *search) dates(k int) {
	sp := &s.spans[k]
	if sp.to-sp.from > 3 {
		return
	}
	for _, d := range readDates(s.words[sp.from:sp.to]) {
		for _, r := range d.readings() {
			if r.begun {
				s.beginsWith(k, r.token, r.grade)
			} else {
				s.grade(k, s.x.vocab.find(r.token), r.grade)
			}
		}
	}
}

// beginsWith grades every token with a beginning alike.
func (s *search) beginsWith(k int, affix string, g grade) {
	s.listBegun(k, broad{word: s.spans[k].from, affix: []byte(affix), grade: g})
}

func (s *search) phones(k int) {
	run := s.spans[k].word
	if !isNumber(run) || len(run) < endLeast {
		return
	}
	full := national(run)
	v := &s.x.vocab
	fits := grade{score: scoreExact, reading: coded}
	s.grade(k, v.find(phoneMark+full), fits)
	s.ends(k, run)
	if full != run {
		s.ends(k, full)
	}
	for _, begun := range [...]string{"0", "44", "0044"} {
		if rest, ok := strings.CutPrefix(run, begun); ok && len(rest) > 1 {
			s.beginsWith(k, phoneMark+rest, grade{score: scoreStarts, reading: startsWith})
		}
	}
	if len(full) >= 9 {
		for _, slip := range slips(full) {
			s.grade(k, v.find(phoneMark+slip), grade{score: 760, reading: coded, note: noteDigit})
		}
	}
}

func (s *search) plates(k int) {
	run := s.spans[k].word
	if len(run) < 2 || len(run) > 8 {
		return
	}
	for i, form := range lookalikes(run) {
		g := grade{score: scoreExact, reading: coded}
		begun := grade{score: scoreStarts, reading: startsWith}
		if i > 0 {
			g = grade{score: 960, reading: coded, note: noteLookalike}
			begun = grade{score: scoreStarts - 40, reading: coded, note: noteLookalike}
		}
		s.grade(k, s.x.vocab.find(plateMark+form), g)
		s.beginsWith(k, plateMark+form, begun)
		if i > 0 && len(form) >= endLeast {
			s.ends(k, form)
		}
	}
	if s.spans[k].to-s.spans[k].from > 1 && len(run) >= endLeast {
		s.ends(k, run)
	}
	if isPlate(run) && len(run) == 7 {
		s.plateSlips(k, run)
	}
}

// plateSlips reads a plate with one character taken down wrongly, or two swapped.
func (s *search) plateSlips(k int, run string) {
	g := grade{score: 760, reading: coded, note: noteDigit}
	for i := range len(run) {
		for _, c := range "0123456789abcdefghijklmnopqrstuvwxyz" {
			s.grade(k, s.x.vocab.find(plateMark+run[:i]+string(c)+run[i+1:]), g)
		}
		if i > 0 {
			s.grade(k, s.x.vocab.find(plateMark+run[:i-1]+run[i:i+1]+run[i-1:i]+run[i+1:]), g)
		}
	}
}

func (s *search) references(k int) {
	run := s.spans[k].word
	v := &s.x.vocab
	if ref, ok := reference(run); ok {
		s.grade(k, v.find(refMark+ref), grade{score: scoreExact, reading: coded})
	}
	if isNumber(run) {
		for _, letters := range s.x.refs {
			s.grade(k, v.find(refMark+letters+significant(run)), grade{score: scoreNumber, reading: number})
		}
	}
}

func (s *search) postcodes(k int) {
	run := s.spans[k].word
	v := &s.x.vocab
	if out, in, ok := postcode(run); ok {
		s.grade(k, v.find(postMark+out+" "+in), grade{score: scoreExact, reading: coded})
	}
	if isOutward(run) {
		s.grade(k, v.find(postMark+run), grade{score: 980, reading: coded, note: noteArea})
	}
	if n := len(run); n > 2 && isOutward(run[:n-1]) && isDigit(run[n-1]) {
		s.beginsWith(k, postMark+run[:n-1]+" "+run[n-1:], grade{score: 980, reading: coded, note: noteArea})
	}
}

// numbers reads a run as another number: as it stands, with any count of leading noughts, or its beginning.
func (s *search) numbers(k int) {
	run := s.spans[k].word
	v := &s.x.vocab
	s.grade(k, v.find(idMark+run), grade{score: scoreExact, reading: coded})
	if len(run) >= 2 {
		s.listBegun(k, broad{word: s.spans[k].from, affix: []byte(idMark + run)})
	}
	if !isNumber(run) {
		return
	}
	value := strings.TrimLeft(run, "0")
	for zeros := max(0, 1-len(value)); zeros+len(value) <= numberMost; zeros++ {
		form := strings.Repeat("0", zeros) + value
		s.grade(k, v.find(idMark+form), grade{score: scoreNumber, reading: number})
		s.grade(k, v.find(form), grade{score: scoreNumber, reading: number})
	}
}
