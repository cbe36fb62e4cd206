package model

import "strings"

// orderLifeDeeds are what happens to an order after it is made.
func orderLifeDeeds() []deed {
	add := func(kind, made string, more given) given {
		out := given{"person": "P-2", "type": kind, "made": made, "conditions": "Not to contact the person protected"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	origin := func(want OrderOrigin) func(*desk) {
		return func(d *desk) {
			if o := as[*Order](d, "R-000006"); o.Origin != want {
				d.Errorf("it came by %q, want %q", o.Origin, want)
			}
		}
	}
	expiry := func(decision string, more given) given {
		out := given{"order": "R-2", "decision": decision, "reason": "reviewed with the co-ordinator"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	logged := func(ref Ref, want DecisionWhat, condition int) func(*desk) {
		return func(d *desk) {
			o := as[*Order](d, ref)
			if n := len(o.Log); n == 0 || o.Log[n-1].What != want || o.Log[n-1].Condition != condition || o.Log[n-1].By == "" || o.Log[n-1].Day.IsZero() {
				d.Errorf("the log says %+v", o.Log)
			}
		}
	}
	lapsedOrder := func(d *desk) {
		o := as[*Order](d, "R-000002")
		o.Until = on(d, "2026-11-20")
	}
	served := func(when string) func(*desk) {
		return func(d *desk) { as[*Order](d, "R-000005").Served = at(d, when) }
	}
	return []deed{
		{name: "an SPO comes by a police application unless somebody says otherwise", action: "order.add", fields: add("SPO", "2026-11-20", given{"risk": "high", "locality": "England"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000006"); o.Origin != FromApplication || o.Risk != RiskHigh || o.Locality != "England" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "a court makes an SPO on conviction, with no applicant", action: "order.add", fields: add("SPO", "2026-11-20", given{"origin": "conviction"}), then: origin(FromConviction)},
		{name: "which no court could before the Act of 2026 was passed", action: "order.add", fields: add("SPO", "2026-04-28", given{"origin": "conviction"}), refused: "origin"},
		{name: "and whether it could on the day it was passed is for an officer to check", action: "order.add", fields: add("SPO", "2026-04-29", given{"origin": "acquittal"}), then: origin(FromAcquittal)},
		{name: "an interim SPO comes by an application only", action: "order.add", fields: add("interim SPO", "2026-11-20", given{"until": "2026-12-20", "origin": "acquittal"}), refused: "origin"},
		{name: "a restraining order on conviction comes by a conviction", action: "order.add", fields: add("RO on conviction", "2026-11-20", nil), then: origin(FromConviction)},
		{name: "and on acquittal by an acquittal", action: "order.add", fields: add("RO on acquittal", "2026-11-20", nil), then: origin(FromAcquittal)},
		{name: "never by a police application", action: "order.add", fields: add("RO on acquittal", "2026-11-20", given{"origin": "police application"}), refused: "origin"},
		{name: "a DAPO may require", action: "order.add", fields: add("DAPO", "2026-11-20", given{"conditions": "Must attend a programme"})},
		{name: "no DAPO was made before the pilot", action: "order.add", fields: add("DAPO", "2024-10-31", nil), refused: "made"},
		{name: "a non-molestation order only prohibits", action: "order.add", fields: add("NMO", "2026-11-20", given{"conditions": "Must attend a programme"}), refused: "conditions"},
		{name: "it comes from a family court", action: "order.add", fields: add("NMO", "2026-11-20", nil), then: origin(FromOtherCourt)},
		{name: "bail conditions may require", action: "order.add", fields: add("bail conditions", "2026-11-20", given{"conditions": "Must sign on", "until": "2027-01-20"}), then: origin("")},
		{name: "what was notified under the interim order stands under the full one", action: "order.add", fields: add("SPO", "2026-11-20", given{"person": "P-7", "replaces": "R-2"}), first: func(d *desk) {
			as[*Order](d, "R-000002").Notified = on(d, "2026-10-31")
		}, then: func(d *desk) {
			if o := as[*Order](d, "R-000006"); o.Notified != on(d, "2026-10-31") {
				d.Errorf("%+v", o)
			}
		}},
		{name: "what was not is due from service of the interim order, not anew", action: "order.add", fields: add("SPO", "2026-11-20", given{"person": "P-7", "replaces": "R-2", "served": "2026-11-20 15:00"}), then: func(d *desk) {
			if by, _, due := as[*Order](d, "R-000006").NotifyBy(&Person{}); !due || by != on(d, "2026-11-01") {
				d.Errorf("due %v by %s", due, by)
			}
		}},
		{name: "an interim order never served began no duty, so the full one does", action: "order.add", fields: add("SPO", "2026-11-20", given{"person": "P-7", "replaces": "R-2", "served": "2026-11-20 15:00"}), first: func(d *desk) {
			as[*Order](d, "R-000002").Served = at(d, "")
		}, then: func(d *desk) {
			if by, _, due := as[*Order](d, "R-000006").NotifyBy(&Person{}); !due || by != on(d, "2026-11-22") {
				d.Errorf("due %v by %s", due, by)
			}
		}},
		{name: "a change nobody notified is still to be notified under the full order", action: "order.add", fields: add("SPO", "2026-11-20", given{"person": "P-7", "replaces": "R-2"}), first: func(d *desk) {
			as[*Order](d, "R-000002").Changes = []Notifiable{{What: NewHome, Text: "1 New St", Day: on(d, "2026-11-10"), Found: "visit"}}
		}, then: func(d *desk) {
			o := as[*Order](d, "R-000006")
			if by, _, due := o.ChangeBy(o.Changes[0], &Person{}); !due || by != on(d, "2026-11-12") {
				d.Errorf("due %v by %s", due, by)
			}
		}},

		{name: "a corrected service moves the clock", action: "order.serve-correct", who: "O-0004", fields: given{"order": "R-5", "at": "2026-11-22 10:00", "reason": "the body-worn video says the day before"}, then: func(d *desk) {
			if by, _, due := as[*Order](d, "R-000005").NotifyBy(&Person{}); !due || by != on(d, "2026-11-24") {
				d.Errorf("due %v by %s", due, by)
			}
			logged("R-000005", ServiceCorrect, 0)(d)
		}},
		{name: "a notification from before the corrected service is set aside, and its clock runs again", action: "order.serve-correct", fields: given{"order": "R-5", "at": "2026-11-24 01:00", "reason": "misread"}, first: func(d *desk) {
			as[*Order](d, "R-000005").Notified = on(d, "2026-11-23")
		}, then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); !o.Notified.IsZero() {
				d.Errorf("%+v", o)
			}
			logged("R-000005", NotifiedDropped, 0)(d)
		}},
		{name: "one from after it stands", action: "order.serve-correct", fields: given{"order": "R-5", "at": "2026-11-23 09:00", "reason": "misread"}, first: func(d *desk) {
			as[*Order](d, "R-000005").Notified = on(d, "2026-11-23")
		}, then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); o.Notified.IsZero() {
				d.Errorf("%+v", o)
			}
		}},
		{name: "how and where may be put right too", action: "order.serve-correct", fields: given{"order": "R-5", "how": "by post", "where": "home", "explained": "yes", "bwv": "none", "by": "O-2", "reason": "misread"}, then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); o.ServedHow != "by post" || o.ServedWhere != "home" || !o.Explained || o.ServedBy != "O-0002" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "what was not served is not corrected", action: "order.serve-correct", fields: given{"order": "R-1", "reason": "x"}, refused: "order"},
		{name: "not to a moment to come", action: "order.serve-correct", fields: given{"order": "R-5", "at": "2026-11-25 09:00", "reason": "x"}, refused: "at"},
		{name: "not to before it was made", action: "order.serve-correct", fields: given{"order": "R-5", "at": "2026-11-19 09:00", "reason": "x"}, refused: "served"},
		{name: "not without a reason", action: "order.serve-correct", fields: given{"order": "R-5", "at": "2026-11-23 09:00"}, refused: "reason"},
		{name: "nor by somebody who is not there", action: "order.serve-correct", fields: given{"order": "R-5", "by": "O-99", "reason": "x"}, refused: "by", code: NotFound},
		{name: "a constable corrects no service", action: "order.serve-correct", who: "O-0002", fields: given{"order": "R-5", "reason": "x"}, refused: "-", code: Denied},
		{name: "nobody is served once the last day has passed", action: "order.serve", fields: given{"order": "R-2", "how": "in person"}, first: func(d *desk) {
			lapsedOrder(d)
			as[*Order](d, "R-000002").Served = at(d, "")
		}, refused: "at"},

		{name: "a notification is acknowledged in writing, at a station", action: "order.notify", fields: given{"order": "R-5", "where": "Wimbledon", "ack": "yes", "verified": "yes"}, then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); !o.NotifiedAck || !o.Verified || o.NotifiedWhere != "Wimbledon" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "a new home starts a clock, and is on the person's record too", action: "order.change", who: "O-0002", fields: given{"order": "R-5", "what": "home address", "text": "9 Moved Road", "day": "2026-11-23", "found": "a visit"}, then: func(d *desk) {
			o, p := as[*Order](d, "R-000005"), as[*Person](d, "P-000007")
			by, _, due := o.ChangeBy(o.Changes[0], p)
			if !due || by != on(d, "2026-11-25") || len(p.Addresses) != 1 || !strings.Contains(p.Addresses[0].Source, "R-000005") {
				d.Errorf("due %v by %s: %+v", due, by, p.Addresses)
			}
		}},
		{name: "a new name, notified at once", action: "order.change", fields: given{"order": "R-5", "what": "name", "text": "Sean Quill", "day": "2026-11-23", "notified": "2026-11-24"}, then: func(d *desk) {
			if p := as[*Person](d, "P-000007"); len(p.Aliases) != 1 || p.Aliases[0].Name != "Sean Quill" {
				d.Errorf("%+v", p.Aliases)
			}
		}},
		{name: "a change of tomorrow is not recorded", action: "order.change", fields: given{"order": "R-5", "what": "name", "text": "Sean Quill", "day": "2026-11-25", "found": "x"}, refused: "day"},
		{name: "it was told, or it was found", action: "order.change", fields: given{"order": "R-5", "what": "name", "text": "Sean Quill", "day": "2026-11-23"}, refused: "found"},
		{name: "not told in the future", action: "order.change", fields: given{"order": "R-5", "what": "name", "text": "Sean Quill", "day": "2026-11-23", "notified": "2026-11-25"}, refused: "notified"},
		{name: "the same change is recorded once", action: "order.change", fields: given{"order": "R-5", "what": "name", "text": "sean quill", "day": "2026-11-23", "found": "x"}, first: func(d *desk) {
			d.must("O-0001", "order.change", given{"order": "R-5", "what": "name", "text": "Sean Quill", "day": "2026-11-23", "found": "x"})
		}, refused: "text"},
		{name: "a restraining order has nothing notified", action: "order.change", fields: given{"order": "R-3", "what": "name", "text": "X Y", "day": "2026-11-23", "found": "x"}, refused: "order"},
		{name: "the data officer records no change", action: "order.change", who: "O-0007", fields: given{"order": "R-5", "what": "name", "text": "X Y", "day": "2026-11-23", "found": "x"}, refused: "-", code: Denied},
		{name: "the change was notified in the end", action: "order.change-notified", who: "O-0002", fields: given{"order": "R-5"}, first: func(d *desk) {
			d.must("O-0001", "order.change", given{"order": "R-5", "what": "name", "text": "Sean Quill", "day": "2026-11-23", "found": "x"})
		}, then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); o.Changes[0].Notified != on(d, "2026-11-24") {
				d.Errorf("%+v", o.Changes)
			}
		}},
		{name: "once", action: "order.change-notified", fields: given{"order": "R-5", "change": 1.0}, first: func(d *desk) {
			d.must("O-0001", "order.change", given{"order": "R-5", "what": "name", "text": "Sean Quill", "day": "2026-11-23", "notified": "2026-11-24"})
		}, refused: "change"},
		{name: "and there was one", action: "order.change-notified", fields: given{"order": "R-5"}, refused: "change"},
		{name: "S-TAC records no notification", action: "order.change-notified", who: "O-0006", fields: given{"order": "R-5"}, refused: "-", code: Denied},

		{name: "the unit applies to renew", action: "order.expiry", who: "O-0005", fields: expiry("apply to renew", nil), then: logged("R-000002", ToRenew, 0)},
		{name: "what runs until further order is not renewed", action: "order.expiry", fields: expiry("apply to renew", given{"order": "R-3"}), refused: "decision"},
		{name: "it may be varied", action: "order.expiry", fields: expiry("apply to vary", given{"order": "R-3"}), then: logged("R-000003", ToVary, 0)},
		{name: "what has ended is not renewed", action: "order.expiry", fields: expiry("apply to renew", nil), first: lapsedOrder, refused: "decision"},
		{name: "a decision to let it lapse ends nothing before its last day", action: "order.expiry", fields: expiry("lapsed", nil), states: map[Ref]string{"R-000002": ""}, then: logged("R-000002", ToLapse, 0)},
		{name: "after it the order is over", action: "order.expiry", fields: expiry("lapsed", nil), first: lapsedOrder, states: map[Ref]string{"R-000002": "lapsed"}},
		{name: "a refusal answers an application", action: "order.expiry", fields: expiry("refused", nil), first: func(d *desk) {
			d.must("O-0001", "order.expiry", expiry("apply to renew", nil))
		}, then: logged("R-000002", WasRefused, 0)},
		{name: "and there was one to refuse", action: "order.expiry", fields: expiry("refused", nil), refused: "decision"},
		{name: "a condition has an end of its own", action: "order.expiry", fields: expiry("renewed", given{"condition": 2.0, "until": "2026-12-18"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000002"); o.Conditions[1].Until != on(d, "2026-12-18") || o.Until != on(d, "2026-12-18") {
				d.Errorf("%+v", o)
			}
		}},
		{name: "and does not outlive its order", action: "order.expiry", fields: expiry("renewed", given{"condition": 2.0, "until": "2026-12-19"}), refused: "until"},
		{name: "a condition without one has nothing to lapse on", action: "order.expiry", fields: expiry("lapsed", given{"condition": 1.0}), refused: "decision"},
		{name: "a condition that is not there", action: "order.expiry", fields: expiry("lapsed", given{"condition": 9.0}), refused: "condition"},
		{name: "a court may take the last day away", action: "order.expiry", fields: expiry("renewed", given{"order": "R-1", "open": "yes"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000001"); !o.Until.IsZero() {
				d.Errorf("%+v", o)
			}
		}},
		{name: "but not an interim SPO's", action: "order.expiry", fields: expiry("renewed", given{"open": "yes"}), refused: "until"},
		{name: "nor give one and take it away", action: "order.expiry", fields: expiry("renewed", given{"open": "yes", "until": "2027-03-01"}), refused: "open"},

		{name: "a variation changes the words and keeps the old ones for earlier events", action: "order.vary", who: "O-0004", fields: given{"order": "R-5", "condition": 1.0, "text": "Must not contact or follow her", "reason": "Wimbledon, s.4"}, then: func(d *desk) {
			o := as[*Order](d, "R-000005")
			if o.Conditions[0].Text != "Must not contact or follow her" || o.Log[0].Before != "Not to contact the person protected" || o.Conditions[0].Requirement {
				d.Errorf("%+v", o)
			}
		}},
		{name: "or the last day of the order", action: "order.vary", fields: given{"order": "R-5", "until": "2028-12-01", "reason": "Wimbledon, s.4"}, then: func(d *desk) {
			if o := as[*Order](d, "R-000005"); o.Until != on(d, "2028-12-01") {
				d.Errorf("%+v", o)
			}
		}},
		{name: "never to less than two years of a full SPO", action: "order.vary", fields: given{"order": "R-5", "until": "2028-11-18", "reason": "Wimbledon, s.4"}, refused: "until"},
		{name: "something changed", action: "order.vary", fields: given{"order": "R-5", "condition": 1.0, "reason": "x"}, refused: "text"},
		{name: "words are of a condition", action: "order.vary", fields: given{"order": "R-5", "text": "x y", "reason": "x"}, refused: "condition"},
		{name: "one that is there", action: "order.vary", fields: given{"order": "R-5", "condition": 9.0, "text": "x y", "reason": "x"}, refused: "condition"},
		{name: "a restraining order is not varied to require", action: "order.vary", fields: given{"order": "R-3", "condition": 1.0, "text": "Must attend", "reason": "x"}, refused: "conditions"},
		{name: "not before it was made", action: "order.vary", fields: given{"order": "R-5", "condition": 1.0, "text": "x y", "day": "2026-11-19", "reason": "x"}, refused: "day"},
		{name: "a constable records no variation", action: "order.vary", who: "O-0002", fields: given{"order": "R-5", "condition": 1.0, "text": "x y", "reason": "x"}, refused: "-", code: Denied},

		{name: "an appeal is noted", action: "order.appeal", who: "O-0004", fields: given{"order": "R-5", "reason": "the subject, to the Crown Court at Kingston"}, then: logged("R-000005", AppealNoted, 0)},
		{name: "not one of tomorrow", action: "order.appeal", fields: given{"order": "R-5", "reason": "x", "day": "2026-11-25"}, refused: "day"},
		{name: "a constable notes no appeal", action: "order.appeal", who: "O-0002", fields: given{"order": "R-5", "reason": "x"}, refused: "-", code: Denied},
		{name: "an interim order dies with the refusal of the main application", action: "order.determined", who: "O-0004", fields: given{"order": "R-2", "outcome": "refused", "reason": "Wimbledon"}, states: map[Ref]string{"R-000002": "main application determined"}},
		{name: "or with its withdrawal", action: "order.determined", fields: given{"order": "R-2", "outcome": "withdrawn", "day": "2026-11-20", "reason": "on advice"}, states: map[Ref]string{"R-000002": "main application determined"}},
		{name: "a full one does not", action: "order.determined", fields: given{"order": "R-5", "outcome": "refused", "reason": "Wimbledon"}, refused: "order"},
		{name: "on a day that has come", action: "order.determined", fields: given{"order": "R-2", "outcome": "refused", "reason": "Wimbledon", "day": "2026-11-25"}, refused: "day"},
		{name: "a constable ends no interim order", action: "order.determined", who: "O-0002", fields: given{"order": "R-2", "outcome": "refused", "reason": "x"}, refused: "-", code: Denied},
		{name: "no SPO is discharged inside two years without both consents", action: "order.discharge", fields: given{"order": "R-5", "reason": "Wimbledon"}, refused: "consent"},
		{name: "with them it may be", action: "order.discharge", fields: given{"order": "R-5", "reason": "Wimbledon", "consent": "yes"}, states: map[Ref]string{"R-000005": "discharged"}},
		{name: "on the last day of the two years it still takes both", action: "order.discharge", fields: given{"order": "R-5", "reason": "Wimbledon"}, first: func(d *desk) {
			as[*Order](d, "R-000005").Made = on(d, "2024-11-25")
		}, refused: "consent"},
		{name: "the day after it does not", action: "order.discharge", fields: given{"order": "R-5", "reason": "Wimbledon"}, first: func(d *desk) {
			as[*Order](d, "R-000005").Made = on(d, "2024-11-24")
		}, states: map[Ref]string{"R-000005": "discharged"}},
		{name: "an officer whose access ends at once leaves their orders to nobody, and each says so", action: "officer.leave", who: "O-0008", fields: given{"officer": "O-5", "reason": "dismissed", "at_once": "yes"}, first: served("2026-11-23 10:00"), then: func(d *desk) {
			for _, ref := range []Ref{"R-000001", "R-000002", "R-000005"} {
				if o := as[*Order](d, ref); o.Monitor != "" || o.Log[len(o.Log)-1].What != WatcherLeft {
					d.Errorf("%+v", o)
				}
			}
			if o := as[*Order](d, "R-000004"); o.Monitor != "O-0005" {
				d.Errorf("a discharged order keeps who watched it: %+v", o)
			}
		}},
	}
}

