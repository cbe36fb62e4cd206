package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

func orderActions() []Spec {
	return []Spec{
		spec[orderAdd]("order.add", "Add an order", "Puts a restraining order or SPO on record with its conditions.", anyone(), KindPerson),
		spec[orderServe]("order.serve", "Record service", "Records that an order was served, which starts its clocks.", anyone(), KindOrder),
		spec[orderServeCorrect]("order.serve-correct", "Correct the service", "Puts right when or how an order was served; its clocks are worked out again.",
			orderKeepers(), KindOrder),
		spec[orderNotify]("order.notify", "Record a notification", "Records the subject's initial notification of names and home address.", anyone(), KindOrder),
		spec[orderChange]("order.change", "Record a new name or home", "Records a name the subject has begun to use or a home they have moved to, which an SPO has them notify.",
			anyone(), KindOrder),
		spec[orderChangeNotified]("order.change-notified", "Record that a change was notified", "Records that the subject notified a new name or home.", anyone(), KindOrder),
		spec[orderExpiry]("order.expiry", "Decide an order's end", "Records what is to become, or became, of an order or a condition whose last day is near or past.",
			orderKeepers(), KindOrder),
		spec[orderVary]("order.vary", "Record a variation", "Records that a court changed a condition or the last day of an order.", orderKeepers(), KindOrder),
		spec[orderAppeal]("order.appeal", "Note an appeal", "Notes an appeal to the Crown Court, or its result.", orderKeepers(), KindOrder),
		spec[orderDetermined]("order.determined", "Main application failed", "Ends an interim SPO because the application for the full one was refused or withdrawn.",
			orderKeepers(), KindOrder),
		owned(spec[orderEnd]("order.discharge", "Record a discharge", "Records that a court discharged an order.", orderKeepers(), KindOrder)),
		spec[conditionAdd]("condition.add", "Add a condition by variation", "Adds a condition a court added to an order when it varied it.", orderKeepers(), KindOrder),
		spec[conditionSet]("condition.set", "Say what a condition is about", "Says what kind of condition it is, what it can be matched by and how it is monitored.",
			orderKeepers(), KindOrder),
		spec[conditionEnd]("condition.end", "Record that a condition ended", "Records that a court varied a condition away.", orderKeepers(), KindOrder),
	}
}

type orderAdd struct {
	Person     Ref         `do:"person" label:"Subject" kinds:"P" opts:"need"`
	Type       OrderType   `do:"type" label:"Type" opts:"need"`
	Made       day.Date    `do:"made" label:"Made on" opts:"need"`
	Until      day.Date    `do:"until" label:"Last day" help:"Empty: until further order"`
	Court      string      `do:"court" label:"Court"`
	Conditions []string    `do:"conditions" label:"Conditions" opts:"need,long" help:"One on each line, in the words of the order; begin a requirement with \"Must\""`
	Served     time.Time   `do:"served" label:"Served" opts:"fold"`
	ServedHow  string      `do:"served_how" label:"Served how" opts:"fold"`
	Monitor    Ref         `do:"monitor" label:"Monitoring officer" kinds:"O"`
	Unit       Unit        `do:"unit" label:"Unit" default:"unit"`
	Replaces   Ref         `do:"replaces" label:"Replaces interim" kinds:"R" opts:"fold"`
	Origin     OrderOrigin `do:"origin" label:"How it came" opts:"fold" help:"Empty: as its type is usually made"`
	Risk       RiskLevel   `do:"risk" label:"Risk" opts:"fold" help:"A recorded judgement: it decides how often the order is checked"`
	Locality   string      `do:"locality" label:"Limited to" opts:"fold" help:"Empty: the whole of the United Kingdom"`
	Protects   string      `do:"protects" label:"Protects" opts:"fold,hide" help:"Kept on need-to-know and never listed"`
	Note       string      `do:"note" label:"Note" opts:"fold,long"`
}

func (a *orderAdd) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	if a.Made > day.On(c.Now) {
		return Refuse("made", "an order cannot have been made in the future", "Enter the day the court made it")
	}
	o := &Order{
		Person: p.Ref, Type: a.Type, Unit: firstUnit(a.Unit, p.OwnerUnit, c.By.Unit), Court: a.Court, Made: a.Made, Until: a.Until,
		Served: a.Served, ServedHow: a.ServedHow, Monitor: a.Monitor, Replaces: a.Replaces, Protected: a.Protects, Note: a.Note,
		Origin: a.Origin, Risk: a.Risk, Locality: a.Locality,
	}
	if o.Origin == "" {
		o.Origin = o.Type.Origin()
	}
	for i, text := range a.Conditions {
		o.Conditions = append(o.Conditions, Condition{No: i + 1, Text: text, Requirement: isRequirement(text)})
	}
	if err := workingOfficers(c, "monitor", a.Monitor); err != nil {
		return err
	}
	if !o.Served.IsZero() {
		o.ServedBy = c.By.Ref
		if o.Served.After(c.Now) {
			return Refuse("served", "an order cannot have been served later than now", "Enter the time it was served")
		}
	}
	if err := c.Put(o); err != nil {
		return err
	}
	return supersede(c, o)
}

