package model

import "pou/model/day"

func limitActions() []Spec {
	return []Spec{
		spec[limitSet]("limit.set", "Set a limit", "Sets a limit that the built-in table only gives, or gave from memory: from a day on, with its source. Clocks that start on that day or later run by it.",
			[]Role{RoleLead, RoleAdmin}, KindLimit),
	}
}

type limitSet struct {
	Name   LimitName `do:"name" label:"Limit" help:"Choose the limit; pou list limits prints them"`
	Value  int       `do:"value" label:"How long" opts:"need" help:"Enter a number"`
	Span   Span      `do:"span" label:"Counted in" help:"Empty: as it is counted now"`
	Source string    `do:"source" label:"Source" opts:"need" help:"Enter the policy, the statute or the letter it is in"`
	From   day.Date  `do:"from" label:"Valid from" opts:"need" default:"today" help:"Clocks whose start event is on that day or later run by it"`
	Reason string    `do:"reason" label:"Reason" opts:"need"`
	Check  bool      `do:"check" label:"Still to be checked" opts:"fold" help:"Yes: nobody has read it in the source yet, and screens say so"`
	Limit  Ref       `do:"limit" label:"The setting it follows" kinds:"L" opts:"fold"`
}

func (a *limitSet) Apply(c *Change) error {
	if a.Limit != "" {
		old, err := Load[*Limit](c, "limit", a.Limit)
		if err != nil {
			return err
		}
		switch {
		case a.Name == "":
			a.Name = old.Name
		case a.Name != old.Name:
			return Refuse("name", string(a.Limit)+" is the limit "+string(old.Name)+", not "+string(a.Name), "Leave one of them empty")
		}
		a.Span = cmpSpan(a.Span, old.Span)
	}
	row := builtInRow(a.Name)
	if row == nil {
		return Refuse("name", "nothing says which limit is set", "Choose one; pou list limits prints them")
	}
	c.Reason = a.Reason
	return c.Put(&Limit{
		Name: a.Name, Value: a.Value, Span: cmpSpan(a.Span, row.Span), Source: a.Source, From: a.From, Unsure: a.Check, By: c.By.Ref, At: c.Now, Reason: a.Reason,
	})
}

func cmpSpan(a, b Span) Span {
	if a != "" {
		return a
	}
	return b
}
