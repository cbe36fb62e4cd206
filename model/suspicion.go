package model

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// Suspicion is what the record suggests may be a breach, and nobody has looked at yet. It decides nothing: an officer
// reports it as a potential breach, or dismisses it with a reason, and it is then not put forward again.
type Suspicion struct {
	ID        string      `json:"id"` // R-000031/3/I-000012: the order, the condition or duty, the event
	Order     Ref         `json:"order"`
	Person    Ref         `json:"person"`
	Unit      Unit        `json:"unit,omitempty"`
	Type      OrderType   `json:"type"`
	Owner     Ref         `json:"owner,omitempty"`
	Condition int         `json:"condition,omitempty"`
	Duty      Duty        `json:"duty,omitempty"`
	Found     BreachFound `json:"found"`
	What      string      `json:"what"`
	At        time.Time   `json:"at"`
	Events    []string    `json:"events"` // records by their refs, days missed, names, addresses
	Why       string      `json:"why"`
	Else      []string    `json:"else"` // what else could explain it
	Look      []string    `json:"look"` // which evidence to look for
	Weight    string      `json:"weight"`
	Weak      bool        `json:"weak,omitempty"` // cannot by itself support action
}

// notNotified stands for the event of an initial notification that never came.
const notNotified = "notify"

// OnRecord is what is on record about the subject of an order, for [Suspicions].
type OnRecord struct {
	Intel     []*Intel
	Attempts  []*Attempt
	Arrests   []*Arrest
	Cases     []*Case
	Breaches  []*Breach
	Findings  []Finding // what checks found of the order
	Protected []Ref     // people the order is known to protect
	People    map[Ref]*Person
}

// Finding is what a monitoring check found of one condition of an order: that it was complied with or not, or that an
// occasion of a requirement was attended.
type Finding struct {
	Record    Ref // the check
	Condition int
	At        time.Time
	Day       day.Date // of an occasion of a requirement
	Complied  bool
	Text      string // what was found
}

// finder is a record that holds what a check found. Any kind of record that implements it, and is linked to the order, is
// asked: there is nothing else to join.
type finder interface{ findings(order Ref) []Finding }

// GatherOnRecord reads what is on record about an order and its subject.
func GatherOnRecord(v SafeguardView, o *Order) (*OnRecord, error) {
	on := &OnRecord{People: map[Ref]*Person{}}
	var err error
	if on.Intel, err = viewed[*Intel](v, o.Person, KindIntel); err != nil {
		return nil, err
	}
	if on.Attempts, err = viewed[*Attempt](v, o.Person, KindAttempt); err != nil {
		return nil, err
	}
	if on.Arrests, err = viewed[*Arrest](v, o.Person, KindArrest); err != nil {
		return nil, err
	}
	if on.Cases, err = viewed[*Case](v, o.Person, KindCase); err != nil {
		return nil, err
	}
	if on.Breaches, err = viewed[*Breach](v, o.Ref, KindBreach); err != nil {
		return nil, err
	}
	survivors, err := viewed[*Survivor](v, o.Ref, KindSurvivor)
	if err != nil {
		return nil, err
	}
	on.protects(v, o, survivors)
	on.Findings = o.attendance()
	return on, on.gatherFindings(v, o.Ref)
}

// protects names whom the order is known to protect: by a condition, or by the record of the victim-survivor.
func (on *OnRecord) protects(v SafeguardView, o *Order, survivors []*Survivor) {
	for _, s := range survivors {
		on.Protected = append(on.Protected, links(s.Person)...)
	}
	who := slices.Clone(on.Protected)
	for _, c := range o.Conditions {
		who = append(who, c.Match.People...)
	}
	for _, ref := range who {
		if r, err := v.Record(ref); err == nil { // pou check names one that cannot be read
			if p, ok := r.(*Person); ok {
				on.People[ref] = p
			}
		}
	}
}

