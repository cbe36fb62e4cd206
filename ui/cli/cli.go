package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
	"pou/ui/serve"
)

// Env is everything the command line knows of the world; main fills it in and tests make their own.
type Env struct {
	Args        []string // without the name of the program
	In          io.Reader
	Out         io.Writer
	Err         io.Writer
	InTerminal  bool
	OutTerminal bool
	ErrTerminal bool
	Width       int // of the terminal; 0 when there is none
	Getenv      func(string) string
	Home        string // the user's home directory
	User        string // the OS user
	Version     string
	Now         func() time.Time
	// Open opens the engine behind a --store.
	Open func(path string) (store.Engine, error)
	// Scratch makes an engine that is thrown away, for a dry run where there is no store.
	Scratch func() store.Engine
	// Missing reports whether there is no store there yet; nil when there always is.
	Missing func(path string) bool
	// Screen runs the full-screen UI until the officer leaves it.
	Screen func(ctx context.Context, s Session) error
	// Desks is Screen for many officers at once on one open store.
	Desks func(ctx context.Context, s store.Store) func(ctx context.Context, s Session) error
	// Login names the OS user with a number.
	Login func(uid int) (string, error)
	// Raw has the terminal hand over every key as it is pressed, until the function it returns is called; Sized is how large
	// the terminal is, now and from then on. Both are for a screen that a server draws.
	Raw   func() (restore func(), err error)
	Sized func(ctx context.Context) (serve.Size, <-chan serve.Size)
	// Served is the open store of a server, when the command line is run for one of its sessions.
	Served *Served
}

// Session is what the full-screen UI is opened on.
type Session struct {
	Store  store.Store
	Who    model.Ref
	Folder string // where the store is, and the photos its records name
	// Terminal is where the officer of a server's session sits; nil: at this machine's.
	Terminal *serve.Terminal
}

// app is one run of the command line.
type app struct {
	env   Env
	store string
	as    string
	now   string
	plain bool

	dryRun  bool     // an import that only looks
	imports []string // the files an import names
}

// Run runs one command and returns its exit code.
func Run(ctx context.Context, env Env) int {
	env.In = &heeding{r: env.In, done: ctx.Done(), got: make(chan piece, 1)}
	a := &app{env: env}
	root := a.root()                              //nolint:contextcheck // cobra hands ctx to the commands
	root.SetArgs(append([]string{}, env.Args...)) // nil would be the arguments of whatever program this is
	root.SetHelpFunc(a.help)
	root.AddCommand(a.manCmd()) //nolint:contextcheck // cobra hands ctx to the command
	if err := root.ExecuteContext(ctx); err != nil {
		var done *elsewhere
		if errors.As(err, &done) {
			return done.code
		}
		return a.say(err)
	}
	return exitDone
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "pou",
		Short: "The operations desk of a Predatory Offender Unit",
		Long: "pou keeps the wanted, orders, breaches, operations and tasks of a Predatory Offender Unit.\n" +
			"On its own it opens the screen; the commands below are for scripts and one-line answers.",
		Example: "  pou sample\n  pou list wanted --unit SW --where \"marker:VI idle:>7d\"\n  pou find kovach\n  pou show P-000001",
		Version: a.env.Version,
		Args:    noCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.desktop(cmd.Context()) },

		SilenceUsage: true, SilenceErrors: true, // errors are said once, in Run
	}
	root.SetIn(a.env.In)
	root.SetOut(a.env.Out)
	root.SetErr(a.env.Err)
	f := root.PersistentFlags()
	f.StringVar(&a.store, "store", "", "the FILE of the store (POU_STORE; else pou/pou.db in your data folder)")
	f.StringVar(&a.as, "as", "", "the OFFICER who is acting: reference, login or name")
	f.BoolVar(&a.plain, "plain", false, "no full screen, no colour, line by line")
	f.StringVar(&a.now, "now", "", "work by this TIME (RFC 3339); only in a SAMPLE store")
	root.SetFlagErrorFunc(flagError)
	root.PersistentPreRunE = a.asServed
	root.AddCommand(a.initCmd(), a.sampleCmd(), a.importCmd(), a.listCmd(), a.showCmd(), a.findCmd(), a.proposeCmd(), a.planCmd(), a.doCmd(), a.briefCmd(), a.courtCmd(),
		a.handoverCmd(), a.resultsCmd(), a.engagementCmd(), a.chartsCmd(), a.actionsCmd(), a.journalCmd(), a.checkCmd(), a.atlasCmd(), a.copyCmd(), a.backupCmd(), a.restoreCmd(), a.serveCmd(), a.versionCmd())
	return root
}

// help prints the help of a command: styled for a terminal, as plain lines where that is asked for.
func (a *app) help(cmd *cobra.Command, _ []string) {
	if a.plain || !a.env.OutTerminal {
		text := cmd.Long
		if text == "" {
			text = cmd.Short
		}
		_, _ = fmt.Fprintf(a.env.Out, "%s\n\n%s", text, cmd.UsageString())
		return
	}
	_ = a.styled(cmd.Context(), append(strings.Fields(cmd.CommandPath())[1:], "--help")) // writing help to the terminal
}

// styled runs pages of help and the manual through fang. Nothing else: on an error it would ask the terminal for its
// colours, and take what is being typed for the answer.
func (a *app) styled(ctx context.Context, args []string) error {
	root := a.root() //nolint:contextcheck // fang hands ctx to the commands
	root.SetArgs(args)
	return fang.Execute(ctx, root, fang.WithVersion(a.env.Version))
}

func (a *app) manCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: "The manual page, for man -l -",
		Args:  wants(0, 0, ""),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.styled(cmd.Context(), []string{"man"}) },
	}
}

// desktop is pou without a command: the screen, the line-by-line mode, or an overview when nobody sits at a terminal.
func (a *app) desktop(ctx context.Context) error {
	return a.signedIn(ctx, func(d *desk) error {
		switch {
		case a.env.Served != nil && a.plain && a.env.InTerminal:
			return &usageError{"over SSH the line-by-line mode is ssh -T HOST --plain: your own terminal then edits the lines", "pou help"}
		case a.env.Served != nil && a.plain:
			return newTalk(a, d).run(ctx)
		case !a.env.InTerminal || !a.env.OutTerminal:
			return a.overview(ctx, d)
		case a.plain || a.env.Getenv("TERM") == "dumb":
			return newTalk(a, d).run(ctx)
		}
		return a.env.Screen(ctx, Session{Store: d.book, Who: d.who.Ref, Folder: filepath.Dir(d.path)})
	})
}
