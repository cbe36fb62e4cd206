package model

import "strings"

// Choice is one value of a closed list, as a form offers it.
type Choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Key   string `json:"key,omitempty"` // the one key that picks it in a form
}

// Closed is a type whose values are a closed list.
type Closed interface{ Choices() []Choice }

// pick finds the choice an officer means: by value, label or unambiguous beginning.
func pick(choices []Choice, s string) (string, bool) {
	s = strings.TrimSpace(s)
	starts, found := "", 0
	for _, c := range choices {
		if strings.EqualFold(c.Value, s) || strings.EqualFold(c.Label, s) {
			return c.Value, true
		}
		if len(s) > 2 && strings.HasPrefix(strings.ToLower(c.Label), strings.ToLower(s)) {
			starts, found = c.Value, found+1
		}
	}
	return starts, found == 1
}

// rankOf is where a value stands in its list; one that is not in it comes last.
func rankOf(choices []Choice, value string) int {
	for i, c := range choices {
		if c.Value == value {
			return i
		}
	}
	return len(choices)
}

// LabelOf is a value as forms and cards call it; one that is not in the list stands as it is.
func LabelOf(choices []Choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

func valuesOf(choices []Choice) string {
	out := make([]string, len(choices))
	for i, c := range choices {
		out[i] = c.Value
	}
	return strings.Join(out, ", ")
}
