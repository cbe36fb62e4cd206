//go:build ignore

// This program makes boroughs.bin and stations.tsv from a directory that holds london_boroughs_wgs84.geojson and
// stations_wgs84.csv: `go run generate.go DIRECTORY`. NOTICE says where those come from.
package main

import (
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"pou/model"
)

// tolerance is how far a simplified line may lie from the source, in metres: less than the source's own error.
const tolerance = 3.0

// outside and river are what a border can have on a side besides a borough.
const (
	outside = -1
	river   = 33
)

// The banks of the Thames end where Greater London does: in the north at Wennington Marshes, in the south at Crayford Ness.
var (
	mouthNorth = pt{51_490_739, 211_378}
	mouthSouth = pt{51_480_527, 217_572}
)

// pt is a place in millionths of a degree.
type pt struct{ lat, lon int32 }

type edge struct{ a, b pt }

type arc struct {
	points      []pt
	left, right int
}

type maker struct {
	names []string
	rings [][][]pt // of each borough; open, anticlockwise
	owner map[edge]int
	river map[edge]bool // directed, with the borough on the left
	arcs  []arc
	index map[string]int // of an arc by its ends and sides
	refs  [][][]int      // of each area and ring: arc*2, +1 when backwards
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return errors.New("the directory of the source files is the one argument")
	}
	if err := stations(filepath.Join(os.Args[1], "stations_wgs84.csv")); err != nil {
		return err
	}
	m := &maker{owner: map[edge]int{}, river: map[edge]bool{}, index: map[string]int{}}
	for _, step := range []func() error{
		func() error { return m.read(filepath.Join(os.Args[1], "london_boroughs_wgs84.geojson")) },
		m.banks, m.cut, m.simplify, m.write,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) read(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var source struct {
		Features []struct {
			Properties struct{ NAME string }
			Geometry   struct {
				Type        string
				Coordinates [][][][2]float64
			}
		}
	}
	if err := json.Unmarshal(raw, &source); err != nil {
		return err
	}
	type named struct {
		name  string
		rings [][]pt
	}
	var all []named
	for _, f := range source.Features {
		names, err := model.ParseBoroughs(f.Properties.NAME)
		if err != nil {
			return err
		}
		n := named{name: names[0]}
		for _, polygon := range f.Geometry.Coordinates {
			if len(polygon) != 1 {
				return fmt.Errorf("%s has a hole", n.name)
			}
			n.rings = append(n.rings, ring(polygon[0]))
		}
		all = append(all, n)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].name < all[j].name })
	for i, n := range all {
		m.names, m.rings = append(m.names, n.name), append(m.rings, n.rings)
		for _, r := range n.rings {
			for k := range r {
				m.owner[edge{r[k], r[(k+1)%len(r)]}] = i
			}
		}
	}
	if len(m.names) != river {
		return fmt.Errorf("%d boroughs, want %d", len(m.names), river)
	}
	return nil
}

