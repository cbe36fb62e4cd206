package model

import (
	"slices"
	"time"

	"pou/model/day"
)

func deviceActions() []Spec {
	return []Spec{
		spec[deviceAttribute]("device.attribute", "Attribute a device", "Says who used a phone, card, vehicle or account in a case, over which days, and how well that is known.",
			anyone(), KindCase),
		spec[deviceRegrade]("device.edit", "Change an attribution", "Corrects who used a device, over which days, or how well that is known.", anyone(), KindCase),
		spec[deviceRemove]("device.remove", "Remove a device from a case", "Takes a device out of a case it does not belong to.", anyone(), KindCase),
		spec[momentAdd]("moment.add", "Mark a moment", "Marks a time that contact is counted before and after: told to stop, an order served, a number blocked.", anyone(), KindCase),
		spec[momentRemove]("moment.remove", "Remove a moment", "Takes a moment out of a case.", anyone(), KindCase),
	}
}

type deviceAttribute struct {
	Case   Ref              `do:"case" label:"Case" kinds:"C" opts:"need"`
	Kind   DeviceKind       `do:"kind" label:"What it is" opts:"need" default:"phone"`
	Number string           `do:"number" label:"Number, card, plate or account" opts:"need,hide"`
	Person Ref              `do:"person" label:"Used by" kinds:"P" opts:"hide" help:"Somebody with a role in the case; empty: somebody else"`
	Grade  AttributionGrade `do:"grade" label:"How well it is known" opts:"need"`
	Basis  string           `do:"basis" label:"How it is known" opts:"need,long,hide"`
	From   day.Date         `do:"from" label:"First day of use"`
	To     day.Date         `do:"to" label:"Last day of use"`
}

func (a *deviceAttribute) Apply(c *Change) error {
	k, err := goingCase(c, a.Case)
	if err != nil {
		return err
	}
	d := Device{No: 1, Kind: a.Kind, Number: DeviceKey(a.Kind, a.Number), Grade: a.Grade, Basis: a.Basis, From: a.From, To: a.To}
	if d.Number == "" {
		return Refuse("number", "that is no "+LabelOf(a.Kind.Choices(), string(a.Kind)), "Enter it as the data gives it")
	}
	for _, o := range k.Devices {
		d.No = max(d.No, o.No+1)
	}
	if err := k.usedBy(&d, a.Person); err != nil {
		return err
	}
	if err := k.aloneInTime(d); err != nil {
		return err
	}
	k.Devices = append(k.Devices, d)
	return c.Put(k)
}

// usedBy says whose device it is: somebody who has a role in the case, or nobody in it.
func (k *Case) usedBy(d *Device, person Ref) error {
	d.Person, d.Role = person, ""
	if person == "" {
		return nil
	}
	for _, role := range []PartyRole{PartyConvicted, PartySuspect, PartyVictim, PartyWitness} {
		if !k.Is(person, role) {
			continue
		}
		if d.Role != "" && d.Protected() != (role == PartyVictim || role == PartyWitness) {
			return Refuse("person", string(person)+" is both accused and protected in "+string(k.Ref)+", and data is looked at from one side", "Open a case of their own for the other role, and attribute the device there")
		}
		if d.Role == "" {
			d.Role = role
		}
	}
	if d.Role == "" {
		return Refuse("person", string(person)+" has no role in "+string(k.Ref), "Give them one with case.party, or leave the person empty for somebody else's device")
	}
	return nil
}

// aloneInTime refuses a device to two people on one day: the data could not be told apart.
func (k *Case) aloneInTime(d Device) error {
	for _, o := range k.Devices {
		apart := !o.To.IsZero() && !d.From.IsZero() && o.To < d.From || !d.To.IsZero() && !o.From.IsZero() && d.To < o.From
		if o.No != d.No && o.Number == d.Number && !apart {
			return Refuse("number", "it is "+o.Label()+" in this case already, "+o.period(), "Give each user's first and last day, or correct that one with device.edit")
		}
	}
	return nil
}

