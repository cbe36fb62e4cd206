package model

import (
	"strings"
	"testing"
)

// ruleOf is the first clock on a record whose rule contains some words, by the officers on record.
func ruleOf(d *desk, ref Ref, words string) (Due, bool) {
	for _, due := range NewLiner(d, d.now).Dues(d.records[ref]) {
		if strings.Contains(due.Rule, words) {
			return due, true
		}
	}
	return Due{}, false
}

func TestABreachIsNotOfAConditionACourtHadEnded(t *testing.T) {
	for name, c := range map[string]struct {
		at      string
		refused bool
	}{
		"the day before it ended it bound":        {"2026-11-21 23:59", false},
		"from the day it ended it binds no more":  {"2026-11-22 00:00", true},
		"nor on any later day":                    {"2026-11-23 12:00", true},
		"and an event before the order is no one": {"2026-10-29 12:00", true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			d.must("O-0004", "condition.end", given{"order": "R-2", "condition": 1, "day": "2026-11-22", "reason": "Wimbledon"})
			_, err := d.do("O-0002", "breach.report", given{"order": "R-2", "condition": 1, "what": "A call", "at": c.at})
			if (err != nil) != c.refused {
				t.Errorf("refused: %v", err)
			}
		})
	}
}

func TestNobodyIsWantedForBreakingBailWhichIsNoOffence(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	as[*Order](d, "R-000003").Type = BailTerms
	decide := given{"breach": "B-1", "decision": "substantiated", "reason": "seen", "excuse": "none"}
	want := given{"want": "yes"}
	for k, v := range decide {
		want[k] = v
	}
	_, err := d.do("O-0005", "breach.decide", want)
	if p := refusal(t, err); p.Field != "want" || !strings.Contains(p.Rule, "power to arrest") {
		t.Errorf("refused as %v", p)
	}
	d.must("O-0005", "breach.decide", decide)
}

func TestUndoNeverLeavesTwoOpenLinesOfOneUnit(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0001", "wanted.eliminate", given{"wanted": "W-1", "reason": "alibi"})
	d.must("O-0001", "wanted.mark", given{"person": "P-1", "offences": "s4A", "unit": "SW"})
	_, err := d.do("O-0001", "undo", given{"seq": 1.0, "reason": "wrong"})
	if p := refusal(t, err); p.Code != Conflict || !strings.Contains(p.Rule, "W-000006") {
		t.Errorf("refused as %v", p)
	}
	d.must("O-0001", "undo", given{"seq": 2.0, "reason": "wrong"})
	d.must("O-0001", "undo", given{"seq": 1.0, "reason": "wrong"})
	if got := d.state("W-000001"); got != string(Circulated) {
		t.Errorf("the line is %s", got)
	}
}

func TestABreachTheCourtFoundNotProvedScoresNothing(t *testing.T) {
	for court, points := range map[CourtResult]bool{Convicted: true, NotGuilty: false, Discontinued: true, "": true} {
		b := &Breach{Person: "P-000001", Type: SPO, At: at(t, "2026-11-01 10:00"), State: BreachDecided, Court: court}
		s := ScoreOf(nil, []*Breach{b}, "P-000001", DefaultWeights(), 12, on(t, "2026-11-24"))
		if (s.Points > 0) != points {
			t.Errorf("court %q: %d points", court, s.Points)
		}
	}
}

func TestABreachNeedsAnOrderTheSubjectKnewOf(t *testing.T) {
	for kind, needs := range map[OrderType]bool{SPO: true, InterimSPO: true, DAPO: true, NMO: true, ROConviction: false, ROAcquittal: false, BailTerms: false} {
		d := newDesk(t, stationNow(t), station(t)...)
		o, b := as[*Order](d, "R-000003"), as[*Breach](d, "B-000001")
		o.Served, o.Type, b.Type = at(t, ""), kind, kind
		_, err := d.do("O-0005", "breach.decide", given{"breach": "B-1", "decision": "substantiated", "reason": "seen", "excuse": "none"})
		if (err != nil) != needs {
			t.Errorf("%s, not served: %v", kind, err)
		}
	}
}

