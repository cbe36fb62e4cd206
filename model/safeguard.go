package model

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pou/model/day"
	"pou/model/match"
)

// SafeguardKind is what is to be known of a person before officers are sent after them.
type SafeguardKind string

// The kinds of safeguard.
const (
	WeakAlone         SafeguardKind = "weak intelligence alone"
	CrossAllegation   SafeguardKind = "cross-allegation"
	SafetyMarkers     SafeguardKind = "markers"
	CircularReporting SafeguardKind = "circular reporting"
	AlsoVictim        SafeguardKind = "also victim"
	AlsoWitness       SafeguardKind = "also witness"
	Vulnerable        SafeguardKind = "vulnerable"
	ChildrenThere     SafeguardKind = "children at the address"
	Youth             SafeguardKind = "youth"
	RestrictedRecord  SafeguardKind = "restricted record"
)

// Level is how far a safeguard stands in the way.
type Level string

// The levels of a safeguard, the strongest first.
const (
	Stop        Level = "stop"        // nobody may task, and nobody can acknowledge it away
	Acknowledge Level = "acknowledge" // an officer reads it and says so, by name, before anyone is tasked
	Note        Level = "note"        // shown, and planned for
)

func (l Level) rank() int {
	switch l {
	case Stop:
		return 0
	case Acknowledge:
		return 1
	case Note:
		return 2
	}
	return 3
}

// Safeguard is one thing on record that an officer is shown before anyone is tasked. The program decides nothing by it
// except that it is read: it says what is so, what to do, and on which records it rests. It names no victim-survivor.
type Safeguard struct {
	Kind  SafeguardKind `json:"kind"`
	Level Level         `json:"level"`
	Text  string        `json:"text"`
	Do    string        `json:"do"`
	Refs  []Ref         `json:"refs,omitempty"`
	At    day.Date      `json:"at,omitzero"`     // of the newest thing it rests on
	Acked *Ack          `json:"acked,omitempty"` // who acknowledged all of it; nil while somebody has to

	covers []string // what an acknowledgement has to have covered
}

// Stands reports whether the safeguard is a stop, or waits for somebody to acknowledge it.
func (s Safeguard) Stands() bool {
	return s.Level == Stop || (s.Level == Acknowledge && s.Acked == nil)
}

// Holds reports whether the safeguard holds an action back: target.add, target.assign, or a task that is an arrest enquiry.
func (s Safeguard) Holds(action string) bool {
	return s.Stands() && slices.Contains(heldBy(action), s.Kind)
}

// SafeguardView is what the safeguards are worked out from.
type SafeguardView interface {
	// Record reads a record, or says that it is not there.
	Record(ref Ref) (Record, error)
	// Linked lists the records of a kind that are about ref, oldest first.
	Linked(ref Ref, kind Kind) ([]Ref, error)
}

// Safeguards lists what is to be known of a person before anyone is tasked, what stands in the way first.
func Safeguards(v SafeguardView, person Ref, now time.Time) ([]Safeguard, error) {
	f, err := gatherFacts(v, person)
	if err != nil {
		return nil, err
	}
	cross, err := f.crossAllegations(v)
	if err != nil {
		return nil, err
	}
	out := slices.Concat(
		f.weakAlone(), cross, f.safetyMarkers(now), f.otherRole(AlsoVictim, PartyVictim, "Victim-survivor"), f.otherRole(AlsoWitness, PartyWitness, "Witness"),
		f.circular(), f.vulnerable(now), f.children(), f.youth(day.On(now)), f.restricted(v),
	)
	slices.SortStableFunc(out, func(a, b Safeguard) int {
		return cmp.Or(cmp.Compare(a.Level.rank(), b.Level.rank()), cmp.Compare(inTheWay(b), inTheWay(a)))
	})
	return out, nil
}

func inTheWay(s Safeguard) int {
	if s.Stands() {
		return 1
	}
	return 0
}

// facts are the records about one person that the safeguards rest on.
type facts struct {
	person   *Person
	cases    []*Case
	intel    []*Intel
	lines    []*Wanted
	breaches []*Breach
}

