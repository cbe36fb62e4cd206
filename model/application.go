package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// ApplicationStage is where an application for a stalking protection order stands.
type ApplicationStage string

// The stages, in the order they come.
const (
	AppDrafting  ApplicationStage = "drafting"
	AppSignedOff ApplicationStage = "signed off" // by legal and an inspector; may be lodged
	AppLodged    ApplicationStage = "lodged"
	AppInterim   ApplicationStage = "interim made" // lodged, and an interim order was made meanwhile
	AppMade      ApplicationStage = "order made"
	AppRefused   ApplicationStage = "refused"
	AppWithdrawn ApplicationStage = "withdrawn"
)

// Live reports whether the application has still to be determined.
func (s ApplicationStage) Live() bool {
	switch s {
	case AppDrafting, AppSignedOff, AppLodged, AppInterim:
		return true
	case AppMade, AppRefused, AppWithdrawn:
	}
	return false
}

// AtCourt reports whether the application has been lodged and not determined.
func (s ApplicationStage) AtCourt() bool { return s == AppLodged || s == AppInterim }

// Territory is why the application is this force's to make.
type Territory string

// The grounds (SPA 2019 s.1(3)).
const (
	ResidesHere    Territory = "resides"
	BelievedHere   Territory = "believed in the area"
	IntendsToCome  Territory = "intends to come"
	territoryPower           = "SPA 2019 s.1(3)"
)

// Choices lists the grounds for a form.
func (Territory) Choices() []Choice {
	return []Choice{
		{string(ResidesHere), "resides in the force area", "r"},
		{string(BelievedHere), "believed to be in the force area", "b"},
		{string(IntendsToCome), "believed to intend to come to it", "i"},
	}
}

// Limb is one of the three things the court has to find.
type Limb string

// The limbs (SPA 2019 s.1(1)).
const (
	LimbActs      Limb = "acts"
	LimbRisk      Limb = "risk"
	LimbNecessity Limb = "necessity"
)

// Choices lists the limbs for a form.
func (Limb) Choices() []Choice {
	return []Choice{
		{string(LimbActs), "(a) acts associated with stalking", "a"},
		{string(LimbRisk), "(b) a risk associated with stalking", "b"},
		{string(LimbNecessity), "(c) the order is necessary", "c"},
	}
}

// limbs are the three in the order of the Act.
func limbs() []Limb { return []Limb{LimbActs, LimbRisk, LimbNecessity} }

// Words is the limb as the Act has it.
func (l Limb) Words() string {
	switch l {
	case LimbActs:
		return "(a) the defendant has carried out acts associated with stalking"
	case LimbRisk:
		return "(b) the defendant poses a risk associated with stalking to another person"
	case LimbNecessity:
		return "(c) the order is necessary to protect that person from the risk, whether or not that person was the victim of the acts"
	}
	return string(l)
}

// Proof is the standard the limb is held to: past acts to the criminal standard (statutory guidance s.2, after McCann; to
// be checked), risk and necessity by evaluative judgement.
func (l Limb) Proof() string {
	if l == LimbActs {
		return "criminal standard (statutory guidance s.2; check)"
	}
	return "evaluative judgement of the court (statutory guidance s.2; check)"
}

// LimbEvidence is one thing that shows a limb.
type LimbEvidence struct {
	No      int      `cbor:"1,keyasint" json:"no"`
	Limb    Limb     `cbor:"2,keyasint" json:"limb"`
	What    string   `cbor:"3,keyasint" json:"what"`
	Source  string   `cbor:"4,keyasint" json:"source"` // statement or exhibit
	Day     day.Date `cbor:"5,keyasint,omitempty" json:"day,omitzero"`
	Hearsay bool     `cbor:"6,keyasint,omitempty" json:"hearsay,omitempty"`
}

// ActKind is what sort of act it was: the examples of PHA 1997 s.2A(3).
type ActKind string

// Choices lists the examples for a form.
func (ActKind) Choices() []Choice {
	return []Choice{
		{"following", "following", "f"},
		{"contact", "contacting, or attempting to", "c"},
		{"publishing", "publishing about the person", "p"},
		{"monitoring", "monitoring internet or email use", "m"},
		{"loitering", "loitering", "l"},
		{"interference", "interfering with property", "i"},
		{"watching", "watching or spying", "w"},
		{"other", "other; may be harmless in itself (SPA 2019 s.1)", "o"},
	}
}

