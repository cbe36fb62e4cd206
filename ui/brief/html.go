package brief

import (
	"embed" // the templates are part of the program
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"unicode/utf8"

	"pou/model"
)

//go:embed templates/*.html
var templates embed.FS

// view is what the templates see of the document.
type view struct {
	Marking, Title, Kind, Window, Made, Care string
	Front                                    bool
	LeftHead                                 string
	Left                                     [][2]string
	Order                                    *orderView
	Results                                  *resultsView
	Recall                                   *recallView
	Copies                                   []copyView
}

// sheetView is what stands on every sheet of a copy: the marking, what the sheet is about, whose copy it is, and that once more across it.
type sheetView struct {
	Marking, About, Copy string
	Water                template.CSS // the watermark
}

func newSheet(marking, about, copied string, draft bool) sheetView {
	water := copied
	if draft {
		water = "DRAFT · " + water
	}
	return sheetView{Marking: marking, About: about, Copy: copied, Water: watermark(water)}
}

type copyView struct {
	sheetView
	Doc   *view
	Pages []pageView
}

// Sheet is the sheet of a copy that is about something of its own.
func (c copyView) Sheet(about string) sheetView {
	c.About = about
	return c.sheetView
}

type pageView struct {
	model.Page
	About, Facts, Codes string
	Heads, Warnings     [][2]string
	NoWarnings          string // what stands there when there are none
	Image               template.URL
	PhotoWord           string
}

// orderView is the operation order as the template sees it.
type orderView struct {
	Kind, About, AnnexAbout, AnnexCare string
	Standing                           [][2]string
	Sections, Annex                    []sectionView
}

type sectionView struct {
	Head  string
	Lines []lineView
}

type lineView struct {
	Label, Text, GapWord string
	Gap, Under           bool
}

// resultsView is the page of results as the template sees it.
type resultsView struct {
	Kind, About, Beside, Unread, Empty, Legend string
	Dense, Compared                            bool
	Heads                                      []headView
	Groups                                     []span
	Columns                                    []string
	Units                                      []unitView
}

type headView struct {
	Head string
	Rows []barView
}

type barView struct {
	What, Change   string
	Count          int
	Bar, Was, Tick int // of a hundred
}

type unitView struct {
	Unit  string
	Cells []cellView
}

type cellView struct{ Count, Change string }

// recallView is the recall notice as the template sees it.
type recallView struct {
	Kind, About, Count, Do, Why, Slip string
	Targets                           []recalledView
}

type recalledView struct {
	Ref  model.Ref
	Rows [][2]string
}

