package ui

import (
	"math"
	"slices"
	"sort"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/ui/part"
)

// atlasBrush is the stretch of time that every view is of: a length, and where it begins. The zero value is everything.
type atlasBrush struct {
	scale int // of brushScales; 0 is everything
	from  int64
}

// brushScale is a length a brush can have, and by how much it then moves: in days, or in hours.
type brushScale struct {
	word        string
	days, step  int
	hours, hops int
}

// brushScales are the lengths from everything to an hour.
func brushScales() []brushScale {
	return []brushScale{
		{word: "everything"},
		{word: "4 weeks", days: 28, step: 7},
		{word: "a week", days: 7, step: 1},
		{word: "a day", days: 1, step: 1},
		{word: "6 hours", hours: 6, hops: 6},
		{word: "an hour", hours: 1, hops: 1},
	}
}

const hourMillis = int64(time.Hour / time.Millisecond)

// window is the brush as a stretch of time.
func (b atlasBrush) window() atlas.Window {
	s := brushScales()[b.scale]
	switch {
	case s.days > 0:
		first := day.On(time.UnixMilli(b.from))
		return atlas.Window{From: first.Start().UnixMilli(), To: first.AddDays(s.days).Start().UnixMilli()}
	case s.hours > 0:
		return atlas.Window{From: b.from, To: b.from + int64(s.hours)*hourMillis}
	}
	return atlas.Window{}
}

// over is a brush of a length about a moment: days from midnight, weeks about the day, hours on the hour.
func (atlasBrush) over(scale int, at int64) atlasBrush {
	s := brushScales()[scale]
	switch {
	case s.days > 0:
		return atlasBrush{scale, day.On(time.UnixMilli(at)).AddDays(-(s.days - 1) / 2).Start().UnixMilli()}
	case s.hours > 0:
		return atlasBrush{scale, at - at%hourMillis - int64((s.hours-1)/2)*hourMillis}
	}
	return atlasBrush{}
}

// moved is the brush later or earlier by its step.
func (b atlasBrush) moved(by int) atlasBrush {
	s := brushScales()[b.scale]
	if s.days > 0 {
		b.from = day.On(time.UnixMilli(b.from)).AddDays(by * s.step).Start().UnixMilli()
		return b
	}
	b.from += int64(by*s.hops) * hourMillis
	return b
}

// meets reports whether the brush lies over any of a stretch.
func (b atlasBrush) touches(span atlas.Window) bool {
	w := b.window()
	return w.Open() || (w.From < span.To && w.To > span.From)
}

// moveBrush moves what is brushed; from everything it first narrows.
func (s *atlasScreen) moveBrush(a *App, by int) tea.Cmd {
	if s.brush.scale == 0 {
		return s.scaleBrush(a, 1)
	}
	if to := s.brush.moved(by); to.touches(s.data.span) {
		s.brush = to
		return s.look(a)
	}
	a.say("the data ends here")
	return nil
}

// scaleBrush narrows the brush (by above 0) about its middle, or widens it. From everything it narrows about what is under the cursor,
// else about the end of the data.
func (s *atlasScreen) scaleBrush(a *App, by int) tea.Cmd {
	scales := brushScales()
	to := min(max(s.brush.scale+by, 0), len(scales)-1)
	if to == s.brush.scale {
		return nil
	}
	w := s.win()
	at := w.From + (w.To-w.From)/2
	if w.Open() {
		at = s.momentAt()
	}
	s.brush = atlasBrush{}.over(to, at)
	return s.look(a)
}

// layBrush lays the brush over the day of what is under the cursor.
func (s *atlasScreen) layBrush(a *App) tea.Cmd {
	l, ok := s.selected(a)
	if !ok || l.at == 0 {
		a.say("this has no day of its own; { and } change the stretch")
		return nil
	}
	const aDay = 3
	s.brush = atlasBrush{}.over(aDay, l.at)
	return s.look(a)
}

func (s *atlasScreen) everything(a *App) tea.Cmd {
	if s.brush.scale == 0 && s.filter.on {
		return s.setFilter(a, atlasFilter{})
	}
	s.brush = atlasBrush{}
	return s.look(a)
}

// momentAt is the time of what is under the cursor, else just before the data ends.
func (s *atlasScreen) momentAt() int64 {
	if s.view == viewNear || s.view == viewRows || s.view == viewBreaches || s.view == viewOverview || s.view == viewChange {
		if l := s.lists[s.view]; l != nil && l.at < len(l.lines) && l.lines[l.at].at != 0 {
			return l.lines[l.at].at
		}
	}
	return s.data.span.To - 14*24*hourMillis
}

// win is the stretch of time that is brushed.
func (s *atlasScreen) win() atlas.Window { return s.brush.window() }

// closed is the stretch with both its ends, for rates and charts.
func (s *atlasScreen) closed() atlas.Window {
	w := s.win()
	if w.From == 0 {
		w.From = s.data.span.From
	}
	if w.To == 0 {
		w.To = s.data.span.To
	}
	return w
}

