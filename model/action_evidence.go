package model

import (
	"slices"
	"time"

	"pou/model/day"
)

func evidenceActions() []Spec {
	return []Spec{
		spec[evidencePlan]("evidence.plan", "Plan perishable evidence", "Lists what has to be asked for before its holder deletes it: one request for each source, each with the day it is gone by.",
			anyone(), KindPerson, KindCase, KindBreach, KindOrder, KindWanted, KindArrest),
		spec[evidenceEdit]("evidence.edit", "Edit an evidence request", "Corrects what is asked for, of whom and of which day; the clock follows the day of the incident.", anyone(), KindEvidence),
		spec[evidenceRequest]("evidence.request", "Request evidence", "Records that evidence was asked for, of whom and under which reference.", anyone(), KindEvidence),
		spec[evidenceReceive]("evidence.receive", "Receive evidence", "Records that evidence arrived, and ends its clock.", anyone(), KindEvidence),
		spec[evidenceClose]("evidence.close", "Close an evidence request", "Ends a request without the evidence: it is gone, or no longer needed, and why.", anyone(), KindEvidence),
	}
}

type evidencePlan struct {
	Sources  []EvidenceKind `do:"sources" label:"What to ask for" opts:"need"`
	Incident day.Date       `do:"incident" label:"Day of the incident" opts:"need"`
	Where    string         `do:"scene" label:"Place of the incident" help:"Enter where it happened: it says which cameras and routes"`
	What     string         `do:"what" label:"What exactly" opts:"long" help:"Enter the camera, the card, the number or the hours"`
	Holder   string         `do:"holder" label:"Of whom" help:"Empty: who usually holds it"`
	GoneBy   day.Date       `do:"gone_by" label:"Last day it is kept" opts:"fold" help:"Empty: by the limits; enter it when the holder has said"`
	Owner    Ref            `do:"owner" label:"Officer" kinds:"O" default:"me"`
	Unit     Unit           `do:"unit" label:"Unit" opts:"fold"`
	Note     string         `do:"note" label:"Note" opts:"long,fold"`
	Person   Ref            `do:"person" label:"Person" kinds:"P" opts:"fold"`
	Case     Ref            `do:"case" label:"Case" kinds:"C" opts:"fold"`
	About    Ref            `do:"about" label:"Breach, order, arrest or wanted line" kinds:"B,R,K,W" opts:"fold"`
}

