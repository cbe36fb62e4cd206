package ui

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/day"
	"pou/model/match"
	"pou/store"
	"pou/ui/part"
)

// foundItems are the answers for people and records, then actions and screens that match too, the way to record somebody
// new, and what cannot be done.
func (a *App) foundItems(b *boxOverlay, msg boxFound) []part.Item {
	text, _ := b.box.Query()
	var out []part.Item
	for _, f := range msg.answer.Found {
		out = append(out, a.foundItem(msg.answer.Words, f))
	}
	if msg.err != nil {
		out = append(out, part.Item{Group: "Records", Title: msg.err.Error(), Disabled: "could not search"})
	}
	if !a.searchReady {
		out = append(out, part.Item{Group: "Records", Title: fmt.Sprintf("still reading: %d people so far", msg.people), Disabled: "the index is being filled"})
	}
	if meant := msg.answer.Meant; meant != "" { // with the filters that were typed
		out = append(out, part.Item{Group: "Instead", Title: "Did you mean " + meant + "?", Full: "puts it into the box", Data: target{query: meant}})
	}
	can, cannot := doable(firstOf(4, a.actionItems(text)))
	can = append(can, firstOf(3, a.screenItems(text))...)
	called := func(it part.Item) bool { return it.Disabled == "" && match.Fold(it.Title) == match.Fold(text) }
	if i := slices.IndexFunc(can, called); i >= 0 && !slices.ContainsFunc(msg.answer.Found, func(f store.Found) bool { return f.Exact }) {
		out = slices.Insert(out, 0, can[i]) // what is called just that comes before people who are called much like it
		can = slices.Delete(can, i, i+1)
	}
	out = append(out, can...)
	if msg.err == nil {
		out = append(out, a.newPersonItems(msg.answer.Words+" "+termsText(text))...) // "wanted" is a filter, and nobody's name
	}
	return append(out, cannot...) // a screen that can be opened comes before what cannot be done
}

// doable parts what can be done from what cannot.
func doable(items []part.Item) (can, cannot []part.Item) {
	for _, it := range items {
		if it.Disabled == "" {
			can = append(can, it)
		} else {
			cannot = append(cannot, it)
		}
	}
	return can, cannot
}

func firstOf(n int, items []part.Item) []part.Item { return items[:min(n, len(items))] }

// foundItem is a record as it stands in the box, with the letters picked out that answer what was typed.
func (a *App) foundItem(words string, f store.Found) part.Item {
	line := f.Line
	it := recordItem(&line)
	it.Why, it.Brief = f.Match, inBrief(f.Match)
	it.Positions, it.DetailPositions = match.Marks(words, it.Title), match.Marks(figures(words, it.Detail), it.Detail)
	return it
}

