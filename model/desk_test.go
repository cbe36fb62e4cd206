package model

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// given is what an officer fills in.
type given = map[string]any

// desk is the smallest Source there can be: records in a map and a journal in a slice. It keeps the promises the
// store keeps: records are copies, revisions go on after a removal, and an entry knows what was there before it.
type desk struct {
	testing.TB

	now     time.Time
	records map[Ref]Record
	revs    map[Ref]uint64
	next    map[Kind]uint64
	journal []Entry
	before  [][]Before
	handed  []Entry // what left the desk
}

func newDesk(t testing.TB, now time.Time, records ...Record) *desk {
	t.Helper()
	d := &desk{TB: t, now: now, records: map[Ref]Record{}, revs: map[Ref]uint64{}, next: map[Kind]uint64{}}
	for _, r := range records {
		if err := r.Check(); err != nil {
			t.Fatalf("the test's own record %s: %v", r.Head().Ref, err)
		}
		d.keep(r)
	}
	return d
}

func (d *desk) keep(r Record) uint64 {
	ref := r.Head().Ref
	d.revs[ref]++
	r.Head().Rev, r.Head().Seq = d.revs[ref], uint64(len(d.journal))
	if ref.Kind() != KindTarget {
		d.next[ref.Kind()] = max(d.next[ref.Kind()], ref.Number())
	}
	d.records[ref] = copied(r)
	return d.revs[ref]
}

func (d *desk) Record(ref Ref) (Record, error) {
	if r, ok := d.records[ref]; ok {
		return copied(r), nil
	}
	return nil, notFound("", ref)
}

