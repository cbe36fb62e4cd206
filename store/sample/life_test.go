package sample_test

import (
	"slices"
	"strings"
	"testing"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/store/sample"
)

// lifeTraps are the rules of the traps about the life of an order and what comes before it. Where the trap is a clock, the
// clock engine itself has to say so.
func lifeTraps() map[string]trapRule {
	return map[string]trapRule{
		"an order to walk through": order(func(_ *filled, o *model.Order) bool {
			ends, must := o.Conditions[1], o.Conditions[2]
			return len(o.Conditions) == 4 && !slices.ContainsFunc(o.Conditions, func(c model.Condition) bool { return c.Type == "" || c.Method == "" || c.Match.IsZero() }) &&
				!ends.Until.IsZero() && ends.Match.Located() && must.Requirement && !must.Match.Schedule.IsZero() && !o.Conditions[3].Match.Hours.IsZero()
		}),
		"a sign-on nobody recorded": clock("sign on, condition 3: occasion of", true),
		"a sign-on recorded as missed": func(t *testing.T, f *filled, ref model.Ref) bool {
			t.Helper()
			b := get[*model.Breach](t, f, ref)
			return slices.ContainsFunc(get[*model.Order](t, f, b.Order).Watch.Attended, func(a model.Attendance) bool {
				return a.Result == model.Missed && a.Breach == ref && a.Condition == b.Condition && a.Day == day.On(b.At)
			})
		},
		"a check with a concern":      check(model.Concern),
		"a check that found a breach": check(model.NotComplied),
		"a renewal applied for":       clock("apply to renew: lodge it, and record the result", false),
		"an order let lapse by decision": order(func(f *filled, o *model.Order) bool {
			return o.Live(f.today) && len(f.dues(o, "order ends")) == 0 && len(o.Log) == 1
		}),
		"an order lapsed unnoticed":     clock("order ends: renew, vary or let lapse", true),
		"a handover not acknowledged":   clock("acknowledge the handover of the order", true),
		"cover about to run out":        clock("cover ends: record the return", false),
		"a concern nobody has answered": clock("answer the concern raised with you", true),
		"an exemption that has ended": order(func(f *filled, o *model.Order) bool {
			return len(f.dues(o, "initial notification")) == 1 && subject(f, o).RSOUntil < f.today
		}),
		"a change of address not notified":  clock("notify a change of home address", true),
		"an order from a conviction":        clock("decide the risk, and how often the order is checked", false),
		"an order from an acquittal":        clock("name a monitoring officer", false),
		"a domestic abuse protection order": kind(model.DAPO),
		"a non-molestation order":           kind(model.NMO),
		"bail conditions":                   kind(model.BailTerms),
		"detention extended to 36 hours": arrest(func(f *filled, k *model.Arrest) bool {
			return k.Status == model.InCustody && k.Extended.Hours == 36 && len(f.dues(k, "charge or release")) == 1
		}),
		"bail extended by an inspector": arrest(func(f *filled, k *model.Arrest) bool {
			return k.Longer[0].Months == 6 && f.dues(k, "pre-charge bail limit")[0].Left(f.now) > 0
		}),
		"bail paused while with the CPS": arrest(func(f *filled, k *model.Arrest) bool {
			return f.dues(k, "pre-charge bail limit")[0].Settle == "bail.resume"
		}),
		"somebody under 18 in custody":            arrest(func(f *filled, k *model.Arrest) bool { return k.Status == model.InCustody && f.young(k.Person) }),
		"a suspect under 18":                      person(func(f *filled, p *model.Person) bool { return f.young(p.Ref) }),
		"a youth with no appropriate adult named": about(func(f *filled, c *model.Case) bool { return f.young(c.Youths[0].Person) && c.Youths[0].Adult == "" }),
		"a safeguarding follow-up overdue":        clock("follow up safeguarding 1", true),
		"a stalking case S-TAC has not seen":      clock("refer the stalking case to S-TAC", true),
		"S-DASH partly answered": screening(func(s *model.Screening) bool {
			return len(s.Checklists) == 1 && len(s.Checklists[0].Answers) == 11 && s.Checklists[0].Answers[6].Answer == model.AnswerNotPut
		}),
		"conduct recorded as harassment":                clock("screen again", true),
		"SASH and SAM recorded":                         screening(func(s *model.Screening) bool { return len(s.Tools) == 2 }),
		"a referral nobody has answered":                clock("answer the referral to S-TAC", true),
		"S-TAC advice not given yet":                    clock("give S-TAC's advice", false),
		"a referral declined":                           referral(model.STACDeclined),
		"a restricted referral with advice":             referral(model.STACAdvised),
		"a referral closed":                             referral(model.STACClosed),
		"an application with gaps":                      clock("take the application on: ", true),
		"an application ready to lodge":                 papers(model.AppSignedOff),
		"an interim order that ends before the hearing": clock("have the interim order renewed", false),
		"an application refused":                        papers(model.AppRefused),
		"an application against somebody under 18": func(t *testing.T, f *filled, ref model.Ref) bool {
			t.Helper()
			return f.young(get[*model.Application](t, f, ref).Person)
		},
		"an application that led to an order": papers(model.AppMade),
		"an application that stands still":    clock("lead: the application has stood still", true),
		"a hearsay notice not served":         clock("serve the hearsay notice", false),
		"a contact overdue":                   clock("contact the victim-survivor", true),
		"a Victims' Code update waiting": func(t *testing.T, f *filled, ref model.Ref) bool {
			t.Helper()
			return len(f.dues(f.records[ref], "tell the victim-survivor")) == 2
		},
		"a victim-survivor nobody keeps in touch with":  clock("name an officer for the victim-survivor", false),
		"a victim-survivor who wants no contact":        survivor(func(f *filled, s *model.Survivor) bool { return s.Way == model.NoWay && len(f.dues(s, "contact")) == 0 }),
		"a victim-survivor reached through an advocate": survivor(func(_ *filled, s *model.Survivor) bool { return s.Way == model.ByAdvocate && s.Advocate != "" }),
		"evidence gone by tomorrow": func(t *testing.T, f *filled, ref model.Ref) bool {
			t.Helper()
			d := f.dues(f.records[ref], "secure CCTV")
			return len(d) == 1 && d[0].Deadline.Equal(f.today.AddDays(1).End())
		},
		"communications data with no authorisation": evidence(func(e *model.Evidence) bool {
			return e.Kind == model.EvidenceCallData && e.Authority == "" && e.State.Live()
		}),
		"evidence asked for and not received": clock("secure Oyster", false),
		"evidence that is gone":               evidence(func(e *model.Evidence) bool { return e.State == model.EvidenceGone }),
		"a follow-up that was promised":       clock("follow up: ", true),
	}
}

