package ui

import (
	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/ui/part"
)

// unitsScreen is the twelve units side by side: what each has, and what is overdue.
type unitsScreen struct {
	table *part.Table[unitRow]
	most  int // the most wanted in one unit, for the bars
}

type unitRow struct {
	info                                               model.UnitInfo
	wanted, uncirculated, undecided, orders, unwatched int
	targets, done, tasks, overdue, custody             int
}

func newUnits(a *App) *unitsScreen {
	u := &unitsScreen{}
	num := func(title string, width, priority int, style part.StyleID, of func(unitRow) int) part.Column[unitRow] {
		return part.Column[unitRow]{Title: title, Width: width, Align: part.AlignRight, Priority: priority, Cell: func(r unitRow) part.Cell {
			n := of(r)
			if n == 0 {
				return part.Cell{Text: a.th.Pick("·", "."), Style: part.StyleDim}
			}
			return part.Cell{Text: itoa(n), Style: style}
		}}
	}
	u.table = part.NewTable([]part.Column[unitRow]{
		{Title: "UNIT", Width: 4, Cell: func(r unitRow) part.Cell { return part.Cell{Text: string(r.info.Code), Style: part.StyleBold} }},
		{Title: "", Width: 14, Priority: 2, Cell: func(r unitRow) part.Cell { return part.Cell{Text: r.info.Name} }},
		num("WANTED", 6, 0, part.StyleText, func(r unitRow) int { return r.wanted }),
		{Title: "", Width: 12, Flex: 1, Priority: 1, Cell: func(r unitRow) part.Cell {
			return part.Cell{Text: part.Bar(&a.th, float64(r.wanted), float64(max(1, u.most)), 12), Style: part.StyleAccent}
		}},
		num("NOT CIRC", 8, 0, part.StyleDanger, func(r unitRow) int { return r.uncirculated }),
		num("CUSTODY", 7, 3, part.StyleText, func(r unitRow) int { return r.custody }),
		num("UNDECIDED", 9, 0, part.StyleWarn, func(r unitRow) int { return r.undecided }),
		num("ORDERS", 6, 1, part.StyleText, func(r unitRow) int { return r.orders }),
		num("UNWATCHED", 9, 4, part.StyleDanger, func(r unitRow) int { return r.unwatched }),
		{Title: "TARGETS", Width: 7, Align: part.AlignRight, Priority: 1, Cell: func(r unitRow) part.Cell {
			return part.Cell{Text: itoa(r.done) + "/" + itoa(r.targets)}
		}},
		num("TASKS", 5, 3, part.StyleText, func(r unitRow) int { return r.tasks }),
		num("OVERDUE", 7, 0, part.StyleDanger, func(r unitRow) int { return r.overdue }),
	}, func(r unitRow) string { return string(r.info.Code) })
	u.table.SetHeader(true)
	return u
}

// count adds the lists up by unit.
func (u *unitsScreen) count(a *App) {
	rows := make([]unitRow, 0, 12)
	at := map[model.Unit]int{}
	for i, info := range model.Units() {
		rows = append(rows, unitRow{info: info})
		at[info.Code] = i
	}
	for n, s := range a.lists {
		if n >= moreFrom || s.list == listReview { // what stands there is counted in the numbered lists
			continue
		}
		for _, l := range s.all {
			if i, ok := at[l.Unit]; ok {
				rows[i].add(l, a.lists[4].operation)
			}
		}
	}
	u.most = 0
	for _, r := range rows {
		u.most = max(u.most, r.wanted)
	}
	u.table.SetRows(rows)
	u.table.Refresh()
}

func (r *unitRow) add(l *model.Line, operation model.Ref) {
	switch l.Kind {
	case "wanted":
		r.wanted++
		if l.Status == string(model.NotCirculated) {
			r.uncirculated++
		}
	case "arrest":
		if l.Status == string(model.Arrested) || l.Status == string(model.InCustody) {
			r.custody++
		}
	case "breach":
		if model.BreachState(l.Status).Open() {
			r.undecided++
		}
	case "order":
		r.orders++
		if l.Owner == "" {
			r.unwatched++
		}
	case "target":
		if l.About == operation {
			r.targets++
			if !l.Live {
				r.done++
			}
		}
	case "task":
		r.tasks++
	case "due":
		if l.Status == "overdue" {
			r.overdue++
		}
	}
}

func (u *unitsScreen) view(a *App) string { return u.table.View(&a.th) }

// open makes the unit the one on show and goes to its wanted.
func (u *unitsScreen) open(a *App) tea.Cmd {
	r, ok := u.table.Selected()
	if !ok {
		return nil
	}
	return tea.Batch(a.goTo(1), a.setUnit(r.info.Code))
}
