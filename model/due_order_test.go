package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// The runway to a last day: what is asked for, day by day, and which decision holds it off.
func TestTheRunwayToALastDay(t *testing.T) {
	const ends, condition = "order ends: renew, vary or let lapse", "condition 2 ends: renew, vary or let lapse"
	log := func(when string, what DecisionWhat, scope int) OrderDecision {
		return OrderDecision{Day: on(t, when), What: what, Condition: scope, By: "O-0004"}
	}
	renewed := func(when, until string) OrderDecision {
		d := log(when, WasRenewed, 0)
		d.Until = on(t, until)
		return d
	}
	for name, c := range map[string]struct {
		kind     OrderType
		made     string
		until    string
		own      string // the last day of condition 2
		log      []OrderDecision
		now      string
		runs     string
		start    string // the day the first clock began
		deadline string // the last day of the first clock
	}{
		"the day before the stage of six months":               {until: "2027-06-30", now: "2026-12-29"},
		"the day of it":                                        {until: "2027-06-30", now: "2026-12-30", runs: ends, start: "2026-12-30", deadline: "2027-06-30"},
		"the day after it":                                     {until: "2027-06-30", now: "2026-12-31", runs: ends, start: "2026-12-30"},
		"six months before 31 August is the last of February":  {until: "2027-08-31", now: "2027-02-28", runs: ends, start: "2027-02-28"},
		"and not the day before":                               {until: "2027-08-31", now: "2027-02-27"},
		"in a leap year it is 29 February":                     {until: "2028-08-31", now: "2028-02-28"},
		"which is a day like any other":                        {until: "2028-08-31", now: "2028-02-29", runs: ends, start: "2028-02-29"},
		"an order that ends on 29 February":                    {until: "2028-02-29", now: "2028-01-29", runs: ends, start: "2028-01-29", deadline: "2028-02-29"},
		"on the night the clocks go back, the last day":        {until: "2026-10-25", now: "2026-10-25", runs: ends, deadline: "2026-10-25"},
		"a decision holds until the next stage":                {until: "2027-06-30", log: []OrderDecision{log("2026-12-30", ToLapse, 0)}, now: "2027-03-29"},
		"at which it is asked for again":                       {until: "2027-06-30", log: []OrderDecision{log("2026-12-30", ToLapse, 0)}, now: "2027-03-30", runs: ends, start: "2027-03-30"},
		"one from before the stage settles nothing":            {until: "2027-06-30", log: []OrderDecision{log("2026-12-29", ToLapse, 0)}, now: "2026-12-30", runs: ends},
		"the stage of one month":                               {until: "2027-06-30", log: []OrderDecision{log("2027-03-30", ToLapse, 0)}, now: "2027-05-30", runs: ends, start: "2027-05-30"},
		"decided then, it holds to the last day":               {until: "2027-06-30", log: []OrderDecision{log("2027-05-30", ToLapse, 0)}, now: "2027-06-30"},
		"let lapse, it is to be recorded that it did":          {until: "2027-06-30", log: []OrderDecision{log("2027-05-30", ToLapse, 0)}, now: "2027-07-01", runs: "record that the order lapsed, as decided", deadline: "2027-07-07"},
		"passed without any decision it stays overdue":         {until: "2027-06-30", now: "2028-06-30", runs: ends, deadline: "2027-06-30"},
		"and a refused application is no decision":             {until: "2027-06-30", log: []OrderDecision{log("2027-05-30", ToRenew, 0), log("2027-06-20", WasRefused, 0)}, now: "2027-07-01", runs: ends, deadline: "2027-06-30"},
		"to apply starts a nag":                                {until: "2027-06-30", log: []OrderDecision{log("2027-01-04", ToRenew, 0)}, now: "2027-01-04", runs: "apply to renew: lodge it, and record the result", start: "2027-01-04", deadline: "2027-02-01"},
		"which goes on until the result":                       {until: "2027-06-30", log: []OrderDecision{log("2027-01-04", ToRenew, 0)}, now: "2027-04-15", runs: "apply to renew: lodge it, and record the result", deadline: "2027-02-01"},
		"and is never longer than the order":                   {until: "2027-06-30", log: []OrderDecision{log("2027-06-20", ToRenew, 0)}, now: "2027-06-21", runs: "apply to renew: lodge it, and record the result", deadline: "2027-06-30"},
		"an application without a result, and the order over":  {until: "2027-06-30", log: []OrderDecision{log("2027-06-20", ToRenew, 0)}, now: "2027-07-01", runs: ends, deadline: "2027-06-30"},
		"refused in time, the stage is settled":                {until: "2027-06-30", log: []OrderDecision{log("2027-01-04", ToRenew, 0), log("2027-02-10", WasRefused, 0)}, now: "2027-02-11"},
		"renewed, its runway begins again from the new day":    {until: "2029-06-30", log: []OrderDecision{log("2027-01-04", ToRenew, 0), renewed("2027-02-10", "2029-06-30")}, now: "2028-12-30", runs: ends, start: "2028-12-30"},
		"and not the day before that":                          {until: "2029-06-30", log: []OrderDecision{log("2027-01-04", ToRenew, 0), renewed("2027-02-10", "2029-06-30")}, now: "2028-12-29"},
		"an application to vary is answered by what changed":   {until: "2029-06-30", log: []OrderDecision{log("2027-01-04", ToVary, 0), log("2027-02-10", WasVaried, 2)}, now: "2027-04-01"},
		"and not before":                                       {until: "2029-06-30", log: []OrderDecision{log("2027-01-04", ToVary, 0)}, now: "2027-04-01", runs: "apply to vary: lodge it, and record the result"},
		"words that changed decide nothing about the last day": {until: "2027-06-30", log: []OrderDecision{log("2027-05-30", WasVaried, 0)}, now: "2027-06-01", runs: ends},

		"a condition has a runway of its own":         {until: "2029-06-30", own: "2027-06-30", now: "2026-12-30", runs: condition, start: "2026-12-30", deadline: "2027-06-30"},
		"though the order runs until further order":   {own: "2027-06-30", now: "2026-12-30", runs: condition},
		"a decision about the order is none about it": {own: "2027-06-30", log: []OrderDecision{log("2026-12-30", ToVary, 0), log("2026-12-31", WasVaried, 1)}, now: "2027-01-01", runs: condition},
		"its own holds": {own: "2027-06-30", log: []OrderDecision{log("2026-12-30", ToLapse, 2)}, now: "2027-01-01"},
		"let lapse, it is over without another word":               {own: "2027-06-30", log: []OrderDecision{log("2027-06-01", ToLapse, 2)}, now: "2027-07-01"},
		"passed without a decision it stays overdue":               {own: "2027-06-30", now: "2027-09-01", runs: condition, deadline: "2027-06-30"},
		"one that ends with its order is the order's":              {until: "2027-06-30", own: "2027-06-30", now: "2027-06-01", runs: ends},
		"an interim order is in its last month from the beginning": {kind: InterimSPO, made: "2027-06-10", until: "2027-07-08", now: "2027-06-10", runs: "interim order ends: hearing of the main application", start: "2027-06-10", deadline: "2027-07-08"},
	} {
		t.Run(name, func(t *testing.T) {
			o := anOrder(t, ROConviction, "2025-01-01", c.until)
			if c.kind != "" {
				o.Type, o.Made, o.Served, o.Notified = c.kind, on(t, c.made), on(t, c.made).Start(), on(t, c.made)
			}
			o.Monitor, o.Log = "O-0005", c.log
			o.Conditions = append(o.Conditions, Condition{No: 2, Text: "Not to enter the area on the map", Until: on(t, c.own)})
			dues := ofTheOrder(Dues(o, &Person{}, at(t, c.now+" 05:00")))
			if got := rules(dues); got != c.runs {
				t.Fatalf("running: %q, want %q", got, c.runs)
			}
			if c.start != "" && day.On(dues[0].Start) != on(t, c.start) {
				t.Errorf("it began %s, want %s", day.On(dues[0].Start), c.start)
			}
			if c.deadline != "" && !dues[0].Deadline.Equal(on(t, c.deadline).End()) {
				t.Errorf("it runs out %s, want the end of %s", dues[0].Deadline, c.deadline)
			}
			if len(dues) > 0 && dues[0].Settle != "order.expiry" {
				t.Errorf("%s settles it", dues[0].Settle)
			}
		})
	}
}

