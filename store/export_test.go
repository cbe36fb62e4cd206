package store

// Holds reports whether the index itself has a word, whoever may be shown by it.
func (s *Search) Holds(word string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.index.Find(word, 1)) > 0
}
