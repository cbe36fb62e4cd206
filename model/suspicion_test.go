package model

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// watched is an SPO with a condition of every kind the desk can look at, made on 1 September 2026 and served on the next
// day, and its subject.
func watched(t testing.TB) (*Order, *Person) {
	t.Helper()
	o := &Order{
		Meta: Meta{Ref: "R-000009"}, Person: "P-000001", Type: SPO, Unit: "SW", Court: "Wimbledon", Made: on(t, "2026-09-01"), Served: at(t, "2026-09-02 10:00"),
		Notified: on(t, "2026-09-03"), Monitor: "O-0005",
		Conditions: []Condition{
			{No: 1, Type: NoContact, Text: "Not to contact the protected person", Match: Matcher{Numbers: []string{"07700 900123"}}},
			{No: 2, Type: NoPlace, Text: "Not to go to 9 Sparrow Court", Match: Matcher{Place: "9 Sparrow Court, SW19 1AA"}},
			{No: 3, Type: NoArea, Text: "Not to enter Croydon", Match: Matcher{Boroughs: []string{"Croydon"}}, Until: on(t, "2026-11-10")},
			{No: 4, Type: Curfew, Text: "To be at home by night", Match: Matcher{Hours: Hours{From: 21 * 60, To: 6 * 60}}},
			{No: 5, Type: SignOn, Requirement: true, Text: "Must sign on every Monday by 18:00", Match: Matcher{Schedule: Schedule{Weekdays: []time.Weekday{time.Monday}, From: on(t, "2026-11-02"), By: 18 * 60}}},
			{No: 6, Type: NoDevice, Text: "Not to have a device that is not registered"},
		},
	}
	return o, &Person{
		Meta: Meta{Ref: "P-000001"}, Surname: "Kovács", Forename: "Miklós",
		Addresses: []Address{{Text: "1 High Street", Postcode: "SW15 2AB", Type: "home", Confidence: Confirmed, From: on(t, "2020-01-01")}},
	}
}

// signedOn are the sign-ons of the condition 5 of the order, all of them.
func signedOn(t testing.TB) []Finding {
	t.Helper()
	var out []Finding
	for _, d := range []string{"2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"} {
		out = append(out, Finding{Record: "V-000001", Condition: 5, At: at(t, d+" 12:00"), Day: on(t, d), Complied: true})
	}
	return out
}

