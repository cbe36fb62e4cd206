package model

import (
	"slices"
	"strings"
	"testing"
)

// stationPlans are the papers of the station's operations: those of the one that runs are signed and not yet frozen;
// those of the one that has ended were frozen, and changed afterwards without a word to anybody.
func stationPlans(t testing.TB) []Record {
	t.Helper()
	signed := func(when string, targets ...Ref) []Signature {
		return []Signature{
			{At: at(t, when), By: "O-0001", As: RoleSergeant, Targets: targets}, {At: at(t, when), By: "O-0003", As: RoleLead, Targets: targets},
		}
	}
	running := &Plan{
		Meta: Meta{Ref: "PL-0001"}, Operation: "OP-0001",
		Aim:    PlanAim{Objectives: []string{"Arrest those on the list"}},
		Phases: []Phase{{Name: "execute", From: at(t, "2026-11-25 05:00"), To: at(t, "2026-11-25 09:00")}},
		Teams:  []Team{{Name: "Red", Unit: "SW", Officers: []Ref{"O-0002"}, Call: "SW 41", RV: "Park gate", Suite: "Wandsworth", Targets: []Ref{"OP-0001/001"}}},
		Risks: []Risk{
			{No: 1, To: RiskToVictim, Risk: "Reprisal after release", Control: "Told before the release"},
			{No: 2, To: RiskToOfficers, Risk: "Violence at the door", Control: "Two officers, PPE"},
		},
		Risked: 2, Comms: PlanComms{Tell: "O-0005", TellWhen: "on arrest and before release"}, Signed: signed("2026-11-23 18:00", "OP-0001/001"),
	}
	ended := &Plan{
		Meta: Meta{Ref: "PL-0002"}, Operation: "OP-0002", Versions: 1, Latest: "PV-000001",
		Changes: []PlanChange{{At: at(t, "2026-04-20 06:00"), By: "O-0001", What: "team Blue changed", Version: 1}},
	}
	frozen := &PlanVersion{
		Meta: Meta{Ref: "PV-000001"}, Plan: "PL-0002", Operation: "OP-0002", No: 1, At: at(t, "2026-04-20 05:00"), By: "O-0001",
		Signed: signed("2026-04-20 04:00"), Text: "SAMPLE order", Officers: []Ref{"O-0002", "O-0005"},
	}
	frozen.Digest = orderDigest(frozen.Text, frozen.Annex)
	return []Record{running, ended, frozen}
}

// planning is a desk whose running operation has papers that are complete and signed by nobody.
func planning(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t, stationNow(t), station(t)...)
	unsigned(d)
	return d
}

// unsigned takes the signatures of the running operation's order away; its target's markers have been read.
func unsigned(d *desk) {
	markersRead(d)
	as[*Plan](d, "PL-0001").Signed = nil
}

// markersRead has somebody acknowledge the warning markers of the running operation's target.
func markersRead(d *desk) {
	as[*Person](d, "P-000001").Acks = []Ack{{Kind: SafetyMarkers, Covers: []string{"VI 2026-03-01"}, By: "O-0001", At: d.now}}
}

// freeze signs and freezes the running operation's order.
func freeze(d *desk) {
	d.Helper()
	unsigned(d)
	d.must("O-0001", "plan.sign", given{"operation": "OP-1"})
	d.must("O-0003", "plan.sign", given{"operation": "OP-1"})
	d.must("O-0001", "plan.freeze", given{"operation": "OP-1"})
}

func TestABriefingIsStoppedBy(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*desk, *Plan)
		says  string
	}{
		"a live target without a team":              {func(_ *desk, p *Plan) { p.Teams[0].Targets = nil }, "has no team"},
		"a team without an RV":                      {func(_ *desk, p *Plan) { p.Teams[0].RV = "" }, "no RV"},
		"a team without a custody suite":            {func(_ *desk, p *Plan) { p.Teams[0].Suite = "" }, "no custody suite"},
		"a team of nobody":                          {func(_ *desk, p *Plan) { p.Teams[0].Officers = nil }, "no officers"},
		"no risk row for the victim-survivor":       {func(_ *desk, p *Plan) { p.Risks = p.Risks[1:] }, "risk to the victim-survivor"},
		"no risk row for officers":                  {func(_ *desk, p *Plan) { p.Risks = p.Risks[:1] }, "risk to officers"},
		"nobody named to tell the victim-survivor":  {func(_ *desk, p *Plan) { p.Comms.Tell = "" }, "tell the victim-survivor"},
		"an empty list":                             {func(d *desk, _ *Plan) { as[*Target](d, "OP-0001/001").State = TargetWithdrawn }, "no target"},
		"a line that names somebody who is guarded": {func(d *desk, p *Plan) { p.Aim.Background = "He waits for Rosalind Underwood"; guard(d) }, "names somebody"},
		"a line that says where they live":          {func(d *desk, p *Plan) { p.Admin.Timings = "RV then 4 Sparrow Court, 05:40"; guard(d) }, "names somebody"},
	} {
		t.Run(name, func(t *testing.T) {
			d := planning(t)
			c.spoil(d, as[*Plan](d, "PL-0001"))
			_, err := d.do("O-0001", "plan.sign", given{"operation": "OP-1"})
			if err == nil {
				t.Fatal("it was signed all the same")
			}
			p := refusal(t, err)
			if !strings.Contains(p.Rule, c.says) {
				t.Errorf("refused with %q, which does not say %q", p.Rule, c.says)
			}
			if strings.Contains(p.Error(), "Underwood") || strings.Contains(p.Error(), "Sparrow") {
				t.Errorf("the refusal says whom the order protects: %q", p)
			}
		})
	}
}

