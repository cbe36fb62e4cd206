package ui

import (
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/match"
	"pou/model/query"
	"pou/store"
	"pou/ui/part"
)

// target is what an item of the box does: picked with enter, or with tab for the actions on it.
type target struct {
	pick  func(*App) tea.Cmd
	tab   func(*App) tea.Cmd
	query string      // what enter puts into the box instead
	line  *model.Line // the record it is
}

// boxOverlay is the box over everything, or over a fixed set of things.
type boxOverlay struct {
	box   *part.Box
	fixed []part.Item            // nil: everything
	fresh func(*App) []part.Item // what fixed is once more has been read; nil when it stays
	items []part.Item            // the answers to the last query that could be read
	found []store.Found          // what stands in the box, to be journalled when it is left
	beside
}

// fillShown is how often a search is asked again while the index fills.
const fillShown = 250 * time.Millisecond

// boxAgain asks the box's query again, if it is still the one that was typed.
type boxAgain struct{ generation int }

// openBox opens the one box over everything.
func (a *App) openBox() tea.Cmd {
	b := &boxOverlay{box: part.NewBox("a name, a reference, > an action, @ an officer")}
	b.box.Enlarge(func(w, h int) []string { return b.side(a, w, h) })
	a.over = b
	_, generation := b.box.Query()
	b.box.SetItems(generation, a.startItems())
	return nil
}

// startItems stand in the box before anything is typed: what was opened before, what can be done with the row, the screens,
// and then everything else that can be done.
func (a *App) startItems() []part.Item {
	own, names := a.rowItems()
	others := slices.DeleteFunc(a.actionItems(""), func(it part.Item) bool { return slices.Contains(names, it.Detail) })
	return slices.Concat(a.recentItems(), own, a.screenItems(""), others)
}

func (b *boxOverlay) update(a *App, msg tea.Msg) tea.Cmd {
	cmd := b.take(a, msg)
	if a.over != b {
		return cmd
	}
	return tea.Batch(cmd, b.lookSoon(a))
}

func (b *boxOverlay) take(a *App, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case boxRests:
		return b.look(a, msg)
	case boxAgain:
		if text, generation := b.box.Query(); msg.generation == generation && b.fixed == nil {
			return a.findFor(generation, strings.TrimPrefix(strings.TrimSpace(text), "#"), b.most(a))
		}
		return nil
	case boxFound:
		_, generation := b.box.Query()
		if msg.generation == generation {
			b.understood(msg)
		}
		var unread *query.Error
		if errors.As(msg.err, &unread) { // half typed: the answers stay as they were, as in a list
			return b.event(a, b.box.SetItems(msg.generation, b.items))
		}
		if msg.generation == generation {
			b.found = msg.answer.Found
		}
		b.items = a.foundItems(b, msg)
		if !a.searchReady { // the index is filling: what is typed is looked for again until it is full
			return tea.Batch(b.event(a, b.box.SetItems(msg.generation, b.items)), a.after(fillShown, boxAgain{msg.generation}))
		}
		return b.event(a, b.box.SetItems(msg.generation, b.items))
	case tea.KeyPressMsg, tea.PasteMsg:
		b.touched = true
		result, cmd := b.box.Update(msg)
		return tea.Batch(cmd, b.event(a, result))
	}
	return nil
}

func (b *boxOverlay) event(a *App, r part.BoxResult) tea.Cmd {
	switch r.Event {
	case part.BoxClosed:
		a.over = nil
		return b.left(a)
	case part.BoxPicked, part.BoxTabbed:
		t, ok := r.Item.Data.(target)
		if t.query != "" {
			return b.changed(a, part.BoxResult{Text: t.query, Generation: b.box.SetQuery(t.query)})
		}
		run := t.pick
		if r.Event == part.BoxTabbed && t.tab != nil {
			run = t.tab
		}
		if !ok || run == nil {
			return nil
		}
		a.over = nil
		return tea.Batch(b.left(a), run(a))
	case part.BoxQueryChanged:
		return b.changed(a, r)
	case part.BoxNone:
	}
	return nil
}

