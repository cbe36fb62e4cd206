package model

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// Pack is everything on record about one target, before anything is left out. Nobody reads it as it is: [Pack.Page]
// decides what an audience sees.
type Pack struct {
	Operation *Operation
	Target    *Target
	Person    *Person
	Line      *Wanted // nil when there is none
	Team      []*Officer
	Orders    []*Order
	Breaches  []*Breach
	Attempts  []*Attempt // newest first
	Arrests   []*Arrest  // newest first
	Cases     []*Case
	Intel     []*Intel // newest first
	Tasks     []*Task  // still to be done
	Gaps      []Gap
	AsOf      time.Time

	checks int              // how many things the meter looked for
	names  map[Ref]*Officer // officers the records name
	limits Limits
	hidden []*Person // victim-survivors, witnesses and accusers: nothing of theirs may reach a page
	beside []*Person // the others suspected in the same cases
	unread []Ref     // records that are damaged
}

// PackSource is what a pack is read from.
type PackSource interface {
	Lookup
	// Linked lists the records of a kind that are about ref, oldest first.
	Linked(ref Ref, kind Kind) ([]Ref, error)
}

// BuildPack gathers all there is about a target. It fails when the target or those to be protected cannot be read; any
// other record that cannot be is named among the gaps.
func BuildPack(src PackSource, target Ref, now time.Time) (*Pack, error) {
	t, err := recordAs[*Target](src, target)
	if err != nil {
		return nil, err
	}
	p := &Pack{Target: t, AsOf: now, names: map[Ref]*Officer{}, limits: limitsOf(src)}
	if p.Operation, err = recordAs[*Operation](src, t.Operation); err != nil {
		return nil, err
	}
	if p.Person, err = recordAs[*Person](src, t.Person); err != nil {
		return nil, err
	}
	if err := p.gather(src); err != nil {
		return nil, err
	}
	if err := p.protect(src); err != nil {
		return nil, err
	}
	p.nameOfficers(src)
	p.assess(now)
	return p, nil
}

// BuildPacks builds the packs of an operation's live targets, in a unit or ("") in all, in the order of their numbers.
func BuildPacks(src PackSource, operation Ref, unit Unit, now time.Time) ([]*Pack, error) {
	refs, err := src.Linked(operation, KindTarget)
	if err != nil {
		return nil, err
	}
	var out []*Pack
	for _, ref := range refs {
		t, err := recordAs[*Target](src, ref)
		if err != nil {
			return nil, err
		}
		if t.State != TargetLive || (unit != "" && t.Unit != unit) {
			continue
		}
		p, err := BuildPack(src, ref, now)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b *Pack) int { return cmp.Compare(a.Target.Ref.Number(), b.Target.Ref.Number()) })
	return out, nil
}

// recordAs reads a record of one type.
func recordAs[T Record](src Lookup, ref Ref) (T, error) {
	var none T
	r, err := src.Record(ref)
	if err != nil {
		return none, fmt.Errorf("read %s for the pack: %w", ref, err)
	}
	got, ok := r.(T)
	if !ok {
		return none, notFound("target", ref)
	}
	return got, nil
}

// gatherAs reads the records of a type that are about ref; those that cannot be read are noted.
func gatherAs[T Record](p *Pack, src PackSource, ref Ref, kind Kind) ([]T, error) {
	refs, err := src.Linked(ref, kind)
	if err != nil {
		return nil, err
	}
	var out []T
	for _, r := range refs {
		got, err := recordAs[T](src, r)
		if err != nil {
			p.unread = append(p.unread, r)
			continue
		}
		out = append(out, got)
	}
	return out, nil
}

func (p *Pack) gather(src PackSource) error {
	who := p.Person.Ref
	var errs [8]error
	p.Orders, errs[0] = gatherAs[*Order](p, src, who, KindOrder)
	p.Breaches, errs[1] = gatherAs[*Breach](p, src, who, KindBreach)
	p.Attempts, errs[2] = gatherAs[*Attempt](p, src, who, KindAttempt)
	p.Arrests, errs[3] = gatherAs[*Arrest](p, src, who, KindArrest)
	p.Cases, errs[4] = gatherAs[*Case](p, src, who, KindCase)
	p.Intel, errs[5] = gatherAs[*Intel](p, src, who, KindIntel)
	lines, err := gatherAs[*Wanted](p, src, who, KindWanted)
	errs[6], errs[7] = err, p.gatherTasks(src)
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	p.Line = p.lineOf(lines)
	slices.SortStableFunc(p.Attempts, func(a, b *Attempt) int { return b.At.Compare(a.At) })
	slices.SortStableFunc(p.Arrests, func(a, b *Arrest) int { return b.At.Compare(a.At) })
	slices.SortStableFunc(p.Intel, func(a, b *Intel) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.Ref, b.Ref)) })
	return nil
}

// lineOf is the wanted line the target was added for or, without one, the oldest live line of the person.
func (p *Pack) lineOf(lines []*Wanted) *Wanted {
	var out *Wanted
	for _, w := range lines {
		if w.Ref == p.Target.Wanted {
			return w
		}
		if out == nil && w.State.Live() {
			out = w
		}
	}
	return out
}

