package comms

import (
	"encoding/binary"
	"hash/maphash"

	"pou/model/atlas"
)

// memo remembers what short cells mean: the number or site of a cell's text. A record names the same few over and over, and looking a text
// up in a map touches its bytes somewhere else in memory each time; here the text stands in the table.
type memo struct {
	seed  maphash.Seed
	slots []slot
	n     int
}

// slot is a text of at most 23 bytes, filled up with zeros, and its length in the last byte; and what it means.
type slot struct {
	text  [3]uint64
	value uint32
	flags atlas.Flags
	used  bool
}

const (
	memoText  = 23
	firstSlot = 1 << 10
	mostSlots = 1 << 18 // a hostile file in which no two cells are alike must not fill the memory: then it begins afresh
)

func newMemo() *memo { return &memo{seed: maphash.MakeSeed(), slots: make([]slot, firstSlot)} }

// words makes the text of a slot; it is not ok for a cell that is too long.
func words(cell []byte) (w [3]uint64, ok bool) {
	if len(cell) > memoText {
		return w, false
	}
	var b [24]byte
	copy(b[:], cell)
	b[memoText] = byte(len(cell))
	return [3]uint64{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:]), binary.LittleEndian.Uint64(b[16:])}, true
}

// find is the slot of a text, or the free one it belongs in.
func (m *memo) find(w [3]uint64, cell []byte) *slot {
	mask := uint64(len(m.slots) - 1) //nolint:gosec // there are always slots
	for at := maphash.Bytes(m.seed, cell) & mask; ; at = (at + 1) & mask {
		if s := &m.slots[at]; !s.used || s.text == w {
			return s
		}
	}
}

// get is what a cell means, if it was met before.
func (m *memo) get(cell []byte) (value uint32, flags atlas.Flags, ok bool) {
	w, ok := words(cell)
	if !ok {
		return 0, 0, false
	}
	s := m.find(w, cell)
	return s.value, s.flags, s.used
}

// put remembers what a cell means. Long cells are not remembered here.
func (m *memo) put(cell []byte, value uint32, flags atlas.Flags) bool {
	w, ok := words(cell)
	if !ok {
		return false
	}
	if m.n*2 >= len(m.slots) {
		m.grow()
	}
	if s := m.find(w, cell); !s.used {
		*s = slot{w, value, flags, true}
		m.n++
	}
	return true
}

func (m *memo) grow() {
	old := m.slots
	m.n = 0
	if len(old) >= mostSlots {
		clear(old)
		return
	}
	m.slots = make([]slot, 4*len(old))
	for _, s := range old {
		if s.used {
			var b [24]byte
			for i, v := range s.text {
				binary.LittleEndian.PutUint64(b[8*i:], v)
			}
			cell := b[:b[memoText]]
			*m.find(s.text, cell) = s
			m.n++
		}
	}
}
