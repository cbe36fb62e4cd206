package model

import (
	"slices"
	"time"

	"pou/model/match"
)

func safeguardActions() []Spec {
	return []Spec{
		spec[safeguardAcknowledge]("safeguard.acknowledge", "Acknowledge a safeguard",
			"Says that you have read what stands before a tasking: warning markers, or cross-allegations, which take a supervisor.", anyone(), KindPerson),
	}
}

// heldBy lists what holds an action back: the one table of which safeguard stands before which way to task.
func heldBy(action string) []SafeguardKind {
	switch action {
	case "target.add":
		return []SafeguardKind{WeakAlone}
	case "task.add", "task.assign", "task.start": // an arrest enquiry
		return []SafeguardKind{WeakAlone, CrossAllegation}
	case "warrant.apply": // officers will go through a door on it
		return []SafeguardKind{WeakAlone, CrossAllegation}
	case "target.assign":
		return []SafeguardKind{WeakAlone, CrossAllegation, SafetyMarkers}
	}
	return nil
}

// safeguarded refuses to send officers after a person while a safeguard holds the action back. Every way to task asks here.
func (c *Change) safeguarded(action string, person Ref) error {
	if person == "" {
		return nil
	}
	all, err := Safeguards(seenAs{c}, person, c.Now)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Holds(action) {
			for _, ref := range s.Refs { // it holds all the same, and says no more than whom to ask
				if err := c.maySee("person", ref); err != nil {
					return err
				}
			}
			return Refuse("person", lowerFirst(s.Text), s.Do)
		}
	}
	return nil
}

// safeguarded refuses an arrest enquiry while a safeguard holds it back; other work is not held back.
func (t *Task) safeguarded(c *Change, action string) error {
	if !t.sends() {
		return nil
	}
	return c.safeguarded(action, t.Person)
}

// sends reports whether a task is an arrest enquiry: by its kind or, where that says nothing, by its title. A form offers
// the title Arrest enquiry and no kind.
func (t *Task) sends() bool {
	if t.Kind == "" || t.Kind == "other" {
		return slices.Contains(match.Tokens(t.Title), "arrest")
	}
	return t.Kind == arrestTask
}

// Ack says that an officer has read a safeguard. It covers what there was when it was given and nothing later.
type Ack struct {
	Kind   SafeguardKind `cbor:"1,keyasint" json:"kind"`
	Refs   []Ref         `cbor:"2,keyasint,omitempty" json:"refs,omitempty"`
	Covers []string      `cbor:"3,keyasint,omitempty" json:"-"` // markers with their dates, cases with who is against whom: need-to-know
	By     Ref           `cbor:"4,keyasint" json:"by"`
	At     time.Time     `cbor:"5,keyasint" json:"at"`
	Note   string        `cbor:"6,keyasint,omitempty" json:"note,omitempty"`
}

// Acknowledgeable is a safeguard that somebody can acknowledge.
type Acknowledgeable string

// Choices lists what can be acknowledged.
func (Acknowledgeable) Choices() []Choice {
	return []Choice{
		{string(CrossAllegation), "cross-allegations, both ways", "c"},
		{string(SafetyMarkers), "warning markers", "m"},
	}
}

type safeguardAcknowledge struct {
	Person Ref             `do:"person" label:"Person" kinds:"P" opts:"need"`
	Kind   Acknowledgeable `do:"kind" label:"Read" opts:"need"`
	Note   string          `do:"note" label:"Note" opts:"long" help:"For cross-allegations, say why the tasking is right all the same"`
}

func (a *safeguardAcknowledge) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	kind := SafeguardKind(a.Kind)
	switch {
	case kind == CrossAllegation && !c.By.Supervises():
		return &Problem{Code: Denied, Field: "kind", Rule: "cross-allegations are acknowledged by a supervisor", Do: "Ask a sergeant or the lead; you are " + c.By.Call()}
	case kind == CrossAllegation && a.Note == "":
		return Refuse("note", "whoever acknowledges cross-allegations says why the tasking is right all the same", "Enter it in a sentence, without a victim-survivor's name")
	}
	all, err := Safeguards(inSight{c}, p.Ref, c.Now)
	if err != nil {
		return err
	}
	ack := Ack{Kind: kind, By: c.By.Ref, At: c.Now, Note: a.Note}
	for _, s := range all {
		if s.Kind != kind || !s.Stands() {
			continue
		}
		ack.Covers = append(ack.Covers, s.covers...)
		for _, r := range s.Refs {
			if !slices.Contains(ack.Refs, r) {
				ack.Refs = append(ack.Refs, r)
			}
		}
	}
	if len(ack.Covers) == 0 {
		return Refuse("kind", p.Name()+" has no "+LabelOf(a.Kind.Choices(), string(a.Kind))+" that nobody has acknowledged", "Nothing needs doing here")
	}
	p.Acks = append(p.Acks, ack)
	return c.Put(p)
}
