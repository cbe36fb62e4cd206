package comms

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"pou/model"
)

const (
	headBytes = 256 << 10 // of a file, by which its layout is found
	mostFile  = 8 << 30   // bytes of a file that is read
	mostBook  = 128 << 20 // bytes of a workbook, which is held in memory
	mostSheet = 512 << 20 // bytes it may be when unpacked
	mostLine  = 1 << 20   // bytes of a line
	blockSize = 1 << 20
)

// input is a file as it is read: every byte is counted and hashed, and reading stops with the context.
type input struct {
	ctx  context.Context //nolint:containedctx // lives for the reading of one file
	name string
	r    io.Reader
	sum  hash.Hash
	n    int64
	tick func(int64)
}

func (in *input) Read(p []byte) (int, error) {
	if err := in.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := in.r.Read(p)
	in.sum.Write(p[:n])
	in.n += int64(n)
	if in.n > mostFile {
		return n, model.Refuse("file", in.name+" is larger than 8 GiB", "Split it and load the parts")
	}
	if in.tick != nil {
		in.tick(in.n)
	}
	return n, err
}

// hash reads what is left, so that the hash is of the whole file.
func (in *input) hash() (string, error) {
	if _, err := io.Copy(io.Discard, in); err != nil {
		return "", fmt.Errorf("read %s: %w", in.name, err)
	}
	return hex.EncodeToString(in.sum.Sum(nil)), nil
}

// opened is a file whose encoding is known.
type opened struct {
	*input
	text     *bufio.Reader // UTF-8, with "\n" at the end of lines
	head     []byte        // its beginning, not yet read
	encoding string
}

// open finds out the encoding of a file.
func open(ctx context.Context, src Source, tick func(int64)) (*opened, error) {
	in := &input{ctx: ctx, name: src.Name, r: src.Reader, sum: sha256.New(), tick: tick}
	if src.Reader == nil {
		in.r = bytes.NewReader(src.Bytes)
	}
	o := &opened{input: in, text: bufio.NewReaderSize(in, headBytes), encoding: "UTF-8"}
	if err := o.peek(); err != nil {
		return nil, err
	}
	utf16 := func(e unicode.Endianness, name string) error {
		o.text = bufio.NewReaderSize(transform.NewReader(o.text, unicode.UTF16(e, unicode.UseBOM).NewDecoder()), headBytes)
		o.encoding = name
		return o.peek()
	}
	h := o.head
	var err error
	switch {
	case bytes.HasPrefix(h, []byte("\xef\xbb\xbf")):
		o.encoding = "UTF-8 with BOM"
		if _, err = o.text.Discard(3); err == nil {
			err = o.peek()
		}
	case bytes.HasPrefix(h, []byte("\xff\xfe")), len(h) > 3 && h[1] == 0 && h[0] != 0 && h[3] == 0:
		err = utf16(unicode.LittleEndian, "UTF-16 little-endian")
	case bytes.HasPrefix(h, []byte("\xfe\xff")), len(h) > 3 && h[0] == 0 && h[1] != 0 && h[2] == 0:
		err = utf16(unicode.BigEndian, "UTF-16 big-endian")
	}
	if err == nil && bytes.IndexByte(o.head, '\r') >= 0 && bytes.IndexByte(o.head, '\n') < 0 {
		o.text = bufio.NewReaderSize(oldMac{o.text}, headBytes)
		err = o.peek()
	}
	return o, err
}

// peek looks at the beginning without reading on.
func (o *opened) peek() error {
	head, err := o.text.Peek(headBytes)
	if err != nil && err != io.EOF {
		return fmt.Errorf("read %s: %w", o.name, err)
	}
	o.head = head
	return nil
}

// oldMac writes the line ends of old Macs as everybody else's.
type oldMac struct{ r io.Reader }

func (m oldMac) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	for i := range p[:n] {
		if p[i] == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// block is a run of whole lines of a file.
type block struct {
	seq  int
	line uint32 // of its first line
	text []byte
	long bool // a line longer than is read; text is its beginning
	open bool // its last line has no line end
}

// blocks cuts a text at line ends.
type blocks struct {
	r     io.Reader
	free  chan []byte
	carry []byte
	line  uint32
	seq   int
	done  bool
	drop  bool // inside a line that is too long
}

// next is the next block; its text is good until it is given back.
func (b *blocks) next() (block, bool, error) {
	for !b.done {
		buf := b.buffer()
		n := copy(buf, b.carry)
		b.carry = b.carry[:0]
		got, err := io.ReadFull(b.r, buf[n:])
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			b.done, err = true, nil
		}
		if err != nil {
			return block{}, false, fmt.Errorf("read a block: %w", err)
		}
		if out, ok := b.cut(buf[:n+got]); ok {
			return out, true, nil
		}
	}
	return block{}, false, nil
}

// buffer is room for a block and what was left of the one before.
func (b *blocks) buffer() []byte {
	need := len(b.carry) + blockSize
	select {
	case buf := <-b.free:
		if cap(buf) >= need {
			return buf[:need]
		}
	default:
	}
	return make([]byte, need, need+need/8)
}

// cut ends a block at its last line end. A quoted cell may hold line ends, so where there are quotes it ends where they pair, if there is
// such a line end not too far back.
func (b *blocks) cut(buf []byte) (block, bool) {
	if b.drop {
		i := bytes.IndexByte(buf, '\n')
		if i < 0 {
			return block{}, false
		}
		buf, b.drop = buf[i+1:], false
		b.line++
	}
	out := block{seq: b.seq, line: b.line, text: buf}
	if !b.done {
		end := bytes.LastIndexByte(buf, '\n') + 1
		if end == 0 && len(buf) > mostLine {
			out.text, out.long, b.drop = buf[:mostLine], true, true
			b.seq++
			return out, true
		}
		if paired := pairedEnd(buf[:end]); paired > 0 && len(buf)-paired < mostLine {
			end = paired
		}
		b.carry = append(b.carry, buf[end:]...)
		out.text = buf[:end]
	} else {
		out.open = len(buf) > 0 && buf[len(buf)-1] != '\n'
	}
	if len(out.text) == 0 {
		return block{}, false
	}
	b.line += uint32(bytes.Count(out.text, []byte{'\n'})) //nolint:gosec // a block is small
	b.seq++
	return out, true
}

// pairedEnd is the last line end before which quotes pair, or 0.
func pairedEnd(text []byte) int {
	n := bytes.Count(text, []byte{'"'})
	for n%2 == 1 {
		q := bytes.LastIndexByte(text, '"')
		text = text[:q]
		n--
		if n%2 == 0 {
			return bytes.LastIndexByte(text, '\n') + 1
		}
	}
	return len(text)
}
