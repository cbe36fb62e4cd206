package model

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model/day"
)

// Source is what an action may look at while it is worked out; the store provides it inside the transaction.
type Source interface {
	// Record returns a copy of a record, free to be changed, or a Problem that says it is not there.
	Record(ref Ref) (Record, error)
	// Linked lists the records of a kind that are about ref, oldest first.
	Linked(ref Ref, kind Kind) ([]Ref, error)
	// Next hands out the next free ref of a kind.
	Next(kind Kind) (Ref, error)
	// FromSource finds the record read from a row of a file.
	FromSource(key string) (Ref, bool, error)
	// Past returns a journal entry with the records as they were before it.
	Past(seq uint64) (Entry, []Before, error)
	// Stands returns the journal entry that left a record as it now is: the last that changed it and, where that was an
	// undo, the entry whose version it brought back; 0 when the record is as if it had never been made.
	Stands(ref Ref) (last, effective uint64, err error)
	// Disclosed lists the entries of the journal that say a record left the desk, and to whom, oldest first.
	Disclosed(ref Ref) ([]Entry, error)
	// Backups lists the entries of the journal that say a copy of the store was made, the oldest first.
	Backups() ([]Entry, error)
	// Restricted lists the records that are restricted by themselves.
	Restricted() ([]Ref, error)
	// LastBy returns the newest entry by an officer that can still be undone; 0 when there is none.
	LastBy(officer Ref) (uint64, error)
}

// Before is a record as it stood before a journal entry; Record is nil when the entry made it.
type Before struct {
	Ref    Ref
	Rev    uint64 // the revision the entry left it at
	Record Record
}

// Change is an action being worked out: who, when, and what it will write. Nothing is written before Apply returns.
type Change struct {
	Now time.Time
	By  *Officer
	// Reason is set by an action that takes one; it stands in the journal entry.
	Reason string
	// Undoes is the journal entry an undo takes back.
	Undoes uint64
	// Looked is set by an action that changes nothing and shows what is need-to-know: the records whose hidden words the
	// officer is shown. The entry is then a consultation, and nothing is shown that could not be logged first.
	Looked []Ref
	// Said is what the officer has to know of beside what was changed: who holds paper to be called in, whom an arrest
	// concerns in other units. It goes back with the receipt.
	Said []string

	// Combines is set by an action that joins what comes in with what is on record about the same people.
	Combines bool
	// Erases is set by an action that takes data away for good.
	Erases bool

	src   Source
	seen  *Sight // see [Change.sight]
	puts  []Record
	wiped []Ref
	gone  []Ref
}

// NewChange starts a change by an officer at a time.
func NewChange(src Source, by *Officer, now time.Time) *Change {
	return &Change{Now: now.Truncate(time.Second), By: by, src: src}
}

// Work checks access, reads the request and applies its action. The caller writes what [Change.Puts] and
// [Change.Gone] then hold, all of it or none.
func (c *Change) Work(s Spec, fields map[string]any) error {
	if err := Can(c.By, s); err != nil {
		return err
	}
	a, err := s.Read(fields)
	if err != nil {
		return err
	}
	if err := c.seesNamed(s, fields); err != nil {
		return err
	}
	if err := c.basedOn(s, fields); err != nil {
		return err
	}
	if err := a.Apply(c); err != nil {
		return err
	}
	return c.inScope(s)
}

// basedOn refuses a request whose rev is not the present revision of the record it acts on.
func (c *Change) basedOn(s Spec, fields map[string]any) error {
	want, given, err := revision(fields["rev"])
	if err != nil || !given {
		return err
	}
	ref := s.Subject(fields)
	if ref == "" {
		return nil
	}
	r, err := c.src.Record(ref)
	if err != nil {
		return err
	}
	if r.Head().Rev != want {
		return c.stale(r, want)
	}
	return nil
}

func revision(raw any) (rev uint64, given bool, err error) {
	texts, err := Field{Name: "rev", Label: "Revision"}.texts(raw)
	if err != nil || len(texts) == 0 {
		return 0, false, err
	}
	if rev, err = strconv.ParseUint(strings.Join(texts, ","), 10, 64); err != nil {
		return 0, true, Refuse("rev", strconv.Quote(strings.Join(texts, ","))+" is not a revision", "Give the number shown with the record, or leave it out")
	}
	return rev, true, nil
}

