package match

// Field says what a text of a document is, and so how it may be remembered wrongly.
type Field uint8

// The fields.
const (
	Other Field = iota
	Name
	Alias
	Ref
	Born
	Phone
	Plate
	Postcode
	Address
	ID // a number somebody else gave: passport, PNC, source
	Offence
)

// Text is one text of a document.
type Text struct {
	Field Field
	Text  string
}

// Doc is what can be found: the texts it is remembered by, the name first.
type Doc struct {
	Texts []Text
	// Prior places a document above others that answer equally well: wanted and marked people are not to be hidden under a
	// common name. It never lifts one above a better answer.
	Prior uint8
}

// Named is a document of a name and other texts about which nothing more is known.
func Named(name string, others ...string) Doc {
	d := Doc{Texts: []Text{{Name, name}}}
	for _, o := range others {
		d.Texts = append(d.Texts, Text{Other, o})
	}
	return d
}
