package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

// previewRests is how long the cursor stays on a row before its record is read: moving through a list reads nobody.
const previewRests = 90 * time.Millisecond

// selectedLine is the row that actions are about: the record being read, or the row under the cursor.
func (a *App) selectedLine() (*model.Line, bool) {
	if s := a.screen(); s != nil {
		return s.selected()
	}
	if onAtlas(a) {
		return a.atlas.head.line, a.atlas.head.line != nil
	}
	return nil, false
}

// previewLate is how much longer the card of the row just left may stay on show while the next is being read.
const previewLate = 60 * time.Millisecond

// heldColumn is a column of the preview as it was drawn.
type heldColumn struct {
	w, h  int
	lines []string
}

// previewSoon reads the selected row's record once the cursor rests.
func (a *App) previewSoon() tea.Cmd {
	a.settling = false
	a.cardVersion++
	a.newestCard.Store(a.cardVersion)
	if _, ok := a.selectedLine(); !ok || onAtlas(a) {
		return nil
	}
	return a.after(previewRests, cardDue{version: a.cardVersion})
}

// cardShown reports whether the card on show is that of the selected row.
func (a *App) cardShown() bool {
	line, ok := a.selectedLine()
	return ok && a.card.ref != "" && a.card.ref == cardRef(line)
}

// loadPreview reads the record of the row the cursor rests on. A cursor that has moved on since, or a record that is late, ends
// the time in which the card of another row may stay.
func (a *App) loadPreview(msg cardDue) tea.Cmd {
	line, ok := a.selectedLine()
	if !ok || msg.version != a.cardVersion || msg.late {
		a.settling = false
		return nil
	}
	ref := cardRef(line)
	if ref == "" {
		a.settling = false
		return nil
	}
	return tea.Batch(a.loadPreviewCard(ref, ref != a.card.ref, &a.newestCard, msg.version), a.after(previewLate, cardDue{version: msg.version, late: true}))
}

// cardRef is the card beside a row: its record, the journal entry itself, or the page of a suspicion.
func cardRef(l *model.Line) model.Ref {
	if l.Kind == "suspicion" {
		return pageRef(pageSuspicion, model.Ref(l.AboutName))
	}
	return l.Ref
}

func (a *App) carded(msg cardLoaded) tea.Cmd {
	if a.detail != nil && a.detail.ref == msg.card.ref {
		a.detail.take(msg)
	}
	if line, ok := a.selectedLine(); ok && cardRef(line) == msg.card.ref {
		a.card, a.cardErr, a.settling = msg.card, msg.err, false
	}
	if b, ok := a.over.(*boxOverlay); ok {
		b.carded(msg)
	}
	return nil
}

// previewLines draws the card of the selected row into a column, exactly h lines of w cells. The card of the row the cursor has
// just left stays, under its own name, until the next has been read: it gives way at once, and not to an empty column first.
func (a *App) previewLines(w, h int, history bool) []string {
	n := 0
	if history {
		n = 1
	}
	if k := a.held[n]; a.settling && k.w == w && k.h == h {
		return k.lines
	}
	a.held[n] = heldColumn{w, h, a.drawPreview(w, h, history)}
	return a.held[n].lines
}

func (a *App) drawPreview(w, h int, history bool) []string {
	line, ok := a.selectedLine()
	if !ok {
		line = nil
	}
	if history {
		return a.historyOf(line, w, h)
	}
	return a.previewOf(line, &read{a.card, a.cardErr}, w, h, a.measure().third == 0)
}

// historyOf draws what was done about the selected row and what is due on it.
func (a *App) historyOf(line *model.Line, w, h int) []string {
	var lines []string
	if line != nil && line.Ref != "" && a.card.ref == cardRef(line) && a.cardErr == nil {
		lines = a.sectionLines(a.card.history, w)
	}
	return strings.Split(a.th.FitLines(strings.Join(lines, "\n"), w, h), "\n")
}

// read is a card as it was read, or why it could not be.
type read struct {
	card card
	err  error
}

// previewOf draws what was read of a row into a column, exactly h lines of w cells; nothing for no row.
func (a *App) previewOf(line *model.Line, of *read, w, h int, withDue bool) []string {
	var lines []string
	switch {
	case line == nil:
	case line.Ref == "": // a limit that stands in the built-in table only
		lines = a.unrecorded(line, w)
	case of.card.ref != cardRef(line):
		lines = []string{" " + a.th.Bold.Apply(part.Safe(orWord(line.Name, line.What))), " " + a.th.Dim.Apply(string(line.Ref))}
	case of.err != nil:
		lines = append([]string{""}, indent(part.Wrap(part.Safe(of.err.Error()), w-4))...)
	default:
		lines = a.cardLines(line, &of.card, w, withDue)
	}
	return strings.Split(a.th.FitLines(strings.Join(lines, "\n"), w, h), "\n")
}

