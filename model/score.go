package model

import (
	"fmt"
	"slices"

	"pou/model/day"
)

// LocalScore stands wherever a score is shown. Recency, frequency, gravity and victims are what MATAC panels score by;
// no official bands are published, and nothing here claims to be them.
const LocalScore = "local score: a sorting aid, not an official RFGV and not a risk assessment"

// Weights are how many points each part of a score is worth at most. They are local, and an operation may have its own.
type Weights struct {
	Recency   int `cbor:"1,keyasint,omitempty" json:"recency"`
	Frequency int `cbor:"2,keyasint,omitempty" json:"frequency"`
	Gravity   int `cbor:"3,keyasint,omitempty" json:"gravity"`
	Victims   int `cbor:"4,keyasint,omitempty" json:"victims"`
}

// DefaultWeights are the weights of an operation that has none of its own; they add up to a hundred.
func DefaultWeights() Weights { return Weights{Recency: 30, Frequency: 20, Gravity: 30, Victims: 20} }

// DefaultWindowMonths is how far back a score looks: panels elsewhere use two years or three.
const DefaultWindowMonths = 24

// The limits of what a weight and a window may be.
const (
	mostWeight       = 100
	mostWindowMonths = 120
)

// Check refuses weights that say nothing.
func (w Weights) Check() error {
	for _, f := range []struct {
		name  string
		value int
	}{{"recency", w.Recency}, {"frequency", w.Frequency}, {"gravity", w.Gravity}, {"victims", w.Victims}} {
		if f.value < 0 || f.value > mostWeight {
			return Refuse(f.name, "a weight is from 0 to "+itoa(mostWeight)+" points", "Enter a number between them")
		}
	}
	if w.Total() == 0 {
		return Refuse("recency", "with every weight at 0 nobody has a score", "Give at least one of the four a weight")
	}
	return nil
}

// Total is the highest score there can be.
func (w Weights) Total() int { return w.Recency + w.Frequency + w.Gravity + w.Victims }

// Weighing is how the operation scores: its own weights and window, or the usual ones.
func (o *Operation) Weighing() (w Weights, windowMonths int) {
	w, windowMonths = o.Weights, o.WindowMonths
	if w == (Weights{}) {
		w = DefaultWeights()
	}
	if windowMonths == 0 {
		windowMonths = DefaultWindowMonths
	}
	return w, windowMonths
}

// ScorePart is one part of a score, with its reason in words.
type ScorePart struct {
	Name   string `json:"name"`
	Points int    `json:"points"`
	Of     int    `json:"of"`
	Why    string `json:"why"`
}

// Score orders suspects for an officer who chooses. Every part is visible; the points are their sum.
type Score struct {
	Points int         `json:"points"`
	Of     int         `json:"of"`
	Parts  []ScorePart `json:"parts"`
	AsOf   day.Date    `json:"as_of"`
	From   day.Date    `json:"from"` // the first day of the window
	Months int         `json:"months"`
	Last   day.Date    `json:"last,omitzero"` // the last act that counts
}

// act is one thing that counts: a case, a breach, or both under one crime report.
type act struct {
	ref    Ref
	report string
	on     day.Date
	harm   int
	what   OffenceCode
}

// ScoreOf scores a person as a suspect, as things stood on a day. What counts, if it lies in the window: a case in which
// they are suspect or convicted, and a breach an officer has found substantiated. A case in which they are the victim
// never counts, whatever else they are in it: a counter-allegation must not make a suspect of who first complained. A
// case whose last act came after asOf counts by its first, which is what was known then.
//
// The score never falls because an act is more recent, there are more of them, they are graver, or there are more victims.
func ScoreOf(cases []*Case, breaches []*Breach, person Ref, w Weights, windowMonths int, asOf day.Date) Score {
	s := Score{Of: w.Total(), AsOf: asOf, From: asOf.AddMonths(-windowMonths).AddDays(1), Months: windowMonths}
	harms := Harms().Rows
	var acts []act
	victims := map[Ref]bool{}
	for _, c := range cases {
		on, ok := s.actOf(c, person)
		if !ok {
			continue
		}
		a := act{ref: c.Ref, report: c.Report, on: on}
		a.harm, a.what = gravestHarm(harms, c.Offences)
		acts = append(acts, a)
		for _, v := range c.Who(PartyVictim) {
			victims[v] = true
		}
	}
	for _, b := range breaches {
		if on := day.On(b.At); b.Person == person && b.found() && s.covers(on) {
			a := act{ref: b.Ref, report: b.Report, on: on}
			a.harm, a.what = gravestHarm(harms, []OffenceCode{b.Type.BreachOffence()})
			acts = append(acts, a)
		}
	}
	s.Parts = []ScorePart{s.recency(acts, w.Recency), s.frequency(acts, w.Frequency), s.gravity(acts, w.Gravity), s.serial(len(victims), w.Victims)}
	for _, p := range s.Parts {
		s.Points += p.Points
	}
	return s
}

