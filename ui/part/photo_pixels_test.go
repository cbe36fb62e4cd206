package part

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"strconv"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// grainy is a picture of soft gradients with some grain, as a camera's.
func grainy(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			grain := uint8(seed >> 28)
			img.SetRGBA(x, y, color.RGBA{R: uint8(40+180*x/w) + grain, G: uint8(30+150*y/h) + grain, B: uint8(20+90*(x+y)/(w+h)) + grain, A: 255})
		}
	}
	return img
}

var graphics = regexp.MustCompile("\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\\\")

func TestAPhotoGoesToAKittyTerminalInPiecesAndWhole(t *testing.T) {
	p := photo(t, asPNG(t, grainy(400, 300)))
	id := NewKittyID(7)
	text, err := p.KittyTransmit(id)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	pieces := graphics.FindAllStringSubmatch(text, -1)
	for i, m := range pieces {
		last := i == len(pieces)-1
		if strings.Contains(m[1], "m=1") == last || strings.Contains(m[1], fmt.Sprintf("i=%d", id)) != (i == 0) || len(m[2]) > kitty.MaxChunkSize {
			t.Errorf("piece %d of %d: %s, %d bytes", i, len(pieces), m[1], len(m[2]))
		}
		all.WriteString(m[2])
	}
	if len(pieces) < 3 || graphics.ReplaceAllString(text, "") != "" {
		t.Fatalf("%d pieces, and besides them %q", len(pieces), graphics.ReplaceAllString(text, ""))
	}
	raw, err := base64.StdEncoding.DecodeString(all.String())
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := img.At(17, 23).RGBA(); img.Bounds().Dx() != 400 || byte(r>>8) != p.rgb[3*(23*400+17)] || byte(g>>8) != p.rgb[3*(23*400+17)+1] || byte(b>>8) != p.rgb[3*(23*400+17)+2] {
		t.Errorf("the terminal has another picture: %v", img.Bounds())
	}
	if del := KittyDelete(id); !strings.Contains(del, "d=I") || !strings.Contains(del, fmt.Sprintf("i=%d,", id)) {
		t.Errorf("deleting: %q", del)
	}
}

func TestPicturesNearEachOtherHaveDifferentNumbers(t *testing.T) {
	seen := map[KittyID]bool{}
	for n := range kittyMany {
		id := NewKittyID(n)
		if low := id & 0xff; seen[id] || low < 16 || id>>24 != kittyHigh {
			t.Errorf("picture %d is %x", n, id)
		}
		seen[id] = true
	}
}

// The renderer must take each placeholder with its three marks for one cell, by either way of measuring.
func TestAPlaceholderIsOneCellWhicheverWayItIsMeasured(t *testing.T) {
	p := photo(t, asPNG(t, quarters(300, 300)))
	for _, m := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		const w, h = KittyMost, KittyMost / 2
		lines := p.KittyCells(NewKittyID(3), w, h, "\x1b_pou;3\x1b\\")
		scr := uv.NewScreenBuffer(w, h)
		scr.Method = m
		uv.NewStyledString(strings.Join(lines, "\n")).Draw(scr, scr.Bounds())
		for y := range h {
			for x := range w {
				want := string(kitty.Placeholder) + string(kitty.Diacritic(y)) + string(kitty.Diacritic(x)) + string(kitty.Diacritic(kittyHigh))
				c := scr.CellAt(x, y)
				if x+y == 0 {
					want = fmt.Sprintf("\x1b_pou;3\x1b\\\x1b_Ga=p,U=1,i=%d,p=1,c=%d,r=%d,q=2\x1b\\", NewKittyID(3), w, h) + want
				}
				if c.Content != want || c.Width != 1 || c.Style.Fg != ansi.IndexedColor(NewKittyID(3)&0xff) {
					t.Fatalf("cell %d,%d is %q of %d in %v", x, y, c.Content, c.Width, c.Style.Fg)
				}
			}
		}
	}
}

func TestAPhotoOfPixelsTakesTheCellsOfOneOfHalfBlocks(t *testing.T) {
	th := NewTheme(true, false, false)
	for _, shape := range [][2]int{{30, 40}, {40, 30}, {1, 200}, {200, 1}} {
		p := photo(t, asPNG(t, quarters(shape[0], shape[1])))
		for _, size := range [][2]int{{24, 12}, {1, 1}, {60, 30}, {3, 40}} {
			where := func(lines []string) string {
				text := ansi.Strip(strings.Join(lines, "\n"))
				sized(t, text, size[0], size[1])
				var out strings.Builder
				for _, l := range strings.Split(text, "\n") {
					cells := uv.NewStyledString(l).Lines(ansi.GraphemeWidth)
					for _, c := range cells[0] {
						out.WriteByte(map[bool]byte{true: '.', false: '#'}[c.Content == " "])
					}
					out.WriteByte('\n')
				}
				return out.String()
			}
			blocks := where(th.Photo(p, size[0], size[1], false))
			if k := where(p.KittyCells(NewKittyID(1), size[0], size[1], "")); k != blocks {
				t.Errorf("%v in %v: placeholders\n%s half blocks\n%s", shape, size, k, blocks)
			}
			if s := where(p.SixelCells(1, size[0], size[1])); s != blocks {
				t.Errorf("%v in %v: cells kept for sixels\n%s half blocks\n%s", shape, size, s, blocks)
			}
		}
	}
}

