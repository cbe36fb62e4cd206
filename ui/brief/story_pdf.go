package brief

import (
	"io"
	"strings"

	"pou/model"
)

// pdf writes the storyboard as PDF, on the page of a pack: marked top and bottom, page n of m, its charts drawn as lines and words.
func (d *StoryDocument) pdf(w io.Writer) error {
	return d.document().writePDF(w, func(p *paper, n int) { p.layStory(d, n) })
}

func (p *paper) layStory(d *StoryDocument, n int) {
	p.copy, p.page = n, 0
	p.about = d.title()
	p.newPage()
	p.y += 3
	p.font(true, 22, black)
	p.write(side, d.title(), black)
	p.y++
	p.font(false, 10.5, black)
	p.write(side, d.kind()+" · "+d.document().made(), soft)
	p.font(true, 10.5, black)
	p.write(side, model.UpperFirst(d.Signed), black)
	p.y += 3
	p.font(false, 9.5, black)
	p.boxed(d.care())
	for i := range d.Front {
		p.storySection(&d.Front[i])
	}
	for i := range d.Pages {
		p.storyPage(d, &d.Pages[i])
	}
	p.about = d.title() + " · appendix"
	p.newPage()
	for _, s := range d.last() {
		p.storySection(&s)
	}
}

// boxed sets a text beside a bar, as what stands apart from the rest.
func (p *paper) boxed(text string) {
	step := p.size * 0.46
	lines := p.wrapped(text, width-8)
	if h := float64(len(lines))*step + 3; p.y+h > bottom && h < bottom-top-20 {
		bold, size := p.bold, p.size
		p.newPage()
		p.font(bold, size, black)
	}
	for i, l := range lines {
		p.room(step)
		from := p.y
		if i == 0 {
			from -= 1.2
		}
		p.SetFillColor(int(soft), int(soft), int(soft))
		p.Rect(side, from, 1.1, p.y+step-from+0.3, "F")
		p.Text(side+5, p.y+step*0.75, l)
		p.y += step
	}
	p.y += 2.5
}

func (p *paper) storyPage(d *StoryDocument, page *storyPage) {
	p.about = d.title() + " · " + strings.ToLower(page.Kicker[:1]) + page.Kicker[1:]
	p.newPage()
	p.font(false, 9, black)
	p.write(side, page.Kicker, soft)
	p.y += 0.5
	p.font(true, 17, black)
	p.write(side, page.Title, black)
	p.y += 0.6
	p.font(false, 9, black)
	p.write(side, page.Window, soft)
	p.y += 2.5
	if page.Words != "" {
		p.font(false, 11, black)
		p.boxed(page.Words)
		p.font(false, 8.5, black)
		p.y--
		p.write(side+5, page.WordsBy, soft)
		p.y += 2
	}
	for _, sentence := range page.Says {
		p.font(false, 10, black)
		p.bullet(sentence)
	}
	for i := range page.Scenes {
		scene := &page.Scenes[i]
		high := scene.H * width / scene.W
		p.y += 3.5
		p.room(high)
		p.y += scene.PDF(p.Fpdf, "pack", side, p.y, width) + 1.5
	}
	for i := range page.Sections {
		p.storySection(&page.Sections[i])
	}
}

// bullet sets a sentence with a sign before it.
func (p *paper) bullet(text string) {
	step := p.size * 0.46
	p.room(step)
	p.SetFillColor(int(black), int(black), int(black))
	p.Rect(side+0.6, p.y+step*0.38, 1.1, 1.1, "F")
	p.write(side+4.5, text, black)
	p.y += 0.9
}

// storySection sets a head with its sentences, rows and table. A table is not parted from its head.
func (p *paper) storySection(s *storySection) {
	wide := s.Wide
	if len(wide) == 0 {
		wide = p.columns(s.Heads, s.Table)
	}
	p.y += 1.6
	p.room(p.storyNeed(s, wide))
	p.section(model.PageSection{Head: s.Head})
	for _, n := range s.Notes {
		p.font(false, 9, black)
		p.write(side, n, black)
		p.y += 0.8
	}
	if len(s.Table) > 0 {
		p.tableIn(s.Heads, s.Table, wide)
	}
	for _, row := range s.Rows {
		p.row(row)
	}
}

// storyNeed is how much of a page a section wants to begin on: all it takes, so that it is not parted; or, of one that takes more than
// half a page, its head with the first of it.
func (p *paper) storyNeed(s *storySection, wide []float64) float64 {
	const head, least = 11.0, 30.0
	need := head
	p.font(false, 9, black)
	for _, n := range s.Notes {
		need += float64(len(p.wrapped(n, width)))*p.size*0.46 + 0.8
	}
	for _, row := range s.Rows {
		need += float64(len(p.wrapped(row[1], width-labelWidth)))*p.size*0.46 + 0.6
	}
	p.font(false, tableSize, black)
	if len(s.Table) > 0 {
		need += 3 * tableStep
	}
	for _, row := range s.Table {
		most := 1
		for i, text := range row {
			most = max(most, len(p.wrapped(text, wide[i]-tableGap)))
		}
		need += float64(most)*tableStep + 1.2
	}
	if need > (bottom-top)/2 {
		return min(need, head+least)
	}
	return need
}
