package sample

import (
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
)

// planWatch records how the live orders are watched. A few nobody has decided yet, and a few are checked or reviewed late:
// those are what the clocks are for. It throws no dice, so that the records made before it stay as they were. What the
// traps say of their own orders stands.
func (d *desk) planWatch() {
	for i, o := range d.orders {
		d.endOf(i, o)
		if !o.Live(d.today) || o.Monitor == "" || o.Watch != nil || o.Person == personRef(fromConviction) || i%60 == 40 {
			continue
		}
		o.Risk = []model.RiskLevel{
			model.RiskStandard, model.RiskMedium, model.RiskStandard, model.RiskStandard, model.RiskMedium, model.RiskStandard, model.RiskHigh, model.RiskStandard,
			model.RiskMedium, model.RiskStandard, model.RiskStandard, model.RiskStandard,
		}[i%12]
		every := o.CheckEvery(model.Limits{})
		late := 0
		if i%47 == 46 {
			late = 4 // one in some fifty is overdue
		}
		reviewed := map[model.RiskLevel]int{model.RiskHigh: 28, model.RiskMedium: 91, model.RiskStandard: 182}[o.Risk]
		p := d.watch(o, 1+i*5%(every-1)+late*every/3, 1+i*11%(reviewed-1))
		p.Planned, p.Announced = o.Made, i%17 == 0
		o.Watch = p
		for j := range o.Conditions {
			if c := &o.Conditions[j]; j == 0 || !c.Checked.IsZero() {
				c.Checked = min(max(c.Checked, o.Made), p.LastCheck)
			}
		}
		o.Conditions[0].Checked = p.LastCheck
		d.signOn(i, o)
	}
}

// signOn gives a young order's sign-on its schedule, with what the book says of it.
func (d *desk) signOn(i int, o *model.Order) {
	for j := range o.Conditions {
		c := &o.Conditions[j]
		if c.Type != model.SignOn || o.Served.IsZero() || d.today.Sub(o.Made) > 200 {
			continue
		}
		c.Match = model.Matcher{Place: "the named police station", Schedule: weekly(0)}
		for n, on := range pastOccasions(o, c.No, d.now) {
			a := model.Attendance{Condition: c.No, Day: on, Result: model.Attended, Evidence: mark + ": the station's book", By: o.Monitor}
			if (i+n)%13 == 5 {
				a.Result, a.Evidence = model.Excused, mark+": leave agreed beforehand"
			}
			o.Watch.Attended = append(o.Watch.Attended, a)
			c.Checked = max(c.Checked, on)
		}
	}
}

// endOf decides about the end of an order that is near or past, as a unit that looks ahead has done for most: of those
// whose last day has passed nearly all are recorded, and of those within six months most are decided about.
func (d *desk) endOf(i int, o *model.Order) {
	planted := personNumber(o.Person) <= trapRows*len(d.units) || kept(personNumber(o.Person))
	if planted || o.End != "" || o.Until.IsZero() || o.Type == model.InterimSPO {
		return
	}
	by := d.team(o.Unit).coordinator
	decide := func(what model.DecisionWhat, on day.Date, reason string) {
		o.Log = append(o.Log, model.OrderDecision{Day: max(o.Made, on), What: what, By: by, Reason: mark + ": " + reason})
	}
	switch left := o.Until.Sub(d.today); {
	case left < 0 && i%16 != 3:
		decide(model.ToLapse, o.Until.AddDays(-20), "no contact for years; victim-survivor asked")
		o.End, o.Ended = model.Lapsed, min(d.today, o.Until.AddDays(1))
	case left < 0, i%6 == 2: // nobody has decided
	case o.Until.AddMonths(-6) > d.today:
	case i%6 == 4:
		decide(model.ToRenew, d.days(3+i%15), "contact continued last year")
	default:
		decide(model.ToLapse, d.days(1+i%7), "no contact for years; victim-survivor asked")
	}
}