func TestTheDutyThatRevivesIsNotAnsweredByAnEarlierNotification(t *testing.T) {
	for name, c := range map[string]struct {
		rso, notified, until string
		due                  string // deadline, as the first day that is too late
	}{
		"notified in the three days, never a sex offender":     {notified: "2026-11-24"},
		"notified, and the exemption that began later has end": {rso: "2027-03-10", notified: "2026-11-24", due: "2027-03-13"},
		"notified on the day it ended":                         {rso: "2027-03-10", notified: "2027-03-10"},
		"notified the day after":                               {rso: "2027-03-10", notified: "2027-03-11"},
		"never notified":                                       {rso: "2027-03-10", due: "2027-03-13"},
		"the exemption outlives the order":                     {rso: "2029-03-10", notified: "2026-11-24", until: "2028-11-19"},
		"the exemption has no end":                             {rso: "2199-12-31", notified: "2026-11-24"},
		"it had ended before service":                          {rso: "2026-11-01", notified: "2026-11-24"},
	} {
		t.Run(name, func(t *testing.T) {
			o := anOrder(t, SPO, "2026-11-20", c.until)
			o.Served, o.Notified, o.Monitor = at(t, "2026-11-23 10:00"), on(t, c.notified), "O-0005"
			got := ""
			for _, due := range Dues(o, &Person{RSOUntil: on(t, c.rso)}, at(t, "2027-03-12 09:00")) {
				if due.Rule == "initial notification" {
					got = due.Deadline.Format("2006-01-02")
				}
			}
			if got != c.due {
				t.Errorf("due %q, want %q", got, c.due)
			}
		})
	}
}

// An interim order's service is the start of the full order's duty: recorded late or corrected, the clock follows.
func TestTheClockOfAFullOrderFollowsTheServiceOfItsInterim(t *testing.T) {
	full := func(d *desk) {
		d.must("O-0004", "order.add", given{"person": "P-4", "type": "interim SPO", "made": "2026-11-16", "until": "2026-12-22", "conditions": "Not to contact her"})
	}
	replace := func(d *desk) {
		d.must("O-0004", "order.add", given{"person": "P-4", "type": "SPO", "made": "2026-11-23", "replaces": "R-6", "conditions": "Not to contact her", "served": "2026-11-24 04:00"})
	}
	deadline := func(d *desk) string {
		if due, ok := ruleOf(d, "R-000007", "initial notification"); ok {
			return due.Deadline.Format("2006-01-02")
		}
		return ""
	}
	t.Run("corrected", func(t *testing.T) {
		d := newDesk(t, stationNow(t), station(t)...)
		full(d)
		d.must("O-0004", "order.serve", given{"order": "R-6", "how": "in person", "at": "2026-11-17 10:00"})
		replace(d)
		if got := deadline(d); got != "2026-11-20" {
			t.Errorf("due by %s", got)
		}
		d.must("O-0004", "order.serve-correct", given{"order": "R-6", "at": "2026-11-20 10:00", "reason": "the officer's book"})
		if got := deadline(d); got != "2026-11-23" {
			t.Errorf("corrected, due by %s", got)
		}
		d.must("O-0004", "undo", nil)
		if got := deadline(d); got != "2026-11-20" {
			t.Errorf("taken back, due by %s", got)
		}
		if _, err := d.do("O-0004", "order.serve-correct", given{"order": "R-6", "at": "2026-11-24 04:30", "reason": "x"}); err == nil {
			t.Error("it was served after it had been replaced")
		}
	})
	t.Run("recorded late", func(t *testing.T) {
		d := newDesk(t, stationNow(t), station(t)...)
		full(d)
		replace(d)
		if got := deadline(d); got != "2026-11-27" {
			t.Errorf("due by %s: the interim order was never served, so the full one's service counts", got)
		}
		d.must("O-0004", "order.serve", given{"order": "R-6", "how": "in person", "at": "2026-11-18 10:00"})
		if got := deadline(d); got != "2026-11-21" {
			t.Errorf("recorded late, due by %s", got)
		}
	})
	t.Run("a suspicion of it can be reported against the full order", func(t *testing.T) {
		d := newDesk(t, stationNow(t), station(t)...)
		full(d)
		d.must("O-0004", "order.serve", given{"order": "R-6", "how": "in person", "at": "2026-11-17 10:00"})
		replace(d)
		d.now = at(t, "2026-11-25 09:00")
		d.must("O-0002", "breach.report", given{"suspicion": "R-000007/initial notification/notify"})
	})
}

