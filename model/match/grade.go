package match

// wasReading is the way a word of the query was found in a document.
type wasReading uint8

const (
	wasUnread     wasReading = iota
	wasExact              // the very word
	wasNumber             // the same wasNumber, leading zeros aside
	wasJoined             // two or three words of the query as one
	wasSplit              // one word of the query as two
	wasStartsWith         // the beginning of the word
	wasEndsWith           // the end of a phone, plate or reference
	wasLettersOut         // misspelt
	wasBegunOut           // the beginning, misspelt
	wasWithin             // inside a phone, plate or reference
	wasLettersOf          // its letters, in order
)

// wasGrade is how good a wasReading is.
type wasGrade struct {
	score    int16
	wasReading  wasReading
	out      uint8 // letters out, when misspelt
	from, to uint8 // the words of the query read together, when more than one
}

// The scale. Whatever is found exactly beats whatever is guessed, and a nearer guess beats a further one.
const (
	rateExact      = 1000
	rateNumber     = 950
	rateJoined     = 900
	rateSplit      = 850
	rateStarts     = 800 // less 6 for each letter more
	rateEnds       = 790 // less 6 for each character more
	rateOne        = 600
	rateTwo        = 400
	rateBegun      = 300
	rateFarTwo     = 250 // two letters out in a short word
	rateWithin     = 220
	rateLettersMin = 100
	rateLettersMax = 200

	otherInitial = 90 // taken off when the first letter differs: people rarely get it wrong
	sameLetters  = 30 // added for letters only swapped
	wasSameSound    = 40 // added when both are said alike
	wasExtraLetter  = 6
	wasExtraMax     = 25
	joinedNear   = 50 // taken off a misspelling of words read as one
)

// Bonuses for the document as a whole. They are smaller than the steps of the scale, except to place a complete name first.
const (
	inName      = 5   // in the first text
	allOfText   = 50  // the query is one of the texts, in another order
	textInOrder = 100 // the query is one of the texts
)

func wasExactGrade() wasGrade { return wasGrade{score: rateExact, wasReading: wasExact} }

// wasAffixGrade grades a beginning or an end of a token that has extra more letters.
func wasAffixGrade(r wasReading, extra int) wasGrade {
	base := rateStarts
	if r == wasEndsWith {
		base = rateEnds
	}
	return wasGrade{score: int16(base - wasExtraLetter*min(extra, wasExtraMax)), wasReading: r} //nolint:gosec // a few hundred
}

// wasNearGrade grades a misspelling of a word of some length.
func wasNearGrade(out, length int, like wasLikeness) wasGrade {
	score := rateOne
	switch {
	case out == 2 && length < longWord:
		score = rateFarTwo
	case out == 2:
		score = rateTwo
	}
	if !like.initial {
		score -= otherInitial
	}
	if like.sound {
		score += wasSameSound
	} else if like.letters {
		score += sameLetters
	}
	return wasGrade{score: int16(score), wasReading: wasLettersOut, out: uint8(out)} //nolint:gosec // a few hundred; one or two
}

// wasLikeness is what two spellings have in common.
type wasLikeness struct {
	initial bool // the first letter
	letters bool // all letters, in another order
	sound   bool // how they are said
}
