package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/ui/part"
)

// boxRestsFor is how long the same record must stand under the cursor of the box before it is read: longer than the pause
// between two keys, so that nobody is read, and journalled as looked at, who was only on the way to somebody else.
const boxRestsFor = 250 * time.Millisecond

// boxRests says that nothing was typed or moved for a while.
type boxRests struct{ version int }

// beside is the record shown beside the results.
type beside struct {
	touched bool        // a key was pressed: until then nobody is read
	of      *model.Line // under the cursor
	wide    bool        // the screen has room for it
	version int
	card    read
}

// lookSoon notes what is under the cursor and reads it once it has stood there for a moment.
func (b *boxOverlay) lookSoon(a *App) tea.Cmd {
	var line *model.Line
	if it, ok := b.box.Selected(); ok {
		t, _ := it.Data.(target)
		line = t.line
	}
	wide := a.w >= part.SideAt
	same := line != nil && b.of != nil && line.Ref == b.of.Ref && wide == b.wide
	b.of, b.wide = line, wide
	if same || line == nil || !wide {
		return nil
	}
	b.version++
	return a.after(boxRestsFor, boxRests{b.version})
}

// look reads the record under the cursor. As in the lists, reading another one than before is a consultation.
func (b *boxOverlay) look(a *App, msg boxRests) tea.Cmd {
	if msg.version != b.version || b.of == nil || b.fixed != nil || !b.touched || !b.wide {
		return nil
	}
	return a.loadCard(b.of.Ref, b.of.Ref != b.card.card.ref)
}

// lookAgain reads it once more after something has changed.
func (b *boxOverlay) lookAgain(a *App) tea.Cmd {
	if b.of == nil || b.card.card.ref != b.of.Ref {
		return nil
	}
	return a.loadCard(b.of.Ref, false)
}

func (b *boxOverlay) carded(msg cardLoaded) {
	if b.of != nil && b.of.Ref == msg.card.ref {
		b.card = read(msg)
	}
}

// side draws it.
func (b *boxOverlay) side(a *App, w, h int) []string {
	if b.of == nil || !b.touched {
		return a.searchHelp(w, h)
	}
	return a.previewOf(b.of, &b.card, w, h, true)
}

// searchHelp says what can be typed, where nothing is chosen yet.
func (a *App) searchHelp(w, h int) []string {
	lines := a.sectionLines([]section{
		{head: "What finds somebody", rows: []row{
			{label: "a name", text: "half of it, in any order and spelling: sean obrien, jonh smtih, bill for William"},
			{label: "born", text: "obrien 1984, 3/12/84, 3 dec 1984"},
			{label: "a number", text: "the end of a phone, a plate, a postcode, a PNC ID"},
			{label: "#", text: "a reference: P-482, W-12"},
		}},
		{head: "What else the box does", rows: []row{
			{label: ">", text: "an action: > arrest, or its letters: > aa"},
			{label: "@", text: "an officer"},
			{label: "a screen", text: "wanted, due, live board, a unit"},
			{label: "tab", text: "what can be done with the one chosen"},
		}},
	}, w)
	return strings.Split(a.th.FitLines(strings.Join(lines, "\n"), w, h), "\n")
}
