package bolt_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"pou/store"
	"pou/store/bolt"
	"pou/store/storetest"
)

// filled makes a store of a few hundred kilobytes at path, closed.
func filled(t *testing.T, path string) map[string]string {
	t.Helper()
	e := placeAt(t, path)()
	ops := storetest.NewOps(7)
	book, err := store.New(context.Background(), e, ops.Now)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Found(t, book)
	if n := ops.Play(t, book, 400); n < 30 {
		t.Fatalf("only %d operations were accepted", n)
	}
	if err := book.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	held := storetest.Keys(t, e)
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return held
}

// opens opens a store that must open, and closes it.
func opens(t *testing.T, path string) {
	t.Helper()
	e, err := bolt.Open(path, holder())
	if err != nil {
		t.Errorf("%s does not open: %v", filepath.Base(path), err)
		return
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}

// refuses opens a store that must be refused as one of want, with a sentence that says what to do.
func refuses(t *testing.T, path string, want ...error) error {
	t.Helper()
	e, err := bolt.Open(path, holder())
	if err == nil {
		t.Errorf("%s opened; want it refused", filepath.Base(path))
		_ = e.Close()
		return nil
	}
	for _, w := range want {
		if errors.Is(err, w) {
			if !strings.Contains(err.Error(), path) {
				t.Errorf("the refusal does not name the file: %v", err)
			}
			return err
		}
	}
	t.Errorf("%s was refused with %v; want one of %v", filepath.Base(path), err, want)
	return err
}

func TestAnotherStartIsToldWhoHasTheStoreOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pou.db")
	e := placeAt(t, path)()
	answer := make(chan error, 1)
	go func() {
		other, err := bolt.Open(path, bolt.Holder{PID: 1, User: "second"})
		if err == nil {
			err = errors.Join(errors.New("it opened twice"), other.Close())
		}
		answer <- err
	}()
	var err error
	select {
	case err = <-answer:
	case <-time.After(10 * time.Second): // it answers in half a second; without a limit it would wait for ever
		t.Fatal("the second start does not answer")
	}
	var locked *store.LockedError
	if !errors.Is(err, store.ErrLocked) || !errors.As(err, &locked) {
		t.Fatalf("got %v", err)
	}
	if locked.PID != 4242 || locked.User != "adeyemi" || locked.Host != "desk-3" || locked.Path != path {
		t.Errorf("the holder is said to be %+v", locked)
	}
	if msg := err.Error(); !strings.Contains(msg, "adeyemi") || !strings.Contains(msg, "4242") {
		t.Errorf("the sentence does not name the holder: %s", msg)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	opens(t, path)
}

const holdEnv = "POU_TEST_HOLD"

// TestMain lets the test be its own second process, which holds a store until it is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv(holdEnv); path != "" {
		os.Exit(hold(path))
	}
	os.Exit(m.Run())
}

func hold(path string) int {
	e, err := bolt.Open(path, bolt.Holder{PID: os.Getpid(), User: "child", Host: "here"})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	err = e.Update(context.Background(), func(tx store.Tx) error { return tx.Put([]byte("from"), []byte("the child")) })
	fmt.Println("held", err)
	_, _ = io.Copy(io.Discard, os.Stdin)
	return 0
}

