package model

import (
	"slices"

	"pou/model/day"
)

func stacActions() []Spec {
	stac := []Role{RoleSTAC}
	return []Spec{
		spec[stacRefer]("stac.refer", "Refer to S-TAC", "Sends a stalking case to S-TAC: why, on what lawful basis, and what is asked.",
			append(anyone(), RoleSTAC), KindCase, KindScreening, KindOrder, KindPerson),
		spec[stacDecide]("stac.decide", "Answer a referral", "Says for S-TAC whether a referral is accepted or declined, and why.", stac, KindReferral),
		spec[stacAdvise]("stac.advise", "Give S-TAC's advice", "Records advice from S-TAC on a referral it accepted. Advice given before stays.", stac, KindReferral),
		spec[stacAction]("stac.action", "Set an action for a referral", "Gives an officer something to do for a referral, as a task of its own with a day.", stac, KindReferral),
		spec[stacRestrict]("stac.restrict", "Restrict a referral", "Marks a referral as restricted, or lifts that, with the reason.", stac, KindReferral),
		spec[stacClose]("stac.close", "Close a referral", "Ends S-TAC's part in a case, and says what came of it.", stac, KindReferral),
	}
}

type stacRefer struct {
	Reason    string       `do:"reason" label:"Why" opts:"need,long" help:"Say what makes it one for S-TAC, without a victim-survivor's name"`
	Basis     SharingBasis `do:"basis" label:"Lawful basis" opts:"need"`
	Ask       []STACAsk    `do:"ask" label:"What is asked" opts:"need"`
	Priority  Priority     `do:"priority" label:"Priority" default:"routine"`
	Victim    string       `do:"victim" label:"About the victim-survivor" opts:"long,fold,hide" help:"What S-TAC must know; need-to-know"`
	Unit      Unit         `do:"unit" label:"Unit" opts:"fold"`
	Case      Ref          `do:"case" label:"Case" kinds:"C" opts:"fold"`
	Screening Ref          `do:"screening" label:"Screening" kinds:"SC" opts:"fold"`
	Order     Ref          `do:"order" label:"Order" kinds:"R" opts:"fold"`
	Person    Ref          `do:"person" label:"Suspect" kinds:"P" opts:"fold"`
}

func (a *stacRefer) Apply(c *Change) error {
	r := &Referral{
		Case: a.Case, Person: a.Person, Screening: a.Screening, Order: a.Order, Unit: a.Unit, Reason: a.Reason, Basis: a.Basis, Priority: a.Priority,
		By: c.By.Ref, At: c.Now, State: STACReferred, Victim: a.Victim,
	}
	for _, ask := range a.Ask {
		if !slices.Contains(r.Ask, ask) {
			r.Ask = append(r.Ask, ask)
		}
	}
	if err := r.about(c); err != nil {
		return err
	}
	if err := r.once(c); err != nil {
		return err
	}
	if err := c.Put(r); err != nil {
		return err
	}
	if r.Case == "" {
		return nil
	}
	k, err := Load[*Case](c, "case", r.Case)
	if err != nil {
		return err
	}
	if k.State == CaseClosed { // nothing of it runs any more
		return nil
	}
	k.Referral = r.Ref
	return c.Put(k)
}

// about fills in case, person and unit from the records the referral names.
func (r *Referral) about(c *Change) error {
	if r.Screening != "" {
		s, err := Load[*Screening](c, "screening", r.Screening)
		if err != nil {
			return err
		}
		if (r.Case != "" && s.Case != "" && r.Case != s.Case) || (r.Person != "" && s.Person != "" && r.Person != s.Person) {
			return Refuse("screening", string(s.Ref)+" is about something else", "Leave the screening out, or name its own case and person")
		}
		r.Case, r.Person, r.Unit = firstRef(r.Case, s.Case), firstRef(r.Person, s.Person), firstUnit(r.Unit, s.Unit)
	}
	if r.Order != "" {
		o, err := Load[*Order](c, "order", r.Order)
		if err != nil {
			return err
		}
		if err := samePerson("order", o, r.Person); err != nil {
			return err
		}
		r.Person, r.Unit = o.Person, firstUnit(r.Unit, o.Unit)
	}
	if r.Case != "" {
		k, err := Load[*Case](c, "case", r.Case) // a closed one too: there is work after a conviction
		if err != nil {
			return err
		}
		if all := k.accusedRefs(); r.Person == "" && len(all) == 1 {
			r.Person = all[0]
		}
		if r.Person != "" && !accused(k, r.Person) {
			return Refuse("person", string(r.Person)+" is no suspect in "+string(k.Ref), "Leave the person out, or name one who is")
		}
		r.Unit = firstUnit(r.Unit, k.Unit)
	}
	if r.Person != "" {
		p, err := Load[*Person](c, "person", r.Person)
		if err != nil {
			return err
		}
		r.Unit = firstUnit(r.Unit, p.OwnerUnit)
	}
	r.Unit = firstUnit(r.Unit, c.By.Unit)
	return nil
}

func firstRef(refs ...Ref) Ref { return first(links(refs...)) }

// once refuses a second referral of the same thing while the first one runs.
func (r *Referral) once(c *Change) error {
	about := firstRef(r.Case, r.Person)
	if about == "" {
		return nil // Check says what is missing
	}
	all, err := linked[*Referral](c, about, KindReferral)
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.State.Live() && e.Case == r.Case && e.Person == r.Person {
			return Refuse("case", "S-TAC has this already: "+string(e.Ref)+" is "+string(e.State), "Tell S-TAC what is new, or wait for its answer")
		}
	}
	return nil
}

