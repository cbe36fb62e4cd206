package model

import (
	"strings"
	"time"

	"pou/model/day"
)

// facts are what the order says of itself: on the desk's card and in `pou show`. Whom it protects, who is not to be
// contacted and on which number are need-to-know and never among them, and are masked where a condition names them.
func (o *Order) facts(l *Liner) []Facts {
	out := []Facts{{Head: string(o.Ref) + " · " + string(o.Unit), Rows: o.mainFacts(l)}, {Head: "Conditions", Rows: o.conditionFacts(l)}}
	out = append(
		append(out, o.watchFacts(l)...),
		Facts{Head: "Names and homes since", Rows: o.changeFacts(l)},
		Facts{Head: "Potential breaches", Rows: o.breachFacts(l)},
		Facts{Head: "How it came", Rows: o.originFacts(l)},
		Facts{Head: "Decided since", Rows: o.logFacts(l)},
	)
	if o.Protected == "" {
		return out
	}
	veil := o.veil(l.Person(o.Person))
	for _, group := range out {
		for i := range group.Rows {
			group.Rows[i].Text = veil.mask(group.Rows[i].Text)
		}
	}
	return out
}

func (o *Order) mainFacts(l *Liner) []Fact {
	rows := []Fact{
		{Label: string(o.Type), Text: o.Type.Power(), Tone: ToneStrong},
		o.stateFact(day.On(l.now)),
		{Label: "Made", Text: strings.TrimSpace(o.Made.Long()+" "+o.Court) + ", " + o.untilWords()},
	}
	rows = append(rows, o.serviceFacts()...)
	rows = append(rows, o.monitorFact(l), o.notifyFact(l))
	if !o.Notified.IsZero() {
		rows = append(rows, o.howNotified())
	}
	return append(rows, o.checkFacts(l)...)
}

// originFacts are what lies behind the order, and what may be done about it.
func (o *Order) originFacts(l *Liner) []Fact {
	rows := []Fact{o.originFact(), {Label: "Limited to", Text: o.Locality}, {Label: "Risk", Text: string(o.Risk)}}
	rows = append(rows, o.linkedFacts(l)...)
	if o.Protected != "" {
		rows = append(rows, Fact{Label: "Protects", Text: "recorded; need-to-know", Tone: ToneQuiet})
	}
	rows = append(rows, Fact{Label: "Breaking it", Text: o.Type.Breaking(), Tone: ToneQuiet})
	if o.within2Years(day.On(l.now)) && o.End == "" {
		first := day.MonthsBeginning(o.Made, spoLeastMonths).AddDays(1)
		rows = append(rows, Fact{Label: "Discharge", Text: "not before " + first.Long() + " without both consents (SPA 2019 s.4(5), check)", Tone: ToneQuiet})
	}
	return append(rows, Fact{Label: "Note", Text: o.Note})
}

func (o *Order) untilWords() string {
	if o.Until.IsZero() {
		return "until further order"
	}
	return "to " + o.Until.Long()
}

func (o *Order) stateFact(today day.Date) Fact {
	f := Fact{Label: "State", Text: o.State(today), Tone: ToneGood}
	switch {
	case o.End != "":
		f.Text, f.Tone = string(o.End)+" on "+o.Ended.Long(), ToneQuiet
	case f.Text == "expired":
		f.Text, f.Tone = "expired on "+o.Until.Long()+"; nobody has recorded what became of it", ToneDanger
	case f.Text == "not served" && o.Type.knowing():
		f.Tone = ToneDanger
	case f.Text == "not served":
		f.Tone = ToneWarn
	}
	return f
}

func (o *Order) serviceFacts() []Fact {
	switch {
	case o.Served.IsZero() && !o.Type.knowing():
		return []Fact{{Label: "Served", Text: "service is not recorded", Tone: ToneWarn}}
	case o.Served.IsZero():
		return []Fact{{Label: "Served", Text: "NOT SERVED: its clocks have not started", Tone: ToneDanger}}
	}
	parts := []string{day.Moment(o.Served)}
	for _, s := range []string{o.ServedHow, o.ServedWhere} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if o.Explained {
		parts = append(parts, "terms explained")
	}
	if o.ServedBWV != "" {
		parts = append(parts, "body-worn "+o.ServedBWV)
	}
	rows := []Fact{{Label: "Served", Text: strings.Join(parts, ", ")}}
	if late := day.On(o.Served).Sub(o.Made); late > 1 {
		rows = append(rows, Fact{Label: "Served late", Text: itoa(late) + " days after it was made", Tone: ToneWarn})
	}
	return rows
}