// since is so many days ago, but not before the order was made.
func (d *desk) since(o *model.Order, days int) day.Date { return max(o.Made, d.days(days)) }

func (d *desk) leadOf(unit model.Unit) model.Ref {
	for i, u := range d.units {
		if u.Code == unit {
			return d.teams[i].lead
		}
	}
	return Lead
}

// checkMonths is how far back the checks of the sample go.
const checkMonths = 6

// makeChecks records the checks behind the plans, from the last back through half a year, and those that brought a
// potential breach to light. It throws no dice: what was found follows from the order's place in the list.
func (d *desk) makeChecks() {
	for i, o := range d.orders {
		if o.Watch == nil || o.Watch.LastCheck.IsZero() || o.Served.IsZero() {
			continue
		}
		every := o.CheckEvery(model.Limits{})
		first := max(day.On(o.Served).AddDays(1), d.today.AddMonths(-checkMonths))
		for n, on := 0, o.Watch.LastCheck; on >= first; n, on = n+1, on.AddDays(-every) {
			d.check(o, i, n, on)
		}
	}
	for _, b := range d.breaches {
		if o := d.order1(b.Order); strings.HasSuffix(b.Source, "check by the monitoring officer") && o.Monitor != "" && o.Person != personRef(signsOn) {
			d.found(o, b)
		}
	}
	slices.SortStableFunc(d.checks, func(a, b *model.Check) int {
		if p, q := d.walked(a), d.walked(b); p != q {
			return q - p
		}
		return a.At.Compare(b.At)
	})
	for i, v := range d.checks {
		v.Ref = number(model.KindCheck, i+1)
	}
	d.trap("a check with a concern", "V-000001", "the first check of R-000017: a concern is no breach, and is looked at again")
	d.trap("a check that found a breach", "V-000005", "condition 2 was not complied with, which is a potential breach in the same step; a person decides")
}

func (d *desk) order1(ref model.Ref) *model.Order { return d.orders[ref.Number()-1] }

// walked puts the checks of the order to walk through first.
func (d *desk) walked(v *model.Check) int {
	if v.Person == personRef(signsOn) {
		return 1
	}
	return 0
}

func checkKinds() []model.CheckKind {
	return []model.CheckKind{
		model.VisitUnannounced, model.SystemsCheck, model.VisitUnannounced, model.PhoneCheck, model.OnlineCheck, model.VisitUnannounced, model.DeviceCheck, model.EvidenceCheck,
	}
}

// check records the nth check back from the last of an order.
func (d *desk) check(o *model.Order, i, n int, on day.Date) *model.Check {
	v := &model.Check{
		Order: o.Ref, Person: o.Person, Unit: o.Unit, Kind: checkKinds()[(i+n)%len(checkKinds())], At: d.at(on, 17+(i+n)%4, (i*7+n*11)%60), By: o.Monitor,
		Words: mark + ": at home, calm, let us in",
	}
	if o.Watch.Announced && v.Kind == model.VisitUnannounced {
		v.Kind = model.VisitAnnounced
	}
	if v.Kind.Visit() {
		v.Home, v.BWV = model.HomeConfirmed, mark+" BWV"
	}
	for j, c := range o.Conditions {
		l := model.CheckLine{Condition: c.No, Result: model.Complied}
		switch {
		case !c.Live(on) || (i+n+j)%7 == 3 && o.Person != personRef(signsOn):
			l.Result = model.NotChecked
		case o.Person == personRef(signsOn):
			l = d.walkedLine(c, n)
		case (i*3+n+j)%23 == 7:
			l.Result, l.Words = model.Concern, mark+": a second handset on the table, said to be a cousin's"
		}
		v.Lines = append(v.Lines, l)
	}
	d.checks = append(d.checks, v)
	return v
}

