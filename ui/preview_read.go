package ui

import (
	"errors"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
)

// errLeft ends the reading of a preview that nobody waits for any more.
var errLeft = errors.New("the cursor has moved on")

// leavable is a reader that reads no further once the cursor has left the row it reads for. What is being worked out for a row
// that has been passed would otherwise take the machine from the row the cursor stands on.
type leavable struct {
	store.Reader
	left func() bool
}

// Under is the reader it adds to.
func (l leavable) Under() store.Reader { return l.Reader }

// Record reads a record unless the cursor has left.
func (l leavable) Record(ref model.Ref) (model.Record, error) {
	if l.left() {
		return nil, errLeft
	}
	return l.Reader.Record(ref)
}

// Linked lists what is about a record unless the cursor has left.
func (l leavable) Linked(ref model.Ref, kind model.Kind) ([]model.Ref, error) {
	if l.left() {
		return nil, errLeft
	}
	return l.Reader.Linked(ref, kind)
}

// Placed lists a unit's records unless the cursor has left.
func (l leavable) Placed(kind model.Kind, unit model.Unit, live bool) ([]model.Ref, error) {
	if l.left() {
		return nil, errLeft
	}
	return l.Reader.Placed(kind, unit, live)
}

// loadPreviewCard reads a card for as long as asked is still the newest preview wanted. One that was left is not shown and not
// journalled: nobody has seen it.
func (d desk) loadPreviewCard(ref model.Ref, looks bool, newest *atomic.Int64, asked int64) tea.Cmd {
	left := func() bool { return newest.Load() != asked }
	return func() tea.Msg {
		var out cardLoaded
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			var err error
			out.card, err = d.readCard(leavable{r, left}, ref)
			return err
		})
		if left() {
			return nil
		}
		return d.read(ref, looks, out)
	}
}
