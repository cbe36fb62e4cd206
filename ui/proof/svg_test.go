//go:build screenshots

package proof

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"
	"unicode"

	uv "github.com/charmbracelet/ultraviolet"
)

// The measures of a picture, in pixels: most fonts of one width are three fifths as wide as they are high.
const (
	fontSize = 14.0
	cellW    = 8.4
	cellH    = 18.0
	baseline = 13.5
	border   = 14.0
)

const fonts = "ui-monospace, 'JetBrains Mono', 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"

// look is how a cell is drawn.
type look struct {
	fg, bg              string
	bold, italic, under bool
	faint               bool
	alone               bool // a symbol that a font may draw wider than its cell
	blank               bool
}

// goesOn says whether a cell can be drawn together with those before it: a blank looks the same in any letters.
func (l look) goesOn(next look) bool {
	if next.blank && next.bg == l.bg && !l.under {
		return true
	}
	return next == l
}

// svg draws the screen.
func (t *terminal) svg(title string, light bool) string {
	fg, bg := "#d6dde6", "#10161d"
	if light {
		fg, bg = "#1c2127", "#ffffff"
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	w, h := t.em.Width(), t.em.Height()
	var rects, texts strings.Builder
	for y := range h {
		for x := 0; x < w; {
			x = t.run(&rects, &texts, x, y, fg, bg)
		}
	}
	wide, high := float64(w)*cellW+2*border, float64(h)*cellH+2*border
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.1f %.1f" width="%.0f" height="%.0f" role="img" aria-label="%s">
<title>%s</title>
<rect width="100%%" height="100%%" rx="8" fill="%s"/>
<g transform="translate(%.0f %.0f)">
%s<g font-family="%s" font-size="%.0f" fill="%s" xml:space="preserve">
%s</g>
</g>
</svg>
`, wide, high, wide, high, escape(title), escape(title), bg, border, border, rects.String(), fonts, fontSize, fg, texts.String())
}

// run draws the cells from x that look the same, and returns where the next begin.
func (t *terminal) run(rects, texts *strings.Builder, x, y int, fg, bg string) int {
	first := t.em.CellAt(x, y)
	as := lookOf(first, fg, bg)
	var text strings.Builder
	end := x
	for end < t.em.Width() {
		c := t.em.CellAt(end, y)
		if end > x && (as.alone || !as.goesOn(lookOf(c, fg, bg))) {
			break
		}
		content, width := " ", 1
		if c != nil && c.Content != "" {
			content, width = c.Content, max(1, c.Width)
		}
		text.WriteString(content)
		end += width
	}
	left, top := float64(x)*cellW, float64(y)*cellH
	if as.bg != bg {
		fmt.Fprintf(rects, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", left, top, float64(end-x)*cellW, cellH, as.bg)
	}
	words := strings.TrimRight(text.String(), " ")
	if words == "" {
		return end
	}
	lead := len(words) - len(strings.TrimLeft(words, " "))
	words = words[lead:]
	left += float64(lead) * cellW
	fmt.Fprintf(texts, "<text x=\"%.1f\" y=\"%.1f\"%s%s>%s</text>\n", left, top+baseline, pinned(words), as.attributes(fg), escape(words))
	return end
}

// pinned keeps a run as long as its cells, whatever font it is drawn in.
func pinned(words string) string {
	n := len([]rune(words))
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\"", float64(n)*cellW)
}

func (l look) attributes(fg string) string {
	var b strings.Builder
	if l.fg != fg {
		fmt.Fprintf(&b, " fill=\"%s\"", l.fg)
	}
	if l.bold {
		b.WriteString(` font-weight="700"`)
	}
	if l.italic {
		b.WriteString(` font-style="italic"`)
	}
	if l.under {
		b.WriteString(` text-decoration="underline"`)
	}
	if l.faint {
		b.WriteString(` opacity="0.6"`)
	}
	return b.String()
}

func lookOf(c *uv.Cell, fg, bg string) look {
	if c == nil {
		return look{fg: fg, bg: bg, blank: true}
	}
	l := look{
		fg: hex(c.Style.Fg, fg), bg: hex(c.Style.Bg, bg), under: c.Style.Underline != uv.UnderlineNone,
		bold: c.Style.Attrs&uv.AttrBold != 0, italic: c.Style.Attrs&uv.AttrItalic != 0, faint: c.Style.Attrs&uv.AttrFaint != 0,
	}
	if c.Style.Attrs&uv.AttrReverse != 0 {
		l.fg, l.bg = l.bg, l.fg
	}
	for _, r := range c.Content {
		l.alone = l.alone || unicode.Is(unicode.So, r) && r != '─'
	}
	if strings.TrimSpace(c.Content) == "" && !l.under {
		l = look{fg: fg, bg: l.bg, blank: true}
	}
	return l
}

func hex(c color.Color, or string) string {
	if c == nil {
		return or
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}
