package proof

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// monday is when the story begins: the first day of National Stalking Awareness Week, in summer time.
const monday = "2026-04-20T05:00:00+01:00"

// The victim-survivors of the story, with what nobody outside the cases may read of them.
const (
	eddaName, eddaAddress, eddaPhone    = "Quillfeather", "77 Hidden Lane", "07700 900123"
	romyName, romyAddress, contactPlan  = "Underlight", "9 Sheltered Mews", "Ring twice and wait"
	contactName, sanctuary, weakAddress = "Thistledown", "the refuge in Orrery Street", "3 Rumour Row"
)

func protectedWords() []string {
	return []string{eddaName, "Edda", eddaAddress, eddaPhone, romyName, romyAddress, contactPlan, contactName, sanctuary}
}

// lantern is the operation told, with the people in it.
type lantern struct {
	tale

	lead, sergeant, second, officer, mate, westSergeant, westOfficer string // officers

	shared, edge, crossed           string // targets of SW: wanted by two units; the main one; said to be a victim too
	west, quiet, mistaken           string // targets of WA, WA and SW: to circulate, to take off after the freeze, to eliminate
	edgeName, quietName, sharedName string
	edgePerson, crossedPerson       string // people
	arrest, second2                 string // arrests
	packs                           string // a folder of packs made
}

// TestAnOperationFromTheEmptyListToItsResults is the life of one operation through the real binary: most of it by
// commands, as a script or an officer on a bad line gives them, and the briefing and an attempt on the screen.
func TestAnOperationFromTheEmptyListToItsResults(t *testing.T) {
	t.Parallel()
	l := &lantern{tale: tale{home: newHome(t)}}
	l.at(monday)
	l.packs = t.TempDir()
	for _, step := range []struct {
		name string
		told func()
	}{
		{"an empty operation", l.opens},
		{"targets are proposed and a named officer lists them", l.lists},
		{"two units agree who goes", l.deconflicts},
		{"weak intelligence sends nobody", l.weak},
		{"cross-allegations are read by a supervisor", l.crosses},
		{"a pack is completed", l.completes},
		{"the order is written, signed twice and frozen", l.plans},
		{"the room is briefed on the screen", l.briefs},
		{"a change after the freeze is marked, announced and read", l.changes},
		{"packs go out and name no victim-survivor", l.hands},
		{"attempts, one of them by keyboard", l.tries},
		{"an arrest, and no release without the victim update", l.arrests},
		{"bail and charge have the right options only", l.disposes},
		{"a target removed is recalled", l.recalls},
		{"the shift is handed over", l.handsOver},
		{"every target leaves by an exit, and the debrief", l.ends},
		{"results by unit beside the last operation", l.counts},
		{"the record is whole", l.holds},
	} {
		ok := t.Run(step.name, func(t *testing.T) {
			l.tb = t
			step.told()
		})
		if !ok {
			t.Fatalf("the story ends at: %s", step.name)
		}
	}
}

// opens makes the sample and an operation with nobody on its list.
func (l *lantern) opens() {
	l.well("--now", l.now.Format(time.RFC3339), "sample", "--people", "400")
	var officers []struct{ Ref, Unit, What string }
	l.ask(&officers, lead, "list", "officers")
	who := func(unit, rank string, nth int) string {
		for _, o := range officers {
			if o.Unit == unit && o.What == rank {
				if nth--; nth == 0 {
					return o.Ref
				}
			}
		}
		l.tb.Fatalf("%s has no %d. %s", unit, nth, rank)
		return ""
	}
	l.lead, l.sergeant, l.second, l.officer, l.mate = who("SW", "DI", 1), who("SW", "PS", 1), who("SW", "DS", 1), who("SW", "DC", 1), who("SW", "PC", 1)
	l.westSergeant, l.westOfficer = who("WA", "PS", 1), who("WA", "DC", 1)

	week := fields{"name": "National Stalking Awareness Week", "from": "2026-04-20", "to": "2026-04-26", "aim": "Answer for every name on the list"}
	l.refused(l.officer, 4, []string{"takes one of these roles: Sergeant, Lead (DI)"}, "operation.create", week)
	l.op = l.does(l.sergeant, "operation.create", week).ref("OP-")
	l.reads(l.officer, []string{"National Stalking Awareness Week", "live", "26 Apr 2026"}, "list", "operations")
	l.reads(l.officer, []string{"[GAP] the list has no target: add the people this is about with target.add", "[GAP] no objectives"}, "plan", l.op)
	l.told(l.officer, 1, []string{"there is no target on the list of " + l.op}, "brief", l.op)
}

