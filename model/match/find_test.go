package match_test

import (
	"strings"
	"sync"
	"testing"

	"pou/model/match"
)

const sought = 1_000_000 // the id of the person a case is about

func TestAPersonIsFoundAmongThousands(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		texts []string
		query string
		rank  int
		why   string
	}{
		"by the name as written":                             {[]string{"O'BRIEN, Sean"}, "O'BRIEN, Sean", 1, "name exact"},
		"by the name the other way round":                    {[]string{"O'BRIEN, Sean"}, "sean obrien", 1, "name exact"},
		"by a typographer's apostrophe":                      {[]string{"O'BRIEN, Sean"}, "sean o’brien", 1, "name exact"},
		"with a space for the apostrophe":                    {[]string{"O'BRIEN, Sean"}, "sean o brien", 1, "forename exact; as one word: obrien"},
		"with the apostrophe kept as a space on record":      {[]string{"O BRIEN, Sean"}, "sean obrien", 1, "forename exact; as two words: o brien"},
		"with letters swapped in both names":                 {[]string{"SMITH, John"}, "jonh smtih", 1, "sounds alike: Jonh = John; 1 letter out: smtih → smith"},
		"without the comma":                                  {[]string{"SMITH, John"}, "john smith", 1, "name exact"},
		"with the names run together":                        {[]string{"SMITH, John"}, "smithjohn", 1, "as two words: smith john"},
		"with the names run together the other way":          {[]string{"SMITH, John"}, "johnsmith", 1, "as two words: john smith"},
		"with accents":                                       {[]string{"Fernandez, Jose"}, "josé fernandez", 1, "name exact"},
		"without the accents on record":                      {[]string{"FERNÁNDEZ, José"}, "jose fernandez", 1, "name exact"},
		"with a letter lost":                                 {[]string{"WILKINSON, Shaun"}, "shaun wikinson", 1, "forename exact; 1 letter out: wikinson → wilkinson"},
		"with a letter lost and the forename spelt as heard": {[]string{"WILKINSON, Sean"}, "shaun wikinson", 1, "another form: Shaun = Sean; 1 letter out: wikinson → wilkinson"},
		"in another transliteration":                         {[]string{"Mohammed Yusuf"}, "mohamed yousuf", 1, "sounds alike: Mohamed = Mohammed; sounds alike: Yousuf = Yusuf"},
		"in Polish":                                          {[]string{"Łukasz Kowalski"}, "lukasz kowalsky", 1, "name: lukasz; sounds alike: Kowalsky = Kowalski"},
		"with a joined article":                              {[]string{"AL ZAWAHIRI, Sami"}, "alzawahiri", 1, "as two words: al zawahiri"},
		"with a parted article":                              {[]string{"ALZAWAHIRI, Sami"}, "al zawahiri", 1, "as one word: alzawahiri"},
		"with a parted article misspelt":                     {[]string{"ALZAWAHIRI, Sami"}, "al zawahri", 1, "1 letter out: al zawahri → alzawahiri"},
		"with a hyphen left out":                             {[]string{"BLACKWOOD-HALE, Ann"}, "blackwoodhale", 1, "as two words: blackwood hale"},
		"with three particles as one word":                   {[]string{"Delacruz, Ana"}, "de la cruz", 1, "as one word: delacruz"},
		"with the first letter wrong":                        {[]string{"Zbigniew Kowalewski"}, "sbigniew kowalewski", 1, "sounds alike: Sbigniew = Zbigniew; name: kowalewski"},
		"with two letters out in a long name":                {[]string{"Zbigniew Wojciechowski"}, "wojcichovski", 1, "2 letters out: wojcichovski → wojciechowski"},
		"by a beginning":                                     {[]string{"Quillfeather, Ivo"}, "quill", 1, "starts with: Quill"},
		"by a beginning of the last word typed":              {[]string{"Quillfeather, Ivo"}, "ivo quil", 1, "forename exact; starts with: Quil"},
		"by a misspelt beginning, still being typed":         {[]string{"Quillfeather, Ivo"}, "qiullf", 1, "starts with 1 letter out: qiullf → quillfeather"},
		"by letters in order":                                {[]string{"Quillfeather, Ivo"}, "qlfthr", 1, "sounds alike: Qlfthr = Quillfeather"},
		"by an alias":                                        {[]string{"Jones, Paul", "Razor Quillfeather"}, "razor", 1, "exact"},
		"by a reference":                                     {[]string{"Jones, Paul", "P-900482"}, "P-900482", 1, "reference exact"},
		"by a reference without its zeros":                   {[]string{"Jones, Paul", "P-00090048"}, "p90048", 1, "reference exact"},
		"by the number of a reference":                       {[]string{"Jones, Paul", "P-00090048"}, "90048", 1, "number P-090048"},
		"by a day, which is no number":                       {[]string{"Jones, Paul", "1 Feb 1985", "Smith, Ann", "P-00001285"}, "1/2/85", 1, "born 1 Feb 1985"},
		"by the last digits of a phone":                      {[]string{"Jones, Paul", "447700900123"}, "00900123", 1, "ends with 00900123: 07700900123"},
		"by digits within a phone":                           {[]string{"Jones, Paul", "447799987654"}, "9998765", 1, "contains 9998765: 07799987654"},
		"by a plate with a space too many":                   {[]string{"Jones, Paul", "QX99ZZQ"}, "qx99 zzq", 1, "plate exact"},
		"by a plate without its space":                       {[]string{"Jones, Paul", "QX99 ZZQ"}, "qx99zzq", 1, "plate exact"},
		"by the beginning of a plate":                        {[]string{"Jones, Paul", "QX99ZZQ"}, "qx99", 1, "plate starts with QX99"},
		"by the end of a plate":                              {[]string{"Jones, Paul", "QX99ZQQ"}, "zqq", 1, "ends with zqq: QX99ZQQ"},
		"by name and year of birth":                          {[]string{"Smith, John", "3 Dec 1949", "19491203"}, "john smith 1949", 1, "name exact; born 3 Dec 1949"},
		"by name and birthday":                               {[]string{"Smith, John", "3 Dec 1949", "19491203"}, "smith 19491203", 1, "surname exact; born 3 Dec 1949"},
		"by a name in Arabic":                                {[]string{"Yusuf, Ali", "مُحَمَّد يوسف"}, "محمد", 1, "exact"},
	}
	x := crowd(4000)
	for name, c := range cases {
		x.Put(sought, match.Named(c.texts[0], c.texts[1:]...))
		hits := x.Find(c.query, 20)
		rank := rankOf(hits, sought)
		if rank == 0 || rank > c.rank {
			t.Errorf("%s: %q ranks %q %d among %v", name, c.query, c.texts, rank, hits)
			continue
		}
		if got := hits[rank-1].Why; got != c.why {
			t.Errorf("%s: %q says %q, want %q", name, c.query, got, c.why)
		}
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	t.Parallel()
	x := match.NewIndex()
	x.Put(1, match.Named("SMITH, John", "3 Dec 1984", "07700900123", "P-000482"))
	x.Put(2, match.Named("JONES, Paul", "John Hall"))
	x.Put(3, match.Doc{})
	cases := map[string]string{
		"an empty query":                           "",
		"a query of punctuation":                   " -,'! ",
		"a word nobody has":                        "quillfeather",
		"a number with a digit wrong":              "000483",
		"a short word with its first letter wrong": "cmi",
		"two names run together that stand apart":  "jonesjohn x",
		"letters in the wrong order beyond a swap": "htims",
		"a word with three letters out":            "smxyz",
	}
	for name, query := range cases {
		if hits := x.Find(query, 5); len(hits) > 0 {
			t.Errorf("%s: %q finds %v", name, query, hits)
		}
	}
	if hits := x.Find("smith", 0); hits != nil {
		t.Errorf("a limit of nothing finds %v", hits)
	}
}

