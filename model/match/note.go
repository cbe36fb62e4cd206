package match

// note says what is not quite right about a date, phone, plate, postcode or reference.
type note uint8

const (
	noteFits      note = iota // nothing
	noteSwapped               // day and month changed places
	noteYear                  // a year out
	noteDigit                 // a digit wrong, or two swapped
	notePartly                // less is on record than was asked
	noteOtherDay              // only the year agrees
	noteLookalike             // 0 for O, 1 for I
	noteArea                  // the outward half of a postcode
)

// say words a note about a token as it is shown.
func (n note) say(held string) string {
	switch n {
	case noteSwapped:
		return "born " + held + ": day and month swapped"
	case noteYear:
		return "born " + held + ": year ±1"
	case noteDigit:
		return "1 digit out: " + held
	case notePartly:
		return "born " + held + " on record"
	case noteOtherDay:
		return "born " + held + ": same year"
	case noteLookalike:
		return "0 and O, 1 and I: " + held
	case noteArea:
		return "postcode " + held
	case noteFits:
	}
	return ""
}
