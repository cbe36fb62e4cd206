package model

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"pou/model/day"
	"pou/model/match"
)

// Event is something that happened, as far as it is known, to be held against the conditions of an order.
type Event struct {
	At      time.Time
	People  []Ref   // contacted, approached or named
	Number  string  // the phone or account that was contacted
	Called  string  // how the number is called where it is need-to-know; "" where it may be told by its end
	Place   Point   // where the subject was; the zero point is nowhere known
	Metres  float64 // how far from Place the subject may have been
	Borough string
	Text    string // the report, in words
}

// Located reports whether the event says where.
func (e Event) Located() bool { return e.Place != Point{} }

// reached is the number or account as reasons tell of it.
func (e Event) reached(key string) string {
	if e.Called != "" {
		return "the number or account of " + e.Called
	}
	return "the number or account ending " + endOf(key)
}

// fit is how an event stands to one part of a condition.
type fit int

const (
	fitUnknown fit = iota // the event does not say
	fitNot
	fitMay // it may, and may not: the position is too uncertain
	fitYes
)

// finding is one comparison, with its reason.
type finding struct {
	fit fit
	why string
}

// Fits holds an event against the condition and says why it fits, or why not. That something fits is no decision: a
// person decides what it was, with what else could explain it. A requirement with a schedule is missed by what did not
// happen, so no event fits it (see [Schedule.Occasions]). The life of the order itself is not looked at here.
func (c Condition) Fits(e Event) (why string, fits bool) {
	name := c.name()
	switch {
	case e.At.IsZero():
		return "it is not known when it happened, so " + name + " cannot be held against it", false
	case !c.Live(day.On(e.At)):
		return name + " no longer bound on " + day.On(e.At).Long(), false
	case c.Match.IsZero():
		return name + " has nothing to be matched by: read its words", false
	}
	var reasons []string
	if !c.Match.Hours.IsZero() {
		when := e.At.In(day.London()).Format("15:04 on Mon 2 Jan 2006")
		if !c.Match.Hours.Covers(e.At) {
			return "outside the hours of " + name + ": " + when + " is not within " + c.Match.Hours.String(), false
		}
		reasons = append(reasons, when+" is within "+c.Match.Hours.String())
	}
	best, found := c.findings(e)
	if best == fitUnknown && len(reasons) > 0 && c.Type == Curfew && !c.Match.Located() {
		return "may be contrary to " + name + ": " + reasons[0] + "; where the subject was is for a person to compare", true
	}
	if best < fitMay {
		if c.aboutPlaces() && c.Match.Located() && !e.Located() && e.Borough == "" {
			found = append(found, "where the subject was is not known")
		}
		if len(found) == 0 {
			return "nothing in the event can be held against " + name, false
		}
		return "does not fit " + name + ": " + strings.Join(found, "; "), false
	}
	return "may be contrary to " + name + ": " + strings.Join(append(found, reasons...), "; "), true
}

// name is the condition as a reader finds it on the order.
func (c Condition) name() string {
	if c.Type == "" {
		return "condition " + itoa(c.No)
	}
	return "condition " + itoa(c.No) + " (" + string(c.Type) + ")"
}

// findings compares the event with every part of the matcher its type is about, and gives the reasons of the best.
func (c Condition) findings(e Event) (best fit, why []string) {
	var all []finding
	if c.aboutPeople() {
		all = append(all, c.Match.person(e), c.Match.number(e))
	}
	if c.aboutPlaces() {
		place := c.Match.area(e)
		if c.Type == Curfew && c.Requirement { // to be at a place, rather than not to be
			place = place.turned()
		}
		all = append(all, place, c.Match.words(e))
	}
	for _, f := range all {
		best = max(best, f.fit)
	}
	for _, f := range all {
		if f.fit == best && f.why != "" || f.fit == fitMay && best > fitMay {
			why = append(why, f.why)
		}
	}
	return best, why
}

// aboutPeople reports whether the condition is broken by reaching somebody, wherever that is.
func (c Condition) aboutPeople() bool {
	return !slices.Contains([]ConditionType{NoPlace, NoArea, Curfew, SignOn, Attend, Surrender, Tagged}, c.Type)
}

// aboutPlaces reports whether it is broken by being somewhere.
func (c Condition) aboutPlaces() bool {
	return !slices.Contains([]ConditionType{NoContact, NoThirdParty, NoPublishing, NoProceedings, NoDevice, SignOn, Attend, Surrender}, c.Type)
}

func (f finding) turned() finding {
	switch f.fit {
	case fitYes:
		return finding{fitNot, f.why + ", where the subject is to be"}
	case fitNot:
		return finding{fitYes, f.why + ", and the subject is to be there"}
	case fitMay, fitUnknown:
	}
	return f
}

