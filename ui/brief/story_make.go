package brief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
)

// StoryData is what a storyboard is made from: the record and the data of its case, read at one time.
type StoryData struct {
	Board    *model.Storyboard
	Standard bool // the board is the standard set, and on record nowhere
	Case     *model.Case
	Datasets []*model.Dataset
	Set      *atlas.Set
	By       atlas.Attributions
	Index    *atlas.Index
	Twice    int            // rows that another dataset says as well
	Orders   []*model.Order // against whom the case is against
	Signed   string         // who signed the board and when
	Call     func(model.Ref) string
	Name     func(model.Ref) string
	Made     time.Time
}

// StandardStory is the usual set of findings for a first look: nobody chose them, and nobody can sign them.
func StandardStory(k *model.Case) *model.Storyboard {
	b := &model.Storyboard{Case: k.Ref, Unit: k.Unit, Title: "first look"}
	add := func(kind model.FindingKind, title string, moment int) {
		b.Findings = append(b.Findings, model.StoryFinding{No: len(b.Findings) + 1, Kind: kind, Title: title, Moment: moment})
	}
	add(model.FindingContacts, "Who reached whom, and how often", 0)
	for _, m := range k.Moments {
		add(model.FindingChange, "Before and after M"+strconv.Itoa(m.No), m.No)
	}
	add(model.FindingBurst, "The busiest day", 0)
	add(model.FindingHeat, "Hours of the week", 0)
	add(model.FindingNear, atlas.MeetsTitle, 0)
	add(model.FindingMap, "Where the suspect's devices may have been", 0)
	return b
}

// NewStory makes the storyboard of a case from its record and its data.
func NewStory(data *StoryData) *StoryDocument {
	m := &storyMaker{StoryData: data, veil: data.Index.Veil()}
	d := &StoryDocument{Case: m.Case.Ref, Board: m.Board.Ref, Title: m.Board.Title, Draft: m.Standard, Signed: m.Signed, Made: m.Made}
	if m.Standard {
		d.Signed = "not signed: nobody chose what is in it"
	}
	d.Front = m.front()
	for i := range m.Board.Findings {
		d.Pages = append(d.Pages, m.page(i))
	}
	d.Appendix = append(m.more, m.receipts()...)
	return d
}

// storyMaker is a storyboard being made.
type storyMaker struct {
	*StoryData
	veil *atlas.Veil    // what is need-to-know: paper is never without it, whatever was revealed on the screen
	more []storySection // what of the findings stands in the appendix
}

// front is what the case and its data are.
func (m *storyMaker) front() []storySection {
	out := []storySection{m.theCase(), m.findings(), m.devices()}
	for _, d := range m.Datasets {
		out = append(out, m.dataset(d))
	}
	return append(out, m.files(), m.leftOut())
}

func (m *storyMaker) theCase() storySection {
	k := m.Case
	s := storySection{Head: "The case"}
	add := func(label, text string) {
		if text != "" {
			s.Rows = append(s.Rows, [2]string{label, text})
		}
	}
	add("Case", strings.Trim(string(k.Ref)+" · "+k.Report, " ·"))
	add("Unit", strings.TrimSpace(string(k.Unit)+" "+k.Unit.Name()))
	add("Officer", m.Call(k.Officer))
	var names []string
	for _, ref := range append(k.Who(model.PartySuspect), k.Who(model.PartyConvicted)...) {
		names = append(names, m.Name(ref)+" "+string(ref))
	}
	add("Suspect", strings.Join(names, ", "))
	add("Victim-survivor", strconv.Itoa(len(k.Who(model.PartyVictim)))+" on record, need-to-know; V stands for their devices")
	for _, moment := range k.Moments {
		add("M"+strconv.Itoa(moment.No), atlas.SayTime(moment.At.UnixMilli())+" · "+moment.Label())
	}
	return s
}

func (m *storyMaker) findings() storySection {
	s := storySection{Head: "Findings"}
	for i := range m.Board.Findings {
		f := &m.Board.Findings[i]
		s.Rows = append(s.Rows, [2]string{strconv.Itoa(i + 1), f.Title})
	}
	if len(s.Rows) == 0 {
		s.Notes = []string{"Nobody has put a finding on it yet."}
	}
	return s
}

