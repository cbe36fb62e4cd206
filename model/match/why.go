package match

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// allowance says how typed was read as held, when that needs saying.
func allowance(g grade, typed, held string) string {
	switch g.reading {
	case number:
		return "number " + held
	case joined:
		return "as one word: " + held
	case split:
		return "as two words: " + held
	case sounds:
		return "sounds alike: " + capital(typed) + " = " + capital(held)
	case nickname:
		return "nickname: " + capital(typed) + " = " + capital(held)
	case version:
		return "another form: " + capital(typed) + " = " + capital(held)
	case initial:
		return "initial: " + capital(typed) + " = " + capital(held)
	case endsWith:
		return "ends with " + typed + ": " + held
	case lettersOut:
		return fmt.Sprintf("%s out: %s → %s", counted(g.out), typed, held)
	case begunOut:
		return fmt.Sprintf("starts with %s out: %s → %s", counted(g.out), typed, held)
	case within:
		return "contains " + typed + ": " + held
	case lettersOf:
		return "letters in order: " + typed + " → " + held
	case coded:
		return g.note.say(held)
	case unread, exact, startsWith:
	}
	return ""
}

func capital(word string) string {
	r, n := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[n:]
}

func counted(n uint8) string {
	if n == 1 {
		return "1 letter"
	}
	return fmt.Sprintf("%d letters", n)
}