// isRequirement reads a condition by its first words: orders say "Must ..." for what the subject has to do.
func isRequirement(text string) bool {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 || (words[0] != "must" && words[0] != "to") {
		return false
	}
	return len(words) == 1 || !slices.Contains([]string{"not", "never", "refrain"}, words[1])
}

// supersede ends the interim order a full order replaces: it dies with the determination of the main application
// (SPA 2019 s.5).
func supersede(c *Change, o *Order) error {
	if o.Replaces == "" {
		return nil
	}
	old, err := Load[*Order](c, "replaces", o.Replaces)
	if err != nil {
		return err
	}
	if !o.Type.IsSPO() {
		return Refuse("replaces", "only a stalking protection order replaces an interim SPO (SPA 2019 s.5)", "Leave it empty, and discharge the interim order if the court did")
	}
	if old.Type != InterimSPO || old.Person != o.Person {
		return Refuse("replaces", string(old.Ref)+" is not an interim SPO against the same person", "Name the interim order, or leave it empty")
	}
	if old.End == "" && !old.Live(o.Made) {
		return Refuse("replaces", string(old.Ref)+" ran out on "+old.Until.Long()+", before "+o.Made.Long()+", so there was nothing to replace: the duty to notify begins anew (SPA 2019 s.9(1))",
			"Leave it empty, and record that the interim order lapsed (order.expiry)")
	}
	// The duty to notify is one: what was notified under the interim order stands, and what was not is still due from then.
	o.Notified, o.NotifiedWhere, o.NotifiedAck, o.Verified = old.Notified, old.NotifiedWhere, old.NotifiedAck, old.Verified
	o.InterimServed = old.notifyStart()
	o.NotifyAnew = o.InterimServed.IsZero()
	for _, n := range old.Changes {
		if n.Notified.IsZero() {
			o.Changes = append(o.Changes, n)
		}
	}
	if err := c.Put(o); err != nil {
		return err
	}
	if old.End != "" { // how it ended stands
		return nil
	}
	return endInterim(c, old, Superseded, o.Made)
}

// endInterim ends an interim order with the determination of its main application (SPA 2019 s.5).
func endInterim(c *Change, interim *Order, how OrderEnd, on day.Date) error {
	interim.End, interim.Ended = how, on
	return c.Put(interim)
}

type orderServe struct {
	Order     Ref         `do:"order" label:"Order" kinds:"R" opts:"need"`
	At        time.Time   `do:"at" label:"Served at" default:"now"`
	How       ServeMethod `do:"how" label:"How" opts:"need"`
	Where     string      `do:"where" label:"Where"`
	Explained bool        `do:"explained" label:"Terms explained" help:"Whether each term was explained to the subject: yes or no"`
	BWV       string      `do:"bwv" label:"Body-worn video" help:"Its reference"`
	By        Ref         `do:"by" label:"Served by" kinds:"O" opts:"fold" help:"Empty: you"`
}

func (a *orderServe) Apply(c *Change) error {
	o, err := servedOrder(c, a.Order)
	if err != nil {
		return err
	}
	if !o.Served.IsZero() {
		return Refuse("order", string(o.Ref)+" was served on "+day.On(o.Served).Long(), "Correct that service if it was wrong (order.serve-correct)")
	}
	if err := a.canServe(c, o); err != nil {
		return err
	}
	o.Served, o.ServedHow, o.ServedWhere = orNow(a.At, c), string(a.How), a.Where
	o.Explained, o.ServedBWV, o.ServedBy = a.Explained, a.BWV, c.By.Ref
	if a.By != "" {
		o.ServedBy = a.By
	}
	if err := c.Put(o); err != nil {
		return err
	}
	return followService(c, o)
}

// servedOrder is an order whose service may be recorded or corrected: a live one, or an interim one that a full order
// replaced, since the duty to notify under the full one runs from it.
func servedOrder(c *Change, ref Ref) (*Order, error) {
	if o, err := Load[*Order](c, "order", ref); err == nil && o.End == Superseded {
		return o, nil
	}
	return liveOrder(c, ref)
}