// Act is one entry of the chronology: an act associated with stalking.
type Act struct {
	No       int      `cbor:"1,keyasint" json:"no"`
	Day      day.Date `cbor:"2,keyasint" json:"day"`
	What     string   `cbor:"3,keyasint" json:"what"`
	Evidence string   `cbor:"4,keyasint,omitempty" json:"evidence,omitempty"`
	Kind     ActKind  `cbor:"5,keyasint,omitempty" json:"kind,omitempty"`
	Abroad   string   `cbor:"6,keyasint,omitempty" json:"abroad,omitempty"` // the country, when not in the UK
}

// spaCommenced is when the Act came into force; acts before it count as well (SPA 2019 s.1(4)-(5)).
func spaCommenced() day.Date { return day.Of(2020, time.January, 20) }

// Remark is what is to be known of the act beside what it was.
func (a Act) Remark() string {
	var out []string
	if a.Abroad != "" {
		out = append(out, "abroad: "+a.Abroad+" (counts: SPA 2019 s.1(4)-(5))")
	}
	if a.Day < spaCommenced() {
		out = append(out, "before the Act was in force (counts: SPA 2019 s.1(4)-(5))")
	}
	return strings.Join(out, "; ")
}

// ConflictAnswer is the officer's answer whether a condition gets in the way of work, education or religion.
type ConflictAnswer string

// The answers (SPA 2019 s.2: avoided so far as practicable).
const (
	NoConflict      ConflictAnswer = "none found"
	ConflictAvoided ConflictAnswer = "avoided"
	ConflictRemains ConflictAnswer = "cannot be avoided"
)

// Choices lists the answers for a form.
func (ConflictAnswer) Choices() []Choice {
	return []Choice{
		{string(NoConflict), "none found", "n"},
		{string(ConflictAvoided), "found, and avoided by the wording", "a"},
		{string(ConflictRemains), "found, and cannot practicably be avoided", "c"},
	}
}

// Proposed is a condition the court is asked for. The condition itself is the row the order will carry.
type Proposed struct {
	Condition  Condition      `cbor:"1,keyasint" json:"condition"`
	Reason     string         `cbor:"2,keyasint,omitempty" json:"reason,omitempty"`
	Evidence   string         `cbor:"3,keyasint,omitempty" json:"evidence,omitempty"`
	Conflict   ConflictAnswer `cbor:"4,keyasint,omitempty" json:"conflict,omitempty"`
	Considered string         `cbor:"5,keyasint,omitempty" json:"considered,omitempty"` // what of work, education and religion
	Months     int            `cbor:"6,keyasint,omitempty" json:"months,omitempty"`     // its own period; 0: that of the order
	FullOnly   bool           `cbor:"7,keyasint,omitempty" json:"full_only,omitempty"`  // not asked for in the interim order
}

// RiskJudgement is a recorded judgement of the risk: never worked out, always somebody's.
type RiskJudgement struct {
	Level         RiskLevel `cbor:"1,keyasint" json:"level"`
	Tool          string    `cbor:"2,keyasint,omitempty" json:"tool,omitempty"`
	Assessor      string    `cbor:"3,keyasint" json:"assessor"`
	Day           day.Date  `cbor:"4,keyasint" json:"day"`
	Physical      bool      `cbor:"5,keyasint,omitempty" json:"physical,omitempty"`
	Psychological bool      `cbor:"6,keyasint,omitempty" json:"psychological,omitempty"`
	Text          string    `cbor:"7,keyasint" json:"text"`
}

// PapersCheck is a look through what is known elsewhere: when, by whom, and what was found.
type PapersCheck struct {
	At   time.Time `cbor:"1,keyasint" json:"at"`
	By   Ref       `cbor:"2,keyasint" json:"by"`
	Note string    `cbor:"3,keyasint,omitempty" json:"note,omitempty"`
	Refs []Ref     `cbor:"4,keyasint,omitempty" json:"refs,omitempty"` // intelligence relied on, or orders and breaches seen
}

