package brief

import (
	"io"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/ui/chart"
)

// StoryDocument is the storyboard of a case, ready for paper: what the case and its data are, each finding with its words, its chart and its
// rows, what is uncertain, and the receipts. [NewStory] makes one. The same record and the same time give the same bytes.
type StoryDocument struct {
	Case      model.Ref
	Board     model.Ref // "" for the standard set
	Title     string
	Draft     bool // nobody chose what is in it
	Sample    bool
	Signed    string // who signed it and when, or that nobody has
	Recipient string
	Made      time.Time
	By        string

	Front    []storySection
	Pages    []storyPage
	Appendix []storySection
}

// storySection is a head with what stands below it.
type storySection struct {
	Head  string
	Notes []string    // sentences
	Rows  [][2]string // labelled
	Heads []string
	Table [][]string
	Wide  []float64 // of the columns on a page, in millimetres; nil shares the page out by what they say
}

// storyPage is one finding.
type storyPage struct {
	Kicker   string // the how manieth it is, and of what kind
	Title    string
	Window   string
	Words    string // the officer's
	WordsBy  string
	Says     []string // what the data says
	Scenes   []chart.Scene
	Sections []storySection
}

// Write writes the storyboard in a format.
func (d *StoryDocument) Write(w io.Writer, f Format) error { return write(w, f, d.clean) }

// Masked is the storyboard with every word of it put through a mask: whom the case protects is hidden wherever the record names them, in
// the name of a file as much as in an officer's words.
func (d *StoryDocument) Masked(mask func(string) string) *StoryDocument { return d.clean(mask) }

// clean is the storyboard with every word put through a function.
func (d *StoryDocument) clean(tame func(string) string) *StoryDocument {
	out := *d
	out.Title, out.Signed, out.Recipient, out.By = tame(d.Title), tame(d.Signed), tame(d.Recipient), tame(d.By)
	out.Front, out.Appendix = cleanStory(d.Front, tame), cleanStory(d.Appendix, tame)
	out.Pages = make([]storyPage, len(d.Pages))
	for i, p := range d.Pages {
		p.Kicker, p.Title, p.Window, p.Words, p.WordsBy = tame(p.Kicker), tame(p.Title), tame(p.Window), tame(p.Words), tame(p.WordsBy)
		p.Says, p.Sections = each(p.Says, tame), cleanStory(p.Sections, tame)
		p.Scenes = slices.Clone(p.Scenes)
		for j := range p.Scenes {
			p.Scenes[j] = cleanScene(p.Scenes[j], tame)
		}
		out.Pages[i] = p
	}
	return &out
}

func cleanStory(in []storySection, tame func(string) string) []storySection {
	out := make([]storySection, len(in))
	for i, s := range in {
		s.Head, s.Notes, s.Rows, s.Heads = tame(s.Head), each(s.Notes, tame), pairs(s.Rows, tame), each(s.Heads, tame)
		s.Table = cells(s.Table, tame)
		out[i] = s
	}
	return out
}

func cleanScene(s chart.Scene, tame func(string) string) chart.Scene {
	s.Title = tame(s.Title)
	s.Items = slices.Clone(s.Items)
	for i := range s.Items {
		if s.Items[i].Text != "" {
			s.Items[i].Text = tame(s.Items[i].Text)
		}
	}
	return s
}

// marking stands at the top and the bottom of every page.
func (d *StoryDocument) marking() string {
	out := strings.ToUpper(model.Marking) + " · " + atlas.Marking
	if d.Draft {
		out += " · DRAFT"
	}
	if d.Sample {
		out += " · SAMPLE DATA"
	}
	return out
}

func (d *StoryDocument) title() string {
	if strings.Contains(d.Title, string(d.Case)) {
		return d.Title
	}
	return string(d.Case) + " " + d.Title
}

func (d *StoryDocument) kind() string {
	if d.Draft {
		return "Storyboard, draft: the usual set of findings, chosen by nobody"
	}
	return "Storyboard " + string(d.Board)
}

// care is what whoever holds the paper does with it.
func (d *StoryDocument) care() string {
	return "For " + d.document().whom() + " only. It is made from communications and travel data to show where to look: triage, not evidence. It names nobody " +
		"the case protects; where the suspect's devices may have been can still give away where somebody is. Do not copy or pass on; return or shred it when the case is closed."
}

// document is the paper the storyboard borrows its page from.
func (d *StoryDocument) document() *Document {
	return &Document{
		Operation: d.Case, Name: d.Title, Recipient: d.Recipient, Copies: 1, Made: d.Made, By: d.By, Pages: []model.Page{{Marking: d.marking()}}, draft: d.Draft,
	}
}

// last are the sections after the findings.
func (d *StoryDocument) last() []storySection {
	return append([]storySection{{Head: "What is uncertain in all of it", Notes: atlas.SayUncertain()}}, d.Appendix...)
}
