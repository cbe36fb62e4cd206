package serve_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// openSSH is the client officers have. Where it is not installed these tests are skipped, and say so; the others use a
// client of their own.
type openSSH struct {
	t    *testing.T
	dir  string
	args []string
}

func (h *house) openSSH() *openSSH {
	h.t.Helper()
	if _, err := exec.LookPath("ssh"); err != nil {
		h.t.Skip("ABSENT: no OpenSSH client here (package openssh-client); the real client is not tested")
	}
	c := &openSSH{t: h.t, dir: h.t.TempDir()}
	host, port, _ := strings.Cut(h.addr, ":")
	known := fmt.Sprintf("[%s]:%s %s", host, port, gossh.MarshalAuthorizedKey(h.host))
	c.write("known", known)
	for name, text := range h.keyPEM {
		c.write(name, text)
	}
	c.write("admin-only.pub", string(gossh.MarshalAuthorizedKey(h.admin.PublicKey())))
	c.args = []string{
		"-F", "none", "-p", port, "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes",
		"-o", "UserKnownHostsFile=" + filepath.Join(c.dir, "known"), "-o", "LogLevel=ERROR",
	}
	return c
}

func (c *openSSH) write(name, text string) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// run runs ssh with keys, and returns what it wrote and its exit code.
func (c *openSSH) run(keys []string, more ...string) (out, errs string, code int) {
	c.t.Helper()
	args := append([]string{}, c.args...)
	for _, k := range keys {
		args = append(args, "-i", filepath.Join(c.dir, k))
	}
	cmd := exec.CommandContext(c.t.Context(), "ssh", append(args, more...)...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		c.t.Fatal(err)
	}
	return o.String(), e.String(), code
}

func TestTheRealClient(t *testing.T) {
	h := open(t)
	c := h.openSSH()
	const there = "desk@127.0.0.1"
	for name, w := range map[string]struct {
		keys []string
		args []string
		code int
		says string
	}{
		"runs the command line":                                   {[]string{"blake"}, []string{there, "list", "wanted", "--output", "json"}, 0, `"name":"HOLLOWAY, Marcus"`},
		"with its exit codes: not found":                          {[]string{"blake"}, []string{there, "show", "P-99"}, 1, ""},
		"wrong usage":                                             {[]string{"blake"}, []string{there, "list", "wanted", "--limit", "x"}, 2, ""},
		"not allowed":                                             {[]string{"blake"}, []string{there, "serve", "--sessions"}, 4, ""},
		"an administrator sees who is here":                       {[]string{"admin"}, []string{there, "serve", "--sessions"}, 0, "PS Adeyemi"},
		"without a command and a terminal gets the overview":      {[]string{"blake"}, []string{"-T", there}, 0, "PC Blake (O-0002)"},
		"who offers a key they do not hold is who they prove":     {[]string{"admin-only.pub", "blake"}, []string{"-T", there}, 0, "PC Blake (O-0002)"},
		"who only offers one is nobody":                           {[]string{"admin-only.pub"}, []string{"-T", there}, 255, ""},
		"agent, X11 and environment are not taken":                {[]string{"blake"}, []string{"-A", "-X", "-o", "SendEnv=PATH LD_PRELOAD", there, "version"}, 0, "test"},
		"a port is not forwarded, and the client gives up":        {[]string{"blake"}, []string{"-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1", there, "version"}, 255, ""},
		"standard input and output to another host are not joint": {[]string{"blake"}, []string{"-W", "127.0.0.1:22", there}, 255, ""},
		"there is no SFTP":                                        {[]string{"blake"}, []string{"-s", there, "sftp"}, 255, ""},
		"there is no shell":                                       {[]string{"blake"}, []string{there, "/bin/sh", "-c", "id"}, 2, ""},
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, code := c.run(w.keys, w.args...)
			if code != w.code || !strings.Contains(out, w.says) {
				t.Errorf("exit %d, want %d:\n%s%s", code, w.code, out, errs)
			}
		})
	}
}
