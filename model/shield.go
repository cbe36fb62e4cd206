package model

import "reflect"

// shield hides, in words about somebody, those they are a danger to: whom their orders and applications protect, the
// victims and witnesses of their cases, and who the record of a victim-survivor is of. Officers type names into terms of
// orders, checks and reports; a reveal shows the words as they stand. It is nil where the record cannot be walked, or
// nobody is to be kept out.
func (l *Liner) shield(about Ref) *veil {
	if v, ok := l.shields[about]; ok {
		return v
	}
	var out *veil
	if src, ok := l.src.(SafeguardView); ok && about.Kind() == KindPerson {
		out = shieldOf(whole(src), l.Person(about))
	}
	if l.shields == nil {
		l.shields = map[Ref]*veil{}
	}
	l.shields[about] = out
	return out
}

// shieldOf gathers who is to be kept out of words about a person. A record that cannot be read hides nobody: pou check
// names it.
func shieldOf(v SafeguardView, subject *Person) *veil {
	s := &shielding{src: v, veil: &veil{suspect: subject, own: map[string]bool{}, mine: newTerms()}}
	for _, name := range append([]string{subject.Surname, subject.Forename}, aliasNames(subject)...) {
		s.veil.owns(name)
	}
	for _, o := range readAll[*Order](v, subject.Ref, KindOrder) {
		s.lines(o.Protected)
		for _, c := range o.Conditions {
			s.condition(c)
		}
		s.survivors(o.Ref)
	}
	for _, a := range readAll[*Application](v, subject.Ref, KindApplication) {
		s.lines(a.Protected...)
		s.lines(a.Victims...)
		for _, p := range a.Conditions {
			s.condition(p.Condition)
		}
	}
	for _, k := range readAll[*Case](v, subject.Ref, KindCase) {
		if k.Is(subject.Ref, PartySuspect, PartyConvicted) {
			for _, ref := range append(k.Who(PartyVictim), k.Who(PartyWitness)...) {
				s.personAt(ref)
			}
			s.devices(k)
			s.survivors(k.Ref)
		}
	}
	if !s.any {
		return nil
	}
	return s.veil
}

// readAll are the records of a kind about ref; one that cannot be read is left out.
func readAll[R Record](v SafeguardView, ref Ref, kind Kind) []R {
	refs, _ := v.Linked(ref, kind) // pou check names what cannot be read
	var out []R
	for _, at := range refs {
		if rec, err := v.Record(at); err == nil {
			if r, ok := rec.(R); ok {
				out = append(out, r)
			}
		}
	}
	return out
}

// shielding is one shield being put together.
type shielding struct {
	src  SafeguardView
	veil *veil
	any  bool
}

func (s *shielding) person(p *Person) {
	s.any = true
	s.veil.mine.hide(p, true)
}

func (s *shielding) personAt(ref Ref) {
	if rec, err := s.src.Record(ref); err == nil {
		if p, ok := rec.(*Person); ok {
			s.person(p)
		}
	}
}

func (s *shielding) lines(lines ...string) {
	for _, line := range lines {
		if line != "" {
			s.any = true
			s.veil.mine.hideText(line)
			s.veil.mine.hidePlaces(line)
		}
	}
}

func (s *shielding) condition(c Condition) {
	for _, ref := range c.Match.People {
		s.personAt(ref)
	}
	for _, n := range c.Match.Numbers {
		s.number(n)
	}
}

// devices are how those a case protects are reached, as its data has it.
func (s *shielding) devices(k *Case) {
	for _, d := range k.Devices {
		if d.Protected() {
			s.number(d.Number)
		}
	}
}

func (s *shielding) number(n string) {
	s.any = true
	if figures := lastFigures(n); figures != "" {
		s.veil.mine.add(hiddenTerm{words: []string{figures}, how: endingIn})
		return
	}
	s.veil.mine.hideText(n)
}

func (s *shielding) survivors(of Ref) {
	for _, r := range readAll[*Survivor](s.src, of, KindSurvivor) {
		s.lines(r.Name)
		if r.Contact != "" {
			s.any = true
			s.veil.mine.hidePlaces(r.Contact)
		}
		if r.Person != "" {
			s.personAt(r.Person)
		}
	}
}

// Shielded is a text about somebody as it may be shown to whoever has not asked for a reveal.
func (l *Liner) Shielded(about Ref, text string) string { return l.shielded(about, text) }

func (l *Liner) shielded(about Ref, text string) string {
	if v := l.shield(about); v != nil {
		return v.mask(text)
	}
	return text
}

// ShieldedAs is a text as the words of a record are shown.
func (l *Liner) ShieldedAs(r Record, text string) string { return l.shielded(l.aboutWhom(r), text) }

// Shown is a record as it may be shown to whoever has not asked for a reveal: somebody on record only to be protected
// without where they are, and in words about somebody else nobody they are a danger to.
func Shown(r Record, l *Liner) Record {
	if p, ok := r.(*Person); ok {
		if v, walks := l.src.(SafeguardView); walks {
			if only, err := ProtectedOnly(v, p.Ref); only || err != nil {
				return p.Veiled()
			}
		}
		return r
	}
	v := l.shield(l.aboutWhom(r))
	if v == nil {
		return r
	}
	out, ok := masked(reflect.ValueOf(r), v.mask).Interface().(Record)
	if !ok {
		return r
	}
	return out
}

// AboutWhom is whose shield a record stands under: the person it is about, or whoever a case is against.
func AboutWhom(r Record) Ref {
	if k, ok := r.(*Case); ok {
		return first(k.accusedRefs())
	}
	return PersonOf(r)
}

// aboutWhom is [AboutWhom], and of a case's data whoever the case is against: the name of a file may say whose phone it is.
func (l *Liner) aboutWhom(r Record) Ref {
	d, ok := r.(*Dataset)
	if !ok {
		return AboutWhom(r)
	}
	k, err := l.src.Record(d.Case)
	if err != nil {
		return ""
	}
	return AboutWhom(k)
}

// unshielded are the facts of a record in which somebody was hidden, with their words as they stand.
func unshielded(r Record, l *Liner) Facts {
	out := Facts{Head: "As it was written"}
	f, ok := r.(factual)
	v := l.shield(l.aboutWhom(r))
	if !ok || v == nil {
		return out
	}
	for _, group := range f.facts(l) {
		for _, row := range group.Rows {
			if v.has(row.Text) {
				out.Rows = append(out.Rows, Fact{Label: row.Label, Text: row.Text})
			}
		}
	}
	return out
}
