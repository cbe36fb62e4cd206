package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// SearchPower is the power a search warrant is asked for under.
type SearchPower string

// The powers. A warrant of arrest is none of them: that is on the arrest it was executed by.
const (
	SearchPACE8 SearchPower = "pace8"
	SearchPHA2B SearchPower = "pha2B"
	SearchOther SearchPower = "other"
)

// Choices lists the powers for a form.
func (SearchPower) Choices() []Choice {
	return []Choice{
		{string(SearchPACE8), "PACE 1984 s.8: evidence of an indictable offence", "p"},
		{string(SearchPHA2B), "PHA 1997 s.2B: evidence of stalking (s.2A)", "s"},
		{string(SearchOther), "another power, named in the note", "o"},
	}
}

// Statute is the power as it is cited.
func (p SearchPower) Statute() string {
	switch p {
	case SearchPACE8:
		return "PACE 1984 s.8"
	case SearchPHA2B:
		return "PHA 1997 s.2B"
	case SearchOther:
	}
	return "another power (see the note)"
}

// WarrantState is where a search warrant stands.
type WarrantState string

// The states of a search warrant. That it has expired or was returned follows from its days: see [SearchWarrant.Stands].
const (
	WarrantApplied   WarrantState = "applied for"
	WarrantGranted   WarrantState = "granted"
	WarrantRefused   WarrantState = "refused"
	WarrantWithdrawn WarrantState = "application withdrawn"
	WarrantExecuted  WarrantState = "executed"
)

// The states that follow from a day.
const (
	warrantExpired  = "expired"
	warrantReturned = "returned to court"
)

// WarrantDecision is what came of an application.
type WarrantDecision string

// Choices lists what a court, or the applicant, decides.
func (WarrantDecision) Choices() []Choice {
	return []Choice{
		{string(WarrantGranted), "granted", "g"},
		{string(WarrantRefused), "refused", "r"},
		{string(WarrantWithdrawn), "application withdrawn", "w"},
	}
}

// warrantMonths is how long a warrant to enter and search may be executed: within three months from the date of its issue
// (PACE 1984 s.16(3); s.15(1) has it for warrants issued to constables under any Act).
const warrantMonths = 3

// SearchWarrant is a warrant to enter and search premises, from the application to its return to the court. Each is for
// one entry of one set of premises: another entry is another warrant, or is not recorded here.
type SearchWarrant struct {
	Meta      `cbor:"-" json:"-"`
	Premises  string        `cbor:"1,keyasint" json:"premises"`
	Person    Ref           `cbor:"2,keyasint,omitempty" json:"person,omitempty"` // whom the search is about
	Unit      Unit          `cbor:"3,keyasint,omitempty" json:"unit,omitempty"`
	Power     SearchPower   `cbor:"4,keyasint" json:"power"`
	Offences  []OffenceCode `cbor:"5,keyasint,omitempty" json:"offences,omitempty"`
	Sought    string        `cbor:"6,keyasint" json:"sought"` // what is looked for
	Case      Ref           `cbor:"7,keyasint,omitempty" json:"case,omitempty"`
	Target    Ref           `cbor:"8,keyasint,omitempty" json:"target,omitempty"`
	Operation Ref           `cbor:"9,keyasint,omitempty" json:"operation,omitempty"`
	State     WarrantState  `cbor:"10,keyasint" json:"state"`
	By        Ref           `cbor:"11,keyasint" json:"by"` // who applied and answers for it
	Applied   day.Date      `cbor:"12,keyasint" json:"applied"`
	Court     string        `cbor:"13,keyasint,omitempty" json:"court,omitempty"`
	Decided   day.Date      `cbor:"14,keyasint,omitempty" json:"decided,omitzero"` // of a granted one: the day of issue
	CourtRef  string        `cbor:"15,keyasint,omitempty" json:"court_ref,omitempty"`
	Reason    string        `cbor:"16,keyasint,omitempty" json:"reason,omitempty"` // why it was refused or withdrawn
	Executed  time.Time     `cbor:"17,keyasint,omitzero" json:"executed,omitzero"`
	Officers  []Ref         `cbor:"18,keyasint,omitempty" json:"officers,omitempty"` // who executed it
	Found     string        `cbor:"19,keyasint,omitempty" json:"found,omitempty"`    // in short; exhibits are booked elsewhere
	Returned  day.Date      `cbor:"20,keyasint,omitempty" json:"returned,omitzero"`
	Note      string        `cbor:"21,keyasint,omitempty" json:"note,omitempty"`
}

