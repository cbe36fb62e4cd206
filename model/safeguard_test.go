package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pou/model/day"
)

// crossed has P-2 and P-3 complain of each other, in C-1 and C-2.
func crossed(d *desk) { opened("P-2 P-3", "P-3 P-2")(d) }

// listed puts P-2 on the list as OP-0001/003.
func listed(d *desk) {
	d.must("O-0001", "target.add", given{"operation": "OP-1", "person": "P-2", "reason": "Stalking, high risk"})
}

func safeguardDeeds() []deed {
	assign := given{"target": "OP-1/3", "officers": "O-2"}
	list := given{"operation": "OP-1", "person": "P-2", "reason": "Stalking, high risk"}
	enquiry := given{"title": "Arrest enquiry", "kind": "arrest", "person": "P-2", "assign": "O-2"}
	ack := given{"person": "P-2", "kind": "cross-allegation", "note": "Both read: the second followed the first arrest"}
	acked := done("safeguard.acknowledge", ack)
	return []deed{
		{name: "a supervisor has read both ways", action: "safeguard.acknowledge", first: crossed, fields: ack, then: func(d *desk) {
			p := as[*Person](d, "P-000002")
			if len(p.Acks) != 1 || p.Acks[0].By != "O-0001" || !p.Acks[0].At.Equal(d.now) || !slices.Equal(p.Acks[0].Refs, []Ref{"C-000001", "C-000002"}) {
				d.Errorf("%+v", p.Acks)
			}
		}},
		{name: "a constable has not", action: "safeguard.acknowledge", who: "O-0002", first: crossed, fields: ack, refused: "kind", code: Denied},
		{name: "it says why", action: "safeguard.acknowledge", first: crossed, fields: with(ack, given{"note": nil}), refused: "note"},
		{name: "there is something to acknowledge", action: "safeguard.acknowledge", first: opened("P-2 P-3"), fields: ack, refused: "kind"},
		{name: "not twice", action: "safeguard.acknowledge", first: inTurn(crossed, acked), fields: ack, refused: "kind"},
		{name: "anyone reads markers", action: "safeguard.acknowledge", who: "O-0002", fields: given{"person": "P-1", "kind": "markers"}},
		{name: "where there are any", action: "safeguard.acknowledge", fields: given{"person": "P-2", "kind": "markers"}, refused: "kind"},
		{name: "weak intelligence is not acknowledged away", action: "safeguard.acknowledge", first: heard("P-2", "3 C SK14"), fields: with(ack, given{"kind": "weak intelligence alone"}), refused: "kind"},

		{name: "markers are read before officers go", action: "target.assign", fields: given{"target": "OP-1/1", "officers": "O-2"}, refused: "person"},
		{name: "and read again when one is renewed", action: "target.assign", fields: given{"target": "OP-1/1", "officers": "O-2"}, refused: "person", first: inTurn(readMarkers, done("marker.add", given{"person": "P-1", "code": "VI", "source": "PNC"}))},
		{name: "and when another is added", action: "target.assign", fields: given{"target": "OP-1/1", "officers": "O-2"}, refused: "person", first: inTurn(readMarkers, done("marker.add", given{"person": "P-1", "code": "FI", "source": "PNC"}))},
		{name: "not when one is removed", action: "target.assign", fields: given{"target": "OP-1/1", "officers": "O-2"}, first: inTurn(done("marker.add", given{"person": "P-1", "code": "FI", "source": "PNC"}), readMarkers, done("marker.remove", given{"person": "P-1", "code": "VI", "reason": "x y"}))},
		{name: "a marker about health holds nobody back", action: "target.assign", fields: given{"target": "OP-1/1", "officers": "O-2"}, first: inTurn(done("marker.remove", given{"person": "P-1", "code": "VI", "reason": "x y"}))},
		{name: "a person listed with officers is assigned to them", action: "target.add", fields: with(list, given{"person": "P-5", "officers": "O-2"}), refused: "person", first: done("marker.add", given{"person": "P-5", "code": "WE", "source": "PNC"})},
		{name: "without officers the markers can wait", action: "target.add", fields: with(list, given{"person": "P-5"}), first: done("marker.add", given{"person": "P-5", "code": "WE", "source": "PNC"})},
		{name: "markers hold no task back", action: "task.add", fields: with(enquiry, given{"person": "P-1"})},

		{name: "cross-allegations are read first", action: "target.assign", first: inTurn(crossed, listed), fields: assign, refused: "person"},
		{name: "and once they are, officers go", action: "target.assign", first: inTurn(crossed, listed, acked), fields: assign},
		{name: "a later one asks again", action: "target.assign", first: inTurn(crossed, listed, acked, opened("P-3 P-2")), fields: assign, refused: "person"},
		{name: "as does one with somebody else", action: "target.assign", first: inTurn(crossed, listed, acked, opened("P-2 P-4", "P-4 P-2")), fields: assign, refused: "person"},
		{
			name: "as does somebody else in the same two cases", action: "target.assign", fields: assign, refused: "person",
			first: inTurn(crossed, listed, acked, done("case.party", given{"case": "C-1", "person": "P-4", "role": "victim"}), done("case.party", given{"case": "C-2", "person": "P-4", "role": "suspect"})),
		},
		{
			name: "as does one more accuser in a case that was read", action: "target.assign", fields: assign, refused: "person",
			first: inTurn(crossed, opened("P-2 P-4", "P-4 P-2"), listed, acked, done("case.party", given{"case": "C-2", "person": "P-4", "role": "suspect"})),
		},
		{
			name: "as does one more victim-survivor in a case that was read", action: "target.assign", fields: assign, refused: "person",
			first: inTurn(crossed, opened("P-2 P-4", "P-4 P-2"), listed, acked, done("case.party", given{"case": "C-1", "person": "P-4", "role": "victim"})),
		},
		{name: "a closed case was an allegation too", action: "target.assign", first: inTurn(crossed, listed, done("case.close", given{"case": "C-2", "outcome": "15"})), fields: assign, refused: "person"},
		{name: "the other way alone crosses nothing", action: "target.assign", first: inTurn(opened("P-2 P-3", "P-3 P-4"), listed), fields: assign},
		{name: "the other of the two is asked about as well", action: "task.add", first: inTurn(crossed, acked), fields: with(enquiry, given{"person": "P-3"}), refused: "person"},
		{name: "the list may hold them meanwhile", action: "target.add", first: crossed, fields: list},
		{name: "not with officers", action: "target.add", first: crossed, fields: with(list, given{"officers": "O-2"}), refused: "person"},
		{name: "an arrest enquiry waits for it", action: "task.add", first: crossed, fields: enquiry, refused: "person"},
		{name: "also when it is about the target", action: "task.add", first: inTurn(crossed, listed), fields: with(enquiry, given{"person": nil, "about": "OP-1/3"}), refused: "person"},
		{name: "other work does not", action: "task.add", first: crossed, fields: with(enquiry, given{"kind": "intel"})},
		{name: "nor does a task of no kind", action: "task.add", first: crossed, fields: with(enquiry, given{"kind": nil, "title": "Ring the council about the arrested"})},
		{name: "unless it is called an arrest enquiry, as the form offers", action: "task.add", first: crossed, fields: with(enquiry, given{"kind": nil}), refused: "person"},
		{name: "and no other kind hides one", action: "task.add", first: crossed, fields: with(enquiry, given{"kind": "other", "title": "Arrest at home"}), refused: "person"},
		{name: "an enquiry given before is not passed on", action: "task.assign", first: inTurn(done("task.add", enquiry), crossed), fields: given{"task": "T-4", "assign": "O-3"}, refused: "person"},
		{name: "other work is", action: "task.assign", first: inTurn(done("task.add", with(enquiry, given{"kind": "intel"})), crossed), fields: given{"task": "T-4", "assign": "O-3"}},
		{name: "an enquiry given before is not begun", action: "task.start", first: inTurn(done("task.add", enquiry), crossed), fields: given{"task": "T-4"}, refused: "person"},

		{name: "nobody is listed on a false report alone", action: "target.add", first: heard("P-2", "2 E SK14"), fields: list, refused: "person"},
		{name: "nor on what an unreliable source says", action: "target.add", first: heard("P-2", "3 A SK14"), fields: list, refused: "person"},
		{name: "nor on any number of them", action: "target.add", first: heard("P-2", "3 A SK14", "3 A SK14", "2 E CS77", "3 C CS78"), fields: list, refused: "person"},
		{name: "nobody is sought on it", action: "task.add", first: heard("P-2", "3 A SK14"), fields: enquiry, refused: "person"},
		{name: "nobody is sent on it", action: "target.assign", first: inTurn(listed, heard("P-2", "3 A SK14")), fields: assign, refused: "person"},
		{name: "a sound report beside it is enough", action: "target.add", first: heard("P-2", "2 E SK14", "2 C CS77"), fields: list},
		{name: "so is an open case", action: "target.add", first: inTurn(heard("P-2", "2 E SK14"), opened("P-2 P-3")), fields: list},
		{name: "a closed one is not", action: "target.add", first: inTurn(heard("P-2", "2 E SK14"), opened("P-2 P-3"), done("case.close", given{"case": "C-1", "outcome": "15"})), fields: list, refused: "person"},
		{name: "nor one in which they are the victim-survivor", action: "target.add", first: inTurn(heard("P-2", "2 E SK14"), opened("P-3 P-2")), fields: list, refused: "person"},
		{name: "a wanted line is enough", action: "target.add", first: heard("P-4", "2 E SK14"), fields: with(list, given{"person": "P-4"})},
		{name: "an eliminated one is not", action: "target.add", first: inTurn(heard("P-4", "2 E SK14"), done("wanted.eliminate", given{"wanted": "W-4", "reason": "x y"})), fields: with(list, given{"person": "P-4"}), refused: "person"},
		{name: "a breach found to be one is enough", action: "target.add", first: heard("P-6", "2 E SK14"), fields: with(list, given{"person": "P-6"})},
		{name: "one that has still to be decided is not", action: "target.add", first: inTurn(heard("P-6", "2 E SK14"), done("breach.decide", given{"breach": "B-2", "decision": "not a breach", "reason": "x y"})), fields: with(list, given{"person": "P-6"}), refused: "person"},
	}
}

