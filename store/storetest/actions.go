package storetest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"pou/model"
	"pou/store"
)

func actionTests() []test {
	return []test{
		{"an action writes its record, its index and one journal entry", writesOnce},
		{"a refused action leaves the store as it was, to the byte", refusals},
		{"an action of several records writes all of them under one entry", severalRecords},
		{"a request made twice under one key makes one change", sameKey},
		{"a key belongs to the officer who used it", keyOfOfficer},
		{"a refusal does not use up a key", keyOfRefusal},
		{"an action on a revision that has passed is refused with both versions", staleRevision},
		{"an action on the present revision is accepted", presentRevision},
		{"a revision that cannot be read is refused, not ignored", unreadableRevision},
		{"the revision is of the record acted on, not of an officer named beside it", revisionOfRecord},
		{"an officer without the role is refused", wrongRole},
		{"an officer who left, or never was, is refused", noOfficer},
		{"an officer stands in the journal under one ref, however it was written", oneRef},
		{"a key too long to keep is refused in words", longKey},
		{"a program's own action is not for officers", internalAction},
		{"a number is never used twice, even when its record is undone", numbersOnce},
		{"a target's number is never used twice, even when the target is undone", targetNumbersOnce},
		{"text that is not valid UTF-8 leaves a record that can be read", badText},
		{"a reason that is not valid UTF-8 leaves a journal that can be read", badReason},
		{"values nested very deep leave an entry that can be read", deepFields},
		{"records can be changed by whoever reads them without harm", readCopies},
		{"a list holds a record while it is live", placed},
	}
}

func writesOnce(d *desk) {
	before, head := d.keys(), d.head()
	r := d.do(constable, "task.add", fields{"title": "Arrest enquiry", "assign": string(other)})
	if r.Seq != head+1 || len(r.Changed) != 1 || r.Changed[0].Rev != 1 {
		d.Errorf("the receipt says %s after entry %d", said(r), head)
	}
	want := []string{
		"f/000000000002", "j/000000000002", "l/O/000000000005/T/000000000001", "m/head", "m/next/T", "r/T/000000000001", "u/T/SW/1/T/000000000001", "v/O/000000000003/000000000002",
	}
	if got := differences(before, d.keys()); !slices.Equal(got, want) {
		d.Errorf("it wrote\n got %q\nwant %q", got, want)
	}
	d.read(func(r store.Reader) error {
		e, req, err := r.Entry(head + 1)
		if e.By != constable || e.Action != "task.add" || e.Logged != model.Collection || !e.At.Equal(d.time) || req.Fields["title"] != "Arrest enquiry" {
			d.Errorf("the entry says %+v, typed %+v", e, req)
		}
		return err
	})
}

func refusals(d *desk) {
	person, line := d.wanted("KOVAC")
	task := d.task("One")
	d.do(constable, "task.done", fields{"task": string(task)})
	before := d.keys()
	for _, tt := range []struct {
		code   model.Code
		who    model.Ref
		action string
		fields fields
	}{
		{model.NotFound, constable, "no.such", nil},
		{model.Invalid, constable, "person.add", fields{"surname": "A", "colour": "red"}},
		{model.Invalid, constable, "person.add", nil},
		{model.Invalid, constable, "person.add", fields{"surname": map[string]any{"a": 1}}},
		{model.Invalid, constable, "person.edit", fields{"person": "T-000001"}},
		{model.NotFound, constable, "person.edit", fields{"person": "P-000099", "note": "x"}},
		{model.Denied, constable, "officer.add", fields{"name": "NEW", "roles": "officer"}},
		{model.Denied, constable, "wanted.eliminate", fields{"wanted": string(line), "reason": "x"}},
		{model.Invalid, constable, "wanted.mark", fields{"person": string(person), "offences": "s4A", "unit": "SW"}},
		{model.Invalid, constable, "task.start", fields{"task": string(task)}},
		{model.Conflict, constable, "person.edit", fields{"person": string(person), "note": "x", "rev": 7}},
		{model.NotFound, constable, "undo", fields{"seq": 999}},
		{model.Denied, other, "undo", fields{"seq": 2}},
		{model.Invalid, sergeant, "undo", nil},
	} {
		d.refused(tt.code, tt.who, tt.action, tt.fields)
		d.same(before)
	}
}

