package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// session is one officer at one screen, or one command.
type session struct {
	id     int
	who    *model.Officer
	print  string // the key they proved; "" on the socket
	login  string // the OS user at the socket; "" over the network
	line   *line
	since  time.Time
	doing  string
	ctx    context.Context //nolint:containedctx // the session's life, which the server may end
	cancel context.CancelCauseFunc
	ending sync.Once
	screen bool
}

// ended is why a session was ended by the server.
type ended struct{ why string }

// Error is what the officer is told.
func (e *ended) Error() string { return e.why }

// endsWithin is how long a session that must end has to keep what is half typed, before its connection is cut.
const endsWithin = 3 * time.Second

// end ends a session: nothing more is read of it, and its connection is closed shortly after.
func (x *session) end(why string) {
	x.ending.Do(func() {
		x.line.shut.Store(true) // what comes next is a new connection, and the key proved once more
		x.cancel(&ended{why})
		time.AfterFunc(endsWithin, func() { _ = x.line.Close() })
	})
}

// Open is a session as the list of them says it.
type Open struct {
	Session int       `json:"session"`
	Officer model.Ref `json:"officer"`
	Name    string    `json:"name"`
	From    string    `json:"from"`
	Key     string    `json:"key,omitempty"`
	Since   time.Time `json:"since"`
	Used    time.Time `json:"used"` // when they last did something
	Doing   string    `json:"doing"`
	Ending  string    `json:"ending,omitempty"` // why it is being ended just now
}

// Sessions lists who is here.
func (s *Server) Sessions() []Open {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Open, 0, len(s.sessions))
	for _, x := range s.sessions {
		o := Open{x.id, x.who.Ref, x.who.Call(), x.line.address, x.print, x.since, x.line.restedSince(), x.doing, ""}
		var why *ended
		if errors.As(context.Cause(x.ctx), &why) {
			o.Ending = why.why
		}
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b Open) int { return a.Session - b.Session })
	return out
}

// ErrUnknown is somebody the desk does not know.
var ErrUnknown = errors.New("no officer may come in with this key")

// offered says whether a key would do. It may only have been offered: what was proved is looked at again in each session.
func (s *Server) offered(ctx ssh.Context, key ssh.PublicKey) bool {
	offered := gossh.FingerprintSHA256(key)
	if l := lineOf(ctx); l != nil {
		l.claims.offer(ctx.User(), offered)
	}
	_, err := s.holder(ctx, offered)
	return err == nil
}

// holder is the officer a key lets in now.
func (s *Server) holder(ctx context.Context, fingerprint string) (*model.Officer, error) {
	var out *model.Officer
	err := s.opts.Book.Read(ctx, func(r store.Reader) error {
		ref, found, err := r.FromSource(model.KeySource(fingerprint))
		if err != nil || !found {
			return errors.Join(err, ErrUnknown)
		}
		rec, err := r.Record(ref)
		if err != nil {
			return err
		}
		o, ok := rec.(*model.Officer)
		if !ok || !o.SignsIn(fingerprint, s.opts.Now()) {
			return ErrUnknown
		}
		out = o
		return nil
	})
	return out, err
}

// lodger is the officer an OS user of this machine is; nil when no officer has the login.
func (s *Server) lodger(ctx context.Context, login string) (*model.Officer, error) {
	var out *model.Officer
	err := s.opts.Book.Read(ctx, func(r store.Reader) error {
		err := r.Each(model.KindOfficer, "", func(rec model.Record, bad error) bool {
			if o, ok := rec.(*model.Officer); ok && bad == nil && !o.Left && o.Login == login && login != "" {
				out = o
			}
			return out == nil
		})
		info, err2 := r.Info()
		if out == nil && info.Sample { // as pou on its own does: nobody in a sample is real
			if rec, err := r.Record("O-0001"); err == nil {
				out, _ = rec.(*model.Officer)
			}
		}
		return errors.Join(err, err2)
	})
	return out, err
}

// known notes who is at the other end, by what they proved.
func (s *Server) known(ctx ssh.Context, key ssh.PublicKey, x *session) (err error) {
	switch {
	case x.line == nil:
		return ErrUnknown
	case x.line.peer != nobody:
		if x.login, err = s.opts.Login(x.line.peer); err != nil {
			return err
		}
		x.who, err = s.lodger(ctx, x.login)
		if err == nil && x.who == nil {
			err = fmt.Errorf("no officer has the login %q: an administrator puts it on the officer's record", x.login)
		}
		return err
	case key == nil:
		return ErrUnknown
	}
	x.print = gossh.FingerprintSHA256(key)
	x.who, err = s.holder(ctx, x.print)
	return err
}

// The exit codes the server itself gives; they are those of the command line.
const (
	exitUsage  = 2
	exitDenied = 4
)

// identified lets a session begin for the officer who proved a key, and ends it when they may no longer be here.
func (s *Server) identified(next ssh.Handler) ssh.Handler {
	return func(c ssh.Session) {
		x, err := s.begin(c)
		if err != nil {
			s.log("refused a session from %s: %s", c.RemoteAddr(), err)
			_, _ = fmt.Fprintln(c.Stderr(), part.Safe(err.Error()))
			_ = c.Exit(exitDenied)
			return
		}
		defer s.over(x)
		s.log("session %d of %s %s from %s: %s", x.id, x.who.Ref, x.who.Call(), x.line.address, x.doing)
		next(visit{c, x})
	}
}

