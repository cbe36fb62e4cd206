package proof

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// The victim-survivor of the order's life: none of this is read anywhere but in a reveal and on the court's own copy.
const (
	sheIs, sheLives, herPhone, herTimes = "Ottoline Quillfeather", "4 Sparrow Court", "07700 900456", "After six, as the dentist"
	herViews, herAdvocate, herWords     = "sleeps at her cousin's", "Marigold Penhaligon", "has moved to the coast"
)

func herSecrets() []string {
	return []string{"Ottoline", "Quillfeather", sheLives, herPhone, herTimes, herViews, herAdvocate, "Penhaligon", herWords}
}

// life is one order, from the first report to its discharge.
type life struct {
	tale

	khan, devlin, clarke, evans, blake, stac string // officer, co-ordinator, lead, two monitoring officers, S-TAC

	him, her, caseRef, screening, referral, victim string
	papers, interim, full                          string
	breach, line, arrest                           string
}

// TestTheLifeOfAnOrderFromReportToDischarge is one order through the real binary over three and a half years, with the
// clocks before and after each step: over both nights on which the clocks change, Easter, and 29 February 2028.
func TestTheLifeOfAnOrderFromReportToDischarge(t *testing.T) {
	t.Parallel()
	l := &life{tale: tale{home: newHome(t)}}
	l.at("2026-03-23T09:00:00Z")
	for _, step := range []struct {
		name string
		told func()
	}{
		{"a case is opened and S-TAC's clock runs from the last act", l.reported},
		{"it is screened, and somebody is kept safe first", l.screened},
		{"S-TAC answers, and its ten working days go round Easter", l.referred},
		{"an application is written, signed and lodged", l.applied},
		{"an interim order is made, served and notified", l.interimMade},
		{"the full order takes its place and notification does not start again", l.fullMade},
		{"its conditions are set and a plan is made", l.planned},
		{"it is checked, and attended", l.watched},
		{"a missed sign-on becomes a potential breach", l.missed},
		{"the breach is decided, and he is wanted", l.decided},
		{"he is arrested on the night the clocks go back, and charged", l.arrested},
		{"a court varies the order", l.varied},
		{"its end is seen six months ahead and decided", l.runway},
		{"a check falls due on 29 February", l.leapDay},
		{"it is renewed", l.renewed},
		{"its officer hands it over before leaving, and Easter does not count", l.handedOver},
		{"it is discharged and nothing is due of it", l.discharged},
		{"the record is whole, and the victim-survivor is named nowhere", l.holds},
	} {
		if ok := t.Run(step.name, func(t *testing.T) { l.tb = t; step.told() }); !ok {
			t.Fatalf("the story ends at: %s", step.name)
		}
	}
}

// clock is a line of pou list due.
type clockLine struct {
	Ref      string    `json:"ref"`
	Rule     string    `json:"rule"`
	Citation string    `json:"citation"`
	Deadline time.Time `json:"deadline"`
	Owner    string    `json:"owner"`
	Status   string    `json:"status"`
}

// due are the clocks that run on a record now.
func (l *life) due(ref string) []clockLine {
	l.tb.Helper()
	var all []clockLine
	l.ask(&all, l.clarke, "list", "due")
	return slices.DeleteFunc(all, func(c clockLine) bool { return c.Ref != ref })
}

// runs wants a clock of a record that begins so, to end at a time, and with an owner; "" for any.
func (l *life) runs(ref, rule, deadline, owner string) clockLine {
	l.tb.Helper()
	all := l.due(ref)
	i := slices.IndexFunc(all, func(c clockLine) bool { return strings.HasPrefix(c.Rule, rule) })
	if i < 0 {
		l.tb.Fatalf("%s at %s: no clock says %q: %+v", ref, l.now, rule, all)
	}
	c := all[i]
	if by, err := time.Parse(time.RFC3339, deadline); err != nil || !c.Deadline.Equal(by) {
		l.tb.Fatalf("%s at %s: %q ends at %s, not %s", ref, l.now, c.Rule, c.Deadline, deadline)
	}
	if owner != "" && c.Owner != owner {
		l.tb.Fatalf("%s at %s: %q is for %q, not %s", ref, l.now, c.Rule, c.Owner, owner)
	}
	if over := !l.now.Before(c.Deadline); over != (c.Status == "overdue") {
		l.tb.Fatalf("%s at %s: %q, which ends at %s, is %q", ref, l.now, c.Rule, c.Deadline, c.Status)
	}
	return c
}

