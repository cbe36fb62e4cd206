package match

import (
	"slices"
	"strings"
	"sync"
)

// A document is its tokens in order, each with the field of its text and three marks.
const (
	endOfText = 1
	endOfDoc  = 2
	inSurname = 4 // before the comma of a name
	wordBits  = 7 // three marks, four bits of field

	fieldShift = 3
	fieldMask  = 15
)

func fieldOf(w uint32) Field { return Field(w >> fieldShift & fieldMask) } //nolint:gosec // four bits

// Index finds documents by their words in any order. Make one with [NewIndex]. Many may read it at once, but nobody while
// it is written.
//
// It keeps no text of a document, only the numbers of its tokens, each distinct token once.
type Index struct {
	vocab     vocab
	posts     postings
	docs      []uint32 // token<<7 | field<<3 | marks, document after document
	start     []uint32 // slot -> where its document begins in docs, or none
	ids       []uint32 // slot -> the caller's id
	prior     []uint8  // slot -> the caller's prior
	size      []uint8  // slot -> how many words its name has
	slots     slots    // the caller's id -> slot
	spare     []uint32 // slots free to use again
	waste     int      // words of docs that belong to nobody
	compounds compounds
	doing     []uint32 // room for the document that is being put
	refs      []string // the letters references begin with
	kept      *kept
	rooms     *sync.Pool // of *room: what a search needs for its length only
}

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{vocab: newVocab(), compounds: compounds{vocab: newVocab()}, slots: newSlots(), kept: &kept{}, rooms: &sync.Pool{New: func() any { return &room{} }}}
}

// Len is how many documents the index holds.
func (x *Index) Len() int { return x.slots.n }

// Put files a document under id, in place of what id had. What a text is decides how it may be asked for; an [Other] text is
// taken for what it looks like.
func (x *Index) Put(id uint32, d Doc) { x.PutPrepared(id, Prepare(d)) }

// PutPrepared is Put for a document that was made ready beforehand.
func (x *Index) PutPrepared(id uint32, r Prepared) {
	x.kept.forget()
	doc := x.intern(r.tokens)
	if slot, held := x.slots.of(id); held {
		if slices.Equal(x.doc(slot), doc) {
			x.prior[slot] = r.prior
			return
		}
		x.remove(id, slot)
	}
	x.place(id, r.prior, doc)
	x.tidy()
}

// Drop forgets the document filed under id, if there is one.
func (x *Index) Drop(id uint32) {
	slot, held := x.slots.of(id)
	if !held {
		return
	}
	x.kept.forget()
	x.remove(id, slot)
	x.tidy()
}

// intern turns tokens into a document, giving new ones their numbers. The document is the caller's until the next is made.
func (x *Index) intern(tokens []token) []uint32 {
	doc := x.doing[:0]
	for _, t := range tokens {
		if fieldOf(t.marks) == Ref {
			x.learn(t.text)
		}
		doc = append(doc, x.vocab.intern(t.text)<<wordBits|t.marks)
	}
	x.doing = doc
	return doc
}

// learn notes the letters of a reference, so that its bare number finds it.
func (x *Index) learn(token string) {
	if letters, ok := strings.CutPrefix(token, refMark); ok {
		letters = strings.TrimRight(letters, "0123456789")
		if !slices.Contains(x.refs, letters) {
			x.refs = append(x.refs, letters)
		}
	}
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
func (x *Index) place(id uint32, prior uint8, doc []uint32) {
	slot := x.slotFor(id)
	x.prior[slot], x.size[slot] = prior, 0
	if len(doc) == 0 {
		return
	}
	x.start[slot] = uint32(len(x.docs)) //nolint:gosec // four thousand million words do not fit in memory
	x.docs = append(x.docs, doc...)
	x.eachCompound(doc, x.compounds.add)
	alone, first := true, true
	for _, w := range doc {
		var marks uint32
		if f := fieldOf(w); f == Name || f == Other && first {
			marks = markName
			x.size[slot] = min(x.size[slot], 254) + 1
		}
		first = first && w&endOfText == 0
		if w&endOfText != 0 && alone {
			marks |= markSole
		}
		alone = w&endOfText != 0
		x.posts.add(w>>wordBits, slot, marks)
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
		x.prior = append(x.prior, 0)
		x.size = append(x.size, 0)
	}
	x.slots.set(id, slot)
	return slot
}

func (x *Index) remove(id, slot uint32) {
	doc := x.doc(slot)
	x.eachCompound(doc, x.compounds.remove)
	for _, w := range doc {
		x.posts.remove(w>>wordBits, slot)
	}
	x.waste += len(doc)
	x.start[slot] = none
	x.spare = append(x.spare, slot)
	x.slots.drop(id)
}

// tidy makes the index anew once most of it is waste, so that years of changes do not fill the memory.
func (x *Index) tidy() {
	const worthwhile = 1 << 12
	if x.waste < worthwhile || x.waste*2 < len(x.docs) {
		return
	}
	tidied := NewIndex()
	tidied.refs = x.refs
	for slot, id := range x.ids {
		slot := uint32(slot) //nolint:gosec // one a document
		if held, ok := x.slots.of(id); !ok || held != slot {
			continue
		}
		doc := slices.Clone(x.doc(slot))
		for i, w := range doc {
			doc[i] = tidied.vocab.intern(x.vocab.spelling(w>>wordBits))<<wordBits | w&(1<<wordBits-1)
		}
		tidied.place(id, x.prior[slot], doc)
	}
	*x = *tidied
}
