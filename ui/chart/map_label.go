package chart

import (
	"slices"
	"strings"

	"pou/model"
	"pou/model/atlas/london"
	"pou/ui/part"
)

// names writes what things are called, the most important first; a name that would lie over another, or over a sign, is left out.
func (d *mapText) names() {
	for i := range d.m.Pins {
		p := &d.m.Pins[i]
		in := inkText
		if p.Selected {
			in = inkSelected
		}
		if !d.beside(p.Point, p.Label, in, true) && p.Selected {
			d.force(p.Point, p.Label, in)
		}
	}
	for i := range d.m.Zones {
		z := &d.m.Zones[i]
		d.zoneName(z.rings(), z.Label)
	}
	for i := range d.m.Tracks {
		t := &d.m.Tracks[i]
		if len(t.Points) > 0 {
			d.beside(t.Points[len(t.Points)-1], t.Label, sideInk(t.Side), true)
		}
	}
	for i := range d.m.Areas {
		a := &d.m.Areas[i]
		at := a.Circle.Centre
		if a.Width > 0 {
			at = toward(at, a.Azimuth, a.Circle.Metres*0.6)
		}
		d.centred(at, a.Label, sideInk(a.Side))
	}
	d.boroughNames()
	if d.m.Stations && d.m.View.Metres <= stationMetres {
		d.stationNames()
	}
}

// zoneName writes a zone's name in its middle, above it, below it or at a side of it.
func (d *mapText) zoneName(rings [][]model.Point, name string) {
	if len(rings) == 0 || name == "" {
		return
	}
	low, high := bounds(rings)
	left, bottom := d.f.cell(model.Point{Lat: low.Lat, Lon: low.Lon})
	right, top := d.f.cell(high)
	n := part.Width(name)
	x, y := int((left+right)/2)-n/2, int((top+bottom)/2)
	for _, at := range [][2]int{{x, y}, {x, int(top) - 1}, {x, int(bottom) + 1}, {x, int(top)}, {x, int(bottom)}, {int(right) + 3, y}, {int(left) - n - 2, y}} {
		if d.free(at[0], at[1], n, true) {
			d.name(at[0], at[1], name, inkWarn)
			return
		}
	}
}

// bounds are the corners of the box around outlines.
func bounds(rings [][]model.Point) (low, high model.Point) {
	low, high = rings[0][0], rings[0][0]
	for _, ring := range rings {
		for _, p := range ring {
			low = model.Point{Lat: min(low.Lat, p.Lat), Lon: min(low.Lon, p.Lon)}
			high = model.Point{Lat: max(high.Lat, p.Lat), Lon: max(high.Lon, p.Lon)}
		}
	}
	return low, high
}

// beside writes a name right of a place, or left, above or below, wherever it is free.
func (d *mapText) beside(p model.Point, name string, in ink, over bool) bool {
	fx, fy := d.f.cell(p)
	if name == "" || fx < 0 || fy < 0 || int(fx) >= d.w || int(fy) >= d.rows {
		return false
	}
	x, y, n := int(fx), int(fy), part.Width(name)
	for _, at := range [][2]int{{x + 2, y}, {x - n - 1, y}, {x - n/2, y - 1}, {x - n/2, y + 1}, {x + 2, y - 1}, {x + 2, y + 1}} {
		if d.free(at[0], at[1], n, over) {
			d.name(at[0], at[1], name, in)
			return true
		}
	}
	return false
}

// force writes a name beside a place whatever signs it covers: what is selected is always named.
func (d *mapText) force(p model.Point, name string, in ink) {
	fx, fy := d.f.cell(p)
	if fx < 0 || fy < 0 || int(fx) >= d.w || int(fy) >= d.rows {
		return
	}
	x := int(fx) + 2
	if n := part.Width(name); x+n > d.w {
		x = int(fx) - n - 1
	}
	d.name(max(x, 0), int(fy), name, in)
}

