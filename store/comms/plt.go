package comms

import (
	"bytes"
	"context"
	"time"

	"pou/model/atlas"
)

// isPLT knows a GeoLife trajectory by its first lines.
func isPLT(head []byte) bool { return bytes.HasPrefix(head, []byte("Geolife trajectory")) }

// inUTC reads times that name no zone in UTC, as the layout lays down, whatever the officer said of other files.
func (f *reading) inUTC() { f.zone, f.receipt.Zone = newZone(time.UTC), "UTC" }

// pltHeader is how many lines stand before the points.
const pltHeader = 6

// plt reads a GeoLife trajectory: latitude, longitude, 0, altitude in feet, days since 1899, date, time; all in UTC.
func (f *reading) plt(ctx context.Context) error {
	f.receipt.Layout = "GeoLife PLT"
	f.inUTC()
	m := Mapping{As: AsPositions, Dates: "dmy", Columns: []Column{
		{Name: "latitude", Field: "lat"},
		{Name: "longitude", Field: "lon"},
		{Name: "zero"},
		{Name: "altitude"},
		{Name: "days"},
		{Name: "date", Field: "date"},
		{Name: "time", Field: "time"},
	}}
	columns := make([]string, len(m.Columns))
	for i, c := range m.Columns {
		columns[i] = c.Name
	}
	p, err := newPlan(&m, columns)
	if err != nil {
		return err
	}
	starts := 0
	for range pltHeader {
		n := bytes.IndexByte(f.head[starts:], '\n')
		if n < 0 {
			return refuseFile(f.receipt.Name, "breaks off in the lines before its points", "Export it again")
		}
		starts += n + 1
		f.countRow(false, "before the points")
	}
	if _, err := f.opened.text.Discard(starts); err != nil {
		return err //nolint:wrapcheck // the bytes were looked at already
	}
	return f.pipeline(ctx, p, ',', pltHeader+1)
}

// points gathers the positions of a file that is no table, and gives them over in parts.
type points struct {
	*maker
	f *reading
}

// partRows is how many rows are gathered before they are given over.
const partRows = 1 << 15

func (f *reading) points() *points {
	return &points{maker: newMaker(&plan{as: AsPositions}, f.zone, 0), f: f}
}

// add takes a position.
func (p *points) add(r atlas.Row) {
	p.read++
	p.batch.own = true
	p.rows = append(p.rows, r)
	if len(p.rows) >= partRows {
		p.flush()
	}
}

func (p *points) flush() {
	b := p.take()
	p.f.collect(&b)
}

// wrong refuses a point.
func (p *points) wrong(line uint32, reason, cell string) {
	p.read++
	p.refuse(newFault(line, reason, []byte(cell)))
}

// timeOf reads the time of a point; it is not ok when there is one that cannot be read.
func (p *points) timeOf(r *atlas.Row, text string) (reason string) {
	if text == "" {
		r.Flags |= atlas.NoTime
		return ""
	}
	m, ok := parseMoment([]byte(text), dayFirst, false)
	if !ok {
		return faultNoDate
	}
	at, how := p.moment(m)
	switch {
	case how == absent:
		return faultAbsent
	case at < minTime || at >= maxTime:
		return faultEpoch
	case how == twice:
		r.Flags |= atlas.Twice
	}
	if !m.timed {
		r.Flags |= atlas.DayOnly
	}
	r.At = at
	return ""
}
