package atlas

import "pou/model"

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
