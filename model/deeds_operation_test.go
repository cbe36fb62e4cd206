package model

import (
	"slices"
	"strings"
)

func operationDeeds() []deed {
	add := func(more given) given {
		out := given{"operation": "OP-1", "person": "P-4", "reason": "Stalking, high risk"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	op := func(more given) given {
		out := given{"name": "SAMPLE Summer", "from": "2027-04-19", "to": "2027-04-25"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	return []deed{
		{name: "whoever creates it leads it unless another does", action: "operation.create", who: "O-0003", fields: op(nil), then: func(d *desk) {
			if o := as[*Operation](d, "OP-0003"); o.Lead != "O-0003" || o.State(on(d, "2027-04-18")) != OperationPlanned || o.State(on(d, "2027-04-25")) != OperationLive || o.State(on(d, "2027-04-26")) != OperationEnded {
				d.Errorf("%+v", o)
			}
		}},
		{name: "one day is long enough", action: "operation.create", fields: op(given{"to": "2027-04-19", "lead": "O-3"})},
		{name: "it ends after it begins", action: "operation.create", fields: op(given{"to": "2027-04-18"}), refused: "to"},
		{name: "it has a name", action: "operation.create", fields: op(given{"name": ""}), refused: "name"},
		{name: "it has a first day", action: "operation.create", fields: op(given{"from": nil}), refused: "from"},
		{name: "its lead works here", action: "operation.create", fields: op(given{"lead": "O-9"}), refused: "lead"},
		{name: "a constable creates none", action: "operation.create", who: "O-0002", fields: op(nil), refused: "-", code: Denied},

		{name: "a person joins the list with their line, a reason and a day to review", action: "target.add", who: "O-0002", fields: add(nil), states: map[Ref]string{"OP-0001/003": "on list"}, then: func(d *desk) {
			g := as[*Target](d, "OP-0001/003")
			if g.Wanted != "W-000004" || g.ReviewBy != on(d, "2026-12-22") || g.AddedBy != "O-0002" || as[*Operation](d, "OP-0001").Count != 3 {
				d.Errorf("%+v", g)
			}
		}},
		{name: "by the wanted line", action: "target.add", fields: add(given{"person": nil, "wanted": "W-2"}), states: map[Ref]string{"OP-0001/003": "on list"}},
		{name: "who left the list may join it again", action: "target.add", fields: add(given{"person": "P-6"}), states: map[Ref]string{"OP-0001/003": "on list", "OP-0001/002": "eliminated"}},
		{name: "nobody stands on a list twice", action: "target.add", fields: add(given{"person": "P-1"}), refused: "person"},
		{name: "nobody stands on a list without a reason", action: "target.add", fields: add(given{"reason": ""}), refused: "reason"},
		{name: "the review is not today", action: "target.add", fields: add(given{"review_by": "2026-11-24"}), refused: "review_by"},
		{name: "the review may be tomorrow", action: "target.add", fields: add(given{"review_by": "2026-11-25"})},
		{name: "a closed operation takes nobody", action: "target.add", fields: add(given{"operation": "OP-2"}), refused: "operation"},
		{name: "an operation that is not there", action: "target.add", fields: add(given{"operation": "OP-9"}), refused: "operation", code: NotFound},
		{name: "nobody is named", action: "target.add", fields: add(given{"person": nil}), refused: "person"},
		{name: "a person and the line of another", action: "target.add", fields: add(given{"wanted": "W-1"}), refused: "wanted"},
		{name: "officers who work here", action: "target.add", fields: add(given{"officers": "O-2,O-9"}), refused: "officers"},

		{name: "arrested, when an arrest is recorded since", action: "target.remove", fields: given{"target": "OP-1/1", "exit": "arrested", "reason": "x"}, refused: "exit"},
		{name: "circulated, when the line is", action: "target.remove", fields: given{"target": "OP-1/1", "exit": "circulated", "reason": "still sought"}, states: map[Ref]string{"OP-0001/001": "circulated"}},
		{name: "eliminated, by a supervisor", action: "target.remove", fields: given{"target": "OP-1/1", "exit": "eliminated", "reason": "alibi"}, states: map[Ref]string{"OP-0001/001": "eliminated"}, then: func(d *desk) {
			if g := as[*Target](d, "OP-0001/001"); g.Supervisor != "O-0001" || g.EndReason != "alibi" || !g.Ended.Equal(d.now) {
				d.Errorf("%+v", g)
			}
		}},
		{name: "a constable eliminates nobody", action: "target.remove", who: "O-0002", fields: given{"target": "OP-1/1", "exit": "eliminated", "reason": "alibi"}, refused: "exit", code: Denied},
		{name: "a constable may record a death", action: "target.remove", who: "O-0002", fields: given{"target": "OP-1/1", "exit": "died", "reason": "coroner"}, states: map[Ref]string{"OP-0001/001": "died"}},
		{name: "withdrawn, with a reason", action: "target.remove", fields: given{"target": "OP-1/1", "exit": "withdrawn", "reason": "list full"}, states: map[Ref]string{"OP-0001/001": "withdrawn"}},
		{name: "not without a reason", action: "target.remove", fields: given{"target": "OP-1/1", "exit": "withdrawn"}, refused: "reason"},
		{name: "by no other exit", action: "target.remove", fields: given{"target": "OP-1/1", "exit": "forgotten", "reason": "x"}, refused: "exit"},
		{name: "not twice", action: "target.remove", fields: given{"target": "OP-1/2", "exit": "withdrawn", "reason": "x"}, refused: "target"},

		{name: "a sergeant sends two officers", action: "target.assign", fields: given{"target": "OP-1/1", "officers": "O-2;O-3"}, first: readMarkers, then: func(d *desk) {
			if g := as[*Target](d, "OP-0001/001"); !slices.Equal(g.Officers, []Ref{"O-0002", "O-0003"}) {
				d.Errorf("%+v", g)
			}
		}},
		{name: "not one who has left", action: "target.assign", fields: given{"target": "OP-1/1", "officers": "O-9"}, refused: "officers"},
		{name: "not to a target that left the list", action: "target.assign", fields: given{"target": "OP-1/2", "officers": "O-2"}, refused: "target"},

		{name: "a plan is written for the pack", action: "target.plan", who: "O-0002", fields: given{"target": "OP-1/1", "plan": "RV at the park"}, then: func(d *desk) {
			if g := as[*Target](d, "OP-0001/001"); g.Plan != "RV at the park" {
				d.Errorf("%+v", g)
			}
		}},
		{name: "not an empty one", action: "target.plan", fields: given{"target": "OP-1/1", "plan": " "}, refused: "plan"},
		{name: "not for a target that left the list", action: "target.plan", fields: given{"target": "OP-1/2", "plan": "x"}, refused: "target"},
	}
}

// unagreed adds an enquiry of nobody, T-000004, after somebody whom SE wants too.
func unagreed(d *desk) { d.must("O-0001", "task.add", given{"about": "W-2", "kind": "arrest"}) }

// calledIn takes OP-0001/001 off its list after its pack was handed to two recipients: T-000004 and T-000005 call it in.
func calledIn(d *desk) {
	hand := func(seq uint64, by Ref, what, to string) {
		d.handed = append(d.handed, Entry{Seq: seq, At: d.now, By: by, Logged: Disclosure, Action: "brief", Reason: what, To: to, About: []Touched{{Ref: "OP-0001/001"}}})
	}
	hand(7, "O-0002", "team pack of OP-0001, unit SW: 1 target, pdf, 6 copies", "Team Blue")
	hand(8, "O-0009", "partner pack of OP-0001: 1 target, html, 1 copy", "Probation, Croydon")
	hand(9, "O-0002", "team results of OP-0001: pdf, 9 copies", "Commander")
	d.must("O-0001", "target.remove", given{"target": "OP-1/1", "exit": "withdrawn", "reason": "alibi"})
}

func recallDeeds() []deed {
	confirm := func(more given) given {
		out := given{"task": "T-4", "outcome": "destroyed", "said_by": "PS Orr, Team Blue"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	return []deed{
		{name: "whoever handed a pack out calls it in when its target leaves the list", action: "recall.confirm", who: "O-0002", first: calledIn, fields: confirm(nil), states: map[Ref]string{"T-000004": "done", "T-000005": "open"}, then: func(d *desk) {
			k := as[*Task](d, "T-000004")
			if k.Title != "Recall copies 1 to 6 from Team Blue: OP-0001/001 left the list" || k.Assignee != "O-0002" || k.Due != on(d, "2026-11-25") || k.Recall.Outcome != RecallDestroyed || !strings.Contains(k.Result, "destroyed, said by PS Orr") {
				d.Errorf("%+v", k)
			}
		}},
		{name: "who handed it out and has left does not: whoever removed the target does", action: "recall.confirm", first: calledIn, fields: confirm(given{"task": "T-5", "outcome": "returned"}), states: map[Ref]string{"T-000005": "done"}, then: func(d *desk) {
			if k := as[*Task](d, "T-000005"); k.Assignee != "O-0001" || k.Recall.From != "Probation, Croydon" || k.Recall.Copies != "copy 1" {
				d.Errorf("%+v", k)
			}
			if n := len(d.refs(KindTask)); n != 5 {
				d.Errorf("%d tasks: results are no paper about a target", n)
			}
		}},
		{name: "by the target, when one recall of it is open", action: "recall.confirm", first: func(d *desk) {
			calledIn(d)
			d.must("O-0001", "recall.confirm", confirm(given{"task": "T-5"}))
		}, fields: confirm(given{"task": nil, "target": "OP-1/1"}), states: map[Ref]string{"T-000004": "done"}},
		{name: "not when two are", action: "recall.confirm", first: calledIn, fields: confirm(given{"task": nil, "target": "OP-1/1"}), refused: "task"},
		{name: "none is named", action: "recall.confirm", first: calledIn, fields: confirm(given{"task": nil}), refused: "task"},
		{name: "none is open", action: "recall.confirm", fields: confirm(given{"task": nil, "target": "OP-1/1"}), refused: "target"},
		{name: "another task is no recall", action: "recall.confirm", first: calledIn, fields: confirm(given{"task": "T-1"}), refused: "task"},
		{name: "somebody said so", action: "recall.confirm", first: calledIn, fields: confirm(given{"said_by": ""}), refused: "said_by"},
		{name: "not twice", action: "recall.confirm", first: func(d *desk) {
			calledIn(d)
			d.must("O-0001", "recall.confirm", confirm(nil))
		}, fields: confirm(nil), refused: "task"},
		{name: "a supervisor accepts that a copy stays out", action: "recall.confirm", first: calledIn, fields: confirm(given{"outcome": "not reached", "note": "left the force; written to"}), states: map[Ref]string{"T-000004": "done"}},
		{name: "and says what was tried", action: "recall.confirm", first: calledIn, fields: confirm(given{"outcome": "not reached"}), refused: "note"},
		{name: "a constable does not", action: "recall.confirm", who: "O-0002", first: calledIn, fields: confirm(given{"outcome": "not reached", "note": "rang"}), refused: "outcome", code: Denied},
		{name: "a recall is not just done", action: "task.done", first: calledIn, fields: given{"task": "T-4", "result": "done"}, refused: "task"},
		{name: "nor called off", action: "task.cancel", first: calledIn, fields: given{"task": "T-4", "reason": "no time"}, refused: "task"},
		{name: "a removal taken back takes its recall back", action: "undo", first: calledIn, fields: given{"reason": "wrong man"}, states: map[Ref]string{"OP-0001/001": "on list"}, then: func(d *desk) {
			if n := len(d.refs(KindTask)); n != 3 {
				d.Errorf("%d tasks, not the 3 of before", n)
			}
		}},
	}
}

func taskDeeds() []deed {
	return []deed{
		{name: "work about a line is about its person and of its unit", action: "task.add", fields: given{"title": "Check address", "about": "W-3", "assign": "O-2", "due": "2026-11-24", "checklist": "One\nTwo"}, states: map[Ref]string{"T-000004": "open"}, then: func(d *desk) {
			if k := as[*Task](d, "T-000004"); k.Person != "P-000003" || k.Unit != "SE" || len(k.Checklist) != 2 || k.By != "O-0001" {
				d.Errorf("%+v", k)
			}
		}},
		{name: "a kind is title enough", action: "task.add", fields: given{"kind": "address"}, then: func(d *desk) {
			if k := as[*Task](d, "T-000004"); k.Title != "address check" || k.Unit != "SW" {
				d.Errorf("%+v", k)
			}
		}},
		{name: "an operation is about nobody", action: "task.add", fields: given{"title": "Book suites", "about": "OP-1"}},
		{name: "work has a title", action: "task.add", fields: given{"assign": "O-2"}, refused: "title"},
		{name: "not due yesterday", action: "task.add", fields: given{"title": "x y", "due": "2026-11-23"}, refused: "due"},
		{name: "not for an officer who left", action: "task.add", fields: given{"title": "x y", "assign": "O-9"}, refused: "assign"},
		{name: "about something on record", action: "task.add", fields: given{"title": "x y", "about": "W-99"}, refused: "about", code: NotFound},
		{name: "a person on record", action: "task.add", fields: given{"title": "x y", "person": "P-99"}, refused: "person", code: NotFound},
		{name: "about another task it is not", action: "task.add", fields: given{"title": "x y", "about": "T-1"}, refused: "about"},

		{name: "work is handed over", action: "task.assign", fields: given{"task": "T-1", "assign": "O-3"}, then: func(d *desk) {
			if k := as[*Task](d, "T-000001"); k.Assignee != "O-0003" {
				d.Errorf("%+v", k)
			}
		}},
		{name: "not to one who left", action: "task.assign", fields: given{"task": "T-1", "assign": "O-9"}, refused: "assign"},
		{name: "not when it is done", action: "task.assign", fields: given{"task": "T-2", "assign": "O-3"}, refused: "task"},

		{name: "work begins", action: "task.start", who: "O-0002", fields: given{"task": "T-1"}, states: map[Ref]string{"T-000001": "started"}},
		{name: "not twice", action: "task.start", fields: given{"task": "T-3"}, refused: "task"},
		{name: "not when it is done", action: "task.start", fields: given{"task": "T-2"}, refused: "task"},

		{name: "work is done", action: "task.done", fields: given{"task": "T-3", "result": "found"}, states: map[Ref]string{"T-000003": "done"}},
		{name: "a checklist left open is explained", action: "task.done", fields: given{"task": "T-1", "result": "no vehicle"}, states: map[Ref]string{"T-000001": "done"}},
		{name: "or finished", action: "task.done", fields: given{"task": "T-1"}, refused: "result"},
		{name: "not twice", action: "task.done", fields: given{"task": "T-2"}, refused: "task"},

		{name: "work is called off for a reason", action: "task.cancel", fields: given{"task": "T-1", "reason": "arrested elsewhere"}, states: map[Ref]string{"T-000001": "cancelled"}},
		{name: "not for none", action: "task.cancel", fields: given{"task": "T-1"}, refused: "reason"},
		{name: "not when it is done", action: "task.cancel", fields: given{"task": "T-2", "reason": "x"}, refused: "task"},

		{name: "work moves up and to another day", action: "task.reprioritise", fields: given{"task": "T-1", "priority": "now", "due": "2026-11-25"}, then: func(d *desk) {
			if k := as[*Task](d, "T-000001"); k.Priority != PriorityNow || k.Due != on(d, "2026-11-25") {
				d.Errorf("%+v", k)
			}
		}},
		{name: "not to yesterday", action: "task.reprioritise", fields: given{"task": "T-1", "due": "2026-11-23"}, refused: "due"},
		{name: "something changes", action: "task.reprioritise", fields: given{"task": "T-1"}, refused: "priority"},
		{name: "not when it is done", action: "task.reprioritise", fields: given{"task": "T-2", "priority": "now"}, refused: "task"},

		{name: "an arrest enquiry waits until two units agree who goes", action: "task.add", fields: given{"about": "W-2", "kind": "arrest", "assign": "O-2"}, refused: "assign"},
		{name: "what the form offers has no kind and waits too", action: "task.add", fields: given{"about": "W-2", "title": "Arrest enquiry", "assign": "O-2"}, refused: "assign"},
		{name: "given to nobody it sends nobody", action: "task.add", fields: given{"about": "W-2", "kind": "arrest"}, states: map[Ref]string{"T-000004": "open"}},
		{name: "other work is not held back", action: "task.add", fields: given{"about": "W-2", "kind": "address", "title": "Check the address", "assign": "O-2"}, states: map[Ref]string{"T-000004": "open"}},
		{name: "agreed, it goes", action: "task.add", fields: given{"about": "W-2", "kind": "arrest", "assign": "O-2", "decision": "owner", "with": "SE", "contact": "O-5"}, states: map[Ref]string{"T-000004": "open"}},
		{name: "not agreed yet is not agreed", action: "task.add", fields: given{"about": "W-2", "kind": "arrest", "assign": "O-2", "decision": "later", "with": "SE"}, refused: "assign"},
		{name: "a unit without a decision", action: "task.add", fields: given{"about": "W-2", "kind": "arrest", "with": "SE"}, refused: "decision"},
		{name: "nobody agrees about an address check", action: "task.add", fields: given{"about": "W-2", "kind": "address", "decision": "owner", "with": "SE", "contact": "O-5"}, refused: "decision"},
		{name: "an enquiry of nobody is not given to somebody before", action: "task.assign", first: unagreed, fields: given{"task": "T-4", "assign": "O-2"}, refused: "assign"},
		{name: "nor started", action: "task.start", first: unagreed, fields: given{"task": "T-4"}, refused: "task"},
		{name: "two units agree who goes for the person of an enquiry", action: "task.deconflict", who: "O-0002", first: unagreed, fields: given{"task": "T-4", "decision": "joint", "with": "SE", "contact": "O-5"}, then: func(d *desk) {
			d.must("O-0001", "task.assign", given{"task": "T-4", "assign": "O-2"})
			d.must("O-0002", "task.start", given{"task": "T-4"})
		}},
		{name: "what was handed over is theirs", action: "task.assign", fields: given{"task": "T-4", "assign": "O-2"}, refused: "assign", first: func(d *desk) {
			unagreed(d)
			d.must("O-0001", "task.deconflict", given{"task": "T-4", "decision": "hand over", "with": "SE", "contact": "O-5"})
		}},
		{name: "a decision the other unit recorded holds for both", action: "task.assign", fields: given{"task": "T-4", "assign": "O-2"}, states: map[Ref]string{"T-000004": "open"}, first: func(d *desk) {
			unagreed(d)
			d.must("O-0001", "task.add", given{"about": "W-3", "kind": "arrest", "assign": "O-2", "decision": "assist", "with": "SW", "contact": "O-5"})
		}},
		{name: "the other unit is another", action: "task.deconflict", first: unagreed, fields: given{"task": "T-4", "decision": "joint", "with": "SW", "contact": "O-5"}, refused: "with"},
		{name: "an agreement is with somebody", action: "task.deconflict", first: unagreed, fields: given{"task": "T-4", "decision": "joint", "with": "SE"}, refused: "contact"},
		{name: "not of a task that is done", action: "task.deconflict", fields: given{"task": "T-2", "decision": "joint", "with": "SE", "contact": "O-5"}, refused: "task"},

		{name: "a line is ticked", action: "task.tick", fields: given{"task": "T-1", "item": "2"}, then: func(d *desk) {
			if k := as[*Task](d, "T-000001"); k.Checklist[0].Done || !k.Checklist[1].Done {
				d.Errorf("%+v", k)
			}
		}},
		{name: "a line that is not there", action: "task.tick", fields: given{"task": "T-1", "item": 3.0}, refused: "item"},
		{name: "line nought", action: "task.tick", fields: given{"task": "T-1", "item": "0"}, refused: "item"},
		{name: "a line that is no number", action: "task.tick", fields: given{"task": "T-1", "item": "first"}, refused: "item"},
		{name: "not when it is done", action: "task.tick", fields: given{"task": "T-2", "item": "1"}, refused: "task"},
	}
}

// The rows of undo start from a journal that is empty; TestUndo says the rest.
func undoDeeds() []deed {
	return []deed{
		{
			name: "the last thing I did", action: "undo", who: "O-0002", states: map[Ref]string{"W-000001": "wanted"},
			first: func(d *desk) { d.must("O-0002", "wanted.locate", given{"wanted": "W-1", "where": "HMP Wandsworth"}) },
		},
		{name: "nothing done, nothing undone", action: "undo", fields: nil, refused: "seq"},
		{name: "an entry that is not there", action: "undo", fields: given{"seq": 99.0}, refused: "seq", code: NotFound},
		{name: "an entry that is no number", action: "undo", fields: given{"seq": "last"}, refused: "seq"},
	}
}
