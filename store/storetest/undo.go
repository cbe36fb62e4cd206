package storetest

import (
	"context"
	"reflect"
	"strings"

	"pou/model"
	"pou/store"
)

func undoTests() []test {
	return []test{
		{"undoing a new record takes it away and keeps its history", undoNew},
		{"undoing a change puts the record back as it was", undoChange},
		{"undoing an arrest puts every record back", undoArrest},
		{"undoing an undo brings the change back", undoUndo},
		{"undoing an undo of a new record brings it back", undoUndoNew},
		{"undo is refused when the record has been changed since", undoLate},
		{"undo is refused as a whole when one of its records has been changed since", undoPartLate},
		{"undo takes back the officer's own last change, past undone ones and consultations", undoLast},
		{"undo twice takes back the last two changes of one record", undoTwice},
		{"undo without a number never takes back a file", undoSkipsFiles},
		{"what another officer did is undone only by a supervisor", undoOthers},
		{"what only an administrator may do is not undone by a supervisor", undoAdmin},
		{"the batch that made the first administrator cannot be undone", undoStart},
		{"a consultation cannot be undone", undoLook},
	}
}

// likeBefore compares two records apart from their revision and journal number.
func likeBefore(d *desk, was, now model.Record) {
	d.Helper()
	was.Head().Rev, was.Head().Seq = 0, 0
	now.Head().Rev, now.Head().Seq = 0, 0
	if !reflect.DeepEqual(was, now) {
		d.Errorf("it was\n%+v and is now\n%+v", was, now)
	}
}

func undoNew(d *desk) {
	person := d.person("KOVAC")
	made := d.head()
	r := d.do(constable, "undo", fields{"reason": "wrong person"})
	d.absent(person)
	if r.Changed[0].Ref != person || r.Changed[0].Rev != 0 {
		d.Errorf("the receipt says %s", said(r))
	}
	d.read(func(v store.Reader) error {
		e, _, err := v.Entry(r.Seq)
		if e.Undoes != made || e.Reason != "wrong person" || e.Action != "undo" {
			d.Errorf("the entry says %+v", e)
		}
		if err != nil {
			return err
		}
		h, err := v.History(person)
		if len(h) != 2 || h[0].Seq != r.Seq || h[1].Seq != made {
			d.Errorf("the history is %+v", h)
		}
		return err
	})
}

func undoChange(d *desk) {
	person := d.person("KOVAC")
	d.do(constable, "marker.add", fields{"person": string(person), "code": "VI", "source": "PNC"})
	was := record[*model.Person](d, person)
	d.do(constable, "person.edit", fields{"person": string(person), "surname": "NOVAK", "unit": "SE"})
	d.do(constable, "undo", nil)
	now := record[*model.Person](d, person)
	if now.Rev != 4 {
		d.Errorf("after three changes and an undo the revision is %d; an undo is a change too", now.Rev)
	}
	likeBefore(d, was, now)
}

func undoArrest(d *desk) {
	person, line := d.wanted("KOVAC")
	op := d.do(sergeant, "operation.create", fields{"name": "SAMPLE", "from": "2026-12-01", "to": "2026-12-07"}).Changed[0].Ref
	target := model.NewTargetRef(op, 1)
	d.do(constable, "target.add", fields{"operation": string(op), "person": string(person), "reason": "sought"})
	wasLine, wasTarget := record[*model.Wanted](d, line), record[*model.Target](d, target)
	r := d.do(other, "arrest.record", fields{"wanted": string(line)})
	if len(r.Changed) != 4 {
		d.Fatalf("the arrest changed %v, want arrest, attempt, line and target", r.Changed)
	}
	d.do(sergeant, "undo", fields{"seq": float64(r.Seq)})
	d.absent(r.Changed[0].Ref)
	d.absent(r.Changed[1].Ref)
	likeBefore(d, wasLine, record[*model.Wanted](d, line))
	likeBefore(d, wasTarget, record[*model.Target](d, target))
	d.reopen()
	d.do(other, "arrest.record", fields{"wanted": string(line)})
}

func undoUndo(d *desk) {
	person := d.person("KOVAC")
	d.do(constable, "person.edit", fields{"person": string(person), "surname": "NOVAK"})
	after := record[*model.Person](d, person)
	undone := d.do(constable, "undo", nil)
	d.do(constable, "undo", fields{"seq": float64(undone.Seq)})
	likeBefore(d, after, record[*model.Person](d, person))
}

