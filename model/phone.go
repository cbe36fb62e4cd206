package model

import "strings"

// The fewest digits that make a phone number: anything shorter is an extension or a slip.
const fewestDigits = 7

// PhoneKey is a number as it is compared: 07700 900123, +44 (0)7700 900123 and 00447700900123 are one; "" for what is no
// phone number.
func PhoneKey(s string) string {
	s = strings.ReplaceAll(s, "(0)", "")
	abroad := strings.HasPrefix(strings.TrimSpace(s), "+")
	n := strings.Map(keepDigits, s)
	if rest, ok := strings.CutPrefix(n, "00"); ok {
		n, abroad = rest, true
	}
	if len(n) < fewestDigits {
		return ""
	}
	switch rest, home := strings.CutPrefix(n, "44"); {
	case home && (abroad || len(n) == 12):
		return "0" + strings.TrimPrefix(rest, "0")
	case abroad:
		return "+" + n
	case len(n) == 10 && n[0] == '7': // a spreadsheet ate the 0
		return "0" + n
	}
	return n
}

// contactKey is a phone or an account as it is compared: a phone by its number, an account by its name without the @.
func contactKey(s string) string {
	if strings.Trim(s, "0123456789+-(). /") == "" {
		if key := PhoneKey(s); key != "" {
			return key
		}
	}
	return strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "@")
}

// endOf is the last of a number, enough to recognise it by and not to ring it.
func endOf(number string) string {
	r := []rune(number)
	return string(r[max(0, len(r)-3):])
}
