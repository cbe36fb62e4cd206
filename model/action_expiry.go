package model

import "pou/model/day"

// ExpiryDecision is what is to become, or became, of an order or a condition at its last day.
type ExpiryDecision string

// The decisions; renewing and varying take the new last day.
const (
	ExpiryToRenew ExpiryDecision = "apply to renew"
	ExpiryToVary  ExpiryDecision = "apply to vary"
	ExpiryLapsed  ExpiryDecision = "lapsed"
	ExpiryRenewed ExpiryDecision = "renewed"
	ExpiryVaried  ExpiryDecision = "varied"
	ExpiryRefused ExpiryDecision = "refused"
)

// Choices lists the decisions for a form.
func (ExpiryDecision) Choices() []Choice {
	return []Choice{
		{string(ExpiryToRenew), "we apply to renew", "a"},
		{string(ExpiryToVary), "we apply to vary", "y"},
		{string(ExpiryLapsed), "let lapse", "l"},
		{string(ExpiryRenewed), "renewed by the court", "r"},
		{string(ExpiryVaried), "varied by the court", "v"},
		{string(ExpiryRefused), "application refused by the court", "f"},
	}
}

type orderExpiry struct {
	Order     Ref            `do:"order" label:"Order" kinds:"R" opts:"need"`
	Decision  ExpiryDecision `do:"decision" label:"Decision" opts:"need"`
	Condition int            `do:"condition" label:"Condition" opts:"fold" help:"The number of a condition with a last day of its own; empty: the whole order"`
	Until     day.Date       `do:"until" label:"New last day" help:"Needed when it was renewed or varied"`
	Open      bool           `do:"open" label:"Until further order" opts:"fold" help:"Yes when the court set no last day"`
	Reason    string         `do:"reason" label:"Reason" opts:"need,long"`
}

func (a *orderExpiry) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	until, at := &o.Until, -1
	if a.Condition > 0 {
		if at, err = o.conditionAt(a.Condition); err != nil {
			return err
		}
		until = &o.Conditions[at].Until
	}
	c.Reason = a.Reason
	switch a.Decision {
	case ExpiryToRenew, ExpiryToVary:
		return a.apply(c, o, *until)
	case ExpiryRefused:
		return a.refused(c, o)
	case ExpiryLapsed:
		return a.lapse(c, o, at, *until)
	case ExpiryRenewed, ExpiryVaried:
	}
	return a.extend(c, o, until)
}

// apply records that the unit goes to court, which is nagged about until the court has said something.
func (a *orderExpiry) apply(c *Change, o *Order, until day.Date) error {
	today := day.On(c.Now)
	switch {
	case a.Decision == ExpiryToRenew && until.IsZero():
		return Refuse("decision", "what runs until further order is not renewed", "Choose apply to vary, or leave it")
	case (!until.IsZero() && until < today) || (!o.Until.IsZero() && o.Until < today):
		return Refuse("decision", "it ended on "+firstDay(until, o.Until).Long()+", and what has ended is neither renewed nor varied", "Apply for a new order, and let this one lapse")
	}
	o.log(c, OrderDecision{What: DecisionWhat(a.Decision), Condition: a.Condition, Reason: a.Reason})
	return c.Put(o)
}

func (a *orderExpiry) refused(c *Change, o *Order) error {
	if _, pending := o.pending(a.Condition); !pending {
		return Refuse("decision", "no application to renew or vary it is on record", "Record the application first")
	}
	o.log(c, OrderDecision{What: WasRefused, Condition: a.Condition, Reason: a.Reason})
	return c.Put(o)
}

// lapse records the decision before the last day, and the end after it: until then the order binds.
func (a *orderExpiry) lapse(c *Change, o *Order, at int, until day.Date) error {
	if until.IsZero() {
		return Refuse("decision", "what runs until further order has no last day to lapse on", "It binds until a court discharges it")
	}
	o.log(c, OrderDecision{What: ToLapse, Condition: a.Condition, Reason: a.Reason})
	switch passed := until < day.On(c.Now); {
	case passed && at < 0:
		o.End, o.Ended = Lapsed, until
	case passed:
		o.Conditions[at].Ended = until.AddDays(1)
	}
	return c.Put(o)
}

