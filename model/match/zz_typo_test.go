package match_test

import (
	"encoding/csv"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"pou/model/match"
)

func TestZZTypos(t *testing.T) {
	r := newTown(rand.New(rand.NewPCG(3, 4)))
	x := match.NewIndex()
	names := map[uint32][]string{}
	full := map[string]int{}
	const n = 100_000
	for i := uint32(1); i <= n; i++ {
		p := r.person(int(i))
		names[i] = match.Tokens(p[0])
		full[strings.Join(names[i], " ")]++
		x.Put(i, fielded(p))
	}
	ok, tot := map[string]int{}, map[string]int{}
	for k := range 1500 {
		id := 1 + uint32(r.IntN(n))
		w := append([]string{}, names[id]...)
		if full[strings.Join(w, " ")] > 3 {
			continue
		}
		kind := []string{"typo1", "typo2", "swap"}[k%3]
		j := r.IntN(len(w))
		switch kind {
		case "typo1":
			w[j] = misspelling(r, w[j])
		case "typo2":
			w[j] = misspelling(r, misspelling(r, w[j]))
		case "swap":
			w[0], w[len(w)-1] = w[len(w)-1], w[0]
			w[j] = misspelling(r, w[j])
		}
		tot[kind]++
		hits := x.Find(strings.Join(w, " "), 5)
		if rankOf(hits, id) > 0 {
			ok[kind]++
		} else if tot[kind]-ok[kind] < 12 {
			t.Logf("%s %v -> %v: %v %v", kind, names[id], w, names[hits[0].ID], hits[0].Why)
		}
	}
	t.Log(ok, tot)
	f, _ := os.Open("/work/shared/data/nicknames/names.csv")
	rows, _ := csv.NewReader(f).ReadAll()
	okn, totn := 0, 0
	for i, row := range rows[1:] {
		if i%9 != 0 {
			continue
		}
		y := match.NewIndex()
		_ = y
		id := uint32(2_000_000)
		x.Put(id, match.Doc{Texts: []match.Text{{match.Name, "QUAGGERTY, " + row[0]}}})
		totn++
		if rankOf(x.Find(row[2]+" quaggerty", 5), id) == 1 {
			okn++
		}
	}
	t.Log("nick", okn, totn)
}
