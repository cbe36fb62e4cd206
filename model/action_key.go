package model

import (
	"slices"
	"strings"

	"pou/model/day"
)

func keyActions() []Spec {
	return []Spec{
		spec[officerKey]("officer.key", "Let an officer in with a key", "Puts an SSH public key on an officer's record: whoever proves it over the network is that officer.", administrators(), KindOfficer),
		spec[officerEndSessions]("officer.end-sessions", "End an officer's sessions", "Ends every session an officer has open, on every server of the desk, at once; what is half typed is kept. They may come in again: revoke the key, or take the login away, to keep them out. An officer may end their own.", everyRole(), KindOfficer),
		spec[officerKeyRevoke]("officer.key-revoke", "Revoke an officer's key", "Ends what a key opens, and every session opened with it, at once. An officer may revoke their own.", everyRole(), KindOfficer),
	}
}

// everyRole is whoever holds a role that may act; who only looks has an administrator revoke a key.
func everyRole() []Role {
	var out []Role
	for _, c := range Role("").Choices() {
		if Role(c.Value) != RoleBriefing {
			out = append(out, Role(c.Value))
		}
	}
	return out
}

type officerKey struct {
	Officer Ref      `do:"officer" label:"Officer" kinds:"O" opts:"need"`
	Key     string   `do:"key" label:"Public key" opts:"need" help:"The line of their .pub file"`
	Until   day.Date `do:"until" label:"Last day" opts:"fold" help:"Empty: until it is revoked"`
}

func (a *officerKey) Apply(c *Change) error {
	o, err := workingOfficer(c, "officer", a.Officer)
	if err != nil {
		return err
	}
	k, err := readKey(a.Key)
	if err != nil {
		return err
	}
	if !a.Until.IsZero() && a.Until < day.On(c.Now) {
		return Refuse("until", a.Until.Long()+" is past", "Give a day to come, or none")
	}
	holder, taken, err := c.src.FromSource(KeySource(k.Print))
	switch {
	case err != nil:
		return err
	case taken && holder != o.Ref:
		return Refuse("key", "this key is "+c.nameOf(holder)+"'s: a key says who somebody is", "Let each officer make their own with ssh-keygen -t ed25519")
	case taken:
		if was, _ := o.Key(k.Print); !was.Revoked.IsZero() {
			return Refuse("key", "this key was revoked on "+day.On(was.Revoked).Long()+", and a revoked key stays revoked", "Let the officer make a new one")
		}
		return Refuse("key", o.Call()+" has this key already", "Nothing needs doing")
	}
	k.Added, k.By, k.Until = c.Now, c.By.Ref, a.Until
	o.Keys = append(slices.Clone(o.Keys), k)
	return c.Put(o)
}

type officerKeyRevoke struct {
	Officer Ref    `do:"officer" label:"Officer" kinds:"O" opts:"need"`
	Key     string `do:"key" label:"Fingerprint" opts:"need" help:"SHA256:… or enough of it; all for every key"`
	Reason  string `do:"reason" label:"Reason" opts:"need"`
}

func (a *officerKeyRevoke) Apply(c *Change) error {
	o, err := Load[*Officer](c, "officer", a.Officer)
	if err != nil {
		return err
	}
	if o.Ref != c.By.Ref && !c.By.Has(RoleAdmin) {
		return &Problem{Code: Denied, Field: "officer", Rule: "an officer revokes their own keys, an administrator anybody's", Do: "Ask an administrator"}
	}
	want := strings.TrimPrefix(strings.TrimSpace(a.Key), "SHA256:")
	var hits []int
	for i, k := range o.Keys {
		if k.Revoked.IsZero() && (a.Key == "all" || (want != "" && strings.HasPrefix(strings.TrimPrefix(k.Print, "SHA256:"), want))) {
			hits = append(hits, i)
		}
	}
	switch {
	case len(hits) == 0:
		return &Problem{Code: NotFound, Field: "key", Rule: o.Call() + " has no such key that is not revoked", Do: "pou show " + string(o.Ref) + " lists them"}
	case len(hits) > 1 && a.Key != "all":
		return Refuse("key", itoa(len(hits))+" keys begin so", "Give more of the fingerprint, or all")
	}
	o.Keys = slices.Clone(o.Keys)
	for _, i := range hits {
		o.Keys[i].Revoked, o.Keys[i].RevokedBy = c.Now, c.By.Ref
	}
	c.Reason = strings.TrimSpace(a.Reason)
	return c.Put(o)
}

type officerEndSessions struct {
	Officer Ref    `do:"officer" label:"Officer" kinds:"O" opts:"need"`
	Reason  string `do:"reason" label:"Reason" opts:"need"`
}

func (a *officerEndSessions) Apply(c *Change) error {
	o, err := workingOfficer(c, "officer", a.Officer)
	if err != nil {
		return err
	}
	if o.Ref != c.By.Ref && !c.By.Has(RoleAdmin) {
		return &Problem{Code: Denied, Field: "officer", Rule: "an officer ends their own sessions, an administrator anybody's", Do: "Ask an administrator"}
	}
	o.Ended = Ended{Count: o.Ended.Count + 1, At: c.Now, By: c.By.Ref}
	c.Reason = strings.TrimSpace(a.Reason)
	return c.Put(o)
}
