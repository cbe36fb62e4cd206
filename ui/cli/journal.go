package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
	"pou/store"
)

// logging is one `pou journal list`.
type logging struct {
	limit  int
	since  uint64
	about  string
	by     string
	output string
	looked bool
	span

	ref     model.Ref
	officer model.Ref
}

func (a *app) journalCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "journal",
		Short: "The log of everything done and looked at: list, export, verify, head",
		Args:  noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usage(cmd, "say which: pou journal list, export, verify or head")
		},
	}
	cmd.AddCommand(a.journalListCmd(), a.journalExportCmd(), a.journalVerifyCmd(), a.journalHeadCmd())
	return cmd
}

func (a *app) journalListCmd() *cobra.Command {
	var l logging
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "Journal entries, newest first",
		Example: "  pou journal list --limit 20\n  pou journal list --about P-000001 --looked              (who has looked at them)\n  pou journal list --by O-0007 --looked --from 2026-11-01 (what an officer looked at)",
		Args:    wants(0, 0, ""),
		PreRunE: func(cmd *cobra.Command, _ []string) error { return l.read(cmd) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error { return a.journalList(cmd.Context(), d, &l) })
		},
	}
	f := cmd.Flags()
	f.IntVar(&l.limit, "limit", 0, "at most this many (0: all of them)")
	f.Uint64Var(&l.since, "since", 0, "only from this entry NUMBER on")
	f.StringVar(&l.about, "about", "", "only about the record REF")
	f.StringVar(&l.by, "by", "", "only by this OFFICER")
	f.BoolVar(&l.looked, "looked", false, "only who looked, not who changed or handed over")
	l.flags(cmd)
	outputFlag(cmd, &l.output, asTable, asJSON)
	return cmd
}

// read takes the flags.
func (l *logging) read(cmd *cobra.Command) error {
	if l.limit < 0 {
		return usage(cmd, "--limit is how many at most, not %d", l.limit)
	}
	if err := l.span.read(cmd); err != nil {
		return err
	}
	if l.about == "" {
		return nil
	}
	var ok bool
	if l.ref, ok = model.ParseRef(l.about); !ok {
		return usage(cmd, "%q is not a reference such as P-000482", l.about)
	}
	return nil
}

func (a *app) journalList(ctx context.Context, d *desk, l *logging) error {
	events := []event{}
	err := d.book.Read(ctx, func(r store.Reader) error {
		if err := l.resolve(r); err != nil {
			return err
		}
		if err := model.MayAudit(d.who, l.officer); err != nil {
			return err
		}
		liner := model.NewLiner(r, d.book.Now())
		return l.each(r, func(e model.Entry) bool {
			in, past := l.holds(e)
			if e.Seq < l.since || past || (l.limit > 0 && len(events) >= l.limit) {
				return false
			}
			if in && l.wants(e) {
				events = append(events, eventOf(e, liner))
			}
			return ctx.Err() == nil
		})
	})
	if err != nil {
		return err
	}
	if err := d.consult(ctx, l.what(), l.refs()...); err != nil {
		return err
	}
	return a.paper(d, l.output, func(w *bufio.Writer) error {
		if l.output == asJSON {
			return writeArray(w, events)
		}
		a.writeEvents(w, events)
		return nil
	})
}

// what is the question as the journal itself names it.
func (l *logging) what() string {
	out := "journal"
	if l.about != "" {
		out += " about " + string(l.ref)
	}
	if l.by != "" {
		out += " by " + string(l.officer)
	}
	if l.looked {
		out += ", who looked"
	}
	out += dated(" from ", l.from) + dated(" to ", l.to)
	return out
}

func (l *logging) refs() []model.Ref {
	if l.ref == "" {
		return nil
	}
	return []model.Ref{l.ref}
}

func (l *logging) resolve(r store.Reader) error {
	if l.by == "" {
		return nil
	}
	all, err := officers(r)
	if err != nil {
		return err
	}
	for _, o := range all { // those who have left have done things too
		if string(o.Ref) == strings.ToUpper(l.by) {
			l.officer = o.Ref
			return nil
		}
	}
	o, err := named(all, l.by)
	if err != nil {
		return &model.Problem{Code: model.NotFound, Field: "--by", Rule: fmt.Sprintf("no officer is known as %q", l.by), Do: "pou list officers shows them"}
	}
	l.officer = o.Ref
	return nil
}

