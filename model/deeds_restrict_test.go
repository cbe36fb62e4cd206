package model

import (
	"slices"
	"strings"
	"testing"
)

// ownForce opens a case against P-000001 with P-000002 as its victim-survivor and restricts it; C-000001 is then it.
func ownForce(d *desk) {
	d.must("O-0001", "case.add", given{"person": "P-000001", "victims": "P-000002", "offences": "s4A", "last": "2026-11-01", "summary": "The suspect is a serving officer"})
	d.must("O-0001", "case.restrict", given{"case": "C-1", "why": "own-force", "reason": "DPS is informed"})
}

// strangers puts officers of another unit on record: a constable, a sergeant and a lead, and a second data officer.
func strangers(d *desk) {
	for ref, role := range map[Ref]Role{"O-0081": RoleOfficer, "O-0082": RoleSergeant, "O-0083": RoleLead, "O-0084": RoleData, "O-0085": RoleBriefing, "O-0086": RoleSTAC, "O-0087": RoleData} {
		d.keep(&Officer{Meta: Meta{Ref: ref}, Rank: "X", Name: "ELSEWHERE " + string(ref), Unit: "NE", Roles: []Role{role}})
	}
}

func restrictDeeds() []deed {
	opened := func(d *desk) {
		d.must("O-0001", "case.add", given{"person": "P-000001", "victims": "P-000002", "offences": "s4A", "last": "2026-11-01"})
	}
	return []deed{
		{name: "an own-force case is kept to those it names", action: "case.restrict", first: opened, fields: given{"case": "C-1", "named": "O-0002", "reason": "DPS is informed"}, then: func(d *desk) {
			r := as[*Case](d, "C-000001").Restricted
			if r == nil || r.Why != RestrictedOwnForce || !slices.Equal(r.Named, []Ref{"O-0002"}) || r.By != "O-0001" {
				d.Errorf("it is restricted as %+v", r)
			}
		}},
		{name: "the lead lifts it", action: "case.restrict", who: "O-0003", first: ownForce, fields: given{"case": "C-1", "lift": true, "reason": "Suspect has resigned"}, then: func(d *desk) {
			if as[*Case](d, "C-000001").Restricted != nil {
				d.Error("it is still restricted")
			}
		}},
		{name: "a sergeant does not lift it", action: "case.restrict", first: ownForce, fields: given{"case": "C-1", "lift": true, "reason": "x y"}, refused: "lift", code: Denied},
		{name: "what is not restricted is not lifted", action: "case.restrict", who: "O-0003", first: opened, fields: given{"case": "C-1", "lift": true, "reason": "x y"}, refused: "lift"},
		{name: "with a reason", action: "case.restrict", first: opened, fields: given{"case": "C-1"}, refused: "reason"},
		{name: "a constable restricts nothing", action: "case.restrict", who: "O-0002", first: opened, fields: given{"case": "C-1", "reason": "x y"}, refused: "-", code: Denied},
		{name: "nobody of another unit restricts it", action: "case.restrict", who: "O-0082", first: inTurn(opened, strangers), fields: given{"case": "C-1", "reason": "x y"}, refused: "-", code: Denied},
		{name: "nobody acts on a restricted case they may not see", action: "case.charge", who: "O-0081", first: inTurn(ownForce, strangers), fields: given{"case": "C-1", "cps": "CPS/1"}, refused: "case", code: Denied},
		{name: "nor has its victims shown to them", action: "victim.reveal", who: "O-0081", first: inTurn(ownForce, strangers), fields: given{"record": "C-1", "reason": "curious"}, refused: "record", code: Denied},
		{name: "nor takes back what was done to it", action: "undo", who: "O-0082", first: inTurn(ownForce, strangers), fields: given{"seq": 1}, refused: "seq", code: Denied},
		{name: "S-TAC works on it", action: "case.restrict", who: "O-0086", first: inTurn(ownForce, strangers), fields: given{"case": "C-1", "named": "O-0081", "reason": "co-worked"}},
		{name: "an officer it names works on it", action: "case.charge", who: "O-0081", first: inTurn(ownForce, strangers, func(d *desk) {
			d.must("O-0086", "case.restrict", given{"case": "C-1", "named": "O-0081", "reason": "co-worked"})
		}), fields: given{"case": "C-1", "cps": "CPS/1"}},
	}
}

