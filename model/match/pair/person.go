package pair

import (
	"strings"

	"pou/model/day"
	"pou/model/match"
)

// Person is somebody as far as two records of people are compared. What is not known stays empty.
type Person struct {
	Surname, Forename string
	Aliases           []string // other full names; a single word is shared by too many and is left out
	Born              day.Born
	OtherBorn         []day.Born
	Sex               string
	Places            []Place
	Phones            []string // each written one way only, see model.PhoneKey
	Plates            []string
	Numbers           []Number
}

// Place is an address.
type Place struct{ Text, Postcode string }

// Number is a number another system knows somebody by.
type Number struct{ Scheme, Value string }

// How much of a person is compared. A record with more is compared by its first ones.
const (
	aliasMost  = 12
	placeMost  = 3
	phoneMost  = 6
	plateMost  = 4
	numberMost = 8
	bornMost   = 4
	textMost   = 160 // bytes of one value
	wordsMost  = 5   // words of one name
)

// The tags of the values in a profile.
const (
	tagAlias  = 'n'
	tagPlace  = 'a'
	tagCode   = 'c' // the postcode of the place before it
	tagPhone  = 'p'
	tagPlate  = 'v'
	tagNumber = 'i' // scheme=value
)

// profile is a person made ready to be compared. A million of them are held at once, so everything that is text stands in one
// string: surname, forename, then tagged values, each ended by a zero byte.
type profile struct {
	text string
	more *more // what few have
	sex  byte
	glance
}

// more is what few people have.
type more struct{ born []day.Born }

func newProfile(p Person) profile {
	surname, forename := clipped(match.Fold(p.Surname)), clipped(match.Fold(p.Forename))
	out := profile{sex: sexOf(p.Sex), glance: glance{born: p.Born, letters: [2]uint32{letterSet(surname), letterSet(forename)}}}
	if len(p.OtherBorn) > 0 {
		out.more = &more{p.OtherBorn[:min(len(p.OtherBorn), bornMost)]}
		out.several |= severalBorn
	}
	b := make([]byte, 0, 160)
	b = append(append(b, surname...), 0)
	b = append(append(b, forename...), 0)
	put := func(tag byte, value string) {
		if value != "" {
			b = append(append(append(b, tag), value...), 0)
		}
	}
	for _, a := range p.Aliases[:min(len(p.Aliases), aliasMost)] {
		if name := clipped(match.Fold(a)); strings.Contains(name, " ") {
			put(tagAlias, name)
			out.several |= severalNames
		}
	}
	for _, place := range p.Places[:min(len(p.Places), placeMost)] {
		b = putPlace(b, place)
	}
	for _, phone := range p.Phones[:min(len(p.Phones), phoneMost)] {
		put(tagPhone, clipped(phone))
	}
	for _, plate := range p.Plates[:min(len(p.Plates), plateMost)] {
		put(tagPlate, plateKey(plate))
	}
	for _, n := range p.Numbers[:min(len(p.Numbers), numberMost)] {
		if value := solid(clipped(match.Fold(n.Value))); value != "" {
			put(tagNumber, solid(clipped(match.Fold(n.Scheme)))+"="+value)
		}
	}
	out.text = string(b)
	return out
}

// otherBorn are the other dates of birth somebody has given.
func (p *profile) otherBorn() []day.Born {
	if p.more == nil {
		return nil
	}
	return p.more.born
}

// putPlace writes an address and its postcode apart, however they came.
func putPlace(b []byte, p Place) []byte {
	text, code := clipped(match.Fold(p.Text)), clipped(match.Fold(p.Postcode))
	if code != "" {
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, code), solid(code)))
	} else {
		text, code = trailingPostcode(text)
	}
	if text == "" && code == "" {
		return b
	}
	b = append(append(append(b, tagPlace), text...), 0)
	return append(append(append(b, tagCode), solid(code)...), 0)
}

// trailingPostcode cuts a British postcode from the end of a folded address.
func trailingPostcode(text string) (rest, code string) {
	words := strings.Fields(text)
	for n := 1; n <= 2 && n <= len(words); n++ {
		if code := strings.Join(words[len(words)-n:], ""); british(code) {
			return strings.Join(words[:len(words)-n], " "), code
		}
	}
	return text, ""
}

// british reports whether a folded code without spaces is a whole British postcode.
func british(code string) bool {
	n := len(code)
	if n < 5 || n > 7 || !letter(code[0]) || !digit(code[n-3]) || !letter(code[n-2]) || !letter(code[n-1]) {
		return false
	}
	return strings.ContainsAny(code[1:n-3], "0123456789")
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' }
func digit(c byte) bool  { return '0' <= c && c <= '9' }

func clipped(s string) string { return strings.ToValidUTF8(s[:min(len(s), textMost)], "") }

func solid(s string) string {
	if strings.IndexByte(s, ' ') < 0 {
		return s
	}
	return strings.ReplaceAll(s, " ", "")
}

// plateKey is a plate as it is compared: letters that officers and cameras take for figures are those figures.
func plateKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'o', 'q':
			return '0'
		case 'i':
			return '1'
		}
		return r
	}, solid(clipped(match.Fold(s))))
}

func sexOf(s string) byte {
	switch c := strings.ToLower(s); {
	case strings.HasPrefix(c, "m"):
		return 'm'
	case strings.HasPrefix(c, "f"), strings.HasPrefix(c, "w"):
		return 'f'
	}
	return 0
}

// letterSet is which letters a folded text has, one bit each; what is no Latin letter shares the last six.
func letterSet(s string) uint32 {
	var set uint32
	for i := range len(s) {
		switch c := s[i]; {
		case letter(c):
			set |= 1 << (c - 'a')
		case c != ' ':
			set |= 1 << (26 + c%6)
		}
	}
	return set
}

// open is a profile cut into its values. It is used again for the next one.
type open struct {
	*profile
	surname, forename        name
	aliases                  []name
	places                   []Place
	phones, plates, numbered []string
}

// read cuts a profile.
func (o *open) read(p *profile) {
	o.profile = p
	o.aliases, o.places, o.phones, o.plates, o.numbered = o.aliases[:0], o.places[:0], o.phones[:0], o.plates[:0], o.numbered[:0]
	surname, rest, _ := strings.Cut(p.text, "\x00")
	forename, rest, _ := strings.Cut(rest, "\x00")
	o.surname, o.forename = newName(surname), newName(forename)
	for rest != "" {
		var item string
		item, rest, _ = strings.Cut(rest, "\x00")
		switch value := item[1:]; item[0] {
		case tagAlias:
			o.aliases = append(o.aliases, newName(value))
		case tagPlace:
			o.places = append(o.places, Place{Text: value})
		case tagCode:
			o.places[len(o.places)-1].Postcode = value
		case tagPhone:
			o.phones = append(o.phones, value)
		case tagPlate:
			o.plates = append(o.plates, value)
		case tagNumber:
			o.numbered = append(o.numbered, value)
		}
	}
}
