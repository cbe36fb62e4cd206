package match_test

import (
	"testing"

	"pou/model/match"
)

// remembering is somebody of whom everything is on record.
func remembering() match.Doc {
	return match.Doc{Texts: []match.Text{
		{Field: match.Name, Text: "O'BRIEN, William"},
		{Field: match.Ref, Text: "P-900482"},
		{Field: match.Alias, Text: "Razor"},
		{Field: match.Born, Text: "3 Dec 1984"},
		{Field: match.Phone, Text: "07700900123"},
		{Field: match.Plate, Text: "AB01OCE"},
		{Field: match.Postcode, Text: "SW11 9ZZ"},
		{Field: match.Address, Text: "12 Example Road"},
		{Field: match.ID, Text: "84/123456X"},
		{Field: match.Offence, Text: "Burglary dwelling"},
	}}
}

func TestWhateverIsRememberedFinds(t *testing.T) {
	t.Parallel()
	x := crowd(4000)
	x.Put(sought, remembering())
	cases := map[string]struct{ query, why string }{
		"a nickname":                                   {"bill obrien", "nickname: Bill = William; surname exact"},
		"a nickname and a misspelt surname":            {"billy obrein", "nickname: Billy = William; 1 letter out: obrein → obrien"},
		"the name in another language":                 {"guillermo obrien", "another form: Guillermo = William; surname exact"},
		"an initial":                                   {"w obrien", "initial: W = William; surname exact"},
		"one word too many":                            {"obrien william quaggerty", "surname exact; forename exact; not found: quaggerty"},
		"a born date in figures":                       {"obrien 3/12/84", "surname exact; born 3 Dec 1984"},
		"a born date in figures with dots":             {"obrien 03.12.1984", "surname exact; born 3 Dec 1984"},
		"a born date in words":                         {"obrien 3 december 1984", "surname exact; born 3 Dec 1984"},
		"a born date run together":                     {"obrien 19841203", "surname exact; born 3 Dec 1984"},
		"a born date the American way":                 {"obrien 12/3/1984", "surname exact; born 3 Dec 1984: day and month swapped"},
		"a year of birth":                              {"obrien 1984", "surname exact; born 3 Dec 1984"},
		"a year of birth one out":                      {"obrien 1985", "surname exact; born 3 Dec 1984: year ±1"},
		"a born date with the year one out":            {"obrien 3/12/1983", "surname exact; born 3 Dec 1984: year ±1"},
		"a born date with two digits swapped":          {"obrien 3/12/1948", "surname exact; born 3 Dec 1984: year 2 digits swapped"},
		"a birthday without its year":                  {"obrien 3 dec", "surname exact; born 3 Dec 1984"},
		"a month of birth":                             {"obrien dec 1984", "surname exact; born 3 Dec 1984"},
		"a phone with its country":                     {"+44 7700 900123", "phone exact"},
		"a phone with its country's noughts":           {"0044 7700 900 123", "phone exact"},
		"the end of a phone":                           {"obrien 900123", "surname exact; ends with 900123: 07700900123"},
		"the middle of a phone":                        {"obrien 70090012", "surname exact; contains 70090012: 07700900123"},
		"a phone with a digit wrong":                   {"obrien 07700900124", "surname exact; 1 digit out: 07700900123"},
		"a plate with nought for O":                    {"abo1oce", "0 and O, 1 and I: AB01OCE"},
		"a plate with O for nought and I for 1":        {"ABOI OCE", "0 and O, 1 and I: AB01OCE"},
		"a plate with a letter wrong":                  {"obrien ab01ocf", "surname exact; 1 digit out: AB01OCE"},
		"a postcode":                                   {"sw119zz", "postcode exact"},
		"the outward half of a postcode and a name":    {"bill sw11", "nickname: Bill = William; postcode SW11"},
		"a house number and street":                    {"12 example road", "address: 12 example road"},
		"a street misspelt":                            {"examplle road obrien", "sounds alike: Examplle = Example; address: road; surname exact"},
		"a number somebody else gave":                  {"84/123456X", "number exact"},
		"a reference without its noughts and its dash": {"p900482", "reference exact"},
		"an offence":                                   {"obrien burglary", "surname exact; offence: burglary"},
		"an alias and an offence":                      {"razor burglery", "alias: razor; 1 letter out: burglery → burglary"},
	}
	for name, c := range cases {
		hits := x.Find(c.query, 5)
		if rankOf(hits, sought) != 1 {
			t.Errorf("%s: %q ranks %d in %v", name, c.query, rankOf(hits, sought), hits)
		} else if hits[0].Why != c.why {
			t.Errorf("%s: %q says %q, want %q", name, c.query, hits[0].Why, c.why)
		}
	}
}

