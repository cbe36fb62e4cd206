package model

import (
	"slices"
	"time"

	"pou/model/day"
)

func wantedActions() []Spec {
	return []Spec{
		spec[wantedMark]("wanted.mark", "Mark as wanted", "Opens a wanted line: who is sought, for what, by which unit.", anyone(), KindPerson),
		spec[wantedEdit]("wanted.edit", "Edit a wanted line", "Adds offences or corrects the line. Empty fields stay as they are.", anyone(), KindWanted),
		spec[wantedCirculate]("wanted.circulate", "Circulate on PNC", "Records that the person has been circulated as wanted.", anyone(), KindWanted, KindPerson),
		spec[wantedLocate]("wanted.locate", "Record as located", "Records where the person is believed to be now.", anyone(), KindWanted, KindPerson),
		spec[wantedPropose]("wanted.propose", "Propose to eliminate", "Proposes that it was not this person, with the evidence. A supervisor other than you decides with wanted.eliminate.", anyone(), KindWanted, KindPerson),
		owned(spec[wantedEliminate]("wanted.eliminate", "Eliminate from enquiries", "Ends a wanted line because it was not this person; a supervisor's decision.", supervisors(), KindWanted, KindPerson)),
		owned(spec[wantedWithdraw]("wanted.withdraw", "Withdraw a wanted line", "Ends a wanted line that should no longer stand, or because the person died.", supervisors(), KindWanted, KindPerson)),
	}
}

type wantedMark struct {
	Person   Ref           `do:"person" label:"Person" kinds:"P" opts:"need"`
	Offences []OffenceCode `do:"offences" label:"Wanted for" opts:"need"`
	LastAct  day.Date      `do:"last_act" label:"Day of the last act" help:"The six months to charge run from it when every offence is summary only"`
	Unit     Unit          `do:"unit" label:"Unit" default:"unit"`
	Grade    Grade         `do:"grade" label:"Grade"`
	Officer  Ref           `do:"officer" label:"Officer in the case" kinds:"O" opts:"fold" default:"me"`
	Report   string        `do:"report" label:"Crime report" opts:"fold"`
	Since    time.Time     `do:"since" label:"Wanted since" opts:"fold" default:"now"`
	PNCRef   string        `do:"pnc_ref" label:"PNC reference" opts:"fold" help:"Only when already circulated"`
	Breach   Ref           `do:"breach" label:"For breach" kinds:"B" opts:"fold"`
	Note     string        `do:"note" label:"Note" opts:"long"`
}

func (a *wantedMark) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	w := &Wanted{
		Person: p.Ref, Unit: firstUnit(a.Unit, p.OwnerUnit, c.By.Unit), State: NotCirculated, Offences: a.Offences, Grade: a.Grade,
		Since: orNow(a.Since, c), LastAct: a.LastAct, Officer: a.Officer, Breach: a.Breach, Report: a.Report, Note: a.Note,
	}
	if err := workingOfficers(c, "officer", a.Officer); err != nil {
		return err
	}
	if err := breachOf(c, a.Breach, p.Ref); err != nil {
		return err
	}
	if w.Since.After(c.Now) {
		return Refuse("since", "a person cannot be wanted from a time that has not come", "Enter a time that has passed")
	}
	if a.PNCRef != "" {
		w.circulate(a.PNCRef, day.On(c.Now))
	}
	if err := checkLastAct(w, c); err != nil {
		return err
	}
	if err := noOtherLine(c, w); err != nil {
		return err
	}
	return c.Put(w)
}

// breachOf holds the breach a line is for to the record: there is one, and it is this person's.
func breachOf(c *Change, breach, person Ref) error {
	if breach == "" {
		return nil
	}
	b, err := Load[*Breach](c, "breach", breach)
	if err != nil {
		return err
	}
	return samePerson("breach", b, person)
}

// checkLastAct asks for the day of the last act when the six-month limit hangs on it.
func checkLastAct(w *Wanted, c *Change) error {
	switch {
	case w.LastAct > day.On(c.Now):
		return Refuse("last_act", "the last act cannot lie in the future", "Enter the day it happened")
	case SixMonths(w.Offences) && w.LastAct.IsZero():
		return Refuse("last_act", "every offence is summary only: the information must be laid within six months of the last act (MCA 1980 s.127)",
			"Enter the day of the last act")
	}
	return nil
}

// noOtherLine keeps one open line a person a unit: two would be worked twice.
func noOtherLine(c *Change, w *Wanted) error {
	lines, err := linked[*Wanted](c, w.Person, KindWanted)
	if err != nil {
		return err
	}
	for _, other := range lines {
		if other.State.Live() && other.Unit == w.Unit && other.Ref != w.Ref {
			return Refuse("person", "already wanted by "+string(w.Unit)+" on "+string(other.Ref), "Add the offence to that line with wanted.edit")
		}
	}
	return nil
}

