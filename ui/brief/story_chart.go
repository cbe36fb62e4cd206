package brief

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/ui/chart"
)

// storyWide is how wide charts are, in points: the page between its margins.
const storyWide = 504.0

// times are the moments of rows that have one, ascending.
func (m *storyMaker) times(rows atlas.Rows) []int64 {
	var out []int64
	for _, row := range rows {
		if r := &m.Set.Rows[row]; !r.Has(atlas.NoTime) {
			out = append(out, r.At)
		}
	}
	return out
}

// markers are the moments of the case.
func (m *storyMaker) markers() []chart.Marker {
	var out []chart.Marker
	for _, x := range m.Case.Moments {
		out = append(out, chart.Marker{At: x.At.UnixMilli(), Label: "M" + strconv.Itoa(x.No) + " " + x.Label()})
	}
	return out
}

// weeklyFrom is from how many days on columns are of weeks.
const weeklyFrom = 150

func (s *storyFind) columns(rows atlas.Rows, what string) {
	times := s.times(rows)
	if len(times) == 0 {
		return
	}
	long := time.Duration(times[len(times)-1]-times[0]) * time.Millisecond
	c := chart.NewColumns(times, what, long > weeklyFrom*24*time.Hour, nil)
	c.Markers = s.markers()
	s.draw(c.Scene(storyWide, 150))
}

// timeline draws the lanes of the suspect's devices, or of those the finding is of, with a stretch shaded.
func (s *storyFind) timeline(from, to int64) {
	of := s.handles()
	t := chart.Timeline{From: s.window.From, To: s.window.To, Markers: s.markers(), BrushFrom: from, BrushTo: to}
	span := s.Index.Span()
	if t.From == 0 {
		t.From = span.From
	}
	if t.To == 0 {
		t.To = span.To
	}
	for _, l := range s.Index.Lanes(s.window, 1) {
		side := s.side(l.Own)
		if len(of) > 0 && !slices.Contains(of, l.Own) || len(of) == 0 && side != atlas.Suspect {
			continue
		}
		t.Lanes = append(t.Lanes, chart.Lane{Device: s.Set.Name(l.Own), Channel: l.Kind.String() + "s", Side: side, Times: s.times(l.Rows)})
	}
	s.draw(t.Scene(storyWide, 70+34*float64(max(1, len(t.Lanes)))))
}

// ground is the suspect's rows with a place, as a map has them: positions as points, cells as the areas they serve.
type ground struct {
	m                       chart.Map
	points                  []model.Point
	positions, cells, place int
	list                    [][]string // areas made coarse, with how many occasions
}

const (
	mapHigh    = 330.0
	mapColumns = 100 // the same ground on a terminal: a column is five points, a row ten
	mapRow     = 2 * chart.PaperColumn
	nearHigh   = 280.0
	mapLabels  = 8 // how many cells are named
)

// lay puts rows of the suspect's devices on a map; rows of anybody protected are never put on it.
func (m *storyMaker) lay(rows atlas.Rows) *ground {
	g := &ground{m: chart.Map{Stations: true}}
	inCell := map[uint32]int{}
	for _, row := range rows {
		r := &m.Set.Rows[row]
		switch {
		case m.veil.Keeps(row):
		case !r.Placed():
			g.place++
		case r.Site != 0 && int(r.Site) < len(m.Set.Sites) && m.Set.Sites[r.Site].Kind == atlas.CellSite:
			g.cells++
			inCell[r.Site]++
		default:
			g.positions++
			g.m.Spots = append(g.m.Spots, chart.Spot{Lat: r.Lat, Lon: r.Lon, Side: atlas.Suspect})
			g.points = append(g.points, r.Point())
		}
	}
	g.areas(m.Set, inCell)
	return g
}

func (g *ground) areas(set *atlas.Set, inCell map[uint32]int) {
	sites := make([]uint32, 0, len(inCell))
	for site := range inCell {
		sites = append(sites, site)
	}
	slices.SortFunc(sites, func(a, b uint32) int {
		if inCell[a] != inCell[b] {
			return inCell[b] - inCell[a]
		}
		return int(a) - int(b)
	})
	for i, site := range sites {
		c := &set.Sites[site]
		at := c.Point()
		a := chart.Area{Circle: model.Circle{Centre: at, Metres: float64(c.Metres)}, Azimuth: float64(c.Azimuth), Width: float64(c.Width), Side: atlas.Suspect}
		if i < mapLabels {
			a.Label = fmt.Sprintf("%s, %s", siteName(c), counted(inCell[site], "row", "rows", ""))
		}
		g.m.Areas = append(g.m.Areas, a)
		g.points = append(g.points, around(at, float64(c.Metres))...)
	}
}

