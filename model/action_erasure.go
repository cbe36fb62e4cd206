package model

import (
	"slices"
	"strings"

	"pou/model/day"
)

func erasureActions() []Spec {
	data := []Role{RoleData}
	blind := func(s Spec) Spec {
		s.blind = true // who answers for the data need not be able to read it
		return weighty(s)
	}
	return []Spec{
		spec[personReview]("person.review", "Review what is held on a person", "Records that keeping the record is still needed, why, and by when it is looked at again.",
			[]Role{RoleSergeant, RoleLead, RoleData}, KindPerson),
		blind(spec[recordErase]("record.erase", "Propose to erase a record", "Proposes to erase a record, and what hangs on it, for good. Nothing is erased until a second officer confirms it.",
			data, erasable()...)),
		blind(spec[eraseConfirm]("record.erase-confirm", "Confirm an erasure", "Erases what another officer proposed: the record, what was typed about it and how it stood before. It is not undone. Copies out of reach are listed.",
			[]Role{RoleData, RoleLead}, KindErasure)),
		blind(spec[eraseRefuse]("record.erase-refuse", "Refuse an erasure", "Ends a proposal to erase; the record stays.", []Role{RoleData, RoleLead}, KindErasure)),
	}
}

// erasable are the kinds that may be erased by themselves. What another record counts – an attempt, an arrest, a breach, a
// check – goes with that record. Officers leave; the log names them.
func erasable() []Kind {
	return []Kind{
		KindPerson, KindCase, KindWanted, KindOrder, KindApplication, KindScreening, KindReferral, KindIntel, KindTask, KindEvidence, KindDataset,
		KindSurvivor, KindWarrant,
	}
}

type recordErase struct {
	Record Ref          `do:"record" label:"Record" kinds:"P,C,W,R,AP,SC,ST,I,T,EV,D,VS,S" opts:"need"`
	Basis  ErasureBasis `do:"basis" label:"Ground" opts:"need"`
	Reason string       `do:"reason" label:"Reason" opts:"need" help:"It stays in the log: do not repeat what is to be erased"`
}

func (a *recordErase) Apply(c *Change) error {
	r, err := c.src.Record(a.Record)
	if err != nil {
		if p, ok := AsProblem(err); ok {
			p.Field = "record"
		}
		return err
	}
	if _, live := r.Place(); live && r.Head().Ref.Kind() != KindPerson {
		return Refuse("record", string(a.Record)+" is still live", "End it first")
	}
	with, err := goesWith(c, r)
	if err != nil {
		return err
	}
	if err := notProposed(c, "record", r.Head().Ref); err != nil {
		return err
	}
	return proposeErasure(c, r, &RecordErasure{Record: r.Head().Ref, With: with, Basis: a.Basis, Reason: a.Reason})
}

// proposeErasure puts a proposal on record, with who holds copies and who would call them in.
func proposeErasure(c *Change, r Record, e *RecordErasure) error {
	e.By, e.At, e.State = c.By.Ref, c.Now, ErasureProposed
	if err := e.restrict(c, r); err != nil {
		return err
	}
	papers, err := e.copies(c)
	if err != nil {
		return err
	}
	for _, p := range papers {
		who, err := caller(c, p)
		if err != nil {
			return err
		}
		c.say(p[0].To + " holds " + copiesOf(p) + ": once it is erased " + c.nameOf(who) + " is to call that in")
	}
	c.Reason = e.Reason
	return c.Put(e)
}

// notProposed refuses to propose an erasure twice.
func notProposed(c *Change, field string, ref Ref) error {
	all, err := linked[*RecordErasure](c, ref, KindErasure)
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.State == ErasureProposed {
			return Refuse(field, "it is proposed already, as "+string(e.Ref), "Have it confirmed or refused")
		}
	}
	return nil
}

type eraseConfirm struct {
	Erasure Ref    `do:"erasure" label:"Erasure" kinds:"ER" opts:"need"`
	Note    string `do:"note" label:"Note"`
}

func (a *eraseConfirm) Apply(c *Change) error {
	e, err := openErasure(c, a.Erasure)
	if err != nil {
		return err
	}
	if e.By == c.By.Ref {
		return &Problem{Code: Denied, Field: "erasure", Rule: "you proposed it: data is erased by two officers", Do: "Ask another data officer or a lead"}
	}
	if e.Rows {
		err = e.eraseRows(c)
	} else {
		err = e.eraseRecords(c)
	}
	if err != nil {
		return err
	}
	papers, err := e.copies(c)
	if err != nil {
		return err
	}
	e.State, e.DecidedBy, e.DecidedAt, e.Decision = ErasureDone, c.By.Ref, c.Now, a.Note
	c.Reason, c.Erases = "erasure "+string(e.Ref), true
	for _, h := range e.Holders {
		c.say(h.By + " holds a copy (" + h.What + ", " + day.On(h.At).Long() + "): have it destroyed")
	}
	for _, p := range papers {
		if err := e.callIn(c, p); err != nil {
			return err
		}
	}
	return c.Put(e)
}

