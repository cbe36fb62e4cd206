package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// ArrestStatus is where an arrest stands, from the street to the disposal.
type ArrestStatus string

// The statuses of an arrest.
const (
	Arrested   ArrestStatus = "arrested"
	InCustody  ArrestStatus = "in custody"
	Bailed     ArrestStatus = "bailed"
	RUI        ArrestStatus = "RUI"
	Charged    ArrestStatus = "charged"
	NFA        ArrestStatus = "NFA"
	OtherEnd   ArrestStatus = "other disposal"
	DeArrested ArrestStatus = "de-arrested"
)

// Choices lists the statuses for a form.
func (ArrestStatus) Choices() []Choice {
	return []Choice{
		{string(InCustody), "in custody", "u"},
		{string(Bailed), "bailed", "b"},
		{string(RUI), "released under investigation", "r"},
		{string(Charged), "charged", "c"},
		{string(NFA), "no further action", "n"},
		{string(OtherEnd), "other disposal", "o"},
		{string(DeArrested), "de-arrested", "d"},
		{string(Arrested), "arrested", "a"},
	}
}

// Live reports whether the arrest still awaits its disposal.
func (s ArrestStatus) Live() bool {
	return s == Arrested || s == InCustody || s == Bailed || s == RUI
}

// Next lists the statuses that may follow: a disposal is never undone except by undo.
func (s ArrestStatus) Next() []ArrestStatus {
	switch s {
	case Arrested:
		return []ArrestStatus{InCustody, DeArrested, Bailed} // street bail: PACE s.30A
	case InCustody:
		return []ArrestStatus{InCustody, Bailed, RUI, Charged, NFA, OtherEnd} // still in custody: authorised, reviewed, moved
	case Bailed, RUI:
		return []ArrestStatus{InCustody, Bailed, RUI, Charged, NFA, OtherEnd}
	case Charged, NFA, OtherEnd, DeArrested:
		return nil
	}
	return nil
}

// HomeOfficeOutcome is a crime outcome code of the Home Office Counting Rules: 1, 1A, 2 ... 22.
type HomeOfficeOutcome string

// Choices lists the outcomes. Source: Home Office outcomes framework, as in the unit's reference notes section 4.
func (HomeOfficeOutcome) Choices() []Choice {
	return []Choice{
		{"1", "1 charge or summons", ""},
		{"1A", "1A charge, alternate offence", ""},
		{"2", "2 caution, youth", ""},
		{"3", "3 caution, adult", ""},
		{"4", "4 taken into consideration", ""},
		{"5", "5 offender died", ""},
		{"6", "6 penalty notice", ""},
		{"8", "8 community resolution", ""},
		{"9", "9 not in the public interest (CPS)", ""},
		{"10", "10 not in the public interest (police)", ""},
		{"11", "11 suspect under age", ""},
		{"12", "12 suspect too ill", ""},
		{"13", "13 victim or key witness dead or too ill", ""},
		{"14", "14 no suspect identified, victim does not support", ""},
		{"15", "15 suspect identified, victim supports, evidential difficulties", ""},
		{"16", "16 suspect identified, victim does not support", ""},
		{"17", "17 prosecution time limit expired", ""},
		{"18", "18 no suspect identified", ""},
		{"20", "20 action by another body", ""},
		{"21", "21 further investigation not in the public interest", ""},
		{"22", "22 diversionary activity", ""},
	}
}

// charge reports whether the outcome means charged or summonsed.
func (o HomeOfficeOutcome) charge() bool { return o == "1" || o == "1A" }

// Arrest runs from the moment of arrest to the disposal.
type Arrest struct {
	Meta       `cbor:"-" json:"-"`
	Person     Ref               `cbor:"1,keyasint" json:"person"`
	Wanted     Ref               `cbor:"2,keyasint,omitempty" json:"wanted,omitempty"`
	Unit       Unit              `cbor:"3,keyasint,omitempty" json:"unit,omitempty"`
	At         time.Time         `cbor:"4,keyasint" json:"at"`
	By         Ref               `cbor:"5,keyasint" json:"by"`
	Where      string            `cbor:"6,keyasint,omitempty" json:"place,omitempty"`
	Offences   []OffenceCode     `cbor:"7,keyasint" json:"offences"`
	Status     ArrestStatus      `cbor:"8,keyasint" json:"status"`
	Suite      string            `cbor:"9,keyasint,omitempty" json:"suite,omitempty"`
	CustodyNo  string            `cbor:"10,keyasint,omitempty" json:"custody_no,omitempty"`
	Arrived    time.Time         `cbor:"11,keyasint,omitzero" json:"arrived,omitzero"`        // at the station
	Authorised time.Time         `cbor:"12,keyasint,omitzero" json:"authorised,omitzero"`     // detention first authorised: starts the reviews
	BailTo     day.Date          `cbor:"13,keyasint,omitempty" json:"bail_to,omitzero"`       // return date
	Outcome    HomeOfficeOutcome `cbor:"14,keyasint,omitempty" json:"outcome,omitempty"`      // Home Office outcome
	CPS        string            `cbor:"15,keyasint,omitempty" json:"cps_decision,omitempty"` // who at CPS authorised the charge
	Steps      []ArrestStep      `cbor:"16,keyasint,omitempty" json:"steps,omitempty"`
	Note       string            `cbor:"17,keyasint,omitempty" json:"note,omitempty"`
	Breach     Ref               `cbor:"18,keyasint,omitempty" json:"breach,omitempty"`
	Reviewed   time.Time         `cbor:"19,keyasint,omitzero" json:"reviewed,omitzero"`  // the last review of detention that was done
	LastAct    day.Date          `cbor:"20,keyasint,omitempty" json:"last_act,omitzero"` // the six months to charge run on from it after the arrest
	Warrant    string            `cbor:"21,keyasint,omitempty" json:"warrant,omitempty"` // the court warrant it executed
	Reviews    []time.Time       `cbor:"22,keyasint,omitempty" json:"reviews,omitempty"` // of detention, each that was done
	Extended   Extension         `cbor:"23,keyasint,omitzero" json:"extended,omitzero"`  // by a superintendent
	Further    []FurtherWarrant  `cbor:"24,keyasint,omitempty" json:"further,omitempty"` // detention by a magistrates' court
	Hospital   []HospitalTime    `cbor:"25,keyasint,omitempty" json:"hospital,omitempty"`
	Longer     []BailExtension   `cbor:"26,keyasint,omitempty" json:"bail_extended,omitempty"`
	Paused     []BailPause       `cbor:"27,keyasint,omitempty" json:"bail_paused,omitempty"`
	Target     Ref               `cbor:"28,keyasint,omitempty" json:"target,omitempty"` // the target of an operation it was the arrest of
}

