package match

import "slices"

const (
	wordsMost  = 16  // words of a query that are read
	judgedMost = 512 // documents judged with care, best evidence first
	scoreFair  = 700 // a word with no better reading than this is read loosely as well
)

// Hit is a document that answers a query.
type Hit struct {
	ID    uint32
	Score int32  // higher is better; comparable only within one query
	Why   string // how the query was found in it, in an officer's words
	Whole bool   // every word of the query was found in it
	Exact bool   // and all of them as they were typed
}

// Query is what is sought.
type Query struct {
	Text  string
	Limit int                  // hits at most
	Keep  func(id uint32) bool // documents it refuses are no hits; nil keeps all
}

// Result is the answer to a [Query].
type Result struct {
	Hits []Hit
	// Meant is the query as it is spelt in the best hit, when that had to be guessed; "" when what was typed was found as typed.
	Meant string
}

// Find answers a query of words alone; see [Index.Search].
func (x *Index) Find(query string, limit int) []Hit {
	return x.Search(Query{Text: query, Limit: limit}).Hits
}

// Search returns the documents that answer the query best, best first and by ID where equal. A document that lacks a word of the
// query may still answer, lower, when what is found is rare enough; its Why says what was not found.
//
// Of a query longer than sixteen words the first sixteen are read.
func (x *Index) Search(q Query) Result {
	words := Tokens(q.Text)
	words = words[:min(len(words), wordsMost)]
	if len(words) == 0 || q.Limit < 1 || x.Len() == 0 {
		return Result{}
	}
	r, _ := x.rooms.Get().(*room)
	defer x.rooms.Put(r)
	s := newSearch(x, r, words, q)
	if !s.coded() {
		s.expand()
		s.loose()
	}
	s.candidates()
	s.run()
	return s.result()
}

// search is one query under way. It belongs to one call of Search.
type search struct {
	*room
	x       *Index
	words   []string
	terms   []*term
	spans   []span
	pairs   []pair
	broad   []broad
	dates   []uint16         // the words of each whole date, a bit each
	weights [wordsMost]int32 // how much each word of the query says, in hundredths
	total   int32
	limit   int
	keep    func(uint32) bool
	whole   bool // the query is one plate, phone, postcode or reference: half of it is no answer
	judged  []ranked
}

// room is what a search needs for its length only, kept for the next.
type room struct {
	rows     rows
	evidence []uint32 // by slot: evidence<<8 | the last word that gave some
	touched  []uint32
	ties     []docTie
	scratch  scratch
	rare     rarities
	verdicts [2]verdict
	cand     [wordsMost]readings
}

// span is a run of words of the query, read as one.
type span struct {
	from, to int
	word     string
	mask     uint16
}

func newSearch(x *Index, r *room, words []string, q Query) *search {
	r.rows.clear()
	s := &search{room: r, x: x, words: words, limit: min(q.Limit, x.Len()), keep: q.Keep}
	s.whole = shape(words) != Other
	s.dates = datesIn(q.Text, words)
	for i, w := range words {
		s.terms = append(s.terms, newTerm(w))
		s.spans = append(s.spans, span{i, i + 1, w, 1 << i})
	}
	for i, w := range words {
		mask := uint16(1) << i
		for to := i + 1; to < min(i+codeMost, len(words)); to++ {
			w += words[to]
			mask |= 1 << to
			s.spans = append(s.spans, span{i, to + 1, w, mask})
		}
	}
	return s
}

// run judges the documents with the most evidence.
func (s *search) run() {
	s.weigh()
	best := s.gather(max(judgedMost, s.limit))
	head := s.judge(best[:min(len(best), judgedMost)], nil)
	// The limit decides how many are shown, not which come first: those past the first few hundred follow them.
	if len(best) > judgedMost {
		tail := s.judge(best[judgedMost:], head)
		head = append(head, tail...)
	}
	s.judged = head[:min(len(head), s.limit)]
}

// judge reads documents with care and sorts them, none above those that come before.
func (s *search) judge(list, before []ranked) []ranked {
	var out []ranked
	for _, r := range list {
		v := s.verdict(r.slot)
		if v.score < scoreLeastHit || s.whole && v.missing != 0 {
			continue
		}
		if len(before) > 0 {
			v.score = min(v.score, before[len(before)-1].score)
		}
		out = append(out, ranked{v.score, r.id, r.slot})
	}
	slices.SortFunc(out, better)
	return out
}

// isExact reports whether every word was found as it was typed.
func (v *verdict) isExact() bool {
	for i := range v.n {
		if c := &v.ties[i]; c.reading != exact && (c.reading != coded || c.note != noteFits) {
			return false
		}
	}
	return v.missing == 0
}

func (s *search) result() Result {
	r := Result{Hits: make([]Hit, len(s.judged))}
	for i, j := range s.judged {
		v := s.verdict(j.slot)
		r.Hits[i] = Hit{ID: j.id, Score: j.score, Why: s.why(v), Whole: v.missing == 0, Exact: v.isExact()}
		if i == 0 {
			r.Meant = s.meant(v)
		}
	}
	return r
}
