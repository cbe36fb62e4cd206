package model

import (
	"slices"
	"strings"
)

// guarded is a record that holds something need-to-know: who a victim-survivor is, where they are, how to reach them.
type guarded interface{ private(l *Liner) []Facts }

// HasPrivate reports whether a record holds anything need-to-know.
func HasPrivate(r Record, l *Liner) bool { return len(Private(r, l)) > 0 }

// Private is what a record holds that is need-to-know. It is shown after the action victim.reveal was taken on the record,
// and nowhere else: never in a list, a search, a briefing or on paper.
func Private(r Record, l *Liner) []Facts {
	if r.Head().HeldBack != nil {
		return nil
	}
	var out []Facts
	if g, ok := r.(guarded); ok {
		out = g.private(l)
	}
	return worded(append(out, unshielded(r, l)))
}

func (o *Order) private(l *Liner) []Facts {
	rows := []Fact{{Label: "Protects", Text: o.Protected, Tone: ToneStrong}}
	veil := o.veil(l.Person(o.Person))
	for _, c := range o.Conditions {
		if veil.has(c.Text) {
			rows = append(rows, Fact{Label: itoa(c.No) + " as made", Text: c.Text})
		}
		for _, ref := range c.Match.People {
			rows = append(rows, Fact{Label: itoa(c.No), Text: l.Person(ref).Name() + " " + string(ref)})
		}
		rows = append(rows, Fact{Label: itoa(c.No), Text: strings.Join(c.Match.Numbers, ", ")})
	}
	return []Facts{{Head: "Need-to-know", Rows: rows}}
}

func (k *Case) private(l *Liner) []Facts {
	var rows []Fact
	for _, p := range k.Parties {
		if p.Role == PartyVictim || p.Role == PartyWitness {
			rows = append(rows, Fact{Label: LabelOf(p.Role.Choices(), string(p.Role)), Text: l.Person(p.Person).Name() + " " + string(p.Person), Tone: ToneStrong})
		}
	}
	return []Facts{{Head: "Need-to-know", Rows: rows}, k.privateDevices(l), k.safeguarding()}
}

// private are who the papers are for and what they say, as it stands: its card shows the same with everybody masked.
func (a *Application) private(l *Liner) []Facts {
	who := Facts{Head: "Need-to-know", Rows: []Fact{
		{Label: "Protected", Text: strings.Join(a.Protected, "; "), Tone: ToneStrong},
		{Label: "Victims", Text: strings.Join(a.Victims, "; "), Tone: ToneStrong},
		{Label: "Views", Text: a.Views},
		{Label: "Impact", Text: a.Impact},
	}}
	for _, p := range a.Conditions {
		m := p.Condition.Match
		for _, ref := range m.People {
			who.Rows = append(who.Rows, Fact{Label: itoa(p.Condition.No), Text: l.Person(ref).Name() + " " + string(ref)})
		}
		who.Rows = append(who.Rows, Fact{Label: itoa(p.Condition.No), Text: strings.Join(m.Numbers, ", ")})
	}
	papers, b := Facts{Head: "As it was written"}, a.basis(l)
	veil := a.veil(b.Subject, b.People)
	for _, group := range a.written(l, b) {
		for _, row := range group.Rows {
			if veil.has(row.Text) {
				papers.Rows = append(papers.Rows, Fact{Label: row.Label, Text: row.Text})
			}
		}
	}
	return []Facts{who, papers}
}

func (p *Person) private(*Liner) []Facts {
	var rows []Fact
	for _, a := range p.ByPromise() {
		rows = append(rows, Fact{Label: "Address", Text: a.Line()})
	}
	for _, ph := range p.Phones {
		rows = append(rows, Fact{Label: "Phone", Text: ph.Number})
	}
	return []Facts{{Head: "Need-to-know", Rows: rows}}
}

// victimReveal shows what a record holds that is need-to-know. It changes nothing; the journal keeps who looked, and why.
type victimReveal struct {
	Record Ref    `do:"record" label:"Of" kinds:"VS,R,C,SC,ST,AP,B,V,EV,D,SB,P" opts:"need"`
	Reason string `do:"reason" label:"Why you need to know" opts:"need" help:"It is kept in the journal with your name"`
}

func (a *victimReveal) Apply(c *Change) error {
	r, err := c.src.Record(a.Record)
	if err != nil {
		if p, ok := AsProblem(err); ok {
			p.Field = "record"
		}
		return err
	}
	if p, ok := r.(*Person); ok {
		only, err := ProtectedOnly(c.src, p.Ref)
		if err != nil {
			return err
		}
		if !only {
			return Refuse("record", "what is held on "+string(p.Ref)+" is not hidden", "Open the record")
		}
	}
	if !HasPrivate(r, NewLiner(c.src, c.Now)) {
		return Refuse("record", string(a.Record)+" holds nothing that is need-to-know", "Open the record")
	}
	c.Looked, c.Reason = append([]Ref{r.Head().Ref}, protectedBy(r)...), a.Reason
	return nil
}

// protectedBy are the people whom a reveal of a case is about as well: each is asked for by who has looked at them.
func protectedBy(r Record) []Ref {
	k, ok := r.(*Case)
	if !ok {
		return nil
	}
	out := append(k.Who(PartyVictim), k.Who(PartyWitness)...)
	for _, d := range k.Devices {
		if d.Protected() && d.Person != "" && !slices.Contains(out, d.Person) {
			out = append(out, d.Person)
		}
	}
	return out
}
