package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

func planActions() []Spec {
	from := []Kind{KindOperation, KindPlan}
	return []Spec{
		spec[planAim]("plan.aim", "Write the intention", "Background, objectives and command of the operation order. Empty fields stay as they are.", supervisors(), from...),
		spec[planPhase]("plan.phase", "Plan a phase", "Adds a phase to the plan, or changes the one of that name.", supervisors(), from...),
		spec[planTeam]("plan.team", "Plan a team", "Says who goes where: officers, vehicle, RV, custody suite and targets. Changes the team of that name if there is one.",
			supervisors(), from...),
		spec[planRisk]("plan.risk", "Assess a risk", "Adds a row to the risk assessment: to whom, what, and what is done about it.", anyone(), from...),
		spec[planComms]("plan.comms", "Plan communications", "Talkgroup, operation log, and who tells the victim-survivor and when. Empty fields stay as they are.", supervisors(), from...),
		spec[planAdmin]("plan.admin", "Plan administration", "Timings, kit, welfare, loggist and exhibits officer. Empty fields stay as they are.", supervisors(), from...),
		spec[planLegal]("plan.legal", "Write the PLAN test", "Why the operation is proportionate, legal, accountable and necessary. Empty fields stay as they are.", supervisors(), from...),
	}
}

// papers are an operation and its plan while an action works on them.
type papers struct {
	op      *Operation
	plan    *Plan
	targets []*Target
}

// papersOf finds the operation and its plan from a reference to either; the plan is new when there is none yet.
func papersOf(c *Change, ref Ref) (*papers, error) {
	p := &papers{}
	if ref.Kind() == KindPlan {
		plan, err := Load[*Plan](c, "operation", ref)
		if err != nil {
			return nil, err
		}
		ref = plan.Operation
	}
	var err error
	if p.op, err = Load[*Operation](c, "operation", ref); err != nil {
		return nil, err
	}
	plans, err := linked[*Plan](c, p.op.Ref, KindPlan)
	if err != nil {
		return nil, err
	}
	if len(plans) > 0 {
		p.plan = plans[0]
	} else {
		p.plan = &Plan{Operation: p.op.Ref, Unit: p.op.Unit}
	}
	p.targets, err = linked[*Target](c, p.op.Ref, KindTarget)
	return p, err
}

// openPapers are the papers of an operation that can still be planned.
func openPapers(c *Change, ref Ref) (*papers, error) {
	p, err := papersOf(c, ref)
	if err == nil && p.op.State(day.On(c.Now)).Over() {
		err = Refuse("operation", p.op.Name+" ended on "+p.op.lastDay().Long(), "Create a new operation")
	}
	return p, err
}

// live are the targets on the list.
func (p *papers) live() []*Target {
	return slices.DeleteFunc(slices.Clone(p.targets), func(t *Target) bool { return t.State != TargetLive })
}

// change keeps a plan that has been changed. A signature stands under what was signed: a change takes it away, and says
// so; a change to a frozen order is marked until it is announced.
func (p *papers) change(c *Change, what string) error {
	note := PlanChange{At: c.Now, By: c.By.Ref, What: what, Version: p.plan.Versions}
	names := make([]string, len(p.plan.Signed))
	for i, s := range p.plan.Signed {
		note.Cleared = append(note.Cleared, s.By)
		names[i] = c.nameOf(s.By)
	}
	p.plan.Signed = nil
	if len(names) > 0 {
		note.What += "; the order is no longer signed by " + strings.Join(names, " and ")
	}
	if len(names) > 0 || p.plan.Versions > 0 {
		p.plan.Changes = append(p.plan.Changes, note)
		c.Reason = note.What
	}
	return c.Put(p.plan)
}

// fill sets what was given and leaves the rest.
func fill[T comparable](to *T, given T) (changed bool) {
	var none T
	if given == none || given == *to {
		return false
	}
	*to = given
	return true
}

// some reports whether any of several was set; each has been tried.
func some(changed ...bool) bool { return slices.Contains(changed, true) }

func nothingNew(field string) error {
	return Refuse(field, "nothing is to be changed", "Fill in at least one field with something new")
}

