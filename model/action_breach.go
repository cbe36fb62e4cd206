package model

import (
	"cmp"
	"slices"
	"time"

	"pou/model/day"
)

func breachActions() []Spec {
	return []Spec{
		spec[breachReport]("breach.report", "Report a potential breach", "Records an event that may breach a condition of an order, or a duty to notify. It stays potential until an officer decides.",
			append(anyone(), RoleSTAC), KindOrder),
		spec[breachDismiss]("breach.dismiss", "Dismiss a suspicion", "Says, with the reason, that what the record suggests is no potential breach. It is not put forward again.", orderKeepers(), KindOrder),
		spec[breachDecide]("breach.decide", "Decide a breach", "Records an officer's decision on a potential breach, with the reason; of a substantiated one, what follows in the same step.",
			orderKeepers(), KindBreach),
	}
}

type breachReport struct {
	Order     Ref         `do:"order" label:"Order" kinds:"R" help:"Needed unless a suspicion is named"`
	Condition int         `do:"condition" label:"Condition" help:"Enter the number of the condition it would breach"`
	What      string      `do:"what" label:"What happened" opts:"long"`
	At        time.Time   `do:"at" label:"When" default:"now"`
	Source    string      `do:"source" label:"Reported by" help:"Victim-survivor, check, intelligence, another force ..."`
	Events    []Ref       `do:"events" label:"Rests on" kinds:"I,A,K,C,T" opts:"fold" help:"The records it rests on: intelligence, an attempt, an arrest, a case"`
	Found     BreachFound `do:"found" label:"Found by" opts:"fold" help:"Empty: a report to police"`
	Duty      Duty        `do:"duty" label:"Or duty" opts:"fold" help:"Of an SPO, in place of a condition: failing to notify is an offence of its own (SPA 2019 s.11)"`
	Report    string      `do:"report" label:"Crime report" opts:"fold"`
	Unit      Unit        `do:"unit" label:"Unit" opts:"fold"`
	Owner     Ref         `do:"owner" label:"Owner" kinds:"O" opts:"fold"`
	Suspicion string      `do:"suspicion" label:"Suspicion" opts:"fold" help:"Its name from pou list suspicions; it fills in what is left empty"`
}

func (a *breachReport) Apply(c *Change) error {
	b := &Breach{What: a.What, Condition: a.Condition, Duty: a.Duty, Found: a.Found, Source: a.Source, Report: a.Report, State: BreachReported, Reported: c.Now, Owner: a.Owner}
	for _, e := range a.Events {
		b.Events = append(b.Events, string(e))
	}
	if a.Suspicion != "" {
		if err := a.take(c, b); err != nil {
			return err
		}
	}
	if a.Order == "" {
		return Refuse("order", "a potential breach is of an order", "Give the order, or the suspicion")
	}
	o, err := Load[*Order](c, "order", a.Order)
	if err != nil {
		return err
	}
	if err := workingOfficers(c, "owner", a.Owner); err != nil {
		return err
	}
	if err := restsOn(c, o.Person, a.Events); err != nil {
		return err
	}
	b.At = orNow(a.At, c)
	if err := b.breaches(o); err != nil {
		return err
	}
	b.Order, b.Person, b.Type, b.Unit = o.Ref, o.Person, o.Type, firstUnit(a.Unit, o.Unit, c.By.Unit)
	b.Owner, b.Found = cmp.Or(b.Owner, o.Monitor), cmp.Or(b.Found, FoundReport)
	b.Steps = []BreachStep{{At: c.Now, State: BreachReported, By: c.By.Ref}}
	if err := c.Put(b); err != nil {
		return err
	}
	o.Breaches++
	return c.Put(o)
}

// take fills in from a suspicion what the officer left empty. What they typed stands.
func (a *breachReport) take(c *Change, b *Breach) error {
	s, err := SuspicionNamed(c.src, a.Suspicion, c.Now)
	if err != nil {
		return err
	}
	switch {
	case a.Order != "" && a.Order != s.Order:
		return Refuse("order", a.Suspicion+" is about "+string(s.Order), "Leave the order out, or name another suspicion")
	case a.Condition != 0 && a.Condition != s.Condition:
		return Refuse("condition", a.Suspicion+" is about condition "+itoa(s.Condition), "Leave the condition out, or report the event without the suspicion")
	case a.Duty != "" && a.Duty != s.Duty:
		return Refuse("duty", a.Suspicion+" is not about that duty", "Leave the duty out")
	}
	s.fill(b)
	a.Order = s.Order
	if a.At.IsZero() {
		a.At = s.At
	}
	return nil
}

