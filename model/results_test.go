package model

import (
	"slices"
	"testing"
)

// figure finds a count; nought when there is no row.
func figure(rows []ResultRow, u Unit, head, what string) int {
	for _, r := range rows {
		if r.figure() == (ResultRow{Unit: u, Head: head, What: what}) {
			return r.Count
		}
	}
	return 0
}

func TestResultsByTheUnitsOwnCategories(t *testing.T) {
	arrest := func(unit Unit, when string, status ArrestStatus, outcome HomeOfficeOutcome, ended string, offences ...OffenceCode) *Arrest {
		return &Arrest{
			Unit: unit, At: at(t, when), Status: status, Outcome: outcome, Offences: offences,
			Steps: []ArrestStep{{At: at(t, when), Status: Arrested}, {At: at(t, ended), Status: status}},
		}
	}
	onWarrant := arrest("SE", "2026-11-21 06:00", InCustody, "", "2026-11-21 07:00", "fta")
	onWarrant.Warrant = "Wimbledon 26/12"
	forBreach := arrest("SW", "2026-11-20 00:00", Charged, "1", "2026-11-20 20:00", "s2A")
	forBreach.Breach = "B-000001"
	in := ResultRecords{
		Targets: []*Target{
			{Unit: "SW", State: TargetArrested},
			{Unit: "SW", State: TargetCirculated},
			{Unit: "SE", State: TargetEliminated},
			{Unit: "SE", State: TargetWithdrawn},
			{Unit: "SE", State: TargetDied},
			{Unit: "SW", State: TargetLive},
		},
		Attempts: []*Attempt{{Unit: "SW", At: at(t, "2026-11-20 05:00"), Outcome: NoReply}, {Unit: "SW", At: at(t, "2026-11-27 00:00"), Outcome: NoReply}},
		Arrests: []*Arrest{
			forBreach, onWarrant,
			arrest("SW", "2026-11-26 23:59", NFA, "16", "2026-11-26 23:59", "s4A", "rape"),
			arrest("SW", "2026-11-20 10:00", NFA, "15", "2026-11-27 00:00", "spo-breach"),
			arrest("SW", "2026-10-20 10:00", NFA, "17", "2026-11-22 09:00", "s2A"),
			arrest("SW", "2026-11-19 23:59", RUI, "", "2026-11-20 10:00", "coercive"),
			arrest("SE", "2026-11-21 10:00", Charged, "1A", "2026-11-22 10:00", "ro-breach"),
			arrest("SE", "2026-10-21 10:00", Charged, "1", "2026-11-27 00:00", "ro-breach"),
		},
		Orders:   []*Order{{Unit: "SW", Type: SPO, Made: on(t, "2026-11-20")}, {Unit: "SW", Type: InterimSPO, Made: on(t, "2026-11-26")}, {Unit: "SW", Type: SPO, Made: on(t, "2026-11-27")}},
		Breaches: []*Breach{{Unit: "SW", State: BreachSubstantiated, Reported: at(t, "2026-11-20 09:00"), DecidedAt: at(t, "2026-11-21 09:00")}, {Unit: "SE", State: NotABreach, Reported: at(t, "2026-11-01 09:00"), DecidedAt: at(t, "2026-11-21 09:00")}},
		Tasks:    []*Task{{Unit: "SW", Kind: "address", State: TaskDone, Ended: at(t, "2026-11-21 09:00")}, {Unit: "SW", State: TaskDone, Ended: at(t, "2026-11-21 09:00")}, {Unit: "SW", State: TaskCancelled, Ended: at(t, "2026-11-21 09:00")}},
	}
	rows := Results(in, on(t, "2026-11-20"), on(t, "2026-11-26"))
	for name, c := range map[string]struct {
		unit       Unit
		head, what string
		want       int
	}{
		"everybody who was listed":                                    {"", HeadTargets, "listed", 6},
		"exits by kind: arrested":                                     {"", HeadTargets, "arrested", 1},
		"exits by kind: circulated":                                   {"SW", HeadTargets, "circulated", 1},
		"exits by kind: eliminated":                                   {"SE", HeadTargets, "eliminated", 1},
		"exits by kind: withdrawn":                                    {"SE", HeadTargets, "withdrawn", 1},
		"exits by kind: died":                                         {"SE", HeadTargets, "died", 1},
		"who has no exit yet":                                         {"SW", HeadTargets, "still on the list", 1},
		"attempts on the last day, not on the day after":              {"", HeadAttempts, "no reply", 1},
		"an arrest for stalking":                                      {"SW", HeadArrests, "stalking and harassment", 1},
		"an arrest for stalking and rape is counted once, as sexual":  {"SW", HeadArrests, "sexual", 1},
		"an arrest for breach of an order":                            {"", HeadArrests, "breach of an order", 2},
		"an arrest the day before is not counted":                     {"", HeadArrests, "domestic abuse", 0},
		"an arrest for failing to surrender":                          {"SE", HeadArrests, "failing to surrender", 1},
		"a warrant executed":                                          {"SE", HeadWarrants, "arrest on a warrant", 1},
		"full orders made in the window":                              {"SW", HeadOrders, "SPO", 1},
		"interim orders, on its last day":                             {"SW", HeadOrders, "interim SPO", 1},
		"breaches reported":                                           {"", HeadBreaches, "reported", 1},
		"breaches substantiated":                                      {"SW", HeadBreaches, "substantiated", 1},
		"found to be none":                                            {"SE", HeadBreaches, "not a breach", 1},
		"breaches charged, by the offence or by the breach behind it": {"", HeadBreaches, "charged", 2},
		"outcome 1": {"SW", HeadOutcomes, "1 charge or summons", 1},
		"outcome 15 of the day after is not counted": {"", HeadOutcomes, "15 suspect identified, victim supports, evidential difficulties", 0},
		"outcome 16":                           {"", HeadOutcomes, "16 suspect identified, victim does not support", 1},
		"outcome 17, of an arrest long before": {"SW", HeadOutcomes, "17 prosecution time limit expired", 1},
		"tasks done, by kind":                  {"SW", HeadTasks, "address check", 1},
		"a task of no kind is another":         {"SW", HeadTasks, "other", 1},
		"nothing of a unit that did nothing":   {"NE", HeadArrests, "sexual", 0},
	} {
		if got := figure(rows, c.unit, c.head, c.what); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	if !slices.IsSortedFunc(rows, func(a, b ResultRow) int {
		if a.Unit != b.Unit {
			return slices.Compare([]Unit{a.Unit}, []Unit{b.Unit})
		}
		return headRank(a.Head) - headRank(b.Head)
	}) {
		t.Error("all units come first, then each, its heads in order")
	}
	if first := rows[0]; first.Unit != "" || first.What != "listed" {
		t.Errorf("the first figure is %+v", first)
	}
}

// What all units did is what each did, added up.
func TestTheUnitsAddUp(t *testing.T) {
	var in ResultRecords
	for i, u := range Units() {
		for range i + 1 {
			in.Targets = append(in.Targets, &Target{Unit: u.Code, State: TargetArrested})
			in.Arrests = append(in.Arrests, &Arrest{Unit: u.Code, At: at(t, "2026-11-20 09:00"), Offences: []OffenceCode{"s4A"}})
		}
	}
	rows := Results(in, on(t, "2026-11-20"), on(t, "2026-11-20"))
	sums := map[ResultRow]int{}
	for _, r := range rows {
		if r.Unit != "" {
			sums[ResultRow{Head: r.Head, What: r.What}] += r.Count
		}
	}
	for _, r := range rows {
		if r.Unit == "" && sums[r.figure()] != r.Count {
			t.Errorf("%s, %s: %d in all, and %d by unit", r.Head, r.What, r.Count, sums[r.figure()])
		}
	}
	if got := figure(rows, "", HeadArrests, "stalking and harassment"); got != 78 {
		t.Errorf("%d arrests, want 78", got)
	}
}

func TestEveryOffenceHasAClass(t *testing.T) {
	for _, o := range Offences() {
		if class := OffenceCode(o.Code).Class(); class == ClassOther && o.Code != "other" {
			t.Errorf("%s is counted as other", o.Code)
		}
	}
}

func TestTwoOperationsSideBySide(t *testing.T) {
	row := func(what string, n int) ResultRow { return ResultRow{Head: HeadArrests, What: what, Count: n} }
	got := CompareResults([]ResultRow{row("sexual", 3), row("stalking and harassment", 2)}, []ResultRow{row("stalking and harassment", 5), row("violence", 1)})
	want := []Compared{
		{ResultRow: row("sexual", 3), Before: 0, Change: 3},
		{ResultRow: row("violence", 0), Before: 1, Change: -1},
		{ResultRow: row("stalking and harassment", 2), Before: 5, Change: -3},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}
