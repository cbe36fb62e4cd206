package ui

import (
	"slices"
	"sort"
	"strings"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/atlas/london"
	"pou/store/comms"
	"pou/ui/part"
)

// atlasData is a picture with what the charts are drawn from, worked out once. Nothing in it changes afterwards but the labels that have
// been asked for.
type atlasData struct {
	pic    *comms.Picture
	x      *atlas.Index
	set    *atlas.Set
	by     atlas.Attributions
	span   atlas.Window
	orders []atlasOrder
	marks  []atlasMark

	out, back         atlas.Reaches // of the suspect's devices to the victim-survivor's, and the other way
	outRows, backRows atlas.Rows

	veiled *atlasGround // where rows are, without what is need-to-know
	lanes  []atlasLane
	unsure unsureRows

	files  []string // names of files as they may be shown
	labels map[atlas.Handle]string
}

// atlasOrder is an order of the suspect, with its row for a form.
type atlasOrder struct {
	order *model.Order
	line  *model.Line
}

// atlasMark is a moment that contact is counted before and after.
type atlasMark struct {
	at    int64
	label string
	kind  model.MomentKind
	no    int // of the case's moments; 0 of the service of an order
}

// atlasCell is a cell that rows were served by, and the rows.
type atlasCell struct {
	site uint32
	side atlas.Side
	rows atlas.Rows
}

// atlasLane is what one device did on one channel, one way.
type atlasLane struct {
	own     atlas.Handle
	channel string
	rows    atlas.Rows
	times   []int64
}

// unsureRows are how many rows do not say all of when and where.
type unsureRows struct{ noTime, dayOnly, noPlace, vague int }

func newAtlasData(pic *comms.Picture, orders []atlasOrder) *atlasData {
	d := &atlasData{
		pic: pic, x: pic.Index, set: pic.Set, by: pic.By, span: pic.Index.Span(), orders: orders, labels: map[atlas.Handle]string{},
	}
	d.veiled = d.lay(pic.Veil(), false)
	for i := range d.set.Files {
		d.files = append(d.files, part.Safe(pic.Veil().File(uint16(i)))) //nolint:gosec // an index of files
	}
	d.out, d.back = d.x.Between(atlas.Window{}, atlas.Suspect, atlas.Victim), d.x.Between(atlas.Window{}, atlas.Victim, atlas.Suspect)
	d.outRows, d.backRows = d.out.Rows(), d.back.Rows()
	d.marks = d.moments()
	d.unsure = d.countUnsure()
	d.layLanes(nil)
	return d
}

// said is words of a source as they may be shown: harmless, and without a number that is need-to-know.
func (d *atlasData) said(text string) string { return part.Safe(d.veiled.veil.Said(text)) }

// label is how a device or number is shown.
func (d *atlasData) label(h atlas.Handle) string {
	if h == 0 {
		return "withheld"
	}
	l, known := d.labels[h]
	if !known {
		l = part.Safe(d.set.Label(h, d.by))
		d.labels[h] = l
	}
	return l
}

// side is whose a device is at a moment.
func (d *atlasData) side(h atlas.Handle, at int64) atlas.Side { return d.by.Of(h, at).Side }

// moments are those of the case, and the service of the suspect's orders, by time.
func (d *atlasData) moments() []atlasMark {
	var out []atlasMark
	for _, m := range d.pic.Case.Moments {
		out = append(out, atlasMark{m.At.UnixMilli(), d.said(m.Label()), m.Kind, m.No})
	}
	for _, o := range d.orders {
		if !o.order.Served.IsZero() {
			out = append(out, atlasMark{o.order.Served.UnixMilli(), string(o.order.Type) + " " + string(o.order.Ref) + " served", model.MomentServed, 0})
		}
	}
	slices.SortStableFunc(out, func(a, b atlasMark) int { return int(max(-1, min(1, a.at-b.at))) })
	return out
}

// countUnsure counts the rows that do not say all of when and where.
func (d *atlasData) countUnsure() (n unsureRows) {
	for i := range d.set.Rows {
		r := &d.set.Rows[i]
		n.noTime += flagged(r.Has(atlas.NoTime))
		n.dayOnly += flagged(r.Has(atlas.DayOnly))
		n.noPlace += flagged(!r.Placed() && (r.Site != 0 || r.Kind == atlas.Position))
		n.vague += flagged(r.Has(atlas.AtOrBefore) || r.Has(atlas.AtOrAfter))
	}
	return n
}

