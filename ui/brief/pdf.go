package brief

import (
	"bytes"
	_ "embed" // the fonts are part of the program: a custody terminal may carry none
	"fmt"
	"io"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"pou/model"
)

// The fonts: Latin with its extensions, Greek and Cyrillic; their licence stands beside them.
var (
	//go:embed fonts/DejaVuSansCondensed.ttf
	fontRegular []byte
	//go:embed fonts/DejaVuSansCondensed-Bold.ttf
	fontBold []byte
)

// The page, in millimetres.
const (
	pageWidth   = 210.0
	pageHeight  = 297.0
	side        = 16.0
	width       = pageWidth - 2*side
	top         = 24.0
	bottom      = 278.0
	labelWidth  = 33.0
	photoWidth  = 38.0
	photoHeight = 48.0
)

// ink is a shade of grey: paper is printed in black.
type ink int

const (
	black ink = 0
	soft  ink = 80
	line  ink = 170
	pale  ink = 238 // the watermark: seen on a photocopy, never in the way of a word
	white ink = 255
)

// paper is a PDF being laid out.
type paper struct {
	*fpdf.Fpdf
	doc    *Document
	copy   int
	page   int // within the copy
	pages  int // of a copy
	y      float64
	narrow float64 // how far down the photo reaches: above it lines are shorter
	about  string  // what the page is about, for its running head
	bold   bool
	size   float64
	widths map[widthKey]float64
}

type widthKey struct {
	word string
	bold bool
	size float64
}

// pdf writes the document as PDF: A4, each copy numbered, marked top and bottom.
func (d *Document) pdf(w io.Writer) error { return d.writePDF(w, (*paper).lay) }

// writePDF writes the copies of a paper on the document's page. One copy is laid out first to learn how many pages it has.
func (d *Document) writePDF(w io.Writer, lay func(p *paper, n int)) error {
	first := d.newPaper()
	lay(first, d.Copies)
	p := d.newPaper()
	p.pages = first.page
	for n := 1; n <= d.Copies; n++ {
		lay(p, n)
	}
	if err := p.Output(w); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return nil
}

func (d *Document) newPaper() *paper {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCatalogSort(true)
	f.SetCreationDate(d.Made.UTC())
	f.SetModificationDate(d.Made.UTC())
	f.SetTitle(d.marking()+" "+d.title(), true)
	f.SetProducer("pou", true)
	f.SetLang("en-GB")
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(side, top, side)
	f.AddUTF8FontFromBytes("pack", "", fontRegular)
	f.AddUTF8FontFromBytes("pack", "B", fontBold)
	p := &paper{Fpdf: f, doc: d, widths: map[widthKey]float64{}}
	if d.draft {
		p.SetHeaderFunc(p.draft)
	}
	return p
}

// draft says across a page that it is one.
func (p *paper) draft() {
	p.font(true, 110, pale)
	p.TransformBegin()
	p.TransformRotate(52, pageWidth/2, pageHeight/2)
	p.middle(pageHeight/2-22, "DRAFT")
	p.TransformEnd()
}

// lay sets one copy.
func (p *paper) lay(n int) {
	p.copy, p.page = n, 0
	if p.doc.Order != nil {
		p.order(p.doc.Order)
	}
	if len(p.doc.Pages) > 0 {
		p.pack()
	}
	if p.doc.Results != nil {
		p.results(p.doc.Results)
	}
	if p.doc.Recall != nil {
		p.recall(p.doc.Recall)
	}
}

// pack sets the cover and the targets.
func (p *paper) pack() {
	p.cover()
	for i := range p.doc.Pages {
		if p.doc.Audience == model.AudienceFront {
			p.frontTarget(&p.doc.Pages[i])
		} else {
			p.target(&p.doc.Pages[i])
		}
	}
}

func (p *paper) font(bold bool, size float64, shade ink) {
	style := ""
	if bold {
		style = "B"
	}
	p.bold, p.size = bold, size
	p.SetFont("pack", style, size)
	p.SetTextColor(int(shade), int(shade), int(shade))
}

// newPage begins a page: watermark first, so that it lies below the words, then the marking top and bottom.
func (p *paper) newPage() {
	p.AddPage()
	p.page++
	p.narrow = 0
	p.watermark()
	p.font(true, 10, black)
	p.middle(11, p.doc.marking())
	p.middle(290, p.doc.marking())
	p.font(false, 8, soft)
	p.Text(side, 17.5, p.fit(p.about, width-70))
	p.right(17.5, p.fit(p.doc.copyOf(p.copy), 66))
	p.rule(19.5)
	p.Text(side, 284.5, p.fit(p.doc.made(), width-40))
	p.right(284.5, fmt.Sprintf("page %d of %d", p.page, p.pages))
	p.y = top + 4
}

