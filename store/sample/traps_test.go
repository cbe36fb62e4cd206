package sample_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/store/sample"
)

// trapsAreThere holds each trap to the rule that it is one.
func trapsAreThere(t *testing.T, f *filled) {
	t.Helper()
	if want, err := sample.Traps(); err != nil || !slices.Equal(f.sum.Traps, want) {
		t.Errorf("other traps than in every sample:\n%v\n%v %v", f.sum.Traps, want, err)
	}
	rules := trapRules()
	maps.Copy(rules, caseTraps())
	maps.Copy(rules, lifeTraps())
	maps.Copy(rules, trafficTraps())
	for _, trap := range f.sum.Traps {
		rule := rules[trap.Name]
		switch {
		case f.records[trap.Ref] == nil:
			t.Errorf("%s: there is no %s", trap.Name, trap.Ref)
		case rule == nil:
			t.Errorf("no test holds %q to its rule", trap.Name)
		case !rule(t, f, trap.Ref):
			t.Errorf("%s (%s) is no such thing: %+v", trap.Ref, trap.Name, f.records[trap.Ref])
		}
		delete(rules, trap.Name)
	}
	for name := range rules {
		t.Errorf("the sample has no example of %s", name)
	}
}

type trapRule func(t *testing.T, f *filled, ref model.Ref) bool

func person(ok func(*filled, *model.Person) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(f, get[*model.Person](t, f, ref))
	}
}

func order(ok func(*filled, *model.Order) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(f, get[*model.Order](t, f, ref))
	}
}

func line(ok func(*filled, *model.Wanted) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(f, get[*model.Wanted](t, f, ref))
	}
}

func arrest(ok func(*filled, *model.Arrest) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(f, get[*model.Arrest](t, f, ref))
	}
}

// charge wants a live summary-only line whose last day to charge lies so many days ahead.
func charge(least, most int) trapRule {
	return line(func(f *filled, w *model.Wanted) bool {
		by, ok := w.ChargeBy()
		left := by.Sub(f.today)
		return ok && w.State.Live() && left >= least && left <= most
	})
}

// expiring wants an order whose last day lies so many days ahead.
func expiring(least, most int) trapRule {
	return order(func(f *filled, o *model.Order) bool {
		left := o.Until.Sub(f.today)
		return o.End == "" && !o.Until.IsZero() && left >= least && left <= most
	})
}

