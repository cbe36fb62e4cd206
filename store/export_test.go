package store

import "pou/model"

// Holds reports whether the index itself has a word, whoever may be shown by it.
func (s *Search) Holds(word string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.index.Find(word, 1)) > 0
}

// Worth counts the live records the index would read for somebody; not ok when it would walk.
func (x *Interests) Worth(r Reader, who model.Ref) (n int, ok bool) {
	p, err := recordAs[*model.Person](r, who)
	if err != nil {
		return 0, false
	}
	refs, ok := x.worth(r, p)
	return len(refs), ok
}