func TestAChangeIsNotifiedWithinThreeDays(t *testing.T) {
	for name, c := range map[string]struct {
		kind     OrderType
		served   string
		interim  string // service of the interim order
		notified string // the initial notification
		rso      string
		until    string
		what     NotifiableWhat
		day      string
		by       string
		cites    string
	}{
		"a home moved to on Monday is notified by the end of Wednesday": {day: "2026-11-30", by: "2026-12-02", cites: "s.9(4)"},
		"a name used on Monday too":                                     {what: NewName, day: "2026-11-30", by: "2026-12-02", cites: "s.9(3)"},
		"calendar days count over Christmas":                            {day: "2026-12-24", by: "2026-12-26"},
		"over 29 February":                                              {day: "2028-02-28", by: "2028-03-01"},
		"over the last of February":                                     {day: "2027-02-27", by: "2027-03-01"},
		"over the change of the clocks":                                 {day: "2027-03-27", by: "2027-03-29"},
		"on the day of service":                                         {day: "2026-11-23", by: "2026-11-25"},
		"what changed before service belongs to the initial one":        {day: "2026-11-22", cites: "s.9(2)"},
		"an order not served binds nobody yet":                          {served: "-", day: "2026-11-30", cites: "s.9(2)"},
		"the interim order's service counts for a full one":             {interim: "2026-10-01 10:00", day: "2026-10-20", by: "2026-10-22"},
		"a restraining order has none":                                  {kind: ROConviction, day: "2026-11-30"},
		"a registered sex offender is exempt":                           {rso: "2199-12-31", notified: "2026-11-23", day: "2026-11-30", cites: "indefinitely"},
		"until that ends":                                               {rso: "2027-03-10", notified: "2026-11-23", day: "2026-11-30", by: "2027-03-12", cites: "revives"},
		"the day after it ended the three days are their own":           {rso: "2027-03-10", notified: "2026-11-23", day: "2027-03-11", by: "2027-03-13", cites: "s.9(4)"},
		"and it never revives after the order":                          {rso: "2028-11-30", notified: "2026-11-23", until: "2028-11-29", day: "2026-11-30", cites: "life of the order"},
		"before the first notification it is part of that":              {rso: "2027-03-10", day: "2026-11-30", cites: "part of the initial"},
	} {
		t.Run(name, func(t *testing.T) {
			kind, served := SPO, "2026-11-23 10:00"
			if c.kind != "" {
				kind = c.kind
			}
			if c.served == "-" {
				served = ""
			}
			o := anOrder(t, kind, "2026-11-20", c.until)
			o.Served, o.InterimServed, o.Notified, o.Monitor = at(t, served), at(t, c.interim), on(t, c.notified), "O-0005"
			n := Notifiable{What: NewHome, Text: "9 Moved Road", Day: on(t, c.day), Found: "a visit"}
			if c.what != "" {
				n.What = c.what
			}
			subject := &Person{RSOUntil: on(t, c.rso)}
			by, why, due := o.ChangeBy(n, subject)
			if !due {
				by = 0
			}
			if by.String() != c.by || !strings.Contains(why, c.cites) {
				t.Errorf("by %q: %s; want %q citing %q", by, why, c.by, c.cites)
			}
			o.Changes = []Notifiable{n}
			runs := strings.Contains(rules(Dues(o, subject, at(t, "2026-12-01 05:00"))), "notify a change of")
			if runs != due {
				t.Errorf("due %v, and among the clocks %v", due, runs)
			}
			o.Changes[0].Notified = o.Changes[0].Day
			if strings.Contains(rules(Dues(o, subject, at(t, "2026-12-01 05:00"))), "notify a change of") {
				t.Error("notified, and its clock still runs")
			}
		})
	}
}

