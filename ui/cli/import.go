package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store/exchange"
)

// importing is one `pou import`.
type importing struct {
	files   []string
	as      exchange.Kind
	mapping string
	saveMap string
	rejects string
	source  string
	dryRun  bool
	output  string
	name    string // of what is read from standard input
}

func (a *app) importCmd() *cobra.Command {
	var im importing
	kinds := rowKinds()
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Read people, orders or breaches from CSV, TSV, XLSX, JSON or JSON lines",
		Long: "Reads files with any column names, finds out which column is what, and accounts for every row: kept, merged or rejected.\n" +
			"Reading a file again changes nothing. FILE may be -: standard input, called by --name, which is how it goes over SSH; the rejected\n" +
			"rows are then on standard error. --dry-run shows what would happen; --save-map keeps the mapping it found, to be\n" +
			"corrected and given back with --map. Rejected rows are put in a file beside the answer.\n\n" +
			"The mapping ofac is built in: sdn.csv alone, or with alt.csv and add.csv.",
		Example: "  pou import people.xlsx --dry-run\n  pou import wanted.csv --save-map wanted.toml\n  pou import sdn.csv alt.csv add.csv --map ofac\n  ssh HOST import - --name people.csv < people.csv",
		Args:    wants(1, -1, "FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			im.files, a.dryRun, a.imports = args, im.dryRun, args
			if err := im.mayRun(a.env.Served != nil); err != nil {
				return err
			}
			return a.signedIn(cmd.Context(), func(d *desk) error { return a.importFiles(cmd.Context(), d, &im) })
		},
	}
	f := cmd.Flags()
	f.Var(&rowsOrOfficer{rows: &im.as, officer: &a.as}, "as", "what the rows are: "+joined(kinds)+"; anything else names the officer who is acting")
	f.StringVar(&im.mapping, "map", "", "the MAP: a TOML file, or the built-in ofac")
	f.StringVar(&im.saveMap, "save-map", "", "keep the mapping of the first file in this FILE")
	f.StringVar(&im.rejects, "rejects", "", "put the rejected rows in this FILE (else NAME.rejected.csv)")
	f.StringVar(&im.source, "source", "", "the SYSTEM the files come from (else the name of the file)")
	f.StringVar(&im.name, "name", "stdin.csv", "the NAME of what is read from standard input: its ending says what it is, and reading it again by it changes nothing")
	f.BoolVar(&im.dryRun, "dry-run", false, "find out everything, write nothing")
	outputFlag(cmd, &im.output, asTable, asJSON)
	return cmd
}

func rowKinds() []exchange.Kind {
	return []exchange.Kind{exchange.People, exchange.Orders, exchange.Breaches}
}

// rowsOrOfficer is the one flag that means two things: --as orders says what the rows are, --as O-0007 who is acting.
type rowsOrOfficer struct {
	rows    *exchange.Kind
	officer *string
}

// Set takes a kind of row for what the rows are, and anything else for an officer.
func (v *rowsOrOfficer) Set(s string) error {
	if k := exchange.Kind(strings.ToLower(s)); slices.Contains(rowKinds(), k) {
		*v.rows = k
	} else {
		*v.officer = s
	}
	return nil
}

// String is what was given so far.
func (v *rowsOrOfficer) String() string {
	if v.rows == nil {
		return ""
	}
	return string(*v.rows)
}

// Type names the value in the help.
func (v *rowsOrOfficer) Type() string { return "rows" }

func (a *app) importFiles(ctx context.Context, d *desk, im *importing) error {
	job := exchange.Job{Files: im.files, As: im.as, Source: im.source, DryRun: im.dryRun, Who: d.who.Ref}
	if im.mapping != "" {
		m, err := exchange.FindMapping(im.mapping, nil)
		if err != nil {
			return err
		}
		job.Map = &m
	}
	var rejected bytes.Buffer
	side := &lateFile{path: im.rejects}
	if im.fromInput() {
		job.Files = []string{im.name}
		job.Open = func(string) (io.ReadCloser, error) { return io.NopCloser(a.bounded(a.env.In)), nil }
	}
	if side.path == "" && !im.fromInput() {
		side.path = unused(filepath.Base(im.files[0]) + ".rejected")
	}
	switch {
	case side.path == "":
		job.Rejects = &rejected
	case !im.dryRun || im.rejects != "": // a dry run leaves nothing behind that was not asked for
		job.Rejects = side
	}
	bar := a.newBar("rows")
	receipt, err := exchange.Run(ctx, d.book, job, func(p exchange.Progress) { bar.show(p.Stage+" "+p.File, p.Rows, p.Of) })
	bar.clear()
	err = errors.Join(err, side.close())
	if len(receipt.Files) == 0 {
		return err
	}
	if err == nil {
		err = nothingRead(receipt)
	}
	if err := errors.Join(a.writeImport(d, im, receipt, side), im.keepMap(receipt)); err != nil {
		return err
	}
	if _, late := rejected.WriteTo(a.env.Err); late != nil {
		return fmt.Errorf("the rejected rows could not be sent: %w", late)
	}
	return err
}

// fromInput reports whether what is imported comes by standard input.
func (im *importing) fromInput() bool { return len(im.files) == 1 && im.files[0] == "-" }

// mayRun refuses what cannot be read: standard input beside files, and over SSH a mapping on the server's machine.
func (im *importing) mayRun(served bool) error {
	switch {
	case !im.fromInput() && slices.Contains(im.files, "-"):
		return &usageError{"standard input is imported alone", "pou help import"}
	case served && im.mapping != "" && im.mapping != "ofac":
		return notServed("--map")
	}
	return nil
}

