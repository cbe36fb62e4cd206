package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/ui/chart"
	"pou/ui/part"
)

// overviewLines say what stands out in what is brushed, the gravest first.
func (a *App) overviewLines(s *atlasScreen) []atlasLine {
	d := s.data
	out := []atlasLine{s.nearFigure()}
	out = append(out, s.contactFigures()...)
	for i := range d.marks {
		if l, ok := s.changeFigure(i); ok {
			out = append(out, l)
		}
	}
	out = append(out, s.burstFigures()...)
	out = append(out, s.newFigures()...)
	if l, ok := s.candidateFigure(); ok {
		out = append(out, l)
	}
	out = append(out, atlasLine{head: true, what: "What is not sure"})
	return append(out, s.unsureFigures()...)
}

// nearFigure is how often the two sides' devices may have been near each other.
func (s *atlasScreen) nearFigure() atlasLine {
	l := atlasLine{what: "times the devices may have been near each other", story: "near"}
	if s.all == nil {
		l.value, l.more = "…", "being worked out"
		l.say = []string{"Every position of the one side is being held against every position of the other."}
		return l
	}
	days := map[day.Date]bool{}
	n := 0
	for i := range s.all.occasions {
		o := s.seen(&s.all.occasions[i])
		if len(o.Meets) == 0 {
			continue
		}
		n++
		days[day.On(londonAt(o.From))] = true
		l.rows = append(l.rows, o.Closest().A, o.Closest().B)
	}
	l.rows = sortedRows(l.rows)
	l.value = thousands(n)
	chance := atlas.SayChance(len(s.all.occasions), s.all.chances, s.all.days)
	l.say = []string{l.value + " " + l.what, chance + " (all of the data).", atlas.SayRule(s.all.rule) + "."}
	if left := atlas.SayLeftOut(s.all.paths.A.Left); left != "" {
		l.say = append(l.say, quiet+"Of the suspect's devices left out: "+strings.TrimPrefix(left, "Left out: ")+".")
	}
	if left := atlas.SayLeftOut(s.all.paths.B.Left); left != "" {
		l.say = append(l.say, quiet+"Of the victim-survivor's devices left out: "+strings.TrimPrefix(left, "Left out: ")+".")
	}
	switch expected, ok := atlas.Expected(s.all.chances, s.all.days); {
	case s.all.days == 0:
		l.value, l.more = "–", "the two sides have no day with positions in common"
	case ok && s.win().Open() && !s.filter.on:
		l.more = fmt.Sprintf("on %s; shifted by whole weeks %.1f", countOf(len(days), "day", "days"), expected)
	default:
		l.more = "on " + countOf(len(days), "day", "days")
	}
	return l
}

// seen is an occasion with the devices that pass the filter; with none when it is not brushed.
func (s *atlasScreen) seen(o *atlas.Occasion) *atlas.Occasion {
	switch {
	case !s.win().Holds(o.From):
		return &atlas.Occasion{}
	case !s.filter.on:
		return o
	}
	out := &atlas.Occasion{From: o.From, To: o.To}
	for _, m := range o.Meets {
		if s.filter.reach(m.A, m.B) {
			out.Meets = append(out.Meets, m)
		}
	}
	return out
}

func sortedRows(rows atlas.Rows) atlas.Rows {
	slices.Sort(rows)
	return slices.Compact(rows)
}

// channels counts contacts by channel.
type channels struct{ calls, unanswered, texts, messages int }

func (d *atlasData) channels(rows atlas.Rows) channels {
	var c channels
	for _, row := range rows {
		switch r := &d.set.Rows[row]; r.Kind {
		case atlas.Call:
			c.calls++
			if r.Has(atlas.Unanswered) {
				c.unanswered++
			}
		case atlas.Text:
			c.texts++
		case atlas.Message:
			c.messages++
		case atlas.Data, atlas.Position, atlas.Read, atlas.Tap:
		}
	}
	return c
}

