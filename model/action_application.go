package model

import (
	"cmp"
	"slices"
	"strings"

	"pou/model/day"
)

func applicationActions() []Spec {
	on := KindApplication
	return []Spec{
		spec[appOpen]("application.open", "Open an SPO application", "Begins an application for a stalking protection order against a person.", anyone(), KindPerson),
		spec[appPeople]("application.people", "Name who is protected", "Records who the order is to protect and who was the victim of the acts; they need not be the same.", anyone(), on),
		spec[appTerms]("application.terms", "Set the terms", "Records the territorial test, how long the order is asked for, where it applies, and who drafts it.", anyone(), on),
		spec[appLimb]("application.limb", "Evidence a limb", "Adds, replaces or removes evidence of one of the three limbs of SPA 2019 s.1(1).", anyone(), on),
		spec[appAct]("application.act", "Add to the chronology", "Adds, replaces or removes an act associated with stalking; acts abroad and before the Act count.", anyone(), on),
		spec[appCondition]("application.condition", "Propose a condition", "Adds, replaces or removes a condition, with its reason, its evidence and how it is monitored.", anyone(), on),
		spec[appViews]("application.views", "Record the victim's views", "Records the victim-survivor's views and the impact on them, for the court's copy only.", anyone(), on),
		spec[appRisk]("application.risk", "Record the risk", "Records a named assessor's judgement of the risk.", anyone(), on),
		spec[appChecks]("application.checks", "Record the checks", "Records that intelligence, or previous orders and breaches, were checked, and what is relied on.", anyone(), on),
		spec[appInterim]("application.interim", "Decide on an interim order", "Records whether an interim order is sought, why it is appropriate, and with what notice.", anyone(), on),
		spec[appLegal]("application.legal", "Record legal sign-off", "Records that a lawyer has approved the papers as they stand.", orderKeepers(), on),
		spec[appAuthorise]("application.authorise", "Authorise the application", "Signs the papers as an inspector or above who has not drafted any of them.", []Role{RoleLead}, on),
		spec[appLodge]("application.lodge", "Lodge the application", "Records that the complete and signed papers were lodged at court.", orderKeepers(), on),
		spec[appHearing]("application.hearing", "Fix a hearing", "Records when and where the application is heard, and that the hearsay notice was served.", anyone(), on),
		spec[appResult]("application.result", "Record the result", "Records what the court did; an order that is made becomes an order on record with its conditions.", orderKeepers(), on),
	}
}

// draftOf loads an application that may still be worked on.
func draftOf(c *Change, ref Ref) (*Application, error) {
	a, err := Load[*Application](c, "application", ref)
	if err != nil {
		return nil, err
	}
	if !a.Stage.Live() {
		return nil, Refuse("application", string(a.Ref)+" was determined on "+a.Ended.Long()+": "+string(a.Stage), "Open a new application if there is more to ask for")
	}
	return a, nil
}

// edited keeps a change to the papers: who made it may no longer authorise them, and signatures given before it are void.
func (a *Application) edited(c *Change, what string) error {
	if !slices.Contains(a.Drafters, c.By.Ref) {
		a.Drafters = append(a.Drafters, c.By.Ref)
	}
	a.Changed = c.Now
	var void []string
	for i, s := range a.Signs {
		if s.Void == "" {
			a.Signs[i].Void = what + " by " + c.By.Call() + ", " + day.Clock(c.Now)
			void = append(void, string(s.As)+" ("+orWords(s.Name, c.nameOf(s.By))+")")
		}
	}
	if len(void) > 0 {
		c.Reason = what + "; this voids the sign-off of " + strings.Join(void, " and ")
	}
	switch {
	case a.Stage == AppSignedOff:
		a.Stage = AppDrafting
	case a.Stage.AtCourt():
		a.Amended = true
	}
	return c.Put(a)
}

