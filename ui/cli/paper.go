package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/ui/brief"
)

// handout is how paper leaves the desk: written as what, to where, for whom and how often.
type handout struct {
	format string
	out    string
	to     string
	copies int
}

// copiesMost is how many numbered copies one file holds.
const copiesMost = 60

// recipientMost is how long a recipient's name may be: it stands on every page.
const recipientMost = 60

// flags are those of all paper; numbered paper is made in several copies.
func (h *handout) flags(cmd *cobra.Command, numbered bool) {
	f := cmd.Flags()
	f.StringVar(&h.format, "format", "", "the FORMAT: pdf, html or md (else by the name of the file; md without one)")
	f.StringVar(&h.out, "out", "", "write to this FILE, readable by you alone (else to stdout)")
	f.StringVar(&h.to, "to", "", "who it is handed to, RECIPIENT; logged, and on every page")
	h.copies = 1
	if numbered {
		f.IntVar(&h.copies, "copies", 1, "so many numbered copies")
	}
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(brief.Formats(), cobra.ShellCompDirectiveNoFileComp))
}

// read checks the flags. Paper in a file, for a printer or that is named needs a recipient; what is read on the screen does not.
func (h *handout) read(cmd *cobra.Command, named, terminal bool) error {
	if h.format == "" {
		h.format = formatOf(h.out)
	}
	h.to = strings.TrimSpace(h.to)
	switch {
	case !slices.Contains(brief.Formats(), h.format):
		return usage(cmd, "--format is %s, not %q", strings.Join(brief.Formats(), ", "), h.format)
	case h.copies < 1 || h.copies > copiesMost:
		return usage(cmd, "--copies is from 1 to %d, not %d", copiesMost, h.copies)
	case h.to == "" && (h.out != "" || h.format != string(brief.Markdown) || named):
		return usage(cmd, "say who it is handed to with --to: what leaves the desk is logged with its recipient (DPA 2018 s.62)")
	case utf8.RuneCountInString(h.to) > recipientMost:
		return usage(cmd, "--to stands on every page and has at most %d letters", recipientMost)
	case h.format == string(brief.PDF) && h.out == "" && terminal:
		return usage(cmd, "a PDF is not for reading in a terminal: say where to with --out FILE, or take --format md")
	}
	return nil
}

// formatOf is the format a file's name asks for.
func formatOf(path string) string {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf":
		return string(brief.PDF)
	case ".html", ".htm":
		return string(brief.HTML)
	case ".md", "":
		if path == "" || filepath.Ext(path) != "" {
			return string(brief.Markdown)
		}
	}
	return string(brief.PDF)
}

// document is paper of any kind, ready to be handed over.
type document interface {
	Write(w io.Writer, f brief.Format) error
}

// handOut makes the paper in memory, logs the disclosure in the words of the journal, and only then hands it over; holds is what
// is on it, for the officer who made it.
func (a *app) handOut(ctx context.Context, d *desk, h *handout, doc document, holds, what string, about []model.Ref) error {
	var made bytes.Buffer
	if err := doc.Write(&made, brief.Format(h.format)); err != nil {
		return err
	}
	disclose := func() error {
		to := h.to
		if to == "" {
			to = d.who.Call() + ", to read"
		}
		if err := d.book.Disclose(ctx, d.who.Ref, what, to, about...); err != nil {
			return fmt.Errorf("what cannot be logged is not handed over: %w", err)
		}
		return nil
	}
	if h.out != "" {
		if err := writeAfter(h.out, made.Bytes(), disclose); err != nil {
			return err
		}
		a.note("%s: %s for %s; logged as a disclosure.", h.out, holds, h.to)
		return nil
	}
	if err := disclose(); err != nil {
		return err
	}
	if _, err := a.env.Out.Write(made.Bytes()); err != nil {
		return fmt.Errorf("the paper could not be written: %w", err)
	}
	return nil
}

// writeAfter puts a file in its place, whole and readable by its owner alone, once it has been logged.
func writeAfter(path string, content []byte, logged func() error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".pou-brief-*")
	if err != nil {
		return fmt.Errorf("the paper could not be written: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // nothing of it is left behind
		}
	}()
	_, err = io.Copy(f, bytes.NewReader(content))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("the paper could not be written: %w", err)
	}
	if err := logged(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("the paper was logged but could not be put in its place: %w", err)
	}
	return nil
}
