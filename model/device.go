package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// DeviceKind is what a record of communications or travel is kept by.
type DeviceKind string

// The kinds of device.
const (
	DevicePhone   DeviceKind = "phone"
	DeviceCard    DeviceKind = "card"
	DeviceVehicle DeviceKind = "vehicle"
	DeviceAccount DeviceKind = "account"
	DeviceTracker DeviceKind = "tracker"
)

// Choices lists the kinds for a form.
func (DeviceKind) Choices() []Choice {
	return []Choice{
		{string(DevicePhone), "phone", "p"},
		{string(DeviceCard), "Oyster or bank card", "c"},
		{string(DeviceVehicle), "vehicle, by its plate", "v"},
		{string(DeviceAccount), "account of an app or a platform", "a"},
		{string(DeviceTracker), "device that records where it is", "t"},
	}
}

// DeviceKey is a number, card, plate or account as it is compared and as data names it: 07700900123, oyster:012345,
// plate:AB12CDE, @name, device:name. It is "" for what names nothing.
func DeviceKey(kind DeviceKind, s string) string {
	plain := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, s)
	prefix := ""
	switch kind {
	case DevicePhone:
		return PhoneKey(s)
	case DeviceCard:
		prefix = "oyster:"
	case DeviceVehicle:
		prefix, plain = "plate:", strings.ToUpper(plain)
	case DeviceAccount:
		prefix, plain = "@", strings.TrimPrefix(strings.ToLower(plain), "@")
	case DeviceTracker:
		prefix, plain = "device:", strings.ToLower(plain)
	}
	if plain == "" {
		return ""
	}
	return prefix + plain
}

// AttributionGrade is how well it is known that somebody used a device.
type AttributionGrade string

// The grades.
const (
	AttributionProved AttributionGrade = "proved"
	AttributionStrong AttributionGrade = "strong"
	AttributionSome   AttributionGrade = "some"
	AttributionWeak   AttributionGrade = "weak"
)

// Choices lists the grades for a form.
func (AttributionGrade) Choices() []Choice {
	return []Choice{
		{string(AttributionProved), "proved: seized from them, or admitted", "p"},
		{string(AttributionStrong), "strong: subscriber, top-ups or contents name them", "s"},
		{string(AttributionSome), "some: others give it as theirs", "o"},
		{string(AttributionWeak), "weak: it only may be theirs", "w"},
	}
}

// Device is a phone, card, vehicle or account in a case, with who used it, over which days, and how well that is known. A
// phone is not its holder: what the device did is never what the person did.
type Device struct {
	No     int              `cbor:"1,keyasint" json:"no"`
	Kind   DeviceKind       `cbor:"2,keyasint" json:"kind"`
	Number string           `cbor:"3,keyasint" json:"number"` // as it is compared; see [DeviceKey]
	Person Ref              `cbor:"4,keyasint,omitempty" json:"person,omitempty"`
	Role   PartyRole        `cbor:"5,keyasint,omitempty" json:"role,omitempty"` // of the person in this case; "" is a third party
	Grade  AttributionGrade `cbor:"6,keyasint" json:"grade"`
	Basis  string           `cbor:"7,keyasint" json:"basis"`                   // how it is known
	From   day.Date         `cbor:"8,keyasint,omitempty" json:"from,omitzero"` // the first and last day of use that is known of
	To     day.Date         `cbor:"9,keyasint,omitempty" json:"to,omitzero"`
}

// Label is how charts, lists and pages call the device: S1 is used by a suspect, V2 by a victim-survivor, T3 by somebody else.
func (d Device) Label() string {
	letter := "T"
	switch d.Role {
	case PartySuspect, PartyConvicted:
		letter = "S"
	case PartyVictim:
		letter = "V"
	case PartyWitness:
	}
	return letter + itoa(d.No)
}

// Protected reports whether the device's number is need-to-know: it is how a victim-survivor or a witness is reached.
func (d Device) Protected() bool { return d.Role == PartyVictim || d.Role == PartyWitness }

