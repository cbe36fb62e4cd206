package serve

import (
	"slices"
	"strings"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// Heard are the variables a client may set: what its terminal can show, and nothing that another program would act on.
func Heard() []string { return []string{"COLORTERM", "COLORFGBG", "NO_COLOR", "TERM_PROGRAM"} }

// wordMost bounds the value of a variable and the name of a terminal.
const wordMost = 40

// channel opens a session, and lets only what may be asked through to it.
func (s *Server) channel(srv *ssh.Server, conn *gossh.ServerConn, c gossh.NewChannel, ctx ssh.Context) {
	l := lineOf(ctx)
	if l == nil || l.shut.Load() {
		_ = c.Reject(gossh.Prohibited, "this connection has ended")
		return
	}
	if int(l.sessions.Add(1)) > s.opts.Limits.Sessions {
		l.sessions.Add(-1)
		_ = c.Reject(gossh.ResourceShortage, "too many sessions on one connection")
		return
	}
	defer l.sessions.Add(-1)
	ssh.DefaultSessionHandler(srv, conn, sieve{c}, ctx)
}

// sieve is a new channel whose requests are looked at first.
type sieve struct{ gossh.NewChannel }

// Accept opens the channel.
func (s sieve) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	c, asked, err := s.NewChannel.Accept()
	if err != nil {
		return nil, nil, err //nolint:wrapcheck // it stands for the channel
	}
	out := make(chan *gossh.Request)
	go func() {
		defer close(out)
		var f filter
		for r := range asked {
			if !f.lets(r) {
				_ = r.Reply(false, nil)
				continue
			}
			out <- r
		}
	}()
	return c, out, nil
}

// filter is what one session has asked for so far.
type filter struct {
	begun bool // shell or exec
	pty   bool
	vars  int
}

// lets names the requests a session may make; everything else – agent and X11 forwarding, subsystems such as SFTP, signals – is refused.
func (f *filter) lets(r *gossh.Request) bool {
	switch r.Type {
	case "shell", "exec":
		first := !f.begun
		f.begun = true
		return first
	case "pty-req":
		first := !f.begun && !f.pty
		f.pty = true
		return first
	case "window-change":
		return f.begun && f.pty // before that nobody reads it
	case "env":
		if f.begun || f.vars >= len(Heard()) || !heard(r.Payload) {
			return false
		}
		f.vars++
		return true
	}
	return false
}

// heard reports whether a variable is one that is listened to, with a value that can do no harm.
func heard(payload []byte) bool {
	var v struct{ Name, Value string }
	return gossh.Unmarshal(payload, &v) == nil && slices.Contains(Heard(), v.Name) && plainWord(v.Value)
}

// plainWord reports whether a word a client chose is a short one of letters, digits and a few signs.
func plainWord(s string) bool {
	return len(s) <= wordMost && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.+;:", r)
	})
}
