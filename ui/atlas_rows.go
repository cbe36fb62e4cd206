package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/ui/part"
)

// atlasNamedRows are the rows behind a figure.
type atlasNamedRows struct {
	title string
	rows  atlas.Rows
	held  bool // they are held rows: not analysed, and not under the brush
}

// rowCount is how many rows the view shows, and rowAtIndex one of them.
func (s *atlasScreen) shownRows() (n int, at func(int) uint32) {
	switch {
	case s.named == nil:
		return s.sight.len(), s.sight.at
	case s.named.held:
		return len(s.named.rows), func(i int) uint32 { return s.named.rows[i] }
	}
	rows := s.data.within(s.named.rows, s.win())
	return len(rows), func(i int) uint32 { return rows[i] }
}

// rowOf is a row of the set, or one that is held.
func (s *atlasScreen) rowOf(i uint32) *atlas.Row {
	if s.named != nil && s.named.held {
		return &s.data.set.Held[i]
	}
	return &s.data.set.Rows[i]
}

// rowsCursor is where in the rows the cursor stands.
func (s *atlasScreen) rowsCursor() *atlasList {
	l := s.lists[viewRows]
	if l == nil {
		l = &atlasList{}
		s.lists[viewRows] = l
	}
	n, _ := s.shownRows()
	l.at = min(max(l.at, 0), max(n-1, 0))
	return l
}

func (s *atlasScreen) moveRow(key string, visible int) bool {
	l := s.rowsCursor()
	n, _ := s.shownRows()
	by := map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -max(visible-2, 1), "pgdown": max(visible-2, 1), "home": -n, "end": n}[key]
	l.at = min(max(l.at+by, 0), max(n-1, 0))
	return by != 0
}

// rowLine is the row under the cursor as a line, for the brush and the storyboard.
func (s *atlasScreen) rowLine() (*atlasLine, bool) {
	n, at := s.shownRows()
	l := s.rowsCursor()
	if l.at >= n {
		return nil, false
	}
	row := at(l.at)
	r := s.rowOf(row)
	held := s.named != nil && s.named.held
	return &atlasLine{what: s.rowWords(row, held), rows: atlas.Rows{row}, held: held, at: r.At}, true
}

// rowsPanel is how many lines tell of the row under the cursor.
func (a *App) rowsPanel() int {
	if a.h < 30 {
		return 4
	}
	return 7
}

// rowsPicture is the rows themselves: only those in sight are written out.
func (a *App) rowsPicture(w, h int) []string {
	s := a.atlas
	n, at := s.shownRows()
	l := s.rowsCursor()
	title := "Every row that is brushed, by time"
	if s.named != nil {
		title = s.named.title
	}
	count := countOf(n, "row", "rows")
	if s.named != nil && !s.named.held && n != len(s.named.rows) {
		count = thousands(n) + " of " + countOf(len(s.named.rows), "row", "rows") + " brushed"
	}
	if n > 0 {
		count = thousands(l.at+1) + " of " + count
	}
	out := []string{spread(w, " "+a.th.Bold.Apply(a.th.Cut(title, w-part.Width(count)-4)), "", a.th.Dim.Apply(count+" "))}
	out = append(out, a.th.Dim.Apply(a.th.Fit(a.rowHeader(w), w, part.AlignLeft)))
	low := a.rowsPanel()
	visible := h - 2 - low - 1
	l.top = max(min(l.top, l.at), l.at-visible+1)
	l.top = max(min(l.top, n-visible), 0)
	for y := range visible {
		i := l.top + y
		if i >= n {
			out = append(out, "")
			continue
		}
		text := a.rowText(at(i), w)
		if i == l.at {
			out = append(out, a.th.Selected.Apply(a.th.Fit(a.th.Pick("▌", ">")+" "+text, w, part.AlignLeft)))
		} else {
			out = append(out, "  "+text)
		}
	}
	out = append(out, a.th.Dim.Apply(strings.Repeat(a.th.Pick("─", "-"), w)))
	if n == 0 {
		return append(out, a.atlasSays(w, "No row of these is brushed; 0 shows all of the data")...)
	}
	held := s.named != nil && s.named.held
	return append(out, a.sayView(append([]string{s.rowWords(at(l.at), held)}, s.receiptWords(s.rowOf(at(l.at)))[:2]...), w, low)...)
}

// rowColumns are how wide the columns of a row are; the file and line have what is left.
type rowColumns struct{ time, device, other, kind, place int }

