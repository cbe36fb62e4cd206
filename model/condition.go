package model

import (
	"fmt"
	"math"
	"strings"
	"time"

	"pou/model/day"
)

// Condition is one prohibition or requirement of an order, a row of its own: its text as made, what kind of thing it is,
// what it is about, and, it may be, its own last day (different periods may attach to different conditions).
type Condition struct {
	No          int           `cbor:"1,keyasint" json:"no"`
	Text        string        `cbor:"2,keyasint" json:"text"`
	Requirement bool          `cbor:"3,keyasint,omitempty" json:"requirement,omitempty"` // something to do rather than not to do
	Until       day.Date      `cbor:"4,keyasint,omitempty" json:"until,omitzero"`
	Checked     day.Date      `cbor:"5,keyasint,omitempty" json:"checked,omitzero"`
	Type        ConditionType `cbor:"6,keyasint,omitempty" json:"type,omitempty"`
	Match       Matcher       `cbor:"7,keyasint,omitempty" json:"match,omitzero"`
	Method      string        `cbor:"8,keyasint,omitempty" json:"method,omitempty"` // how it is monitored
	Ended       day.Date      `cbor:"9,keyasint,omitempty" json:"ended,omitzero"`   // discharged or varied away by a court
}

// Live reports whether the condition itself binds on a day, given that its order does.
func (c Condition) Live(on day.Date) bool {
	return (c.Until.IsZero() || on <= c.Until) && (c.Ended.IsZero() || on < c.Ended)
}

// ConditionType is what kind of thing a condition forbids or asks for. Source: CPS SPO guidance, as in the unit's
// reference notes section 1.
type ConditionType string

// The types; those that ask for something come last.
const (
	NoContact      ConditionType = "contact"
	NoThirdParty   ConditionType = "contact through others"
	NoPlace        ConditionType = "place"
	NoArea         ConditionType = "area"
	NoApproach     ConditionType = "approach"
	NoPublishing   ConditionType = "online or publishing"
	NoSurveillance ConditionType = "surveillance"
	NoProceedings  ConditionType = "vexatious proceedings"
	NoDevice       ConditionType = "devices"
	Curfew         ConditionType = "time"
	SignOn         ConditionType = "sign on"
	Attend         ConditionType = "programme or assessment"
	Surrender      ConditionType = "surrender or access"
	Tagged         ConditionType = "electronic monitoring"
	OtherCondition ConditionType = "other"
)

// Choices lists the types for a form.
func (ConditionType) Choices() []Choice {
	return []Choice{
		{string(NoContact), "no contact", "c"},
		{string(NoThirdParty), "no contact through others", "t"},
		{string(NoPlace), "keep away from a place", "p"},
		{string(NoArea), "keep out of an area", "a"},
		{string(NoApproach), "no approach within a distance", "d"},
		{string(NoPublishing), "no posting or naming online", "o"},
		{string(NoSurveillance), "no surveillance", "s"},
		{string(NoProceedings), "no vexatious applications", "v"},
		{string(NoDevice), "devices", "e"},
		{string(Curfew), "at certain times", "m"},
		{string(SignOn), "sign on at a station", "i"},
		{string(Attend), "programme or assessment", "g"},
		{string(Surrender), "surrender or give access", "r"},
		{string(Tagged), "electronic monitoring", "l"},
		{string(OtherCondition), "other", "x"},
	}
}

// Matcher is what a condition can be matched by: an event that fits it may be a breach, which a person decides. Who is not
// to be contacted, and on which number, is need-to-know: it is matched by and never shown.
type Matcher struct {
	People   []Ref    `cbor:"1,keyasint,omitempty" json:"-"`                  // not to be contacted or approached
	Numbers  []string `cbor:"2,keyasint,omitempty" json:"-"`                  // phones and accounts
	Place    string   `cbor:"3,keyasint,omitempty" json:"place,omitempty"`    // in words, with its postcode
	Circle   Circle   `cbor:"4,keyasint,omitempty" json:"circle,omitzero"`    // radius around a point
	Polygon  []Point  `cbor:"5,keyasint,omitempty" json:"polygon,omitempty"`  // or the corners of an area
	Boroughs []string `cbor:"6,keyasint,omitempty" json:"boroughs,omitempty"` // or whole boroughs
	Hours    Hours    `cbor:"7,keyasint,omitempty" json:"hours,omitzero"`     // only at these times
	Schedule Schedule `cbor:"8,keyasint,omitempty" json:"schedule,omitzero"`  // of a requirement: when it is to be done
}

// Point is a place on the map, WGS 84 degrees.
type Point struct {
	Lat float64 `cbor:"1,keyasint" json:"lat"`
	Lon float64 `cbor:"2,keyasint" json:"lon"`
}

// Circle is a point with a radius in metres; a radius of 0 is no circle.
type Circle struct {
	Centre Point   `cbor:"1,keyasint" json:"centre"`
	Metres float64 `cbor:"2,keyasint" json:"metres"`
}

// Hours are a daily window in London time, minutes after midnight; From after To runs over midnight. The zero value is
// all day.
type Hours struct {
	From int            `cbor:"1,keyasint,omitempty" json:"from,omitempty"`
	To   int            `cbor:"2,keyasint,omitempty" json:"to,omitempty"`
	Days []time.Weekday `cbor:"3,keyasint,omitempty" json:"days,omitempty"` // none: every day; of a night, the day it begins
}

