package part

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// line is a drawn row without its scrollbar cell, and what it was drawn from.
type line struct {
	version          uint64
	selected, marked bool
	text             string
}

// View draws the table: h lines of w cells. It returns the last drawing when nothing changed.
func (t *Table[R]) View(th *Theme) string {
	if look := th.look(); look != t.look {
		t.look = look
		t.Refresh()
	}
	if t.dirty {
		t.view, t.dirty = t.draw(th), false
	}
	return t.view
}

func (t *Table[R]) draw(th *Theme) string {
	if t.w == 0 {
		return strings.Repeat("\n", max(t.h-1, 0))
	}
	if len(t.rows) == 0 {
		return t.drawEmpty(th)
	}
	v := t.visible()
	if len(t.cache) > 4*v+64 {
		clear(t.cache)
	}
	var b strings.Builder
	b.Grow(t.h * (t.w + 64))
	if t.headerLines() > 0 {
		b.WriteString(t.drawHeader(th))
		b.WriteByte('\n')
	}
	thumbTop, thumbEnd := t.thumb(v)
	for y := range v {
		if y > 0 {
			b.WriteByte('\n')
		}
		i := t.top + y
		if i >= len(t.rows) {
			b.WriteString(blank(t.w))
			continue
		}
		b.WriteString(t.drawn(th, i))
		t.writeScroll(&b, th, y >= thumbTop && y < thumbEnd)
	}
	return b.String()
}

// thumb returns the lines the scrollbar's thumb covers, none when everything is in sight.
func (t *Table[R]) thumb(v int) (from, to int) {
	if len(t.rows) <= v || v == 0 {
		return 0, 0
	}
	size := max(v*v/len(t.rows), 1)
	from = t.top * (v - size) / max(len(t.rows)-v, 1)
	return from, from + size
}

func (t *Table[R]) writeScroll(b *strings.Builder, th *Theme, thumb bool) {
	if thumb {
		b.WriteString(th.Dim.Apply(th.Pick("▐", "#")))
		return
	}
	b.WriteByte(' ')
}

// drawn returns row i as a line, from the cache when row, cursor and mark are as they were.
func (t *Table[R]) drawn(th *Theme, i int) string {
	row := t.rows[i]
	ref := t.ref(row)
	now := line{selected: i == t.cursor, marked: t.marks[ref]}
	if t.version != nil {
		now.version = t.version(row)
	}
	if had, ok := t.cache[ref]; ok && had.version == now.version && had.selected == now.selected && had.marked == now.marked {
		return had.text
	}
	now.text = t.drawRow(th, row, now.selected, now.marked)
	if t.w <= gutter+scrollbar {
		now.text = Fit(now.text, t.w-scrollbar, AlignLeft)
	}
	t.cache[ref] = now
	return now.text
}

func (t *Table[R]) drawRow(th *Theme, row R, selected, marked bool) string {
	p := pen{th: th}
	p.b.Grow(t.w + 64)
	bar, mark := " ", " "
	if selected {
		bar = th.Pick("▌", ">")
		if !t.blurred {
			p.base = th.Selected.On()
		}
	}
	if marked {
		mark = th.Pick("●", "*")
	}
	p.start()
	if gutter := bar + mark; gutter == "  " {
		p.b.WriteString(gutter)
	} else {
		p.write(gutter, StyleAccent)
	}
	used := 0
	for i, s := range t.layout {
		if i > 0 {
			p.b.WriteString(blank(gap))
		}
		p.cell(t.cols[s.col].Cell(row), s.width, t.cols[s.col].Align)
		if used += gap + s.width; used >= band {
			p.stop()
		}
	}
	p.end(t.w - scrollbar - gutter - layoutWidth(t.layout))
	return p.b.String()
}

func layoutWidth(slots []slot) int {
	w := gap * max(len(slots)-1, 0)
	for _, s := range slots {
		w += s.width
	}
	return w
}

func (t *Table[R]) drawHeader(th *Theme) string {
	var b strings.Builder
	b.WriteString(blank(gutter))
	for i, s := range t.layout {
		if i > 0 {
			b.WriteString(blank(gap))
		}
		b.WriteString(th.Fit(t.cols[s.col].Title, s.width, t.cols[s.col].Align))
	}
	return th.Dim.Apply(th.Fit(b.String(), t.w, AlignLeft))
}

func (t *Table[R]) drawEmpty(th *Theme) string {
	var lines []string
	if t.h > 2 {
		lines = append(lines, "")
	}
	for _, s := range t.empty {
		lines = append(lines, th.Dim.Apply(th.Cut(blank(gutter)+Safe(s), t.w)))
	}
	return strings.Join(th.fitAll(lines, t.w, t.h), "\n")
}

// pen writes the pieces of one line over a base style: after each styled piece the base is put back, because a reset ends
// the row's background too.
type pen struct {
	b    strings.Builder
	th   *Theme
	base string
}

func (p *pen) start() { p.b.WriteString(p.base) }

// stop takes the base off: what follows is written on the terminal's own background.
func (p *pen) stop() {
	if p.base != "" {
		p.b.WriteString(ansi.ResetStyle)
		p.base = ""
	}
}

// end fills n more cells and leaves the terminal as it was.
func (p *pen) end(n int) {
	p.b.WriteString(blank(n))
	if p.base != "" {
		p.b.WriteString(ansi.ResetStyle)
	}
}

func (p *pen) write(text string, id StyleID) {
	style := p.th.Style(id)
	if style.on == "" || text == "" {
		p.b.WriteString(text)
		return
	}
	p.b.WriteString(style.on)
	p.b.WriteString(text)
	p.b.WriteString(ansi.ResetStyle)
	p.b.WriteString(p.base)
}

// cell writes c into exactly width cells.
func (p *pen) cell(c Cell, width int, align Align) {
	if len(c.Parts) == 0 {
		p.write(p.th.Fit(Safe(c.Text), width, align), c.Style)
		return
	}
	total := 0
	for _, part := range c.Parts {
		total += Width(Safe(part.Text))
	}
	if align == AlignRight {
		p.b.WriteString(blank(width - total))
	}
	used := p.parts(c.Parts, width, total > width)
	if align == AlignLeft || total > width {
		p.b.WriteString(blank(width - used))
	}
}

// parts writes the parts one after the other, ending in … when they are cut, and returns the cells used.
func (p *pen) parts(parts []Part, width int, cut bool) int {
	room := width
	if cut {
		room--
	}
	used := 0
	for _, part := range parts {
		text := cutWith(Safe(part.Text), room-used, "")
		p.write(text, part.Style)
		used += Width(text)
		if cut && len(text) < len(Safe(part.Text)) {
			break
		}
	}
	if cut && width > 0 {
		p.b.WriteString(p.th.Pick(ellipsis, ellipsisASCII))
		used++
	}
	return used
}