const (
	rowsWide = 140 // from here on there is room for the place
	rowsFull = 100 // from here on for numbers in full, and years
)

func rowColumnsIn(w int) rowColumns {
	switch {
	case w >= rowsWide:
		return rowColumns{23, 15, 16, 13, w - rowsWide + 24}
	case w >= rowsFull:
		return rowColumns{23, 15, 16, 13, 0}
	}
	return rowColumns{time: 17, device: 11, other: 11, kind: 10}
}

func (c rowColumns) line(th *part.Theme, time, device, way, other, kind, place string) string {
	fit := func(text string, w int) string { return th.Fit(text, w, part.AlignLeft) }
	out := fit(time, c.time) + " " + fit(device, c.device) + " " + fit(way, 2) + fit(other, c.other) + " " + fit(kind, c.kind) + " "
	if c.place > 0 {
		out += fit(place, c.place) + " "
	}
	return out
}

func (a *App) rowHeader(w int) string {
	return "  " + rowColumnsIn(w).line(&a.th, "TIME", "DEVICE", "", "WITH", "KIND", "PLACE") + "FILE AND LINE"
}

func (a *App) rowText(i uint32, w int) string {
	s := a.atlas
	r := s.rowOf(i)
	c := rowColumnsIn(w)
	called := s.data.label
	if w < rowsFull {
		called = s.data.short
	}
	way, with := "", ""
	if r.Contact() {
		way, with = a.th.Pick("←", "<"), called(r.Other)
		if r.Has(atlas.Out) {
			way = a.th.Pick("→", ">")
		}
	}
	kind := r.Kind.String()
	switch {
	case r.Kind == atlas.Data && w < rowsFull:
		kind = "data"
	case r.Kind == atlas.Call && r.Has(atlas.Unanswered):
		kind = "call " + a.th.Pick("✕", "x")
	case r.Kind == atlas.Call && r.Seconds > 0:
		kind = fmt.Sprintf("call %d:%02d", r.Seconds/60, r.Seconds%60)
	}
	place := ""
	if c.place > 0 {
		place = s.placeWord(i)
	}
	line := c.line(&a.th, rowTime(r, w < rowsFull), called(r.Own), way, with, kind, place)
	return line + s.fileWord(r, w-2-part.Width(line))
}

// rowTime is when a row is, in a column; what is not sure of it is said.
func rowTime(r *atlas.Row, narrow bool) string {
	if narrow {
		return rowTimeNarrow(r)
	}
	switch {
	case r.Has(atlas.NoTime):
		return "no time"
	case r.Has(atlas.DayOnly):
		return londonAt(r.At).Format("Mon 02 Jan 2006") + " hour?"
	case r.Has(atlas.AtOrBefore):
		return "≤ " + londonAt(r.At).Format("02 Jan 2006 15:04:05")
	case r.Has(atlas.AtOrAfter):
		return "≥ " + londonAt(r.At).Format("02 Jan 2006 15:04:05")
	}
	return londonAt(r.At).Format("Mon 02 Jan 2006 15:04")
}

// rowTimeNarrow has two figures for the year, and no weekday or second: the panel below says them.
func rowTimeNarrow(r *atlas.Row) string {
	at := londonAt(r.At)
	switch {
	case r.Has(atlas.NoTime):
		return "no time"
	case r.Has(atlas.DayOnly):
		return at.Format("02 Jan 06") + " hour?"
	case r.Has(atlas.AtOrBefore):
		return "≤ " + at.Format("02 Jan 06 15:04")
	case r.Has(atlas.AtOrAfter):
		return "≥ " + at.Format("02 Jan 06 15:04")
	}
	return at.Format("02 Jan 06 15:04")
}

func (s *atlasScreen) placeWord(row uint32) string {
	r := s.rowOf(row)
	held := s.named != nil && s.named.held
	switch {
	case !r.Placed() && r.Site == 0:
		return ""
	case s.ground.open:
	case held && s.ground.veil.Any():
		return strings.TrimPrefix(s.ground.veil.HeldPlace(row), "consistent with ")
	case !held && s.ground.keeps(row):
		return orWord(s.ground.veil.SayPlace(row), atlas.NeedToKnow)
	}
	if r.Site != 0 {
		site := &s.data.set.Sites[r.Site]
		return s.data.said(orWord(site.Name, site.ID)) + ", " + metresWord(float64(r.Metres))
	}
	return fmt.Sprintf("%.5f, %.5f ±%d m", float64(r.Lat)/1e6, float64(r.Lon)/1e6, r.Metres)
}

