package cli

import (
	"bufio"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

func (a *app) wordsCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "words REF",
		Short: "The words a record keeps back: need-to-know",
		Long: "Prints what cards, lists and exports keep back, because it may say who or where a victim-survivor is: what was said to the S-DASH\n" +
			"questions, notes on assessments, what was asked of other bodies. That you read it is in the journal, under this command's own name.",
		Example: "  pou words SC-000001\n  pou words C-000012",
		Args:    wants(1, 1, "REF (a screening, a case or an S-TAC referral, such as SC-000001)"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ref, ok := model.ParseRef(args[0])
			if !ok {
				return usage(cmd, "%q is not a reference such as SC-000001", args[0])
			}
			return a.looking(cmd.Context(), func(d *desk) error { return a.words(cmd.Context(), d, ref) })
		},
	}
}

func (a *app) words(ctx context.Context, d *desk, ref model.Ref) error {
	if err := model.MayReadWithheld(d.who); err != nil {
		return err
	}
	var groups []model.Facts
	about := []model.Ref{ref}
	err := d.book.Read(ctx, func(r store.Reader) error {
		rec, err := r.Record(ref)
		if err != nil {
			return err
		}
		groups = model.WithheldOf(rec, model.NewLiner(r, d.book.Now()))
		if person := model.PersonOf(rec); person != "" {
			about = append(about, person)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.consult(ctx, "words "+string(ref), about...); err != nil {
		return err
	}
	return a.paper(d, asText, func(w *bufio.Writer) error {
		if len(groups) == 0 {
			_, _ = fmt.Fprintf(w, "Nothing is kept back on %s.\n", ref)
		}
		for _, g := range groups {
			_, _ = fmt.Fprintln(w, part.Safe(g.Head))
			for _, f := range g.Rows {
				_, _ = fmt.Fprintln(w, "  "+part.Safe(f.Label+": "+f.Text))
			}
		}
		return nil
	})
}