func TestBetterReadingsComeFirst(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		query string
		texts [][]string // in the order they should be found
	}{
		"exact, then beginning, then misspelling, then letters": {"wilk", [][]string{{"Wilk"}, {"Wilkes"}, {"Wilkinson"}, {"Wlik"}}},
		"the shorter beginning first":                           {"ander", [][]string{{"Anders"}, {"Anderson"}, {"Andersonville"}}},
		"the name before the alias":                             {"razor", [][]string{{"Razor Bill"}, {"Bill Jones", "Razor Bill"}}},
		"the whole name before part of one":                     {"john smith", [][]string{{"Smith, John"}, {"Smith, John Paul"}, {"Jones, John", "Bob Smith"}}},
		"the order typed before the other":                      {"john james", [][]string{{"John James"}, {"James John"}}},
		"one letter out before two":                             {"wilkinson", [][]string{{"Wilkinson"}, {"Wilkinsan"}, {"Wilkinsxx"}}},
		"the right first letter before the wrong one":           {"smith", [][]string{{"Smith"}, {"Smyth"}, {"Zmith"}}},
		"of two misspellings, the one that sounds the same":     {"mohamed yousuf", [][]string{{"Mohammed Yusuf"}, {"Mohamud Yousaf"}}},
		"of two misspellings, letters only swapped":             {"jonh", [][]string{{"John"}, {"Jon"}}},
		"equal ones by number":                                  {"smith", [][]string{{"Smith, A"}, {"Smith, B"}, {"Smith, C"}}},
		"the number itself before the same with zeros":          {"482", [][]string{{"Ann", "482"}, {"Bob", "000482"}, {"Cy", "4820"}, {"Di", "77482"}}},
	}
	for name, c := range cases {
		x := match.NewIndex()
		ids := make([]uint32, len(c.texts))
		for i, texts := range c.texts {
			ids[i] = uint32(len(c.texts) - i)
			if name == "equal ones by number" {
				ids[i] = uint32(i)
			}
			x.Put(ids[i], named(texts...))
		}
		hits := x.Find(c.query, 10)
		for i, id := range ids {
			if rankOf(hits, id) != i+1 {
				t.Errorf("%s: %q: %q ranks %d in %v", name, c.query, c.texts[i], rankOf(hits, id), hits)
			}
		}
	}
}