// fill puts into a breach what the suspicion says; what is there stands.
func (s *Suspicion) fill(b *Breach) {
	b.Condition, b.Duty, b.Found, b.What = s.Condition, s.Duty, cmp.Or(b.Found, s.Found), cmp.Or(b.What, s.What)
	b.Why, b.Else, b.Look, b.Weight, b.Source = s.Why, s.Else, s.Look, s.Weight, cmp.Or(b.Source, "the record: "+string(s.Found))
	for _, e := range s.Events {
		if !slices.Contains(b.Events, e) {
			b.Events = append(b.Events, e)
		}
	}
}

// breaches holds the event to the order: a condition that is there and bound then, or a duty the order carries.
func (b *Breach) breaches(o *Order) error {
	if b.Duty != "" {
		if b.Condition != 0 {
			return b.Check()
		}
		switch {
		case !o.Type.IsSPO():
			return Refuse("duty", "only a stalking protection order carries a duty to notify (SPA 2019 s.9)", "Enter the condition it would breach")
		case o.Served.IsZero() || b.At.Before(o.Served):
			return Refuse("duty", "the duty to notify begins with service (SPA 2019 s.9)", "Record service first, or check the time")
		}
		return inForce(o, Condition{}, day.On(b.At))
	}
	cond, ok := o.Condition(b.Condition)
	if !ok {
		return Refuse("condition", string(o.Ref)+" has no condition "+itoa(b.Condition), "Its conditions are numbered 1 to "+itoa(len(o.Conditions)))
	}
	return inForce(o, cond, day.On(b.At))
}

// restsOn holds the records a breach rests on to the record: they are there, and about the subject.
func restsOn(c *Change, subject Ref, refs []Ref) error {
	for _, ref := range refs {
		r, err := Load[Record](c, "events", ref)
		if err != nil {
			return err
		}
		if !slices.Contains(r.Links(), subject) {
			return Refuse("events", string(ref)+" is not about "+string(subject), "Name records about the subject of the order")
		}
	}
	return nil
}

// inForce refuses an event outside the life of the order or of the condition: it may be an offence, but not a breach.
func inForce(o *Order, cond Condition, on day.Date) error {
	const do = "Check the day; if it is right, this is not a breach of this condition"
	switch {
	case on < o.Made:
		return Refuse("at", string(o.Ref)+" was made on "+o.Made.Long()+", after the event", do)
	case o.End != "" && on > o.Ended:
		return Refuse("at", string(o.Ref)+" was "+string(o.End)+" on "+o.Ended.Long(), do)
	case !o.Until.IsZero() && on > o.Until:
		return Refuse("at", string(o.Ref)+" ended on "+o.Until.Long(), do)
	case !cond.Until.IsZero() && on > cond.Until:
		return Refuse("at", "condition "+itoa(cond.No)+" ended on "+cond.Until.Long(), do)
	case !cond.Ended.IsZero() && on >= cond.Ended:
		return Refuse("at", "condition "+itoa(cond.No)+" no longer bound from "+cond.Ended.Long()+", when a court ended it", do)
	}
	return nil
}

type breachDismiss struct {
	Suspicion string `do:"suspicion" label:"Suspicion" opts:"need" help:"Its name from pou list suspicions"`
	Reason    string `do:"reason" label:"Why it is none" opts:"need,long" help:"Say which explanation holds, and how you know"`
	Order     Ref    `do:"order" label:"Order" kinds:"R" opts:"fold"`
}

func (a *breachDismiss) Apply(c *Change) error {
	s, err := SuspicionNamed(c.src, a.Suspicion, c.Now)
	if err != nil {
		return err
	}
	if a.Order != "" && a.Order != s.Order {
		return Refuse("order", a.Suspicion+" is about "+string(s.Order), "Leave the order out, or name another suspicion")
	}
	b := &Breach{Order: s.Order, Person: s.Person, Type: s.Type, Unit: s.Unit, At: s.At, Reported: c.Now, Owner: s.Owner}
	s.fill(b)
	b.stand(c, BreachDismissed, a.Reason)
	c.Reason = a.Reason
	return c.Put(b)
}

