package model

import (
	"strconv"
	"strings"
)

// Counted says how many there are: "1 task", "1,234 tasks".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Thousands(n) + " " + many
}

// Thousands is a count as an officer reads it: 12,345.
func Thousands[N ~int | ~int64 | ~uint32](n N) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// UpperFirst begins words with a capital, as a sentence does.
func UpperFirst(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
