package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/ui/part"
)

// binding is one key: what it does, why it cannot be pressed now, and doing it. Footer and help are made from the
// bindings, so they cannot say something else than the keys do.
type binding struct {
	keys  []string
	shown string
	help  string
	group string
	foot  bool              // stands in the footer when it can be pressed
	why   func(*App) string // "" when it can be pressed
	run   func(*App) tea.Cmd
	where func(*App) bool // nil: everywhere
}

func always(*App) string { return "" }

// The groups of the help page.
const (
	groupWork   = "Work on the row, or on the marked rows" //nolint:gosec // a heading of the help page
	groupFind   = "Find"
	groupMove   = "Move"
	groupScreen = "Screens and units"
	groupDesk   = "The desk"
)

func (a *App) bindings() []binding {
	return slices.Concat(threatKeys(), workKeys(), findKeys(), moveKeys(), screenKeys(), deskKeys())
}

func workKeys() []binding {
	return []binding{
		{keys: []string{"enter"}, shown: "enter", help: "open", group: groupWork, foot: true, why: needsRow, run: (*App).openSelected, where: notReading},
		{keys: []string{"v"}, shown: "v", help: "keep", group: groupWork, foot: true, why: whyNot("target.review"), run: form("target.review"), where: onScreen(reviewAt)},
		{keys: []string{"r"}, shown: "r", help: "take off", group: groupWork, foot: true, why: whyNot("target.remove"), run: form("target.remove"), where: onScreen(reviewAt)},
		{keys: []string{"b"}, shown: "b", help: "report", group: groupWork, foot: true, why: whyNot("breach.report"), run: form("breach.report"), where: onScreen(suspicionsAt)},
		{keys: []string{"x"}, shown: "x", help: "dismiss", group: groupWork, foot: true, why: whyNot("breach.dismiss"), run: form("breach.dismiss"), where: onScreen(suspicionsAt)},
		{keys: []string{"M"}, shown: "M", help: "may be breaches", group: groupWork, foot: true, why: whyNoSuspicions, run: (*App).openSuspicions, where: inBreaches},
		{keys: []string{"R"}, shown: "R", help: "results", group: groupWork, foot: true, why: always, run: (*App).openBreachResults, where: inBreaches},
		{keys: []string{"n"}, shown: "n", help: "next step", group: groupWork, foot: true, why: whyNoSettle, run: (*App).settle, where: onNextStep},
		{keys: []string{"b"}, shown: "b", help: "breach", group: groupWork, foot: true, why: whyNoBreach, run: (*App).breachForm, where: onScreen(2, 3)},
		{keys: []string{"v"}, shown: "v", help: "check", group: groupWork, foot: true, why: whyNot("check.record"), run: form("check.record"), where: onOrders},
		{keys: []string{"t"}, shown: "t", help: "task", group: groupWork, foot: true, why: whyNot("task.add"), run: form("task.add"), where: onRecords},
		{keys: []string{"e"}, shown: "e", help: "attempt", group: groupWork, foot: true, why: whyNot("attempt.record"), run: form("attempt.record"), where: onRecords},
		{keys: []string{"a"}, shown: "a", help: "arrest", group: groupWork, foot: true, why: whyNoArrest, run: (*App).arrestForm, where: onRecords},
		{keys: []string{"b"}, shown: "b", help: "breach", group: groupWork, why: whyNoBreach, run: (*App).breachForm, where: onRecords},
		{keys: []string{"c"}, shown: "c", help: "circulate", group: groupWork, why: whyNot("wanted.circulate"), run: form("wanted.circulate"), where: onRecords},
		{keys: []string{"w"}, shown: "w", help: "mark as wanted", group: groupWork, why: whyNot("wanted.mark"), run: form("wanted.mark"), where: onRecords},
		{keys: []string{"m"}, shown: "m", help: "add to an operation", group: groupWork, why: whyNot("target.add"), run: form("target.add"), where: onRecords},
		{keys: []string{"r"}, shown: "r", help: "remove from the target list", group: groupWork, why: whyNot("target.remove"), run: form("target.remove"), where: onScreen(4)},
		{keys: []string{"v"}, shown: "v", help: "review: keep on the list", group: groupWork, why: whyNot("target.review"), run: form("target.review"), where: onScreen(4)},
		{keys: []string{"V"}, shown: "V", help: "targets to look at again", group: groupWork, why: whyNoReview, run: (*App).openReview, where: inPacks},
		{keys: []string{"C"}, shown: "C", help: "close the operation", group: groupWork, why: whyNoClose, run: (*App).closeOperation, where: ofOperation},
		{keys: []string{"P"}, shown: "P", help: "propose", group: groupWork, foot: true, why: whyNoProposals, run: (*App).openProposals, where: onScreen(4)},
		{keys: []string{"m"}, shown: "m", help: "add to the list", group: groupWork, foot: true, why: whyNot("target.add"), run: form("target.add"), where: onScreen(proposalsAt)},
		{keys: []string{"O"}, shown: "O", help: "plan", group: groupWork, foot: true, why: whyNoProposals, run: (*App).openPlan, where: ofOperation},
		{keys: []string{"f"}, shown: "f", help: "assign officers", group: groupWork, why: whyNot("target.assign"), run: form("target.assign"), where: onScreen(4)},
		{keys: []string{"B"}, shown: "B", help: "briefing", group: groupWork, foot: true, why: whyNoBriefing, run: (*App).startBriefing, where: onScreen(4)},
		{keys: []string{"L"}, shown: "L", help: "live board", group: groupWork, foot: true, why: whyNoProposals, run: (*App).openBoard, where: inPacks},
		{keys: []string{"R"}, shown: "R", help: "results", group: groupWork, foot: true, why: whyNoProposals, run: (*App).openResults, where: onBoard},
		{keys: []string{"H"}, shown: "H", help: "handover", group: groupWork, foot: true, why: always, run: (*App).openHandover, where: onBoard},
		{keys: []string{"s"}, shown: "s", help: "start", group: groupWork, foot: true, why: whyNot("task.start"), run: form("task.start"), where: onTasks},
		{keys: []string{"d"}, shown: "d", help: "done", group: groupWork, foot: true, why: whyNot("task.done"), run: form("task.done"), where: onTasks},
		{keys: []string{"t"}, shown: "t", help: "reassign", group: groupWork, foot: true, why: whyNot("task.assign"), run: form("task.assign"), where: onTasks},
		{keys: []string{"p"}, shown: "p", help: "priority", group: groupWork, foot: true, why: whyNot("task.reprioritise"), run: form("task.reprioritise"), where: onTasks},
		{keys: []string{"x"}, shown: "x", help: "cancel", group: groupWork, why: whyNot("task.cancel"), run: form("task.cancel"), where: onTasks},
		{keys: []string{"k"}, shown: "k", help: "acknowledge safeguards", group: groupWork, why: whyNot("safeguard.acknowledge"), run: form("safeguard.acknowledge"), where: onRecords},
		{keys: []string{"V"}, shown: "V", help: "reveal need-to-know …", group: groupWork, why: whyNot("victim.reveal"), run: form("victim.reveal"), where: func(a *App) bool { return onRecords(a) && !inPacks(a) }},
		{keys: []string{"space"}, shown: "space", help: "mark", group: groupWork, foot: true, why: needsRow, run: (*App).mark, where: inRows},
		{keys: []string{"*"}, shown: "*", help: "mark all shown, or none", group: groupWork, why: needsRow, run: (*App).markAll, where: inRows},
		{keys: []string{"A"}, shown: "A", help: "atlas of its data", group: groupWork, foot: true, why: always, run: (*App).openAtlas, where: onAtlasCase},
		{keys: []string{"tab", "."}, shown: "tab", help: "all actions …", group: groupWork, why: needsRow, run: (*App).actionsBox},
	}
}

