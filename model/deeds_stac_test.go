package model

import (
	"strings"
	"testing"
)

func asked(more given) given {
	return with(given{"case": "C-1", "reason": "Fixated, escalating", "basis": "law-enforcement", "ask": "advice,co-work"}, more)
}

// referred opens C-1 and sends it to S-TAC as ST-1; accepted goes on from there.
func referred(d *desk) {
	opened("P-2 P-3")(d)
	d.must("O-0002", "stac.refer", asked(nil))
}

func accepted(d *desk) {
	referred(d)
	d.must("O-0006", "stac.decide", given{"referral": "ST-1", "decision": "accepted"})
}

func stacDeeds() []deed {
	const stac = "O-0006"
	decide := given{"referral": "ST-1", "decision": "accepted"}
	action := given{"referral": "ST-1", "title": "Ask for the phone records", "assign": "O-2", "due": "2026-11-30"}
	end := given{"referral": "ST-1", "outcome": "Order applied for"}
	return []deed{
		{name: "an officer refers a stalking case", action: "stac.refer", who: "O-0002", first: opened("P-2 P-3"), fields: asked(given{"ask": "advice,advice,co-work", "victim": "KEPT-BACK"}), states: map[Ref]string{"ST-000001": "referred"}, then: func(d *desk) {
			r := as[*Referral](d, "ST-000001")
			if r.Person != "P-000002" || r.Unit != "SW" || len(r.Ask) != 2 || r.By != "O-0002" || as[*Case](d, "C-000001").Referral != r.Ref {
				d.Errorf("%+v", r)
			}
			if strings.Contains(cardWords(d, r.Ref)+rowWords(d, r.Ref), "KEPT-BACK") {
				d.Error("the card says who the victim-survivor is")
			}
		}},
		{name: "from the screening", action: "stac.refer", first: screened, fields: asked(given{"case": nil, "screening": "SC-1"}), then: func(d *desk) {
			if r := as[*Referral](d, "ST-000001"); r.Case != "C-000001" || r.Screening != "SC-000001" {
				d.Errorf("%+v", r)
			}
		}},
		{name: "from an order", action: "stac.refer", fields: asked(given{"case": nil, "order": "R-5"}), then: func(d *desk) {
			if r := as[*Referral](d, "ST-000001"); r.Person != "P-000007" || r.Order != "R-000005" {
				d.Errorf("%+v", r)
			}
		}},
		{name: "after a conviction too", action: "stac.refer", first: inTurn(opened("P-2 P-3"), done("case.charge", given{"case": "C-1", "cps": "CPS 1"}), done("case.close", given{"case": "C-1"})), fields: asked(given{"ask": "post-conviction"}), states: map[Ref]string{"ST-000001": "referred", "C-000001": "closed"}},
		{name: "it is about something", action: "stac.refer", fields: asked(given{"case": nil}), refused: "case"},
		{name: "it has a reason", action: "stac.refer", first: opened("P-2 P-3"), fields: asked(given{"reason": nil}), refused: "reason"},
		{name: "it has a lawful basis", action: "stac.refer", first: opened("P-2 P-3"), fields: asked(given{"basis": nil}), refused: "basis"},
		{name: "it asks for something", action: "stac.refer", first: opened("P-2 P-3"), fields: asked(given{"ask": nil}), refused: "ask"},
		{name: "about a suspect in the case", action: "stac.refer", first: opened("P-2 P-3"), fields: asked(given{"person": "P-3"}), refused: "person"},
		{name: "the order is that suspect's", action: "stac.refer", fields: asked(given{"case": nil, "order": "R-5", "person": "P-2"}), refused: "order"},
		{name: "the screening is of that case", action: "stac.refer", first: inTurn(screened, opened("P-4 P-5")), fields: asked(given{"case": "C-2", "screening": "SC-1"}), refused: "screening"},
		{name: "not twice while it waits", action: "stac.refer", first: referred, fields: asked(nil), refused: "case"},
		{name: "again once it was declined", action: "stac.refer", first: inTurn(referred, func(d *desk) {
			d.must(stac, "stac.decide", given{"referral": "ST-1", "decision": "declined", "reason": "No repeat"})
		}), fields: asked(nil), states: map[Ref]string{"ST-000001": "declined", "ST-000002": "referred"}},
		{name: "a data officer refers none", action: "stac.refer", who: "O-0007", first: opened("P-2 P-3"), fields: asked(nil), refused: "-", code: Denied},

		{name: "S-TAC accepts", action: "stac.decide", who: stac, first: referred, fields: decide, states: map[Ref]string{"ST-000001": "accepted"}, then: func(d *desk) {
			if r := as[*Referral](d, "ST-000001"); r.DecidedBy != stac || r.Owner != stac || r.DecidedAt.IsZero() {
				d.Errorf("%+v", r)
			}
		}},
		{name: "S-TAC declines with a reason", action: "stac.decide", who: stac, first: referred, fields: with(decide, given{"decision": "declined", "reason": "No repeat"}), states: map[Ref]string{"ST-000001": "declined"}},
		{name: "but not without", action: "stac.decide", who: stac, first: referred, fields: with(decide, given{"decision": "declined"}), refused: "reason"},
		{name: "it is answered once", action: "stac.decide", who: stac, first: accepted, fields: decide, refused: "referral"},
		{name: "by an owner who works here", action: "stac.decide", who: stac, first: referred, fields: with(decide, given{"owner": "O-9"}), refused: "owner"},
		{name: "an officer does not answer for S-TAC", action: "stac.decide", who: "O-0002", first: referred, fields: decide, refused: "-", code: Denied},
		{name: "nor does the lead", action: "stac.decide", who: "O-0003", first: referred, fields: decide, refused: "-", code: Denied},

		{name: "advice stands beside earlier advice", action: "stac.advise", who: stac, first: inTurn(accepted, func(d *desk) { d.must(stac, "stac.advise", given{"referral": "ST-1", "advice": "Apply for an order"}) }), fields: given{"referral": "ST-1", "advice": "Ask for a SAM"}, states: map[Ref]string{"ST-000001": "advice given"}, then: func(d *desk) {
			if r := as[*Referral](d, "ST-000001"); len(r.Advice) != 2 || r.Advice[0].Text != "Apply for an order" || r.Advice[1].By != stac {
				d.Errorf("%+v", r.Advice)
			}
		}},
		{name: "not before it was accepted", action: "stac.advise", who: stac, first: referred, fields: given{"referral": "ST-1", "advice": "Apply for an order"}, refused: "referral"},
		{name: "an officer gives none", action: "stac.advise", who: "O-0001", first: accepted, fields: given{"referral": "ST-1", "advice": "Apply for an order"}, refused: "-", code: Denied},

		{name: "an action is a task about the referral", action: "stac.action", who: stac, first: accepted, fields: action, states: map[Ref]string{"T-000004": "open"}, then: func(d *desk) {
			k := as[*Task](d, "T-000004")
			if k.About != "ST-000001" || k.Person != "P-000002" || k.Assignee != "O-0002" || k.Unit != "SW" || k.Due != on(d, "2026-11-30") {
				d.Errorf("%+v", k)
			}
			if l := NewLiner(d, d.now).Line(d.records["ST-000001"]); l.Due != on(d, "2026-11-30") {
				d.Errorf("the queue has it due %s", l.Due)
			}
		}},
		{name: "with a day", action: "stac.action", who: stac, first: accepted, fields: with(action, given{"due": nil}), refused: "due"},
		{name: "that has not passed", action: "stac.action", who: stac, first: accepted, fields: with(action, given{"due": "2026-11-23"}), refused: "due"},
		{name: "and an owner who works here", action: "stac.action", who: stac, first: accepted, fields: with(action, given{"assign": "O-9"}), refused: "assign"},
		{name: "not before it was accepted", action: "stac.action", who: stac, first: referred, fields: action, refused: "referral"},
		{name: "an officer sets none", action: "stac.action", who: "O-0002", first: accepted, fields: action, refused: "-", code: Denied},

		{name: "a restriction is flagged", action: "stac.restrict", who: stac, first: referred, fields: given{"referral": "ST-1", "reason": "Suspect has police friends"}, then: func(d *desk) {
			if l := NewLiner(d, d.now).Line(d.records["ST-000001"]); l.Outcome != "RESTRICTED" || !strings.Contains(cardWords(d, "ST-000001"), "RESTRICTED by S-TAC") {
				d.Errorf("%+v", l)
			}
		}},
		{name: "and lifted", action: "stac.restrict", who: stac, first: inTurn(referred, func(d *desk) { d.must(stac, "stac.restrict", given{"referral": "ST-1", "reason": "x y"}) }), fields: given{"referral": "ST-1", "lift": true, "reason": "No longer"}, then: func(d *desk) {
			if as[*Referral](d, "ST-000001").Restricted {
				d.Error("it is still restricted")
			}
		}},
		{name: "what is not restricted is not lifted", action: "stac.restrict", who: stac, first: referred, fields: given{"referral": "ST-1", "lift": true, "reason": "No longer"}, refused: "lift"},
		{name: "with a reason", action: "stac.restrict", who: stac, first: referred, fields: given{"referral": "ST-1"}, refused: "reason"},
		{name: "by S-TAC alone", action: "stac.restrict", who: "O-0003", first: referred, fields: given{"referral": "ST-1", "reason": "x y"}, refused: "-", code: Denied},

		{name: "closed with what came of it", action: "stac.close", who: stac, first: accepted, fields: end, states: map[Ref]string{"ST-000001": "closed"}},
		{name: "not while an action is open", action: "stac.close", who: stac, first: inTurn(accepted, func(d *desk) { d.must(stac, "stac.action", action) }), fields: end, refused: "referral"},
		{name: "once the action is done", action: "stac.close", who: stac, first: inTurn(accepted, func(d *desk) {
			d.must(stac, "stac.action", action)
			d.must("O-0002", "task.done", given{"task": "T-4"})
		}), fields: end, states: map[Ref]string{"ST-000001": "closed"}},
		{name: "not before an answer", action: "stac.close", who: stac, first: referred, fields: end, refused: "referral"},
		{name: "an officer closes none", action: "stac.close", who: "O-0002", first: accepted, fields: end, refused: "-", code: Denied},
	}
}

