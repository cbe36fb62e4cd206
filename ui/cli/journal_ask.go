package cli

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
	"pou/store"
)

// span is the days a question about the journal is about; a zero end is open.
type span struct {
	from, to   string
	since, end time.Time
}

func (s *span) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.from, "from", "", "only from this DAY or TIME on")
	cmd.Flags().StringVar(&s.to, "to", "", "only up to this DAY (all of it) or TIME")
}

func (s *span) read(cmd *cobra.Command) error {
	for _, e := range []struct {
		name, text string
		into       *time.Time
		whole      bool
	}{{"from", s.from, &s.since, false}, {"to", s.to, &s.end, true}} {
		if e.text == "" {
			continue
		}
		if d, err := day.Parse(e.text); err == nil {
			*e.into = d.Start()
			if e.whole {
				*e.into = d.End()
			}
			continue
		}
		at, err := model.ParseTime(e.text)
		if err != nil {
			return usage(cmd, "--%s wants a day such as 2026-11-24 or a time, not %q", e.name, e.text)
		}
		*e.into = at
	}
	return nil
}

// slack is how far the journal's times may run against its numbers: what was looked at is written up to a minute later.
const slack = 10 * time.Minute

// holds reports whether an entry lies in the span; past says that, read from the newest, none that follow do.
func (s *span) holds(e model.Entry) (in, past bool) {
	past = !s.since.IsZero() && e.At.Before(s.since.Add(-slack))
	in = (s.since.IsZero() || !e.At.Before(s.since)) && (s.end.IsZero() || !e.At.After(s.end))
	return in, past
}

// each visits the entries the question is about, the newest first, by whichever index finds them without reading the
// journal through.
func (l *logging) each(r store.Reader, fn func(model.Entry) bool) error {
	switch {
	case l.officer != "":
		return r.DoneBy(l.officer, fn)
	case l.ref != "" && l.looked:
		return r.Looked(l.ref, fn)
	case l.ref != "":
		return about(r, l.ref, fn)
	}
	return r.Entries(0, true, fn)
}

// about visits everything the journal says of a record: what changed it, who looked at it and who was given it.
func about(r store.Reader, ref model.Ref, fn func(model.Entry) bool) error {
	if err := r.Looked(ref, func(model.Entry) bool { return false }); err != nil {
		return err // who may not ask is told so before anything is read
	}
	all, err := r.History(ref)
	if p, ok := model.AsProblem(err); ok && p.Code == model.NotFound {
		err = nil // what is not on record may have been asked for
	}
	if err != nil {
		return err
	}
	handed, err := r.Disclosed(ref)
	if err != nil {
		return err
	}
	all = append(all, handed...)
	slices.SortFunc(all, func(a, b model.Entry) int { return cmp.Compare(b.Seq, a.Seq) })
	going := true
	older := func(than uint64) {
		for going && len(all) > 0 && all[0].Seq > than {
			going = fn(all[0])
			all = all[1:]
		}
	}
	err = r.Looked(ref, func(e model.Entry) bool {
		older(e.Seq)
		going = going && fn(e)
		return going
	})
	older(0)
	return err
}

// exporting is one `pou journal export`.
type exporting struct {
	span

	recipient string
}

func (a *app) journalExportCmd() *cobra.Command {
	var x exporting
	cmd := &cobra.Command{
		Use:   "export",
		Short: "The log as JSON lines, for the data officer",
		Long: "Writes every entry as a line of JSON, oldest first, with the sums that chain them; never what was typed. The export is itself\n" +
			"a disclosure, so --for says who is given it.",
		Example: `  pou journal export --for "ICO, case 4711" --from 2026-11-01 > log.jsonl`,
		Args:    wants(0, 0, ""),
		PreRunE: func(cmd *cobra.Command, _ []string) error {
			if x.recipient == "" {
				return usage(cmd, "say who is given the log with --for")
			}
			return x.read(cmd)
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error { return a.journalExport(cmd.Context(), d, &x) })
		},
	}
	cmd.Flags().StringVar(&x.recipient, "for", "", "the RECIPIENT of the log")
	x.flags(cmd)
	return cmd
}

func (a *app) journalExport(ctx context.Context, d *desk, x *exporting) error {
	if err := model.MayExportLog(d.who); err != nil {
		return err
	}
	what := "export of the log" + dated(" from ", x.from) + dated(" to ", x.to)
	if err := d.book.Disclose(ctx, d.who.Ref, what, x.recipient); err != nil {
		return fmt.Errorf("what cannot be logged is not handed over: %w", err)
	}
	return a.paper(d, asJSON, func(w *bufio.Writer) error {
		out := json.NewEncoder(w)
		var writing error
		err := d.book.Read(ctx, func(r store.Reader) error {
			return r.Entries(0, false, func(e model.Entry) bool {
				if in, _ := x.holds(e); in {
					writing = out.Encode(e)
				}
				return writing == nil && ctx.Err() == nil
			})
		})
		return errors.Join(err, writing, ctx.Err())
	})
}

func dated(word, text string) string {
	if text == "" {
		return ""
	}
	return word + text
}
