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
	BreachDecided       BreachState = "decided"   // by the court, or disposed of without charge
	BreachDismissed     BreachState = "dismissed" // what the record suggested, and an officer said it is none
)

// Choices lists the states for a filter.
func (BreachState) Choices() []Choice {
	all := []BreachState{
		BreachReported, BreachReview, BreachNeedMore, BreachSubstantiated, NotABreach, BreachArrested, BreachCharged, BreachDecided,
		BreachDismissed,
	}
	out := make([]Choice, len(all))
	for i, s := range all {
		out[i] = Choice{Value: string(s), Label: string(s)}
	}
	return out
}

// Live reports whether something remains to be done.
func (s BreachState) Live() bool {
	return s != NotABreach && s != BreachDecided && s != BreachDismissed
}

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
	case NotABreach, BreachDecided, BreachDismissed:
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

// Duty is what the subject of an SPO has to tell police: nothing else is to be notified (SPA 2019 s.9(2)).
type Duty string

// The duties. Failing in one is an offence of its own (s.11) and no breach of a condition.
const (
	DutyInitial Duty = "initial notification" // s.9(1): within three days beginning with service
	DutyName    Duty = "new name"             // s.9(3)
	DutyHome    Duty = "new home address"     // s.9(4)
)

// Choices lists the duties for a form.
func (Duty) Choices() []Choice {
	return []Choice{
		{string(DutyInitial), "initial notification, SPA s.9(1)", "i"},
		{string(DutyName), "a new name, SPA s.9(3)", "n"},
		{string(DutyHome), "a new home address, SPA s.9(4)", "h"},
	}
}

// section is where the duty is found.
func (d Duty) section() string {
	switch d {
	case DutyInitial:
		return "9(1)"
	case DutyName:
		return "9(3)"
	case DutyHome:
		return "9(4)"
	}
	return ""
}

// BreachFound is how a potential breach came to light, which is what the trial counted.
type BreachFound string

// The ways a potential breach comes to light.
const (
	FoundReport BreachFound = "report" // somebody told police
	FoundCheck  BreachFound = "check"  // a monitoring visit or check
	FoundMissed BreachFound = "missed requirement"
	FoundDrift  BreachFound = "address drift"
	FoundAlias  BreachFound = "new name"
	FoundEvent  BreachFound = "event" // intelligence, an attempt, an arrest, a new device
	FoundSilent BreachFound = "not notified"
)

// Choices lists the ways for a form.
func (BreachFound) Choices() []Choice {
	return []Choice{
		{string(FoundReport), "a report to police", "r"},
		{string(FoundCheck), "a monitoring check", "c"},
		{string(FoundMissed), "a missed requirement", "m"},
		{string(FoundDrift), "address drift", "d"},
		{string(FoundAlias), "a new name", "n"},
		{string(FoundEvent), "an event on record", "e"},
		{string(FoundSilent), "nothing was notified", "s"},
	}
}

// CourtResult is what a court made of a charged breach.
type CourtResult string

// The results.
const (
	Convicted    CourtResult = "convicted"
	NotGuilty    CourtResult = "not guilty"
	Discontinued CourtResult = "discontinued"
)

// Choices lists the results for a form.
func (CourtResult) Choices() []Choice {
	return []Choice{
		{string(Convicted), "convicted", "c"},
		{string(NotGuilty), "not guilty", "g"},
		{string(Discontinued), "discontinued or withdrawn", "d"},
	}
}

// BreachStep is one change of a breach's state: who said so, when and why.
type BreachStep struct {
	At     time.Time   `cbor:"1,keyasint" json:"at"`
	State  BreachState `cbor:"2,keyasint" json:"state"`
	By     Ref         `cbor:"3,keyasint" json:"by"`
	Reason string      `cbor:"4,keyasint,omitempty" json:"reason,omitempty"`
}

