package exchange_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"pou/model"
	"pou/store/exchange"
)

// excerpt reads files of testdata.
func excerpt(t *testing.T, names ...string) exchange.Job {
	t.Helper()
	files := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	return exchange.Job{Files: names, Open: texts(files), Who: who}
}

func named(t *testing.T, s []*model.Person, surname string) *model.Person {
	t.Helper()
	i := slices.IndexFunc(s, func(p *model.Person) bool { return p.Surname == surname })
	if i < 0 {
		t.Fatalf("%s is not on record", surname)
	}
	return s[i]
}

func TestTheSanctionsListIsJoinedByNumber(t *testing.T) {
	s := newStore(t)
	r, err := run(t, s, excerpt(t, "add.csv", "alt.csv", "sdn.csv"))
	if err != nil {
		t.Fatal(err)
	}
	all := people(t, s)
	p := named(t, all, "ABU MARZOOK")
	if p.Forename != "Mousa Mohammed" || p.Born.Key() != "1951-02-09" || p.BirthPlace != "Gaza, Egypt" || p.OwnerUnit != "" {
		t.Errorf("%+v", p)
	}
	for _, id := range []model.Identifier{{Scheme: "OFAC", Value: "3754"}, {Scheme: "Passport (Egypt)", Value: "92/664"}, {Scheme: "SSN (United States)", Value: "523-33-8386"}} {
		if !slices.Contains(p.IDs, id) {
			t.Errorf("%+v is not among %+v", id, p.IDs)
		}
	}
	if len(p.Aliases) != 6 || !slices.Contains(p.Aliases, model.Alias{Name: "MARZUK, Musa Abu", Kind: "aka", Source: "OFAC"}) ||
		!slices.Contains(p.Aliases, model.Alias{Name: "ABU-'UMAR", Kind: "weak aka", Source: "OFAC"}) {
		t.Errorf("his aliases are %+v", p.Aliases)
	}
	for _, want := range []string{"Program: SDGT", "Title: Political Leader", "Remarks: DOB 09 Feb 1951; POB Gaza, Egypt; Passport 92/664"} {
		if !strings.Contains(p.Note, want) {
			t.Errorf("the note lacks %q: %s", want, p.Note)
		}
	}
	bin := named(t, all, "BIN LADIN")
	if bin.Born.Key() != "1957-07-30" || len(bin.OtherBorn) != 1 || bin.OtherBorn[0].Key() != "1958" {
		t.Errorf("born %v, also %v", bin.Born, bin.OtherBorn)
	}
	mijares := named(t, all, "MIJARES TRANCOSO")
	if a := mijares.Addresses; len(a) == 0 || a[0].Text != "Calle Luis Echeverria 6329-B, Infonavit Presidentes, Tijuana, Baja California, Mexico" ||
		a[0].Confidence != model.Unconfirmed || a[0].Source != "OFAC" {
		t.Errorf("his addresses are %+v", mijares.Addresses)
	}
	want := map[string]bool{
		"not an individual: entity": true, "not an individual: vessel": true, "the row holds no address": true, "a stray end-of-file mark (Ctrl-Z)": true,
	}
	for _, reason := range r.Reasons {
		if !want[reason.Reason] {
			t.Errorf("%d rows were rejected for %q", reason.Rows, reason.Reason)
		}
		delete(want, reason.Reason)
	}
	if len(want) > 0 || len(all) != 8 {
		t.Errorf("no row was rejected for %v; %d people", want, len(all))
	}
	whole(t, s)
}

func TestTheSanctionsListMayComeInParts(t *testing.T) {
	s := newStore(t)
	r, err := run(t, s, excerpt(t, "alt.csv"))
	if err != nil || r.Total.Kept != 0 || r.Reasons[0].Reason != "its person is not on record" {
		t.Fatalf("aliases without their people: %+v, %v", r.Reasons, err)
	}
	if r, err = run(t, s, excerpt(t, "sdn.csv")); err != nil || r.People != 8 {
		t.Fatalf("%+v, %v", r.Total, err)
	}
	r, err = run(t, s, excerpt(t, "alt.csv"))
	if err != nil || r.Files[0].Merged != 15 || len(named(t, people(t, s), "ABU MARZOOK").Aliases) != 6 {
		t.Errorf("aliases after their people: %+v, %v", r.Total, err)
	}
	before := head(t, s)
	for _, names := range [][]string{{"sdn.csv"}, {"alt.csv"}, {"sdn.csv", "alt.csv"}} {
		if r, err = run(t, s, excerpt(t, names...)); err != nil || r.Total.Unchanged != r.Total.Merged || head(t, s) != before {
			t.Errorf("%v again: %+v, %v", names, r.Total, err)
		}
	}
	r, err = run(t, s, excerpt(t, "sdn.csv", "add.csv"))
	if err != nil || r.Files[1].Merged == 0 || r.Files[0].Unchanged != 8 {
		t.Errorf("addresses later: %+v, %v", r.Files, err)
	}
	whole(t, s)
}

func TestDamagedRowsOfTheSanctionsList(t *testing.T) {
	const null = ",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
	good := `7,"DOE, John","individual","X"` + null + `"DOB 1 Jan 1960."` + "\r\n"
	for reason, text := range map[string]string{
		"the wrong number of cells":                  "8,\"DOE, Jane\",\"individual\"\r\n",
		"the first cell is not a number of the list": `x,"DOE, Jane","individual","X"` + null + "-0- \r\n",
		"no name":                               `8,-0- ,"individual","X"` + null + "-0- \r\n",
		"the number stands in the list already": `7,"DOE, Jane","individual","X"` + null + "-0- \r\n",
		brokenQuote:                             `8,"DOE, Jane,individual,X` + null + "-0- \r\n",
		"the row is blank":                      ",,,\r\n",
		"not an individual: entity":             `8,"DOE LTD",-0- ,"X"` + null + "-0- \r\n",
		"the line follows a broken quote and does not read as a whole row": "",
	} {
		t.Run(reason, func(t *testing.T) {
			if text == "" {
				text = `8,"DOE, "Jane" Ann","individual` + "\r\n" + `x"` + "\r\n"
			}
			s := newStore(t)
			r, err := importText(t, s, "sdn.csv", good+text+strings.ReplaceAll(strings.ReplaceAll(good, "7,", "9,"), "John", "Joe"))
			if err != nil {
				t.Fatal(err)
			}
			if len(people(t, s)) != 2 || !slices.ContainsFunc(r.Rejected, func(x exchange.Reject) bool { return x.Reason == reason && x.Line >= 2 }) {
				t.Errorf("%d people, rejected %+v", len(people(t, s)), r.Rejected)
			}
		})
	}
}

func TestRemarksThatRanOverAreJoined(t *testing.T) {
	s := newStore(t)
	row := `7,"DOE, John","individual","X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1 Jan 1960; POB Par"` + "\n"
	r, err := run(t, s, exchange.Job{
		Files: []string{"sdn_comments.csv", "sdn.csv"}, Who: who,
		Open: texts(map[string]string{"sdn.csv": row, "sdn_comments.csv": "7,\"is, France; Gender Male.\"\n8,\"lost\"\n"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := people(t, s)[0]; p.BirthPlace != "Paris, France" || p.Sex != "male" {
		t.Errorf("%+v", p)
	}
	if r.Files[0].Merged != 1 || r.Files[0].Rejected != 1 {
		t.Errorf("%+v", r.Files[0].Counts)
	}
}
