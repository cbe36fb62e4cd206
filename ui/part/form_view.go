package part

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// View draws the form as h lines of w cells, scrolled so that the active field is in sight. The last two lines are the help
// of the active field and the keys.
func (f *Form) View(th *Theme, w, h int) string {
	f.cursor = nil
	if w <= 0 || h <= 0 {
		return th.FitLines("", w, h)
	}
	foot := f.foot(th, w, h)
	room := max(h-len(foot), 1)
	d, from, to := f.drawn(th, w)
	f.top = min(f.top, from)
	f.top = max(f.top, min(to-room, from))
	f.top = max(min(f.top, len(d.lines)-room), 0)
	if d.cursor != nil && d.cursor.Y >= f.top && d.cursor.Y < f.top+room {
		f.cursor = tea.NewCursor(min(d.cursor.X, w-1), d.cursor.Y-f.top)
	}
	lines := th.fitAll(d.lines[f.top:], w, room)
	return strings.Join(th.fitAll(append(lines, foot...), w, h), "\n")
}

// drawn draws every visible field; from and to are the lines of the active one.
func (f *Form) drawn(th *Theme, w int) (d drawing, from, to int) {
	d = drawing{th: th, w: w, label: f.labelWidth(w)}
	for i, e := range f.fields {
		if !f.visible(i) {
			continue
		}
		start := len(d.lines)
		d.field(e, i == f.active)
		if i == f.active {
			from, to = start, len(d.lines)
		}
	}
	return d, from, to
}

// Height is how many lines the form needs to be seen whole at a width.
func (f *Form) Height(th *Theme, w int) int {
	d, _, _ := f.drawn(th, w)
	return len(d.lines) + len(f.foot(th, w, footFrom))
}

// footFrom is the height from which there is room for the help of the active field.
const footFrom = 6

// Cursor returns where the terminal's cursor stands in the last View, or nil when no text is being edited.
func (f *Form) Cursor() *tea.Cursor { return f.cursor }

// foot is a blank line, the help of the active field and the keys; on a low screen only the keys.
func (f *Form) foot(th *Theme, w, h int) []string {
	keys := Footer(th, f.keys(), w)
	if h < footFrom {
		return []string{keys}[:min(1, h-1)]
	}
	help := ""
	if f.active < len(f.fields) {
		help = th.Dim.Apply(th.Cut(blank(gutter)+Safe(f.fields[f.active].Help), w))
	}
	return []string{"", help, keys}
}

func (f *Form) keys() []Binding {
	next := "next"
	if f.next(f.active, 1) < 0 {
		next = "save"
	}
	keys := []Binding{{Keys: "enter", Help: next}, {Keys: "ctrl+s", Help: "save"}}
	if f.active < len(f.fields) && f.fields[f.active].Kind == KindLong {
		keys = append(keys, Binding{Keys: "alt+enter", Help: "new line"})
	}
	if n := f.folded(); n > 0 {
		keys = append(keys, Binding{Keys: "ctrl+o", Help: strconv.Itoa(n) + " more"})
	}
	return append(keys, Binding{Keys: "esc", Help: "leave, draft kept"})
}

func (f *Form) labelWidth(w int) int {
	widest := 0
	for i, e := range f.fields {
		if f.visible(i) {
			widest = max(widest, Width(Safe(e.Label)))
		}
	}
	return min(widest, w/3)
}

// drawing collects the lines of a form; cursor is in its coordinates.
type drawing struct {
	th       *Theme
	w, label int
	lines    []string
	cursor   *tea.Cursor
}

// indent is where values begin: bar, blank, label, two cells.
func (d *drawing) indent() int { return gutter + d.label + gap }

func (d *drawing) room() int { return max(d.w-d.indent()-1, 1) }

// put adds a line of a field: its first line has the label.
func (d *drawing) put(first, active bool, label, value string) {
	bar, style := " ", d.th.Dim
	if active {
		bar, style = d.th.Accent.Apply(d.th.Pick("▌", ">")), d.th.Bold
	}
	if !first {
		label = ""
	}
	name := style.Apply(d.th.Fit(Safe(label), d.label, AlignLeft))
	d.lines = append(d.lines, bar+" "+name+blank(gap)+value)
}