// safeguards of a person now.
func (d *desk) safeguards(person Ref) []Safeguard {
	d.Helper()
	all, err := Safeguards(d, person, d.now)
	if err != nil {
		d.Fatal(err)
	}
	for _, s := range all {
		if unplain(s.Text) != "" || unplain(s.Do) != "" {
			d.Errorf("%s: %q and %q are no sentences", s.Kind, s.Text, s.Do)
		}
	}
	return all
}

func find(all []Safeguard, kind SafeguardKind) (Safeguard, bool) {
	i := slices.IndexFunc(all, func(s Safeguard) bool { return s.Kind == kind })
	if i < 0 {
		return Safeguard{}, false
	}
	return all[i], true
}

func TestWhatIsShownBeforeATasking(t *testing.T) {
	edit := func(change func(*Person)) func(*desk) {
		return func(d *desk) {
			p := as[*Person](d, "P-000002")
			change(p)
			d.keep(p)
		}
	}
	born := func(s string) func(*desk) {
		return edit(func(p *Person) {
			b, err := day.ParseBorn(s)
			if err != nil {
				t.Fatal(err)
			}
			p.Born = b
		})
	}
	mark := func(m Marker) func(*desk) { return edit(func(p *Person) { p.Markers = append(p.Markers, m) }) }
	live := func(note string, c Confidence) func(*desk) {
		return edit(func(p *Person) { p.Addresses = []Address{{Text: "9 Test Street", Note: note, Confidence: c}} })
	}
	for name, c := range map[string]struct {
		first func(*desk)
		kind  SafeguardKind
		level Level  // "" when nothing is shown
		says  string // parts of the text, with a bar between them
		refs  string
	}{
		"nothing about a person with nothing":         {func(*desk) {}, WeakAlone, "", "", ""},
		"both ways, with dates, offences and grading": {inTurn(crossed, heard("P-2", "2 C SK14"), heard("P-3", "3 E CS77")), CrossAllegation, Acknowledge, "C-000001 (s.4A PHA, 1 Nov 2026 to 20 Nov 2026, open)|C-000002 (s.4A PHA|this person: I-000001 2C P of 24 Nov 2026; on the other: I-000002 3E P", "C-000001 C-000002"},
		"with what became of them":                    {inTurn(crossed, done("case.close", given{"case": "C-2", "outcome": "15"})), CrossAllegation, Acknowledge, "closed, outcome 15 suspect identified|person: none; on the other: none", "C-000001 C-000002"},
		"one case both ways":                          {inTurn(opened("P-2 P-3"), done("case.party", given{"case": "C-1", "person": "P-3", "role": "suspect"}), done("case.party", given{"case": "C-1", "person": "P-2", "role": "victim"})), CrossAllegation, Acknowledge, "C-000001", "C-000001"},
		"a conviction is an accusation too": {inTurn(crossed, done("case.charge", given{"case": "C-1", "cps": "CPS 1"}), edit(func(*Person) {}), func(d *desk) {
			k := as[*Case](d, "C-000001")
			k.Parties[0].Role = PartyConvicted
			d.keep(k)
		}), CrossAllegation, Acknowledge, "charged, outcome 1", "C-000001 C-000002"},
		"one way is no cross-allegation":          {opened("P-2 P-3"), CrossAllegation, "", "", ""},
		"a victim-survivor elsewhere":             {opened("P-3 P-2", "P-2 P-4"), AlsoVictim, Note, "Victim-survivor in C-000001 (open)|accused in C-000002 (open)", "C-000001"},
		"a witness elsewhere":                     {done("case.add", given{"person": "P-3", "witnesses": "P-2", "offences": "s2", "last": "2026-11-20"}), AlsoWitness, Note, "Witness in C-000001", "C-000001"},
		"weak intelligence alone":                 {heard("P-2", "2 E SK14", "3 C CS77"), WeakAlone, Stop, "I-000001 2E P|I-000002 3C P", "I-000001 I-000002"},
		"weak intelligence beside a sound report": {heard("P-2", "2 E SK14", "2 C CS77"), WeakAlone, "", "", ""},
		"three reports from one origin":           {heard("P-2", "2 C SK14", "2 C CS77", "2 C SK/14", "2 D sk14"), CircularReporting, Note, "3 reports come from one origin|I-000001|I-000003|I-000004", "I-000001 I-000003 I-000004"},
		"one report from each of two":             {heard("P-2", "2 C SK14", "2 C CS77"), CircularReporting, "", "", ""},
		"a marker with its age and source":        {mark(Marker{Code: "WE", Source: "PNC", Set: on(t, "2026-09-01")}), SafetyMarkers, Acknowledge, "WE weapons, from PNC, set 1 Sep 2026 (2m ago)", ""},
		"a stale marker says so":                  {mark(Marker{Code: "VI", Source: "custody", Set: on(t, "2024-09-01")}), SafetyMarkers, Acknowledge, "VI violent|2y ago|stale", ""},
		"a marker nobody dated says so":           {mark(Marker{Code: "VI"}), SafetyMarkers, Acknowledge, "no source|nobody knows since when|stale", ""},
		"the worst marker first":                  {inTurn(mark(Marker{Code: "SU", Source: "x", Set: on(t, "2026-09-01")}), mark(Marker{Code: "FI", Source: "x", Set: on(t, "2026-09-01")})), SafetyMarkers, Acknowledge, "Warning markers: FI|; SU", ""},
		"a marker that is not about safety":       {mark(Marker{Code: "DR", Source: "PNC", Set: on(t, "2026-09-01")}), SafetyMarkers, "", "", ""},
		"a vulnerable person":                     {mark(Marker{Code: "OV", Source: "PNC", Set: on(t, "2026-09-01")}), Vulnerable, Note, "vulnerable|from PNC", ""},
		"children at the address":                 {live("Two young children, dog", Probable), ChildrenThere, Note, "9 Test Street", ""},
		"a school run":                            {live("Out at school time", ""), ChildrenThere, Note, "9 Test Street", ""},
		"a dog is no child":                       {live("Dog, side gate. Old scholar", ""), ChildrenThere, "", "", ""},
		"children at an address they have left":   {live("Two children", Historic), ChildrenThere, "", "", ""},
		"the day before the eighteenth birthday":  {born("25 Nov 2008"), Youth, Note, "17 years old, born 25 Nov 2008", ""},
		"the eighteenth birthday":                 {born("24 Nov 2008"), Youth, "", "", ""},
		"a year in which they may be 17":          {born("2008"), Youth, Note, "May be under 18", ""},
		"a year in which they are not":            {born("2007"), Youth, "", "", ""},
		"another date they have given that makes them 16": {edit(func(p *Person) {
			p.Born, p.OtherBorn = day.Born{Year: 1990}, []day.Born{{Year: 2010, Month: 5, Day: 1}}
		}), Youth, Note, "May be under 18: born 1 May 2010", ""},
		"a person whose date of birth nobody knows is no child": {func(*desk) {}, Youth, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			c.first(d)
			s, shown := find(d.safeguards("P-000002"), c.kind)
			if s.Level != c.level || shown != (c.level != "") {
				t.Fatalf("shown as %q, want %q: %+v", s.Level, c.level, s)
			}
			for part := range strings.SplitSeq(c.says, "|") {
				if !strings.Contains(s.Text, part) {
					t.Errorf("%q does not say %q", s.Text, part)
				}
			}
			if got := strings.Join(texts(s.Refs), " "); got != c.refs {
				t.Errorf("it rests on %q, want %q", got, c.refs)
			}
		})
	}
}

