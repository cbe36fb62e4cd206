package serve_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pou/store"
	"pou/ui/serve"
)

// Whoever loses their access is out at once, whatever they were doing.
func TestARevokedKeyEndsItsOpenSessions(t *testing.T) {
	for name, ends := range map[string]func(h *house){
		"the key is revoked":     func(h *house) { h.do("O-0001", "officer.key-revoke", "officer", "O-2", "key", "all", "reason", "lost") },
		"the officer revokes it": func(h *house) { h.do("O-0002", "officer.key-revoke", "officer", "O-2", "key", "all", "reason", "lost") },
		"the officer leaves": func(h *house) {
			h.do("O-0001", "officer.leave", "officer", "O-2", "reason", "dismissed", "at_once", "yes")
		},
		"a key is revoked by some of its print": func(h *house) {
			h.do("O-0001", "officer.key-revoke", "officer", "O-2", "key", "SHA256:"+printOf(h)[7:20], "reason", "x")
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			c := h.in(h.blake)
			x := show(t, c, 100, 30)
			x.sees("HOLLOWAY")
			waiting, err := c.NewSession()
			if err != nil {
				t.Fatal(err)
			}
			in, _ := waiting.StdinPipe()
			if err := waiting.Start("do"); err != nil {
				t.Fatal(err)
			}
			stays := show(t, h.in(h.admin), 100, 30)
			stays.sees("HOLLOWAY")
			ends(h)
			if err := x.ends(); err == nil {
				t.Error("the session ended as if the officer had left it")
			}
			if err := waiting.Wait(); err == nil {
				t.Error("a command that waited for its input ended as if all were well")
			}
			_, _ = in.Write([]byte(`{"action":"person.add","fields":{"surname":"LATE"}}` + "\n"))
			until(t, "the connection is closed", func() bool {
				_, err := c.NewSession()
				return err != nil
			})
			if _, err := h.dial(h.blake); err == nil {
				t.Error("the key still opens")
			}
			if got := strings.Contains(x.errs.String()+x.out.String(), "ended") || strings.Contains(x.errs.String()+x.out.String(), "opens nothing"); !got {
				t.Errorf("the officer is not told why: %q", x.errs.String())
			}
			if out, _, code := run(t, h.in(h.admin), "find late", ""); code == 0 && strings.Contains(out, "LATE") {
				t.Error("something was saved after the end")
			}
			stays.keys("q")
			_ = stays.ends()
		})
	}
}

func printOf(h *house) string {
	var out string
	_ = h.store.Read(context.Background(), func(r store.Reader) error {
		rec, err := r.Record("O-0002")
		if o, ok := rec.(interface{ SourceKeys() []string }); ok && err == nil {
			out = strings.TrimPrefix(o.SourceKeys()[0], "ssh-key ")
		}
		return err
	})
	return out
}

// Stopping the server is leaving the desk: what is half typed is a draft.
func TestStoppingKeepsWhatIsHalfTyped(t *testing.T) {
	h := open(t)
	x := show(t, h.in(h.blake), 100, 30)
	x.sees("HOLLOWAY").keys("N").sees("Surname").keys("Halftyped").sees("Halftyped")
	h.stop()
	_ = x.ends()
	raw, err := h.store.Draft(context.Background(), "O-0002", "person.add")
	if err != nil || !strings.Contains(string(raw), "Halftyped") {
		t.Errorf("the draft: %q, %v", raw, err)
	}
	if !strings.Contains(x.errs.String(), "is stopping") {
		t.Errorf("the officer is told %q", x.errs.String())
	}
}