func safeguardingDeeds() []deed {
	base := given{"case": "C-1", "to": "marac", "basis": "safeguarding", "words": "KEPT-BACK", "follow_up": "2026-12-01"}
	known := given{"case": "C-1", "no": 1, "outcome": "in place", "words": "KEPT-BACK"}
	one := inTurn(opened("P-2 P-3"), done("safeguarding.refer", base))
	return []deed{
		{name: "it stands first on the card, without the words", action: "safeguarding.refer", who: "O-0002", first: opened("P-2 P-3"), fields: base, then: func(d *desk) {
			card := cardWords(d, "C-000001")
			if !strings.HasPrefix(card, "Safeguarding first") || !strings.Contains(card, "MARAC · follow up by 1 Dec 2026") || strings.Contains(card, "KEPT-BACK") {
				d.Error(card)
			}
			if s := as[*Case](d, "C-000001").Safe; len(s) != 1 || s[0].Owner != "O-0002" || s[0].No != 1 {
				d.Errorf("%+v", s)
			}
		}},
		{name: "from the screening", action: "safeguarding.refer", first: screened, fields: with(base, given{"case": nil, "screening": "SC-1"})},
		{name: "from the referral, by S-TAC", action: "safeguarding.refer", who: "O-0006", first: referred, fields: with(base, given{"case": nil, "referral": "ST-1"})},
		{name: "it belongs to a case", action: "safeguarding.refer", fields: with(base, given{"case": nil}), refused: "case"},
		{name: "it has a lawful basis", action: "safeguarding.refer", first: opened("P-2 P-3"), fields: with(base, given{"basis": nil}), refused: "basis"},
		{name: "it has been done", action: "safeguarding.refer", first: opened("P-2 P-3"), fields: with(base, given{"day": "2026-11-25"}), refused: "day"},
		{name: "the follow-up comes after it", action: "safeguarding.refer", first: opened("P-2 P-3"), fields: with(base, given{"follow_up": "2026-11-23"}), refused: "follow_up"},
		{name: "a data officer records none", action: "safeguarding.refer", who: "O-0007", first: opened("P-2 P-3"), fields: base, refused: "-", code: Denied},

		{name: "once it is in place its clock stops", action: "safeguarding.outcome", first: one, fields: known, then: func(d *desk) {
			for _, due := range Dues(d.records["C-000001"], nil, d.now) {
				if due.Settle == "safeguarding.outcome" {
					d.Errorf("%+v", due)
				}
			}
		}},
		{name: "there is such an action", action: "safeguarding.outcome", first: one, fields: with(known, given{"no": 2}), refused: "no"},
		{name: "it is known once", action: "safeguarding.outcome", first: inTurn(one, done("safeguarding.outcome", known)), fields: known, refused: "no"},
		{name: "after the action", action: "safeguarding.outcome", first: one, fields: with(known, given{"day": "2026-11-23"}), refused: "day"},
		{name: "an administrator records none", action: "safeguarding.outcome", who: "O-0008", first: one, fields: known, refused: "-", code: Denied},

		{name: "a case does not close over an open follow-up", action: "case.close", first: one, fields: given{"case": "C-1", "outcome": "15"}, refused: "case"},
		{name: "it closes once that is known", action: "case.close", first: inTurn(one, done("safeguarding.outcome", known)), fields: given{"case": "C-1", "outcome": "15"}, states: map[Ref]string{"C-000001": "closed"}},
	}
}

