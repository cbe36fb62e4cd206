package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

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
		{name: "nor does a task of no kind", action: "task.add", first: crossed, fields: with(enquiry, given{"kind": nil})},
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

// tasking is a walk in which officers try, in every way there is, to send others after people who are complained of,
// counter-complained of and talked about. What is true is worked out here from the bare records, not by the rules.
type tasking struct {
	*walk

	read map[Ref]map[string]bool // of each person: the allegations, both ways, that a supervisor had before them

	sent, onWeak, onCross int // taskings that went through, and those refused for each reason
}

func TestNoPathOfActionsTasksOnWeakIntelligenceOrUnreadAllegations(t *testing.T) {
	const walks, steps = 12, 500
	var sent, onWeak, onCross int
	for seed := range uint64(walks) {
		k := &tasking{
			walk: &walk{desk: newDesk(t, stationNow(t), station(t)...), rng: rand.New(rand.NewPCG(seed, 1997)), seed: seed},
			read: map[Ref]map[string]bool{},
		}
		for range steps {
			k.step()
			if t.Failed() {
				t.Fatalf("seed %d, after: %s", seed, strings.Join(k.path[max(0, len(k.path)-8):], "\n"))
			}
		}
		sent, onWeak, onCross = sent+k.sent, onWeak+k.onWeak, onCross+k.onCross
	}
	if sent < 100 || onWeak < 100 || onCross < 30 {
		t.Errorf("%d taskings, %d refused for weak intelligence and %d for allegations: too few for the walk to say anything", sent, onWeak, onCross)
	}
}

