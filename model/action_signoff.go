package model

import (
	"slices"
	"strings"
)

func signoffActions() []Spec {
	from := []Kind{KindOperation, KindPlan}
	return []Spec{
		spec[planDecide]("plan.decide", "Log a decision", "Adds an entry to the decision log, in the order of the National Decision Model. An entry is never changed.", anyone(), from...),
		weighty(spec[planSign]("plan.sign", "Sign the order", "Signs the operation order: a sergeant first, then the lead.", supervisors(), from...)),
		weighty(spec[planFreeze]("plan.freeze", "Freeze the order", "Makes a numbered version of the signed order, to brief from; its text never changes again.", supervisors(), from...)),
		spec[planRead]("plan.read", "Say that you have read the order", "Gives your read receipt for the frozen order and for whatever was announced or recalled since.", anyone(), from...),
		weighty(spec[planAnnounce]("plan.announce", "Announce the changes", "Says that the teams were told what has changed since the order was frozen.", supervisors(), from...)),
	}
}

type planDecide struct {
	Information string `do:"information" label:"Information" opts:"need,long" help:"Enter what is known, and how well"`
	Assessment  string `do:"assessment" label:"Assessment" opts:"need,long" help:"Enter threat, risk and what may go wrong"`
	Powers      string `do:"powers" label:"Powers and policy" opts:"need,long"`
	Options     string `do:"options" label:"Options" opts:"need,long" help:"Enter those considered, and why not"`
	Decision    string `do:"decision" label:"Action" opts:"need,long" help:"Enter what is decided, and why"`
	Review      string `do:"review" label:"Review" help:"Enter when it is looked at again"`
	Ethics      string `do:"ethics" label:"Code of Ethics" opts:"fold,long"`
	Target      Ref    `do:"target" label:"Target" kinds:"TG" opts:"fold"`
	Operation   Ref    `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

func (a *planDecide) Apply(c *Change) error {
	p, err := papersOf(c, a.Operation)
	if err != nil {
		return err
	}
	if a.Target != "" && !slices.ContainsFunc(p.targets, func(t *Target) bool { return t.Ref == a.Target }) {
		return Refuse("target", string(a.Target)+" is not a target of "+p.op.Name, "Choose a target of this operation, or leave it empty")
	}
	p.plan.Decisions = append(p.plan.Decisions, Decision{
		At: c.Now, By: c.By.Ref, Decision: a.Decision, Ethics: a.Ethics, Information: a.Information, Assessment: a.Assessment, Powers: a.Powers,
		Options: a.Options, Review: a.Review, Target: a.Target, Version: p.plan.Versions,
	})
	return c.Put(p.plan)
}

type planSign struct {
	Operation Ref `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need"`
}

func (a *planSign) Apply(c *Change) error {
	p, err := openPapers(c, a.Operation)
	if err != nil {
		return err
	}
	if err := p.ready(c); err != nil {
		return err
	}
	if !p.signedForAll() { // a target has come back since: both look at the order again
		p.plan.Signed = nil
	}
	as, err := p.signs(c)
	if err != nil {
		return err
	}
	p.plan.Signed = append(p.plan.Signed, Signature{At: c.Now, By: c.By.Ref, As: as, Targets: refsOf(p.live())})
	return c.Put(p.plan)
}

// signs is the role in which the officer may sign now: a sergeant first, then the lead, and never one officer twice.
func (p *papers) signs(c *Change) (Role, error) {
	signed := p.plan.Signed
	switch {
	case len(signed) == 2:
		return "", Refuse("operation", "the order is signed by "+c.nameOf(signed[0].By)+" and "+c.nameOf(signed[1].By), "Freeze it with plan.freeze")
	case len(signed) == 0 && c.By.Has(RoleSergeant):
		return RoleSergeant, nil
	case len(signed) == 0:
		return "", Refuse("operation", "a sergeant signs the order before the lead does", "Ask the sergeant who planned it to sign first; you are "+c.By.Call())
	case signed[0].By == c.By.Ref:
		return "", Refuse("operation", "you have signed already, and the second signature is another officer's", "Ask the lead to sign")
	case !c.By.Has(RoleLead):
		return "", Refuse("operation", "the second signature is the lead's", "Ask the lead to sign; you are "+c.By.Call())
	}
	return RoleLead, nil
}

// ready refuses an order that cannot be briefed from, or that stands frozen as it is.
func (p *papers) ready(c *Change) error {
	in, err := PapersOf(c.src, p.op.Ref)
	if err != nil {
		return err
	}
	order := OperationOrder(in, c.Now)
	if stops := order.Stops(); len(stops) > 0 {
		words := make([]string, len(stops))
		for i, g := range stops {
			words[i] = g.What
		}
		return Refuse("operation", "the order cannot be briefed from: "+strings.Join(words[:min(3, len(words))], "; ")+andMore(len(words)-3), stops[0].Do)
	}
	for _, t := range p.plan.Teams { // what stood before nobody then may stand before somebody now
		if err := p.mayGo(c, t); err != nil {
			return err
		}
	}
	if p.plan.Versions > 0 && !p.plan.Changed() && p.plan.Unannounced(in.Standing, p.targets).Len() == 0 {
		return Refuse("operation", "version "+itoa(p.plan.Versions)+" stands and nothing has changed since", "Brief from it")
	}
	return nil
}

