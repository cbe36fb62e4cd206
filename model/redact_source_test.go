package model

import (
	"slices"
	"strings"
	"testing"

	"pou/model/day"
)

func TestARelativeWhoTellsIsASource(t *testing.T) {
	for text, leak := range map[string]bool{
		"His sister says he sleeps in the van":                          true,
		"Her brother told us where the knife is":                        true,
		"His mother has since told PC Khan that he moved":               true,
		"His sister Anna says he is back":                               true,
		"His sister-in-law said he is back":                             true,
		"Moved to Leeds, so his cousin said":                            true,
		"The ex-partner states that he has two phones":                  true,
		"His mum reckons he is in Leeds":                                true,
		"A neighbour reported he leaves at five":                        true,
		"His daughter mentioned that he has a key":                      true,
		"His flatmates both confirmed he was out":                       true,
		"The landlord, who told officers he left, has the keys":         true,
		"His son said to police that he moved":                          true,
		"His uncle rang us about the car":                               true,
		"Family say he is abroad":                                       true,
		"Lives with his sister":                                         false,
		"Lives with his sister and says he works nights":                false,
		"Visits his brother, said to be violent himself":                false,
		"His wife told him to leave":                                    false,
		"His brother's garage is at 4 Mill Lane":                        false,
		"Works for his cousin; said to sleep there":                     false,
		"His mother reported missing in 2019 was found":                 false,
		"His partner claims benefits at the address":                    false,
		"His sister was told by the council to move":                    false,
		"Rings his daughter; she warned him off":                        false,
		"His wife phoned a taxi":                                        false,
		"Says he will not leave without his son":                        false,
		"Order names his son as a person he may not contact":            false,
		"He told police that his sister lives there":                    false,
		"His friend is a driver. Seen on Sundays; says little to staff": false,
	} {
		if got := SourceLeak(text, "SK-14"); (got != "") != leak {
			t.Errorf("%q leaks %q; want a leak: %v", text, got, leak)
		}
	}
}

func TestTheWordsAnOrderPutsInANamesPlace(t *testing.T) {
	for _, protected := range []string{"Protected Person", "Former Partner", "The Victim", "Target"} {
		d := packDesk(t)
		change(d, "R-000001", func(o *Order) {
			o.Protected = protected
			o.Conditions[0].Text = "Not to contact the protected person or a former partner, or target a victim"
		})
		change(d, "OP-0001/001", func(t *Target) { t.Plan = "A person at the door; second target; his partner works; custody" })
		page, err := packOf(t, d).Page(AudienceTeam)
		if err != nil {
			t.Errorf("an order that protects %q makes everyday words unprintable: %v", protected, err)
			continue
		}
		if strings.Contains(page.Plan, hiddenWords) {
			t.Errorf("an order that protects %q masks everyday words: %s", protected, page.Plan)
		}
	}
}

func TestAPackThatGivesSomebodyAwayDoesNotHoldUpTheOthers(t *testing.T) {
	second := []Record{
		&Person{Meta: Meta{Ref: "P-000003"}, Surname: "Doyle", Forename: "Sean"},
		&Target{
			Meta: Meta{Ref: "OP-0001/002"}, Operation: "OP-0001", Person: "P-000003", Unit: "SW", State: TargetLive, Reason: "r", ReviewBy: on(t, "2026-12-24"), AddedBy: "O-0001",
		},
	}
	for name, c := range map[string]struct {
		spoil    func(*desk)
		printed  []Ref
		withheld map[Ref]string
	}{
		"all are clean": {func(*desk) {}, []Ref{"OP-0001/001", "OP-0001/002"}, nil},
		"the first is not": {
			func(d *desk) { change(d, "OP-0001/001", func(t *Target) { t.Plan = "Ask for Okafor; custody" }) },
			[]Ref{"OP-0001/002"},
			map[Ref]string{"OP-0001/001": "plan"},
		},
		"the second names whom the first protects": {
			func(d *desk) { change(d, "OP-0001/002", func(t *Target) { t.Plan = "Ask for Jane Okafor; custody" }) },
			[]Ref{"OP-0001/001"},
			map[Ref]string{"OP-0001/002": "plan"},
		},
		"neither is": {
			func(d *desk) {
				change(d, "I-000001", func(i *Intel) { i.Text = "his sister says that he is back" })
				change(d, "OP-0001/002", func(t *Target) { t.Reason = "rings 07700 900222" })
			},
			nil,
			map[Ref]string{"OP-0001/001": "intelligence I-000001 (points to who gave it)", "OP-0001/002": "why on the list 1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := packDesk(t, second...)
			c.spoil(d)
			packs, err := BuildPacks(d, "OP-0001", "", d.now)
			if err != nil {
				t.Fatal(err)
			}
			pages, withheld, err := PagesEach(packs, AudienceTeam)
			if err != nil {
				t.Fatal(err)
			}
			var printed []Ref
			for i, p := range pages {
				printed = append(printed, p.Ref)
				if p.No != i+1 || p.Of != len(pages) {
					t.Errorf("%s is page %d of %d, want %d of %d", p.Ref, p.No, p.Of, i+1, len(pages))
				}
			}
			if !slices.Equal(printed, c.printed) || len(withheld) != len(c.withheld) {
				t.Fatalf("printed %v and withheld %+v, want %v and %v", printed, withheld, c.printed, c.withheld)
			}
			_, whole := PagesOf(packs, AudienceTeam)
			for i := range withheld {
				w := &withheld[i]
				if w.Places[0].Where != c.withheld[w.Target] || w.Places[0].Mend == "" {
					t.Errorf("%s is withheld for %+v, want %q", w.Target, w.Places, c.withheld[w.Target])
				}
				for _, a := range audiences() {
					said := strings.ToLower(w.For(a))
					for _, leak := range []string{"okafor", "jane", "900222", "sister"} {
						if strings.Contains(said, leak) {
							t.Errorf("why %s was left out says %q to %s: %s", w.Target, leak, a, said)
						}
					}
					if outside := a == AudiencePartner || a == AudienceFront; outside && strings.Contains(said, w.Places[0].Where) {
						t.Errorf("%s is told where %s fails: %s", a, w.Target, said)
					}
				}
				if whole == nil || !strings.Contains(whole.Error(), string(w.Target)+" "+w.Places[0].Where) {
					t.Errorf("the refusal of the whole does not name %s: %v", w.Target, whole)
				}
			}
			if (whole != nil) != (len(withheld) > 0) {
				t.Errorf("the whole is refused: %v, with %d packs withheld", whole, len(withheld))
			}
		})
	}
}

func TestAForenameThatIsAMonth(t *testing.T) {
	for text, shows := range map[string]bool{
		"seen on 10 Jan 2026 at the gym": false,
		"moved on 10 Jan":                false,
		"waits for Jan":                  true,
		"at 10 Jan opens the door":       true,
		"Jan 10, by the gym":             true,
	} {
		d := packDesk(t)
		change(d, "P-000002", func(p *Person) { p.Forename = "Jan" })
		change(d, "P-000001", func(p *Person) { p.Born = day.Born{Year: 1984, Month: 1, Day: 10} })
		change(d, "I-000001", func(i *Intel) { i.Text = text })
		if _, err := packOf(t, d).Page(AudienceTeam); (err != nil) != shows {
			t.Errorf("%q: refused is %t, want %t (%v)", text, err != nil, shows, err)
		}
	}
}
