package sample

import (
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
)

// kindOf is what kind of condition one of the words of the sample is, and how it is monitored.
func kindOf(text string) (model.ConditionType, string) {
	for _, k := range []struct {
		begins string
		typ    model.ConditionType
		method string
	}{
		{"Not to contact the protected person's family", model.NoThirdParty, "ask at each contact; reports"},
		{"Not to contact", model.NoContact, "contact with the victim-survivor, call data when reported"},
		{"Not to go within", model.NoApproach, "visits, reports, cameras when reported"},
		{"Not to enter", model.NoArea, "vehicle reads, visits"},
		{"Not to go to", model.NoPlace, "the manager of the workplace"},
		{"Not to refer", model.NoPublishing, "open-source check"},
		{"Not to make or keep", model.NoDevice, "device check at each visit"},
		{"Not to use a device", model.NoSurveillance, "device check, sweep of the vehicle"},
		{"Not to make any application", model.NoProceedings, "the family court's list"},
		{"Not to possess", model.NoDevice, "device check at each visit"},
		{"Must sign on", model.SignOn, "the station's book"},
		{"Must attend", model.Attend, "the provider's letter"},
		{"Must", model.Surrender, "asked for at each visit"},
	} {
		if strings.HasPrefix(text, k.begins) {
			return k.typ, k.method
		}
	}
	return model.OtherCondition, "at each visit"
}

// weekly is the schedule of a requirement to sign on every Monday.
func weekly(from day.Date) model.Schedule {
	return model.Schedule{Weekdays: []time.Weekday{time.Monday}, From: from, By: 18 * 60}
}

// plantLife makes the orders that show what can be missed in the life of one.
func (d *desk) plantLife(dice *dice) {
	d.plantSigning(dice)
	d.plantRunway(dice)
	d.plantWatched(dice)
	d.plantNotices(dice)
	d.plantOthers(dice)
}

// plantSigning makes the order whose every condition can be walked through: type, matcher, schedule and an end of its own.
func (d *desk) plantSigning(dice *dice) {
	o := d.plantOrder(dice, signsOn, model.SPO, 75, 74)
	o.Until, o.Risk = 0, model.RiskHigh
	from := day.On(o.Served)
	o.Conditions = []model.Condition{
		{
			No: 1, Text: prohibitions()[0][0], Type: model.NoContact, Method: "contact with the victim-survivor, call data when reported",
			Match: model.Matcher{People: []model.Ref{personRef(d.bystander(7))}, Numbers: []string{mobile(d.bystander(7) - 1)}},
		},
		{
			No: 2, Text: "Not to go within 300 metres of Specimen Park", Type: model.NoArea, Method: "vehicle reads, visits", Until: d.today.AddMonths(5),
			Match: model.Matcher{Place: "Specimen Park", Circle: model.Circle{Centre: model.Point{Lat: 51.4607, Lon: -0.1163}, Metres: 300}},
		},
		{
			No: 3, Text: "Must sign on at the named police station every Monday by 18:00", Requirement: true, Type: model.SignOn, Method: "the station's book",
			Match: model.Matcher{Place: "the named police station", Schedule: weekly(from)},
		},
		{
			No: 4, Text: "Not to leave home between 22:00 and 06:00 on Friday and Saturday", Type: model.Curfew, Method: "unannounced visits",
			Match: model.Matcher{Hours: model.Hours{From: 22 * 60, To: 6 * 60, Days: []time.Weekday{time.Friday, time.Saturday}}},
		},
	}
	o.Watch = d.watch(o, 5, 9)
	o.Watch.Next, o.Watch.NextBy = mark+": ask the park wardens for their book", d.today.AddDays(2)
	for i := range o.Conditions {
		o.Conditions[i].Checked = d.days(5)
	}
	d.trap("an order to walk through", o.Ref, "each condition has a type, something to match by and a method; condition 2 ends before the order, condition 3 is to be done every Monday")
	d.trap("a sign-on nobody recorded", o.Ref, "condition 3: the last Monday is not in the book, and an occasion nobody recorded may be a missed one")
	d.trap("a sign-on recorded as missed", number(model.KindBreach, 2), "the Monday before was recorded as missed, and so became a potential breach no victim-survivor would have reported")
}