// rests wants no clock of a record to begin so.
func (l *life) rests(ref, rule string) {
	l.tb.Helper()
	for _, c := range l.due(ref) {
		if strings.HasPrefix(c.Rule, rule) {
			l.tb.Fatalf("%s at %s: %q still runs, to %s", ref, l.now, c.Rule, c.Deadline)
		}
	}
}

func (l *life) reported() {
	l.well("--now", l.now.Format(time.RFC3339), "sample", "--people", "100")
	add := func(name, rank, role string) string {
		return l.does(lead, "officer.add", fields{"name": name, "rank": rank, "unit": "SW", "roles": role}).ref("O-")
	}
	l.khan, l.devlin, l.clarke = add("KHAN, Sara", "PC", "officer"), add("DEVLIN, Jo", "DC", "spo-coordinator"), add("CLARKE, Ruth", "DI", "lead")
	l.evans, l.blake, l.stac = add("EVANS, Dilys", "PC", "monitoring-officer"), add("BLAKE, Ann", "PC", "monitoring-officer"), add("STORR, Kit", "DS", "stac")
	l.him = l.does(l.khan, "person.add", fields{"surname": "Varga", "forename": "Mateusz", "born": "3 Dec 1984", "unit": "SW"}).ref("P-")
	l.her = l.does(l.khan, "person.add", fields{"surname": "Quillfeather", "forename": "Ottoline", "unit": "SW", "address": sheLives, "phone": herPhone}).ref("P-")
	l.caseRef = l.does(l.khan, "case.add", fields{
		"person": l.him, "victims": []string{l.her}, "offences": []string{"s4A"}, "first": "2026-02-01", "last": "2026-03-22", "summary": "Waits outside the place of work", "officer": l.khan,
	}).ref("C-")
	l.runs(l.caseRef, "refer the stalking case to S-TAC", "2026-03-28T00:00:00Z", l.khan) // five working days from a Sunday
	l.victim = l.does(l.khan, "victim.add", fields{
		"person": l.her, "name": sheIs, "way": "phone", "contact": herPhone, "safe": herTimes, "advocate": herAdvocate, "every": 28, "case": l.caseRef, "officer": l.khan, "unit": "SW",
	}).ref("VS-")
	l.runs(l.victim, "contact the victim-survivor", "2026-04-20T23:00:00Z", l.khan) // 28 days on it is summer time
}

func (l *life) screened() {
	judged := fields{
		"case": l.caseRef, "fixated": "yes", "fixated_words": "Everything turns on the one person", "obsessive": "not known", "unwanted": "yes",
		"unwanted_words": "Told to stop in writing", "repeated": "yes", "repeated_words": "Four occasions", "recorded": "harassment",
	}
	l.refused(l.khan, 1, []string{"think stalking first"}, "screening.record", judged)
	judged["recorded"] = "stalking"
	l.screening = l.does(l.khan, "screening.record", judged).ref("SC-")
	l.does(l.khan, "screening.sdash", fields{"screening": l.screening, "q1": "yes", "words1": herWords, "q5": "yes"})
	l.reads(l.khan, []string{"nothing is added up"}, "show", l.screening)
	l.does(l.khan, "safeguarding.refer", fields{"case": l.caseRef, "to": "hardening", "basis": "consent", "words": "Locks at " + sheLives, "follow_up": "2026-03-30"})
	l.runs(l.caseRef, "follow up safeguarding 1", "2026-03-30T23:00:00Z", l.khan) // summer time began the day before
	l.does(l.khan, "safeguarding.outcome", fields{"case": l.caseRef, "no": 1, "outcome": "in place"})
	l.rests(l.caseRef, "follow up safeguarding")
}

func (l *life) referred() {
	l.at("2026-03-24T09:00:00Z")
	l.referral = l.does(l.khan, "stac.refer", fields{
		"screening": l.screening, "reason": "Fixated, and it is getting worse", "basis": "law-enforcement", "ask": "advice", "priority": "today", "victim": herWords,
	}).ref("ST-")
	l.rests(l.caseRef, "refer the stalking case")
	l.runs(l.referral, "answer the referral to S-TAC", "2026-03-27T00:00:00Z", "")
	l.at("2026-03-25T09:00:00Z")
	l.refused(l.khan, 4, []string{"S-TAC"}, "stac.decide", fields{"referral": l.referral, "decision": "accepted"})
	l.does(l.stac, "stac.decide", fields{"referral": l.referral, "decision": "accepted"})
	l.rests(l.referral, "answer the referral")
	l.runs(l.referral, "give S-TAC's advice", "2026-04-10T23:00:00Z", l.stac) // Good Friday and Easter Monday do not count
	l.does(l.stac, "stac.advise", fields{"referral": l.referral, "advice": "Consider an SPO now"})
	l.rests(l.referral, "give S-TAC's advice")
	l.does(l.stac, "stac.close", fields{"referral": l.referral, "outcome": "An SPO is applied for"})
}