// walkedLine is what the nth check back of the order to walk through found: the last a breach, the first a concern.
func (d *desk) walkedLine(c model.Condition, n int) model.CheckLine {
	switch {
	case n == 0 && c.No == 2:
		return model.CheckLine{Condition: 2, Result: model.NotComplied, Words: mark + ": seen at the gate of the park by the wardens", Breach: number(model.KindBreach, 3)}
	case n == 4 && c.No == 1, n == 2 && c.No == 4:
		return model.CheckLine{Condition: c.No, Result: model.Concern, Words: mark + ": says he has heard news that only a friend of hers could have told"}
	}
	return model.CheckLine{Condition: c.No, Result: model.Complied}
}

// found records the check that brought a breach to light.
func (d *desk) found(o *model.Order, b *model.Breach) {
	v := &model.Check{
		Order: o.Ref, Person: o.Person, Unit: o.Unit, Kind: model.SystemsCheck, At: b.Reported, By: o.Monitor, Words: mark + ": found by looking",
		Lines: []model.CheckLine{{Condition: b.Condition, Result: model.NotComplied, Words: mark + ": " + lower(b.What), Breach: b.Ref}},
	}
	d.checks = append(d.checks, v)
	if p := o.Watch; p != nil {
		p.LastCheck = max(p.LastCheck, day.On(v.At))
	}
	for i := range o.Conditions {
		if o.Conditions[i].No == b.Condition {
			o.Conditions[i].Checked = max(o.Conditions[i].Checked, day.On(v.At))
		}
	}
}

// plantDetained makes the arrests whose clocks were made longer or stopped, and that of somebody under 18.
func (d *desk) plantDetained(dice *dice) {
	plant := func(person int, at time.Time) *model.Arrest {
		k := d.arrest(dice, personRef(person), d.units[d.unitOf(person)].Code, []model.OffenceCode{"s4A"}, at)
		d.detain(dice, k)
		return k
	}
	ref := func() model.Ref { return number(model.KindArrest, len(d.arrests)) }
	held := plant(longHeld, d.ago(28*time.Hour))
	held.Extended = model.Extension{At: held.Arrived.Add(20 * time.Hour), Hours: 36, By: mark + " Supt", Reason: mark + ": two phones still to be examined"}
	held.Reviews = []time.Time{held.Authorised.Add(5 * time.Hour), held.Authorised.Add(13 * time.Hour), held.Authorised.Add(21 * time.Hour)}
	held.Reviewed = held.Reviews[2]
	d.trap("detention extended to 36 hours", ref(), "a superintendent authorised it before the 24 hours ended (PACE s.42); only a court can go on after 36")
	for _, e := range []struct {
		person, ago int
		name, why   string
	}{
		{longerBail, 120, "bail extended by an inspector", "three months became six (PACE s.47ZD); the next is a superintendent's"},
		{pausedBail, 80, "bail paused while with the CPS", "the days with the CPS do not count (PACE s.47ZL, check): the clock starts again when the case is back"},
	} {
		k := plant(e.person, d.at(d.days(e.ago), 6, 10))
		k.Status, k.BailTo = model.Bailed, d.days(-15)
		k.Steps = append(k.Steps, model.ArrestStep{At: k.Arrived.Add(10 * time.Hour), Status: model.Bailed, By: k.By})
		d.trap(e.name, ref(), e.why)
	}
	longer, paused := d.arrests[len(d.arrests)-2], d.arrests[len(d.arrests)-1]
	longer.Longer = []model.BailExtension{{
		At: d.at(d.days(34), 15, 0), Rank: model.BailInspector, Who: mark + " Insp", Months: 6, Views: model.ViewsSought, Reason: mark + ": download not back",
	}}
	paused.Paused = []model.BailPause{{From: d.days(12), Reason: mark + " CPS/41"}}
	youth := plant(young, d.ago(9*time.Hour))
	youth.Reviews = []time.Time{d.ago(3 * time.Hour)}
	youth.Reviewed = youth.Reviews[0]
	d.trap("somebody under 18 in custody", ref(), "an appropriate adult, the parent told, the youth offending team, and the youth court: C-000013 says what is still missing")
}
