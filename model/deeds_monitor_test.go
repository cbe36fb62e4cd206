package model

import (
	"maps"
	"strings"
	"time"
)

// signOn gives R-5, served on Monday 23 November, a requirement to sign on every Monday and Thursday by 18:00.
func signOn(d *desk) {
	o := as[*Order](d, "R-000005")
	o.Conditions = append(o.Conditions, Condition{
		No: 3, Text: "Must sign on at Wimbledon police station", Requirement: true, Type: SignOn,
		Match: Matcher{Schedule: Schedule{Weekdays: []time.Weekday{time.Monday, time.Thursday}, By: 18 * 60}},
	})
	d.keep(o)
}

// toAttend gives the station's SPOs something to attend on any day.
func toAttend(d *desk) *desk {
	for _, ref := range []Ref{"R-000001", "R-000002", "R-000005"} {
		o := as[*Order](d, ref)
		o.Conditions = append(o.Conditions, Condition{No: 3, Text: "Must attend the programme", Requirement: true, Type: Attend})
		d.keep(o)
	}
	return d
}

func both(steps ...func(*desk)) func(*desk) {
	return func(d *desk) {
		for _, s := range steps {
			s(d)
		}
	}
}

// done is something an officer did before.
func earlier(who Ref, action string, fields given) func(*desk) {
	return func(d *desk) { d.must(who, action, fields) }
}

