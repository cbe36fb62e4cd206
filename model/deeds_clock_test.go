package model

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// clockAt puts the desk's clock to a moment.
func clockAt(when string) func(*desk) {
	return func(d *desk) { d.now = at(d, when) }
}

// reviewed records reviews of the detention on K-1, and leaves the clock at a moment. It arrived at 03:00 on 24 November and
// was authorised at 03:10.
func reviewed(now string, reviews ...string) func(*desk) {
	return func(d *desk) {
		for _, r := range reviews {
			d.now = at(d, r)
			d.must("O-0002", "arrest.status", given{"arrest": "K-1", "status": "in custody", "reviewed": r})
		}
		d.now = at(d, now)
	}
}

// offence changes what K-1 was arrested for.
func offence(code OffenceCode) func(*desk) {
	return func(d *desk) { as[*Arrest](d, "K-000001").Offences = []OffenceCode{code} }
}

func custodyDeeds() []deed {
	extend := given{"arrest": "K-1", "superintendent": "Supt Hale", "reason": "phone to be examined", "diligent": "yes"}
	warrant := given{"arrest": "K-1", "court": "Westminster MC", "hours": 36.0, "reason": "further interview"}
	twice := reviewed("2026-11-24 20:00", "2026-11-24 09:00", "2026-11-24 18:00")
	extended := inTurn(twice, done("custody.extend", extend))
	issued := func(when string, hours float64) func(*desk) {
		return func(d *desk) {
			d.must("O-0001", "custody.warrant", with(warrant, given{"issued": when, "hours": hours}))
		}
	}
	until := func(want string) func(*desk) {
		return func(d *desk) {
			if due := clock(d, Dues(d.records["K-000001"], nil, d.now), "charge or release"); !due.Deadline.Equal(at(d, want)) {
				d.Errorf("held until %s (%s), want %s", due.Deadline, due.Citation, want)
			}
		}
	}
	return []deed{
		{name: "a superintendent extends to 36 hours after the second review", action: "custody.extend", who: "O-0002", first: twice, fields: extend, then: until("2026-11-25 15:00")},
		{name: "or to fewer", action: "custody.extend", first: twice, fields: with(extend, given{"hours": 30.0}), then: until("2026-11-25 09:00")},
		{name: "a second before the 24 hours end", action: "custody.extend", first: inTurn(twice, clockAt("2026-11-25 02:59:59")), fields: extend},
		{name: "not at the 24 hours (s.42(4)(a))", action: "custody.extend", first: inTurn(twice, clockAt("2026-11-25 03:00")), fields: extend, refused: "at"},
		{name: "recorded after them, when it was authorised before", action: "custody.extend", first: inTurn(twice, clockAt("2026-11-25 04:00")), fields: with(extend, given{"at": "2026-11-25 02:00"})},
		{name: "not before the second review (s.42(4)(b))", action: "custody.extend", first: reviewed("2026-11-24 20:00", "2026-11-24 09:00"), fields: extend, refused: "at"},
		{name: "nor authorised before it, however late it is recorded", action: "custody.extend", first: twice, fields: with(extend, given{"at": "2026-11-24 17:59"}), refused: "at"},
		{name: "never for stalking under s.2A (s.42(1)(b))", action: "custody.extend", first: inTurn(offence("s2A"), twice), fields: extend, refused: "arrest"},
		{name: "for the breach of a restraining order it may be", action: "custody.extend", first: inTurn(offence("ro-breach"), twice), fields: extend},
		{name: "only when the investigation is diligent (s.42(1)(c))", action: "custody.extend", first: twice, fields: with(extend, given{"diligent": "no"}), refused: "diligent"},
		{name: "to no more than 36 hours", action: "custody.extend", first: twice, fields: with(extend, given{"hours": 37.0}), refused: "hours"},
		{name: "to more than the 24 there are", action: "custody.extend", first: twice, fields: with(extend, given{"hours": 24.0}), refused: "hours"},
		{name: "not twice", action: "custody.extend", first: extended, fields: extend, refused: "arrest"},
		{name: "not after a warrant", action: "custody.extend", first: inTurn(twice, issued("2026-11-24 19:00", 36)), fields: extend, refused: "arrest"},
		{name: "not on bail", action: "custody.extend", fields: with(extend, given{"arrest": "K-2"}), refused: "arrest"},
		{name: "not in the future", action: "custody.extend", first: twice, fields: with(extend, given{"at": "2026-11-24 20:01"}), refused: "at"},
		{name: "S-TAC extends nothing", action: "custody.extend", who: "O-0006", first: twice, fields: extend, refused: "-", code: Denied},

		{
			name: "a warrant runs from its issue, and the superintendent's hours not used are lost", action: "custody.warrant", first: inTurn(extended, clockAt("2026-11-25 12:00")),
			fields: with(warrant, given{"issued": "2026-11-25 12:00"}), then: until("2026-11-27 00:00"),
		},
		{name: "without a superintendent's extension, inside the 24 hours", action: "custody.warrant", first: clockAt("2026-11-24 20:00"), fields: with(warrant, given{"issued": "2026-11-24 20:00"}), then: until("2026-11-26 08:00")},
		{name: "not after 24 hours nobody extended (s.41(7))", action: "custody.warrant", first: clockAt("2026-11-25 03:00"), fields: with(warrant, given{"issued": "2026-11-25 03:00"}), refused: "issued"},
		{name: "within six hours of the 36, when the court could not sit (s.43(5)(b))", action: "custody.warrant", first: inTurn(extended, clockAt("2026-11-25 20:59")), fields: with(warrant, given{"issued": "2026-11-25 20:59"})},
		{name: "not after those six hours", action: "custody.warrant", first: inTurn(extended, clockAt("2026-11-25 21:00")), fields: with(warrant, given{"issued": "2026-11-25 21:00"}), refused: "issued"},
		{name: "never for stalking under s.2A (s.43(4)(b))", action: "custody.warrant", first: offence("s2A"), fields: with(warrant, given{"issued": "2026-11-24 05:00"}), refused: "arrest"},
		{name: "not for 37 hours (s.43(12))", action: "custody.warrant", fields: with(warrant, given{"issued": "2026-11-24 05:00", "hours": 37.0}), refused: "hours"},
		{name: "past 96 hours it is not extended (s.44(3)(b))", action: "custody.warrant", first: inTurn(extended, clockAt("2026-11-26 23:00"), issued("2026-11-25 12:00", 36)), fields: with(warrant, given{"issued": "2026-11-26 23:00"}), refused: "hours"},
		{
			name: "to 96 hours in all and not a minute more (s.44(3)(b))", action: "custody.warrant", first: inTurn(extended, clockAt("2026-11-26 23:00"), issued("2026-11-25 12:00", 36)),
			fields: with(warrant, given{"issued": "2026-11-26 15:00"}), then: until("2026-11-28 03:00"),
		},
		{name: "not after it ended", action: "custody.warrant", first: inTurn(extended, clockAt("2026-11-27 00:00"), issued("2026-11-25 12:00", 36)), fields: with(warrant, given{"issued": "2026-11-27 00:00", "hours": 10.0}), refused: "issued"},
		{name: "not before the one it extends", action: "custody.warrant", first: inTurn(extended, clockAt("2026-11-26 12:00"), issued("2026-11-25 12:00", 36)), fields: with(warrant, given{"issued": "2026-11-25 11:00", "hours": 10.0}), refused: "issued"},
		{name: "not in the future", action: "custody.warrant", fields: with(warrant, given{"issued": "2026-11-24 05:01"}), refused: "issued"},
		{name: "not before the detention", action: "custody.warrant", fields: with(warrant, given{"issued": "2026-11-24 02:59"}), refused: "issued"},

		{
			name: "time at a hospital does not count (s.41(6))", action: "custody.hospital", first: clockAt("2026-11-24 10:00"),
			fields: given{"arrest": "K-1", "left": "2026-11-24 06:00", "back": "2026-11-24 09:30"}, then: until("2026-11-25 06:30"),
		},
		{name: "the clock stands still until they are back", action: "custody.hospital", first: clockAt("2026-11-24 10:00"), fields: given{"arrest": "K-1", "left": "2026-11-24 06:00"}, then: func(d *desk) {
			until("2026-11-25 07:00")(d) // 21 hours are left, whenever one looks
			d.now = at(d, "2026-11-24 12:00")
			until("2026-11-25 09:00")(d)
		}},
		{
			name: "and runs on when they are", action: "custody.hospital", fields: given{"arrest": "K-1", "back": "2026-11-24 09:00"}, then: until("2026-11-25 06:00"),
			first: inTurn(clockAt("2026-11-24 10:00"), done("custody.hospital", given{"arrest": "K-1", "left": "2026-11-24 06:00"})),
		},
		{name: "nobody goes twice at once", action: "custody.hospital", first: inTurn(clockAt("2026-11-24 10:00"), done("custody.hospital", given{"arrest": "K-1", "left": "2026-11-24 06:00"})), fields: given{"arrest": "K-1", "left": "2026-11-24 07:00"}, refused: "left"},
		{name: "nobody comes back who did not go", action: "custody.hospital", fields: given{"arrest": "K-1", "back": "2026-11-24 04:00"}, refused: "left"},
		{name: "nobody comes back before they went", action: "custody.hospital", fields: given{"arrest": "K-1", "left": "2026-11-24 04:00", "back": "2026-11-24 03:30"}, refused: "back"},
		{name: "not before the detention", action: "custody.hospital", fields: given{"arrest": "K-1", "left": "2026-11-24 02:59", "back": "2026-11-24 04:00"}, refused: "left"},
		{name: "not in the future", action: "custody.hospital", fields: given{"arrest": "K-1", "left": "2026-11-24 05:01"}, refused: "left"},
		{name: "not from bail", action: "custody.hospital", fields: given{"arrest": "K-2", "left": "2026-11-24 04:00"}, refused: "arrest"},

		{name: "only a suspect on bail comes back from it", action: "arrest.status", fields: given{"arrest": "K-1", "status": "in custody", "back": "answered bail"}, refused: "back"},
	}
}

