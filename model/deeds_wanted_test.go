package model

import "slices"

func wantedDeeds() []deed {
	return []deed{
		{
			name: "a person is wanted from now, not yet circulated", action: "wanted.mark", who: "O-0002", fields: given{"person": "P-2", "offences": "s4A,spo-breach"},
			states: map[Ref]string{"W-000006": "not circulated"},
			then: func(d *desk) {
				if w := as[*Wanted](d, "W-000006"); w.Unit != "SW" || !w.Since.Equal(d.now) || len(w.Offences) != 2 {
					d.Errorf("%+v", w)
				}
			},
		},
		{
			name: "with a PNC reference the line opens circulated", action: "wanted.mark", fields: given{"person": "P-2", "offences": "s4A", "pnc_ref": "26/1W"},
			states: map[Ref]string{"W-000006": "wanted"},
			then: func(d *desk) {
				if w := as[*Wanted](d, "W-000006"); w.Published != on(d, "2026-11-24") || w.Weed != on(d, "2029-11-24") {
					d.Errorf("%+v", w)
				}
			},
		},
		{name: "another unit may want the same person", action: "wanted.mark", fields: given{"person": "P-1", "offences": "s4A", "unit": "SE"}, states: map[Ref]string{"W-000006": "not circulated"}},
		{name: "the same unit adds to the line it has", action: "wanted.mark", fields: given{"person": "P-1", "offences": "s4A"}, refused: "person"},
		{name: "a person is wanted for an offence", action: "wanted.mark", fields: given{"person": "P-2"}, refused: "offences"},
		{name: "an offence that is not in the table", action: "wanted.mark", fields: given{"person": "P-2", "offences": "s99"}, refused: "offences"},
		{name: "nobody is wanted who is not on record", action: "wanted.mark", fields: given{"person": "P-99", "offences": "s4A"}, refused: "person", code: NotFound},
		{name: "stalking alone needs the day of the last act", action: "wanted.mark", fields: given{"person": "P-2", "offences": "s2A"}, refused: "last_act"},
		{name: "with it the line stands", action: "wanted.mark", fields: given{"person": "P-2", "offences": "s2A", "last_act": "24/11/2026"}},
		{name: "the last act is not tomorrow", action: "wanted.mark", fields: given{"person": "P-2", "offences": "s2A", "last_act": "2026-11-25"}, refused: "last_act"},
		{name: "nobody is wanted from tomorrow", action: "wanted.mark", fields: given{"person": "P-2", "offences": "s4A", "since": "2026-11-25 05:00"}, refused: "since"},
		{name: "the officer in the case is on record", action: "wanted.mark", fields: given{"person": "P-2", "offences": "s4A", "officer": "O-99"}, refused: "officer", code: NotFound},
		{name: "and still works here", action: "wanted.mark", fields: given{"person": "P-2", "offences": "s4A", "officer": "O-9"}, refused: "officer"},
		{name: "the breach is on record", action: "wanted.mark", fields: given{"person": "P-2", "offences": "s4A", "breach": "B-99"}, refused: "breach", code: NotFound},
		{name: "and is that person's", action: "wanted.mark", fields: given{"person": "P-2", "offences": "ro-breach", "breach": "B-2"}, refused: "breach"},
		{name: "a line for that person's breach", action: "wanted.mark", fields: given{"person": "P-6", "offences": "ro-breach", "breach": "B-2"}},

		{
			name: "an offence is added once", action: "wanted.edit", fields: given{"wanted": "W-1", "offences": "s4A,abh", "grade": "a", "note": "new report", "report": "CR/1"},
			then: func(d *desk) {
				if w := as[*Wanted](d, "W-000001"); !slices.Equal(w.Offences, []OffenceCode{"s4A", "abh"}) || w.Grade != "A" || w.Report != "CR/1" {
					d.Errorf("%+v", w)
				}
			},
		},
		{name: "an either-way offence lifts the six months", action: "wanted.edit", fields: given{"wanted": "W-4", "offences": "s4A"}, then: func(d *desk) {
			if by, ok := as[*Wanted](d, "W-000004").ChargeBy(); ok {
				d.Errorf("still to be charged by %s", by)
			}
		}},
		{name: "the report is extended by a new day to weed", action: "wanted.edit", fields: given{"wanted": "W-1", "weed": "2030-01-01", "officer": "O-1"}, then: func(d *desk) {
			if w := as[*Wanted](d, "W-000001"); w.Weed != on(d, "2030-01-01") || w.Officer != "O-0001" {
				d.Errorf("%+v", w)
			}
		}},
		{name: "an ended line is not edited", action: "wanted.edit", fields: given{"wanted": "W-5", "grade": "A"}, refused: "wanted"},
		{name: "the last act is not tomorrow", action: "wanted.edit", fields: given{"wanted": "W-4", "last_act": "2026-11-25"}, refused: "last_act"},
		{name: "the line is on record", action: "wanted.edit", fields: given{"wanted": "W-99"}, refused: "wanted", code: NotFound},
		{name: "the officer in the case still works here", action: "wanted.edit", fields: given{"wanted": "W-1", "officer": "O-9"}, refused: "officer"},

		{name: "a line is circulated by its ref", action: "wanted.circulate", fields: given{"wanted": "W-4", "pnc_ref": "26/2W"}, states: map[Ref]string{"W-000004": "wanted"}, then: func(d *desk) {
			if w := as[*Wanted](d, "W-000004"); w.Published != on(d, "2026-11-24") || w.Weed != on(d, "2029-11-24") || w.PNCRef != "26/2W" {
				d.Errorf("%+v", w)
			}
		}},
		{name: "or by the person, who has only one", action: "wanted.circulate", fields: given{"person": "P-4", "pnc_ref": "26/2W", "day": "2026-11-23"}, states: map[Ref]string{"W-000004": "wanted"}},
		{name: "a person with two lines: which is meant?", action: "wanted.circulate", fields: given{"person": "P-3", "pnc_ref": "26/2W"}, refused: "wanted"},
		{name: "a person who is not wanted", action: "wanted.circulate", fields: given{"person": "P-2", "pnc_ref": "26/2W"}, refused: "person"},
		{name: "a line and another person: who is meant?", action: "wanted.circulate", fields: given{"wanted": "W-4", "person": "P-2", "pnc_ref": "26/2W"}, refused: "wanted"},
		{name: "nobody is named", action: "wanted.circulate", fields: given{"pnc_ref": "26/2W"}, refused: "wanted"},
		{name: "a line is circulated once", action: "wanted.circulate", fields: given{"wanted": "W-1", "pnc_ref": "26/2W"}, refused: "wanted"},
		{name: "not from tomorrow", action: "wanted.circulate", fields: given{"wanted": "W-4", "pnc_ref": "26/2W", "day": "2026-11-25"}, refused: "day"},
		{name: "with a PNC reference", action: "wanted.circulate", fields: given{"wanted": "W-4"}, refused: "pnc_ref"},
		{name: "an ended line is not circulated", action: "wanted.circulate", fields: given{"wanted": "W-5", "pnc_ref": "26/2W"}, refused: "wanted"},

		{name: "a circulated person is located", action: "wanted.locate", fields: given{"wanted": "W-1", "where": "HMP Wandsworth"}, states: map[Ref]string{"W-000001": "located"}, then: func(d *desk) {
			if w := as[*Wanted](d, "W-000001"); w.Note != "Located 24 Nov 2026: HMP Wandsworth" {
				d.Errorf("note %q", w.Note)
			}
		}},
		{name: "one not circulated would slip away", action: "wanted.locate", fields: given{"wanted": "W-4", "where": "HMP Wandsworth"}, refused: "wanted"},
		{name: "located somewhere", action: "wanted.locate", fields: given{"wanted": "W-1"}, refused: "where"},

		{name: "a sergeant eliminates, with the reason", action: "wanted.eliminate", fields: given{"wanted": "W-1", "reason": "alibi on CCTV"}, states: map[Ref]string{"W-000001": "eliminated"}, then: func(d *desk) {
			if w := as[*Wanted](d, "W-000001"); w.Supervisor != "O-0001" || w.EndReason != "alibi on CCTV" || !w.Ended.Equal(d.now) {
				d.Errorf("%+v", w)
			}
		}},
		{name: "an officer proposes to eliminate, and the line stays", action: "wanted.propose", who: "O-0002", fields: given{"wanted": "W-1", "reason": "alibi on CCTV"}, then: func(d *desk) {
			if p := as[*Wanted](d, "W-000001").Proposed; p == nil || p.By != "O-0002" || !as[*Wanted](d, "W-000001").State.Live() {
				d.Errorf("it is proposed as %+v", p)
			}
		}},
		{name: "a proposal has a reason", action: "wanted.propose", who: "O-0002", fields: given{"wanted": "W-1"}, refused: "reason"},
		{name: "nobody who only looks proposes", action: "wanted.propose", who: "O-0085", first: strangers, fields: given{"wanted": "W-1", "reason": "x"}, refused: "-", code: Denied},
		{name: "another's proposal waits for its supervisor", action: "wanted.propose", fields: given{"wanted": "W-1", "reason": "x"}, refused: "wanted", first: func(d *desk) { d.must("O-0002", "wanted.propose", given{"wanted": "W-1", "reason": "alibi"}) }},
		{name: "a supervisor eliminates what an officer proposed", action: "wanted.eliminate", fields: given{"wanted": "W-1", "reason": "alibi on CCTV"}, states: map[Ref]string{"W-000001": "eliminated"}, first: func(d *desk) { d.must("O-0002", "wanted.propose", given{"wanted": "W-1", "reason": "alibi"}) }},
		{name: "not the supervisor who proposed it", action: "wanted.eliminate", fields: given{"wanted": "W-1", "reason": "alibi on CCTV"}, refused: "wanted", code: Denied, first: func(d *desk) { d.must("O-0001", "wanted.propose", given{"wanted": "W-1", "reason": "alibi"}) }},
		{name: "elimination has a reason", action: "wanted.eliminate", fields: given{"wanted": "W-1"}, refused: "reason"},
		{name: "a constable does not eliminate", action: "wanted.eliminate", who: "O-0002", fields: given{"wanted": "W-1", "reason": "x"}, refused: "-", code: Denied},
		{name: "an ended line is not ended again", action: "wanted.eliminate", fields: given{"wanted": "W-5", "reason": "x"}, refused: "wanted"},
		{name: "the line of another person is not eliminated by mistake", action: "wanted.eliminate", fields: given{"wanted": "W-1", "person": "P-4", "reason": "x"}, refused: "wanted"},

		{name: "the lead withdraws", action: "wanted.withdraw", who: "O-0003", fields: given{"wanted": "W-1", "reason": "report retracted"}, states: map[Ref]string{"W-000001": "withdrawn"}},
		{name: "or records a death", action: "wanted.withdraw", who: "O-0003", fields: given{"person": "P-1", "as": "died", "reason": "coroner"}, states: map[Ref]string{"W-000001": "died"}},
		{name: "a withdrawal has a reason", action: "wanted.withdraw", fields: given{"wanted": "W-1"}, refused: "reason"},
		{name: "a line is not withdrawn as arrested", action: "wanted.withdraw", fields: given{"wanted": "W-1", "as": "arrested", "reason": "x"}, refused: "as"},
	}
}

