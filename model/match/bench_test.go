package match_test

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/sahilm/fuzzy"

	"pou/model/match"
)

// BenchmarkFind puts the index beside sahilm/fuzzy over the same 100,000 people, query by query.
func BenchmarkFind(b *testing.B) {
	const people = 100_000
	bearers := []string{"Smith", "O'Brien", "Wilkinson", "Yusuf", "Quillfeather"}
	x := crowd(people, bearers...)
	queries := []string{
		"obr", "obrien", "o", "sean obrien", "jonh smtih", "john smith", "smithjohn", "shaun wikinson", "mohamed yousuf",
		"07700900123", "900123", "P-000482", "john 1984", "qlfthr",
	}
	b.Run("ours", func(b *testing.B) {
		for _, q := range queries {
			b.Run(q, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					x.Find(q, 40)
				}
			})
		}
	})
	b.Run("sahilm", func(b *testing.B) {
		lines := make([]string, people)
		r := newTown(rand.New(rand.NewPCG(1, people)), bearers...)
		for i := range lines {
			lines[i] = strings.Join(r.person(i+1), " | ")
		}
		for _, q := range queries {
			b.Run(q, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					fuzzy.Find(q, lines)
				}
			})
		}
	})
}

// BenchmarkPut builds an index and reports what a person weighs in it.
func BenchmarkPut(b *testing.B) {
	const people = 100_000
	r := newTown(rand.New(rand.NewPCG(1, people)))
	texts := make([][]string, people)
	for i := range texts {
		texts[i] = r.person(i + 1)
	}
	var x *match.Index
	before := heap()
	for b.Loop() {
		x = match.NewIndex()
		for i, t := range texts {
			x.Put(uint32(i+1), named(t...))
		}
	}
	b.ReportMetric(float64(heap()-before)/people, "B/person")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/people*1e9, "ns/person")
	runtime.KeepAlive(x)
	runtime.KeepAlive(texts)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
