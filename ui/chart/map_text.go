package chart

import (
	"math"
	"strconv"
	"strings"

	"pou/model"
	"pou/model/atlas"
	"pou/model/atlas/london"
	"pou/ui/part"
)

// Draw is the map as h lines of w cells: the map, a line of legend and scale, and a line that says whose geography it is.
func (m *Map) Draw(th *part.Theme, w, h int) string {
	c := newCanvas(th, w, h)
	if h <= footRows {
		return c.String()
	}
	d := &mapText{canvas: c, m: m, rows: h - footRows, f: m.View.frame(w, h)}
	d.see = box{0, 0, float64(w*2) - 1, float64(d.rows*4) - 1}
	d.ground()
	for i := range m.Areas {
		a := &m.Areas[i]
		d.outline(sector(a.Circle, a.Azimuth, a.Width), sideInk(a.Side), rankArea, 1)
	}
	d.zones()
	d.tracks()
	bins := binned(m.Spots, d.f, w, d.rows)
	d.spots(bins)
	d.pins()
	d.names()
	d.foot(bins)
	return c.String()
}

// mapText is a map being drawn in a terminal. Dots are counted from the upper left corner, two by four in a cell.
type mapText struct {
	*canvas
	m    *Map
	rows int // of the map itself
	f    frame
	see  box // in dots
}

func (d *mapText) dotAt(p model.Point) xy {
	x, y := d.f.cell(p)
	return xy{x*2 - 0.5, y*4 - 0.5}
}

func (d *mapText) dotsOf(points []model.Point) []xy {
	out := make([]xy, len(points))
	for i, p := range points {
		out[i] = d.dotAt(p)
	}
	return out
}

// ground is the boroughs, dotted, and the Thames between its banks.
func (d *mapText) ground() {
	metresPerDot := d.m.View.Metres / 2
	for _, b := range london.Borders() {
		switch {
		case b.Bank:
			d.line(d.dotsOf(b.Points), inkDim, rankRiver, 1)
		case !d.m.NoBoroughs:
			d.line(d.dotsOf(b.Points), inkDim, rankBorder, 2)
		}
	}
	// Seen from far off the river is a band; from near it is hinted at, so that what lies on it can be read.
	sparse := metresPerDot < 60
	for _, ring := range london.Thames().Rings {
		fillRows([][]xy{d.dotsOf(ring)}, d.see, func(y, from, to int) {
			for x := from; x <= to; x++ {
				if !sparse || y%4 == 1 && (x+y)%8 == 1 {
					d.dot(x, y, inkDim, rankRiver)
				}
			}
		})
	}
}

func (d *mapText) outline(ring []model.Point, i ink, rank uint8, every int) {
	d.line(d.dotsOf(ring), i, rank, every)
}

// line draws a path, every so many dots of it.
func (d *mapText) line(path []xy, i ink, rank uint8, every int) {
	drawn := 0
	lastX, lastY := math.MinInt, math.MinInt
	for k := 1; k < len(path); k++ {
		p, q, ok := d.see.clip(path[k-1], path[k])
		if !ok {
			continue
		}
		steps := int(max(math.Abs(q.x-p.x), math.Abs(q.y-p.y))) + 1
		dx, dy := (q.x-p.x)/float64(steps), (q.y-p.y)/float64(steps)
		for s := range steps + 1 {
			x, y := int(p.x+dx*float64(s)+0.5), int(p.y+dy*float64(s)+0.5)
			if x == lastX && y == lastY {
				continue
			}
			lastX, lastY = x, y
			if drawn%every == 0 {
				d.dot(x, y, i, rank)
			}
			drawn++
		}
	}
}

// zones are drawn round and hatched.
func (d *mapText) zones() {
	for i := range d.m.Zones {
		for _, ring := range d.m.Zones[i].rings() {
			dots := d.dotsOf(ring)
			fillRows([][]xy{dots}, d.see, func(y, from, to int) {
				for x := from; x <= to; x++ {
					if (x+y)%6 == 0 {
						d.dot(x, y, inkWarn, rankZone)
					}
				}
			})
			d.line(dots, inkWarn, rankZone, 1)
		}
	}
}

