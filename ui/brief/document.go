package brief

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

// Document is a pack ready for paper.
type Document struct {
	Operation model.Ref
	Name      string // of the operation
	From, To  day.Date
	Unit      model.Unit // "" for all
	Audience  model.Audience
	Recipient string
	Copies    int // numbered copies in the one file; at least one
	Made      time.Time
	By        string
	Sample    bool // everybody in it is made up
	draft     bool // every page of the PDF says so across it

	// The parts; what is nil is not in it.
	Order    *model.OrderPaper
	Pages    []model.Page
	Withheld []model.Withheld  // packs left out because they would give somebody away
	Photos   map[string][]byte // JPEG, by the reference on the page
	Results  *model.ResultSheet
	Recall   *model.RecallNotice
}

// Format is what the pack is written as.
type Format string

// The formats of paper.
const (
	PDF      Format = "pdf"
	HTML     Format = "html"
	Markdown Format = "md"
)

// Formats lists the formats, the usual one first.
func Formats() []string { return []string{string(PDF), string(HTML), string(Markdown)} }

// written is a paper that can be written in every format.
type written interface {
	pdf(w io.Writer) error
	html(w io.Writer) error
	markdown(w io.Writer) error
}

// write writes a paper once every word of it is harmless in the format.
func write[P written](w io.Writer, f Format, clean func(tame func(string) string) P) error {
	switch f {
	case PDF:
		return clean(printable).pdf(w)
	case HTML:
		return clean(tame).html(w)
	case Markdown:
		return clean(tame).markdown(w)
	}
	return fmt.Errorf("there is no paper of the format %q", f)
}

// Write writes the document in a format.
func (d *Document) Write(w io.Writer, f Format) error { return write(w, f, d.clean) }

// Photo prepares a photo for paper: PNG or JPEG in, a small JPEG without what the camera wrote beside it out.
func Photo(r io.Reader) ([]byte, error) {
	p, err := part.ReadPhoto(r)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = p.JPEG(&b)
	return b.Bytes(), err
}

// clean is the document with every word made harmless: a name out of a file may hold anything.
func (d *Document) clean(tame func(string) string) *Document {
	out := *d
	out.Copies = max(1, d.Copies)
	out.Name, out.Recipient, out.By = tame(d.Name), tame(d.Recipient), tame(d.By)
	out.Pages = make([]model.Page, len(d.Pages))
	for i, p := range d.Pages {
		out.Pages[i] = cleanPage(p, tame)
	}
	out.Withheld = make([]model.Withheld, len(d.Withheld))
	for i, w := range d.Withheld {
		w.Places = slices.Clone(w.Places)
		for j := range w.Places {
			w.Places[j].Where = tame(w.Places[j].Where)
		}
		out.Withheld[i] = w
	}
	out.Order, out.Results, out.Recall = cleanOrder(d.Order, tame), cleanResults(d.Results, tame), cleanRecall(d.Recall, tame)
	return &out
}

func cleanPage(p model.Page, tame func(string) string) model.Page {
	for _, s := range []*string{&p.Name, &p.Born, &p.Sex, &p.Description, &p.WantedFor, &p.Power, &p.Plan, &p.Marking} {
		*s = tame(*s)
	}
	p.Where, p.Team = each(p.Where, tame), each(p.Team, tame)
	markers := make([]model.PageMarker, len(p.Markers))
	for i, m := range p.Markers {
		m.Source, m.Note = tame(m.Source), tame(m.Note)
		markers[i] = m
	}
	p.Markers = markers
	sections := make([]model.PageSection, len(p.Sections))
	for i, s := range p.Sections {
		sections[i] = model.PageSection{Head: s.Head, Rows: pairs(s.Rows, tame)}
	}
	p.Sections = sections
	return p
}

func tame(s string) string { return part.Safe(strings.Join(strings.Fields(s), " ")) }

// printable is tame for the fonts of a PDF: a letter beyond the Basic Multilingual Plane has no width to reckon with.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, tame(s))
}

func each(list []string, fn func(string) string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = fn(s)
	}
	return out
}

func pairs(rows [][2]string, tame func(string) string) [][2]string {
	out := make([][2]string, len(rows))
	for i, r := range rows {
		out[i] = [2]string{tame(r[0]), tame(r[1])}
	}
	return out
}

func cells(table [][]string, tame func(string) string) [][]string {
	out := make([][]string, len(table))
	for i, row := range table {
		out[i] = each(row, tame)
	}
	return out
}

