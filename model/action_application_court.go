package model

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model/day"
	"pou/model/match"
)

type appLegal struct {
	Application Ref    `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Lawyer      string `do:"lawyer" label:"Lawyer" opts:"need"`
	Advice      string `do:"advice" label:"Reference of the advice" help:"The advice is privileged and is kept elsewhere"`
}

func (x *appLegal) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	if err := a.mayBeSigned(c); err != nil {
		return err
	}
	if s, ok := a.Signed(SignedLegal); ok {
		return Refuse("application", s.Name+" has signed the papers as they stand", "Ask an inspector or above to authorise them")
	}
	a.Signs = append(a.Signs, SignOff{As: SignedLegal, At: c.Now, By: c.By.Ref, Name: x.Lawyer, Advice: x.Advice})
	a.Changed = c.Now
	return c.Put(a)
}

// mayBeSigned refuses a signature under papers that are not finished, naming what is missing.
func (a *Application) mayBeSigned(c *Change) error {
	b, err := BasisOf(c.src, a, day.On(c.Now))
	if err != nil {
		return err
	}
	if gaps := missing(a.contentChecks(b)); len(gaps) > 0 {
		return lacking("application", "papers are signed when they are complete", gaps)
	}
	return nil
}

type appAuthorise struct {
	Application Ref `do:"application" label:"Application" kinds:"AP" opts:"need"`
}

func (x *appAuthorise) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	switch {
	case slices.Contains(a.Drafters, c.By.Ref):
		return &Problem{
			Code: Denied, Field: "application", Rule: "you have drafted part of " + string(a.Ref) + ", and another officer authorises it (four eyes)",
			Do: "Ask an inspector or above who has not worked on it",
		}
	case !c.By.inspector():
		return &Problem{
			Code: Denied, Field: "application", Rule: "an application is authorised by an inspector or above; you are " + c.By.Call(),
			Do: "Ask an inspector or above",
		}
	}
	if err := a.mayBeSigned(c); err != nil {
		return err
	}
	if _, ok := a.Signed(SignedLegal); !ok {
		return Refuse("application", "legal has not signed the papers as they stand", "Have it recorded with application.legal first")
	}
	if s, ok := a.Signed(SignedInspector); ok {
		return Refuse("application", c.nameOf(s.By)+" has authorised the papers as they stand", "Lodge them with application.lodge")
	}
	a.Signs = append(a.Signs, SignOff{As: SignedInspector, At: c.Now, By: c.By.Ref})
	a.Changed = c.Now
	if a.Stage == AppDrafting {
		a.Stage = AppSignedOff
	}
	return c.Put(a)
}

// inspector reports whether the officer is an inspector or above, by rank; one whose rank is not on record and who leads
// the unit is taken for one, since the lead is a detective inspector.
func (o *Officer) inspector() bool {
	if o.Rank == "" {
		return o.Has(RoleLead)
	}
	fields := strings.FieldsFunc(strings.ToUpper(o.Rank), func(r rune) bool { return r == ' ' || r == '/' || r == '.' })
	return slices.ContainsFunc(fields, func(w string) bool {
		return slices.Contains([]string{
			"INSP", "INSPECTOR", "DI", "CI", "DCI", "SUPT", "DSUPT", "SUPERINTENDENT", "DCS", "CS", "CSUPT", "CDR", "CMDR", "COMMANDER", "DAC", "AC",
		}, w)
	})
}

type appLodge struct {
	Application Ref      `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Court       string   `do:"court" label:"Court" opts:"need" help:"Under 18: the youth court"`
	Day         day.Date `do:"day" label:"Lodged on" default:"today"`
	CourtRef    string   `do:"court_ref" label:"Court's reference"`
}

func (x *appLodge) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	on := firstDay(x.Day, day.On(c.Now))
	b, err := BasisOf(c.src, a, on)
	if err != nil {
		return err
	}
	if gaps := a.Missing(b); len(gaps) > 0 {
		return lacking("application", string(a.Ref)+" is not lodged while something is missing", gaps)
	}
	switch {
	case on > day.On(c.Now) || on < day.On(a.Opened):
		return Refuse("day", "papers are lodged after the application is opened and not in the future", "Check the day")
	case a.Stage.AtCourt() && !a.Amended:
		return Refuse("application", string(a.Ref)+" was lodged on "+a.Lodged.Long()+" and has not changed since", "Fix the hearing with application.hearing")
	}
	if err := rightCourt(b, x.Court, on); err != nil {
		return err
	}
	if !a.Stage.AtCourt() {
		a.Stage = AppLodged
	} else {
		c.Reason = "amended papers"
	}
	a.Court, a.CourtRef, a.Lodged, a.Amended, a.Changed = x.Court, orWords(x.CourtRef, a.CourtRef), on, false, c.Now
	return c.Put(a)
}

