package model

import (
	"time"

	"pou/model/day"
)

func breachActions() []Spec {
	return []Spec{
		spec[breachReport]("breach.report", "Report a potential breach", "Records an event that may breach a condition of an order. It stays potential until an officer decides.",
			append(anyone(), RoleSTAC), KindOrder),
		spec[breachDecide]("breach.decide", "Decide a breach", "Records an officer's decision on a potential breach, with the reason.", orderKeepers(), KindBreach),
	}
}

type breachReport struct {
	Order     Ref       `do:"order" label:"Order" kinds:"R" opts:"need"`
	Condition int       `do:"condition" label:"Condition" opts:"need" help:"Enter the number of the condition it would breach"`
	What      string    `do:"what" label:"What happened" opts:"need,long"`
	At        time.Time `do:"at" label:"When" default:"now"`
	Source    string    `do:"source" label:"Reported by" help:"Victim-survivor, check, intelligence, another force ..."`
	Report    string    `do:"report" label:"Crime report" opts:"fold"`
	Unit      Unit      `do:"unit" label:"Unit" opts:"fold"`
	Owner     Ref       `do:"owner" label:"Owner" kinds:"O" opts:"fold"`
}

func (a *breachReport) Apply(c *Change) error {
	o, err := Load[*Order](c, "order", a.Order)
	if err != nil {
		return err
	}
	cond, ok := o.Condition(a.Condition)
	if !ok {
		return Refuse("condition", string(o.Ref)+" has no condition "+itoa(a.Condition), "Its conditions are numbered 1 to "+itoa(len(o.Conditions)))
	}
	if err := workingOfficers(c, "owner", a.Owner); err != nil {
		return err
	}
	at := orNow(a.At, c)
	if err := inForce(o, cond, day.On(at)); err != nil {
		return err
	}
	b := &Breach{
		Order: o.Ref, Person: o.Person, Type: o.Type, Condition: cond.No, Unit: firstUnit(a.Unit, o.Unit, c.By.Unit), What: a.What,
		At: at, Reported: c.Now, Source: a.Source, State: BreachReported, Owner: a.Owner, Report: a.Report,
	}
	if b.Owner == "" {
		b.Owner = o.Monitor
	}
	if err := c.Put(b); err != nil {
		return err
	}
	o.Breaches++
	return c.Put(o)
}

// inForce refuses an event outside the life of the order or of the condition: it may be an offence, but not a breach.
func inForce(o *Order, cond Condition, on day.Date) error {
	const do = "Check the day; if it is right, this is not a breach of this condition"
	switch {
	case on < o.Made:
		return Refuse("at", string(o.Ref)+" was made on "+o.Made.Long()+", after the event", do)
	case o.End != "" && on > o.Ended:
		return Refuse("at", string(o.Ref)+" was "+string(o.End)+" on "+o.Ended.Long(), do)
	case !o.Until.IsZero() && on > o.Until:
		return Refuse("at", string(o.Ref)+" ended on "+o.Until.Long(), do)
	case !cond.Until.IsZero() && on > cond.Until:
		return Refuse("at", "condition "+itoa(cond.No)+" ended on "+cond.Until.Long(), do)
	}
	return nil
}

type breachDecide struct {
	Breach   Ref            `do:"breach" label:"Breach" kinds:"B" opts:"need"`
	Decision BreachDecision `do:"decision" label:"Decision" opts:"need"`
	Reason   string         `do:"reason" label:"Reason" opts:"need,long"`
	Excuse   string         `do:"excuse" label:"Reasonable excuse" opts:"long" help:"What was offered or ruled out; needed to find it substantiated"`
	Want     bool           `do:"want" label:"Mark as wanted" help:"Opens a wanted line for the breach: yes or no"`
}

func (a *breachDecide) Apply(c *Change) error {
	b, err := Load[*Breach](c, "breach", a.Breach)
	if err != nil {
		return err
	}
	o, err := Load[*Order](c, "order", b.Order)
	if err != nil {
		return err
	}
	to := BreachState(a.Decision)
	if to == BreachSubstantiated {
		if err := canSubstantiate(o, b, a.Excuse); err != nil {
			return err
		}
	}
	if err := b.move(to); err != nil {
		return err
	}
	b.Reason, b.DecidedBy, b.DecidedAt = a.Reason, c.By.Ref, c.Now
	if a.Excuse != "" {
		b.Excuse = a.Excuse
	}
	c.Reason = a.Reason
	if err := c.Put(b); err != nil {
		return err
	}
	if !a.Want {
		return nil
	}
	return wantFor(c, o, b)
}

// canSubstantiate holds a decision to what the offence needs: an order the subject was served with, and no reasonable
// excuse (SPA 2019 s.8; Sentencing Act 2020 s.363; PHA 1997 s.5A).
func canSubstantiate(o *Order, b *Breach, excuse string) error {
	switch {
	case o.Type.IsSPO() && (o.Served.IsZero() || b.At.Before(o.Served)):
		return Refuse("decision", string(o.Ref)+" had not been served when it happened", "Record service if it was served before, or decide need more")
	case excuse == "" && b.Excuse == "":
		return Refuse("excuse", "a breach is an offence only without reasonable excuse ("+o.Type.BreachOffence().Row().Statute+")",
			"Say what excuse was offered or ruled out")
	}
	return nil
}

func wantFor(c *Change, o *Order, b *Breach) error {
	if b.State != BreachSubstantiated {
		return Refuse("want", "only a substantiated breach makes a person wanted", "Leave it out, or decide substantiated")
	}
	w := &Wanted{
		Person: b.Person, Unit: b.Unit, State: NotCirculated, Offences: []OffenceCode{o.Type.BreachOffence()}, Grade: "A",
		Since: c.Now, LastAct: day.On(b.At), Officer: b.Owner, Breach: b.Ref, Report: b.Report, Note: b.What,
	}
	if err := noOtherLine(c, w); err != nil {
		return err
	}
	return c.Put(w)
}
