package match

// note says what is not quite right about a date, phone, plate, postcode or reference.
type note uint8

const (
	noteFits       note = iota // nothing
	noteSwapped                // day and month changed places
	noteDay                    // the day a digit wrong, or its two swapped
	noteMonth                  // so the month
	noteYear                   // a year out
	noteYears                  // a digit of the year wrong, or two swapped
	noteDigit                  // a digit wrong, or two swapped
	notePartly                 // less is on record than was asked
	noteOtherDay               // only the month and the year agree
	noteOtherMonth             // only the year agrees
	noteLookalike              // 0 for O, 1 for I
	noteArea                   // the outward half of a postcode
)

// say words the note of a reading about a token as it is shown.
func (g grade) say(held string) string {
	slip := "1 digit out"
	if g.out > 1 {
		slip = "2 digits swapped"
	}
	switch g.note {
	case noteSwapped:
		return "born " + held + ": day and month swapped"
	case noteDay:
		return "born " + held + ": day " + slip
	case noteMonth:
		return "born " + held + ": month " + slip
	case noteYears:
		return "born " + held + ": year " + slip
	case noteYear:
		return "born " + held + ": year ±1"
	case noteDigit:
		return "1 digit out: " + held
	case notePartly:
		return "born " + held + " on record"
	case noteOtherDay:
		return "born " + held + ": same month"
	case noteOtherMonth:
		return "born " + held + ": same year"
	case noteLookalike:
		return "0 and O, 1 and I: " + held
	case noteArea:
		return "postcode " + held
	case noteFits:
	}
	return ""
}