// proposal is a line of pou propose, with the wanted line of the person.
type proposal struct {
	Person string
	Name   string
	Rank   int
	Score  struct{ Points int }
	On     []string
	Wanted []string
	Label  string

	line string
	free bool // of safety markers, so that nothing stands before a tasking
	out  bool // circulated
	ours bool // every list they are on is their own unit's
}

// proposed are the wanted people of a unit that pou proposes.
func (l *lantern) proposed(who, unit string) []proposal {
	l.tb.Helper()
	var all, out []proposal
	var wanted []struct {
		Ref, Person, Status string
		Markers             []string
	}
	var targets []struct{ Ref, Unit string }
	l.ask(&all, who, "propose", l.op, "--unit", unit, "--top", "60")
	l.ask(&wanted, who, "list", "wanted", "--unit", unit)
	l.ask(&targets, who, "list", "targets")
	for _, p := range all {
		if !strings.Contains(p.Label, "not an official RFGV and not a risk assessment") {
			l.tb.Fatalf("a score without what it is not: %+v", p)
		}
		p.ours = true
		for _, t := range targets {
			p.ours = p.ours && (t.Unit == unit || !slices.Contains(p.On, t.Ref))
		}
		for _, w := range wanted {
			if w.Person == p.Person {
				p.line, p.out = w.Ref, w.Status != "not circulated"
				p.free = !slices.ContainsFunc(w.Markers, func(m string) bool { return strings.Contains("VI WE FI XP ES SU", m[:2]) })
			}
		}
		if p.line != "" && p.free {
			out = append(out, p)
		}
	}
	return out
}

// take takes the first proposal that is so.
func (l *lantern) take(from *[]proposal, what string, so func(proposal) bool) proposal {
	l.tb.Helper()
	i := slices.IndexFunc(*from, so)
	if i < 0 {
		l.tb.Fatalf("of %d people proposed nobody is %s", len(*from), what)
	}
	p := (*from)[i]
	*from = slices.Delete(*from, i, i+1)
	return p
}

// lists has officers put people on the list, one by one and each with a reason.
func (l *lantern) lists() {
	l.reads(l.sergeant, []string{"an officer decides", "local score: a sorting aid, not an official RFGV", "last act", "SCORE"}, "propose", l.op, "--unit", "SW", "--top", "5")
	south, west := l.proposed(l.sergeant, "SW"), l.proposed(l.westSergeant, "WA")
	shared := l.take(&south, "on another unit's list", func(p proposal) bool { return !p.ours && p.out })
	edge := l.take(&south, "wanted", func(p proposal) bool { return p.ours && p.out })
	mistaken := l.take(&south, "wanted too", func(p proposal) bool { return p.ours && p.out })
	circulate := l.take(&west, "not circulated", func(p proposal) bool { return p.ours && !p.out })
	quiet := l.take(&west, "circulated", func(p proposal) bool { return p.ours && p.out })

	add := func(who string, p proposal, reason string) string {
		f := fields{"operation": l.op, "wanted": p.line, "score": p.Score.Points, "rank": p.Rank}
		l.refused(who, 1, []string{"reason"}, "target.add", f)
		f["reason"], f["review_by"] = reason, "2026-04-20"
		l.refused(who, 1, []string{"the review comes after today"}, "target.add", f)
		f["review_by"] = "2026-05-04"
		ref := l.does(who, "target.add", f).ref(l.op + "/")
		l.reads(l.officer, []string{p.Name, "reason: " + reason, "added by: " + who, "review by: 4 May 2026", "score: " + strconv.Itoa(p.Score.Points)}, "show", ref)
		return ref
	}
	l.shared = add(l.sergeant, shared, "Highest of the south-west; two forces ask")
	l.edge = add(l.sergeant, edge, "Messages again since the order was served")
	l.mistaken = add(l.officer, mistaken, "Named by a neighbour")
	l.west = add(l.westSergeant, circulate, "Left the address given on bail")
	l.quiet = add(l.westOfficer, quiet, "Seen near the school twice")
	l.edgePerson, l.edgeName, l.quietName, l.sharedName = edge.Person, edge.Name, quiet.Name, shared.Name
	l.refused(l.sergeant, 1, []string{"already on the list of National Stalking Awareness Week as " + l.edge}, "target.add",
		fields{"operation": l.op, "wanted": edge.line, "reason": "Twice"})
}