// left journals the search the box was left with.
func (b *boxOverlay) left(a *App) tea.Cmd {
	text, _ := b.box.Query()
	if strings.TrimSpace(text) == "" && b.fixed == nil {
		return a.consultRecent()
	}
	return a.consultFind(text, b.found)
}

// changed answers a new query: at once for what is held here, by a command for people and records.
func (b *boxOverlay) changed(a *App, r part.BoxResult) tea.Cmd {
	text := strings.TrimSpace(r.Text)
	if text == "" || strings.IndexAny(text, ">@") == 0 {
		b.box.SetNote(part.Note{})
	}
	switch {
	case b.fixed != nil:
		return b.event(a, b.box.SetItems(r.Generation, pickItems(b.fixed, text)))
	case text == "":
		return b.event(a, b.box.SetItems(r.Generation, a.startItems()))
	case strings.HasPrefix(text, ">"):
		return b.event(a, b.box.SetItems(r.Generation, a.actionItems(strings.TrimSpace(text[1:]))))
	case strings.HasPrefix(text, "@"):
		return b.event(a, b.box.SetItems(r.Generation, a.officerItems(strings.TrimSpace(text[1:]))))
	}
	return a.findFor(r.Generation, strings.TrimPrefix(text, "#"), b.most(a))
}

// most is how many answers are asked for: those that can be seen at once, with room for what else the words could mean.
func (b *boxOverlay) most(a *App) int { return max(b.box.Rows(a.w, a.h)-2, 10) }

// understood says under the input which filters narrow the answer and what there is to know of it, or where a filter cannot
// be read.
func (b *boxOverlay) understood(msg boxFound) {
	text, _ := b.box.Query()
	var unread *query.Error
	if errors.As(msg.err, &unread) {
		at := strings.Index(text, unread.Term)
		b.box.SetNote(part.Note{Text: unread.Why, Style: part.StyleWarn, At: len([]rune(text[:max(at, 0)])) + 1})
		return
	}
	var says []string
	if terms := termsText(text); terms != "" {
		says = append(says, "only "+terms)
	}
	if msg.answer.Note != "" {
		says = append(says, msg.answer.Note)
	}
	style := part.StyleDim
	if msg.err == nil && msg.answer.Ready && len(msg.answer.Found) == 0 { // why comes before what narrows it: the end may be cut
		slices.Reverse(says)
		says, style = slices.Insert(says, 0, "nothing on record answers"), part.StyleWarn
	}
	b.box.SetNote(part.Note{Text: strings.Join(says, " · "), Style: style})
}

// pickItems ranks fixed items by the letters typed.
func pickItems(items []part.Item, text string) []part.Item {
	names := make([]string, len(items))
	for i, it := range items {
		names[i] = it.Title + " " + it.Detail // an action is also known by its name in scripts
	}
	var out []part.Item
	for _, p := range match.Abbrev(text, names) {
		it := items[p.Index]
		title := len([]rune(it.Title))
		it.Positions = slices.DeleteFunc(p.Positions, func(at int) bool { return at >= title })
		out = append(out, it)
	}
	slices.SortStableFunc(out, func(x, y part.Item) int { return begun(y, text) - begun(x, text) })
	return out
}

// begun ranks an item whose words begin as typed before one that merely has the letters in order, and of those what can be
// done before what cannot: "arr" is Record an arrest, and not Assess a risk.
func begun(it part.Item, text string) int {
	words := strings.FieldsFunc(match.Fold(it.Title+" "+it.Detail), func(r rune) bool { return r == ' ' || r == '.' || r == '-' })
	for typed := range strings.FieldsSeq(match.Fold(text)) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, typed) }) {
			return 0
		}
	}
	if it.Disabled != "" {
		return 1
	}
	return 2
}

