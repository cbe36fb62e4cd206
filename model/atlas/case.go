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

// Call has the devices of a case called by their labels wherever they are shown: S1 with its number, and V2 without, since the number of
// somebody who is protected is need-to-know.
func (s *Set) Call(as Attributions) {
	s.Shown = make(map[Handle]string, len(as))
	for i := range as {
		a := &as[i]
		if s.Shown[a.Handle] = a.Who; !a.Hidden {
			s.Shown[a.Handle] = a.Who + " " + s.Key(a.Handle)
		}
	}
	for i := range as { // a device that is somebody protected's at any time is shown without its number at every time
		if as[i].Hidden {
			s.Shown[as[i].Handle] = as[i].Who
		}
	}
}

// Label is a handle as it is shown.
func (s *Set) Label(h Handle, as Attributions) string {
	called := Set{Names: s.Names}
	called.Call(as)
	return called.Name(h)
}
