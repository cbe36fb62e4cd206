package sample

import (
	"time"

	"pou/model"
	"pou/model/day"
)

// The planted cases the traps of threat assessment are about, by their place in the list.
const (
	caseCounter, caseLong, caseSerial, caseHarassment, caseOlder, caseBoundary, caseYouth, caseUnseen = 1, 4, 5, 6, 7, 11, 13, 14
)

// plantYouth makes the case of a suspect under 18, with what was done to keep somebody safe, and a stalking case that S-TAC
// has not seen.
func (d *desk) plantYouth(against func(suspect, victim int, unit model.Unit, ago int, offences ...model.OffenceCode) *model.Case) {
	d.learn(young, func(p *model.Person) {
		p.Born, p.OtherBorn, p.Note = bornOn(d.today.AddYears(-17).AddDays(60)), nil, mark+": an invented person, a pupil"
	})
	c := against(young, d.bystander(8), "WA", 3, "s4A")
	c.Summary = mark + ": waits at the gate of the sixth form and at the bus stop"
	by := d.team("WA").hands[0]
	c.Officer = by
	c.Youths = []model.YouthPlan{{Person: personRef(young), School: mark + " College", By: by, Day: d.days(1)}}
	c.Safe = []model.SafeAction{
		{No: 1, To: "school", Basis: "safeguarding", Day: d.days(12), By: by, FollowUp: d.days(5), Owner: by, Words: mark + ": the head of year moves the lessons"},
		{No: 2, To: "yot", Basis: "safeguarding", Day: d.days(12), By: by, Outcome: model.SafeInPlace, Known: d.days(7), Came: mark + ": a worker is named"},
		{No: 3, To: "advocate", Basis: "consent", Day: d.days(1), By: by, FollowUp: d.days(-6), Owner: by, Words: mark + ": referred for stalking advocacy"},
	}
	here := number(model.KindCase, len(d.cases))
	d.trap("a suspect under 18", personRef(young), "16 years old: flagged on every row, the youth court hears an application and a charge, and the case says what is not arranged")
	d.trap("a youth with no appropriate adult named", here, "school recorded; no appropriate adult, no youth offending team told, no parent told")
	d.trap("a safeguarding follow-up overdue", here, "the school was asked twelve days ago and nobody knows whether the measure is in place")
	u := against(twoUnits, d.bystander(9), leadUnit, 16, "s4A")
	u.Officer = d.team(leadUnit).hands[1]
	d.trap("a stalking case S-TAC has not seen", number(model.KindCase, len(d.cases)), "S-TAC reviews every case recorded as stalking; this one was never referred")
}

// makeThreats screens and refers: the traps first, then nearly every open stalking case, so that what nobody referred
// stands out.
func (d *desk) makeThreats() {
	dice := newDice(d.seed, streamThreat)
	d.plantThreats(dice)
	for i, c := range d.cases {
		switch {
		case i+1 <= caseUnseen || c.State == model.CaseClosed || !stalking(c):
		case d.today.Sub(c.Last) < 4, i%67 == 5: // not yet, and forgotten
		default:
			d.safeguard(i, c)
			s := d.screen(dice, c)
			r := d.refer(dice, c, s.Ref)
			d.answer(r, i)
		}
	}
}

// safeguard records what was done to keep somebody safe in every second case; of some nobody knows yet whether it is in place.
func (d *desk) safeguard(i int, c *model.Case) {
	if i%2 > 0 {
		return
	}
	bodies := []model.SafeBody{"idva", "hardening", "advocate", "tecsos", "marac", "housing"}
	on := min(d.today, c.Last.AddDays(2))
	a := model.SafeAction{
		No: 1, To: bodies[i/2%len(bodies)], Basis: "consent", Day: on, By: c.Officer, Owner: c.Officer, FollowUp: max(on, d.days(-(i % 9))), Words: mark + ": asked for by telephone",
	}
	if i%24 > 0 {
		a.Outcome, a.Known, a.Came = model.SafeInPlace, min(d.today, on.AddDays(5)), mark+": in place"
	}
	c.Safe = append(c.Safe, a)
}