func TestAProcessThatWasKilledDoesNotKeepTheStoreLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pou.db")
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), holdEnv+"="+path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held <nil>\n" {
		t.Fatalf("the child said %q (%v)", line, err)
	}
	var locked *store.LockedError
	if err := refuses(t, path, store.ErrLocked); !errors.As(err, &locked) || locked.PID != cmd.Process.Pid {
		t.Errorf("while process %d holds it: %v", cmd.Process.Pid, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if _, err := os.Stat(path + ".lock"); err != nil {
		t.Fatalf("the killed process left no note of itself, so nothing is tested: %v", err)
	}
	e := placeAt(t, path)()
	if got := storetest.Keys(t, e)["from"]; got != "the child" {
		t.Errorf("what the killed process had saved reads %q", got)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestANoteThatCannotBeReadNeitherBlocksNorMisleads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pou.db")
	for _, note := range []string{"nonsense", `{"pid":"x"}`} {
		if err := os.WriteFile(path+".lock", []byte(note), 0o600); err != nil {
			t.Fatal(err)
		}
		e := placeAt(t, path)()
		if err := os.WriteFile(path+".lock", []byte(note), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := refuses(t, path, store.ErrLocked); err != nil && strings.Contains(err.Error(), "process 0") {
			t.Errorf("with the note %q the refusal is %q", note, err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path + ".lock"); err == nil {
			t.Error("closed, the store still has a note of its holder")
		}
	}
}

func TestAFileThatIsNoStoreIsRefusedAndLeftAlone(t *testing.T) {
	noise := make([]byte, 70_000)
	for i := range noise {
		noise[i] = byte(rand.New(rand.NewPCG(uint64(i), 1)).Uint32())
	}
	files := map[string][]byte{
		"one byte": {0}, "zeros": make([]byte, 32<<10), "text": []byte("surname,forename\nKOVAC,Josip\n"),
		"sqlite": append([]byte("SQLite format 3\x00"), make([]byte, 8192)...), "empty": {},
	}
	for _, n := range []int{79, 80, 81, 4095, 4096, 8192, 32768, len(noise)} {
		files[fmt.Sprintf("%d random bytes", n)] = noise[:n]
	}
	dir := t.TempDir()
	for name, content := range files {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			_ = refuses(t, path, store.ErrForeign)
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, content) {
				t.Errorf("the file was changed (%v)", err)
			}
			if _, err := os.Stat(path + ".lock"); err == nil {
				t.Error("a refused file got a note of its holder")
			}
		})
	}
	t.Run("a folder", func(t *testing.T) { _ = refuses(t, dir, store.ErrForeign) })
}

func TestAnotherProgramsDatabaseIsRefusedAndLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte("other"))
		if err != nil {
			return err
		}
		return b.Put([]byte("k"), []byte("v"))
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_ = refuses(t, path, store.ErrForeign)
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the other program's file was changed (%v)", err)
	}
}

// A start that was cut off after the file was made and before anything was put in it must not need an expert.
func TestAFirstStartThatWasCutOffCanBeMadeAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pou.db")
	db, err := bbolt.Open(path, 0o600, nil) // what Open does first
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	opens(t, path)
}

func TestAFileCutShortIsRefusedOrWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pou.db")
	held := filled(t, path)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	step := max(512, len(content)/400)
	for size := 0; size <= len(content); size += step {
		for _, n := range []int{size, size + 1, size + 511} {
			n = min(n, len(content))
			cut := filepath.Join(dir, fmt.Sprintf("cut-%d.db", n))
			if err := os.WriteFile(cut, content[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			e, err := bolt.Open(cut, holder())
			if err != nil {
				refused++
				if !errors.Is(err, store.ErrForeign) && !errors.Is(err, store.ErrDamaged) {
					t.Errorf("cut to %d of %d bytes: %v", n, len(content), err)
				}
			} else {
				if now := storetest.Keys(t, e); len(now) != len(held) {
					t.Errorf("cut to %d of %d bytes it opens with %d of %d keys", n, len(content), len(now), len(held))
				}
				_ = e.Close()
			}
			_ = os.Remove(cut)
		}
	}
	if refused == 0 {
		t.Error("no cut was refused")
	}
	t.Logf("%d bytes, %d cuts refused", len(content), refused)
}

func TestOneDamagedHeaderPageIsSurvivedAndTwoAreRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pou.db")
	filled(t, path)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	spoil := func(pages ...int) string {
		out := bytes.Clone(content)
		for _, p := range pages {
			out[p*os.Getpagesize()+40] ^= 0x10
		}
		to := filepath.Join(dir, fmt.Sprint("spoilt", pages, ".db"))
		if err := os.WriteFile(to, out, 0o600); err != nil {
			t.Fatal(err)
		}
		return to
	}
	opens(t, spoil(0))
	opens(t, spoil(1))
	_ = refuses(t, spoil(0, 1), store.ErrForeign)
}

func TestTheStoreIsItsOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder", "below", "pou.db")
	e := placeAt(t, path)()
	for name, want := range map[string]os.FileMode{path: 0o600, path + ".lock": 0o600, filepath.Dir(path): 0o700 | os.ModeDir} {
		if st, err := os.Stat(name); err != nil || st.Mode() != want {
			t.Errorf("%s has mode %v, want %v (%v)", filepath.Base(name), st.Mode(), want, err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}