// Breach is a potential breach: an event matched to a condition of an order, or to a duty to notify.
type Breach struct {
	Meta      `cbor:"-" json:"-"`
	Order     Ref         `cbor:"1,keyasint" json:"order"`
	Person    Ref         `cbor:"2,keyasint" json:"person"`
	Type      OrderType   `cbor:"3,keyasint" json:"type"`
	Condition int         `cbor:"4,keyasint" json:"condition,omitempty"` // 0 where it is of a duty
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

	Duty   Duty         `cbor:"18,keyasint,omitempty" json:"duty,omitempty"`
	Found  BreachFound  `cbor:"19,keyasint,omitempty" json:"found,omitempty"`
	Events []string     `cbor:"20,keyasint,omitempty" json:"events,omitempty"` // what it rests on: records by their refs, days missed, names
	Why    string       `cbor:"21,keyasint,omitempty" json:"why,omitempty"`
	Else   []string     `cbor:"22,keyasint,omitempty" json:"else,omitempty"` // what else could explain it
	Look   []string     `cbor:"23,keyasint,omitempty" json:"look,omitempty"` // which evidence to look for
	Weight string       `cbor:"24,keyasint,omitempty" json:"weight,omitempty"`
	Needs  string       `cbor:"25,keyasint,omitempty" json:"needs,omitempty"` // of need more: what is missing
	Court  CourtResult  `cbor:"26,keyasint,omitempty" json:"court,omitempty"`
	Steps  []BreachStep `cbor:"27,keyasint,omitempty" json:"steps,omitempty"`
	Wanted Ref          `cbor:"28,keyasint,omitempty" json:"wanted,omitempty"` // the line it made the person wanted on: its clocks run from then on
}

// Links finds the breach from the order, the person, its owner and the records it rests on.
func (b *Breach) Links() []Ref {
	return links(append([]Ref{b.Order, b.Person, b.Owner}, b.EventRefs()...)...)
}

// EventRefs are the records the breach rests on.
func (b *Breach) EventRefs() []Ref { return eventRefs(b.Events) }

func eventRefs(events []string) []Ref {
	var out []Ref
	for _, e := range events {
		if ref, ok := ParseRef(e); ok {
			out = append(out, ref)
		}
	}
	return out
}

// against is what it would be a breach of, in few words.
func (b *Breach) against() string {
	if b.Duty != "" {
		return string(b.Duty) + " under " + string(b.Order)
	}
	return "condition " + itoa(b.Condition) + " of " + string(b.Order)
}

// Offence is the offence it would be: breach of the order, or of the duty to notify (SPA 2019 s.11).
func (b *Breach) Offence() OffenceCode {
	if b.Duty != "" {
		return "spo-notify"
	}
	return b.Type.BreachOffence()
}

// became is when the breach first came to stand as it did; records of before the steps were kept know only the last.
func (b *Breach) became(states ...BreachState) (BreachStep, bool) {
	for _, s := range b.Steps {
		if slices.Contains(states, s.State) {
			return s, true
		}
	}
	if len(b.Steps) == 0 && slices.Contains(states, b.State) && b.DecidedBy != "" {
		return BreachStep{At: b.DecidedAt, State: b.State, By: b.DecidedBy, Reason: b.Reason}, true
	}
	return BreachStep{}, false
}

// stand records that the breach stands differently, who said so, and why.
func (b *Breach) stand(c *Change, to BreachState, reason string) {
	b.State, b.Reason, b.DecidedBy, b.DecidedAt = to, reason, c.By.Ref, c.Now
	b.Steps = append(b.Steps, BreachStep{At: c.Now, State: to, By: c.By.Ref, Reason: reason})
}

// Place puts the breach in its unit's list while something remains to be done.
func (b *Breach) Place() (Unit, bool) { return b.Unit, b.State.Live() }

// Check wants the event, and a condition or a duty it is matched to.
func (b *Breach) Check() error {
	switch {
	case b.Condition == 0 && b.Duty == "":
		return Refuse("condition", "a breach is of one condition of the order", "Enter the number of the condition, or the duty to notify it would breach")
	case b.Condition != 0 && b.Duty != "":
		return Refuse("duty", "failing to notify is an offence of its own, and no breach of a condition (SPA 2019 s.11)", "Report one of the two; report the other separately")
	case b.What == "":
		return Refuse("what", "a potential breach says what happened", "Enter the event in a sentence")
	case b.At.After(b.Reported):
		return Refuse("at", "it cannot have happened after it was reported", "Check both times")
	}
	return nil
}

// may refuses a state that cannot follow the one the breach is in.
func (b *Breach) may(to BreachState) error {
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
	return nil
}
