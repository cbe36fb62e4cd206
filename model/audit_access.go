package model

// MayAudit reports, as a refusal, why an officer may not read what the journal says of others; nil when they may. Everybody
// may read what they did themselves. The log is for lawfulness, self-monitoring and discipline, security and criminal
// proceedings (DPA 2018 s.62(4)), so it is read by those who answer for that.
func MayAudit(o *Officer, by Ref) error {
	if o != nil && (o.Has(RoleSergeant, RoleLead, RoleSTAC, RoleData, RoleAdmin) || (by != "" && o.Ref == by && !o.Left && !o.OnlyLooks())) {
		return nil
	}
	return &Problem{
		Code: Denied, Rule: "who did what and looked at what is for a supervisor, S-TAC, the data officer or an administrator to ask (DPA 2018 s.62(4))",
		Do: "Ask one of them; you may ask what you did yourself",
	}
}

// MayExportLog reports, as a refusal, why an officer may not export the journal; nil when they may.
func MayExportLog(o *Officer) error {
	if o != nil && o.Has(RoleData, RoleAdmin) {
		return nil
	}
	return &Problem{Code: Denied, Rule: "the log is exported by the data officer or an administrator", Do: "Ask one of them"}
}