func (l *life) applied() {
	l.at("2026-03-26T09:00:00Z")
	l.papers = l.does(l.khan, "application.open", fields{
		"person": l.him, "officer": l.khan, "unit": "SW", "reported": "2026-03-23", "territory": "resides", "territory_why": "Tenancy in Wandsworth", "protected": []string{sheIs + ", " + sheLives},
	}).ref("AP-")
	l.runs(l.papers, "lodge the application", "2026-04-23T23:00:00Z", l.khan)
	l.runs(l.papers, "take the application on: limb (a) has no evidence", "2026-04-02T23:00:00Z", l.khan)
	do := func(action string, f fields) {
		l.tb.Helper()
		f["application"] = l.papers
		l.does(l.khan, action, f)
	}
	do("application.terms", fields{"months": 24})
	for limb, source := range map[string]string{"acts": "MG11/1", "risk": "JK/2", "necessity": "MG11/2"} {
		do("application.limb", fields{"limb": limb, "what": sheIs + " was followed home", "source": source, "hearsay": limb == "risk"})
	}
	do("application.act", fields{"day": "2026-03-01", "what": "Waited outside " + sheLives, "kind": "loitering", "evidence": "MG11/1"})
	do("application.act", fields{"day": "2026-03-22", "what": "Followed the bus home", "kind": "following", "evidence": "MG11/1"})
	l.refused(l.devlin, 1, []string{"no condition is proposed"}, "application.lodge", fields{"application": l.papers, "court": "Wimbledon Magistrates' Court"})
	for _, text := range []string{"Not to contact " + sheIs + " by any means", "Not to enter Example Road", "Must sign on at the named police station every Monday by 18:00"} {
		do("application.condition", fields{
			"text": text, "reason": "He wrote after each warning", "evidence": "MG11/1", "monitored": "Visits", "conflict": "none found", "considered": "Works elsewhere",
			"full_only": strings.HasPrefix(text, "Must"),
		})
	}
	do("application.risk", fields{"level": "high", "text": "Escalating", "psychological": true})
	do("application.checks", fields{"intelligence": "PNC, PND and local systems searched", "previous": "PNC and the court register"})
	do("application.views", fields{"views": herViews, "impact": herWords})
	do("application.interim", fields{"sought": "yes", "why": "He came back on the day of the report", "days": 28, "notice": "with notice"})
	l.does(l.devlin, "application.legal", fields{"application": l.papers, "lawyer": "A. Barrister"})
	l.does(l.clarke, "application.authorise", fields{"application": l.papers})
	l.at("2026-04-14T10:00:00+01:00")
	l.runs(l.papers, "lead: the application has stood still since 26 Mar", "2026-04-09T23:00:00Z", "")
	l.does(l.devlin, "application.lodge", fields{"application": l.papers, "court": "Wimbledon Magistrates' Court"})
	l.rests(l.papers, "lodge the application")
	l.does(l.devlin, "application.hearing", fields{"application": l.papers, "at": "2026-05-12 10:00"})
	l.rests(l.papers, "lead:")
	l.runs(l.papers, "hearing of the application", "2026-05-12T09:00:00Z", l.khan)
	l.runs(l.papers, "serve the hearsay notice", "2026-04-21T23:00:00Z", l.khan)
	l.does(l.devlin, "application.hearing", fields{"application": l.papers, "hearsay": "2026-04-14"})
	l.rests(l.papers, "serve the hearsay notice")
}

