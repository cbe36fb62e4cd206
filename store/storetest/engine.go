package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"pou/store"
)

type engineTest struct {
	name string
	run  func(*probe)
}

func engineTests() []engineTest {
	return []engineTest{
		{"what was put is there, and what was deleted is not", putAndDelete},
		{"a key with an empty value is there", emptyValue},
		{"a large value comes back whole", largeValue},
		{"a scan gives every key of its prefix, from its start, in either order", scanEdges},
		{"a scan sees what its own update has written", scanOwnWrites},
		{"a scan is right across many pages", scanPages},
		{"an update that fails leaves nothing behind", rollback},
		{"a view cannot write", viewWrites},
		{"a view sees one state while an update runs", isolation},
		{"updates run one after the other", oneAtATime},
		{"changing what was put after the update changes nothing", putCopies},
		{"a transaction that is called off does not run", calledOff},
	}
}

// probe is an engine under test.
type probe struct {
	*testing.T
	engine store.Engine
}

func (t *probe) update(fn func(store.Tx) error) {
	t.Helper()
	if err := t.engine.Update(context.Background(), fn); err != nil {
		t.Fatalf("update: %v", err)
	}
}

func (t *probe) look(fn func(store.Tx)) {
	t.Helper()
	if err := t.engine.View(context.Background(), func(tx store.Tx) error { fn(tx); return nil }); err != nil {
		t.Fatalf("view: %v", err)
	}
}

func (t *probe) keys() map[string]string {
	t.Helper()
	return Keys(t.T, t.engine)
}

func (t *probe) fill(keys ...string) {
	t.Helper()
	t.update(func(tx store.Tx) error {
		for _, k := range keys {
			if err := tx.Put([]byte(k), []byte("value of "+k)); err != nil {
				return err
			}
		}
		return nil
	})
}

func putAndDelete(t *probe) {
	t.fill("a", "b", "c")
	t.update(func(tx store.Tx) error {
		if err := tx.Put([]byte("a"), []byte("again")); err != nil {
			return err
		}
		if got := string(tx.Get([]byte("a"))); got != "again" {
			t.Errorf("inside the update a is %q", got)
		}
		if err := tx.Delete([]byte("never")); err != nil {
			t.Errorf("deleting what is not there: %v", err)
		}
		return tx.Delete([]byte("b"))
	})
	want := map[string]string{"a": "again", "c": "value of c"}
	if diff := differences(want, t.keys()); len(diff) > 0 {
		t.Errorf("wrong at %q", diff)
	}
	t.look(func(tx store.Tx) {
		if tx.Get([]byte("b")) != nil || tx.Get([]byte("never")) != nil {
			t.Error("Get of a key that is not there is not nil")
		}
	})
}

func emptyValue(t *probe) {
	there := func(tx store.Tx, when string) {
		for _, k := range []string{"empty", "nil"} {
			if v := tx.Get([]byte(k)); v == nil || len(v) != 0 {
				t.Errorf("%s: the key %q put with an empty value reads %#v; want an empty value that is not nil", when, k, v)
			}
		}
	}
	t.update(func(tx store.Tx) error {
		err := errors.Join(tx.Put([]byte("empty"), []byte{}), tx.Put([]byte("nil"), nil))
		there(tx, "inside the update")
		return err
	})
	t.look(func(tx store.Tx) { there(tx, "afterwards") })
}

func largeValue(t *probe) {
	big := bytes.Repeat([]byte("0123456789"), 300_000)
	t.update(func(tx store.Tx) error { return tx.Put([]byte("big"), big) })
	t.look(func(tx store.Tx) {
		if !bytes.Equal(tx.Get([]byte("big")), big) {
			t.Error("a value of 3 MB did not come back whole")
		}
	})
}

func awkwardKeys() []string {
	return []string{
		"\x00", "\x00\x00", "a", "a/", "a/1", "a/1\x00", "a/1\xff", "a/2", "a/\xff", "a/\xff\xff", "a0", "b", "b/1",
		"\xfe\xff", "\xff", "\xff\x00", "\xff\xff", "\xff\xff\xff\xff", "\xff\xff\xff\xff\xff", "\xff\xff\xff\xff\xff\x01",
	}
}

// holdScans compares every scan over the keys with one worked out by hand.
func holdScans(t *testing.T, tx store.Tx, all []string) {
	t.Helper()
	slices.Sort(all)
	prefixes := map[string]bool{"": true, "c": true, "a/3": true}
	for _, k := range all {
		for i := range k {
			prefixes[k[:i+1]] = true
		}
	}
	for prefix := range prefixes {
		starts := []string{"", prefix + "1", prefix + "\x01", prefix + "\xff\xff\xff\xff\xff\xff\xff"}
		for _, k := range all {
			if strings.HasPrefix(k, prefix) {
				starts = append(starts, k, k+"\x00")
			}
		}
		for _, start := range starts {
			for _, reverse := range []bool{false, true} {
				holdScan(t, tx, all, prefix, start, reverse)
			}
		}
	}
}

