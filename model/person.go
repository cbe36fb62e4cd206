package model

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model/day"
)

// Person is anyone on record. Being a suspect, victim or witness belongs to a case, never to the person, so there is
// no role here (DPA 2018 s.38(3)).
type Person struct {
	Meta        `cbor:"-" json:"-"`
	Surname     string       `cbor:"1,keyasint,omitempty" json:"surname,omitempty"`
	Forename    string       `cbor:"2,keyasint,omitempty" json:"forename,omitempty"`
	Sex         string       `cbor:"3,keyasint,omitempty" json:"sex,omitempty"`
	Born        day.Born     `cbor:"4,keyasint,omitzero" json:"born,omitzero"`
	OtherBorn   []day.Born   `cbor:"5,keyasint,omitempty" json:"other_born,omitempty"` // other dates the person has given
	Aliases     []Alias      `cbor:"6,keyasint,omitempty" json:"aliases,omitempty"`
	Addresses   []Address    `cbor:"7,keyasint,omitempty" json:"addresses,omitempty"`
	Phones      []Phone      `cbor:"8,keyasint,omitempty" json:"phones,omitempty"`
	Vehicles    []Vehicle    `cbor:"9,keyasint,omitempty" json:"vehicles,omitempty"`
	Markers     []Marker     `cbor:"10,keyasint,omitempty" json:"markers,omitempty"`
	IDs         []Identifier `cbor:"11,keyasint,omitempty" json:"ids,omitempty"` // PNC, CRO, passport, ...
	Photo       string       `cbor:"12,keyasint,omitempty" json:"photo,omitempty"`
	PhotoTaken  day.Date     `cbor:"13,keyasint,omitempty" json:"photo_taken,omitzero"`
	Description string       `cbor:"14,keyasint,omitempty" json:"description,omitempty"`
	Nationality string       `cbor:"15,keyasint,omitempty" json:"nationality,omitempty"`
	BirthPlace  string       `cbor:"16,keyasint,omitempty" json:"birth_place,omitempty"`
	HomeUnit    Unit         `cbor:"17,keyasint,omitempty" json:"home_unit,omitempty"`  // where the person lives
	OwnerUnit   Unit         `cbor:"18,keyasint,omitempty" json:"owner_unit,omitempty"` // which unit answers for the person
	Note        string       `cbor:"19,keyasint,omitempty" json:"note,omitempty"`
	Sources     []Origin     `cbor:"20,keyasint,omitempty" json:"sources,omitempty"`  // the file rows this record was read from
	RSOUntil    day.Date     `cbor:"21,keyasint,omitempty" json:"rso_until,omitzero"` // SOA 2003 Part 2 notification runs until
	Sample      bool         `cbor:"22,keyasint,omitempty" json:"sample,omitempty"`
	Kept        *Retention   `cbor:"24,keyasint,omitempty" json:"retention,omitempty"`
	Acks        []Ack        `cbor:"23,keyasint,omitempty" json:"acks,omitempty"` // safeguards that were read before a tasking
}

// Alias is another name the person uses or has used.
type Alias struct {
	Name   string   `cbor:"1,keyasint" json:"name"`
	Kind   string   `cbor:"2,keyasint,omitempty" json:"kind,omitempty"` // aka, nickname, birth name, online name
	Source string   `cbor:"3,keyasint,omitempty" json:"source,omitempty"`
	Noted  day.Date `cbor:"4,keyasint,omitempty" json:"noted,omitzero"` // the day it came on record; none: before anybody knows
}

// Confidence says how far an address, phone or vehicle may be relied on.
type Confidence string

// The grades of confidence. The zero value is "nobody has said".
const (
	Confirmed   Confidence = "confirmed"
	Probable    Confidence = "probable"
	Unconfirmed Confidence = "unconfirmed"
	Historic    Confidence = "historic"
)

// Choices lists the grades for a form.
func (Confidence) Choices() []Choice {
	return []Choice{
		{string(Confirmed), "confirmed", "c"},
		{string(Probable), "probable", "p"},
		{string(Unconfirmed), "unconfirmed", "u"},
		{string(Historic), "historic", "h"},
	}
}

// AddressType says what the place is to the person.
type AddressType string

// Choices lists the types for a form.
func (AddressType) Choices() []Choice {
	return []Choice{
		{"home", "home", "h"},
		{"work", "work", "w"},
		{"family", "family", "f"},
		{"associate", "associate", "a"},
		{"bail", "bail address", "b"},
		{"frequents", "place frequented", "p"},
		{"other", "other", "o"},
	}
}

