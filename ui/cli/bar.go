package cli

import (
	"fmt"
	"strings"
	"time"

	"pou/model"
	"pou/ui/part"
)

// bar tells on stderr how far something long has come: a line drawn over itself on a terminal, nothing elsewhere, and in
// plain mode a line of its own now and then.
type bar struct {
	app   *app
	unit  string
	begun time.Time
	last  time.Time
	drawn bool
}

const (
	barWidth = 20
	barEvery = 100 * time.Millisecond
	sayEvery = 5 * time.Second
)

func (a *app) newBar(unit string) *bar {
	now := a.env.Now()
	return &bar{app: a, unit: unit, begun: now, last: now}
}

func (b *bar) show(what string, done, total int) {
	if !b.app.env.ErrTerminal {
		return
	}
	now := b.app.env.Now()
	every := barEvery
	if b.app.plain {
		every = sayEvery
	}
	if now.Sub(b.last) < every {
		return
	}
	b.last = now
	text := what + ": " + progress(done, total, b.unit, now.Sub(b.begun))
	if b.app.plain {
		b.app.note("%s", text)
		return
	}
	width := b.app.env.Width
	if width <= 0 {
		width = 80
	}
	_, _ = fmt.Fprint(b.app.env.Err, "\r"+part.Fit(part.Safe(gauge(done, total)+" "+text), width-1, part.AlignLeft))
	b.drawn = true
}

// clear takes the bar away, so that what is said next stands on a clean line.
func (b *bar) clear() {
	if b.drawn {
		_, _ = fmt.Fprint(b.app.env.Err, "\r"+strings.Repeat(" ", max(b.app.env.Width, 80)-1)+"\r")
	}
}

func gauge(done, total int) string {
	full := 0
	if total > 0 {
		full = min(barWidth, done*barWidth/total)
	}
	return "[" + strings.Repeat("#", full) + strings.Repeat("-", barWidth-full) + "]"
}

// progress says how far, how fast and how long still.
func progress(done, total int, unit string, spent time.Duration) string {
	out := model.Thousands(done)
	if total > 0 {
		out += " of " + model.Thousands(total)
	}
	out += " " + unit
	rate := 0.0
	if spent > 0 {
		rate = float64(done) / spent.Seconds()
	}
	if rate >= 1 {
		out += ", " + model.Thousands(int(rate)) + " a second"
		if left := time.Duration(float64(total-done)/rate) * time.Second; left > 0 {
			out += ", " + left.String() + " left"
		}
	}
	return out
}