// atlasFilter lets through the rows of one device or number, or of two with each other.
type atlasFilter struct {
	a, b     atlas.Handle
	on, pair bool
}

func (f atlasFilter) keeps(r *atlas.Row) bool {
	switch {
	case !f.on:
		return true
	case f.pair:
		return (r.Own == f.a && r.Other == f.b) || (r.Own == f.b && r.Other == f.a)
	}
	return r.Own == f.a || r.Other == f.a
}

// of reports whether a device is one the filter is about.
func (f atlasFilter) of(h atlas.Handle) bool { return !f.on || h == f.a || (f.pair && h == f.b) }

// reach reports whether a contact between two devices passes.
func (f atlasFilter) reach(from, to atlas.Handle) bool {
	switch {
	case !f.on:
		return true
	case f.pair:
		return f.of(from) && f.of(to)
	}
	return from == f.a || to == f.a
}

func (f atlasFilter) words(d *atlasData) string {
	switch {
	case !f.on:
		return ""
	case f.pair:
		return d.label(f.a) + " with " + d.label(f.b)
	}
	return d.label(f.a)
}

// setFilter filters every view.
func (s *atlasScreen) setFilter(a *App, f atlasFilter) tea.Cmd {
	s.filter, s.kept, s.named, s.through = f, nil, nil, atlasThrough{}
	if d := s.data; f.on {
		s.kept = d.x.Pick(atlas.Window{}, f.keeps)
		if s.kept == nil {
			s.kept = atlas.Rows{}
		}
		s.through = atlasThrough{lanes: d.layLanes(s.kept), out: passing(d.out, f), back: passing(d.back, f)}
		for _, row := range s.kept {
			if d.set.Rows[row].Contact() {
				s.through.contacts = append(s.through.contacts, row)
			}
		}
	}
	return s.look(a)
}

// filterBox offers the devices of the case and the most frequent pairs to filter by.
func (a *App) atlasFilterBox() tea.Cmd {
	s := a.atlas
	items := []part.Item{{Group: "Filter", Title: "everything", Data: target{pick: func(a *App) tea.Cmd { return s.setFilter(a, atlasFilter{}) }}}}
	for _, h := range s.data.x.Devices() {
		own := s.data.x.Record(h)
		items = append(items, part.Item{
			Group: "Devices", Title: s.data.label(h), Detail: strings.TrimPrefix(s.data.deviceWord(h, max(own.From, s.data.span.From)), s.data.label(h)+" · "),
			Data: target{pick: func(a *App) tea.Cmd { return s.setFilter(a, atlasFilter{a: h, on: true}) }},
		})
	}
	const pairs = 40
	for _, c := range firstContacts(s.data.x.Contacts(atlas.Window{}), pairs) {
		items = append(items, part.Item{
			Group: "Pairs", Title: s.data.label(c.Own) + " with " + s.data.label(c.Other), Detail: thousands(c.Count()) + " rows",
			Data: target{pick: func(a *App) tea.Cmd {
				return s.setFilter(a, atlasFilter{a: c.Own, b: c.Other, on: true, pair: true})
			}},
		})
	}
	return a.fixedBox("a device, a number, or two with each other", items)
}

func firstContacts(all []atlas.Contact, n int) []atlas.Contact { return all[:min(n, len(all))] }

// atlasThrough is what passes the filter of all the data, worked out when it is set and not for every key.
type atlasThrough struct {
	lanes               []atlasLane
	out, back, contacts atlas.Rows
}

// atlasSight is what lies under the brush and passes the filter.
type atlasSight struct {
	from, to  uint32     // rows, without a filter
	rows      atlas.Rows // the rows, with a filter
	filtered  bool
	out, back atlas.Rows // contacts of the suspect's devices with the victim-survivor's, and the other way
	contacts  int
}

// len is how many rows there are, and at one of them.
func (s *atlasSight) len() int {
	if s.filtered {
		return len(s.rows)
	}
	return int(s.to - s.from)
}

func (s *atlasSight) at(i int) uint32 {
	if s.filtered {
		return s.rows[i]
	}
	return s.from + uint32(i) //nolint:gosec // within the rows
}

// workRests is how long the brush rests before what takes longer than a frame is worked out anew.
const workRests = 120 * time.Millisecond

// look lays the brush and the filter over the data; every view is drawn from what is then in sight.
func (s *atlasScreen) look(a *App) tea.Cmd {
	if s.data == nil {
		return nil
	}
	d, w := s.data, s.win()
	s.turn++
	if s.counts == nil {
		s.counts = d.x.Brush()
	}
	s.counts.Move(w)
	in := atlasSight{filtered: s.filter.on}
	in.from, in.to = d.x.Range(w)
	in.out, in.back = d.within(d.outRows, w), d.within(d.backRows, w)
	if in.filtered {
		in.rows = d.within(s.kept, w)
		in.out, in.back, in.contacts = d.within(s.through.out, w), d.within(s.through.back, w), len(d.within(s.through.contacts, w))
	} else {
		in.contacts = s.counts.Totals().Contacts
	}
	s.sight = in
	s.forget()
	return a.after(workRests, atlasRests{s.run, s.turn})
}

