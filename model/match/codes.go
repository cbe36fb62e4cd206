package match

import (
	"strconv"
	"strings"
)

// A token that is not a word of a name begins with a mark of what it is, so that a year is no house number and a phone no
// reference. Folding leaves no such character, so no word is ever taken for one.
const (
	bornMark  = "\x01" // year, month and day as far as known: 19841203, 198412, 1984
	phoneMark = "\x02" // the national number, without the nought: 7700900123
	plateMark = "\x03" // ab12cde
	refMark   = "\x04" // letters and number, without noughts: p482
	postMark  = "\x05" // outward and inward: sw11 9zz
	idMark    = "\x06" // as it stands, run together
	lastMark  = '\x06'
)

// forms are the tokens a text is filed under, and the field it turned out to be.
func forms(t Text) ([]string, Field) {
	words := Tokens(t.Text)
	if len(words) == 0 {
		return nil, t.Field
	}
	field := t.Field
	if field == Other {
		field = shape(words)
	}
	switch run := strings.Join(words, ""); field {
	case Born:
		if list := bornForms(words); list != nil {
			return list, Born
		}
	case Phone:
		if isNumber(run) {
			return []string{phoneMark + national(run)}, Phone
		}
	case Plate:
		if isCode(run) {
			return []string{plateMark + run}, Plate
		}
	case Ref:
		if ref, ok := reference(run); ok {
			return []string{refMark + ref}, Ref
		}
	case Postcode:
		if out, in, ok := postcode(run); ok {
			return []string{postMark + out, postMark + out + " " + in}, Postcode
		}
	case ID:
		if isCode(run) {
			return []string{idMark + run}, ID
		}
	case Other, Name, Alias, Address, Offence:
	}
	return words, field
}

// shape guesses what a text nobody named is.
func shape(words []string) Field {
	run := strings.Join(words, "")
	if !isCode(run) || len(words) > 5 {
		return Other
	}
	if _, _, ok := postcode(run); ok && len(words) <= 2 && len(run) >= 5 && !isNumber(words[len(words)-1]) {
		return Postcode
	}
	if len(words) == 2 && len(words[0]) <= 2 && !isCode(words[0]) && isNumber(words[1]) {
		return Ref
	}
	for _, d := range readDates(words) {
		if d.year > 0 && d.month > 0 && len(run) != 6 {
			return Born
		}
	}
	switch {
	case isNumber(run) && len(run) >= 10 && len(run) <= 14 && (run[0] == '0' || strings.HasPrefix(run, "44")):
		return Phone
	case len(words) <= 2 && isPlate(run):
		return Plate
	case len(words) == 1:
		return ID
	}
	return Other
}

// national is a phone without what stands for the country, so that +44, 0044 and 0 are the same.
func national(digits string) string {
	for _, country := range [...]string{"00440", "0044", "440", "44", "00", "0"} {
		if rest, ok := strings.CutPrefix(digits, country); ok && len(rest) >= 7 {
			return rest
		}
	}
	return digits
}

// reference reads letters and a number run together: p000482 is p482.
func reference(run string) (ref string, ok bool) {
	number := strings.TrimLeft(run, "abcdefghijklmnopqrstuvwxyz")
	letters := run[:len(run)-len(number)]
	if letters == "" || len(letters) > 3 || !isNumber(number) {
		return "", false
	}
	return letters + significant(number), true
}

func significant(number string) string {
	if n := strings.TrimLeft(number, "0"); n != "" {
		return n
	}
	return "0"
}

// postcode parts a whole postcode, run together, into its halves.
func postcode(run string) (outward, inward string, ok bool) {
	at := len(run) - 3
	if at < 2 || at > 4 || !isOutward(run[:at]) || !isInward(run[at:]) {
		return "", "", false
	}
	return run[:at], run[at:], true
}

// isOutward: one or two letters, a digit, and perhaps another digit or letter (SW1A, N1, SE15).
func isOutward(s string) bool {
	letters := 0
	for letters < len(s) && isLetter(s[letters]) {
		letters++
	}
	rest := s[letters:]
	return (letters == 1 || letters == 2) && (len(rest) == 1 || len(rest) == 2) && isDigit(rest[0]) &&
		(len(rest) == 1 || isDigit(rest[1]) || isLetter(rest[1]))
}

func isInward(s string) bool { return len(s) == 3 && isDigit(s[0]) && isLetter(s[1]) && isLetter(s[2]) }

// isPlate: a mark of the present series (AB12CDE) or of those before it (A123BCD, ABC123D).
func isPlate(run string) bool {
	if len(run) < 5 || len(run) > 7 || !isLetter(run[0]) || !isLetter(run[len(run)-1]) {
		return false
	}
	letters, digits, turns := 0, 0, 0
	for i := range len(run) {
		switch {
		case isLetter(run[i]):
			letters++
		case isDigit(run[i]):
			digits++
		default:
			return false
		}
		if i > 0 && isDigit(run[i]) != isDigit(run[i-1]) {
			turns++
		}
	}
	return turns == 2 && letters >= 3 && digits >= 1 && digits <= 3
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

// lookalikes are the ways a plate may have been meant: nought for O, one for I, both ways.
func lookalikes(run string) []string {
	list := []string{run}
	for i := range len(run) {
		var other byte
		switch run[i] {
		case '0':
			other = 'o'
		case 'o':
			other = '0'
		case '1':
			other = 'i'
		case 'i':
			other = '1'
		default:
			continue
		}
		for _, s := range list[:min(len(list), 16)] {
			list = append(list, s[:i]+string(other)+s[i+1:])
		}
	}
	return list
}

// shown writes a token as an officer would.
func shown(token string) string {
	if token == "" || token[0] > lastMark {
		return token
	}
	rest := token[1:]
	switch token[:1] {
	case bornMark:
		return shownDate(rest)
	case phoneMark:
		return "0" + rest
	case plateMark, postMark:
		return strings.ToUpper(rest)
	case refMark:
		letters := strings.TrimRight(rest, "0123456789")
		n, err := strconv.Atoi(rest[len(letters):])
		if err != nil {
			return strings.ToUpper(rest)
		}
		return strings.ToUpper(letters) + "-" + padded(n, 6)
	}
	return rest
}

func padded(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}
