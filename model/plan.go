package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// RiskTo is whom a risk falls on, as the Risk assessment of IIMARCH asks.
type RiskTo string

// The people a risk assessment thinks of.
const (
	RiskToSubject  RiskTo = "subject"
	RiskToVictim   RiskTo = "victim"
	RiskToOfficers RiskTo = "officers"
	RiskToPublic   RiskTo = "public"
	RiskToOthers   RiskTo = "third parties"
)

// Choices lists them for a form.
func (RiskTo) Choices() []Choice {
	return []Choice{
		{string(RiskToSubject), "the subject", "s"},
		{string(RiskToVictim), "the victim-survivor", "v"},
		{string(RiskToOfficers), "officers", "o"},
		{string(RiskToPublic), "the public", "p"},
		{string(RiskToOthers), "third parties, children", "t"},
	}
}

// Plan is an operation's planning papers, from the first phase to the debrief: one an operation. The operation order
// (IIMARCH) is generated from it and from the targets, never typed.
type Plan struct {
	Meta      `cbor:"-" json:"-"`
	Operation Ref  `cbor:"1,keyasint" json:"operation"`
	Unit      Unit `cbor:"2,keyasint,omitempty" json:"unit,omitempty"` // the operation's: "" for all twelve

	Aim       PlanAim      `cbor:"3,keyasint,omitzero" json:"aim,omitzero"`
	Phases    []Phase      `cbor:"4,keyasint,omitempty" json:"phases,omitempty"`
	Teams     []Team       `cbor:"5,keyasint,omitempty" json:"teams,omitempty"`
	Risks     []Risk       `cbor:"6,keyasint,omitempty" json:"risks,omitempty"`
	Comms     PlanComms    `cbor:"7,keyasint,omitzero" json:"comms,omitzero"`
	Admin     PlanAdmin    `cbor:"8,keyasint,omitzero" json:"admin,omitzero"`
	Legal     PlanLegal    `cbor:"9,keyasint,omitzero" json:"legal,omitzero"`
	Decisions []Decision   `cbor:"10,keyasint,omitempty" json:"decisions,omitempty"`
	Signed    []Signature  `cbor:"11,keyasint,omitempty" json:"signed,omitempty"` // the sergeant's first, then the lead's
	Versions  int          `cbor:"12,keyasint,omitempty" json:"versions,omitempty"`
	Latest    Ref          `cbor:"13,keyasint,omitempty" json:"latest,omitempty"` // the frozen order that stands
	Changes   []PlanChange `cbor:"14,keyasint,omitempty" json:"changes,omitempty"`
	Announced []Announced  `cbor:"15,keyasint,omitempty" json:"announced,omitempty"`
	Debriefs  []Debrief    `cbor:"16,keyasint,omitempty" json:"debriefs,omitempty"`
	Risked    int          `cbor:"17,keyasint,omitempty" json:"-"` // risk rows ever added: a number is not used again
}

// PlanAim is what the operation is to bring about, and who commands it: roles, not ranks.
type PlanAim struct {
	Background string   `cbor:"1,keyasint,omitempty" json:"background,omitempty"`
	Community  string   `cbor:"2,keyasint,omitempty" json:"community,omitempty"` // community impact
	Objectives []string `cbor:"3,keyasint,omitempty" json:"objectives,omitempty"`
	Success    string   `cbor:"4,keyasint,omitempty" json:"success,omitempty"` // how it will be known
	Gold       string   `cbor:"5,keyasint,omitempty" json:"gold,omitempty"`
	Silver     string   `cbor:"6,keyasint,omitempty" json:"silver,omitempty"`
	Bronze     string   `cbor:"7,keyasint,omitempty" json:"bronze,omitempty"`
}

// Phase is a stretch of an operation with a name: research, package, brief, execute, custody, debrief.
type Phase struct {
	Name string    `cbor:"1,keyasint" json:"name"`
	From time.Time `cbor:"2,keyasint" json:"from"`
	To   time.Time `cbor:"3,keyasint,omitzero" json:"to,omitzero"`
	Note string    `cbor:"4,keyasint,omitempty" json:"note,omitempty"`
}

