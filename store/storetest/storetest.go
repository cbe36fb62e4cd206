// Package storetest is what every engine must pass, and through it the one [store.Book]: a new engine is done when
// [Run] is green over it. Each test ends by holding the whole store against itself with [store.Book.Check].
//
// The tests know the key layout by its letters and not by the functions of package store, so that a change of layout
// shows here first.
package storetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/store"
)

// Place is somewhere an engine keeps what it is given. Calling it opens the engine; after Close it may be called again
// and finds everything there.
type Place func() store.Engine

// Run holds an engine, and a book over it, to everything they promise. place makes a new, empty place.
func Run(t *testing.T, place func(t *testing.T) Place) {
	t.Helper()
	for _, group := range []struct {
		name  string
		tests []test
	}{
		{"actions", actionTests()},
		{"undo", undoTests()},
		{"batches", batchTests()},
		{"journal", journalTests()},
		{"feed", feedTests()},
		{"kept", keptTests()},
		{"access", accessTests()},
		{"data", blobTests()},
		{"tampering", tamperTests()},
		{"crowd", crowdTests()},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, tt := range group.tests {
				t.Run(tt.name, func(t *testing.T) { tt.run(newDesk(t, place(t))) })
			}
		})
	}
	t.Run("engine", func(t *testing.T) {
		for _, tt := range engineTests() {
			t.Run(tt.name, func(t *testing.T) {
				open := place(t)
				e := open()
				defer e.Close()
				tt.run(&probe{t, e})
			})
		}
	})
}

type test struct {
	name string
	run  func(*desk)
}

// The officers of the test desk.
const (
	admin     model.Ref = "O-0001"
	sergeant  model.Ref = "O-0002"
	constable model.Ref = "O-0003"
	keeper    model.Ref = "O-0004" // SPO co-ordinator
	other     model.Ref = "O-0005" // another constable
	gone      model.Ref = "O-0006" // left
	nobody    model.Ref = "O-0099"
)

// desk is a book with six officers at 05:00 on 1 December 2026, and the engine under it.
type desk struct {
	*testing.T
	open   Place
	engine store.Engine
	book   *store.Book
	time   time.Time
	spoilt bool // damaged on purpose: not held against itself at the end
	closed bool
}

func newDesk(t *testing.T, open Place) *desk {
	t.Helper()
	d := &desk{T: t, open: open, time: time.Date(2026, time.December, 1, 5, 0, 0, 0, time.UTC)}
	d.start()
	d.collect("store.init", officers()...)
	t.Cleanup(func() {
		if !d.spoilt && !d.closed {
			d.sound()
		}
		if !d.closed {
			d.close()
		}
	})
	return d
}

func (d *desk) start() {
	d.Helper()
	d.engine = d.open()
	book, err := store.New(context.Background(), d.engine, func() time.Time { return d.time })
	if err != nil {
		d.Fatalf("open the book: %v", err)
	}
	d.book, d.closed = book, false
}

func (d *desk) close() {
	d.Helper()
	d.closed = true
	if err := d.book.Close(); err != nil {
		d.Fatalf("close the book: %v", err)
	}
}

// reopen closes the book and opens what it left.
func (d *desk) reopen() {
	d.Helper()
	d.close()
	d.start()
}

func (d *desk) later(by time.Duration) { d.time = d.time.Add(by) }

// sound fails the test if the store does not hold against itself.
func (d *desk) sound() {
	d.Helper()
	if found := d.findings(); len(found) > 0 {
		d.Errorf("the store does not hold against itself:\n  %s", strings.Join(found, "\n  "))
	}
}

func (d *desk) findings() []string {
	d.Helper()
	return Findings(d.T, d.book)
}

// Findings is what a book finds when it is held against itself.
func Findings(t *testing.T, book *store.Book) (found []string) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			found = append(found, fmt.Sprint("it panicked: ", p))
		}
	}()
	rep, err := book.Check(context.Background())
	if err != nil {
		found = append(found, err.Error())
	}
	for _, f := range rep.Findings {
		found = append(found, f.Where+": "+f.What)
	}
	return found
}

type fields = map[string]any

// do runs an action that must be accepted.
func (d *desk) do(who model.Ref, action string, f fields) model.Receipt {
	d.Helper()
	r, err := d.book.Do(context.Background(), who, model.Request{Action: action, Fields: f})
	if err != nil {
		d.Fatalf("%s: %v", action, err)
	}
	return r
}

// refused runs an action that must be refused, and with which code.
func (d *desk) refused(code model.Code, who model.Ref, action string, f fields) model.Receipt {
	d.Helper()
	r, err := d.book.Do(context.Background(), who, model.Request{Action: action, Fields: f})
	p, ok := model.AsProblem(err)
	switch {
	case err == nil:
		d.Fatalf("%s was accepted as journal entry %d; want it refused as %s", action, r.Seq, code)
	case !ok:
		d.Fatalf("%s failed with %v; want a refusal", action, err)
	case p.Code != code:
		d.Fatalf("%s was refused as %s (%s); want %s", action, p.Code, p, code)
	case r.OK || r.Seq != 0 || r.Problem == nil:
		d.Fatalf("the receipt of a refusal says %s", said(r))
	}
	return r
}

