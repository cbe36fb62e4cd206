package model

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"pou/model/day"
)

// theVictim is named in what an application keeps; no list, card, clock or review copy may say it.
const theVictim = "Rosalind Underwood, 4 Sparrow Court, SW18 2PT, 07700 900451"

func toApp(more given) given {
	out := given{"application": "AP-1"}
	maps.Copy(out, more)
	return out
}

// openedApp begins an application against Dean Lowe, who is 41.
func openedApp(d *desk) {
	d.must("O-0002", "person.edit", given{"person": "P-2", "born": "3 Dec 1984"})
	d.must("O-0002", "application.open", given{"person": "P-2", "protected": theVictim, "reported": "2026-11-20"})
}

// appPapers are what a complete application consists of, in the order of the work.
func appPapers() []struct {
	action string
	fields given
} {
	condition := func(text, kind string) given {
		return given{
			"text": text, "type": kind, "reason": "He came back after each warning", "evidence": "MG11 RU/1", "monitored": "Weekly call",
			"conflict": "none found", "considered": "Works nights in Croydon; no faith known; no studies",
		}
	}
	return []struct {
		action string
		fields given
	}{
		{"application.terms", given{"months": 36.0, "territory": "resides", "territory_why": "Tenancy in Wandsworth"}},
		{"application.limb", given{"limb": "acts", "what": "Followed home on 4 occasions", "source": "MG11 RU/1"}},
		{"application.limb", given{"limb": "risk", "what": "Bought a tracker", "source": "Exhibit JK/2", "hearsay": true}},
		{"application.limb", given{"limb": "necessity", "what": "Bail conditions ignored", "source": "MG11 JK/1"}},
		{"application.act", given{"day": "2026-10-02", "what": "Waited outside the home of Rosalind Underwood", "kind": "loitering", "evidence": "MG11 RU/1"}},
		{"application.act", given{"day": "2019-05-06", "what": "Sent 40 messages", "kind": "contact", "evidence": "Exhibit JK/3", "abroad": "Spain"}},
		{"application.condition", condition("Not to contact Rosalind Underwood by any means", "contact")},
		{"application.condition", condition("Must attend the intervention programme", "programme or assessment")},
		{"application.risk", given{"level": "high", "text": "Escalating", "tool": "S-DASH", "physical": true, "psychological": true}},
		{"application.checks", given{"intelligence": "PNC, PND and local searched", "previous": "PNC, court register"}},
		{"application.views", given{"views": "Rosalind wants him kept away from school", "impact": "Moved house twice"}},
		{"application.interim", given{"sought": true, "why": "He was seen on the day of the report", "days": 56.0, "notice": "without notice", "why_notice": "He left for her street when told before"}},
	}
}

// drafted is an application with everything but the signatures.
func drafted(d *desk) {
	openedApp(d)
	for _, p := range appPapers() {
		d.must("O-0002", p.action, toApp(p.fields))
	}
}

func signedApp(d *desk) {
	drafted(d)
	d.must("O-0004", "application.legal", toApp(given{"lawyer": "A. Barrister"}))
	d.must("O-0003", "application.authorise", toApp(nil))
}

func lodgedApp(d *desk) {
	signedApp(d)
	d.must("O-0004", "application.lodge", toApp(given{"court": "Wimbledon magistrates' court"}))
}

func interimApp(d *desk) {
	lodgedApp(d)
	d.must("O-0004", "application.result", toApp(given{"outcome": "interim order made", "until": "2027-01-18", "next": "2027-01-12 10:00", "monitor": "O-5"}))
}

func app(d *desk) *Application { return as[*Application](d, "AP-000001") }

func gapsOf(d *desk) []string {
	b, err := BasisOf(d, app(d), day.On(d.now))
	if err != nil {
		d.Fatal(err)
	}
	var out []string
	for _, g := range app(d).Missing(b) {
		out = append(out, g.What)
	}
	return out
}

func applicationDeeds() []deed {
	return slices.Concat(appDraftDeeds(), appConditionDeeds(), appSignDeeds(), appCourtDeeds())
}

