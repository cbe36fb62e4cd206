package etcd_test

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"pou/store"
	"pou/store/etcd"
	"pou/store/storetest/cluster"
)

// rounds is how often a leader is killed: twice in every run, more in `make faults`.
func rounds() int {
	if n, err := strconv.Atoi(os.Getenv("POU_FAULTS")); err == nil {
		return max(2, n/10)
	}
	return 2
}

func TestNothingAcknowledgedIsLostWhenLeadersAreKilled(t *testing.T) {
	members := cluster.Start(t, 3)
	addrs := cluster.Addresses(members)
	const writers = 6
	engines := []*etcd.Engine{open(t, etcd.Options{Endpoints: addrs}), open(t, etcd.Options{Endpoints: addrs})}
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	acked, unknown := make([][]time.Time, writers), make([]int, writers)
	for w := range writers {
		all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				err := engines[w%2].Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
					count := uint64(0)
					if raw := tx.Get([]byte("count")); raw != nil {
						count = binary.BigEndian.Uint64(raw)
					}
					if err := tx.Put(fmt.Appendf(nil, "k/%d/%06d", w, len(acked[w])), []byte("x")); err != nil {
						return err
					}
					return tx.Put([]byte("count"), binary.BigEndian.AppendUint64(nil, count+1))
				})
				if err != nil {
					unknown[w]++
					continue
				}
				acked[w] = append(acked[w], time.Now())
			}
		})
	}
	for range rounds() {
		time.Sleep(700 * time.Millisecond)
		cluster.Leader(t, members).Kill(t, 300*time.Millisecond)
	}
	time.Sleep(700 * time.Millisecond)
	stop()
	all.Wait()
	for _, e := range engines {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
	check := open(t, etcd.Options{Endpoints: addrs})
	defer check.Close()
	total, lostKeys, maybe := 0, 0, 0
	var count uint64
	err := check.View(context.Background(), func(tx store.Tx) error {
		count = binary.BigEndian.Uint64(tx.Get([]byte("count")))
		for w := range writers {
			total, maybe = total+len(acked[w]), maybe+unknown[w]
			for n := range acked[w] {
				if tx.Get(fmt.Appendf(nil, "k/%d/%06d", w, n)) == nil {
					lostKeys++
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if lostKeys > 0 || int(count) < total || int(count) > total+maybe {
		t.Errorf("%d of %d acknowledged updates are lost; the count is %d, with %d of unknown fate", lostKeys, total, count, maybe)
	}
	t.Logf("%d updates acknowledged, %d of unknown fate, %d leaders killed, longest times without one %v", total, maybe, rounds(), longestGaps(acked, rounds()))
}

// longestGaps are the longest times in which nothing was acknowledged, the longest first.
func longestGaps(acked [][]time.Time, most int) []time.Duration {
	all := slices.Concat(acked...)
	slices.SortFunc(all, time.Time.Compare)
	gaps := make([]time.Duration, 0, len(all))
	for i := 1; i < len(all); i++ {
		gaps = append(gaps, all[i].Sub(all[i-1]).Round(time.Millisecond))
	}
	slices.SortFunc(gaps, func(a, b time.Duration) int { return cmp.Compare(b, a) })
	return gaps[:min(most, len(gaps))]
}

func TestWithoutAMajorityTheDeskReadsAndSaysSo(t *testing.T) {
	members := cluster.Start(t, 3)
	e := open(t, etcd.Options{Endpoints: cluster.Addresses(members)})
	put := func() error {
		return e.Update(context.Background(), func(tx store.Tx) error { return tx.Put([]byte("k/1"), []byte("x")) })
	}
	if err := put(); err != nil {
		t.Fatal(err)
	}
	members[0].Down()
	members[1].Down()
	begun := time.Now()
	for e.CutOff().IsZero() {
		if time.Since(begun) > 10*time.Second {
			t.Fatal("it is never said that the cluster is out of reach")
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Logf("said after %v", time.Since(begun))
	if n := count(t, e); n != 1 {
		t.Errorf("%d keys are read; want the one that was written", n)
	}
	members[0].Up(t)
	for begun := time.Now(); !e.CutOff().IsZero(); time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatal("it is never said that the cluster is back")
		}
	}
	if err := put(); err != nil {
		t.Errorf("after the cluster is back: %v", err)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	members[1].Up(t)
}

func TestWhatOthersChangeIsTold(t *testing.T) {
	addrs := cluster.Addresses(cluster.Start(t, 1))
	here, there := open(t, etcd.Options{Endpoints: addrs}), open(t, etcd.Options{Endpoints: addrs})
	defer here.Close()
	defer there.Close()
	told := make(chan string, 100)
	here.Follow(func(keys [][]byte) {
		for _, k := range keys {
			told <- string(k)
		}
	})
	write := func(e *etcd.Engine, key string) {
		if err := e.Update(context.Background(), func(tx store.Tx) error { return tx.Put([]byte(key), []byte("x")) }); err != nil {
			t.Fatal(err)
		}
	}
	write(here, "mine")
	write(there, "theirs")
	select {
	case key := <-told:
		if key != "theirs" {
			t.Errorf("told of %q", key)
		}
	case <-time.After(10 * time.Second):
		t.Error("what another wrote is never told")
	}
}
