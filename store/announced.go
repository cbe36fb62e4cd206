package store

import "pou/model"

// Announced visits the changes after an entry, with what was typed, and returns how far the journal goes.
func (v *view) Announced(after uint64, fn func(model.Entry, model.Request)) (uint64, error) {
	var bad error
	err := v.Entries(after+1, false, func(e model.Entry) bool {
		after = e.Seq
		if !changes(e) {
			return true
		}
		_, typed, err := v.Entry(e.Seq)
		if err != nil {
			bad = err
			return false
		}
		fn(e, typed)
		return true
	})
	if err == nil {
		err = bad
	}
	return after, err
}

// Announced leaves out what is about a withheld record. Whoever may only look has it as well: that somebody is dangerous is said in
// the room where officers are briefed, though the journal is not read there.
func (g *guarded) Announced(after uint64, fn func(model.Entry, model.Request)) (uint64, error) {
	return g.view.Announced(after, func(e model.Entry, typed model.Request) {
		if !g.hides(e) {
			fn(e, typed)
		}
	})
}