func plus(a, b given) given {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

func monitorDeeds() []deed {
	of := given{"order": "R-5"}
	offered := earlier("O-0005", "order.handover", plus(of, given{"to": "O-2", "know": "Comes to the door himself; ask for the second phone"}))
	covered := earlier("O-0005", "order.cover", plus(of, given{"officer": "O-2", "from": "2026-11-24", "until": "2026-12-04"}))
	raised := earlier("O-0005", "order.escalate", plus(of, given{"to": "O-1", "concern": "He has moved his things out"}))
	watch := func(d *desk) MonitorPlan { return as[*Order](d, "R-000005").plan() }
	return []deed{
		{name: "a monitoring officer hands over, and names nobody over another's head", action: "order.monitor", who: "O-0005", first: func(d *desk) {
			o := as[*Order](d, "R-000005")
			o.Monitor = "O-0002"
			d.keep(o)
		}, fields: plus(of, given{"officer": "O-5"}), refused: "officer"},
		{name: "a supervisor may, and the cover and the offer end with it", action: "order.monitor", first: both(offered, covered), fields: plus(of, given{"officer": "O-2"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); o.Monitor != "O-0002" || o.Watch.Offered != "" || o.Watch.Cover != "" {
				d.Errorf("%+v %+v", o, o.Watch)
			}
		}},

		{name: "the risk decides how often an order is checked", action: "order.plan", who: "O-0005", fields: plus(of, given{"risk": "medium", "visits": "unannounced", "reason": "SASH of 20 November, PC Evans"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); o.CheckEvery(Limits{}) != 28 || o.NextCheck(Limits{}) != on(d, "2026-12-22") || len(o.Log) != 1 {
				d.Errorf("every %d, next by %s, log %+v", o.CheckEvery(Limits{}), o.NextCheck(Limits{}), o.Log)
			}
		}},
		{name: "more often than the risk asks is for anybody to decide", action: "order.plan", who: "O-0005", fields: plus(of, given{"risk": "high", "every": 7, "reason": "he knows the school"})},
		{name: "less often is for a supervisor", action: "order.plan", who: "O-0005", fields: plus(of, given{"risk": "high", "every": 21, "reason": "in hospital"}), refused: "every"},
		{name: "who may", action: "order.plan", fields: plus(of, given{"risk": "high", "every": 21, "reason": "in hospital"})},
		{name: "how often follows from a risk somebody recorded", action: "order.plan", fields: plus(of, given{"every": 14, "reason": "as before"}), refused: "risk"},
		{name: "the judgement has a reason", action: "order.plan", fields: plus(of, given{"risk": "high"}), refused: "reason"},
		{name: "nobody plans for an order that was discharged", action: "order.plan", fields: given{"order": "R-4", "risk": "high", "reason": "x"}, refused: "order"},
		{name: "a constable plans nothing", action: "order.plan", who: "O-0002", fields: plus(of, given{"risk": "high", "reason": "x"}), refused: "-", code: Denied},

		{name: "the old officer answers for it until the new one has acknowledged", action: "order.handover", who: "O-0005", fields: plus(of, given{"to": "O-2", "know": "Second phone"}), then: func(d *desk) {
			o := as[*Order](d, "R-000005")
			due := clock(d, Dues(o, nil, d.now), "acknowledge the handover")
			if o.Monitor != "O-0005" || due.Owner != "O-0002" || due.Settle != "order.accept" || due.Deadline != on(d, "2026-11-26").End() {
				d.Errorf("monitor %s, due %+v", o.Monitor, due)
			}
		}},
		{name: "not to somebody who left", action: "order.handover", fields: plus(of, given{"to": "O-9", "know": "x y"}), refused: "to"},
		{name: "nor to the one who watches it", action: "order.handover", fields: plus(of, given{"to": "O-5", "know": "x y"}), refused: "to"},
		{name: "an order nobody watches is given an officer", action: "order.handover", fields: given{"order": "R-3", "to": "O-5", "know": "x y"}, refused: "order"},
		{name: "what they must know is said", action: "order.handover", fields: plus(of, given{"to": "O-2"}), refused: "know"},
		{name: "an administrator hands over nothing", action: "order.handover", who: "O-0008", fields: plus(of, given{"to": "O-2", "know": "x y"}), refused: "-", code: Denied},

		{name: "the new officer takes it over themselves", action: "order.accept", who: "O-0002", first: both(offered, covered), fields: of, then: func(d *desk) {
			o := as[*Order](d, "R-000005")
			if o.Monitor != "O-0002" || o.Watch.Offered != "" || o.Watch.Cover != "" || !strings.Contains(o.Log[len(o.Log)-1].Reason, "second phone") {
				d.Errorf("%+v %+v", o, o.Watch)
			}
		}},
		{name: "nobody else does it for them", action: "order.accept", first: offered, fields: of, refused: "order"},
		{name: "they may decline, and then the old one goes on", action: "order.accept", who: "O-0002", first: offered, fields: plus(of, given{"answer": "decline", "words": "I know the family"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); o.Monitor != "O-0005" || o.Watch.Offered != "" {
				d.Errorf("%+v %+v", o, o.Watch)
			}
		}},
		{name: "saying why", action: "order.accept", who: "O-0002", first: offered, fields: plus(of, given{"answer": "decline"}), refused: "words"},
		{name: "what nobody offered", action: "order.accept", who: "O-0002", fields: of, refused: "order"},
		{name: "S-TAC takes over no order", action: "order.accept", who: "O-0006", fields: of, refused: "-", code: Denied},

		{name: "during leave the clocks go to the cover", action: "order.cover", who: "O-0005", fields: plus(of, given{"officer": "O-2", "until": "2026-12-04"}), then: func(d *desk) {
			o := as[*Order](d, "R-000005")
			if o.Watcher(on(d, "2026-11-24")) != "O-0002" || o.Watcher(on(d, "2026-11-23")) != "O-0005" {
				d.Errorf("%+v", o.Watch)
			}
			for _, due := range Dues(o, &Person{}, d.now) {
				if due.Owner != "O-0002" {
					d.Errorf("%s is left with %s", due.Rule, due.Owner)
				}
			}
		}},
		{name: "nobody covers for themselves", action: "order.cover", fields: plus(of, given{"officer": "O-5", "until": "2026-12-04"}), refused: "officer"},
		{name: "nor after they have left", action: "order.cover", fields: plus(of, given{"officer": "O-9", "until": "2026-12-04"}), refused: "officer"},
		{name: "leave ends after it begins", action: "order.cover", fields: plus(of, given{"officer": "O-2", "from": "2026-12-05", "until": "2026-12-04"}), refused: "until"},
		{name: "and not in the past", action: "order.cover", fields: plus(of, given{"officer": "O-2", "from": "2026-11-01", "until": "2026-11-23"}), refused: "until"},
		{name: "of an order nobody watches", action: "order.cover", fields: given{"order": "R-3", "officer": "O-2", "until": "2026-12-04"}, refused: "order"},
		{name: "a data officer arranges no cover", action: "order.cover", who: "O-0007", fields: plus(of, given{"officer": "O-2", "until": "2026-12-04"}), refused: "-", code: Denied},

		{name: "back from leave", action: "order.return", who: "O-0005", first: covered, fields: of, then: func(d *desk) {
			if watch(d).Cover != "" || as[*Order](d, "R-000005").Watcher(on(d, "2026-11-24")) != "O-0005" {
				d.Errorf("%+v", watch(d))
			}
		}},
		{name: "from no leave", action: "order.return", who: "O-0005", fields: of, refused: "order"},
		{name: "an administrator returns from none", action: "order.return", who: "O-0008", first: covered, fields: of, refused: "-", code: Denied},

		{name: "a concern goes to a supervisor, who has a working day", action: "order.escalate", who: "O-0005", fields: plus(of, given{"to": "O-1", "concern": "He has moved his things out"}), then: func(d *desk) {
			due := clock(d, Dues(d.records["R-000005"], nil, d.now), "answer the concern")
			if due.Owner != "O-0001" || due.Deadline != on(d, "2026-11-25").End() || due.Settle != "order.escalation-answer" {
				d.Errorf("%+v", due)
			}
		}},
		{name: "not to a constable", action: "order.escalate", who: "O-0005", fields: plus(of, given{"to": "O-2", "concern": "x y"}), refused: "to"},
		{name: "not to oneself", action: "order.escalate", who: "O-0001", fields: plus(of, given{"to": "O-1", "concern": "x y"}), refused: "to"},
		{name: "one at a time", action: "order.escalate", first: raised, fields: plus(of, given{"to": "O-3", "concern": "x y"}), refused: "order"},
		{name: "S-TAC escalates by a referral", action: "order.escalate", who: "O-0006", fields: plus(of, given{"to": "O-1", "concern": "x y"}), refused: "-", code: Denied},

		{name: "the supervisor answers, and question and answer stay in the log", action: "order.escalation-answer", first: raised, fields: plus(of, given{"answer": "Visit tonight, two officers"}), then: func(d *desk) {
			o := as[*Order](d, "R-000005")
			if !o.Watch.Escalated.IsZero() || len(o.Log) != 2 || o.Log[0].Reason != "He has moved his things out" || o.Log[1].Reason != "Visit tonight, two officers" {
				d.Errorf("%+v %+v", o.Watch, o.Log)
			}
		}},
		{name: "nothing was asked", action: "order.escalation-answer", fields: plus(of, given{"answer": "x y"}), refused: "order"},
		{name: "nobody answers their own", action: "order.escalation-answer", who: "O-0003", first: earlier("O-0003", "order.escalate", plus(of, given{"to": "O-1", "concern": "x y"})), fields: plus(of, given{"answer": "x y"}), refused: "order"},
		{name: "a monitoring officer asks and does not answer", action: "order.escalation-answer", who: "O-0005", first: raised, fields: plus(of, given{"answer": "x y"}), refused: "-", code: Denied},

		{name: "a supervisor reviews, and the clock begins again", action: "order.review", first: earlier("O-0005", "order.plan", plus(of, given{"risk": "high", "reason": "x y"})), fields: plus(of, given{"finding": "Checked as planned"}), then: func(d *desk) {
			d.now = at(d, "2026-12-08 09:00")
			due := clock(d, Dues(d.records["R-000005"], nil, d.now), "supervisor's review")
			if due.Deadline != on(d, "2026-12-22").End() {
				d.Errorf("%+v", due)
			}
		}},
		{name: "nobody reviews their own watching", action: "order.review", first: earlier("O-0001", "order.monitor", plus(of, given{"officer": "O-1"})), fields: plus(of, given{"finding": "x y"}), refused: "order"},
		{name: "a finding is written down", action: "order.review", fields: of, refused: "finding"},
		{name: "a monitoring officer reviews nothing", action: "order.review", who: "O-0005", fields: plus(of, given{"finding": "x y"}), refused: "-", code: Denied},

		{name: "an officer whom orders count on does not leave", action: "officer.leave", who: "O-0008", fields: given{"officer": "O-5", "reason": "transferred"}, refused: "officer"},
		{name: "nor one who covers an order", action: "officer.leave", who: "O-0008", first: covered, fields: given{"officer": "O-2", "reason": "transferred"}, refused: "officer"},
		{name: "nor one who is to take it over", action: "officer.leave", who: "O-0008", first: offered, fields: given{"officer": "O-2", "reason": "transferred"}, refused: "officer"},
		{name: "nor one with a concern to answer", action: "officer.leave", who: "O-0008", first: raised, fields: given{"officer": "O-1", "reason": "transferred"}, refused: "officer"},
		{name: "an undo does not give an order to somebody who has left", action: "undo", first: both(
			offered, earlier("O-0002", "order.accept", of), earlier("O-0001", "order.monitor", given{"order": "R-1", "officer": "O-2"}),
			earlier("O-0001", "order.monitor", given{"order": "R-2", "officer": "O-2"}), earlier("O-0008", "officer.leave", given{"officer": "O-5", "reason": "transferred"}),
		), fields: given{"seq": 2}, then: func(d *desk) {
			o := as[*Order](d, "R-000005")
			if o.Monitor != "" {
				d.Errorf("it was given back to %s, who has left", o.Monitor)
			}
			clock(d, Dues(o, nil, d.now), "name a monitoring officer")
		}},
	}
}

func checkDeeds() []deed {
	visit := func(more given) given {
		return plus(given{"order": "R-5", "kind": "unannounced visit", "at": "2026-11-23 19:00", "words": "At home, sober\n2 seen near the school"}, more)
	}
	attend := func(more given) given {
		return plus(given{"order": "R-5", "condition": 3, "day": "2026-11-23", "result": "attended", "evidence": "Station book"}, more)
	}
	return []deed{
		{name: "one visit, a result a condition, and the clocks begin again", action: "check.record", who: "O-0002", fields: visit(given{"others": "yes", "concern": "2", "home": "confirmed"}), then: func(d *desk) {
			v, o := as[*Check](d, "V-000001"), as[*Order](d, "R-000005")
			if len(v.Lines) != 2 || v.Lines[0].Result != Complied || v.Lines[1].Result != Concern || v.Lines[1].Words != "seen near the school" || v.Words != "At home, sober" {
				d.Errorf("%+v", v)
			}
			if o.Conditions[0].Checked != on(d, "2026-11-23") || o.Watch.LastCheck != on(d, "2026-11-23") || o.Breaches != 0 {
				d.Errorf("%+v %+v", o.Conditions, o.Watch)
			}
		}},
		{name: "what was not complied with is a potential breach in the same step", action: "check.record", who: "O-0002", fields: visit(given{"not_complied": "2"}), states: map[Ref]string{"B-000005": "reported"}, then: func(d *desk) {
			v, b, o := as[*Check](d, "V-000001"), as[*Breach](d, "B-000005"), as[*Order](d, "R-000005")
			if v.Lines[1].Breach != "B-000005" || b.What != "seen near the school" || b.Condition != 2 || b.Owner != "O-0005" || o.Breaches != 1 || !strings.Contains(b.Source, "V-000001") {
				d.Errorf("%+v %+v %d", v.Lines, b, o.Breaches)
			}
			if len(d.journal) != 1 || v.Lines[0].Result != NotChecked {
				d.Errorf("%d entries, condition 1 %s", len(d.journal), v.Lines[0].Result)
			}
		}},
		{name: "a concern is one when the officer says so", action: "check.record", fields: visit(given{"concern": "2", "report": "yes"}), states: map[Ref]string{"B-000005": "reported"}},
		{name: "nobody home is an attempt, and moves no clock", action: "check.record", fields: visit(given{"words": "No reply"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); !o.Watch.LastCheck.IsZero() || !o.Conditions[0].Checked.IsZero() {
				d.Errorf("%+v %+v", o.Conditions, o.Watch)
			}
		}},
		{name: "an older check does not turn the clock back", action: "check.record", first: earlier("O-0002", "check.record", visit(given{"others": "yes"})), fields: visit(given{"others": "yes", "at": "2026-11-21 09:00"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); o.Watch.LastCheck != on(d, "2026-11-23") || o.Conditions[0].Checked != on(d, "2026-11-23") {
				d.Errorf("%+v %+v", o.Conditions, o.Watch)
			}
		}},
		{name: "the next action is on the list of what is due", action: "check.record", first: earlier("O-0005", "order.plan", given{"order": "R-5", "risk": "high", "reason": "x y"}), fields: visit(given{"others": "yes", "next": "Ask the landlord", "next_by": "2026-11-27"}), then: func(d *desk) {
			if due := clock(d, Dues(d.records["R-000005"], nil, d.now), "next action: Ask the landlord"); due.Deadline != on(d, "2026-11-27").End() {
				d.Errorf("%+v", due)
			}
		}},
		{name: "a concern without words", action: "check.record", fields: visit(given{"concern": "1", "words": "2 seen near the school"}), refused: "words"},
		{name: "somebody not living there has to be found", action: "check.record", fields: visit(given{"home": "not living there"}), refused: "next"},
		{name: "a condition is named once", action: "check.record", fields: visit(given{"concern": "2", "not_complied": "1,2"}), refused: "concern"},
		{name: "a condition the order does not have", action: "check.record", fields: visit(given{"complied": "7"}), refused: "complied"},
		{name: "a condition that has ended", action: "check.record", first: func(d *desk) {
			o := as[*Order](d, "R-000005")
			o.Conditions[1].Until = on(d, "2026-11-22")
			d.keep(o)
		}, fields: visit(given{"not_complied": "2"}), refused: "not_complied"},
		{name: "not later than now", action: "check.record", fields: visit(given{"at": "2026-11-24 06:00"}), refused: "at"},
		{name: "not before the order was made", action: "check.record", fields: visit(given{"at": "2026-11-19 19:00"}), refused: "at"},
		{name: "what is next is still to come", action: "check.record", fields: visit(given{"next": "Ask", "next_by": "2026-11-23"}), refused: "next_by"},
		{name: "nobody checks an order that was discharged", action: "check.record", fields: visit(given{"order": "R-4"}), refused: "order"},
		{name: "an administrator checks nobody", action: "check.record", who: "O-0008", fields: visit(nil), refused: "-", code: Denied},

		{name: "an occasion somebody recorded is no alarm", action: "check.attend", first: signOn, fields: attend(nil), then: func(d *desk) {
			o := as[*Order](d, "R-000005")
			for _, due := range Dues(o, nil, d.now) {
				if strings.Contains(due.Rule, "23 Nov 2026") {
					d.Errorf("still on the list: %+v", due)
				}
			}
			if len(o.Watch.Attended) != 1 || o.Conditions[2].Checked != on(d, "2026-11-23") {
				d.Errorf("%+v", o.Watch)
			}
		}},
		{name: "a missed one is a potential breach", action: "check.attend", first: signOn, fields: attend(given{"result": "missed", "evidence": "Station book, rang at 18:10"}), states: map[Ref]string{"B-000005": "reported"}, then: func(d *desk) {
			b, o := as[*Breach](d, "B-000005"), as[*Order](d, "R-000005")
			if !b.At.Equal(at(d, "2026-11-23 17:59:59")) || o.Watch.Attended[0].Breach != b.Ref || o.Breaches != 1 {
				d.Errorf("%+v %+v", b, o.Watch)
			}
		}},
		{name: "excused is neither", action: "check.attend", first: signOn, fields: attend(given{"result": "excused", "evidence": "In hospital, St George's confirmed"})},
		{name: "what was recorded may be put right", action: "check.attend", first: both(signOn, earlier("O-0002", "check.attend", attend(given{"result": "missed"}))), fields: attend(nil), then: func(d *desk) {
			if p := as[*Order](d, "R-000005").plan(); len(p.Attended) != 1 || p.Attended[0].Result != Attended {
				d.Errorf("%+v", p.Attended)
			}
		}},
		{name: "a day that is no occasion", action: "check.attend", first: both(signOn, func(d *desk) { d.now = at(d, "2026-11-26 09:00") }), fields: attend(given{"day": "2026-11-25"}), refused: "day"},
		{name: "a day to come", action: "check.attend", first: signOn, fields: attend(given{"day": "2026-11-26"}), refused: "day"},
		{name: "before service nothing could be missed", action: "check.attend", first: signOn, fields: attend(given{"day": "2026-11-19"}), refused: "day"},
		{name: "while there is still time it is not missed", action: "check.attend", first: both(signOn, func(d *desk) { d.now = at(d, "2026-11-26 17:00") }), fields: attend(given{"day": "2026-11-26", "result": "missed"}), refused: "day"},
		{name: "a prohibition is not attended", action: "check.attend", fields: attend(given{"condition": 1}), refused: "condition"},
		{name: "there is evidence, or it is not recorded", action: "check.attend", first: signOn, fields: attend(given{"evidence": ""}), refused: "evidence"},
		{name: "a data officer records no attendance", action: "check.attend", who: "O-0007", first: signOn, fields: attend(nil), refused: "-", code: Denied},
	}
}
