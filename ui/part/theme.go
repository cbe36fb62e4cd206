package part

import (
	"image/color"

	"github.com/charmbracelet/x/ansi"
)

// StyleID names a style without a theme, so that a table row can be described once and drawn under any theme.
type StyleID uint8

// The styles of a Theme by name. The zero value is plain text.
const (
	StyleText StyleID = iota
	StyleDim
	StyleAccent
	StyleDanger
	StyleWarn
	StyleGood
	StyleMarking
	StyleBold
	StyleSelected
	StyleMatch
	styleCount
)

// Style is a prepared terminal style: the escape prefix is computed once per theme, so applying it is one concatenation.
type Style struct{ on string }

// Apply returns s in the style, followed by a reset. Plain styles and empty strings come back unchanged.
func (s Style) Apply(text string) string {
	if s.on == "" || text == "" {
		return text
	}
	return s.on + text + ansi.ResetStyle
}

// On returns the escape prefix alone, for code that writes long runs and resets itself.
func (s Style) On() string { return s.on }

// Theme is the look: one accent, grey for what is secondary, red and amber kept for danger and clocks.
// It is built once by NewTheme and not changed after that.
type Theme struct {
	Dark, NoColour, ASCII bool

	Text     Style // the terminal's own foreground
	Dim      Style // what is secondary
	Accent   Style // the selected row and the key you may press
	Danger   Style // danger to a person, a clock missed
	Warn     Style // a clock about to be missed, an error to put right
	Good     Style // use sparingly
	Marking  Style // the protective marking
	Bold     Style
	Selected Style // background of the selected row, with its own foreground
	Match    Style // letters that matched a search

	byID [styleCount]Style
}

// NewTheme prepares the theme for a background, for terminals without colour and for terminals without Unicode.
func NewTheme(dark, noColour, ascii bool) Theme {
	th := Theme{Dark: dark, NoColour: noColour, ASCII: ascii}
	if noColour {
		th.monochrome()
	} else {
		th.colour(themeColours(dark))
	}
	th.Marking, th.Bold = bold(), bold()
	th.byID = [styleCount]Style{
		StyleText: th.Text, StyleDim: th.Dim, StyleAccent: th.Accent, StyleDanger: th.Danger, StyleWarn: th.Warn,
		StyleGood: th.Good, StyleMarking: th.Marking, StyleBold: th.Bold, StyleSelected: th.Selected, StyleMatch: th.Match,
	}
	return th
}

// look is what tells one theme from another; the caches compare it.
type look struct{ dark, noColour, ascii bool }

func (th *Theme) look() look { return look{th.Dark, th.NoColour, th.ASCII} }

// Style returns the style called id; an unknown id is plain text.
func (th *Theme) Style(id StyleID) Style {
	if id >= styleCount {
		return th.Text
	}
	return th.byID[id]
}

// Pick returns the first string where the terminal can draw Unicode, the second where it cannot.
func (th *Theme) Pick(unicode, ascii string) string {
	if th.ASCII {
		return ascii
	}
	return unicode
}

// palette is the colours of one background. Pairs that are drawn on each other keep a contrast of at least 4.5 (tested).
type palette struct {
	dim, accent, danger, warn, good, selectedText, selected color.RGBA
}

func themeColours(dark bool) palette {
	if dark {
		return palette{
			dim: rgb(0x96a0ae), accent: rgb(0x6cb6ff), danger: rgb(0xff7b72), warn: rgb(0xf0b040), good: rgb(0x6fcf97),
			selectedText: rgb(0xffffff), selected: rgb(0x22324a),
		}
	}
	return palette{
		dim: rgb(0x565d66), accent: rgb(0x0052ad), danger: rgb(0xb01212), warn: rgb(0x7d4a00), good: rgb(0x17652f),
		selectedText: rgb(0x000000), selected: rgb(0xd6e6fb),
	}
}

func (th *Theme) colour(p palette) {
	fg := func(c color.RGBA) Style { return Style{ansi.Style{}.ForegroundColor(c).String()} }
	th.Dim, th.Accent, th.Danger, th.Warn, th.Good = fg(p.dim), fg(p.accent), fg(p.danger), fg(p.warn), fg(p.good)
	th.Match = Style{ansi.Style{}.Bold().Underline(true).ForegroundColor(p.accent).String()}
	// Both colours are set: a wrong guess of the background must not make the selected row unreadable.
	th.Selected = Style{ansi.Style{}.ForegroundColor(p.selectedText).BackgroundColor(p.selected).String()}
}

func (th *Theme) monochrome() {
	th.Accent, th.Danger, th.Warn = bold(), bold(), bold()
	th.Match = Style{ansi.Style{}.Bold().Underline(true).String()} // a name is bold already
	th.Selected = Style{ansi.Style{}.Reverse(true).String()}
}

func bold() Style { return Style{ansi.Style{}.Bold().String()} }

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16 & 0xff), G: uint8(hex >> 8 & 0xff), B: uint8(hex & 0xff), A: 0xff} //nolint:gosec // masked to a byte
}
