package part

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// bigRows is how many dots high the block letters are.
const bigRows = 5

// BigText sets text in block letters that can be read across a room: capitals, digits and the signs names and references
// are written with. A dot is one cell wide and half a cell high, which is about square; scale makes it larger. Accents are
// left off, so the exact spelling must stand near. It is false when the text has a letter the font does not, or is wider
// than w: the caller then writes it as text.
func (th *Theme) BigText(text string, scale, w int) ([]string, bool) {
	dots, ok := bigDots(text)
	if !ok || len(dots[0]) == 0 || len(dots[0])*scale > w {
		return nil, false
	}
	if th.ASCII {
		return bigHashes(dots, scale), true
	}
	return bigHalves(dots, scale), true
}

// BigHeight is how many lines BigText takes at a scale.
func (th *Theme) BigHeight(scale int) int {
	if th.ASCII {
		return bigRows * max(scale/2, 1)
	}
	return (bigRows*scale + 1) / 2
}

// BigWidth is how many cells BigText takes at scale 1, or -1 when the text cannot be set.
func BigWidth(text string) int {
	dots, ok := bigDots(text)
	if !ok {
		return -1
	}
	return len(dots[0])
}

// bigDots lays the letters out side by side, one dot apart.
func bigDots(text string) (rows [bigRows][]bool, ok bool) {
	for _, r := range bigFold(text) {
		glyph := bigGlyph(r)
		if glyph == "" {
			return rows, false
		}
		for y, line := range strings.Split(glyph, "/") {
			if len(rows[y]) > 0 {
				rows[y] = append(rows[y], false)
			}
			for _, c := range line {
				rows[y] = append(rows[y], c == '#')
			}
		}
	}
	return rows, true
}

// bigFold brings text to the letters of the font: capitals, accents off, letters without a decomposition spelt as they
// are in travel documents (ICAO 9303), curly signs straight.
func bigFold(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToUpper(r)
		if s := bigSpelt(r); s != "" {
			b.WriteString(s)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func bigSpelt(r rune) string {
	switch r {
	case 'Ł':
		return "L"
	case 'Ø':
		return "O"
	case 'Đ', 'Ð':
		return "D"
	case 'ß', 'ẞ':
		return "SS"
	case 'Æ':
		return "AE"
	case 'Œ':
		return "OE"
	case 'Þ':
		return "TH"
	case 'ı':
		return "I"
	case '’', '‘', 'ʼ', '`', '´':
		return "'"
	case '‐', '‑', '–', '—':
		return "-"
	case '·':
		return "."
	}
	return ""
}

// bigHalves draws two dots in one cell, the upper and the lower half of it.
func bigHalves(dots [bigRows][]bool, scale int) []string {
	out := make([]string, (bigRows*scale+1)/2)
	for y := range out {
		out[y] = bigLine(dots, scale, func(x int) string {
			upper, lower := bigAt(dots, x, 2*y/scale), bigAt(dots, x, (2*y+1)/scale)
			switch {
			case upper && lower:
				return "█"
			case upper:
				return "▀"
			case lower:
				return "▄"
			}
			return " "
		})
	}
	return out
}

// bigHashes draws a dot as a cell: taller letters, for terminals without half blocks.
func bigHashes(dots [bigRows][]bool, scale int) []string {
	tall := max(scale/2, 1)
	out := make([]string, bigRows*tall)
	for y := range out {
		out[y] = bigLine(dots, scale, func(x int) string {
			if bigAt(dots, x, y/tall) {
				return "#"
			}
			return " "
		})
	}
	return out
}

func bigLine(dots [bigRows][]bool, scale int, cell func(x int) string) string {
	var b strings.Builder
	for x := range dots[0] {
		for range scale {
			b.WriteString(cell(x))
		}
	}
	return b.String()
}

func bigAt(dots [bigRows][]bool, x, y int) bool { return y < bigRows && dots[y][x] }

// bigGlyph is a letter of the font, its rows divided by slashes; "" when the font has none.
func bigGlyph(r rune) string {
	if r >= 'A' && r <= 'Z' {
		return bigLetter(r)
	}
	if r >= '0' && r <= '9' {
		return bigDigit(r)
	}
	switch r {
	case ' ':
		return "   /   /   /   /   "
	case '-':
		return "   /   /###/   /   "
	case '\'':
		return "#/#/ / / "
	case '.':
		return " / / / /#"
	case ',':
		return "  /  /  / #/# "
	case ':':
		return " /#/ /#/ "
	case '/':
		return "    #/   # /  #  / #   /#    "
	case '(':
		return " #/# /# /# / #"
	case ')':
		return "# / #/ #/ #/# "
	case '+':
		return "   / # /###/ # /   "
	case '?':
		return "###/  #/ ##/   / # "
	}
	return ""
}

func bigLetter(r rune) string {
	return [...]string{
		" ## /#  #/####/#  #/#  #",
		"### /#  #/### /#  #/### ",
		" ###/#   /#   /#   / ###",
		"### /#  #/#  #/#  #/### ",
		"####/#   /### /#   /####",
		"####/#   /### /#   /#   ",
		" ###/#   /# ##/#  #/ ###",
		"#  #/#  #/####/#  #/#  #",
		"###/ # / # / # /###",
		"  ##/   #/   #/#  #/ ## ",
		"#  #/# # /##  /# # /#  #",
		"#   /#   /#   /#   /####",
		"#   #/## ##/# # #/#   #/#   #",
		"#   #/##  #/# # #/#  ##/#   #",
		" ## /#  #/#  #/#  #/ ## ",
		"### /#  #/### /#   /#   ",
		" ##  /#  # /#  # /#  # / ## #",
		"### /#  #/### /# # /#  #",
		" ###/#   / ## /   #/### ",
		"#####/  #  /  #  /  #  /  #  ",
		"#  #/#  #/#  #/#  #/ ## ",
		"#   #/#   #/ # # / # # /  #  ",
		"#   #/#   #/# # #/## ##/#   #",
		"#   #/ # # /  #  / # # /#   #",
		"#   #/ # # /  #  /  #  /  #  ",
		"####/   #/ ## /#   /####",
	}[r-'A']
}

func bigDigit(r rune) string {
	return [...]string{
		" ## /#  #/#  #/#  #/ ## ",
		" # /## / # / # /###",
		"### /   #/ ## /#   /####",
		"### /   #/ ## /   #/### ",
		"#  #/#  #/####/   #/   #",
		"####/#   /### /   #/### ",
		" ## /#   /### /#  #/ ## ",
		"####/   #/  # / #  / #  ",
		" ## /#  #/ ## /#  #/ ## ",
		" ## /#  #/ ###/   #/ ## ",
	}[r-'0']
}
