package part

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// KittyID numbers a picture in the terminal. Its low byte is written as the 256-colour foreground of the placeholder
// cells – a true colour would be lost on the way in a terminal of 256 – and the high byte as their third mark, so that
// the numbers of other programs are unlikely to be hit.
type KittyID uint32

// The numbers of pictures: the colours 16 to 255, which no theme changes, under one high byte.
const (
	kittyFirst = 16
	kittyMany  = 256 - kittyFirst
	kittyHigh  = 0x70
)

// NewKittyID is the number of the n-th picture; after 240 they begin again.
func NewKittyID(n int) KittyID {
	return KittyID(kittyHigh<<24 | (kittyFirst + n%kittyMany)) //nolint:gosec // of four bytes, whatever n
}

// KittyMost is how many columns or rows the marks of a placeholder can count.
const KittyMost = 200

// KittyQuery asks a terminal whether it draws pictures, without showing one.
func KittyQuery(id KittyID) string {
	return fmt.Sprintf("\x1b_Gi=%d,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\", id)
}

// KittyTransmit hands the photo to the terminal, which keeps it under its number and shows nothing yet. What the camera
// wrote into the file does not go with it.
func (p *Photo) KittyTransmit(id KittyID) (string, error) {
	var raw bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(&raw, p.image()); err != nil {
		return "", fmt.Errorf("the photo could not be prepared for the terminal: %w", err)
	}
	text := base64.StdEncoding.EncodeToString(raw.Bytes())
	var out strings.Builder
	head := fmt.Sprintf("a=t,t=d,f=100,i=%d,q=2,", id)
	for text != "" {
		n, more := min(kitty.MaxChunkSize, len(text)), 0
		if n < len(text) {
			more = 1
		}
		fmt.Fprintf(&out, "\x1b_G%sm=%d;%s\x1b\\", head, more, text[:n])
		text, head = text[n:], ""
	}
	return out.String(), nil
}

// KittyDelete makes the terminal forget a picture.
func KittyDelete(id KittyID) string { return fmt.Sprintf("\x1b_Ga=d,d=I,i=%d,q=2\x1b\\", id) }

// KittyCells draws a photo the terminal keeps as w by h cells, in the middle of them. The cells are characters that say which
// part of which picture stands there, so the picture goes wherever they go and ends when they are overwritten. before
// is written in front of the first of them.
func (p *Photo) KittyCells(id KittyID, w, h int, before string) []string {
	cols, rows := p.Cells(w, h)
	lines := make([]string, rows)
	before += fmt.Sprintf("\x1b_Ga=p,U=1,i=%d,p=1,c=%d,r=%d,q=2\x1b\\", id, cols, rows)
	for y := range lines {
		line := append([]byte(before+"\x1b[38;5;"), strconv.Itoa(int(id&0xff))+"m"...)
		before = ""
		for x := range cols {
			line = append(line, string(kitty.Placeholder)+string(kitty.Diacritic(y))+string(kitty.Diacritic(x))+string(kitty.Diacritic(int(id>>24)))...)
		}
		lines[y] = string(append(line, ansi.ResetStyle...))
	}
	return centred(lines, cols, w, h)
}

// image is the photo as the encoders of the standard library want it.
func (p *Photo) image() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, p.w, p.h))
	for i := range p.w * p.h {
		dot := p.rgb[3*i : 3*i+3]
		img.SetRGBA(i%p.w, i/p.w, color.RGBA{R: dot[0], G: dot[1], B: dot[2], A: 0xff})
	}
	return img
}
