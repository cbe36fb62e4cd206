package chart

import (
	"math"
	"strconv"
)

// Ink is a colour of paper. On a black and white printer each is a grey of its own; what matters is told by shape too.
type Ink uint8

// The inks, from nothing to the accent.
const (
	InkNone Ink = iota
	InkBlack
	InkSoft  // words that are secondary
	InkRule  // borders, axes
	InkPale  // grounds
	InkWater // the Thames
	InkAccent
	InkTint // the accent, thin: the inside of cells
	InkWarn
	InkBlush // the warning, thin: the inside of zones
	InkWhite
	InkShade // the first of the steps of a heat map; they follow
)

// rgbOf is an ink as red, green and blue.
func rgbOf(i Ink) (r, g, b int) {
	switch i {
	case InkBlack:
		return 0x11, 0x18, 0x22
	case InkSoft:
		return 0x55, 0x5d, 0x66
	case InkRule:
		return 0xa8, 0xae, 0xb6
	case InkPale:
		return 0xf3, 0xf5, 0xf7
	case InkWater:
		return 0xd5, 0xe3, 0xee
	case InkAccent:
		return 0x00, 0x52, 0xad
	case InkTint:
		return 0xe3, 0xee, 0xfa
	case InkWarn:
		return 0x8a, 0x4a, 0x00
	case InkBlush:
		return 0xfb, 0xef, 0xdc
	case InkNone, InkWhite:
		return 0xff, 0xff, 0xff
	case InkShade: // and those that follow, below
	}
	s := shadesOf(false)[min(int(i-InkShade), shadeCount-1)].ground
	return int(s.R), int(s.G), int(s.B)
}

// Mark says what an item of a scene is.
type Mark uint8

// The marks.
const (
	MarkPath Mark = iota // a line from point to point
	MarkArea             // the same closed, filled and drawn round
	MarkDisc             // a circle about the first point
	MarkText             // words beside the first point
)

// Anchor is where words stand to their point.
type Anchor uint8

// The anchors.
const (
	AnchorStart Anchor = iota
	AnchorMiddle
	AnchorEnd
)

// XY is a point of a scene, in points of 1/72 inch from the upper left corner.
type XY struct{ X, Y float64 }

// Item is one thing drawn. What comes later lies over what came before.
type Item struct {
	Mark   Mark
	At     []XY
	Stroke Ink
	Width  float64 // of the stroke
	Dashed bool
	Fill   Ink
	Radius float64 // of a disc
	Text   string
	Size   float64 // of the words, in points
	Bold   bool
	Anchor Anchor
	Halo   bool // white round the words, so that they can be read over lines
}

// Scene is a drawing for paper, in points. It is the same for the same chart, whatever comes of it.
type Scene struct {
	W, H  float64
	Title string // what the drawing shows, in words, for whoever cannot see it
	Items []Item
}

func (s *Scene) path(at []XY, stroke Ink, width float64, dashed bool) {
	s.Items = append(s.Items, Item{Mark: MarkPath, At: at, Stroke: stroke, Width: width, Dashed: dashed})
}

func (s *Scene) line(x1, y1, x2, y2 float64, stroke Ink, width float64) {
	s.path([]XY{{x1, y1}, {x2, y2}}, stroke, width, false)
}

func (s *Scene) area(at []XY, fill, stroke Ink, width float64) {
	s.Items = append(s.Items, Item{Mark: MarkArea, At: at, Fill: fill, Stroke: stroke, Width: width})
}

func (s *Scene) rect(x, y, w, h float64, fill, stroke Ink, width float64) {
	s.area([]XY{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, fill, stroke, width)
}

func (s *Scene) disc(x, y, r float64, fill, stroke Ink, width float64) {
	s.Items = append(s.Items, Item{Mark: MarkDisc, At: []XY{{x, y}}, Radius: r, Fill: fill, Stroke: stroke, Width: width})
}

func (s *Scene) text(x, y float64, text string, size float64, ink Ink, anchor Anchor) {
	if text != "" {
		s.Items = append(s.Items, Item{Mark: MarkText, At: []XY{{x, y}}, Text: text, Size: size, Fill: ink, Anchor: anchor})
	}
}

func (s *Scene) bold(x, y float64, text string, size float64, anchor Anchor) {
	if text != "" {
		s.text(x, y, text, size, InkBlack, anchor)
		s.Items[len(s.Items)-1].Bold = true
	}
}

// halo makes the words just written readable over lines.
func (s *Scene) halo() { s.Items[len(s.Items)-1].Halo = true }

// textWidth is about how wide words are in a condensed sans serif; on the safe side, for finding room.
func textWidth(text string, size float64) float64 {
	n := 0.0
	for _, r := range text {
		switch {
		case r == ' ' || r == '.' || r == ',' || r == ':' || r == 'i' || r == 'l' || r == 'j' || r == '\'' || r == '·':
			n += 0.32
		case r >= 'A' && r <= 'Z', r == 'm', r == 'w':
			n += 0.66
		default:
			n += 0.56
		}
	}
	return n * size
}

// fitText cuts words that are wider than their room.
func fitText(text string, size, room float64) string {
	if textWidth(text, size) <= room {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && textWidth(string(letters)+"…", size) > room {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// num writes a coordinate: two decimals at most, never "-0".
func num(b []byte, v float64) []byte {
	v = math.Round(v*100) / 100
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, '0')
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}