func TestNamesOfOneSoundFindEachOther(t *testing.T) {
	t.Parallel()
	x := crowd(4000)
	for kind, pairs := range map[string][][2]string{
		"Arabic":        {{"Hussain Warsame", "Hossein Warsama"}, {"Qasim Khalid", "Kassem Khaled"}, {"Abdurrahim Yasin", "Abdul Rahim Yassin"}, {"Gaddafi", "Qadhafi"}},
		"South Asian":   {{"Chaudhry", "Chowdhury"}, {"Shaikh Rafiq", "Sheikh Rafique"}, {"Dhillon", "Dillon"}},
		"Slavic":        {{"Sergei Yuriev", "Serguei Youriev"}, {"Aleksandr Zhukov", "Alexander Jukov"}, {"Wozniakowski", "Vozniakovsky"}},
		"West African":  {{"Kwame Oluwaseun", "Kwami Oluwaseyun"}, {"Adewale", "Adewole"}},
		"Chinese":       {{"Hsu Wei-ling", "Xu Weiling"}, {"Zhang Qiang", "Cheung Qiang"}, {"Weiling Xu", "Hsu Wei Ling"}},
		"Turkish":       {{"Mehmet Yildiz", "Muhammad Yildiz"}, {"Çelik", "Celik"}},
		"Spanish":       {{"Hernandez Vasquez", "Hernandes Vazquez"}, {"Juan Ibarguengoitia", "Ibargüengoitia Lopez, Juan"}},
		"Greek, Jewish": {{"Georgios Papadimitriou", "Giorgos Papadimitriu"}, {"Yitzhak Perlmutter", "Isaac Perlmuter"}},
	} {
		for _, p := range pairs {
			x.Put(sought, match.Doc{Texts: []match.Text{{Field: match.Name, Text: p[1]}}})
			if hits := x.Find(p[0], 5); rankOf(hits, sought) == 0 {
				t.Errorf("%s: %q does not find %q but %v", kind, p[0], p[1], hits)
			}
		}
	}
}

func TestWantedPeopleComeFirstAmongEqualsOnly(t *testing.T) {
	t.Parallel()
	x := match.NewIndex()
	put := func(id uint32, prior uint8, name string) {
		x.Put(id, match.Doc{Texts: []match.Text{{Field: match.Name, Text: name}}, Prior: prior})
	}
	for id := uint32(1); id <= 2000; id++ {
		put(id, 0, "SMITH, John")
	}
	put(3000, 200, "SMITH, John")
	put(3001, 255, "SMITHE, John")
	put(3002, 255, "JONES, John")
	hits := x.Find("john smith", 10)
	if hits[0].ID != 3000 || hits[1].ID != 1 || hits[2].ID != 2 {
		t.Errorf("found %v", hits)
	}
	put(3000, 0, "SMITH, John") // no longer wanted
	if hits = x.Find("john smith", 10); hits[0].ID != 1 {
		t.Errorf("after the mark is taken off: %v", hits)
	}
}

func TestWhatWasMeantIsSaidWhenItHadToBeGuessed(t *testing.T) {
	t.Parallel()
	x := crowd(2000)
	x.Put(sought, match.Named("QUILLFEATHER, William"))
	for query, want := range map[string]string{
		"quillfeather":         "",
		"bill quillfeather":    "",
		"quilfether william":   "quillfeather william",
		"quil feather william": "quillfeather william",
		"quilfaether bill zzz": "quillfeather bill zzz",
		"zzzzzz":               "",
	} {
		if got := x.Search(match.Query{Text: query, Limit: 5}).Meant; got != want {
			t.Errorf("%q meant %q, want %q", query, got, want)
		}
	}
}

func TestNobodyRefusedIsFound(t *testing.T) {
	t.Parallel()
	x := crowd(3000)
	all := x.Search(match.Query{Text: "john smith", Limit: 3000}).Hits
	odd := x.Search(match.Query{Text: "john smith", Limit: 3000, Keep: func(id uint32) bool { return id%2 == 1 }}).Hits
	n := 0
	for _, h := range all {
		if h.ID%2 == 1 {
			n++
		}
	}
	if len(odd) != n {
		t.Errorf("%d odd hits, want %d", len(odd), n)
	}
	for _, h := range odd {
		if h.ID%2 == 0 {
			t.Errorf("%v was refused", h)
		}
	}
}

func TestHalfOfAPlateOrPostcodeIsNoAnswer(t *testing.T) {
	t.Parallel()
	x := match.NewIndex()
	x.Put(1, match.Doc{Texts: []match.Text{{Field: match.Name, Text: "QUILLFEATHER, Edda"}, {Field: match.Postcode, Text: "SW11 9ZZ"}}})
	for _, query := range []string{"QF19 EDD", "qf19 ed", "SW11 9AB", "P-000001", "07700 900123"} {
		if hits := x.Find(query, 5); len(hits) > 0 {
			t.Errorf("%q finds %v", query, hits)
		}
	}
	if hits := x.Find("edda 07700900123", 5); len(hits) != 1 || hits[0].Why != "forename exact; not found: 07700900123" {
		t.Errorf("a name with a phone nobody has finds %v", hits)
	}
}
