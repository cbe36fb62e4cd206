package comms

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/atlas/london"
	"pou/model/day"
)

// RowRef is where a row stands in its file.
type RowRef struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// rowsTold is how many of the rows behind a figure are named; the count says how many there are.
const rowsTold = 20

// refOf names a row; the name of a file may hold a number that is need-to-know.
func (p *Picture) refOf(row uint32) RowRef {
	r := &p.Set.Rows[row]
	return RowRef{File: p.Veil().File(r.File), Line: int(r.Line)}
}

// String is the row as it is looked up.
func (r RowRef) String() string { return r.File + ":" + strconv.Itoa(r.Line) }

func (p *Picture) refsOf(rows atlas.Rows) []RowRef {
	out := make([]RowRef, 0, min(len(rows), rowsTold))
	for _, i := range rows[:min(len(rows), rowsTold)] {
		out = append(out, p.refOf(i))
	}
	return out
}

// Line is one sentence of a report, with the rows it rests on.
type Line struct {
	Text  string   `json:"text"`
	Count int      `json:"count,omitempty"`
	Rows  []RowRef `json:"rows,omitempty"` // the first of them
}

// Part is what a report says under one heading.
type Part struct {
	Head  string `json:"head"`
	Lines []Line `json:"lines"`
}

// Report is what the data of a case may show, at a glance.
type Report struct {
	Ref     model.Ref `json:"ref"`
	Marking string    `json:"marking"`
	Rows    int       `json:"rows"`
	Held    int       `json:"outside_authorisation"`
	Parts   []Part    `json:"parts"`
}

// reporting is a report being written.
type reporting struct {
	p   *Picture
	w   atlas.Window
	out Report
}

// ReportOf says what a window of a picture may show.
func ReportOf(p *Picture, w atlas.Window) Report {
	r := &reporting{p: p, w: w, out: Report{Ref: p.Case.Ref, Marking: atlas.Marking, Rows: len(p.Set.Rows), Held: len(p.Set.Held)}}
	for _, part := range []struct {
		head  string
		lines func() []Line
	}{
		{"The suspect's devices to the victim-survivor's", r.contact},
		{"What changed", r.changes},
		{"New numbers", r.newcomers},
		{atlas.MeetsTitle, r.meets},
		{"Likely areas", r.areas},
		{"What may show FOUR", r.four},
	} {
		if lines := part.lines(); len(lines) > 0 {
			r.out.Parts = append(r.out.Parts, Part{part.head, lines})
		}
	}
	return r.out
}

func (r *reporting) line(text string, rows atlas.Rows) Line {
	return Line{Text: text, Count: len(rows), Rows: r.p.refsOf(rows)}
}

func (r *reporting) contact() []Line {
	x := r.p.Index
	there, back := x.Between(r.w, atlas.Suspect, atlas.Victim).Rows(), x.Between(r.w, atlas.Victim, atlas.Suspect).Rows()
	if len(there)+len(back) == 0 {
		return nil
	}
	out := []Line{r.line(strconv.Itoa(len(there))+" contacts, and "+strconv.Itoa(len(back))+" the other way", there)}
	if d, ok := x.BusiestDay(there); ok {
		out = append(out, r.line("Most in a day: "+strconv.Itoa(len(d.Rows))+" on "+d.Day.Long(), d.Rows))
	}
	if b, ok := x.Most(there, time.Hour); ok && len(b.Rows) > 1 {
		out = append(out, r.line("Most in an hour: "+atlas.SayBurst(&b), b.Rows))
	}
	if s, ok := x.Longest(there); ok {
		out = append(out, r.line("Longest without any: "+atlas.SaySilence(&s), atlas.Rows{s.Before, s.After}))
	}
	for _, rise := range atlas.Rises(x.Weeks(there)) {
		weeks := make([]string, len(rise.Weeks))
		for i, w := range rise.Weeks {
			weeks[i] = strconv.Itoa(len(w.Rows))
		}
		out = append(out, Line{Text: "More by the week from the week of " + rise.Weeks[0].Monday.Long() + ": " + strings.Join(weeks, ", ")})
	}
	return out
}

