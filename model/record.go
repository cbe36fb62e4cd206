package model

// Meta is what the store knows about a record: its name, how often it has changed, and the last journal entry
// that changed it.
type Meta struct {
	Ref Ref
	Rev uint64
	Seq uint64
	// HeldBack is set where the record is hidden from whoever reads it: nothing else of it is there. Such a record is never put.
	HeldBack *HeldBack
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
	// row says the record in one line of a list; see [Liner].
	row(l *Liner, line *Line)
}

// personal is a record about one person.
type personal interface{ subject() Ref }

// PersonOf is the person a record is about; "" when it is about nobody, or about several.
func PersonOf(r Record) Ref {
	if p, ok := r.(personal); ok {
		return p.subject()
	}
	return ""
}

func (p *Person) subject() Ref  { return p.Ref }
func (w *Wanted) subject() Ref  { return w.Person }
func (a *Attempt) subject() Ref { return a.Person }
func (k *Arrest) subject() Ref  { return k.Person }
func (o *Order) subject() Ref   { return o.Person }
func (b *Breach) subject() Ref  { return b.Person }
func (t *Target) subject() Ref  { return t.Person }
func (t *Task) subject() Ref    { return t.Person }
func (i *Intel) subject() Ref   { return i.Person }

func (s *SearchWarrant) subject() Ref { return s.Person }
func (s *Screening) subject() Ref     { return s.Person }
func (r *Referral) subject() Ref      { return r.Person }
func (e *Evidence) subject() Ref      { return e.Person }

// Keyed is a record that came from a file and can be recognised when the file is read again.
type Keyed interface {
	Record
	SourceKeys() []string
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
