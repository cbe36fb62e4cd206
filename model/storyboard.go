package model

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model/day"
)

// FindingKind is what a finding of a storyboard shows: which of the looks at a case's data it is.
type FindingKind string

// The kinds of finding.
const (
	FindingContacts  FindingKind = "contacts"
	FindingChange    FindingKind = "change"
	FindingHeat      FindingKind = "heat"
	FindingTimeline  FindingKind = "timeline"
	FindingBurst     FindingKind = "burst"
	FindingSilence   FindingKind = "silence"
	FindingNear      FindingKind = "near"
	FindingMap       FindingKind = "map"
	FindingPlaces    FindingKind = "places"
	FindingFour      FindingKind = "four"
	FindingCandidate FindingKind = "candidate"
	FindingText      FindingKind = "text"
)

// Choices lists the kinds for a form.
func (FindingKind) Choices() []Choice {
	return []Choice{
		{string(FindingContacts), "who reached whom, and how often", "c"},
		{string(FindingChange), "before and after a moment", "b"},
		{string(FindingHeat), "hours of the week", "h"},
		{string(FindingTimeline), "timeline of the devices", "t"},
		{string(FindingBurst), "the busiest day", "d"},
		{string(FindingSilence), "the longest silence", "s"},
		{string(FindingNear), "times the devices may have been near each other", "n"},
		{string(FindingMap), "map of the rows with a place", "m"},
		{string(FindingPlaces), "areas of nights and working days", "a"},
		{string(FindingFour), "rows beside FOUR", "f"},
		{string(FindingCandidate), "candidates for the breach desk", "o"},
		{string(FindingText), "words and chosen rows alone", "w"},
	}
}

// SourceRow is a line of a file that was loaded.
type SourceRow struct {
	File string `cbor:"1,keyasint" json:"file"` // SHA-256 of the file, or as many of its first figures as tell it from the others
	Line int    `cbor:"2,keyasint" json:"line"`
}

// StoryFinding is one thing an officer found in the data of a case. Its sentence, chart and rows are made from the data whenever it is shown:
// what is kept is where to look, and the officer's own words.
type StoryFinding struct {
	No      int         `cbor:"1,keyasint" json:"no"` // for life; where it stands is its place in the list
	Kind    FindingKind `cbor:"2,keyasint" json:"kind"`
	Title   string      `cbor:"3,keyasint" json:"title"`
	Words   string      `cbor:"4,keyasint,omitempty" json:"words,omitempty"` // the officer's
	From    time.Time   `cbor:"5,keyasint,omitzero" json:"from,omitzero"`    // the window; zero is open
	To      time.Time   `cbor:"6,keyasint,omitzero" json:"to,omitzero"`
	Devices []string    `cbor:"7,keyasint,omitempty" json:"-"` // labels of the case's devices, or numbers that are nobody's in it: a victim-survivor's may come to be among them
	Moment  int         `cbor:"8,keyasint,omitempty" json:"moment,omitempty"`
	Rows    []SourceRow `cbor:"9,keyasint,omitempty" json:"rows,omitempty"` // chosen by the officer; none is those the data gives
	Added   time.Time   `cbor:"10,keyasint" json:"added"`
	By      Ref         `cbor:"11,keyasint" json:"by"`
}

// Seen is a record as it stood when a storyboard was signed.
type Seen struct {
	Ref Ref    `cbor:"1,keyasint" json:"ref"`
	Rev uint64 `cbor:"2,keyasint" json:"rev"`
}

// StorySignature says who signed a storyboard, when, and what they had before them.
type StorySignature struct {
	At   time.Time `cbor:"1,keyasint" json:"at"`
	By   Ref       `cbor:"2,keyasint" json:"by"`
	No   int       `cbor:"3,keyasint" json:"no"`             // the how manieth of the storyboard
	Seen []Seen    `cbor:"4,keyasint,omitempty" json:"seen"` // the case and its datasets
}

// Storyboard is an ordered set of findings in the data of a case. It is intelligence for triage, and not evidence.
type Storyboard struct {
	Meta     `cbor:"-" json:"-"`
	Case     Ref             `cbor:"1,keyasint" json:"case"`
	Unit     Unit            `cbor:"2,keyasint,omitempty" json:"unit,omitempty"`
	Person   Ref             `cbor:"3,keyasint,omitempty" json:"person,omitempty"` // whom the case is against
	Title    string          `cbor:"4,keyasint" json:"name"`
	Findings []StoryFinding  `cbor:"5,keyasint,omitempty" json:"findings,omitempty"`
	Opened   time.Time       `cbor:"6,keyasint" json:"opened"`
	By       Ref             `cbor:"7,keyasint" json:"by"`
	Signed   *StorySignature `cbor:"8,keyasint,omitempty" json:"signed,omitempty"` // nil once anything is changed
	Count    int             `cbor:"9,keyasint,omitempty" json:"signatures,omitempty"`
	Last     int             `cbor:"10,keyasint,omitempty" json:"-"` // the last number given to a finding
}

func (b *Storyboard) subject() Ref { return b.Person }

// Links finds the storyboard from its case.
func (b *Storyboard) Links() []Ref { return links(b.Case, b.By) }

// Place puts the storyboard in its unit's list.
func (b *Storyboard) Place() (Unit, bool) { return b.Unit, true }

const (
	findingsMost     = 60
	findingRowsMost  = 500
	findingTitleMost = 120 // letters: it heads a page
)

// Check holds a storyboard to words that the data can bear.
func (b *Storyboard) Check() error {
	if strings.TrimSpace(b.Title) == "" {
		return Refuse("title", "a storyboard has a title", "Enter one")
	}
	if err := sayable("title", b.Title); err != nil {
		return err
	}
	if len(b.Findings) > findingsMost {
		return Refuse("board", "a storyboard holds at most "+itoa(findingsMost)+" findings", "Take some out with story.remove, or open another with story.open")
	}
	for i := range b.Findings {
		if err := b.Findings[i].check(); err != nil {
			return err
		}
	}
	return nil
}

