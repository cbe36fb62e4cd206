package sample

import (
	"strconv"
	"time"

	"pou/model"
	"pou/model/day"
)

// survivorRows is how many of the live orders have one record of a victim-survivor: one in so many.
const survivorRows = 24

// makeSurvivors records who is kept safe. Everything about them is in need-to-know fields.
func (d *desk) makeSurvivors() {
	dice := newDice(d.seed, streamSurvivors)
	d.plantSurvivors(dice)
	for i, o := range d.orders {
		if i%survivorRows == 7 && o.Live(d.today) && o.Person != personRef(protectsSuspect) && !kept(personNumber(o.Person)) {
			d.survivor(dice, o, 28, dice.between(1, 24))
		}
	}
}

// survivor records who an order protects, last reached so many days ago.
func (d *desk) survivor(dice *dice, o *model.Order, every, reached int) *model.Survivor {
	t := d.team(o.Unit)
	s := &model.Survivor{
		Name: o.Protected, Contact: mobile(dice.below(1000)), Safe: mark + ": after 18:00; say it is the dentist", Needs: mark + ": two children", Unit: o.Unit,
		Officer: pick(dice, t.hands), Orders: []model.Ref{o.Ref}, Way: pick(dice, []model.ContactWay{model.ByPhone, model.ByText, model.ByEmail, model.ByVisit}),
		Rights: model.EnhancedRights, Every: every, Added: d.at(max(o.Made, d.days(90)), 12, 30),
	}
	if at := d.at(d.days(reached), 18, dice.below(60)); at.After(s.Added) {
		s.Contacts = []model.SurvivorContact{{At: at, Way: s.Way, Reached: true, By: s.Officer, Note: mark + ": no news; sleeps better"}}
	}
	s.Ref = number(model.KindSurvivor, len(d.survivors)+1)
	d.survivors = append(d.survivors, s)
	return s
}

func (d *desk) plantSurvivors(dice *dice) {
	overdue := d.survivor(dice, d.orderOf(signsOn), 14, 22)
	overdue.Contacts = append(overdue.Contacts, model.SurvivorContact{At: d.at(d.days(7), 18, 30), Way: overdue.Way, By: overdue.Officer, Note: mark + ": voicemail, no message left"})
	d.trap("a contact overdue", overdue.Ref, "last reached twenty-two days ago, every fourteen agreed; the attempt a week ago reached nobody and does not count")
	untold := d.survivor(dice, d.orderOf(notifying), 0, 1)
	untold.Updates = []model.Update{
		{No: 1, Event: "order", Happened: d.at(d.days(6), 11, 30)},
		{No: 2, Event: "hearing", Happened: d.at(d.days(9), 12, 0), Told: d.at(d.days(8), 17, 0), By: untold.Officer, How: mark + ": by text"},
		{No: 3, Event: "bail changed", Happened: d.ago(3 * time.Hour)},
	}
	d.trap("a Victims' Code update waiting", untold.Ref, "told of one thing, not of two: one working day with enhanced rights (Right 6)")
	d.survivor(dice, d.orderOf(handedOver), 28, 9).Officer = ""
	d.trap("a victim-survivor nobody keeps in touch with", d.lastSurvivor().Ref, "no officer is named, and that is due at once")
	d.survivor(dice, d.orderOf(covered), 0, 40).Way = model.NoWay
	d.trap("a victim-survivor who wants no contact", d.lastSurvivor().Ref, "nobody rings; what the Code has them told still waits to be told another way")
	advocate := d.survivor(dice, d.orderOf(escalated), 28, 6)
	advocate.Way, advocate.Advocate, advocate.Rights = model.ByAdvocate, mark+" advocate, 020 7946 0"+strconv.Itoa(900+dice.below(99)), model.EnhancedRights
	d.trap("a victim-survivor reached through an advocate", advocate.Ref, "hidden until revealed with a reason, and the reveal is in the journal")
}

func (d *desk) lastSurvivor() *model.Survivor { return d.survivors[len(d.survivors)-1] }