func bailDeeds() []deed {
	extend := given{
		"arrest": "K-2", "rank": "inspector", "who": "Insp Moss", "condition_a": "yes", "condition_b": "yes", "condition_c": "yes", "condition_d": "yes", "views": "sought",
		"reason": "phone download awaited",
	}
	// K-2 was arrested on 24 November, so bail begins on the 25th.
	limit := func(want string) func(*desk) {
		return func(d *desk) {
			if due := clock(d, Dues(d.records["K-000002"], nil, d.now), "bail limit"); !due.Deadline.Equal(on(d, want).End()) {
				d.Errorf("bail runs to %s (%s, %s), want the end of %s", due.Deadline, due.Citation, due.Warn, want)
			}
		}
	}
	then := func(when, rank string) func(*desk) {
		return inTurn(clockAt(when), done("bail.extend", with(extend, given{"rank": rank, "who": "somebody of that rank"})))
	}
	six := then("2027-02-01 09:00", "inspector")
	nine := inTurn(six, then("2027-05-01 09:00", "superintendent"))
	twelve := inTurn(nine, then("2027-08-01 09:00", "court"))
	eighteen := inTurn(twelve, then("2027-11-01 09:00", "court"))
	paused := inTurn(clockAt("2027-01-10 09:00"), done("bail.pause", given{"arrest": "K-2", "from": "2027-01-05", "reason": "CPS 1"}))
	return []deed{
		{name: "an inspector extends to 6 months", action: "bail.extend", who: "O-0002", first: clockAt("2027-02-01 09:00"), fields: extend, then: limit("2027-05-24")},
		{name: "a superintendent to 9", action: "bail.extend", first: inTurn(six, clockAt("2027-05-01 09:00")), fields: with(extend, given{"rank": "superintendent"}), then: limit("2027-08-24")},
		{name: "a court to 12", action: "bail.extend", first: inTurn(nine, clockAt("2027-08-01 09:00")), fields: with(extend, given{"rank": "court"}), then: limit("2027-11-24")},
		{name: "and then to 18", action: "bail.extend", first: inTurn(twelve, clockAt("2027-11-01 09:00")), fields: with(extend, given{"rank": "court"}), then: limit("2028-05-24")},
		{name: "and no further", action: "bail.extend", first: eighteen, fields: with(extend, given{"rank": "court"}), refused: "arrest"},
		{name: "a superintendent does not skip the inspector", action: "bail.extend", fields: with(extend, given{"rank": "superintendent"}), refused: "rank"},
		{name: "an inspector does not extend twice", action: "bail.extend", first: six, fields: extend, refused: "rank"},
		{name: "on the last day", action: "bail.extend", first: clockAt("2027-02-24 23:59"), fields: extend},
		{name: "not the day after", action: "bail.extend", first: clockAt("2027-02-25 00:00"), fields: extend, refused: "at"},
		{name: "not without condition A", action: "bail.extend", fields: with(extend, given{"condition_a": "no"}), refused: "condition_a"},
		{name: "nor B", action: "bail.extend", fields: with(extend, given{"condition_b": "no"}), refused: "condition_b"},
		{name: "nor C", action: "bail.extend", fields: with(extend, given{"condition_c": "no"}), refused: "condition_c"},
		{name: "nor D", action: "bail.extend", fields: with(extend, given{"condition_d": "no"}), refused: "condition_d"},
		{name: "nor without asking the victim-survivor about the conditions", action: "bail.extend", fields: with(extend, given{"views": nil}), refused: "views"},
		{name: "with a new return date inside it", action: "bail.extend", fields: with(extend, given{"bail_to": "2027-05-24"}), then: func(d *desk) {
			if k := as[*Arrest](d, "K-000002"); k.BailTo != on(d, "2027-05-24") || k.Longer[0].Views != ViewsSought || k.Longer[0].Who != "Insp Moss" {
				d.Errorf("%+v", k)
			}
		}},
		{name: "not outside it", action: "bail.extend", fields: with(extend, given{"bail_to": "2027-05-25"}), refused: "bail_to"},
		{name: "not of somebody in custody", action: "bail.extend", fields: with(extend, given{"arrest": "K-1"}), refused: "arrest"},
		{
			name: "street bail is not extended", action: "bail.extend", fields: with(extend, given{"arrest": "K-4"}), refused: "arrest",
			first: inTurn(done("arrest.record", given{"person": "P-2", "offences": "s4A"}), done("arrest.status", given{"arrest": "K-4", "status": "bailed", "bail_to": "2026-12-10"})),
		},

		{name: "while with the CPS the days do not count", action: "bail.pause", first: clockAt("2027-01-10 09:00"), fields: given{"arrest": "K-2", "from": "2027-01-05", "reason": "CPS 1"}, then: func(d *desk) {
			limit("2027-03-01")(d) // five days on, and one more each day
			d.now = at(d, "2027-01-11 09:00")
			limit("2027-03-02")(d)
		}},
		{name: "not twice", action: "bail.pause", first: paused, fields: given{"arrest": "K-2", "from": "2027-01-10", "reason": "CPS 1"}, refused: "arrest"},
		{name: "not in the future", action: "bail.pause", fields: given{"arrest": "K-2", "from": "2026-11-26", "reason": "CPS 1"}, refused: "from"},
		{name: "not before bail begins", action: "bail.pause", fields: given{"arrest": "K-2", "from": "2026-11-24", "reason": "CPS 1"}, refused: "from"},
		{name: "not after bail has ended", action: "bail.pause", first: clockAt("2027-02-26 09:00"), fields: given{"arrest": "K-2", "from": "2027-02-25", "reason": "CPS 1"}, refused: "from"},

		{name: "back from the CPS they count again", action: "bail.resume", first: inTurn(paused, clockAt("2027-01-20 09:00")), fields: given{"arrest": "K-2", "on": "2027-01-15"}, then: limit("2027-03-06")},
		{name: "sent and back on one day is no pause", action: "bail.resume", first: paused, fields: given{"arrest": "K-2", "on": "2027-01-05"}, then: limit("2027-02-24")},
		{name: "nothing is resumed that was not paused", action: "bail.resume", fields: given{"arrest": "K-2", "on": "2026-11-24"}, refused: "arrest"},
		{name: "not before it was sent", action: "bail.resume", first: paused, fields: given{"arrest": "K-2", "on": "2027-01-04"}, refused: "on"},
		{name: "not in the future", action: "bail.resume", first: paused, fields: given{"arrest": "K-2", "on": "2027-01-11"}, refused: "on"},
	}
}

