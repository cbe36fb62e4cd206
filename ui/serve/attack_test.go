package serve_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// liar offers one key and signs with another: somebody who has seen an officer's public key, and has not the private one.
type liar struct {
	gossh.Signer
	shown gossh.PublicKey
}

func (l liar) PublicKey() gossh.PublicKey { return l.shown }

// Sign signs with the key it has, and calls it the other.
func (l liar) Sign(r io.Reader, data []byte) (*gossh.Signature, error) { return l.Signer.Sign(r, data) }

func TestWhoIsNotLetIn(t *testing.T) {
	h := open(t)
	stranger, gone, dated := h.newKey("stranger"), h.newKey("gone"), h.newKey("dated")
	h.key("O-0003", gone)
	h.do("O-0001", "officer.key-revoke", "officer", "O-3", "key", "all", "reason", "lost")
	h.key("O-0003", dated)
	for name, auth := range map[string][]gossh.AuthMethod{
		"nobody at all":                              nil,
		"a password":                                 {gossh.Password("secret")},
		"a word typed when asked":                    {gossh.KeyboardInteractive(func(_, _ string, q []string, _ []bool) ([]string, error) { return make([]string, len(q)), nil })},
		"a key nobody knows":                         {gossh.PublicKeys(stranger)},
		"a key that was revoked":                     {gossh.PublicKeys(gone)},
		"the administrator's key, offered, not held": {gossh.PublicKeys(liar{stranger, h.admin.PublicKey()})},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: "O-0001", Auth: auth, HostKeyCallback: gossh.FixedHostKey(h.host), Timeout: patience})
			if err == nil {
				_ = c.Close()
				t.Fatal("they were let in")
			}
		})
	}
	if !strings.Contains(h.log.String(), "refused 127.0.0.1") {
		t.Errorf("the log does not name them: %s", h.log)
	}
	h.in(dated) // O-0003 comes in with the key that was not revoked
}

// A key that was offered and signed for with another ends the connection: there is no going on as somebody else.
func TestAFalseSignatureEndsTheConnection(t *testing.T) {
	h := open(t)
	if c, err := h.dial(liar{h.newKey("stranger"), h.admin.PublicKey()}, h.blake); err == nil {
		_ = c.Close()
		t.Error("it went on after a false signature")
	}
}

// What a session may ask for is a list; each of these is on none.
func TestNothingIsForwardedStartedOrSet(t *testing.T) {
	h := open(t)
	c := h.in(h.admin)
	type target struct {
		Host string
		Port uint32
		From string
		At   uint32
	}
	for _, kind := range []string{"direct-tcpip", "direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "tun@openssh.com", "forwarded-tcpip"} {
		ch, _, err := c.OpenChannel(kind, gossh.Marshal(target{"127.0.0.1", 22, "127.0.0.1", 1}))
		var open *gossh.OpenChannelError
		if err == nil {
			_ = ch.Close()
			t.Errorf("a %s channel was opened", kind)
		} else if !errors.As(err, &open) {
			t.Errorf("%s: %v", kind, err)
		}
	}
	for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "cancel-tcpip-forward", "hostkeys-prove-00@openssh.com"} {
		ok, _, err := c.SendRequest(kind, true, gossh.Marshal(struct {
			Host string
			Port uint32
		}{"0.0.0.0", 2223}))
		if ok || err != nil {
			t.Errorf("%s: granted %v, %v", kind, ok, err)
		}
	}
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, kind := range []string{"auth-agent-req@openssh.com", "x11-req", "subsystem", "break", "signal", "eow@openssh.com"} {
		if ok, err := s.SendRequest(kind, true, gossh.Marshal(struct{ Name string }{"sftp"})); ok || err != nil {
			t.Errorf("%s: granted %v, %v", kind, ok, err)
		}
	}
	for name, value := range map[string]string{
		"PATH": "/tmp", "LD_PRELOAD": "/tmp/x.so", "POU_STORE": "/tmp/other.db", "HOME": "/root", "GODEBUG": "x", "TERM": "evil", "COLORTERM": "\x1b[2J", "NO_COLOR": strings.Repeat("1", 4000),
	} {
		if err := s.Setenv(name, value); err == nil {
			t.Errorf("%s=%.20q was taken", name, value)
		}
	}
	if err := s.Setenv("COLORTERM", "truecolor"); err != nil {
		t.Errorf("what the terminal can show is not taken: %v", err)
	}
	if _, err := c.NewSession(); err != nil {
		t.Errorf("a second session: %v", err)
	}
}

func TestNoProgramIsStarted(t *testing.T) {
	h := open(t)
	c := h.in(h.admin)
	for _, command := range []string{"sh -c id", "/bin/sh", "id", "scp -t /tmp", "sftp-server", "rsync --server", "bash -i", "git-upload-pack x", "$(id)", "`id`", "list wanted; id", "list wanted | id", "list wanted && id"} {
		out, _, code := run(t, c, command, "")
		if strings.Contains(out, "uid=") || code == 0 {
			t.Errorf("%s: exit %d, %q", command, code, out)
		}
	}
	if out, _, code := run(t, c, "  ", ""); code != 2 || out != "" {
		t.Errorf("an empty command: exit %d, %q", code, out)
	}
}