func (l *life) interimMade() {
	l.at("2026-04-16T15:00:00+01:00")
	l.interim = l.does(l.devlin, "application.result", fields{
		"application": l.papers, "outcome": "interim order made", "until": "2026-05-10", "next": "2026-05-12 10:00", "monitor": l.evans,
	}).ref("R-")
	l.runs(l.interim, "serve the order", "2026-04-17T23:00:00Z", l.evans)
	l.rests(l.interim, "initial notification")
	l.runs(l.interim, "interim order ends: hearing of the main application", "2026-05-10T23:00:00Z", l.evans)
	l.runs(l.papers, "have the interim order renewed", "2026-05-10T23:00:00Z", l.khan) // it ends before the hearing
	l.does(l.devlin, "application.result", fields{"application": l.papers, "outcome": "interim order renewed", "until": "2026-05-20", "next": "2026-05-12 10:00"})
	l.rests(l.papers, "have the interim order renewed")
	l.rests(l.interim, "interim order ends") // decided today: it is asked again a month before the new last day
	l.at("2026-04-17T23:50:00+01:00")
	l.does(l.evans, "order.serve", fields{"order": l.interim, "how": "in person", "where": "At his address", "explained": "yes"})
	l.rests(l.interim, "serve the order")
	l.runs(l.interim, "initial notification", "2026-04-19T23:00:00Z", l.evans) // ten minutes of a day are day one
	l.at("2026-04-20T00:30:00+01:00")
	l.runs(l.interim, "initial notification", "2026-04-19T23:00:00Z", l.evans)
	l.does(l.evans, "order.notify", fields{"order": l.interim, "day": "2026-04-19", "where": "Wandsworth", "ack": "yes", "verified": "yes"})
	l.rests(l.interim, "initial notification")
	l.runs(l.interim, "interim order ends: hearing of the main application", "2026-05-20T23:00:00Z", l.evans)
	l.does(l.khan, "victim.contact", fields{"victim": l.victim, "reached": "yes", "note": herWords})
	l.runs(l.victim, "contact the victim-survivor", "2026-05-18T23:00:00Z", l.khan)
}

func (l *life) fullMade() {
	l.at("2026-05-12T12:00:00+01:00")
	l.full = l.does(l.devlin, "application.result", fields{
		"application": l.papers, "outcome": "full order made", "until": "2028-05-11", "conditions": []string{"1", "2", "3"}, "monitor": l.evans,
	}).ref("R-")
	if l.full == l.interim { // what changed names both
		var orders []struct{ Ref, Person, Type string }
		l.ask(&orders, l.clarke, "list", "orders")
		i := slices.IndexFunc(orders, func(o struct{ Ref, Person, Type string }) bool { return o.Person == l.him && o.Ref != l.interim })
		l.full = orders[i].Ref
	}
	l.reads(l.clarke, []string{"superseded"}, "show", l.interim)
	if left := l.due(l.interim); len(left) > 0 {
		l.tb.Fatalf("the interim order died with the main application, and yet: %+v", left)
	}
	if left := l.due(l.papers); len(left) > 0 {
		l.tb.Fatalf("the application is determined, and yet: %+v", left)
	}
	l.runs(l.full, "serve the order", "2026-05-13T23:00:00Z", l.evans)
	l.does(l.evans, "order.serve", fields{"order": l.full, "how": "in court", "explained": "yes"})
	l.rests(l.full, "initial notification") // SPA 2019 s.9(1)(a)
	l.rests(l.full, "order ends")
	text := l.reads(l.clarke, []string{"11 May 2028", "police application"}, "show", l.full)
	l.none("the card of the order", text, herSecrets())
}

func (l *life) planned() {
	l.rests(l.full, "decide the risk") // the application's judgement came with it
	l.does(l.evans, "order.plan", fields{"order": l.full, "risk": "high", "visits": "unannounced", "reason": "SASH of April"})
	l.runs(l.full, "first unannounced check of the order", "2026-05-26T23:00:00Z", l.evans)
	set := func(f fields) { f["order"] = l.full; l.does(l.evans, "condition.set", f) }
	set(fields{"condition": 1, "type": "contact", "people": []string{l.her}, "numbers": []string{herPhone}, "method": "Call data when reported"})
	set(fields{"condition": 2, "type": "area", "where": "Example Road", "circle": "51.4567,-0.1910 150m", "method": "Vehicle reads"})
	set(fields{"condition": 3, "type": "sign on", "schedule": "Mon by 18:00", "method": "The station's book"})
	l.runs(l.full, "sign on, condition 3: occasion of 18 May 2026", "2026-05-18T17:00:00Z", l.evans)
	l.none("the card of the order", l.reads(l.clarke, []string{"every Monday by 18:00"}, "show", l.full), herSecrets())
}

