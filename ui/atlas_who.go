package ui

import (
	"fmt"
	"sort"
	"strings"

	"pou/model/atlas"
	"pou/model/day"
	"pou/ui/chart"
	"pou/ui/part"
)

// whoMost is how many lines the contact table has: beyond the most frequent there is the filter.
const whoMost = 100

// whoWide says which columns of the contact table there is room for.
type whoWide struct {
	other, spark int
	all          bool // calls and the first day too
}

func (a *App) whoWidths() whoWide {
	w := a.atlasListWidth(a.w)
	wide := whoWide{other: 15, all: w >= 88}
	if spare := w - 90; wide.all && spare > 8 {
		wide.spark = min(spare, 40)
	}
	return wide
}

// whoColumns lays the columns of the contact table out.
func whoColumns(wide whoWide, own, way, other, out, in, calls, not, first, last string) string {
	line := part.Fit(own, 14, part.AlignLeft) + " " + way + " " + part.Fit(other, wide.other, part.AlignLeft) + part.Fit(out, 6, part.AlignRight) + part.Fit(in, 6, part.AlignRight)
	if wide.all {
		line += part.Fit(calls, 7, part.AlignRight)
	}
	line += part.Fit(not, 6, part.AlignRight) + "  "
	if wide.all {
		line += part.Fit(first, 6, part.AlignLeft) + "  "
	}
	return line + part.Fit(last, 6, part.AlignLeft)
}

func (a *App) whoHeader(w int) string {
	wide := a.whoWidths()
	line := "      ROWS  " + whoColumns(wide, "DEVICE", " ", "WITH", "OUT", "IN", "CALLS", "NOT", "FIRST", "LAST")
	if wide.spark > 0 {
		line += "  OVER TIME"
	}
	return part.Fit(line, w, part.AlignLeft)
}

// whoLines is the contact table, the most frequent first, and who has contact with both sides.
func (a *App) whoLines(s *atlasScreen) []atlasLine {
	wide := a.whoWidths()
	edges := s.data.edges(s.closed(), wide.spark)
	var out []atlasLine
	for _, c := range s.contacts(whoMost) {
		ways := c.Ways()
		l := atlasLine{value: part.Fit(thousands(c.Count()), 8, part.AlignRight), rows: c.Rows, at: c.First, kind: lineContact, pair: [2]atlas.Handle{c.Own, c.Other}, id: itoa(int(c.Own)) + " " + itoa(int(c.Other))}
		first, last := "", ""
		if c.First != 0 {
			first, last = londonAt(c.First).Format("2 Jan"), londonAt(c.Last).Format("2 Jan")
		}
		l.what = whoColumns(wide, s.data.label(c.Own), a.th.Pick("↔", "-"), s.data.label(c.Other), thousands(ways.Out), thousands(ways.In), thousands(c.Calls.Sum()), thousands(c.Unanswered.Sum()), first, last)
		if wide.spark > 0 {
			l.what += "  " + part.Spark(&a.th, spreadRows(c.Rows, edges), wide.spark)
		}
		l.say = s.contactWords(&c)
		out = append(out, l)
	}
	if len(out) == whoMost {
		out = append(out, atlasLine{head: true, what: "These are the " + itoa(whoMost) + " most frequent; / looks for any other device or number"})
	}
	if s.work != nil && len(s.work.common) > 0 && !s.filter.on {
		out = append(out, atlasLine{head: true, what: "In contact with both sides"})
		for _, c := range s.work.common {
			rows := sortedRows(append(append(atlas.Rows{}, c.RowsA...), c.RowsB...))
			out = append(out, atlasLine{
				value: part.Fit(thousands(len(rows)), 8, part.AlignRight), rows: rows, kind: lineContact, id: "both " + itoa(int(c.Other)),
				what: part.Fit(s.data.label(c.Other), 20, part.AlignLeft) + fmt.Sprintf("  %s with the suspect's, %s with the victim-survivor's devices", thousands(len(c.RowsA)), thousands(len(c.RowsB))),
				say:  []string{s.data.label(c.Other) + " has contact with both sides", "Many people do. Whether it matters is for a person to find out; the number may be somebody else's privacy."},
			})
		}
	}
	return out
}

