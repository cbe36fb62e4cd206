package model

import (
	"maps"
	"slices"
	"strings"
)

// ofOp are fields about the running operation.
func ofOp(more given) given {
	out := given{"operation": "OP-1"}
	maps.Copy(out, more)
	return out
}

func decision() given {
	return ofOp(given{
		"information": "Seen at the address at 23:10", "assessment": "Children likely", "powers": "s.17(1)(b)", "options": "Wait for the school run, or enter now",
		"decision": "Wait until 08:45",
	})
}

func planDeeds() []deed {
	plan := func(d *desk) *Plan { return as[*Plan](d, "PL-0001") }
	closed := given{"operation": "OP-2"}
	with := func(base, more given) given {
		out := maps.Clone(base)
		maps.Copy(out, more)
		return out
	}
	return []deed{
		{name: "the first word about an operation makes its plan", action: "plan.aim", fields: given{"operation": "OP-3", "objectives": "Arrest\nCirculate the rest"}, first: func(d *desk) {
			d.must("O-0003", "operation.create", given{"name": "SAMPLE Summer", "from": "2027-04-19", "to": "2027-04-25", "unit": "SW"})
		}, then: func(d *desk) {
			p := as[*Plan](d, "PL-0003")
			if unit, _ := p.Place(); p.Operation != "OP-0003" || unit != "SW" || len(p.Aim.Objectives) != 2 {
				d.Errorf("%+v", p)
			}
		}},
		{name: "an operation has one plan", action: "plan.aim", fields: ofOp(given{"gold": "Cmdr Hale"}), then: func(d *desk) {
			if got := d.refs(KindPlan); len(got) != 2 || plan(d).Aim.Gold != "Cmdr Hale" || len(plan(d).Aim.Objectives) != 1 {
				d.Errorf("%v %+v", got, plan(d).Aim)
			}
		}},
		{name: "it can be named by its own reference", action: "plan.aim", fields: given{"operation": "PL-1", "silver": "DI Clarke"}},
		{name: "nothing new is nothing", action: "plan.aim", fields: ofOp(given{"objectives": "Arrest those on the list"}), refused: "objectives"},
		{name: "not of an operation that has ended", action: "plan.aim", fields: with(closed, given{"gold": "x"}), refused: "operation"},
		{name: "not of an operation that is not there", action: "plan.aim", fields: given{"operation": "OP-9", "gold": "x"}, refused: "operation", code: NotFound},
		{name: "a constable writes no intention", action: "plan.aim", who: "O-0002", fields: ofOp(given{"gold": "x"}), refused: "-", code: Denied},

		{name: "phases stand in the order they happen", action: "plan.phase", fields: ofOp(given{"name": "brief", "from": "2026-11-25 04:00", "to": "2026-11-25 04:30"}), then: func(d *desk) {
			if p := plan(d).Phases; len(p) != 2 || p[0].Name != "brief" || p[1].Name != "execute" {
				d.Errorf("%+v", p)
			}
		}},
		{name: "a phase of the same name is changed", action: "plan.phase", fields: ofOp(given{"name": "EXECUTE", "to": "2026-11-25 10:00"}), then: func(d *desk) {
			if p := plan(d).Phases; len(p) != 1 || !p[0].To.Equal(at(d, "2026-11-25 10:00")) {
				d.Errorf("%+v", p)
			}
		}},
		{name: "a phase begins", action: "plan.phase", fields: ofOp(given{"name": "brief"}), refused: "from"},
		{name: "a phase that is not there is not removed", action: "plan.phase", fields: ofOp(given{"name": "brief", "remove": "yes"}), refused: "name"},

		{name: "a team with officers, RV, suite and targets", action: "plan.team", fields: ofOp(given{"name": "Blue", "officers": "O-3,O-5", "rv": "Gate B", "suite": "Kingston"}), then: func(d *desk) {
			if p := plan(d).Teams; len(p) != 2 || p[1].Unit != "SW" || !slices.Equal(p[1].Officers, []Ref{"O-0003", "O-0005"}) {
				d.Errorf("%+v", p)
			}
		}},
		{name: "a target may stay with its team", action: "plan.team", fields: ofOp(given{"name": "red", "targets": "OP-1/1", "call_sign": "SW 42"}), then: func(d *desk) {
			if p := plan(d).Teams; len(p) != 1 || p[0].Call != "SW 42" || p[0].RV != "Park gate" {
				d.Errorf("%+v", p)
			}
		}},
		{name: "two teams do not meet at one door", action: "plan.team", fields: ofOp(given{"name": "Blue", "targets": "OP-1/1"}), refused: "targets"},
		{name: "not for a target that left the list", action: "plan.team", fields: ofOp(given{"name": "Blue", "targets": "OP-1/2"}), refused: "targets"},
		{name: "not for a target that is not on it", action: "plan.team", fields: ofOp(given{"name": "Blue", "targets": "OP-1/7"}), refused: "targets"},
		{name: "not with an officer who has left", action: "plan.team", fields: ofOp(given{"name": "Blue", "officers": "O-9"}), refused: "officers"},
		{name: "not with an officer nobody knows", action: "plan.team", fields: ofOp(given{"name": "Blue", "officers": "O-77"}), refused: "officers", code: NotFound},
		{name: "a team that is not there is not removed", action: "plan.team", fields: ofOp(given{"name": "Blue", "remove": true}), refused: "name"},
		{name: "planning a team sends nobody", action: "plan.team", fields: ofOp(given{"name": "Red", "officers": "O-5"}), then: func(d *desk) {
			if g := as[*Target](d, "OP-0001/001"); !slices.Equal(g.Officers, []Ref{"O-0002"}) {
				d.Errorf("the target was given to %v without the safeguards of target.assign", g.Officers)
			}
		}},

		{name: "a constable sees a risk", action: "plan.risk", who: "O-0002", fields: ofOp(given{"to": "the public", "risk": "School next door", "control": "After nine", "target": "OP-1/1"}), then: func(d *desk) {
			if p := plan(d).Risks; len(p) != 3 || p[2].No != 3 || p[2].To != RiskToPublic || p[2].Target != "OP-0001/001" {
				d.Errorf("%+v", p)
			}
		}},
		{name: "a row is changed by its number", action: "plan.risk", fields: ofOp(given{"no": 2.0, "control": "Four officers"}), then: func(d *desk) {
			if p := plan(d).Risks; len(p) != 2 || p[1].Control != "Four officers" || p[1].Risk != "Violence at the door" {
				d.Errorf("%+v", p)
			}
		}},
		{
			name: "a number is not used again", action: "plan.risk", first: func(d *desk) { d.must("O-0001", "plan.risk", ofOp(given{"no": 2.0, "remove": true})) },
			fields: ofOp(given{"to": "officers", "risk": "Dog", "control": "Dog unit"}), then: func(d *desk) {
				if p := plan(d).Risks; len(p) != 2 || p[1].No != 3 {
					d.Errorf("%+v", p)
				}
			},
		},
		{name: "a risk without a control is only a fear", action: "plan.risk", fields: ofOp(given{"to": "officers", "risk": "Dog"}), refused: "control"},
		{name: "a row that is not there", action: "plan.risk", fields: ofOp(given{"no": 9.0, "control": "x"}), refused: "no"},
		{name: "nothing new in a row", action: "plan.risk", fields: ofOp(given{"no": 2.0}), refused: "risk"},
		{name: "a target of another operation", action: "plan.risk", fields: ofOp(given{"to": "officers", "risk": "x", "control": "y", "target": "OP-2/1"}), refused: "target"},

		{name: "who tells the victim-survivor, and when", action: "plan.comms", fields: ofOp(given{"tell": "O-4", "tell_when": "before the knock", "contact": "Ring twice"}), then: func(d *desk) {
			if p := plan(d).Comms; p.Tell != "O-0004" || p.TellWhen != "before the knock" || p.Contact != "Ring twice" {
				d.Errorf("%+v", p)
			}
		}},
		{name: "not an officer who has left", action: "plan.comms", fields: ofOp(given{"tell": "O-9"}), refused: "tell"},
		{name: "nothing new", action: "plan.comms", fields: ofOp(nil), refused: "tell"},

		{name: "timings, kit, welfare, loggist, exhibits", action: "plan.admin", fields: ofOp(given{"timings": "04:00 parade", "loggist": "O-4", "exhibits": "O-5"})},
		{name: "the loggist works here", action: "plan.admin", fields: ofOp(given{"loggist": "O-9"}), refused: "loggist"},
		{name: "so does the exhibits officer", action: "plan.admin", fields: ofOp(given{"exhibits": "O-9"}), refused: "exhibits"},
		{name: "nothing is no change", action: "plan.admin", fields: ofOp(nil), refused: "timings"},

		{name: "the PLAN test in its own words", action: "plan.legal", fields: ofOp(given{"proportionate": "x x", "legal": "y y", "accountable": "z z", "necessary": "n n"})},
		{name: "a test that says nothing", action: "plan.legal", fields: ofOp(nil), refused: "necessary"},
	}
}

