package model

import (
	"strings"

	"pou/model/day"
)

func monitorActions() []Spec {
	return []Spec{
		owned(spec[orderMonitor]("order.monitor", "Name the monitoring officer", "Gives an order the officer who watches it.", orderKeepers(), KindOrder)),
		spec[orderPlan]("order.plan", "Plan how an order is watched", "Records the risk somebody judged, how often the order is checked, and whether visits are announced.",
			orderKeepers(), KindOrder),
		spec[orderHandover]("order.handover", "Hand an order over", "Offers an order to another monitoring officer, who has to acknowledge it. Until then the old one answers for it.",
			anyone(), KindOrder),
		spec[orderAccept]("order.accept", "Acknowledge a handover", "The officer an order was handed to takes it over, or declines.", anyone(), KindOrder),
		spec[orderCover]("order.cover", "Cover an order during leave", "Says who watches an order while its monitoring officer is away.", anyone(), KindOrder),
		spec[orderReturn]("order.return", "Back from leave", "Records that the monitoring officer watches the order again, and ends the cover.", anyone(), KindOrder),
		spec[orderEscalate]("order.escalate", "Escalate a concern", "Puts a concern about an order to a supervisor, who has to answer it.", anyone(), KindOrder),
		spec[orderAnswer]("order.escalation-answer", "Answer an escalated concern", "Records a supervisor's answer to a concern about an order.", supervisors(), KindOrder),
		spec[orderReview]("order.review", "Review how an order is watched", "Records a supervisor's review of the checks and the plan of an order.", supervisors(), KindOrder),
	}
}

type orderMonitor struct {
	Order   Ref `do:"order" label:"Order" kinds:"R" opts:"need"`
	Officer Ref `do:"officer" label:"Monitoring officer" kinds:"O" opts:"need"`
}

// Apply names the officer at once. An order somebody already watches is handed over instead, unless a supervisor or the
// co-ordinator decides: the one who leaves it tells the one who takes it what they must know.
func (a *orderMonitor) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	if _, err := workingOfficer(c, "officer", a.Officer); err != nil {
		return err
	}
	if o.Monitor != "" && o.Monitor != a.Officer && !c.By.Has(RoleSergeant, RoleLead, RoleCoordinator) {
		return Refuse("officer", c.nameOf(o.Monitor)+" watches "+string(o.Ref), "Hand it over with order.handover, so that the next officer acknowledges it")
	}
	if o.Watch != nil {
		o.watching().settled()
	}
	o.decided(c, "monitoring officer: "+c.nameOf(a.Officer), "")
	o.Monitor = a.Officer
	return c.Put(o)
}

// settled forgets the offer and the cover: somebody has just been named to watch.
func (p *MonitorPlan) settled() {
	p.Offered, p.OfferedOn, p.OfferedBy, p.Handover = "", 0, "", ""
	p.Cover, p.CoverFrom, p.CoverUntil = "", 0, 0
}

// decided writes a line into the order's log.
func (o *Order) decided(c *Change, what, reason string) {
	log := append([]OrderDecision{}, o.Log...)
	o.Log = append(log, OrderDecision{Day: day.On(c.Now), What: DecisionWhat(what), By: c.By.Ref, Reason: reason})
}

// boundOrder is an order that binds today: there is nothing to watch after its last day.
func boundOrder(c *Change, ref Ref) (*Order, error) {
	o, err := liveOrder(c, ref)
	if err != nil {
		return nil, err
	}
	if !o.Live(day.On(c.Now)) {
		return nil, Refuse("order", string(o.Ref)+" ran out on "+o.Until.Long(), "Record what became of it with order.expiry")
	}
	return o, nil
}

type orderPlan struct {
	Order  Ref         `do:"order" label:"Order" kinds:"R" opts:"need"`
	Risk   RiskLevel   `do:"risk" label:"Risk" help:"Your judgement, or that of the assessment you rely on: high, medium or standard"`
	Every  int         `do:"every" label:"Check every (days)" help:"Empty: by the risk; high 14, medium 28, standard 90 (local practice)"`
	Visits VisitNotice `do:"visits" label:"Visits"`
	Reason string      `do:"reason" label:"Reason" opts:"need,long"`
}

