package model

import (
	"cmp"
	"slices"
	"time"

	"pou/model/day"
)

// ResultRecords are the records an operation's results are counted from. Which of them belong is decided by the window.
type ResultRecords struct {
	Targets  []*Target // of the operation alone
	Attempts []*Attempt
	Arrests  []*Arrest
	Orders   []*Order
	Breaches []*Breach
	Tasks    []*Task
	Warrants []*SearchWarrant
}

// ResultRow is one figure: what was counted, under which head, in which unit.
type ResultRow struct {
	Unit  Unit   `json:"unit"` // "" for all units together
	Head  string `json:"head"`
	What  string `json:"what"`
	Count int    `json:"count"`
}

// The heads of the results, in the order they are read out: the unit's own categories (Met, 2022: arrests by class,
// judicial restrictions, warrants).
const (
	HeadTargets  = "targets"
	HeadAttempts = "attempts"
	HeadArrests  = "arrests"
	HeadOrders   = "orders obtained"
	HeadWarrants = "warrants executed"
	HeadBreaches = "breaches"
	HeadOutcomes = "outcomes"
	HeadTasks    = "tasks"
)

// The two sorts of warrant are counted apart: a search warrant is executed by a search of premises, a warrant of arrest by
// the arrest, which is counted among the arrests too.
const (
	searchExecuted = "search warrant"
	arrestExecuted = "arrest on a warrant"
)

// stillListed is a target without an exit: one nobody has answered for yet.
const stillListed = "still on the list"

func resultHeads() []string {
	return []string{HeadTargets, HeadAttempts, HeadArrests, HeadOrders, HeadWarrants, HeadBreaches, HeadOutcomes, HeadTasks}
}

// OffenceClass is the class an arrest is counted in.
type OffenceClass string

// The classes, the gravest head first: an arrest for several offences is counted once, in the first of its classes.
const (
	ClassSexual   OffenceClass = "sexual"
	ClassViolence OffenceClass = "violence"
	ClassDomestic OffenceClass = "domestic abuse"
	ClassStalking OffenceClass = "stalking and harassment"
	ClassBreach   OffenceClass = "breach of an order"
	ClassBail     OffenceClass = "failing to surrender"
	ClassOther    OffenceClass = "other"
)

func offenceClasses() []OffenceClass {
	return []OffenceClass{ClassSexual, ClassViolence, ClassDomestic, ClassStalking, ClassBreach, ClassBail, ClassOther}
}

// Class is the class of an offence. Domestic abuse is only what is domestic by its definition: whether another offence
// was is not on record here.
func (c OffenceCode) Class() OffenceClass {
	switch c {
	case "rape", "sexual-assault", "exposure", "voyeurism":
		return ClassSexual
	case "abh", "gbh", "strangulation", "threats-to-kill":
		return ClassViolence
	case "coercive":
		return ClassDomestic
	case "s2", "s2A", "s4", "s4A", "s2-agg", "s4-agg":
		return ClassStalking
	case "spo-breach", "spo-notify", "ro-breach", "ro-breach-acq", "ro-breach-old", "dapo-breach", "nmo-breach":
		return ClassBreach
	case "fta":
		return ClassBail
	}
	return ClassOther
}

func classOf(offences []OffenceCode) OffenceClass {
	for _, class := range offenceClasses() {
		if slices.ContainsFunc(offences, func(c OffenceCode) bool { return c.Class() == class }) {
			return class
		}
	}
	return ClassOther
}

// Results counts what was done from one day to another, both included, by unit and for all units together. Only what
// happened is a row; two operations are put side by side with [CompareResults].
func Results(in ResultRecords, from, to day.Date) []ResultRow {
	t := tally{from: from.Start(), to: to.End(), counts: map[ResultRow]int{}}
	for _, g := range in.Targets {
		t.add(g.Unit, HeadTargets, "listed")
		if g.State == TargetLive {
			t.add(g.Unit, HeadTargets, stillListed)
		} else {
			t.add(g.Unit, HeadTargets, string(g.State))
		}
	}
	for _, a := range in.Attempts {
		if t.during(a.At) {
			t.add(a.Unit, HeadAttempts, LabelOf(a.Outcome.Choices(), string(a.Outcome)))
		}
	}
	for _, k := range in.Arrests {
		t.arrest(k)
	}
	for _, o := range in.Orders {
		if o.Made >= from && o.Made <= to {
			t.add(o.Unit, HeadOrders, string(o.Type))
		}
	}
	for _, b := range in.Breaches {
		t.breach(b)
	}
	for _, s := range in.Warrants {
		if s.State == WarrantExecuted && t.during(s.Executed) {
			t.add(s.Unit, HeadWarrants, searchExecuted)
		}
	}
	for _, task := range in.Tasks {
		if task.State == TaskDone && t.during(task.Ended) {
			t.add(task.Unit, HeadTasks, LabelOf(task.Kind.Choices(), string(cmp.Or(task.Kind, "other"))))
		}
	}
	return t.rows()
}