func stalking(c *model.Case) bool {
	for _, o := range c.Offences {
		if o == "s2A" || o == "s4A" {
			return true
		}
	}
	return false
}

func fourWords() [4]string {
	return [4]string{
		mark + ": everything he does turns on the one person", mark + ": a notebook of times and places", mark + ": told to stop, in writing", mark + ": four occasions in six weeks",
	}
}

// screen records FOUR in a case, the day after the last act.
func (d *desk) screen(dice *dice, c *model.Case) *model.Screening {
	w := fourWords()
	yes := func(i int) model.Judged { return model.Judged{Is: model.JudgedYes, Words: w[i]} }
	f := model.Four{
		At: d.at(min(d.today, c.Last.AddDays(1)), 10, dice.below(60)), By: c.Officer, Fixated: yes(0), Obsessive: yes(1), Unwanted: yes(2), Repeated: yes(3),
		Recorded: model.AsStalking,
	}
	if dice.chance(25) {
		f.Obsessive = model.Judged{Is: model.JudgedUnknown}
	}
	s := &model.Screening{Case: c.Ref, Person: suspectOf(c), Unit: c.Unit, Four: []model.Four{f}}
	s.Ref = number(model.KindScreening, len(d.screenings)+1)
	d.screenings = append(d.screenings, s)
	return s
}

func suspectOf(c *model.Case) model.Ref {
	for _, p := range c.Parties {
		if p.Role == model.PartySuspect || p.Role == model.PartyConvicted {
			return p.Person
		}
	}
	return ""
}

// refer sends a case to S-TAC, some days after the last act.
func (d *desk) refer(dice *dice, c *model.Case, screening model.Ref) *model.Referral {
	stac := d.stac()
	r := &model.Referral{
		Case: c.Ref, Person: suspectOf(c), Screening: screening, Unit: c.Unit, Reason: mark + ": fixated, and it is getting worse", Basis: "law-enforcement",
		Ask: []model.STACAsk{pick(dice, []model.STACAsk{"advice", "advice", "co-work", "intervention"})}, Priority: model.PriorityRoutine, By: c.Officer,
		At: d.at(min(d.today, c.Last.AddDays(dice.between(2, 5))), 11, dice.below(60)), State: model.STACReferred, Owner: stac[len(d.referrals)%len(stac)],
	}
	r.Ref = number(model.KindReferral, len(d.referrals)+1)
	c.Referral = r.Ref
	d.referrals = append(d.referrals, r)
	return r
}

// answer takes a referral as far as its age allows: the newest wait, those of the last fortnight are accepted, the rest
// advised on and most of them closed.
func (d *desk) answer(r *model.Referral, i int) {
	age := d.today.Sub(day.On(r.At))
	if age < 6 {
		return
	}
	r.DecidedBy, r.DecidedAt, r.Decision = r.Owner, d.at(day.On(r.At).AddWorkingDays(1), 15, 0), mark+": taken on"
	r.State = model.STACAccepted
	switch {
	case i%19 == 7:
		r.State, r.Decision, r.Owner = model.STACDeclined, mark+": a single act; refer again if there is another", ""
		return
	case age < 14:
		return
	}
	r.State = model.STACAdvised
	r.Advice = []model.STACAdvice{{At: d.at(day.On(r.At).AddDays(8), 12, 0), By: r.DecidedBy, Text: mark + ": no contact by the officer in the case but with the advocate; consider an SPO now"}}
	if i%5 > 0 {
		r.State, r.Ended, r.Outcome = model.STACClosed, d.at(day.On(r.At).AddDays(13), 12, 0), mark+": advice acted on"
	}
}

