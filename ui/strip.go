package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/ui/part"
)

// cellSign is the state of a cell as a sign of its own: colour only repeats it.
func cellSign(th *part.Theme, s model.CellState) string {
	sign := s.Letter()
	switch s {
	case model.CellComplied:
		sign = "●"
	case model.CellConcern:
		sign = "◐"
	case model.CellMissed:
		sign = "○"
	case model.CellPotential:
		sign = "▲"
	case model.CellSubstantiated:
		sign = "■"
	case model.CellNone, model.CellUnchecked:
		sign = "·"
		if s == model.CellNone {
			sign = " "
		}
	}
	return th.Pick(sign, s.Letter())
}

// stripCells draws a strip, each cell in its sign.
func (a *App) stripCells(cells []model.Cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(a.th.Style(toneStyle(c.State.Tone())).Apply(cellSign(&a.th, c.State)))
	}
	return b.String()
}

// withLegend adds what the signs of a section's strips mean, with the letters they are elsewhere.
func (a *App) withLegend(s section) []row {
	words := []string{}
	say := func(state model.CellState, word string) {
		sign := cellSign(&a.th, state)
		if letter := state.Letter(); letter != sign {
			sign += " " + letter
		}
		words = append(words, sign+" "+word)
	}
	switch s.head {
	case model.HeadCompliance:
		for _, state := range model.CellStates() {
			say(state, state.Word())
		}
	case headChecked:
		say(model.CellComplied, "in time")
		say(model.CellConcern, "late")
		say(model.CellUnchecked, "never")
	default:
		return s.rows
	}
	return append(slices.Clip(s.rows), row{label: "key", text: strings.Join(words, "  "), style: part.StyleDim})
}

// contactItems offer to record a contact with whom an order protects. The form names nobody: it is opened by reference.
func (a *App) contactItems(line *model.Line) []part.Item {
	c := &a.card
	if a.detail != nil {
		c = &a.detail.card
	}
	spec, _ := model.Find("victim.contact")
	if line.Ref.Kind() != model.KindOrder || c.ref != line.Ref || a.me == nil || model.Can(a.me, spec) != nil {
		return nil
	}
	var items []part.Item
	for _, s := range c.sections {
		for _, r := range s.rows {
			if r.ref.Kind() != model.KindSurvivor {
				continue
			}
			victim := &model.Line{Ref: r.ref, Kind: r.ref.Kind().Word(), Unit: line.Unit}
			items = append(items, part.Item{Group: "Actions", Title: spec.Title + ", " + string(r.ref), Detail: spec.Name, Data: target{pick: func(a *App) tea.Cmd {
				return a.openForm(spec.Name, []*model.Line{victim})
			}}})
		}
	}
	return items
}
