package model

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pou/model/match"
)

func audiences() []Audience {
	return []Audience{AudienceTeam, AudiencePartner, AudienceFront, AudienceScreen}
}

func TestWhatEachAudienceSees(t *testing.T) {
	d := packDesk(t)
	for what, c := range map[string]struct {
		text string
		seen []Audience
	}{
		"the name":                              {"VARGA", audiences()},
		"the photo":                             {"varga.jpg", audiences()},
		"what for":                              {"Stalking (PHA 1997 s.2A)", audiences()},
		"a safety marker":                       {"violent", audiences()},
		"a health marker is the team's alone":   {"suicidal", []Audience{AudienceTeam}},
		"the room is told to read its paper":    {"need-to-know: read the team's paper", []Audience{AudienceScreen}},
		"a marker's source":                     {"custody 2026", []Audience{AudienceTeam}},
		"the addresses":                         {"14 Larch Court", []Audience{AudienceTeam, AudiencePartner, AudienceScreen}},
		"the plan":                              {"Two at the rear", []Audience{AudienceTeam, AudienceScreen}},
		"the number":                            {"07700 900111", []Audience{AudienceTeam, AudiencePartner, AudienceScreen}},
		"where the attribution comes from":      {"billing", []Audience{AudienceTeam}},
		"intelligence that may be shared":       {"uses the gym", []Audience{AudienceTeam, AudiencePartner, AudienceScreen}},
		"intelligence with conditions (code C)": {"sleep in his car", []Audience{AudienceTeam}},
		"the conditions of an order":            {"Sign on at the station", []Audience{AudienceTeam, AudiencePartner, AudienceScreen}},
		"the notes of an attempt":               {"lights on", []Audience{AudienceTeam, AudienceScreen}},
		"why the target is on the list":         {"repeat stalking", []Audience{AudienceTeam, AudienceScreen}},
		"who gave the intelligence":             {"ORG-77", nil},
		"the victim-survivor's forename":        {"Jane", nil},
		"the victim-survivor's surname":         {"okafor", nil},
		"the victim-survivor's phone":           {"900222", nil},
		"the victim-survivor's ref":             {"P-000002", nil},
	} {
		for _, a := range audiences() {
			page := pageOf(t, d, a)
			all := strings.Join(textsIn(reflect.ValueOf(page)), "\n")
			got := strings.Contains(strings.ToLower(all), strings.ToLower(c.text))
			if want := slices.Contains(c.seen, a); got != want {
				t.Errorf("%s: %q seen by %s: %t, want %t", what, c.text, a, got, want)
			}
		}
	}
}

func TestTheFrontSheetIsNameNamesMarkersAndWhatForOnly(t *testing.T) {
	page := pageOf(t, packDesk(t), AudienceFront)
	if page.Born != "" || page.Description != "" || page.Power != "" || len(page.Where)+len(page.Team) > 0 || page.Plan != "" || page.Need != 0 {
		t.Errorf("the front sheet has more: %+v", page)
	}
	if len(page.Sections) != 1 || page.Sections[0].Head != "Also known as" {
		t.Errorf("the sections of the front sheet are %+v, want the other names alone", page.Sections)
	}
}

func TestTheWordsOfTheCourtAreMaskedNotLost(t *testing.T) {
	page := pageOf(t, packDesk(t), AudienceTeam)
	if got := rows(&page, "Orders and conditions"); !strings.Contains(got, "must not 1: Not to contact [protected] by any means") {
		t.Errorf("the condition reads:\n%s", got)
	}
	if got := rows(&page, "Potential breaches"); !strings.Contains(got, "Texted [protected]'s new phone [protected]") {
		t.Errorf("the breach reads:\n%s", got)
	}
}

