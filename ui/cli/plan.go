package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// planning is one `pou plan`.
type planning struct {
	operation model.Ref
	version   int
	annex     bool
	gaps      bool
	output    string
}

func (a *app) planCmd() *cobra.Command {
	var p planning
	cmd := &cobra.Command{
		Use:   "plan OPERATION",
		Short: "An operation's order (IIMARCH), as it stands or as it was frozen",
		Long: "Prints the operation order generated from the plan and the targets, with its gaps highlighted; or, with --version, an order as it\n" +
			"was frozen, word for word. The confidential annex – intelligence, health, the contact plan, the decision log – stands apart and is\n" +
			"printed only with --annex, by a supervisor; it is logged as its own consultation.",
		Example: "  pou plan OP-0001\n  pou plan OP-0001 --gaps\n  pou plan OP-0001 --version 1\n  pou plan OP-0001 --annex",
		Args:    wants(1, 1, "OPERATION (a reference such as OP-0001)"),
		PreRunE: func(cmd *cobra.Command, args []string) error {
			var ok bool
			if p.operation, ok = model.ParseRef(args[0]); !ok || p.operation.Kind() != model.KindOperation {
				return usage(cmd, "%q is not the reference of an operation, such as OP-0001", args[0])
			}
			if p.version < 0 {
				return usage(cmd, "--version is the number of a frozen order, not %d", p.version)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error { return a.plan(cmd.Context(), d, &p) })
		},
	}
	f := cmd.Flags()
	f.IntVar(&p.version, "version", 0, "the frozen order of that NUMBER")
	f.BoolVar(&p.annex, "annex", false, "the confidential annex instead of the order")
	f.BoolVar(&p.gaps, "gaps", false, "only what is missing")
	outputFlag(cmd, &p.output, asText, asJSON)
	return cmd
}

// orderSheet is what `pou plan` answers with.
type orderSheet struct {
	*model.IIMARCH
	Gaps     []model.PlanGap `json:"gaps"`
	Versions []orderVersion  `json:"versions"`
	Papers   []paperRecall   `json:"paper_recalls,omitempty"`
}

// orderVersion is a frozen order and who has read it.
type orderVersion struct {
	Ref     model.Ref      `json:"ref"`
	No      int            `json:"no"`
	Digest  string         `json:"digest"`
	Readers []model.Ref    `json:"officers"`
	Unread  []model.Ref    `json:"unread"`
	Recalls []model.Recall `json:"recalls,omitempty"`

	text, annex string
}

// paperRecall is paper about a target that has left the list, and what became of it.
type paperRecall struct {
	model.Recalling

	Task   model.Ref `json:"task"`
	Target model.Ref `json:"target"`
	Due    day.Date  `json:"due,omitzero"`
	Owner  model.Ref `json:"owner,omitempty"`

	call string // how the owner is addressed
}

// paperRecalls finds what was handed out about targets that have left the list since.
func paperRecalls(r store.Reader, operation model.Ref, liner *model.Liner) ([]paperRecall, error) {
	tasks, err := model.PaperRecalls(r, operation)
	var out []paperRecall
	for _, t := range tasks {
		t.Recall.At = t.Recall.At.UTC()
		out = append(out, paperRecall{Recalling: t.Recall, Task: t.Ref, Target: t.About, Due: t.Due, Owner: t.Assignee, call: liner.Officer(t.Assignee)})
	}
	return out, err
}

func (a *app) plan(ctx context.Context, d *desk, p *planning) error {
	if p.annex && !d.who.Supervises() {
		return &model.Problem{
			Code: model.Denied, Field: "--annex", Rule: "the confidential annex is need-to-know: a supervisor prints it",
			Do: "Ask a sergeant or the lead; you are " + d.who.Call(),
		}
	}
	sheet, about, err := d.orderSheet(ctx, p.operation)
	if err != nil {
		return err
	}
	text, err := sheet.text(p)
	if err != nil {
		return err
	}
	if err := d.consult(ctx, p.what(), about...); err != nil {
		return err
	}
	return a.paper(d, p.output, func(w *bufio.Writer) error {
		if p.output == asJSON && !p.annex && p.version == 0 {
			return writeJSON(w, sheet)
		}
		if p.output == asJSON {
			return writeJSON(w, map[string]string{"operation": string(p.operation), "text": text})
		}
		body := strings.TrimSuffix(strings.TrimPrefix(text, official+"\n\n"), "\n"+official+"\n") // the paper is marked already
		for l := range strings.SplitSeq(strings.TrimSuffix(body, "\n"), "\n") {
			_, _ = fmt.Fprintln(w, part.Safe(l))
		}
		if p.version == 0 && !p.annex {
			sheet.writeStanding(w)
		}
		return nil
	})
}

