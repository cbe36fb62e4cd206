package model

import "strings"

func officerActions() []Spec {
	return []Spec{
		spec[officerAdd]("officer.add", "Add an officer", "Gives an officer a name, a unit and roles on the desk.", administrators()),
		spec[officerEdit]("officer.edit", "Edit an officer", "Changes an officer's rank, unit, roles or login.", administrators(), KindOfficer),
		spec[officerLeave]("officer.leave", "Record that an officer left", "Takes an officer's access away; what they did stays. The orders they watched have nobody, and say so.", administrators(), KindOfficer),
	}
}

type officerAdd struct {
	Name  string `do:"name" label:"Name" opts:"need" help:"Enter SURNAME, Forename or the surname"`
	Rank  string `do:"rank" label:"Rank"`
	Unit  Unit   `do:"unit" label:"Unit"`
	Roles []Role `do:"roles" label:"Roles" opts:"need"`
	Login string `do:"login" label:"System login" opts:"fold"`
	Phone string `do:"phone" label:"Phone" opts:"fold"`
}

func (a *officerAdd) Apply(c *Change) error {
	return c.Put(&Officer{Name: a.Name, Rank: a.Rank, Unit: a.Unit, Roles: a.Roles, Login: a.Login, Phone: a.Phone})
}

type officerEdit struct {
	Officer Ref    `do:"officer" label:"Officer" kinds:"O" opts:"need"`
	Name    string `do:"name" label:"Name"`
	Rank    string `do:"rank" label:"Rank"`
	Unit    Unit   `do:"unit" label:"Unit"`
	Roles   []Role `do:"roles" label:"Roles"`
	Login   string `do:"login" label:"System login"`
	NoLogin bool   `do:"no_login" label:"Take the login away" opts:"fold" help:"Yes: the login opens nothing any more, and what is open with it ends"`
	Phone   string `do:"phone" label:"Phone"`
}

func (a *officerEdit) Apply(c *Change) error {
	o, err := Load[*Officer](c, "officer", a.Officer)
	if err != nil {
		return err
	}
	for _, e := range []struct{ from, to *string }{{&a.Name, &o.Name}, {&a.Rank, &o.Rank}, {&a.Login, &o.Login}, {&a.Phone, &o.Phone}} {
		if *e.from != "" {
			*e.to = *e.from
		}
	}
	if a.NoLogin {
		if a.Login != "" {
			return Refuse("no_login", "a login cannot be given and taken away at once", "Leave one of the two empty")
		}
		o.Login = ""
	}
	if a.Unit != "" {
		o.Unit = a.Unit
	}
	if len(a.Roles) > 0 {
		o.Roles = a.Roles
	}
	if o.Ref == c.By.Ref && !o.Has(RoleAdmin) {
		return Refuse("roles", "nobody takes their own access away", "Keep the role administrator, or ask another administrator")
	}
	return c.Put(o)
}

type officerLeave struct {
	Officer Ref    `do:"officer" label:"Officer" kinds:"O" opts:"need"`
	Reason  string `do:"reason" label:"Reason" opts:"need"`
	AtOnce  bool   `do:"at_once" label:"At once" opts:"fold" help:"Yes: access ends now, and each order they watch asks for a new monitoring officer"`
}

func (a *officerLeave) Apply(c *Change) error {
	o, err := workingOfficer(c, "officer", a.Officer)
	if err != nil {
		return err
	}
	if o.Ref == c.By.Ref {
		return Refuse("officer", "nobody takes their own access away", "Ask another administrator")
	}
	if !a.AtOnce { // access that must end now never waits for papers
		if err := watchesNothing(c, o); err != nil {
			return err
		}
	}
	o.Left, o.Login = true, ""
	c.Reason = strings.TrimSpace(a.Reason)
	if err := c.Put(o); err != nil {
		return err
	}
	return unwatched(c, o)
}

// unwatched takes the officer's name off the orders they watch, so that each asks for a new monitoring officer at once.
func unwatched(c *Change, o *Officer) error {
	orders, err := linked[*Order](c, o.Ref, KindOrder)
	if err != nil {
		return err
	}
	for _, r := range orders {
		if r.End != "" || r.Monitor != o.Ref {
			continue
		}
		r.Monitor = ""
		r.log(c, OrderDecision{What: WatcherLeft, Reason: o.Call()})
		if err := c.Put(r); err != nil {
			return err
		}
	}
	return nil
}