func (l *life) watched() {
	l.at("2026-05-19T10:00:00+01:00")
	l.runs(l.full, "sign on, condition 3: occasion of 18 May 2026", "2026-05-18T17:00:00Z", l.evans)
	l.does(l.evans, "check.attend", fields{"order": l.full, "condition": 3, "day": "2026-05-18", "result": "attended", "evidence": "The station's book"})
	l.rests(l.full, "sign on, condition 3: occasion of 18 May")
	l.runs(l.full, "sign on, condition 3: occasion of 25 May 2026", "2026-05-25T17:00:00Z", l.evans) // a bank holiday is a Monday
	l.at("2026-05-27T09:00:00+01:00")
	l.runs(l.full, "first unannounced check of the order", "2026-05-26T23:00:00Z", l.evans)
	l.does(l.evans, "check.record", fields{
		"order": l.full, "kind": "unannounced visit", "others": "yes", "concern": 2, "words": []string{"At home, alone", "2 seen at the end of the road"}, "home": "confirmed",
		"next": "Ask for the camera", "next_by": "2026-05-29",
	})
	l.rests(l.full, "first unannounced check")
	l.runs(l.full, "unannounced check of the order", "2026-06-10T23:00:00Z", l.evans)
	l.runs(l.full, "next action: Ask for the camera", "2026-05-29T23:00:00Z", l.evans)
	l.reads(l.clarke, []string{"Key: C complied, ? concern"}, "show", l.full)
	l.at("2026-06-10T09:00:00+01:00")
	l.does(l.evans, "check.record", fields{"order": l.full, "kind": "unannounced visit", "others": "yes", "words": []string{"All in order"}, "home": "confirmed"})
	l.rests(l.full, "next action")
}

// mondays are the Mondays from one day to another, both included.
func mondays(from, to string) []string {
	on, _ := time.Parse(time.DateOnly, from)
	last, _ := time.Parse(time.DateOnly, to)
	var out []string
	for ; !on.After(last); on = on.AddDate(0, 0, 7) {
		out = append(out, on.Format(time.DateOnly))
	}
	return out
}

func (l *life) missed() {
	l.at("2026-10-20T09:00:00+01:00")
	l.runs(l.full, "unannounced check of the order", "2026-06-24T23:00:00Z", l.evans)
	l.runs(l.full, "sign on, condition 3: occasion of 25 May 2026", "2026-05-25T17:00:00Z", l.evans)
	l.does(l.evans, "check.attend", fields{"order": l.full, "condition": 3, "day": mondays("2026-05-25", "2026-10-12"), "result": "attended", "evidence": "The station's book"})
	l.runs(l.full, "sign on, condition 3: occasion of 19 Oct 2026", "2026-10-19T17:00:00Z", l.evans)
	l.breach = l.does(l.evans, "check.attend", fields{"order": l.full, "condition": 3, "day": "2026-10-19", "result": "missed", "evidence": "Not in the book"}).ref("B-")
	l.rests(l.full, "sign on, condition 3: occasion of 19 Oct")
	if l.breach == "" {
		l.tb.Fatal("a missed sign-on is a potential breach that no victim-survivor reports, and none was reported")
	}
	if all := l.due(l.breach); len(all) != 1 || all[0].Rule != "decide the potential breach" || all[0].Owner != l.evans {
		l.tb.Fatalf("the clocks of the breach: %+v", all)
	}
	l.does(l.evans, "check.record", fields{"order": l.full, "kind": "police systems", "complied": []int{1, 2}, "words": []string{"Nothing on CRIS"}})
	l.runs(l.full, "unannounced check of the order", "2026-11-04T00:00:00Z", l.evans)
}

func (l *life) decided() {
	why := fields{"breach": l.breach, "decision": "substantiated", "reason": "The book and the officer on the desk agree", "want": "yes"}
	l.refused(l.evans, 1, []string{"excuse"}, "breach.decide", why)
	why["excuse"] = "Said to have been ill; no surgery knows of it"
	l.line = l.does(l.evans, "breach.decide", why).ref("W-")
	if left := l.due(l.breach); len(left) > 0 {
		l.tb.Fatalf("the breach is decided, and yet: %+v", left)
	}
	l.reads(l.clarke, []string{"spo-breach"}, "show", l.line, "--output", "json")
	if all := l.due(l.line); !slices.ContainsFunc(all, func(c clockLine) bool { return c.Rule == "circulate on PNC" }) {
		l.tb.Fatalf("a line nobody has circulated has no clock: %+v", all)
	}
	l.does(l.evans, "wanted.circulate", fields{"wanted": l.line, "pnc_ref": "26/8812V"})
	l.rests(l.line, "circulate on PNC")
}