func findKeys() []binding {
	return []binding{
		{keys: []string{"/"}, shown: "/", help: "filter", group: groupFind, foot: true, why: always, run: (*App).startFilter, where: func(a *App) bool { return a.detail == nil && a.screen() != nil }},
		{keys: []string{"ctrl+k", ":"}, shown: "^k", help: "find", group: groupFind, foot: true, why: always, run: (*App).openBox},
		{keys: []string{"o"}, shown: "o", help: "other operation …", group: groupFind, why: always, run: (*App).operationBox, where: onScreen(4, boardAt, reviewAt)},
		{keys: []string{"N"}, shown: "N", help: "new person", group: groupFind, why: whyNot("person.add"), run: form("person.add")},
	}
}

func moveKeys() []binding {
	return []binding{
		{keys: []string{"["}, shown: "[", help: "back", group: groupMove, why: whyNoPast, run: (*App).back},
		{keys: []string{"]"}, shown: "]", help: "forward", group: groupMove, why: whyNoNext, run: (*App).forward},
		{keys: []string{"esc", "backspace"}, shown: "esc", help: "out: list, filter, marks", group: groupMove, why: always, run: (*App).escape},
	}
}

func screenKeys() []binding {
	out := []binding{}
	for n := 1; n <= 8; n++ {
		b := binding{keys: []string{itoa(n)}, group: groupScreen, why: always, run: func(a *App) tea.Cmd { return a.goTo(n) }}
		if n == 1 {
			b.shown, b.help = "1…8", "the screens, as at the top"
		}
		out = append(out, b)
	}
	return append(
		out,
		binding{keys: []string{"9"}, shown: "9", help: "more lists …", group: groupScreen, why: always, run: (*App).moreBox},
		binding{keys: []string{"g"}, shown: "g a…l", help: "a unit: AS AW CE …", group: groupScreen, why: always, run: (*App).pendUnit, where: notReading},
		binding{keys: []string{"0"}, shown: "0", help: "all twelve units, or mine", group: groupScreen, why: always, run: (*App).allUnits},
		binding{keys: []string{"<", ","}, shown: "< >", help: "unit before, after", group: groupScreen, why: always, run: func(a *App) tea.Cmd { return a.stepUnit(-1) }},
		binding{keys: []string{">"}, group: groupScreen, why: always, run: func(a *App) tea.Cmd { return a.stepUnit(1) }},
	)
}

