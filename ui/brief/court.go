package brief

import (
	"io"
	"strconv"
	"strings"
	"time"

	"pou/model"
)

// CourtDocument is the court papers of an application, ready for paper.
type CourtDocument struct {
	Pack      *model.CourtPack
	Recipient string
	Copies    int // numbered copies in the one file; at least one
	Made      time.Time
	By        string
}

// Write writes the papers in a format.
func (d *CourtDocument) Write(w io.Writer, f Format) error { return write(w, f, d.clean) }

// clean is the papers with every word made harmless.
func (d *CourtDocument) clean(tame func(string) string) *CourtDocument {
	out, pack := *d, *d.Pack
	out.Copies, out.Recipient, out.By = max(1, d.Copies), tame(d.Recipient), tame(d.By)
	pack.Title = tame(pack.Title)
	pack.Parts = make([]model.CourtPart, len(d.Pack.Parts))
	for i, p := range d.Pack.Parts {
		p.Head = tame(p.Head)
		p.Rows, p.After = pairs(p.Rows, tame), pairs(p.After, tame)
		p.List, p.Heads = each(p.List, tame), each(p.Heads, tame)
		p.Table = cells(p.Table, tame)
		pack.Parts[i] = p
	}
	out.Pack = &pack
	return &out
}

// marking stands at the top and the bottom of every page; papers that are not complete say so there.
func (d *CourtDocument) marking() string {
	if d.Pack.Draft {
		return strings.ToUpper(d.Pack.Marking) + " · DRAFT, NOT FOR FILING"
	}
	return strings.ToUpper(d.Pack.Marking)
}

func (d *CourtDocument) title() string { return string(d.Pack.Application) + " " + d.Pack.Title }

func (d *CourtDocument) kind() string {
	if d.Pack.Copy == model.CopyCourt {
		return "The court's copy"
	}
	return "Copy for review: nobody protected is named"
}

// care is what whoever holds the paper does with it.
func (d *CourtDocument) care() string {
	if d.Pack.Copy == model.CopyCourt {
		return "For the court alone. It names the people to be protected and says what the victim-survivor thinks: it is not served on the defendant as it stands. " +
			"What the defendant is served with is settled by legal."
	}
	return "For checking and signing. Do not copy or pass on; return or shred it when the papers are lodged."
}

// document is the paper these papers borrow their page from.
func (d *CourtDocument) document() *Document {
	return &Document{
		Operation: d.Pack.Application, Name: d.Pack.Title, Recipient: d.Recipient, Copies: d.Copies, Made: d.Made, By: d.By,
		Pages: []model.Page{{Marking: d.marking()}}, draft: d.Pack.Draft,
	}
}

func (d *CourtDocument) copyOf(n int) string { return d.document().copyOf(n) }

func (d *CourtDocument) made() string { return d.document().made() }

// numberedList is a list with its numbers before its items.
func numberedList(list []string) [][2]string {
	out := make([][2]string, len(list))
	for i, s := range list {
		out[i] = [2]string{strconv.Itoa(i + 1), s}
	}
	return out
}
