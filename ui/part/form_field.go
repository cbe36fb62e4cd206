package part

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

const (
	areaHeight     = 3
	maxSuggestions = 5
)

// entry is a field with what is being entered into it.
type entry struct {
	Field
	do    string // what to do about Error
	shown string // the value as the editor was given it, harmless
	now   string // the value, for choices; for text the value the editor started from
	input textinput.Model
	area  textarea.Model
	offer []Choice // suggestions in sight, only while active
	at    int      // highlighted suggestion, -1 for none
	gloss string   // what Suggest calls the value, shown beside it: the name behind a reference
}

func newEntry(field Field) *entry {
	e := &entry{Field: field, at: -1}
	e.set(field.Value)
	return e
}

func (e *entry) set(value string) {
	e.now = value
	switch e.Kind {
	case KindChoice:
	case KindLong:
		e.area = newArea(value)
		e.shown = e.area.Value()
	case KindText, KindNumber, KindDate:
		e.input = newInput(value)
		e.shown = e.input.Value()
		e.name()
	}
}

// name looks up what the value is called.
func (e *entry) name() {
	e.gloss = ""
	value := e.value()
	if e.Suggest == nil || value == "" {
		return
	}
	for _, c := range e.Suggest(value) {
		if c.Value == value && c.Label != value {
			e.gloss = c.Label
			return
		}
	}
}

// value returns what is entered. A value nobody touched comes back as it was stored, even where the editor could not show
// all of it.
func (e *entry) value() string {
	if e.Kind == KindChoice {
		return e.now
	}
	if text := e.text(); text != e.shown {
		return text
	}
	return e.now
}

// text returns what the editor holds.
func (e *entry) text() string {
	if e.Kind == KindLong {
		return e.area.Value()
	}
	return e.input.Value()
}

func (e *entry) dirty() bool { return e.value() != e.Value }

// focus makes the field ready for keys. With a real cursor the editors have nothing to blink, so their commands are nil.
func (e *entry) focus() {
	switch e.Kind {
	case KindChoice:
	case KindLong:
		e.area.Focus()
	case KindText, KindNumber, KindDate:
		e.input.Focus()
		e.input.CursorEnd()
		e.suggest()
	}
}

// leave takes the highlighted suggestion, or the one whose key was typed.
func (e *entry) leave() {
	if e.Suggest != nil && e.Kind != KindLong && e.Kind != KindChoice {
		e.takeSuggestion()
		e.name()
	}
	e.offer, e.at = nil, -1
	switch e.Kind {
	case KindChoice:
	case KindLong:
		e.area.Blur()
	case KindText, KindNumber, KindDate:
		e.input.Blur()
	}
}

func (e *entry) takeSuggestion() {
	if e.at >= 0 && e.at < len(e.offer) {
		e.set(e.offer[e.at].Value)
		return
	}
	typed := strings.TrimSpace(e.text())
	if typed == "" {
		return
	}
	for _, c := range slices.Concat(e.offer, e.Suggest("")) {
		if c.Key == typed {
			e.set(c.Value)
			return
		}
	}
}

func (e *entry) suggest() {
	e.at = -1
	if e.Suggest == nil {
		return
	}
	prefix := e.text()
	if prefix == e.shown && prefix == Safe(e.Value) {
		prefix = "" // an untouched default is no search: offer the others too
	}
	e.offer = e.Suggest(prefix)
	if len(e.offer) > maxSuggestions {
		e.offer = e.offer[:maxSuggestions]
	}
}

// edit gives a message to the field's editor.
func (e *entry) edit(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	switch e.Kind {
	case KindChoice:
		return nil
	case KindLong:
		before := e.area.Value()
		e.area, cmd = e.area.Update(safeKey(msg, true))
		e.edited(before != e.area.Value())
	case KindText, KindNumber, KindDate:
		before := e.input.Value()
		if press, ok := msg.(tea.KeyPressMsg); ok && press.Text != "" && e.Replace && before != "" && before == Safe(e.Value) {
			e.input.SetValue("")
		}
		e.input, cmd = e.input.Update(safeKey(msg, false))
		e.edited(before != e.input.Value())
	}
	return cmd
}

func (e *entry) edited(changed bool) {
	if !changed {
		return
	}
	e.Error, e.do = "", ""
	if e.Kind != KindLong {
		e.suggest()
	}
}

// vertical moves among suggestions or the lines of a note, and reports whether there was somewhere to move.
func (e *entry) vertical(by int, msg tea.Msg) bool {
	if e.Kind == KindLong {
		line, offset := e.area.Line(), e.area.LineInfo().RowOffset
		e.area, _ = e.area.Update(msg)
		return line != e.area.Line() || offset != e.area.LineInfo().RowOffset
	}
	at := e.at + by
	if at < -1 || at >= len(e.offer) || (by > 0 && len(e.offer) == 0) {
		return false
	}
	e.at = at
	return true
}

// pick handles a key on a choice field and reports whether it chose by key. Left, right and space go round the choices.
func (e *entry) pick(press tea.KeyPressMsg) bool {
	name := press.String()
	for _, c := range e.Choices {
		if c.Key != "" && (c.Key == name || c.Key == press.Text) {
			e.choose(c.Value)
			return true
		}
	}
	switch name {
	case "left":
		e.cycle(-1)
	case "right", "space":
		e.cycle(1)
	case "backspace", "delete":
		if !e.Need {
			e.choose("")
		}
	}
	return false
}

func (e *entry) choose(value string) {
	e.now, e.Error, e.do = value, "", ""
}

func (e *entry) cycle(by int) {
	n := len(e.Choices)
	if n == 0 {
		return
	}
	at := e.chosen()
	if at < 0 && by < 0 {
		at = 0
	}
	e.choose(e.Choices[((at+by)%n+n)%n].Value)
}

// chosen returns the index of the chosen answer, or -1.
func (e *entry) chosen() int {
	for i, c := range e.Choices {
		if c.Value == e.now && e.now != "" {
			return i
		}
	}
	return -1
}
