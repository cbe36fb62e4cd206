package model

import (
	"slices"
	"time"
)

// BreachState is where a potential breach stands. It stays potential until an officer decides.
type BreachState string

// The states of a potential breach.
const (
	BreachReported      BreachState = "reported"
	BreachReview        BreachState = "under review"
	BreachNeedMore      BreachState = "need more"
	BreachSubstantiated BreachState = "substantiated"
	NotABreach          BreachState = "not a breach"
	BreachArrested      BreachState = "arrested"
	BreachCharged       BreachState = "charged"
	BreachDecided       BreachState = "decided" // by the court, or disposed of without charge
)

// Choices lists the states for a filter.
func (BreachState) Choices() []Choice {
	all := []BreachState{
		BreachReported, BreachReview, BreachNeedMore, BreachSubstantiated, NotABreach, BreachArrested, BreachCharged, BreachDecided,
	}
	out := make([]Choice, len(all))
	for i, s := range all {
		out[i] = Choice{Value: string(s), Label: string(s)}
	}
	return out
}

// Live reports whether something remains to be done.
func (s BreachState) Live() bool { return s != NotABreach && s != BreachDecided }

// Open reports whether an officer has still to decide whether it is a breach.
func (s BreachState) Open() bool {
	return s == BreachReported || s == BreachReview || s == BreachNeedMore
}

// Next lists the states that may follow.
func (s BreachState) Next() []BreachState {
	switch s {
	case BreachReported:
		return []BreachState{BreachReview, BreachSubstantiated, NotABreach, BreachNeedMore}
	case BreachReview, BreachNeedMore:
		return []BreachState{BreachSubstantiated, NotABreach, BreachNeedMore}
	case BreachSubstantiated:
		return []BreachState{BreachArrested, BreachCharged, BreachDecided, NotABreach}
	case BreachArrested:
		return []BreachState{BreachCharged, BreachDecided}
	case BreachCharged:
		return []BreachState{BreachDecided}
	case NotABreach, BreachDecided:
		return nil
	}
	return nil
}

// BreachDecision is what an officer says of a potential breach.
type BreachDecision string

// Choices lists the decisions for a form.
func (BreachDecision) Choices() []Choice {
	return []Choice{
		{string(BreachReview), "take under review", "v"},
		{string(BreachSubstantiated), "substantiated", "s"},
		{string(NotABreach), "not a breach", "n"},
		{string(BreachNeedMore), "need more", "m"},
		{string(BreachDecided), "decided (court or disposal)", "d"},
	}
}

// Breach is a potential breach: an event matched to a condition of an order.
type Breach struct {
	Meta      `cbor:"-" json:"-"`
	Order     Ref         `cbor:"1,keyasint" json:"order"`
	Person    Ref         `cbor:"2,keyasint" json:"person"`
	Type      OrderType   `cbor:"3,keyasint" json:"type"`
	Condition int         `cbor:"4,keyasint" json:"condition"`
	Unit      Unit        `cbor:"5,keyasint,omitempty" json:"unit,omitempty"`
	What      string      `cbor:"6,keyasint" json:"what"` // the event, in the words of the report
	At        time.Time   `cbor:"7,keyasint" json:"at"`   // when it happened
	Reported  time.Time   `cbor:"8,keyasint" json:"reported"`
	Source    string      `cbor:"9,keyasint,omitempty" json:"source,omitempty"`
	State     BreachState `cbor:"10,keyasint" json:"state"`
	Owner     Ref         `cbor:"11,keyasint,omitempty" json:"owner,omitempty"`
	Reason    string      `cbor:"12,keyasint,omitempty" json:"reason,omitempty"` // of the last decision
	Excuse    string      `cbor:"13,keyasint,omitempty" json:"excuse,omitempty"` // reasonable excuse offered or ruled out
	DecidedBy Ref         `cbor:"14,keyasint,omitempty" json:"decided_by,omitempty"`
	DecidedAt time.Time   `cbor:"15,keyasint,omitzero" json:"decided_at,omitzero"`
	Report    string      `cbor:"16,keyasint,omitempty" json:"report,omitempty"`
	Arrest    Ref         `cbor:"17,keyasint,omitempty" json:"arrest,omitempty"`
}

// Links finds the breach from the order, the person and its owner.
func (b *Breach) Links() []Ref { return links(b.Order, b.Person, b.Owner) }

// Place puts the breach in its unit's list while something remains to be done.
func (b *Breach) Place() (Unit, bool) { return b.Unit, b.State.Live() }

// Check wants the event, and a condition it is matched to.
func (b *Breach) Check() error {
	switch {
	case b.Condition == 0:
		return Refuse("condition", "a breach is of one condition of the order", "Enter the number of the condition")
	case b.What == "":
		return Refuse("what", "a potential breach says what happened", "Enter the event in a sentence")
	case b.At.After(b.Reported):
		return Refuse("at", "it cannot have happened after it was reported", "Check both times")
	}
	return nil
}

// move takes the breach to a state that may follow the one it is in.
func (b *Breach) move(to BreachState) error {
	if !slices.Contains(b.State.Next(), to) {
		next := b.State.Next()
		words := make([]Choice, len(next))
		for i, s := range next {
			words[i].Value = string(s)
		}
		do := "Nothing more can be decided here; undo the last decision if it was wrong"
		if len(next) > 0 {
			do = "From here it may become: " + valuesOf(words)
		}
		return Refuse("decision", "a breach that is "+string(b.State)+" cannot become "+string(to), do)
	}
	b.State = to
	return nil
}
