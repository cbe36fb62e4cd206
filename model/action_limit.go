package model

import "pou/model/day"

func limitActions() []Spec {
	return []Spec{
		spec[limitSet]("limit.set", "Set a limit", "Sets a limit that the built-in table only gives, or gave from memory: from a day on, with its source. Clocks that start on that day or later run by it.",
			[]Role{RoleLead, RoleAdmin}),
	}
}

type limitSet struct {
	Name   LimitName `do:"name" label:"Limit" opts:"need" help:"Choose the limit; pou list limits prints them"`
	Value  int       `do:"value" label:"How long" opts:"need" help:"Enter a number"`
	Span   Span      `do:"span" label:"Counted in" help:"Empty: as the built-in table counts it"`
	Source string    `do:"source" label:"Source" opts:"need" help:"Enter the policy, the statute or the letter it is in"`
	From   day.Date  `do:"from" label:"Valid from" opts:"need" default:"today" help:"Clocks whose start event is on that day or later run by it"`
	Reason string    `do:"reason" label:"Reason" opts:"need"`
	Check  bool      `do:"check" label:"Still to be checked" opts:"fold" help:"Yes: nobody has read it in the source yet, and screens say so"`
}

func (a *limitSet) Apply(c *Change) error {
	span := a.Span
	if span == "" {
		span = builtInRow(a.Name).Span // a name is one of the table's
	}
	c.Reason = a.Reason
	return c.Put(&Limit{
		Name: a.Name, Value: a.Value, Span: span, Source: a.Source, From: a.From, Unsure: a.Check, By: c.By.Ref, At: c.Now, Reason: a.Reason,
	})
}
