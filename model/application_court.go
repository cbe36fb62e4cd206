package model

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// CourtCopy is who a copy of the court papers is for.
type CourtCopy string

// The copies. Only the court's names those who are protected and says what the victim-survivor thinks.
const (
	CopyCourt  CourtCopy = "court"
	CopyReview CourtCopy = "review" // for those who check and sign: legal, the inspector, a partner
)

// Choices lists the copies for a form.
func (CourtCopy) Choices() []Choice {
	return []Choice{{string(CopyCourt), "the court's copy", "c"}, {string(CopyReview), "for review; nobody protected is named", "r"}}
}

// CourtPack is the papers of an application as one copy has them.
type CourtPack struct {
	Application Ref         `json:"application"`
	Title       string      `json:"title"`
	Copy        CourtCopy   `json:"copy"`
	Marking     string      `json:"marking"`
	Draft       bool        `json:"draft"` // incomplete: says so on every page
	Gaps        []Gap       `json:"gaps,omitempty"`
	Parts       []CourtPart `json:"parts"`
}

// CourtPart is one document of the papers.
type CourtPart struct {
	Head  string      `json:"head"`
	Fresh bool        `json:"fresh,omitempty"` // begins on a page of its own
	Rows  [][2]string `json:"rows,omitempty"`  // a word for what it is, and what is said
	Heads []string    `json:"heads,omitempty"` // of the table's columns
	Table [][]string  `json:"table,omitempty"`
	List  []string    `json:"list,omitempty"` // numbered from 1
	After [][2]string `json:"after,omitempty"`
}

// CourtPapers makes the papers of an application for one copy. Papers that lack something are refused, unless a draft is
// asked for, which says so on every page. Papers that would point to who gave intelligence are always refused.
func CourtPapers(v SafeguardView, a *Application, to CourtCopy, draft bool, now time.Time) (*CourtPack, error) {
	b, err := BasisOf(v, a, day.On(now))
	if err != nil {
		return nil, err
	}
	gaps := a.Missing(b)
	if len(gaps) > 0 && !draft {
		return nil, lacking("application", "the court papers of "+string(a.Ref)+" are not complete", gaps)
	}
	for _, i := range b.Intel {
		if i.NamesSource() {
			return nil, Refuse("sanitisation", string(i.Ref)+" points to who gave it, and court papers may not (3x5x2)", "Leave it out with application.checks")
		}
	}
	m := &courtMaker{a: a, b: b, to: to, liner: NewLiner(v, now)}
	p := &CourtPack{Application: a.Ref, Title: "Application for a stalking protection order: " + b.Subject.Name(), Copy: to, Marking: Marking, Draft: draft, Gaps: gaps}
	if b.Subject.Sample {
		p.Marking += " · SAMPLE DATA"
	}
	p.Parts = m.parts()
	if len(gaps) > 0 {
		p.Parts = append(p.Parts, CourtPart{Head: "Missing from these papers", Fresh: true, Heads: []string{"What", "Why", "Added by"}, Table: gapTable(gaps)})
	}
	if to == CopyCourt {
		return p, nil
	}
	mask := a.veil(b.Subject, b.People).mask
	if others := m.liner.shield(a.Person); others != nil { // whom the orders before it protect
		own := mask
		mask = func(s string) string { return others.mask(own(s)) }
	}
	veiled := masked(reflect.ValueOf(*p), mask).Interface().(CourtPack) //nolint:forcetypeassert // the type it came with
	return &veiled, nil
}

// lacking refuses something with the gaps that stand in its way, the first of them with what to do.
func lacking(field, rule string, gaps []Gap) error {
	words := make([]string, len(gaps))
	for i, g := range gaps {
		words[i] = g.What
	}
	const most = 6
	return Refuse(field, rule+": "+strings.Join(words[:min(most, len(words))], "; ")+andMore(len(words)-most), "Add it with "+gaps[0].Settle+": "+gaps[0].Why)
}

func gapTable(gaps []Gap) [][]string {
	out := make([][]string, len(gaps))
	for i, g := range gaps {
		out[i] = []string{g.What, g.Why, g.Settle}
	}
	return out
}

// courtMaker puts the papers together.
type courtMaker struct {
	a     *Application
	b     Basis
	to    CourtCopy
	liner *Liner
}

