package model

import (
	"slices"
	"strings"
	"testing"
)

func orderPaper(t *testing.T, d *desk, ask OrderAsked) *OrderPaper {
	t.Helper()
	ask.Operation = "OP-0001"
	if ask.Audience == "" {
		ask.Audience = AudienceTeam
	}
	o, err := OrderOnPaper(d, ask, d.now)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// linesOf are the words of sections, a line each.
func linesOf(sections []OrderSection) string {
	return writeOrder(nil, sections, "")
}

func TestWhereAnOrderOnPaperStands(t *testing.T) {
	for name, c := range map[string]struct {
		then func(*desk)
		ask  OrderAsked
		want string
	}{
		"never frozen": {func(*desk) {}, OrderAsked{}, "DRAFT, never frozen"},
		"frozen":       {freeze, OrderAsked{}, "version 1, unchanged since the freeze"},
		"changed and nobody told": {
			func(d *desk) {
				freeze(d)
				d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "rv": "Car park"})
			},
			OrderAsked{},
			"version 1, CHANGED since the freeze: 1 change not announced",
		},
		"changed and announced": {
			func(d *desk) {
				freeze(d)
				d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "rv": "Car park"})
				d.must("O-0001", "plan.announce", given{"operation": "OP-1", "how": "at the briefing"})
			},
			OrderAsked{},
			"version 1, changed since the freeze, all announced",
		},
		"the first of two": {
			func(d *desk) {
				freeze(d)
				d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "rv": "Car park"})
				freeze(d)
			},
			OrderAsked{Version: 1},
			"version 1, SUPERSEDED by version 2",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := planning(t)
			c.then(d)
			if got := orderPaper(t, d, c.ask).Stands; got != c.want {
				t.Errorf("it stands %q, want %q", got, c.want)
			}
		})
	}
}

func TestAFrozenOrderIsPrintedWordForWord(t *testing.T) {
	d := planning(t)
	plan := as[*Plan](d, "PL-0001")
	plan.Comms.Contact, plan.Teams[0].Note, plan.Aim.Background = "Ring twice", "Gate code held by the RV", "First line\nsecond line"
	freeze(d)
	v := as[*PlanVersion](d, d.records["PL-0001"].(*Plan).Latest) //nolint:forcetypeassert // the plan
	d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "rv": "Car park"})
	o := orderPaper(t, d, OrderAsked{Version: 1, Annex: true})
	flat := func(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
	for what, c := range map[string][2]string{"order": {linesOf(o.Sections), v.Text}, "annex": {linesOf(o.Annex), v.Annex}} {
		if printed := flat(c[0]); !strings.Contains(flat(c[1]), printed) || len(printed) < 20 {
			t.Errorf("the %s is printed as\n%s\nand was frozen as\n%s", what, c[0], c[1])
		}
	}
	if len(o.Sections) != 7 || o.Sections[6].Head != "Human rights and legal" || len(o.Signed) != 2 {
		t.Errorf("it is read back as %d sections, signed %v", len(o.Sections), o.Signed)
	}
	live := orderPaper(t, d, OrderAsked{})
	if len(orderPaper(t, d, OrderAsked{Version: 1}).Gaps()) != len(live.Gaps()) {
		t.Error("the gaps of a frozen order are not seen as gaps")
	}
	if _, err := OrderOnPaper(d, OrderAsked{Operation: "OP-0001", Version: 7, Audience: AudienceTeam}, d.now); err == nil || refusal(t, err).Code != NotFound {
		t.Errorf("a version that is not there: %v", err)
	}
	as[*PlanVersion](d, v.Ref).Text += "x"
	if _, err := OrderOnPaper(d, OrderAsked{Operation: "OP-0001", Version: 1, Audience: AudienceTeam}, d.now); err == nil {
		t.Error("an order that was altered after the freeze is printed")
	}
}

func TestWhoMayHaveTheAnnex(t *testing.T) {
	d := planning(t)
	as[*Plan](d, "PL-0001").Comms.Contact = "Ring twice"
	for _, a := range audiences() {
		for _, annex := range []bool{false, true} {
			o, err := OrderOnPaper(d, OrderAsked{Operation: "OP-0001", Audience: a, Annex: annex}, d.now)
			may := a == AudienceTeam || (a == AudiencePartner && !annex)
			if (err == nil) != may {
				t.Errorf("for %s, with the annex: %t: %v, want %t", a, annex, err, may)
				continue
			}
			if err != nil {
				_ = refusal(t, err)
				continue
			}
			if has := strings.Contains(linesOf(o.Annex), "Ring twice"); has != annex || o.Apart == annex || strings.Contains(linesOf(o.Sections), "Ring twice") {
				t.Errorf("for %s: the annex is there: %t, said to be apart: %t; want %t", a, has, o.Apart, annex)
			}
		}
	}
}

