package model

import (
	"slices"
	"strings"
	"time"
)

// ErasureBasis is why data may no longer be kept.
type ErasureBasis string

// Choices lists the grounds. Source: Data Protection Act 2018 Part 3, not re-read: check.
func (ErasureBasis) Choices() []Choice {
	return []Choice{
		{"retention", "no longer needed: its review found so (DPA 2018 s.39)", "r"},
		{"unlawful", "kept against a data protection principle (DPA 2018 s.47(1))", "u"},
		{"request", "the person asked for it (DPA 2018 s.47, s.48)", "q"},
		{"court", "a court or the Commissioner ordered it", "c"},
	}
}

// ErasureState is where an erasure stands.
type ErasureState string

// The states of an erasure.
const (
	ErasureProposed ErasureState = "proposed"
	ErasureDone     ErasureState = "erased"
	ErasureRefused  ErasureState = "refused"
)

// RecordErasure is a proposal to erase a record and, once a second officer has confirmed it, the proof that it was: which refs are
// gone, why, by whom, and who still holds copies. It never holds what was erased (DPA 2018 s.62(5)).
type RecordErasure struct {
	Meta      `cbor:"-" json:"-"`
	Record    Ref          `cbor:"1,keyasint" json:"record"`
	With      []Ref        `cbor:"2,keyasint,omitempty" json:"with,omitempty"` // what hangs on it, and goes with it
	Basis     ErasureBasis `cbor:"3,keyasint" json:"basis"`
	Reason    string       `cbor:"4,keyasint" json:"reason"`
	By        Ref          `cbor:"5,keyasint" json:"by"`
	At        time.Time    `cbor:"6,keyasint" json:"at"`
	State     ErasureState `cbor:"7,keyasint" json:"state"`
	DecidedBy Ref          `cbor:"8,keyasint,omitempty" json:"decided_by,omitempty"`
	DecidedAt time.Time    `cbor:"9,keyasint,omitzero" json:"decided_at,omitzero"`
	Decision  string       `cbor:"10,keyasint,omitempty" json:"decision,omitempty"`
	Holders   []CopyHeld   `cbor:"11,keyasint,omitempty" json:"copies_held,omitempty"`
	Rows      bool         `cbor:"12,keyasint,omitempty" json:"rows_alone,omitempty"` // of datasets: their records and receipts stay
	Withheld  *KeptTo      `cbor:"13,keyasint,omitempty" json:"withheld,omitempty"`
}

// KeptTo is who alone sees an erasure, because what it erases is restricted: as it was when the erasure was proposed, for afterwards
// there is nothing left to ask.
type KeptTo struct {
	Unit  Unit  `cbor:"1,keyasint,omitempty" json:"unit,omitempty"`
	Named []Ref `cbor:"2,keyasint,omitempty" json:"named,omitempty"`
	Ask   Ref   `cbor:"3,keyasint,omitempty" json:"ask,omitempty"`
}

// CopyHeld is a copy of what was erased that is out of the store's reach: on paper, or in a backup.
type CopyHeld struct {
	By    string    `cbor:"1,keyasint" json:"by"`
	What  string    `cbor:"2,keyasint" json:"what"`
	Entry uint64    `cbor:"3,keyasint" json:"entry"` // of the journal
	At    time.Time `cbor:"4,keyasint" json:"at"`
}

// Links finds the erasure from the record it is about, and from the datasets that lose their rows by it.
func (e *RecordErasure) Links() []Ref {
	if e.Rows {
		return links(append([]Ref{e.Record}, e.With...)...)
	}
	return links(e.Record)
}

// Place puts the erasure in the list of all units until it is decided; that of restricted data in its unit's.
func (e *RecordErasure) Place() (Unit, bool) {
	if e.Withheld != nil {
		return e.Withheld.Unit, e.State == ErasureProposed
	}
	return "", e.State == ErasureProposed
}

func (e *RecordErasure) restriction() *Restriction {
	if e.Withheld == nil {
		return nil
	}
	return &Restriction{Why: RestrictedSensitive, Named: append(links(e.DecidedBy), e.Withheld.Named...), By: e.By}
}

func (e *RecordErasure) keeper() Ref { return firstRef(e.Withheld.Ask, e.By) }

// restrict keeps an erasure to those who may see what it erases, beside the data officers.
func (e *RecordErasure) restrict(c *Change, r Record) error {
	s, err := NewSight(c.src, nil)
	if err != nil || s.Hides(r) == nil {
		return err
	}
	w := s.Hides(r)
	e.Withheld = &KeptTo{Unit: w.Unit, Ask: w.Ask}
	for _, ref := range append([]Ref{r.Head().Ref}, r.Links()...) {
		if s.hidden[ref] == nil {
			continue
		}
		about, err := c.src.Record(ref)
		if err != nil {
			return err
		}
		if x, ok := about.(restrictable); ok && x.restriction() != nil {
			e.Withheld.Named = append(append(e.Withheld.Named, x.restriction().Named...), links(x.restriction().By)...)
		}
	}
	return nil
}