func severalRecords(d *desk) {
	person, line := d.wanted("KOVAC")
	head := d.head()
	r := d.do(other, "arrest.record", fields{"wanted": string(line), "place": "12 Sample Street"})
	var kinds []model.Kind
	for _, c := range r.Changed {
		kinds = append(kinds, c.Ref.Kind())
	}
	if want := []model.Kind{model.KindArrest, model.KindAttempt, model.KindWanted}; !slices.Equal(kinds, want) {
		d.Errorf("an arrest changed %v, want %v", kinds, want)
	}
	if d.head() != head+1 || r.Seq != head+1 {
		d.Errorf("entry %d became %d, the receipt says %d", head, d.head(), r.Seq)
	}
	if w := record[*model.Wanted](d, line); w.State != model.WasArrested || w.Rev != 2 || w.Seq != r.Seq {
		d.Errorf("the line is %+v", w)
	}
	d.read(func(v store.Reader) error {
		refs, err := v.Linked(person, model.KindArrest)
		if len(refs) != 1 || refs[0] != r.Changed[0].Ref {
			d.Errorf("from the person the arrests are %v", refs)
		}
		return err
	})
}

func request(d *desk, who model.Ref, req model.Request) model.Receipt {
	d.Helper()
	r, err := d.book.Do(context.Background(), who, req)
	if err != nil {
		d.Fatalf("%s: %v", req.Action, err)
	}
	return r
}

func sameKey(d *desk) {
	req := model.Request{Action: "person.add", Fields: fields{"surname": "KOVAC"}, Key: "form-1"}
	first := request(d, constable, req)
	before := d.keys()
	for range 2 {
		if again := request(d, constable, req); !reflect.DeepEqual(again, first) {
			d.Errorf("the second receipt says %s, the first %s", said(again), said(first))
		}
		d.same(before)
		d.reopen()
	}
}

func keyOfOfficer(d *desk) {
	req := model.Request{Action: "person.add", Fields: fields{"surname": "KOVAC"}, Key: "1"}
	a, b := request(d, constable, req), request(d, other, req)
	if a.Changed[0].Ref == b.Changed[0].Ref {
		d.Errorf("two officers with the same key made one record, %s", a.Changed[0].Ref)
	}
}

func keyOfRefusal(d *desk) {
	req := model.Request{Action: "person.add", Key: "1"}
	if _, err := d.book.Do(context.Background(), constable, req); err == nil {
		d.Fatal("a person without a name was accepted")
	}
	req.Fields = fields{"surname": "KOVAC"}
	if r := request(d, constable, req); !r.OK || len(r.Changed) != 1 {
		d.Errorf("after the correction the receipt says %s", said(r))
	}
}

func staleRevision(d *desk) {
	person := d.person("KOVAC")
	d.do(other, "person.edit", fields{"person": string(person), "note": "theirs", "rev": 1})
	before := d.keys()
	mine := fields{"person": string(person), "note": "mine", "rev": 1}
	r := d.refused(model.Conflict, constable, "person.edit", mine)
	now, ok := r.Current.(*model.Person)
	if !ok || now.Note != "theirs" || now.Rev != 2 || now.Ref != person {
		d.Errorf("the version on record in the receipt is %+v", r.Current)
	}
	if !reflect.DeepEqual(r.Yours, mine) {
		d.Errorf("the version asked for in the receipt is %+v", r.Yours)
	}
	if !strings.Contains(r.Problem.Error(), "Other") || !strings.Contains(r.Problem.Error(), "person.edit") {
		d.Errorf("the refusal does not say who changed it and how: %s", r.Problem)
	}
	d.same(before)
}

func presentRevision(d *desk) {
	person := d.person("KOVAC")
	for i, rev := range []any{1, "2", float64(3), uint64(4)} {
		r := d.do(constable, "person.edit", fields{"person": string(person), "note": strings.Repeat("x", i+1), "rev": rev})
		if got := r.Changed[0].Rev; got != uint64(i)+2 {
			d.Errorf("revision %v became %d", rev, got)
		}
	}
}

func unreadableRevision(d *desk) {
	person := d.person("KOVAC")
	before := d.keys()
	for _, rev := range []any{"two", int64(7), 1.5, -1, []any{1, 2}, true} {
		r, err := d.book.Do(context.Background(), constable, model.Request{Action: "person.edit", Fields: fields{"person": string(person), "note": "x", "rev": rev}})
		if err == nil {
			d.Errorf("rev %#v on a record at revision 1 was accepted: %s", rev, said(r))
		}
	}
	d.same(before)
}

