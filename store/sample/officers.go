package sample

import (
	"strings"

	"pou/model"
)

// post is a place in a unit's team.
type post struct {
	rank  string
	roles []model.Role
}

// posts are the ten of a unit: 36 DIs, DSs and co-ordinators oversee the twelve units, the rest go out or watch orders.
func posts() []post {
	hand := []model.Role{model.RoleOfficer}
	watch := []model.Role{model.RoleMonitoring, model.RoleOfficer}
	return []post{
		{"DI", []model.Role{model.RoleLead}},
		{"DS", []model.Role{model.RoleSergeant}},
		{"PS", []model.Role{model.RoleSergeant}},
		{"DC", []model.Role{model.RoleCoordinator, model.RoleOfficer}},
		{"DC", watch},
		{"PC", watch},
		{"DC", hand},
		{"DC", hand},
		{"PC", hand},
		{"PC", hand},
	}
}

// team is a unit's officers by what they do.
type team struct {
	lead, coordinator model.Ref
	sergeants         []model.Ref
	monitors          []model.Ref
	hands             []model.Ref // who knock on doors
}

const (
	leadUnit = "SW" // the unit of the sample's lead, O-0001
	leftUnit = "SE" // the unit a monitoring officer has left
)

// Lead is the officer a sample store falls back to when nobody says who is acting: its first lead and administrator.
const Lead model.Ref = "O-0001"

// recruit makes the officers: the team of the sample's lead first, then the others, S-TAC and the data officer.
func (d *desk) recruit() {
	dice := newDice(d.seed, streamOfficers)
	taken := map[string]bool{"ADEYEMI": true}
	order := []int{d.unit(leadUnit)}
	for u := range d.units {
		if u != order[0] {
			order = append(order, u)
		}
	}
	for _, u := range order {
		for i, p := range posts() {
			name := "ADEYEMI, Folake"
			if u != order[0] || i > 0 {
				name = d.officerName(dice, taken)
			}
			o := &model.Officer{Name: name, Rank: p.rank, Unit: d.units[u].Code, Roles: p.roles}
			if len(d.officers) == 0 {
				o.Roles = []model.Role{model.RoleLead, model.RoleAdmin}
			}
			d.enlist(o)
			d.teams[u].join(o)
		}
	}
	d.enlist(&model.Officer{Name: d.officerName(dice, taken), Rank: "DS", Roles: []model.Role{model.RoleSTAC}})
	d.enlist(&model.Officer{Name: d.officerName(dice, taken), Roles: []model.Role{model.RoleData}})
	d.enlist(&model.Officer{
		Name: d.officerName(dice, taken), Rank: "PC", Unit: leftUnit, Roles: []model.Role{model.RoleMonitoring, model.RoleOfficer}, Left: true,
	})
	d.gone = d.officers[len(d.officers)-1].Ref
	d.enlist(&model.Officer{Name: d.officerName(dice, taken), Rank: "DC", Roles: []model.Role{model.RoleSTAC}})
	d.enlist(&model.Officer{Name: d.officerName(dice, taken), Roles: []model.Role{model.RoleBriefing}})
}

// stac are the officers of S-TAC.
func (d *desk) stac() []model.Ref {
	var out []model.Ref
	for _, o := range d.officers {
		if o.Has(model.RoleSTAC) {
			out = append(out, o.Ref)
		}
	}
	return out
}

func (d *desk) enlist(o *model.Officer) {
	o.Phone = landline(officersFrom + len(d.officers))
	d.officers = append(d.officers, o)
	o.Ref = number(model.KindOfficer, len(d.officers))
}

func (t *team) join(o *model.Officer) {
	switch {
	case o.Has(model.RoleLead):
		t.lead = o.Ref
	case o.Has(model.RoleSergeant):
		t.sergeants = append(t.sergeants, o.Ref)
	case o.Has(model.RoleCoordinator):
		t.coordinator = o.Ref
	case o.Has(model.RoleMonitoring):
		t.monitors = append(t.monitors, o.Ref)
	default:
		t.hands = append(t.hands, o.Ref)
	}
}

// officerName is a name no other officer has, of one plain word, since lists call officers by rank and surname alone.
func (d *desk) officerName(dice *dice, taken map[string]bool) string {
	for {
		t, female := d.names.tradition(dice), dice.chance(45)
		surname := t.surname(dice, female)
		if taken[surname] || strings.ContainsAny(surname, " -'İ") || strings.HasPrefix(surname, "MC") || strings.HasPrefix(surname, "MAC") {
			continue
		}
		taken[surname] = true
		return model.FullName(surname, t.forename(dice, female))
	}
}
