package comms

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"runtime"
	"sync"

	"pou/model/atlas"
)

// chunk is a chunk whose head was checked.
type chunk struct {
	kind byte
	i    int
	body []byte
	at   int // where its rows go
	rows int
}

// Decode reads the chunks of Encode, in their order. Chunks that are damaged, missing, out of order or of a version that is not known are an
// error that says which.
func Decode(chunks [][]byte) (*atlas.Set, error) {
	all := make([]chunk, len(chunks))
	var meta []byte
	total := [3]int{}
	for i, raw := range chunks {
		c, err := unseal(raw, i, len(chunks))
		if err != nil {
			return nil, err
		}
		if c.kind == chunkMeta {
			meta = append(meta, c.body...)
		} else {
			c.at = total[c.kind]
			total[c.kind] += c.rows
		}
		all[i] = c
	}
	set, err := decodeMeta(meta)
	if err != nil {
		return nil, err
	}
	if total[chunkRows] > 0 {
		set.Rows = make([]atlas.Row, total[chunkRows])
	}
	if total[chunkHeld] > 0 {
		set.Held = make([]atlas.Row, total[chunkHeld])
	}
	return set, decodeAll(set, all)
}

// decodeAll reads the rows of the chunks, several at a time.
func decodeAll(set *atlas.Set, all []chunk) error {
	work := make(chan *chunk, len(all))
	for i := range all {
		if all[i].kind != chunkMeta {
			work <- &all[i]
		}
	}
	close(work)
	n := min(runtime.GOMAXPROCS(0), 8)
	fails := make([]error, n)
	var wait sync.WaitGroup
	for w := range n {
		wait.Go(func() {
			for c := range work {
				rows := set.Rows
				if c.kind == chunkHeld {
					rows = set.Held
				}
				if err := c.decode(rows[c.at:c.at+c.rows], set); err != nil && fails[w] == nil {
					fails[w] = err
				}
			}
		})
	}
	wait.Wait()
	for _, err := range fails {
		if err != nil {
			return err
		}
	}
	return nil
}

// unseal checks the head of a chunk.
func unseal(raw []byte, i, of int) (chunk, error) {
	if len(raw) < 12 || string(raw[:4]) != "pouA" || len(raw) > mostChunk {
		return chunk{}, damaged(i, "it is no chunk of communications data")
	}
	if raw[4] != version {
		return chunk{}, damaged(i, "its version is not known")
	}
	c := chunk{kind: raw[5], i: i}
	number, n := binary.Uvarint(raw[6:])
	if n <= 0 {
		return c, damaged(i, "its number cannot be read")
	}
	count, m := binary.Uvarint(raw[6+n:])
	at := 6 + n + m
	if m <= 0 || len(raw) < at+4 || c.kind > chunkHeld {
		return c, damaged(i, "its head cannot be read")
	}
	c.body = raw[at+4:]
	if crc32.Update(crc32.Checksum(raw[:at], castagnoli()), castagnoli(), c.body) != binary.BigEndian.Uint32(raw[at:]) {
		return c, damaged(i, "its checksum is wrong")
	}
	if number != uint64(i) || count != uint64(of) { //nolint:gosec // counts
		return c, damaged(i, "it is out of place, or others are missing")
	}
	if c.kind == chunkMeta {
		return c, nil
	}
	rows, n := binary.Uvarint(c.body)
	if n <= 0 || rows == 0 || rows > mostRows {
		return c, damaged(i, "its count of rows cannot be right")
	}
	c.rows, c.body = int(rows), c.body[n:]
	return c, nil
}

// decode reads the columns of a chunk into rows.
func (c *chunk) decode(rows []atlas.Row, set *atlas.Set) error {
	values := make([]int64, len(rows))
	b := c.body
	limits := c.limits(set)
	for col := range columns {
		var same, ok bool
		if b, same, ok = readColumn(b, values); !ok {
			return damaged(c.i, "a column breaks off")
		}
		look := values
		if same {
			look = values[:1]
		}
		if l := limits[col]; l.checked {
			for _, v := range look {
				if v < l.least || v > l.most {
					return damaged(c.i, "a value cannot be right")
				}
			}
		}
		if same && values[0] == 0 {
			continue // as the rows are already
		}
		if same {
			for i := range values {
				values[i] = values[0]
			}
		}
		setColumn(rows, values, col)
	}
	if len(b) > 0 {
		return damaged(c.i, "something follows its columns")
	}
	return nil
}

// limit is what the values of a column may be.
type limit struct {
	least, most int64
	checked     bool
}

func (c *chunk) limits(set *atlas.Set) [columns]limit {
	index := func(n int) limit { return limit{0, max(0, int64(n)-1), true} }
	whole := func(most int64) limit { return limit{0, most, true} }
	place := limit{math.MinInt32, math.MaxInt32, true}
	return [columns]limit{
		2: index(len(set.Names)), 3: index(len(set.Names)), 4: place, 5: place, 6: whole(math.MaxUint32),
		7: index(len(set.Sites)), 8: index(len(set.Sites)), 9: whole(math.MaxUint32), 10: whole(math.MaxUint32), 11: index(len(set.Files)),
		12: whole(math.MaxUint16), 13: whole(math.MaxUint8),
	}
}