// rightCourt sends those under 18 to the youth court, and nobody else.
func rightCourt(b Basis, court string, on day.Date) error {
	youth, sure := isYouth(b.Subject.Born, on)
	named := strings.Contains(strings.ToLower(court), "youth")
	switch {
	case sure && youth && !named:
		return Refuse("court", "the subject is under 18 on "+on.Long()+", and the youth court hears it (SPA 2019 s.1)", "Enter the youth court, by that name")
	case sure && !youth && named:
		return Refuse("court", "the subject is 18 or over on "+on.Long()+", and a magistrates' court hears it (SPA 2019 s.1)", "Enter the magistrates' court")
	}
	return nil
}

type appHearing struct {
	Application Ref       `do:"application" label:"Application" kinds:"AP" opts:"need"`
	At          time.Time `do:"at" label:"Heard at"`
	Court       string    `do:"court" label:"Court" opts:"fold" help:"Empty: where it was lodged"`
	Hearsay     day.Date  `do:"hearsay" label:"Hearsay notice served" help:"21 days before the hearing (check)"`
	Note        string    `do:"note" label:"Note" opts:"fold"`
}

func (x *appHearing) Apply(c *Change) error {
	a, err := atCourt(c, x.Application)
	if err != nil {
		return err
	}
	switch {
	case x.At.IsZero() && x.Hearsay.IsZero():
		return Refuse("at", "a hearing has a day and a time", "Enter it, or the day the hearsay notice was served")
	case !x.At.IsZero() && day.On(x.At) < a.Lodged:
		return Refuse("at", "a hearing comes after the papers are lodged ("+a.Lodged.Long()+")", "Check the day")
	case x.Hearsay > day.On(c.Now):
		return Refuse("hearsay", "the notice cannot have been served on a day to come", "Enter the day when it has been")
	case !x.Hearsay.IsZero() && !a.Hearsay():
		return Refuse("hearsay", "none of the evidence is hearsay", "Leave it empty, or mark the evidence with application.limb")
	}
	if !x.Hearsay.IsZero() {
		a.HearsayServed = x.Hearsay
	}
	if !x.At.IsZero() {
		a.list(x.At, x.Court, x.Note)
	}
	a.Changed = c.Now
	return a.refreshInterim(c)
}

// list fixes the next hearing: in place of one that is still to come, else after those that were.
func (a *Application) list(at time.Time, court, note string) {
	h := Hearing{At: at, Court: court, Note: note}
	if i := slices.IndexFunc(a.Hearings, func(h Hearing) bool { return h.Result == "" }); i >= 0 {
		a.Hearings[i] = h
		return
	}
	a.Hearings = append(a.Hearings, h)
}

// refreshInterim takes the interim order's last day from the order, which may have been renewed, and keeps the application.
func (a *Application) refreshInterim(c *Change) error {
	if a.InterimOrder != "" {
		o, err := Load[*Order](c, "application", a.InterimOrder)
		if err != nil {
			return err
		}
		a.InterimUntil = o.Until
	}
	return c.Put(a)
}

// atCourt loads an application that has been lodged.
func atCourt(c *Change, ref Ref) (*Application, error) {
	a, err := draftOf(c, ref)
	if err != nil {
		return nil, err
	}
	if !a.Stage.AtCourt() {
		return nil, Refuse("application", string(a.Ref)+" has not been lodged", "Complete and sign the papers, then lodge them with application.lodge")
	}
	return a, nil
}

