package model

import (
	"slices"
	"strings"
)

// ResultSheet is an operation's results as one page shows them: each head with its figures, and the units side by side.
type ResultSheet struct {
	Operation *Operation
	Against   *Operation // nil when there is none to compare with
	Unit      Unit       // "" for all units together
	Heads     []ResultHead
	Columns   []ResultColumn
	Units     []ResultUnit // the last is all of them together
	Unread    bool         // some records could not be read, and so are not counted
}

// ResultHead is a head of the results with its figures.
type ResultHead struct {
	Head string
	Rows []Compared
}

// ResultColumn is what a column of the units' table counts.
type ResultColumn struct {
	Group, Head string
	counts      func(ResultRow) bool
}

// ResultUnit is a unit's line in the table.
type ResultUnit struct {
	Unit    Unit // "" for all
	Figures []Figure
}

// Figure is a count beside the same count of the operation before.
type Figure struct{ Count, Before int }

// Change is how much more it is than before.
func (f Figure) Change() int { return f.Count - f.Before }

// NewResultSheet puts an operation's figures, as [Results] counts them, on a page: of one unit or ("") of all, beside those
// of another operation where there is one.
func NewResultSheet(op, against *Operation, now, before []ResultRow, unit Unit) *ResultSheet {
	s := &ResultSheet{Operation: op, Against: against, Unit: unit, Columns: resultColumns()}
	if against == nil {
		before = nil
	}
	rows := CompareResults(now, before)
	for _, head := range resultHeads() {
		var of []Compared
		for _, r := range rows {
			if r.Unit == unit && r.Head == head {
				of = append(of, r)
			}
		}
		if len(of) > 0 {
			s.Heads = append(s.Heads, ResultHead{Head: head, Rows: of})
		}
	}
	if unit != "" {
		s.Units = []ResultUnit{s.line(rows, unit)}
		return s
	}
	for _, u := range Units() {
		if op.Unit == "" || op.Unit == u.Code || slices.ContainsFunc(rows, func(r Compared) bool { return r.Unit == u.Code }) {
			s.Units = append(s.Units, s.line(rows, u.Code))
		}
	}
	s.Units = append(s.Units, s.line(rows, ""))
	return s
}

func (s *ResultSheet) line(rows []Compared, unit Unit) ResultUnit {
	out := ResultUnit{Unit: unit, Figures: make([]Figure, len(s.Columns))}
	for _, r := range rows {
		for i := range s.Columns {
			if r.Unit == unit && s.Columns[i].counts(r.ResultRow) {
				out.Figures[i].Count += r.Count
				out.Figures[i].Before += r.Before
			}
		}
	}
	return out
}

// resultColumns are the columns of the units' table: the unit's own categories, and the outcomes it is asked about.
func resultColumns() []ResultColumn {
	of := func(head string) func(ResultRow) bool { return func(r ResultRow) bool { return r.Head == head } }
	what := func(head string, whats ...string) func(ResultRow) bool {
		return func(r ResultRow) bool { return r.Head == head && slices.Contains(whats, r.What) }
	}
	out := []ResultColumn{
		{HeadTargets, "listed", what(HeadTargets, "listed")},
		{HeadTargets, "left", func(r ResultRow) bool { return r.Head == HeadTargets && r.What != "listed" && r.What != stillListed }},
		{HeadAttempts, "all", of(HeadAttempts)},
	}
	for _, c := range []struct {
		class OffenceClass
		short string
	}{
		{ClassSexual, "sexual"},
		{ClassViolence, "viol."},
		{ClassDomestic, "dom."},
		{ClassStalking, "stalk."},
		{ClassBreach, "breach"},
		{ClassBail, "bail"},
		{ClassOther, "other"},
	} {
		out = append(out, ResultColumn{HeadArrests, c.short, what(HeadArrests, string(c.class))})
	}
	return append(
		out,
		ResultColumn{"orders", "made", of(HeadOrders)},
		ResultColumn{"warrants", "exec.", of(HeadWarrants)},
		ResultColumn{HeadBreaches, "rep.", what(HeadBreaches, "reported")},
		ResultColumn{HeadBreaches, "chgd", what(HeadBreaches, "charged")},
		ResultColumn{HeadOutcomes, "1/1A", outcomeIn("1", "1A")},
		ResultColumn{HeadOutcomes, "15", outcomeIn("15")},
		ResultColumn{HeadOutcomes, "16", outcomeIn("16")},
		ResultColumn{HeadOutcomes, "17", outcomeIn("17")},
		ResultColumn{HeadOutcomes, "other", func(r ResultRow) bool { return r.Head == HeadOutcomes && !outcomeIn("1", "1A", "15", "16", "17")(r) }},
		ResultColumn{HeadTasks, "done", of(HeadTasks)},
	)
}

func outcomeIn(codes ...string) func(ResultRow) bool {
	return func(r ResultRow) bool {
		code, _, _ := strings.Cut(r.What, " ")
		return r.Head == HeadOutcomes && slices.Contains(codes, code)
	}
}

// Legend says what the short heads of the columns stand for.
func (s *ResultSheet) Legend() string {
	return "Listed: targets ever on the list; left: by any exit. Arrests by the gravest class: sexual, violence, domestic abuse, stalking and harassment, " +
		"breach of an order, failing to surrender, other. Breaches reported and charged. Outcomes: 1/1A charge or summons; 15 evidential difficulties, victim " +
		"supports; 16 victim does not support; 17 time limit expired. An arrest is counted when it was made, an outcome when it was given."
}

// OperationBefore is the last of the operations that began before this one, of the same reach where there is one; nil when
// there was none.
func OperationBefore(op *Operation, all []*Operation) *Operation {
	var out *Operation
	for _, o := range all {
		if o.From < op.From && (out == nil || closerTo(op, o, out)) {
			out = o
		}
	}
	return out
}

// closerTo reports whether an operation is better to compare with than another one.
func closerTo(op, a, b *Operation) bool {
	if (a.Unit == op.Unit) != (b.Unit == op.Unit) {
		return a.Unit == op.Unit
	}
	return a.From > b.From
}
