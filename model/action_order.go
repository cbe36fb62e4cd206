package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

func orderActions() []Spec {
	return []Spec{
		spec[orderAdd]("order.add", "Add an order", "Puts a restraining order or SPO on record with its conditions.", anyone(), KindPerson),
		spec[orderServe]("order.serve", "Record service", "Records that an order was served, which starts its clocks.", anyone(), KindOrder),
		spec[orderNotify]("order.notify", "Record a notification", "Records the subject's initial notification of names and home address.", anyone(), KindOrder),
		spec[orderExpiry]("order.expiry", "Decide an order's end", "Records what became of an order whose last day is near or past: renewed, varied, or let lapse.",
			orderKeepers(), KindOrder),
		spec[orderEnd]("order.discharge", "Record a discharge", "Records that a court discharged an order.", orderKeepers(), KindOrder),
	}
}

type orderAdd struct {
	Person     Ref       `do:"person" label:"Subject" kinds:"P" opts:"need"`
	Type       OrderType `do:"type" label:"Type" opts:"need"`
	Made       day.Date  `do:"made" label:"Made on" opts:"need"`
	Until      day.Date  `do:"until" label:"Last day" help:"Empty: until further order"`
	Court      string    `do:"court" label:"Court"`
	Conditions []string  `do:"conditions" label:"Conditions" opts:"need,long" help:"One on each line, in the words of the order; begin a requirement with \"Must\""`
	Served     time.Time `do:"served" label:"Served" opts:"fold"`
	ServedHow  string    `do:"served_how" label:"Served how" opts:"fold"`
	Monitor    Ref       `do:"monitor" label:"Monitoring officer" kinds:"O"`
	Unit       Unit      `do:"unit" label:"Unit" default:"unit"`
	Replaces   Ref       `do:"replaces" label:"Replaces interim" kinds:"R" opts:"fold"`
	Protects   string    `do:"protects" label:"Protects" opts:"fold,hide" help:"Kept on need-to-know and never listed"`
	Note       string    `do:"note" label:"Note" opts:"fold,long"`
}

func (a *orderAdd) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	if a.Made > day.On(c.Now) {
		return Refuse("made", "an order cannot have been made in the future", "Enter the day the court made it")
	}
	o := &Order{
		Person: p.Ref, Type: a.Type, Unit: firstUnit(a.Unit, p.OwnerUnit, c.By.Unit), Court: a.Court, Made: a.Made, Until: a.Until,
		Served: a.Served, ServedHow: a.ServedHow, Monitor: a.Monitor, Replaces: a.Replaces, Protected: a.Protects, Note: a.Note,
	}
	for i, text := range a.Conditions {
		o.Conditions = append(o.Conditions, Condition{No: i + 1, Text: text, Requirement: isRequirement(text)})
	}
	if err := workingOfficers(c, "monitor", a.Monitor); err != nil {
		return err
	}
	if !o.Served.IsZero() {
		o.ServedBy = c.By.Ref
		if o.Served.After(c.Now) {
			return Refuse("served", "an order cannot have been served later than now", "Enter the time it was served")
		}
	}
	if err := c.Put(o); err != nil {
		return err
	}
	return supersede(c, o)
}

// isRequirement reads a condition by its first words: orders say "Must ..." for what the subject has to do.
func isRequirement(text string) bool {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 || (words[0] != "must" && words[0] != "to") {
		return false
	}
	return len(words) == 1 || !slices.Contains([]string{"not", "never", "refrain"}, words[1])
}

// supersede ends the interim order a full order replaces: it dies with the determination of the main application
// (SPA 2019 s.5).
func supersede(c *Change, o *Order) error {
	if o.Replaces == "" {
		return nil
	}
	old, err := Load[*Order](c, "replaces", o.Replaces)
	if err != nil {
		return err
	}
	if !o.Type.IsSPO() {
		return Refuse("replaces", "only a stalking protection order replaces an interim SPO (SPA 2019 s.5)", "Leave it empty, and discharge the interim order if the court did")
	}
	if old.Type != InterimSPO || old.Person != o.Person {
		return Refuse("replaces", string(old.Ref)+" is not an interim SPO against the same person", "Name the interim order, or leave it empty")
	}
	if old.End != "" { // how it ended stands
		return nil
	}
	old.End, old.Ended = Superseded, o.Made
	return c.Put(old)
}