// Team is who goes where: officers with a vehicle, a rendezvous, a custody suite and the targets they go for.
type Team struct {
	Name     string `cbor:"1,keyasint" json:"name"`
	Unit     Unit   `cbor:"2,keyasint,omitempty" json:"unit,omitempty"`
	Officers []Ref  `cbor:"3,keyasint,omitempty" json:"officers,omitempty"` // the first leads it
	Call     string `cbor:"4,keyasint,omitempty" json:"call_sign,omitempty"`
	Vehicle  string `cbor:"5,keyasint,omitempty" json:"vehicle,omitempty"`
	RV       string `cbor:"6,keyasint,omitempty" json:"rv,omitempty"`
	Suite    string `cbor:"7,keyasint,omitempty" json:"suite,omitempty"`
	Targets  []Ref  `cbor:"8,keyasint,omitempty" json:"targets,omitempty"`
	Note     string `cbor:"9,keyasint,omitempty" json:"note,omitempty"` // routes, contingencies, search
}

// Risk is a row of the risk assessment: a risk to somebody and what is done about it.
type Risk struct {
	No      int    `cbor:"1,keyasint" json:"no"`
	To      RiskTo `cbor:"2,keyasint" json:"to"`
	Risk    string `cbor:"3,keyasint" json:"risk"`
	Control string `cbor:"4,keyasint" json:"control"`
	Target  Ref    `cbor:"5,keyasint,omitempty" json:"target,omitempty"` // "" for the whole operation
}

// PlanComms is how everybody is reached, and who tells the victim-survivor and when.
type PlanComms struct {
	Talkgroup string `cbor:"1,keyasint,omitempty" json:"talkgroup,omitempty"`
	Log       string `cbor:"2,keyasint,omitempty" json:"log,omitempty"` // CAD or operation log
	Tell      Ref    `cbor:"3,keyasint,omitempty" json:"tell,omitempty"`
	TellWhen  string `cbor:"4,keyasint,omitempty" json:"tell_when,omitempty"`
	Contact   string `cbor:"5,keyasint,omitempty" json:"-"` // the contact plan itself: need-to-know, annex only
	Media     string `cbor:"6,keyasint,omitempty" json:"media,omitempty"`
}

// PlanAdmin is the Administration of IIMARCH.
type PlanAdmin struct {
	Timings  string `cbor:"1,keyasint,omitempty" json:"timings,omitempty"`
	Kit      string `cbor:"2,keyasint,omitempty" json:"kit,omitempty"`
	Welfare  string `cbor:"3,keyasint,omitempty" json:"welfare,omitempty"`
	Loggist  Ref    `cbor:"4,keyasint,omitempty" json:"loggist,omitempty"`
	Exhibits Ref    `cbor:"5,keyasint,omitempty" json:"exhibits,omitempty"`
	Custody  string `cbor:"6,keyasint,omitempty" json:"custody,omitempty"` // interviews, searches, devices, CPS slots
}

// PlanLegal is the PLAN test – proportionate, legal, accountable, necessary – and the rights it is about.
type PlanLegal struct {
	Proportionate string `cbor:"1,keyasint,omitempty" json:"proportionate,omitempty"`
	Legal         string `cbor:"2,keyasint,omitempty" json:"legal,omitempty"`
	Accountable   string `cbor:"3,keyasint,omitempty" json:"accountable,omitempty"`
	Necessary     string `cbor:"4,keyasint,omitempty" json:"necessary,omitempty"`
	Rights        string `cbor:"5,keyasint,omitempty" json:"rights,omitempty"` // ECHR 2, 5, 8; equality; children
}

// Decision is an entry of the decision log in the order of the National Decision Model (College of Policing: CIAPOAR).
type Decision struct {
	At          time.Time `cbor:"1,keyasint" json:"at"`
	By          Ref       `cbor:"2,keyasint" json:"by"`
	Decision    string    `cbor:"3,keyasint" json:"decision"`
	Ethics      string    `cbor:"4,keyasint,omitempty" json:"ethics,omitempty"`
	Information string    `cbor:"5,keyasint" json:"information"`
	Assessment  string    `cbor:"6,keyasint" json:"assessment"`
	Powers      string    `cbor:"7,keyasint" json:"powers"`
	Options     string    `cbor:"8,keyasint" json:"options"`
	Review      string    `cbor:"9,keyasint,omitempty" json:"review,omitempty"`
	Target      Ref       `cbor:"10,keyasint,omitempty" json:"target,omitempty"`
	Version     int       `cbor:"11,keyasint,omitempty" json:"version,omitempty"` // of the order that stood then
}

