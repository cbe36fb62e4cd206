package atlas

import (
	"cmp"
	"slices"

	"pou/model"
)

// Of are the attributions of a case's devices in a set; devices the set does not have are left out.
func Of(k *model.Case, s *Set) Attributions {
	byName := make(map[string]Handle, len(s.Names))
	for h, name := range s.Names {
		byName[name] = Handle(h) //nolint:gosec // an index of names
	}
	var out Attributions
	for _, d := range k.Devices {
		h, ok := byName[d.Number]
		if !ok || d.Number == "" {
			continue
		}
		a := Attribution{Handle: h, Side: sideOf(d.Role), Who: d.Label(), Hidden: d.Protected(), Grade: gradeOf(d.Grade)}
		if !d.From.IsZero() {
			a.From = d.From.Start().UnixMilli()
		}
		if !d.To.IsZero() {
			a.To = d.To.End().UnixMilli()
		}
		out = append(out, a)
	}
	return out
}

func sideOf(r model.PartyRole) Side {
	switch r {
	case model.PartySuspect, model.PartyConvicted:
		return Suspect
	case model.PartyVictim:
		return Victim
	case model.PartyWitness:
	}
	return Third
}

func gradeOf(g model.AttributionGrade) Grade {
	switch g {
	case model.AttributionProved:
		return Proved
	case model.AttributionStrong:
		return Strong
	case model.AttributionSome:
		return Some
	case model.AttributionWeak:
		return Weak
	}
	return Ungraded
}

// Label is how a handle is shown: its device's label, and its number unless that is need-to-know; a handle attributed to nobody in
// the case is shown as it is.
func (s *Set) Label(h Handle, as Attributions) string {
	for i := range as {
		switch a := &as[i]; {
		case a.Handle != h:
		case a.Hidden:
			return a.Who
		default:
			return a.Who + " " + s.Name(h)
		}
	}
	return s.Name(h)
}

// Split holds rows against the lawful basis: what it does not allow goes to Held, and what was held and is allowed now comes back.
// A row is about a subject when either end of it is. Rows without a time are held against the subjects alone.
func Split(s *Set, b model.LawfulBasis) {
	allowed := make([]bool, len(s.Names))
	for h, name := range s.Names {
		allowed[h] = b.Allows(name)
	}
	from, to := b.From.Start().UnixMilli(), b.To.End().UnixMilli()
	rows, held := make([]Row, 0, len(s.Rows)+len(s.Held)), []Row(nil)
	for _, part := range [][]Row{s.Rows, s.Held} {
		for _, r := range part {
			about := allowed[r.Own] || r.Other != 0 && allowed[r.Other]
			if about && (r.Has(NoTime) || r.At >= from && r.At < to) {
				rows = append(rows, r)
			} else {
				held = append(held, r)
			}
		}
	}
	slices.SortFunc(rows, InOrder)
	slices.SortFunc(held, InOrder)
	s.Rows, s.Held = rows, held
}

// InOrder is the order of the rows of a set: those without a time first, then by time, file and line.
func InOrder(a, b Row) int {
	return cmp.Or(cmp.Compare(b.Flags&NoTime, a.Flags&NoTime), cmp.Compare(a.At, b.At), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}
