// Package cluster starts an etcd of several members inside a test: they can be killed and started again, and cut off from one another
// and from their clients, as by a network that drops what it carries.
package cluster

import (
	"fmt"
	"net"
	"net/url"
	"testing"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
)

// patience ends a test that hangs; nothing is timed by it.
const patience = 20 * time.Second

// Member is one etcd inside the test.
type Member struct {
	Server *embed.Etcd
	Addr   string // where its clients come in
	killed bool
}

// Start starts members that know each other.
func Start(t *testing.T, n int) []*Member {
	t.Helper()
	return start(t, n, func(_ int, u url.URL) url.URL { return u })
}

// Partible starts members whose network can be cut. Clients reach a member at its address, or through a [Wire] of their own.
func Partible(t *testing.T, n int) ([]*Member, *Network) {
	t.Helper()
	net := &Network{apart: map[string]bool{}, moved: make(chan struct{})}
	members := start(t, n, func(i int, u url.URL) url.URL {
		return url.URL{Scheme: "http", Host: net.peer(t, i, u.Host)}
	})
	net.set(func() {
		for _, m := range members {
			net.ids = append(net.ids, m.Server.Server.MemberID().String())
		}
	})
	return members, net
}

// start starts members; reached says where the others reach the one that listens for them at a place.
func start(t *testing.T, n int, reached func(i int, listens url.URL) url.URL) []*Member {
	t.Helper()
	members, configs := make([]*Member, n), make([]*embed.Config, n)
	initial := ""
	for i := range n {
		cfg := embed.NewConfig()
		cfg.Name, cfg.Dir, cfg.LogLevel, cfg.Logger = fmt.Sprint("m", i), t.TempDir(), "fatal", "zap"
		client, peer := free(t), free(t)
		known := reached(i, peer)
		cfg.ListenClientUrls, cfg.AdvertiseClientUrls = []url.URL{client}, []url.URL{client}
		cfg.ListenPeerUrls, cfg.AdvertisePeerUrls = []url.URL{peer}, []url.URL{known}
		cfg.TickMs, cfg.ElectionMs = 50, 500
		initial += fmt.Sprintf(",%s=%s", cfg.Name, known.String())
		configs[i], members[i] = cfg, &Member{Addr: client.Host}
	}
	for i, cfg := range configs {
		cfg.InitialCluster = initial[1:]
		if err := members[i].start(cfg); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range members {
		select {
		case <-m.Server.Server.ReadyNotify():
		case <-time.After(patience):
			t.Fatal("the cluster does not start")
		}
		t.Cleanup(m.Down)
	}
	return members
}

func (m *Member) start(cfg *embed.Config) error {
	server, err := embed.StartEtcd(cfg)
	if err == nil {
		m.Server, m.killed = server, false
	}
	return err
}

// Down stops a member without a goodbye.
func (m *Member) Down() {
	if m.killed {
		return
	}
	m.killed = true
	m.Server.Server.HardStop()
	m.Server.Close()
}

// Up starts a member again from its disk.
func (m *Member) Up(t *testing.T) {
	t.Helper()
	if m.Server == nil {
		t.Fatal("it has never run")
	}
	cfg := m.Server.Config()
	cfg.ClusterState = embed.ClusterStateFlagExisting
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		err := m.start(&cfg)
		if err == nil {
			return
		}
		if time.Since(begun) > patience {
			t.Fatal(err)
		}
	}
}

// Kill takes a member away for a while.
func (m *Member) Kill(t *testing.T, away time.Duration) {
	t.Helper()
	m.Down()
	time.Sleep(away)
	m.Up(t)
}

// Leader is the member that leads, once there is one.
func Leader(t *testing.T, members []*Member) *Member {
	t.Helper()
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(20 * time.Millisecond) {
		for _, m := range members {
			if m.Server.Server.Leader() == m.Server.Server.MemberID() {
				return m
			}
		}
	}
	t.Fatal("nobody leads the cluster")
	return nil
}

// Addresses are where clients come in.
func Addresses(members []*Member) []string {
	out := make([]string, len(members))
	for i, m := range members {
		out[i] = m.Addr
	}
	return out
}

// free is an address nobody listens on.
func free(t *testing.T) url.URL {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return url.URL{Scheme: "http", Host: l.Addr().String()}
}
