package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// proposing is one `pou propose`.
type proposing struct {
	operation model.Ref
	unit      model.Unit
	top       int
	removals  bool
	output    string
}

func (a *app) proposeCmd() *cobra.Command {
	var p proposing
	var unit string
	cmd := &cobra.Command{
		Use:   "propose OPERATION",
		Short: "Suspects for an operation's list, ranked, with why",
		Long: "Proposes targets for an operation: for each unit the suspects it answers for, by recency, frequency, gravity and victims,\n" +
			"with every part of the score and its reason. It is only a proposal: a named officer adds each target with target.add, and\n" +
			"gives a reason. The weights are local; operation.weights changes them.\n\n" +
			"With --removals it lists who is on the list already and should be looked at: a score of zero, or a review date that has passed.",
		Example: "  pou propose OP-0001\n  pou propose OP-0001 --unit SW --top 5\n  pou propose OP-0001 --removals --output json",
		Args:    wants(1, 1, "OPERATION (a reference such as OP-0001)"),
		PreRunE: func(cmd *cobra.Command, args []string) error { return p.read(cmd, args[0], unit) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error { return a.propose(cmd.Context(), d, &p) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&unit, "unit", "", "only this UNIT, such as SW")
	f.IntVar(&p.top, "top", store.ProposedPerUnit, "how many for each unit")
	f.BoolVar(&p.removals, "removals", false, "who is on the list and should be looked at")
	outputFlag(cmd, &p.output, asTable, asJSON)
	_ = cmd.RegisterFlagCompletionFunc("unit", unitCompletions)
	return cmd
}

func (p *proposing) read(cmd *cobra.Command, operation, unit string) error {
	var ok bool
	if p.operation, ok = model.ParseRef(operation); !ok || p.operation.Kind() != model.KindOperation {
		return usage(cmd, "%q is not the reference of an operation, such as OP-0001", operation)
	}
	if p.unit, ok = unitNamed(unit); !ok {
		return usage(cmd, "there is no unit %q; the units are %s", unit, model.UnitCodes(", "))
	}
	if p.top < 1 {
		return usage(cmd, "--top is how many for each unit, not %d", p.top)
	}
	return nil
}

func (a *app) propose(ctx context.Context, d *desk, p *proposing) error {
	var op *model.Operation
	var found []store.Proposal
	var prompts []store.Prompt
	var bad error
	now := d.book.Now()
	err := d.book.Read(ctx, func(r store.Reader) error {
		rec, err := r.Record(p.operation)
		if err != nil {
			return err
		}
		op, _ = rec.(*model.Operation)
		if p.removals {
			prompts, bad = store.Prompts(r, op, now)
		} else {
			found, bad = store.Propose(r, op, p.top, now)
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	found = kept(found, func(x *store.Proposal) bool { return p.unit == "" || x.Unit == p.unit })
	prompts = kept(prompts, func(x *store.Prompt) bool { return p.unit == "" || x.Unit == p.unit })
	if err := d.consult(ctx, p.what(), p.people(found, prompts)...); err != nil {
		return err
	}
	err = a.paper(d, p.output, func(w *bufio.Writer) error {
		switch {
		case p.output == asJSON && p.removals:
			return writeArray(w, prompts)
		case p.output == asJSON:
			return writeArray(w, labelled(found))
		case p.removals:
			a.writePrompts(w, op, prompts)
		default:
			a.writeProposals(w, op, found, now)
		}
		return nil
	})
	return errors.Join(err, unread(bad))
}

func kept[T any](list []T, ok func(*T) bool) []T {
	var out []T
	for i := range list {
		if ok(&list[i]) {
			out = append(out, list[i])
		}
	}
	return out
}

// what is the question as the journal names it.
func (p *proposing) what() string {
	out := "propose targets for " + string(p.operation)
	if p.removals {
		out = "targets to review of " + string(p.operation)
	}
	if p.unit != "" {
		out += " unit:" + string(p.unit)
	}
	return out
}

func (p *proposing) people(found []store.Proposal, prompts []store.Prompt) []model.Ref {
	var out []model.Ref
	for i := range found {
		out = append(out, found[i].Person)
	}
	for i := range prompts {
		out = append(out, prompts[i].Person)
	}
	return out
}

// labelled is a proposal as a program gets it: no score leaves without saying what it is, and what its weights are.
func labelled(list []store.Proposal) []labelledProposal {
	out := make([]labelledProposal, len(list))
	for i, p := range list {
		out[i] = labelledProposal{Proposal: p, Change: change(&list[i]), Label: model.LocalScore, Harm: model.Harms().Version}
	}
	return out
}

type labelledProposal struct {
	store.Proposal
	Change string `json:"change"`
	Label  string `json:"label"`
	Harm   string `json:"harm_table"`
}

// change is how far somebody has moved: +3 is three places up.
func change(p *store.Proposal) string {
	switch places, known := p.Up(); {
	case !known:
		return "new"
	case places == 0:
		return "="
	default:
		return fmt.Sprintf("%+d", places)
	}
}

func (a *app) writeProposals(w io.Writer, op *model.Operation, found []store.Proposal, now time.Time) {
	weights, months := op.Weighing()
	_, _ = fmt.Fprintf(w, "Proposed for %s %s, as of %s, over %s\n", op.Ref, part.Safe(op.Name), day.On(now).Long(), model.Counted(months, "month", "months"))
	_, _ = fmt.Fprintf(w, "Recency %d, frequency %d, gravity %d, victims %d; %s\n", weights.Recency, weights.Frequency, weights.Gravity, weights.Victims, model.LocalScore)
	table := model.Harms()
	_, _ = fmt.Fprintf(w, "Gravity by %s (%s)\n", table.Label, table.Version)
	if len(found) > 0 {
		_, _ = fmt.Fprintf(w, "Change of rank since %s\n\n", found[0].Since.Long())
	}
	t := sheet{cols: []column{
		{head: "UNIT", fixed: true},
		{head: "RANK", right: true, fixed: true},
		{head: "CHANGE", right: true, fixed: true},
		{head: "REF", fixed: true},
		{head: "NAME", least: minName},
		{head: "SCORE", right: true, fixed: true},
		{head: "R", right: true, fixed: true},
		{head: "F", right: true, fixed: true},
		{head: "G", right: true, fixed: true},
		{head: "V", right: true, fixed: true},
		{head: "ALREADY", least: minName},
		{head: "WHY", least: 20},
	}}
	for i := range found {
		p := &found[i]
		t.add(string(p.Unit), strconv.Itoa(p.Rank), change(p), string(p.Person), p.Name, strconv.Itoa(p.Score.Points), points(p, 0), points(p, 1), points(p, 2),
			points(p, 3), already(p), why(&p.Score))
	}
	t.write(w, a.tableWidth())
	_, _ = fmt.Fprintln(w, model.Counted(len(found), "person proposed; an officer decides", "people proposed; an officer decides"))
}

func points(p *store.Proposal, part int) string { return strconv.Itoa(p.Score.Parts[part].Points) }

// already is what is on foot about the person: lists, wanted lines, an arrest that awaits its disposal.
func already(p *store.Proposal) string {
	var out []string
	for _, ref := range p.On {
		out = append(out, "on "+string(ref))
	}
	for _, ref := range p.Wanted {
		out = append(out, "wanted "+string(ref))
	}
	if p.Held != "" {
		out = append(out, p.Held)
	}
	return strings.Join(out, ", ")
}

// why is a score in words, part by part.
func why(s *model.Score) string {
	out := make([]string, len(s.Parts))
	for i, p := range s.Parts {
		out[i] = p.Why
	}
	return strings.Join(out, "; ")
}

func (a *app) writePrompts(w io.Writer, op *model.Operation, prompts []store.Prompt) {
	_, _ = fmt.Fprintf(w, "On the list of %s %s and to be looked at: keep with target.review, take off with target.remove\n", op.Ref, part.Safe(op.Name))
	t := sheet{cols: []column{
		{head: "REF", fixed: true}, {head: "UNIT", fixed: true}, {head: "NAME", least: minName}, {head: "REVIEW BY", fixed: true}, {head: "WHY", least: 20}, {head: "KEPT"},
	}}
	for i := range prompts {
		p := &prompts[i]
		t.add(string(p.Target), string(p.Unit), p.Name, p.ReviewBy.Long(), strings.Join(p.Why, "; "), p.Kept)
	}
	t.write(w, a.tableWidth())
	_, _ = fmt.Fprintln(w, model.Counted(len(prompts), "target", "targets"))
}
