package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"pou/store/exchange"
)

func TestWhoIsProposedAsADuplicate(t *testing.T) {
	const columns = "surname,forename,dob,alias,pnc\n"
	for name, c := range map[string]struct{ a, b, why string }{
		"the same name and day":                            {"SMITH,John,3/12/1984,,", "Smith,john,1984-12-03,,", "the same name, the same date of birth"},
		"surname and forename swapped":                     {"SMITH,John,3/12/1984,,", "John,Smith,3/12/1984,,", "surname and forename swapped, the same date of birth"},
		"a letter out":                                     {"SMITH,John,3/12/1984,,", "SMYTH,John,3/12/1984,,", "surname 1 letter out, the same forename, the same date of birth"},
		"two letters the wrong way round":                  {"SMITH,John,3/12/1984,,", "SMIHT,John,3/12/1984,,", "surname 1 letter out, the same forename, the same date of birth"},
		"the first letter out":                             {"ADAMS,John,3/12/1984,,", "IDAMS,John,3/12/1984,,", "surname 1 letter out, the same forename, the same date of birth"},
		"a letter out in both names":                       {"WILKINSON,Shaun,3/12/1984,,", "WIKINSON,Shuan,3/12/1984,,", "surname 1 letter out, forename 1 letter out, the same date of birth"},
		"said alike":                                       {"KOWALSKI,Mohamed,3/12/1984,,", "KOVALSKY,Muhammad,3/12/1984,,", "surname 2 letters out, forename said alike, the same date of birth"},
		"the short form of a forename":                     {"WILKINSON,Daniel,3/12/1984,,", "WILKINSON,Dan,3/12/1984,,", "the same surname, forename short for the other, the same date of birth"},
		"an initial":                                       {"WILKINSON,Daniel,3/12/1984,,", "WILKINSON,D,3/12/1984,,", "the same surname, forename of one initial, the same date of birth"},
		"a second forename on one":                         {"WILKINSON,Daniel Peter,3/12/1984,,", "WILKINSON,Daniel,3/12/1984,,", "the same surname, forename alike in part, the same date of birth"},
		"the same words parted another way":                {"HASSAN,Ali Yusuf,3/12/1984,,", "YUSUF,Hassan Ali,3/12/1984,,", "the same names in another order, the same date of birth"},
		"a year that fits a day":                           {"SMITH,John,3/12/1984,,", "SMITH,John,1984,,", "the same name, dates of birth that fit"},
		"about that year, of a rare name":                  {"WILKINSON,Piotr,3/12/1984,,", "WILKINSON,Piotr,c. 1986,,", "the same name, dates of birth that fit"},
		"about that year, of a common name":                {"SMITH,John,3/12/1984,,", "SMITH,John,c. 1986,,", ""},
		"no date of birth on one, of a rare name":          {"QUILLFEATHER,Zebedee,3/12/1984,,", "QUILLFEATHER,Zebedee,,,", "the same name, a date of birth is missing"},
		"no date of birth on one, of a name hundreds bear": {"SMITH,John,3/12/1984,,", "SMITH,John,,,", ""},
		"day and month swapped":                            {"SMITH,John,3/12/1984,,", "SMITH,John,12/3/1984,,", "the same name, day and month of birth swapped"},
		"a year out":                                       {"SMITH,John,3/12/1984,,", "SMITH,John,3/12/1985,,", "the same name, born on the same day a year apart"},
		"two figures of the year swapped":                  {"SMITH,John,3/12/1984,,", "SMITH,John,3/12/1948,,", "the same name, two figures of the date of birth swapped"},
		"a figure out":                                     {"ADAMS,Zebedee,3/12/1984,,", "ADAMS,Zebedee,3/12/1924,,", "the same name, date of birth 1 figure out"},
		"the name of one is an alias":                      {"SMITH,John,3/12/1984,Jack Jones,", "JONES,Jack,3/12/1984,,", "the name of one is an alias of the other, the same date of birth"},
		"accents and apostrophes":                          {"O'BRIEN,José,1984,,", "OBRIEN,Jose,1984,,", "the same name, dates of birth that fit"},
		"a name in two words":                              {"O BRIEN,Anne Marie,3/12/1984,,", "OBRIEN,Annemarie,3/12/1984,,", "the same name, the same date of birth"},
		"the same PNC ID under another name":               {"SMITH,John,3/12/1984,,84/1X", "JONES,Jack,1970,,84/1X", "the same PNC number, another surname, another forename; but dates of birth at least 14 years apart: it may be parent and child"},
		"a rare surname and the day but another forename":  {"QUILLFEATHER,John,3/12/1984,,", "QUILLFEATHER,Peter,3/12/1984,,", "the same surname, another forename, the same date of birth; but it may be a twin"},
		"another day is another person":                    {"SMITH,John,3/12/1984,,", "SMITH,John,17/4/1979,,", ""},
		"another day is another person of a rare name too": {"QUILLFEATHER,Zebedee,3/12/1984,,", "QUILLFEATHER,Zebedee,17/4/1979,,", ""},
		"a letter out and another day":                     {"SMITH,John,3/12/1984,,", "SMYTH,John,17/4/1979,,", ""},
		"another surname":                                  {"SMITH,John,3/12/1984,,", "JONES,John,3/12/1984,,", ""},
		"people of one day with one common surname":        {"SMITH,John,3/12/1984,,", "SMITH,Peter,3/12/1984,,", ""},
		"a nickname many people have is no proof":          {"SMITH,John,3/12/1984,Jack,", "JONES,Ann,3/12/1984,Jack,", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			together, err := importText(t, s, "both.csv", columns+c.a+"\n"+c.b+"\n")
			if err != nil || len(people(t, s)) != 2 {
				t.Fatal("they were merged, or lost", err)
			}
			s = newStore(t)
			if _, err := importText(t, s, "first.csv", columns+c.a+"\n"); err != nil {
				t.Fatal(err)
			}
			later, err := importText(t, s, "second.csv", columns+c.b+"\n")
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range []exchange.Receipt{together, later} {
				if got := whyOf(r); got != c.why {
					t.Errorf("proposed because %q, want %q", got, c.why)
				}
			}
			if t.Failed() {
				return
			}
			if c.why != "" && (later.Duplicates[0].New.Ref != "P-000002" || later.Duplicates[0].Other.Ref != "P-000001" || later.Duplicates[0].New.Line != 2) {
				t.Errorf("%+v", later.Duplicates[0])
			}
		})
	}
}

func whyOf(r exchange.Receipt) string {
	var all []string
	for _, d := range r.Duplicates {
		all = append(all, d.Why)
	}
	return strings.Join(all, " / ")
}

func TestThousandsOfOneNameDoNotMakeMillionsOfComparisons(t *testing.T) {
	var b strings.Builder
	b.WriteString("ref,surname,forename,dob\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "%d,SMITH,John,3/12/1984\n", i)
	}
	r, err := importText(t, newStore(t), "smiths.csv", b.String())
	if err != nil || r.Crowded == 0 || r.Found > 3000*80 {
		t.Errorf("%d found, %d left out, %d listed, %v", r.Found, r.Crowded, len(r.Duplicates), err)
	}
}