func (r *reporting) changes() []Line {
	var out []Line
	rows := r.p.Index.Between(r.w, atlas.Suspect, atlas.Victim).Rows()
	for _, m := range r.p.Case.Moments {
		c := r.p.Index.Around(rows, m.At.UnixMilli(), 0, 0)
		out = append(out, Line{Text: m.Label() + ". " + atlas.SayChange(&c), Count: len(c.After.Rows), Rows: r.p.refsOf(c.After.Rows)})
	}
	return out
}

// newcomerWithin is how soon after a moment a number is pointed out as new. Local.
const newcomerWithin = 14 * 24 * time.Hour

func (r *reporting) newcomers() []Line {
	var out []Line
	x := r.p.Index
	for _, m := range r.p.Case.Moments {
		if m.Kind != model.MomentBlocked && m.Kind != model.MomentTold {
			continue
		}
		for _, n := range x.Newcomers(atlas.Victim, m.At.UnixMilli(), newcomerWithin) {
			out = append(out, r.line("After "+m.Label()+": "+atlas.SayNewcomer(r.p.Set, &n), n.Rows))
		}
	}
	for _, s := range x.Successors(atlas.Suspect, newcomerWithin) {
		out = append(out, r.line(atlas.SaySuccessor(r.p.Set, &s), s.Rows))
	}
	return out
}

func (r *reporting) meets() []Line {
	list := meetsOf(r.p, r.w, atlas.Usual())
	if len(list.Occasions) == 0 {
		return nil
	}
	var out []Line
	for _, said := range list.Said {
		out = append(out, Line{Text: said})
	}
	return out
}

func (r *reporting) areas() []Line {
	var out []Line
	x := r.p.Index
	fixes := r.p.Veil().Open(x.Path(r.w, atlas.Suspect, atlas.Usual()).Fixes()) // where a victim-survivor lives is need-to-know
	for _, part := range []atlas.Part{atlas.Nights, atlas.Workdays} {
		areas := x.Areas(fixes, part)
		if len(areas.Areas) > 0 {
			out = append(out, Line{Text: atlas.Suspect.String() + ": " + atlas.SayArea(&areas, &areas.Areas[0]) + borough(areas.Areas[0].Point())})
		}
	}
	return out
}

func borough(p model.Point) string {
	if name, ok := london.Borough(p); ok {
		return " (" + name + ")"
	}
	return ""
}

func (r *reporting) four() []Line {
	x := r.p.Index
	ask := atlas.FourAsk{Window: r.w, Meets: x.Paths(r.w, atlas.Suspect, atlas.Victim, atlas.Usual()).Meets()}
	for _, m := range r.p.Case.Moments {
		if m.Kind == model.MomentTold || m.Kind == model.MomentServed {
			ask.Mark = m.At.UnixMilli()
			break
		}
	}
	var out []Line
	for _, f := range x.Four(ask) {
		out = append(out, Line{Text: f.Letter.String() + ": " + f.Text, Count: f.Count, Rows: r.p.refsOf(f.Rows)})
	}
	return out
}

// ContactLine is a device of the case with one other.
type ContactLine struct {
	Ref        model.Ref `json:"ref"` // of the case
	Device     string    `json:"device"`
	With       string    `json:"with"`
	Count      int       `json:"count"`
	Out        int       `json:"out"`
	In         int       `json:"in"`
	Calls      int       `json:"calls"`
	Texts      int       `json:"texts"`
	Messages   int       `json:"messages"`
	Unanswered int       `json:"unanswered"`
	Seconds    int64     `json:"seconds"`
	First      time.Time `json:"first,omitzero"`
	Last       time.Time `json:"last,omitzero"`
	Untimed    int       `json:"untimed,omitempty"`
	MostInADay int       `json:"most_in_a_day,omitempty"`
	MostOn     day.Date  `json:"most_on,omitzero"`
	Rows       []RowRef  `json:"rows"` // the first of them
}

