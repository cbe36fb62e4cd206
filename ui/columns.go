package ui

import (
	"strconv"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

func itoa(n int) string { return strconv.Itoa(n) }

// columns are the columns of a list. The app is asked for the time and the theme when a cell is drawn.
func (a *App) columns(l store.List) []part.Column[*model.Line] {
	c := columnSet{a}
	switch l {
	case store.ListWanted:
		return []part.Column[*model.Line]{
			c.sign(), c.name(), c.markers(), c.wantedFor(), c.age(), c.attempts(1), c.state(14, 2), c.unit(4), c.owner(3),
		}
	case store.ListBreaches:
		return []part.Column[*model.Line]{
			c.sign(), c.state(13, 2), c.name(), c.markers(), c.typ(11, 3), c.what("WHAT HAPPENED", 14, 0), c.age(), c.unit(5), c.owner(4),
		}
	case store.ListOrders:
		return []part.Column[*model.Line]{
			c.sign(), c.state(10, 4), c.name(), c.markers(), c.typ(16, 1), c.ends(), c.monitor(2), c.breaches(3), c.unit(6), c.what("CONDITIONS", 12, 5),
		}
	case store.ListTargets:
		return []part.Column[*model.Line]{
			c.number(), c.sign(), c.name(), c.markers(), c.typ(12, 1), c.attempts(2), c.team(), c.state(10, 3), c.unit(5), c.what("REASON", 12, 6),
		}
	case store.ListTasks:
		return []part.Column[*model.Line]{
			c.sign(), c.due(), c.what("TASK", 18, 0), c.name(), c.markers(), c.owner(1), c.priority(), c.state(8, 3), c.unit(5),
		}
	case store.ListDue:
		return []part.Column[*model.Line]{c.due(), c.clock("WHAT RUNS OUT"), c.name(), c.markers(), c.event(5), c.ref(3), c.unit(4), c.owner(2)}
	case listJournal:
		return []part.Column[*model.Line]{c.ref(0), c.when(), c.owner(0), c.what("WHAT WAS DONE", 20, 0), c.about(), c.logged(2), c.reason(3)}
	case store.ListSuspicions:
		return c.suspicionColumns()
	case listProposals:
		return c.proposalColumns()
	case listReview:
		return c.reviewColumns()
	case listScreenings:
		return c.screeningColumns()
	case listSTAC:
		return c.stacColumns()
	case listEngagements:
		return c.engagementColumns()
	case store.ListLimits:
		return []part.Column[*model.Line]{c.limit(), c.clock("OF WHAT"), c.value(), c.validFrom(2), c.source(1), c.ref(4)}
	case "evidence":
		return []part.Column[*model.Line]{c.due(), c.state(10, 1), c.typ(20, 0), c.name(), c.what("WHAT", 12, 2), c.unit(5), c.owner(3), c.ref(4)}
	case store.ListOperations, store.ListPeople, store.ListArrests, store.ListOfficers, store.ListWarrants:
	}
	return []part.Column[*model.Line]{
		c.sign(), c.name(), c.state(16, 1), c.typ(14, 3), c.what("WHAT", 16, 0), c.age(), c.due(), c.unit(4), c.owner(2), c.ref(5),
	}
}

// columnSet makes columns.
type columnSet struct{ a *App }

type column = part.Column[*model.Line]

func (c columnSet) text(title string, width, least, flex, priority int, of func(*model.Line) (string, part.StyleID)) column {
	return column{Title: title, Width: width, Min: least, Flex: flex, Priority: priority, Cell: func(l *model.Line) part.Cell {
		s, style := of(l)
		return part.Cell{Text: s, Style: style}
	}}
}

// sign is the state as one glyph. It is always there; the word beside it goes when the window is narrow, and is then in
// the preview of the row.
func (c columnSet) sign() column {
	return c.text("", 1, 1, 0, 0, func(l *model.Line) (string, part.StyleID) { return glyph(&c.a.th, l.Status), stateStyle(l.Status) })
}

func (c columnSet) state(width, priority int) column {
	return c.searched(c.text("STATE", width, width, 0, priority, func(l *model.Line) (string, part.StyleID) { return l.Status, stateStyle(l.Status) }))
}

func (c columnSet) name() column {
	col := c.text("NAME", 26, 20, 2, 0, nil)
	col.Cell = c.nameCell
	return col
}

// markersWide is the column of markers; what does not fit is counted, never cut off unseen.
const markersWide = 9

// markers show what can hurt the officer: fresh ones red, stale ones amber with a question mark. How old they are is in the
// preview.
func (c columnSet) markers() column {
	return column{Title: "MARKERS", Width: markersWide, Priority: 0, Cell: func(l *model.Line) part.Cell {
		return part.Cell{Parts: markerParts(l.Markers)}
	}}
}

func markerParts(markers []string) []part.Part {
	var out []part.Part
	used := 0
	for i, m := range markers {
		code, _, _ := strings.Cut(m, " ")
		style := part.StyleDanger
		if strings.HasSuffix(m, "?") {
			code, style = code+"?", part.StyleWarn
		}
		rest := len(markers) - i - 1
		if room := markersWide - used - len(code) - 1; i > 0 && (room < 0 || (rest > 0 && room < 3)) {
			return append(out, part.Part{Text: " +" + itoa(rest+1), Style: part.StyleDanger})
		}
		if i > 0 {
			out, used = append(out, part.Part{Text: " "}), used+1
		}
		out, used = append(out, part.Part{Text: code, Style: style}), used+len(code)
	}
	return out
}

func (c columnSet) what(title string, least, priority int) column {
	return c.searched(c.text(title, least+8, least, 3, priority, func(l *model.Line) (string, part.StyleID) { return l.What, part.StyleText }))
}

func (c columnSet) typ(width, priority int) column {
	return c.searched(c.text("TYPE", width, width, 0, priority, func(l *model.Line) (string, part.StyleID) { return l.Type, part.StyleText }))
}

func (c columnSet) unit(priority int) column {
	return c.text("UNIT", 4, 4, 0, priority, func(l *model.Line) (string, part.StyleID) { return string(l.Unit), part.StyleDim })
}

func (c columnSet) age() column {
	col := c.text("AGE", 4, 4, 0, 1, func(l *model.Line) (string, part.StyleID) { return age(c.a.now, l.Since), part.StyleDim })
	col.Align = part.AlignRight
	return col
}

func (c columnSet) attempts(priority int) column {
	return c.text("TRIED", 17, 15, 0, priority, func(l *model.Line) (string, part.StyleID) { return attemptWords(c.a.now, l) })
}

// chargeShown is from when the six months to charge are shown in the row, and chargeSoon from when they are amber.
const (
	chargeShown = 90 * 24 * time.Hour
	chargeSoon  = 30 * 24 * time.Hour
)

func chargeStyle(left time.Duration) part.StyleID {
	switch {
	case left < 0:
		return part.StyleDanger
	case left < chargeSoon:
		return part.StyleWarn
	}
	return part.StyleText
}

// wantedFor is the offences and, for a summary-only line, what is left of the six months to charge: that clock decides
// whether there will be a case at all.
func (c columnSet) wantedFor() column {
	return column{Title: "WANTED FOR", Width: 21, Min: 17, Flex: 3, Cell: func(l *model.Line) part.Cell {
		cell := part.Cell{Parts: markedParts(c.a.sought(), l.What, part.StyleText)}
		if runs := l.Due.End().Sub(c.a.now); l.Kind == "wanted" && !l.Due.IsZero() && runs < chargeShown {
			cell.Parts = append(cell.Parts, part.Part{Text: " " + part.Left(runs.Truncate(24*time.Hour)), Style: chargeStyle(runs)})
		}
		return cell
	}}
}

func (c columnSet) due() column {
	return c.text("DUE", 10, 10, 0, 0, func(l *model.Line) (string, part.StyleID) {
		if l.Deadline.IsZero() {
			return left(c.a.now, l.Due)
		}
		d := l.Deadline.Sub(c.a.now)
		return strings.TrimSuffix(part.Left(d), " left"), clockStyle(d)
	})
}

// clock is the rule of a due, and what to heed now; one that rests on a limit nobody has confirmed says check first.
func (c columnSet) clock(title string) column {
	return column{Title: title, Width: 33, Min: 33, Flex: 3, Cell: func(l *model.Line) part.Cell {
		if !l.Check {
			return part.Cell{Text: l.What}
		}
		return part.Cell{Parts: []part.Part{{Text: "(check) ", Style: part.StyleWarn}, {Text: l.What}}}
	}}
}

func (c columnSet) event(priority int) column {
	return c.text("BEGAN WITH", 20, 16, 2, priority, func(l *model.Line) (string, part.StyleID) { return l.Event, part.StyleDim })
}

func checkStyle(check bool) part.StyleID {
	if check {
		return part.StyleWarn
	}
	return part.StyleDim
}

func (c columnSet) validFrom(priority int) column {
	return c.text("FROM", 11, 11, 0, priority, func(l *model.Line) (string, part.StyleID) { return day.On(l.Since).Long(), part.StyleDim })
}

func (c columnSet) limit() column {
	return c.text("LIMIT", 16, 16, 0, 0, func(l *model.Line) (string, part.StyleID) { return l.Name, part.StyleBold })
}

func (c columnSet) value() column {
	return c.text("VALUE", 12, 9, 0, 0, func(l *model.Line) (string, part.StyleID) { return l.Type, part.StyleBold })
}

func (c columnSet) source(priority int) column {
	return c.text("SOURCE", 30, 16, 2, priority, func(l *model.Line) (string, part.StyleID) { return l.Outcome, part.StyleDim })
}

func (c columnSet) ends() column {
	return c.text("ENDS", 9, 9, 0, 1, func(l *model.Line) (string, part.StyleID) {
		if l.Due.IsZero() {
			return "no end", part.StyleDim
		}
		return left(c.a.now, l.Due)
	})
}

func (c columnSet) breaches(priority int) column {
	col := c.text("BREACHES", 8, 8, 0, priority, func(l *model.Line) (string, part.StyleID) {
		if l.Count == 0 {
			return "", part.StyleDim
		}
		return itoa(l.Count), part.StyleWarn
	})
	col.Align = part.AlignRight
	return col
}

func (c columnSet) owner(priority int) column {
	return c.searched(c.text("OFFICER", 12, 10, 1, priority, func(l *model.Line) (string, part.StyleID) { return l.OwnerName, part.StyleText }))
}

func (c columnSet) monitor(priority int) column {
	return c.text("MONITOR", 13, 11, 1, priority, func(l *model.Line) (string, part.StyleID) {
		if l.Owner == "" {
			return "nobody", part.StyleDanger
		}
		return l.OwnerName, part.StyleText
	})
}

func (c columnSet) team() column {
	return c.text("TEAM", 12, 11, 1, 3, func(l *model.Line) (string, part.StyleID) {
		if l.Owner == "" && l.Live {
			return "nobody", part.StyleWarn
		}
		return l.OwnerName, part.StyleText
	})
}

func (c columnSet) number() column {
	col := c.text("NO", 3, 3, 0, 1, func(l *model.Line) (string, part.StyleID) { return itoa(l.Count), part.StyleDim })
	col.Align = part.AlignRight
	return col
}

func (c columnSet) priority() column {
	return c.text("PRI", 7, 7, 0, 2, func(l *model.Line) (string, part.StyleID) {
		if l.Priority == string(model.PriorityNow) {
			return l.Priority, part.StyleWarn
		}
		return l.Priority, part.StyleDim
	})
}

func (c columnSet) ref(priority int) column {
	return c.searched(c.text("REF", 11, 9, 0, priority, func(l *model.Line) (string, part.StyleID) { return string(l.Ref), part.StyleDim }))
}

func (c columnSet) when() column {
	return c.text("WHEN", 12, 12, 0, 0, func(l *model.Line) (string, part.StyleID) {
		return l.Since.In(day.London()).Format("2 Jan 15:04"), part.StyleDim
	})
}

func (c columnSet) about() column {
	return c.searched(c.text("ABOUT", 14, 12, 1, 1, func(l *model.Line) (string, part.StyleID) { return l.AboutName, part.StyleText }))
}

func (c columnSet) logged(priority int) column {
	return c.text("LOGGED AS", 12, 12, 0, priority, func(l *model.Line) (string, part.StyleID) { return l.Status, part.StyleDim })
}

func (c columnSet) reason(priority int) column {
	return c.text("REASON", 16, 12, 2, priority, func(l *model.Line) (string, part.StyleID) { return l.Outcome, part.StyleDim })
}