func signoffDeeds() []deed {
	op := ofOp(nil)
	bySergeant := func(d *desk) {
		unsigned(d)
		d.must("O-0001", "plan.sign", op)
	}
	frozen := func(d *desk) {
		markersRead(d)
		d.must("O-0001", "plan.freeze", op)
	}
	return []deed{
		{name: "anybody in it logs a decision, and when it was made", action: "plan.decide", who: "O-0002", fields: decision(), then: func(d *desk) {
			if p := as[*Plan](d, "PL-0001").Decisions; len(p) != 1 || p[0].By != "O-0002" || !p[0].At.Equal(d.now) || p[0].Decision != "Wait until 08:45" {
				d.Errorf("%+v", p)
			}
		}},
		{name: "a decision has options", action: "plan.decide", fields: ofOp(given{"information": "x", "assessment": "x", "powers": "x", "decision": "x"}), refused: "options"},
		{name: "a decision about a target of this operation", action: "plan.decide", fields: func() given {
			f := decision()
			f["target"] = "OP-2/1"
			return f
		}(), refused: "target"},

		{name: "the sergeant signs first", action: "plan.sign", first: unsigned, fields: op, then: func(d *desk) {
			if s := as[*Plan](d, "PL-0001").Signed; len(s) != 1 || s[0].By != "O-0001" || s[0].As != RoleSergeant || !slices.Equal(s[0].Targets, []Ref{"OP-0001/001"}) {
				d.Errorf("%+v", s)
			}
		}},
		{name: "then the lead", action: "plan.sign", who: "O-0003", first: bySergeant, fields: op},
		{name: "not the lead first", action: "plan.sign", who: "O-0003", first: unsigned, fields: op, refused: "operation"},
		{name: "not the sergeant twice", action: "plan.sign", first: bySergeant, fields: op, refused: "operation"},
		{name: "not one officer with both roles", action: "plan.sign", who: "O-0003", fields: op, refused: "operation", first: func(d *desk) {
			unsigned(d)
			as[*Officer](d, "O-0003").Roles = []Role{RoleSergeant, RoleLead}
			d.must("O-0003", "plan.sign", op)
		}},
		{name: "a second sergeant is no lead", action: "plan.sign", who: "O-0004", fields: op, refused: "operation", first: func(d *desk) {
			bySergeant(d)
			as[*Officer](d, "O-0004").Roles = []Role{RoleSergeant}
		}},
		{name: "not a third time", action: "plan.sign", first: markersRead, fields: op, refused: "operation"},
		{name: "not by a constable", action: "plan.sign", who: "O-0002", first: unsigned, fields: op, refused: "-", code: Denied},
		{name: "not once the operation has ended", action: "plan.sign", fields: given{"operation": "OP-2"}, refused: "operation"},
		{name: "not again what stands frozen", action: "plan.sign", first: frozen, fields: op, refused: "operation"},

		{name: "with both signatures it becomes version 1", action: "plan.freeze", first: markersRead, fields: op, then: func(d *desk) {
			p, v := as[*Plan](d, "PL-0001"), as[*PlanVersion](d, "PV-000002")
			if p.Latest != v.Ref || p.Versions != 1 || len(p.Signed) != 0 || len(v.Signed) != 2 || !strings.Contains(v.Text, "OPERATION ORDER  OP-0001") {
				d.Errorf("%+v\n%+v", p, v)
			}
		}},
		{name: "nobody signs while a safeguard stands before a target", action: "plan.sign", fields: op, refused: "targets", first: func(d *desk) {
			unsigned(d)
			as[*Person](d, "P-000001").Acks = nil
		}},
		{name: "nor while another unit wants them and nothing is agreed", action: "plan.sign", fields: op, refused: "targets", first: func(d *desk) {
			unsigned(d)
			as[*Wanted](d, "W-000001").Unit = "NW"
		}},
		{name: "nor freezes what has come to stand before one since", action: "plan.freeze", fields: op, refused: "targets", first: func(d *desk) {
			markersRead(d)
			d.must("O-0001", "marker.add", given{"person": "P-1", "code": "WE", "source": "PNC"})
		}},
		{name: "nor sends another team by a change to the frozen order", action: "plan.team", fields: ofOp(given{"name": "Red", "officers": "O-5"}), refused: "targets", first: func(d *desk) {
			freeze(d)
			d.must("O-0001", "marker.add", given{"person": "P-1", "code": "WE", "source": "PNC"})
		}},
		{name: "where the team meets may change all the same", action: "plan.team", fields: ofOp(given{"name": "Red", "rv": "Car park"}), first: func(d *desk) {
			freeze(d)
			d.must("O-0001", "marker.add", given{"person": "P-1", "code": "WE", "source": "PNC"})
		}},
		{name: "not with the sergeant's alone", action: "plan.freeze", first: bySergeant, fields: op, refused: "operation"},
		{name: "not with none", action: "plan.freeze", first: unsigned, fields: op, refused: "operation"},
		{name: "not with a target that joined after the signatures", action: "plan.freeze", fields: op, refused: "operation", first: func(d *desk) {
			d.must("O-0001", "target.add", given{"operation": "OP-1", "person": "P-2", "reason": "new report"})
		}},
		{name: "not when the danger came after the signatures", action: "plan.freeze", fields: op, refused: "operation", first: func(d *desk) { as[*Plan](d, "PL-0001").Comms.Tell = "" }},
		{name: "not twice the same", action: "plan.freeze", first: frozen, fields: op, refused: "operation"},

		{name: "an officer reads the order", action: "plan.read", who: "O-0002", first: freeze, fields: op, then: func(d *desk) {
			v := as[*PlanVersion](d, "PV-000002")
			if at, ok := v.ReadAt("O-0002"); !ok || !at.Equal(d.now) || !slices.Equal(v.Unread(), []Ref{"O-0005"}) {
				d.Errorf("%+v", v.Receipts)
			}
		}},
		{name: "even one who is in no team, of an operation that has ended", action: "plan.read", who: "O-0003", fields: given{"operation": "OP-2", "version": 1.0}},
		{name: "nothing to read before it is frozen", action: "plan.read", who: "O-0002", fields: op, refused: "operation"},
		{name: "not a version that does not stand", action: "plan.read", who: "O-0002", first: freeze, fields: ofOp(given{"version": 2.0}), refused: "version", code: Conflict},
		{name: "not twice without news", action: "plan.read", who: "O-0002", first: func(d *desk) {
			freeze(d)
			d.must("O-0002", "plan.read", op)
		}, fields: op, refused: "operation"},
		{name: "again, when something was announced", action: "plan.read", who: "O-0002", first: func(d *desk) {
			freeze(d)
			d.must("O-0002", "plan.read", op)
			d.must("O-0001", "plan.admin", ofOp(given{"kit": "Shields"}))
			d.must("O-0001", "plan.announce", ofOp(given{"how": "by telephone"}))
		}, fields: op},

		{name: "what changed is announced", action: "plan.announce", fields: given{"operation": "PL-2", "how": "at the briefing"}, then: func(d *desk) {
			if p := as[*Plan](d, "PL-0002").Announced; len(p) != 1 || p[0].Changes != 1 || p[0].Version != 1 || p[0].How != "at the briefing" {
				d.Errorf("%+v", p)
			}
		}},
		{name: "how they were told is said", action: "plan.announce", fields: given{"operation": "OP-2"}, refused: "how"},
		{name: "not when nothing changed", action: "plan.announce", first: freeze, fields: ofOp(given{"how": "by radio"}), refused: "operation"},
		{name: "not before there is an order to change", action: "plan.announce", fields: ofOp(given{"how": "by radio"}), refused: "operation"},
	}
}