func (m *courtMaker) parts() []CourtPart {
	out := []CourtPart{m.form(), m.limbs(), m.chronology(), m.conditions(), m.risk(), m.intel(), m.previous()}
	if m.to == CopyCourt {
		out = append(out, m.views())
	}
	out = append(out, draftPart(m.a.DraftOrder(false, m.b)))
	if m.a.Interim.Sought {
		out = append(out, draftPart(m.a.DraftOrder(true, m.b)))
	}
	return append(out, m.signs(), m.annexes())
}

func (m *courtMaker) form() CourtPart {
	a, who := m.a, m.b.Subject
	home := ""
	if h, ok := who.Home(); ok {
		home = h.Line()
	}
	youth := "18 or over"
	if under, sure := isYouth(who.Born, m.b.On); !sure {
		youth = "not known from the date of birth"
	} else if under {
		youth = "UNDER 18: youth court (SPA 2019 s.1)"
	}
	rows := [][2]string{
		{"Court", a.courtWords(m.b)},
		{"Reference", strings.TrimSpace(string(a.Ref) + " " + a.CourtRef)},
		{"Act", "Stalking Protection Act 2019 s.1"},
		{"Applicant", applicant},
		{"Officer", m.liner.Officer(a.Officer) + ", " + string(a.Unit) + " " + a.Unit.Name()},
		{"Defendant", who.Name()},
		{"Born", who.Born.String()},
		{"Age", youth},
		{"Address", home},
		{"Also known as", strings.Join(aliasNames(who), "; ")},
		{"Territory", joined2(LabelOf(a.Territory.Choices(), string(a.Territory)), a.TerritoryWhy) + " (" + territoryPower + ")"},
		{"Order sought", orWords(a.Period(), "[GAP: no period decided]")},
	}
	if m.to == CopyCourt {
		rows = append(rows, [2]string{"To be protected", strings.Join(namesOnly(a.Protected), "; ")}, [2]string{"Victim of the acts", strings.Join(namesOnly(a.Victims), "; ")})
	}
	if a.Proxy() {
		rows = append(rows, [2]string{"By proxy", "somebody to be protected was not a victim of the acts (SPA 2019 s.1(1)(c))"})
	}
	if a.Interim.Decided {
		rows = append(rows, [2]string{"Interim order", a.interimWords() + " (test: appropriate, SPA 2019 s.5)"})
	}
	return CourtPart{Head: "Application", Rows: filled(rows)}
}

// filled leaves out the rows that say nothing.
func filled(rows [][2]string) [][2]string {
	return slices.DeleteFunc(rows, func(r [2]string) bool { return strings.TrimSpace(r[1]) == "" })
}

func (m *courtMaker) limbs() CourtPart {
	out := CourtPart{Head: "The limbs and their evidence (SPA 2019 s.1(1))"}
	for _, l := range limbs() {
		out.Rows = append(out.Rows, [2]string{"Limb " + l.Words()[:3], l.Words()[4:]})
	}
	out.Heads = []string{"No", "Limb", "What it shows", "Source", "Date", "Hearsay"}
	for _, l := range limbs() {
		for _, e := range m.a.Shows(l) {
			out.Table = append(out.Table, []string{"E" + itoa(e.No), l.Words()[:3], e.What, e.Source, e.Day.Long(), yesNo(e.Hearsay)})
		}
	}
	if m.a.Hearsay() {
		out.After = [][2]string{{"Hearsay", "civil hearsay: notice " + orWords(onDay("served ", m.a.HearsayServed), "not yet served")}}
	}
	if m.to == CopyReview { // whoever signs checks the law as well
		for _, l := range limbs() {
			out.After = append(out.After, [2]string{"Proof of " + l.Words()[:3], l.Proof()})
		}
	}
	return out
}

