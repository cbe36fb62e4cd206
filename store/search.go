package store

import (
	"context"
	"sync"

	"pou/model"
	"pou/model/match"
)

// Search finds any record by what an officer remembers of it, and by how it stands. The index lives in memory, is filled
// in the background after the store is opened, and is kept current from the change feed, so that no plain words are on
// disk but the records themselves. What is need-to-know is not in it: somebody on record only to be protected is not found
// by where they live, their number or their plate, since whoever knows the one would learn the other.
type Search struct {
	*searchIndex
	through Store // through which answers are read: whoever asks sees no more than they may
	kept    *keptLines
}

// searchIndex is what a search is answered from. Several officers share one.
type searchIndex struct {
	store Store // from which it is filled
	codes *codes
	words map[string]string // see bareWords

	work sync.Mutex // held while news is read and put, so that an older reading never lands on a newer one

	mu      sync.RWMutex
	index   *match.Index
	facets  *facets
	named   named
	people  map[model.Ref][]model.Ref // whom the records that say how somebody stands are about
	filling *filling                  // the reading of everything that is under way
	ready   bool
	done    int                     // people read so far
	opened  map[model.Ref][]opening // what officers opened here, oldest first; see Recent
}

// Found is one answer: the record, its line, and why it matched.
type Found struct {
	model.Line
	Score int32  `json:"score"`
	Match string `json:"match"`
	Exact bool   `json:"-"` // every word was found as it was typed
}

// NewSearch makes an empty index over a store; Fill fills it.
func NewSearch(s Store) *Search {
	x := &searchIndex{store: s, codes: newCodes(), words: bareWords(), opened: map[model.Ref][]opening{}}
	x.empty()
	return &Search{x, s, &keptLines{}}
}

// Through is the same search, answered with what may be read through a store.
func (s *Search) Through(st Store) *Search { return &Search{s.searchIndex, st, &keptLines{}} }

// empty forgets everything that was read. The caller holds the lock.
func (s *searchIndex) empty() {
	s.index, s.facets, s.named, s.people = match.NewIndex(), newFacets(), named{}, map[model.Ref][]model.Ref{}
	s.filling, s.ready, s.done = nil, false, 0
}

// State says how far the index has got: people read, and whether it is complete.
func (s *Search) State() (people int, ready bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.done, s.ready
}

// Ask is what is sought.
type Ask struct {
	Text  string     // words in any spelling, and filters: obrien unit:CN wanted born:198?
	Kind  model.Kind // "" for every kind
	Limit int        // answers at most
}

// Answer is what was found, best first.
type Answer struct {
	Found []Found
	Words string // the words that were sought, without the filters: what there is to highlight
	Meant string // the query with the words found in place of those misspelt; "" when all were found as typed
	Note  string // what an officer ought to know of the answer: how a word was read, what was not looked at
	Ready bool   // the index was complete; otherwise more may be found in a moment
}

// Find answers a query, best first. An empty kind finds every kind. A reference finds its record whatever its kind.
func (s *Search) Find(ctx context.Context, text string, kind model.Kind, limit int) ([]Found, error) {
	a, err := s.Answer(ctx, Ask{Text: text, Kind: kind, Limit: limit})
	return a.Found, err
}
