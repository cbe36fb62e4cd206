package model

import "time"

// Outcome is how an arrest attempt went.
type Outcome string

// The outcomes a DI audits. The zero value is "not said", which is refused.
const (
	NoReply     Outcome = "no-reply"
	Refused     Outcome = "refused"
	MadeOff     Outcome = "made-off"
	NotKnown    Outcome = "not-known"
	Moved       Outcome = "moved"
	SeenThere   Outcome = "seen"
	GotArrested Outcome = "arrested"
	OtherResult Outcome = "other"
)

// Choices lists the outcomes with the one key that picks each.
func (Outcome) Choices() []Choice {
	return []Choice{
		{string(NoReply), "no reply", "n"},
		{string(Refused), "occupant refused", "r"},
		{string(MadeOff), "seen, made off", "m"},
		{string(NotKnown), "not known there", "k"},
		{string(Moved), "moved away", "v"},
		{string(SeenThere), "seen, not arrested", "s"},
		{string(GotArrested), "arrested", "a"},
		{string(OtherResult), "other", "o"},
	}
}

// Attempt is one try at arresting someone.
type Attempt struct {
	Meta    `cbor:"-" json:"-"`
	Person  Ref       `cbor:"1,keyasint" json:"person"`
	Wanted  Ref       `cbor:"2,keyasint,omitempty" json:"wanted,omitempty"`
	Target  Ref       `cbor:"3,keyasint,omitempty" json:"target,omitempty"`
	At      time.Time `cbor:"4,keyasint" json:"at"`
	By      Ref       `cbor:"5,keyasint" json:"by"`
	With    []Ref     `cbor:"6,keyasint,omitempty" json:"with,omitempty"`
	Address string    `cbor:"7,keyasint,omitempty" json:"address,omitempty"`
	Outcome Outcome   `cbor:"8,keyasint" json:"outcome"`
	Intel   string    `cbor:"9,keyasint,omitempty" json:"intel,omitempty"`
	Note    string    `cbor:"10,keyasint,omitempty" json:"note,omitempty"`
	BWV     string    `cbor:"11,keyasint,omitempty" json:"bwv,omitempty"` // body-worn video reference
	Next    string    `cbor:"12,keyasint,omitempty" json:"next,omitempty"`
	Unit    Unit      `cbor:"13,keyasint,omitempty" json:"unit,omitempty"`
}

// Links finds the attempt from the person, the wanted line and the target.
func (a *Attempt) Links() []Ref { return links(a.Person, a.Wanted, a.Target) }

// Place is none: attempts are read on the person.
func (a *Attempt) Place() (Unit, bool) { return "", false }

// Check wants a person, a time and an outcome.
func (a *Attempt) Check() error {
	if a.Outcome == "" {
		return Refuse("outcome", "an attempt has an outcome", "Choose one: "+valuesOf(a.Outcome.Choices()))
	}
	return nil
}
