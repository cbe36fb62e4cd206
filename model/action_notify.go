package model

import (
	"slices"
	"strings"

	"pou/model/day"
)

type orderNotify struct {
	Order    Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Day      day.Date `do:"day" label:"Notified on" default:"today"`
	Where    string   `do:"where" label:"Police station" help:"In person, at a station in the local police area (SPA 2019 s.10)"`
	Ack      bool     `do:"ack" label:"Acknowledged" help:"Whether it was acknowledged in writing, as s.10 asks: yes or no"`
	Verified bool     `do:"verified" label:"Prints or photo" help:"Whether fingerprints or a photograph were taken to verify identity (s.10): yes or no"`
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
	case o.notifyStart().IsZero():
		return Refuse("order", "the duty to notify begins with service, which is not recorded", "Record service first")
	case on > day.On(c.Now) || on < day.On(o.notifyStart()):
		return Refuse("day", "a notification comes after service and not in the future", "Enter the day it was given")
	}
	o.Notified, o.NotifiedWhere, o.NotifiedAck, o.Verified = on, a.Where, a.Ack, a.Verified
	return c.Put(o)
}

type orderChange struct {
	Order    Ref            `do:"order" label:"Order" kinds:"R" opts:"need"`
	What     NotifiableWhat `do:"what" label:"What changed" opts:"need"`
	Text     string         `do:"text" label:"Name or address" opts:"need" help:"Home: the sole or main residence, or else where the subject can regularly be found (SPA 2019 s.9(8), check)"`
	Day      day.Date       `do:"day" label:"Since" opts:"need" help:"The first day the name was used, or of the new home"`
	Notified day.Date       `do:"notified" label:"Notified on" help:"Empty: the subject has not told"`
	Found    string         `do:"found" label:"How found" help:"How it came to light, when the subject did not tell"`
}

func (a *orderChange) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	if err := a.refuse(c, o); err != nil {
		return err
	}
	o.Changes = append(o.Changes, Notifiable{What: a.What, Text: a.Text, Day: a.Day, Notified: a.Notified, Found: a.Found})
	if err := c.Put(o); err != nil {
		return err
	}
	return a.learn(c, o)
}

func (a *orderChange) refuse(c *Change, o *Order) error {
	today := day.On(c.Now)
	switch {
	case !o.Type.IsSPO():
		return Refuse("order", "only a stalking protection order has changes notified (SPA 2019 s.9)", "Add the name or the address to the person instead")
	case a.Day > today:
		return Refuse("day", "a change is recorded once it has happened", "Enter the first day, or wait: it may be notified before the move (SPA 2019 s.10)")
	case a.Notified > today:
		return Refuse("notified", "a notification cannot have been given in the future", "Enter the day it was given")
	case a.Notified.IsZero() && a.Found == "":
		return Refuse("found", "a change the subject did not notify came to light somehow", "Say how, or enter the day it was notified")
	case slices.ContainsFunc(o.Changes, func(n Notifiable) bool {
		return n.What == a.What && strings.EqualFold(n.Text, a.Text) && n.Day == a.Day
	}):
		return Refuse("text", "this change is on record already", "Record that it was notified, if it has been (order.change-notified)")
	}
	return nil
}

// learn puts the name or the home on the person's own record too, so that nobody types it twice.
func (a *orderChange) learn(c *Change, o *Order) error {
	p, err := Load[*Person](c, "order", o.Person)
	if err != nil {
		return err
	}
	source := string(o.Ref) + " " + strings.TrimSpace("notified "+a.Notified.Long())
	if a.Notified.IsZero() {
		source = string(o.Ref) + " " + a.Found
	}
	switch {
	case a.What == NewName && !slices.ContainsFunc(p.Aliases, func(x Alias) bool { return strings.EqualFold(x.Name, a.Text) }):
		p.Aliases = append(p.Aliases, Alias{Name: a.Text, Kind: "aka", Source: source})
	case a.What == NewHome && !slices.ContainsFunc(p.Addresses, func(x Address) bool { return strings.EqualFold(x.Line(), a.Text) }):
		p.Addresses = append(p.Addresses, Address{Text: a.Text, Type: "home", Confidence: Probable, From: a.Day, Source: source})
	default:
		return nil
	}
	return c.Put(p)
}

type orderChangeNotified struct {
	Order  Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Change int      `do:"change" label:"Which change" help:"Its number on the order; empty: the oldest that is not notified"`
	Day    day.Date `do:"day" label:"Notified on" default:"today"`
}

func (a *orderChangeNotified) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	i := a.Change - 1
	if a.Change == 0 {
		i = slices.IndexFunc(o.Changes, func(n Notifiable) bool { return n.Notified.IsZero() })
	}
	on := firstDay(a.Day, day.On(c.Now))
	switch {
	case i < 0 || i >= len(o.Changes):
		return Refuse("change", string(o.Ref)+" has no such change waiting to be notified", "Record the new name or home first (order.change)")
	case !o.Changes[i].Notified.IsZero():
		return Refuse("change", "it was notified on "+o.Changes[i].Notified.Long(), "Choose another, or undo that")
	case on > day.On(c.Now) || on < o.Made:
		return Refuse("day", "a notification comes after the order is made and not in the future", "Enter the day it was given")
	}
	o.Changes[i].Notified = on
	return c.Put(o)
}
