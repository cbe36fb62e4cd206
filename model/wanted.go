package model

import (
	"strings"
	"time"

	"pou/model/day"
)

// WantedState is where a wanted line stands. HMIC (2017) asked forces to count those not yet circulated apart from
// those circulated; hence two states.
type WantedState string

// The states of a wanted line. It ends only as arrested, eliminated, withdrawn or died.
const (
	NotCirculated WantedState = "not circulated"
	Circulated    WantedState = "wanted" // circulated as wanted on PNC
	Located       WantedState = "located"
	WasArrested   WantedState = "arrested"
	Eliminated    WantedState = "eliminated"
	Withdrawn     WantedState = "withdrawn"
	Died          WantedState = "died"
)

// Choices lists the states for a filter.
func (WantedState) Choices() []Choice {
	return []Choice{
		{string(NotCirculated), "not circulated", ""},
		{string(Circulated), "wanted", ""},
		{string(Located), "located", ""},
		{string(WasArrested), "arrested", ""},
		{string(Eliminated), "eliminated", ""},
		{string(Withdrawn), "withdrawn", ""},
		{string(Died), "died", ""},
	}
}

// Live reports whether the person is still sought.
func (s WantedState) Live() bool {
	return s == NotCirculated || s == Circulated || s == Located
}

// Grade is the urgency of a wanted line. The A/B/C scheme is that of the ACPO/OCJR warrant matrix by title only; the
// meaning of each letter here is local.
type Grade string

// Choices lists the grades for a form.
func (Grade) Choices() []Choice {
	return []Choice{
		{"A", "A serious or high risk", "a"},
		{"B", "B medium", "b"},
		{"C", "C low", "c"},
	}
}

// Wanted is a wanted line: one person sought by one unit for one or more offences.
type Wanted struct {
	Meta        `cbor:"-" json:"-"`
	Person      Ref           `cbor:"1,keyasint" json:"person"`
	Unit        Unit          `cbor:"2,keyasint,omitempty" json:"unit"`
	State       WantedState   `cbor:"3,keyasint" json:"state"`
	Offences    []OffenceCode `cbor:"4,keyasint" json:"offences"`
	Grade       Grade         `cbor:"5,keyasint,omitempty" json:"grade,omitempty"`
	Since       time.Time     `cbor:"6,keyasint" json:"since"`
	LastAct     day.Date      `cbor:"7,keyasint,omitempty" json:"last_act,omitzero"` // starts the six months of MCA 1980 s.127
	Officer     Ref           `cbor:"8,keyasint,omitempty" json:"officer,omitempty"` // officer in the case
	Breach      Ref           `cbor:"9,keyasint,omitempty" json:"breach,omitempty"`
	Report      string        `cbor:"10,keyasint,omitempty" json:"report,omitempty"` // crime report number
	Note        string        `cbor:"11,keyasint,omitempty" json:"note,omitempty"`
	PNCRef      string        `cbor:"12,keyasint,omitempty" json:"pnc_ref,omitempty"`
	Published   day.Date      `cbor:"13,keyasint,omitempty" json:"circulated,omitzero"`
	Weed        day.Date      `cbor:"14,keyasint,omitempty" json:"weed,omitzero"`
	Attempts    int           `cbor:"15,keyasint,omitempty" json:"attempts"`
	LastAttempt time.Time     `cbor:"16,keyasint,omitzero" json:"last_attempt,omitzero"`
	LastOutcome Outcome       `cbor:"17,keyasint,omitempty" json:"last_outcome,omitempty"`
	Ended       time.Time     `cbor:"18,keyasint,omitzero" json:"ended,omitzero"`
	EndReason   string        `cbor:"19,keyasint,omitempty" json:"end_reason,omitempty"`
	Supervisor  Ref           `cbor:"20,keyasint,omitempty" json:"supervisor,omitempty"`
	Arrest      Ref           `cbor:"21,keyasint,omitempty" json:"arrest,omitempty"`
	Proposed    *ProposedEnd  `cbor:"22,keyasint,omitempty" json:"elimination_proposed,omitempty"`
}

