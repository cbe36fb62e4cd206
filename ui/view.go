package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// The least a screen can be used in.
const (
	leastWidth  = 60
	leastHeight = 15
)

// The widths at which the preview moves to the right, and at which a third column fits.
const (
	wideAt     = 100
	wideMostAt = 160
)

// layout is where the parts of the frame stand, worked out once a size.
type layout struct {
	body, list, preview, third int // height of the body; widths of list, preview and third column
	foot                       int // lines of preview under the list, where there is no room beside it
}

const (
	headLines = 4 // marking, tabs, filter, rule
	footLines = 3 // rule, keys, marking
)

func (a *App) measure() layout {
	l := layout{list: a.w}
	switch {
	case a.w >= wideMostAt:
		l.third = a.w * 3 / 16
		l.preview = a.w * 3 / 10
		l.list = a.w - l.preview - l.third - 2
	case a.w >= wideAt:
		l.preview = a.w / 3
		l.list = a.w - l.preview - 1
	default:
		l.foot = 3 // a rule and two lines
	}
	l.body = max(1, a.h-headLines-footLines-l.foot)
	return l
}

// layout gives the screens their sizes.
func (a *App) layout() {
	l := a.measure()
	for _, s := range a.lists {
		s.table.SetSize(l.list, l.body)
	}
	a.lists[2].table.SetSize(l.list, max(1, l.body-len(a.breachNotes())))
	a.lists[4].table.SetSize(l.list, max(1, l.body-len(a.packsNotes())))
	a.units.table.SetSize(a.w, max(1, a.h-headLines-footLines))
	a.board.table.SetSize(a.w, max(1, a.h-headLines-footLines))
}

// View draws the frame. It is drawn anew only after a message changed something.
func (a *App) View() tea.View {
	if !a.fresh {
		a.frame = marking + " · opening"
		if a.first == nil {
			a.frame = a.draw()
		}
		if a.th.ASCII {
			a.frame = asciiSigns().Replace(a.frame)
		}
		a.fresh = a.first == nil
	}
	v := tea.NewView(a.frame)
	v.AltScreen = true
	v.WindowTitle = "pou" // never a name: titles are logged and shown on other screens
	v.Cursor = a.cursor()
	return v
}

// asciiSigns replaces the signs that stand between words where the terminal has only ASCII. Letters stay as they are.
func asciiSigns() *strings.Replacer {
	return strings.NewReplacer("·", "-", "…", "~", "–", "-", "—", "-", "×", "x", "→", ">", "÷", "/", "≤", "<", "≥", ">", "±", "~")
}

func (a *App) draw() string {
	a.pixels.begin()
	a.floatCursor = nil
	if a.w < leastWidth || a.h < leastHeight {
		return a.tooSmall()
	}
	if a.dead != nil {
		return a.page("the store cannot be read", part.Wrap(part.Safe(a.dead.Error()), a.w-4))
	}
	if a.blanked {
		return a.blankFrame()
	}
	if f, ok := a.over.(fullScreen); ok {
		return f.full(a)
	}
	base := a.baseFrame()
	if a.over == nil {
		return base
	}
	float, at := a.over.view(a)
	a.floatCursor = at
	if at != nil {
		x, y := part.CenterAt(float, a.w, a.h)
		at.X, at.Y = at.X+x, at.Y+y
	}
	return part.Center(base, float, a.w, a.h)
}

// baseFrame is the screen below what floats.
func (a *App) baseFrame() string {
	if onAtlas(a) {
		return a.atlasFrame()
	}
	return a.top() + a.middle() + a.bottom()
}

// fullScreen is an overlay that takes the whole screen.
type fullScreen interface{ full(a *App) string }

func (a *App) tooSmall() string {
	lines := []string{marking, "", "This window is too small.", "pou needs at least 60 by 15;", "it is " + itoa(a.w) + " by " + itoa(a.h) + ".", "Nothing typed is lost."}
	return a.th.FitLines(strings.Join(lines, "\n"), max(1, a.w), max(1, a.h))
}

// page is a whole screen with one message.
func (a *App) page(title string, lines []string) string {
	body := append([]string{"", "  " + a.th.Danger.Apply(title), ""}, indent(lines)...)
	return a.markingLine(false) + "\n" + a.th.FitLines(strings.Join(body, "\n"), a.w, a.h-2) + "\n" + a.markingLine(true)
}