func TestIndefiniteSexOffenderNotificationHasNoEnd(t *testing.T) {
	o := anOrder(t, SPO, "2026-11-20", "")
	o.Served = at(t, "2026-11-23 10:00")
	if by, why, due := o.NotifyBy(&Person{RSOUntil: on(t, "2199-12-31")}); due || !strings.Contains(why, "indefinitely") {
		t.Errorf("due %v by %s: %s", due, by, why)
	}
}

// ofTheOrder leaves out the clocks of watching an order, which have tables of their own.
func ofTheOrder(dues []Due) []Due {
	return slices.DeleteFunc(dues, func(d Due) bool {
		return slices.Contains([]string{"order.plan", "order.review", "check.record", "check.attend"}, d.Settle)
	})
}

// One life: an interim order, its full order, a missed change of address, an exemption that ends, renewal and the end.
func TestTheLifeOfAnOrder(t *testing.T) {
	d := newDesk(t, at(t, "2026-11-24 09:00"), station(t)...)
	run := func(when string, want ...string) {
		t.Helper()
		d.now = at(t, when)
		var got []string
		for _, due := range ofTheOrder(NewLiner(d, d.now).Dues(as[*Order](d, "R-000007"))) {
			got = append(got, due.Rule)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: running %q, want %q", when, got, want)
		}
	}
	d.must("O-0001", "order.add", given{"person": "P-4", "type": "interim SPO", "made": "2026-11-24", "until": "2026-12-22", "conditions": "Not to contact her"})
	d.must("O-0002", "order.serve", given{"order": "R-6", "how": "in person", "explained": "yes"})
	d.now = at(t, "2026-12-10 16:00")
	d.must("O-0004", "order.add", given{"person": "P-4", "type": "SPO", "made": "2026-12-10", "until": "2028-12-09", "replaces": "R-6", "conditions": "Not to contact her\nMust sign on", "monitor": "O-5"})
	if o := as[*Order](d, "R-000006"); o.End != Superseded {
		t.Errorf("the interim order is %q", o.End)
	}
	run("2026-12-10 17:00", "serve the order", "initial notification") // that of the interim order, which was never given
	d.must("O-0002", "order.serve", given{"order": "R-7", "how": "in court"})
	d.must("O-0002", "order.notify", given{"order": "R-7", "ack": "yes"})
	run("2027-03-01 09:00")
	d.must("O-0005", "order.change", given{"order": "R-7", "what": "home address", "text": "9 Moved Road", "day": "2027-02-20", "found": "a visit"})
	run("2027-03-01 10:00", "notify a change of home address")
	d.must("O-0005", "order.change-notified", given{"order": "R-7"})
	run("2027-03-02 09:00")
	d.must("O-0004", "condition.set", given{"order": "R-7", "condition": 2.0, "type": "sign on", "schedule": "Mon,Thu by 18:00", "until": "2027-12-09"})
	run("2027-06-09 09:00", "condition 2 ends: renew, vary or let lapse")
	d.must("O-0004", "order.expiry", given{"order": "R-7", "condition": 2.0, "decision": "lapsed", "reason": "attends well"})
	run("2027-09-08 09:00")
	run("2027-09-09 09:00", "condition 2 ends: renew, vary or let lapse")
	d.must("O-0004", "order.expiry", given{"order": "R-7", "condition": 2.0, "decision": "lapsed", "reason": "attends well"})
	run("2028-06-09 09:00", "order ends: renew, vary or let lapse") // condition 2 lapsed, as was decided
	d.must("O-0004", "order.expiry", given{"order": "R-7", "decision": "apply to renew", "reason": "still fixated"})
	run("2028-06-10 09:00", "apply to renew: lodge it, and record the result")
	d.must("O-0004", "order.expiry", given{"order": "R-7", "decision": "renewed", "until": "2030-12-09", "reason": "Wimbledon"})
	run("2028-12-10 09:00")
	d.must("O-0008", "officer.leave", given{"officer": "O-5", "reason": "dismissed", "at_once": "yes"})
	run("2028-12-11 09:00", "name a monitoring officer")
	d.must("O-0004", "order.monitor", given{"order": "R-7", "officer": "O-2"})
	run("2028-12-12 09:00")
	d.must("O-0004", "order.discharge", given{"order": "R-7", "reason": "Wimbledon"})
	run("2028-12-13 09:00")
}

