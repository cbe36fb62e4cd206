package model

import (
	"time"

	"pou/model/day"
)

// SDashQuestions are the eleven questions of the S-DASH checklist, in its order. Source: the unit's reference notes,
// section 8, version 2026-11, whose words these are and which may not be changed here; check them against the force's own
// form. There is no total of the answers and no band, and none may be added: the checklist says that it is "not a
// predictive process".
func SDashQuestions() []string {
	return []string{
		"victim very frightened",
		"previous harassment (this/other victims)",
		"destroyed/vandalised property",
		"visits >3 times a week",
		"loiters",
		"threats of physical/sexual violence",
		"harassed third party since",
		"violent to others during",
		"persuaded others to help",
		"drugs/alcohol",
		"past violence",
	}
}

// sdashNotes are the checklist's own words about itself, with what the officer is to know first.
func sdashNotes(tone Tone, first string) []Fact {
	return []Fact{
		{Label: "S-DASH", Text: first, Tone: tone},
		{Label: "It says", Text: "\"Please do not change this checklist\"; for two or more incidents, or a victim who is extremely frightened; \"not a predictive process\"", Tone: ToneQuiet},
	}
}

// SDashAnswer is what was answered to a question.
type SDashAnswer string

// The answers. A question nobody put is "not asked", which is not "no".
const (
	AnswerYes     SDashAnswer = "yes"
	AnswerNo      SDashAnswer = "no"
	AnswerUnknown SDashAnswer = "not known"
	AnswerNotPut  SDashAnswer = "not asked"
)

// Choices lists the answers for a form.
func (SDashAnswer) Choices() []Choice {
	return []Choice{{string(AnswerYes), "yes", "y"}, {string(AnswerNo), "no", "n"}, {string(AnswerUnknown), "not known", "k"}, {string(AnswerNotPut), "not asked", "a"}}
}

// SDash is one checklist as it was answered.
type SDash struct {
	At      time.Time       `cbor:"1,keyasint" json:"at"`
	By      Ref             `cbor:"2,keyasint" json:"by"`
	Answers []SDashAnswered `cbor:"3,keyasint" json:"answers"`
	Version string          `cbor:"4,keyasint" json:"version"` // of the questions
}

// SDashAnswered is a question as it was put, with its answer and what was said.
type SDashAnswered struct {
	No       int         `cbor:"1,keyasint" json:"no"`
	Question string      `cbor:"2,keyasint" json:"question"`
	Answer   SDashAnswer `cbor:"3,keyasint" json:"answer"`
	Words    string      `cbor:"4,keyasint,omitempty" json:"-"` // the victim-survivor's own account: need-to-know
}

const sdashVersion = "S-DASH 2009, unit's reference notes 2026-11"

func (d *SDash) facts(l *Liner) Facts {
	rows := sdashNotes(TonePlain, l.Officer(d.By)+" on "+day.On(d.At).Long()+"; answers as given, nothing is added up. "+d.Version+": check the form")
	for _, a := range d.Answers {
		tone := TonePlain
		switch a.Answer {
		case AnswerYes:
			tone = ToneStrong
		case AnswerNotPut:
			tone = ToneQuiet
		case AnswerNo, AnswerUnknown:
		}
		rows = append(rows, Fact{Label: itoa(a.No) + " " + string(a.Answer), Text: a.Question + keptBack(a.Words), Tone: tone})
	}
	return Facts{Head: "S-DASH of " + day.On(d.At).Long(), Rows: rows}
}

func (d *SDash) private(l *Liner) Facts {
	out := Facts{Head: "S-DASH of " + day.On(d.At).Long() + ", " + l.Officer(d.By)}
	for _, a := range d.Answers {
		if a.Words != "" {
			out.Rows = append(out.Rows, Fact{Label: itoa(a.No) + " " + string(a.Answer), Text: a.Question + ": " + a.Words})
		}
	}
	return out
}