// rings are the outlines of a zone.
func (z *Zone) rings() [][]model.Point {
	var out [][]model.Point
	if z.Circle.Metres > 0 {
		out = append(out, round(z.Circle))
	}
	if len(z.Corners) > 2 {
		out = append(out, append(z.Corners[:len(z.Corners):len(z.Corners)], z.Corners[0]))
	}
	if len(z.Boroughs) == 0 {
		return out
	}
	names := map[string]bool{}
	for _, n := range z.Boroughs {
		if list, err := model.ParseBoroughs(n); err == nil && len(list) == 1 {
			names[list[0]] = true
		}
	}
	for _, a := range london.Boroughs() {
		if names[a.Name] {
			out = append(out, a.Rings...)
		}
	}
	return out
}

// tracks are lines with arrows on them.
func (d *mapText) tracks() {
	for i := range d.m.Tracks {
		t := &d.m.Tracks[i]
		path := d.dotsOf(t.Points)
		d.line(path, sideInk(t.Side), rankTrack, 1)
		for _, a := range arrows(path, d.see, 24, 6) {
			d.put(int(a.at.x+0.5)>>1, int(a.at.y+0.5)>>2, d.arrow(a.toward), sideInk(t.Side), rankGlyph)
		}
	}
}

// arrow is a place on a path and the way it leads there, in eighths of a turn clockwise from north.
type arrow struct {
	at     xy
	toward int
	turn   float64 // radians clockwise from north
}

// arrows sets arrows along a path: on every stretch that is long enough, apart from one another.
func arrows(path []xy, see box, apart, least float64) []arrow {
	var out []arrow
	since := apart / 2
	for i := 1; i < len(path); i++ {
		p, q := path[i-1], path[i]
		long := math.Hypot(q.x-p.x, q.y-p.y)
		since += long
		middle := xy{(p.x + q.x) / 2, (p.y + q.y) / 2}
		if long < least || since < apart || !see.has(middle) {
			continue
		}
		since = 0
		turn := math.Atan2(q.x-p.x, p.y-q.y)
		out = append(out, arrow{middle, (int(math.Round(turn/(math.Pi/4))) + 8) % 8, turn})
	}
	return out
}

func (c *canvas) arrow(toward int) rune {
	if c.ascii {
		return []rune("^/>\\v/<\\")[toward]
	}
	return []rune("↑↗→↘↓↙←↖")[toward]
}

// spots are a sign in every cell with a position in it.
func (d *mapText) spots(b *bins) {
	if len(d.m.Spots) == 0 {
		return
	}
	for i := range b.w * b.h {
		side, total, both := b.at(i)
		if total == 0 {
			continue
		}
		letter, in := d.glyph(side, total >= many)
		if both {
			letter, in = d.both()
		}
		d.cells[i] = cell{letter: letter, ink: in, rank: rankGlyph}
	}
}

// pins are what is spoken of: the circle it may lie in, and a sign in the middle.
func (d *mapText) pins() {
	for i := range d.m.Pins {
		p := &d.m.Pins[i]
		if p.Metres > d.m.View.Metres {
			d.outline(round(model.Circle{Centre: p.Point, Metres: p.Metres}), sideInk(p.Side), rankTrack, 2)
		}
	}
	for i := range d.m.Pins {
		p := &d.m.Pins[i]
		x, y := d.f.cell(p.Point)
		if x < 0 || y < 0 || int(y) >= d.rows {
			continue
		}
		letter, in := d.pinGlyph(p)
		d.put(int(x), int(y), letter, in, rankText)
	}
}