// guard gives the running operation's target an order that protects somebody.
func guard(d *desk) {
	o := copied(as[*Order](d, "R-000002")).(*Order) //nolint:forcetypeassert // the type it came with
	o.Ref, o.Person = "R-000091", "P-000001"
	d.keep(o)
}

func TestAGapThatIsNoDangerStopsNothing(t *testing.T) {
	d := planning(t)
	p := as[*Plan](d, "PL-0001")
	p.Phases, p.Aim, p.Admin, p.Legal = nil, PlanAim{}, PlanAdmin{}, PlanLegal{}
	in, err := PapersOf(d, "OP-0001")
	if err != nil {
		t.Fatal(err)
	}
	order := OperationOrder(in, d.now)
	if len(order.Gaps()) < 10 || len(order.Stops()) != 0 {
		t.Errorf("%d gaps, and these stop a briefing: %v", len(order.Gaps()), order.Stops())
	}
	d.must("O-0001", "plan.sign", given{"operation": "OP-1"})
}

func TestAChangeTakesTheSignaturesAwayAndSaysSo(t *testing.T) {
	for name, act := range map[string]struct {
		action string
		fields given
	}{
		"a phase":           {"plan.phase", given{"name": "debrief", "from": "2026-11-25 14:00"}},
		"a team":            {"plan.team", given{"name": "red", "vehicle": "White van"}},
		"a risk":            {"plan.risk", given{"to": "third parties", "risk": "Children in the flat", "control": "Enter after school run"}},
		"communications":    {"plan.comms", given{"talkgroup": "SW OPS 4"}},
		"administration":    {"plan.admin", given{"kit": "Method of entry"}},
		"the legal test":    {"plan.legal", given{"necessary": "To protect the victim"}},
		"the intention":     {"plan.aim", given{"success": "Nobody left on the list"}},
		"a phase goes":      {"plan.phase", given{"name": "Execute", "remove": true}},
		"a risk row goes":   {"plan.risk", given{"no": 2.0, "remove": true}},
		"a team is removed": {"plan.team", given{"name": "Red", "remove": true}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			act.fields["operation"] = "OP-1"
			c := d.must("O-0001", act.action, act.fields)
			p := as[*Plan](d, "PL-0001")
			if len(p.Signed) != 0 || len(p.Changes) != 1 || !slices.Equal(p.Changes[0].Cleared, []Ref{"O-0001", "O-0003"}) {
				t.Errorf("signed %v, changes %+v", p.Signed, p.Changes)
			}
			if !strings.Contains(c.Reason, "no longer signed by PS Adeyemi and DI Clarke") {
				t.Errorf("the journal says %q", c.Reason)
			}
		})
	}
}

func TestADecisionIsNoChangeToTheOrder(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "plan.decide", decision())
	if p := as[*Plan](d, "PL-0001"); len(p.Signed) != 2 || len(p.Changes) != 0 || len(p.Decisions) != 1 {
		t.Errorf("%+v", p)
	}
}

func TestAFrozenOrderReadsForEverAsItWasFrozen(t *testing.T) {
	d := planning(t)
	freeze(d)
	v := as[*PlanVersion](d, "PV-000002")
	if v.No != 1 || v.Digest != orderDigest(v.Text, v.Annex) || !slices.Equal(v.Targets, []Ref{"OP-0001/001"}) || !slices.Equal(v.Officers, []Ref{"O-0002", "O-0005"}) {
		t.Errorf("%+v", v)
	}
	text := v.Text
	d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "rv": "Station car park"})
	if again := as[*PlanVersion](d, "PV-000002"); again.Text != text || strings.Contains(again.Text, "car park") || !strings.Contains(again.Text, "Park gate") {
		t.Errorf("the frozen order changed:\n%s", again.Text)
	}
	p := as[*Plan](d, "PL-0001")
	if p.State() != "changed since version 1" || len(p.Changes) != 1 || p.Changes[0].Version != 1 {
		t.Errorf("%s, %+v", p.State(), p.Changes)
	}
	spoilt := copied(v).(*PlanVersion) //nolint:forcetypeassert // the type it came with
	spoilt.Text += "\n  RV moved"
	if spoilt.Check() == nil {
		t.Error("a version whose text was altered stands")
	}
	moved := copied(v).(*PlanVersion) //nolint:forcetypeassert // the type it came with
	moved.Text, moved.Annex = v.Text+v.Annex, ""
	if v.Annex != "" && moved.Check() == nil {
		t.Error("the annex can be moved into the order without anybody noticing")
	}
}

