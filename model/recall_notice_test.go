package model

import (
	"slices"
	"strings"
	"testing"
)

// archive is a desk with a journal that can be read.
type archive struct {
	*desk

	out []Entry // what left the desk
}

func (a archive) Entries(_ uint64, _ bool, fn func(Entry) bool) error {
	for _, e := range a.out {
		if !fn(e) {
			break
		}
	}
	return nil
}

func (a archive) History(ref Ref) ([]Entry, error) {
	var out []Entry
	for i, e := range slices.Backward(a.journal) {
		if slices.ContainsFunc(a.before[i], func(b Before) bool { return b.Ref == ref }) {
			out = append(out, e)
		}
	}
	return out, nil
}

// handedOut is the journal entry of a paper.
func handedOut(t *testing.T, seq uint64, what, to string, about ...Ref) Entry {
	t.Helper()
	e := Entry{Seq: seq, At: at(t, "2026-11-24 05:10"), By: "O-0001", Logged: Disclosure, Action: "brief", Reason: what, To: to}
	for _, ref := range about {
		e.About = append(e.About, Touched{Ref: ref})
	}
	return e
}

// recalling is a frozen order and papers of it, from which the target has since been removed.
func recalling(t *testing.T) archive {
	t.Helper()
	d := planning(t)
	freeze(d)
	d.must("O-0002", "plan.read", given{"operation": "OP-1"})
	d.must("O-0001", "target.remove", given{"target": "OP-0001/001", "exit": "withdrawn", "reason": "alibi checked; not the man"})
	return archive{d, []Entry{
		handedOut(t, 7, "team pack of OP-0001, unit SW: 1 target, pdf, 6 copies", "SW arrest team", "OP-0001", "OP-0001/001", "P-000001"),
		handedOut(t, 8, "partner pack of OP-0001: 1 target, html, 1 copy", "Probation, Croydon", "OP-0001", "OP-0001/001", "P-000001"),
		handedOut(t, 9, "team pack of OP-0001, unit SE: 1 target, pdf, 2 copies", "SE arrest team", "OP-0001", "OP-0001/007"),
		handedOut(t, 10, "team results of OP-0001: pdf, 9 copies", "Commander", "OP-0001", "OP-0001/001"),
		handedOut(t, 11, "team recall notice of OP-0001: 1 target, pdf, 1 copy", "SW arrest team", "OP-0001", "OP-0001/001"),
	}}
}

