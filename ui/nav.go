package ui

import (
	tea "charm.land/bubbletea/v2"

	"pou/model"
)

// place is somewhere the officer has been: enough to go back to it.
type place struct {
	at     int
	unit   model.Unit
	detail *detailScreen
	atlas  *atlasScreen // of the case that was looked at; nil elsewhere
}

// pastKept is how many places are kept to go back to.
const pastKept = 100

func (a *App) place() place {
	p := place{at: a.at, unit: a.unit, detail: a.detail}
	if a.at == atlasAt {
		p.atlas = a.atlas
	}
	return p
}

// remember keeps the present place before leaving it; what lay ahead is forgotten, as in a browser.
func (a *App) remember() {
	a.past = append(a.past, a.place())
	if len(a.past) > pastKept {
		a.past = a.past[1:]
	}
	a.next = nil
}

func (a *App) back() tea.Cmd {
	p := a.past[len(a.past)-1]
	a.past, a.next = a.past[:len(a.past)-1], append(a.next, a.place())
	return a.restore(p)
}

func (a *App) forward() tea.Cmd {
	p := a.next[len(a.next)-1]
	a.next, a.past = a.next[:len(a.next)-1], append(a.past, a.place())
	return a.restore(p)
}

func (a *App) restore(p place) tea.Cmd {
	a.at, a.detail = p.at, p.detail
	cmd := tea.Batch(a.setUnit(p.unit), a.countBoard())
	if a.detail != nil {
		return tea.Batch(cmd, a.loadCard(a.detail.ref, false))
	}
	if p.atlas != nil {
		a.atlas = p.atlas
		a.atlas.looked = false
		return tea.Batch(cmd, a.readAtlas())
	}
	return cmd
}

func (a *App) goTo(n int) tea.Cmd {
	if n == a.at && a.detail == nil {
		return nil
	}
	a.remember()
	a.at, a.detail, a.notice = n, nil, notice{}
	cmds := []tea.Cmd{a.previewSoon()}
	if s := a.screen(); s != nil {
		s.show(a.unit, a.now)
		if s.list == listJournal {
			s.table.Home() // it is opened for what was done last
		}
		cmds = append(cmds, a.looked())
	}
	return tea.Batch(cmds...)
}

// escape goes one step out: from a record to the list, then the filter is cleared, then the marks.
func (a *App) escape() tea.Cmd {
	s := a.screen()
	switch {
	case a.detail != nil:
		if len(a.past) > 0 {
			return a.back()
		}
		a.detail = nil
	case a.at == boardAt && len(a.past) > 0:
		return a.back()
	case s != nil && s.text != "":
		s.input.SetValue("")
		s.setFilter("", a.unit, a.now)
	case (a.at == reviewAt || a.at == suspicionsAt) && len(s.table.Marked()) == 0 && len(a.past) > 0:
		return a.back()
	case s != nil:
		s.table.ClearMarks()
	}
	return a.previewSoon()
}

func (a *App) openSelected() tea.Cmd {
	if a.at == 6 && a.detail == nil {
		return a.units.open(a)
	}
	if a.at == boardAt && a.detail == nil {
		return a.board.open(a)
	}
	l, _ := a.selectedLine()
	if l.Kind == "entry" && l.Outcome != "" && l.About == "" {
		return a.open(l.Ref, l)
	}
	if l.Kind == "suspicion" {
		return a.open(cardRef(l), l)
	}
	return a.open(recordRef(l), l)
}

func (a *App) mark() tea.Cmd {
	if s := a.screen(); s != nil {
		s.table.Mark()
	}
	return a.previewSoon()
}

func (a *App) markAll() tea.Cmd {
	if s := a.screen(); s != nil {
		if len(s.table.Marked()) > 0 {
			s.table.ClearMarks()
		} else {
			s.table.MarkAll()
		}
	}
	return nil
}

func (a *App) startFilter() tea.Cmd {
	s := a.screen()
	if s == nil {
		return nil
	}
	s.typing = true
	s.input.SetValue(s.text)
	s.input.CursorEnd()
	return tea.Batch(s.input.Focus(), s.readNames())
}

// typeFilter filters with every key. Enter and the arrows go on to the rows; esc clears.
func (a *App) typeFilter(s *listScreen, msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "enter", "tab":
		s.typing = s.filterErr != ""
		return tea.Batch(a.previewSoon(), a.looked())
	case "esc":
		s.typing = false
		s.input.SetValue("")
		s.setFilter("", a.unit, a.now)
		return a.previewSoon()
	case "up", "down", "pgup", "pgdown":
		s.table.HandleKey(msg.String())
		return a.previewSoon()
	}
	before := s.input.Value()
	var cmd tea.Cmd
	s.input, cmd = s.input.Update(msg)
	if s.input.Value() != before {
		s.setFilter(s.input.Value(), a.unit, a.now)
	}
	return tea.Batch(cmd, a.previewSoon())
}

func (a *App) pendUnit() tea.Cmd {
	a.pending = 'g'
	return nil
}

func (a *App) pickUnit(key string) tea.Cmd {
	a.pending = 0
	units := model.Units()
	if len(key) == 1 && key[0] >= 'a' && int(key[0]-'a') < len(units) {
		return a.setUnit(units[key[0]-'a'].Code)
	}
	return nil
}

func (a *App) allUnits() tea.Cmd {
	if a.unit != "" || a.me == nil {
		return a.setUnit("")
	}
	return a.setUnit(a.me.Unit)
}

func (a *App) stepUnit(by int) tea.Cmd {
	units := model.Units()
	at := 0
	if by < 0 {
		at = len(units) - 1
	}
	for i, u := range units {
		if u.Code == a.unit {
			at = (i + by + len(units)) % len(units)
		}
	}
	return a.setUnit(units[at].Code)
}

func (a *App) setUnit(u model.Unit) tea.Cmd {
	a.unit, a.notice = u, notice{}
	for _, s := range a.lists {
		s.show(u, a.now)
	}
	a.layout()
	return tea.Batch(a.previewSoon(), a.looked(), a.recharted())
}

// looked journals the list on show.
func (a *App) looked() tea.Cmd {
	s := a.screen()
	if s == nil || a.detail != nil {
		return nil
	}
	return a.consultList(s.list, a.unit, s.text, s.table.Rows())
}

// followDetail keeps the row an open record was opened from up to date: after an arrest the same key moves the arrest on.
func (a *App) followDetail() {
	if a.detail == nil || a.detail.line == nil {
		return
	}
	was := a.detail.line
	var same *model.Line
	for n := 1; n <= 5; n++ {
		s := a.lists[n]
		if s == nil {
			continue
		}
		for _, l := range s.all {
			switch {
			case l.Ref == was.Ref && l.Kind == was.Kind:
				a.detail.line = l
				return
			case same == nil && was.Kind == "wanted" && l.Kind == "arrest" && l.Person == was.Person:
				same = l
			}
		}
	}
	if same != nil {
		a.detail.line = same
	}
}
