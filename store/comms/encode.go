package comms

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/bits"

	"pou/model/atlas"
)

// A set is kept as chunks. Each begins with the head
//
//	"pouA", version 1, kind, its number from 0 and how many chunks there are (uvarints), CRC-32C of the rest (4 bytes)
//
// The chunks of kind meta hold, one after the other, the names, sites and files; those of kind rows and held each hold a count and then
// its columns. A column is a byte that says how it is written, and its values: all one value, each as a varint of its difference from the
// one before, or each as a varint of itself.
const (
	mostChunk = 256 << 10
	chunkHead = 32 // room for the head
	version   = 1

	chunkMeta byte = 0
	chunkRows byte = 1
	chunkHeld byte = 2

	colSame  byte = 0
	colDelta byte = 1
	colPlain byte = 2

	mostRows = 1 << 13 // rows of a chunk: as many as stay in a processor's cache while their columns are read
)

// ErrDamaged is that chunks are not those that Encode made.
var ErrDamaged = errors.New("the stored communications data is damaged")

func damaged(chunk int, what string) error {
	return fmt.Errorf("chunk %d: %s: %w", chunk, what, ErrDamaged)
}

// Encode writes a set as chunks of at most 256 KiB. Decode reads them back, in the same order, to an equal set.
func Encode(set *atlas.Set) [][]byte {
	var bodies [][]byte
	var kinds []byte
	put := func(kind byte, body []byte) { bodies, kinds = append(bodies, body), append(kinds, kind) }
	meta := encodeMeta(set)
	for len(meta) > 0 || len(bodies) == 0 {
		n := min(len(meta), mostChunk-chunkHead)
		put(chunkMeta, meta[:n:n])
		meta = meta[n:]
	}
	for _, part := range []struct {
		kind byte
		rows []atlas.Row
	}{{chunkRows, set.Rows}, {chunkHeld, set.Held}} {
		for rows := part.rows; len(rows) > 0; {
			n := min(len(rows), mostRows)
			body := encodeRows(rows[:n])
			for len(body) > mostChunk-chunkHead {
				n /= 2
				body = encodeRows(rows[:n])
			}
			put(part.kind, body)
			rows = rows[n:]
		}
	}
	for i, body := range bodies {
		bodies[i] = seal(kinds[i], i, len(bodies), body)
	}
	return bodies
}

// seal puts the head before a body.
func seal(kind byte, i, of int, body []byte) []byte {
	out := make([]byte, 0, chunkHead+len(body))
	out = append(out, 'p', 'o', 'u', 'A', version, kind)
	out = binary.AppendUvarint(out, uint64(i))  //nolint:gosec // a count
	out = binary.AppendUvarint(out, uint64(of)) //nolint:gosec // a count
	sum := crc32.Update(crc32.Checksum(out, castagnoli()), castagnoli(), body)
	out = binary.BigEndian.AppendUint32(out, sum)
	return append(out, body...)
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

func encodeMeta(set *atlas.Set) []byte {
	var b []byte
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	count := func(n int) { b = binary.AppendUvarint(b, uint64(n)) } //nolint:gosec // a count
	count(len(set.Names))
	for _, n := range set.Names {
		text(n)
	}
	count(len(set.Sites))
	for _, s := range set.Sites {
		text(s.ID)
		text(s.Name)
		b = append(b, byte(s.Kind))
		for _, v := range [...]int64{int64(s.Lat), int64(s.Lon), int64(s.Metres), int64(s.Azimuth), int64(s.Width)} {
			b = binary.AppendVarint(b, v)
		}
	}
	count(len(set.Files))
	for _, f := range set.Files {
		text(f.Name)
		text(f.Hash)
		text(f.Layout)
		text(f.Zone)
	}
	return b
}

// columns are the fields of a row, in the order they are written.
const columns = 14

// endColumn writes an end as how long after the time it is, and none as 0. No time at all after it takes the figure that none would have
// had, so that every pair can be told apart.
func endColumn(at, end int64) int64 {
	switch end {
	case 0:
		return 0
	case at:
		return -at
	}
	return end - at
}

// endOf undoes endColumn.
func endOf(at, v int64) int64 {
	switch v {
	case 0:
		return 0
	case -at:
		return at
	}
	return at + v
}

// column is a field of a row as a number.
func column(r *atlas.Row, c int) int64 {
	switch c {
	case 0:
		return r.At
	case 1:
		return endColumn(r.At, r.End)
	case 2:
		return int64(r.Own)
	case 3:
		return int64(r.Other)
	case 4:
		return int64(r.Lat)
	case 5:
		return int64(r.Lon)
	case 6:
		return int64(r.Metres)
	case 7:
		return int64(r.Site)
	case 8:
		return int64(r.To)
	case 9:
		return int64(r.Seconds)
	case 10:
		return int64(r.Line)
	case 11:
		return int64(r.File)
	case 12:
		return int64(r.Flags)
	case 13:
		return int64(r.Kind)
	}
	return 0
}

func encodeRows(rows []atlas.Row) []byte {
	b := binary.AppendUvarint(make([]byte, 0, 20*len(rows)), uint64(len(rows)))
	values := make([]int64, len(rows))
	for c := range columns {
		for i := range rows {
			values[i] = column(&rows[i], c)
		}
		b = encodeColumn(b, values)
	}
	return b
}

// encodeColumn writes a column the shortest of its ways.
func encodeColumn(b []byte, values []int64) []byte {
	same, delta, plain := true, 0, 0
	last := int64(0)
	for _, v := range values {
		same = same && v == values[0]
		delta += varintLen(v - last)
		plain += varintLen(v)
		last = v
	}
	switch {
	case same:
		return binary.AppendVarint(append(b, colSame), values[0])
	case delta < plain:
		b = append(b, colDelta)
		last = 0
		for _, v := range values {
			b = binary.AppendVarint(b, v-last)
			last = v
		}
		return b
	}
	b = append(b, colPlain)
	for _, v := range values {
		b = binary.AppendVarint(b, v)
	}
	return b
}

func varintLen(v int64) int {
	u := uint64(v<<1) ^ uint64(v>>63) //nolint:gosec // the bits
	return (bits.Len64(u|1) + 6) / 7
}