func gatherFacts(v SafeguardView, person Ref) (f facts, err error) {
	r, err := v.Record(person)
	if err != nil {
		return f, err
	}
	var ok bool
	if f.person, ok = r.(*Person); !ok {
		return f, notFound("person", person)
	}
	if f.cases, err = viewed[*Case](v, person, KindCase); err != nil {
		return f, err
	}
	if f.intel, err = viewed[*Intel](v, person, KindIntel); err != nil {
		return f, err
	}
	if f.lines, err = viewed[*Wanted](v, person, KindWanted); err != nil {
		return f, err
	}
	f.breaches, err = viewed[*Breach](v, person, KindBreach)
	return f, err
}

// viewed reads the records of one type that are about ref.
func viewed[R Record](v SafeguardView, ref Ref, kind Kind) ([]R, error) {
	refs, err := v.Linked(ref, kind)
	if err != nil {
		return nil, err
	}
	var out []R
	for _, at := range refs {
		r, err := v.Record(at)
		if err != nil {
			return nil, err
		}
		if got, ok := r.(R); ok {
			out = append(out, got)
		}
	}
	return out, nil
}

// grounded reports whether anything other than intelligence is on record against the person: a live wanted line, a case
// that is not closed, or a breach an officer has found to be one.
func (f facts) grounded() bool {
	return slices.ContainsFunc(f.lines, func(w *Wanted) bool { return w.State.Live() }) ||
		slices.ContainsFunc(f.cases, func(k *Case) bool { return k.State != CaseClosed && k.Is(f.person.Ref, PartySuspect) }) ||
		slices.ContainsFunc(f.breaches, func(b *Breach) bool { return b.State.Live() && !b.State.Open() })
}

// weakAlone stops tasking on intelligence suspected to be false or from a source that is not reliable, when there is
// nothing else (docs/domain 6). Saying it often changes nothing.
func (f facts) weakAlone() []Safeguard {
	if len(f.intel) == 0 || f.grounded() || slices.ContainsFunc(f.intel, func(i *Intel) bool { return !i.Weak() }) {
		return nil
	}
	return []Safeguard{{
		Kind: WeakAlone, Level: Stop,
		Text: "The only grounds on record are intelligence suspected to be false or from a source that is not reliable, which cannot by itself support tasking: " + gradings(f.intel),
		Do:   "Find a report from another origin, or put the other grounds on record first: a wanted line, a case or a decided breach. Nobody can acknowledge this away",
		Refs: intelRefs(f.intel), At: newestIntel(f.intel),
	}}
}

// circular points out reports that come from one place: they count once, however many there are.
func (f facts) circular() []Safeguard {
	from := map[string][]*Intel{}
	var origins []string
	for _, i := range f.intel {
		origin := i.from()
		if len(from[origin]) == 0 {
			origins = append(origins, origin)
		}
		from[origin] = append(from[origin], i)
	}
	var out []Safeguard
	for _, origin := range origins {
		items := from[origin]
		if len(items) < 2 {
			continue
		}
		out = append(out, Safeguard{
			Kind: CircularReporting, Level: Note,
			Text: itoa(len(items)) + " reports come from one origin and count as one: " + gradings(items),
			Do:   "Look for a report from another origin before relying on them", Refs: intelRefs(items), At: newestIntel(items),
		})
	}
	return out
}

// accused reports whether a person is a suspect or convicted in a case.
func accused(k *Case, person Ref) bool { return k.Is(person, PartySuspect, PartyConvicted) }

// crossAllegations shows, both ways, whoever the person is said to have wronged and who says it of them: stalkers make
// counter-allegations, and victim-survivors are complained of (docs/domain 6). A supervisor reads both first.
func (f facts) crossAllegations(v SafeguardView) ([]Safeguard, error) {
	var out []Safeguard
	for _, other := range f.wronged() {
		var theirs, ours []*Case
		for _, k := range f.cases {
			if accused(k, f.person.Ref) && k.Is(other, PartyVictim) {
				theirs = append(theirs, k)
			}
			if accused(k, other) && k.Is(f.person.Ref, PartyVictim) {
				ours = append(ours, k)
			}
		}
		if len(ours) == 0 {
			continue
		}
		intel, err := viewed[*Intel](v, other, KindIntel)
		if err != nil {
			return nil, err
		}
		out = append(out, f.crossed(other, theirs, ours, intel))
	}
	return out, nil
}

