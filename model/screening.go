package model

import (
	"strings"
	"time"

	"pou/model/day"
)

// Judgement is what an officer judges: yes, no, or not known. It is recorded, never worked out.
type Judgement string

// The judgements.
const (
	JudgedYes     Judgement = "yes"
	JudgedNo      Judgement = "no"
	JudgedUnknown Judgement = "not known"
)

// Choices lists the judgements for a form.
func (Judgement) Choices() []Choice {
	return []Choice{{string(JudgedYes), "yes", "y"}, {string(JudgedNo), "no", "n"}, {string(JudgedUnknown), "not known", "k"}}
}

// Judged is one judgement with the officer's words for it.
type Judged struct {
	Is    Judgement `cbor:"1,keyasint" json:"is"`
	Words string    `cbor:"2,keyasint,omitempty" json:"words,omitempty"`
}

// RecordedAs is what the conduct is recorded as.
type RecordedAs string

// What conduct is recorded as. Think stalking first (College of Policing 2024).
const (
	AsStalking   RecordedAs = "stalking"
	AsHarassment RecordedAs = "harassment"
	AsNeither    RecordedAs = "neither"
)

// Choices lists them for a form.
func (RecordedAs) Choices() []Choice {
	return []Choice{{string(AsStalking), "stalking", "s"}, {string(AsHarassment), "harassment", "h"}, {string(AsNeither), "neither", "n"}}
}

// Four is one screening by FOUR: fixated, obsessive, unwanted, repeated. It is a professional judgement by the officer
// named; no number comes out of it. A screening done again is another one of these, and the earlier ones stay.
type Four struct {
	At        time.Time  `cbor:"1,keyasint" json:"at"`
	By        Ref        `cbor:"2,keyasint" json:"by"`
	Fixated   Judged     `cbor:"3,keyasint" json:"fixated"`
	Obsessive Judged     `cbor:"4,keyasint" json:"obsessive"`
	Unwanted  Judged     `cbor:"5,keyasint" json:"unwanted"`
	Repeated  Judged     `cbor:"6,keyasint" json:"repeated"`
	Recorded  RecordedAs `cbor:"7,keyasint" json:"recorded_as"`
	WhyNot    string     `cbor:"8,keyasint,omitempty" json:"why_not_stalking,omitempty"`
	Changed   string     `cbor:"9,keyasint,omitempty" json:"changed,omitempty"` // what made somebody screen again
}

// named are the four judgements in their order, with the fields they are asked for in.
func (f *Four) named() []struct {
	Field, Label string
	Judged
} {
	return []struct {
		Field, Label string
		Judged
	}{{"fixated", "Fixated", f.Fixated}, {"obsessive", "Obsessive", f.Obsessive}, {"unwanted", "Unwanted", f.Unwanted}, {"repeated", "Repeated", f.Repeated}}
}

// check wants words for every yes and no, and for anything but stalking why it is not.
func (f *Four) check() error {
	for _, j := range f.named() {
		switch {
		case j.Is == "":
			return Refuse(j.Field, "each of FOUR is judged", "Choose one: "+valuesOf(j.Is.Choices()))
		case j.Is != JudgedUnknown && j.Words == "":
			return Refuse(j.Field+"_words", "a judgement stands with the officer's words for it", "Say in a sentence what shows it, without a victim-survivor's name")
		}
	}
	switch {
	case f.Recorded == "":
		return Refuse("recorded", "a screening says what the conduct is recorded as", "Choose one: "+valuesOf(f.Recorded.Choices()))
	case f.Recorded != AsStalking && f.WhyNot == "":
		return Refuse("why_not", "think stalking first: conduct recorded as "+string(f.Recorded)+" needs the reason why it is not stalking (College of Policing 2024)",
			"Say why not stalking, or record it as stalking")
	}
	return nil
}

// RiskTool is an assessment that is done elsewhere, by a trained assessor, and only recorded here.
type RiskTool string

// The tools.
const (
	SASH RiskTool = "SASH"
	SAM  RiskTool = "SAM"
)

// Choices lists the tools for a form.
func (RiskTool) Choices() []Choice {
	return []Choice{{string(SASH), "SASH, screening", "s"}, {string(SAM), "SAM, structured professional judgement", "m"}}
}

