package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// Options are what a server needs.
type Options struct {
	Book    *store.Book
	HostKey gossh.Signer
	Now     func() time.Time
	// Login names the OS user with a number, who is matched to an officer on the socket.
	Login func(uid int) (string, error)
	// Screen shows the desk until the officer leaves it; Command runs one command line and returns its exit code.
	Screen  func(ctx context.Context, t Terminal) error
	Command func(ctx context.Context, t Terminal, args []string) int
	Log     io.Writer // a line for each who comes, goes or is turned away
	Idle    time.Duration
	Limits  Limits
}

// Limits bound what anybody can take of the server before and after they are known.
type Limits struct {
	Connections int           // open at once
	Handshakes  int           // of them not yet signed in
	PerAddress  int           // new ones from one address in a minute
	Failures    int           // refused ones from one address in ten minutes, after which it waits
	Sessions    int           // of one connection at once
	Handshake   time.Duration // how long signing in may take
}

// DefaultLimits are for the officers of one desk, who may all come through one gateway.
func DefaultLimits() Limits {
	return Limits{Connections: 600, Handshakes: 256, PerAddress: 200, Failures: 20, Sessions: 10, Handshake: 20 * time.Second}
}

// DefaultIdle is after how long without a key a session is locked.
const DefaultIdle = 10 * time.Minute

// Terminal is where the officer of a session sits.
type Terminal struct {
	Who     model.Ref
	Session int
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	PTY     bool // there is a screen to draw on
	Env     []string
	Size    Size
	Resized <-chan Size
}

// Size is of a window, in cells.
type Size struct{ Width, Height int }

// Server is the desk's door.
type Server struct {
	opts   Options
	net    *ssh.Server
	beside *ssh.Server
	gate   *gate

	mu       sync.Mutex
	sessions map[int]*session
	last     int
	stopping bool
	idle     sync.WaitGroup // the sessions still open

	logging sync.Mutex
	hush    hush
}

// New makes a server; nothing listens yet.
func New(o Options) (*Server, error) {
	if o.Idle == 0 {
		o.Idle = DefaultIdle
	}
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits()
	}
	s := &Server{opts: o, gate: newGate(o.Limits, o.Now), sessions: map[int]*session{}}
	var err error
	if s.net, err = s.door(s.admit, wish.WithPublicKeyAuth(s.offered)); err != nil {
		return nil, err
	}
	s.beside, err = s.door(s.admitBeside)
	return s, err
}

// door is an SSH server with everything shut but sessions.
func (s *Server) door(admit ssh.ConnCallback, more ...ssh.Option) (*ssh.Server, error) {
	d, err := wish.NewServer(append([]ssh.Option{
		func(d *ssh.Server) error { d.AddHostKey(s.opts.HostKey); return nil },
		wish.WithVersion("pou"),
		wish.WithMiddleware(s.handle, s.identified),
	}, more...)...)
	if err != nil {
		return nil, fmt.Errorf("make the SSH server: %w", err)
	}
	d.HandshakeTimeout = s.opts.Limits.Handshake
	d.ConnCallback = admit
	d.ConnectionFailedCallback = s.failed
	d.ServerConfigCallback = s.config
	d.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.channel}
	d.RequestHandlers = map[string]ssh.RequestHandler{} // no forwarding back, nothing else of the kind
	d.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
	return d, nil
}

// authTries is how many keys a client may offer: agents hold several.
const authTries = 10

// Run serves the listeners until ctx ends, and then ends every session; what is half typed is kept.
func (s *Server) Run(ctx context.Context, network, socket net.Listener) error {
	news, forget := context.WithCancel(context.WithoutCancel(ctx))
	defer forget()
	go s.follow(news)
	failed := make(chan error, 2)
	serve := func(d *ssh.Server, l net.Listener) {
		if l != nil {
			go func() { failed <- d.Serve(l) }()
		}
	}
	serve(s.net, network)
	serve(s.beside, socket)
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		err = fmt.Errorf("pou serve stopped listening: %w", err)
	}
	s.stop()
	return errors.Join(err, s.net.Close(), s.beside.Close())
}

// stopsWithin is how long sessions have to keep what is half typed.
const stopsWithin = 10 * time.Second

func (s *Server) stop() {
	s.mu.Lock()
	s.stopping = true
	for _, x := range s.sessions {
		x.end("pou serve is stopping. What you had typed is kept as a draft")
	}
	s.mu.Unlock()
	gone := make(chan struct{})
	go func() {
		s.idle.Wait()
		close(gone)
	}()
	select {
	case <-gone:
	case <-time.After(stopsWithin):
	}
}

// log writes one line about somebody at the door. What they call themselves is theirs to choose, so it is made harmless.
func (s *Server) log(format string, args ...any) {
	if s.opts.Log == nil {
		return
	}
	s.logging.Lock()
	defer s.logging.Unlock()
	_, _ = fmt.Fprintln(s.opts.Log, s.opts.Now().UTC().Format(time.RFC3339)+" "+part.Safe(fmt.Sprintf(format, args...)))
}

// ListenBeside listens on the socket beside a store. What an earlier server left behind is cleared away; one that still
// answers is not.
func ListenBeside(ctx context.Context, path string) (net.Listener, error) {
	if err := knowsPeers(); err != nil {
		return nil, err
	}
	if c, err := (&net.Dialer{}).DialContext(ctx, "unix", path); err == nil {
		_ = c.Close()
		return nil, fmt.Errorf("another pou serve answers at %s: stop it first", path)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("the socket beside the store: %w", err)
	}
	l, err := listenPrivate(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("the socket beside the store: %w", err)
	}
	return l, nil
}

// SocketPath is where the socket beside a store is.
func SocketPath(storePath string) string { return storePath + ".sock" }
