package model

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// An order never stands without an owner, or with one who has left, unless an alarm says so: whatever is handed over,
// covered, declined, undone, and whoever leaves, in whatever order.
func TestAnOrderNeverHasNoOwnerWithoutAnAlarm(t *testing.T) {
	const walks, steps = 24, 250
	taken := map[string]int{}
	for seed := range uint64(walks) {
		d := newDesk(t, stationNow(t), station(t)...)
		rng := rand.New(rand.NewPCG(seed, 7))
		var path []string
		for range steps {
			path = append(path, aWatchStep(d, rng, taken))
			if wrong := ownerless(d); wrong != "" {
				t.Fatalf("seed %d: %s, after:\n%s", seed, wrong, strings.Join(path[max(0, len(path)-8):], "\n"))
			}
		}
	}
	for _, name := range []string{"order.monitor", "order.handover", "order.accept", "order.cover", "order.return", "order.escalate", "officer.leave", "undo"} {
		if taken[name] == 0 {
			t.Errorf("%s never succeeded, so the walk says nothing of it", name)
		}
	}
}

func aWatchStep(d *desk, rng *rand.Rand, taken map[string]int) string {
	pick := func(refs []Ref) Ref { return refs[rng.IntN(len(refs))] }
	order, officer := pick(d.refs(KindOrder)), pick(d.refs(KindOfficer))
	who := pick(d.refs(KindOfficer))
	d.now = d.now.Add(time.Duration(rng.IntN(96)) * time.Hour)
	var name string
	fields := given{"order": string(order)}
	switch rng.IntN(11) {
	case 0:
		name, fields["officer"] = "order.monitor", string(officer)
	case 1, 2:
		name, fields["to"], fields["know"] = "order.handover", string(officer), "what to look for"
	case 3, 4:
		name = "order.accept"
		if o := as[*Order](d, order); o.Watch != nil && o.Watch.Offered != "" {
			who = o.Watch.Offered
		}
		if rng.IntN(4) == 0 {
			fields["answer"], fields["words"] = "decline", "cannot take it"
		}
	case 5:
		name, fields["officer"], fields["until"] = "order.cover", string(officer), day.On(d.now).AddDays(rng.IntN(20)).String()
	case 6:
		name = "order.return"
	case 7:
		name, fields["to"], fields["concern"] = "order.escalate", string(officer), "he has moved"
	case 8:
		name, who, fields = "officer.leave", "O-0008", given{"officer": string(officer), "reason": "transferred"}
	case 9:
		name, fields["reason"] = "order.discharge", "by the court"
		if rng.IntN(4) > 0 {
			name, who, fields = "officer.add", "O-0008", given{"name": "NEW", "roles": "monitoring-officer,sergeant"}
		}
	default:
		name, fields = "undo", given{"seq": utoa(max(1, uint64(len(d.journal))-uint64(rng.IntN(4))))}
		who = pick([]Ref{"O-0001", "O-0008"})
	}
	if _, err := d.do(who, name, fields); err == nil {
		taken[name]++
	}
	return name + " by " + string(who)
}

// ownerless names an order that nobody answers for and no alarm is about; "" when there is none.
func ownerless(d *desk) string {
	for _, ref := range d.refs(KindOrder) {
		o := as[*Order](d, ref)
		if !o.Live(day.On(d.now)) {
			continue
		}
		dues := Dues(o, &Person{}, d.now)
		alarm := false
		for _, due := range dues {
			alarm = alarm || due.Settle == "order.monitor"
			if due.Owner == "" {
				continue
			}
			if who, ok := d.records[due.Owner].(*Officer); !ok || who.Left {
				return string(ref) + ": " + due.Rule + " is left with " + string(due.Owner) + ", who is not here"
			}
		}
		if who, ok := d.records[o.Watcher(day.On(d.now))].(*Officer); (!ok || who.Left) && !alarm {
			return string(ref) + " is watched by nobody, and nothing says so"
		}
	}
	return ""
}

