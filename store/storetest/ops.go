package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"pou/model"
	"pou/model/day"
	"pou/store"
)

// Ops draws operations on a small world, valid and not, from a seed: the same seed draws the same operations as long
// as the stores answer alike. The actions and their fields come from the registry, so a new action is drawn too.
type Ops struct {
	rnd      *rand.Rand
	now      time.Time
	refs     map[model.Kind][]model.Ref
	keyed    []asked
	staff    []*model.Officer
	rows     int
	head     uint64
	accepted map[string]int
	refused  int
}

// asked is a request with a key, to be made again.
type asked struct {
	who model.Ref
	req model.Request
}

// Op is one operation. Do runs it on a book and says in words how that went.
type Op struct {
	Name string
	Do   func(*store.Book) string
}

// NewOps starts a world.
func NewOps(seed uint64) *Ops {
	o := &Ops{
		rnd: rand.New(rand.NewPCG(seed, 1)),
		now: time.Date(2026, time.December, 1, 5, 0, 0, 0, time.UTC), refs: map[model.Kind][]model.Ref{}, accepted: map[string]int{},
	}
	for _, r := range officers() {
		off := r.(*model.Officer)
		o.staff = append(o.staff, off)
		o.refs[model.KindOfficer] = append(o.refs[model.KindOfficer], off.Ref)
	}
	return o
}

// Now is the time of the world; books work by it.
func (o *Ops) Now() time.Time { return o.now }

// Found brings the officers into an empty book.
func Found(t *testing.T, book *store.Book) {
	t.Helper()
	if _, err := book.Collect(context.Background(), admin, "store.init", model.Batch{Records: officers()}); err != nil {
		t.Fatalf("bring in the officers: %v", err)
	}
}

// Play runs n operations on one book and returns how many changed it.
func (o *Ops) Play(t *testing.T, book *store.Book, n int) int {
	t.Helper()
	for range n {
		o.Next().Do(book)
	}
	sum := 0
	for _, n := range o.accepted {
		sum += n
	}
	return sum
}

// Next draws an operation and moves the clock.
func (o *Ops) Next() Op {
	o.now = o.now.Add(time.Duration(1+o.rnd.IntN(7200)) * time.Second)
	switch n := o.rnd.IntN(100); {
	case n < 7:
		return o.consult()
	case n < 10:
		return Op{Name: "flush", Do: func(b *store.Book) string { return fmt.Sprint(b.Flush(context.Background())) }}
	case n < 14:
		return o.draft()
	case n < 17:
		return o.collect()
	case n < 20 && len(o.keyed) > 0:
		old := o.keyed[o.rnd.IntN(len(o.keyed))]
		return o.action(old.who, old.req)
	case n < 28:
		return o.action(o.staff[o.rnd.IntN(5)].Ref, model.Request{Action: "undo", Fields: fields{"seq": float64(2 + o.rnd.IntN(int(o.head)+2))}})
	case n < 40 && len(o.refs[model.KindPerson]) < 12:
		return o.drawn("person.add")
	}
	all := model.Actions()
	for {
		if s := all[o.rnd.IntN(len(all))]; !s.Internal {
			return o.drawn(s.Name)
		}
	}
}

func (o *Ops) consult() Op {
	about := o.refs[model.KindPerson]
	return Op{Name: "consult", Do: func(b *store.Book) string {
		b.Consult(constable, "list people", about...)
		return ""
	}}
}

func (o *Ops) draft() Op {
	form, text, drop := "form/"+pick(o, "a", "b", "c"), []byte(o.text()), o.rnd.IntN(3) == 0
	return Op{Name: "draft", Do: func(b *store.Book) string {
		if drop {
			return fmt.Sprint(b.DropDraft(context.Background(), other, form))
		}
		err := b.SaveDraft(context.Background(), other, form, text)
		got, err2 := b.Draft(context.Background(), other, form)
		return fmt.Sprint(err, err2, string(got))
	}}
}

// collect brings rows in: new ones, one of them nameless now and then.
func (o *Ops) collect() Op {
	from, n, bad := o.rows, 1+o.rnd.IntN(5), o.rnd.IntN(4) == 0
	o.rows += n
	return Op{Name: "collect", Do: o.told(func(b *store.Book) (model.Receipt, error) {
		var batch model.Batch // made anew for each book: a batch is changed by being written
		for i := range n {
			batch.Records = append(batch.Records, somebody(fmt.Sprintf("ROW%d", from+i), fmt.Sprintf("file:%d", from+i)))
		}
		if bad {
			batch.Records = append(batch.Records, &model.Person{})
		}
		return b.Collect(context.Background(), admin, "people.import", batch)
	}, o.learn("people.import"))}
}

