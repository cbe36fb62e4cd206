package chart

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pou/model"
	"pou/model/atlas"
	"pou/model/atlas/london"
	"pou/ui/part"
)

func TestPanningBackComesBack(t *testing.T) {
	v := WholeLondon(120, 40)
	back := v.Pan(17, -9).Pan(-17, 9)
	if d := v.Centre.Metres(back.Centre); d > 200 { // columns are narrower further north
		t.Errorf("%.0f m off", d)
	}
	if z := v.Zoom(2).Zoom(0.5); math.Abs(z.Metres-v.Metres) > 1e-9 || z.Centre != v.Centre {
		t.Errorf("zooming in and out gives %v, was %v", z, v)
	}
}

func TestZoomKeepsItsLimitsAndItsMiddle(t *testing.T) {
	v := WholeLondon(80, 24)
	if got := v.Zoom(1e9).Metres; got != nearest {
		t.Errorf("closest is %v m a column", got)
	}
	if got := v.Zoom(1e-9).Metres; got != furthest {
		t.Errorf("furthest is %v m a column", got)
	}
	if got := v.Zoom(0); got != v {
		t.Errorf("a zoom by nothing gives %v", got)
	}
}

func TestZoomAtKeepsWhatIsUnderTheCell(t *testing.T) {
	v := Viewport{Centre: model.Point{Lat: 51.5, Lon: -0.1}, Metres: 300}
	before := v.At(100, 40, 12, 7)
	if d := before.Metres(v.ZoomAt(100, 40, 12, 7, 2).At(100, 40, 12, 7)); d > 30 {
		t.Errorf("it moved by %.0f m", d)
	}
}

func TestAPlaceAndItsCellAgree(t *testing.T) {
	v := WholeLondon(97, 33)
	for col := range 97 {
		for row := range 33 - footRows {
			c, r, ok := v.Cell(97, 33, v.At(97, 33, col, row))
			if c != col || r != row || !ok {
				t.Fatalf("cell %d, %d comes back as %d, %d, %v", col, row, c, r, ok)
			}
		}
	}
	if _, _, ok := v.Cell(97, 33, model.Point{Lat: 55, Lon: -3}); ok {
		t.Error("Edinburgh is on the map")
	}
}

func TestAroundShowsEveryPlace(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 300 {
		places := make([]model.Point, 1+r.IntN(5))
		for i := range places {
			places[i] = model.Point{Lat: 51.3 + r.Float64()*0.4, Lon: -0.5 + r.Float64()*0.8}
		}
		w, h := 20+r.IntN(180), 12+r.IntN(50)
		v := Around(w, h, places...)
		for _, p := range places {
			if _, _, ok := v.Cell(w, h, p); !ok {
				t.Fatalf("%v is not on a map of %d by %d around %v", p, w, h, places)
			}
		}
	}
}

// A cell is twice as high as wide, and the scale must be true both ways.
func TestTheMapIsTrueToScale(t *testing.T) {
	v := Viewport{Centre: model.Point{Lat: 51.5, Lon: -0.1}, Metres: 100}
	if d := v.At(80, 24, 10, 10).Metres(v.At(80, 24, 20, 10)); math.Abs(d-1000) > 3 {
		t.Errorf("ten columns are %.1f m", d)
	}
	if d := v.At(80, 24, 10, 5).Metres(v.At(80, 24, 10, 10)); math.Abs(d-1000) > 3 {
		t.Errorf("five rows are %.1f m", d)
	}
}

func TestEverySpotIsCountedWhereItLies(t *testing.T) {
	spots := planted(5000)
	v := Viewport{Centre: model.Point{Lat: 51.45, Lon: -0.14}, Metres: 150}
	const w, h = 80, 24
	got := binned(spots, v.frame(w, h), w, h-footRows)
	want := map[int]uint32{}
	for _, s := range spots {
		if c, r, ok := v.Cell(w, h, model.Point{Lat: float64(s.Lat) / 1e6, Lon: float64(s.Lon) / 1e6}); ok {
			want[r*w+c]++
		}
	}
	for i := range w * (h - footRows) {
		if _, total, _ := got.at(i); total != want[i] {
			t.Fatalf("cell %d has %d, want %d", i, total, want[i])
		}
	}
	if got.all[atlas.Suspect]+got.all[atlas.Victim] != 5000 {
		t.Errorf("%v counted", got.all)
	}
}

func TestSpotsBeyondAnyMapAreHarmless(t *testing.T) {
	spots := []Spot{{math.MinInt32, math.MinInt32, 0}, {math.MaxInt32, math.MaxInt32, 200}, {0, 0, atlas.Suspect}}
	th := part.NewTheme(true, true, false)
	for _, v := range []Viewport{WholeLondon(80, 24), {Metres: nearest}, {}} {
		m := Map{View: v, Spots: spots, Pins: []Pin{{Label: "nowhere"}}}
		sized(t, m.Draw(&th, 80, 24), 80, 24)
	}
}

