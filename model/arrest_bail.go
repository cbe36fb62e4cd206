package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// BailRank is who may extend pre-charge bail.
type BailRank string

// The ranks.
const (
	BailInspector      BailRank = "inspector"
	BailSuperintendent BailRank = "superintendent"
	BailCourt          BailRank = "court"
)

// Choices lists the ranks for a form.
func (BailRank) Choices() []Choice {
	return []Choice{
		{string(BailInspector), "inspector, to 6 months", "i"},
		{string(BailSuperintendent), "superintendent, to 9 months", "s"},
		{string(BailCourt), "magistrates' court, to 12 and then 18 months", "m"},
	}
}

// VictimViews is whether the views of the victim-survivor on the conditions of bail were sought.
type VictimViews string

// The answers.
const (
	ViewsSought        VictimViews = "sought"
	ViewsImpracticable VictimViews = "not practicable"
	ViewsNone          VictimViews = "no conditions"
)

// Choices lists the answers for a form.
func (VictimViews) Choices() []Choice {
	return []Choice{
		{string(ViewsSought), "sought", "s"},
		{string(ViewsImpracticable), "not reasonably practicable: the reason says why", "n"},
		{string(ViewsNone), "there are no conditions, or nobody to ask", "x"},
	}
}

// BailExtension is pre-charge bail made longer.
type BailExtension struct {
	At     time.Time   `cbor:"1,keyasint" json:"at"`
	Rank   BailRank    `cbor:"2,keyasint" json:"rank"`
	Who    string      `cbor:"3,keyasint" json:"authorised_by"` // the officer, or the court
	Months int         `cbor:"4,keyasint" json:"months"`        // in all, beginning the day after the arrest
	Views  VictimViews `cbor:"5,keyasint" json:"victim_views"`
	Reason string      `cbor:"6,keyasint" json:"reason"`
}

// BailPause is time with the CPS, which does not count (PACE 1984 s.47ZL).
type BailPause struct {
	From   day.Date `cbor:"1,keyasint" json:"from"`                  // the first day that does not count
	To     day.Date `cbor:"2,keyasint,omitempty" json:"to,omitzero"` // the first that counts again; none: still with the CPS
	Reason string   `cbor:"3,keyasint,omitempty" json:"reason,omitempty"`
}

// bailStage is one length of pre-charge bail.
type bailStage struct {
	months   int
	rank     BailRank // "" for the custody officer, who grants the first
	citation string
}

// bailStages are the lengths of pre-charge bail, each with who grants it, for arrests since 28 October 2022.
func bailStages() []bailStage {
	return []bailStage{
		{3, "", "PACE 1984 s.47ZB"},
		{6, BailInspector, "PACE 1984 s.47ZD"},
		{9, BailSuperintendent, "PACE 1984 s.47ZDA"},
		{12, BailCourt, "PACE 1984 s.47ZF"},
		{18, BailCourt, "PACE 1984 s.47ZG"},
	}
}

// bailStage is the stage bail has reached, and the one that may follow; ok is false at the last.
func (k *Arrest) bailStage() (now, next bailStage, ok bool) {
	stages := bailStages()
	n := min(len(k.Longer), len(stages)-1)
	if n+1 < len(stages) {
		return stages[n], stages[n+1], true
	}
	return stages[n], bailStage{}, false
}

// BailBegins is the first day of pre-charge bail: the day AFTER the arrest (PACE 1984 s.47ZB(4)(a)).
func (k *Arrest) BailBegins() day.Date { return day.On(k.At).AddDays(1) }

// bailLast is the last day of pre-charge bail as extended; the days with the CPS are added.
func (k *Arrest) bailLast(months int, today day.Date) day.Date {
	return day.MonthsBeginning(k.BailBegins(), months).AddDays(k.pausedDays(today))
}

// pausedDays are the days that do not count.
func (k *Arrest) pausedDays(today day.Date) int {
	n := 0
	for _, p := range k.Paused {
		to := p.To
		if to.IsZero() {
			to = max(p.From, today)
		}
		n += to.Sub(p.From)
	}
	return n
}

// withCPS reports whether the bail clock is paused.
func (k *Arrest) withCPS() bool {
	return len(k.Paused) > 0 && k.Paused[len(k.Paused)-1].To.IsZero()
}