func deskKeys() []binding {
	return []binding{
		{keys: []string{"u"}, shown: "u", help: "undo", group: groupDesk, foot: true, why: always, run: (*App).undoForm},
		{keys: []string{"A"}, shown: "A", help: "what is announced has been read", group: groupDesk, why: whyNothingTold, run: (*App).acknowledge},
		{keys: []string{"ctrl+r"}, shown: "ctrl+r", help: "read everything again", group: groupDesk, why: always, run: func(a *App) tea.Cmd { return tea.Batch(append(a.loadAll(), a.countBoard())...) }},
		{keys: []string{blankKey}, shown: blankKey, help: "blank the screen, and show it again", group: groupDesk, why: always, run: (*App).blank},
		{keys: []string{"q"}, shown: "q", help: "leave the desk", group: groupDesk, why: always, run: (*App).quit},
		{keys: []string{"?"}, shown: "?", help: "help", group: groupDesk, foot: true, why: always, run: (*App).openHelp},
	}
}

func notReading(a *App) bool { return a.detail == nil }

// inRows are the lists whose rows can be worked on.
func inRows(a *App) bool { return a.detail == nil && a.screen() != nil && a.at != 8 }

// onTask reports whether a task is what is being looked at: tasks have keys of their own.
func onTask(a *App) bool {
	l, ok := a.subject()
	return ok && l.Kind == "task"
}

func onTasks(a *App) bool { return onTask(a) || (a.at == 5 && a.detail == nil) }

// onOrders reports whether an order is what is being looked at: orders are checked.
func onOrders(a *App) bool {
	l, ok := a.subject()
	return ok && l.Ref.Kind() == model.KindOrder
}

func onRecords(a *App) bool {
	return !onTasks(a) && (a.detail != nil || (a.screen() != nil && a.at != 8))
}

// onNextStep is where there are rows that know their next step: the clocks, and applications.
func onNextStep(a *App) bool {
	l, ok := a.subject()
	return a.at == 7 || (ok && l.Kind == "application" && l.Settle != "")
}

// inPacks is the list of packs itself, and no record opened from it.
func inPacks(a *App) bool { return a.at == 4 && a.detail == nil }

func onBoard(a *App) bool { return a.at == boardAt && a.detail == nil }

// ofOperation are the screens of one operation, and no record opened from them.
func ofOperation(a *App) bool { return a.detail == nil && (a.at == 4 || a.at == boardAt) }

