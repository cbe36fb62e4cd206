package storetest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pou/model"
	"pou/store"
)

func journalTests() []test {
	return []test{
		{"a consultation is written with the next change", looksWithChange},
		{"a consultation is written by Flush", looksFlushed},
		{"a consultation is written at Close", looksAtClose},
		{"a consultation outlives a change that was refused", looksOutliveRefusal},
		{"a consultation names who was looked at when it was made", looksCopied},
		{"a consultation is written once, with a repeated request too", looksOnce},
		{"a consultation leaves the record's history and revision alone", looksAreNoChange},
		{"a disclosure is written at once, with its recipients, after what was looked at", disclosed},
		{"a disclosure is no change: neither undone nor in a record's history", disclosedIsNoChange},
		{"the history of a record leads back through every change", history},
		{"the journal reads from either end and from the middle", entries},
		{"what was typed and is gone is told, and the chain still holds", erasedPayload},
	}
}

// looks are the consultations on the journal, oldest first.
func (d *desk) looks() []model.Entry {
	d.Helper()
	var out []model.Entry
	d.read(func(v store.Reader) error {
		return v.Entries(0, false, func(e model.Entry) bool {
			if e.Logged == model.Consultation {
				out = append(out, e)
			}
			return true
		})
	})
	return out
}

func looksWithChange(d *desk) {
	person := d.person("KOVAC")
	at := d.time
	d.book.Consult(other, "show", person)
	d.later(90e9)
	if n := len(d.looks()); n != 0 {
		d.Errorf("%d consultations are written before the next change", n)
	}
	r := d.do(constable, "person.edit", fields{"person": string(person), "note": "x"})
	got := d.looks()
	if len(got) != 1 || got[0].By != other || got[0].Reason != "show" || got[0].About[0].Ref != person || !got[0].At.Equal(at) {
		d.Fatalf("the consultations are %+v", got)
	}
	if r.Seq != got[0].Seq+1 || r.Seq != d.head() {
		d.Errorf("the receipt says entry %d, the consultation is entry %d, the head %d", r.Seq, got[0].Seq, d.head())
	}
}

func looksFlushed(d *desk) {
	for range 3 {
		d.book.Consult(constable, "list wanted")
	}
	for range 2 {
		if err := d.book.Flush(context.Background()); err != nil {
			d.Fatal(err)
		}
		if n := len(d.looks()); n != 3 {
			d.Errorf("%d consultations are written, want 3", n)
		}
	}
}

func looksAtClose(d *desk) {
	d.book.Consult(constable, "list wanted")
	d.reopen()
	if n := len(d.looks()); n != 1 {
		d.Errorf("%d consultations are written, want 1", n)
	}
	if err := d.book.Close(); err != nil {
		d.Fatal(err)
	}
	if err := d.book.Close(); err != nil {
		d.Errorf("closing twice: %v", err)
	}
	d.start()
}

func looksOutliveRefusal(d *desk) {
	d.book.Consult(constable, "first")
	d.refused(model.Invalid, constable, "person.add", nil)
	d.book.Consult(constable, "second")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.book.Flush(ctx); err == nil {
		d.Error("a flush that was called off says it was done")
	}
	d.do(constable, "person.add", fields{"surname": "KOVAC"})
	got := d.looks()
	if len(got) != 2 || got[0].Reason != "first" || got[1].Reason != "second" {
		d.Errorf("the consultations are %+v", got)
	}
}

func looksCopied(d *desk) {
	about := []model.Ref{"P-000001", "P-000002"}
	d.book.Consult(constable, "list people", about...)
	about[0] = "P-000099"
	if err := d.book.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
	if got := d.looks()[0].About[0].Ref; got != "P-000001" {
		d.Errorf("P-000001 was looked at; the journal says %s", got)
	}
}

func looksOnce(d *desk) {
	req := model.Request{Action: "person.add", Fields: fields{"surname": "KOVAC"}, Key: "1"}
	first := request(d, constable, req)
	d.book.Consult(constable, "show", first.Changed[0].Ref)
	for range 2 {
		if again := request(d, constable, req); again.Seq != first.Seq {
			d.Errorf("the repeated request says entry %d, want %d", again.Seq, first.Seq)
		}
	}
	if n := len(d.looks()); n != 1 {
		d.Errorf("%d consultations are written, want 1", n)
	}
}

func looksAreNoChange(d *desk) {
	person := d.person("KOVAC")
	d.book.Consult(other, "show", person)
	if err := d.book.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
	d.do(constable, "person.edit", fields{"person": string(person), "note": "x", "rev": 1})
	d.read(func(v store.Reader) error {
		h, err := v.History(person)
		if len(h) != 2 {
			d.Errorf("the history has %d entries, want 2", len(h))
		}
		return err
	})
}

