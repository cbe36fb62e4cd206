package ui

import (
	"slices"

	"pou/model/match"
	"pou/ui/part"
)

// markedParts are a text in parts, those runes of it picked out that answer the query.
func markedParts(query, text string, style part.StyleID) []part.Part {
	at := match.Marks(query, text)
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
