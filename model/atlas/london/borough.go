package london

import (
	"math"
	"slices"

	"pou/model"
)

// Attribution names whose data the geography is made from, as the licences ask of whatever shows it: Open Government Licence v3.0 for
// the boroughs, Open Database Licence for the stations.
func Attribution() string {
	return "Contains OS and National Statistics data © Crown copyright (OGL v3.0) · © OpenStreetMap contributors (ODbL)"
}

// riverName is the Thames, as an area.
const riverName = "River Thames"

// Area is a borough, the City or the Thames, with its outline.
type Area struct {
	Name      string          // as model.Units spells it
	Rings     [][]model.Point // each closed, the area on its left; almost always one
	Low, High model.Point     // the corners of the box around it
}

// Boroughs lists the 32 boroughs and the City of London with their outlines, by name. The list is shared and is not to be changed.
func Boroughs() []Area {
	g := theGeography()
	return g.areas[:min(boroughCount, len(g.areas))]
}

// Thames is the tidal river between its banks, from Teddington to the edge of London. Upstream of there the river is part of the
// boroughs it divides.
func Thames() Area {
	g := theGeography()
	if len(g.areas) <= riverArea {
		return Area{Name: riverName}
	}
	return g.areas[riverArea]
}

func (g *geography) area(i int) Area {
	a := Area{Name: g.names[i], Low: model.Point{Lat: 90, Lon: 180}, High: model.Point{Lat: -90, Lon: -180}}
	for _, ring := range g.rings[i] {
		points := make([]model.Point, len(ring))
		for k, s := range ring {
			p := s.point()
			points[k] = p
			a.Low.Lat, a.Low.Lon = min(a.Low.Lat, p.Lat), min(a.Low.Lon, p.Lon)
			a.High.Lat, a.High.Lon = max(a.High.Lat, p.Lat), max(a.High.Lon, p.Lon)
		}
		a.Rings = append(a.Rings, points)
	}
	return a
}

// Border is a line with an area on each side, each line once however many areas it divides: what a map draws.
type Border struct {
	Points      []model.Point
	Left, Right string // "" is outside London
	Bank        bool   // of the Thames
}

// Borders lists every line once. The list is shared and is not to be changed.
func Borders() []Border { return theGeography().borders }

func (g *geography) drawn() []Border {
	name := func(i int) string {
		if i == outside {
			return ""
		}
		return g.names[i]
	}
	out := make([]Border, 0, len(g.arcs))
	for _, a := range g.arcs {
		b := Border{Points: make([]model.Point, len(a.spots)), Left: name(a.left), Right: name(a.right), Bank: a.left == riverArea || a.right == riverArea}
		for i, s := range a.spots {
			b.Points[i] = s.point()
		}
		out = append(out, b)
	}
	return out
}

// Borough finds the borough a place lies in. A place on the Thames counts with the nearer bank, since the boroughs meet in the middle
// of the river; a place outside London is in none.
func Borough(p model.Point) (name string, ok bool) { return theGeography().borough(p) }

// Land finds the borough a place lies in on dry land: on the Thames there is none.
func Land(p model.Point) (name string, ok bool) {
	s, ok := spotOf(p)
	if !ok {
		return "", false
	}
	g := theGeography()
	if i := g.bands.at(s); i != outside && i != riverArea {
		return g.names[i], true
	}
	return "", false
}

// OnThames reports whether a place lies on the tidal river, between its banks.
func OnThames(p model.Point) bool {
	s, ok := spotOf(p)
	return ok && theGeography().bands.at(s) == riverArea
}

// Unit is the unit that polices a borough; none polices the City of London, which has its own police.
func Unit(borough string) (model.Unit, bool) {
	names, err := model.ParseBoroughs(borough)
	if err != nil || len(names) != 1 {
		return "", false
	}
	return model.UnitFor(names[0])
}

// UnitAt is the unit that polices a place.
func UnitAt(p model.Point) (model.Unit, bool) {
	name, ok := Borough(p)
	if !ok {
		return "", false
	}
	return Unit(name)
}

func (g *geography) borough(p model.Point) (string, bool) {
	s, ok := spotOf(p)
	if !ok {
		return "", false
	}
	switch i := g.bands.at(s); i {
	case outside:
		return "", false
	case riverArea:
		return g.bank(p, s)
	default:
		return g.names[i], true
	}
}

// spotOf rounds a place; what is no place on earth is none.
func spotOf(p model.Point) (spot, bool) {
	if !(math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180) {
		return spot{}, false
	}
	return spot{int32(math.Round(p.Lat * 1e6)), int32(math.Round(p.Lon * 1e6))}, true
}

