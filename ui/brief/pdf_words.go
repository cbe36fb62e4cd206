package brief

import "strings"

// fill takes as many words as fit into a line; a word longer than a line is broken.
func (p *paper) fill(words []string, room float64) (said string, rest []string) {
	var b strings.Builder
	used, space := 0.0, p.width(" ")
	for i, w := range words {
		n := p.width(w)
		switch {
		case i == 0 && n > room:
			head, tail := p.broken(w, room)
			return head, append([]string{tail}, words[1:]...)
		case i > 0 && used+space+n > room:
			return b.String(), words[i:]
		case i > 0:
			b.WriteByte(' ')
			used += space
		}
		b.WriteString(w)
		used += n
	}
	return b.String(), nil
}

// broken cuts a word that is longer than a line.
func (p *paper) broken(word string, room float64) (head, tail string) {
	letters := []rune(word)
	n := 1
	for n < len(letters)-1 && p.GetStringWidth(string(letters[:n+1])) <= room {
		n++
	}
	return string(letters[:n]), string(letters[n:])
}

// width is how wide a word is in the present font; most words come again.
func (p *paper) width(word string) float64 {
	key := widthKey{word: word, bold: p.bold, size: p.size}
	w, ok := p.widths[key]
	if !ok {
		w = p.GetStringWidth(word)
		p.widths[key] = w
	}
	return w
}
