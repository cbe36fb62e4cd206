package part

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// quarters is a picture of four colours: red and green above, blue and white below.
func quarters(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{A: 255}
			switch {
			case y < h/2 && x < w/2:
				c.R = 255
			case y < h/2:
				c.G = 255
			case x < w/2:
				c.B = 255
			default:
				c.R, c.G, c.B = 255, 255, 255
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func photo(t testing.TB, raw []byte) *Photo {
	t.Helper()
	p, err := ReadPhoto(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAPhotoThatCannotBeShownSaysWhyInWords(t *testing.T) {
	good := asPNG(t, quarters(8, 8))
	cases := map[string]struct {
		raw  []byte
		want error
	}{
		"a file of another kind":               {[]byte("GIF89a and so on"), ErrPhotoKind},
		"an empty file":                        {nil, ErrPhotoKind},
		"a PNG cut off in the middle":          {good[:len(good)-20], ErrPhotoDamaged},
		"a JPEG cut off in its head":           {asJPEG(t, quarters(8, 8))[:20], ErrPhotoDamaged},
		"a file over ten megabytes":            {append(bytes.Clone(good), make([]byte, maxPhotoBytes)...), ErrPhotoLarge},
		"a small file that unpacks to the sky": {hugePNG(20_001, 1000), ErrPhotoLarge},
		"sides no picture can have":            {hugePNG(1<<31-1, 1<<31-1), ErrPhotoDamaged},
	}
	for name, c := range cases {
		if _, err := ReadPhoto(bytes.NewReader(c.raw)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// hugePNG is the head of a PNG that claims a size.
func hugePNG(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 2, 0, 0, 0)
	out := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	return binary.BigEndian.AppendUint32(append(out, head...), crc32.ChecksumIEEE(head))
}

func TestAPhotoKeepsItsShapeAndItsColours(t *testing.T) {
	for name, raw := range map[string][]byte{"png": asPNG(t, quarters(900, 1200)), "jpeg": asJPEG(t, quarters(900, 1200))} {
		p := photo(t, raw)
		if p.w != 360 || p.h != 480 {
			t.Errorf("%s: kept as %d by %d, want 360 by 480", name, p.w, p.h)
		}
		corners := map[[2]int][3]int{{2, 2}: {255, 0, 0}, {357, 2}: {0, 255, 0}, {2, 477}: {0, 0, 255}, {357, 477}: {255, 255, 255}}
		for at, want := range corners {
			for i, c := range p.rgb[3*(at[1]*p.w+at[0]):][:3] {
				if d := int(c) - want[i]; d < -6 || d > 6 {
					t.Errorf("%s: dot %v has %d where %d was", name, at, c, want[i])
				}
			}
		}
	}
}

func TestAPhotoIsDrawnInExactlyItsCells(t *testing.T) {
	everyTheme(t, func(t *testing.T, th *Theme) {
		for _, shape := range [][2]int{{30, 40}, {40, 30}, {1, 200}, {200, 1}, {1, 1}} {
			p := photo(t, asPNG(t, quarters(shape[0], shape[1])))
			for _, size := range [][2]int{{24, 12}, {1, 1}, {60, 30}, {3, 40}} {
				for _, few := range []bool{false, true} {
					sized(t, strings.Join(th.Photo(p, size[0], size[1], few), "\n"), size[0], size[1])
				}
			}
			sized(t, strings.Join(th.PhotoFrame([]string{"no photo", "nobody has seen this face"}, 24, 12), "\n"), 24, 12)
		}
	})
}

func TestWithoutColourAPhotoIsDrawnInLetters(t *testing.T) {
	p := photo(t, asPNG(t, quarters(40, 40)))
	plain := NewTheme(true, true, false)
	dark := strings.Join(plain.Photo(p, 8, 4, false), "\n")
	if ansi.Strip(dark) != dark || !strings.Contains(dark, "@@@@") || strings.Contains(dark, "▀") {
		t.Errorf("without colour:\n%s", dark)
	}
	light := NewTheme(false, true, false)
	if got := strings.Join(light.Photo(p, 8, 4, false), "\n"); !strings.HasSuffix(got, "    ") {
		t.Errorf("on a light ground white is no ink:\n%s", got)
	}
	colour := NewTheme(true, false, false)
	if few := strings.Join(colour.Photo(p, 8, 4, true), "\n"); few != dark {
		t.Errorf("sixteen colours are too few for a face, so letters stand in:\n%s", few)
	}
	if full := strings.Join(colour.Photo(p, 8, 4, false), "\n"); !strings.Contains(full, "38;2;255;0;0") {
		t.Errorf("in colour, red is red: %q", full)
	}
}

func TestAPhotoStandsTheWayTheCameraWasHeld(t *testing.T) {
	raw := asJPEG(t, quarters(40, 40))
	// What stands top left once the camera's word is heeded.
	want := map[int]string{1: "red", 2: "green", 3: "white", 4: "blue", 5: "red", 6: "blue", 7: "white", 8: "green"}
	for how, colour := range want {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			p := photo(t, withOrientation(raw, how, order))
			if got := nameOf(p.rgb[3*(2*p.w+2):]); got != colour {
				t.Errorf("held as %d: %s is top left, want %s", how, got, colour)
			}
		}
	}
	if how := orientation([]byte("\xff\xd8\xff\xe1\xff\xffExif\x00\x00II")); how != 1 {
		t.Errorf("a damaged EXIF says %d", how)
	}
}

func nameOf(rgb []byte) string {
	switch r, g, b := rgb[0] > 128, rgb[1] > 128, rgb[2] > 128; {
	case r && g && b:
		return "white"
	case r:
		return "red"
	case g:
		return "green"
	case b:
		return "blue"
	}
	return "black"
}

// withOrientation puts an EXIF segment behind the first marker of a JPEG.
func withOrientation(raw []byte, how int, order binary.AppendByteOrder) []byte {
	tiff := []byte("II")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = []byte("MM")
	}
	tiff = order.AppendUint32(order.AppendUint16(tiff, 42), 8)
	tiff = order.AppendUint16(tiff, 2)
	for _, entry := range [][2]uint16{{0x010f, 7}, {orientationTag, uint16(how)}} {
		tiff = order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, entry[0]), 3), 1)
		tiff = order.AppendUint16(order.AppendUint16(tiff, entry[1]), 0)
	}
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(len(segment)+2))
	return append(append(out, segment...), raw[2:]...)
}

func FuzzReadPhoto(f *testing.F) {
	f.Add(asPNG(f, quarters(4, 4)))
	f.Add(withOrientation(asJPEG(f, quarters(8, 8)), 6, binary.LittleEndian))
	th := NewTheme(true, false, false)
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := ReadPhoto(bytes.NewReader(raw))
		if err == nil {
			sized(t, strings.Join(th.Photo(p, 20, 10, false), "\n"), 20, 10)
		}
	})
}

func BenchmarkPhotoDraw(b *testing.B) {
	p := photo(b, asPNG(b, quarters(480, 480)))
	th := NewTheme(true, false, false)
	for b.Loop() {
		th.Photo(p, 64, 40, false)
	}
}

func BenchmarkPhotoRead(b *testing.B) {
	raw := asJPEG(b, quarters(1500, 2000))
	for b.Loop() {
		photo(b, raw)
	}
}