// ProposedEnd is an officer's proposal to eliminate somebody, until a supervisor has decided on it.
type ProposedEnd struct {
	By     Ref       `cbor:"1,keyasint" json:"by"`
	At     time.Time `cbor:"2,keyasint" json:"at"`
	Reason string    `cbor:"3,keyasint" json:"reason"`
}

// WeedAfterYears is how long a wanted report is kept before an officer extends it or it weeds (Met FOI 22.025188).
const WeedAfterYears = 3

// NoAttemptAfter is when a live line with no attempt is shown as ageing. Local policy.
const NoAttemptAfter = 7 * 24 * time.Hour

// Links finds the line from the person, the breach behind it and the officer in the case.
func (w *Wanted) Links() []Ref { return links(w.Person, w.Breach, w.Officer, w.Arrest) }

// Place puts the line in its unit's list.
func (w *Wanted) Place() (Unit, bool) { return w.Unit, w.State.Live() }

// Check wants a person, a unit and an offence, and holds each state to what it needs.
func (w *Wanted) Check() error {
	switch {
	case w.Person.Kind() != KindPerson:
		return Refuse("person", "a wanted line is about a person on record", "Find the person first, or add them")
	case w.Unit == "":
		return Refuse("unit", "a wanted line has a unit that answers for it", "Choose one of "+UnitCodes(" "))
	case len(w.Offences) == 0:
		return Refuse("offences", "a person is wanted for an offence", "Choose at least one offence")
	case w.State == Circulated && w.Published.IsZero():
		return Refuse("circulated", "a circulated line says when it was circulated", "Enter the day of circulation")
	case w.State == Eliminated && (w.EndReason == "" || w.Supervisor == ""):
		return Refuse("reason", "elimination needs a reason and a supervisor (docs/domain 3)", "Give both")
	case !w.State.Live() && w.Ended.IsZero():
		return Refuse("ended", "an ended line says when it ended", "Enter the time")
	}
	return nil
}

// ChargeBy is the last day to lay an information for a summary-only line: six months beginning the day after the
// last act (Magistrates' Courts Act 1980 s.127; the day of the act does not count, Radcliffe v Bartholomew [1892]).
func (w *Wanted) ChargeBy() (day.Date, bool) { return chargeBy(w.Offences, w.LastAct) }

func chargeBy(offences []OffenceCode, lastAct day.Date) (day.Date, bool) {
	if !SixMonths(offences) || lastAct.IsZero() {
		return 0, false
	}
	return lastAct.AddMonths(6), true
}

// Idle is how long nobody has tried: since the last attempt, or since the line began.
func (w *Wanted) Idle(now time.Time) time.Duration {
	if w.LastAttempt.IsZero() {
		return now.Sub(w.Since)
	}
	return now.Sub(w.LastAttempt)
}

// Urgency orders wanted lines, highest first, with the reasons in words. It is a sorting aid with visible parts, not
// a risk assessment and not an official score.
func (w *Wanted) Urgency(p *Person, now time.Time) (points int, why []string) {
	add := func(n int, reason string) {
		points += n
		why = append(why, reason+" +"+itoa(n))
	}
	add(gravest(w.Offences), "gravest offence")
	if w.State == NotCirculated {
		add(30, "not circulated")
	}
	add(gradePoints(w.Grade))
	for _, m := range p.Markers {
		if r := m.Code.Rank(); r >= 0 && r < 4 && !m.Stale(now) {
			add(10, "marker "+string(m.Code))
		}
	}
	if by, ok := w.ChargeBy(); ok {
		if left := by.Sub(day.On(now)); left <= 60 {
			add(60-max(0, left)/2, itoa(left)+" days left to charge")
		}
	}
	if idle := w.Idle(now); idle > NoAttemptAfter {
		add(min(20, int(idle/(24*time.Hour))), "idle "+itoa(int(idle/(24*time.Hour)))+" days")
	}
	return points, why
}

func gradePoints(g Grade) (int, string) {
	switch g {
	case "A":
		return 40, "grade A"
	case "B":
		return 20, "grade B"
	}
	return 0, "no grade or C"
}

// UnitCodes lists the codes of the units, with something between them.
func UnitCodes(between string) string {
	var out []string
	for _, u := range Units() {
		out = append(out, string(u.Code))
	}
	return strings.Join(out, between)
}
