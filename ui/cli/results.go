package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

func (a *app) resultsCmd() *cobra.Command {
	var against, output string
	b := breachCounting{}
	cmd := &cobra.Command{
		Use:   "results OPERATION | results --breaches",
		Short: "An operation's results by the unit's own categories",
		Long: "Counts what was done in an operation's days: targets and how they left the list, attempts, arrests by class of offence, orders obtained,\n" +
			"warrants executed (searches, and arrests on a warrant), breaches, and outcomes, for all units together and by unit. With --against it stands beside another operation.\n\n" +
			"With --breaches it counts breaches instead, as the trial of a named officer for each order did: found and how, substantiated, arrested, charged, convicted,\n" +
			"and the time from the event to the decision; by unit and by type of order.",
		Example: "  pou results OP-0001\n  pou results OP-0002 --against OP-0001\n  pou results OP-0001 --output csv\n  pou results --breaches --from 2026-09-01 --unit SW",
		Args: func(cmd *cobra.Command, args []string) error {
			if b.asked {
				return wants(0, 0, "")(cmd, args)
			}
			return wants(1, 1, "OPERATION (a reference such as OP-0001)")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if b.asked {
				return a.looking(cmd.Context(), func(d *desk) error { return a.breachResults(cmd, d, &b, output) })
			}
			var refs [2]model.Ref
			for i, s := range []string{args[0], against} {
				ref, ok := model.ParseRef(s)
				if (i == 0 || s != "") && (!ok || ref.Kind() != model.KindOperation) {
					return usage(cmd, "%q is not the reference of an operation, such as OP-0001", s)
				}
				refs[i] = ref
			}
			return a.looking(cmd.Context(), func(d *desk) error { return a.results(cmd.Context(), d, refs[0], refs[1], output) })
		},
	}
	cmd.Flags().StringVar(&against, "against", "", "the OPERATION to compare with")
	b.flags(cmd)
	outputFlag(cmd, &output, asTable, asCSV, asJSON)
	return cmd
}

func (a *app) results(ctx context.Context, d *desk, ref, against model.Ref, output string) error {
	var op, other *model.Operation
	var now, before []model.ResultRow
	var bad error
	err := d.book.Read(ctx, func(r store.Reader) (err error) {
		if op, now, bad, err = resultsOf(r, ref); err != nil || against == "" {
			return err
		}
		var more error
		if other, before, more, err = resultsOf(r, against); bad == nil {
			bad = more
		}
		return err
	})
	if err != nil {
		return err
	}
	about := []model.Ref{ref}
	if against != "" {
		about = append(about, against)
	}
	if err := d.consult(ctx, "results "+string(ref), about...); err != nil {
		return err
	}
	rows := model.CompareResults(now, before)
	err = a.paper(d, output, func(w *bufio.Writer) error {
		switch output {
		case asJSON:
			return writeArray(w, rows)
		case asCSV:
			return resultsCSV(w, rows, against != "")
		}
		_, _ = fmt.Fprintln(w, part.Safe(fmt.Sprintf("%s %s, %s to %s", op.Ref, op.Name, op.From.Long(), op.To.Long())))
		if other != nil {
			_, _ = fmt.Fprintln(w, part.Safe(fmt.Sprintf("beside %s %s, %s to %s", other.Ref, other.Name, other.From.Long(), other.To.Long())))
		}
		a.resultsTable(w, rows, other != nil)
		return nil
	})
	if err == nil {
		err = unread(bad)
	}
	return err
}

// resultsOf counts an operation's results; bad names the records that could not be read.
func resultsOf(r store.Reader, ref model.Ref) (op *model.Operation, rows []model.ResultRow, bad, err error) {
	rec, err := r.Record(ref)
	if err != nil {
		return nil, nil, nil, err
	}
	op, ok := rec.(*model.Operation)
	if !ok {
		return nil, nil, nil, &model.Problem{Code: model.NotFound, Field: "operation", Rule: string(ref) + " is not an operation", Do: "pou list operations shows them"}
	}
	in, bad := store.Tally(r, op)
	return op, model.Results(in, op.From, op.To), bad, nil
}

func (a *app) resultsTable(w *bufio.Writer, rows []model.Compared, both bool) {
	t := sheet{cols: []column{{head: "UNIT", fixed: true}, {head: "HEAD", fixed: true}, {head: "WHAT"}, {head: "COUNT", right: true}}}
	if both {
		t.cols = append(t.cols, column{head: "BEFORE", right: true}, column{head: "CHANGE", right: true})
	}
	for _, r := range rows {
		unit := string(r.Unit)
		if unit == "" {
			unit = "all"
		}
		cells := []string{unit, r.Head, r.What, model.Thousands(r.Count)}
		if both {
			cells = append(cells, model.Thousands(r.Before), fmt.Sprintf("%+d", r.Change))
		}
		t.add(cells...)
	}
	t.write(w, a.tableWidth())
}

func resultsCSV(w io.Writer, rows []model.Compared, both bool) error {
	out := csv.NewWriter(w)
	head := []string{"unit", "head", "what", "count"}
	if both {
		head = append(head, "before", "change")
	}
	_ = out.Write(head) // csv.Writer keeps its first error for Error
	for _, r := range rows {
		cells := []string{string(r.Unit), r.Head, r.What, strconv.Itoa(r.Count)}
		if both {
			cells = append(cells, strconv.Itoa(r.Before), strconv.Itoa(r.Change))
		}
		_ = out.Write(cells)
	}
	out.Flush()
	return out.Error()
}