// Links finds the warrant from the person, the case, the target, the operation and the officers.
func (s *SearchWarrant) Links() []Ref {
	out := links(append([]Ref{s.Person, s.Case, s.Target, s.Operation, s.By}, s.Officers...)...)
	slices.Sort(out)
	return slices.Compact(out)
}

// Place puts the warrant in its unit's list until nothing is left to do about it: refused, withdrawn, or back with the
// court.
func (s *SearchWarrant) Place() (Unit, bool) {
	return s.Unit, s.Returned.IsZero() && (s.State == WarrantApplied || s.State == WarrantGranted || s.State == WarrantExecuted)
}

// Check holds the warrant to what each of its states needs.
func (s *SearchWarrant) Check() error {
	switch {
	case s.Premises == "":
		return Refuse("premises", "a search warrant is for premises (PACE 1984 s.15(6))", "Enter the address")
	case s.Sought == "":
		return Refuse("sought", "a search warrant says what is looked for (PACE 1984 s.15(6)(b))", "Enter it in a few words")
	case s.Applied.IsZero():
		return Refuse("applied", "an application was made on a day", "Enter the day")
	case s.State != WarrantApplied && s.Decided.IsZero():
		return Refuse("on", "a decision was made on a day", "Enter the day")
	case (s.State == WarrantRefused || s.State == WarrantWithdrawn) && s.Reason == "":
		return Refuse("reason", "a warrant that was not granted says why", "Say why in a sentence: the next application turns on it")
	case s.State == WarrantExecuted && (s.Executed.IsZero() || s.Found == "" || len(s.Officers) == 0):
		return Refuse("found", "an executed warrant says when, by whom and what was found (PACE 1984 s.16(9))", "Enter all three; nothing found is an answer")
	case s.Power == SearchOther && s.Note == "":
		return Refuse("note", "a warrant under another power names the power", "Enter the Act and the section")
	}
	return s.checkPower()
}

// checkPower keeps the power and the offences together: s.8 is for indictable offences, which stalking under s.2A is not.
func (s *SearchWarrant) checkPower() error {
	switch {
	case s.Power == SearchPACE8 && !slices.ContainsFunc(s.Offences, OffenceCode.indictable):
		return Refuse("power", "a warrant under PACE s.8 is for evidence of an indictable offence; s.2 and s.2A are summary only",
			"For stalking choose PHA 1997 s.2B; otherwise choose the indictable offence it is about")
	case s.Power == SearchPHA2B && !slices.Contains(s.Offences, "s2A"):
		return Refuse("power", "a warrant under PHA 1997 s.2B is for evidence of stalking under s.2A", "Choose s.2A among the offences, or another power")
	}
	return nil
}

// Until is the last day the warrant may be executed: three months from the date of issue, which does not count. Zero
// while none was issued.
func (s *SearchWarrant) Until() day.Date {
	if s.Decided.IsZero() || (s.State != WarrantGranted && s.State != WarrantExecuted) {
		return 0
	}
	return s.Decided.AddMonths(warrantMonths)
}

// Stands is where the warrant stands on a day, as it is said.
func (s *SearchWarrant) Stands(on day.Date) string {
	switch {
	case !s.Returned.IsZero() && s.State == WarrantExecuted:
		return string(WarrantExecuted) + ", " + warrantReturned
	case !s.Returned.IsZero():
		return warrantExpired + ", " + warrantReturned
	case s.State == WarrantGranted && on > s.Until():
		return warrantExpired
	}
	return string(s.State)
}

func (s *SearchWarrant) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.Type, line.Owner = "search warrant", s.Stands(day.On(l.now)), s.Premises, s.Power.Statute(), s.By
	line.Since, line.Outcome, line.About = s.Applied.Start(), s.Found, s.about()
	if s.State == WarrantGranted && s.Returned.IsZero() {
		line.Due = s.Until()
	}
}

// about is the most particular thing the warrant was for.
func (s *SearchWarrant) about() Ref { return first(links(s.Target, s.Case, s.Operation)) }

// Decision is what came of the application: granted, once it was executed too.
func (s *SearchWarrant) Decision() WarrantState {
	if s.State == WarrantExecuted {
		return WarrantGranted
	}
	return s.State
}