func (on *OnRecord) gatherFindings(v SafeguardView, order Ref) error {
	for _, kind := range Kinds() {
		if _, finds := NewRecord(kind).(finder); !finds {
			continue
		}
		checks, err := viewed[Record](v, order, kind)
		if err != nil {
			return err
		}
		for _, r := range checks {
			if f, ok := r.(finder); ok {
				on.Findings = append(on.Findings, f.findings(order)...)
			}
		}
	}
	return nil
}

// Suspicions proposes what may be breaches of an order from what is on record, newest first. It never decides, leaves out
// what was reported or dismissed already, and says of each what else could explain it.
func Suspicions(o *Order, subject *Person, on *OnRecord, now time.Time) []Suspicion {
	if o.End != "" {
		return nil
	}
	f := &inquiry{o: o, subject: subject, on: on, now: now}
	f.events()
	f.checks()
	f.missed()
	f.devices()
	f.notification()
	out := slices.DeleteFunc(f.out, func(s Suspicion) bool { return putForward(&s, on.Breaches) })
	for i := range out {
		s := &out[i]
		s.Order, s.Person, s.Unit, s.Type, s.Owner = o.Ref, o.Person, o.Unit, o.Type, o.Monitor
		s.ID = string(o.Ref) + "/" + cmp.Or(string(s.Duty), itoa(s.Condition)) + "/" + s.Events[0]
	}
	slices.SortStableFunc(out, func(a, b Suspicion) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return out
}

// putForward reports whether somebody has reported or dismissed the suspicion: the same condition or duty and the same event.
// A breach that names no event answers for its day.
func putForward(s *Suspicion, breaches []*Breach) bool {
	for _, b := range breaches {
		if b.Condition != s.Condition || b.Duty != s.Duty {
			continue
		}
		if len(b.Events) == 0 && day.On(b.At) == day.On(s.At) {
			return true
		}
		if slices.ContainsFunc(s.Events, func(e string) bool { return slices.Contains(b.Events, e) }) {
			return true
		}
	}
	return false
}

// orderOfSuspicion is the order a suspicion's name begins with.
func orderOfSuspicion(id string) (Ref, bool) {
	head, _, _ := strings.Cut(id, "/")
	ref, ok := ParseRef(head)
	return ref, ok && ref.Kind() == KindOrder
}

// SuspicionNamed finds a suspicion that still stands by its name.
func SuspicionNamed(v SafeguardView, id string, now time.Time) (*Suspicion, error) {
	gone := Refuse("suspicion", "nothing on record suggests "+id+", or somebody has reported or dismissed it", "Choose one from pou list suspicions, or report the event without it")
	ref, ok := orderOfSuspicion(id)
	if !ok {
		return nil, gone
	}
	all, err := SuspicionsOf(v, ref, now)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if strings.EqualFold(all[i].ID, id) {
			return &all[i], nil
		}
	}
	return nil, gone
}

// SuspicionsOf reads an order and what is on record about its subject, and proposes what may be breaches.
func SuspicionsOf(v SafeguardView, order Ref, now time.Time) ([]Suspicion, error) {
	r, err := v.Record(order)
	if err != nil {
		return nil, err
	}
	o, ok := r.(*Order)
	if !ok {
		return nil, notFound("order", order)
	}
	if r, err = v.Record(o.Person); err != nil {
		return nil, err
	}
	subject, ok := r.(*Person)
	if !ok {
		return nil, notFound("person", o.Person)
	}
	on, err := GatherOnRecord(v, o)
	if err != nil {
		return nil, err
	}
	return Suspicions(o, subject, on, now), nil
}

// MayBe is the state of a suspicion in a list: never more than that.
const MayBe = "may be"

