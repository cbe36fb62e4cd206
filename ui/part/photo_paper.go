package part

import (
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
)

// paperQuality is what a photo of a few centimetres on paper needs.
const paperQuality = 85

// JPEG writes the photo for paper: upright, small, and without what the camera wrote beside it – a place, a name, a time.
func (p *Photo) JPEG(w io.Writer) error {
	img := image.NewRGBA(image.Rect(0, 0, p.w, p.h))
	for i := range p.w * p.h {
		dot := p.rgb[3*i : 3*i+3]
		img.SetRGBA(i%p.w, i/p.w, color.RGBA{R: dot[0], G: dot[1], B: dot[2], A: 0xff})
	}
	if err := jpeg.Encode(w, img, &jpeg.Options{Quality: paperQuality}); err != nil {
		return fmt.Errorf("the photo could not be prepared for paper: %w", err)
	}
	return nil
}
