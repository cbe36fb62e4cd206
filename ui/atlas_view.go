package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/ui/part"
)

// atlasMarking is the marking of every line that frames the atlas.
const atlasMarking = marking + " · " + atlas.Marking

// The lines of the frame above and below what a view shows.
const (
	atlasHeadLines = 4 // marking, views, what is brushed, the strip of the whole
	atlasFootLines = 3 // rule or notice, keys, marking
)

// atlasFrame draws the atlas over the whole screen.
func (a *App) atlasFrame() string {
	s := a.atlas
	h := max(a.h-atlasHeadLines-atlasFootLines, 1)
	lines := make([]string, 0, a.h)
	lines = append(lines, a.markingLine(false), a.atlasTabs(), a.atlasStretch())
	if s.data != nil {
		lines = append(lines, s.strip(&a.th, a.w))
	} else {
		lines = append(lines, a.rule())
	}
	body := a.atlasBody(a.w, h)
	for len(body) < h {
		body = append(body, "")
	}
	for _, line := range body[:h] {
		lines = append(lines, a.th.Fit(line, a.w, part.AlignLeft))
	}
	lines = append(lines, a.atlasRule(), part.Footer(&a.th, a.shown(), a.w), a.markingLine(true))
	return strings.Join(lines, "\n")
}

// atlasRule is the rule below the view. What was last done stands in it, since the marking takes the line it has elsewhere.
func (a *App) atlasRule() string {
	if a.notice.text == "" {
		return a.rule()
	}
	dash := a.th.Pick("─", "-")
	text := a.th.Cut(a.notice.cut(a.w-8), a.w-8)
	return a.th.Dim.Apply(strings.Repeat(dash, 2)) + " " + a.th.Style(a.notice.style).Apply(text) + " " + a.th.Dim.Apply(strings.Repeat(dash, max(a.w-4-part.Width(text), 0)))
}

// tabsWide is from how wide on a view stands in full beside its key; below, the key is its first letter with a bracket: o)verview.
const tabsWide = 102

// atlasTabs are the views with the keys that open them.
func (a *App) atlasTabs() string {
	th := &a.th
	views := atlasViews()
	words := make([]string, len(views))
	for i, v := range views {
		key, title := v.key+")", strings.ToLower(v.title[1:])
		if a.w >= tabsWide {
			key, title = v.key+" ", v.title
		}
		switch {
		case v.view == a.atlas.view && th.NoColour:
			words[i] = th.Selected.Apply(key + title)
		case v.view == a.atlas.view:
			words[i] = th.Match.Apply(key + title)
		default:
			words[i] = th.Accent.Apply(key) + title
		}
	}
	gap := " "
	if a.w >= tabsWide {
		gap = "  "
	}
	line := " " + strings.Join(words, gap)
	right := th.Dim.Apply(a.atlas.position(a) + string(a.atlas.ref) + " ")
	if part.Width(line)+part.Width(right)+2 > a.w {
		right = ""
	}
	return spread(a.w, line, "", right)
}

// position says which line is under the cursor, of how many.
func (s *atlasScreen) position(a *App) string {
	if s.data == nil || s.view.row().lines == nil {
		return ""
	}
	l := s.list(a, s.view)
	if len(l.lines) == 0 {
		return ""
	}
	at, all := 0, 0
	for i := range l.lines {
		if !l.lines[i].head {
			all++
			if i <= l.at {
				at++
			}
		}
	}
	return thousands(at) + " of " + thousands(all) + " · "
}

// atlasStretch says what is brushed, through which filter, and how many rows that is.
func (a *App) atlasStretch() string {
	s, th := a.atlas, &a.th
	if s.data == nil {
		return part.Fit(" "+th.Bold.Apply("Atlas of "+string(s.ref))+"  "+th.Dim.Apply(s.basisWords()), a.w, part.AlignLeft)
	}
	left := " " + th.Bold.Apply(s.stretchWords())
	if s.filter.on {
		left += "  " + th.Accent.Apply("/ "+s.filter.words(s.data))
	}
	right := countOf(s.sight.len(), "row", "rows")
	if s.sight.contacts > 0 {
		right += " · " + countOf(s.sight.contacts, "contact", "contacts")
	}
	if s.all != nil && s.rule != atlas.Usual() {
		right = "near: " + ruleWords(s.rule) + " · " + right
	}
	if s.waiting() {
		right = "working out … · " + right
	}
	if s.ground.open {
		left = " " + th.Danger.Apply("NEED-TO-KNOW SHOWN") + left
	}
	if part.Width(left)+part.Width(right)+3 > a.w {
		right = countOf(s.sight.len(), "row", "rows")
	}
	return spread(a.w, th.Cut(left, a.w-part.Width(right)-3), "", th.Dim.Apply(right+" "))
}

// waiting reports whether something of the present stretch is still being worked out.
func (s *atlasScreen) waiting() bool {
	return s.data != nil && (s.all == nil || s.all.rule != s.rule || s.work == nil || s.work.turn != s.turn)
}

// basisWords name what the data is held under.
func (s *atlasScreen) basisWords() string {
	var out []string
	for _, d := range s.head.datasets {
		if d.Erased.IsZero() {
			out = append(out, string(d.Ref)+" "+part.Safe(d.Basis.Authorisation))
		}
	}
	return strings.Join(out, ", ")
}

