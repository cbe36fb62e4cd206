package atlas

import (
	"cmp"
	"math"
	"slices"
	"time"

	"pou/model"
	"pou/model/day"
)

// Bound is an order that rows are held against.
type Bound struct {
	Order      model.Ref
	Conditions []model.Condition
	From, To   int64                    // when it bound the subject, from service on; 0 is open
	People     map[Handle]model.Ref     // whose the devices are that are reached, for conditions that name people
	Borough    func(model.Point) string // the borough a place is in; nil when nobody can say
}

// Candidate is rows that may be contrary to a condition. It is potential only: an officer looks at it on the breach desk.
type Candidate struct {
	Order     model.Ref
	Condition model.Condition
	Event     model.Event
	Why       string
	Unsure    []string
	Rows      Rows
}

// visitApart is how far apart in time rows that fit a condition about a place are two candidates. Local.
const visitApart = time.Hour

// Candidates holds the rows of the suspect's devices in a window against the conditions of an order: contact by day and number, and
// places by visit. Rows without a time are held against nothing.
func (x *Index) Candidates(w Window, b Bound) []Candidate {
	if b.From != 0 {
		w.From = max(w.From, b.From)
	}
	if b.To != 0 && (w.To == 0 || b.To < w.To) {
		w.To = b.To
	}
	s := search{x: x, b: b, w: w}
	for _, c := range b.Conditions {
		s.contacts(c)
	}
	fixes := x.Path(w, Suspect, Rule{Slack: Usual().Slack}).Fixes()
	for _, c := range b.Conditions {
		s.places(c, fixes)
	}
	slices.SortStableFunc(s.out, func(a, b Candidate) int {
		return cmp.Or(a.Event.At.Compare(b.Event.At), cmp.Compare(a.Condition.No, b.Condition.No))
	})
	return s.out
}

type search struct {
	x    *Index
	b    Bound
	w    Window
	sent []line
	out  []Candidate
}

// contacts puts forward each day on which the suspect's device reached a number the condition is about, as its own record says or that
// of the device it reached.
func (s *search) contacts(c model.Condition) {
	anyTime := c
	anyTime.Match.Hours = model.Hours{}
	for _, l := range s.lines() {
		if _, fits := anyTime.Fits(s.contact(l.rows[0], l.to)); fits || !c.Live(day.On(s.x.at(l.rows[0]))) {
			s.contactDays(c, l)
		}
	}
}

// line is what a suspect's device sent to one other, from the records of both.
type line struct {
	from, to Handle
	rows     Rows
}

func (s *search) lines() []line {
	if s.sent != nil {
		return s.sent
	}
	from, to := s.x.Range(s.w)
	for i := range s.x.pairs {
		p := &s.x.pairs[i]
		s.send(p.own, p.other, true, p.rows.within(max(from, s.x.first()), to))
		s.send(p.other, p.own, false, p.rows.within(max(from, s.x.first()), to))
	}
	return s.sent
}

// send adds the rows of a record in which a suspect's device reached another.
func (s *search) send(from, to Handle, outward bool, rows Rows) {
	if from == 0 || to == 0 || !s.x.belongs(from, Suspect) {
		return
	}
	var kept Rows
	for _, i := range rows {
		if r := &s.x.Set.Rows[i]; r.Has(Out) == outward && s.x.sideAt(from, r) == Suspect {
			kept = append(kept, i)
		}
	}
	if len(kept) == 0 {
		return
	}
	if at := slices.IndexFunc(s.sent, func(l line) bool { return l.from == from && l.to == to }); at >= 0 {
		s.sent[at].rows = union(s.sent[at].rows, kept)
		return
	}
	s.sent = append(s.sent, line{from, to, kept})
}

