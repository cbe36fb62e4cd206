package bolt

import (
	bolt "go.etcd.io/bbolt"
)

// LetGo tells the system that the pages of the file read so far need not stay in this process: after everything was read once, for
// the search, they would count as its memory although they are the system's cache. What is read again comes from there.
func (e *Engine) LetGo() error {
	return e.db.View(func(tx *bolt.Tx) error { // the file is not mapped anew while it is being read
		return unneeded(e.db.Info().Data, int(tx.Size()))
	})
}