func TestWhatGivesSomebodyAway(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		shows bool
	}{
		"the surname":                        {"seen with Okafor", true},
		"in the plural":                      {"dines with the Okafors", true},
		"in any case":                        {"seen with okafor", true},
		"with an accent":                     {"seen with Ókafor", true},
		"as a possessive":                    {"at Okafor's work", true},
		"cut by something invisible":         {"Oka\u200bfor", true},
		"the forename as a name":             {"waits for Jane", true},
		"surname first":                      {"OKAFOR, Jane", true},
		"by initial":                         {"J Okafor", true},
		"half of a double name":              {"calls her Obi", false}, // three letters are a word too often
		"the longer half of a double name":   {"calls her Bright", true},
		"the number, as it was given":        {"rings +44 7700 900222", true},
		"the number, as it is dialled":       {"rings 07700900222", true},
		"the plate without its space":        {"follows xy99zzz", true},
		"the postcode without its space":     {"seen in E105XY", true},
		"the house":                          {"stood outside 77 Cedar Walk", true},
		"the ref":                            {"see P-000002", true},
		"a word that only contains the name": {"an okaforest", false},
		"another number in the street":       {"stood outside 79 Cedar Walk", false},
		"another number":                     {"rings 07700 900223", false},
		"the suspect's own name":             {"Varga and Max Steel are one man", false},
		"an officer of the team":             {"PS Adeyemi knows him", false},
		"nothing":                            {"uses the gym", false},
	} {
		t.Run(name, func(t *testing.T) {
			d := packDesk(t)
			change(d, "I-000001", func(i *Intel) { i.Text = c.text })
			_, err := packOf(t, d).Page(AudienceTeam)
			if (err != nil) != c.shows {
				t.Fatalf("%q: refused is %t (%v), want %t", c.text, err != nil, err, c.shows)
			}
			if err == nil {
				return
			}
			p := refusal(t, err)
			if !strings.Contains(p.Rule, "OP-0001/001 intelligence") {
				t.Errorf("the refusal does not say where: %s", p.Rule)
			}
			for _, leak := range []string{"Okafor", "Jane", "Obi", "900222", "Cedar", c.text} {
				if strings.Contains(strings.ToLower(p.Error()), strings.ToLower(leak)) {
					t.Errorf("the refusal itself says %q: %s", leak, p)
				}
			}
		})
	}
}

func TestWhereverItStandsItIsFound(t *testing.T) {
	const name = "Okafor"
	person := func(fn func(*Person)) func(*desk) { return func(d *desk) { change(d, "P-000001", fn) } }
	for where, put := range map[string]func(*desk){
		"plan":        func(d *desk) { change(d, "OP-0001/001", func(t *Target) { t.Plan += name }) },
		"why on":      func(d *desk) { change(d, "OP-0001/001", func(t *Target) { t.Reason = name }) },
		"description": person(func(p *Person) { p.Description = name }),
		"photo":       person(func(p *Person) { p.Photo = "with " + name + ".jpg" }),
		"marker VI":   person(func(p *Person) { p.Markers[1].Note = name }),
		"identity":    person(func(p *Person) { p.BirthPlace = name }),
		"phones":      person(func(p *Person) { p.Phones[0].Use = "calls " + name }),
		"vehicles":    person(func(p *Person) { p.Vehicles[0].Source = name }),
		"address 2":   person(func(p *Person) { p.Addresses[0].Note = name }),
	} {
		d := packDesk(t)
		put(d)
		if where == "plan" {
			change(d, "OP-0001/001", func(t *Target) { t.Plan = "Knock, ask for " + name })
		}
		_, err := packOf(t, d).Page(AudienceTeam)
		if err == nil || !strings.Contains(err.Error(), "OP-0001/001 "+where) {
			t.Errorf("a name in %s: %v", where, err)
		}
	}
}

func TestASurnameThatIsAnEverydayWord(t *testing.T) {
	for text, shows := range map[string]bool{
		"white male in a green coat":   false,
		"White van by the gate":        false,
		"lives with Mrs White":         true,
		"lives with WHITE":             true,
		"lives with Grace White":       true,
		"lives with WHITE, Grace":      true,
		"three days' grace":            false,
		"a green van, driven by Grace": false,
	} {
		d := packDesk(t)
		change(d, "P-000002", func(p *Person) { p.Surname, p.Forename, p.Aliases = "White", "Grace", nil })
		change(d, "R-000001", func(o *Order) { o.Protected = "" })
		change(d, "I-000001", func(i *Intel) { i.Text = text })
		if _, err := packOf(t, d).Page(AudienceTeam); (err != nil) != shows {
			t.Errorf("%q: refused is %t, want %t (%v)", text, err != nil, shows, err)
		}
	}
	if !slices.IsSorted(everydayWords()) {
		t.Error("the everyday words are searched by halves and have to be in order")
	}
}

