package london

import (
	_ "embed" // the outlines and stations are part of the program
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"pou/model"
)

var (
	//go:embed boroughs.bin
	boroughFile []byte
	//go:embed stations.tsv
	stationFile string
)

// The areas are numbered: the boroughs in the order of their names, then the river; what lies outside London has no number.
const (
	boroughCount = 33
	riverArea    = boroughCount
	outside      = -1
)

var errFile = errors.New("the embedded outlines cannot be read")

// spot is a place in millionths of a degree.
type spot struct{ lat, lon int32 }

func (s spot) point() model.Point {
	return model.Point{Lat: float64(s.lat) / 1e6, Lon: float64(s.lon) / 1e6}
}

// arc is a line with an area on each side.
type arc struct {
	spots       []spot
	left, right int
}

// geography is everything, worked out once.
type geography struct {
	names    []string // of the areas
	arcs     []arc
	rings    [][][]spot // of each area, closed
	bands    bands
	areas    []Area
	borders  []Border
	stations []Station
	keys     map[string][]int32 // stations by their compared names
}

//nolint:gochecknoglobals // immutable after first use
var theGeography = sync.OnceValue(func() *geography {
	g, err := load(boroughFile, stationFile)
	if err != nil {
		return &geography{} // cannot be: the tests read the same bytes
	}
	return g
})

func load(boroughs []byte, stations string) (*geography, error) {
	g := &geography{}
	r := reader{rest: boroughs}
	r.magic("LDN1")
	for range boroughCount {
		g.names = append(g.names, r.text())
	}
	g.names = append(g.names, riverName)
	at := spot{51_500_000, 0}
	for range r.count() {
		a := arc{left: r.count() - 1, right: r.count() - 1}
		for range r.count() {
			at = spot{at.lat + r.step(), at.lon + r.step()}
			a.spots = append(a.spots, at)
		}
		if a.left > riverArea || a.right > riverArea || len(a.spots) < 2 {
			r.bad = true
		}
		if r.bad {
			return nil, errFile
		}
		g.arcs = append(g.arcs, a)
	}
	for range len(g.names) {
		var rings [][]spot
		for range r.count() {
			rings = append(rings, g.ring(&r))
		}
		g.rings = append(g.rings, rings)
	}
	if r.bad || len(r.rest) > 0 {
		return nil, errFile
	}
	g.bands = newBands(g.arcs)
	for i := range g.rings {
		g.areas = append(g.areas, g.area(i))
	}
	g.borders = g.drawn()
	return g, g.readStations(stations)
}

// ring strings arcs together, the area on the left, and ends where it began.
func (g *geography) ring(r *reader) []spot {
	var out []spot
	for range r.count() {
		ref := r.count()
		if ref/2 >= len(g.arcs) {
			r.bad = true
			return nil
		}
		spots := g.arcs[ref/2].spots
		for i := range spots {
			p := spots[i]
			if ref%2 == 1 {
				p = spots[len(spots)-1-i]
			}
			if i > 0 || len(out) == 0 {
				out = append(out, p)
			}
		}
	}
	return out
}

func (g *geography) readStations(file string) error {
	g.keys = map[string][]int32{}
	for line := range strings.Lines(file) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 {
			return fmt.Errorf("%w: station %q", errFile, line)
		}
		lat, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			return fmt.Errorf("%w: station %q", errFile, line)
		}
		lon, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			return fmt.Errorf("%w: station %q", errFile, line)
		}
		s := Station{Name: f[0], Point: model.Point{Lat: lat, Lon: lon}}
		if f[1] != "" {
			s.Networks = strings.Split(f[1], ";")
		}
		s.Borough, _ = g.borough(s.Point)
		for _, key := range keysOf(s.Name, s.Networks) {
			g.keys[key] = append(g.keys[key], int32(len(g.stations))) //nolint:gosec // hundreds
		}
		g.stations = append(g.stations, s)
	}
	return nil
}

// reader takes whole numbers and texts off a file; after the first bad one everything is nothing.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) magic(want string) {
	if !strings.HasPrefix(string(r.rest[:min(len(want), len(r.rest))]), want) {
		r.bad = true
		return
	}
	r.rest = r.rest[len(want):]
}

// count is a number no file of this size can exceed.
func (r *reader) count() int {
	v, n := binary.Uvarint(r.rest)
	if r.bad || n <= 0 || v > uint64(len(boroughFile)) {
		r.bad = true
		return 0
	}
	r.rest = r.rest[n:]
	return int(v) //nolint:gosec // checked just above
}

func (r *reader) step() int32 {
	v, n := binary.Varint(r.rest)
	if r.bad || n <= 0 || v != int64(int32(v)) { //nolint:gosec // that it fits is what is asked
		r.bad = true
		return 0
	}
	r.rest = r.rest[n:]
	return int32(v) //nolint:gosec // checked just above
}

func (r *reader) text() string {
	n := r.count()
	if n > len(r.rest) {
		r.bad = true
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}