// wronged lists those who are victims in the cases in which the person is accused.
func (f facts) wronged() []Ref {
	var out []Ref
	for _, k := range f.cases {
		if accused(k, f.person.Ref) {
			out = append(out, slices.DeleteFunc(k.Who(PartyVictim), func(r Ref) bool { return r == f.person.Ref || slices.Contains(out, r) })...)
		}
	}
	slices.Sort(out)
	return out
}

func (f facts) crossed(other Ref, theirs, ours []*Case, intel []*Intel) Safeguard {
	s := Safeguard{
		Kind: CrossAllegation, Level: Acknowledge,
		Text: "Allegations go both ways between two people: accused in " + caseWords(theirs) + "; and victim-survivor in " + caseWords(ours) +
			", in which the victim-survivor of the first is accused. Intelligence on this person: " + gradings(f.intel) + "; on the other: " + gradings(intel),
		Do: "A sergeant or the lead reads both cases and acknowledges them with safeguard.acknowledge, then task again",
	}
	for _, k := range theirs {
		s.covers = append(s.covers, "accused of "+string(other)+" in "+string(k.Ref))
	}
	for _, k := range ours {
		s.covers = append(s.covers, "accused by "+string(other)+" in "+string(k.Ref))
	}
	for _, k := range slices.Concat(theirs, ours) {
		if !slices.Contains(s.Refs, k.Ref) {
			s.Refs = append(s.Refs, k.Ref)
		}
		s.At = max(s.At, k.Last)
	}
	return f.acknowledged(s)
}

// caseWords is what is alleged in cases, when, and what became of it; never who said it.
func caseWords(cases []*Case) string {
	out := make([]string, len(cases))
	for i, k := range cases {
		when := k.Last.Long()
		if !k.First.IsZero() && k.First != k.Last {
			when = k.First.Long() + " to " + when
		}
		what := []string{offenceWords(k.Offences), when, string(k.State)}
		if k.Outcome != "" {
			what = append(what, "outcome "+LabelOf(k.Outcome.Choices(), string(k.Outcome)))
		}
		out[i] = string(k.Ref) + " (" + strings.Join(what, ", ") + ")"
	}
	return strings.Join(out, ", ")
}

// gradings is how items of intelligence are graded: "I-000001 3E P of 2 Nov 2026".
func gradings(items []*Intel) string {
	if len(items) == 0 {
		return "none"
	}
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = string(item.Ref) + " " + item.Graded() + " of " + item.At.Long()
	}
	return strings.Join(out, ", ")
}

func intelRefs(items []*Intel) []Ref {
	out := make([]Ref, len(items))
	for i, item := range items {
		out[i] = item.Ref
	}
	return out
}

func newestIntel(items []*Intel) day.Date {
	var at day.Date
	for _, i := range items {
		at = max(at, i.At)
	}
	return at
}

// Safety reports whether the marker is about what can happen at the door, and so is read before anyone is sent.
func (c MarkerCode) Safety() bool {
	switch c {
	case "VI", "WE", "FI", "XP", "ES", "SU":
		return true
	}
	return false
}

func (f facts) safetyMarkers(now time.Time) []Safeguard {
	s := Safeguard{
		Kind: SafetyMarkers, Level: Acknowledge,
		Do: "Read them, plan for them and acknowledge them with safeguard.acknowledge; renew a stale one with marker.add",
	}
	var words []string
	for _, m := range slices.SortedStableFunc(slices.Values(f.person.Markers), func(a, b Marker) int { return a.Code.Rank() - b.Code.Rank() }) {
		if !m.Code.Safety() {
			continue
		}
		words = append(words, m.words(now))
		s.covers = append(s.covers, string(m.Code)+" "+m.Set.String())
		s.At = max(s.At, m.Set)
	}
	if len(words) == 0 {
		return nil
	}
	s.Text = "Warning markers: " + strings.Join(words, "; ")
	return []Safeguard{f.acknowledged(s)}
}

// words is the marker with its age and source: "VI violent, PNC, set 1 Mar 2026 (8m ago)".
func (m Marker) words(now time.Time) string {
	out := LabelOf(m.Code.Choices(), string(m.Code)) + ", "
	if m.Source == "" {
		out += "no source"
	} else {
		out += "from " + m.Source
	}
	if m.Set.IsZero() {
		out += ", nobody knows since when"
	} else {
		out += ", set " + m.Set.Long() + " (" + coarseAge(day.On(now).Sub(m.Set)) + " ago)"
	}
	if m.Stale(now) {
		out += ", stale: check it before relying on it"
	}
	return out
}