func (a *evidencePlan) Apply(c *Change) error {
	if a.Incident > day.On(c.Now) {
		return Refuse("incident", "the incident cannot lie in the future", "Enter the day it happened")
	}
	if err := a.place(c); err != nil {
		return err
	}
	owner := first(links(a.Owner, c.By.Ref))
	if err := workingOfficers(c, "owner", owner); err != nil {
		return err
	}
	for i, kind := range a.Sources {
		if slices.Contains(a.Sources[:i], kind) {
			continue
		}
		e := &Evidence{
			Kind: kind, What: a.What, Holder: firstWord(a.Holder, kind.Holder()), Person: a.Person, Case: a.Case, About: a.About, Unit: firstUnit(a.Unit, c.By.Unit),
			Incident: a.Incident, Where: a.Where, GoneBy: a.GoneBy, State: EvidenceNeeded, Owner: owner, By: c.By.Ref, Planned: c.Now, Note: a.Note,
		}
		if err := e.notTwice(c); err != nil {
			return err
		}
		if err := c.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// place finds what the evidence belongs to: of a record about one person, that person too.
func (a *evidencePlan) place(c *Change) error {
	if a.Case != "" {
		if _, err := goingCase(c, a.Case); err != nil {
			return err
		}
	}
	if a.About != "" {
		about, err := Load[Record](c, "about", a.About)
		if err != nil {
			return err
		}
		if err := samePerson("about", about, a.Person); err != nil {
			return err
		}
		a.Person = PersonOf(about)
		unit, _ := about.Place()
		a.Unit = firstUnit(a.Unit, unit)
	}
	if a.Person == "" {
		return nil
	}
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	a.Unit = firstUnit(a.Unit, p.OwnerUnit)
	return nil
}

// notTwice refuses a second request for the same thing while the first runs.
func (e *Evidence) notTwice(c *Change) error {
	for _, about := range links(e.Person, e.Case, e.About) {
		others, err := linked[*Evidence](c, about, KindEvidence)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.State.Live() && o.Kind == e.Kind && o.Incident == e.Incident && o.Where == e.Where && o.What == e.What {
				return Refuse("sources", string(o.Ref)+" asks for the same: "+LabelOf(e.Kind.Choices(), string(e.Kind))+" of "+e.Incident.Long(), "Go on with that one, or say what is different")
			}
		}
	}
	return nil
}

// liveEvidence loads a request that is not settled.
func liveEvidence(c *Change, ref Ref) (*Evidence, error) {
	e, err := Load[*Evidence](c, "evidence", ref)
	if err != nil {
		return nil, err
	}
	if !e.State.Live() {
		return nil, Refuse("evidence", string(ref)+" is settled: "+string(e.State), "Undo that if it was wrong, or plan it anew")
	}
	return e, nil
}

type evidenceEdit struct {
	Evidence Ref      `do:"evidence" label:"Evidence" kinds:"EV" opts:"need"`
	Incident day.Date `do:"incident" label:"Day of the incident"`
	Where    string   `do:"scene" label:"Place of the incident"`
	What     string   `do:"what" label:"What exactly" opts:"long"`
	Holder   string   `do:"holder" label:"Of whom"`
	GoneBy   day.Date `do:"gone_by" label:"Last day it is kept"`
	Owner    Ref      `do:"owner" label:"Officer" kinds:"O"`
	Note     string   `do:"note" label:"Note" opts:"long,fold"`
}

func (a *evidenceEdit) Apply(c *Change) error {
	e, err := liveEvidence(c, a.Evidence)
	if err != nil {
		return err
	}
	if err := workingOfficers(c, "owner", a.Owner); err != nil {
		return err
	}
	e.Incident, e.GoneBy, e.Owner = firstDay(a.Incident, e.Incident), firstDay(a.GoneBy, e.GoneBy), first(links(a.Owner, e.Owner))
	e.Where, e.What, e.Holder, e.Note = firstWord(a.Where, e.Where), firstWord(a.What, e.What), firstWord(a.Holder, e.Holder), firstWord(a.Note, e.Note)
	switch {
	case e.Incident > day.On(c.Now):
		return Refuse("incident", "the incident cannot lie in the future", "Enter the day it happened")
	case !e.Requested.IsZero() && e.Incident > day.On(e.Requested):
		return Refuse("incident", "it was asked for before that, on "+day.On(e.Requested).Long(), "Enter the day it happened")
	}
	return c.Put(e)
}

type evidenceRequest struct {
	At        time.Time `do:"at" label:"When" default:"now"`
	Holder    string    `do:"holder" label:"Of whom" help:"Empty: as planned"`
	Reference string    `do:"reference" label:"Reference of the request"`
	Authority string    `do:"authority" label:"Authorisation" help:"Needed for communications data: the reference the SPoC gave (IPA 2016 Part 3)"`
	GoneBy    day.Date  `do:"gone_by" label:"Last day it is kept" help:"Enter it when the holder has said; the clock then runs to it"`
	Note      string    `do:"note" label:"Note" opts:"long,fold"`
	Evidence  Ref       `do:"evidence" label:"Evidence" kinds:"EV" opts:"need,fold"`
}

func (a *evidenceRequest) Apply(c *Change) error {
	e, err := liveEvidence(c, a.Evidence)
	if err != nil {
		return err
	}
	at := orNow(a.At, c)
	if err := notLater(at, c); err != nil {
		return err
	}
	if day.On(at) < e.Incident {
		return Refuse("at", "it cannot be asked for before the incident", "Enter the time it was asked for")
	}
	e.State, e.Requested, e.Holder, e.Reference = EvidenceRequested, at, firstWord(a.Holder, e.Holder), firstWord(a.Reference, e.Reference)
	e.Authority, e.Note, e.GoneBy = firstWord(a.Authority, e.Authority), firstWord(a.Note, e.Note), firstDay(a.GoneBy, e.GoneBy)
	return c.Put(e)
}

type evidenceReceive struct {
	At       time.Time `do:"at" label:"When" default:"now"`
	Exhibit  string    `do:"exhibit" label:"Exhibit reference"`
	Note     string    `do:"note" label:"Note" opts:"long"`
	Evidence Ref       `do:"evidence" label:"Evidence" kinds:"EV" opts:"need,fold"`
}

func (a *evidenceReceive) Apply(c *Change) error {
	e, err := liveEvidence(c, a.Evidence)
	if err != nil {
		return err
	}
	at := orNow(a.At, c)
	if err := notLater(at, c); err != nil {
		return err
	}
	switch {
	case e.Kind == EvidenceCallData && e.Authority == "":
		return &Problem{
			Code: Invalid, Field: "evidence", Rule: "communications data is acquired only under an authorisation (Investigatory Powers Act 2016 s.11 and Part 3)",
			Do: "Record the request with its authorisation first: evidence.request",
		}
	case at.Before(e.Requested):
		return Refuse("at", "it was asked for later than that, at "+day.Clock(e.Requested), "Enter the time it arrived")
	case day.On(at) < e.Incident:
		return Refuse("at", "it cannot have arrived before the incident", "Enter the time it arrived")
	}
	e.State, e.Ended, e.Exhibit, e.Note = EvidenceReceived, at, a.Exhibit, firstWord(a.Note, e.Note)
	return c.Put(e)
}

// EvidenceEnd is how a request ends without the evidence.
type EvidenceEnd string

// Choices lists the ends for a form.
func (EvidenceEnd) Choices() []Choice {
	return []Choice{{string(EvidenceGone), "gone: it was deleted or never there", "g"}, {string(EvidenceNotNeeded), "no longer needed", "n"}}
}

type evidenceClose struct {
	End      EvidenceEnd `do:"end" label:"How it ends" opts:"need"`
	Reason   string      `do:"reason" label:"Reason" opts:"need"`
	Evidence Ref         `do:"evidence" label:"Evidence" kinds:"EV" opts:"need,fold"`
}

func (a *evidenceClose) Apply(c *Change) error {
	e, err := liveEvidence(c, a.Evidence)
	if err != nil {
		return err
	}
	e.State, e.Ended, e.Reason = EvidenceState(a.End), c.Now, a.Reason
	c.Reason = a.Reason
	return c.Put(e)
}
