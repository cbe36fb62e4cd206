package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// engaging is one `pou engagement`.
type engaging struct {
	unit     model.Unit
	from, to day.Date
	output   string
}

func (a *app) engagementCmd() *cobra.Command {
	var unit, from, to, output string
	cmd := &cobra.Command{
		Use:   "engagement",
		Short: "How many people were reached, by unit and audience",
		Long: "Counts the sessions of the engagement log and the people in them: for all units together, then by unit, and in each by audience.\n" +
			"Without --from and --to it is the twelve months up to today. Somebody who came twice counts twice. pou list engagements has the sessions.",
		Example: "  pou engagement\n  pou engagement --unit SW --from \"1 Sep 2026\" --output csv",
		Args:    wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error {
				e := engaging{output: output}
				if err := e.read(cmd, day.On(d.book.Now()), unit, from, to); err != nil {
					return err
				}
				return a.engagement(cmd.Context(), d, &e)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&unit, "unit", "", "only this UNIT, such as SW")
	f.StringVar(&from, "from", "", "from this DAY on")
	f.StringVar(&to, "to", "", "up to and with this DAY")
	outputFlag(cmd, &output, asTable, asJSON, asCSV)
	_ = cmd.RegisterFlagCompletionFunc("unit", unitCompletions)
	return cmd
}

func (e *engaging) read(cmd *cobra.Command, today day.Date, unit, from, to string) error {
	var ok bool
	if e.unit, ok = unitNamed(unit); !ok {
		return usage(cmd, "there is no unit %q; the units are %s", unit, model.UnitCodes(", "))
	}
	e.to = today
	for _, d := range []struct {
		flag, text string
		into       *day.Date
	}{{"--to", to, &e.to}, {"--from", from, &e.from}} {
		if d.text == "" {
			continue
		}
		got, err := day.Parse(model.ResolveDay(d.text, today))
		if err != nil {
			return usage(cmd, "%s wants a day such as \"1 Sep 2026\", not %q", d.flag, d.text)
		}
		*d.into = got
	}
	if e.from.IsZero() {
		e.from = e.to.AddMonths(-model.EngagementMonths).AddDays(1)
	}
	if e.from > e.to {
		return usage(cmd, "the window ends before it begins")
	}
	return nil
}

func (a *app) engagement(ctx context.Context, d *desk, e *engaging) error {
	var all []*model.Engagement
	var bad error
	err := d.book.Read(ctx, func(r store.Reader) error {
		all, bad = store.Engagements(r, e.unit)
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	rows := model.EngagementTotals(all, e.from, e.to)
	if err := d.consult(ctx, "engagement "+string(e.unit)); err != nil {
		return err
	}
	err = a.paper(d, e.output, func(w *bufio.Writer) error {
		switch e.output {
		case asJSON:
			return writeArray(w, rows)
		case asCSV:
			return engagementCSV(w, rows)
		}
		_, _ = fmt.Fprintf(w, "Engagement, %s to %s\n", e.from.Long(), e.to.Long())
		a.engagementTable(w, rows)
		return nil
	})
	if err == nil {
		err = unread(bad)
	}
	return err
}

// barWide is how wide the bars of the table are.
const barWide = 20

// engagementTable has a bar in each row, by the largest figure of rows of its sort: a unit's whole, or one audience.
func (a *app) engagementTable(w *bufio.Writer, rows []model.EngagementTotal) {
	theme := part.Theme{ASCII: true}
	most := map[bool]int{}
	for _, t := range rows {
		if t.Unit != "" {
			most[t.Audience == ""] = max(most[t.Audience == ""], t.Reached)
		}
	}
	out := sheet{cols: []column{{head: "UNIT", fixed: true}, {head: "AUDIENCE"}, {head: "SESSIONS", right: true}, {head: "REACHED", right: true}, {head: ""}}}
	for _, t := range rows {
		unit, bar := string(t.Unit), ""
		if unit == "" {
			unit = "all"
		} else {
			bar = part.Bar(&theme, float64(t.Reached), float64(most[t.Audience == ""]), barWide)
		}
		out.add(unit, t.Label(), model.Thousands(t.Sessions), model.Thousands(t.Reached), bar)
	}
	out.write(w, a.tableWidth())
}

func engagementCSV(w io.Writer, rows []model.EngagementTotal) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"unit", "audience", "sessions", "reached"}) // csv.Writer keeps its first error for Error
	for _, t := range rows {
		_ = out.Write([]string{string(t.Unit), string(t.Audience), strconv.Itoa(t.Sessions), strconv.Itoa(t.Reached)})
	}
	out.Flush()
	return out.Error()
}
