package storetest

import (
	"context"
	"errors"
	"slices"
	"time"

	"pou/model"
	"pou/store"
)

func keptTests() []test {
	return []test{
		{"everything is there after closing and opening", survives},
		{"a draft survives closing and opening", draftSurvives},
		{"a draft is its officer's and its form's", draftsApart},
		{"an empty draft is a draft", draftEmpty},
		{"a draft can be changed by whoever reads it without harm", draftCopied},
		{"a store of a newer format is refused and left alone", newerFormat},
		{"a store whose format cannot be read is refused", oddFormat},
		{"a record that cannot be read is told once and the rest still come", eachAfterDamage},
	}
}

func survives(d *desk) {
	_, line := d.wanted("KOVAC")
	d.do(constable, "arrest.record", fields{"wanted": string(line)})
	before := d.keys()
	d.reopen()
	d.same(before)
	d.sound()
	d.task("One")
}

func (d *desk) draft(who model.Ref, form string) (string, bool) {
	d.Helper()
	got, err := d.book.Draft(context.Background(), who, form)
	if err != nil && !errors.Is(err, store.ErrNoDraft) {
		d.Fatal(err)
	}
	return string(got), err == nil
}

func (d *desk) saveDraft(who model.Ref, form, text string) {
	d.Helper()
	if err := d.book.SaveDraft(context.Background(), who, form, []byte(text)); err != nil {
		d.Fatal(err)
	}
}

func draftSurvives(d *desk) {
	d.saveDraft(constable, "arrest.record W-000001", "Where: 12 Sam")
	d.saveDraft(constable, "arrest.record W-000001", "Where: 12 Sample Street")
	d.reopen()
	if got, ok := d.draft(constable, "arrest.record W-000001"); !ok || got != "Where: 12 Sample Street" {
		d.Errorf("the draft is %q, %v", got, ok)
	}
	for range 2 {
		if err := d.book.DropDraft(context.Background(), constable, "arrest.record W-000001"); err != nil {
			d.Errorf("drop: %v", err)
		}
		if _, ok := d.draft(constable, "arrest.record W-000001"); ok {
			d.Error("the dropped draft is still there")
		}
	}
}

func draftsApart(d *desk) {
	d.saveDraft(constable, "a", "1")
	d.saveDraft(constable, "a/b", "2")
	d.saveDraft(other, "a", "3")
	if err := d.book.DropDraft(context.Background(), constable, "a"); err != nil {
		d.Fatal(err)
	}
	_, one := d.draft(constable, "a")
	two, _ := d.draft(constable, "a/b")
	three, _ := d.draft(other, "a")
	if one || two != "2" || three != "3" {
		d.Errorf("dropping one left %v %q %q", one, two, three)
	}
}

func draftEmpty(d *desk) {
	d.saveDraft(constable, "a", "")
	if got, ok := d.draft(constable, "a"); !ok || got != "" {
		d.Errorf("the draft is %q, %v", got, ok)
	}
}

func draftCopied(d *desk) {
	text := []byte("Where: 12 Sample Street")
	if err := d.book.SaveDraft(context.Background(), constable, "a", text); err != nil {
		d.Fatal(err)
	}
	copy(text, "xxxxx")
	got, err := d.book.Draft(context.Background(), constable, "a")
	if err != nil {
		d.Fatal(err)
	}
	copy(got, "yyyyy")
	if got, _ := d.draft(constable, "a"); got != "Where: 12 Sample Street" {
		d.Errorf("the draft is now %q", got)
	}
}

func (d *desk) refusesFormat(mark []byte) {
	d.Helper()
	d.spoilt = true
	d.engineWrite(func(tx store.Tx) error { return tx.Put([]byte("m/format"), mark) })
	before := d.keys()
	_, err := store.New(context.Background(), d.engine, func() time.Time { return d.time })
	if !errors.Is(err, store.ErrForeign) {
		d.Errorf("format mark %v: %v, want it refused as foreign", mark, err)
	}
	d.same(before)
}

func newerFormat(d *desk) { d.refusesFormat([]byte{4}) }

func oddFormat(d *desk) {
	for _, mark := range [][]byte{{}, {1, 1}, []byte("one"), {255}} {
		d.refusesFormat(mark)
	}
}

func eachAfterDamage(d *desk) {
	for _, name := range []string{"A", "B", "C"} {
		d.person(name)
	}
	d.spoilt = true
	d.engineWrite(func(tx store.Tx) error { return tx.Put([]byte("r/P/000000000002"), []byte{1, 1, 1, 0xff}) })
	var names []string
	bad := 0
	d.read(func(v store.Reader) error {
		return v.Each(model.KindPerson, "", func(r model.Record, err error) bool {
			if err != nil {
				bad++
				return true
			}
			names = append(names, r.(*model.Person).Surname)
			return true
		})
	})
	if bad != 1 || !slices.Equal(names, []string{"A", "C"}) {
		d.Errorf("%d told as damaged, read %v", bad, names)
	}
}
