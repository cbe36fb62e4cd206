package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"pou/model"
)

const (
	// maxFile is the largest file read: it is held in memory, so that it cannot change between finding out and writing.
	maxFile = 1 << 30
	// maxCell is the largest cell a row may hold.
	maxCell = 1 << 20
	// maxColumns is the most columns a table may have.
	maxColumns = 1000
)

// source is one file as it was read: its bytes, or its text once the encoding is known.
type source struct {
	name     string // as the receipt shows it
	raw      string
	text     string
	sha256   string
	encoding string
	notes    []string // what had to be assumed to read it
}

// openSource reads a whole file and hashes it as it comes.
func openSource(ctx context.Context, open func(string) (io.ReadCloser, error), name string) (*source, error) {
	if open == nil {
		open = fromDisk
	}
	f, err := open(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	defer f.Close()
	var text strings.Builder
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(sum, &text), io.LimitReader(&heeding{ctx, f}, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if n > maxFile {
		return nil, model.Refuse("file", name+" is larger than 1 GiB", "Split it and import the parts one after the other")
	}
	s := &source{name: filepath.Base(name), raw: text.String(), sha256: hex.EncodeToString(sum.Sum(nil))}
	s.decode()
	return s, nil
}

func fromDisk(name string) (io.ReadCloser, error) { return os.Open(filepath.Clean(name)) }

// heeding stops reading when ctx ends.
type heeding struct {
	ctx context.Context //nolint:containedctx // lives for one copy
	r   io.Reader
}

func (h *heeding) Read(p []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, err
	}
	return h.r.Read(p)
}

// decode turns the bytes into UTF-8 text with "\n" line ends.
func (s *source) decode() {
	s.text, s.encoding = s.raw, "UTF-8"
	switch {
	case strings.HasPrefix(s.raw, "\xef\xbb\xbf"):
		s.text, s.encoding = s.raw[3:], "UTF-8 with BOM"
	case strings.HasPrefix(s.raw, "\xff\xfe"), len(s.raw) > 3 && s.raw[1] == 0 && s.raw[0] != 0 && s.raw[3] == 0:
		s.decodeUTF16(unicode.LittleEndian, "UTF-16 little-endian")
	case strings.HasPrefix(s.raw, "\xfe\xff"), len(s.raw) > 3 && s.raw[0] == 0 && s.raw[1] != 0 && s.raw[2] == 0:
		s.decodeUTF16(unicode.BigEndian, "UTF-16 big-endian")
	}
	if !utf8.ValidString(s.text) {
		s.decodeWindows()
	}
	if strings.IndexByte(s.text, '\r') >= 0 && strings.IndexByte(s.text, '\n') < 0 {
		s.text = strings.ReplaceAll(s.text, "\r", "\n")
	}
}

func (s *source) decodeUTF16(order unicode.Endianness, name string) {
	text, _, err := transform.String(unicode.UTF16(order, unicode.UseBOM).NewDecoder(), s.raw)
	if err != nil {
		s.notes = append(s.notes, "the file is not whole UTF-16: "+err.Error())
		return
	}
	s.text, s.encoding = text, name
}

// decodeWindows reads the bytes that are not UTF-8 as Windows-1252, and leaves proper UTF-8 between them alone.
func (s *source) decodeWindows() {
	var b strings.Builder
	b.Grow(len(s.text) + len(s.text)/16)
	foreign, wide := 0, 0
	for i := 0; i < len(s.text); {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			r = charmap.Windows1252.DecodeByte(s.text[i])
			foreign++
		case n > 1:
			wide++
		}
		b.WriteRune(r)
		i += n
	}
	s.text = b.String()
	if wide == 0 {
		s.encoding = "Windows-1252"
		s.notes = append(s.notes, "the file is not UTF-8 and was read as Windows-1252 ("+model.Counted(foreign, "letter", "letters")+" beyond ASCII)")
		return
	}
	s.encoding = "UTF-8 and Windows-1252"
	s.notes = append(s.notes, model.Counted(foreign, "byte", "bytes")+" that were not UTF-8 were read as Windows-1252")
}