func indent(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = "  " + l
	}
	return out
}

// spread sets words at the left, middle and right of a line.
func spread(w int, left, middle, right string) string {
	lw, mw, rw := part.Width(left), part.Width(middle), part.Width(right)
	if lw+mw+rw+2 > w {
		middle, mw = "", 0
	}
	gap := max(1, (w-mw)/2-lw)
	line := left + strings.Repeat(" ", gap) + middle
	gap = max(1, w-lw-gap-mw-rw)
	return part.Fit(line+strings.Repeat(" ", gap)+right, w, part.AlignLeft)
}

func (a *App) markingLine(bottom bool) string {
	marking := marking
	if onAtlas(a) {
		marking = atlasMarking
	}
	middle, right := "", ""
	if a.sample {
		middle = a.th.Warn.Apply("SAMPLE DATA")
	}
	if bottom {
		right = a.th.Dim.Apply(a.now.In(day.London()).Format("Mon 2 Jan 15:04"))
		middle = ""
		if a.notice.text != "" && !onAtlas(a) {
			middle = a.th.Style(a.notice.style).Apply(a.notice.cut(max(10, a.w-len(marking)-22)))
		}
	} else if a.me != nil {
		right = part.Safe(a.me.Call()) + " · " + a.unitWord()
		if room := a.w - part.Width(marking) - part.Width(middle) - 2; middle != "" && part.Width(right) > room {
			right = part.Cut(a.unitShort(), max(room, 0)) // that the data is a sample stands on every screen
		}
	}
	return spread(a.w, a.th.Marking.Apply(marking), middle, right)
}

func (a *App) unitWord() string {
	if a.unit == "" {
		return "all units"
	}
	return string(a.unit) + " " + a.unit.Name()
}

func (a *App) unitShort() string {
	if a.unit == "" {
		return "all"
	}
	return string(a.unit)
}

// heldTabs are the tabs as last drawn. Counting what is in every list takes longer than the rest of a frame, and no key that only
// moves changes it.
type heldTabs struct {
	at, w     int
	unit      model.Unit
	operation model.Ref
	text      string
}

func (a *App) tabs() string {
	now := heldTabs{at: a.at, w: a.w, unit: a.unit, operation: a.lists[4].operation, text: a.tabLine.text}
	if now != a.tabLine || now.text == "" {
		now.text = a.drawTabs()
		a.tabLine = now
	}
	return now.text
}

// drawTabs names the screens with what is in them. Where they do not fit, the gaps shrink first, then the journal goes: ? and
// the box still name it.
func (a *App) drawTabs() string {
	words := make([]string, 8)
	for n := range words {
		title, count := a.tab(n + 1)
		words[n] = itoa(n+1) + " " + title
		if n+1 == a.at || (n+1 == 4 && (a.at == proposalsAt || a.at == boardAt || a.at == reviewAt)) || (n+1 == 2 && a.at == suspicionsAt) {
			words[n] = a.th.Accent.Apply(words[n])
		} else {
			words[n] = a.th.Dim.Apply(itoa(n+1)) + " " + title
		}
		if count != "" {
			words[n] += " " + count
		}
	}
	line := " " + strings.Join(words, "  ")
	if part.Width(line) > a.w {
		line = " " + strings.Join(words, " ")
	}
	if part.Width(line) > a.w && a.at != 8 {
		line = " " + strings.Join(words[:7], " ")
	}
	return part.Fit(line, a.w, part.AlignLeft)
}

func (a *App) tab(n int) (title, count string) {
	if n == 6 {
		return "Units", ""
	}
	s := a.lists[n]
	if s.list == listJournal {
		return s.title, ""
	}
	if !s.loaded {
		return s.title, a.th.Dim.Apply("…")
	}
	title = s.title
	n = s.count(a.unit)
	if s.list == store.ListDue {
		return title, a.overdue(n)
	}
	return title, a.th.Bold.Apply(itoa(n))
}

// overdue is the count on the Due tab: red when a clock has run out, with a sign for those who see no red.
func (a *App) overdue(total int) string {
	late := 0
	for _, l := range a.lists[7].all {
		if l.Status == "overdue" && (a.unit == "" || l.Unit == a.unit) {
			late++
		}
	}
	if late > 0 {
		word := a.th.Danger.Apply(itoa(late) + "!")
		if a.w >= wideAt {
			word += "/" + itoa(total)
		}
		return word
	}
	return a.th.Bold.Apply(itoa(total))
}

