package pair

import (
	"slices"
	"strings"

	"pou/model/match"
)

// Text is the words of a report, to find misspelt names in.
type Text struct{ words []string }

// NewText folds a text and cuts it into words.
func NewText(text string) Text { return Text{match.Tokens(text)} }

// between is how many other words may stand among those of a name: a second forename, an initial.
const between = 1

// Name finds where a text nearly names somebody: all words of the name close together, in any order, spelt within a letter or two.
// It returns the words of the text and how they differ, without the name. A name of one word is found nowhere: too many share it.
// Neither is one spelt as it is, which needs no guess.
func (t Text) Name(full string) (found, why string, ok bool) {
	n := newName(match.Fold(full))
	if n.n < 2 || !slices.ContainsFunc(n.words[:n.n], func(w string) bool { return len(w) > 3 }) {
		return "", "", false
	}
	for from := range t.words {
		window := t.words[from:min(from+n.n+between, len(t.words))]
		if out, words, ok := n.in(window); ok && out > 0 && words[0] == window[0] {
			return strings.Join(words, " "), "spelt " + letters(out) + " out", true
		}
	}
	return "", "", false
}

// in finds each word of a name among some words, and counts the letters they are out.
func (n *name) in(window []string) (out int, words []string, ok bool) {
	var used [wordsMost + between]bool
	for _, w := range n.words[:n.n] {
		best, at := 3, -1
		for i, x := range window {
			if used[i] {
				continue
			}
			if o, near := wordOut(w, x); near && o < best {
				best, at = o, i
			}
		}
		if at < 0 {
			return 0, nil, false
		}
		used[at] = true
		out += best
	}
	for i, x := range window {
		if used[i] {
			words = append(words, x)
		}
	}
	return out, words, true
}

func wordOut(a, b string) (out int, ok bool) {
	if a == b {
		return 0, true
	}
	if len(a) < 4 || len(b) < 3 { // too many short words are a letter apart
		return 0, false
	}
	return misspelt(a, b)
}
