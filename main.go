// Command pou is the operations desk of a Predatory Offender Unit, in a terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"os/user"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"

	"pou/store"
	"pou/store/bolt"
	"pou/store/etcd"
	"pou/store/memory"
	"pou/ui"
	"pou/ui/cli"
	"pou/ui/serve"
)

func main() {
	calm := unhurried()
	time.AfterFunc(startUp, calm)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends it at once
	code := cli.Run(ctx, environment(calm))
	stop()
	os.Exit(code)
}

// environment is what the command line may know of the world.
func environment(calm func()) cli.Env {
	width, _, _ := term.GetSize(os.Stdout.Fd()) // 0 when it is no terminal
	home, _ := os.UserHomeDir()
	login := loginName()
	return cli.Env{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal:  term.IsTerminal(os.Stdin.Fd()),
		OutTerminal: term.IsTerminal(os.Stdout.Fd()),
		ErrTerminal: term.IsTerminal(os.Stderr.Fd()),
		Width:       width, Getenv: os.Getenv, Home: home, User: login,
		Version: cli.Version(), Now: time.Now,
		Open:    func(path string) (store.Engine, error) { return open(path, login) },
		Missing: missing,
		Scratch: func() store.Engine { return memory.New() },
		Screen:  screen(calm), Desks: desks, Login: loginOf, Raw: raw, Sized: sized,
	}
}

// The heap grows to some 64 MB before it is collected until the first frame stands, or for as long as any start takes: what the
// desk reads for that frame needs a quarter of it, and collecting on the way takes as long as reading the list.
const (
	startUp   = 250 * time.Millisecond
	uncrowded = 1600 // GOGC while starting
)

// unhurried lets the heap grow, and returns what ends that.
func unhurried() (calm func()) {
	was := debug.SetGCPercent(uncrowded)
	return func() { debug.SetGCPercent(was) }
}

// screen opens the full-screen desk, and calms down once its first frame stands.
func screen(calm func()) func(context.Context, cli.Session) error {
	return func(ctx context.Context, s cli.Session) error {
		return ui.Run(ctx, ui.Options{
			Store: s.Store, Who: s.Who, Folder: s.Folder, NoColor: os.Getenv("NO_COLOR") != "", ASCII: os.Getenv("POU_ASCII") != "", Light: os.Getenv("POU_THEME") == "light", Tidy: debug.FreeOSMemory,
			Drawn: calm,
		})
	}
}

// desks opens the full-screen desk for many officers on one store, each in a terminal of their own.
func desks(ctx context.Context, s store.Store) func(context.Context, cli.Session) error {
	crowd := ui.NewCrowd(ctx, s, debug.FreeOSMemory)
	return func(ctx context.Context, s cli.Session) error {
		t := s.Terminal
		return ui.Run(ctx, ui.Options{
			Store: s.Store, Who: s.Who, Folder: s.Folder, NoColor: slices.Contains(t.Env, "NO_COLOR=1"), In: t.In, Out: t.Out, Env: t.Env, Size: t.Size,
			Resized: t.Resized, Crowd: crowd, Session: t.Session,
		})
	}
}

// loginOf names the OS user with a number.
func loginOf(uid int) (string, error) {
	u, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return "", fmt.Errorf("who user %d is: %w", uid, err)
	}
	return u.Username, nil
}

// raw has the terminal hand over every key as it is pressed.
func raw() (func(), error) {
	was, err := term.MakeRaw(os.Stdin.Fd())
	if err != nil {
		return nil, err
	}
	return func() { _ = term.Restore(os.Stdin.Fd(), was) }, nil
}

// sized is how large the terminal is, now and from then on.
func sized(ctx context.Context) (serve.Size, <-chan serve.Size) {
	now := func() serve.Size {
		w, h, _ := term.GetSize(os.Stdout.Fd()) // 0 when it is no terminal
		return serve.Size{Width: w, Height: h}
	}
	changed, out := make(chan os.Signal, 1), make(chan serve.Size)
	serve.NotifyResized(changed)
	go func() {
		defer signal.Stop(changed)
		for {
			select {
			case <-ctx.Done():
				return
			case <-changed:
				out <- now()
			}
		}
	}()
	return now(), out
}

// loginName is the OS user, who is matched to an officer.
func loginName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return os.Getenv("USER")
}

// missing reports whether there is nothing at a path.
func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist) && !strings.HasPrefix(path, etcd.Scheme)
}

// open picks the engine behind a --store.
func open(path, login string) (store.Engine, error) {
	if strings.HasPrefix(path, etcd.Scheme) {
		return openCluster(path)
	}
	host, _ := os.Hostname()
	return bolt.Open(path, bolt.Holder{PID: os.Getpid(), User: login, Host: host, Since: time.Now()})
}

// openCluster opens a store that several machines share.
func openCluster(url string) (store.Engine, error) {
	o, err := etcd.Parse(url, os.Getenv, time.Now)
	if err != nil {
		return nil, err
	}
	return etcd.Open(context.Background(), o)
}
