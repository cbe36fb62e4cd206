package chart

import (
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/ui/part"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing")

// drawing is any of the charts.
type drawing interface {
	Draw(th *part.Theme, w, h int) string
	Scene(w, h float64) Scene
}

var colour = regexp.MustCompile(`\x1b\[[0-9;]*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[0-9;]*m`)

// golden compares a file with what was made.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run with -update)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s\nwant:\n%s", name, got, want)
	}
}

// sized checks that a view is exactly h lines of exactly w cells and leaves no style behind on any line.
func sized(t *testing.T, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Errorf("%d lines, want %d:\n%s", len(lines), h, ansi.Strip(view))
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got != w {
			t.Errorf("line %d is %d cells, want %d: %q", i, got, w, line)
		}
		if last := strings.LastIndex(line, "\x1b["); last >= 0 && !strings.HasPrefix(line[last:], ansi.ResetStyle) {
			t.Errorf("line %d leaves a style on: %q", i, line)
		}
	}
}

// everywhere draws a chart at the three sizes: as letters with and without Unicode for the golden files, and in every theme for its
// promises.
func everywhere(t *testing.T, name string, chartOf func(w, h int) drawing) {
	t.Helper()
	for _, size := range [][2]int{{80, 18}, {120, 32}, {200, 52}} {
		w, h := size[0], size[1]
		chart := chartOf(w, h)
		var plain [2]string
		for _, th := range []part.Theme{part.NewTheme(true, false, false), part.NewTheme(false, false, false), part.NewTheme(true, true, false), part.NewTheme(true, true, true)} {
			view := chart.Draw(&th, w, h)
			sized(t, view, w, h)
			if th.NoColour && colour.MatchString(view) {
				t.Errorf("%s has colour without colour: %q", name, colour.FindString(view))
			}
			k := 0
			if th.ASCII {
				k = 1
			}
			if letters := ansi.Strip(view); plain[k] == "" {
				plain[k] = letters
			} else if plain[k] != letters {
				t.Errorf("%s says something else in another theme:\n%s", name, letters)
			}
			for i := range len(plain[1]) {
				if plain[1][i] > '~' {
					t.Fatalf("%s has other letters than ASCII: %q", name, plain[1][max(i-10, 0):i+3])
				}
			}
		}
		golden(t, name+"-"+model.Thousands(w)+".txt", plain[0]+"\n")
		if w == 80 {
			golden(t, name+"-"+model.Thousands(w)+"-ascii.txt", plain[1]+"\n")
		}
	}
}

// planted is a case in south London: where the suspect's phone was fixed, and the victim-survivor's, as positions.
func planted(n int) []Spot {
	r := rand.New(rand.NewPCG(2024, 6))
	home, work, hers := model.Point{Lat: 51.4613, Lon: -0.1156}, model.Point{Lat: 51.5136, Lon: -0.0986}, model.Point{Lat: 51.4279, Lon: -0.1681}
	out := make([]Spot, 0, n)
	near := func(p model.Point, metres float64, s atlas.Side) {
		p = toward(p, r.Float64()*360, math.Abs(r.NormFloat64())*metres)
		out = append(out, Spot{int32(p.Lat * 1e6), int32(p.Lon * 1e6), s})
	}
	for i := range n {
		switch k := i % 20; {
		case k < 8:
			near(home, 250, atlas.Suspect)
		case k < 11:
			near(work, 300, atlas.Suspect)
		case k < 13:
			near(hers, 500, atlas.Suspect)
		case k < 19:
			near(hers, 200, atlas.Victim)
		default:
			near(toward(home, float64(i%360), 4000), 6000, atlas.Suspect)
		}
	}
	return out
}

func plantedMap(v Viewport) *Map {
	hers := model.Point{Lat: 51.4279, Lon: -0.1681}
	return &Map{
		View: v, Spots: planted(2000), Stations: true,
		Zones: []Zone{{Circle: model.Circle{Centre: hers, Metres: 900}, Label: "zone: R-000012 cond. 2"}},
		Areas: []Area{
			{Circle: model.Circle{Centre: model.Point{Lat: 51.4450, Lon: -0.1480}, Metres: 1800}, Azimuth: 210, Width: 120, Side: atlas.Suspect, Label: "cell 4711 ×31"},
			{Circle: model.Circle{Centre: model.Point{Lat: 51.4860, Lon: -0.0700}, Metres: 1500}, Side: atlas.Suspect, Label: "cell 220 ×6"},
		},
		Tracks: []Track{{Points: []model.Point{{Lat: 51.4613, Lon: -0.1156}, {Lat: 51.4627, Lon: -0.1688}, {Lat: 51.4440, Lon: -0.1520}, {Lat: 51.4279, Lon: -0.1600}}, Side: atlas.Suspect, Label: "19:42"}},
		Pins:   []Pin{{Point: model.Point{Lat: 51.4279, Lon: -0.1560}, Metres: 400, Side: atlas.Suspect, Label: "meet 12", Selected: true}},
	}
}