func (l *logging) wants(e model.Entry) bool {
	if l.looked && e.Logged != model.Consultation && e.Logged != model.Combination {
		return false
	}
	if l.ref == "" {
		return true
	}
	for _, t := range e.About {
		if t.Ref == l.ref {
			return true
		}
	}
	return false
}

// refsShown is how many records an entry names in a table.
const refsShown = 4

func (a *app) writeEvents(w io.Writer, events []event) {
	t := sheet{cols: []column{{head: "ENTRY", right: true}, {head: "WHEN"}, {head: "WHO"}, {head: "LOGGED AS"}, {head: "WHAT"}, {head: "ABOUT"}, {head: "REASON"}}}
	for _, e := range events {
		about := joined(e.About[:min(len(e.About), refsShown)])
		if more := len(e.About) - refsShown; more > 0 {
			about += " and " + model.Thousands(more) + " more"
		}
		reason := e.Reason
		if e.To != "" {
			reason = "to " + e.To + ": " + reason
		}
		if e.Undoes != 0 {
			reason = strings.TrimPrefix(reason+", takes back entry "+strconv.FormatUint(e.Undoes, 10), ", ")
		}
		who := e.ByName
		if e.Hand != "" {
			who += " (hand: " + e.Hand + ")"
		}
		t.add(strconv.FormatUint(e.Seq, 10), day.Moment(e.At), who, string(e.Logged), e.Action, about, reason)
	}
	t.write(w, a.tableWidth())
}

// checkpoint is the head of a journal as it is kept elsewhere: number, colon, sum.
func checkpoint(seq uint64, sum model.Digest) string { return fmt.Sprintf("%d:%s", seq, sum) }

func (a *app) journalVerifyCmd() *cobra.Command {
	var kept, heads, key string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Recompute the journal's chain",
		Args:  wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.existing(cmd.Context(), func(d *desk) error { return a.verify(cmd, d, kept, heads, key) })
		},
	}
	cmd.Flags().StringVar(&kept, "head", "", "hold it against a CHECKPOINT kept from pou journal head")
	cmd.Flags().StringVar(&heads, "heads", "", "hold it against every signed head in the FILE of pou journal head --sign")
	cmd.Flags().StringVar(&key, "key", "", "the public KEY the heads have to be signed with")
	return cmd
}

func (a *app) verify(cmd *cobra.Command, d *desk, kept, heads, key string) error {
	rep, err := d.whole.Verify(cmd.Context())
	if err != nil {
		return err
	}
	for _, f := range rep.Findings {
		a.note("%s: %s", f.Where, f.What)
	}
	if len(rep.Findings) > 0 {
		return &storeError{fmt.Errorf("the journal is not whole: %s", rep.Findings[0].What)}
	}
	if kept != "" {
		if err := d.holdAgainst(cmd, kept); err != nil {
			return err
		}
	}
	also := ""
	if heads != "" {
		n, err := a.holdAgainstHeads(cmd, d, heads, key)
		if err != nil {
			return err
		}
		also = "; " + model.Counted(n, "signed head", "signed heads") + " as signed"
	}
	_, err = fmt.Fprintf(a.env.Out, "The journal is whole: %s, head %s%s\n", model.Counted(rep.Entries, "entry", "entries"), checkpoint(rep.Head, rep.Sum), also)
	return err
}

// holdAgainst looks for the entry a kept checkpoint names, as it was.
func (d *desk) holdAgainst(cmd *cobra.Command, kept string) error {
	num, sum, _ := strings.Cut(strings.TrimSpace(kept), ":")
	seq, err := strconv.ParseUint(num, 10, 64)
	if err != nil || len(sum) != 2*len(model.Digest{}) {
		return usage(cmd, "--head wants a checkpoint as pou journal head prints it, not %q", kept)
	}
	return d.book.Read(cmd.Context(), func(r store.Reader) error {
		if seq == 0 {
			return nil
		}
		e, _, err := r.Entry(seq)
		if p, ok := model.AsProblem(err); ok && p.Code == model.NotFound {
			return &storeError{fmt.Errorf("the journal ends at entry %d, but the checkpoint was taken at entry %d: its tail has been cut off", d.info.Head, seq)}
		}
		if err == nil && !strings.EqualFold(e.Sum.String(), sum) {
			return &storeError{fmt.Errorf("journal entry %d is not the one the checkpoint was taken of: the journal has been rewritten", seq)}
		}
		return err
	})
}