// eraseRecords takes the record away, and what has come to hang on it by now.
func (e *RecordErasure) eraseRecords(c *Change) error {
	r, err := c.src.Record(e.Record)
	if err != nil {
		return err
	}
	if e.With, err = goesWith(c, r); err != nil {
		return err
	}
	for _, ref := range append([]Ref{e.Record}, e.With...) {
		c.erase(ref)
	}
	return nil
}

// copies notes who holds copies of what is erased, and returns the papers that were handed out, by who has them.
func (e *RecordErasure) copies(c *Change) ([][]Entry, error) {
	e.Holders = nil
	var out [][]Entry
	for _, ref := range append([]Ref{e.Record}, e.With...) {
		entries, err := c.src.Disclosed(ref)
		if err != nil {
			return nil, err
		}
		for _, h := range entries {
			if !e.held(h, h.Reason) {
				continue
			}
			i := slices.IndexFunc(out, func(p []Entry) bool { return sameTo(p[0], h) })
			if i < 0 {
				out, i = append(out, nil), len(out)
			}
			out[i] = append(out[i], h)
		}
	}
	backups, err := c.src.Backups()
	for _, b := range backups {
		e.held(b, "backup: holds it until it is deleted")
	}
	return out, err
}

func sameTo(a, b Entry) bool {
	return strings.EqualFold(strings.TrimSpace(a.To), strings.TrimSpace(b.To))
}

// caller is who calls papers in: whoever handed the last of them out or, when they have left, whoever has them erased.
func caller(c *Change, papers []Entry) (Ref, error) {
	return firstWorking(c, []Ref{papers[len(papers)-1].By, c.By.Ref})
}

// callIn gives the task of calling in what one recipient holds. It names what is erased by reference alone.
func (e *RecordErasure) callIn(c *Change, papers []Entry) error {
	who, err := caller(c, papers)
	if err != nil {
		return err
	}
	o, err := Load[*Officer](c, "", who)
	if err != nil {
		return err
	}
	r := Recalling{From: papers[0].To, Copies: copiesOf(papers)}
	for _, p := range papers {
		r.Entries = append(r.Entries, p.Seq)
	}
	task := &Task{
		Title: "Recall " + r.Copies + " from " + r.From + ": " + string(e.Record) + " is erased", Kind: recallTask, About: e.Ref, Unit: o.Unit, Assignee: who,
		By: c.By.Ref, Added: c.Now, Due: day.On(c.Now).AddWorkingDays(recallDays), Priority: PriorityToday, State: TaskOpen, Recall: r,
	}
	if err := c.Put(task); err != nil {
		return err
	}
	c.say(c.nameOf(who) + " calls in " + r.Copies + " from " + r.From + " by " + task.Due.Long() + " (" + string(task.Ref) + ", recall.confirm)")
	return nil
}

// held notes a copy that is out of reach; it is false when that is known already.
func (e *RecordErasure) held(entry Entry, what string) bool {
	for _, h := range e.Holders {
		if h.Entry == entry.Seq {
			return false
		}
	}
	e.Holders = append(e.Holders, CopyHeld{By: entry.To, What: what, Entry: entry.Seq, At: entry.At})
	return true
}

type eraseRefuse struct {
	Erasure Ref    `do:"erasure" label:"Erasure" kinds:"ER" opts:"need"`
	Reason  string `do:"reason" label:"Reason" opts:"need"`
}

func (a *eraseRefuse) Apply(c *Change) error {
	e, err := openErasure(c, a.Erasure)
	if err != nil {
		return err
	}
	e.State, e.DecidedBy, e.DecidedAt, e.Decision = ErasureRefused, c.By.Ref, c.Now, a.Reason
	c.Reason = a.Reason
	return c.Put(e)
}

func openErasure(c *Change, ref Ref) (*RecordErasure, error) {
	e, err := Load[*RecordErasure](c, "erasure", ref)
	if err == nil {
		err = c.maySee("erasure", e.Ref)
	}
	if err != nil {
		return nil, err
	}
	if e.State != ErasureProposed {
		return nil, Refuse("erasure", string(e.Ref)+" is "+string(e.State)+" already", "Nothing needs doing here")
	}
	return e, nil
}

type personReview struct {
	Person Ref            `do:"person" label:"Person" kinds:"P" opts:"need"`
	Group  RetentionGroup `do:"group" label:"Review group" opts:"need"`
	Until  day.Date       `do:"until" label:"Look at it again by" help:"Empty: as long as the limit of the group runs"`
	Reason string         `do:"reason" label:"Why it is still needed" opts:"need,long"`
}

func (a *personReview) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	today := day.On(c.Now)
	most := a.Group.by(today, NewLiner(c.src, c.Now).Limits())
	until := firstDay(a.Until, most)
	switch {
	case until <= today:
		return Refuse("until", "it is looked at again on a later day", "Enter a later day, or have it erased with record.erase")
	case until > most:
		return Refuse("until", "group "+strings.ToUpper(string(a.Group))+" is looked at again by "+most.Long()+" at the latest", "Enter that day or an earlier one")
	}
	p.Kept = &Retention{Group: a.Group, Until: until, Reason: a.Reason, By: c.By.Ref, At: c.Now}
	c.Reason = a.Reason
	return c.Put(p)
}
