package serve_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	gossh "golang.org/x/crypto/ssh"

	"pou/model"
	"pou/store"
	"pou/store/memory"
	"pou/ui"
	"pou/ui/cli"
	"pou/ui/serve"
)

// patience ends a test that hangs; nothing is timed by it.
const patience = 20 * time.Second

// house is a real pou serve on a store in memory, as `pou serve` runs it.
type house struct {
	t      *testing.T
	addr   string
	path   string
	store  store.Store
	log    *lines
	stop   func()
	host   gossh.PublicKey
	admin  gossh.Signer // O-0001, a sergeant, lead and administrator
	blake  gossh.Signer // O-0002, an officer
	keyPEM map[string]string
}

// lines is a log that may be read while it is written.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// open starts the house with three officers on record, two of whom have a key.
func open(t *testing.T) *house {
	t.Helper()
	return openOn(t, memory.New())
}

func openOn(t *testing.T, engine store.Engine, more ...string) *house {
	t.Helper()
	dir, err := os.MkdirTemp("", "pou") //nolint:usetesting // a socket's path is short, and a test's folder is not
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	h := &house{t: t, path: filepath.Join(dir, "d.db"), log: &lines{}, keyPEM: map[string]string{}}
	h.admin, h.blake = h.newKey("admin"), h.newKey("blake")
	h.begin(engine)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	opened := make(chan store.Store, 1)
	go func() {
		ended <- cli.Run(ctx, cli.Env{
			Args: append([]string{"--store", h.path, "serve", "--listen", "127.0.0.1:0"}, more...), In: strings.NewReader(""), Out: io.Discard, Err: h.log,
			Getenv: func(string) string { return "" }, User: "desk", Version: "test", Now: time.Now,
			Open:  func(string) (store.Engine, error) { return unclosed{engine}, nil },
			Login: func(uid int) (string, error) { return fmt.Sprintf("uid-%d", uid), nil },
			Desks: func(ctx context.Context, s store.Store) func(context.Context, cli.Session) error {
				opened <- s
				return desks(ctx, s)
			},
		})
	}()
	var once sync.Once
	h.stop = func() {
		once.Do(func() {
			stop()
			select {
			case <-ended:
			case <-time.After(patience):
				t.Error("pou serve does not stop")
			}
		})
	}
	t.Cleanup(h.stop)
	select {
	case h.store = <-opened:
	case code := <-ended:
		t.Fatalf("pou serve ended with %d: %s", code, h.log)
	case <-time.After(patience):
		t.Fatal("pou serve does not start")
	}
	until(t, "it listens", func() bool { return strings.Contains(h.log.String(), "comes in at") })
	_, rest, _ := strings.Cut(h.log.String(), "Listening on ")
	h.addr, _, _ = strings.Cut(rest, ". ")
	if h.host, err = serve.HostPublic(serve.HostKeyPath(h.path)); err != nil {
		t.Fatal(err)
	}
	return h
}

// unclosed keeps a store in memory when the server has let go of it, so that the test can look.
type unclosed struct{ store.Engine }

func (unclosed) Close() error { return nil }

// desks is how main shows the desk to many officers.
func desks(ctx context.Context, s store.Store) func(context.Context, cli.Session) error {
	crowd := ui.NewCrowd(ctx, s, nil)
	return func(ctx context.Context, s cli.Session) error {
		t := s.Terminal
		return ui.Run(ctx, ui.Options{Store: s.Store, Who: s.Who, In: t.In, Out: t.Out, Env: t.Env, Size: t.Size, Resized: t.Resized, Crowd: crowd, Session: t.Session})
	}
}

func (h *house) begin(engine store.Engine) {
	h.t.Helper()
	book, err := store.New(h.t.Context(), engine, time.Now)
	if err != nil {
		h.t.Fatal(err)
	}
	lead := &model.Officer{Name: "ADEYEMI, Folake", Rank: "PS", Unit: "SW", Roles: []model.Role{model.RoleSergeant, model.RoleLead, model.RoleAdmin}, Login: fmt.Sprintf("uid-%d", os.Getuid())}
	lead.Ref = "O-0001"
	if _, err := book.Collect(h.t.Context(), "O-0001", "store.init", model.Batch{Records: []model.Record{lead}}); err != nil {
		h.t.Fatal(err)
	}
	h.store = book
	h.do("O-0001", "officer.add", "name", "BLAKE, Tom", "rank", "PC", "unit", "SW", "roles", "officer")
	h.do("O-0001", "officer.add", "name", "RAHMAN, Tariq", "rank", "PS", "unit", "NE", "roles", "sergeant")
	h.key("O-0001", h.admin)
	h.key("O-0002", h.blake)
	h.do("O-0001", "person.add", "surname", "Holloway", "forename", "Marcus", "unit", "SW", "address", "3 Sample Street SW18")
	h.do("O-0001", "wanted.mark", "person", "P-1", "offences", "s4A", "unit", "SW", "pnc_ref", "26/1")
}

// do runs an action at the store, past the door, and returns the first record it changed.
func (h *house) do(who model.Ref, action string, pairs ...string) model.Ref {
	h.t.Helper()
	fields := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		fields[pairs[i]] = pairs[i+1]
	}
	receipt, err := h.store.Do(context.Background(), who, model.Request{Action: action, Fields: fields})
	if err != nil {
		h.t.Fatalf("%s %v: %v", action, pairs, err)
	}
	return receipt.Changed[0].Ref
}

