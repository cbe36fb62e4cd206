package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

func (a *Application) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.Since, line.Owner = "application", string(a.Stage), a.Opened, a.Officer
	line.Type, line.Count, line.About = "SPO", len(a.Conditions), a.Order
	if a.Interim.Sought {
		line.Type = "SPO, interim"
	}
	if h, ok := a.Hearing(); ok && a.Stage.Live() {
		line.Due = day.On(h.At)
	}
	if !a.Stage.Live() {
		line.What = string(a.Stage) + " " + a.Ended.Long()
		return
	}
	b := a.basis(l)
	have, of := a.Complete(b)
	next := a.Next(b)
	line.What, line.Settle = itoa(have)+"/"+itoa(of)+" · "+next.What, next.Settle
}

// basis is what bears on the application as far as a list or a card can read it.
func (a *Application) basis(l *Liner) Basis {
	if v, ok := l.src.(SafeguardView); ok {
		if b, err := BasisOf(v, a, day.On(l.now)); err == nil {
			return b
		}
	}
	return Basis{Subject: l.Person(a.Person), On: day.On(l.now)}
}

func (a *Application) facts(l *Liner) []Facts {
	b := a.basis(l)
	out := a.written(l, b)
	veil := a.veil(b.Subject, b.People)
	for _, group := range out {
		for i := range group.Rows {
			group.Rows[i].Text = veil.mask(group.Rows[i].Text)
		}
	}
	return out
}

// written are the facts with everybody they name.
func (a *Application) written(l *Liner, b Basis) []Facts {
	return []Facts{
		{Head: string(a.Ref) + " · " + string(a.Unit), Rows: a.headFacts(l, b)},
		{Head: "Missing", Rows: gapFacts(a.Missing(b), ToneWarn)},
		{Head: "Look at", Rows: gapFacts(a.Advice(b), ToneWarn)},
		{Head: "Limbs (SPA 2019 s.1(1))", Rows: a.limbFacts()},
		{Head: "Chronology", Rows: a.actFacts()},
		{Head: "Conditions proposed", Rows: a.conditionFacts()},
		{Head: "Risk and checks", Rows: a.riskFacts(l, b)},
		{Head: "Sign-offs", Rows: a.signFacts(l)},
		{Head: "At court", Rows: a.courtFacts(l)},
	}
}

func (a *Application) headFacts(l *Liner, b Basis) []Fact {
	have, of := a.Complete(b)
	rows := []Fact{
		{Label: "Stage", Text: string(a.Stage), Tone: ToneStrong},
		{Label: "Complete", Text: itoa(have) + " of " + itoa(of), Bar: have, Most: of, Tone: meterTone(have, of)},
	}
	if next := a.Next(b); next.Settle != "" {
		rows = append(rows, Fact{Label: "Next", Text: next.Settle + ": " + next.What, Tone: ToneStrong})
	}
	rows = append(
		rows, Fact{Label: "Officer", Text: l.Officer(a.Officer)}, Fact{Label: "Report", Text: strings.TrimSpace(a.Report + " " + onDay("first reported ", a.Reported))},
		a.courtFact(b), Fact{Label: "Territory", Text: joined2(LabelOf(a.Territory.Choices(), string(a.Territory)), a.TerritoryWhy)},
		Fact{Label: "Protects", Text: a.protects()}, Fact{Label: "Period", Text: a.Period()},
	)
	if a.Locality != "" {
		rows = append(rows, Fact{Label: "Locality", Text: a.Locality})
	}
	if a.Interim.Decided {
		rows = append(rows, Fact{Label: "Interim", Text: a.interimWords()})
	}
	return append(rows, Fact{Label: "Note", Text: a.Note})
}

func joined2(head, text string) string { return strings.Trim(head+": "+text, ": ") }

func meterTone(have, of int) Tone {
	if have == of {
		return ToneGood
	}
	return ToneWarn
}

// protects says that the people are on record, and how many, and never who.
func (a *Application) protects() string {
	if len(a.Protected) == 0 {
		return ""
	}
	out := itoa(len(a.Protected)) + " on record; need-to-know"
	if a.Proxy() {
		out += "; not only a victim of the acts: stalking by proxy (SPA 2019 s.1(1)(c))"
	}
	return out
}

