package model

func orderDeeds() []deed {
	spo := func(more given) given {
		out := given{"person": "P-2", "type": "SPO", "made": "2026-11-20", "conditions": "Not to contact the person protected\nMust attend a programme"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	return []deed{
		{name: "an SPO until further order, a condition a line", action: "order.add", fields: spo(nil), then: func(d *desk) {
			o := as[*Order](d, "R-000006")
			if len(o.Conditions) != 2 || o.Conditions[0].Requirement || !o.Conditions[1].Requirement || o.Conditions[1].No != 2 || o.Unit != "SW" || !o.ServedBy.isEmpty() {
				d.Errorf("%+v", o)
			}
		}},
		{name: "served at court, by whoever records it", action: "order.add", who: "O-0002", fields: spo(given{"served": "2026-11-20 15:00", "monitor": "O-5", "protects": "Ms A"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000006"); o.ServedBy != "O-0002" || o.Monitor != "O-0005" || o.Protected != "Ms A" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "a full SPO ends the interim one it replaces", action: "order.add", fields: spo(given{"person": "P-7", "replaces": "R-2"}), states: map[Ref]string{"R-000002": "superseded"}, then: func(d *desk) {
			if old := as[*Order](d, "R-000002"); old.Ended != on(d, "2026-11-20") {
				d.Errorf("ended %s", old.Ended)
			}
		}},
		{name: "an interim SPO may be renewed by another", action: "order.add", fields: spo(given{"person": "P-7", "type": "interim SPO", "until": "2027-01-20", "replaces": "R-2"}), states: map[Ref]string{"R-000002": "superseded"}},
		{name: "a restraining order replaces no interim SPO", action: "order.add", fields: given{"person": "P-7", "type": "RO on conviction", "made": "2026-11-20", "conditions": "Not to contact", "replaces": "R-2"}, refused: "replaces"},
		{name: "nothing replaces a full SPO", action: "order.add", fields: spo(given{"person": "P-7", "replaces": "R-5"}), refused: "replaces"},
		{name: "nor the interim SPO of somebody else", action: "order.add", fields: spo(given{"replaces": "R-2"}), refused: "replaces"},
		{name: "nor one that is not there", action: "order.add", fields: spo(given{"replaces": "R-99"}), refused: "replaces", code: NotFound},
		{name: "two years less a day is too short", action: "order.add", fields: spo(given{"until": "2028-11-18"}), refused: "until"},
		{name: "two years beginning with the day it is made", action: "order.add", fields: spo(given{"until": "2028-11-19"})},
		{name: "an interim SPO without a last day", action: "order.add", fields: spo(given{"type": "interim SPO"}), refused: "until"},
		{name: "a restraining order that requires", action: "order.add", fields: spo(given{"type": "RO on conviction"}), refused: "conditions"},
		{name: "an order of tomorrow", action: "order.add", fields: spo(given{"made": "2026-11-25"}), refused: "made"},
		{name: "served tomorrow", action: "order.add", fields: spo(given{"served": "2026-11-25 05:00"}), refused: "served"},
		{name: "served before it was made", action: "order.add", fields: spo(given{"served": "2026-11-19 15:00"}), refused: "served"},
		{name: "a day that never was", action: "order.add", fields: spo(given{"made": "2026-02-30"}), refused: "made"},
		{name: "an order against nobody", action: "order.add", fields: spo(given{"person": "P-99"}), refused: "person", code: NotFound},
		{name: "an order without conditions", action: "order.add", fields: spo(given{"conditions": " \n "}), refused: "conditions"},
		{name: "the monitoring officer is on record", action: "order.add", fields: spo(given{"monitor": "O-99"}), refused: "monitor", code: NotFound},
		{name: "and still works here", action: "order.add", fields: spo(given{"monitor": "O-9"}), refused: "monitor"},

		{name: "service starts the clocks", action: "order.serve", who: "O-0002", fields: given{"order": "R-1", "how": "In person", "where": "Wimbledon police station", "explained": "yes", "bwv": "BWV 12"}, then: func(d *desk) {
			o := as[*Order](d, "R-000001")
			if by, _, due := o.NotifyBy(&Person{}); !due || by != on(d, "2026-11-26") || o.ServedBy != "O-0002" || !o.Explained || o.ServedWhere == "" || o.ServedBWV != "BWV 12" {
				d.Errorf("%+v notify by %s", o, by)
			}
		}},
		{name: "an order is served once", action: "order.serve", fields: given{"order": "R-5", "how": "In person"}, refused: "order"},
		{name: "not in the future", action: "order.serve", fields: given{"order": "R-1", "how": "In person", "at": "2026-11-24 06:00"}, refused: "at"},
		{name: "not before it is made", action: "order.serve", fields: given{"order": "R-1", "how": "In person", "at": "2026-11-01 23:59"}, refused: "served"},
		{name: "a discharged order is not served", action: "order.serve", fields: given{"order": "R-4", "how": "In person"}, refused: "order"},
		{name: "by the officer who was there, who may have left since", action: "order.serve", fields: given{"order": "R-1", "how": "by post", "by": "O-9"}, then: func(d *desk) {
			if o := as[*Order](d, "R-000001"); o.ServedBy != "O-0009" || o.ServedHow != "by post" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "by somebody on record", action: "order.serve", fields: given{"order": "R-1", "how": "in person", "by": "O-99"}, refused: "by", code: NotFound},
		{name: "in a way the law knows", action: "order.serve", fields: given{"order": "R-1", "how": "shouted"}, refused: "how"},
		{name: "how it was served is recorded", action: "order.serve", fields: given{"order": "R-1"}, refused: "how"},

		{name: "a co-ordinator names the monitoring officer", action: "order.monitor", who: "O-0004", fields: given{"order": "R-3", "officer": "O-5"}, then: func(d *desk) {
			if o := as[*Order](d, "R-000003"); o.Monitor != "O-0005" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "who still works here", action: "order.monitor", fields: given{"order": "R-3", "officer": "O-9"}, refused: "officer"},
		{name: "and is on record", action: "order.monitor", fields: given{"order": "R-3", "officer": "O-99"}, refused: "officer", code: NotFound},
		{name: "nobody monitors a discharged order", action: "order.monitor", fields: given{"order": "R-4", "officer": "O-5"}, refused: "order"},
		{name: "a constable names nobody", action: "order.monitor", who: "O-0002", fields: given{"order": "R-3", "officer": "O-5"}, refused: "-", code: Denied},

		{name: "the subject notified in time", action: "order.notify", who: "O-0002", fields: given{"order": "R-5"}, then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); o.Notified != on(d, "2026-11-24") {
				d.Errorf("%+v", o)
			}
		}},
		{name: "on the day of service", action: "order.notify", fields: given{"order": "R-5", "day": "2026-11-23"}},
		{name: "not before service", action: "order.notify", fields: given{"order": "R-5", "day": "2026-11-22"}, refused: "day"},
		{name: "not tomorrow", action: "order.notify", fields: given{"order": "R-5", "day": "2026-11-25"}, refused: "day"},
		{name: "the duty begins with service", action: "order.notify", fields: given{"order": "R-1"}, refused: "order"},
		{name: "a restraining order carries no duty", action: "order.notify", fields: given{"order": "R-3"}, refused: "order"},
		{name: "nor does a discharged order", action: "order.notify", fields: given{"order": "R-4"}, refused: "order"},

		{name: "a court renews an order", action: "order.expiry", who: "O-0004", fields: given{"order": "R-3", "decision": "renewed", "until": "2031-11-01", "reason": "Wimbledon, on application"}, states: map[Ref]string{"R-000003": ""}},
		{name: "a renewed order has a later last day", action: "order.expiry", fields: given{"order": "R-3", "decision": "varied", "until": "2020-01-01", "reason": "Wimbledon"}, refused: "until"},
		{name: "an order lapses only once its last day has passed", action: "order.expiry", fields: given{"order": "R-3", "decision": "lapsed", "reason": "not renewed"}, refused: "decision"},
		{name: "a court discharges an order", action: "order.discharge", who: "O-0004", fields: given{"order": "R-3", "reason": "Wimbledon, s.361"}, states: map[Ref]string{"R-000003": "discharged"}},
		{name: "on a day that has passed", action: "order.discharge", fields: given{"order": "R-3", "reason": "Wimbledon", "day": "2026-11-01"}, states: map[Ref]string{"R-000003": "discharged"}},
		{name: "not before it is made", action: "order.discharge", fields: given{"order": "R-3", "reason": "Wimbledon", "day": "2025-06-01"}, refused: "day"},
		{name: "not tomorrow", action: "order.discharge", fields: given{"order": "R-3", "reason": "Wimbledon", "day": "2026-11-25"}, refused: "day"},
		{name: "not twice", action: "order.discharge", fields: given{"order": "R-4", "reason": "Wimbledon"}, refused: "order"},
		{name: "not without the court", action: "order.discharge", fields: given{"order": "R-3"}, refused: "reason"},
	}
}

func (r Ref) isEmpty() bool { return r == "" }

func breachDeeds() []deed {
	report := func(more given) given {
		out := given{"order": "R-3", "condition": 1.0, "what": "Letter through the door", "at": "2026-11-23 18:00"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	return []deed{
		{name: "an event matched to a condition is a potential breach", action: "breach.report", who: "O-0006", fields: report(nil), states: map[Ref]string{"B-000005": "reported"}, then: func(d *desk) {
			b, o := as[*Breach](d, "B-000005"), as[*Order](d, "R-000003")
			if b.Person != "P-000006" || b.Type != ROConviction || o.Breaches != 1 || b.Unit != "SW" {
				d.Errorf("%+v %+v", b, o)
			}
		}},
		{name: "the monitoring officer owns it unless another is named", action: "breach.report", fields: report(given{"order": "R-5"}), then: func(d *desk) {
			if b := as[*Breach](d, "B-000005"); b.Owner != "O-0005" {
				d.Errorf("%+v", b)
			}
		}},
		{name: "the owner is on record", action: "breach.report", fields: report(given{"owner": "O-99"}), refused: "owner", code: NotFound},
		{name: "and still works here", action: "breach.report", fields: report(given{"owner": "O-9"}), refused: "owner"},
		{name: "a condition the order does not have", action: "breach.report", fields: report(given{"condition": 3.0}), refused: "condition"},
		{name: "condition nought", action: "breach.report", fields: report(given{"condition": 0.0}), refused: "condition"},
		{name: "an event before the order was made", action: "breach.report", fields: report(given{"at": "2025-06-01 23:59"}), refused: "at"},
		{name: "an event of the day it was made", action: "breach.report", fields: report(given{"at": "2025-06-02 18:00"})},
		{name: "an event to come", action: "breach.report", fields: report(given{"at": "2026-11-24 05:01"}), refused: "at"},
		{name: "an event after the discharge", action: "breach.report", fields: report(given{"order": "R-4"}), refused: "at"},
		{name: "an event on the day of the discharge", action: "breach.report", fields: report(given{"order": "R-4", "at": "2026-03-02 09:00"})},
		{name: "an event before the discharge is still a breach", action: "breach.report", fields: report(given{"order": "R-4", "at": "2026-03-01 18:00"})},
		{name: "what happened is said", action: "breach.report", fields: report(given{"what": ""}), refused: "what"},
		{name: "of an order on record", action: "breach.report", fields: report(given{"order": "R-99"}), refused: "order", code: NotFound},

		{
			name: "substantiated, with the excuse ruled out", action: "breach.decide", who: "O-0005",
			fields: given{"breach": "B-1", "decision": "substantiated", "reason": "CCTV", "excuse": "none offered"}, states: map[Ref]string{"B-000001": "substantiated"},
		},
		{
			name: "substantiated, and wanted for it", action: "breach.decide",
			fields: given{"breach": "B-1", "decision": "s", "reason": "CCTV", "excuse": "none offered", "want": true}, refused: "decision",
		},
		{
			name: "a substantiated breach makes a wanted line", action: "breach.decide",
			fields: given{"breach": "B-1", "decision": "substantiated", "reason": "CCTV", "excuse": "none offered", "want": true},
			states: map[Ref]string{"B-000001": "substantiated", "W-000006": "not circulated"},
			then: func(d *desk) {
				if w := as[*Wanted](d, "W-000006"); w.Person != "P-000006" || w.Breach != "B-000001" || w.Offences[0] != "ro-breach" || w.LastAct != on(d, "2026-11-20") {
					d.Errorf("%+v", w)
				}
			},
		},
		{name: "not a breach", action: "breach.decide", fields: given{"breach": "B-1", "decision": "not a breach", "reason": "not him"}, states: map[Ref]string{"B-000001": "not a breach"}},
		{name: "need more, and again", action: "breach.decide", fields: given{"breach": "B-4", "decision": "need more", "reason": "await CCTV"}, states: map[Ref]string{"B-000004": "need more"}},
		{name: "the court decided", action: "breach.decide", fields: given{"breach": "B-2", "decision": "decided", "reason": "convicted"}, states: map[Ref]string{"B-000002": "decided"}},
		{name: "without reasonable excuse, or it is no offence", action: "breach.decide", fields: given{"breach": "B-1", "decision": "substantiated", "reason": "CCTV"}, refused: "excuse"},
		{name: "an SPO binds nobody it was not served on", action: "breach.decide", fields: given{"breach": "B-4", "decision": "substantiated", "reason": "CCTV", "excuse": "none"}, refused: "decision"},
		{name: "a decision has a reason", action: "breach.decide", fields: given{"breach": "B-1", "decision": "not a breach"}, refused: "reason"},
		{name: "what is not a breach stays so", action: "breach.decide", fields: given{"breach": "B-3", "decision": "substantiated", "reason": "CCTV", "excuse": "none"}, refused: "decision"},
		{name: "what is substantiated does not go back to review", action: "breach.decide", fields: given{"breach": "B-2", "decision": "under review", "reason": "x"}, refused: "decision"},
		{name: "an arrest is recorded as an arrest, not decided", action: "breach.decide", fields: given{"breach": "B-2", "decision": "arrested", "reason": "x"}, refused: "decision"},
		{name: "only a substantiated breach makes a person wanted", action: "breach.decide", fields: given{"breach": "B-1", "decision": "need more", "reason": "x", "want": "yes"}, refused: "want"},
		{name: "a breach that is not there", action: "breach.decide", fields: given{"breach": "B-99", "decision": "need more", "reason": "x"}, refused: "breach", code: NotFound},
		{name: "a constable decides no breach", action: "breach.decide", who: "O-0002", fields: given{"breach": "B-1", "decision": "need more", "reason": "x"}, refused: "-", code: Denied},
	}
}