func (d *desk) Linked(ref Ref, kind Kind) ([]Ref, error) {
	var out []Ref
	for at, r := range d.records {
		if at.Kind() == kind && slices.Contains(r.Links(), ref) {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (d *desk) Next(kind Kind) (Ref, error) {
	d.next[kind]++
	return NewRef(kind, d.next[kind]), nil
}

func (d *desk) FromSource(key string) (Ref, bool, error) {
	for at, r := range d.records {
		if k, ok := r.(Keyed); ok && slices.Contains(k.SourceKeys(), key) {
			return at, true, nil
		}
	}
	return "", false, nil
}

func (d *desk) Past(seq uint64) (Entry, []Before, error) {
	if seq == 0 || seq > uint64(len(d.journal)) {
		return Entry{}, nil, &Problem{Code: NotFound, Field: "seq", Rule: "there is no journal entry " + utoa(seq), Do: "Look in the journal"}
	}
	before := slices.Clone(d.before[seq-1])
	for i := range before {
		if before[i].Record != nil {
			before[i].Record = copied(before[i].Record)
		}
	}
	return d.journal[seq-1], before, nil
}

func (d *desk) Stands(ref Ref) (last, effective uint64, err error) {
	touched := func(before uint64) uint64 {
		for seq := before - 1; seq > 0; seq-- {
			if slices.ContainsFunc(d.before[seq-1], func(b Before) bool { return b.Ref == ref }) {
				return seq
			}
		}
		return 0
	}
	last = touched(uint64(len(d.journal)) + 1)
	for effective = last; effective > 0 && d.journal[effective-1].Undoes != 0; {
		effective = touched(d.journal[effective-1].Undoes)
	}
	return last, effective, nil
}

func (d *desk) Disclosed(ref Ref) ([]Entry, error) {
	var out []Entry
	for _, e := range d.handed {
		if slices.ContainsFunc(e.About, func(t Touched) bool { return t.Ref == ref }) {
			out = append(out, e)
		}
	}
	return out, nil
}

func (d *desk) Backups() ([]Entry, error) {
	return slices.DeleteFunc(slices.Clone(d.handed), func(e Entry) bool { return e.Action != "backup" }), nil
}

func (d *desk) Restricted() ([]Ref, error) {
	var out []Ref
	for at, r := range d.records {
		if Restricted(r) {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (d *desk) LastBy(officer Ref) (uint64, error) {
	undone := map[uint64]bool{}
	for _, e := range slices.Backward(d.journal) {
		if e.Undoes != 0 {
			undone[e.Undoes] = !undone[e.Seq]
		} else if e.By == officer && !undone[e.Seq] {
			return e.Seq, nil
		}
	}
	return 0, nil
}

// do takes an action as an officer would, and keeps what it changes; a refused action changes nothing.
func (d *desk) do(who Ref, action string, fields given) (*Change, error) {
	d.Helper()
	s, ok := Find(action)
	if !ok {
		d.Fatalf("the test's own action %q does not exist", action)
	}
	by, _ := d.records[who].(*Officer)
	c := NewChange(d, by, d.now)
	if err := c.Work(s, fields); err != nil {
		return c, err
	}
	d.commit(c, s.Name)
	return c, nil
}

// must takes an action that the test relies on.
func (d *desk) must(who Ref, action string, fields given) *Change {
	d.Helper()
	c, err := d.do(who, action, fields)
	if err != nil {
		d.Fatalf("%s by %s %v: %v", action, who, fields, err)
	}
	return c
}

func (d *desk) commit(c *Change, action string) {
	e := Entry{Seq: uint64(len(d.journal) + 1), At: c.Now, By: c.By.Ref, Action: action, Reason: c.Reason, Undoes: c.Undoes, Logged: Alteration}
	if c.Erases {
		e.Logged = Erasure
	}
	var before []Before
	d.journal = append(d.journal, e)
	for _, r := range c.Puts() {
		b := Before{Ref: r.Head().Ref, Record: d.records[r.Head().Ref]}
		b.Rev = d.keep(r)
		before = append(before, b)
	}
	for _, ref := range c.Gone() {
		before = append(before, Before{Ref: ref, Record: d.records[ref]})
		d.revs[ref]++
		delete(d.records, ref)
	}
	for _, ref := range c.Wiped() {
		d.revs[ref]++
		delete(d.records, ref)
		before = nil // nothing of an erasure is kept to go back to
	}
	d.before = append(d.before, before)
}

// refs lists the records of a kind, in order.
func (d *desk) refs(kinds ...Kind) []Ref {
	var out []Ref
	for at := range d.records {
		if len(kinds) == 0 || slices.Contains(kinds, at.Kind()) {
			out = append(out, at)
		}
	}
	slices.SortFunc(out, func(a, b Ref) int {
		return cmp.Or(strings.Compare(string(a.Kind()), string(b.Kind())), strings.Compare(string(a), string(b)))
	})
	return out
}

// state is the word for where a record stands; "" when it has none or is not there.
func (d *desk) state(ref Ref) string { return stateOf(d.records[ref]) }

func stateOf(r Record) string {
	switch r := r.(type) {
	case *Wanted:
		return string(r.State)
	case *Target:
		return string(r.State)
	case *Arrest:
		return string(r.Status)
	case *Breach:
		return string(r.State)
	case *Task:
		return string(r.State)
	case *Case:
		return string(r.State)
	case *Application:
		return string(r.Stage)
	case *Order:
		return string(r.End)
	case *SearchWarrant:
		return string(r.State)
	case *Referral:
		return string(r.State)
	case *Screening:
		return string(r.now().Recorded)
	}
	return ""
}

// as is the record under a ref, as its own type; it stops the test when there is none.
func as[R Record](d *desk, ref Ref) R {
	d.Helper()
	r, ok := d.records[ref].(R)
	if !ok {
		d.Fatalf("there is no %s %s", ref.Kind().Word(), ref)
	}
	return r
}

// copied is a deep copy, so that nothing changes a record except by putting it.
func copied(r Record) Record {
	v := reflect.ValueOf(r).Elem()
	out := reflect.New(v.Type())
	out.Elem().Set(deep(v))
	return out.Interface().(Record) //nolint:forcetypeassert // the type it came with
}

func deep(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(deep(v.Index(i)))
		}
		return out
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(deep(v.Elem()))
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out.Field(i).Set(deep(v.Field(i)))
			}
		}
		return out
	default:
		return v
	}
}

// sameButMeta reports whether two records say the same, whatever their revision.
func sameButMeta(a, b Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	a, b = copied(a), copied(b)
	*a.Head(), *b.Head() = Meta{}, Meta{}
	return reflect.DeepEqual(a, b)
}

// on reads a day in a table, and stops the test when the table itself is wrong.
func on(t testing.TB, s string) day.Date {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := day.Parse(s)
	if err != nil {
		t.Fatalf("the test's own day: %v", err)
	}
	return d
}

// at reads a moment in a table: RFC 3339, or London time as 2026-12-01 05:40.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, time.DateTime, "2006-01-02 15:04"} {
		if moment, err := time.ParseInLocation(layout, s, day.London()); err == nil {
			return moment
		}
	}
	t.Fatalf("the test's own moment %q cannot be read", s)
	return time.Time{}
}

// refusal is err as the officer reads it, held to what every refusal owes them: a rule and a next step, in words.
func refusal(t testing.TB, err error) *Problem {
	t.Helper()
	p, ok := AsProblem(err)
	if !ok {
		t.Fatalf("refused with %v (%T), which is no Problem", err, err)
	}
	for part, text := range map[string]string{"rule": p.Rule, "next step": p.Do} {
		if bad := unplain(text); bad != "" {
			t.Errorf("the %s %q %s", part, text, bad)
		}
	}
	return p
}

// unplain says what keeps a text from being a sentence an officer can read; "" when it is one.
func unplain(s string) string {
	if len(strings.Fields(s)) < 2 {
		return "is not a sentence"
	}
	for _, bad := range []string{
		"%!", "<nil>", "model.", "*Wanted", "strconv", "reflect", "interface {", "map[", "[]", "0x", "struct", "panic", "goroutine", "parsing", "UTC m=",
	} {
		if strings.Contains(s, bad) {
			return "shows the officer " + bad
		}
	}
	for _, code := range []string{"uint", "int64", "float64", "cbor", "json"} {
		if slices.Contains(strings.Fields(s), code) {
			return "shows the officer " + code
		}
	}
	return ""
}
