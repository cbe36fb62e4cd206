//go:build bench

package proof

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"time"
)

// pace is how fast one size of store answers.
type pace struct {
	people       int
	filled       time.Duration
	memory       int64 // of the index alone
	p50, p99     time.Duration
	cold, warm   time.Duration // six letters at once; the sixth after five
	slowest      string
	slowestTaken time.Duration
}

// fast measures queries at three sizes, the largest beside fzf.
func (s *searchBench) fast() {
	var all []pace
	for _, n := range []int{s.people / 100, s.people / 10, s.people} {
		d := s.sampleDesk(max(n, 1000))
		if err := d.read(); err != nil {
			s.Fatal(err)
		}
		all = append(all, s.paced(d))
		if n == s.people {
			s.besideOthers(d)
		}
	}
	least, most := all[0], all[len(all)-1]
	times := float64(most.people) / float64(least.people)
	s.addSpeed(fmt.Sprintf("find, %d people, p99", most.people), ms(most.p99), "-", "-", "<= 16 ms", yes(most.p99 <= 16*time.Millisecond))
	s.addSpeed("  slowest: "+most.slowest, ms(most.slowestTaken), "-", "-", "-", "")
	for _, p := range all {
		s.addSpeed(fmt.Sprintf("  at %d people: p50, p99", p.people), ms(p.p50)+", "+ms(p.p99), "-", "-", "-", "")
	}
	growth := float64(most.p99) / float64(least.p99)
	s.addSpeed("growth of p99, smallest to largest", fmt.Sprintf("%.0f x", growth), "-", fmt.Sprintf("of %.0f x people", times), fmt.Sprintf("<= %.0f x", times), yes(growth <= times))
	next := float64(most.warm) / float64(most.cold)
	s.addSpeed("next keystroke / cold query, 6 letters", ms(most.warm)+" / "+ms(most.cold), "-", fmt.Sprintf("%.2f", next), "<= 0.25", yes(next <= 0.25))
	warmer := float64(most.warm) / float64(least.warm)
	s.addSpeed("growth of the next keystroke", fmt.Sprintf("%.0f x", warmer), "-", fmt.Sprintf("of %.0f x people", times), fmt.Sprintf("< %.0f x", times), yes(warmer < times))
	s.addSpeed("filling the index", ms(most.filled), "-", fmt.Sprintf("%.1f us a person", float64(most.filled)/1e3/float64(most.people)), "-", "")
	s.addSpeed("memory of the index", fmt.Sprintf("%d MB", most.memory>>20), "-", fmt.Sprintf("%d B a person", most.memory/int64(most.people)), "-", "")
}

// paced measures a desk whose people have been read.
func (s *searchBench) paced(d *desk) pace {
	s.Helper()
	p := pace{people: len(d.people), filled: d.filled, memory: d.memory}
	var took []time.Duration
	for _, q := range d.queries() {
		var five []time.Duration
		for range 5 {
			five = append(five, s.timed(d, q))
		}
		t := median(five) // what others do on the machine meanwhile is not the query's
		took = append(took, t)
		if t > p.slowestTaken {
			p.slowest, p.slowestTaken = q, t
		}
	}
	p.p50, p.p99 = centile(took, 50), centile(took, 99)
	p.cold, p.warm = s.keystrokes(d)
	return p
}

