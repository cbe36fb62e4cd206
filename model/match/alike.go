package match

import (
	"bytes"
	"unicode/utf8"
)

// reading is the way a word was found.
type reading uint8

const (
	unread     reading = iota
	exact              // the very word
	number             // the same number, leading zeros aside
	joined             // two or three words read as one
	split              // one word read as two
	sounds             // said alike
	nickname           // one name is short for the other
	version            // one name in two languages
	startsWith         // the beginning of the word
	initial            // the first letter
	endsWith           // the end of a phone, plate or reference
	lettersOut         // misspelt
	begunOut           // the beginning, misspelt
	within             // inside a phone, plate or reference
	lettersOf          // its letters, in order
	coded              // a date, phone, plate, postcode or reference; the note says how near
)

// grade is how good a reading is.
type grade struct {
	score   int16
	reading reading
	out     uint8 // letters out, when misspelt
	note    note  // what is not quite right, when coded
}

// The scale. Whatever is found exactly beats whatever is guessed, and a nearer guess beats a further one.
const (
	scoreExact   = 1000
	scoreNumber  = 985
	scoreJoined  = 970
	scoreSplit   = 960
	scoreSounds  = 940
	scoreShort   = 915
	scoreVersion = 890
	scoreSibling = 830
	scoreStarts  = 930 // less 6 for each letter more
	scoreEnds    = 890 // less 6 for each character more
	scoreInitial = 740
	scoreLetter  = 500  // a single letter on record for a word asked for
	scoreNear    = 1000 // less what the letters out cost
	scoreLeast   = 600  // a misspelling worth less is none
	scoreBegun   = 500
	scoreWithin  = 640
	scoreLetters = 460 // letters in order, at most
	scoreFaint   = 400 // two letters out in a short word
	scoreJoin    = 800 // a misspelling of words read as one, or of one read as several, worth less is none
	extraLetter  = 6
	extraMax     = 25
)

// term is a word to be measured against others.
type term struct {
	text     string
	runes    int
	mask     uint64
	code     bool // carries a digit: its letters are never guessed at
	pattern  *pattern
	sounds   []byte
	skeleton []byte
	kin      []relative
}

type relative struct {
	name string
	kin  kin
}

// newTerm prepares a folded word.
func newTerm(word string) *term {
	t := &term{text: word, runes: utf8.RuneCountInString(word), mask: letters(word), code: isCode(word)}
	if t.code || t.runes < 2 {
		return t
	}
	t.pattern, _ = newPattern(word)
	t.sounds = heard([]byte(word), nil)
	t.skeleton = skeleton(t.sounds, nil)
	eachKin(word, func(other string, k kin) { t.kin = append(t.kin, relative{other, k}) })
	return t
}

// scratch is room that measuring uses again and again. The zero scratch is ready.
type scratch struct {
	sounds, skeleton []byte
	a, b             [maxPattern]rune
	rows             [3][maxPattern + 1]int16
}

// measure says how good a reading of t another folded word is; the zero grade when it is none. Typed lets t be the beginning of
// the word, as a query is while it is being typed.
func (t *term) measure(word []byte, mask uint64, typed bool, room *scratch) grade {
	if string(word) == t.text {
		return grade{score: scoreExact, reading: exact}
	}
	if t.code || len(word) == 0 {
		if typed && bytes.HasPrefix(word, []byte(t.text)) {
			return beginning(len(word)-len(t.text), t.runes)
		}
		return grade{}
	}
	var best grade
	if len(word) > len(t.text) && string(word[:len(t.text)]) == t.text {
		switch {
		case typed || t.runes == 1:
			best = beginning(len(word)-len(t.text), t.runes)
		case t.runes > 2:
			best = grade{score: scoreStarts - 100, reading: startsWith}
		}
	}
	if t.runes == 1 {
		return best
	}
	if len(t.text) > len(word) && utf8.RuneCount(word) == 1 && t.text[:len(word)] == string(word) {
		return grade{score: scoreInitial, reading: initial}
	}
	for _, k := range t.kin {
		if k.name == string(word) {
			best = better2(best, kinGrade(k.kin))
		}
	}
	if best.score < scoreSounds {
		best = better2(best, t.near(word, mask, room))
	}
	return best
}

func better2(a, b grade) grade {
	if b.score > a.score {
		return b
	}
	return a
}

func kinGrade(k kin) grade {
	switch k {
	case same:
		return grade{score: scoreVersion, reading: version}
	case short:
		return grade{score: scoreShort, reading: nickname}
	case sibling:
		return grade{score: scoreSibling, reading: nickname}
	case stranger:
	}
	return grade{}
}

// beginning grades a beginning of a word that has extra more letters.
func beginning(extra, typed int) grade {
	if typed == 1 {
		return grade{score: int16(scoreInitial - min(extra, extraMax)), reading: initial} //nolint:gosec // a few hundred
	}
	return grade{score: int16(scoreStarts - extraLetter*min(extra, extraMax)), reading: startsWith} //nolint:gosec // a few hundred
}