func (a *App) rule() string { return a.th.Dim.Apply(strings.Repeat(a.th.Pick("─", "-"), a.w)) }

func (a *App) top() string {
	return a.markingLine(false) + "\n" + a.tabs() + "\n" + a.filterLine() + "\n" + a.band() + "\n"
}

// filterLine holds the filter, or what is being looked at, and where in the list the cursor is.
func (a *App) filterLine() string {
	if a.detail != nil {
		return spread(a.w, " "+a.th.Bold.Apply(part.Safe(a.detail.title()))+"  "+a.markerWords(a.detail.card.markers), "", a.th.Dim.Apply(a.detail.more()+"esc back "))
	}
	s := a.screen()
	if a.at == boardAt {
		return spread(a.w, " "+a.th.Accent.Apply("Live board ")+a.operationWords(a.lists[4]), "", a.th.Dim.Apply(a.board.words()+" "))
	}
	if s == nil {
		return part.Fit(" "+a.th.Dim.Apply("the twelve units, live counts; enter opens one"), a.w, part.AlignLeft)
	}
	if s.typing && s.filterErr != "" || s.filterSays != "" {
		return part.Fit(" "+a.filterWords(s), a.w, part.AlignLeft)
	}
	cur, total := s.table.Position()
	right := itoa(cur) + " of " + itoa(total)
	if s.text != "" {
		right += ", filtered"
		if s.near > 0 {
			right += ", " + itoa(s.near) + " spelt otherwise"
		}
	}
	if live := s.count(a.unit); s.text == "" && s.alive != "" && live != total {
		right += " (" + itoa(live) + " " + s.alive + ")"
	}
	right += " · " + s.order + " "
	if m := len(s.table.Marked()); m > 0 {
		right = a.th.Accent.Apply(itoa(m)+" marked") + " · " + right
	}
	return spread(a.w, " "+a.filterWords(s), "", a.th.Dim.Apply(right))
}

func (a *App) filterWords(s *listScreen) string {
	switch {
	case s.typing && s.filterErr != "":
		return part.Cut(a.th.Accent.Apply("/ ")+part.Safe(s.input.Value())+"  "+a.th.Warn.Apply(part.Safe(s.filterErr)), a.w-2)
	case s.filterSays != "":
		text := s.text
		if s.typing {
			text = s.input.Value()
		}
		return part.Cut(a.th.Accent.Apply("/ ")+part.Safe(text)+"  "+a.th.Warn.Apply(part.Safe(s.filterSays)), a.w-2)
	case s.typing:
		return a.th.Accent.Apply("/ ") + part.Safe(s.input.Value())
	case s.text != "":
		return a.th.Accent.Apply("/ ") + part.Safe(s.text)
	case s.err != nil:
		return a.th.Danger.Apply(part.Safe(s.err.Error()))
	case s.list == store.ListTargets:
		return a.operationWords(s)
	case s.list == store.ListSuspicions:
		return a.th.Accent.Apply("May be breaches: nobody has decided") + a.th.Dim.Apply("  / filter")
	case s.list == listReview:
		return a.th.Accent.Apply("To look at again in ") + a.operationWords(a.lists[4])
	case s.list == listProposals:
		return a.th.Accent.Apply("Proposed for ") + a.operationWords(a.lists[4])
	}
	if s.no >= moreFrom {
		return a.th.Accent.Apply(s.title) + a.th.Dim.Apply("  / filter  9 other lists")
	}
	return a.th.Dim.Apply("/ filter: unit:SW marker:VI due:<3d kov")
}

func (a *App) operationWords(s *listScreen) string {
	for _, op := range a.ops {
		if op.Ref == s.operation {
			return a.th.Bold.Apply(part.Safe(op.Name)) + " " + a.th.Dim.Apply(op.Status+", to "+op.Due.Short()+"  o other")
		}
	}
	return a.th.Dim.Apply("no operation")
}

