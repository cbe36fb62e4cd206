package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/match"
	"pou/model/query"
	"pou/ui/part"
)

// A filter finds the words as they are. Where that leaves hardly any row, and nobody bears the words as a name, names are
// also found as the box finds them: misspelt, by a nickname, in another order. Those rows stand where the order of the list
// puts them. Somebody who does bear the name is all that is asked for: rows are marked and worked on in bulk.

const (
	nearFew   = 5  // rows below which names are also found otherwise spelt
	nearMost  = 20 // people found so
	nearLeast = 3  // letters of a word worth the trouble
)

// names is an index of the names in one snapshot of a list. It is built in a command and not written to after that.
type names struct {
	of    []*model.Line
	index *match.Index
	docs  []int32   // by row: its name in the index; -1 for none
	rows  [][]int32 // by name: its rows
}

// namesRead are the names of a snapshot, ready to be searched.
type namesRead struct {
	no    int
	names *names
}

// readNames indexes the names of the rows once a filter is typed into the list.
func (s *listScreen) readNames() tea.Cmd {
	if s.names.is(s.all) || s.reading.is(s.all) || len(s.all) == 0 {
		return nil
	}
	n := &names{of: s.all}
	s.reading = n
	return func() tea.Msg {
		n.read()
		return namesRead{no: s.no, names: n}
	}
}

// namesKnown filters the list again now that its names can be searched.
func (a *App) namesKnown(msg namesRead) tea.Cmd {
	s := a.lists[msg.no]
	if !msg.names.is(s.all) {
		return nil // the rows have changed meanwhile, and their names are being read
	}
	s.names, s.reading = msg.names, nil
	if s.text != "" && s.filterErr == "" {
		s.show(a.unit, a.now)
	}
	return a.previewSoon()
}

// is reports whether these are the names of a snapshot.
func (n *names) is(rows []*model.Line) bool {
	return n != nil && len(n.of) == len(rows) && (len(rows) == 0 || &n.of[0] == &rows[0])
}

func (n *names) read() {
	n.index = match.NewIndex()
	n.docs = make([]int32, len(n.of))
	seen := map[string]int32{}
	for i, l := range n.of {
		n.docs[i] = -1
		if l.Name == "" {
			continue
		}
		key := string(l.Person) + l.Name
		id, ok := seen[key]
		if !ok {
			id = int32(len(n.rows)) //nolint:gosec // no list has that many rows
			seen[key] = id
			n.rows = append(n.rows, nil)
			doc := match.Named(l.Name)
			for _, alias := range l.Aliases {
				doc.Texts = append(doc.Texts, match.Text{Field: match.Alias, Text: alias})
			}
			n.index.Put(uint32(id), doc) //nolint:gosec // not negative
		}
		n.docs[i] = id
		n.rows[id] = append(n.rows[id], int32(i)) //nolint:gosec // no list has that many rows
	}
}

// near are the names that the words answer in another spelling, among those with a row that passes the rest.
func (n *names) near(words []string, passes func(*model.Line) bool) map[int32]bool {
	found := n.index.Search(match.Query{Text: strings.Join(words, " "), Limit: nearMost, Keep: func(id uint32) bool {
		for _, row := range n.rows[id] {
			if passes(n.of[row]) {
				return true
			}
		}
		return false
	}})
	out := map[int32]bool{}
	for _, h := range found.Hits {
		out[int32(h.ID)] = answersAll(words, n.of[n.rows[h.ID][0]]) //nolint:gosec // one of rows
	}
	return out
}

// answersAll reports whether every word is answered by a name of the person: a filter holds in all its words.
func answersAll(words []string, l *model.Line) bool {
	for _, w := range words {
		if !slices.ContainsFunc(append([]string{l.Name}, l.Aliases...), func(name string) bool { return len(match.Marks(w, name)) > 0 }) {
			return false
		}
	}
	return true
}

