package pair

import (
	mathbits "math/bits"
	"strings"
)

// lettersApart counts the letters changed, added, lost or swapped with a neighbour between two words, up to 3 for all that is
// further.
func lettersApart(a, b string) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 2 || len(b) > 30 {
		return 3
	}
	if x, y := letterSet(a), letterSet(b); bits(x&^y) > 2 || bits(y&^x) > 2 { // a letter out is one letter more or less
		return 3
	}
	var rows [3][32]uint8 // the row before the last, the last and this one, in turn
	for j := range len(b) + 1 {
		rows[0][j] = uint8(j) //nolint:gosec // thirty at most
	}
	for i := range len(a) {
		was, last, row := &rows[(i+2)%3], &rows[i%3], &rows[(i+1)%3]
		row[0] = uint8(i + 1) //nolint:gosec // thirty at most
		for j := range len(b) {
			n := min(last[j+1], row[j]) + 1
			if a[i] == b[j] {
				n = min(n, last[j])
			} else {
				n = min(n, last[j]+1)
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				n = min(n, was[j-1]+1)
			}
			row[j+1] = n
		}
	}
	return min(int(rows[len(a)%3][len(b)]), 3)
}

// misspelt says how many letters one word is out of another when it may be a slip of it: one in a word of four letters, two in one
// of seven, and in three only one that is missing or swapped.
func misspelt(a, b string) (out int, ok bool) {
	shorter := min(len(a), len(b))
	if shorter < 3 || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 0, false
	}
	out = lettersApart(a, b)
	switch {
	case shorter == 3:
		return out, out == 1 && (len(a) != len(b) || letterSet(a) == letterSet(b))
	case shorter < 7:
		return out, out == 1
	}
	return out, out <= 2
}

// saidAlike reports whether two words that are not a slip of each other are heard as one: Mohamed and Muhammad, Kowalski and
// Kovalsky.
func saidAlike(a, b string) bool {
	if min(len(a), len(b)) < 4 || !sameOpening(a, b) {
		return false
	}
	x, y := letterSet(a), letterSet(b)
	return bits(x&y)*2 >= max(bits(x), bits(y)) && consonants(a) == consonants(b)
}

// bits counts the bits of a set of letters.
func bits(set uint32) int {
	return mathbits.OnesCount32(set)
}

func sameOpening(a, b string) bool { return opening(a) == opening(b) }

// opening is the sound a word begins with.
func opening(s string) byte {
	switch {
	case s == "":
		return 0
	case strings.HasPrefix(s, "ph"):
		return 'f'
	case strings.HasPrefix(s, "kn"), strings.HasPrefix(s, "gn"):
		return 'n'
	case strings.HasPrefix(s, "wr"):
		return 'r'
	}
	switch c := s[0]; c {
	case 'c', 'q':
		return 'k'
	case 'w':
		return 'v'
	case 'z', 'x':
		return 's'
	case 'g':
		return 'j'
	case 'y', 'e':
		return 'i'
	case 'u':
		return 'o'
	default:
		return c
	}
}

// consonants is what is left of a name when the letters people mistake are taken out: the sound it begins with and the consonants
// after it, alike ones once.
func consonants(s string) string {
	var out [6]byte
	n := 0
	last := byte(0)
	for i := 0; i < len(s) && n < len(out); i++ {
		c := class(s[i])
		switch {
		case s[i] == ' ':
			continue
		case n == 0:
			c = opening(s)
		case c == 0 || c == last:
			if s[i] != 'h' && s[i] != 'w' {
				last = c
			}
			continue
		}
		out[n] = c
		last = class(s[i])
		n++
	}
	return string(out[:n])
}

// class groups the consonants as Soundex does; 0 for vowels and the letters nobody hears.
func class(c byte) byte {
	switch c {
	case 'b', 'f', 'p', 'v':
		return '1'
	case 'c', 'g', 'j', 'k', 'q', 's', 'x', 'z':
		return '2'
	case 'd', 't':
		return '3'
	case 'l':
		return '4'
	case 'm', 'n':
		return '5'
	case 'r':
		return '6'
	case 'a', 'e', 'i', 'o', 'u', 'y', 'h', 'w':
		return 0
	}
	return c
}