func (p *paper) watermark() {
	text := p.doc.copyOf(p.copy)
	p.font(true, 40, pale)
	for p.size > 14 && p.GetStringWidth(text) > 230 {
		p.font(true, p.size-2, pale)
	}
	text = p.fit(text, 230)
	p.TransformBegin()
	p.TransformRotate(52, pageWidth/2, pageHeight/2)
	p.Text((pageWidth-p.GetStringWidth(text))/2, pageHeight/2, text)
	p.TransformEnd()
}

func (p *paper) middle(y float64, text string) {
	p.Text((pageWidth-p.GetStringWidth(text))/2, y, text)
}

func (p *paper) right(y float64, text string) {
	p.Text(side+width-p.GetStringWidth(text), y, text)
}

func (p *paper) rule(y float64) {
	p.SetDrawColor(int(line), int(line), int(line))
	p.SetLineWidth(0.2)
	p.Line(side, y, side+width, y)
}

// longest is more letters than any one line of a page has room for.
const longest = 200

// fit cuts a text that is too long for its place.
func (p *paper) fit(text string, room float64) string {
	letters := []rune(text)
	if len(letters) <= longest && p.GetStringWidth(text) <= room {
		return text
	}
	letters = letters[:min(len(letters), longest)]
	for len(letters) > 0 && p.GetStringWidth(string(letters)+"…") > room {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// room makes sure that so much of the page is left.
func (p *paper) room(h float64) {
	if p.y+h > bottom {
		bold, size := p.bold, p.size
		p.newPage()
		p.font(bold, size, black)
	}
}

// write sets a text in lines from x on, below one another, and moves down past it.
func (p *paper) write(x float64, text string, shade ink) {
	step := p.size * 0.46
	bold, size := p.bold, p.size
	for rest := strings.Fields(text); len(rest) > 0; {
		p.room(step)
		p.font(bold, size, shade)
		right := side + width
		if p.y < p.narrow {
			right -= photoWidth + 5
		}
		var said string
		said, rest = p.fill(rest, right-x)
		p.Text(x, p.y+step*0.75, said)
		p.y += step
	}
}

// cover says what the paper is, who has it, what to do with it, and who is in it.
func (p *paper) cover() {
	d := p.doc
	p.about = d.title()
	p.newPage()
	p.font(true, 18, black)
	p.write(side, d.title(), black)
	p.y++
	p.font(false, 10, black)
	p.write(side, d.kind()+" · "+d.window()+" · "+d.copyOf(p.copy), soft)
	p.y += 3
	p.write(side, d.care(), black)
	p.y += 5
	p.withheld()
	if d.Audience == model.AudienceFront {
		return
	}
	for i := range d.Pages {
		page := &d.Pages[i]
		p.room(7)
		p.font(true, 10, black)
		p.Text(side, p.y+4, strconv.Itoa(page.No))
		p.Text(side+9, p.y+4, p.fit(page.Name, 78))
		p.Text(side+90, p.y+4, p.fit(codes(page), 34))
		p.font(false, 9, soft)
		p.Text(side+126, p.y+4, string(page.Unit))
		p.right(p.y+4, string(page.Ref))
		p.y += 6
		p.rule(p.y)
		p.y += 0.6
	}
}

// withheld says which targets were left out, and why.
func (p *paper) withheld() {
	if len(p.doc.Withheld) == 0 {
		return
	}
	rows := make([][2]string, len(p.doc.Withheld))
	for i := range p.doc.Withheld {
		w := &p.doc.Withheld[i]
		rows[i] = [2]string{string(w.Target), w.For(p.doc.Audience)}
	}
	p.section(model.PageSection{Head: p.doc.leftOut(), Rows: rows})
	p.y += 4
}

// target is everything one audience sees of a target, the markers first.
func (p *paper) target(page *model.Page) {
	p.about = string(page.Ref) + "  " + page.Name + " · " + p.doc.Name
	p.newPage()
	p.photo(page)
	p.name(page, 19)
	p.markers(page)
	p.y++
	p.font(false, 9, black)
	p.write(side, facts(page), soft)
	p.y += 1.5
	for _, row := range heads(page) {
		p.row(row)
	}
	p.y = max(p.y, p.narrow)
	for _, s := range page.Sections {
		p.section(s)
	}
	p.y++
}

// frontTarget is a target on the front sheet; a page holds several.
func (p *paper) frontTarget(page *model.Page) {
	p.room(photoHeight + 8)
	p.photo(page)
	p.name(page, 15)
	p.markers(page)
	p.y++
	p.row([2]string{"Wanted for", page.WantedFor})
	for _, s := range page.Sections {
		for _, row := range s.Rows {
			p.row([2]string{s.Head, row[1]})
		}
	}
	p.row([2]string{"Target", string(page.Ref) + " · " + string(page.Unit)})
	p.y = max(p.y, p.narrow)
	p.narrow = 0
	p.rule(p.y)
	p.y += 5
}

func (p *paper) name(page *model.Page, size float64) {
	p.font(true, size, black)
	p.write(side, strconv.Itoa(page.No)+"  "+page.Name, black)
	p.y += 2
}

// photo draws the photo at the right, or a frame that says why there is none.
func (p *paper) photo(page *model.Page) {
	x := side + width - photoWidth
	p.narrow = p.y + photoHeight + 3
	p.SetDrawColor(int(line), int(line), int(line))
	p.SetFillColor(int(white), int(white), int(white))
	p.Rect(x, p.y, photoWidth, photoHeight, "DF")
	raw := p.doc.Photos[page.Photo]
	if len(raw) == 0 {
		p.font(false, 8, soft)
		for i, said := range []string{"no photo here", p.fit(photoWord(page), photoWidth-4)} {
			p.Text(x+(photoWidth-p.GetStringWidth(said))/2, p.y+photoHeight/2+4*float64(i), said)
		}
		return
	}
	options := fpdf.ImageOptions{ImageType: "JPG"}
	info := p.RegisterImageOptionsReader(page.Photo, options, bytes.NewReader(raw))
	w, h := info.Width(), info.Height()
	scale := min((photoWidth-1)/w, (photoHeight-1)/h)
	w, h = w*scale, h*scale
	p.ImageOptions(page.Photo, x+(photoWidth-w)/2, p.y+(photoHeight-h)/2, w, h, false, options, 0, "")
}

// markers come first: what can hurt an officer, in a black box with its letters, never by colour alone.
func (p *paper) markers(page *model.Page) {
	const box = 5.2
	if len(page.Markers) == 0 {
		p.font(false, 9.5, black)
		p.write(side, p.doc.noMarkers(), black)
		return
	}
	for i := range page.Markers {
		m := &page.Markers[i]
		p.room(box + 1)
		p.SetFillColor(int(black), int(black), int(black))
		p.Rect(side, p.y, 9, box-0.4, "F")
		p.font(true, 9.5, white)
		p.Text(side+(9-p.GetStringWidth(string(m.Code)))/2, p.y+3.6, string(m.Code))
		p.font(m.Code.Rank() < 5, 9.5, black)
		start := p.y
		p.y += 0.2
		p.write(side+11.5, markerText(m), black)
		p.y = max(p.y, start+box) + 0.5
	}
}

// row is a head and what is known.
func (p *paper) row(row [2]string) {
	p.font(false, 9, soft)
	step := p.size * 0.46
	p.room(step)
	p.font(false, 9, soft)
	page, start := p.page, p.y
	if row[0] != "" {
		p.head(row[0])
	}
	end := p.y
	if page == p.page {
		p.y = start
	}
	p.font(false, 9, black)
	p.write(side+labelWidth, row[1], black)
	if page == p.page {
		p.y = max(p.y, end)
	}
	p.y += 0.6
}

// head sets the head of a row within its column.
func (p *paper) head(text string) {
	step := p.size * 0.46
	for rest := strings.Fields(text); len(rest) > 0; {
		var said string
		said, rest = p.fill(rest, labelWidth-3)
		p.Text(side, p.y+step*0.75, said)
		p.y += step
	}
}

// section is a head over its rows, kept with the first of them.
func (p *paper) section(s model.PageSection) {
	p.y += 1.6
	p.room(13)
	p.font(true, 9.5, black)
	p.write(side, s.Head, black)
	p.rule(p.y + 0.4)
	p.y += 1.6
	for _, row := range s.Rows {
		p.row(row)
	}
}