// Done reports whether the check was made.
func (k PapersCheck) Done() bool { return !k.At.IsZero() }

// Notice says whether the subject is told of an interim application before it is heard.
type Notice string

// The kinds of notice.
const (
	WithNotice    Notice = "with notice"
	WithoutNotice Notice = "without notice"
)

// Choices lists the kinds of notice for a form.
func (Notice) Choices() []Choice {
	return []Choice{{string(WithNotice), "with notice", "w"}, {string(WithoutNotice), "without notice: urgent", "u"}}
}

// InterimAsk is whether an interim order is asked for, and why: the test is whether it is appropriate (SPA 2019 s.5).
type InterimAsk struct {
	Decided   bool   `cbor:"1,keyasint" json:"decided"`
	Sought    bool   `cbor:"2,keyasint,omitempty" json:"sought,omitempty"`
	Why       string `cbor:"3,keyasint" json:"why"`
	Notice    Notice `cbor:"4,keyasint,omitempty" json:"notice,omitempty"`
	WhyNotice string `cbor:"5,keyasint,omitempty" json:"why_notice,omitempty"`
	Days      int    `cbor:"6,keyasint,omitempty" json:"days,omitempty"` // the fixed period asked for
}

// SignOffAs is in what capacity somebody signs.
type SignOffAs string

// The two signatures papers need before they are lodged.
const (
	SignedLegal     SignOffAs = "legal"
	SignedInspector SignOffAs = "inspector or above"
)

// SignOff is a signature under the papers as they then stood. A change afterwards voids it.
type SignOff struct {
	As     SignOffAs `cbor:"1,keyasint" json:"as"`
	At     time.Time `cbor:"2,keyasint" json:"at"`
	By     Ref       `cbor:"3,keyasint" json:"by"` // who signed, or who recorded the lawyer's advice
	Name   string    `cbor:"4,keyasint,omitempty" json:"name,omitempty"`
	Advice string    `cbor:"5,keyasint,omitempty" json:"advice,omitempty"` // reference of the advice, which is privileged
	Void   string    `cbor:"6,keyasint,omitempty" json:"void,omitempty"`   // what changed afterwards
}

// Hearing is a day at court.
type Hearing struct {
	At     time.Time          `cbor:"1,keyasint" json:"at"`
	Court  string             `cbor:"2,keyasint,omitempty" json:"court,omitempty"`
	Result ApplicationOutcome `cbor:"3,keyasint,omitempty" json:"result,omitempty"`
	Note   string             `cbor:"4,keyasint,omitempty" json:"note,omitempty"`
	Order  Ref                `cbor:"5,keyasint,omitempty" json:"order,omitempty"` // the order made
}

// ApplicationOutcome is what a court did with an application.
type ApplicationOutcome string

// The outcomes. The last three determine the main application, and with it ends an interim order (SPA 2019 s.5).
const (
	OutcomeAdjourned      ApplicationOutcome = "adjourned"
	OutcomeInterim        ApplicationOutcome = "interim order made"
	OutcomeInterimRenewed ApplicationOutcome = "interim order renewed"
	OutcomeInterimRefused ApplicationOutcome = "interim order refused"
	OutcomeFull           ApplicationOutcome = "full order made"
	OutcomeRefused        ApplicationOutcome = "refused"
	OutcomeWithdrawn      ApplicationOutcome = "withdrawn"
)

// Choices lists the outcomes for a form.
func (ApplicationOutcome) Choices() []Choice {
	return []Choice{
		{string(OutcomeFull), "full order made", "f"},
		{string(OutcomeInterim), "interim order made", "i"},
		{string(OutcomeInterimRenewed), "interim order renewed", "n"},
		{string(OutcomeInterimRefused), "interim order refused", "t"},
		{string(OutcomeAdjourned), "adjourned", "a"},
		{string(OutcomeRefused), "application refused", "r"},
		{string(OutcomeWithdrawn), "application withdrawn", "w"},
	}
}