func (d *mapText) pinGlyph(p *Pin) (rune, ink) {
	letter, in := d.glyph(p.Side, true)
	if p.Side == atlas.Nobody {
		letter, in = d.pick('◉', '@'), inkBold
	}
	if p.Selected {
		in = inkSelected
	}
	return letter, in
}

// foot is the legend with the scale at its right, and below whose geography it is.
func (d *mapText) foot(b *bins) {
	scale := d.scale()
	signs := d.legend(b, true)
	if legendWidth(signs) > d.w-scale-3 {
		signs = d.legend(b, false)
	}
	x := 1
	for _, l := range signs {
		need := 2 + part.Width(l.word)
		if x+need > d.w-scale-2 {
			break
		}
		d.put(x, d.rows, l.sign, l.ink, rankText)
		d.write(x+2, d.rows, l.word, inkDim)
		x += need + 2
	}
	words := london.Attribution()
	if d.ascii {
		words = strings.ReplaceAll(words, "©", "(c)")
	}
	said := []rune(words)
	if len(said) > d.w-1 {
		said = append(said[:max(d.w-2, 0)], d.pick('…', '~'))
	}
	d.write(1, d.rows+1, string(said), inkDim)
}

// scale draws how long a round number of metres is, at the right, and says how many cells that took.
func (d *mapText) scale() int {
	metres := nice(d.m.View.Metres * float64(d.w) / 5)
	long := max(int(metres/d.m.View.Metres+0.5), 2)
	word := distance(metres)
	all := long + 1 + part.Width(word)
	x := d.w - all - 1
	for k := range long {
		letter := d.pick('─', '-')
		switch k {
		case 0:
			letter = d.pick('├', '|')
		case long - 1:
			letter = d.pick('┤', '|')
		}
		d.put(x+k, d.rows, letter, inkDim, rankText)
	}
	d.write(x+long+1, d.rows, word, inkDim)
	return all
}

// distance is a length in words.
func distance(metres float64) string {
	if metres >= 1000 {
		return strconv.FormatFloat(metres/1000, 'f', -1, 64) + " km"
	}
	return strconv.FormatFloat(metres, 'f', -1, 64) + " m"
}

// sign is one entry of a legend.
type sign struct {
	sign rune
	ink  ink
	word string
}

func legendWidth(signs []sign) int {
	n := 0
	for _, s := range signs {
		n += 4 + part.Width(s.word)
	}
	return n
}

// legend explains the signs that are on the map, with how many rows they stand for; at length, or in a word each.
func (d *mapText) legend(b *bins, long bool) []sign {
	var out []sign
	add := func(letter rune, in ink, short, more string) {
		if long {
			short += more
		}
		out = append(out, sign{letter, in, short})
	}
	for _, s := range []atlas.Side{atlas.Suspect, atlas.Victim, atlas.Third, atlas.Nobody} {
		if b.all[s] == 0 {
			continue
		}
		more := ""
		if b.seen[s] < b.all[s] {
			more = " of " + model.Thousands(b.all[s])
		}
		letter, in := d.glyph(s, true)
		add(letter, in, SideWord(s)+" "+model.Thousands(b.seen[s]), more)
	}
	if b.shared > 0 {
		letter, in := d.both()
		metres := math.Round(d.m.View.Metres)
		add(letter, in, "both in "+model.Counted(b.shared, "square", "squares"), " of "+distance(metres)+" by "+distance(2*metres))
	}
	if len(d.m.Zones) > 0 {
		add(d.pick('⣏', 'x'), inkWarn, "zone", "")
	}
	if len(d.m.Areas) > 0 {
		add(d.pick('⢎', ':'), inkDim, "cell", ": anywhere inside")
	}
	if len(d.m.Tracks) > 0 {
		add(d.arrow(2), inkDim, "order", " of time, not the way taken")
	}
	if len(d.m.Spots) > 0 {
		letter, _ := d.glyph(atlas.Suspect, false)
		add(letter, inkDim, "under 10", " rows")
	}
	return out
}
