package proof

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// plans writes the operation order, has it signed by two officers in their order, and freezes it.
func (l *lantern) plans() {
	op := fields{"operation": l.op}
	with := func(f fields) fields {
		f["operation"] = l.op
		return f
	}
	l.refused(l.sergeant, 1, []string{"the order cannot be briefed from", "has no team"}, "plan.sign", op)
	l.refused(l.officer, 4, []string{"takes one of these roles: Sergeant, Lead (DI)"}, "plan.aim", with(fields{"background": "none"}))
	l.does(l.sergeant, "plan.aim", with(fields{
		"background": "Six people outstanding", "objectives": []string{"Arrest or answer for each name", "Tell every victim-survivor first"},
		"success": "No name without an exit", "community": "Schools told on the day", "gold": "DCS East", "silver": "DI Adeyemi", "bronze": "PS on the ground",
	}))
	l.does(l.sergeant, "plan.phase", with(fields{"name": "execute", "from": "2026-04-21 05:00", "to": "2026-04-21 09:00"}))
	l.does(l.sergeant, "plan.team", with(fields{
		"name": "Red", "officers": []string{l.officer, l.mate}, "targets": []string{l.shared, l.edge, l.crossed, l.mistaken}, "rv": "Park gate", "suite": "Wandsworth",
	}))
	l.does(l.westSergeant, "plan.team", with(fields{"name": "Blue", "officers": []string{l.westOfficer}, "targets": []string{l.west, l.quiet}, "rv": "Bus garage", "suite": "Acton"}))
	for _, to := range []string{"victim", "officers", "subject", "public", "third parties"} {
		l.does(l.officer, "plan.risk", with(fields{"to": to, "risk": "Harm to the " + to, "control": "Two officers and a plan to leave"}))
	}
	l.does(l.sergeant, "plan.comms", with(fields{"tell": l.officer, "tell_when": "before release", "contact": contactPlan + " for " + contactName + " at " + sanctuary, "talkgroup": "POU 3", "log": "CAD 99"}))
	l.does(l.sergeant, "plan.admin", with(fields{"timings": "Parade at half past four", "kit": "PPE", "welfare": "Meal at nine", "loggist": l.second, "exhibits": l.mate, "custody": "Interviews from ten"}))
	l.does(l.sergeant, "plan.legal", with(fields{"proportionate": "Less was tried", "legal": "PACE s.24", "accountable": "Logged here", "necessary": "Code G", "rights": "ECHR 2, 5 and 8"}))
	l.does(l.sergeant, "plan.decide", with(fields{"information": "Seen at home", "assessment": "Children may be there", "powers": "s.17", "options": "Wait or go", "decision": "Go at half past five"}))

	order := l.reads(l.officer, []string{"Team Red (SW)", "RV Park gate", "Harm to the victim"}, "plan", l.op)
	l.reads(l.sergeant, []string{"HALLAM, Corin has VI and no row of its own", "1 gap, 0 stop a briefing"}, "plan", l.op, "--gaps")
	l.does(l.officer, "plan.risk", with(fields{"to": "officers", "target": l.crossed, "risk": "Violent at the door", "control": "Shields"}))
	l.reads(l.sergeant, []string{"0 gaps"}, "plan", l.op, "--gaps")
	l.inOrder(order, "INFORMATION", "INTENTION", "METHOD", "ADMINISTRATION", "RISK ASSESSMENT", "COMMUNICATIONS", "HUMAN RIGHTS AND LEGAL")
	l.none("the order", order, protectedWords())
	l.told(l.officer, 4, []string{"need-to-know"}, "plan", l.op, "--annex")
	l.reads(l.sergeant, []string{contactPlan, "CONFIDENTIAL ANNEX", "Go at half past five"}, "plan", l.op, "--annex")

	l.refused(l.officer, 4, []string{"takes one of these roles: Sergeant, Lead (DI)"}, "plan.sign", op)
	l.refused(l.lead, 1, []string{"a sergeant signs the order before the lead does"}, "plan.sign", op)
	l.refused(l.lead, 1, []string{"the order is not signed"}, "plan.freeze", op)
	l.does(l.sergeant, "plan.sign", op)
	l.refused(l.sergeant, 1, []string{"the second signature is another officer's"}, "plan.sign", op)
	l.refused(l.sergeant, 1, []string{"the lead has not signed the order"}, "plan.freeze", op)
	l.does(l.lead, "plan.sign", op)
	l.does(l.sergeant, "plan.freeze", op)
	// The frozen order sends its teams: who goes is one truth, and what the room is shown.
	for target, officer := range map[string]string{l.mistaken: l.mate, l.west: l.westOfficer, l.quiet: l.westOfficer} {
		l.reads(l.sergeant, []string{officer}, "show", target)
	}
	frozen := l.reads(l.mate, []string{"OPERATION ORDER  " + l.op, "RV Park gate"}, "plan", l.op, "--version", "1")
	l.none("the frozen order", frozen, protectedWords())
	l.reads(l.mate, []string{"Version 1 (PV-", "stands; read by 0 of 4 officers"}, "plan", l.op)
}

