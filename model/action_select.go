package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// selectActions are how a target list is chosen, kept and agreed with the other units.
func selectActions() []Spec {
	return []Spec{
		spec[operationWeights]("operation.weights", "Set the weights of an operation",
			"Says how many points recency, frequency, gravity and victims are worth at most when targets are proposed for an operation. The weights are local, never an official score.",
			supervisors(), KindOperation),
		spec[targetReview]("target.review", "Keep a target on the list", "Records that somebody has looked and why the target stays, until another day to review.", anyone(), KindTarget),
		spec[targetDeconflict]("target.deconflict", "Record a deconfliction", "Records what was agreed with another unit that has an interest in the same person, and with whom.", anyone(), KindTarget),
	}
}

type operationWeights struct {
	Operation Ref `do:"operation" label:"Operation" kinds:"OP" opts:"need"`
	Recency   int `do:"recency" label:"Recency, points" opts:"need" default:"30" help:"Enter points from 0 to 100 (local)"`
	Frequency int `do:"frequency" label:"Frequency, points" opts:"need" default:"20" help:"Enter points from 0 to 100 (local)"`
	Gravity   int `do:"gravity" label:"Gravity, points" opts:"need" default:"30" help:"Enter points from 0 to 100 (local)"`
	Victims   int `do:"victims" label:"Victims, points" opts:"need" default:"20" help:"Enter points from 0 to 100 (local)"`
	Window    int `do:"window" label:"Window in months" help:"Enter how many months back it looks; empty leaves it as it is"`
}

func (a *operationWeights) Apply(c *Change) error {
	op, err := Load[*Operation](c, "operation", a.Operation)
	if err != nil {
		return err
	}
	if op.State(day.On(c.Now)).Over() {
		return Refuse("operation", op.Name+" ended on "+op.lastDay().Long(), "Set the weights of an operation that is planned or live")
	}
	w := Weights{Recency: a.Recency, Frequency: a.Frequency, Gravity: a.Gravity, Victims: a.Victims}
	if err := w.Check(); err != nil {
		return err
	}
	if a.Window > mostWindowMonths {
		return Refuse("window", "a score looks back at most "+itoa(mostWindowMonths)+" months", "Enter fewer months")
	}
	op.Weights = w
	if a.Window > 0 {
		op.WindowMonths = a.Window
	}
	return c.Put(op)
}

// TargetReview is one look at a target that was kept on the list.
type TargetReview struct {
	At     time.Time `cbor:"1,keyasint" json:"at"`
	By     Ref       `cbor:"2,keyasint" json:"by"`
	Reason string    `cbor:"3,keyasint" json:"reason"`
	Until  day.Date  `cbor:"4,keyasint" json:"until"` // the next day to review
}

type targetReview struct {
	Target   Ref      `do:"target" label:"Target" kinds:"TG" opts:"need"`
	Keep     bool     `do:"keep" label:"Keep on the list" opts:"need" default:"yes" help:"Enter yes; a target who does not stay is taken off with target.remove"`
	Reason   string   `do:"reason" label:"Reason" opts:"need,long" help:"Say why this person still stands on the list"`
	ReviewBy day.Date `do:"review_by" label:"Review by" default:"today+28"`
}

func (a *targetReview) Apply(c *Change) error {
	t, err := liveTargetNamed(c, a.Target)
	if err != nil {
		return err
	}
	today := day.On(c.Now)
	until := firstDay(a.ReviewBy, today.AddDays(targetReviewDays))
	switch {
	case !c.By.Supervises() && t.AddedBy != c.By.Ref:
		return &Problem{
			Code: Denied, Field: "target", Rule: string(t.Ref) + " was listed by " + c.nameOf(t.AddedBy) + "; a review is theirs or a supervisor's",
			Do: "Ask them, a sergeant or the lead",
		}
	case !a.Keep:
		return Refuse("keep", "a target who does not stay leaves by one of the exits", "Use target.remove and say which")
	case until <= today:
		return Refuse("review_by", "the next review comes after today", "Enter a later date")
	}
	t.ReviewBy = until
	t.Reviews = append(t.Reviews, TargetReview{At: c.Now, By: c.By.Ref, Reason: a.Reason, Until: until})
	c.Reason = a.Reason
	return c.Put(t)
}

