package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pou/model"
	"pou/ui/serve"
)

// elsewhere is a command that a running server has done: nothing is left to do but to end with its exit code.
type elsewhere struct{ code int }

func (e *elsewhere) Error() string { return fmt.Sprintf("done by pou serve, exit code %d", e.code) }

// server is the pou serve that holds the store, if one answers beside it.
func (a *app) server(ctx context.Context) (*serve.Client, error) {
	if a.env.Served != nil || strings.Contains(a.path(), "://") {
		return nil, nil //nolint:nilnil // there is none, and that is no fault
	}
	c, err := serve.DialBeside(ctx, a.path())
	if err != nil {
		return nil, &storeError{err}
	}
	return c, nil
}

// handOver has the server do this command.
func (a *app) handOver(ctx context.Context, c *serve.Client) (err error) {
	defer func() { _ = c.Close() }() // the session has ended
	args, err := a.forwarded()
	if err != nil {
		return err
	}
	ask := serve.Asking{Args: args, In: a.env.In, Out: a.env.Out, Err: a.env.Err, Vars: map[string]string{}}
	for _, name := range append(serve.Heard(), "TERM") {
		ask.Vars[name] = a.env.Getenv(name)
	}
	ask.Screen = len(args) == 0 && a.env.InTerminal && a.env.OutTerminal && a.env.Raw != nil
	if ask.Screen {
		restore, err := a.env.Raw()
		if err != nil {
			return fmt.Errorf("the terminal: %w", err)
		}
		defer restore()
		ask.Size, ask.Resized = a.env.Sized(ctx)
		if h, ok := a.env.In.(*heeding); ok {
			ask.In = h.r // keys go as they come
		}
	}
	code, err := c.Run(ctx, ask)
	if err != nil {
		return &storeError{err}
	}
	return &elsewhere{code}
}

// forwarded is the command line as the server is to read it: without the store, which it has open. What names a file here is
// read or written here.
func (a *app) forwarded() ([]string, error) {
	var out []string
	args := a.env.Args
	for i := 0; i < len(args); i++ {
		switch name, _, glued := strings.Cut(args[i], "="); {
		case args[i] == "--":
			return append(out, args[i:]...), nil
		case name == "--store" && glued:
		case name == "--store":
			i++
		default:
			out = append(out, args[i])
		}
	}
	if len(out) == 2 && out[0] == "do" && out[1] != "-" {
		f, err := os.Open(out[1]) // it is read to its end with the process
		if err != nil {
			return nil, fmt.Errorf("open the actions: %w", err)
		}
		a.env.In = f
		out = []string{"do"}
	}
	return a.sent(out)
}

// sent has a file that is imported here read here: the server has it by standard input, under its name.
func (a *app) sent(args []string) ([]string, error) {
	switch {
	case len(a.imports) == 0 || a.imports[0] == "-":
		return args, nil
	case len(a.imports) > 1:
		return nil, &model.Problem{
			Code: model.Invalid, Rule: "pou serve is running, and takes one file at a time", Do: "Import them one after the other; or stop pou serve, and import them together",
		}
	}
	name := a.imports[0]
	f, err := os.Open(name) //nolint:gosec // whoever runs the program names the file; it is read to its end with the process
	if err != nil {
		return nil, fmt.Errorf("open the file: %w", err)
	}
	a.env.In = f
	i := slices.Index(args, name)
	if i < 0 { // after a --
		return nil, &usageError{"the file could not be found among the words of the command", "pou help import"}
	}
	args[i] = "-"
	return append(args, "--name", filepath.Base(name)), nil
}

// backupBeside takes a backup of a store that is being served: the server makes it, this writes it down.
func (a *app) backupBeside(ctx context.Context, c *serve.Client, path string) (err error) {
	defer func() { _ = c.Close() }() // the session has ended
	if _, err := os.Lstat(path); err == nil {
		return &model.Problem{Code: model.Invalid, Rule: path + " is not empty, and nothing is written over", Do: "Give a new place"}
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".pou-backup-*")
	if err != nil {
		return fmt.Errorf("the backup could not be written: %w", err)
	}
	defer func() { _ = os.Remove(f.Name()) }() // it has been moved into its place, or is no backup
	code, err := c.Run(ctx, serve.Asking{Args: []string{"backup", "-"}, In: strings.NewReader(""), Out: f, Err: a.env.Err})
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil && code != exitDone {
		return &elsewhere{code}
	}
	if err != nil {
		return &storeError{fmt.Errorf("the backup: %w", err)}
	}
	whole, err := a.env.Open(f.Name()) // it opens as a store
	if err != nil {
		return &storeError{fmt.Errorf("the backup: %w", err)}
	}
	if err := errors.Join(whole.Close(), os.Remove(f.Name()+".lock")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return &storeError{fmt.Errorf("the backup: %w", err)}
	}
	if err := os.Link(f.Name(), path); err != nil { // unlike a move, never over another file
		return fmt.Errorf("the backup could not be put in its place: %w", err)
	}
	_, err = io.WriteString(a.env.Out, "Backup "+path+" written by the running pou serve.\n")
	return err
}
