//go:build bench && unix

package atlas

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"
)

// benchRuns is how often everything is measured; what is printed is the median.
const benchRuns = 7

// city is two devices that send a position every few seconds for ninety days, from all over London.
func city(n int) *Set {
	rng := rand.New(rand.NewPCG(7, 6))
	s := &Set{Names: []string{"", "07700900001", "07700900002"}, Rows: make([]Row, 2*n), Sites: []Site{{}}, Files: []File{{Name: "city"}}}
	at, step := int64(1_700_000_000_000), int64(90*dayMillis)/int64(2*n)
	for i := range s.Rows {
		at += rng.Int64N(2*step) + 1
		s.Rows[i] = Row{
			At: at, Own: Handle(1 + i%2), Kind: Position, Lat: 51_300_000 + rng.Int32N(400_000), Lon: -500_000 + rng.Int32N(800_000),
			Metres: 5 + rng.Uint32N(30), Line: uint32(i + 1),
		}
	}
	return s
}

// exchange is n calls, texts and messages of four devices with 20,000 others over two years.
func exchange(n int) *Set {
	rng := rand.New(rand.NewPCG(8, 6))
	s := &Set{Names: make([]string, 20_005), Rows: make([]Row, n), Sites: []Site{{}}, Files: []File{{Name: "exchange"}}}
	at := int64(1_700_000_000_000)
	for i := range s.Rows {
		at += rng.Int64N(2 * 730 * dayMillis / int64(n))
		r := Row{
			At: at, Own: Handle(1 + rng.IntN(4)), Other: Handle(5 + rng.IntN(20_000)), Kind: []Kind{Call, Text, Message}[rng.IntN(3)],
			Flags: Flags(rng.IntN(2)), Lat: NoPlace, Lon: NoPlace, Line: uint32(i + 1),
		}
		if r.Kind == Call {
			r.Seconds = rng.Uint32N(600)
			r.Flags |= Flags(rng.IntN(2)) * Unanswered
		}
		s.Rows[i] = r
	}
	return s
}

// bars is the table that is filled.
type bars struct {
	*testing.T
	lines [][]string
}

func (b *bars) add(what string, ours cost, peer, ratio, bar string, ok bool) {
	b.Helper()
	says := map[bool]string{true: "met", false: "NOT MET"}[ok]
	if bar == "" {
		says = ""
	}
	b.lines = append(b.lines, []string{what, ms(ours.wall), ms(ours.cpu), peer, ratio, bar, says})
}

// cost is what something took: by the clock, and of all processors together, which others on the machine disturb less.
type cost struct{ wall, cpu time.Duration }

func ms(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f ms", d.Seconds()*1000)
}

