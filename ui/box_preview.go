package ui

import (
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
	return a.previewOf(b.of, &b.card, w, h, true)
}
