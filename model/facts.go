package model

import "time"

// Tone is how much a fact matters to somebody who only glances at it. It is always said in words too.
type Tone int

// The tones, from quiet to alarming.
const (
	TonePlain  Tone = iota
	ToneQuiet       // background
	ToneStrong      // what the record is about
	ToneGood        // done, and as it should be
	ToneWarn        // somebody should look
	ToneDanger      // somebody must act
)

// Fact is one thing a record says: a label, the words, and the record it names, if any.
type Fact struct {
	Label string `json:"label"`
	Text  string `json:"text"`
	Tone  Tone   `json:"-"`
	Ref   Ref    `json:"ref,omitempty"`
	Bar   int    `json:"-"` // of a figure: how long its bar is, where the longest of the group is Most
	Most  int    `json:"-"` // 0: no bar
	Strip []Cell `json:"-"` // of a condition: how it was kept, drawn before the words
}

// Facts are the facts under one heading.
type Facts struct {
	Head string `json:"head"`
	Rows []Fact `json:"rows"`
}

// factual is a record that says what it is in its own words. The desk's card and `pou show` both print them, so that
// the two cannot say different things. Need-to-know is never among them.
type factual interface{ facts(l *Liner) []Facts }

// FactsOf is what a record says of itself; nil for one that is only fields. Facts without words are left out, and so are
// headings without facts.
func FactsOf(r Record, l *Liner) []Facts {
	if r.Head().HeldBack != nil {
		return l.restrictedFacts(r)
	}
	f, ok := r.(factual)
	if !ok {
		return nil
	}
	out := worded(f.facts(l))
	if v := l.shield(l.aboutWhom(r)); v != nil {
		for _, group := range out {
			for i := range group.Rows {
				group.Rows[i].Text = v.mask(group.Rows[i].Text)
			}
		}
	}
	return out
}

// worded leaves out facts without words, and headings without facts.
func worded(groups []Facts) []Facts {
	var out []Facts
	for _, group := range groups {
		kept := group.Rows[:0]
		for _, row := range group.Rows {
			if row.Text != "" {
				kept = append(kept, row)
			}
		}
		if len(kept) > 0 {
			out = append(out, Facts{Head: group.Head, Rows: kept})
		}
	}
	return out
}

// Now is the moment the list or card is made for.
func (l *Liner) Now() time.Time { return l.now }

// Linked are the records of a kind that are about ref, oldest first. One that cannot be read is left out: pou check names it.
func (l *Liner) Linked(ref Ref, kind Kind) []Record {
	src, ok := l.src.(interface {
		Linked(ref Ref, kind Kind) ([]Ref, error)
	})
	if !ok {
		return nil
	}
	refs, err := src.Linked(ref, kind)
	if err != nil {
		return nil
	}
	var out []Record
	for _, r := range refs {
		if rec, err := l.src.Record(r); err == nil {
			out = append(out, rec)
		}
	}
	return out
}

// limits are the limits in force; the built-in table where the source keeps none.
func (l *Liner) limits() Limits {
	if !l.limited {
		l.lim, l.limited = limitsOf(l.src), true
	}
	return l.lim
}

// limitsOf reads the limits on record. One that cannot be read is left out: pou check names it.
func limitsOf(src Lookup) Limits {
	placed, ok := src.(interface {
		Placed(kind Kind, unit Unit, live bool) ([]Ref, error)
	})
	if !ok {
		return Limits{}
	}
	refs, err := placed.Placed(KindLimit, "", true)
	if err != nil {
		return Limits{}
	}
	var set []*Limit
	for _, ref := range refs {
		if r, err := src.Record(ref); err == nil {
			if l, ok := r.(*Limit); ok {
				set = append(set, l)
			}
		}
	}
	return NewLimits(set)
}

// Dues lists the clocks that run on a record, by the limits on record. The liner knows the officers, so that work whose
// owner has left is seen.
func (l *Liner) Dues(r Record) []Due {
	return DuesBy(r, Watch{Now: l.now, Subject: l.Person(PersonOf(r)), Left: l.left, Limits: l.limits()})
}

// Limits are the limits in force where the list or card is made.
func (l *Liner) Limits() Limits { return l.limits() }

// Name is how a record is called: an officer's call sign, a person's name, an operation's; "" when it cannot be read.
func (l *Liner) Name(ref Ref) string {
	if ref.Kind() == KindOfficer {
		return l.Officer(ref)
	}
	if r, err := l.src.Record(ref); err == nil {
		return l.Line(r).Name
	}
	return ""
}
