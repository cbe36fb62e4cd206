package exchange_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pou/store/exchange"
)

// generated is a file of synthetic people.
func generated(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ka mo ri san tel vor bin dal gru hes jin lop mar nok pel qua ros sut tam ulf wen yor zet ash cro")
	name := func(n int) string {
		out := ""
		for range n {
			out += syllables[r.IntN(len(syllables))]
		}
		return strings.ToUpper(out[:1]) + out[1:]
	}
	var b strings.Builder
	b.WriteString("Nominal Ref,Surname,Forename,Date of Birth,Sex,Address,Postcode,Mobile,Aliases,Warning,Custody Notes\n")
	for i := range n {
		fmt.Fprintf(&b, "N%07d,%s,%s,%02d/%02d/%d,M,\"%d %s Street, London\",SW%d %dAB,07700 9%05d,\"%s; %s %s\",VI,seen %s\n", i, name(3), name(2),
			1+r.IntN(28), 1+r.IntN(12), 1940+r.IntN(66), 1+r.IntN(200), name(2), 1+r.IntN(20), r.IntN(10), r.IntN(100000), name(2), name(2), name(3), name(2))
	}
	return b.String()
}

// BenchmarkImport reads 100,000 people into a store in memory: parsed, checked, written, indexed, journalled, compared.
func BenchmarkImport(b *testing.B) {
	const n = 100_000
	text := generated(n)
	found := 0
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		b.StopTimer()
		s := newStore(b)
		b.StartTimer()
		r, err := exchange.Run(context.Background(), s, exchange.Job{
			Files: []string{"people.csv"}, Open: texts(map[string]string{"people.csv": text}), Who: who,
		}, nil)
		if err != nil || r.People != n {
			b.Fatalf("%d people, %v, %+v", r.People, err, r.Reasons)
		}
		found = r.Found
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "people/s")
	b.ReportMetric(float64(found), "proposals")
}
