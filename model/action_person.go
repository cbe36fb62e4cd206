package model

import (
	"slices"
	"strings"

	"pou/model/day"
)

func personActions() []Spec {
	return []Spec{
		spec[personAdd]("person.add", "Add a person", "Puts a person on record. Look for them first: find searches every name they use.", anyone()),
		spec[personEdit]("person.edit", "Edit a person", "Corrects what is recorded about a person. Empty fields stay as they are.", anyone(), KindPerson),
		spec[aliasAdd]("alias.add", "Add an alias", "Adds another name the person uses.", anyone(), KindPerson),
		spec[addressAdd]("address.add", "Add an address", "Adds a place the person may be found, with how sure you are.", anyone(), KindPerson),
		spec[phoneAdd]("phone.add", "Add a phone", "Adds a number with how surely it is theirs.", anyone(), KindPerson),
		spec[vehicleAdd]("vehicle.add", "Add a vehicle", "Adds a vehicle the person uses.", anyone(), KindPerson),
		spec[markerAdd]("marker.add", "Add a warning marker", "Adds a warning marker with its source and date.", anyone(), KindPerson),
		spec[markerRemove]("marker.remove", "Remove a warning marker", "Takes a warning marker off, with the reason.", supervisors(), KindPerson),
	}
}

type personAdd struct {
	Surname     string   `do:"surname" label:"Surname" opts:"need"`
	Forename    string   `do:"forename" label:"Forenames"`
	Born        day.Born `do:"born" label:"Born" help:"Enter what is known: 3 Dec 1984, Dec 1984 or 1984"`
	Sex         string   `do:"sex" label:"Sex" opts:"fold"`
	Address     string   `do:"address" label:"Address"`
	Phone       string   `do:"phone" label:"Phone" opts:"fold"`
	Owner       Unit     `do:"unit" label:"Owner unit" default:"unit"`
	Home        Unit     `do:"home_unit" label:"Lives in unit" opts:"fold"`
	Description string   `do:"description" label:"Description" opts:"fold,long"`
	PNC         string   `do:"pnc" label:"PNC ID" opts:"fold"`
	Note        string   `do:"note" label:"Note" opts:"fold,long"`
}

func (a *personAdd) Apply(c *Change) error {
	p := &Person{
		Surname: a.Surname, Forename: a.Forename, Born: a.Born, Sex: a.Sex, OwnerUnit: a.Owner, HomeUnit: a.Home,
		Description: a.Description, Note: a.Note,
	}
	if a.Address != "" {
		p.Addresses = []Address{{Text: a.Address, Type: "home", Confidence: Unconfirmed, Source: c.By.Call()}}
	}
	if a.Phone != "" {
		p.Phones = []Phone{{Number: a.Phone, Attribution: Unconfirmed, Source: c.By.Call()}}
	}
	if a.PNC != "" {
		p.IDs = []Identifier{{Scheme: "PNC", Value: a.PNC}}
	}
	return c.Put(p)
}

type personEdit struct {
	Person      Ref      `do:"person" label:"Person" kinds:"P" opts:"need"`
	Surname     string   `do:"surname" label:"Surname"`
	Forename    string   `do:"forename" label:"Forenames"`
	Born        day.Born `do:"born" label:"Born"`
	Sex         string   `do:"sex" label:"Sex"`
	Owner       Unit     `do:"unit" label:"Owner unit"`
	Home        Unit     `do:"home_unit" label:"Lives in unit"`
	Description string   `do:"description" label:"Description" opts:"long"`
	Photo       string   `do:"photo" label:"Photo reference" opts:"fold"`
	PhotoTaken  day.Date `do:"photo_taken" label:"Photo taken" opts:"fold"`
	Nationality string   `do:"nationality" label:"Nationality" opts:"fold"`
	RSOUntil    day.Date `do:"rso_until" label:"RSO notification until" opts:"fold" help:"The last day of sex offender notification (SOA 2003 Part 2); 31 Dec 2199 when it is indefinite"`
	Note        string   `do:"note" label:"Note" opts:"fold,long"`
}

func (a *personEdit) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	for _, e := range []struct{ from, to *string }{
		{&a.Surname, &p.Surname},
		{&a.Forename, &p.Forename},
		{&a.Sex, &p.Sex},
		{&a.Description, &p.Description},
		{&a.Photo, &p.Photo},
		{&a.Nationality, &p.Nationality},
		{&a.Note, &p.Note},
	} {
		if *e.from != "" {
			*e.to = *e.from
		}
	}
	a.editDates(p)
	return c.Put(p)
}

func (a *personEdit) editDates(p *Person) {
	if !a.Born.IsZero() {
		p.Born = a.Born
	}
	if a.Owner != "" {
		p.OwnerUnit = a.Owner
	}
	if a.Home != "" {
		p.HomeUnit = a.Home
	}
	if !a.PhotoTaken.IsZero() {
		p.PhotoTaken = a.PhotoTaken
	}
	if !a.RSOUntil.IsZero() {
		p.RSOUntil = a.RSOUntil
	}
}

type aliasAdd struct {
	Person Ref    `do:"person" label:"Person" kinds:"P" opts:"need"`
	Name   string `do:"name" label:"Alias" opts:"need" help:"Enter the name as used: SURNAME, Forename or a nickname"`
	Kind   string `do:"kind" label:"Kind" opts:"fold"`
	Source string `do:"source" label:"Source"`
}