// DeconflictDecision is what two units with an interest in one person agree on.
type DeconflictDecision string

// The decisions, from where the target stands.
const (
	DeconflictOwner    DeconflictDecision = "owner"
	DeconflictAssist   DeconflictDecision = "assist"
	DeconflictJoint    DeconflictDecision = "joint"
	DeconflictHandOver DeconflictDecision = "hand over"
	DeconflictLater    DeconflictDecision = "later" // the clash was seen when the person was listed, and is not agreed yet
)

// Choices lists the decisions for a form.
func (DeconflictDecision) Choices() []Choice {
	return []Choice{
		{string(DeconflictOwner), "we own, they assist", "o"},
		{string(DeconflictAssist), "they own, we assist", "a"},
		{string(DeconflictJoint), "joint", "j"},
		{string(DeconflictHandOver), "hand over to them", "h"},
	}
}

// ListingDecision is what an officer says of a clash with another unit as they put a person on a list. Whoever hands
// somebody over does not list them.
type ListingDecision string

// Choices lists the decisions for a form.
func (ListingDecision) Choices() []Choice {
	return []Choice{
		{string(DeconflictOwner), "we own, they assist", "o"},
		{string(DeconflictAssist), "they own, we assist", "a"},
		{string(DeconflictJoint), "joint", "j"},
		{string(DeconflictLater), "not agreed yet: nobody is tasked until it is", "n"},
	}
}

// Deconfliction is a decision taken with another unit about a target.
type Deconfliction struct {
	Decision DeconflictDecision `cbor:"1,keyasint" json:"decision"`
	With     Unit               `cbor:"2,keyasint" json:"with"`
	Contact  Ref                `cbor:"3,keyasint" json:"contact"` // whom it was agreed with
	Note     string             `cbor:"4,keyasint,omitempty" json:"note,omitempty"`
	By       Ref                `cbor:"5,keyasint" json:"by"`
	At       time.Time          `cbor:"6,keyasint" json:"at"`
}

type targetDeconflict struct {
	Target   Ref                `do:"target" label:"Target" kinds:"TG" opts:"need"`
	Decision DeconflictDecision `do:"decision" label:"Decision" opts:"need"`
	With     Unit               `do:"with" label:"With unit" opts:"need"`
	Contact  Ref                `do:"contact" label:"Agreed with" kinds:"O" opts:"need" help:"Enter the officer of the other unit, such as O-0012"`
	Note     string             `do:"note" label:"Note" opts:"long"`
}

func (a *targetDeconflict) Apply(c *Change) error {
	t, err := liveTargetNamed(c, a.Target)
	if err != nil {
		return err
	}
	if err := t.deconflict(c, Deconfliction{Decision: a.Decision, With: a.With, Contact: a.Contact, Note: a.Note}); err != nil {
		return err
	}
	return c.Put(t)
}

// deconflict adds a decision to a target: with another unit, and with somebody of it unless nothing is agreed yet.
func (t *Target) deconflict(c *Change, d Deconfliction) error {
	if err := d.check(c, t.Unit, "target"); err != nil {
		return err
	}
	d.By, d.At = c.By.Ref, c.Now
	t.Deconflictions = append(t.Deconflictions, d)
	return nil
}

// check holds a decision about a unit's target or task to what makes it one.
func (d *Deconfliction) check(c *Change, unit Unit, what string) error {
	switch {
	case d.With == "":
		return Refuse("with", "a deconfliction is with another unit", "Choose one of "+UnitCodes(" "))
	case d.With == unit:
		return Refuse("with", "the "+what+" is "+string(unit)+"'s own", "Choose the other unit")
	case d.Contact == "" && d.Decision != DeconflictLater:
		return Refuse("contact", "an agreement is with somebody", "Name the officer of "+string(d.With)+" you spoke to, or say that it is not agreed yet")
	case d.Contact == c.By.Ref:
		return Refuse("contact", "nobody agrees with themselves", "Name the officer of "+string(d.With)+" you spoke to")
	}
	return workingOfficers(c, "contact", d.Contact)
}