func evidenceDeeds() []deed {
	plan := given{"person": "P-1", "sources": "cctv,oyster", "incident": "2026-11-20", "scene": "Tooting Broadway"}
	planned := done("evidence.plan", plan)
	calls := done("evidence.plan", with(plan, given{"sources": "call-data"}))
	asked := done("evidence.request", given{"evidence": "EV-1", "reference": "EM 4"})
	ev := func(more given) given { return with(given{"evidence": "EV-1"}, more) }
	gone := func(ref Ref, want string, check bool) func(*desk) {
		return func(d *desk) {
			due := clock(d, Dues(d.records[ref], nil, d.now), "secure ")
			if !due.Deadline.Equal(at(d, want)) || due.Check != check {
				d.Errorf("gone by %s (%s), check %v; want %s, %v", due.Deadline, due.Citation, due.Check, want, check)
			}
		}
	}
	state := func(want EvidenceState) func(*desk) {
		return func(d *desk) {
			if e := as[*Evidence](d, "EV-000001"); e.State != want {
				d.Errorf("%+v", e)
			}
		}
	}
	return []deed{
		{name: "one request for each source, each with its own day", action: "evidence.plan", who: "O-0002", fields: plan, then: inTurn(
			gone("EV-000001", "2026-12-20 00:00", true), gone("EV-000002", "2027-01-15 00:00", true),
			func(d *desk) {
				if e := as[*Evidence](d, "EV-000002"); e.Owner != "O-0002" || e.Holder != "Transport for London" || e.Unit != "SW" || e.State != EvidenceNeeded {
					d.Errorf("%+v", e)
				}
			},
		)},
		{name: "of a breach it is about its person", action: "evidence.plan", fields: given{"about": "B-1", "sources": "doorbell", "incident": "2026-11-20"}, then: func(d *desk) {
			if e := as[*Evidence](d, "EV-000001"); e.Person != "P-000006" || e.About != "B-000001" {
				d.Errorf("%+v", e)
			}
		}},
		{name: "of a case", action: "evidence.plan", first: opened("P-2 P-3"), fields: given{"case": "C-1", "sources": "taxi", "incident": "2026-11-20"}},
		{name: "the last day the holder gives counts, not the limit", action: "evidence.plan", fields: with(plan, given{"sources": "cctv", "gone_by": "2026-11-27"}), then: gone("EV-000001", "2026-11-28 00:00", false)},
		{name: "of an incident that has happened", action: "evidence.plan", fields: with(plan, given{"incident": "2026-11-25"}), refused: "incident"},
		{name: "of somebody or something", action: "evidence.plan", fields: with(plan, given{"person": nil}), refused: "person"},
		{name: "not deleted before it happened", action: "evidence.plan", fields: with(plan, given{"gone_by": "2026-11-19"}), refused: "gone_by"},
		{name: "nothing is asked for twice", action: "evidence.plan", first: planned, fields: plan, refused: "sources"},
		{name: "another place is another request", action: "evidence.plan", first: planned, fields: with(plan, given{"scene": "Balham"})},
		{name: "a source nobody knows", action: "evidence.plan", fields: with(plan, given{"sources": "rumour"}), refused: "sources"},
		{name: "a breach of one person and the name of another", action: "evidence.plan", fields: given{"about": "B-1", "person": "P-1", "sources": "cctv", "incident": "2026-11-20"}, refused: "about"},

		{name: "another day of the incident moves the clock with it", action: "evidence.edit", first: planned, fields: ev(given{"incident": "2026-11-19", "owner": "O-3"}), then: inTurn(gone("EV-000001", "2026-12-19 00:00", true), func(d *desk) {
			if e := as[*Evidence](d, "EV-000001"); e.Owner != "O-0003" || e.Where != "Tooting Broadway" {
				d.Errorf("%+v", e)
			}
		})},
		{name: "not into the future", action: "evidence.edit", first: planned, fields: ev(given{"incident": "2026-11-25"}), refused: "incident"},
		{name: "not past the day it was asked for", action: "evidence.edit", first: inTurn(planned, asked, clockAt("2026-11-26 09:00")), fields: ev(given{"incident": "2026-11-25"}), refused: "incident"},
		{name: "not what is settled", action: "evidence.edit", first: inTurn(planned, done("evidence.receive", ev(nil))), fields: ev(given{"scene": "Balham"}), refused: "evidence"},

		{name: "asked for, the clock runs on until it is here", action: "evidence.request", first: planned, fields: ev(given{"reference": "EM 4"}), then: inTurn(state(EvidenceRequested), gone("EV-000001", "2026-12-20 00:00", true))},
		{name: "the holder says when it is deleted", action: "evidence.request", first: planned, fields: ev(given{"gone_by": "2026-11-29"}), then: gone("EV-000001", "2026-11-30 00:00", false)},
		{name: "communications data under an authorisation", action: "evidence.request", first: calls, fields: ev(given{"authority": "SPoC 26/77"}), then: gone("EV-000001", "2027-11-20 00:00", true)},
		{name: "communications data without one (IPA 2016 s.11)", action: "evidence.request", first: calls, fields: ev(nil), refused: "authority"},
		{name: "not in the future", action: "evidence.request", first: planned, fields: ev(given{"at": "2026-11-24 05:01"}), refused: "at"},
		{name: "not before the incident", action: "evidence.request", first: planned, fields: ev(given{"at": "2026-11-19 23:59"}), refused: "at"},
		{name: "what is not planned", action: "evidence.request", fields: ev(nil), refused: "evidence", code: NotFound},

		{name: "received", action: "evidence.receive", first: inTurn(planned, asked), fields: ev(given{"exhibit": "JB/1"}), then: inTurn(state(EvidenceReceived), func(d *desk) {
			if dues := Dues(d.records["EV-000001"], nil, d.now); len(dues) > 0 {
				d.Errorf("%s still runs", rules(dues))
			}
		})},
		{name: "handed over without asking", action: "evidence.receive", first: planned, fields: ev(nil), then: state(EvidenceReceived)},
		{name: "communications data is not handed over without an authorisation", action: "evidence.receive", first: calls, fields: ev(nil), refused: "evidence"},
		{name: "not before it was asked for", action: "evidence.receive", first: inTurn(planned, asked), fields: ev(given{"at": "2026-11-24 04:59"}), refused: "at"},
		{name: "not twice", action: "evidence.receive", first: inTurn(planned, done("evidence.receive", ev(nil))), fields: ev(nil), refused: "evidence"},

		{name: "gone", action: "evidence.close", first: planned, fields: ev(given{"end": "gone", "reason": "recorder broken"}), then: state(EvidenceGone)},
		{name: "not needed", action: "evidence.close", first: inTurn(planned, asked), fields: ev(given{"end": "not needed", "reason": "admitted in interview"}), then: state(EvidenceNotNeeded)},
		{name: "with a reason", action: "evidence.close", first: planned, fields: ev(given{"end": "gone"}), refused: "reason"},
		{name: "not what has arrived", action: "evidence.close", first: inTurn(planned, done("evidence.receive", ev(nil))), fields: ev(given{"end": "gone", "reason": "x"}), refused: "evidence"},
	}
}