func (a *aliasAdd) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(p.Aliases, func(x Alias) bool { return strings.EqualFold(x.Name, a.Name) }) || strings.EqualFold(p.Name(), a.Name) {
		return Refuse("name", p.Name()+" already has the name "+a.Name, "Nothing needs adding")
	}
	p.Aliases = append(p.Aliases, Alias{Name: a.Name, Kind: a.Kind, Source: a.Source, Noted: day.On(c.Now)})
	return c.Put(p)
}

type addressAdd struct {
	Person     Ref         `do:"person" label:"Person" kinds:"P" opts:"need"`
	Address    string      `do:"address" label:"Address" opts:"need"`
	Postcode   string      `do:"postcode" label:"Postcode"`
	Type       AddressType `do:"type" label:"Type" default:"home"`
	Confidence Confidence  `do:"confidence" label:"How sure" default:"unconfirmed"`
	Confirmed  day.Date    `do:"confirmed" label:"Last confirmed"`
	From       day.Date    `do:"from" label:"There since" opts:"fold"`
	Source     string      `do:"source" label:"Source"`
	Note       string      `do:"note" label:"Note" opts:"fold,long" help:"Occupants, children, dogs, access, locks"`
}

func (a *addressAdd) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	if a.Confirmed > day.On(c.Now) {
		return Refuse("confirmed", "an address cannot have been confirmed in the future", "Enter the day it was last seen to be true")
	}
	p.Addresses = append(p.Addresses, Address{
		Text: a.Address, Postcode: strings.ToUpper(a.Postcode), Type: a.Type, Confidence: a.Confidence,
		From: a.From, Confirmed: a.Confirmed, Source: a.Source, Note: a.Note,
	})
	return c.Put(p)
}

type phoneAdd struct {
	Person      Ref        `do:"person" label:"Person" kinds:"P" opts:"need"`
	Number      string     `do:"number" label:"Number" opts:"need"`
	Attribution Confidence `do:"attribution" label:"Attribution" default:"unconfirmed"`
	Use         string     `do:"use" label:"Use" opts:"fold"`
	Source      string     `do:"source" label:"Source"`
	From        day.Date   `do:"from" label:"Used since" opts:"fold"`
}

func (a *phoneAdd) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	if digits := strings.Map(keepDigits, a.Number); len(digits) < 3 {
		return Refuse("number", "a phone number has digits", "Enter the number as dialled")
	}
	p.Phones = append(p.Phones, Phone{Number: a.Number, Use: a.Use, Attribution: a.Attribution, Source: a.Source, From: a.From})
	return c.Put(p)
}

func keepDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

type vehicleAdd struct {
	Person Ref      `do:"person" label:"Person" kinds:"P" opts:"need"`
	Plate  string   `do:"plate" label:"Registration" opts:"need"`
	Make   string   `do:"make" label:"Make and model"`
	Colour string   `do:"colour" label:"Colour"`
	Source string   `do:"source" label:"Source"`
	Seen   day.Date `do:"seen" label:"Last seen" opts:"fold"`
}

func (a *vehicleAdd) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	plate := strings.ToUpper(strings.Join(strings.Fields(a.Plate), ""))
	p.Vehicles = append(p.Vehicles, Vehicle{Plate: plate, Make: a.Make, Colour: a.Colour, Source: a.Source, Seen: a.Seen})
	return c.Put(p)
}

type markerAdd struct {
	Person Ref        `do:"person" label:"Person" kinds:"P" opts:"need"`
	Code   MarkerCode `do:"code" label:"Marker" opts:"need"`
	Source string     `do:"source" label:"Source" opts:"need" help:"Say where it comes from: PNC, a report number, an officer"`
	Set    day.Date   `do:"set" label:"Date" default:"today"`
	Review day.Date   `do:"review" label:"Review on" opts:"fold"`
	Note   string     `do:"note" label:"Note" opts:"long"`
}

func (a *markerAdd) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	if a.Set.IsZero() {
		a.Set = day.On(c.Now)
	}
	if a.Set > day.On(c.Now) {
		return Refuse("set", "a marker cannot be dated in the future", "Enter the day the warning dates from")
	}
	m := Marker{Code: a.Code, Source: a.Source, Set: a.Set, Review: a.Review, Note: a.Note}
	if i := slices.IndexFunc(p.Markers, func(x Marker) bool { return x.Code == a.Code }); i >= 0 {
		p.Markers[i] = m // a renewed marker; the one before stays in the journal
	} else {
		p.Markers = append(p.Markers, m)
	}
	return c.Put(p)
}

// MarkerAdded is the warning marker a request adds, however its code was written; none when it adds no marker.
func MarkerAdded(req Request) (MarkerCode, bool) {
	s, ok := Find(req.Action)
	if !ok || req.Action != "marker.add" {
		return "", false
	}
	a, err := s.Read(req.Fields)
	m, ok := a.(*markerAdd)
	if err != nil || !ok {
		return "", false
	}
	return m.Code, true
}

type markerRemove struct {
	Person Ref        `do:"person" label:"Person" kinds:"P" opts:"need"`
	Code   MarkerCode `do:"code" label:"Marker" opts:"need"`
	Reason string     `do:"reason" label:"Reason" opts:"need"`
}

func (a *markerRemove) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	n := len(p.Markers)
	p.Markers = slices.DeleteFunc(p.Markers, func(m Marker) bool { return m.Code == a.Code })
	if len(p.Markers) == n {
		return Refuse("code", p.Name()+" has no marker "+string(a.Code), "Nothing needs removing")
	}
	c.Reason = a.Reason
	return c.Put(p)
}