// tally counts rows as they are met.
type tally struct {
	from, to time.Time
	counts   map[ResultRow]int
}

func (t *tally) during(at time.Time) bool { return !at.Before(t.from) && at.Before(t.to) }

func (t *tally) add(u Unit, head, what string) {
	t.counts[ResultRow{Head: head, What: what}]++
	if u != "" {
		t.counts[ResultRow{Unit: u, Head: head, What: what}]++
	}
}

// arrest counts an arrest when it was made, and its outcome when it was disposed of: the second may come much later.
func (t *tally) arrest(k *Arrest) {
	if t.during(k.At) {
		t.add(k.Unit, HeadArrests, string(classOf(k.Offences)))
		if k.Warrant != "" {
			t.add(k.Unit, HeadWarrants, arrestExecuted)
		}
	}
	if k.Status == Charged && t.during(k.lastStep()) && (k.Breach != "" || slices.ContainsFunc(k.Offences, func(c OffenceCode) bool { return c.Class() == ClassBreach })) {
		t.add(k.Unit, HeadBreaches, "charged")
	}
	if k.Outcome != "" && t.during(k.lastStep()) {
		t.add(k.Unit, HeadOutcomes, LabelOf(k.Outcome.Choices(), string(k.Outcome)))
	}
}

func (t *tally) breach(b *Breach) {
	if t.during(b.Reported) && b.State != BreachDismissed {
		t.add(b.Unit, HeadBreaches, "reported")
	}
	if t.during(b.DecidedAt) && (b.State == BreachSubstantiated || b.State == NotABreach) {
		t.add(b.Unit, HeadBreaches, string(b.State))
	}
}

func (t *tally) rows() []ResultRow {
	out := make([]ResultRow, 0, len(t.counts))
	for row, n := range t.counts {
		row.Count = n
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b ResultRow) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(headRank(a.Head), headRank(b.Head)), cmp.Compare(whatRank(a), whatRank(b)), cmp.Compare(a.What, b.What))
	})
	return out
}

func headRank(head string) int { return slices.Index(resultHeads(), head) }

// whatRank puts the rows under a head in the order an officer expects: classes by gravity, outcomes by their number.
func whatRank(r ResultRow) int {
	switch r.Head {
	case HeadTargets:
		return slices.Index([]string{"listed", string(TargetArrested), string(TargetCirculated), string(TargetEliminated), string(TargetWithdrawn), string(TargetDied), stillListed}, r.What)
	case HeadArrests:
		return slices.Index(offenceClasses(), OffenceClass(r.What))
	case HeadOutcomes:
		return slices.IndexFunc(HomeOfficeOutcome("").Choices(), func(c Choice) bool { return c.Label == r.What })
	case HeadWarrants:
		return slices.Index([]string{searchExecuted, arrestExecuted}, r.What)
	case HeadAttempts:
		return slices.IndexFunc(Outcome("").Choices(), func(c Choice) bool { return c.Label == r.What })
	}
	return 0
}

// Compared is a figure beside the same figure of another operation.
type Compared struct {
	ResultRow
	Before int `json:"before"` // in the operation it is compared with
	Change int `json:"change"`
}

// CompareResults puts the results of one operation beside those of another; a figure that only one of them has is nought
// in the other.
func CompareResults(now, before []ResultRow) []Compared {
	t, was := tally{counts: map[ResultRow]int{}}, map[ResultRow]int{}
	for _, r := range before {
		key := r.figure()
		t.counts[key], was[key] = 0, r.Count
	}
	for _, r := range now {
		t.counts[r.figure()] = r.Count
	}
	var out []Compared
	for _, r := range t.rows() {
		b := was[r.figure()]
		out = append(out, Compared{ResultRow: r, Before: b, Change: r.Count - b})
	}
	return out
}

// figure is what a row counts, without the count.
func (r ResultRow) figure() ResultRow {
	r.Count = 0
	return r
}