func (o *Order) monitorFact(l *Liner) Fact {
	switch {
	case o.Monitor == "":
		return Fact{Label: "Monitor", Text: "NOBODY watches this order", Tone: ToneDanger}
	case l.left(o.Monitor):
		return Fact{Label: "Monitor", Text: l.Officer(o.Monitor) + " HAS LEFT: nobody watches this order", Tone: ToneDanger}
	}
	return Fact{Label: "Monitor", Text: l.Officer(o.Monitor)}
}

// notifyFact is the state of the duty to notify and its clock.
func (o *Order) notifyFact(l *Liner) Fact {
	subject := l.Person(o.Person)
	by, why, due := o.Owes(subject)
	if !o.Notified.IsZero() && !due {
		f := Fact{Label: "Notified", Text: o.Notified.Long(), Tone: ToneGood}
		if late := o.Late(o.Notified, subject); late > 0 {
			f.Text += ", " + Counted(late, "day", "days") + " after its last day: an offence unless there was a reasonable excuse (SPA 2019 s.11)"
			f.Tone = ToneWarn
		}
		return f
	}
	if !due {
		return Fact{Label: "Notify", Text: why, Tone: ToneQuiet}
	}
	return Fact{Label: "Notify", Text: "by end of " + by.Long() + ", " + leftWords(by.End(), l.now) + ": " + why, Tone: clockTone(by.End(), l.now)}
}

func (o *Order) howNotified() Fact {
	f := Fact{Label: "", Text: "acknowledged in writing (SPA 2019 s.10)", Tone: ToneQuiet}
	if !o.NotifiedAck {
		f.Text, f.Tone = "no written acknowledgement recorded (SPA 2019 s.10)", ToneWarn
	}
	if o.NotifiedWhere != "" {
		f.Text = o.NotifiedWhere + ", " + f.Text
	}
	if o.Verified {
		f.Text += ", fingerprints or photograph taken"
	}
	return f
}

func clockTone(deadline, now time.Time) Tone {
	switch left := deadline.Sub(now); {
	case left <= 0:
		return ToneDanger
	case left < 72*time.Hour:
		return ToneWarn
	}
	return TonePlain
}

func (o *Order) originFact() Fact {
	switch {
	case o.Origin == "" || o.Type == OtherOrder:
		return Fact{Label: "Origin", Text: string(o.Origin)}
	case o.Type == SPO && (o.Origin == FromConviction || o.Origin == FromAcquittal):
		return Fact{
			Label: "Origin", Tone: ToneWarn,
			Text: "on " + string(o.Origin) + ", by the court: no police applicant and no pack (Crime and Policing Act 2026; CHECK that the power was in force on the day)",
		}
	}
	return Fact{Label: "Origin", Text: string(o.Origin), Tone: ToneQuiet}
}

func (o *Order) linkedFacts(l *Liner) []Fact {
	rows := []Fact{
		{Label: "Application", Text: string(o.Application), Ref: o.Application},
		{Label: "Replaces", Text: string(o.Replaces), Ref: o.Replaces},
	}
	for _, r := range l.Linked(o.Ref, KindOrder) {
		if next, ok := r.(*Order); ok && next.Replaces == o.Ref {
			rows = append(rows, Fact{Label: "Replaced by", Text: string(next.Ref) + " " + string(next.Type), Ref: next.Ref})
		}
	}
	return rows
}

// checkFacts are what an officer should look up, since nobody here can know it.
func (o *Order) checkFacts(l *Liner) []Fact {
	check := func(text string) Fact { return Fact{Label: "CHECK", Text: text, Tone: ToneWarn} }
	var rows []Fact
	if o.Type == DAPO && l.Person(o.Person).HomeUnit != "SN" {
		rows = append(rows, check("a DAPO is made in the pilot area only (Croydon, Bromley, Sutton); it binds anywhere in England and Wales"))
	}
	if o.Type == BailTerms && o.Until.IsZero() {
		rows = append(rows, check("bail conditions end with the bail: no last day is recorded"))
	}
	return rows
}

