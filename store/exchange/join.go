package exchange

import (
	"crypto/sha256"
	"slices"
	"strings"

	"pou/model"
	"pou/model/day"
	"pou/model/match"
)

// joinPerson adds what src says to dst, and loses nothing that dst says. Where both have a value for a field that holds one, the
// newer stands and the older is kept: a name as an alias, a date of birth as another one given, the rest in the note. newer
// says that src is the newer.
func joinPerson(dst, src *model.Person, newer bool) {
	joinNames(dst, src, newer)
	joinBorn(dst, src, newer)
	var notes []string
	for _, f := range []struct {
		label    string
		dst, src *string
	}{
		{"sex", &dst.Sex, &src.Sex},
		{"nationality", &dst.Nationality, &src.Nationality},
		{"birth place", &dst.BirthPlace, &src.BirthPlace},
		{"description", &dst.Description, &src.Description},
		{"home unit", (*string)(&dst.HomeUnit), (*string)(&src.HomeUnit)},
		{"unit", (*string)(&dst.OwnerUnit), (*string)(&src.OwnerUnit)},
	} {
		if *f.src == "" || *f.src == *f.dst {
			continue
		}
		lost := *f.src
		if *f.dst == "" || newer {
			lost, *f.dst = *f.dst, *f.src
		}
		if lost != "" {
			notes = append(notes, "Also "+f.label+": "+lost)
		}
	}
	joinLists(dst, src)
	dst.Note = joinNotes(dst.Note, src.Note, notes)
}

func joinNames(dst, src *model.Person, newer bool) {
	theirs := src.Name()
	if theirs == "" || theirs == dst.Name() {
		return
	}
	if dst.Name() == "" || newer {
		theirs = dst.Name()
		dst.Surname, dst.Forename = src.Surname, src.Forename
	}
	if theirs != "" && !hasAlias(dst, theirs) {
		dst.Aliases = append(dst.Aliases, model.Alias{Name: theirs, Kind: "also recorded as"})
	}
}

func joinBorn(dst, src *model.Person, newer bool) {
	given := append([]day.Born{src.Born}, src.OtherBorn...)
	if newer && !src.Born.IsZero() && src.Born != dst.Born {
		given = append([]day.Born{dst.Born}, src.OtherBorn...)
		dst.Born = src.Born
	} else if dst.Born.IsZero() {
		dst.Born = src.Born
	}
	for _, b := range given {
		if !b.IsZero() && b != dst.Born && !slices.Contains(dst.OtherBorn, b) {
			dst.OtherBorn = append(dst.OtherBorn, b)
		}
	}
}

func hasAlias(p *model.Person, name string) bool {
	return slices.ContainsFunc(p.Aliases, func(a model.Alias) bool { return strings.EqualFold(a.Name, name) })
}

// joinLists adds the entries dst has not. One that an officer has worked on since is theirs and stays as it is.
func joinLists(dst, src *model.Person) {
	dst.Aliases = union(dst.Aliases, src.Aliases, func(a model.Alias) string { return a.Name })
	dst.Addresses = union(dst.Addresses, src.Addresses, model.Address.Line)
	dst.Phones = union(dst.Phones, src.Phones, func(p model.Phone) string { return p.Number })
	dst.Vehicles = union(dst.Vehicles, src.Vehicles, func(v model.Vehicle) string { return strings.ReplaceAll(v.Plate, " ", "") })
	dst.Markers = union(dst.Markers, src.Markers, func(m model.Marker) string { return string(m.Code) })
	dst.IDs = union(dst.IDs, src.IDs, func(id model.Identifier) string { return id.Scheme + " " + id.Value })
}

// union appends the entries of src that dst did not have before, compared by their key in any case.
func union[T any](dst, src []T, key func(T) string) []T {
	if len(dst) == 0 {
		return src
	}
	had := make(map[string]bool, len(dst))
	for _, d := range dst {
		had[strings.ToLower(key(d))] = true
	}
	for _, s := range src {
		if !had[strings.ToLower(key(s))] {
			dst = append(dst, s)
		}
	}
	return dst
}

// joinNotes appends the lines a note has not.
func joinNotes(dst, src string, more []string) string {
	if dst == "" && len(more) == 0 {
		return src
	}
	have := strings.Split(dst, "\n")
	for _, line := range append(strings.Split(src, "\n"), more...) {
		if line != "" && !slices.Contains(have, line) {
			have = append(have, line)
			dst = joined(dst, line, "\n")
		}
	}
	return dst
}

// sameMan reports whether two readings of one number can be about one person: they share a word of a name or a date of
// birth. A number that two systems use must not join two people.
func sameMan(a, b *model.Person) bool {
	if a.Name() == "" || b.Name() == "" || !a.Born.IsZero() && a.Born == b.Born {
		return true
	}
	theirs := nameWords(b)
	return slices.ContainsFunc(nameWords(a), func(w string) bool { return len(w) > 1 && slices.Contains(theirs, w) })
}

func nameWords(p *model.Person) []string {
	out := match.Tokens(p.Surname + " " + p.Forename)
	for _, a := range p.Aliases {
		out = append(out, match.Tokens(a.Name)...)
	}
	return out
}

// sortedWords puts the words of a name in order, so that it does not matter which of them is the surname.
func sortedWords(name string) string {
	words := match.Tokens(name)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// sumOf adds up the content of rows.
func sumOf(sums ...[]byte) []byte {
	h := sha256.New()
	for _, s := range sums {
		h.Write(s)
	}
	return h.Sum(nil)[:12]
}
