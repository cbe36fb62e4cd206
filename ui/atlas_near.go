package ui

import (
	"fmt"
	"math"
	"strings"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/atlas/london"
	"pou/ui/chart"
	"pou/ui/part"
)

func (a *App) nearHeader(w int) string {
	line := "   BEGINS                 DEVICES   PAIRS  CLOSEST AT MOST  IN TIME AT MOST"
	if w < 84 {
		line = "   BEGINS                 DEVICES   PAIRS  AT MOST  IN TIME"
	}
	sign := a.th.Pick("◇", "o") + " may be further "
	if w < 84 {
		sign = a.th.Pick("◇", "o") + " unsure "
	}
	return spread(w, part.Cut(line, w-part.Width(sign)-1), "", sign)
}

// nearLines are the times the two sides' devices may have been near each other.
func (a *App) nearLines(s *atlasScreen) []atlasLine {
	if s.all == nil {
		return nil
	}
	var out []atlasLine
	wide := [2]int{7, 8}
	if a.atlasListWidth(a.w) >= 84 {
		wide = [2]int{15, 15}
	}
	for i := range s.all.occasions {
		o := s.seen(&s.all.occasions[i])
		if len(o.Meets) == 0 {
			continue
		}
		m, p, pairs := o.ClosestMeet(), o.Closest(), 0
		for k := range o.Meets {
			pairs += o.Meets[k].Pairs
		}
		sign := a.th.Pick("◆", "*")
		if !o.Certain() {
			sign = a.th.Pick("◇", "o")
		}
		l := atlasLine{at: o.From, kind: lineOccasion, index: i, rows: s.occasionRows(o)}
		l.what = sign + " " + londonAt(o.From).Format("Mon 02 Jan 2006 15:04") + "  " + part.Fit(s.data.short(m.A)+" "+s.data.short(m.B), 8, part.AlignLeft) +
			fmt.Sprintf("%7s  %*s  %*s", thousands(pairs), wide[0], metresWord(p.Most), wide[1], minutesWord(p.GapMax))
		out = append(out, l)
	}
	return out
}

// short is a device's label without its number.
func (d *atlasData) short(h atlas.Handle) string {
	for i := range d.by {
		if d.by[i].Handle == h {
			return part.Safe(d.by[i].Who)
		}
	}
	return d.label(h)
}

// metresWord rounds up, so that no bound is said to be narrower than it is.
func metresWord(m float64) string {
	if m >= 10_000 {
		return fmt.Sprintf("%.0f km", math.Ceil(m/1000))
	}
	return fmt.Sprintf("%.0f m", math.Ceil(m))
}

func minutesWord(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.0f s", math.Ceil(d.Seconds()))
	}
	return fmt.Sprintf("%.0f min", math.Ceil(d.Minutes()))
}

// occasionRows are the rows of the one side in an occasion, and of the other the closest of each meet.
func (s *atlasScreen) occasionRows(o *atlas.Occasion) atlas.Rows {
	var out atlas.Rows
	for i := range o.Meets {
		m := &o.Meets[i]
		out = append(append(out, m.RowsA...), m.Closest.A, m.Closest.B)
	}
	return sortedRows(out)
}

// rowWords is a row as its source has it, as far as it may be said.
func (s *atlasScreen) rowWords(row uint32, held bool) string {
	return part.Safe(s.ground.sayRow(s.data.set, row, held))
}

// nearPanel is one occasion: both rows as they stand in their files, the bounds, how usual it is and what else may explain it.
func (a *App) nearPanel(l *atlasLine, w, h int) []string {
	s := a.atlas
	o := s.seen(&s.all.occasions[l.index])
	if len(o.Meets) == 0 {
		return nil
	}
	m := o.ClosestMeet()
	c := s.all.context(l.index, m)
	head := "At most " + metresWord(m.Closest.Most) + " apart, as far as the sources' bounds hold"
	if !o.Certain() {
		head = "May be within " + metresWord(s.all.rule.Metres) + ", and may be as far as " + metresWord(m.Closest.Most) + " apart"
	}
	label := func(h atlas.Handle, row uint32) string {
		return s.data.label(h) + ": " + s.rowWords(row, false) + "."
	}
	say := []string{head, label(m.A, m.Closest.A), label(m.B, m.Closest.B)}
	why := make([]string, 0, len(c.Reasons))
	for i := range c.Reasons {
		why = append(why, part.Safe(s.ground.sayReason(&c.Reasons[i]))+".")
	}
	if len(why) > 0 {
		say = append(say, "What else may explain it, or weakens it: "+strings.Join(why, " "))
	} else {
		say = append(say, "No innocent explanation was found in the rows; that is not that there is none.")
	}
	say = append(say, atlas.SayHabit(atlas.Suspect, &c.A)+". "+atlas.SayHabit(atlas.Victim, &c.B)+".")
	say = append(say, atlas.SayMeet(m)+".")
	if n := len(o.Meets); n > 1 {
		say = append(say, countOf(n, "pair of devices", "pairs of devices")+" in one occasion.")
	}
	out := a.sayView(say, w, h)
	return append(out, a.littleMap(s.pairPins(&m.Closest), w, h-len(out))...)
}