// nearRows adds to the rows found as typed those whose names answer the filter in another spelling, in the order of the
// list.
func (s *listScreen) nearRows(plain []*model.Line, unit model.Unit, now time.Time) []*model.Line {
	s.near = 0
	words := s.filter.Words()
	worth := false
	for _, w := range words {
		worth = worth || len([]rune(w)) >= nearLeast
	}
	bears := func(l *model.Line) bool { return bearsAll(words, l) }
	if !worth || len(plain) >= nearFew || !s.names.is(s.all) || slices.ContainsFunc(plain, bears) {
		return plain
	}
	passes := func(l *model.Line) bool { return s.inScope(l, unit) && s.terms.Match(l, now) }
	found := s.names.near(words, passes)
	if len(found) == 0 {
		return plain
	}
	out := make([]*model.Line, 0, len(plain)+len(found))
	next := 0
	for i, l := range s.all {
		switch {
		case next < len(plain) && plain[next] == l:
			out, next = append(out, l), next+1
		case s.names.docs[i] >= 0 && found[s.names.docs[i]] && passes(l):
			out, s.near = append(out, l), s.near+1
		}
	}
	return out
}

// bearsAll reports whether every word is, as it is, one of somebody's names.
func bearsAll(words []string, l *model.Line) bool {
	tokens := match.Tokens(l.Name + " " + strings.Join(l.Aliases, " "))
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(tokens, w) })
}

// looked is what was shown of which rows, so that the next letter of a word is sought in it alone.
type looked struct {
	of        []*model.Line
	unit      model.Unit
	operation model.Ref
	terms     string
	words     []string
	rows      []*model.Line
}

// narrowed are the rows among which the filter is sought: those found last when only words have grown since, else all.
func (s *listScreen) narrowed(unit model.Unit) []*model.Line {
	was, words := &s.last, s.filter.Words()
	if len(was.words) == 0 || len(words) < len(was.words) || was.unit != unit || was.operation != s.operation || was.terms != termsText(s.text) {
		return s.all
	}
	if len(was.of) != len(s.all) || len(s.all) == 0 || &was.of[0] != &s.all[0] {
		return s.all
	}
	for i, w := range was.words {
		if !strings.Contains(words[i], w) {
			return s.all
		}
	}
	return was.rows
}

// termsText is a filter without its free words.
func termsText(text string) string {
	var kept []string
	for raw := range strings.FieldsSeq(text) {
		if strings.Contains(raw, ":") || strings.HasPrefix(raw, "-") {
			kept = append(kept, raw)
		}
	}
	return strings.Join(kept, " ")
}

// termsOf reads it.
func termsOf(text string) query.Query {
	q, err := query.Parse(termsText(text), model.LineFields(), match.Fold)
	if err != nil {
		return query.Query{}
	}
	return q
}

// sought are the free words of the filter of the list on show.
func (a *App) sought() string {
	if s := a.screen(); s != nil {
		return strings.Join(s.filter.Words(), " ")
	}
	return ""
}

// searched picks out in a column what answers the filter. Only columns whose words a filter looks at are.
func (c columnSet) searched(col column) column {
	plain := col.Cell
	col.Cell = func(l *model.Line) part.Cell {
		cell := plain(l)
		if sought := c.a.sought(); sought != "" {
			cell.Parts = markedParts(sought, cell.Text, cell.Style)
		}
		return cell
	}
	return col
}

// nameCell is the name, and the alias after it where that is what was found.
func (c columnSet) nameCell(l *model.Line) part.Cell {
	sought := c.a.sought()
	if sought == "" {
		return part.Cell{Text: l.Name, Style: part.StyleBold}
	}
	cell := part.Cell{Parts: markedParts(sought, l.Name, part.StyleBold)}
	if len(cell.Parts) > 1 || len(match.Marks(sought, l.Name)) > 0 {
		return cell
	}
	for _, alias := range l.Aliases {
		if len(match.Marks(sought, alias)) > 0 {
			cell.Parts = append(append(cell.Parts, part.Part{Text: " "}), markedParts(sought, alias, part.StyleDim)...)
			break
		}
	}
	return cell
}
