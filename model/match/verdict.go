package match

import (
	"cmp"
	"math/bits"
	"slices"
)

// What a document as a whole adds to what its words are worth, in thousandths. None of it outweighs a better class of reading,
// but for the complete name, which comes first.
const (
	scoreLeastHit = 100 // below this a document is no answer

	wholeText = 200 // the query is one of the texts
	inOrder   = 5   // and in that order
	inName    = 3   // found in the name rather than an alias
	strangers = 70  // taken off for words of the name that the query lacks, all told
	doubt     = 7   // tenths of what a reading lacks that it loses once more
	covered   = 80  // added for the words of the name that a longer query has, all told
	priorPart = 12  // prior is divided by this

	initialPart = 15 // hundredths of a whole word that its initial is worth
	otherText   = 85 // hundredths of its worth a word keeps that stands in another text than the rest
)

// docTie is a token of a document, or two, read as words of the query.
type docTie struct {
	grade
	words uint16 // which words of the query
	at    uint64 // which tokens of the document
	text  int16  // in which of its texts
	field Field  // what that text is
	name  bool   // it is a name
	part  namePart
	token uint32
	other uint32 // the second token, when there are several
	third uint32
}

// namePart is a part of a name written with a comma.
type namePart uint8

const (
	undivided namePart = iota
	surname
	forename
)

// partOf is the part of a name that a token is of, in a text that begins with another.
func partOf(first, token uint32) namePart {
	switch {
	case first&inSurname == 0:
		return undivided
	case token&inSurname != 0:
		return surname
	}
	return forename
}

// verdict is how each word of the query was found in one document.
type verdict struct {
	score   int32
	missing uint16 // words not found
	ties    [wordsMost]docTie
	n       int
}

// textOf is one text of a document: its tokens from and up to.
type textOf struct {
	from, to int
	field    Field
}

// verdict reads a document against the query: once for each of its names, with the words found in that name first and the others
// where they are, and the best reading counts. Words found in one text belong together: John in the name and Smith in an alias are
// not John Smith. The verdict stands until the next document is read.
func (s *search) verdict(slot uint32) *verdict {
	doc := s.x.doc(slot)
	doc = doc[:min(len(doc), 64)]
	s.tie(doc)
	best, other := &s.verdicts[0], &s.verdicts[1]
	best.clear(0)
	from := 0
	text := int16(0)
	some := false
	for n, w := range doc {
		if w&endOfText == 0 && n+1 < len(doc) {
			continue
		}
		t := textOf{from, n + 1, fieldOf(w)}
		if t.field <= Alias && s.tied(text) {
			some = true
			if s.read(other, doc, t, text); other.score > best.score {
				best, other = other, best
			}
		}
		from, text = n+1, text+1
	}
	if !some {
		s.read(best, doc, textOf{}, -1)
	}
	if best.score > 0 {
		best.score += int32(s.x.prior[slot]) / priorPart
	}
	return best
}

// clear makes room for another verdict. Ties past the last are nobody's.
func (v *verdict) clear(missing uint16) { v.score, v.missing, v.n = 0, missing, 0 }

func (s *search) tied(text int16) bool {
	for i := range s.ties {
		if s.ties[i].text == text {
			return true
		}
	}
	return false
}

// tie lists every way a document's tokens may be words of the query, best first.
func (s *search) tie(doc []uint32) {
	s.ties = s.ties[:0]
	text, first := int16(0), 0
	for n, w := range doc {
		token := w >> wordBits
		field := fieldOf(w)
		t := docTie{at: 1 << n, text: text, field: field, name: field <= Alias, part: partOf(doc[first], w), token: token, other: none, third: none}
		var has uint16
		if row := s.rows.row(token); row != none {
			has = s.rows.masks[row]
			for e := s.rows.first[row]; e != none; e = s.rows.list[e].next {
				have := &s.rows.list[e]
				if have.fits(field, &s.spans[have.span]) {
					t.grade, t.words = have.grade, s.spans[have.span].mask
					s.ties = append(s.ties, t)
				}
			}
		}
		for _, b := range s.broad {
			if has&(1<<b.word) == 0 {
				if t.grade = s.broadly(b.word, token); t.score > 0 && t.fits(field, &s.spans[b.word]) {
					t.words = 1 << b.word
					s.ties = append(s.ties, t)
				}
			}
		}
		if w&endOfText != 0 {
			text, first = text+1, n+1
		}
	}
	for _, p := range s.pairs {
		s.tiePair(doc, p)
	}
	slices.SortStableFunc(s.ties, func(a, b docTie) int {
		return cmp.Or(cmp.Compare(b.claim(), a.claim()), cmp.Compare(bits.OnesCount16(b.words), bits.OnesCount16(a.words)))
	})
}