func appDraftDeeds() []deed {
	return []deed{
		{name: "an application begins with a person", action: "application.open", who: "O-0002", fields: given{"person": "P-2", "protected": theVictim}, states: map[Ref]string{"AP-000001": "drafting"}, then: func(d *desk) {
			if a := app(d); a.Officer != "O-0002" || a.Unit != "SW" || a.Proxy() || len(a.Victims) != 1 {
				d.Errorf("%+v", a)
			}
		}},
		{name: "stalking by proxy: who is protected need not be the victim", action: "application.open", fields: given{"person": "P-2", "protected": "Ann Able", "victims": "Bea Able"}, then: func(d *desk) {
			if !app(d).Proxy() {
				d.Error("it is not by proxy")
			}
		}},
		{name: "one application at a time against one person", action: "application.open", first: openedApp, fields: given{"person": "P-2"}, refused: "person"},
		{name: "a person who is not there", action: "application.open", fields: given{"person": "P-99"}, refused: "person", code: NotFound},
		{name: "not reported tomorrow", action: "application.open", fields: given{"person": "P-2", "reported": "2026-11-25"}, refused: "reported"},
		{name: "by an officer who works here", action: "application.open", fields: given{"person": "P-2", "officer": "O-9"}, refused: "officer"},

		{name: "the people can be named later", action: "application.people", first: openedApp, fields: toApp(given{"protected": "Ann Able\nBea Able"}), then: func(d *desk) {
			if a := app(d); len(a.Protected) != 2 || !a.Proxy() {
				d.Errorf("%v of %v", a.Protected, a.Victims)
			}
		}},
		{name: "naming nobody is nothing", action: "application.people", first: openedApp, fields: toApp(nil), refused: "protected"},

		{name: "two years is long enough", action: "application.terms", first: openedApp, fields: toApp(given{"months": 24.0})},
		{name: "23 months is too short for a full order (s.3)", action: "application.terms", first: openedApp, fields: toApp(given{"months": 23.0}), refused: "months"},
		{name: "until further order is a period (s.3)", action: "application.terms", first: openedApp, fields: toApp(given{"further": true}), then: func(d *desk) {
			if got := app(d).Period(); got != "until further order" {
				d.Error(got)
			}
		}},
		{name: "not both", action: "application.terms", first: openedApp, fields: toApp(given{"months": 24.0, "further": true}), refused: "months"},
		{name: "nothing is nothing", action: "application.terms", first: openedApp, fields: toApp(nil), refused: "months"},

		{name: "evidence of a limb has a source", action: "application.limb", first: openedApp, fields: toApp(given{"limb": "acts", "what": "x y"}), refused: "source"},
		{name: "and a limb", action: "application.limb", first: openedApp, fields: toApp(given{"what": "x y", "source": "MG11"}), refused: "limb"},
		{name: "evidence is numbered", action: "application.limb", first: drafted, fields: toApp(given{"limb": "acts", "what": "CCTV", "source": "Exhibit 9"}), then: func(d *desk) {
			if e := app(d).Shows(LimbActs); len(e) != 2 || e[1].No != 4 {
				d.Errorf("%+v", e)
			}
		}},
		{name: "evidence can be replaced", action: "application.limb", first: drafted, fields: toApp(given{"no": 2.0, "limb": "risk", "what": "Tracker bought, receipt found", "source": "Exhibit JK/2"}), then: func(d *desk) {
			if app(d).Hearsay() || len(app(d).Evidence) != 3 {
				d.Errorf("%+v", app(d).Evidence)
			}
		}},
		{name: "or removed, and is then missing", action: "application.limb", first: drafted, fields: toApp(given{"no": 2.0, "remove": true}), then: func(d *desk) {
			if !slices.Contains(gapsOf(d), "limb (b) has no evidence") {
				d.Errorf("%v", gapsOf(d))
			}
		}},
		{name: "what is not there is not removed", action: "application.limb", first: drafted, fields: toApp(given{"no": 7.0, "remove": true}), refused: "no"},

		{name: "an act before the Act and abroad counts (s.1(4)-(5))", action: "application.act", first: openedApp, fields: toApp(given{"day": "2018-01-02", "what": "Letters", "abroad": "France"}), then: func(d *desk) {
			if r := app(d).Acts[0].Remark(); !strings.Contains(r, "France") || !strings.Contains(r, "before the Act") {
				d.Error(r)
			}
		}},
		{name: "an act on the day the Act came into force needs no remark", action: "application.act", first: openedApp, fields: toApp(given{"day": "2020-01-20", "what": "Letters"}), then: func(d *desk) {
			if r := app(d).Acts[0].Remark(); r != "" {
				d.Error(r)
			}
		}},
		{name: "the chronology stands in the order of the days", action: "application.act", first: drafted, fields: toApp(given{"day": "2025-01-02", "what": "Letters"}), then: func(d *desk) {
			if acts := app(d).Acts; acts[0].Day.Year() != 2019 || acts[1].No != 3 || acts[2].Day.Year() != 2026 {
				d.Errorf("%+v", acts)
			}
		}},
		{name: "an act of tomorrow", action: "application.act", first: openedApp, fields: toApp(given{"day": "2026-11-25", "what": "Letters"}), refused: "day"},
		{name: "an act without a day", action: "application.act", first: openedApp, fields: toApp(given{"what": "Letters"}), refused: "day"},

		{name: "risk is somebody's judgement", action: "application.risk", who: "O-0002", first: openedApp, fields: toApp(given{"level": "high", "text": "Escalating"}), then: func(d *desk) {
			if r := app(d).Risk; r.Assessor != "PC Blake" || r.Day != day.On(d.now) {
				d.Errorf("%+v", r)
			}
		}},
		{name: "with its reasons", action: "application.risk", first: openedApp, fields: toApp(given{"level": "high"}), refused: "text"},

		{name: "views are recorded", action: "application.views", first: openedApp, fields: toApp(given{"views": "x", "impact": "y"})},
		{name: "or why they were not sought", action: "application.views", first: openedApp, fields: toApp(given{"not_sought": "In hospital"}), then: func(d *desk) {
			if slices.ContainsFunc(gapsOf(d), func(s string) bool { return strings.Contains(s, "victim-survivor") }) {
				d.Errorf("%v", gapsOf(d))
			}
		}},
		{name: "no views are no record", action: "application.views", first: openedApp, fields: toApp(nil), refused: "views"},

		{name: "previous orders are pulled from the record", action: "application.checks", first: func(d *desk) {
			d.must("O-0002", "application.open", given{"person": "P-6"})
		}, fields: toApp(given{"previous": "PNC"}), then: func(d *desk) {
			if got := app(d).Previous.Refs; !slices.Equal(got, []Ref{"R-000001", "R-000003", "R-000004", "B-000001", "B-000002", "B-000003", "B-000004"}) {
				d.Errorf("%v", got)
			}
		}},
		{name: "intelligence about somebody else is not relied on", action: "application.checks", first: func(d *desk) { openedApp(d); heard("P-3", "2 C SK14")(d) }, fields: toApp(given{"intelligence": "PNC", "rely": "I-1"}), refused: "rely"},
		{name: "a suspected false report is named as weak, not refused", action: "application.checks", first: func(d *desk) { openedApp(d); heard("P-2", "2 E SK14")(d) }, fields: toApp(given{"intelligence": "PNC", "rely": "I-1"}), then: func(d *desk) {
			b, _ := BasisOf(d, app(d), day.On(d.now))
			if adv := app(d).Advice(b); len(adv) != 1 || !strings.Contains(adv[0].What, "2E") {
				d.Errorf("%+v", adv)
			}
		}},
		{name: "a check says what was searched", action: "application.checks", first: openedApp, fields: toApp(nil), refused: "intelligence"},
		{name: "and nothing of who said it", action: "application.checks", first: openedApp, fields: toApp(given{"intelligence": "the neighbour told us he moved"}), refused: "intelligence"},

		{name: "an interim order may not be sought", action: "application.interim", first: openedApp, fields: toApp(given{"sought": false, "why": "He is in prison until the hearing"})},
		{name: "an interim order is for a fixed period (s.5)", action: "application.interim", first: openedApp, fields: toApp(given{"sought": true, "why": "urgent", "notice": "with notice"}), refused: "days"},
		{name: "with or without notice is said", action: "application.interim", first: openedApp, fields: toApp(given{"sought": true, "why": "urgent", "days": 28.0}), refused: "notice"},
		{name: "without notice is for what is urgent", action: "application.interim", first: openedApp, fields: toApp(given{"sought": true, "why": "x y", "days": 28.0, "notice": "without notice"}), refused: "why_notice"},
	}
}