// ToolUse says that a tool was used: when, by which trained assessor, and what it said in its own words. Nothing of it is
// worked out here.
type ToolUse struct {
	Tool     RiskTool  `cbor:"1,keyasint" json:"tool"`
	Day      day.Date  `cbor:"2,keyasint" json:"day"`
	Assessor string    `cbor:"3,keyasint" json:"assessor"`
	Concern  string    `cbor:"4,keyasint" json:"concern"` // the level, as that tool words it
	By       Ref       `cbor:"5,keyasint" json:"by"`      // who recorded it
	At       time.Time `cbor:"6,keyasint" json:"at"`
	Note     string    `cbor:"7,keyasint,omitempty" json:"-"` // may be about the victim-survivor: need-to-know
}

// Screening is everything that has been judged about one course of conduct: FOUR as often as it was done, the S-DASH
// checklists, and the tools used. Nothing in it is overwritten.
type Screening struct {
	Meta       `cbor:"-" json:"-"`
	Case       Ref       `cbor:"1,keyasint,omitempty" json:"case,omitempty"`
	Person     Ref       `cbor:"2,keyasint,omitempty" json:"person,omitempty"` // whose conduct it is; "" while nobody is suspected
	Unit       Unit      `cbor:"3,keyasint,omitempty" json:"unit,omitempty"`
	Four       []Four    `cbor:"4,keyasint" json:"four"`
	Checklists []SDash   `cbor:"5,keyasint,omitempty" json:"s_dash,omitempty"`
	Tools      []ToolUse `cbor:"6,keyasint,omitempty" json:"tools,omitempty"`
	Again      day.Date  `cbor:"7,keyasint,omitempty" json:"again,omitzero"` // to be screened again by this day
	Ended      day.Date  `cbor:"8,keyasint,omitempty" json:"ended,omitzero"`
	EndReason  string    `cbor:"9,keyasint,omitempty" json:"end_reason,omitempty"`
}

// Links finds the screening from the case and the person.
func (s *Screening) Links() []Ref { return links(s.Case, s.Person) }

// Place puts the screening in its unit's list until it is ended.
func (s *Screening) Place() (Unit, bool) { return s.Unit, s.Ended.IsZero() }

// Check wants a case or a person, and FOUR as it should be.
func (s *Screening) Check() error {
	switch {
	case s.Case == "" && s.Person == "":
		return Refuse("case", "a screening is of a case or of a person's conduct", "Name the case or the person")
	case len(s.Four) == 0:
		return Refuse("fixated", "a screening begins with FOUR", "Judge fixated, obsessive, unwanted and repeated")
	case !s.Ended.IsZero() && s.EndReason == "":
		return Refuse("end", "a screening that is ended says why", "Say why in what changed")
	}
	return s.now().check()
}

// now is the latest screening by FOUR.
func (s *Screening) now() *Four { return &s.Four[len(s.Four)-1] }

func (s *Screening) clocks(Watch) []Due {
	if s.Again.IsZero() || !s.Ended.IsZero() {
		return nil
	}
	return []Due{{
		Rule: "screen again", Citation: Local + " (a day set by the officer)", Start: s.now().At, Deadline: s.Again.End(), Owner: s.now().By,
		Missed: "the judgement is older than the facts", Settle: "screening.review",
	}}
}

func (s *Screening) row(_ *Liner, line *Line) {
	f := s.now()
	line.Kind, line.Status, line.Since, line.Due, line.Owner, line.About = KindScreening.Word(), string(f.Recorded), f.At, s.Again, f.By, s.Case
	if !s.Ended.IsZero() {
		line.Status, line.Due = "ended", 0
	}
	parts := make([]string, 0, 4)
	for _, j := range f.named() {
		parts = append(parts, j.Label[:1]+" "+string(j.Is))
	}
	line.What = strings.Join(parts, ", ")
	line.Type = s.done()
}

