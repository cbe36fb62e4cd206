package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model/atlas"
	"pou/ui/part"
)

// atlasView is one way of looking at what is brushed.
type atlasView uint8

const (
	viewOverview atlasView = iota
	viewWho
	viewTime
	viewHours
	viewChange
	viewNear
	viewMap
	viewPlaces
	viewFour
	viewBreaches
	viewRows
)

// atlasViewRow is how a view is reached and made. A view without a picture of its own is a list with a panel.
type atlasViewRow struct {
	view    atlasView
	key     string
	title   string // its first letter, in small, is the key
	what    string
	lines   func(*App, *atlasScreen) []atlasLine
	header  func(*App, int) string
	panel   func(a *App, l *atlasLine, w, h int) []string // nil: the words of the line
	picture func(a *App, w, h int) []string
}

// atlasViews is the one table of views.
func atlasViews() []atlasViewRow {
	return []atlasViewRow{
		{view: viewOverview, key: "o", title: "Overview", what: "what stands out", lines: (*App).overviewLines, panel: (*App).overviewPanel},
		{view: viewWho, key: "w", title: "Who", what: "who with whom", lines: (*App).whoLines, header: (*App).whoHeader, panel: (*App).whoPanel},
		{view: viewTime, key: "t", title: "Time", what: "device and channel over time", lines: (*App).laneLines, picture: (*App).timePicture},
		{view: viewHours, key: "h", title: "Hours", what: "hour and weekday", picture: (*App).hoursPicture},
		{view: viewChange, key: "c", title: "Change", what: "before and after a moment", lines: (*App).changeLines, panel: (*App).changePanel},
		{view: viewNear, key: "n", title: "Near", what: "times near each other", lines: (*App).nearLines, header: (*App).nearHeader, panel: (*App).nearPanel},
		{view: viewMap, key: "m", title: "Map", what: "map of London", picture: (*App).mapPicture},
		{view: viewPlaces, key: "p", title: "Places", what: "night and day areas, stays, ways", lines: (*App).placeLines, panel: (*App).placePanel},
		{view: viewFour, key: "f", title: "FOUR", what: "fixated, obsessive, unwanted, repeated", lines: (*App).fourLines},
		{view: viewBreaches, key: "b", title: "Breaches", what: "may be contrary to an order", lines: (*App).breachLines},
		{view: viewRows, key: "r", title: "Rows", what: "the rows themselves", picture: (*App).rowsPicture},
	}
}

// row is the view's row in the table.
func (v atlasView) row() atlasViewRow { return atlasViews()[v] }

// atlasLine is one line of a view: a figure, what it counts, and the rows it leads to. A line without rows is a heading or a remark.
type atlasLine struct {
	value string
	style part.StyleID
	what  string
	more  string
	head  bool
	rows  atlas.Rows
	held  bool  // the rows are those that are held, which nothing else is made from
	at    int64 // its day, for the brush
	say   []string
	index int    // of what it stands for, in the list it is from
	id    string // what the cursor stays on when the brush moves; "" is what it stands for
	story string // which kind of finding it is on a storyboard; "" is that of the view
	kind  atlasLineKind
	pair  [2]atlas.Handle // of a contact
}

// atlasLineKind is what a line stands for, where a panel or a key asks.
type atlasLineKind uint8

const (
	linePlain atlasLineKind = iota
	lineOccasion
	lineMark
	lineNewcomer
	lineFinding
	lineCandidate
	lineContact
	linePlace
)

// atlasList is the lines of one view with a cursor on them.
type atlasList struct {
	lines   []atlasLine
	at, top int
	stale   bool
}

// list is the lines of a view, made anew when what is in sight has changed.
func (s *atlasScreen) list(a *App, v atlasView) *atlasList {
	l := s.lists[v]
	if l == nil {
		l = &atlasList{stale: true}
		s.lists[v] = l
	}
	if l.stale && s.data != nil {
		was := ""
		if l.at < len(l.lines) {
			was = l.lines[l.at].identity()
		}
		if of := v.row().lines; of != nil {
			l.lines = of(a, s)
		}
		l.stale = false
		if i := slices.IndexFunc(l.lines, func(l atlasLine) bool { return l.identity() == was }); i >= 0 && was != "" {
			l.at = i
		}
		l.at = min(max(l.at, 0), max(len(l.lines)-1, 0))
		l.settle(1)
	}
	return l
}

// identity is what a line stands for, however it is counted.
func (l *atlasLine) identity() string {
	switch {
	case l.id != "":
		return l.id
	case l.kind == linePlain || l.kind == linePlace:
		return l.what
	}
	return itoa(int(l.kind)) + "/" + itoa(l.index)
}

// settle moves the cursor off headings, first the way it was going.
func (l *atlasList) settle(way int) {
	for _, by := range []int{way, -way} {
		for i := l.at; i >= 0 && i < len(l.lines); i += by {
			if !l.lines[i].head {
				l.at = i
				return
			}
		}
	}
}

