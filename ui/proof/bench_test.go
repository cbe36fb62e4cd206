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
	"testing"
	"text/tabwriter"
	"time"
)

// runs is how often everything is measured; what is printed is the median.
const runs = 7

// bench is a store with many people, and the table that is filled.
type bench struct {
	*testing.T
	h      *home
	people int
	first  row // the wanted person at the top of the lead's list
	table  [][]string
}

// TestBenchTable measures the real binary beside its peers and prints one table. It never fails for being slow: a machine
// shared with others says little about a program, and the ratio beside it says more.
func TestBenchTable(t *testing.T) {
	b := &bench{T: t, people: asked(t, 100_000)}
	b.h = newHome(t)
	begun := time.Now()
	if out, err := b.h.command("--now", clock, "sample", "--people", strconv.Itoa(b.people)).CombinedOutput(); err != nil { // as long as it takes
		t.Fatalf("pou sample: %v\n%s", err, out)
	}
	t.Logf("made a sample of %d people in %.1f s", b.people, time.Since(begun).Seconds())
	b.first = b.h.list("wanted", "--unit", "SW", "--limit", "1")[0]

	for _, part := range []struct {
		name string
		run  func()
	}{{"start", b.startUp}, {"keys", b.keys}, {"effort", b.effort}, {"import", b.imports}, {"action", b.action}, {"find", b.find}} {
		t.Run(part.name, func(t *testing.T) {
			b.T = t
			part.run()
		})
	}
	b.T = t
	b.print()
}

// add adds a line to the table. ok is empty where there is no bar.
func (b *bench) add(what, ours, peer, ratio, bar, ok string) {
	b.Logf("%s: %s, peer %s, ratio %s, bar %s %s", what, ours, peer, ratio, bar, ok)
	b.table = append(b.table, []string{what, ours, peer, ratio, bar, ok})
}

func (b *bench) print() {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(w, "\n%d people, medians of %d runs\n\nWHAT\tPOU\tPEER\tRATIO\tBAR\tOK?\n", b.people, runs)
	for _, line := range b.table {
		_, _ = fmt.Fprintln(w, strings.Join(line, "\t"))
	}
	_ = w.Flush()
}

func yes(ok bool) string {
	if ok {
		return "yes"
	}
	return "NO"
}

func ms(d time.Duration) string {
	switch v := float64(d) / float64(time.Millisecond); {
	case v < 1:
		return fmt.Sprintf("%.3f ms", v)
	case v < 100:
		return fmt.Sprintf("%.1f ms", v)
	default:
		return fmt.Sprintf("%.0f ms", v)
	}
}

func ratio(a, b float64) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f x", a/b)
}

// centile is the value that p of a hundred do not exceed.
func centile(all []time.Duration, p int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(all))
	return s[min(len(s)-1, len(s)*p/100)]
}

func median(all []time.Duration) time.Duration { return centile(all, 50) }

// peer is another program, and the words by which its first usable frame is known.
type peer struct {
	name   string
	cmd    func() *exec.Cmd // nil: not installed
	needle string
}

