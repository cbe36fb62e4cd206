package model

import "slices"

// The sets of roles the registry uses. The table of who may do what is the registry itself: each action names its
// roles, docs/actions.md prints them, and the tests hold every action against every role.
func anyone() []Role {
	return []Role{RoleOfficer, RoleSergeant, RoleLead, RoleCoordinator, RoleMonitoring}
}

func supervisors() []Role { return []Role{RoleSergeant, RoleLead} }

func orderKeepers() []Role {
	return []Role{RoleCoordinator, RoleMonitoring, RoleSergeant, RoleLead}
}

func administrators() []Role { return []Role{RoleAdmin} }

// Can reports, as a refusal, why an officer may not take an action; nil when they may.
func Can(o *Officer, s Spec) error {
	if o == nil {
		return &Problem{Code: Denied, Rule: "nobody is signed in", Do: "Say who is acting with --as"}
	}
	if o.Left {
		return &Problem{Code: Denied, Rule: o.Call() + " has left and may do nothing", Do: "Ask an administrator"}
	}
	if slices.ContainsFunc(s.Roles, func(r Role) bool { return o.Has(r) }) {
		return nil
	}
	if o.OnlyLooks() {
		return &Problem{Code: Denied, Rule: o.Call() + " may look at packs and lists, and take no action", Do: "Ask an officer of the unit"}
	}
	need := make([]Choice, len(s.Roles))
	for i, r := range s.Roles {
		need[i].Value = LabelOf(r.Choices(), string(r))
	}
	return &Problem{
		Code: Denied, Rule: "to " + lowerFirst(s.Title) + " takes one of these roles: " + valuesOf(need),
		Do: "Ask one of them; you are " + o.Call(),
	}
}

// owned marks an action that only the unit that answers for the record takes: it ends somebody's work, or decides for it.
// Everything else is open across units, and so is looking: twelve units share one picture. Sources: design.md, who uses it
// (the sergeant tasks their own unit); domain.md, consequence 23 (owner unit, assisting unit).
func owned(s Spec) Spec {
	s.owned = true
	return s
}

// Owned reports whether only the unit that answers for the record takes the action.
func (s Spec) Owned() bool { return s.owned }

// CanOn reports, as a refusal, why an officer may not take an action on a record of a unit; nil when they may. mine says that
// the record is the officer's own: theirs to do, or added by them.
func CanOn(o *Officer, s Spec, unit Unit, mine bool) error {
	if err := Can(o, s); err != nil {
		return err
	}
	if !s.owned || mine || unit == "" || o.Unit == "" || o.Unit == unit || o.Has(RoleLead, RoleSTAC, RoleData, RoleAdmin) {
		return nil
	}
	return &Problem{
		Code: Denied, Rule: "to " + lowerFirst(s.Title) + " is for " + string(unit) + " to decide, whose it is",
		Do: "Ask a supervisor of " + string(unit) + " or a lead; you are " + o.Call() + " of " + string(o.Unit),
	}
}

// inScope refuses a change of another unit's record by an action that is the owner's to take.
func (c *Change) inScope(s Spec) error {
	if !s.owned {
		return nil
	}
	for _, r := range c.puts {
		if !s.Starts(r.Head().Ref.Kind()) {
			continue
		}
		was, err := c.src.Record(r.Head().Ref)
		if err != nil {
			continue // made by this change
		}
		unit, _ := was.Place()
		if err := CanOn(c.By, s, unit, ownedBy(was, c.By.Ref)); err != nil {
			return err
		}
	}
	return nil
}

// ownedBy reports whether a record is an officer's own, in whatever unit it stands.
func ownedBy(r Record, o Ref) bool {
	switch r := r.(type) {
	case *Task:
		return r.Assignee == o || r.By == o
	case *Wanted:
		return r.Officer == o
	case *Case:
		return r.Officer == o
	case *Order:
		return r.Monitor == o
	}
	return false
}
