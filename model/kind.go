package model

import (
	"reflect"
	"sync"
)

// kindRow is what the desk knows of a kind of record. A new kind is one row here and one type with the methods of
// [Record]; what it says in a list, on its card and on the clocks are methods of that type (see line.go, facts.go, due.go).
type kindRow struct {
	kind   Kind
	word   string // as an officer would say it
	many   string // the heading of several; "" where they are not listed under the person they are about
	digits int    // how wide its number is printed at least
	found  bool   // found, not listed: there are too many to stand in a unit's list
	clocks bool   // clocks may run on it
	blank  func() Record
}

// kindRows is the one table of kinds, in the order a reader meets them.
func kindRows() []kindRow {
	return []kindRow{
		{KindPerson, "person", "", 6, true, false, func() Record { return new(Person) }},
		{KindWanted, "wanted line", "Wanted", 6, false, true, func() Record { return new(Wanted) }},
		{KindArrest, "arrest", "Arrests", 6, false, true, func() Record { return new(Arrest) }},
		{KindWarrant, "search warrant", "Search warrants", 6, false, true, func() Record { return new(SearchWarrant) }},
		{KindOrder, "order", "Orders", 6, false, true, func() Record { return new(Order) }},
		{KindCheck, "monitoring check", "Checks", 6, true, false, func() Record { return new(Check) }},
		{KindApplication, "application", "SPO applications", 6, false, true, func() Record { return new(Application) }},
		{KindBreach, "breach", "Breaches", 6, false, true, func() Record { return new(Breach) }},
		{KindOperation, "operation", "", 4, false, false, func() Record { return new(Operation) }},
		{KindTarget, "target", "Target packs", 3, false, true, func() Record { return new(Target) }},
		{KindCase, "case", "Cases", 6, false, true, func() Record { return new(Case) }},
		{KindScreening, "screening", "Screenings", 6, false, true, func() Record { return new(Screening) }},
		{KindReferral, "S-TAC referral", "S-TAC", 6, false, true, func() Record { return new(Referral) }},
		{KindIntel, "intelligence report", "Intelligence", 6, true, false, func() Record { return new(Intel) }},
		{KindAttempt, "attempt", "Attempts", 6, true, false, func() Record { return new(Attempt) }},
		{KindTask, "task", "Tasks", 6, false, true, func() Record { return new(Task) }},
		{KindOfficer, "officer", "", 4, false, false, func() Record { return new(Officer) }},
		{KindPlan, "plan", "", 4, false, true, func() Record { return new(Plan) }},
		{KindVersion, "frozen order", "", 6, false, false, func() Record { return new(PlanVersion) }},
		{KindEvidence, "evidence request", "Evidence to ask for", 6, false, true, func() Record { return new(Evidence) }},
		{KindLimit, "limit", "", 4, false, false, func() Record { return new(Limit) }},
		{KindEngagement, "engagement", "", 6, false, true, func() Record { return new(Engagement) }},
		{KindDataset, "dataset", "", 6, false, true, func() Record { return new(Dataset) }},
		{KindErasure, "erasure", "", 6, false, false, func() Record { return new(RecordErasure) }},
		{KindStoryboard, "storyboard", "", 6, false, false, func() Record { return new(Storyboard) }},
		{KindSurvivor, "victim-survivor", "", 6, false, true, func() Record { return new(Survivor) }},
	}
}

// kinds is the table ready to be looked things up in: it is asked for every key of every list.
type kinds struct {
	rows   []kindRow
	byKind map[Kind]*kindRow
	byType map[reflect.Type]Kind
	all    []Kind
	timed  []Kind
}

var theKinds = sync.OnceValue(func() *kinds { //nolint:gochecknoglobals // immutable after first use
	k := &kinds{rows: kindRows(), byKind: map[Kind]*kindRow{}, byType: map[reflect.Type]Kind{}}
	for i := range k.rows {
		row := &k.rows[i]
		k.byKind[row.kind], k.byType[reflect.TypeOf(row.blank())] = row, row.kind
		k.all = append(k.all, row.kind)
		if row.clocks {
			k.timed = append(k.timed, row.kind)
		}
	}
	return k
})

// Kinds lists every kind of record, in the order a reader meets them.
func Kinds() []Kind { return theKinds().all[:len(theKinds().all):len(theKinds().all)] }

// Timed lists the kinds of record clocks may run on.
func Timed() []Kind { return theKinds().timed[:len(theKinds().timed):len(theKinds().timed)] }

// Word is the kind as an officer would say it.
func (k Kind) Word() string {
	if row := theKinds().byKind[k]; row != nil {
		return row.word
	}
	return "record"
}

// Many is the heading of several records of the kind about one person; "" when they do not stand on that person's card.
func (k Kind) Many() string {
	if row := theKinds().byKind[k]; row != nil {
		return row.many
	}
	return ""
}

// Listed reports whether records of the kind stand in a unit's list; the others are found.
func (k Kind) Listed() bool {
	row := theKinds().byKind[k]
	return row != nil && !row.found
}

// digits is how wide a kind's number is printed at least.
func (k Kind) digits() int {
	if row := theKinds().byKind[k]; row != nil {
		return row.digits
	}
	return 6
}

// NewRecord makes an empty record of a kind, to decode into; nil for an unknown kind.
func NewRecord(k Kind) Record {
	if row := theKinds().byKind[k]; row != nil {
		return row.blank()
	}
	return nil
}

// kindOf is the kind of a record that has no ref yet.
func kindOf(r Record) Kind { return theKinds().byType[reflect.TypeOf(r)] }
