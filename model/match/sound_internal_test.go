package match

import (
	"bytes"
	"testing"
)

func TestSpellingsThatAreSaidAlike(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		a, b string
		same bool
	}{
		"a doubled letter":          {"mohamed", "mohammed", true},
		"ou for u":                  {"yousuf", "yusuf", true},
		"y for i at the end":        {"kowalsky", "kowalski", true},
		"ph for f":                  {"stefan", "stephan", true},
		"k for ck and c":            {"nick", "nik", true},
		"ey for ie":                 {"stanley", "stanlie", true},
		"another vowel":             {"yusuf", "yousaf", false},
		"another consonant":         {"smith", "smits", false},
		"a letter from nowhere":     {"brown", "browne", false},
		"nothing and the same":      {"", "", true},
		"letters of another script": {"محمد", "محمود", false},
	}
	for name, c := range cases {
		if same := bytes.Equal(spoken([]byte(c.a)), spoken([]byte(c.b))); same != c.same {
			t.Errorf("%s: %s and %s said alike: %v", name, c.a, c.b, same)
		}
	}
}
