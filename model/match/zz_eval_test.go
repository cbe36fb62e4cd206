package match_test

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"pou/model/match"
)

func TestZZOfac(t *testing.T) {
	rd := func(f string) [][]string {
		h, _ := os.Open("/work/shared/data/ofac/" + f)
		r := csv.NewReader(bufio.NewReader(h))
		r.FieldsPerRecord = -1
		r.LazyQuotes = true
		var out [][]string
		for {
			rec, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				continue
			}
			out = append(out, rec)
		}
		return out
	}
	x := match.NewIndex()
	names := map[uint32]string{}
	for _, r := range rd("sdn.csv") {
		if len(r) > 2 && strings.TrimSpace(r[2]) == "individual" {
			var id uint32
			fmt.Sscan(r[0], &id)
			names[id] = r[1]
			x.Put(id, match.Doc{Texts: []match.Text{{Field: match.Name, Text: r[1]}}})
		}
	}
	n, top1, top5, any := 0, 0, 0, 0
	share, share5, none := 0, 0, 0
	var lat []time.Duration
	out, _ := os.Create("/tmp/ofac_miss.txt")
	for _, r := range rd("alt.csv") {
		if len(r) < 4 {
			continue
		}
		var id uint32
		fmt.Sscan(r[0], &id)
		if names[id] == "" {
			continue
		}
		n++
		t0 := time.Now()
		hits := x.Find(r[3], 20)
		lat = append(lat, time.Since(t0))
		rank := rankOf(hits, id)
		if rank == 1 {
			top1++
		}
		if rank > 0 && rank <= 5 {
			top5++
		}
		if rank > 0 {
			any++
		}
		c := match.Compare(r[3], names[id])
		sh := c.Score >= 25
		if sh {
			share++
			if rank > 0 && rank <= 5 {
				share5++
			}
		} else {
			none++
		}
		if rank == 0 || rank > 1 {
			first := "-"
			if len(hits) > 0 {
				first = fmt.Sprintf("%s %d %s", names[hits[0].ID], hits[0].Score, hits[0].Why)
			}
			fmt.Fprintf(out, "%d | %d | %s | %s | first %s\n", rank, c.Score, r[3], names[id], first)
		}
	}
	sort.Slice(lat, func(i, j int) bool { return lat[i] < lat[j] })
	t.Logf("n %d people %d top1 %.4f top5 %.4f any20 %.4f; share %d top5 %.4f; none %d; p50 %v p99 %v", n, len(names), float64(top1)/float64(n), float64(top5)/float64(n), float64(any)/float64(n), share, float64(share5)/float64(share), none, lat[len(lat)/2], lat[len(lat)*99/100])
}