// ArrestStep is one change of an arrest's status.
type ArrestStep struct {
	At     time.Time    `cbor:"1,keyasint" json:"at"`
	Status ArrestStatus `cbor:"2,keyasint" json:"status"`
	By     Ref          `cbor:"3,keyasint" json:"by"`
	Note   string       `cbor:"4,keyasint,omitempty" json:"note,omitempty"`
	Back   BailBack     `cbor:"5,keyasint,omitempty" json:"back,omitempty"` // how a suspect on bail came back into custody
}

// Links finds the arrest from the person, the wanted line, the breach and the target.
func (k *Arrest) Links() []Ref { return links(k.Person, k.Wanted, k.Breach, k.Target) }

// Place puts the arrest in its unit's list while it awaits disposal.
func (k *Arrest) Place() (Unit, bool) { return k.Unit, k.Status.Live() }

// Check holds the status to what it needs: a disposal has a Home Office outcome, bail has a return date.
func (k *Arrest) Check() error {
	switch {
	case len(k.Offences) == 0:
		return Refuse("offences", "an arrest is for an offence (PACE Code G)", "Choose at least one offence")
	case k.Status == Bailed && k.BailTo.IsZero():
		return Refuse("bail_to", "bail has a date to return (PACE s.47)", "Enter the bail date")
	case k.Status == Bailed && k.BailTo <= day.On(k.At):
		return Refuse("bail_to", "the bail date comes after the arrest", "Enter a later date")
	case k.disposed() && k.Outcome == "":
		return Refuse("outcome", "a disposal has a Home Office outcome", "Choose the outcome")
	case !k.disposed() && k.Outcome != "":
		return Refuse("outcome", "a Home Office outcome ends the case, and an arrest that is "+string(k.Status)+" has not ended", "Leave it empty, or choose a disposal")
	}
	return k.checkOutcome()
}

func (k *Arrest) disposed() bool {
	return k.Status == Charged || k.Status == NFA || k.Status == OtherEnd
}

// checkOutcome keeps charged and outcome 1 together, and asks for the CPS decision: police cannot charge stalking,
// harassment, breach or indictable-only cases themselves (Director's Guidance on Charging, 6th edition).
func (k *Arrest) checkOutcome() error {
	charge := k.Outcome.charge()
	switch {
	case k.Status == Charged && !charge:
		return Refuse("outcome", "charged is Home Office outcome 1 or 1A", "Choose 1 or 1A, or another status")
	case charge && k.Status != Charged:
		return Refuse("outcome", "outcome "+string(k.Outcome)+" means charged", "Choose the status charged, or another outcome")
	case k.Status == Charged && k.CPS == "" && slices.ContainsFunc(k.Offences, cpsDecides):
		return cpsNeeded()
	}
	return nil
}

func cpsNeeded() *Problem {
	return Refuse("cps", "only the CPS may decide to charge stalking, harassment, a breach of an order or an indictable-only offence (Director's Guidance on Charging, 6th ed.)",
		"Enter the CPS decision reference or the prosecutor's name")
}

func cpsDecides(c OffenceCode) bool {
	return strings.HasPrefix(string(c), "s2") || strings.HasPrefix(string(c), "s4") || strings.Contains(string(c), "breach") ||
		c == "spo-notify" || c == "coercive" || c.Row().Mode == Indictable
}

// RelevantTime starts the detention clock: arrival at the station, or 24 hours after the arrest if that is earlier
// (PACE 1984 s.41(2)(a) and (d)).
func (k *Arrest) RelevantTime() (time.Time, bool) {
	if k.Arrived.IsZero() {
		return time.Time{}, false
	}
	if latest := k.At.Add(24 * time.Hour); latest.Before(k.Arrived) {
		return latest, true
	}
	return k.Arrived, true
}

// ChargeBy is the last day to lay an information for a summary-only arrest; an arrest does not stop the six months.
func (k *Arrest) ChargeBy() (day.Date, bool) { return chargeBy(k.Offences, k.LastAct) }
