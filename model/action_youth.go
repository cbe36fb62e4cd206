package model

import "pou/model/day"

func youthActions() []Spec {
	return []Spec{
		spec[caseYouth]("case.youth", "Record a youth's arrangements",
			"Records what has been arranged for a suspect under 18: appropriate adult, youth offending team, parent told, school or college.", anyone(), KindCase, KindPerson),
	}
}

type caseYouth struct {
	Case    Ref      `do:"case" label:"Case" kinds:"C" help:"Empty: the one open case in which the person is a suspect"`
	Person  Ref      `do:"person" label:"Young person" kinds:"P" help:"Empty: the one suspect in the case"`
	Adult   string   `do:"adult" label:"Appropriate adult" help:"Enter the name and what they are to the young person; never a suspect, victim-survivor or witness (PACE Code C 1B)"`
	YOT     string   `do:"yot" label:"YOT told" help:"Enter the youth offending team or worker"`
	YOTTold day.Date `do:"yot_day" label:"YOT told on" opts:"fold" help:"Empty: today, when a team is named"`
	Parent  string   `do:"parent" label:"Parent told" help:"Enter the parent or guardian told of the arrest (PACE Code C 3.13)"`
	School  string   `do:"school" label:"School or college"`
	Note    string   `do:"note" label:"Note" opts:"long" help:"Enter it without a victim-survivor's name"`
}

func (a *caseYouth) Apply(c *Change) error {
	k, err := caseOf(c, a.Case, a.Person)
	if err != nil {
		return err
	}
	person, err := k.theAccused("person", a.Person)
	if err != nil {
		return err
	}
	p, err := Load[*Person](c, "person", person)
	if err != nil {
		return err
	}
	today := day.On(c.Now)
	switch {
	case p.AgeGroup(k.Last) == OfAge:
		return Refuse("person", p.Name()+" was 18 or over at the last act (born "+p.Born.String()+")", "Nothing needs arranging here; check the date of birth if that is wrong")
	case a.Adult+a.YOT+a.Parent+a.School+a.Note == "":
		return Refuse("adult", "nothing is to be recorded", "Name the appropriate adult, the youth offending team, the parent told or the school")
	case a.YOTTold > today:
		return Refuse("yot_day", "nobody has been told in the future", "Enter the day they were told")
	}
	k.arrange(a.plan(k, person, c, today))
	return c.Put(k)
}

// plan is what is arranged now, on top of what was arranged before.
func (a *caseYouth) plan(k *Case, person Ref, c *Change, today day.Date) YouthPlan {
	y, _ := k.youthPlan(person)
	for _, e := range []struct{ from, to *string }{{&a.Adult, &y.Adult}, {&a.YOT, &y.YOT}, {&a.Parent, &y.Parent}, {&a.School, &y.School}, {&a.Note, &y.Note}} {
		if *e.from != "" {
			*e.to = *e.from
		}
	}
	if a.YOT != "" {
		y.YOTTold = today
	}
	y.YOTTold = firstDay(a.YOTTold, y.YOTTold)
	y.By, y.Day = c.By.Ref, today
	return y
}

func (k *Case) arrange(y YouthPlan) {
	for i := range k.Youths {
		if k.Youths[i].Person == y.Person {
			k.Youths[i] = y
			return
		}
	}
	k.Youths = append(k.Youths, y)
}

// caseOf is the case named, or the one open case in which the person is accused.
func caseOf(c *Change, ref, person Ref) (*Case, error) {
	if ref != "" {
		return goingCase(c, ref)
	}
	if person == "" {
		return nil, Refuse("case", "no case is named", "Give the case, or the suspect in it")
	}
	all, err := linked[*Case](c, person, KindCase)
	if err != nil {
		return nil, err
	}
	var open []*Case
	for _, k := range all {
		if k.State != CaseClosed && accused(k, person) {
			open = append(open, k)
		}
	}
	switch len(open) {
	case 0:
		return nil, Refuse("case", string(person)+" is a suspect in no open case", "Open one with case.add first")
	case 1:
		return open[0], nil
	}
	return nil, Refuse("case", string(person)+" is a suspect in "+itoa(len(open))+" open cases", "Name the one it is about")
}

// theAccused is the person named, who has to be accused in the case, or the one person who is.
func (k *Case) theAccused(field string, person Ref) (Ref, error) {
	all := k.accusedRefs()
	switch {
	case person != "" && !accused(k, person):
		return "", Refuse(field, string(person)+" is no suspect in "+string(k.Ref), "Give a person who is, or add them with case.party")
	case person != "":
		return person, nil
	case len(all) == 1:
		return all[0], nil
	case len(all) == 0:
		return "", Refuse(field, string(k.Ref)+" has no suspect", "Name the suspect with case.party first")
	}
	return "", Refuse(field, string(k.Ref)+" has "+itoa(len(all))+" suspects", "Say which of them it is about")
}
