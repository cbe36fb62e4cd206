package part

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Overlay lays float over base with its top left corner at x, y. Base keeps its size: what of the float would stand outside
// is cut off. Both may carry styles; neither leaks into the other.
func Overlay(base, float string, x, y int) string {
	lines := strings.Split(base, "\n")
	for i, over := range strings.Split(float, "\n") {
		if y+i < 0 || y+i >= len(lines) {
			continue
		}
		lines[y+i] = overlayLine(lines[y+i], over, x)
	}
	return strings.Join(lines, "\n")
}

func overlayLine(base, over string, x int) string {
	w := Width(base)
	if x < 0 {
		over, x = dropLeft(over, -x), 0
	}
	n := min(Width(over), w-x)
	if n <= 0 {
		return base
	}
	over = Fit(cutWith(over, n, ""), n, AlignLeft)
	left := Fit(cutWith(base, x, ""), x, AlignLeft)
	right := Pad(dropLeft(base, x+n), w-x-n, AlignRight) // a wide character cut in half leaves a space
	return left + ansi.ResetStyle + over + ansi.ResetStyle + right
}

// dropLeft drops the first n cells of s, styles kept, and a wide character that stands across the edge with them.
func dropLeft(s string, n int) string {
	out := ansi.TruncateLeft(s, n, "")
	if Width(out) > Width(s)-n {
		return ansi.TruncateLeft(s, n+1, "")
	}
	return out
}

// CenterAt returns where the top left corner of float stands when it is centred on a screen of w by h cells.
func CenterAt(float string, w, h int) (x, y int) {
	lines := strings.Split(float, "\n")
	return max((w-Width(lines[0]))/2, 0), max((h-len(lines))/2, 0)
}

// Center lays float over the middle of base, a screen of w by h cells.
func Center(base, float string, w, h int) string {
	x, y := CenterAt(float, w, h)
	return Overlay(base, float, x, y)
}

// frame draws a border around lines; each must be w-4 cells wide. Only what floats has a border.
func frame(th *Theme, title string, lines []string, w int) string {
	inner := max(w-4, 0)
	tl, tr, bl, br := th.Pick("╭", "+"), th.Pick("╮", "+"), th.Pick("╰", "+"), th.Pick("╯", "+")
	dash, bar := th.Pick("─", "-"), th.Dim.Apply(th.Pick("│", "|"))
	head := strings.Repeat(dash, inner+2)
	if title != "" {
		title = th.Cut(Safe(title), inner-2)
		head = dash + " " + ansi.ResetStyle + th.Bold.Apply(title) + th.Dim.On() + " " + strings.Repeat(dash, max(inner-1-Width(title), 0))
	}
	out := make([]string, 0, len(lines)+2)
	out = append(out, th.Dim.Apply(tl+head+tr))
	for _, line := range lines {
		out = append(out, bar+" "+th.Fit(line, inner, AlignLeft)+" "+bar)
	}
	return strings.Join(append(out, th.Dim.Apply(bl+strings.Repeat(dash, inner+2)+br)), "\n")
}
