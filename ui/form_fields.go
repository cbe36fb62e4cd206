package ui

import (
	"slices"
	"strconv"
	"strings"

	"pou/model"
	"pou/model/day"
	"pou/model/match"
	"pou/ui/part"
)

// formFields makes the form's fields from the action's. What the subject answers is not asked.
func (a *App) formFields(f *formOverlay) []part.Field {
	var out []part.Field
	for _, fd := range f.spec.Fields {
		if len(f.subjects) > 0 && a.answered(f, fd) {
			continue
		}
		out = append(out, a.formField(f, fd))
	}
	return out
}

// answered reports whether the subject answers a field.
func (a *App) answered(f *formOverlay, fd model.Field) bool {
	if f.subjects[0].Kind == "proposal" && (fd.Name == "score" || fd.Name == "rank" || fd.Name == "operation") {
		return true
	}
	if suspected(f.subjects[0]) != "" && answersSuspicion(f.spec) && slices.Contains([]string{"suspicion", "condition", "duty", "events", "found"}, fd.Name) {
		return true
	}
	if fd.Type != model.TypeRef || fd.Many {
		return false
	}
	if name, _, _ := subjectField(f.spec, f.subjects[0]); name == fd.Name || fd.Name == "about" {
		return true
	}
	return fd.Fold && f.subjects[0].Kind != "operation" && slices.ContainsFunc(fd.Kinds, func(k model.Kind) bool {
		return k == model.KindPerson || k == model.KindWanted || k == model.KindTarget || k == model.KindArrest
	})
}

// manyChoices is more than fit beside a label: they are then found by typing.
const manyChoices = 9

func (a *App) formField(f *formOverlay, fd model.Field) part.Field {
	out := part.Field{
		Name: fd.Name, Label: fd.Label, Help: fd.Help, Need: fd.Need, Folded: fd.Fold, Value: a.defaultFor(f, fd),
		Replace: fd.Type != model.TypeLong && !f.spec.Prefills(),
	}
	switch fd.Type {
	case model.TypeLong:
		out.Kind = part.KindLong
	case model.TypeNumber:
		if !fd.Many { // several stand with commas between
			out.Kind = part.KindNumber
		}
	case model.TypeDay:
		out.Kind = part.KindDate
		out.Help = orWord(out.Help, "A day: 1 Dec, 2026-12-01, today, tomorrow or +7")
	case model.TypeYes:
		out.Kind, out.Choices = part.KindChoice, []part.Choice{{Value: "no", Label: "no", Key: "n"}, {Value: "yes", Label: "yes", Key: "y"}}
	case model.TypeChoice:
		if fd.Many || len(fd.Choices) > manyChoices {
			out.Suggest = suggestChoices(fd)
			out.Help = orWord(out.Help, "Type a few letters and choose with the arrows"+map[bool]string{true: "; commas between several"}[fd.Many])
		} else {
			out.Kind = part.KindChoice
			for _, c := range fd.Choices {
				if f.data.allows(fd.Name, c.Value) {
					out.Choices = append(out.Choices, part.Choice{Value: c.Value, Label: c.Label, Key: c.Key})
				}
			}
		}
	case model.TypeRef:
		out.Suggest = a.suggestRefs(fd)
	case model.TypeTime:
		out.Help = orWord(out.Help, "A time: now, 05:40 or 2026-12-01 05:40")
	case model.TypeText, model.TypeBorn:
	}
	f.clash.field(&out)
	if fd.Name == "condition" && len(f.data.conditions) > 0 {
		out.Suggest = func(prefix string) []part.Choice { return suggestConditions(f.data.conditions, prefix) }
	}
	if fd.Type == model.TypeNumber && fd.Many && len(f.data.conditions) > 0 {
		out.Suggest = func(text string) []part.Choice { return suggestSeveral(f.data.conditions, text) }
	}
	if fd.Name == "address" || fd.Name == "place" {
		out.Suggest = func(prefix string) []part.Choice { return suggestAddresses(f.data.addresses, prefix) }
		out.Help = "A number from the list, or type another place"
	}
	return out
}

func (a *App) defaultFor(f *formOverlay, fd model.Field) string {
	today := day.On(a.now)
	if value, ok := suspectedDefault(f, fd); ok {
		return value
	}
	switch {
	case fd.Name == "operation" && f.spec.Name == "breach.decide":
		return string(a.liveOperation())
	case fd.Name == "operation" && a.lists[4].operation != "":
		return string(a.lists[4].operation)
	case fd.Default == "me":
		return string(a.who)
	case fd.Default == "unit":
		if len(f.subjects) > 0 && f.subjects[0].Unit != "" {
			return string(f.subjects[0].Unit)
		}
		if a.unit == "" && a.me != nil {
			return string(a.me.Unit)
		}
		return string(a.unit)
	case fd.Default == "today":
		return today.Long()
	case strings.HasPrefix(fd.Default, "today+"):
		n, _ := strconv.Atoi(strings.TrimPrefix(fd.Default, "today+"))
		return today.AddDays(n).Long()
	}
	return fd.Default
}