func conditionDeeds() []deed {
	set := func(more given) given {
		out := given{"order": "R-5", "condition": 2.0}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	matcher := func(check func(Matcher) bool) func(*desk) {
		return func(d *desk) {
			if c := as[*Order](d, "R-000005").Conditions[1]; !check(c.Match) {
				d.Errorf("%+v", c)
			}
		}
	}
	dapo := func(d *desk) {
		d.must("O-0001", "order.add", given{"person": "P-2", "type": "DAPO", "made": "2026-11-20", "conditions": "Not to contact her\nMust wear a tag"})
	}
	return []deed{
		{name: "a court adds a condition when it varies the order", action: "condition.add", who: "O-0004", fields: given{"order": "R-5", "text": "Must sign on", "court": "Wimbledon", "until": "2027-05-20", "reason": "drift"}, then: func(d *desk) {
			o := as[*Order](d, "R-000005")
			if c := o.Conditions[2]; c.No != 3 || !c.Requirement || c.Until != on(d, "2027-05-20") || o.Log[0].What != ConditionAdded || o.Log[0].Reason != "Wimbledon: drift" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "and nobody else does", action: "condition.add", fields: given{"order": "R-5", "text": "Must sign on"}, refused: "court"},
		{name: "none that requires to a restraining order", action: "condition.add", fields: given{"order": "R-3", "text": "Must sign on", "court": "Wimbledon"}, refused: "conditions"},
		{name: "none that outlives the order", action: "condition.add", fields: given{"order": "R-2", "text": "Not to post", "court": "Wimbledon", "until": "2026-12-19"}, refused: "until"},
		{name: "none that ended before it began", action: "condition.add", fields: given{"order": "R-5", "text": "Not to post", "court": "Wimbledon", "until": "2026-11-23"}, refused: "until"},
		{name: "none to a discharged order", action: "condition.add", fields: given{"order": "R-4", "text": "Not to post", "court": "Wimbledon"}, refused: "order"},
		{name: "a constable adds none", action: "condition.add", who: "O-0002", fields: given{"order": "R-5", "text": "Not to post", "court": "Wimbledon"}, refused: "-", code: Denied},

		{name: "a circle round a point", action: "condition.set", who: "O-0005", fields: set(given{"type": "place", "circle": "51.5136,-0.1365 250m", "where": "Soho Square W1D 3QD", "method": "ANPR and visits"}), then: matcher(func(m Matcher) bool {
			return m.Circle == Circle{Centre: Point{Lat: 51.5136, Lon: -0.1365}, Metres: 250} && m.Place != ""
		})},
		{name: "numbers are folded, and said once", action: "condition.set", fields: set(given{"numbers": "+44 (0)7700 900123\n07700 900123, @Rosalind"}), then: matcher(func(m Matcher) bool {
			return len(m.Numbers) == 2 && m.Numbers[0] == "07700900123" && m.Numbers[1] == "rosalind"
		})},
		{name: "people, boroughs, hours and a schedule", action: "condition.set", fields: set(given{"people": "P-6", "boroughs": "camden, Kensington and Chelsea", "hours": "20:00-07:00", "schedule": "Mon,Thu by 18:00"}), then: matcher(func(m Matcher) bool {
			return len(m.People) == 1 && m.Boroughs[0] == "Camden" && m.Boroughs[1] == "Kensington & Chelsea" && m.Hours.From == 1200 && len(m.Schedule.Weekdays) == 2
		})},
		{name: "what is left empty stays", action: "condition.set", fields: set(given{"hours": "20:00-07:00"}), first: func(d *desk) {
			d.must("O-0001", "condition.set", set(given{"circle": "51.5136,-0.1365 250m"}))
		}, then: matcher(func(m Matcher) bool { return m.Circle.Metres == 250 && m.Hours.From == 1200 })},
		{name: "unless it starts afresh", action: "condition.set", fields: set(given{"hours": "20:00-07:00", "clear": "yes"}), first: func(d *desk) {
			d.must("O-0001", "condition.set", set(given{"circle": "51.5136,-0.1365 250m"}))
		}, then: matcher(func(m Matcher) bool { return m.Circle.IsZero() && m.Hours.From == 1200 })},
		{name: "an area by its corners", action: "condition.set", fields: set(given{"polygon": "51.5,-0.1\n51.6,-0.1; 51.6,-0.2"}), then: matcher(func(m Matcher) bool { return len(m.Polygon) == 3 })},
		{name: "a circle that is none", action: "condition.set", fields: set(given{"circle": "near the shop"}), refused: "circle"},
		{name: "the longitude first", action: "condition.set", fields: set(given{"circle": "-0.1365,51.5136 250m"}), refused: "circle"},
		{name: "an area of two corners", action: "condition.set", fields: set(given{"polygon": "51.5,-0.1; 51.6,-0.1"}), refused: "polygon"},
		{name: "a borough of somewhere else", action: "condition.set", fields: set(given{"boroughs": "Brooklyn"}), refused: "boroughs"},
		{name: "hours that are none", action: "condition.set", fields: set(given{"hours": "at night"}), refused: "hours"},
		{name: "a schedule without its first day", action: "condition.set", fields: set(given{"schedule": "every 7 days"}), refused: "schedule"},
		{name: "a number of two figures", action: "condition.set", fields: set(given{"numbers": "07"}), refused: "numbers"},
		{name: "somebody who is not on record", action: "condition.set", fields: set(given{"people": "P-99"}), refused: "people", code: NotFound},
		{name: "a condition that is not there", action: "condition.set", fields: given{"order": "R-5", "condition": 9.0}, refused: "condition"},
		{name: "its own last day is set once", action: "condition.set", fields: given{"order": "R-5", "condition": 1.0, "until": "2027-11-20"}, then: func(d *desk) {
			if c := as[*Order](d, "R-000005").Conditions[0]; c.Until != on(d, "2027-11-20") {
				d.Errorf("%+v", c)
			}
		}},
		{name: "and then changed by a court only", action: "condition.set", fields: set(given{"until": "2027-11-20"}), refused: "until"},
		{name: "no later than its order's", action: "condition.set", fields: given{"order": "R-2", "condition": 1.0, "until": "2026-12-19"}, refused: "until"},
		{name: "a DAPO tags for twelve months at most", action: "condition.set", first: dapo, fields: given{"order": "R-6", "condition": 2.0, "type": "electronic monitoring", "until": "2027-11-19"}},
		{name: "and not a day more", action: "condition.set", first: dapo, fields: given{"order": "R-6", "condition": 2.0, "type": "electronic monitoring", "until": "2027-11-20"}, refused: "until"},
		{name: "and never without an end", action: "condition.set", first: dapo, fields: given{"order": "R-6", "condition": 2.0, "type": "electronic monitoring"}, refused: "until"},
		{name: "a constable says nothing of it", action: "condition.set", who: "O-0002", fields: set(given{"method": "visits"}), refused: "-", code: Denied},

		{name: "a court varies a condition away", action: "condition.end", who: "O-0004", fields: given{"order": "R-5", "condition": 2.0, "reason": "Wimbledon, s.4"}, then: func(d *desk) {
			o := as[*Order](d, "R-000005")
			if c := o.Conditions[1]; c.Ended != on(d, "2026-11-24") || c.Live(on(d, "2026-11-24")) || !c.Live(on(d, "2026-11-23")) || o.Log[0].What != ConditionEnded {
				d.Errorf("%+v", o)
			}
		}},
		{name: "once", action: "condition.end", fields: given{"order": "R-5", "condition": 2.0, "reason": "x"}, first: func(d *desk) {
			d.must("O-0001", "condition.end", given{"order": "R-5", "condition": 2.0, "reason": "x"})
		}, refused: "condition"},
		{name: "the last one is a discharge", action: "condition.end", fields: given{"order": "R-5", "condition": 1.0, "reason": "x"}, first: func(d *desk) {
			d.must("O-0001", "condition.end", given{"order": "R-5", "condition": 2.0, "reason": "x"})
		}, refused: "condition"},
		{name: "not tomorrow", action: "condition.end", fields: given{"order": "R-5", "condition": 2.0, "reason": "x", "day": "2026-11-25"}, refused: "day"},
		{name: "a constable ends none", action: "condition.end", who: "O-0002", fields: given{"order": "R-5", "condition": 2.0, "reason": "x"}, refused: "-", code: Denied},
	}
}
