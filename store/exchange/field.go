package exchange

import (
	"errors"
	"slices"
	"strings"
)

// field is what a column holds.
type field string

// The fields of people, and after them those of orders and breaches.
const (
	fSurname     field = "surname"
	fForename    field = "forename"
	fName        field = "name"
	fAlias       field = "alias"
	fBorn        field = "born"
	fSex         field = "sex"
	fAddress     field = "address"
	fPostcode    field = "postcode"
	fPhone       field = "phone"
	fVehicle     field = "vehicle"
	fMarker      field = "marker"
	fID          field = "id"
	fUnit        field = "unit"
	fHome        field = "home"
	fNationality field = "nationality"
	fBirthPlace  field = "birth_place"
	fDescription field = "description"
	fNote        field = "note"
	fKeep        field = "keep"   // nobody knows what it is: into the note with its column's name
	fIgnore      field = "ignore" // an officer said to leave it out

	fPerson     field = "person"
	fType       field = "type"
	fMade       field = "made"
	fUntil      field = "until"
	fCourt      field = "court"
	fConditions field = "conditions"
	fServed     field = "served"
	fServedHow  field = "served_how"
	fProtects   field = "protects"

	fOrder     field = "order"
	fCondition field = "condition"
	fWhat      field = "what"
	fAt        field = "at"
	fReporter  field = "reporter"
	fReport    field = "report"
)

// target is a field with its detail: alias:nickname, phone:work, address:home, id:PNC.
type target struct {
	field  field
	detail string
}

func (t target) String() string {
	if t.detail == "" {
		return string(t.field)
	}
	return string(t.field) + ":" + t.detail
}

// fieldsOf lists the fields a kind of file may have, and whether each takes a detail.
func fieldsOf(kind Kind) []field {
	switch kind {
	case Orders:
		return []field{
			fPerson, fSurname, fForename, fName, fBorn, fType, fMade, fUntil, fCourt, fConditions, fServed, fServedHow, fUnit,
			fProtects, fNote, fKeep, fIgnore,
		}
	case Breaches:
		return []field{
			fOrder, fPerson, fSurname, fForename, fName, fBorn, fCondition, fWhat, fAt, fReporter, fReport, fUnit, fKeep, fIgnore,
		}
	case People:
	}
	return []field{
		fSurname, fForename, fName, fAlias, fBorn, fSex, fAddress, fPostcode, fPhone, fVehicle, fMarker, fID, fUnit, fHome,
		fNationality, fBirthPlace, fDescription, fNote, fKeep, fIgnore,
	}
}

// detailed lists the fields that take a detail after a colon.
func detailed() []field { return []field{fAlias, fAddress, fPostcode, fPhone, fID} }

// fieldNames lists a kind's fields as a mapping may write them.
func fieldNames(kind Kind) []string {
	var out []string
	for _, f := range fieldsOf(kind) {
		name := string(f)
		if kind == People && slices.Contains(detailed(), f) {
			name += "[:detail]"
		}
		out = append(out, name)
	}
	return out
}

var (
	errNoField  = errors.New("there is no such field")
	errNoDetail = errors.New("the field takes no detail after a colon")
)

// parseTarget reads a field as a mapping writes it.
func parseTarget(kind Kind, s string) (target, error) {
	name, detail, has := strings.Cut(s, ":")
	t := target{field: field(strings.ToLower(strings.TrimSpace(name))), detail: strings.TrimSpace(detail)}
	if !slices.Contains(fieldsOf(kind), t.field) {
		return t, errNoField
	}
	if has && !slices.Contains(detailed(), t.field) {
		return t, errNoDetail
	}
	return t, nil
}
