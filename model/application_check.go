package model

import (
	"slices"
	"strings"

	"pou/model/day"
)

// isYouth says whether a subject is under 18 on a day, so that a youth court hears the application (SPA 2019 s.1, with the
// statutory guidance); sure is false when the date of birth does not tell.
func isYouth(born day.Born, on day.Date) (youth, sure bool) {
	group := AgeGroupOf(born, on)
	return group == Under18, group == Under18 || group == OfAge
}

// Basis is what the record knows beside the application that bears on it.
type Basis struct {
	Subject  *Person
	Orders   []*Order  // of the subject, but for those this application led to
	Breaches []*Breach // of any order of the subject
	Intel    []*Intel  // relied on
	People   []*Person // victims and witnesses of the subject, who are hidden on every copy but the court's
	On       day.Date
}

// BasisOf gathers what bears on an application.
func BasisOf(v SafeguardView, a *Application, on day.Date) (Basis, error) {
	b := Basis{Subject: &Person{}, On: on}
	if rec, err := v.Record(a.Person); err != nil {
		return b, err
	} else if p, ok := rec.(*Person); ok {
		b.Subject = p
	}
	var err error
	if b.Orders, err = linkedRecords[*Order](v, a.Person, KindOrder); err != nil {
		return b, err
	}
	b.Orders = slices.DeleteFunc(b.Orders, func(o *Order) bool { return o.Ref == a.Order || o.Ref == a.InterimOrder })
	if b.Breaches, err = linkedRecords[*Breach](v, a.Person, KindBreach); err != nil {
		return b, err
	}
	for _, ref := range a.Intel.Refs {
		rec, err := v.Record(ref)
		if err != nil {
			return b, err
		}
		if i, ok := rec.(*Intel); ok {
			b.Intel = append(b.Intel, i)
		}
	}
	b.People, err = harmedBy(v, a.Person)
	return b, err
}

// harmedBy are the victims and witnesses of the cases somebody is suspected or convicted in.
func harmedBy(v SafeguardView, person Ref) ([]*Person, error) {
	cases, err := linkedRecords[*Case](v, person, KindCase)
	if err != nil {
		return nil, err
	}
	var out []*Person
	for _, k := range cases {
		if !k.Is(person, PartySuspect, PartyConvicted) {
			continue
		}
		for _, ref := range append(k.Who(PartyVictim), k.Who(PartyWitness)...) {
			rec, err := v.Record(ref)
			if err != nil {
				return nil, err
			}
			if p, ok := rec.(*Person); ok {
				out = append(out, p)
			}
		}
	}
	return out, nil
}

func linkedRecords[R Record](v SafeguardView, ref Ref, kind Kind) ([]R, error) {
	refs, err := v.Linked(ref, kind)
	if err != nil {
		return nil, err
	}
	var out []R
	for _, at := range refs {
		rec, err := v.Record(at)
		if err != nil {
			return nil, err
		}
		if r, ok := rec.(R); ok {
			out = append(out, r)
		}
	}
	return out, nil
}

// Missing names what the papers lack before they may be lodged: what, why, and the action that adds it.
func (a *Application) Missing(b Basis) []Gap {
	return missing(append(a.contentChecks(b), a.signChecks()...))
}

func missing(checks []check) []Gap {
	var out []Gap
	for _, c := range checks {
		if !c.have {
			out = append(out, c.gap)
		}
	}
	return out
}

// Complete is the completeness meter: how many of the things the papers need they have.
func (a *Application) Complete(b Basis) (have, of int) {
	of = len(a.contentChecks(b)) + len(a.signChecks())
	return of - len(a.Missing(b)), of
}

// contentChecks is everything but the signatures.
func (a *Application) contentChecks(b Basis) []check {
	return slices.Concat(a.whoChecks(b), a.limbChecks(), a.conditionChecks(), a.riskChecks(b), a.orderChecks())
}

func (a *Application) whoChecks(b Basis) []check {
	out := []check{
		{len(a.Protected) > 0, Gap{"nobody is named whom the order protects", "the court is asked to protect another person (SPA 2019 s.1(1)(b)-(c))", "application.people"}},
		{len(a.Victims) > 0, Gap{"no victim of the acts is named", "the acts were against somebody, who need not be the person protected", "application.people"}},
		{
			a.Territory != "" && a.TerritoryWhy != "",
			Gap{"the territorial test is not answered", "the subject lives in, is believed in or means to come to the force area (" + territoryPower + ")", "application.terms"},
		},
	}
	if b.Subject != nil {
		_, sure := isYouth(b.Subject.Born, b.On)
		out = append(out, check{sure, Gap{"the date of birth does not say whether the subject is under 18", "under 18 the youth court hears it (SPA 2019 s.1)", "person.edit"}})
	}
	return out
}

// leastActs is how many acts a chronology has: the Act speaks of acts, and stalking is a course of conduct of at least two
// occasions (PHA 1997 s.7(3)).
const leastActs = 2

func (a *Application) limbChecks() []check {
	out := make([]check, 0, len(limbs())+2)
	for _, l := range limbs() {
		out = append(out, check{
			len(a.Shows(l)) > 0,
			Gap{"limb " + l.Words()[:3] + " has no evidence", "the court has to find that " + l.Words()[4:] + " (SPA 2019 s.1(1))", "application.limb"},
		})
	}
	var bare []string
	for _, act := range a.Acts {
		if act.Evidence == "" {
			bare = append(bare, itoa(act.No))
		}
	}
	return append(
		out,
		check{
			len(a.Acts) >= leastActs,
			Gap{"the chronology has " + itoa(len(a.Acts)) + " of at least 2 acts", "a course of conduct is shown by what was done, and when", "application.act"},
		},
		check{len(bare) == 0, Gap{"no evidence for act " + strings.Join(bare, ", "), "past acts are proved to the criminal standard", "application.act"}},
	)
}