type planAim struct {
	Background string   `do:"background" label:"Background" opts:"long" help:"Enter brief history and timeline; nothing that names a victim-survivor"`
	Objectives []string `do:"objectives" label:"Objectives" opts:"long" help:"Enter one on each line; they replace those there are"`
	Success    string   `do:"success" label:"What success is"`
	Community  string   `do:"community" label:"Community impact" opts:"long"`
	Gold       string   `do:"gold" label:"Gold" opts:"fold"`
	Silver     string   `do:"silver" label:"Silver" opts:"fold"`
	Bronze     string   `do:"bronze" label:"Bronze" opts:"fold"`
	Operation  Ref      `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

func (a *planAim) Apply(c *Change) error {
	p, err := openPapers(c, a.Operation)
	if err != nil {
		return err
	}
	to := &p.plan.Aim
	objectives := len(a.Objectives) > 0 && !slices.Equal(a.Objectives, to.Objectives)
	if objectives {
		to.Objectives = a.Objectives
	}
	if !some(objectives, fill(&to.Background, a.Background), fill(&to.Success, a.Success), fill(&to.Community, a.Community),
		fill(&to.Gold, a.Gold), fill(&to.Silver, a.Silver), fill(&to.Bronze, a.Bronze)) {
		return nothingNew("objectives")
	}
	return p.change(c, "intention changed")
}

type planPhase struct {
	Name      string    `do:"name" label:"Phase" opts:"need" help:"Enter research, package, brief, execute, custody or debrief, or a name of your own"`
	From      time.Time `do:"from" label:"From" help:"Enter a time such as 2026-12-01 05:00"`
	To        time.Time `do:"to" label:"Until" help:"Enter a time such as 2026-12-01 09:00"`
	Note      string    `do:"note" label:"Note" opts:"long"`
	Remove    bool      `do:"remove" label:"Remove it" opts:"fold"`
	Operation Ref       `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

func (a *planPhase) Apply(c *Change) error {
	p, err := openPapers(c, a.Operation)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.plan.Phases, func(ph Phase) bool { return strings.EqualFold(ph.Name, a.Name) })
	if a.Remove {
		if i < 0 {
			return Refuse("name", "the plan has no phase "+a.Name, "Check its name")
		}
		p.plan.Phases = slices.Delete(p.plan.Phases, i, i+1)
		return p.change(c, "phase "+a.Name+" removed")
	}
	what := " changed"
	if i < 0 {
		p.plan.Phases, i, what = append(p.plan.Phases, Phase{Name: a.Name}), len(p.plan.Phases), " added"
	}
	ph := &p.plan.Phases[i]
	fill(&ph.From, a.From)
	fill(&ph.To, a.To)
	fill(&ph.Note, a.Note)
	slices.SortStableFunc(p.plan.Phases, func(a, b Phase) int { return a.From.Compare(b.From) })
	return p.change(c, "phase "+a.Name+what)
}

