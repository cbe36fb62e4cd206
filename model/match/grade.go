package match

// reading is the way a word of the query was found in a document.
type reading uint8

const (
	unread     reading = iota
	exact              // the very word
	number             // the same number, leading zeros aside
	joined             // two or three words of the query as one
	split              // one word of the query as two
	startsWith         // the beginning of the word
	endsWith           // the end of a phone, plate or reference
	lettersOut         // misspelt
	begunOut           // the beginning, misspelt
	within             // inside a phone, plate or reference
	lettersOf          // its letters, in order
)

// grade is how good a reading is.
type grade struct {
	score    int16
	reading  reading
	out      uint8 // letters out, when misspelt
	from, to uint8 // the words of the query read together, when more than one
}

// The scale. Whatever is found exactly beats whatever is guessed, and a nearer guess beats a further one.
const (
	scoreExact      = 1000
	scoreNumber     = 950
	scoreJoined     = 900
	scoreSplit      = 850
	scoreStarts     = 800 // less 6 for each letter more
	scoreEnds       = 790 // less 6 for each character more
	scoreOne        = 600
	scoreTwo        = 400
	scoreBegun      = 300
	scoreFarTwo     = 250 // two letters out in a short word
	scoreWithin     = 220
	scoreLettersMin = 100
	scoreLettersMax = 200

	otherInitial = 90 // taken off when the first letter differs: people rarely get it wrong
	sameLetters  = 30 // added for letters only swapped
	sameSound    = 40 // added when both are said alike
	extraLetter  = 6
	extraMax     = 25
	joinedNear   = 50 // taken off a misspelling of words read as one
)

// Bonuses for the document as a whole. They are smaller than the steps of the scale, except to place a complete name first.
const (
	inName      = 5   // in the first text
	allOfText   = 50  // the query is one of the texts, in another order
	textInOrder = 100 // the query is one of the texts
)

func exactGrade() grade { return grade{score: scoreExact, reading: exact} }

// affixGrade grades a beginning or an end of a token that has extra more letters.
func affixGrade(r reading, extra int) grade {
	base := scoreStarts
	if r == endsWith {
		base = scoreEnds
	}
	return grade{score: int16(base - extraLetter*min(extra, extraMax)), reading: r} //nolint:gosec // a few hundred
}

// nearGrade grades a misspelling of a word of some length.
func nearGrade(out, length int, like likeness) grade {
	score := scoreOne
	switch {
	case out == 2 && length < longWord:
		score = scoreFarTwo
	case out == 2:
		score = scoreTwo
	}
	if !like.initial {
		score -= otherInitial
	}
	if like.sound {
		score += sameSound
	} else if like.letters {
		score += sameLetters
	}
	return grade{score: int16(score), reading: lettersOut, out: uint8(out)} //nolint:gosec // a few hundred; one or two
}

// likeness is what two spellings have in common.
type likeness struct {
	initial bool // the first letter
	letters bool // all letters, in another order
	sound   bool // how they are said
}