func (c channels) words() string {
	var out []string
	if c.texts > 0 {
		out = append(out, countOf(c.texts, "text", "texts"))
	}
	if c.calls > 0 {
		out = append(out, countOf(c.calls, "call", "calls")+", "+thousands(c.unanswered)+" unanswered")
	}
	if c.messages > 0 {
		out = append(out, countOf(c.messages, "message", "messages"))
	}
	return strings.Join(out, " · ")
}

func (s *atlasScreen) contactFigures() []atlasLine {
	var out []atlasLine
	for _, way := range []struct {
		rows atlas.Rows
		what string
	}{
		{s.sight.out, "contacts to the victim-survivor's devices"},
		{s.sight.back, "contacts back to the suspect's devices"},
	} {
		l := atlasLine{value: thousands(len(way.rows)), what: way.what, rows: way.rows, more: s.data.channels(way.rows).words()}
		l.say = []string{l.value + " " + l.what, l.more + "."}
		if days := s.data.x.Days(way.rows); len(days) > 0 {
			l.say = append(l.say, fmt.Sprintf("On %s, %s to %s. A contact in the records of both is counted once.", countOf(len(days), "day", "days"), days[0].Day.Long(), days[len(days)-1].Day.Long()))
		}
		if len(way.rows) == 0 {
			l.say = l.say[:1]
		}
		out = append(out, l)
	}
	return out
}

// around counts the suspect's contacts before and after a moment, within what is brushed.
func (s *atlasScreen) around(rows atlas.Rows, mark int64) (atlas.Change, bool) {
	w := s.win()
	var before, after time.Duration
	if !w.Open() {
		if mark <= w.From || mark >= w.To {
			return atlas.Change{}, false
		}
		before, after = time.Duration(mark-w.From)*time.Millisecond, time.Duration(w.To-mark)*time.Millisecond
	}
	return s.data.x.Around(rows, mark, before, after), true
}

// ratio is how a rate changed, in a word.
func ratio(c *atlas.Change) string {
	b, f := c.Before.PerDay(), c.After.PerDay()
	switch {
	case len(c.Before.Rows)+len(c.After.Rows) == 0:
		return "none"
	case b == 0 && f == 0:
		return "–"
	case b == 0:
		return "new"
	case f == 0:
		return "ended"
	case f >= b:
		return fmt.Sprintf("×%.1f", f/b)
	}
	return fmt.Sprintf("÷%.1f", b/f)
}

func (s *atlasScreen) changeFigure(i int) (atlasLine, bool) {
	m := s.data.marks[i]
	c, ok := s.around(s.sight.out, m.at)
	if !ok {
		return atlasLine{}, false
	}
	l := atlasLine{
		value: ratio(&c), what: "as many a day after " + m.label + ", " + londonAt(m.at).Format("2 Jan"), rows: c.After.Rows, at: m.at, kind: lineMark, index: i,
		more: fmt.Sprintf("%.1f → %.1f a day: %s before, %s from then on", c.Before.PerDay(), c.After.PerDay(), thousands(len(c.Before.Rows)), thousands(len(c.After.Rows))),
	}
	l.say = []string{model.UpperFirst(m.label) + ": the suspect's devices to the victim-survivor's", atlas.SayChange(&c), quiet + "It is a count and not a cause."}
	return l, true
}