// bank is the borough whose bank is nearest: the bands are searched outwards until they are further away than what was found.
func (g *geography) bank(p model.Point, s spot) (string, bool) {
	best, at := math.Inf(1), outside
	middle := int(s.lat-g.bands.low) / bandHeight
	for out := range g.bands.pieces {
		if gap := float64(out-1) * bandHeight / 1e6; gap > 0 && gap*gap > best {
			break
		}
		for _, k := range [2]int{middle - out, middle + out} {
			if k < 0 || k >= len(g.bands.pieces) {
				continue
			}
			for i := range g.bands.pieces[k] {
				q := &g.bands.pieces[k][i]
				land := q.land()
				if land == outside {
					continue
				}
				if d := away(p, q.south.point(), q.north.point()); d < best {
					best, at = d, land
				}
			}
		}
	}
	if at == outside {
		return "", false
	}
	return g.names[at], true
}

// land is the borough a piece of the river's bank belongs to; outside for any other piece.
func (p *piece) land() int {
	switch {
	case p.east == riverArea:
		return p.westward
	case p.westward == riverArea:
		return p.east
	}
	return outside
}

// away is how far a place lies from a line, squared, in degrees of latitude: only to be compared.
func away(p, a, b model.Point) float64 {
	const squeeze = 0.6225 // the cosine of 51.5°
	x, y := (p.Lon-a.Lon)*squeeze, p.Lat-a.Lat
	dx, dy := (b.Lon-a.Lon)*squeeze, b.Lat-a.Lat
	t := 0.0
	if long := dx*dx + dy*dy; long > 0 {
		t = min(max((x*dx+y*dy)/long, 0), 1)
	}
	x, y = x-t*dx, y-t*dy
	return x*x + y*y
}

// bands find the area of a place. The country is cut into bands of latitude; in each are the pieces of line that run through it.
// Going west from a place, the first line met has the place on one of its sides. Whole numbers throughout: every place is in exactly
// one area, on the very border too.
type bands struct {
	low, high int32
	pieces    [][]piece
}

// piece is a piece of line from south to north, with the areas at either side of it.
type piece struct {
	south, north   spot
	east, westward int
}

// bandHeight is in millionths of a degree, about 90 m.
const bandHeight = 800

func newBands(arcs []arc) bands {
	b := bands{low: math.MaxInt32, high: math.MinInt32}
	for _, a := range arcs {
		for _, s := range a.spots {
			b.low, b.high = min(b.low, s.lat), max(b.high, s.lat)
		}
	}
	if b.low > b.high {
		return bands{}
	}
	b.pieces = make([][]piece, (b.high-b.low)/bandHeight+1)
	for _, a := range arcs {
		for i := 1; i < len(a.spots); i++ {
			p := piece{a.spots[i-1], a.spots[i], a.right, a.left}
			switch {
			case p.south.lat == p.north.lat:
				continue // runs east and west: a line to the west never crosses it
			case p.south.lat > p.north.lat:
				p = piece{p.north, p.south, a.left, a.right}
			}
			for k := (p.south.lat - b.low) / bandHeight; k <= (p.north.lat-b.low)/bandHeight; k++ {
				b.pieces[k] = append(b.pieces[k], p)
			}
		}
	}
	for _, ps := range b.pieces {
		slices.SortStableFunc(ps, func(p, q piece) int { return int(q.eastmost() - p.eastmost()) })
	}
	return b
}

func (b *bands) at(s spot) int {
	if s.lat < b.low || s.lat > b.high || len(b.pieces) == 0 {
		return outside
	}
	best, area := math.Inf(-1), outside
	for _, p := range b.pieces[(s.lat-b.low)/bandHeight] {
		if float64(p.eastmost()) < best {
			break // and every later one lies further west still
		}
		if s.lat < p.south.lat || s.lat >= p.north.lat || min(p.south.lon, p.north.lon) > s.lon || !p.west(s) {
			continue
		}
		// Two lines that meet on this latitude are told apart by where they run just north of it.
		rise := float64(p.north.lat - p.south.lat)
		x := float64(p.south.lon) + float64(p.north.lon-p.south.lon)*(float64(s.lat-p.south.lat)+1e-3)/rise
		if x > best {
			best, area = x, p.east
		}
	}
	return area
}

func (p *piece) eastmost() int32 { return max(p.south.lon, p.north.lon) }

// west reports whether the piece lies west of a place or on it.
func (p *piece) west(s spot) bool {
	return int64(s.lon-p.south.lon)*int64(p.north.lat-p.south.lat) >= int64(p.north.lon-p.south.lon)*int64(s.lat-p.south.lat)
}
