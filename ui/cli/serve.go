package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/serve"
)

// serving is one `pou serve`.
type serving struct {
	listen   string
	hostKey  string
	idle     time.Duration
	sessions bool
	output   string
}

func (a *app) serveCmd() *cobra.Command {
	var v serving
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Let officers in over SSH",
		Long: "Serves the desk to officers over SSH, each by a public key on their officer record (officer.key), and to a pou on the same\n" +
			"machine. `ssh HOST` opens the screen; `ssh HOST list wanted --output json` runs the command line. Whoever sits still is\n" +
			"locked out and proves their key again. SIGTERM ends it: what is half typed is kept as a draft.\n\n" +
			"--sessions lists who is here (an administrator asks). The action officer.end-sessions ends an officer's, on every server of the desk.",
		Example: "  pou --store pou.db serve --listen 0.0.0.0:2222\n  pou --store pou.db serve --sessions",
		Args:    wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if v.sessions {
				return a.existing(cmd.Context(), func(d *desk) error { return a.sessionList(d, v.output) })
			}
			if a.env.Served != nil {
				return &model.Problem{
					Code: model.Denied, Rule: "pou serve is running on this store already",
					Do: "Come in through it, or stop it first; pou serve --sessions says who is here",
				}
			}
			return a.existing(cmd.Context(), func(d *desk) error { return a.serve(cmd.Context(), d, &v) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&v.listen, "listen", "127.0.0.1:2222", "the ADDRESS and port to listen on; none: only the socket beside the store")
	f.StringVar(&v.hostKey, "host-key", "", "the FILE of the host key (else beside the store, made the first time)")
	f.DurationVar(&v.idle, "idle", serve.DefaultIdle, "after how long without a key a session is locked")
	f.BoolVar(&v.sessions, "sessions", false, "list the sessions of the server that is running")
	outputFlag(cmd, &v.output, asTable, asJSON)
	return cmd
}

func (a *app) serve(ctx context.Context, d *desk, v *serving) error {
	if v.idle < time.Minute {
		return &usageError{"--idle is a minute at least", "pou help serve"}
	}
	key, err := serve.HostKey(a.hostKeyPath(d, v))
	if err != nil {
		return err
	}
	screen := a.env.Desks(ctx, d.whole)
	var server *serve.Server
	server, err = serve.New(serve.Options{
		Book: d.whole, HostKey: key, Now: a.env.Now, Login: a.env.Login, Log: a.env.Err, Idle: v.idle,
		Screen: func(ctx context.Context, t serve.Terminal) error {
			return screen(ctx, Session{Store: d.whole.For(t.Who), Who: t.Who, Folder: filepath.Dir(d.path), Terminal: &t})
		},
		Command: func(ctx context.Context, t serve.Terminal, args []string) int {
			return Run(ctx, a.envOf(d, t, args, func() []serve.Open { return server.Sessions() }))
		},
	})
	if err != nil {
		return err
	}
	network, socket, err := a.listeners(ctx, d, v)
	if err != nil {
		return err
	}
	if network != nil {
		a.note("Listening on %s. Host key %s", network.Addr(), hostPrint(key))
	}
	if socket != nil {
		a.note("A pou on this machine comes in at %s.", serve.SocketPath(d.path))
	}
	return server.Run(ctx, network, socket)
}

// hostKeyPath is where the host key is: beside a store that is a file, else in the data folder.
func (a *app) hostKeyPath(d *desk, v *serving) string {
	switch {
	case v.hostKey != "":
		return v.hostKey
	case strings.Contains(d.path, "://"):
		return filepath.Join(a.env.Home, ".pou-host-key")
	}
	return serve.HostKeyPath(d.path)
}

// listeners are the network's and the socket's. A store on a cluster needs no socket: any pou opens it.
func (a *app) listeners(ctx context.Context, d *desk, v *serving) (network, socket net.Listener, err error) {
	if v.listen != "none" {
		if network, err = (&net.ListenConfig{}).Listen(ctx, "tcp", v.listen); err != nil {
			return nil, nil, fmt.Errorf("listen on %s: %w", v.listen, err)
		}
	}
	if !strings.Contains(d.path, "://") && v.hostKey == "" {
		if socket, err = serve.ListenBeside(ctx, serve.SocketPath(d.path)); err != nil {
			a.note("No pou on this machine can come in while this runs: %s", err)
		}
	}
	if network == nil && socket == nil {
		return nil, nil, errors.Join(errors.New("there is nowhere to listen"), err)
	}
	return network, socket, nil
}

// envOf is what a command line run for a session may know: who it is, the open store, and nothing of this machine.
func (a *app) envOf(d *desk, t serve.Terminal, args []string, sessions func() []serve.Open) Env {
	return Env{
		Args: args, In: t.In, Out: t.Out, Err: t.Err,
		InTerminal: t.PTY, OutTerminal: t.PTY, ErrTerminal: t.PTY, Width: t.Size.Width,
		Getenv:  func(name string) string { return variable(t.Env, name) },
		Version: a.env.Version, Now: a.env.Now, Open: a.env.Open,
		Served: &Served{Book: d.whole, Path: d.path, Who: t.Who, Sessions: sessions},
	}
}

func variable(vars []string, name string) string {
	for _, v := range vars {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

func (a *app) sessionList(d *desk, output string) error {
	s := a.env.Served
	if s == nil || s.Sessions == nil {
		return &model.Problem{Code: model.NotFound, Rule: "no pou serve is running on " + d.path, Do: "Start one with pou serve"}
	}
	if !d.who.Has(model.RoleAdmin) {
		return onlyAdministrators(d, "see who is here")
	}
	open := s.Sessions()
	if output == asJSON {
		return writeJSON(a.env.Out, open)
	}
	t := sheet{cols: []column{{head: "NO", right: true}, {head: "OFFICER", fixed: true}, {head: "NAME"}, {head: "FROM"}, {head: "SINCE"}, {head: "LAST KEY"}, {head: "DOING"}, {head: "ENDING"}, {head: "KEY"}}}
	for _, o := range open {
		t.add(fmt.Sprint(o.Session), string(o.Officer), o.Name, o.From, day.Moment(o.Since), day.Moment(o.Used), o.Doing, o.Ending, o.Key)
	}
	t.write(a.env.Out, a.tableWidth())
	return nil
}

func onlyAdministrators(d *desk, what string) error {
	return &model.Problem{Code: model.Denied, Rule: "to " + what + " takes the role Administrator", Do: "Ask one; you are " + d.who.Call()}
}

// backupServed writes a backup of the store being served to standard output. It is made whole, and held against the store,
// before the first byte leaves.
func (a *app) backupServed(ctx context.Context, d *desk) (err error) {
	if !d.who.Has(model.RoleAdmin) {
		return onlyAdministrators(d, "take a backup")
	}
	near := filepath.Dir(d.path)
	if strings.Contains(d.path, "://") {
		near = "" // the system's own place
	}
	dir, err := os.MkdirTemp(near, ".pou-backup-")
	if err != nil {
		return fmt.Errorf("there is no room for the backup: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "backup.db")
	to, err := a.env.Open(path)
	if err != nil {
		return &storeError{err}
	}
	// It is written before the copy is made, so that the copy says so too, and is found when something is erased that it holds.
	if err := d.whole.BackedUp(ctx, d.who.Ref, "", "whoever keeps the backups"); err != nil {
		return errors.Join(err, to.Close())
	}
	done, err := d.whole.CopyTo(ctx, to)
	if err = errors.Join(err, to.Close()); err != nil {
		return &storeError{err}
	}
	f, err := os.Open(path) //nolint:gosec // made just above
	if err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	_, err = io.Copy(a.env.Out, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("the backup could not be sent: %w", err)
	}
	a.note("%s, %d bytes; the backup and the store hold the same, sha256 %s", model.Counted(done.Keys, "key", "keys"), done.Bytes, done.Sum)
	return nil
}

// hostPrint is how a client shows the host key the first time.
func hostPrint(key gossh.Signer) string { return gossh.FingerprintSHA256(key.PublicKey()) }

// Served is the open store of a server, and the officer whose session a command is run for.
type Served struct {
	Book     *store.Book
	Path     string
	Who      model.Ref
	Sessions func() []serve.Open
}
