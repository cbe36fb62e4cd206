package chart

import (
	"math"
	"slices"
	"strings"

	"pou/model"
	"pou/model/atlas"
	"pou/model/atlas/london"
)

// paperFoot is the room below a chart on paper for its legend, and for what is said of it.
const paperFoot = 26.0

// paperSquare is the side of the squares positions are counted in on paper.
const paperSquare = 3.5

// Scene is the map on paper, w by h points. The same view shows the same ground as on a terminal of w/[PaperColumn] columns.
func (m *Map) Scene(w, h float64) Scene {
	p := &mapPaper{m: m, s: Scene{W: w, H: h, Title: "Map of London"}}
	p.see = box{0.5, 0.5, w - 0.5, max(h-paperFoot, 1)}
	p.f = m.View.framed(w, h-paperFoot, PaperColumn, 1)
	p.s.rect(p.see.left, p.see.top, p.see.right-p.see.left, p.see.bottom-p.see.top, InkWhite, InkNone, 0)
	p.ground()
	p.areas()
	p.zones()
	bins := binned(m.Spots, p.squares(), int(w/paperSquare)+1, int((h-paperFoot)/paperSquare)+1)
	p.spots(bins)
	p.tracks()
	p.pins()
	p.names()
	p.s.rect(p.see.left, p.see.top, p.see.right-p.see.left, p.see.bottom-p.see.top, InkNone, InkRule, 0.5)
	p.foot(bins)
	return p.s
}

// mapPaper is a map being drawn on paper.
type mapPaper struct {
	m     *Map
	s     Scene
	f     frame
	see   box
	taken []box // where something is written
}

// squares is the frame that counts in squares rather than points.
func (p *mapPaper) squares() frame {
	f := p.f
	f.perLat /= paperSquare
	f.perX /= paperSquare
	return f
}

func (p *mapPaper) at(q model.Point) xy {
	x, y := p.f.cell(q)
	return xy{x, y}
}

func (p *mapPaper) path(points []model.Point) []xy {
	out := make([]xy, len(points))
	for i, q := range points {
		out[i] = p.at(q)
	}
	return out
}

func scenePoints(path []xy) []XY {
	out := make([]XY, len(path))
	for i, q := range path {
		out[i] = XY{q.x, q.y}
	}
	return out
}

// fill colours an area that may reach beyond the map.
func (p *mapPaper) fill(ring []xy, ink Ink) {
	if seen := p.see.clipArea(spread(ring, 0.4)); len(seen) > 2 {
		p.s.area(scenePoints(seen), ink, InkNone, 0)
	}
}

func (p *mapPaper) draw(path []xy, ink Ink, width float64, dashed bool) {
	for _, run := range p.see.clipPath(spread(path, 0.4)) {
		p.s.path(scenePoints(run), ink, width, dashed)
	}
}

func (p *mapPaper) ground() {
	for _, ring := range london.Thames().Rings {
		p.fill(p.path(ring), InkWater)
	}
	for _, b := range london.Borders() {
		width := 0.5
		if b.Left == "" || b.Right == "" {
			width = 0.8
		}
		if !b.Bank {
			p.draw(p.path(b.Points), InkRule, width, false)
		}
	}
}

func paperInk(s atlas.Side) Ink {
	switch s {
	case atlas.Suspect:
		return InkAccent
	case atlas.Victim:
		return InkBlack
	case atlas.Nobody, atlas.Third:
	}
	return InkSoft
}

func (p *mapPaper) areas() {
	for i := range p.m.Areas {
		a := &p.m.Areas[i]
		ring := p.path(sector(a.Circle, a.Azimuth, a.Width))
		p.fill(ring, InkTint)
		p.draw(ring, paperInk(a.Side), 0.6, true)
	}
}

func (p *mapPaper) zones() {
	for i := range p.m.Zones {
		for _, ring := range p.m.Zones[i].rings() {
			path := p.path(ring)
			p.fill(path, InkBlush)
			p.draw(path, InkWarn, 1.2, false)
		}
	}
}

// spots are a sign in every square with a position in it, larger where there are ten or more.
func (p *mapPaper) spots(b *bins) {
	if len(p.m.Spots) == 0 {
		return
	}
	for y := range b.h {
		for x := range b.w {
			side, total, both := b.at(y*b.w + x)
			at := xy{(float64(x) + 0.5) * paperSquare, (float64(y) + 0.5) * paperSquare}
			if total == 0 || !p.see.has(at) {
				continue
			}
			size := 1.0
			if total >= many {
				size = 1.6
			}
			p.s.sideSign(at.x, at.y, size, side, both)
		}
	}
}

