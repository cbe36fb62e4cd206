package model

import (
	"cmp"
	"slices"
	"time"

	"pou/model/day"
)

func warrantActions() []Spec {
	return []Spec{
		spec[warrantApply]("warrant.apply", "Apply for a search warrant", "Puts an application for a warrant to enter and search on record: which premises, under which power, for what.",
			anyone(), KindPerson, KindWanted, KindTarget, KindCase, KindOperation),
		spec[warrantDecide]("warrant.decide", "Record the decision on a search warrant", "Records that a search warrant was granted – it then lives for three months – or refused, or that the application was withdrawn.",
			anyone(), KindWarrant),
		spec[warrantExecute]("warrant.execute", "Execute a search warrant", "Records when premises were searched, by whom, and in short what was found.", anyone(), KindWarrant),
		spec[warrantReturn]("warrant.return", "Return a search warrant", "Records that a search warrant went back to the court, executed or expired.", anyone(), KindWarrant),
	}
}

type warrantApply struct {
	Premises  string        `do:"address" label:"Premises" opts:"need" help:"Enter the address to be searched"`
	Power     SearchPower   `do:"power" label:"Power" opts:"need"`
	Offences  []OffenceCode `do:"offences" label:"Offences" opts:"need"`
	Sought    string        `do:"sought" label:"Looked for" opts:"need,long" help:"Enter what the search is for, in a few words"`
	Applied   day.Date      `do:"applied" label:"Applied on" default:"today"`
	Court     string        `do:"court" label:"Court"`
	Person    Ref           `do:"person" label:"Person" kinds:"P" opts:"fold"`
	Wanted    Ref           `do:"wanted" label:"Wanted line" kinds:"W" opts:"fold"`
	Target    Ref           `do:"target" label:"Target" kinds:"TG" opts:"fold"`
	Case      Ref           `do:"case" label:"Case" kinds:"C" opts:"fold"`
	Operation Ref           `do:"operation" label:"Operation" kinds:"OP" opts:"fold"`
	Officer   Ref           `do:"officer" label:"Applicant" kinds:"O" opts:"fold" default:"me"`
	Unit      Unit          `do:"unit" label:"Unit" default:"unit" opts:"fold"`
	Note      string        `do:"note" label:"Note" opts:"fold,long" help:"Name the power here when it is another one"`
}

// Apply wants to know what the search is about; a warrant for nobody's case and nobody's premises is found by nobody.
func (a *warrantApply) Apply(c *Change) error {
	s := &SearchWarrant{
		Premises: a.Premises, Power: a.Power, Offences: a.Offences, Sought: a.Sought, Case: a.Case, Target: a.Target, Operation: a.Operation, Person: a.Person,
		State: WarrantApplied, By: cmp.Or(a.Officer, c.By.Ref), Applied: firstDay(a.Applied, day.On(c.Now)), Court: a.Court, Note: a.Note,
	}
	if err := a.subject(c, s); err != nil {
		return err
	}
	s.Unit = firstUnit(a.Unit, s.Unit, c.By.Unit)
	switch {
	case s.Person == "" && s.Case == "" && s.Operation == "":
		return Refuse("person", "a search warrant is about a person, a case or an operation", "Name one of them")
	case s.Applied > day.On(c.Now):
		return Refuse("applied", "the application cannot lie in the future", "Enter the day it was made")
	}
	if err := workingOfficers(c, "officer", s.By); err != nil {
		return err
	}
	if err := c.safeguarded("warrant.apply", s.Person); err != nil {
		return err
	}
	return c.Put(s)
}

// subject fills in whom and what the warrant is about from the records it names, which have to agree.
func (a *warrantApply) subject(c *Change, s *SearchWarrant) error {
	about := func(r Record, field string) error {
		person := PersonOf(r)
		if s.Person != "" && s.Person != person {
			return Refuse(field, string(r.Head().Ref)+" is about another person than "+string(s.Person), "Name one of the two")
		}
		s.Person = person
		if unit, _ := r.Place(); s.Unit == "" {
			s.Unit = unit
		}
		return nil
	}
	if a.Target != "" {
		t, err := Load[*Target](c, "target", a.Target)
		if err != nil {
			return err
		}
		if s.Operation = cmp.Or(a.Operation, t.Operation); s.Operation != t.Operation {
			return Refuse("operation", string(t.Ref)+" is not a target of "+string(a.Operation), "Leave the operation empty, or name the target's own")
		}
		if err := about(t, "target"); err != nil {
			return err
		}
	}
	if a.Wanted != "" {
		w, err := Load[*Wanted](c, "wanted", a.Wanted)
		if err != nil {
			return err
		}
		if err := about(w, "wanted"); err != nil {
			return err
		}
	}
	return a.loaded(c, s)
}

// loaded wants the records that are only named to be there, and the person to be in the case.
func (a *warrantApply) loaded(c *Change, s *SearchWarrant) error {
	if s.Person != "" {
		p, err := Load[*Person](c, "person", s.Person)
		if err != nil {
			return err
		}
		s.Unit = firstUnit(s.Unit, p.OwnerUnit)
	}
	if s.Case != "" {
		k, err := Load[*Case](c, "case", s.Case)
		if err != nil {
			return err
		}
		if s.Person != "" && !slices.ContainsFunc(k.Parties, func(p Party) bool { return p.Person == s.Person }) {
			return Refuse("case", string(s.Person)+" has no part in "+string(k.Ref), "Name the case it is about, or add the person to it with case.party")
		}
		s.Unit = firstUnit(s.Unit, k.Unit)
	}
	if s.Operation == "" {
		return nil
	}
	op, err := Load[*Operation](c, "operation", s.Operation)
	if err != nil {
		return err
	}
	s.Unit = firstUnit(s.Unit, op.Unit)
	return nil
}