// visit is a session of somebody known.
type visit struct {
	ssh.Session
	x *session
}

func (s *Server) begin(c ssh.Session) (*session, error) {
	x := &session{line: lineOf(c.Context()), since: s.opts.Now(), doing: "screen"}
	if err := s.known(c.Context(), c.PublicKey(), x); err != nil {
		return nil, err
	}
	if args := c.Command(); len(args) > 0 {
		x.doing = part.Safe(args[0])
	}
	x.ctx, x.cancel = context.WithCancelCause(c.Context())
	s.mu.Lock()
	if s.stopping {
		s.mu.Unlock()
		x.cancel(nil)
		return nil, &ended{"pou serve is stopping"}
	}
	s.last++
	x.id = s.last
	s.sessions[x.id] = x
	s.idle.Add(1)
	s.mu.Unlock()
	// Between being asked and being on the list the key may have been revoked, and nobody would have been told.
	if why := s.mayStay(c.Context(), x); why != "" {
		s.over(x)
		return nil, &ended{why}
	}
	return x, nil
}

// over takes a session off the list. The last to go of a connection that was shut ends it.
func (s *Server) over(x *session) {
	x.cancel(nil)
	s.mu.Lock()
	last := true
	if _, ok := s.sessions[x.id]; ok {
		delete(s.sessions, x.id)
		s.idle.Done()
	}
	for _, other := range s.sessions {
		last = last && other.line != x.line
	}
	s.mu.Unlock()
	if last && x.line.shut.Load() {
		_ = x.line.Close()
	}
}

// handle runs what a session is for.
func (s *Server) handle(ssh.Handler) ssh.Handler {
	return func(c ssh.Session) {
		v, ok := c.(visit)
		if !ok {
			_ = c.Exit(exitDenied)
			return
		}
		x := v.x
		pty, resized, onScreen := c.Pty()
		args := c.Command()
		if c.RawCommand() != "" && len(args) == 0 {
			_, _ = fmt.Fprintln(c.Stderr(), "The command is empty. See pou help.")
			_ = c.Exit(exitUsage)
			return
		}
		x.screen = onScreen && len(args) == 0
		idle := s.watchIdle(x)
		defer idle.Stop()
		t := Terminal{
			Who: x.who.Ref, Session: x.id, PTY: onScreen,
			In: &listening{r: c, x: x, now: s.opts.Now}, Out: &speaking{w: c, x: x, now: s.opts.Now}, Err: c.Stderr(),
		}
		if onScreen {
			t.Env = environment(pty.Term, c.Environ())
			t.Size = bounded(pty.Window)
			t.Resized = follow(x.ctx, resized)
		}
		code := 0
		if x.screen {
			if err := s.opts.Screen(x.ctx, t); err != nil {
				_, _ = fmt.Fprintln(c.Stderr(), part.Safe(err.Error()))
				code = 1
			}
		} else {
			code = s.opts.Command(x.ctx, t, args)
		}
		s.goodbye(c, x, code)
	}
}

// goodbye tells the officer why their session was ended, if it was.
func (s *Server) goodbye(c ssh.Session, x *session, code int) {
	var why *ended
	if !errors.As(context.Cause(x.ctx), &why) {
		_ = c.Exit(code)
		return
	}
	_, _ = fmt.Fprintln(c.Stderr(), why.why+".")
	if code == 0 {
		code = 1
	}
	_ = c.Exit(code)
	s.log("session %d of %s ended: %s", x.id, x.who.Ref, why.why)
}

// The most a window is drawn at: a client may claim any size.
const (
	widest  = 500
	highest = 200
)

func bounded(w ssh.Window) Size {
	return Size{Width: min(max(w.Width, 1), widest), Height: min(max(w.Height, 1), highest)}
}

// follow hands on the size the window has now; sizes it had meanwhile are passed over.
func follow(ctx context.Context, from <-chan ssh.Window) <-chan Size {
	out := make(chan Size, 1)
	go func() {
		for w := range from { // until the channel of the session is closed
			select {
			case <-out:
			default:
			}
			if ctx.Err() == nil {
				out <- bounded(w)
			}
		}
	}()
	return out
}

// environment is what is known of the officer's terminal.
func environment(term string, vars []string) []string {
	if !plainWord(term) {
		term = "dumb"
	}
	return append([]string{"TERM=" + term}, vars...)
}

// listening reads what the officer types; nothing any more once their session must end.
type listening struct {
	r   io.Reader
	x   *session
	now func() time.Time
}

func (l *listening) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.x.ctx.Err() != nil {
		return 0, io.EOF
	}
	l.x.line.touch(l.now())
	return n, err //nolint:wrapcheck // io.EOF is what readers look for
}

// speaking writes to the officer. A screen draws by itself, a command only answers: its answer is a sign of life.
type speaking struct {
	w   io.Writer
	x   *session
	now func() time.Time
}

func (s *speaking) Write(p []byte) (int, error) {
	if !s.x.screen {
		s.x.line.touch(s.now())
	}
	return s.w.Write(p) //nolint:wrapcheck // it stands for the session
}