func TestTheSecondVersionHasTheChanges(t *testing.T) {
	d := planning(t)
	freeze(d)
	d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "rv": "Station car park"})
	freeze(d)
	v := as[*PlanVersion](d, "PV-000003")
	p := as[*Plan](d, "PL-0001")
	if v.No != 2 || !strings.Contains(v.Text, "Station car park") || p.Latest != v.Ref || p.State() != "version 2" {
		t.Errorf("%s: %+v", p.State(), v)
	}
	if news := p.Unannounced(v, []*Target{as[*Target](d, "OP-0001/001")}); news.Len() != 0 {
		t.Errorf("what is in version 2 is still to be announced: %v", news.Words())
	}
}

func TestChangesAreMarkedUntilTheyAreAnnounced(t *testing.T) {
	d := planning(t)
	freeze(d)
	news := func() string {
		in, err := PapersOf(d, "OP-0001")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(OperationOrder(in, d.now).Changed, "; ")
	}
	if got := news(); got != "" {
		t.Errorf("nothing has changed, and it says %q", got)
	}
	d.must("O-0001", "plan.comms", given{"operation": "OP-1", "talkgroup": "SW OPS 4"})
	d.must("O-0001", "target.remove", given{"target": "OP-1/1", "exit": "withdrawn", "reason": "list full"})
	added := &Target{Operation: "OP-0001", Person: "P-000004", Unit: "SW", State: TargetLive, Reason: "x", ReviewBy: on(t, "2026-12-01"), Added: d.now}
	added.Ref = "OP-0001/009"
	d.keep(added)
	if got := news(); got != "communications changed; OP-0001/009 joined the list; OP-0001/001 left the list: withdrawn" {
		t.Errorf("the changes are %q", got)
	}
	if due := clock(t, Dues(as[*Plan](d, "PL-0001"), nil, d.now), "announce"); due.Settle != "plan.announce" {
		t.Errorf("%+v", due)
	}
	c := d.must("O-0003", "plan.announce", given{"operation": "OP-1", "how": "over the talkgroup"})
	if got := news(); got != "" || !strings.Contains(c.Reason, "talkgroup: communications changed") {
		t.Errorf("announced, and it still says %q; the journal says %q", got, c.Reason)
	}
	if dues := Dues(as[*Plan](d, "PL-0001"), nil, d.now); len(dues) != 0 {
		t.Errorf("announced, and %s still runs", rules(dues))
	}
	as[*Target](d, "OP-0001/009").State = TargetArrested
	if got := news(); got != "OP-0001/009 left the list: arrested" {
		t.Errorf("who joined and left is %q", got)
	}
}

