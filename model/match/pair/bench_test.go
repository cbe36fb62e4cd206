package pair_test

import (
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"testing"

	"pou/model/match/pair"
)

// BenchmarkList adds people to a list, 100,000 or as many as POU_PEOPLE says, and reports what one costs and weighs.
func BenchmarkList(b *testing.B) {
	n := 100_000
	if s := os.Getenv("POU_PEOPLE"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		r := rand.New(rand.NewPCG(1, 2))
		l := pair.NewList()
		var twins []pair.Twin
		found := 0
		before := heap()
		for range n {
			p := stranger(r, true)
			twins = l.Add(p, twins[:0])
			found += len(twins)
		}
		b.ReportMetric(float64(heap()-before)/float64(n), "B/person")
		b.ReportMetric(float64(found)/float64(n)*1000, "found/1000")
		b.ReportMetric(float64(l.Left())/float64(n), "crowded/person")
		runtime.KeepAlive(l)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/person")
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