// signed fills in the attendance of the walked-through order: the last occasion nobody recorded, the one before was missed.
func (d *desk) signed(o *model.Order) (missed day.Date) {
	days := pastOccasions(o, 3, d.now)
	for i, on := range days[:len(days)-1] {
		a := model.Attendance{Condition: 3, Day: on, Result: model.Attended, Evidence: mark + ": the station's book", By: o.Monitor}
		switch i {
		case len(days) - 2:
			a.Result, a.Evidence, a.Breach, missed = model.Missed, mark+": not in the station's book", number(model.KindBreach, 2), on
		case len(days) - 5:
			a.Result, a.Evidence = model.Excused, mark+": in hospital, letter seen"
		}
		o.Watch.Attended = append(o.Watch.Attended, a)
	}
	return missed
}

// pastOccasions are the days so far on which a requirement was to be done.
func pastOccasions(o *model.Order, condition int, now time.Time) []day.Date {
	c, _ := o.Condition(condition)
	var out []day.Date
	for _, on := range c.Match.Schedule.Occasions(day.On(o.Served), day.On(now)) {
		if !c.Match.Schedule.Deadline(on).After(now) {
			out = append(out, on)
		}
	}
	return out
}

// plantRunway makes orders whose end somebody decided about, and one that ended without anybody noticing.
func (d *desk) plantRunway(dice *dice) {
	plant := func(person, left int, what model.DecisionWhat, ago int) *model.Order {
		o := d.plantOrder(dice, person, model.SPO, 800, 799)
		o.Until = d.days(-left)
		o.Risk, o.Watch = model.RiskMedium, d.watch(o, 6, 12)
		if what != "" {
			o.Log = append(o.Log, model.OrderDecision{Day: d.days(ago), What: what, By: d.team(o.Unit).coordinator, Reason: mark + ": agreed with the monitoring officer"})
		}
		return o
	}
	d.trap("a renewal applied for", plant(renewing, 40, model.ToRenew, 20).Ref, "decided three weeks ago: one nag asks for the result before the order ends, instead of the stages")
	d.trap("an order let lapse by decision", plant(lapsing, 18, model.ToLapse, 8).Ref, "somebody decided, with a reason; what is left is to record that it lapsed")
	d.trap("an order lapsed unnoticed", plant(unnoticed, -38, "", 0).Ref, "ended five weeks ago: no decision at six, three or one month, and nothing recorded since")
}

// watch is a plan as most are, last checked and reviewed so many days ago.
func (d *desk) watch(o *model.Order, checked, reviewed int) *model.MonitorPlan {
	return &model.MonitorPlan{Planned: d.since(o, 200), LastCheck: d.since(o, checked), Reviewed: d.since(o, reviewed), ReviewedBy: d.leadOf(o.Unit)}
}

// plantWatched makes orders that are between two officers, or whose officer waits for an answer.
func (d *desk) plantWatched(dice *dice) {
	plant := func(person int) *model.Order {
		o := d.plantOrder(dice, person, model.SPO, 160, 159)
		o.Until, o.Risk, o.Watch = 0, model.RiskMedium, d.watch(o, 11, 20)
		return o
	}
	o := plant(handedOver)
	p := o.Watch
	p.Offered, p.OfferedOn, p.OfferedBy, p.Handover = d.team(o.Unit).monitors[1], d.days(9), o.Monitor, mark+": comes to the door himself; a second phone is suspected"
	d.trap("a handover not acknowledged", o.Ref, "offered nine days ago; until it is acknowledged the old officer answers, and each may think the other does")
	o = plant(covered)
	p = o.Watch
	p.Cover, p.CoverFrom, p.CoverUntil = d.team(o.Unit).monitors[1], d.days(12), d.days(-2)
	d.trap("cover about to run out", o.Ref, "leave ends in two days: record the return, or extend the cover")
	o = plant(escalated)
	p = o.Watch
	p.Escalated, p.EscalatedBy, p.EscalateTo, p.Concern = d.days(6), o.Monitor, d.leadOf(o.Unit), mark+": has moved his things out and will not say where to"
	d.trap("a concern nobody has answered", o.Ref, "raised with the lead six days ago; one working day is the local limit")
}

