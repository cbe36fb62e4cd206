package part

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// sixelSide is the longer side of a picture that is written as sixels: the whole of it goes through the line each time.
const sixelSide = 960

// SixelSize is how many dots of a terminal's screen the photo takes in so many cells of a size in dots. The height is
// in whole bands of six, so that nothing is drawn outside the cells.
func (p *Photo) SixelSize(cols, rows, cellW, cellH int) (w, h int) {
	w, h = within(p.w, p.h, min(cols*cellW, sixelSide), min(rows*cellH, sixelSide))
	return w, h - h%6
}

// Sixel is the photo as sixels of a size in dots; "" where there is no room for one band.
func (p *Photo) Sixel(w, h int) string {
	if w < 1 || h < 6 {
		return ""
	}
	s := p.scaled(w, h)
	colours, of := s.palette()
	out := bytes.NewBuffer(make([]byte, 0, w*h))
	fmt.Fprintf(out, "\x1bP0;1;0q\"1;1;%d;%d", w, h) // what is not drawn stays as it is
	for i, c := range colours {
		fmt.Fprintf(out, "#%d;2;%d;%d;%d", i, percent(c[0]), percent(c[1]), percent(c[2]))
	}
	rows := make([][]byte, len(colours)) // of each colour in a band, which of the six dots of a column have it
	for y := 0; y+6 <= h; y += 6 {
		s.band(rows, of, y)
		for i, row := range rows {
			if row != nil {
				sixelRow(out, i, row)
				rows[i] = nil
			}
		}
		out.WriteByte('-')
	}
	out.WriteString("\x1b\\")
	return out.String()
}

func percent(c byte) int { return (int(c)*100 + 127) / 255 }

// band sorts the dots of six lines by their colour.
func (p *Photo) band(rows [][]byte, of []uint8, y int) {
	for dy := range 6 {
		for x := range p.w {
			i := 3 * ((y+dy)*p.w + x)
			c := of[shade(p.rgb[i:])]
			if rows[c] == nil {
				rows[c] = make([]byte, p.w)
			}
			rows[c][x] |= 1 << dy
		}
	}
}

// sixelRow writes one colour of a band and goes back to its beginning.
func sixelRow(out *bytes.Buffer, colour int, row []byte) {
	out.WriteByte('#')
	out.WriteString(strconv.Itoa(colour))
	for x := 0; x < len(row); {
		n := 1
		for x+n < len(row) && row[x+n] == row[x] {
			n++
		}
		c := '?' + row[x]
		x += n
		if n > 3 {
			fmt.Fprintf(out, "!%d%c", n, c)
			continue
		}
		for range n {
			out.WriteByte(c)
		}
	}
	out.WriteByte('$')
}

// Shades are colours of five bits a part: fine enough to sort dots by, and few enough to count.
const shades = 1 << 15

func shade(rgb []byte) int { return int(rgb[0]>>3)<<10 | int(rgb[1]>>3)<<5 | int(rgb[2]>>3) }

// tone is a shade that occurs in a photo, with the sum of its dots.
type tone struct {
	shade, n int
	sum      [3]int
}

// sixelColours is how many colours every sixel terminal of today keeps.
const sixelColours = 256

// palette chooses the colours that lose least: the group of tones that differ most is cut in half, until there are enough
// groups (median cut). of names the colour of each shade.
func (p *Photo) palette() (colours [][3]byte, of []uint8) {
	groups := [][]tone{p.tones()}
	for len(groups) < sixelColours {
		worst, most, part := -1, 0, 0
		for i, g := range groups {
			if spread, channel := widest(g); len(g) > 1 && spread > most {
				worst, most, part = i, spread, channel
			}
		}
		if worst < 0 {
			break
		}
		g := groups[worst]
		slices.SortFunc(g, func(a, b tone) int { return cmp.Compare(a.channel(part), b.channel(part)) })
		at := middle(g)
		groups[worst] = g[:at]
		groups = append(groups, g[at:])
	}
	of = make([]uint8, shades)
	for i, g := range groups {
		var n int
		var sum [3]int
		for _, t := range g {
			n += t.n
			for c := range sum {
				sum[c] += t.sum[c]
			}
			of[t.shade] = uint8(i) //nolint:gosec // there are at most 256 groups
		}
		colours = append(colours, [3]byte{byte(sum[0] / n), byte(sum[1] / n), byte(sum[2] / n)})
	}
	return colours, of
}

func (p *Photo) tones() []tone {
	all := make([]tone, shades)
	for i := 0; i < len(p.rgb); i += 3 {
		t := &all[shade(p.rgb[i:])]
		t.shade = shade(p.rgb[i:])
		t.n++
		for c := range t.sum {
			t.sum[c] += int(p.rgb[i+c])
		}
	}
	return slices.DeleteFunc(all, func(t tone) bool { return t.n == 0 })
}

func (t tone) channel(c int) int { return t.shade >> (10 - 5*c) & 31 }

// widest is the part of the colour in which a group of tones differs most, weighed by how many dots it has.
func widest(g []tone) (spread, channel int) {
	n := 0
	for _, t := range g {
		n += t.n
	}
	for c := range 3 {
		lo, hi := 31, 0
		for _, t := range g {
			lo, hi = min(lo, t.channel(c)), max(hi, t.channel(c))
		}
		if s := (hi - lo) * n; s > spread {
			spread, channel = s, c
		}
	}
	return spread, channel
}

// middle is where a sorted group has half its dots on either side; never at an end.
func middle(g []tone) int {
	n := 0
	for _, t := range g {
		n += t.n
	}
	at, seen := 0, 0
	for at < len(g)-1 && (at == 0 || 2*(seen+g[at].n) <= n) {
		seen += g[at].n
		at++
	}
	return at
}

// SixelCells keeps w by h cells free for a photo that is laid over the middle of them. They look blank, but none of them
// is a space and no two lines are alike: so a frame without the photo overwrites every one of them, which takes the
// dots away with it, and no line is moved to where another stood. Two neighbouring values of turn share no cell.
func (p *Photo) SixelCells(turn, w, h int) []string {
	cols, rows := p.Cells(w, h)
	blanks := [2]string{"\u00a0", "\u2007"} // spaces that are wider or narrower in print, and one cell here
	if turn%2 == 1 {
		blanks = [2]string{"\u2002", "\u202f"}
	}
	lines := make([]string, rows)
	for y := range lines {
		var b strings.Builder
		for x := range cols {
			b.WriteString(blanks[y>>(x%8)&1])
		}
		lines[y] = b.String()
	}
	return centred(lines, cols, w, h)
}
