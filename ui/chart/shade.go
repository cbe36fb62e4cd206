package chart

import (
	"image/color"

	"github.com/charmbracelet/x/ansi"

	"pou/ui/part"
)

// shadeCount is how many steps a heat map has above nothing.
const shadeCount = 5

// shade is a step: what is written and what it is written on.
type shade struct{ ground, letter color.RGBA }

// shadesOf are one hue from the terminal's own background to the accent; every letter keeps a contrast of 4.5 on its ground (tested).
func shadesOf(dark bool) [shadeCount]shade {
	white, black := hex(0xffffff), hex(0x000000)
	if dark {
		return [shadeCount]shade{
			{hex(0x14202f), hex(0xc4d2e2)}, {hex(0x1d3652), white}, {hex(0x245185), white}, {hex(0x2a6bb5), white}, {hex(0x8cc6ff), black},
		}
	}
	return [shadeCount]shade{
		{hex(0xeef4fb), hex(0x24384f)}, {hex(0xcfe1f5), black}, {hex(0x9cc4ee), black}, {hex(0x2c74c4), white}, {hex(0x0b3f80), white},
	}
}

// shades are the steps as the terminal is told. Without colour the upper ones are bold and the highest is reversed: the numbers are
// always there to be read.
func shades(th *part.Theme) [shadeCount]string {
	if th.NoColour {
		return [shadeCount]string{"", "", "", th.Bold.On(), th.Selected.On()}
	}
	var out [shadeCount]string
	for i, s := range shadesOf(th.Dark) {
		out[i] = ansi.Style{}.ForegroundColor(s.letter).BackgroundColor(s.ground).String()
	}
	return out
}

// step is the shade of a count: 0 for nothing, then 1 to shadeCount in equal parts of the most.
func step(n, most int) int {
	if n <= 0 || most <= 0 {
		return 0
	}
	return min((n*shadeCount+most-1)/most, shadeCount)
}

func hex(v uint32) color.RGBA {
	return color.RGBA{R: uint8(v >> 16 & 0xff), G: uint8(v >> 8 & 0xff), B: uint8(v & 0xff), A: 0xff} //nolint:gosec // masked to a byte
}
