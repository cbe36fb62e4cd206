package model

import (
	"slices"

	"pou/model/day"
)

func operationActions() []Spec {
	return []Spec{
		spec[operationCreate]("operation.create", "Create an operation", "Opens an operation with a window; targets are then added to it.", supervisors()),
		spec[targetAdd]("target.add", "Add to an operation", "Puts a person on an operation's target list, with a reason and a review-by date.",
			anyone(), KindPerson, KindWanted, KindOperation),
		spec[targetRemove]("target.remove", "Remove from an operation", "Takes a target off the list by one of its legitimate exits.", anyone(), KindTarget),
		spec[targetAssign]("target.assign", "Assign a target", "Gives a target to the officers who will go.", supervisors(), KindTarget),
		spec[targetPlan]("target.plan", "Write the plan for a target", "Approach, RV and custody suite for the target pack.", anyone(), KindTarget),
	}
}

type operationCreate struct {
	Name string   `do:"name" label:"Name" opts:"need"`
	From day.Date `do:"from" label:"First day" opts:"need"`
	To   day.Date `do:"to" label:"Last day" opts:"need"`
	Aim  string   `do:"aim" label:"Aim" opts:"long"`
	Lead Ref      `do:"lead" label:"Lead" kinds:"O" default:"me"`
	Unit Unit     `do:"unit" label:"Unit" opts:"fold" help:"Empty: all twelve units"`
}

func (a *operationCreate) Apply(c *Change) error {
	lead := a.Lead
	if lead == "" {
		lead = c.By.Ref
	}
	if _, err := workingOfficer(c, "lead", lead); err != nil {
		return err
	}
	return c.Put(&Operation{Name: a.Name, Aim: a.Aim, Lead: lead, From: a.From, To: a.To, Unit: a.Unit})
}

// targetReviewDays is how long a target may stand on a list before it is looked at again, unless another date is
// given. Local policy.
const targetReviewDays = 28

type targetAdd struct {
	Operation Ref             `do:"operation" label:"Operation" kinds:"OP" opts:"need"`
	Person    Ref             `do:"person" label:"Person" kinds:"P"`
	Wanted    Ref             `do:"wanted" label:"Wanted line" kinds:"W" opts:"fold"`
	Reason    string          `do:"reason" label:"Reason" opts:"need,long" help:"Why this person stands on the list"`
	ReviewBy  day.Date        `do:"review_by" label:"Review by" default:"today+28"`
	Unit      Unit            `do:"unit" label:"Unit" help:"Empty: the unit that owns the wanted line or the person"`
	Officers  []Ref           `do:"officers" label:"Officers" kinds:"O" opts:"fold"`
	Plan      string          `do:"plan" label:"Plan" opts:"fold,long"`
	Decision  ListingDecision `do:"decision" label:"Who does what" opts:"fold" help:"When another unit has an interest in the person"`
	With      Unit            `do:"with" label:"With unit" opts:"fold"`
	Contact   Ref             `do:"contact" label:"Agreed with" kinds:"O" opts:"fold" help:"Enter the officer of the other unit, such as O-0012"`
	Agreed    string          `do:"agreed" label:"What was agreed" opts:"fold,long"`
	Score     int             `do:"score" label:"Score seen" opts:"fold" help:"Enter the points of the proposal you looked at"`
	Rank      int             `do:"rank" label:"Rank seen" opts:"fold" help:"Enter the rank of the proposal you looked at"`
	Override  string          `do:"override" label:"Why not as proposed" opts:"fold,long" help:"When the person was not proposed, or ranked lower than another who was left out"`
}

func (a *targetAdd) Apply(c *Change) error {
	if a.Person == "" && a.Wanted == "" {
		return Refuse("person", "a target is a person", "Give the person or their wanted line")
	}
	op, err := Load[*Operation](c, "operation", a.Operation)
	if err != nil {
		return err
	}
	if op.State(day.On(c.Now)).Over() {
		return Refuse("operation", op.Name+" ended on "+op.lastDay().Long(), "Create a new operation")
	}
	s, err := findSought(c, a.Person, a.Wanted, "")
	if err != nil {
		return err
	}
	if err := notOnList(c, op, s.person); err != nil {
		return err
	}
	if err := workingOfficers(c, "officers", a.Officers...); err != nil {
		return err
	}
	if err := c.safeguarded(a.asks(), s.person.Ref); err != nil {
		return err
	}
	t := &Target{
		Operation: op.Ref, Person: s.person.Ref, Unit: firstUnit(a.Unit, s.person.OwnerUnit, c.By.Unit), State: TargetLive, Reason: a.Reason,
		AddedBy: c.By.Ref, Added: c.Now, ReviewBy: firstDay(a.ReviewBy, day.On(c.Now).AddDays(targetReviewDays)), Officers: a.Officers, Plan: a.Plan,
		Override: a.Override,
	}
	if a.Score > 0 || a.Rank > 0 {
		t.Score, t.Rank, t.AsOf = a.Score, a.Rank, day.On(c.Now)
	}
	if s.line != nil {
		t.Wanted, t.Unit = s.line.Ref, firstUnit(a.Unit, s.line.Unit)
	}
	if t.ReviewBy <= day.On(c.Now) {
		return Refuse("review_by", "the review comes after today", "Enter a later date")
	}
	if err := a.deconflict(c, t); err != nil {
		return err
	}
	if len(t.Officers) > 0 {
		if err := deconflicted(c, t); err != nil {
			return err
		}
	}
	return c.Put(t)
}