// courtFact says which court hears it: under 18 the youth court; who comes of age before the hearing is pointed out.
func (a *Application) courtFact(b Basis) Fact {
	youth, sure := isYouth(b.Subject.Born, b.On)
	f := Fact{Label: "Court", Text: a.Court}
	switch {
	case !sure:
		f.Text, f.Tone = joined2(a.Court, "the date of birth does not say whether the youth court hears it"), ToneWarn
	case youth:
		f.Text, f.Tone = joined2(a.Court, "UNDER 18: youth court (SPA 2019 s.1)"), ToneWarn
		if h, ok := a.Hearing(); ok {
			if later, _ := isYouth(b.Subject.Born, day.On(h.At)); !later {
				f.Text += "; turns 18 before the hearing: ask legal which court"
			}
		}
	}
	return f
}

func (a *Application) interimWords() string {
	if !a.Interim.Sought {
		return "not sought: " + a.Interim.Why
	}
	out := "sought for " + itoa(a.Interim.Days) + " days, " + string(a.Interim.Notice) + ": " + a.Interim.Why
	if a.Interim.WhyNotice != "" {
		out += " (" + a.Interim.WhyNotice + ")"
	}
	return out
}

func gapFacts(gaps []Gap, tone Tone) []Fact {
	out := make([]Fact, len(gaps))
	for i, g := range gaps {
		_, verb, _ := strings.Cut(g.Settle, ".")
		out[i] = Fact{Label: verb, Text: g.What + ": " + g.Why, Tone: tone}
	}
	return out
}

func (a *Application) limbFacts() []Fact {
	var out []Fact
	for _, l := range limbs() {
		for i, e := range a.Shows(l) {
			f := Fact{Text: "E" + itoa(e.No) + " " + e.words()}
			if i == 0 {
				f.Label = l.Words()[:3]
			}
			out = append(out, f)
		}
	}
	return append(out, Fact{Label: "Proof", Text: "(a) " + LimbActs.Proof() + "; (b) and (c) " + LimbRisk.Proof(), Tone: ToneQuiet})
}

func (e LimbEvidence) words() string {
	out := e.What + " (" + e.Source
	if !e.Day.IsZero() {
		out += ", " + e.Day.Long()
	}
	if e.Hearsay {
		out += ", HEARSAY"
	}
	return out + ")"
}

func (a *Application) actFacts() []Fact {
	var out []Fact
	for _, act := range a.Acts {
		text := "A" + itoa(act.No) + " " + act.What
		if act.Evidence != "" {
			text += " (" + act.Evidence + ")"
		}
		if r := act.Remark(); r != "" {
			text += "; " + r
		}
		out = append(out, Fact{Label: act.Day.Long(), Text: text})
	}
	return out
}

func (a *Application) conditionFacts() []Fact {
	var out []Fact
	for _, p := range a.Conditions {
		out = append(
			out, Fact{Label: itoa(p.Condition.No) + " " + conditionSort(p.Condition), Text: p.Condition.Text + p.ownPeriod(), Tone: ToneStrong},
			Fact{Label: "reason", Text: p.Reason}, Fact{Label: "evidence", Text: p.Evidence}, Fact{Label: "monitored", Text: p.Condition.Method},
			Fact{Label: "conflicts", Text: joined2(string(p.Conflict), p.Considered)},
		)
	}
	return out
}

func conditionSort(c Condition) string {
	if c.Requirement {
		return "must"
	}
	return "must not"
}

func (p Proposed) ownPeriod() string {
	out := ""
	if p.Months > 0 {
		out += " (for " + monthWords(p.Months) + ")"
	}
	if p.FullOnly {
		out += " (full order only)"
	}
	return out
}

