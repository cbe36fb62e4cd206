package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
	"pou/model/match"
	"pou/model/query"
)

// Line is one row of a list: what an officer needs to choose the right one, and no more. Victim-survivor details are
// never in a line.
type Line struct {
	Ref         Ref       `json:"ref"`
	Kind        string    `json:"kind"`
	Unit        Unit      `json:"unit,omitempty"`
	Status      string    `json:"status,omitempty"`
	Name        string    `json:"name,omitempty"`
	Person      Ref       `json:"person,omitempty"`
	What        string    `json:"what,omitempty"` // offences, event, condition, task: the middle of the row
	Type        string    `json:"type,omitempty"`
	Markers     []string  `json:"markers,omitempty"`
	Since       time.Time `json:"since,omitzero"`
	Due         day.Date  `json:"due,omitzero"`
	Owner       Ref       `json:"owner,omitempty"`
	OwnerName   string    `json:"owner_name,omitempty"`
	Attempts    int       `json:"attempts,omitempty"`
	LastAttempt time.Time `json:"last_attempt,omitzero"`
	Outcome     string    `json:"outcome,omitempty"`
	Grade       string    `json:"grade,omitempty"`
	Priority    string    `json:"priority,omitempty"`
	Urgency     int       `json:"urgency,omitempty"`
	Why         []string  `json:"why,omitempty"`
	About       Ref       `json:"about,omitempty"` // the operation of a target, the order of a breach, ...
	AboutName   string    `json:"about_name,omitempty"`
	Born        string    `json:"born,omitempty"`
	Aliases     []string  `json:"aliases,omitempty"`
	Count       int       `json:"count,omitempty"`
	Rev         uint64    `json:"rev,omitempty"`
	Live        bool      `json:"live"`
	Settle      string    `json:"settle,omitempty"` // of a due: the action that settles it; of an application: the one that takes it on
	Rule        string    `json:"rule,omitempty"`
	Citation    string    `json:"citation,omitempty"`
	Start       time.Time `json:"start,omitzero"`
	Deadline    time.Time `json:"deadline,omitzero"`
	Missed      string    `json:"missed,omitempty"` // what happens if it is missed
	Event       string    `json:"event,omitempty"`  // what started it
	Check       bool      `json:"check,omitempty"`  // the limit has not been confirmed against its source

	text string
}

// Lookup is what building lines needs to see of the record.
type Lookup interface {
	Record(ref Ref) (Record, error)
}

// Liner builds lines. It remembers the people and officers it has met, so it is for one list at one time.
type Liner struct {
	src   Lookup
	now   time.Time
	names map[Ref]*Officer
	met   map[Ref]*Person

	shields map[Ref]*veil // see [Liner.shield]

	lim     Limits
	limited bool // lim has been read
}

// NewLiner makes a liner for one list.
func NewLiner(src Lookup, now time.Time) *Liner {
	return &Liner{src: src, now: now, names: map[Ref]*Officer{}, met: map[Ref]*Person{}}
}

// Person is the person under a ref; an empty one when they cannot be read, so that the row still shows.
func (l *Liner) Person(ref Ref) *Person {
	if p, ok := l.met[ref]; ok {
		return p
	}
	var p *Person
	if r, err := l.src.Record(ref); err == nil {
		p, _ = r.(*Person)
	}
	if p == nil {
		p = &Person{}
	}
	l.met[ref] = p
	return p
}

// Officer is how the officer under a ref is addressed; "" for none.
func (l *Liner) Officer(ref Ref) string {
	if ref == "" {
		return ""
	}
	o, ok := l.names[ref]
	if !ok {
		if r, err := l.src.Record(ref); err == nil {
			o, _ = r.(*Officer)
		}
		l.names[ref] = o
	}
	if o == nil {
		return string(ref)
	}
	return o.Call()
}

// left reports whether an officer no longer works here, or is not on record.
func (l *Liner) left(ref Ref) bool {
	l.Officer(ref)
	o := l.names[ref]
	return o == nil || o.Left
}

// Left reports whether an officer works here no longer, or was never on record.
func (l *Liner) Left(ref Ref) bool { return l.left(ref) }

// Line makes the row of a record.
func (l *Liner) Line(r Record) Line {
	if r.Head().HeldBack != nil {
		return l.restrictedLine(r)
	}
	line := Line{Ref: r.Head().Ref, Rev: r.Head().Rev, Person: PersonOf(r)}
	line.Unit, line.Live = r.Place()
	r.row(l, &line)
	if line.Person != "" && line.Kind != "person" {
		p := l.Person(line.Person)
		line.Name, line.Markers, line.Born = p.Name(), p.Badges(l.now), p.Born.String()
		line.Aliases = aliasNames(p)
	}
	line.OwnerName = l.Officer(line.Owner)
	line.Fold()
	return line
}

func aliasNames(p *Person) []string {
	out := make([]string, len(p.Aliases))
	for i, a := range p.Aliases {
		out[i] = a.Name
	}
	return out
}

