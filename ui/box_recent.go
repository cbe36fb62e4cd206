package ui

import (
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

const (
	recentKept  = 40 // records remembered of a session
	recentShown = 6
	oftenShown  = 3
	oftenFrom   = 3 // times opened, from which a record is among those opened often
	rowShown    = 6 // actions on the row before the screens
)

// opened is a record this officer opened since the desk was started, and its line as it is now.
type opened struct {
	line  model.Line
	times int
	last  time.Time
}

// recentLoaded are the lines of what was opened, read again.
type recentLoaded struct {
	lines map[model.Ref]model.Line
	err   error
}

// noteOpened remembers that a record was opened, the latest first.
func (a *App) noteOpened(ref model.Ref) tea.Cmd {
	if _, _, page := pageOf(ref); page || ref.Kind() == "" {
		return nil
	}
	was := opened{line: model.Line{Ref: ref}}
	if i := slices.IndexFunc(a.recent, func(o opened) bool { return o.line.Ref == ref }); i >= 0 {
		was = a.recent[i]
		a.recent = slices.Delete(a.recent, i, i+1)
	}
	was.times++
	was.last = a.store.Now()
	a.recent = slices.Insert(a.recent, 0, was)
	a.recent = a.recent[:min(len(a.recent), recentKept)]
	return a.loadRecent()
}

// loadRecent reads the lines of what was opened, so that a marker set since is on them.
func (a *App) loadRecent() tea.Cmd {
	if len(a.recent) == 0 {
		return nil
	}
	refs := make([]model.Ref, len(a.recent))
	for i, o := range a.recent {
		refs[i] = o.line.Ref
	}
	return func() tea.Msg {
		out := recentLoaded{lines: map[model.Ref]model.Line{}}
		out.err = a.store.Read(a.ctx, func(r store.Reader) error {
			liner := model.NewLiner(r, a.store.Now())
			for _, ref := range refs {
				if rec, err := r.Record(ref); err == nil { // one that was taken back since is no longer offered
					out.lines[ref] = liner.Line(rec)
				}
			}
			return nil
		})
		return out
	}
}

func (a *App) recentRead(msg recentLoaded) tea.Cmd {
	if msg.err == nil {
		for i := range a.recent {
			a.recent[i].line = msg.lines[a.recent[i].line.Ref]
		}
		a.recent = slices.DeleteFunc(a.recent, func(o opened) bool { return o.line.Ref == "" })
	}
	return a.fail(msg.err)
}

// recents are the records to offer first: the latest, and beyond them those opened often. The one being read is not
// offered: enter on the empty box goes back to the one before.
func (a *App) recents() (latest, often []opened) {
	for _, o := range a.recent {
		switch {
		case o.line.Kind == "" || (a.detail != nil && a.detail.ref == o.line.Ref):
		case len(latest) < recentShown:
			latest = append(latest, o)
		case o.times >= oftenFrom:
			often = append(often, o)
		}
	}
	slices.SortStableFunc(often, func(x, y opened) int { return y.times - x.times })
	return latest, often[:min(len(often), oftenShown)]
}

func (a *App) recentItems() []part.Item {
	latest, often := a.recents()
	var items []part.Item
	add := func(group string, list []opened) {
		for _, o := range list {
			it := recordItem(&o.line)
			it.Group, it.Why = group, "opened "+part.Ago(a.store.Now().Sub(o.last))+" ago"
			if ago := part.Ago(a.store.Now().Sub(o.last)); ago == "now" {
				it.Why = "opened just now"
			}
			if o.times > 1 {
				it.Why += ", " + strconv.Itoa(o.times) + " times"
			}
			items = append(items, it)
		}
	}
	add("Recent", latest)
	add("Often", often)
	return items
}

// consultRecent journals that what was opened before was looked at as a list: the box was left with nothing typed.
func (a *App) consultRecent() tea.Cmd {
	latest, often := a.recents()
	var people []model.Ref
	for _, o := range append(latest, often...) {
		if o.line.Person != "" {
			people = append(people, o.line.Person)
		}
	}
	if len(people) == 0 {
		return nil
	}
	return a.consult("what was opened before", people...)
}

// rowItems are the first actions on the row behind the box, and their names.
func (a *App) rowItems() (items []part.Item, names []string) {
	line, ok := a.subject()
	if !ok {
		return nil, nil
	}
	items = firstOf(rowShown, a.actionsOn(line))
	for i := range items {
		items[i].Group = "This row"
		names = append(names, items[i].Detail)
		items[i].Full = orWord(line.Name, line.What) + " · " + items[i].Full
	}
	return items, names
}