func texts(refs []Ref) []string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = string(r)
	}
	return out
}

// Who the victim-survivors are is need-to-know: what everybody is shown has neither their names nor their refs in it.
func TestNoSafeguardAndNoRefusalNamesAVictimSurvivor(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	inTurn(crossed, opened("P-4 P-2"), heard("P-2", "2 C SK14"), heard("P-3", "3 E CS77"), listed)(d)
	_, err := d.do("O-0001", "target.assign", given{"target": "OP-1/3", "officers": "O-2"})
	p := refusal(t, err)
	said := []string{p.Rule, p.Do}
	for _, s := range d.safeguards("P-000002") {
		said = append(said, s.Text, s.Do, fmt.Sprint(s.Refs))
	}
	for _, victim := range []string{"Marsh", "MARSH", "Ivan", "P-000003"} {
		if all := strings.Join(said, "\n"); strings.Contains(all, victim) {
			t.Errorf("%q is in:\n%s", victim, all)
		}
	}
}

// What stands in the way comes first, and what has been acknowledged says by whom.
func TestSafeguardsInTheOrderTheyStandInTheWay(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	inTurn(
		opened("P-5 P-3", "P-3 P-5"), done("case.close", given{"case": "C-1", "outcome": "15"}), heard("P-5", "3 C SK14", "3 C SK14"),
		done("marker.add", given{"person": "P-5", "code": "WE", "source": "PNC"}), done("safeguard.acknowledge", given{"person": "P-5", "kind": "markers"}),
	)(d)
	all := d.safeguards("P-000005")
	got := make([]string, len(all))
	for i, s := range all {
		got[i] = string(s.Kind)
	}
	if want := "weak intelligence alone, cross-allegation, markers, also victim, circular reporting"; strings.Join(got, ", ") != want {
		t.Fatalf("%s, want %s", strings.Join(got, ", "), want)
	}
	if s := all[2]; s.Acked == nil || s.Acked.By != "O-0001" || s.Stands() || s.Holds("target.assign") {
		t.Errorf("%+v", s)
	}
	if s := all[1]; s.Acked != nil || !s.Stands() || !s.Holds("target.assign") || !s.Holds("task.add") || s.Holds("target.add") || s.Holds("order.add") {
		t.Errorf("%+v", s)
	}
	if s := all[0]; !s.Holds("target.add") || !s.Holds("target.assign") || !s.Holds("task.add") {
		t.Errorf("%+v", s)
	}
}

func TestSafeguardsOfSomebodyWhoIsNotThere(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	if _, err := Safeguards(d, "P-000099", d.now); err == nil || refusal(t, err).Code != NotFound {
		t.Errorf("got %v", err)
	}
	if _, err := Safeguards(d, "O-0001", d.now); err == nil {
		t.Error("an officer has no safeguards")
	}
}
