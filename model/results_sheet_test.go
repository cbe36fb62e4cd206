package model

import (
	"fmt"
	"testing"
)

func TestTheSheetHasTheFiguresOfTheResults(t *testing.T) {
	op := &Operation{Meta: Meta{Ref: "OP-0002"}, Name: "Lantern", From: on(t, "2026-11-20"), To: on(t, "2026-11-26")}
	before := &Operation{Meta: Meta{Ref: "OP-0001"}, Name: "Candle", From: on(t, "2026-10-20"), To: on(t, "2026-10-26")}
	rows := []ResultRow{
		{"", HeadTargets, "listed", 5},
		{"", HeadTargets, "arrested", 2},
		{"", HeadTargets, stillListed, 3},
		{"", HeadArrests, "sexual", 1},
		{"", HeadArrests, "stalking and harassment", 4},
		{"", HeadWarrants, "arrest on a warrant", 1},
		{"", HeadBreaches, "reported", 3},
		{"", HeadBreaches, "charged", 2},
		{"", HeadOutcomes, "1 charge or summons", 1},
		{"", HeadOutcomes, "15 suspect identified, victim supports, evidential difficulties", 2},
		{"", HeadOutcomes, "3 caution, adult", 1},
		{"SW", HeadArrests, "stalking and harassment", 3},
		{"NE", HeadArrests, "stalking and harassment", 1},
	}
	was := []ResultRow{{"", HeadArrests, "violence", 2}, {"SW", HeadArrests, "violence", 2}, {"", HeadArrests, "sexual", 3}}
	s := NewResultSheet(op, before, rows, was, "")
	for _, r := range CompareResults(rows, was) {
		if r.Unit != "" {
			continue
		}
		found := false
		for _, h := range s.Heads {
			for _, got := range h.Rows {
				found = found || (h.Head == r.Head && got == r)
			}
		}
		if !found {
			t.Errorf("the sheet lacks %+v", r)
		}
	}
	for _, c := range []struct {
		unit        Unit
		group, head string
		want        Figure
	}{
		{"", HeadTargets, "listed", Figure{5, 0}},
		{"", HeadTargets, "left", Figure{2, 0}},
		{"", HeadArrests, "sexual", Figure{1, 3}},
		{"", HeadArrests, "viol.", Figure{0, 2}},
		{"SW", HeadArrests, "stalk.", Figure{3, 0}},
		{"SW", HeadArrests, "viol.", Figure{0, 2}},
		{"NE", HeadArrests, "stalk.", Figure{1, 0}},
		{"AS", HeadArrests, "stalk.", Figure{0, 0}},
		{"", "warrants", "exec.", Figure{1, 0}},
		{"", HeadBreaches, "chgd", Figure{2, 0}},
		{"", HeadOutcomes, "1/1A", Figure{1, 0}},
		{"", HeadOutcomes, "15", Figure{2, 0}},
		{"", HeadOutcomes, "16", Figure{0, 0}},
		{"", HeadOutcomes, "other", Figure{1, 0}},
	} {
		if got := sheetFigure(t, s, c.unit, c.group, c.head); got != c.want {
			t.Errorf("%s %s of %q is %+v, want %+v", c.group, c.head, c.unit, got, c.want)
		}
	}
	if n := len(s.Units); n != 13 || s.Units[n-1].Unit != "" {
		t.Errorf("the table has %d lines, want the twelve units and all", n)
	}
	of := NewResultSheet(op, nil, rows, was, "SW")
	if len(of.Units) != 1 || len(of.Heads) != 1 || of.Heads[0].Rows[0].Count != 3 || of.Heads[0].Rows[0].Before != 0 {
		t.Errorf("of SW alone, beside nothing, the sheet is %+v %+v", of.Units, of.Heads)
	}
}

func sheetFigure(t *testing.T, s *ResultSheet, unit Unit, group, head string) Figure {
	t.Helper()
	for _, u := range s.Units {
		for i, c := range s.Columns {
			if u.Unit == unit && c.Group == group && c.Head == head {
				return u.Figures[i]
			}
		}
	}
	t.Fatalf("there is no %s %s of %q", group, head, unit)
	return Figure{}
}

// Whatever was counted stands in some column of the units' table, but for the exits' total and what became of a breach.
func TestEveryArrestAndOutcomeHasAColumn(t *testing.T) {
	var rows []ResultRow
	for _, c := range offenceClasses() {
		rows = append(rows, ResultRow{"SW", HeadArrests, string(c), 1})
	}
	for _, c := range HomeOfficeOutcome("").Choices() {
		rows = append(rows, ResultRow{"SW", HeadOutcomes, c.Label, 1})
	}
	s := NewResultSheet(&Operation{}, nil, rows, nil, "SW")
	counts := map[string]int{}
	for i, c := range s.Columns {
		counts[c.Group] += s.Units[0].Figures[i].Count
	}
	if counts[HeadArrests] != len(offenceClasses()) || counts[HeadOutcomes] != len(HomeOfficeOutcome("").Choices()) {
		t.Errorf("the columns count %v of %d classes and %d outcomes", counts, len(offenceClasses()), len(HomeOfficeOutcome("").Choices()))
	}
}

func TestTheOperationBefore(t *testing.T) {
	op := func(n int, from string, unit Unit) *Operation {
		return &Operation{Meta: Meta{Ref: Ref(fmt.Sprintf("OP-%04d", n))}, From: on(t, from), To: on(t, from).AddDays(6), Unit: unit}
	}
	now := op(9, "2026-11-20", "SW")
	for name, c := range map[string]struct {
		all  []*Operation
		want Ref
	}{
		"there is none":                     {[]*Operation{now, op(1, "2026-12-01", "SW")}, ""},
		"the last one":                      {[]*Operation{op(1, "2026-01-01", "SW"), op(2, "2026-06-01", "SW"), now}, "OP-0002"},
		"of the same reach before a later":  {[]*Operation{op(1, "2026-01-01", "SW"), op(2, "2026-06-01", "")}, "OP-0001"},
		"of another reach if it has to be":  {[]*Operation{op(2, "2026-06-01", "")}, "OP-0002"},
		"one of the same day is not before": {[]*Operation{op(2, now.From.String(), "SW")}, ""},
	} {
		got := OperationBefore(now, c.all)
		if (got == nil) != (c.want == "") || (got != nil && got.Ref != c.want) {
			t.Errorf("%s: %+v, want %s", name, got, c.want)
		}
	}
}