// otherRole flags a person who is a victim or a witness elsewhere. It changes nothing in the case in which they are
// suspected: the roles are never merged (DPA 2018 s.38(3)).
func (f facts) otherRole(kind SafeguardKind, role PartyRole, word string) []Safeguard {
	s := Safeguard{Kind: kind, Level: Note, Do: "Tell the officer in that case before anyone goes; keep the two apart"}
	var is, suspect []string
	for _, k := range f.cases {
		if k.Is(f.person.Ref, role) {
			is = append(is, string(k.Ref)+" ("+string(k.State)+")")
			s.Refs, s.At = append(s.Refs, k.Ref), max(s.At, k.Last)
		}
		if accused(k, f.person.Ref) {
			suspect = append(suspect, string(k.Ref)+" ("+string(k.State)+")")
		}
	}
	if len(is) == 0 {
		return nil
	}
	s.Text = word + " in " + strings.Join(is, ", ")
	if len(suspect) > 0 {
		s.Text += "; accused in " + strings.Join(suspect, ", ")
	}
	s.Text += ". Each role belongs to its own case"
	return []Safeguard{s}
}

func (f facts) vulnerable(now time.Time) []Safeguard {
	i := slices.IndexFunc(f.person.Markers, func(m Marker) bool { return m.Code == "OV" })
	if i < 0 {
		return nil
	}
	m := f.person.Markers[i]
	return []Safeguard{{
		Kind: Vulnerable, Level: Note, Text: "Marked as vulnerable: " + m.words(now), At: m.Set,
		Do: "Plan an appropriate adult and a health check in custody (PACE Code C 1.4 and 1.7)",
	}}
}

// children flags an address whose notes speak of children. The note itself is not repeated: it may name them.
func (f facts) children() []Safeguard {
	s := Safeguard{Kind: ChildrenThere, Level: Note, Do: "Read the note on the address, plan entry and care for them (Children Act 2004 s.11), and tell children's services"}
	var where []string
	for _, a := range f.person.ByPromise() {
		if a.Confidence != Historic && slices.ContainsFunc(match.Tokens(a.Note), ofChildren) {
			where = append(where, a.Line())
			s.At = max(s.At, a.Confirmed)
		}
	}
	if len(where) == 0 {
		return nil
	}
	s.Text = "The notes speak of children at " + strings.Join(where, "; ")
	return []Safeguard{s}
}

func ofChildren(word string) bool {
	switch word {
	case "kid", "kids", "infant", "infants", "toddler", "toddlers", "nursery":
		return true
	}
	return strings.HasPrefix(word, "child") || strings.HasPrefix(word, "school") || strings.HasPrefix(word, "baby") || strings.HasPrefix(word, "babies")
}

// youth flags a person who is, or going by any date they have given may be, under 18: where nothing clearly shows that
// they are older they are treated as a juvenile (PACE s.37(15); Code C 1.5).
func (f facts) youth(today day.Date) []Safeguard {
	if !f.person.AgeGroup(today).Young() {
		return nil
	}
	return []Safeguard{{
		Kind: Youth, Level: Note, Text: f.person.YouthWords(today),
		Do: "Plan an appropriate adult, tell a parent or guardian, and expect the youth court (PACE Code C 1.5, 1.7 and 3.13)",
	}}
}

// unacked lists what a safeguard covers that nobody has acknowledged.
func (f facts) unacked(s Safeguard) []string {
	return slices.DeleteFunc(slices.Clone(s.covers), func(c string) bool {
		return slices.ContainsFunc(f.person.Acks, func(a Ack) bool { return a.Kind == s.Kind && slices.Contains(a.Covers, c) })
	})
}

// acknowledged says by whom, last, when all of it has been acknowledged.
func (f facts) acknowledged(s Safeguard) Safeguard {
	if len(f.unacked(s)) > 0 {
		return s
	}
	for _, a := range slices.Backward(f.person.Acks) {
		if a.Kind == s.Kind && slices.ContainsFunc(s.covers, func(c string) bool { return slices.Contains(a.Covers, c) }) {
			s.Acked = &a
			break
		}
	}
	return s
}
