package model

import (
	"slices"

	"pou/model/day"
)

func caseActions() []Spec {
	return []Spec{
		spec[caseAdd]("case.add", "Open a case", "Puts an investigation on record: what is alleged, and who is suspect, victim-survivor or witness in it.",
			anyone(), KindPerson),
		spec[caseParty]("case.party", "Add a person to a case", "Gives a person a role in a case. A person may have several, and they are never merged.",
			anyone(), KindCase, KindPerson),
		spec[caseCharge]("case.charge", "Charge a case", "Records a charge or summons, with the CPS decision where only the CPS may decide.", anyone(), KindCase),
		owned(spec[caseClose]("case.close", "Close a case", "Ends a case with its Home Office outcome.", anyone(), KindCase)),
	}
}

type caseAdd struct {
	Person    Ref           `do:"person" label:"Suspect" kinds:"P"`
	Offences  []OffenceCode `do:"offences" label:"Offences" opts:"need"`
	Last      day.Date      `do:"last" label:"Day of the last act" opts:"need" default:"today"`
	First     day.Date      `do:"first" label:"Day of the first act"`
	Victims   []Ref         `do:"victims" label:"Victim-survivors" kinds:"P" opts:"hide"`
	Witnesses []Ref         `do:"witnesses" label:"Witnesses" kinds:"P" opts:"fold,hide"`
	Suspects  []Ref         `do:"suspects" label:"More suspects" kinds:"P" opts:"fold"`
	Report    string        `do:"report" label:"Crime report"`
	Unit      Unit          `do:"unit" label:"Unit" default:"unit"`
	Officer   Ref           `do:"officer" label:"Officer in the case" kinds:"O" opts:"fold" default:"me"`
	Summary   string        `do:"summary" label:"Summary" opts:"long"`
}

func (a *caseAdd) Apply(c *Change) error {
	if err := workingOfficers(c, "officer", a.Officer); err != nil {
		return err
	}
	if a.Last > day.On(c.Now) {
		return Refuse("last", "the last act alleged cannot lie in the future", "Enter the day it happened")
	}
	k := &Case{
		Report: a.Report, Unit: firstUnit(a.Unit, c.By.Unit), Offences: a.Offences, First: a.First, Last: a.Last, State: CaseOpen, Summary: a.Summary, Officer: a.Officer,
	}
	if a.Person != "" && !slices.Contains(a.Suspects, a.Person) {
		a.Suspects = slices.Concat([]Ref{a.Person}, a.Suspects)
	}
	for _, part := range []struct {
		field string
		role  PartyRole
		who   []Ref
	}{{"suspects", PartySuspect, a.Suspects}, {"victims", PartyVictim, a.Victims}, {"witnesses", PartyWitness, a.Witnesses}} {
		for _, person := range part.who {
			if err := k.add(c, part.field, Party{Person: person, Role: part.role}); err != nil {
				return err
			}
		}
	}
	if len(k.Parties) == 0 {
		return Refuse("suspects", "a case is about somebody", "Name a suspect, a victim-survivor or a witness on record")
	}
	return c.Put(k)
}

// add gives a person who is on record a role in the case, once.
func (k *Case) add(c *Change, field string, p Party) error {
	if _, err := Load[*Person](c, field, p.Person); err != nil {
		return err
	}
	if slices.Contains(k.Parties, p) {
		return Refuse(field, string(p.Person)+" is "+string(p.Role)+" in this case already", "Name each person once in each role")
	}
	k.Parties = append(k.Parties, p)
	return nil
}

// goingCase loads a case that has not been closed.
func goingCase(c *Change, ref Ref) (*Case, error) {
	k, err := Load[*Case](c, "case", ref)
	if err != nil {
		return nil, err
	}
	if k.State == CaseClosed {
		return nil, Refuse("case", string(k.Ref)+" is closed, outcome "+LabelOf(k.Outcome.Choices(), string(k.Outcome)), "Undo the closing if it was wrong, or open a new case")
	}
	return k, nil
}