func TestWhatTheRecordSuggests(t *testing.T) {
	now := at(t, "2026-11-24 05:00")
	intel := func(text string) *Intel {
		return &Intel{Meta: Meta{Ref: "I-000001"}, Person: "P-000001", Text: text, Source: "2", Grade: "C", Handling: "P", Origin: "SK1", At: on(t, "2026-11-01")}
	}
	seenAt := func(where, when string, outcome Outcome) *Attempt {
		return &Attempt{Meta: Meta{Ref: "A-000001"}, Person: "P-000001", At: at(t, when), Address: where, Outcome: outcome}
	}
	arrestAt := func(where, when string) *Arrest {
		return &Arrest{Meta: Meta{Ref: "K-000001"}, Person: "P-000001", At: at(t, when), Where: where, Offences: []OffenceCode{"abh"}, Status: Bailed}
	}
	in := func(role, other PartyRole) *Case {
		return &Case{
			Meta: Meta{Ref: "C-000001"}, Parties: []Party{{"P-000001", role}, {"P-000002", other}}, Offences: []OffenceCode{"s4A"}, First: on(t, "2026-10-01"), Last: on(t, "2026-11-01"), State: CaseOpen,
		}
	}
	type given struct {
		o  *Order
		p  *Person
		on *OnRecord
	}
	for name, c := range map[string]struct {
		set  func(g *given)
		want string // the names of the suspicions without the order; "" for none
		says string // in the why, the weight or the explanations
	}{
		"nothing on record suggests nothing": {func(*given) {}, "", ""},

		"intelligence that names a number of the condition":           {func(g *given) { g.on.Intel = []*Intel{intel("Called +44 7700 900123 at night")} }, "1/I-000001", "ending 123"},
		"but not a number that only ends like it":                     {func(g *given) { g.on.Intel = []*Intel{intel("Called 07700 800123")} }, "", ""},
		"intelligence that speaks of the protected person and a call": {func(g *given) { g.on.Intel = []*Intel{intel("Says he rang the victim")} }, "1/I-000001", "protects"},
		"but not of the protected person alone":                       {func(g *given) { g.on.Intel = []*Intel{intel("Blames the victim")} }, "", ""},
		"nor of a call to somebody else":                              {func(g *given) { g.on.Intel = []*Intel{intel("Rang his brother")} }, "", ""},
		"intelligence that names somebody the order protects": {func(g *given) {
			g.on.Intel, g.on.Protected, g.on.People = []*Intel{intel("Met Ann Jones for coffee")}, []Ref{"P-000002"}, map[Ref]*Person{"P-000002": {Surname: "Jones", Forename: "Ann"}}
		}, "1/I-000001", "names somebody the condition protects"},
		"but not their surname alone, which many share": {func(g *given) {
			g.on.Intel, g.on.Protected, g.on.People = []*Intel{intel("Works with a man called Jones")}, []Ref{"P-000002"}, map[Ref]*Person{"P-000002": {Surname: "Jones", Forename: "Ann"}}
		}, "", ""},
		"intelligence that spells their name a letter out each": {func(g *given) {
			g.on.Intel, g.on.Protected, g.on.People = []*Intel{intel("Contact with SMTIH, Jonh in the park")}, []Ref{"P-000002"}, map[Ref]*Person{"P-000002": {Surname: "Smith", Forename: "John"}}
		}, "1/I-000001", "somebody much like one the condition protects, spelt 2 letters out"},
		"and says that a misspelt name is weak": {func(g *given) {
			g.on.Intel, g.on.Protected, g.on.People = []*Intel{intel("Contact with Jonh Smtih in the park")}, []Ref{"P-000002"}, map[Ref]*Person{"P-000002": {Surname: "Smith", Forename: "John"}}
		}, "1/I-000001", "cannot by itself support action"},
		"and what else may be meant": {func(g *given) {
			g.on.Intel, g.on.Protected, g.on.People = []*Intel{intel("Met Katherine M Wilkinsen")}, []Ref{"P-000002"}, map[Ref]*Person{"P-000002": {Surname: "Other", Forename: "Ann", Aliases: []Alias{{Name: "Katharine Wilkinson"}}}}
		}, "1/I-000001", "somebody else of a name much like it"},
		"but not a name two letters out in a short one": {func(g *given) {
			g.on.Intel, g.on.Protected, g.on.People = []*Intel{intel("Met John Smart")}, []Ref{"P-000002"}, map[Ref]*Person{"P-000002": {Surname: "Smith", Forename: "John"}}
		}, "", ""},
		"nor the words of a name far apart": {func(g *given) {
			g.on.Intel, g.on.Protected, g.on.People = []*Intel{intel("Jonh was seen in the park with a man called Smtih")}, []Ref{"P-000002"}, map[Ref]*Person{"P-000002": {Surname: "Smith", Forename: "John"}}
		}, "", ""},
		"nor a short word that only looks like a forename": {func(g *given) {
			g.on.Intel, g.on.Protected, g.on.People = []*Intel{intel("Went to Bath and Jones met him")}, []Ref{"P-000002"}, map[Ref]*Person{"P-000002": {Surname: "Jones", Forename: "Ann"}}
		}, "", ""},
		"a weak report is put forward, and says that it is weak": {func(g *given) {
			i := intel("Called 07700900123")
			i.Source = "3"
			g.on.Intel = []*Intel{i}
		}, "1/I-000001", "cannot by itself support action"},
		"intelligence from before the order": {func(g *given) {
			i := intel("Called 07700900123")
			i.At = on(t, "2026-08-31")
			g.on.Intel = []*Intel{i}
		}, "", ""},
		"nor of the day between making and service": {func(g *given) {
			i := intel("Called 07700900123")
			i.At = on(t, "2026-09-01")
			g.on.Intel = []*Intel{i}
		}, "", ""},
		"of the day of service it says that the hour is not known": {func(g *given) {
			i := intel("Called 07700900123")
			i.At = on(t, "2026-09-02")
			g.on.Intel = []*Intel{i}
		}, "1/I-000001", "earlier on the day of service"},
		"an SPO that was not served binds nobody": {func(g *given) { g.o.Served, g.on.Intel = time.Time{}, []*Intel{intel("Called 07700900123")} }, "", ""},
		"a discharged order suggests nothing": {func(g *given) {
			g.o.End, g.o.Ended, g.on.Intel = Discharged, on(t, "2026-11-20"), []*Intel{intel("Called 07700900123")}
		}, "", ""},
		"what is under handling conditions is not told": {func(g *given) {
			i := intel("Called 07700900123")
			i.Handling, i.Conditions = "C", "not outside the unit"
			g.on.Intel = []*Intel{i}
		}, "1/I-000001", "read it there"},

		"seen by officers at the place": {func(g *given) {
			g.on.Attempts = []*Attempt{seenAt("9 Sparrow Court SW19 1AA", "2026-11-01 12:00", SeenThere)}
		}, "2/A-000001", "SW19 1AA"},
		"made off from there": {func(g *given) { g.on.Attempts = []*Attempt{seenAt("9 Sparrow Court", "2026-11-01 12:00", MadeOff)} }, "2/A-000001", "lives, works"},
		"but nobody came to the door: officers were there, not he": {func(g *given) {
			g.on.Attempts = []*Attempt{seenAt("9 Sparrow Court SW19 1AA", "2026-11-01 12:00", NoReply)}
		}, "", ""},
		"seen in the next postcode": {func(g *given) {
			g.on.Attempts = []*Attempt{seenAt("9 Lark Court SW19 1AB", "2026-11-01 12:00", SeenThere)}
		}, "", ""},
		"arrested in the borough":           {func(g *given) { g.on.Arrests = []*Arrest{arrestAt("High Street, Croydon", "2026-11-01 12:00")} }, "3/K-000001", "Croydon"},
		"on the last day of the condition":  {func(g *given) { g.on.Arrests = []*Arrest{arrestAt("High Street, Croydon", "2026-11-10 12:00")} }, "3/K-000001", ""},
		"the day after the condition ended": {func(g *given) { g.on.Arrests = []*Arrest{arrestAt("High Street, Croydon", "2026-11-11 12:00")} }, "", ""},
		"arrested there for a breach that was decided": {func(g *given) {
			k := arrestAt("High Street, Croydon", "2026-11-01 12:00")
			k.Breach = "B-000001"
			g.on.Arrests = []*Arrest{k}
		}, "", ""},
		"a de-arrest": {func(g *given) {
			k := arrestAt("High Street, Croydon", "2026-11-01 12:00")
			k.Status = DeArrested
			g.on.Arrests = []*Arrest{k}
		}, "", ""},
		"away from home inside the hours":  {func(g *given) { g.on.Attempts = []*Attempt{seenAt("Station Road", "2026-11-01 23:00", SeenThere)} }, "4/A-000001", "inside the hours"},
		"away from home outside the hours": {func(g *given) { g.on.Attempts = []*Attempt{seenAt("Station Road", "2026-11-01 20:59", SeenThere)} }, "", ""},
		"at home inside the hours": {func(g *given) {
			g.on.Attempts = []*Attempt{seenAt("1 High Street SW15 2AB", "2026-11-01 23:00", SeenThere)}
		}, "", ""},
		"a case against somebody protected": {func(g *given) { g.on.Cases, g.on.Protected = []*Case{in(PartySuspect, PartyVictim)}, []Ref{"P-000002"} }, "1/C-000001", "made both ways"},
		"a case against somebody else":      {func(g *given) { g.on.Cases = []*Case{in(PartySuspect, PartyVictim)} }, "", ""},
		"their own report as a victim":      {func(g *given) { g.on.Cases, g.on.Protected = []*Case{in(PartyVictim, PartySuspect)}, []Ref{"P-000002"} }, "", ""},
		"a case that ended without a charge": {func(g *given) {
			k := in(PartySuspect, PartyVictim)
			k.State, k.Outcome = CaseClosed, "16"
			g.on.Cases, g.on.Protected = []*Case{k}, []Ref{"P-000002"}
		}, "", ""},

		"a check that found it not complied with": {func(g *given) {
			g.on.Findings = append(g.on.Findings, Finding{Record: "V-000002", Condition: 6, At: at(t, "2026-11-05 09:00"), Text: "Second handset"})
		}, "6/V-000002", "did not find it complied with"},
		"a check that found it complied with": {func(g *given) {
			g.on.Findings = append(g.on.Findings, Finding{Record: "V-000002", Condition: 6, At: at(t, "2026-11-05 09:00"), Complied: true})
		}, "", ""},
		"a sign-on nobody recorded":                {func(g *given) { g.on.Findings = g.on.Findings[:3] }, "5/missed 2026-11-23", "not the same as not done"},
		"two in a row are one suspicion":           {func(g *given) { g.on.Findings = g.on.Findings[:2] }, "5/missed 2026-11-16", "2 occasions"},
		"two with a kept one between them are two": {func(g *given) { g.on.Findings = []Finding{g.on.Findings[0], g.on.Findings[2]} }, "5/missed 2026-11-23 5/missed 2026-11-09", ""},
		"no sign-on was ever recorded":             {func(g *given) { g.on.Findings = nil }, "5/missed 2026-11-02", "nobody is keeping the record"},
		"a check that day answers for the occasion": {func(g *given) {
			g.on.Findings[3] = Finding{Record: "V-000003", Condition: 5, At: at(t, "2026-11-23 19:00"), Day: on(t, "2026-11-23"), Text: "Did not come"}
		}, "5/V-000003", ""},
		"an occasion somebody answered for: the next one is put forward all the same": {func(g *given) {
			g.on.Findings = g.on.Findings[:2]
			g.on.Breaches = []*Breach{{Condition: 5, State: BreachDismissed, Events: []string{"missed 2026-11-16"}}}
		}, "5/missed 2026-11-23", ""},

		"a new phone where a condition is about devices": {func(g *given) { g.p.Phones = []Phone{{Number: "07700 900999", From: on(t, "2026-10-01")}} }, "6/phone 07700900999", "registered"},
		"a new phone without such a condition is nothing: there is no duty to notify phones": {func(g *given) {
			g.p.Phones, g.o.Conditions = []Phone{{Number: "07700 900999", From: on(t, "2026-10-01")}}, g.o.Conditions[:5]
		}, "", ""},
		"a phone of four months ago is for the next check": {func(g *given) { g.p.Phones = []Phone{{Number: "07700 900999", From: on(t, "2026-08-25").AddDays(1)}} }, "", ""},
		"a condition to give access when asked says nothing of a new phone": {func(g *given) {
			g.p.Phones, g.o.Conditions[5].Text = []Phone{{Number: "07700 900999", From: on(t, "2026-10-01")}}, "To give access to any device on request"
		}, "", ""},
		"nor is a new vehicle": {func(g *given) { g.p.Vehicles = []Vehicle{{Plate: "AB12 CDE", Seen: on(t, "2026-10-01")}} }, "", ""},

		"no initial notification":                  {func(g *given) { g.o.Notified = 0 }, "initial notification/notify", "s.9(1)"},
		"one that came a day late":                 {func(g *given) { g.o.Notified = on(t, "2026-09-05") }, "initial notification/notify", ""},
		"on the third day, beginning with service": {func(g *given) { g.o.Notified = on(t, "2026-09-04") }, "", ""},
		"the third day has not ended": {func(g *given) {
			g.o.Served, g.o.Notified = at(t, "2026-11-22 10:00"), 0
			g.o.Conditions = g.o.Conditions[:1]
		}, "", ""},
		"the third day has ended": {func(g *given) {
			g.o.Served, g.o.Notified = at(t, "2026-11-21 10:00"), 0
			g.o.Conditions = g.o.Conditions[:1]
		}, "initial notification/notify", ""},
		"a full order that replaces an interim one":  {func(g *given) { g.o.Notified, g.o.Replaces = 0, "R-000001" }, "", ""},
		"a registered sex offender, while that runs": {func(g *given) { g.o.Notified, g.p.RSOUntil = 0, on(t, "2027-01-01") }, "", ""},
		"a restraining order carries no duty":        {func(g *given) { g.o.Type, g.o.Notified, g.o.Conditions = ROConviction, 0, g.o.Conditions[:1] }, "", ""},
		"a home newer than the order, not notified": {func(g *given) {
			g.p.Addresses = append(g.p.Addresses, Address{Text: "5 New Road", Type: "home", Confidence: Probable, From: on(t, "2026-10-01")})
		}, "new home address/home 5 new road", "3 Oct 2026"},
		"a home of two days ago": {func(g *given) {
			g.p.Addresses = append(g.p.Addresses, Address{Text: "5 New Road", Type: "home", From: on(t, "2026-11-22")})
		}, "", ""},
		"a home of three days ago": {func(g *given) {
			g.p.Addresses = append(g.p.Addresses, Address{Text: "5 New Road", Type: "home", From: on(t, "2026-11-21")})
		}, "new home address/home 5 new road", ""},
		"a home from before service": {func(g *given) {
			g.p.Addresses = append(g.p.Addresses, Address{Text: "5 New Road", Type: "home", From: on(t, "2026-09-02")})
		}, "", ""},
		"an address nobody says since when": {func(g *given) { g.p.Addresses = append(g.p.Addresses, Address{Text: "5 New Road", Type: "home"}) }, "", ""},
		"a place of work is no home": {func(g *given) {
			g.p.Addresses = append(g.p.Addresses, Address{Text: "5 New Road", Type: "work", From: on(t, "2026-10-01")})
		}, "", ""},
		"a historic address": {func(g *given) {
			g.p.Addresses = append(g.p.Addresses, Address{Text: "5 New Road", Type: "home", Confidence: Historic, From: on(t, "2026-10-01")})
		}, "", ""},
		"a home that was notified in time": {func(g *given) {
			g.p.Addresses = append(g.p.Addresses, Address{Text: "5 New Road", Type: "home", From: on(t, "2026-10-01")})
			g.o.Changes = []Notifiable{{What: NewHome, Text: "5, New Road", Day: on(t, "2026-10-01"), Notified: on(t, "2026-09-30")}}
		}, "", ""},
		"one that was notified late": {func(g *given) {
			g.o.Changes = []Notifiable{{What: NewHome, Text: "5 New Road", Day: on(t, "2026-10-01"), Notified: on(t, "2026-10-04")}}
		}, "new home address/home 5 new road", "2026"},
		"a name that came on record after service": {func(g *given) {
			g.p.Aliases = []Alias{{Name: "Mick Kay", Noted: on(t, "2026-10-01"), Source: "tenancy"}}
		}, "new name/name mick kay", "a name others use"},
		"a name that was always on record": {func(g *given) { g.p.Aliases = []Alias{{Name: "Mick Kay"}} }, "", ""},
		"a nickname":                       {func(g *given) { g.p.Aliases = []Alias{{Name: "Mick", Kind: "nickname", Noted: on(t, "2026-10-01")}} }, "", ""},
		"a name that was notified": {func(g *given) {
			g.p.Aliases = []Alias{{Name: "Mick Kay", Noted: on(t, "2026-10-01")}}
			g.o.Changes = []Notifiable{{What: NewName, Text: "Mick Kay", Day: on(t, "2026-10-01"), Notified: on(t, "2026-10-03")}}
		}, "", ""},

		"what was reported is not put forward again": {func(g *given) {
			g.on.Intel = []*Intel{intel("Called 07700900123")}
			g.on.Breaches = []*Breach{{Condition: 1, State: BreachReported, Events: []string{"I-000001"}}}
		}, "", ""},
		"nor what was dismissed": {func(g *given) {
			g.on.Intel = []*Intel{intel("Called 07700900123")}
			g.on.Breaches = []*Breach{{Condition: 1, State: BreachDismissed, Events: []string{"I-000001"}}}
		}, "", ""},
		"nor what was reported of that day without its record": {func(g *given) {
			g.on.Intel = []*Intel{intel("Called 07700900123")}
			g.on.Breaches = []*Breach{{Condition: 1, State: BreachReported, At: at(t, "2026-11-01 18:00")}}
		}, "", ""},
		"the same event against another condition is another suspicion": {func(g *given) {
			g.on.Intel = []*Intel{intel("Called 07700900123 from Croydon")}
			g.on.Breaches = []*Breach{{Condition: 1, State: BreachReported, Events: []string{"I-000001"}}}
		}, "3/I-000001", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o, p := watched(t)
			g := &given{o, p, &OnRecord{Findings: signedOn(t)}}
			c.set(g)
			found := Suspicions(g.o, g.p, g.on, now)
			names := make([]string, len(found))
			for i, s := range found {
				names[i] = strings.TrimPrefix(s.ID, "R-000009/")
				if len(s.Else) == 0 || len(s.Look) == 0 || s.Why == "" || s.Weight == "" || s.What == "" || s.At.After(now) {
					t.Errorf("%s does not say what else could explain it, what to look for, why, or what it weighs: %+v", s.ID, s)
				}
			}
			if got := strings.Join(names, " "); got != c.want {
				t.Fatalf("put forward: %q, want %q", got, c.want)
			}
			if c.says != "" {
				s := found[0]
				if all := s.What + s.Why + s.Weight + strings.Join(s.Else, ";"); !strings.Contains(all, c.says) {
					t.Errorf("it does not say %q: %s", c.says, all)
				}
			}
		})
	}
}

// A suspicion never says whom an order protects, whichever way it was found.
func TestASuspicionNamesNobodyProtected(t *testing.T) {
	o, p := watched(t)
	o.Conditions[0].Match.People = []Ref{"P-000002"}
	on := &OnRecord{
		Cases: []*Case{{
			Meta: Meta{Ref: "C-000001"}, Parties: []Party{{"P-000001", PartySuspect}, {"P-000002", PartyVictim}}, Offences: []OffenceCode{"s4A"},
			Last: day.On(at(t, "2026-11-01 00:00")), State: CaseOpen, Summary: "Ann Jones says he rang",
		}},
		People: map[Ref]*Person{"P-000002": {Surname: "Jones", Forename: "Ann"}}, Findings: signedOn(t),
	}
	found := Suspicions(o, p, on, at(t, "2026-11-24 05:00"))
	if len(found) != 1 {
		t.Fatalf("%+v", found)
	}
	s := found[0]
	if all := s.What + s.Why + s.Weight + strings.Join(slices.Concat(s.Else, s.Look, s.Events), " "); strings.Contains(all, "Jones") || strings.Contains(all, "P-000002") {
		t.Errorf("it says who is protected: %s", all)
	}
}
