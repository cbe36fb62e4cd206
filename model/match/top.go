package match

import (
	"cmp"
	"slices"
)

// ranked is a document with its score.
type ranked struct {
	score int32
	id    uint32
	slot  uint32
}

func better(a, b ranked) int {
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	return cmp.Compare(a.id, b.id)
}

// top keeps the best documents seen, each once, without keeping all of them.
type top struct {
	limit int
	keep  func(id uint32) bool
	list  []ranked
	worst ranked // the last of a full list, once there is one
	full  bool
	mixed bool     // a document may be in the list more than once
	seen  []uint32 // by slot, all nought: room to find those
}

// push puts a document in the list, and reports whether it was not too late or refused.
func (t *top) push(r ranked) bool {
	if t.beats(r) || t.keep != nil && !t.keep(r.id) {
		return false
	}
	t.list = append(t.list, r)
	const slack = 64 // trimming is a sort; do it seldom
	if len(t.list) >= 2*t.limit+slack {
		t.trim()
	}
	return true
}

// beats reports whether the list is full of documents that come before one.
func (t *top) beats(r ranked) bool { return t.full && better(r, t.worst) >= 0 }

// trim drops all but the best, and a document's lesser scores.
func (t *top) trim() {
	slices.SortFunc(t.list, better)
	if t.mixed {
		t.single()
	}
	if len(t.list) >= t.limit {
		t.list = t.list[:t.limit]
		t.worst, t.full = t.list[t.limit-1], true
	}
}

// single drops all but a document's best score from the sorted list.
func (t *top) single() {
	once := t.list[:0]
	for _, r := range t.list {
		if t.seen[r.slot] == 0 {
			t.seen[r.slot] = 1
			once = append(once, r)
		}
	}
	t.list = once
	for _, r := range once {
		t.seen[r.slot] = 0
	}
}

// floor is the score to reach, once the list is full.
func (t *top) floor() (score int32, full bool) { return t.worst.score, t.full }

// best returns the best, in order. The list stays the top's own.
func (t *top) best() []ranked {
	t.trim()
	return t.list
}