func appConditionDeeds() []deed {
	add := toApp(given{"text": "Not to enter Wandsworth", "type": "area", "boroughs": "Wandsworth", "circle": "51.4613, -0.1156, 200m"})
	return []deed{
		{name: "a condition is a row with its matcher", action: "application.condition", first: openedApp, fields: add, then: func(d *desk) {
			if c := app(d).Conditions[0].Condition; c.No != 1 || c.Type != NoArea || c.Requirement || c.Match.Circle.Metres != 200 || !slices.Equal(c.Match.Boroughs, []string{"Wandsworth"}) {
				d.Errorf("%+v", c)
			}
		}},
		{name: "must is a requirement", action: "application.condition", first: openedApp, fields: toApp(given{"text": "Must sign on weekly"}), then: func(d *desk) {
			if !app(d).Conditions[0].Condition.Requirement {
				d.Error("it is a prohibition")
			}
		}},
		{name: "changing one leaves the rest of it", action: "application.condition", first: drafted, fields: toApp(given{"no": 1.0, "reason": "He wrote again"}), then: func(d *desk) {
			if p := app(d).Conditions[0]; p.Reason != "He wrote again" || p.Evidence == "" || p.Condition.Type != NoContact {
				d.Errorf("%+v", p)
			}
		}},
		{name: "one that is removed leaves no hole in the numbers", action: "application.condition", first: drafted, fields: toApp(given{"no": 1.0, "remove": true}), then: func(d *desk) {
			if p := app(d).Conditions; len(p) != 1 || p[0].Condition.No != 1 || p[0].Condition.Type != Attend {
				d.Errorf("%+v", p)
			}
		}},
		{name: "a conflict answer says what was considered (s.2)", action: "application.condition", first: openedApp, fields: toApp(given{"text": "Not to enter Wandsworth", "conflict": "none found"}), refused: "considered"},
		{name: "its own period is two years or more as well (s.3)", action: "application.condition", first: openedApp, fields: toApp(given{"text": "Not to enter Wandsworth", "months": 12.0}), refused: "months"},
		{name: "a condition has words", action: "application.condition", first: openedApp, fields: toApp(given{"type": "area"}), refused: "text"},
		{name: "of a condition that is not there", action: "application.condition", first: openedApp, fields: toApp(given{"no": 3.0, "reason": "x"}), refused: "no"},
		{name: "a borough the Met does not police", action: "application.condition", first: openedApp, fields: toApp(given{"text": "Not to enter Slough", "boroughs": "Slough"}), refused: "boroughs"},
		{name: "a circle that is none", action: "application.condition", first: openedApp, fields: toApp(given{"text": "Not to go there", "circle": "near the park"}), refused: "circle"},
	}
}

