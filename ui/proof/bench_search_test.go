//go:build bench

package proof

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"
)

// searchBench measures how well and how fast people are found, beside what else finds lines by a few letters.
type searchBench struct {
	*testing.T
	data   string
	dir    string
	people int        // of the part that is about speed
	table  [][]string // of finding
	speed  [][]string
	said   []string // what is printed below the tables
}

// TestBenchSearch measures finding on the lists in POU_DATA and prints one table. It fails only where it cannot measure.
func TestBenchSearch(t *testing.T) {
	s := &searchBench{T: t, data: os.Getenv("POU_DATA"), dir: t.TempDir(), people: asked(t, 1_000_000)}
	if info, err := os.Stat(s.data); err != nil || !info.IsDir() {
		t.Fatalf("the lists to search are not there: POU_DATA=%q is no folder (%v).\nGive it on the command line: make bench-search POU_DATA=folder with ofac/, nicknames/ and febrl1/ in it", s.data, err)
	}
	for _, part := range []struct {
		name string
		run  func()
	}{
		{"ofac", s.ofac},
		{"nicknames", s.nicknames},
		{"typos", s.typos},
		{"heldout", s.heldOut},
		{"febrl", s.febrl},
		{"speed", s.fast},
	} {
		t.Run(part.name, func(t *testing.T) {
			whole := s.T
			s.T = t
			defer func() { s.T = whole }()
			part.run()
		})
	}
	s.print()
}

// path is a file of the lists.
func (s *searchBench) path(parts ...string) string {
	return filepath.Join(append([]string{s.data}, parts...)...)
}

// note says something below the tables.
func (s *searchBench) note(format string, args ...any) {
	s.said = append(s.said, fmt.Sprintf(format, args...))
}

// bars are the least that will do; 0 is no bar.
type bars struct{ top1, top5 float64 }

// add adds what was found by us and, of a sample of the same queries, by others.
func (s *searchBench) add(what string, ours tally, least bars, others ...tally) {
	bar, ok := "-", ""
	switch {
	case least.top1 > 0:
		bar, ok = fmt.Sprintf(">= %.2f, >= %.2f", least.top1, least.top5), yes(ours.share(1) >= least.top1 && ours.share(5) >= least.top5)
	case least.top5 > 0:
		bar, ok = fmt.Sprintf("top 5 >= %.2f", least.top5), yes(ours.share(5) >= least.top5)
	}
	line := []string{what, fmt.Sprint(ours.n), fmt.Sprintf("%.3f", ours.share(1)), fmt.Sprintf("%.3f", ours.share(5)), bar, ok}
	for _, o := range others {
		line = append(line, o.String())
	}
	s.Log(strings.Join(line, "  "))
	s.table = append(s.table, line)
}

// addSpeed adds a line to the table of speed.
func (s *searchBench) addSpeed(what, ours, peer, ratio, bar, ok string) {
	line := []string{what, ours, peer, ratio, bar, ok}
	s.Log(strings.Join(line, "  "))
	s.speed = append(s.speed, line)
}

func (s *searchBench) print() {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	write := func(lines [][]string, title ...string) {
		if len(lines) == 0 {
			return
		}
		_, _ = fmt.Fprintf(w, "\n%s\n", strings.Join(title, "\t"))
		for _, line := range lines {
			_, _ = fmt.Fprintln(w, strings.Join(line, "\t"))
		}
		_ = w.Flush()
	}
	write(s.table, "FOUND", "QUERIES", "TOP 1", "TOP 5", "BAR", "MET", "SAHILM/FUZZY 1/5 (of)", "FZF 1/5 (of)")
	write(s.speed, "SPEED", "POU", "PEER", "RATIO", "BAR", "MET")
	fmt.Println("\nWhere several answer equally well, a place among them counts as the chance of it (the expected rank).")
	for _, line := range s.said {
		fmt.Println(line)
	}
}