// layLanes divides rows with a time among devices and channels: all of them, or those kept by a filter.
func (d *atlasData) layLanes(kept atlas.Rows) []atlasLane {
	var lanes []atlasLane
	at := map[[2]uint32]int{}
	add := func(row uint32) {
		r := &d.set.Rows[row]
		if r.Has(atlas.NoTime) {
			return
		}
		channel := uint32(r.Kind) << 1
		if r.Contact() && r.Has(atlas.Out) {
			channel++
		}
		key := [2]uint32{uint32(r.Own), channel}
		n, known := at[key]
		if !known {
			n = len(lanes)
			at[key] = n
			lanes = append(lanes, atlasLane{own: r.Own, channel: channelWord(r)})
		}
		lanes[n].rows, lanes[n].times = append(lanes[n].rows, row), append(lanes[n].times, r.At)
	}
	if kept == nil {
		for i := range d.set.Rows {
			add(uint32(i)) //nolint:gosec // an index of a row
		}
	}
	for _, row := range kept {
		add(row)
	}
	rank := func(l atlasLane) int { // the suspect's devices first, then the victim-survivor's
		switch d.side(l.own, l.times[0]) {
		case atlas.Suspect:
			return 0
		case atlas.Victim:
			return 1
		case atlas.Third, atlas.Nobody:
		}
		return 2
	}
	slices.SortStableFunc(lanes, func(a, b atlasLane) int {
		if x, y := rank(a), rank(b); x != y {
			return x - y
		}
		if a.own != b.own {
			return strings.Compare(d.label(a.own), d.label(b.own))
		}
		return strings.Compare(a.channel, b.channel)
	})
	if kept == nil {
		d.lanes = lanes
	}
	return lanes
}

func channelWord(r *atlas.Row) string {
	word := r.Kind.String() + "s"
	switch {
	case !r.Contact():
		return word
	case r.Has(atlas.Out):
		return word + " out"
	}
	return word + " in"
}

// deviceWord is a device with whose it is and how well that is known.
func (d *atlasData) deviceWord(h atlas.Handle, at int64) string {
	a := d.by.Of(h, at)
	if a.Side == atlas.Nobody {
		return d.label(h) + " · nobody's"
	}
	return d.label(h) + " · " + a.Side.String() + ", " + a.Grade.String()
}

// within are the rows of an ascending list that lie in a stretch of time.
func (d *atlasData) within(rows atlas.Rows, w atlas.Window) atlas.Rows {
	from, to := d.x.Range(w)
	lo := sort.Search(len(rows), func(i int) bool { return rows[i] >= from })
	hi := lo + sort.Search(len(rows)-lo, func(i int) bool { return rows[lo+i] >= to })
	return rows[lo:hi:hi]
}

// atlasFindings is what is worked out of all the data, in a command.
type atlasFindings struct {
	rule       atlas.Rule
	paths      *atlas.Paths
	company    *atlas.Company
	meets      []atlas.Meet
	occasions  []atlas.Occasion
	chances    []atlas.Chance
	days       int // on which both sides have positions
	candidates []atlas.Candidate
	newcomers  []atlasNewcomer
	successors []atlas.Successor
	contexts   map[contextKey]atlas.Context // of occasions that were looked at
}

// contextKey is an occasion by its place in the list, and two devices in it.
type contextKey struct {
	occasion int
	a, b     atlas.Handle
}

// atlasNewcomer is a number first seen after a moment.
type atlasNewcomer struct {
	mark atlasMark
	atlas.Newcomer
}

// newcomerWithin is how long after a moment a number is looked for that was not there before, and successorWithin how long after a device
// was last seen. Local.
const (
	newcomerWithin  = 14 * 24 * time.Hour
	successorWithin = 14 * 24 * time.Hour
)

func (d *atlasData) findings(rule atlas.Rule) *atlasFindings {
	f := &atlasFindings{}
	f.near(d, rule)
	for _, o := range d.orders {
		f.candidates = append(f.candidates, d.x.Candidates(atlas.Window{}, d.bound(o.order))...)
	}
	slices.SortStableFunc(f.candidates, func(a, b atlas.Candidate) int { return a.Event.At.Compare(b.Event.At) })
	for _, m := range d.marks {
		for _, n := range d.x.Newcomers(atlas.Victim, m.at, newcomerWithin) {
			if m.kind == model.MomentBlocked || m.kind == model.MomentTold {
				f.newcomers = append(f.newcomers, atlasNewcomer{m, n})
			}
		}
	}
	f.successors = d.x.Successors(atlas.Suspect, successorWithin)
	return f
}