// Address is a place the person may be found.
type Address struct {
	Text       string      `cbor:"1,keyasint" json:"text"`
	Postcode   string      `cbor:"2,keyasint,omitempty" json:"postcode,omitempty"`
	Type       AddressType `cbor:"3,keyasint,omitempty" json:"type,omitempty"`
	Confidence Confidence  `cbor:"4,keyasint,omitempty" json:"confidence,omitempty"`
	From       day.Date    `cbor:"5,keyasint,omitempty" json:"from,omitzero"`
	Confirmed  day.Date    `cbor:"6,keyasint,omitempty" json:"confirmed,omitzero"` // last seen to be true
	Source     string      `cbor:"7,keyasint,omitempty" json:"source,omitempty"`
	Note       string      `cbor:"8,keyasint,omitempty" json:"note,omitempty"` // occupants, dogs, access
}

// Line is the address on one line.
func (a Address) Line() string {
	if a.Postcode == "" || strings.Contains(a.Text, a.Postcode) {
		return a.Text
	}
	return a.Text + " " + a.Postcode
}

// Phone is a number attributed to the person.
type Phone struct {
	Number      string     `cbor:"1,keyasint" json:"number"`
	Use         string     `cbor:"2,keyasint,omitempty" json:"use,omitempty"`
	Attribution Confidence `cbor:"3,keyasint,omitempty" json:"attribution,omitempty"`
	Source      string     `cbor:"4,keyasint,omitempty" json:"source,omitempty"`
	From        day.Date   `cbor:"5,keyasint,omitempty" json:"from,omitzero"`
}

// Vehicle is a vehicle the person uses. A plate names a vehicle, not its driver.
type Vehicle struct {
	Plate  string   `cbor:"1,keyasint" json:"plate"`
	Make   string   `cbor:"2,keyasint,omitempty" json:"make,omitempty"`
	Colour string   `cbor:"3,keyasint,omitempty" json:"colour,omitempty"`
	Source string   `cbor:"4,keyasint,omitempty" json:"source,omitempty"`
	Seen   day.Date `cbor:"5,keyasint,omitempty" json:"seen,omitzero"`
}

// Identifier is a number another system knows the person by.
type Identifier struct {
	Scheme string `cbor:"1,keyasint" json:"scheme"`
	Value  string `cbor:"2,keyasint" json:"value"`
}

// Origin says which row of which file a record was read from, so that reading the file again changes nothing.
type Origin struct {
	Key string `cbor:"1,keyasint" json:"key"` // stable name of the row, e.g. "ofac:2674"
	Sum []byte `cbor:"2,keyasint,omitempty" json:"sum,omitempty"`
}

// Name is the person's name as it stands in lists.
func (p *Person) Name() string { return FullName(p.Surname, p.Forename) }

// Links is empty: other records are about people.
func (p *Person) Links() []Ref { return nil }

// Place is none: there may be a million people, and they are found, not listed.
func (p *Person) Place() (Unit, bool) { return "", false }

// SourceKeys lists the file rows the person was read from.
func (p *Person) SourceKeys() []string {
	out := make([]string, len(p.Sources))
	for i, s := range p.Sources {
		out[i] = s.Key
	}
	return out
}

// Check wants a name; everything else may be unknown.
func (p *Person) Check() error {
	if p.Name() == "" {
		return Refuse("surname", "a person needs a name to be found by", "Enter a surname, or the only name known")
	}
	return nil
}

// Home is the best address to try first: a current home, the most trusted and most recently confirmed one.
func (p *Person) Home() (Address, bool) {
	if len(p.Addresses) == 0 {
		return Address{}, false
	}
	return slices.MinFunc(p.Addresses, compareAddresses), true
}

// ByPromise returns the addresses in the order an officer would try them.
func (p *Person) ByPromise() []Address {
	out := slices.Clone(p.Addresses)
	slices.SortStableFunc(out, compareAddresses)
	return out
}

func compareAddresses(a, b Address) int {
	if d := confidenceRank(a.Confidence) - confidenceRank(b.Confidence); d != 0 {
		return d
	}
	if a.Confirmed != b.Confirmed {
		return int(b.Confirmed) - int(a.Confirmed)
	}
	return addressRank(a.Type) - addressRank(b.Type)
}