func (a *app) handoverCmd() *cobra.Command {
	var unit, from, to, output string
	cmd := &cobra.Command{
		Use:   "handover",
		Short: "What one shift tells the next",
		Long: "What was done in a shift, what is left, and which clocks run out before the next shift – taken to be as long – ends.\n" +
			"Without --from it is the last twelve hours; without --unit it is your own unit, and --unit all is every one.",
		Example: "  pou handover\n  pou handover --unit SW --from \"2026-12-01 05:00\" --to \"2026-12-01 17:00\"",
		Args:    wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error {
				h := handing{to: d.book.Now(), unit: d.who.Unit, output: output}
				if err := h.read(cmd, unit, from, to); err != nil {
					return err
				}
				return a.handover(cmd.Context(), d, &h)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&unit, "unit", "", "the UNIT, such as SW, or all")
	f.StringVar(&from, "from", "", "when the shift began, a TIME such as \"2026-12-01 05:00\"")
	f.StringVar(&to, "to", "", "when it ended; now when left out")
	outputFlag(cmd, &output, asText, asJSON)
	_ = cmd.RegisterFlagCompletionFunc("unit", unitCompletions)
	return cmd
}

// handing is one `pou handover`.
type handing struct {
	unit     model.Unit
	from, to time.Time
	output   string
}

// shiftHours is how long a shift is when nobody says when it began.
const shiftHours = 12

func (h *handing) read(cmd *cobra.Command, unit, from, to string) error {
	now := h.to
	for _, e := range []struct {
		flag, text string
		into       *time.Time
	}{{"--to", to, &h.to}, {"--from", from, &h.from}} {
		if e.text == "" {
			continue
		}
		t, err := model.ParseTime(model.ResolveTime(e.text, now))
		if err != nil {
			return usage(cmd, "%s wants a time such as 05:00 or \"2026-12-01 05:00\", not %q", e.flag, e.text)
		}
		*e.into = t
	}
	if from == "" {
		h.from = h.to.Add(-shiftHours * time.Hour)
	}
	if !h.from.Before(h.to) {
		return usage(cmd, "a shift ends after it begins")
	}
	if unit == "" {
		return nil
	}
	if unit == "all" {
		h.unit = ""
		return nil
	}
	var ok bool
	if h.unit, ok = unitNamed(unit); !ok {
		return usage(cmd, "there is no unit %q; the units are %s, or all", unit, model.UnitCodes(", "))
	}
	return nil
}

func (a *app) handover(ctx context.Context, d *desk, h *handing) error {
	var out model.Handover
	var parts []model.HandoverPart
	var bad error
	err := d.book.Read(ctx, func(r store.Reader) error {
		var in model.ShiftRecords
		in, bad = store.Shift(r)
		out = model.NewHandover(in, h.unit, h.from, h.to)
		parts = out.Parts(model.NewLiner(r, h.to))
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	var about []model.Ref
	for _, p := range parts {
		for i := range p.Lines {
			about = append(about, p.Lines[i].Ref)
		}
	}
	if err := d.consult(ctx, "handover", about...); err != nil {
		return err
	}
	err = a.paper(d, h.output, func(w *bufio.Writer) error {
		if h.output == asJSON {
			return writeJSON(w, handoverParts{Unit: out.Unit, From: out.From, To: out.To, Parts: append([]model.HandoverPart{}, parts...)})
		}
		writeHandover(w, &out, parts)
		return nil
	})
	if err == nil {
		err = unread(bad)
	}
	return err
}

// handoverParts is a handover for programs: the same lines as lists have, under their heads.
type handoverParts struct {
	Unit  model.Unit           `json:"unit,omitempty"`
	From  time.Time            `json:"from"`
	To    time.Time            `json:"to"`
	Parts []model.HandoverPart `json:"parts"`
}

// handoverShown is how many lines of one part are printed.
const handoverShown = 12

func writeHandover(w *bufio.Writer, h *model.Handover, parts []model.HandoverPart) {
	unit := "all units"
	if h.Unit != "" {
		unit = string(h.Unit) + " " + h.Unit.Name()
	}
	_, _ = fmt.Fprintf(w, "Handover of %s, %s to %s\n", unit, day.Moment(h.From), day.Moment(h.To))
	for _, p := range parts {
		of := p.Lines
		_, _ = fmt.Fprintf(w, "\n%s: %s\n", p.Head, model.Thousands(len(of)))
		t := sheet{cols: make([]column, 4)}
		for i := range of[:min(len(of), handoverShown)] {
			l := &of[i]
			t.add("  "+string(l.Ref), l.Name, l.What, handoverState(l, h.To))
		}
		t.rowsOnly(w)
		if n := len(of) - handoverShown; n > 0 {
			_, _ = fmt.Fprintf(w, "  and %s more\n", model.Thousands(n))
		}
	}
}

// handoverState is the last cell of a line: how long a clock has, else how the record stands.
func handoverState(l *model.Line, now time.Time) string {
	switch {
	case !l.Deadline.IsZero():
		return part.Left(l.Deadline.Sub(now))
	case l.Kind == "attempt":
		return l.Outcome + " at " + l.Since.In(day.London()).Format("15:04")
	}
	return l.Status
}