// median runs something several times and gives the median of each.
func median(work func()) cost {
	var walls, cpus []time.Duration
	for range benchRuns {
		runtime.GC()
		begun, used := time.Now(), processor()
		work()
		walls, cpus = append(walls, time.Since(begun)), append(cpus, processor()-used)
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	return cost{walls[len(walls)/2], cpus[len(cpus)/2]}
}

func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestBenchAtlas measures the kernels beside DuckDB and SQLite, whichever is on the PATH, on the same data in the same run, and prints
// one table. It fails when results differ and never for being slow: a machine shared with others says little about a program, and
// the ratio beside it says more.
func TestBenchAtlas(t *testing.T) {
	b := &bars{T: t}
	b.meets()
	b.meetsBesidePeers()
	b.contacts()
	b.brush()
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(w, "\n%d cores, medians of %d runs\n\nWHAT\tPOU\tCPU\tPEER\tRATIO\tBAR\tOK?\n", runtime.NumCPU(), benchRuns)
	for _, line := range b.lines {
		_, _ = fmt.Fprintln(w, strings.Join(line, "\t"))
	}
	_ = w.Flush()
}

// atOnce gathers both sides at once and runs the work in as many parts as there are cores: what a caller outside this package does.
func atOnce(x *Index, rule Rule) []Meet {
	var wait sync.WaitGroup
	var a, b *Path
	wait.Go(func() { a = x.Path(Window{}, Suspect, rule) })
	wait.Go(func() { b = x.Path(Window{}, Victim, rule) })
	wait.Wait()
	p := Against(a, b, rule)
	parts := make([][]Meet, runtime.NumCPU())
	for i := range parts {
		wait.Go(func() { parts[i] = p.Part(i, len(parts)) })
	}
	wait.Wait()
	return Join(rule, parts...)
}

func pairsIn(meets []Meet) (n int) {
	for i := range meets {
		n += meets[i].Pairs
	}
	return n
}

func (b *bars) meets() {
	x, rule := Prepare(city(1_000_000), both()), Usual()
	var one, all []Meet
	single := median(func() { one = x.Paths(Window{}, Suspect, Victim, rule).Meets() })
	halves := median(func() { all = atOnce(x, rule) })
	if diff := differ(one, all); diff != "" {
		b.Error("in parts:", diff)
	}
	b.add(fmt.Sprintf("1M × 1M positions to occasions, laid out and joined (%d pairs)", pairsIn(all)), halves, "", "", "≤ 500 ms", halves.wall <= 500*time.Millisecond)
	b.add("  the same on one core", single, "", "", "", true)
	p := x.Paths(Window{}, Suspect, Victim, rule)
	few := all[:min(len(all), 157)]
	b.add(fmt.Sprintf("  base rate and explanations of %d of them", len(few)), median(func() { x.Contexts(p, few) }), "", "", "", true)
}

// peer is a database on the PATH that reads SQL from standard input and says how long each statement took.
type peer struct {
	name, path, integer string // integer is how it divides whole numbers
	load                func(table, columns, file string) string
}

func peers(t *testing.T) []peer {
	t.Helper()
	all := []peer{
		{name: "duckdb", integer: "//", load: func(table, columns, file string) string {
			return fmt.Sprintf("CREATE TABLE %s(%s);\nCOPY %s FROM '%s' (HEADER false);\n", table, columns, table, file)
		}},
		{name: "sqlite3", integer: "/", load: func(table, columns, file string) string {
			return fmt.Sprintf("CREATE TABLE %s(%s);\n.import --csv %s %s\n", table, columns, file, table)
		}},
	}
	var found []peer
	for _, p := range all {
		path, err := exec.LookPath(p.name)
		if err != nil {
			t.Logf("%s is not on the PATH: MISSING from the comparison", p.name)
			continue
		}
		p.path = path
		found = append(found, p)
	}
	return found
}

var realTime = regexp.MustCompile(`real ([0-9.]+)`)

// ask runs a query three times after loading, and gives the last answer and the median of the times it says.
func (p *peer) ask(t *testing.T, load, query string) (answer string, took time.Duration) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), p.path)
	cmd.Stdin = strings.NewReader(load + ".mode list\n.headers off\n.timer on\n" + strings.Repeat(query+";\n", 3))
	var out, bad bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &bad
	if err := cmd.Run(); err != nil {
		t.Errorf("%s: %v: %s", p.name, err, bad.String())
		return "", 0
	}
	var times []float64
	for line := range strings.Lines(out.String()) {
		if m := realTime.FindStringSubmatch(line); m != nil {
			f, _ := strconv.ParseFloat(m[1], 64)
			times = append(times, f)
		} else if text := strings.TrimSpace(line); text != "" {
			answer = text
		}
	}
	if len(times) < 3 {
		t.Errorf("%s says no times: %s %s", p.name, out.String(), bad.String())
		return answer, 0
	}
	times = times[len(times)-3:]
	slices.Sort(times)
	return answer, time.Duration(times[1] * float64(time.Second))
}

// beside adds a line for each database, and holds its answer against ours.
func (b *bars) beside(what string, ours cost, want string, load func(*peer) string, query func(*peer) string, bar float64) {
	b.Helper()
	found := peers(b.T)
	if len(found) == 0 {
		b.add(what, ours, "no database found", "", "", true)
	}
	for i := range found {
		p := &found[i]
		answer, took := p.ask(b.T, load(p), query(p))
		if answer != want {
			b.Errorf("%s: %s says %q, we %q", what, p.name, answer, want)
		}
		ratio := took.Seconds() / ours.wall.Seconds()
		says := ""
		if bar > 0 {
			says = fmt.Sprintf("≥ %.1f ×", bar)
		}
		b.add(what, ours, fmt.Sprintf("%s %.1f ms", p.name, took.Seconds()*1000), fmt.Sprintf("%.1f ×", ratio), says, ratio >= bar)
	}
}