// VisitNotice is whether visits are announced.
type VisitNotice string

// Choices lists both for a form.
func (VisitNotice) Choices() []Choice {
	return []Choice{{"unannounced", "unannounced", "u"}, {"announced", "announced beforehand", "a"}}
}

func (a *orderPlan) Apply(c *Change) error {
	o, err := boundOrder(c, a.Order)
	if err != nil {
		return err
	}
	p := o.watching()
	if a.Risk != "" {
		o.Risk, p.Every = a.Risk, 0
	}
	if o.Risk == "" {
		return Refuse("risk", "how often an order is checked follows from the risk, which nobody has recorded", "Choose high, medium or standard")
	}
	if a.Every > 0 {
		p.Every = a.Every
	}
	if least := o.leastEvery(limitsOf(c.src)); p.Every > least && !c.By.Supervises() {
		return Refuse("every", "at "+string(o.Risk)+" risk an order is checked every "+itoa(least)+" days ("+Local+")", "Enter "+itoa(least)+" or fewer, or ask a supervisor")
	}
	if a.Visits != "" {
		p.Announced = a.Visits == "announced"
	}
	if p.Planned.IsZero() {
		p.Planned = day.On(c.Now)
	}
	c.Reason = a.Reason
	o.decided(c, "watched at "+string(o.Risk)+" risk, every "+itoa(o.CheckEvery(limitsOf(c.src)))+" days, visits "+p.visitWord(), a.Reason)
	return c.Put(o)
}

type orderHandover struct {
	Order Ref    `do:"order" label:"Order" kinds:"R" opts:"need"`
	To    Ref    `do:"to" label:"To" kinds:"O" opts:"need"`
	Know  string `do:"know" label:"What they must know" opts:"need,long" help:"How the subject behaves, what to look for, what is open; never who or where the victim-survivor is"`
}

func (a *orderHandover) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	if _, err := workingOfficer(c, "to", a.To); err != nil {
		return err
	}
	switch o.Monitor {
	case "":
		return Refuse("order", "nobody watches "+string(o.Ref)+", so there is nobody to hand it over", "Name its officer with order.monitor")
	case a.To:
		return Refuse("to", c.nameOf(a.To)+" already watches "+string(o.Ref), "Name the officer who takes it over")
	}
	p := o.watching()
	p.Offered, p.OfferedOn, p.OfferedBy, p.Handover = a.To, day.On(c.Now), c.By.Ref, a.Know
	o.decided(c, "handed over to "+c.nameOf(a.To)+", to be acknowledged", "")
	return c.Put(o)
}

type orderAccept struct {
	Order  Ref          `do:"order" label:"Order" kinds:"R" opts:"need"`
	Answer AcceptAnswer `do:"answer" label:"Answer" default:"accept"`
	Words  string       `do:"words" label:"Words" opts:"long" help:"Needed to decline: why, and who should watch it instead"`
}

// AcceptAnswer is what the officer says to whom an order was handed.
type AcceptAnswer string

const declined AcceptAnswer = "decline"

// Choices lists both for a form.
func (AcceptAnswer) Choices() []Choice {
	return []Choice{{"accept", "I have read it and watch the order from now on", "a"}, {string(declined), "I cannot take it", "d"}}
}

func (a *orderAccept) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	p := o.watching()
	switch {
	case p.Offered == "":
		return Refuse("order", string(o.Ref)+" has not been handed over to anybody", "order.handover offers it first")
	case p.Offered != c.By.Ref:
		return Refuse("order", string(o.Ref)+" was handed over to "+c.nameOf(p.Offered)+", who acknowledges it themselves", "Ask them, or hand it over to somebody else")
	case a.Answer == declined && a.Words == "":
		return Refuse("words", "whoever declines an order says why", "Say why, and who should watch it instead")
	}
	if a.Answer == declined {
		p.Offered, p.OfferedOn, p.OfferedBy, p.Handover = "", 0, "", ""
		o.decided(c, "handover declined by "+c.By.Call(), a.Words)
		return c.Put(o)
	}
	o.decided(c, "watched by "+c.By.Call()+", who acknowledged the handover", joinNote(p.Handover, a.Words))
	p.settled()
	o.Monitor = c.By.Ref
	return c.Put(o)
}

