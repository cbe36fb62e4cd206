package cli_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/store/bolt"
	"pou/store/memory"
	"pou/ui/cli"
)

var update = flag.Bool("update", false, "write what is got as what is wanted")

// The commands run as processes of their own, so that a store can be held by another one.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pou": func() { os.Exit(runPou()) }, "hold": func() { os.Exit(runHold()) }})
}

func runPou() int {
	return cli.Run(context.Background(), cli.Env{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Home: os.Getenv("HOME"),
		User: os.Getenv("LOGIN"), Version: "v1.2.3", Now: time.Now,
		Open:    openBolt,
		Scratch: func() store.Engine { return memory.New() },
		Missing: func(path string) bool {
			_, err := os.Stat(path)
			return errors.Is(err, os.ErrNotExist)
		},
		Screen: func(context.Context, cli.Session) error {
			return errors.New("the screen was opened without a terminal")
		},
	})
}

func openBolt(path string) (store.Engine, error) {
	return bolt.Open(path, bolt.Holder{PID: 4711, User: "adeyemi", Host: "desk9", Since: time.Date(2026, 11, 24, 5, 40, 0, 0, time.UTC)})
}

// runHold holds a store until its standard input ends, and says when it does.
func runHold() int {
	engine, err := openBolt(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := os.WriteFile("held", nil, 0o600); err != nil {
		return 1
	}
	time.Sleep(time.Hour) // the script ends it
	_ = engine.Close()
	return 0
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("LOGIN", "shah")
			e.Setenv("POU_STORE", filepath.Join(e.WorkDir, "desk.db"))
			data, err := filepath.Abs("testdata")
			if err != nil {
				return err
			}
			e.Setenv("TESTDATA", data)
			e.Setenv("POU_DATA", publicData())
			e.Setenv("NO_COLOR", "1")
			e.Setenv("GORACE", "atexit_sleep_ms=0") // a race-built command sleeps a second at its end otherwise
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "await": await, "days": days, "envfile": envfile, "newref": newRef, "fill": fill,
		},
		Condition: func(cond string) (bool, error) {
			if cond != "ofac" {
				return false, fmt.Errorf("there is no condition %q", cond)
			}
			_, err := os.Stat(filepath.Join(publicData(), "ofac", "sdn.csv"))
			if err != nil {
				t.Logf("ABSENT: %s has no ofac/sdn.csv; the import of the real list is not tested", publicData())
			}
			return err == nil, nil
		},
	})
}

// publicData is where the public data sets are kept, outside the repository.
func publicData() string {
	if dir := os.Getenv("POU_DATA"); dir != "" {
		return dir
	}
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "data"))
	if err != nil {
		return ""
	}
	return dir
}

// exits runs a command and wants its exit code: exits 4 pou --as nobody list due.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	var failed interface{ ExitCode() int }
	if errors.As(err, &failed) {
		code = fmt.Sprint(failed.ExitCode())
	} else if err != nil {
		code = err.Error()
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

// await waits for a file, such as the one that says a store is held.
func await(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	for range 1000 {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s never came", args[0])
}

// days puts the days around today into a file where it names them.
func days(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(withDays(ts.ReadFile(args[0]), time.Now())), 0o600))
}

func withDays(text string, now time.Time) string {
	today := day.On(now)
	return strings.NewReplacer("@YESTERDAY@", today.AddDays(-1).String(), "@TODAY@", today.String(),
		"@NEXTWEEK@", today.AddDays(7).String(), "@NEXTMONTH@", today.AddDays(30).String(), "@BORN17@", today.AddDays(30).AddYears(-18).String()).Replace(text)
}

// envfile puts a file's one line into a variable.
func envfile(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile(args[1])))
}

// newRef puts the reference a receipt on stdout names first into a variable: newref ORDER.
func newRef(ts *testscript.TestScript, _ bool, args []string) {
	_, after, found := strings.Cut(ts.ReadFile("stdout"), `"ref":"`)
	ref, _, closed := strings.Cut(after, `"`)
	if !found || !closed {
		ts.Fatalf("no receipt on stdout names a reference")
	}
	ts.Setenv(args[0], ref)
}

// fill puts variables into a file where it names them: fill year.jsonl ORDER writes the order's reference for @ORDER@.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	for _, name := range args[1:] {
		text = strings.ReplaceAll(text, "@"+name+"@", ts.Getenv(name))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

func TestReferenceOfActions(t *testing.T) {
	t.Parallel()
	got := runForText(t, "actions", "--output", "markdown")
	path := filepath.Join("..", "..", "docs", "actions.md")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("docs/actions.md is not what pou actions --output markdown prints; run go test ./ui/cli -update")
	}
	for _, s := range model.Actions() {
		if listed := strings.Contains(got, "\n## "+s.Name+"\n"); listed == s.Internal {
			t.Errorf("action %s: listed %v, internal %v", s.Name, listed, s.Internal)
		}
	}
}
