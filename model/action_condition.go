package model

import (
	"slices"
	"strings"

	"pou/model/day"
)

type orderVary struct {
	Order     Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Condition int      `do:"condition" label:"Condition" help:"The number of the condition; empty: the last day of the order itself"`
	Text      string   `do:"text" label:"New words" opts:"long" help:"The condition in the words of the varied order; empty: unchanged"`
	Until     day.Date `do:"until" label:"New last day" help:"Empty: unchanged"`
	Open      bool     `do:"open" label:"Until further order" opts:"fold" help:"Yes when the court took the last day away"`
	Day       day.Date `do:"day" label:"Varied on" default:"today"`
	Reason    string   `do:"reason" label:"Court and reason" opts:"need,long"`
}

func (a *orderVary) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	on, err := courtDay(c, o, a.Day)
	if err != nil {
		return err
	}
	if err := a.refuse(o); err != nil {
		return err
	}
	d := OrderDecision{Day: on, What: WasVaried, Condition: a.Condition, Until: a.Until, Reason: a.Reason}
	until := &o.Until
	if a.Condition > 0 {
		i, err := o.conditionAt(a.Condition)
		if err != nil {
			return err
		}
		until = &o.Conditions[i].Until
		if a.Text != "" {
			d.Before = o.Conditions[i].Text
			o.Conditions[i].Text, o.Conditions[i].Requirement = a.Text, isRequirement(a.Text)
		}
	}
	if a.Open || !a.Until.IsZero() {
		*until = a.Until
	}
	o.log(c, d)
	c.Reason = a.Reason
	return c.Put(o)
}

func (a *orderVary) refuse(o *Order) error {
	switch {
	case a.Text == "" && a.Until.IsZero() && !a.Open:
		return Refuse("text", "a variation changes the words or the last day", "Enter what the court changed")
	case a.Text != "" && a.Condition == 0:
		return Refuse("condition", "words are those of a condition", "Enter its number")
	case a.Open && !a.Until.IsZero():
		return Refuse("open", "it has a last day or runs until further order, not both", "Leave one of them empty")
	case !a.Until.IsZero() && a.Until < o.Made:
		return Refuse("until", "an order ends after it is made", "Check both dates")
	case a.Condition > 0 && !o.Until.IsZero() && a.Until > o.Until:
		return Refuse("until", "a condition does not outlive its order, which ends on "+o.Until.Long(), "Vary or renew the order first")
	}
	return nil
}

type conditionAdd struct {
	Order  Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Text   string   `do:"text" label:"Condition" opts:"need,long" help:"In the words of the varied order; begin a requirement with \"Must\""`
	Until  day.Date `do:"until" label:"Last day" help:"Empty: as long as the order"`
	Court  string   `do:"court" label:"Court" opts:"need" help:"The court whose variation added it: conditions are added in no other way"`
	Day    day.Date `do:"day" label:"Varied on" default:"today"`
	Reason string   `do:"reason" label:"Reason" help:"Why it was necessary (SPA 2019 s.4)"`
}

func (a *conditionAdd) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	on, err := courtDay(c, o, a.Day)
	switch {
	case err != nil:
		return err
	case !a.Until.IsZero() && a.Until < on:
		return Refuse("until", "a condition ends after it is added", "Check both dates")
	case !o.Until.IsZero() && a.Until > o.Until:
		return Refuse("until", "a condition does not outlive its order, which ends on "+o.Until.Long(), "Vary or renew the order first")
	}
	no := 1
	for _, had := range o.Conditions {
		no = max(no, had.No+1)
	}
	o.Conditions = append(o.Conditions, Condition{No: no, Text: a.Text, Requirement: isRequirement(a.Text), Until: a.Until})
	reason := strings.TrimSuffix(a.Court+": "+a.Reason, ": ")
	o.log(c, OrderDecision{Day: on, What: ConditionAdded, Condition: no, Until: a.Until, Reason: reason})
	c.Reason = reason
	return c.Put(o)
}

type conditionEnd struct {
	Order     Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Condition int      `do:"condition" label:"Condition" opts:"need" help:"Its number"`
	Day       day.Date `do:"day" label:"Ended on" default:"today" help:"The first day it no longer binds"`
	Reason    string   `do:"reason" label:"Court and reason" opts:"need"`
}

func (a *conditionEnd) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	on, err := courtDay(c, o, a.Day)
	if err != nil {
		return err
	}
	i, err := o.conditionAt(a.Condition)
	if err != nil {
		return err
	}
	o.Conditions[i].Ended = on
	if !slices.ContainsFunc(o.Conditions, func(x Condition) bool { return x.Ended.IsZero() }) {
		return Refuse("condition", "an order without any condition is a discharged one", "Record the discharge of the order")
	}
	o.log(c, OrderDecision{Day: on, What: ConditionEnded, Condition: a.Condition, Reason: a.Reason})
	c.Reason = a.Reason
	return c.Put(o)
}