// Wish is a choice that follows from another one when it is left empty.
type Wish string

// Choices lists the answers for a form.
func (Wish) Choices() []Choice { return []Choice{{"yes", "yes", "y"}, {"no", "no", "n"}} }

// or is the answer, or what follows when there is none.
func (w Wish) or(otherwise bool) bool {
	if w == "" {
		return otherwise
	}
	return w == "yes"
}

type breachDecide struct {
	Breach    Ref            `do:"breach" label:"Breach" kinds:"B" opts:"need"`
	Decision  BreachDecision `do:"decision" label:"Decision" opts:"need"`
	Reason    string         `do:"reason" label:"Reason" opts:"need,long"`
	Excuse    string         `do:"excuse" label:"Reasonable excuse" opts:"long" help:"What was offered or ruled out; needed to find it substantiated"`
	Want      bool           `do:"want" label:"Mark as wanted" help:"Opens a wanted line for the breach, when it is substantiated"`
	Task      Wish           `do:"task" label:"And a task" help:"Empty: yes when wanted (arrest enquiry) or more is needed"`
	Target    Wish           `do:"target" label:"And on the list" help:"Empty: yes when wanted, on the list of the operation below"`
	Operation Ref            `do:"operation" label:"of operation" kinds:"OP" help:"The live operation, such as OP-0001; empty: no list"`
	Needs     string         `do:"needs" label:"What is needed" opts:"fold,long" help:"When more is needed; empty: what the reason says"`
	Assign    Ref            `do:"assign" label:"Task for" kinds:"O" opts:"fold" help:"Empty: the owner of the breach"`
	Due       day.Date       `do:"due" label:"Task due" opts:"fold" help:"Empty: today for an arrest enquiry, in three days for what is needed"`
	Court     CourtResult    `do:"court" label:"Court" opts:"fold" help:"When a court decided: convicted, not guilty or discontinued"`
	Events    []Ref          `do:"events" label:"Also rests on" kinds:"I,A,K,C,T" opts:"fold" help:"Further records the decision rests on"`
}

func (a *breachDecide) Apply(c *Change) error {
	b, err := Load[*Breach](c, "breach", a.Breach)
	if err != nil {
		return err
	}
	o, err := Load[*Order](c, "order", b.Order)
	if err != nil {
		return err
	}
	to := BreachState(a.Decision)
	if err := restsOn(c, b.Person, a.Events); err != nil {
		return err
	}
	for _, e := range a.Events {
		if !slices.Contains(b.Events, string(e)) {
			b.Events = append(b.Events, string(e))
		}
	}
	if to == BreachSubstantiated {
		if err := canSubstantiate(c, o, b, a.Excuse); err != nil {
			return err
		}
	}
	if err := b.may(to); err != nil {
		return err
	}
	if err := a.court(b, to); err != nil {
		return err
	}
	b.stand(c, to, a.Reason)
	b.Excuse, b.Needs = cmp.Or(a.Excuse, b.Excuse), ""
	if to == BreachNeedMore {
		b.Needs = cmp.Or(a.Needs, a.Reason)
	}
	c.Reason = a.Reason
	if err := c.Put(b); err != nil {
		return err
	}
	return a.follow(c, o, b)
}

// court asks what a court made of a charge, and only then.
func (a *breachDecide) court(b *Breach, to BreachState) error {
	switch charged := b.State == BreachCharged; {
	case charged && to == BreachDecided && a.Court == "":
		return Refuse("court", "a charge ends in court", "Choose convicted, not guilty or discontinued")
	case a.Court != "" && (!charged || to != BreachDecided):
		return Refuse("court", "a court decides only what was charged, and "+string(b.Ref)+" was not", "Leave it empty, or record the charge on the arrest first")
	}
	b.Court = cmp.Or(a.Court, b.Court)
	return nil
}