// plantNotices makes orders whose subject has something to notify.
func (d *desk) plantNotices(dice *dice) {
	o := d.plantOrder(dice, revived, model.SPO, 70, 69)
	o.Notified, o.Until, o.Risk, o.Watch = 0, 0, model.RiskMedium, d.watch(o, 8, 30)
	d.learn(revived, func(p *model.Person) { p.RSOUntil = d.days(1) })
	d.trap("an exemption that has ended", o.Ref, "a registered sex offender until yesterday: the duty to notify under the SPO revives (SPA 2019 s.9(5)-(7))")
	o = d.plantOrder(dice, movedAway, model.SPO, 220, 219)
	o.Until, o.Risk, o.Watch = 0, model.RiskStandard, d.watch(o, 13, 40)
	street, postcode := d.places.address(dice, d.unit(o.Unit))
	o.Changes = []model.Notifiable{{What: model.NewHome, Text: street + ", " + postcode, Day: d.days(10), Found: mark + ": neighbour at the last visit"}}
	d.trap("a change of address not notified", o.Ref, "moved ten days ago and told nobody within three days (SPA 2019 s.9(3)-(4)): an offence of its own (s.11)")
}

// plantOthers makes the orders of other kinds: from a trial, with no police pack, and those of other Acts.
func (d *desk) plantOthers(dice *dice) {
	conviction := d.plantOrder(dice, fromConviction, model.ROConviction, 30, 30)
	d.trap("an order from a conviction", conviction.Ref, "made by the Crown Court on sentence: no application and no pack, and nobody has yet decided how it is watched")
	acquittal := d.plantOrder(dice, fromAcquittal, model.ROAcquittal, 26, 26)
	acquittal.Monitor = ""
	d.trap("an order from an acquittal", acquittal.Ref, "made on acquittal (PHA 1997 s.5A): it binds all the same, and no statute gives it an officer")
	for _, o := range []*model.Order{conviction, acquittal} {
		o.ServedBy, o.ServedHow, o.Until = "", "in court, by the usher", day.MonthsBeginning(o.Made, 60)
	}
	dapo := d.plantOrder(dice, onDAPO, model.DAPO, 40, 39)
	dapo.Court, dapo.Until = "Croydon Magistrates' Court", d.days(-300)
	d.trap("a domestic abuse protection order", dapo.Ref, "made in the pilot (Domestic Abuse Act 2021): breach is an offence, the three days to notify are not those of an SPO")
	nmo := d.plantOrder(dice, onNMO, model.NMO, 50, 48)
	nmo.Court, nmo.Until = "Central Family Court", d.days(-310)
	d.trap("a non-molestation order", nmo.Ref, "made by a family court between the parties: it prohibits and does not require")
	bail := d.plantOrder(dice, onBailTerms, model.BailTerms, 21, 21)
	bail.Court, bail.Until = "", d.days(-60)
	bail.ServedHow, bail.ServedBy = "at release from custody", d.team(bail.Unit).hands[0]
	d.trap("bail conditions", bail.Ref, "breaking them is no offence: a power to arrest (Bail Act 1976 s.7; PACE s.46A)")
	for _, o := range []*model.Order{dapo, nmo, bail} {
		o.Risk, o.Watch = model.RiskMedium, d.watch(o, 7, 15)
	}
}

// plantSeen reports what the sign-on book and a visit brought to light.
func (d *desk) plantSeen(dice *dice) {
	o := d.orderOf(signsOn)
	missed := d.signed(o)
	plant := func(at, no int, what string, on day.Date, hour int, source string) {
		b := &model.Breach{
			Order: o.Ref, Person: o.Person, Type: o.Type, Condition: no, Unit: o.Unit, What: what, At: d.at(on, hour, 5), State: model.BreachReported,
			Owner: o.Monitor, Report: d.report(dice), Source: mark + ": " + source,
		}
		b.Reported = d.at(min(d.today, on.AddDays(1)), 9, 10)
		if b.Reported.Before(b.At) {
			b.Reported = b.At
		}
		o.Breaches++
		d.breaches = slices.Insert(d.breaches, at, b)
	}
	plant(1, 3, "Did not sign on; no reason given", missed, 18, "the station's book")
	plant(2, 2, "Seen at the gate of the park by the wardens", d.days(5), 19, "check by the monitoring officer")
}

// orderOf is the planted order of a person.
func (d *desk) orderOf(person int) *model.Order {
	for _, o := range d.orders {
		if o.Person == personRef(person) {
			return o
		}
	}
	return nil
}
