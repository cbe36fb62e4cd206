package match

import "slices"

// A posting says that a document has a token: the document's slot, then two marks.
const (
	markSole   = 1 // the token is the whole of one of the document's texts
	markName   = 2 // the token is in the document's name
	markBits   = 2
	listedMark = 1 << 31 // in postings.head: the rest is a list number
)

// postings holds, for each token, the documents that have it, ascending by slot. Most tokens (a phone, a reference) belong to one
// document: those are kept in place, without a list.
type postings struct {
	head  []uint32
	lists [][]uint32
	spare []uint32 // list numbers free to use again
}

// of returns the postings of a token, sharing memory.
func (p *postings) of(token uint32) []uint32 {
	if token >= uint32(len(p.head)) || p.head[token] == none { //nolint:gosec // as many as tokens
		return nil
	}
	if h := p.head[token]; h&listedMark != 0 {
		return p.lists[h&^listedMark]
	}
	return p.head[token : token+1]
}

func (p *postings) add(token, slot, marks uint32) {
	for uint32(len(p.head)) <= token { //nolint:gosec // as many as tokens
		p.head = append(p.head, none)
	}
	posting := slot<<markBits | marks
	h := p.head[token]
	switch {
	case h == none:
		p.head[token] = posting
	case h&listedMark != 0:
		n := h &^ listedMark
		p.lists[n] = inserted(p.lists[n], posting)
	case h>>markBits == slot:
		p.head[token] |= marks
	default:
		p.head[token] = p.list(min(h, posting), max(h, posting)) | listedMark
	}
}

// list starts a list of two postings and returns its number.
func (p *postings) list(a, b uint32) uint32 {
	if n := len(p.spare); n > 0 {
		at := p.spare[n-1]
		p.spare = p.spare[:n-1]
		p.lists[at] = []uint32{a, b}
		return at
	}
	p.lists = append(p.lists, []uint32{a, b})
	return uint32(len(p.lists) - 1) //nolint:gosec // fewer than tokens
}

func inserted(list []uint32, posting uint32) []uint32 {
	slot := posting >> markBits
	if last := list[len(list)-1] >> markBits; last < slot {
		return append(list, posting)
	}
	i, found := findSlot(list, slot)
	if found {
		list[i] |= posting
		return list
	}
	return slices.Insert(list, i, posting)
}

func (p *postings) remove(token, slot uint32) {
	h := p.head[token]
	if h == none || h&listedMark == 0 {
		if h != none && h>>markBits == slot {
			p.head[token] = none
		}
		return
	}
	n := h &^ listedMark
	if i, found := findSlot(p.lists[n], slot); found {
		p.lists[n] = slices.Delete(p.lists[n], i, i+1)
	}
	if len(p.lists[n]) == 0 {
		p.lists[n], p.head[token] = nil, none
		p.spare = append(p.spare, n)
	}
}

func findSlot(list []uint32, slot uint32) (int, bool) {
	return slices.BinarySearchFunc(list, slot, func(posting, slot uint32) int {
		return int(posting>>markBits) - int(slot)
	})
}