func (p *Person) row(l *Liner, line *Line) {
	line.Kind, line.Name, line.Unit, line.Live = "person", p.Name(), p.OwnerUnit, true
	line.Markers, line.Born, line.Aliases = p.Badges(l.now), p.Born.String(), aliasNames(p)
	if v, ok := l.src.(SafeguardView); ok {
		if only, err := ProtectedOnly(v, p.Ref); only || err != nil {
			line.What = "need-to-know"
			return
		}
	}
	if a, ok := p.Home(); ok {
		line.What = a.Line()
	}
}

func (o *Operation) row(l *Liner, line *Line) {
	today := day.On(l.now)
	line.Kind, line.Name, line.Status, line.Live = "operation", o.Name, string(o.State(today)), !o.State(today).Over()
	line.What, line.Due, line.Count, line.Owner = o.Aim, o.To, int(o.Count), o.Lead //nolint:gosec // a count of targets
	line.Since = o.From.Start()
}

func (o *Officer) row(_ *Liner, line *Line) {
	line.Kind, line.Name, line.What, line.Status = "officer", o.Name, o.Rank, "working"
}

func (k *Case) row(l *Liner, line *Line) {
	line.Markers = k.youthBadges(l)
	line.Kind, line.Status, line.What, line.Since, line.Owner = "case", string(k.State), offenceWords(k.Offences), k.Last.Start(), k.Officer
	line.Outcome = LabelOf(k.Outcome.Choices(), string(k.Outcome))
	if k.Restricted != nil {
		line.Outcome = strings.TrimSuffix("RESTRICTED · "+line.Outcome, " · ")
	}
}

func (i *Intel) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.Since, line.Owner, line.Live = "intelligence", i.Graded(), l.shielded(i.Person, i.Text), i.At.Start(), i.By, true
}

func (a *Attempt) row(l *Liner, line *Line) {
	line.Kind, line.What, line.Since, line.Outcome, line.Owner = "attempt", l.shielded(a.Person, a.Address), a.At, LabelOf(a.Outcome.Choices(), string(a.Outcome)), a.By
}

func (w *Wanted) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.Since = "wanted", string(w.State), offenceWords(w.Offences), w.Since
	line.Owner, line.Attempts, line.LastAttempt, line.Grade = w.Officer, w.Attempts, w.LastAttempt, string(w.Grade)
	line.Outcome, line.About = LabelOf(w.LastOutcome.Choices(), string(w.LastOutcome)), w.Breach
	if by, ok := w.ChargeBy(); ok {
		line.Due = by
	}
	if w.State.Live() {
		line.Urgency, line.Why = w.Urgency(l.Person(w.Person), l.now)
	}
}

func offenceWords(codes []OffenceCode) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = c.Short()
	}
	return strings.Join(out, " · ")
}

func (k *Arrest) row(_ *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.Since, line.Owner = "arrest", string(k.Status), offenceWords(k.Offences), k.At, k.By
	line.About = k.Wanted
	if k.Status == Bailed {
		line.Due = k.BailTo
	}
	if k.Outcome != "" {
		line.Outcome = LabelOf(k.Outcome.Choices(), string(k.Outcome))
	}
}

func (o *Order) row(l *Liner, line *Line) {
	today := day.On(l.now)
	line.Kind, line.Status, line.Type, line.Since, line.Due = "order", o.State(today), string(o.Type), o.Made.Start(), o.Until
	line.Owner, line.Count, line.What = o.Monitor, o.Breaches, itoa(len(o.Conditions))+" conditions"
	if len(o.Conditions) == 1 {
		line.What = "1 condition"
	}
}

func (b *Breach) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.Type, line.Since, line.What = "breach", string(b.State), string(b.Type), b.Reported, l.shielded(b.Person, b.What)
	line.Owner, line.About, line.Count = b.Owner, b.Order, b.Condition
}

func (t *Target) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.Since, line.Due = "target", string(t.State), l.shielded(t.Person, t.Reason), t.Added, t.ReviewBy
	line.Owner, line.Attempts, line.About, line.Count = first(t.Officers), t.Attempts, t.Operation, int(t.Ref.Number()) //nolint:gosec // a place on a list
	if t.Wanted == "" {
		return
	}
	if r, err := l.src.Record(t.Wanted); err == nil {
		if w, ok := r.(*Wanted); ok {
			line.Type, line.LastAttempt, line.Grade = offenceWords(w.Offences), w.LastAttempt, string(w.Grade)
			line.Urgency, line.Why = w.Urgency(l.Person(w.Person), l.now)
		}
	}
}

func (t *Task) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.Type, line.Since = "task", string(t.State), l.shielded(t.Person, t.Title), LabelOf(t.Kind.Choices(), string(t.Kind)), t.Added
	line.Due, line.Owner, line.Priority, line.About = t.Due, t.Assignee, string(t.Priority), t.About
	if line.Priority == "" {
		line.Priority = string(PriorityRoutine)
	}
	done := 0
	for _, c := range t.Checklist {
		if c.Done {
			done++
		}
	}
	if len(t.Checklist) > 0 {
		line.Outcome = itoa(done) + "/" + itoa(len(t.Checklist))
	}
}