type appOpen struct {
	Person       Ref       `do:"person" label:"Subject" kinds:"P" opts:"need"`
	Officer      Ref       `do:"officer" label:"Drafting officer" kinds:"O" default:"me"`
	Reported     day.Date  `do:"reported" label:"First reported" default:"today"`
	Report       string    `do:"report" label:"Crime report"`
	Territory    Territory `do:"territory" label:"Territorial test" help:"SPA 2019 s.1(3)"`
	TerritoryWhy string    `do:"territory_why" label:"How that is known"`
	Protected    []string  `do:"protected" label:"To be protected" opts:"long,hide" help:"One on each line: name, then address and numbers after commas; need-to-know"`
	Victims      []string  `do:"victims" label:"Victims of the acts" opts:"long,hide" help:"Empty: the same people; need-to-know"`
	Unit         Unit      `do:"unit" label:"Unit" default:"unit"`
	Note         string    `do:"note" label:"Note" opts:"fold,long"`
}

func (x *appOpen) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", x.Person)
	if err != nil {
		return err
	}
	officer := x.Officer
	if officer == "" {
		officer = c.By.Ref
	}
	if _, err := workingOfficer(c, "officer", officer); err != nil {
		return err
	}
	others, err := linked[*Application](c, p.Ref, KindApplication)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.Stage.Live() {
			return Refuse("person", string(o.Ref)+" against the same person is "+string(o.Stage), "Work on that one, or record its result first")
		}
	}
	today := day.On(c.Now)
	a := &Application{
		Person: p.Ref, Unit: firstUnit(x.Unit, p.OwnerUnit, c.By.Unit), Officer: officer, Stage: AppDrafting, Opened: c.Now, Changed: c.Now,
		Reported: firstDay(x.Reported, today), Report: x.Report, Territory: x.Territory, TerritoryWhy: x.TerritoryWhy,
		Protected: x.Protected, Victims: x.Victims, Note: x.Note, Drafters: []Ref{c.By.Ref},
	}
	if officer != c.By.Ref {
		a.Drafters = append(a.Drafters, officer)
	}
	if len(a.Victims) == 0 {
		a.Victims = slices.Clone(a.Protected)
	}
	if a.Reported > today {
		return Refuse("reported", "it cannot have been reported later than today", "Enter the day of the first report")
	}
	return c.Put(a)
}

type appPeople struct {
	Application Ref      `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Protected   []string `do:"protected" label:"To be protected" opts:"long,hide" help:"One on each line: name, then address and numbers after commas; replaces what stands"`
	Victims     []string `do:"victims" label:"Victims of the acts" opts:"long,hide" help:"One on each line; replaces what stands"`
}

func (x *appPeople) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	if len(x.Protected) == 0 && len(x.Victims) == 0 {
		return Refuse("protected", "nobody is named", "Name whom the order is to protect, the victims of the acts, or both")
	}
	if len(x.Protected) > 0 {
		a.Protected = x.Protected
	}
	if len(x.Victims) > 0 {
		a.Victims = x.Victims
	}
	return a.edited(c, "who is protected changed")
}

type appTerms struct {
	Application  Ref       `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Months       int       `do:"months" label:"Months" help:"A fixed period: 24 or more (SPA 2019 s.3)"`
	Further      bool      `do:"further" label:"Until further order" help:"Yes instead of a fixed period"`
	Territory    Territory `do:"territory" label:"Territorial test" help:"SPA 2019 s.1(3)"`
	TerritoryWhy string    `do:"territory_why" label:"How that is known"`
	Locality     string    `do:"locality" label:"Limited to" opts:"fold" help:"Only when the order is not for the whole of the UK"`
	Officer      Ref       `do:"officer" label:"Drafting officer" kinds:"O" opts:"fold"`
	Note         string    `do:"note" label:"Note" opts:"fold,long"`
}

