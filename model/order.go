package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// OrderType is what kind of protective order it is.
type OrderType string

// The orders kept here. Restraining orders are kept apart by the power they were made under, since the charge for a
// breach depends on it.
const (
	SPO          OrderType = "SPO"
	InterimSPO   OrderType = "interim SPO"
	ROConviction OrderType = "RO on conviction"
	ROAcquittal  OrderType = "RO on acquittal"
	ROBefore2020 OrderType = "RO before Dec 2020" // by the day of conviction, so the order itself may be made later
	DAPO         OrderType = "DAPO"               // Domestic Abuse Act 2021; piloted in Croydon, Bromley and Sutton
	NMO          OrderType = "NMO"                // non-molestation order, made by a family court
	BailTerms    OrderType = "bail conditions"    // pre-charge or court bail; broken bail is a power to arrest, no offence
	OtherOrder   OrderType = "other order"
)

// spoLeastMonths is the shortest fixed period of a full SPO (SPA 2019 s.3(2)).
const spoLeastMonths = 24

// Choices lists the types for a form.
func (OrderType) Choices() []Choice {
	return []Choice{
		{string(SPO), "SPO", "s"},
		{string(InterimSPO), "interim SPO", "i"},
		{string(ROConviction), "RO on conviction", "c"},
		{string(ROAcquittal), "RO on acquittal", "q"},
		{string(ROBefore2020), "RO, convicted before 1 Dec 2020", "b"},
		{string(DAPO), "domestic abuse protection order", "d"},
		{string(NMO), "non-molestation order", "n"},
		{string(BailTerms), "bail conditions", "l"},
		{string(OtherOrder), "other", "o"},
	}
}

// IsSPO reports whether the Stalking Protection Act 2019 governs the order.
func (t OrderType) IsSPO() bool { return t == SPO || t == InterimSPO }

// IsRO reports whether it is a restraining order.
func (t OrderType) IsRO() bool { return t == ROConviction || t == ROAcquittal || t == ROBefore2020 }

// Power is the power the order is made under.
func (t OrderType) Power() string {
	switch t {
	case SPO:
		return "Stalking Protection Act 2019 s.2"
	case InterimSPO:
		return "Stalking Protection Act 2019 s.5"
	case ROConviction:
		return "Sentencing Act 2020 s.360"
	case ROAcquittal:
		return "Protection from Harassment Act 1997 s.5A"
	case ROBefore2020:
		return "Protection from Harassment Act 1997 s.5"
	case DAPO:
		return "Domestic Abuse Act 2021 s.28"
	case NMO:
		return "Family Law Act 1996 s.42"
	case BailTerms:
		return "Bail Act 1976 s.3(6)"
	case OtherOrder:
		return "as stated in the note"
	}
	return ""
}

// BreachOffence is the offence a breach of such an order would be.
func (t OrderType) BreachOffence() OffenceCode {
	switch t {
	case SPO, InterimSPO:
		return "spo-breach"
	case ROConviction:
		return "ro-breach"
	case ROAcquittal:
		return "ro-breach-acq"
	case ROBefore2020:
		return "ro-breach-old"
	case DAPO:
		return "dapo-breach"
	case NMO:
		return "nmo-breach"
	case BailTerms, OtherOrder: // broken bail is a power to arrest (Bail Act 1976 s.7(3); PACE s.46A), not an offence
	}
	return "other"
}

// OrderOrigin is how an order came to be: an order that arrives from a conviction or an acquittal has no police applicant
// and no pack (Crime and Policing Act 2026; Sentencing Act 2020 s.360; PHA 1997 s.5A).
type OrderOrigin string

// The origins of an order.
const (
	FromApplication OrderOrigin = "police application"
	FromConviction  OrderOrigin = "conviction"
	FromAcquittal   OrderOrigin = "acquittal"
	FromOtherCourt  OrderOrigin = "other court" // a family court, or another force's application
)

// Choices lists the origins for a form.
func (OrderOrigin) Choices() []Choice {
	return []Choice{
		{string(FromApplication), "police application", "p"},
		{string(FromConviction), "on conviction, by the court", "c"},
		{string(FromAcquittal), "on acquittal, by the court", "q"},
		{string(FromOtherCourt), "another court or force", "o"},
	}
}

// Origin is how an order of the type comes to be, when nobody has said otherwise; "" where it may be any way.
func (t OrderType) Origin() OrderOrigin {
	switch t {
	case SPO, InterimSPO, DAPO:
		return FromApplication
	case ROConviction, ROBefore2020:
		return FromConviction
	case ROAcquittal:
		return FromAcquittal
	case NMO:
		return FromOtherCourt
	case BailTerms, OtherOrder:
	}
	return ""
}

