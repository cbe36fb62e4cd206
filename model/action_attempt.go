package model

import "time"

func attemptActions() []Spec {
	return []Spec{
		spec[attemptRecord]("attempt.record", "Record an arrest attempt", "Records one try at arresting someone: where, how it went, what next.",
			anyone(), KindWanted, KindPerson, KindTarget),
	}
}

type attemptRecord struct {
	Outcome Outcome   `do:"outcome" label:"Outcome" opts:"need"`
	Address string    `do:"address" label:"Address"`
	Note    string    `do:"note" label:"Note" opts:"long"`
	Next    string    `do:"next" label:"Next action"`
	Intel   string    `do:"intel" label:"Intelligence gained" opts:"fold,long"`
	At      time.Time `do:"at" label:"When" opts:"fold" default:"now"`
	With    []Ref     `do:"with" label:"Attended with" kinds:"O" opts:"fold"`
	BWV     string    `do:"bwv" label:"Body-worn video" opts:"fold"`
	Wanted  Ref       `do:"wanted" label:"Wanted line" kinds:"W" opts:"fold"`
	Person  Ref       `do:"person" label:"Person" kinds:"P" opts:"fold"`
	Target  Ref       `do:"target" label:"Target" kinds:"TG" opts:"fold"`
}

func (a *attemptRecord) Apply(c *Change) error {
	if a.Outcome == GotArrested {
		return Refuse("outcome", "an arrest starts the custody clock, so it has its own action", "Use arrest.record; it counts as an attempt too")
	}
	s, err := findSought(c, a.Person, a.Wanted, a.Target)
	if err != nil {
		return err
	}
	if s.line == nil {
		return Refuse("person", s.person.Name()+" is not wanted", "Mark them as wanted first, so that the attempt counts")
	}
	at := orNow(a.At, c)
	if err := notLater(at, c); err != nil {
		return err
	}
	return s.attempt(c, &Attempt{
		At: at, With: a.With, Address: a.Address, Outcome: a.Outcome, Intel: a.Intel, Note: a.Note, BWV: a.BWV, Next: a.Next,
	})
}

func notLater(at time.Time, c *Change) error {
	if at.After(c.Now) {
		return Refuse("at", "it cannot have happened later than now", "Enter the time it happened")
	}
	return nil
}

// sought is a person an officer tries to arrest: with the wanted line and the target it is for, as far as there are any.
type sought struct {
	person *Person
	line   *Wanted
	target *Target
}

// findSought works out who is meant from whichever reference was given.
func findSought(c *Change, person, line, target Ref) (s sought, err error) {
	if target != "" {
		if s.target, err = Load[*Target](c, "target", target); err != nil {
			return s, err
		}
		if err := samePerson("target", s.target, person); err != nil {
			return s, err
		}
		person = s.target.Person
		if s.target.State != TargetLive { // how it left the list stands
			s.target = nil
		}
	}
	if line != "" {
		if s.line, err = liveLine(c, person, line); err != nil {
			return s, err
		}
		person = s.line.Person
	}
	if person == "" {
		return s, Refuse("person", "nobody is named", "Give the person, the wanted line or the target")
	}
	if s.person, err = Load[*Person](c, "person", person); err != nil {
		return s, err
	}
	if s.line == nil {
		if s.line, err = onlyLive(c, person); err != nil {
			return s, err
		}
	}
	if s.target == nil {
		s.target, err = liveTarget(c, person)
	}
	return s, err
}

// liveTarget is the newest operation target the person still is; nil when there is none.
func liveTarget(c *Change, person Ref) (*Target, error) {
	targets, err := linked[*Target](c, person, KindTarget)
	for i := len(targets) - 1; i >= 0; i-- {
		if targets[i].State == TargetLive {
			return targets[i], err
		}
	}
	return nil, err
}

// attempt writes the attempt and counts it on the wanted line and the target.
func (s sought) attempt(c *Change, a *Attempt) error {
	for _, o := range a.With {
		if _, err := Load[*Officer](c, "with", o); err != nil {
			return err
		}
	}
	a.Person, a.By, a.Unit = s.person.Ref, c.By.Ref, c.By.Unit
	if s.line != nil {
		a.Wanted = s.line.Ref
		s.line.Attempts++
		if a.At.After(s.line.LastAttempt) {
			s.line.LastAttempt, s.line.LastOutcome = a.At, a.Outcome
		}
	}
	if s.target != nil {
		a.Target = s.target.Ref
		s.target.Attempts++
	}
	if err := c.Put(a); err != nil {
		return err
	}
	if s.line != nil {
		if err := c.Put(s.line); err != nil {
			return err
		}
	}
	if s.target != nil {
		return c.Put(s.target)
	}
	return nil
}
