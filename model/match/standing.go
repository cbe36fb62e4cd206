package match

import (
	"slices"
	"sync"
)

const (
	orderedLeast = 1 << 10 // postings of a token that are worth putting in order
	orderedMost  = 1 << 20 // postings kept in order, all told
)

// standings are postings in the order in which they answer a query of one word: by what they tell, how long the name is and the
// prior, then by id. A name that many bear is asked for by every letter typed of it, and only its first few hundred bearers are
// ever read. Whatever is written to the index empties it.
type standings struct {
	mu    sync.Mutex
	lists map[uint32][]uint32 // by token
	held  int
}

func (st *standings) forget() {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.held > 0 {
		st.lists, st.held = nil, 0
	}
}

func (st *standings) of(token uint32) []uint32 {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.lists[token]
}

func (st *standings) keep(token uint32, list []uint32) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.lists == nil || st.held+len(list) > orderedMost {
		st.lists, st.held = map[uint32][]uint32{}, 0
	}
	if _, have := st.lists[token]; !have {
		st.lists[token] = list
		st.held += len(list)
	}
}

// placed is a posting with what it is ordered by: better ones are less.
type placed struct {
	key     uint64
	posting uint32
}

// inOrder are the postings of a token as they stand in the answer to a query of one word; postings as they are when there are few.
func (s *search) inOrder(c *listed) (postings []uint32, ordered bool) {
	all := s.x.posts.of(c.token)
	if len(all) < orderedLeast || len(c.postings) == 0 || &c.postings[0] != &all[0] { // a pair of words has a list of its own
		return c.postings, false
	}
	if list := s.x.standings.of(c.token); list != nil {
		return list, true
	}
	list := make([]placed, len(all))
	for i, p := range all {
		slot := p >> markBits
		stands := ^uint32(s.standing(slot, telling(p))) //nolint:gosec // never negative
		list[i] = placed{uint64(stands)<<32 | uint64(s.x.ids[slot]), p}
	}
	slices.SortFunc(list, func(a, b placed) int {
		if a.key < b.key {
			return -1
		}
		return 1
	})
	postings = make([]uint32, len(list))
	for i := range list {
		postings[i] = list[i].posting
	}
	s.x.standings.keep(c.token, postings)
	return postings, true
}

// telling is what a posting says beyond that the document has the token: that it is in its name, and a whole text.
func telling(posting uint32) uint32 { return posting&markName + posting&markSole*soleMark }
