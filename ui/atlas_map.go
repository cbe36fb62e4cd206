package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/atlas"
	"pou/ui/chart"
	"pou/ui/part"
)

// atlasLayer is something laid over the map that can be taken off.
type atlasLayer uint8

const (
	layerPositions atlasLayer = iota
	layerTracks
	layerCells
	layerNear
	layerZones
	layerStations
	layerBoroughs
)

// layerRow is a layer with its key.
type layerRow struct {
	layer     atlasLayer
	key, word string
}

func atlasLayers() []layerRow {
	return []layerRow{
		{layerPositions, "P", "Positions"},
		{layerTracks, "T", "Tracks"},
		{layerCells, "C", "Cells"},
		{layerNear, "N", "Near"},
		{layerZones, "Z", "Zones"},
		{layerStations, "S", "Stations"},
		{layerBoroughs, "B", "Boroughs"},
	}
}

// mapStep is how far an arrow moves the map, in columns.
const mapStep = 8

func atlasMapKeys() []binding {
	pan := func(x, y float64) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd {
			a.atlas.port = a.atlas.port.Pan(x, y)
			return nil
		}
	}
	zoom := func(by float64) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd {
			a.atlas.port = a.atlas.port.Zoom(by)
			return nil
		}
	}
	out := []binding{
		{keys: []string{"left"}, shown: "arrows", help: "move", group: groupAtlasView, foot: true, why: needsData, run: pan(-mapStep, 0)},
		{keys: []string{"right"}, group: groupAtlasView, why: needsData, run: pan(mapStep, 0)},
		{keys: []string{"up"}, group: groupAtlasView, why: needsData, run: pan(0, -mapStep/2)},
		{keys: []string{"down"}, group: groupAtlasView, why: needsData, run: pan(0, mapStep/2)},
		{keys: []string{"+", "="}, shown: "+ -", help: "nearer, further", group: groupAtlasView, foot: true, why: needsData, run: zoom(1.5)},
		{keys: []string{"-", "_"}, group: groupAtlasView, why: needsData, run: zoom(1 / 1.5)},
		{keys: []string{"l"}, shown: "l", help: "all of London", group: groupAtlasView, why: needsData, run: func(a *App) tea.Cmd {
			w, h := a.mapSize()
			a.atlas.port = chart.WholeLondon(w, h)
			return nil
		}},
		{keys: []string{"z"}, shown: "z", help: "to what is brushed", group: groupAtlasView, foot: true, why: needsData, run: func(a *App) tea.Cmd {
			a.atlas.fitMap(a.mapSize())
			return nil
		}},
	}
	for _, l := range atlasLayers() {
		out = append(out, binding{keys: []string{l.key}, shown: l.key, help: l.word + " on or off", group: groupAtlasView, why: needsData, run: func(a *App) tea.Cmd {
			a.atlas.hidden[l.layer] = !a.atlas.hidden[l.layer]
			return nil
		}})
	}
	return out
}

func (a *App) mapSize() (w, h int) {
	return a.w, max(a.h-atlasHeadLines-atlasFootLines-1, 3)
}

// fitMap lays the view over every position and cell in sight, a stray one in a hundred left out.
func (s *atlasScreen) fitMap(w, h int) {
	var lat, lon []int32
	for _, p := range s.spotsIn() {
		lat, lon = append(lat, p.Lat), append(lon, p.Lon)
	}
	if len(lat) == 0 {
		for _, c := range s.cellsIn() {
			site := &s.data.set.Sites[c.site]
			lat, lon = append(lat, site.Lat), append(lon, site.Lon)
		}
		for _, c := range s.squares() {
			at := c.Circle.Centre
			lat, lon = append(lat, int32(at.Lat*1e6)), append(lon, int32(at.Lon*1e6))
		}
	}
	s.placed = true
	if len(lat) == 0 {
		s.port = chart.WholeLondon(w, h)
		return
	}
	south, north := middleNinetyEight(lat)
	west, east := middleNinetyEight(lon)
	point := func(lat, lon int32) model.Point { return model.Point{Lat: float64(lat) / 1e6, Lon: float64(lon) / 1e6} }
	s.port = chart.Around(w, h, point(south, west), point(north, east))
	s.port.Metres = max(s.port.Metres*1.1, 4)
}