// street reports whether it is bail from the street, before any police station (PACE 1984 s.30A).
func (k *Arrest) street() bool {
	if k.Status != Bailed || !k.Arrived.IsZero() || len(k.Steps) == 0 || k.Steps[len(k.Steps)-1].Status != Bailed {
		return false
	}
	return !slices.ContainsFunc(k.Steps, func(s ArrestStep) bool { return s.Status == InCustody })
}

func bailDues(k *Arrest, w Watch) []Due {
	back := Due{
		Rule: "bail return", Citation: "PACE 1984 s.47", Event: "released on bail", Start: k.lastStep(), Deadline: k.BailTo.End(), Owner: k.By,
		Missed: "the suspect fails to answer (arrest without warrant: s.46A), or bail lapses", Settle: "arrest.status",
	}
	if k.street() {
		limit := w.limit(LimitStreetBail, k.At)
		back.Citation = "PACE 1984 s.30A"
		return []Due{back, {
			Rule: "street bail limit", Citation: limit.Source, Event: "the day after the arrest", Start: k.BailBegins().Start(), Deadline: limit.Until(k.BailBegins()),
			Owner: k.By, Missed: "street bail ends and nobody has been interviewed", Settle: "arrest.status", Check: limit.Unsure,
		}}
	}
	now, next, more := k.bailStage()
	d := Due{
		Rule: "pre-charge bail limit", Citation: now.citation, Event: "the day after the arrest (s.47ZB(4)(a))", Start: k.BailBegins().Start(),
		Deadline: k.bailLast(now.months, day.On(w.Now)).End(), Owner: k.By, Settle: "bail.extend",
		Missed: "bail ends; " + itoa(now.months) + " months is the longest there is", Warn: itoa(now.months) + " months",
	}
	if more {
		d.Missed = "bail ends without " + extender(next)
		d.Warn += ", next " + extender(next)
	} else {
		d.Settle = "arrest.status"
	}
	if last := day.On(d.Deadline.Add(-time.Second)); k.BailTo > last {
		back.Warn = "the bail date is past the limit: bail ends on " + last.Long() + " (" + now.citation + ")"
	}
	if len(k.Paused) > 0 {
		d.Check = true // the notes give s.47ZL from memory
		d.Citation += ", s.47ZL"
	}
	if k.withCPS() {
		d.Settle, d.Warn = "bail.resume", "paused while with the CPS since "+k.Paused[len(k.Paused)-1].From.Short()
	}
	return []Due{back, d}
}

// extender says who may take bail to its next stage.
func extender(s bailStage) string {
	section := s.citation[len("PACE 1984 "):]
	switch s.rank {
	case BailInspector:
		return "an inspector's extension to " + itoa(s.months) + " months (" + section + ")"
	case BailSuperintendent:
		return "a superintendent's extension to " + itoa(s.months) + " months (" + section + ")"
	case BailCourt:
	}
	return "a court's extension to " + itoa(s.months) + " months (" + section + ")"
}

// LengthFacts say how detention and bail were lengthened or stopped, and on whose authority.
func (k *Arrest) LengthFacts() []Fact {
	var out []Fact
	add := func(label, text string) { out = append(out, Fact{Label: label, Text: text}) }
	if e := k.Extended; !e.At.IsZero() {
		add("Extended", "to "+itoa(e.Hours)+" h by "+e.By+" at "+day.Clock(e.At)+" (PACE s.42): "+e.Reason)
	}
	for _, w := range k.Further {
		add("Warrant", itoa(w.Hours)+" h from "+day.Clock(w.Issued)+", "+w.Court+" (PACE ss.43-44): "+w.Reason)
	}
	for _, h := range k.Hospital {
		to := "still there"
		if !h.To.IsZero() {
			to = "to " + day.Clock(h.To)
		}
		add("Hospital", "from "+day.Clock(h.From)+", "+to+" (PACE s.41(6))")
	}
	for _, e := range k.Longer {
		add("Bail", "to "+itoa(e.Months)+" months by "+e.Who+", "+string(e.Rank)+", "+day.On(e.At).Long()+"; victim-survivor's views: "+string(e.Views)+"; "+e.Reason)
	}
	for _, p := range k.Paused {
		to := "still there"
		if !p.To.IsZero() {
			to = "to " + p.To.Long()
		}
		add("With CPS", "from "+p.From.Long()+", "+to+" (PACE s.47ZL, check): "+p.Reason)
	}
	return out
}
