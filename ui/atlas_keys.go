package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pou/model"
)

// The groups of the atlas's help page.
const (
	groupAtlasView  = "Views"
	groupAtlasBrush = "What is looked at"
	groupAtlasDo    = "Do"
)

// needsData says why a key of the atlas cannot be pressed.
func needsData(a *App) string {
	switch s := a.atlas; {
	case s.data == nil && s.err == nil && s.head.kase == nil:
		return "the data is still being read"
	case s.data == nil:
		return "there is no data"
	}
	return ""
}

// atlasKeys are the keys of the atlas. They come before those of the desk, which then leave out the keys that are taken.
func (a *App) atlasKeys() []binding {
	if a.atlas.data == nil {
		out := atlasEmptyKeys()
		for i := range out {
			out[i].foot = i < 2 // what brings data
		}
		return append(out, atlasWayKeys()...)
	}
	out := a.atlasDoKeys()
	out = append(out, atlasBrushKeys()...)
	for _, v := range atlasViews() {
		out = append(out, binding{keys: []string{v.key}, shown: v.key, help: v.what, group: groupAtlasView, why: needsData, run: func(a *App) tea.Cmd {
			a.notice = notice{}
			a.atlas.show(v.view, nil)
			return nil
		}})
	}
	switch a.atlas.view {
	case viewMap:
		out = append(atlasMapKeys(), out...)
	case viewHours:
		out = append(atlasHourKeys(), out...)
	case viewNear:
		out = append(a.atlasRuleKeys(), out...)
	case viewOverview, viewWho, viewTime, viewChange, viewPlaces, viewFour, viewBreaches, viewRows:
	}
	return append([]binding{a.gateKey()}, out...) // first in the foot: that something is left out is told where it is
}

// atlasWayKeys lead out of the atlas, and read it again.
func atlasWayKeys() []binding {
	return []binding{
		{keys: []string{"esc", "backspace"}, shown: "esc", help: "back", group: groupAtlasDo, why: always, run: (*App).atlasEscape},
		{keys: []string{"ctrl+r"}, shown: "ctrl+r", help: "read the data again", group: groupAtlasDo, why: always, run: func(a *App) tea.Cmd {
			a.atlas.head.revs = ""
			return a.readAtlas()
		}},
	}
}

// atlasEmptyKeys stand in the empty atlas, and are keys everywhere in it.
func atlasEmptyKeys() []binding {
	on := func(name string) (func(*App) string, func(*App) tea.Cmd) {
		spec, _ := model.Find(name)
		return func(a *App) string {
				if a.atlas.head.line == nil {
					return "the case is still being read"
				}
				return a.whyNotSpec(spec)
			}, func(a *App) tea.Cmd {
				return a.openForm(name, []*model.Line{a.atlas.head.line})
			}
	}
	bind := func(key, name, help string) binding {
		why, run := on(name)
		return binding{keys: []string{key}, shown: key, help: help, group: groupAtlasDo, why: why, run: run}
	}
	return []binding{
		bind("d", "dataset.open", "open a dataset …"),
		bind("e", "evidence.plan", "ask for what will not last …"),
		bind("a", "device.attribute", "say whose a device is …"),
		bind("i", "moment.add", "mark a moment …"),
	}
}

func (a *App) atlasDoKeys() []binding {
	opens := "rows"
	if a.atlas.view == viewRows {
		opens = "all of the row"
	}
	out := []binding{
		{keys: []string{"enter"}, shown: "enter", help: opens, group: groupAtlasDo, foot: true, why: needsData, run: (*App).atlasEnter},
		{
			keys: []string{"s"}, shown: "s", help: "to the storyboard", group: groupAtlasDo, foot: true, why: needsData, run: (*App).atlasStory,
			where: func(*App) bool { return hasAction("story.add") },
		},
		{
			keys: []string{"R"}, shown: "R", help: "report as potential …", group: groupAtlasDo, foot: true, why: whyNoCandidate, run: (*App).reportCandidate,
			where: func(a *App) bool { return a.atlas.view == viewBreaches },
		},
		{
			keys: []string{"z"}, shown: "z", help: "only what is brushed", group: groupAtlasBrush, foot: true, why: needsData, run: (*App).closeUp,
			where: func(a *App) bool { return a.atlas.view == viewTime },
		},
	}
	return slices.Concat(out, atlasWayKeys(), atlasEmptyKeys())
}