func limitDeeds() []deed {
	set := given{"name": "cctv", "value": 14.0, "source": "letter of the borough, 3 Nov 2026", "from": "2026-11-10", "reason": "confirmed with the control room"}
	return []deed{
		{name: "a lead sets it from a day on", action: "limit.set", who: "O-0003", fields: set, then: func(d *desk) {
			l := as[*Limit](d, "L-0001")
			if l.Words() != "14 days" || l.Unsure || l.By != "O-0003" {
				d.Errorf("%+v", l)
			}
		}},
		{name: "an administrator too", action: "limit.set", who: "O-0008", fields: with(set, given{"span": "hours"})},
		{name: "a sergeant does not", action: "limit.set", fields: set, refused: "-", code: Denied},
		{name: "with a reason", action: "limit.set", who: "O-0003", fields: with(set, given{"reason": nil}), refused: "reason"},
		{name: "with a source", action: "limit.set", who: "O-0003", fields: with(set, given{"source": nil}), refused: "source"},
		{name: "nothing that is in a statute", action: "limit.set", who: "O-0003", fields: with(set, given{"name": "detention"}), refused: "name"},
		{name: "not to nothing", action: "limit.set", who: "O-0003", fields: with(set, given{"value": 0.0}), refused: "value"},
		{name: "not to a century", action: "limit.set", who: "O-0003", fields: with(set, given{"value": 36500.0}), refused: "value"},
		{name: "which?", action: "limit.set", who: "O-0003", fields: with(set, given{"name": nil}), refused: "name"},
	}
}

