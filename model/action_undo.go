package model

import (
	"slices"

	"pou/model/day"
)

func undoActions() []Spec {
	return []Spec{
		spec[undo]("undo", "Undo", "Takes back one journal entry by a new one that puts the records back as they were; nothing is erased.",
			append(anyone(), RoleSTAC, RoleData, RoleAdmin)),
	}
}

type undo struct {
	Seq    uint64 `do:"seq" label:"Journal entry" help:"Empty: the last thing you did"`
	Reason string `do:"reason" label:"Reason" default:"entered in error"`
}

func (a *undo) Apply(c *Change) error {
	if a.Seq == 0 {
		last, err := c.src.LastBy(c.By.Ref)
		if err != nil {
			return err
		}
		if last == 0 {
			return Refuse("seq", "you have done nothing that can be undone", "Give the number of a journal entry")
		}
		a.Seq = last
	}
	entry, before, err := c.src.Past(a.Seq)
	if err != nil {
		return err
	}
	if err := c.mayUndo(entry, before); err != nil {
		return err
	}
	c.Undoes = entry.Seq
	if c.Reason = a.Reason; c.Reason == "" {
		c.Reason = "entered in error"
	}
	if err := c.stillOpen(before); err != nil {
		return err
	}
	for _, b := range before {
		if (entry.Action == "target.add" || entry.Action == "breach.decide") && b.Ref.Kind() == KindOperation {
			continue // it only counted the target, and a number is never used again
		}
		if err := c.putBack(entry, b); err != nil {
			return err
		}
	}
	return nil
}

// mayUndo refuses to take back what was only looked at, what another officer did unless a supervisor does it, and what
// gave or took access unless an administrator does it.
func (c *Change) mayUndo(e Entry, before []Before) error {
	for _, b := range before {
		if err := c.maySee("seq", b.Ref); err != nil {
			return err
		}
	}
	switch {
	case e.Action == "store.init" || e.Action == "sample.load":
		return Refuse("seq", "journal entry "+utoa(e.Seq)+" started the store", "Start a new store instead")
	case e.Logged == Erasure:
		return Refuse("seq", "journal entry "+utoa(e.Seq)+" erased data, and what is erased does not come back", "Nothing can be put back")
	case e.Action == "officer.key-revoke":
		return Refuse("seq", "a revoked key stays revoked", "Put a new key on the officer's record")
	case e.Action == "officer.end-sessions":
		return Refuse("seq", "sessions that were ended do not open again", "The officer signs in anew")
	case len(before) == 0:
		return Refuse("seq", "journal entry "+utoa(e.Seq)+" ("+e.Action+") changed no record", "Choose an entry that did")
	case slices.ContainsFunc(before, func(b Before) bool { return b.Ref.Kind() == KindOfficer }):
		if !c.By.Has(RoleAdmin) {
			return &Problem{Code: Denied, Field: "seq", Rule: "journal entry " + utoa(e.Seq) + " is about who may do what", Do: "Ask an administrator"}
		}
	case e.By != c.By.Ref && !c.By.Supervises():
		return &Problem{Code: Denied, Field: "seq", Rule: "journal entry " + utoa(e.Seq) + " was made by " + c.nameOf(e.By), Do: "Ask them, or a supervisor"}
	}
	return nil
}

// stillOpen refuses to put a target, or the debrief, back under an operation that was closed on the strength of it.
func (c *Change) stillOpen(before []Before) error {
	for _, b := range before {
		operation := b.Ref.Operation()
		if p, ok := b.Record.(*Plan); ok {
			operation = p.Operation
		}
		if operation == "" {
			continue
		}
		op, err := Load[*Operation](c, "seq", operation)
		if err != nil {
			return err
		}
		if !op.Closed.IsZero() {
			return &Problem{Code: Conflict, Field: "seq", Rule: op.Name + " was closed on " + day.On(op.Closed).Long(), Do: "Undo the closing first"}
		}
	}
	return nil
}

// putBack restores one record, unless it has been changed since.
func (c *Change) putBack(e Entry, b Before) error {
	last, effective, err := c.src.Stands(b.Ref)
	if err != nil {
		return err
	}
	if last != e.Seq && effective != e.Seq {
		return &Problem{
			Code: Conflict, Field: "seq", Rule: string(b.Ref) + " has been changed since journal entry " + utoa(e.Seq),
			Do: "Undo the later change first; pou show " + string(b.Ref) + " lists them",
		}
	}
	if b.Record == nil {
		c.remove(b.Ref)
		return nil
	}
	if err := c.withoutTheLeft(b.Record); err != nil {
		return err
	}
	if w, ok := b.Record.(*Wanted); ok && w.State.Live() {
		if err := c.onlyLine(w); err != nil {
			return err
		}
	}
	return c.Put(b.Record)
}

// onlyLine refuses to bring a line back to life beside another the unit has opened for the person since.
func (c *Change) onlyLine(w *Wanted) error {
	err := noOtherLine(c, w)
	if p, ok := AsProblem(err); ok {
		return &Problem{
			Code: Conflict, Field: "seq", Rule: string(w.Ref) + " would be open again, and its person is " + p.Rule + " since: two lines of one unit would be worked twice",
			Do: "Work on the line that is open, or have a supervisor withdraw it first (wanted.withdraw)",
		}
	}
	return err
}