func TestARemovalReachesTheOrdersAlreadyGivenOut(t *testing.T) {
	for name, remove := range map[string]func(*desk){
		"withdrawn": func(d *desk) {
			d.must("O-0001", "target.remove", given{"target": "OP-1/1", "exit": "withdrawn", "reason": "list full"})
		},
		"arrested": func(d *desk) { d.must("O-0002", "arrest.record", given{"target": "OP-1/1"}) },
		"arrested, entered after the order was read": func(d *desk) {
			d.must("O-0002", "arrest.record", given{"target": "OP-1/1", "at": "2026-11-24 04:00"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := planning(t)
			freeze(d)
			d.must("O-0002", "plan.read", given{"operation": "OP-1"})
			d.must("O-0004", "plan.read", given{"operation": "OP-1"})
			remove(d)
			recalls := func() []Recall {
				return as[*PlanVersion](d, "PV-000002").Recalls([]*Target{as[*Target](d, "OP-0001/001")})
			}
			got := recalls()
			if len(got) != 1 || got[0].Target != "OP-0001/001" || !slices.Equal(got[0].Waiting, []Ref{"O-0002", "O-0004", "O-0005"}) {
				t.Fatalf("the recall is %+v; the team, the readers and whoever tells the victim-survivor hold the order", got)
			}
			d.must("O-0002", "plan.read", given{"operation": "OP-1"})
			if got := recalls(); !slices.Equal(got[0].Waiting, []Ref{"O-0004", "O-0005"}) {
				t.Errorf("acknowledged by PC Blake, and waiting for %v", got[0].Waiting)
			}
			if _, err := d.do("O-0002", "plan.read", given{"operation": "OP-1"}); err == nil {
				t.Error("it was acknowledged twice")
			}
		})
	}
}

func TestUndoingARemovalTakesItsRecallBack(t *testing.T) {
	d := planning(t)
	freeze(d)
	d.must("O-0001", "target.remove", given{"target": "OP-1/1", "exit": "withdrawn", "reason": "list full"})
	d.must("O-0002", "plan.read", given{"operation": "OP-1"})
	d.must("O-0001", "undo", given{"seq": utoa(uint64(len(d.journal) - 1))})
	v := as[*PlanVersion](d, "PV-000002")
	if got := v.Recalls([]*Target{as[*Target](d, "OP-0001/001")}); len(got) != 0 {
		t.Errorf("the target is on the list, and recalled: %+v", got)
	}
}

func TestATargetThatComesBackIsSignedForAgain(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	p := as[*Plan](d, "PL-0001")
	markersRead(d)
	p.Signed[1].Targets = nil // the lead signed while it was off the list
	if _, err := d.do("O-0001", "plan.freeze", given{"operation": "OP-1"}); err == nil {
		t.Fatal("it was frozen with a target the lead has not seen")
	}
	d.must("O-0001", "plan.sign", given{"operation": "OP-1"})
	d.must("O-0003", "plan.sign", given{"operation": "OP-1"})
	d.must("O-0001", "plan.freeze", given{"operation": "OP-1"})
}

func TestWhatAPlanNeeds(t *testing.T) {
	sig := func(by Ref, role Role) Signature { return Signature{By: by, As: role} }
	for name, c := range map[string]struct {
		plan    Plan
		refused string
	}{
		"a plan is of an operation":            {Plan{}, "operation"},
		"an empty plan stands":                 {Plan{Operation: "OP-0001"}, ""},
		"the sergeant's signature is first":    {Plan{Operation: "OP-0001", Signed: []Signature{sig("O-0003", RoleLead)}}, "operation"},
		"two signatures are of two officers":   {Plan{Operation: "OP-0001", Signed: []Signature{sig("O-0001", RoleSergeant), sig("O-0001", RoleLead)}}, "operation"},
		"two signatures in order stand":        {Plan{Operation: "OP-0001", Signed: []Signature{sig("O-0001", RoleSergeant), sig("O-0003", RoleLead)}}, ""},
		"a phase begins":                       {Plan{Operation: "OP-0001", Phases: []Phase{{Name: "brief"}}}, "from"},
		"a phase ends after it begins":         {Plan{Operation: "OP-0001", Phases: []Phase{{Name: "brief", From: at(t, "2026-11-25 05:00"), To: at(t, "2026-11-25 05:00")}}}, "to"},
		"two teams have two names":             {Plan{Operation: "OP-0001", Teams: []Team{{Name: "Red"}, {Name: "Red"}}}, "name"},
		"a risk has a control":                 {Plan{Operation: "OP-0001", Risks: []Risk{{To: RiskToVictim, Risk: "x"}}}, "control"},
		"a risk falls on somebody":             {Plan{Operation: "OP-0001", Risks: []Risk{{Risk: "x", Control: "y"}}}, "control"},
		"two phases of one name are one":       {Plan{Operation: "OP-0001", Phases: []Phase{{Name: "a", From: stationNow(t)}, {Name: "a", From: stationNow(t)}}}, "name"},
		"a version without signatures is no":   {Plan{Operation: "OP-0001", Signed: make([]Signature, 3)}, "operation"},
		"a phase with a beginning only stands": {Plan{Operation: "OP-0001", Phases: []Phase{{Name: "brief", From: stationNow(t)}}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.plan.Check()
			switch {
			case err == nil && c.refused != "":
				t.Error("it stands")
			case err != nil:
				if p := refusal(t, err); p.Field != c.refused {
					t.Errorf("refused about %q: %v", p.Field, p)
				}
			}
		})
	}
}

func TestWhereAPlanStands(t *testing.T) {
	for want, p := range map[string]Plan{
		"draft":                   {},
		"signed by the sergeant":  {Signed: make([]Signature, 1)},
		"signed, not frozen":      {Signed: make([]Signature, 2), Versions: 1},
		"version 2":               {Versions: 2, Changes: []PlanChange{{Version: 1}}},
		"changed since version 2": {Versions: 2, Changes: []PlanChange{{Version: 2}}},
	} {
		if got := p.State(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