func onScreen(numbers ...int) func(*App) bool {
	return func(a *App) bool { return slices.Contains(numbers, a.at) }
}

// here are the bindings that apply on the present screen.
func (a *App) here() []binding {
	out := make([]binding, 0, len(a.keys))
	for _, b := range a.keys {
		if b.where == nil || b.where(a) {
			out = append(out, b)
		}
	}
	if onAtlas(a) {
		return a.withAtlasKeys(out)
	}
	return out
}

// shown are the bindings of the footer: those that can be pressed, the way to help last.
func (a *App) shown() []part.Binding {
	if a.pending == 'g' {
		return unitKeys()
	}
	var out []part.Binding
	onPage := a.onPage()
	if onPage && a.detail.line != nil {
		out = append(out, part.Binding{Keys: "tab", Help: "actions"})
	}
	for _, b := range a.here() {
		if why := b.why(a); b.foot && (why == "" || !onPage) {
			out = append(out, part.Binding{Keys: b.shown, Help: b.help, Why: why})
		}
	}
	if a.detail != nil {
		out = append([]part.Binding{{Keys: "esc", Help: "back"}}, out...)
	}
	return out
}

// onPage reports whether a page is being read: of many records, and about none that a key of a row could mean.
func (a *App) onPage() bool {
	if a.detail == nil {
		return false
	}
	_, _, ok := pageOf(a.detail.ref)
	return ok
}

func unitKeys() []part.Binding {
	var out []part.Binding
	for i, u := range model.Units() {
		out = append(out, part.Binding{Keys: string(rune('a' + i)), Help: string(u.Code)})
	}
	return out
}

// key takes a key: what floats first, then a filter being typed, then the screen.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	if key == "ctrl+c" {
		return a.quit()
	}
	if a.w < leastWidth || a.h < leastHeight {
		return nil // what cannot be seen must not be done
	}
	if key == blankKey || a.blanked {
		if key == blankKey {
			return a.blank()
		}
		return nil // whoever blanked the screen has a reason: only the same key shows it again
	}
	if a.over != nil {
		return a.over.update(a, msg)
	}
	if s := a.screen(); s != nil && s.typing {
		return a.typeFilter(s, msg)
	}
	if a.pending == 'g' {
		return a.pickUnit(key)
	}
	for _, b := range a.here() {
		if !slices.Contains(b.keys, key) {
			continue
		}
		if why := b.why(a); why != "" {
			a.warn("%s: %s", b.help, why)
			return nil
		}
		return b.run(a)
	}
	return a.move(key)
}

// move gives a key to whatever scrolls.
func (a *App) move(key string) tea.Cmd {
	shown := a.cardShown()
	switch {
	case a.detail != nil:
		a.detail.scroll(key)
	case onAtlas(a):
		return a.atlasMove(key)
	case a.at == 6:
		a.units.table.HandleKey(key)
	case a.at == boardAt:
		a.board.table.HandleKey(key)
	case a.screen().table.HandleKey(key):
		cmd := a.previewSoon()
		a.settling = shown
		return cmd
	case len(key) == 1:
		a.warn("%s does nothing here; ? lists the keys", key)
	}
	return nil
}

func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	if a.blanked {
		return nil
	}
	if a.over != nil {
		return a.over.update(a, msg)
	}
	if s := a.screen(); s != nil && s.typing {
		var cmd tea.Cmd
		s.input, cmd = s.input.Update(tea.PasteMsg{Content: part.Safe(msg.Content)})
		s.setFilter(s.input.Value(), a.unit, a.now)
		return cmd
	}
	return nil
}

// subject is the row an action is about.
func (a *App) subject() (*model.Line, bool) {
	if a.detail != nil {
		return a.detail.line, a.detail.line != nil
	}
	return a.selectedLine()
}

// subjects are the rows an action is about: the marked ones, or the one.
func (a *App) subjects() []*model.Line {
	if a.detail != nil {
		if a.detail.line == nil {
			return nil
		}
		return []*model.Line{a.detail.line}
	}
	if s := a.screen(); s != nil {
		return s.subjects()
	}
	if l, ok := a.selectedLine(); ok {
		return []*model.Line{l}
	}
	return nil
}

func needsRow(a *App) string {
	if a.screen() == nil && a.detail == nil {
		return ""
	}
	if _, ok := a.subject(); !ok {
		return "no row is selected"
	}
	return ""
}

