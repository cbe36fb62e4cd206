package model

func restrictActions() []Spec {
	return []Spec{
		owned(spec[caseRestrict]("case.restrict", "Restrict a case", "Keeps a case, and what hangs on it, to the officers named, the lead of its unit and S-TAC; or lifts that. Own-force cases are restricted.",
			[]Role{RoleSergeant, RoleLead, RoleSTAC}, KindCase)),
	}
}

type caseRestrict struct {
	Case   Ref           `do:"case" label:"Case" kinds:"C" opts:"need"`
	Why    RestrictedWhy `do:"why" label:"Because" default:"own-force"`
	Named  []Ref         `do:"named" label:"Officers who may see it" kinds:"O" help:"You and the officer in the case see it anyway"`
	Lift   bool          `do:"lift" label:"Lift the restriction" opts:"fold"`
	Reason string        `do:"reason" label:"Reason" opts:"need" help:"Do not repeat what is to be kept from others"`
}

func (a *caseRestrict) Apply(c *Change) error {
	k, err := Load[*Case](c, "case", a.Case)
	if err != nil {
		return err
	}
	c.Reason = a.Reason
	if a.Lift {
		switch {
		case k.Restricted == nil:
			return Refuse("lift", string(k.Ref)+" is not restricted", "Nothing needs lifting")
		case !c.By.Has(RoleLead, RoleSTAC):
			return &Problem{Code: Denied, Field: "lift", Rule: "a restriction is lifted by the lead or S-TAC", Do: "Ask one of them"}
		}
		k.Restricted = nil
		return c.Put(k)
	}
	if err := workingOfficers(c, "named", a.Named...); err != nil {
		return err
	}
	why := a.Why
	if why == "" {
		why = RestrictedOwnForce
	}
	k.Restricted = &Restriction{Why: why, Reason: a.Reason, Named: a.Named, By: c.By.Ref, At: c.Now}
	return c.Put(k)
}
