package model

import (
	"slices"
	"time"

	"pou/model/day"
)

func arrestActions() []Spec {
	return []Spec{
		spec[arrestRecord]("arrest.record", "Record an arrest", "Records an arrest: ends the wanted line, takes the target off the list, starts the custody clock.",
			anyone(), KindWanted, KindPerson, KindTarget),
		spec[arrestStatus]("arrest.status", "Update an arrest", "Moves an arrest on: custody, bail, RUI, charge or another disposal.",
			anyone(), KindArrest, KindWanted, KindPerson, KindTarget),
	}
}

type arrestRecord struct {
	Where    string        `do:"place" label:"Where"`
	At       time.Time     `do:"at" label:"When" default:"now"`
	Offences []OffenceCode `do:"offences" label:"Arrested for" help:"Empty: the offences of the wanted line"`
	Suite    string        `do:"suite" label:"Custody suite"`
	LastAct  day.Date      `do:"last_act" label:"Day of the last act" opts:"fold" help:"Empty: that of the wanted line; the six months to charge a summary-only offence run from it"`
	Note     string        `do:"note" label:"Note" opts:"long"`
	Unit     Unit          `do:"unit" label:"Unit" opts:"fold"`
	With     []Ref         `do:"with" label:"Attended with" kinds:"O" opts:"fold"`
	Warrant  string        `do:"warrant" label:"Warrant executed" opts:"fold" help:"Enter the court and number of the warrant, when the arrest was on one"`
	Tell     Ref           `do:"tell" label:"Tells the victim-survivor" kinds:"O" opts:"fold" help:"Empty: the officer in the case; the task is scheduled either way"`
	TellBy   time.Time     `do:"tell_by" label:"Tells them by" opts:"fold" help:"Empty: within 1 working day (Victims' Code, Right 6)"`
	Wanted   Ref           `do:"wanted" label:"Wanted line" kinds:"W" opts:"fold"`
	Person   Ref           `do:"person" label:"Person" kinds:"P" opts:"fold"`
	Target   Ref           `do:"target" label:"Target" kinds:"TG" opts:"fold"`
}

func (a *arrestRecord) Apply(c *Change) error {
	s, err := findSought(c, a.Person, a.Wanted, a.Target)
	if err != nil {
		return err
	}
	if err := a.check(c, s); err != nil {
		return err
	}
	arrest := a.arrest(c, s)
	if err := c.Put(arrest); err != nil {
		return err
	}
	said, err := tellOfArrest(c, arrest, "arrested", a.Tell, a.TellBy)
	if err != nil {
		return err
	}
	arrest.Steps[0].Note = said
	if err := c.Put(arrest); err != nil {
		return err
	}
	if s.line != nil {
		s.line.State, s.line.Ended, s.line.EndReason, s.line.Arrest = WasArrested, arrest.At, "arrested", arrest.Ref
	}
	if s.target != nil {
		s.target.State, s.target.Ended, s.target.EndReason = TargetArrested, arrest.At, "arrested"
	}
	if err := s.attempt(c, &Attempt{At: arrest.At, Address: a.Where, Outcome: GotArrested, Note: a.Note, With: a.With}); err != nil {
		return err
	}
	if err := afterArrest(c, arrest); err != nil {
		return err
	}
	return moveBreach(c, arrest, BreachArrested, "arrested")
}

func (a *arrestRecord) check(c *Change, s sought) error {
	if s.line == nil && len(a.Offences) == 0 {
		return Refuse("offences", s.person.Name()+" is not wanted, so there is no offence to take over", "Choose what they were arrested for")
	}
	if err := notLater(orNow(a.At, c), c); err != nil {
		return err
	}
	arrests, err := linked[*Arrest](c, s.person.Ref, KindArrest)
	if err != nil {
		return err
	}
	for _, k := range arrests {
		if k.Status == Arrested || k.Status == InCustody {
			return Refuse("person", s.person.Name()+" is already under arrest on "+string(k.Ref), "Update that arrest with arrest.status")
		}
	}
	return nil
}

func (a *arrestRecord) arrest(c *Change, s sought) *Arrest {
	k := &Arrest{
		Person: s.person.Ref, Unit: firstUnit(a.Unit, c.By.Unit, s.person.OwnerUnit), At: orNow(a.At, c), By: c.By.Ref, Where: a.Where,
		Offences: a.Offences, Status: Arrested, Suite: a.Suite, Note: a.Note, LastAct: a.LastAct, Warrant: a.Warrant,
	}
	if s.line != nil {
		k.Wanted, k.Breach, k.Unit = s.line.Ref, s.line.Breach, firstUnit(a.Unit, s.line.Unit)
		k.LastAct = firstDay(a.LastAct, s.line.LastAct)
		if len(k.Offences) == 0 {
			k.Offences = slices.Clone(s.line.Offences)
		}
	}
	if s.target != nil {
		k.Target = s.target.Ref
	}
	k.Steps = []ArrestStep{{At: k.At, Status: Arrested, By: c.By.Ref}}
	return k
}