// Application is an application by the Commissioner for a stalking protection order, from the first report to the order
// (SPA 2019 ss.1-5). An order that a court makes on conviction or acquittal has none.
type Application struct {
	Meta          `cbor:"-" json:"-"`
	Person        Ref              `cbor:"1,keyasint" json:"person"`
	Unit          Unit             `cbor:"2,keyasint,omitempty" json:"unit,omitempty"`
	Officer       Ref              `cbor:"3,keyasint" json:"officer"` // who drafts it
	Stage         ApplicationStage `cbor:"4,keyasint" json:"stage"`
	Opened        time.Time        `cbor:"5,keyasint" json:"opened"`
	Reported      day.Date         `cbor:"6,keyasint" json:"reported"` // first report to the police
	Report        string           `cbor:"7,keyasint,omitempty" json:"report,omitempty"`
	Territory     Territory        `cbor:"8,keyasint,omitempty" json:"territory,omitempty"`
	TerritoryWhy  string           `cbor:"9,keyasint,omitempty" json:"territory_why,omitempty"`
	Protected     []string         `cbor:"10,keyasint,omitempty" json:"-"` // who the order is to protect: need-to-know
	Victims       []string         `cbor:"11,keyasint,omitempty" json:"-"` // of the acts; not always the same (s.1(1)(c))
	Evidence      []LimbEvidence   `cbor:"12,keyasint,omitempty" json:"evidence,omitempty"`
	Acts          []Act            `cbor:"13,keyasint,omitempty" json:"acts,omitempty"`
	Conditions    []Proposed       `cbor:"14,keyasint,omitempty" json:"conditions,omitempty"`
	Risk          RiskJudgement    `cbor:"15,keyasint,omitzero" json:"risk,omitzero"`
	Intel         PapersCheck      `cbor:"16,keyasint,omitzero" json:"intelligence,omitzero"`
	Previous      PapersCheck      `cbor:"17,keyasint,omitzero" json:"previous,omitzero"`
	Views         string           `cbor:"18,keyasint,omitempty" json:"-"` // the victim-survivor's: need-to-know
	Impact        string           `cbor:"19,keyasint,omitempty" json:"-"`
	ViewsDay      day.Date         `cbor:"20,keyasint,omitempty" json:"views_day,omitzero"`
	ViewsNot      string           `cbor:"21,keyasint,omitempty" json:"views_not,omitempty"` // why they could not be sought
	Months        int              `cbor:"22,keyasint,omitempty" json:"months,omitempty"`
	Further       bool             `cbor:"23,keyasint,omitempty" json:"until_further_order,omitempty"`
	Locality      string           `cbor:"24,keyasint,omitempty" json:"locality,omitempty"`
	Interim       InterimAsk       `cbor:"25,keyasint,omitzero" json:"interim,omitzero"`
	Signs         []SignOff        `cbor:"26,keyasint,omitempty" json:"sign_offs,omitempty"`
	Drafters      []Ref            `cbor:"27,keyasint,omitempty" json:"drafters,omitempty"` // none of them may authorise it
	Changed       time.Time        `cbor:"28,keyasint" json:"changed"`                      // the last step anybody took
	Court         string           `cbor:"29,keyasint,omitempty" json:"court,omitempty"`
	CourtRef      string           `cbor:"30,keyasint,omitempty" json:"court_ref,omitempty"`
	Lodged        day.Date         `cbor:"31,keyasint,omitempty" json:"lodged,omitzero"`
	Amended       bool             `cbor:"32,keyasint,omitempty" json:"amended,omitempty"` // the papers have changed since they were lodged
	Hearings      []Hearing        `cbor:"33,keyasint,omitempty" json:"hearings,omitempty"`
	HearsayServed day.Date         `cbor:"34,keyasint,omitempty" json:"hearsay_served,omitzero"`
	InterimOrder  Ref              `cbor:"35,keyasint,omitempty" json:"interim_order,omitempty"`
	InterimUntil  day.Date         `cbor:"36,keyasint,omitempty" json:"interim_until,omitzero"`
	Order         Ref              `cbor:"37,keyasint,omitempty" json:"order,omitempty"`
	Ended         day.Date         `cbor:"38,keyasint,omitempty" json:"ended,omitzero"`
	Note          string           `cbor:"39,keyasint,omitempty" json:"note,omitempty"`
}

