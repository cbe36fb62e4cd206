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
	need := make([]Choice, len(s.Roles))
	for i, r := range s.Roles {
		need[i].Value = labelOf(r.Choices(), string(r))
	}
	return &Problem{
		Code: Denied, Rule: "to " + lowerFirst(s.Title) + " takes one of these roles: " + valuesOf(need),
		Do: "Ask one of them; you are " + o.Call(),
	}
}