// watermark is the copy's name across every printed page: an image within the page's own style, since anything that has a
// place of its own would make pages of its own.
func watermark(text string) template.CSS {
	size := min(26, 900/max(1, utf8.RuneCountInString(text)))
	var word strings.Builder
	template.HTMLEscape(&word, []byte(text))
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="180mm" height="110mm" viewBox="0 0 510 312"><text x="255" y="156" text-anchor="middle" `+
		`font-family="DejaVu Sans Condensed, Segoe UI, Liberation Sans, sans-serif" font-weight="bold" font-size="%d" fill="#eee" transform="rotate(-28 255 156)">%s</text></svg>`, size, word.String())
	return template.CSS(`background-image: url("data:image/svg+xml;base64,` + base64.StdEncoding.EncodeToString([]byte(svg)) + `")`) //nolint:gosec // our own SVG, base64
}

// writeHTML writes a paper by its template as one file that fetches nothing.
func writeHTML(w io.Writer, name string, v any) error {
	t, err := template.ParseFS(templates, "templates/*.html")
	if err != nil {
		return fmt.Errorf("read the templates of paper: %w", err)
	}
	if err := t.ExecuteTemplate(w, name, v); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// html writes the document as one file that fetches nothing.
func (d *Document) html(w io.Writer) error {
	v := &view{
		Marking: d.marking(), Title: d.title(), Kind: d.kind(), Window: d.window(), Made: d.made(), Care: d.care(),
		Front: d.Audience == model.AudienceFront, LeftHead: d.leftOut(), Order: d.orderView(), Results: d.resultsView(), Recall: d.recallView(),
	}
	for i := range d.Withheld {
		v.Left = append(v.Left, [2]string{string(d.Withheld[i].Target), d.Withheld[i].For(d.Audience)})
	}
	pages := d.pageViews()
	for n := 1; n <= d.Copies; n++ {
		v.Copies = append(v.Copies, copyView{sheetView: newSheet(v.Marking, v.Title, d.copyOf(n), false), Doc: v, Pages: pages})
	}
	return writeHTML(w, "pack.html", v)
}

func (d *Document) pageViews() []pageView {
	pages := make([]pageView, len(d.Pages))
	for i := range d.Pages {
		p := &d.Pages[i]
		pages[i] = pageView{Page: *p, Facts: facts(p), Codes: codes(p), Heads: heads(p), NoWarnings: d.noMarkers(), PhotoWord: photoWord(p)}
		for j := range p.Markers {
			pages[i].Warnings = append(pages[i].Warnings, [2]string{string(p.Markers[j].Code), markerText(&p.Markers[j])})
		}
		pages[i].About = fmt.Sprintf("%s %s · target %d of %d", p.Ref, p.Name, p.No, p.Of)
		if raw := d.Photos[p.Photo]; len(raw) > 0 {
			pages[i].Image = template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(raw)) //nolint:gosec // our own JPEG, base64
		}
	}
	return pages
}

func (d *Document) orderView() *orderView {
	o := d.Order
	if o == nil {
		return nil
	}
	return &orderView{
		Kind: orderKind, About: "Order, " + o.Stands + " · " + d.title(), AnnexAbout: "CONFIDENTIAL ANNEX · order, " + o.Stands + " · " + d.title(), AnnexCare: annexCare,
		Standing: standing(o), Sections: sectionViews(o.Sections), Annex: sectionViews(o.Annex),
	}
}

func sectionViews(in []model.OrderSection) []sectionView {
	out := make([]sectionView, len(in))
	for i, s := range in {
		out[i] = sectionView{Head: s.Head, Lines: make([]lineView, len(s.Lines))}
		for j, l := range s.Lines {
			if l.Gap != nil {
				out[i].Lines[j] = lineView{Gap: true, GapWord: gapWord(l.Gap), Text: gapText(l.Gap)}
				continue
			}
			row := labelled(l.Text)
			out[i].Lines[j] = lineView{Label: row[0], Text: row[1], Under: strings.HasPrefix(l.Text, indent)}
		}
	}
	return out
}

// denseFrom is how many bars the page has room for in letters of the usual size.
const denseFrom = 46

func (d *Document) resultsView() *resultsView {
	s := d.Results
	if s == nil {
		return nil
	}
	out := &resultsView{
		Kind: resultsKind, About: resultsKind + " · " + d.title(), Beside: resultsBeside(s), Unread: resultsUnread(s), Empty: resultsEmpty, Legend: s.Legend(),
		Compared: s.Against != nil, Groups: groups(s),
	}
	bars := 0
	for i := range s.Heads {
		h := &s.Heads[i]
		bars += len(h.Rows)
		v := headView{Head: model.UpperFirst(h.Head), Rows: make([]barView, len(h.Rows))}
		for j, r := range h.Rows {
			v.Rows[j] = barView{What: r.What, Change: changed(s, r.Change), Count: r.Count, Bar: r.Count * 100 / most(h), Was: r.Before, Tick: r.Before * 99 / most(h)}
		}
		out.Heads = append(out.Heads, v)
	}
	out.Dense = bars > denseFrom
	for i := range out.Groups {
		out.Groups[i].Name = model.UpperFirst(out.Groups[i].Name)
	}
	for _, c := range s.Columns {
		out.Columns = append(out.Columns, c.Head)
	}
	for _, u := range s.Units {
		v := unitView{Unit: unitWord(u.Unit)}
		for _, f := range u.Figures {
			v.Cells = append(v.Cells, cellView{Count: cell(f.Count), Change: small(s, f)})
		}
		out.Units = append(out.Units, v)
	}
	return out
}

func (d *Document) recallView() *recallView {
	r := d.Recall
	if r == nil {
		return nil
	}
	out := &recallView{Kind: recallKind, About: recallKind + " · " + d.title(), Count: recalls(r), Do: recallDo, Why: recallWhy, Slip: recallSlip}
	for i := range r.Targets {
		out.Targets = append(out.Targets, recalledView{Ref: r.Targets[i].Target, Rows: recallRows(&r.Targets[i])})
	}
	return out
}
