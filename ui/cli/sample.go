package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
	"pou/store/sample"
)

func (a *app) sampleCmd() *cobra.Command {
	var people int
	var seed int64
	var traps bool
	var output string
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "Fill an empty store with synthetic data, marked SAMPLE",
		Long: "Fills an EMPTY store with invented people, orders, operations and tasks on the scale of the real thing, to learn on and to\n" +
			"measure with. The same --people, --seed and --now give the same records. --traps lists what can go wrong in it, each by the\n" +
			"ref it has in every sample, and fills nothing.",
		Example: "  pou sample --store try.db\n  pou sample --traps\n  pou sample --store big.db --people 1000000 --seed 7",
		Args:    wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if traps {
				return a.traps(output)
			}
			if people < 0 {
				return usage(cmd, "--people is how many people, not %d", people)
			}
			return a.opened(cmd.Context(), func(d *desk) error {
				return a.sample(cmd.Context(), d, sample.Options{People: people, Seed: seed})
			})
		},
	}
	cmd.Flags().IntVar(&people, "people", 0, "how many people (0: as many as the sample needs)")
	cmd.Flags().Int64Var(&seed, "seed", 1, "another seed, other people")
	cmd.Flags().BoolVar(&traps, "traps", false, "list what the sample shows that can go wrong")
	outputFlag(cmd, &output, asTable, asJSON)
	return cmd
}

// traps lists what can be walked through in every sample.
func (a *app) traps(output string) error {
	list, err := sample.Traps()
	if err != nil {
		return err
	}
	if output == asJSON {
		return writeJSON(a.env.Out, list)
	}
	t := sheet{cols: []column{{head: "REF"}, {head: "TRAP"}, {head: "WHAT TO LOOK AT"}}}
	for _, trap := range list {
		t.add(string(trap.Ref), trap.Name, trap.Why)
	}
	t.write(a.env.Out, a.tableWidth())
	return nil
}

func (a *app) sample(ctx context.Context, d *desk, o sample.Options) error {
	if d.info.Head != 0 {
		return notEmpty(d.path)
	}
	if err := a.fixClock(d, true); err != nil {
		return err
	}
	o.Now = d.book.Now()
	bar := a.newBar("records")
	_, err := sample.Fill(ctx, d.book, o, func(done, total int) { bar.show("making the sample", done, total) })
	bar.clear()
	switch {
	case errors.Is(err, store.ErrNotEmpty):
		return notEmpty(d.path)
	case err != nil:
		return err
	}
	if err := d.look(ctx); err != nil {
		return err
	}
	return d.book.Read(ctx, func(r store.Reader) error {
		t, err := tallies(r, nil)
		if err != nil {
			return err
		}
		return a.paper(d, asText, func(w *bufio.Writer) error {
			_, _ = fmt.Fprintf(w, "The sample is in %s. Open it with: pou --store %s\n\n", d.path, d.path)
			t.write(w, a.tableWidth())
			return nil
		})
	})
}

func notEmpty(path string) error {
	return &model.Problem{
		Code: model.Invalid, Field: "--store", Rule: path + " is not empty, and a sample is never mixed with other records",
		Do: "Give a path where there is no store yet",
	}
}
