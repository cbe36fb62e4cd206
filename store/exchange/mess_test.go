package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"pou/model"
	"pou/store/exchange"
)

// mess is a file as it might arrive, and what must come of it.
type mess struct {
	file     string // its name; people.csv when empty
	text     string
	names    []string // of the people on record afterwards
	rejected []string // the reason of each rejected row, in order
	warned   string   // part of a warning or note
	check    func(*model.Person) bool
}

func TestFilesAsTheyArrive(t *testing.T) {
	const head = "surname,forename,dob,alias,phone,notes\n"
	for name, c := range map[string]mess{
		"plain CSV": {
			text: head + "SMITH,John,3/12/1984,,,\nJONES,Ann,1970-01-02,,,\n", names: []string{"SMITH, John", "JONES, Ann"},
		},
		"semicolons are found out": {
			text: "Surname;Forename;DOB\nSMITH;John;03.12.1984\nO'BRIEN;Sean;1.1.1980\n", names: []string{"SMITH, John", "O'BRIEN, Sean"},
			check: born("1984-12-03"),
		},
		"tabs are found out": {
			file: "people.tsv", text: "Surname\tForename\tAddress\nSMITH\tJohn\t1 High St, London\n", names: []string{"SMITH, John"},
			check: func(p *model.Person) bool { return p.Addresses[0].Text == "1 High St, London" },
		},
		"bars are found out": {text: "Surname|Forename\nSMITH|John\n", names: []string{"SMITH, John"}},
		"a byte order mark is no part of the first column's name": {
			text: "\xef\xbb\xbfSurname,Forename\nSMITH,John\n", names: []string{"SMITH, John"},
		},
		"Windows-1252 is read and said so": {
			text: "Surname,Forename\nMU\xd1OZ,Jos\xe9\n", names: []string{"MUÑOZ, José"}, warned: "Windows-1252",
		},
		"one bad byte does not spoil the UTF-8 round it": {
			text: "Surname,Forename\nMUÑOZ,José\nCAF\xc9,Ann\n", names: []string{"MUÑOZ, José", "CAFÉ, Ann"}, warned: "1 byte",
		},
		"UTF-16 as spreadsheets save it": {text: utf16le("\ufeffSurname,Forename\nMUÑOZ,José\n"), names: []string{"MUÑOZ, José"}},
		"UTF-16 without its mark":        {text: utf16le("Surname,Forename\nSMITH,John\n"), names: []string{"SMITH, John"}},
		"line ends of old Macs":          {text: "Surname,Forename\rSMITH,John\rJONES,Ann\r", names: []string{"SMITH, John", "JONES, Ann"}},
		"line ends of DOS and a Ctrl-Z at the end": {
			text: "Surname,Forename\r\nSMITH,John\r\n\x1a", names: []string{"SMITH, John"}, rejected: []string{"a stray end-of-file mark (Ctrl-Z)"},
		},
		"a line break inside a quoted cell": {
			text: head + "SMITH,John,,,,\"seen twice\nonce in \"\"Bow\"\"\"\nJONES,Ann,,,,\n", names: []string{"SMITH, John", "JONES, Ann"},
			check: func(p *model.Person) bool {
				return p.Surname == "JONES" || strings.HasSuffix(p.Note, "seen twice\nonce in \"Bow\"")
			},
		},
		"a quote never closed costs its own row only": {
			text: head + "SMITH,\"John,,,,\nJONES,Ann,,,,\nBROWN,Joe,,,,\n", names: []string{"JONES, Ann", "BROWN, Joe"},
			rejected: []string{brokenQuote},
		},
		"a quote never closed does not swallow the quoted row after it": {
			text: head + "SMITH,\"John,,,,\nJONES,\"Ann\",,,,\n", names: []string{"JONES, Ann"}, rejected: []string{brokenQuote},
		},
		"the lines of a broken cell are not taken for people": {
			text: head + "SMITH,John,,,,\"said \"no\" and\nran, off\"\nJONES,Ann,,,,\n", names: []string{"JONES, Ann"},
			rejected: []string{brokenQuote, "the line follows a broken quote and does not read as a whole row"},
		},
		"a height in feet and inches is no broken quote": {
			text: head + "SMITH,John,,,,5'10\" tall\n", names: []string{"SMITH, John"}, warned: "a quote stands inside a cell",
			check: func(p *model.Person) bool { return strings.Contains(p.Note, `5'10" tall`) },
		},
		"missing cells at the end are empty, and that is said": {
			text: head + "SMITH,John\n", names: []string{"SMITH, John"}, warned: "ends early",
		},
		"more cells than columns are refused": {
			text: head + "SMITH,John,,,,,,extra\nJONES,Ann,,,,\n", names: []string{"JONES, Ann"}, rejected: []string{"more cells than there are columns"},
		},
		"rows without a name, blank rows and the column names again": {
			text:  head + ",,1984,,,\n,,,,,\n" + head + "SMITH,,,,,\n",
			names: []string{"SMITH"}, rejected: []string{"no name", "the row is blank", "the column names again"},
		},
		"lines above the column names": {
			text: "Custody list,,\nas at 3 May,,\nSurname,Forename,DOB\nSMITH,John,1984\n", names: []string{"SMITH, John"}, warned: "2 lines above",
		},
		"columns under other names": {
			text:  "Family Name,Christian Names,D.O.B.,VRM,Mobile No,a.k.a.,Warning signals,Ethnic code\nSMITH,John Paul,03-Dec-1984,ab12cde,07700 900123,Jack; J-Boy,VI / weapons,W1\n",
			names: []string{"SMITH, John Paul"}, warned: "a warning marker was kept",
			check: func(p *model.Person) bool {
				return p.Born.Key() == "1984-12-03" && p.Vehicles[0].Plate == "AB12CDE" && p.Phones[0].Number == "07700900123" &&
					len(p.Aliases) == 2 && p.Aliases[1].Name == "J-Boy" && strings.Contains(p.Note, "Ethnic code: W1") && strings.Contains(p.Note, "VI / weapons")
			},
		},
		"warning markers by code and by word": {
			text: "name,warnings\n\"SMITH, John\",VI; weapons|Self-harm\n", names: []string{"SMITH, John"},
			check: func(p *model.Person) bool {
				return len(p.Markers) == 3 && p.Markers[0].Code == "VI" && p.Markers[1].Code == "WE" && p.Markers[2].Code == "SH"
			},
		},
		"a victim's name is never guessed to be the offender's": {
			text: "offender_name,victim_name,victim phone,officer phone\nJohn SMITH,Ann JONES,07700900123,07700900124\n", names: []string{"SMITH, John"},
			check: func(p *model.Person) bool {
				return len(p.Phones) == 0 && len(p.Aliases) == 0 && strings.Contains(p.Note, "victim_name: Ann JONES")
			},
		},
		"phone numbers written every way are one number": {
			text:  "name,phone\n\"A, A\",+44 (0)7700 900123\n\"B, B\",00447700900123\n\"C, C\",7700900123\n\"D, D\",447700900123\n",
			names: []string{"A, A", "B, B", "C, C", "D, D"}, warned: "had lost its first 0",
			check: func(p *model.Person) bool { return p.Phones[0].Number == "07700900123" },
		},
		"a phone that is none is kept as it is written": {
			text: "name,phone\nSMITH,ask his mother\n", names: []string{"SMITH"}, warned: "does not read as one",
			check: func(p *model.Person) bool {
				return len(p.Phones) == 0 && strings.Contains(p.Note, "phone: ask his mother")
			},
		},
		"an impossible date of birth is kept as text": {
			text: "name,dob\nSMITH,31/02/1984\n", names: []string{"SMITH"}, warned: "has 29 days",
			check: func(p *model.Person) bool { return p.Born.IsZero() && strings.Contains(p.Note, "dob: 31/02/1984") },
		},
		"several dates of birth": {
			text: "name,dob\nSMITH,1984; c. 1985 | 3 Dec 1986\n", names: []string{"SMITH"},
			check: func(p *model.Person) bool { return p.Born.Key() == "1984" && len(p.OtherBorn) == 2 },
		},
		"a date with a time": {text: "name,dob\nSMITH,1984-12-03T00:00:00Z\n", names: []string{"SMITH"}, check: born("1984-12-03")},
		"nulls of every kind are nothing": {
			text: "surname,forename,dob,notes\nSMITH,-0- ,NULL,N/A\n", names: []string{"SMITH"},
			check: func(p *model.Person) bool { return p.Note == "Read from people.csv." },
		},
		"there are people called Null": {text: "surname,forename\nNULL,Chris\nNone,Ann\n", names: []string{"NULL, Chris", "NONE, Ann"}},
		"text that would act on a terminal is made harmless": {
			text: "name,notes\n\"\x1b[2J\x1b[31mSMITH\x1b[0m, Jo\u202ehn\x07\",ok\n", names: []string{"SMITH, John"}, warned: "control characters were taken out",
		},
		"a cell larger than a mebibyte is refused": {
			text: "name,notes\nSMITH," + strings.Repeat("x", 1<<20+1) + "\nJONES,ok\n", names: []string{"JONES"}, rejected: []string{"a cell is larger than 1 MiB"},
		},
		"a quoted cell larger than a mebibyte is refused": {
			text: "name,notes\nSMITH,\"" + strings.Repeat("x", 1<<20+1) + "\"\nJONES,ok\n", names: []string{"JONES"}, rejected: []string{"a cell is larger than 1 MiB"},
		},
		"an address in several columns is one address": {
			text: "name,house no,street,town,post code,work address\nSMITH,12,High St,London,sw1a1aa,Unit 4\n", names: []string{"SMITH"},
			check: func(p *model.Person) bool {
				return len(p.Addresses) == 2 && p.Addresses[0].Text == "12 High St, London" && p.Addresses[0].Postcode == "SW1A 1AA" && p.Addresses[1].Type == "work"
			},
		},
		"units by code, name or borough": {
			text: "name,borough,bcu\nSMITH,Wandsworth,Central East\nJONES,Atlantis,\n", names: []string{"SMITH", "JONES"}, warned: "none of the twelve",
			check: func(p *model.Person) bool { return p.Name() == "JONES" || p.HomeUnit == "SW" && p.OwnerUnit == "CE" },
		},
		"a file without column names": {
			text: "\"SMITH, John\",03/12/1984,SW1A 1AA\n\"JONES, Ann\",04/12/1984,E1 6AN\n\"BROWN, Joe\",05/12/1984,N1 9GU\n", names: []string{"SMITH, John", "JONES, Ann", "BROWN, Joe"},
			warned: "no line of column names",
			check:  func(p *model.Person) bool { return p.Born.Year == 1984 && p.Addresses[0].Postcode != "" },
		},
		"rows of one number are one person": {
			text:  "ref,surname,forename,alias,address,dob\n7,SMITH,John,Jack,,1984\n8,JONES,Ann,,,\n7,,,J-Boy,1 High St,\n7,SMYTHE,John,,,1985\n",
			names: []string{"JONES, Ann", "SMITH, John"}, // after the last of his rows
			check: func(p *model.Person) bool {
				return p.Name() == "JONES, Ann" || len(p.Aliases) == 3 && p.Aliases[2].Name == "SMYTHE, John" && len(p.Addresses) == 1 && len(p.OtherBorn) == 1
			},
		},
		"a number that names two people joins neither": {
			text: "ref,surname,forename\n7,SMITH,John\n7,JONES,Ann\n", names: []string{"SMITH, John"}, rejected: []string{"the number names another person"},
		},
		"somebody known by another name only": {
			text: "surname,forename,nickname\n,,Jack the Lad\n", names: []string{"LAD, Jack the"}, warned: "no name but an alias",
		},
		"a repeated row is one person": {text: "surname,forename\nSMITH,John\nSMITH,John\n", names: []string{"SMITH, John"}},
		"JSON with objects and lists inside": {
			file: "people.json", text: `[{"name":{"surname":"SMITH","forename":"John"},"dob":"1984-12-03","aliases":["Jack","J-Boy"],
			  "addresses":[{"line1":"1 High St","postcode":"SW1A 1AA"},{"line1":"2 Low Rd"},{"line1":"3 Mid Ln","postcode":"E1 6AN"}],"shoe":9.5,"tags":{"a":{"b":true}}},
			 {"name":{"surname":"JONES"}}]`,
			names: []string{"SMITH, John", "JONES"},
			check: func(p *model.Person) bool {
				return p.Name() == "JONES" || len(p.Aliases) == 2 && len(p.Addresses) == 3 && p.Addresses[1].Postcode == "" && p.Addresses[2].Postcode == "E1 6AN" &&
					strings.Contains(p.Note, "shoe: 9.5") && strings.Contains(p.Note, "tags.a.b: true")
			},
		},
		"JSON lines, one of them broken": {
			file: "people.jsonl", text: "{\"surname\":\"SMITH\"}\n{\"surname\":\n{\"surname\":\"JONES\"}\n[1]\n", names: []string{"SMITH", "JONES"},
			rejected: []string{"the line is not JSON", "the entry is not an object with named values"},
		},
		"one JSON object with the list inside": {
			file: "people.json", text: `{"count":2,"data":{"people":[{"surname":"SMITH"},{"surname":"JONES"}]}}`, names: []string{"SMITH", "JONES"}, warned: "the longest list",
		},
		"JSON that breaks off keeps what came before": {
			file: "people.json", text: `[{"surname":"SMITH"},{"surname":"JO`, names: []string{"SMITH"}, rejected: []string{"the JSON breaks off here; nothing after it could be read"},
		},
		"a file with nothing but column names": {text: head, warned: "the file has no rows"},
		"an empty file":                        {text: "", warned: "the file has no rows"},
	} {
		t.Run(name, func(t *testing.T) { c.test(t) })
	}
}