// plantThreats makes the screenings and referrals of the traps.
func (d *desk) plantThreats(dice *dice) {
	at := func(n int) *model.Case { return d.cases[n-1] }
	serial := d.screen(dice, at(caseSerial))
	serial.Checklists = []model.SDash{d.sdash(serial)}
	d.trap("S-DASH partly answered", serial.Ref, "four of the eleven questions were not put: that is not a no, and nothing is added up")
	other := d.screen(dice, at(caseHarassment))
	f := &other.Four[0]
	f.Fixated, f.Obsessive = model.Judged{Is: model.JudgedNo, Words: mark + ": several people are written to"}, model.Judged{Is: model.JudgedUnknown}
	f.Recorded, f.WhyNot = model.AsHarassment, mark+": a dispute about a fence; no one person is the object"
	other.Again = d.days(3)
	d.trap("conduct recorded as harassment", other.Ref, "think stalking first: it says why not stalking, and was to be screened again three days ago")
	tools := d.screen(dice, at(caseCounter))
	for i, tool := range []model.RiskTool{model.SASH, model.SAM} {
		tools.Tools = append(tools.Tools, model.ToolUse{
			Tool: tool, Day: d.days(6 - i*2), Assessor: mark + " assessor, trained", Concern: "high, as the tool words it", By: tools.Four[0].By, At: d.at(d.days(6-i*2), 16, 0),
			Note: mark + ": read with the advocate",
		})
	}
	d.trap("SASH and SAM recorded", tools.Ref, "done elsewhere by a trained assessor: recorded as they said it, nothing worked out here")

	waits := d.refer(dice, at(caseSerial), serial.Ref)
	waits.Priority, waits.At, waits.Victim = model.PriorityNow, d.at(d.days(5), 9, 20), mark+": has moved to her sister's"
	d.trap("a referral nobody has answered", waits.Ref, "priority now, sent five days ago: one working day is the local limit")
	taken := d.refer(dice, at(caseCounter), tools.Ref)
	taken.At, taken.State, taken.DecidedAt, taken.Decision = d.at(d.days(13), 9, 40), model.STACAccepted, d.at(d.days(12), 10, 0), mark+": co-worked"
	taken.DecidedBy = taken.Owner
	d.trap("S-TAC advice not given yet", taken.Ref, "accepted twelve days ago; the case goes on without the advice it was sent for")
	declined := d.refer(dice, at(caseOlder), "")
	declined.State, declined.DecidedAt, declined.Decision = model.STACDeclined, declined.At.Add(26*time.Hour), mark+": the older case is linked to C-000005, which is with us"
	declined.DecidedBy, declined.Owner = declined.Owner, ""
	d.trap("a referral declined", declined.Ref, "declined with a reason the officer can act on")
	advised := d.refer(dice, at(caseBoundary), d.screen(dice, at(caseBoundary)).Ref)
	d.answer(advised, 0)
	advised.Restricted, advised.Limits = true, mark+": the suspect works for a partner body"
	d.trap("a restricted referral with advice", advised.Ref, "advice as it was given; the restriction says why")
	closed := d.refer(dice, at(caseLong), d.screen(dice, at(caseLong)).Ref)
	d.answer(closed, 1)
	d.trap("a referral closed", closed.Ref, "what came of it, in a sentence")
	d.screen(dice, at(caseYouth))
}

// sdash answers some of the eleven questions, in their words.
func (d *desk) sdash(s *model.Screening) model.SDash {
	out := model.SDash{At: s.Four[0].At, By: s.Four[0].By, Version: "S-DASH 2009, unit's reference notes 2026-11"}
	answers := []model.SDashAnswer{
		model.AnswerYes, model.AnswerYes, model.AnswerNo, model.AnswerUnknown, model.AnswerYes, model.AnswerNo, model.AnswerNotPut, model.AnswerNotPut, model.AnswerYes,
		model.AnswerNotPut, model.AnswerNotPut,
	}
	for i, q := range model.SDashQuestions() {
		a := model.SDashAnswered{No: i + 1, Question: q, Answer: answers[i]}
		if a.Answer == model.AnswerYes {
			a.Words = mark + ": her own words"
		}
		out.Answers = append(out.Answers, a)
	}
	return out
}