type orderCover struct {
	Order   Ref      `do:"order" label:"Order" kinds:"R" opts:"need"`
	Officer Ref      `do:"officer" label:"Who covers" kinds:"O" opts:"need"`
	From    day.Date `do:"from" label:"First day of leave" default:"today"`
	Until   day.Date `do:"until" label:"Last day of leave" opts:"need"`
	Words   string   `do:"words" label:"What they must know" opts:"long"`
}

func (a *orderCover) Apply(c *Change) error {
	o, err := boundOrder(c, a.Order)
	if err != nil {
		return err
	}
	if _, err := workingOfficer(c, "officer", a.Officer); err != nil {
		return err
	}
	from := firstDay(a.From, day.On(c.Now))
	switch {
	case o.Monitor == "":
		return Refuse("order", "nobody watches "+string(o.Ref)+", so there is nobody to cover for", "Name its officer with order.monitor")
	case a.Officer == o.Monitor:
		return Refuse("officer", c.nameOf(a.Officer)+" watches "+string(o.Ref)+" and is the one away", "Name the officer who covers")
	case a.Until < from || a.Until < day.On(c.Now):
		return Refuse("until", "leave ends on or after its first day, and not in the past", "Check both days")
	}
	p := o.watching()
	p.Cover, p.CoverFrom, p.CoverUntil = a.Officer, from, a.Until
	o.decided(c, "covered by "+c.nameOf(a.Officer)+", "+from.Long()+" to "+a.Until.Long(), a.Words)
	return c.Put(o)
}

type orderReturn struct {
	Order Ref    `do:"order" label:"Order" kinds:"R" opts:"need"`
	Words string `do:"words" label:"What happened meanwhile" opts:"long"`
}

func (a *orderReturn) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	p := o.watching()
	if p.Cover == "" {
		return Refuse("order", string(o.Ref)+" is not covered by anybody", "Nothing needs recording")
	}
	o.decided(c, "watched again by "+c.nameOf(o.Monitor)+"; "+c.nameOf(p.Cover)+" covered", a.Words)
	p.Cover, p.CoverFrom, p.CoverUntil = "", 0, 0
	return c.Put(o)
}

type orderEscalate struct {
	Order   Ref    `do:"order" label:"Order" kinds:"R" opts:"need"`
	To      Ref    `do:"to" label:"To supervisor" kinds:"O" opts:"need"`
	Concern string `do:"concern" label:"Concern" opts:"need,long"`
}

func (a *orderEscalate) Apply(c *Change) error {
	o, err := boundOrder(c, a.Order)
	if err != nil {
		return err
	}
	to, err := workingOfficer(c, "to", a.To)
	if err != nil {
		return err
	}
	p := o.watching()
	switch {
	case !to.Supervises():
		return Refuse("to", to.Call()+" is no supervisor", "Name a sergeant or the lead")
	case to.Ref == c.By.Ref:
		return Refuse("to", "nobody answers their own concern", "Name another supervisor")
	case !p.Escalated.IsZero():
		return Refuse("order", "a concern is already with "+c.nameOf(p.EscalateTo)+" since "+p.Escalated.Long(), "It is answered first, with order.escalation-answer")
	}
	p.Escalated, p.EscalateTo, p.EscalatedBy, p.Concern = day.On(c.Now), to.Ref, c.By.Ref, a.Concern
	o.decided(c, "escalated to "+to.Call(), a.Concern)
	return c.Put(o)
}

type orderAnswer struct {
	Order  Ref    `do:"order" label:"Order" kinds:"R" opts:"need"`
	Answer string `do:"answer" label:"Answer" opts:"need,long" help:"What is done, by whom, by when"`
}

