package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	gossh "golang.org/x/crypto/ssh"
)

// Client is a pou on the same machine as a server: it has the server do what it was asked.
type Client struct{ conn *gossh.Client }

// DialBeside reaches the server that holds a store; nil when none answers there.
func DialBeside(ctx context.Context, storePath string) (*Client, error) {
	path := SocketPath(storePath)
	raw, err := (&net.Dialer{}).DialContext(ctx, "unix", path)
	if err != nil {
		return nil, nil //nolint:nilnil,nilerr // nobody answers: the store is opened as ever
	}
	key, err := HostPublic(HostKeyPath(storePath))
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	conn, chans, asked, err := gossh.NewClientConn(raw, path, &gossh.ClientConfig{User: "pou", HostKeyCallback: gossh.FixedHostKey(key)})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("pou serve at %s: %w", path, err), raw.Close())
	}
	return &Client{conn: gossh.NewClient(conn, chans, asked)}, nil
}

// Close lets the server go.
func (c *Client) Close() error { return c.conn.Close() } //nolint:wrapcheck // it stands for the connection

// Asking is what a local pou wants of the server, and where its answer goes.
type Asking struct {
	Args    []string // none: the screen, or the overview
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Screen  bool // there is a terminal to draw on
	Vars    map[string]string
	Size    Size
	Resized <-chan Size
}

// Run runs one session and returns the exit code of what was asked.
func (c *Client) Run(ctx context.Context, a Asking) (int, error) {
	s, err := c.conn.NewSession()
	if err != nil {
		return 0, fmt.Errorf("pou serve: %w", err)
	}
	defer func() { _ = s.Close() }() // it has ended by itself
	defer context.AfterFunc(ctx, func() { _ = s.Close() })()
	s.Stdout, s.Stderr = a.Out, a.Err
	in, err := s.StdinPipe() // not Stdin: Wait would wait for a key nobody presses
	if err != nil {
		return 0, fmt.Errorf("pou serve: %w", err)
	}
	if a.Screen {
		if err := s.RequestPty(a.Vars["TERM"], a.Size.Height, a.Size.Width, gossh.TerminalModes{}); err != nil {
			return 0, fmt.Errorf("pou serve gives no terminal: %w", err)
		}
	}
	for _, name := range Heard() {
		if v := a.Vars[name]; v != "" {
			_ = s.Setenv(name, v) // one that is not wanted is left out
		}
	}
	if len(a.Args) > 0 {
		err = s.Start(quoted(a.Args))
	} else {
		err = s.Shell()
	}
	if err != nil {
		return 0, fmt.Errorf("pou serve: %w", err)
	}
	go func() {
		_, _ = io.Copy(in, a.In)
		_ = in.Close()
	}()
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-done:
				return
			case z, ok := <-a.Resized:
				if !ok {
					return
				}
				_ = s.WindowChange(z.Height, z.Width)
			}
		}
	}()
	err = s.Wait()
	var exit *gossh.ExitError
	switch {
	case err == nil:
		return 0, nil
	case errors.As(err, &exit):
		return exit.ExitStatus(), nil
	case ctx.Err() != nil:
		return 0, context.Cause(ctx)
	}
	return 0, fmt.Errorf("pou serve went away: %w", err)
}

// quoted writes arguments so that they are read as they are.
func quoted(args []string) string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
	}
	return strings.Join(out, " ")
}
