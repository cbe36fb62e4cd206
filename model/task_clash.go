package model

import "slices"

// deconflicted refuses to send an officer on an arrest enquiry while another unit has the same person on a list or wants
// them and nothing is recorded of who does what: on the task, or on a target of the unit's own. A task of nobody sends
// nobody.
func (t *Task) deconflicted(c *Change, field string) error {
	if !t.sends() || t.Person == "" || t.Assignee == "" {
		return nil
	}
	own := slices.Clone(t.Deconflictions)
	targets, err := linked[*Target](c, t.Person, KindTarget)
	if err != nil {
		return err
	}
	for _, g := range targets {
		if g.State == TargetLive && g.Unit == t.Unit {
			own = append(own, g.Deconflictions...)
		}
	}
	slices.SortStableFunc(own, func(a, b Deconfliction) int { return a.At.Compare(b.At) })
	what := "the enquiry"
	if t.Ref != "" {
		what = string(t.Ref)
	}
	return whoGoes{
		person: t.Person, unit: t.Unit, what: what, own: own, field: field,
		record: "record the decision: in the task as it is added (decision, with, contact), with task.deconflict or, for your unit's target, with target.deconflict",
		drop:   "Leave it to them, or record another decision with task.deconflict",
	}.check(c)
}

// deconflict records what was said of another unit's interest as the enquiry was given.
func (a *taskAdd) deconflict(c *Change, t *Task) error {
	switch {
	case a.Decision == "" && (a.With != "" || a.Contact != "" || a.Agreed != ""):
		return Refuse("decision", "another unit is named, and not who does what", "Choose the decision, or leave the unit, the officer and what was agreed empty")
	case a.Decision == "":
		return nil
	}
	return t.agree(c, "decision", Deconfliction{Decision: DeconflictDecision(a.Decision), With: a.With, Contact: a.Contact, Note: a.Agreed})
}

// agree adds a decision taken with another unit to an arrest enquiry.
func (t *Task) agree(c *Change, field string, d Deconfliction) error {
	if !t.sends() {
		return Refuse(field, "only an arrest enquiry is deconflicted", "Leave the decision out")
	}
	if err := d.check(c, t.Unit, "task"); err != nil {
		return err
	}
	d.By, d.At = c.By.Ref, c.Now
	t.Deconflictions = append(t.Deconflictions, d)
	return nil
}

type taskDeconflict struct {
	Task     Ref                `do:"task" label:"Task" kinds:"T" opts:"need"`
	Decision DeconflictDecision `do:"decision" label:"Decision" opts:"need"`
	With     Unit               `do:"with" label:"With unit" opts:"need"`
	Contact  Ref                `do:"contact" label:"Agreed with" kinds:"O" opts:"need" help:"Enter the officer of the other unit, such as O-0012"`
	Note     string             `do:"note" label:"Note" opts:"long"`
}

func (a *taskDeconflict) Apply(c *Change) error {
	t, err := liveTask(c, a.Task)
	if err != nil {
		return err
	}
	if err := t.agree(c, "task", Deconfliction{Decision: a.Decision, With: a.With, Contact: a.Contact, Note: a.Note}); err != nil {
		return err
	}
	return c.Put(t)
}
