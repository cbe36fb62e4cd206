package comms

import (
	"context"
	"hash/crc32"
	"time"
)

// Reseal gives a body a head and a checksum that are right, for a chunk of rows.
func Reseal(body []byte) []byte {
	if len(body) > mostChunk-chunkHead {
		body = body[:mostChunk-chunkHead]
	}
	return seal(byte(len(body)%3), 0, 1, body)
}

// Parse reads the rows of a file and does not put them together.
func Parse(ctx context.Context, src Source) (int, error) {
	l, err := newLoader(Options{})
	if err != nil {
		return 0, err
	}
	in, err := open(ctx, src, nil)
	if err != nil {
		return 0, err
	}
	in.sum = crc32.NewIEEE() // the hash is not part of it
	f := &reading{loader: l, opened: in, reasons: tallies{}, skipped: tallies{}}
	if err := f.read(ctx); err != nil {
		return 0, err
	}
	n := 0
	for _, p := range f.parts {
		n += len(p)
	}
	return n, nil
}

// Moment reads a time as a column of times does: its moment in a zone, and whether there was one.
func Moment(text string, monthsFirst bool, loc *time.Location) (int64, bool) {
	o := dayFirst
	if monthsFirst {
		o = monthFirst
	}
	m, ok := parseMoment([]byte(text), o, false)
	if !ok {
		return 0, false
	}
	if m.zoned {
		return int64(m.day)*dayMillis + int64(m.millis) - int64(m.east), true
	}
	at, how := newZone(loc).unix(m.day, m.millis)
	return at, how != absent
}

// Degrees, Seconds and Clock read cells of their kinds.
func Degrees(s string) (int32, bool)  { return parseDegrees([]byte(s), 180) }
func Seconds(s string) (uint32, bool) { return parseSeconds([]byte(s), 1) }
func Clock(s string) (int32, bool)    { return parseClock([]byte(s)) }