// An order may come in from elsewhere with an officer who has left: only the officer's own record knows.
func TestAnOrderWhoseOfficerHasLeftRaisesTheAlarm(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	o := as[*Order](d, "R-000005")
	o.Monitor = "O-0009"
	d.keep(o)
	dues := NewLiner(d, d.now).Dues(d.records["R-000005"])
	if due := clock(d, dues, "name a monitoring officer"); !strings.Contains(due.Missed, "has left") || due.Settle != "order.monitor" || due.Unit != "SW" || due.Person != "P-000007" {
		t.Errorf("%+v", due)
	}
	for _, due := range dues {
		if due.Owner == "O-0009" {
			t.Errorf("%s is left with them", due.Rule)
		}
	}
	if dues := NewLiner(d, d.now).Dues(d.records["R-000001"]); strings.Contains(rules(dues), "name a monitoring officer") {
		t.Errorf("an order that is watched raises it: %s", rules(dues))
	}
}

func TestTheClocksOfWatching(t *testing.T) {
	for name, c := range map[string]struct {
		risk  RiskLevel
		plan  MonitorPlan
		now   string
		rule  string // a clock whose rule begins so
		by    string // when it runs out; "" when it does not run
		owner Ref
	}{
		"nobody decided how it is watched: due every day":                     {now: "2026-11-24 05:00", rule: "decide the risk", by: "2026-11-25 00:00", owner: "O-0005"},
		"a first check is counted from service":                               {risk: RiskHigh, now: "2026-11-24 05:00", rule: "first unannounced check of the order", by: "2026-12-08 00:00", owner: "O-0005"},
		"or from the plan, when that is later":                                {risk: RiskHigh, plan: MonitorPlan{Planned: on(t, "2026-11-23")}, now: "2026-11-24 05:00", rule: "first unannounced check of the order", by: "2026-12-08 00:00", owner: "O-0005"},
		"high risk: fourteen days after the last":                             {risk: RiskHigh, plan: MonitorPlan{LastCheck: on(t, "2026-11-24")}, now: "2026-11-24 05:00", rule: "unannounced check of the order", by: "2026-12-09 00:00", owner: "O-0005"},
		"medium risk: twenty-eight":                                           {risk: RiskMedium, plan: MonitorPlan{LastCheck: on(t, "2026-11-24")}, now: "2026-12-08 00:00", rule: "unannounced check of the order", by: "2026-12-23 00:00", owner: "O-0005"},
		"listed from a fortnight before":                                      {risk: RiskMedium, plan: MonitorPlan{LastCheck: on(t, "2026-11-24")}, now: "2026-12-07 23:59", rule: "unannounced check of the order"},
		"standard risk: ninety":                                               {risk: RiskStandard, plan: MonitorPlan{LastCheck: on(t, "2026-11-24")}, now: "2027-02-08 05:00", rule: "unannounced check of the order", by: "2027-02-23 00:00", owner: "O-0005"},
		"as planned, where somebody planned otherwise":                        {risk: RiskHigh, plan: MonitorPlan{Every: 7, LastCheck: on(t, "2026-11-24")}, now: "2026-11-24 05:00", rule: "unannounced check of the order", by: "2026-12-02 00:00", owner: "O-0005"},
		"over the end of summer time a day is a day":                          {risk: RiskHigh, plan: MonitorPlan{LastCheck: on(t, "2027-10-24")}, now: "2027-10-25 05:00", rule: "unannounced check of the order", by: "2027-11-08 00:00", owner: "O-0005"},
		"over 29 February":                                                    {risk: RiskHigh, plan: MonitorPlan{LastCheck: on(t, "2028-02-20")}, now: "2028-02-21 05:00", rule: "unannounced check of the order", by: "2028-03-06 00:00", owner: "O-0005"},
		"a handover is acknowledged in two working days":                      {plan: MonitorPlan{Offered: "O-0002", OfferedOn: on(t, "2026-11-27")}, now: "2026-11-27 12:00", rule: "acknowledge the handover", by: "2026-12-02 00:00", owner: "O-0002"},
		"Christmas Day and the substitute for Boxing Day are no working days": {plan: MonitorPlan{Offered: "O-0002", OfferedOn: on(t, "2026-12-24")}, now: "2026-12-24 12:00", rule: "acknowledge the handover", by: "2026-12-31 00:00", owner: "O-0002"},
		"cover with four days to run is not yet listed":                       {plan: MonitorPlan{Cover: "O-0002", CoverFrom: on(t, "2026-11-20"), CoverUntil: on(t, "2026-11-28")}, now: "2026-11-24 12:00", rule: "cover ends"},
		"with three it is":                                                    {plan: MonitorPlan{Cover: "O-0002", CoverFrom: on(t, "2026-11-20"), CoverUntil: on(t, "2026-11-27")}, now: "2026-11-24 12:00", rule: "cover ends", by: "2026-11-28 00:00", owner: "O-0002"},
		"and stays until somebody records the return":                         {plan: MonitorPlan{Cover: "O-0002", CoverFrom: on(t, "2026-11-20"), CoverUntil: on(t, "2026-11-27")}, now: "2027-01-24 12:00", rule: "cover ends", by: "2026-11-28 00:00", owner: "O-0002"},
		"until then the work stays with the cover":                            {risk: RiskHigh, plan: MonitorPlan{Cover: "O-0002", CoverFrom: on(t, "2026-11-20"), CoverUntil: on(t, "2026-11-27")}, now: "2027-01-24 12:00", rule: "first unannounced check", by: "2026-12-08 00:00", owner: "O-0002"},
		"before the leave begins it is with the officer":                      {risk: RiskHigh, plan: MonitorPlan{Cover: "O-0002", CoverFrom: on(t, "2026-11-25"), CoverUntil: on(t, "2026-11-27")}, now: "2026-11-24 12:00", rule: "first unannounced check", by: "2026-12-08 00:00", owner: "O-0005"},
		"a concern is answered by the end of the working day after":           {plan: MonitorPlan{Escalated: on(t, "2026-11-27"), EscalateTo: "O-0001"}, now: "2026-11-27 12:00", rule: "answer the concern", by: "2026-12-01 00:00", owner: "O-0001"},
		"a review by the risk":                                                {risk: RiskMedium, plan: MonitorPlan{Reviewed: on(t, "2026-11-24")}, now: "2027-02-09 12:00", rule: "supervisor's review", by: "2027-02-24 00:00", owner: "O-0005"},
	} {
		t.Run(name, func(t *testing.T) {
			o := anOrder(t, SPO, "2026-11-20", "")
			o.Served, o.Notified, o.Monitor, o.Risk, o.Watch = at(t, "2026-11-23 10:00"), on(t, "2026-11-23"), "O-0005", c.risk, &c.plan
			if name == "or from the plan, when that is later" {
				o.Served = at(t, "2026-11-21 10:00")
			}
			var found []Due
			for _, due := range Dues(o, &Person{}, at(t, c.now)) {
				if strings.HasPrefix(due.Rule, c.rule) {
					found = append(found, due)
				}
			}
			switch {
			case c.by == "" && len(found) > 0:
				t.Errorf("it runs: %+v", found)
			case c.by == "":
			case len(found) != 1:
				t.Fatalf("%d clocks begin %q", len(found), c.rule)
			case !found[0].Deadline.Equal(at(t, c.by)) || found[0].Owner != c.owner:
				t.Errorf("runs out %s with %s, want %s with %s", found[0].Deadline.In(day.London()), found[0].Owner, c.by, c.owner)
			}
		})
	}
}

