package proof

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// root is the checkout, seen from this package.
const root = "../.."

// clock is the time the sample is made at and the desk opened at, so that every run sees the same screens.
const clock = "2026-11-24T05:07:00Z"

// patience is how long the binary may take over anything; it is there to end a test that hangs, not to time it.
const patience = 30 * time.Second

// workshop is where the binary and the sample are made, once for all tests.
var workshop string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "pou-proof-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	workshop = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

var build = sync.OnceValues(func() (string, error) {
	if err := noteSources(); err != nil {
		return "", err
	}
	out := filepath.Join(workshop, "pou")
	args := []string{"build", "-ldflags", "-s -w", "-o", out} // no -trimpath: the packages are then those go test has built already
	if raced {
		args = append(args, "-race")
	}
	cmd := exec.Command("go", append(args, ".")...)
	cmd.Dir = root
	if raced {
		cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	}
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the binary: %w\n%s", err, text)
	}
	return out, nil
})

// noteSources looks at every source file, which tells go test what these tests depend on: without it a changed desk would
// be answered with the cached result of the old one.
func noteSources() error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if name := d.Name(); strings.HasSuffix(name, ".go") || name == "go.mod" {
			_, err = os.Stat(path)
		}
		return err
	})
}

func binary(tb testing.TB) string {
	tb.Helper()
	path, err := build()
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

var sample = sync.OnceValues(func() ([]byte, error) {
	path, err := build()
	if err != nil {
		return nil, err
	}
	db := filepath.Join(workshop, "sample.db")
	if text, err := exec.Command(path, "--store", db, "--now", clock, "sample", "--people", "500").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("make the sample: %w\n%s", err, text)
	}
	return os.ReadFile(db)
})

// home is one user's machine: a home directory and a store.
type home struct {
	tb    testing.TB
	dir   string
	store string
}

// newHome is a machine with nothing on it.
func newHome(tb testing.TB) *home {
	tb.Helper()
	binary(tb)
	dir := tb.TempDir()
	h := &home{tb: tb, dir: dir, store: filepath.Join(dir, "desk.db")}
	tb.Cleanup(func() {
		reports, _ := filepath.Glob(h.raceLog() + ".*")
		for _, r := range reports {
			text, _ := os.ReadFile(r)
			tb.Errorf("the binary raced:\n%s", text)
		}
	})
	return h
}

// sampled is a machine with a fresh copy of the sample.
func sampled(tb testing.TB) *home {
	tb.Helper()
	h := newHome(tb)
	data, err := sample()
	if err == nil {
		err = os.WriteFile(h.store, data, 0o600)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

func (h *home) raceLog() string { return filepath.Join(h.dir, "race") }

func (h *home) env(more ...string) []string {
	return append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + h.dir, "XDG_DATA_HOME=" + h.dir, "XDG_CONFIG_HOME=" + h.dir, "XDG_STATE_HOME=" + h.dir,
		"TERM=xterm-256color", "LANG=C.UTF-8", "TZ=Europe/London", "POU_STORE=" + h.store, "GORACE=atexit_sleep_ms=0 log_path=" + h.raceLog(), // which otherwise sleeps a second at exit
	}, more...)
}

func (h *home) command(args ...string) *exec.Cmd {
	cmd := exec.Command(binary(h.tb), args...)
	cmd.Env = h.env()
	return cmd
}

// said is what a command answered.
type said struct {
	out, err string
	code     int
}

// run runs one command to its end.
func (h *home) run(args ...string) said {
	h.tb.Helper()
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	cmd := exec.CommandContext(ctx, binary(h.tb), args...)
	cmd.Env = h.env()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		h.tb.Fatalf("pou %s: %v", strings.Join(args, " "), err)
	}
	return said{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// well runs a command that must succeed, and returns what it printed.
func (h *home) well(args ...string) string {
	h.tb.Helper()
	s := h.run(args...)
	if s.code != 0 {
		h.tb.Fatalf("pou %s: exit %d\n%s%s", strings.Join(args, " "), s.code, s.out, s.err)
	}
	return s.out
}

// row is what the tests read of a row of pou list.
type row struct {
	Ref    string `json:"ref"`
	Name   string `json:"name"`
	Person string `json:"person"`
	Status string `json:"status"`
	What   string `json:"what"`
}

func (h *home) list(args ...string) []row {
	h.tb.Helper()
	var rows []row
	text := h.well(append([]string{"--as", lead, "--now", clock, "list", "--output", "json"}, args...)...)
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		h.tb.Fatalf("pou list %v: %v\n%s", args, err, text)
	}
	return rows
}

// lead is the officer the sample begins with.
const lead = "O-0001"
