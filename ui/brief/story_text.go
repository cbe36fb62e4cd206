package brief

import (
	"html/template"
	"io"
	"strings"

	"pou/model"
)

// storyView is what the template sees of the storyboard.
type storyView struct {
	*StoryDocument
	sheetView
	Title, Kind, Made, Care string
	Findings                []storyPageView
	Last                    []storySection
}

// storyPageView is a finding with its charts as pictures.
type storyPageView struct {
	storyPage
	Pictures []template.HTML
}

// html writes the storyboard as one file that fetches nothing; its charts are vector graphics within it.
func (d *StoryDocument) html(w io.Writer) error {
	doc := d.document()
	v := storyView{
		StoryDocument: d, sheetView: newSheet(d.marking(), d.title(), doc.copyOf(1), d.Draft), Title: d.title(), Kind: d.kind(), Made: doc.made(), Care: d.care(), Last: d.last(),
	}
	v.Signed = model.UpperFirst(d.Signed)
	for _, p := range d.Pages {
		page := storyPageView{storyPage: p}
		for i := range p.Scenes {
			page.Pictures = append(page.Pictures, template.HTML(p.Scenes[i].SVG())) //nolint:gosec // our own SVG; what is written in it is escaped there
		}
		v.Findings = append(v.Findings, page)
	}
	return writeHTML(w, "story.html", v)
}

// markdown writes the storyboard as Markdown that reads well as it is. It has no charts, and says so.
func (d *StoryDocument) markdown(w io.Writer) error {
	return writeMarkdown(w, func(say sayer) {
		doc := d.document()
		say("**%s**\n", d.marking())
		say("# %s\n", plain(d.title()))
		say("%s · %s  \n%s\n", plain(d.kind()), plain(doc.made()), plain(model.UpperFirst(d.Signed)))
		say("%s\n", plain(d.care()))
		for i := range d.Front {
			storyMarkdown(say, 2, &d.Front[i])
		}
		for i := range d.Pages {
			p := &d.Pages[i]
			say("## %s\n", plain(p.Title))
			say("%s · %s\n", plain(p.Kicker), plain(p.Window))
			if p.Words != "" {
				say("> %s\n>\n> – %s\n", plain(p.Words), plain(p.WordsBy))
			}
			for _, s := range p.Says {
				say("- %s", plain(s))
			}
			for _, s := range p.Scenes {
				say("- Chart, in the PDF and the HTML: %s", plain(s.Title))
			}
			say("")
			for j := range p.Sections {
				storyMarkdown(say, 3, &p.Sections[j])
			}
		}
		for _, s := range d.last() {
			storyMarkdown(say, 2, &s)
		}
		say("**%s**", d.marking())
	})
}

func storyMarkdown(say sayer, level int, s *storySection) {
	say("%s %s\n", strings.Repeat("#", level), plain(s.Head))
	for _, n := range s.Notes {
		say("- %s", plain(n))
	}
	if len(s.Notes) > 0 {
		say("")
	}
	if len(s.Table) > 0 {
		markdownTable(say, s.Heads, s.Table)
		say("")
	}
	for _, row := range s.Rows {
		say("- %s", markdownRow(row))
	}
	if len(s.Rows) > 0 {
		say("")
	}
}
