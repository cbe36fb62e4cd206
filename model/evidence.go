package model

import (
	"time"

	"pou/model/day"
)

// EvidenceKind is a source of evidence that does not last.
type EvidenceKind string

// The sources. Each has a limit of the same name: how long its holder keeps it.
const (
	EvidenceCCTV         EvidenceKind = "cctv"
	EvidenceBus          EvidenceKind = "bus-cctv"
	EvidenceDoorbell     EvidenceKind = "doorbell"
	EvidenceOyster       EvidenceKind = "oyster"
	EvidenceTaxi         EvidenceKind = "taxi"
	EvidenceCallData     EvidenceKind = "call-data"
	EvidenceANPR         EvidenceKind = "anpr"
	EvidenceSocialMedia  EvidenceKind = "social-media"
	EvidenceDeviceBackup EvidenceKind = "device-backup"
	EvidenceOther        EvidenceKind = "other"
)

// Choices lists the sources for a form.
func (EvidenceKind) Choices() []Choice {
	return []Choice{
		{string(EvidenceCCTV), "CCTV", "c"},
		{string(EvidenceBus), "CCTV of a bus or a station", "b"},
		{string(EvidenceDoorbell), "doorbell camera", "d"},
		{string(EvidenceOyster), "Oyster or bank card journeys", "o"},
		{string(EvidenceTaxi), "taxi or private hire", "t"},
		{string(EvidenceCallData), "communications data", "p"},
		{string(EvidenceANPR), "ANPR reads", "a"},
		{string(EvidenceSocialMedia), "social media preservation", "s"},
		{string(EvidenceDeviceBackup), "cloud backup of a device", "k"},
		{string(EvidenceOther), "other", "z"},
	}
}

// limit is how long the holder keeps it.
func (k EvidenceKind) limit() LimitName {
	if k == EvidenceOther {
		return LimitOtherEvidence
	}
	return LimitName(k)
}

// Holder is whom it is usually asked of.
func (k EvidenceKind) Holder() string {
	switch k {
	case EvidenceCCTV:
		return "the owner of the camera; the borough's control room for street cameras"
	case EvidenceBus, EvidenceOyster:
		return "Transport for London"
	case EvidenceDoorbell:
		return "the householder"
	case EvidenceTaxi:
		return "the operator, or the driver"
	case EvidenceCallData:
		return "the operator, through the SPoC"
	case EvidenceANPR:
		return "the national ANPR service"
	case EvidenceSocialMedia:
		return "the platform's law enforcement desk"
	case EvidenceDeviceBackup:
		return "the cloud provider, or the owner of the device"
	case EvidenceOther:
	}
	return "whoever holds it"
}

// EvidenceState is where a piece of perishable evidence stands.
type EvidenceState string

// The states.
const (
	EvidenceNeeded    EvidenceState = "needed"
	EvidenceRequested EvidenceState = "requested"
	EvidenceReceived  EvidenceState = "received"
	EvidenceGone      EvidenceState = "gone"
	EvidenceNotNeeded EvidenceState = "not needed"
)

// Live reports whether it is still to be got.
func (s EvidenceState) Live() bool { return s == EvidenceNeeded || s == EvidenceRequested }

// Evidence is something to be asked for before its holder deletes it: what, of whom, of which incident.
type Evidence struct {
	Meta      `cbor:"-" json:"-"`
	Kind      EvidenceKind  `cbor:"1,keyasint" json:"source"`
	What      string        `cbor:"2,keyasint,omitempty" json:"what,omitempty"` // camera, card, number: what exactly
	Holder    string        `cbor:"3,keyasint,omitempty" json:"holder,omitempty"`
	Person    Ref           `cbor:"4,keyasint,omitempty" json:"person,omitempty"`
	Case      Ref           `cbor:"5,keyasint,omitempty" json:"case,omitempty"`
	About     Ref           `cbor:"6,keyasint,omitempty" json:"about,omitempty"` // breach, order, wanted line or arrest
	Unit      Unit          `cbor:"7,keyasint,omitempty" json:"unit,omitempty"`
	Incident  day.Date      `cbor:"8,keyasint" json:"incident"`
	Where     string        `cbor:"9,keyasint,omitempty" json:"scene,omitempty"`
	GoneBy    day.Date      `cbor:"10,keyasint,omitempty" json:"gone_by,omitzero"` // the last day it is kept, as the holder says
	State     EvidenceState `cbor:"11,keyasint" json:"state"`
	Owner     Ref           `cbor:"12,keyasint,omitempty" json:"owner,omitempty"`
	By        Ref           `cbor:"13,keyasint" json:"by"`
	Planned   time.Time     `cbor:"14,keyasint" json:"planned"`
	Requested time.Time     `cbor:"15,keyasint,omitzero" json:"requested,omitzero"`
	Reference string        `cbor:"16,keyasint,omitempty" json:"reference,omitempty"` // of the request
	Authority string        `cbor:"17,keyasint,omitempty" json:"authority,omitempty"` // of communications data: the authorisation
	Ended     time.Time     `cbor:"18,keyasint,omitzero" json:"ended,omitzero"`
	Exhibit   string        `cbor:"19,keyasint,omitempty" json:"exhibit,omitempty"`
	Reason    string        `cbor:"20,keyasint,omitempty" json:"reason,omitempty"`
	Note      string        `cbor:"21,keyasint,omitempty" json:"note,omitempty"`
}