type caseParty struct {
	Case   Ref       `do:"case" label:"Case" kinds:"C" opts:"need"`
	Person Ref       `do:"person" label:"Person" kinds:"P" opts:"need,hide"`
	Role   PartyRole `do:"role" label:"Role" opts:"need"`
}

func (a *caseParty) Apply(c *Change) error {
	k, err := goingCase(c, a.Case)
	if err != nil {
		return err
	}
	if a.Role == PartyConvicted && k.State != CaseCharged {
		return Refuse("role", "nobody is convicted in a case that was not charged (DPA 2018 s.38(3): suspects and the convicted are kept apart)",
			"Record the charge with case.charge first, or name the person as suspect")
	}
	if err := k.add(c, "person", Party{Person: a.Person, Role: a.Role}); err != nil {
		return err
	}
	return c.Put(k)
}

type caseCharge struct {
	Case    Ref           `do:"case" label:"Case" kinds:"C" opts:"need"`
	CPS     string        `do:"cps" label:"CPS decision" help:"Needed to charge stalking, harassment or a breach: the CPS reference or prosecutor"`
	Day     day.Date      `do:"day" label:"Charged on" default:"today"`
	Outcome ChargeOutcome `do:"outcome" label:"Outcome" opts:"fold" default:"1"`
	Note    string        `do:"note" label:"Note" opts:"long"`
}

// ChargeOutcome is a Home Office outcome that means charged.
type ChargeOutcome string

// Choices lists the two.
func (ChargeOutcome) Choices() []Choice {
	return slices.DeleteFunc(HomeOfficeOutcome("").Choices(), func(c Choice) bool { return !HomeOfficeOutcome(c.Value).charge() })
}

func (a *caseCharge) Apply(c *Change) error {
	k, err := goingCase(c, a.Case)
	if err != nil {
		return err
	}
	on := firstDay(a.Day, day.On(c.Now))
	switch {
	case k.State == CaseCharged:
		return Refuse("case", string(k.Ref)+" was charged on "+k.Charged.Long(), "Close it when the court has decided")
	case len(k.Who(PartySuspect)) == 0:
		return Refuse("case", string(k.Ref)+" has no suspect who could be charged", "Name the suspect with case.party first")
	case a.CPS == "" && slices.ContainsFunc(k.Offences, cpsDecides):
		return cpsNeeded()
	case on > day.On(c.Now):
		return Refuse("day", "a charge cannot be dated in the future", "Enter the day of the charge")
	case on < k.Last:
		return Refuse("day", "the charge comes after the last act, "+k.Last.Long(), "Enter the day of the charge")
	}
	k.State, k.Charged, k.CPS, k.Outcome = CaseCharged, on, a.CPS, HomeOfficeOutcome(a.Outcome)
	if k.Outcome == "" {
		k.Outcome = "1"
	}
	k.note(a.Note)
	return c.Put(k)
}

func (k *Case) note(more string) {
	if more != "" {
		k.Note = joinNote(k.Note, more)
	}
}

type caseClose struct {
	Case    Ref               `do:"case" label:"Case" kinds:"C" opts:"need"`
	Outcome HomeOfficeOutcome `do:"outcome" label:"Home Office outcome" help:"Needed unless the case was charged: 15 evidential difficulties, 16 victim does not support, ..."`
	Note    string            `do:"note" label:"Note" opts:"long"`
}

func (a *caseClose) Apply(c *Change) error {
	k, err := goingCase(c, a.Case)
	if err != nil {
		return err
	}
	switch charged := k.State == CaseCharged; {
	case charged && a.Outcome != "" && !a.Outcome.charge():
		return Refuse("outcome", "a charge stays the outcome whatever the court decides (Home Office Counting Rules)", "Leave it empty and put the court's decision in the note")
	case !charged && a.Outcome.charge():
		return Refuse("outcome", "outcome "+string(a.Outcome)+" means charged, and "+string(k.Ref)+" was not", "Record the charge with case.charge, or choose another outcome")
	}
	if a.Outcome != "" {
		k.Outcome = a.Outcome
	}
	if err := k.mayClose(c); err != nil {
		return err
	}
	k.State = CaseClosed
	k.note(a.Note)
	return c.Put(k)
}
