package part

import (
	"image/color"
	"math"
	"regexp"
	"testing"
)

func TestWithoutColourOnlyBoldUnderlineAndReverseAreUsed(t *testing.T) {
	th := NewTheme(true, true, false)
	for id := range styleCount {
		switch on := th.Style(id).On(); on {
		case "", "\x1b[1m", "\x1b[7m", "\x1b[1;4m":
		default:
			t.Errorf("style %d is %q", id, on)
		}
	}
	if th.Match == th.Bold {
		t.Error("a matching letter of a name cannot be told from the others")
	}
	if th.Selected.On() != "\x1b[7m" {
		t.Errorf("the selected row is not reversed: %q", th.Selected.On())
	}
}

func TestNoPartEmitsColourWithoutColour(t *testing.T) {
	th := NewTheme(false, true, false)
	colour := regexp.MustCompile(`\x1b\[[0-9;]*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[0-9;]*m`)
	for name, view := range sampleViews(&th, 80, 24) {
		if found := colour.FindString(view); found != "" {
			t.Errorf("%s emits %q", name, found)
		}
	}
}

func TestStyledTextIsReset(t *testing.T) {
	everyTheme(t, func(t *testing.T, th *Theme) {
		for id := range styleCount {
			sized(t, th.Style(id).Apply("abc"), 3, 1)
		}
	})
}

func TestAnUnknownStyleIsPlain(t *testing.T) {
	th := NewTheme(true, false, false)
	if got := th.Style(200).Apply("x"); got != "x" {
		t.Errorf("got %q", got)
	}
}

// Contrast as WCAG 2 counts it; 4.5 is the least for text.
func TestColoursCanBeRead(t *testing.T) {
	tests := map[string]struct {
		p           palette
		backgrounds []color.RGBA
	}{
		"dark":  {themeColours(true), []color.RGBA{rgb(0x000000), rgb(0x1e1e1e), rgb(0x282c34)}},
		"light": {themeColours(false), []color.RGBA{rgb(0xffffff), rgb(0xfdf6e3)}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := test.p
			for what, c := range map[string]color.RGBA{"dim": p.dim, "accent": p.accent, "danger": p.danger, "warn": p.warn, "good": p.good, "selected": p.selectedText} {
				for _, bg := range append([]color.RGBA{p.selected}, test.backgrounds...) {
					if what == "selected" && bg != p.selected {
						continue
					}
					if got := contrast(c, bg); got < 4.5 {
						t.Errorf("%s on %v: %.1f", what, bg, got)
					}
				}
			}
		})
	}
}

func contrast(a, b color.RGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.RGBA) float64 {
	channel := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}
