package chart

import (
	"time"

	"pou/model"
	"pou/ui/part"
)

// Columns are counts by day or by week, a column each, over an axis of time.
type Columns struct {
	What    string // what is counted
	Weekly  bool
	Start   []int64 // when each day or week begins, Unix milliseconds, ascending
	Counts  []int
	Markers []Marker
	Zone    *time.Location
}

// NewColumns counts moments, ascending Unix milliseconds, by day or by week from Monday, by the clock of a zone; none is London. Days
// without any are there with nothing.
func NewColumns(times []int64, what string, weekly bool, zone *time.Location) Columns {
	c := Columns{What: what, Weekly: weekly, Zone: zoned(zone)}
	if len(times) == 0 {
		return c
	}
	p := pace{days: 1}
	if weekly {
		p.days = 7
	}
	last := times[len(times)-1]
	at := 0
	for t := p.first(time.UnixMilli(times[0]).In(c.Zone)); t.UnixMilli() <= last; {
		next := p.next(t)
		n := after(times[at:], next.UnixMilli())
		c.Start, c.Counts = append(c.Start, t.UnixMilli()), append(c.Counts, n)
		at += n
		t = next
	}
	return c
}

// end is when the last day or week ends.
func (c *Columns) end() int64 {
	p := pace{days: 1}
	if c.Weekly {
		p.days = 7
	}
	return p.next(time.UnixMilli(c.Start[len(c.Start)-1]).In(zoned(c.Zone))).UnixMilli()
}

// grouped puts neighbours together until no more than so many are left, and says how many make one.
func (c *Columns) grouped(most int) (counts []int, each int) {
	each = max((len(c.Counts)+most-1)/max(most, 1), 1)
	for i, n := range c.Counts {
		if i%each == 0 {
			counts = append(counts, 0)
		}
		counts[len(counts)-1] += n
	}
	return counts, each
}

// unit says what one column is.
func (c *Columns) unit(each int) string {
	what := "day"
	if c.Weekly {
		what = "week"
	}
	if each == 1 {
		return "by " + what
	}
	return "by " + model.Thousands(each) + " " + what + "s"
}

func (c *Columns) figures(counts []int) (most, total int) {
	for _, n := range counts {
		most, total = max(most, n), total+n
	}
	return most, total
}

// Draw is the columns as h lines of w cells: what is counted, the columns against a scale, and the axis.
func (c *Columns) Draw(th *part.Theme, w, h int) string {
	d := &columnsText{canvas: newCanvas(th, w, h), c: c}
	d.write(0, 0, d.cutTo(c.What, w), inkBold)
	if len(c.Counts) == 0 || len(c.Start) == 0 {
		d.write(0, 1, d.cutTo("nothing to count", w), inkDim)
		return d.String()
	}
	if h < 5 {
		return d.String()
	}
	most, _ := c.figures(c.Counts)
	d.left = len(model.Thousands(most)) + 2
	counts, each := c.grouped(w - d.left - 1)
	d.most, d.total = c.figures(counts)
	d.wide = min(max((w-d.left-1)/len(counts), 1), 8)
	d.heads = min(len(c.Markers), 2)
	d.top, d.foot = 1+d.heads, h-3
	d.right(w, 0, c.unit(each)+" · "+model.Thousands(d.total)+" in all", inkDim)
	d.scale()
	d.markers(each)
	for i, n := range counts {
		d.column(d.left+i*d.wide, n)
	}
	d.axis(each, len(counts))
	return d.String()
}

type columnsText struct {
	*canvas
	c                *Columns
	left, wide       int
	heads, top, foot int // of the columns: first and last line
	most, total      int
}

// scale writes the most, the half and nothing, with a line across at the half and the most.
func (d *columnsText) scale() {
	tall := d.foot - d.top + 1
	for _, at := range []struct{ n, up int }{{d.most, tall - 1}, {d.most / 2, tall/2 - 1}} {
		if at.n == 0 || at.up < 0 {
			continue
		}
		for x := d.left; x < d.w; x += 2 {
			d.put(x, d.foot-at.up, d.pick('╌', '.'), inkDim, rankBorder)
		}
		if at.n*2 == d.most || at.n == d.most {
			d.right(d.left-1, d.foot-at.up, model.Thousands(at.n), inkDim)
		}
	}
	d.right(d.left-1, d.foot+1, "0", inkDim)
}

func (d *columnsText) column(x, n int) {
	fill := max(d.wide-1, 1)
	for k := range fill {
		d.bar(x+k, d.foot, d.foot-d.top+1, n, d.most, inkAccent)
	}
	if d.wide > len(model.Thousands(d.most))+1 && n > 0 { // room for the number on its column
		tall := d.foot - d.top + 1
		up := (max((n*tall*8+d.most/2)/d.most, 1) + 7) / 8
		if up < tall {
			number := model.Thousands(n)
			d.write(x+max((fill-len(number))/2, 0), d.foot-up, number, inkText)
		}
	}
}

// markers stand on the day they fall on; the words are at the head.
func (d *columnsText) markers(each int) {
	for i, m := range d.c.Markers {
		at := after(d.c.Start, m.At+1) - 1
		if at < 0 || m.At >= d.c.end() || d.heads == 0 {
			continue
		}
		x, y := d.left+at/each*d.wide, 1+i%d.heads
		n := part.Width(m.Label)
		words := x + 2
		if words+n > d.w {
			words = x - n - 1
		}
		if words >= 0 && d.blank(min(x, words)-1, y, n+3) {
			d.put(x, y, d.pick('▾', 'v'), inkWarn, rankText)
			d.write(words, y, m.Label, inkWarn)
		}
		for k := y + 1; k <= d.foot; k++ {
			if p := d.at(x, k); p != nil && p.rank <= rankBorder {
				d.put(x, k, d.pick('┊', '|'), inkWarn, rankBorder)
			}
		}
	}
}

func (d *columnsText) axis(each, columns int) {
	y := d.foot + 1
	for x := d.left; x < d.left+columns*d.wide && x < d.w; x++ {
		d.put(x, y, d.pick('─', '-'), inkDim, rankBorder)
	}
	end := 0
	for _, k := range ticks(d.c.Start[0], d.c.end(), max(columns*d.wide/9, 1), zoned(d.c.Zone)) {
		at := after(d.c.Start, k.at+1) - 1
		x := d.left + at/each*d.wide
		if at < 0 || x >= d.w {
			continue
		}
		d.put(x, y, d.pick('┬', '+'), inkDim, rankBorder)
		if x > end && x+len(k.label) <= d.w {
			end = x + d.write(x, y+1, k.label, inkDim)
		}
	}
}
