package model

import (
	"strings"
	"unicode"
)

// FullName is a name as it stands in lists: "SURNAME, Forename".
func FullName(surname, forename string) string {
	surname, forename = strings.TrimSpace(surname), strings.TrimSpace(forename)
	switch {
	case surname == "" && forename == "":
		return ""
	case surname == "":
		return forename
	case forename == "":
		return strings.ToUpper(surname)
	}
	return strings.ToUpper(surname) + ", " + forename
}

// SplitName reads "SURNAME, Forename" or "Forename Surname". A single word is a surname.
func SplitName(full string) (surname, forename string) {
	full = strings.Join(strings.Fields(full), " ")
	if s, f, ok := strings.Cut(full, ","); ok {
		return strings.TrimSpace(s), strings.TrimSpace(f)
	}
	if i := strings.LastIndexByte(full, ' '); i >= 0 {
		return full[i+1:], full[:i]
	}
	return full, ""
}

// titleName is the surname of "SURNAME, Forename" in mixed case: "Adeyemi", "O'Brien", "McKenzie".
func titleName(full string) string {
	surname, _ := SplitName(full)
	if surname != strings.ToUpper(surname) {
		return surname
	}
	var b strings.Builder
	begins := true
	for i, r := range surname {
		if begins || (i == 2 && strings.HasPrefix(surname, "MC")) {
			b.WriteRune(unicode.ToUpper(r))
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		begins = !unicode.IsLetter(r)
	}
	return b.String()
}