// Signature is an officer's name under the order, and the targets the order had when they put it there.
type Signature struct {
	At      time.Time `cbor:"1,keyasint" json:"at"`
	By      Ref       `cbor:"2,keyasint" json:"by"`
	As      Role      `cbor:"3,keyasint" json:"as"`
	Targets []Ref     `cbor:"4,keyasint,omitempty" json:"targets,omitempty"`
}

// PlanChange marks something changed after a signature or a freeze: what, who, when, and which signatures it cleared.
type PlanChange struct {
	At      time.Time `cbor:"1,keyasint" json:"at"`
	By      Ref       `cbor:"2,keyasint" json:"by,omitempty"`
	What    string    `cbor:"3,keyasint" json:"what"`
	Version int       `cbor:"4,keyasint,omitempty" json:"version,omitempty"` // the version it departs from; 0 before the first
	Cleared []Ref     `cbor:"5,keyasint,omitempty" json:"cleared,omitempty"` // whose signatures no longer stand
}

// Announced says that everybody was told of the changes made until then.
type Announced struct {
	At      time.Time `cbor:"1,keyasint" json:"at"`
	By      Ref       `cbor:"2,keyasint" json:"by"`
	How     string    `cbor:"3,keyasint" json:"how"`
	Version int       `cbor:"4,keyasint" json:"version"`
	Changes int       `cbor:"5,keyasint,omitempty" json:"changes,omitempty"` // changes to the plan it told of
	Joined  []Ref     `cbor:"6,keyasint,omitempty" json:"joined,omitempty"`  // targets it told had joined the list
	Left    []Ref     `cbor:"7,keyasint,omitempty" json:"left,omitempty"`    // and had left it
}

// PlanVersion is an operation order as it was frozen: the text as it was read out, never generated again.
type PlanVersion struct {
	Meta      `cbor:"-" json:"-"`
	Plan      Ref         `cbor:"1,keyasint" json:"plan"`
	Operation Ref         `cbor:"2,keyasint" json:"operation"`
	Unit      Unit        `cbor:"3,keyasint,omitempty" json:"unit,omitempty"`
	No        int         `cbor:"4,keyasint" json:"no"`
	At        time.Time   `cbor:"5,keyasint" json:"at"`
	By        Ref         `cbor:"6,keyasint" json:"by"`
	Signed    []Signature `cbor:"7,keyasint" json:"signed"`
	Text      string      `cbor:"8,keyasint" json:"text"`
	Annex     string      `cbor:"9,keyasint,omitempty" json:"-"` // need-to-know: never listed
	Digest    string      `cbor:"10,keyasint" json:"digest"`     // SHA-256 of text and annex
	Targets   []Ref       `cbor:"11,keyasint" json:"targets"`
	Officers  []Ref       `cbor:"12,keyasint" json:"officers"` // the teams: who has to read it
	Receipts  []ReadBy    `cbor:"13,keyasint,omitempty" json:"receipts,omitempty"`
}

// ReadBy is a read receipt: an officer says that they have read the version, with what was announced until then.
type ReadBy struct {
	Officer Ref       `cbor:"1,keyasint" json:"officer"`
	At      time.Time `cbor:"2,keyasint" json:"at"`
	Left    []Ref     `cbor:"3,keyasint,omitempty" json:"left,omitempty"` // targets they were told had left the list
}

// Links finds the plan from its operation.
func (p *Plan) Links() []Ref { return links(p.Operation) }

// Place puts the plan in the list of the operation's unit.
func (p *Plan) Place() (Unit, bool) { return p.Unit, true }

// Check wants an operation, and signatures in their order by two people.
func (p *Plan) Check() error {
	switch {
	case p.Operation.Kind() != KindOperation:
		return Refuse("operation", "a plan is of an operation", "Create the operation first")
	case len(p.Signed) > 0 && p.Signed[0].As != RoleSergeant, len(p.Signed) > 1 && p.Signed[1].As != RoleLead, len(p.Signed) > 2:
		return Refuse("operation", "an operation order is signed by a sergeant and then by the lead", "Sign in that order")
	case len(p.Signed) > 1 && p.Signed[0].By == p.Signed[1].By:
		return Refuse("operation", "the two signatures under an order are of two officers", "Ask the other to sign")
	}
	for _, r := range p.Risks {
		if r.To == "" || r.Risk == "" || r.Control == "" {
			return Refuse("control", "a risk says to whom it is and what is done about it", "Give all three")
		}
	}
	return p.checkNames()
}