func disclosed(d *desk) {
	person := d.person("KOVAC")
	d.book.Consult(constable, "list targets")
	if err := d.book.Disclose(context.Background(), other, "pack of OP-0001 for a partner agency", "Probation, Croydon", person); err != nil {
		d.Fatal(err)
	}
	var got []model.Entry
	d.read(func(v store.Reader) error {
		return v.Entries(d.head()-1, false, func(e model.Entry) bool {
			got = append(got, e)
			return true
		})
	})
	if len(got) != 2 || got[0].Logged != model.Consultation || got[1].Logged != model.Disclosure {
		d.Fatalf("the entries are %+v, want the consultation and then the disclosure", got)
	}
	if e := got[1]; e.By != other || e.Action != "brief" || e.To != "Probation, Croydon" || e.Reason != "pack of OP-0001 for a partner agency" ||
		len(e.About) != 1 || e.About[0].Ref != person {
		d.Errorf("the disclosure is %+v", e)
	}
	d.handedOut(person, 1)
	d.engineWrite(func(tx store.Tx) error { // as a store of version 1 was: nothing says what was handed out but the journal
		if err := tx.Delete([]byte("h/P/000000000001/" + fmt.Sprintf("%012d", d.head()))); err != nil {
			return err
		}
		return tx.Put([]byte("m/format"), []byte{1})
	})
	d.handedOut(person, 0)
	if _, err := store.New(context.Background(), d.engine, func() time.Time { return d.time }); err != nil {
		d.Fatal(err)
	}
	d.handedOut(person, 1)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.book.Disclose(ctx, other, "pack", "nobody"); err == nil {
		d.Error("a disclosure that could not be written says it was")
	}
}

// handedOut wants so many disclosures of a record.
func (d *desk) handedOut(ref model.Ref, want int) {
	d.Helper()
	d.read(func(v store.Reader) error {
		got, err := v.Disclosed(ref)
		if len(got) != want || (want > 0 && got[0].Logged != model.Disclosure) {
			d.Errorf("%s was handed out by %+v, want %d", ref, got, want)
		}
		return err
	})
}

func disclosedIsNoChange(d *desk) {
	person := d.person("KOVAC")
	if err := d.book.Disclose(context.Background(), constable, "pack", "team", person); err != nil {
		d.Fatal(err)
	}
	d.read(func(v store.Reader) error {
		h, err := v.History(person)
		if len(h) != 1 {
			d.Errorf("the history has %d entries, want 1", len(h))
		}
		return err
	})
	d.do(constable, "undo", nil)
	d.read(func(v store.Reader) error {
		if _, err := v.Record(person); err == nil {
			d.Error("undo took back the disclosure instead of the change before it")
		}
		return nil
	})
}

func history(d *desk) {
	person, line := d.wanted("KOVAC")
	seqs := []uint64{record[*model.Wanted](d, line).Seq}
	for _, step := range []struct {
		action string
		fields fields
	}{
		{"wanted.edit", fields{"grade": "A"}},
		{"wanted.circulate", fields{"pnc_ref": "26/1"}},
		{"attempt.record", fields{"outcome": "no-reply"}},
		{"arrest.record", nil},
	} {
		f := fields{"wanted": string(line)}
		for k, v := range step.fields {
			f[k] = v
		}
		seqs = append(seqs, d.do(constable, step.action, f).Seq)
		d.do(other, "person.edit", fields{"person": string(person), "note": step.action})
	}
	seqs = append(seqs, d.do(sergeant, "undo", fields{"seq": float64(seqs[4])}).Seq)
	d.reopen()
	slices.Reverse(seqs)
	var got []uint64
	d.read(func(v store.Reader) error {
		h, err := v.History(line)
		for _, e := range h {
			got = append(got, e.Seq)
		}
		return err
	})
	if !slices.Equal(got, seqs) {
		d.Errorf("the history of %s is %v, want %v", line, got, seqs)
	}
}

func entries(d *desk) {
	for range 4 {
		d.task("One")
	}
	for _, tt := range []struct {
		from    uint64
		reverse bool
		want    []uint64
	}{
		{0, false, []uint64{1, 2, 3, 4, 5}},
		{3, false, []uint64{3, 4, 5}},
		{9, false, nil},
		{0, true, []uint64{5, 4, 3, 2, 1}},
		{3, true, []uint64{3, 2, 1}},
		{9, true, []uint64{5, 4, 3, 2, 1}},
	} {
		var got []uint64
		d.read(func(v store.Reader) error {
			return v.Entries(tt.from, tt.reverse, func(e model.Entry) bool {
				got = append(got, e.Seq)
				return true
			})
		})
		if !slices.Equal(got, tt.want) {
			d.Errorf("from %d, reverse %v: got %v, want %v", tt.from, tt.reverse, got, tt.want)
		}
	}
}

func erasedPayload(d *desk) {
	person := d.person("KOVAC")
	r := d.do(constable, "person.edit", fields{"person": string(person), "note": "a secret"})
	d.engineWrite(func(tx store.Tx) error { return tx.Delete([]byte(seqKey("f/", r.Seq))) })
	d.read(func(v store.Reader) error {
		e, req, err := v.Entry(r.Seq)
		if err != nil || e.Action != "person.edit" || req.Fields != nil {
			d.Errorf("the entry reads %+v, typed %+v (%v)", e, req, err)
		}
		_, err = v.History(person)
		return err
	})
	d.refused(model.Invalid, constable, "undo", fields{"seq": float64(r.Seq)})
	d.do(constable, "person.edit", fields{"person": string(person), "note": "more"})
	rep, err := d.book.Verify(context.Background())
	if err != nil || len(rep.Findings) != 1 || rep.Findings[0].What != fmt.Sprintf("what was typed for journal entry %d is gone, and no erasure says why", r.Seq) || rep.Head != d.head() {
		d.Errorf("the chain: %+v (%v)", rep, err)
	}
	d.spoilt = true
}