// suggestChoices finds choices by the letters of the last value typed.
func suggestChoices(fd model.Field) func(string) []part.Choice {
	return func(text string) []part.Choice {
		before, last := "", text
		if i := strings.LastIndexByte(text, ','); fd.Many && i >= 0 {
			before, last = text[:i+1]+" ", strings.TrimSpace(text[i+1:])
		}
		var out []part.Choice
		want := match.Fold(last)
		for _, c := range fd.Choices {
			if want == "" || strings.Contains(match.Fold(c.Value+" "+c.Label), want) {
				out = append(out, part.Choice{Value: before + c.Value, Label: strings.TrimPrefix(c.Label, c.Value+" ")})
			}
		}
		return out
	}
}

// suggestRefs offers officers, those of the unit on show first, and operations.
func (a *App) suggestRefs(fd model.Field) func(string) []part.Choice {
	return func(text string) []part.Choice {
		before, last := "", text
		if i := strings.LastIndexByte(text, ','); fd.Many && i >= 0 {
			before, last = text[:i+1]+" ", strings.TrimSpace(text[i+1:])
		}
		lines := a.refLines(fd)
		labels := make([]string, len(lines))
		for i, l := range lines {
			switch l.Kind {
			case "operation":
				labels[i] = l.Name
			case "target":
				labels[i] = l.Name + " " + string(l.Unit)
			default:
				labels[i] = strings.TrimSpace(l.What + " " + l.Name + " " + string(l.Unit))
			}
		}
		out := []part.Choice{}
		for _, i := range a.matching(lines, labels, last) {
			out = append(out, part.Choice{Value: before + string(lines[i].Ref), Label: labels[i]})
		}
		return out
	}
}

// matching are the rows a few letters may mean: those that contain them, the officer's own unit first; else those that
// have the letters in order, as the box finds them.
func (a *App) matching(lines []*model.Line, labels []string, text string) []int {
	want := match.Fold(text)
	var own, others []int
	for i, l := range lines {
		switch {
		case want != "" && !strings.Contains(match.Fold(labels[i]+" "+string(l.Ref)), want):
		case l.Unit == a.homeUnit():
			own = append(own, i)
		default:
			others = append(others, i)
		}
	}
	out := append(own, others...)
	if len(out) > 0 || want == "" {
		return out
	}
	for _, p := range match.Abbrev(text, labels) {
		out = append(out, p.Index)
	}
	return out
}

// homeUnit is the unit on show, or the officer's own while all twelve are.
func (a *App) homeUnit() model.Unit {
	if a.unit == "" && a.me != nil {
		return a.me.Unit
	}
	return a.unit
}

func (a *App) refLines(fd model.Field) []*model.Line {
	switch {
	case slices.Contains(fd.Kinds, model.KindOfficer):
		return a.officers
	case slices.Contains(fd.Kinds, model.KindOperation):
		return a.ops
	case slices.Contains(fd.Kinds, model.KindTarget):
		return a.onList()
	}
	return nil
}

// onList are the targets on the list of the operation on show.
func (a *App) onList() []*model.Line {
	var out []*model.Line
	for _, l := range a.lists[4].all {
		if l.Live && l.About == a.lists[4].operation {
			out = append(out, l)
		}
	}
	return out
}

// suggestConditions offers the conditions of an order by their numbers.
func suggestConditions(conditions []model.Condition, prefix string) []part.Choice {
	var out []part.Choice
	for _, c := range conditions {
		no := itoa(c.No)
		if want := match.Fold(prefix); want == "" || strings.HasPrefix(no, want) || strings.Contains(match.Fold(c.Text), want) {
			out = append(out, part.Choice{Value: no, Label: c.Text, Key: no})
		}
	}
	return out
}

// suggestSeveral offers conditions for the last of several numbers.
func suggestSeveral(conditions []model.Condition, text string) []part.Choice {
	i := strings.LastIndexByte(text, ',')
	out := suggestConditions(conditions, strings.TrimSpace(text[i+1:]))
	for n := range out {
		out[n].Value = text[:i+1] + out[n].Value
	}
	return out
}

func suggestAddresses(addresses []model.Address, prefix string) []part.Choice {
	var out []part.Choice
	want := match.Fold(prefix)
	for i, ad := range addresses {
		line := part.Safe(ad.Line())
		if want == "" || strings.Contains(match.Fold(line), want) || prefix == itoa(i+1) {
			out = append(out, part.Choice{Value: line, Label: strings.TrimSpace(string(ad.Type) + " · " + orWord(string(ad.Confidence), "not graded")), Key: itoa(i + 1)})
		}
	}
	return out
}

// resolveRefs turns a name that can only mean one record into its reference.
func resolveRefs(text string, fd model.Field, suggest func(string) []part.Choice) string {
	texts := []string{text}
	if fd.Many {
		texts = strings.Split(text, ",")
	}
	for i, t := range texts {
		t = strings.TrimSpace(t)
		if _, isRef := model.ParseRef(t); isRef || t == "" {
			texts[i] = t
			continue
		}
		if found := suggest(t); len(found) == 1 {
			t = found[0].Value
		}
		texts[i] = t
	}
	return strings.Join(texts, ",")
}