// fits reports whether a reading makes sense of a text: an offence or an address has no nicknames and no initials, and its short
// words are not guessed at.
func (g *grade) fits(f Field, sp *span) bool {
	const guessable = 5 // letters
	if f <= Alias {
		return true
	}
	switch g.reading {
	case nickname, version:
		return false
	case initial:
		return isCode(sp.word)
	case lettersOut, sounds, begunOut, lettersOf:
		return len(sp.word) >= guessable
	case unread, exact, number, joined, split, startsWith, endsWith, within, coded:
	}
	return true
}

// isHint reports whether a reading by itself proves nothing: the initial of a whole word, two letters out in a short one.
func (g *grade) isHint() bool { return g.isLetter() || g.reading == lettersOut && g.score < scoreLeast }

// isLetter reports whether a whole word was typed where a single letter is on record.
func (g *grade) isLetter() bool { return g.reading == initial && g.score == scoreLetter }

// besides is what has been found of a document so far.
type besides struct {
	any     bool // something that is no hint
	name    bool // in the name that is read
	surname bool // the surname of it
}

// admits reports whether a reading counts beside what was found already. A hint counts only beside other words of the same name, and
// an initial only beside its surname: J. SMITH may be John Smith, but WOOD, John S. is no answer to Smtih.
func (b *besides) admits(c *docTie, doc []uint32, t textOf, elsewhere bool) bool {
	if c.isHint() {
		parted := t.to > t.from && doc[t.from]&inSurname != 0
		return !elsewhere && b.name && (!c.isLetter() || b.surname || !parted)
	}
	b.any = true
	if c.name && !elsewhere {
		b.name, b.surname = true, b.surname || c.part == surname
	}
	return true
}

// claim is how early a tie chooses. A whole date or plate that is a digit out goes before an exact part of it; a letter typed by itself
// takes what whole words leave.
func (t *docTie) claim() int {
	const each = 200
	if t.reading == initial {
		return int(t.score) - each
	}
	if t.reading == coded {
		return int(t.score) + each*(bits.OnesCount16(t.words)-1)
	}
	return int(t.score)
}

// tiePair looks for a word of the query as several tokens of one text.
func (s *search) tiePair(doc []uint32, p pair) {
	if p.beside {
		s.tieRun(doc, p)
		return
	}
	left, right, text := -1, -1, int16(0)
	for n, w := range doc {
		switch w >> wordBits {
		case p.parts[0]:
			left = n
		case p.parts[1]:
			right = n
		}
		if left >= 0 && right >= 0 {
			s.ties = append(s.ties, p.tie(1<<left|1<<right, text, w))
			left, right = -1, -1
		}
		if w&endOfText != 0 {
			left, right, text = -1, -1, text+1
		}
	}
}

// tieRun looks for the tokens next to each other, in order.
func (s *search) tieRun(doc []uint32, p pair) {
	size := 3
	if p.parts[2] == none {
		size = 2
	}
	text := int16(0)
	for n, w := range doc {
		if n+size <= len(doc) && w>>wordBits == p.parts[0] && doc[n+1]>>wordBits == p.parts[1] && w&endOfText == 0 &&
			(size == 2 || doc[n+2]>>wordBits == p.parts[2] && doc[n+1]&endOfText == 0) {
			s.ties = append(s.ties, p.tie((1<<size-1)<<n, text, w))
		}
		if w&endOfText != 0 {
			text++
		}
	}
}

func (p *pair) tie(at uint64, text int16, w uint32) docTie {
	return docTie{
		grade: p.grade, words: 1 << p.word, at: at, text: text, field: fieldOf(w), name: fieldOf(w) <= Alias, part: partOf(w, w),
		token: p.parts[0], other: p.parts[1], third: p.parts[2],
	}
}