// aSignOn is an SPO served on Monday 2 November with a sign-on every Monday and Thursday by 18:00.
func aSignOn(t testing.TB) *Order {
	t.Helper()
	o := anOrder(t, SPO, "2026-11-01", "")
	o.Served, o.Notified, o.Monitor = at(t, "2026-11-02 10:00"), on(t, "2026-11-02"), "O-0005"
	o.Conditions = []Condition{{
		No: 1, Text: "Must sign on", Requirement: true, Type: SignOn,
		Match: Matcher{Schedule: Schedule{Weekdays: []time.Weekday{time.Monday, time.Thursday}, By: 18 * 60}},
	}}
	return o
}

func TestAnOccasionNobodyRecordedIsAnAlarmUntilSomebodyDoes(t *testing.T) {
	days := func(o *Order, now string) string {
		var out []string
		for _, d := range Dues(o, &Person{}, at(t, now)) {
			if d.Settle == "check.attend" {
				out = append(out, strings.TrimPrefix(d.Rule, "sign on, condition 1: occasion of "))
			}
		}
		return strings.Join(out, "; ")
	}
	for name, c := range map[string]struct {
		now  string
		make func(*Order)
		want string
	}{
		"before its time it is to come":       {now: "2026-11-02 17:59", want: "2 Nov 2026"},
		"the moment after it may be missed":   {now: "2026-11-02 18:00", want: "2 Nov 2026; 5 Nov 2026"},
		"each that is past is one of its own": {now: "2026-11-06 09:00", want: "2 Nov 2026; 5 Nov 2026; 9 Nov 2026"},
		"what was recorded is none": {now: "2026-11-06 09:00", make: func(o *Order) {
			o.watching().record(Attendance{Condition: 1, Day: on(t, "2026-11-02"), Result: Excused})
		}, want: "5 Nov 2026; 9 Nov 2026"},
		"not served: nothing can be missed":     {now: "2026-11-06 09:00", make: func(o *Order) { o.Served = time.Time{} }, want: ""},
		"a condition that ended asks no more":   {now: "2026-11-06 09:00", make: func(o *Order) { o.Conditions[0].Until = on(t, "2026-11-04") }, want: "2 Nov 2026"},
		"many are counted, and none is dropped": {now: "2026-12-04 09:00", want: "2 Nov 2026; 5 Nov 2026; 9 Nov 2026; 12 Nov 2026; 16 Nov 2026; 19 Nov 2026; 23 Nov 2026 and 4 more nobody recorded"},
		"not after a discharge":                 {now: "2026-11-06 09:00", make: func(o *Order) { o.End, o.Ended = Discharged, on(t, "2026-11-04") }, want: ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := aSignOn(t)
			if c.make != nil {
				c.make(o)
			}
			if got := days(o, c.now); got != c.want {
				t.Errorf("on the list: %q, want %q", got, c.want)
			}
		})
	}
}

