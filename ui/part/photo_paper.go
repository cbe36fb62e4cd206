package part

import (
	"fmt"
	"image/jpeg"
	"io"
)

// paperQuality is what a photo of a few centimetres on paper needs.
const paperQuality = 85

// JPEG writes the photo for paper: upright, small, and without what the camera wrote beside it – a place, a name, a time.
func (p *Photo) JPEG(w io.Writer) error {
	if err := jpeg.Encode(w, p.image(), &jpeg.Options{Quality: paperQuality}); err != nil {
		return fmt.Errorf("the photo could not be prepared for paper: %w", err)
	}
	return nil
}