// ring is a source ring without its last point, turned so that the borough lies left of it.
func ring(source [][2]float64) []pt {
	out := make([]pt, 0, len(source))
	for _, c := range source[:len(source)-1] {
		p := pt{int32(math.Round(c[1] * 1e6)), int32(math.Round(c[0] * 1e6))}
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	twice := int64(0)
	for i, p := range out {
		q := out[(i+1)%len(out)]
		twice += int64(p.lon)*int64(q.lat) - int64(q.lon)*int64(p.lat)
	}
	if twice < 0 {
		slices.Reverse(out)
	}
	return out
}

// banks finds the edges that lie on the Thames: of the one line round everything, the part between the two mouths that runs inland.
func (m *maker) banks() error {
	next := map[pt]pt{}
	for e := range m.owner {
		if _, shared := m.owner[edge{e.b, e.a}]; shared {
			continue
		}
		if _, twice := next[e.a]; twice {
			return fmt.Errorf("the line round London meets itself at %v", e.a)
		}
		next[e.a] = e.b
	}
	// With London on its left the line runs up the river along the south bank and down along the north bank.
	at, steps := mouthSouth, 0
	for at != mouthNorth {
		to, ok := next[at]
		if !ok || steps > len(next) {
			return fmt.Errorf("the banks do not lead from %v to %v", mouthSouth, mouthNorth)
		}
		m.river[edge{at, to}] = true
		at, steps = to, steps+1
	}
	fmt.Printf("line round London %d points, on the river %d\n", len(next), steps)
	return nil
}

func (m *maker) right(e edge) int {
	if o, ok := m.owner[edge{e.b, e.a}]; ok {
		return o
	}
	if m.river[e] {
		return river
	}
	return outside
}

// cut breaks every ring where what lies on its other side changes; each piece is one line for both sides.
func (m *maker) cut() error {
	m.refs = make([][][]int, river+1)
	for i, rings := range m.rings {
		for _, r := range rings {
			refs, err := m.cutRing(i, r)
			if err != nil {
				return err
			}
			m.refs[i] = append(m.refs[i], refs)
		}
	}
	return m.thames()
}

func (m *maker) cutRing(owner int, r []pt) ([]int, error) {
	n := len(r)
	side := func(k int) int { return m.right(edge{r[k%n], r[(k+1)%n]}) }
	start := -1
	for k := range n {
		if side(k) != side(k+n-1) {
			start = k
			break
		}
	}
	if start < 0 {
		return nil, fmt.Errorf("%s has one neighbour only", m.names[owner])
	}
	var refs []int
	for k := start; k < start+n; {
		right := side(k)
		points := []pt{r[k%n]}
		for ; k < start+n && side(k) == right; k++ {
			points = append(points, r[(k+1)%n])
		}
		refs = append(refs, m.add(arc{points: points, left: owner, right: right}))
	}
	return refs, nil
}

// add keeps an arc, or finds the same one made from the other side.
func (m *maker) add(a arc) int {
	key := func(from, to, second pt, left, right int) string {
		return fmt.Sprint(from, to, second, left, right)
	}
	last := len(a.points) - 1
	if a.right >= 0 && a.right < river {
		if i, ok := m.index[key(a.points[last], a.points[0], a.points[last-1], a.right, a.left)]; ok {
			return i*2 + 1
		}
	}
	m.index[key(a.points[0], a.points[last], a.points[1], a.left, a.right)] = len(m.arcs)
	m.arcs = append(m.arcs, a)
	return len(m.arcs)*2 - 2
}

// thames strings the banks together and closes them with a straight line across the mouth.
func (m *maker) thames() error {
	from := map[pt]int{}
	for i, a := range m.arcs {
		if a.right == river {
			from[a.points[0]] = i
		}
	}
	var refs []int
	for at := mouthSouth; at != mouthNorth; {
		i, ok := from[at]
		if !ok {
			return fmt.Errorf("the bank breaks off at %v", at)
		}
		refs = append(refs, i*2+1)
		at = m.arcs[i].points[len(m.arcs[i].points)-1]
	}
	slices.Reverse(refs) // the river lies right of its banks
	m.arcs = append(m.arcs, arc{points: []pt{mouthSouth, mouthNorth}, left: river, right: outside})
	refs = append(refs, len(m.arcs)*2-2)
	m.refs[river] = [][]int{refs}
	return nil
}

// simplify thins the arcs. One that then crosses another is thinned less, until none does.
func (m *maker) simplify() error {
	source := slices.Clone(m.arcs)
	within := make([]float64, len(m.arcs))
	before := 0
	for i := range within {
		within[i] = tolerance
		before += len(source[i].points)
	}
	for range 20 {
		after := 0
		for i, a := range source {
			m.arcs[i].points = thin(a.points, within[i])
			after += len(m.arcs[i].points)
		}
		bad := m.crossing()
		fmt.Printf("%d arcs, %d points of %d, %d cross\n", len(m.arcs), after, before, len(bad))
		if len(bad) == 0 {
			return nil
		}
		for i := range bad {
			within[i] /= 2
		}
	}
	return errors.New("lines cross however little they are thinned")
}

// thin is the method of Douglas and Peucker.
func thin(points []pt, within float64) []pt {
	keep := make([]bool, len(points))
	keep[0], keep[len(points)-1] = true, true
	var split func(a, b int)
	split = func(a, b int) {
		far, at := within, -1
		for i := a + 1; i < b; i++ {
			if d := off(points[i], points[a], points[b]); d > far {
				far, at = d, i
			}
		}
		if at > 0 {
			keep[at] = true
			split(a, at)
			split(at, b)
		}
	}
	split(0, len(points)-1)
	var out []pt
	for i, k := range keep {
		if k {
			out = append(out, points[i])
		}
	}
	return out
}

// off is how far p lies from the line a to b, in metres.
func off(p, a, b pt) float64 {
	const perLat = 0.111195
	perLon := perLat * math.Cos(float64(a.lat)*1e-6*math.Pi/180)
	x, y := float64(p.lon-a.lon)*perLon, float64(p.lat-a.lat)*perLat
	dx, dy := float64(b.lon-a.lon)*perLon, float64(b.lat-a.lat)*perLat
	t := 0.0
	if long := dx*dx + dy*dy; long > 0 {
		t = min(max((x*dx+y*dy)/long, 0), 1)
	}
	return math.Hypot(x-t*dx, y-t*dy)
}

// crossing lists the arcs of which a piece crosses another piece. Pieces that share an end may only touch there.
func (m *maker) crossing() map[int]bool {
	type piece struct {
		a, b pt
		arc  int
	}
	const square = 2000
	grid := map[pt][]piece{}
	bad := map[int]bool{}
	for i, a := range m.arcs {
		for k := 1; k < len(a.points); k++ {
			p := piece{a.points[k-1], a.points[k], i}
			for y := min(p.a.lat, p.b.lat) / square; y <= max(p.a.lat, p.b.lat)/square; y++ {
				for x := min(p.a.lon, p.b.lon)/square - 1; x <= max(p.a.lon, p.b.lon)/square; x++ {
					for _, q := range grid[pt{y, x}] {
						if cross(p.a, p.b, q.a, q.b) {
							bad[i], bad[q.arc] = true, true
						}
					}
					grid[pt{y, x}] = append(grid[pt{y, x}], p)
				}
			}
		}
	}
	return bad
}

func cross(a, b, c, d pt) bool {
	if a == c && b == d || a == d && b == c {
		return true // a sliver thinned away
	}
	if a == c || a == d || b == c || b == d {
		return false
	}
	return turn(a, b, c)*turn(a, b, d) <= 0 && turn(c, d, a)*turn(c, d, b) <= 0
}

func turn(a, b, c pt) int64 {
	t := int64(b.lon-a.lon)*int64(c.lat-a.lat) - int64(b.lat-a.lat)*int64(c.lon-a.lon)
	switch {
	case t > 0:
		return 1
	case t < 0:
		return -1
	}
	return 0
}

// write puts down names, arcs and rings: whole numbers of varying length, places as steps from the one before.
func (m *maker) write() error {
	out := []byte("LDN1")
	for _, n := range m.names {
		out = append(binary.AppendUvarint(out, uint64(len(n))), n...)
	}
	out = binary.AppendUvarint(out, uint64(len(m.arcs)))
	at := pt{51_500_000, 0}
	for _, a := range m.arcs {
		out = binary.AppendUvarint(out, uint64(a.left+1))
		out = binary.AppendUvarint(out, uint64(a.right+1))
		out = binary.AppendUvarint(out, uint64(len(a.points)))
		for _, p := range a.points {
			out = binary.AppendVarint(out, int64(p.lat-at.lat))
			out = binary.AppendVarint(out, int64(p.lon-at.lon))
			at = p
		}
	}
	for _, rings := range m.refs {
		out = binary.AppendUvarint(out, uint64(len(rings)))
		for _, refs := range rings {
			out = binary.AppendUvarint(out, uint64(len(refs)))
			for _, r := range refs {
				out = binary.AppendUvarint(out, uint64(r))
			}
		}
	}
	fmt.Println("boroughs.bin", len(out), "bytes")
	return os.WriteFile("boroughs.bin", out, 0o644)
}

func stations(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	var lines []string
	for _, r := range rows[1:] {
		lines = append(lines, strings.Join([]string{r[1], r[2], r[5], r[4]}, "\t"))
	}
	slices.Sort(lines)
	return os.WriteFile("stations.tsv", []byte(strings.Join(lines, "\n")+"\n"), 0o644)
}