type orderServe struct {
	Order Ref       `do:"order" label:"Order" kinds:"R" opts:"need"`
	At    time.Time `do:"at" label:"Served at" default:"now"`
	How   string    `do:"how" label:"How" opts:"need" help:"In person, where, and that the terms were explained"`
}

func (a *orderServe) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	if !o.Served.IsZero() {
		return Refuse("order", string(o.Ref)+" was served on "+day.On(o.Served).Long(), "Undo that service if it was wrong")
	}
	at := orNow(a.At, c)
	if err := notLater(at, c); err != nil {
		return err
	}
	o.Served, o.ServedHow, o.ServedBy = at, a.How, c.By.Ref
	return c.Put(o)
}

func liveOrder(c *Change, ref Ref) (*Order, error) {
	o, err := Load[*Order](c, "order", ref)
	if err != nil {
		return nil, err
	}
	if o.End != "" {
		return nil, Refuse("order", string(o.Ref)+" was "+string(o.End)+" on "+o.Ended.Long(), "Look for the order that took its place")
	}
	return o, nil
}

type orderNotify struct {
	Order Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Day   day.Date `do:"day" label:"Notified on" default:"today"`
}

func (a *orderNotify) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	on := firstDay(a.Day, day.On(c.Now))
	switch {
	case !o.Type.IsSPO():
		return Refuse("order", "only a stalking protection order carries a duty to notify (SPA 2019 s.9)", "Nothing needs recording")
	case o.Served.IsZero():
		return Refuse("order", "the duty to notify begins with service, which is not recorded", "Record service first")
	case on > day.On(c.Now) || on < day.On(o.Served):
		return Refuse("day", "a notification comes after service and not in the future", "Enter the day it was given")
	}
	o.Notified = on
	return c.Put(o)
}

// ExpiryDecision is what becomes of an order at its last day.
type ExpiryDecision string

// The decisions; renewing and varying take the new last day.
const (
	ExpiryRenewed ExpiryDecision = "renewed"
	ExpiryVaried  ExpiryDecision = "varied"
	ExpiryLapsed  ExpiryDecision = "lapsed"
)

// Choices lists the decisions for a form.
func (ExpiryDecision) Choices() []Choice {
	return []Choice{
		{string(ExpiryRenewed), "renewed by the court", "r"},
		{string(ExpiryVaried), "varied by the court", "v"},
		{string(ExpiryLapsed), "let lapse", "l"},
	}
}

type orderExpiry struct {
	Order    Ref            `do:"order" label:"Order" kinds:"R" opts:"need"`
	Decision ExpiryDecision `do:"decision" label:"Decision" opts:"need"`
	Until    day.Date       `do:"until" label:"New last day" help:"Needed when it was renewed or varied"`
	Reason   string         `do:"reason" label:"Reason" opts:"need,long"`
}

func (a *orderExpiry) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	c.Reason = a.Reason
	if a.Decision == ExpiryLapsed {
		if o.Until.IsZero() || o.Until >= day.On(c.Now) {
			return Refuse("decision", string(o.Ref)+" has not reached its last day", "Until then it binds; record the decision on the day, or a discharge by the court")
		}
		o.End, o.Ended = Lapsed, o.Until
		return c.Put(o)
	}
	if a.Until <= o.Until || a.Until <= day.On(c.Now) {
		return Refuse("until", "an order that is "+string(a.Decision)+" runs past "+o.Until.Long()+" and today", "Enter the new last day from the court's order")
	}
	o.Until = a.Until
	return c.Put(o)
}

type orderEnd struct {
	Order  Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Day    day.Date `do:"day" label:"Discharged on" default:"today"`
	Reason string   `do:"reason" label:"Court and reason" opts:"need"`
}

func (a *orderEnd) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	on := firstDay(a.Day, day.On(c.Now))
	if on > day.On(c.Now) || on < o.Made {
		return Refuse("day", "an order is discharged after it is made and not in the future", "Enter the day of the court's decision")
	}
	o.End, o.Ended = Discharged, on
	c.Reason = a.Reason
	return c.Put(o)
}
