package model

import (
	"slices"
	"time"
)

// RestrictedWhy is why only a few may see a record.
type RestrictedWhy string

// The grounds of a restriction.
const (
	RestrictedOwnForce  RestrictedWhy = "own-force"
	RestrictedSensitive RestrictedWhy = "sensitive"
)

// Choices lists the grounds for a form.
func (RestrictedWhy) Choices() []Choice {
	return []Choice{
		{string(RestrictedOwnForce), "a suspect is a police officer or staff", "o"},
		{string(RestrictedSensitive), "what it holds is sensitive", "s"},
	}
}

// Restriction keeps a record to the officers it names, the lead of its unit and S-TAC. Everybody else sees that there is a
// restricted record, whose it is and whom to ask, and nothing else.
type Restriction struct {
	Why    RestrictedWhy `cbor:"1,keyasint" json:"why"`
	Reason string        `cbor:"2,keyasint" json:"reason"`
	Named  []Ref         `cbor:"3,keyasint,omitempty" json:"named,omitempty"`
	By     Ref           `cbor:"4,keyasint" json:"by"`
	At     time.Time     `cbor:"5,keyasint" json:"at"`
}

// HeldBack stands in the head of a record that is not shown to an officer: whose it is, and whom to ask.
type HeldBack struct {
	Unit Unit
	Ask  Ref
}

// restrictable is a record that can be restricted by itself. restriction is nil while it is not.
type restrictable interface {
	Record
	restriction() *Restriction
	keeper() Ref // whom to ask
}

func (k *Case) restriction() *Restriction { return k.Restricted }
func (k *Case) keeper() Ref               { return firstRef(k.Officer, k.restrictedBy()) }

func (k *Case) restrictedBy() Ref {
	if k.Restricted == nil {
		return ""
	}
	return k.Restricted.By
}

// restriction of a referral is S-TAC's own; whoever referred the case goes on seeing what became of it.
func (r *Referral) restriction() *Restriction {
	if !r.Restricted {
		return nil
	}
	return &Restriction{Why: RestrictedSensitive, Reason: r.Limits, Named: links(r.By, r.Owner, r.DecidedBy)}
}

func (r *Referral) keeper() Ref { return firstRef(r.Owner, r.DecidedBy, r.By) }

// Restricted reports whether a record is restricted by itself; what hangs on it is restricted with it (see [Sight]).
func Restricted(r Record) bool {
	x, ok := r.(restrictable)
	return ok && x.restriction() != nil
}

// covered are the kinds of record that are restricted with the case or the referral they are about. What officers in the
// street need is not among them: a wanted line, an arrest, an order and a target say what they say to everybody.
func covered(k Kind) bool {
	return k == KindErasure || k == KindReferral || k == KindScreening || k == KindDataset || k == KindStoryboard || k == KindEvidence || k == KindWarrant || k == KindSurvivor || k == KindTask
}

// maySee reports whether an officer may see a restricted record.
func maySee(o *Officer, x restrictable) bool {
	if o == nil || o.Left {
		return false
	}
	unit, _ := x.Place()
	rule := x.restriction()
	if x.Head().Ref.Kind() == KindErasure && o.Has(RoleData) {
		return true
	}
	return o.Has(RoleSTAC) || (o.Has(RoleLead) && (o.Unit == "" || o.Unit == unit)) || o.Ref == x.keeper() || o.Ref == rule.By || slices.Contains(rule.Named, o.Ref)
}

// RestrictedView is what a [Sight] is worked out from.
type RestrictedView interface {
	Record(ref Ref) (Record, error)
	// Restricted lists the records that are restricted by themselves.
	Restricted() ([]Ref, error)
}

// Sight is what one officer may see: everything but the restricted records they have no part in, and what hangs on those.
type Sight struct {
	who    *Officer
	hidden map[Ref]*HeldBack
}

// NewSight works out what an officer may see. A restricted record that cannot be read stays hidden.
func NewSight(v RestrictedView, who *Officer) (*Sight, error) {
	refs, err := v.Restricted()
	s := &Sight{who: who, hidden: map[Ref]*HeldBack{}}
	for _, ref := range refs {
		w := &HeldBack{}
		if r, err := v.Record(ref); err == nil {
			x, ok := r.(restrictable)
			switch {
			case r.Head().HeldBack != nil: // read through another guard
				w = r.Head().HeldBack
			case !ok || x.restriction() == nil || maySee(who, x):
				continue
			default:
				w.Unit, _ = x.Place()
				w.Ask = x.keeper()
			}
		}
		s.hidden[ref] = w
	}
	return s, err
}

// Whole reports whether nothing is hidden from the officer.
func (s *Sight) Whole() bool { return len(s.hidden) == 0 && s.who.meets() }

// Hides says that a record is hidden from the officer, and whom to ask; nil when it is not.
func (s *Sight) Hides(r Record) *HeldBack {
	if w := s.hidden[r.Head().Ref]; w != nil || len(s.hidden) == 0 || !covered(r.Head().Ref.Kind()) {
		return w
	}
	if t, ok := r.(*Task); ok && s.who != nil && t.Assignee == s.who.Ref {
		return nil // who is to do it has to read it
	}
	if e, ok := r.(*RecordErasure); ok && s.who != nil && (s.who.Has(RoleData) || e.By == s.who.Ref) {
		return nil // data officers propose and confirm what they need not be able to read
	}
	for _, ref := range r.Links() {
		if w := s.hidden[ref]; w != nil {
			return w
		}
	}
	return nil
}

