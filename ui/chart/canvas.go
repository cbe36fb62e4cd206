package chart

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"pou/model/atlas"
	"pou/ui/part"
)

// ink is how a cell is written: a style of the theme, or one of the shades of a heat map.
type ink uint8

const (
	inkText ink = iota
	inkDim
	inkAccent
	inkWarn
	inkBold
	inkMatch
	inkSelected
	inkShade // the first of the shades; they follow
	inkCount = inkShade + shadeCount
)

// What a cell of a map shows, the later over the earlier.
const (
	rankNone uint8 = iota
	rankBorder
	rankRiver
	rankArea
	rankZone
	rankTrack
	rankGlyph
	rankText
)

// cell is one place of a terminal. Its letter is 0 for none, wideTail behind a letter two cells wide.
type cell struct {
	letter rune
	dots   uint8
	rank   uint8
	ink    ink
}

const wideTail = rune(-1)

// canvas is a terminal being drawn on.
type canvas struct {
	w, h  int
	ascii bool
	inks  [inkCount]string
	cells []cell
}

func newCanvas(th *part.Theme, w, h int) *canvas {
	c := &canvas{w: max(w, 0), h: max(h, 0), ascii: th.ASCII}
	c.cells = make([]cell, c.w*c.h)
	c.inks = [inkCount]string{
		inkDim: th.Dim.On(), inkAccent: th.Accent.On(), inkWarn: th.Warn.On(), inkBold: th.Bold.On(), inkMatch: th.Match.On(),
		inkSelected: th.Selected.On(),
	}
	for i, on := range shades(th) {
		c.inks[int(inkShade)+i] = on
	}
	return c
}

// pick is the first where the terminal can draw Unicode, the second where it cannot.
func (c *canvas) pick(unicode, ascii rune) rune {
	if c.ascii {
		return ascii
	}
	return unicode
}

func (c *canvas) at(x, y int) *cell {
	if uint(x) >= uint(c.w) || uint(y) >= uint(c.h) { //nolint:gosec // below nothing becomes above everything
		return nil
	}
	return &c.cells[y*c.w+x]
}

// put writes one letter over whatever is there.
func (c *canvas) put(x, y int, letter rune, i ink, rank uint8) {
	if p := c.at(x, y); p != nil {
		*p = cell{letter: letter, ink: i, rank: rank}
	}
}

// write sets a text from x on and says how many cells it took; what has no room is cut.
func (c *canvas) write(x, y int, text string, i ink) int {
	start := x
	for _, r := range text {
		n := 1
		if r < ' ' || r > '~' {
			n = ansi.StringWidth(string(r))
		}
		if n == 0 {
			continue // a mark that joins the letter before it: left out rather than misplaced
		}
		if x < 0 || x+n > c.w {
			break
		}
		if c.ascii && r > '~' {
			r = plainLetter(r)
		}
		c.put(x, y, r, i, rankText)
		for k := 1; k < n; k++ {
			c.put(x+k, y, wideTail, i, rankText)
		}
		x += n
	}
	return x - start
}

// plainLetter is what a terminal without Unicode shows for a sign the charts themselves write.
func plainLetter(r rune) rune {
	switch r {
	case '–', '—', '─':
		return '-'
	case '·':
		return '.'
	case '…':
		return '~'
	case '÷':
		return '/'
	case '×':
		return 'x'
	case '’', '‘':
		return '\''
	}
	return r // names keep their letters, as everywhere in the program
}

// right sets a text so that it ends before x.
func (c *canvas) right(x, y int, text string, i ink) { c.write(x-part.Width(text), y, text, i) }

// dot sets one of the two by four dots of a cell. Something of a higher rank is never drawn over, and does not share a cell with
// what is lower, except the river with the borders.
func (c *canvas) dot(x, y int, i ink, rank uint8) {
	if x < 0 || y < 0 {
		return
	}
	p := c.at(x>>1, y>>2)
	if p == nil || p.rank > rank {
		return
	}
	if p.rank < rank {
		if rank > rankRiver {
			p.dots = 0
		}
		p.rank, p.ink = rank, i
	}
	p.dots |= dotBit(x&1, y&3)
}

// dotBit is a dot's bit in the braille block.
func dotBit(x, y int) uint8 {
	if y == 3 {
		return 0x40 << x
	}
	return 1 << (y + 3*x)
}

// String is the canvas as lines.
func (c *canvas) String() string {
	var b strings.Builder
	b.Grow(c.w*c.h*3 + c.h)
	for y := range c.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		on, under := "", inkText
		for _, p := range c.cells[y*c.w : (y+1)*c.w] {
			if p.letter == wideTail {
				continue
			}
			letter := c.shown(p)
			want := c.inks[p.ink]
			if letter == ' ' && p.ink < inkSelected && under < inkSelected {
				want = on // a blank without a ground shows no colour: fewer changes, fewer bytes
			} else {
				under = p.ink
			}
			if want != on {
				if on != "" {
					b.WriteString(ansi.ResetStyle)
				}
				b.WriteString(want)
				on = want
			}
			b.WriteRune(letter)
		}
		if on != "" {
			b.WriteString(ansi.ResetStyle)
		}
	}
	return b.String()
}

func (c *canvas) shown(p cell) rune {
	switch {
	case p.letter != 0:
		return p.letter
	case p.dots == 0:
		return ' '
	case !c.ascii:
		return rune(0x2800) + rune(p.dots)
	}
	switch p.rank {
	case rankRiver:
		return '~'
	case rankArea:
		return ':'
	case rankZone:
		return 'x'
	case rankTrack:
		return '*'
	}
	return '.'
}

// glyph is the sign of a side: hollow for a few of its rows, filled for many. A suspect is square, a victim-survivor a diamond, as
// everywhere on a chart.
func (c *canvas) glyph(s atlas.Side, many bool) (rune, ink) {
	few := [...][2]rune{atlas.Nobody: {'·', 'n'}, atlas.Suspect: {'□', 's'}, atlas.Victim: {'◇', 'v'}, atlas.Third: {'○', 'o'}}
	lot := [...][2]rune{atlas.Nobody: {'•', 'N'}, atlas.Suspect: {'■', 'S'}, atlas.Victim: {'◆', 'V'}, atlas.Third: {'●', 'O'}}
	if int(s) >= len(few) {
		s = atlas.Nobody
	}
	pair := few[s]
	if many {
		pair = lot[s]
	}
	return c.pick(pair[0], pair[1]), sideInk(s)
}

// both is the sign of a place where rows of the suspect and of the victim-survivor lie.
func (c *canvas) both() (rune, ink) { return c.pick('◈', 'X'), inkMatch }

func sideInk(s atlas.Side) ink {
	switch s {
	case atlas.Suspect:
		return inkAccent
	case atlas.Victim:
		return inkBold
	case atlas.Nobody, atlas.Third:
	}
	return inkDim
}

// SideWord is how a side is named on a chart.
func SideWord(s atlas.Side) string {
	switch s {
	case atlas.Suspect:
		return "suspect"
	case atlas.Victim:
		return "victim-survivor"
	case atlas.Third:
		return "somebody else"
	case atlas.Nobody:
	}
	return "not attributed"
}