func appSignDeeds() []deed {
	const lawyer = "A. Barrister"
	return []deed{
		{name: "legal signs what is complete", action: "application.legal", who: "O-0004", first: drafted, fields: toApp(given{"lawyer": lawyer})},
		{name: "and nothing else", action: "application.legal", first: openedApp, fields: toApp(given{"lawyer": lawyer}), refused: "application"},
		{name: "once", action: "application.legal", first: signedApp, fields: toApp(given{"lawyer": lawyer}), refused: "application"},
		{name: "a constable records no legal sign-off", action: "application.legal", who: "O-0002", first: drafted, fields: toApp(given{"lawyer": lawyer}), refused: "-", code: Denied},

		{name: "the inspector authorises after legal", action: "application.authorise", who: "O-0003", fields: toApp(nil), first: func(d *desk) {
			drafted(d)
			d.must("O-0004", "application.legal", toApp(given{"lawyer": lawyer}))
		}, states: map[Ref]string{"AP-000001": "signed off"}},
		{name: "not before", action: "application.authorise", who: "O-0003", first: drafted, fields: toApp(nil), refused: "application"},
		{name: "four eyes: not by one who drafted any of it", action: "application.authorise", who: "O-0003", fields: toApp(nil), first: func(d *desk) {
			drafted(d)
			d.must("O-0003", "application.terms", toApp(given{"months": 60.0}))
			d.must("O-0004", "application.legal", toApp(given{"lawyer": lawyer}))
		}, refused: "application", code: Denied},
		{name: "nor by a lead who is no inspector", action: "application.authorise", who: "O-0010", fields: toApp(nil), first: func(d *desk) {
			drafted(d)
			d.must("O-0008", "officer.add", given{"name": "JONES", "rank": "PS", "unit": "SW", "roles": "lead"})
			d.must("O-0004", "application.legal", toApp(given{"lawyer": lawyer}))
		}, refused: "application", code: Denied},
		{name: "a sergeant authorises nothing", action: "application.authorise", first: drafted, fields: toApp(nil), refused: "-", code: Denied},
		{name: "a change after sign-off voids both, and says so", action: "application.condition", who: "O-0002", first: signedApp, fields: toApp(given{"no": 2.0, "reason": "New"}), states: map[Ref]string{"AP-000001": "drafting"}, then: func(d *desk) {
			if got := gapsOf(d); len(got) != 2 || got[0] != "no legal sign-off" {
				d.Errorf("%v", got)
			}
			if why := d.journal[len(d.journal)-1].Reason; !strings.Contains(why, "voids the sign-off of legal (A. Barrister) and inspector or above (DI Clarke)") {
				d.Error(why)
			}
			if s := app(d).Signs[0]; !strings.Contains(s.Void, "condition 2 changed by PC Blake") {
				d.Errorf("%+v", s)
			}
		}},
	}
}