func (a *orderExpiry) extend(c *Change, o *Order, until *day.Date) error {
	switch {
	case a.Open && !a.Until.IsZero():
		return Refuse("open", "it has a last day or runs until further order, not both", "Leave one of them empty")
	case a.Open:
	case a.Until <= *until || a.Until <= day.On(c.Now):
		was := "today"
		if !until.IsZero() {
			was = until.Long() + " and today"
		}
		return Refuse("until", "what is "+string(a.Decision)+" runs past "+was, "Enter the new last day from the court's order")
	case a.Condition > 0 && !o.Until.IsZero() && a.Until > o.Until:
		return Refuse("until", "a condition does not outlive its order, which ends on "+o.Until.Long(), "Renew the order first")
	}
	*until = a.Until
	o.log(c, OrderDecision{What: DecisionWhat(a.Decision), Condition: a.Condition, Until: a.Until, Reason: a.Reason})
	return c.Put(o)
}

type orderAppeal struct {
	Order  Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Day    day.Date `do:"day" label:"On" default:"today"`
	Reason string   `do:"reason" label:"Appeal" opts:"need,long" help:"Who appeals against what to the Crown Court (SPA 2019 s.7), or the result"`
}

func (a *orderAppeal) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	on, err := courtDay(c, o, a.Day)
	if err != nil {
		return err
	}
	o.log(c, OrderDecision{Day: on, What: AppealNoted, Reason: a.Reason})
	return c.Put(o)
}

// courtDay is the day of a court's decision about an order: after it is made, and not in the future.
func courtDay(c *Change, o *Order, d day.Date) (day.Date, error) {
	on := firstDay(d, day.On(c.Now))
	if on > day.On(c.Now) || on < o.Made {
		return 0, Refuse("day", "a court decides about an order after it is made, and not in the future", "Enter the day of the court's decision")
	}
	return on, nil
}

// MainOutcome is how the main application of an interim order failed; when it succeeds, the full order replaces it.
type MainOutcome string

// Choices lists the outcomes for a form.
func (MainOutcome) Choices() []Choice {
	return []Choice{{"refused", "the court refused it", "r"}, {"withdrawn", "it was withdrawn", "w"}}
}

type orderDetermined struct {
	Order   Ref         `do:"order" label:"Interim order" kinds:"R" opts:"need"`
	Outcome MainOutcome `do:"outcome" label:"Main application" opts:"need"`
	Day     day.Date    `do:"day" label:"On" default:"today"`
	Reason  string      `do:"reason" label:"Court and reason" opts:"need"`
}

func (a *orderDetermined) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	if o.Type != InterimSPO {
		return Refuse("order", "only an interim SPO ends with its main application (SPA 2019 s.5)", "Record a discharge if the court discharged it")
	}
	on, err := courtDay(c, o, a.Day)
	if err != nil {
		return err
	}
	c.Reason = string(a.Outcome) + ": " + a.Reason
	return endInterim(c, o, Determined, on)
}

type orderEnd struct {
	Order   Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Day     day.Date `do:"day" label:"Discharged on" default:"today"`
	Reason  string   `do:"reason" label:"Court and reason" opts:"need"`
	Consent bool     `do:"consent" label:"Both consented" opts:"fold" help:"Inside two years an SPO is discharged only if the subject and the chief officer consent (SPA 2019 s.4(5), check): yes or no"`
}

func (a *orderEnd) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	on := firstDay(a.Day, day.On(c.Now))
	switch {
	case on > day.On(c.Now) || on < o.Made:
		return Refuse("day", "an order is discharged after it is made and not in the future", "Enter the day of the court's decision")
	case o.within2Years(on) && !a.Consent:
		return Refuse("consent", "an SPO is not discharged inside two years without the consent of the subject and the chief officer (SPA 2019 s.4(5), check)",
			"Check the court's order, and say yes if both consented")
	}
	o.End, o.Ended = Discharged, on
	c.Reason = a.Reason
	return c.Put(o)
}