func TestAVictimSurvivorWithoutAnOfficerIsNeverSilent(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0001", "victim.add", given{"name": "SAMPLE Ros", "way": "phone", "order": "R-2", "officer": "O-2", "every": 7})
	if _, alarm := ruleOf(d, "VS-000001", "name an officer"); alarm {
		t.Error("somebody keeps in touch, and the alarm says nobody does")
	}
	d.must("O-0008", "officer.leave", given{"officer": "O-2", "reason": "left", "at_once": "yes"})
	due, alarm := ruleOf(d, "VS-000001", "name an officer")
	if !alarm || !due.Deadline.Equal(on(t, "2026-11-24").End()) {
		t.Errorf("their officer has left: %v %s", alarm, due.Deadline)
	}
	if due, ok := ruleOf(d, "VS-000001", "contact the victim"); !ok || due.Owner != "" {
		t.Errorf("%v: the contact is still %s's, who has left", ok, due.Owner)
	}
}

func TestStandardRightsOnRecordGiveFiveWorkingDays(t *testing.T) {
	victim := func(rights string) func(*desk) {
		return func(d *desk) {
			d.must("O-0001", "victim.add", given{"name": "SAMPLE Ros", "way": "phone", "case": "C-91", "rights": rights, "officer": "O-2"})
		}
	}
	for name, c := range map[string]struct {
		set  []func(*desk)
		by   string
		says string
	}{
		"nobody has recorded their rights: enhanced": {nil, "2026-11-25", "1 working day"},
		"enhanced":                  {[]func(*desk){victim("enhanced")}, "2026-11-25", "1 working day"},
		"standard":                  {[]func(*desk){victim("standard")}, "2026-12-01", "5 working days"},
		"two of them, one enhanced": {[]func(*desk){victim("standard"), victim("enhanced")}, "2026-11-25", "1 working day"},
		"an order besides whose protected person is unknown ": {[]func(*desk){victim("standard"), protectedFrom5}, "2026-11-25", "1 working day"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			withCase(d)
			for _, set := range c.set {
				set(d)
			}
			_, err := d.do("O-0002", "arrest.status", given{"arrest": "K-1", "status": "charged", "cps": "CPS 1", "tell_by": "2026-12-09 09:00"})
			if p := refusal(t, err); p.Field != "tell_by" || !strings.Contains(p.Rule, c.says) {
				t.Errorf("%v", p)
			}
			d.must("O-0002", "arrest.status", given{"arrest": "K-1", "status": "charged", "cps": "CPS 1"})
			if got := update(d).Due; got != on(t, c.by) {
				t.Errorf("told by %s, want %s", got, c.by)
			}
		})
	}
}

func protectedFrom5(d *desk) {
	d.keep(&Order{
		Meta: Meta{Ref: "R-000091"}, Person: "P-000005", Type: ROConviction, Unit: "SW", Made: on(d, "2026-01-09"), Protected: "SAMPLE somebody",
		Conditions: []Condition{{No: 1, Text: "Not to contact"}},
	})
}