func (s *search) contactDays(c model.Condition, l line) {
	for _, d := range s.x.Days(l.rows) {
		var kept Rows
		for _, i := range d.Rows {
			if c.Match.Hours.IsZero() || s.x.Set.Rows[i].Has(DayOnly) || c.Match.Hours.Covers(s.x.at(i)) {
				kept = append(kept, i)
			}
		}
		if len(kept) == 0 {
			continue
		}
		at := c
		if s.x.Set.Rows[kept[0]].Has(DayOnly) {
			at.Match.Hours = model.Hours{}
		}
		e := s.contact(kept[0], l.to)
		if why, fits := at.Fits(e); fits {
			s.put(c, e, sayContacts(why, len(kept)), s.unsure(kept, l.from, l.to), kept)
		}
	}
}

func (s *search) contact(row uint32, other Handle) model.Event {
	e := model.Event{At: s.x.at(row), Number: s.x.Set.Key(other), Text: sayRow(s.x.Set, row), Called: s.x.called(other)}
	if who, known := s.b.People[other]; known {
		e.People = []model.Ref{who}
	}
	return e
}

// called is the label of a device whose number is need-to-know; "" of any other.
func (x *Index) called(h Handle) string {
	for i := range x.sides[h] {
		if a := &x.sides[h][i]; a.Hidden {
			return a.Who
		}
	}
	return ""
}

func (s *search) put(c model.Condition, e model.Event, why string, unsure []string, rows Rows) {
	s.out = append(s.out, Candidate{Order: s.b.Order, Condition: c, Event: e, Why: why, Unsure: unsure, Rows: rows})
}

// unsure is what is uncertain about rows of a device: who used it, when, and whether the hour is known.
func (s *search) unsure(rows Rows, devices ...Handle) []string {
	var out []string
	r := &s.x.Set.Rows[rows[0]]
	for _, h := range devices {
		if a := s.x.attributed(h, r.At); a.Side != Nobody && a.Grade <= Weak {
			out = append(out, sayWeak(a))
		}
	}
	if slices.ContainsFunc(rows, func(i uint32) bool { return s.x.Set.Rows[i].Has(DayOnly) }) {
		out = append(out, sayDayOnly())
	}
	return out
}

// places puts forward each visit to where the condition is about.
func (s *search) places(c model.Condition, fixes []Fix) {
	var open []Fix
	var best *model.Event
	var why string
	asked := asked{sites: map[uint32]bool{}, areas: map[[3]int64]string{}, names: boroughs{}}
	flush := func() {
		if len(open) > 0 {
			s.place(c, *best, why, open)
		}
		open, best = nil, nil
	}
	for i := range fixes {
		f := &fixes[i]
		if !s.mayTouch(c, f, &asked) {
			continue
		}
		e := s.position(c, f, &asked)
		reason, fits := c.Fits(e)
		if !fits {
			continue
		}
		if len(open) > 0 && f.From-open[len(open)-1].To > visitApart.Milliseconds() {
			flush()
		}
		if open = append(open, *f); best == nil || e.Metres < best.Metres {
			best, why = &e, reason
		}
	}
	flush()
}

// asked is what was worked out for one condition: places recur.
type asked struct {
	sites map[uint32]bool     // whether a site has the name of the condition's place
	areas map[[3]int64]string // the borough an area is in, or reaches into if the condition names that
	names boroughs            // whether the condition names a borough
}

// mayTouch refuses, before anything is worked out in words, what cannot be contrary to a condition about a place. A requirement to be
// somewhere is asked of every position in its hours, and so is a curfew that names no place.
func (s *search) mayTouch(c model.Condition, f *Fix, known *asked) bool {
	m := &c.Match
	switch {
	case !m.Hours.IsZero() && !m.Hours.Covers(londonTime(s.atOf(f))):
		return false
	case !m.Located() && (c.Type != model.Curfew || m.Hours.IsZero()):
		return m.Place != "" && s.named(c, f, known.sites)
	case !m.Located(), c.Requirement:
		return true
	case len(m.Boroughs) > 0 && s.b.Borough != nil && known.names[s.borough(c, f, known)]:
		return true
	case m.Circle.Metres > 0 && m.Circle.Centre.Metres(f.Point())-float64(f.Metres) <= m.Circle.Metres:
		return true
	}
	return len(m.Polygon) > 2 && m.Polygon[0].Metres(f.Point()) <= float64(f.Metres)+spanOf(m.Polygon)
}