// ContactsOf is the contact table of a window, the most frequent first.
func ContactsOf(p *Picture, w atlas.Window) []ContactLine {
	contacts := p.Index.Contacts(w)
	out := make([]ContactLine, len(contacts))
	for i := range contacts {
		c := &contacts[i]
		ways := c.Ways()
		out[i] = ContactLine{
			Ref: p.Case.Ref, Device: p.Set.Name(c.Own), With: cmp.Or(p.Set.Name(c.Other), "withheld"), Count: c.Count(), Out: ways.Out, In: ways.In,
			Calls: c.Calls.Sum(), Texts: c.Texts.Sum(), Messages: c.Messages.Sum(), Unanswered: c.Unanswered.Sum(), Seconds: c.Seconds,
			First: momentAt(c.First), Last: momentAt(c.Last), Untimed: c.Untimed, Rows: p.refsOf(c.Rows),
		}
		if d, ok := p.Index.BusiestDay(c.Rows); ok {
			out[i].MostInADay, out[i].MostOn = len(d.Rows), d.Day
		}
	}
	return out
}

func momentAt(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).In(day.London())
}

// EventLine is a row as its source has it.
type EventLine struct {
	Ref     model.Ref `json:"ref"` // of the case
	At      time.Time `json:"at,omitzero"`
	End     time.Time `json:"end,omitzero"`
	When    string    `json:"when"` // as surely as the source says
	Kind    string    `json:"kind"`
	Device  string    `json:"device"`
	With    string    `json:"with,omitempty"`
	Out     bool      `json:"out,omitempty"`
	Seconds int       `json:"seconds,omitempty"`
	Where   string    `json:"where,omitempty"` // an area, never a point
	Lat     float64   `json:"lat,omitempty"`
	Lon     float64   `json:"lon,omitempty"`
	Metres  int       `json:"metres,omitempty"` // how far from there it may be
	File    string    `json:"file"`
	Line    int       `json:"line"`
	Hash    string    `json:"sha256"`
}

// EventsOf lists the rows of a window, of one device when its label is given, at most limit of them when that is not 0.
func EventsOf(p *Picture, w atlas.Window, label string, limit int) ([]EventLine, error) {
	var rows atlas.Rows
	from, to := p.Index.Range(w)
	for i := from; i < to && (limit == 0 || len(rows) < limit); i++ {
		r := &p.Set.Rows[i]
		if label == "" || p.calls(r.Own, label) || r.Other != 0 && p.calls(r.Other, label) {
			rows = append(rows, i)
		}
	}
	if label != "" && !slices.ContainsFunc(p.By, func(a atlas.Attribution) bool { return strings.EqualFold(a.Who, label) }) {
		return nil, model.Refuse("device", "no device of "+string(p.Case.Ref)+" is called "+label, "pou show "+string(p.Case.Ref)+" lists them")
	}
	out := make([]EventLine, len(rows))
	for n, i := range rows {
		out[n] = eventOf(p, i)
	}
	return out, nil
}

// calls reports whether a handle is the device of that label.
func (p *Picture) calls(h atlas.Handle, label string) bool {
	return slices.ContainsFunc(p.By, func(a atlas.Attribution) bool { return a.Handle == h && strings.EqualFold(a.Who, label) })
}

func eventOf(p *Picture, row uint32) EventLine {
	r := &p.Set.Rows[row]
	ref := p.refOf(row)
	e := EventLine{
		Ref: p.Case.Ref, When: atlas.SayRowTime(r), Kind: r.Kind.String(), Device: p.Set.Name(r.Own), With: p.Set.Name(r.Other), Out: r.Has(atlas.Out),
		Seconds: int(r.Seconds), File: ref.File, Line: ref.Line,
	}
	if r.Contact() && r.Other == 0 {
		e.With = "withheld"
	}
	if !r.Has(atlas.NoTime) {
		e.At, e.End = momentAt(r.At), momentAt(r.End)
	}
	switch e.Where = p.Veil().SayPlace(row); {
	case !r.Placed(), p.Veil().Hides(r.Own):
	case p.Veil().Near(row): // where it is would say where somebody protected is
		lat, lon, reach := atlas.Coarse(r)
		e.Lat, e.Lon, e.Metres = lat, lon, int(reach)
	default:
		e.Lat, e.Lon, e.Metres = float64(r.Lat)/1e6, float64(r.Lon)/1e6, int(r.Metres)
	}
	if int(r.File) < len(p.Set.Files) {
		e.Hash = p.Set.Files[r.File].Hash
	}
	return e
}