// middleNinetyEight is the range that holds all but the outermost hundredth at either end, counted in 1,024 steps: no sorting of a
// million.
func middleNinetyEight(of []int32) (low, high int32) {
	low, high = of[0], of[0]
	for _, v := range of {
		low, high = min(low, v), max(high, v)
	}
	if low == high || len(of) < 100 {
		return low, high
	}
	const steps = 1024
	var counts [steps + 1]int
	wide := int64(high) - int64(low)
	for _, v := range of {
		counts[(int64(v)-int64(low))*steps/wide]++
	}
	from, to, edge := 0, steps, len(of)/100
	for n := counts[from]; n <= edge; n += counts[from] {
		from++
	}
	for n := counts[to]; n <= edge; n += counts[to] {
		to--
	}
	at := func(step int) int32 { return low + int32(wide*int64(step)/steps) } //nolint:gosec // between low and high
	return at(from), at(min(to+1, steps))
}

// spotsIn are the positions in sight: a part of the whole, not a copy of it, unless a filter picks among them.
func (s *atlasScreen) spotsIn() []chart.Spot {
	d := s.data
	rows := d.within(s.ground.spotRows, s.win())
	if len(rows) == 0 {
		return nil
	}
	first := rowIndex(s.ground.spotRows, rows[0])
	all := s.ground.spots[first : first+len(rows)]
	if !s.filter.on {
		return all
	}
	var out []chart.Spot
	for i, row := range rows {
		if s.filter.keeps(&d.set.Rows[row]) || (s.filter.pair && s.filter.of(d.set.Rows[row].Own)) {
			out = append(out, all[i])
		}
	}
	return out
}