// readColumn reads as many values as there is room for. same is that they are all one value, and then only the first is set.
func readColumn(b []byte, values []int64) (rest []byte, same, ok bool) {
	if len(b) == 0 {
		return nil, false, false
	}
	how, at := b[0], 1
	switch how {
	case colSame:
		v, n := binary.Varint(b[1:])
		if n <= 0 {
			return nil, true, false
		}
		values[0] = v
		return b[1+n:], true, true
	case colDelta, colPlain:
	default:
		return nil, false, false
	}
	last := int64(0)
	for i := range values {
		if at >= len(b) {
			return nil, false, false
		}
		u := uint64(b[at])
		at++
		if u >= 0x80 { // most values are one byte
			long, n := binary.Uvarint(b[at-1:])
			if n <= 0 {
				return nil, false, false
			}
			u = long
			at += n - 1
		}
		v := int64(u>>1) ^ -int64(u&1) //nolint:gosec // the bits
		if how == colDelta {
			v += last
			last = v
		}
		values[i] = v
	}
	return b[at:], false, true
}

// setColumn puts the values of a column into the rows. They were checked against the limits, so no figure is lost.
//
//nolint:gosec // in its limits
func setColumn(rows []atlas.Row, v []int64, c int) {
	rows = rows[:len(v)]
	switch c {
	case 0:
		for i := range rows {
			rows[i].At = v[i]
		}
	case 1:
		for i := range rows {
			rows[i].End = endOf(rows[i].At, v[i])
		}
	case 2:
		for i := range rows {
			rows[i].Own = atlas.Handle(v[i])
		}
	case 3:
		for i := range rows {
			rows[i].Other = atlas.Handle(v[i])
		}
	case 4:
		for i := range rows {
			rows[i].Lat = int32(v[i])
		}
	case 5:
		for i := range rows {
			rows[i].Lon = int32(v[i])
		}
	case 6:
		for i := range rows {
			rows[i].Metres = uint32(v[i])
		}
	default:
		setRest(rows, v, c)
	}
}

//nolint:gosec // in its limits
func setRest(rows []atlas.Row, v []int64, c int) {
	switch c {
	case 7:
		for i := range rows {
			rows[i].Site = uint32(v[i])
		}
	case 8:
		for i := range rows {
			rows[i].To = uint32(v[i])
		}
	case 9:
		for i := range rows {
			rows[i].Seconds = uint32(v[i])
		}
	case 10:
		for i := range rows {
			rows[i].Line = uint32(v[i])
		}
	case 11:
		for i := range rows {
			rows[i].File = uint16(v[i])
		}
	case 12:
		for i := range rows {
			rows[i].Flags = atlas.Flags(v[i])
		}
	case 13:
		for i := range rows {
			rows[i].Kind = atlas.Kind(v[i])
		}
	}
}

// metaReader reads the names, sites and files.
type metaReader struct {
	b    []byte
	fail bool
}

func (m *metaReader) uvarint() uint64 {
	v, n := binary.Uvarint(m.b)
	if n <= 0 {
		m.fail = true
		return 0
	}
	m.b = m.b[n:]
	return v
}

func (m *metaReader) varint(least, most int64) int64 {
	v, n := binary.Varint(m.b)
	if n <= 0 || v < least || v > most {
		m.fail = true
		return 0
	}
	m.b = m.b[n:]
	return v
}

// count is how many follow; each takes at least so many bytes, so a wrong count cannot fill the memory.
func (m *metaReader) count(least int) int {
	n := m.uvarint()
	if n > uint64(len(m.b)/least) { //nolint:gosec // a count
		m.fail = true
		return 0
	}
	return int(n) //nolint:gosec // at most the bytes there are
}

func (m *metaReader) text() string {
	n := m.uvarint()
	if n > uint64(len(m.b)) {
		m.fail = true
		return ""
	}
	s := string(m.b[:n])
	m.b = m.b[n:]
	return s
}

func decodeMeta(b []byte) (*atlas.Set, error) {
	m := &metaReader{b: b}
	set := &atlas.Set{}
	if n := m.count(1); n > 0 {
		set.Names = make([]string, n)
	}
	for i := range set.Names {
		set.Names[i] = m.text()
	}
	if n := m.count(8); n > 0 {
		set.Sites = make([]atlas.Site, n)
	}
	for i := range set.Sites {
		s := &set.Sites[i]
		s.ID, s.Name = m.text(), m.text()
		if len(m.b) > 0 {
			s.Kind, m.b = atlas.SiteKind(m.b[0]), m.b[1:]
		}
		s.Lat, s.Lon = int32(m.varint(math.MinInt32, math.MaxInt32)), int32(m.varint(math.MinInt32, math.MaxInt32)) //nolint:gosec // in its limits
		s.Metres = uint32(m.varint(0, math.MaxUint32))                                                              //nolint:gosec // in its limits
		s.Azimuth, s.Width = uint16(m.varint(0, math.MaxUint16)), uint16(m.varint(0, math.MaxUint16))               //nolint:gosec // in its limits
	}
	if n := m.count(4); n > 0 {
		set.Files = make([]atlas.File, n)
	}
	for i := range set.Files {
		set.Files[i] = atlas.File{Name: m.text(), Hash: m.text(), Layout: m.text(), Zone: m.text()}
	}
	if m.fail || len(m.b) > 0 {
		return nil, damaged(0, "its names cannot be read")
	}
	return set, nil
}