// deconflict records what was said of another unit's interest as the person was listed.
func (a *targetAdd) deconflict(c *Change, t *Target) error {
	if a.Decision == "" {
		if a.With != "" || a.Contact != "" || a.Agreed != "" {
			return Refuse("decision", "another unit is named, and not who does what", "Choose the decision, or leave the unit, the officer and what was agreed empty")
		}
		return nil
	}
	return t.deconflict(c, Deconfliction{Decision: DeconflictDecision(a.Decision), With: a.With, Contact: a.Contact, Note: a.Agreed})
}

// asks is the action whose safeguards apply: a person listed with officers is assigned to them.
func (a *targetAdd) asks() string {
	if len(a.Officers) > 0 {
		return "target.assign"
	}
	return "target.add"
}

func notOnList(c *Change, op *Operation, p *Person) error {
	targets, err := linked[*Target](c, p.Ref, KindTarget)
	if err != nil {
		return err
	}
	for _, t := range targets {
		if t.Operation == op.Ref && t.State == TargetLive {
			return Refuse("person", p.Name()+" is already on the list of "+op.Name+" as "+string(t.Ref), "Work that target")
		}
	}
	return nil
}

type targetRemove struct {
	Target Ref        `do:"target" label:"Target" kinds:"TG" opts:"need"`
	Exit   TargetExit `do:"exit" label:"Exit" opts:"need"`
	Reason string     `do:"reason" label:"Reason" opts:"need,long"`
}

func (a *targetRemove) Apply(c *Change) error {
	t, err := liveTargetNamed(c, a.Target)
	if err != nil {
		return err
	}
	if err := exitIsTrue(c, t, TargetState(a.Exit)); err != nil {
		return err
	}
	t.State, t.Ended, t.EndReason = TargetState(a.Exit), c.Now, a.Reason
	if c.By.Supervises() {
		t.Supervisor = c.By.Ref
	}
	c.Reason = a.Reason
	if err := answered(c, t.Ref, string(t.State)+": "+a.Reason); err != nil {
		return err
	}
	if err := c.Put(t); err != nil {
		return err
	}
	return recallPapers(c, t)
}

func liveTargetNamed(c *Change, ref Ref) (*Target, error) {
	t, err := Load[*Target](c, "target", ref)
	if err != nil {
		return nil, err
	}
	if t.State != TargetLive {
		return nil, Refuse("target", string(t.Ref)+" left the list on "+day.On(t.Ended).Long()+" as "+string(t.State), "Add the person again if they belong on it")
	}
	return t, nil
}

// exitIsTrue holds an exit to the record: arrested needs an arrest since the person was listed, circulated a
// circulated wanted line, and elimination a supervisor.
func exitIsTrue(c *Change, t *Target, exit TargetState) error {
	switch exit {
	case TargetArrested:
		arrests, err := linked[*Arrest](c, t.Person, KindArrest)
		if err != nil || slices.ContainsFunc(arrests, func(k *Arrest) bool { return !k.At.Before(t.Added) }) {
			return err
		}
		return Refuse("exit", "no arrest is recorded since "+string(t.Ref)+" was listed", "Record the arrest; that takes the target off the list")
	case TargetCirculated:
		lines, err := linked[*Wanted](c, t.Person, KindWanted)
		if err != nil || slices.ContainsFunc(lines, circulatedLine) {
			return err
		}
		return Refuse("exit", "the person is not circulated as wanted", "Circulate the wanted line first")
	case TargetEliminated:
		if !c.By.Supervises() {
			return &Problem{Code: Denied, Field: "exit", Rule: "elimination takes a supervisor", Do: "Ask a sergeant or the lead; you are " + c.By.Call()}
		}
	case TargetWithdrawn, TargetDied, TargetLive:
	}
	return nil
}

type targetAssign struct {
	Target   Ref   `do:"target" label:"Target" kinds:"TG" opts:"need"`
	Officers []Ref `do:"officers" label:"Officers" kinds:"O" opts:"need"`
}

func (a *targetAssign) Apply(c *Change) error {
	t, err := liveTargetNamed(c, a.Target)
	if err != nil {
		return err
	}
	if err := workingOfficers(c, "officers", a.Officers...); err != nil {
		return err
	}
	if err := deconflicted(c, t); err != nil {
		return err
	}
	if err := c.safeguarded("target.assign", t.Person); err != nil {
		return err
	}
	was := t.Officers
	t.Officers = a.Officers
	if err := apartFromOrder(c, t, was); err != nil {
		return err
	}
	return c.Put(t)
}

type targetPlan struct {
	Target Ref    `do:"target" label:"Target" kinds:"TG" opts:"need"`
	Plan   string `do:"plan" label:"Plan" opts:"need,long"`
}

func (a *targetPlan) Apply(c *Change) error {
	t, err := liveTargetNamed(c, a.Target)
	if err != nil {
		return err
	}
	t.Plan = a.Plan
	return c.Put(t)
}
