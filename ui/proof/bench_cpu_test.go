//go:build bench

package proof

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// cpu is how much processor time a running program has had, in all its threads.
func (b *bench) cpu(t *terminal) time.Duration {
	b.Helper()
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", t.cmd.Process.Pid))
	if err != nil || len(tasks) == 0 {
		b.Fatalf("the system does not say how much processor time %s has had: %v", t.cmd.Path, err)
	}
	var sum time.Duration
	for _, task := range tasks {
		text, err := os.ReadFile(task)
		if err != nil {
			continue // a thread that has just ended
		}
		ns, err := strconv.ParseInt(strings.Fields(string(text))[0], 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		sum += time.Duration(ns)
	}
	return sum
}

// moving presses j n times, one every pause, and returns the processor time and the bytes written for each.
func (b *bench) moving(t *terminal, p *probe, n int, pause time.Duration) (each time.Duration, bytes int) {
	b.Helper()
	t.signal(syscall.SIGCONT)
	defer t.signal(syscall.SIGSTOP) // the other has the machine to itself
	time.Sleep(100 * time.Millisecond)
	before := b.cpu(t)
	_, _, from := p.now()
	for range n {
		t.press("j")
		time.Sleep(pause)
	}
	_, _, to := p.now()
	return (b.cpu(t) - before) / time.Duration(n), (to - from) / n
}

// effort sets the processor time of a selection move beside the same list made with the toolkit's first version and its own table.
func (b *bench) effort() {
	b.Helper()
	ours := start(b, b.desk(), 160, 50, false)
	ours.sees(surname(b.first.Name)).press("0").sees("all units")
	b.filled(ours)
	desk := probing(ours, 30*time.Millisecond)
	ours.signal(syscall.SIGSTOP)
	cmd, err := b.oldToolkit()
	if err != nil {
		b.add("processor time of a selection move", "-", "bubbletea v1 cannot be built: "+err.Error(), "-", "<= 0.5 x", "")
		ours.signal(syscall.SIGCONT)
		ours.stop()
		return
	}
	floor := b.floor().cmd()
	floor.Env = b.h.env()
	least := start(b, floor, 160, 50, false)
	least.sees("row 000003")
	low := probing(least, 30*time.Millisecond)
	least.signal(syscall.SIGSTOP)
	theirs := start(b, cmd, 160, 50, false)
	theirs.sees("SURNAME000003")
	old := probing(theirs, 30*time.Millisecond)
	theirs.signal(syscall.SIGSTOP)
	for _, way := range []struct {
		what  string
		n     int
		pause time.Duration
		bar   bool
	}{{"a key held down", 80, 25 * time.Millisecond, true}, {"one at a time, with its preview", 10, 250 * time.Millisecond, false}} {
		var mine, their, lowest []time.Duration
		var bytes, oldBytes int
		for range runs {
			m, n := b.moving(ours, desk, way.n, way.pause)
			mine, bytes = append(mine, m), n
			m, n = b.moving(theirs, old, way.n, way.pause)
			their, oldBytes = append(their, m), n
			m, _ = b.moving(least, low, way.n, way.pause)
			lowest = append(lowest, m)
			for _, t := range []*terminal{ours, theirs} { // back to the top, so that all runs scroll alike
				t.signal(syscall.SIGCONT)
				t.typed("\x1b[H") // home
				time.Sleep(200 * time.Millisecond)
				t.signal(syscall.SIGSTOP)
			}
		}
		us, old := median(mine), median(their)
		bar, ok := "-", ""
		if way.bar {
			bar, ok = "<= 0.5 x", yes(2*us <= old)
		}
		b.add("processor time of a selection move, "+way.what, ms(us), "bubbletea v1, bubbles/table "+ms(old), ratio(float64(us), float64(old)), bar, ok)
		b.add("  beside the floor: bubbletea v2 alone", ms(us), "floor "+ms(median(lowest)), ratio(float64(us), float64(median(lowest))), "-", "")
		b.add("  bytes a move", strconv.Itoa(bytes), strconv.Itoa(oldBytes), ratio(float64(bytes), float64(oldBytes)), "-", "")
	}
	for _, t := range []*terminal{ours, theirs, least} {
		t.signal(syscall.SIGCONT)
		t.stop()
	}
}

// oldToolkit builds a list of as many columns with version 1 of the toolkit, in a module of its own.
func (b *bench) oldToolkit() (*exec.Cmd, error) {
	b.Helper()
	dir := filepath.Join(b.h.dir, "v1")
	out := filepath.Join(dir, "v1")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	for name, text := range map[string]string{"go.mod": oldModule, "main.go": oldSource} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	build := exec.Command("go", "build", "-mod=mod", "-o", out, ".")
	build.Dir = dir
	if text, err := build.CombinedOutput(); err != nil {
		line, _, _ := strings.Cut(string(text), "\n")
		return nil, fmt.Errorf("%w: %s", err, line)
	}
	cmd := exec.Command(out)
	cmd.Env = b.h.env()
	return cmd, nil
}

const oldModule = `module v1

go 1.26.0

require (
	github.com/charmbracelet/bubbles v0.21.0
	github.com/charmbracelet/bubbletea v1.3.10
)
`

const oldSource = `package main

import (
	"fmt"
	"os"

	"github.com/charmbracelet/bubbles/table"
	tea "github.com/charmbracelet/bubbletea"
)

type list struct{ table table.Model }

func (l list) Init() tea.Cmd { return nil }

func (l list) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.table.SetWidth(msg.Width)
		l.table.SetHeight(msg.Height - 4)
	case tea.KeyMsg:
		if msg.String() == "q" {
			return l, tea.Quit
		}
	}
	var cmd tea.Cmd
	l.table, cmd = l.table.Update(msg)
	return l, cmd
}

func (l list) View() string { return "people\n" + l.table.View() + "\nq quit\n" }

func main() {
	var rows []table.Row
	for i := range 1000 {
		rows = append(rows, table.Row{"o", fmt.Sprintf("SURNAME%06d, Forename", i), "VI? WE", "stalking", "12d", "2 attempts 47d", fmt.Sprintf("W-%06d", i)})
	}
	columns := []table.Column{
		{Title: " ", Width: 2}, {Title: "NAME", Width: 40}, {Title: "MARKERS", Width: 16}, {Title: "WANTED FOR", Width: 30}, {Title: "AGE", Width: 8},
		{Title: "TRIED", Width: 24}, {Title: "REF", Width: 10},
	}
	t := table.New(table.WithColumns(columns), table.WithRows(rows), table.WithFocused(true))
	if _, err := tea.NewProgram(list{t}, tea.WithAltScreen()).Run(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
`
