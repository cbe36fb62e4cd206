package model

import (
	"slices"
	"strings"
)

// told puts intelligence about the subject of R-3 on record: it speaks of the protected person.
func told(grade string) func(*desk) {
	return func(d *desk) {
		d.Helper()
		d.must("O-0001", "intel.add", given{
			"person": "P-6", "text": "Rang the protected person twice", "source": grade[:1], "grade": grade[1:2], "handling": "P", "origin": "SK9" + grade, "at": "2026-11-22",
		})
	}
}

// calledInto reports the suspicion that the intelligence leaves, as B-5.
func calledInto(grade string) func(*desk) {
	return inTurn(told(grade), done("breach.report", given{"suspicion": "R-000003/1/I-000001"}))
}

func suspicionDeeds() []deed {
	notify := given{"suspicion": "R-000002/initial notification/notify"}
	yes := func(more given) given {
		out := given{"breach": "B-1", "decision": "substantiated", "reason": "CCTV", "excuse": "none offered", "want": true}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	charged := inTurn(
		done("breach.decide", yes(nil)), done("arrest.record", given{"wanted": "W-6"}), done("arrest.status", given{"arrest": "K-4", "status": "in custody"}),
		done("arrest.status", given{"arrest": "K-4", "status": "charged", "cps": "CPS 1"}),
	)
	return []deed{
		{name: "a suspicion fills in what is left empty", action: "breach.report", who: "O-0006", first: told("2C"), fields: given{"suspicion": "R-000003/1/I-000001"}, states: map[Ref]string{"B-000005": "reported"}, then: func(d *desk) {
			b := as[*Breach](d, "B-000005")
			if b.Condition != 1 || b.Found != FoundEvent || !slices.Equal(b.Events, []string{"I-000001"}) || b.Why == "" || len(b.Else) == 0 || len(b.Look) == 0 || b.DecidedBy != "" {
				d.Errorf("%+v", b)
			}
		}},
		{name: "a duty is reported in place of a condition, and is an offence of its own", action: "breach.report", fields: notify, then: func(d *desk) {
			b := as[*Breach](d, "B-000005")
			if b.Condition != 0 || b.Duty != DutyInitial || b.Offence() != "spo-notify" || b.Found != FoundSilent {
				d.Errorf("%+v", b)
			}
		}},
		{name: "a duty by hand", action: "breach.report", fields: given{"order": "R-2", "duty": "new home address", "what": "Moved", "at": "2026-11-10 09:00"}, states: map[Ref]string{"B-000005": "reported"}},
		{name: "not a duty and a condition at once", action: "breach.report", fields: given{"order": "R-2", "duty": "new name", "condition": 1.0, "what": "Moved"}, refused: "duty"},
		{name: "a restraining order carries no duty to notify", action: "breach.report", fields: given{"order": "R-3", "duty": "new name", "what": "Moved"}, refused: "duty"},
		{name: "nor does an order that was not served", action: "breach.report", fields: given{"order": "R-1", "duty": "initial notification", "what": "Silent"}, refused: "duty"},
		{name: "a suspicion that nothing suggests", action: "breach.report", fields: given{"suspicion": "R-000003/1/I-000009"}, refused: "suspicion"},
		{name: "a suspicion of another order", action: "breach.report", fields: given{"suspicion": notify["suspicion"], "order": "R-3"}, refused: "order"},
		{name: "a suspicion reported already", action: "breach.report", first: done("breach.report", notify), fields: notify, refused: "suspicion"},
		{name: "neither an order nor a suspicion", action: "breach.report", fields: given{"condition": 1.0, "what": "Seen"}, refused: "order"},
		{name: "records about the subject are what it rests on", action: "breach.report", first: told("2C"), fields: given{"order": "R-3", "condition": 2.0, "what": "Seen there", "events": "I-1"}, then: func(d *desk) {
			if refs, _ := d.Linked("I-000001", KindBreach); !slices.Equal(refs, []Ref{"B-000005"}) {
				d.Errorf("from the intelligence are found %v", refs)
			}
		}},
		{name: "records about somebody else are not", action: "breach.report", fields: given{"order": "R-3", "condition": 1.0, "what": "Seen", "events": "K-1"}, refused: "events"},

		{name: "a suspicion is dismissed with the reason, by name", action: "breach.dismiss", who: "O-0005", fields: given{"suspicion": notify["suspicion"], "reason": "Acknowledged in writing, form found"}, states: map[Ref]string{"B-000005": "dismissed"}, then: func(d *desk) {
			b, o := as[*Breach](d, "B-000005"), as[*Order](d, "R-000002")
			if b.DecidedBy != "O-0005" || b.Reason == "" || o.Breaches != 0 || b.State.Live() {
				d.Errorf("%+v, order counts %d", b, o.Breaches)
			}
			if all, err := SuspicionsOf(d, "R-000002", d.now); err != nil || len(all) != 0 {
				d.Errorf("put forward again: %v %v", all, err)
			}
		}},
		{name: "a dismissal has a reason", action: "breach.dismiss", fields: notify, refused: "reason"},
		{name: "and is of something suspected", action: "breach.dismiss", fields: given{"suspicion": "nothing", "reason": "x"}, refused: "suspicion"},
		{name: "of that order", action: "breach.dismiss", fields: given{"suspicion": notify["suspicion"], "reason": "x", "order": "R-3"}, refused: "order"},
		{name: "a constable dismisses nothing", action: "breach.dismiss", who: "O-0002", fields: given{"suspicion": notify["suspicion"], "reason": "x"}, refused: "-", code: Denied},

		{name: "wanted, and the arrest enquiry goes to whoever owns the breach", action: "breach.decide", fields: yes(nil), states: map[Ref]string{"W-000006": "not circulated"}, then: func(d *desk) {
			tasks, _ := d.Linked("B-000001", KindTask)
			if len(tasks) != 1 {
				d.Fatalf("%v", tasks)
			}
			if k := as[*Task](d, tasks[0]); k.Kind != "arrest" || k.Assignee != "O-0005" || k.Due != on(d, "2026-11-24") || k.Person != "P-000006" {
				d.Errorf("%+v", k)
			}
		}},
		{name: "and on the list of the live operation, in the same step", action: "breach.decide", fields: yes(given{"operation": "OP-1"}), states: map[Ref]string{"OP-0001/003": "on list"}, then: func(d *desk) {
			if g := as[*Target](d, "OP-0001/003"); g.Wanted != "W-000006" || !strings.Contains(g.Reason, "B-000001") {
				d.Errorf("%+v", g)
			}
		}},
		{name: "each of them can be left out", action: "breach.decide", fields: yes(given{"operation": "OP-1", "target": "no", "task": "no"}), then: func(d *desk) {
			if tasks, _ := d.Linked("B-000001", KindTask); len(tasks) != 0 || d.records["OP-0001/003"] != nil {
				d.Errorf("%v", tasks)
			}
		}},
		{name: "who is wanted by the unit already is wanted for the breach too", action: "breach.decide", first: done("wanted.mark", given{"person": "P-6", "offences": "s4A", "unit": "SW"}), fields: yes(nil), then: func(d *desk) {
			if w := as[*Wanted](d, "W-000006"); w.Breach != "B-000001" || !slices.Equal(w.Offences, []OffenceCode{"s4A", "ro-breach"}) || d.records["W-000007"] != nil {
				d.Errorf("%+v", w)
			}
		}},
		{name: "a line is for one breach", action: "breach.decide", first: done("wanted.mark", given{"person": "P-6", "offences": "ro-breach", "unit": "SW", "breach": "B-2"}), fields: yes(nil), refused: "want"},
		{name: "a list is the list of an operation", action: "breach.decide", fields: yes(given{"target": "yes"}), refused: "operation"},
		{name: "a list of an operation that is over takes nobody", action: "breach.decide", fields: yes(given{"operation": "OP-2"}), refused: "operation"},
		{name: "a task and no wanted line", action: "breach.decide", fields: given{"breach": "B-1", "decision": "substantiated", "reason": "CCTV", "excuse": "none", "task": "yes", "assign": "O-2", "due": "2026-11-26"}, then: func(d *desk) {
			if tasks, _ := d.Linked("B-000001", KindTask); len(tasks) != 1 || as[*Task](d, tasks[0]).Assignee != "O-0002" {
				d.Errorf("%v", tasks)
			}
		}},
		{name: "what is needed becomes a task with a day", action: "breach.decide", fields: given{"breach": "B-1", "decision": "need more", "reason": "No CCTV yet", "needs": "CCTV of the car park"}, states: map[Ref]string{"B-000001": "need more"}, then: func(d *desk) {
			tasks, _ := d.Linked("B-000001", KindTask)
			if len(tasks) != 1 {
				d.Fatalf("%v", tasks)
			}
			if k := as[*Task](d, tasks[0]); k.Due != on(d, "2026-11-27") || !strings.Contains(k.Title, "CCTV of the car park") || as[*Breach](d, "B-000001").Needs != "CCTV of the car park" {
				d.Errorf("%+v", k)
			}
		}},
		{name: "what is not a breach puts nobody on a list", action: "breach.decide", fields: given{"breach": "B-1", "decision": "not a breach", "reason": "not him", "target": "yes", "operation": "OP-1"}, refused: "target"},
		{name: "nor makes a task", action: "breach.decide", fields: given{"breach": "B-1", "decision": "not a breach", "reason": "not him", "task": "yes"}, refused: "task"},
		{name: "a reason for another exit than the arrest is no reason to send officers past a safeguard", action: "breach.decide", first: bothWays, fields: yes(nil), refused: "task"},
		{name: "but the decision itself stands without the task", action: "breach.decide", first: bothWays, fields: yes(given{"task": "no"}), states: map[Ref]string{"B-000001": "substantiated", "W-000006": "not circulated"}},

		{name: "a source that is not reliable supports no decision by itself", action: "breach.decide", first: calledInto("3D"), fields: given{"breach": "B-5", "decision": "substantiated", "reason": "he rang", "excuse": "none"}, refused: "decision"},
		{name: "nor does what is suspected to be false", action: "breach.decide", first: calledInto("2E"), fields: given{"breach": "B-5", "decision": "substantiated", "reason": "he rang", "excuse": "none"}, refused: "decision"},
		{name: "with a report of another origin it does", action: "breach.decide", first: inTurn(calledInto("3D"), done("intel.add", given{"person": "P-6", "text": "Bill shows two calls", "source": "1", "grade": "A", "handling": "P", "origin": "SK77"})), fields: given{"breach": "B-5", "decision": "substantiated", "reason": "bill", "excuse": "none", "events": "I-2"}, states: map[Ref]string{"B-000005": "substantiated"}},
		{name: "a better report alone does", action: "breach.decide", first: calledInto("2C"), fields: given{"breach": "B-5", "decision": "substantiated", "reason": "he rang", "excuse": "none"}, states: map[Ref]string{"B-000005": "substantiated"}},

		{name: "convicted", action: "breach.decide", first: charged, fields: given{"breach": "B-1", "decision": "decided", "reason": "Wimbledon, 12 weeks suspended", "court": "convicted"}, states: map[Ref]string{"B-000001": "decided"}, then: func(d *desk) {
			b := as[*Breach](d, "B-000001")
			states := make([]string, len(b.Steps))
			for i, s := range b.Steps {
				states[i] = string(s.State)
			}
			if got := strings.Join(states, " "); b.Court != Convicted || got != "substantiated arrested charged decided" {
				d.Errorf("%s, %s", b.Court, got)
			}
		}},
		{name: "a charge ends in court", action: "breach.decide", first: charged, fields: given{"breach": "B-1", "decision": "decided", "reason": "over"}, refused: "court"},
		{name: "a court decides nothing that was not charged", action: "breach.decide", fields: given{"breach": "B-2", "decision": "decided", "reason": "x", "court": "convicted"}, refused: "court"},
	}
}

// bothWays sets allegations both ways between the subject of R-3 and somebody else.
func bothWays(d *desk) {
	d.must("O-0001", "case.add", given{"suspects": "P-6", "victims": "P-2", "offences": "s4A", "last": "2026-10-01"})
	d.must("O-0001", "case.add", given{"suspects": "P-2", "victims": "P-6", "offences": "s2", "last": "2026-10-02"})
}
