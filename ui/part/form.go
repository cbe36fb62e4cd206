package part

import (
	tea "charm.land/bubbletea/v2"
)

// FieldKind says how a field is edited. What a value must look like is the caller's rule.
type FieldKind uint8

// The kinds of field. Number and Date are edited as text; the kind is there for the caller and for the hint.
const (
	KindText FieldKind = iota
	KindLong
	KindChoice
	KindNumber
	KindDate
)

// Choice is one answer of a choice field, or one suggestion under a text field.
type Choice struct {
	Value string // what is stored
	Label string // what is shown; empty means Value
	Key   string // one key that picks it
}

// Shown returns the label, or the value where there is no label.
func (c Choice) Shown() string {
	if c.Label != "" {
		return c.Label
	}
	return c.Value
}

// Field describes one line of a form.
type Field struct {
	Name, Label, Help string
	Kind              FieldKind
	Choices           []Choice
	Value             string
	Need              bool // must be filled; the form says so, the caller checks
	Folded            bool // hidden until ctrl+o
	Error             string
	// Suggest offers answers for what has been typed so far. Typing a suggestion's Key and leaving the field takes it.
	Suggest func(prefix string) []Choice
	Replace bool // the first letter typed replaces the value the field came with, as for a reference or a day
}

// FormResult is what a message did to a form.
type FormResult uint8

// A form is open until it is submitted or left; leaving keeps the draft with the caller.
const (
	FormNone FormResult = iota
	FormSubmitted
	FormLeft
)

// Form is one column of fields, one of them active.
type Form struct {
	fields   []*entry
	active   int
	unfolded bool
	top      int // first line in sight
	cursor   *tea.Cursor
}

// NewForm builds a form over fields, with the first one active.
func NewForm(fields []Field) *Form {
	f := &Form{}
	f.SetFields(fields)
	return f
}

// SetFields replaces the fields, for forms whose later fields depend on earlier answers. Fields that stay, by name, keep
// what was entered, and take the new default where nothing was; the active field stays active where it still exists.
func (f *Form) SetFields(fields []Field) {
	was, name := f.fields, f.Active()
	f.fields, f.active = make([]*entry, len(fields)), 0
	for i, field := range fields {
		f.fields[i] = newEntry(field)
		for _, old := range was {
			if old.Name == field.Name && old.dirty() {
				f.fields[i].set(old.value())
			}
		}
	}
	if i := f.index(name); i >= 0 && f.visible(i) {
		f.active = i
	} else {
		f.active = f.next(-1, 1)
	}
	f.enterField()
}

// Active returns the name of the active field.
func (f *Form) Active() string {
	if f.active < 0 || f.active >= len(f.fields) {
		return ""
	}
	return f.fields[f.active].Name
}

// Values returns what is entered, by field name, folded fields included.
func (f *Form) Values() map[string]string {
	values := make(map[string]string, len(f.fields))
	for _, e := range f.fields {
		values[e.Name] = e.value()
	}
	return values
}

// Value returns what is entered in one field.
func (f *Form) Value(name string) string {
	if i := f.index(name); i >= 0 {
		return f.fields[i].value()
	}
	return ""
}

// SetValues fills fields by name, for a draft that is taken up again. The form counts as dirty where they differ from the
// values it was built with.
func (f *Form) SetValues(values map[string]string) {
	for _, e := range f.fields {
		if v, ok := values[e.Name]; ok {
			e.set(v)
			f.unfolded = f.unfolded || (e.Folded && e.dirty())
		}
	}
	f.enterField()
}

// Dirty reports whether anything differs from the values the form was built with.
func (f *Form) Dirty() bool {
	for _, e := range f.fields {
		if e.dirty() {
			return true
		}
	}
	return false
}

// SetError puts an error under a field and moves there, unfolding it if need be. rule says what is wrong, do what to do.
// It reports whether the form has such a field.
func (f *Form) SetError(name, rule, do string) bool {
	i := f.index(name)
	if i < 0 {
		return false
	}
	e := f.fields[i]
	e.Error, e.do = rule, do
	f.unfolded = f.unfolded || e.Folded
	f.goTo(i)
	return true
}

// ClearErrors takes all errors away.
func (f *Form) ClearErrors() {
	for _, e := range f.fields {
		e.Error, e.do = "", ""
	}
}

// Update takes a key or a paste.
func (f *Form) Update(msg tea.Msg) (FormResult, tea.Cmd) {
	if len(f.fields) == 0 {
		return f.bare(msg)
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return FormNone, f.fields[f.active].edit(msg)
	}
	switch press.String() {
	case "esc":
		return FormLeft, nil
	case "ctrl+s":
		f.leaveField()
		return FormSubmitted, nil
	case "ctrl+o":
		f.unfolded = true
	case "enter":
		return f.enter(), nil
	case "tab":
		f.step(1)
	case "shift+tab":
		f.step(-1)
	case "up":
		f.vertical(-1, msg)
	case "down":
		f.vertical(1, msg)
	default:
		return FormNone, f.typed(press)
	}
	return FormNone, nil
}

// bare is a form without fields: it can still be saved or left.
func (f *Form) bare(msg tea.Msg) (FormResult, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch press.String() {
		case "esc":
			return FormLeft, nil
		case "enter", "ctrl+s":
			return FormSubmitted, nil
		}
	}
	return FormNone, nil
}

// typed gives a key to the active field; a choice picked by its key moves on.
func (f *Form) typed(press tea.KeyPressMsg) tea.Cmd {
	e := f.fields[f.active]
	if e.Kind != KindChoice {
		return e.edit(press)
	}
	if e.pick(press) {
		f.step(1)
	}
	return nil
}

// enter moves on, and submits from the last field in sight.
func (f *Form) enter() FormResult {
	if f.next(f.active, 1) < 0 {
		f.leaveField()
		return FormSubmitted
	}
	f.step(1)
	return FormNone
}

// vertical moves inside the active field first (suggestions, lines of a note), then between fields.
func (f *Form) vertical(by int, msg tea.Msg) {
	if !f.fields[f.active].vertical(by, msg) {
		f.step(by)
	}
}

// step moves to the next field in sight in direction by, if there is one.
func (f *Form) step(by int) {
	if i := f.next(f.active, by); i >= 0 {
		f.goTo(i)
	}
}

func (f *Form) goTo(i int) {
	f.leaveField()
	f.active = i
	f.enterField()
}

func (f *Form) leaveField() {
	if f.active >= 0 && f.active < len(f.fields) {
		f.fields[f.active].leave()
	}
}

func (f *Form) enterField() {
	f.active = max(f.active, 0)
	if f.active < len(f.fields) {
		f.fields[f.active].focus()
	}
}

// next returns the next field in sight after i in direction by, or -1.
func (f *Form) next(i, by int) int {
	for i += by; i >= 0 && i < len(f.fields); i += by {
		if f.visible(i) {
			return i
		}
	}
	return -1
}

func (f *Form) visible(i int) bool { return f.unfolded || !f.fields[i].Folded }

// folded counts the fields ctrl+o would bring.
func (f *Form) folded() int {
	n := 0
	for i := range f.fields {
		if !f.visible(i) {
			n++
		}
	}
	return n
}

func (f *Form) index(name string) int {
	for i, e := range f.fields {
		if e.Name == name {
			return i
		}
	}
	return -1
}