func (a *Application) conditionChecks() []check {
	out := []check{{
		len(a.Conditions) > 0,
		Gap{"no condition is proposed", "an order is its prohibitions and requirements (SPA 2019 s.2)", "application.condition"},
	}}
	for _, p := range a.Conditions {
		no := "condition " + itoa(p.Condition.No)
		out = append(
			out,
			check{p.Reason != "", Gap{no + " has no reason", "each prohibition or requirement must itself be necessary (SPA 2019 s.2)", "application.condition"}},
			check{p.Evidence != "", Gap{no + " has no evidence", "what it is to prevent has to be shown", "application.condition"}},
			check{p.Condition.Method != "", Gap{no + " does not say how it is monitored", "a condition nobody checks protects nobody", "application.condition"}},
			check{
				p.Conflict != "" && p.Considered != "",
				Gap{no + " is not checked against work, education and religion", "conflicts are avoided so far as practicable (SPA 2019 s.2)", "application.condition"},
			},
		)
	}
	return out
}

func (a *Application) riskChecks(b Basis) []check {
	var leaks, unseen []string
	for _, i := range b.Intel {
		if i.NamesSource() {
			leaks = append(leaks, string(i.Ref))
		}
	}
	if a.Previous.Done() {
		for _, ref := range append(refsOf(b.Orders), refsOf(b.Breaches)...) {
			if !slices.Contains(a.Previous.Refs, ref) {
				unseen = append(unseen, string(ref))
			}
		}
	}
	return []check{
		{a.Risk.Level != "", Gap{"no risk is assessed", "the court weighs a risk somebody has judged", "application.risk"}},
		{a.Intel.Done(), Gap{"intelligence is not checked", "what is known elsewhere may prove a limb, or undo it", "application.checks"}},
		{len(leaks) == 0, Gap{"not sanitised: " + strings.Join(leaks, ", "), "a court paper may not point to who gave intelligence", "application.checks"}},
		{a.Previous.Done(), Gap{"previous orders and breaches are not checked", "the court will ask, and a breach shows the need", "application.checks"}},
		{len(unseen) == 0, Gap{"on record since the check: " + strings.Join(unseen, ", "), "the court would not hear of it", "application.checks"}},
		{
			a.Views != "" || a.ViewsNot != "",
			Gap{"the victim-survivor's views are not recorded", "their support is not needed in law, and they are still asked", "application.views"},
		},
		{a.Impact != "" || a.ViewsNot != "", Gap{"the impact on the victim-survivor is not recorded", "the risk may be psychological (SPA 2019 s.1(4))", "application.views"}},
	}
}

func (a *Application) orderChecks() []check {
	return []check{
		{a.Period() != "", Gap{"the draft order states no period", "an order states a fixed period or until further order (SPA 2019 ss.3, 6)", "application.terms"}},
		{a.Interim.Decided, Gap{"nobody has decided whether an interim order is sought", "between lodging and the hearing nothing else protects (SPA 2019 s.5)", "application.interim"}},
		{
			!a.Interim.Sought || len(a.Conditions) == 0 || len(a.interimConditions()) > 0,
			Gap{"no condition is asked for in the interim order", "an interim order without conditions is no order", "application.condition"},
		},
	}
}

func (a *Application) signChecks() []check {
	_, legal := a.Signed(SignedLegal)
	_, inspector := a.Signed(SignedInspector)
	void := ""
	for _, s := range a.Signs {
		if s.Void != "" {
			void = "; the last was voided by a change: " + s.Void
		}
	}
	return []check{
		{legal, Gap{"no legal sign-off", "the application is made by the Commissioner" + void, "application.legal"}},
		{inspector, Gap{"no sign-off by an inspector or above", "somebody other than the drafter answers for it" + void, "application.authorise"}},
	}
}

// Advice is what the papers would be better for; it keeps nothing from being lodged.
func (a *Application) Advice(b Basis) []Gap {
	var out []Gap
	for _, i := range b.Intel {
		if i.Weak() {
			out = append(out, Gap{
				string(i.Ref) + " is graded " + i.Graded(), "it cannot support the application by itself (3x5x2: E is suspected to be false, 3 is not reliable)", "application.checks",
			})
		}
	}
	if acts := a.Shows(LimbActs); len(acts) > 0 && !slices.ContainsFunc(acts, func(e LimbEvidence) bool { return !e.Hearsay }) {
		out = append(out, Gap{"limb (a) stands on hearsay alone", "past acts are proved to the criminal standard", "application.limb"})
	}
	if a.Amended {
		out = append(out, Gap{"the papers have changed since they were lodged", "the court and the defendant hold the old ones", "application.lodge"})
	}
	return out
}

// Next is the action that takes the application on, and why.
func (a *Application) Next(b Basis) Gap {
	gaps := a.Missing(b)
	_, fixed := a.Hearing()
	switch {
	case !a.Stage.Live():
		return Gap{}
	case len(gaps) > 0:
		return gaps[0]
	case !a.Stage.AtCourt():
		return Gap{"ready to be lodged", "nothing is missing", "application.lodge"}
	case a.Amended:
		return Gap{"the amended papers are to be lodged", "the court and the defendant hold the old ones", "application.lodge"}
	case !fixed:
		return Gap{"no hearing is fixed", "without a day at court nothing is decided", "application.hearing"}
	}
	return Gap{"the hearing comes next", "what the court did is recorded", "application.result"}
}

// interimConditions are the conditions asked for in the interim order.
func (a *Application) interimConditions() []Proposed {
	return slices.DeleteFunc(slices.Clone(a.Conditions), func(p Proposed) bool { return p.FullOnly })
}