type planTeam struct {
	Name      string `do:"name" label:"Team" opts:"need"`
	Officers  []Ref  `do:"officers" label:"Officers" kinds:"O" help:"The first leads it; they replace those there are"`
	Targets   []Ref  `do:"targets" label:"Targets" kinds:"TG" help:"They replace those there are"`
	RV        string `do:"rv" label:"RV"`
	Suite     string `do:"suite" label:"Custody suite"`
	Vehicle   string `do:"vehicle" label:"Vehicle"`
	Call      string `do:"call_sign" label:"Call-sign"`
	Unit      Unit   `do:"unit" label:"Unit" opts:"fold" help:"Empty: that of its first target"`
	Note      string `do:"note" label:"Routes, contingencies" opts:"fold,long"`
	Remove    bool   `do:"remove" label:"Remove it" opts:"fold"`
	Operation Ref    `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

func (a *planTeam) Apply(c *Change) error {
	p, err := openPapers(c, a.Operation)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.plan.Teams, func(t Team) bool { return strings.EqualFold(t.Name, a.Name) })
	if a.Remove {
		if i < 0 {
			return Refuse("name", "the plan has no team "+a.Name, "Check its name")
		}
		gone := p.plan.Teams[i]
		p.plan.Teams = slices.Delete(p.plan.Teams, i, i+1)
		if err := p.standDown(c, gone); err != nil {
			return err
		}
		return p.change(c, "team "+a.Name+" removed")
	}
	if err := workingOfficers(c, "officers", a.Officers...); err != nil {
		return err
	}
	unit, err := a.checkTargets(p)
	if err != nil {
		return err
	}
	what := " changed"
	if i < 0 {
		p.plan.Teams, i, what = append(p.plan.Teams, Team{Name: a.Name}), len(p.plan.Teams), " added"
	}
	t := &p.plan.Teams[i]
	was := *t
	if len(a.Officers) > 0 {
		t.Officers = a.Officers
	}
	if len(a.Targets) > 0 {
		t.Targets = a.Targets
	}
	if p.plan.Versions > 0 && len(a.Officers)+len(a.Targets) > 0 { // a change to a frozen order goes out without being signed
		if err := p.mayGo(c, *t); err != nil {
			return err
		}
		if err := p.standDown(c, was); err != nil {
			return err
		}
		if err := p.sendTeams(c, *t); err != nil {
			return err
		}
	}
	fill(&t.Unit, firstUnit(a.Unit, t.Unit, unit, c.By.Unit))
	for _, e := range []struct {
		to    *string
		given string
	}{{&t.RV, a.RV}, {&t.Suite, a.Suite}, {&t.Vehicle, a.Vehicle}, {&t.Call, a.Call}, {&t.Note, a.Note}} {
		fill(e.to, e.given)
	}
	return p.change(c, "team "+a.Name+what)
}

// mayGo refuses to send a team after its targets while deconfliction or a safeguard stands before one of them. A draft
// sends nobody; an order that is signed sends officers as an assignment does.
func (p *papers) mayGo(c *Change, team Team) error {
	if len(team.Officers) == 0 {
		return nil
	}
	for _, t := range p.live() {
		if !slices.Contains(team.Targets, t.Ref) {
			continue
		}
		err := deconflicted(c, t)
		if err == nil {
			err = c.safeguarded("target.assign", t.Person)
		}
		if stop, ok := AsProblem(err); ok {
			return &Problem{Code: stop.Code, Field: "targets", Rule: string(t.Ref) + ": " + stop.Rule, Do: stop.Do}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkTargets holds a team's targets to the list: each on it, and no other team's. It returns the unit of the first.
func (a *planTeam) checkTargets(p *papers) (Unit, error) {
	var unit Unit
	for n, ref := range a.Targets {
		i := slices.IndexFunc(p.targets, func(t *Target) bool { return t.Ref == ref })
		switch {
		case i < 0:
			return "", Refuse("targets", string(ref)+" is not a target of "+p.op.Name, "Choose targets of this operation")
		case p.targets[i].State != TargetLive:
			return "", Refuse("targets", string(ref)+" left the list as "+string(p.targets[i].State), "Leave it out")
		case slices.Contains(a.Targets[:n], ref):
			return "", Refuse("targets", string(ref)+" is named twice", "Name each target once")
		}
		if other, ok := p.plan.TeamOf(ref); ok && !strings.EqualFold(other.Name, a.Name) {
			return "", Refuse("targets", string(ref)+" is given to team "+other.Name, "Take it from that team first, or the two meet at one door")
		}
		unit = firstUnit(unit, p.targets[i].Unit)
	}
	return unit, nil
}

type planRisk struct {
	To        RiskTo `do:"to" label:"Risk to"`
	Risk      string `do:"risk" label:"Risk" opts:"long"`
	Control   string `do:"control" label:"Control" opts:"long" help:"Enter what is done about it"`
	Target    Ref    `do:"target" label:"Target" kinds:"TG" opts:"fold" help:"Empty: the whole operation"`
	No        int    `do:"no" label:"Row" opts:"fold" help:"Empty: a new row; else the number of the row to change"`
	Remove    bool   `do:"remove" label:"Remove it" opts:"fold"`
	Operation Ref    `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

func (a *planRisk) Apply(c *Change) error {
	p, err := openPapers(c, a.Operation)
	if err != nil {
		return err
	}
	if a.Target != "" && !slices.ContainsFunc(p.targets, func(t *Target) bool { return t.Ref == a.Target }) {
		return Refuse("target", string(a.Target)+" is not a target of "+p.op.Name, "Choose a target of this operation, or leave it empty")
	}
	if a.No == 0 && !a.Remove {
		p.plan.Risked++
		p.plan.Risks = append(p.plan.Risks, Risk{No: p.plan.Risked, To: a.To, Risk: a.Risk, Control: a.Control, Target: a.Target})
		return p.change(c, "risk row "+itoa(p.plan.Risked)+" added")
	}
	i := slices.IndexFunc(p.plan.Risks, func(r Risk) bool { return r.No == a.No })
	if i < 0 {
		return Refuse("no", "the risk assessment has no row "+itoa(a.No), "Give the number that stands before the row")
	}
	if a.Remove {
		p.plan.Risks = slices.Delete(p.plan.Risks, i, i+1)
		return p.change(c, "risk row "+itoa(a.No)+" removed")
	}
	r := &p.plan.Risks[i]
	if !some(fill(&r.To, a.To), fill(&r.Risk, a.Risk), fill(&r.Control, a.Control), fill(&r.Target, a.Target)) {
		return nothingNew("risk")
	}
	return p.change(c, "risk row "+itoa(a.No)+" changed")
}

type planComms struct {
	Tell      Ref    `do:"tell" label:"Tells the victim-survivor" kinds:"O"`
	TellWhen  string `do:"tell_when" label:"When they are told" help:"Enter before the knock, on arrest, before release ..."`
	Contact   string `do:"contact" label:"Contact plan" opts:"long,hide" help:"Kept on need-to-know: it stands in the confidential annex only"`
	Talkgroup string `do:"talkgroup" label:"Talkgroup"`
	Log       string `do:"log" label:"CAD or operation log"`
	Media     string `do:"media" label:"Media lines" opts:"fold,long"`
	Operation Ref    `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

func (a *planComms) Apply(c *Change) error {
	p, err := openPapers(c, a.Operation)
	if err != nil {
		return err
	}
	if err := workingOfficers(c, "tell", a.Tell); err != nil {
		return err
	}
	to := &p.plan.Comms
	if !some(fill(&to.Tell, a.Tell), fill(&to.TellWhen, a.TellWhen), fill(&to.Contact, a.Contact), fill(&to.Talkgroup, a.Talkgroup),
		fill(&to.Log, a.Log), fill(&to.Media, a.Media)) {
		return nothingNew("tell")
	}
	return p.change(c, "communications changed")
}

type planAdmin struct {
	Timings   string `do:"timings" label:"Timings" opts:"long"`
	Kit       string `do:"kit" label:"Kit and PPE"`
	Welfare   string `do:"welfare" label:"Welfare"`
	Loggist   Ref    `do:"loggist" label:"Loggist" kinds:"O"`
	Exhibits  Ref    `do:"exhibits" label:"Exhibits officer" kinds:"O"`
	Custody   string `do:"custody" label:"Custody plan" opts:"fold,long" help:"Enter interviews, searches under s.18 and s.32, devices, samples, CPS slots"`
	Operation Ref    `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

func (a *planAdmin) Apply(c *Change) error {
	p, err := openPapers(c, a.Operation)
	if err != nil {
		return err
	}
	if err := workingOfficers(c, "loggist", a.Loggist); err != nil {
		return err
	}
	if err := workingOfficers(c, "exhibits", a.Exhibits); err != nil {
		return err
	}
	to := &p.plan.Admin
	if !some(fill(&to.Timings, a.Timings), fill(&to.Kit, a.Kit), fill(&to.Welfare, a.Welfare), fill(&to.Loggist, a.Loggist),
		fill(&to.Exhibits, a.Exhibits), fill(&to.Custody, a.Custody)) {
		return nothingNew("timings")
	}
	return p.change(c, "administration changed")
}

type planLegal struct {
	Proportionate string `do:"proportionate" label:"Proportionate" opts:"long"`
	Legal         string `do:"legal" label:"Legal" opts:"long"`
	Accountable   string `do:"accountable" label:"Accountable" opts:"long"`
	Necessary     string `do:"necessary" label:"Necessary" opts:"long" help:"Enter why each arrest is necessary (PACE Code G)"`
	Rights        string `do:"rights" label:"Rights, equality, children" opts:"fold,long" help:"Enter ECHR articles 2, 5 and 8; equality; children at the address"`
	Operation     Ref    `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

func (a *planLegal) Apply(c *Change) error {
	p, err := openPapers(c, a.Operation)
	if err != nil {
		return err
	}
	to := &p.plan.Legal
	if !some(fill(&to.Proportionate, a.Proportionate), fill(&to.Legal, a.Legal), fill(&to.Accountable, a.Accountable),
		fill(&to.Necessary, a.Necessary), fill(&to.Rights, a.Rights)) {
		return nothingNew("necessary")
	}
	return p.change(c, "the PLAN test changed")
}