// devices is the table of who is thought to use what. A protected number is not in it.
func (m *storyMaker) devices() storySection {
	s := storySection{Head: "Devices and who is thought to use them", Heads: []string{"Device", "What", "Number", "Thought to be used by", "Attribution", "Days of use"}}
	for _, d := range m.Case.Devices {
		number, who := d.Number, "somebody else"
		switch {
		case d.Role == model.PartySuspect || d.Role == model.PartyConvicted:
			who = "suspect"
		case d.Role == model.PartyVictim:
			number, who = "need-to-know", "victim-survivor"
		case d.Protected():
			number, who = "need-to-know", "witness"
		}
		s.Table = append(s.Table, []string{d.Label(), string(d.Kind), number, who, string(d.Grade), days(d.From, d.To)})
	}
	if len(s.Table) == 0 {
		s.Notes = []string{"No device is attributed to anybody: nothing can be said of the suspect's or the victim-survivor's."}
	}
	return s
}

func days(from, to day.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return "not known"
	case to.IsZero():
		return "from " + from.Short()
	case from.IsZero():
		return "to " + to.Short()
	}
	return from.Short() + " to " + to.Short()
}

func (m *storyMaker) dataset(d *model.Dataset) storySection {
	b := d.Basis
	return storySection{Head: "Lawful basis of " + string(d.Ref) + ", " + d.Title, Rows: [][2]string{
		{"Power", labelFor(b.Power.Choices(), string(b.Power))},
		{"Reference", b.Authorisation + " · granted " + b.Granted.Long()},
		{"Purpose", b.Purpose},
		{"Allows", "data of " + b.From.Long() + " to " + b.To.Long()},
		{"Subjects", counted(len(b.Subjects), "number named: need-to-know", "numbers named: need-to-know", "no number named: all the data is")},
		{"Collateral", b.Collateral},
		{"Review by", b.Review.Long()},
	}}
}

func labelFor(choices []model.Choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

// counted says how many there are.
func counted(n int, one, many, none string) string {
	switch n {
	case 0:
		return none
	case 1:
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// fileNo is how rows name their file: F1. The order is the data's.
func (m *storyMaker) fileNo(hash string) string {
	i := slices.IndexFunc(m.Set.Files, func(f atlas.File) bool { return f.Hash == hash })
	if i < 0 {
		return "–"
	}
	return "F" + strconv.Itoa(i+1)
}

func (m *storyMaker) files() storySection {
	s := storySection{Head: "What was loaded", Heads: []string{"File", "Name", "Time", "Rows", "Kept", "Twice", "Held", "Refused", "Skipped"}, Wide: []float64{12, 52, 30, 15, 15, 13, 12, 15, 14}}
	for _, d := range m.Datasets {
		for _, f := range d.Files {
			row := []string{m.fileNo(f.Hash), m.veil.Said(f.Name), f.Zone}
			for _, n := range []int{f.Read, f.Kept, f.Twice, f.Held, f.Refused, f.Skipped} {
				row = append(row, strconv.Itoa(n))
			}
			s.Table = append(s.Table, row)
		}
	}
	return s
}

// leftOut is what took no part.
func (m *storyMaker) leftOut() storySection {
	s := storySection{Head: "What was left out", Notes: []string{
		counted(len(m.Set.Held), "row is", "rows are", "No row is") + " outside the authorisation: held, and not analysed.",
	}}
	untimed := m.Index.Pick(atlas.Window{}, func(r *atlas.Row) bool { return r.Has(atlas.NoTime) })
	if len(untimed) > 0 {
		s.Notes = append(s.Notes, counted(len(untimed), "row has", "rows have", "")+" no time: counted, and in nothing about time.")
	}
	if m.Twice > 0 {
		s.Notes = append(s.Notes, counted(m.Twice, "row stands", "rows stand", "")+" in more than one dataset: counted once.")
	}
	if sites := m.unplaced(); len(sites) > 0 {
		more := ""
		if len(sites) > 12 {
			sites, more = sites[:12], fmt.Sprintf(" and %d more", len(sites)-12)
		}
		s.Notes = append(s.Notes, "No table gives a place for: "+strings.Join(sites, ", ")+more+".")
	}
	s.Notes = append(s.Notes, atlas.SayKept()+".")
	return s
}

func (m *storyMaker) unplaced() []string {
	var out []string
	for _, d := range m.Datasets {
		for _, site := range d.Unmatched {
			if !slices.Contains(out, site) {
				out = append(out, site)
			}
		}
	}
	return out
}

// receipts are the files with all there is to find them again and to know that they are the same.
func (m *storyMaker) receipts() []storySection {
	s := storySection{Head: "Receipts"}
	for _, d := range m.Datasets {
		for _, f := range d.Files {
			s.Rows = append(s.Rows,
				[2]string{m.fileNo(f.Hash), m.veil.Said(f.Name) + " · " + string(d.Ref) + " · read as " + f.Layout + " · " + f.Zone + " time · loaded " + day.Moment(f.Loaded) + " by " + m.Call(f.By)},
				[2]string{"", "sha256 " + f.Hash})
		}
	}
	return []storySection{s}
}
