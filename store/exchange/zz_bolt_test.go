package exchange_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"
	"os"
	"strings"

	"pou/model"
	"pou/store"
	"pou/store/bolt"
	"pou/store/exchange"
)

func TestBoltSpeed(t *testing.T) {
	n := 100_000
	if os.Getenv("N") != "" { n = 1_000_000 }
	text := generated(n)
	e, err := bolt.Open(filepath.Join(t.TempDir(), "x.db"), bolt.Holder{})
	if err != nil { t.Fatal(err) }
	ctx := context.Background()
	s, err := store.New(ctx, e, now)
	if err != nil { t.Fatal(err) }
	o := &model.Officer{Name: "OKAFOR", Roles: []model.Role{model.RoleAdmin, model.RoleLead}}
	o.Ref = who
	if _, err := s.Collect(ctx, who, "store.init", model.Batch{Records: []model.Record{o}}); err != nil { t.Fatal(err) }
	at := time.Now()
	r, err := exchange.Run(ctx, s, exchange.Job{Files: []string{"p.csv"}, Open: texts(map[string]string{"p.csv": text}), Who: who, Batch: 4000}, nil)
	d := time.Since(at)
	t.Logf("%d people %v %.0f/s found %d left %d err %v", r.People, d, float64(n)/d.Seconds(), r.Found, r.Crowded, err)
	b, _ := os.ReadFile("/proc/self/status")
	for _, l := range strings.Split(string(b), "\n") { if strings.HasPrefix(l, "VmHWM") { t.Log(l) } }
}