// moveBreach carries the breach behind an arrest along, when it stands where that may follow.
func moveBreach(c *Change, k *Arrest, to BreachState, reason string) error {
	if k.Breach == "" {
		return nil
	}
	b, err := Load[*Breach](c, "breach", k.Breach)
	if err != nil {
		return err
	}
	if !slices.Contains(b.State.Next(), to) {
		return nil
	}
	b.stand(c, to, reason)
	b.Arrest = k.Ref
	return c.Put(b)
}

type arrestStatus struct {
	Status     ArrestStatus      `do:"status" label:"Status" opts:"need"`
	Outcome    HomeOfficeOutcome `do:"outcome" label:"Home Office outcome" help:"Needed for a disposal; charged is outcome 1"`
	BailTo     day.Date          `do:"bail_to" label:"Bail to" help:"Needed for bail: the day to return"`
	CPS        string            `do:"cps" label:"CPS decision" help:"Needed to charge: the CPS reference or the prosecutor"`
	Suite      string            `do:"suite" label:"Custody suite"`
	Tell       Ref               `do:"tell" label:"Tells the victim-survivor" kinds:"O" help:"Needed for a release when there is one: the officer who tells them before it"`
	TellBy     time.Time         `do:"tell_by" label:"Tells them by" opts:"fold" help:"Empty: before the suspect leaves; a later time needs a note that says why, and 1 working day is the limit"`
	CustodyNo  string            `do:"custody_no" label:"Custody number" opts:"fold"`
	Arrived    time.Time         `do:"arrived" label:"Arrived at the station" opts:"fold" help:"Starts the detention clock (PACE s.41). Arrested by another force for us and not questioned there: the arrival at our first station (s.41(3))"`
	Authorised time.Time         `do:"authorised" label:"Detention authorised" opts:"fold" help:"Starts the reviews (PACE s.40)"`
	Reviewed   time.Time         `do:"reviewed" label:"Detention reviewed" opts:"fold" help:"When an inspector reviewed it; starts the next nine hours (PACE s.40)"`
	Back       BailBack          `do:"back" label:"Back from bail" opts:"fold" help:"An arrest for breaking bail or failing to answer it pauses the detention clock for 3 hours"`
	At         time.Time         `do:"at" label:"When" opts:"fold" default:"now"`
	Note       string            `do:"note" label:"Note" opts:"long"`
	Arrest     Ref               `do:"arrest" label:"Arrest" kinds:"K" opts:"fold"`
	Wanted     Ref               `do:"wanted" label:"Wanted line" kinds:"W" opts:"fold"`
	Person     Ref               `do:"person" label:"Person" kinds:"P" opts:"fold"`
	Target     Ref               `do:"target" label:"Target" kinds:"TG" opts:"fold"`
}

func (a *arrestStatus) Apply(c *Change) error {
	k, err := a.find(c)
	if err != nil {
		return err
	}
	if !slices.Contains(k.Status.Next(), a.Status) {
		return Refuse("status", "an arrest that is "+string(k.Status)+" cannot become "+string(a.Status)+becauseOf(k.Status, a.Status), nextStatuses(k.Status))
	}
	if a.Back != "" && (a.Status != InCustody || k.Status != Bailed) {
		return Refuse("back", "only a suspect on bail comes back from it (PACE s.46A)", "Leave it empty")
	}
	at := orNow(a.At, c)
	if a.At.IsZero() && a.Status == InCustody && k.Status != InCustody && !a.Arrived.IsZero() {
		at = a.Arrived // custody begins with arrival, whenever it is recorded
	}
	if err := a.checkTimes(c, k, at); err != nil {
		return err
	}
	a.fill(k, at)
	if a.Status == Bailed && !k.BailTo.IsZero() && k.BailTo < day.On(at) {
		return Refuse("bail_to", "bail to "+k.BailTo.Long()+" would have ended before it began", "Enter the day to return")
	}
	from := k.Status
	k.Status = a.Status
	k.Steps = append(k.Steps, ArrestStep{At: at, Status: a.Status, By: c.By.Ref, Note: a.Note, Back: a.Back})
	if err := youthDisposal(c, k, day.On(at)); err != nil {
		return err
	}
	if err := c.Put(k); err != nil {
		return err
	}
	if err := a.tell(c, k, from); err != nil {
		return err
	}
	return breachFollows(c, k)
}

// tell sees to the victim update of the step: asked for before a release, scheduled without asking for a charge.
func (a *arrestStatus) tell(c *Change, k *Arrest, from ArrestStatus) error {
	switch {
	case k.Status.releases():
		return tellOfRelease(c, k, from, a)
	case k.Status == Charged || a.Tell != "":
		said, err := tellOfArrest(c, k, string(k.Status), a.Tell, a.TellBy)
		if err != nil || said == "" {
			return err
		}
		last := &k.Steps[len(k.Steps)-1]
		last.Note = joinNote(last.Note, said)
		return c.Put(k)
	}
	return nil
}

