package storetest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"pou/model"
	"pou/store"
)

func crowdTests() []test {
	return []test{
		{"many officers at once lose no change", crowd},
		{"of many changes based on one revision one is accepted", race},
		{"a key sent from many sides at once makes one change", keyRace},
	}
}

const (
	crowdWriters = 6
	crowdEach    = 12
	crowdLooks   = 2000
)

// crowd has writers change three people at once while readers and watchers look on: the revisions add up to the
// receipts, and no reader sees an index that does not fit its records.
func crowd(d *desk) {
	people := []model.Ref{d.person("A"), d.person("B"), d.person("C")}
	ctx, stop := context.WithCancel(context.Background())
	var heard atomic.Int64
	var lookers, writers sync.WaitGroup
	for range 2 {
		feed := d.book.Watch(ctx)
		lookers.Go(func() {
			for range feed {
				heard.Add(1)
			}
		})
	}
	lookers.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			d.lookAround()
			if n < crowdLooks { // each is an entry: on a slow disk there would be a million of them
				d.book.Consult(other, "list", people...)
			}
		}
	})
	var acks atomic.Uint64
	for i := range crowdWriters {
		writers.Go(func() {
			for j := range crowdEach {
				req := model.Request{Action: "phone.add", Fields: fields{
					"person": string(people[j%3]), "number": fmt.Sprintf("07700 9%02d %03d", i, j),
				}}
				r, err := d.book.Do(context.Background(), constable, req)
				if err != nil {
					d.Error(err)
					continue
				}
				acks.Add(uint64(len(r.Changed)))
			}
		})
	}
	writers.Wait()
	stop()
	lookers.Wait()
	d.addUp(people, acks.Load())
	if heard.Load() == 0 {
		d.Error("the watchers heard nothing")
	}
}

// lookAround reads a snapshot: the head's entry is there, and the number of phones is the number of changes.
func (d *desk) lookAround() {
	err := d.book.Read(context.Background(), func(v store.Reader) error {
		info, err := v.Info()
		if err != nil {
			return err
		}
		if e, _, err := v.Entry(info.Head); err != nil || e.Sum != info.Sum {
			d.Errorf("the head is entry %d and its sum is not the head's (%v)", info.Head, err)
		}
		return v.Each(model.KindPerson, "", func(r model.Record, err error) bool {
			if p, ok := r.(*model.Person); err != nil || !ok || uint64(len(p.Phones))+1 != p.Rev {
				d.Errorf("a reader saw %+v (%v)", r, err)
			}
			return true
		})
	})
	if err != nil {
		d.Error(err)
	}
}

func (d *desk) addUp(people []model.Ref, acks uint64) {
	d.Helper()
	var revs, phones uint64
	for _, ref := range people {
		p := record[*model.Person](d, ref)
		revs += p.Rev - 1
		phones += uint64(len(p.Phones))
	}
	if acks != crowdWriters*crowdEach || revs != acks || phones != acks {
		d.Errorf("%d changes were acknowledged of %d; the revisions say %d and the phones %d", acks, crowdWriters*crowdEach, revs, phones)
	}
}

// together runs n requests at once and returns the receipts of those accepted; the others must be conflicts.
func (d *desk) together(n int, req func(i int) model.Request) []model.Receipt {
	d.Helper()
	var mu sync.Mutex
	var out []model.Receipt
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			r, err := d.book.Do(context.Background(), constable, req(i))
			p, refused := model.AsProblem(err)
			switch {
			case err == nil:
				mu.Lock()
				defer mu.Unlock()
				out = append(out, r)
			case !refused || p.Code != model.Conflict:
				d.Error(err)
			}
		})
	}
	wg.Wait()
	return out
}

func race(d *desk) {
	person := d.person("KOVAC")
	won := d.together(8, func(i int) model.Request {
		return model.Request{Action: "person.edit", Fields: fields{"person": string(person), "note": fmt.Sprint("from ", i), "rev": 1}}
	})
	if p := record[*model.Person](d, person); len(won) != 1 || p.Rev != 2 {
		d.Errorf("%d of eight changes on revision 1 were accepted; it is now at revision %d", len(won), p.Rev)
	}
}

func keyRace(d *desk) {
	head := d.head()
	got := d.together(8, func(int) model.Request {
		return model.Request{Action: "person.add", Fields: fields{"surname": "KOVAC"}, Key: "one"}
	})
	for _, r := range got {
		if r.Seq != head+1 || r.Changed[0].Ref != got[0].Changed[0].Ref {
			d.Errorf("a receipt says %s, another %s", said(r), said(got[0]))
		}
	}
	if len(got) != 8 || d.head() != head+1 {
		d.Errorf("%d receipts, %d entries", len(got), d.head()-head)
	}
}
