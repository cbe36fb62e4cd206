package sample_test

import (
	"slices"
	"testing"

	"pou/model"
	"pou/store"
	"pou/store/sample"
)

// caseTraps are the rules of the traps about cases and intelligence.
func caseTraps() map[string]trapRule {
	return map[string]trapRule{
		"a case with a counter-allegation": both(func(_ *filled, c, back *model.Case) bool { return back.Last >= c.First }),
		"a counter-allegation as a case":   both(func(*filled, *model.Case, *model.Case) bool { return true }),
		"a victim who is wanted elsewhere": about(func(f *filled, c *model.Case) bool {
			victim := c.Who(model.PartyVictim)[0]
			return len(whose(f, func(w *model.Wanted) bool { return w.Person == victim && w.State.Live() })) == 1
		}),
		"a serial suspect on no list": person(func(f *filled, p *model.Person) bool {
			listed := whose(f, func(g *model.Target) bool { return g.Person == p.Ref })
			s := scoreOf(f, p.Ref)
			return len(listed) == 0 && s.Parts[3].Points == s.Parts[3].Of && s.Points > 80
		}),
		"a suspect of long ago": person(func(f *filled, p *model.Person) bool {
			return len(casesOf(f, p.Ref)) == 2 && scoreOf(f, p.Ref).Points == 0
		}),
		"a listed person with no score": person(func(f *filled, p *model.Person) bool {
			listed := whose(f, func(g *model.Target) bool { return g.Person == p.Ref && g.State == model.TargetLive })
			return len(listed) == 1 && len(casesOf(f, p.Ref)) == 0 && scoreOf(f, p.Ref).Points == 0
		}),
		"a boundary move": person(func(f *filled, p *model.Person) bool {
			return p.HomeUnit == "NE" && p.OwnerUnit == "CE" && casesOf(f, p.Ref)[0].Unit == "CE"
		}),
		"a vehicle two units look for": conflicting("EA", store.ConflictVehicle, func(c store.Conflict) bool { return c.Unit == "NA" && c.Person == "P-000006" }),
		"an address where a protected party lives": conflicting("NA", store.ConflictAddress, func(c store.Conflict) bool {
			return c.Person == "" && c.What == "a protected party in C-000012"
		}),
		"weak intelligence only": person(func(f *filled, p *model.Person) bool {
			items := whose(f, func(i *model.Intel) bool { return i.Person == p.Ref })
			return len(items) == 2 && items[0].Weak() && items[1].Weak()
		}),
		"circular reporting": item(func(f *filled, i *model.Intel) bool {
			return len(whose(f, func(o *model.Intel) bool { return o.Origin == i.Origin && o.Person == i.Person })) == 2
		}),
		"an independent origin": item(func(f *filled, i *model.Intel) bool {
			others := whose(f, func(o *model.Intel) bool { return o.Person == i.Person && o.Origin != i.Origin })
			return len(others) == 2 && !i.Weak()
		}),
	}
}

func about(ok func(*filled, *model.Case) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(f, get[*model.Case](t, f, ref))
	}
}

func item(ok func(*filled, *model.Intel) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(f, get[*model.Intel](t, f, ref))
	}
}

// both wants a case whose suspect is the victim of another against its victim.
func both(ok func(f *filled, c, back *model.Case) bool) trapRule {
	return about(func(f *filled, c *model.Case) bool {
		suspect, victim := c.Who(model.PartySuspect)[0], c.Who(model.PartyVictim)[0]
		back := whose(f, func(o *model.Case) bool { return o.Is(victim, model.PartySuspect) && o.Is(suspect, model.PartyVictim) })
		return len(back) == 1 && ok(f, c, back[0])
	})
}

// conflicting wants a person whom a unit cannot list without meeting such a conflict.
func conflicting(unit model.Unit, kind store.ConflictKind, ok func(store.Conflict) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		var found []store.Conflict
		err := f.Read(t.Context(), func(r store.Reader) (err error) {
			found, err = store.Conflicts(r, ref, unit, f.now)
			return err
		})
		if err != nil {
			t.Error(err)
		}
		return slices.ContainsFunc(found, func(c store.Conflict) bool { return c.Kind == kind && ok(c) })
	}
}

func casesOf(f *filled, person model.Ref) []*model.Case {
	return whose(f, func(c *model.Case) bool { return c.Is(person, model.PartySuspect, model.PartyConvicted) })
}

func scoreOf(f *filled, person model.Ref) model.Score {
	return model.ScoreOf(every[*model.Case](f), every[*model.Breach](f), person, model.DefaultWeights(), model.DefaultWindowMonths, f.today)
}