// opened opens the packs of the operation told on the screen.
func (l *lantern) opened(who string, w, h int) *terminal {
	l.tb.Helper()
	d := l.desk(who, w, h)
	d.sees("by urgency").press("4").sees("by number")
	d.press("o").sees("which operation").typed("stalking").seesLine("│ ▌", "National Stalking").press("enter")
	d.seesLine("▌ ", "1", l.sharedName)
	return d
}

// briefs steps through the pages of the briefing as the lead does before a room.
func (l *lantern) briefs() {
	l.at("2026-04-21T04:30:00+01:00")
	d := l.opened(l.lead, 80, 24) // smaller: what is set in block letters cannot be read back
	d.press("B").sees("1 of 4", l.sharedName)
	var room strings.Builder
	for page := 1; page <= 4; page++ {
		d.sees(strconv.Itoa(page) + " of 4")
		room.WriteString(d.screen())
		d.press("n")
		room.WriteString(d.sees("notes").screen())
		d.press("n", "space")
	}
	room.WriteString(d.sees("team list", "DC Aziz", "3 ").screen())
	for _, want := range []string{"HALLAM", l.edgeName, "Knock at half past five", "violent", "s.4A"} {
		if !strings.Contains(room.String(), want) {
			l.tb.Errorf("the briefing never says %q:\n%s", want, room.String())
		}
	}
	l.none("the briefing", room.String(), append(protectedWords(), l.quietName, "Leaves for work"))
	d.press(".").sees("blanked").gone("team list").press(".").sees("team list")
	d.press("q", "q")
	l.left(d)
	l.reads(l.lead, []string{"briefing " + l.op + " SW page " + l.edge}, "journal", "list", "--limit", "20")
}

// changes alters the frozen order: it is marked, announced, and read again.
func (l *lantern) changes() {
	l.does(l.officer, "plan.read", fields{"operation": l.op, "version": 1})
	l.does(l.mate, "plan.read", fields{"operation": l.op, "version": 1})
	l.reads(l.sergeant, []string{"read by 2 of 4 officers"}, "plan", l.op)
	l.refused(l.mate, 1, []string{"you have read version 1"}, "plan.read", fields{"operation": l.op})
	l.refused(l.mate, 1, []string{"version 1 stands"}, "plan.read", fields{"operation": l.op, "version": 2})

	l.does(l.sergeant, "plan.team", fields{"operation": l.op, "name": "Red", "rv": "Car park behind the library"})
	l.reads(l.officer, []string{"OFFICIAL-SENSITIVE", "CHANGED, NOT ANNOUNCED  team Red changed", "Car park behind the library"}, "plan", l.op)
	l.none("version 1", l.reads(l.officer, []string{"RV Park gate"}, "plan", l.op, "--version", "1"), []string{"Car park"})
	l.refused(l.officer, 4, []string{"takes one of these roles: Sergeant, Lead (DI)"}, "plan.announce", fields{"operation": l.op, "how": "by telephone"})
	l.does(l.sergeant, "plan.announce", fields{"operation": l.op, "how": "over the talkgroup"})
	l.none("the order announced", l.reads(l.officer, []string{"Car park"}, "plan", l.op), []string{"NOT ANNOUNCED"})
	l.refused(l.sergeant, 1, []string{"nothing has changed since version 1 that was not announced"}, "plan.announce", fields{"operation": l.op, "how": "twice"})
	l.does(l.mate, "plan.read", fields{"operation": l.op})
	l.reads(l.lead, []string{"announced over the talkgroup: team Red changed"}, "journal", "list", "--limit", "12")
}

