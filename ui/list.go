package ui

import (
	"errors"
	"slices"
	"time"

	"charm.land/bubbles/v2/textinput"

	"pou/model"
	"pou/model/match"
	"pou/model/query"
	"pou/store"
	"pou/ui/part"
)

// listScreen is one of the lists: rows, a filter in place, marks. Its rows are a snapshot; the unit filter of the frame
// and the screen's own filter choose which are shown.
type listScreen struct {
	no    int
	title string
	order string // how the rows are sorted, in words
	alive string // what the rows counted on the tab are called, where the list shows others too
	list  store.List
	empty []string

	table  *part.Table[*model.Line]
	all    []*model.Line
	whole  bool // every unit has been read
	loaded bool
	err    error

	operation model.Ref // targets: of one operation
	text      string    // the filter as typed
	filter    query.Query
	terms     query.Query // the filter without its free words
	names     *names      // of the rows, once a filter was typed
	reading   *names      // those being read
	last      looked      // what was shown last
	near      int         // rows shown whose name is spelt otherwise than typed
	filterErr string
	// filterSays is what there is to know of a filter that was read: a value in it that nothing can have.
	filterSays string
	input      textinput.Model
	typing     bool
}

func (a *App) newList(no int, title, order string, l store.List, empty ...string) *listScreen {
	s := &listScreen{no: no, title: title, order: order, list: l, empty: empty}
	s.table = part.NewTable(a.columns(l), s.key)
	s.table.SetHeader(true)
	s.table.SetEmpty(empty...)
	s.input = textinput.New()
	s.input.Prompt = ""
	s.input.SetVirtualCursor(false)
	return s
}

// key is what a row is known by: several clocks may run on one record, and several suspicions rest on one order.
func (s *listScreen) key(l *model.Line) string {
	switch s.list {
	case store.ListDue, store.ListLimits:
		return string(l.Ref) + l.What
	case store.ListSuspicions:
		return l.AboutName
	case store.ListWanted, store.ListBreaches, store.ListOrders, store.ListOperations, store.ListTargets, store.ListTasks, store.ListPeople, store.ListArrests,
		store.ListOfficers, store.ListWarrants:
	}
	return string(l.Ref)
}

// take shows a new snapshot. Rows of one unit never replace the whole.
func (s *listScreen) take(msg listLoaded, unit model.Unit, now time.Time) {
	if msg.unit != "" && s.whole {
		return
	}
	s.whole = s.whole || msg.unit == ""
	s.all, s.err, s.loaded = msg.lines, msg.err, true
	s.show(unit, now)
}

// show filters the snapshot into the table.
func (s *listScreen) show(unit model.Unit, now time.Time) {
	from := s.narrowed(unit)
	rows := make([]*model.Line, 0, len(from))
	for _, l := range from {
		if s.shows(l, unit, now) {
			rows = append(rows, l)
		}
	}
	s.last = looked{of: s.all, unit: unit, operation: s.operation, terms: termsText(s.text), words: s.filter.Words(), rows: rows}
	rows = s.nearRows(rows, unit, now)
	was, had := s.table.Selected()
	s.table.SetRows(rows)
	if now, ok := s.table.Selected(); had && ok && s.key(now) != s.key(was) {
		s.follow(was)
	}
	switch {
	case !s.loaded:
		s.table.SetEmpty("reading …")
	case s.text != "" && len(s.all) > 0:
		s.table.SetEmpty("nothing here matches "+s.text, "esc clears the filter; ctrl+k finds a name however it is spelt")
	default:
		s.table.SetEmpty(s.empty...)
	}
}

// follow keeps the cursor on the person when their row has become another one: a wanted line that is now an arrest. The
// next key must never be about somebody else.
func (s *listScreen) follow(was *model.Line) {
	if was.Person == "" {
		return
	}
	for _, l := range s.table.Rows() {
		if l.Person == was.Person {
			s.table.Select(s.key(l))
			return
		}
	}
}

func (s *listScreen) shows(l *model.Line, unit model.Unit, now time.Time) bool {
	return s.inScope(l, unit) && (s.filter.Empty() || s.filter.Match(l, now))
}

// inScope reports whether a row is of the unit and the operation looked at.
func (s *listScreen) inScope(l *model.Line, unit model.Unit) bool {
	if unit != "" && l.Unit != unit && l.Unit != "" && !s.filter.Has("unit") {
		return false
	}
	return s.operation == "" || l.About == s.operation
}

// setFilter reads the filter as typed. One that cannot be read yet keeps the rows as they were and says why.
func (s *listScreen) setFilter(text string, unit model.Unit, now time.Time) {
	s.text = text
	q, err := query.Parse(text, model.LineFields(), match.Fold)
	if err != nil {
		var where *query.Error
		if errors.As(err, &where) {
			s.filterErr = where.Error()
		}
		return
	}
	s.filterErr, s.filter, s.terms = "", q, termsOf(text)
	s.filterSays = model.UnknownValues(q.Terms(), func(t query.Term) bool {
		return slices.ContainsFunc(s.all, func(l *model.Line) bool { return t.Holds(l, now) })
	})
	s.show(unit, now)
}

// count is how many live rows the list has for a unit: the number on its tab.
func (s *listScreen) count(unit model.Unit) int {
	n := 0
	for _, l := range s.all {
		if l.Live && l.Kind != "arrest" && (unit == "" || l.Unit == unit || l.Unit == "") && (s.operation == "" || l.About == s.operation) {
			n++
		}
	}
	return n
}

// selected is the row under the cursor.
func (s *listScreen) selected() (*model.Line, bool) { return s.table.Selected() }

// subjects are the rows an action is about: the marked ones, or the one under the cursor.
func (s *listScreen) subjects() []*model.Line {
	marked := map[string]bool{}
	for _, ref := range s.table.Marked() {
		marked[ref] = true
	}
	if len(marked) == 0 {
		if l, ok := s.table.Selected(); ok {
			return []*model.Line{l}
		}
		return nil
	}
	var out []*model.Line
	for _, l := range s.table.Rows() {
		if marked[s.key(l)] {
			out = append(out, l)
		}
	}
	return out
}