// near finds the times the devices of both sides may have been near each other by a rule, and how many of them chance would bring about.
func (f *atlasFindings) near(d *atlasData, rule atlas.Rule) {
	f.rule, f.contexts, f.company, f.chances = rule, map[contextKey]atlas.Context{}, nil, nil
	f.paths = d.x.Paths(atlas.Window{}, atlas.Suspect, atlas.Victim, rule)
	f.meets = f.paths.Meets()
	f.occasions = atlas.Occasions(f.meets, rule.Apart)
	f.days = f.paths.SharedDays()
	if len(f.meets) > 0 {
		f.company = d.x.Company(f.paths)
		f.chances = f.paths.Shifted()
	}
}

// bound is an order as rows are held against it: from service on, until it ended.
func (d *atlasData) bound(o *model.Order) atlas.Bound {
	b := atlas.Bound{Order: o.Ref, Conditions: o.Conditions, People: map[atlas.Handle]model.Ref{}, Borough: func(p model.Point) string {
		name, _ := london.Borough(p)
		return name
	}}
	b.From = o.Made.Start().UnixMilli()
	if !o.Served.IsZero() {
		b.From = o.Served.UnixMilli()
	}
	if !o.Until.IsZero() {
		b.To = o.Until.End().UnixMilli()
	}
	if !o.Ended.IsZero() {
		b.To = o.Ended.Start().UnixMilli()
	}
	for h, name := range d.set.Names {
		for _, dev := range d.pic.Case.Devices {
			if dev.Number == name && dev.Person != "" && name != "" {
				b.People[atlas.Handle(h)] = dev.Person //nolint:gosec // an index of names
			}
		}
	}
	return b
}

// context is what stands beside an occasion, worked out when it is looked at.
func (f *atlasFindings) context(i int, m *atlas.Meet) atlas.Context {
	key := contextKey{i, m.A, m.B}
	c, known := f.contexts[key]
	if !known && f.company != nil {
		c = f.company.Context(m)
		f.contexts[key] = c
	}
	return c
}

// atlasWork is what takes longer than a frame to work out of what is brushed.
type atlasWork struct {
	turn   int
	four   []atlas.Finding
	places []atlasPlaces
	common []atlas.Shared
	ground *atlasGround // what the places are made from
}

// atlasPlaces is where one device may be when.
type atlasPlaces struct {
	device   atlas.Handle
	side     atlas.Side
	nights   atlas.Areas
	workdays atlas.Areas
	visits   []atlas.Visit
	routes   []atlas.Route
	left     atlas.LeftOut
	kept     atlas.Rows // rows whose place is need-to-know: they take no part
}

// workOut is pure: it runs in a command.
func (d *atlasData) workOut(all *atlasFindings, win atlas.Window, f atlasFilter, g *atlasGround, turn int) *atlasWork {
	out := &atlasWork{turn: turn, ground: g}
	mark := int64(0)
	for _, m := range d.marks {
		if mark == 0 && (m.kind == model.MomentTold || m.kind == model.MomentServed) {
			mark = m.at
		}
	}
	var meets []atlas.Meet
	for i := range all.occasions { // two phones in one pocket are not two times
		if m := all.occasions[i].ClosestMeet(); win.Holds(m.From) {
			meets = append(meets, *m)
		}
	}
	out.four = d.x.Four(atlas.FourAsk{Window: win, Mark: mark, Meets: meets})
	out.common = d.x.Common(win, atlas.Suspect, atlas.Victim)
	for _, side := range []atlas.Side{atlas.Suspect, atlas.Victim} {
		for _, h := range d.x.Side(side) {
			if f.on && h != f.a && h != f.b {
				continue
			}
			if p := d.placesOf(h, side, win, all.rule, g); len(p.kept)+len(p.nights.Areas)+len(p.workdays.Areas)+len(p.visits)+len(p.routes) > 0 {
				out.places = append(out.places, p)
			}
		}
	}
	return out
}

func (d *atlasData) placesOf(h atlas.Handle, side atlas.Side, win atlas.Window, rule atlas.Rule, g *atlasGround) atlasPlaces {
	fixes, left := d.x.Fixes(win, rule.Slack, h)
	p := atlasPlaces{device: h, side: side, left: left}
	fixes, p.kept = g.fixes(fixes)
	if len(fixes) == 0 {
		return p
	}
	stay := atlas.UsualStay()
	p.nights, p.workdays = d.x.Areas(fixes, atlas.Nights), d.x.Areas(fixes, atlas.Workdays)
	p.visits = d.x.Visits(fixes, stay)
	legs := append(d.x.Legs(fixes, p.visits, stay), g.legs(d.x.Journeys(win, h))...)
	p.routes = atlas.Repeated(legs, stay)
	return p
}
