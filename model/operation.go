package model

import (
	"time"

	"pou/model/day"
)

// OperationState is where an operation stands.
type OperationState string

// The states of an operation.
const (
	OperationPlanned OperationState = "planned"
	OperationLive    OperationState = "live"
	OperationEnded   OperationState = "ended" // its days are over; it still has to be closed
	OperationClosed  OperationState = "closed"
)

// Operation is a planned phase of arrests, with targets.
type Operation struct {
	Meta  `cbor:"-" json:"-"`
	Name  string   `cbor:"1,keyasint" json:"name"`
	Aim   string   `cbor:"2,keyasint,omitempty" json:"aim,omitempty"` // the Intention of IIMARCH
	Lead  Ref      `cbor:"3,keyasint,omitempty" json:"lead,omitempty"`
	From  day.Date `cbor:"4,keyasint" json:"from"`
	To    day.Date `cbor:"5,keyasint" json:"to"`
	Unit  Unit     `cbor:"6,keyasint,omitempty" json:"unit,omitempty"` // "" for all twelve
	Count uint64   `cbor:"7,keyasint,omitempty" json:"targets"`        // targets ever added: numbers are not reused

	Weights      Weights `cbor:"8,keyasint,omitzero" json:"weights,omitzero"` // of the local score; see [Operation.Weighing]
	WindowMonths int     `cbor:"9,keyasint,omitempty" json:"window_months,omitempty"`

	Closed   time.Time `cbor:"10,keyasint,omitzero" json:"closed,omitzero"` // every target has left by an exit, and it was debriefed
	ClosedBy Ref       `cbor:"11,keyasint,omitempty" json:"closed_by,omitempty"`
}

// Over reports whether nothing more is planned in the operation: its days are over, or it was closed.
func (s OperationState) Over() bool { return s == OperationEnded || s == OperationClosed }

// State is the operation's state on a day.
func (o *Operation) State(on day.Date) OperationState {
	switch {
	case !o.Closed.IsZero() && on >= day.On(o.Closed):
		return OperationClosed
	case on < o.From:
		return OperationPlanned
	case on > o.To:
		return OperationEnded
	}
	return OperationLive
}

// Links finds the operation from its lead.
func (o *Operation) Links() []Ref { return links(o.Lead) }

// Place puts the operation in the list of its unit, or of all.
func (o *Operation) Place() (Unit, bool) { return o.Unit, true }

// Check wants a name and a window.
func (o *Operation) Check() error {
	switch {
	case o.Name == "":
		return Refuse("name", "an operation has a name", "Enter it")
	case o.From.IsZero() || o.To.IsZero():
		return Refuse("from", "an operation has a first and a last day", "Enter both")
	case o.To < o.From:
		return Refuse("to", "an operation ends after it begins", "Check both dates")
	}
	return nil
}

// TargetState is where a target stands on an operation's list.
type TargetState string

// The states of a target. The exits are those the Met reported in April 2023 – arrested, circulated as wanted,
// eliminated – and withdrawn or died.
const (
	TargetLive       TargetState = "on list"
	TargetArrested   TargetState = "arrested"
	TargetCirculated TargetState = "circulated"
	TargetEliminated TargetState = "eliminated"
	TargetWithdrawn  TargetState = "withdrawn"
	TargetDied       TargetState = "died"
)

// TargetExit is why a target leaves a list.
type TargetExit string

// Choices lists the only exits from a target list.
func (TargetExit) Choices() []Choice {
	return []Choice{
		{string(TargetArrested), "arrested", "a"},
		{string(TargetCirculated), "circulated as wanted", "c"},
		{string(TargetEliminated), "eliminated", "e"},
		{string(TargetWithdrawn), "withdrawn", "w"},
		{string(TargetDied), "died", "d"},
	}
}

// Target is a person's place on an operation's list. ICO v Met (Gangs Matrix, 2018): a reason, an adder, a review-by
// date, and removal that really removes.
type Target struct {
	Meta       `cbor:"-" json:"-"`
	Operation  Ref         `cbor:"1,keyasint" json:"operation"`
	Person     Ref         `cbor:"2,keyasint" json:"person"`
	Unit       Unit        `cbor:"3,keyasint" json:"unit"`
	State      TargetState `cbor:"4,keyasint" json:"state"`
	Reason     string      `cbor:"5,keyasint" json:"reason"`
	AddedBy    Ref         `cbor:"6,keyasint" json:"added_by"`
	Added      time.Time   `cbor:"7,keyasint" json:"added"`
	ReviewBy   day.Date    `cbor:"8,keyasint" json:"review_by"`
	Officers   []Ref       `cbor:"9,keyasint,omitempty" json:"officers,omitempty"`
	Wanted     Ref         `cbor:"10,keyasint,omitempty" json:"wanted,omitempty"`
	Plan       string      `cbor:"11,keyasint,omitempty" json:"plan,omitempty"` // approach, RV, custody suite
	Ended      time.Time   `cbor:"12,keyasint,omitzero" json:"ended,omitzero"`
	EndReason  string      `cbor:"13,keyasint,omitempty" json:"end_reason,omitempty"`
	Supervisor Ref         `cbor:"14,keyasint,omitempty" json:"supervisor,omitempty"`
	Attempts   int         `cbor:"15,keyasint,omitempty" json:"attempts,omitempty"`

	// What the officer who added the target saw of the proposal, and why they went another way than it.
	Score    int      `cbor:"16,keyasint,omitempty" json:"score,omitempty"`
	Rank     int      `cbor:"17,keyasint,omitempty" json:"rank,omitempty"`
	AsOf     day.Date `cbor:"18,keyasint,omitempty" json:"as_of,omitzero"`
	Override string   `cbor:"19,keyasint,omitempty" json:"override,omitempty"`

	Deconflictions []Deconfliction `cbor:"20,keyasint,omitempty" json:"deconflictions,omitempty"` // see action_select.go
	Reviews        []TargetReview  `cbor:"21,keyasint,omitempty" json:"reviews,omitempty"`
}

// Links finds the target from its operation, person, officers and wanted line.
func (t *Target) Links() []Ref {
	return links(append([]Ref{t.Operation, t.Person, t.Wanted}, t.Officers...)...)
}

// Place puts the target in its unit's list until it leaves by one of the exits.
func (t *Target) Place() (Unit, bool) { return t.Unit, t.State == TargetLive }

// Check holds the target to what membership of a list needs.
func (t *Target) Check() error {
	switch {
	case t.Person.Kind() != KindPerson:
		return Refuse("person", "a target is a person on record", "Find the person first, or add them")
	case t.Unit == "":
		return Refuse("unit", "a target has a unit that answers for it", "Choose one of "+UnitCodes(" "))
	case t.Reason == "":
		return Refuse("reason", "a person stands on a target list for a reason (DPA 2018 s.35; ICO v Met 2018)", "Say why in a sentence")
	case t.ReviewBy.IsZero():
		return Refuse("review_by", "membership of a target list is reviewed (DPA 2018 s.39)", "Enter a review-by date")
	case t.State == TargetEliminated && (t.EndReason == "" || t.Supervisor == ""):
		return Refuse("reason", "elimination needs a reason and a supervisor", "Give both")
	}
	return nil
}