func (c mess) test(t *testing.T) {
	if c.file == "" {
		c.file = "people.csv"
	}
	s := newStore(t)
	r, err := importText(t, s, c.file, c.text)
	if err != nil {
		t.Fatal(err)
	}
	var names, reasons []string
	for _, p := range people(t, s) {
		names = append(names, p.Name())
		if c.check != nil && !c.check(p) {
			t.Errorf("%s was read as %+v", p.Name(), p)
		}
	}
	for _, rej := range r.Rejected {
		reasons = append(reasons, rej.Reason)
	}
	if !slices.Equal(names, c.names) {
		t.Errorf("on record are %q, want %q; rejected %+v", names, c.names, r.Rejected)
	}
	if !slices.Equal(reasons, c.rejected) {
		t.Errorf("rejected for %q, want %q", reasons, c.rejected)
	}
	if !said(r, c.warned) {
		t.Errorf("nothing was said of %q: %+v %+v", c.warned, r.Warned, r.Files[0].Notes)
	}
	whole(t, s)
	before := head(t, s)
	if again, err := importText(t, s, c.file, c.text); err != nil || head(t, s) != before || again.Total.Kept != 0 {
		t.Errorf("importing again changed the record: %+v, %v", again.Total, err)
	}
}

func said(r exchange.Receipt, what string) bool {
	if what == "" {
		return true
	}
	if slices.ContainsFunc(r.Warned, func(w exchange.Warning) bool { return strings.Contains(w.Text, what) }) {
		return true
	}
	return slices.ContainsFunc(r.Files, func(f exchange.FileReceipt) bool {
		return slices.ContainsFunc(f.Notes, func(n string) bool { return strings.Contains(n, what) })
	})
}

func born(key string) func(*model.Person) bool {
	return func(p *model.Person) bool { return p.Born.Key() == key || p.Surname != "SMITH" }
}

func utf16le(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func TestFilesThatAreRefusedWhole(t *testing.T) {
	for name, c := range map[string]struct{ file, text, why string }{
		"no column holds a name":        {"calls.csv", "caller,callee\n1,2\n", "no column of calls.csv"},
		"a picture":                     {"face.csv", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01\x02", 100), "not a table"},
		"an old workbook":               {"old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100), "old or an encrypted"},
		"something zipped, no workbook": {"x.xlsx", "PK\x03\x04" + strings.Repeat("x", 100), "cannot be read as a workbook"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			before := head(t, s)
			_, err := importText(t, s, c.file, c.text)
			if p, ok := model.AsProblem(err); !ok || !strings.Contains(p.Error(), c.why) || p.Do == "" {
				t.Errorf("refused with %v", err)
			}
			if head(t, s) != before {
				t.Error("something was written")
			}
		})
	}
}