// edges are the rows at which equal parts of a stretch end.
func (d *atlasData) edges(w atlas.Window, n int) atlas.Rows {
	out := make(atlas.Rows, n)
	for i := range out {
		out[i], _ = d.x.Range(atlas.Window{From: w.From + int64(float64(w.To-w.From)*float64(i+1)/float64(n))})
	}
	return out
}

// spreadRows counts rows up to each of some edges.
func spreadRows(rows, edges atlas.Rows) []float64 {
	out := make([]float64, len(edges))
	before := 0
	for i, edge := range edges {
		upTo := before + sort.Search(len(rows)-before, func(k int) bool { return rows[before+k] >= edge })
		out[i], before = float64(upTo-before), upTo
	}
	return out
}

func (s *atlasScreen) contactWords(c *atlas.Contact) []string {
	d := s.data
	ways := c.Ways()
	out := []string{d.label(c.Own) + " with " + d.label(c.Other) + ": " + countOf(c.Count(), "row", "rows")}
	words := fmt.Sprintf("%s out, %s in", thousands(ways.Out), thousands(ways.In))
	for _, k := range []struct {
		n    atlas.Ways
		what string
	}{{c.Calls, "calls"}, {c.Texts, "texts"}, {c.Messages, "messages"}} {
		if k.n.Sum() > 0 {
			words += fmt.Sprintf("; %s %s out, %s in", k.what, thousands(k.n.Out), thousands(k.n.In))
		}
	}
	if n := c.Unanswered.Sum(); n > 0 {
		words += "; " + countOf(n, "call", "calls") + " unanswered"
	}
	out = append(out, words+".")
	if c.First != 0 {
		out = append(out, "First "+atlas.SayTime(c.First)+", last "+atlas.SayTime(c.Last)+".")
	}
	if c.Untimed > 0 {
		out = append(out, countOf(c.Untimed, "row", "rows")+" without a time.")
	}
	at := max(c.Last, 1)
	out = append(out, quiet+d.deviceWord(c.Own, at))
	if c.Other != 0 {
		out = append(out, quiet+d.deviceWord(c.Other, at))
	}
	return out
}

// whoPanel is the contact in words, with its hours where there is room.
func (a *App) whoPanel(l *atlasLine, w, h int) []string {
	out := a.sayView(l.say, w, h)
	if room := h - len(out) - 1; room >= 12 && len(l.rows) > 0 {
		times := a.atlas.data.times(l.rows)
		tall := 10
		if room >= 22 && w < 78 {
			tall = 20 // room for a day in two blocks, and so for whole numbers
		}
		heat := chart.NewHeat(times, "By hour and weekday", day.London())
		out = append(append(out, ""), indented(heat.Draw(&a.th, w-2, tall))...)
		if room -= tall + 1; room >= 8 {
			c := chart.NewColumns(times, "Over time", daysOver(a.atlas.closed()) > w, day.London())
			c.Markers = a.atlas.markers()
			out = append(append(out, ""), indented(c.Draw(&a.th, w-2, min(room, 14)))...)
		}
	}
	return out
}

// laneLines are the lanes of the timeline: a device and a channel each.
func (a *App) laneLines(s *atlasScreen) []atlasLine {
	var out []atlasLine
	for _, l := range s.lanes() {
		rows := s.data.within(l.rows, s.win())
		out = append(out, atlasLine{value: thousands(len(rows)), what: s.data.label(l.own) + " " + l.channel, rows: rows})
	}
	return out
}

// lanes are those the filter lets through.
func (s *atlasScreen) lanes() []atlasLane {
	if !s.filter.on {
		return s.data.lanes
	}
	return s.through.lanes
}