// An order is never without a monitoring officer without an alarm, and no clock is dropped when what started it is
// corrected or undone: whatever officers do, and in whatever order.
func TestNoOrderIsUnwatchedWithoutAnAlarmAndNoClockIsDropped(t *testing.T) {
	actions := []string{
		"order.add", "order.serve", "order.serve-correct", "order.monitor", "order.notify", "order.change", "order.change-notified", "order.expiry", "order.vary",
		"order.discharge", "officer.leave", "undo", "undo", "condition.set", "condition.add", "condition.end", "order.determined",
	}
	alarms, clocks := 0, 0
	for seed := range uint64(12) {
		w := &walk{desk: newDesk(t, stationNow(t), station(t)...), rng: rand.New(rand.NewPCG(seed, 41)), seed: seed}
		for range 250 {
			s, _ := Find(actions[w.rng.IntN(len(actions))])
			fields := given{}
			for _, f := range s.Fields {
				if f.Need || w.rng.IntN(10) < 3 {
					fields[f.Name] = w.value(f)
				}
			}
			w.now = w.now.Add(time.Duration(1+w.rng.IntN(600)) * time.Minute)
			_, _ = w.do(w.someone(s), s.Name, fields)
			a, c := w.watched(fmt.Sprintf("seed %d, after %s %v", seed, s.Name, fields))
			alarms, clocks = alarms+a, clocks+c
			if t.Failed() {
				return
			}
		}
	}
	if alarms == 0 || clocks == 0 {
		t.Errorf("%d alarms and %d clocks were seen, so this says nothing", alarms, clocks)
	}
}