// pairPins are where the two rows may be: before a reveal the coarse area of the suspect's, and nothing of the other.
func (s *atlasScreen) pairPins(p *atlas.Pair) []chart.Pin {
	var out []chart.Pin
	for i, row := range []uint32{p.A, p.B} {
		end := p.AEnd
		if i == 1 {
			end = p.BEnd
		}
		r := &s.data.set.Rows[row]
		if s.ground.keeps(row) {
			for _, q := range s.ground.veil.Squares(atlas.Rows{row}) {
				if !s.ground.veil.Hides(r.Own) && r.Placed() {
					out = append(out, chart.Pin{Point: q.Centre, Metres: q.Metres, Side: s.data.side(r.Own, r.At), Label: s.data.short(r.Own) + ", coarse"})
				}
			}
			continue
		}
		if at, metres, ok := s.data.x.Place(row, end, s.all.rule); ok {
			out = append(out, chart.Pin{Point: at, Metres: metres, Side: s.data.side(r.Own, r.At), Label: s.data.short(r.Own)})
		}
	}
	return out
}

// littleMap fills what is left of a panel with a map of some places, where that is enough to see anything.
func (a *App) littleMap(pins []chart.Pin, w, room int) []string {
	if room < 12 || len(pins) == 0 {
		return nil
	}
	h := min(room-1, 24)
	points := make([]model.Point, 0, len(pins))
	widest := 0.0
	for _, p := range pins {
		points = append(points, p.Point)
		widest = max(widest, p.Metres)
	}
	port := chart.Around(w-1, h, points...)
	port.Metres = max(port.Metres, 12, 3*widest/float64(w))
	m := chart.Map{View: port, Pins: pins, Stations: true}
	out := []string{""}
	return append(out, strings.Split(m.Draw(&a.th, w-1, h), "\n")...)
}

// placeLines are where each device may be by night, on working days, in stays and on ways, device by device.
func (a *App) placeLines(s *atlasScreen) []atlasLine {
	if s.work == nil {
		return nil
	}
	var out []atlasLine
	for i := range s.work.places {
		p := &s.work.places[i]
		more := ""
		if p.nights.Inexact > 0 {
			more = thousands(p.nights.Inexact) + " rows left out: at or before only"
		}
		out = append(out, atlasLine{head: true, what: s.data.deviceWord(p.device, s.closed().To-1), more: more})
		if len(p.kept) > 0 {
			out = append(out, atlasLine{
				value: thousands(len(p.kept)), style: part.StyleDim, what: "rows whose place is need-to-know", more: "V reveals", rows: p.kept, at: s.rowAt(p.kept), id: "kept " + itoa(i),
				say: []string{"Rows whose place is need-to-know", "They are where somebody protected may have been, or within about a kilometre of it; what stands beside this line is made without them. V asks for the reason and shows them, for as long as you are on this screen."},
			})
		}
		out = append(out, s.areaLines(i, &p.nights, "nights")...)
		out = append(out, s.areaLines(i, &p.workdays, "working days")...)
		for k := range p.routes {
			r := &p.routes[k]
			out = append(out, atlasLine{
				value: itoa(r.Days) + " days", what: "way from " + s.areaWord(&r.From) + " to " + s.areaWord(&r.To), more: countOf(len(r.Legs), "time", "times"), rows: r.Rows, kind: linePlace, index: i,
				say: []string{"A way that recurs", s.data.said(atlas.SayRoute(s.data.set, r)) + "."}, at: s.rowAt(r.Rows),
			})
			if k == 4 {
				break
			}
		}
		if n := len(p.visits); n > 0 {
			last := &p.visits[n-1]
			var rows atlas.Rows
			for k := range p.visits {
				rows = append(rows, p.visits[k].Rows...)
			}
			out = append(out, atlasLine{
				value: thousands(n), what: "stays of 20 minutes or more", more: "the last about " + s.areaWord(&last.Area), rows: sortedRows(rows), kind: linePlace, index: i, at: last.ArriveBy,
				say: []string{countOf(n, "stay", "stays"), "The last: " + atlas.SayVisit(last) + ".", quiet + "A stay is rows that are consistent with one place, no more than three hours apart."},
			})
		}
	}
	return out
}

func (s *atlasScreen) rowAt(rows atlas.Rows) int64 {
	if len(rows) == 0 {
		return 0
	}
	return s.data.set.Rows[rows[len(rows)-1]].At
}

func (s *atlasScreen) areaLines(place int, as *atlas.Areas, what string) []atlasLine {
	var out []atlasLine
	for i := range as.Areas {
		area := &as.Areas[i]
		if i > 2 || (i > 0 && area.Days*10 < as.Days) {
			break
		}
		out = append(out, atlasLine{
			value: itoa(area.Days) + " of " + itoa(as.Days), what: what + " · " + s.areaWord(area), more: "within " + metresWord(area.Metres), rows: area.Rows, kind: linePlace, index: place, at: s.rowAt(area.Rows),
			say: []string{model.UpperFirst(what) + ": a likely area, and no more", atlas.SayArea(as, area) + "."},
		})
	}
	return out
}