// what is the consultation in the words of the journal.
func (p *planning) what() string {
	out := "plan " + string(p.operation)
	if p.version > 0 {
		out += fmt.Sprintf(" version %d", p.version)
	}
	if p.annex {
		out += ", confidential annex"
	}
	return out
}

// orderSheet generates the order as it stands now and finds the frozen ones, with the people it is about.
func (d *desk) orderSheet(ctx context.Context, operation model.Ref) (*orderSheet, []model.Ref, error) {
	var out *orderSheet
	about := []model.Ref{operation}
	now := d.book.Now()
	err := d.book.Read(ctx, func(r store.Reader) error {
		in, err := model.PapersOf(r, operation)
		if err != nil {
			return err
		}
		out = &orderSheet{IIMARCH: model.OperationOrder(in, now), Versions: []orderVersion{}}
		out.Gaps = out.IIMARCH.Gaps()
		for _, t := range in.Targets {
			about = append(about, t.Person.Ref)
		}
		if out.Papers, err = paperRecalls(r, operation, model.NewLiner(r, now)); err != nil {
			return err
		}
		refs, err := r.Linked(operation, model.KindVersion)
		if err != nil {
			return err
		}
		for _, ref := range refs {
			rec, err := r.Record(ref)
			if err != nil {
				return err
			}
			if v, ok := rec.(*model.PlanVersion); ok {
				out.Versions = append(out.Versions, orderVersion{
					Ref: v.Ref, No: v.No, Digest: v.Digest, Readers: v.Officers, Unread: v.Unread(), Recalls: v.Recalls(in.All), text: v.Text, annex: v.Annex,
				})
			}
		}
		return nil
	})
	return out, about, err
}

// text is what was asked for: the order, its gaps or its annex, of now or as frozen.
func (s *orderSheet) text(p *planning) (string, error) {
	text, annex := s.Text(), s.AnnexText()
	if p.version > 0 {
		found := false
		for i := range s.Versions {
			if v := &s.Versions[i]; v.No == p.version {
				text, annex, found = v.text, v.annex, true
			}
		}
		if !found {
			return "", &model.Problem{
				Code: model.NotFound, Field: "--version", Rule: fmt.Sprintf("%s has no version %d", p.operation, p.version),
				Do: fmt.Sprintf("It has %s; plan.freeze makes one", model.Counted(len(s.Versions), "version", "versions")),
			}
		}
	}
	switch {
	case p.annex && annex == "":
		return "There is nothing in the annex.\n", nil
	case p.annex:
		return annex, nil
	case p.gaps:
		return s.gapLines(), nil
	}
	return text, nil
}

func (s *orderSheet) gapLines() string {
	var b strings.Builder
	for _, g := range s.Gaps {
		lead := "     "
		if g.Stops {
			lead = "STOP "
		}
		b.WriteString(lead + g.What + ": " + g.Do + "\n")
	}
	fmt.Fprintf(&b, "%s, %s a briefing\n", model.Counted(len(s.Gaps), "gap", "gaps"), model.Counted(len(s.Stops()), "stops", "stop"))
	return b.String()
}

// writeStanding says what has changed since the order that stands, and who has to be reached.
func (s *orderSheet) writeStanding(w *bufio.Writer) {
	for _, r := range s.Papers {
		line := "  RECALL PAPER  " + string(r.Target) + " " + r.Words() + " (" + string(r.Task)
		if r.Outcome == "" {
			line += ", " + r.call + ", by " + r.Due.Long()
		}
		_, _ = fmt.Fprintln(w, part.Safe(line+")"))
	}
	if len(s.Versions) == 0 {
		return
	}
	v := &s.Versions[len(s.Versions)-1]
	_, _ = fmt.Fprintf(w, "Version %d (%s) stands; read by %d of %d officers.\n", v.No, v.Ref, len(v.Readers)-len(v.Unread), len(v.Readers))
	for _, c := range s.Changed {
		_, _ = fmt.Fprintln(w, part.Safe("  CHANGED, NOT ANNOUNCED  "+c))
	}
	for _, r := range v.Recalls {
		_, _ = fmt.Fprintf(w, "  RECALL  %s %s; not acknowledged by %d\n", r.Target, r.As, len(r.Waiting))
	}
}
