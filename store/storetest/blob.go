package storetest

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/store"
)

func blobTests() []test {
	return []test{
		{"what a record keeps beside itself is there after closing and opening", blobSurvives},
		{"data goes with the record that lets go of it", blobErased},
		{"an erasure is not undone", blobNotBack},
		{"data two records hold stays until the last lets go", blobShared},
		{"undoing the load takes the data along", blobUndone},
		{"data nobody came for is swept after a day", blobSwept},
		{"data more than one transaction carries comes back in order", blobMany},
		{"data that was altered is told, and not handed out", blobAltered},
	}
}

// dataset opens a dataset of a new case.
func (d *desk) dataset() model.Ref {
	d.Helper()
	suspect := d.person("KOVAC")
	k := d.do(constable, "case.add", fields{"person": string(suspect), "offences": "s4A", "last": "2026-11-20"}).Changed[0].Ref
	return d.do(constable, "dataset.open", fields{
		"case": string(k), "title": "Calls", "power": "synthetic", "authorisation": "TEST 1", "purpose": "test", "granted": "2026-11-21", "from": "2026-01-01", "to": "2026-11-30",
		"collateral": "none: nobody is real", "review": "2027-05-01",
	}).Changed[0].Ref
}

func (d *desk) keep(blobs ...[]byte) []model.Digest {
	d.Helper()
	sums, err := d.book.Keep(context.Background(), blobs)
	if err != nil {
		d.Fatal(err)
	}
	return sums
}

// load gives a dataset blobs, as a file does.
func (d *desk) load(ref model.Ref, blobs ...[]byte) model.Receipt {
	d.Helper()
	set := record[*model.Dataset](d, ref)
	set.Data = append(set.Data, d.keep(blobs...)...)
	r, err := d.book.Collect(context.Background(), constable, "dataset.load", model.Batch{Records: []model.Record{set}})
	if err != nil {
		d.Fatal(err)
	}
	return r
}

func (d *desk) blob(sum model.Digest) (out []byte, err error) {
	d.Helper()
	err = d.book.Read(context.Background(), func(r store.Reader) (err error) {
		out, err = r.Blob(sum)
		return err
	})
	return out, err
}

// eraseData has the rows of a dataset erased: one proposes, another confirms.
func (d *desk) eraseData(ref model.Ref) model.Receipt {
	d.Helper()
	_, two := dataOfficers(d)
	e := d.do(sergeant, "dataset.erase", fields{"dataset": string(ref), "reason": "NFA"}).Changed[0].Ref
	return d.do(two, "record.erase-confirm", fields{"erasure": string(e)})
}

// blobs counts the blobs in the engine.
func (d *desk) blobs() (n int) {
	for key := range d.keys() {
		if strings.HasPrefix(key, "x/") {
			n++
		}
	}
	return n
}

func blobSurvives(d *desk) {
	ref := d.dataset()
	d.load(ref, []byte("07700900123 rang"))
	d.reopen()
	got, err := d.blob(record[*model.Dataset](d, ref).Data[0])
	if err != nil || string(got) != "07700900123 rang" {
		d.Errorf("the data is %q, %v", got, err)
	}
}

func blobErased(d *desk) {
	ref := d.dataset()
	d.load(ref, []byte("one"), []byte("two"))
	sums := record[*model.Dataset](d, ref).Data
	d.eraseData(ref)
	if _, err := d.blob(sums[0]); err == nil || d.blobs() != 0 {
		d.Errorf("%d blobs are left, and reading one says %v", d.blobs(), err)
	}
	for key, value := range d.keys() {
		if strings.Contains(value, "one") && strings.HasPrefix(key, "x/") {
			d.Errorf("the data is still at %q", key)
		}
	}
}

func blobNotBack(d *desk) {
	ref := d.dataset()
	d.load(ref, []byte("one"))
	seq := d.eraseData(ref).Seq
	d.refused(model.Invalid, sergeant, "undo", fields{"seq": float64(seq)})
}

func blobShared(d *desk) {
	a, b := d.dataset(), d.dataset()
	d.load(a, []byte("one"))
	d.load(b, []byte("one"))
	d.eraseData(a)
	if d.blobs() != 1 {
		d.Errorf("%d blobs are left of one that is still held", d.blobs())
	}
	d.eraseData(b)
	if d.blobs() != 0 {
		d.Errorf("%d blobs are left of none that is held", d.blobs())
	}
}

func blobUndone(d *desk) {
	ref := d.dataset()
	seq := d.load(ref, []byte("one")).Seq
	d.do(sergeant, "undo", fields{"seq": float64(seq)})
	if d.blobs() != 0 {
		d.Errorf("%d blobs are left after the load was undone", d.blobs())
	}
}

func blobSwept(d *desk) {
	d.keep([]byte("stray"))
	d.later(25 * time.Hour)
	d.load(d.dataset(), []byte("held"))
	d.later(25 * time.Hour)
	d.keep([]byte("fresh"))
	if d.blobs() != 2 {
		d.Errorf("%d blobs are left; want the one that is held and the fresh one", d.blobs())
	}
}

func blobMany(d *desk) {
	var blobs [][]byte
	for i := range 7 {
		blobs = append(blobs, bytes.Repeat([]byte{byte(i)}, 400_000))
	}
	ref := d.dataset()
	d.load(ref, blobs...)
	for i, sum := range record[*model.Dataset](d, ref).Data {
		if got, err := d.blob(sum); err != nil || !slices.Equal(got, blobs[i]) {
			d.Errorf("blob %d comes back with %d bytes, %v", i, len(got), err)
		}
	}
}

func blobAltered(d *desk) {
	d.spoilt = true
	ref := d.dataset()
	d.load(ref, []byte("one"))
	sum := record[*model.Dataset](d, ref).Data[0]
	err := d.engine.Update(context.Background(), func(tx store.Tx) error {
		key := []byte("x/" + sum.String())
		value := bytes.Clone(tx.Get(key))
		value[len(value)-1] ^= 1
		return tx.Put(key, value)
	})
	if err != nil {
		d.Fatal(err)
	}
	if _, err := d.blob(sum); err == nil || len(d.findings()) == 0 {
		d.Errorf("it is handed out (%v), and the check finds %v", err, d.findings())
	}
}