func TestARecallSaysWhatIsOutAndWhoHasIt(t *testing.T) {
	n, err := NewRecallNotice(recalling(t), RecallAsked{Operation: "OP-0001", Audience: AudienceTeam, To: "SW arrest team"}, stationNow(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(n.Targets) != 1 {
		t.Fatalf("%d targets are recalled, want the one that was removed", len(n.Targets))
	}
	r := n.Targets[0]
	if r.Target != "OP-0001/001" || r.As != TargetWithdrawn || r.By != "PS Adeyemi" || r.Why != "alibi checked; not the man" || r.Version != 1 {
		t.Errorf("the recall is %+v", r)
	}
	var papers []string
	for _, p := range r.Papers {
		papers = append(papers, p.What+" to "+p.To+" "+CopyNumbers(p.Copies))
	}
	if want := []string{"team pack of OP-0001, unit SW to SW arrest team 1 to 6", "partner pack of OP-0001 to Probation, Croydon 1"}; !slices.Equal(papers, want) {
		t.Errorf("the papers are %q, want %q", papers, want)
	}
	if want := []OrderOwner{{"PC Blake", false}, {"PC Evans", false}}; !slices.Equal(r.Holders, want) {
		t.Errorf("the order is held by %+v, want %+v", r.Holders, want)
	}
}

func TestWhoeverAcknowledgedTheRemovalIsNotWaitedFor(t *testing.T) {
	a := recalling(t)
	a.must("O-0002", "plan.read", given{"operation": "OP-1"})
	n, err := NewRecallNotice(a, RecallAsked{Operation: "OP-0001", Audience: AudienceTeam}, a.now)
	if err != nil {
		t.Fatal(err)
	}
	if want := []OrderOwner{{"PC Blake", true}, {"PC Evans", false}}; !slices.Equal(n.Targets[0].Holders, want) {
		t.Errorf("the order is held by %+v, want %+v", n.Targets[0].Holders, want)
	}
}

func TestAnotherAgencyIsToldOfItsOwnPapersOnly(t *testing.T) {
	n, err := NewRecallNotice(recalling(t), RecallAsked{Operation: "OP-0001", Audience: AudiencePartner, To: "probation, Croydon"}, stationNow(t))
	if err != nil {
		t.Fatal(err)
	}
	r := n.Targets[0]
	if len(r.Papers) != 1 || r.Papers[0].To != "Probation, Croydon" || r.Why != "" || len(r.Holders) > 0 || r.Version != 0 {
		t.Errorf("the partner is told %+v", r)
	}
	if _, err := NewRecallNotice(recalling(t), RecallAsked{Operation: "OP-0001", Audience: AudiencePartner, To: "Housing"}, stationNow(t)); err == nil || !strings.Contains(err.Error(), "from Housing") {
		t.Errorf("a recall from somebody who has nothing: %v", err)
	}
}

func TestWhatIsNotRecalled(t *testing.T) {
	for name, c := range map[string]struct {
		make func() RecallSource
		ask  RecallAsked
		code Code
	}{
		"a target on the list":               {func() RecallSource { return archive{planning(t), nil} }, RecallAsked{Targets: []Ref{"OP-0001/001"}, Audience: AudienceTeam}, Invalid},
		"nothing was removed":                {func() RecallSource { d := planning(t); freeze(d); return archive{d, nil} }, RecallAsked{Audience: AudienceTeam}, NotFound},
		"a target nobody has paper about":    {func() RecallSource { a := recalling(t); a.out = nil; return a }, RecallAsked{Targets: []Ref{"OP-0001/002"}, Audience: AudienceTeam}, NotFound},
		"another unit's":                     {func() RecallSource { return recalling(t) }, RecallAsked{Unit: "SE", Audience: AudienceTeam}, NotFound},
		"by an audience that holds no paper": {func() RecallSource { return recalling(t) }, RecallAsked{Audience: AudienceFront}, Invalid},
	} {
		c.ask.Operation = "OP-0001"
		n, err := NewRecallNotice(c.make(), c.ask, stationNow(t))
		if err == nil {
			t.Errorf("%s: recalled %+v", name, n.Targets)
			continue
		}
		if p := refusal(t, err); p.Code != c.code {
			t.Errorf("%s: %s %v", name, p.Code, p)
		}
	}
}

func TestAnUndoneRemovalTakesItsRecallBack(t *testing.T) {
	a := recalling(t)
	gone := as[*Target](a.desk, "OP-0001/001")
	gone.State = TargetLive
	if n, err := NewRecallNotice(a, RecallAsked{Operation: "OP-0001", Audience: AudienceTeam}, a.now); err == nil {
		t.Errorf("a target that is back on the list is recalled: %+v", n.Targets)
	}
}

func TestAReasonThatNamesTheVictimIsNotPrinted(t *testing.T) {
	d := packDesk(t)
	change(d, "OP-0001/001", func(g *Target) {
		g.State, g.Ended, g.EndReason, g.Supervisor = TargetEliminated, d.now, "Jane says it was another man", "O-0001"
	})
	a := archive{d, []Entry{handedOut(t, 3, "team pack of OP-0001: 1 target, pdf, 1 copy", "SW arrest team", "OP-0001/001"), handedOut(t, 4, "partner pack of OP-0001: 1 target, pdf, 1 copy", "Housing", "OP-0001/001")}}
	_, err := NewRecallNotice(a, RecallAsked{Operation: "OP-0001", Audience: AudienceTeam}, d.now)
	if err == nil {
		t.Fatal("the recall says who the victim is")
	}
	if p := refusal(t, err); strings.Contains(p.Error(), "Jane") || !strings.Contains(p.Rule, "OP-0001/001") {
		t.Errorf("the refusal: %v", p)
	}
	if _, err := NewRecallNotice(a, RecallAsked{Operation: "OP-0001", Audience: AudiencePartner, To: "Housing"}, d.now); err != nil {
		t.Errorf("a partner is not told why, and so can be told: %v", err)
	}
}
