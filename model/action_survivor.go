package model

import (
	"slices"
	"time"

	"pou/model/day"
)

func survivorActions() []Spec {
	keepers := append(anyone(), RoleSTAC)
	return []Spec{
		spec[victimAdd]("victim.add", "Record a victim-survivor", "Records who is to be kept safe and how they want to be reached. All of it is need-to-know.", keepers, KindCase, KindOrder),
		spec[victimPlan]("victim.plan", "Change a contact plan", "Changes how and how often a victim-survivor is reached, and by whom.", keepers, KindSurvivor),
		spec[victimContact]("victim.contact", "Record a contact", "Records that a victim-survivor was contacted, or could not be.", keepers, KindSurvivor),
		spec[victimUpdate]("victim.update", "Something to tell them", "Starts the clock for telling a victim-survivor of something that happened.", keepers, KindSurvivor),
		spec[victimTold]("victim.told", "They have been told", "Records that a victim-survivor was told.", keepers, KindSurvivor),
		spec[victimReveal]("victim.reveal", "Reveal need-to-know", "Shows who a victim-survivor is and how to reach them. The journal keeps who looked, and why.",
			keepers, KindSurvivor, KindOrder, KindCase, KindScreening, KindReferral, KindApplication, KindBreach, KindCheck, KindEvidence, KindDataset, KindStoryboard),
		spec[victimClose]("victim.close", "End the contact", "Ends the contact with a victim-survivor, with the reason.", supervisors(), KindSurvivor),
	}
}

type victimAdd struct {
	Name     string     `do:"name" label:"Name" opts:"hide" help:"As they want to be called; need-to-know"`
	Person   Ref        `do:"person" label:"Their record" kinds:"P" opts:"fold" help:"If they are on record as a person"`
	Way      ContactWay `do:"way" label:"To be reached" opts:"need"`
	Contact  string     `do:"contact" label:"How" opts:"hide" help:"The number, address or account that is safe"`
	Safe     string     `do:"safe" label:"Safe times and words" opts:"hide,long" help:"When to call, what to say if somebody else answers"`
	Advocate string     `do:"advocate" label:"Advocate" opts:"hide" help:"Name, organisation and how to reach them"`
	Needs    string     `do:"needs" label:"Needs" opts:"fold,hide,long" help:"Language, health, children"`
	Every    int        `do:"every" label:"Contact every (days)" help:"As agreed with them; empty: only when there is something to tell"`
	Rights   Rights     `do:"rights" label:"Victims' Code" opts:"fold" default:"enhanced"`
	Cases    []Ref      `do:"case" label:"Cases" kinds:"C"`
	Orders   []Ref      `do:"order" label:"Orders that protect them" kinds:"R"`
	Officer  Ref        `do:"officer" label:"Officer" kinds:"O" default:"me"`
	Unit     Unit       `do:"unit" label:"Unit" opts:"fold" default:"unit"`
}

func (a *victimAdd) Apply(c *Change) error {
	s := &Survivor{
		Name: a.Name, Person: a.Person, Way: a.Way, Contact: a.Contact, Safe: a.Safe, Advocate: a.Advocate, Needs: a.Needs, Every: a.Every,
		Rights: a.Rights, Cases: a.Cases, Orders: a.Orders, Officer: a.Officer, Unit: a.Unit, Added: c.Now,
	}
	if s.Rights == "" {
		s.Rights = EnhancedRights
	}
	if s.Officer == "" {
		s.Officer = c.By.Ref
	}
	if a.Person != "" {
		if _, err := Load[*Person](c, "person", a.Person); err != nil {
			return err
		}
	}
	for _, ref := range a.Cases {
		k, err := Load[*Case](c, "case", ref)
		if err != nil {
			return err
		}
		s.Unit = firstUnit(s.Unit, k.Unit)
	}
	for _, ref := range a.Orders {
		o, err := Load[*Order](c, "order", ref)
		if err != nil {
			return err
		}
		if o.Person == a.Person {
			return Refuse("person", string(a.Person)+" is the subject of "+string(o.Ref)+", and cannot be whom it protects", "Check both; the two roles are never merged")
		}
		s.Unit = firstUnit(s.Unit, o.Unit)
	}
	s.Unit = firstUnit(s.Unit, c.By.Unit)
	if err := workingOfficers(c, "officer", a.Officer); err != nil {
		return err
	}
	return c.Put(s)
}

func openSurvivor(c *Change, ref Ref) (*Survivor, error) {
	s, err := Load[*Survivor](c, "victim", ref)
	if err != nil {
		return nil, err
	}
	if !s.Closed.IsZero() {
		return nil, Refuse("victim", string(s.Ref)+" was closed on "+s.Closed.Long(), "Record them anew if they are in touch again")
	}
	return s, nil
}

type victimPlan struct {
	Victim   Ref        `do:"victim" label:"Victim-survivor" kinds:"VS" opts:"need"`
	Way      ContactWay `do:"way" label:"To be reached"`
	Contact  string     `do:"contact" label:"How" opts:"hide"`
	Safe     string     `do:"safe" label:"Safe times and words" opts:"hide,long"`
	Advocate string     `do:"advocate" label:"Advocate" opts:"hide"`
	Needs    string     `do:"needs" label:"Needs" opts:"fold,hide,long"`
	Every    int        `do:"every" label:"Contact every (days)"`
	Rights   Rights     `do:"rights" label:"Victims' Code" opts:"fold"`
	Officer  Ref        `do:"officer" label:"Officer" kinds:"O"`
	Orders   []Ref      `do:"order" label:"Add orders" kinds:"R" opts:"fold"`
}

