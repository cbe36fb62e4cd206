package comms

import (
	"encoding/json"
	"strconv"

	"pou/model/atlas"
)

// googleKeys are the arrays of Google's files: Records.json, the older Semantic Location History, and the Timeline kept on the device.
func googleKeys() []string {
	return []string{"locations", "timelineObjects", "semanticSegments", "rawSignals"}
}

// googleReader reads the elements of one of Google's arrays, or is nil.
func (j *jsonReading) googleReader(key string) func(json.RawMessage, uint32) error {
	var layout string
	var read func(*points, json.RawMessage, uint32) error
	switch key {
	case "locations":
		layout, read = "Google Records.json", readRecord
	case "timelineObjects":
		layout, read = "Google Semantic Location History", readTimelineObject
	case "semanticSegments":
		layout, read = "Google Timeline.json", readSegment
	case "rawSignals":
		layout, read = "Google Timeline.json", readSignal
	default:
		return nil
	}
	if j.google == nil {
		j.inUTC()
		j.google = j.points()
		j.receipt.Layout = layout
	}
	return func(raw json.RawMessage, line uint32) error {
		before := j.google.read
		if err := read(j.google, raw, line); err != nil {
			j.google.wrong(line, "not a record of Google's: "+label([]byte(err.Error()), 60), "")
		} else if j.google.read == before {
			j.google.read++
			j.google.skip("a record without a place")
		}
		return j.opened.ctx.Err()
	}
}

// e7 is a coordinate in ten-millionths of a degree.
type e7 struct {
	LatitudeE7, LongitudeE7 *int64
	LatE7, LngE7            *int64
}

func (e *e7) place() (lat, lon int32, found, ok bool) {
	la, lo := e.LatitudeE7, e.LongitudeE7
	if la == nil || lo == nil {
		la, lo = e.LatE7, e.LngE7
	}
	if la == nil || lo == nil {
		return 0, 0, false, false
	}
	if *la < -90e7 || *la > 90e7 || *lo < -180e7 || *lo > 180e7 || *la == 0 && *lo == 0 {
		return 0, 0, true, false
	}
	return tenth(*la), tenth(*lo), true, true
}

func tenth(v int64) int32 {
	if v < 0 {
		return int32((v - 5) / 10) //nolint:gosec // at most 180 million
	}
	return int32((v + 5) / 10) //nolint:gosec // as above
}

// put takes a place inferred by Google at a time.
func (p *points) put(line uint32, lat, lon int32, ok bool, when, until string, metres float64) {
	r := atlas.Row{Kind: atlas.Position, Lat: lat, Lon: lon, Line: line}
	if !ok {
		p.wrong(line, faultPlace, "")
		return
	}
	if why := p.timeOf(&r, when); why != "" {
		p.wrong(line, why, when)
		return
	}
	if until != "" {
		var e atlas.Row
		if why := p.timeOf(&e, until); why != "" {
			p.wrong(line, why, until)
			return
		}
		if e.At < r.At {
			p.wrong(line, faultEnds, until)
			return
		}
		r.End = e.At
	}
	r.Metres = googleMetres
	if metres > 0 && metres < 1e6 {
		r.Metres = uint32(metres + 0.999)
	} else {
		p.assumed |= assumedGoogle
	}
	p.add(r)
}

// readRecord reads an element of Records.json.
func readRecord(p *points, raw json.RawMessage, line uint32) error {
	var v struct {
		e7
		Accuracy               float64
		Timestamp, TimestampMs string
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return err //nolint:wrapcheck // shown as the reason of a row
	}
	if lat, lon, found, ok := v.place(); found {
		p.put(line, lat, lon, ok, firstNot(v.Timestamp, v.TimestampMs), "", v.Accuracy)
	}
	return nil
}

// span is when something began and ended, in either of the forms Google has used.
type span struct {
	StartTimestamp, EndTimestamp     string
	StartTimestampMs, EndTimestampMs string
}

func (s *span) from() string { return firstNot(s.StartTimestamp, s.StartTimestampMs) }
func (s *span) to() string   { return firstNot(s.EndTimestamp, s.EndTimestampMs) }