// likely steers the random walk to arrests an action can be about: by chance alone two reviews within a day and days with
// the CPS would never come together.
func (w *walk) likely(s Spec, fields given) {
	field, verb, _ := strings.Cut(s.Name, ".")
	if field == "evidence" && verb != "plan" {
		fields["evidence"], fields["authority"] = string(w.evidence()), "SPoC 1"
		delete(fields, "incident")
		if _, takes := s.Field("authority"); !takes {
			delete(fields, "authority")
		}
		return
	}
	if s.Name == "case.youth" {
		w.suspected(fields)
		return
	}
	if s.Name == "breach.report" && w.rng.IntN(2) == 0 { // by hand, of a condition: chance names a suspicion that is there hardly ever
		delete(fields, "suspicion")
		delete(fields, "duty")
		delete(fields, "events")
		fields["condition"], fields["what"], fields["at"] = "1", "called", w.now.Format(time.RFC3339)
		return
	}
	if (field != "custody" && field != "bail") || w.rng.IntN(4) == 0 {
		return
	}
	want := Bailed
	if field == "custody" {
		want = InCustody
		w.detain()
	}
	arrests := slices.DeleteFunc(w.refs(KindArrest), func(ref Ref) bool { return w.state(ref) != string(want) })
	if len(arrests) == 0 {
		return
	}
	fields["arrest"] = string(arrests[len(arrests)-1])
	switch s.Name {
	case "custody.warrant":
		fields["issued"], fields["hours"] = w.now.Format(time.RFC3339), "12"
	case "custody.extend":
		delete(fields, "hours")
	case "custody.hospital":
		fields["left"] = w.now.Add(-time.Duration(w.rng.IntN(60)) * time.Minute).Format(time.RFC3339)
		delete(fields, "back")
	case "bail.pause":
		fields["from"] = day.On(w.now).AddDays(-w.rng.IntN(3)).String()
	case "bail.resume":
		fields["on"] = day.On(w.now).String()
	}
}

