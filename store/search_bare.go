package store

import (
	"slices"
	"strings"
	"unicode"
)

// bareWords are the words that are read as a status without status: before them, with the status each means: "obrien
// wanted" is "obrien status:wanted".
func bareWords() map[string]string {
	return map[string]string{
		"wanted": standWanted, "circulated": standCirculated, "located": "located", "arrested": "arrested", "bailed": "bailed", "charged": "charged",
		"eliminated": "eliminated", "withdrawn": "withdrawn", "died": "died", "breach": standBreach, "breaches": standBreach, "order": standOrder,
		"orders": standOrder, "target": standTarget, "targets": standTarget,
	}
}

// bareLongest is the longest of the words.
const bareLongest = len("circulated")

// bareIn appends the words of [bareWords] that a name holds. It is asked of every name there is, and allocates for none
// that holds no such word.
func bareIn(words map[string]string, name string, into []string) []string {
	var low [bareLongest]byte
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) > bareLongest {
			continue
		}
		for i := range len(word) {
			low[i] = word[i] | ' ' // the bit that tells a small letter from its capital
		}
		if _, ok := words[string(low[:len(word)])]; ok {
			into = append(into, string(low[:len(word)]))
		}
	}
	return into
}

// named are the records whose name or title holds one of the words: they are found by it as by any other.
type named map[uint32][]string

func (n named) put(id uint32, words []string) {
	if len(words) == 0 {
		delete(n, id)
		return
	}
	n[id] = words
}

// any reports whether some record is named by one of the words.
func (n named) any(words []string) bool {
	for id := range n {
		if n.holds(id, words) {
			return true
		}
	}
	return false
}

func (n named) holds(id uint32, words []string) bool {
	return slices.ContainsFunc(n[id], func(w string) bool { return slices.Contains(words, w) })
}