type deviceRegrade struct {
	Case   Ref              `do:"case" label:"Case" kinds:"C" opts:"need"`
	No     int              `do:"no" label:"Device" opts:"need" help:"The figure of its label: 2 of S2"`
	Person Ref              `do:"person" label:"Used by" kinds:"P" opts:"hide"`
	Third  bool             `do:"third" label:"Used by somebody else" opts:"fold"`
	Grade  AttributionGrade `do:"grade" label:"How well it is known"`
	Basis  string           `do:"basis" label:"How it is known" opts:"long,hide"`
	From   day.Date         `do:"from" label:"First day of use"`
	To     day.Date         `do:"to" label:"Last day of use"`
}

func (a *deviceRegrade) Apply(c *Change) error {
	k, i, err := deviceOf(c, a.Case, a.No)
	if err != nil {
		return err
	}
	d := k.Devices[i]
	if a.Person != "" || a.Third {
		if err := k.usedBy(&d, a.Person); err != nil {
			return err
		}
	}
	if a.Grade != "" {
		d.Grade = a.Grade
	}
	d.Basis, d.From, d.To = firstWord(a.Basis, d.Basis), firstDay(a.From, d.From), firstDay(a.To, d.To)
	if err := k.aloneInTime(d); err != nil {
		return err
	}
	k.Devices[i] = d
	return c.Put(k)
}

// deviceOf loads a case and finds a device in it.
func deviceOf(c *Change, ref Ref, no int) (*Case, int, error) {
	k, err := goingCase(c, ref)
	if err != nil {
		return nil, 0, err
	}
	i := slices.IndexFunc(k.Devices, func(d Device) bool { return d.No == no })
	if i < 0 {
		return nil, 0, Refuse("no", string(ref)+" has no device "+itoa(no), "pou show "+string(ref)+" lists its devices")
	}
	return k, i, nil
}

type deviceRemove struct {
	Case   Ref    `do:"case" label:"Case" kinds:"C" opts:"need"`
	No     int    `do:"no" label:"Device" opts:"need" help:"The figure of its label: 2 of S2"`
	Reason string `do:"reason" label:"Reason" opts:"need"`
}

func (a *deviceRemove) Apply(c *Change) error {
	k, i, err := deviceOf(c, a.Case, a.No)
	if err != nil {
		return err
	}
	c.Reason = a.Reason
	k.Devices = slices.Delete(k.Devices, i, i+1)
	return c.Put(k)
}

type momentAdd struct {
	Case Ref        `do:"case" label:"Case" kinds:"C" opts:"need"`
	At   time.Time  `do:"at" label:"When" opts:"need"`
	Kind MomentKind `do:"kind" label:"What it was" opts:"need"`
	What string     `do:"what" label:"In a few words" help:"As it is to stand beside the charts"`
}

func (a *momentAdd) Apply(c *Change) error {
	k, err := goingCase(c, a.Case)
	if err != nil {
		return err
	}
	if a.At.After(c.Now) {
		return Refuse("at", "a moment that is counted from has passed", "Enter when it was")
	}
	m := Moment{No: 1, At: a.At, Kind: a.Kind, What: a.What}
	for _, o := range k.Moments {
		m.No = max(m.No, o.No+1)
	}
	k.Moments = append(k.Moments, m)
	slices.SortStableFunc(k.Moments, func(a, b Moment) int { return a.At.Compare(b.At) })
	return c.Put(k)
}

type momentRemove struct {
	Case Ref `do:"case" label:"Case" kinds:"C" opts:"need"`
	No   int `do:"no" label:"Moment" opts:"need" help:"The figure of its label: 1 of M1"`
}

func (a *momentRemove) Apply(c *Change) error {
	k, err := goingCase(c, a.Case)
	if err != nil {
		return err
	}
	before := len(k.Moments)
	k.Moments = slices.DeleteFunc(k.Moments, func(m Moment) bool { return m.No == a.No })
	if len(k.Moments) == before {
		return Refuse("no", string(a.Case)+" has no moment "+itoa(a.No), "pou show "+string(a.Case)+" lists them")
	}
	return c.Put(k)
}
