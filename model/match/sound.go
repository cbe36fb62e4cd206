package match

import "bytes"

// spoken writes a folded word the way it is usually heard, so that of two misspellings the one that sounds the same comes first:
// Mohamed and Mohammed, Yousuf and Yusuf, Kowalsky and Kowalski.
func spoken(word []byte) []byte {
	heard := make([]byte, 0, len(word))
	for i := 0; i < len(word); {
		sound, n := soundOf(word[i:])
		i += n
		if len(heard) == 0 || heard[len(heard)-1] != sound {
			heard = append(heard, sound)
		}
	}
	return heard
}

// soundOf reads the letters at the start of word that make one sound.
func soundOf(word []byte) (sound byte, n int) {
	for _, s := range [...]struct {
		letters string
		sound   byte
	}{{"ph", 'f'}, {"ck", 'k'}, {"ou", 'u'}, {"oo", 'u'}, {"ee", 'i'}, {"ie", 'i'}, {"ey", 'i'}, {"dj", 'j'}} {
		if bytes.HasPrefix(word, []byte(s.letters)) {
			return s.sound, len(s.letters)
		}
	}
	switch c := word[0]; c {
	case 'y':
		return 'i', 1
	case 'c', 'q':
		return 'k', 1
	case 'w':
		return 'v', 1
	case 'z':
		return 's', 1
	default:
		return c, 1
	}
}