// Expectations of their own: what the tables in access.go and restrict.go have to come to, for every sort of officer.
func TestWhoSeesARestrictedCase(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	ownForce(d)
	strangers(d)
	d.keep(&Officer{Meta: Meta{Ref: "O-0090"}, Rank: "DI", Name: "WHOLE", Roles: []Role{RoleLead}})
	task := Ref("T-000777")
	d.keep(&Task{Meta: Meta{Ref: task}, Title: "Take a statement", About: "C-000001", Person: "P-000001", Unit: "SW", Assignee: "O-0005", State: TaskOpen})
	for _, c := range []struct {
		who             Ref
		sees, seesTasks bool
		why             string
	}{
		{"O-0001", true, true, "the officer in the case, who restricted it"},
		{"O-0003", true, true, "the lead of its unit"},
		{"O-0090", true, true, "a lead of the whole force"},
		{"O-0086", true, true, "S-TAC"},
		{"O-0002", false, false, "a constable of the unit whom it does not name"},
		{"O-0005", false, true, "an officer with a task in it sees the task alone"},
		{"O-0082", false, false, "a sergeant strangers"},
		{"O-0083", false, false, "the lead of another unit"},
		{"O-0084", false, false, "the data officer, who answers for the log and not for the case"},
		{"O-0085", false, false, "whoever only looks"},
		{"", false, false, "nobody"},
	} {
		officer, _ := d.records[c.who].(*Officer)
		s, err := NewSight(d, officer)
		if err != nil {
			t.Fatal(err)
		}
		for ref, want := range map[Ref]bool{"C-000001": c.sees, task: c.seesTasks, "P-000001": true, "W-000001": true} {
			got := s.Of(copied(d.records[ref]))
			if (got.Head().HeldBack == nil) != want {
				t.Errorf("%s sees %s: %v, want %v", c.why, ref, !want, want)
			}
			if want {
				continue
			}
			l := NewLiner(d, d.now)
			words := l.Line(got).What + " " + l.Line(got).Name
			for _, group := range FactsOf(got, l) {
				for _, row := range group.Rows {
					words += " " + row.Text
				}
			}
			for _, secret := range []string{"serving", "DPS", "statement", "P-000001", "P-000002", "s4A", "talking"} {
				if strings.Contains(words, secret) {
					t.Errorf("to %s %s says %q: %s", c.why, ref, secret, words)
				}
			}
			if !strings.Contains(words, "Adeyemi") || l.Line(got).Unit != "SW" {
				t.Errorf("to %s %s does not say whose it is and whom to ask: %s", c.why, ref, words)
			}
		}
	}
}

// Whose work meets the person knows what endangers either at the door; who keeps the log, the accounts or the projector has no need.
func TestHealthMarkersAreKeptFromThoseWhoMeetNobody(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	for role, sees := range map[Role]bool{
		RoleOfficer: true, RoleSergeant: true, RoleLead: true, RoleCoordinator: true, RoleMonitoring: true, RoleSTAC: true,
		RoleBriefing: false, RoleData: false, RoleAdmin: false,
	} {
		o := &Officer{Meta: Meta{Ref: "O-0099"}, Name: "X", Roles: []Role{role}}
		s, err := NewSight(d, o)
		if err != nil {
			t.Fatal(err)
		}
		p := &Person{Meta: Meta{Ref: "P-000001"}, Surname: "X", Markers: []Marker{{Code: "VI"}, {Code: "MN"}}}
		got := s.Of(p).(*Person)
		if len(got.Markers) != 2 || got.Markers[0].Code != "VI" || got.Markers[1].Code.Health() != sees {
			t.Errorf("a %s sees %v", role, got.Markers)
		}
		if s.Whole() != sees {
			t.Errorf("of a %s it is said that nothing is kept back: %v", role, !sees)
		}
		o.Roles = append(o.Roles, RoleOfficer)
		if !o.meets() {
			t.Errorf("a %s who is an officer, too, has no need", role)
		}
	}
}

