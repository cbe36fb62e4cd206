package store

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/model/match"
	"pou/model/match/pair"
)

// ConflictKind is what a person has in common with something another unit is working on.
type ConflictKind string

// The kinds of conflict, the gravest first.
const (
	ConflictPerson   ConflictKind = "person"
	ConflictLikely   ConflictKind = "likely" // two records that may be of one person
	ConflictAddress  ConflictKind = "address"
	ConflictVehicle  ConflictKind = "vehicle"
	ConflictPhone    ConflictKind = "phone"
	ConflictBoundary ConflictKind = "boundary"

	ConflictRestricted ConflictKind = "restricted record" // whose it is and whom to ask is all that is said
)

// Conflict is one reason to speak to somebody before a person is listed or tasked.
type Conflict struct {
	Kind    ConflictKind `json:"kind"`
	Record  model.Ref    `json:"record"`            // the target, wanted line, order or case it lies in; of a boundary, the person
	Unit    model.Unit   `json:"unit"`              // whose that is
	Owner   bool         `json:"owner"`             // Unit answers for the person; otherwise it assists
	Person  model.Ref    `json:"person,omitempty"`  // who it is about; never a victim-survivor or a witness
	Contact model.Ref    `json:"contact,omitempty"` // whom to speak to
	Call    string       `json:"call,omitempty"`    // how they are addressed
	What    string       `json:"what"`
}

// Conflicts finds what other units have to do with a person whom a unit would list or task: the same person, address,
// vehicle or phone on a live target list, a live wanted line, an order in force or an open case, the same person as far
// as can be told under another record, and a boundary that lies between where the person lives and where the work is.
// Somebody protected in an open case – of any unit, this one
// too – is only ever "a protected party in C-000123": neither who they are nor what matched is said. Historic addresses
// and phones do not match.
//
// It looks only at people with live targets, wanted lines, orders or open cases. A record that cannot be read is left
// out and named in the error, which then comes with the rest.
func Conflicts(r Reader, person model.Ref, unit model.Unit, now time.Time) ([]Conflict, error) {
	subject, err := recordAs[*model.Person](r, person)
	if err != nil {
		return nil, err
	}
	refs, err := placedLive(r)
	if err != nil {
		return nil, err
	}
	m, err := newMatching(r, subject, unit, now)
	if err != nil {
		return nil, err
	}
	return m.over(refs, now)
}

// placedLive lists the live records another unit's interest may lie in.
func placedLive(r Reader) ([]model.Ref, error) {
	var out []model.Ref
	for _, kind := range liveKinds() {
		refs, err := r.Placed(kind, "", true)
		if err != nil {
			return nil, err
		}
		out = append(out, refs...)
	}
	return out, nil
}

func newMatching(r Reader, subject *model.Person, unit model.Unit, now time.Time) (*matching, error) {
	veiled, err := model.ProtectedOnly(r, subject.Ref)
	if err != nil {
		return nil, err
	}
	return &matching{
		veiled: veiled, reader: r, liner: model.NewLiner(r, now), subject: subject, unit: unit, keys: keysOf(subject),
		people: map[model.Ref]*model.Person{subject.Ref: subject}, met: map[model.Ref]shared{},
		same: pair.NewAgainst(model.PairOf(subject), 0), scores: map[model.Ref]int{},
	}, nil
}

// over holds live records against the subject, and sums up.
func (m *matching) over(refs []model.Ref, now time.Time) ([]Conflict, error) {
	for _, ref := range refs {
		rec, err := m.reader.Record(ref)
		if err != nil {
			m.bad = append(m.bad, err)
			continue
		}
		if rec.Head().HeldBack == nil {
			m.look(rec, day.On(now))
		}
	}
	m.surest()
	if err := m.restricted(); err != nil {
		m.bad = append(m.bad, err)
	}
	m.boundary()
	slices.SortStableFunc(m.out, func(a, b Conflict) int {
		return cmp.Or(cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)), cmp.Compare(a.Unit, b.Unit))
	})
	return m.out, errors.Join(m.bad...)
}

func kindRank(k ConflictKind) int {
	return slices.Index([]ConflictKind{ConflictPerson, ConflictLikely, ConflictAddress, ConflictVehicle, ConflictPhone, ConflictBoundary, ConflictRestricted}, k)
}