// atlasBody is what the view shows, or why there is nothing to show.
func (a *App) atlasBody(w, h int) []string {
	s := a.atlas
	switch {
	case s.err != nil:
		return a.atlasSays(w, "The data cannot be shown", part.Safe(s.err.Error()), "", "ctrl+r reads it again; esc goes back")
	case s.data == nil && s.head.kase == nil:
		return a.atlasSays(w, "Reading "+string(s.ref)+" …")
	case s.data == nil:
		return a.atlasEmpty(w)
	}
	v := s.view.row()
	if v.picture != nil {
		return v.picture(a, w, h)
	}
	l := s.list(a, s.view)
	header := ""
	if v.header != nil {
		header = v.header(a, a.atlasListWidth(w))
	}
	if len(l.lines) == 0 {
		return a.atlasSays(w, a.nothingWords())
	}
	return a.listAndPanel(v, l, header, w, h)
}

// nothingWords say why a view has no line.
func (a *App) nothingWords() string {
	if a.atlas.waiting() {
		return "Being worked out …"
	}
	switch v := a.atlas.view; v {
	case viewNear:
		return "Nothing in this stretch puts the two sides' devices near each other. 0 shows all of the data."
	case viewChange:
		return "No moment is marked. i marks one: told to stop, an order served, a number blocked."
	case viewBreaches:
		if len(a.atlas.data.orders) == 0 {
			return "No order is on record against the suspect of this case."
		}
		return "Nothing in this stretch may be contrary to an order that can be matched. What cannot be matched is for a person to read."
	case viewPlaces:
		return "No device of either side has a position in this stretch."
	case viewOverview, viewWho, viewTime, viewHours, viewMap, viewFour, viewRows:
	}
	return "Nothing in this stretch. 0 shows all of the data."
}

// atlasListWidth is how wide the list is: all of it, or the left part where a panel stands at the right.
func (a *App) atlasListWidth(w int) int {
	if w < wideAt+10 {
		return w
	}
	return w * 3 / 5
}

// listAndPanel puts the list over its panel, or beside it on wide windows.
func (a *App) listAndPanel(v atlasViewRow, l *atlasList, header string, w, h int) []string {
	panel := func(pw, ph int) []string {
		if l.at >= len(l.lines) || l.lines[l.at].head {
			return nil
		}
		if v.panel != nil {
			return v.panel(a, &l.lines[l.at], pw, ph)
		}
		return a.sayView(l.lines[l.at].say, pw, ph)
	}
	lw := a.atlasListWidth(w)
	if lw == w {
		low := min(max(h*2/5, 5), 16)
		out := a.listView(l, header, w, h-low-1)
		out = append(out, a.th.Dim.Apply(strings.Repeat(a.th.Pick("─", "-"), w)))
		return append(out, panel(w, low)...)
	}
	left := a.listView(l, header, lw, h)
	right := panel(w-lw-1, h)
	bar := a.th.Dim.Apply(a.th.Pick("│", "|"))
	for i := range left {
		line := ""
		if i < len(right) {
			line = right[i]
		}
		left[i] += bar + a.th.Fit(line, w-lw-1, part.AlignLeft)
	}
	return left
}

// atlasSays fills the body with a sentence or two.
func (a *App) atlasSays(w int, head string, more ...string) []string {
	out := []string{"", "  " + a.th.Bold.Apply(head), ""}
	for _, text := range more {
		for _, line := range part.Wrap(text, w-4) {
			out = append(out, "  "+line)
		}
	}
	return out
}

// atlasEmpty says what would be here, and the command and keys that bring it.
func (a *App) atlasEmpty(w int) []string {
	s := a.atlas
	if n, rows := s.head.rows(); n > 0 {
		return a.atlasSays(w, "Reading "+countOf(rows, "row", "rows")+" of "+countOf(n, "dataset", "datasets")+" …", "Counting, placing and preparing them follows; nothing else has to wait.")
	}
	open := slices.DeleteFunc(slices.Clone(s.head.datasets), func(d *model.Dataset) bool { return !d.Erased.IsZero() })
	var out []string
	switch {
	case len(open) > 0:
		d := open[0]
		out = a.atlasSays(w, "No data is loaded yet", "Under "+string(d.Ref)+", authorisation "+part.Safe(d.Basis.Authorisation)+", data of "+d.Basis.From.Long()+" to "+d.Basis.To.Long()+" may be loaded:", "",
			a.th.Accent.Apply("pou atlas load "+string(d.Ref)+" FILE..."), "", "Calls, cell sites, ANPR, Oyster, GPX, Google: files are read as they come, and each gets a receipt.")
	case len(s.head.datasets) > 0:
		d := s.head.datasets[len(s.head.datasets)-1]
		out = a.atlasSays(w, "The data of this case was erased", day.Moment(d.Erased)+": "+part.Safe(d.Reason), "", "The receipts of what was loaded stay with "+string(d.Ref)+". New data takes a dataset under its own authorisation.")
	default:
		out = a.atlasSays(w, "No data is held for this case", "Communications and travel data is loaded under a lawful basis: its authorisation, its purpose, the days it allows.")
	}
	out = append(out, "")
	for _, b := range atlasEmptyKeys() {
		why := b.why(a)
		line := "  " + a.th.Accent.Apply(b.shown) + "  " + b.help
		if why != "" {
			line = "  " + a.th.Dim.Apply(b.shown+"  "+b.help+": "+why)
		}
		out = append(out, line)
	}
	return out
}

// atlasCursor is where the terminal's own cursor stands: on the line under the cursor, where screen readers look for it.
func (a *App) atlasCursor() *tea.Cursor {
	s := a.atlas
	if s.data == nil || s.view.row().lines == nil || s.view == viewTime {
		return nil
	}
	l := s.list(a, s.view)
	y := l.at - l.top
	if s.view.row().header != nil {
		y++
	}
	if len(l.lines) == 0 || y < 0 {
		return nil
	}
	c := tea.NewCursor(0, atlasHeadLines+y)
	c.Shape = tea.CursorBar
	return c
}
