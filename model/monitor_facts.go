package model

import (
	"slices"

	"pou/model/day"
)

// checksShown is how many checks an order's card lists; the newest come first.
const checksShown = 6

// HeadCompliance is the heading of the strips of an order.
const HeadCompliance = "Kept over 12 months, the last is this one"

// watchFacts are how an order is watched and kept: the plan, who answers for it, the strips, the last checks, and how whoever
// it protects wants to be reached.
func (o *Order) watchFacts(l *Liner) []Facts {
	var checks []*Check
	for _, rec := range l.Linked(o.Ref, KindCheck) {
		if v, ok := rec.(*Check); ok {
			checks = append(checks, v)
		}
	}
	var breaches []*Breach
	for _, rec := range l.Linked(o.Ref, KindBreach) {
		if b, ok := rec.(*Breach); ok {
			breaches = append(breaches, b)
		}
	}
	return []Facts{
		{Head: "How it is watched", Rows: o.planFacts(l)},
		{Head: HeadCompliance, Rows: stripFacts(o, Compliance(o, checks, breaches, l.Now()))},
		{Head: "Checks", Rows: checkFacts(checks, l)},
		{Head: "Victim-survivor", Rows: o.protectedFacts(l)},
	}
}

func (o *Order) planFacts(l *Liner) []Fact {
	p, today := o.plan(), day.On(l.Now())
	if o.End != "" {
		return nil
	}
	risk := Fact{Label: "Risk", Text: string(o.Risk)}
	if o.Risk == "" {
		risk = Fact{Label: "Risk", Text: "NOT RECORDED: order.plan records it", Tone: ToneWarn}
	}
	rows := []Fact{
		risk,
		{Label: "Checks", Text: "every " + itoa(o.CheckEvery(l.Limits())) + " days, " + p.visitWord() + " (" + Local + ")"},
		o.lastFact(l, today),
		{Label: "Next", Text: nextWords(p.Next, p.NextBy), Tone: ToneWarn},
	}
	if p.Cover != "" {
		row := Fact{Label: "Cover", Text: l.Officer(p.Cover) + ", " + p.CoverFrom.Long() + " to " + p.CoverUntil.Long(), Tone: ToneStrong}
		if p.CoverUntil < today {
			row.Text, row.Tone = row.Text+": OVER, and no return is recorded", ToneDanger
		}
		rows = append(rows, row)
	}
	if p.Offered != "" {
		rows = append(
			rows, Fact{Label: "Handover", Text: "to " + l.Officer(p.Offered) + " on " + p.OfferedOn.Long() + ", NOT ACKNOWLEDGED", Tone: ToneWarn},
			Fact{Label: "To know", Text: p.Handover},
		)
	}
	if !p.Escalated.IsZero() {
		rows = append(rows, Fact{Label: "Escalated", Text: "to " + l.Officer(p.EscalateTo) + " on " + p.Escalated.Long() + ": " + p.Concern, Tone: ToneWarn})
	}
	if !p.Reviewed.IsZero() {
		rows = append(rows, Fact{Label: "Reviewed", Text: p.Reviewed.Long() + " by " + l.Officer(p.ReviewedBy)})
	}
	return rows
}

func (o *Order) lastFact(l *Liner, today day.Date) Fact {
	last, checked := o.checkedOn()
	text, tone := "never, as far as anybody recorded", ToneWarn
	if checked {
		text, tone = last.Long(), TonePlain
	}
	if !o.Live(today) || !o.planned() {
		return Fact{Label: "Last check", Text: text, Tone: tone}
	}
	text += "; next by " + o.NextCheck(l.Limits()).Long()
	if o.NextCheck(l.Limits()) < today {
		text, tone = text+", OVERDUE", ToneDanger
	}
	return Fact{Label: "Last check", Text: text, Tone: tone}
}

func stripFacts(o *Order, strips []Strip) []Fact {
	rows := make([]Fact, 0, len(strips))
	for i, s := range strips {
		c := o.Conditions[i]
		text := "checked " + c.Checked.Long()
		if c.Checked.IsZero() {
			text = "never checked"
		}
		if !c.Match.Schedule.IsZero() {
			text += "; " + c.Match.Schedule.String()
		}
		label := itoa(c.No) + " must not"
		if c.Requirement {
			label = itoa(c.No) + " must"
		}
		rows = append(rows, Fact{Label: label, Text: text, Strip: s.Cells})
	}
	return rows
}

func checkFacts(checks []*Check, l *Liner) []Fact {
	slices.SortStableFunc(checks, func(a, b *Check) int { return b.At.Compare(a.At) })
	var rows []Fact
	for i, v := range checks {
		if i == checksShown {
			rows = append(rows, Fact{Text: "and " + itoa(len(checks)-checksShown) + " earlier", Tone: ToneQuiet})
			break
		}
		tone := TonePlain
		switch v.worst() {
		case NotComplied:
			tone = ToneDanger
		case Concern:
			tone = ToneWarn
		case Complied, NotChecked:
		}
		text := LabelOf(v.Kind.Choices(), string(v.Kind)) + ": " + v.Summary() + ", " + l.Officer(v.By)
		if v.Home == HomeElsewhere {
			text, tone = text+"; NOT LIVING at the notified address", ToneDanger
		}
		rows = append(rows, Fact{Label: day.On(v.At).Long(), Text: text, Tone: tone, Ref: v.Ref})
	}
	return rows
}

// protectedFacts say that somebody is to be kept safe, how and when they are next reached, and never who.
func (o *Order) protectedFacts(l *Liner) []Fact {
	var rows []Fact
	for _, rec := range l.Linked(o.Ref, KindSurvivor) {
		s, ok := rec.(*Survivor)
		if !ok || !s.Closed.IsZero() {
			continue
		}
		text := "to be reached: " + LabelOf(s.Way.Choices(), string(s.Way))
		if by := s.nextContact(); !by.IsZero() {
			text += "; next contact by " + by.Long()
		}
		rows = append(rows, Fact{Label: string(s.Ref), Text: text + "; victim.contact records it", Ref: s.Ref})
		if before := s.beforeContact(); before != "" {
			rows = append(rows, Fact{Label: "Before", Text: before, Tone: ToneWarn})
		}
	}
	if len(rows) == 0 && o.End == "" {
		rows = append(rows, Fact{Label: "Contact", Text: "no victim-survivor is recorded for this order; victim.add does, with how they want to be reached", Tone: ToneQuiet})
	}
	return rows
}