// MayHide reports whether the record under a ref could be hidden, so that it has to be read to know.
func (s *Sight) MayHide(ref Ref) bool {
	return len(s.hidden) > 0 && (s.hidden[ref] != nil || covered(ref.Kind()))
}

// Of is a record as the officer may see it.
func (s *Sight) Of(r Record) Record {
	if w := s.Hides(r); w != nil {
		return heldBack(r, w)
	}
	if p, ok := r.(*Person); ok && !s.who.meets() {
		for i, m := range p.Markers {
			if m.Code.Health() { // DPA 2018 s.35(8): need-to-know; docs/access.md says who has
				p.Markers[i] = Marker{Code: "HEALTH", Set: m.Set, Review: m.Review, Source: "need-to-know: ask the unit"}
			}
		}
	}
	return r
}

// heldBack is an empty record in the place of one that is hidden.
func heldBack(r Record, w *HeldBack) Record {
	h := r.Head()
	out := NewRecord(h.Ref.Kind())
	*out.Head() = Meta{Ref: h.Ref, Rev: h.Rev, Seq: h.Seq, HeldBack: w}
	return out
}

func restrictedRefusal(field string, ref Ref, w *HeldBack, ask string) *Problem {
	whose := ""
	if w.Unit != "" {
		whose = " of " + string(w.Unit)
	}
	if ask == "" {
		ask = "S-TAC or the lead of the unit"
	}
	return &Problem{Code: Denied, Field: field, Rule: string(ref) + " is a restricted record" + whose, Do: "Ask " + ask}
}

// restrictedLine is the row of a record that is withheld.
func (l *Liner) restrictedLine(r Record) Line {
	h := r.Head()
	line := Line{Ref: h.Ref, Rev: h.Rev, Kind: h.Ref.Kind().Word(), Unit: h.HeldBack.Unit, Live: true, Status: restrictedStatus, Owner: h.HeldBack.Ask}
	line.OwnerName = l.Officer(line.Owner)
	line.What = restrictedRefusal("", h.Ref, h.HeldBack, line.OwnerName).Do
	line.Fold()
	return line
}

// Withheld reports whether the row is of a record that is hidden from whoever reads it.
func (l *Line) Withheld() bool { return l.Status == restrictedStatus }

const restrictedStatus = "RESTRICTED"

// restrictedFacts are all a withheld record says.
func (l *Liner) restrictedFacts(r Record) []Facts {
	w := r.Head().HeldBack
	return worded([]Facts{{Head: "Restricted record", Rows: []Fact{
		{Label: "RESTRICTED", Text: "to those it names, the lead of its unit and S-TAC", Tone: ToneDanger},
		{Label: "Unit", Text: string(w.Unit)},
		{Label: "Ask", Text: l.Officer(w.Ask), Ref: w.Ask},
	}}})
}

// sight is what the officer who makes the change may see.
func (c *Change) sight() (*Sight, error) {
	if c.seen == nil {
		s, err := NewSight(c.src, c.By)
		if err != nil {
			return nil, err
		}
		c.seen = s
	}
	return c.seen, nil
}

// maySee refuses an officer a restricted record they have no part in. What an action finds on its own way – the victims to
// be told of an arrest – it works with all the same: a restriction must not stop a rule that keeps somebody safe.
func (c *Change) maySee(field string, ref Ref) error {
	s, err := c.sight()
	if err != nil || !s.MayHide(ref) {
		return err
	}
	r, err := c.src.Record(ref)
	if err != nil {
		return nil //nolint:nilerr // the action says itself that it is not there
	}
	if w := s.Hides(r); w != nil {
		return restrictedRefusal(field, ref, w, c.askOf(w))
	}
	return nil
}

func (c *Change) askOf(w *HeldBack) string {
	if w.Ask == "" {
		return ""
	}
	return c.nameOf(w.Ask)
}

// seesNamed refuses a request that names a record hidden from the officer.
func (c *Change) seesNamed(s Spec, fields map[string]any) error {
	if s.blind {
		return nil
	}
	for _, f := range s.Fields {
		if f.Type != TypeRef {
			continue
		}
		named, err := f.texts(fields[f.Name])
		if err != nil {
			return err
		}
		for _, text := range named {
			if ref, ok := ParseRef(text); ok {
				if err := c.maySee(f.Name, ref); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// inSight is the record as the officer who makes the change may see it.
type inSight struct{ c *Change }

func (v inSight) Record(ref Ref) (Record, error) {
	r, err := v.c.src.Record(ref)
	if err != nil {
		return nil, err
	}
	s, err := v.c.sight()
	if err != nil {
		return nil, err
	}
	return s.Of(r), nil
}

func (v inSight) Linked(ref Ref, kind Kind) ([]Ref, error) { return v.c.src.Linked(ref, kind) }

// restricted says that there are records about the person which the officer may not see, and whom to ask before anyone is sent.
func (f facts) restricted(v SafeguardView) []Safeguard {
	var out []Safeguard
	for _, k := range f.cases {
		w := k.Head().HeldBack
		if w == nil {
			continue
		}
		ask := ""
		if r, err := v.Record(w.Ask); err == nil {
			if o, ok := r.(*Officer); ok {
				ask = o.Call()
			}
		}
		p := restrictedRefusal("", k.Ref, w, ask)
		out = append(out, Safeguard{Kind: RestrictedRecord, Level: Note, Text: p.Rule, Do: p.Do + " before anyone is sent", Refs: []Ref{k.Ref}})
	}
	return out
}