// deconflicts shows that two units want the same person before either goes.
func (l *lantern) deconflicts() {
	var their []struct{ Ref, Unit, Person string }
	l.ask(&their, l.sergeant, "list", "targets", "--where", strconv.Quote(l.sharedName))
	i := slices.IndexFunc(their, func(t struct{ Ref, Unit, Person string }) bool { return t.Unit != "SW" })
	if i < 0 {
		l.tb.Fatalf("no other unit lists %s: %v", l.sharedName, their)
	}
	other := their[i]
	going := fields{"target": l.shared, "officers": []string{l.officer, l.mate}}
	l.refused(l.sergeant, 1, []string{"also on the list of " + other.Unit + " as " + other.Ref, "target.deconflict"}, "target.assign", going)

	l.reads(l.sergeant, []string{"Deconfliction", "the same person is on the list of", other.Ref, "speak to"}, "show", l.shared)
	l.refused(l.sergeant, 1, []string{"nothing is recorded of who does what"}, "task.add", fields{"kind": "arrest", "about": l.shared, "assign": l.officer})

	d := l.desk(l.sergeant, 120, 40)
	d.sees("by urgency").press("ctrl+k").typed(l.shared).seesLine("│ ▌", l.sharedName).press("enter")
	d.sees("Deconfliction", other.Ref, "speak to").press("q")
	l.left(d)

	var there []struct{ Ref, Unit, What string }
	l.ask(&there, l.sergeant, "list", "officers", "--unit", other.Unit)
	l.does(l.sergeant, "target.deconflict", fields{"target": l.shared, "decision": "owner", "with": other.Unit, "contact": there[0].Ref, "note": "they lend a van"})
	l.does(l.sergeant, "target.assign", going)
	l.reads(l.officer, []string{"officers", l.officer, other.Unit, "they lend a van"}, "show", l.shared)
	l.refused(l.officer, 4, []string{"takes one of these roles: Sergeant, Lead (DI)"}, "target.assign", going)

	d = l.desk(l.officer, 120, 40)
	d.sees("by urgency").press("ctrl+k").typed(l.shared).seesLine("│ ▌", l.sharedName).press("enter")
	d.sees("Deconfliction", "agreed", other.Unit+": we own, they assist, with", "they lend a van").press("q")
	l.left(d)
}

// left waits for the screen to be left, well.
func (l *lantern) left(d *terminal) {
	l.tb.Helper()
	if code := d.exits(); code != 0 {
		l.tb.Fatalf("the screen ended with exit %d", code)
	}
}