// matching is one search for conflicts.
type matching struct {
	reader  Reader
	liner   *model.Liner
	subject *model.Person
	veiled  bool // the subject is on record only to be protected: what they share with somebody would say where they are
	unit    model.Unit
	keys    shared
	people  map[model.Ref]*model.Person
	met     map[model.Ref]shared // what the subject shares with people met already
	same    *pair.Against        // the subject, to tell another record of theirs
	scores  map[model.Ref]int    // of those who may be the same person
	cases   []*model.Case        // open ones in which the subject is suspect
	out     []Conflict
	bad     []error
}

// look holds one live record against the subject.
func (m *matching) look(rec model.Record, today day.Date) {
	switch rec := rec.(type) {
	case *model.Target:
		contact := rec.AddedBy
		if len(rec.Officers) > 0 {
			contact = rec.Officers[0]
		}
		m.against(rec, rec.Person, contact, "on the list of "+string(rec.Operation)+" as "+string(rec.Ref))
	case *model.Wanted:
		m.against(rec, rec.Person, rec.Officer, "wanted on "+string(rec.Ref)+" ("+string(rec.State)+")")
	case *model.Order:
		if rec.Live(today) {
			m.against(rec, rec.Person, rec.Monitor, "subject of an order, "+string(rec.Type)+" "+string(rec.Ref))
		}
	case *model.Case:
		m.inCase(rec)
	}
}

func (m *matching) inCase(c *model.Case) {
	for _, p := range c.Parties {
		switch p.Role {
		case model.PartySuspect, model.PartyConvicted:
			if p.Person == m.subject.Ref {
				m.cases = append(m.cases, c)
			}
			m.against(c, p.Person, c.Officer, string(p.Role)+" in the open case "+string(c.Ref))
		case model.PartyVictim, model.PartyWitness:
			m.protected(c, p.Person)
		}
	}
}

// against notes what another unit's record about somebody has in common with the subject.
func (m *matching) against(rec model.Record, who, contact model.Ref, what string) {
	unit, _ := rec.Place()
	if unit == m.unit {
		return
	}
	for _, s := range m.common(who) {
		c := Conflict{
			Kind: s.kind, Record: rec.Head().Ref, Unit: unit, Person: who, Contact: contact, Call: m.liner.Officer(contact),
			Owner: m.person(who).OwnerUnit == unit, What: "the same person is " + what,
		}
		if m.veiled {
			s.shown = "need-to-know"
		}
		switch s.kind {
		case ConflictPerson, ConflictBoundary, ConflictRestricted:
		case ConflictLikely:
			c.What = "may be the same person as " + string(who) + ", " + what + ": " + s.shown
		case ConflictAddress, ConflictVehicle, ConflictPhone:
			c.What = "the same " + string(s.kind) + ", " + s.shown + ", belongs to a person " + what
		}
		m.out = append(m.out, c)
	}
}

// protected notes that a victim-survivor or witness has something in common with the subject, and no more than that.
func (m *matching) protected(c *model.Case, who model.Ref) {
	for _, s := range m.common(who) {
		known := Conflict{
			Kind: s.kind, Record: c.Ref, Unit: c.Unit, Contact: c.Officer, Call: m.liner.Officer(c.Officer), Owner: true,
			What: "a protected party in " + string(c.Ref),
		}
		if !slices.Contains(m.out, known) {
			m.out = append(m.out, known)
		}
	}
}

// restricted notes that there are records about the subject which whoever asks may not see.
func (m *matching) restricted() error {
	refs, err := m.reader.Linked(m.subject.Ref, model.KindCase)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		rec, err := m.reader.Record(ref)
		if err != nil {
			return err
		}
		if h := rec.Head().HeldBack; h != nil {
			m.out = append(m.out, Conflict{
				Kind: ConflictRestricted, Record: ref, Unit: h.Unit, Owner: true, Contact: h.Ask, Call: m.liner.Officer(h.Ask), What: "a restricted record",
			})
		}
	}
	return nil
}