// suspected names a case with somebody who is accused in it.
func (w *walk) suspected(fields given) {
	for _, ref := range w.refs(KindCase) {
		if all := as[*Case](w.desk, ref).accusedRefs(); len(all) > 0 && w.rng.IntN(3) == 0 {
			fields["case"], fields["person"] = string(ref), string(all[0])
			delete(fields, "yot_day")
		}
	}
}

// evidence plans something to be asked for.
func (w *walk) evidence() Ref {
	_, err := w.do("O-0001", "evidence.plan", given{"person": "P-1", "sources": "cctv", "incident": day.On(w.now).String(), "what": "camera " + itoa(len(w.journal))})
	if all := w.refs(KindEvidence); err == nil {
		return all[len(all)-1]
	}
	return "EV-000001"
}

// detain arrests somebody and reviews their detention twice.
func (w *walk) detain() {
	people := w.refs(KindPerson)
	before := len(w.refs(KindArrest))
	if _, err := w.do("O-0001", "arrest.record", given{"person": string(people[w.rng.IntN(len(people))]), "offences": "s4A"}); err != nil {
		return
	}
	ref := string(w.refs(KindArrest)[before])
	for range 3 {
		_, _ = w.do("O-0001", "arrest.status", given{"arrest": ref, "status": "in custody", "reviewed": w.now.Format(time.RFC3339)})
		w.now = w.now.Add(time.Duration(1+w.rng.IntN(9)) * time.Hour)
	}
}

