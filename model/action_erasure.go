package model

import (
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
	open, err := linked[*RecordErasure](c, r.Head().Ref, KindErasure)
	if err != nil {
		return err
	}
	for _, e := range open {
		if e.State == ErasureProposed {
			return Refuse("record", "it is proposed already, as "+string(e.Ref), "Have it confirmed or refused")
		}
	}
	c.Reason = a.Reason
	return c.Put(&RecordErasure{Record: r.Head().Ref, With: with, Basis: a.Basis, Reason: a.Reason, By: c.By.Ref, At: c.Now, State: ErasureProposed})
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
	r, err := c.src.Record(e.Record)
	if err != nil {
		return err
	}
	if e.With, err = goesWith(c, r); err != nil { // what has come to hang on it since
		return err
	}
	for _, ref := range append([]Ref{e.Record}, e.With...) {
		if err := e.holders(c, ref); err != nil {
			return err
		}
		c.erase(ref)
	}
	backups, err := c.src.Backups()
	if err != nil {
		return err
	}
	for _, b := range backups {
		e.held(b, "backup: holds it until it is deleted")
	}
	e.State, e.DecidedBy, e.DecidedAt, e.Decision = ErasureDone, c.By.Ref, c.Now, a.Note
	c.Reason = "erasure " + string(e.Ref)
	for _, h := range e.Holders {
		c.say(h.By + " holds a copy (" + h.What + ", " + day.On(h.At).Long() + "): have it destroyed")
	}
	return c.Put(e)
}

// holders notes who was handed paper about a record.
func (e *RecordErasure) holders(c *Change, ref Ref) error {
	entries, err := c.src.Disclosed(ref)
	for _, h := range entries {
		e.held(h, h.Reason)
	}
	return err
}

func (e *RecordErasure) held(entry Entry, what string) {
	for _, h := range e.Holders {
		if h.Entry == entry.Seq {
			return
		}
	}
	e.Holders = append(e.Holders, CopyHeld{By: entry.To, What: what, Entry: entry.Seq, At: entry.At})
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