// actionItems are the actions of the registry, those for the row under the cursor first; one that cannot be taken says why.
func (a *App) actionItems(text string) []part.Item {
	var can, cannot []part.Item
	for _, s := range model.Actions() {
		if s.Internal {
			continue
		}
		it := actionItem(s)
		if s.Name == "undo" {
			it.Data = target{pick: (*App).undoForm}
		}
		if it.Disabled = a.whyNotSpec(s); it.Disabled == "" {
			can = append(can, it)
		} else {
			cannot = append(cannot, it)
		}
	}
	all := append(can, cannot...)
	if text == "" {
		return all
	}
	return pickItems(all, text)
}

func (a *App) screenItems(text string) []part.Item {
	var items []part.Item
	for n, title := range []string{"Wanted", "Breaches", "Orders", "Packs", "Tasks", "Units", "Due", "Journal"} {
		items = append(items, part.Item{Group: "Screens", Title: title, Detail: itoa(n + 1), Data: target{pick: func(a *App) tea.Cmd { return a.goTo(n + 1) }}})
	}
	items = append(items, a.moreItems()...)
	items = append(items, part.Item{Group: "Screens", Title: "Briefing", Detail: "B", Disabled: whyNoBriefing(a), Data: target{pick: (*App).startBriefing}})
	items = append(items, part.Item{Group: "Screens", Title: "Plan of the operation", Detail: "O", Disabled: whyNoProposals(a), Data: target{pick: (*App).openPlan}})
	items = append(items, part.Item{Group: "Screens", Title: "Live board", Detail: "L", Disabled: whyNoProposals(a), Data: target{pick: (*App).openBoard}})
	items = append(items, part.Item{Group: "Screens", Title: "Results of the operation", Detail: "L R", Disabled: whyNoProposals(a), Data: target{pick: (*App).openResults}})
	items = append(items, part.Item{Group: "Screens", Title: "Handover", Detail: "L H", Data: target{pick: (*App).openHandover}})
	for i, u := range model.Units() {
		items = append(items, part.Item{
			Group: "Screens", Title: string(u.Code) + " " + u.Name, Detail: "g " + string(rune('a'+i)), Data: target{pick: func(a *App) tea.Cmd { return a.setUnit(u.Code) }},
		})
	}
	if text == "" {
		return items
	}
	return pickItems(items, text)
}

func (a *App) officerItems(text string) []part.Item {
	var items []part.Item
	for _, o := range a.officers {
		items = append(items, part.Item{
			Group: "Officers", Title: strings.TrimSpace(o.What + " " + o.Name), Detail: string(o.Unit) + " · " + string(o.Ref),
			Data: target{pick: func(a *App) tea.Cmd { return a.open(o.Ref, o) }},
		})
	}
	return pickItems(items, text)
}

// fixedBox opens the box over a fixed set of items.
func (a *App) fixedBox(hint string, items []part.Item) tea.Cmd {
	b := &boxOverlay{box: part.NewBox(hint), fixed: append([]part.Item{}, items...)} // none at all is not everything
	a.over = b
	_, generation := b.box.Query()
	b.box.SetItems(generation, items)
	return nil
}

// actionsBox lists everything that can be done with the row.
func (a *App) actionsBox() tea.Cmd {
	line, ok := a.subject()
	if !ok {
		return nil
	}
	return a.fixedBox("what to do", a.actionsOn(line))
}

// actionsOn are the actions that can be taken on a record.
func (a *App) actionsOn(line *model.Line) []part.Item {
	var own, person []part.Item // what the record itself is for comes before what its person is for
	for _, s := range model.Actions() {
		if s.Internal || len(s.On) == 0 || a.whyNotSpec(s) != "" {
			continue
		}
		if s.Starts(recordRef(line).Kind()) {
			own = append(own, actionItem(s))
		} else {
			person = append(person, actionItem(s))
		}
	}
	return slices.Concat(a.atlasItems(line), own, a.contactItems(line), person)
}