func (d *drawing) field(e *entry, active bool) {
	for i, value := range d.values(e, active) {
		d.put(i == 0, active, e.Label, value)
	}
	if active {
		d.suggestions(e)
	}
	d.fault(e)
}

// values returns the lines of a field's value and notes where the cursor is.
func (d *drawing) values(e *entry, active bool) []string {
	if !active {
		return []string{d.atRest(e)}
	}
	switch e.Kind {
	case KindChoice:
		return d.choices(e)
	case KindLong:
		e.area.SetWidth(d.room())
		if at := e.area.Cursor(); at != nil {
			d.cursor = tea.NewCursor(d.indent()+at.X, len(d.lines)+at.Y)
		}
		return d.th.fitAll(strings.Split(e.area.View(), "\n"), d.room(), areaHeight)
	case KindText, KindNumber, KindDate:
	}
	text, x := drawInput(&e.input, d.room())
	d.cursor = tea.NewCursor(d.indent()+x, len(d.lines))
	return []string{text}
}

// atRest is a field that is not active: its value, or what is missing, on one line.
func (d *drawing) atRest(e *entry) string {
	value := e.value()
	if i := e.chosen(); e.Kind == KindChoice && i >= 0 {
		value = e.Choices[i].Shown()
	}
	if value == "" && e.Need {
		return d.th.Dim.Apply(d.th.Cut("needed", d.room()))
	}
	if value == "" {
		return d.th.Dim.Apply(d.th.Pick("–", "-"))
	}
	value = Safe(value)
	if e.gloss != "" {
		value += blank(gap) + d.th.Dim.Apply(Safe(e.gloss))
	}
	return d.th.Cut(value, d.room())
}

// choices lays the answers out in as many lines as they need, each with the key that picks it.
func (d *drawing) choices(e *entry) []string {
	var lines []string
	line, used := "", 0
	for i, c := range e.Choices {
		text, n := d.choice(c, i == e.chosen())
		if used > 0 && used+gap+n > d.room() {
			lines, line, used = append(lines, line), "", 0
		}
		if used > 0 {
			line, used = line+blank(gap), used+gap
		}
		line, used = line+text, used+n
	}
	return append(lines, line)
}

func (d *drawing) choice(c Choice, chosen bool) (text string, width int) {
	key, style := Safe(c.Key), d.th.Text
	if chosen {
		key, style = Pad(d.th.Pick("▸", ">"), Width(key), AlignLeft), d.th.Selected
	}
	label := d.th.Cut(Safe(c.Shown()), max(d.room()-Width(key)-1, 1))
	if key != "" {
		text = d.th.Accent.Apply(key) + " "
	}
	text += style.Apply(label)
	return text, Width(text)
}

// suggestions are shown under the field being edited, each with its number or key.
func (d *drawing) suggestions(e *entry) {
	for i, c := range e.offer {
		key := c.Key
		if key == "" {
			key = " "
		}
		text := Safe(c.Shown())
		if c.Label != "" && c.Label != c.Value {
			text = Safe(c.Value) + blank(gap) + text
		}
		text = d.th.Cut(text, d.room()-Width(key)-1)
		if i == e.at {
			text = d.th.Selected.Apply(text)
		} else {
			text = d.th.Dim.Apply(text)
		}
		d.put(false, false, "", d.th.Accent.Apply(Safe(key))+" "+text)
	}
}

// fault shows what is wrong under the field it is about: the rule, then what to do.
func (d *drawing) fault(e *entry) {
	if e.Error == "" {
		return
	}
	for i, line := range Wrap(Safe(e.Error), d.room()-2) {
		mark := "! "
		if i > 0 {
			mark = "  "
		}
		d.put(false, false, "", d.th.Warn.Apply(mark+line))
	}
	if e.do == "" {
		return
	}
	for _, line := range Wrap(Safe(e.do), d.room()-2) {
		d.put(false, false, "", "  "+line)
	}
}