func (w *Wanted) circulate(pnc string, on day.Date) {
	w.State, w.PNCRef, w.Published, w.Weed = Circulated, pnc, on, on.AddYears(WeedAfterYears)
}

type wantedEdit struct {
	Wanted   Ref           `do:"wanted" label:"Wanted line" kinds:"W" opts:"need"`
	Offences []OffenceCode `do:"offences" label:"Add offences"`
	Grade    Grade         `do:"grade" label:"Grade"`
	LastAct  day.Date      `do:"last_act" label:"Day of the last act"`
	Officer  Ref           `do:"officer" label:"Officer in the case" kinds:"O"`
	Weed     day.Date      `do:"weed" label:"Weeds on" opts:"fold"`
	Report   string        `do:"report" label:"Crime report" opts:"fold"`
	Note     string        `do:"note" label:"Note" opts:"long"`
}

func (a *wantedEdit) Apply(c *Change) error {
	w, err := liveLine(c, "", a.Wanted)
	if err != nil {
		return err
	}
	if err := workingOfficers(c, "officer", a.Officer); err != nil {
		return err
	}
	for _, o := range a.Offences {
		if !slices.Contains(w.Offences, o) {
			w.Offences = append(w.Offences, o)
		}
	}
	if a.Grade != "" {
		w.Grade = a.Grade
	}
	if a.Officer != "" {
		w.Officer = a.Officer
	}
	if a.Note != "" {
		w.Note = a.Note
	}
	if a.Report != "" {
		w.Report = a.Report
	}
	w.LastAct, w.Weed = firstDay(a.LastAct, w.LastAct), firstDay(a.Weed, w.Weed)
	if err := checkLastAct(w, c); err != nil {
		return err
	}
	return c.Put(w)
}

type wantedCirculate struct {
	Wanted Ref      `do:"wanted" label:"Wanted line" kinds:"W" help:"Or give the person"`
	Person Ref      `do:"person" label:"Person" kinds:"P" opts:"fold"`
	PNCRef string   `do:"pnc_ref" label:"PNC reference" opts:"need"`
	Day    day.Date `do:"day" label:"Circulated on" default:"today"`
}

func (a *wantedCirculate) Apply(c *Change) error {
	w, err := liveLine(c, a.Person, a.Wanted)
	if err != nil {
		return err
	}
	on := firstDay(a.Day, day.On(c.Now))
	switch {
	case w.State != NotCirculated:
		return Refuse("wanted", string(w.Ref)+" is already circulated, on "+w.Published.Long(), "Nothing needs doing; edit the line to change its weed date")
	case on > day.On(c.Now):
		return Refuse("day", "a circulation cannot be dated in the future", "Enter the day it was put on PNC")
	}
	w.circulate(a.PNCRef, on)
	return c.Put(w)
}

type wantedLocate struct {
	Wanted Ref    `do:"wanted" label:"Wanted line" kinds:"W" help:"Or give the person"`
	Person Ref    `do:"person" label:"Person" kinds:"P" opts:"fold"`
	Where  string `do:"where" label:"Where" opts:"need"`
}

func (a *wantedLocate) Apply(c *Change) error {
	w, err := liveLine(c, a.Person, a.Wanted)
	if err != nil {
		return err
	}
	if w.State == NotCirculated {
		return Refuse("wanted", string(w.Ref)+" is not circulated: a located person who slips away would not be stopped", "Circulate first, then record where they are")
	}
	w.State = Located
	w.Note = joinNote(w.Note, "Located "+day.On(c.Now).Long()+": "+a.Where)
	return c.Put(w)
}

type wantedEliminate struct {
	Wanted Ref    `do:"wanted" label:"Wanted line" kinds:"W" help:"Or give the person"`
	Person Ref    `do:"person" label:"Person" kinds:"P" opts:"fold"`
	Reason string `do:"reason" label:"Reason and evidence" opts:"need,long"`
}

func (a *wantedEliminate) Apply(c *Change) error {
	w, err := liveLine(c, a.Person, a.Wanted)
	if err != nil {
		return err
	}
	if w.Proposed != nil && w.Proposed.By == c.By.Ref { // four eyes: design.md, safeguard 5 (reason and supervisor)
		return &Problem{Code: Denied, Field: "wanted", Rule: "you proposed to eliminate them, and a second supervisor decides", Do: "Ask another sergeant or the lead"}
	}
	return w.end(c, Eliminated, a.Reason)
}

