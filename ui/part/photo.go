package part

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The most a photo may be: a file made to exhaust the memory of the desk is refused before it is unpacked.
const (
	maxPhotoBytes = 10 << 20
	maxPhotoDots  = 20_000_000
)

// keptPhotoSide is the longer side of what is kept of a photo: more dots than a terminal of 300 columns can show.
const keptPhotoSide = 480

// Errors of ReadPhoto, in the words the frame shows.
var (
	ErrPhotoLarge   = errors.New("the photo is over 10 MB or 20 million dots: save a smaller copy")
	ErrPhotoKind    = errors.New("the photo is neither PNG nor JPEG: save it as one of those")
	ErrPhotoDamaged = errors.New("the photo is damaged: fetch it again from where it came from")
)

// Photo is a picture reduced to what a terminal can show: rows of red, green and blue.
type Photo struct {
	w, h int
	rgb  []byte
}

// ReadPhoto decodes a PNG or JPEG, turned the way its camera says it was held.
func ReadPhoto(r io.Reader) (*Photo, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxPhotoBytes+1))
	if err != nil {
		return nil, errors.Join(ErrPhotoDamaged, err)
	}
	if len(raw) > maxPhotoBytes {
		return nil, ErrPhotoLarge
	}
	config, decode := png.DecodeConfig, png.Decode
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xd8\xff")):
		config, decode = jpeg.DecodeConfig, jpeg.Decode
	case !bytes.HasPrefix(raw, []byte("\x89PNG\r\n\x1a\n")):
		return nil, ErrPhotoKind
	}
	c, err := config(bytes.NewReader(raw))
	if err != nil || c.Width < 1 || c.Height < 1 {
		return nil, ErrPhotoDamaged
	}
	if c.Height > maxPhotoDots/c.Width {
		return nil, ErrPhotoLarge
	}
	img, err := decode(bytes.NewReader(raw))
	if err != nil {
		return nil, ErrPhotoDamaged
	}
	return reduce(img).turned(orientation(raw)), nil
}

// reduce averages the picture down to the size that is kept, a strip at a time, over grey where it is transparent.
func reduce(img image.Image) *Photo {
	b := img.Bounds()
	w, h := within(b.Dx(), b.Dy(), min(keptPhotoSide, b.Dx()), min(keptPhotoSide, b.Dy()))
	p := &Photo{w: w, h: h, rgb: make([]byte, 0, 3*w*h)}
	grey := image.NewUniform(color.Gray{Y: 0x80})
	var strip *image.RGBA
	for y := range h {
		top, bottom := span(y, h, b.Dy())
		if strip == nil || strip.Rect.Dy() != bottom-top {
			strip = image.NewRGBA(image.Rect(0, 0, b.Dx(), bottom-top))
		}
		draw.Draw(strip, strip.Rect, grey, image.Point{}, draw.Src)
		draw.Draw(strip, strip.Rect, img, image.Pt(b.Min.X, b.Min.Y+top), draw.Over)
		for x := range w {
			left, right := span(x, w, b.Dx())
			p.rgb = append(p.rgb, mean(strip.Pix, 4, strip.Stride, left, right, 0, bottom-top)...)
		}
	}
	return p
}

// scaled is the photo at another size, each dot the mean of those it stands for.
func (p *Photo) scaled(w, h int) *Photo {
	out := &Photo{w: w, h: h, rgb: make([]byte, 0, 3*w*h)}
	for y := range h {
		top, bottom := span(y, h, p.h)
		for x := range w {
			left, right := span(x, w, p.w)
			out.rgb = append(out.rgb, mean(p.rgb, 3, 3*p.w, left, right, top, bottom)...)
		}
	}
	return out
}

// span is which of the dots of one side stand for dot i of n.
func span(i, n, of int) (from, to int) {
	from = i * of / n
	return from, max((i+1)*of/n, from+1)
}

// mean is the average colour of a rectangle of dots.
func mean(pix []byte, step, stride, left, right, top, bottom int) []byte {
	var r, g, b int
	for y := top; y < bottom; y++ {
		row := pix[y*stride+left*step : y*stride+right*step]
		for i := 0; i+2 < len(row); i += step {
			r, g, b = r+int(row[i]), g+int(row[i+1]), b+int(row[i+2])
		}
	}
	n := (right - left) * (bottom - top)
	return []byte{byte(r / n), byte(g / n), byte(b / n)}
}

// within is the largest size of the same shape inside a box.
func within(w, h, boxW, boxH int) (int, int) {
	if w*boxH > h*boxW {
		return boxW, max(h*boxW/w, 1)
	}
	return max(w*boxH/h, 1), boxH
}

