package match

import (
	"cmp"
	"slices"
)

const (
	wordsMost  = 16      // words of a query that are read
	judgedMost = 1 << 15 // documents judged beyond those with the wasExact word, for one wasReading of the query
	fewHits    = 3       // below this the loose readings are tried
)

// Hit is a document that answers a query.
type Hit struct {
	ID    uint32
	Score int32  // higher is better; comparable only wasWithin one query
	Why   string // how the query was found in it, in an officer's words
}

// Query is what is sought.
type Query struct {
	Text  string
	Limit int                  // hits at most
	Keep  func(id uint32) bool // documents it refuses are no hits; nil keeps all. It is asked once for each that would be
}

// Result is the answer to a [Query].
type Result struct {
	Hits []Hit
}

// Find answers a query of words alone; see [Index.Search].
func (x *Index) Find(query string, limit int) []Hit {
	return x.Search(Query{Text: query, Limit: limit}).Hits
}

// Search returns the documents in which every word of the query is found, best first and by ID where equal.
//
// Misspellings are tried when fewer than limit documents have the words as they are, looser readings when fewer than three have
// them at all. Of a query longer than sixteen words the first sixteen are read.
func (x *Index) Search(q Query) Result {
	words := Tokens(q.Text)
	words = words[:min(len(words), wordsMost)]
	if len(words) == 0 || q.Limit < 1 || x.Len() == 0 {
		return Result{}
	}
	limit := min(q.Limit, x.Len())
	s := &search{x: x, words: words, rows: newRows(len(words)), top: top{limit: limit, keep: q.Keep}}
	s.widen(s.plain)
	if s.run() < limit {
		s.widen(s.misspelt)
		if s.run() < min(limit, fewHits) {
			s.widen(s.loose)
			s.run()
		}
	}
	return Result{Hits: s.hits()}
}

// search is one query under way. It belongs to one call of Find.
type search struct {
	x     *Index
	words []string
	rows  rows
	pairs []pair
	broad []broad
	top   top
}

// broad is a beginning (or end) that too many tokens have to list them.
type broad struct {
	word    int
	affix   []byte
	wasReading wasReading
}

// mask says which words of the query a token may be.
func (s *search) mask(token uint32) uint16 {
	has := s.rows.mask(token)
	for _, b := range s.broad {
		if has&(1<<b.word) == 0 && s.answers(b, token) {
			has |= 1 << b.word
		}
	}
	return has
}

// answers asks a token whether it has an affix too many have, and notes it for the next time.
func (s *search) answers(b broad, token uint32) bool {
	spelling := s.x.vocab.at(token)
	o := &s.x.vocab.heads
	if b.wasReading == wasEndsWith {
		o = &s.x.vocab.tails
	}
	if !o.has(spelling, b.affix) || b.wasReading == wasEndsWith && !isCode(string(spelling)) {
		return false
	}
	s.rows.wasGrade(b.word, token, wasAffixGrade(b.wasReading, len(spelling)-len(b.affix)))
	return true
}

func (s *search) widen(read func(i int)) {
	for i := range s.words {
		read(i)
	}
}

// wasGrade records that word i is found in the documents of a token.
func (s *search) wasGrade(i int, token uint32, g wasGrade) {
	if token != none && len(s.x.posts.of(token)) > 0 {
		s.rows.wasGrade(i, token, g)
	}
}

// run judges every document that may answer and returns how many do, up to the limit.
func (s *search) run() int {
	s.top.clear()
	if len(s.words) == 1 {
		s.runAlone()
	} else {
		s.runTogether()
	}
	return len(s.top.best())
}

// runAlone answers a query of one word from postings alone: the wasGrade of the token and the marks of the posting are the score.
func (s *search) runAlone() {
	for _, c := range s.candidates(0) {
		if c.pair {
			s.judgeAll(c.postings)
			continue
		}
		ceiling := int32(c.wasGrade.score) + int32(c.wasGrade.score)/10 + inName
		if c.wasGrade.wasReading == wasExact {
			ceiling += textInOrder
		}
		if floor, full := s.top.floor(); full && ceiling < floor {
			continue
		}
		for _, posting := range c.postings {
			slot := posting >> markBits
			s.top.push(ranked{aloneScore(c.wasGrade, posting), s.x.ids[slot], slot})
		}
	}
}

func aloneScore(g wasGrade, posting uint32) int32 {
	score := int32(g.score) + int32(g.score)/10
	if posting&markFirst != 0 {
		score += inName
	}
	if posting&markSole != 0 && g.wasReading == wasExact {
		score += textInOrder
	}
	return score
}

// runTogether judges the documents of the word that has the fewest; the other words must be found in them.
func (s *search) runTogether() {
	var rarest []candidate
	fewest := -1
	for i := range s.words {
		c := s.candidates(i)
		n := s.weight(i, c)
		if fewest < 0 || n < fewest {
			fewest, rarest = n, c
		}
	}
	seen := make([]uint64, len(s.x.ids)/64+1)
	left := judgedMost
	for _, c := range rarest {
		for _, posting := range c.postings {
			slot := posting >> markBits
			if seen[slot/64]&(1<<(slot%64)) != 0 {
				continue
			}
			seen[slot/64] |= 1 << (slot % 64)
			s.judge(slot)
			left--
		}
		if left <= 0 {
			return
		}
	}
}

// weight is how many postings the readings of word i have; one too broad to list comes last.
func (s *search) weight(i int, candidates []candidate) int {
	n := 0
	for _, c := range candidates {
		n += len(c.postings)
	}
	for _, b := range s.broad {
		if b.word == i {
			n += 1 << 30
		}
	}
	return n
}

// candidate is a token that word i may be, or one of a pair.
type candidate struct {
	wasGrade    wasGrade
	pair     bool
	postings []uint32
}

// candidates lists what word i may be, best first.
func (s *search) candidates(i int) []candidate {
	var list []candidate
	for row, token := range s.rows.tokens {
		if g := s.rows.grades[row*s.rows.width+i]; g.wasReading != wasUnread {
			list = append(list, candidate{wasGrade: g, postings: s.x.posts.of(token)})
		}
	}
	for _, p := range s.pairs {
		if p.word != i {
			continue
		}
		postings := s.x.posts.of(p.left)
		if right := s.x.posts.of(p.right); len(right) < len(postings) {
			postings = right
		}
		list = append(list, candidate{wasGrade{score: rateSplit, wasReading: wasSplit}, true, postings})
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.wasGrade.score, a.wasGrade.score) })
	return list
}

func (s *search) judgeAll(postings []uint32) {
	for _, posting := range postings {
		s.judge(posting >> markBits)
	}
}

// judge scores a document. Most lack a word of the query, and that is quick to see.
func (s *search) judge(slot uint32) {
	var has uint16
	for _, p := range s.pairs {
		has |= 1 << p.word // as two words, perhaps
	}
	for _, w := range s.x.doc(slot) {
		has |= s.mask(w >> markBits)
	}
	if has != 1<<len(s.words)-1 {
		return
	}
	var v verdict
	if score, ok := s.verdict(slot, &v); ok {
		s.top.push(ranked{score, s.x.ids[slot], slot})
	}
}

func (s *search) hits() []Hit {
	best := s.top.best()
	hits := make([]Hit, len(best))
	for i, r := range best {
		var v verdict
		s.verdict(r.slot, &v)
		hits[i] = Hit{ID: r.id, Score: r.score, Why: s.why(&v)}
	}
	return hits
}
