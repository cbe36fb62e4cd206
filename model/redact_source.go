package model

import (
	"regexp"
	"slices"
	"strings"
)

var relation = regexp.MustCompile(`^` + relations + `$`)

// relativeTells finds somebody near to a suspect with a verb of telling after them: "his sister says". Between the two may
// stand a name and the words a verb is put together with. What was told to the suspect ("his wife told him to leave"), or
// is said of the relative ("his brother, said to be violent"), is not a report.
func relativeTells(folded string) string {
	words := strings.Fields(folded)
	for i, w := range words {
		if !relation.MatchString(w) {
			continue
		}
		if n := tellsAt(words[i+1:]); n > 0 {
			return strings.Join(words[i:i+1+n], " ")
		}
	}
	return ""
}

// tellsAt is up to where a verb of telling follows; 0 when none does.
func tellsAt(words []string) int {
	named := false
	for i := range words {
		switch w := words[i]; {
		case isTelling(w):
			if reports(w, words[i+1:]) {
				return i + 1
			}
			return 0
		case slices.Contains(besideVerb(), w):
		case named || slices.Contains(endsSubject(), w):
			return 0
		default:
			named = true
		}
	}
	return 0
}

// besideVerb are the words that may stand between who tells and the verb.
func besideVerb() []string {
	return []string{"in", "law", "has", "have", "had", "also", "then", "since", "now", "later", "recently", "always", "who", "again", "both", "all"}
}

// endsSubject are the words after which the verb is somebody else's.
func endsSubject() []string {
	return []string{"and", "but", "or", "he", "she", "they", "it", "is", "was", "are", "were", "s", "at", "on", "near", "to"}
}

func isTelling(w string) bool {
	return slices.Contains([]string{
		"says", "say", "said", "tells", "tell", "told", "states", "stated", "claims", "claimed", "alleges", "alleged", "reports", "reported", "mentions",
		"mentioned", "confirms", "confirmed", "explains", "explained", "reckons", "reckoned", "believes", "believed", "thinks", "insists", "insisted",
		"disclosed", "discloses", "revealed", "reveals", "informs", "informed", "advises", "advised", "texted", "emailed", "rang", "phoned", "warned",
	}, w)
}

// reports reports whether a verb of telling, with the words after it, hands on what somebody knows.
func reports(verb string, after []string) bool {
	if verb == "says" || len(after) == 0 {
		return true
	}
	next := after[0]
	switch {
	case next == "to":
		return len(after) > 1 && slices.Contains(listeners(), after[1])
	case slices.Contains(listeners(), next):
		return true
	case verb == "rang" || verb == "phoned" || verb == "texted" || verb == "emailed" || verb == "warned":
		return false // somebody else than the police
	case verb == "told" || verb == "tells" || verb == "tell":
		return slices.Contains([]string{"that", "how", "of"}, next)
	}
	return slices.Contains([]string{"that", "he", "she", "they", "it", "his", "her", "their", "there", "this"}, next)
}

// listeners are those a report is given to.
func listeners() []string {
	return []string{"me", "us", "police", "officer", "officers", "dc", "pc", "ds", "ps", "di", "crimestoppers"}
}