// Placed is what the limits on record are found by.
func (d *desk) Placed(kind Kind, unit Unit, live bool) ([]Ref, error) {
	var out []Ref
	for _, ref := range d.refs(kind) {
		if u, l := d.records[ref].Place(); (unit == "" || u == unit) && l == live {
			out = append(out, ref)
		}
	}
	return out, nil
}

func TestALimitThatWasSetHoldsForClocksThatStartFromItsDay(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	for i, day := range []string{"2026-11-09", "2026-11-10", "2026-11-11"} {
		d.must("O-0002", "evidence.plan", given{"person": "P-1", "sources": "cctv", "incident": day, "scene": itoa(i)})
	}
	d.must("O-0003", "limit.set", given{"name": "cctv", "value": 14.0, "source": "letter", "from": "2026-11-10", "reason": "confirmed"})
	deadline := func(ref Ref) Due {
		return clock(t, NewLiner(d, d.now).Dues(d.records[ref]), "secure ")
	}
	for ref, c := range map[Ref]struct {
		gone  string
		check bool
	}{"EV-000001": {"2026-12-09 00:00", true}, "EV-000002": {"2026-11-24 00:00", false}, "EV-000003": {"2026-11-25 00:00", false}} {
		if got := deadline(ref); !got.Deadline.Equal(at(t, c.gone)) || got.Check != c.check {
			t.Errorf("%s is gone by %s, check %v; want %s, %v", ref, got.Deadline, got.Check, c.gone, c.check)
		}
	}
	d.must("O-0003", "undo", given{"reason": "the letter is of another borough"})
	if got := deadline("EV-000002"); !got.Deadline.Equal(at(t, "2026-12-10 00:00")) || !got.Check {
		t.Errorf("the setting was undone, and the clock still runs to %s", got.Deadline)
	}
}