func attemptDeeds() []deed {
	counted := func(line Ref, n int) func(*desk) {
		return func(d *desk) {
			if w := as[*Wanted](d, line); w.Attempts != n {
				d.Errorf("%s counts %d attempts, want %d", line, w.Attempts, n)
			}
		}
	}
	return []deed{
		{name: "an attempt counts on the line and on the target", action: "attempt.record", who: "O-0002", fields: given{"person": "P-1", "outcome": "no-reply", "address": "9 Rose Way"}, then: func(d *desk) {
			w, g, a := as[*Wanted](d, "W-000001"), as[*Target](d, "OP-0001/001"), as[*Attempt](d, "A-000001")
			if w.Attempts != 1 || g.Attempts != 1 || !w.LastAttempt.Equal(d.now) || w.LastOutcome != NoReply || a.Wanted != w.Ref || a.Target != g.Ref || a.By != "O-0002" {
				d.Errorf("%+v %+v %+v", w, g, a)
			}
		}},
		{name: "by the line, with others, at a time that has passed", action: "attempt.record", fields: given{"wanted": "W-4", "outcome": "made-off", "with": "O-2, O-3", "at": "2026-11-23 22:15"}, then: counted("W-000004", 1)},
		{name: "by the target", action: "attempt.record", fields: given{"target": "op-1/1", "outcome": "moved"}, then: counted("W-000001", 1)},
		{name: "an attempt has an outcome", action: "attempt.record", fields: given{"person": "P-1"}, refused: "outcome"},
		{name: "an arrest has its own action", action: "attempt.record", fields: given{"person": "P-1", "outcome": "arrested"}, refused: "outcome"},
		{name: "an outcome nobody knows", action: "attempt.record", fields: given{"person": "P-1", "outcome": "vanished"}, refused: "outcome"},
		{name: "not in the future", action: "attempt.record", fields: given{"person": "P-1", "outcome": "moved", "at": "2026-11-24 05:01"}, refused: "at"},
		{name: "a person who is not wanted", action: "attempt.record", fields: given{"person": "P-2", "outcome": "moved"}, refused: "person"},
		{name: "a person with two lines: which is meant?", action: "attempt.record", fields: given{"person": "P-3", "outcome": "moved"}, refused: "wanted"},
		{name: "a line of one person and the name of another", action: "attempt.record", fields: given{"wanted": "W-1", "person": "P-4", "outcome": "moved"}, refused: "wanted"},
		{name: "a target of one person and the line of another", action: "attempt.record", fields: given{"wanted": "W-4", "target": "OP-1/1", "outcome": "moved"}, refused: "wanted"},
		{name: "a target of one person and the name of another", action: "attempt.record", fields: given{"person": "P-4", "target": "OP-1/1", "outcome": "moved"}, refused: "target"},
		{name: "an ended line", action: "attempt.record", fields: given{"wanted": "W-5", "outcome": "moved"}, refused: "wanted"},
		{name: "nobody is named", action: "attempt.record", fields: given{"outcome": "moved"}, refused: "person"},
		{name: "who attended is on record", action: "attempt.record", fields: given{"person": "P-1", "outcome": "moved", "with": "O-99"}, refused: "with", code: NotFound},
		{name: "a target that is not there", action: "attempt.record", fields: given{"target": "OP-1/9", "outcome": "moved"}, refused: "target", code: NotFound},
	}
}

