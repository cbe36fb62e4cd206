package serve_test

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"pou/ui/serve"
)

// local is a screen that a pou on the same machine has the server draw.
type local struct {
	t    *testing.T
	c    *serve.Client
	in   *os.File
	out  *lines
	errs *lines
	done chan int
}

// beside opens the screen through the socket beside the store, where the user of this process is O-0001.
func (h *house) beside() *local {
	h.t.Helper()
	if runtime.GOOS != "linux" {
		h.t.Skip("ABSENT: only Linux says who is at a socket")
	}
	c, err := serve.DialBeside(h.t.Context(), h.path)
	if err != nil || c == nil {
		h.t.Fatalf("the socket: %v %v", c, err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		h.t.Fatal(err)
	}
	x := &local{t: h.t, c: c, in: write, out: &lines{}, errs: &lines{}, done: make(chan int, 1)}
	h.t.Cleanup(func() { _, _, _ = c.Close(), write.Close(), read.Close() })
	go func() {
		code, _ := c.Run(h.t.Context(), serve.Asking{In: read, Out: x.out, Err: x.errs, Screen: true, Vars: map[string]string{"TERM": "xterm-256color"}, Size: serve.Size{Width: 100, Height: 30}})
		x.done <- code
	}()
	until(h.t, "the screen is drawn", func() bool { return strings.Contains(x.out.String(), "HOLLOWAY") })
	return x
}

// ends waits for the end of the session, and returns its exit code and what the officer was told.
func (x *local) ends() (code int, told string) {
	x.t.Helper()
	select {
	case code := <-x.done:
		return code, x.errs.String()
	case <-time.After(patience):
		x.t.Fatal("the session does not end")
		return 0, ""
	}
}

// Whoever loses their access is out at once at the socket as over the network.
func TestALoginThatIsTakenAwayEndsItsSessionAtTheSocket(t *testing.T) {
	another := func(h *house) { // an administrator other than the one who is put out
		h.do("O-0001", "officer.edit", "officer", "O-3", "roles", "sergeant,administrator")
	}
	for name, c := range map[string]struct {
		ends func(h *house)
		says string
	}{
		"the login is taken away": {func(h *house) { h.do("O-0003", "officer.edit", "officer", "O-1", "no_login", "yes") }, "opens nothing any more"},
		"another login is put in its place": {
			func(h *house) { h.do("O-0003", "officer.edit", "officer", "O-1", "login", "somebody-else") }, "opens nothing any more",
		},
		"the officer leaves": {
			func(h *house) {
				h.do("O-0003", "officer.leave", "officer", "O-1", "reason", "dismissed", "at_once", "yes")
			}, "Your access to the desk has ended",
		},
		"their sessions are ended": {func(h *house) { h.do("O-0003", "officer.end-sessions", "officer", "O-1", "reason", "left unattended") }, "ended by PS Rahman"},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			another(h)
			x := h.beside()
			h.do("O-0003", "officer.edit", "officer", "O-1", "phone", "020 7946 0000") // it is about them, and takes nothing away
			stays := show(t, h.in(h.blake), 100, 30)
			stays.sees("HOLLOWAY")
			c.ends(h)
			code, told := x.ends()
			if code == 0 || !strings.Contains(told, c.says) {
				t.Errorf("it ends with %d, and the officer is told %q", code, told)
			}
			if strings.Count(h.log.String(), " ended: ") != 1 {
				t.Errorf("what took nothing away ended a session, too: %s", h.log)
			}
			stays.keys("q")
			_ = stays.ends()
		})
	}
}

// An administrator ends another's sessions: they are told, it is in the journal, and they are off the list; the key still opens.
func TestAnAdministratorEndsAnothersSessions(t *testing.T) {
	h := open(t)
	x, y := show(t, h.in(h.blake), 100, 30), show(t, h.in(h.blake), 100, 30)
	x.sees("HOLLOWAY").keys("N").sees("Surname").keys("Halftyped").sees("Halftyped")
	y.sees("HOLLOWAY")
	admin := h.in(h.admin)
	if out, _, code := run(t, admin, "serve --sessions", ""); code != 0 || strings.Count(out, "PC Blake") != 2 {
		t.Errorf("the list before, exit %d:\n%s", code, out)
	}
	if out, _, code := run(t, h.in(h.blake), "do", `{"action":"officer.end-sessions","fields":{"officer":"O-1","reason":"x"}}`); code == 0 || !strings.Contains(out, "denied") {
		t.Errorf("an officer ends an administrator's: exit %d %s", code, out)
	}
	out, errs, code := run(t, admin, "do", `{"action":"officer.end-sessions","fields":{"officer":"O-2","reason":"left unattended"}}`)
	if code != 0 {
		t.Fatalf("exit %d: %s %s", code, out, errs)
	}
	for _, s := range []*screen{x, y} {
		if err := s.ends(); err == nil || !strings.Contains(s.errs.String(), "Your sessions were ended by PS Adeyemi") {
			t.Errorf("it ended with %v, and the officer is told %q", err, s.errs)
		}
	}
	if raw, err := h.store.Draft(t.Context(), "O-0002", "person.add"); err != nil || !strings.Contains(string(raw), "Halftyped") {
		t.Errorf("the draft: %q, %v", raw, err)
	}
	until(t, "they are off the list", func() bool {
		out, _, _ := run(t, admin, "serve --sessions", "")
		return !strings.Contains(out, "PC Blake") && strings.Contains(out, "PS Adeyemi")
	})
	if out, _, _ := run(t, admin, "journal list --about O-0002", ""); !strings.Contains(out, "left unattended") {
		t.Errorf("the journal:\n%s", out)
	}
	again := show(t, h.in(h.blake), 100, 30)
	again.sees("HOLLOWAY").keys("q")
	_ = again.ends()
}

// The log names the key that was turned away, so that a lost one can be found again, and the login that was tried.
func TestTheLogNamesTheKeyThatWasRefused(t *testing.T) {
	h := open(t)
	stranger, gone := h.newKey("stranger"), h.newKey("gone")
	h.key("O-0003", gone)
	h.do("O-0001", "officer.key-revoke", "officer", "O-3", "key", "all", "reason", "lost")
	_, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: "rah\x1b[2Jman", Auth: []gossh.AuthMethod{gossh.PublicKeys(stranger, gone)}, HostKeyCallback: gossh.FixedHostKey(h.host), Timeout: patience,
	})
	if err == nil {
		t.Fatal("let in")
	}
	until(t, "both are named", func() bool {
		return strings.Contains(h.log.String(), "key "+gossh.FingerprintSHA256(stranger.PublicKey())+", "+gossh.FingerprintSHA256(gone.PublicKey()))
	})
	if !strings.Contains(h.log.String(), "refused 127.0.0.1 login rah??2Jman key") || strings.Contains(h.log.String(), "\x1b") {
		t.Errorf("the log: %q", h.log)
	}
	if _, err := h.dial(liar{h.newKey("thief"), h.admin.PublicKey()}); err == nil {
		t.Fatal("let in")
	}
	until(t, "a key that was offered and not proved is named", func() bool { return strings.Contains(h.log.String(), gossh.FingerprintSHA256(h.admin.PublicKey())) })
}
