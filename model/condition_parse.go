package model

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model/day"
)

// What an officer types for the matcher of a condition: short, as an order says it. Each reader refuses in words what it
// cannot read, and each String method writes what its reader reads.

var (
	pointWords    = regexp.MustCompile(`^(-?\d{1,3}(?:\.\d+)?)\s*[, ]\s*(-?\d{1,3}(?:\.\d+)?)$`)
	circleWords   = regexp.MustCompile(`^(.+?)[\s,;]+(\d+(?:\.\d+)?)\s*(m|metres?|meters?|km|kilometres?|miles?|mi|yards?|yd)$`)
	hourWords     = regexp.MustCompile(`^(\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?)\s*(?:-|–|to|until)\s*(\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?)$`)
	clockWords    = regexp.MustCompile(`^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$`)
	scheduleWords = regexp.MustCompile(`^(.*?)(?:\s+by\s+(.+?))?(?:\s+from\s+(.+?))?(?:\s+by\s+(.+?))?$`)
	everyWords    = regexp.MustCompile(`^every\s+(\d{1,3})\s+(days?|weeks?)$`)
)

// Where the circles of orders lie: an SPO runs in the United Kingdom.
const (
	ukSouth, ukNorth = 49.0, 61.0
	ukWest, ukEast   = -9.0, 2.5
	widestMetres     = 100_000
)

func parsePoint(s string) (Point, string) {
	m := pointWords.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return Point{}, strconv.Quote(s) + " is not a latitude and a longitude"
	}
	lat, _ := strconv.ParseFloat(m[1], 64)
	lon, _ := strconv.ParseFloat(m[2], 64)
	switch {
	case lat >= ukSouth && lat <= ukNorth && lon >= ukWest && lon <= ukEast:
		return Point{Lat: lat, Lon: lon}, ""
	case lon >= ukSouth && lon <= ukNorth && lat >= ukWest && lat <= ukEast:
		return Point{}, strconv.Quote(s) + " has the longitude first"
	}
	return Point{}, strconv.Quote(s) + " is not in the United Kingdom"
}

// ParseCircle reads a point and a radius: "51.5136,-0.1365 250m", "51.5136 -0.1365 0.5 km".
func ParseCircle(s string) (Circle, error) {
	const do = "Enter latitude, longitude and radius, such as 51.5136,-0.1365 250m"
	m := circleWords.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if m == nil {
		return Circle{}, Refuse("circle", strconv.Quote(s)+" is not a circle", do)
	}
	centre, wrong := parsePoint(m[1])
	if wrong != "" {
		return Circle{}, Refuse("circle", wrong, do)
	}
	n, _ := strconv.ParseFloat(m[2], 64)
	metres := n * unitMetres(m[3])
	if metres <= 0 || metres > widestMetres {
		return Circle{}, Refuse("circle", "a radius of "+m[2]+" "+m[3]+" cannot be meant", do)
	}
	return Circle{Centre: centre, Metres: math.Round(metres*10) / 10}, nil
}

func unitMetres(unit string) float64 {
	switch {
	case strings.HasPrefix(unit, "k"):
		return 1000
	case strings.HasPrefix(unit, "mi"):
		return 1609.344
	case strings.HasPrefix(unit, "y"):
		return 0.9144
	}
	return 1
}

// String is the circle as it is typed.
func (c Circle) String() string {
	if c.IsZero() {
		return ""
	}
	return c.Centre.String() + " " + metresWords(c.Metres)
}

// String is the point as it is typed, to about a metre.
func (p Point) String() string {
	return strconv.FormatFloat(math.Round(p.Lat*1e5)/1e5, 'f', -1, 64) + "," + strconv.FormatFloat(math.Round(p.Lon*1e5)/1e5, 'f', -1, 64)
}

func metresWords(m float64) string { return strconv.FormatFloat(math.Round(m), 'f', -1, 64) + " m" }