func arrestDeeds() []deed {
	custody := given{"arrest": "K-1", "status": "in custody"}
	with := func(more given) given {
		out := given{"arrest": "K-1"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	return []deed{
		{
			name: "an arrest ends the line, takes the target off the list and counts as an attempt", action: "arrest.record", who: "O-0002",
			fields: given{"person": "P-1", "place": "9 Rose Way"},
			states: map[Ref]string{"W-000001": "arrested", "OP-0001/001": "arrested", "K-000004": "arrested"},
			then: func(d *desk) {
				w, k, a := as[*Wanted](d, "W-000001"), as[*Arrest](d, "K-000004"), as[*Attempt](d, "A-000001")
				if w.Arrest != k.Ref || w.Attempts != 1 || a.Outcome != GotArrested || !slices.Equal(k.Offences, w.Offences) || k.By != "O-0002" || len(k.Steps) != 1 {
					d.Errorf("%+v %+v %+v", w, k, a)
				}
			},
		},
		{name: "a person who is not wanted is arrested for an offence", action: "arrest.record", fields: given{"person": "P-2", "offences": "s4A"}, states: map[Ref]string{"K-000004": "arrested"}},
		{name: "and not for none", action: "arrest.record", fields: given{"person": "P-2"}, refused: "offences"},
		{name: "an arrest does not rewrite how a target left the list", action: "arrest.record", fields: given{"target": "OP-1/2", "offences": "s4A"}, states: map[Ref]string{"OP-0001/002": "eliminated", "K-000004": "arrested"}},
		{name: "nobody is arrested twice at once", action: "arrest.record", fields: given{"person": "P-5", "offences": "s4A"}, refused: "person"},
		{name: "somebody on bail may be arrested again", action: "arrest.record", fields: given{"person": "P-7", "offences": "s4A"}, states: map[Ref]string{"K-000004": "arrested", "K-000002": "bailed"}},
		{name: "not in the future", action: "arrest.record", fields: given{"person": "P-1", "at": "2026-11-24 05:01"}, refused: "at"},
		{name: "a person with two lines: which is meant?", action: "arrest.record", fields: given{"person": "P-3"}, refused: "wanted"},
		{name: "an ended line", action: "arrest.record", fields: given{"wanted": "W-5"}, refused: "wanted"},
		{name: "nobody is named", action: "arrest.record", fields: given{"place": "9 Rose Way"}, refused: "person"},
		{name: "nobody who is on record", action: "arrest.record", fields: given{"person": "P-99", "offences": "s4A"}, refused: "person", code: NotFound},
		{name: "a target of one person and the name of another", action: "arrest.record", fields: given{"person": "P-4", "target": "OP-1/1"}, refused: "target"},

		{name: "bail with a day to return", action: "arrest.status", fields: with(given{"status": "bailed", "bail_to": "2026-12-20"}), states: map[Ref]string{"K-000001": "bailed"}},
		{name: "by the person under arrest", action: "arrest.status", fields: given{"person": "P-5", "status": "RUI"}, states: map[Ref]string{"K-000001": "RUI"}},
		{name: "charged, on the word of the CPS", action: "arrest.status", fields: with(given{"status": "charged", "outcome": "1", "cps": "CPS 01/26"}), states: map[Ref]string{"K-000001": "charged"}},
		{name: "no further action, outcome 16", action: "arrest.status", fields: with(given{"status": "no further action", "outcome": 16.0}), states: map[Ref]string{"K-000001": "NFA"}},
		{name: "bail without a day", action: "arrest.status", fields: with(given{"status": "bailed"}), refused: "bail_to"},
		{name: "bail to a day that has passed", action: "arrest.status", fields: given{"arrest": "K-2", "status": "bailed", "bail_to": "2026-11-23"}, refused: "bail_to"},
		{name: "charged without the CPS", action: "arrest.status", fields: with(given{"status": "charged", "outcome": "1"}), refused: "cps"},
		{name: "charged with another outcome", action: "arrest.status", fields: with(given{"status": "charged", "outcome": "15", "cps": "x"}), refused: "outcome"},
		{name: "no further action without an outcome", action: "arrest.status", fields: with(given{"status": "NFA"}), refused: "outcome"},
		{name: "de-arrest is for the street, not for custody", action: "arrest.status", fields: with(given{"status": "de-arrested"}), refused: "status"},
		{name: "a disposal is not disposed of again", action: "arrest.status", fields: given{"arrest": "K-3", "status": "NFA", "outcome": "15"}, refused: "status"},
		{name: "a status nobody knows", action: "arrest.status", fields: with(given{"status": "loose"}), refused: "status"},
		{name: "a status is needed", action: "arrest.status", fields: with(nil), refused: "status"},
		{name: "not in the future", action: "arrest.status", fields: with(given{"status": "RUI", "at": "2026-11-24 06:00"}), refused: "at"},
		{name: "not before the arrest", action: "arrest.status", fields: with(given{"status": "RUI", "at": "2026-11-24 01:59"}), refused: "at"},
		{name: "not before the step before it", action: "arrest.status", fields: with(given{"status": "RUI", "at": "2026-11-24 02:30"}), refused: "at"},
		{name: "arrival is not before the arrest", action: "arrest.status", fields: given{"arrest": "K-2", "status": "in custody", "arrived": "2026-11-24 01:00"}, refused: "arrived"},
		{name: "detention is not authorised in the future", action: "arrest.status", fields: given{"arrest": "K-2", "status": "in custody", "authorised": "2026-11-24 05:01"}, refused: "authorised"},
		{name: "nobody is named", action: "arrest.status", fields: given{"status": "RUI"}, refused: "arrest"},
		{name: "a person with no arrest that waits", action: "arrest.status", fields: given{"person": "P-2", "status": "RUI"}, refused: "person"},
		{name: "an arrest that is not there", action: "arrest.status", fields: given{"arrest": "K-99", "status": "RUI"}, refused: "arrest", code: NotFound},
		{name: "an arrest of one person and the name of another", action: "arrest.status", fields: given{"arrest": "K-1", "person": "P-7", "status": "RUI"}, refused: "arrest"},
		{name: "what was typed of the time authorised can be added in custody", action: "arrest.status", fields: custody, states: map[Ref]string{"K-000001": "in custody"}},
	}
}
