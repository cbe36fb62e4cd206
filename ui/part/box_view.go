package part

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

const (
	boxWidth  = 76
	boxRows   = 20
	boxGroup  = 11 // widest group name
	boxTold   = 2  // lines at the foot of a large box about what is selected
	boxNarrow = 24 // a title is not squeezed below this for what stands beside it

	largeWidth  = 100 // without a side
	sideWidth   = 176 // with one
	largeHeight = 38
)

// SideAt is the width of a screen from which a large box shows its side.
const SideAt = 110

// size is how large the float is on a screen of w by h cells, and how much of its inside the side takes.
func (b *Box) size(w, h int) (width, height, side int) {
	if !b.large {
		return min(boxWidth, w), min(boxRows, h), 0
	}
	height = max(min(h-2, largeHeight), min(h, boxRows))
	if b.side == nil || w < SideAt {
		return max(min(w-4, largeWidth), min(w, boxWidth)), height, 0
	}
	width = min(w-4, sideWidth)
	return width, height, (width - 4) * 3 / 8
}

// Rows is how many results a screen of w by h cells has room for.
func (b *Box) Rows(w, h int) int {
	_, height, _ := b.size(w, h)
	return max(height-5-b.told(height), 1)
}

// told is how many lines at the foot say more about what is selected.
func (b *Box) told(height int) int {
	if b.large && height > 2*boxTold+5 {
		return boxTold
	}
	return 0
}

// View draws the float for a screen of w by h cells, always the same size on the same screen, so that it does not jump
// while typing.
func (b *Box) View(th *Theme, w, h int) string {
	width, height, side := b.size(w, h)
	inner, room, told := max(width-4, 1), b.Rows(w, h), b.told(height)
	text, x := drawInput(&b.input, max(inner-2, 1))
	b.cursor = tea.NewCursor(4+x, 1)
	if b.input.Value() == "" {
		text = th.Dim.Apply(th.Fit(Safe(b.hint), max(inner-2, 1), AlignLeft))
	}
	b.top = max(min(b.top, b.at), b.at-room+1)
	list := inner
	if side > 0 {
		list = inner - side - 3
	}
	body := b.results(th, list, room)
	body = append(body, b.tell(th, list, told)...)
	if side > 0 {
		bar := " " + th.Dim.Apply(th.Pick("│", "|")) + " "
		beside := th.fitAll(b.side(side, len(body)), side, len(body))
		for i := range body {
			body[i] += bar + beside[i]
		}
	}
	lines := append([]string{th.Accent.Apply(">") + " " + text, b.noted(th, inner, x)}, body...)
	lines = append(lines, b.foot(th, inner))
	return frame(th, "", lines, width)
}

// noted draws the line under the input. A note about one place of the query points at it, as long as that is in sight.
func (b *Box) noted(th *Theme, inner, cursor int) string {
	text, style := Safe(b.note.Text), th.Style(b.note.Style)
	query := []rune(b.input.Value())
	if b.note.At >= 1 && b.note.At <= len(query) {
		scrolled := Width(string(query[:min(b.input.Position(), len(query))])) - cursor
		at := 2 + Width(string(query[:b.note.At-1])) - scrolled
		switch {
		case at < 2 || at >= inner:
		case at+2+Width(text) <= inner || at < inner/2:
			return blank(at) + style.Apply(th.Fit("^ "+text, inner-at, AlignLeft))
		default:
			text = th.Cut(text, at-1)
			return blank(at-1-Width(text)) + style.Apply(text+" ^") + blank(inner-at-1)
		}
	}
	return style.Apply(th.Fit(blank(2)+text, inner, AlignLeft))
}

// tell says in full what the selected row had no room for, in exactly n lines: what it is, and why it is here. The reason
// comes before the rest where there is no room for both.
func (b *Box) tell(th *Theme, inner, n int) []string {
	item, _ := b.Selected()
	style := th.Accent
	if item.Disabled != "" {
		style = th.Warn
	}
	why := wrapTo(th, reason(item), inner-2, n)
	full := wrapTo(th, item.Full, inner-2, n-len(why))
	lines := make([]string, 0, n)
	for _, line := range full {
		lines = append(lines, th.Dim.Apply(th.Fit(blank(2)+line, inner, AlignLeft)))
	}
	for _, line := range why {
		lines = append(lines, style.Apply(th.Fit(blank(2)+line, inner, AlignLeft)))
	}
	return th.fitAll(lines, inner, n)
}

// wrapTo wraps text into at most n lines; what does not fit is cut off at the end.
func wrapTo(th *Theme, text string, width, n int) []string {
	if n < 1 || text == "" {
		return nil
	}
	lines := Wrap(Safe(text), max(width, 1))
	if len(lines) > n {
		lines[n-1] = th.Cut(strings.Join(lines[n-1:], " "), width)
	}
	return lines[:min(n, len(lines))]
}

// Cursor returns where the terminal's cursor stands, counted from the corner of the float as View drew it.
func (b *Box) Cursor() *tea.Cursor { return b.cursor }