func appCourtDeeds() []deed {
	court := given{"court": "Wimbledon magistrates' court"}
	result := func(outcome string, more given) given {
		out := toApp(given{"outcome": outcome})
		maps.Copy(out, more)
		return out
	}
	return []deed{
		{name: "complete and signed papers are lodged", action: "application.lodge", who: "O-0004", first: signedApp, fields: toApp(court), states: map[Ref]string{"AP-000001": "lodged"}},
		{name: "papers that lack something are not", action: "application.lodge", first: drafted, fields: toApp(court), refused: "application"},
		{name: "not twice while they are the same", action: "application.lodge", first: lodgedApp, fields: toApp(court), refused: "application"},
		{name: "amended papers are, once they are signed again", action: "application.lodge", fields: toApp(court), first: func(d *desk) {
			lodgedApp(d)
			d.must("O-0002", "application.act", toApp(given{"day": "2026-11-23", "what": "Came again", "evidence": "MG11 RU/2"}))
			if a := app(d); !a.Amended || a.Stage != AppLodged {
				d.Errorf("%+v", a)
			}
			d.must("O-0004", "application.legal", toApp(given{"lawyer": "A. Barrister"}))
			d.must("O-0003", "application.authorise", toApp(nil))
		}, states: map[Ref]string{"AP-000001": "lodged"}},
		{name: "a youth court does not hear a man of 41", action: "application.lodge", first: signedApp, fields: toApp(given{"court": "Wimbledon Youth Court"}), refused: "court"},
		{name: "under 18 it is the youth court", action: "application.lodge", first: youthApp("25 Nov 2008"), fields: toApp(court), refused: "court"},
		{name: "which hears somebody who turns 18 tomorrow", action: "application.lodge", first: youthApp("25 Nov 2008"), fields: toApp(given{"court": "Wimbledon Youth Court"})},
		{name: "but not who turns 18 today", action: "application.lodge", first: youthApp("24 Nov 2008"), fields: toApp(given{"court": "Wimbledon Youth Court"}), refused: "court"},
		{name: "not lodged tomorrow", action: "application.lodge", first: signedApp, fields: toApp(given{"court": "x", "day": "2026-11-25"}), refused: "day"},

		{name: "a hearing is fixed", action: "application.hearing", who: "O-0002", first: lodgedApp, fields: toApp(given{"at": "2027-01-12 10:00"}), then: func(d *desk) {
			d.must("O-0002", "application.hearing", toApp(given{"at": "2027-01-14 14:00", "hearsay": "2026-11-24"}))
			if h, ok := app(d).Hearing(); !ok || !h.At.Equal(at(d, "2027-01-14 14:00")) || len(app(d).Hearings) != 1 || app(d).HearsayServed.IsZero() {
				d.Errorf("%+v", app(d).Hearings)
			}
		}},
		{name: "nothing is heard that is not lodged", action: "application.hearing", first: signedApp, fields: toApp(given{"at": "2027-01-12 10:00"}), refused: "application"},
		{name: "not before it was lodged", action: "application.hearing", first: lodgedApp, fields: toApp(given{"at": "2026-11-23 10:00"}), refused: "at"},

		{name: "an interim order becomes an order on record", action: "application.result", who: "O-0004", first: lodgedApp, fields: result("interim order made", given{"until": "2027-01-18", "next": "2027-01-12 10:00", "monitor": "O-5"}), states: map[Ref]string{"AP-000001": "interim made"}, then: func(d *desk) {
			o := as[*Order](d, "R-000006")
			if o.Type != InterimSPO || o.Origin != FromApplication || o.Application != "AP-000001" || len(o.Conditions) != 2 || o.Monitor != "O-0005" || o.Risk != RiskHigh || o.Protected != theVictim {
				d.Errorf("%+v", o)
			}
			if c := o.Conditions[0]; c.Type != NoContact || c.Method != "Weekly call" || c.No != 1 {
				d.Errorf("%+v", c)
			}
		}},
		{name: "an interim order has a last day (s.5)", action: "application.result", first: lodgedApp, fields: result("interim order made", nil), refused: "until"},
		{name: "only one interim order at a time", action: "application.result", first: interimApp, fields: result("interim order made", given{"until": "2027-03-18"}), refused: "outcome"},
		{name: "an interim order is renewed", action: "application.result", first: interimApp, fields: result("interim order renewed", given{"until": "2027-02-18"}), then: func(d *desk) {
			if o := as[*Order](d, "R-000006"); o.Until != on(d, "2027-02-18") || len(o.Log) != 1 || app(d).InterimUntil != o.Until {
				d.Errorf("%+v", o)
			}
		}},
		{name: "for longer than it ran", action: "application.result", first: interimApp, fields: result("interim order renewed", given{"until": "2027-01-18"}), refused: "until"},
		{name: "the full order replaces the interim one", action: "application.result", first: inTurn(interimApp, done("order.serve", given{"order": "R-6", "how": "in court"})), fields: result("full order made", given{"until": "2029-11-23"}), states: map[Ref]string{"AP-000001": "order made", "R-000006": "superseded"}, then: func(d *desk) {
			o := as[*Order](d, "R-000007")
			o.Served = d.now
			if _, why, _ := o.NotifyBy(&Person{}); !strings.Contains(why, "not restarted by the full one") || o.Replaces != "R-000006" || app(d).Order != o.Ref {
				d.Errorf("%+v: %s", o, why)
			}
		}},
		{name: "two years less a day is too short (s.3)", action: "application.result", first: lodgedApp, fields: result("full order made", given{"until": "2028-11-22"}), refused: "until"},
		{name: "the court may make it until further order", action: "application.result", first: lodgedApp, fields: result("full order made", nil), states: map[Ref]string{"AP-000001": "order made", "R-000006": ""}, then: func(d *desk) {
			if o := as[*Order](d, "R-000006"); !o.Until.IsZero() || o.Replaces != "" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "the court changes the conditions", action: "application.result", first: lodgedApp, fields: result("full order made", given{"conditions": "2\n1: Not to write to Rosalind Underwood\nNot to enter Wandsworth"}), then: func(d *desk) {
			c := as[*Order](d, "R-000006").Conditions
			if len(c) != 3 || c[0].Type != Attend || c[0].No != 1 || c[1].Type != NoContact || c[1].Text != "Not to write to Rosalind Underwood" || c[2].Type != "" || c[2].No != 3 {
				d.Errorf("%+v", c)
			}
		}},
		{name: "a number that was not proposed", action: "application.result", first: lodgedApp, fields: result("full order made", given{"conditions": "5"}), refused: "conditions"},
		{name: "a refusal ends the interim order (s.5)", action: "application.result", first: interimApp, fields: result("refused", nil), states: map[Ref]string{"AP-000001": "refused", "R-000006": "main application determined"}},
		{name: "so does a withdrawal", action: "application.result", first: interimApp, fields: result("withdrawn", nil), states: map[Ref]string{"AP-000001": "withdrawn", "R-000006": "main application determined"}},
		{name: "a refused interim leaves the application", action: "application.result", first: lodgedApp, fields: result("interim order refused", nil), states: map[Ref]string{"AP-000001": "lodged"}},
		{name: "an adjournment is to a day", action: "application.result", first: lodgedApp, fields: result("adjourned", nil), refused: "next"},
		{name: "and leaves the next hearing", action: "application.result", first: lodgedApp, fields: result("adjourned", given{"next": "2027-02-01 10:00"}), then: func(d *desk) {
			if h, ok := app(d).Hearing(); !ok || h.At.Month() != 2 || len(app(d).Hearings) != 2 {
				d.Errorf("%+v", app(d).Hearings)
			}
		}},
		{name: "conditions without an order are not lost silently", action: "application.result", first: lodgedApp, fields: result("refused", given{"conditions": "1"}), refused: "conditions"},
		{name: "what was not lodged has no result", action: "application.result", first: signedApp, fields: result("refused", nil), refused: "application"},
		{name: "what is determined stays so", action: "application.result", fields: result("refused", nil), first: func(d *desk) {
			lodgedApp(d)
			d.must("O-0004", "application.result", result("withdrawn", nil))
		}, refused: "application"},
		{name: "a constable records no result", action: "application.result", who: "O-0002", first: lodgedApp, fields: result("refused", nil), refused: "-", code: Denied},
	}
}

// youthApp is a signed application against somebody born on a day.
func youthApp(born string) func(*desk) {
	return func(d *desk) {
		drafted(d)
		d.must("O-0002", "person.edit", given{"person": "P-2", "born": born})
		d.must("O-0004", "application.legal", toApp(given{"lawyer": "A. Barrister"}))
		d.must("O-0003", "application.authorise", toApp(nil))
	}
}

func TestUnder18AsFarAsTheDateOfBirthTells(t *testing.T) {
	for _, c := range []struct {
		born, on    string
		youth, sure bool
	}{
		{"25 Nov 2008", "2026-11-24", true, true},
		{"24 Nov 2008", "2026-11-24", false, true},
		{"2009", "2026-11-24", true, true},
		{"2007", "2026-11-24", false, true},
		{"2008", "2026-11-24", false, false},
		{"Nov 2008", "2026-11-24", false, false},
		{"29 Feb 2008", "2026-02-28", true, true},
		{"29 Feb 2008", "2026-03-01", false, true},
		{"c. 1990", "2026-11-24", false, true},
		{"c. 2008", "2026-11-24", false, false},
		{"", "2026-11-24", false, false},
	} {
		born, err := day.ParseBorn(c.born)
		if err != nil {
			t.Fatal(err)
		}
		if youth, sure := isYouth(born, on(t, c.on)); youth != c.youth || sure != c.sure {
			t.Errorf("born %q, on %s: youth %v, sure %v; want %v, %v", c.born, c.on, youth, sure, c.youth, c.sure)
		}
	}
}

// Each paper that is left out is named by the meter, with the action that adds it, and lodging names it too.
func TestWhatIsMissingIsNamed(t *testing.T) {
	want := []string{
		"the territorial test is not answered", "limb (a) has no evidence", "limb (b) has no evidence", "limb (c) has no evidence", "the chronology has 1 of at least 2 acts",
		"the chronology has 1 of at least 2 acts", "", "", "no risk is assessed", "intelligence is not checked", "the victim-survivor's views are not recorded",
		"nobody has decided whether an interim order is sought",
	}
	for i, left := range appPapers() {
		if want[i] == "" {
			continue
		}
		d := newDesk(t, stationNow(t), station(t)...)
		openedApp(d)
		for j, p := range appPapers() {
			if j != i {
				d.must("O-0002", p.action, toApp(p.fields))
			}
		}
		b, err := BasisOf(d, app(d), day.On(d.now))
		if err != nil {
			t.Fatal(err)
		}
		gaps := app(d).Missing(b)
		k := slices.IndexFunc(gaps, func(g Gap) bool { return g.What == want[i] })
		if k < 0 || gaps[k].Settle != left.action || gaps[k].Why == "" {
			t.Errorf("without %s %v: %+v, want %q", left.action, left.fields, gaps, want[i])
		}
		have, of := app(d).Complete(b)
		if of-have != len(gaps) {
			t.Errorf("%d of %d, and %d gaps", have, of, len(gaps))
		}
		_, err = d.do("O-0004", "application.lodge", toApp(given{"court": "Wimbledon"}))
		if p := refusal(t, err); k == 0 && !strings.Contains(p.Rule, want[i]) {
			t.Errorf("lodging is refused with %q, which does not name %q", p.Rule, want[i])
		}
	}
}

func TestACompleteApplicationLacksNothing(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	signedApp(d)
	if got := gapsOf(d); len(got) > 0 {
		t.Errorf("%v", got)
	}
	// An order made elsewhere after the check is said to be new.
	d.must("O-0002", "order.add", given{"person": "P-2", "type": "NMO", "made": "2026-11-20", "conditions": "Not to contact", "unit": "SW"})
	if got := gapsOf(d); len(got) != 1 || got[0] != "on record since the check: R-000006" {
		t.Errorf("%v", got)
	}
}

func TestAnApplicationSaysNothingOfWhoItProtects(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	interimApp(d)
	l := NewLiner(d, d.now)
	var all strings.Builder
	for _, group := range FactsOf(app(d), l) {
		for _, f := range group.Rows {
			all.WriteString(f.Label + " " + f.Text + "\n")
		}
	}
	line := l.Line(app(d))
	raw, err := json.Marshal(app(d))
	if err != nil {
		t.Fatal(err)
	}
	review, err := CourtPapers(d, app(d), CopyReview, true, d.now)
	if err != nil {
		t.Fatal(err)
	}
	rawReview, _ := json.Marshal(review)
	rawLine, _ := json.Marshal(line)
	all.Write(raw)
	all.Write(rawLine)
	all.Write(rawReview)
	for _, due := range Dues(app(d), as[*Person](d, "P-000002"), d.now) {
		all.WriteString(due.Rule + due.Missed)
	}
	text := strings.ToLower(all.String())
	for _, secret := range []string{"rosalind", "underwood", "sparrow", "sw18 2pt", "900451", "kept away from school", "moved house twice"} {
		if strings.Contains(text, secret) {
			i := strings.Index(text, secret)
			t.Errorf("it says %q: …%s…", secret, text[max(0, i-60):min(len(text), i+60)])
		}
	}
	if !strings.Contains(all.String(), "Not to contact [protected] by any means") {
		t.Error("what is left of a masked condition is not there")
	}
	court, err := CourtPapers(d, app(d), CopyCourt, true, d.now)
	if err != nil {
		t.Fatal(err)
	}
	rawCourt, _ := json.Marshal(court)
	for _, must := range []string{"Rosalind Underwood", "kept away from school", "Moved house twice"} {
		if !strings.Contains(string(rawCourt), must) {
			t.Errorf("the court's copy does not say %q", must)
		}
	}
}

func TestCourtPapersAreCompleteOrSayDraft(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	drafted(d)
	_, err := CourtPapers(d, app(d), CopyCourt, false, d.now)
	if p := refusal(t, err); !strings.Contains(p.Rule, "no legal sign-off") {
		t.Errorf("refused: %s", p.Rule)
	}
	p, err := CourtPapers(d, app(d), CopyCourt, true, d.now)
	if err != nil || !p.Draft || len(p.Gaps) != 2 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestClocksOfAnApplication(t *testing.T) {
	rules := func(d *desk) string {
		var out []string
		for _, due := range Dues(app(d), as[*Person](d, "P-000002"), d.now) {
			out = append(out, due.Rule+" by "+day.On(due.Deadline.Add(-1)).String())
		}
		return strings.Join(out, "\n")
	}
	days := func(n int) func(*desk) { return func(d *desk) { d.now = d.now.AddDate(0, 0, n) } }
	for _, c := range []struct {
		name  string
		first []func(*desk)
		want  []string
		not   []string
	}{
		{"papers are lodged within 28 days", []func(*desk){openedApp}, []string{"lodge the application by 2026-12-22", "take the application on: the territorial test is not answered by 2026-12-01"}, []string{"lead:"}},
		{"on the last of the 7 days nobody else is told", []func(*desk){openedApp, days(7)}, nil, []string{"lead:"}},
		{"on the 8th day the lead is told", []func(*desk){openedApp, days(8)}, []string{"lead: the application has stood still since 24 Nov by 2026-12-08"}, nil},
		{"any step starts the days again", []func(*desk){openedApp, days(8), func(d *desk) { d.must("O-0002", "application.terms", toApp(given{"months": 24.0})) }}, []string{"by 2026-12-09"}, []string{"lead:"}},
		{"lodged without a hearing stands still too", []func(*desk){lodgedApp}, []string{"take the application on: no hearing is fixed"}, []string{"lodge the application"}},
		{"a hearing is a clock, and hearsay is served 21 days before", []func(*desk){lodgedApp, func(d *desk) {
			d.must("O-0002", "application.hearing", toApp(given{"at": "2027-01-12 10:00"}))
		}}, []string{"hearing of the application by 2027-01-12", "serve the hearsay notice by 2026-12-22"}, []string{"take the application on"}},
		{"an interim order that ends before the hearing", []func(*desk){interimApp, func(d *desk) {
			d.must("O-0002", "application.hearing", toApp(given{"at": "2027-01-19 10:00"}))
		}}, []string{"have the interim order renewed: it ends before the hearing by 2027-01-18"}, nil},
		{"one that ends on the day of the hearing does not", []func(*desk){interimApp, func(d *desk) {
			d.must("O-0002", "application.hearing", toApp(given{"at": "2027-01-18 10:00"}))
		}}, nil, []string{"renewed"}},
		{"a determined application has no clocks", []func(*desk){lodgedApp, func(d *desk) {
			d.must("O-0004", "application.result", toApp(given{"outcome": "refused"}))
		}}, nil, []string{" by "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			for _, f := range c.first {
				f(d)
			}
			got := rules(d)
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("%q is not among\n%s", w, got)
				}
			}
			for _, n := range c.not {
				if strings.Contains(got, n) {
					t.Errorf("%q is among\n%s", n, got)
				}
			}
		})
	}
}