func (s *atlasScreen) burstFigures() []atlasLine {
	x, rows := s.data.x, s.sight.out
	var out []atlasLine
	if b, ok := x.BusiestDay(rows); ok {
		l := atlasLine{value: thousands(len(b.Rows)), what: "contacts on " + b.Day.Start().Format("Mon 2 Jan 2006") + ", the busiest day", rows: b.Rows, at: s.data.set.Rows[b.Rows[0]].At, id: "busiest", story: "burst"}
		l.more = s.data.channels(b.Rows).words()
		l.say = []string{l.value + " " + l.what, l.more + "."}
		out = append(out, l)
	}
	if b, ok := x.Most(rows, time.Hour); ok && len(b.Rows) > 1 {
		l := atlasLine{value: thousands(len(b.Rows)), what: "within one hour, the most", more: londonAt(b.From).Format("2 Jan 15:04") + "–" + londonAt(b.To).Format("15:04"), rows: b.Rows, at: b.From}
		l.say = []string{l.value + " contacts within one hour, the most", atlas.SayBurst(&b) + "."}
		out = append(out, l)
	}
	for _, r := range atlas.Rises(x.Weeks(rows)) {
		var all atlas.Rows
		for _, w := range r.Weeks {
			all = append(all, w.Rows...)
		}
		first, last := r.Weeks[0], r.Weeks[len(r.Weeks)-1]
		l := atlasLine{
			value: thousands(len(r.Weeks)), what: "weeks running with more each week", rows: all, at: first.Monday.Start().UnixMilli(),
			more: fmt.Sprintf("%d from %s, %d from %s", len(first.Rows), first.Monday.Short(), len(last.Rows), last.Monday.Short()),
		}
		l.say = []string{l.value + " " + l.what, l.more + ". Only weeks the record covers from Monday to Sunday are compared."}
		out = append(out, l)
	}
	if q, ok := x.Longest(rows); ok {
		l := atlasLine{
			value: lengthWord(time.Duration(q.To-q.From) * time.Millisecond), what: "the longest without a contact", more: londonAt(q.From).Format("2 Jan 15:04") + " – " + londonAt(q.To).Format("2 Jan 15:04"),
			rows: atlas.Rows{q.Before, q.After}, at: q.From, story: "silence",
		}
		l.say = []string{model.UpperFirst(l.what), atlas.SaySilence(&q) + "."}
		out = append(out, l)
	}
	return out
}

// lengthWord is a length of time in the width of a figure.
func lengthWord(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%.1f h", d.Hours())
	}
	return fmt.Sprintf("%.1f d", d.Hours()/24)
}

// newFigures are numbers first seen after a moment, and devices that begin as one of the suspect's ends.
func (s *atlasScreen) newFigures() []atlasLine {
	if s.all == nil {
		return nil
	}
	var out []atlasLine
	byMark := map[int64]int{}
	for i := range s.all.newcomers {
		n := &s.all.newcomers[i]
		if !s.win().Holds(s.data.set.Rows[n.First].At) || !s.filter.reach(n.Handle, n.Handle) {
			continue
		}
		at, known := byMark[n.mark.at]
		if !known {
			at = len(out)
			byMark[n.mark.at] = at
			out = append(out, atlasLine{what: "new within 14 days of: " + n.mark.label, at: n.mark.at, kind: lineNewcomer, index: i, story: "change"})
		}
		l := &out[at]
		l.rows = append(l.rows, n.Rows...)
		l.say = append(l.say, s.newcomerWords(n))
	}
	for i := range out {
		l := &out[i]
		l.value = thousands(len(l.say))
		l.what = map[bool]string{true: "number ", false: "numbers "}[len(l.say) == 1] + l.what
		l.rows = sortedRows(l.rows)
		l.say = append([]string{l.value + " " + l.what}, l.say...)
		l.more = "a way round a block, or anybody"
	}
	return out
}

func (s *atlasScreen) newcomerWords(n *atlasNewcomer) string {
	words := s.data.label(n.Handle) + " first " + lengthWord(n.After) + " after " + n.mark.label + ", " + countOf(len(n.Rows), "row", "rows")
	if a := s.data.by.Of(n.Handle, s.data.set.Rows[n.First].At); a.Side != atlas.Nobody {
		words += ", " + atlas.SayUse(a)
	}
	return words + "; it may show a way round a block, and may be anybody."
}

func (s *atlasScreen) candidateFigure() (atlasLine, bool) {
	if s.all == nil || len(s.data.orders) == 0 {
		return atlasLine{}, false
	}
	l := atlasLine{what: "days or stays that may be contrary to an order", more: "potential only: b", story: "candidate"}
	n := 0
	for i := range s.all.candidates {
		c := &s.all.candidates[i]
		if s.candidateIn(c) {
			n++
			l.rows = append(l.rows, c.Rows...)
		}
	}
	if n > 0 {
		l.style = part.StyleWarn
	}
	l.rows = sortedRows(l.rows)
	l.value = thousands(n)
	l.say = []string{l.value + " " + l.what, "Potential only: an officer looks at each on the breach desk. b lists them."}
	return l, true
}