// sideSign draws the sign of a side: a square for the suspect, a diamond for the victim-survivor, a ring for others, and a diamond
// about a point for both.
func (s *Scene) sideSign(x, y, r float64, side atlas.Side, both bool) {
	diamond := func(r float64) []XY { return []XY{{x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}} }
	switch {
	case both:
		s.area(diamond(r*1.8), InkWhite, InkAccent, 0.7)
		s.area(diamond(r*0.8), InkBlack, InkNone, 0)
	case side == atlas.Suspect:
		s.rect(x-r, y-r, 2*r, 2*r, InkAccent, InkNone, 0)
	case side == atlas.Victim:
		s.area(diamond(r*1.4), InkBlack, InkNone, 0)
	default:
		s.disc(x, y, r, InkWhite, InkSoft, 0.6)
	}
}

func (p *mapPaper) tracks() {
	for i := range p.m.Tracks {
		t := &p.m.Tracks[i]
		path := p.path(t.Points)
		p.draw(path, paperInk(t.Side), 1, false)
		for _, a := range arrows(path, p.see, 30, 10) {
			sin, cos := math.Sincos(a.turn)
			tip := func(along, across float64) XY {
				return XY{a.at.x + along*sin + across*cos, a.at.y - along*cos + across*sin}
			}
			p.s.area([]XY{tip(3.2, 0), tip(-2.4, 2.2), tip(-2.4, -2.2)}, paperInk(t.Side), InkNone, 0)
		}
	}
}

func (p *mapPaper) pins() {
	for i := range p.m.Pins {
		pin := &p.m.Pins[i]
		at := p.at(pin.Point)
		if pin.Metres > 0 {
			p.draw(p.path(round(model.Circle{Centre: pin.Point, Metres: pin.Metres})), paperInk(pin.Side), 0.8, true)
		}
		if !p.see.has(at) {
			continue
		}
		if pin.Selected {
			p.s.disc(at.x, at.y, 5, InkWhite, paperInk(pin.Side), 0.8)
		}
		p.s.sideSign(at.x, at.y, 2.2, pin.Side, false)
		p.taken = append(p.taken, box{at.x - 5, at.y - 5, at.x + 5, at.y + 5})
	}
}

// write sets words with their middle or start at a place, if nothing is written there.
func (p *mapPaper) write(x, y float64, text string, size float64, ink Ink, anchor Anchor, bold bool) bool {
	wide := textWidth(text, size)
	b := box{x, y - size*0.8, x + wide, y + size*0.25}
	if anchor == AnchorMiddle {
		b.left, b.right = x-wide/2, x+wide/2
	}
	if text == "" || b.left < p.see.left+2 || b.right > p.see.right-2 || b.top < p.see.top+1 || b.bottom > p.see.bottom-1 {
		return false
	}
	if slices.ContainsFunc(p.taken, func(o box) bool {
		return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
	}) {
		return false
	}
	p.taken = append(p.taken, b)
	p.s.text(x, y, text, size, ink, anchor)
	p.s.Items[len(p.s.Items)-1].Bold = bold
	p.s.halo()
	return true
}

func (p *mapPaper) beside(at xy, text string, size float64, ink Ink, bold bool) bool {
	return p.write(at.x+5, at.y+size*0.35, text, size, ink, AnchorStart, bold) ||
		p.write(at.x-5-textWidth(text, size), at.y+size*0.35, text, size, ink, AnchorStart, bold) ||
		p.write(at.x, at.y-5, text, size, ink, AnchorMiddle, bold) ||
		p.write(at.x, at.y+4+size*0.8, text, size, ink, AnchorMiddle, bold)
}

// names follow the order of the terminal: what is spoken of first, the ground last.
func (p *mapPaper) names() {
	for i := range p.m.Pins {
		if pin := &p.m.Pins[i]; p.see.has(p.at(pin.Point)) {
			p.beside(p.at(pin.Point), pin.Label, 8, InkBlack, true)
		}
	}
	for i := range p.m.Zones {
		if rings := p.m.Zones[i].rings(); len(rings) > 0 {
			low, high := bounds(rings)
			top := p.at(model.Point{Lat: high.Lat, Lon: (low.Lon + high.Lon) / 2})
			foot := p.at(model.Point{Lat: low.Lat, Lon: (low.Lon + high.Lon) / 2})
			if !p.write(top.x, top.y-3, p.m.Zones[i].Label, 8, InkWarn, AnchorMiddle, true) {
				p.write(foot.x, foot.y+9, p.m.Zones[i].Label, 8, InkWarn, AnchorMiddle, true)
			}
		}
	}
	for i := range p.m.Tracks {
		if t := &p.m.Tracks[i]; len(t.Points) > 0 {
			p.beside(p.at(t.Points[len(t.Points)-1]), t.Label, 7.5, paperInk(t.Side), false)
		}
	}
	for i := range p.m.Areas {
		a := &p.m.Areas[i]
		at := a.Circle.Centre
		if a.Width > 0 {
			at = toward(at, a.Azimuth, a.Circle.Metres*0.6)
		}
		p.write(p.at(at).x, p.at(at).y, a.Label, 7.5, paperInk(a.Side), AnchorMiddle, false)
	}
	p.boroughNames()
	if p.m.Stations && p.m.View.Metres <= stationMetres {
		p.stationNames()
	}
}

