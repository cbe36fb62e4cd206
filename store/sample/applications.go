package sample

import (
	"time"

	"pou/model"
	"pou/model/day"
)

// makeApplications makes applications for SPOs at each stage: the traps, then one a unit that is being written.
func (d *desk) makeApplications() {
	dice := newDice(d.seed, streamApplications)
	d.plantApplications(dice)
	for unit := range d.units {
		a := d.application(dice, d.fresh(unit, func(p int) bool { return !d.subjects[p] && !d.sought[p] }), dice.between(2, 20))
		d.bring(a, 1+unit%3)
		a.Changed = d.at(d.days(dice.between(1, 6)), 14, dice.below(60))
		if a.Changed.Before(a.Opened) {
			a.Changed = a.Opened
		}
	}
}

// application opens an application against a person so many days ago, with as much as the first report says.
func (d *desk) application(dice *dice, person, ago int) *model.Application {
	if person == 0 {
		person = chargeIn14
	}
	unit := d.unitOf(person)
	opened := d.at(d.days(ago), 10, dice.below(60))
	a := &model.Application{
		Person: personRef(person), Unit: d.units[unit].Code, Officer: d.teams[unit].coordinator, Stage: model.AppDrafting, Opened: opened, Changed: opened,
		Reported: d.days(ago + 4), Report: d.report(dice), Note: mark, Protected: []string{mark + " protected person " + letter(dice) + letter(dice)},
	}
	a.Ref = number(model.KindApplication, len(d.papers)+1)
	d.papers = append(d.papers, a)
	return a
}

// bring takes the papers on: 1 who and why, 2 limbs and chronology, 3 conditions, risk and checks, 4 signed. What comes
// later needs what came before.
func (d *desk) bring(a *model.Application, stage int) {
	opened := day.On(a.Opened)
	a.Victims, a.Territory, a.TerritoryWhy = a.Protected, model.ResidesHere, mark+": council tax"
	a.Drafters = []model.Ref{a.Officer}
	if stage < 2 {
		return
	}
	for i, l := range []model.Limb{model.LimbActs, model.LimbRisk, model.LimbNecessity} {
		a.Evidence = append(a.Evidence, model.LimbEvidence{
			No: i + 1, Limb: l, What: mark + ": " + []string{"eleven messages after being told to stop", "each block was followed by a new account", "bail conditions ended and contact began again"}[i],
			Source: mark + "/" + string(rune('1'+i)), Day: opened.AddDays(-6), Hearsay: i == 1,
		})
	}
	for i, what := range []string{"waited outside the workplace", "sent flowers after being told to stop", "followed the bus home"} {
		a.Acts = append(a.Acts, model.Act{
			No: i + 1, Day: opened.AddDays(-30 + 9*i), What: mark + ": " + what, Evidence: mark + "/" + string(rune('1'+i)), Kind: []model.ActKind{"loitering", "contact", "following"}[i],
		})
	}
	if stage < 3 {
		return
	}
	for i, text := range []string{prohibitions()[0][0], prohibitions()[3][0], requirements()[1][0]} {
		typ, method := kindOf(text)
		a.Conditions = append(a.Conditions, model.Proposed{
			Condition: model.Condition{No: i + 1, Text: text, Requirement: i == 2, Type: typ, Method: method}, Reason: mark + ": nothing less has stopped it",
			Evidence: "E" + string(rune('1'+i)), Conflict: model.NoConflict, Considered: mark + ": works elsewhere, no place of worship near", FullOnly: i == 2,
		})
	}
	a.Months = 36
	a.Risk = model.RiskJudgement{
		Level: model.RiskHigh, Tool: "SASH", Assessor: mark + " assessor, trained", Day: opened, Physical: true, Psychological: true, Text: mark + ": escalating since the last block",
	}
	a.Intel = model.PapersCheck{At: a.Opened, By: a.Officer, Note: mark + ": nothing relied on"}
	a.Previous = model.PapersCheck{At: a.Opened, By: a.Officer, Note: mark + ": looked at", Refs: d.previous(a)}
	a.Views, a.Impact, a.ViewsDay = mark+": wants it to stop", mark+": sleeps at a friend's", opened
	a.Interim = model.InterimAsk{Decided: true, Sought: true, Why: mark + ": weeks lie between lodging and the hearing", Notice: model.WithNotice, Days: 28}
	if stage < 4 {
		return
	}
	signed := a.Opened.Add(72 * time.Hour)
	lead := d.leadOf(a.Unit)
	a.Signs = []model.SignOff{
		{As: model.SignedLegal, At: signed, By: a.Officer, Name: mark + " Legal", Advice: mark + "/ADV"},
		{As: model.SignedInspector, At: signed.Add(time.Hour), By: lead},
	}
	a.Stage, a.Changed = model.AppSignedOff, signed.Add(time.Hour)
}

