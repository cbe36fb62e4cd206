package match

import "unicode/utf8"

// maxPattern is the longest word whose misspellings are sought: one bit of a machine word a letter.
const maxPattern = 64

// pattern measures words against one word of the query by Hyyrö's bit-parallel restricted Damerau-Levenshtein distance
// (H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003): letters changed, added, lost,
// or two neighbours swapped.
type pattern struct {
	ascii [utf8.RuneSelf]uint64
	other map[rune]uint64
	first rune
	len   int
}

// newPattern prepares word; ok is false when it is too long to be measured.
func newPattern(word string) (p *pattern, ok bool) {
	p = &pattern{len: utf8.RuneCountInString(word)}
	if p.len == 0 || p.len > maxPattern {
		return nil, false
	}
	p.first, _ = utf8.DecodeRuneInString(word)
	i := 0
	for _, r := range word {
		if r < utf8.RuneSelf {
			p.ascii[r] |= 1 << i
		} else {
			if p.other == nil {
				p.other = map[rune]uint64{}
			}
			p.other[r] |= 1 << i
		}
		i++
	}
	return p, true
}

func (p *pattern) bits(r rune) uint64 {
	if r < utf8.RuneSelf {
		return p.ascii[r]
	}
	return p.other[r]
}

// distance returns how many letters word is out, and how many its best beginning is out.
func (p *pattern) distance(word []byte) (whole, beginning int) {
	vp, vn, d0, last := ^uint64(0), uint64(0), uint64(0), uint64(0)
	whole, beginning = p.len, p.len
	top := uint64(1) << (p.len - 1)
	for i := 0; i < len(word); {
		r, size := rune(word[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(word[i:])
		}
		i += size
		pm := p.bits(r)
		swap := ((^d0 & pm) << 1) & last
		d0 = (((pm & vp) + vp) ^ vp) | pm | vn | swap
		hp, hn := vn|^(d0|vp), d0&vp
		if hp&top != 0 {
			whole++
		}
		if hn&top != 0 {
			whole--
		}
		hp, hn = hp<<1|1, hn<<1
		vp, vn, last = hn|^(d0|hp), hp&d0, pm
		beginning = min(beginning, whole)
	}
	return whole, beginning
}

// startsAlike reports whether word begins with the pattern's first letter.
func (p *pattern) startsAlike(word []byte) bool {
	r, _ := utf8.DecodeRune(word)
	return r == p.first
}