func (k *tasking) step() {
	s, fields := k.choose()
	who := k.someone(s)
	k.now = k.now.Add(time.Duration(1+k.rng.IntN(60)) * time.Minute)
	k.path = append(k.path, fmt.Sprintf("%s by %s %v", s.Name, who, fields))
	person, tasks := k.tasks(s.Name, fields)
	weak, crossed := k.weakAlone(person), k.allegations(person)
	before := k.states()
	c, err := k.do(who, s.Name, fields)
	if err != nil {
		p := refusal(k, err)
		k.onWeak += count(tasks && strings.HasPrefix(p.Rule, "the only grounds"))
		k.onCross += count(tasks && strings.HasPrefix(p.Rule, "allegations go both ways"))
		return
	}
	if s.Name == "safeguard.acknowledge" && fields["kind"] == "cross-allegation" {
		k.acknowledged(c, person)
	}
	if tasks {
		k.sent++
		if weak {
			k.Errorf("%s went through on E or source 3 alone", person)
		}
		for a := range crossed {
			if s.Name != "target.add" && !k.read[person][a] {
				k.Errorf("%s was tasked, and no supervisor had read that they are %s", person, a)
			}
		}
	}
	if s.Name != "undo" {
		k.legitimate(before)
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// choose is an action that bears on tasking, filled in at random; grades are mostly bad and few people are involved, so
// that allegations cross.
func (k *tasking) choose() (Spec, given) {
	names := []string{
		"case.add", "case.add", "case.party", "case.charge", "case.close", "intel.add", "intel.add", "intel.regrade", "wanted.mark", "wanted.eliminate",
		"wanted.withdraw", "wanted.circulate", "breach.report", "breach.decide", "arrest.record", "target.add", "target.add", "target.add", "target.remove", "target.assign", "target.assign", "target.assign",
		"task.add", "task.add", "task.assign", "task.start", "safeguard.acknowledge", "safeguard.acknowledge", "marker.add", "undo",
	}
	s, ok := Find(names[k.rng.IntN(len(names))])
	if !ok {
		k.Fatal("the walk names an action that does not exist")
	}
	fields := given{}
	for _, f := range s.Fields {
		if f.Need || k.rng.IntN(10) < 3 {
			fields[f.Name] = k.value(f)
		}
		switch {
		case f.Name == "at", f.Name == "review_by", f.Name == "due", f.Name == "day":
			delete(fields, f.Name)
		case f.Type == TypeRef && slices.Equal(f.Kinds, []Kind{KindPerson}) && fields[f.Name] != nil:
			fields[f.Name] = k.among(4)
		}
	}
	k.bend(s.Name, fields)
	return s, fields
}

// bend makes what matters here more likely.
func (k *tasking) bend(action string, fields given) {
	switch action {
	case "intel.add":
		fields["person"] = k.among(7)
		fields["origin"] = fmt.Sprintf("ORIGIN %d%d", k.rng.IntN(3), k.rng.IntN(10))
		if k.rng.IntN(10) < 8 {
			fields["source"], fields["grade"] = []string{"3", "2"}[k.rng.IntN(2)], "E"
		}
	case "case.add":
		fields["person"], fields["victims"], fields["last"] = k.among(3), k.among(3), "2026-11-20"
		delete(fields, "first")
	case "task.add":
		fields["kind"], fields["title"], fields["person"] = "arrest", "Arrest enquiry", k.among(7)
		delete(fields, "about")
	case "target.add":
		fields["person"], fields["operation"] = k.among(7), "OP-0001"
		delete(fields, "wanted")
	case "safeguard.acknowledge":
		fields["note"] = "read both"
	}
}

// among is one of the first n people.
func (k *tasking) among(n int) string { return string(NewRef(KindPerson, 1+uint64(k.rng.IntN(n)))) } //nolint:gosec // a small number

// tasks reports whether an action sends somebody, or lists them to be sent, and after whom.
func (k *tasking) tasks(action string, fields given) (Ref, bool) {
	named := func(field string) Record {
		s, _ := fields[field].(string)
		ref, _ := ParseRef(s)
		return k.records[ref]
	}
	switch action {
	case "target.assign":
		if t, ok := named("target").(*Target); ok {
			return t.Person, true
		}
	case "task.assign", "task.start":
		if t, ok := named("task").(*Task); ok && t.Kind == "arrest" {
			return t.Person, true
		}
	case "task.add", "target.add":
		if p, ok := named("person").(*Person); ok {
			return p.Ref, true
		}
	case "safeguard.acknowledge":
		if p, ok := named("person").(*Person); ok {
			return p.Ref, false
		}
	}
	return "", false
}

// weakAlone reports whether all there is against a person is intelligence graded E or from a source graded 3.
func (k *tasking) weakAlone(person Ref) bool {
	said := 0
	for _, r := range k.records {
		switch r := r.(type) {
		case *Intel:
			if r.Person == person {
				said++
				if r.Grade != "E" && r.Source != "3" {
					return false
				}
			}
		case *Wanted:
			if r.Person == person && (r.State == "not circulated" || r.State == "wanted" || r.State == "located") {
				return false
			}
		case *Case:
			if r.State != "closed" && slices.Contains(r.Parties, Party{person, "suspect"}) {
				return false
			}
		case *Breach:
			if r.Person == person && slices.Contains([]BreachState{"substantiated", "arrested", "charged"}, r.State) {
				return false
			}
		}
	}
	return said > 0
}

// allegations are those between a person and each other with whom they go both ways.
func (k *tasking) allegations(person Ref) map[string]bool {
	of, by := map[Ref][]string{}, map[Ref][]string{}
	for ref, r := range k.records {
		c, ok := r.(*Case)
		if !ok {
			continue
		}
		for _, a := range c.Parties {
			for _, v := range c.Parties {
				if (a.Role != "suspect" && a.Role != "convicted") || v.Role != "victim" || a.Person == v.Person {
					continue
				}
				switch person {
				case a.Person:
					of[v.Person] = append(of[v.Person], fmt.Sprintf("said in %s to have wronged %s", ref, v.Person))
				case v.Person:
					by[a.Person] = append(by[a.Person], fmt.Sprintf("said in %s to be wronged by %s", ref, a.Person))
				}
			}
		}
	}
	out := map[string]bool{}
	for other := range of {
		if len(by[other]) > 0 {
			for _, a := range slices.Concat(of[other], by[other]) {
				out[a] = true
			}
		}
	}
	return out
}

func (k *tasking) acknowledged(c *Change, person Ref) {
	if !c.By.Has(RoleSergeant, RoleLead) {
		k.Errorf("%s acknowledged cross-allegations", c.By.Call())
	}
	if k.read[person] == nil {
		k.read[person] = map[string]bool{}
	}
	for a := range k.allegations(person) {
		k.read[person][a] = true
	}
}

// states are where the targets stand.
func (k *tasking) states() map[Ref]Record {
	out := map[Ref]Record{}
	for ref, r := range k.records {
		if ref.Kind() == KindTarget {
			out[ref] = r
		}
	}
	return out
}

// legitimate holds every target to the states there are, and every exit to what it says.
func (k *tasking) legitimate(before map[Ref]Record) {
	for ref, r := range k.states() {
		if before[ref] == r {
			continue
		}
		if wrong := illegal(KindTarget, before[ref], r); wrong != "" {
			k.Errorf("%s: %s", ref, wrong)
		}
		t := as[*Target](k.desk, ref)
		if t.Reason == "" || t.AddedBy == "" || t.ReviewBy.IsZero() {
			k.Errorf("%s stands on a list without a reason, an adder or a review: %+v", ref, t)
		}
		if t.State != TargetLive && (t.EndReason == "" || t.Ended.IsZero()) {
			k.Errorf("%s left the list as %s, and nobody said when or why: %+v", ref, t.State, t)
		}
		switch t.State {
		case TargetEliminated:
			if by, ok := k.records[t.Supervisor].(*Officer); !ok || !by.Has(RoleSergeant, RoleLead) {
				k.Errorf("%s was eliminated without a supervisor: %+v", ref, t)
			}
		case TargetArrested:
			if !k.has(func(r Record) bool { a, ok := r.(*Arrest); return ok && a.Person == t.Person }) {
				k.Errorf("%s was arrested, and there is no arrest", ref)
			}
		case TargetCirculated:
			if !k.has(func(r Record) bool {
				w, ok := r.(*Wanted)
				return ok && w.Person == t.Person && (w.State == Circulated || w.State == Located)
			}) {
				k.Errorf("%s was circulated, and no line is", ref)
			}
		case TargetLive, TargetWithdrawn, TargetDied:
		}
	}
}

func (k *tasking) has(is func(Record) bool) bool {
	for _, r := range k.records {
		if is(r) {
			return true
		}
	}
	return false
}