func (a *victimPlan) Apply(c *Change) error {
	s, err := openSurvivor(c, a.Victim)
	if err != nil {
		return err
	}
	for _, set := range []struct{ to, from *string }{{&s.Contact, &a.Contact}, {&s.Safe, &a.Safe}, {&s.Advocate, &a.Advocate}, {&s.Needs, &a.Needs}} {
		if *set.from != "" {
			*set.to = *set.from
		}
	}
	if a.Way != "" {
		s.Way = a.Way
	}
	if a.Rights != "" {
		s.Rights = a.Rights
	}
	if a.Every != 0 {
		s.Every = a.Every
	}
	if a.Officer != "" {
		if _, err := workingOfficer(c, "officer", a.Officer); err != nil {
			return err
		}
		s.Officer = a.Officer
	}
	for _, ref := range a.Orders {
		if _, err := Load[*Order](c, "order", ref); err != nil {
			return err
		}
		if !slices.Contains(s.Orders, ref) {
			s.Orders = append(s.Orders, ref)
		}
	}
	return c.Put(s)
}

type victimContact struct {
	Victim  Ref        `do:"victim" label:"Victim-survivor" kinds:"VS" opts:"need"`
	Reached bool       `do:"reached" label:"Reached" opts:"need" help:"Yes or no; a message left is no"`
	At      time.Time  `do:"at" label:"When" default:"now"`
	Way     ContactWay `do:"way" label:"How" help:"Empty: as they want to be reached"`
	Note    string     `do:"note" label:"What was said" opts:"hide,long" help:"Need-to-know: how they are, what they asked"`
}

func (a *victimContact) Apply(c *Change) error {
	s, err := openSurvivor(c, a.Victim)
	if err != nil {
		return err
	}
	if s.Way == NoWay && a.Way != ByAdvocate {
		return Refuse("victim", "they do not want contact", "Tell their advocate, or change the plan if they have asked for contact")
	}
	at := orNow(a.At, c)
	if err := notLater(at, c); err != nil {
		return err
	}
	way := a.Way
	if way == "" {
		way = s.Way
	}
	s.Contacts = append(s.Contacts, SurvivorContact{At: at, Way: way, Reached: a.Reached, By: c.By.Ref, Note: a.Note})
	return c.Put(s)
}

type victimUpdate struct {
	Victim   Ref       `do:"victim" label:"Victim-survivor" kinds:"VS" opts:"need"`
	Event    CodeEvent `do:"event" label:"What happened" opts:"need"`
	Happened time.Time `do:"happened" label:"When" default:"now"`
}

func (a *victimUpdate) Apply(c *Change) error {
	s, err := openSurvivor(c, a.Victim)
	if err != nil {
		return err
	}
	at := orNow(a.Happened, c)
	if at.After(c.Now) {
		return Refuse("happened", "they are told of what has happened", "Enter when it happened; a release to come is told before it, as the arrest form asks")
	}
	s.Updates = append(s.Updates, Update{No: len(s.Updates) + 1, Event: a.Event, Happened: at})
	return c.Put(s)
}

type victimTold struct {
	Victim Ref       `do:"victim" label:"Victim-survivor" kinds:"VS" opts:"need"`
	No     int       `do:"update" label:"Number of the update" help:"Empty: all that are waiting"`
	At     time.Time `do:"at" label:"When" default:"now"`
	How    string    `do:"how" label:"How, and what they said" opts:"hide,long"`
}

func (a *victimTold) Apply(c *Change) error {
	s, err := openSurvivor(c, a.Victim)
	if err != nil {
		return err
	}
	at := orNow(a.At, c)
	if err := notLater(at, c); err != nil {
		return err
	}
	told := 0
	for i := range s.Updates {
		u := &s.Updates[i]
		if (a.No != 0 && u.No != a.No) || !u.Told.IsZero() {
			continue
		}
		if at.Before(u.Happened) {
			return Refuse("at", "they were not told of it before it happened", "Enter the time they were told")
		}
		u.Told, u.By, u.How = at, c.By.Ref, a.How
		told++
	}
	if told == 0 {
		return Refuse("update", "nothing like that is waiting to be told", "Its card lists what they are to be told, by number")
	}
	s.Contacts = append(s.Contacts, SurvivorContact{At: at, Way: s.Way, Reached: true, By: c.By.Ref})
	return c.Put(s)
}

type victimClose struct {
	Victim Ref    `do:"victim" label:"Victim-survivor" kinds:"VS" opts:"need"`
	Reason string `do:"reason" label:"Reason" opts:"need,hide,long" help:"Need-to-know; what they were told about getting in touch again"`
}

func (a *victimClose) Apply(c *Change) error {
	s, err := openSurvivor(c, a.Victim)
	if err != nil {
		return err
	}
	for _, ref := range s.Orders {
		o, err := Load[*Order](c, "victim", ref)
		if err != nil {
			return err
		}
		if o.Live(day.On(c.Now)) {
			return Refuse("victim", string(ref)+" still protects them", "Keep the contact for the life of the order, or record that they do not want contact")
		}
	}
	for _, u := range s.Updates {
		if u.Told.IsZero() {
			return Refuse("victim", "they have still to be told of something ("+LabelOf(u.Event.Choices(), string(u.Event))+")", "Tell them and record it first")
		}
	}
	s.Closed, s.Why = day.On(c.Now), a.Reason
	return c.Put(s)
}