// drawn draws an action's fields and who takes it: mostly somebody who may.
func (o *Ops) drawn(name string) Op {
	s, _ := model.Find(name)
	req := model.Request{Action: name, Fields: fields{}}
	for _, f := range s.Fields {
		odds := 35
		switch {
		case f.Need:
			odds = 98
		case f.Type == model.TypeRef:
			odds = 50
		}
		if o.rnd.IntN(100) < odds {
			req.Fields[f.Name] = o.value(name, f)
		}
	}
	if o.rnd.IntN(12) == 0 {
		req.Fields["rev"] = float64(1 + o.rnd.IntN(4))
	}
	if o.rnd.IntN(40) == 0 {
		req.Fields["nonsense"] = true
	}
	who := o.staff[o.rnd.IntN(len(o.staff))]
	for range 20 {
		if model.Can(who, s) == nil || o.rnd.IntN(20) == 0 {
			break
		}
		who = o.staff[o.rnd.IntN(len(o.staff))]
	}
	if o.rnd.IntN(8) == 0 {
		req.Key = fmt.Sprintf("key-%d", o.rnd.IntN(1000))
		o.keyed = append(o.keyed, asked{who.Ref, req})
	}
	return o.action(who.Ref, req)
}

func (o *Ops) action(who model.Ref, req model.Request) Op {
	return Op{Name: fmt.Sprintf("%s by %s %v key %q", req.Action, who, req.Fields, req.Key), Do: o.told(func(b *store.Book) (model.Receipt, error) {
		return b.Do(context.Background(), who, req)
	}, o.learn(req.Action))}
}

// told runs an operation and says in words how it went; learn hears of the receipt.
func (o *Ops) told(run func(*store.Book) (model.Receipt, error), learn func(model.Receipt)) func(*store.Book) string {
	first := true
	return func(b *store.Book) string {
		r, err := run(b)
		if first {
			learn(r)
			first = false
		}
		shown, jerr := json.Marshal([]any{r.Changed, r.Current, r.Yours})
		return fmt.Sprintf("%v %d %s %v %v", r.OK, r.Seq, shown, err, jerr)
	}
}

func (o *Ops) learn(action string) func(model.Receipt) {
	return func(r model.Receipt) {
		if !r.OK {
			o.refused++
			return
		}
		o.accepted[action]++
		o.head = max(o.head, r.Seq)
		for _, c := range r.Changed {
			if kind := c.Ref.Kind(); !slices.Contains(o.refs[kind], c.Ref) {
				o.refs[kind] = append(o.refs[kind], c.Ref)
			}
		}
	}
}

func pick[T any](o *Ops, from ...T) T { return from[o.rnd.IntN(len(from))] }

func (o *Ops) value(action string, f model.Field) any {
	if !f.Many {
		return o.one(action, f)
	}
	out := make([]any, 1+o.rnd.IntN(3))
	for i := range out {
		out[i] = o.one(action, f)
	}
	return out
}

func (o *Ops) one(action string, f model.Field) any {
	if o.rnd.IntN(60) == 0 {
		return pick[any](o, "nonsense", 3.5, true, "", "-1", []any{}, map[string]any{"a": 1})
	}
	today := day.On(o.now)
	switch f.Type {
	case model.TypeChoice:
		return f.Choices[o.rnd.IntN(len(f.Choices))].Value
	case model.TypeRef:
		return string(o.ref(action, f))
	case model.TypeDay:
		return today.AddDays(pick(o, -900, -40, -1, 0, 0, 0, 1, 7, 28, 900)).String()
	case model.TypeTime:
		return o.now.Add(-time.Duration(pick(o, -1, 0, 0, 1, 5, 30)) * time.Hour).Format(time.RFC3339)
	case model.TypeNumber:
		return pick[any](o, 1, 1, 2, 3, uint64(4), "2")
	case model.TypeYes:
		return pick[any](o, true, false, "yes")
	case model.TypeBorn:
		return pick(o, "3 Dec 1984", "Dec 1984", "1984", "c. 1960", "1962-1964")
	case model.TypeText, model.TypeLong:
	}
	return o.text()
}