// said is a receipt in words; it must not be printed as it is, for it embeds an error that may be nil.
func said(r model.Receipt) string {
	return fmt.Sprintf("ok %v, entry %d, changed %v, problem %v", r.OK, r.Seq, r.Changed, r.Problem)
}

func (d *desk) collect(action string, records ...model.Record) model.Receipt {
	d.Helper()
	r, err := d.book.Collect(context.Background(), admin, action, model.Batch{Records: records})
	if err != nil {
		d.Fatalf("%s: %v", action, err)
	}
	return r
}

// read runs fn on a snapshot; an error of fn ends the test.
func (d *desk) read(fn func(store.Reader) error) {
	d.Helper()
	if err := d.book.Read(context.Background(), fn); err != nil {
		d.Fatal(err)
	}
}

// record reads a record that must be there.
func record[R model.Record](d *desk, ref model.Ref) R {
	d.Helper()
	var out R
	d.read(func(r store.Reader) error {
		rec, err := r.Record(ref)
		if err != nil {
			return err
		}
		out = rec.(R)
		return nil
	})
	return out
}

func (d *desk) absent(ref model.Ref) {
	d.Helper()
	d.read(func(r store.Reader) error {
		_, err := r.Record(ref)
		if p, ok := model.AsProblem(err); !ok || p.Code != model.NotFound {
			d.Errorf("%s: got %v, want not found", ref, err)
		}
		return nil
	})
}

func (d *desk) head() uint64 {
	d.Helper()
	var out uint64
	d.read(func(r store.Reader) error {
		info, err := r.Info()
		out = info.Head
		return err
	})
	return out
}

// person puts somebody on record.
func (d *desk) person(surname string) model.Ref {
	d.Helper()
	return d.do(constable, "person.add", fields{"surname": surname, "unit": "SW"}).Changed[0].Ref
}

// wanted puts somebody on record and marks them as wanted.
func (d *desk) wanted(surname string) (person, line model.Ref) {
	d.Helper()
	person = d.person(surname)
	r := d.do(constable, "wanted.mark", fields{"person": string(person), "offences": "s4A", "unit": "SW", "officer": string(constable)})
	return person, r.Changed[0].Ref
}

func (d *desk) task(title string) model.Ref {
	d.Helper()
	return d.do(constable, "task.add", fields{"title": title, "assign": string(constable)}).Changed[0].Ref
}

func officers() []model.Record {
	made := func(ref model.Ref, name string, roles ...model.Role) model.Record {
		o := &model.Officer{Name: name, Unit: "SW", Roles: roles}
		o.Ref = ref
		return o
	}
	left := &model.Officer{Name: "LEAVER", Unit: "SW", Roles: []model.Role{model.RoleSergeant}, Left: true}
	left.Ref = gone
	return []model.Record{
		made(admin, "ADMIN", model.RoleAdmin), made(sergeant, "SERGEANT", model.RoleSergeant), made(constable, "CONSTABLE", model.RoleOfficer),
		made(keeper, "KEEPER", model.RoleCoordinator), made(other, "OTHER", model.RoleOfficer), left,
	}
}

// somebody is a person as a file would bring them.
func somebody(surname, key string) *model.Person {
	p := &model.Person{Surname: surname, Born: day.Born{Year: 1984, Month: 12, Day: 3}, OwnerUnit: "SW"}
	if key != "" {
		p.Sources = []model.Origin{{Key: key}}
	}
	return p
}

// Keys is everything in an engine.
func Keys(t *testing.T, e store.Engine) map[string]string {
	t.Helper()
	out, err := ReadKeys(e)
	if err != nil {
		t.Fatalf("read every key: %v", err)
	}
	return out
}

// ReadKeys is everything in an engine that may be damaged.
func ReadKeys(e store.Engine) (map[string]string, error) {
	out := map[string]string{}
	err := e.View(context.Background(), func(tx store.Tx) error {
		return tx.Scan(nil, nil, false, func(k, v []byte) bool {
			out[string(k)] = string(v)
			return true
		})
	})
	return out, err
}

func (d *desk) keys() map[string]string {
	d.Helper()
	return Keys(d.T, d.engine)
}

// differences names the keys in which two stores differ.
func differences(a, b map[string]string) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	var out []string
	for k := range all {
		va, inA := a[k]
		if vb, inB := b[k]; inA != inB || va != vb {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// same fails the test unless the store holds what it held before, to the byte.
func (d *desk) same(before map[string]string) {
	d.Helper()
	if diff := differences(before, d.keys()); len(diff) > 0 {
		d.Errorf("the store has changed at %q", diff)
	}
}

// engineWrite changes the engine behind the book's back.
func (d *desk) engineWrite(fn func(store.Tx) error) {
	d.Helper()
	if err := d.engine.Update(context.Background(), fn); err != nil {
		d.Fatalf("write to the engine: %v", err)
	}
}