// hands makes the packs in every form for those who are to have them.
func (l *lantern) hands() {
	l.told(l.officer, 4, []string{"is released by a sergeant"}, "brief", l.op, "--audience", "partner", "--to", "Probation, Croydon", "--out", l.pack("no.html"))
	l.told(l.sergeant, 2, []string{"say who it is handed to with --to"}, "brief", l.op, "--out", l.pack("no.pdf"))
	for _, name := range []string{"no.html", "no.pdf"} {
		if _, err := os.Stat(l.pack(name)); err == nil {
			l.tb.Errorf("%s was refused and written all the same", name)
		}
	}
	for _, p := range []struct{ audience, to string }{{"team", "Team Red"}, {"partner", "Probation, Croydon"}} {
		for _, format := range []string{"pdf", "html", "md"} {
			file := l.pack(p.audience + "." + format)
			l.reads(l.sergeant, []string{"4 targets, 2 copies for " + p.to + "; logged as a disclosure"},
				"brief", l.op, "--unit", "SW", "--audience", p.audience, "--to", p.to, "--copies", "2", "--format", format, "--out", file)
			text := textOf(l.tb, file)
			if format == "md" {
				text = strings.ReplaceAll(text, `\`, "")
			}
			for _, want := range []string{"OFFICIAL-SENSITIVE", "SAMPLE DATA", "HALLAM, Corin", l.edgeName, p.to, "14 Paragon Rise"} {
				if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
					l.tb.Errorf("the %s pack in %s does not say %q:\n%s", p.audience, format, want, text)
				}
			}
			if team := strings.Contains(text, "Saturday market"); team != (p.audience == "team") || !strings.Contains(text, "Leaves for work") {
				l.tb.Errorf("intelligence for officers only on the %s pack in %s: %v; and what anybody may have:\n%s", p.audience, format, team, text)
			}
			l.none("the "+p.audience+" pack in "+format, text, append(protectedWords(), l.quietName))
			l.reads(l.lead, []string{"disclosure", "to " + p.to + ": " + p.audience + " pack of " + l.op + ", unit SW: 4 targets, " + format + ", 2 copies"},
				"journal", "list", "--limit", "1")
		}
	}
}

func (l *lantern) pack(name string) string { return filepath.Join(l.packs, name) }

// tries records what happened at the doors: by command, and one by keyboard on the screen.
func (l *lantern) tries() {
	l.at("2026-04-21T05:25:00+01:00")
	l.refused(l.officer, 1, []string{"outcome"}, "attempt.record", fields{"target": l.shared, "note": "nobody there"})
	l.refused(l.officer, 1, []string{"outcome", "no-reply", "made-off"}, "attempt.record", fields{"target": l.shared, "outcome": "ran"})
	l.does(l.officer, "attempt.record", fields{"target": l.shared, "outcome": "made-off", "address": "2 Paragon Rise", "note": "over the back wall", "with": []string{l.mate}})
	l.does(l.westOfficer, "attempt.record", fields{"target": l.west, "outcome": "moved", "next": "ask the landlord"})

	d := l.opened(l.officer, 120, 40)
	d.press("L").sees("LEFT LIST", "TRIED").seesLine("SW", "South West", "4", "1")
	d.press("esc").seesLine("▌ ", l.sharedName)
	for d.lineWith("▌ ", l.edgeName) == "" {
		was := d.lineWith("▌ ")
		d.press("down")
		d.until("the next row is chosen", func() bool { return d.lineWith("▌ ") != was && d.lineWith("▌ ") != "" })
	}
	d.press("e").sees("Record an arrest attempt", "no reply").press("n", "tab").typed("curtains moved").sees("curtains moved")
	d.press("ctrl+s").seesLine("Record an arrest attempt", l.edgeName, "entry")
	l.done = append(l.done, "attempt.record")
	d.press("L").seesLine("SW", "South West", "4", "2")
	d.press("q")
	l.left(d)
	l.reads(l.sergeant, []string{"attempts: 1", "no reply"}, "show", l.edge)
	l.reads(l.sergeant, []string{"Record an arrest attempt"}, "show", l.edge)
}

// arrests takes two people in, and lets neither go before somebody is named to tell the victim-survivor.
func (l *lantern) arrests() {
	l.at("2026-04-21T05:40:00+01:00")
	l.arrest = l.does(l.officer, "arrest.record", fields{"target": l.edge, "place": "2 Figment Rise", "suite": "Wandsworth", "with": []string{l.mate}}).ref("K-")
	l.reads(l.sergeant, []string{"arrested"}, "show", l.edge)
	l.reads(l.sergeant, []string{"Tell the victim-survivor: arrested; before that Victim update"}, "list", "tasks", "--unit", "SW")
	l.refused(l.mate, 1, []string{"is already under arrest on " + l.arrest}, "arrest.record", fields{"person": l.edgePerson, "offences": []string{"s4A"}})
	l.at("2026-04-21T06:30:00+01:00")
	l.does(l.officer, "arrest.status", fields{"arrest": l.arrest, "status": "in custody", "arrived": "2026-04-21T06:10:00+01:00", "authorised": "2026-04-21T06:20:00+01:00", "custody_no": "01WW/77/26"})
	l.reads(l.sergeant, []string{"22 Apr 2026 06:10", "PACE 1984 s.41", "21 Apr 2026 12:20", "PACE 1984 s.40"}, "show", l.arrest)

	l.refused(l.officer, 1, []string{"tell", "a victim-survivor is told that this suspect is released under investigation, and of a release before it (Victims' Code, Right 6)", "Name the officer who tells them"},
		"arrest.status", fields{"arrest": l.arrest, "status": "RUI"})
	l.refused(l.officer, 1, []string{"1 working day"}, "arrest.status", fields{"arrest": l.arrest, "status": "RUI", "tell": l.officer, "tell_by": "2026-04-24T12:00:00+01:00"})
	l.none("the tasks", l.reads(l.sergeant, nil, "list", "tasks"), []string{"Tell the victim-survivor: released"})
}

// disposes holds bail, release and charge to what each needs.
func (l *lantern) disposes() {
	l.at("2026-04-21T14:00:00+01:00")
	step := func(f fields) fields { f["arrest"] = l.arrest; return f }
	l.refused(l.officer, 1, []string{"tell"}, "arrest.status", step(fields{"status": "bailed", "bail_to": "2026-06-19"}))
	l.refused(l.officer, 1, []string{"bail"}, "arrest.status", step(fields{"status": "bailed", "tell": l.officer}))
	l.refused(l.officer, 1, []string{"would have ended before it began"}, "arrest.status", step(fields{"status": "bailed", "tell": l.officer, "bail_to": "2026-04-20"}))
	l.refused(l.officer, 1, []string{"cannot become arrested", "bailed", "RUI", "charged", "NFA"}, "arrest.status", step(fields{"status": "arrested"}))
	l.refused(l.officer, 1, []string{"CPS"}, "arrest.status", step(fields{"status": "charged"}))
	l.refused(l.officer, 1, []string{"outcome"}, "arrest.status", step(fields{"status": "NFA", "tell": l.officer}))
	l.refused(l.officer, 1, []string{"outcome"}, "arrest.status", step(fields{"status": "NFA", "tell": l.officer, "outcome": "1"}))
	l.refused(l.officer, 1, []string{"outcome"}, "arrest.status", step(fields{"status": "charged", "cps": "CPS 01", "outcome": "16"}))
	l.does(l.officer, "arrest.status", step(fields{"status": "bailed", "tell": l.officer, "bail_to": "2026-06-19", "note": "conditions explained"}))
	l.reads(l.sergeant, []string{"Tell the victim-survivor: released on bail"}, "list", "tasks", "--unit", "SW")
	l.reads(l.sergeant, []string{"bailed", "19 Jun 2026"}, "show", l.arrest)

	l.second2 = l.does(l.mate, "arrest.record", fields{"target": l.crossed, "place": "14 Paragon Rise"}).ref("K-")
	l.does(l.mate, "arrest.status", fields{"arrest": l.second2, "status": "in custody", "suite": "Wandsworth"})
	l.at("2026-04-21T19:00:00+01:00")
	l.does(l.mate, "arrest.status", fields{"arrest": l.second2, "status": "charged", "cps": "CPS 45AB/26", "outcome": "1"})
	l.refused(l.mate, 1, []string{"an arrest that is charged cannot become NFA"}, "arrest.status", fields{"arrest": l.second2, "status": "NFA", "outcome": "15", "tell": l.mate})
	l.reads(l.sergeant, []string{"charged", "CPS 45AB/26", "1 charge or summons"}, "show", l.second2)
	l.none("the arrests", l.reads(l.sergeant, nil, "show", l.second2)+l.reads(l.sergeant, nil, "list", "arrests"), protectedWords())
}

// recalls takes a target off the list after the order was handed out.
func (l *lantern) recalls() {
	l.refused(l.westOfficer, 1, []string{"no arrest is recorded since " + l.quiet + " was listed"}, "target.remove", fields{"target": l.quiet, "exit": "arrested", "reason": "said to be"})
	l.refused(l.westOfficer, 1, []string{"reason"}, "target.remove", fields{"target": l.quiet, "exit": "withdrawn"})
	l.reads(l.westSergeant, []string{l.quietName}, "brief", l.op, "--unit", "WA", "--to", "Team Blue", "--format", "md")
	l.reads(l.westSergeant, []string{"1 target"}, "brief", l.op, "--unit", "WA", "--target", l.quiet, "--to", "Team Green", "--copies", "6", "--format", "md", "--out", l.pack("green.md"))
	l.reads(l.westSergeant, []string{"Handed out", "to Team Blue: team pack of " + l.op, "to Team Green: team pack of " + l.op}, "show", l.quiet)
	l.does(l.westOfficer, "target.remove", fields{"target": l.quiet, "exit": "withdrawn", "reason": "Complaint withdrawn, and corroborated as mistaken"})
	recall := mustFind(l.tb, l.reads(l.westSergeant, []string{"Recall copy 1 from Team Blue"}, "show", l.quiet), `(T-\d+) \| task \| open \| Recall copies 1 to 6 from Team Green`)[0]
	l.reads(l.westSergeant, []string{"RECALL PAPER  " + l.quiet + " copies 1 to 6 with Team Green: NOT CONFIRMED (" + recall}, "plan", l.op)
	l.reads(l.westSergeant, []string{recall, "Recall copies 1 to 6 from Team Green", "recall.confirm"}, "list", "due", "--unit", "WA", "--output", "json")
	l.refused(l.westOfficer, 1, []string{"recall.confirm"}, "task.done", fields{"task": recall, "result": "done"})
	l.refused(l.westOfficer, 1, []string{"2 recalls of " + l.quiet + " are open"}, "recall.confirm", fields{"target": l.quiet, "outcome": "destroyed", "said_by": "the team leader"})
	l.refused(l.westOfficer, 4, []string{"accepted by a supervisor"}, "recall.confirm", fields{"task": recall, "outcome": "not reached", "said_by": "nobody", "note": "rang twice"})
	l.does(l.westOfficer, "recall.confirm", fields{"task": recall, "outcome": "destroyed", "said_by": "the team leader"})
	l.reads(l.westSergeant, []string{
		"RECALL PAPER  " + l.quiet + " copies 1 to 6 with Team Green: destroyed, said by the team leader", "RECALL PAPER  " + l.quiet + " copy 1 with Team Blue: NOT CONFIRMED",
	}, "plan", l.op)
	text := l.reads(l.sergeant, []string{
		"CHANGED, NOT ANNOUNCED  " + l.quiet + " left the list: withdrawn", "RECALL  " + l.quiet + " withdrawn; not acknowledged by 4", "RECALL  " + l.edge + " arrested",
	}, "plan", l.op)
	l.none("the order as it stands", strings.Split(text, "Version 1 (")[0], []string{l.quietName})
	l.does(l.westOfficer, "plan.read", fields{"operation": l.op})
	l.reads(l.sergeant, []string{"RECALL  " + l.quiet + " withdrawn; not acknowledged by 3"}, "plan", l.op)
	l.told(l.westSergeant, 1, []string{"there is no target on the list of " + l.op + " to brief"}, "brief", l.op, "--target", l.quiet)
	l.none("the pack of those left", l.reads(l.westSergeant, nil, "brief", l.op, "--unit", "WA"), []string{l.quietName})
}

// handsOver tells the late turn what was done and what is left.
func (l *lantern) handsOver() {
	text := l.reads(l.sergeant, []string{"Handover of SW South West", "Attempts: 4", "Arrests: 2", "Left a list: 2", "Victim updates to give: 2"},
		"handover", "--from", "2026-04-21 05:00", "--to", "2026-04-21 20:00")
	l.none("the handover", text, protectedWords())
	l.reads(l.westSergeant, []string{"Handover of WA West Area", "Left a list: 1"}, "handover", "--from", "2026-04-21 05:00", "--to", "2026-04-21 20:00")
}

// ends answers for every name that is left, then for the operation.
func (l *lantern) ends() {
	l.at("2026-04-26T17:00:00+01:00")
	l.refused(l.sergeant, 1, []string{l.mistaken, l.west, "Take each off with target.remove"}, "operation.close", fields{"operation": l.op})
	l.refused(l.officer, 4, []string{"elimination takes a supervisor"}, "target.remove", fields{"target": l.mistaken, "exit": "eliminated", "reason": "On a ward that week"})
	l.does(l.sergeant, "target.remove", fields{"target": l.mistaken, "exit": "eliminated", "reason": "On a ward that week; ward book seen"})
	l.refused(l.westOfficer, 1, []string{"the person is not circulated as wanted", "Circulate the wanted line first"}, "target.remove", fields{"target": l.west, "exit": "circulated", "reason": "Not found"})
	var line struct {
		Record struct{ Wanted string } `json:"record"`
	}
	l.ask(&line, l.westOfficer, "show", l.west)
	l.does(l.westOfficer, "wanted.circulate", fields{"wanted": line.Record.Wanted, "pnc_ref": "26/4711W"})
	l.does(l.westOfficer, "target.remove", fields{"target": l.west, "exit": "circulated", "reason": "Not found in the week"})
	l.does(l.sergeant, "target.remove", fields{"target": l.shared, "exit": "circulated", "reason": "Made off; circulated"})
	l.refused(l.sergeant, 1, []string{"left the list on 26 Apr 2026 as circulated"}, "target.remove", fields{"target": l.shared, "exit": "died", "reason": "no"})

	l.refused(l.officer, 1, []string{"a debrief says something"}, "operation.debrief", fields{"operation": l.op})
	l.does(l.officer, "operation.debrief", fields{
		"operation": l.op, "worked": "The early start", "did_not": "No key for the gate", "intel": []string{"A new van is used", "He works at the market"},
	})
	tasks := l.reads(l.sergeant, nil, "list", "tasks", "--unit", "SW")
	if n := strings.Count(tasks, "Submit intelligence from the debrief"); n != 2 {
		l.tb.Errorf("%d tasks to submit intelligence, not 2:\n%s", n, tasks)
	}
	l.at("2026-04-27T09:00:00+01:00")
	l.reads(l.sergeant, []string{"National Stalking Awareness Week", "ended"}, "list", "operations", "--where", "status:ended")
	l.does(l.sergeant, "operation.close", fields{"operation": l.op})
	l.reads(l.sergeant, []string{"National Stalking Awareness Week", "closed"}, "list", "operations", "--all", "--where", "status:closed")
	l.refused(l.sergeant, 1, []string{"National Stalking Awareness Week"}, "target.add", fields{"operation": l.op, "person": l.edgePerson, "reason": "again"})
}

// counts reads the results by unit, beside the operation before.
func (l *lantern) counts() {
	l.reads(l.lead, []string{"beside OP-0003", "BEFORE", "CHANGE"}, "results", l.op, "--against", "OP-0003")
	rows, err := csv.NewReader(strings.NewReader(l.reads(l.lead, nil, "results", l.op, "--against", "OP-0003", "--output", "csv"))).ReadAll()
	if err != nil {
		l.tb.Fatal(err)
	}
	if strings.Join(rows[0], ",") != "unit,head,what,count,before,change" {
		l.tb.Errorf("the CSV is headed %v", rows[0])
	}
	got := map[string]string{}
	for _, r := range rows[1:] {
		got[strings.Join(r[:3], " ")] = strings.Join(r[3:], " ")
	}
	for what, want := range map[string]string{
		" targets listed": "6 7 -1", " targets arrested": "2 1 1", " targets circulated": "2 4 -2", " targets eliminated": "1 2 -1", " targets withdrawn": "1 0 1",
		"SW targets listed": "4 0 4", "SW targets arrested": "2 0 2", "SW targets circulated": "1 0 1", "SW targets eliminated": "1 0 1",
		"WA targets listed": "2 0 2", "WA targets circulated": "1 0 1", "WA targets withdrawn": "1 0 1", "NE targets listed": "0 7 -7",
		"SW attempts seen, made off": "1 0 1", "SW attempts no reply": "1 0 1", "SW attempts arrested": "2 0 2", "WA attempts moved away": "1 0 1",
		"SW outcomes 1 charge or summons": "1 0 1",
	} {
		if got[what] != want {
			l.tb.Errorf("results say %q of %s, not %q", got[what], what, want)
		}
	}
}

// holds ends the story: nothing is wrong with the record.
func (l *lantern) holds() {
	if text := l.well("journal", "verify"); !strings.Contains(text, "The journal is whole") {
		l.tb.Errorf("journal verify: %s", text)
	}
	if text := l.well("check"); !strings.Contains(text, "Nothing is wrong") {
		l.tb.Errorf("check: %s", text)
	}
	var entries []struct{ Logged, Action string }
	l.ask(&entries, l.lead, "journal", "list")
	var changes []string
	for _, e := range slices.Backward(entries) {
		if e.Logged != "consultation" && e.Logged != "disclosure" && e.Action != "sample.load" && e.Action != "dataset.load" {
			changes = append(changes, e.Action)
		}
	}
	if !slices.Equal(changes, l.done) {
		l.tb.Errorf("the journal has these changes:\n%v\nand these were made:\n%v", changes, l.done)
	}
	var all []struct{ Status, About, Name string }
	l.ask(&all, l.lead, "list", "targets", "--where", "operation:"+l.op)
	for _, t := range all {
		if t.Status == "on list" {
			l.tb.Errorf("%s still stands on the list", t.Name)
		}
	}
	l.reads(l.sergeant, []string{"arrested", "circulated", "eliminated", "withdrawn"}, "show", l.op)
	l.none("the journal", l.reads(l.lead, nil, "journal", "list"), protectedWords())
}
