package chart

import (
	"strings"
	"time"

	"pou/model"
	"pou/model/atlas"
)

// footed begins a chart on paper: its heading at the top, what it is not at the foot.
func footed(w, h float64, title string) Scene {
	s := Scene{W: w, H: h, Title: title}
	s.bold(0, 9, fitText(title, 9, w), 9, AnchorStart)
	s.bold(0, h-3, atlas.Marking, 6, AnchorStart)
	return s
}

// aside writes at the foot, at the right, what a reader must know of the scale.
func (s *Scene) aside(text string) {
	s.text(s.W, s.H-3, fitText(text, 6, s.W-textWidth(atlas.Marking, 6.6)-8), 6, InkSoft, AnchorEnd)
}

// shadeInk is the ink of a step of a heat map, and that of the number on it.
func shadeInk(s int) (ground, number Ink) {
	number = InkBlack
	if s >= 4 {
		number = InkWhite
	}
	return InkShade + Ink(s) - 1, number //nolint:gosec // one of five
}

// Scene is the heat map on paper, w by h points.
func (h *Heat) Scene(w, height float64) Scene {
	most, total, days, hours := h.figures()
	s := footed(w, height, h.What)
	s.aside(zoneWord(zoned(h.Zone)) + " · darker is more, the number is the count")
	const left, top, right = 22.0, 26.0, 28.0
	wide, tall := (w-left-right)/24, (height-top-24)/7
	size := min(wide*0.42, 7.5)
	for k := range 24 {
		s.text(left+(float64(k)+0.5)*wide, top-3, twoDigits(k), 6.5, InkSoft, AnchorMiddle)
		s.text(left+(float64(k)+0.5)*wide, top+7*tall+8, model.Thousands(hours[k]), min(size, 6.5), InkSoft, AnchorMiddle)
	}
	s.text(w, top-3, "all", 6.5, InkSoft, AnchorEnd)
	s.bold(w, top+7*tall+8, model.Thousands(total), 6.5, AnchorEnd)
	for d, name := range weekdays() {
		y := top + float64(d)*tall
		s.text(0, y+tall/2+2.5, name, 7.5, InkBlack, AnchorStart)
		s.text(w, y+tall/2+2.5, model.Thousands(days[d]), 7, InkBlack, AnchorEnd)
		for k, n := range h.Counts[d] {
			x := left + float64(k)*wide
			if n == 0 {
				s.rect(x+0.4, y+0.4, wide-0.8, tall-0.8, InkPale, InkNone, 0)
				continue
			}
			ground, number := shadeInk(step(n, most))
			s.rect(x+0.4, y+0.4, wide-0.8, tall-0.8, ground, InkNone, 0)
			s.text(x+wide/2, y+tall/2+size*0.36, model.Thousands(n), size, number, AnchorMiddle)
		}
	}
	return s
}

// timeAxis draws an axis of time along y, and grid lines up to top.
func (s *Scene) timeAxis(sp span, x, y, w, top float64, zone *time.Location) {
	s.line(x, y, x+w, y, InkSoft, 0.6)
	end := 0.0
	for _, k := range ticks(sp.from, sp.to, int(w/42), zone) {
		at := x + w*float64(k.at-sp.from)/float64(sp.to-sp.from)
		s.line(at, top, at, y, InkPale, 0.6)
		s.line(at, y, at, y+3, InkSoft, 0.6)
		if wide := textWidth(k.label, 6.5); at > end && at+2+wide <= x+w {
			ink := InkSoft
			if k.major {
				ink = InkBlack
			}
			s.text(at, y+9, k.label, 6.5, ink, AnchorStart)
			end = at + wide + 4
		}
	}
}

