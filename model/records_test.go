package model

import (
	"slices"
	"testing"
)

func TestARecordIsFoundFromWhatItIsAbout(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0005", "breach.decide", given{"breach": "B-1", "decision": "substantiated", "reason": "CCTV", "excuse": "none", "want": true})
	d.must("O-0002", "arrest.record", given{"wanted": "W-6", "with": "O-3"})
	for _, c := range []struct {
		ref  Ref
		want []Ref
	}{
		{"P-000006", nil},
		{"O-0001", nil},
		{"W-000006", []Ref{"P-000006", "B-000001", "O-0005", "K-000004"}},
		{"A-000001", []Ref{"P-000006", "W-000006"}},
		{"K-000004", []Ref{"P-000006", "W-000006", "B-000001"}},
		{"R-000003", []Ref{"P-000006"}},
		{"R-000005", []Ref{"P-000007", "O-0005"}},
		{"B-000001", []Ref{"R-000003", "P-000006", "O-0005"}},
		{"OP-0001", []Ref{"O-0003"}},
		{"OP-0001/001", []Ref{"OP-0001", "P-000001", "W-000001", "O-0002"}},
		{"T-000001", []Ref{"P-000001", "W-000001", "O-0002"}},
	} {
		if got := d.records[c.ref].Links(); !slices.Equal(got, c.want) {
			t.Errorf("%s is about %v, want %v", c.ref, got, c.want)
		}
	}
}

func TestWhatTheOtherRecordsNeed(t *testing.T) {
	day1 := on(t, "2026-11-20")
	target := func(spoil func(*Target)) *Target {
		g := &Target{Person: "P-000001", Unit: "SW", State: TargetLive, Reason: "x", ReviewBy: day1}
		spoil(g)
		return g
	}
	breach := func(spoil func(*Breach)) *Breach {
		b := &Breach{Condition: 1, What: "x", At: at(t, "2026-11-20 09:00"), Reported: at(t, "2026-11-20 09:00"), State: BreachReported}
		spoil(b)
		return b
	}
	for name, c := range map[string]struct {
		record  Record
		refused string
	}{
		"a person has a name":                     {&Person{}, "surname"},
		"a forename is a name":                    {&Person{Forename: "Micky"}, ""},
		"an attempt has an outcome":               {&Attempt{}, "outcome"},
		"an attempt with one stands":              {&Attempt{Outcome: NoReply}, ""},
		"an officer has a name":                   {&Officer{Roles: []Role{RoleLead}}, "name"},
		"an officer has a role":                   {&Officer{Name: "X"}, "roles"},
		"an operation has a name":                 {&Operation{From: day1, To: day1}, "name"},
		"an operation has a first day":            {&Operation{Name: "X", To: day1}, "from"},
		"an operation has a last day":             {&Operation{Name: "X", From: day1}, "from"},
		"an operation ends after it begins":       {&Operation{Name: "X", From: day1, To: day1 - 1}, "to"},
		"an operation of a day stands":            {&Operation{Name: "X", From: day1, To: day1}, ""},
		"a task has a title":                      {&Task{}, "title"},
		"a cancelled task says why":               {&Task{Title: "x", State: TaskCancelled}, "reason"},
		"a target is a person":                    {target(func(g *Target) { g.Person = "" }), "person"},
		"a target has a unit":                     {target(func(g *Target) { g.Unit = "" }), "unit"},
		"a target is listed for a reason":         {target(func(g *Target) { g.Reason = "" }), "reason"},
		"a target is reviewed":                    {target(func(g *Target) { g.ReviewBy = 0 }), "review_by"},
		"elimination needs a supervisor":          {target(func(g *Target) { g.State, g.EndReason = TargetEliminated, "x" }), "reason"},
		"elimination needs a reason":              {target(func(g *Target) { g.State, g.Supervisor = TargetEliminated, "O-0001" }), "reason"},
		"elimination with both stands":            {target(func(g *Target) { g.State, g.Supervisor, g.EndReason = TargetEliminated, "O-0001", "x" }), ""},
		"a breach is of a condition":              {breach(func(b *Breach) { b.Condition = 0 }), "condition"},
		"a breach says what happened":             {breach(func(b *Breach) { b.What = "" }), "what"},
		"a breach is not reported before it is":   {breach(func(b *Breach) { b.At = b.At.Add(1) }), "at"},
		"a breach reported as it happened stands": {breach(func(*Breach) {}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.record.Check()
			switch {
			case err == nil && c.refused != "":
				t.Error("it stands")
			case err != nil:
				if p := refusal(t, err); p.Field != c.refused {
					t.Errorf("refused: %v, want field %q", p, c.refused)
				}
			}
		})
	}
}

