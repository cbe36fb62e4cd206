package match

import (
	"slices"
	"strings"
)

// A document is its tokens in order, each with two marks.
const (
	endOfText = 1
	endOfDoc  = 2
)

// Index finds documents by their words in any order. Make one with [NewIndex]. Many may read it at once, but nobody while
// it is written.
//
// It keeps no text of a document, only the numbers of its tokens, each distinct token once.
type Index struct {
	vocab vocab
	posts postings
	docs  []uint32          // token<<2 | marks, document after document
	start []uint32          // slot -> where its document begins in docs, or none
	ids   []uint32          // slot -> the caller's id
	slots map[uint32]uint32 // the caller's id -> slot
	spare []uint32          // slots free to use again
	waste int               // words of docs that belong to nobody
}

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{vocab: newVocab(), slots: map[uint32]uint32{}}
}

// Len is how many documents the index holds.
func (x *Index) Len() int { return len(x.slots) }

// Put files a document under id, in place of what id had. The first text is its name and counts a little more than the others.
// A phone is found by any of its last digits, and a plate by its end, if they are given without spaces.
func (x *Index) Put(id uint32, d Doc) {
	doc := x.read(d.Texts)
	if slot, held := x.slots[id]; held {
		if slices.Equal(x.doc(slot), doc) {
			return
		}
		x.remove(id, slot)
	}
	x.place(id, doc)
	x.tidy()
}

// Drop forgets the document filed under id, if there is one.
func (x *Index) Drop(id uint32) {
	slot, held := x.slots[id]
	if !held {
		return
	}
	x.remove(id, slot)
	x.tidy()
}

// read turns texts into a document, giving new tokens their numbers.
func (x *Index) read(texts []Text) []uint32 {
	var doc []uint32
	for _, text := range texts {
		before := len(doc)
		for token := range strings.SplitSeq(Fold(text.Text), " ") {
			if token != "" {
				doc = append(doc, x.vocab.intern(token)<<markBits)
			}
		}
		if len(doc) > before {
			doc[len(doc)-1] |= endOfText
		}
	}
	if len(doc) > 0 {
		doc[len(doc)-1] |= endOfDoc
	}
	return doc
}

// doc returns the document of a slot, sharing memory.
func (x *Index) doc(slot uint32) []uint32 {
	from := x.start[slot]
	if from == none {
		return nil
	}
	end := from
	for x.docs[end]&endOfDoc == 0 {
		end++
	}
	return x.docs[from : end+1]
}

// place gives a document a slot, room and postings.
func (x *Index) place(id uint32, doc []uint32) {
	slot := x.slotFor(id)
	if len(doc) == 0 {
		return
	}
	x.start[slot] = uint32(len(x.docs)) //nolint:gosec // four thousand million words do not fit in memory
	x.docs = append(x.docs, doc...)
	first, alone := uint32(markFirst), true
	for _, w := range doc {
		marks := first
		if w&endOfText != 0 {
			if alone {
				marks |= markSole
			}
			first = 0
		}
		alone = w&endOfText != 0
		x.posts.add(w>>markBits, slot, marks)
	}
}

func (x *Index) slotFor(id uint32) uint32 {
	slot := uint32(len(x.ids)) //nolint:gosec // one a document
	if n := len(x.spare); n > 0 {
		slot = x.spare[n-1]
		x.spare = x.spare[:n-1]
		x.ids[slot] = id
	} else {
		x.ids = append(x.ids, id)
		x.start = append(x.start, none)
	}
	x.slots[id] = slot
	return slot
}

func (x *Index) remove(id, slot uint32) {
	doc := x.doc(slot)
	for _, w := range doc {
		x.posts.remove(w>>markBits, slot)
	}
	x.waste += len(doc)
	x.start[slot] = none
	x.spare = append(x.spare, slot)
	delete(x.slots, id)
}

// tidy makes the index anew once most of it is waste, so that years of changes do not fill the memory.
func (x *Index) tidy() {
	const worthwhile = 1 << 12
	if x.waste < worthwhile || x.waste*2 < len(x.docs) {
		return
	}
	tidied := NewIndex()
	for slot, id := range x.ids {
		slot := uint32(slot) //nolint:gosec // one a document
		if held, ok := x.slots[id]; !ok || held != slot {
			continue
		}
		doc := slices.Clone(x.doc(slot))
		for i, w := range doc {
			doc[i] = tidied.vocab.intern(x.vocab.spelling(w>>markBits))<<markBits | w&(endOfText|endOfDoc)
		}
		tidied.place(id, doc)
	}
	*x = *tidied
}