// Links finds the application from its subject, its officer, the intelligence it relies on and the orders made on it.
func (a *Application) Links() []Ref {
	return links(append([]Ref{a.Person, a.Officer, a.InterimOrder, a.Order}, a.Intel.Refs...)...)
}

// Place puts the application in its unit's list until it is determined.
func (a *Application) Place() (Unit, bool) { return a.Unit, a.Stage.Live() }

func (a *Application) subject() Ref { return a.Person }

// Check holds the application to the Act.
func (a *Application) Check() error {
	switch {
	case a.Person.Kind() != KindPerson:
		return Refuse("person", "an application has a subject on record", "Find the person first, or add them")
	case a.Officer == "":
		return Refuse("officer", "an application has an officer who drafts it", "Name the officer")
	case a.Further && a.Months > 0:
		return Refuse("months", "an order is for a fixed period or until further order, not both (SPA 2019 s.3)", "Give one of them")
	case a.Months > 0 && a.Months < spoLeastMonths:
		return tooShort("months")
	case a.Interim.Sought && a.Interim.Days == 0:
		return Refuse("days", "an interim SPO is for a fixed period only (SPA 2019 s.5)", "Enter how many days it is asked for")
	}
	for _, p := range a.Conditions {
		switch {
		case strings.TrimSpace(p.Condition.Text) == "":
			return Refuse("text", "a condition has words", "Enter it as the order would say it")
		case p.Months > 0 && p.Months < spoLeastMonths:
			return tooShort("months")
		}
	}
	return nil
}

func tooShort(field string) error {
	return Refuse(field, "a fixed period is at least two years beginning with the day the order is made (SPA 2019 s.3)",
		"Enter "+itoa(spoLeastMonths)+" months or more, or ask for it until further order")
}

// Proxy reports whether somebody is to be protected who is not a victim of the acts: stalking by proxy (SPA 2019 s.1(1)(c)).
func (a *Application) Proxy() bool {
	victims := namesOnly(a.Victims)
	return len(victims) > 0 && slices.ContainsFunc(namesOnly(a.Protected), func(p string) bool {
		return !slices.ContainsFunc(victims, func(v string) bool { return strings.EqualFold(p, v) })
	})
}

// namesOnly leaves out what stands after each name: where they live, and their numbers. An order and its papers come into
// the defendant's hands.
func namesOnly(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		name, _, _ := strings.Cut(line, ",")
		out[i] = strings.TrimSpace(name)
	}
	return out
}

// Signed finds the signature in a capacity that stands.
func (a *Application) Signed(as SignOffAs) (SignOff, bool) {
	for _, s := range slices.Backward(a.Signs) {
		if s.As == as && s.Void == "" {
			return s, true
		}
	}
	return SignOff{}, false
}

// Hearing is the next hearing; ok is false when none is fixed.
func (a *Application) Hearing() (h Hearing, ok bool) {
	for _, h := range slices.Backward(a.Hearings) {
		if h.Result == "" {
			return h, true
		}
	}
	return Hearing{}, false
}

// clock is the time of day of a hearing; "" when only its day is on record.
func (h Hearing) clock() string {
	if h.At.Equal(day.On(h.At).Start()) {
		return ""
	}
	return h.At.In(day.London()).Format("15:04")
}

// Hearsay reports whether any of the evidence is hearsay.
func (a *Application) Hearsay() bool {
	return slices.ContainsFunc(a.Evidence, func(e LimbEvidence) bool { return e.Hearsay })
}

// Shows lists the evidence of a limb.
func (a *Application) Shows(l Limb) []LimbEvidence {
	var out []LimbEvidence
	for _, e := range a.Evidence {
		if e.Limb == l {
			out = append(out, e)
		}
	}
	return out
}

// Period is how long the full order is asked for, in words; "" when nobody has said.
func (a *Application) Period() string {
	switch {
	case a.Further:
		return "until further order"
	case a.Months > 0:
		return monthWords(a.Months) + " beginning with the day it is made"
	}
	return ""
}

func monthWords(n int) string {
	if n%12 == 0 {
		return itoa(n/12) + " years"
	}
	return itoa(n) + " months"
}
