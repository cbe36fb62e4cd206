package serve

import (
	"net"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// line is one connection.
type line struct {
	net.Conn
	address string
	peer    int // the OS user at the other end of the socket; nobody over the network

	in       atomic.Bool // they have signed in
	shut     atomic.Bool // no more sessions: it must end
	used     atomic.Int64
	sessions atomic.Int32
	closing  sync.Once
	claims   claims
	gone     func()
}

// nobody is the OS user at the other end of a network.
const nobody = -1

// touch notes that the officer did something.
func (l *line) touch(now time.Time) { l.used.Store(now.UnixNano()) }

// restedSince is when the officer last did something.
func (l *line) restedSince() time.Time { return time.Unix(0, l.used.Load()) }

// Close ends the connection and everything on it.
func (l *line) Close() error {
	err := l.Conn.Close()
	l.closing.Do(func() { l.gone() })
	return err //nolint:wrapcheck // it stands for the connection
}

// admit lets a connection in before anything of it is read.
func (s *Server) admit(ctx ssh.Context, c net.Conn) net.Conn {
	address := hostOf(c.RemoteAddr())
	if why := s.gate.enter(address); why != "" {
		s.turned(address, "turned away %s: %s", address, why)
		return nil
	}
	l := &line{Conn: c, address: address, peer: nobody}
	l.gone = func() { s.gate.leave(l.in.Load()) }
	return s.keep(ctx, l)
}

// admitBeside lets a program on this machine in: the system says whose it is.
func (s *Server) admitBeside(ctx ssh.Context, c net.Conn) net.Conn {
	uid, err := peerOf(c)
	if err != nil {
		s.turned("this machine", "turned away on the socket: %s", err)
		return nil
	}
	return s.keep(ctx, &line{Conn: c, address: "this machine", peer: uid, gone: func() {}})
}

type lineKey struct{}

// lineOf is the connection something came by.
func lineOf(ctx ssh.Context) *line {
	l, _ := ctx.Value(lineKey{}).(*line)
	return l
}

// keep puts a connection where its sessions find it.
func (s *Server) keep(ctx ssh.Context, l *line) net.Conn {
	l.touch(s.opts.Now())
	ctx.SetValue(lineKey{}, l)
	return l
}

// config watches each attempt to sign in. A key that is only offered, to ask whether it would do, is none.
func (s *Server) config(ctx ssh.Context) *gossh.ServerConfig {
	l := lineOf(ctx)
	return &gossh.ServerConfig{
		MaxAuthTries: authTries,
		AuthLogCallback: func(c gossh.ConnMetadata, _ string, err error) {
			if err != nil && l != nil {
				l.claims.tried(c.User())
			}
			if err == nil && l != nil && !l.in.Swap(true) && l.peer == nobody {
				s.gate.signedIn()
			}
		},
	}
}

func hostOf(a net.Addr) string {
	if host, _, err := net.SplitHostPort(a.String()); err == nil {
		return host
	}
	return a.String()
}