// fileWord is a row's file and line. Of a name that is too long the end is left out, and never the line.
func (s *atlasScreen) fileWord(r *atlas.Row, w int) string {
	line := ":" + itoa(int(r.Line))
	return part.Cut(s.fileName(r), max(w-part.Width(line), 1)) + line
}

func (s *atlasScreen) fileName(r *atlas.Row) string {
	if int(r.File) >= len(s.data.files) {
		return "no file"
	}
	return s.data.files[r.File]
}

// receiptWords are where a row is from: file and line, its hash, how it was read, and what became of every line of it.
func (s *atlasScreen) receiptWords(r *atlas.Row) []string {
	if int(r.File) >= len(s.data.set.Files) {
		return []string{"The file is not named", ""}
	}
	f := &s.data.set.Files[r.File]
	out := []string{
		s.data.files[r.File] + ", line " + itoa(int(r.Line)) + " · sha256 " + f.Hash,
		"Read as " + s.data.said(f.Layout) + ", times as " + f.Zone + "; shown as London's.",
	}
	for _, d := range s.data.pic.Datasets {
		for i := range d.Files {
			if got := &d.Files[i]; got.Hash == f.Hash {
				out = append(out, fmt.Sprintf("Receipt: %s rows: %s kept, %s there already, %s outside the authorisation, %s refused, %s not data; loaded %s under %s, authorisation %s.",
					thousands(got.Read), thousands(got.Kept), thousands(got.Twice), thousands(got.Held), thousands(got.Refused), thousands(got.Skipped), day.Moment(got.Loaded), d.Ref, part.Safe(d.Basis.Authorisation)))
			}
		}
	}
	return out
}

// atlasRowOverlay is one row with its file, its hash and its receipt.
type atlasRowOverlay struct{ say []string }

func (a *App) openAtlasRow() tea.Cmd {
	s := a.atlas
	l, ok := s.rowLine()
	if !ok {
		return nil
	}
	r := s.rowOf(l.rows[0])
	say := []string{l.what}
	if l.held {
		say = append(say, "HELD: outside what the authorisation allows. It is not analysed.")
	}
	use := func(h atlas.Handle) string { return s.data.label(h) + ": " + atlas.SayUse(s.data.by.Of(h, r.At)) }
	say = append(say, use(r.Own))
	if r.Other != 0 {
		say = append(say, use(r.Other))
	}
	if r.Has(atlas.Twice) {
		say = append(say, "In the hour that came twice as the clocks went back: it may be an hour later.")
	}
	a.over = &atlasRowOverlay{say: append(say, s.receiptWords(r)...)}
	return nil
}

func (o *atlasRowOverlay) update(a *App, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		a.over = nil
	}
	return nil
}

func (o *atlasRowOverlay) view(a *App) (string, *tea.Cursor) {
	w := min(100, a.w-4)
	var lines []string
	for i, text := range o.say {
		for _, line := range part.Wrap(text, w-4) {
			if i == 0 {
				line = a.th.Bold.Apply(line)
			}
			lines = append(lines, line)
		}
		if i == 0 {
			lines = append(lines, "")
		}
	}
	most := max(a.h-6, 3)
	return a.framed(append(lines[:min(len(lines), most)], a.th.Dim.Apply("any key closes")), w), nil
}

// storyKinds are the views as kinds of finding.
func storyKinds() map[atlasView]string {
	return map[atlasView]string{
		viewOverview: "contacts", viewWho: "contacts", viewTime: "timeline", viewHours: "heat", viewChange: "change", viewNear: "near", viewMap: "map", viewPlaces: "places", viewFour: "four",
		viewBreaches: "candidate", viewRows: "text",
	}
}

// atlasStory opens the form that puts what is looked at on the storyboard of the case: the view, its stretch and filter, and of rows the
// rows themselves. The officer's words are theirs.
func (a *App) atlasStory() tea.Cmd {
	s := a.atlas
	cmd := a.openForm("story.add", []*model.Line{s.head.line})
	f, ok := a.over.(*formOverlay)
	if !ok {
		return cmd
	}
	if words := s.ruleOnPaper(); words != "" {
		f.banner = []string{words}
	}
	values := map[string]string{"kind": storyKinds()[s.view]}
	if w := s.win(); !w.Open() {
		values["from"], values["to"] = londonAt(w.From).Format("2006-01-02 15:04"), londonAt(w.To).Format("2006-01-02 15:04")
	}
	if s.filter.on {
		values["devices"] = s.data.short(s.filter.a)
		if s.filter.pair {
			values["devices"] += ", " + s.data.short(s.filter.b)
		}
	}
	if l, ok := s.selected(a); ok {
		s.storyLine(l, values)
	}
	f.form.SetValues(values)
	return cmd
}

