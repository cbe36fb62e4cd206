package brief

import (
	_ "embed" // the page's template is part of the program
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"pou/model"
)

//go:embed templates/pack.html
var packHTML string

// view is what the template sees of the document.
type view struct {
	Marking, Title, Kind, Window, Made, Care string
	Front                                    bool
	Copies                                   []copyView
}

type copyView struct {
	Copy  string
	Marks []int // how far down each watermark stands, in millimetres
	Pages []pageView
}

type pageView struct {
	model.Page
	Facts, Codes string
	Heads        [][2]string
	Image        template.URL
	PhotoWord    string
}

// watermarks are how many watermarks one target's article has, and how far apart they are: every printed page shows one.
const (
	watermarks      = 12
	watermarkStride = 110
)

// html writes the document as one file that fetches nothing.
func (d *Document) html(w io.Writer) error {
	t, err := template.New("pack").Funcs(template.FuncMap{"marker": markerText, "nomarkers": d.noMarkers}).Parse(packHTML)
	if err != nil {
		return fmt.Errorf("read the template of the pack: %w", err)
	}
	v := view{
		Marking: d.marking(), Title: d.title(), Kind: d.kind(), Window: d.window(), Made: d.made(), Care: d.care(),
		Front: d.Audience == model.AudienceFront,
	}
	pages := make([]pageView, len(d.Pages))
	for i := range d.Pages {
		p := &d.Pages[i]
		pages[i] = pageView{Page: *p, Facts: facts(p), Codes: codes(p), Heads: heads(p), PhotoWord: photoWord(p)}
		if raw := d.Photos[p.Photo]; len(raw) > 0 {
			pages[i].Image = template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(raw)) //nolint:gosec // our own JPEG, base64
		}
	}
	for n := 1; n <= d.Copies; n++ {
		c := copyView{Copy: d.copyOf(n), Pages: pages}
		for i := range watermarks {
			c.Marks = append(c.Marks, 60+i*watermarkStride)
		}
		v.Copies = append(v.Copies, c)
	}
	if err := t.Execute(w, v); err != nil {
		return fmt.Errorf("write the pack: %w", err)
	}
	return nil
}
