package part

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// Align says on which side of its column a text stands.
type Align uint8

// Names stand left, numbers right.
const (
	AlignLeft Align = iota
	AlignRight
)

const (
	ellipsis      = "…"
	ellipsisASCII = "~"
)

// Width returns how many cells s takes, escape sequences not counted.
func Width(s string) int {
	if plain(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}

// Cut shortens s to at most width cells, ending in … when something was lost.
func Cut(s string, width int) string { return cutWith(s, width, ellipsis) }

// Cut is the function Cut with the theme's own ellipsis.
func (th *Theme) Cut(s string, width int) string {
	return cutWith(s, width, th.Pick(ellipsis, ellipsisASCII))
}

// Pad fills s with spaces to width cells; a longer s comes back unchanged.
func Pad(s string, width int, align Align) string { return pad(s, width-Width(s), align) }

// Fit cuts or fills s to exactly width cells.
func Fit(s string, width int, align Align) string { return fitWith(s, width, align, ellipsis) }

// Fit is the function Fit with the theme's own ellipsis.
func (th *Theme) Fit(s string, width int, align Align) string {
	return fitWith(s, width, align, th.Pick(ellipsis, ellipsisASCII))
}

// FitLines brings text to exactly h lines of exactly w cells.
func (th *Theme) FitLines(text string, w, h int) string {
	return strings.Join(th.fitAll(strings.Split(text, "\n"), w, h), "\n")
}

func (th *Theme) fitAll(lines []string, w, h int) []string {
	out := make([]string, max(h, 0))
	for i := range out {
		if i < len(lines) {
			out[i] = th.Fit(lines[i], w, AlignLeft)
		} else {
			out[i] = blank(w)
		}
	}
	return out
}

// Wrap breaks s into lines of at most width cells, between words where it can. A hyphen is no place to break: references
// and surnames have them.
func Wrap(s string, width int) []string {
	if width < 1 {
		return nil
	}
	if Width(s) <= width && !strings.Contains(s, "\n") {
		return []string{s}
	}
	var lines []string
	for line := range strings.SplitSeq(ansi.Wrap(strings.ReplaceAll(s, "-", firmHyphen), width, ""), "\n") {
		line = strings.TrimRight(strings.ReplaceAll(line, firmHyphen, "-"), " ")
		if Width(line) > width {
			lines = append(lines, strings.Split(ansi.Hardwrap(line, width, false), "\n")...)
			continue
		}
		lines = append(lines, line)
	}
	return lines
}

// firmHyphen stands in for a hyphen while lines are broken: a private character as wide as it.
const firmHyphen = "\uE000"

func fitWith(s string, width int, align Align, tail string) string {
	if width <= 0 {
		return ""
	}
	w := Width(s)
	if w == width {
		return s
	}
	if w > width {
		s = cutWith(s, width, tail)
		w = Width(s) // one short when a wide character did not fit
	}
	return pad(s, width-w, align)
}

func cutWith(s string, width int, tail string) string {
	switch {
	case width <= 0:
		return ""
	case plain(s):
		if len(s) <= width {
			return s
		}
		return s[:max(width-Width(tail), 0)] + tail
	}
	return ansi.Truncate(s, width, tail)
}

func pad(s string, n int, align Align) string {
	switch {
	case n <= 0:
		return s
	case align == AlignRight:
		return blank(n) + s
	}
	return s + blank(n)
}

// plain reports text of which every byte is one cell.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// blank returns n spaces; up to 64, no allocation.
func blank(n int) string {
	const spaces = "                                                                "
	if n <= 0 {
		return ""
	}
	if n <= len(spaces) {
		return spaces[:n]
	}
	return strings.Repeat(" ", n)
}

const (
	day  = 24 * time.Hour
	year = 365 * day
)

// Ago says how old something is in one short word: "17m", "5h", "3d", and from two years on "2y".
func Ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < day:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d < 2*year:
		return fmt.Sprintf("%dd", d/day)
	}
	return fmt.Sprintf("%dy", d/year)
}

// Left says what is left of a clock, "7h 40m left", or by how much it is missed, "2d over".
// Both are rounded down, so a clock never shows more time than there is.
func Left(d time.Duration) string {
	switch {
	case d <= -time.Minute:
		return Ago(-d) + " over"
	case d < 0:
		return "just over"
	case d < time.Minute:
		return "due now"
	case d < time.Hour:
		return fmt.Sprintf("%dm left", d/time.Minute)
	case d < day:
		return fmt.Sprintf("%dh %dm left", d/time.Hour, d%time.Hour/time.Minute)
	case d < 3*day:
		return fmt.Sprintf("%dd %dh left", d/day, d%day/time.Hour)
	}
	return fmt.Sprintf("%dd left", d/day)
}