// boundary notes that the subject lives in one unit and the work lies in another.
func (m *matching) boundary() {
	home := m.subject.HomeUnit
	if home == "" {
		return
	}
	if home != m.unit {
		m.out = append(m.out, Conflict{
			Kind: ConflictBoundary, Record: m.subject.Ref, Unit: home, Owner: m.subject.OwnerUnit == home, Person: m.subject.Ref,
			What: "lives in " + string(home) + ", which polices the address; the work is " + string(m.unit) + "'s",
		})
	}
	for _, c := range m.cases {
		if c.Unit != home && c.Unit != m.unit {
			m.out = append(m.out, Conflict{
				Kind: ConflictBoundary, Record: c.Ref, Unit: c.Unit, Owner: m.subject.OwnerUnit == c.Unit, Person: m.subject.Ref,
				Contact: c.Officer, Call: m.liner.Officer(c.Officer), What: "lives in " + string(home) + ", the case is " + string(c.Unit) + "'s",
			})
		}
	}
}

// person is somebody met on the way; an empty one, reported, when they cannot be read.
func (m *matching) person(ref model.Ref) *model.Person {
	p, ok := m.people[ref]
	if !ok {
		var err error
		if p, err = recordAs[*model.Person](m.reader, ref); err != nil {
			p, m.bad = &model.Person{}, append(m.bad, err)
		}
		m.people[ref] = p
	}
	return p
}

// common is what the subject shares with somebody, the first of each kind. Whoever is the same person shares that alone.
func (m *matching) common(who model.Ref) shared {
	if who == m.subject.Ref {
		return shared{{ConflictPerson, "", ""}}
	}
	if got, ok := m.met[who]; ok {
		return got
	}
	var out shared
	if v := m.same.Compare(model.PairOf(m.person(who))); v.Likely() {
		m.scores[who] = v.Score
		out = append(out, thing{kind: ConflictLikely, shown: v.Why})
	}
	for _, k := range keysOf(m.person(who)) {
		if !out.has(k.kind) && slices.ContainsFunc(m.keys, func(own thing) bool { return own.kind == k.kind && own.key == k.key }) {
			out = append(out, k)
		}
	}
	m.met[who] = out
	return out
}

// likelyMost is how many other records are put forward that may be of the same person.
const likelyMost = 5

// surest leaves the surest of those who may be the same person: somebody of a common name has many. Of those protected, who are not
// named, none is left out.
func (m *matching) surest() {
	others := slices.Collect(maps.Keys(m.scores))
	slices.SortFunc(others, func(a, b model.Ref) int { return cmp.Or(cmp.Compare(m.scores[b], m.scores[a]), cmp.Compare(a, b)) })
	others = others[:min(len(others), likelyMost)]
	m.out = slices.DeleteFunc(m.out, func(c Conflict) bool {
		return c.Kind == ConflictLikely && c.Person != "" && !slices.Contains(others, c.Person)
	})
}

// thing is something two people may share: a key to compare by, and how it is shown.
type thing struct {
	kind  ConflictKind
	key   string
	shown string
}

type shared []thing

func (s shared) has(k ConflictKind) bool {
	return slices.ContainsFunc(s, func(t thing) bool { return t.kind == k })
}

// keysOf lists a person's addresses, vehicles and phones as they are compared.
func keysOf(p *model.Person) shared {
	var out shared
	add := func(kind ConflictKind, key, shown string) {
		if key != "" {
			out = append(out, thing{kind, key, shown})
		}
	}
	for _, a := range p.Addresses {
		if a.Confidence != model.Historic {
			add(ConflictAddress, addressKey(a), a.Line())
		}
	}
	for _, v := range p.Vehicles {
		add(ConflictVehicle, solid(v.Plate), v.Plate)
	}
	for _, ph := range p.Phones {
		if ph.Attribution != model.Historic {
			add(ConflictPhone, model.PhoneKey(ph.Number), ph.Number)
		}
	}
	return out
}

// solid is a text folded, without its spaces.
func solid(s string) string { return strings.ReplaceAll(match.Fold(s), " ", "") }

// addressKey is an address as it is compared: folded, the postcode last, however it was punctuated. A postcode alone is
// a street, not an address.
func addressKey(a model.Address) string {
	text, code := solid(a.Text), solid(a.Postcode)
	if text = strings.TrimSuffix(text, code); text == "" {
		return ""
	}
	return text + code
}
