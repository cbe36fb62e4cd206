package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// boardAt is the number of the live board, which stands behind the packs and has no tab.
const boardAt = 10

// boardScreen is the day of one operation by unit: how the list empties, what was tried today, who is in the cells.
type boardScreen struct {
	table     *part.Table[boardRow]
	operation model.Ref
	tried     map[model.Unit]int // attempts today on the operation's targets
	err       error
}

// boardRow is one unit's line, or that of all of them.
type boardRow struct {
	unit                                          model.Unit // "" for all
	listed, arrested, circulated, eliminated, out int
	tried, custody, overdue                       int
	next                                          time.Time // the custody clock that runs out next
}

func (r boardRow) targets() int { return r.listed + r.left() }

// left is how many have left the list, by whichever exit.
func (r boardRow) left() int { return r.arrested + r.circulated + r.eliminated + r.out }

type boardColumn = part.Column[boardRow]

func newBoard(a *App) *boardScreen {
	num := func(title string, style part.StyleID, of func(boardRow) int) boardColumn {
		return boardColumn{Title: title, Width: max(len(title), 3), Align: part.AlignRight, Cell: func(r boardRow) part.Cell {
			n := of(r)
			if n == 0 {
				return part.Cell{Text: a.th.Pick("·", "."), Style: part.StyleDim}
			}
			return part.Cell{Text: itoa(n), Style: style}
		}}
	}
	b := &boardScreen{}
	b.table = part.NewTable([]boardColumn{
		{Title: "UNIT", Width: 4, Cell: func(r boardRow) part.Cell {
			return part.Cell{Text: orWord(string(r.unit), "all"), Style: part.StyleBold}
		}},
		{Title: "", Width: 14, Priority: 3, Cell: func(r boardRow) part.Cell { return part.Cell{Text: r.unit.Name()} }},
		num("LIST", part.StyleBold, func(r boardRow) int { return r.listed }),
		num("ARR", part.StyleText, func(r boardRow) int { return r.arrested }),
		num("CIRC", part.StyleText, func(r boardRow) int { return r.circulated }),
		num("ELIM", part.StyleText, func(r boardRow) int { return r.eliminated }),
		num("WDN", part.StyleText, func(r boardRow) int { return r.out }),
		{Title: "LEFT LIST", Width: 11, Flex: 1, Priority: 1, Cell: a.shareCell},
		num("TRIED", part.StyleText, func(r boardRow) int { return r.tried }),
		num("CELLS", part.StyleText, func(r boardRow) int { return r.custody }),
		{Title: "NEXT CLOCK", Width: 10, Cell: a.clockCell},
		num("LATE", part.StyleDanger, func(r boardRow) int { return r.overdue }),
	}, func(r boardRow) string { return orWord(string(r.unit), "all") })
	b.table.SetHeader(true)
	return b
}

// shareCell is how much of a unit's list has been answered for.
func (a *App) shareCell(r boardRow) part.Cell {
	if r.targets() == 0 {
		return part.Cell{Text: "no targets", Style: part.StyleDim}
	}
	width := 6
	if a.w >= wideAt {
		width = 20
	}
	percent := itoa(r.left()*100/r.targets()) + "%"
	return part.Cell{Parts: []part.Part{
		{Text: part.Bar(&a.th, float64(r.left()), float64(r.targets()), width), Style: part.StyleAccent},
		{Text: part.Fit(percent, 5, part.AlignRight)},
	}}
}

// clockCell is what is left of the custody clock that runs out next.
func (a *App) clockCell(r boardRow) part.Cell {
	if r.next.IsZero() {
		return part.Cell{Text: a.th.Pick("·", "."), Style: part.StyleDim}
	}
	left := r.next.Sub(a.now)
	return part.Cell{Text: strings.TrimSuffix(part.Left(left), " left"), Style: clockStyle(left)}
}