// MayRequire reports whether an order of the type may ask for something to be done: a restraining order (Sentencing Act
// 2020 s.359; PHA 1997 ss.5, 5A) and a non-molestation order (Family Law Act 1996 s.42(1), check) only prohibit.
func (t OrderType) MayRequire() bool { return !t.IsRO() && t != NMO }

// Offends reports whether breaking the order is itself an offence.
func (t OrderType) Offends() bool { return t != BailTerms && t != OtherOrder }

// noOffence says what breaking an order is that the record gives no offence for.
func (t OrderType) noOffence() string {
	if t == BailTerms {
		return "a power to arrest only (pre-charge bail: PACE 1984 s.46A; bail by a court: Bail Act 1976 s.7(3))"
	}
	return "whatever its own Act says, which is not on record"
}

// Breaking says what breaking the order is, and so what an officer may do about it.
func (t OrderType) Breaking() string {
	if t == BailTerms {
		return "no offence: a power to arrest (Bail Act 1976 s.7(3); PACE 1984 s.46A, check)"
	}
	if !t.Offends() {
		return "as the order's own Act says"
	}
	row := t.BreachOffence().Row()
	return "an offence: " + row.Statute + ", " + string(row.Mode) + ", " + itoa(int(row.MaxYears)) + " years"
}

// knowing reports whether the subject must have been served with the order, or know of it, before breaking it can be
// charged; for a DAPO and an NMO made without notice see DAA 2021 s.39(2) and FLA 1996 s.42A(2), check.
func (t OrderType) knowing() bool { return t.IsSPO() || t == DAPO || t == NMO }

// ServeMethod is how an order was served on the subject.
type ServeMethod string

// The ways of service.
const (
	ServedPersonally ServeMethod = "in person"
	ServedInCourt    ServeMethod = "in court"
	ServedByPost     ServeMethod = "by post"
	ServedOtherwise  ServeMethod = "substituted" // as the court directed
)

// Choices lists the ways for a form.
func (ServeMethod) Choices() []Choice {
	return []Choice{
		{string(ServedPersonally), "in person, by an officer", "p"},
		{string(ServedInCourt), "in court, when it was made", "c"},
		{string(ServedByPost), "by post", "o"},
		{string(ServedOtherwise), "substituted, as the court directed", "s"},
	}
}

// OrderEnd is why an order is no longer live.
type OrderEnd string

// The ends of an order other than its last day passing.
const (
	Discharged OrderEnd = "discharged"
	Lapsed     OrderEnd = "lapsed"                      // its last day passed and nobody renewed it
	Superseded OrderEnd = "superseded"                  // an interim order, by the full order
	Determined OrderEnd = "main application determined" // an interim order, when the main application failed (SPA 2019 s.5)
)