type wantedPropose struct {
	Wanted Ref    `do:"wanted" label:"Wanted line" kinds:"W" help:"Or give the person"`
	Person Ref    `do:"person" label:"Person" kinds:"P" opts:"fold"`
	Reason string `do:"reason" label:"Reason and evidence" opts:"need,long"`
}

func (a *wantedPropose) Apply(c *Change) error {
	w, err := liveLine(c, a.Person, a.Wanted)
	if err != nil {
		return err
	}
	if w.Proposed != nil && w.Proposed.By != c.By.Ref {
		return Refuse("wanted", c.nameOf(w.Proposed.By)+" has proposed it on "+day.Clock(w.Proposed.At), "A supervisor decides with wanted.eliminate, or edits the line")
	}
	w.Proposed = &ProposedEnd{By: c.By.Ref, At: c.Now, Reason: a.Reason}
	c.Reason = a.Reason
	return c.Put(w)
}

// WithdrawalReason is why a line is withdrawn.
type WithdrawalReason string

// Choices lists the ends other than arrest and elimination.
func (WithdrawalReason) Choices() []Choice {
	return []Choice{{string(Withdrawn), "withdrawn", "w"}, {string(Died), "died", "d"}}
}

type wantedWithdraw struct {
	Wanted Ref              `do:"wanted" label:"Wanted line" kinds:"W" help:"Or give the person"`
	Person Ref              `do:"person" label:"Person" kinds:"P" opts:"fold"`
	As     WithdrawalReason `do:"as" label:"Because" default:"withdrawn"`
	Reason string           `do:"reason" label:"Reason" opts:"need,long"`
}

func (a *wantedWithdraw) Apply(c *Change) error {
	w, err := liveLine(c, a.Person, a.Wanted)
	if err != nil {
		return err
	}
	state := Withdrawn
	if a.As == WithdrawalReason(Died) {
		state = Died
	}
	return w.end(c, state, a.Reason)
}

func (w *Wanted) end(c *Change, as WantedState, reason string) error {
	w.State, w.Ended, w.EndReason, w.Supervisor = as, c.Now, reason, c.By.Ref
	c.Reason = reason
	if err := answered(c, w.Ref, string(as)+": "+reason); err != nil {
		return err
	}
	return c.Put(w)
}

// liveLine finds the wanted line an action is about: the one named, or the person's only open one.
func liveLine(c *Change, person, line Ref) (*Wanted, error) {
	if line != "" {
		w, err := Load[*Wanted](c, "wanted", line)
		if err != nil {
			return nil, err
		}
		if !w.State.Live() {
			return nil, Refuse("wanted", string(w.Ref)+" ended on "+day.On(w.Ended).Long()+" as "+string(w.State), "Mark the person as wanted again if they are")
		}
		return w, samePerson("wanted", w, person)
	}
	if person == "" {
		return nil, Refuse("wanted", "this is about a wanted line", "Name the line, or the person if they have only one")
	}
	w, err := onlyLive(c, person)
	if err == nil && w == nil {
		err = Refuse("person", string(person)+" is not wanted", "Mark them as wanted first")
	}
	return w, err
}

// samePerson refuses a request that names a record and a person it is not about: one of the two is a slip.
func samePerson(field string, r Record, person Ref) error {
	if about := PersonOf(r); person != "" && person != about {
		return Refuse(field, string(r.Head().Ref)+" is about "+string(about)+", not "+string(person), "Check who is meant")
	}
	return nil
}

// onlyLive is the person's open wanted line; nil when there is none, a refusal when there are several.
func onlyLive(c *Change, person Ref) (*Wanted, error) {
	lines, err := linked[*Wanted](c, person, KindWanted)
	if err != nil {
		return nil, err
	}
	lines = slices.DeleteFunc(lines, func(w *Wanted) bool { return !w.State.Live() })
	if len(lines) > 1 {
		return nil, Refuse("wanted", string(person)+" has "+itoa(len(lines))+" open wanted lines", "Name the one you mean, such as "+string(lines[0].Ref))
	}
	if len(lines) == 0 {
		return nil, nil //nolint:nilnil // none is an answer here, and callers ask for it
	}
	return lines[0], nil
}

func firstUnit(units ...Unit) Unit {
	for _, u := range units {
		if u != "" {
			return u
		}
	}
	return ""
}

func firstDay(days ...day.Date) day.Date {
	for _, d := range days {
		if !d.IsZero() {
			return d
		}
	}
	return 0
}

func orNow(t time.Time, c *Change) time.Time {
	if t.IsZero() {
		return c.Now
	}
	return t
}

func joinNote(note, more string) string {
	if note == "" {
		return more
	}
	return note + "\n" + more
}
