package brief

import (
	"io"

	"pou/model"
)

// courtView is what the template sees of the papers.
type courtView struct {
	Marking, Title, Kind, Made, Care string
	Copies                           []courtCopyView
}

type courtCopyView struct {
	sheetView
	Sheets [][]model.CourtPart // a part that begins a page of its own begins a sheet
}

// html writes the papers as one file that fetches nothing.
func (d *CourtDocument) html(w io.Writer) error {
	v := courtView{Marking: d.marking(), Title: d.title(), Kind: d.kind(), Made: d.made(), Care: d.care()}
	for n := 1; n <= d.Copies; n++ {
		v.Copies = append(v.Copies, courtCopyView{sheetView: newSheet(v.Marking, v.Title, d.copyOf(n), d.Pack.Draft), Sheets: sheets(d.Pack.Parts)})
	}
	return writeHTML(w, "court.html", v)
}

func sheets(parts []model.CourtPart) [][]model.CourtPart {
	var out [][]model.CourtPart
	for _, p := range parts {
		if p.Fresh || len(out) == 0 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], p)
	}
	return out
}

// markdown writes the papers as Markdown that reads well as it is.
func (d *CourtDocument) markdown(w io.Writer) error {
	return writeMarkdown(w, func(say sayer) {
		for n := 1; n <= d.Copies; n++ {
			say("**%s**\n", d.marking())
			say("# %s\n", plain(d.title()))
			say("%s · %s  \n%s\n", d.kind(), plain(d.made()), plain(d.copyOf(n)))
			say("%s\n", plain(d.care()))
			for i := range d.Pack.Parts {
				courtMarkdown(say, &d.Pack.Parts[i])
			}
			say("**%s**", d.marking())
			if n < d.Copies {
				say("\n---\n")
			}
		}
	})
}

func courtMarkdown(say sayer, p *model.CourtPart) {
	say("## %s\n", plain(p.Head))
	for _, row := range p.Rows {
		say("- %s", markdownRow(row))
	}
	if len(p.Table) > 0 {
		if len(p.Rows) > 0 {
			say("")
		}
		markdownTable(say, p.Heads, p.Table)
	}
	if len(p.List) > 0 {
		if len(p.Rows) > 0 {
			say("")
		}
		for _, row := range numberedList(p.List) {
			say("%s. %s", row[0], plain(row[1]))
		}
	}
	if len(p.After) > 0 {
		say("")
	}
	for _, row := range p.After {
		say("- %s", markdownRow(row))
	}
	say("")
}