// Order is a restraining order or a stalking protection order, for its whole life.
type Order struct {
	Meta       `cbor:"-" json:"-"`
	Person     Ref         `cbor:"1,keyasint" json:"person"`
	Type       OrderType   `cbor:"2,keyasint" json:"type"`
	Unit       Unit        `cbor:"3,keyasint,omitempty" json:"unit,omitempty"`
	Court      string      `cbor:"4,keyasint,omitempty" json:"court,omitempty"`
	Made       day.Date    `cbor:"5,keyasint" json:"made"`
	Until      day.Date    `cbor:"6,keyasint,omitempty" json:"until,omitzero"` // last day; none means until further order
	Served     time.Time   `cbor:"7,keyasint,omitzero" json:"served,omitzero"`
	ServedHow  string      `cbor:"8,keyasint,omitempty" json:"served_how,omitempty"`
	ServedBy   Ref         `cbor:"9,keyasint,omitempty" json:"served_by,omitempty"`
	Conditions []Condition `cbor:"10,keyasint,omitempty" json:"conditions,omitempty"`
	Monitor    Ref         `cbor:"11,keyasint,omitempty" json:"monitor,omitempty"`  // monitoring officer for life
	Replaces   Ref         `cbor:"12,keyasint,omitempty" json:"replaces,omitempty"` // the interim order it follows
	Notified   day.Date    `cbor:"13,keyasint,omitempty" json:"notified,omitzero"`  // initial notification received
	End        OrderEnd    `cbor:"14,keyasint,omitempty" json:"end,omitempty"`
	Ended      day.Date    `cbor:"15,keyasint,omitempty" json:"ended,omitzero"`
	Note       string      `cbor:"16,keyasint,omitempty" json:"note,omitempty"`
	Breaches   int         `cbor:"17,keyasint,omitempty" json:"breaches,omitempty"` // potential breaches reported
	Protected  string      `cbor:"18,keyasint,omitempty" json:"-"`                  // who it protects: need-to-know, never listed

	Origin      OrderOrigin     `cbor:"19,keyasint,omitempty" json:"origin,omitempty"`
	Application Ref             `cbor:"20,keyasint,omitempty" json:"application,omitempty"` // the police application it was made on
	Risk        RiskLevel       `cbor:"21,keyasint,omitempty" json:"risk,omitempty"`        // decides how often it is checked
	Changes     []Notifiable    `cbor:"22,keyasint,omitempty" json:"changes,omitempty"`     // names used and homes moved to
	Log         []OrderDecision `cbor:"23,keyasint,omitempty" json:"log,omitempty"`         // what the court or the unit decided since
	Watch       *MonitorPlan    `cbor:"24,keyasint,omitempty" json:"watch,omitempty"`       // how it is watched, and who covers
	Locality    string          `cbor:"25,keyasint,omitempty" json:"locality,omitempty"`    // limited to part of the UK (SPA 2019 s.2); "" for all of it

	InterimServed time.Time `cbor:"26,keyasint,omitzero" json:"interim_served,omitzero"` // service of the interim order it replaces, which began the duty to notify
	ServedWhere   string    `cbor:"27,keyasint,omitempty" json:"served_where,omitempty"`
	Explained     bool      `cbor:"28,keyasint,omitempty" json:"explained,omitempty"`             // its terms were explained at service
	ServedBWV     string    `cbor:"29,keyasint,omitempty" json:"served_bwv,omitempty"`            // body-worn video of the service
	NotifiedWhere string    `cbor:"30,keyasint,omitempty" json:"notified_where,omitempty"`        // the station
	NotifiedAck   bool      `cbor:"31,keyasint,omitempty" json:"notified_acknowledged,omitempty"` // in writing (SPA 2019 s.10)
	Verified      bool      `cbor:"32,keyasint,omitempty" json:"verified,omitempty"`              // fingerprints or a photograph taken (s.10)
	NotifyAnew    bool      `cbor:"33,keyasint,omitempty" json:"notify_anew,omitempty"`           // the interim order it replaces was never served
}

// Links finds the order from the person, the officers who answer for it and the order it replaces.
func (o *Order) Links() []Ref {
	return links(append(o.Watch.officers(), o.Person, o.Monitor, o.Replaces, o.Application)...)
}

// Place puts the order in its unit's list until it is discharged or superseded. An order whose last day has passed
// stays until somebody has recorded what became of it.
func (o *Order) Place() (Unit, bool) { return o.Unit, o.End == "" }

// Check holds the order to the Act it is made under.
func (o *Order) Check() error {
	switch {
	case o.Person.Kind() != KindPerson:
		return Refuse("person", "an order has a subject on record", "Find the person first, or add them")
	case o.Type == "":
		return Refuse("type", "an order has a type, which decides its powers and clocks", "Choose one: "+valuesOf(o.Type.Choices()))
	case o.Made.IsZero():
		return Refuse("made", "an order states the day it was made (SPA 2019 s.6)", "Enter the day")
	case len(o.Conditions) == 0:
		return Refuse("conditions", "an order has at least one prohibition or requirement", "Enter each on a line of its own")
	case !o.Served.IsZero() && day.On(o.Served) < o.Made:
		return Refuse("served", "an order cannot be served before it is made ("+o.Made.Long()+")", "Check both dates")
	}
	if err := o.checkPeriod(); err != nil {
		return err
	}
	if err := o.checkOrigin(); err != nil {
		return err
	}
	return o.checkConditions()
}

// royalAssent is when the Crime and Policing Act 2026 was passed; when its SPO powers were commenced is to be checked.
func royalAssent() day.Date { return day.Of(2026, time.April, 29) }

// dapoPilot is the month the DAPO pilot began in Croydon, Bromley and Sutton.
func dapoPilot() day.Date { return day.Of(2024, time.November, 1) }

