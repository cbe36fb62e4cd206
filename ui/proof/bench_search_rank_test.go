//go:build bench

package proof

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sahilm/fuzzy"

	"pou/model/match"
)

// answered is a line that answers a query; a higher score is better.
type answered struct {
	line  int
	score int
}

// finder answers a query with lines, best first, n at most.
type finder interface {
	find(query string, n int) ([]answered, error)
}

const (
	seen = 12  // answers that the box shows
	ties = 400 // answers among which equals are counted
)

// indexed is our own index over names.
type indexed struct{ x *match.Index }

func indexOf(names []string) indexed {
	x := match.NewIndex()
	for i, n := range names {
		x.Put(uint32(i), match.Named(n))
	}
	return indexed{x}
}

func (f indexed) find(query string, n int) ([]answered, error) {
	hits := f.x.Find(query, n)
	out := make([]answered, len(hits))
	for i, h := range hits {
		out[i] = answered{int(h.ID), int(h.Score)}
	}
	return out, nil
}

// lettered is sahilm/fuzzy over lines.
type lettered struct{ lines []string }

func (f lettered) find(query string, n int) ([]answered, error) {
	var out []answered
	for _, m := range fuzzy.Find(words(query), f.lines) {
		out = append(out, answered{m.Index, m.Score})
	}
	return out[:min(n, len(out))], nil
}

// filtered is fzf --filter over a file of lines. It prints no scores: its order is taken as it is.
type filtered struct {
	fzf, file string
}

// fzfOver writes the lines to a file, each behind its number, which fzf does not search. It returns nil without an fzf.
func (s *searchBench) fzfOver(lines []string) *filtered {
	s.Helper()
	fzf, err := exec.LookPath("fzf")
	if err != nil {
		return nil
	}
	var text strings.Builder
	for i, l := range lines {
		_, _ = fmt.Fprintf(&text, "%d\t%s\n", i, l)
	}
	file := filepath.Join(s.TempDir(), "lines")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		s.Fatal(err)
	}
	return &filtered{fzf, file}
}

func (f *filtered) find(query string, n int) ([]answered, error) {
	in, err := os.Open(f.file)
	if err != nil {
		return nil, err
	}
	defer in.Close() // only read
	cmd := exec.Command(f.fzf, "--filter", words(query), "--delimiter", "\t", "--nth", "2..")
	cmd.Stdin = in
	text, err := cmd.Output()
	if err != nil && cmd.ProcessState.ExitCode() != 1 { // 1: nothing matches
		return nil, fmt.Errorf("fzf --filter %q: %w", query, err)
	}
	var out []answered
	for line := range strings.Lines(string(text)) {
		if len(out) == n {
			break
		}
		number, _, _ := strings.Cut(line, "\t")
		i, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("fzf wrote %q: %w", line, err)
		}
		out = append(out, answered{i, -len(out)})
	}
	return out, nil
}

// words are the words of a text without punctuation, which to a filter by letters would be letters that must be there.
func words(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// sought is a query and the lines that are right answers to it.
type sought struct {
	query string
	right func(line int) bool
	found []answered // by our own index, for the classes of what was missed
	top1  float64    // the chances of it
	top5  float64
}

// place answers a query and returns the chance that a right answer is the first, and among the first five.
func place(f finder, q sought) (top1, top5 float64, all []answered, err error) {
	all, err = f.find(q.query, seen)
	if err == nil && len(all) == seen && unsure(all, q.right) {
		all, err = f.find(q.query, ties)
	}
	return chance(all, q.right, 1), chance(all, q.right, 5), all, err
}

// unsure reports whether lines not listed may be equal to those that matter.
func unsure(all []answered, right func(int) bool) bool {
	last := all[len(all)-1].score
	i := slices.IndexFunc(all, func(a answered) bool { return right(a.line) })
	return i >= 0 && all[i].score == last || i < 0 && all[4].score == last
}

// chance is how likely a right answer is among the first k when those of equal score stand in any order.
func chance(all []answered, right func(int) bool, k int) float64 {
	for from := 0; from < len(all) && from < k; {
		to, good := from, 0
		for ; to < len(all) && all[to].score == all[from].score; to++ {
			if right(all[to].line) {
				good++
			}
		}
		if good > 0 {
			miss := 1.0
			for i := range min(k, to) - from { // none of those drawn is right
				miss *= float64(max(0, to-from-good-i)) / float64(to-from-i)
			}
			return 1 - miss
		}
		from = to
	}
	return 0
}

// tally counts what was found.
type tally struct {
	n          int
	top1, top5 float64
	missing    string // why nothing was measured
}

func (t *tally) count(top1, top5 float64) {
	t.n++
	t.top1 += top1
	t.top5 += top5
}

func (t *tally) plus(o tally) {
	t.n, t.top1, t.top5 = t.n+o.n, t.top1+o.top1, t.top5+o.top5
}

func (t tally) share(k int) float64 {
	switch {
	case t.n == 0:
		return 0
	case k == 1:
		return t.top1 / float64(t.n)
	}
	return t.top5 / float64(t.n)
}

func (t tally) String() string {
	if t.missing != "" {
		return t.missing
	}
	return fmt.Sprintf("%.2f/%.2f (%d)", t.share(1), t.share(5), t.n)
}

// seek answers every query with our own index, and notes with each what was found.
func (s *searchBench) seek(f finder, queries []sought) tally {
	s.Helper()
	var t tally
	for i, q := range queries {
		top1, top5, all, err := place(f, q)
		if err != nil {
			s.Fatal(err)
		}
		t.count(top1, top5)
		queries[i].found, queries[i].top1, queries[i].top5 = all, top1, top5
	}
	return t
}

// sum counts queries that have been answered.
func sum(queries []sought) (t tally) {
	for _, q := range queries {
		t.count(q.top1, q.top5)
	}
	return t
}

// others answers some of the queries, n at most and evenly spread, as sahilm/fuzzy and fzf do.
func (s *searchBench) others(lines []string, queries []sought, letters, fzfs int) []tally {
	s.Helper()
	out := []tally{s.some(lettered{lines}, queries, letters), {missing: "fzf: not installed"}}
	if fzf := s.fzfOver(lines); fzf != nil {
		out[1] = s.some(fzf, queries, fzfs)
	}
	return out
}

func (s *searchBench) some(f finder, queries []sought, n int) tally {
	s.Helper()
	var t tally
	n = min(n, len(queries))
	for i := range n {
		top1, top5, _, err := place(f, queries[i*len(queries)/n])
		if err != nil {
			s.Fatal(err)
		}
		t.count(top1, top5)
	}
	return t
}