func onDay(word string, d day.Date) string {
	if d.IsZero() {
		return ""
	}
	return word + d.Long()
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (m *courtMaker) chronology() CourtPart {
	out := CourtPart{Head: "Chronology", Heads: []string{"Date", "Act", "Sort", "Evidence", "Remark"}}
	for _, act := range m.a.Acts {
		out.Table = append(out.Table, []string{act.Day.Long(), act.What, LabelOf(act.Kind.Choices(), string(act.Kind)), act.Evidence, act.Remark()})
	}
	return out
}

func (m *courtMaker) conditions() CourtPart {
	out := CourtPart{Head: "Conditions sought (SPA 2019 s.2)", Heads: []string{"No", "Condition", "Reason", "Evidence", "Monitored by", "Work, education, religion"}}
	for _, p := range m.a.Conditions {
		out.Table = append(out.Table, []string{
			itoa(p.Condition.No), p.Condition.Text + p.ownPeriod(), p.Reason, p.Evidence, p.Condition.Method, joined2(string(p.Conflict), p.Considered),
		})
	}
	return out
}

func (m *courtMaker) risk() CourtPart {
	r := m.a.Risk
	if r.Level == "" {
		return CourtPart{Head: "Risk", Rows: [][2]string{{"Risk", "[GAP: not assessed]"}}}
	}
	return CourtPart{Head: "Risk", Rows: [][2]string{{"Risk", r.words()}, {"Note", "A professional judgement by a named assessor; no score is worked out from it."}}}
}

// intel is what the application relies on, sanitised: without its origin, and without the words of what may only be shared
// on conditions.
func (m *courtMaker) intel() CourtPart {
	out := CourtPart{Head: "Intelligence relied on", Rows: filled([][2]string{{"Checks", m.checked(m.a.Intel)}})}
	if len(m.b.Intel) == 0 {
		out.Rows = append(out.Rows, [2]string{"Relied on", "none"})
		return out
	}
	out.Heads = []string{"Ref", "Grading", "Date", "What is reported", "Caution"}
	for _, i := range m.b.Intel {
		text, caution := i.Text, ""
		if i.Handling == "C" {
			text = "[shared on conditions only: not printed; the officer holds it]"
		}
		if i.Weak() {
			caution = "WEAK: suspected to be false, or the source is not reliable; it cannot support the application by itself"
		}
		out.Table = append(out.Table, []string{string(i.Ref), i.Graded(), i.At.Long(), text, caution})
	}
	return out
}

func (m *courtMaker) checked(k PapersCheck) string {
	if !k.Done() {
		return "[GAP: not checked]"
	}
	return joined2("checked "+day.On(k.At).Long()+" by "+m.liner.Officer(k.By), k.Note)
}

func (m *courtMaker) previous() CourtPart {
	out := CourtPart{Head: "Previous orders and breaches", Rows: [][2]string{{"Checks", m.checked(m.a.Previous)}}}
	if len(m.b.Orders) == 0 {
		out.Rows = append(out.Rows, [2]string{"Orders", "none on record"})
		return out
	}
	out.Heads = []string{"Ref", "Order, and what became of it"}
	for _, o := range m.b.Orders {
		out.Table = append(out.Table, []string{string(o.Ref), o.previousWords(m.b)})
	}
	for _, br := range m.b.Breaches {
		out.After = append(out.After, [2]string{string(br.Ref), day.On(br.At).Long() + ", condition " + itoa(br.Condition) + " of " + string(br.Order) + ", " + string(br.State) + ": " + br.What})
	}
	return out
}

func (m *courtMaker) views() CourtPart {
	a := m.a
	rows := filled([][2]string{{"Views", a.Views}, {"Impact", a.Impact}, {"Not sought", a.ViewsNot}, {"Taken on", a.ViewsDay.Long()}})
	if len(rows) == 0 {
		rows = [][2]string{{"Views", "[GAP: not recorded]"}}
	}
	return CourtPart{Head: "The victim-survivor's views (for the court only)", Fresh: true, Rows: rows}
}

func draftPart(d Draft) CourtPart {
	return CourtPart{Head: d.Title, Fresh: true, Rows: d.Above, List: d.Conditions, After: d.Below}
}

func (m *courtMaker) signs() CourtPart {
	out := CourtPart{Head: "Sign-offs", Fresh: true, Rows: [][2]string{{"Drafted by", m.liner.Officer(m.a.Officer)}}}
	for _, as := range []SignOffAs{SignedLegal, SignedInspector} {
		text := "[GAP: not signed]"
		if s, ok := m.a.Signed(as); ok {
			text = s.words(m.liner.Officer)
		}
		out.Rows = append(out.Rows, [2]string{string(as), text})
	}
	return out
}

// annexes lists the statements and exhibits the papers rest on, each once, in the order they are named.
func (m *courtMaker) annexes() CourtPart {
	out := CourtPart{Head: "Annexed"}
	add := func(source string) {
		if source = strings.TrimSpace(source); source != "" && !slices.Contains(out.List, source) {
			out.List = append(out.List, source)
		}
	}
	for _, l := range limbs() {
		for _, e := range m.a.Shows(l) {
			add(e.Source)
		}
	}
	for _, act := range m.a.Acts {
		add(act.Evidence)
	}
	for _, p := range m.a.Conditions {
		add(p.Evidence)
	}
	if len(out.List) == 0 {
		out.Rows = [][2]string{{"Annexed", "nothing"}}
	}
	return out
}