// weak shows that nobody is sent after somebody on reports suspected to be false, however many.
func (l *lantern) weak() {
	p := l.does(l.officer, "person.add", fields{"surname": "Pettibone", "forename": "Ivo", "born": "3 Dec 1984", "unit": "SW", "address": weakAddress}).ref("P-")
	say := fields{"person": p, "text": "Said to follow women home from the station", "source": "2", "grade": "E", "handling": "P", "origin": "LOG 41/26"}
	l.does(l.officer, "intel.add", say)
	l.does(l.officer, "intel.add", say)
	stop := []string{"the only grounds on record are intelligence suspected to be false", "2E", "Nobody can acknowledge this away"}
	l.refused(l.sergeant, 1, stop, "target.add", fields{"operation": l.op, "person": p, "reason": "Two reports"})
	l.refused(l.lead, 1, stop, "target.add", fields{"operation": l.op, "person": p, "reason": "Two reports", "override": "I say so", "officers": []string{l.officer}})
	l.refused(l.lead, 1, stop, "task.add", fields{"title": "Arrest enquiry", "kind": "arrest", "person": p, "assign": l.officer})
	l.refused(l.lead, 1, stop, "task.add", fields{"title": "Arrest enquiry", "person": p, "assign": l.officer}) // what the form offers has no kind
	l.refused(l.lead, 1, []string{"nobody has acknowledged"}, "safeguard.acknowledge", fields{"person": p, "kind": "cross-allegation", "note": "read"})
	l.does(l.sergeant, "task.add", fields{"title": "Check the reports", "kind": "intel", "person": p, "assign": l.officer}) // to look into it is no tasking

	l.reads(l.sergeant, []string{"Before tasking", "STOP", "weak intelligence alone", "circular reporting: 2 reports come from one origin and count as one"}, "show", p)

	d := l.desk(l.sergeant, 120, 40)
	d.sees("by urgency").press("ctrl+k").typed("pettibone").seesLine("│ ▌", "PETTIBONE").press("enter")
	d.sees("Before tasking", "weak intelligence alone", "circular reporting: 2 reports come from one origin and", "count as one").press("q")
	l.left(d)
	l.none("the list", l.reads(l.sergeant, nil, "list", "targets", "--where", "operation:"+l.op), []string{"Pettibone"})
}

// crosses lists a man who says he is the victim: both cases are read by a supervisor, and his markers by an officer.
func (l *lantern) crosses() {
	him := l.does(l.officer, "person.add", fields{"surname": "Hallam", "forename": "Corin", "born": "9 Jul 1979", "unit": "SW", "address": "14 Paragon Rise SW16 9ZZ"}).ref("P-")
	her := l.does(l.officer, "person.add", fields{"surname": romyName, "forename": "Romy", "unit": "SW", "address": romyAddress}).ref("P-")
	l.crossedPerson = him
	l.does(l.officer, "case.add", fields{"person": him, "victims": []string{her}, "offences": []string{"s4A"}, "first": "2026-02-01", "last": "2026-04-15"})
	l.does(l.officer, "case.add", fields{"person": her, "victims": []string{him}, "offences": []string{"s2"}, "last": "2026-04-17"})
	l.does(l.officer, "marker.add", fields{"person": him, "code": "VI", "source": "PNC"})
	line := l.does(l.officer, "wanted.mark", fields{"person": him, "offences": []string{"s4A"}, "last_act": "2026-04-15", "grade": "A"}).ref("W-")
	l.crossed = l.does(l.sergeant, "target.add", fields{"operation": l.op, "wanted": line, "reason": "Stalking of a former partner"}).ref(l.op + "/")

	going := fields{"target": l.crossed, "officers": []string{l.officer, l.mate}}
	l.refused(l.sergeant, 1, []string{"allegations go both ways between two people", "accused in C-", "victim-survivor in C-", "safeguard.acknowledge"}, "target.assign", going)
	read := fields{"person": him, "kind": "cross-allegation", "note": "hers came first and is corroborated"}
	l.refused(l.officer, 4, []string{"acknowledged by a supervisor"}, "safeguard.acknowledge", read)
	l.refused(l.sergeant, 1, []string{"says why the tasking is right all the same"}, "safeguard.acknowledge", fields{"person": him, "kind": "cross-allegation"})
	l.does(l.sergeant, "safeguard.acknowledge", read)
	l.refused(l.sergeant, 1, []string{"warning markers: ", "violent", "from PNC"}, "target.assign", going)
	l.does(l.officer, "safeguard.acknowledge", fields{"person": him, "kind": "markers"})
	l.does(l.sergeant, "target.assign", going)

	// A counter-allegation that comes later has not been read by anybody.
	l.does(l.officer, "case.add", fields{"person": her, "victims": []string{him}, "offences": []string{"s2"}, "last": "2026-04-18"})
	l.refused(l.sergeant, 1, []string{"allegations go both ways"}, "target.assign", going)
	l.does(l.second, "safeguard.acknowledge", read)
	l.does(l.sergeant, "target.assign", going)
	l.none("the person who is complained of", l.reads(l.officer, nil, "show", him), []string{romyName, romyAddress})
}

