package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
)

// List is the name of one of the lists the desk keeps.
type List string

// The lists, as `pou list` names them.
const (
	ListWanted     List = "wanted"
	ListBreaches   List = "breaches"
	ListOrders     List = "orders"
	ListOperations List = "operations"
	ListTargets    List = "targets"
	ListTasks      List = "tasks"
	ListPeople     List = "people"
	ListDue        List = "due"
	ListArrests    List = "arrests"
	ListOfficers   List = "officers"
	ListWarrants   List = "warrants"
	ListLimits     List = "limits"

	ListSuspicions List = "suspicions" // what the record suggests may be a breach, and nobody has looked at
)

// listSTAC is the queue of S-TAC across the units.
const listSTAC List = "stac"

// ListRow is what the desk knows of a list.
type ListRow struct {
	Name      List
	Kind      model.Kind // the kind of record in it; "" for a list that is put together
	One, Many string     // what its rows are called
	Title     string     // of a list that stands behind the numbered screens; "" for those with a screen of their own
	Empty     string     // what an empty one says to do
}

// ListRows is the one table of lists, in the order of the screens. A list with a title has no screen of its own: the desk
// makes one from this row, and `pou list` knows it too.
func ListRows() []ListRow {
	return []ListRow{
		{ListWanted, model.KindWanted, "wanted line", "wanted lines", "", ""},
		{ListBreaches, model.KindBreach, "potential breach", "potential breaches", "", ""},
		{ListSuspicions, "", "suspicion", "suspicions", "", ""},
		{ListOrders, model.KindOrder, "order", "orders", "", ""},
		{ListOperations, model.KindOperation, "operation", "operations", "", ""},
		{ListTargets, model.KindTarget, "target", "targets", "", ""},
		{ListTasks, model.KindTask, "task", "tasks", "", ""},
		{ListPeople, model.KindPerson, "person", "people", "", ""},
		{ListDue, "", "clock", "clocks", "", ""},
		{ListArrests, model.KindArrest, "arrest", "arrests", "Arrests", "nobody is in custody or on bail"},
		{ListOfficers, model.KindOfficer, "officer", "officers", "Officers", "no officer is on record"},
		{"victims", model.KindSurvivor, "victim-survivor", "victim-survivors", "Victim-survivors", "victim.add records who is to be kept safe, and how they want to be reached"},
		{"applications", model.KindApplication, "application", "applications", "Applications", "application.open begins an application for an SPO"},
		{"cases", model.KindCase, "case", "cases", "Cases", "case.add records who is suspected of what"},
		{ListWarrants, model.KindWarrant, "search warrant", "search warrants", "Search warrants", "warrant.apply records that one is asked for"},
		{"screenings", model.KindScreening, "screening", "screenings", "Screenings", "screening.record judges FOUR: fixated, obsessive, unwanted, repeated"},
		{listSTAC, model.KindReferral, "referral", "referrals", "S-TAC", "stac.refer sends a stalking case to S-TAC"},
		{"engagements", model.KindEngagement, "engagement", "engagements", "Engagement", "engagement.log records who was spoken to and how many"},
		{"evidence", model.KindEvidence, "piece of evidence", "pieces of evidence", "Evidence that does not last", "evidence.plan lists what to ask for before it is gone"},
		{"datasets", model.KindDataset, "dataset", "datasets", "Datasets", "dataset.open records the lawful basis data is loaded under"},
		{"erasures", model.KindErasure, "erasure", "erasures", "Erasures", "record.erase proposes to erase what may no longer be kept"},
		{listRetention, "", "person to review", "people to review", "Retention", "nobody's record is due for review"},
		{"storyboards", model.KindStoryboard, "storyboard", "storyboards", "Storyboards", "story.add puts a finding on the storyboard of its case"},
		{ListLimits, "", "limit", "limits", "Limits", ""},
	}
}

// ListNames are the lists in the order of the screens.
func ListNames() []List {
	rows := ListRows()
	out := make([]List, len(rows))
	for i, r := range rows {
		out[i] = r.Name
	}
	return out
}

// Row is the list's row in the table; the zero row for a list that is not there.
func (l List) Row() ListRow {
	for _, r := range ListRows() {
		if r.Name == l {
			return r
		}
	}
	return ListRow{}
}

// Scope is which part of a list is wanted.
type Scope struct {
	Unit  model.Unit // "" for all twelve
	Ended bool       // the ended ones too
}

// Lines reads a list, in the order a sergeant would work it. A record that cannot be read is left out and named in the
// error, which then comes with the lines that could be read.
func Lines(r Reader, l List, s Scope, now time.Time) ([]model.Line, error) {
	liner := model.NewLiner(r, now)
	switch l {
	case ListDue:
		return dueLines(r, liner, s)
	case ListPeople:
		return peopleLines(r, liner, s)
	case ListSuspicions:
		return suspicionLines(r, liner, s, now)
	case listRetention:
		return retentionLines(r, liner, s)
	case ListLimits:
		return limitLines(liner, now), nil
	case ListWanted, ListBreaches, ListOrders, ListOperations, ListTargets, ListTasks, ListArrests, ListOfficers, ListWarrants, listSTAC:
	}
	kind := l.Row().Kind
	if kind == "" {
		return nil, fmt.Errorf("there is no list %q", l)
	}
	refs, err := placedRefs(r, kind, s)
	if err != nil {
		return nil, err
	}
	lines := make([]model.Line, 0, len(refs))
	var bad []error
	for _, ref := range refs {
		rec, err := r.Record(ref)
		if err != nil {
			bad = append(bad, err)
			continue
		}
		lines = append(lines, liner.Line(rec))
	}
	nameAbout(r, lines)
	SortLines(l, lines)
	return lines, errors.Join(bad...)
}

