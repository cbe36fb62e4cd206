package part

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

const (
	boxWidth = 76
	boxRows  = 20
	boxGroup = 11 // widest group name
)

// View draws the float for a screen of w by h cells: at most 76 by 20, always the same size on the same screen, so that it
// does not jump while typing.
func (b *Box) View(th *Theme, w, h int) string {
	width, height := min(boxWidth, w), min(boxRows, h)
	inner, room := max(width-4, 1), max(height-5, 1)
	text, x := drawInput(&b.input, max(inner-2, 1))
	b.cursor = tea.NewCursor(4+x, 1)
	if b.input.Value() == "" {
		text = th.Dim.Apply(th.Fit(Safe(b.hint), max(inner-2, 1), AlignLeft))
	}
	b.top = max(min(b.top, b.at), b.at-room+1)
	lines := append([]string{th.Accent.Apply(">") + " " + text, ""}, b.results(th, inner, room)...)
	lines = append(lines, b.foot(th, inner))
	return frame(th, "", lines, width)
}

// Cursor returns where the terminal's cursor stands, counted from the corner of the float as View drew it.
func (b *Box) Cursor() *tea.Cursor { return b.cursor }

func (b *Box) results(th *Theme, inner, room int) []string {
	groups := b.groupWidth(inner)
	lines := make([]string, room)
	for y := range lines {
		i := b.top + y
		if i >= len(b.items) {
			lines[y] = blank(inner)
			continue
		}
		// The group is named where it begins, and again at the top when its beginning is out of sight.
		named := y == 0 || b.items[i-1].Group != b.items[i].Group
		lines[y] = b.row(th, b.items[i], named, i == b.at, groups, inner)
	}
	if len(b.items) == 0 && b.answered == b.generation && b.input.Value() != "" {
		lines[0] = th.Dim.Apply(th.Fit("  nothing found", inner, AlignLeft))
	}
	return lines
}

func (b *Box) groupWidth(inner int) int {
	widest := 0
	for _, item := range b.items {
		widest = max(widest, Width(Safe(item.Group)))
	}
	return min(widest, boxGroup, inner/4)
}

func (b *Box) row(th *Theme, item Item, named, selected bool, groups, inner int) string {
	p := pen{th: th}
	bar := " "
	if selected {
		bar, p.base = th.Pick("▌", ">"), th.Selected.On()
	}
	p.start()
	p.write(bar, StyleAccent)
	room := inner - 1
	if groups > 0 {
		group := ""
		if named {
			group = item.Group
		}
		p.write(th.Fit(Safe(group), groups, AlignLeft)+" ", StyleDim)
		room -= groups + 1
	}
	why := item.Why
	if item.Disabled != "" {
		why = item.Disabled
	}
	why = th.Cut(Safe(why), room/3)
	if why != "" {
		room -= Width(why) + gap
	}
	p.main(item, max(room, 0))
	if why != "" {
		p.b.WriteString(blank(gap))
		p.write(why, StyleDim)
	}
	p.end(0)
	return p.b.String()
}

// main writes title and detail into exactly width cells.
func (p *pen) main(item Item, width int) {
	title := p.th.Cut(Safe(item.Title), width)
	used := Width(title)
	if item.Disabled != "" {
		p.write(title, StyleDim)
	} else {
		p.matched(title, item)
	}
	if left := width - used - gap; left > 2 && item.Detail != "" {
		p.b.WriteString(blank(gap))
		p.write(p.th.Fit(Safe(item.Detail), left, AlignLeft), StyleDim)
		return
	}
	p.b.WriteString(blank(width - used))
}

// matched writes title with the matching letters picked out. Positions count the runes of the stored title, so they are
// used only when making it harmless changed nothing.
func (p *pen) matched(title string, item Item) {
	if len(item.Positions) == 0 || Safe(item.Title) != item.Title {
		p.b.WriteString(title)
		return
	}
	runes := []rune(title)
	if title != item.Title {
		runes = runes[:max(len(runes)-1, 0)] // the ellipsis is no letter of the title
	}
	from := 0
	for _, at := range item.Positions {
		if at < from || at >= len(runes) {
			continue
		}
		p.b.WriteString(string(runes[from:at]))
		p.write(string(runes[at]), StyleMatch)
		from = at + 1
	}
	p.b.WriteString(string([]rune(title)[from:]))
}

func (b *Box) foot(th *Theme, inner int) string {
	count := ""
	if len(b.items) > 0 {
		count = strconv.Itoa(b.at+1) + " of " + strconv.Itoa(len(b.items))
	}
	keys := []Binding{{Keys: "enter", Help: "open"}, {Keys: "tab", Help: "actions"}, {Keys: "esc", Help: "close"}}
	if item, ok := b.Selected(); ok && item.Disabled != "" {
		keys[0].Why = item.Disabled
	}
	room := inner - Width(count) - gap
	if room < 10 {
		return Footer(th, keys, inner)
	}
	return Footer(th, keys, room) + strings.Repeat(" ", gap) + th.Dim.Apply(count)
}
