package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// blankKey is the privacy key: somebody stands behind the officer. It works wherever they are and whatever is half typed.
const blankKey = "ctrl+l"

// blank takes everything off the screen until the same key is pressed. What was revealed is hidden with it.
func (a *App) blank() tea.Cmd {
	a.blanked = !a.blanked
	if _, ok := a.over.(*revealOverlay); ok {
		a.over = nil
	}
	return nil
}

// blankFrame is the screen with nothing on it.
func (a *App) blankFrame() string {
	lines := strings.Repeat("\n", max((a.h-2)/2-1, 0)) + "  " + a.th.Dim.Apply("blanked: "+blankKey+" shows the desk again")
	return a.th.Marking.Apply(marking) + "\n" + a.th.FitLines(lines, a.w, max(a.h-2, 1)) + "\n" + a.th.Marking.Apply(marking)
}
