package etcd_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pou/model"
	"pou/store"
	"pou/store/etcd"
	"pou/store/storetest/cluster"
)

// cuts is how often a network is cut: once in every run, more in `make faults`.
func cuts() int {
	if n, err := strconv.Atoi(os.Getenv("POU_FAULTS")); err == nil {
		return max(3, n/25)
	}
	return 1
}

// node is one pou of several on a cluster, whose officers save one after the other.
type node struct {
	t    *testing.T
	name string
	book *store.Book

	mu    sync.Mutex
	acked map[string]time.Time // the surnames of those put on record, and when that was acknowledged
	heard map[model.Ref]bool
	lost  bool // news said that there was too much to list
}

func newNode(t *testing.T, name string, engine *etcd.Engine) *node {
	t.Helper()
	b, err := store.New(context.Background(), engine, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	n := &node{t: t, name: name, book: b, acked: map[string]time.Time{}, heard: map[model.Ref]bool{}}
	news := b.Watch(t.Context())
	go func() {
		for x := range news {
			n.mu.Lock()
			n.lost = n.lost || x.All
			for _, ref := range x.Refs {
				n.heard[ref] = true
			}
			n.mu.Unlock()
		}
	}()
	return n
}

// save puts somebody on record, and notes it when that is acknowledged.
func (n *node) save(ctx context.Context, surname string) error {
	_, err := n.book.Do(ctx, "O-0001", model.Request{Action: "person.add", Key: surname, Fields: map[string]any{"surname": surname, "unit": "SW"}})
	if err == nil {
		n.mu.Lock()
		n.acked[surname] = time.Now()
		n.mu.Unlock()
	}
	return err
}

func (n *node) saved() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.acked)
}

// onRecord are the people on record as the node sees them.
func (n *node) onRecord() map[string]model.Ref {
	out := map[string]model.Ref{}
	err := n.book.Read(context.Background(), func(r store.Reader) error {
		return r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
			if p, ok := rec.(*model.Person); ok && err == nil {
				out[p.Surname] = p.Ref
			}
			return err == nil
		})
	})
	if err != nil {
		n.t.Error(err)
	}
	return out
}

