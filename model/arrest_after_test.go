package model

import (
	"slices"
	"strings"
	"testing"
)

// elsewhere puts P-000003, wanted by SW and by SE, on the lists of both, with enquiries of both and a plan of SW's list that
// names who tells the victim-survivor.
func elsewhere(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, stationNow(t), station(t)...)
	target := func(ref, operation Ref, unit Unit, line Ref, officers ...Ref) *Target {
		return &Target{
			Meta: Meta{Ref: ref}, Operation: operation, Person: "P-000003", Unit: unit, State: TargetLive, Reason: "Stalking", AddedBy: "O-0001",
			Added: at(t, "2026-11-20 09:00"), ReviewBy: on(t, "2026-12-20"), Wanted: line, Officers: officers,
		}
	}
	task := func(ref Ref, unit Unit, kind TaskKind, about Ref) *Task {
		return &Task{Meta: Meta{Ref: ref}, Title: "Arrest enquiry", Kind: kind, Person: "P-000003", About: about, Unit: unit, Assignee: "O-0002", By: "O-0001", Added: d.now, State: TaskOpen}
	}
	for _, r := range []Record{
		&Operation{Meta: Meta{Ref: "OP-0003"}, Name: "SAMPLE Second", From: on(t, "2026-11-20"), To: on(t, "2026-12-20"), Lead: "O-0003", Count: 1},
		target("OP-0003/001", "OP-0003", "SE", "W-000003", "O-0005"),
		target("OP-0001/003", "OP-0001", "SW", "W-000002", "O-0002"),
		task("T-000011", "SW", arrestTask, "W-000002"), task("T-000012", "SE", arrestTask, "W-000003"), task("T-000013", "SW", "", ""), task("T-000014", "SW", "address", "W-000002"),
		&Case{
			Meta: Meta{Ref: "C-000091"}, Unit: "SW", State: CaseOpen, Offences: []OffenceCode{"s4A"}, Last: on(t, "2026-11-20"), Officer: "O-0002",
			Parties: []Party{{Person: "P-000003", Role: PartySuspect}, {Person: "P-000002", Role: PartyVictim}},
		},
	} {
		d.keep(r)
	}
	as[*Operation](d, "OP-0001").Count = 3
	return d
}

// taskAbout is the open task the program gave about a list or a line; nil when there is none.
func taskAbout(d *desk, about Ref) *Task {
	for _, ref := range d.refs(KindTask) {
		if t := as[*Task](d, ref); t.Kind == arrestedTask && t.About == about && t.State.Live() {
			return t
		}
	}
	return nil
}

func TestAnArrestReachesWhoeverElseSoughtThePerson(t *testing.T) {
	d := elsewhere(t)
	c := d.must("O-0002", "arrest.record", given{"target": "OP-0001/003", "wanted": "W-2"})
	for ref, want := range map[Ref]TaskState{"T-000011": TaskDone, "T-000012": TaskOpen, "T-000013": TaskDone, "T-000014": TaskOpen} {
		if got := as[*Task](d, ref); got.State != want {
			t.Errorf("%s is %s, want %s", ref, got.State, want)
		}
	}
	if got := as[*Task](d, "T-000011"); !strings.Contains(got.Result, "K-000004") {
		t.Errorf("the enquiry that is over says %q", got.Result)
	}
	if got := as[*Task](d, "T-000012"); !strings.Contains(got.Title, "K-000004") || !got.sends() {
		t.Errorf("the other unit's enquiry says %q", got.Title)
	}
	if got := as[*Target](d, "OP-0003/001"); got.State != TargetLive {
		t.Errorf("the program took the person off the other list as %s", got.State)
	}
	exit, why, err := ProposedExit(d, as[*Target](d, "OP-0003/001"))
	if err != nil || exit != TargetArrested || !strings.Contains(why, "K-000004") {
		t.Errorf("proposed %q because %q: %v", exit, why, err)
	}
	got := taskAbout(d, "OP-0003/001")
	if got == nil || got.Assignee != "O-0005" || got.Unit != "SE" || !strings.Contains(got.Note, "W-000003") || got.Due != on(t, "2026-11-25") {
		t.Fatalf("the officer of the other list has %+v", got)
	}
	if taskAbout(d, "W-000003") != nil {
		t.Error("the line the other list works from is asked about twice")
	}
	said := strings.Join(c.Said, "\n")
	if c.Reason != "closes the arrest enquiry T-000011, T-000013" {
		t.Errorf("the journal says %q", c.Reason)
	}
	for _, want := range []string{"OP-0003/001", "exit arrested proposed", "PC Evans is told", "T-000012"} {
		if !strings.Contains(said, want) {
			t.Errorf("the arrest does not say %q:\n%s", want, said)
		}
	}

	d.must("O-0001", "target.remove", given{"target": "OP-0003/1", "exit": "arrested", "reason": "arrested by SW"})
	if taskAbout(d, "OP-0003/001") != nil || as[*Task](d, got.Ref).State != TaskDone {
		t.Error("the task stays open although the target is off the list")
	}
}

