package cli

import (
	"bufio"
	"context"
	"fmt"
	"strconv"
	"time"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// dueShown is how many clocks the overview names.
const dueShown = 5

// overview is pou where there is no terminal: what stands where, what is overdue, and what to type next.
func (a *app) overview(ctx context.Context, d *desk) error {
	now := d.book.Now()
	var t *sheet
	late, next := []row{}, []row{}
	err := d.book.Read(ctx, func(r store.Reader) error {
		all := listing{list: store.ListDue}
		rows, err := all.dues(r, now)
		if err != nil {
			a.note("Some records could not be read and are left out; pou check tells more: %s", err)
		}
		for i := range rows {
			if rows[i].due.Left(now) < 0 {
				late = append(late, rows[i])
			} else if len(next) < dueShown {
				next = append(next, rows[i])
			}
		}
		t, err = tallies(r, late)
		return err
	})
	if err != nil {
		return err
	}
	if err := d.consult(ctx, "overview"); err != nil {
		return err
	}
	return a.paper(d, asText, func(w *bufio.Writer) error {
		_, _ = fmt.Fprintf(w, "Store %s, %s. You are %s (%s).\n\n", d.path, model.Counted(int(d.info.Head), "journal entry", "journal entries"), part.Safe(d.who.Call()), d.who.Ref) //nolint:gosec // a count of entries
		t.write(w, a.tableWidth())
		writeClocks(w, fmt.Sprintf("\nOverdue: %s", model.Thousands(len(late))), late, now)
		writeClocks(w, "\nNext", next, now)
		_, _ = fmt.Fprint(w, "\nOn a terminal pou opens the screen. From a script:\n"+
			"  pou list due --limit 20      pou find TEXT      pou show REF      pou do FILE      pou help\n")
		return nil
	})
}

func writeClocks(w *bufio.Writer, head string, rows []row, now time.Time) {
	if len(rows) == 0 {
		return
	}
	_, _ = fmt.Fprintln(w, head)
	t := sheet{cols: make([]column, 4)}
	for i := range rows[:min(len(rows), dueShown)] {
		r := &rows[i]
		t.add("  "+part.Left(r.due.Left(now)), string(r.Ref), r.due.Rule, r.Name)
	}
	t.rowsOnly(w)
}

// tallies counts the live records of each unit; late are the clocks that have run out, nil to leave them out.
func tallies(r store.Reader, late []row) (*sheet, error) {
	kinds := []model.Kind{model.KindWanted, model.KindBreach, model.KindOrder, model.KindTarget, model.KindTask, model.KindArrest}
	t := &sheet{cols: []column{{head: "UNIT", fixed: true}}}
	for _, head := range []string{"WANTED", "BREACHES", "ORDERS", "TARGETS", "TASKS", "ARRESTS", "OVERDUE"} {
		t.cols = append(t.cols, column{head: head, right: true})
	}
	overdue := map[model.Unit]int{}
	for i := range late {
		overdue[late[i].Unit]++
	}
	sums := make([]int, len(kinds))
	for _, u := range model.Units() {
		cells := []string{string(u.Code) + " " + u.Name}
		for i, kind := range kinds {
			refs, err := r.Placed(kind, u.Code, true)
			if err != nil {
				return nil, err
			}
			sums[i] += len(refs)
			cells = append(cells, strconv.Itoa(len(refs)))
		}
		t.add(append(cells, lateText(late, overdue[u.Code]))...)
	}
	cells := []string{"all"}
	for _, n := range sums {
		cells = append(cells, model.Thousands(n))
	}
	t.add(append(cells, lateText(late, len(late)))...)
	return t, nil
}

func lateText(late []row, n int) string {
	if late == nil {
		return ""
	}
	return model.Thousands(n)
}
