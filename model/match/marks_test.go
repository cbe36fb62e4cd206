package match_test

import (
	"slices"
	"strings"
	"testing"

	"pou/model/match"
)

func TestWhatAnswersIsMarked(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ query, text, marked string }{
		"a whole word":                          {"sean", "O'BRIEN, Sean", "         Sean"},
		"both names in another order":           {"sean obrien", "O'BRIEN, Sean", "O.BRIEN..Sean"},
		"a beginning":                           {"obr", "O'BRIEN, Sean", "O.BR"},
		"a first letter":                        {"s", "O'BRIEN, Sean", "         S"},
		"an accent the query lacks":             {"jose", "Fernández, José", "...........José"},
		"a misspelt word, letter by letter":     {"wikinson", "Wilkinson", "Wi.kinson"},
		"the whole of a nickname's name":        {"bill", "SMITH, William", ".......William"},
		"the whole of what sounds alike":        {"mohamed", "Muhammad Ali", "Muhammad"},
		"words run together":                    {"smithjohn", "SMITH, John", "SMITH..John"},
		"a word parted":                         {"al zawahiri", "ALZAWAHIRI", "ALZAWAHIRI"},
		"the last digits of a phone":            {"900123", "07700 900123", "......900123"},
		"a phone written with its country":      {"+447700900123", "07700 900123", ".7700.900123"},
		"part of a plate":                       {"12cd", "AB12 CDE", "..12.CD"},
		"nothing of another name":               {"quill", "SMITH, John", ""},
		"one of two words":                      {"quill john", "SMITH, John", ".......John"},
		"a ligature is one letter of the shown": {"aethel", "Æthel", "Æthel"},
	}
	for name, c := range cases {
		var want []int
		for i, r := range []rune(c.marked) {
			if r != '.' && r != ' ' {
				want = append(want, i)
			}
		}
		if got := match.Marks(c.query, c.text); !slices.Equal(got, want) {
			t.Errorf("%s: %q in %q marks %v, want %v", name, c.query, c.text, got, want)
		}
	}
}

func FuzzMarks(f *testing.F) {
	f.Add("sean obrien", "O'BRIEN, Sean")
	f.Add("\xff é", "ﷺ e\u0301\x00")
	f.Add(strings.Repeat("x", 70), strings.Repeat("xy", 70))
	f.Fuzz(func(t *testing.T, query, text string) {
		marks := match.Marks(query, text)
		if !slices.IsSorted(marks) || len(marks) > 0 && (marks[0] < 0 || marks[len(marks)-1] >= len([]rune(text))) {
			t.Errorf("%q in %q: %v", query, text, marks)
		}
	})
}

func TestNamesAreComparedAsNames(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		a, b        string
		least, most int
		why         string
	}{
		"the same":                          {"SMITH, John", "john smith", 100, 100, "same name"},
		"a nickname":                        {"SMITH, William", "Bill Smith", 90, 97, "nickname: William = Bill"},
		"another transliteration":           {"Mohammed Yusuf", "YOUSUF, Mohamed", 90, 99, "sounds alike: Mohammed = Mohamed; sounds alike: Yusuf = Yousuf"},
		"the same name in another language": {"Juan Perez", "John Perez", 88, 97, "another form: Juan = John"},
		"an initial":                        {"SMITH, J", "Smith, John", 80, 97, "initial: J = John"},
		"a middle name more":                {"SMITH, John Paul", "Smith, John", 85, 97, "only in one: paul"},
		"a letter out":                      {"SMITH, Jonathan", "SMTIH, Jonathan", 88, 97, "1 letter out: smith → smtih"},
		"a joined article":                  {"AL ZAWAHIRI, Sami", "ALZAWAHIRI, Sami", 95, 99, "as one word: alzawahiri"},
		"only the forename":                 {"SMITH, John", "JONES, John", 0, 55, ""},
		"only the surname":                  {"SMITH, John", "SMITH, Peter", 0, 55, ""},
		"nothing":                           {"SMITH, John", "Okafor, Chidi", 0, 10, ""},
		"no name at all":                    {"", "Smith", 0, 0, "no name"},
	}
	for name, c := range cases {
		got := match.Compare(c.a, c.b)
		back := match.Compare(c.b, c.a)
		if got.Score < c.least || got.Score > c.most || c.why != "" && got.Why != c.why {
			t.Errorf("%s: %q and %q are %v, want %d to %d, %q", name, c.a, c.b, got, c.least, c.most, c.why)
		}
		if back.Score != got.Score {
			t.Errorf("%s: %q and %q are %d, the other way %d", name, c.a, c.b, got.Score, back.Score)
		}
	}
}