func (l *life) arrested() {
	l.at("2026-10-24T23:00:00+01:00")
	l.arrest = l.does(l.khan, "arrest.record", fields{"wanted": l.line, "place": "High Street", "at": "2026-10-24T23:00:00+01:00"}).ref("K-")
	if left := l.due(l.line); len(left) > 0 {
		l.tb.Fatalf("the line has ended, and yet: %+v", left)
	}
	l.rests(l.arrest, "charge or release")
	l.at("2026-10-24T23:50:00+01:00")
	l.does(l.khan, "arrest.status", fields{
		"arrest": l.arrest, "status": "in custody", "suite": "Wandsworth", "arrived": "2026-10-24T23:30:00+01:00", "authorised": "2026-10-24T23:40:00+01:00",
	})
	l.runs(l.arrest, "charge or release from custody", "2026-10-25T22:30:00Z", l.khan)      // the night has 25 hours, and custody 24
	l.runs(l.arrest, "review of detention by an inspector", "2026-10-25T04:40:00Z", l.khan) // six from authorisation
	l.at("2026-10-25T09:00:00Z")
	l.refused(l.khan, 1, []string{"CPS"}, "arrest.status", fields{"arrest": l.arrest, "status": "charged"})
	l.does(l.khan, "arrest.status", fields{"arrest": l.arrest, "status": "charged", "cps": "CPS Direct 26/1020"})
	if left := l.due(l.arrest); len(left) > 0 {
		l.tb.Fatalf("he is charged, and yet: %+v", left)
	}
	l.does(l.khan, "victim.update", fields{"victim": l.victim, "event": "charged"})
	l.runs(l.victim, "tell the victim-survivor: suspect charged", "2026-10-27T00:00:00Z", l.khan) // on a Sunday: one working day is Monday's end
	l.does(l.khan, "victim.told", fields{"victim": l.victim, "how": herWords})
	l.rests(l.victim, "tell the victim-survivor")
	l.does(l.khan, "victim.contact", fields{"victim": l.victim, "reached": "yes"})
}

func (l *life) varied() {
	l.at("2026-12-01T14:00:00Z")
	l.does(l.evans, "check.attend", fields{"order": l.full, "condition": 3, "day": mondays("2026-10-26", "2026-11-30"), "result": "attended", "evidence": "The station's book"})
	l.runs(l.full, "sign on, condition 3: occasion of 7 Dec 2026", "2026-12-07T18:00:00Z", l.evans)
	l.does(l.devlin, "order.vary", fields{"order": l.full, "condition": 2, "text": "Not to enter Example Road or Example Park", "reason": "Wimbledon MC: seen in the park"})
	l.does(l.devlin, "condition.end", fields{"order": l.full, "condition": 3, "reason": "Wimbledon MC: a tag takes its place"})
	l.does(l.devlin, "condition.add", fields{"order": l.full, "text": "Must wear the tag", "court": "Wimbledon MC", "reason": "Missed the sign-on", "until": "2027-06-30"})
	l.rests(l.full, "sign on, condition 3")
	l.rests(l.full, "condition 4 ends")
	l.at("2026-12-30T09:00:00Z")
	l.runs(l.full, "condition 4 ends: renew, vary or let lapse", "2027-06-30T23:00:00Z", l.evans) // six months before 30 June
	l.does(l.devlin, "order.expiry", fields{"order": l.full, "condition": 4, "decision": "lapsed", "reason": "Six months of a tag are enough"})
	l.rests(l.full, "condition 4 ends")
}

func (l *life) runway() {
	l.at("2027-11-10T09:00:00Z")
	l.does(l.evans, "order.plan", fields{"order": l.full, "risk": "medium", "reason": "A quiet year"})
	l.does(l.evans, "check.record", fields{"order": l.full, "kind": "unannounced visit", "others": "yes", "words": []string{"All in order"}, "home": "confirmed"})
	l.rests(l.full, "order ends")
	l.at("2027-11-11T09:00:00Z")
	l.runs(l.full, "order ends: renew, vary or let lapse", "2028-05-11T23:00:00Z", l.evans)
	l.does(l.devlin, "order.expiry", fields{"order": l.full, "decision": "apply to renew", "reason": "He wrote from prison"})
	l.rests(l.full, "order ends")
	l.runs(l.full, "apply to renew: lodge it, and record the result", "2027-12-10T00:00:00Z", l.evans)
}