// The clocks of cases and referrals: the day before the last, the last, and when they stop.
func TestClocksOfReferralsAndOfStalkingCases(t *testing.T) {
	rules := func(d *desk, ref Ref) string {
		var out []string
		for _, due := range Dues(d.records[ref], nil, d.now) {
			out = append(out, due.Rule+" until "+due.Deadline.Format("2 Jan")+" by "+due.Settle)
		}
		return strings.Join(out, "; ")
	}
	// 20 November 2026 is a Friday: five working days later is Friday the 27th, and the clock runs to its end.
	const nag = "refer the stalking case to S-TAC until 28 Nov by stac.refer"
	for name, c := range map[string]struct {
		first func(*desk)
		ref   Ref
		want  string
	}{
		"a stalking case nobody has referred":      {opened("P-2 P-3"), "C-000001", nag},
		"one that has been referred":               {referred, "C-000001", ""},
		"one whose referral was undone":            {inTurn(referred, func(d *desk) { d.must("O-0002", "undo", given{"reason": "wrong case"}) }), "C-000001", nag},
		"a harassment case":                        {done("case.add", given{"person": "P-2", "offences": "s2", "last": "2026-11-20"}), "C-000001", "charge a summary-only offence until 21 May by case.charge"},
		"a closed one":                             {inTurn(opened("P-2 P-3"), done("case.close", given{"case": "C-1", "outcome": "15"})), "C-000001", ""},
		"a referral waits five working days":       {referred, "ST-000001", "answer the referral to S-TAC until 2 Dec by stac.decide"},
		"a referral that is for today waits two":   {inTurn(opened("P-2 P-3"), done("stac.refer", asked(given{"priority": "today"}))), "ST-000001", "answer the referral to S-TAC until 27 Nov by stac.decide"},
		"a referral that is for now waits one":     {inTurn(opened("P-2 P-3"), done("stac.refer", asked(given{"priority": "now"}))), "ST-000001", "answer the referral to S-TAC until 26 Nov by stac.decide"},
		"an accepted one waits ten for the advice": {accepted, "ST-000001", "give S-TAC's advice until 9 Dec by stac.advise"},
		"advice given stops the clock":             {inTurn(accepted, func(d *desk) { d.must("O-0006", "stac.advise", given{"referral": "ST-1", "advice": "Apply"}) }), "ST-000001", ""},
		"a screening is done again by its day":     {inTurn(opened("P-2 P-3"), done("screening.record", fourYes(given{"case": "C-1", "again": "2026-12-24"}))), "SC-000001", "screen again until 25 Dec by screening.review"},
		"a safeguarding action is followed up":     {inTurn(opened("P-2 P-3"), done("stac.refer", asked(nil)), done("safeguarding.refer", given{"case": "C-1", "to": "idva", "basis": "consent", "follow_up": "2026-12-01"})), "C-000001", "follow up safeguarding 1: IDVA until 2 Dec by safeguarding.outcome"},
		"an engagement is followed up":             {done("engagement.log", given{"audience": "universities", "numbers": 40, "topic": "Stalking", "follow_up": "Send slides", "follow_by": "2026-12-01"}), "E-000001", "follow up: Send slides until 2 Dec by engagement.followed"},
		"an action of S-TAC has the clock of any task": {inTurn(accepted, func(d *desk) {
			d.must("O-0006", "stac.action", given{"referral": "ST-1", "title": "Phone records", "assign": "O-2", "due": "2026-11-30"})
		}), "T-000004", "Phone records until 1 Dec by task.done"},
		"a screening without a day to screen again has none": {screened, "SC-000001", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			c.first(d)
			if got := rules(d, c.ref); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