// meter is how complete a pack says that it is.
func (l *lantern) meter(text string) (have, of int) {
	l.tb.Helper()
	m := mustFind(l.tb, text, `Complete\W+(\d+) of (\d+)`)
	have, _ = strconv.Atoi(m[0])
	of, _ = strconv.Atoi(m[1])
	return have, of
}

// completes fills a pack in until it has no gap but those that somebody else must close.
func (l *lantern) completes() {
	victim := l.does(l.officer, "person.add", fields{"surname": eddaName, "forename": "Edda", "unit": "SW", "address": eddaAddress, "phone": eddaPhone}).ref("P-")
	l.does(l.officer, "case.add", fields{"person": l.edgePerson, "victims": []string{victim}, "offences": []string{"s4A"}, "last": "2026-04-18", "summary": "Calls to Edda " + eddaName})
	before := l.reads(l.sergeant, []string{"**person.edit** no photo: officers cannot tell the target from a relative at the door", "**target.assign** no team: nobody goes"},
		"brief", l.op, "--target", l.edge)
	had, _ := l.meter(before)

	for _, f := range []struct {
		action string
		f      fields
	}{
		{"person.edit", fields{"person": l.edgePerson, "born": "15 May 1986", "photo": "custody/2026/17.png", "photo_taken": "2026-03-02", "description": "stocky, brown hair"}},
		{"address.add", fields{"person": l.edgePerson, "address": "2 Figment Rise", "postcode": "SW12 9ZL", "confidence": "confirmed", "confirmed": "2026-04-19"}},
		{"phone.add", fields{"person": l.edgePerson, "number": "07700 900456", "attribution": "confirmed"}},
		{"vehicle.add", fields{"person": l.edgePerson, "plate": "ZZ99 ZZZ", "make": "grey van", "seen": "2026-04-18"}},
		{"intel.add", fields{"person": l.edgePerson, "text": "Leaves for work at six", "source": "1", "grade": "C", "handling": "P", "origin": "LOG 7/26"}},
		{"intel.add", fields{"person": l.edgePerson, "text": "Sells at the Saturday market", "source": "2", "grade": "C", "handling": "C", "conditions": "POU officers only", "origin": "LOG 8/26"}},
		{"target.plan", fields{"target": l.edge, "plan": "Knock at half past five; rear garden covered. Custody suite: Wandsworth."}},
		{"task.add", fields{"title": "Victim update", "kind": "victim", "about": l.edge, "assign": l.officer}},
	} {
		l.does(l.officer, f.action, f.f)
		now, _ := l.meter(l.reads(l.sergeant, nil, "brief", l.op, "--target", l.edge))
		if now < had {
			l.tb.Fatalf("after %s the pack has %d, and had %d", f.action, now, had)
		}
		had = now
	}
	l.does(l.sergeant, "target.assign", fields{"target": l.edge, "officers": []string{l.officer, l.mate}})
	after := l.reads(l.sergeant, []string{"Leaves for work at six", "ZZ99ZZZ"}, "brief", l.op, "--target", l.edge)
	have, of := l.meter(after)
	if first, _ := l.meter(before); have < first+5 || have != of {
		l.tb.Errorf("the meter rose from %d to %d, and not to all of %d", first, have, of)
	}
	l.none("the completed pack", after, append(protectedWords(), "no photo", "no team", "no vehicle", "nobody tasked with the victim update"))
}