type warrantDecide struct {
	Warrant  Ref             `do:"warrant" label:"Search warrant" kinds:"S" opts:"need"`
	Decision WarrantDecision `do:"decision" label:"Decision" opts:"need"`
	On       day.Date        `do:"on" label:"Decided on" default:"today" help:"Enter the day of issue: the three months run from it"`
	Court    string          `do:"court" label:"Court"`
	CourtRef string          `do:"court_ref" label:"Court reference"`
	Reason   string          `do:"reason" label:"Why not" opts:"long" help:"When it was refused or withdrawn"`
}

func (a *warrantDecide) Apply(c *Change) error {
	s, err := Load[*SearchWarrant](c, "warrant", a.Warrant)
	if err != nil {
		return err
	}
	on := firstDay(a.On, day.On(c.Now))
	switch {
	case s.State != WarrantApplied:
		return Refuse("decision", string(s.Ref)+" was "+string(s.State)+" on "+s.Decided.Long(), "Apply again if another warrant is needed, or undo that entry")
	case on < s.Applied || on > day.On(c.Now):
		return Refuse("on", "the decision lies between the application on "+s.Applied.Long()+" and today", "Enter the day it was made")
	}
	s.State, s.Decided, s.CourtRef, s.Reason = WarrantState(a.Decision), on, a.CourtRef, a.Reason
	if a.Court != "" {
		s.Court = a.Court
	}
	c.Reason = a.Reason
	return c.Put(s)
}

type warrantExecute struct {
	Warrant  Ref       `do:"warrant" label:"Search warrant" kinds:"S" opts:"need"`
	At       time.Time `do:"at" label:"Searched at" default:"now"`
	Found    string    `do:"found" label:"Found" opts:"need,long" help:"Enter in short what was found and seized, or nothing"`
	Officers []Ref     `do:"officers" label:"Officers" kinds:"O" default:"me"`
}

// Apply refuses an entry the warrant does not cover rather than record it as its execution: what happened is then another
// matter, and a supervisor's.
func (a *warrantExecute) Apply(c *Change) error {
	s, err := Load[*SearchWarrant](c, "warrant", a.Warrant)
	if err != nil {
		return err
	}
	at := a.At
	if at.IsZero() {
		at = c.Now
	}
	switch {
	case s.State != WarrantGranted || !s.Returned.IsZero():
		return Refuse("warrant", string(s.Ref)+" is "+s.Stands(day.On(c.Now))+": it gives no power to enter", "Execute a warrant that was granted; each is for one entry")
	case at.After(c.Now):
		return Refuse("at", "the search cannot lie in the future", "Enter when it was")
	case day.On(at) < s.Decided:
		return Refuse("at", "the warrant was issued on "+s.Decided.Long(), "Enter the time of the search; before the issue there was no power to enter")
	case day.On(at) > s.Until():
		return Refuse("at", "the warrant expired at the end of "+s.Until().Long()+" (PACE 1984 s.16(3): three months from issue); entry after it is unlawful (s.15(1))",
			"If premises were entered later, tell a supervisor now; otherwise apply again and return this one with warrant.return")
	}
	s.Officers = a.Officers
	if len(s.Officers) == 0 {
		s.Officers = []Ref{c.By.Ref}
	}
	if err := workingOfficers(c, "officers", s.Officers...); err != nil {
		return err
	}
	s.State, s.Executed, s.Found = WarrantExecuted, at, a.Found
	return c.Put(s)
}

type warrantReturn struct {
	Warrant Ref      `do:"warrant" label:"Search warrant" kinds:"S" opts:"need"`
	On      day.Date `do:"on" label:"Returned on" default:"today"`
	Note    string   `do:"note" label:"Note" opts:"long" help:"Why it was not executed, where it was not"`
}

// Apply takes an unexecuted warrant back when it has expired, or sooner (PACE 1984 s.16(10)(b)).
func (a *warrantReturn) Apply(c *Change) error {
	s, err := Load[*SearchWarrant](c, "warrant", a.Warrant)
	if err != nil {
		return err
	}
	on := firstDay(a.On, day.On(c.Now))
	since := s.Decided
	if s.State == WarrantExecuted {
		since = day.On(s.Executed)
	}
	switch {
	case s.State != WarrantGranted && s.State != WarrantExecuted:
		return Refuse("warrant", string(s.Ref)+" was never issued: "+string(s.State), "Only a warrant that was granted goes back to the court")
	case !s.Returned.IsZero():
		return Refuse("warrant", string(s.Ref)+" went back on "+s.Returned.Long(), "Nothing needs doing here")
	case on < since || on > day.On(c.Now):
		return Refuse("on", "it goes back between "+since.Long()+" and today", "Enter the day it went back")
	}
	s.Returned = on
	if a.Note != "" {
		s.Note = a.Note
	}
	c.Reason = a.Note
	return c.Put(s)
}
