package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

// person adds who the person is and everything on record about them.
func (b *cardBuilder) person(p *model.Person) error {
	b.card.title = p.Name()
	if age, ok := p.Born.Age(day.On(b.now)); ok {
		b.card.sub = fmt.Sprintf("b. %s (%d)  %s", p.Born, age, p.Ref)
	} else if !p.Born.IsZero() {
		b.card.sub = "b. " + p.Born.String() + "  " + string(p.Ref)
	} else {
		b.card.sub = "born not known  " + string(p.Ref)
	}
	only, err := model.ProtectedOnly(b.r, p.Ref)
	if err != nil {
		return err
	}
	if only {
		p = p.Veiled()
	}
	b.identity(p)
	b.places(p)
	for _, kind := range model.Kinds() {
		if head := kind.Many(); head != "" {
			if err := b.linked(p.Ref, kind, head); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *cardBuilder) markers(p *model.Person) {
	var rows []row
	markers := slices.Clone(p.Markers)
	slices.SortStableFunc(markers, func(a, b model.Marker) int { return cmp.Compare(a.Code.Rank(), b.Code.Rank()) })
	for _, m := range markers {
		style, age := part.StyleDanger, "set "+m.Set.Long()
		if m.Set.IsZero() {
			age = "undated"
		}
		if m.Stale(b.now) {
			style, age = part.StyleWarn, age+", STALE: check before relying on it"
		}
		rows = append(rows, row{label: model.LabelOf(m.Code.Choices(), string(m.Code)), text: age + " · " + orWord(m.Source, "no source") + " " + m.Note, style: style})
	}
	b.add("Warning markers", rows...)
}

func (b *cardBuilder) identity(p *model.Person) {
	var rows []row
	for _, a := range p.Aliases {
		rows = append(rows, row{label: orWord(a.Kind, "aka"), text: a.Name})
	}
	for _, other := range p.OtherBorn {
		rows = append(rows, row{label: "also b.", text: other.String()})
	}
	rows = append(
		rows, row{label: "Sex", text: p.Sex}, row{label: "Looks", text: p.Description}, row{label: "Nationality", text: p.Nationality},
		row{label: "Born in", text: p.BirthPlace}, row{label: "Photo", text: strings.TrimSpace(p.Photo + " " + p.PhotoTaken.Long())},
		row{label: "Owner unit", text: string(p.OwnerUnit)}, row{label: "Lives in", text: string(p.HomeUnit)},
	)
	if !p.RSOUntil.IsZero() {
		until := "until " + p.RSOUntil.Long()
		if model.Indefinite(p.RSOUntil) {
			until = "indefinitely"
		}
		rows = append(rows, row{label: "RSO", text: "sex offender notification " + until, style: part.StyleWarn})
	}
	for _, id := range p.IDs {
		rows = append(rows, row{label: id.Scheme, text: id.Value})
	}
	b.add("Identity", append(rows, row{label: "Note", text: p.Note})...)
}

func (b *cardBuilder) places(p *model.Person) {
	var rows []row
	for i, a := range p.ByPromise() {
		text := a.Line() + " · " + orWord(string(a.Confidence), "not graded")
		if !a.Confirmed.IsZero() {
			text += " " + dayWords(a.Confirmed, b.now) + " (" + part.Ago(b.now.Sub(a.Confirmed.Start())) + ")"
		}
		if a.Note != "" {
			text += " · " + a.Note
		}
		rows = append(rows, row{label: fmt.Sprintf("%d %s", i+1, a.Type), text: text})
	}
	b.add("Addresses", rows...)
	rows = nil
	for _, ph := range p.Phones {
		rows = append(rows, row{label: "phone", text: ph.Number + " · attribution " + orWord(string(ph.Attribution), "not graded") + " " + ph.Use})
	}
	for _, v := range p.Vehicles {
		rows = append(rows, row{label: "vehicle", text: strings.TrimSpace(v.Plate + " " + v.Colour + " " + v.Make)})
	}
	b.add("Phones and vehicles", rows...)
}

// linkedShown is how many records of one kind a card lists; the newest come first.
const linkedShown = 12

// linked adds the records of one kind about the person, newest first, except the one the card is of.
func (b *cardBuilder) linked(person model.Ref, kind model.Kind, head string) error {
	refs, err := b.r.Linked(person, kind)
	if err != nil {
		return err
	}
	var rows []row
	for i := len(refs) - 1; i >= 0; i-- {
		if refs[i] == b.card.ref {
			continue
		}
		if len(rows) == linkedShown {
			rows = append(rows, row{text: fmt.Sprintf("and %d more", i+1), style: part.StyleDim})
			break
		}
		rec, err := b.r.Record(refs[i])
		if err != nil {
			continue // pou check names it
		}
		rows = append(rows, b.linkedRow(rec))
	}
	b.add(head, rows...)
	return nil
}

func (b *cardBuilder) linkedRow(rec model.Record) row {
	switch r := rec.(type) {
	case *model.Attempt:
		return b.attemptRow(r)
	case *model.Case:
		return b.caseRow(r)
	case *model.Intel:
		return row{label: r.Graded(), text: r.Text + " · " + dayWords(r.At, b.now) + " · origin " + r.Origin, style: intelStyle(r), ref: r.Ref}
	}
	l := b.liner.Line(rec)
	parts := []string{l.Status}
	for _, more := range []string{l.Type, l.What, l.Outcome} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	if !l.Due.IsZero() && l.Live {
		parts = append(parts, "to "+dayWords(l.Due, b.now))
	}
	if l.OwnerName != "" {
		parts = append(parts, l.OwnerName)
	}
	return row{label: string(l.Ref), text: strings.Join(parts, " · "), style: stateStyle(l.Status), ref: l.Ref}
}

// dues adds the clocks that run on the record, and on the person's other live records.
func (b *cardBuilder) dues(rec model.Record) {
	dues := b.liner.Dues(rec)
	if b.card.person != "" {
		for _, kind := range model.Timed() {
			refs, err := b.r.Linked(b.card.person, kind)
			if err != nil {
				return
			}
			for _, ref := range refs {
				if other, err := b.r.Record(ref); err == nil && ref != b.card.ref {
					dues = append(dues, b.liner.Dues(other)...)
				}
			}
		}
	}
	model.SortDues(dues)
	var rows []row
	for _, d := range dues {
		left := d.Left(b.now)
		rows = append(rows, row{label: part.Left(left), text: dueWords(d) + " · " + string(d.Ref) + " · " + d.Citation, style: clockStyle(left), ref: d.Ref})
	}
	if len(rows) > 0 {
		b.card.history = append(b.card.history, section{head: headDue, rows: rows})
	}
}

// dueWords are the rule of a clock with what to heed; one that rests on a limit nobody has confirmed says check.
func dueWords(d model.Due) string {
	words := d.Rule
	if d.Warn != "" {
		words += ": " + d.Warn
	}
	if d.Check {
		words += ", check"
	}
	return words
}

// past adds what was done to the record, from the journal.
func (b *cardBuilder) past(ref model.Ref) error {
	entries, err := b.r.History(ref)
	if err != nil {
		return err
	}
	var rows []row
	for _, e := range entries {
		l := entryLine(b.liner, e)
		text := l.What + " · " + l.OwnerName
		if e.Reason != "" {
			text += ": " + e.Reason
		}
		rows = append(rows, row{label: shortStamp(e.At, b.now), text: text, style: part.StyleDim})
	}
	if len(rows) > 0 {
		b.card.history = append(b.card.history, section{head: "History of " + string(ref), rows: rows})
	}
	return nil
}

// caseRow says what the person is in a case, and never who else is.
func (b *cardBuilder) caseRow(c *model.Case) row {
	var roles []string
	style := part.StyleText
	for _, p := range c.Parties {
		if p.Person == b.card.person {
			roles = append(roles, string(p.Role))
			if p.Role == model.PartyVictim || p.Role == model.PartyWitness {
				style = part.StyleWarn // never to be taken for the suspect
			}
		}
	}
	text := strings.ToUpper(strings.Join(roles, " and ")) + " · " + offenceTitles(c.Offences) + " · " + string(c.State) + " " + string(c.Outcome) +
		" · last act " + dayWords(c.Last, b.now)
	return row{label: string(c.Ref), text: text, style: style, ref: c.Ref}
}

// intelStyle greys what cannot by itself support tasking.
func intelStyle(i *model.Intel) part.StyleID {
	if i.Weak() {
		return part.StyleDim
	}
	return part.StyleText
}

// headTasking is the heading of what is to be known before anyone is sent.
const headTasking = "Before tasking"

// safeguards adds what is to be known, and acknowledged, before officers are sent after the person.
func (b *cardBuilder) safeguards() error {
	guards, err := model.Safeguards(b.r, b.card.person, b.now)
	if err != nil {
		return err
	}
	var rows []row
	for _, g := range guards {
		r := row{label: strings.ToUpper(string(g.Level)), text: string(g.Kind) + ": " + g.Text, style: part.StyleText}
		switch {
		case g.Acked != nil:
			r.label, r.style = "read", part.StyleDim
			r.text = string(g.Kind) + ": acknowledged by " + b.liner.Officer(g.Acked.By) + " on " + day.Moment(g.Acked.At)
		case g.Kind == model.SafetyMarkers && g.Stands():
			r.label, r.style, r.text = "TO READ", part.StyleWarn, "the warning markers above: k acknowledges them by name"
		case g.Level == model.Stop:
			r.style = part.StyleDanger
			r.text += ". " + g.Do
		case g.Stands():
			r.label, r.style = "TO READ", part.StyleWarn
			r.text += ". " + g.Do
		}
		rows = append(rows, r)
	}
	b.add(headTasking, rows...)
	return nil
}

// conflicts adds what other units have to do with the person: whom to speak to before going.
func (b *cardBuilder) conflicts(unit model.Unit) error {
	if unit == "" {
		return nil
	}
	found, err := b.others.Conflicts(b.r, b.card.person, unit, b.now)
	if err != nil {
		return err
	}
	var rows []row
	for _, c := range found {
		if c.Record == b.card.ref {
			continue
		}
		text := string(c.Kind) + ": " + c.What
		if c.Call != "" {
			text += " · speak to " + c.Call
		}
		rows = append(rows, row{label: string(c.Record), text: text, style: part.StyleWarn, ref: c.Record})
	}
	b.add("Deconfliction", append(rows, b.agreed()...)...)
	return nil
}

// agreed are the decisions taken with other units about the target or the enquiry on the card, the newest last.
func (b *cardBuilder) agreed() []row {
	rec, err := b.r.Record(b.card.ref)
	if err != nil {
		return nil
	}
	var decided []model.Deconfliction
	switch r := rec.(type) {
	case *model.Target:
		decided = r.Deconflictions
	case *model.Task:
		decided = r.Deconflictions
	}
	var rows []row
	for _, d := range decided {
		text := string(d.With) + ": " + model.LabelOf(d.Decision.Choices(), string(d.Decision)) + ", with " + b.liner.Officer(d.Contact) + ", " + day.Moment(d.At)
		if d.Note != "" {
			text += " · " + d.Note
		}
		rows = append(rows, row{label: "agreed", text: text, style: part.StyleText})
	}
	return rows
}
