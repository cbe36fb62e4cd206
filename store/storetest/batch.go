package storetest

import (
	"context"
	"fmt"
	"slices"

	"pou/model"
	"pou/store"
)

func batchTests() []test {
	return []test{
		{"a batch is one journal entry", batchOnce},
		{"a batch with one bad record is refused whole", batchWhole},
		{"a batch that was refused can be corrected and tried again without taking another record's number", batchAgain},
		{"a batch that numbers some of its records loses none of the others", batchMixed},
		{"a record is found by the row it was read from", batchSource},
		{"undoing one of two records read from the same row leaves the other to be found", batchSameRow},
		{"a record that comes with a number moves the counter on", batchClaims},
		{"the sample marks the store for good", sampleMark},
		{"only the first batch of an empty store brings its own administrator", founderOnce},
	}
}

func batchOnce(d *desk) {
	head := d.head()
	var people []model.Record
	for i := range 700 {
		people = append(people, somebody(fmt.Sprintf("PERSON%03d", i), fmt.Sprintf("file:%d", i)))
	}
	r := d.collect("people.import", people...)
	if d.head() != head+1 || len(r.Changed) != 700 || r.Changed[699].Ref != "P-000700" {
		d.Errorf("entry %d became %d, %d changes", head, d.head(), len(r.Changed))
	}
	n := 0
	d.read(func(v store.Reader) error {
		return v.Each(model.KindPerson, "P-000101", func(rec model.Record, err error) bool {
			n++
			return err == nil && rec.Head().Rev == 1
		})
	})
	if n != 600 {
		d.Errorf("from P-000101 on there are %d people, want 600", n)
	}
}

func batchWhole(d *desk) {
	before := d.keys()
	_, err := d.book.Collect(context.Background(), admin, "people.import", model.Batch{Records: []model.Record{somebody("A", "f:1"), &model.Person{}, somebody("B", "f:2")}})
	if p, ok := model.AsProblem(err); !ok || p.Code != model.Invalid {
		d.Errorf("a batch with a nameless person: %v", err)
	}
	d.same(before)
}

func batchAgain(d *desk) {
	nameless := &model.Person{}
	batch := model.Batch{Records: []model.Record{somebody("FIRST", "f:1"), nameless}}
	if _, err := d.book.Collect(context.Background(), admin, "people.import", batch); err == nil {
		d.Fatal("a nameless person was accepted")
	}
	kovac := d.person("KOVAC")
	nameless.Surname = "NAMED"
	if _, err := d.book.Collect(context.Background(), admin, "people.import", batch); err != nil {
		d.Fatal(err)
	}
	if p := record[*model.Person](d, kovac); p.Surname != "KOVAC" {
		d.Errorf("%s was KOVAC; the batch made it %s", kovac, p.Surname)
	}
}

func batchMixed(d *desk) {
	numbered := somebody("NUMBERED", "")
	numbered.Ref = "P-000001"
	d.collect("people.import", somebody("BLANK", ""), numbered)
	var names []string
	d.read(func(v store.Reader) error {
		return v.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
			if p, ok := rec.(*model.Person); ok {
				names = append(names, p.Surname)
			}
			return err == nil
		})
	})
	slices.Sort(names)
	if !slices.Equal(names, []string{"BLANK", "NUMBERED"}) {
		d.Errorf("of BLANK and NUMBERED the store kept %v", names)
	}
}

func batchSource(d *desk) {
	ref := d.collect("people.import", somebody("KOVAC", "ofac:2674")).Changed[0].Ref
	find := func() (model.Ref, bool) {
		var got model.Ref
		var ok bool
		d.read(func(v store.Reader) (err error) {
			got, ok, err = v.FromSource("ofac:2674")
			return err
		})
		return got, ok
	}
	if got, ok := find(); !ok || got != ref {
		d.Errorf("found %q, %v; want %s", got, ok, ref)
	}
	d.do(constable, "person.edit", fields{"person": string(ref), "note": "x"})
	if got, ok := find(); !ok || got != ref {
		d.Errorf("after an edit found %q, %v; want %s", got, ok, ref)
	}
	changed := record[*model.Person](d, ref)
	changed.Sources = []model.Origin{{Key: "ofac:2675"}}
	d.collect("people.import", changed)
	if got, ok := find(); ok {
		d.Errorf("the row it no longer comes from still finds %s", got)
	}
}

func batchSameRow(d *desk) {
	d.collect("people.import", somebody("FIRST", "f:1"))
	_, err := d.book.Collect(context.Background(), admin, "people.import", model.Batch{Records: []model.Record{somebody("SECOND", "f:1")}})
	if err != nil {
		return // refusing the second is as good
	}
	d.do(admin, "undo", fields{"seq": float64(d.head())})
	d.read(func(v store.Reader) error {
		if ref, ok, _ := v.FromSource("f:1"); !ok || ref != "P-000001" {
			d.Errorf("the row f:1 finds %q; FIRST came from it and is still on record", ref)
		}
		return nil
	})
}

func batchClaims(d *desk) {
	p := somebody("KOVAC", "")
	p.Ref = "P-000041"
	d.collect("people.import", p)
	d.reopen()
	if next := d.person("NEXT"); next != "P-000042" {
		d.Errorf("after P-000041 comes %s", next)
	}
}

func sampleMark(d *desk) {
	marked := func() bool {
		var info store.Info
		d.read(func(v store.Reader) (err error) {
			info, err = v.Info()
			return err
		})
		return info.Sample
	}
	d.collect("people.import", somebody("KOVAC", ""))
	if marked() {
		d.Error("an import marked the store as a sample")
	}
	d.collect("sample.load", somebody("SAMPLE", ""))
	d.reopen()
	if !marked() {
		d.Error("the sample has left no mark")
	}
}

func founderOnce(d *desk) {
	usurper := &model.Officer{Name: "USURPER", Roles: []model.Role{model.RoleAdmin}}
	usurper.Ref = nobody
	before := d.keys()
	_, err := d.book.Collect(context.Background(), nobody, "store.init", model.Batch{Records: []model.Record{usurper}})
	if p, ok := model.AsProblem(err); !ok || p.Code != model.Denied {
		d.Errorf("a second founder: %v", err)
	}
	d.same(before)
}
