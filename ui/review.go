package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// listReview are the targets of an operation that somebody should look at again: nothing counts against them any more, or
// nobody has looked in time (DPA 2018 s.39; ICO v Met, 2018). Each is kept or taken off by a named officer.
const listReview store.List = "targets to look at again"

// reviewAt is the number of the list of those to look at again, which stands behind the packs and has no tab.
const reviewAt = 11

func (a *App) openReview() tea.Cmd {
	return tea.Batch(a.goTo(reviewAt), a.loadReview(a.lists[4].operation))
}

func whyNoReview(a *App) string {
	if a.lists[reviewAt].count(a.unit) == 0 {
		return "no target here has to be looked at again"
	}
	return ""
}

// loadReview finds the targets to look at again; without an operation there is nothing to find.
func (d desk) loadReview(operation model.Ref) tea.Cmd {
	if operation == "" {
		return nil
	}
	return func() tea.Msg {
		out := listLoaded{list: listReview}
		now := d.store.Now()
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			rec, err := r.Record(operation)
			if err != nil {
				return err
			}
			op, ok := rec.(*model.Operation)
			if !ok {
				return nil
			}
			prompts, err := store.Prompts(r, op, now)
			liner := model.NewLiner(r, now)
			for i := range prompts {
				rec, err := r.Record(prompts[i].Target)
				if err != nil {
					return err
				}
				out.lines = append(out.lines, reviewLine(liner, rec, &prompts[i]))
			}
			return err
		})
		return out
	}
}

// reviewLine is the row of a target with why it should be looked at in place of why it was listed.
func reviewLine(liner *model.Liner, rec model.Record, p *store.Prompt) *model.Line {
	line := liner.Line(rec)
	line.What, line.Why, line.Outcome = strings.Join(p.Why, "; "), p.Why, p.Kept
	line.Fold()
	return &line
}

// followOperation shows the list of the operation on show.
func (a *App) followOperation() tea.Cmd {
	s := a.lists[reviewAt]
	s.operation = a.lists[4].operation
	s.show(a.unit, a.now)
	a.layout()
	return a.loadReview(s.operation)
}

// reviewColumns are who, and why to look again.
func (c columnSet) reviewColumns() []column {
	return []column{c.number(), c.sign(), c.name(), c.markers(), c.what("LOOK AGAIN BECAUSE", 20, 0), c.due(), c.unit(4), c.team()}
}

// reviewSection is why a target should be looked at again, and what was said the last time.
func (a *App) reviewSection(l *model.Line) []section {
	if a.at != reviewAt || l.Kind != "target" {
		return nil
	}
	rows := make([]row, 0, len(l.Why)+2)
	for _, why := range l.Why {
		rows = append(rows, row{label: "Because", text: why})
	}
	rows = append(rows, row{label: "Last time", text: orWord(l.Outcome, "nobody has looked since the person was listed")},
		row{label: "Decide", text: "v keeps the target with a reason; r takes it off by an exit (withdrawn, eliminated …)", style: part.StyleAccent})
	return []section{{head: "To look at again", rows: rows}}
}

// packsNotes are the calm lines above the packs: what the operation still asks for, and with which key.
func (a *App) packsNotes() []string {
	var out []string
	if op := a.operation(); op != nil && op.Status == string(model.OperationEnded) {
		switch n := len(a.onList()); n {
		case 0:
			out = append(out, "Ended, and nobody is left on the list: C closes the operation")
		case 1:
			out = append(out, "Ended, and 1 target has no exit: r takes it off, then C closes")
		default:
			out = append(out, fmt.Sprintf("Ended, and %d targets have no exit: r takes them off, then C closes", n))
		}
	}
	switch n := a.lists[reviewAt].count(a.unit); n {
	case 0:
	case 1:
		out = append(out, "1 target to look at again: score 0 or past its review · V opens it")
	default:
		out = append(out, fmt.Sprintf("%d targets to look at again: score 0 or past their review · V opens them", n))
	}
	return out
}

// notes are the calm lines above a list.
func (a *App) notes() []string {
	switch a.at {
	case 2:
		return a.breachNotes()
	case 4:
		return a.packsNotes()
	}
	return nil
}

// noted puts the notes above the list on show.
func (a *App) noted(list string, w int) string {
	var b strings.Builder
	for _, n := range a.notes() {
		b.WriteString(part.Fit(" "+a.th.Accent.Apply(part.Safe(n)), w, part.AlignLeft) + "\n")
	}
	return b.String() + list
}

// noteLines is how many lines stand above the list on show.
func (a *App) noteLines() int { return len(a.notes()) }

func whyNoClose(a *App) string {
	s, _ := model.Find("operation.close")
	op := a.operation()
	switch {
	case op == nil:
		return "there is no operation yet"
	case a.me == nil:
		return "the desk is still opening"
	case op.Status == string(model.OperationClosed):
		return "the operation is closed"
	case op.Status == string(model.OperationPlanned):
		return "the operation has not begun"
	}
	if err := model.Can(a.me, s); err != nil {
		return err.Error()
	}
	return ""
}

func (a *App) closeOperation() tea.Cmd {
	return a.openForm("operation.close", []*model.Line{a.operation()})
}