func plantedTimes(n int, from time.Time, days int, seed uint64) []int64 {
	r := rand.New(rand.NewPCG(seed, 6))
	out := make([]int64, n)
	for i := range out {
		d := int(float64(days) * (1 - r.Float64()*r.Float64()))
		hour := []int{0, 1, 7, 8, 12, 13, 17, 18, 19, 20, 21, 22, 22, 23, 23}[r.IntN(15)]
		out[i] = time.Date(from.Year(), from.Month(), from.Day()+min(d, days-1), hour, r.IntN(60), r.IntN(60), 0, day.London()).UnixMilli()
	}
	slices.Sort(out)
	return out
}

func plantedTimeline() *Timeline {
	from := time.Date(2026, 1, 5, 0, 0, 0, 0, day.London())
	told := time.Date(2026, 3, 12, 14, 0, 0, 0, day.London())
	return &Timeline{
		From: from.UnixMilli(), To: from.AddDate(0, 0, 119).UnixMilli(),
		Lanes: []Lane{
			{"…0123 suspect, strong", "calls out", atlas.Suspect, plantedTimes(812, from, 119, 1)},
			{"…0123 suspect, strong", "texts out", atlas.Suspect, plantedTimes(2204, from, 119, 2)},
			{"…0123 suspect, strong", "data", atlas.Suspect, plantedTimes(9120, from, 119, 3)},
			{"…0777 suspect, weak", "calls out", atlas.Suspect, plantedTimes(94, told, 50, 4)},
			{"…0456 victim-survivor, proved", "calls", atlas.Victim, plantedTimes(310, from, 119, 5)},
			{"…0456 victim-survivor, proved", "data", atlas.Victim, plantedTimes(4100, from, 119, 6)},
			{"oyster …88", "journeys", atlas.Victim, plantedTimes(201, from, 119, 7)},
		},
		Markers:   []Marker{{told.UnixMilli(), "told to stop"}, {told.AddDate(0, 0, 9).UnixMilli(), "interim order served"}},
		BrushFrom: told.UnixMilli(), BrushTo: told.AddDate(0, 0, 7).UnixMilli(),
	}
}

func plantedPair() *Pair {
	return &Pair{
		"contacts by the suspect", "told to stop, 12 Mar 2026 14:00", 66.6, 52.4,
		[]PairRow{{"calls out", 212, 600}, {"texts out", 2000, 204}, {"new number", 0, 94}, {"visits", 3, 0}, {"letters", 0, 0}},
	}
}

func plantedColumns(weekly bool) *Columns {
	t := plantedTimeline()
	c := NewColumns(t.Lanes[1].Times, "texts out by the suspect", weekly, nil)
	c.Markers = t.Markers
	return &c
}

func plantedHeat() *Heat {
	h := NewHeat(plantedTimeline().Lanes[1].Times, "texts out by the suspect", nil)
	return &h
}

// makers make one of each chart, as it would stand on w by h cells.
func makers() map[string]func(w, h int) drawing {
	near := model.Point{Lat: 51.4279, Lon: -0.1560}
	return map[string]func(w, h int) drawing{
		"map":      func(w, h int) drawing { return plantedMap(WholeLondon(w, h)) },
		"map-near": func(w, _ int) drawing { return plantedMap(Viewport{Centre: near, Metres: 12000 / float64(max(w, 1))}) },
		"timeline": func(_, _ int) drawing { return plantedTimeline() },
		"heat":     func(_, _ int) drawing { return plantedHeat() },
		"days":     func(_, _ int) drawing { return plantedColumns(false) },
		"weeks":    func(_, _ int) drawing { return plantedColumns(true) },
		"pair":     func(_, _ int) drawing { return plantedPair() },
	}
}