// stale says who changed a record since the officer looked at it.
func (c *Change) stale(r Record, saw uint64) error {
	head := r.Head()
	who := ""
	if e, _, err := c.src.Past(head.Seq); err == nil {
		who = " by " + c.nameOf(e.By) + " at " + e.At.In(day.London()).Format("15:04 on 2 Jan 2006") + " (" + e.Action + ")"
	}
	return &Problem{
		Code: Conflict, Field: "rev",
		Rule: string(head.Ref) + " was changed" + who + ": you saw revision " + strconv.FormatUint(saw, 10) + ", it is now " + strconv.FormatUint(head.Rev, 10),
		Do:   "Look at both versions and save again on the new one; what you typed is kept",
	}
}

func (c *Change) nameOf(officer Ref) string {
	if o, err := Load[*Officer](c, "", officer); err == nil {
		return o.Call()
	}
	return string(officer)
}

// Load reads a record of one type for an action; field names the field that asked for it, for the refusal.
func Load[R Record](c *Change, field string, ref Ref) (R, error) {
	var none R
	for _, r := range c.puts { // an action sees what it has already put
		if got, ok := r.(R); ok && r.Head().Ref == ref {
			return got, nil
		}
	}
	r, err := c.src.Record(ref)
	if err != nil {
		if p, ok := AsProblem(err); ok && field != "" {
			p.Field = field
		}
		return none, err
	}
	got, ok := r.(R)
	if !ok {
		return none, notFound(field, ref)
	}
	return got, nil
}

// Put writes a record: checked against its own rules, made if it has no ref yet.
func (c *Change) Put(r Record) error {
	if w := r.Head().HeldBack; w != nil { // an empty record would be written over what is there
		return restrictedRefusal("", r.Head().Ref, w, c.askOf(w))
	}
	if err := r.Check(); err != nil {
		return err
	}
	h := r.Head()
	if h.Ref == "" {
		ref, err := c.newRef(r)
		if err != nil {
			return err
		}
		h.Ref = ref
	}
	if i := slices.IndexFunc(c.puts, func(p Record) bool { return p.Head().Ref == h.Ref }); i >= 0 {
		c.puts[i] = r
		return nil
	}
	c.puts = append(c.puts, r)
	return nil
}

func (c *Change) newRef(r Record) (Ref, error) {
	if t, ok := r.(*Target); ok {
		op, err := Load[*Operation](c, "operation", t.Operation)
		if err != nil {
			return "", err
		}
		op.Count++
		return NewTargetRef(op.Ref, op.Count), c.Put(op)
	}
	return c.src.Next(kindOf(r))
}

// say tells the officer something with the receipt.
func (c *Change) say(text string) { c.Said = append(c.Said, text) }

// remove takes a record away; only undo does.
func (c *Change) remove(ref Ref) { c.gone = append(c.gone, ref) }

// erase takes a record away for good; only a confirmed erasure does.
func (c *Change) erase(ref Ref) { c.wiped = append(c.wiped, ref) }

// Wiped are the records to erase, with what the journal keeps beside its entries about them.
func (c *Change) Wiped() []Ref { return c.wiped }

// Puts are the records to write, in the order the action put them.
func (c *Change) Puts() []Record { return c.puts }

// Gone are the records to take away.
func (c *Change) Gone() []Ref { return c.gone }

// linked loads every record of one type that is about ref.
func linked[R Record](c *Change, ref Ref, kind Kind) ([]R, error) {
	refs, err := c.src.Linked(ref, kind)
	if err != nil {
		return nil, err
	}
	out := make([]R, 0, len(refs))
	for _, r := range refs {
		rec, err := Load[R](c, "", r)
		if err != nil {
			return nil, err
		}
		out = append(out, rec)
	}
	return out, nil
}

func utoa(n uint64) string { return strconv.FormatUint(n, 10) }