func (h *house) key(officer model.Ref, s gossh.Signer) {
	h.t.Helper()
	h.do("O-0001", "officer.key", "officer", string(officer), "key", string(gossh.MarshalAuthorizedKey(s.PublicKey())))
}

// newKey makes a key pair, and keeps the private half in a file for OpenSSH.
func (h *house) newKey(name string) gossh.Signer {
	h.t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	block, err := gossh.MarshalPrivateKey(private, name)
	if err != nil {
		h.t.Fatal(err)
	}
	h.keyPEM[name] = string(pem.EncodeToMemory(block))
	s, err := gossh.NewSignerFromKey(private)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

// dial signs in with keys.
func (h *house) dial(keys ...gossh.Signer) (*gossh.Client, error) {
	return gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: "anything", Auth: []gossh.AuthMethod{gossh.PublicKeys(keys...)}, HostKeyCallback: gossh.FixedHostKey(h.host), Timeout: patience,
	})
}

// in signs in with a key that does.
func (h *house) in(key gossh.Signer) *gossh.Client {
	h.t.Helper()
	c, err := h.dial(key)
	if err != nil {
		h.t.Fatalf("sign in: %v\n%s", err, h.log)
	}
	h.t.Cleanup(func() { _ = c.Close() })
	return c
}

// run runs one command and returns what it wrote and its exit code.
func run(t *testing.T, c *gossh.Client, command, stdin string) (out, errs string, code int) {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var o, e bytes.Buffer
	s.Stdin, s.Stdout, s.Stderr = strings.NewReader(stdin), &o, &e
	if command == "" {
		if err = s.Shell(); err == nil {
			err = s.Wait()
		}
	} else {
		err = s.Run(command)
	}
	if exit, ok := err.(*gossh.ExitError); ok { //nolint:errorlint // as it is returned
		code = exit.ExitStatus()
	} else if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return o.String(), e.String(), code
}

// screen is a session with a terminal: what it draws is kept as bytes.
type screen struct {
	t    *testing.T
	s    *gossh.Session
	in   io.WriteCloser
	out  *lines
	em   *glass
	errs *lines
	done chan error
}

// glass is the screen of a terminal, which is drawn on and looked at by turns.
type glass struct {
	mu sync.Mutex
	em *vt.Emulator
}

func (g *glass) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.em.Write(p)
}

func (g *glass) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.em.String()
}

func show(t *testing.T, c *gossh.Client, w, h int) *screen {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	x := &screen{t: t, s: s, out: &lines{}, errs: &lines{}, em: &glass{em: vt.NewEmulator(min(w, 500), min(h, 200))}, done: make(chan error, 1)}
	s.Stdout, s.Stderr = io.MultiWriter(x.out, x.em), x.errs
	if x.in, err = s.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm-256color", h, w, gossh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_, _ = io.Copy(x.in, x.em.em) // what a terminal answers when it is asked
	}()
	go func() {
		x.done <- s.Wait()
		if in, ok := x.em.em.InputPipe().(io.Closer); ok {
			_ = in.Close()
		}
	}()
	return x
}

func (x *screen) keys(text string) *screen {
	x.t.Helper()
	if _, err := io.WriteString(x.in, text); err != nil {
		x.t.Fatalf("type %q: %v", text, err)
	}
	return x
}

func (x *screen) sees(words ...string) *screen {
	x.t.Helper()
	for _, w := range words {
		until(x.t, "the screen says "+w, func() bool { return strings.Contains(x.em.String(), w) })
	}
	return x
}

// ends waits for the end of the session.
func (x *screen) ends() error {
	x.t.Helper()
	select {
	case err := <-x.done:
		return err
	case <-time.After(patience):
		x.t.Fatal("the session does not end")
		return nil
	}
}

// until waits for something to become so.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if so() {
			return
		}
	}
	t.Fatalf("it never came about that %s", what)
}

// raw is a bare connection that has signed in as nobody.
func (h *house) raw() net.Conn {
	h.t.Helper()
	c, err := net.Dial("tcp", h.addr)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = c.Close() })
	return c
}

// again serves the house's store once more, by options of the test's.
func (h *house) again(host gossh.Signer, o serve.Options) *house {
	h.t.Helper()
	book, ok := h.store.(*store.Book)
	if !ok {
		h.t.Fatal("no book")
	}
	next := *h
	next.log, next.host = &lines{}, host.PublicKey()
	ctx, stop := context.WithCancel(context.Background())
	show := desks(ctx, book)
	o.Book, o.HostKey, o.Now, o.Log = book, host, time.Now, next.log
	o.Screen = func(ctx context.Context, t serve.Terminal) error {
		return show(ctx, cli.Session{Store: book, Who: t.Who, Terminal: &t})
	}
	s, err := serve.New(o)
	if err != nil {
		h.t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.t.Fatal(err)
	}
	next.addr = l.Addr().String()
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, l, nil) }()
	h.t.Cleanup(func() {
		stop()
		<-done
	})
	return &next
}