func (x *appTerms) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	if x.Further && x.Months > 0 {
		return Refuse("months", "an order is for a fixed period or until further order, not both (SPA 2019 s.3)", "Give one of them")
	}
	if err := workingOfficers(c, "officer", x.Officer); err != nil {
		return err
	}
	switch {
	case x.Months > 0:
		a.Months, a.Further = x.Months, false
	case x.Further:
		a.Months, a.Further = 0, true
	case x.Territory == "" && x.TerritoryWhy == "" && x.Locality == "" && x.Officer == "" && x.Note == "":
		return Refuse("months", "nothing is changed", "Enter the period, the territorial test or another of the terms")
	}
	for _, s := range []struct {
		into *string
		text string
	}{{&a.TerritoryWhy, x.TerritoryWhy}, {&a.Locality, x.Locality}, {&a.Note, x.Note}} {
		if s.text != "" {
			*s.into = s.text
		}
	}
	if x.Territory != "" {
		a.Territory = x.Territory
	}
	if x.Officer != "" {
		a.Officer = x.Officer
		if !slices.Contains(a.Drafters, x.Officer) {
			a.Drafters = append(a.Drafters, x.Officer)
		}
	}
	return a.edited(c, "the terms changed")
}

type appLimb struct {
	Application Ref      `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Limb        Limb     `do:"limb" label:"Limb"`
	What        string   `do:"what" label:"What it shows" opts:"long,hide"`
	Source      string   `do:"source" label:"Statement or exhibit"`
	Day         day.Date `do:"day" label:"Of"`
	Hearsay     bool     `do:"hearsay" label:"Hearsay"`
	No          int      `do:"no" label:"Number" opts:"fold" help:"To replace or remove evidence: its number, without the E"`
	Remove      bool     `do:"remove" label:"Remove it" opts:"fold"`
}

func (x *appLimb) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(a.Evidence, func(e LimbEvidence) bool { return e.No == x.No })
	if err := numbered("no", "evidence", x.No, i, x.Remove); err != nil {
		return err
	}
	if x.Remove {
		a.Evidence = slices.Delete(a.Evidence, i, i+1)
		return a.edited(c, "evidence E"+itoa(x.No)+" removed")
	}
	e := LimbEvidence{No: x.No, Limb: x.Limb, What: x.What, Source: x.Source, Day: x.Day, Hearsay: x.Hearsay}
	switch {
	case e.Limb == "":
		return Refuse("limb", "evidence shows one of the three limbs (SPA 2019 s.1(1))", "Choose acts, risk or necessity")
	case e.What == "":
		return Refuse("what", "evidence says what it shows", "Enter it in a sentence")
	case e.Source == "":
		return Refuse("source", "evidence comes from a statement or an exhibit, which the court is given", "Enter its reference")
	case e.Day > day.On(c.Now):
		return Refuse("day", "evidence cannot be of a day to come", "Check the day")
	}
	if i >= 0 {
		a.Evidence[i] = e
		return a.edited(c, "evidence E"+itoa(e.No)+" changed")
	}
	e.No = 1
	for _, other := range a.Evidence {
		e.No = max(e.No, other.No+1)
	}
	a.Evidence = append(a.Evidence, e)
	return a.edited(c, "evidence E"+itoa(e.No)+" added")
}

// numbered refuses a number that names nothing, and a removal that names none.
func numbered(field, what string, no, at int, remove bool) error {
	switch {
	case no > 0 && at < 0:
		return Refuse(field, "there is no "+what+" "+itoa(no), "Look up its number on the application")
	case no == 0 && remove:
		return Refuse(field, "to remove "+what+" says which", "Enter its number")
	}
	return nil
}

type appAct struct {
	Application Ref      `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Day         day.Date `do:"day" label:"Day"`
	What        string   `do:"what" label:"What was done" opts:"long,hide"`
	Kind        ActKind  `do:"kind" label:"Sort of act"`
	Evidence    string   `do:"evidence" label:"Statement or exhibit"`
	Abroad      string   `do:"abroad" label:"Abroad, in" opts:"fold" help:"The country; acts abroad count (SPA 2019 s.1(4)-(5))"`
	No          int      `do:"no" label:"Number" opts:"fold" help:"To replace or remove an act: its number"`
	Remove      bool     `do:"remove" label:"Remove it" opts:"fold"`
}

