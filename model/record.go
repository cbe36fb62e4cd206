package model

// Meta is what the store knows about a record: its name, how often it has changed, and the last journal entry
// that changed it.
type Meta struct {
	Ref Ref
	Rev uint64
	Seq uint64
}

// Head returns the record's meta, for the store to fill.
func (m *Meta) Head() *Meta { return m }

// Record is anything kept under a ref.
type Record interface {
	Head() *Meta
	// Links lists the records this one is about, so that it can be found from them.
	Links() []Ref
	// Place is the unit whose lists the record stands in and whether it is still live; "" when it stands in none.
	Place() (unit Unit, live bool)
	// Check holds the record against the rules that need nothing but the record.
	Check() error
}

// Keyed is a record that came from a file and can be recognised when the file is read again.
type Keyed interface {
	Record
	SourceKeys() []string
}

// NewRecord makes an empty record of a kind, to decode into; nil for an unknown kind.
func NewRecord(k Kind) Record {
	switch k {
	case KindPerson:
		return new(Person)
	case KindWanted:
		return new(Wanted)
	case KindAttempt:
		return new(Attempt)
	case KindArrest:
		return new(Arrest)
	case KindOrder:
		return new(Order)
	case KindBreach:
		return new(Breach)
	case KindOperation:
		return new(Operation)
	case KindTarget:
		return new(Target)
	case KindTask:
		return new(Task)
	case KindOfficer:
		return new(Officer)
	case KindCase:
		return new(Case)
	case KindIntel:
		return new(Intel)
	case KindPlan:
		return new(Plan)
	case KindVersion:
		return new(PlanVersion)
	case KindWarrant:
		return new(SearchWarrant)
	}
	return nil
}

// links drops the empty refs from a list.
func links(refs ...Ref) []Ref {
	out := refs[:0]
	for _, r := range refs {
		if r != "" {
			out = append(out, r)
		}
	}
	return out
}
