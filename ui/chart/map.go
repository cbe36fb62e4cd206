package chart

import (
	"pou/model"
	"pou/model/atlas"
)

// Spot is one position of a device, WGS 84 in millionths of a degree as in [atlas.Row]. A row placed by a cell is no position: it counts
// in the [Area] of its cell.
type Spot struct {
	Lat, Lon int32
	Side     atlas.Side
}

// Area is what a cell serves, a whole circle or the sector Width degrees wide about Azimuth: whoever used it may have been anywhere in
// there.
type Area struct {
	Circle         model.Circle
	Azimuth, Width float64
	Side           atlas.Side
	Label          string // such as "cell 4711, 12 rows"
}

// Zone is where a condition of an order says somebody must not be: a circle, corners, whole boroughs, or several of these.
type Zone struct {
	Circle   model.Circle
	Corners  []model.Point
	Boroughs []string
	Label    string
}

// Track is a way from place to place in order of time. Between two of its places nothing is known.
type Track struct {
	Points []model.Point
	Side   atlas.Side
	Label  string // written where it ends
}

// Pin is one place that is spoken of: a meet, a station, an address. Metres is how far from there it may have been.
type Pin struct {
	Point    model.Point
	Metres   float64
	Side     atlas.Side
	Label    string
	Selected bool
}

// Map is a map of London with what is laid over it. Lists may be shared: nothing is changed.
type Map struct {
	View     Viewport
	Spots    []Spot
	Areas    []Area
	Zones    []Zone
	Tracks   []Track
	Pins     []Pin
	Stations bool // the names of stations, where there is room for them

	NoBoroughs bool // neither their borders nor their names
}

// footRows are the rows below a map: its legend and scale, and whose geography it is.
const footRows = 2

// many is from how many rows in one square its sign is the large one.
const many = 10

// stationMetres is from how near stations are shown, in metres a column.
const stationMetres = 90

// sides is how many sides there are to be told apart.
const sides = int(atlas.Third) + 1

// bins count the spots in each cell, by side.
type bins struct {
	w, h   int
	counts []uint32 // cell by cell, the sides together
	seen   [sides]uint32
	all    [sides]uint32
	shared int // cells with rows of the suspect and of the victim-survivor
}

// binned counts spots into cells, in one pass and without regard to how they will be drawn.
func binned(spots []Spot, f frame, w, h int) *bins {
	b := &bins{w: w, h: h}
	if w <= 0 || h <= 0 {
		return b
	}
	b.counts = make([]uint32, w*h*sides)
	perX, perY := f.perX*1e-6, f.perLat*1e-6
	offX, offY := -f.west*f.perX, -f.north*f.perLat
	right, bottom := float64(w), float64(h)
	for i := range spots {
		s := &spots[i]
		side := min(int(s.Side), sides-1)
		b.all[side]++
		x, y := float64(s.Lon)*perX+offX, float64(s.Lat)*perY+offY
		if x >= 0 && y >= 0 && x < right && y < bottom {
			b.counts[(int(y)*w+int(x))*sides+side]++
		}
	}
	for i := 0; i < len(b.counts); i += sides {
		c := b.counts[i : i+sides]
		for s, n := range c {
			b.seen[s] += n
		}
		if c[atlas.Suspect] > 0 && c[atlas.Victim] > 0 {
			b.shared++
		}
	}
	return b
}

// at is what lies in a cell: the side with most rows there, how many rows in all, and whether suspect and victim-survivor both have some.
func (b *bins) at(cell int) (side atlas.Side, total uint32, both bool) {
	c := b.counts[cell*sides : cell*sides+sides]
	most := uint32(0)
	for s, n := range c {
		total += n
		if n > 0 && n >= most {
			most, side = n, atlas.Side(s) //nolint:gosec // four sides
		}
	}
	return side, total, c[atlas.Suspect] > 0 && c[atlas.Victim] > 0
}