func TestCellsKeptForSixelsShareNothingWithTheNextFrameNorWithAnotherLine(t *testing.T) {
	p := photo(t, asPNG(t, quarters(100, 100)))
	one, two := p.SixelCells(4, 40, 20), p.SixelCells(5, 40, 20)
	lines := map[string]bool{}
	for y := range one {
		lines[one[y]], lines[two[y]] = true, true
		a, b := []rune(one[y]), []rune(two[y])
		for x := range a {
			if a[x] == b[x] || a[x] == ' ' || b[x] == ' ' {
				t.Fatalf("cell %d,%d: %q and then %q", x, y, a[x], b[x])
			}
		}
	}
	if len(lines) != 40 {
		t.Errorf("%d different lines of 40", len(lines))
	}
}

func TestSixelsAreThePhotoInItsColours(t *testing.T) {
	for name, img := range map[string][]byte{"four colours": asPNG(t, quarters(90, 120)), "many": asPNG(t, grainy(90, 120))} {
		p := photo(t, img)
		w, h := p.SixelSize(10, 6, 9, 20)
		if w != 90 || h != 120 {
			t.Fatalf("%d by %d dots", w, h)
		}
		got, colours := unsixel(t, p.Sixel(w, h), w, h)
		if colours > sixelColours {
			t.Errorf("%s: %d colours", name, colours)
		}
		off := 0
		for i := range got {
			off += max(int(got[i])-int(p.rgb[i]), int(p.rgb[i])-int(got[i]))
		}
		if mean := off / len(got); mean > 14 {
			t.Errorf("%s: a dot is off by %d of 255", name, mean)
		}
	}
	p := photo(t, asPNG(t, quarters(90, 120)))
	for _, size := range [][2]int{{0, 12}, {5, 5}, {-1, 6}} {
		if s := p.Sixel(size[0], size[1]); s != "" {
			t.Errorf("%v: %q", size, s)
		}
	}
	for _, c := range [][4]int{{10, 5, 9, 20}, {60, 40, 10, 21}, {90, 90, 64, 128}, {1, 1, 4, 6}} {
		w, h := p.SixelSize(c[0], c[1], c[2], c[3])
		if w > c[0]*c[2] || h > c[1]*c[3] || h%6 != 0 || max(w, h) > sixelSide {
			t.Errorf("%v: %d by %d dots do not fit", c, w, h)
		}
	}
}

// unsixel draws sixels, as a terminal does.
func unsixel(t *testing.T, text string, w, h int) (rgb []byte, colours int) {
	t.Helper()
	head := fmt.Sprintf("\x1bP0;1;0q\"1;1;%d;%d", w, h)
	body, ok := strings.CutPrefix(text, head)
	body, ok2 := strings.CutSuffix(body, "\x1b\\")
	if !ok || !ok2 {
		t.Fatalf("no sixels: %.40q", text)
	}
	rgb = make([]byte, 3*w*h)
	palette := map[int][3]byte{}
	x, y, colour := 0, 0, 0
	for _, m := range regexp.MustCompile(`#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)(.)|([$-])|([?-~])`).FindAllStringSubmatch(body, -1) {
		n, dots := 1, ""
		switch {
		case m[1] != "":
			var c [3]byte
			for i := range c {
				c[i] = byte((number(m[2+i])*255 + 50) / 100)
			}
			palette[number(m[1])] = c
		case m[5] != "":
			colour = number(m[5])
		case m[6] != "":
			n, dots = number(m[6]), m[7]
		case m[8] == "$":
			x = 0
		case m[8] == "-":
			x, y = 0, y+6
		default:
			dots = m[9]
		}
		for ; dots != "" && n > 0; n-- {
			for dy := range 6 {
				if (dots[0]-'?')>>dy&1 == 1 {
					c := palette[colour]
					copy(rgb[3*((y+dy)*w+x):], c[:])
				}
			}
			x++
		}
	}
	return rgb, len(palette)
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// A photo of the largest size a desk shows, in the background while half blocks stand there.
func BenchmarkSixel(b *testing.B) {
	p := photo(b, asPNG(b, grainy(360, 480)))
	w, h := p.SixelSize(60, 40, 10, 20)
	for b.Loop() {
		b.SetBytes(int64(len(p.Sixel(w, h))))
	}
}

func BenchmarkKittyTransmit(b *testing.B) {
	p := photo(b, asPNG(b, grainy(360, 480)))
	for b.Loop() {
		text, err := p.KittyTransmit(1)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(text)))
	}
}
