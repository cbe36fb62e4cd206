package chart

import (
	"math"
	"slices"

	"pou/model"
)

// xy is a place on a drawing: dots of a terminal, or points of a page.
type xy struct{ x, y float64 }

// box is the part of a drawing that is seen.
type box struct{ left, top, right, bottom float64 }

func (b box) has(p xy) bool {
	return p.x >= b.left && p.x <= b.right && p.y >= b.top && p.y <= b.bottom
}

// clip cuts a line to the box (Liang and Barsky).
func (b box) clip(p, q xy) (from, to xy, ok bool) {
	t0, t1 := 0.0, 1.0
	dx, dy := q.x-p.x, q.y-p.y
	for _, side := range [4][2]float64{{-dx, p.x - b.left}, {dx, b.right - p.x}, {-dy, p.y - b.top}, {dy, b.bottom - p.y}} {
		switch {
		case side[0] == 0:
			if side[1] < 0 {
				return p, q, false
			}
		case side[0] < 0:
			t0 = max(t0, side[1]/side[0])
		default:
			t1 = min(t1, side[1]/side[0])
		}
	}
	if !(t0 <= t1) {
		return p, q, false
	}
	return xy{p.x + t0*dx, p.y + t0*dy}, xy{p.x + t1*dx, p.y + t1*dy}, true
}

// clipPath cuts a path to the box, into as many pieces as come of it.
func (b box) clipPath(path []xy) [][]xy {
	var out [][]xy
	var run []xy
	for i := 1; i < len(path); i++ {
		p, q, ok := b.clip(path[i-1], path[i])
		if !ok {
			continue
		}
		if len(run) == 0 || run[len(run)-1] != p {
			if len(run) > 1 {
				out = append(out, run)
			}
			run = []xy{p}
		}
		run = append(run, q)
	}
	if len(run) > 1 {
		out = append(out, run)
	}
	return out
}

// clipArea cuts an area to the box (Sutherland and Hodgman): it may run along the edge, and is to be filled, not drawn round.
func (b box) clipArea(ring []xy) []xy {
	cut := func(in []xy, inside func(xy) bool, meet func(p, q xy) xy) []xy {
		var out []xy
		for i, q := range in {
			p := in[(i+len(in)-1)%len(in)]
			if inside(p) != inside(q) {
				out = append(out, meet(p, q))
			}
			if inside(q) {
				out = append(out, q)
			}
		}
		return out
	}
	atX := func(x float64) func(p, q xy) xy {
		return func(p, q xy) xy { return xy{x, p.y + (q.y-p.y)*(x-p.x)/(q.x-p.x)} }
	}
	atY := func(y float64) func(p, q xy) xy {
		return func(p, q xy) xy { return xy{p.x + (q.x-p.x)*(y-p.y)/(q.y-p.y), y} }
	}
	ring = cut(ring, func(p xy) bool { return p.x >= b.left }, atX(b.left))
	ring = cut(ring, func(p xy) bool { return p.x <= b.right }, atX(b.right))
	ring = cut(ring, func(p xy) bool { return p.y >= b.top }, atY(b.top))
	return cut(ring, func(p xy) bool { return p.y <= b.bottom }, atY(b.bottom))
}

// spread thins a path to points at least a distance apart, its ends kept.
func spread(path []xy, apart float64) []xy {
	if len(path) < 3 {
		return path
	}
	out := path[:1:1]
	for _, p := range path[1 : len(path)-1] {
		last := out[len(out)-1]
		if math.Abs(p.x-last.x) >= apart || math.Abs(p.y-last.y) >= apart {
			out = append(out, p)
		}
	}
	return append(out, path[len(path)-1])
}

// fillRows calls for every whole row of an area the stretches inside, from and to whole columns, by the even-odd rule.
func fillRows(rings [][]xy, b box, span func(y, from, to int)) {
	top, bottom := int(math.Ceil(b.top)), int(math.Floor(b.bottom))
	if bottom < top {
		return
	}
	rows := make([][]float64, bottom-top+1)
	for _, ring := range rings {
		for i := 1; i < len(ring); i++ {
			p, q := ring[i-1], ring[i]
			if p.y > q.y {
				p, q = q, p
			}
			last := min(math.Ceil(q.y)-1, float64(bottom))
			for y := max(math.Ceil(p.y), float64(top)); y <= last; y++ {
				rows[int(y)-top] = append(rows[int(y)-top], p.x+(q.x-p.x)*(y-p.y)/(q.y-p.y))
			}
		}
	}
	for k, xs := range rows {
		slices.Sort(xs)
		for i := 1; i < len(xs); i += 2 {
			from, to := int(math.Ceil(max(xs[i-1], b.left))), int(math.Floor(min(xs[i], b.right)))
			if from <= to {
				span(top+k, from, to)
			}
		}
	}
}

// round is a circle as a ring of places.
func round(c model.Circle) []model.Point { return sector(c, 0, 0) }

// sector is the part of a circle width degrees wide about an azimuth, as a closed ring of places; a width of 0 is the whole circle.
func sector(c model.Circle, azimuth, width float64) []model.Point {
	const degrees = 5.0
	var out []model.Point
	from, sweep := 0.0, 360.0
	if width > 0 && width < 360 {
		from, sweep = azimuth-width/2, width
		out = append(out, c.Centre)
	}
	steps := max(int(math.Ceil(sweep/degrees)), 2)
	for i := range steps + 1 {
		out = append(out, toward(c.Centre, from+sweep*float64(i)/float64(steps), c.Metres))
	}
	return append(out, out[0])
}

// toward is the place so many metres away in a direction, in degrees from north.
func toward(p model.Point, azimuth, metres float64) model.Point {
	sin, cos := math.Sincos(azimuth * math.Pi / 180)
	return model.Point{
		Lat: p.Lat + metres*cos/metresPerDegree,
		Lon: p.Lon + metres*sin/(metresPerDegree*squeeze(p.Lat)),
	}
}

// nice is the largest of 1, 2 and 5 with noughts behind that is not above v.
func nice(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	ten := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{5, 2} {
		if m*ten <= v {
			return m * ten
		}
	}
	return ten
}
