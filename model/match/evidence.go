package match

import (
	"bytes"
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sort"
)

const (
	listedMost = 1 << 17 // postings read for one word of the query
	askedMost  = 1 << 14 // documents asked for a word too common to list

	evidenceShift = 8
	standingShift = 12
	nameMark      = 2 // evidence added by a word found in the name
	soleMark      = 4 // and by one that is a whole text
)

// broad is a beginning that too many tokens have to list them all.
type broad struct {
	word  int
	affix []byte
	grade grade // of every token that begins so; the zero grade when it depends on how much more the token has
}

// of grades a token that begins with the affix; the token itself is no beginning.
func (b *broad) of(t *term, token []byte) grade {
	extra := len(token) - len(b.affix)
	switch {
	case b.grade.score > 0:
		return b.grade
	case extra > 0:
		return beginning(extra, t.runes)
	}
	return grade{}
}

// listed is a token, or two beside each other, that a word of the query may be.
type listed struct {
	score    int16
	token    uint32
	postings []uint32
	upTo     int // postings of this reading and of all better ones
}

// weigh says how much each word of the query tells: the rarer what it may be, the more.
func (s *search) weigh() {
	s.total = 0
	for i, t := range s.terms {
		s.weights[i] = s.weight(i, t)
		s.total += s.weights[i]
	}
}

func (s *search) weight(i int, t *term) int32 {
	n, best := 0, int16(0)
	for _, c := range s.cand[i].list {
		if best == 0 {
			best = c.score
		}
		const alike = 60
		if c.score < best-alike {
			break
		}
		n += len(c.postings)
	}
	const unknown = 85 // of a word nobody has nothing is known, not even that it is rare
	w := unknown * 1.0
	if n > 0 {
		w = s.rarity(n)
	}
	switch {
	case particle(t.text):
		w *= 0.4
	case title(t.text):
		w *= 0.7
	case t.runes < endLeast && !t.code:
		w *= 0.6
	}
	return int32(w)
}

// rarity is how much something tells that n documents have, 20 to 100.
func (x *Index) rarity(n int) float64 {
	return 20 + 80*(1-math.Log1p(float64(n-1))/math.Log1p(float64(max(x.Len(), n, 50))))
}

// rarities are figures of [Index.rarity] that a search has worked out, by the last bits of n.
type rarities struct {
	docs int // in the index they are of
	of   [1 << 10]struct {
		n int
		w float64
	}
}

// rarity is that of the index. Names are shared by so many that the same figures are asked for again and again.
func (s *search) rarity(n int) float64 {
	r := &s.rare
	if r.docs != s.x.Len() {
		*r = rarities{docs: s.x.Len()}
	}
	have := &r.of[n&(len(r.of)-1)]
	if have.n != n || n == 0 {
		have.n, have.w = n, s.x.rarity(n)
	}
	return have.w
}

// readings is what one word of the query may be.
type readings struct {
	list  []listed // best first
	count int      // postings of all of them
}

// candidates lists what each word of the query may be. Where that is more than will be read it is cut, and which of equal ones are
// left out is settled by spelling, so that it does not depend on the order in which documents were filed.
func (s *search) candidates() {
	for i := range s.words {
		s.cand[i].list, s.cand[i].count = s.cand[i].list[:0], 0
	}
	for row, token := range s.rows.tokens {
		postings := s.x.posts.of(token)
		for mask := s.rows.masks[row]; mask != 0; mask &= mask - 1 {
			i := bits.TrailingZeros16(mask)
			s.cand[i].list = append(s.cand[i].list, listed{score: s.best(uint32(row), i), token: token, postings: postings}) //nolint:gosec // fewer than tokens
		}
	}
	for _, p := range s.pairs {
		both := common(s.x.posts.of(p.parts[0]), s.x.posts.of(p.parts[1]))
		s.cand[p.word].list = append(s.cand[p.word].list, listed{score: p.grade.score, token: p.parts[0], postings: both})
	}
	for i := range s.words {
		s.cand[i].order(&s.x.vocab)
	}
}

// best is the best reading of word i that a row has.
func (s *search) best(row uint32, i int) (score int16) {
	for e := s.rows.first[row]; e != none; e = s.rows.list[e].next {
		if have := &s.rows.list[e]; s.spans[have.span].mask&(1<<i) != 0 {
			score = max(score, have.score)
		}
	}
	return score
}

func (r *readings) order(v *vocab) {
	slices.SortFunc(r.list, func(a, b listed) int { return cmp.Compare(b.score, a.score) })
	n := 0
	for k := range r.list {
		n += len(r.list[k].postings)
		r.list[k].upTo = n
	}
	r.count = n
	if n <= listedMost {
		return
	}
	n = 0
	for from := 0; from < len(r.list); {
		to := from
		for ; to < len(r.list) && r.list[to].score == r.list[from].score; to++ {
			n += len(r.list[to].postings)
		}
		if n > listedMost {
			slices.SortFunc(r.list[from:to], func(a, b listed) int { return bytes.Compare(v.at(a.token), v.at(b.token)) })
			break
		}
		from = to
	}
}

// asGood is how many postings the readings have that are at least as good as a score; 0 when none is listed.
func (r *readings) asGood(score int16) int {
	at := sort.Search(len(r.list), func(k int) bool { return r.list[k].score < score })
	if at == 0 {
		return 0
	}
	return r.list[at-1].upTo
}