func TestAFamilyName(t *testing.T) {
	d := packDesk(t)
	change(d, "P-000002", func(p *Person) { p.Surname, p.Aliases = "Varga", nil })
	change(d, "R-000001", func(o *Order) { o.Protected = "Jane Varga" })
	if _, err := packOf(t, d).Page(AudienceTeam); err != nil {
		t.Errorf("husband and wife share a surname: %v", err)
	}
	change(d, "I-000001", func(i *Intel) { i.Text = "looks for Jane" })
	if _, err := packOf(t, d).Page(AudienceTeam); err == nil {
		t.Error("with a shared surname the forename gives her away")
	}
}

func TestTheHomeTheyShared(t *testing.T) {
	home := Address{Text: "14 Larch Court, Hackney", Postcode: "E8 2AB"}
	d := packDesk(t)
	change(d, "P-000002", func(p *Person) { p.Addresses = append(p.Addresses, home) })
	page := pageOf(t, d, AudienceTeam)
	if all := strings.Join(page.Where, "\n"); strings.Contains(all, "Larch") || !strings.Contains(all, "1 more held back: need-to-know, ask PS Adeyemi") {
		t.Errorf("the victim-survivor lives there still; where says:\n%s", all)
	}
	change(d, "P-000002", func(p *Person) { p.Addresses[1].Confidence = Historic })
	if page = pageOf(t, d, AudienceTeam); !strings.Contains(strings.Join(page.Where, "\n"), "14 Larch Court") {
		t.Errorf("she has fled and he lives there; where says:\n%s", strings.Join(page.Where, "\n"))
	}
}

func TestIntelligenceThatPointsToItsSource(t *testing.T) {
	for text, names := range map[string]bool{
		"his sister told police he sleeps in the car": true,
		"the source saw him next door":                true,
		"a CHIS reports a knife":                      true,
		"heard from ORG-77 again":                     true,
		"heard from org 77 again":                     true,
		"lives with his sister":                       false,
		"is an outsource manager":                     false,
	} {
		d := packDesk(t)
		change(d, "I-000001", func(i *Intel) { i.Text = text })
		if _, err := packOf(t, d).Page(AudienceScreen); (err != nil) != names {
			t.Errorf("%q: refused is %t, want %t (%v)", text, err != nil, names, err)
		}
	}
}

func TestAPackNamesNobodyAnotherPackProtects(t *testing.T) {
	second := []Record{
		&Person{Meta: Meta{Ref: "P-000003"}, Surname: "Doyle", Forename: "Sean"},
		&Target{
			Meta: Meta{Ref: "OP-0001/002"}, Operation: "OP-0001", Person: "P-000003", Unit: "SW", State: TargetLive, Reason: "r", ReviewBy: on(t, "2026-12-24"), AddedBy: "O-0001",
		},
		&Intel{Meta: Meta{Ref: "I-000009"}, Person: "P-000003", Text: "x", Source: "2", Grade: "B", Handling: "P", Origin: "ORG-9", At: on(t, "2026-11-01"), By: "O-0002"},
	}
	for text, shows := range map[string]bool{"drinks with Jane Okafor": true, "parks by 77 Cedar Walk": true, "drinks with Okafor": false} {
		d := packDesk(t, second...)
		change(d, "I-000009", func(i *Intel) { i.Text = text })
		packs, err := BuildPacks(d, "OP-0001", "", d.now)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := PagesOf(packs, AudienceTeam); (err != nil) != shows {
			t.Errorf("%q on another's page: refused is %t, want %t (%v)", text, err != nil, shows, err)
		}
	}
}

func TestAnAudienceNobodyHasDecidedAbout(t *testing.T) {
	if _, err := packOf(t, packDesk(t)).Page("press"); err == nil {
		t.Error("there is a page for an audience that has no rules")
	}
}

func TestTheTargetWhoIsAVictimElsewhere(t *testing.T) {
	d := packDesk(t, &Case{
		Meta: Meta{Ref: "C-000002"}, Unit: "SW", Offences: []OffenceCode{"abh"}, Last: on(t, "2026-05-01"), State: CaseOpen,
		Parties: []Party{{"P-000001", PartyVictim}, {"P-000004", PartySuspect}},
	}, &Person{Meta: Meta{Ref: "P-000004"}, Surname: "Quigley", Forename: "Una"})
	page := pageOf(t, d, AudienceTeam)
	if !strings.Contains(rows(&page, "Victim-survivor"), "also recorded as a victim or witness") {
		t.Errorf("the roles of the target are not shown:\n%s", rows(&page, "Victim-survivor"))
	}
	change(d, "I-000001", func(i *Intel) { i.Text = "argued with Quigley" })
	if _, err := packOf(t, d).Page(AudienceTeam); err == nil {
		t.Error("who is suspected of harming the target is not for the target's pack")
	}
}

