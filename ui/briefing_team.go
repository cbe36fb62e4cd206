package ui

import (
	"strings"

	"pou/ui/part"
)

// teamRow is an officer and the pages they go out on.
type teamRow struct {
	officer string
	targets []string
}

// firmSpace keeps a number on the line of its name.
const firmSpace = "\u00a0"

// roster turns the pages round: who goes out on which. Pages without a team come first, for somebody to answer.
func (b *briefing) roster() (nobody []string, rows []teamRow) {
	at := map[string]int{}
	for i, p := range b.pages {
		surname, _, _ := strings.Cut(p.Name, ",")
		target := itoa(i+1) + firmSpace + part.Safe(surname)
		if len(p.Team) == 0 {
			nobody = append(nobody, target)
		}
		for _, officer := range p.Team {
			k, known := at[officer]
			if !known {
				k = len(rows)
				at[officer] = k
				rows = append(rows, teamRow{officer: officer})
			}
			rows[k].targets = append(rows[k].targets, target)
		}
	}
	return nobody, rows
}

// teams is the page after the last target: who goes where.
func (b *briefing) teams(a *App, h int) []string {
	out := []string{""}
	if big, ok := a.th.BigText("TEAM", 1+(a.h-1)/36, a.w-4); ok {
		for _, l := range big {
			out = append(out, "  "+a.th.Bold.Apply(l))
		}
	}
	out = append(out, "")
	room := max(1, h-len(out))
	lines := b.teamLarge(a, room)
	if lines == nil {
		lines = b.teamLines(a)
	}
	if len(lines) > room {
		return append(fitted(a, out), fitted(a, b.scrolled(a, lines, room))...)
	}
	return strings.Split(a.th.FitLines(strings.Join(append(out, indent(lines)...), "\n"), a.w, h), "\n")
}

func fitted(a *App, lines []string) []string {
	return strings.Split(a.th.FitLines(strings.Join(lines, "\n"), a.w, len(lines)), "\n")
}

func (b *briefing) teamLines(a *App) []string {
	nobody, rows := b.roster()
	w := a.w/4 + 2
	var out []string
	add := func(head string, style part.Style, targets []string) {
		for i, l := range part.Wrap(strings.Join(targets, ", "), a.w-w-4) {
			if i > 0 {
				head = ""
			}
			out = append(out, style.Apply(a.th.Fit(part.Safe(head), w-1, part.AlignLeft))+" "+strings.ReplaceAll(l, firmSpace, " "))
		}
		if roomy(a) {
			out = append(out, "")
		}
	}
	if len(nobody) > 0 {
		add("nobody assigned", a.th.Warn, nobody)
	}
	for _, r := range rows {
		add(r.officer, a.th.Bold, r.targets)
	}
	return out
}

// teamLarge is the list in block letters; nil when it is too long for that.
func (b *briefing) teamLarge(a *App, h int) []string {
	if !fine(a) {
		return nil
	}
	nobody, rows := b.roster()
	if len(nobody) > 0 {
		rows = append([]teamRow{{officer: "nobody", targets: nobody}}, rows...)
	}
	w := (a.w - 8) / 3
	var out []string
	for _, r := range rows {
		left, right := bigWrap(a, part.Safe(r.officer), w, 2), bigWrap(a, strings.Join(r.targets, ", "), 2*w, 3)
		if left == nil || right == nil {
			return nil
		}
		for y := range max(len(left), len(right)) {
			line := make([]string, 2)
			if y < len(left) {
				line[0] = a.th.Bold.Apply(left[y])
			}
			if y < len(right) {
				line[1] = right[y]
			}
			out = append(out, part.Pad(line[0], w+4, part.AlignLeft)+line[1])
		}
		out = append(out, "")
	}
	if len(out) > h {
		return nil
	}
	return out
}
