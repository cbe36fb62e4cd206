package match_test

import (
	"slices"
	"testing"

	"pou/model/match"
)

func TestAnAbbreviationPicksFromAShortList(t *testing.T) {
	t.Parallel()
	names := []string{"Wanted list", "Record attempt", "Record arrest", "Due", "Breach: record", "Łódź trip", "José Fernández"}
	cases := map[string]struct {
		query     string
		index     int
		positions []int
	}{
		"by first letters":                        {"ra", 2, []int{0, 7}},
		"by a word":                               {"due", 3, []int{0, 1, 2}},
		"by two beginnings with a space between":  {"rec arr", 2, []int{0, 1, 2, 7, 8, 9}},
		"without the accents it has":              {"jose", 6, []int{0, 1, 2, 3}},
		"with accents it lacks":                   {"dúé", 3, []int{0, 1, 2}},
		"at the letters, not the bytes, it shows": {"dtrip", 5, []int{2, 5, 6, 7, 8}},
	}
	for name, c := range cases {
		picks := match.Abbrev(c.query, names)
		if len(picks) == 0 || picks[0].Index != c.index || !slices.Equal(picks[0].Positions, c.positions) {
			t.Errorf("%s: %q picks %v, want %q at %v", name, c.query, picks, names[c.index], c.positions)
		}
	}
	if picks := match.Abbrev("zz", names); len(picks) != 0 {
		t.Errorf("what abbreviates nothing picks %v", picks)
	}
	if picks := match.Abbrev(" ", names); len(picks) != len(names) || picks[6].Index != 6 {
		t.Errorf("an empty query picks %v", picks)
	}
}

func FuzzAbbrev(f *testing.F) {
	f.Add("ra", "Record arrest")
	f.Add("\x00é", "e\x00\xffé")
	f.Fuzz(func(t *testing.T, query, name string) {
		runes := len([]rune(name))
		for _, p := range match.Abbrev(query, []string{name, "Due"}) {
			if p.Index == 0 && (!slices.IsSorted(p.Positions) || len(p.Positions) > 0 && p.Positions[len(p.Positions)-1] >= runes) {
				t.Errorf("%q in %q at %v", query, name, p.Positions)
			}
		}
	})
}