// ParsePolygon reads the corners of an area, one a line or with semicolons between them.
func ParsePolygon(s string) ([]Point, error) {
	const do = "Enter each corner as latitude,longitude on a line of its own, in order round the area"
	var out []Point
	for corner := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == ';' }) {
		if strings.TrimSpace(corner) == "" {
			continue
		}
		p, wrong := parsePoint(corner)
		if wrong != "" {
			return nil, Refuse("polygon", wrong, do)
		}
		out = append(out, p)
	}
	if len(out) > 3 && out[0] == out[len(out)-1] { // maps close the ring by saying the first corner again
		out = out[:len(out)-1]
	}
	if len(out) < 3 {
		return nil, Refuse("polygon", "an area has at least three corners", do)
	}
	return out, nil
}

// ParseBoroughs reads the names of boroughs: "Camden, Islington", "Kensington and Chelsea".
func ParseBoroughs(s string) ([]string, error) {
	var out []string
	for name := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if strings.TrimSpace(name) == "" {
			continue
		}
		borough, ok := boroughNamed(name)
		if !ok {
			return nil, Refuse("boroughs", strconv.Quote(strings.TrimSpace(name))+" is not a London borough", "Enter the names with commas between; put any other area under place")
		}
		if !slices.Contains(out, borough) {
			out = append(out, borough)
		}
	}
	return out, nil
}

// boroughKey is a borough's name as it is compared.
func boroughKey(s string) string {
	s = " " + strings.ToLower(strings.ReplaceAll(s, "&", " and ")) + " "
	for _, drop := range []string{" london ", " royal ", " borough ", " of ", " upon thames ", " the "} {
		if s != " city of london " {
			s = strings.ReplaceAll(s, drop, " ")
		}
	}
	return strings.Join(strings.Fields(s), " ")
}

// cityOfLondon is not policed by the Met, and an order may cover it all the same.
const cityOfLondon = "City of London"

func boroughNamed(name string) (string, bool) {
	key := boroughKey(name)
	if key == boroughKey(cityOfLondon) {
		return cityOfLondon, true
	}
	for _, u := range Units() {
		for _, b := range u.Boroughs {
			if boroughKey(b) == key {
				return b, true
			}
		}
	}
	return "", false
}

// ParseHours reads a daily window, with the days it is for: "20:00-07:00", "Fri,Sat 22:00-06:00", "8pm to 7am". Of a night
// the day is the one it begins on.
func ParseHours(s string) (Hours, error) {
	const do = "Enter the hours such as 20:00-07:00, with days if it is not every day: Fri,Sat 22:00-06:00"
	text := strings.Join(strings.Fields(strings.ToLower(s)), " ")
	at := strings.IndexFunc(text, func(r rune) bool { return r >= '0' && r <= '9' })
	var h Hours
	rest := text
	if at >= 0 {
		clock := strings.TrimRight(text[at:], " ,")
		days := ""
		if i := strings.LastIndexFunc(clock, func(r rune) bool { return r >= '0' && r <= '9' }); i >= 0 && text[:at] == "" {
			clock, days = splitClock(clock, i)
		}
		m := hourWords.FindStringSubmatch(clock)
		if m == nil {
			return Hours{}, Refuse("hours", strconv.Quote(s)+" is not a window of time", do)
		}
		var ok1, ok2 bool
		h.From, ok1 = parseClock(m[1])
		h.To, ok2 = parseClock(m[2])
		if !ok1 || !ok2 || (h.From == h.To && h.From != 0) {
			return Hours{}, Refuse("hours", strconv.Quote(s)+" is not a window of time", do)
		}
		rest = text[:at] + days
	}
	days, ok := parseDays(rest)
	if !ok || (h.From == 0 && h.To == 0 && len(days) == 0) {
		return Hours{}, Refuse("hours", strconv.Quote(s)+" is not a window of time", do)
	}
	h.Days = days
	return h, nil
}

// splitClock parts the hours from the days that follow them: "20:00-07:00 on fri and sat", "8pm to 7am, weekends".
func splitClock(s string, lastDigit int) (clock, days string) {
	end := lastDigit + 1
	for _, half := range []string{"am", "pm", " am", " pm"} {
		if strings.HasPrefix(s[end:], half) {
			end += len(half)
			break
		}
	}
	return s[:end], s[end:]
}

