package match

import "strings"

// codes reads a span as a date, phone, plate, postcode, reference or other number.
func (s *search) codes(k int) {
	sp := &s.spans[k]
	if len(sp.word) > maxPattern {
		return
	}
	if !isCode(sp.word) {
		switch len(sp.word) {
		case 2: // AB of AB12 CDE
			s.beginsWith(k, plateMark+sp.word, grade{score: scoreInitial, reading: startsWith})
		case 7: // ABOI OCE for AB01 OCE
			if len(lookalikes(sp.word)) > 1 {
				s.plates(k)
			}
		}
		return
	}
	s.born(k)
	s.phones(k)
	if sp.to-sp.from == 3 && len(readDates(s.words[sp.from:sp.to])) > 0 { // 1/2/85 is a day, and not P-001285
		return
	}
	s.plates(k)
	s.references(k)
	s.postcodes(k)
	s.numbers(k)
}

func (s *search) born(k int) {
	sp := &s.spans[k]
	if sp.to-sp.from > 3 {
		return
	}
	for _, d := range readDates(s.words[sp.from:sp.to]) {
		for _, r := range d.readings() {
			if r.begun {
				s.beginsWith(k, r.token, r.grade)
			} else {
				s.grade(k, s.x.vocab.find(r.token), r.grade)
			}
		}
	}
}

// beginsWith grades every token with a beginning alike.
func (s *search) beginsWith(k int, affix string, g grade) {
	s.listBegun(k, broad{word: s.spans[k].from, affix: []byte(affix), grade: g})
}

func (s *search) phones(k int) {
	run := s.spans[k].word
	if !isNumber(run) || len(run) < endLeast {
		return
	}
	full := national(run)
	v := &s.x.vocab
	fits := grade{score: scoreExact, reading: coded}
	s.grade(k, v.find(phoneMark+full), fits)
	s.ends(k, run)
	if full != run {
		s.ends(k, full)
	}
	for _, begun := range [...]string{"0", "44", "0044"} {
		if rest, ok := strings.CutPrefix(run, begun); ok && len(rest) > 1 {
			s.beginsWith(k, phoneMark+rest, grade{score: scoreStarts, reading: startsWith})
		}
	}
	const shortest, longest = 9, 15 // digits of a whole phone (E.164)
	if len(full) >= shortest && len(full) <= longest {
		for _, slip := range slips(full) {
			s.grade(k, v.find(phoneMark+slip), grade{score: 760, reading: coded, note: noteDigit})
		}
	}
}

func (s *search) plates(k int) {
	run := s.spans[k].word
	if len(run) < 2 || len(run) > 8 {
		return
	}
	for i, form := range lookalikes(run) {
		g := grade{score: scoreExact, reading: coded}
		begun := grade{score: scoreStarts, reading: startsWith}
		if i > 0 {
			g = grade{score: 960, reading: coded, note: noteLookalike}
			begun = grade{score: scoreStarts - 40, reading: coded, note: noteLookalike}
		}
		s.grade(k, s.x.vocab.find(plateMark+form), g)
		s.beginsWith(k, plateMark+form, begun)
		if i > 0 && len(form) >= endLeast {
			s.ends(k, form)
		}
	}
	if s.spans[k].to-s.spans[k].from > 1 && len(run) >= endLeast {
		s.ends(k, run)
	}
	if isPlate(run) && len(run) == 7 {
		s.plateSlips(k, run)
	}
}

// plateSlips reads a plate with one character taken down wrongly, or two swapped.
func (s *search) plateSlips(k int, run string) {
	g := grade{score: 760, reading: coded, note: noteDigit}
	for i := range len(run) {
		for _, c := range "0123456789abcdefghijklmnopqrstuvwxyz" {
			s.grade(k, s.x.vocab.find(plateMark+run[:i]+string(c)+run[i+1:]), g)
		}
		if i > 0 {
			s.grade(k, s.x.vocab.find(plateMark+run[:i-1]+run[i:i+1]+run[i-1:i]+run[i+1:]), g)
		}
	}
}

func (s *search) references(k int) {
	run := s.spans[k].word
	v := &s.x.vocab
	if ref, ok := reference(run); ok {
		s.grade(k, v.find(refMark+ref), grade{score: scoreExact, reading: coded})
	}
	if isNumber(run) {
		for _, letters := range s.x.refs {
			s.grade(k, v.find(refMark+letters+significant(run)), grade{score: scoreNumber, reading: number})
		}
	}
}

func (s *search) postcodes(k int) {
	run := s.spans[k].word
	v := &s.x.vocab
	if out, in, ok := postcode(run); ok {
		s.grade(k, v.find(postMark+out+" "+in), grade{score: scoreExact, reading: coded})
	}
	if isOutward(run) {
		s.grade(k, v.find(postMark+run), grade{score: 980, reading: coded, note: noteArea})
	}
	if n := len(run); n > 2 && isOutward(run[:n-1]) && isDigit(run[n-1]) {
		s.beginsWith(k, postMark+run[:n-1]+" "+run[n-1:], grade{score: 980, reading: coded, note: noteArea})
	}
}

// numbers reads a run as another number: as it stands, with any count of leading noughts, or its beginning.
func (s *search) numbers(k int) {
	run := s.spans[k].word
	v := &s.x.vocab
	s.grade(k, v.find(idMark+run), grade{score: scoreExact, reading: coded})
	if len(run) >= 2 {
		s.listBegun(k, broad{word: s.spans[k].from, affix: []byte(idMark + run)})
	}
	if !isNumber(run) {
		return
	}
	value := strings.TrimLeft(run, "0")
	for zeros := max(0, 1-len(value)); zeros+len(value) <= numberMost; zeros++ {
		form := strings.Repeat("0", zeros) + value
		s.grade(k, v.find(idMark+form), grade{score: scoreNumber, reading: number})
		s.grade(k, v.find(form), grade{score: scoreNumber, reading: number})
	}
}
