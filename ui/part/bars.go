package part

import "strings"

// Bar draws value out of limit as a horizontal bar in exactly width cells, to an eighth of a cell.
// A value above nothing always shows at least the thinnest bar.
func Bar(th *Theme, value, limit float64, width int) string {
	if width <= 0 {
		return ""
	}
	eighths := 0
	if limit > 0 && value > 0 {
		eighths = int(min(value/limit, 1)*float64(width*8) + 0.5)
		eighths = max(eighths, 1)
	}
	if th.ASCII {
		return Fit(strings.Repeat("#", (eighths+7)/8), width, AlignLeft)
	}
	full := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		full += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return Pad(full, width, AlignLeft)
}

// Spark draws the last width values as a line of small columns, scaled from nothing to the largest value.
func Spark(th *Theme, values []float64, width int) string {
	if width <= 0 {
		return ""
	}
	steps := []rune(th.Pick("▁▂▃▄▅▆▇█", "_.:-=+*#"))
	values = values[max(len(values)-width, 0):]
	most := 0.0
	for _, v := range values {
		most = max(most, v)
	}
	var b strings.Builder
	for _, v := range values {
		step := 0
		if most > 0 && v > 0 {
			step = max(int(v/most*float64(len(steps)-1)+0.5), 1)
		}
		b.WriteRune(steps[step])
	}
	return Pad(b.String(), width, AlignRight)
}
