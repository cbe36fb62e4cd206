package match

import "bytes"

// heard writes a folded Latin word the way it is said, one letter a sound, so that spellings of one name in several languages and
// ears fall together: Mohamed and Mohammed, Yousuf and Yusuf, Kowalsky and Kowalski, Serguei and Sergey, Shaikh and Sheikh. Vowels
// stay, as they were heard; a distance over them is cheap. C is the sound of church, J of jump, S of ship.
//
// Double Metaphone was written for American surnames: it reads the w of Kowalski but not the kh of Khalid, the q of Qasim, the x
// of Xu or the dh of Dhillon, and drops all vowels at once. These rules are for the names heard in London.
func heard(word []byte, to []byte) []byte {
	to = to[:0]
	for i := 0; i < len(word); {
		sounds, n := soundsAt(word, i)
		i += n
		for k := range len(sounds) {
			if s := sounds[k]; len(to) == 0 || to[len(to)-1] != s {
				to = append(to, s)
			}
		}
	}
	return to
}

// soundsAt reads the letters at i that make one sound, or two, and says how many letters they are.
func soundsAt(word []byte, i int) (sounds string, n int) {
	rest := word[i:]
	switch rest[0] {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return vowelAt(word, i)
	case 'b', 'd', 'g', 'k', 'p', 'r', 't', 'j':
		return stopAt(word, i)
	case 'c':
		return cAt(rest)
	case 's', 'z', 'x':
		return hissAt(word, i)
	case 'w':
		if i > 0 && isVowel(word[i-1]) && (len(rest) == 1 || !isVowel(rest[1])) {
			return "u", 1 // Chowdhury, Rowland
		}
		if i == 0 && has(rest, "wr") {
			return "r", 2
		}
		if has(rest, "wh") {
			return "v", 2
		}
		return "v", 1
	case 'q':
		if has(rest, "qu") && len(rest) > 2 && (rest[2] == 'e' || rest[2] == 'i') {
			return "k", 2 // Enrique, Joaquin
		}
		return "k", 1
	case 'h':
		if i == 0 && has(rest, "hs") {
			return "S", 2 // Hsu
		}
		if i > 0 && (len(rest) == 1 || !isVowel(rest[1])) {
			return "", 1 // Abdullah, Ahmed, Fahd
		}
		return "h", 1
	case 'n':
		if has(rest, "ngh") {
			return "ng", 3
		}
	}
	return string(rest[:1]), 1
}

func vowelAt(word []byte, i int) (string, int) {
	rest := word[i:]
	for _, two := range [...]struct{ letters, sound string }{
		{"eau", "o"},
		{"iou", "iu"},
		{"ou", "u"},
		{"oo", "u"},
		{"oe", "o"},
		{"ee", "i"},
		{"ie", "i"},
		{"iy", "i"},
		{"ij", "i"},
		{"ey", "i"},
		{"ei", "e"},
		{"ae", "e"},
		{"ai", "e"},
		{"ay", "e"},
		{"au", "o"},
		{"aa", "a"},
		{"uu", "u"},
		{"ii", "i"},
	} {
		if has(rest, two.letters) {
			return two.sound, len(two.letters)
		}
	}
	if rest[0] == 'y' {
		return "i", 1
	}
	if rest[0] == 'e' && len(rest) == 1 && i > 2 && !isVowel(word[i-1]) {
		return "", 1 // Clarke, Browne
	}
	return string(rest[:1]), 1
}

func stopAt(word []byte, i int) (string, int) {
	rest := word[i:]
	switch {
	case i == 0 && (has(rest, "kn") || has(rest, "gn")):
		return "n", 2
	case i == 0 && has(rest, "ps"):
		return "s", 2
	case has(rest, "dzh"):
		return "J", 3
	case has(rest, "dj"), has(rest, "jh"):
		return "J", 2
	case has(rest, "tsch"):
		return "C", 4
	case has(rest, "tch"):
		return "C", 3
	case has(rest, "ts"), has(rest, "tz"):
		return "s", 2
	case has(rest, "ph"):
		return "f", 2
	case has(rest, "kh"):
		return "h", 2
	case has(rest, "gh"):
		return ghAt(word, i)
	case has(rest, "gue"), has(rest, "gui"):
		return "g", 2
	case has(rest, "th"), has(rest, "dh"), has(rest, "bh"), has(rest, "rh"):
		return string(rest[:1]), 2
	case rest[0] == 'j':
		return "J", 1
	case rest[0] == 'g' && len(rest) > 1 && (rest[1] == 'e' || rest[1] == 'i') && i == 0:
		return "J", 1 // George, Giovanni
	}
	return string(rest[:1]), 1
}

// ghAt: silent after a vowel where a word ends or a t follows (Leigh, Wright), spoken elsewhere (Ghulam, Afghani, Naghdi).
func ghAt(word []byte, i int) (string, int) {
	if i > 0 && isVowel(word[i-1]) && (i+2 == len(word) || word[i+2] == 't') {
		return "", 2
	}
	return "g", 2
}

func cAt(rest []byte) (string, int) {
	switch {
	case has(rest, "ch"), has(rest, "cz"):
		return "C", 2
	case has(rest, "ck"), has(rest, "cq"), has(rest, "cc"):
		return "k", 2
	case len(rest) > 1 && (rest[1] == 'e' || rest[1] == 'i' || rest[1] == 'y'):
		return "s", 1
	}
	return "k", 1
}

func hissAt(word []byte, i int) (string, int) {
	rest := word[i:]
	switch {
	case has(rest, "shch"):
		return "S", 4
	case has(rest, "sch"):
		return "S", 3
	case has(rest, "sh"), has(rest, "sz"):
		return "S", 2
	case has(rest, "sy") && len(rest) > 2 && isVowel(rest[2]):
		return "S", 2 // Basyir, Syarif: Malay and Indonesian
	case has(rest, "zh"):
		return "J", 2
	case rest[0] == 'x' && i == 0:
		return "S", 1
	case rest[0] == 'x':
		return "ks", 1
	case rest[0] == 'z':
		return "s", 1
	}
	return "s", 1
}

func has(word []byte, letters string) bool { return bytes.HasPrefix(word, []byte(letters)) }

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// skeleton keeps of what is heard the consonants, those easily taken for each other as one, and a mark for a vowel in front. Words
// of one skeleton are tried as the same name.
func skeleton(sounds []byte, to []byte) []byte {
	to = to[:0]
	for i, s := range sounds {
		c := consonant(s)
		switch {
		case c == 0 && i == 0:
			c = 'a'
		case c == 0, s == 'h' && i > 0:
			continue
		}
		if len(to) == 0 || to[len(to)-1] != c {
			to = append(to, c)
		}
	}
	return to
}

func consonant(s byte) byte {
	switch s {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return 0
	case 'd', 't':
		return 't'
	case 'b', 'p':
		return 'p'
	case 'g', 'k', 'q', 'c':
		return 'k'
	case 'v', 'f', 'w':
		return 'f'
	case 's', 'S', 'z':
		return 's'
	case 'C', 'J':
		return 'j'
	}
	return s
}