// storyLine fills in what the line under the cursor is.
func (s *atlasScreen) storyLine(l *atlasLine, values map[string]string) {
	const titleMost = 110
	what := l.what
	if s.view == viewRows { // as on paper, whatever was revealed here
		what = part.Safe(s.veil.sayRow(s.data.set, l.rows[0], l.held))
	}
	shown := s.view == viewPlaces && s.ground.open
	if title := strings.TrimSpace(l.value + " " + what); !shown && len([]rune(title)) <= titleMost && s.view != viewNear && s.view != viewWho {
		values["title"] = title
	}
	if l.story != "" {
		values["kind"] = l.story
	}
	switch l.kind {
	case lineMark:
		if no := s.data.marks[l.index].no; no > 0 {
			values["kind"], values["moment"] = "change", itoa(no)
		}
	case lineOccasion:
		o := &s.all.occasions[l.index]
		values["from"], values["to"] = londonAt(o.From-hourMillis).Format("2006-01-02 15:04"), londonAt(o.To+hourMillis).Format("2006-01-02 15:04")
		values["title"] = "Near each other about " + londonAt(o.From).Format("15:04 on 2 Jan 2006")
	case lineNewcomer:
		if n := s.all.newcomers[l.index].mark.no; n > 0 {
			values["moment"] = itoa(n)
		}
	case lineContact:
		if l.pair[0] != 0 && l.pair[1] != 0 {
			values["devices"] = s.data.short(l.pair[0]) + ", " + s.data.short(l.pair[1])
		}
	case lineFinding, lineCandidate, linePlace, linePlain:
	}
	if s.view == viewRows {
		values["rows"] = s.sourceRows(l.rows, 1)
	}
}

// sourceRows names rows by the first figures of their file's hash and their line.
func (s *atlasScreen) sourceRows(rows atlas.Rows, most int) string {
	var out []string
	for _, row := range rows[:min(most, len(rows))] {
		r := s.rowOf(row)
		if int(r.File) < len(s.data.set.Files) {
			hash := s.data.set.Files[r.File].Hash
			out = append(out, hash[:min(len(hash), 12)]+":"+itoa(int(r.Line)))
		}
	}
	return strings.Join(out, ", ")
}

// reportCandidate opens the report of a potential breach with what the rows say. Nothing is reported until the officer sends it.
func (a *App) reportCandidate() tea.Cmd {
	s := a.atlas
	l, ok := s.selected(a)
	if !ok || l.kind != lineCandidate {
		return nil
	}
	c := &s.all.candidates[l.index]
	var order *model.Line
	for _, o := range s.data.orders {
		if o.order.Ref == c.Order {
			order = o.line
		}
	}
	if order == nil {
		return nil
	}
	cmd := a.openForm("breach.report", []*model.Line{order})
	f, ok := a.over.(*formOverlay)
	if !ok {
		return cmd
	}
	f.form.SetValues(map[string]string{
		"condition": itoa(c.Condition.No), "what": s.reportWords(c), "at": londonAt(c.Event.At.UnixMilli()).Format("2006-01-02 15:04"),
		"source": "data of " + string(s.ref) + ": triage, not evidential",
	})
	return cmd
}

// reportWords are what the rows say, and which rows.
func (s *atlasScreen) reportWords(c *atlas.Candidate) string {
	why, unsure := s.veil.sayCandidate(c) // on record for everybody, whatever was revealed here
	out := model.UpperFirst(s.data.said(why)) + "."
	for _, u := range unsure {
		out += " Not sure: " + s.data.said(u) + "."
	}
	const named = 6
	var rows []string
	for _, row := range c.Rows[:min(named, len(c.Rows))] {
		r := &s.data.set.Rows[row]
		rows = append(rows, s.fileName(r)+" line "+itoa(int(r.Line)))
	}
	out += " Rows: " + strings.Join(rows, ", ")
	if n := len(c.Rows) - len(rows); n > 0 {
		out += " and " + itoa(n) + " more"
	}
	return out + "."
}