// period is the days of use as words.
func (d Device) period() string {
	switch {
	case d.From.IsZero() && d.To.IsZero():
		return "days of use not known"
	case d.To.IsZero():
		return "from " + d.From.Short()
	case d.From.IsZero():
		return "to " + d.To.Short()
	}
	return d.From.Short() + " to " + d.To.Short()
}

func (d Device) check() error {
	switch {
	case d.Number == "":
		return Refuse("number", "a device is known by its number, card, plate or account", "Enter it as the data gives it")
	case d.Basis == "":
		return Refuse("basis", "an attribution says how it is known that they used the device", "Say it in a sentence")
	case !d.From.IsZero() && !d.To.IsZero() && d.To < d.From:
		return Refuse("to", "the last day of use comes after the first", "Check both days")
	}
	return nil
}

// MomentKind is why a moment matters to what came before and after it.
type MomentKind string

// The kinds of moment.
const (
	MomentTold    MomentKind = "told"
	MomentServed  MomentKind = "served"
	MomentBlocked MomentKind = "blocked"
	MomentArrest  MomentKind = "arrest"
	MomentOther   MomentKind = "other"
)

// Choices lists the kinds for a form.
func (MomentKind) Choices() []Choice {
	return []Choice{
		{string(MomentTold), "told to stop", "t"},
		{string(MomentServed), "order or warning served", "s"},
		{string(MomentBlocked), "number or account blocked", "b"},
		{string(MomentArrest), "arrest or interview", "a"},
		{string(MomentOther), "something else", "o"},
	}
}

// Moment is a time in a case that contact is counted before and after.
type Moment struct {
	No   int        `cbor:"1,keyasint" json:"no"`
	At   time.Time  `cbor:"2,keyasint" json:"at"`
	Kind MomentKind `cbor:"3,keyasint" json:"kind"`
	What string     `cbor:"4,keyasint,omitempty" json:"what,omitempty"`
}

// Label is the moment in a few words.
func (m Moment) Label() string { return firstWord(m.What, LabelOf(m.Kind.Choices(), string(m.Kind))) }

// deviceFacts are the devices of a case without the numbers that are need-to-know, and the moments.
func (k *Case) deviceFacts(l *Liner) Facts {
	var rows []Fact
	for _, d := range k.Devices {
		text, person := d.Number, d.Person
		if d.Protected() {
			text, person = "number is need-to-know", ""
		}
		who := "somebody else"
		if d.Role != "" {
			who = LabelOf(d.Role.Choices(), string(d.Role))
		}
		if person != "" {
			who += " " + l.Name(person)
		}
		words := []string{string(d.Kind), text, who, "attribution " + string(d.Grade), d.period()}
		rows = append(rows, Fact{Label: d.Label(), Text: strings.Join(words, " · "), Ref: person})
	}
	for _, m := range k.Moments {
		rows = append(rows, Fact{Label: "M" + itoa(m.No), Text: m.At.In(day.London()).Format("15:04 on 2 Jan 2006") + " · " + m.Label()})
	}
	return Facts{Head: "Devices and moments", Rows: rows}
}

// privateDevices are the numbers a victim-survivor or a witness is reached by.
func (k *Case) privateDevices(l *Liner) Facts {
	var rows []Fact
	for _, d := range k.Devices {
		if d.Protected() {
			rows = append(rows, Fact{Label: d.Label(), Text: d.Number + " · " + l.Person(d.Person).Name() + " · " + d.Basis})
		}
	}
	return Facts{Head: "Devices", Rows: rows}
}

// Device finds a device of the case by its number in the case.
func (k *Case) Device(no int) (Device, bool) {
	i := slices.IndexFunc(k.Devices, func(d Device) bool { return d.No == no })
	if i < 0 {
		return Device{}, false
	}
	return k.Devices[i], true
}