// done names what else was done, and when last: never what came of it.
func (s *Screening) done() string {
	var out []string
	if n := len(s.Checklists); n > 0 {
		out = append(out, "S-DASH "+day.On(s.Checklists[n-1].At).Short())
	}
	for _, tool := range []RiskTool{SASH, SAM} {
		var last day.Date
		for _, u := range s.Tools {
			if u.Tool == tool {
				last = max(last, u.Day)
			}
		}
		if !last.IsZero() {
			out = append(out, string(tool)+" "+last.Short())
		}
	}
	return strings.Join(out, ", ")
}

func (s *Screening) facts(l *Liner) []Facts {
	var out []Facts
	if k := caseAt(l, s.Case); k != nil {
		out = append(out, k.safetyFacts(l))
	}
	out = append(out, s.fourFacts(l, len(s.Four)-1, string(s.Ref)+" · "+string(s.Unit)))
	if n := len(s.Checklists); n > 0 {
		out = append(out, s.Checklists[n-1].facts(l))
	} else {
		out = append(out, Facts{Head: "S-DASH", Rows: sdashNotes(ToneWarn, "not done: screening.sdash asks its eleven questions")})
	}
	out = append(out, s.toolFacts(l), Facts{Head: "Next", Rows: []Fact{
		{Label: "Again by", Text: s.Again.Long()}, {Label: "Ended", Text: strings.Trim(s.Ended.Long()+": "+s.EndReason, ": ")},
	}})
	for i := len(s.Four) - 2; i >= 0; i-- {
		out = append(out, s.fourFacts(l, i, "Before: screened "+day.On(s.Four[i].At).Long()))
	}
	for i := len(s.Checklists) - 2; i >= 0; i-- {
		earlier := s.Checklists[i].facts(l)
		earlier.Head = "Before: " + earlier.Head
		out = append(out, earlier)
	}
	return out
}

func (s *Screening) fourFacts(l *Liner, i int, head string) Facts {
	f := &s.Four[i]
	rows := []Fact{{Label: "Recorded as", Text: strings.ToUpper(string(f.Recorded)), Tone: ToneStrong}, {Label: "Why not", Text: f.WhyNot, Tone: ToneWarn}}
	for _, j := range f.named() {
		rows = append(rows, Fact{Label: j.Label, Text: strings.TrimSuffix(string(j.Is)+": "+j.Words, ": ")})
	}
	rows = append(
		rows, Fact{Label: "Judged by", Text: l.Officer(f.By) + " on " + day.On(f.At).Long() + ": a professional judgement, not a score", Tone: ToneQuiet},
		Fact{Label: "Again since", Text: f.Changed},
	)
	if i == len(s.Four)-1 {
		rows = append(rows, Fact{Label: "Case", Text: string(s.Case), Ref: s.Case})
	}
	return Facts{Head: head, Rows: rows}
}

func (s *Screening) toolFacts(l *Liner) Facts {
	out := Facts{Head: "Assessments done by trained assessors"}
	for i := len(s.Tools) - 1; i >= 0; i-- {
		u := s.Tools[i]
		out.Rows = append(out.Rows, Fact{
			Label: string(u.Tool), Text: u.Concern + " (in that tool's own words), " + u.Day.Long() + " by " + u.Assessor + "; recorded by " + l.Officer(u.By) + keptBack(u.Note),
		})
	}
	return out
}

// keptBack says that there are words a card does not show.
func keptBack(words string) string {
	if words == "" {
		return ""
	}
	return "; words kept back, need-to-know"
}

// caseAt reads a case for a card; nil when there is none.
func caseAt(l *Liner, ref Ref) *Case {
	if ref == "" {
		return nil
	}
	r, err := l.src.Record(ref)
	if err != nil {
		return nil
	}
	k, _ := r.(*Case)
	return k
}

func (s *Screening) private(l *Liner) []Facts {
	var out []Facts
	for i := len(s.Checklists) - 1; i >= 0; i-- {
		out = append(out, s.Checklists[i].private(l))
	}
	tools := Facts{Head: "Notes on assessments"}
	for i := len(s.Tools) - 1; i >= 0; i-- {
		if u := s.Tools[i]; u.Note != "" {
			tools.Rows = append(tools.Rows, Fact{Label: string(u.Tool), Text: u.Day.Long() + ": " + u.Note})
		}
	}
	return append(out, tools)
}