// makeEvidence asks for what does not last: the traps, then something about each of the newest breaches.
func (d *desk) makeEvidence() {
	dice := newDice(d.seed, streamEvidence)
	d.plantEvidence(dice)
	kinds := []model.EvidenceKind{model.EvidenceDoorbell, model.EvidenceCCTV, model.EvidenceOyster, model.EvidenceANPR, model.EvidenceBus}
	for i, b := range d.breaches {
		if on := day.On(b.At); i >= plantedBreaches && b.State.Live() && i%5 == 2 && d.today.Sub(on) < 25 {
			e := d.ask(b, kinds[i%len(kinds)], on)
			if i%3 > 0 {
				e.State, e.Requested, e.Reference = model.EvidenceRequested, d.past(b.Reported.Add(20*time.Minute)), mark+"/"+strconv.Itoa(dice.between(1000, 9999))
			}
		}
	}
}

// ask plans a piece of evidence about a breach.
func (d *desk) ask(b *model.Breach, kind model.EvidenceKind, on day.Date) *model.Evidence {
	e := &model.Evidence{
		Kind: kind, What: mark + ": two hours around it", Holder: kind.Holder(), Person: b.Person, About: b.Ref, Unit: b.Unit, Incident: on, Where: mark + ": outside the station",
		State: model.EvidenceNeeded, Owner: b.Owner, By: b.Owner, Planned: b.Reported,
	}
	e.Ref = number(model.KindEvidence, len(d.evidence)+1)
	d.evidence = append(d.evidence, e)
	return e
}

func (d *desk) plantEvidence(*dice) {
	seen, missed := d.breaches[2], d.breaches[1]
	park := d.ask(seen, model.EvidenceCCTV, day.On(seen.At))
	park.Holder, park.GoneBy = mark+" Parks, control room", d.days(-1)
	d.trap("evidence gone by tomorrow", park.Ref, "the control room keeps it until tomorrow, and nobody has asked")
	d.ask(seen, model.EvidenceCallData, day.On(seen.At)).What = mark + ": the withheld number"
	d.trap("communications data with no authorisation", number(model.KindEvidence, 2), "acquired only under an authorisation (IPA 2016 Part 3): the SPoC's reference is asked for first")
	oyster := d.ask(missed, model.EvidenceOyster, day.On(missed.At))
	oyster.State, oyster.Requested, oyster.Reference = model.EvidenceRequested, missed.Reported, mark+"/TfL"
	d.trap("evidence asked for and not received", oyster.Ref, "eight weeks from the journey, then it is gone: asking does not stop that clock")
	got := d.ask(seen, model.EvidenceDoorbell, day.On(seen.At))
	got.State, got.Requested, got.Ended, got.Exhibit = model.EvidenceReceived, seen.Reported, d.past(seen.Reported.Add(time.Hour)), mark+"/4"
	lost := d.ask(missed, model.EvidenceBus, day.On(missed.At))
	lost.State, lost.Ended, lost.Reason = model.EvidenceGone, d.past(missed.Reported.Add(time.Hour)), mark+": overwritten before it was asked for"
	d.trap("evidence that is gone", lost.Ref, "overwritten before anybody asked: the reason stands on record")
}

// makeEngagements keeps a log of twelve months: each unit holds a session every two months or so.
func (d *desk) makeEngagements() {
	dice := newDice(d.seed, streamEngagements)
	promised := d.session(dice, d.unit(leadUnit), 25)
	promised.FollowUp, promised.FollowBy = mark+": send the slides and the helpline card", d.days(4)
	d.trap("a follow-up that was promised", promised.Ref, "four days over: what was promised to the audience is not done")
	for unit := range d.units {
		for ago := dice.between(10, 50); ago < 365; ago += dice.between(40, 80) {
			e := d.session(dice, unit, ago)
			if dice.chance(20) {
				e.FollowUp, e.FollowBy, e.Followed, e.Result = mark+": a second date", e.Day.AddDays(14), min(d.today, e.Day.AddDays(9)), mark+": held"
			}
		}
	}
}

// session logs one session so many days ago.
func (d *desk) session(dice *dice, unit, ago int) *model.Engagement {
	t := &d.teams[unit]
	audience := pick(dice, model.EngagementAudience("").Choices()).Value
	e := &model.Engagement{
		Audience: model.EngagementAudience(audience), Numbers: dice.between(8, 140), Unit: d.units[unit].Code, Day: d.days(ago), Where: mark + " " + d.places.street(dice) + " hall",
		Topic: pick(dice, []string{"What stalking is: FOUR", "Think stalking first", "Digital stalking and young people", "Reporting and the helpline"}), By: []model.Ref{t.sergeants[0]},
		Added: d.at(d.days(ago), 17, dice.below(60)),
	}
	e.Ref = number(model.KindEngagement, len(d.sessions)+1)
	d.sessions = append(d.sessions, e)
	return e
}