// peers are the programs that start is compared with.
func (b *bench) peers() []peer {
	b.Helper()
	text := filepath.Join(b.h.dir, "lines.txt")
	var lines strings.Builder
	for i := range 40 {
		_, _ = fmt.Fprintf(&lines, "line %d of a small file\n", i)
	}
	if err := os.WriteFile(text, []byte(lines.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	repo := filepath.Join(b.h.dir, "empty")
	if out, err := exec.Command("git", "init", "-q", repo).CombinedOutput(); err != nil {
		b.Logf("no empty repository for lazygit: %v %s", err, out)
	}
	return []peer{
		b.floor(),
		b.installed("lazygit, empty repository", "Files", repo, "lazygit"),
		b.installed("htop", "PID", "", "htop"),
		b.installed("vi", "line 3 of", "", "vi", "-u", "NONE", "-N", text),
		b.installed("less", "line 3 of", "", "less", text),
	}
}

func (b *bench) installed(name, needle, dir string, argv ...string) peer {
	path, err := exec.LookPath(argv[0])
	if err != nil {
		return peer{name: name}
	}
	return peer{name, func() *exec.Cmd {
		cmd := exec.Command(path, argv[1:]...)
		cmd.Dir = dir
		return cmd
	}, needle}
}

// floor builds the least program that does the same on the same toolkit: what it takes is the toolkit's.
func (b *bench) floor() peer {
	b.Helper()
	p := peer{"bubbletea v2, 100,000 rows", func() *exec.Cmd { return exec.Command(filepath.Join(b.h.dir, "floor")) }, "row 000003"}
	src, out := filepath.Join(b.h.dir, "floor.go"), filepath.Join(b.h.dir, "floor")
	if err := os.WriteFile(src, []byte(floorSource), 0o600); err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(out); err == nil {
		return p
	}
	cmd := exec.Command("go", "build", "-o", out, src)
	cmd.Dir = root
	if text, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("build the floor: %v\n%s", err, text)
	}
	return p
}

const floorSource = `package main

import (
	"fmt"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
)

type list struct{ cursor, w, h int }

func (l list) Init() tea.Cmd { return nil }

func (l list) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.w, l.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		switch msg.String() {
		case "j":
			l.cursor++
		case "k":
			l.cursor--
		case "q":
			return l, tea.Quit
		}
	}
	return l, nil
}

func (l list) View() tea.View {
	var b strings.Builder
	top := max(0, l.cursor-l.h+3)
	for y := range max(0, l.h-2) {
		mark := "  "
		if top+y == l.cursor {
			mark = "> "
		}
		fmt.Fprintf(&b, "%srow %06d of a hundred thousand\n", mark, top+y)
	}
	v := tea.NewView(b.String())
	v.AltScreen = true
	return v
}

func main() {
	if _, err := tea.NewProgram(list{}, tea.WithFPS(120)).Run(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
`

// desk is the command that opens the desk on the big store.
func (b *bench) desk() *exec.Cmd { return b.h.command("--as", lead, "--now", clock) }

// startUp measures from exec to the first frame that can be used.
func (b *bench) startUp() {
	b.Helper()
	ours := peer{"pou", b.desk, surname(b.first.Name)}
	all := append([]peer{ours}, b.peers()...)
	took := map[string][]time.Duration{}
	for n := range runs + 1 {
		for _, p := range all {
			if p.cmd == nil {
				continue
			}
			if d := b.firstFrame(p); n > 0 { // the first fills the caches
				took[p.name] = append(took[p.name], d)
			}
		}
	}
	mine := median(took["pou"])
	for _, p := range all[1:] {
		if p.cmd == nil {
			b.add("exec to first frame", ms(mine), p.name+": not installed", "-", "<= 40 ms", yes(mine <= 40*time.Millisecond))
			continue
		}
		their := median(took[p.name])
		b.add("exec to first frame", ms(mine), p.name+" "+ms(their), ratio(float64(mine), float64(their)), "<= 40 ms", yes(mine <= 40*time.Millisecond))
	}
}

// firstFrame starts a program and returns how long its first usable frame took.
func (b *bench) firstFrame(p peer) time.Duration {
	b.Helper()
	cmd := p.cmd()
	if cmd.Env == nil {
		cmd.Env = b.h.env()
	}
	t := prepare(b, cmd, 120, 40, false)
	shown := make(chan time.Time, 1)
	t.chunk = func(at time.Time, _ []byte) {
		if strings.Contains(t.em.String(), p.needle) {
			select {
			case shown <- at:
			default:
			}
		}
	}
	begun := time.Now()
	t.begin(120, 40)
	defer t.stop()
	select {
	case at := <-shown:
		return at.Sub(begun)
	case <-time.After(patience):
		b.Fatalf("%s never showed %q:\n%s", p.name, p.needle, t.screen())
		return 0
	}
}