// atlasHourKeys move over the heat map: there [ and ] alone move the brush.
func atlasHourKeys() []binding {
	move := func(key string) func(*App) tea.Cmd { return func(a *App) tea.Cmd { return a.atlasMove(key) } }
	return []binding{
		{keys: []string{"left"}, shown: "arrows", help: "an hour of the week", group: groupAtlasView, foot: true, why: needsData, run: move("left")},
		{keys: []string{"right"}, group: groupAtlasView, why: needsData, run: move("right")},
	}
}

func hasAction(name string) bool {
	_, ok := model.Find(name)
	return ok
}

func atlasBrushKeys() []binding {
	move := func(by int) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd { a.notice = notice{}; return a.atlas.moveBrush(a, by) }
	}
	scale := func(by int) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd { a.notice = notice{}; return a.atlas.scaleBrush(a, by) }
	}
	return []binding{
		{keys: []string{"[", "left"}, shown: "[ ]", help: "earlier, later", group: groupAtlasBrush, foot: true, why: needsData, run: move(-1)},
		{keys: []string{"]", "right"}, group: groupAtlasBrush, why: needsData, run: move(1)},
		{keys: []string{"{", "shift+left"}, shown: "{ }", help: "narrower, wider", group: groupAtlasBrush, foot: true, why: needsData, run: scale(1)},
		{keys: []string{"}", "shift+right"}, group: groupAtlasBrush, why: needsData, run: scale(-1)},
		{keys: []string{"0"}, shown: "0", help: "everything", group: groupAtlasBrush, foot: true, why: needsData, run: func(a *App) tea.Cmd {
			a.notice = notice{}
			return a.atlas.everything(a)
		}},
		{keys: []string{"space"}, shown: "space", help: "the day of what is selected", group: groupAtlasBrush, why: needsData, run: func(a *App) tea.Cmd { return a.atlas.layBrush(a) }},
		{keys: []string{"/"}, shown: "/", help: "filter", group: groupAtlasBrush, foot: true, why: needsData, run: (*App).atlasFilterBox},
	}
}

// withAtlasKeys puts the keys of the atlas before those of the desk that it leaves free.
func (a *App) withAtlasKeys(desk []binding) []binding {
	out := a.atlasKeys()
	var taken []string
	kept := out[:0:0]
	for _, b := range out {
		if b.where != nil && !b.where(a) {
			continue
		}
		b.keys = slices.DeleteFunc(slices.Clone(b.keys), func(k string) bool { return slices.Contains(taken, k) })
		if len(b.keys) > 0 {
			taken, kept = append(taken, b.keys...), append(kept, b)
		}
	}
	for _, b := range desk {
		free := !slices.ContainsFunc(b.keys, func(k string) bool { return slices.Contains(taken, k) })
		if free && (b.group == groupDesk || b.group == groupFind || b.group == groupScreen || slices.Contains(b.keys, "tab")) && b.shown != "< >" {
			kept = append(kept, b)
		}
	}
	return kept
}

// atlasEscape goes one step out: from rows to what they are behind, from a filter to everything, then back to the case.
func (a *App) atlasEscape() tea.Cmd {
	s := a.atlas
	a.notice = notice{}
	switch {
	case s.data != nil && s.view == viewRows && (s.named != nil || s.from != viewRows):
		s.view, s.named = s.from, nil
	case s.data != nil && s.filter.on:
		return s.setFilter(a, atlasFilter{})
	case len(a.past) > 0:
		return a.back()
	default:
		return a.goTo(1)
	}
	return nil
}

// atlasMove gives a key to whatever moves in the view.
func (a *App) atlasMove(key string) tea.Cmd {
	s := a.atlas
	if s.data == nil {
		return nil
	}
	visible := max(a.h-atlasHeadLines-atlasFootLines, 2)
	moved := false
	switch {
	case s.view == viewHours:
		moved = s.moveHour(key)
	case s.view == viewRows:
		moved = s.moveRow(key, visible-a.rowsPanel())
	case s.view.row().lines != nil:
		moved = s.list(a, s.view).move(key, visible)
	}
	if !moved && len(key) == 1 {
		a.warn("%s does nothing here; ? lists the keys", key)
	}
	return nil
}

// closeUp shows what is brushed over the whole width of the timeline, and back.
func (a *App) closeUp() tea.Cmd {
	a.atlas.close = !a.atlas.close
	return nil
}

// whyNoCandidate says why nothing can be reported.
func whyNoCandidate(a *App) string {
	if why := needsData(a); why != "" {
		return why
	}
	spec, _ := model.Find("breach.report")
	if a.me == nil {
		return "the desk is still opening"
	}
	if err := model.Can(a.me, spec); err != nil {
		return err.Error()
	}
	if l, ok := a.atlas.selected(a); !ok || l.kind != lineCandidate {
		return "no candidate is selected"
	}
	return ""
}