// timePicture is the timeline with the brush on it.
func (a *App) timePicture(w, h int) []string {
	s := a.atlas
	l := s.list(a, viewTime)
	t := chart.Timeline{From: s.data.span.From, To: s.data.span.To, Markers: s.markers(), Zone: day.London()}
	if w := s.win(); !w.Open() {
		t.BrushFrom, t.BrushTo = max(w.From, t.From), min(w.To, t.To)
		if s.close {
			t.From, t.To = w.From, w.To
			t.BrushFrom, t.BrushTo = 0, 0
		}
	}
	lanes := s.lanes()
	const axis = 4 // the lines below the lanes, and one that says how many there are more
	if room := max(h-min(len(t.Markers), 3)-axis, 1); l.at >= room && len(lanes) > room {
		first := min(l.at-room+1, len(lanes)-1)
		lanes = lanes[first:]
		l = &atlasList{at: l.at - first}
	}
	for i, lane := range lanes {
		channel := lane.channel
		if i == l.at {
			channel = a.th.Pick("▸ ", "> ") + channel
		}
		at := lane.times[0]
		device := s.data.short(lane.own)
		if w >= wideAt {
			device = s.data.deviceWord(lane.own, at)
		}
		t.Lanes = append(t.Lanes, chart.Lane{Device: device, Channel: channel, Side: s.data.side(lane.own, at), Times: lane.times})
	}
	return strings.Split(t.Draw(&a.th, w, h), "\n")
}

// heat counts what is in sight by weekday and hour, and sets the cursor on the fullest hour until somebody moves it.
func (s *atlasScreen) heat() chart.Heat {
	what := "Rows of every kind"
	hours := s.counts.Hours(nil)
	if s.filter.on {
		what = "Rows of " + s.filter.words(s.data)
		hours = s.data.x.HoursOf(s.sight.rows)
	} else if len(s.sight.out) > 0 {
		what = "Contacts of the suspect's devices to the victim-survivor's"
		hours = s.data.x.HoursOf(s.sight.out)
	}
	heat := chart.Heat{What: what, Zone: day.London()}
	for weekday, of := range hours {
		heat.Counts[(weekday+6)%7] = of // ours begins on Monday
	}
	if !s.hourMoved {
		s.hour = fullestHour(&heat)
	}
	return heat
}

// hoursPicture is how what is in sight falls on hours and weekdays, with an hour under the cursor.
func (a *App) hoursPicture(w, h int) []string {
	s := a.atlas
	heat := s.heat()
	heat.Chosen = 1 + s.hour[0]*24 + s.hour[1]
	n := heat.Counts[s.hour[0]][s.hour[1]]
	out := strings.Split(heat.Draw(&a.th, w-1, h-2), "\n")
	words := fmt.Sprintf(" %ss %02d:00–%02d:00: %s · enter shows them", []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}[s.hour[0]], s.hour[1], s.hour[1]+1, countOf(n, "row", "rows"))
	for i := range out {
		out[i] = " " + out[i]
	}
	return append(out, "", a.th.Accent.Apply(words))
}

// fullestHour is where the cursor stands before anybody moves it.
func fullestHour(h *chart.Heat) [2]int {
	var best [2]int
	for d := range h.Counts {
		for k, n := range h.Counts[d] {
			if n > h.Counts[best[0]][best[1]] {
				best = [2]int{d, k}
			}
		}
	}
	return best
}

// hourRows are the rows of the hour under the cursor.
func (s *atlasScreen) hourRows() *atlasNamedRows {
	s.heat()
	rows := s.sight.out
	if s.filter.on {
		rows = s.sight.rows
	} else if len(rows) == 0 {
		for i := range s.sight.len() {
			rows = append(rows, s.sight.at(i))
		}
	}
	var kept atlas.Rows
	for _, row := range rows {
		r := &s.data.set.Rows[row]
		if r.Has(atlas.NoTime) || r.Has(atlas.DayOnly) {
			continue
		}
		if at := londonAt(r.At); (int(at.Weekday())+6)%7 == s.hour[0] && at.Hour() == s.hour[1] {
			kept = append(kept, row)
		}
	}
	day := []string{"Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"}[s.hour[0]]
	return &atlasNamedRows{title: fmt.Sprintf("%s %02d:00–%02d:00", day, s.hour[1], s.hour[1]+1), rows: kept}
}

// moveHour moves over the heat map. Its left and right are those of the picture; [ and ] move the brush.
func (s *atlasScreen) moveHour(key string) bool {
	switch key {
	case "up", "k":
		s.hour[0] = max(s.hour[0]-1, 0)
	case "down", "j":
		s.hour[0] = min(s.hour[0]+1, 6)
	case "left":
		s.hour[1] = max(s.hour[1]-1, 0)
	case "right":
		s.hour[1] = min(s.hour[1]+1, 23)
	default:
		return false
	}
	s.hourMoved = true
	return true
}