// until waits for something to become so.
func until(t *testing.T, what string, so func() bool) time.Duration {
	t.Helper()
	begun := time.Now()
	for time.Since(begun) < 30*time.Second {
		if so() {
			return time.Since(begun)
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("it never came about that %s", what)
	return 0
}

// A part of the cluster is cut off under writers, in turn one member that a node hangs on, the leader, and the wires of a node. The part
// without a majority reads what it has, says since when, and refuses to save in plain words; the rest goes on; and when the
// network is whole everybody has the same, everything acknowledged is there, the journal is whole, and no news was missed.
func TestAPartOfTheClusterThatIsCutOff(t *testing.T) {
	members, net := cluster.Partible(t, 3)
	wires := make([]*cluster.Wire, len(members))
	own := make([]string, len(members))
	for i, m := range members {
		wires[i] = cluster.NewWire(t, m)
		own[i] = wires[i].Addr
	}
	founder := newNode(t, "founder", open(t, etcd.Options{Endpoints: cluster.Addresses(members)}))
	lead := &model.Officer{Name: "ADEYEMI", Unit: "SW", Roles: []model.Role{model.RoleSergeant, model.RoleLead, model.RoleAdmin}}
	lead.Ref = "O-0001"
	if _, err := founder.book.Collect(context.Background(), "O-0001", "store.init", model.Batch{Records: []model.Record{lead}}); err != nil {
		t.Fatal(err)
	}
	onOne := newNode(t, "on one", open(t, etcd.Options{Endpoints: []string{members[0].Addr}}))
	byWire := newNode(t, "by wire", open(t, etcd.Options{Endpoints: own}))
	nodes := []*node{founder, onOne, byWire}
	ctx, stop := context.WithCancel(context.Background())
	var writers sync.WaitGroup
	for _, n := range nodes {
		writers.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				if err := n.save(context.WithoutCancel(ctx), fmt.Sprintf("W %s %d", n.name, i)); err != nil && !errors.Is(err, store.ErrCutOff) {
					t.Errorf("%s: %v", n.name, err)
				}
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	var said, refused, back []time.Duration
	for round := range cuts() {
		for _, n := range nodes {
			had := n.saved()
			until(t, "all save", func() bool { return n.saved() > had+2 })
		}
		var off *node // who is then without a majority
		switch round % 3 {
		case 0:
			net.Cut(0)
			off = onOne
		case 1:
			for _, w := range wires {
				w.Cut(true)
			}
			off = byWire
		case 2:
			led := cluster.Leader(t, members)
			for i, m := range members {
				if m == led {
					net.Cut(i)
				}
			}
		}
		before := founder.saved()
		if off != nil {
			said = append(said, until(t, "it is said that the cluster is out of reach", func() bool { return !off.book.CutOff().IsZero() }))
			known := len(off.onRecord())
			if known == 0 {
				t.Error("what is here cannot be read any more")
			}
			until(t, "it has been said for a while", func() bool { return time.Since(off.book.CutOff()) > 5*time.Second })
			begun := time.Now()
			err := off.save(context.WithoutCancel(ctx), fmt.Sprintf("Typed %d", round))
			refused = append(refused, time.Since(begun))
			if !errors.Is(err, store.ErrCutOff) || !strings.Contains(err.Error(), "What you typed is kept") {
				t.Errorf("saving without a majority: %v", err)
			}
		}
		until(t, "the majority goes on", func() bool { return founder.saved() > before+10 })
		net.Heal()
		for _, w := range wires {
			w.Cut(false)
		}
		back = append(back, until(t, "all are in reach again", func() bool {
			for _, n := range nodes {
				if !n.book.CutOff().IsZero() {
					return false
				}
			}
			return true
		}))
		if off != nil {
			if err := off.save(context.WithoutCancel(ctx), fmt.Sprintf("Typed %d", round)); err != nil {
				t.Errorf("saving what was typed when the cluster is back: %v", err)
			}
		}
	}
	stop()
	writers.Wait()
	sameEverywhere(t, nodes)
	t.Logf("%d cuts: said after %v, refused within %v, back after %v; %d, %d and %d saved", cuts(), said, refused, back, nodes[0].saved(), nodes[1].saved(), nodes[2].saved())
	if os.Getenv("POU_FAULTS") != "" {
		for _, d := range said {
			if d > 3*time.Second {
				t.Errorf("it is said only after %v that the cluster is out of reach, and the plan is 3 s", d)
			}
		}
	}
	for _, n := range nodes {
		if err := n.book.Close(); err != nil {
			t.Error(err)
		}
	}
}

// sameEverywhere wants all that was acknowledged on record at each node, one journal whole, and news of everybody at each.
func sameEverywhere(t *testing.T, nodes []*node) {
	t.Helper()
	var heads []string
	for _, n := range nodes {
		have := n.onRecord()
		for _, other := range nodes {
			for surname := range other.acked {
				if have[surname] == "" {
					t.Errorf("%s: %s was acknowledged at %s, and is not on record", n.name, surname, other.name)
				}
			}
		}
		until(t, n.name+" has heard of everybody", func() bool {
			n.mu.Lock()
			defer n.mu.Unlock()
			for _, ref := range have {
				if !n.lost && !n.heard[ref] {
					return false
				}
			}
			return true
		})
		if rep, err := n.book.Check(context.Background()); err != nil || len(rep.Findings) > 0 {
			t.Errorf("%s: the store: %v %v", n.name, rep.Findings, err)
		}
		_ = n.book.Read(context.Background(), func(r store.Reader) error {
			info, err := r.Info()
			heads = append(heads, fmt.Sprint(info.Head, info.Sum))
			return err
		})
	}
	for i := range heads {
		if heads[i] != heads[0] {
			t.Errorf("the journals end with %v", heads)
		}
	}
}