func revisionOfRecord(d *desk) {
	_, line := d.wanted("KOVAC")
	d.do(constable, "wanted.edit", fields{"wanted": string(line), "grade": "A", "rev": 1})
	_, err := d.book.Do(context.Background(), constable, model.Request{
		Action: "arrest.record", Fields: fields{"with": string(other), "wanted": string(line), "rev": 2},
	})
	if err != nil {
		d.Errorf("an arrest on revision 2 of %s, which is the present one, with %s along: %v", line, other, err)
	}
}

func wrongRole(d *desk) {
	r := d.refused(model.Denied, constable, "officer.add", fields{"name": "NEW", "roles": "administrator"})
	if r.Problem.Do == "" {
		d.Error("the refusal does not say whom to ask")
	}
	d.refused(model.Denied, admin, "person.add", fields{"surname": "KOVAC"})
	_, err := d.book.Collect(context.Background(), constable, "sample.load", model.Batch{Records: []model.Record{somebody("KOVAC", "")}})
	if p, ok := model.AsProblem(err); !ok || p.Code != model.Denied {
		d.Errorf("a constable loading the sample: %v", err)
	}
	d.read(func(v store.Reader) error {
		info, err := v.Info()
		if info.Sample {
			d.Error("the refused sample left its mark")
		}
		return err
	})
}

func noOfficer(d *desk) {
	person := d.person("KOVAC")
	for _, who := range []model.Ref{gone, nobody, person, "", "x", "O-", "OP-0001/001"} {
		d.refused(model.Denied, who, "person.add", fields{"surname": "KOVAC"})
	}
	_, err := d.book.Collect(context.Background(), nobody, "people.import", model.Batch{Records: []model.Record{&model.Officer{Name: "X", Roles: []model.Role{model.RoleAdmin}}}})
	if p, ok := model.AsProblem(err); !ok || p.Code != model.Denied {
		d.Errorf("somebody unknown bringing themselves along: %v", err)
	}
}

func internalAction(d *desk) {
	d.refused(model.NotFound, admin, "sample.load", nil)
	if _, err := d.book.Collect(context.Background(), admin, "person.add", model.Batch{}); err == nil {
		d.Error("a batch was taken under an officer's action")
	}
}

func numbersOnce(d *desk) {
	seen := map[model.Ref]bool{}
	for i := range 6 {
		for _, ref := range []model.Ref{d.person("KOVAC"), d.task("One")} {
			if seen[ref] {
				d.Errorf("%s was given twice", ref)
			}
			seen[ref] = true
			d.do(constable, "undo", nil)
		}
		if i == 3 {
			d.reopen()
		}
	}
}

func targetNumbersOnce(d *desk) {
	op := d.do(sergeant, "operation.create", fields{"name": "SAMPLE", "from": "2026-12-01", "to": "2026-12-07"}).Changed[0].Ref
	add := func(surname string) model.Ref {
		person := d.person(surname)
		r := d.do(constable, "target.add", fields{"operation": string(op), "person": string(person), "reason": "sought"})
		for _, c := range r.Changed {
			if c.Ref.Kind() == model.KindTarget {
				return c.Ref
			}
		}
		d.Fatalf("no target in %s", said(r))
		return ""
	}
	first := add("KOVAC")
	d.do(constable, "undo", nil)
	d.absent(first)
	if second := add("NOVAK"); second == first {
		d.Errorf("%s named KOVAC, was undone, and now names NOVAK", first)
	}
}

func badText(d *desk) {
	r, err := d.book.Do(context.Background(), constable, model.Request{Action: "person.add", Fields: fields{"surname": "M\xfcLLER", "note": "cut \xe2\x82"}})
	if _, refused := model.AsProblem(err); refused {
		return // refusing it is as good
	}
	if err != nil {
		d.Fatal(err)
	}
	d.read(func(v store.Reader) error {
		if _, err := v.Record(r.Changed[0].Ref); err != nil {
			d.Errorf("a surname in Latin-1 was accepted and cannot be read: %v", err)
		}
		if _, _, err := v.Entry(r.Seq); err != nil {
			d.Errorf("its journal entry cannot be read: %v", err)
		}
		return nil
	})
}

