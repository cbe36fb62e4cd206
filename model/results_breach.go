package model

import (
	"cmp"
	"slices"
	"time"

	"pou/model/day"
)

// BreachFigure is one figure of the breach results, as the trial of a named officer for each order counted them.
type BreachFigure struct {
	Unit  Unit      `json:"unit"` // "" for all units together
	Type  OrderType `json:"type"` // "" for all orders together
	What  string    `json:"what"`
	Count int       `json:"count"`
}

// The figures, in the order they are read out. How a breach was found stands between the first two.
const (
	FigureFound         = "found" // potential breaches put on record
	FigureDismissed     = "suspicions dismissed"
	FigurePotential     = "still to decide"
	FigureSubstantiated = "substantiated"
	FigureNotABreach    = "not a breach"
	FigureArrested      = "arrested"
	FigureCharged       = "charged"
	FigureConvicted     = "convicted"
	FigureNotGuilty     = "not guilty"
	FigureDiscontinued  = "discontinued"
	FigureHours         = "hours from event to decision (median)"
)

// foundBy is the figure of one way a breach was found.
func foundBy(f BreachFound) string { return "found by " + string(cmp.Or(f, FoundReport)) }

func breachFigures() []string {
	out := []string{FigureFound}
	for _, c := range BreachFound("").Choices() {
		out = append(out, foundBy(BreachFound(c.Value)))
	}
	return append(out, FigureDismissed, FigurePotential, FigureSubstantiated, FigureNotABreach, FigureArrested, FigureCharged, FigureConvicted, FigureNotGuilty,
		FigureDiscontinued, FigureHours)
}

// breachGroup is whose breaches a figure counts.
type breachGroup struct {
	unit Unit
	kind OrderType
}

type breachTally struct {
	from, to time.Time
	counts   map[BreachFigure]int
	waits    map[breachGroup][]time.Duration
}

// BreachResults counts breaches from one day to another, both included: for all units and orders, by unit, by type of
// order, and by both. Each step counts on the day it was taken, so that a breach found in one month may be charged in the
// next.
func BreachResults(breaches []*Breach, from, to day.Date) []BreachFigure {
	t := breachTally{from: from.Start(), to: to.End(), counts: map[BreachFigure]int{}, waits: map[breachGroup][]time.Duration{}}
	for _, b := range breaches {
		t.breach(b)
	}
	for g, waits := range t.waits {
		slices.Sort(waits)
		t.counts[BreachFigure{Unit: g.unit, Type: g.kind, What: FigureHours}] = int(waits[len(waits)/2].Hours())
	}
	out := make([]BreachFigure, 0, len(t.counts))
	for f, n := range t.counts {
		f.Count = n
		out = append(out, f)
	}
	order := breachFigures()
	slices.SortFunc(out, func(a, b BreachFigure) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Type, b.Type), cmp.Compare(slices.Index(order, a.What), slices.Index(order, b.What)))
	})
	return out
}

func (t *breachTally) during(at time.Time) bool { return !at.Before(t.from) && at.Before(t.to) }

// groups are the groups a breach counts in.
func groupsOf(b *Breach) []breachGroup {
	out := []breachGroup{{}, {kind: b.Type}}
	if b.Unit != "" {
		out = append(out, breachGroup{unit: b.Unit}, breachGroup{b.Unit, b.Type})
	}
	return out
}

func (t *breachTally) add(b *Breach, what string) {
	for _, g := range groupsOf(b) {
		t.counts[BreachFigure{Unit: g.unit, Type: g.kind, What: what}]++
	}
}

func (t *breachTally) breach(b *Breach) {
	if b.State == BreachDismissed {
		if t.during(b.DecidedAt) {
			t.add(b, FigureDismissed)
		}
		return
	}
	if t.during(b.Reported) {
		t.add(b, FigureFound)
		t.add(b, foundBy(b.Found))
		if b.State.Open() {
			t.add(b, FigurePotential)
		}
	}
	for _, step := range []struct {
		what   string
		states []BreachState
	}{
		{FigureSubstantiated, []BreachState{BreachSubstantiated}},
		{FigureNotABreach, []BreachState{NotABreach}},
		{FigureArrested, []BreachState{BreachArrested}},
		{FigureCharged, []BreachState{BreachCharged}},
	} {
		if s, ok := b.became(step.states...); ok && t.during(s.At) && !b.takenBack(step.states[0]) {
			t.add(b, step.what)
		}
	}
	t.court(b)
	if s, ok := b.became(BreachSubstantiated, NotABreach); ok && t.during(s.At) {
		for _, g := range groupsOf(b) {
			t.waits[g] = append(t.waits[g], s.At.Sub(b.At))
		}
	}
}

// takenBack reports whether a state the breach once stood in did not hold: an arrest that became a de-arrest, or a breach
// that was found to be none after all.
func (b *Breach) takenBack(s BreachState) bool {
	switch s {
	case BreachArrested:
		return b.Arrest == "" && len(b.Steps) > 0
	case BreachSubstantiated:
		return b.State == NotABreach
	case BreachReported, BreachReview, BreachNeedMore, NotABreach, BreachCharged, BreachDecided, BreachDismissed:
	}
	return false
}

func (t *breachTally) court(b *Breach) {
	s, ok := b.became(BreachDecided)
	if !ok || !t.during(s.At) {
		return
	}
	switch b.Court {
	case Convicted:
		t.add(b, FigureConvicted)
	case NotGuilty:
		t.add(b, FigureNotGuilty)
	case Discontinued:
		t.add(b, FigureDiscontinued)
	case "":
	}
}
