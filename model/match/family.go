package match

import (
	_ "embed"
	"strings"
)

// families is the compiled table of names one person may be called by; families/NOTICE.md says where it comes from. A line is a
// name, then each of its kin with a sign: '<' a name it is short for, '>' a short name of it, '=' the same name as another
// language writes it. Lines are in order, so that one is found by halving and nothing is read beforehand.
//
//go:embed families/families.txt
var families string

// kin is how a name is related to another.
type kin uint8

const (
	stranger kin = iota
	sibling      // both short for one name: Bill and Willie
	short        // one is short for the other: Bill and William
	same         // one name in two languages: John and Juan
)

// kinOf returns the line of a name, without the name, or "".
func kinOf(name string) string {
	from, to := 0, len(families)
	for from < to {
		at := (from + to) / 2
		start := strings.LastIndexByte(families[:at], '\n') + 1
		end := start + strings.IndexByte(families[start:], '\n')
		line := families[start:end]
		have, rest, _ := strings.Cut(line, " ")
		switch strings.Compare(have, name) {
		case 0:
			return rest
		case -1:
			from = end + 1
		default:
			to = start
		}
	}
	return ""
}

// eachKin calls f with everyone related to name; a name may come more than once, the nearest kinship first.
func eachKin(name string, f func(other string, k kin)) {
	line := kinOf(name)
	for k := range strings.FieldsSeq(line) {
		if k[0] == '=' {
			f(k[1:], same)
		} else {
			f(k[1:], short)
		}
	}
	for k := range strings.FieldsSeq(line) {
		if k[0] != '<' {
			continue
		}
		for s := range strings.FieldsSeq(kinOf(k[1:])) {
			if s[0] == '>' && s[1:] != name {
				f(s[1:], sibling)
			} else if s[0] == '=' {
				f(s[1:], sibling)
			}
		}
	}
}

// kinship returns how two names are related.
func kinship(a, b string) kin {
	best := stranger
	eachKin(a, func(other string, k kin) {
		if other == b {
			best = max(best, k)
		}
	})
	return best
}