// follow does what the decision asks for besides: a wanted line, a task, a place on the list. Every safeguard applies to
// each as if it were taken alone; one refusal, and nothing at all is done.
func (a *breachDecide) follow(c *Change, o *Order, b *Breach) error {
	switch {
	case b.State == BreachNeedMore && !a.Want && a.Target != "yes":
		if a.Task.or(true) {
			return a.addTask(c, b, &taskAdd{Kind: "statement", Title: "Find what is needed to decide " + string(b.Ref) + ": " + b.Needs, Due: day.On(c.Now).AddDays(limitsOf(c.src).On(LimitBreachDecide, day.On(c.Now)).Value)})
		}
		return nil
	case b.State != BreachSubstantiated:
		return a.nothingFollows(b)
	}
	line := Ref("")
	if a.Want {
		w, err := wantFor(c, o, b)
		if err != nil {
			return err
		}
		line, b.Wanted = w.Ref, w.Ref
		if err := c.Put(b); err != nil {
			return err
		}
	}
	if a.Task.or(a.Want) {
		if err := a.addTask(c, b, &taskAdd{Kind: "arrest", Title: "Arrest enquiry: " + b.Offence().Short() + ", " + string(b.Ref), Due: day.On(c.Now), Priority: PriorityToday}); err != nil {
			return err
		}
	}
	if !a.Target.or(a.Want && a.Operation != "") {
		return nil
	}
	if a.Operation == "" {
		return Refuse("operation", "a person is put on the list of an operation", "Name the operation, or leave the list out with target no")
	}
	t := &targetAdd{Operation: a.Operation, Person: b.Person, Wanted: line, Reason: b.Offence().Row().Title + " of " + string(b.Order) + " (" + string(b.Ref) + "): " + b.Reason, Unit: b.Unit}
	return orLeaveOut(t.Apply(c), "target")
}

func (a *breachDecide) nothingFollows(b *Breach) error {
	const do = "Leave it out, or decide substantiated"
	switch {
	case a.Want:
		return Refuse("want", "only a substantiated breach makes a person wanted", do)
	case a.Target == "yes":
		return Refuse("target", "only a substantiated breach puts a person on a list", do)
	case a.Task == "yes":
		return Refuse("task", "a breach that is "+string(b.State)+" asks for no task", "Leave it out; task.add adds other work")
	}
	return nil
}

func (a *breachDecide) addTask(c *Change, b *Breach, t *taskAdd) error {
	t.Person, t.About, t.Unit, t.Assign = b.Person, b.Ref, b.Unit, cmp.Or(a.Assign, b.Owner)
	if a.Assign == "" && t.Assign != "" {
		if o, err := Load[*Officer](c, "assign", t.Assign); err != nil || o.Left {
			t.Assign = "" // whoever owned it has left: nobody has it yet
		}
	}
	t.Due = firstDay(a.Due, t.Due)
	t.Note = b.What
	return orLeaveOut(t.Apply(c), "task")
}

// orLeaveOut says of a refusal that the decision stands without what was refused.
func orLeaveOut(err error, field string) error {
	if p, ok := AsProblem(err); ok {
		out := *p
		if p.Field == "person" {
			out.Field = field
		}
		out.Do += "; or decide with " + field + " no, and do that afterwards"
		return &out
	}
	return err
}

// canSubstantiate holds a decision to what the offence needs: an order the subject was served with, no reasonable excuse
// (SPA 2019 s.8; Sentencing Act 2020 s.363; PHA 1997 s.5A), and something other than weak intelligence to rest on.
func canSubstantiate(c *Change, o *Order, b *Breach, excuse string) error {
	switch {
	case o.Type.IsSPO() && (o.Served.IsZero() || b.At.Before(o.Served)):
		return Refuse("decision", string(o.Ref)+" had not been served when it happened", "Record service if it was served before, or decide need more")
	case o.Type.knowing() && (o.Served.IsZero() || b.At.Before(o.Served)):
		return Refuse("decision", "no service of "+string(o.Ref)+" is on record before it happened, and a breach is an offence only for somebody who was aware of the order ("+
			b.Offence().Row().Statute+", check)", "Record how they learned of it as its service (in court counts), or decide need more")
	case excuse == "" && b.Excuse == "":
		return Refuse("excuse", "a breach is an offence only without reasonable excuse ("+b.Offence().Row().Statute+")",
			"Say what excuse was offered or ruled out")
	}
	weak, err := onlyWeak(c, b)
	if err != nil || !weak {
		return err
	}
	return Refuse("decision", string(b.Ref)+" rests only on intelligence suspected to be false or from a source that is not reliable, which cannot by itself support action",
		"Name what else it rests on in events, or decide need more")
}