// named reports whether the site of a fix has the name of the condition's place; each site is asked once.
func (s *search) named(c model.Condition, f *Fix, sites map[uint32]bool) bool {
	site := s.x.siteOf(f)
	if site == 0 || int(site) >= len(s.x.Set.Sites) {
		return false
	}
	fits, known := sites[site]
	if !known {
		c.Match.Hours, c.Until, c.Ended = model.Hours{}, 0, 0
		_, fits = c.Fits(model.Event{At: londonTime(s.atOf(f)), Text: s.x.Set.Sites[site].Name})
		sites[site] = fits
	}
	return fits
}

// spanOf is the farthest two corners of an area are apart.
func spanOf(corners []model.Point) float64 {
	most := 0.0
	for _, p := range corners {
		for _, q := range corners {
			most = math.Max(most, p.Metres(q))
		}
	}
	return most
}

// atOf is the time a row gives a fix: the start, or of where it ended the end.
func (s *search) atOf(f *Fix) int64 {
	if f.End {
		return f.From
	}
	return s.x.Set.Rows[f.Row].At
}

func (s *search) position(c model.Condition, f *Fix, known *asked) model.Event {
	e := model.Event{At: londonTime(s.atOf(f)), Place: f.Point(), Metres: float64(f.Metres), Text: sayRow(s.x.Set, f.Row)}
	if len(c.Match.Boroughs) > 0 && s.b.Borough != nil {
		e.Borough = s.borough(c, f, known)
	}
	return e
}

// borough is the borough of a place, or one the condition names if the place may be in that too.
func (s *search) borough(c model.Condition, f *Fix, known *asked) string {
	key := [3]int64{int64(f.Lat), int64(f.Lon), int64(f.Metres)}
	name, found := known.areas[key]
	if found {
		return name
	}
	name = s.b.Borough(f.Point())
	for _, p := range append([]model.Point{f.Point()}, rim(f)...) {
		if at := s.b.Borough(p); at != "" && known.names.of(c, at) {
			name = at
			break
		}
	}
	if s.x.siteOf(f) != 0 { // a site recurs; a position hardly ever does
		known.areas[key] = name
	}
	return name
}

// boroughs is whether a condition names boroughs that were asked about.
type boroughs map[string]bool

func (b boroughs) of(c model.Condition, name string) bool {
	in, known := b[name]
	if !known {
		probe := model.Condition{Type: model.NoArea, Match: model.Matcher{Boroughs: c.Match.Boroughs}}
		_, in = probe.Fits(model.Event{At: time.UnixMilli(0), Borough: name})
		b[name] = in
	}
	return in
}

// rim is eight points on the edge of where a fix may have been.
func rim(f *Fix) []model.Point {
	if f.Metres == 0 {
		return nil
	}
	out := make([]model.Point, 8)
	for i := range out {
		sin, cos := math.Sincos(float64(i) * math.Pi / 4)
		out[i] = model.Point{
			Lat: float64(f.Lat)/1e6 + cos*float64(f.Metres)/metresPerMicro/1e6,
			Lon: float64(f.Lon)/1e6 + sin*float64(f.Metres)/metresPerMicro/1e6/math.Max(0.01, cosDegrees(float64(f.Lat)/1e6)),
		}
	}
	return out
}

func (s *search) place(c model.Condition, e model.Event, why string, open []Fix) {
	rows := rowsOf(open)
	unsure := s.unsure(rows, open[0].Own)
	if e.Metres > 0 {
		unsure = append(unsure, sayWithin(e.Metres))
	}
	if e.Borough != "" && s.b.Borough != nil && s.b.Borough(e.Place) != e.Borough {
		unsure = append(unsure, sayEdge(e.Borough))
	}
	if slices.ContainsFunc(open, func(f Fix) bool { return !f.Exact() }) {
		unsure = append(unsure, sayAtOrBefore())
	}
	if k := s.x.Set.Rows[rows[0]].Kind; k == Read || k == Tap {
		unsure = append(unsure, sayHolder(k, k))
	}
	s.put(c, e, sayPositions(why, len(rows)), unsure, rows)
}
