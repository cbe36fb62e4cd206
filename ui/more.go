package ui

import (
	tea "charm.land/bubbletea/v2"

	"pou/store"
	"pou/ui/part"
)

// moreFrom is the number of the first list that stands behind the numbered screens.
const moreFrom = 20

// moreLists makes a screen of every list that has a title but no number; key 9 offers them.
func (a *App) moreLists() {
	n := moreFrom
	for _, r := range store.ListRows() {
		if r.Title != "" {
			a.lists[n] = a.newList(n, r.Title, "first due", r.Name, "nothing here", r.Empty)
			n++
		}
	}
}

// moreItems are the lists behind the numbered screens.
func (a *App) moreItems() []part.Item {
	var items []part.Item
	for n := moreFrom; a.lists[n] != nil; n++ {
		s := a.lists[n]
		items = append(items, part.Item{Group: "Screens", Title: s.title, Detail: "9", Data: target{pick: func(a *App) tea.Cmd { return a.openMore(n) }}})
	}
	items = append(items, part.Item{Group: "Screens", Title: "Engagement totals", Detail: "9", Data: target{pick: (*App).openEngagement}})
	return append(items, a.chartItems()...)
}

func (a *App) moreBox() tea.Cmd { return a.fixedBox("which list", a.moreItems()) }

// openMore goes to a list behind the numbered screens and reads it: it is not kept in step while nobody looks at it.
func (a *App) openMore(n int) tea.Cmd { return tea.Batch(a.goTo(n), a.loadList(a.lists[n].list, "")) }

// reloadMore reads the list behind the numbered screens again, if one is on show.
func (a *App) reloadMore() tea.Cmd {
	if a.at < moreFrom {
		return nil
	}
	return a.loadList(a.lists[a.at].list, "")
}