func debriefDeeds() []deed {
	return []deed{
		{name: "what worked, what did not, and a task for each line of intelligence", action: "operation.debrief", who: "O-0002", fields: ofOp(given{"worked": "Early start", "did_not": "No MOE", "intel": "New car seen\nStays with his aunt"}), then: func(d *desk) {
			b := as[*Plan](d, "PL-0001").Debriefs
			if len(b) != 1 || len(b[0].Intel) != 2 || b[0].Unit != "SW" || b[0].By != "O-0002" {
				d.Fatalf("%+v", b)
			}
			if g := as[*Task](d, b[0].Intel[1]); g.Kind != "intel" || g.Note != "Stays with his aunt" || g.Assignee != "O-0002" || g.About != "OP-0001" || strings.Contains(g.Title, "aunt") {
				d.Errorf("%+v", g)
			}
			if n := len(as[*Plan](d, "PL-0001").Signed); n != 2 {
				d.Errorf("a debrief took away a signature: %d left", n)
			}
		}},
		{name: "after the operation too", action: "operation.debrief", fields: given{"operation": "OP-2", "worked": "Everything"}},
		{name: "a debrief that says nothing", action: "operation.debrief", fields: ofOp(nil), refused: "worked"},
		{name: "before anything has happened", action: "operation.debrief", fields: given{"operation": "OP-3", "worked": "x"}, refused: "operation", first: func(d *desk) {
			d.must("O-0003", "operation.create", given{"name": "SAMPLE Summer", "from": "2027-04-19", "to": "2027-04-25"})
		}},
	}
}
