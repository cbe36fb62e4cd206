package model

// ProtectedOnly reports whether a person is on record only as a victim-survivor or a witness: then where they live, their
// phones and their vehicles are need-to-know, and no list, search or record shows them. Somebody who is also sought, or the
// subject of an order, is shown as such, since officers have to find them.
func ProtectedOnly(v SafeguardView, person Ref) (bool, error) {
	v = whole(v)
	cases, err := v.Linked(person, KindCase)
	if err != nil {
		return false, err
	}
	records, err := v.Linked(person, KindSurvivor)
	if err != nil || len(cases)+len(records) == 0 {
		return false, err
	}
	protected := len(records) > 0
	for _, ref := range cases {
		rec, err := v.Record(ref)
		if err != nil {
			return false, err
		}
		c, ok := rec.(*Case)
		switch {
		case !ok:
		case c.Is(person, PartySuspect, PartyConvicted):
			return false, nil
		case c.Is(person, PartyVictim, PartyWitness):
			protected = true
		}
	}
	if !protected {
		return false, nil
	}
	for _, kind := range []Kind{KindWanted, KindArrest, KindOrder, KindTarget, KindApplication} {
		refs, err := v.Linked(person, kind)
		if err != nil || len(refs) > 0 {
			return false, err
		}
	}
	return true, nil
}

// Veiled is the person as a record shows them to officers who need not know where they are: everything but their
// addresses, phones and vehicles.
func (p *Person) Veiled() *Person {
	out := *p
	out.Addresses, out.Phones, out.Vehicles, out.Note = nil, nil, nil, "Victim-survivor or witness: where they are is need-to-know"
	return &out
}

// Unguarded is a view of the record that withholds records from whoever reads it, and knows the record without that.
type Unguarded interface {
	// Unguarded is the record as it stands. It is for rules that keep somebody safe, and for nothing that is shown.
	Unguarded() SafeguardView
}

// whole is the record as it stands, for whoever is to be protected: a restricted case that is withheld from an officer
// protects its victim-survivor from them all the same.
func whole(v SafeguardView) SafeguardView {
	if g, ok := v.(Unguarded); ok {
		return g.Unguarded()
	}
	return v
}