func TestALimitKeepsTheBest(t *testing.T) {
	t.Parallel()
	x := crowd(3000)
	for _, query := range []string{"john", "jo", "j", "0", "john sm", "smith", "p 1", "son", "se1"} {
		all := x.Find(query, 3000)
		for _, limit := range []int{1, 3, 10, 100} {
			some := x.Find(query, limit)
			if len(some) != min(limit, len(all)) {
				t.Errorf("%q finds %d of %d at limit %d", query, len(some), len(all), limit)
				continue
			}
			for i := range some {
				if some[i].ID != all[i].ID {
					t.Errorf("%q at limit %d: place %d is %v, want %v", query, limit, i+1, some[i], all[i])
					break
				}
			}
		}
	}
}

func TestABeginningThatThousandsShareStillNarrows(t *testing.T) {
	t.Parallel()
	x := crowd(20_000)
	x.Put(sought, match.Named("QUILLFEATHER, Ivo", "07700912345"))
	x.Put(sought+1, match.Named("QUILLFEATHER, Ann", "02079460000"))
	for _, query := range []string{"quillfeather 077", "077 quillfeather", "quill 077"} {
		hits := x.Find(query, 20)
		if len(hits) == 0 || hits[0].ID != sought || !strings.Contains(hits[0].Why, "phone starts with 077") {
			t.Errorf("%q finds %v", query, hits)
		}
	}
}

func TestManyReadersAtOnce(t *testing.T) {
	t.Parallel()
	x := crowd(2000)
	queries := []string{"john", "smtih", "qlfthr", "wilkinson shaun", "07700", "p000482", "smithjohn"}
	want := make([][]match.Hit, len(queries))
	for i, q := range queries {
		want[i] = x.Find(q, 10)
	}
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for i, q := range queries {
				if got := x.Find(q, 10); !equalHits(got, want[i]) {
					t.Errorf("%q beside other readers finds %v, want %v", q, got, want[i])
				}
			}
		})
	}
	readers.Wait()
}

func equalHits(a, b []match.Hit) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestAPlateThatIsPartlyKnown(t *testing.T) {
	t.Parallel()
	x := match.NewIndex()
	x.Put(1, match.Named("Jones, Paul", "AB12CDE"))
	for _, query := range []string{"ab", "ab1", "ab12", "ab12cd", "cde", "2cde", "12cd", "b12", "AB12 CDE", "paul cde"} {
		if hits := x.Find(query, 5); rankOf(hits, 1) != 1 {
			t.Errorf("%q finds %v", query, hits)
		}
	}
	if why := x.Find(strings.ToUpper("12cd"), 1)[0].Why; why != "contains 12cd: AB12CDE" {
		t.Errorf("a partial plate says %q", why)
	}
}