// Verb is how a condition speaks: it asks for something, or forbids it.
func (c Condition) Verb() string {
	if c.Requirement {
		return "must"
	}
	return "must not"
}

// conditionFacts give each condition in its own words, and under it what it is about and when somebody last looked.
func (o *Order) conditionFacts(l *Liner) []Fact {
	var rows []Fact
	for _, c := range o.Conditions {
		words := Fact{Label: itoa(c.No) + " " + c.Verb(), Text: c.Text}
		switch today := day.On(l.now); {
		case !c.Ended.IsZero():
			words.Text += " (ended " + c.Ended.Long() + ")"
			words.Tone = ToneQuiet
		case !c.Until.IsZero() && today > c.Until:
			words.Text += " (its own last day was " + c.Until.Long() + ")"
			words.Tone = ToneWarn
		case !c.Until.IsZero():
			words.Text += " (to " + c.Until.Long() + ")"
		}
		rows = append(rows, words, Fact{Text: c.about(), Tone: ToneQuiet})
	}
	return rows
}

// about is what the condition is about and how it is watched, in one line; "" when nobody has said.
func (c Condition) about() string {
	m := c.Match
	parts := []string{string(c.Type)}
	if n := len(m.People); n > 0 {
		parts = append(parts, Counted(n, "person", "people")+" (need-to-know)")
	}
	if n := len(m.Numbers); n > 0 {
		parts = append(parts, Counted(n, "number", "numbers")+" (need-to-know)")
	}
	parts = append(parts, m.Place, m.Circle.String())
	if n := len(m.Polygon); n > 0 {
		parts = append(parts, "area of "+itoa(n)+" corners")
	}
	parts = append(parts, strings.Join(m.Boroughs, ", "), m.Hours.String(), m.Schedule.String())
	if c.Method != "" {
		parts = append(parts, "by "+c.Method)
	}
	if !c.Checked.IsZero() {
		parts = append(parts, "checked "+c.Checked.Long())
	}
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}

func (o *Order) changeFacts(l *Liner) []Fact {
	subject := l.Person(o.Person)
	var rows []Fact
	for i, n := range o.Changes {
		f := Fact{Label: itoa(i+1) + " " + string(n.What), Text: n.Text + ", since " + n.Day.Long()}
		by, why, due := o.ChangeBy(n, subject)
		switch {
		case !n.Notified.IsZero():
			f.Text += "; notified " + n.Notified.Long()
			if due && n.Notified > by {
				f.Text += ", " + Counted(n.Notified.Sub(by), "day", "days") + " after its last day"
				f.Tone = ToneWarn
			}
		case due:
			f.Text += "; NOT NOTIFIED, due by end of " + by.Long() + ", " + leftWords(by.End(), l.now)
			f.Tone = clockTone(by.End(), l.now)
		default:
			f.Text += "; " + why
		}
		if n.Found != "" {
			f.Text += "; found: " + n.Found
		}
		rows = append(rows, f)
	}
	return rows
}

func (o *Order) logFacts(l *Liner) []Fact {
	var rows []Fact
	for _, d := range o.Log {
		f := Fact{Label: d.Day.Long(), Text: string(d.What), Tone: ToneQuiet}
		if d.Condition > 0 {
			f.Text = "condition " + itoa(d.Condition) + ": " + f.Text
		}
		if !d.Until.IsZero() {
			f.Text += " to " + d.Until.Long()
		}
		f.Text += " · " + l.Officer(d.By)
		for _, more := range []string{d.Reason, d.Before} {
			if more != "" {
				f.Text += " · " + more
			}
		}
		rows = append(rows, f)
	}
	return rows
}

// breachFacts are the potential breaches reported, the newest first.
func (o *Order) breachFacts(l *Liner) []Fact {
	var rows []Fact
	for _, r := range l.Linked(o.Ref, KindBreach) {
		b, ok := r.(*Breach)
		if !ok || b.Order != o.Ref {
			continue
		}
		f := Fact{Label: string(b.Ref), Text: day.On(b.At).Long() + " condition " + itoa(b.Condition) + ": " + string(b.State), Ref: b.Ref}
		if b.State.Open() {
			f.Tone = ToneWarn
		}
		rows = append([]Fact{f}, rows...)
	}
	return rows
}