type conditionSet struct {
	Order     Ref           `do:"order" label:"Order" kinds:"R" opts:"need"`
	Condition int           `do:"condition" label:"Condition" opts:"need" help:"Its number"`
	Type      ConditionType `do:"type" label:"About"`
	Method    string        `do:"method" label:"Monitored by" help:"How it is checked: visits, phone download, sign-on sheet ..."`
	People    []Ref         `do:"people" label:"People" kinds:"P" opts:"hide" help:"Who is not to be contacted; need-to-know and never listed"`
	Numbers   []string      `do:"numbers" label:"Numbers, accounts" opts:"hide" help:"One on each line; need-to-know and never listed"`
	Place     string        `do:"where" label:"Place" help:"In words, with the postcode"`
	Circle    string        `do:"circle" label:"Circle" help:"Latitude, longitude and radius, such as 51.5136,-0.1365 250m"`
	Polygon   string        `do:"polygon" label:"Area" opts:"long,fold" help:"Each corner as latitude,longitude on a line of its own, in order round the area"`
	Boroughs  string        `do:"boroughs" label:"Boroughs" help:"Names with commas between: Camden, Islington"`
	Hours     string        `do:"hours" label:"Hours" help:"Such as 20:00-07:00, with days if it is not every day: Fri,Sat 22:00-06:00"`
	Schedule  string        `do:"schedule" label:"Schedule" help:"When it is to be done: Mon,Thu by 18:00, or every 7 days from 1 Dec"`
	Until     day.Date      `do:"until" label:"Own last day" opts:"fold" help:"As the order states it; a court's change is recorded as a variation"`
	Clear     bool          `do:"clear" label:"Start afresh" opts:"fold" help:"Yes forgets what it was matched by before"`
}

func (a *conditionSet) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	i, err := o.conditionAt(a.Condition)
	if err != nil {
		return err
	}
	cond := &o.Conditions[i]
	if a.Clear {
		cond.Match = Matcher{}
	}
	if a.Type != "" {
		cond.Type = a.Type
	}
	if a.Method != "" {
		cond.Method = a.Method
	}
	if err := a.read(c, &cond.Match); err != nil {
		return err
	}
	if err := a.ownEnd(o, cond); err != nil {
		return err
	}
	return c.Put(o)
}

// read puts what was typed into the matcher; what was left empty stays as it is.
func (a *conditionSet) read(c *Change, m *Matcher) (err error) {
	for _, p := range a.People {
		if _, err := Load[*Person](c, "people", p); err != nil {
			return err
		}
	}
	if len(a.People) > 0 {
		m.People = a.People
	}
	if len(a.Numbers) > 0 {
		if m.Numbers, err = contacts(a.Numbers); err != nil {
			return err
		}
	}
	if a.Place != "" {
		m.Place = a.Place
	}
	if a.Circle != "" {
		if m.Circle, err = ParseCircle(a.Circle); err != nil {
			return err
		}
	}
	if a.Polygon != "" {
		if m.Polygon, err = ParsePolygon(a.Polygon); err != nil {
			return err
		}
	}
	if a.Boroughs != "" {
		if m.Boroughs, err = ParseBoroughs(a.Boroughs); err != nil {
			return err
		}
	}
	if a.Hours != "" {
		if m.Hours, err = ParseHours(a.Hours); err != nil {
			return err
		}
	}
	if a.Schedule != "" {
		m.Schedule, err = ParseSchedule(a.Schedule, day.On(c.Now))
	}
	return err
}

// contacts folds phones and accounts, so that one number is one however it was typed.
func contacts(typed []string) ([]string, error) {
	var out []string
	for _, line := range typed {
		for s := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == ';' }) {
			key := contactKey(s)
			if key == "" {
				continue
			}
			if len(key) < 3 {
				return nil, Refuse("numbers", "a number or account has at least three letters or figures", "Enter each on a line of its own")
			}
			if !slices.Contains(out, key) {
				out = append(out, key)
			}
		}
	}
	return out, nil
}

// tagMonths is the longest a DAPO may be monitored electronically for (Domestic Abuse Act 2021 s.38).
const tagMonths = 12

// ownEnd sets the condition's own last day as the order states it, and holds electronic monitoring to its limit.
func (a *conditionSet) ownEnd(o *Order, cond *Condition) error {
	switch {
	case a.Until.IsZero():
	case !cond.Until.IsZero() && a.Until != cond.Until:
		return Refuse("until", "condition "+itoa(cond.No)+" ends on "+cond.Until.Long()+"; only a court changes that", "Record the variation (order.vary)")
	case a.Until < o.Made || (!o.Until.IsZero() && a.Until > o.Until):
		return Refuse("until", "a condition lasts no longer than its order", "Check the day against the order")
	default:
		cond.Until = a.Until
	}
	if o.Type != DAPO || cond.Type != Tagged {
		return nil
	}
	most := day.MonthsBeginning(o.Made, tagMonths)
	if end := firstDay(cond.Until, o.Until); end.IsZero() || (end > most && !o.varied(cond.No)) {
		return Refuse("until", "a DAPO has electronic monitoring for at most twelve months (Domestic Abuse Act 2021 s.38)", "Enter its own last day, "+most.Long()+" or before")
	}
	return nil
}

// varied reports whether a court has changed the condition since.
func (o *Order) varied(no int) bool {
	return slices.ContainsFunc(o.Log, func(d OrderDecision) bool {
		return d.Condition == no && (d.What == WasVaried || d.What == ConditionAdded)
	})
}
