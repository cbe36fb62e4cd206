package model

import (
	"slices"

	"pou/model/day"
)

// PartyRole is what a person is in one case. The same person may be suspect in one and victim in another; the roles
// belong to the case and are never merged (DPA 2018 s.38(3); ICO v Met, Gangs Matrix, 2018).
type PartyRole string

// The roles a person may have in a case.
const (
	PartySuspect   PartyRole = "suspect"
	PartyConvicted PartyRole = "convicted"
	PartyVictim    PartyRole = "victim"
	PartyWitness   PartyRole = "witness"
)

// Choices lists the roles for a form.
func (PartyRole) Choices() []Choice {
	return []Choice{
		{string(PartySuspect), "suspect", "s"},
		{string(PartyConvicted), "convicted", "c"},
		{string(PartyVictim), "victim-survivor", "v"},
		{string(PartyWitness), "witness", "w"},
	}
}

// Party is a person's part in a case.
type Party struct {
	Person Ref       `cbor:"1,keyasint" json:"person"`
	Role   PartyRole `cbor:"2,keyasint" json:"role"`
}

// CaseState is where an investigation stands.
type CaseState string

// The states of a case.
const (
	CaseOpen    CaseState = "open"
	CaseCharged CaseState = "charged"
	CaseClosed  CaseState = "closed"
)

// Case is one investigation: an allegation, who is what in it, and what became of it.
type Case struct {
	Meta     `cbor:"-" json:"-"`
	Report   string            `cbor:"1,keyasint,omitempty" json:"report,omitempty"` // crime report number
	Unit     Unit              `cbor:"2,keyasint,omitempty" json:"unit,omitempty"`
	Parties  []Party           `cbor:"3,keyasint" json:"-"` // who is victim in it is need-to-know
	Offences []OffenceCode     `cbor:"4,keyasint" json:"offences"`
	First    day.Date          `cbor:"5,keyasint,omitempty" json:"first,omitzero"` // of the acts alleged
	Last     day.Date          `cbor:"6,keyasint" json:"last"`
	State    CaseState         `cbor:"7,keyasint" json:"state"`
	Outcome  HomeOfficeOutcome `cbor:"8,keyasint,omitempty" json:"outcome,omitempty"`
	Summary  string            `cbor:"9,keyasint,omitempty" json:"summary,omitempty"`
	Officer  Ref               `cbor:"10,keyasint,omitempty" json:"officer,omitempty"`
	Note     string            `cbor:"11,keyasint,omitempty" json:"note,omitempty"`
	CPS      string            `cbor:"12,keyasint,omitempty" json:"cps_decision,omitempty"` // who at CPS authorised the charge
	Charged  day.Date          `cbor:"13,keyasint,omitempty" json:"charged,omitzero"`

	Referral   Ref          `cbor:"20,keyasint,omitempty" json:"stac_referral,omitempty"` // the last referral to S-TAC
	Safe       []SafeAction `cbor:"21,keyasint,omitempty" json:"safeguarding,omitempty"`  // what was done to keep somebody safe
	Youths     []YouthPlan  `cbor:"22,keyasint,omitempty" json:"youths,omitempty"`        // what was arranged for suspects under 18
	Devices    []Device     `cbor:"23,keyasint,omitempty" json:"-"`                       // with numbers a victim-survivor is reached by: need-to-know
	Restricted *Restriction `cbor:"25,keyasint,omitempty" json:"restricted,omitempty"`
	Moments    []Moment     `cbor:"24,keyasint,omitempty" json:"moments,omitempty"` // that contact is counted before and after
}

// Links finds the case from everybody in it.
func (k *Case) Links() []Ref {
	out := make([]Ref, 0, len(k.Parties)+1)
	for _, p := range k.Parties {
		out = append(out, p.Person)
	}
	return links(append(out, k.Officer)...)
}

// Place puts the case in its unit's list until it is closed.
func (k *Case) Place() (Unit, bool) { return k.Unit, k.State != CaseClosed }

// Check wants an offence, a day, and each person once in each role.
func (k *Case) Check() error {
	switch {
	case len(k.Offences) == 0:
		return Refuse("offences", "a case is about an offence", "Choose at least one offence")
	case k.Last.IsZero():
		return Refuse("last", "a case says when it last happened", "Enter the day of the last act alleged")
	case !k.First.IsZero() && k.First > k.Last:
		return Refuse("first", "the first act comes before the last", "Check both days")
	case k.State == CaseClosed && k.Outcome == "":
		return Refuse("outcome", "a closed case has a Home Office outcome", "Choose the outcome")
	}
	for i, p := range k.Parties {
		if p.Person.Kind() != KindPerson {
			return Refuse("suspects", "the people in a case are on record", "Find the person first, or add them")
		}
		if slices.Contains(k.Parties[:i], p) {
			return Refuse("suspects", string(p.Person)+" is named twice as "+string(p.Role), "Name each person once in each role")
		}
	}
	for _, d := range k.Devices {
		if err := d.check(); err != nil {
			return err
		}
	}
	return nil
}

// Who lists the people with a role in the case.
func (k *Case) Who(role PartyRole) []Ref {
	var out []Ref
	for _, p := range k.Parties {
		if p.Role == role {
			out = append(out, p.Person)
		}
	}
	return out
}

// Is reports whether a person has any of the roles in the case.
func (k *Case) Is(person Ref, roles ...PartyRole) bool {
	return slices.ContainsFunc(k.Parties, func(p Party) bool { return p.Person == person && slices.Contains(roles, p.Role) })
}
