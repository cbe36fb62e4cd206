package exchange_test

import (
	"reflect"
	"strings"
	"testing"

	"pou/model"
	"pou/store/exchange"
)

func TestAGuessedMappingCanBeSavedAndGivenAgain(t *testing.T) {
	s := newStore(t)
	const text = "Família \"x\",Given\tName,Ref.,zz\nSMITH,John,1,q\n"
	_, err := importText(t, s, "list.csv", text)
	if p, ok := model.AsProblem(err); ok {
		t.Fatalf("not guessed: %v", p)
	}
	r, err := importText(t, s, "list.csv", text, func(j *exchange.Job) { j.DryRun = true })
	if err != nil {
		t.Fatal(err)
	}
	m, err := exchange.ParseMapping(strings.Replace(r.Files[0].Mapping, `= "keep"`, `= "surname"`, 1))
	if err != nil {
		t.Fatalf("%v in\n%s", err, r.Files[0].Mapping)
	}
	if m.Columns[0].Name != `Família "x"` || m.Columns[0].Field != "surname" || m.Columns[1].Field != "forename" || m.Columns[2].Field != "id" || m.Columns[3].Field != "keep" {
		t.Errorf("%+v", m.Columns)
	}
	s = newStore(t)
	if _, err := importText(t, s, "list.csv", text, func(j *exchange.Job) { j.Map = &m }); err != nil || people(t, s)[0].Name() != "SMITH, John" {
		t.Errorf("%v", err)
	}
}

func TestAMappingSaysHowTheFileIsRead(t *testing.T) {
	m, err := exchange.ParseMapping(`
source = "custody"
header = 0
delimiter = ","
separators = "+"
null = ["nil"]
[columns]
"column 1" = "surname"
"column 2" = "alias:nickname"
"column 3" = "sex"
"column 4" = "ignore"
`)
	if err != nil {
		t.Fatal(err)
	}
	s := newStore(t)
	r, err := importText(t, s, "list.csv", "SMITH,Jack+J;Boy,nil,secret\n", func(j *exchange.Job) { j.Map = &m })
	if err != nil {
		t.Fatal(err)
	}
	p := people(t, s)[0]
	if p.Surname != "SMITH" || len(p.Aliases) != 2 || p.Aliases[1].Name != "J;Boy" || p.Aliases[0].Kind != "nickname" || p.Aliases[0].Source != "custody" ||
		p.Sex != "" || strings.Contains(p.Note, "secret") || r.Source != "custody" {
		t.Errorf("%+v", p)
	}
}

func TestMappingsThatAreRefused(t *testing.T) {
	for why, text := range map[string]string{
		"not TOML: line 2":      "[columns]\nsurname = \n",
		"no setting colums":     "[colums]\nsurname = \"surname\"\n",
		"no such field":         "[columns]\nsurname = \"lastname\"\n",
		"takes no detail":       "[columns]\nsurname = \"sex:m\"\n",
		"one character":         "delimiter = \"::\"\n",
		"no layout":             "layout = \"interpol\"\n",
		"people, orders or":     "as = \"aliens\"\n",
		"a line of the file":    "header = -1\n",
		"has not: Last Name":    "[columns]\n\"Last Name\" = \"surname\"\n",
		"one that holds a name": "[columns]\nsurname = \"note\"\n",
	} {
		t.Run(why, func(t *testing.T) {
			m, err := exchange.ParseMapping(text)
			if err == nil {
				_, err = importText(t, newStore(t), "list.csv", "surname\nSMITH\n", func(j *exchange.Job) { j.Map = &m })
			}
			if p, ok := model.AsProblem(err); !ok || !strings.Contains(p.Rule, why) || p.Do == "" {
				t.Errorf("refused with %v", err)
			}
		})
	}
}

func TestTheBuiltInMapping(t *testing.T) {
	m, err := exchange.FindMapping("OFAC", nil)
	if err != nil || m.Layout != "ofac" {
		t.Fatalf("%+v, %v", m, err)
	}
	again, err := exchange.ParseMapping(m.TOML())
	if err != nil || !reflect.DeepEqual(m, again) {
		t.Errorf("%+v is read back as %+v, %v", m, again, err)
	}
	if _, err := exchange.FindMapping("nowhere.toml", texts(nil)); err == nil {
		t.Error("a mapping that is not there was found")
	}
	_, err = importText(t, newStore(t), "other.csv", "a,b\n", func(j *exchange.Job) { j.Map = &m })
	if p, ok := model.AsProblem(err); !ok || !strings.Contains(p.Rule, "none of the files of the sanctions list") {
		t.Errorf("%v", err)
	}
}