// layCoarse puts occasions on a map: the areas the suspect's rows of them are in, made coarse, and how many there are in each.
func (m *storyMaker) layCoarse(occasions []atlas.Occasion) *ground {
	type square struct{ lat, lon float64 }
	g := &ground{}
	count, reach, words := map[square]int{}, map[square]float64{}, map[square]string{}
	var order []square
	for i := range occasions {
		r := &m.Set.Rows[occasions[i].Closest().A]
		lat, lon, metres := atlas.Coarse(r)
		k := square{lat, lon}
		if count[k] == 0 {
			order = append(order, k)
		}
		count[k]++
		if metres > reach[k] {
			reach[k], words[k] = metres, atlas.SayCoarse(r)
		}
	}
	for _, k := range order {
		at := model.Point{Lat: k.lat, Lon: k.lon}
		g.m.Areas = append(g.m.Areas, chart.Area{
			Circle: model.Circle{Centre: at, Metres: reach[k]}, Side: atlas.Suspect, Label: counted(count[k], "occasion", "occasions", ""),
		})
		g.points = append(g.points, around(at, reach[k])...)
		g.list = append(g.list, []string{words[k], strconv.Itoa(count[k])})
	}
	return g
}

func siteName(s *atlas.Site) string {
	if s.Name != "" {
		return s.Name
	}
	return s.ID
}

// around are the corners of a square about a place, so that an area is whole on the map.
func around(p model.Point, metres float64) []model.Point {
	const perLat, perLon = 111_195.0, 69_000.0 // metres in a degree, of longitude in London
	return []model.Point{{Lat: p.Lat - metres/perLat, Lon: p.Lon - metres/perLon}, {Lat: p.Lat + metres/perLat, Lon: p.Lon + metres/perLon}}
}

// scene is the map, near enough to show what is on it and no nearer.
func (g *ground) scene(high float64) chart.Scene {
	const least = 60.0 // metres a column: a nearer map would look more exact than the data is
	g.m.View = chart.Around(mapColumns, int(high/mapRow), g.points...)
	g.m.View.Metres = max(g.m.View.Metres, least)
	return g.m.Scene(storyWide, high)
}

// placed are the rows of the suspect's devices in the window.
func (s *storyFind) placed() atlas.Rows {
	var out atlas.Rows
	for _, h := range s.suspects() {
		out = append(out, s.Index.Device(h, s.window)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (s *storyFind) where() {
	rows := s.placed()
	g := s.lay(rows)
	s.say(atlas.SayPlaced(g.positions, g.cells, g.place))
	s.say(atlas.SayKept())
	s.draw(g.scene(mapHigh))
	with := slices.DeleteFunc(slices.Clone(rows), func(row uint32) bool { return !s.Set.Rows[row].Placed() })
	s.rowsOf(with, "rows with a place")
}

// places are where the suspect's devices gather at night and in working hours. The victim-survivor's are never on paper.
func (s *storyFind) places() {
	fixes, left := s.Index.Fixes(s.window, atlas.Usual().Slack, s.suspects()...)
	fixes = s.veil.Open(fixes)
	g := &ground{m: chart.Map{Stations: true}}
	var rows atlas.Rows
	for _, part := range []atlas.Part{atlas.Nights, atlas.Workdays} {
		all := s.Index.Areas(fixes, part)
		sec := storySection{Head: "Positions " + part.String()}
		for i := range all.Areas[:min(3, len(all.Areas))] {
			a := &all.Areas[i]
			sec.Notes = append(sec.Notes, atlas.SayArea(&all, a)+s.through(a)+".")
			g.m.Pins = append(g.m.Pins, chart.Pin{Point: a.Point(), Metres: a.Metres, Side: atlas.Suspect, Label: fmt.Sprintf("%s %d of %d", partWord(part), a.Days, all.Days)})
			g.points = append(g.points, around(a.Point(), a.Metres)...)
			rows = append(rows, a.Rows[:min(len(a.Rows), storyRows/2)]...)
		}
		if len(sec.Notes) == 0 {
			sec.Notes = []string{"No position in those hours."}
		}
		s.section(sec)
	}
	s.say(atlas.SayPlaces())
	s.say(atlas.SayLeftOut(left))
	s.say(atlas.SayKept())
	if len(g.points) > 0 {
		s.draw(g.scene(mapHigh))
	}
	slices.Sort(rows)
	s.rowsOf(slices.Compact(rows), "rows behind them")
}

func partWord(p atlas.Part) string {
	if p == atlas.Nights {
		return "nights"
	}
	return "working days"
}

// through says which cells and stations an area is known through.
func (s *storyFind) through(a *atlas.Area) string {
	out := ""
	for i, site := range a.Sites[:min(3, len(a.Sites))] {
		out += map[bool]string{true: "; through ", false: ", "}[i == 0] + siteName(&s.Set.Sites[site])
	}
	return out
}