func (p *Pack) gatherTasks(src PackSource) error {
	for _, about := range []Ref{p.Person.Ref, p.Target.Ref} {
		tasks, err := gatherAs[*Task](p, src, about, KindTask)
		if err != nil {
			return err
		}
		for _, t := range tasks {
			known := slices.ContainsFunc(p.Tasks, func(k *Task) bool { return k.Ref == t.Ref })
			if t.State.Live() && !known {
				p.Tasks = append(p.Tasks, t)
			}
		}
	}
	return nil
}

// protect finds everybody whose details may not reach a page: all who are in the target's cases, unless they are
// suspects beside the target in each of them, and those an order names by their ref.
func (p *Pack) protect(src PackSource) error {
	for _, ref := range p.unread {
		if ref.Kind() == KindCase || ref.Kind() == KindOrder {
			return &Problem{
				Code: Invalid, Field: "sanitisation", Rule: string(ref) + " cannot be read, so nobody can say whom the pack of " + string(p.Target.Ref) + " must protect",
				Do: "Run pou check, and restore the record first",
			}
		}
	}
	var hide, beside []Ref
	for _, c := range p.Cases {
		accused := c.Is(p.Person.Ref, PartySuspect, PartyConvicted)
		for _, party := range c.Parties {
			suspect := party.Role == PartySuspect || party.Role == PartyConvicted
			switch {
			case party.Person == p.Person.Ref:
			case accused && suspect:
				beside = append(beside, party.Person)
			default:
				hide = append(hide, party.Person)
			}
		}
	}
	for _, o := range p.Orders {
		for _, word := range strings.FieldsFunc(o.Protected, notInRef) {
			if ref, ok := ParseRef(word); ok && ref.Kind() == KindPerson && ref != p.Person.Ref {
				hide = append(hide, ref)
			}
		}
	}
	slices.Sort(hide)
	for _, ref := range slices.Compact(hide) {
		who, err := recordAs[*Person](src, ref)
		if err != nil {
			return err
		}
		p.hidden = append(p.hidden, who)
	}
	slices.Sort(beside)
	for _, ref := range slices.Compact(beside) {
		if who, err := recordAs[*Person](src, ref); err == nil && !slices.Contains(hide, ref) {
			p.beside = append(p.beside, who)
		}
	}
	return nil
}

func notInRef(r rune) bool {
	return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// nameOfficers finds the team, and the officers that clocks and tasks name.
func (p *Pack) nameOfficers(src PackSource) {
	for _, ref := range p.Target.Officers {
		o, err := recordAs[*Officer](src, ref)
		if err != nil {
			p.unread = append(p.unread, ref)
			continue
		}
		p.Team = append(p.Team, o)
	}
	also := []Ref{p.Target.AddedBy, p.Operation.Lead}
	for _, t := range p.Tasks {
		also = append(also, t.Assignee)
	}
	for _, d := range p.Dues() {
		also = append(also, d.Owner)
	}
	for _, a := range p.Attempts {
		also = append(also, a.By)
	}
	for _, o := range p.Orders {
		also = append(also, o.Monitor)
	}
	for _, ref := range links(append(also, p.Target.Officers...)...) {
		if o, err := recordAs[*Officer](src, ref); err == nil {
			p.names[ref] = o
		}
	}
}

// call is how an officer is addressed; "nobody" for none.
func (p *Pack) call(ref Ref) string {
	if o := p.names[ref]; o != nil {
		return o.Call()
	}
	if ref == "" {
		return "nobody"
	}
	return string(ref)
}

// Offences are what the target is sought for: those of the wanted line or, without one, of the open cases against them.
func (p *Pack) Offences() []OffenceCode {
	if p.Line != nil {
		return p.Line.Offences
	}
	var out []OffenceCode
	for _, c := range p.Cases {
		if c.State != CaseOpen || !c.Is(p.Person.Ref, PartySuspect) {
			continue
		}
		for _, o := range c.Offences {
			if !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	return out
}

// Dues are the clocks that run on the line, the orders, the arrests, the breaches and the target, the first to run out first.
func (p *Pack) Dues() []Due {
	w := Watch{Now: p.AsOf, Subject: p.Person, Left: p.left, Limits: p.limits}
	out := DuesBy(p.Target, w)
	if p.Line != nil {
		out = append(out, DuesBy(p.Line, w)...)
	}
	for _, o := range p.Orders {
		out = append(out, DuesBy(o, w)...)
	}
	for _, k := range p.Arrests {
		out = append(out, DuesBy(k, w)...)
	}
	for _, b := range p.Breaches {
		out = append(out, DuesBy(b, w)...)
	}
	SortDues(out)
	return out
}

// left reports whether an officer the records name works here no longer.
func (p *Pack) left(ref Ref) bool {
	o := p.names[ref]
	return o != nil && o.Left
}

// today is the day the pack speaks of.
func (p *Pack) today() day.Date { return day.On(p.AsOf) }
