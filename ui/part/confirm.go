package part

import tea "charm.land/bubbletea/v2"

// ConfirmResult is what a key did to a Confirm.
type ConfirmResult uint8

// A confirmation is open until it is answered.
const (
	ConfirmNone ConfirmResult = iota
	ConfirmYes
	ConfirmNo
)

// Confirm is a small float that asks before something that cannot be taken back.
// It takes no key until Arm is called: a key meant for the screen below must not answer a question that has just appeared.
type Confirm struct {
	Title  string
	Lines  []string
	Danger bool // the title is drawn as a danger
	armed  bool
}

// Arm lets keys through; the screen calls it a moment (400 ms) after opening.
func (c *Confirm) Arm() { c.armed = true }

// Armed reports whether keys are answered.
func (c *Confirm) Armed() bool { return c.armed }

// Update answers enter or y with yes, esc, n or q with no.
func (c *Confirm) Update(msg tea.KeyPressMsg) ConfirmResult {
	if !c.armed {
		return ConfirmNone
	}
	switch msg.String() {
	case "enter", "y":
		return ConfirmYes
	case "esc", "n", "q", "ctrl+c":
		return ConfirmNo
	}
	return ConfirmNone
}

// View draws the float for a screen of w by h cells.
func (c *Confirm) View(th *Theme, w, h int) string {
	width := min(60, w)
	inner := max(width-4, 0)
	title := th.Bold
	if c.Danger {
		title = th.Danger
	}
	lines := []string{title.Apply(th.Fit(Safe(c.Title), inner, AlignLeft)), ""}
	for _, text := range c.Lines {
		for _, line := range Wrap(Safe(text), inner) {
			lines = append(lines, th.Cut(line, inner))
		}
	}
	room := max(h-4, 1)
	if len(lines) > room {
		lines = append(lines[:room-1], th.Dim.Apply(th.Pick("…", "...")))
	}
	hint := th.Accent.Apply("enter") + " yes  " + th.Accent.Apply("esc") + " no"
	if !c.armed {
		hint = th.Dim.Apply("enter yes  esc no")
	}
	return frame(th, "", append(lines, "", hint), width)
}