// count adds the lists held here up by unit. Everything is of the people on the operation's list, in the unit whose
// target they are: the board answers for the list, not for all the unit does.
func (b *boardScreen) count(a *App) {
	units := model.Units()
	rows := make([]boardRow, len(units)+1)
	at := map[model.Unit]int{}
	for i, u := range units {
		rows[i] = boardRow{unit: u.Code}
		at[u.Code] = i
	}
	all := &rows[len(units)]
	each := func(u model.Unit, add func(*boardRow)) {
		if i, ok := at[u]; ok {
			add(&rows[i])
		}
		add(all)
	}
	unitOf := map[model.Ref]model.Unit{}
	for _, l := range a.lists[4].all {
		if l.About == a.lists[4].operation {
			unitOf[l.Person] = l.Unit
			each(l.Unit, func(r *boardRow) { r.target(l) })
		}
	}
	held := map[model.Ref]bool{}
	for _, l := range a.lists[1].all {
		if u, ours := unitOf[l.Person]; ours && inCustody(l) {
			held[l.Ref] = true
			each(u, func(r *boardRow) { r.custody++ })
		}
	}
	for _, l := range a.lists[7].all {
		if u, ours := unitOf[l.Person]; ours {
			each(u, func(r *boardRow) { r.clock(l, held[l.Ref]) })
		}
	}
	for u, n := range b.tried {
		each(u, func(r *boardRow) { r.tried += n })
	}
	b.table.SetRows(rows)
}

func inCustody(l *model.Line) bool {
	return l.Kind == "arrest" && (l.Status == string(model.Arrested) || l.Status == string(model.InCustody))
}

func (r *boardRow) target(l *model.Line) {
	switch model.TargetState(l.Status) {
	case model.TargetLive:
		r.listed++
	case model.TargetArrested:
		r.arrested++
	case model.TargetCirculated:
		r.circulated++
	case model.TargetEliminated:
		r.eliminated++
	case model.TargetWithdrawn, model.TargetDied:
		r.out++
	}
}

func (r *boardRow) clock(l *model.Line, held bool) {
	if l.Status == "overdue" {
		r.overdue++
	}
	if held && (r.next.IsZero() || l.Deadline.Before(r.next)) {
		r.next = l.Deadline
	}
}

// words say how the whole list stands.
func (b *boardScreen) words() string {
	rows := b.table.Rows()
	if len(rows) == 0 {
		return ""
	}
	all := rows[len(rows)-1]
	return fmt.Sprintf("%d of %d left", all.left(), all.targets())
}

func (b *boardScreen) view(a *App) string { return b.table.View(&a.th) }

// boardLoaded carries what the lists do not hold: how often each unit went today.
type boardLoaded struct {
	operation model.Ref
	tried     map[model.Unit]int
	err       error
}

// loadBoard counts today's attempts on the operation's targets.
func (d desk) loadBoard(operation model.Ref) tea.Cmd {
	return func() tea.Msg {
		out := boardLoaded{operation: operation, tried: map[model.Unit]int{}}
		today := day.On(d.store.Now())
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			return eachTarget(r, operation, func(t *model.Target) error {
				refs, err := r.Linked(t.Person, model.KindAttempt)
				if err != nil {
					return err
				}
				for _, ref := range refs {
					rec, err := r.Record(ref)
					if err != nil {
						return err
					}
					if at, ok := rec.(*model.Attempt); ok && day.On(at.At) == today {
						out.tried[t.Unit]++
					}
				}
				return nil
			})
		})
		return out
	}
}

func eachTarget(r store.Reader, operation model.Ref, do func(*model.Target) error) error {
	refs, err := r.Linked(operation, model.KindTarget)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		rec, err := r.Record(ref)
		if err != nil {
			return err
		}
		if t, ok := rec.(*model.Target); ok {
			if err := do(t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *App) boarded(msg boardLoaded) tea.Cmd {
	if msg.operation == a.lists[4].operation {
		a.board.operation, a.board.tried, a.board.err = msg.operation, msg.tried, msg.err
		a.board.count(a)
	}
	return a.fail(msg.err)
}

// openBoard shows the day of the operation whose packs are on show.
func (a *App) openBoard() tea.Cmd {
	if a.operation() == nil {
		a.warn("live board: there is no operation yet")
		return nil
	}
	return tea.Batch(a.goTo(boardAt), a.countBoard(), a.consult("live board "+string(a.lists[4].operation)))
}

// countBoard counts the board anew for the operation on show.
func (a *App) countBoard() tea.Cmd {
	if a.at != boardAt {
		return nil
	}
	if a.board.operation != a.lists[4].operation {
		a.board.tried = nil
	}
	a.board.count(a)
	return a.loadBoard(a.lists[4].operation)
}

// open shows the packs of the unit under the cursor.
func (b *boardScreen) open(a *App) tea.Cmd {
	r, ok := b.table.Selected()
	if !ok {
		return nil
	}
	return tea.Batch(a.goTo(4), a.setUnit(r.unit))
}