// holdScan holds one scan against the sorted keys; an empty start is none.
func holdScan(t *testing.T, tx store.Tx, all []string, prefix, start string, reverse bool) {
	t.Helper()
	var want []string
	for _, k := range all {
		switch {
		case !strings.HasPrefix(k, prefix):
		case start != "" && !reverse && k < start:
		case start != "" && reverse && k > start:
		default:
			want = append(want, k)
		}
	}
	if reverse {
		slices.Reverse(want)
	}
	var from []byte
	if start != "" {
		from = []byte(start)
	}
	var got []string
	err := tx.Scan([]byte(prefix), from, reverse, func(k, v []byte) bool {
		if string(v) != "value of "+string(k) {
			t.Errorf("scan of %q gives %q the value %q", prefix, k, v)
		}
		got = append(got, string(k))
		return true
	})
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("scan of prefix %q from %q, reverse %v:\n got %q (%v)\nwant %q", prefix, start, reverse, got, err, want)
	}
	if len(want) > 1 {
		n := 0
		_ = tx.Scan([]byte(prefix), from, reverse, func(_, _ []byte) bool { n++; return false })
		if n != 1 {
			t.Errorf("a scan told to stop at once went on to %d keys", n)
		}
	}
}

func scanEdges(t *probe) {
	t.look(func(tx store.Tx) { holdScan(t.T, tx, nil, "", "", true) })
	t.fill(awkwardKeys()...)
	t.look(func(tx store.Tx) { holdScans(t.T, tx, awkwardKeys()) })
}

func scanOwnWrites(t *probe) {
	all := awkwardKeys()
	t.fill(all[:8]...)
	t.update(func(tx store.Tx) error {
		for _, k := range all[8:] {
			if err := tx.Put([]byte(k), []byte("value of "+k)); err != nil {
				return err
			}
		}
		for _, k := range all[:3] {
			if err := tx.Delete([]byte(k)); err != nil {
				return err
			}
		}
		holdScans(t.T, tx, slices.Clone(all[3:]))
		return nil
	})
}

func scanPages(t *probe) {
	var all []string
	for i := range 3000 {
		all = append(all, fmt.Sprintf("k/%02d/%06d", i%7, i))
	}
	t.fill(all...)
	slices.Sort(all)
	rnd := rand.New(rand.NewPCG(1, 2))
	t.look(func(tx store.Tx) {
		for range 60 {
			prefix := fmt.Sprintf("k/%02d/", rnd.IntN(8))
			start := prefix + fmt.Sprintf("%06d", rnd.IntN(3200))
			holdScan(t.T, tx, all, prefix, start, rnd.IntN(2) == 0)
			holdScan(t.T, tx, all, prefix, "", rnd.IntN(2) == 0)
		}
	})
}

func rollback(t *probe) {
	t.fill("a", "b", "c")
	before := t.keys()
	failure := errors.New("called off")
	err := t.engine.Update(context.Background(), func(tx store.Tx) error {
		return errors.Join(
			tx.Put([]byte("a"), []byte("1")), tx.Put([]byte("a"), []byte("2")), tx.Delete([]byte("b")), tx.Put([]byte("b"), []byte("3")),
			tx.Delete([]byte("c")), tx.Put([]byte("new"), []byte("4")), tx.Put([]byte("brief"), nil), tx.Delete([]byte("brief")), failure)
	})
	if !errors.Is(err, failure) {
		t.Errorf("the update returned %v, want the error of its function", err)
	}
	if diff := differences(before, t.keys()); len(diff) > 0 {
		t.Errorf("changed at %q", diff)
	}
}

func viewWrites(t *probe) {
	t.fill("a")
	before := t.keys()
	t.look(func(tx store.Tx) {
		if tx.Put([]byte("a"), []byte("x")) == nil {
			t.Error("a view could put")
		}
		if tx.Delete([]byte("a")) == nil {
			t.Error("a view could delete")
		}
	})
	if diff := differences(before, t.keys()); len(diff) > 0 {
		t.Errorf("changed at %q", diff)
	}
}

func isolation(t *probe) {
	t.fill("a", "b")
	done := make(chan error, 1)
	t.look(func(tx store.Tx) {
		go func() {
			done <- t.engine.Update(context.Background(), func(tx store.Tx) error {
				return errors.Join(tx.Put([]byte("a"), []byte("new")), tx.Delete([]byte("b")), tx.Put([]byte("c"), []byte("new")))
			})
		}()
		for range 2000 {
			if string(tx.Get([]byte("a"))) != "value of a" || tx.Get([]byte("b")) == nil || tx.Get([]byte("c")) != nil {
				t.Error("a view saw an update that began after it")
				break
			}
			runtime.Gosched()
		}
	})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if diff := differences(map[string]string{"a": "new", "c": "new"}, t.keys()); len(diff) > 0 {
		t.Errorf("after the update wrong at %q", diff)
	}
}

func oneAtATime(t *probe) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				err := t.engine.Update(context.Background(), func(tx store.Tx) error {
					n := len(tx.Get([]byte("n")))
					return tx.Put([]byte("n"), make([]byte, n+1))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	t.look(func(tx store.Tx) {
		if n := len(tx.Get([]byte("n"))); n != 80 {
			t.Errorf("80 updates counted to %d", n)
		}
	})
}

func putCopies(t *probe) {
	key, value := []byte("key"), []byte("value")
	t.update(func(tx store.Tx) error { return tx.Put(key, value) })
	copy(key, "xxx")
	copy(value, "yyyyy")
	if diff := differences(map[string]string{"key": "value"}, t.keys()); len(diff) > 0 {
		t.Errorf("wrong at %q", diff)
	}
}

func calledOff(t *probe) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	ran := func(store.Tx) error { t.Error("it ran"); return nil }
	if err := t.engine.View(ctx, ran); !errors.Is(err, context.Canceled) {
		t.Errorf("view: %v", err)
	}
	if err := t.engine.Update(ctx, ran); !errors.Is(err, context.Canceled) {
		t.Errorf("update: %v", err)
	}
}
