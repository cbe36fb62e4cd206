package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
	"pou/store/comms"
	"pou/ui/brief"
)

// storyRun is one `pou atlas storyboard`.
type storyRun struct {
	handout
	of       model.Ref
	board    string
	standard bool
}

func (a *app) storyboardCmd() *cobra.Command {
	var b storyRun
	cmd := &cobra.Command{
		Use:   "storyboard CASE",
		Short: "The storyboard of a case on paper: PDF, HTML or Markdown",
		Long: "storyboard puts the findings of a case on paper, in the officer's order and with the officer's words: the lawful basis and the receipts of\n" +
			"what was loaded, who is thought to use which device, each finding with its sentence, its chart and its rows, what else may explain it,\n" +
			"and what is uncertain. Findings are put on it with story.add; --standard makes the usual set for a first look, marked DRAFT. Nobody the\n" +
			"case protects is named, and where their devices may have been is left out. Each is logged as a disclosure with its recipient.",
		Example: "  pou atlas storyboard C-000001 --to \"DI Marsh\" --out story.pdf\n" +
			"  pou atlas storyboard C-000001 --board SB-000002 --to \"CPS\" --out story.html\n" +
			"  pou atlas storyboard C-000001 --standard",
		Args:    wants(1, 1, "CASE (a reference such as C-000001)"),
		PreRunE: func(cmd *cobra.Command, args []string) error { return b.read(cmd, args[0], a.env.OutTerminal) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error { return a.storyboard(cmd.Context(), d, &b) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&b.board, "board", "", "which storyboard of the case, REF; needed when it has several")
	b.flags(cmd, false)
	f.BoolVar(&b.standard, "standard", false, "the usual set of findings as a draft, chosen by nobody")
	return cmd
}

func (b *storyRun) read(cmd *cobra.Command, of string, terminal bool) error {
	var ok bool
	if b.of, ok = model.ParseRef(of); !ok || b.of.Kind() != model.KindCase {
		return usage(cmd, "%q is not a case such as C-000001", of)
	}
	if b.board != "" {
		ref, ok := model.ParseRef(b.board)
		if !ok || ref.Kind() != model.KindStoryboard {
			return usage(cmd, "--board is a storyboard such as SB-000001, not %q", b.board)
		}
		b.board = string(ref)
	}
	if b.standard && b.board != "" {
		return usage(cmd, "--standard is no storyboard on record: take it or --board")
	}
	return b.handout.read(cmd, false, terminal)
}

// storyboard makes the paper and hands it over.
func (a *app) storyboard(ctx context.Context, d *desk, b *storyRun) error {
	doc, about, err := d.story(ctx, b)
	if err != nil {
		return err
	}
	holds := model.Counted(len(doc.Pages), "finding", "findings") + " of " + string(b.of)
	return a.handOut(ctx, d, &b.handout, doc, holds, b.what(doc), about)
}

// what is the disclosure in the words of the journal.
func (b *storyRun) what(doc *brief.StoryDocument) string {
	out := "storyboard " + string(doc.Board) + " of " + string(b.of)
	if doc.Draft {
		out = "standard storyboard of " + string(b.of) + ", draft"
	}
	return out + ", " + b.format
}

// story is the storyboard that is asked for, with nobody on it whom the case protects, and what it is about.
func (d *desk) story(ctx context.Context, b *storyRun) (doc *brief.StoryDocument, about []model.Ref, err error) {
	err = d.book.Read(ctx, func(r store.Reader) error {
		p, err := comms.Open(r, b.of)
		if err != nil {
			return err
		}
		board, err := boardOf(r, p.Case, b)
		if err != nil {
			return err
		}
		liner := model.NewLiner(r, d.book.Now())
		data := &brief.StoryData{
			Board: board, Standard: b.standard, Case: p.Case, Datasets: p.Datasets, Set: p.Set, By: p.By, Index: p.Index, Twice: p.Twice,
			Signed: board.SignedWords(liner), Call: liner.Officer, Name: func(ref model.Ref) string { return liner.Person(ref).Name() }, Made: d.book.Now(),
		}
		accused := append(p.Case.Who(model.PartySuspect), p.Case.Who(model.PartyConvicted)...)
		if data.Orders, err = ordersOn(r, accused); err != nil {
			return err
		}
		doc = brief.NewStory(data).Masked(func(text string) string {
			for _, ref := range accused {
				text = liner.Shielded(ref, text)
			}
			return text
		})
		doc.Recipient, doc.By, doc.Sample = b.to, d.who.Call(), d.info.Sample
		about = p.About()
		if board.Ref != "" {
			about = append(about, board.Ref)
		}
		return nil
	})
	return doc, about, err
}

// boardOf is the storyboard that was named, the only one of the case, or the standard set.
func boardOf(r store.Reader, k *model.Case, b *storyRun) (*model.Storyboard, error) {
	if b.standard {
		return brief.StandardStory(k), nil
	}
	refs, err := r.Linked(k.Ref, model.KindStoryboard)
	if err != nil {
		return nil, err
	}
	which := model.Ref(b.board)
	switch {
	case which != "" && !slices.Contains(refs, which):
		return nil, &model.Problem{Code: model.NotFound, Field: "--board", Rule: b.board + " is no storyboard of " + string(k.Ref), Do: "pou list storyboards shows them"}
	case which == "" && len(refs) == 0:
		return nil, &model.Problem{
			Code: model.NotFound, Rule: string(k.Ref) + " has no storyboard",
			Do: "Put a finding on one with story.add, or take --standard for a first look",
		}
	case which == "" && len(refs) > 1:
		return nil, model.Refuse("--board", string(k.Ref)+" has "+model.Counted(len(refs), "storyboard", "storyboards"), "Name one: pou list storyboards shows them")
	case which == "":
		which = refs[0]
	}
	rec, err := r.Record(which)
	if err != nil {
		return nil, err
	}
	board, ok := rec.(*model.Storyboard)
	if !ok || len(board.Findings) == 0 {
		return nil, model.Refuse("--board", string(which)+" has no finding on it", "Put one on it with story.add, or take --standard for a first look")
	}
	return board, nil
}

func ordersOn(r store.Reader, people []model.Ref) ([]*model.Order, error) {
	var out []*model.Order
	for _, person := range people {
		refs, err := r.Linked(person, model.KindOrder)
		if err != nil {
			return nil, err
		}
		for _, ref := range refs {
			rec, err := r.Record(ref)
			if err != nil {
				return nil, err
			}
			if o, ok := rec.(*model.Order); ok && o.Person == person {
				out = append(out, o)
			}
		}
	}
	return out, nil
}
