package ui

import (
	"slices"
	"strings"

	"pou/model/match"
	"pou/ui/part"
)

// marks are the runes of a shown text that answer a query, for highlighting, ascending.
func marks(query, text string) []int {
	var letters []byte // of the text, folded
	var runes []int    // for each of them, the rune of the text it comes from
	at := 0
	for _, r := range text {
		folded := match.Fold(string(r))
		if folded == "" && !strings.ContainsRune("'’`", r) {
			folded = " "
		}
		for range len(folded) {
			runes = append(runes, at)
		}
		letters = append(letters, folded...)
		at++
	}
	var out []int
	for _, word := range match.Tokens(query) {
		from := 0
		for len(word) > 1 {
			i := strings.Index(string(letters[from:]), word)
			if i < 0 {
				break
			}
			out = append(out, runes[from+i:from+i+len(word)]...)
			from += i + len(word)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// markedParts are a text in parts, those runes of it picked out that answer the query.
func markedParts(query, text string, style part.StyleID) []part.Part {
	at := marks(query, text)
	if len(at) == 0 {
		return []part.Part{{Text: text, Style: style}}
	}
	var out []part.Part
	runes := []rune(text)
	for from := 0; from < len(runes); {
		_, on := slices.BinarySearch(at, from)
		to := from + 1
		for to < len(runes) {
			if _, is := slices.BinarySearch(at, to); is != on {
				break
			}
			to++
		}
		p := part.Part{Text: string(runes[from:to]), Style: style}
		if on {
			p.Style = part.StyleMatch
		}
		out = append(out, p)
		from = to
	}
	return out
}