// turned turns and mirrors the photo as an EXIF orientation of 1 to 8 says.
func (p *Photo) turned(how int) *Photo {
	if how < 2 || how > 8 {
		return p
	}
	out := &Photo{w: p.w, h: p.h, rgb: make([]byte, 0, len(p.rgb))}
	if how >= 5 {
		out.w, out.h = p.h, p.w
	}
	for y := range out.h {
		for x := range out.w {
			sx, sy := x, y
			if how >= 5 {
				sx, sy = y, x
			}
			if how == 2 || how == 3 || how == 7 || how == 8 {
				sx = p.w - 1 - sx
			}
			if how == 3 || how == 4 || how == 6 || how == 7 {
				sy = p.h - 1 - sy
			}
			i := 3 * (sy*p.w + sx)
			out.rgb = append(out.rgb, p.rgb[i:i+3]...)
		}
	}
	return out
}

// Photo draws a photo as w by h cells, in the middle of them: two dots a cell in colour, and without colour (or with so few
// that a face would be lost) in the shades of letters.
func (th *Theme) Photo(p *Photo, w, h int, fewColours bool) []string {
	cols, rows := p.Cells(w, h)
	if rows == 0 {
		return nil
	}
	draw := halfBlocks
	if th.ASCII || th.NoColour || fewColours {
		draw = th.shades
	}
	return centred(draw(p, cols, rows), cols, w, h)
}

// Cells is how many of w by h cells a photo takes: as many as keep its shape where a cell is twice as high as wide.
func (p *Photo) Cells(w, h int) (cols, rows int) {
	if w < 1 || h < 1 {
		return 0, 0
	}
	cols, dots := within(p.w, p.h, w, 2*h)
	return cols, (dots + 1) / 2
}

// centred sets lines of so many cells in the middle of w by h.
func centred(lines []string, cols, w, h int) []string {
	out := make([]string, 0, h)
	for range (h - len(lines)) / 2 {
		out = append(out, blank(w))
	}
	left := (w - cols) / 2
	for _, line := range lines {
		out = append(out, blank(left)+line+blank(w-left-cols))
	}
	for len(out) < h {
		out = append(out, blank(w))
	}
	return out
}

// halfBlocks draws the upper dot of a cell as its letter and the lower one as its ground.
func halfBlocks(p *Photo, cols, rows int) []string {
	s := p.scaled(cols, 2*rows)
	out := make([]string, rows)
	for y := range out {
		line := make([]byte, 0, cols*40)
		upper, lower := s.rgb[6*y*cols:], s.rgb[(6*y+3)*cols:]
		for i := 0; i < 3*cols; i += 3 {
			if i == 0 || !bytes.Equal(upper[i:i+3], upper[i-3:i]) || !bytes.Equal(lower[i:i+3], lower[i-3:i]) {
				line = appendRGB(append(line, "\x1b[38;2"...), upper[i:i+3])
				line = append(appendRGB(append(line, ";48;2"...), lower[i:i+3]), 'm')
			}
			line = append(line, "▀"...)
		}
		out[y] = string(append(line, ansi.ResetStyle...))
	}
	return out
}

func appendRGB(line, rgb []byte) []byte {
	for _, c := range rgb {
		line = strconv.AppendUint(append(line, ';'), uint64(c), 10)
	}
	return line
}

// shadesOfLetters go from nothing to as much ink as a letter has.
const shadesOfLetters = " .:-=+*#%@"

// shades draws a cell as a letter of about its brightness, from the darkest of the photo to the brightest.
func (th *Theme) shades(p *Photo, cols, rows int) []string {
	s := p.scaled(cols, rows)
	light := make([]int, cols*rows)
	lo, hi := 255, 0
	for i := range light {
		c := s.rgb[3*i : 3*i+3]
		light[i] = (299*int(c[0]) + 587*int(c[1]) + 114*int(c[2])) / 1000
		lo, hi = min(lo, light[i]), max(hi, light[i])
	}
	out := make([]string, rows)
	for y := range out {
		var b strings.Builder
		for _, l := range light[y*cols : (y+1)*cols] {
			at := (l - lo) * (len(shadesOfLetters) - 1) / max(hi-lo, 1)
			if !th.Dark {
				at = len(shadesOfLetters) - 1 - at
			}
			b.WriteByte(shadesOfLetters[at])
		}
		out[y] = b.String()
	}
	return out
}

// PhotoFrame is an empty frame of w by h cells with words in its middle, for where a photo would be.
func (th *Theme) PhotoFrame(words []string, w, h int) []string {
	if w < 5 || h < 3 {
		return th.fitAll(words, w, h)
	}
	var lines []string
	for _, s := range words {
		lines = append(lines, Wrap(Safe(s), w-4)...)
	}
	lines = lines[:min(len(lines), h-2)]
	body := make([]string, h-2)
	for i, s := range lines {
		body[(h-2-len(lines))/2+i] = blank((w-4-Width(s))/2) + th.Dim.Apply(s)
	}
	return strings.Split(frame(th, "", body, w), "\n")
}
