package match_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("ZZN"))
	h := heap()
	t0 := time.Now()
	if n == 0 {
		return
	}
	x := crowd(n, "Smith", "O'Brien", "Wilkinson", "Quillfeather")
	fmt.Println("build", time.Since(t0), "B/person", float64(heap()-h)/float64(n))
	fmt.Println(x.Stats())
	var meds []time.Duration
	for _, q := range []string{"obr", "obrien", "o", "s", "0", "07", "p", "sean obrien", "jonh smtih", "john smith", "smithjohn", "shaun wikinson", "mohamed yousuf", "07700900123", "900123", "P-000482", "john 1984", "qlfthr", "wsn", "john s", "j s", "se1 3", "smith se1", "shan", "zzzz", "shaun zzzqqq", "lukasz kowalsky"} {
		var d []time.Duration
		for range 7 {
			t0 := time.Now()
			x.Find(q, 40)
			d = append(d, time.Since(t0))
		}
		slices.Sort(d)
		meds = append(meds, d[3])
		hs := x.Find(q, 40)
		why := ""
		if len(hs) > 0 {
			why = hs[0].Why + " / " + hs[len(hs)-1].Why
		}
		fmt.Printf("%-18s %10v %3d %s\n", q, d[3], len(hs), why)
	}
	slices.Sort(meds)
	fmt.Println("median", meds[len(meds)/2], "max", meds[len(meds)-1])
}
func TestYY(t *testing.T) {
	x := crowd(300000, "Smith", "O'Brien", "Wilkinson", "Quillfeather")
	for range 60 {
		x.Find("j s", 40)
		x.Find("se1 3", 40)
	}
}
