package match

import (
	"slices"
	"sync"
)

const (
	orderedLeast = 1 << 10 // postings of a token that are worth putting in order
	orderedMost  = 1 << 20 // postings kept in order, all told
	guessedMost  = 1 << 16 // misspellings kept, all told
)

// kept is what one search has worked out that the next letter, or the next query with one of its words, asks for again. Whatever
// is written to the index empties it, so it never says anything but what would be worked out anew.
//
// A name that many bear is asked for by every letter typed of it, and only its first few hundred bearers are ever read: its
// postings are kept in the order in which they answer a query of one word, by what they tell, how long the name is and the prior,
// then by id. Of a word its misspellings are kept, so that only the word that is being typed is sought anew.
type kept struct {
	mu      sync.Mutex
	lists   map[uint32][]uint32 // by token
	ordered int                 // postings in lists
	near    [2]map[string][]guess
	guessed int // guesses in near
}

// vocabularies words are sought in.
const (
	ofWords = iota
	ofCompounds
)

func (k *kept) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.lists, k.ordered = nil, 0
	k.near, k.guessed = [2]map[string][]guess{}, 0
}

func (k *kept) list(token uint32) []uint32 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.lists[token]
}

func (k *kept) keepList(token uint32, list []uint32) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.lists == nil || k.ordered+len(list) > orderedMost {
		k.lists, k.ordered = map[uint32][]uint32{}, 0
	}
	if _, have := k.lists[token]; !have {
		k.lists[token] = list
		k.ordered += len(list)
	}
}

// nearOf are the misspellings of a word that were found before.
func (k *kept) nearOf(which int, word string) ([]guess, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	list, have := k.near[which][word]
	return list, have
}

func (k *kept) keepNear(which int, word string, list []guess) {
	const each = 8 // what a word counts that has no misspelling
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.guessed+len(list)+each > guessedMost {
		k.near, k.guessed = [2]map[string][]guess{}, 0
	}
	if k.near[which] == nil {
		k.near[which] = map[string][]guess{}
	}
	if _, have := k.near[which][word]; !have {
		k.near[which][word] = slices.Clone(list)
		k.guessed += len(list) + each
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
	if list := s.x.kept.list(c.token); list != nil {
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
	s.x.kept.keepList(c.token, postings)
	return postings, true
}

// telling is what a posting says beyond that the document has the token: that it is in its name, and a whole text.
func telling(posting uint32) uint32 { return posting&markName + posting&markSole*soleMark }