// read takes the best ties that share no word and no token: those of one text and of what is no name, then those of other names.
func (s *search) read(v *verdict, doc []uint32, t textOf, text int16) {
	v.clear(1<<len(s.words) - 1)
	var at uint64
	var sum, found int32
	var beside besides
	for _, elsewhere := range [2]bool{false, true} {
		for i := range s.ties {
			c := &s.ties[i]
			if (c.name && c.text != text) != elsewhere || c.words&v.missing != c.words || c.at&at != 0 || !beside.admits(c, doc, t, elsewhere) {
				continue
			}
			v.missing &^= c.words
			at |= c.at
			v.ties[v.n] = *c
			v.n++
			w := s.weightOf(c.words)
			worth := s.worth(w, c) * certain(int32(c.score))
			if elsewhere {
				worth = worth * otherText / 100
			}
			sum += worth
			found += w
		}
	}
	if !beside.any {
		return
	}
	v.score = sum / s.total
	if text >= 0 {
		v.score = max(v.score+s.bearing(doc, t, at, v), v.score*3/4)
	}
	v.score = max(v.score, 1)
}

// certain turns the score of a reading into what it is worth beside others: two guesses say less than one thing found.
func certain(score int32) int32 {
	return max(score-(scoreExact-score)*doubt/10, score*6/10)
}

// worth is what a word counts for where it is found: all it tells when found as it is. A guess tells no more than that somebody answers
// to one at least as good, which so many do.
func (s *search) worth(weight int32, c *docTie) int32 {
	if c.isLetter() || c.reading == startsWith && s.isParticle(c.words) {
		return weight * initialPart / 100
	}
	if c.reading == exact || c.reading == coded || bits.OnesCount16(c.words) > 1 {
		return weight
	}
	n := max(s.cand[bits.TrailingZeros16(c.words)].asGood(c.score), len(s.x.posts.of(c.token)))
	if r := s.rarity(n); int32(r) < weight && c.other == none {
		return int32(r)
	}
	return weight
}

// isParticle reports whether a word is a particle that others follow: al Nasir begins no Ali. The last word may still be being typed.
func (s *search) isParticle(words uint16) bool {
	i := bits.TrailingZeros16(words)
	return i+1 < len(s.words) && particle(s.words[i])
}

func (s *search) weightOf(words uint16) (w int32) {
	for ; words != 0; words &= words - 1 {
		w += s.weights[bits.TrailingZeros16(words)]
	}
	return w
}

// bearing is what the text as a whole adds or takes off.
func (s *search) bearing(doc []uint32, t textOf, at uint64, v *verdict) (bonus int32) {
	if t.field == Name || t.field == Other && t.from == 0 {
		bonus = inName
	}
	var strange, all float64
	for n := t.from; n < t.to; n++ {
		w := s.rarity(len(s.x.posts.of(doc[n] >> wordBits)))
		if particle(string(s.x.vocab.at(doc[n] >> wordBits))) {
			w *= 0.4
		}
		all += w
		if at&(1<<n) == 0 {
			strange += w
		}
	}
	if v.missing != 0 && v.n > 1 { // all there is on record was typed, and more
		bonus += int32(covered * (all - strange) / all)
	}
	if strange > 0 {
		return bonus - int32(strangers*strange/all)
	}
	if s.isWhole(t, v) {
		bonus += wholeText
		if s.isInOrder(doc, t) {
			bonus += inOrder
		}
	}
	return bonus
}

// isWhole reports whether the query is the text, no more and no less.
func (s *search) isWhole(t textOf, v *verdict) bool {
	if v.missing != 0 || t.to-t.from != len(s.words) || v.n != len(s.words) {
		return false
	}
	for i := range v.n {
		c := &v.ties[i]
		if c.reading != exact || bits.TrailingZeros64(c.at) < t.from || bits.TrailingZeros64(c.at) >= t.to {
			return false
		}
	}
	return true
}

func (s *search) isInOrder(doc []uint32, t textOf) bool {
	for i, w := range s.words {
		if string(s.x.vocab.at(doc[t.from+i]>>wordBits)) != w {
			return false
		}
	}
	return true
}
