package ui

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// buildEntryCard reads one journal entry: who did what, when and why, what was typed, and the records it was about.
func buildEntryCard(r store.Reader, seq uint64, now time.Time) (card, error) {
	e, request, err := r.Entry(seq)
	if err != nil {
		return card{}, err
	}
	liner := model.NewLiner(r, now)
	c := card{title: fmt.Sprintf("Entry %d", seq), sub: actionTitle(e)}
	rows := []row{
		{label: "Done", text: actionTitle(e), style: part.StyleBold},
		{label: "By", text: liner.Officer(e.By) + " at " + day.Moment(e.At)},
		{label: "Logged as", text: string(e.Logged) + " (DPA 2018 s.62)"},
		{label: "Reason", text: e.Reason},
		{label: "To", text: e.To},
	}
	if e.Undoes > 0 {
		rows = append(rows, row{label: "Takes back", text: fmt.Sprintf("entry %d", e.Undoes)})
	}
	b := cardBuilder{card: c, liner: liner}
	b.add("Journal", rows...)
	b.add("Typed", typedRows(request)...)
	b.add("About", aboutRows(r, liner, e)...)
	for _, t := range e.About[:min(aboutShown, len(e.About))] {
		if rec, err := r.Record(t.Ref); err == nil {
			b.shield(model.AboutWhom(rec))
		}
	}
	return b.card, nil
}

// typedRows are the fields of a request. What is need-to-know, such as who an order protects or who is a victim in a case,
// is not shown.
func typedRows(request model.Request) []row {
	spec, _ := model.Find(request.Action)
	var rows []row
	for _, name := range slices.Sorted(maps.Keys(request.Fields)) {
		if fd, ok := spec.Field(name); (ok && fd.Hide) || (!ok && name != "rev") {
			rows = append(rows, row{label: name, text: "need-to-know", style: part.StyleDim})
			continue
		}
		rows = append(rows, row{label: name, text: fmt.Sprint(request.Fields[name])})
	}
	return rows
}

// aboutShown is how many records of a large entry are named.
const aboutShown = 12

func aboutRows(r store.Reader, liner *model.Liner, e model.Entry) []row {
	var rows []row
	for _, t := range e.About[:min(aboutShown, len(e.About))] {
		text := "not on record any more"
		if rec, err := r.Record(t.Ref); err == nil {
			l := liner.Line(rec)
			text = orWord(l.Name, l.What)
		}
		rows = append(rows, row{label: string(t.Ref), text: text, ref: t.Ref})
	}
	if n := len(e.About) - aboutShown; n > 0 {
		rows = append(rows, row{text: fmt.Sprintf("and %d more", n), style: part.StyleDim})
	}
	return rows
}