func (x *appAct) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(a.Acts, func(act Act) bool { return act.No == x.No })
	if err := numbered("no", "act", x.No, i, x.Remove); err != nil {
		return err
	}
	if x.Remove {
		a.Acts = slices.Delete(a.Acts, i, i+1)
		return a.edited(c, "act "+itoa(x.No)+" removed")
	}
	act := Act{No: x.No, Day: x.Day, What: x.What, Evidence: x.Evidence, Kind: x.Kind, Abroad: x.Abroad}
	switch {
	case act.Day.IsZero():
		return Refuse("day", "an act of the chronology has a day", "Enter it, the first of several when it went on")
	case act.Day > day.On(c.Now):
		return Refuse("day", "an act cannot be of a day to come", "Check the day")
	case act.What == "":
		return Refuse("what", "an act says what was done", "Enter it in a sentence")
	}
	verb := " changed"
	if i >= 0 {
		a.Acts[i] = act
	} else {
		act.No, verb = 1, " added"
		for _, other := range a.Acts {
			act.No = max(act.No, other.No+1)
		}
		a.Acts = append(a.Acts, act)
	}
	slices.SortStableFunc(a.Acts, func(p, q Act) int { return cmp.Or(cmp.Compare(p.Day, q.Day), cmp.Compare(p.No, q.No)) })
	return a.edited(c, "act "+itoa(act.No)+verb)
}

type appViews struct {
	Application Ref      `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Views       string   `do:"views" label:"Views" opts:"long,hide"`
	Impact      string   `do:"impact" label:"Impact" opts:"long,hide"`
	Day         day.Date `do:"day" label:"Taken on" default:"today"`
	NotSought   string   `do:"not_sought" label:"Why they were not sought" opts:"fold" help:"Only when they could not be; names nobody"`
}

func (x *appViews) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	switch {
	case x.Views == "" && x.Impact == "" && x.NotSought == "":
		return Refuse("views", "nothing is recorded", "Enter the views, the impact, or why they could not be sought")
	case x.Day > day.On(c.Now):
		return Refuse("day", "views cannot have been taken on a day to come", "Check the day")
	}
	if x.Views != "" {
		a.Views, a.ViewsNot = x.Views, ""
	}
	if x.Impact != "" {
		a.Impact = x.Impact
	}
	if x.NotSought != "" {
		a.ViewsNot = x.NotSought
	}
	a.ViewsDay = firstDay(x.Day, day.On(c.Now))
	return a.edited(c, "the victim-survivor's views changed")
}

type appRisk struct {
	Application   Ref       `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Level         RiskLevel `do:"level" label:"Risk" opts:"need"`
	Text          string    `do:"text" label:"The judgement" opts:"need,long,hide"`
	Tool          string    `do:"tool" label:"Tool" help:"S-DASH, SASH, SAM, or professional judgement"`
	Assessor      string    `do:"assessor" label:"Assessor" help:"Empty: you"`
	Day           day.Date  `do:"day" label:"On" default:"today"`
	Physical      bool      `do:"physical" label:"Of physical harm"`
	Psychological bool      `do:"psychological" label:"Of psychological harm" help:"Either is enough (SPA 2019 s.1(4))"`
}

func (x *appRisk) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	if x.Day > day.On(c.Now) {
		return Refuse("day", "a risk cannot have been judged on a day to come", "Check the day")
	}
	a.Risk = RiskJudgement{
		Level: x.Level, Tool: x.Tool, Assessor: orWords(x.Assessor, c.By.Call()), Day: firstDay(x.Day, day.On(c.Now)),
		Physical: x.Physical, Psychological: x.Psychological, Text: x.Text,
	}
	return a.edited(c, "the risk was judged again")
}