// DueLine makes the row of a clock.
func (l *Liner) DueLine(d Due) Line {
	line := Line{
		Ref: d.Ref, Kind: "due", Unit: d.Unit, Person: d.Person, What: d.Rule, Type: d.Ref.Kind().Word(), Since: d.Start, Due: day.On(d.Deadline.Add(-time.Second)),
		Owner: d.Owner, OwnerName: l.Officer(d.Owner), Live: true, Status: "running",
		Settle: d.Settle, Rule: d.Rule, Citation: d.Citation, Start: d.Start, Deadline: d.Deadline, Missed: d.Missed,
		Event: d.Event, Check: d.Check,
	}
	if d.Warn != "" {
		line.What += ": " + d.Warn
	}
	if d.Left(l.now) <= 0 {
		line.Status = "overdue"
	}
	if d.Person != "" {
		p := l.Person(d.Person)
		line.Name, line.Markers = p.Name(), p.Badges(l.now)
	}
	line.Fold()
	return line
}

// Fold prepares the words a filter looks at, once the line is filled in.
func (l *Line) Fold() {
	parts := append([]string{l.Name, l.What, l.Type, string(l.Ref), string(l.Person), l.OwnerName, l.Status, l.AboutName}, l.Aliases...)
	if l.Check {
		parts = append(parts, "check")
	}
	l.text = match.Fold(strings.Join(parts, " "))
}

// Text is the line's words, folded.
func (l *Line) Text() string { return l.text }

// LineFields are the fields a filter may name; true for numbers and spans of time.
func LineFields() query.Fields {
	return query.Fields{
		"unit": false, "status": false, "marker": false, "type": false, "kind": false, "owner": false, "officer": false, "grade": false, "priority": false,
		"name": false, "ref": false, "person": false, "what": false, "born": false, "outcome": false, "operation": false, "order": false, "live": false,
		"due": true, "age": true, "idle": true, "attempts": true, "urgency": true,
	}
}

// Values are the line's values of a word field.
func (l *Line) Values(field string) ([]string, bool) {
	one := func(s string) ([]string, bool) {
		if s == "" {
			return nil, true
		}
		return []string{s}, true
	}
	switch field {
	case "unit":
		return one(string(l.Unit))
	case "status":
		return one(l.Status)
	case "marker":
		return l.markerCodes(), true
	case "type":
		return one(l.Type)
	case "kind":
		return one(l.Kind)
	case "owner", "officer":
		return slices.DeleteFunc([]string{string(l.Owner), l.OwnerName}, func(s string) bool { return s == "" }), true
	case "grade":
		return one(l.Grade)
	case "priority":
		return one(l.Priority)
	case "name":
		return one(match.Fold(l.Name))
	case "ref":
		return one(string(l.Ref))
	case "person":
		return one(string(l.Person))
	case "what":
		return one(match.Fold(l.What))
	case "born":
		return bornValues(l.Born), true
	case "outcome":
		return one(l.Outcome)
	case "operation", "order":
		return slices.DeleteFunc([]string{string(l.About), match.Fold(l.AboutName)}, func(s string) bool { return s == "" }), true
	case "live":
		return one(map[bool]string{true: "yes", false: "no"}[l.Live])
	}
	return nil, false
}

// BornValues are a date of birth as a filter may name it: as it is shown, in figures, and without the day of the month:
// "3 Dec 1984", "1984-12-03" and "1984-12".
func BornValues(b day.Born) []string {
	shown, key := b.String(), b.Key()
	switch {
	case shown == "":
		return nil
	case shown == key:
		return []string{shown}
	case b.Day == 0:
		return []string{shown, key}
	}
	return []string{shown, key, key[:len("2006-01")]}
}

func bornValues(shown string) []string {
	b, err := day.ParseBorn(shown)
	if err != nil {
		return []string{shown}
	}
	return BornValues(b)
}

func (l *Line) markerCodes() []string {
	out := make([]string, len(l.Markers))
	for i, m := range l.Markers {
		out[i], _, _ = strings.Cut(m, " ")
	}
	return out
}

// Number is the line's value of a number field; spans are in days.
func (l *Line) Number(field string, now time.Time) (float64, bool) {
	days := func(d time.Duration) float64 { return d.Hours() / 24 }
	switch field {
	case "due":
		if !l.Deadline.IsZero() {
			return days(l.Deadline.Sub(now)), true
		}
		return days(l.Due.End().Sub(now)), !l.Due.IsZero()
	case "age":
		return days(now.Sub(l.Since)), !l.Since.IsZero()
	case "idle":
		since := l.LastAttempt
		if since.IsZero() {
			since = l.Since
		}
		return days(now.Sub(since)), !since.IsZero()
	case "attempts":
		return float64(l.Attempts), true
	case "urgency":
		return float64(l.Urgency), true
	}
	return 0, false
}