func confidenceRank(c Confidence) int {
	switch c {
	case Confirmed:
		return 0
	case Probable:
		return 1
	case Unconfirmed, "":
		return 2
	case Historic:
		return 3
	}
	return 2
}

func addressRank(t AddressType) int {
	return rankOf(t.Choices(), string(t))
}

// Marker is a warning signal, as on PNC: set and removed by policy, and easily out of date (Met FOI 25.047165).
type Marker struct {
	Code   MarkerCode `cbor:"1,keyasint" json:"code"`
	Source string     `cbor:"2,keyasint,omitempty" json:"source,omitempty"`
	Set    day.Date   `cbor:"3,keyasint,omitempty" json:"set,omitzero"`
	Review day.Date   `cbor:"4,keyasint,omitempty" json:"review,omitzero"`
	Note   string     `cbor:"5,keyasint,omitempty" json:"note,omitempty"`
}

// MarkerCode is a PNC warning signal.
type MarkerCode string

// Choices lists the signals, those about an officer's safety first.
// Source: the unit's reference notes, section 5 (zinc.systems); SH, CE and OV are to be verified.
func (MarkerCode) Choices() []Choice {
	return []Choice{
		{"VI", "VI violent", ""},
		{"WE", "WE weapons", ""},
		{"FI", "FI firearms", ""},
		{"XP", "XP explosives", ""},
		{"ES", "ES escaper", ""},
		{"SU", "SU suicidal", ""},
		{"SH", "SH self-harm", ""},
		{"MN", "MN mental health", ""},
		{"DR", "DR drugs", ""},
		{"CO", "CO contagious", ""},
		{"AT", "AT ailment", ""},
		{"AG", "AG alleges against police", ""},
		{"CE", "CE conceals", ""},
		{"IM", "IM impersonates male", ""},
		{"IF", "IF impersonates female", ""},
		{"OV", "OV vulnerable", ""},
	}
}

// Rank orders markers for display: the ones that can hurt an officer come first.
func (c MarkerCode) Rank() int {
	ranked := [...]MarkerCode{"VI", "WE", "FI", "XP", "ES", "SU", "SH", "MN", "DR", "CO", "AT", "AG", "CE", "IM", "IF", "OV"} // as Choices, asked for each row
	for i, code := range ranked {
		if c == code {
			return i
		}
	}
	return len(ranked)
}

// Health reports whether the marker is health data, shown on need-to-know (DPA 2018 s.35(8)).
func (c MarkerCode) Health() bool {
	switch c {
	case "CO", "MN", "AT", "SU", "SH":
		return true
	}
	return false
}

// MarkerStaleAfter is when a marker nobody has reviewed is shown with a question mark. Local policy, not statute.
const MarkerStaleAfter = 365 * 24 * time.Hour

// Stale reports whether the marker is past its review, or has no review and is over a year old, or has no date.
func (m Marker) Stale(now time.Time) bool {
	today := day.On(now)
	if !m.Review.IsZero() {
		return m.Review < today
	}
	return m.Set.IsZero() || now.Sub(m.Set.Start()) > MarkerStaleAfter
}

// Badge is the marker as a list shows it: "VI", "VI 2y?" when stale, "VI ?" when nobody knows how old it is.
func (m Marker) Badge(now time.Time) string {
	if !m.Stale(now) {
		return string(m.Code)
	}
	if m.Set.IsZero() {
		return string(m.Code) + " ?"
	}
	return string(m.Code) + " " + coarseAge(day.On(now).Sub(m.Set)) + "?"
}

func coarseAge(days int) string {
	switch {
	case days >= 365:
		return itoa(days/365) + "y"
	case days >= 60:
		return itoa(days/30) + "m"
	}
	return itoa(days) + "d"
}

// Badges lists the person's markers for a row, officer safety first, and U18 for one who is under 18.
func (p *Person) Badges(now time.Time) []string {
	youth := p.youthBadge(now)
	if len(p.Markers) == 0 && youth == "" {
		return nil
	}
	ms := slices.Clone(p.Markers)
	slices.SortStableFunc(ms, func(a, b Marker) int { return a.Code.Rank() - b.Code.Rank() })
	out := make([]string, 0, len(ms)+1)
	for _, m := range ms {
		if youth != "" && !m.Code.Safety() { // what can hurt an officer, then the court it goes to, then the rest
			out, youth = append(out, youth), ""
		}
		out = append(out, m.Badge(now))
	}
	if youth != "" {
		out = append(out, youth)
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }
