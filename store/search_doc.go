package store

import (
	"regexp"
	"slices"
	"strings"

	"pou/model"
	"pou/model/match"
)

// searched are the kinds in the index, people first. The rest – arrests, attempts, reports – are found by their ref, or
// through the person they are about.
func searched() []model.Kind {
	return []model.Kind{
		model.KindPerson, model.KindOperation, model.KindOfficer, model.KindTask, model.KindWanted, model.KindOrder, model.KindBreach, model.KindCase, model.KindTarget,
	}
}

// The index names a document by 32 bits: 0 and the number of a person, or 1, four bits of kind and twenty-seven of number.
// A target's number is fifteen bits of its operation and twelve of its own.
const (
	otherKind  = 1 << 31
	kindShift  = 27
	numberMost = 1<<kindShift - 1
	targetBits = 12
)

// docID is a record's number in the index; not ok for a kind that is not in it, and for a number too large to hold.
func docID(ref model.Ref) (id uint32, ok bool) {
	kind, n := ref.Kind(), ref.Number()
	if kind == model.KindPerson {
		return uint32(n), n > 0 && n < otherKind
	}
	at := slices.Index(searched(), kind)
	if kind == model.KindTarget {
		own := n
		n = ref.Operation().Number()<<targetBits | own
		ok = own < 1<<targetBits
	} else {
		ok = true
	}
	if at < 0 || !ok || n == 0 || n > numberMost {
		return 0, false
	}
	return otherKind | uint32(at)<<kindShift | uint32(n), true //nolint:gosec // bounded above
}

// docKind is the place of a document's kind in [searched].
func docKind(id uint32) int {
	if id < otherKind {
		return 0
	}
	return int(id &^ otherKind >> kindShift)
}

func docRef(id uint32) model.Ref {
	if id < otherKind {
		return model.NewRef(model.KindPerson, uint64(id))
	}
	kind, n := searched()[docKind(id)], uint64(id&numberMost)
	if kind == model.KindTarget {
		return model.NewTargetRef(model.NewRef(model.KindOperation, n>>targetBits), n&(1<<targetBits-1))
	}
	return model.NewRef(kind, n)
}

// docOf is what a record can be found by, as it was given: whoever shows what is not theirs to see gives it veiled.
func docOf(r model.Record, about *standing) match.Doc {
	ref := match.Text{Field: match.Ref, Text: string(r.Head().Ref)}
	text := func(f match.Field, s string) match.Text { return match.Text{Field: f, Text: s} }
	switch r := r.(type) {
	case *model.Person:
		return personDoc(r, about)
	case *model.Operation:
		return said(text(match.Name, r.Name), ref)
	case *model.Officer:
		return said(text(match.Name, r.Name), ref, text(match.Other, r.Rank), text(match.Other, string(r.Unit)))
	case *model.Task:
		return said(text(match.Name, r.Title), ref)
	case *model.Wanted:
		return said(ref, text(match.ID, r.PNCRef), text(match.ID, r.Report))
	case *model.Order:
		return said(ref, text(match.Other, r.Court))
	case *model.Breach:
		return said(ref, text(match.ID, r.Report))
	case *model.Case:
		return said(ref, text(match.ID, r.Report))
	}
	return said(ref)
}

// namesOf are what a record is called: names and other names, or a title.
func namesOf(r model.Record) []string {
	switch r := r.(type) {
	case *model.Person:
		out := make([]string, 0, 2+len(r.Aliases))
		out = append(out, r.Surname, r.Forename)
		for _, a := range r.Aliases {
			out = append(out, a.Name)
		}
		return out
	case *model.Operation:
		return []string{r.Name}
	case *model.Officer:
		return []string{r.Name}
	case *model.Task:
		return []string{r.Title}
	}
	return nil
}

// said is a document of the texts there are.
func said(list ...match.Text) match.Doc {
	return match.Doc{Texts: slices.DeleteFunc(list, func(t match.Text) bool { return t.Text == "" })}
}

// findable reports whether a record is in the index at all: a task is while there is something to do.
func findable(r model.Record) bool {
	t, ok := r.(*model.Task)
	return !ok || t.State.Live()
}

// personDoc is what a person can be found by.
func personDoc(p *model.Person, about *standing) match.Doc {
	out := make([]match.Text, 0, 4+len(p.Aliases)+len(p.Phones)+len(p.Vehicles)+2*len(p.Addresses)+len(p.IDs))
	add := func(f match.Field, text string) {
		if text != "" {
			out = append(out, match.Text{Field: f, Text: text})
		}
	}
	add(match.Name, p.Name())
	add(match.Ref, string(p.Ref))
	for _, a := range p.Aliases {
		add(match.Alias, a.Name)
	}
	if !p.Born.IsZero() {
		add(match.Born, p.Born.String())
	}
	for _, b := range p.OtherBorn {
		add(match.Born, b.String())
	}
	for _, ph := range p.Phones {
		add(match.Phone, strings.ReplaceAll(ph.Number, " ", ""))
	}
	for _, v := range p.Vehicles {
		add(match.Plate, v.Plate)
	}
	for _, a := range p.Addresses {
		street, code := parted(a)
		add(match.Address, street)
		add(match.Postcode, code)
	}
	for _, id := range p.IDs {
		add(match.ID, id.Value)
	}
	for _, words := range about.offences {
		add(match.Offence, words)
	}
	return match.Doc{Texts: out}
}

// postcode finds a postcode typed into the address itself.
var postcode = regexp.MustCompile(`\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b`)

// parted is an address without its postcode, and the postcode.
func parted(a model.Address) (street, code string) {
	if a.Postcode != "" {
		return strings.ReplaceAll(a.Text, a.Postcode, ""), a.Postcode
	}
	upper := strings.ToUpper(a.Text)
	at := postcode.FindStringIndex(upper)
	if at == nil || len(upper) != len(a.Text) { // a letter grows when it is made a capital: the places are not the same
		return a.Text, ""
	}
	return a.Text[:at[0]] + a.Text[at[1]:], a.Text[at[0]:at[1]]
}