func (p *Plan) checkNames() error {
	for i, ph := range p.Phases {
		switch {
		case ph.Name == "" || ph.From.IsZero():
			return Refuse("from", "a phase has a name and a beginning", "Enter both")
		case !ph.To.IsZero() && !ph.To.After(ph.From):
			return Refuse("to", "a phase ends after it begins", "Check both times")
		case slices.ContainsFunc(p.Phases[:i], func(q Phase) bool { return q.Name == ph.Name }):
			return Refuse("name", "two phases are called "+ph.Name, "Give each its own name")
		}
	}
	for i, t := range p.Teams {
		if t.Name == "" || slices.ContainsFunc(p.Teams[:i], func(q Team) bool { return q.Name == t.Name }) {
			return Refuse("name", "each team has a name of its own", "Enter another name")
		}
	}
	return nil
}

// Links finds the version from its plan and its operation.
func (v *PlanVersion) Links() []Ref { return links(v.Plan, v.Operation) }

// Place is none: versions are read on the plan.
func (v *PlanVersion) Place() (Unit, bool) { return v.Unit, false }

// Check holds a version to what makes it one: a number, both signatures, and a text its digest agrees with.
func (v *PlanVersion) Check() error {
	switch {
	case v.No < 1 || len(v.Signed) != 2:
		return Refuse("operation", "a frozen order has a number and two signatures", "Freeze the order again")
	case v.Digest != orderDigest(v.Text, v.Annex):
		return Refuse("operation", "the text of "+string(v.Ref)+" is not the one that was frozen", "Tell an administrator: the record has been altered")
	}
	return nil
}

// State is where the plan stands, in a few words.
func (p *Plan) State() string {
	version := "version " + itoa(p.Versions)
	switch {
	case len(p.Signed) == 2:
		return "signed, not frozen"
	case len(p.Signed) == 1:
		return "signed by the sergeant"
	case p.Versions == 0:
		return "draft"
	case p.Changed():
		return "changed since " + version
	}
	return version
}

// Changed reports whether the plan has been changed since the version that stands, announced or not.
func (p *Plan) Changed() bool {
	return slices.ContainsFunc(p.Changes, func(c PlanChange) bool { return c.Version == p.Versions })
}

// TeamOf finds the team that goes for a target.
func (p *Plan) TeamOf(target Ref) (Team, bool) {
	i := slices.IndexFunc(p.Teams, func(t Team) bool { return slices.Contains(t.Targets, target) })
	if i < 0 {
		return Team{}, false
	}
	return p.Teams[i], true
}

// Readers are the officers who have to read the order: the teams, those who sign nothing but have a job in it.
func (p *Plan) Readers() []Ref {
	var out []Ref
	for _, t := range p.Teams {
		out = append(out, t.Officers...)
	}
	out = links(append(out, p.Admin.Loggist, p.Admin.Exhibits, p.Comms.Tell)...)
	slices.Sort(out)
	return slices.Compact(out)
}

// Unannounced is what has changed since the version that stands and nobody has yet been told of.
type Unannounced struct {
	Changes []PlanChange // made to the plan
	Joined  []*Target    // on the list, and not in the order
	Left    []*Target    // in the order, and no longer on the list
}

// Len counts the changes.
func (u Unannounced) Len() int { return len(u.Changes) + len(u.Joined) + len(u.Left) }

// Words says each change in a line.
func (u Unannounced) Words() []string {
	var out []string
	for _, c := range u.Changes {
		out = append(out, c.What)
	}
	for _, t := range u.Joined {
		out = append(out, string(t.Ref)+" joined the list")
	}
	for _, t := range u.Left {
		out = append(out, string(t.Ref)+" left the list: "+string(t.State))
	}
	return out
}

