package chart

import (
	"strconv"

	"pou/model"
	"pou/ui/part"
)

// PairRow is one thing counted before a marker and after it.
type PairRow struct {
	Name          string
	Before, After int
}

// Pair holds what was counted before a marker against what was counted after it, as rates, since the two stretches are rarely as long as
// one another.
type Pair struct {
	What                  string  // such as "contacts by the suspect"
	Marker                string  // such as "told to stop 12 Mar 2026"
	DaysBefore, DaysAfter float64 // how long each stretch is
	Rows                  []PairRow
}

// rate is a count over a time, a day.
func rate(n int, days float64) float64 {
	if days <= 0 {
		return 0
	}
	return float64(n) / days
}

// rateWord writes a rate to a tenth, or finer where that would be nothing.
func rateWord(n int, days float64) string {
	if days <= 0 {
		return "no time"
	}
	r := rate(n, days)
	digits := 1
	if n > 0 && r < 0.1 {
		digits = 2
	}
	if n > 0 && r < 0.01 {
		return "under 0.01"
	}
	return strconv.FormatFloat(r, 'f', digits, 64)
}

// change says how the rate changed: "×3.1", "÷2.0", "new", "stopped". It is arithmetic and no finding.
func (p *Pair) change(r PairRow) string {
	before, after := rate(r.Before, p.DaysBefore), rate(r.After, p.DaysAfter)
	switch {
	case p.DaysBefore <= 0 || p.DaysAfter <= 0:
		return "–"
	case r.Before == 0 && r.After == 0:
		return "none"
	case r.Before == 0:
		return "new"
	case r.After == 0:
		return "none after"
	case after >= before:
		return "×" + strconv.FormatFloat(after/before, 'f', 1, 64)
	}
	return "÷" + strconv.FormatFloat(before/after, 'f', 1, 64)
}

func (p *Pair) most() float64 {
	most := 0.0
	for _, r := range p.Rows {
		most = max(most, rate(r.Before, p.DaysBefore), rate(r.After, p.DaysAfter))
	}
	return most
}

func daysWord(days float64) string {
	if days == 1 {
		return "1 day"
	}
	return strconv.FormatFloat(float64(int(days*10+0.5))/10, 'f', -1, 64) + " days"
}

// Draw is the pair as h lines of w cells: for each thing two bars of one scale, with the count, the rate and how the rate changed.
func (p *Pair) Draw(th *part.Theme, w, h int) string {
	d := &pairText{canvas: newCanvas(th, w, h), p: p, th: th}
	d.draw()
	return d.String()
}

type pairText struct {
	*canvas
	p  *Pair
	th *part.Theme
}

func (d *pairText) draw() {
	d.write(0, 0, d.cutTo(d.p.What, d.w), inkBold)
	d.write(0, 1, d.cutTo(d.p.Marker, d.w), inkWarn)
	names := 8
	for _, r := range d.p.Rows {
		names = max(names, part.Width(r.Name))
	}
	names = min(names, d.w/4)
	const figures = 34 // count, rate and change
	bars := d.w - names - 8 - figures
	if bars < 4 {
		bars = 0
	}
	x := names + 1
	d.right(x+7+bars+10, 2, "rows", inkDim)
	d.right(x+7+bars+21, 2, "a day", inkDim)
	d.right(d.w, 2, "change", inkDim)
	gap := 0
	if 4+len(d.p.Rows)*3 <= d.h {
		gap = 1
	}
	y := 3
	for i, r := range d.p.Rows {
		if y+2 > d.h-1 {
			d.write(0, y, "… "+model.Thousands(len(d.p.Rows)-i)+" more", inkDim)
			break
		}
		d.write(0, y, d.cutTo(r.Name, names), inkText)
		d.half(x, y, bars, "before", r.Before, d.p.DaysBefore, inkDim)
		d.half(x, y+1, bars, "after", r.After, d.p.DaysAfter, inkAccent)
		d.right(d.w, y+1, d.p.change(r), inkText)
		y += 2 + gap
	}
	d.write(0, d.h-1, d.cutTo(d.foot(), d.w), inkDim)
}

// foot says how long the stretches are, and as much of what the bars are as there is room for.
func (d *pairText) foot() string {
	days := "before " + daysWord(d.p.DaysBefore) + ", after " + daysWord(d.p.DaysAfter)
	for _, more := range []string{"; bars are rates, of one scale", "; bars are rates"} {
		if part.Width(days+more) <= d.w {
			return days + more
		}
	}
	return days
}

func (d *pairText) half(x, y, bars int, word string, n int, days float64, in ink) {
	d.write(x, y, word, inkDim)
	if bars > 0 {
		d.write(x+7, y, part.Bar(d.th, rate(n, days), d.p.most(), bars), in)
	}
	d.right(x+7+bars+10, y, model.Thousands(n), inkText)
	d.right(x+7+bars+21, y, rateWord(n, days), inkText)
}
