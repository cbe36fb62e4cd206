package model

import (
	"slices"
	"strings"
	"testing"
)

// readMarkers has the markers of P-1 acknowledged.
func readMarkers(d *desk) {
	d.must("O-0002", "safeguard.acknowledge", given{"person": "P-1", "kind": "markers"})
}

// opened opens cases, each "suspect victim", for stalking in November.
func opened(pairs ...string) func(*desk) {
	return func(d *desk) {
		for _, pair := range pairs {
			suspect, victim, _ := strings.Cut(pair, " ")
			d.must("O-0002", "case.add", given{"person": suspect, "victims": victim, "offences": "s4A", "first": "2026-11-01", "last": "2026-11-20"})
		}
	}
}

// heard adds intelligence about a person, each "source grade origin", such as "3 E SK14".
func heard(person string, items ...string) func(*desk) {
	return func(d *desk) {
		for _, item := range items {
			parts := strings.Fields(item)
			d.must("O-0002", "intel.add", given{"person": person, "text": "Uses the blue van", "source": parts[0], "grade": parts[1], "handling": "P", "origin": parts[2]})
		}
	}
}

func inTurn(steps ...func(*desk)) func(*desk) {
	return func(d *desk) {
		for _, step := range steps {
			step(d)
		}
	}
}

// done is a step by PS Adeyemi.
func done(action string, fields given) func(*desk) {
	return func(d *desk) { d.must("O-0001", action, fields) }
}

