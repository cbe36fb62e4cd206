package cli

import (
	"bufio"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
)

const findDefault = 20

func (a *app) findCmd() *cobra.Command {
	var kind, output string
	var limit int
	cmd := &cobra.Command{
		Use:   "find TEXT",
		Short: "One box for everything: names, aliases, phones, plates, postcodes, dates of birth, references",
		Long: "Finds people, operations, officers and tasks by whatever is remembered of them, misspellings included, best first.\n" +
			"A reference finds its record whatever it is.",
		Example: "  pou find kovach\n  pou find \"varga 1984\" --kind person\n  pou find SW11 --output json",
		Args:    wants(1, -1, "TEXT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			k, ok := kindNamed(kind)
			if !ok {
				return usage(cmd, "there is no kind %q; the kinds are %s", kind, kindWords())
			}
			if limit < 1 {
				return usage(cmd, "--limit is how many at most, from 1, not %d", limit)
			}
			return a.looking(cmd.Context(), func(d *desk) error {
				return a.find(cmd.Context(), d, strings.Join(args, " "), k, limit, output)
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "only this KIND: person, operation, officer, task")
	cmd.Flags().IntVar(&limit, "limit", findDefault, "at most this many")
	outputFlag(cmd, &output, asTable, asJSON)
	return cmd
}

// kindNamed reads a kind by its word, plural or letters; none is every kind.
func kindNamed(s string) (model.Kind, bool) {
	if s == "" {
		return "", true
	}
	for _, k := range model.Kinds() {
		for _, word := range []string{string(k), k.Word(), k.Word() + "s", kindWord(k)} {
			if strings.EqualFold(word, s) {
				return k, true
			}
		}
	}
	if strings.EqualFold(s, string(store.ListPeople)) {
		return model.KindPerson, true
	}
	return "", false
}

func kindWords() string {
	var out []string
	for _, k := range model.Kinds() {
		out = append(out, kindWord(k))
	}
	return strings.Join(out, ", ")
}

func (a *app) find(ctx context.Context, d *desk, text string, kind model.Kind, limit int, output string) error {
	found, err := d.search(ctx, text, kind, limit)
	if err != nil {
		return err
	}
	err = a.paper(d, output, func(w *bufio.Writer) error {
		if output == asJSON {
			return writeArray(w, found)
		}
		t := sheet{cols: []column{{head: "REF", fixed: true}, {head: "NAME"}, {head: "BORN"}, {head: "UNIT"}, {head: "MARKERS"}, {head: "WHAT"}, {head: "FOUND BY"}}}
		for i := range found {
			f := &found[i]
			t.add(string(f.Ref), f.Name, f.Born, string(f.Unit), strings.Join(f.Markers, " "), f.What, f.Match)
		}
		t.write(w, a.tableWidth())
		return nil
	})
	if err == nil && len(found) == 0 {
		return &outcome{exitNo, "nothing on record answers to " + text}
	}
	return err
}

// search answers a query and logs it. A reference needs no index.
func (d *desk) search(ctx context.Context, text string, kind model.Kind, limit int) ([]store.Found, error) {
	s := store.NewSearch(d.book)
	if _, isRef := model.ParseRef(text); !isRef {
		if err := s.Fill(ctx); err != nil {
			return nil, err
		}
	}
	found, err := s.Find(ctx, text, kind, limit)
	if err != nil {
		return nil, err
	}
	about := make([]model.Ref, len(found))
	for i := range found {
		about[i] = found[i].Ref
	}
	return found, d.consult(ctx, "find "+text, about...)
}
