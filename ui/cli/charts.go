package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

func (a *app) chartsCmd() *cobra.Command {
	var unit, output string
	cmd := &cobra.Command{
		Use:   "charts",
		Short: "Orders that end, breaches by week and unit, and checks in time",
		Long: "Counts the orders and conditions that end in the next twelve months, the potential breaches of the last twelve weeks by unit, and how\n" +
			"many live orders of each unit were checked in time. An order nobody planned is held to the shortest interval (local practice).",
		Example: "  pou charts\n  pou charts --unit SW --output csv",
		Args:    wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			u, ok := unitNamed(unit)
			if !ok {
				return usage(cmd, "there is no unit %q; the units are %s", unit, model.UnitCodes(", "))
			}
			return a.looking(cmd.Context(), func(d *desk) error { return a.charts(cmd.Context(), d, u, output) })
		},
	}
	cmd.Flags().StringVar(&unit, "unit", "", "only this UNIT, such as SW")
	outputFlag(cmd, &output, asTable, asJSON, asCSV)
	_ = cmd.RegisterFlagCompletionFunc("unit", unitCompletions)
	return cmd
}

func (a *app) charts(ctx context.Context, d *desk, unit model.Unit, output string) error {
	c, bad, err := d.charts(ctx, unit)
	if err != nil {
		return err
	}
	err = a.paper(d, output, func(w *bufio.Writer) error {
		switch output {
		case asJSON:
			return writeArray(w, c.Rows())
		case asCSV:
			return chartsCSV(w, c.Rows())
		}
		for _, line := range chartLines(&c) {
			_, _ = fmt.Fprintln(w, part.Safe(line))
		}
		return nil
	})
	if err == nil {
		err = unread(bad)
	}
	return err
}

// charts counts the charts, and logs that they were looked at; bad names what could not be read.
func (d *desk) charts(ctx context.Context, unit model.Unit) (c model.Charts, bad, err error) {
	err = d.book.Read(ctx, func(r store.Reader) error {
		var in model.ChartRecords
		in, bad = store.Charted(r)
		c = model.NewCharts(in, unit, d.book.Now())
		return nil
	})
	if err != nil {
		return c, nil, err
	}
	what := "charts"
	if unit != "" {
		what += " unit:" + string(unit)
	}
	return c, bad, d.consult(ctx, what)
}

// chartBar is how long the longest bar is.
const chartBar = 30

func textBar(n, most int) string {
	if n == 0 {
		return ""
	}
	return " " + strings.Repeat("#", max(1, n*chartBar/most))
}

// chartLines are the charts as text: a figure, then its bar, so that a reader who cannot see the bar has lost nothing.
func chartLines(c *model.Charts) []string {
	most, mostWeek, mostUnit := c.Most()
	out := []string{"Orders that end, by month"}
	if c.Overdue > 0 {
		out = append(out, fmt.Sprintf("  %-10s %4d%s", "undecided", c.Overdue, textBar(c.Overdue, most)))
	}
	for _, m := range c.Expiry {
		line := fmt.Sprintf("  %-10s %4d%s", m.Month.Month().String()[:3]+" "+strconv.Itoa(m.Month.Year()), m.Orders, textBar(m.Orders, most))
		if m.Conditions > 0 {
			line += " and " + model.Counted(m.Conditions, "condition", "conditions")
		}
		out = append(out, line)
	}
	out = append(out, "Potential breaches, by the week they happened")
	for _, w := range c.Breaches {
		line := fmt.Sprintf("  from %-6s %3d%s", w.Monday.Short(), w.Count, textBar(w.Count, mostWeek))
		for i, u := range w.Units {
			line += map[bool]string{true: " (", false: ", "}[i == 0] + fmt.Sprintf("%s %d", u.Unit, u.Count)
		}
		if len(w.Units) > 0 {
			line += ")"
		}
		out = append(out, line)
	}
	out = append(out, fmt.Sprintf("Potential breaches by unit, %d weeks", len(c.Breaches)))
	for _, u := range c.ByUnit {
		line := fmt.Sprintf("  %-2s %3d%s", u.Unit, u.Count, textBar(u.Count, mostUnit))
		if u.Substantiated > 0 {
			line += fmt.Sprintf(" %d substantiated", u.Substantiated)
		}
		out = append(out, line)
	}
	out = append(out, "Live orders checked in time, by unit")
	for _, u := range c.Checked {
		if u.Orders() == 0 {
			out = append(out, fmt.Sprintf("  %-2s no live orders", u.Unit))
			continue
		}
		out = append(out, fmt.Sprintf("  %-2s %3d%% %d of %d in time, %d late, %d never", u.Unit, u.Share(), u.InTime, u.Orders(), u.Late, u.Never))
	}
	return out
}

func chartsCSV(w io.Writer, rows []model.ChartRow) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"chart", "unit", "period", "what", "count"}) // csv.Writer keeps its first error for Error
	for _, r := range rows {
		_ = csvRow(out, []string{r.Chart, string(r.Unit), r.Period, r.What, strconv.Itoa(r.Count)})
	}
	out.Flush()
	return out.Error()
}

// charts reads the charts out.
func (t *talk) charts(ctx context.Context) error {
	c, bad, err := t.d.charts(ctx, "")
	if err != nil {
		return err
	}
	for _, line := range chartLines(&c) {
		t.say("%s", part.Safe(line))
	}
	if bad != nil {
		t.say("Some records could not be read and are left out: %s", sentence(bad))
	}
	return nil
}
