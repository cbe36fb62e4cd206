package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pou/model"
	"pou/model/day"
	"pou/store"
)

// The subject of every case below: P-000001 of SW, who lives there.
func subject() *model.Person {
	return &model.Person{
		Meta: model.Meta{Ref: "P-000001"}, Surname: "SAMPLE", Forename: "Adam", Born: day.Born{Year: 1984, Month: 3, Day: 12}, HomeUnit: "SW", OwnerUnit: "SW",
		Addresses: []model.Address{
			{Text: "14 St. Mary's Road, Wandsworth", Postcode: "SW18 9ZZ"}, {Text: "3 Old Lane", Postcode: "SE1 9ZZ", Confidence: model.Historic},
		},
		Vehicles: []model.Vehicle{{Plate: "LA92 ABC"}},
		Phones:   []model.Phone{{Number: "07700 900123"}},
	}
}

// another is P-000002, whom the work of the other unit is about.
func another(change func(*model.Person)) *model.Person {
	p := &model.Person{Meta: model.Meta{Ref: "P-000002"}, Surname: "SAMPLE", Forename: "Ben", HomeUnit: "NE", OwnerUnit: "NE"}
	change(p)
	return p
}

func wantedBy(unit model.Unit, who model.Ref) *model.Wanted {
	return &model.Wanted{
		Meta: model.Meta{Ref: "W-000001"}, Person: who, Unit: unit, State: model.NotCirculated, Offences: []model.OffenceCode{"s4A"}, Since: morning(), Officer: "O-0002",
	}
}

func listedBy(unit model.Unit, who model.Ref) []model.Record {
	return []model.Record{
		&model.Operation{Meta: model.Meta{Ref: "OP-0001"}, Name: "SAMPLE", From: day.On(morning()), To: day.On(morning()), Count: 1},
		&model.Target{
			Meta: model.Meta{Ref: "OP-0001/001"}, Operation: "OP-0001", Person: who, Unit: unit, State: model.TargetLive, Reason: "x", AddedBy: "O-0001",
			Added: morning(), ReviewBy: day.On(morning()) + 28, Officers: []model.Ref{"O-0002"},
		},
	}
}

func orderOf(unit model.Unit, who model.Ref) *model.Order {
	return &model.Order{
		Meta: model.Meta{Ref: "R-000001"}, Person: who, Type: model.ROConviction, Unit: unit, Made: day.On(morning()) - 100, Monitor: "O-0002",
		Conditions: []model.Condition{{No: 1, Text: "Not to contact"}},
	}
}

func caseOf(unit model.Unit, state model.CaseState, parties ...model.Party) *model.Case {
	c := &model.Case{
		Meta: model.Meta{Ref: "C-000001"}, Unit: unit, Parties: parties, Offences: []model.OffenceCode{"s4A"}, Last: day.On(morning()) - 9, State: state, Officer: "O-0002",
	}
	if state == model.CaseClosed {
		c.Outcome = "16"
	}
	return c
}

// said is a conflict as one line, for the table.
func said(c store.Conflict) string {
	side := "assists"
	if c.Owner {
		side = "owns"
	}
	return fmt.Sprintf("%s %s %s %s %s %s: %s", c.Kind, c.Record, c.Unit, side, c.Person, c.Call, c.What)
}