// unrecorded says a row that no record stands behind.
func (a *App) unrecorded(l *model.Line, w int) []string {
	return append([]string{" " + a.th.Bold.Apply(part.Safe(l.Name))}, a.sectionLines([]section{{head: "Limit", rows: []row{
		{label: "Of what", text: l.What},
		{label: "Value", text: l.Type, style: part.StyleBold},
		{label: "State", text: l.Status, style: checkStyle(l.Check)},
		{label: "Source", text: l.Outcome},
		{label: "To change", text: "ctrl+k, then: set a limit", style: part.StyleAccent},
	}}}, w)...)
}

// dueSection is the clock a row of the Due screen stands for: what it is, and how it is settled.
func (a *App) dueSection(l *model.Line) []section {
	if l.Kind != "due" {
		return nil
	}
	left := l.Deadline.Sub(a.now)
	rows := []row{
		{label: "Rule", text: l.What, style: part.StyleBold},
		{label: "Runs out", text: day.Moment(l.Deadline) + ", " + part.Left(left), style: clockStyle(left)},
		{label: "Began", text: day.Moment(l.Start) + ", " + l.Event},
		{label: "Source", text: l.Citation},
		{label: "Check", text: checkWords(l), style: part.StyleWarn},
		{label: "Owner", text: orWord(l.OwnerName, "nobody")},
		{label: "If missed", text: l.Missed},
		{label: "n next step", text: settleTitle(l), style: part.StyleAccent},
	}
	return []section{{head: "This clock", rows: slices.DeleteFunc(rows, func(r row) bool { return r.text == "" })}}
}

// checkWords say that a clock rests on a limit nobody has confirmed; "" when it does not.
func checkWords(l *model.Line) string {
	if !l.Check {
		return ""
	}
	return "this limit is not confirmed against its source; a lead sets it with limit.set"
}

// cardLines draws a card: who, then what can hurt, then the rest.
func (a *App) cardLines(l *model.Line, c *card, w int, withDue bool) []string {
	lines := append(a.cardHead(c), a.sectionLines(append(append(a.dueSection(l), a.proposalSection(l)...), a.reviewSection(l)...), w)...)
	if withDue {
		due, _ := c.clocks()
		lines = append(lines, a.sectionLines(due, w)...)
	}
	return append(lines, a.sectionLines(c.sections, w)...)
}

func (a *App) cardHead(c *card) []string {
	return []string{" " + a.th.Bold.Apply(part.Safe(c.title)) + "  " + a.markerWords(c.markers), " " + a.th.Dim.Apply(part.Safe(c.sub))}
}

func (a *App) markerWords(markers []string) string {
	out := make([]string, len(markers))
	for i, m := range markers {
		style := part.StyleDanger
		if strings.HasSuffix(m, "?") {
			style = part.StyleWarn
		}
		out[i] = a.th.Style(style).Apply(part.Safe(m))
	}
	return strings.Join(out, " ")
}

// cardLabels is the column of labels in a card.
const cardLabels = 12

// barRoom is how wide the bar of a figure is, with the blank after it; nothing for a row that is no figure.
func (a *App) barRoom(r row, w int) int {
	switch {
	case len(r.strip) > 0:
		return len(r.strip) + 1
	case r.most == 0:
		return 0
	case w < wideAt:
		return 13
	}
	return 25
}

// rowBar draws the bar of a figure before its words, and leaves its room on the lines that follow.
func (a *App) rowBar(r row, w int, first bool) string {
	room := a.barRoom(r, w)
	if room == 0 || !first {
		return strings.Repeat(" ", room)
	}
	if len(r.strip) > 0 {
		return a.stripCells(r.strip) + " "
	}
	return a.th.Accent.Apply(part.Bar(&a.th, float64(r.bar), float64(r.most), room-1)) + " "
}

// sectionLines draws sections with wrapped text beside aligned labels.
func (a *App) sectionLines(sections []section, w int) []string {
	var lines []string
	room := max(8, w-cardLabels-3)
	for _, s := range sections {
		lines = append(lines, "", " "+a.th.Accent.Apply(part.Safe(s.head)))
		for _, r := range a.withLegend(s) {
			label := part.Safe(r.label)
			long := part.Width(label) > cardLabels
			if long {
				lines = append(lines, " "+a.th.Dim.Apply(label))
				label = ""
			}
			first := true
			for _, paragraph := range part.SafeLines(r.text) {
				for _, text := range part.Wrap(paragraph, room-a.barRoom(r, w)) {
					head := ""
					if first {
						head = label
					}
					text = a.rowBar(r, w, first) + a.th.Style(r.style).Apply(text)
					first = false
					lines = append(lines, " "+a.th.Dim.Apply(part.Fit(head, cardLabels, part.AlignLeft))+" "+text)
				}
			}
		}
	}
	return lines
}