// unsureFigures are what the figures above do not tell.
func (s *atlasScreen) unsureFigures() []atlasLine {
	d := s.data
	var out []atlasLine
	add := func(n int, what, more string, say string) {
		if n > 0 {
			out = append(out, atlasLine{value: thousands(n), style: part.StyleDim, what: what, more: more, say: []string{thousands(n) + " " + what, say}})
		}
	}
	if n := len(d.set.Held); n > 0 {
		l := atlasLine{value: thousands(n), style: part.StyleWarn, what: "rows held: not authorised, not analysed", held: true}
		l.rows = make(atlas.Rows, n)
		for i := range l.rows {
			l.rows[i] = uint32(i) //nolint:gosec // an index of a row
		}
		l.say = []string{l.value + " " + l.what, "They are counted and kept apart; nothing else on these screens is made from them. dataset.basis extends an authorisation."}
		out = append(out, l)
	}
	weak, open := 0, 0
	for _, h := range d.x.Devices() {
		known := false
		for _, at := range d.by {
			if at.Handle == h {
				known = true
				if at.Grade <= atlas.Weak {
					weak++
				}
			}
		}
		if !known {
			open++
		}
	}
	add(weak, "devices whose use is weakly known, or not graded", "", "A phone or a card is not its holder: what a device did is never what a person did.")
	add(open, "devices with a record that nobody is said to use", "a says whose", "They take no part in what is said of the two sides. a says whose a device is.")
	n := d.unsure
	add(n.noTime, "rows whose source gives no time", "", "They count, and take no part in anything about time.")
	add(n.dayOnly, "rows whose hour is not known", "", "They are in days and not in hours.")
	add(n.noPlace, "rows of a cell, station or camera that no table places", "", "Load the network's table of cells with pou atlas load.")
	add(n.vague, "rows that say only at or before", "", "The cell of a data session was used at or before its start.")
	add(d.pic.Twice, "rows that another dataset says as well", "counted once", "They are counted once.")
	if len(out) == 0 {
		out = append(out, atlasLine{what: "every row has a time and a place where it should, and is analysed", style: part.StyleDim, say: []string{"Nothing is left out"}})
	}
	return out
}

func flagged(b bool) int {
	if b {
		return 1
	}
	return 0
}

// overviewPanel is the figure in words, with the course of contact over time where there is room.
func (a *App) overviewPanel(l *atlasLine, w, h int) []string {
	out := a.sayView(l.say, w, h)
	room := h - len(out) - 1
	if room < 8 {
		return out
	}
	s := a.atlas
	times := s.data.times(s.sight.out)
	if len(times) == 0 {
		return out
	}
	win := s.closed()
	c := chart.NewColumns(times, "To the victim-survivor", daysOver(win) > w, day.London())
	c.Markers = s.markers()
	out = append(out, "")
	first := min(room, max(9, room/3))
	out = append(out, indented(c.Draw(&a.th, w-2, first))...)
	if room -= first + 1; room < 11 {
		return out
	}
	heat := chart.NewHeat(times, "By hour and weekday", day.London())
	return append(append(out, ""), indented(heat.Draw(&a.th, w-2, room))...)
}

// indented is a chart in a panel, a column from its edge.
func indented(chart string) []string {
	out := strings.Split(chart, "\n")
	for i := range out {
		out[i] = " " + out[i]
	}
	return out
}

// times are when rows with a time are.
func (d *atlasData) times(rows atlas.Rows) []int64 {
	out := make([]int64, 0, len(rows))
	for _, row := range rows {
		if r := &d.set.Rows[row]; !r.Has(atlas.NoTime) {
			out = append(out, r.At)
		}
	}
	return out
}

// markers are the moments as charts show them.
func (s *atlasScreen) markers() []chart.Marker {
	out := make([]chart.Marker, len(s.data.marks))
	for i, m := range s.data.marks {
		out[i] = chart.Marker{At: m.at, Label: m.label}
	}
	return out
}