// Check wants a ground, and two officers.
func (e *RecordErasure) Check() error {
	switch {
	case e.Basis == "":
		return Refuse("basis", "data is erased on a ground", "Choose it")
	case e.Reason == "":
		return Refuse("reason", "an erasure has a reason", "Enter it, without repeating what is to be erased")
	case e.State == ErasureDone && e.DecidedBy == e.By:
		return Refuse("erasure", "data is erased by two: one proposes, another confirms", "Ask another data officer or a lead")
	}
	return nil
}

func (e *RecordErasure) row(_ *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.About, line.Owner, line.Since = KindErasure.Word(), string(e.State), e.Reason, e.Record, e.By, e.At
	line.Type, line.Count = string(e.Basis), 1+len(e.With)
}

func (e *RecordErasure) facts(l *Liner) []Facts {
	with := make([]string, len(e.With))
	for i, ref := range e.With {
		with[i] = string(ref)
	}
	held := make([]Fact, len(e.Holders))
	for i, h := range e.Holders {
		held[i] = Fact{Label: h.By, Text: h.What + ", " + clockDay(h.At) + ", journal entry " + utoa(h.Entry), Tone: ToneWarn}
	}
	return []Facts{{Head: "Erasure", Rows: []Fact{
		{Label: "Of", Text: string(e.Record), Tone: ToneStrong},
		{Label: "With it", Text: strings.Join(with, ", ")},
		{Label: "What goes", Text: e.goes()},
		{Label: "Ground", Text: labelOf(e.Basis.Choices(), string(e.Basis))},
		{Label: "Reason", Text: e.Reason},
		{Label: "Proposed", Text: l.Officer(e.By) + ", " + clockDay(e.At), Ref: e.By},
		{Label: "State", Text: string(e.State), Tone: ToneStrong},
		{Label: "Decided", Text: strings.TrimPrefix(strings.Join(slices.DeleteFunc([]string{l.Officer(e.DecidedBy), clockMaybe(e.DecidedAt), e.Decision}, func(s string) bool { return s == "" }), ", "), ", ")},
	}}, {Head: "Copies out of reach", Rows: held}}
}

// goes says what an erasure of rows leaves; nothing of one that takes the record.
func (e *RecordErasure) goes() string {
	if !e.Rows {
		return ""
	}
	return "the rows; the record of the data, its lawful basis and its receipts stay"
}

func clockMaybe(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return clockDay(at)
}

// goesWith lists what hangs on a record and is erased with it, or refuses while something that stands on its own, or is
// still live, names it.
func goesWith(c *Change, root Record) ([]Ref, error) {
	set := []Ref{root.Head().Ref}
	var found []Record
	for i := 0; i < len(set); i++ {
		for _, kind := range Kinds() {
			if kind == KindErasure {
				continue
			}
			refs, err := c.src.Linked(set[i], kind)
			if err != nil {
				return nil, err
			}
			for _, ref := range refs {
				if slices.Contains(set, ref) {
					continue
				}
				r, err := c.src.Record(ref)
				if err != nil {
					return nil, err
				}
				if err := hangs(root, r); err != nil {
					return nil, err
				}
				set, found = append(set, ref), append(found, r)
			}
		}
	}
	for _, r := range found {
		for _, about := range r.Links() {
			if slices.Contains([]Kind{KindOfficer, KindPerson, KindOperation}, about.Kind()) {
				continue
			}
			if !slices.Contains(set, about) {
				return nil, stands(r.Head().Ref, "is about "+string(about)+" as well")
			}
		}
	}
	slices.Sort(set[1:])
	return set[1:], nil
}

// hangs refuses a record that does not go with the one to be erased.
func hangs(root, r Record) error {
	ref := r.Head().Ref
	if slices.Contains([]Kind{KindCase, KindOperation, KindPlan, KindVersion, KindOfficer, KindPerson, KindLimit, KindEngagement}, ref.Kind()) {
		return stands(ref, "names it and stands on its own")
	}
	if _, live := r.Place(); live {
		return stands(ref, "is still live")
	}
	if p, ok := root.(*Person); ok && PersonOf(r) != "" && PersonOf(r) != p.Ref {
		return stands(ref, "is about somebody else")
	}
	return nil
}

func stands(ref Ref, why string) error {
	return Refuse("record", string(ref)+" "+why, "End it, take the name out of it, or have it erased first")
}
