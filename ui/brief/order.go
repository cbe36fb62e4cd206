package brief

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"pou/model"
	"pou/model/day"
)

// indent is what a line of the order begins with that belongs to the line above it.
const indent = "  "

// cleanOrder is the order with every word made harmless.
func cleanOrder(o *model.OrderPaper, tame func(string) string) *model.OrderPaper {
	if o == nil {
		return nil
	}
	out := *o
	out.Name, out.Signed, out.Changed = tame(o.Name), each(o.Signed, tame), each(o.Changed, tame)
	out.Sections, out.Annex = cleanSections(o.Sections, tame), cleanSections(o.Annex, tame)
	return &out
}

func cleanSections(in []model.OrderSection, tame func(string) string) []model.OrderSection {
	out := make([]model.OrderSection, len(in))
	for i, s := range in {
		lines := make([]model.OrderLine, len(s.Lines))
		for j, l := range s.Lines {
			if l.Gap != nil {
				gap := *l.Gap
				gap.What, gap.Do = tame(gap.What), tame(gap.Do)
				lines[j].Gap = &gap
				continue
			}
			if strings.HasPrefix(l.Text, indent) {
				lines[j].Text = indent
			}
			lines[j].Text += tame(l.Text)
		}
		out[i] = model.OrderSection{Head: tame(s.Head), Lines: lines}
	}
	return out
}

// orderKind is what sort of order it is.
const orderKind = "Operation order (IIMARCH)"

// annexCare is what the confidential annex says of itself.
const annexCare = "Need-to-know. Not to be copied or left with the order; return it to the supervisor who handed it out."

// standing is where the order stands: the version, its signatures, what has changed and who has been recalled.
func standing(o *model.OrderPaper) [][2]string {
	rows := [][2]string{{"Stands", o.Stands}}
	add := func(head, text string) { rows = append(rows, [2]string{head, text}) }
	if o.Version > 0 {
		add("Printed", fmt.Sprintf("version %d as it was %s, word for word", o.Version, o.State))
	} else {
		add("Printed", "as it stood "+day.Moment(o.AsOf)+"; "+o.State)
	}
	for _, s := range o.Signed {
		add("", s)
	}
	for _, c := range o.Changed {
		add("NOT ANNOUNCED", c)
	}
	for _, r := range o.Recalled {
		add("RECALLED", fmt.Sprintf("%s %s %s; not acknowledged by %d", r.Target, r.As, day.Moment(r.At), len(r.Waiting)))
	}
	if n := len(o.Gaps()); n > 0 {
		add("Gaps", fmt.Sprintf("%d, each marked GAP where its text should stand; one that \"stops\" has to be closed before anybody is briefed", n))
	}
	if o.Apart {
		add("Annex", "confidential, apart: a supervisor hands it out")
	}
	return rows
}

// labelled splits a line of the order into its label and its text: "Background: ..."; the label is "" when there is none. A line that begins
// with a number – a target, a risk – is read as a whole.
func labelled(text string) [2]string {
	const longestLabel = 26
	label, rest, ok := strings.Cut(text, ": ")
	if !ok || strings.HasPrefix(text, indent) || (text[0] >= '0' && text[0] <= '9') || utf8.RuneCountInString(label) > longestLabel {
		return [2]string{"", strings.TrimPrefix(text, indent)}
	}
	return [2]string{label, rest}
}

// gapWord is what a gap is marked with.
func gapWord(g *model.PlanGap) string {
	if g.Stops {
		return "GAP, stops"
	}
	return "GAP"
}

func gapText(g *model.PlanGap) string { return g.What + ". " + g.Do }

// order sets the operation order, and the confidential annex on pages of its own.
func (p *paper) order(o *model.OrderPaper) {
	d := p.doc
	p.about = "Order, " + o.Stands + " · " + d.title()
	p.newPage()
	p.font(true, 18, black)
	p.write(side, d.title(), black)
	p.y++
	p.font(false, 10, black)
	p.write(side, orderKind+" · "+d.window()+" · "+d.copyOf(p.copy), soft)
	p.y += 2
	for _, row := range standing(o) {
		p.row(row)
	}
	p.y += 1.5
	p.font(false, 9, black)
	p.write(side, d.care(), soft)
	for _, s := range o.Sections {
		p.orderSection(s)
	}
	if len(o.Annex) == 0 {
		return
	}
	p.about = "CONFIDENTIAL ANNEX · order, " + o.Stands + " · " + d.title()
	p.newPage()
	p.font(true, 18, black)
	p.write(side, "CONFIDENTIAL ANNEX", black)
	p.y++
	p.font(false, 10, black)
	p.write(side, d.title()+" · "+d.copyOf(p.copy), soft)
	p.y++
	p.write(side, annexCare, black)
	for _, s := range o.Annex {
		p.orderSection(s)
	}
}

func (p *paper) orderSection(s model.OrderSection) {
	p.section(model.PageSection{Head: s.Head})
	for _, l := range s.Lines {
		if l.Gap != nil {
			p.gap(l.Gap)
			continue
		}
		switch row := labelled(l.Text); {
		case row[0] != "":
			p.row(row)
		case strings.HasPrefix(l.Text, indent):
			p.across(side+labelWidth, row[1])
		default:
			p.across(side, row[1])
		}
	}
}

// across is a line of the order across the page, a little apart from the next.
func (p *paper) across(x float64, text string) {
	p.font(false, 9, black)
	p.write(x, text, black)
	p.y += 0.8
}

// gap is set in black where a text should stand: it has to be seen on a photocopy.
func (p *paper) gap(g *model.PlanGap) {
	const box = 4.6
	p.font(true, 8, white)
	word := gapWord(g)
	wide := p.GetStringWidth(word) + 3
	p.room(box + 1)
	p.SetFillColor(int(black), int(black), int(black))
	p.Rect(side, p.y, wide, box-0.3, "F")
	p.Text(side+1.5, p.y+3.1, word)
	p.font(true, 9, black)
	start := p.y
	p.y += 0.1
	p.write(side+wide+2, gapText(g), black)
	p.y = max(p.y, start+box) + 0.6
}

func (d *Document) markdownOrder(say sayer, n int) {
	o := d.Order
	d.markdownTop(say, orderKind, n)
	for _, row := range standing(o) {
		say("- %s", markdownRow(row))
	}
	say("\n%s", plain(d.care()))
	markdownSections(say, o.Sections)
	if len(o.Annex) > 0 {
		say("\n---\n\n**%s**\n\n# CONFIDENTIAL ANNEX\n\n%s  \n%s", d.marking(), plain(d.title()), plain(d.copyOf(n)))
		say("\n%s", annexCare)
		markdownSections(say, o.Annex)
	}
	say("")
}

func markdownSections(say sayer, sections []model.OrderSection) {
	for _, s := range sections {
		say("\n## %s\n", plain(s.Head))
		for _, l := range s.Lines {
			switch {
			case l.Gap != nil:
				say("- **%s** %s", strings.ToUpper(gapWord(l.Gap)), plain(gapText(l.Gap)))
			case strings.HasPrefix(l.Text, indent):
				say("  - %s", plain(strings.TrimPrefix(l.Text, indent)))
			default:
				say("- %s", markdownRow(labelled(l.Text)))
			}
		}
	}
}