func rowIndex(rows atlas.Rows, row uint32) int {
	lo, hi := 0, len(rows)
	for lo < hi {
		if mid := (lo + hi) / 2; rows[mid] < row {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// cellsIn are the cells that rows in sight were served by, with these rows.
func (s *atlasScreen) cellsIn() []atlasCell {
	var out []atlasCell
	for _, c := range s.ground.cells {
		rows := s.data.within(c.rows, s.win())
		if s.filter.on {
			var kept atlas.Rows
			for _, row := range rows {
				if s.filter.keeps(&s.data.set.Rows[row]) {
					kept = append(kept, row)
				}
			}
			rows = kept
		}
		if len(rows) > 0 {
			out = append(out, atlasCell{c.site, c.side, rows})
		}
	}
	slices.SortStableFunc(out, func(a, b atlasCell) int { return len(b.rows) - len(a.rows) })
	return out
}

// cellsMost is how many cells are drawn, the most used ones: more lie over each other and tell nobody anything.
const cellsMost = 60

// mapPicture is the map with the layers that are on, and a line that says which those are.
func (a *App) mapPicture(w, h int) []string {
	s := a.atlas
	mw, mh := w, h-1
	if !s.placed {
		s.fitMap(mw, mh)
	}
	m := chart.Map{View: s.port, Stations: !s.hidden[layerStations], NoBoroughs: s.hidden[layerBoroughs]}
	if !s.hidden[layerPositions] {
		m.Spots = s.spotsIn()
	}
	cells := 0
	if !s.hidden[layerCells] {
		all := s.cellsIn()
		cells = len(all)
		for _, c := range all[:min(cells, cellsMost)] {
			site := &s.data.set.Sites[c.site]
			if site.Lat == atlas.NoPlace {
				continue
			}
			m.Areas = append(m.Areas, chart.Area{
				Circle:  model.Circle{Centre: site.Point(), Metres: float64(site.Metres)},
				Azimuth: float64(site.Azimuth), Width: float64(site.Width), Side: c.side, Label: s.data.said(orWord(site.Name, site.ID)) + " " + thousands(len(c.rows)),
			})
		}
	}
	if !s.hidden[layerPositions] {
		m.Areas = append(m.Areas, s.squares()...)
	}
	if !s.hidden[layerZones] {
		m.Zones = s.data.zones()
	}
	if !s.hidden[layerTracks] {
		m.Tracks = s.tracks()
	}
	if !s.hidden[layerNear] && s.all != nil {
		m.Pins = s.nearPins()
	}
	return append(strings.Split(m.Draw(&a.th, mw, mh), "\n"), a.layerLine(len(m.Tracks) > 0, cells))
}

// layerLine names the layers by their keys; what is off is in brackets.
func (a *App) layerLine(tracks bool, cells int) string {
	var out []string
	for _, l := range atlasLayers() {
		word := a.th.Accent.Apply(l.word[:1]) + l.word[1:]
		if a.atlas.hidden[l.layer] {
			word = a.th.Dim.Apply("(" + l.word + " off)")
		} else if l.layer == layerTracks && !tracks {
			word = a.th.Accent.Apply("T") + a.th.Dim.Apply("racks: narrow to a week")
		}
		if l.layer == layerCells && cells > cellsMost {
			word += a.th.Dim.Apply(": " + itoa(cellsMost) + " of " + itoa(cells))
		}
		out = append(out, word)
	}
	line := " " + strings.Join(out, "  ")
	switch {
	case a.atlas.ground.open || !a.atlas.veiled():
		return line
	case part.Width(line)+part.Width(keptWords)+10 < a.w:
		return spread(a.w, line, "", a.th.Warn.Apply("places "+keptWords+" "))
	}
	return line
}

// zones are where conditions of the suspect's orders say they must not be.
func (d *atlasData) zones() []chart.Zone {
	var out []chart.Zone
	for _, o := range d.orders {
		for _, c := range o.order.Conditions {
			z := chart.Zone{Circle: c.Match.Circle, Corners: c.Match.Polygon, Boroughs: c.Match.Boroughs, Label: string(o.order.Ref) + " c" + itoa(c.No)}
			if !c.Requirement && c.Match.Located() {
				out = append(out, z)
			}
		}
	}
	return out
}

// A way is drawn for a week at most, and through so many places: more is a tangle.
const (
	trackMost   = 8 * 24 * hourMillis
	trackPlaces = 3000
	trackMetres = 120 // between two places of a track
)

// tracks are the ways of the devices of both sides in order of time, where the stretch is short enough for them to be seen.
func (s *atlasScreen) tracks() []chart.Track {
	w := s.closed()
	if w.To-w.From > trackMost {
		return nil
	}
	var out []chart.Track
	for _, side := range []atlas.Side{atlas.Suspect, atlas.Victim} {
		for _, h := range s.data.x.Side(side) {
			if !s.filter.of(h) {
				continue
			}
			out = append(out, s.tracksOf(h, side, w)...)
		}
	}
	return out
}

// tracksOf is the way of a device, in two where between them it may have been near somebody protected.
func (s *atlasScreen) tracksOf(h atlas.Handle, side atlas.Side, w atlas.Window) []chart.Track {
	var out []chart.Track
	t := chart.Track{Side: side, Label: s.data.short(h)}
	end := func() {
		if len(t.Points) > 1 {
			out = append(out, t)
		}
		t.Points = nil
	}
	places := 0
	for _, row := range s.data.x.Device(h, w, atlas.Position, atlas.Read, atlas.Tap) {
		if s.ground.keeps(row) {
			end()
			continue
		}
		r := &s.data.set.Rows[row]
		at := model.Point{Lat: float64(r.Lat) / 1e6, Lon: float64(r.Lon) / 1e6}
		if n := len(t.Points); r.Placed() && (n == 0 || t.Points[n-1].Metres(at) > trackMetres) && places < trackPlaces {
			t.Points, places = append(t.Points, at), places+1
		}
	}
	end()
	for i := range out[:max(len(out)-1, 0)] {
		out[i].Label = "" // written where the last of them ends
	}
	return out
}

// squares are the coarse areas of rows in sight that may be near somebody protected, those with the most rows.
func (s *atlasScreen) squares() []chart.Area {
	g := s.ground
	rows := s.data.within(g.coarse, s.win())
	if len(rows) == 0 {
		return nil
	}
	first, counts := rowIndex(g.coarse, rows[0]), make([]int, len(g.squares))
	for i, row := range rows {
		if r := &s.data.set.Rows[row]; s.filter.keeps(r) || (s.filter.pair && s.filter.of(r.Own)) {
			counts[g.squareOf[first+i]]++
		}
	}
	order := make([]int, 0, len(counts))
	for n := range counts {
		if counts[n] > 0 {
			order = append(order, n)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return counts[b] - counts[a] })
	out := make([]chart.Area, 0, min(len(order), cellsMost))
	for _, n := range order[:min(len(order), cellsMost)] {
		out = append(out, chart.Area{Circle: g.squares[n], Side: atlas.Suspect, Label: "coarse: " + countOf(counts[n], "row", "rows")})
	}
	return out
}

// nearPins are the occasions in sight, where they are few enough to be told apart.
func (s *atlasScreen) nearPins() []chart.Pin {
	const most = 40
	var out []chart.Pin
	for i := range s.all.occasions {
		o := s.seen(&s.all.occasions[i])
		if len(o.Meets) == 0 {
			continue
		}
		p := o.Closest()
		if s.ground.keeps(p.A) {
			continue // it is in one of the coarse areas
		}
		at, metres, ok := s.data.x.Place(p.A, p.AEnd, s.all.rule)
		if !ok {
			continue
		}
		if len(out) == most {
			return nil
		}
		out = append(out, chart.Pin{Point: at, Metres: metres, Label: londonAt(o.From).Format("2 Jan 15:04")})
	}
	return out
}
