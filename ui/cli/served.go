package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pou/model"
	"pou/store"
)

// servedCommands are the commands an officer may run over SSH: those that read and write the desk. The others open files or
// stores of the server's machine, or make new ones. A new command is refused until it is put here.
func servedCommands() []string {
	return []string{
		"pou", "import", "list", "show", "find", "propose", "plan", "do", "brief", "court", "handover", "results", "engagement", "charts", "actions",
		"journal", "journal list", "journal head", "journal verify", "check", "backup", "serve", "version", "help", "man",
	}
}

// reaches reports whether a flag names a file, which would be the server's, or a place to listen at. A flag's help says FILE where its
// value is one, so that one that is new is refused as well.
func reaches(f *pflag.Flag) bool { return f.Name == "listen" || strings.Contains(f.Usage, "FILE") }

// notServed refuses what would reach into the server's machine.
func notServed(what string) error {
	return &model.Problem{
		Code: model.Denied, Rule: what + " works on files of the machine pou serve runs on, and is not done through the running server",
		Do: "Stop pou serve, then run it on that machine",
	}
}

// asServed holds a command line run for a session against what sessions may do.
func (a *app) asServed(cmd *cobra.Command, args []string) error {
	if a.env.Served == nil {
		return nil
	}
	name := strings.TrimPrefix(strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()), " ")
	if name == "" {
		name = cmd.Root().Name()
	}
	if !slices.Contains(servedCommands(), name) {
		return notServed("pou " + name)
	}
	var bad error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		switch {
		case bad != nil:
		case f.Name == "as":
			bad = &model.Problem{Code: model.Denied, Field: "--as", Rule: "the server knows who you are by how you came in: nobody acts for another through it", Do: "Leave --as out"}
		case f.Name == "now":
			bad = &model.Problem{Code: model.Denied, Field: "--now", Rule: "the server's clock is everybody's", Do: "Leave --now out"}
		case f.Name == "out":
			bad = &model.Problem{Code: model.Denied, Field: "--out", Rule: "the file would be on the server", Do: "Leave --out out and redirect the answer here: ssh HOST … --format pdf > FILE"}
		case reaches(f):
			bad = notServed("--" + f.Name)
		}
	})
	if bad != nil {
		return bad
	}
	if (name == "do" || name == "backup" || name == "import") && slices.ContainsFunc(args, func(s string) bool { return s != "-" }) {
		return &model.Problem{Code: model.Denied, Rule: args[0] + " would be a file on the server", Do: "Give - and redirect here: ssh HOST do < FILE, ssh HOST import - --name FILE < FILE, ssh HOST backup - > FILE"}
	}
	return nil
}

// openServed is the desk of a session.
func (a *app) openServed(ctx context.Context) (*desk, error) {
	s := a.env.Served
	d := &desk{book: s.Book.For(s.Who), whole: s.Book, path: s.Path, clock: s.Book.Now, served: true}
	if err := d.look(ctx); err != nil {
		return nil, &storeError{err}
	}
	err := s.Book.Read(ctx, func(r store.Reader) error {
		rec, err := r.Record(s.Who)
		if err != nil {
			return err
		}
		d.who, _ = rec.(*model.Officer)
		return nil
	})
	if err == nil && (d.who == nil || d.who.Left) {
		err = &model.Problem{Code: model.Denied, Rule: "your access to the desk has ended", Do: "Ask an administrator"}
	}
	return d, err
}