func (a *Application) riskFacts(l *Liner, b Basis) []Fact {
	rows := []Fact{{Label: "Risk", Text: a.Risk.words(), Tone: ToneStrong}}
	if a.Intel.Done() {
		rows = append(rows, Fact{Label: "Intelligence", Text: joined2("checked "+day.On(a.Intel.At).Long()+" by "+l.Officer(a.Intel.By), a.Intel.Note)})
	}
	for _, i := range b.Intel {
		f := Fact{Label: string(i.Ref), Text: i.Graded() + " " + i.At.Long(), Ref: i.Ref}
		if i.Weak() {
			f.Text, f.Tone = f.Text+" WEAK: suspected false or source not reliable", ToneWarn
		}
		rows = append(rows, f)
	}
	if a.Previous.Done() {
		rows = append(rows, Fact{Label: "Previous", Text: joined2("checked "+day.On(a.Previous.At).Long()+" by "+l.Officer(a.Previous.By), a.Previous.Note)})
	}
	for _, o := range b.Orders {
		rows = append(rows, Fact{Label: string(o.Ref), Text: o.previousWords(b), Ref: o.Ref})
	}
	if a.Views != "" || a.ViewsNot != "" {
		text := "recorded; need-to-know"
		if a.Views == "" {
			text = "not sought: " + a.ViewsNot
		}
		rows = append(rows, Fact{Label: "Views", Text: text, Tone: ToneQuiet})
	}
	return rows
}

func (r RiskJudgement) words() string {
	if r.Level == "" {
		return ""
	}
	out := strings.ToUpper(string(r.Level))
	var kinds []string
	if r.Physical {
		kinds = append(kinds, "physical")
	}
	if r.Psychological {
		kinds = append(kinds, "psychological")
	}
	if len(kinds) > 0 {
		out += " (" + strings.Join(kinds, " and ") + ")"
	}
	if r.Tool != "" {
		out += ", " + r.Tool
	}
	return out + ", judged by " + r.Assessor + " on " + r.Day.Long() + ": " + r.Text
}

// previousWords is an order of before as the court is told of it, with how often it is said to have been breached.
func (o *Order) previousWords(b Basis) string {
	counts := map[BreachState]int{}
	var states []string
	for _, br := range b.Breaches {
		if br.Order == o.Ref {
			if counts[br.State]++; counts[br.State] == 1 {
				states = append(states, string(br.State))
			}
		}
	}
	slices.Sort(states)
	for i, s := range states {
		states[i] = itoa(counts[BreachState(s)]) + " " + s
	}
	out := string(o.Type) + " made " + o.Made.Long()
	if o.Court != "" {
		out += " at " + o.Court
	}
	out += ", " + o.State(b.On)
	if len(states) == 0 {
		return out + "; no breach on record"
	}
	return out + "; potential breaches: " + strings.Join(states, ", ")
}

func (a *Application) signFacts(l *Liner) []Fact {
	var out []Fact
	for _, s := range a.Signs {
		f := Fact{Label: string(s.As), Text: s.words(l.Officer), Tone: ToneGood}
		if s.Void != "" {
			f.Tone = ToneWarn
		}
		out = append(out, f)
	}
	return out
}

func (s SignOff) words(name func(Ref) string) string {
	out := name(s.By) + ", " + day.Clock(s.At)
	if s.Name != "" {
		out = s.Name + ", " + day.Clock(s.At) + ", recorded by " + name(s.By)
	}
	if s.Void != "" {
		out += "; VOID, the papers changed: " + s.Void
	}
	return out
}

func (a *Application) courtFacts(l *Liner) []Fact {
	var out []Fact
	if !a.Lodged.IsZero() {
		out = append(out, Fact{Label: "Lodged", Text: a.Lodged.Long() + " at " + a.Court + " " + a.CourtRef})
	}
	if !a.HearsayServed.IsZero() {
		out = append(out, Fact{Label: "Hearsay", Text: "notice served " + a.HearsayServed.Long()})
	}
	for _, h := range a.Hearings {
		text := string(h.Result)
		if text == "" {
			text = "to be heard"
		}
		if h.Court != "" {
			text += " at " + h.Court
		}
		out = append(out, Fact{Label: day.On(h.At).Long(), Text: joined2(strings.TrimSpace(h.clock()+" "+text), h.Note), Ref: h.Order})
	}
	out = append(out, a.interimFact(l))
	if a.Order != "" {
		out = append(out, Fact{Label: "Order", Text: string(a.Order) + " carries the conditions as made", Tone: ToneGood, Ref: a.Order})
	}
	if a.Stage == AppRefused {
		out = append(out, Fact{Label: "Appeal", Text: "the chief officer may appeal to the Crown Court (SPA 2019 s.7): ask legal now", Tone: ToneWarn})
	}
	return out
}