// paperMarkers draws the lines of markers with their words at the head, in as many rows as they need, up to two.
func (s *Scene) paperMarkers(markers []Marker, sp span, x, y, w, foot float64) {
	ends := [2]float64{}
	for _, m := range markers {
		if m.At < sp.from || m.At >= sp.to {
			continue
		}
		at := x + w*float64(m.At-sp.from)/float64(sp.to-sp.from)
		wide := textWidth(m.Label, 7)
		row, words := 0, at+3
		if words+wide > s.W {
			words = at - 3 - wide
		}
		if words < ends[0] {
			row = 1
		}
		if words >= ends[row] {
			s.text(words, y+float64(row)*8, m.Label, 7, InkWarn, AnchorStart)
			ends[row] = words + wide + 4
		}
		s.path([]XY{{at, y - 5 + float64(row)*8}, {at, foot}}, InkWarn, 0.8, true)
	}
}

// Scene is the timeline on paper, w by h points: every lane a row of columns, with how many rows it has and the most in one column.
func (t *Timeline) Scene(w, h float64) Scene {
	zone := zoned(t.Zone)
	s := footed(w, h, "Timeline, "+moment(t.From, zone)+" to "+moment(t.To, zone))
	const left, right = 124.0, 62.0
	sp := span{t.From, max(t.To, t.From+1), max(int((w-left-right)/2), 1)}
	top, foot := 16.0, h-26
	if len(t.Markers) > 0 {
		top = 34
	}
	tall := (foot - top) / float64(max(len(t.Lanes), 1))
	width := w - left - right
	s.timeAxis(sp, left, foot, width, top, zone)
	if t.Brushed() {
		from := left + width*float64(max(t.BrushFrom, sp.from)-sp.from)/float64(sp.to-sp.from)
		to := left + width*float64(min(t.BrushTo, sp.to)-sp.from)/float64(sp.to-sp.from)
		if to > from {
			s.rect(from, top, to-from, foot-top, InkTint, InkNone, 0)
		}
	}
	for i := range t.Lanes {
		t.laneScene(&s, i, sp, left, top+float64(i+1)*tall, width, min(tall*0.8, 40))
	}
	s.paperMarkers(t.Markers, sp, left, 23, width, foot)
	column := time.Duration(t.To-t.From) * time.Millisecond / time.Duration(sp.cols)
	s.text(w, top-3, "rows · most in "+per(column), 6, InkSoft, AnchorEnd)
	words := zoneWord(zone) + " · each lane has a scale of its own"
	if t.Brushed() {
		rows := 0
		for i := range t.Lanes {
			rows += between(t.Lanes[i].Times, t.BrushFrom, t.BrushTo)
		}
		words += " · shaded: " + t.brushWords(rows)
	}
	s.aside(words)
	return s
}

// laneScene draws one lane upwards from its foot.
func (t *Timeline) laneScene(s *Scene, i int, sp span, left, foot, width, tall float64) {
	l := &t.Lanes[i]
	if i == 0 || t.Lanes[i-1].Device != l.Device {
		s.line(0, foot-tall/0.8, s.W, foot-tall/0.8, InkRule, 0.4)
		s.sideSign(3, foot-tall+2, 1.8, l.Side, false)
		s.text(8, foot-tall+4.5, fitText(l.Device, 7, left-12), 7, InkBlack, AnchorStart)
	}
	s.text(8, foot-1, fitText(l.Channel, 6.5, left-12), 6.5, InkSoft, AnchorStart)
	counts := sp.counts(l.Times)
	most, total := 0, 0
	for _, n := range counts {
		most, total = max(most, n), total+n
	}
	each := width / float64(len(counts))
	for k, n := range counts {
		if n > 0 {
			high := max(tall*float64(n)/float64(most), 0.6)
			s.rect(left+float64(k)*each, foot-high, each*0.85, high, paperInk(l.Side), InkNone, 0)
		}
	}
	s.line(left, foot, left+width, foot, InkRule, 0.3)
	s.text(s.W, foot-1, model.Thousands(total)+" · "+model.Thousands(most), 7, InkBlack, AnchorEnd)
}