// previous are the orders and breaches of the subject that the papers have seen.
func (d *desk) previous(a *model.Application) []model.Ref {
	var out []model.Ref
	for _, o := range d.orders {
		if o.Person == a.Person {
			out = append(out, o.Ref)
		}
	}
	for _, b := range d.breaches {
		if b.Person == a.Person {
			out = append(out, b.Ref)
		}
	}
	return out
}

// lodge brings signed papers to court on a day, to be heard on another; none when 0.
func (d *desk) lodge(a *model.Application, lodged, heard day.Date) {
	a.Stage, a.Lodged, a.CourtRef, a.Changed = model.AppLodged, lodged, mark+"/MC", d.at(lodged, 15, 30)
	a.Court = "Stratford Magistrates' Court"
	if heard > 0 {
		a.Hearings = append(a.Hearings, model.Hearing{At: heard.Start().Add(10 * time.Hour), Court: a.Court})
	}
}

func (d *desk) plantApplications(dice *dice) {
	gaps := d.application(dice, chargeIn30, 11)
	d.bring(gaps, 2)
	gaps.Acts[2].Evidence, gaps.Changed = "", d.at(d.days(9), 16, 0)
	d.trap("an application with gaps", gaps.Ref, "no condition, no risk, an act with no evidence: each gap is named, and nothing is lodged before; it has stood still for nine days")
	ready := d.application(dice, chargeIn60, 12)
	d.bring(ready, 4)
	d.trap("an application ready to lodge", ready.Ref, "complete and signed by legal and an inspector; a change now voids the signatures")
	interim := d.application(dice, interimLive, 30)
	d.bring(interim, 4)
	d.lodge(interim, d.days(22), d.days(-19))
	o := d.orderOf(interimLive)
	interim.Stage, interim.InterimOrder, interim.InterimUntil, o.Application = model.AppInterim, o.Ref, o.Until, interim.Ref
	interim.Hearings = append([]model.Hearing{{At: d.at(o.Made, 10, 0), Court: interim.Court, Result: model.OutcomeInterim, Order: o.Ref}}, interim.Hearings...)
	interim.HearsayServed = d.days(20)
	d.trap("an interim order that ends before the hearing", interim.Ref, "the hearing is in nineteen days, the interim order has twelve: ask the court to renew it (SPA 2019 s.5)")
	refused := d.application(dice, neverCirculated, 120)
	d.bring(refused, 4)
	d.lodge(refused, d.days(100), 0)
	refused.Hearings = []model.Hearing{{At: d.at(d.days(60), 11, 0), Court: refused.Court, Result: model.OutcomeRefused, Note: mark + ": limb (c) not shown"}}
	refused.Stage, refused.Ended = model.AppRefused, d.days(60)
	d.trap("an application refused", refused.Ref, "the papers stay, with what the court did not find shown")
	youth := d.application(dice, young, 3)
	d.bring(youth, 2)
	d.trap("an application against somebody under 18", youth.Ref, "the youth court hears it (SPA 2019 s.1), and so the date of birth is a gap when it does not say")
	d.plantMade(dice)
	still := d.application(dice, alleged, 33)
	d.bring(still, 1)
	still.Changed = d.at(d.days(22), 12, 0)
	d.trap("an application that stands still", still.Ref, "nobody has touched it for three weeks, and the lead is told: one victim waited nine months")
	hearsay := d.application(dice, sameToo, 25)
	d.bring(hearsay, 4)
	d.lodge(hearsay, d.days(15), d.days(-23))
	d.trap("a hearsay notice not served", hearsay.Ref, "heard in twenty-three days; the notice is served twenty-one days before (check)")
}

// plantMade makes the application behind the full order of the traps.
func (d *desk) plantMade(dice *dice) {
	made := d.application(dice, superseded, 140)
	d.bring(made, 4)
	interim, full := d.orders[1], d.orders[2]
	d.lodge(made, d.days(133), 0)
	made.Hearings = []model.Hearing{
		{At: d.at(interim.Made, 10, 0), Court: made.Court, Result: model.OutcomeInterim, Order: interim.Ref}, {At: d.at(full.Made, 10, 0), Court: made.Court, Result: model.OutcomeFull, Order: full.Ref},
	}
	made.Stage, made.InterimOrder, made.InterimUntil, made.Order, made.Ended = model.AppMade, interim.Ref, interim.Until, full.Ref, full.Made
	interim.Application, full.Application = made.Ref, made.Ref
	d.trap("an application that led to an order", made.Ref, "interim first, then the full order R-000003, both with the conditions that were asked for")
}