func (p *mapPaper) boroughNames() {
	const apart = 6.0
	type run struct{ x, y, n float64 }
	runs := map[string][]run{}
	for y := p.see.top + 6; y < p.see.bottom; y += apart {
		from, was := 0.0, ""
		for x := p.see.left; x <= p.see.right+apart; x += apart {
			is := ""
			if x <= p.see.right {
				is, _ = london.Land(p.f.place(x, y))
			}
			if is == was && x <= p.see.right {
				continue
			}
			if was != "" {
				runs[was] = append(runs[was], run{from, y, min(x, p.see.right) - from})
			}
			from, was = x, is
		}
	}
	for _, a := range london.Boroughs() {
		list := runs[a.Name]
		if len(list) == 0 {
			continue
		}
		mean := (list[0].y + list[len(list)-1].y) / 2
		worth := func(r run) float64 { return r.n - math.Abs(r.y-mean) }
		slices.SortStableFunc(list, func(a, b run) int { return int(math.Round(worth(b)*100)) - int(math.Round(worth(a)*100)) })
		tryNames(a.Name, func(name string) bool {
			for _, r := range list {
				if textWidth(name, 7) <= r.n && p.write(r.x+r.n/2, r.y, name, 7, InkSoft, AnchorMiddle, false) {
					return true
				}
			}
			return false
		})
	}
}

func (p *mapPaper) stationNames() {
	written := map[string]bool{}
	for _, s := range stationsByRank() {
		at := p.at(s.Point)
		if !p.see.has(at) {
			continue
		}
		name, _, _ := strings.Cut(s.Name, " (")
		if written[name] || p.beside(at, name, 6, InkSoft, false) {
			written[name] = true
			p.s.disc(at.x, at.y, 1.2, InkWhite, InkBlack, 0.5)
		}
	}
}

// foot is the legend with the scale at its right, and below whose geography it is and what all this is not.
func (p *mapPaper) foot(b *bins) {
	y := p.s.H - paperFoot + 10
	metres := nice(p.m.View.Metres / PaperColumn * p.s.W / 5)
	long := metres / (p.m.View.Metres / PaperColumn)
	word := distance(metres)
	x := p.s.W - long - textWidth(word, 7) - 6
	p.s.path([]XY{{x, y - 5}, {x, y - 1}, {x + long, y - 1}, {x + long, y - 5}}, InkBlack, 0.7, false)
	p.s.text(x+long+3, y, word, 7, InkBlack, AnchorStart)
	p.legend(b, y, x-8)
	foot := p.s.H - 5
	p.s.bold(0.5, foot, atlas.Marking, 6, AnchorStart)
	p.s.text(p.s.W-0.5, foot, fitText(london.Attribution(), 5.5, p.s.W-textWidth(atlas.Marking, 6.6)-8), 5.5, InkSoft, AnchorEnd)
}

func (p *mapPaper) legend(b *bins, y, room float64) {
	x := 4.0
	add := func(word string, draw func(x, y float64)) {
		need := 8 + textWidth(word, 7)
		if x+need > room {
			return
		}
		draw(x, y-2.5)
		p.s.text(x+5, y, word, 7, InkSoft, AnchorStart)
		x += need + 5
	}
	for _, side := range []atlas.Side{atlas.Suspect, atlas.Victim, atlas.Third, atlas.Nobody} {
		if b.all[side] > 0 {
			word := SideWord(side) + " " + model.Thousands(b.seen[side])
			if b.seen[side] < b.all[side] {
				word += " of " + model.Thousands(b.all[side])
			}
			add(word, func(x, y float64) { p.s.sideSign(x, y, 1.6, side, false) })
		}
	}
	if b.shared > 0 {
		metres := math.Round(p.m.View.Metres / PaperColumn * paperSquare)
		add("both in "+model.Counted(b.shared, "square", "squares")+" of "+distance(metres), func(x, y float64) { p.s.sideSign(x, y, 1.6, 0, true) })
	}
	if len(p.m.Zones) > 0 {
		add("zone", func(x, y float64) { p.s.rect(x-2.5, y-2.5, 5, 5, InkBlush, InkWarn, 0.8) })
	}
	if len(p.m.Areas) > 0 {
		add("cell: anywhere inside", func(x, y float64) { p.s.rect(x-2.5, y-2.5, 5, 5, InkTint, InkAccent, 0.5) })
	}
	if len(p.m.Tracks) > 0 {
		add("order of time, not the way taken", func(x, y float64) {
			p.s.area([]XY{{x + 2.5, y}, {x - 2, y + 2}, {x - 2, y - 2}}, InkAccent, InkNone, 0)
		})
	}
	if len(p.m.Spots) > 0 {
		add("small: under 10 rows", func(x, y float64) { p.s.rect(x-1, y-1, 2, 2, InkSoft, InkNone, 0) })
	}
}
