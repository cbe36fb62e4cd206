package etcd_test

import (
	"fmt"
	"testing"

	"pou/store"
	"pou/store/etcd"
	"pou/store/storetest"
	"pou/store/storetest/cluster"
)

// machines opens the same new place from several machines.
func machines(addrs []string, place string, wrap func(store.Engine) store.Engine) func(*testing.T, int) []store.Engine {
	return func(t *testing.T, n int) []store.Engine {
		out := make([]store.Engine, 3)
		for i := range out {
			e := open(t, etcd.Options{Endpoints: addrs, Space: fmt.Sprintf("%s%d/", place, n)})
			t.Cleanup(func() { e.Close() })
			out[i] = wrap(e)
		}
		return out
	}
}

func TestWhatThreeMachinesSeeIsOneHistory(t *testing.T) {
	addrs := cluster.Addresses(cluster.Start(t, 1))
	right := func(e store.Engine) store.Engine { return e }
	storetest.Linearizable(t, 15, machines(addrs, "right", right))
	storetest.CaughtWithin(t, 20, machines(addrs, "wrong", storetest.Stale))
}