// Scene is the columns on paper, w by h points.
func (c *Columns) Scene(w, h float64) Scene {
	s := footed(w, h, c.What)
	if len(c.Counts) == 0 || len(c.Start) == 0 {
		s.text(0, 22, "nothing to count", 8, InkSoft, AnchorStart)
		return s
	}
	const left = 30.0
	counts, each := c.grouped(max(int((w-left)/2), 1))
	most, total := c.figures(counts)
	s.aside(zoneWord(zoned(c.Zone)) + " · " + c.unit(each) + " · " + model.Thousands(total) + " in all")
	top, foot := 22.0, h-26
	if len(c.Markers) > 0 {
		top = 40
	}
	wide := (w - left) / float64(len(counts))
	sp := span{c.Start[0], c.end(), len(counts)}
	s.timeAxis(sp, left, foot, w-left, top, zoned(c.Zone))
	line := max(int(nice(float64(most)/3)), 1)
	for n := 0; n <= most; n += line {
		y := foot - (foot-top)*float64(n)/float64(max(most, 1))
		s.line(left, y, w, y, InkRule, 0.3)
		s.text(left-4, y+2.2, model.Thousands(n), 6.5, InkSoft, AnchorEnd)
	}
	for i, n := range counts {
		if n == 0 {
			continue
		}
		high := max((foot-top)*float64(n)/float64(most), 0.6)
		x := left + float64(i)*wide
		s.rect(x+wide*0.08, foot-high, wide*0.84, high, InkAccent, InkNone, 0)
	}
	s.paperMarkers(c.Markers, sp, left, 24, w-left, foot)
	for i, n := range counts {
		if n > 0 && textWidth(model.Thousands(n), 6.5) < wide {
			s.text(left+(float64(i)+0.5)*wide, foot-max((foot-top)*float64(n)/float64(most), 0.6)-2, model.Thousands(n), 6.5, InkBlack, AnchorMiddle)
			s.halo()
		}
	}
	return s
}

// Scene is the pair on paper, w by h points.
func (p *Pair) Scene(w, h float64) Scene {
	s := footed(w, h, strings.TrimSuffix(p.What+" · "+p.Marker, " · "))
	s.aside("before " + daysWord(p.DaysBefore) + ", after " + daysWord(p.DaysAfter) + "; bars are rates, of one scale")
	names := 50.0
	for _, r := range p.Rows {
		names = max(names, textWidth(r.Name, 8)+6)
	}
	names = min(names, w/4)
	left, right := names+28, 144.0
	s.text(w-100, 19, "rows", 6.5, InkSoft, AnchorEnd)
	s.text(w-58, 19, "a day", 6.5, InkSoft, AnchorEnd)
	s.text(w, 19, "change", 6.5, InkSoft, AnchorEnd)
	tall := (h - 36) / float64(max(len(p.Rows), 1))
	bar := min(tall*0.36, 11)
	for i, r := range p.Rows {
		y := 22 + float64(i)*tall
		s.line(0, y, w, y, InkRule, 0.3)
		y += (tall - 2*bar) / 2
		s.text(0, y+bar+3, fitText(r.Name, 8, names-4), 8, InkBlack, AnchorStart)
		for k, half := range []struct {
			word string
			n    int
			days float64
			ink  Ink
		}{{"before", r.Before, p.DaysBefore, InkRule}, {"after", r.After, p.DaysAfter, InkAccent}} {
			base := y + float64(k)*bar
			mid := base + bar/2 + 2.4
			s.text(names, mid, half.word, 6.5, InkSoft, AnchorStart)
			if most := p.most(); most > 0 && half.n > 0 {
				s.rect(left, base+0.7, max((w-left-right)*rate(half.n, half.days)/most, 0.6), bar-1.4, half.ink, InkNone, 0)
			}
			s.text(w-100, mid, model.Thousands(half.n), 7, InkBlack, AnchorEnd)
			s.text(w-58, mid, rateWord(half.n, half.days), 7, InkBlack, AnchorEnd)
		}
		s.bold(w, y+bar+3, p.change(r), 8, AnchorEnd)
	}
	return s
}