func andMore(n int) string {
	if n <= 0 {
		return ""
	}
	return "; and " + itoa(n) + " more"
}

func refsOf[R Record](records []R) []Ref {
	out := make([]Ref, len(records))
	for i, r := range records {
		out[i] = r.Head().Ref
	}
	return out
}

type planFreeze struct {
	Operation Ref `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need"`
}

func (a *planFreeze) Apply(c *Change) error {
	p, err := openPapers(c, a.Operation)
	if err != nil {
		return err
	}
	if err := p.signedFor(); err != nil {
		return err
	}
	if err := p.ready(c); err != nil {
		return err
	}
	if err := p.sendTeams(c, p.plan.Teams...); err != nil {
		return err
	}
	in, err := PapersOf(c.src, p.op.Ref)
	if err != nil {
		return err
	}
	p.plan.Versions++
	in.Plan = p.plan
	order := OperationOrder(in, c.Now)
	v := &PlanVersion{
		Plan: p.plan.Ref, Operation: p.op.Ref, Unit: p.op.Unit, No: p.plan.Versions, At: c.Now, By: c.By.Ref, Signed: p.plan.Signed,
		Text: order.Text(), Annex: order.AnnexText(), Targets: refsOf(p.live()), Officers: p.plan.Readers(),
	}
	v.Digest = orderDigest(v.Text, v.Annex)
	if err := c.Put(v); err != nil {
		return err
	}
	p.plan.Latest, p.plan.Signed = v.Ref, nil
	return c.Put(p.plan)
}

// signedFor refuses to freeze what nobody has signed: without both signatures, or with a target they have not seen.
func (p *papers) signedFor() error {
	switch len(p.plan.Signed) {
	case 0:
		return Refuse("operation", "the order is not signed", "A sergeant signs it, then the lead, with plan.sign")
	case 1:
		return Refuse("operation", "the lead has not signed the order", "Ask the lead to sign it with plan.sign")
	}
	if !p.signedForAll() {
		return Refuse("operation", "a target joined the list after the order was signed", "Plan for it, and sign again")
	}
	return nil
}

// signedForAll reports whether every signature was given with every target of today in sight.
func (p *papers) signedForAll() bool {
	for _, s := range p.plan.Signed {
		if slices.ContainsFunc(p.live(), func(t *Target) bool { return !slices.Contains(s.Targets, t.Ref) }) {
			return false
		}
	}
	return true
}

type planRead struct {
	Version   int `do:"version" label:"Version" help:"Empty: the one that stands"`
	Operation Ref `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need"`
}

func (a *planRead) Apply(c *Change) error {
	p, v, err := standing(c, a.Operation)
	if err != nil {
		return err
	}
	if a.Version != 0 && a.Version != v.No {
		return &Problem{Code: Conflict, Field: "version", Rule: "version " + itoa(v.No) + " stands, not version " + itoa(a.Version), Do: "Read version " + itoa(v.No)}
	}
	receipt := ReadBy{Officer: c.By.Ref, At: c.Now}
	for _, r := range v.Recalls(p.targets) {
		receipt.Left = append(receipt.Left, r.Target)
	}
	at, read := v.ReadAt(c.By.Ref)
	fresh := slices.ContainsFunc(receipt.Left, func(t Ref) bool { return !v.knows(c.By.Ref, t) }) ||
		slices.ContainsFunc(p.plan.Announced, func(n Announced) bool { return n.Version == v.No && !n.At.Before(at) })
	if read && !fresh {
		return Refuse("operation", "you have read version "+itoa(v.No)+", and nothing was announced or recalled since", "Nothing needs doing")
	}
	v.Receipts = append(v.Receipts, receipt)
	return c.Put(v)
}

// standing is the frozen order that stands, with the papers it was made from.
func standing(c *Change, ref Ref) (*papers, *PlanVersion, error) {
	p, err := papersOf(c, ref)
	if err != nil {
		return nil, nil, err
	}
	if p.plan.Latest == "" {
		return nil, nil, Refuse("operation", "the order of "+p.op.Name+" has not been frozen", "Wait for the order; plan.freeze makes it")
	}
	v, err := Load[*PlanVersion](c, "operation", p.plan.Latest)
	return p, v, err
}

type planAnnounce struct {
	How       string `do:"how" label:"How they were told" opts:"need" help:"Enter at the briefing, over the talkgroup, by telephone ..."`
	Operation Ref    `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

func (a *planAnnounce) Apply(c *Change) error {
	p, v, err := standing(c, a.Operation)
	if err != nil {
		return err
	}
	news := p.plan.Unannounced(v, p.targets)
	if news.Len() == 0 {
		return Refuse("operation", "nothing has changed since version "+itoa(v.No)+" that was not announced", "Nothing needs doing")
	}
	p.plan.Announced = append(p.plan.Announced, Announced{
		At: c.Now, By: c.By.Ref, How: a.How, Version: v.No, Changes: len(news.Changes), Joined: refsOf(news.Joined), Left: refsOf(news.Left),
	})
	c.Reason = "announced " + a.How + ": " + strings.Join(news.Words(), "; ")
	return c.Put(p.plan)
}
