package model

import (
	"slices"
	"strings"
	"testing"
)

// orderOf generates the running operation's order.
func orderOf(t *testing.T, d *desk) *IIMARCH {
	t.Helper()
	in, err := PapersOf(d, "OP-0001")
	if err != nil {
		t.Fatal(err)
	}
	return OperationOrder(in, d.now)
}

func section(t *testing.T, o *IIMARCH, head string) string {
	t.Helper()
	for _, s := range o.Sections {
		if s.Head == head {
			return writeOrder(nil, []OrderSection{s}, "")
		}
	}
	t.Fatalf("the order has no head %s", head)
	return ""
}

func TestAnOrderHasTheSevenHeadsInOrder(t *testing.T) {
	o := orderOf(t, planning(t))
	heads := make([]string, len(o.Sections))
	for i, s := range o.Sections {
		heads[i] = s.Head
		if len(s.Lines) == 0 {
			t.Errorf("%s says nothing, not even what is missing", s.Head)
		}
	}
	want := []string{"Information", "Intention", "Method", "Administration", "Risk assessment", "Communications", "Human rights and legal"}
	if !slices.Equal(heads, want) {
		t.Errorf("the heads are %v", heads)
	}
	text := o.Text()
	if !strings.HasPrefix(text, "OFFICIAL-SENSITIVE\n") || !strings.HasSuffix(text, "\nOFFICIAL-SENSITIVE\n") {
		t.Error("the marking does not stand at the top and the bottom")
	}
}

func TestWhatAnOrderSays(t *testing.T) {
	d := planning(t)
	as[*Person](d, "P-000001").Born.Year = 1984
	plan := as[*Plan](d, "PL-0001")
	plan.Legal.Necessary = "To protect the victim and prevent more harm"
	plan.Admin.Loggist = "O-0004"
	as[*Target](d, "OP-0001/001").Plan = "rear door"
	o := orderOf(t, d)
	for _, c := range []struct{ head, says string }{
		{"Information", "20 Nov 2026 to 30 Nov 2026, all twelve units"},
		{"Information", "001 KOVÁCS, Miklós (SW), born 1984; WARNING VI; wanted for s.4A PHA; entry: PACE s.17(1)(b)"},
		{"Intention", "1 Arrest those on the list"},
		{"Method", "Command: lead DI Clarke"},
		{"Method", "Phase execute: from 05:00 on 25 Nov 2026"},
		{"Method", "Team Red (SW): PC Blake; call-sign SW 41; RV Park gate; custody Wandsworth"},
		{"Method", "goes for 001 KOVÁCS, Miklós (rear door)"},
		{"Administration", "Loggist: Devlin"},
		{"Risk assessment", "1 To the victim-survivor: Reprisal after release; control: Told before the release"},
		{"Communications", "The victim-survivor is told by PC Evans"},
		{"Communications", "Call-signs: Red SW 41"},
		{"Human rights and legal", "Necessary: To protect the victim"},
	} {
		if got := section(t, o, c.head); !strings.Contains(got, c.says) {
			t.Errorf("%s does not say %q:\n%s", c.head, c.says, got)
		}
	}
}

func TestTheGapsStandWhereTheTextShould(t *testing.T) {
	o := orderOf(t, newDesk(t, stationNow(t), slices.DeleteFunc(station(t), func(r Record) bool { return r.Head().Ref.Kind() == KindPlan })...))
	for _, c := range []struct {
		head, what string
		stops      bool
	}{
		{"Information", "no background", false},
		{"Information", "no community impact", false},
		{"Intention", "no aim", false},
		{"Intention", "no objectives", false},
		{"Method", "no phases", false},
		{"Method", "001 KOVÁCS, Miklós has no team", true},
		{"Administration", "no loggist", false},
		{"Administration", "no exhibits officer", false},
		{"Risk assessment", "no risk to the victim-survivor is assessed", true},
		{"Risk assessment", "no risk to officers is assessed", true},
		{"Risk assessment", "no risk to the subject is assessed", false},
		{"Risk assessment", "001 KOVÁCS, Miklós has VI and no row of its own", false},
		{"Communications", "nobody is named to tell the victim-survivor", true},
		{"Communications", "no when the victim-survivor is told", false},
		{"Human rights and legal", "the PLAN test does not say necessary", false},
	} {
		gap := slices.IndexFunc(o.Gaps(), func(g PlanGap) bool { return g.What == c.what })
		switch {
		case gap < 0:
			t.Errorf("%q is not shown as a gap", c.what)
		case o.Gaps()[gap].Stops != c.stops:
			t.Errorf("%q stops a briefing: %v", c.what, !c.stops)
		}
		if got := section(t, o, c.head); !strings.Contains(got, "[GAP] "+c.what) {
			t.Errorf("%s does not highlight %q:\n%s", c.head, c.what, got)
		}
	}
	for _, g := range o.Gaps() {
		if bad := unplain(g.Do); bad != "" {
			t.Errorf("%q: %q %s", g.What, g.Do, bad)
		}
	}
}

