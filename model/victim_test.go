package model

import (
	"strings"
	"testing"
)

// withCase puts P-000005, who is in custody on K-000001, into a case with a victim.
func withCase(d *desk) {
	d.keep(&Case{
		Meta: Meta{Ref: "C-000091"}, Unit: "SW", State: CaseOpen, Offences: []OffenceCode{"s4A"}, Last: on(d, "2026-11-20"), Officer: "O-0002",
		Parties: []Party{{Person: "P-000005", Role: PartySuspect}, {Person: "P-000002", Role: PartyVictim}},
	})
}

// update is the victim update that is still to be given; it stops the test when there is not exactly one.
func update(d *desk) *Task {
	d.Helper()
	var out []*Task
	for _, ref := range d.refs(KindTask) {
		if t := as[*Task](d, ref); t.Kind == victimTask && t.State.Live() {
			out = append(out, t)
		}
	}
	if len(out) != 1 {
		d.Fatalf("%d victim updates are to be given, want one", len(out))
	}
	return out[0]
}

func noUpdate(d *desk) {
	d.Helper()
	for _, ref := range d.refs(KindTask) {
		if as[*Task](d, ref).Kind == victimTask {
			d.Errorf("%s tells a victim-survivor, and there is none", ref)
		}
	}
}

func tellingDeeds() []deed {
	custody := func(more given) given {
		out := given{"arrest": "K-1", "status": "bailed", "bail_to": "2026-12-20"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	told := func(who Ref, by string, priority Priority) func(*desk) {
		return func(d *desk) {
			if t := update(d); t.Assignee != who || t.Due != on(d, by) || t.Priority != priority || t.About.Kind() != KindArrest {
				d.Errorf("%+v", t)
			}
		}
	}
	return []deed{
		{name: "nobody to tell, nothing asked", action: "arrest.status", fields: custody(nil), then: noUpdate},
		{name: "bail waits until somebody is named to tell the victim-survivor", action: "arrest.status", first: withCase, fields: custody(nil), refused: "tell"},
		{name: "so does release under investigation", action: "arrest.status", first: withCase, fields: given{"arrest": "K-1", "status": "RUI"}, refused: "tell"},
		{name: "so does no further action", action: "arrest.status", first: withCase, fields: given{"arrest": "K-1", "status": "NFA", "outcome": "15"}, refused: "tell"},
		{name: "so does another disposal", action: "arrest.status", first: withCase, fields: given{"arrest": "K-1", "status": "other disposal", "outcome": "3"}, refused: "tell"},
		{name: "so does a de-arrest in the street", action: "arrest.status", fields: given{"arrest": "K-4", "status": "de-arrested"}, refused: "tell", first: func(d *desk) {
			d.must("O-0002", "arrest.record", given{"person": "P-6", "offences": "s4A"})
		}},
		{name: "told before the release, now", action: "arrest.status", first: withCase, fields: custody(given{"tell": "O-5"}), states: map[Ref]string{"K-000001": "bailed"}, then: told("O-0005", "2026-11-24", PriorityNow)},
		{name: "not after it", action: "arrest.status", first: withCase, fields: custody(given{"tell": "O-5", "tell_by": "2026-11-24 07:00"}), refused: "tell_by"},
		{name: "after it, when the note says why it cannot be before", action: "arrest.status", first: withCase, fields: custody(given{"tell": "O-5", "tell_by": "2026-11-24 07:00", "note": "Asked not to be rung before seven"}), then: told("O-0005", "2026-11-24", PriorityNow)},
		{name: "never later than one working day", action: "arrest.status", first: withCase, fields: custody(given{"tell": "O-5", "tell_by": "2026-11-26 07:00", "note": "away"}), refused: "tell_by"},
		{name: "not by an officer who has left", action: "arrest.status", first: withCase, fields: custody(given{"tell": "O-9"}), refused: "tell"},
		{name: "whoever is on bail is let go already, so one working day", action: "arrest.status", fields: given{"arrest": "K-2", "status": "NFA", "outcome": "16", "tell": "O-4"}, then: told("O-0004", "2026-11-25", PriorityToday)},
		{name: "and a time within it needs no excuse", action: "arrest.status", fields: given{"arrest": "K-2", "status": "NFA", "outcome": "16", "tell": "O-4", "tell_by": "2026-11-25 12:00"}, then: told("O-0004", "2026-11-25", PriorityToday)},
		{name: "an order that protects somebody asks the same", action: "arrest.status", fields: given{"arrest": "K-2", "status": "RUI"}, refused: "tell"},
		{name: "a charge schedules it without asking", action: "arrest.status", first: withCase, fields: given{"arrest": "K-1", "status": "charged", "outcome": "1", "cps": "CPS 1"}, then: told("O-0002", "2026-11-25", PriorityToday)},
		{name: "who has already been told may be told more", action: "arrest.status", fields: given{"arrest": "K-1", "status": "in custody", "tell": "O-4"}, then: told("O-0004", "2026-11-25", PriorityToday)},

		{name: "an arrest is never held up: the update is scheduled, and the record says so", action: "arrest.record", fields: given{"person": "P-6", "offences": "s4A"}, then: func(d *desk) {
			k := as[*Arrest](d, "K-000004")
			if t := update(d); t.Due != on(d, "2026-11-25") || t.About != k.Ref || t.Person != k.Person {
				d.Errorf("%+v", t)
			}
			if want := "victim-survivor to be told by PC Evans by 25 Nov 2026 (scheduled automatically)"; k.Steps[0].Note != want {
				d.Errorf("the record says %q, want %q", k.Steps[0].Note, want)
			}
		}},
		{name: "by the officer named", action: "arrest.record", fields: given{"person": "P-6", "offences": "s4A", "tell": "O-4"}, then: told("O-0004", "2026-11-25", PriorityToday)},
		{name: "earlier than it must be", action: "arrest.record", fields: given{"person": "P-6", "offences": "s4A", "tell_by": "2026-11-24 09:00"}, then: told("O-0005", "2026-11-24", PriorityToday)},
		{name: "an arrest where nobody has to be told", action: "arrest.record", fields: given{"person": "P-2", "offences": "s4A"}, then: noUpdate},
		{name: "not later than it may be", action: "arrest.record", fields: given{"person": "P-6", "offences": "s4A", "tell_by": "2026-11-26 09:00"}, refused: "tell_by"},
		{name: "not by somebody who has left", action: "arrest.record", fields: given{"person": "P-6", "offences": "s4A", "tell": "O-9"}, refused: "tell"},
	}
}

func TestAVictimIsToldWithinOneWorkingDay(t *testing.T) {
	for name, c := range map[string]struct{ arrested, by string }{
		"of an arrest on a Tuesday, on Wednesday":                {"2026-11-24 06:00", "2026-11-25"},
		"of an arrest a minute before midnight, the next day":    {"2026-11-24 23:59", "2026-11-25"},
		"of an arrest at midnight, a day later":                  {"2026-11-25 00:00", "2026-11-26"},
		"of an arrest on a Friday, on Monday":                    {"2026-11-27 06:00", "2026-11-30"},
		"of an arrest on a Saturday, on Monday":                  {"2026-11-28 06:00", "2026-11-30"},
		"of an arrest on Christmas Eve 2026, on the Tuesday":     {"2026-12-24 06:00", "2026-12-29"},
		"of an arrest on Maundy Thursday, on Tuesday":            {"2027-03-25 06:00", "2027-03-30"},
		"of an arrest the night the clocks go back, on Monday":   {"2026-10-25 00:30", "2026-10-26"},
		"of an arrest in summer at 23:30 London time, next day":  {"2026-07-01T22:30:00Z", "2026-07-02"},
		"of an arrest on the Friday before a bank holiday":       {"2027-04-30 06:00", "2027-05-04"},
		"of an arrest on New Year's Eve 2026, on the 4th":        {"2026-12-31 06:00", "2027-01-04"},
		"of an arrest on a bank holiday, on the day after it":    {"2026-12-28 06:00", "2026-12-29"},
		"of an arrest on 29 February, on 1 March":                {"2028-02-29 06:00", "2028-03-01"},
		"of an arrest on the Sunday after Easter Saturday 2027":  {"2027-03-28 06:00", "2027-03-30"},
		"of an arrest on the Thursday before the long weekend":   {"2026-04-02 06:00", "2026-04-07"},
		"of an arrest on an ordinary Thursday, on Friday":        {"2026-11-26 23:00", "2026-11-27"},
		"of an arrest on a Sunday, on Monday":                    {"2026-11-29 23:59", "2026-11-30"},
		"of an arrest on Boxing Day, past its substitute Monday": {"2026-12-26 06:00", "2026-12-29"},
	} {
		if got := VictimUpdateBy(at(t, c.arrested), true); got != on(t, c.by) {
			t.Errorf("%s: %s, want %s", name, got, c.by)
		}
	}
}

func TestWhoHasToBeTold(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(*desk)
		want bool
	}{
		"nobody, without a case or an order":              {func(*desk) {}, false},
		"the victim of a case the person is suspected in": {withCase, true},
		"nobody, once the case is closed":                 {func(d *desk) { withCase(d); as[*Case](d, "C-000091").State = CaseClosed }, false},
		"nobody, when the person is the victim":           {func(d *desk) { withCase(d); swap(as[*Case](d, "C-000091")) }, false},
		"nobody, in a case without a victim":              {func(d *desk) { withCase(d); c := as[*Case](d, "C-000091"); c.Parties = c.Parties[:1] }, false},
		"whom a live order protects":                      {func(d *desk) { guardAgainst(d, "") }, true},
		"nobody, once the order is discharged":            {func(d *desk) { guardAgainst(d, Discharged) }, false},
		"nobody, when the order names nobody":             {func(d *desk) { guardAgainst(d, ""); as[*Order](d, "R-000091").Protected = "" }, false},
		"whom an ended order protected, when the breach was of it": {func(d *desk) {
			guardAgainst(d, Discharged)
			b := copied(as[*Breach](d, "B-000002")).(*Breach) //nolint:forcetypeassert // the type it came with
			b.Ref, b.Order, b.Person = "B-000091", "R-000091", "P-000005"
			d.keep(b)
			as[*Arrest](d, "K-000001").Breach = "B-000091"
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			c.set(d)
			got, err := tellingOf(NewChange(d, as[*Officer](d, "O-0002"), d.now), as[*Arrest](d, "K-000001"))
			if err != nil || got.needed != c.want {
				t.Errorf("somebody has to be told: %v (%v), want %v", got.needed, err, c.want)
			}
		})
	}
}

func swap(c *Case) {
	c.Parties[0].Role, c.Parties[1].Role = PartyVictim, PartySuspect
}

func guardAgainst(d *desk, end OrderEnd) {
	o := copied(as[*Order](d, "R-000002")).(*Order) //nolint:forcetypeassert // the type it came with
	o.Ref, o.Person, o.End = "R-000091", "P-000005", end
	d.keep(o)
}

// The update says that somebody is to be told, never whom: need-to-know.
func TestAVictimUpdateNeverNamesTheVictim(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "arrest.record", given{"person": "P-6", "offences": "s4A"})
	task := update(d)
	row := NewLiner(d, d.now).Line(task)
	for _, text := range []string{task.Title, task.Note, row.What, row.Name, row.AboutName, as[*Arrest](d, "K-000004").Steps[0].Note} {
		if strings.Contains(text, "Underwood") || strings.Contains(text, "Sparrow") {
			t.Errorf("%q says whom the order protects", text)
		}
	}
}

// An arrest entered late is told late, and it is never written down as done in time.
func TestAnArrestEnteredLateIsToldAtOnce(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "arrest.record", given{"person": "P-6", "offences": "s4A", "at": "2026-11-19 06:00"})
	if got := update(d).Due; got != on(t, "2026-11-24") {
		t.Errorf("due %s, want today", got)
	}
}