func TestComplianceOverTheYear(t *testing.T) {
	check := func(on string, lines ...CheckLine) *Check { return &Check{At: at(t, on+" 10:00"), Lines: lines} }
	breach := func(ref Ref, on string, s BreachState) *Breach {
		return &Breach{Meta: Meta{Ref: ref}, Condition: 1, At: at(t, on+" 10:00"), State: s}
	}
	now := at(t, "2026-11-24 05:00")
	for name, c := range map[string]struct {
		checks   []*Check
		breaches []*Breach
		make     func(*Order)
		want     string // Dec 2025 to Nov 2026
	}{
		"nobody looked, since it was made in March": {want: "   ---------"},
		"complied in May, a concern in June":        {checks: []*Check{check("2026-05-31", CheckLine{Condition: 1, Result: Complied}), check("2026-06-01", CheckLine{Condition: 1, Result: Concern})}, want: "   --C?-----"},
		"the worst of a month stands":               {checks: []*Check{check("2026-05-01", CheckLine{Condition: 1, Result: Concern}), check("2026-05-20", CheckLine{Condition: 1, Result: Complied})}, want: "   --?------"},
		"not looked at is not complied with":        {checks: []*Check{check("2026-05-01", CheckLine{Condition: 1, Result: NotChecked})}, want: "   ---------"},
		"a check of another condition":              {checks: []*Check{check("2026-05-01", CheckLine{Condition: 2, Result: Complied})}, want: "   ---------"},
		"a potential breach":                        {breaches: []*Breach{breach("B-000001", "2026-11-01", BreachReview)}, want: "   --------P"},
		"one an officer found substantiated":        {breaches: []*Breach{breach("B-000001", "2026-11-01", BreachCharged)}, want: "   --------B"},
		"one that was none":                         {breaches: []*Breach{breach("B-000001", "2026-11-01", NotABreach)}, want: "   ---------"},
		"what a check reported and was none stays a concern": {
			checks:   []*Check{check("2026-11-01", CheckLine{Condition: 1, Result: NotComplied, Breach: "B-000001"})},
			breaches: []*Breach{breach("B-000001", "2026-11-01", NotABreach)}, want: "   --------?",
		},
		"not complied with, and the breach was undone":       {checks: []*Check{check("2026-11-01", CheckLine{Condition: 1, Result: NotComplied, Breach: "B-000009"})}, want: "   --------P"},
		"an order that ended in August":                      {make: func(o *Order) { o.End, o.Ended = Discharged, on(t, "2026-08-02") }, want: "   ------   "},
		"on the first of the month it bound on no day of it": {make: func(o *Order) { o.End, o.Ended = Discharged, on(t, "2026-08-01") }, want: "   -----    "},
		"before the twelve months":                           {checks: []*Check{check("2025-11-30", CheckLine{Condition: 1, Result: NotComplied})}, want: "   ---------"},
		"attended, missed and never recorded": {make: func(o *Order) {
			o.Served = at(t, "2026-08-01 10:00")
			o.Conditions[0].Requirement = true
			o.Conditions[0].Match.Schedule = Schedule{Every: 31, From: on(t, "2026-08-10")} // 10 Aug, 10 Sep, 11 Oct, 11 Nov
			o.watching().record(Attendance{Condition: 1, Day: on(t, "2026-08-10"), Result: Attended})
			o.watching().record(Attendance{Condition: 1, Day: on(t, "2026-09-10"), Result: Missed})
			o.watching().record(Attendance{Condition: 1, Day: on(t, "2026-10-11"), Result: Excused})
		}, want: "   -----CM-M"},
	} {
		t.Run(name, func(t *testing.T) {
			o := anOrder(t, SPO, "2026-03-31", "")
			o.Conditions = []Condition{{No: 1, Text: "Not to contact"}}
			if c.make != nil {
				c.make(o)
			}
			got := Compliance(o, c.checks, c.breaches, now)
			if len(got) != 1 || got[0].Letters() != c.want {
				t.Errorf("%q, want %q", got[0].Letters(), c.want)
			}
			if got[0].Cells[11].From != on(t, "2026-11-01") || got[0].Cells[0].From != on(t, "2025-12-01") {
				t.Errorf("from %s to %s", got[0].Cells[0].From, got[0].Cells[11].From)
			}
		})
	}
}

