package match

import "strings"

// Prepared is a document made ready to be put: its tokens, folded and told apart by what they are. Making it is most of the work
// of [Index.Put] that does not touch the index, so several can be made at once while one after another is put.
type Prepared struct {
	tokens []token
	prior  uint8
}

// token is a word of a document with its field and marks, as in a document of the index but for the number.
type token struct {
	text  string
	marks uint32
}

// surnamesIn is how many words of a name stand before its comma: SMITH, John.
func surnamesIn(t Text) int {
	before, _, parted := strings.Cut(t.Text, ",")
	if t.Field != Name && t.Field != Alias || !parted {
		return 0
	}
	return len(Tokens(before))
}

// Prepare makes a document ready to be put.
func Prepare(d Doc) Prepared {
	r := Prepared{tokens: make([]token, 0, 2*len(d.Texts)+2), prior: d.Prior}
	for _, text := range d.Texts {
		before := len(r.tokens)
		words, field := forms(text)
		surnames := surnamesIn(text)
		for i, w := range words {
			marks := uint32(field&fieldMask) << fieldShift
			if i < surnames {
				marks |= inSurname
			}
			r.tokens = append(r.tokens, token{w, marks})
		}
		if n := len(r.tokens); n > before {
			r.tokens[n-1].marks |= endOfText
		}
	}
	if n := len(r.tokens); n > 0 {
		r.tokens[n-1].marks |= endOfDoc
	}
	return r
}
