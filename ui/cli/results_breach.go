package cli

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
	"pou/store"
)

// breachCounting is one `pou results --breaches`.
type breachCounting struct {
	asked          bool
	unit, from, to string
}

// breachMonths is how far back breaches are counted when nobody says since when.
const breachMonths = 12

func (b *breachCounting) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&b.asked, "breaches", false, "count breaches over a time, not an operation's results")
	f.StringVar(&b.from, "from", "", "with --breaches: the first DAY, such as 2026-09-01; twelve months ago when left out")
	f.StringVar(&b.to, "to", "", "with --breaches: the last DAY; today when left out")
	f.StringVar(&b.unit, "unit", "", "with --breaches: only this UNIT, such as SW")
	_ = cmd.RegisterFlagCompletionFunc("unit", unitCompletions)
}

// read makes the days and the unit of what was typed.
func (b *breachCounting) read(cmd *cobra.Command, today day.Date) (unit model.Unit, from, to day.Date, err error) {
	from, to = today.AddMonths(-breachMonths), today
	for _, e := range []struct {
		flag, text string
		into       *day.Date
	}{{"--from", b.from, &from}, {"--to", b.to, &to}} {
		if e.text == "" {
			continue
		}
		if *e.into, err = day.Parse(model.ResolveDay(e.text, today)); err != nil {
			return "", 0, 0, usage(cmd, "%s wants a day such as 2026-09-01, not %q", e.flag, e.text)
		}
	}
	if to < from {
		return "", 0, 0, usage(cmd, "the last day comes after the first")
	}
	var ok bool
	if unit, ok = unitNamed(b.unit); !ok {
		return "", 0, 0, usage(cmd, "there is no unit %q; the units are %s", b.unit, model.UnitCodes(", "))
	}
	return unit, from, to, nil
}

func (a *app) breachResults(cmd *cobra.Command, d *desk, b *breachCounting, output string) error {
	ctx := cmd.Context()
	unit, from, to, err := b.read(cmd, day.On(d.book.Now()))
	if err != nil {
		return err
	}
	var rows []model.BreachFigure
	var bad error
	err = d.book.Read(ctx, func(r store.Reader) error {
		rows, bad = store.BreachResults(r, unit, from, to)
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if err := d.consult(ctx, "breach results "+from.String()+" to "+to.String()); err != nil {
		return err
	}
	err = a.paper(d, output, func(w *bufio.Writer) error {
		switch output {
		case asJSON:
			return writeArray(w, rows)
		case asCSV:
			return breachCSV(w, rows)
		}
		_, _ = fmt.Fprintf(w, "Breaches, %s to %s: each step on the day it was taken\n", from.Long(), to.Long())
		t := sheet{cols: []column{{head: "UNIT", fixed: true}, {head: "ORDERS", fixed: true}, {head: "WHAT"}, {head: "COUNT", right: true}}}
		for _, r := range rows {
			t.add(orAll(string(r.Unit)), orAll(string(r.Type)), r.What, model.Thousands(r.Count))
		}
		t.write(w, a.tableWidth())
		return nil
	})
	if err == nil {
		err = unread(bad)
	}
	return err
}

func orAll(s string) string {
	if s == "" {
		return "all"
	}
	return s
}

func breachCSV(w io.Writer, rows []model.BreachFigure) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"unit", "type", "what", "count"}) // csv.Writer keeps its first error for Error
	for _, r := range rows {
		_ = out.Write([]string{string(r.Unit), string(r.Type), r.What, strconv.Itoa(r.Count)})
	}
	out.Flush()
	return out.Error()
}