func TestABailDatePastTheLimitOfBailSaysSo(t *testing.T) {
	for to, warns := range map[string]bool{"2027-02-24": false, "2027-02-25": true} { // arrested 24 November: three months beginning the 25th
		d := newDesk(t, stationNow(t), station(t)...)
		d.must("O-0002", "arrest.status", given{"arrest": "K-1", "status": "bailed", "bail_to": to})
		due, ok := ruleOf(d, "K-000001", "bail return")
		if !ok || strings.Contains(due.Warn, "24 Feb 2027") != warns {
			t.Errorf("bail to %s: %q", to, due.Warn)
		}
	}
}

func TestAnInterimOrderThatHadRunOutIsNotReplaced(t *testing.T) {
	for made, refused := range map[string]bool{"2026-11-20": false, "2026-11-21": true} {
		d := newDesk(t, stationNow(t), station(t)...)
		d.must("O-0004", "order.add", given{"person": "P-4", "type": "interim SPO", "made": "2026-11-02", "until": "2026-11-20", "conditions": "Not to contact her", "served": "2026-11-02 10:00"})
		_, err := d.do("O-0004", "order.add", given{"person": "P-4", "type": "SPO", "made": made, "replaces": "R-6", "conditions": "Not to contact her"})
		if (err != nil) != refused {
			t.Errorf("made on %s: %v", made, err)
		}
	}
}

// Work that only somebody who has left would read is nobody's, on a card, in a pack and in a handover alike.
func TestNoClockIsLeftWithAnOfficerWhoHasGone(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0008", "officer.leave", given{"officer": "O-2", "reason": "dismissed", "at_once": "yes"})
	pack, err := BuildPack(d, "OP-0001/001", d.now)
	if err != nil {
		t.Fatal(err)
	}
	left := NewLiner(d, d.now)
	shift := ShiftRecords{Wanted: []*Wanted{as[*Wanted](d, "W-000004")}, Left: left.Left}
	card := left.Dues(d.records["W-000004"])
	for where, dues := range map[string][]Due{"pack": pack.Dues(), "handover": clocksOf(shift, "", d.now, d.now.AddDate(1, 0, 0)), "card": card} {
		if len(dues) == 0 {
			t.Errorf("%s: no clock runs", where)
		}
		for _, due := range dues {
			if due.Owner == "O-0002" {
				t.Errorf("%s: %s is still theirs", where, due.Rule)
			}
		}
	}
}

// The six months of MCA 1980 s.127 run on a case whether anybody was arrested or not, until it is charged.
func TestTheSixMonthsRunOnACaseWithoutAnArrest(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "case.add", given{"person": "P-2", "offences": "s2A", "last": "2026-11-20"})
	due := clock(t, Dues(d.records["C-000001"], nil, d.now), "charge a summary-only offence")
	if due.Deadline != on(t, "2027-05-20").End() || due.Settle != "case.charge" || due.Person != "P-000002" {
		t.Errorf("%+v", due)
	}
	d.must("O-0002", "case.charge", given{"case": "C-1", "cps": "CPS 26/9"})
	if _, still := findClock(Dues(d.records["C-000001"], nil, d.now), "charge a summary-only offence"); still {
		t.Error("charged, and the clock still runs")
	}
	d.must("O-0002", "case.add", given{"person": "P-2", "offences": "s4A,s2A", "last": "2026-11-20"})
	if _, runs := findClock(Dues(d.records["C-000002"], nil, d.now), "charge a summary-only offence"); runs {
		t.Error("an either-way offence has no six months")
	}
}

// A breach somebody found is not forgotten because nobody ticked a box beside the finding.
func TestASubstantiatedBreachAsksWhatFollowed(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0001", "breach.decide", given{"breach": "B-1", "decision": "substantiated", "reason": "seen by two officers", "excuse": "none offered"})
	due := clock(t, Dues(d.records["B-000001"], nil, d.now), "act on the substantiated breach")
	if due.Deadline != d.now.AddDate(0, 0, 7) || due.Owner != "O-0005" {
		t.Errorf("%+v", due)
	}
}