// casesAgree holds the investigations to the lines, the people and the days they belong to.
func casesAgree(t *testing.T, f *filled) {
	t.Helper()
	reports, suspects := map[string]*model.Case{}, map[model.Ref]bool{}
	for _, c := range every[*model.Case](f) {
		if c.Last > f.today || c.First > c.Last {
			t.Errorf("%s runs from %s to %s", c.Ref, c.First, c.Last)
		}
		if reports[c.Report] != nil {
			t.Errorf("%s and %s are both %s", c.Ref, reports[c.Report].Ref, c.Report)
		}
		reports[c.Report] = c
		accused := append(c.Who(model.PartySuspect), c.Who(model.PartyConvicted)...)
		if len(accused) != 1 {
			t.Errorf("%s has %d suspects", c.Ref, len(accused))
		}
		for i, p := range c.Parties {
			if slices.ContainsFunc(c.Parties[:i], func(q model.Party) bool { return q.Person == p.Person }) {
				t.Errorf("%s names %s twice", c.Ref, p.Person)
			}
		}
		suspects[accused[0]] = true
	}
	for _, w := range every[*model.Wanted](f) {
		c := reports[w.Report]
		if w.State == model.Eliminated {
			if c != nil {
				t.Errorf("%s is eliminated and still a suspect in %s", w.Ref, c.Ref)
			}
			continue
		}
		if c == nil || !c.Is(w.Person, model.PartySuspect) || c.Unit != w.Unit || c.Last != w.LastAct || !slices.Equal(c.Offences, w.Offences) {
			t.Errorf("%s has no case that fits it: %+v", w.Ref, c)
		} else if w.State.Live() != (c.State == model.CaseOpen) && w.State != model.WasArrested {
			t.Errorf("%s is %s, its case %s", w.Ref, w.State, c.State)
		}
	}
	for _, g := range every[*model.Target](f) {
		if g.State == model.TargetLive && !suspects[g.Person] && g.Person != "P-000011" {
			t.Errorf("%s is on a list and in no case", g.Ref)
		}
	}
	for _, i := range every[*model.Intel](f) {
		if i.At > f.today {
			t.Errorf("%s is of %s", i.Ref, i.At)
		}
	}
}

func TestTheSampleHasEveryKindOfHistory(t *testing.T) {
	f := reads(t, sample.Options{Now: noon()})
	seen := map[string]int{}
	origins := map[string]int{}
	accused := map[model.Ref][]*model.Case{}
	for _, c := range every[*model.Case](f) {
		seen["case "+string(c.State)]++
		suspect := append(c.Who(model.PartySuspect), c.Who(model.PartyConvicted)...)[0]
		accused[suspect] = append(accused[suspect], c)
	}
	for _, c := range every[*model.Case](f) {
		for _, p := range c.Parties {
			seen["role "+string(p.Role)]++
			if p.Role == model.PartyVictim && accused[p.Person] != nil {
				seen["victim and suspect"]++
			}
			if p.Role == model.PartyVictim && slices.ContainsFunc(accused[p.Person], func(back *model.Case) bool { return back.Is(c.Parties[0].Person, model.PartyVictim) }) {
				seen["counter-allegation"]++
			}
		}
	}
	weak, all := map[model.Ref]int{}, map[model.Ref]int{}
	for _, i := range every[*model.Intel](f) {
		seen["source "+string(i.Source)]++
		seen["grade "+string(i.Grade)]++
		seen["handling "+string(i.Handling)]++
		origins[i.Origin+string(i.Person)]++
		all[i.Person]++
		if i.Weak() {
			weak[i.Person]++
		}
	}
	for person, n := range all {
		if weak[person] == n {
			seen["weak only"]++
		}
	}
	for _, n := range origins {
		if n > 1 {
			seen["one origin twice"]++
		}
	}
	for suspect, cases := range accused {
		switch s := model.ScoreOf(cases, nil, suspect, model.DefaultWeights(), model.DefaultWindowMonths, f.today); {
		case s.Points == 0:
			seen["only long ago"]++
		case s.Parts[3].Points > s.Parts[3].Of/2:
			seen["serial"]++
		}
	}
	for what, least := range map[string]int{
		"case open": 200, "case charged": 10, "case closed": 150, "role suspect": 500, "role convicted": 20, "role victim": 500, "role witness": 30,
		"counter-allegation": 10, "victim and suspect": 20, "source 1": 20, "source 2": 50, "source 3": 20, "grade A": 20, "grade B": 20, "grade C": 20,
		"grade D": 20, "grade E": 20, "handling P": 100, "handling C": 20, "weak only": 10, "one origin twice": 5, "only long ago": 20, "serial": 30,
	} {
		if seen[what] < least {
			t.Errorf("%d of %q, want %d or more", seen[what], what, least)
		}
	}
}