func undoUndoNew(d *desk) {
	person := d.person("KOVAC")
	was := record[*model.Person](d, person)
	undone := d.do(constable, "undo", nil)
	d.do(constable, "undo", fields{"seq": float64(undone.Seq)})
	now := record[*model.Person](d, person)
	if now.Rev <= was.Rev {
		d.Errorf("brought back at revision %d, which it has had", now.Rev)
	}
	likeBefore(d, was, now)
}

func undoLate(d *desk) {
	person := d.person("KOVAC")
	r := d.do(constable, "person.edit", fields{"person": string(person), "note": "one"})
	d.do(other, "person.edit", fields{"person": string(person), "note": "two"})
	before := d.keys()
	p := d.refused(model.Conflict, constable, "undo", fields{"seq": float64(r.Seq)})
	if !strings.Contains(p.Problem.Error(), string(person)) {
		d.Errorf("the refusal does not name the record: %s", p.Problem)
	}
	d.same(before)
}

func undoPartLate(d *desk) {
	_, line := d.wanted("KOVAC")
	r := d.do(constable, "arrest.record", fields{"wanted": string(line)})
	d.do(constable, "arrest.status", fields{"arrest": string(r.Changed[0].Ref), "status": "in custody"})
	before := d.keys()
	d.refused(model.Conflict, constable, "undo", fields{"seq": float64(r.Seq)})
	d.same(before)
}

func undoLast(d *desk) {
	first, second := d.person("FIRST"), d.person("SECOND")
	third := d.do(other, "person.add", fields{"surname": "THIRD"}).Changed[0].Ref
	d.book.Consult(constable, "show", third)
	if err := d.book.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
	d.do(constable, "undo", nil)
	d.absent(second)
	d.do(constable, "undo", nil)
	d.absent(first)
	record[*model.Person](d, third)
	d.refused(model.Invalid, constable, "undo", nil)
}

func undoTwice(d *desk) {
	person := d.person("KOVAC")
	was := record[*model.Person](d, person)
	d.do(constable, "person.edit", fields{"person": string(person), "note": "one"})
	d.do(constable, "person.edit", fields{"person": string(person), "note": "two"})
	d.do(constable, "undo", nil)
	d.do(constable, "undo", nil)
	likeBefore(d, was, record[*model.Person](d, person))
}

func undoSkipsFiles(d *desk) {
	d.do(admin, "officer.add", fields{"name": "NEW", "roles": "officer"})
	d.collect("people.import", somebody("KOVAC", "file:1"))
	r := d.do(admin, "undo", nil)
	if got := r.Changed[0].Ref.Kind(); got != model.KindOfficer {
		d.Errorf("undo after an import took back %v", r.Changed)
	}
	d.refused(model.Invalid, admin, "undo", nil)
}

func undoOthers(d *desk) {
	person := d.person("KOVAC")
	r := d.do(constable, "person.edit", fields{"person": string(person), "note": "one"})
	d.refused(model.Denied, other, "undo", fields{"seq": float64(r.Seq)})
	d.do(sergeant, "undo", fields{"seq": float64(r.Seq)})
}

func undoLook(d *desk) {
	d.book.Consult(constable, "show", constable)
	if err := d.book.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
	d.refused(model.Invalid, sergeant, "undo", fields{"seq": float64(d.head())})
}

func undoAdmin(d *desk) {
	r := d.do(admin, "officer.leave", fields{"officer": string(other), "reason": "dismissed"})
	d.refused(model.Denied, sergeant, "undo", fields{"seq": float64(r.Seq)})
	if !record[*model.Officer](d, other).Left {
		d.Error("a dismissed officer has access again")
	}
}

// undoStart keeps the desk from being left with nobody who may do anything, for good.
func undoStart(d *desk) {
	for _, who := range []model.Ref{sergeant, admin} {
		if r, err := d.book.Do(context.Background(), who, model.Request{Action: "undo", Fields: fields{"seq": 1}}); err == nil {
			d.Errorf("%s undid the start of the store: %s", who, said(r))
		}
	}
	record[*model.Officer](d, admin)
}
