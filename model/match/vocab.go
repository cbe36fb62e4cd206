package match

import (
	"hash/maphash"
	"math/bits"
	"unicode/utf8"
)

// none is no token, no posting, no document.
const none = ^uint32(0)

// vocab is every distinct token once, numbered in order of arrival: the letters back to back, a hash table to find them, their
// order for beginnings and ends, and the words (tokens without digits) by length for misspellings.
type vocab struct {
	seed  maphash.Seed
	text  []byte
	ends  []uint32 // token i is text[ends[i]:ends[i+1]]
	table []uint32 // token ids, open addressing; none where empty
	tags  []uint8  // beside the table: eight other bits of the hash, so that few spellings are looked at
	heads order
	tails order // codes only: phones by their last digits, plates by their last letters
	words [maxWordLen + 1]wordList
	alike map[string][]uint32 // words by their skeleton: those that may be said alike
	sound []byte              // room to work a skeleton out
	bones []byte
}

// maxWordLen bounds the lengths told apart; longer words share the last list.
const maxWordLen = 32

// wordList is the words of one length with the letters each contains.
type wordList struct {
	ids   []uint32
	masks []uint64
	first []byte
}

func newVocab() vocab {
	return vocab{seed: maphash.MakeSeed(), ends: []uint32{0}, tails: order{back: true}, alike: map[string][]uint32{}}
}

func (v *vocab) len() int { return len(v.ends) - 1 }

func (v *vocab) at(id uint32) []byte { return v.text[v.ends[id]:v.ends[id+1]] }

func (v *vocab) spelling(id uint32) string { return string(v.at(id)) }

// find returns the id of a token, or none.
func (v *vocab) find(token string) uint32 {
	if len(v.table) == 0 {
		return none
	}
	i, _ := v.place(token)
	return v.table[i]
}

// place is where token is in the table, or where it would go, and the tag that goes with it.
func (v *vocab) place(token string) (i uint64, tag uint8) {
	last := uint64(len(v.table) - 1) //nolint:gosec // there is a table
	i, tag = v.hash(token)
	for i &= last; v.table[i] != none && (v.tags[i] != tag || string(v.at(v.table[i])) != token); {
		i = (i + 1) & last
	}
	return i, tag
}

func (v *vocab) hash(token string) (h uint64, tag uint8) {
	const top = 56 // the table is never so large that these bits are its own
	h = maphash.String(v.seed, token)
	return h, uint8(h >> top) //nolint:gosec // eight bits
}

// intern returns the id of a token, giving it one if it is new.
func (v *vocab) intern(token string) uint32 {
	if v.len()*4 >= len(v.table)*3 {
		v.grow()
	}
	i, tag := v.place(token)
	if id := v.table[i]; id != none {
		return id
	}
	id := uint32(v.len()) //nolint:gosec // four thousand million distinct tokens do not fit in memory
	v.text = append(v.text, token...)
	v.ends = append(v.ends, uint32(len(v.text))) //nolint:gosec // as above
	v.table[i], v.tags[i] = id, tag
	v.heads.add(v, id)
	if isCode(token) {
		v.tails.add(v, id)
	} else {
		v.words[min(utf8.RuneCountInString(token), maxWordLen)].add(id, letters(token), token[0])
		v.hear(id, token)
	}
	return id
}

// hear files a word under its skeleton.
func (v *vocab) hear(id uint32, token string) {
	v.sound = heard([]byte(token), v.sound)
	v.bones = skeleton(v.sound, v.bones)
	if len(v.bones) > 1 {
		v.alike[string(v.bones)] = append(v.alike[string(v.bones)], id)
	}
}

// grow makes a table of twice the size. Its tokens differ, so none has to be compared.
func (v *vocab) grow() {
	v.table = make([]uint32, max(64, len(v.table)*2))
	v.tags = make([]uint8, len(v.table))
	for i := range v.table {
		v.table[i] = none
	}
	last := uint64(len(v.table) - 1) //nolint:gosec // there is a table
	for id := range v.ends[1:] {
		i, tag := v.hash(string(v.at(uint32(id)))) //nolint:gosec // an id by construction
		for i &= last; v.table[i] != none; {
			i = (i + 1) & last
		}
		v.table[i], v.tags[i] = uint32(id), tag //nolint:gosec // an id by construction
	}
}

func (l *wordList) add(id uint32, mask uint64, first byte) {
	l.ids = append(l.ids, id)
	l.masks = append(l.masks, mask)
	l.first = append(l.first, first)
}

// letters marks which letters a word has: a to z once (bits 0-25) and more than once (26-51), other scripts in what is left.
// One letter changed, added or lost changes at most two marks.
func letters(word string) uint64 {
	var m uint64
	for _, r := range word {
		if r < 'a' || 'z' < r {
			m |= 1 << (52 + uint(r)%12)
			continue
		}
		bit := uint64(1) << (r - 'a')
		if m&bit != 0 {
			bit <<= 26
		}
		m |= bit
	}
	return m
}

// mayBeNear reports whether words with these letters can be within n letters of each other.
func mayBeNear(a, b uint64, n int) bool { return bits.OnesCount64(a^b) <= 2*n }

// mayBegin reports whether a word with letters b can begin with something within n letters of a word with letters a.
func mayBegin(a, b uint64, n int) bool { return bits.OnesCount64(a&^b) <= n }
