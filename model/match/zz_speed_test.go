package match_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/pprof"
	"sort"
	"strings"
	"syscall"
	"testing"
	"time"

	"pou/model/match"
)

func fielded(texts []string) match.Doc {
	d := match.Doc{}
	for i, t := range texts {
		f := match.Other
		switch {
		case i == 0:
			f = match.Name
		case i == 1:
			f = match.Born
		case i == 2:
			continue
		case i == 3:
			f = match.Phone
		case i == 4:
			f = match.Ref
		case i == 5:
			f = match.Postcode
		case strings.Contains(t, " "):
			f = match.Alias
		default:
			f = match.Plate
		}
		d.Texts = append(d.Texts, match.Text{Field: f, Text: t})
	}
	return d
}

func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(1, &u) // this thread
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func TestZZSpeed(t *testing.T) {
	n := 1_000_000
	if s := os.Getenv("N"); s != "" {
		fmt.Sscan(s, &n)
	}
	r := newTown(rand.New(rand.NewPCG(1, uint64(n))))
	docs := make([]match.Doc, n)
	for i := range docs {
		docs[i] = fielded(r.person(i + 1))
	}
	before := heap()
	runtime.LockOSThread()
	t0 := cpu()
	x := match.NewIndex()
	for i := range docs {
		x.Put(uint32(i+1), docs[i])
	}
	el := cpu() - t0
	t.Logf("build %v, %.0f ns/person, %.0f B/person", el, float64(el.Nanoseconds())/float64(n), float64(heap()-before)/float64(n))
	qs := []string{"o", "j", "s", "ob", "obr", "obri", "obrie", "obrien", "smith", "john", "john smith", "jonh smtih", "shaun wikinson", "mohamed yousuf", "smithjohn",
		"07700900123", "900123", "P-000482", "p482", "john 1984", "qlfthr", "kowalsky", "lukasz kowalsky", "3/12/84", "john 3/12/84", "1984", "se15", "john se15", "se15 4ab", "ab12cde", "ab12", "j smith", "mary j", "zxqv", "wilkinson james paul 1972", "abdul rahman", "krebbson william", "a b c", "12345", "77009"}
	if q := os.Getenv("Q"); q != "" {
		qs = strings.Split(q, ",")
	}
	if os.Getenv("PROF") != "" {
		f, _ := os.Create("/tmp/cpu.prof")
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	var all []time.Duration
	for _, q := range qs {
		var l []time.Duration
		for range 12 {
			t0 := cpu()
			x.Find(q, 40)
			l = append(l, cpu()-t0)
		}
		all = append(all, l[2:]...)
		sort.Slice(l, func(i, j int) bool { return l[i] < l[j] })
		h := x.Find(q, 3)
		why := ""
		if len(h) > 0 {
			why = h[0].Why
		}
		t.Logf("%-26s med %8v max %8v  %s", q, l[6].Round(10*time.Microsecond), l[11].Round(10*time.Microsecond), why)
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	t.Logf("p50 %v p99 %v", all[len(all)/2], all[len(all)*99/100])
	runtime.KeepAlive(docs)
}
