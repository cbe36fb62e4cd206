package chart

import (
	"fmt"
	"strings"
)

// SVG is the scene as a picture that stands in a page: its size in points, its words as words. The same scene gives the same bytes.
func (s *Scene) SVG() []byte {
	b := make([]byte, 0, 256+64*len(s.Items))
	b = append(b, `<svg xmlns="http://www.w3.org/2000/svg" width="`...)
	b = append(num(b, s.W), `pt" height="`...)
	b = append(num(b, s.H), `pt" viewBox="0 0 `...)
	b = append(num(append(num(b, s.W), ' '), s.H), `" role="img" font-family="DejaVu Sans Condensed, DejaVu Sans, Arial, sans-serif">`...)
	b = append(b, "\n<title>"+escape(s.Title)+"</title>\n"...)
	for i := range s.Items {
		b = s.Items[i].svg(b)
	}
	return append(b, "</svg>\n"...)
}

func (it *Item) svg(b []byte) []byte {
	if len(it.At) == 0 {
		return b
	}
	switch it.Mark {
	case MarkText:
		return it.svgText(b)
	case MarkDisc:
		b = append(b, `<circle cx="`...)
		b = append(num(b, it.At[0].X), `" cy="`...)
		b = append(num(b, it.At[0].Y), `" r="`...)
		b = append(num(b, it.Radius), '"')
	case MarkPath, MarkArea:
		b = append(b, `<path d="M`...)
		for i, p := range it.At {
			if i > 0 {
				b = append(b, 'L')
			}
			b = num(append(num(b, p.X), ' '), p.Y)
		}
		if it.Mark == MarkArea {
			b = append(b, 'Z')
		}
		b = append(b, '"')
	}
	fill := "none"
	if it.Mark != MarkPath && it.Fill != InkNone {
		fill = css(it.Fill)
	}
	b = append(b, ` fill="`+fill+`"`...)
	if it.Stroke != InkNone && it.Width > 0 {
		b = append(b, ` stroke="`+css(it.Stroke)+`" stroke-linejoin="round" stroke-width="`...)
		b = append(num(b, it.Width), '"')
		if it.Dashed {
			b = append(b, ` stroke-dasharray="2 2"`...)
		}
	}
	return append(b, "/>\n"...)
}

func (it *Item) svgText(b []byte) []byte {
	b = append(b, `<text x="`...)
	b = append(num(b, it.At[0].X), `" y="`...)
	b = append(num(b, it.At[0].Y), `" font-size="`...)
	b = append(num(b, it.Size), `" fill="`+css(it.Fill)+`"`...)
	switch it.Anchor {
	case AnchorMiddle:
		b = append(b, ` text-anchor="middle"`...)
	case AnchorEnd:
		b = append(b, ` text-anchor="end"`...)
	case AnchorStart:
	}
	if it.Bold {
		b = append(b, ` font-weight="bold"`...)
	}
	if it.Halo {
		b = append(b, ` stroke="#fff" stroke-width="2" stroke-linejoin="round" paint-order="stroke"`...)
	}
	return append(b, ">"+escape(it.Text)+"</text>\n"...)
}

func css(i Ink) string {
	r, g, b := rgbOf(i)
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}

// escape makes a text safe in a page: nothing in it is markup, and what XML does not allow is left out.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&#34;")
		case r == '\'':
			b.WriteString("&#39;")
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == '\ufffe' || r == '\uffff':
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
