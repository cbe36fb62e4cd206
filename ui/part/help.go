package part

import "strings"

// Binding is one key as shown to the user.
type Binding struct {
	Keys  string // as shown: "enter", "ctrl+k"
	Help  string // what it does, in a word or two
	Group string // heading on the help page
	Why   string // why it cannot be pressed now; empty when it can
}

// Footer draws as many "key help" pairs as fit into one line, in the order given. The last pair, which is where help is,
// is kept when others do not fit.
func Footer(th *Theme, bindings []Binding, width int) string {
	if width <= 0 {
		return ""
	}
	if len(bindings) == 0 {
		return blank(width)
	}
	last := bindings[len(bindings)-1]
	room := width - pairWidth(last)
	var b strings.Builder
	for _, one := range bindings[:len(bindings)-1] {
		n := pairWidth(one) + gap
		if n > room {
			break
		}
		room -= n
		b.WriteString(pair(th, one))
		b.WriteString(blank(gap))
	}
	b.WriteString(pair(th, last))
	return th.Fit(b.String(), width, AlignLeft)
}

func pairWidth(b Binding) int { return Width(Safe(b.Keys)) + 1 + Width(Safe(b.Help)) }

func pair(th *Theme, b Binding) string {
	if b.Why != "" {
		return th.Dim.Apply(Safe(b.Keys) + " " + Safe(b.Help))
	}
	return th.Accent.Apply(Safe(b.Keys)) + " " + Safe(b.Help)
}

// helpColumn is the least width of a column on the help page.
const helpColumn = 36

// HelpPage draws all keys by group, in as many columns as there is room for, with the reason beside a key that cannot be
// pressed now. It is h lines of w cells; the last line says so when not all keys fit.
func HelpPage(th *Theme, bindings []Binding, w, h int) string {
	page, _ := helpFrom(th, bindings, w, h, 0, th.Pick("… more keys in a larger window", "~ more keys in a larger window"))
	return page
}

// HelpFrom is HelpPage scrolled down by some lines. It gives back how far it can be scrolled: 0 when all keys fit.
func HelpFrom(th *Theme, bindings []Binding, w, h, top int) (page string, most int) {
	return helpFrom(th, bindings, w, h, top, th.Pick("↓ ↑ more keys · any other key closes", "up and down: more keys; any other key closes"))
}

func helpFrom(th *Theme, bindings []Binding, w, h, top int, more string) (page string, most int) {
	if w <= 0 || h <= 0 {
		return th.FitLines("", w, h), 0
	}
	columns := max((w+gap)/(helpColumn+gap), 1)
	width := (w - gap*(columns-1)) / columns
	lines := helpLines(th, bindings, width)
	per := max((len(lines)+columns-1)/columns, min(len(lines), h))
	room := h
	if per > h {
		room = h - 1 // the last line says that there is more
		most = per - room
	}
	top = min(max(top, 0), most)
	out := make([]string, h)
	for y := range out {
		var b strings.Builder
		for c := range columns {
			if c > 0 {
				b.WriteString(blank(gap))
			}
			cell := ""
			if i := c*per + y + top; y < room && y+top < per && i < len(lines) {
				cell = lines[i]
			}
			b.WriteString(th.Fit(cell, width, AlignLeft))
		}
		out[y] = th.Fit(b.String(), w, AlignLeft)
	}
	if most > 0 {
		out[h-1] = th.Fit(th.Dim.Apply(more), w, AlignLeft)
	}
	return strings.Join(out, "\n"), most
}

func helpLines(th *Theme, bindings []Binding, width int) []string {
	keys := 0
	for _, b := range bindings {
		keys = max(keys, Width(Safe(b.Keys)))
	}
	keys = min(keys, width/3)
	var lines []string
	for _, group := range groups(bindings) {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		if group != "" {
			lines = append(lines, th.Bold.Apply(th.Cut(Safe(group), width)))
		}
		for _, b := range bindings {
			if b.Group == group {
				lines = append(lines, helpLine(th, b, keys, width)...)
			}
		}
	}
	return lines
}

// helpLine is the lines of one key: what is too long for its column goes on below it.
func helpLine(th *Theme, b Binding, keys, width int) []string {
	key := th.Fit(Safe(b.Keys), keys, AlignLeft)
	if b.Why == "" {
		lines := Wrap(Safe(b.Help), width-keys-gap)
		for i, text := range lines {
			lines[i] = th.Accent.Apply(key) + blank(gap) + text
			key = blank(keys)
		}
		return lines
	}
	lines := Wrap(Safe(b.Help)+th.Pick(" — ", " - ")+Safe(b.Why), width-keys-gap)
	for i, text := range lines {
		lines[i] = th.Dim.Apply(key + blank(gap) + text)
		key = blank(keys)
	}
	return lines
}

// groups returns the group names in the order they first appear.
func groups(bindings []Binding) []string {
	var names []string
	seen := map[string]bool{}
	for _, b := range bindings {
		if !seen[b.Group] {
			seen[b.Group] = true
			names = append(names, b.Group)
		}
	}
	return names
}
