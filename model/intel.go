package model

import (
	"pou/model/day"
)

// SourceGrade is how reliable the source of intelligence is: the first figure of 3x5x2.
type SourceGrade string

// Choices lists the source grades (College of Policing APP, Intelligence: 3x5x2).
func (SourceGrade) Choices() []Choice {
	return []Choice{
		{"1", "1 reliable", "1"},
		{"2", "2 untested", "2"},
		{"3", "3 not reliable", "3"},
	}
}

// IntelGrade is how the intelligence is assessed: the letter of 3x5x2.
type IntelGrade string

// Choices lists the intelligence grades.
func (IntelGrade) Choices() []Choice {
	return []Choice{
		{"A", "A known directly", "a"},
		{"B", "B known indirectly, corroborated", "b"},
		{"C", "C known indirectly", "c"},
		{"D", "D not known", "d"},
		{"E", "E suspected to be false", "e"},
	}
}

// Handling says who may have intelligence: the last letter of 3x5x2.
type Handling string

// Choices lists the handling codes.
func (Handling) Choices() []Choice {
	return []Choice{
		{"P", "P lawful sharing permitted", "p"},
		{"C", "C sharing with conditions", "c"},
	}
}

// Intel is one item of intelligence about a person, graded on its own. Who gave it is not in it: the origin is a
// token that only says whether two items come from the same place, so that repetition is not taken for corroboration.
type Intel struct {
	Meta       `cbor:"-" json:"-"`
	Person     Ref         `cbor:"1,keyasint" json:"person"`
	Text       string      `cbor:"2,keyasint" json:"text"`
	Source     SourceGrade `cbor:"3,keyasint" json:"source"`
	Grade      IntelGrade  `cbor:"4,keyasint" json:"grade"`
	Handling   Handling    `cbor:"5,keyasint" json:"handling"`
	Conditions string      `cbor:"6,keyasint,omitempty" json:"conditions,omitempty"`
	Origin     string      `cbor:"7,keyasint" json:"origin"`
	At         day.Date    `cbor:"8,keyasint" json:"at"`
	Fact       bool        `cbor:"9,keyasint,omitempty" json:"fact,omitempty"` // else a personal assessment (DPA 2018 s.38(2))
	Unit       Unit        `cbor:"10,keyasint,omitempty" json:"unit,omitempty"`
	By         Ref         `cbor:"11,keyasint" json:"by"`
}

// Links finds the intelligence from the person.
func (i *Intel) Links() []Ref { return links(i.Person) }

// Place is none: intelligence is read on the person.
func (i *Intel) Place() (Unit, bool) { return "", false }

// Check wants every part of the grading.
func (i *Intel) Check() error {
	switch {
	case i.Text == "":
		return Refuse("text", "an intelligence report says something", "Enter it, with nothing that points to who gave it")
	case i.Source == "" || i.Grade == "" || i.Handling == "":
		return Refuse("grade", "intelligence is graded 3x5x2 before it is used", "Give the source, the grade and the handling")
	case i.Handling == "C" && i.Conditions == "":
		return Refuse("conditions", "handling code C states its conditions", "Enter them")
	case i.Origin == "":
		return Refuse("origin", "an origin shows when two reports come from one place", "Enter its reference, never a name")
	}
	return nil
}

// Weak reports whether the item cannot by itself support tasking: suspected to be false, or from a source that is not
// reliable.
func (i *Intel) Weak() bool { return i.Grade == "E" || i.Source == "3" }

// Graded is the grading as it is read out: 2B P.
func (i *Intel) Graded() string { return string(i.Source) + string(i.Grade) + " " + string(i.Handling) }
