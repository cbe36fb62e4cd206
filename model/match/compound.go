package match

import "strings"

// compounds are the runs of words in names that are often written as one (Abdul Rahim, Al Zawahiri, Mac Donald), each distinct run
// once, so that one word of a query can be sought as a misspelling of several.
type compounds struct {
	vocab vocab
	parts [][3]uint32 // by compound: its tokens, the last none when there are two
	count []uint32    // by compound: how often documents have it
}

// leads reports whether a word is often written as one with the next.
func leads(word string) bool {
	switch word {
	case "al", "el", "ul", "abd", "abdul", "abdel", "abdol", "abdal", "abu", "abou", "abi", "bu", "umm", "ben", "bin", "ibn", "ould", "de", "del",
		"della", "di", "da", "do", "dos", "la", "le", "van", "von", "der", "den", "st", "saint", "mc", "mac", "o", "fitz", "ap",
		"mohammed", "mohammad", "muhammad", "nur", "noor", "amir", "sayed", "seyed", "syed", "ghulam", "allah", "ullah", "din", "uddin", "ud":
		return true
	}
	return len(word) <= 3 && !isCode(word)
}

// eachCompound calls f with the compounds of a document's names: two words, or three when the second leads as well.
func (x *Index) eachCompound(doc []uint32, f func(word string, parts [3]uint32)) {
	for n := 0; n+1 < len(doc); n++ {
		if fieldOf(doc[n]) > Alias || doc[n]&endOfText != 0 {
			continue
		}
		first := x.vocab.spelling(doc[n] >> wordBits)
		second := x.vocab.spelling(doc[n+1] >> wordBits)
		if !leads(first) && !leads(second) {
			continue
		}
		f(first+second, [3]uint32{doc[n] >> wordBits, doc[n+1] >> wordBits, none})
		if n+2 < len(doc) && doc[n+1]&endOfText == 0 && leads(second) {
			third := x.vocab.spelling(doc[n+2] >> wordBits)
			f(strings.Join([]string{first, second, third}, ""), [3]uint32{doc[n] >> wordBits, doc[n+1] >> wordBits, doc[n+2] >> wordBits})
		}
	}
}

func (c *compounds) add(word string, parts [3]uint32) {
	if isCode(word) {
		return
	}
	// One spelling may part in two ways; the second is filed beside the first under a name no word has.
	for {
		id := c.vocab.intern(word)
		if int(id) == len(c.parts) {
			c.parts, c.count = append(c.parts, parts), append(c.count, 0)
		}
		if c.parts[id] == parts {
			c.count[id]++
			return
		}
		word += " "
	}
}

func (c *compounds) remove(word string, parts [3]uint32) {
	for {
		id := c.vocab.find(word)
		if id == none {
			return
		}
		if c.parts[id] == parts {
			c.count[id]--
			return
		}
		word += " "
	}
}
