package brief

import (
	"io"
	"strings"

	"pou/model"
)

// pdf writes the papers as PDF, on the page of a pack: marked top and bottom, each copy numbered, page n of m.
func (d *CourtDocument) pdf(w io.Writer) error {
	return d.document().writePDF(w, func(p *paper, n int) { p.layCourt(d, n) })
}

func (p *paper) layCourt(d *CourtDocument, n int) {
	p.copy, p.page = n, 0
	p.about = d.title()
	p.newPage()
	p.font(true, 16, black)
	p.write(side, d.title(), black)
	p.y++
	p.font(false, 10, black)
	p.write(side, d.kind()+" · "+d.copyOf(n), soft)
	p.y += 2
	p.write(side, d.care(), black)
	p.y += 2
	for i := range d.Pack.Parts {
		p.courtPart(&d.Pack.Parts[i])
	}
}

// courtPart is one document of the papers.
func (p *paper) courtPart(part *model.CourtPart) {
	if part.Fresh {
		p.newPage()
		p.font(true, 13, black)
		p.write(side, part.Head, black)
		p.rule(p.y + 0.6)
		p.y += 3
	} else {
		p.section(model.PageSection{Head: part.Head})
	}
	for _, row := range part.Rows {
		p.row(row)
	}
	if len(part.Table) > 0 {
		p.table(part.Heads, part.Table)
	}
	if len(part.List) > 0 {
		p.y += 1.5
		for _, row := range numberedList(part.List) {
			p.numbered(row)
		}
		p.y += 1.5
	}
	for _, row := range part.After {
		p.row(row)
	}
}

// numbered is an item of a list with its number before it.
func (p *paper) numbered(row [2]string) {
	p.font(true, 10, black)
	p.room(p.size * 0.46)
	p.Text(side+2, p.y+p.size*0.46*0.75, row[0])
	p.font(false, 10, black)
	p.write(side+12, row[1], black)
	p.y += 1.2
}

// The size of a table's words, the height of its lines and the space between its columns.
const (
	tableSize = 8.5
	tableStep = tableSize * 0.46
	tableGap  = 2.5
)

// table sets rows under heads. A row that does not fit on the page goes on to the next, where the heads stand again.
func (p *paper) table(heads []string, rows [][]string) {
	p.tableIn(heads, rows, p.columns(heads, rows))
}

// tableIn sets rows in columns of these widths.
func (p *paper) tableIn(heads []string, rows [][]string, widths []float64) {
	p.y++
	p.tableHeads(heads, widths)
	for _, row := range rows {
		p.tableRow(heads, row, widths)
	}
	p.y++
}

func (p *paper) tableHeads(heads []string, widths []float64) {
	p.room(4 * tableStep)
	p.font(true, tableSize, black)
	x := side
	for i, h := range heads {
		p.Text(x, p.y+tableStep*0.75, p.fit(h, widths[i]-tableGap))
		x += widths[i]
	}
	p.y += tableStep + 0.4
	p.rule(p.y)
	p.y += 0.8
}

func (p *paper) tableRow(heads, row []string, widths []float64) {
	p.font(false, tableSize, black)
	cells, most := make([][]string, len(row)), 0
	for i, text := range row {
		cells[i] = p.wrapped(text, widths[i]-tableGap)
		most = max(most, len(cells[i]))
	}
	if h := float64(most) * tableStep; p.y+h > bottom && h < bottom-top-20 {
		p.newPage()
		p.tableHeads(heads, widths)
	}
	p.font(false, tableSize, black)
	for line := range most {
		if p.y+tableStep > bottom { // a row longer than a page
			p.newPage()
			p.tableHeads(heads, widths)
			p.font(false, tableSize, black)
		}
		x := side
		for i := range cells {
			if line < len(cells[i]) {
				p.Text(x, p.y+tableStep*0.75, cells[i][line])
			}
			x += widths[i]
		}
		p.y += tableStep
	}
	p.rule(p.y + 0.4)
	p.y += 1.2
}

func (p *paper) wrapped(text string, room float64) []string {
	var out []string
	for rest := strings.Fields(text); len(rest) > 0; {
		var said string
		said, rest = p.fill(rest, room)
		out = append(out, said)
	}
	return out
}

// shortCell is how long a text is that is not broken into lines: a date, a reference.
const shortCell = 12

// columns shares the page's width out: no column narrower than its head and its longest word need, up to a limit, and
// the rest by how much they have to say.
func (p *paper) columns(heads []string, rows [][]string) []float64 {
	least, say := make([]float64, len(heads)), make([]float64, len(heads))
	p.font(true, tableSize, black)
	for i, h := range heads {
		least[i] = min(p.width(h)+tableGap, 30)
	}
	p.font(false, tableSize, black)
	for _, row := range rows {
		for i, text := range row {
			say[i] = max(say[i], min(float64(len(text)), 240))
			if len(text) <= shortCell {
				least[i] = max(least[i], p.GetStringWidth(text)+tableGap)
			}
			for _, w := range strings.Fields(text) {
				least[i] = max(least[i], min(p.width(w)+tableGap, 26))
			}
		}
	}
	spare, total := width, 0.0
	for i := range heads {
		spare -= least[i]
		total += say[i]
	}
	for i := range heads {
		if total > 0 && spare > 0 {
			least[i] += spare * say[i] / total
		}
	}
	return least
}