func (l *life) leapDay() {
	l.at("2028-02-01T18:00:00Z")
	l.does(l.evans, "check.record", fields{"order": l.full, "kind": "unannounced visit", "others": "yes", "words": []string{"All in order"}, "home": "confirmed"})
	l.at("2028-02-29T09:00:00Z")
	l.runs(l.full, "unannounced check of the order", "2028-03-01T00:00:00Z", l.evans) // twenty-eight days on is the 29th, and it is still to come
	l.does(l.evans, "check.record", fields{"order": l.full, "kind": "unannounced visit", "others": "yes", "words": []string{"All in order"}, "home": "confirmed"})
	l.at("2028-03-14T09:00:00Z")
	l.runs(l.full, "unannounced check of the order", "2028-03-29T00:00:00+01:00", l.evans)
}

func (l *life) renewed() {
	l.at("2028-03-15T09:00:00Z")
	l.does(l.devlin, "order.expiry", fields{"order": l.full, "decision": "renewed", "until": "2030-05-11", "reason": "Wimbledon MC, two years more"})
	l.rests(l.full, "apply to renew")
	l.rests(l.full, "order ends")
	l.reads(l.clarke, []string{"11 May 2030"}, "show", l.full)
}

func (l *life) handedOver() {
	l.at("2028-04-13T09:00:00+01:00")
	gone := fields{"officer": l.evans, "reason": "Transferred"}
	l.refused(lead, 1, []string{"is counted on by orders: " + l.full}, "officer.leave", gone)
	l.does(l.evans, "order.handover", fields{"order": l.full, "to": l.blake, "know": "Comes to the door himself"})
	l.runs(l.full, "acknowledge the handover of the order", "2028-04-19T23:00:00Z", l.blake) // Good Friday, the weekend and Easter Monday do not count
	l.runs(l.full, "unannounced check of the order", "2028-03-28T23:00:00Z", l.evans)        // until then the old officer answers
	l.at("2028-04-20T09:00:00+01:00")
	l.runs(l.full, "acknowledge the handover of the order", "2028-04-19T23:00:00Z", l.blake)
	l.does(l.blake, "order.accept", fields{"order": l.full})
	l.rests(l.full, "acknowledge the handover")
	l.runs(l.full, "unannounced check of the order", "2028-03-28T23:00:00Z", l.blake)
	l.does(lead, "officer.leave", gone)
	l.rests(l.full, "name a monitoring officer")
}

func (l *life) discharged() {
	l.at("2029-11-12T09:00:00Z")
	l.runs(l.full, "order ends: renew, vary or let lapse", "2030-05-11T23:00:00Z", l.blake)
	l.does(l.devlin, "order.discharge", fields{"order": l.full, "reason": "Wimbledon MC, both consenting", "consent": "yes"})
	if left := l.due(l.full); len(left) > 0 {
		l.tb.Fatalf("the order is discharged, and yet: %+v", left)
	}
	l.reads(l.clarke, []string{"discharged"}, "show", l.full)
}

func (l *life) holds() {
	l.reads(l.clarke, []string{"Nothing is wrong"}, "check")
	l.reads(l.clarke, []string{"The journal is whole"}, "journal", "verify")
	for _, list := range []string{"due", "orders", "applications", "breaches", "wanted", "cases", "screenings", "stac", "victims", "tasks"} {
		l.none("the list "+list, l.reads(l.clarke, nil, "list", list, "--all"), herSecrets())
	}
	for _, ref := range []string{l.him, l.caseRef, l.screening, l.referral, l.victim, l.papers, l.interim, l.full, l.breach, l.line, l.arrest} {
		l.none("the card of "+ref, l.reads(l.clarke, nil, "show", ref), herSecrets())
		l.none("the record of "+ref, l.reads(l.clarke, nil, "show", ref, "--output", "json"), herSecrets())
	}
	l.none("the journal", l.reads(l.clarke, nil, "journal", "list"), herSecrets())
	l.none("the journal as JSON", l.reads(l.clarke, nil, "journal", "list", "--output", "json"), herSecrets())
}