// What opens files or stores of the server's machine, or speaks for another, is refused, whoever asks.
func TestTheServersMachineIsOutOfReach(t *testing.T) {
	h := open(t)
	c := h.in(h.admin)
	for _, command := range []string{
		"import /etc/passwd", "import - --map /etc/passwd", "import - --rejects /tmp/x", "import - /etc/passwd", "sample", "copy a b", "restore /tmp/x.db", "backup /tmp/x.db", "init", "serve --listen 0.0.0.0:1", "do /etc/passwd", "--store /etc/passwd list wanted", "list wanted --as O-0002",
		"list wanted --now 2026-01-01T00:00:00Z", "brief OP-0001 --out /tmp/x.pdf --to x", "court AP-000001 --out /tmp/x.pdf --to x", "--as O-0003",
		"journal head --sign " + h.path + " --key /tmp/x.key", "journal head --sign " + h.path, "journal verify --heads /etc/passwd",
	} {
		if out, errs, code := run(t, c, command, ""); code != 4 || out != "" {
			t.Errorf("%s: exit %d, %q %q", command, code, out, errs)
		}
	}
	if _, errs, code := run(t, h.in(h.blake), "backup -", ""); code != 4 {
		t.Errorf("an officer takes a backup: exit %d %s", code, errs)
	}
}

// Without a terminal there is no screen to draw on: the overview is printed, and it ends.
func TestWithoutATerminalThereIsNoScreen(t *testing.T) {
	h := open(t)
	out, _, code := run(t, h.in(h.blake), "", "")
	if code != 0 || strings.Contains(out, "\x1b") || !strings.Contains(out, "PC Blake (O-0002)") {
		t.Errorf("exit %d:\n%q", code, out)
	}
}

// What one officer types into a name, another's terminal must not obey.
func TestANameThatIsATerminalCommandReachesNoOtherScreen(t *testing.T) {
	h := open(t)
	evil := "EVIL\x1b]52;c;cm0gLXJmIC8=\x07\x1b[2J\x9b31m\u202ereversed\x1bPq#0;2\x1b\\"
	req, err := json.Marshal(map[string]any{"action": "person.add", "fields": map[string]any{"surname": evil, "forename": "A", "unit": "SW"}})
	if err != nil {
		t.Fatal(err)
	}
	blake := h.in(h.blake)
	out, errs, _ := run(t, blake, "do", string(req)+"\n")
	if !strings.Contains(out, `"ok":true`) {
		t.Logf("the name was not taken at all: %s %s", out, errs)
		h.do("O-0002", "person.add", "surname", "EVIL", "forename", "A", "unit", "SW")
	}
	_, _, _ = run(t, blake, "do", `{"action":"wanted.mark","fields":{"person":"P-2","offences":"s4A","unit":"SW","pnc_ref":"26/2"}}`)
	x := show(t, h.in(h.admin), 120, 40)
	x.sees("EVIL").keys("\r").sees("esc")
	seen := x.out.String()
	x.keys("q")
	_ = x.ends()
	for _, bad := range []string{"\x1b]52", "\x9b", "\u202e", "\x1bPq"} {
		if strings.Contains(seen, bad) {
			t.Errorf("the screen was sent %q", bad)
		}
	}
	for _, command := range []string{"list wanted", "show P-2", "find evil", "show P-2 --output json", "list wanted --output csv"} {
		if out, _, _ := run(t, h.in(h.admin), command, ""); strings.ContainsAny(out, "\x1b\x07") || strings.Contains(out, "\u202e") {
			t.Errorf("%s sends %q", command, out)
		}
	}
}

// A user name is the client's to choose: it reaches the log harmless.
func TestAUserNameCannotForgeTheLog(t *testing.T) {
	h := open(t)
	_, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: "x\n2026-01-01T00:00:00Z session 9 of O-0001\x1b[2J", Auth: []gossh.AuthMethod{gossh.PublicKeys(h.newKey("stranger"))}, HostKeyCallback: gossh.FixedHostKey(h.host), Timeout: patience,
	})
	if err == nil {
		t.Fatal("let in")
	}
	until(t, "it is logged", func() bool { return strings.Contains(h.log.String(), "refused") })
	if strings.ContainsAny(h.log.String(), "\x1b") || strings.Contains(h.log.String(), "session 9") {
		t.Errorf("the log: %q", h.log)
	}
}

// Sizes are clients' claims: a window of four thousand million columns is drawn as a large one.
func TestAWindowOfAnySizeIsSurvived(t *testing.T) {
	h := open(t)
	x := show(t, h.in(h.blake), 4_000_000_000, 4_000_000_000)
	x.sees("OFFICIAL-SENSITIVE")
	for range 200 {
		_ = x.s.WindowChange(1, 1)
		_ = x.s.WindowChange(1<<31, 1<<31)
	}
	if err := x.s.WindowChange(24, 80); err != nil {
		t.Fatal(err)
	}
	x.keys("\x03")
	if err := x.ends(); err != nil {
		t.Errorf("leaving: %v", err)
	}
}

// Noise on the wire ends that connection and no other.
func TestNoiseIsSurvived(t *testing.T) {
	h := open(t)
	noise := make([]byte, 1<<16)
	_, _ = rand.Read(noise)
	for _, text := range [][]byte{noise, []byte("GET / HTTP/1.1\r\n\r\n"), []byte("SSH-2.0-x\r\n" + strings.Repeat("A", 70_000)), bytes.Repeat([]byte{0}, 1000)} {
		c := h.raw()
		_, _ = c.Write(text)
		_ = c.Close()
	}
	if out, _, code := run(t, h.in(h.blake), "list wanted", ""); code != 0 || !strings.Contains(out, "HOLLOWAY") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestTooManySessionsOnOneConnectionAreRefused(t *testing.T) {
	h := open(t)
	c := h.in(h.blake)
	var refused int
	for range 30 {
		if _, err := c.NewSession(); err != nil {
			refused++
		}
	}
	if refused != 20 {
		t.Errorf("%d of 30 refused, want 20", refused)
	}
}