func trapRules() map[string]trapRule {
	return map[string]trapRule{
		"a stale marker":    person(func(f *filled, p *model.Person) bool { return p.Markers[0].Stale(f.now) && !p.Markers[0].Set.IsZero() }),
		"an undated marker": person(func(f *filled, p *model.Person) bool { return p.Markers[0].Stale(f.now) && p.Markers[0].Set.IsZero() }),
		"a fresh marker":    person(func(f *filled, p *model.Person) bool { return !p.Markers[0].Stale(f.now) }),
		"two people of one name": person(func(f *filled, p *model.Person) bool {
			q, ok := f.records["P-000028"].(*model.Person)
			return ok && p.Name() == q.Name() && p.Born.Day == q.Born.Month && p.Born.Month == q.Born.Day && p.Born != q.Born
		}),
		"a suspect who is also a victim": person(func(f *filled, p *model.Person) bool {
			suspect := whose(f, func(w *model.Wanted) bool { return w.Person == p.Ref && w.State.Live() })
			victim := whose(f, func(o *model.Order) bool {
				return strings.Contains(o.Protected, string(p.Ref)) && strings.Contains(o.Protected, p.Name()) && o.Live(f.today)
			})
			return len(suspect) == 1 && len(victim) == 1 && victim[0].Person != p.Ref
		}),
		"a counter-allegation": person(func(f *filled, p *model.Person) bool {
			against := func(suspect, complainant model.Ref) []*model.Wanted {
				return whose(f, func(w *model.Wanted) bool {
					return w.Person == suspect && strings.Contains(w.Note, "Complainant: "+string(complainant)) && w.State.Live()
				})
			}
			first, back := against(p.Ref, "P-000021"), against("P-000021", p.Ref)
			return len(first) == 1 && len(back) == 1 && back[0].Since.After(first[0].Since) && strings.Contains(p.Note, string(back[0].Ref))
		}),
		"a person two units want": person(func(f *filled, p *model.Person) bool {
			lines := whose(f, func(w *model.Wanted) bool { return w.Person == p.Ref && w.State.Live() && w.Unit == "SW" })
			targets := whose(f, func(g *model.Target) bool { return g.Person == p.Ref && g.State == model.TargetLive && g.Unit == "NE" })
			return len(lines) == 1 && len(targets) == 1
		}),
		"an order not served": order(func(f *filled, o *model.Order) bool { return o.State(f.today) == "not served" }),
		"an interim order superseded": order(func(f *filled, o *model.Order) bool {
			next := whose(f, func(n *model.Order) bool { return n.Replaces == o.Ref && n.Person == o.Person && n.Type == model.SPO })
			return o.Type == model.InterimSPO && o.End == model.Superseded && len(next) == 1 && next[0].Made == o.Ended
		}),
		"a full order after an interim one": order(func(f *filled, o *model.Order) bool {
			_, why, due := o.NotifyBy(subject(f, o))
			return o.Replaces != "" && !o.Served.IsZero() && !due && why != ""
		}),
		"an interim order running out": order(func(f *filled, o *model.Order) bool {
			return o.Type == model.InterimSPO && o.State(f.today) == "live" && o.Until.Sub(f.today) <= 14
		}),
		"a registered sex offender's exemption": order(func(f *filled, o *model.Order) bool {
			by, _, due := o.NotifyBy(subject(f, o))
			return due && o.Notified.IsZero() && by > subject(f, o).RSOUntil && subject(f, o).RSOUntil > f.today && by < f.today.AddDays(31)
		}),
		"an order with one month left":    expiring(0, 30),
		"an order with three months left": expiring(31, 91),
		"an order with six months left":   expiring(92, 182),
		"an order just expired": order(func(f *filled, o *model.Order) bool {
			return o.State(f.today) == "expired" && f.today.Sub(o.Until) <= 7
		}),
		"an order nobody watches": order(func(f *filled, o *model.Order) bool { return o.Monitor == "" && o.Live(f.today) }),
		"an order whose officer has left": order(func(f *filled, o *model.Order) bool {
			w, ok := f.records[o.Monitor].(*model.Officer)
			return ok && w.Left && w.Unit == o.Unit && o.Live(f.today)
		}),
		"a condition that ends before its order": order(func(f *filled, o *model.Order) bool {
			c, ok := o.Condition(2)
			return ok && c.Until >= f.today && c.Until < o.Until
		}),
		"a notification due tomorrow": order(func(f *filled, o *model.Order) bool {
			by, _, due := o.NotifyBy(subject(f, o))
			return due && o.Notified.IsZero() && by == f.today.AddDays(1)
		}),
		"a notification overdue": order(func(f *filled, o *model.Order) bool {
			by, _, due := o.NotifyBy(subject(f, o))
			return due && o.Notified.IsZero() && by < f.today
		}),
		"fourteen days to charge": charge(0, 14),
		"thirty days to charge":   charge(15, 30),
		"sixty days to charge":    charge(31, 60),
		"too late to charge":      charge(-10, -1),
		"a wanted report about to weed": line(func(f *filled, w *model.Wanted) bool {
			return w.State == model.Circulated && w.Weed >= f.today && w.Weed < f.today.AddDays(31)
		}),
		"wanted but never circulated": line(func(f *filled, w *model.Wanted) bool {
			return w.State == model.NotCirculated && w.Grade == "A" && f.now.Sub(w.Since) > 30*24*time.Hour
		}),
		"a breach before service": func(t *testing.T, f *filled, ref model.Ref) bool {
			t.Helper()
			b := get[*model.Breach](t, f, ref)
			return b.State.Open() && get[*model.Order](t, f, b.Order).Served.IsZero()
		},
		"a target who has made a counter-allegation": target(func(_ *filled, g *model.Target) bool { return g.Person == "P-000009" && g.State == model.TargetLive }),
		"a target past its review": target(func(f *filled, g *model.Target) bool {
			return g.State == model.TargetLive && g.ReviewBy < f.today && g.Wanted == ""
		}),
		"in custody for a summary offence": arrest(func(f *filled, k *model.Arrest) bool {
			start, ok := k.RelevantTime()
			left := 24*time.Hour - f.now.Sub(start)
			return ok && k.Status == model.InCustody && model.SummaryOnlyTrap(k.Offences) && left > 2*time.Hour && left < 4*time.Hour
		}),
		"under investigation with no clock": arrest(func(f *filled, k *model.Arrest) bool {
			return k.Status == model.RUI && f.now.Sub(k.At) > 180*24*time.Hour
		}),
		"a bail date that has passed": arrest(func(f *filled, k *model.Arrest) bool { return k.Status == model.Bailed && k.BailTo < f.today }),
		"lost to the time limit": arrest(func(f *filled, k *model.Arrest) bool {
			w, ok := f.records[k.Wanted].(*model.Wanted)
			by, summary := w.ChargeBy()
			return ok && summary && k.Outcome == "17" && by < f.today
		}),
	}
}

func target(ok func(*filled, *model.Target) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(f, get[*model.Target](t, f, ref))
	}
}

func subject(f *filled, o *model.Order) *model.Person {
	p, _ := f.records[o.Person].(*model.Person)
	return p
}