// dues are the clocks of a record whose rule begins so.
func (f *filled) dues(r model.Record, rule string) []model.Due {
	who, _ := f.records[model.PersonOf(r)].(*model.Person)
	return slices.DeleteFunc(model.Dues(r, who, f.now), func(d model.Due) bool { return !strings.HasPrefix(d.Rule, rule) })
}

func (f *filled) young(ref model.Ref) bool {
	p, ok := f.records[ref].(*model.Person)
	return ok && p.AgeGroup(f.today) == model.Under18
}

// clock wants a clock of the record that has run out, or that runs.
func clock(rule string, over bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return slices.ContainsFunc(f.dues(f.records[ref], rule), func(d model.Due) bool { return d.Left(f.now) < 0 == over })
	}
}

func check(result model.CheckResult) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		v := get[*model.Check](t, f, ref)
		return v.Order == "R-000017" && slices.ContainsFunc(v.Lines, func(l model.CheckLine) bool {
			return l.Result == result && (result != model.NotComplied || f.records[l.Breach] != nil)
		})
	}
}

func kind(typ model.OrderType) trapRule {
	return order(func(f *filled, o *model.Order) bool { return o.Type == typ && o.Live(f.today) })
}

func screening(ok func(*model.Screening) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(get[*model.Screening](t, f, ref))
	}
}

func referral(state model.ReferralState) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return get[*model.Referral](t, f, ref).State == state
	}
}

func papers(stage model.ApplicationStage) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		a := get[*model.Application](t, f, ref)
		var missing []model.Gap
		err := f.Read(t.Context(), func(r store.Reader) error {
			b, err := model.BasisOf(r, a, f.today)
			missing = a.Missing(b)
			return err
		})
		return err == nil && a.Stage == stage && len(missing) == 0
	}
}

func survivor(ok func(*filled, *model.Survivor) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(f, get[*model.Survivor](t, f, ref))
	}
}

func evidence(ok func(*model.Evidence) bool) trapRule {
	return func(t *testing.T, f *filled, ref model.Ref) bool {
		t.Helper()
		return ok(get[*model.Evidence](t, f, ref))
	}
}

// TestWhatIsDueLooksLikeADesk holds the list of what is due to what twelve units can work through: no rule drowns the rest.
func TestWhatIsDueLooksLikeADesk(t *testing.T) {
	for _, seed := range []int64{0, 1, 42} {
		f := reads(t, sample.Options{Seed: seed, Now: noon()})
		all, over := map[string]int{}, map[string]int{}
		for _, r := range f.records {
			for _, d := range f.dues(r, "") {
				all[d.Rule]++
				if d.Left(f.now) < 0 {
					over[d.Rule]++
				}
			}
		}
		for rule, most := range map[string][2]int{ // listed, and of them overdue
			"refer the stalking case to S-TAC":                    {12, 8},
			"decide the risk, and how often the order is checked": {25, 0},
			"name a monitoring officer":                           {25, 0},
			"unannounced check of the order":                      {200, 20},
			"supervisor's review of how the order is watched":     {70, 5},
			"order ends: renew, vary or let lapse":                {45, 12},
			"serve the order":                                     {15, 14},
			"answer the referral to S-TAC":                        {30, 8},
			"give S-TAC's advice":                                 {30, 8},
			"contact the victim-survivor":                         {40, 6},
			"decide the potential breach":                         {60, 25},
		} {
			if all[rule] < 1 || all[rule] > most[0] || over[rule] > most[1] {
				t.Errorf("seed %d: %q is listed %d times, %d of them overdue; at most %d and %d", seed, rule, all[rule], over[rule], most[0], most[1])
			}
		}
	}
}
