package match_test

import (
	"strings"
	"testing"

	"pou/model/match"
)

// neighbours are somebody of every kind the rules of rank are about.
func neighbours() *match.Index {
	x := match.NewIndex()
	for i, p := range []struct {
		name, alias, offence string
	}{
		1:  {"WOOD, John Stuart", "HAWWELL, John S", "s.4A PHA"},
		2:  {"SMITH, Graham", "", "s.4A PHA"},
		3:  {"SMITH, Patricia", "", "s.2A PHA"},
		4:  {"SHAW, John", "", "s.4A PHA"},
		5:  {"SMITH, J", "", ""},
		6:  {"WILKINSON, Paul", "", "s.4A PHA"},
		7:  {"WILKINSON, Sean", "", ""},
		8:  {"RUSHHAM, Shaun", "", "s.4A PHA"},
		9:  {"YUSUF, Mohammed", "", ""},
		10: {"BADAWI, Mohamed Y", "", "assault on an emergency worker"},
		11: {"YUSUF, Liban", "", ""},
		12: {"O'BRIEN, Sean", "", ""},
		13: {"BRIEN, S O", "", ""},
		14: {"BYRNE, Sean", "", "o s.4A PHA"},
		15: {"RASHID, Enamul", "Jazz", "s.18 OAPA"},
		16: {"BASRA, Jasmeet", "", ""},
		17: {"SMITH, Oliver", "", "assault on an emergency worker"},
		18: {"EVANS, John", "", ""},
		19: {"BROWN, John", "", ""},
		20: {"TAYLOR, John", "", ""},
	} {
		d := match.Doc{Texts: []match.Text{{Field: match.Name, Text: p.name}}}
		if p.alias != "" {
			d.Texts = append(d.Texts, match.Text{Field: match.Alias, Text: p.alias})
		}
		if p.offence != "" {
			d.Texts = append(d.Texts, match.Text{Field: match.Offence, Text: p.offence})
		}
		if i > 0 {
			x.Put(uint32(i), d)
		}
	}
	return x
}

// A whole word that was typed is hardly ever an initial: whoever is found by the word itself, however it is spelt, comes before whoever
// has but its first letter.
func TestAWordIsHardlyAnInitial(t *testing.T) {
	t.Parallel()
	x := neighbours()
	cases := map[string]struct {
		query  string
		before []uint32 // all of these
		after  []uint32 // come before all of these
	}{
		"two misspelt words, the surname with another forename, the forename with an initial": {"jonh smtih", []uint32{2, 3, 17}, []uint32{1, 4, 18, 19}},
		"both names as they are, before an initial":                                           {"shaun wikinson", []uint32{7}, []uint32{6, 8}},
		"another transliteration, before an initial":                                          {"mohamed yousuf", []uint32{9}, []uint32{10, 11}},
		"a name with an apostrophe, before one in initials":                                   {"sean obrien", []uint32{12}, []uint32{13, 14}},
		"an initial on record, before another forename":                                       {"john smith", []uint32{5}, []uint32{2, 3, 17}},
		"an initial typed": {"j smith", []uint32{5}, []uint32{2, 3, 16}},
	}
	for name, c := range cases {
		words := strings.Fields(c.query)
		for _, query := range []string{c.query, words[1] + " " + words[0]} {
			hits := x.Find(query, 30)
			for _, b := range c.before {
				for _, a := range c.after {
					if rankOf(hits, b) == 0 || rankOf(hits, a) != 0 && rankOf(hits, a) < rankOf(hits, b) {
						t.Errorf("%s: %q: %d ranks %d, %d ranks %d in %v", name, query, b, rankOf(hits, b), a, rankOf(hits, a), hits)
					}
				}
			}
		}
	}
}

func TestANameIsReadAsANameOnlyWhereItIsOne(t *testing.T) {
	t.Parallel()
	x := match.NewIndex()
	x.Put(1, match.Doc{Texts: []match.Text{
		{Field: match.Name, Text: "QUILLFEATHER, Ivo"}, {Field: match.Address, Text: "4 William Road, Bath"}, {Field: match.Offence, Text: "s.4A PHA; assault on a constable"},
	}})
	for query, finds := range map[string]bool{
		"bill": false, "sally": false, "ant": false, "bth": false, "jon": false,
		"william road": true, "constabel": true, "ivo": true, "william ivo": true,
	} {
		if hits := x.Find(query, 5); len(hits) > 0 != finds {
			t.Errorf("%q finds %v", query, hits)
		}
	}
}

func TestWhatSharesNextToNothingIsNoAnswer(t *testing.T) {
	t.Parallel()
	x := neighbours()
	for _, query := range []string{"zzzz", "jxxz", "qqq", "xohx", "zzzz qqq"} {
		if hits := x.Find(query, 5); len(hits) > 0 {
			t.Errorf("%q finds %v", query, hits)
		}
	}
	if hits := x.Find("enamul zzzz", 5); len(hits) == 0 || hits[0].ID != 15 || !strings.Contains(hits[0].Why, "not found: zzzz") {
		t.Errorf("a name with a word that nobody has finds %v", hits)
	}
}