func placedRefs(r Reader, kind model.Kind, s Scope) ([]model.Ref, error) {
	refs, err := r.Placed(kind, s.Unit, true)
	if err == nil && s.Ended {
		var ended []model.Ref
		ended, err = r.Placed(kind, s.Unit, false)
		refs = append(refs, ended...)
	}
	return refs, err
}

// nameAbout fills in the name of the operation a target belongs to.
func nameAbout(r Reader, lines []model.Line) {
	names := map[model.Ref]string{}
	for i := range lines {
		about := lines[i].About
		if about.Kind() != model.KindOperation {
			continue
		}
		if _, known := names[about]; !known {
			names[about] = ""
			if rec, err := r.Record(about); err == nil {
				if op, ok := rec.(*model.Operation); ok {
					names[about] = op.Name
				}
			}
		}
		lines[i].AboutName = names[about]
	}
}

func peopleLines(r Reader, liner *model.Liner, s Scope) ([]model.Line, error) {
	var lines []model.Line
	var bad []error
	err := r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
		if err != nil {
			bad = append(bad, err)
			return true
		}
		if p, ok := rec.(*model.Person); ok && (s.Unit == "" || p.OwnerUnit == s.Unit) {
			lines = append(lines, liner.Line(p))
		}
		return true
	})
	return lines, errors.Join(append(bad, err)...)
}

// limitLines are the limits in force and those to come: the built-in ones and those that were set.
func limitLines(liner *model.Liner, now time.Time) []model.Line {
	all := liner.Limits().All(day.On(now))
	lines := make([]model.Line, len(all))
	for i := range all {
		lines[i] = liner.Line(&all[i])
	}
	return lines
}

// dueLines gathers the clocks of everything that is live.
func dueLines(r Reader, liner *model.Liner, s Scope) ([]model.Line, error) {
	dues, err := Dues(r, liner, s)
	lines := make([]model.Line, len(dues))
	for i, d := range dues {
		lines[i] = liner.DueLine(d)
	}
	return lines, err
}

// Dues gathers every clock that runs on live records at the liner's moment, the first to run out first.
func Dues(r Reader, liner *model.Liner, s Scope) ([]model.Due, error) {
	var out []model.Due
	var bad []error
	for _, kind := range model.Timed() {
		refs, err := r.Placed(kind, s.Unit, true)
		if err != nil {
			return nil, err
		}
		for _, ref := range refs {
			rec, err := r.Record(ref)
			if err != nil {
				bad = append(bad, err)
				continue
			}
			out = append(out, liner.Dues(rec)...)
		}
	}
	model.SortDues(out)
	return out, errors.Join(bad...)
}

// SortLines orders a list: the wanted by urgency, work by when it is due, the rest by what is newest.
func SortLines(l List, lines []model.Line) {
	order := make([]int, len(lines)) // a line is large, and is moved once
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &lines[a], &lines[b]
		return cmp.Or(lineOrder(l, x, y), strings.Compare(string(x.Ref), string(y.Ref)))
	})
	arrange(lines, order)
}

// arrange puts lines into an order in their place: each is moved once, and one at a time is held outside.
func arrange(lines []model.Line, order []int) {
	for begin := range order {
		if order[begin] == begin {
			continue
		}
		held, to := lines[begin], begin
		for from := order[to]; from != begin; from = order[to] {
			lines[to], order[to] = lines[from], to
			to = from
		}
		lines[to], order[to] = held, to
	}
}

func lineOrder(l List, a, b *model.Line) int {
	if a.Live != b.Live {
		if a.Live {
			return -1
		}
		return 1
	}
	switch l {
	case ListWanted:
		return b.Urgency - a.Urgency
	case ListTasks:
		if c := dayOrder(a, b); c != 0 {
			return c
		}
		return model.Priority(a.Priority).Rank() - model.Priority(b.Priority).Rank()
	case ListOrders:
		return dayOrder(a, b)
	case ListWarrants:
		if c := dayOrder(a, b); c != 0 {
			return c
		}
		return b.Since.Compare(a.Since)
	case ListBreaches, ListArrests:
		return b.Since.Compare(a.Since)
	case ListOperations:
		return b.Since.Compare(a.Since)
	case ListOfficers:
		return strings.Compare(string(a.Unit)+a.Name, string(b.Unit)+b.Name)
	case ListTargets, ListPeople, ListDue, ListLimits, ListSuspicions, listRetention:
		return 0
	case listSTAC: // what waits longest comes first
		return cmp.Or(dayOrder(a, b), a.Since.Compare(b.Since))
	}
	if c := dayOrder(a, b); c != 0 {
		return c
	}
	return b.Since.Compare(a.Since)
}

// dayOrder puts the earliest day first and no day last.
func dayOrder(a, b *model.Line) int {
	switch {
	case a.Due == b.Due:
		return 0
	case a.Due.IsZero():
		return 1
	case b.Due.IsZero():
		return -1
	case a.Due < b.Due:
		return -1
	}
	return 1
}