// figures are the words of a query to look for in the detail of a record: those with a figure, and those that stand there
// as they are. A name is not picked out in a date because January is spelt much like it.
func figures(text, detail string) string {
	there := match.Tokens(detail)
	var out []string
	for _, w := range match.Tokens(text) {
		if strings.ContainsAny(w, "0123456789") || slices.Contains(there, w) {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// inBrief is a reason without the words it is about: those are picked out in the row. "nickname: Bill = William; 1 letter
// out: smtih → smith" is "nickname; 1 letter out".
func inBrief(why string) string {
	var out []string
	for one := range strings.SplitSeq(why, "; ") {
		switch about, slip, _ := strings.Cut(one, ": "); {
		case strings.HasPrefix(one, "not "): // what was not found is in no row
		case strings.HasPrefix(one, "born ") && slip != "":
			one = slip // the date is in the row
		default:
			one = about
		}
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return strings.Join(out, "; ")
}

// recordItem is a record in the box: who, what can hurt, and what tells them from others of the same name.
func recordItem(line *model.Line) part.Item {
	detail := []string{line.Born, string(line.Unit), string(line.Ref), line.What}
	if line.Kind != "person" {
		detail = []string{line.What, line.Status, string(line.Unit), string(line.Ref)}
	}
	title := orWord(line.Name, line.What)
	full := []string{strings.Join(line.Markers, " "), string(line.Ref), line.What}
	if line.What != needToKnow && len(line.Aliases) > 0 {
		full = append(full, "also "+strings.Join(line.Aliases, ", "))
	}
	blank := func(s string) bool { return s == "" || s == title }
	return part.Item{
		Group: groupOf(line), Title: title, Signs: markerParts(line.Markers),
		Detail: strings.Join(slices.DeleteFunc(detail, blank), " · "), Full: strings.Join(slices.DeleteFunc(full, blank), " · "),
		Data: target{
			line: line,
			pick: func(a *App) tea.Cmd { return a.open(line.Ref, line) },
			tab:  func(a *App) tea.Cmd { return tea.Batch(a.open(line.Ref, line), a.actionsBox()) },
		},
	}
}

// needToKnow stands in a line in place of where somebody lives who is on record only to be protected.
const needToKnow = "need-to-know"

func groupOf(line *model.Line) string {
	switch line.Kind {
	case "person":
		return "People"
	case "operation":
		return "Operations"
	case "officer":
		return "Officers"
	case "task":
		return "Tasks"
	}
	return "Records"
}

// newPersonItems offer to record whom nobody has on record yet, with what was typed; none when it names nobody.
func (a *App) newPersonItems(text string) []part.Item {
	t := readTyped(text)
	if t.surname == "" {
		return nil
	}
	title := "Add a person called " + model.FullName(t.surname, t.forename)
	if t.born != "" {
		title += ", born " + t.born
	}
	spec, _ := model.Find("person.add")
	return []part.Item{{
		Group: "New", Title: title, Full: spec.Help, Disabled: a.whyNotSpec(spec), Data: target{pick: func(a *App) tea.Cmd {
			cmd := a.openForm(spec.Name, nil)
			if f, ok := a.over.(*formOverlay); ok {
				f.form.SetValues(map[string]string{"surname": t.surname, "forename": t.forename, "born": t.born})
			}
			return cmd
		}},
	}}
}

// typed is a person as the words of a search name them.
type typed struct{ surname, forename, born string }

// readTyped reads the words of a search as a person: a name in either order, and a date of birth wherever it stands.
// Filters and numbers are not part of a name.
func readTyped(text string) typed {
	var out typed
	words := strings.Fields(text)
	for n := min(3, len(words)); n > 0 && out.born == ""; n-- { // "3 dec 1984" before "1984"
		for i := 0; i+n <= len(words) && out.born == ""; i++ {
			if born, ok := readBorn(strings.TrimSuffix(strings.Join(words[i:i+n], " "), ",")); ok {
				out.born, words = born, slices.Delete(slices.Clone(words), i, i+n)
			}
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool {
		field, value, structured := strings.Cut(w, ":")
		if born, ok := readBorn(value); ok && strings.EqualFold(field, "born") && out.born == "" {
			out.born = born
		}
		return structured || strings.HasPrefix(w, "-") || strings.ContainsAny(w, "0123456789") || !strings.ContainsFunc(w, unicode.IsLetter)
	})
	surname, forename := model.SplitName(strings.Join(words, " "))
	if from := particles(words); from > 0 {
		surname, forename = strings.Join(words[from:], " "), strings.Join(words[:from], " ")
	}
	out.surname, out.forename = capitals(surname), capitals(forename)
	return out
}

// readBorn reads a date of birth: a day, a month of a year, or a year somebody alive can be born in.
func readBorn(text string) (string, bool) {
	if !strings.ContainsAny(text, "0123456789") || len(text) < len("1984") {
		return "", false
	}
	b, err := day.ParseBorn(text)
	if err != nil || b.IsZero() || b.Year < 1900 {
		return "", false
	}
	return b.String(), true
}

// particles is where a surname of several words begins after a forename, "de la Cruz" or "van Dijk"; 0 when it is one word.
func particles(words []string) int {
	from := len(words) - 1
	for from > 1 && slices.Contains([]string{"de", "la", "da", "dos", "del", "di", "van", "der", "den", "von", "al", "el", "bin", "ibn", "ben", "st", "mac", "le"}, strings.ToLower(words[from-1])) {
		from--
	}
	if from == len(words)-1 || strings.Contains(strings.Join(words, " "), ",") {
		return 0
	}
	return max(from, 0)
}

// capitals gives a name typed without any its capitals.
func capitals(name string) string {
	if name != strings.ToLower(name) {
		return name
	}
	begins := true
	return strings.Map(func(r rune) rune {
		up := begins
		begins = !unicode.IsLetter(r)
		if up {
			return unicode.ToUpper(r)
		}
		return r
	}, name)
}