// person says nothing of who it is: that is need-to-know.
func (m Matcher) person(e Event) finding {
	switch {
	case len(m.People) == 0 || len(e.People) == 0:
		return finding{}
	case slices.ContainsFunc(e.People, func(p Ref) bool { return slices.Contains(m.People, p) }):
		return finding{fitYes, "it concerns a person the condition names"}
	}
	return finding{fitNot, "nobody the condition names is in it"}
}

func (m Matcher) number(e Event) finding {
	key := contactKey(e.Number)
	if len(m.Numbers) == 0 || key == "" {
		return finding{}
	}
	if slices.ContainsFunc(m.Numbers, func(n string) bool { return contactKey(n) == key }) {
		return finding{fitYes, e.reached(key) + " is one the condition names"}
	}
	return finding{fitNot, e.reached(key) + " is not one the condition names"}
}

// area compares the position with the circle, the polygon or the boroughs, whichever fits best.
func (m Matcher) area(e Event) finding {
	best := finding{}
	for _, f := range []finding{m.circle(e), m.polygon(e), m.borough(e)} {
		if f.fit > best.fit {
			best = f
		}
	}
	return best
}

func (m Matcher) circle(e Event) finding {
	if m.Circle.IsZero() || !e.Located() {
		return finding{}
	}
	d, r := m.Circle.Centre.Metres(e.Place), m.Circle.Metres
	bounds := boundsWords(math.Max(0, d-e.Metres), d+e.Metres) + " from the centre of its circle of " + metresWords(r)
	switch {
	case d+e.Metres <= r:
		return finding{fitYes, "inside: " + bounds}
	case d-e.Metres <= r:
		return finding{fitMay, "may be inside, and may be outside: " + bounds}
	}
	return finding{fitNot, "outside: " + bounds}
}

func (m Matcher) polygon(e Event) finding {
	if len(m.Polygon) < 3 || !e.Located() {
		return finding{}
	}
	edge := edgeMetres(m.Polygon, e.Place)
	side := map[bool]string{true: "within", false: "beyond"}[InPolygon(m.Polygon, e.Place)]
	bounds := "the position is " + metresWords(edge) + " " + side + " the edge of its area"
	if e.Metres > 0 {
		bounds += ", give or take " + metresWords(e.Metres)
	}
	switch {
	case edge <= e.Metres && edge > 0:
		return finding{fitMay, "may be inside, and may be outside: " + bounds}
	case side == "within" || edge == 0:
		return finding{fitYes, "inside: " + bounds}
	}
	return finding{fitNot, "outside: " + bounds}
}

func (m Matcher) borough(e Event) finding {
	switch {
	case len(m.Boroughs) == 0 || e.Borough == "":
		return finding{}
	case slices.ContainsFunc(m.Boroughs, func(b string) bool { return boroughKey(b) == boroughKey(e.Borough) }):
		return finding{fitYes, "inside: " + e.Borough + " is a borough the condition names"}
	}
	return finding{fitNot, "outside: " + e.Borough + " is not among " + strings.Join(m.Boroughs, ", ")}
}

var postcodeWords = regexp.MustCompile(`(?i)\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b`)

// words looks for the place of the condition, or its postcode, in what was reported. Words that differ say nothing: one
// place has many names.
func (m Matcher) words(e Event) finding {
	text := " " + match.Fold(e.Text) + " "
	if m.Place == "" || text == "  " {
		return finding{}
	}
	if strings.Contains(text, " "+match.Fold(m.Place)+" ") {
		return finding{fitMay, "the report names the place of the condition"}
	}
	solid := strings.ReplaceAll(text, " ", "")
	for _, code := range postcodeWords.FindAllString(m.Place, -1) {
		if strings.Contains(solid, strings.ReplaceAll(match.Fold(code), " ", "")) {
			return finding{fitMay, "the report names the postcode " + strings.ToUpper(code) + " of the condition"}
		}
	}
	return finding{}
}

func boundsWords(least, most float64) string {
	if math.Round(least) == math.Round(most) {
		return metresWords(most)
	}
	return fmt.Sprintf("between %.0f and %.0f m", least, most)
}

// degreeMetres is a degree of latitude.
const degreeMetres = earthMetres * math.Pi / 180

// edgeMetres is how far a point is from the nearest edge of an area; a map the size of a city is flat enough.
func edgeMetres(corners []Point, p Point) float64 {
	flat := func(q Point) (x, y float64) {
		return (q.Lon - p.Lon) * degreeMetres * math.Cos(p.Lat*math.Pi/180), (q.Lat - p.Lat) * degreeMetres
	}
	nearest := math.Inf(1)
	for i := range corners {
		ax, ay := flat(corners[i])
		bx, by := flat(corners[(i+1)%len(corners)])
		dx, dy := bx-ax, by-ay
		along := 0.0
		if l := dx*dx + dy*dy; l > 0 {
			along = math.Min(1, math.Max(0, -(ax*dx+ay*dy)/l))
		}
		nearest = math.Min(nearest, math.Hypot(ax+along*dx, ay+along*dy))
	}
	return nearest
}