func actionItem(s model.Spec) part.Item {
	return part.Item{Group: "Actions", Title: s.Title, Detail: s.Name, Full: s.Help, Data: target{pick: form(s.Name)}}
}

// operationBox chooses the operation whose packs are shown. Opened before the operations have been read it fills when
// they are.
func (a *App) operationBox() tea.Cmd {
	cmd := a.fixedBox("which operation; tab opens it", a.operationItems())
	if b, ok := a.over.(*boxOverlay); ok {
		b.fresh = (*App).operationItems
	}
	return cmd
}

// refreshBox fills the box that is open with what has been read since.
func (a *App) refreshBox() tea.Cmd {
	b, ok := a.over.(*boxOverlay)
	if !ok || b.fresh == nil {
		return nil
	}
	b.fixed = b.fresh(a)
	text, generation := b.box.Query()
	return b.event(a, b.box.SetItems(generation, pickItems(b.fixed, strings.TrimSpace(text))))
}

func (a *App) operationItems() []part.Item {
	var items []part.Item
	for _, op := range a.ops {
		items = append(items, part.Item{
			Group: "Operations", Title: op.Name, Detail: op.Status + " · " + itoa(op.Count) + " targets · to " + op.Due.Short(),
			Data: target{
				pick: func(a *App) tea.Cmd {
					a.lists[4].operation = op.Ref
					a.lists[4].show(a.unit, a.now)
					return tea.Batch(a.previewSoon(), a.countBoard(), a.followOperation())
				},
				tab: func(a *App) tea.Cmd { return a.open(op.Ref, op) },
			},
		})
	}
	return items
}

// ordersBox chooses the order of a person that an event may breach.
func (a *App) ordersBox(person model.Ref) tea.Cmd {
	var items []part.Item
	for _, o := range a.lists[3].all {
		if o.Person == person {
			items = append(items, part.Item{
				Group: "Orders", Title: o.Type + " " + string(o.Ref), Detail: o.Status + " · " + o.What,
				Data: target{pick: func(a *App) tea.Cmd { return a.openForm("breach.report", []*model.Line{o}) }},
			})
		}
	}
	if len(items) == 0 {
		a.warn("breach: no live order is on record against them")
		return nil
	}
	if len(items) == 1 {
		t, _ := items[0].Data.(target)
		return t.pick(a)
	}
	return a.fixedBox("of which order", items)
}

func (b *boxOverlay) view(a *App) (string, *tea.Cursor) {
	return b.box.View(&a.th, a.w, a.h), b.box.Cursor()
}

// helpOverlay is the help of the screen, made from its bindings.
type helpOverlay struct {
	bindings []part.Binding
	top      int // how far it is scrolled
}

func (a *App) openHelp() tea.Cmd {
	var out []part.Binding
	for _, b := range a.here() {
		if b.shown == "" {
			continue // told together with the one before
		}
		out = append(out, part.Binding{Keys: b.shown, Help: b.help, Group: b.group, Why: b.why(a)})
	}
	a.over = &helpOverlay{bindings: out}
	return nil
}

func (h *helpOverlay) update(a *App, msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	_, most := part.HelpFrom(&a.th, h.bindings, a.w, a.h-2, h.top)
	by := map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": 4 - a.h, "pgdown": a.h - 4, "space": a.h - 4, "home": -most, "end": most}[k.String()]
	if by == 0 || most == 0 {
		a.over = nil
		return nil
	}
	h.top = min(max(h.top+by, 0), most)
	return nil
}

func (h *helpOverlay) view(*App) (string, *tea.Cursor) { return "", nil }

// full draws the help over the whole screen.
func (h *helpOverlay) full(a *App) string {
	page, _ := part.HelpFrom(&a.th, h.bindings, a.w, a.h-2, h.top)
	return a.markingLine(false) + "\n" + page + "\n" + a.markingLine(true)
}