// Links finds the request from the person, the case, what it is about and who is to get it.
func (e *Evidence) Links() []Ref { return links(e.Person, e.Case, e.About, e.Owner) }

// Place puts the request in its unit's list until it is settled.
func (e *Evidence) Place() (Unit, bool) { return e.Unit, e.State.Live() }

// Check wants an incident and somebody or something it is about, and holds each state to what it needs.
func (e *Evidence) Check() error {
	switch {
	case e.Incident.IsZero():
		return Refuse("incident", "evidence is of an incident, and its days run from that day", "Enter the day of the incident")
	case e.Person == "" && e.Case == "" && e.About == "":
		return Refuse("person", "evidence belongs to somebody or something on record", "Name the person, the case, or the breach, order, arrest or wanted line")
	case e.GoneBy != 0 && e.GoneBy < e.Incident:
		return Refuse("gone_by", "nothing is deleted before it happened", "Enter the last day the holder keeps it")
	case e.State == EvidenceRequested && e.Requested.IsZero():
		return Refuse("at", "a request says when it was made", "Enter the time")
	case (e.State == EvidenceGone || e.State == EvidenceNotNeeded) && e.Reason == "":
		return Refuse("reason", "evidence that is not to be had says why", "Enter the reason")
	case e.Kind == EvidenceCallData && !e.Requested.IsZero() && e.Authority == "":
		return needsAuthority()
	}
	return nil
}

func needsAuthority() *Problem {
	return Refuse("authority", "communications data is acquired only under an authorisation (Investigatory Powers Act 2016 s.11 and Part 3)",
		"Ask the SPoC, and enter the reference of the authorisation")
}

// goneBy is the first moment at which it may be gone, and whether that is a limit nobody has confirmed.
func (e *Evidence) goneBy(ls Limits) (at time.Time, source string, check bool) {
	if !e.GoneBy.IsZero() {
		return e.GoneBy.End(), "as the holder says", false
	}
	limit := ls.On(e.Kind.limit(), e.Incident)
	return limit.Until(e.Incident), limit.Words() + ": " + limit.Source, limit.Unsure
}

func (e *Evidence) clocks(w Watch) []Due {
	if !e.State.Live() {
		return nil
	}
	by, source, check := e.goneBy(w.Limits)
	d := Due{
		Rule: "secure " + LabelOf(e.Kind.Choices(), string(e.Kind)), Citation: source, Event: "the incident", Start: e.Incident.Start(), Deadline: by,
		Owner: e.Owner, Missed: "the evidence is gone for good", Settle: "evidence.request", Check: check, Warn: "not asked for",
	}
	if e.State == EvidenceRequested {
		d.Settle, d.Warn = "evidence.receive", "asked for on "+day.On(e.Requested).Short()
	}
	return []Due{d}
}

func (e *Evidence) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.Type, line.Since = "evidence", string(e.State), LabelOf(e.Kind.Choices(), string(e.Kind)), e.Incident.Start()
	line.Owner, line.About, line.What = e.Owner, first(links(e.About, e.Case)), firstWord(e.What, e.Where)
	if e.State.Live() {
		by, _, check := e.goneBy(l.limits())
		line.Due, line.Check = day.On(by.Add(-time.Second)), check
	}
}

func firstWord(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

func (e *Evidence) facts(l *Liner) []Facts {
	what := []Fact{
		{Label: "Ask for", Text: LabelOf(e.Kind.Choices(), string(e.Kind)), Tone: ToneStrong},
		{Label: "What", Text: e.What},
		{Label: "Of whom", Text: e.Holder},
		{Label: "Incident", Text: e.Incident.Long()},
		{Label: "Place", Text: e.Where},
		{Label: "State", Text: string(e.State)},
		{Label: "Person", Text: l.Name(e.Person), Ref: e.Person},
		{Label: "Case", Text: string(e.Case), Ref: e.Case},
		{Label: "About", Text: string(e.About), Ref: e.About},
		{Label: "Officer", Text: l.Officer(e.Owner), Ref: e.Owner},
	}
	if by, source, check := e.goneBy(l.limits()); e.State.Live() {
		words := day.On(by.Add(-time.Second)).Long() + " is the last day it may be there (" + source + ")"
		if check {
			words += "; check"
		}
		what = append(what, Fact{Label: "Gone by", Text: words, Tone: ToneWarn})
	}
	done := []Fact{
		{Label: "Asked for", Text: day.Clock(e.Requested)},
		{Label: "Reference", Text: e.Reference},
		{Label: "Authority", Text: e.Authority},
		{Label: "Ended", Text: day.Clock(e.Ended)},
		{Label: "Exhibit", Text: e.Exhibit},
		{Label: "Reason", Text: e.Reason},
		{Label: "Note", Text: e.Note},
	}
	return []Facts{{Head: "Evidence that does not last", Rows: what}, {Head: "What was done", Rows: done}}
}