func (f *StoryFinding) check() error {
	if err := sayable("title", f.Title); err != nil {
		return err
	}
	if err := sayable("words", f.Words); err != nil {
		return err
	}
	switch {
	case f.Title == "":
		return Refuse("title", "a finding has a title", "Enter one")
	case len([]rune(f.Title)) > findingTitleMost:
		return Refuse("title", "a title has at most "+itoa(findingTitleMost)+" letters", "Say the rest in the words below it")
	case f.Kind == FindingText && f.Words == "":
		return Refuse("words", "a finding of words alone has some", "Enter what you want to say, or choose another kind")
	case f.Kind == FindingChange && f.Moment == 0:
		return Refuse("moment", "before and after are of a moment", "Give the figure of one: 1 of M1; moment.add marks one")
	case !f.From.IsZero() && !f.To.IsZero() && !f.From.Before(f.To):
		return Refuse("to", "a window ends after it begins", "Check both times")
	case len(f.Rows) > findingRowsMost:
		return Refuse("rows", "a finding shows at most "+itoa(findingRowsMost)+" chosen rows", "Leave them out, and give a window instead")
	}
	return nil
}

// Label is the kind in words.
func (f *StoryFinding) Label() string { return LabelOf(f.Kind.Choices(), string(f.Kind)) }

// Window is when the finding looks at, as words; "" for all of the data.
func (f *StoryFinding) Window() string {
	say := func(t time.Time) string { return t.In(day.London()).Format("15:04 on 2 Jan 2006") }
	switch {
	case f.From.IsZero() && f.To.IsZero():
		return ""
	case f.To.IsZero():
		return "from " + say(f.From)
	case f.From.IsZero():
		return "until " + say(f.To)
	}
	return say(f.From) + " to " + say(f.To)
}

// at is where a finding stands.
func (b *Storyboard) at(no int) int {
	return slices.IndexFunc(b.Findings, func(f StoryFinding) bool { return f.No == no })
}

// Moved are the records a signature was given on that have changed since, so that a reader of a signed storyboard knows.
func (s *StorySignature) Moved(v Lookup) []Ref {
	var out []Ref
	for _, was := range s.Seen {
		if r, err := v.Record(was.Ref); err != nil || r.Head().Rev != was.Rev {
			out = append(out, was.Ref)
		}
	}
	return out
}

func (b *Storyboard) row(_ *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.About, line.Owner, line.Since = "storyboard", "not signed", b.Title, b.Case, b.By, b.Opened
	line.Count = len(b.Findings)
	switch {
	case b.Signed != nil:
		line.Status = "signed"
	case len(b.Findings) == 0:
		line.Status = "empty"
	}
}

func (b *Storyboard) facts(l *Liner) []Facts {
	head := []Fact{
		{Label: "Storyboard", Text: b.Title, Tone: ToneStrong},
		{Label: "Case", Text: string(b.Case), Ref: b.Case},
		{Label: "Opened by", Text: l.Officer(b.By), Ref: b.By},
		{Label: "Signed", Text: b.SignedWords(l)},
	}
	rows := make([]Fact, len(b.Findings))
	for i := range b.Findings {
		f := &b.Findings[i]
		words := []string{f.Title, f.Label()}
		for _, more := range []string{f.Window(), someOf(len(f.Rows), "row", "rows", "chosen"), f.Words} {
			if more != "" {
				words = append(words, more)
			}
		}
		rows[i] = Fact{Label: itoa(f.No), Text: strings.Join(words, " · ")}
	}
	return []Facts{{Head: "Storyboard", Rows: head}, {Head: "Findings", Rows: rows}}
}

// private are numbers an officer named that are nobody's in the case: they may come to be a victim-survivor's.
func (b *Storyboard) private(*Liner) []Facts {
	var rows []Fact
	for i := range b.Findings {
		f := &b.Findings[i]
		numbers := slices.DeleteFunc(slices.Clone(f.Devices), isLabel)
		rows = append(rows, Fact{Label: itoa(f.No), Text: strings.Join(numbers, ", ")})
	}
	return []Facts{{Head: "Devices", Rows: rows}}
}

// SignedWords say who signed it and when, or that nobody has.
func (b *Storyboard) SignedWords(l *Liner) string {
	if b.Signed == nil {
		if b.Count > 0 {
			return "not signed: it was changed after it was last signed"
		}
		return "not signed"
	}
	out := "signed by " + l.Officer(b.Signed.By) + " at " + b.Signed.At.In(day.London()).Format("15:04 on 2 Jan 2006")
	if moved := b.Signed.Moved(l.src); len(moved) > 0 {
		names := make([]string, len(moved))
		for i, ref := range moved {
			names[i] = string(ref)
		}
		out += "; changed since it was signed: " + firstFew(names, 8)
	}
	return out
}

// sourceRow reads a row as it is given: the file's SHA-256, or the first figures of it, and the line.
func sourceRow(s string) (SourceRow, error) {
	file, line, ok := strings.Cut(strings.ToLower(strings.TrimSpace(s)), ":")
	n, err := strconv.ParseUint(line, 10, 31)
	if !ok || err != nil || n == 0 || len(file) < 8 || len(file) > 64 || strings.Trim(file, "0123456789abcdef") != "" {
		return SourceRow{}, Refuse("rows", strconv.Quote(s)+" is no row of a file", "Give the file's SHA-256, or its first eight figures or more, a colon, and the line: 3f9a0c11:42")
	}
	return SourceRow{File: file, Line: int(n)}, nil
}