// written are the ways people write a name.
func written(dice *rand.Rand, surname, forename string) string {
	ways := []string{
		surname, strings.ToUpper(surname), strings.ToLower(surname), surname + "'s", forename + " " + surname, strings.ToUpper(surname) + ", " + forename,
		strings.ReplaceAll(strings.ReplaceAll(surname, "ö", "o"), "ü", "u"), surname[:1] + "\u200b" + surname[1:], "(" + surname + ")",
	}
	return ways[dice.IntN(len(ways))]
}

// Whatever is on record, and wherever somebody typed the name, either the page is refused or the name is not on it.
func TestNoPageOfAnyWorldNamesAVictim(t *testing.T) {
	surnames := []string{"Okafor", "Lukasiewicz", "O'Brien", "Nakamura", "Iyer", "Delacroix", "Öztürk", "Smith-Jones", "Varga"}
	forenames := []string{"Jane", "Zofia", "Niamh", "Yuki", "Meera"}
	const seed = 20261124
	dice := rand.New(rand.NewPCG(seed, 1))
	made, refused := 0, 0
	worlds := int(often(150, 400))
	for world := range worlds {
		surname, forename := surnames[dice.IntN(len(surnames))], forenames[dice.IntN(len(forenames))]
		d := packDesk(t)
		change(d, "P-000002", func(p *Person) { p.Surname, p.Forename = surname, forename })
		protected := fmt.Sprintf("%s %s, flat %d", forename, surname, 10+dice.IntN(80))
		change(d, "R-000001", func(o *Order) {
			o.Protected = protected
			o.Conditions[0].Text = "Not to contact " + written(dice, surname, forename) + " or visit " + protected
		})
		spoil(d, dice, written(dice, surname, forename))
		pack := packOf(t, d)
		for _, a := range audiences() {
			page, err := pack.Page(a)
			if err != nil {
				refused++
				continue
			}
			made++
			for _, text := range textsIn(reflect.ValueOf(page)) {
				if names(text, surname) && surname != "Varga" {
					t.Fatalf("seed %d world %d: the %s page says %q, and %s is a victim", seed, world, a, text, surname)
				}
				if strings.Contains(match.Fold(text), match.Fold(protected)) {
					t.Fatalf("seed %d world %d: the %s page says whom the order protects: %q", seed, world, a, text)
				}
			}
		}
	}
	if made < worlds/2 || refused < worlds/2 {
		t.Errorf("%d pages were made and %d refused: the worlds do not try both", made, refused)
	}
}

// names looks for a name in its own, simple way: the folded words, one after another.
func names(text, surname string) bool {
	return strings.Contains(" "+strings.ReplaceAll(match.Fold(text), "-", " ")+" ", " "+match.Fold(surname)+" ") ||
		strings.Contains(" "+match.Fold(text), " "+match.Fold(surname)+"s ")
}

// spoil types a name somewhere it may be.
func spoil(d *desk, dice *rand.Rand, name string) {
	text := "seen near " + name + " on Friday"
	switch dice.IntN(12) {
	case 0:
		change(d, "I-000001", func(i *Intel) { i.Text = text })
	case 1:
		change(d, "I-000002", func(i *Intel) { i.Text = text })
	case 2:
		change(d, "OP-0001/001", func(t *Target) { t.Plan = text + ", custody" })
	case 3:
		change(d, "OP-0001/001", func(t *Target) { t.Reason = text })
	case 4:
		change(d, "B-000001", func(b *Breach) { b.What = text })
	case 5:
		change(d, "A-000001", func(a *Attempt) { a.Note, a.Intel = text, text })
	case 6:
		change(d, "P-000001", func(p *Person) { p.Addresses[1].Note = text })
	case 7:
		change(d, "P-000001", func(p *Person) { p.Markers[0].Note = text })
	case 8:
		change(d, "P-000001", func(p *Person) { p.Description = text })
	case 9:
		change(d, "P-000001", func(p *Person) { p.Phones[0].Use = text })
	case 10:
		change(d, "W-000001", func(w *Wanted) { w.Note = text }) // never on a page
	default:
		change(d, "T-000001", func(t *Task) { t.Title = text }) // never on a page
	}
}