func (b *Box) results(th *Theme, inner, room int) []string {
	groups := b.groupWidth(inner)
	columns := b.columns(inner - 1 - groups - min(groups, 1))
	lines := make([]string, room)
	for y := range lines {
		i := b.top + y
		if i >= len(b.items) {
			lines[y] = blank(inner)
			continue
		}
		// The group is named where it begins, and again at the top when its beginning is out of sight.
		named := y == 0 || b.items[i-1].Group != b.items[i].Group
		lines[y] = b.row(th, b.items[i], named, i == b.at, groups, columns[b.items[i].Group], inner)
	}
	if len(b.items) == 0 && b.answered == b.generation && b.input.Value() != "" && b.note.Text == "" {
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

// boxColumns are the widths in which the rows of a group stand under each other.
type boxColumns struct {
	title, signs, detail, why int
	brief                     bool // there is no room for the reasons whole
}

// columns lays out each group in room cells: titles up to half of it, signs as wide as they are, the first words of the
// details, which tell two of one name apart, and reasons in what is left.
func (b *Box) columns(room int) map[string]boxColumns {
	out, briefs := map[string]boxColumns{}, map[string]int{}
	for _, item := range b.items {
		c := out[item.Group]
		signs := 0
		for _, s := range item.Signs {
			signs += Width(Safe(s.Text))
		}
		first, _, _ := strings.Cut(Safe(item.Detail), detailPart)
		c.title, c.signs = max(c.title, Width(Safe(item.Title))), max(c.signs, signs)
		c.detail, c.why = max(c.detail, Width(first)), max(c.why, Width(Safe(reason(item))))
		briefs[item.Group] = max(briefs[item.Group], Width(Safe(reasonIn(item, true))))
		out[item.Group] = c
	}
	for group, c := range out {
		c.title = min(c.title, max(room/2, min(boxNarrow, room)))
		taken := c.title + gap + c.detail + gap
		if c.signs > 0 {
			taken += c.signs + gap
		}
		if c.why > min(room-taken, room/2) {
			c.brief, c.why = true, briefs[group]
		}
		c.why = min(c.why, max(room-taken, room/6), room/2)
		out[group] = c
	}
	return out
}

func reason(item Item) string { return reasonIn(item, false) }

func reasonIn(item Item, brief bool) string {
	switch {
	case item.Disabled != "":
		return item.Disabled
	case brief && item.Brief != "":
		return item.Brief
	}
	return item.Why
}

func (b *Box) row(th *Theme, item Item, named, selected bool, groups int, c boxColumns, inner int) string {
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
	why := th.Cut(Safe(reasonIn(item, c.brief)), c.why)
	if why != "" {
		room -= c.why + gap
	}
	p.main(item, c, max(room, 0))
	if why != "" {
		p.b.WriteString(blank(gap))
		p.write(th.Fit(why, c.why, AlignLeft), StyleDim)
	}
	p.end(0)
	return p.b.String()
}

// main writes title, signs and detail into exactly width cells, each under the one above where there is room.
func (p *pen) main(item Item, c boxColumns, width int) {
	title := p.th.Cut(Safe(item.Title), width)
	if item.Disabled != "" {
		p.write(title, StyleDim)
	} else {
		p.matched(title, item.Title, item.Positions, StyleText)
	}
	used := Width(title)
	to := func(column int) {
		n := max(min(column, width)-used, 0)
		p.b.WriteString(blank(n))
		used += n
	}
	if item.Detail != "" || len(item.Signs) > 0 {
		to(c.title)
	}
	if c.signs > 0 && width-used > gap+c.signs {
		to(used + gap)
		from := used
		used += p.parts(item.Signs, c.signs, false)
		to(from + c.signs)
	}
	if left := width - used - gap; left > 2 && item.Detail != "" {
		to(used + gap)
		detail := p.th.cutDetail(Safe(item.Detail), left)
		p.matched(detail, item.Detail, item.DetailPositions, StyleDim)
		used += Width(detail)
	}
	p.b.WriteString(blank(width - used))
}

// detailPart is what stands between the parts of a detail, and partLeast the least of a part worth beginning.
const (
	detailPart = " · "
	partLeast  = 8
)

// cutDetail shortens a detail between its parts, so that a date of birth is whole or not there; inside one only where much
// of it can be shown.
func (th *Theme) cutDetail(s string, width int) string {
	if Width(s) <= width {
		return s
	}
	kept := ""
	for i, one := range strings.Split(s, detailPart) {
		next := kept + detailPart + one
		if i == 0 {
			next = one
		}
		if Width(next) > width {
			if i == 0 || width-Width(kept+detailPart) >= partLeast {
				return th.Cut(s, width)
			}
			break
		}
		kept = next
	}
	return kept
}

// matched writes text, which is whole or what is left of it once it was cut, with the matching letters picked out.
// Positions count the runes of the whole as stored, so they are used only when making it harmless changed nothing.
func (p *pen) matched(text, whole string, positions []int, style StyleID) {
	if len(positions) == 0 || Safe(whole) != whole {
		p.write(text, style)
		return
	}
	runes := []rune(text)
	end := len(runes)
	if !strings.HasPrefix(whole, text) {
		end = max(end-1, 0) // the ellipsis is no letter of it
	}
	marked := func(at int) bool {
		_, ok := slices.BinarySearch(positions, at)
		return ok && at < end
	}
	for from := 0; from < len(runes); {
		on, to := marked(from), from+1
		for to < len(runes) && marked(to) == on {
			to++
		}
		if on {
			p.write(string(runes[from:to]), StyleMatch)
		} else {
			p.write(string(runes[from:to]), style)
		}
		from = to
	}
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