// readTimelineObject reads an element of the older Semantic Location History.
func readTimelineObject(p *points, raw json.RawMessage, line uint32) error {
	var v struct {
		ActivitySegment *struct {
			StartLocation, EndLocation e7
			Duration                   span
			SimplifiedRawPath          struct {
				Points []struct {
					e7
					Timestamp, TimestampMs string
					AccuracyMeters         float64
				}
			}
		}
		PlaceVisit *struct {
			Location e7
			Duration span
		}
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return err //nolint:wrapcheck // as above
	}
	if a := v.ActivitySegment; a != nil {
		if lat, lon, found, ok := a.StartLocation.place(); found {
			p.put(line, lat, lon, ok, a.Duration.from(), "", 0)
		}
		for i := range a.SimplifiedRawPath.Points {
			q := &a.SimplifiedRawPath.Points[i]
			if lat, lon, found, ok := q.place(); found {
				p.put(line, lat, lon, ok, firstNot(q.Timestamp, q.TimestampMs), "", q.AccuracyMeters)
			}
		}
		if lat, lon, found, ok := a.EndLocation.place(); found {
			p.put(line, lat, lon, ok, a.Duration.to(), "", 0)
		}
	}
	if q := v.PlaceVisit; q != nil {
		if lat, lon, found, ok := q.Location.place(); found {
			p.put(line, lat, lon, ok, q.Duration.from(), q.Duration.to(), 0)
		}
	}
	return nil
}

// latLng is a point of the Timeline: "geo:51.5,-0.1", "51.5°, -0.1°", or either inside an object.
type latLng struct{ text string }

// UnmarshalJSON reads any of the forms.
func (l *latLng) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &l.text) == nil {
		return nil
	}
	var o struct{ LatLng string }
	err := json.Unmarshal(raw, &o)
	l.text = o.LatLng
	return err //nolint:wrapcheck // as above
}

// readSegment reads an element of the Timeline kept on the device.
func readSegment(p *points, raw json.RawMessage, line uint32) error {
	var v struct {
		StartTime, EndTime string
		TimelinePath       []struct {
			Point                              latLng
			Time                               string
			DurationMinutesOffsetFromStartTime json.Number
		}
		Visit *struct {
			TopCandidate struct{ PlaceLocation latLng }
		}
		Activity *struct{ Start, End latLng }
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return err //nolint:wrapcheck // as above
	}
	point := func(l latLng, when, until string) {
		if l.text == "" {
			return
		}
		lat, lon, ok := parsePoint([]byte(l.text))
		p.put(line, lat, lon, ok, when, until, 0)
	}
	for i := range v.TimelinePath {
		q := &v.TimelinePath[i]
		point(q.Point, firstNot(q.Time, p.later(v.StartTime, q.DurationMinutesOffsetFromStartTime)), "")
	}
	if v.Visit != nil {
		point(v.Visit.TopCandidate.PlaceLocation, v.StartTime, v.EndTime)
	}
	if v.Activity != nil {
		point(v.Activity.Start, v.StartTime, "")
		point(v.Activity.End, v.EndTime, "")
	}
	return nil
}

// later is a time some minutes after another, as an epoch in milliseconds.
func (p *points) later(start string, minutes json.Number) string {
	m, err := minutes.Int64()
	r := atlas.Row{}
	if why := p.timeOf(&r, start); err != nil || why != "" || m < 0 || m > 60*24*60 {
		return start
	}
	return strconv.FormatInt(r.At+m*60_000, 10)
}

// readSignal reads a raw signal of the Timeline.
func readSignal(p *points, raw json.RawMessage, line uint32) error {
	var v struct {
		Position *struct {
			LatLng         string
			AccuracyMeters float64
			Timestamp      string
		}
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return err //nolint:wrapcheck // as above
	}
	if q := v.Position; q != nil && q.LatLng != "" {
		lat, lon, ok := parsePoint([]byte(q.LatLng))
		p.put(line, lat, lon, ok, q.Timestamp, "", q.AccuracyMeters)
	}
	return nil
}