// Schedule is when a requirement is to be done: every so many days, or on certain weekdays, from a day on. What was
// attended is evidence; an occasion nobody recorded is a missed one.
type Schedule struct {
	Every    int            `cbor:"1,keyasint,omitempty" json:"every,omitempty"` // days
	Weekdays []time.Weekday `cbor:"2,keyasint,omitempty" json:"weekdays,omitempty"`
	From     day.Date       `cbor:"3,keyasint,omitempty" json:"from,omitzero"` // the first occasion, for Every
	By       int            `cbor:"4,keyasint,omitempty" json:"by,omitempty"`  // minutes after midnight it is to be done by; 0: the end of the day
}

// IsZero reports whether there is no schedule.
func (s Schedule) IsZero() bool { return s.Every == 0 && len(s.Weekdays) == 0 }

// IsZero reports whether the window is all day, every day.
func (h Hours) IsZero() bool { return h.From == 0 && h.To == 0 && len(h.Days) == 0 }

// IsZero reports whether there is nothing to match by.
func (m Matcher) IsZero() bool {
	return len(m.People) == 0 && len(m.Numbers) == 0 && m.Place == "" && !m.Located() && m.Hours.IsZero() && m.Schedule.IsZero()
}

// Located reports whether a position can be held against the condition.
func (m Matcher) Located() bool {
	return m.Circle.Metres > 0 || len(m.Polygon) > 2 || len(m.Boroughs) > 0
}

// IsZero reports whether there is no circle.
func (c Circle) IsZero() bool { return c.Metres == 0 }

// earthMetres is the mean radius of the earth.
const earthMetres = 6371008.8

// Metres is the distance between two points along the earth, in metres (haversine: right to 0.5 %).
func (p Point) Metres(q Point) float64 {
	rad := math.Pi / 180
	a := math.Sin((q.Lat-p.Lat)*rad/2)*math.Sin((q.Lat-p.Lat)*rad/2) +
		math.Cos(p.Lat*rad)*math.Cos(q.Lat*rad)*math.Sin((q.Lon-p.Lon)*rad/2)*math.Sin((q.Lon-p.Lon)*rad/2)
	return 2 * earthMetres * math.Asin(math.Min(1, math.Sqrt(a)))
}

// In reports whether a point lies in the circle.
func (c Circle) In(p Point) bool { return c.Metres > 0 && c.Centre.Metres(p) <= c.Metres }

// InPolygon reports whether a point lies inside the corners, by the even-odd rule; a map the size of a city is flat enough.
func InPolygon(corners []Point, p Point) bool {
	in := false
	for i, j := 0, len(corners)-1; i < len(corners); j, i = i, i+1 {
		a, b := corners[i], corners[j]
		if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Lon < (b.Lon-a.Lon)*(p.Lat-a.Lat)/(b.Lat-a.Lat)+a.Lon {
			in = !in
		}
	}
	return in
}

// Covers reports whether the window holds a moment, in London.
func (h Hours) Covers(at time.Time) bool {
	local := at.In(day.London())
	minute, weekday := local.Hour()*60+local.Minute(), local.Weekday()
	if h.From == h.To {
		return h.on(weekday)
	}
	if h.From < h.To {
		return h.on(weekday) && minute >= h.From && minute < h.To
	}
	return (h.on(weekday) && minute >= h.From) || (h.on((weekday+6)%7) && minute < h.To)
}

func (h Hours) on(w time.Weekday) bool {
	for _, d := range h.Days {
		if d == w {
			return true
		}
	}
	return len(h.Days) == 0
}

// Occasions lists the days a requirement was to be done between two days, both included. An Every schedule without a first
// occasion has none: nobody could say which days they are.
func (s Schedule) Occasions(from, to day.Date) []day.Date {
	var out []day.Date
	for d := from; d <= to; d = d.AddDays(1) {
		if s.falls(d) {
			out = append(out, d)
		}
	}
	return out
}

func (s Schedule) falls(d day.Date) bool {
	if s.Every > 0 {
		return !s.From.IsZero() && d >= s.From && d.Sub(s.From)%s.Every == 0
	}
	for _, w := range s.Weekdays {
		if d.Weekday() == w && d >= s.From {
			return true
		}
	}
	return false
}

// Deadline is the first moment too late for the occasion on a day.
func (s Schedule) Deadline(d day.Date) time.Time {
	if s.By == 0 {
		return d.End()
	}
	at := d.Start().In(day.London())
	return time.Date(at.Year(), at.Month(), at.Day(), s.By/60, s.By%60, 0, 0, day.London())
}

// String says a schedule as an order would: "every Monday and Thursday by 18:00".
func (s Schedule) String() string {
	if s.IsZero() {
		return ""
	}
	out := s.Words()
	if !s.From.IsZero() {
		out += " from " + s.From.Long()
	}
	if s.By > 0 {
		out += " by " + clockOf(s.By)
	}
	return out
}

// String says a window as an order would: "20:00 to 07:00, Friday and Saturday".
func (h Hours) String() string {
	if h.IsZero() {
		return ""
	}
	out := "all day"
	if h.From != h.To {
		out = clockOf(h.From) + " to " + clockOf(h.To)
	}
	if len(h.Days) > 0 {
		out += ", " + weekdayWords(h.Days)
	}
	return out
}

func clockOf(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func weekdayWords(days []time.Weekday) string {
	words := make([]string, len(days))
	for i, d := range days {
		words[i] = d.String()
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