func TestWhomToSpeakToBeforeAPersonIsTasked(t *testing.T) {
	plain := another(func(*model.Person) {})
	with := func(change func(*model.Person), more ...model.Record) []model.Record {
		return append([]model.Record{another(change)}, more...)
	}
	atHome := func(text, code string) func(*model.Person) {
		return func(p *model.Person) { p.Addresses = []model.Address{{Text: text, Postcode: code}} }
	}
	phone := func(n string) func(*model.Person) {
		return func(p *model.Person) { p.Phones = []model.Phone{{Number: n}} }
	}
	namesake := func(born day.Born) func(*model.Person) {
		return func(p *model.Person) { p.Forename, p.Born = "Adma", born }
	}
	suspect := model.Party{Person: "P-000002", Role: model.PartySuspect}
	protected := model.Party{Person: "P-000002", Role: model.PartyVictim}
	witness := model.Party{Person: "P-000002", Role: model.PartyWitness}
	const wantedAt = "belongs to a person wanted on W-000001 (not circulated)"
	for name, c := range map[string]struct {
		records []model.Record
		want    []string
	}{
		"nobody else has anything to do with them": {with(func(*model.Person) {}, wantedBy("NE", "P-000002")), nil},
		"another unit wants them":                  {[]model.Record{wantedBy("NE", "P-000001")}, []string{"person W-000001 NE assists P-000001 DC Blake: the same person is wanted on W-000001 (not circulated)"}},
		"their own unit wants them":                {[]model.Record{wantedBy("SW", "P-000001")}, nil},
		"another unit lists them":                  {listedBy("NE", "P-000001"), []string{"person OP-0001/001 NE assists P-000001 DC Blake: the same person is on the list of OP-0001 as OP-0001/001"}},
		"another unit watches an order of theirs":  {[]model.Record{orderOf("NE", "P-000001")}, []string{"person R-000001 NE assists P-000001 DC Blake: the same person is subject of an order, RO on conviction R-000001"}},
		"an order that has run out": {[]model.Record{func() *model.Order {
			o := orderOf("NE", "P-000001")
			o.Until = day.On(morning()) - 1
			return o
		}()}, nil},
		"suspect in another unit's case, which lies where they do not live": {
			[]model.Record{caseOf("NE", model.CaseOpen, model.Party{Person: "P-000001", Role: model.PartySuspect})},
			[]string{
				"person C-000001 NE assists P-000001 DC Blake: the same person is suspect in the open case C-000001",
				"boundary C-000001 NE assists P-000001 DC Blake: lives in SW, the case is NE's",
			},
		},
		"suspect in a case that is closed": {[]model.Record{caseOf("NE", model.CaseClosed, model.Party{Person: "P-000001", Role: model.PartySuspect})}, nil},
		"victim in another case: no more than that": {
			[]model.Record{plain, caseOf("NE", model.CaseOpen, suspect, model.Party{Person: "P-000001", Role: model.PartyVictim})},
			[]string{"person C-000001 NE owns  DC Blake: a protected party in C-000001"},
		},
		"witness in a case of their own unit": {
			[]model.Record{plain, caseOf("SW", model.CaseOpen, suspect, model.Party{Person: "P-000001", Role: model.PartyWitness})},
			[]string{"person C-000001 SW owns  DC Blake: a protected party in C-000001"},
		},
		"a vehicle in another spelling": {
			with(func(p *model.Person) { p.Vehicles = []model.Vehicle{{Plate: "la92abc"}} }, wantedBy("NE", "P-000002")),
			[]string{"vehicle W-000001 NE owns P-000002 DC Blake: the same vehicle, la92abc, " + wantedAt},
		},
		"an address in another spelling": {
			with(atHome("14 ST MARYS ROAD WANDSWORTH SW189ZZ", "SW18 9ZZ"), wantedBy("NE", "P-000002")),
			[]string{"address W-000001 NE owns P-000002 DC Blake: the same address, 14 ST MARYS ROAD WANDSWORTH SW189ZZ SW18 9ZZ, " + wantedAt},
		},
		"the house next door":                       {with(atHome("15 St. Mary's Road, Wandsworth", "SW18 9ZZ"), wantedBy("NE", "P-000002")), nil},
		"a postcode alone":                          {with(atHome("", "SW18 9ZZ"), wantedBy("NE", "P-000002")), nil},
		"where they used to live":                   {with(atHome("3 Old Lane", "SE1 9ZZ"), wantedBy("NE", "P-000002")), nil},
		"the same phone, written from abroad":       {with(phone("+44 (0)7700 900123"), wantedBy("NE", "P-000002")), []string{"phone W-000001 NE owns P-000002 DC Blake: the same phone, +44 (0)7700 900123, " + wantedAt}},
		"the same phone, with two noughts":          {with(phone("0044-7700-900123"), wantedBy("NE", "P-000002")), []string{"phone W-000001 NE owns P-000002 DC Blake: the same phone, 0044-7700-900123, " + wantedAt}},
		"a phone of another country":                {with(phone("+1 7700 900123"), wantedBy("NE", "P-000002")), nil},
		"a person of the same unit is no conflict":  {with(phone("07700900123"), wantedBy("SW", "P-000002")), nil},
		"a protected party's phone: never which":    {with(phone("07700900123"), caseOf("NE", model.CaseOpen, protected)), []string{"phone C-000001 NE owns  DC Blake: a protected party in C-000001"}},
		"a protected party in their own unit's too": {with(atHome("14 St Mary's Road, Wandsworth", "SW18 9ZZ"), caseOf("SW", model.CaseOpen, witness)), []string{"address C-000001 SW owns  DC Blake: a protected party in C-000001"}},
		"two protected parties with one phone are said once": {
			append(with(phone("07700900123"), caseOf("NE", model.CaseOpen, protected, model.Party{Person: "P-000003", Role: model.PartyWitness})), &model.Person{
				Meta: model.Meta{Ref: "P-000003"}, Surname: "SAMPLE", Phones: []model.Phone{{Number: "07700 900123"}},
			}),
			[]string{"phone C-000001 NE owns  DC Blake: a protected party in C-000001"},
		},
		"another record of one name, born with day and month swapped": {
			with(namesake(day.Born{Year: 1984, Month: 12, Day: 3}), wantedBy("NE", "P-000002")),
			[]string{"likely W-000001 NE owns P-000002 DC Blake: may be the same person as P-000002, wanted on W-000001 (not circulated): the same surname, forename 1 letter out, day and month of birth swapped"},
		},
		"and their phone besides": {
			with(func(p *model.Person) {
				namesake(day.Born{Year: 1984, Month: 3, Day: 12})(p)
				phone("07700900123")(p)
			}, wantedBy("NE", "P-000002")),
			[]string{
				"likely W-000001 NE owns P-000002 DC Blake: may be the same person as P-000002, wanted on W-000001 (not circulated): the same surname, forename 1 letter out, the same date of birth, the same phone",
				"phone W-000001 NE owns P-000002 DC Blake: the same phone, 07700900123, " + wantedAt,
			},
		},
		"a namesake born on another day":                 {with(namesake(day.Born{Year: 1991, Month: 7, Day: 28}), wantedBy("NE", "P-000002")), nil},
		"another record of one person in their own unit": {with(namesake(day.Born{Year: 1984, Month: 3, Day: 12}), wantedBy("SW", "P-000002")), nil},
		"another record that is protected: neither who nor why": {
			with(namesake(day.Born{Year: 1984, Month: 3, Day: 12}), caseOf("NE", model.CaseOpen, protected)),
			[]string{"likely C-000001 NE owns  DC Blake: a protected party in C-000001"},
		},
		"another record that is a witness in their own unit": {
			with(namesake(day.Born{Year: 1984, Month: 3, Day: 12}), caseOf("SW", model.CaseOpen, witness)),
			[]string{"likely C-000001 SW owns  DC Blake: a protected party in C-000001"},
		},
		"protected in a case that is closed": {with(phone("07700900123"), caseOf("NE", model.CaseClosed, protected)), nil},
		"a target of another unit at the address": {
			with(atHome("14 St. Mary's Road, Wandsworth", "SW18 9ZZ"), listedBy("CE", "P-000002")...),
			[]string{"address OP-0001/001 CE assists P-000002 DC Blake: the same address, 14 St. Mary's Road, Wandsworth SW18 9ZZ, belongs to a person on the list of OP-0001 as OP-0001/001"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := conflicts(t, bookOf(t, append([]model.Record{subject()}, c.records...)...), "P-000001", "SW")
			lines := make([]string, len(got))
			for i, x := range got {
				lines[i] = said(x)
				if x.Person == "" && strings.Contains(fmt.Sprint(x), "P-0") {
					t.Errorf("it says who is protected: %+v", x)
				}
			}
			if !slices.Equal(lines, c.want) {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestOfManyWhoMayBeTheSamePersonTheSurestAreNamed(t *testing.T) {
	records := []model.Record{subject()}
	for i := range 9 {
		p := another(func(p *model.Person) {
			p.Ref, p.Forename, p.Born = model.NewRef(model.KindPerson, uint64(10+i)), "Adam", day.Born{Year: 1984, Month: 3, Day: 12}
			if i < 6 {
				p.Surname, p.Forename, p.Born = "SAMPEL", "Adma", day.Born{Year: 1984, Month: 12, Day: 3}
			}
		})
		w := wantedBy("NE", p.Ref)
		w.Ref = model.NewRef(model.KindWanted, uint64(10+i))
		records = append(records, p, w)
	}
	var who []model.Ref
	for _, c := range conflicts(t, bookOf(t, records...), "P-000001", "SW") {
		who = append(who, c.Person)
	}
	if want := []model.Ref{"P-000010", "P-000011", "P-000016", "P-000017", "P-000018"}; !slices.Equal(who, want) {
		t.Errorf("named %v, want %v", who, want)
	}
}

func conflicts(t testing.TB, book *store.Book, person model.Ref, unit model.Unit) []store.Conflict {
	t.Helper()
	return reading(t, book, func(r store.Reader) ([]store.Conflict, error) { return store.Conflicts(r, person, unit, morning()) })
}

func TestTheUnitWhereAPersonLivesIsTold(t *testing.T) {
	book := sampled(t)
	got := conflicts(t, book, "P-000027", "CE") // lives in NE
	if !slices.ContainsFunc(got, func(c store.Conflict) bool { return c.Kind == store.ConflictBoundary && c.Unit == "NE" }) {
		t.Errorf("%+v", got)
	}
	both := conflicts(t, book, "P-000007", "NE") // listed by NE, wanted by SW
	if !slices.ContainsFunc(both, func(c store.Conflict) bool {
		return c.Kind == store.ConflictPerson && c.Record == "W-000007" && c.Unit == "SW" && c.Owner && c.Call != ""
	}) {
		t.Errorf("%+v", both)
	}
	if _, err := conflictsOf(t, book, "P-999999"); err == nil {
		t.Error("nobody is P-999999")
	}
}

func conflictsOf(t *testing.T, book *store.Book, person model.Ref) (out []store.Conflict, err error) {
	t.Helper()
	err = book.Read(t.Context(), func(r store.Reader) (err error) { out, err = store.Conflicts(r, person, "SW", morning()); return err })
	return out, err
}