func (s *Score) covers(on day.Date) bool { return on >= s.From && on <= s.AsOf }

// actOf is the day by which a case counts against a person.
func (s *Score) actOf(c *Case, person Ref) (day.Date, bool) {
	if !c.Is(person, PartySuspect, PartyConvicted) || c.Is(person, PartyVictim) {
		return 0, false
	}
	on := c.Last
	if on > s.AsOf && !c.First.IsZero() {
		on = c.First
	}
	return on, s.covers(on)
}

// found reports whether an officer has found the breach to be one: a potential breach is nobody's finding, and one of which
// a court has found the person not guilty is none.
func (b *Breach) found() bool {
	switch b.State {
	case BreachSubstantiated, BreachArrested, BreachCharged, BreachDecided:
		return b.Court != NotGuilty
	case BreachReported, BreachReview, BreachNeedMore, NotABreach, BreachDismissed:
	}
	return false
}

func gravestHarm(rows []Harm, codes []OffenceCode) (days int, what OffenceCode) {
	for _, c := range codes {
		if d := harmDays(rows, c); d > days {
			days, what = d, c
		}
	}
	return days, what
}

func (s *Score) recency(acts []act, of int) ScorePart {
	p := ScorePart{Name: "recency", Of: of}
	if len(acts) == 0 {
		p.Why = fmt.Sprintf("no act as a suspect in the %d months to %s", s.Months, s.AsOf.Long())
		return p
	}
	last := slices.MaxFunc(acts, func(a, b act) int { return int(a.on) - int(b.on) })
	s.Last = last.on
	ago, window := s.AsOf.Sub(last.on), s.AsOf.Sub(s.From)+1
	p.Points = share(of, window-ago, window)
	p.Why = fmt.Sprintf("last act %s, %s before (%s)", last.on.Long(), Counted(ago, "day", "days"), last.ref)
	return p
}

// fullFrequency is how many acts give every point for frequency. Local.
const fullFrequency = 5

func (s *Score) frequency(acts []act, of int) ScorePart {
	p := ScorePart{Name: "frequency", Of: of}
	reports := map[string]bool{}
	n := 0
	for _, a := range acts {
		if a.report == "" || !reports[a.report] { // a breach and the case about it are one act
			n++
		}
		reports[a.report] = true
	}
	p.Points = share(of, min(n, fullFrequency), fullFrequency)
	p.Why = Counted(n, "act", "acts") + " in " + itoa(s.Months) + " months"
	if n > fullFrequency {
		p.Why += " (" + itoa(fullFrequency) + " or more count in full)"
	}
	return p
}

func (s *Score) gravity(acts []act, of int) ScorePart {
	p := ScorePart{Name: "gravity", Of: of, Why: "no offence"}
	if len(acts) == 0 {
		return p
	}
	worst := slices.MaxFunc(acts, func(a, b act) int { return a.harm - b.harm })
	p.Points = share(of, harmPercent(worst.harm), 100)
	p.Why = fmt.Sprintf("gravest offence %s, %s of harm (%s)", worst.what.Short(), Counted(worst.harm, "day", "days"), Harms().Version)
	return p
}

// serial scores the victims: from two on the pattern is a serial one (MATAC), so the second counts for most.
func (s *Score) serial(victims, of int) ScorePart {
	p := ScorePart{Name: "victims", Of: of}
	switch victims {
	case 0:
		p.Why = "no victim-survivor on record"
	case 1:
		p.Points, p.Why = share(of, 1, 4), "1 victim-survivor"
	case 2:
		p.Points, p.Why = share(of, 3, 4), "2 victim-survivors: serial"
	default:
		p.Points, p.Why = of, itoa(victims)+" victim-survivors: serial"
	}
	return p
}

// share is part of the whole's points, rounded up so that what counts is never shown as nothing.
func share(of, part, whole int) int { return (of*part + whole - 1) / whole }