func (o *Ops) ref(action string, f model.Field) model.Ref {
	kind := model.Kinds()[o.rnd.IntN(len(model.Kinds()))]
	if len(f.Kinds) > 0 {
		kind = f.Kinds[o.rnd.IntN(len(f.Kinds))]
	}
	known := o.refs[kind]
	if strings.HasPrefix(action, "officer.") { // those who keep the desk running are left alone
		known = known[min(6, len(known)):]
	}
	if len(known) == 0 || o.rnd.IntN(40) == 0 {
		return model.NewRef(kind, 999)
	}
	return known[o.rnd.IntN(len(known))]
}

func (o *Ops) text() string {
	return pick(o, "KOVAC", "NOVAK", "07700 900123", "12 Sample Street, SW18", "Must not contact the person protected", "=1+1",
		"Ångström-Łódź", "\u202eevil", "🚔", "a\nb\nc", "<b>\x00</b>", strings.Repeat("long ", 700))
}

// Agree runs n operations of a seed on every place, closing and opening now and then, and fails the test where two
// differ: in a receipt, or at the end in what they hold. It returns how many different actions were accepted.
func Agree(t *testing.T, seed uint64, n int, places ...Place) int {
	t.Helper()
	o := NewOps(seed)
	books, engines := make([]*store.Book, len(places)), make([]store.Engine, len(places))
	open := func(i int) {
		var err error
		engines[i] = places[i]()
		if books[i], err = store.New(context.Background(), engines[i], o.Now); err != nil {
			t.Fatalf("seed %d: open: %v", seed, err)
		}
	}
	for i := range places {
		open(i)
		Found(t, books[i])
	}
	for step := range n {
		op := o.Next()
		first := op.Do(books[0])
		for i := 1; i < len(books); i++ {
			if got := op.Do(books[i]); got != first {
				t.Fatalf("seed %d, step %d, %s:\nstore 0: %s\nstore %d: %s", seed, step, op.Name, first, i, got)
			}
		}
		if o.rnd.IntN(25) == 0 {
			for i := range books {
				if err := books[i].Close(); err != nil {
					t.Fatalf("seed %d, step %d: close: %v", seed, step, err)
				}
				open(i)
			}
		}
	}
	o.finish(t, seed, books, engines)
	return len(o.accepted)
}

func (o *Ops) finish(t *testing.T, seed uint64, books []*store.Book, engines []store.Engine) {
	t.Helper()
	t.Logf("seed %d: %d refused, accepted %v", seed, o.refused, o.accepted)
	var first map[string]string
	for i, b := range books {
		if found := Findings(t, b); len(found) > 0 {
			t.Errorf("seed %d: store %d does not hold against itself: %q", seed, i, found)
		}
		if err := b.Flush(context.Background()); err != nil {
			t.Error(err)
		}
		held, err := withoutSalts(Keys(t, engines[i]))
		if err != nil {
			t.Fatalf("seed %d: store %d: %v", seed, i, err)
		}
		if first == nil {
			first = held
		}
		if diff := differences(first, held); len(diff) > 0 {
			t.Errorf("seed %d: stores 0 and %d differ at %q", seed, i, diff)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

// withoutSalts takes out of a store what differs by design: salts, and the sums that hang on them.
func withoutSalts(keys map[string]string) (map[string]string, error) {
	out := map[string]string{}
	for k, v := range keys {
		switch {
		case strings.HasPrefix(k, "j/"):
			var e model.Entry
			if err := cbor.Unmarshal([]byte(v), &e); err != nil {
				return nil, err
			}
			e.Payload, e.Prev, e.Sum = model.Digest{}, model.Digest{}, model.Digest{}
			v = fmt.Sprintf("%+v", e)
		case strings.HasPrefix(k, "f/"):
			var p any // decoded, for the order of what was typed is not kept
			if len(v) < 16 {
				return nil, errors.New(k + " is cut short")
			}
			if err := cbor.Unmarshal([]byte(v[16:]), &p); err != nil {
				return nil, err
			}
			v = fmt.Sprintf("%v", p)
		case k == "m/head":
			v = v[:8]
		}
		out[k] = v
	}
	return out, nil
}