// A full order that comes after the interim order ran out replaces nothing: the notification begins with its service.
func TestAFullOrderAfterAnInterimOneHasRunOut(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	interimApp(d)
	d.now = at(t, "2027-02-01 15:00")
	d.must("O-0004", "application.result", toApp(given{"outcome": "full order made"}))
	o, old := as[*Order](d, "R-000007"), as[*Order](d, "R-000006")
	if o.Replaces != "" || old.End != Lapsed || old.Ended != on(t, "2027-01-18") {
		t.Errorf("replaces %q; the interim order %s %s", o.Replaces, old.End, old.Ended)
	}
}

// applicationsUnderWay puts one application on the desk at each step from complete to lodged: chance alone completes none.
func applicationsUnderWay(d *desk) {
	made := newDesk(d, d.now, station(d)...)
	steps := []func(){
		func() { drafted(made) },
		func() { made.must("O-0004", "application.legal", toApp(given{"lawyer": "A. Barrister"})) },
		func() { made.must("O-0003", "application.authorise", toApp(nil)) },
		func() {
			made.must("O-0004", "application.lodge", toApp(given{"court": "Wimbledon magistrates' court"}))
		},
	}
	for i, step := range steps {
		step()
		p := as[*Person](d, NewRef(KindPerson, uint64(i+1)))
		p.Born = as[*Person](made, "P-000002").Born
		a, _ := copied(app(made)).(*Application)
		a.Ref, a.Person = NewRef(KindApplication, uint64(i+1)), p.Ref
		d.keep(p)
		d.keep(a)
	}
}
