package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
	"pou/ui/brief"
)

// courtRun is one `pou court`.
type courtRun struct {
	handout
	application model.Ref
	audience    string
	draft       bool
}

func (a *app) courtCmd() *cobra.Command {
	var b courtRun
	cmd := &cobra.Command{
		Use:   "court APPLICATION",
		Short: "The court papers of an SPO application: PDF, HTML or Markdown",
		Long: "court writes the papers of an application for a stalking protection order: the application, the limbs and their\n" +
			"evidence, the chronology, the conditions, the risk, intelligence, previous orders, the draft orders and the sign-offs.\n" +
			"Only the court's copy names those to be protected and says what the victim-survivor thinks. Papers that lack something\n" +
			"are refused unless --draft says so on every page. Each is logged as a disclosure with its recipient.",
		Example: "  pou court AP-000001 --audience review --draft\n" +
			"  pou court AP-000001 --to \"Wimbledon magistrates' court\" --copies 3 --out papers.pdf",
		Args:    wants(1, 1, "APPLICATION (a reference such as AP-000001)"),
		PreRunE: func(cmd *cobra.Command, args []string) error { return b.read(cmd, args[0], a.env.OutTerminal) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error { return a.court(cmd.Context(), d, &b) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&b.audience, "audience", string(model.CopyCourt), "whose copy, AUDIENCE: court or review")
	b.flags(cmd, true)
	f.BoolVar(&b.draft, "draft", false, "papers that are not complete, marked DRAFT on every page")
	_ = cmd.RegisterFlagCompletionFunc("audience", cobra.FixedCompletions([]string{"court", "review"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (b *courtRun) read(cmd *cobra.Command, application string, terminal bool) error {
	var ok bool
	if b.application, ok = model.ParseRef(application); !ok || b.application.Kind() != model.KindApplication {
		return usage(cmd, "%q is not an application such as AP-000001", application)
	}
	if !slices.Contains([]string{"court", "review"}, b.audience) {
		return usage(cmd, "--audience is court or review, not %q", b.audience)
	}
	return b.handout.read(cmd, b.audience == string(model.CopyCourt), terminal)
}

// court makes the papers and hands them over.
func (a *app) court(ctx context.Context, d *desk, b *courtRun) error {
	if err := d.mayTakeToCourt(b); err != nil {
		return err
	}
	doc, person, err := d.courtDocument(ctx, b)
	if err != nil {
		return err
	}
	holds := model.Counted(doc.Copies, "copy", "copies") + " of " + string(b.application)
	return a.handOut(ctx, d, &b.handout, doc, holds, b.what(doc), []model.Ref{b.application, person})
}

// mayTakeToCourt keeps the court's copy, which names who is to be protected, to those who answer for the order. Local
// practice.
func (d *desk) mayTakeToCourt(b *courtRun) error {
	if b.audience != string(model.CopyCourt) || d.who.Has(model.RoleSergeant, model.RoleLead, model.RoleCoordinator) {
		return nil
	}
	return &model.Problem{
		Code: model.Denied, Field: "--audience", Rule: "the court's copy names who is to be protected: it is made by a sergeant, the lead or the SPO co-ordinator",
		Do: "Ask one of them, or take --audience review; you are " + d.who.Call(),
	}
}

// what is the disclosure in the words of the journal.
func (b *courtRun) what(doc *brief.CourtDocument) string {
	out := b.audience + " copy of the court papers of " + string(b.application)
	if doc.Pack.Draft {
		out += ", draft"
	}
	return out + ", " + b.format + ", " + model.Counted(doc.Copies, "copy", "copies")
}

func (d *desk) courtDocument(ctx context.Context, b *courtRun) (doc *brief.CourtDocument, person model.Ref, err error) {
	now := d.book.Now()
	err = d.book.Read(ctx, func(r store.Reader) error {
		rec, err := r.Record(b.application)
		if err != nil {
			return err
		}
		app, ok := rec.(*model.Application)
		if !ok {
			return &model.Problem{Code: model.NotFound, Field: "application", Rule: string(b.application) + " is not an application", Do: "pou list applications shows them"}
		}
		person = app.Person
		pack, err := model.CourtPapers(r, app, model.CourtCopy(b.audience), b.draft, now)
		if err != nil {
			return err
		}
		doc = &brief.CourtDocument{Pack: pack, Recipient: b.to, Copies: max(1, b.copies), Made: now, By: d.who.Call()}
		return nil
	})
	return doc, person, err
}
