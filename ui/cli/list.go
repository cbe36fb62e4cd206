package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/match"
	"pou/model/query"
	"pou/store"
)

// listing is one `pou list`.
type listing struct {
	list   store.List
	unit   model.Unit
	where  string
	filter query.Query
	sort   string
	limit  int
	all    bool
	mine   bool
	output string
	names  bool // of people, in a calendar

	owner model.Ref // whose rows alone, with --mine
	total int       // how many there are before --limit; -1 when the rest was not read
}

// row is a line of a list; due is the clock in the list of what is due.
type row struct {
	model.Line
	due model.Due
}

func (a *app) listCmd() *cobra.Command {
	var l listing
	var unit string
	names := make([]string, 0, 10)
	for _, n := range store.ListNames() {
		names = append(names, string(n))
	}
	cmd := &cobra.Command{
		Use:   "list KIND",
		Short: "One list: " + strings.Join(names, ", "),
		Long: "Prints one of the lists, in the order a sergeant would work it. KIND is one of " + strings.Join(names, ", ") + ".\n\n" +
			"A filter is words and terms, all of which must hold: unit:SW status:not-circulated marker:VI due:<3d -owner:none kov.\n" +
			"Ended records are listed with --all, or when the filter names status or live.",
		Example:   "  pou list wanted --unit SW --where \"marker:VI,WE idle:>7d\"\n  pou list due --limit 10\n  pou list orders --sort -due --output json\n  pou list due --unit SW --output ics > clocks.ics",
		Args:      wants(1, 1, "KIND ("+strings.Join(names, ", ")+")"),
		ValidArgs: names,
		PreRunE:   func(cmd *cobra.Command, args []string) error { return l.read(cmd, args[0], unit) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error { return a.list(cmd.Context(), d, &l) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&unit, "unit", "", "only this UNIT, such as SW")
	f.StringVar(&l.where, "where", "", "only what passes this FILTER")
	f.StringVar(&l.sort, "sort", "", "by this FIELD; -FIELD for the other way round")
	f.IntVar(&l.limit, "limit", 0, "at most this many (0: all of them)")
	f.BoolVar(&l.all, "all", false, "the ended ones too")
	f.BoolVar(&l.names, "names", false, "in a calendar: names of people, and what officers typed, too")
	outputFlag(cmd, &l.output, asTable, asJSON, asCSV, asICS)
	f.BoolVar(&l.mine, "mine", false, "only what you own: the orders you watch, your tasks, your clocks")
	_ = cmd.RegisterFlagCompletionFunc("unit", unitCompletions)
	return cmd
}

func unitCompletions(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, u := range model.Units() {
		out = append(out, string(u.Code)+"\t"+u.Name)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// read checks what was asked for before the store is opened.
func (l *listing) read(cmd *cobra.Command, kind, unit string) error {
	l.list = store.List(strings.ToLower(kind))
	if !slices.Contains(store.ListNames(), l.list) {
		return usage(cmd, "there is no list %q; the lists are %s", kind, joined(store.ListNames()))
	}
	if l.output == asICS && l.list != store.ListDue {
		return usage(cmd, "a calendar is made of clocks: pou list due --output ics")
	}
	if l.limit < 0 {
		return usage(cmd, "--limit is how many at most, not %d", l.limit)
	}
	var ok bool
	if l.unit, ok = unitNamed(unit); !ok {
		return usage(cmd, "there is no unit %q; the units are %s", unit, model.UnitCodes(", "))
	}
	var err error
	if l.filter, err = query.Parse(l.where, model.LineFields(), match.Fold); err != nil {
		return usage(cmd, "the filter cannot be read at %s", err)
	}
	field := strings.TrimPrefix(l.sort, "-")
	if _, known := model.LineFields()[field]; !known && field != "" {
		return usage(cmd, "there is no field %q to sort by; try %s", field, fieldNames())
	}
	return nil
}

func joined[S ~string](list []S) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return strings.Join(out, ", ")
}

func fieldNames() string {
	var out []string
	for f := range model.LineFields() {
		out = append(out, f)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// unitNamed reads a unit by code, name or borough; none is all twelve.
func unitNamed(s string) (model.Unit, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", true
	}
	for _, u := range model.Units() {
		if strings.EqualFold(string(u.Code), s) || strings.EqualFold(u.Name, s) {
			return u.Code, true
		}
	}
	return model.UnitFor(s)
}

// what is the list as the journal names it.
func (l *listing) what() string {
	out := "list " + string(l.list)
	if l.unit != "" {
		out += " unit:" + string(l.unit)
	}
	if l.where != "" {
		out += " where " + l.where
	}
	if l.all {
		out += " all"
	}
	if l.output == asICS {
		out += " as a calendar"
		if l.names {
			out += " with names"
		}
	}
	if l.mine {
		out += " mine"
	}
	return out
}

func (l *listing) scope() store.Scope {
	return store.Scope{Unit: l.unit, Ended: l.all || l.filter.Has("status") || l.filter.Has("live")}
}

func (a *app) list(ctx context.Context, d *desk, l *listing) error {
	if strange := model.UnknownValues(l.filter.Terms()); strange != "" {
		a.note("%s.", model.UpperFirst(strange))
	}
	if l.mine {
		l.owner = d.who.Ref
	}
	if l.list == store.ListPeople && l.sort == "" && l.limit == 0 && l.output != asTable && !l.mine {
		return a.stream(ctx, d, l)
	}
	var rows []row
	var bad error
	err := d.book.Read(ctx, func(r store.Reader) error {
		rows, bad = l.rows(r, d.book.Now())
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if err := d.consult(ctx, l.what(), peopleIn(rows)...); err != nil {
		return err
	}
	err = a.paper(d, l.output, func(w *bufio.Writer) error {
		if l.output == asICS {
			writeCalendar(w, rows, d.marking(), l.names, d.book.Now())
			return nil
		}
		return a.writeList(w, l, rows, d.book.Now())
	})
	return errors.Join(err, unread(bad))
}

// unread says that a list is not whole.
func unread(bad error) error {
	if bad == nil {
		return nil
	}
	return &storeError{fmt.Errorf("some records could not be read and are left out; pou check tells more: %w", bad)}
}

// stream writes everyone on record as they are read: there may be a million.
func (a *app) stream(ctx context.Context, d *desk, l *listing) error {
	first := *l
	first.limit = consultMost
	var named []row
	err := d.book.Read(ctx, func(r store.Reader) error {
		named, _ = first.people(r, d.book.Now()) // who cannot be read is said below
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if err := d.consult(ctx, l.what(), peopleIn(named)...); err != nil {
		return err
	}
	return a.paper(d, l.output, func(w *bufio.Writer) error {
		out := newRowWriter(w, l)
		return d.book.Read(ctx, func(r store.Reader) error {
			bad, err := l.eachPerson(r, d.book.Now(), func(line *row) error {
				return errors.Join(out.add(line), ctx.Err())
			})
			return errors.Join(err, out.end(), unread(bad))
		})
	})
}

func peopleIn(rows []row) []model.Ref {
	seen := map[model.Ref]bool{}
	var out []model.Ref
	for i := range rows {
		ref := rows[i].Person
		if ref != "" && !seen[ref] {
			seen[ref] = true
			out = append(out, ref)
		}
	}
	return out
}

// rows reads, filters, sorts and cuts the list. An error comes with the rows that could be read.
func (l *listing) rows(r store.Reader, now time.Time) ([]row, error) {
	var rows []row
	var err error
	switch {
	case l.list == store.ListDue:
		rows, err = l.dues(r, now)
	case l.list == store.ListPeople && l.sort == "":
		rows, err = l.people(r, now) // the first of a million are not worth reading the rest
	default:
		var lines []model.Line
		lines, err = store.Lines(r, l.list, l.scope(), now)
		for i := range lines {
			if l.filter.Match(&lines[i], now) {
				rows = append(rows, row{Line: lines[i]})
			}
		}
	}
	if l.owner != "" {
		rows = slices.DeleteFunc(rows, func(r row) bool { return r.Owner != l.owner })
	}
	l.order(rows, now)
	if l.total == 0 {
		l.total = len(rows)
	}
	if l.limit > 0 {
		rows = rows[:min(l.limit, len(rows))]
	}
	return rows, err
}

func (l *listing) dues(r store.Reader, now time.Time) ([]row, error) {
	liner := model.NewLiner(r, now)
	dues, err := store.Dues(r, liner, l.scope())
	var rows []row
	for _, due := range dues {
		line := liner.DueLine(due)
		if l.filter.Match(&line, now) {
			rows = append(rows, row{line, due})
		}
	}
	return rows, err
}

func (l *listing) people(r store.Reader, now time.Time) ([]row, error) {
	var rows []row
	bad, err := l.eachPerson(r, now, func(line *row) error {
		if rows = append(rows, *line); l.limit > 0 && len(rows) == l.limit {
			l.total = -1
			return errEnough
		}
		return nil
	})
	return rows, errors.Join(bad, err)
}

var errEnough = errors.New("enough")

// eachPerson visits the people the list is of, until fn fails. bad names those who cannot be read.
func (l *listing) eachPerson(r store.Reader, now time.Time, fn func(*row) error) (bad, err error) {
	liner := model.NewLiner(r, now)
	var stop error
	err = r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
		if err != nil {
			bad = errors.Join(bad, err)
			return true
		}
		line := row{Line: liner.Line(rec)}
		if (l.unit == "" || line.Unit == l.unit) && l.filter.Match(&line, now) {
			stop = fn(&line)
		}
		return stop == nil
	})
	if err == nil && !errors.Is(stop, errEnough) {
		err = stop
	}
	return bad, err
}

// order sorts by --sort; rows that have nothing there come last whichever way round.
func (l *listing) order(rows []row, now time.Time) {
	field, down := strings.CutPrefix(l.sort, "-")
	if field == "" {
		return
	}
	number := model.LineFields()[field]
	slices.SortStableFunc(rows, func(a, b row) int {
		c, decided := byWord(&a, &b, field)
		if number {
			c, decided = byNumber(&a, &b, field, now)
		}
		if down && !decided {
			return -c
		}
		return c
	})
}

// byNumber compares two rows; decided means that one has no value and goes last.
func byNumber(a, b *row, field string, now time.Time) (c int, decided bool) {
	x, hasX := a.Number(field, now)
	y, hasY := b.Number(field, now)
	switch {
	case hasX != hasY:
		return lastIf(!hasX), true
	case x < y:
		return -1, false
	case x > y:
		return 1, false
	}
	return 0, false
}

func byWord(a, b *row, field string) (c int, decided bool) {
	if field == "ref" {
		return a.Ref.Compare(b.Ref), false
	}
	x, _ := a.Values(field)
	y, _ := b.Values(field)
	if (len(x) == 0) != (len(y) == 0) {
		return lastIf(len(x) == 0), true
	}
	return strings.Compare(strings.Join(x, " "), strings.Join(y, " ")), false
}

func lastIf(empty bool) int {
	if empty {
		return 1
	}
	return -1
}

func (a *app) writeList(w io.Writer, l *listing, rows []row, now time.Time) error {
	if l.output == asTable {
		t := listSheet(l.list, rows, now)
		t.write(w, a.tableWidth())
		_, err := fmt.Fprintln(w, l.counted(len(rows)))
		return err
	}
	out := newRowWriter(w, l)
	for i := range rows {
		if err := out.add(&rows[i]); err != nil {
			return err
		}
	}
	return out.end()
}

// rowWriter writes rows for programs, one by one.
type rowWriter struct {
	list  store.List
	sheet *csv.Writer // nil for JSON
	array array
}

func newRowWriter(w io.Writer, l *listing) *rowWriter {
	out := &rowWriter{list: l.list, array: array{w: w}}
	if l.output == asCSV {
		out.sheet = csv.NewWriter(w)
		_ = out.sheet.Write(csvHeads(l.list)) // an error stays for end
	}
	return out
}

func (o *rowWriter) add(r *row) error {
	switch {
	case o.sheet != nil:
		return csvRow(o.sheet, csvCells(o.list, r))
	case o.list == store.ListDue:
		d := &r.due
		return o.array.add(&dueObject{r.Line, d.Rule, d.Citation, d.Start, d.Deadline, d.Owner, d.Missed, d.Settle, d.Event, d.Check, d.Warn})
	}
	return o.array.add(&r.Line)
}

func (o *rowWriter) end() error {
	if o.sheet == nil {
		return o.array.end()
	}
	o.sheet.Flush()
	return o.sheet.Error()
}

// counted says how many are shown, and of how many.
func (l *listing) counted(shown int) string {
	switch {
	case l.total < 0:
		return "the first " + model.Counted(shown, l.list.Row().One, l.list.Row().Many)
	case l.total > shown:
		return fmt.Sprintf("%s of %s", model.Thousands(shown), model.Counted(l.total, l.list.Row().One, l.list.Row().Many))
	}
	return model.Counted(shown, l.list.Row().One, l.list.Row().Many)
}

// dueObject is a clock in JSON: the line of the record it runs on, and the clock.
type dueObject struct {
	model.Line
	Rule     string    `json:"rule"`
	Citation string    `json:"citation"`
	Start    time.Time `json:"start"`
	Deadline time.Time `json:"deadline"`
	Owner    model.Ref `json:"owner"`
	Missed   string    `json:"missed"`
	Settle   string    `json:"settle"`
	Event    string    `json:"event"`
	Check    bool      `json:"check"`
	Warn     string    `json:"warn,omitempty"`
}