// common lists the postings of documents that have both tokens.
func common(a, b []uint32) []uint32 {
	if len(a) > len(b) {
		a, b = b, a
	}
	var both []uint32
	for _, p := range a {
		i := sort.Search(len(b), func(i int) bool { return b[i]>>markBits >= p>>markBits })
		b = b[i:]
		if len(b) == 0 {
			break
		}
		if b[0]>>markBits == p>>markBits {
			both = append(both, p&^markSole)
		}
	}
	return both
}

// gather finds the documents with the most evidence.
func (s *search) gather(most int) []ranked {
	if len(s.evidence) < len(s.x.ids) {
		s.evidence = make([]uint32, len(s.x.ids)+len(s.x.ids)/8)
	}
	s.touched = s.touched[:0]
	if len(s.words) == 1 {
		return s.gatherAlone(most)
	}
	for n, i := range s.rarestFirst() {
		s.collect(n, i)
	}
	t := top{limit: most, keep: s.keep}
	for _, slot := range s.touched {
		evidence := s.evidence[slot] >> evidenceShift
		s.evidence[slot] = 0
		if floor, full := t.floor(); full && int32(evidence+1)<<standingShift <= floor { //nolint:gosec // 19 bits
			continue // most, and without a look at their names
		}
		t.push(ranked{s.standing(slot, evidence), s.x.ids[slot], slot})
	}
	return t.best()
}

// gatherAlone answers a query of one word from postings alone, and skips those that cannot be among the best.
func (s *search) gatherAlone(most int) []ranked {
	t := top{limit: most, keep: s.keep, seen: s.evidence}
	weight := uint32(s.weights[0]) //nolint:gosec // a hundred at most
	left := listedMost
	for _, c := range s.cand[0].list {
		gain := weight * uint32(c.score) / 100                                                                      //nolint:gosec // a thousand at most
		if floor, full := t.floor(); full && int32(gain+nameMark+soleMark+1)<<standingShift <= floor || left <= 0 { //nolint:gosec // a few thousand
			break
		}
		postings, ordered := s.inOrder(&c)
		for n, taken := 0, 0; n < len(postings) && (!ordered || taken < most); n++ {
			slot := postings[n] >> markBits
			r := ranked{s.standing(slot, gain+telling(postings[n])), s.x.ids[slot], slot}
			if t.push(r) {
				taken++
			} else if ordered && t.beats(r) {
				break // and so does it those that follow
			}
		}
		if !t.full && len(t.list) >= most {
			t.trim() // from here on most are turned away
		}
		t.mixed = true // another token may be of the same document
		left -= len(c.postings)
	}
	return t.best()
}

// standing orders documents before they are judged: by evidence, then by how far their name is as long as the query, then by
// prior.
func (s *search) standing(slot, evidence uint32) int32 {
	const longest = 15
	fit := longest - min(longest, abs(int(s.x.size[slot])-len(s.words)))
	return int32(evidence)<<standingShift | int32(fit)<<8 | int32(s.x.prior[slot]) //nolint:gosec // 19 bits of evidence
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// rarestFirst orders the words of the query by how many postings their readings have.
func (s *search) rarestFirst() []int {
	counts := make([]int, len(s.words))
	order := make([]int, len(s.words))
	for i := range s.words {
		order[i], counts[i] = i, s.cand[i].count
		for _, b := range s.broad {
			if b.word == i {
				counts[i] += 1 << 30
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(counts[a], counts[b]) })
	return order
}

// collect adds what word i says to the evidence.
func (s *search) collect(n, i int) {
	stamp := uint32(n + 1)         //nolint:gosec // sixteen words at most
	weight := uint32(s.weights[i]) //nolint:gosec // a hundred at most
	if n > 0 && len(s.touched) <= askedMost && (s.cand[i].count > listedMost || s.isBroad(i)) {
		s.ask(i, weight)
		return
	}
	left := listedMost
	for _, c := range s.cand[i].list {
		gain := weight * uint32(c.score) / 100 << evidenceShift //nolint:gosec // a thousand at most
		for _, p := range c.postings {
			slot := p >> markBits
			have := s.evidence[slot]
			if have == 0 {
				s.touched = append(s.touched, slot)
			} else if have&(1<<evidenceShift-1) == stamp {
				continue
			}
			marks := p & (markName | markSole) // worth 2 and 4: see nameMark, soleMark
			s.evidence[slot] = have&^(1<<evidenceShift-1) + gain + (marks&markName+marks&markSole*soleMark)<<evidenceShift | stamp
		}
		if left -= len(c.postings); left <= 0 {
			return
		}
	}
}

func (s *search) isBroad(i int) bool {
	for _, b := range s.broad {
		if b.word == i {
			return true
		}
	}
	return false
}

// ask adds what word i says to the documents that have some evidence already.
func (s *search) ask(i int, weight uint32) {
	for _, slot := range s.touched {
		var best int16
		for _, w := range s.x.doc(slot) {
			token := w >> wordBits
			if row := s.rows.row(token); row != none && s.rows.masks[row]&(1<<i) != 0 {
				best = max(best, s.best(row, i))
			} else if g := s.broadly(i, token); g.score > best {
				best = g.score
			}
		}
		s.evidence[slot] += weight * uint32(best) / 100 << evidenceShift //nolint:gosec // a thousand at most
	}
}

// broadly asks a token whether it has the beginning that word i is, where too many have it to be listed.
func (s *search) broadly(i int, token uint32) grade {
	var best grade
	for k := range s.broad {
		b := &s.broad[k]
		if spelling := s.x.vocab.at(token); b.word == i && bytes.HasPrefix(spelling, b.affix) {
			best = better2(best, b.of(s.terms[i], spelling))
		}
	}
	return best
}
