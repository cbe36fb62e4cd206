package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"pou/model"
	"pou/model/atlas"
	"pou/ui/part"
)

func TestChartsLook(t *testing.T) {
	for name, chartOf := range makers() {
		t.Run(name, func(t *testing.T) { everywhere(t, name, chartOf) })
	}
}

func TestChartsKeepTheirSizeHoweverSmall(t *testing.T) {
	th := part.NewTheme(true, false, false)
	for name, chartOf := range makers() {
		t.Run(name, func(t *testing.T) {
			c := chartOf(40, 12)
			for w := 1; w < 60; w += 7 {
				for h := 1; h < 24; h += 3 {
					sized(t, c.Draw(&th, w, h), w, h)
				}
			}
		})
	}
}

func TestEmptyChartsAreEmpty(t *testing.T) {
	th := part.NewTheme(true, false, false)
	for name, c := range map[string]drawing{"map": &Map{}, "timeline": &Timeline{}, "heat": &Heat{}, "columns": &Columns{}, "pair": &Pair{}} {
		t.Run(name, func(t *testing.T) {
			sized(t, c.Draw(&th, 80, 24), 80, 24)
			s := c.Scene(400, 200)
			wellFormed(t, s.SVG())
		})
	}
}

func TestScenesOnPaper(t *testing.T) {
	for name, chartOf := range makers() {
		t.Run(name, func(t *testing.T) {
			c := chartOf(100, 40)
			s, again := c.Scene(500, 200), c.Scene(500, 200)
			svg := s.SVG()
			wellFormed(t, svg)
			if !bytes.Equal(svg, again.SVG()) {
				t.Error("a second drawing differs")
			}
			if !bytes.Contains(svg, []byte(atlas.Marking)) {
				t.Error("it does not say what it is not")
			}
			inside(t, &s)
			if !strings.HasPrefix(name, "map") { // a map is too large to be kept
				golden(t, name+".svg", string(svg))
			}
			if one, two := pdfOf(t, &s), pdfOf(t, &again); !bytes.Equal(one, two) {
				t.Error("the page differs the second time")
			}
		})
	}
}

// inside checks that nothing is drawn beyond the paper.
func inside(t *testing.T, s *Scene) {
	t.Helper()
	for _, it := range s.Items {
		for _, p := range it.At {
			if !(p.X >= -0.01 && p.X <= s.W+0.01 && p.Y >= -0.01 && p.Y <= s.H+0.01) {
				t.Fatalf("%+v lies beyond %v by %v", it, s.W, s.H)
			}
		}
	}
}

func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	d.Strict = true
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in %.300s", err, svg)
		}
	}
}

func pdfOf(t *testing.T, s *Scene) []byte {
	t.Helper()
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCatalogSort(true)
	f.SetCreationDate(time.Unix(0, 0).UTC())
	f.SetModificationDate(time.Unix(0, 0).UTC())
	for style, file := range map[string]string{"": "DejaVuSansCondensed.ttf", "B": "DejaVuSansCondensed-Bold.ttf"} {
		font, err := os.ReadFile("../brief/fonts/" + file)
		if err != nil {
			t.Fatal(err)
		}
		f.AddUTF8FontFromBytes("pack", style, font)
	}
	f.AddPage()
	if high := s.PDF(f, "pack", 16, 20, 178); math.Abs(high-178*s.H/s.W) > 1e-9 {
		t.Errorf("it is %v mm high", high)
	}
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatOfficersTypeIsNeverMarkupNorControl(t *testing.T) {
	const bad = "<script>alert('x')</script> & \"q\" \x1b[31mred\x1b]0;t\x07 \u202e\x00\x9b\xff"
	th := part.NewTheme(true, true, false)
	p := model.Point{Lat: 51.45, Lon: -0.15}
	m := &Map{
		View: Viewport{Centre: p, Metres: 100}, Pins: []Pin{{Point: p, Label: bad}}, Zones: []Zone{{Circle: model.Circle{Centre: p, Metres: 900}, Label: bad}},
		Tracks: []Track{{Points: []model.Point{p}, Label: bad}}, Areas: []Area{{Circle: model.Circle{Centre: p, Metres: 400}, Label: bad}},
	}
	tl := plantedTimeline()
	tl.Markers[0].Label, tl.Lanes[0].Device, tl.Lanes[0].Channel = bad, bad, bad
	h := plantedHeat()
	h.What = bad
	c := plantedColumns(true)
	c.What, c.Markers[0].Label = bad, bad
	pair := plantedPair()
	pair.What, pair.Marker, pair.Rows[0].Name = bad, bad, bad
	control := regexp.MustCompile(`\x1b[^\[]|\x1b\[[^m]*[^0-9;m]|[\x00-\x09\x0b-\x1a\x1c-\x1f]`)
	for name, d := range map[string]drawing{"map": m, "timeline": tl, "heat": h, "columns": c, "pair": pair} {
		t.Run(name, func(t *testing.T) {
			view := d.Draw(&th, 120, 40)
			sized(t, view, 120, 40)
			if found := control.FindString(view); found != "" {
				t.Errorf("the terminal is sent %q", found)
			}
			if colour.MatchString(view) {
				t.Errorf("a label brings its own colour: %q", colour.FindString(view))
			}
			s := d.Scene(500, 300)
			svg := s.SVG()
			wellFormed(t, svg)
			if bytes.Contains(svg, []byte("<script")) {
				t.Error("there is a script in the picture")
			}
			pdfOf(t, &s)
		})
	}
}

func TestNoChartSaysThatSomebodyWasSomewhere(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)\b(was|were|is) (at|in|near|here|there)\b`)
	th := part.NewTheme(true, true, false)
	for name, chartOf := range makers() {
		c := chartOf(120, 40)
		s := c.Scene(500, 300)
		for _, text := range []string{c.Draw(&th, 120, 40), string(s.SVG())} {
			if found := forbidden.FindString(text); found != "" {
				t.Errorf("%s says %q", name, found)
			}
		}
	}
}

// Contrast as WCAG 2 counts it; 4.5 is the least for text.
func TestNumbersOnShadesCanBeRead(t *testing.T) {
	for _, dark := range []bool{true, false} {
		last := -1.0
		for i, s := range shadesOf(dark) {
			if got := contrast(s.letter, s.ground); got < 4.5 {
				t.Errorf("step %d, dark %v: contrast %.1f", i+1, dark, got)
			}
			light := luminance(s.ground)
			if !dark {
				light = 1 - light
			}
			if light <= last {
				t.Errorf("step %d, dark %v, is no stronger than the one below", i+1, dark)
			}
			last = light
		}
	}
	for s := 1; s <= shadeCount; s++ {
		ground, number := shadeInk(s)
		if got := contrast(inkColour(ground), inkColour(number)); got < 4.5 {
			t.Errorf("on paper step %d has contrast %.1f", s, got)
		}
	}
}

func inkColour(i Ink) color.RGBA {
	r, g, b := rgbOf(i)
	return color.RGBA{R: uint8(r), G: uint8(g), B: uint8(b), A: 255}
}

func luminance(c color.RGBA) float64 {
	part := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrast(a, b color.RGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
