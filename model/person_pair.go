package model

import (
	"slices"
	"strings"

	"pou/model/match/pair"
)

// PairOf is a person as far as two records of people are compared.
func PairOf(p *Person) pair.Person {
	out := pair.Person{Surname: p.Surname, Forename: p.Forename, Born: p.Born, OtherBorn: p.OtherBorn, Sex: p.Sex}
	out.Aliases = make([]string, len(p.Aliases))
	for i, a := range p.Aliases {
		out.Aliases[i] = a.Name
	}
	out.Places = make([]pair.Place, len(p.Addresses))
	for i, a := range p.Addresses {
		out.Places[i] = pair.Place{Text: a.Text, Postcode: a.Postcode}
	}
	for _, ph := range p.Phones {
		out.Phones = append(out.Phones, PhoneKey(ph.Number))
	}
	for _, v := range p.Vehicles {
		out.Plates = append(out.Plates, v.Plate)
	}
	for _, id := range p.IDs {
		if !rowNumber(p, id) {
			out.Numbers = append(out.Numbers, pair.Number{Scheme: id.Scheme, Value: id.Value})
		}
	}
	return out
}

// rowNumber reports whether a number only says which row of a list the person is: two lists may count alike.
func rowNumber(p *Person, id Identifier) bool {
	return slices.ContainsFunc(p.Sources, func(o Origin) bool {
		scheme, value, _ := strings.Cut(o.Key, ":")
		return value == id.Value && strings.EqualFold(scheme, id.Scheme)
	})
}