// deconflicted refuses to task a target while another unit has the same person on a list or wants them and nothing is
// recorded of who does what. A decision holds for both units whichever recorded it; the latest counts.
func deconflicted(c *Change, t *Target) error {
	return whoGoes{
		person: t.Person, unit: t.Unit, what: string(t.Ref), own: t.Deconflictions, field: "officers",
		record: "record the decision with target.deconflict", drop: "Take the target off the list, or record another decision with target.deconflict",
	}.check(c)
}

// whoGoes is a tasking that other units may have an interest in.
type whoGoes struct {
	person Ref
	unit   Unit
	what   string          // the target or task
	own    []Deconfliction // recorded by the unit
	field  string
	record string // how a decision is recorded
	drop   string // what to do when it was handed over
}

func (g whoGoes) check(c *Change) error {
	others, theirs, err := interests(c, g.person, g.unit)
	if err != nil {
		return err
	}
	for _, o := range others {
		d, ok := agreed(g.own, o.unit)
		if back, recorded := agreed(theirs[o.unit], g.unit); recorded && (!ok || back.At.After(d.At)) {
			d, ok = back, true
			d.Decision = d.Decision.across()
		}
		switch {
		case !ok:
			return Refuse(g.field, string(g.person)+" is "+o.what+", and nothing is recorded of who does what", "Speak to "+string(o.unit)+" and "+g.record)
		case d.Decision == DeconflictHandOver:
			return Refuse(g.field, g.what+" was handed over to "+string(o.unit)+" on "+day.On(d.At).Long()+", who task it", g.drop)
		}
	}
	return nil
}

// across is the decision as the other unit sees it: what is handed over to us is ours.
func (d DeconflictDecision) across() DeconflictDecision {
	switch d {
	case DeconflictOwner:
		return DeconflictAssist
	case DeconflictAssist, DeconflictHandOver:
		return DeconflictOwner
	case DeconflictJoint, DeconflictLater:
	}
	return DeconflictJoint
}

// agreed is the latest decision taken with a unit.
func agreed(list []Deconfliction, with Unit) (Deconfliction, bool) {
	for _, d := range slices.Backward(list) {
		if d.With == with && d.Decision != DeconflictLater {
			return d, true
		}
	}
	return Deconfliction{}, false
}

// interest is another unit's live target or wanted line about the same person.
type interest struct {
	unit Unit
	what string
}

// interests are those of units other than one in a person, with the decisions they recorded on their own targets and
// enquiries.
func interests(c *Change, person Ref, unit Unit) (others []interest, decided map[Unit][]Deconfliction, err error) {
	targets, err := linked[*Target](c, person, KindTarget)
	if err != nil {
		return nil, nil, err
	}
	decided = map[Unit][]Deconfliction{}
	for _, o := range targets {
		if o.State == TargetLive && o.Unit != unit {
			others = append(others, interest{o.Unit, "also on the list of " + string(o.Unit) + " as " + string(o.Ref)})
			decided[o.Unit] = append(decided[o.Unit], o.Deconflictions...)
		}
	}
	lines, err := linked[*Wanted](c, person, KindWanted)
	if err != nil {
		return nil, nil, err
	}
	for _, w := range lines {
		if w.State.Live() && w.Unit != unit {
			others = append(others, interest{w.Unit, "also wanted by " + string(w.Unit) + " on " + string(w.Ref)})
		}
	}
	tasks, err := linked[*Task](c, person, KindTask)
	for _, t := range tasks {
		if t.State.Live() && t.Unit != unit {
			decided[t.Unit] = append(decided[t.Unit], t.Deconflictions...)
		}
	}
	for _, list := range decided {
		slices.SortStableFunc(list, func(a, b Deconfliction) int { return a.At.Compare(b.At) })
	}
	return others, decided, err
}