func TestAnotherWantedLineIsAnsweredForByItsOfficer(t *testing.T) {
	d := elsewhere(t)
	as[*Target](d, "OP-0003/001").State = TargetWithdrawn
	as[*Target](d, "OP-0003/001").Ended = d.now
	d.must("O-0002", "arrest.record", given{"target": "OP-0001/003", "wanted": "W-2"})
	if as[*Wanted](d, "W-000003").State != Circulated {
		t.Error("the program ended the other line")
	}
	if got := taskAbout(d, "W-000003"); got == nil || got.Unit != "SE" || got.Assignee != "O-0002" {
		t.Fatalf("the officer of the other line has %+v", got)
	}
	d.must("O-0003", "wanted.withdraw", given{"wanted": "W-3", "reason": "charged with both"}) // the line is another unit's: a lead ends it
	if taskAbout(d, "W-000003") != nil {
		t.Error("the task stays open although the line has ended")
	}
}

func TestUndoOfAnArrestBringsItsEnquiriesBack(t *testing.T) {
	d := elsewhere(t)
	before := d.refs(KindTask)
	d.must("O-0002", "arrest.record", given{"target": "OP-0001/003", "wanted": "W-2"})
	d.must("O-0002", "undo", given{"reason": "another man"})
	if as[*Task](d, "T-000011").State != TaskOpen || as[*Target](d, "OP-0001/003").State != TargetLive || !slices.Equal(d.refs(KindTask), before) {
		t.Error("not everything is as it was before the arrest")
	}
}

func TestTheOfficerNamedInThePlanTellsTheVictimSurvivor(t *testing.T) {
	d := elsewhere(t)
	as[*Plan](d, "PL-0001").Comms.Tell = "O-0004"
	d.must("O-0002", "arrest.record", given{"target": "OP-0001/003", "wanted": "W-2"})
	if got := update(d); got.Assignee != "O-0004" {
		t.Errorf("%s tells them, and the plan names O-0004", got.Assignee)
	}
	k := as[*Arrest](d, "K-000004")
	if k.Target != "OP-0001/003" {
		t.Errorf("the arrest is of target %q", k.Target)
	}
	d.must("O-0002", "arrest.status", given{"arrest": "K-4", "status": "in custody"})
	_, err := d.do("O-0002", "arrest.status", given{"arrest": "K-4", "status": "RUI"})
	if p := refusal(t, err); !strings.Contains(p.Do, "Devlin") {
		t.Errorf("who is on record for it: %s", p.Do)
	}
}

func TestAVictimUpdateThatIsOpenIsNotMultiplied(t *testing.T) {
	d := elsewhere(t)
	d.must("O-0002", "task.add", given{"title": "Victim update", "kind": "victim", "about": "OP-0001/003", "assign": "O-5", "due": "2026-11-30"})
	d.must("O-0002", "arrest.record", given{"target": "OP-0001/003", "wanted": "W-2"})
	got := update(d)
	if got.Assignee != "O-0005" || got.Due != on(t, "2026-11-25") || got.About != "K-000004" || got.Priority != PriorityToday || !strings.HasPrefix(got.Title, "Tell the victim-survivor: arrested; before that Victim update") {
		t.Errorf("after the arrest: %+v", got)
	}
	d.must("O-0002", "arrest.status", given{"arrest": "K-4", "status": "in custody"})
	d.must("O-0002", "arrest.status", given{"arrest": "K-4", "status": "bailed", "bail_to": "2026-12-20", "tell": "O-4"})
	got = update(d)
	if got.Assignee != "O-0004" || got.Due != on(t, "2026-11-24") || got.Priority != PriorityNow || !strings.HasPrefix(got.Title, "Tell the victim-survivor: released on bail; before that arrested, Victim update") {
		t.Errorf("after the release: %+v", got)
	}
	if !strings.Contains(got.Note, "was with PC Evans") {
		t.Errorf("the note does not say who had it: %q", got.Note)
	}
	d.must("O-0004", "task.done", given{"task": string(got.Ref), "result": "told"})
	d.must("O-0002", "arrest.status", given{"arrest": "K-4", "status": "charged", "cps": "CPS 1"})
	if next := update(d); next.Ref == got.Ref {
		t.Error("what was told is open again")
	}
}