func heap() int64 {
	runtime.GC()
	runtime.GC() // what the first found to be finalised
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func (s *searchBench) timed(d *desk, query string) time.Duration {
	s.Helper()
	begun := time.Now()
	if _, err := d.search.Find(context.Background(), query, "", seen); err != nil {
		s.Fatal(err)
	}
	return time.Since(begun)
}

// keystrokes types names of six letters and more: six at once after something else, and of other names the sixth after the
// fifth, so that nothing was asked before but what leads up to it.
func (s *searchBench) keystrokes(d *desk) (cold, warm time.Duration) {
	s.Helper()
	rnd := rand.New(rand.NewPCG(13, 14))
	six := func() []rune {
		for {
			p := d.people[rnd.IntN(len(d.people))]
			r := []rune(strings.ToLower(p.Surname))
			if len(r) >= 6 && !strings.ContainsAny(string(r[:6]), " -'") {
				return r[:6]
			}
		}
	}
	var colds, warms []time.Duration
	asked := map[string]bool{}
	for len(colds) < 60 {
		one, other := six(), six()
		if asked[string(one)] || asked[string(other)] || string(one) == string(other) {
			continue
		}
		asked[string(one)], asked[string(other)] = true, true
		s.timed(d, "zz")
		colds = append(colds, s.timed(d, string(one)))
		s.timed(d, "zz")
		for i := 1; i < 6; i++ {
			s.timed(d, string(other[:i]))
		}
		warms = append(warms, s.timed(d, string(other)))
	}
	return median(colds), median(warms)
}

// queries are what an officer types: names either way round, beginnings, slips, part of a date, numbers, and what is not there.
func (d *desk) queries() []string {
	rnd := rand.New(rand.NewPCG(5, 6))
	var out []string
	for range 24 {
		p := d.people[rnd.IntN(len(d.people))]
		last, fore := strings.ToLower(p.Surname), strings.ToLower(p.Forename)
		fore, _, _ = strings.Cut(fore, " ")
		r := []rune(last)
		slip := append([]rune{}, r...)
		if len(slip) > 3 {
			slip[1], slip[2] = slip[2], slip[1]
		}
		out = append(out, p.Name(), fore+" "+last, last, string(r[:1]), string(r[:min(3, len(r))]), string(slip)+" "+fore, string(slip), string(p.Ref),
			fmt.Sprintf("%s %d", last, p.Born.Year), edit(rnd, fore+" "+last, 1), string([]rune(fore)[:1])+" "+last, "zq"+string(slip))
		if len(p.Phones) > 0 {
			out = append(out, p.Phones[0].Number)
		}
		if len(p.Addresses) > 0 && p.Addresses[0].Postcode != "" {
			out = append(out, p.Addresses[0].Postcode, last+" "+strings.Fields(p.Addresses[0].Postcode)[0])
		}
	}
	return out
}

// besideOthers asks the others the same.
func (s *searchBench) besideOthers(d *desk) {
	s.Helper()
	p := d.people[len(d.people)/3]
	last := strings.ToLower(p.Surname)
	queries := []string{last, last[:min(3, len(last))], strings.ToLower(p.Surname + " " + p.Forename), "o", "obrien", "kovac ivan", "smithjohn", string(p.Ref)}
	var ours []time.Duration
	for _, q := range queries {
		ours = append(ours, s.timed(d, q))
	}
	lines := d.lines()
	s.addPeer(queries, d, ours, "sahilm/fuzzy", lettered{lines}, 0)
	if fzf := s.fzfOver(lines); fzf != nil {
		s.addPeer(queries, d, ours, "fzf --filter", fzf, 30)
		return
	}
	s.addSpeed("find beside fzf --filter", "-", "fzf: not installed", "-", ">= 30 x", "")
}

// addPeer times one of the others on the same queries. least is how many times faster we are to be, 0 for any.
func (s *searchBench) addPeer(queries []string, d *desk, ours []time.Duration, name string, f finder, least int) {
	s.Helper()
	var theirs []time.Duration
	for _, q := range queries {
		begun := time.Now()
		if _, err := f.find(q, seen); err != nil {
			s.Fatal(err)
		}
		theirs = append(theirs, time.Since(begun))
	}
	mine, their := median(ours), median(theirs)
	bar, ok := "-", ""
	if least > 0 {
		bar, ok = fmt.Sprintf(">= %d x", least), yes(their >= time.Duration(least)*mine)
	}
	s.addSpeed(fmt.Sprintf("find, median of %d queries, %d people, beside %s", len(queries), len(d.people), name), ms(mine), ms(their),
		fmt.Sprintf("%.0f x faster", float64(their)/float64(mine)), bar, ok)
}
