package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/store/comms"
	"pou/store/sample/planted"
)

// readMapping reads a file that says which column is what.
func readMapping(path string) (comms.Mapping, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the officer names the file
	if err != nil {
		return comms.Mapping{}, fmt.Errorf("the mapping cannot be read: %w", err)
	}
	return comms.ParseMapping(string(text))
}

// sourcesAt opens the files of a load; closing lets go of them.
func sourcesAt(paths []string, job *comms.Loading) (closing func(), err error) {
	var opened []io.Closer
	closing = func() {
		for _, c := range opened {
			_ = c.Close() // they were only read
		}
	}
	for _, path := range paths {
		f, err := os.Open(path) //nolint:gosec // the officer names the file
		if err != nil {
			if errors.Is(err, os.ErrNotExist) {
				return closing, &outcome{exitNo, "there is no file " + path}
			}
			return closing, fmt.Errorf("%s cannot be read: %w", path, err)
		}
		opened = append(opened, f)
		job.Files = append(job.Files, comms.Source{Name: filepath.Base(path), Reader: f})
	}
	return closing, nil
}

// keepColumns writes down the columns that were found, to be corrected and given back with --map.
func keepColumns(path string, r comms.Receipt) error {
	if path == "" || len(r.Files) == 0 {
		return nil
	}
	if err := os.WriteFile(path, []byte(r.Files[0].Mapping), 0o600); err != nil {
		return fmt.Errorf("keep the columns: %w", err)
	}
	return nil
}

// loadTable says what became of every row.
func (a *app) loadTable(w io.Writer, r comms.Receipt, dryRun bool) {
	if dryRun {
		_, _ = fmt.Fprintln(w, "DRY RUN: nothing was written.")
	}
	t := sheet{cols: []column{{head: "FILE"}, {head: "LAYOUT"}, {head: "TIMES"}, {head: "ROWS"}, {head: "KEPT"}, {head: "THERE ALREADY"}, {head: "OUTSIDE"}, {head: "REFUSED"}, {head: "NO DATA"}}}
	for _, f := range r.Files {
		t.add(f.Name, f.Layout, f.Zone, strconv.Itoa(f.Read), strconv.Itoa(f.Kept), strconv.Itoa(f.Duplicate), strconv.Itoa(f.Held), strconv.Itoa(f.Refused), strconv.Itoa(f.Skipped))
	}
	t.write(w, a.tableWidth())
	for _, f := range r.Files {
		for _, n := range f.Notes {
			_, _ = fmt.Fprintf(w, "%s: %s\n", f.Name, n)
		}
		for _, held := range f.HeldFor {
			_, _ = fmt.Fprintf(w, "%s: %s held: %s\n", f.Name, model.Counted(held.Rows, "row", "rows"), held.Reason)
		}
		for _, bad := range f.Refusals[:min(len(f.Refusals), refusalsShown)] {
			_, _ = fmt.Fprintf(w, "%s line %d refused: %s %s\n", f.Name, bad.Line, bad.Reason, bad.Cell)
		}
		if more := f.Refused - refusalsShown; more > 0 {
			_, _ = fmt.Fprintf(w, "%s: %s more refused; --output json lists them\n", f.Name, model.Counted(more, "row", "rows"))
		}
	}
	if len(r.Unmatched) > 0 {
		_, _ = fmt.Fprintf(w, "No place is known for %s: %s. Load the table of cells too.\n", model.Counted(r.NoPlace, "cell or station", "cells and stations"), strings.Join(r.Unmatched[:min(len(r.Unmatched), refusalsShown)], ", "))
	}
}

// maskedReceipt is a receipt without the numbers of whoever the case protects, in the name of a file as much as in a note.
func (d *desk) maskedReceipt(ctx context.Context, of model.Ref, receipt comms.Receipt) (comms.Receipt, error) {
	err := d.book.Read(ctx, func(r store.Reader) error {
		data, err := r.Record(of)
		if err != nil {
			return err
		}
		liner := model.NewLiner(r, d.book.Now())
		receipt = receipt.Masked(func(text string) string { return liner.ShieldedAs(data, text) })
		return nil
	})
	return receipt, err
}

// refusalsShown is how many refused rows of a file are listed to read.
const refusalsShown = 10

func (a *app) atlasExampleCmd() *cobra.Command {
	var seed int64
	cmd := &cobra.Command{
		Use:   "example FOLDER",
		Short: "Write a synthetic case's files, to try loading with",
		Long: "Writes the files of an invented case as networks, TfL and phones give them: two phones that may be near each other 157 times in 90 days, a day\n" +
			"of 700 contacts, somebody told to stop, a number blocked and another that begins the day after.",
		Args: wants(1, 1, "FOLDER"),
		RunE: func(_ *cobra.Command, args []string) error { return a.atlasExample(args[0], seed) },
	}
	cmd.Flags().Int64Var(&seed, "seed", 1, "another seed, another case")
	return cmd
}

func (a *app) atlasExample(folder string, seed int64) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	now := a.env.Now()
	c := planted.Make(seed, day.On(now).AddDays(-1))
	var said strings.Builder
	for _, f := range c.Files {
		path := filepath.Join(folder, f.Name)
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
		own := ""
		if f.Own != "" {
			own = "   --own " + f.Own
		}
		said.WriteString(path + own + "\n")
	}
	_, err := io.WriteString(a.env.Out, said.String()) // last: a pipe that is closed early stops no file
	return err
}
