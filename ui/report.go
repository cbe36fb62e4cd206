package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/ui/part"
)

// cut is the notice in so many columns: the number of the entry stays, and what stands before it, a name mostly, is
// shortened. How it is undone goes first: the line of keys says that too.
func (n notice) cut(w int) string {
	text, keep := part.Safe(n.text), part.Safe(n.keep)
	if full := text + keep + part.Safe(n.hint); part.Width(full) <= w {
		return full
	}
	return part.Cut(text, max(4, w-part.Width(keep))) + keep
}

// saidOf is what the answers say beside what was changed.
func saidOf(receipts []answered) []string {
	var out []string
	for _, r := range receipts {
		if r.err == nil {
			out = append(out, r.receipt.Said...)
		}
	}
	return out
}

// reportOverlay lists what was refused of several, and what the officer has to know of what was done.
type reportOverlay struct {
	title   string
	done    int
	refused []answered
	said    []string
	top     int
}

func (r *reportOverlay) update(a *App, msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch k.String() {
	case "esc", "enter", "q":
		a.over = nil
	case "down", "j":
		r.top = min(r.top+1, max(0, len(r.refused)+len(r.said)-1))
	case "up", "k":
		r.top = max(0, r.top-1)
	}
	return nil
}

// entry is one line of the report with what it is about; what was refused comes first.
func (r *reportOverlay) entry(i int) (about model.Ref, text string) {
	if i < len(r.refused) {
		return r.refused[i].about, r.refused[i].err.Error()
	}
	return "", r.said[i-len(r.refused)]
}

func (r *reportOverlay) view(a *App) (string, *tea.Cursor) {
	w := min(formWidth, a.w-2)
	head := fmt.Sprintf("%d done", r.done)
	if len(r.refused) > 0 {
		head += fmt.Sprintf(", %d refused; the refused ones stay marked", len(r.refused))
	}
	lines := []string{a.th.Accent.Apply(r.title), head, ""}
	room := max(4, a.h-10)
	for i := r.top; i < len(r.refused)+len(r.said) && len(lines) <= room; i++ {
		about, text := r.entry(i)
		gap := 0
		if about != "" {
			gap = 12
		}
		for n, line := range part.Wrap(part.Safe(text), w-4-gap) {
			switch {
			case gap > 0 && n > 0:
				about = ""
				fallthrough
			case gap > 0:
				line = a.th.Warn.Apply(part.Fit(string(about), gap-1, part.AlignLeft)) + " " + line
			case n == 0:
				line = a.th.Warn.Apply(line)
			}
			lines = append(lines, line)
		}
	}
	return a.framed(append(lines, "", a.th.Dim.Apply("enter close · up and down")), w), nil
}