type appChecks struct {
	Application Ref    `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Intel       string `do:"intelligence" label:"Intelligence checked" opts:"long" help:"What was searched, such as PNC, PND, local intelligence, and what it came to"`
	Rely        []Ref  `do:"rely" label:"Reports relied on" kinds:"I" help:"Replaces what stands; none relied on: leave empty"`
	Previous    string `do:"previous" label:"Previous orders and breaches checked" opts:"long" help:"What was searched; what is on record here is pulled in"`
}

func (x *appChecks) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	if x.Intel == "" && x.Previous == "" {
		field, do := "intelligence", "Say what was searched for intelligence, for previous orders, or both"
		return Refuse(field, "a check says what was searched", do)
	}
	if x.Intel != "" {
		if err := x.checkIntel(c, a); err != nil {
			return err
		}
		a.Intel = PapersCheck{At: c.Now, By: c.By.Ref, Note: x.Intel, Refs: x.Rely}
	}
	if x.Previous != "" {
		b, err := BasisOf(c.src, a, day.On(c.Now))
		if err != nil {
			return err
		}
		a.Previous = PapersCheck{At: c.Now, By: c.By.Ref, Note: x.Previous, Refs: append(refsOf(b.Orders), refsOf(b.Breaches)...)}
	}
	return a.edited(c, "the checks were made again")
}

// checkIntel holds the reports relied on to what a court paper may carry: about the subject, and sanitised.
func (x *appChecks) checkIntel(c *Change, a *Application) error {
	for _, ref := range x.Rely {
		i, err := Load[*Intel](c, "rely", ref)
		if err != nil {
			return err
		}
		switch {
		case i.Person != a.Person:
			return Refuse("rely", string(ref)+" is about somebody else", "Name reports about the subject")
		case i.NamesSource():
			return Refuse("rely", string(ref)+" points to who gave it, and a court paper may not (3x5x2)", "Leave it out, or have a sanitised report entered")
		}
	}
	return sanitised(typed{"intelligence", x.Intel, ""}, typed{"previous", x.Previous, ""})
}

type appInterim struct {
	Application Ref    `do:"application" label:"Application" kinds:"AP" opts:"need"`
	Sought      bool   `do:"sought" label:"Sought" opts:"need"`
	Why         string `do:"why" label:"Why" opts:"need,long,hide" help:"Why the court should consider it appropriate (SPA 2019 s.5), or why none is sought"`
	Days        int    `do:"days" label:"Days" help:"A fixed period (SPA 2019 s.5)"`
	Notice      Notice `do:"notice" label:"Notice"`
	WhyNotice   string `do:"why_notice" label:"Why without notice" opts:"hide" help:"What makes it too urgent to tell the subject first"`
}

func (x *appInterim) Apply(c *Change) error {
	a, err := draftOf(c, x.Application)
	if err != nil {
		return err
	}
	ask := InterimAsk{Decided: true, Sought: x.Sought, Why: x.Why}
	if x.Sought {
		ask.Days, ask.Notice, ask.WhyNotice = x.Days, x.Notice, x.WhyNotice
		switch {
		case ask.Days == 0:
			return Refuse("days", "an interim SPO is for a fixed period only (SPA 2019 s.5)", "Enter how many days it is asked for")
		case ask.Notice == "":
			return Refuse("notice", "an interim application is made with notice, or without where it is urgent", "Choose one")
		case ask.Notice == WithoutNotice && ask.WhyNotice == "":
			return Refuse("why_notice", "the court hears one side alone only where it is urgent", "Say what makes it too urgent to tell the subject")
		}
	}
	a.Interim = ask
	return a.edited(c, "what is asked of the court meanwhile changed")
}