// move takes a key that moves the cursor, and reports whether it was one.
func (l *atlasList) move(key string, visible int) bool {
	var by int
	switch key {
	case "up", "k":
		by = -1
	case "down", "j":
		by = 1
	case "pgup":
		by = -max(visible-1, 1)
	case "pgdown":
		by = max(visible-1, 1)
	case "home":
		by = -len(l.lines)
	case "end":
		by = len(l.lines)
	default:
		return false
	}
	l.at = min(max(l.at+by, 0), max(len(l.lines)-1, 0))
	way := 1
	if by < 0 {
		way = -1
	}
	l.settle(way)
	return true
}

// selected is the line under the cursor of the present view.
func (s *atlasScreen) selected(a *App) (*atlasLine, bool) {
	if s.data == nil {
		return nil, false
	}
	if s.view == viewRows {
		return s.rowLine()
	}
	if s.view.row().lines == nil {
		return nil, false
	}
	l := s.list(a, s.view)
	if l.at >= len(l.lines) || l.lines[l.at].head {
		return nil, false
	}
	return &l.lines[l.at], true
}

// openRows shows the rows behind what is under the cursor.
func (a *App) atlasEnter() tea.Cmd {
	s := a.atlas
	if s.view == viewRows {
		return a.openAtlasRow()
	}
	if s.view == viewMap {
		s.show(viewRows, nil)
		return nil
	}
	if s.view == viewHours {
		s.show(viewRows, s.hourRows())
		return nil
	}
	l, ok := s.selected(a)
	if !ok || (len(l.rows) == 0) {
		a.say("no row stands behind this")
		return nil
	}
	s.show(viewRows, &atlasNamedRows{title: strings.TrimSpace(l.value + " " + l.what), rows: l.rows, held: l.held})
	return nil
}

// atlasMore says how to see what has no room: a row opens by itself, a figure into its rows.
func (a *App) atlasMore() string {
	if a.atlas.view == viewRows {
		return "… enter shows all of it"
	}
	return "… enter shows the rows; a larger window the rest"
}

// show goes to a view; rows behind a figure come with where they were opened from.
func (s *atlasScreen) show(v atlasView, named *atlasNamedRows) {
	if v == viewRows {
		if s.view != viewRows {
			s.from = s.view
		}
		s.lists[viewRows] = &atlasList{}
	}
	s.named, s.view = named, v
}

// listView draws lines with a cursor: exactly h lines of w cells.
func (a *App) listView(l *atlasList, header string, w, h int) []string {
	out := make([]string, 0, h)
	if header != "" {
		out = append(out, a.th.Dim.Apply(a.th.Fit(header, w, part.AlignLeft)))
	}
	visible := h - len(out)
	l.scroll(visible)
	wide := 0
	for i := range l.lines {
		if !l.lines[i].head {
			wide = max(wide, part.Width(l.lines[i].value))
		}
	}
	for y := range visible {
		if i := l.top + y; i < len(l.lines) {
			out = append(out, a.lineView(&l.lines[i], i == l.at, min(wide, 12), w))
		} else {
			out = append(out, strings.Repeat(" ", w))
		}
	}
	return out
}

// scroll brings the cursor into sight, and the heading above it where there is room.
func (l *atlasList) scroll(visible int) {
	first := l.at
	for first > 0 && l.lines[first-1].head {
		first--
	}
	l.top = min(l.top, first)
	l.top = max(l.top, l.at-visible+1)
	l.top = max(min(l.top, len(l.lines)-visible), 0)
}

func (a *App) lineView(l *atlasLine, selected bool, wide, w int) string {
	th := &a.th
	if l.head {
		return th.Bold.Apply(th.Fit(" "+l.what, w-part.Width(l.more)-1, part.AlignLeft)) + th.Dim.Apply(l.more+" ")
	}
	value := ""
	if wide > 0 {
		value = th.Fit(l.value, wide, part.AlignRight) + "  "
	}
	room := w - 2 - part.Width(value)
	what := l.what
	more := ""
	if l.more != "" {
		more = "  " + l.more
	}
	if selected {
		return th.Selected.Apply(th.Fit(th.Pick("▌", ">")+" "+value+what+more, w, part.AlignLeft))
	}
	style := l.style
	if style == part.StyleText {
		style = part.StyleBold
	}
	what = th.Cut(what, room)
	line := "  " + th.Style(style).Apply(value) + what
	if left := room - part.Width(what); left > 4 {
		line += th.Dim.Apply(th.Cut(more, left))
	}
	return th.Fit(line, w, part.AlignLeft)
}

// sayView wraps sentences into a panel: the first stands out.
func (a *App) sayView(say []string, w, h int) []string {
	var out []string
	for i, text := range say {
		lines := part.Wrap(text, max(w-2, 1))
		if i > 0 && len(say) < h/2 && h > 12 {
			out = append(out, "")
		}
		for k, line := range lines {
			switch {
			case i == 0:
				out = append(out, " "+a.th.Bold.Apply(line))
			case strings.HasPrefix(text, quiet):
				out = append(out, " "+a.th.Dim.Apply(strings.TrimPrefix(line, quiet)))
			case k == 0:
				out = append(out, " "+line)
			default:
				out = append(out, " "+line)
			}
		}
	}
	if len(out) > h && h > 0 {
		out = append(out[:h-1], " "+a.th.Dim.Apply(a.atlasMore()))
	}
	return out
}

// quiet begins a sentence of a panel that is secondary.
const quiet = "\u200b"