// parseClock reads a time of day as minutes after midnight; 24:00 is midnight again.
func parseClock(s string) (int, bool) {
	m := clockWords.FindStringSubmatch(strings.TrimSpace(strings.ToLower(s)))
	if m == nil || (m[2] == "" && m[3] == "") {
		return 0, false
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	if minute > 59 {
		return 0, false
	}
	if m[3] != "" {
		if hour < 1 || hour > 12 {
			return 0, false
		}
		hour %= 12
		if m[3] == "pm" {
			hour += 12
		}
	}
	if hour > 24 || (hour == 24 && minute > 0) {
		return 0, false
	}
	return (hour*60 + minute) % (24 * 60), true
}

// parseDays reads days of the week: "Mon,Thu", "Friday and Saturday", "weekdays", "Mon-Fri"; none is every day.
func parseDays(s string) ([]time.Weekday, bool) {
	var out []time.Weekday
	add := func(d time.Weekday) {
		if !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == ':' }) {
		from, to, span := strings.Cut(word, "-")
		first, ok1 := weekday(from)
		last, ok2 := weekday(to)
		switch {
		case slices.Contains([]string{"and", "on", "every", "each", "night", "nights", "all", "day", "daily"}, word):
		case word == "weekdays":
			for d := time.Monday; d <= time.Friday; d++ {
				add(d)
			}
		case word == "weekends":
			add(time.Saturday)
			add(time.Sunday)
		case span && ok1 && ok2:
			for d := first; ; d = (d + 1) % 7 {
				add(d)
				if d == last {
					break
				}
			}
		case !span && ok1:
			add(first)
		default:
			return nil, false
		}
	}
	return out, true
}

func weekday(s string) (time.Weekday, bool) {
	s = strings.TrimSuffix(s, "s")
	if len(s) < 3 {
		return 0, false
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.HasPrefix(strings.ToLower(d.String()), s) {
			return d, true
		}
	}
	return 0, false
}

// ParseSchedule reads when a requirement is to be done: "Mon,Thu by 18:00", "daily by 12:00", "every 7 days from 1 Dec".
// A day without a year is the next one after today.
func ParseSchedule(s string, today day.Date) (Schedule, error) {
	const do = "Enter it such as Mon,Thu by 18:00, or every 7 days from 1 Dec"
	refuse := func(why string) error { return Refuse("schedule", why, do) }
	text := strings.ToLower(strings.Join(strings.Fields(s), " "))
	m := scheduleWords.FindStringSubmatch(text)
	if m == nil || strings.TrimSpace(m[1]) == "" {
		return Schedule{}, refuse(strconv.Quote(s) + " is not a schedule")
	}
	var out Schedule
	if by := m[2] + m[4]; by != "" {
		minute, ok := parseClock(by)
		if !ok || (m[2] != "" && m[4] != "") {
			return Schedule{}, refuse(strconv.Quote(by) + " is not a time of day")
		}
		out.By = minute
	}
	if m[3] != "" {
		from, err := day.Parse(ResolveDay(m[3], today))
		if err != nil {
			return Schedule{}, refuse(err.Error())
		}
		out.From = from
	}
	if !out.readEvery(m[1]) {
		return Schedule{}, refuse(strconv.Quote(s) + " is not a schedule")
	}
	if out.Every > 0 && out.From.IsZero() {
		return Schedule{}, refuse("nobody could say which days " + out.Words() + " are without the first of them")
	}
	return out, nil
}

// readEvery reads how often: every so many days, daily, weekly or on certain weekdays.
func (s *Schedule) readEvery(text string) bool {
	switch m := everyWords.FindStringSubmatch(text); {
	case m != nil:
		s.Every, _ = strconv.Atoi(m[1])
		if strings.HasPrefix(m[2], "w") {
			s.Every *= 7
		}
		return s.Every > 0
	case text == "weekly" || text == "every week":
		s.Every = 7
		return true
	case text == "daily" || text == "every day":
		s.Weekdays = []time.Weekday{
			time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
		}
		return true
	}
	days, ok := parseDays(text)
	s.Weekdays = days
	return ok && len(days) > 0
}

// Words are how often a schedule falls, without its first day and its time.
func (s Schedule) Words() string {
	switch {
	case s.Every == 1, len(s.Weekdays) == 7:
		return "every day"
	case s.Every > 0:
		return "every " + itoa(s.Every) + " days"
	}
	return "every " + weekdayWords(s.Weekdays)
}