// The action that ends another unit's work is the owner's; everything else is open across units. The list is stated again
// here: access.go has to agree with it.
func TestScopeOfEveryActionByEveryRoleInAndOutOfTheUnit(t *testing.T) {
	ownUnitOnly := []string{
		"case.close", "case.restrict", "order.discharge", "order.monitor",
		"task.assign", "task.cancel", "task.reprioritise", "wanted.eliminate", "wanted.withdraw",
	}
	across := []Role{RoleLead, RoleSTAC, RoleData, RoleAdmin}
	for _, s := range Actions() {
		for _, choice := range Role("").Choices() {
			role := Role(choice.Value)
			o := &Officer{Meta: Meta{Ref: "O-0001"}, Name: "BLAKE", Unit: "SW", Roles: []Role{role}}
			may := Can(o, s) == nil
			for _, c := range []struct {
				unit Unit
				mine bool
				want bool
			}{
				{"SW", false, may},
				{"", false, may},
				{"NE", true, may},
				{"NE", false, may && (!slices.Contains(ownUnitOnly, s.Name) || slices.Contains(across, role))},
			} {
				err := CanOn(o, s, c.unit, c.mine)
				if (err == nil) != c.want {
					t.Errorf("%s by a %s of SW on a record of %q (own: %v): %v", s.Name, role, c.unit, c.mine, err)
				}
				if err != nil {
					if p := refusal(t, err); p.Code != Denied || p.Do == "" {
						t.Errorf("%s is refused as %+v", s.Name, p)
					}
				}
			}
		}
	}
}

func TestASergeantElsewhereDoesNotEndAUnitsWork(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	strangers(d)
	for action, fields := range map[string]given{
		"wanted.eliminate": {"person": "P-000001", "reason": "alibi"},
		"task.cancel":      {"task": "T-1", "reason": "not needed"},
	} {
		_, err := d.do("O-0082", action, fields)
		if p, ok := AsProblem(err); !ok || p.Code != Denied || !strings.Contains(p.Rule, "SW") {
			t.Errorf("%s from another unit: %v", action, err)
		}
		if _, err := d.do("O-0083", action, fields); err != nil {
			if p, ok := AsProblem(err); ok && p.Code == Denied {
				t.Errorf("%s by a lead of another unit: %v", action, err)
			}
		}
	}
}

// Every action × every role × in the case, in the unit, elsewhere: an action that names a restricted case, or what hangs on
// it, is refused to all who have no part in it, whatever their role lets them do otherwise.
func TestEveryActionOnARestrictedRecordByEveryRole(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	ownForce(d)
	d.keep(&Task{Meta: Meta{Ref: "T-000777"}, Title: "Take a statement", About: "C-000001", Unit: "SW", Assignee: "O-0005", State: TaskOpen})
	named := 0
	for _, s := range Actions() {
		for _, f := range s.Fields {
			for kind, ref := range map[Kind]Ref{KindCase: "C-000001", KindTask: "T-000777"} {
				if f.Type != TypeRef || !slices.Contains(f.Kinds, kind) {
					continue
				}
				for _, choice := range Role("").Choices() {
					for _, unit := range []Unit{"SW", "NE", ""} {
						role := Role(choice.Value)
						o := &Officer{Meta: Meta{Ref: "O-0999"}, Name: "BLAKE", Unit: unit, Roles: []Role{role}}
						sees := role == RoleSTAC || (role == RoleLead && unit != "NE") || strings.HasPrefix(s.Name, "record.erase")
						err := NewChange(d, o, d.now).seesNamed(s, given{f.Name: string(ref)})
						if (err == nil) != sees {
							t.Errorf("%s %s by a %s of %q on a restricted %s: %v", s.Name, f.Name, role, unit, kind.Word(), err)
						}
						named++
					}
				}
			}
		}
	}
	if named < 500 {
		t.Errorf("only %d combinations were tried", named)
	}
}