func (a *arrestStatus) checkTimes(c *Change, k *Arrest, at time.Time) error {
	for _, t := range []struct {
		field string
		at    time.Time
	}{{"arrived", a.Arrived}, {"authorised", a.Authorised}, {"reviewed", a.Reviewed}, {"at", at}} {
		switch {
		case t.at.IsZero():
		case t.at.After(c.Now):
			return Refuse(t.field, "it cannot have happened later than now", "Enter the time it happened")
		case t.at.Before(k.At):
			return Refuse(t.field, "it cannot have happened before the arrest", "Enter the time it happened")
		}
	}
	if last := k.lastStep(); at.Before(last) {
		return Refuse("at", "the arrest became "+string(k.Status)+" after that, at "+last.In(day.London()).Format("15:04 on 2 Jan 2006"), "Enter the time it happened")
	}
	return nil
}

func (a *arrestStatus) fill(k *Arrest, at time.Time) {
	for _, e := range []struct{ from, to *string }{
		{&a.CPS, &k.CPS}, {&a.Suite, &k.Suite}, {&a.CustodyNo, &k.CustodyNo}, {&a.Note, &k.Note},
	} {
		if *e.from != "" {
			*e.to = *e.from
		}
	}
	if a.Outcome == "" && a.Status == Charged {
		a.Outcome = "1" // what charged means, unless it is for an alternate offence
	}
	if a.Outcome != "" {
		k.Outcome = a.Outcome
	}
	k.BailTo = firstDay(a.BailTo, k.BailTo)
	a.fillClocks(k, at)
}

// fillClocks sets what the custody clocks run from. A suspect who returns is detained anew: detention has to be
// authorised again, and the first arrival still says how much of the 24 hours was used before.
func (a *arrestStatus) fillClocks(k *Arrest, at time.Time) {
	returns := a.Status == InCustody && (k.Status == Bailed || k.Status == RUI) && !k.Arrived.IsZero()
	switch {
	case returns:
		k.Authorised, k.Reviewed = time.Time{}, time.Time{}
	case !a.Arrived.IsZero():
		k.Arrived = a.Arrived
	case a.Status == InCustody && k.Arrived.IsZero():
		k.Arrived = at
	}
	if !a.Authorised.IsZero() {
		k.Authorised = a.Authorised
	}
	if !a.Reviewed.IsZero() {
		if len(k.Reviews) == 0 && !k.Reviewed.IsZero() {
			k.Reviews = append(k.Reviews, k.Reviewed)
		}
		if !slices.ContainsFunc(k.Reviews, a.Reviewed.Equal) { // said twice is done once
			k.Reviews = append(k.Reviews, a.Reviewed)
		}
		k.Reviewed = a.Reviewed
	}
	if a.Status != InCustody && k.atHospital() { // a release ends the time at a hospital
		k.Hospital[len(k.Hospital)-1].To = at
	}
}

// becauseOf names the section that keeps a status from following another, where one does.
func becauseOf(from, to ArrestStatus) string {
	switch {
	case from == InCustody && to == DeArrested:
		return ": de-arrest is before the police station, and from there a release (PACE ss.30(7), 34)"
	case from == Arrested && to == RUI:
		return ": it is decided at a police station (PACE ss.30, 37)"
	}
	return ""
}

func nextStatuses(s ArrestStatus) string {
	next := s.Next()
	if len(next) == 0 {
		return "It is disposed of; undo the disposal if it was wrong"
	}
	words := make([]Choice, len(next))
	for i, n := range next {
		words[i].Value = string(n)
	}
	return "From here it may become: " + valuesOf(words)
}

// find is the arrest named, or the newest undisposed arrest of whoever is named.
func (a *arrestStatus) find(c *Change) (*Arrest, error) {
	if a.Arrest != "" {
		k, err := Load[*Arrest](c, "arrest", a.Arrest)
		if err != nil {
			return nil, err
		}
		return k, samePerson("arrest", k, a.Person)
	}
	person := a.Person
	switch {
	case a.Wanted != "":
		w, err := Load[*Wanted](c, "wanted", a.Wanted)
		if err != nil {
			return nil, err
		}
		person = w.Person
	case a.Target != "":
		t, err := Load[*Target](c, "target", a.Target)
		if err != nil {
			return nil, err
		}
		person = t.Person
	case person == "":
		return nil, Refuse("arrest", "no arrest is named", "Give the arrest, or the person under arrest")
	}
	arrests, err := linked[*Arrest](c, person, KindArrest)
	if err != nil {
		return nil, err
	}
	for i := len(arrests) - 1; i >= 0; i-- {
		if arrests[i].Status.Live() {
			return arrests[i], nil
		}
	}
	return nil, Refuse("person", string(person)+" has no arrest that awaits disposal", "Record the arrest first")
}