// marking stands at the top and the bottom of every page.
func (d *Document) marking() string {
	switch {
	case len(d.Pages) > 0:
		return strings.ToUpper(d.Pages[0].Marking)
	case d.Sample:
		return model.Marking + " · SAMPLE DATA"
	}
	return model.Marking
}

// title is what the paper is: the operation, and the unit it is for.
func (d *Document) title() string {
	out := string(d.Operation) + " " + d.Name
	if d.Unit != "" {
		out += " · " + string(d.Unit) + " " + d.Unit.Name()
	}
	return out
}

// window is when the operation runs.
func (d *Document) window() string {
	if d.From == d.To {
		return d.From.Long()
	}
	return d.From.Long() + " to " + d.To.Long()
}

// kind says what sort of pack it is.
func (d *Document) kind() string {
	switch d.Audience {
	case model.AudiencePartner:
		return "Pack for a partner agency"
	case model.AudienceFront:
		return "Front sheet"
	case model.AudienceTeam, model.AudienceScreen:
	}
	return "Target pack"
}

// made is when and by whom the paper was made.
func (d *Document) made() string {
	return "Made " + day.Moment(d.Made) + " by " + d.By
}

// copyOf names one copy: "Copy 2 of 5 for Probation, Croydon".
func (d *Document) copyOf(n int) string {
	out := fmt.Sprintf("Copy %d of %d", n, d.Copies)
	if d.Recipient != "" {
		out += " for " + d.Recipient
	}
	return out
}

// care is what whoever holds the paper does with it.
func (d *Document) care() string {
	return "For " + d.whom() + " only. Do not copy, photograph or pass on. Keep it out of sight. Return or shred it when the operation ends, or at once when " +
		"you are told that a target has been removed. Intelligence is for lead purposes; it is not evidence."
}

func (d *Document) whom() string {
	if d.Recipient == "" {
		return "the team"
	}
	return d.Recipient
}

// leftOut heads the packs that are not here.
func (d *Document) leftOut() string {
	if len(d.Withheld) == 1 {
		return "Left out: 1 target"
	}
	return fmt.Sprintf("Left out: %d targets", len(d.Withheld))
}

// facts is the line below a target's name.
func facts(p *model.Page) string {
	var out []string
	if p.Born != "" {
		out = append(out, "born "+p.Born)
	}
	for _, s := range []string{p.Sex, string(p.Unit) + " " + p.Unit.Name(), string(p.Ref), string(p.Person)} {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " · ")
}

// markerText is a marker beside its code.
func markerText(m *model.PageMarker) string {
	out := m.Label + " · " + m.Age
	if m.Source != "" {
		out += " · " + m.Source
	}
	if m.Note != "" {
		out += " · " + m.Note
	}
	if m.Stale {
		out += " · NOT REVIEWED"
	}
	return out
}

// noMarkers is what stands where a target has no markers to show. What an audience may not see must not read as safe.
func (d *Document) noMarkers() string {
	if d.Audience == model.AudienceTeam {
		return "No warning markers recorded"
	}
	return "No officer-safety markers recorded; need-to-know markers are never shown here"
}

// codes are a page's markers as a list has room for them.
func codes(p *model.Page) string {
	out := make([]string, len(p.Markers))
	for i, m := range p.Markers {
		out[i] = string(m.Code)
		if m.Stale {
			out[i] += "?"
		}
	}
	return strings.Join(out, " ")
}

// heads are the lines every page but a front sheet has before its sections.
func heads(p *model.Page) [][2]string {
	out := [][2]string{{"Wanted for", p.WantedFor}}
	add := func(head, text string) {
		if text != "" {
			out = append(out, [2]string{head, text})
		}
	}
	add("Power", p.Power)
	for i, w := range p.Where {
		head := ""
		if i == 0 {
			head = "Where"
		}
		out = append(out, [2]string{head, fmt.Sprintf("%d  %s", i+1, w)})
	}
	add("Team", strings.Join(p.Team, ", "))
	add("Plan", p.Plan)
	add("Description", p.Description)
	if p.Need > 0 {
		add("Complete", fmt.Sprintf("%d of %d%s", p.Have, p.Need, lacking(p)))
	}
	return out
}

func lacking(p *model.Page) string {
	if p.Have == p.Need {
		return ""
	}
	return ": the gaps are at the end"
}