func with(base, more given) given {
	out := given{}
	for _, m := range []given{base, more} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

func caseDeeds() []deed {
	base := given{"person": "P-2", "victims": "P-3", "offences": "s4A", "first": "2026-11-01", "last": "2026-11-20"}
	charge := given{"case": "C-1", "cps": "CPS 26/1"}
	return []deed{
		{
			name: "everybody has their role in it", action: "case.add", who: "O-0002", fields: with(base, given{"suspects": "P-4", "witnesses": "P-5,P-3", "report": "CR 1"}), states: map[Ref]string{"C-000001": "open"},
			then: func(d *desk) {
				k := as[*Case](d, "C-000001")
				want := []Party{{"P-000002", PartySuspect}, {"P-000004", PartySuspect}, {"P-000003", PartyVictim}, {"P-000005", PartyWitness}, {"P-000003", PartyWitness}}
				if !slices.Equal(k.Parties, want) || k.Unit != "SW" || k.Report != "CR 1" {
					d.Errorf("%+v", k)
				}
				for _, p := range []Ref{"P-000002", "P-000003", "P-000005"} {
					if refs, err := d.Linked(p, KindCase); err != nil || len(refs) != 1 {
						d.Errorf("the case is found %d times from %s (%v)", len(refs), p, err)
					}
				}
			},
		},
		{name: "a suspect named twice is named once", action: "case.add", fields: with(base, given{"suspects": "P-2"}), then: func(d *desk) {
			if k := as[*Case](d, "C-000001"); len(k.Who(PartySuspect)) != 1 {
				d.Errorf("%+v", k.Parties)
			}
		}},
		{name: "nobody need be suspected yet", action: "case.add", fields: with(base, given{"person": nil})},
		{name: "it is about somebody", action: "case.add", fields: with(base, given{"person": nil, "victims": nil}), refused: "suspects"},
		{name: "it is about an offence", action: "case.add", fields: with(base, given{"offences": nil}), refused: "offences"},
		{name: "it says when it last happened", action: "case.add", fields: with(base, given{"last": nil}), refused: "last"},
		{name: "it has not yet to happen", action: "case.add", fields: with(base, given{"last": "2026-11-25"}), refused: "last"},
		{name: "it may have happened today", action: "case.add", fields: with(base, given{"last": "2026-11-24"})},
		{name: "the first act comes before the last", action: "case.add", fields: with(base, given{"first": "2026-11-21"}), refused: "first"},
		{name: "a victim on record", action: "case.add", fields: with(base, given{"victims": "P-99"}), refused: "victims", code: NotFound},
		{name: "a witness named once", action: "case.add", fields: with(base, given{"witnesses": "P-5,P-5"}), refused: "witnesses"},
		{name: "an officer who works here", action: "case.add", fields: with(base, given{"officer": "O-9"}), refused: "officer"},
		{name: "S-TAC opens none", action: "case.add", who: "O-0006", fields: base, refused: "-", code: Denied},

		{name: "a suspect may be the victim-survivor in it too", action: "case.party", first: opened("P-2 P-3"), fields: given{"case": "C-1", "person": "P-2", "role": "victim"}, then: func(d *desk) {
			if k := as[*Case](d, "C-000001"); !k.Is("P-000002", PartySuspect) || !k.Is("P-000002", PartyVictim) {
				d.Errorf("%+v", k.Parties)
			}
		}},
		{name: "not twice in one role", action: "case.party", first: opened("P-2 P-3"), fields: given{"case": "C-1", "person": "P-2", "role": "suspect"}, refused: "person"},
		{name: "nobody is convicted before a charge", action: "case.party", first: opened("P-2 P-3"), fields: given{"case": "C-1", "person": "P-2", "role": "convicted"}, refused: "role"},
		{name: "after a charge they may be", action: "case.party", first: inTurn(opened("P-2 P-3"), done("case.charge", charge)), fields: given{"case": "C-1", "person": "P-2", "role": "convicted"}},
		{name: "nobody joins a closed case", action: "case.party", first: inTurn(opened("P-2 P-3"), done("case.close", given{"case": "C-1", "outcome": "16"})), fields: given{"case": "C-1", "person": "P-5", "role": "witness"}, refused: "case"},
		{name: "a case that is not there", action: "case.party", fields: given{"case": "C-9", "person": "P-5", "role": "witness"}, refused: "case", code: NotFound},

		{name: "with the CPS decision", action: "case.charge", first: opened("P-2 P-3"), fields: charge, states: map[Ref]string{"C-000001": "charged"}, then: func(d *desk) {
			if k := as[*Case](d, "C-000001"); k.CPS != "CPS 26/1" || k.Outcome != "1" || k.Charged != on(d, "2026-11-24") {
				d.Errorf("%+v", k)
			}
		}},
		{name: "only the CPS decides to charge stalking", action: "case.charge", first: opened("P-2 P-3"), fields: with(charge, given{"cps": nil}), refused: "cps"},
		{
			name: "police may charge failing to surrender themselves", action: "case.charge", fields: with(charge, given{"cps": nil, "outcome": "1A"}), states: map[Ref]string{"C-000001": "charged"},
			first: done("case.add", given{"person": "P-2", "offences": "fta", "last": "2026-11-20"}),
		},
		{name: "somebody is charged", action: "case.charge", first: done("case.add", given{"victims": "P-3", "offences": "fta", "last": "2026-11-20"}), fields: charge, refused: "case"},
		{name: "not tomorrow", action: "case.charge", first: opened("P-2 P-3"), fields: with(charge, given{"day": "2026-11-25"}), refused: "day"},
		{name: "not before the last act", action: "case.charge", first: opened("P-2 P-3"), fields: with(charge, given{"day": "2026-11-19"}), refused: "day"},
		{name: "not twice", action: "case.charge", first: inTurn(opened("P-2 P-3"), done("case.charge", charge)), fields: charge, refused: "case"},
		{name: "no outcome but a charge", action: "case.charge", first: opened("P-2 P-3"), fields: with(charge, given{"outcome": "15"}), refused: "outcome"},

		{name: "with an outcome", action: "case.close", first: opened("P-2 P-3"), fields: given{"case": "C-1", "outcome": "16", "note": "Spoken to twice"}, states: map[Ref]string{"C-000001": "closed"}},
		{name: "not without an outcome", action: "case.close", first: opened("P-2 P-3"), fields: given{"case": "C-1"}, refused: "outcome"},
		{name: "charged is not an outcome of a case that was not", action: "case.close", first: opened("P-2 P-3"), fields: given{"case": "C-1", "outcome": "1"}, refused: "outcome"},
		{name: "a charge stays the outcome", action: "case.close", first: inTurn(opened("P-2 P-3"), done("case.charge", charge)), fields: given{"case": "C-1", "note": "acquitted"}, states: map[Ref]string{"C-000001": "closed"}, then: func(d *desk) {
			if k := as[*Case](d, "C-000001"); k.Outcome != "1" || k.Note != "acquitted" {
				d.Errorf("%+v", k)
			}
		}},
		{name: "a charge is not undone by closing", action: "case.close", first: inTurn(opened("P-2 P-3"), done("case.charge", charge)), fields: given{"case": "C-1", "outcome": "15"}, refused: "outcome"},
		{name: "not twice", action: "case.close", first: inTurn(opened("P-2 P-3"), done("case.close", given{"case": "C-1", "outcome": "16"})), fields: given{"case": "C-1", "outcome": "15"}, refused: "case"},
	}
}

func intelDeeds() []deed {
	base := given{"person": "P-2", "text": "Sleeps in a blue van by the park", "source": "2", "grade": "C", "handling": "P", "origin": "SK-14"}
	regrade := given{"intel": "I-1", "reason": "the van was seen there"}
	return []deed{
		{name: "graded, sanitised and from an origin", action: "intel.add", who: "O-0002", fields: base, then: func(d *desk) {
			if i := as[*Intel](d, "I-000001"); i.Graded() != "2C P" || i.By != "O-0002" || i.Unit != "SW" || i.At != on(d, "2026-11-24") || i.Fact {
				d.Errorf("%+v", i)
			}
		}},
		{name: "conditions go with handling code C", action: "intel.add", fields: with(base, given{"handling": "C", "conditions": "Not to partner agencies"})},
		{name: "handling code C says on what conditions", action: "intel.add", fields: with(base, given{"handling": "C"}), refused: "conditions"},
		{name: "nothing without a grade", action: "intel.add", fields: with(base, given{"grade": nil}), refused: "grade"},
		{name: "nothing without an origin", action: "intel.add", fields: with(base, given{"origin": nil}), refused: "origin"},
		{name: "nothing from the future", action: "intel.add", fields: with(base, given{"at": "2026-11-25"}), refused: "at"},
		{name: "about a person on record", action: "intel.add", fields: with(base, given{"person": "P-99"}), refused: "person", code: NotFound},
		{name: "the origin is not in the text", action: "intel.add", fields: with(base, given{"text": "SK14: sleeps in a blue van"}), refused: "text"},
		{name: "nor who spoke", action: "intel.add", fields: with(base, given{"text": "The source told us he sleeps in a blue van"}), refused: "text"},
		{name: "nor in the conditions", action: "intel.add", fields: with(base, given{"handling": "C", "conditions": "The informant is at risk"}), refused: "conditions"},
		{name: "nor is the origin a description", action: "intel.add", fields: with(base, given{"origin": "CHIS 12"}), refused: "origin"},
		{name: "B is corroborated", action: "intel.add", fields: with(base, given{"grade": "B"}), refused: "grade"},
		{name: "by a report from another origin it is", action: "intel.add", first: heard("P-2", "2 C CS77"), fields: with(base, given{"grade": "B"})},
		{name: "not by one from the same origin, however it is written", action: "intel.add", first: heard("P-2", "2 C sk/14"), fields: with(base, given{"grade": "B"}), refused: "grade"},
		{name: "not by one suspected to be false", action: "intel.add", first: heard("P-2", "2 E CS77"), fields: with(base, given{"grade": "B"}), refused: "grade"},
		{name: "not by one about somebody else", action: "intel.add", first: heard("P-3", "2 C CS77"), fields: with(base, given{"grade": "B"}), refused: "grade"},
		{name: "a false report is not made good by saying it again", action: "intel.add", first: heard("P-2", "2 E SK14"), fields: base, refused: "grade"},
		{name: "nor an unreliable source by another report of theirs", action: "intel.add", first: heard("P-2", "3 C SK14"), fields: base, refused: "source"},
		{name: "saying it again at the same grade is a repeat", action: "intel.add", first: heard("P-2", "2 C SK14"), fields: base},

		{name: "a supervisor regrades with a reason", action: "intel.regrade", first: heard("P-2", "2 C SK14"), fields: with(regrade, given{"source": "1", "grade": "A"}), then: func(d *desk) {
			if i := as[*Intel](d, "I-000001"); i.Graded() != "1A P" {
				d.Errorf("%+v", i)
			}
		}},
		{name: "sharing it stops having conditions", action: "intel.regrade", fields: with(regrade, given{"handling": "P"}), first: done("intel.add", with(base, given{"handling": "C", "conditions": "Not to partner agencies"})), then: func(d *desk) {
			if i := as[*Intel](d, "I-000001"); i.Conditions != "" {
				d.Errorf("%+v", i)
			}
		}},
		{name: "or starts to", action: "intel.regrade", first: heard("P-2", "2 C SK14"), fields: with(regrade, given{"handling": "C"}), refused: "conditions"},
		{name: "a constable regrades nothing", action: "intel.regrade", who: "O-0002", first: heard("P-2", "2 C SK14"), fields: with(regrade, given{"grade": "E"}), refused: "-", code: Denied},
		{name: "not without a reason", action: "intel.regrade", first: heard("P-2", "2 C SK14"), fields: with(regrade, given{"grade": "E", "reason": nil}), refused: "reason"},
		{name: "the reason gives nobody away either", action: "intel.regrade", first: heard("P-2", "2 C SK14"), fields: with(regrade, given{"grade": "E", "reason": "the neighbour told us so"}), refused: "reason"},
		{name: "something changes", action: "intel.regrade", first: heard("P-2", "2 C SK14"), fields: with(regrade, given{"grade": "C"}), refused: "grade"},
		{name: "a repeat from the same origin raises nothing", action: "intel.regrade", first: heard("P-2", "2 E SK14", "2 E SK14"), fields: with(regrade, given{"grade": "C"}), refused: "grade"},
		{name: "nor makes a source reliable", action: "intel.regrade", first: heard("P-2", "3 C SK14", "3 C SK14"), fields: with(regrade, given{"source": "1"}), refused: "source"},
		{name: "a repeat may be graded down", action: "intel.regrade", first: heard("P-2", "2 C SK14", "2 C SK14"), fields: with(regrade, given{"grade": "E"})},
		{name: "another origin may raise it", action: "intel.regrade", first: heard("P-2", "2 D SK14", "2 D SK14", "2 C CS77"), fields: with(regrade, given{"grade": "B"})},
		{name: "a report that is not there", action: "intel.regrade", fields: with(regrade, given{"grade": "E"}), refused: "intel", code: NotFound},
	}
}

func TestWordsThatGiveASourceAway(t *testing.T) {
	for text, leak := range map[string]bool{
		"Sleeps in a blue van by the park":                                  false,
		"Works at his brother's garage; collects children from school":      false,
		"No source of income is known. Power source in the van":             false,
		"Vehicle given by his employer; seen with his partner on Sundays":   false,
		"Carries a knife, told a court in 2024 that it was for work":        false,
		"The chisel was found at 14 Market Street":                          false,
		"An informant says he has moved":                                    true,
		"CHIS reporting: he has moved":                                      true,
		"C.H.I.S. reporting: he has moved":                                  true,
		"infor\u200bmant says he has moved":                                 true,
		"Source 14 told officers he has moved":                              true,
		"The SOURCE has now said he moved":                                  true,
		"Anonymous caller: he has moved":                                    true,
		"Crimestoppers report that he has moved":                            true,
		"His sister told police he has moved":                               true,
		"According to the neighbour he has moved":                           true,
		"Information from his ex-partner and heard from a friend: moved":    true,
		"Moved to the flat above the shop (SK14)":                           true,
		"Moved to the flat above the shop, sk 14":                           true,
		"Moved to the flat above the shop at 14 Sk\u00fdlark Road, task 14": false,
	} {
		if got := SourceLeak(text, "SK-14"); (got != "") != leak {
			t.Errorf("%q leaks %q; want a leak: %v", text, got, leak)
		}
	}
	for origin, leak := range map[string]bool{"7": false, "2024": false, "A": false, "b7": true, "20241": true, "": false} {
		text := "At 7 High Street since 2024, A road, b 7, account 20241"
		if got := SourceLeak(text, origin); (got != "") != leak {
			t.Errorf("the origin %q is found as %q; want %v", origin, got, leak)
		}
	}
}