// onlyWeak reports whether all a breach rests on is weak intelligence (the unit's reference notes 6).
func onlyWeak(c *Change, b *Breach) (bool, error) {
	for _, e := range b.Events {
		ref, ok := ParseRef(e)
		if !ok || ref.Kind() != KindIntel {
			return false, nil
		}
		i, err := Load[*Intel](c, "events", ref)
		if err != nil || !i.Weak() {
			return false, err
		}
	}
	return len(b.Events) > 0, nil
}

// wantFor opens the wanted line for a breach, or adds the offence to the line the unit has open.
func wantFor(c *Change, o *Order, b *Breach) (*Wanted, error) {
	if !o.Type.Offends() {
		return nil, Refuse("want", "a person is wanted for an offence, and breaking "+string(o.Ref)+" ("+string(o.Type)+") is "+o.Type.noOffence(),
			"Decide without it; if what was done is itself an offence, mark them as wanted for that (wanted.mark)")
	}
	w := &Wanted{
		Person: b.Person, Unit: b.Unit, State: NotCirculated, Offences: []OffenceCode{b.Offence()}, Grade: "A",
		Since: c.Now, LastAct: day.On(b.At), Officer: b.Owner, Breach: b.Ref, Report: b.Report, Note: b.What,
	}
	lines, err := linked[*Wanted](c, b.Person, KindWanted)
	if err != nil {
		return nil, err
	}
	for _, open := range lines {
		if open.State.Live() && open.Unit == w.Unit {
			return open, open.wantAlso(c, b)
		}
	}
	return w, c.Put(w)
}

// wantAlso adds a breach to the line a unit has open: two lines would be worked twice. A line is for one breach, which an
// arrest carries along.
func (w *Wanted) wantAlso(c *Change, b *Breach) error {
	if w.Breach != "" && w.Breach != b.Ref {
		return Refuse("want", "already wanted by "+string(w.Unit)+" on "+string(w.Ref)+", for "+string(w.Breach), "Decide without it, add the offence to that line with wanted.edit, and record the arrest for both")
	}
	w.Breach = b.Ref
	if !slices.Contains(w.Offences, b.Offence()) {
		w.Offences = append(w.Offences, b.Offence())
	}
	w.Note = joinNote(w.Note, b.What+" ("+string(b.Ref)+")")
	return c.Put(w)
}

// breachFollows carries the breach behind an arrest along with its disposal.
func breachFollows(c *Change, k *Arrest) error {
	switch k.Status {
	case Charged:
		return moveBreach(c, k, BreachCharged, "charged")
	case NFA, OtherEnd:
		return moveBreach(c, k, BreachDecided, "disposed of without charge as "+string(k.Status)+", outcome "+string(k.Outcome))
	case DeArrested:
		return unarrested(c, k)
	case Arrested, InCustody, Bailed, RUI:
	}
	return nil
}

// unarrested takes a breach back to where it stood before an arrest that did not stand: somebody has still to act on it.
func unarrested(c *Change, k *Arrest) error {
	if k.Breach == "" {
		return nil
	}
	b, err := Load[*Breach](c, "breach", k.Breach)
	if err != nil {
		return err
	}
	if b.State != BreachArrested || b.Arrest != k.Ref {
		return nil
	}
	b.stand(c, BreachSubstantiated, "de-arrested on "+string(k.Ref)+": the breach is substantiated still, and nobody is under arrest for it")
	b.Arrest, b.Wanted = "", ""
	return c.Put(b)
}

// seenAs is the record as the change so far leaves it, for a safeguard that looks at what the same action has put.
type seenAs struct{ c *Change }

func (v seenAs) Record(ref Ref) (Record, error) {
	for _, r := range v.c.puts {
		if r.Head().Ref == ref {
			return r, nil
		}
	}
	return v.c.src.Record(ref)
}

func (v seenAs) Linked(ref Ref, kind Kind) ([]Ref, error) {
	out, err := v.c.src.Linked(ref, kind)
	for _, r := range v.c.puts {
		if at := r.Head().Ref; at.Kind() == kind && slices.Contains(r.Links(), ref) && !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	return out, err
}
