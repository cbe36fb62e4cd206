package chart

import (
	"time"

	"pou/model"
	"pou/ui/part"
)

// Heat is how many rows fall on each hour of each weekday, Monday first, by the clock of the zone.
type Heat struct {
	Counts [7][24]int
	What   string // what is counted, such as "calls and texts to the victim-survivor"
	Zone   *time.Location
	Chosen int // one more than the hour of the week, Monday from midnight being 0, that stands out; 0 is none
}

// NewHeat counts moments, Unix milliseconds, by the clock of a zone; none is London.
func NewHeat(times []int64, what string, zone *time.Location) Heat {
	h := Heat{What: what, Zone: zoned(zone)}
	clock := hourClock{zone: h.Zone}
	for _, at := range times {
		day, hour := clock.of(at)
		h.Counts[day][hour]++
	}
	return h
}

// hourClock turns moments into weekday and hour. It asks the zone once for each hour that follows another, since asking costs more than
// counting.
type hourClock struct {
	zone      *time.Location
	from, to  int64
	day, hour int
}

func (c *hourClock) of(at int64) (day, hour int) {
	if at < c.from || at >= c.to {
		const hourMillis = int64(time.Hour / time.Millisecond)
		t := time.UnixMilli(at).In(c.zone)
		into := int64(t.Minute())*60_000 + int64(t.Second())*1000 + int64(t.Nanosecond())/1_000_000
		// Zones change on the quarter of an hour at the finest, and London's on the hour.
		quarter := hourMillis / 4
		c.from = at - into%quarter
		c.to = c.from + quarter
		c.day, c.hour = (int(t.Weekday())+6)%7, t.Hour()
	}
	return c.day, c.hour
}

func weekdays() [7]string { return [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} }

// figures are the most in one hour of a weekday, and the sums.
func (h *Heat) figures() (most, total int, days [7]int, hours [24]int) {
	for d := range h.Counts {
		for k, n := range h.Counts[d] {
			most, total = max(most, n), total+n
			days[d] += n
			hours[k] += n
		}
	}
	return most, total, days, hours
}

// Draw is the heat map as h lines of w cells: every hour of every weekday with its number on its shade, the sums at the sides, and what
// the shades stand for. Where a day's 24 numbers have no room side by side, morning and afternoon stand one above the other; where there
// is no room for that either, the sums go and a number too long for its place is "++"; below 53 cells an hour is one cell, so that no
// hour of the day is missing.
func (h *Heat) Draw(th *part.Theme, w, height int) string {
	d := &heatText{canvas: newCanvas(th, w, height), heat: h}
	d.most, d.total, d.days, d.hours = h.figures()
	d.arrange()
	d.draw()
	return d.String()
}

type heatText struct {
	*canvas
	heat         *Heat
	most, total  int
	days         [7]int
	hours        [24]int
	line, blocks int  // how wide an hour is, and in how many blocks the day stands
	dayRight     int  // how much room the sums of the days have; 0 is none
	foot         bool // the sums of the hours are there
}

// arrange finds the fullest arrangement there is room for.
func (d *heatText) arrange() {
	digits := len(model.Thousands(d.most))
	for _, n := range d.hours {
		digits = max(digits, len(model.Thousands(n)))
	}
	d.dayRight = max(len(model.Thousands(d.total)), 3) + 1
	d.blocks, d.foot = 1, true
	if d.line = min((d.w-5-d.dayRight)/24, 8); d.line > digits {
		return
	}
	d.blocks, d.line = 2, min((d.w-5-d.dayRight)/12, 12)
	switch {
	case d.line <= digits || d.h < 18:
		d.blocks, d.foot, d.dayRight = 1, false, 0
		d.line = max((d.w-5)/24, 1)
	case d.h < 20:
		d.foot = false
	}
}

func (d *heatText) draw() {
	d.write(0, 0, d.cutTo(d.heat.What, d.w), inkBold)
	y := 1
	hours := 24 / d.blocks
	for b := range d.blocks {
		y = d.block(y, b*hours, hours, b == d.blocks-1)
	}
	d.legend(min(y, d.h-1))
}

// block draws some hours of the seven days and says where it ended.
func (d *heatText) block(y, from, n int, last bool) int {
	for k := range n {
		switch {
		case d.line > 1:
			d.right(5+(k+1)*d.line-1, y, twoDigits(from+k), inkDim)
		case (from+k)%6 == 0:
			d.write(5+k, y, twoDigits(from+k), inkDim)
		}
	}
	sums := 5 + n*d.line + d.dayRight
	last = last && d.dayRight > 0
	if last {
		d.right(sums, y, "all", inkDim)
	}
	tall := 1
	if free := (d.h - 4) / 7; d.blocks == 1 && free >= 2 {
		tall = min(free, 3)
	}
	names := weekdays()
	for day := range names {
		row := y + 1 + day*tall
		d.write(0, row+tall/2, names[day], inkText)
		for k := range n {
			d.hour(5+k*d.line, row, tall, d.heat.Counts[day][from+k], d.heat.Chosen == 1+day*24+from+k)
		}
		if last {
			d.right(sums, row+tall/2, model.Thousands(d.days[day]), inkText)
		}
	}
	y += 1 + 7*tall
	if !d.foot {
		return y
	}
	d.write(0, y, "all", inkDim)
	for k := range n {
		d.right(5+(k+1)*d.line-1, y, model.Thousands(d.hours[from+k]), inkText)
	}
	if last {
		d.right(sums, y, model.Thousands(d.total), inkBold)
	}
	return y + 1
}

func (d *heatText) hour(x, y, tall, n int, chosen bool) {
	s := step(n, d.most)
	if s == 0 {
		d.put(x+max(d.line-2, 0), y+tall/2, d.pick('·', '.'), inkDim, rankText)
		if chosen {
			d.put(x, y+tall/2, d.pick('▸', '>'), inkAccent, rankText)
		}
		return
	}
	in := inkShade + ink(s) - 1 //nolint:gosec // one of five
	for row := range tall {
		for k := range d.line {
			d.put(x+k, y+row, ' ', in, rankGlyph)
		}
	}
	number := d.fitting(n)
	d.right(x+max(d.line-1, 1), y+tall/2, number, in)
	switch {
	case !chosen:
	case len(number) < d.line-1:
		d.put(x, y+tall/2, d.pick('▸', '>'), in, rankText)
	case d.line > 1: // the number takes all the room before the gap
		d.put(x+d.line-1, y+tall/2, d.pick('◂', '<'), in, rankText)
	}
}

// fitting is a count in the room of an hour.
func (d *heatText) fitting(n int) string {
	number := model.Thousands(n)
	if room := max(d.line-1, 1); len(number) > room {
		number = "++"[:min(room, 2)]
	}
	return number
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// legend says which numbers each shade stands for.
func (d *heatText) legend(y int) {
	d.write(0, y, zoneWord(zoned(d.heat.Zone)), inkDim)
	x := 14
	for s := 1; s <= shadeCount && d.most > 0; s++ {
		low, high := bandOf(s, d.most)
		if low > high {
			continue
		}
		words := " " + model.Thousands(low)
		if high > low {
			words += "–" + model.Thousands(high)
		}
		if x+part.Width(words)+2 > d.w {
			break
		}
		x += d.write(x, y, words+" ", inkShade+ink(s)-1) + 1 //nolint:gosec // one of five
	}
}

// bandOf are the least and the greatest count of a step.
func bandOf(s, most int) (low, high int) {
	return (s-1)*most/shadeCount + 1, s * most / shadeCount
}