// MeetList is the occasions on which devices of both sides may have been near each other.
type MeetList struct {
	Said      []string // what was asked, how many there are, how many by chance, what was left out
	Occasions []MeetLine
}

// MeetLine is one occasion.
type MeetLine struct {
	Ref     model.Ref `json:"ref"` // of the case
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Devices string    `json:"devices"`
	Pairs   int       `json:"pairs"`   // pairs of rows within what was asked for
	Certain int       `json:"certain"` // of these, pairs that leave no room as far as the sources' own bounds hold
	Least   int       `json:"metres_at_least"`
	Most    int       `json:"metres_at_most"`
	GapMin  int       `json:"seconds_apart_at_least"`
	GapMax  int       `json:"seconds_apart_at_most"`
	Apart   string    `json:"said"`
	HabitA  string    `json:"suspect_otherwise"`         // how often the suspect's devices may be there on other days
	HabitB  string    `json:"victim_survivor_otherwise"` // and the victim-survivor's
	Else    []string  `json:"what_else"`                 // explains it, or is weak about it
	RowA    string    `json:"row_a"`
	RowB    string    `json:"row_b"`
}

// MeetsOf finds the occasions of a window by a rule, each with its bounds, base rate and other explanations. It names the rows they rest on,
// and is refused where somebody is protected and those rows say more than an area.
func MeetsOf(p *Picture, w atlas.Window, rule atlas.Rule) (MeetList, error) {
	if !p.Veil().Covers(rule) {
		return MeetList{}, &model.Problem{
			Code: model.Denied, Rule: "so wide a rule names rows by which somebody protected could be found: without a reveal near is at most " + p.Veil().Reach(),
			Do: "Ask for less; or reveal the places on the atlas screen of " + string(p.Case.Ref) + " (V), and widen it there",
		}
	}
	return meetsOf(p, w, rule), nil
}

func meetsOf(p *Picture, w atlas.Window, rule atlas.Rule) MeetList {
	paths := p.Index.Paths(w, atlas.Suspect, atlas.Victim, rule)
	meets := paths.Meets()
	occasions := atlas.Occasions(meets, rule.Apart)
	out := MeetList{Said: []string{atlas.SayRule(rule), atlas.SayChance(len(occasions), paths.Shifted(), paths.SharedDays())}}
	for _, path := range []*atlas.Path{paths.A, paths.B} {
		if left := atlas.SayLeftOut(path.Left); left != "" {
			out.Said = append(out.Said, path.Side.String()+": "+left)
		}
	}
	company := p.Index.Company(paths)
	for i := range occasions {
		out.Occasions = append(out.Occasions, meetLine(p, company, &occasions[i]))
	}
	return out
}

func meetLine(p *Picture, company *atlas.Company, o *atlas.Occasion) MeetLine {
	best := &o.Meets[0]
	line := MeetLine{Ref: p.Case.Ref, From: momentAt(o.From), To: momentAt(o.To)}
	var devices []string
	for i := range o.Meets {
		m := &o.Meets[i]
		line.Pairs, line.Certain = line.Pairs+m.Pairs, line.Certain+m.Certain
		if name := p.Set.Name(m.A) + " and " + p.Set.Name(m.B); !slices.Contains(devices, name) {
			devices = append(devices, name)
		}
		if m.Closest.Most < best.Closest.Most {
			best = m
		}
	}
	c := &best.Closest
	ctx := company.Context(best)
	line.Devices, line.Apart = strings.Join(devices, "; "), atlas.SayPair(c)
	line.Least, line.Most, line.GapMin, line.GapMax = int(c.Least), int(c.Most)+1, int(c.GapMin.Seconds()), int(c.GapMax.Seconds())
	line.HabitA, line.HabitB = atlas.SayHabit(atlas.Suspect, &ctx.A), atlas.SayHabit(atlas.Victim, &ctx.B)
	line.Else = []string{}
	for i := range ctx.Reasons {
		line.Else = append(line.Else, p.Veil().SayReason(&ctx.Reasons[i]))
	}
	line.RowA, line.RowB = p.refOf(c.A).String(), p.refOf(c.B).String()
	return line
}