func (b *bars) write(name string, rows [][]string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// meetsBesidePeers compares with the best form a database has for it: a bucket of time and a grid of places, joined on equality, and
// the exact rule on what is left. The grid is wider than the rule with the coarsest two rows of this data (270 m).
func (b *bars) meetsBesidePeers() {
	s, rule := city(100_000), Usual()
	x := Prepare(s, both())
	var all []Meet
	ours := median(func() { all = atOnce(x, rule) })
	var sides [2][][]string
	for i := range s.Rows {
		r := &s.Rows[i]
		line := []string{strconv.FormatInt(r.At, 10), strconv.FormatFloat(float64(r.Lat)/1e6, 'f', 6, 64), strconv.FormatFloat(float64(r.Lon)/1e6, 'f', 6, 64), fmt.Sprint(r.Metres)}
		sides[r.Own-1] = append(sides[r.Own-1], line)
	}
	fa, fb := b.write("a.csv", sides[0]), b.write("b.csv", sides[1])
	const columns = "t BIGINT, lat DOUBLE, lon DOUBLE, m INTEGER"
	query := func(p *peer) string {
		return `WITH d(n) AS (VALUES (-1),(0),(1)),
a2 AS MATERIALIZED (SELECT t, lat, lon, m, t ` + p.integer + ` 900000 AS tb, CAST(floor(lat/0.0025) AS INTEGER) AS gx, CAST(floor(lon/0.0045) AS INTEGER) AS gy FROM a),
b2 AS MATERIALIZED (SELECT t, lat, lon, m, t ` + p.integer + ` 900000 + d1.n AS tb, CAST(floor(lat/0.0025) AS INTEGER) + d2.n AS gx, CAST(floor(lon/0.0045) AS INTEGER) + d3.n AS gy FROM b, d d1, d d2, d d3)
SELECT count(*) FROM a2 JOIN b2 ON a2.tb = b2.tb AND a2.gx = b2.gx AND a2.gy = b2.gy
WHERE abs(a2.t - b2.t) <= 900000 AND 2*6371008.8*asin(sqrt(pow(sin(radians(b2.lat-a2.lat)/2),2) + cos(radians(a2.lat))*cos(radians(b2.lat))*pow(sin(radians(b2.lon-a2.lon)/2),2))) - a2.m - b2.m <= 200`
	}
	load := func(p *peer) string { return p.load("a", columns, fa) + p.load("b", columns, fb) }
	b.beside("100k × 100k positions to occasions", ours, fmt.Sprint(pairsIn(all)), load, query, 6)
}

func (b *bars) contacts() {
	s := exchange(1_000_000)
	var x *Index
	prepared := median(func() { x = Prepare(s, nil) })
	var table []Contact
	ours := median(func() { table = x.Contacts(Window{}) })
	var sum Totals
	var most, firsts int64
	for i := range table {
		most += int64(table[i].Count()) * int64(table[i].Count())
		firsts += table[i].Last - table[i].First
	}
	sum = Sum(table)
	rows := make([][]string, len(s.Rows))
	for i := range s.Rows {
		r := &s.Rows[i]
		rows[i] = []string{
			strconv.FormatInt(r.At, 10), fmt.Sprint(r.Own), fmt.Sprint(r.Other), fmt.Sprint(r.Kind), fmt.Sprint(flag(r.Has(Out))), fmt.Sprint(flag(r.Has(Unanswered))), fmt.Sprint(r.Seconds),
		}
	}
	file := b.write("calls.csv", rows)
	load := func(p *peer) string {
		return p.load("c", "t BIGINT, own INTEGER, other INTEGER, kind TEXT, out INTEGER, un INTEGER, s INTEGER", file)
	}
	query := func(*peer) string {
		return `SELECT count(*) || ' ' || CAST(sum(n*n) AS BIGINT) || ' ' || CAST(sum(s) AS BIGINT) || ' ' || CAST(sum(un) AS BIGINT) || ' ' || CAST(sum(last-first) AS BIGINT) FROM
(SELECT own, other, count(*) AS n, sum(s) AS s, sum(un) AS un, min(t) AS first, max(t) AS last, sum(CASE WHEN kind='call' AND out=1 THEN 1 ELSE 0 END) AS callsout,
sum(CASE WHEN kind='call' AND out=0 THEN 1 ELSE 0 END) AS callsin, sum(CASE WHEN kind='text' AND out=1 THEN 1 ELSE 0 END) AS textsout, sum(CASE WHEN kind='text' AND out=0 THEN 1 ELSE 0 END) AS textsin
FROM c GROUP BY own, other)`
	}
	want := fmt.Sprintf("%d %d %d %d %d", len(table), most, sum.Seconds, sum.Unanswered.Sum(), firsts)
	b.add("1M rows made ready", prepared, "", "", "", true)
	b.beside("contact table of 1M rows, ready", ours, want, load, query, 1.5)
	b.beside("contact table of 1M rows, made ready first", cost{prepared.wall + ours.wall, prepared.cpu + ours.cpu}, want, load, query, 0)
}

// brush moves a window over a million rows as an officer does, and works out all that a screen shows for every frame.
func (b *bars) brush() {
	s := exchange(1_000_000)
	before := heap()
	x := Prepare(s, nil)
	perRow := float64(heap()-before)/float64(len(s.Rows)) + 64 // and the row itself
	span, brush := x.Span(), x.Brush()
	frame := func(w Window) {
		brush.Move(w)
		brush.Top(50)
		brush.Totals()
		brush.Hours(nil)
		x.Lanes(w, 200)
	}
	var took, used []time.Duration
	for i := range int64(400) {
		begun, cpu := time.Now(), processor()
		frame(Window{span.From + i*dayMillis, span.To - i*dayMillis/2})
		took, used = append(took, time.Since(begun)), append(used, processor()-cpu)
	}
	slices.Sort(took)
	slices.Sort(used)
	p99, p50 := took[len(took)*99/100], took[len(took)/2]
	b.add("a frame while brushing 1M rows: first 50 contacts, totals, heat map, lanes; p99", cost{p99, used[len(used)*99/100]}, "", "", "≤ 16 ms", p99 <= 16*time.Millisecond)
	b.add("  p50", cost{p50, used[len(used)/2]}, "", "", "", true)
	b.add("  the first, of everything", median(func() {
		brush = x.Brush()
		frame(span)
	}), "", "", "", true)
	b.lines = append(b.lines, []string{"memory for each row, ready", fmt.Sprintf("%.0f bytes", perRow), "", "", "", "≤ 300 bytes", map[bool]string{true: "met", false: "NOT MET"}[perRow <= 300]})
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
