package ui

import (
	"slices"
	"strings"

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