func liveReferral(c *Change, ref Ref, in ...ReferralState) (*Referral, error) {
	r, err := Load[*Referral](c, "referral", ref)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(in, r.State) {
		words := make([]Choice, len(in))
		for i, s := range in {
			words[i].Value = string(s)
		}
		return nil, Refuse("referral", string(r.Ref)+" is "+string(r.State), "This is for a referral that is "+valuesOf(words)+"; undo what was wrong, or refer again")
	}
	return r, nil
}

// STACDecision is S-TAC's answer to a referral.
type STACDecision string

// Choices lists the answers.
func (STACDecision) Choices() []Choice {
	return []Choice{{"accepted", "accept", "a"}, {"declined", "decline", "d"}}
}

type stacDecide struct {
	Referral Ref          `do:"referral" label:"Referral" kinds:"ST" opts:"need"`
	Decision STACDecision `do:"decision" label:"Decision" opts:"need"`
	Reason   string       `do:"reason" label:"Reason" opts:"long" help:"Needed to decline"`
	Owner    Ref          `do:"owner" label:"Owner at S-TAC" kinds:"O" opts:"fold" help:"Empty: you"`
}

func (a *stacDecide) Apply(c *Change) error {
	r, err := liveReferral(c, a.Referral, STACReferred)
	if err != nil {
		return err
	}
	if err := workingOfficers(c, "owner", a.Owner); err != nil {
		return err
	}
	r.State, r.Decision, r.DecidedBy, r.DecidedAt, r.Owner = ReferralState(a.Decision), a.Reason, c.By.Ref, c.Now, firstRef(a.Owner, c.By.Ref)
	if r.State == STACDeclined {
		r.Ended = c.Now
	}
	c.Reason = a.Reason
	return c.Put(r)
}

type stacAdvise struct {
	Referral Ref    `do:"referral" label:"Referral" kinds:"ST" opts:"need"`
	Advice   string `do:"advice" label:"Advice" opts:"need,long" help:"Write it for the officer in the case, without a victim-survivor's name"`
}

func (a *stacAdvise) Apply(c *Change) error {
	r, err := liveReferral(c, a.Referral, STACAccepted, STACAdvised)
	if err != nil {
		return err
	}
	r.State = STACAdvised
	r.Advice = append(slices.Clone(r.Advice), STACAdvice{At: c.Now, By: c.By.Ref, Text: a.Advice})
	return c.Put(r)
}

type stacAction struct {
	Referral Ref      `do:"referral" label:"Referral" kinds:"ST" opts:"need"`
	Title    string   `do:"title" label:"What is to be done" opts:"need"`
	Assign   Ref      `do:"assign" label:"Owner" kinds:"O" opts:"need"`
	Due      day.Date `do:"due" label:"Due" opts:"need" default:"today+7"`
	Priority Priority `do:"priority" label:"Priority" default:"routine"`
	Note     string   `do:"note" label:"Note" opts:"long"`
}

func (a *stacAction) Apply(c *Change) error {
	r, err := liveReferral(c, a.Referral, STACAccepted, STACAdvised)
	if err != nil {
		return err
	}
	if _, err := workingOfficer(c, "assign", a.Assign); err != nil {
		return err
	}
	if a.Due < day.On(c.Now) {
		return notBeforeToday(c)
	}
	return c.Put(&Task{
		Title: a.Title, Kind: "other", Person: r.Person, About: r.Ref, Unit: r.Unit, Assignee: a.Assign, By: c.By.Ref, Added: c.Now, Due: a.Due,
		Priority: a.Priority, State: TaskOpen, Note: a.Note,
	})
}

type stacRestrict struct {
	Referral Ref    `do:"referral" label:"Referral" kinds:"ST" opts:"need"`
	Lift     bool   `do:"lift" label:"Lift the restriction" opts:"fold"`
	Reason   string `do:"reason" label:"Reason" opts:"need,long" help:"Say why, without what is to be kept back"`
}

func (a *stacRestrict) Apply(c *Change) error {
	r, err := Load[*Referral](c, "referral", a.Referral)
	if err != nil {
		return err
	}
	switch {
	case a.Lift && !r.Restricted:
		return Refuse("lift", string(r.Ref)+" is not restricted", "Nothing needs lifting")
	case a.Lift:
		r.Restricted, r.Limits = false, ""
	default:
		r.Restricted, r.Limits = true, a.Reason
	}
	c.Reason = a.Reason
	return c.Put(r)
}

type stacClose struct {
	Referral Ref    `do:"referral" label:"Referral" kinds:"ST" opts:"need"`
	Outcome  string `do:"outcome" label:"What came of it" opts:"need,long"`
}

func (a *stacClose) Apply(c *Change) error {
	r, err := liveReferral(c, a.Referral, STACAccepted, STACAdvised)
	if err != nil {
		return err
	}
	tasks, err := linked[*Task](c, r.Ref, KindTask)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.State.Live() {
			return Refuse("referral", string(t.Ref)+" is still to be done: "+t.Title, "Complete it with task.done or cancel it with task.cancel, then close the referral")
		}
	}
	r.State, r.Ended, r.Outcome = STACClosed, c.Now, a.Outcome
	return c.Put(r)
}