func TestEveryStateOfAStripHasALetterAndAWordOfItsOwn(t *testing.T) {
	letters, words := map[string]bool{}, map[string]bool{}
	for s := CellNone; s <= CellSubstantiated; s++ {
		if letters[s.Letter()] || words[s.Word()] || len(s.Letter()) != 1 {
			t.Errorf("%q %q is taken, or no letter", s.Letter(), s.Word())
		}
		letters[s.Letter()], words[s.Word()] = true, true
	}
	if len(CellStates()) != len(letters)-1 {
		t.Error("the legend leaves a state out")
	}
}

func TestTheCharts(t *testing.T) {
	now := at(t, "2026-11-24 05:00")
	order := func(unit Unit, until string, change func(*Order)) *Order {
		o := anOrder(t, ROConviction, "2025-01-01", until)
		o.Unit, o.Conditions = unit, []Condition{{No: 1, Text: "x"}}
		if change != nil {
			change(o)
		}
		return o
	}
	checked := func(on day.Date) func(*Order) {
		return func(o *Order) { o.Risk, o.Watch = RiskHigh, &MonitorPlan{LastCheck: on} }
	}
	in := ChartRecords{
		Orders: []*Order{
			order("SW", "2026-11-24", checked(on(t, "2026-11-10"))), // its last day is today; checked in time to the day
			order("SW", "2026-11-23", nil),                          // past, and nobody decided
			order("SW", "2027-10-31", checked(on(t, "2026-11-09"))), // the last month shown; a day late
			order("SW", "2027-11-01", nil),                          // beyond
			order("NE", "", func(o *Order) { o.Conditions[0].Until = on(t, "2026-12-31") }),
			order("NE", "2027-01-05", func(o *Order) { o.End, o.Ended = Discharged, on(t, "2026-10-01") }),
		},
		Breaches: []*Breach{
			{Unit: "SW", At: at(t, "2026-11-23 00:00"), State: BreachReported},
			{Unit: "SW", At: at(t, "2026-11-22 23:59"), State: BreachCharged},
			{Unit: "NE", At: at(t, "2026-09-07 00:00"), State: BreachReview},
			{Unit: "NE", At: at(t, "2026-09-06 23:59"), State: BreachReview}, // the thirteenth week back
			{Unit: "NE", At: at(t, "2026-11-20 09:00"), State: NotABreach},
		},
	}
	all := NewCharts(in, "", now)
	if all.Overdue != 1 || all.Expiry[0].Orders != 1 || all.Expiry[1].Conditions != 1 || all.Expiry[2].Orders != 0 || all.Expiry[11].Orders != 1 || all.Expiry[11].Month != on(t, "2027-10-01") {
		t.Errorf("expiries %d %+v", all.Overdue, all.Expiry)
	}
	if w := all.Breaches; len(w) != 12 || w[0].Monday != on(t, "2026-09-07") || w[0].Count != 1 || w[10].Count != 1 || w[11].Count != 1 || w[11].Units[0] != (UnitCount{"SW", 1}) {
		t.Errorf("weeks %+v", w)
	}
	for _, u := range all.Checked {
		switch want := map[Unit]UnitChecked{"SW": {"SW", 1, 1, 1}, "NE": {"NE", 0, 0, 1}}[u.Unit]; {
		case want.Unit != "" && u != want:
			t.Errorf("%+v, want %+v", u, want)
		case want.Unit == "" && u.Orders() != 0:
			t.Errorf("%+v", u)
		}
	}
	one := NewCharts(in, "SW", now)
	if len(one.Checked) != 1 || len(one.ByUnit) != 1 || one.ByUnit[0].Count != 2 || one.ByUnit[0].Substantiated != 1 || one.Expiry[1].Conditions != 0 || one.Checked[0].Share() != 33 {
		t.Errorf("SW alone %+v", one)
	}
	total := 0
	for _, r := range all.Rows() {
		if r.Chart == ChartBreaches && r.What == "potential breaches" {
			total += r.Count
		}
	}
	if total != 3 {
		t.Errorf("the rows add up to %d breaches", total)
	}
}

func TestOneForgottenOrderAmongAHundredHasACell(t *testing.T) {
	for _, u := range []UnitChecked{{"SW", 1, 99, 0}, {"SW", 98, 1, 1}, {"SW", 1, 1, 1}, {"SW", 0, 0, 3}} {
		cells := map[CellState]int{}
		for _, c := range u.Parts(20) {
			cells[c.State]++
		}
		if cells[CellComplied]+cells[CellConcern]+cells[CellUnchecked] != 20 || (u.InTime > 0) != (cells[CellComplied] > 0) ||
			(u.Late > 0) != (cells[CellConcern] > 0) || (u.Never > 0) != (cells[CellUnchecked] > 0) {
			t.Errorf("%+v is drawn as %v", u, cells)
		}
	}
}
