package pair_test

import (
	"strings"
	"testing"

	"pou/model/day"
	"pou/model/match/pair"
)

// who is a person in short: "SMITH, John, 3 Dec 1984" and then tagged values.
func who(t testing.TB, text string) pair.Person {
	t.Helper()
	var p pair.Person
	for i, part := range strings.Split(text, "; ") {
		tag, value, tagged := strings.Cut(part, ": ")
		switch {
		case i == 0:
			p.Surname, p.Forename, _ = strings.Cut(part, ", ")
		case !tagged:
			p.Born = born(t, part)
		case tag == "alias":
			p.Aliases = append(p.Aliases, value)
		case tag == "also born":
			p.OtherBorn = append(p.OtherBorn, born(t, value))
		case tag == "sex":
			p.Sex = value
		case tag == "at":
			text, code, _ := strings.Cut(value, " / ")
			p.Places = append(p.Places, pair.Place{Text: text, Postcode: code})
		case tag == "phone":
			p.Phones = append(p.Phones, value)
		case tag == "plate":
			p.Plates = append(p.Plates, value)
		default:
			p.Numbers = append(p.Numbers, pair.Number{Scheme: tag, Value: value})
		}
	}
	return p
}

func born(t testing.TB, text string) day.Born {
	t.Helper()
	b, err := day.ParseBorn(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatTwoRecordsHaveInCommon(t *testing.T) {
	t.Parallel()
	const home = "; at: 14 St Mary's Road, Wandsworth / SW18 9ZZ"
	for name, c := range map[string]struct {
		a, b   string
		likely bool
		says   string
	}{
		// names
		"a common name and the day":                    {"SMITH, John; 3 Dec 1984", "SMITH, John; 3 Dec 1984", true, "the same name, the same date of birth"},
		"a common name alone singles nobody out":       {"SMITH, John", "SMITH, John", false, "no date of birth"},
		"a rare name alone does":                       {"QUILLFEATHER, Zebedee", "QUILLFEATHER, Zebedee", true, "the same name, no date of birth"},
		"surname and forename swapped":                 {"SMITH, John; 3 Dec 1984", "JOHN, Smith; 3 Dec 1984", true, "swapped"},
		"two letters the wrong way round in each name": {"WILKINSON, John; 3 Dec 1984", "WILIKNSON, Jonh; 3 Dec 1984", true, "surname 1 letter out, forename 1 letter out"},
		"an initial":                                   {"WILKINSON, J; 3 Dec 1984", "WILKINSON, John; 3 Dec 1984", true, "forename of one initial"},
		"another initial":                              {"SMITH, P; 3 Dec 1984", "SMITH, John; 3 Dec 1984", false, "another forename"},
		"a short form":                                 {"WILKINSON, Sam; 3 Dec 1984", "WILKINSON, Samuel; 3 Dec 1984", true, "short for the other"},
		"a nickname":                                   {"WILKINSON, Jack; 3 Dec 1984", "WILKINSON, John; 3 Dec 1984", true, "forename another form of the same"},
		"the name in another language":                 {"WILKINSON, Yelena; 3 Dec 1984", "WILKINSON, Helen; 3 Dec 1984", true, "the same surname, forename"},
		"a double name of which one has half":          {"WILKINSON-HARGREAVES, Ann; 3 Dec 1984", "HARGREAVES, Ann; 3 Dec 1984", true, "surname alike in part"},
		"hyphen, space or neither":                     {"AL-JABBAR, Abd; 3 Dec 1984", "ALJABBAR, Abd; 3 Dec 1984", true, "the same name"},
		"another script's accents":                     {"ŁUKASZEWICZ, Żaneta; 1984", "LUKASZEWICZ, Zaneta; 1984", true, "the same name"},
		"the surname after marriage, with the address": {"WILKINSON, Zelda; 3 Dec 1984" + home, "HARGREAVES, Zelda; 3 Dec 1984" + home, true, "another surname, the same forename"},
		"an alias of one":                              {"SMITH, John; 3 Dec 1984; alias: Jack Hargreaves", "HARGREAVES, Jack; 3 Dec 1984", true, "an alias of the other"},
		"a word of an alias only":                      {"SMITH, John; 3 Dec 1984; alias: Jack Hargreaves", "HARGREAVES, Peter; 3 Dec 1984", false, ""},
		"a nickname that many share":                   {"SMITH, John; 3 Dec 1984; alias: Jack", "JONES, Jack; 3 Dec 1984", false, ""},
		// births
		"day and month swapped":          {"SMITH, John; 3 Dec 1984", "SMITH, John; 12 Mar 1984", true, "day and month of birth swapped"},
		"a year apart":                   {"SMITH, John; 3 Dec 1984", "SMITH, John; 3 Dec 1983", true, "a year apart"},
		"figures of the year swapped":    {"HARGREAVES, John; 3 Dec 1984", "HARGREAVES, John; 3 Dec 1948", true, "two figures of the date of birth swapped"},
		"one figure out":                 {"HARGREAVES, John; 3 Dec 1984", "HARGREAVES, John; 3 Dec 1974", true, "1 figure out"},
		"only the year of one":           {"HARGREAVES, John; 3 Dec 1984", "HARGREAVES, John; 1984", true, "dates of birth that fit"},
		"another day a person has given": {"SMITH, John; 3 Dec 1984; also born: 17 Apr 1979", "SMITH, John; 17 Apr 1979", true, "a date one has given: the same date of birth"},
		"another day":                    {"HARGREAVES, John; 3 Dec 1984", "HARGREAVES, John; 17 Apr 1979", false, "but other dates of birth"},
		"a 1 January proves less, and not enough for Smith": {"SMITH, John; 1 Jan 1984", "SMITH, John; 1 Jan 1984", true, "a 1 January"},
		// places and numbers
		"a common name and the address":                  {"SMITH, John" + home, "SMITH, John; at: 14 ST MARYS ROAD WANDSWORTH SW18 9ZZ", true, "the same address"},
		"a common name and the next house":               {"SMITH, John; at: 14 Zephyr Road", "SMITH, John; at: 16 Zephyr Road", false, "the same street, another number"},
		"a common name and a postcode":                   {"SMITH, John; at: / SW18 9ZZ", "SMITH, John; at: / sw189zz", true, "the same postcode"},
		"a common name and a phone":                      {"SMITH, John; phone: 07700900123", "SMITH, John; phone: 07700900123", true, "the same phone"},
		"a common name and a plate read with O for 0":    {"SMITH, John; plate: LA0Z ABC", "SMITH, John; plate: LAOZ ABC", true, "the same vehicle"},
		"a number that is one person's":                  {"SMITH, John; 3 Dec 1984; PNC: 84/1X", "JONES, Ann; 1970; PNC: 84/1x", true, "the same PNC number"},
		"the value of another scheme":                    {"SMITH, John; PNC: 84/1X", "JONES, Ann; CRO: 84/1X", false, ""},
		"another number of a kind of which each has one": {"SMITH, John; Dec 1984; PNC: 84/123456X", "SMITH, John; Dec 1984; PNC: 91/987654A", false, "but another PNC number"},
		"another sex": {"SMITH, John; 1984; sex: M", "SMITH, John; 1984; sex: F", false, "but another sex recorded"},
		// family
		"a brother at home":                                  {"HARGREAVES, John; 3 Dec 1984" + home, "HARGREAVES, Peter; 17 Apr 1979" + home, false, ""},
		"a brother whose birth nobody knows":                 {"HARGREAVES, John" + home, "HARGREAVES, Peter" + home, false, ""},
		"somebody at home of whom only the surname is known": {"HARGREAVES, John" + home, "HARGREAVES, " + home, false, ""},
		"a twin, or another forename":                        {"HARGREAVES, John; 3 Dec 1984" + home, "HARGREAVES, Peter; 3 Dec 1984" + home, true, "but it may be a twin"},
		"a father of the same name":                          {"HARGREAVES, John; 3 Dec 1984" + home, "HARGREAVES, John; 17 Apr 1950" + home, true, "it may be parent and child"},
		"strangers":                                          {"SMITH, John; 3 Dec 1984" + home, "JONES, Ann; 17 Apr 1979; at: 3 Old Lane / SE1 9ZZ", false, "another surname, another forename"},
	} {
		v := pair.Compare(who(t, c.a), who(t, c.b))
		if v.Likely() != c.likely || !strings.Contains(v.Why, c.says) {
			t.Errorf("%s: %d because %q, want likely %v because of %q", name, v.Score, v.Why, c.likely, c.says)
		}
	}
}

func TestMorePeopleTakeMoreToSingleOneOut(t *testing.T) {
	t.Parallel()
	a, b := who(t, "SMITH, John; 3 Dec 1984"), who(t, "SMITH, John; 12 Mar 1984")
	few, many := (&pair.Crowd{People: 50}).Compare(a, b), (&pair.Crowd{People: 1_000_000}).Compare(a, b)
	if !few.Likely() || many.Likely() {
		t.Errorf("%d among few, %d among many", few.Score, many.Score)
	}
	common := &pair.Crowd{Listed: 100_000, Count: func(string) int { return 20_000 }}
	if rare := pair.Compare(a, b); common.Compare(a, b).Score >= rare.Score {
		t.Error("a name many on the list bear says as much as one few bear")
	}
}

func TestAReportThatNearlyNamesSomebody(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text, person, found string
	}{
		"letters swapped":                   {"Contact with Jonh Smtih on Sunday", "John Smith", "jonh smtih"},
		"surname first":                     {"SMTIH, John was there", "John Smith", "smtih john"},
		"an initial between":                {"saw Katherine M. Wilkinsen", "Katharine Wilkinson", "katherine wilkinsen"},
		"spelt as it is, which is no guess": {"saw John Smith", "John Smith", ""},
		"one name alone":                    {"saw Smtih", "Smith", ""},
		"half of it":                        {"saw Jonh Jones", "John Smith", ""},
		"two letters out in a short word":   {"saw John Smart", "John Smith", ""},
		"far apart":                         {"Jonh was in the park with a man called Smtih", "John Smith", ""},
		"short words are not guessed":       {"went and Lee met", "Ann Li", ""},
		"nothing":                           {"", "John Smith", ""},
	} {
		found, why, ok := pair.NewText(c.text).Name(c.person)
		if found != c.found || ok != (c.found != "") || ok && !strings.Contains(why, "out") {
			t.Errorf("%s: %q because %q", name, found, why)
		}
	}
}