// Unannounced finds the changes to a frozen order that have to be announced: those made to the plan, and the targets
// that joined the list or left it meanwhile.
func (p *Plan) Unannounced(v *PlanVersion, targets []*Target) Unannounced {
	var out Unannounced
	if v == nil {
		return out
	}
	told, joined, left := 0, slices.Clone(v.Targets), []Ref(nil)
	for _, a := range p.Announced {
		if a.Version == v.No {
			told, joined, left = told+a.Changes, append(joined, a.Joined...), append(left, a.Left...)
		}
	}
	for _, c := range p.Changes {
		if c.Version != v.No {
			continue
		}
		if told--; told < 0 {
			out.Changes = append(out.Changes, c)
		}
	}
	for _, t := range targets {
		known := slices.Contains(joined, t.Ref)
		switch {
		case t.State == TargetLive && !known:
			out.Joined = append(out.Joined, t)
		case t.State != TargetLive && known && !slices.Contains(left, t.Ref):
			out.Left = append(out.Left, t)
		}
	}
	return out
}

// Unread are the officers who have to read the version and have not said that they did.
func (v *PlanVersion) Unread() []Ref {
	return slices.DeleteFunc(slices.Clone(v.Officers), func(o Ref) bool { _, read := v.ReadAt(o); return read })
}

// ReadAt is when an officer last said that they had read the version.
func (v *PlanVersion) ReadAt(officer Ref) (at time.Time, ok bool) {
	for _, r := range v.Receipts {
		if r.Officer == officer {
			at, ok = r.At, true
		}
	}
	return at, ok
}

// knows reports whether an officer has acknowledged that a target left the list.
func (v *PlanVersion) knows(officer, target Ref) bool {
	return slices.ContainsFunc(v.Receipts, func(r ReadBy) bool { return r.Officer == officer && slices.Contains(r.Left, target) })
}

// Recall is a target that left the list after the order was frozen, and who still holds the order without having
// acknowledged it. Removal that does not reach the packs already made is no removal (ICO v Met, 2018).
type Recall struct {
	Version int         `json:"version"`
	Target  Ref         `json:"target"`
	As      TargetState `json:"as"`
	At      time.Time   `json:"at"`
	Waiting []Ref       `json:"waiting"`
}

// Recalls lists the targets of a frozen order that have since left the list. It is worked out, not stored: undoing a
// removal takes its recall back, and nothing can leave a list without one.
func (v *PlanVersion) Recalls(targets []*Target) []Recall {
	var out []Recall
	for _, t := range targets {
		if t.State == TargetLive || !slices.Contains(v.Targets, t.Ref) {
			continue
		}
		r := Recall{Version: v.No, Target: t.Ref, As: t.State, At: t.Ended}
		for _, o := range v.holders() {
			if !v.knows(o, t.Ref) {
				r.Waiting = append(r.Waiting, o)
			}
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b Recall) int { return a.At.Compare(b.At) })
	return out
}

// holders are the officers who have the version: those who had to read it and those who did.
func (v *PlanVersion) holders() []Ref {
	out := slices.Clone(v.Officers)
	for _, r := range v.Receipts {
		out = append(out, r.Officer)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// announceHours is how soon a change to a frozen order is announced. Local practice.
const announceHours = 1

func (p *Plan) clocks(Watch) []Due {
	told := 0
	for _, a := range p.Announced {
		if a.Version == p.Versions {
			told += a.Changes
		}
	}
	for _, c := range p.Changes {
		if p.Versions == 0 || c.Version != p.Versions {
			continue
		}
		if told--; told < 0 {
			return []Due{{
				Rule: "announce the change to the order", Citation: Local, Start: c.At, Deadline: c.At.Add(announceHours * time.Hour), Owner: c.By,
				Missed: "teams go out on an order that no longer stands", Settle: "plan.announce",
			}}
		}
	}
	return nil
}

func (p *Plan) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.About, line.Count = "plan", p.State(), p.Operation, p.Versions
	line.What = itoa(len(p.Teams)) + " teams · " + itoa(len(p.Phases)) + " phases"
	if r, err := l.src.Record(p.Operation); err == nil {
		if op, ok := r.(*Operation); ok {
			line.Name, line.AboutName, line.Due, line.Owner = op.Name, op.Name, op.From, op.Lead
			line.Live = !op.State(day.On(l.now)).Over()
		}
	}
}

func (v *PlanVersion) row(_ *Liner, line *Line) {
	line.Kind, line.Status, line.About, line.Count, line.Since, line.Owner = "order frozen", "version "+itoa(v.No), v.Plan, v.No, v.At, v.By
	line.What = itoa(len(v.Targets)) + " targets · read by " + itoa(len(v.Officers)-len(v.Unread())) + " of " + itoa(len(v.Officers))
}
