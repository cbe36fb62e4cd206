package part

import (
	"bytes"
	"encoding/binary"
)

// orientation is how a JPEG's camera was held: 1 to 8 as in its EXIF, 1 where nothing says so. Without it a photo taken
// on a telephone lies on its side.
func orientation(jpeg []byte) int {
	for rest := exifSegments(jpeg); len(rest) >= 4 && rest[0] == 0xff; {
		n := int(binary.BigEndian.Uint16(rest[2:]))
		if n < 2 || n+2 > len(rest) {
			return 1
		}
		if tiff, ok := bytes.CutPrefix(rest[4:n+2], []byte("Exif\x00\x00")); ok && rest[1] == 0xe1 {
			return tiffOrientation(tiff)
		}
		if rest[1] == 0xda { // the picture begins: nothing is said after it
			return 1
		}
		rest = rest[n+2:]
	}
	return 1
}

// exifSegments is what follows the JPEG's first marker; nothing of another kind of file.
func exifSegments(raw []byte) []byte {
	rest, ok := bytes.CutPrefix(raw, []byte("\xff\xd8"))
	if !ok {
		return nil
	}
	return rest
}

// orientationTag is the number of the entry that says how the camera was held (TIFF 6.0, section 8).
const orientationTag = 0x0112

func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == orientationTag {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}
