package chart

import (
	"bytes"
	"os"
	"testing"

	"codeberg.org/go-pdf/fpdf"
)

func TestLook(t *testing.T) {
	m := plantedMap(WholeLondon(100, 60))
	s := m.Scene(500, 360)
	os.WriteFile("/tmp/geo-map.svg", s.SVG(), 0o600)
	m.View = Viewport{Centre: m.Pins[0].Point, Metres: 60}
	s2 := m.Scene(500, 360)
	os.WriteFile("/tmp/geo-near.svg", s2.SVG(), 0o600)
	f := fpdf.New("P", "mm", "A4", "")
	font, _ := os.ReadFile("../brief/fonts/DejaVuSansCondensed.ttf")
	bold, _ := os.ReadFile("../brief/fonts/DejaVuSansCondensed-Bold.ttf")
	f.AddUTF8FontFromBytes("pack", "", font)
	f.AddUTF8FontFromBytes("pack", "B", bold)
	f.AddPage()
	h := s.PDF(f, "pack", 16, 20, 178)
	s2.PDF(f, "pack", 16, 25+h, 178)
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/geo.pdf", b.Bytes(), 0o600)
}
