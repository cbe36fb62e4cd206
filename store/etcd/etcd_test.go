package etcd_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"pou/store"
	"pou/store/etcd"
	"pou/store/storetest"
	"pou/store/storetest/cluster"
)

func open(t *testing.T, o etcd.Options) *etcd.Engine {
	t.Helper()
	if o.Now == nil {
		o.Now = time.Now
	}
	e, err := etcd.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTheEngineKeepsEveryPromiseOfAnEngine(t *testing.T) {
	addrs := cluster.Addresses(cluster.Start(t, 1))
	var spaces atomic.Int64
	storetest.Run(t, func(t *testing.T) storetest.Place {
		space := fmt.Sprintf("test%d/", spaces.Add(1))
		return func() store.Engine { return open(t, etcd.Options{Endpoints: addrs, Space: space}) }
	})
}

func TestAnUpdateLargerThanATransactionIsOneUpdate(t *testing.T) {
	addrs := cluster.Addresses(cluster.Start(t, 1))
	here, there := open(t, etcd.Options{Endpoints: addrs}), open(t, etcd.Options{Endpoints: addrs})
	defer there.Close()
	const keys = 3000
	seen := make(chan struct{})
	go func() { // whoever looks sees none of it or all of it
		defer close(seen)
		for {
			n := count(t, there)
			if n != 0 && n != keys {
				t.Errorf("%d of %d keys are seen", n, keys)
			}
			if n != 0 {
				return
			}
		}
	}()
	err := here.Update(context.Background(), func(tx store.Tx) error {
		for i := range keys {
			if err := tx.Put(fmt.Appendf(nil, "k/%06d", i), make([]byte, 1000)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	<-seen
	if err := here.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, etcd.Options{Endpoints: addrs})
	defer again.Close()
	if n := count(t, again); n != keys {
		t.Errorf("after opening again there are %d of %d keys", n, keys)
	}
}

func count(t *testing.T, e store.Engine) (n int) {
	t.Helper()
	err := e.View(context.Background(), func(tx store.Tx) error {
		return tx.Scan([]byte("k/"), nil, false, func(_, _ []byte) bool { n++; return true })
	})
	if err != nil {
		t.Error(err)
	}
	return n
}

func TestAnotherMachineIsRefusedWithoutCertificates(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"10.0.0.4:2379", "etcd.example:2379"} {
		_, err := etcd.Open(context.Background(), etcd.Options{Endpoints: []string{addr}, Now: time.Now})
		if !errors.Is(err, store.ErrCutOff) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	if _, err := etcd.Parse("etcd://nowhere", func(string) string { return "" }, time.Now); err == nil {
		t.Error("an address without a port is taken")
	}
}