// A name is whole or not there: nothing may be written over it.
func TestNamesOnAMapDoNotCollide(t *testing.T) {
	th := part.NewTheme(true, true, false)
	names := map[string]bool{}
	for _, a := range london.Boroughs() {
		names[a.Name] = true
		for _, s := range shortNames(a.Name) {
			names[s] = true
		}
	}
	for _, s := range london.Stations() {
		n, _, _ := strings.Cut(s.Name, " (")
		names[n] = true
	}
	seen := 0
	for _, metres := range []float64{20, 40, 80, 200, 500} {
		m := Map{View: Viewport{Centre: model.Point{Lat: 51.5079, Lon: -0.1281}, Metres: metres}, Stations: true}
		lines := strings.Split(ansi.Strip(m.Draw(&th, 120, 40)), "\n")
		for _, line := range lines[:38] {
			for _, word := range splitMap(line) {
				if !names[word] {
					t.Errorf("at %.0f m a column: %q is no name", metres, word)
				}
				seen++
			}
		}
	}
	if seen < 60 {
		t.Errorf("only %d names", seen)
	}
}

// splitMap takes the names out of a line of a map: what stands between dots, signs and wide gaps.
func splitMap(line string) []string {
	clean := strings.Map(func(r rune) rune {
		if r >= 0x2800 && r <= 0x28ff || r == '∘' {
			return '|'
		}
		return r
	}, line)
	var out []string
	for _, piece := range strings.Split(strings.ReplaceAll(clean, "  ", "|"), "|") {
		if piece = strings.TrimSpace(piece); piece != "" {
			out = append(out, piece)
		}
	}
	return out
}

func TestEveryMapNamesWhoseGeographyItIs(t *testing.T) {
	th := part.NewTheme(true, true, false)
	m := plantedMap(WholeLondon(120, 40))
	if !strings.Contains(ansi.Strip(m.Draw(&th, 120, 40)), london.Attribution()) {
		t.Error("not in the terminal")
	}
	s := m.Scene(500, 360)
	if svg := string(s.SVG()); !strings.Contains(svg, london.Attribution()) || !strings.Contains(svg, atlas.Marking) {
		t.Error("not on paper")
	}
}

func TestBothSidesInOneSquareHaveASignOfTheirOwn(t *testing.T) {
	th := part.NewTheme(true, true, false)
	at := func(lat, lon int32, s atlas.Side) Spot { return Spot{51_500_500 + lat, -99_000 + lon, s} }
	m := Map{View: Viewport{Centre: model.Point{Lat: 51.5, Lon: -0.1}, Metres: 200}, Spots: []Spot{at(0, 0, atlas.Suspect), at(10, 10, atlas.Victim)}}
	if view := m.Draw(&th, 120, 20); strings.Count(view, "◈") != 2 { // on the map, and in the legend
		t.Errorf("got:\n%s", view)
	}
	m.Spots[1].Lat += 50_000
	if view := m.Draw(&th, 120, 30); strings.Contains(view, "◈") {
		t.Errorf("kilometres apart, got:\n%s", view)
	}
}

func TestWhatIsSelectedIsAlwaysNamed(t *testing.T) {
	th := part.NewTheme(true, true, false)
	m := plantedMap(Viewport{Centre: model.Point{Lat: 51.4279, Lon: -0.1681}, Metres: 60})
	m.Pins[0].Point = m.View.Centre // in the thick of it
	if view := m.Draw(&th, 120, 40); !strings.Contains(view, "meet 12") {
		t.Errorf("got:\n%s", view)
	}
}

func TestAGroundEndsWhereItsCellEnds(t *testing.T) {
	th := part.NewTheme(true, false, false)
	c := newCanvas(&th, 4, 1)
	c.put(0, 0, 'x', inkDim, rankText)
	c.put(2, 0, '7', inkShade+2, rankText)
	want := th.Dim.On() + "x " + ansi.ResetStyle + c.inks[inkShade+2] + "7" + ansi.ResetStyle + " "
	if got := c.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func BenchmarkMap(b *testing.B) {
	th := part.NewTheme(true, false, false)
	for _, n := range []int{0, 100_000, 1_000_000} {
		m := plantedMap(Viewport{Centre: model.Point{Lat: 51.46, Lon: -0.13}, Metres: 120})
		m.Spots = planted(n)
		b.Run(model.Thousands(n)+" spots", func(b *testing.B) {
			for b.Loop() {
				m.Draw(&th, 200, 60)
			}
		})
	}
	m := plantedMap(WholeLondon(200, 60))
	m.Spots = planted(1_000_000)
	b.Run("1,000,000 spots, all of London", func(b *testing.B) {
		for b.Loop() {
			m.Draw(&th, 200, 60)
		}
	})
}