func (a *App) middle() string {
	l := a.measure()
	switch {
	case a.detail != nil:
		return a.detail.view(a, a.w, a.h-headLines-footLines) + "\n"
	case a.at == 6:
		return a.units.view(a) + "\n"
	case a.at == boardAt:
		return a.board.view(a) + "\n"
	}
	list := a.noted(a.screen().table.View(&a.th), l.list)
	if l.preview == 0 {
		return list + "\n" + a.rule() + "\n" + a.brief(a.w) + "\n"
	}
	bar := a.th.Dim.Apply(a.th.Pick("│", "|"))
	columns := [][]string{strings.Split(list, "\n"), a.previewLines(l.preview, l.body, false)}
	if l.third > 0 {
		columns = append(columns, a.previewLines(l.third, l.body, true))
	}
	var b strings.Builder
	for y := range l.body {
		for i, col := range columns {
			if i > 0 {
				b.WriteString(bar)
			}
			b.WriteString(col[y])
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (a *App) bottom() string {
	return a.rule() + "\n" + part.Footer(&a.th, a.shown(), a.w) + "\n" + a.markingLine(true)
}

// cursor is the terminal's own cursor: in the field being typed into, else on the selected row, where screen readers
// look for it.
func (a *App) cursor() *tea.Cursor {
	if a.w < leastWidth || a.h < leastHeight || a.dead != nil || a.blanked {
		return nil
	}
	if a.over != nil {
		return a.floatCursor
	}
	if onAtlas(a) {
		return a.atlasCursor()
	}
	if s := a.screen(); s != nil && a.detail == nil {
		if s.typing {
			if c := s.input.Cursor(); c != nil {
				c.X, c.Y = c.X+3, 2
				return c
			}
		}
		if y, ok := s.table.CursorLine(); ok {
			c := tea.NewCursor(0, headLines+a.noteLines()+y)
			c.Shape = tea.CursorBar
			return c
		}
	}
	return nil
}

// brief is the preview in two lines, for narrow windows.
func (a *App) brief(w int) string {
	line, ok := a.selectedLine()
	if !ok {
		return a.th.FitLines("", w, 2)
	}
	first := a.th.Bold.Apply(part.Safe(orWord(line.Name, line.What))) + "  " + a.th.Style(stateStyle(line.Status)).Apply(part.Safe(line.Status)) + "  "
	var second string
	if line.Kind == "due" {
		check := ""
		if line.Check {
			check = a.th.Warn.Apply("check") + " "
		}
		return part.Fit(" "+a.th.Bold.Apply(part.Safe(line.What))+"  "+check+a.th.Dim.Apply(part.Safe(string(line.Ref)+" · "+line.Citation+" · from "+line.Event)), w, part.AlignLeft) + "\n" +
			part.Fit(" "+a.th.Accent.Apply("n "+settleTitle(line))+"  "+part.Safe(orWord(line.OwnerName, "nobody"))+"  if missed: "+part.Safe(line.Missed), w, part.AlignLeft)
	}
	if a.card.ref == cardRef(line) {
		first += part.Safe(a.card.sub) + "  " + a.th.Dim.Apply(string(line.Unit)+" "+part.Safe(line.OwnerName))
		second = a.briefSecond(line)
	} else {
		first += a.th.Dim.Apply(string(line.Ref) + " " + string(line.Unit) + " " + part.Safe(line.OwnerName))
	}
	return part.Fit(" "+first, w, part.AlignLeft) + "\n" + part.Fit(" "+second, w, part.AlignLeft)
}

// briefSecond is what else matters at a glance: the first clock, then where to look.
func (a *App) briefSecond(line *model.Line) string {
	if a.at == reviewAt {
		return part.Safe(line.What)
	}
	if line.Kind == "suspicion" {
		return part.Safe(line.What + ": " + strings.Join(line.Why, "; "))
	}
	var parts []string
	due, _ := a.card.clocks()
	for _, s := range due {
		r := s.rows[0]
		parts = append(parts, a.th.Style(r.style).Apply(part.Safe(r.label+" "+ruleOnly(r.text))))
	}
	for _, s := range a.card.sections {
		if s.head == "Addresses" {
			parts = append(parts, part.Safe(s.rows[0].text))
		}
	}
	if len(parts) == 0 {
		return a.th.Dim.Apply(part.Safe(line.What))
	}
	return strings.Join(parts, "  ")
}

func ruleOnly(text string) string {
	word, _, _ := strings.Cut(text, " · ")
	return word
}

// settleTitle names the action that settles a due.
func settleTitle(l *model.Line) string {
	s, _ := model.Find(l.Settle)
	return s.Title
}
