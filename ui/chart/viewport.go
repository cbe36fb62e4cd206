package chart

import (
	"math"

	"pou/model"
)

// metresPerDegree is a degree of latitude on the sphere model.Point.Metres measures on.
const metresPerDegree = 6371008.8 * math.Pi / 180

// The nearest and the furthest a map can be looked at from, in metres a column.
const (
	nearest  = 1.0
	furthest = 5000.0
)

// Viewport is where a map is looked at: its middle, and how many metres a column of the terminal is wide. A row is twice as high as a
// column is wide. On paper a column is [PaperColumn] points.
type Viewport struct {
	Centre model.Point
	Metres float64
}

// PaperColumn is how wide a column of the terminal is on paper, in points: a hundred fill an A4 page between its margins.
const PaperColumn = 5.0

// WholeLondon is the view that shows all of London on a map of w by h cells.
func WholeLondon(w, h int) Viewport {
	return Around(w, h, model.Point{Lat: 51.2868, Lon: -0.5104}, model.Point{Lat: 51.6919, Lon: 0.3340})
}

// Around is the view that shows every one of the places on a map of w by h cells, with a little to spare. Of no place it is London.
func Around(w, h int, places ...model.Point) Viewport {
	if len(places) == 0 {
		return WholeLondon(w, h)
	}
	low, high := places[0], places[0]
	for _, p := range places[1:] {
		low = model.Point{Lat: min(low.Lat, p.Lat), Lon: min(low.Lon, p.Lon)}
		high = model.Point{Lat: max(high.Lat, p.Lat), Lon: max(high.Lon, p.Lon)}
	}
	v := Viewport{Centre: model.Point{Lat: (low.Lat + high.Lat) / 2, Lon: (low.Lon + high.Lon) / 2}}
	wide := (high.Lon - low.Lon) * metresPerDegree * squeeze(v.Centre.Lat)
	tall := (high.Lat - low.Lat) * metresPerDegree
	v.Metres = max(wide/float64(max(w-6, 1)), tall/2/float64(max(h-footRows-2, 1)))
	if wide == 0 && tall == 0 {
		v.Metres = 20
	}
	return v.clamp()
}

// Pan moves the view by columns to the east and rows to the south.
func (v Viewport) Pan(cols, rows float64) Viewport {
	v.Centre.Lat -= rows * 2 * v.Metres / metresPerDegree
	v.Centre.Lon += cols * v.Metres / (metresPerDegree * squeeze(v.Centre.Lat))
	return v.clamp()
}

// Zoom looks closer by a factor, 2 shows half as much; below 1 it looks from further away. The middle stays where it is.
func (v Viewport) Zoom(by float64) Viewport {
	if by > 0 {
		v.Metres /= by
	}
	return v.clamp()
}

// ZoomAt looks closer and keeps the place under a cell where it is.
func (v Viewport) ZoomAt(w, h, col, row int, by float64) Viewport {
	under := v.At(w, h, col, row)
	v = v.Zoom(by)
	now := v.At(w, h, col, row)
	v.Centre.Lat += under.Lat - now.Lat
	v.Centre.Lon += under.Lon - now.Lon
	return v.clamp()
}

// At is the place in the middle of a cell of a map of w by h cells.
func (v Viewport) At(w, h, col, row int) model.Point {
	f := v.frame(w, h)
	return f.place(float64(col)+0.5, float64(row)+0.5)
}

// Cell is the cell a place falls in; ok is false when it is not on the map.
func (v Viewport) Cell(w, h int, p model.Point) (col, row int, ok bool) {
	x, y := v.frame(w, h).cell(p)
	col, row = int(math.Floor(x)), int(math.Floor(y))
	return col, row, col >= 0 && col < w && row >= 0 && row < h-footRows
}

// clamp keeps a view near enough to London for a flat map to be true, and at distances that mean something.
func (v Viewport) clamp() Viewport {
	v.Metres = min(max(v.Metres, nearest), furthest)
	v.Centre.Lat = min(max(v.Centre.Lat, -80), 80)
	v.Centre.Lon = min(max(v.Centre.Lon, -180), 180)
	return v
}

func squeeze(lat float64) float64 { return math.Cos(lat * math.Pi / 180) }

// frame turns places into columns and rows, counted from the upper left corner. Flat: at the size of a city the error is far below a
// dot.
type frame struct {
	north, west  float64 // of the upper left corner
	perLat, perX float64 // rows and columns in a degree
}

// frame is that of a map of w by h cells, of which the lowest rows are its foot.
func (v Viewport) frame(w, h int) frame { return v.framed(float64(w), float64(h-footRows), 1, 2) }

// framed is a frame of a size in units of which a column has so many and a row twice as many metres as a column times ratio/2.
func (v Viewport) framed(w, h, column, ratio float64) frame {
	f := frame{
		perLat: -metresPerDegree / (v.Metres / column * ratio),
		perX:   metresPerDegree * squeeze(v.Centre.Lat) / (v.Metres / column),
	}
	f.north = v.Centre.Lat - h/2/f.perLat
	f.west = v.Centre.Lon - w/2/f.perX
	return f
}

func (f frame) cell(p model.Point) (x, y float64) {
	return (p.Lon - f.west) * f.perX, (p.Lat - f.north) * f.perLat
}

func (f frame) place(x, y float64) model.Point {
	return model.Point{Lat: f.north + y/f.perLat, Lon: f.west + x/f.perX}
}
