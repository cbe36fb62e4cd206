package chart

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// pointMillimetres is a point in the millimetres of a page.
const pointMillimetres = 25.4 / 72

// PDF draws the scene on a page that counts in millimetres, its upper left corner at x, y and its width scaled to wide; it says how high
// it then is. The words are set in a family of fonts the page already has, plain and bold. Colours, lines and fonts of the page are not
// kept: set them again.
func (s *Scene) PDF(page *fpdf.Fpdf, family string, x, y, wide float64) (high float64) {
	if s.W <= 0 {
		return 0
	}
	p := scenePaper{Fpdf: page, family: family, x: x, y: y, scale: wide / s.W}
	page.SetLineJoinStyle("round")
	for i := range s.Items {
		p.item(&s.Items[i])
	}
	page.SetDashPattern(nil, 0)
	page.SetLineJoinStyle("miter")
	return s.H * p.scale
}

type scenePaper struct {
	*fpdf.Fpdf
	family      string
	x, y, scale float64
}

func (p *scenePaper) at(q XY) fpdf.PointType {
	return fpdf.PointType{X: p.x + q.X*p.scale, Y: p.y + q.Y*p.scale}
}

func (p *scenePaper) item(it *Item) {
	if len(it.At) == 0 {
		return
	}
	if it.Mark == MarkText {
		p.text(it)
		return
	}
	style := ""
	if it.Fill != InkNone && it.Mark != MarkPath {
		p.SetFillColor(rgbOf(it.Fill))
		style += "F"
	}
	if it.Stroke != InkNone && it.Width > 0 {
		p.SetDrawColor(rgbOf(it.Stroke))
		p.SetLineWidth(it.Width * p.scale)
		style += "D"
		if it.Dashed {
			p.SetDashPattern([]float64{2 * p.scale, 2 * p.scale}, 0)
		} else {
			p.SetDashPattern(nil, 0)
		}
	}
	switch first := p.at(it.At[0]); {
	case style == "":
	case it.Mark == MarkDisc:
		p.Circle(first.X, first.Y, it.Radius*p.scale, style)
	case it.Mark == MarkArea:
		points := make([]fpdf.PointType, len(it.At))
		for i, q := range it.At {
			points[i] = p.at(q)
		}
		p.Polygon(points, style)
	default:
		p.MoveTo(first.X, first.Y)
		for _, q := range it.At[1:] {
			next := p.at(q)
			p.LineTo(next.X, next.Y)
		}
		p.DrawPath("D")
	}
}

func (p *scenePaper) text(it *Item) {
	style := ""
	if it.Bold {
		style = "B"
	}
	p.SetFont(p.family, style, it.Size*p.scale/pointMillimetres)
	text := strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, it.Text)
	at := p.at(it.At[0])
	switch it.Anchor {
	case AnchorMiddle:
		at.X -= p.GetStringWidth(text) / 2
	case AnchorEnd:
		at.X -= p.GetStringWidth(text)
	case AnchorStart:
	}
	if it.Halo {
		// A white ground and not the letters once more in white: whoever copies or searches the page finds the words once.
		p.SetFillColor(rgbOf(InkWhite))
		p.Rect(at.X-0.6*p.scale, at.Y-it.Size*0.78*p.scale, p.GetStringWidth(text)+1.2*p.scale, it.Size*p.scale, "F")
	}
	p.SetTextColor(rgbOf(it.Fill))
	p.Text(at.X, at.Y, text)
}