// servedMost is how much an officer sends a server to import at once: it is held in the memory that all share.
const servedMost = 64 << 20

// bounded is what comes over SSH, with an end.
func (a *app) bounded(in io.Reader) io.Reader {
	if a.env.Served == nil {
		return in
	}
	return &tooMuch{in, servedMost}
}

// tooMuch refuses what is longer than a server takes.
type tooMuch struct {
	r    io.Reader
	left int64
}

// Read reads on until there is too much.
func (t *tooMuch) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if t.left -= int64(n); t.left < 0 {
		return n, model.Refuse("file", "a running server takes 64 MiB at once", "Send it in parts, or stop pou serve and import it on that machine")
	}
	return n, err //nolint:wrapcheck // io.EOF is what readers look for
}

// unused is a path for a side file that is not there yet: an earlier receipt points to the one that is.
func unused(base string) string {
	path := base + ".csv"
	for n := 2; ; n++ {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return path
		}
		path = fmt.Sprintf("%s-%d.csv", base, n)
	}
}

// keepMap writes the mapping down, to be corrected and used again.
func (im *importing) keepMap(r exchange.Receipt) error {
	if im.saveMap == "" {
		return nil
	}
	if err := os.WriteFile(im.saveMap, []byte(r.Files[0].Mapping), 0o600); err != nil {
		return fmt.Errorf("keep the mapping: %w", err)
	}
	return nil
}

// nothingRead is an import that had nothing to take.
func nothingRead(r exchange.Receipt) error {
	switch {
	case r.Total.Rows == 0:
		return &outcome{exitNo, "nothing could be read: there are no rows"}
	case r.Total.Kept+r.Total.Merged == 0:
		return &outcome{exitNo, fmt.Sprintf("nothing could be read: %s rejected", model.Counted(r.Total.Rows, "row was", "rows were"))}
	}
	return nil
}

func (a *app) writeImport(d *desk, im *importing, r exchange.Receipt, side *lateFile) error {
	return a.paper(d, im.output, func(w *bufio.Writer) error {
		if im.output == asJSON {
			return writeJSON(w, &r)
		}
		writeReceipt(w, r, side)
		return nil
	})
}

func writeReceipt(w io.Writer, r exchange.Receipt, side *lateFile) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	num := func(head string) column { return column{head: head, right: true} }
	t := sheet{cols: []column{{head: "FILE"}, num("ROWS"), num("KEPT"), num("MERGED"), num("UNCHANGED"), num("UPDATED"), num("REJECTED"), {head: "SHA-256"}}}
	line := func(name string, c exchange.Counts, sum string) {
		t.add(name, model.Thousands(c.Rows), model.Thousands(c.Kept), model.Thousands(c.Merged), model.Thousands(c.Unchanged), model.Thousands(c.Updated), model.Thousands(c.Rejected), sum)
	}
	for _, f := range r.Files {
		line(f.Name, f.Counts, f.SHA256)
	}
	if len(r.Files) > 1 {
		line("all", r.Total, "")
	}
	t.write(w, 0)
	if r.DryRun {
		say("A dry run: nothing was written.")
	} else if r.Last > 0 {
		say("New people: %s. Journal entries %d to %d.", model.Thousands(r.People), r.First, r.Last)
	}
	writeColumns(w, r)
	writeTallies(w, "Rejected because", r.Reasons)
	writeTallies(w, "Taken, with a warning", r.Warnings)
	if r.Found > 0 {
		say("People who may be the same, for an officer to look at: %s", model.Thousands(r.Found))
	}
	if side.file != nil {
		say("The rejected rows are in %s", side.path)
	}
}

func writeColumns(w io.Writer, r exchange.Receipt) {
	t := sheet{cols: []column{{head: "COLUMN"}, {head: "FIELD"}, {head: "BECAUSE"}, {head: "EXAMPLE"}}}
	for _, f := range r.Files {
		for _, c := range f.Columns {
			t.add(c.Name, c.Field, c.Why, c.Example)
		}
		for _, n := range f.Notes {
			t.add(f.Name, "", n, "")
		}
	}
	if len(t.rows) > 0 {
		_, _ = fmt.Fprintln(w)
		t.write(w, 0)
		_, _ = fmt.Fprintln(w)
	}
}

func writeTallies(w io.Writer, head string, tallies []exchange.Tally) {
	if len(tallies) == 0 {
		return
	}
	_, _ = fmt.Fprintln(w, head)
	t := sheet{cols: []column{{right: true}, {}}}
	for _, x := range tallies {
		t.add("  "+model.Thousands(x.Rows), x.Reason)
	}
	t.rowsOnly(w)
}

// lateFile is a file that is made when the first byte is written to it: no rejects, no file.
type lateFile struct {
	path string
	file *os.File
}

// Write makes the file when it is not there yet.
func (f *lateFile) Write(p []byte) (int, error) {
	if f.file == nil {
		file, err := os.OpenFile(f.path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
		if err != nil {
			return 0, err
		}
		f.file = file
	}
	return f.file.Write(p)
}

func (f *lateFile) close() error {
	if f.file == nil {
		return nil
	}
	if err := f.file.Close(); err != nil {
		return fmt.Errorf("keep the rejected rows: %w", err)
	}
	return nil
}

var _ io.Writer = (*lateFile)(nil)