// checkOrigin holds how the order came to be to its type. An order nobody has said it of stands.
func (o *Order) checkOrigin() error {
	own := o.Type.Origin()
	switch {
	case o.Origin == "":
	case o.Type.IsRO() && o.Origin != own && o.Origin != FromOtherCourt:
		return Refuse("origin", "a restraining order is made by the court itself, on "+string(own)+" ("+o.Type.Power()+")", "Choose "+string(own)+", or check the type")
	case o.Type == InterimSPO && (o.Origin == FromConviction || o.Origin == FromAcquittal):
		return Refuse("origin", "an interim SPO is made only with a police application for a full one (SPA 2019 s.5)", "Choose police application, or check the type")
	case o.Type == SPO && (o.Origin == FromConviction || o.Origin == FromAcquittal) && o.Made < royalAssent():
		return Refuse("origin", "before the Crime and Policing Act 2026 a court made an SPO only on a police application (SPA 2019 s.1)", "Choose police application, or check the day it was made")
	}
	return nil
}

func (o *Order) checkPeriod() error {
	switch {
	case o.Type == InterimSPO && o.Until.IsZero():
		return Refuse("until", "an interim SPO is for a fixed period only (SPA 2019 s.5)", "Enter its last day")
	case o.Type == SPO && !o.Until.IsZero() && o.Until < day.MonthsBeginning(o.Made, spoLeastMonths):
		least := day.MonthsBeginning(o.Made, spoLeastMonths)
		return Refuse("until", "a full SPO lasts at least two years beginning with the day it is made (SPA 2019 s.3)",
			"Enter "+least.Long()+" or later, leave it empty for until further order, or mark the order interim")
	case !o.Until.IsZero() && o.Until < o.Made:
		return Refuse("until", "an order ends after it is made", "Check both dates")
	case o.Type == ROConviction && o.Made < day.Of(2020, time.December, 1):
		return Refuse("type", "before 1 December 2020 restraining orders on conviction were made under PHA 1997 s.5",
			"Choose RO, convicted before 1 Dec 2020")
	case o.Type == DAPO && o.Made < dapoPilot():
		return Refuse("made", "no DAPO was made before the pilot of November 2024 (Domestic Abuse Act 2021 Part 3)", "Check the day and the type")
	}
	return nil
}

// checkConditions refuses requirements in an order that may only prohibit.
func (o *Order) checkConditions() error {
	for _, c := range o.Conditions {
		if c.Text == "" {
			return Refuse("conditions", "condition "+itoa(c.No)+" has no text", "Enter the words of the order")
		}
		if c.Requirement && !o.Type.MayRequire() {
			rule := "a restraining order may only prohibit, never require (Sentencing Act 2020 s.359)"
			if o.Type == NMO {
				rule = "a non-molestation order prohibits (Family Law Act 1996 s.42(1), check); it does not require"
			}
			return Refuse("conditions", rule, "Check condition "+itoa(c.No)+" against the order")
		}
	}
	return nil
}

// Live reports whether the order binds on a day.
func (o *Order) Live(on day.Date) bool {
	return o.End == "" && o.Made <= on && (o.Until.IsZero() || on <= o.Until)
}

// State is the order's state on a day, in one word or two.
func (o *Order) State(on day.Date) string {
	switch {
	case o.End != "":
		return string(o.End)
	case !o.Until.IsZero() && on > o.Until:
		return "expired"
	case o.Served.IsZero():
		return "not served"
	}
	return "live"
}

// Condition finds a condition by its number.
func (o *Order) Condition(no int) (Condition, bool) {
	i := slices.IndexFunc(o.Conditions, func(c Condition) bool { return c.No == no })
	if i < 0 {
		return Condition{}, false
	}
	return o.Conditions[i], true
}

// conditionAt is where a condition stands in the order, for an action that changes it; it refuses one that is not there or
// that a court has ended.
func (o *Order) conditionAt(no int) (int, error) {
	i := slices.IndexFunc(o.Conditions, func(c Condition) bool { return c.No == no })
	switch {
	case i < 0:
		return 0, Refuse("condition", string(o.Ref)+" has no condition "+itoa(no), "Its conditions are numbered 1 to "+itoa(len(o.Conditions)))
	case !o.Conditions[i].Ended.IsZero():
		return 0, Refuse("condition", "condition "+itoa(no)+" ended on "+o.Conditions[i].Ended.Long(), "Choose one that still binds")
	}
	return i, nil
}

// within2Years reports whether a day is inside the two years beginning with the day an SPO was made, in which it is not
// discharged without consent (SPA 2019 s.4(5)).
func (o *Order) within2Years(on day.Date) bool {
	return o.Type == SPO && on <= day.MonthsBeginning(o.Made, spoLeastMonths)
}
