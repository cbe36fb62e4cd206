package chart

import (
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/ui/part"
)

// Lane is what one device did on one channel. Its moments ascend, Unix milliseconds; a slice of the rows' own times will do.
type Lane struct {
	Device  string // such as "…0123 suspect, strong"; lanes of one device stand together
	Channel string // such as "calls out"
	Side    atlas.Side
	Times   []int64
}

// Marker is a moment everything is held against: told to stop, order served.
type Marker struct {
	At    int64
	Label string
}

// Timeline is lanes over one stretch of time, From to To, Unix milliseconds. A brush of From to To marks a part of it.
type Timeline struct {
	From, To           int64
	Lanes              []Lane
	Markers            []Marker
	BrushFrom, BrushTo int64 // equal: nothing is brushed
	Zone               *time.Location
}

// Brushed reports whether a part is marked.
func (t *Timeline) Brushed() bool { return t.BrushTo > t.BrushFrom }

// laneWidths are the columns of a timeline in a terminal: the names, the lanes, the figures.
func laneWidths(w int) (names, lanes, figures int) {
	names, figures = min(max(w/5, 12), 30), 16
	return names, max(w-names-figures-2, 1), figures
}

// Columns is how many columns the lanes have on a timeline w cells wide, and At the moment one of them begins: what moves a brush.
func (t *Timeline) Columns(w int) int { _, lanes, _ := laneWidths(w); return lanes }

// At is the moment a column of a timeline w cells wide begins.
func (t *Timeline) At(w, col int) int64 { return span{t.From, t.To, t.Columns(w)}.start(col) }

// Draw is the timeline as h lines of w cells: markers, lanes, the axis, and what is brushed. Each lane has a scale of its own, and says
// what its highest column stands for; lanes that have no room are counted.
func (t *Timeline) Draw(th *part.Theme, w, h int) string {
	d := &timelineText{canvas: newCanvas(th, w, h), t: t}
	d.names, d.lanes, d.figures = laneWidths(w)
	d.left = d.names + 1
	d.span = span{t.From, max(t.To, t.From+1), d.lanes}
	d.draw()
	return d.String()
}

type timelineText struct {
	*canvas
	t                           *Timeline
	span                        span
	names, lanes, figures, left int
}

// feet are the lines below the lanes: the axis, its labels, the brush.
const feet = 3

func (d *timelineText) draw() {
	heads := d.markerRows()
	room := d.h - heads - feet
	if room < 1 {
		return
	}
	layout, tall := d.layout(room)
	y := heads
	for _, l := range layout {
		if l.lane == nil {
			d.write(0, y, part.Cut(l.head, d.w), l.ink)
			y++
			continue
		}
		d.lane(y, tall, l.head, l.lane)
		y += tall
	}
	d.markers(heads, y)
	d.axis(y)
	d.brush(y + 2)
}

// laid is a line of the layout: a heading, or a lane with its name.
type laid struct {
	head string
	ink  ink
	lane *Lane
}

// layout decides how tall a lane is and whether devices have headings of their own.
func (d *timelineText) layout(room int) (out []laid, tall int) {
	lanes := d.t.Lanes
	devices := 0
	for i := range lanes {
		if i == 0 || lanes[i].Device != lanes[i-1].Device {
			devices++
		}
	}
	headed := len(lanes)+devices <= room
	tall = 1
	if headed && len(lanes) > 0 {
		tall = min(max((room-devices)/len(lanes), 1), 4)
	}
	used := 0
	for i := range lanes {
		l := &lanes[i]
		first := i == 0 || l.Device != lanes[i-1].Device
		if used+tall > room || len(lanes)-i > room-used && used+tall >= room && !headed {
			out = append(out, laid{head: "… " + model.Thousands(len(lanes)-i) + " more lanes", ink: inkDim})
			break
		}
		name := l.Channel
		if headed {
			name = "  " + name
			if first {
				letter, in := d.glyph(l.Side, true)
				out, used = append(out, laid{head: string(letter) + " " + l.Device, ink: in}), used+1
			}
		} else if first {
			name = l.Device + " " + name
		}
		out, used = append(out, laid{head: name, lane: l}), used+tall
	}
	return out, tall
}

func (d *timelineText) lane(y, tall int, name string, l *Lane) {
	counts := d.span.counts(l.Times)
	most, total := 0, 0
	for _, n := range counts {
		most, total = max(most, n), total+n
	}
	foot := y + tall - 1
	d.write(0, foot, d.cutTo(name, d.names), inkText)
	for col, n := range counts {
		d.bar(d.left+col, foot, tall, n, most, d.inkOf(col, l.Side))
	}
	d.right(d.w-8, foot, model.Thousands(total), inkText)
	if most > 0 {
		d.right(d.w, foot, d.pickWord("↥", "^")+model.Thousands(most), inkDim)
	}
}

func (c *canvas) cutTo(s string, w int) string {
	if part.Width(s) <= w {
		return s
	}
	return part.Cut(s, w)
}

func (c *canvas) pickWord(unicode, ascii string) string {
	if c.ascii {
		return ascii
	}
	return unicode
}

