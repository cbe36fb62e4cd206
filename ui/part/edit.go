package part

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// newInput is a one-line editor drawn by drawInput: the toolkit's own drawing counts characters where cells are needed.
func newInput(value string) textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.SetVirtualCursor(false)
	// Pasting goes through the terminal. ctrl+v would read the clipboard of the machine this runs on, which over SSH is not
	// the officer's.
	in.KeyMap.Paste = key.NewBinding()
	in.SetValue(Safe(value))
	in.CursorEnd()
	return in
}

// newArea is an editor of a few lines, where enter is left to the form.
func newArea(value string) textarea.Model {
	area := textarea.New()
	area.Prompt = ""
	area.ShowLineNumbers = false
	area.CharLimit, area.MaxHeight = 0, 0
	area.SetVirtualCursor(false)
	area.KeyMap.Paste, area.KeyMap.CopySelection = key.NewBinding(), key.NewBinding()
	area.KeyMap.InsertNewline = key.NewBinding(key.WithKeys("alt+enter", "ctrl+j", "shift+enter"))
	none := lipgloss.NewStyle()
	state := textarea.StyleState{
		Base: none, Text: none, LineNumber: none, CursorLineNumber: none, CursorLine: none,
		EndOfBuffer: none, Placeholder: none, Prompt: none, Selection: none.Reverse(true),
	}
	area.SetStyles(textarea.Styles{Focused: state, Blurred: state})
	area.SetHeight(areaHeight)
	area.SetValue(safeText(value))
	return area
}

// safeText is Safe line by line.
func safeText(s string) string {
	text := ""
	for i, line := range SafeLines(s) {
		if i > 0 {
			text += "\n"
		}
		text += line
	}
	return text
}

// safeKey makes what was typed or pasted harmless before an editor takes it.
func safeKey(msg tea.Msg, lines bool) tea.Msg {
	clean := Safe
	if lines {
		clean = safeText
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		msg.Content = clean(msg.Content)
		return msg
	case tea.KeyPressMsg:
		msg.Text = Safe(msg.Text)
		return msg
	}
	return msg
}

// drawInput shows the part of the text around the cursor in width cells, and says in which cell the cursor is.
func drawInput(in *textinput.Model, width int) (text string, x int) {
	value, runes := in.Value(), []rune(in.Value())
	x = Width(string(runes[:min(in.Position(), len(runes))]))
	if width <= 0 {
		return "", 0
	}
	skip := max(x-width+1, 0)
	if skip > 0 {
		whole := Width(value)
		value = dropLeft(value, skip)
		skip = whole - Width(value) // a wide character is skipped whole
	}
	return Fit(cutWith(value, width, ""), width, AlignLeft), max(x-skip, 0)
}
