package model

import (
	"testing"
	"time"
)

func TestBreachResultsAsTheTrialCountedThem(t *testing.T) {
	from, to := on(t, "2026-11-01"), on(t, "2026-11-30")
	breach := func(unit Unit, kind OrderType, found BreachFound, reported string, steps ...BreachStep) *Breach {
		b := &Breach{Unit: unit, Type: kind, Found: found, At: at(t, reported).Add(-time.Hour), Reported: at(t, reported), State: BreachReported}
		for _, s := range steps {
			b.Steps = append(b.Steps, s)
			b.State, b.DecidedAt, b.DecidedBy = s.State, s.At, s.By
		}
		return b
	}
	step := func(s BreachState, when string) BreachStep {
		return BreachStep{At: at(t, when), State: s, By: "O-0001"}
	}
	convicted := breach("SW", SPO, FoundCheck, "2026-11-02 10:00", step(BreachSubstantiated, "2026-11-03 09:00"), step(BreachArrested, "2026-11-04 09:00"), step(BreachCharged, "2026-11-05 09:00"), step(BreachDecided, "2026-11-30 23:59"))
	convicted.Court, convicted.Arrest = Convicted, "K-1"
	released := breach("SW", SPO, FoundReport, "2026-10-31 23:59", step(BreachSubstantiated, "2026-11-01 00:00"), step(BreachArrested, "2026-11-02 09:00"), step(BreachSubstantiated, "2026-11-02 10:00"))
	old := breach("SE", ROConviction, "", "2026-11-10 09:00")
	old.State, old.DecidedBy, old.DecidedAt = NotABreach, "O-0001", at(t, "2026-11-11 09:00")
	rows := BreachResults([]*Breach{
		convicted, released, old, breach("SE", SPO, FoundMissed, "2026-11-20 09:00"), breach("SE", SPO, FoundDrift, "2026-12-01 00:00"),
		breach("SE", SPO, FoundAlias, "2026-11-21 09:00", step(BreachDismissed, "2026-11-21 09:00")),
	}, from, to)
	figure := func(u Unit, k OrderType, what string) int {
		for _, r := range rows {
			if r.Unit == u && r.Type == k && r.What == what {
				return r.Count
			}
		}
		return 0
	}
	for name, c := range map[string]struct {
		unit Unit
		kind OrderType
		what string
		want int
	}{
		"found in the window: not the day before, not the day after": {"", "", FigureFound, 3},
		"found by a check":                                {"", "", "found by check", 1},
		"by a missed requirement":                         {"SE", "", "found by missed requirement", 1},
		"address drift of the day after":                  {"", "", "found by address drift", 0},
		"one of before ways were kept counts as a report": {"SE", ROConviction, "found by report", 1},
		"a dismissed suspicion is none found":             {"SE", SPO, FigureDismissed, 1},
		"still to decide":                                 {"", "", FigurePotential, 1},
		"substantiated at the first moment of the window": {"SW", "", FigureSubstantiated, 2},
		"not a breach, from before steps were kept":       {"", ROConviction, FigureNotABreach, 1},
		"arrested, less the one that was de-arrested":     {"", "", FigureArrested, 1},
		"charged": {"SW", SPO, FigureCharged, 1},
		"convicted at the last minute of the window": {"", "", FigureConvicted, 1},
		"convicted nowhere else":                     {"SE", "", FigureConvicted, 0},
		"median hours from event to decision":        {"", "", FigureHours, 24},
	} {
		if got := figure(c.unit, c.kind, c.what); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// What the record suggested and an officer dismissed was never a breach reported: not in an operation's results, nor in what
// one shift tells the next.
func TestADismissedSuspicionCountsAsNoBreach(t *testing.T) {
	when := at(t, "2026-11-20 09:00")
	dismissed := &Breach{Meta: Meta{Ref: "B-000001"}, Unit: "SW", Type: SPO, Condition: 1, What: "x", At: when, Reported: when, State: BreachDismissed, DecidedBy: "O-0001", DecidedAt: when}
	if rows := Results(ResultRecords{Breaches: []*Breach{dismissed}}, on(t, "2026-11-01"), on(t, "2026-11-30")); len(rows) != 0 {
		t.Errorf("an operation's results count it: %+v", rows)
	}
	if h := NewHandover(ShiftRecords{Breaches: []*Breach{dismissed}}, "", when.Add(-time.Hour), when.Add(time.Hour)); len(h.Breaches) != 0 {
		t.Errorf("the handover tells it: %+v", h.Breaches)
	}
	if b := (&Breach{Duty: DutyName, Order: "R-000001"}); b.against() != "new name under R-000001" || b.Offence() != "spo-notify" {
		t.Errorf("%s, %s", b.against(), b.Offence())
	}
}