func TestTheNewestSettingOfADayHolds(t *testing.T) {
	limit := func(ref Ref, from string, value int) *Limit {
		return &Limit{Meta: Meta{Ref: ref}, Name: LimitCCTV, Value: value, Span: SpanDays, Source: "x", From: on(t, from)}
	}
	ls := NewLimits([]*Limit{limit("L-0003", "2026-06-01", 10), limit("L-0001", "2026-01-01", 20), limit("L-0002", "2026-06-01", 15)})
	for day, want := range map[string]int{"2025-12-31": 30, "2026-01-01": 20, "2026-05-31": 20, "2026-06-01": 10, "2030-01-01": 10} {
		if got := ls.On(LimitCCTV, on(t, day)); got.Value != want {
			t.Errorf("on %s it is %d, want %d", day, got.Value, want)
		}
	}
}

func TestEveryRowOfTheTableOfLimitsStands(t *testing.T) {
	seen := map[LimitName]bool{}
	for _, l := range builtIn() {
		if seen[l.Name] || l.what == "" {
			t.Errorf("%s stands twice, or says not what it is", l.Name)
		}
		seen[l.Name] = true
		if err := l.Check(); err != nil {
			t.Errorf("%s: %v", l.Name, err)
		}
	}
	for _, c := range EvidenceKind("").Choices() {
		if k := EvidenceKind(c.Value); builtInRow(k.limit()) == nil {
			t.Errorf("%s has no limit", k)
		}
	}
	for _, c := range RiskLevel("").Choices() {
		if builtInRow(VisitLimit(RiskLevel(c.Value))) == nil {
			t.Errorf("%s risk has no interval between visits", c.Value)
		}
	}
}
