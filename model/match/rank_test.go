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
		21: {"HALE, Alan Rashide", "", ""},
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

func TestAnArticleBeginsNoOtherName(t *testing.T) {
	t.Parallel()
	if hits := neighbours().Find("al rashid", 5); len(hits) < 2 || hits[0].ID != 15 || hits[1].ID != 21 {
		t.Errorf("al rashid finds %v", hits)
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

func TestAWholeDateIsReadAsADateTheNearestFirst(t *testing.T) {
	t.Parallel()
	ladder := []struct{ born, why string }{
		{"12 May 1996", "born 12 May 1996"},
		{"5 Dec 1996", "born 5 Dec 1996: day and month swapped"},
		{"May 1996", "born May 1996 on record"},
		{"10 May 1996", "born 10 May 1996: day 1 digit out"},
		{"12 Jun 1996", "born 12 Jun 1996: month 1 digit out"},
		{"12 May 1997", "born 12 May 1997: year ±1"},
		{"12 May 1986", "born 12 May 1986: year 1 digit out"},
		{"1996", "born 1996 on record"},
		{"29 May 1996", "born 29 May 1996: same month"},
		{"3 Jan 1996", "born 3 Jan 1996: same year"},
	}
	for first := range 2 { // also when nobody was born on the day
		x := match.NewIndex()
		x.Put(90, match.Doc{Texts: []match.Text{
			{Field: match.Name, Text: "MIAH, Faruk"},
			{Field: match.Born, Text: "9 Sep 1979"},
			{Field: match.Address, Text: "12 Example Road"},
			{Field: match.ID, Text: "2005/1996121X"},
			{Field: match.Phone, Text: "07700121996"},
		}})
		for i := first; i < len(ladder); i++ {
			x.Put(uint32(80-i), match.Doc{Texts: []match.Text{{Field: match.Name, Text: "DOE, Sam"}, {Field: match.Born, Text: ladder[i].born}}})
		}
		for _, query := range []string{"12/05/1996", "12.5.96", "12 may 1996", "12 05 1996", "1996-05-12", "sam 12/05/1996", "12/5/96 doe"} {
			hits := x.Find(query, 20)
			for i := first; i < len(ladder); i++ {
				if rankOf(hits, uint32(80-i)) != i+1-first {
					t.Errorf("%q: born %s ranks %d in %v", query, ladder[i].born, rankOf(hits, uint32(80-i)), hits)
				} else if why := hits[i-first].Why; !strings.Contains(why, ladder[i].why) {
					t.Errorf("%q: born %s says %q, want %q", query, ladder[i].born, why, ladder[i].why)
				}
			}
			if rankOf(hits, 90) != 0 {
				t.Errorf("%q is read in pieces: %v", query, hits)
			}
		}
	}
}
