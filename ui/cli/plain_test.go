package cli_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pou/store"
	"pou/store/memory"
	"pou/ui/cli"
)

// at is when the transcripts take place: a Tuesday before dawn.
func at() time.Time { return time.Date(2026, 11, 24, 5, 40, 0, 0, time.UTC) }

// keep keeps an engine open from one command to the next.
type keep struct{ *memory.Engine }

func (keep) Close() error { return nil }

// seat is a place to run commands from, all on one store.
type seat struct {
	engine   store.Engine
	terminal bool
}

func newSeat() *seat { return &seat{engine: keep{memory.New()}} }

func (s *seat) run(t *testing.T, in string, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = cli.Run(context.Background(), cli.Env{
		Args: args, In: &typist{strings.SplitAfter(in, "\n"), &o, s.terminal}, Out: &o, Err: &e, InTerminal: s.terminal, OutTerminal: s.terminal, Width: 100,
		Getenv: func(string) string { return "" }, Home: "/home/shah", User: "shah", Version: "v1.2.3", Now: at,
		Open:   func(string) (store.Engine, error) { return s.engine, nil },
		Screen: func(context.Context, cli.Session) error { return nil },
	})
	return o.String(), e.String(), code
}

// typist types a line at a time, which a terminal echoes.
type typist struct {
	lines    []string
	screen   *bytes.Buffer
	terminal bool
}

func (k *typist) Read(p []byte) (int, error) {
	if len(k.lines) == 0 || k.lines[0] == "" {
		return 0, io.EOF
	}
	n := copy(p, k.lines[0])
	if k.terminal {
		k.screen.WriteString(k.lines[0][:n])
	}
	if k.lines[0] = k.lines[0][n:]; k.lines[0] == "" {
		k.lines = k.lines[1:]
	}
	return n, nil
}

func runForText(t *testing.T, args ...string) string {
	t.Helper()
	out, errs, code := newSeat().run(t, "", args...)
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	return out
}

const firstPeople = `{"action":"officer.add","fields":{"name":"ADEYEMI, Tolu","rank":"PS","unit":"SW","roles":"sergeant","login":"adeyemi"}}
{"action":"person.add","fields":{"surname":"Varga","forename":"Mateusz","born":"3 Dec 1984","unit":"SW","address":"12 Example Road"}}
{"action":"marker.add","fields":{"person":"P-1","code":"VI","source":"PNC","set":"2023-01-01"}}
`

// The answers are shown where they would be typed, so that a transcript reads as the officer heard it.
func TestPlainTranscripts(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		"an officer finds a person, marks them wanted and records an attempt": {
			"f varga", "1", // open the person
			"8", // mark as wanted
			"4,s4A", "2026-10-01", "11", "1", "seen at the bus stop", "n",
			"W-1",
			"6", // record an attempt
			"", "1", "12 Example Road", "", "try again at six", "n",
			"b", "b", "b", "q",
		},
		"a mistake is said at once and asked for again": {
			"n", "1", "", "Novak", "", "31 Feb 1990", "Feb 1990", "", "ZZ", "3", "n", "q",
		},
		"a refusal names the field, which is asked for again": {
			"P-1", "8", "4", "1 Jan 2030", "11", "4", "", "n", "1 Jan 2026", "b", "q",
		},
		"a name where a reference is wanted is answered with who it may be": {
			"P-1", "18", "adeyemi", "O-0002", "Address check", "", "", "", "n", "b", "5", "1", "b", "b", "q",
		},
		"a session is logged and found in a list behind the numbered ones": {
			"n", "4", "1", "many", "25", "Stalking first", "Putney", "", "", "11", "", "n", "9", "6", "1", "b", "b", "9", "b", "q",
		},
		"leaving a form saves nothing":                  {"n", "1", "Novak", "/q", "6", "q"},
		"a line that breaks off in a form ends quietly": {"n", "1", "Novak"},
		"a filter that cannot be read is said":          {"1", "/foo:x", "b", "q"},
	}
	for name, answers := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSeat()
			if out, errs, code := s.run(t, firstPeople, "do"); code != 0 {
				t.Fatalf("%s%s", out, errs)
			}
			s.terminal = true
			out, errs, code := s.run(t, strings.Join(answers, "\n")+"\n", "--plain")
			if code != 0 || errs != "" {
				t.Errorf("exit code %d: %s", code, errs)
			}
			if strings.ContainsAny(out, "\x1b\r") {
				t.Error("something is drawn over")
			}
			golden(t, name, out)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	hold(t, filepath.Join("testdata", "plain", strings.NewReplacer(" ", "-", ",", "").Replace(name)+".txt"), got)
}

func goldenFile(t *testing.T, name, got string) {
	t.Helper()
	hold(t, filepath.Join("testdata", "answers", name), got)
}

// hold holds what is got against a file; -update writes the file.
func hold(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the diff. Got:\n%s", path, got)
	}
}