// passing are the rows of contacts that pass a filter.
func passing(reaches atlas.Reaches, f atlasFilter) atlas.Rows {
	var out atlas.Rows
	for _, r := range reaches {
		if f.reach(r.From, r.To) {
			out = append(out, r.Row)
		}
	}
	return sortedRows(out)
}

// contacts is the contact table of what is in sight, the n most frequent of it (0: all).
func (s *atlasScreen) contacts(n int) []atlas.Contact {
	if !s.filter.on && n > 0 {
		return s.counts.Top(n)
	}
	all := slices.DeleteFunc(s.data.x.Contacts(s.win()), func(c atlas.Contact) bool { return !s.filter.reach(c.Own, c.Other) })
	if n > 0 {
		return firstContacts(all, n)
	}
	return all
}

// forget makes every view be worked out anew when it is next drawn.
func (s *atlasScreen) forget() {
	for _, l := range s.lists {
		l.stale = true
	}
}

// stretchWords say what is brushed.
func (s *atlasScreen) stretchWords() string {
	w := s.closed()
	scale := brushScales()[s.brush.scale]
	from, to := londonAt(w.From), londonAt(w.To-1)
	if w.To <= w.From {
		return "no row has a time"
	}
	switch {
	case scale.hours > 0:
		return from.Format("Mon 2 Jan 2006 15:04") + "–" + londonAt(w.To).Format("15:04 MST")
	case scale.days == 1:
		return from.Format("Monday 2 January 2006")
	}
	words := from.Format("2 Jan 2006") + " – " + to.Format("2 Jan 2006")
	if scale.days == 0 {
		words = "Everything: " + words
	}
	return words + " · " + itoa(daysOver(w)) + " days"
}

// daysOver is how many days of the calendar a stretch touches.
func daysOver(w atlas.Window) int {
	return int(day.On(londonAt(w.To-1))-day.On(londonAt(w.From))) + 1
}

func londonAt(ms int64) time.Time { return time.UnixMilli(ms).In(day.London()) }

// strip is the whole of the data in one line, with what is brushed standing out: where in it one is.
func (s *atlasScreen) strip(th *part.Theme, w int) string {
	room := w - 2
	span := s.data.span
	if room < 1 || span.To <= span.From {
		return strings.Repeat(" ", w)
	}
	edge := func(col int) int64 { return span.From + int64(float64(span.To-span.From)*float64(col)/float64(room)) }
	counts := make([]int, room)
	before := s.rowsBefore(edge(0))
	most := 1
	for col := range counts {
		next := s.rowsBefore(edge(col + 1))
		counts[col], before = next-before, next
		most = max(most, counts[col])
	}
	win := s.win()
	first, last := 0, room-1
	if !win.Open() {
		col := func(at int64) int { return int(float64(at-span.From) / float64(span.To-span.From) * float64(room)) }
		first = min(max(col(win.From), 0), room-1)
		last = min(max(col(win.To-1), first), room-1)
	}
	steps := []rune(th.Pick("▁▂▃▄▅▆▇█", "_.:-=+*#"))
	run := func(from, to int) string {
		var b strings.Builder
		for _, n := range counts[from:to] {
			if n == 0 {
				b.WriteString(th.Pick("·", " "))
				continue
			}
			b.WriteRune(steps[int(math.Sqrt(float64(n)/float64(most))*float64(len(steps)-1))]) // roots: what is rare still shows beside a burst
		}
		return b.String()
	}
	left, right := " ", " "
	head, body, tail := run(0, first), run(first, last+1), run(last+1, room)
	if !win.Open() { // told without colour too: brackets in the columns beside
		left, head = bracketed(left, head, th.Pick("▕", "["))
		tail, right = bracketed2(tail, right, th.Pick("▏", "]"))
	}
	return th.Dim.Apply(left+head) + th.Accent.Apply(body) + th.Dim.Apply(tail+right)
}

// bracketed puts a bracket in the last cell before what is brushed.
func bracketed(left, head, bracket string) (string, string) {
	if head == "" {
		return bracket, head
	}
	runes := []rune(head)
	return left, string(runes[:len(runes)-1]) + bracket
}

// bracketed2 puts a bracket in the first cell after it.
func bracketed2(tail, right, bracket string) (string, string) {
	if tail == "" {
		return tail, bracket
	}
	return bracket + string([]rune(tail)[1:]), right
}

// rowsBefore is how many rows lie before a moment: of the suspect's contacts with the victim-survivor where there are any, else all; or
// those that pass the filter.
func (s *atlasScreen) rowsBefore(at int64) int {
	row, _ := s.data.x.Range(atlas.Window{From: at})
	rows := s.kept
	if !s.filter.on {
		if rows = s.data.outRows; len(rows) == 0 {
			return int(row)
		}
	}
	return sort.Search(len(rows), func(i int) bool { return rows[i] >= row })
}

// thousands writes a count with commas.
func thousands(n int) string { return model.Thousands(n) }

// counted says how many of something there are.
func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}