type appResult struct {
	Application Ref                `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Outcome     ApplicationOutcome `do:"outcome" label:"Outcome" opts:"need"`
	Day         day.Date           `do:"day" label:"On" default:"today"`
	Until       day.Date           `do:"until" label:"Last day" help:"Of the order made or renewed; a full order without one is until further order"`
	Conditions  []string           `do:"conditions" label:"Conditions as made" opts:"long,hide" help:"Empty: as proposed. Else one a line: \"2\" for proposed 2 as it stands, \"2: words\" for it in the court's words, or new words"`
	Next        time.Time          `do:"next" label:"Next hearing"`
	Court       string             `do:"court" label:"Court" opts:"fold" help:"Empty: where it was lodged"`
	Locality    string             `do:"locality" label:"Limited to" opts:"fold" help:"Empty: as asked for"`
	Monitor     Ref                `do:"monitor" label:"Monitoring officer" kinds:"O"`
	Note        string             `do:"note" label:"Note" opts:"long"`
}

func (x *appResult) Apply(c *Change) error {
	a, err := atCourt(c, x.Application)
	if err != nil {
		return err
	}
	on := firstDay(x.Day, day.On(c.Now))
	switch {
	case on > day.On(c.Now) || on < a.Lodged:
		return Refuse("day", "a court decides after the papers are lodged ("+a.Lodged.Long()+") and not in the future", "Check the day")
	case !x.Next.IsZero() && day.On(x.Next) < on:
		return Refuse("next", "the next hearing comes after this one", "Check both days")
	}
	if err := x.misplaced(); err != nil {
		return err
	}
	if err := workingOfficers(c, "monitor", x.Monitor); err != nil {
		return err
	}
	made, err := x.decide(c, a, on)
	if err != nil {
		return err
	}
	x.heard(a, on, made)
	a.Changed, c.Reason = c.Now, x.Note
	return a.refreshInterim(c)
}

// misplaced refuses what the outcome has no use for, so that nothing an officer enters is silently lost.
func (x *appResult) misplaced() error {
	makes := x.Outcome == OutcomeFull || x.Outcome == OutcomeInterim
	switch {
	case !makes && len(x.Conditions) > 0:
		return Refuse("conditions", "no order is made, so there are no conditions", "Leave them out, or choose the order that was made")
	case !makes && x.Outcome != OutcomeInterimRenewed && !x.Until.IsZero():
		return Refuse("until", "no order is made or renewed, so it has no last day", "Leave it out, or choose the order that was made")
	case x.Outcome == OutcomeAdjourned && x.Next.IsZero():
		return Refuse("next", "an adjournment is to another day", "Enter the next hearing")
	}
	return nil
}

// decide does what the court did, and returns the order it made, if any.
func (x *appResult) decide(c *Change, a *Application, on day.Date) (Ref, error) {
	switch x.Outcome {
	case OutcomeAdjourned, OutcomeInterimRefused:
		return "", nil
	case OutcomeInterim:
		return x.interim(c, a, on)
	case OutcomeInterimRenewed:
		return a.InterimOrder, x.renew(c, a)
	case OutcomeFull:
		o, err := x.full(c, a, on)
		if err != nil {
			return "", err
		}
		a.Stage, a.Ended, a.Order = AppMade, on, o.Ref
		return o.Ref, nil
	case OutcomeRefused, OutcomeWithdrawn:
		a.Stage, a.Ended = AppRefused, on
		if x.Outcome == OutcomeWithdrawn {
			a.Stage = AppWithdrawn
		}
		return "", interimDies(c, a, on)
	}
	return "", nil
}

// heard closes the hearing that was fixed, or adds the one there was, and fixes the next.
func (x *appResult) heard(a *Application, on day.Date, made Ref) {
	i := slices.IndexFunc(a.Hearings, func(h Hearing) bool { return h.Result == "" && day.On(h.At) <= on })
	if i < 0 {
		a.Hearings = append(a.Hearings, Hearing{At: on.Start(), Court: x.Court})
		i = len(a.Hearings) - 1
	}
	h := &a.Hearings[i]
	h.Result, h.Note, h.Order = x.Outcome, orWords(x.Note, h.Note), made
	if !a.Stage.Live() {
		a.Hearings = slices.DeleteFunc(a.Hearings, func(h Hearing) bool { return h.Result == "" })
	}
	if !x.Next.IsZero() && a.Stage.Live() {
		a.list(x.Next, x.Court, "")
	}
	slices.SortStableFunc(a.Hearings, func(p, q Hearing) int { return p.At.Compare(q.At) })
}

func (x *appResult) interim(c *Change, a *Application, on day.Date) (Ref, error) {
	if a.InterimOrder != "" {
		old, err := Load[*Order](c, "outcome", a.InterimOrder)
		if err != nil {
			return "", err
		}
		if old.End == "" {
			return "", Refuse("outcome", "the interim order "+string(old.Ref)+" stands, to "+old.Until.Long(), "Record that it was renewed, or what became of it with order.expiry")
		}
	}
	if x.Until.IsZero() {
		return "", Refuse("until", "an interim SPO is for a fixed period only (SPA 2019 s.5)", "Enter its last day")
	}
	o, err := x.order(a, InterimSPO, on)
	if err != nil {
		return "", err
	}
	if err := c.Put(o); err != nil {
		return "", err
	}
	a.Stage, a.InterimOrder = AppInterim, o.Ref
	return o.Ref, nil
}

func (x *appResult) renew(c *Change, a *Application) error {
	if a.InterimOrder == "" {
		return Refuse("outcome", "no interim order has been made on "+string(a.Ref), "Choose interim order made")
	}
	o, err := liveOrder(c, a.InterimOrder)
	if err != nil {
		return err
	}
	if x.Until <= o.Until {
		return Refuse("until", "an interim order that is renewed runs past "+o.Until.Long(), "Enter the new last day")
	}
	o.Until = x.Until
	o.Log = append(o.Log, OrderDecision{Day: firstDay(x.Day, day.On(c.Now)), What: "renewed", Until: x.Until, By: c.By.Ref, Reason: x.Note})
	return c.Put(o)
}

// full makes the order. One that comes while the interim order is in force replaces it, so that the initial notification
// does not begin again (SPA 2019 s.9(1)(a)); an interim order that had run out before is not replaced.
func (x *appResult) full(c *Change, a *Application, on day.Date) (*Order, error) {
	o, err := x.order(a, SPO, on)
	if err != nil {
		return nil, err
	}
	if a.InterimOrder != "" {
		old, err := Load[*Order](c, "outcome", a.InterimOrder)
		if err != nil {
			return nil, err
		}
		if old.Live(on) {
			o.Replaces = old.Ref
		}
	}
	if err := c.Put(o); err != nil {
		return nil, err
	}
	if err := supersede(c, o); err != nil {
		return nil, err
	}
	return o, interimDies(c, a, on)
}

// interimDies ends the interim order with the determination of the main application, whatever that is (SPA 2019 s.5).
// One whose last day passed before has lapsed.
func interimDies(c *Change, a *Application, on day.Date) error {
	if a.InterimOrder == "" {
		return nil
	}
	o, err := Load[*Order](c, "application", a.InterimOrder)
	if err != nil || o.End != "" {
		return err
	}
	if !o.Until.IsZero() && o.Until < on {
		o.End, o.Ended = Lapsed, o.Until
		return c.Put(o)
	}
	return endInterim(c, o, Determined, on)
}

// order is the order as the court made it, with the conditions as rows.
func (x *appResult) order(a *Application, t OrderType, on day.Date) (*Order, error) {
	asked := a.Conditions
	if t == InterimSPO {
		asked = a.interimConditions()
	}
	conditions, err := asMade(asked, x.Conditions)
	if err != nil {
		return nil, err
	}
	o := &Order{
		Person: a.Person, Type: t, Unit: a.Unit, Court: orWords(x.Court, a.Court), Made: on, Until: x.Until, Monitor: x.Monitor, Origin: FromApplication,
		Application: a.Ref, Risk: a.Risk.Level, Protected: strings.Join(a.Protected, "; "), Locality: orWords(x.Locality, a.Locality),
	}
	for i, p := range conditions {
		cond := p.Condition
		cond.No = i + 1
		if last := day.MonthsBeginning(on, p.Months); t == SPO && p.Months > 0 && (o.Until.IsZero() || last < o.Until) {
			cond.Until = last
		}
		o.Conditions = append(o.Conditions, cond)
	}
	return o, nil
}

var conditionLine = regexp.MustCompile(`^([0-9]{1,3})(?:$|[:.)]\s*(.*)$)`)

// asMade are the conditions of an order: those proposed or, where the court's were entered, those. A condition in the
// court's words keeps the type and the monitoring of the one it was proposed as.
func asMade(proposed []Proposed, lines []string) ([]Proposed, error) {
	if len(lines) == 0 {
		return proposed, nil
	}
	var out []Proposed
	for _, line := range lines {
		if m := conditionLine.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[1]) // three figures at most
			i := slices.IndexFunc(proposed, func(p Proposed) bool { return p.Condition.No == n })
			if i < 0 {
				return nil, Refuse("conditions", "there is no proposed condition "+itoa(n)+" for this order", "Look up the numbers on the application, or write the words alone")
			}
			p := proposed[i]
			if m[2] != "" {
				p.Condition.Text, p.Condition.Requirement = m[2], isRequirement(m[2])
			}
			out = append(out, p)
			continue
		}
		i := slices.IndexFunc(proposed, func(p Proposed) bool { return match.Fold(p.Condition.Text) == match.Fold(line) })
		if i >= 0 {
			out = append(out, proposed[i])
			continue
		}
		out = append(out, Proposed{Condition: Condition{Text: line, Requirement: isRequirement(line)}})
	}
	return out, nil
}
