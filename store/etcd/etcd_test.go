package etcd_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/etcd/server/v3/embed"

	"pou/store"
	"pou/store/etcd"
	"pou/store/storetest"
)

// member is one etcd inside the test.
type member struct {
	server *embed.Etcd
	addr   string
	killed bool
}

// cluster starts members that know each other.
func cluster(t *testing.T, n int) []*member {
	t.Helper()
	members, configs := make([]*member, n), make([]*embed.Config, n)
	initial := ""
	for i := range n {
		cfg := embed.NewConfig()
		cfg.Name, cfg.Dir, cfg.LogLevel, cfg.Logger = fmt.Sprint("m", i), t.TempDir(), "fatal", "zap"
		client, peer := free(t), free(t)
		cfg.ListenClientUrls, cfg.AdvertiseClientUrls = []url.URL{client}, []url.URL{client}
		cfg.ListenPeerUrls, cfg.AdvertisePeerUrls = []url.URL{peer}, []url.URL{peer}
		cfg.TickMs, cfg.ElectionMs = 50, 500
		initial += fmt.Sprintf(",%s=%s", cfg.Name, peer.String())
		configs[i], members[i] = cfg, &member{addr: client.Host}
	}
	for i, cfg := range configs {
		cfg.InitialCluster = initial[1:]
		if err := members[i].start(cfg); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range members {
		select {
		case <-m.server.Server.ReadyNotify():
		case <-time.After(20 * time.Second):
			t.Fatal("the cluster does not start")
		}
		t.Cleanup(m.down)
	}
	return members
}

func (m *member) start(cfg *embed.Config) error {
	server, err := embed.StartEtcd(cfg)
	if err == nil {
		m.server, m.killed = server, false
	}
	return err
}

func addresses(members []*member) []string {
	out := make([]string, len(members))
	for i, m := range members {
		out[i] = m.addr
	}
	return out
}

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
	addrs := addresses(cluster(t, 1))
	var spaces atomic.Int64
	storetest.Run(t, func(t *testing.T) storetest.Place {
		space := fmt.Sprintf("test%d/", spaces.Add(1))
		return func() store.Engine { return open(t, etcd.Options{Endpoints: addrs, Space: space}) }
	})
}

func TestAnUpdateLargerThanATransactionIsOneUpdate(t *testing.T) {
	addrs := addresses(cluster(t, 1))
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