// followService carries the service of an interim order, recorded late or corrected, to the order that replaced it: its
// clock is worked out again.
func followService(c *Change, interim *Order) error {
	if interim.End != Superseded {
		return nil
	}
	orders, err := linked[*Order](c, interim.Ref, KindOrder)
	if err != nil {
		return err
	}
	for _, o := range orders {
		if o.Replaces != interim.Ref || (o.InterimServed.IsZero() && !o.NotifyAnew) { // one from before this was kept says nothing of it
			continue
		}
		o.InterimServed, o.NotifyAnew = interim.notifyStart(), false
		o.dropEarlyNotice(c)
		if err := c.Put(o); err != nil {
			return err
		}
		if err := followService(c, o); err != nil {
			return err
		}
	}
	return nil
}

func (a *orderServe) canServe(c *Change, o *Order) error {
	if _, err := officerOnRecord(c, "by", a.By); err != nil {
		return err
	}
	return servedInLife(c, o, orNow(a.At, c))
}

// servedInLife refuses a service that has not happened yet or came after the order's last day.
func servedInLife(c *Change, o *Order, at time.Time) error {
	if err := notLater(at, c); err != nil {
		return err
	}
	if o.End == Superseded && day.On(at) > o.Ended {
		return Refuse("at", string(o.Ref)+" was superseded on "+o.Ended.Long()+", and binds nobody who is served later", "Check the day")
	}
	if !o.Until.IsZero() && day.On(at) > o.Until {
		return Refuse("at", string(o.Ref)+" ended on "+o.Until.Long()+", and binds nobody who is served later", "Check the day")
	}
	return nil
}

// officerOnRecord loads an officer who may have left since; none when no ref is given.
func officerOnRecord(c *Change, field string, ref Ref) (*Officer, error) {
	if ref == "" {
		return nil, nil //nolint:nilnil // nobody was named
	}
	return Load[*Officer](c, field, ref)
}

type orderServeCorrect struct {
	Order     Ref         `do:"order" label:"Order" kinds:"R" opts:"need"`
	At        time.Time   `do:"at" label:"Served at"`
	How       ServeMethod `do:"how" label:"How"`
	Where     string      `do:"where" label:"Where"`
	Explained bool        `do:"explained" label:"Terms explained" help:"Yes when they were; leave empty to change nothing"`
	BWV       string      `do:"bwv" label:"Body-worn video" help:"Its reference"`
	By        Ref         `do:"by" label:"Served by" kinds:"O" opts:"fold"`
	Reason    string      `do:"reason" label:"Reason" opts:"need,long"`
}

func (a *orderServeCorrect) Apply(c *Change) error {
	o, err := servedOrder(c, a.Order)
	if err != nil {
		return err
	}
	if o.Served.IsZero() {
		return Refuse("order", string(o.Ref)+" is not recorded as served", "Record the service first")
	}
	if _, err := officerOnRecord(c, "by", a.By); err != nil {
		return err
	}
	if !a.At.IsZero() {
		if err := servedInLife(c, o, a.At); err != nil {
			return err
		}
		a.move(c, o)
	}
	for _, e := range []struct {
		from string
		to   *string
	}{{string(a.How), &o.ServedHow}, {a.Where, &o.ServedWhere}, {a.BWV, &o.ServedBWV}} {
		if e.from != "" {
			*e.to = e.from
		}
	}
	if a.By != "" {
		o.ServedBy = a.By
	}
	o.Explained = o.Explained || a.Explained
	c.Reason = a.Reason
	if err := c.Put(o); err != nil {
		return err
	}
	return followService(c, o)
}

// move puts the service at another time. A notification from before it cannot have been one, so its clock runs again
// rather than being forgotten.
func (a *orderServeCorrect) move(c *Change, o *Order) {
	o.log(c, OrderDecision{What: ServiceCorrect, Reason: a.Reason, Before: "served " + day.Moment(o.Served)})
	o.Served = a.At
	o.dropEarlyNotice(c)
}

// dropEarlyNotice sets a notification aside that came before the service it would have answered.
func (o *Order) dropEarlyNotice(c *Change) {
	if !o.Notified.IsZero() && o.Notified < day.On(o.notifyStart()) {
		o.log(c, OrderDecision{What: NotifiedDropped, Reason: "it came before service as corrected", Before: "notified " + o.Notified.Long()})
		o.Notified, o.NotifiedWhere, o.NotifiedAck, o.Verified = 0, "", false, false
	}
}

// log adds to what was decided about the order, by whoever acts, today unless another day is given.
func (o *Order) log(c *Change, d OrderDecision) {
	d.By = c.By.Ref
	if d.Day.IsZero() {
		d.Day = day.On(c.Now)
	}
	o.Log = append(o.Log, d)
}

func liveOrder(c *Change, ref Ref) (*Order, error) {
	o, err := Load[*Order](c, "order", ref)
	if err != nil {
		return nil, err
	}
	if o.End != "" {
		return nil, Refuse("order", string(o.Ref)+" was "+string(o.End)+" on "+o.Ended.Long(), "Look for the order that took its place")
	}
	return o, nil
}