// SuspicionLine makes the row of a suspicion. Its reference is the order; its name is the suspicion's.
func (l *Liner) SuspicionLine(s *Suspicion) Line {
	p := l.Person(s.Person)
	line := Line{
		Ref: s.Order, Kind: "suspicion", Unit: s.Unit, Person: s.Person, Name: p.Name(), Markers: p.Badges(l.now), Born: p.Born.String(), Aliases: aliasNames(p),
		Status: MayBe, Type: string(s.Type), What: l.shielded(s.Person, s.What), Since: s.At, Owner: s.Owner, OwnerName: l.Officer(s.Owner), Count: s.Condition,
		Outcome: string(s.Found), AboutName: s.ID, Why: []string{s.Why}, Settle: "breach.report", Live: true,
	}
	if refs := eventRefs(s.Events); len(refs) > 0 {
		line.About = refs[0]
	}
	if s.Weak {
		line.Grade = "weak"
	}
	line.Fold()
	return line
}

// Facts are what a suspicion says, for the card on the desk and for print.
func (s *Suspicion) Facts(l *Liner) []Facts {
	rows := []Fact{
		{Label: "May be", Text: s.What, Tone: ToneStrong},
		{Label: "Breach of", Text: breachOfWords(l, s.Order, s.Condition, s.Duty), Tone: ToneWarn, Ref: s.Order},
		{Label: "Because", Text: s.Why},
		{Label: "When", Text: whenWords(s.At)},
		{Label: "Found by", Text: LabelOf(s.Found.Choices(), string(s.Found))},
		{Label: "Weight", Text: s.Weight, Tone: weightTone(s.Weak)},
	}
	rows = append(rows, eventFacts(l, s.Events)...)
	rows = append(rows, listFacts("Could also", s.Else)...)
	rows = append(rows, listFacts("Look for", s.Look)...)
	for i := range rows {
		rows[i].Text = l.shielded(s.Person, rows[i].Text)
	}
	return []Facts{{Head: "May be a breach; nobody has decided", Rows: rows}}
}

func weightTone(weak bool) Tone {
	if weak {
		return ToneDanger
	}
	return TonePlain
}

func listFacts(label string, list []string) []Fact {
	out := make([]Fact, len(list))
	for i, text := range list {
		out[i] = Fact{Label: label, Text: text, Tone: ToneQuiet}
	}
	return out
}

func eventFacts(l *Liner, events []string) []Fact {
	var out []Fact
	for _, e := range events {
		if e == notNotified {
			continue // there is no event: nothing happened, and should have
		}
		ref, ok := ParseRef(e)
		text := e
		if ok {
			text = string(ref) + " " + ref.Kind().Word()
			if r, err := l.src.Record(ref); err == nil {
				if line := l.Line(r); ref.Kind() != KindIntel { // what intelligence says is read there, under its handling
					text = strings.TrimSpace(text + ": " + line.What)
				} else {
					text += ", graded " + line.Status
				}
			}
		}
		out = append(out, Fact{Label: "Event", Text: text, Ref: ref})
	}
	return out
}

// breachOfWords is what would have been breached, in the words of the order or of the Act.
func breachOfWords(l *Liner, order Ref, condition int, duty Duty) string {
	if duty != "" {
		return string(order) + " " + LabelOf(duty.Choices(), string(duty)) + "; an offence under s.11, not a breach of a condition"
	}
	r, err := l.src.Record(order)
	if err != nil {
		return string(order) + " condition " + itoa(condition)
	}
	o, ok := r.(*Order)
	if !ok {
		return string(order)
	}
	c, _ := o.Condition(condition)
	return string(order) + " " + string(o.Type) + ", condition " + itoa(condition) + ": " + o.Words(c, l.Person(o.Person))
}

func whenWords(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if day.On(t).Start().Equal(t) {
		return day.On(t).Long()
	}
	return t.In(day.London()).Format("2 Jan 2006 15:04")
}

// momentShort is a moment in the width of a label.
func momentShort(t time.Time) string { return t.In(day.London()).Format("2 Jan 15:04") }

func dayOf(l *Liner) day.Date { return day.On(l.now) }