// The test's order has one target, who stalks a Jane Okafor: whatever is typed into the plan, either the order is refused
// and says where, or her name is not in it.
func TestAnOrderOnPaperNamesNobodyItsTargetsHarm(t *testing.T) {
	for name, c := range map[string]struct {
		put   func(*desk, *Plan)
		annex bool
		where string // "" when it is no leak
	}{
		"nothing is typed":                     {func(*desk, *Plan) {}, true, ""},
		"her surname in the background":        {func(_ *desk, p *Plan) { p.Aim.Background = "Known to Okafor since 2020" }, false, "information 2 (plan.aim)"},
		"her forename in a team's note":        {func(_ *desk, p *Plan) { p.Teams[0].Note = "Jane will open the gate" }, false, "method"},
		"her street in the timings":            {func(_ *desk, p *Plan) { p.Admin.Timings = "05:30 at 77 Cedar Walk" }, false, "administration 1 (plan.admin)"},
		"her number in the log":                {func(_ *desk, p *Plan) { p.Comms.Log = "ring 07700 900222" }, false, "communications 2 (plan.comms)"},
		"her name in the target's plan":        {func(d *desk, _ *Plan) { as[*Target](d, "OP-0001/001").Plan = "ask for Jane" }, false, "method"},
		"the target's own name":                {func(_ *desk, p *Plan) { p.Aim.Background = "Varga works nights" }, false, ""},
		"her name in the contact plan":         {func(_ *desk, p *Plan) { p.Comms.Contact = "Jane Okafor: ring twice" }, true, "annex, victim contact plan 1 (print the order without the annex)"},
		"the contact plan when it stays apart": {func(_ *desk, p *Plan) { p.Comms.Contact = "Jane Okafor: ring twice" }, false, ""},
		"intelligence that points to a source": {func(d *desk, _ *Plan) { as[*Intel](d, "I-000001").Text = "his sister says he is back" }, true, "annex, intelligence I-000001"},
	} {
		t.Run(name, func(t *testing.T) {
			d := packDesk(t)
			d.keep(&Plan{Meta: Meta{Ref: "PL-0001"}, Operation: "OP-0001", Teams: []Team{{Name: "Red", Unit: "SW", Officers: []Ref{"O-0001"}, RV: "Mill Lane", Suite: "Brixton", Targets: []Ref{"OP-0001/001"}}}})
			c.put(d, as[*Plan](d, "PL-0001"))
			o, err := OrderOnPaper(d, OrderAsked{Operation: "OP-0001", Audience: AudienceTeam, Annex: c.annex}, d.now)
			if (err != nil) != (c.where != "") {
				t.Fatalf("refused with %v, want at %q", err, c.where)
			}
			if err == nil {
				all := strings.ToLower(linesOf(slices.Concat(o.Sections, o.Annex)))
				for _, leak := range []string{"okafor", "jane", "900222", "cedar", "org-77"} {
					if strings.Contains(all, leak) {
						t.Errorf("the order says %q", leak)
					}
				}
				return
			}
			p := refusal(t, err)
			if !strings.Contains(p.Rule, c.where) {
				t.Errorf("the refusal does not say %q: %s", c.where, p.Rule)
			}
			for _, leak := range []string{"okafor", "jane", "900222", "cedar", "sister"} {
				if strings.Contains(strings.ToLower(p.Error()), leak) {
					t.Errorf("the refusal itself says %q: %s", leak, p)
				}
			}
		})
	}
}

// A target may be the victim of another: an order names every target, and still nobody's address that is kept from one.
func TestATargetWhoIsAnothersVictimIsNamedAsATarget(t *testing.T) {
	d := packDesk(
		t,
		&Target{
			Meta: Meta{Ref: "OP-0001/002"}, Operation: "OP-0001", Person: "P-000002", Unit: "SW", State: TargetLive, Reason: "counter-allegation", ReviewBy: on(t, "2026-12-24"), AddedBy: "O-0001",
		},
	)
	change(d, "R-000001", func(o *Order) { o.Protected = "" })
	if o := orderPaper(t, d, OrderAsked{}); !strings.Contains(linesOf(o.Sections), "002 OKAFOR, Jane") {
		t.Error("the second target is not in the order")
	}
	change(d, "OP-0001/001", func(t *Target) { t.Plan = "wait by 77 Cedar Walk" })
	d.keep(&Plan{Meta: Meta{Ref: "PL-0001"}, Operation: "OP-0001", Teams: []Team{{Name: "Red", Officers: []Ref{"O-0001"}, RV: "x", Suite: "y", Targets: []Ref{"OP-0001/001"}}}})
	if _, err := OrderOnPaper(d, OrderAsked{Operation: "OP-0001", Audience: AudienceTeam}, d.now); err == nil {
		t.Error("the order sends a team to the door of the one the target may not approach")
	}
}
