package ui

import (
	"strings"

	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/ui/part"
)

// detailScreen is one record over the whole body, scrolled by the viewport.
type detailScreen struct {
	ref  model.Ref
	line *model.Line // the row it was opened from; its kind decides which actions fit
	card card
	err  error
	port viewport.Model
}

func newDetail(ref model.Ref, line *model.Line) *detailScreen {
	return &detailScreen{ref: ref, line: line, port: viewport.New()}
}

func (d *detailScreen) title() string {
	if d.card.title == "" {
		return string(d.ref)
	}
	return d.card.title
}

// more says how far down the record is, where it does not fit.
func (d *detailScreen) more() string {
	if d.port.TotalLineCount() <= d.port.Height() {
		return ""
	}
	return itoa(int(d.port.ScrollPercent()*100)) + "% · "
}

func (d *detailScreen) take(msg cardLoaded) { d.card, d.err = msg.card, msg.err }

// view draws the record: on wide windows in two columns, what it is beside what is due and what was done.
func (d *detailScreen) view(a *App, w, h int) string {
	if d.err != nil {
		return a.th.FitLines("\n"+strings.Join(indent(part.Wrap(part.Safe(d.err.Error()), w-4)), "\n"), w, h)
	}
	if d.card.ref == "" {
		return a.th.FitLines("\n  "+a.th.Dim.Apply("reading …"), w, h)
	}
	side := 0
	if w >= wideAt && len(d.card.history) > 0 {
		side = w * 2 / 5
	}
	main := w - side
	lines := []string{" " + a.th.Dim.Apply(part.Safe(d.card.sub))}
	due, past := d.card.clocks()
	if side == 0 {
		lines = append(lines, a.sectionLines(due, main)...)
	}
	lines = append(lines, a.sectionLines(d.card.sections, main)...)
	if side == 0 {
		lines = append(lines, a.sectionLines(past, main)...)
	}
	d.port.SetWidth(main)
	d.port.SetHeight(h)
	d.port.SetContentLines(lines)
	left := a.th.FitLines(d.port.View(), main, h)
	if side == 0 {
		return left
	}
	right := strings.Split(a.th.FitLines(strings.Join(a.sectionLines(d.card.history, side), "\n"), side, h), "\n")
	out := strings.Split(left, "\n")
	for i := range out {
		out[i] += right[i]
	}
	return strings.Join(out, "\n")
}

// scroll moves through the record, and reports whether the key was for that.
func (d *detailScreen) scroll(key string) bool {
	switch key {
	case "down", "j":
		d.port.ScrollDown(1)
	case "up", "k":
		d.port.ScrollUp(1)
	case "pgdown", "space", "ctrl+f":
		d.port.PageDown()
	case "pgup", "ctrl+b":
		d.port.PageUp()
	case "home", "g":
		d.port.GotoTop()
	case "end", "G":
		d.port.GotoBottom()
	default:
		return false
	}
	return true
}

// open shows a record over the whole body.
func (a *App) open(ref model.Ref, line *model.Line) tea.Cmd {
	if ref == "" {
		a.warn("this entry is about no record")
		return nil
	}
	a.remember()
	a.detail = newDetail(ref, line)
	return tea.Batch(a.loadCard(ref, true), a.noteOpened(ref))
}