func (a *orderAnswer) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	p := o.watching()
	switch {
	case p.Escalated.IsZero():
		return Refuse("order", "no concern about "+string(o.Ref)+" waits for an answer", "order.escalate raises one")
	case p.EscalatedBy == c.By.Ref:
		return Refuse("order", "nobody answers their own concern", "Another supervisor answers it")
	}
	p.Escalated, p.EscalateTo, p.EscalatedBy, p.Concern = 0, "", "", ""
	o.decided(c, "concern answered", a.Answer)
	return c.Put(o)
}

type orderReview struct {
	Order   Ref    `do:"order" label:"Order" kinds:"R" opts:"need"`
	Finding string `do:"finding" label:"Finding" opts:"need,long" help:"Whether it was checked as planned, whether the plan fits the risk, what changes"`
}

func (a *orderReview) Apply(c *Change) error {
	o, err := boundOrder(c, a.Order)
	if err != nil {
		return err
	}
	if o.Watcher(day.On(c.Now)) == c.By.Ref {
		return Refuse("order", "nobody reviews their own watching", "Another supervisor reviews it")
	}
	p := o.watching()
	p.Reviewed, p.ReviewedBy = day.On(c.Now), c.By.Ref
	o.decided(c, "reviewed by "+c.By.Call(), a.Finding)
	return c.Put(o)
}

// ordersNamed is how many orders a refusal names before it says how many more there are.
const ordersNamed = 5

// watchesNothing refuses to let an officer go while an order counts on them: to watch it, to cover, to take it over or to
// answer a concern about it.
func watchesNothing(c *Change, who *Officer) error {
	orders, err := linked[*Order](c, who.Ref, KindOrder)
	if err != nil {
		return err
	}
	var named []string
	more := 0
	for _, o := range orders {
		if o.End != "" {
			continue
		}
		if more++; more <= ordersNamed {
			named = append(named, string(o.Ref)+" ("+o.countsOn(who.Ref)+")")
		}
	}
	if more == 0 {
		return nil
	}
	words := strings.Join(named, ", ")
	if rest := more - len(named); rest > 0 {
		words += " and " + itoa(rest) + " more"
	}
	return Refuse("officer", who.Call()+" is counted on by orders: "+words,
		"Hand them over first (order.handover, order.monitor), or say that access ends at once; pou list orders --where owner:"+string(who.Ref)+" lists those they watch")
}

// countsOn says what an order counts on an officer for.
func (o *Order) countsOn(who Ref) string {
	p := o.plan()
	switch who {
	case o.Monitor:
		return "watches"
	case p.Cover:
		return "covers"
	case p.Offered:
		return "is to take it over"
	case p.EscalateTo:
		return "has a concern to answer"
	}
	return "named"
}

// withoutTheLeft takes officers who have left meanwhile out of an order an undo brings back: it then raises the alarm of an
// order nobody watches, instead of standing with an owner who is not here.
func (c *Change) withoutTheLeft(r Record) error {
	o, ok := r.(*Order)
	if !ok || o.End != "" {
		return nil
	}
	gone := func(ref Ref) (bool, error) {
		if ref == "" {
			return false, nil
		}
		who, err := Load[*Officer](c, "", ref)
		return err == nil && who.Left, err
	}
	p := o.plan()
	for _, slot := range []struct {
		of    Ref
		clear func(*MonitorPlan)
	}{
		{o.Monitor, func(*MonitorPlan) { o.Monitor = "" }},
		{p.Cover, func(p *MonitorPlan) { p.Cover, p.CoverFrom, p.CoverUntil = "", 0, 0 }},
		{p.Offered, func(p *MonitorPlan) { p.Offered, p.OfferedOn, p.OfferedBy, p.Handover = "", 0, "", "" }},
		{p.EscalateTo, func(p *MonitorPlan) { p.Escalated, p.EscalateTo, p.EscalatedBy, p.Concern = 0, "", "", "" }},
	} {
		left, err := gone(slot.of)
		if err != nil {
			return err
		}
		if left {
			slot.clear(o.watching())
		}
	}
	return nil
}