// inkOf dims what is not brushed.
func (d *timelineText) inkOf(col int, side atlas.Side) ink {
	if !d.t.Brushed() {
		return sideInk(side)
	}
	if at := d.span.start(col); at >= d.t.BrushFrom && at < d.t.BrushTo {
		return inkMatch
	}
	return inkDim
}

// bar draws a column upwards from its foot, to an eighth of a cell. The least there is still shows.
func (c *canvas) bar(x, foot, tall, n, most int, in ink) {
	if n <= 0 || most <= 0 {
		return
	}
	eighths := max((n*tall*8+most/2)/most, 1)
	full, low := []rune("▁▂▃▄▅▆▇█"), []rune(".:-=+*##")
	if !c.ascii {
		low = full
	}
	for k := 0; eighths > 0 && k < tall; k++ {
		c.put(x, foot-k, low[min(eighths, 8)-1], in, rankGlyph)
		eighths -= 8
	}
}

// markerRows is how many lines the words of the markers take: as many as it takes for none to lie over another, up to three.
func (d *timelineText) markerRows() int {
	if len(d.t.Markers) == 0 {
		return 0
	}
	return min(len(d.t.Markers), 3)
}

// markers are lines through the lanes with words at their heads.
func (d *timelineText) markers(heads, foot int) {
	for i := range d.t.Markers {
		m := &d.t.Markers[i]
		col := d.span.column(m.At)
		if col < 0 || col >= d.lanes {
			continue
		}
		x, n := d.left+col, part.Width(m.Label)
		head := heads
		for y := range heads {
			at := x + 2
			if at+n > d.w {
				at = x - n - 1
			}
			if at < 0 || !d.blank(min(at, x)-1, y, n+3) {
				continue
			}
			d.put(x, y, d.pick('▾', 'v'), inkWarn, rankText)
			d.write(at, y, m.Label, inkWarn)
			head = y + 1
			break
		}
		for y := head; y < foot; y++ {
			if p := d.at(x, y); p != nil && (p.letter == 0 || p.letter == ' ') {
				d.put(x, y, d.pick('┊', '|'), inkWarn, rankBorder)
			}
		}
	}
}

// blank reports whether nothing is written in n cells.
func (c *canvas) blank(x, y, n int) bool {
	for k := max(x, 0); k < x+n; k++ {
		if p := c.at(k, y); p != nil && p.letter != 0 {
			return false
		}
	}
	return true
}

func (d *timelineText) axis(y int) {
	for x := range d.lanes {
		d.put(d.left+x, y, d.pick('─', '-'), inkDim, rankBorder)
	}
	zone := zoned(d.t.Zone)
	end := 0
	for _, k := range ticks(d.t.From, d.t.To, d.lanes/9, zone) {
		x := d.left + d.span.column(k.at)
		d.put(x, y, d.pick('┬', '+'), inkDim, rankBorder)
		if x > end && x+len(k.label) <= d.left+d.lanes {
			in := inkDim
			if k.major {
				in = inkText
			}
			end = x + d.write(x, y+1, k.label, in)
		}
	}
	d.write(0, y+1, d.cutTo(zoneWord(zone), d.names), inkDim)
	length := time.Duration(d.t.To-d.t.From) * time.Millisecond / time.Duration(d.lanes)
	d.right(d.w-8, y, "total", inkDim)
	d.right(d.w, y, d.pickWord("↥", "^")+"most", inkDim)
	d.right(d.w, y+1, "in "+per(length), inkDim)
}

// zoneWord says which clock the times are by.
func zoneWord(zone *time.Location) string {
	if zone.String() == "Europe/London" {
		return "London time"
	}
	return zone.String() + " time"
}

// brush is a bracket under the part that is marked, and what is in it.
func (d *timelineText) brush(y int) {
	t := d.t
	if !t.Brushed() {
		return
	}
	from, to := max(d.span.column(t.BrushFrom), 0), min(d.span.column(t.BrushTo-1), d.lanes-1)
	if to < 0 || from >= d.lanes {
		return
	}
	for x := from; x <= to; x++ {
		letter := d.pick('─', '-')
		switch x {
		case from:
			letter = d.pick('╰', '\\')
		case to:
			letter = d.pick('╯', '/')
		}
		d.put(d.left+x, y, letter, inkAccent, rankText)
	}
	rows := 0
	for i := range t.Lanes {
		rows += between(t.Lanes[i].Times, t.BrushFrom, t.BrushTo)
	}
	words := t.brushWords(rows)
	switch n := part.Width(words); {
	case d.left+to+2+n <= d.w:
		d.write(d.left+to+2, y, words, inkAccent)
	case n+1 < d.left+from:
		d.write(d.left+from-n-1, y, words, inkAccent)
	default:
		d.write(d.left+from+1+max((to-from-n)/2, 0), y, " "+words+" ", inkAccent)
	}
}

func (t *Timeline) brushWords(rows int) string {
	zone := zoned(t.Zone)
	from, to := time.UnixMilli(t.BrushFrom).In(zone), time.UnixMilli(t.BrushTo).In(zone)
	return from.Format("2 Jan 15:04") + " – " + to.Format("2 Jan 15:04") + " · " + model.Counted(rows, "row", "rows")
}