// watched holds every order to its alarm and its clocks.
func (w *walk) watched(after string) (alarms, clocks int) {
	w.Helper()
	liner, today := NewLiner(w.desk, w.now), day.On(w.now)
	for _, ref := range w.refs(KindOrder) {
		o := as[*Order](w.desk, ref)
		if !o.Live(today) {
			continue
		}
		running := map[string]Due{}
		for _, d := range liner.Dues(o) {
			running[d.Rule] = d
		}
		officer, known := w.records[o.Monitor].(*Officer)
		_, alarm := running["name a monitoring officer"]
		if unwatched := !known || officer.Left; unwatched != alarm {
			w.Errorf("%s: %s is watched by %q and the alarm is %v", after, ref, o.Monitor, alarm)
		} else if alarm {
			alarms++
		}
		if !o.Type.IsSPO() {
			continue
		}
		if _, serve := running["serve the order"]; serve != o.Served.IsZero() {
			w.Errorf("%s: %s served %s, and the clock to serve it runs: %v", after, ref, o.Served, serve)
		}
		by, _, due := o.NotifyBy(liner.Person(o.Person))
		got, runs := running["initial notification"]
		switch {
		case runs != (due && o.Notified.IsZero()):
			w.Errorf("%s: %s notified %s, and its clock runs: %v", after, ref, o.Notified, runs)
		case runs && (!got.Deadline.Equal(by.End()) || got.Start.IsZero()):
			w.Errorf("%s: the clock of %s runs out %s, want %s", after, ref, got.Deadline, by)
		case !o.Notified.IsZero() && !o.notifyStart().IsZero() && o.Notified < day.On(o.notifyStart()):
			w.Errorf("%s: %s was notified before it was served", after, ref)
		case runs:
			clocks++
		}
		for _, n := range o.Changes {
			_, runs := running["notify a change of "+string(n.What)]
			if _, _, due := o.ChangeBy(n, liner.Person(o.Person)); due && n.Notified.IsZero() && !runs {
				w.Errorf("%s: a change of %s of %s is not notified and has no clock", after, n.What, ref)
			}
		}
	}
	return alarms, clocks
}