// whyNot says why an action cannot be taken on the row: not this kind of record, or not this officer's to do.
func whyNot(name string) func(*App) string {
	s, _ := model.Find(name)
	return func(a *App) string { return a.whyNotSpec(s) }
}

func (a *App) whyNotSpec(s model.Spec) string {
	if a.me == nil {
		return "the desk is still opening"
	}
	if err := model.Can(a.me, s); err != nil {
		return err.Error()
	}
	if why := a.whyCut(); why != "" {
		return why
	}
	if len(s.On) == 0 {
		return ""
	}
	line, ok := a.subject()
	if !ok {
		return "no row is selected"
	}
	if _, _, fits := subjectField(s, line); !fits {
		return "not for a " + orWord(line.Kind, "row")
	}
	if why := a.whyNotMine(s, line); why != "" {
		return why
	}
	if s.Name == "attempt.record" && line.Kind == "arrest" {
		return "they are under arrest"
	}
	return ""
}

// whyNotMine says that a row is restricted, or another unit's to decide on.
func (a *App) whyNotMine(s model.Spec, line *model.Line) string {
	if line.Withheld() {
		return "it is a restricted record. " + line.What
	}
	if len(s.On) == 0 || line.Ref.Kind() != s.On[0] {
		return "" // it acts on another record, and says so itself
	}
	if err := model.CanOn(a.me, s, line.Unit, line.Owner == a.me.Ref); err != nil {
		return err.Error()
	}
	return ""
}

func form(name string) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd { return a.openForm(name, a.subjects()) }
}

// arrestAction is what `a` means on a row: recording an arrest, or moving one on.
func arrestAction(l *model.Line) string {
	if l.Kind == "arrest" || l.Status == string(model.WasArrested) {
		return "arrest.status"
	}
	return "arrest.record"
}

func whyNoArrest(a *App) string {
	l, ok := a.subject()
	if !ok {
		return "no row is selected"
	}
	return whyNot(arrestAction(l))(a)
}

func (a *App) arrestForm() tea.Cmd {
	l, _ := a.subject()
	return a.openForm(arrestAction(l), a.subjects())
}

// breachAction is what `b` means on a row: deciding a breach, or reporting one on an order.
func breachAction(l *model.Line) string {
	if l.Kind == "breach" {
		return "breach.decide"
	}
	return "breach.report"
}

func whyNoBreach(a *App) string {
	l, ok := a.subject()
	if !ok {
		return "no row is selected"
	}
	if why := whyNot(breachAction(l))(a); why == "" || l.Person == "" || strings.HasPrefix(why, "to ") {
		return why
	}
	return "" // on a person: their orders are offered
}

func (a *App) breachForm() tea.Cmd {
	l, _ := a.subject()
	if whyNot(breachAction(l))(a) == "" {
		return a.openForm(breachAction(l), a.subjects())
	}
	return a.ordersBox(l.Person)
}

func whyNoSettle(a *App) string {
	l, ok := a.subject()
	if !ok {
		return "no clock is selected"
	}
	if settleAction(l) == "" {
		return "open the record to settle it"
	}
	return ""
}

func whyNoPast(a *App) string {
	if len(a.past) == 0 {
		return "nowhere to go back to"
	}
	return ""
}

func whyNoNext(a *App) string {
	if len(a.next) == 0 {
		return "nowhere to go forward to"
	}
	return ""
}

// settleAction is the form that settles a due.
func settleAction(l *model.Line) string {
	return l.Settle
}

func (a *App) settle() tea.Cmd {
	l, _ := a.subject()
	return a.openForm(settleAction(l), []*model.Line{l})
}

// quit leaves the desk. A form half filled in is kept as a draft.
func (a *App) quit() tea.Cmd {
	cmds := []tea.Cmd{a.flush(), tea.Quit}
	if f, ok := a.over.(*formOverlay); ok && f.form.Dirty() {
		cmds = append([]tea.Cmd{a.saveDraft(f.id, f.version, f.draft, f.form.Values())}, cmds...)
	}
	if b := a.pixels.briefing; b != nil {
		cmds = append([]tea.Cmd{a.forget(b)}, cmds...)
	}
	return tea.Sequence(cmds...)
}