// interimFact holds the interim order's last day against the hearing.
func (a *Application) interimFact(l *Liner) Fact {
	if a.InterimOrder == "" {
		return Fact{}
	}
	f := Fact{Label: "Interim", Text: string(a.InterimOrder), Ref: a.InterimOrder}
	rec, err := l.src.Record(a.InterimOrder)
	if err != nil {
		return f
	}
	o, ok := rec.(*Order)
	if !ok {
		return f
	}
	f.Text += " " + o.State(day.On(l.now)) + ", to " + o.Until.Long()
	if h, fixed := a.Hearing(); fixed && o.End == "" && day.On(h.At) > o.Until {
		f.Text, f.Tone = f.Text+": ENDS BEFORE THE HEARING, ask the court to renew it (SPA 2019 s.5)", ToneDanger
	}
	return f
}

// The local clocks of an application, in days. One victim waited nine months for an order: an application that nobody
// moves is said aloud, to its officer first and then to the unit.
const (
	lodgeWithinDays = 28
	standsStillDays = 7
	escalateDays    = 14
)

// hearsayDays is how long before the hearing a hearsay notice is served: Magistrates' Courts (Hearsay Evidence in Civil
// Proceedings) Rules 1999 r.3. From memory of the rule; to be checked.
const hearsayDays = 21

func (a *Application) clocks(w Watch) []Due {
	if !a.Stage.Live() {
		return nil
	}
	next := a.Next(Basis{Subject: w.Subject, On: day.On(w.Now)})
	var out []Due
	if !a.Stage.AtCourt() {
		out = append(out, Due{
			Rule: "lodge the application", Citation: Local, Start: a.Opened, Deadline: day.On(a.Opened).AddDays(lodgeWithinDays).End(), Owner: a.Officer,
			Missed: "nobody is protected while the papers are being written", Settle: next.Settle,
		})
	}
	out = append(out, a.courtClocks()...)
	if _, fixed := a.Hearing(); !fixed || !a.Stage.AtCourt() {
		out = append(out, a.stillClocks(w.Now, next)...)
	}
	return out
}

// stillClocks remind in two steps: the officer first, then, once that has run out, whoever leads the unit.
func (a *Application) stillClocks(now time.Time, next Gap) []Due {
	first := day.On(a.Changed).AddDays(standsStillDays).End()
	out := []Due{{
		Rule: "take the application on: " + next.What, Citation: Local, Start: a.Changed, Deadline: first, Owner: a.Officer,
		Missed: "the application stands still, and the unit's lead is told", Settle: next.Settle,
	}}
	if !now.Before(first) {
		out = append(out, Due{
			Rule: "lead: the application has stood still since " + day.On(a.Changed).Short(), Citation: Local, Start: a.Changed,
			Deadline: day.On(a.Changed).AddDays(escalateDays).End(), Missed: "somebody waits for months for an order, as one victim did for nine", Settle: next.Settle,
		})
	}
	return out
}

func (a *Application) courtClocks() []Due {
	h, fixed := a.Hearing()
	if !fixed || !a.Stage.AtCourt() {
		return nil
	}
	heard := day.On(h.At)
	out := []Due{{
		Rule: "hearing of the application", Citation: "listed at " + orWords(h.Court, a.Court), Start: a.Lodged.Start(), Deadline: h.At, Owner: a.Officer,
		Missed: "the application may be dismissed", Settle: "application.result",
	}}
	if a.Hearsay() && a.HearsayServed.IsZero() {
		out = append(out, Due{
			Rule: "serve the hearsay notice", Citation: "MC (Hearsay Evidence in Civil Proceedings) Rules 1999 r.3 (check)", Start: a.Lodged.Start(),
			Deadline: heard.AddDays(-hearsayDays).End(), Owner: a.Officer, Missed: "the court may give the hearsay less weight, or adjourn", Settle: "application.hearing",
		})
	}
	if a.Stage == AppInterim && a.InterimUntil < heard {
		out = append(out, Due{
			Rule: "have the interim order renewed: it ends before the hearing", Citation: "SPA 2019 s.5", Start: a.Lodged.Start(), Deadline: a.InterimUntil.End(),
			Owner: a.Officer, Missed: "nobody is protected until the hearing", Settle: "application.result",
		})
	}
	return out
}

func orWords(s, other string) string {
	if s != "" {
		return s
	}
	return other
}