// Who sits still is locked out, with what they typed kept, and comes back by proving their key again.
func TestASessionNobodyTypesInIsLocked(t *testing.T) {
	h := open(t)
	key, err := serve.HostKey(filepath.Join(t.TempDir(), "key"))
	if err != nil {
		t.Fatal(err)
	}
	h.stop()
	quick := h.again(key, serve.Options{Idle: 2 * time.Second})
	x := show(t, quick.in(quick.blake), 100, 30)
	x.sees("HOLLOWAY").keys("N").sees("Surname").keys("Kept")
	if err := x.ends(); err == nil {
		t.Error("it ended as if the officer had left")
	}
	if !strings.Contains(x.errs.String(), "Locked") {
		t.Errorf("the officer is told %q", x.errs.String())
	}
	if raw, err := h.store.Draft(context.Background(), "O-0002", "person.add"); err != nil || !strings.Contains(string(raw), "Kept") {
		t.Errorf("the draft: %q, %v", raw, err)
	}
	again := show(t, quick.in(quick.blake), 100, 30)
	again.sees("HOLLOWAY").keys("q")
	_ = again.ends()
}

func TestAnAddressThatFailsTooOftenIsTurnedAway(t *testing.T) {
	h := open(t)
	key, err := serve.HostKey(filepath.Join(t.TempDir(), "key"))
	if err != nil {
		t.Fatal(err)
	}
	h.stop()
	limits := serve.DefaultLimits()
	limits.Failures = 5
	strict := h.again(key, serve.Options{Limits: limits})
	for range 5 {
		if _, err := strict.dial(h.newKey("stranger")); err == nil {
			t.Fatal("a stranger was let in")
		}
	}
	until(t, "five are refused", func() bool { return strings.Count(strict.log.String(), "refused 127") == 5 })
	if _, err := strict.dial(strict.blake); err == nil {
		t.Error("an officer is let in from an address that failed five times")
	}
	if !strings.Contains(strict.log.String(), "too many refused") {
		t.Errorf("the log: %s", strict.log)
	}
}

// The host key is made once, for its owner alone; one that others could read is not used.
func TestTheHostKeyIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	first, err := serve.HostKey(path)
	if err != nil {
		t.Fatal(err)
	}
	second, err := serve.HostKey(path)
	if err != nil || string(first.PublicKey().Marshal()) != string(second.PublicKey().Marshal()) {
		t.Errorf("another key the second time: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := serve.HostKey(path); err == nil || !strings.Contains(err.Error(), "others can read") {
		t.Errorf("a key others can read: %v", err)
	}
}

// When everybody has gone nothing is left running.
func TestNoGoroutineIsLeftBehind(t *testing.T) {
	h := open(t)
	visit := func() {
		c := h.in(h.blake)
		x := show(t, c, 100, 30)
		x.sees("HOLLOWAY").keys("q")
		_ = x.ends()
		_, _, _ = run(t, c, "list wanted", "")
		_ = c.Close()
	}
	visit()
	before := runtime.NumGoroutine()
	for range 10 {
		visit()
	}
	settles(t, before+2)
}

func TestALocalPouComesInByItsUser(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("ABSENT: only Linux says who is at a socket")
	}
	h := open(t)
	info, err := os.Stat(serve.SocketPath(h.path))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket: %v, %v", info, err)
	}
	c, err := serve.DialBeside(t.Context(), h.path)
	if err != nil || c == nil {
		t.Fatalf("%v %v", c, err)
	}
	defer c.Close()
	var out, errs lines
	code, err := c.Run(t.Context(), serve.Asking{Args: []string{"find", "o'brien; id", "--output", "json"}, In: strings.NewReader(""), Out: &out, Err: &errs})
	if err != nil || code > 1 || strings.Contains(out.String(), "uid=") {
		t.Errorf("%d %v %s %s", code, err, out.String(), errs.String())
	}
	code, err = c.Run(t.Context(), serve.Asking{In: strings.NewReader(""), Out: &out, Err: &errs})
	if err != nil || code != 0 || !strings.Contains(out.String(), "PS Adeyemi (O-0001)") {
		t.Errorf("%d %v %s", code, err, out.String())
	}
	if other, err := serve.DialBeside(t.Context(), h.path+"x"); other != nil || err != nil {
		t.Errorf("where nobody answers: %v %v", other, err)
	}
}
