package match

// found is how one word of the query was found in a document.
type found struct {
	wasGrade
	token uint32
	other uint32 // the second half, when read as two words
}

// verdict is how each word of the query was found in one document.
type verdict [wordsMost]found

// verdict reads a document against the query; ok is false when a word of the query is not in it.
func (s *search) verdict(slot uint32, v *verdict) (score int32, ok bool) {
	doc := s.x.doc(slot)
	width := len(s.words)
	var whole, together int32
	text := textReading{}
	for n, w := range doc {
		token := w >> markBits
		grades := s.rows.of(token)
		for i := range grades {
			if g := grades[i]; g.score > v[i].score {
				v[i] = found{wasGrade: g, token: token}
			}
		}
		text.take(grades)
		if w&endOfText != 0 {
			sum := text.sum(width)
			if n == text.words-1 && sum > 0 {
				sum += inName
			}
			together = max(together, sum)
			whole = max(whole, text.whole(width))
			text = textReading{}
		}
	}
	if s.pairs != nil {
		s.askPairs(doc, v)
	}
	for i := range width {
		if v[i].wasReading == wasUnread {
			return 0, false
		}
		score += int32(v[i].score)
	}
	return score + together + whole, true
}

// textReading is how far the query was found in one text of a document. Words found in one text belong together: John in the name and
// Smith in an alias are not John Smith.
type textReading struct {
	best       [wordsMost]int16
	words      int
	outOfOrder bool
	strange    bool // a word that is not the query's
}

func (t *textReading) take(grades []wasGrade) {
	known := false
	for i, g := range grades {
		if g.score > t.best[i] {
			t.best[i] = g.score
		}
		known = known || g.wasReading == wasExact
	}
	if !known {
		t.strange = true
	}
	if t.words >= len(grades) || grades[t.words].wasReading != wasExact {
		t.outOfOrder = true
	}
	t.words++
}

// sum is a tenth of what was found in this text.
func (t *textReading) sum(width int) (sum int32) {
	for i := range width {
		sum += int32(t.best[i])
	}
	return sum / 10
}

// whole is the bonus of a text that is the query, no more and no less.
func (t *textReading) whole(width int) int32 {
	if t.strange || t.words != width {
		return 0
	}
	for i := range width {
		if t.best[i] != rateExact {
			return 0
		}
	}
	if t.outOfOrder {
		return allOfText
	}
	return textInOrder
}

// askPairs looks for words of the query as two words of one text.
func (s *search) askPairs(doc []uint32, v *verdict) {
	g := wasGrade{score: rateSplit, wasReading: wasSplit}
	for _, p := range s.pairs {
		if g.score > v[p.word].score && p.in(doc) {
			v[p.word] = found{wasGrade: g, token: p.left, other: p.right}
		}
	}
}

func (p pair) in(doc []uint32) bool {
	left, right := -1, -1
	for n, w := range doc {
		switch w >> markBits {
		case p.left:
			left = n
		case p.right:
			right = n
		}
		if left >= 0 && right >= 0 && (!p.beside || left-right == 1 || right-left == 1) {
			return true
		}
		if w&endOfText != 0 {
			left, right = -1, -1
		}
	}
	return false
}
