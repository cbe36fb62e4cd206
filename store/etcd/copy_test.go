package etcd_test

import (
	"context"
	"testing"
	"time"

	"pou/store"
	"pou/store/etcd"
	"pou/store/memory"
	"pou/store/sample"
	"pou/store/storetest/cluster"
)

func TestAStoreMovesToAClusterAndBack(t *testing.T) {
	addrs := cluster.Addresses(cluster.Start(t, 1))
	ctx := context.Background()
	file := memory.New()
	now := time.Date(2026, time.November, 24, 5, 0, 0, 0, time.UTC)
	b, err := store.New(ctx, file, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sample.Fill(ctx, b, sample.Options{People: 500, Seed: 1, Now: now}, nil); err != nil {
		t.Fatal(err)
	}
	there := open(t, etcd.Options{Endpoints: addrs})
	out, err := store.Copy(ctx, file, there, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := there.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, etcd.Options{Endpoints: addrs})
	defer again.Close()
	book, err := store.New(ctx, again, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	if rep, err := book.Check(ctx); err != nil || len(rep.Findings) > 0 {
		t.Errorf("the store in the cluster: %v, %v", rep.Findings, err)
	}
	back, err := store.Copy(ctx, again, memory.New(), nil)
	if err != nil || back != out {
		t.Errorf("there it is %+v, back it is %+v, %v", out, back, err)
	}
}