// centred writes a name over a place.
func (d *mapText) centred(p model.Point, name string, in ink) {
	fx, fy := d.f.cell(p)
	n := part.Width(name)
	for _, dy := range []int{0, 1, -1} {
		x, y := int(fx)-n/2, int(fy)+dy
		if name != "" && d.free(x, y, n, true) {
			d.name(x, y, name, in)
			return
		}
	}
}

// free reports whether nothing written stands in n cells or within two of them, nor any sign right beside them. What is over lines may cover what is drawn
// of dots, what is not keeps off everything but the ground.
func (d *mapText) free(x, y, n int, over bool) bool {
	if y < 0 || y >= d.rows || x < 0 || x+n > d.w {
		return false
	}
	limit := rankTrack
	if !over {
		limit = rankRiver
	}
	for k := max(x-2, 0); k < min(x+n+2, d.w); k++ {
		far := k == x-2 || k == x+n+1
		if rank := d.cells[y*d.w+k].rank; rank > limit && (!far || rank == rankText) {
			return false
		}
	}
	return true
}

// name writes a name and clears the ground at either end of it.
func (d *mapText) name(x, y int, name string, in ink) {
	n := d.write(x, y, name, in)
	for _, k := range []int{x - 1, x + n} {
		if p := d.at(k, y); p != nil && p.rank <= rankRiver && y < d.rows {
			*p = cell{}
		}
	}
}

// boroughNames writes the name of every borough in the part of it that is seen, short where there is not the room.
func (d *mapText) boroughNames() {
	type run struct{ x, y, n int }
	runs := map[string][]run{}
	for y := range d.rows {
		from, was := 0, ""
		for x := 0; x <= d.w; x += 2 {
			is := ""
			if x < d.w {
				is, _ = london.Land(d.f.place(float64(x)+0.5, float64(y)+0.5))
			}
			if is == was && x < d.w {
				continue
			}
			if was != "" {
				runs[was] = append(runs[was], run{from, y, min(x, d.w) - from})
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
		worth := func(r run) int { return r.n - 3*max(r.y-mean, mean-r.y) }
		slices.SortStableFunc(list, func(p, q run) int { return worth(q) - worth(p) })
		tryNames(a.Name, func(name string) bool {
			n := part.Width(name)
			for _, r := range list {
				if x := r.x + (r.n-n)/2; n <= r.n && d.free(x, r.y, n, false) {
					d.name(x, r.y, name, inkDim)
					return true
				}
			}
			return false
		})
	}
}

// tryNames tries a borough's name and then its short forms.
func tryNames(name string, fits func(string) bool) {
	for _, n := range append([]string{name}, shortNames(name)...) {
		if fits(n) {
			return
		}
	}
}

// shortNames are how a borough is written where there is little room.
func shortNames(name string) []string {
	switch name {
	case "Barking & Dagenham":
		return []string{"B & D", "B&D"}
	case "City of London":
		return []string{"City"}
	case "Hammersmith & Fulham":
		return []string{"H & F", "H&F"}
	case "Kensington & Chelsea":
		return []string{"K & C", "K&C"}
	case "Tower Hamlets":
		return []string{"T Hamlets"}
	case "Waltham Forest":
		return []string{"W Forest"}
	}
	return nil
}

// stationsByRank are the stations with a network, those with most first.
func stationsByRank() []london.Station {
	out := slices.DeleteFunc(slices.Clone(london.Stations()), func(s london.Station) bool { return len(s.Networks) == 0 })
	slices.SortStableFunc(out, func(a, b london.Station) int { return len(b.Networks) - len(a.Networks) })
	return out
}

// stationNames writes the stations there is room for.
func (d *mapText) stationNames() {
	written := map[string]bool{}
	for _, s := range stationsByRank() {
		x, y := d.f.cell(s.Point)
		if x < 0 || y < 0 || int(y) >= d.rows {
			continue
		}
		if p := d.at(int(x), int(y)); p == nil || p.rank > rankRiver {
			continue
		}
		name, _, _ := strings.Cut(s.Name, " (")
		if written[name] || d.beside(s.Point, name, inkDim, false) {
			written[name] = true
			d.put(int(x), int(y), d.pick('∘', 'o'), inkText, rankGlyph)
		}
	}
}
