package model

import "slices"

type appCondition struct {
	Application Ref            `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Text        string         `do:"text" label:"Words of the condition" opts:"long,hide" help:"Begin a requirement with \"Must\""`
	Type        ConditionType  `do:"type" label:"Type"`
	Reason      string         `do:"reason" label:"Why it is necessary" opts:"long,hide"`
	Evidence    string         `do:"evidence" label:"Evidence for it" help:"Statement or exhibit"`
	Monitored   string         `do:"monitored" label:"How it is monitored"`
	Conflict    ConflictAnswer `do:"conflict" label:"Conflict with work, education, religion" help:"Avoided so far as practicable (SPA 2019 s.2)"`
	Considered  string         `do:"considered" label:"What was considered" opts:"long,hide" help:"Work, education and religion: what is known, and how the wording allows for it"`
	No          int            `do:"no" label:"Number" help:"Empty: a new condition; else the one to change or remove"`
	Months      int            `do:"months" label:"Its own period, months" opts:"fold" help:"24 or more; empty: that of the order"`
	FullOnly    bool           `do:"full_only" label:"Not in the interim order" opts:"fold"`
	Numbers     []string       `do:"numbers" label:"Matches numbers, accounts" opts:"fold,hide"`
	People      []Ref          `do:"people" label:"Matches people" kinds:"P" opts:"fold,hide"`
	Place       string         `do:"place" label:"Matches place" opts:"fold,hide"`
	Circle      string         `do:"circle" label:"Matches circle" opts:"fold,hide" help:"Latitude, longitude and radius, such as 51.5136,-0.1365 250m"`
	Boroughs    string         `do:"boroughs" label:"Matches boroughs" opts:"fold" help:"Names with commas between: Camden, Islington"`
	Hours       string         `do:"hours" label:"At certain times" opts:"fold" help:"Such as 20:00-07:00, or Fri,Sat 22:00-06:00"`
	Schedule    string         `do:"schedule" label:"To be done" opts:"fold" help:"Of a requirement: Mon,Thu by 18:00, or every 7 days from 1 Dec"`
	Remove      bool           `do:"remove" label:"Remove it" opts:"fold"`
}

func (x *appCondition) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(a.Conditions, func(p Proposed) bool { return p.Condition.No == x.No })
	if err := numbered("no", "condition", x.No, i, x.Remove); err != nil {
		return err
	}
	if x.Remove {
		a.Conditions = slices.Delete(a.Conditions, i, i+1)
		for j := range a.Conditions {
			a.Conditions[j].Condition.No = j + 1
		}
		return a.edited(c, "condition "+itoa(x.No)+" removed, the rest numbered again")
	}
	p, verb := Proposed{Condition: Condition{No: len(a.Conditions) + 1}}, " added"
	if i >= 0 {
		p, verb = a.Conditions[i], " changed"
	}
	if err := x.fill(c, &p); err != nil {
		return err
	}
	if p.Conflict != "" && p.Considered == "" {
		return Refuse("considered", "conflict with work, education and religion is avoided so far as practicable (SPA 2019 s.2)", "Say what was considered")
	}
	if i >= 0 {
		a.Conditions[i] = p
	} else {
		a.Conditions = append(a.Conditions, p)
	}
	return a.edited(c, "condition "+itoa(p.Condition.No)+verb)
}

// fill changes what was entered and leaves the rest as it stands.
func (x *appCondition) fill(c *Change, p *Proposed) error {
	for _, s := range []struct {
		into *string
		text string
	}{
		{&p.Condition.Text, x.Text},
		{&p.Condition.Method, x.Monitored},
		{&p.Reason, x.Reason},
		{&p.Evidence, x.Evidence},
		{&p.Considered, x.Considered},
	} {
		if s.text != "" {
			*s.into = s.text
		}
	}
	if x.Text != "" {
		p.Condition.Requirement = isRequirement(x.Text)
	}
	if x.Type != "" {
		p.Condition.Type = x.Type
	}
	if x.Conflict != "" {
		p.Conflict = x.Conflict
	}
	if x.Months > 0 {
		p.Months = x.Months
	}
	p.FullOnly = p.FullOnly || x.FullOnly
	set := conditionSet{People: x.People, Numbers: x.Numbers, Place: x.Place, Circle: x.Circle, Boroughs: x.Boroughs, Hours: x.Hours, Schedule: x.Schedule}
	return set.read(c, &p.Condition.Match)
}