// An arrest for a breach carries the breach along, to the disposal.
func TestABreachFollowsItsArrest(t *testing.T) {
	for name, c := range map[string]struct {
		steps []given
		want  string
	}{
		"arrested":                            {nil, "arrested"},
		"in custody it is arrested":           {[]given{{"status": "in custody"}}, "arrested"},
		"charged when charged":                {[]given{{"status": "in custody"}, {"status": "charged", "outcome": "1", "cps": "CPS 1"}}, "charged"},
		"decided when no action is":           {[]given{{"status": "in custody"}, {"status": "NFA", "outcome": "15"}}, "decided"},
		"decided by another end":              {[]given{{"status": "in custody"}, {"status": "other disposal", "outcome": "3"}}, "decided"},
		"arrested while RUI":                  {[]given{{"status": "in custody"}, {"status": "RUI"}}, "arrested"},
		"arrested while on bail":              {[]given{{"status": "bailed", "bail_to": "2026-12-20"}}, "arrested"},
		"a de-arrest leaves it substantiated": {[]given{{"status": "de-arrested"}}, "substantiated"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			d.must("O-0005", "breach.decide", given{"breach": "B-1", "decision": "substantiated", "reason": "CCTV", "excuse": "none", "want": true})
			d.must("O-0002", "arrest.record", given{"wanted": "W-6"})
			for _, step := range c.steps {
				step["arrest"], step["tell"] = "K-4", "O-5"
				d.must("O-0002", "arrest.status", step)
			}
			b := as[*Breach](d, "B-000001")
			if of := map[bool]Ref{true: "", false: "K-000004"}[c.want == "substantiated"]; string(b.State) != c.want || b.Arrest != of {
				t.Errorf("the breach is %s, of arrest %s; want %s", b.State, b.Arrest, c.want)
			}
		})
	}
}

func TestABatchIsAllOrNothing(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	s, _ := Find("people.import")
	by := as[*Officer](d, "O-0007")
	c := NewChange(d, by, d.now)
	batch := &Batch{Reason: "file.csv", Records: []Record{
		&Person{Surname: "One", Sources: []Origin{{Key: "f:1"}}}, &Person{Meta: Meta{Ref: "P-000002"}, Surname: "Two"},
	}}
	if err := c.Run(s, batch); err != nil {
		t.Fatal(err)
	}
	if got := c.Puts(); len(got) != 2 || got[0].Head().Ref != "P-000008" || got[1].Head().Ref != "P-000002" || c.Reason != "file.csv" {
		t.Errorf("%v because %q", got, c.Reason)
	}
	d.commit(c, s.Name)
	if ref, ok, err := d.FromSource("f:1"); ref != "P-000008" || !ok || err != nil {
		t.Errorf("the row f:1 is %s (%v, %v)", ref, ok, err)
	}
	bad := NewChange(d, by, d.now)
	if p := refusal(t, bad.Run(s, &Batch{Records: []Record{&Person{Surname: "Three"}, &Person{}}})); p.Field != "surname" {
		t.Errorf("refused about %q", p.Field)
	}
	if p := refusal(t, NewChange(d, as[*Officer](d, "O-0006"), d.now).Run(s, batch)); p.Code != Denied {
		t.Errorf("refused as %s", p.Code)
	}
}

func TestPrioritiesInOrder(t *testing.T) {
	if PriorityNow.Rank() >= PriorityToday.Rank() || PriorityToday.Rank() >= PriorityRoutine.Rank() || PriorityRoutine.Rank() != Priority("").Rank() {
		t.Error("now comes before today, today before routine, and routine is what is not said")
	}
}
