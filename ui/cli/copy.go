package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
)

func (a *app) copyCmd() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "copy FROM TO",
		Short: "Copy a store to another place, from a file to a cluster or back, and hold both against each other",
		Long: "Copies everything in FROM to TO, each a file or etcd://host:port,…, and then compares every key and value. TO must be new. A copy\n" +
			"that was cut off is no store until it is made again. FROM's journal keeps who had it copied, to where, how much and its sha256.",
		Example: "  pou copy pou.db etcd://127.0.0.1:2379\n  pou copy etcd://127.0.0.1:2379 pou.db",
		Args:    wants(2, 2, "FROM TO"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.copyFrom(cmd.Context(), args[0], args[1], output)
		},
	}
	outputFlag(cmd, &output, asText, asJSON)
	return cmd
}

func (a *app) backupCmd() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the store to a new file, and hold both against each other",
		Long: "Writes everything in the store to FILE, which must be new, and compares every key and value. Keep `pou journal head` with it: a\n" +
			"backup is then known to be whole. An erasure reaches no backup made before it: keep backups no longer than the retention allows.",
		Args: wants(1, 1, "FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.env.Served != nil {
				return a.existing(cmd.Context(), func(d *desk) error { return a.backupServed(cmd.Context(), d) })
			}
			if err := a.mustExist(); err != nil {
				return err
			}
			if c, err := a.server(cmd.Context()); c != nil || err != nil {
				if err != nil {
					return err
				}
				return a.backupBeside(cmd.Context(), c, args[0])
			}
			return a.backup(cmd.Context(), args[0], output)
		},
	}
	outputFlag(cmd, &output, asText, asJSON)
	return cmd
}

func (a *app) restoreCmd() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Make the store from a backup",
		Long:  "Copies the backup FILE to the store, which must be new: what is there is never written over. Move a damaged store aside first.",
		Args:  wants(1, 1, "FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := a.copy(cmd.Context(), args[0], a.path(), output)
			return err
		},
	}
	outputFlag(cmd, &output, asText, asJSON)
	return cmd
}

// mayCopy refuses to copy a store onto itself, or one that is not there.
func mayCopy(a *app, from, to string) error {
	if from == to {
		return &model.Problem{Code: model.Invalid, Rule: "a store cannot be copied onto itself", Do: "Give another place"}
	}
	if a.env.Missing != nil && a.env.Missing(from) {
		return &model.Problem{Code: model.NotFound, Rule: "there is no store at " + from, Do: "Check the path"}
	}
	return nil
}

// copy copies a store and says what was copied.
func (a *app) copy(ctx context.Context, from, to, output string) (done store.Copied, err error) {
	if err := mayCopy(a, from, to); err != nil {
		return done, err
	}
	source, err := a.env.Open(from)
	if err != nil {
		return done, &storeError{err}
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := a.env.Open(to)
	if err != nil {
		return done, &storeError{err}
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	bar := a.newBar("keys")
	done, err = store.Copy(ctx, source, target, func(keys int) { bar.show("copying", keys, 0) })
	bar.clear()
	switch {
	case errors.Is(err, store.ErrNotEmpty):
		return done, &model.Problem{Code: model.Invalid, Rule: to + " is not empty, and nothing is written over", Do: "Give a new place"}
	case err != nil:
		return done, &storeError{err}
	}
	if output == asJSON {
		return done, writeJSON(a.env.Out, &done)
	}
	_, err = fmt.Fprintf(a.env.Out, "%s, %d bytes; both hold the same, sha256 %s\n", model.Counted(done.Keys, "key", "keys"), done.Bytes, done.Sum)
	return done, err
}