// What is confidential is in the annex and in nothing else: the order can be disclosed as it is.
func TestNothingConfidentialStandsInTheOrder(t *testing.T) {
	d := planning(t)
	guard(d)
	d.keep(&Intel{
		Meta: Meta{Ref: "I-000091"}, Person: "P-000001", Text: "Sleeps at his aunt's on Tuesdays", Source: "2", Grade: "B", Handling: "C",
		Conditions: "POU only", Origin: "XR-77", At: on(t, "2026-11-20"), By: "O-0002",
	})
	d.keep(&Intel{
		Meta: Meta{Ref: "I-000092"}, Person: "P-000001", Text: "Has a gun", Source: "3", Grade: "E", Handling: "P", Origin: "XR-78",
		At: on(t, "2026-11-20"), By: "O-0002", Fact: true,
	})
	as[*Plan](d, "PL-0001").Comms.Contact = "Ring her sister first"
	d.must("O-0002", "plan.decide", decision())
	o := orderOf(t, d)
	body, annex := o.Text(), o.AnnexText()
	for what, secret := range map[string]string{
		"intelligence": "aunt", "a weak report": "gun", "its grading": "2B", "health": "MN", "the contact plan": "sister", "the decision log": "school run",
		"whom an order protects": "Underwood", "where they live": "Sparrow", "the origin": "XR-7",
	} {
		if strings.Contains(body, secret) {
			t.Errorf("%s stands in the order: %q", what, secret)
		}
	}
	for what, kept := range map[string]string{
		"graded intelligence": "001 2B C (20 Nov 2026, assessment) Sleeps at his aunt's on Tuesdays – conditions: POU only",
		"a weak report":       "3E P (20 Nov 2026, fact) Has a gun – CANNOT SUPPORT TASKING BY ITSELF",
		"health":              "001 KOVÁCS, Miklós: MN",
		"the contact plan":    "Ring her sister first",
		"the decision log":    "PC Blake: Wait until 08:45",
		"its marking":         "Need-to-know",
	} {
		if !strings.Contains(annex, kept) {
			t.Errorf("the annex lacks %s, %q:\n%s", what, kept, annex)
		}
	}
	for what, never := range map[string]string{"who gave it": "XR-7", "whom an order protects": "Underwood"} {
		if strings.Contains(annex, never) {
			t.Errorf("even the annex does not say %s", what)
		}
	}
	if !strings.Contains(section(t, o, "Information"), "2 items of evaluated intelligence: confidential annex") {
		t.Error("the order does not point to the annex")
	}
}

func TestASummaryOnlyTargetIsPointedOut(t *testing.T) {
	d := planning(t)
	g := as[*Target](d, "OP-0001/001")
	g.Person, g.Wanted = "P-000004", "W-000004"
	o := orderOf(t, d)
	if got := section(t, o, "Human rights and legal"); !strings.Contains(got, "Summary only: 001 – no entry under PACE s.17(1)(b), custody 24 hours at most") {
		t.Errorf("it is not:\n%s", got)
	}
	if got := section(t, o, "Information"); !strings.Contains(got, "charge by 1 Jan 2027") {
		t.Errorf("the last day to charge is not there:\n%s", got)
	}
}

func TestAStaleMarkerAsksToBeChecked(t *testing.T) {
	d := planning(t)
	as[*Person](d, "P-000001").Markers[0].Set = on(t, "2024-03-01")
	if got := section(t, orderOf(t, d), "Information"); !strings.Contains(got, "WARNING VI?") {
		t.Errorf("a marker of 2024 stands without a question mark:\n%s", got)
	}
}

func TestAnOrderIsTheSameEachTimeItIsGenerated(t *testing.T) {
	d := planning(t)
	one, two := orderOf(t, d), orderOf(t, d)
	if one.Text() != two.Text() || one.AnnexText() != two.AnnexText() {
		t.Error("the same papers make two orders")
	}
	if orderDigest("ab", "c") == orderDigest("a", "bc") {
		t.Error("a line can move from the order to the annex without changing the digest")
	}
}

func TestAnOrderOfNoOperation(t *testing.T) {
	d := planning(t)
	for _, ref := range []Ref{"OP-0099", "P-000001"} {
		if _, err := PapersOf(d, ref); err == nil {
			t.Errorf("%s has papers", ref)
		}
	}
}
