package model

import "strings"

// Unit is the code of one of the twelve Basic Command Units, each with its Predatory Offender Unit.
// Source: docs/domain table 9 (Met FOI 23.033954 lists the codes). AS and AW are Central South and Central West;
// SN is South. The City of London is not the Met.
type Unit string

// UnitInfo is a unit with its name and boroughs.
type UnitInfo struct {
	Code     Unit     `json:"code"`
	Name     string   `json:"name"`
	Boroughs []string `json:"boroughs"`
}

// Units lists the twelve, in the order of their codes.
func Units() []UnitInfo {
	return []UnitInfo{
		{"AS", "Central South", []string{"Lambeth", "Southwark"}},
		{"AW", "Central West", []string{"Hammersmith & Fulham", "Kensington & Chelsea", "Westminster"}},
		{"CE", "Central East", []string{"Hackney", "Tower Hamlets"}},
		{"CN", "Central North", []string{"Camden", "Islington"}},
		{"EA", "East Area", []string{"Barking & Dagenham", "Havering", "Redbridge"}},
		{"NA", "North Area", []string{"Enfield", "Haringey"}},
		{"NE", "North East", []string{"Newham", "Waltham Forest"}},
		{"NW", "North West", []string{"Barnet", "Brent", "Harrow"}},
		{"SE", "South East", []string{"Bexley", "Greenwich", "Lewisham"}},
		{"SN", "South Area", []string{"Bromley", "Croydon", "Sutton"}},
		{"SW", "South West", []string{"Kingston", "Merton", "Richmond", "Wandsworth"}},
		{"WA", "West Area", []string{"Ealing", "Hillingdon", "Hounslow"}},
	}
}

// Choices lists the units for a form.
func (Unit) Choices() []Choice {
	units := Units()
	out := make([]Choice, len(units))
	for i, u := range units {
		out[i] = Choice{Value: string(u.Code), Label: string(u.Code) + " " + u.Name}
	}
	return out
}

// Name is the unit's name: SW is South West.
func (u Unit) Name() string {
	for _, info := range Units() {
		if info.Code == u {
			return info.Name
		}
	}
	return string(u)
}

// UnitFor finds the unit that polices a borough.
func UnitFor(borough string) (Unit, bool) {
	for _, u := range Units() {
		for _, b := range u.Boroughs {
			if strings.EqualFold(b, strings.TrimSpace(borough)) {
				return u.Code, true
			}
		}
	}
	return "", false
}