// areaWord says about where an area is: its one station or cell, else the borough and the nearest station.
func (s *atlasScreen) areaWord(area *atlas.Area) string {
	if len(area.Sites) == 1 && s.data.set.Sites[area.Sites[0]].Name != "" {
		return s.data.said(s.data.set.Sites[area.Sites[0]].Name)
	}
	at := area.Point()
	borough, ok := london.Borough(at)
	if !ok {
		return fmt.Sprintf("%.4f, %.4f", at.Lat, at.Lon)
	}
	station, metres := london.NearestStation(at)
	if metres > 3000 {
		return borough
	}
	name, _, _ := strings.Cut(station.Name, " (")
	return borough + ", " + metresWord(metres) + " from " + name
}

// placePanel is a place in words and on a map.
func (a *App) placePanel(l *atlasLine, w, h int) []string {
	out := a.sayView(l.say, w, h)
	s := a.atlas
	if l.kind != linePlace || l.index >= len(s.work.places) {
		return out
	}
	p := &s.work.places[l.index]
	var pins []chart.Pin
	for _, as := range []*atlas.Areas{&p.nights, &p.workdays} {
		for i := range as.Areas {
			area := &as.Areas[i]
			if i > 2 || (i > 0 && area.Days*10 < as.Days) {
				break
			}
			word := "nights"
			if as.Part == atlas.Workdays {
				word = "working days"
			}
			chosen := len(l.rows) > 0 && len(area.Rows) > 0 && l.rows[0] == area.Rows[0] && len(l.rows) == len(area.Rows)
			pins = append(pins, chart.Pin{Point: area.Point(), Metres: area.Metres, Side: p.side, Label: word, Selected: chosen})
		}
	}
	return append(out, a.littleMap(pins, w, h-len(out))...)
}

// fourLines are what in the rows may fit FOUR, letter by letter.
func (a *App) fourLines(s *atlasScreen) []atlasLine {
	if s.work == nil {
		return nil
	}
	var out []atlasLine
	last := atlas.Letter(0)
	for i := range s.work.four {
		f := &s.work.four[i]
		if f.Letter != last {
			last = f.Letter
			more := ""
			if len(out) == 0 {
				more = "of all devices of both sides; a person judges"
			}
			out = append(out, atlasLine{head: true, what: f.Letter.String(), more: more})
		}
		_, text, ok := strings.Cut(f.Text, ": ")
		if !ok {
			text = f.Text
		}
		text = s.data.said(text)
		out = append(out, atlasLine{
			value: thousands(f.Count), what: text, rows: f.Rows, at: s.rowAt(f.Rows), kind: lineFinding, index: i,
			say: []string{f.Letter.String(), s.data.said(f.Text) + ".", quiet + "FOUR is how police are to recognise it (College of Policing). What the rows show is for a person to judge, with what the victim-survivor says."},
		})
	}
	return out
}

// candidateIn reports whether a candidate is brushed and passes the filter.
func (s *atlasScreen) candidateIn(c *atlas.Candidate) bool {
	if !s.win().Holds(c.Event.At.UnixMilli()) {
		return false
	}
	for _, row := range c.Rows {
		if s.filter.keeps(&s.data.set.Rows[row]) {
			return true
		}
	}
	return false
}

// breachLines are rows that may be contrary to an order, by time. Potential only.
func (a *App) breachLines(s *atlasScreen) []atlasLine {
	if s.all == nil {
		return nil
	}
	var out []atlasLine
	last := model.Ref("")
	for i := range s.all.candidates {
		c := &s.all.candidates[i]
		if !s.candidateIn(c) {
			continue
		}
		if c.Order != last && len(s.data.orders) > 1 {
			last = c.Order
			out = append(out, atlasLine{head: true, what: string(c.Order)})
		}
		kind := "contact"
		if s.data.set.Rows[c.Rows[0]].Placed() && !s.data.set.Rows[c.Rows[0]].Contact() {
			kind = "place"
		}
		sure := ""
		if _, unsure := s.ground.sayCandidate(c); len(unsure) > 0 {
			sure = "? " + s.data.said(unsure[0])
		}
		out = append(out, atlasLine{
			value: thousands(len(c.Rows)), what: londonAt(c.Event.At.UnixMilli()).Format("Mon 02 Jan 15:04") + fmt.Sprintf("  condition %d  %-7s", c.Condition.No, kind), more: sure,
			rows: c.Rows, at: c.Event.At.UnixMilli(), kind: lineCandidate, index: i, say: s.candidateWords(c),
		})
	}
	return out
}

func (s *atlasScreen) candidateWords(c *atlas.Candidate) []string {
	why, unsure := s.ground.sayCandidate(c)
	out := []string{"Potential only: R puts it on the breach desk, where an officer decides", model.UpperFirst(s.data.said(why)) + "."}
	for _, u := range unsure {
		out = append(out, "Not sure: "+s.data.said(u)+".")
	}
	out = append(out, "First row: "+s.rowWords(c.Rows[0], false)+".")
	return append(out, quiet+string(c.Order)+", condition "+itoa(c.Condition.No))
}
