package atlas

import (
	"math"
	"slices"
	"time"

	"pou/model"
)

// Fix is where a device may have been and when: within Metres of a place, at some moment from From to To.
type Fix struct {
	From, To int64
	Lat, Lon int32
	Metres   uint32
	Row      uint32
	Own      Handle
	who      uint16 // index into the devices of its side
	End      bool   // of a row that has a place where it ended, that one
}

// Point is the middle of the fix.
func (f *Fix) Point() model.Point { return pointOf(f.Lat, f.Lon) }

func pointOf(lat, lon int32) model.Point {
	return model.Point{Lat: float64(lat) / 1e6, Lon: float64(lon) / 1e6}
}

// Exact reports whether the moment is known.
func (f *Fix) Exact() bool { return f.From == f.To }

// LeftOut counts the rows that take no part, by why.
type LeftOut struct {
	NoTime, DayOnly, NoPlace, Coarse int
	Undecided                        int // the device is attributed to nobody at that time, though at others it is
}

// fixer turns rows into fixes.
type fixer struct {
	x       *Index
	slack   int64
	coarse  uint32 // less certain than this is left out; 0 nothing is
	left    LeftOut
	sectors map[uint32]Fix // the circle about the sector of a cell
	buf     [2]Fix
	n       int
}

func (x *Index) fixer(slack time.Duration, coarse uint32) *fixer {
	return &fixer{x: x, slack: slack.Milliseconds(), coarse: coarse, sectors: map[uint32]Fix{}}
}

// of is the fixes of a row, good until the next row: one for where it is, and one for where it ended if that is known. The cell of a
// data session was used at or before its start, so its moment lies anywhere in the time the caller allows before; where the network
// gives the cell of the end, anywhere between start and end.
func (f *fixer) of(row uint32) []Fix {
	f.n = 0
	r := &f.x.Set.Rows[row]
	switch {
	case r.Has(NoTime):
		f.left.NoTime++
	case r.Has(DayOnly):
		f.left.DayOnly++
	default:
		f.begin(r, row)
		if r.To != 0 {
			f.end(r, row)
		}
	}
	return f.buf[:f.n]
}

func (f *fixer) begin(r *Row, row uint32) {
	if !r.Placed() {
		f.left.NoPlace++
		return
	}
	at := f.place(r, row)
	switch {
	case r.Has(AtOrBefore):
		at.From = r.At - f.slack
	case r.Has(AtOrAfter):
		at.To = max(r.At, r.End)
		if r.End == 0 {
			at.To = r.At + f.slack
		}
	}
	f.give(at)
}

func (f *fixer) give(at Fix) {
	if f.coarse != 0 && at.Metres > f.coarse {
		f.left.Coarse++
		return
	}
	f.buf[f.n] = at
	f.n++
}

// end gives the fix of where a journey or a call ended.
func (f *fixer) end(r *Row, row uint32) {
	if int(r.To) >= len(f.x.Set.Sites) || r.Has(NoEnd) {
		return
	}
	at := r.End
	if at == 0 && r.Kind == Call && r.Seconds > 0 {
		at = r.At + int64(r.Seconds)*1000
	}
	s := &f.x.Set.Sites[r.To]
	if at == 0 || s.Lat == NoPlace {
		return
	}
	c := f.sector(r.To)
	f.give(Fix{From: at, To: at, Lat: c.Lat, Lon: c.Lon, Metres: c.Metres, Row: row, Own: r.Own, End: true})
}

func (f *fixer) place(r *Row, row uint32) Fix {
	at := Fix{From: r.At, To: r.At, Lat: r.Lat, Lon: r.Lon, Metres: r.Metres, Row: row, Own: r.Own}
	if r.Site == 0 || int(r.Site) >= len(f.x.Set.Sites) {
		return at
	}
	if s := &f.x.Set.Sites[r.Site]; s.Lat == r.Lat && s.Lon == r.Lon && s.Metres == r.Metres {
		c := f.sector(r.Site) // the row says no more than its site: the site may say it better
		at.Lat, at.Lon, at.Metres = c.Lat, c.Lon, c.Metres
	}
	return at
}

// sector is the smallest circle about the area a site serves: about the whole circle, the site; about a sector, a point in front of it.
func (f *fixer) sector(site uint32) Fix {
	if at, known := f.sectors[site]; known {
		return at
	}
	s := &f.x.Set.Sites[site]
	at := Fix{Lat: s.Lat, Lon: s.Lon, Metres: s.Metres}
	if half := float64(s.Width) / 2; s.Kind == CellSite && s.Width > 0 && half < 90 && s.Metres > 0 {
		ahead, radius := float64(s.Metres)*cosDegrees(half), float64(s.Metres)*math.Sin(half*math.Pi/180)
		if half < 45 { // a narrow one: through the mast and the ends of the arc
			ahead = float64(s.Metres) / (2 * cosDegrees(half))
			radius = ahead
		}
		north, east := ahead*cosDegrees(float64(s.Azimuth)), ahead*math.Sin(float64(s.Azimuth)*math.Pi/180)
		at.Lat = s.Lat + int32(math.Round(north/metresPerMicro))
		at.Lon = s.Lon + int32(math.Round(east/metresPerMicro/math.Max(0.01, cosDegrees(float64(s.Lat)/1e6))))
		at.Metres = uint32(math.Ceil(radius)) + 1
	}
	f.sectors[site] = at
	return at
}

func cosDegrees(d float64) float64 { return math.Cos(d * math.Pi / 180) }

// earthMetres is the mean radius of the earth, as in [model.Point.Metres].
const earthMetres = 6371008.8

// metresPerMicro is a millionth of a degree of latitude.
const metresPerMicro = earthMetres * math.Pi / 180 / 1e6

// Fixes is where the devices may have been in a window, in order of time, and what was left out. A data session's cell may have been
// used as long as slack before the session.
func (x *Index) Fixes(w Window, slack time.Duration, devices ...Handle) ([]Fix, LeftOut) {
	f := x.fixer(slack, 0)
	var out []Fix
	for _, h := range devices {
		for _, row := range x.Device(h, w) {
			out = append(out, f.of(row)...)
		}
	}
	slices.SortStableFunc(out, byTime)
	return out, f.left
}

func byTime(a, b Fix) int {
	switch {
	case a.From != b.From:
		return int(max(-1, min(1, a.From-b.From)))
	case a.Row != b.Row:
		return int(max(-1, min(1, int64(a.Row)-int64(b.Row))))
	}
	return 0
}