func badReason(d *desk) {
	task := d.task("One")
	if _, err := d.book.Do(context.Background(), constable, model.Request{Action: "task.cancel", Fields: fields{"task": string(task), "reason": "M\xfcller says no"}}); err != nil {
		if _, refused := model.AsProblem(err); !refused {
			d.Error(err)
		}
	}
	d.book.Consult(constable, "find M\xfcller")
	if err := d.book.Flush(context.Background()); err != nil {
		d.Error(err)
	}
	d.read(func(v store.Reader) error {
		return v.Entries(0, false, func(model.Entry) bool { return true })
	})
}

func deepFields(d *desk) {
	var deep any = "KOVAC"
	for range 40 {
		deep = []any{deep}
	}
	r, err := d.book.Do(context.Background(), constable, model.Request{Action: "person.add", Fields: fields{"surname": deep}})
	if _, refused := model.AsProblem(err); refused {
		return
	}
	if err != nil {
		d.Fatal(err)
	}
	d.read(func(v store.Reader) error {
		if _, _, err := v.Entry(r.Seq); err != nil {
			d.Errorf("entry %d was accepted and cannot be read: %v", r.Seq, err)
		}
		return nil
	})
}

func readCopies(d *desk) {
	person := d.person("KOVAC")
	d.do(constable, "alias.add", fields{"person": string(person), "name": "Kov"})
	before := d.keys()
	d.read(func(v store.Reader) error {
		rec, err := v.Record(person)
		if err != nil {
			return err
		}
		p, _ := rec.(*model.Person)
		p.Surname, p.Aliases[0].Name, p.Rev = "CHANGED", "changed", 99
		if again, err := v.Record(person); err != nil || again.(*model.Person).Surname != "KOVAC" || again.Head().Rev != 2 {
			d.Errorf("inside the same snapshot it now reads %+v (%v)", again, err)
		}
		e, _, err := v.Entry(3)
		e.About[0].Ref = "P-000099"
		return err
	})
	if p := record[*model.Person](d, person); p.Surname != "KOVAC" || p.Aliases[0].Name != "Kov" {
		d.Errorf("it now reads %+v", p)
	}
	d.same(before)
}

func placed(d *desk) {
	task := d.task("One")
	in := func(unit model.Unit, live bool) bool {
		var refs []model.Ref
		d.read(func(v store.Reader) (err error) {
			refs, err = v.Placed(model.KindTask, unit, live)
			return err
		})
		return slices.Contains(refs, task)
	}
	if !in("SW", true) || !in("", true) || in("SE", true) || in("SW", false) {
		d.Error("an open task of SW does not stand in the lists of SW and of all units, and only there")
	}
	d.do(constable, "task.done", fields{"task": string(task)})
	if in("SW", true) || !in("SW", false) || !in("", false) {
		d.Error("a finished task does not stand among the ended ones only")
	}
	d.do(constable, "undo", nil)
	if !in("SW", true) || in("SW", false) {
		d.Error("undone, the task does not stand among the live ones again")
	}
	d.read(func(v store.Reader) error {
		if _, err := v.Record("T-999999"); err == nil || errors.Is(err, store.ErrDamaged) {
			d.Errorf("a task that never was: %v", err)
		}
		return nil
	})
}

func oneRef(d *desk) {
	r, err := d.book.Do(context.Background(), "O-3", model.Request{Action: "task.add", Fields: fields{"title": "One"}})
	if err != nil {
		return // refusing it is as good
	}
	d.read(func(v store.Reader) error {
		e, _, err := v.Entry(r.Seq)
		if e.By != constable {
			d.Errorf("%s acted as O-3 and stands in the journal as %s", constable, e.By)
		}
		return err
	})
	if by := record[*model.Task](d, r.Changed[0].Ref).By; by != constable {
		d.Errorf("the task was given by %s, who is %s", constable, by)
	}
}

func longKey(d *desk) {
	req := model.Request{Action: "task.add", Fields: fields{"title": "One"}, Key: strings.Repeat("k", 40_000)}
	if _, err := d.book.Do(context.Background(), constable, req); err != nil {
		if _, refused := model.AsProblem(err); !refused {
			d.Errorf("a key of 40,000 bytes: %v", err)
		}
	}
}
