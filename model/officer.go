package model

import (
	"slices"
	"time"
)

// Role is what an officer may do here; see [Can].
type Role string

// The roles. The zero value may do nothing.
const (
	RoleOfficer     Role = "officer"
	RoleSergeant    Role = "sergeant"
	RoleLead        Role = "lead"
	RoleCoordinator Role = "spo-coordinator"
	RoleMonitoring  Role = "monitoring-officer"
	RoleSTAC        Role = "stac"
	RoleData        Role = "data-officer"
	RoleAdmin       Role = "administrator"
	RoleBriefing    Role = "briefing" // looks at packs and lists, and takes no action
)

// Choices lists the roles for a form.
func (Role) Choices() []Choice {
	return []Choice{
		{string(RoleOfficer), "Officer", "o"},
		{string(RoleSergeant), "Sergeant", "s"},
		{string(RoleLead), "Lead (DI)", "l"},
		{string(RoleCoordinator), "SPO co-ordinator", "c"},
		{string(RoleMonitoring), "Monitoring officer", "m"},
		{string(RoleSTAC), "S-TAC", "t"},
		{string(RoleData), "Data officer", "d"},
		{string(RoleAdmin), "Administrator", "a"},
		{string(RoleBriefing), "Briefing, read only", "b"},
	}
}

// Officer is a person who uses the desk and whose name stands beside what was done.
type Officer struct {
	Meta  `cbor:"-" json:"-"`
	Name  string `cbor:"1,keyasint" json:"name"` // SURNAME, Forename or the surname alone
	Rank  string `cbor:"2,keyasint,omitempty" json:"rank,omitempty"`
	Unit  Unit   `cbor:"3,keyasint,omitempty" json:"unit,omitempty"`
	Roles []Role `cbor:"4,keyasint,omitempty" json:"roles,omitempty"`
	Login string `cbor:"5,keyasint,omitempty" json:"login,omitempty"` // the OS user matched to this officer
	Phone string `cbor:"6,keyasint,omitempty" json:"phone,omitempty"`
	Left  bool   `cbor:"7,keyasint,omitempty" json:"left,omitempty"` // no longer here: may do nothing, keeps their history
	Keys  []Key  `cbor:"8,keyasint,omitempty" json:"keys,omitempty"` // what they sign in with over the network; see key.go
	Ended Ended  `cbor:"9,keyasint,omitzero" json:"sessions_ended,omitzero"`
}

// Ended says when an officer's open sessions were last ended for them, and by whom. Count tells a server that has heard of it from one that
// has not, whatever either's clock says.
type Ended struct {
	Count int       `cbor:"1,keyasint" json:"count"`
	At    time.Time `cbor:"2,keyasint" json:"at"`
	By    Ref       `cbor:"3,keyasint" json:"by"`
}

// Links is empty: an officer is about nobody else.
func (o *Officer) Links() []Ref { return nil }

// Place puts the officer in their unit's list.
func (o *Officer) Place() (Unit, bool) { return o.Unit, !o.Left }

// Check wants a name and at least one known role.
func (o *Officer) Check() error {
	if o.Name == "" {
		return Refuse("name", "an officer has a name", "Enter the surname")
	}
	if len(o.Roles) == 0 {
		return Refuse("roles", "an officer has at least one role", "Give a role: "+valuesOf(Role("").Choices()))
	}
	return nil
}

// Has reports whether the officer holds any of the roles.
func (o *Officer) Has(roles ...Role) bool {
	return !o.Left && slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(o.Roles, r) })
}

// OnlyLooks reports whether the officer may look at packs and lists and do nothing else.
func (o *Officer) OnlyLooks() bool {
	return o != nil && o.Has(RoleBriefing) && len(o.Roles) == 1
}

// meets reports whether the officer's work brings them, or those they send, to the people on record. Whoever keeps the log, the accounts
// or the projector has no need to know of anybody's health.
func (o *Officer) meets() bool {
	return o == nil || o.Has(RoleOfficer, RoleSergeant, RoleLead, RoleCoordinator, RoleMonitoring, RoleSTAC)
}

// Supervises reports whether the officer may answer for another's decision: a sergeant or the lead.
func (o *Officer) Supervises() bool { return o.Has(RoleSergeant, RoleLead) }

// Call is how the officer is addressed on a list: "PS Adeyemi".
func (o *Officer) Call() string {
	name := titleName(o.Name)
	if o.Rank == "" {
		return name
	}
	return o.Rank + " " + name
}