// near measures word as a misspelling of t, or as said like it.
func (t *term) near(word []byte, mask uint64, room *scratch) grade {
	n := t.allowed()
	if n == 0 || t.pattern == nil || particle(t.text) || len(word) < 4 && particle(string(word)) || len(word) < 2 || word[0] < 'a' && word[0] < utf8.RuneSelf {
		return grade{}
	}
	out := n + 1
	if mayBeNear(t.mask, mask, n) {
		out, _ = t.pattern.distance(word)
	}
	room.sounds = heard(word, room.sounds)
	room.skeleton = skeleton(room.sounds, room.skeleton)
	alike := len(t.skeleton) > 1 && bytes.Equal(t.skeleton, room.skeleton)
	if out > n && !alike {
		return grade{}
	}
	long := max(t.runes, utf8.RuneCount(word))
	cost := room.cost(t.text, word)
	said := room.cost(string(t.sounds), room.sounds)
	if !t.pattern.startsAlike(word) {
		cost += wrongInitial
		if len(room.skeleton) == 0 || len(t.skeleton) == 0 || room.skeleton[0] != t.skeleton[0] {
			said += wrongInitial
		}
	}
	if said == 0 {
		score := min(scoreSounds-cost/4, int(scoreFor(cost/3, long)))
		return grade{score: int16(max(score, scoreLeast)), reading: sounds} //nolint:gosec // a few hundred
	}
	if alike { // the more consonants agree, the less by chance
		less := min(len(t.skeleton), 5)
		cost, said = cost*(13-less)/10, said*(12-less)/10
	}
	g := grade{reading: lettersOut, out: uint8(min(max(out, 1), 9))} //nolint:gosec // at most nine
	g.score = max(scoreFor(cost, long), scoreFor(said+cost/4, long)-15)
	if out > n {
		g.reading = sounds
	}
	if out == 1 { // one slip is always worth a look
		g.score = max(g.score, scoreLeast)
	}
	if g.score < scoreLeast {
		return grade{}
	}
	g.score = min(g.score, scoreSounds-15)
	return g
}

// allowed is how many letters a word may be out.
func (t *term) allowed() int {
	switch {
	case t.runes >= 10:
		return 3
	case t.runes >= 5:
		return 2
	case t.runes >= 3:
		return 1
	}
	return 0
}

// scoreFor turns what the letters out cost, in hundredths of a letter, into a score.
func scoreFor(cost, long int) int16 {
	return int16(max(0, scoreNear-12*cost/max(long, 1))) //nolint:gosec // at most a thousand
}

// What an edit costs, in hundredths of a letter. A vowel is heard wrongly before a consonant is, a doubled letter before another
// is added, and two letters swapped is one slip of the fingers.
const (
	costLetter   = 100
	costSwap     = 40
	costVowels   = 45 // one vowel for another
	costKin      = 60 // one consonant for another easily taken for it
	costVowel    = 55 // a vowel more or less
	costDoubled  = 25
	costH        = 45
	wrongInitial = 45
)

// cost is the cheapest way to turn one word into the other, with neighbours swapped (restricted Damerau-Levenshtein, weighted).
func (r *scratch) cost(a string, b []byte) int {
	x, y := r.a[:0], r.b[:0]
	for _, c := range a {
		if len(x) == maxPattern {
			break
		}
		x = append(x, c)
	}
	for i := 0; i < len(b) && len(y) < maxPattern; {
		c, n := utf8.DecodeRune(b[i:])
		y = append(y, c)
		i += n
	}
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] && (len(x) == 1 || len(y) == 1 || x[1] == y[1]) {
		x, y = x[1:], y[1:] // one common letter stays before the first difference, for what doubles it
	}
	before, last, now := r.rows[0][:len(y)+1], r.rows[1][:len(y)+1], r.rows[2][:len(y)+1]
	last[0] = 0
	for j := range y {
		last[j+1] = last[j] + gap(y, j)
	}
	for i := range x {
		more := gap(x, i)
		now[0] = last[0] + more
		for j := range y {
			c := min(last[j]+swapFor(x[i], y[j]), last[j+1]+more, now[j]+gap(y, j))
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] && x[i] != y[j] {
				c = min(c, before[j-1]+costSwap)
			}
			now[j+1] = c
		}
		before, last, now = last, now, before
	}
	return int(last[len(y)])
}

// gap is what letter i costs where the other word has none.
func gap(word []rune, i int) int16 {
	c := word[i]
	switch {
	case i > 0 && word[i-1] == c:
		return costDoubled
	case c == 'h' && i > 0:
		return costH
	case c < utf8.RuneSelf && isVowel(byte(c)):
		return costVowel
	}
	return costLetter
}

// swapFor is what one letter costs for another.
func swapFor(a, b rune) int16 {
	switch {
	case a == b:
		return 0
	case a >= utf8.RuneSelf || b >= utf8.RuneSelf:
		return costLetter
	}
	x, y := consonant(byte(a)), consonant(byte(b))
	switch {
	case x == 0 && y == 0:
		return costVowels
	case x == y, x == 'j' && y == 's', x == 's' && y == 'j', a == 'm' && b == 'n', a == 'n' && b == 'm',
		a == 'j' && b == 'y', a == 'y' && b == 'j', a == 'c' && y == 's', b == 'c' && x == 's', a == 'k' && b == 'h', a == 'h' && b == 'k', a == 'g' && b == 'h', a == 'h' && b == 'g':
		return costKin
	}
	return costLetter
}
