package brief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pou/model"
)

// cleanResults is the sheet with every word made harmless.
func cleanResults(s *model.ResultSheet, tame func(string) string) *model.ResultSheet {
	if s == nil {
		return nil
	}
	out := *s
	op := *s.Operation
	op.Name = tame(op.Name)
	out.Operation = &op
	if s.Against != nil {
		against := *s.Against
		against.Name = tame(against.Name)
		out.Against = &against
	}
	out.Heads = make([]model.ResultHead, len(s.Heads))
	for i, h := range s.Heads {
		rows := slices.Clone(h.Rows)
		for j := range rows {
			rows[j].What = tame(rows[j].What)
		}
		out.Heads[i] = model.ResultHead{Head: h.Head, Rows: rows}
	}
	return &out
}

const resultsKind = "Results"

// resultsBeside says what the figures stand beside.
func resultsBeside(s *model.ResultSheet) string {
	if s.Against == nil {
		return "No operation before this one to compare with."
	}
	out := fmt.Sprintf("Beside %s %s, %s to %s: the change is the second figure.", s.Against.Ref, s.Against.Name, s.Against.From.Long(), s.Against.To.Long())
	if s.Against.Unit != s.Operation.Unit {
		out += " Not alike: it was of " + reach(s.Against) + ", this one of " + reach(s.Operation) + "."
	}
	return out
}

func reach(op *model.Operation) string {
	if op.Unit == "" {
		return "all units"
	}
	return op.Unit.Name()
}

// resultsUnread says what could not be counted; "" when all could.
func resultsUnread(s *model.ResultSheet) string {
	if !s.Unread {
		return ""
	}
	return "NOT COUNTED: some records cannot be read; pou check names them."
}

// resultsEmpty stands where nothing was recorded.
const resultsEmpty = "Nothing was recorded in the days of the operation."

// changed is a change as it stands beside a count; "" without something to compare with.
func changed(s *model.ResultSheet, by int) string {
	if s.Against == nil {
		return ""
	}
	if by == 0 {
		return "±0"
	}
	return fmt.Sprintf("%+d", by)
}

// small is a change in the units' table, where no change is nothing to read.
func small(s *model.ResultSheet, f model.Figure) string {
	if s.Against == nil || f.Change() == 0 {
		return ""
	}
	return fmt.Sprintf("%+d", f.Change())
}

// cell is a count in the units' table: a dot for nought, so that the eye finds the figures.
func cell(n int) string {
	if n == 0 {
		return "·"
	}
	return strconv.Itoa(n)
}

func unitWord(u model.Unit) string {
	if u == "" {
		return "all units"
	}
	return string(u) + " " + u.Name()
}

// most is the longest bar under a head.
func most(h *model.ResultHead) int {
	n := 1
	for _, r := range h.Rows {
		n = max(n, r.Count, r.Before)
	}
	return n
}

// groups are the spans of the columns that belong together.
func groups(s *model.ResultSheet) []span {
	var out []span
	for i, c := range s.Columns {
		if n := len(out); n > 0 && out[n-1].Name == c.Group {
			out[n-1].Columns++
			continue
		}
		out = append(out, span{Name: c.Group, From: i, Columns: 1})
	}
	return out
}

type span struct {
	Name          string
	From, Columns int
}

// The places in a column of bars, in millimetres from its left edge.
const (
	barColumn = 86.0
	barLabel  = 43.0
	barFrom   = 45.0
	barRoom   = 22.0
	barCount  = 76.0
	unitName  = 22.0
	alone     = 11.5 // a column that is its own group, whose name is longer than its figures
)

// results sets the one page of results: each head in bars, then the units side by side. The letters get smaller rather
// than the page two.
func (p *paper) results(s *model.ResultSheet) {
	d := p.doc
	p.about = resultsKind + " · " + d.title()
	p.newPage()
	p.font(true, 16, black)
	p.write(side, d.title(), black)
	p.y += 0.5
	p.font(false, 9, black)
	p.write(side, resultsKind+" · "+d.window()+" · counted from the record · "+d.copyOf(p.copy), soft)
	p.write(side, resultsBeside(s), soft)
	if said := resultsUnread(s); said != "" {
		p.font(true, 9, black)
		p.write(side, said, black)
	}
	p.y += 2
	if len(s.Heads) == 0 {
		p.font(false, 10, black)
		p.write(side, resultsEmpty, black)
		return
	}
	table := unitTable(s)
	size, split := p.fitBars(s, bottom-p.y-table-barsGap)
	start, end := p.y, p.y
	for i, heads := range [][]model.ResultHead{s.Heads[:split], s.Heads[split:]} {
		p.y = start
		for j := range heads {
			p.bars(s, &heads[j], side+float64(i)*(width-barColumn), size)
		}
		end = max(end, p.y)
	}
	p.y = end + barsGap
	p.units(s)
}

// unitTable is how high the table of the units is, with its legend.
func unitTable(s *model.ResultSheet) float64 {
	return 22 + unitRow(s)*float64(len(s.Units)) + 3
}

// unitRow is how high a unit's line is: with changes below the counts where there are some.
func unitRow(s *model.ResultSheet) float64 {
	if s.Against == nil {
		return 4.4
	}
	return 6.2
}

// fitBars chooses how large the letters of the bars are and after which head the second column begins.
func (p *paper) fitBars(s *model.ResultSheet, room float64) (size float64, split int) {
	for size = 8.5; ; size -= 0.5 {
		total := 0.0
		for i := range s.Heads {
			total += p.headHeight(&s.Heads[i], size)
		}
		left, least := 0.0, total
		split = len(s.Heads)
		for i := range s.Heads {
			left += p.headHeight(&s.Heads[i], size)
			if higher := max(left, total-left); higher < least {
				least, split = higher, i+1
			}
		}
		if least <= room || size <= smallestBars {
			return size, split
		}
	}
}

// barsGap is the room between the bars and the table of the units, in millimetres.
const barsGap = 3

// smallestBars is the smallest size letters are read at, in points.
const smallestBars = 4.5

func (p *paper) headHeight(h *model.ResultHead, size float64) float64 {
	p.font(false, size, black)
	out := size*0.46 + 3.6
	for _, r := range h.Rows {
		out += float64(p.lines(r.What, barLabel)) * size * 0.46
		out += 0.5
	}
	return out
}

// lines is in how many lines a text is set.
func (p *paper) lines(text string, room float64) int {
	n := 0
	for rest := strings.Fields(text); len(rest) > 0; n++ {
		_, rest = p.fill(rest, room)
	}
	return n
}

// bars sets a head with its figures from x on, each a bar with its count and the change.
func (p *paper) bars(s *model.ResultSheet, h *model.ResultHead, x, size float64) {
	step := size * 0.46
	p.font(true, size, black)
	p.Text(x, p.y+step*0.75, model.UpperFirst(h.Head))
	p.y += step
	p.SetDrawColor(int(line), int(line), int(line))
	p.SetLineWidth(0.2)
	p.Line(x, p.y+0.4, x+barColumn, p.y+0.4)
	p.y += 1.4
	longestBar := float64(most(h))
	for _, r := range h.Rows {
		p.font(false, size, black)
		p.SetFillColor(int(line), int(line), int(line))
		p.Rect(x+barFrom, p.y+0.3, barRoom*float64(r.Count)/longestBar, step-0.9, "F")
		if s.Against != nil && r.Before > 0 { // a tick where the bar ended before
			at := x + barFrom + barRoom*float64(r.Before)/longestBar
			p.SetDrawColor(int(black), int(black), int(black))
			p.SetLineWidth(0.3)
			p.Line(at, p.y+0.1, at, p.y+step-0.4)
		}
		count := strconv.Itoa(r.Count)
		p.Text(x+barCount-p.GetStringWidth(count), p.y+step*0.75, count)
		p.font(false, size, soft)
		change := changed(s, r.Change)
		p.Text(x+barColumn-p.GetStringWidth(change), p.y+step*0.75, change)
		p.font(false, size, black)
		for rest := strings.Fields(r.What); len(rest) > 0; {
			var said string
			said, rest = p.fill(rest, barLabel)
			p.Text(x, p.y+step*0.75, said)
			p.y += step
		}
		p.y += 0.5
	}
	p.y += 2.2
}

// unitEdges are where the columns of the units' table begin, and where the last one ends.
func unitEdges(s *model.ResultSheet) []float64 {
	single := 0
	for _, g := range groups(s) {
		if g.Columns == 1 {
			single++
		}
	}
	narrow := (width - unitName - alone*float64(single)) / float64(len(s.Columns)-single)
	out := []float64{side + unitName}
	for _, g := range groups(s) {
		for range g.Columns {
			wide := narrow
			if g.Columns == 1 {
				wide = alone
			}
			out = append(out, out[len(out)-1]+wide)
		}
	}
	return out
}

// units sets the table of the units side by side.
func (p *paper) units(s *model.ResultSheet) {
	edges := unitEdges(s)
	at := func(i int) float64 { return edges[i] }
	p.room(unitTable(s))
	for _, g := range groups(s) {
		p.font(true, 6.3, black)
		p.Text(at(g.From)+0.8, p.y+2.4, p.fit(model.UpperFirst(g.Name), at(g.From+g.Columns)-at(g.From)))
		p.SetDrawColor(int(line), int(line), int(line))
		p.Line(at(g.From)+0.8, p.y+3.4, at(g.From+g.Columns)-0.6, p.y+3.4)
	}
	p.y += 4
	p.font(false, 6, soft)
	for i, c := range s.Columns {
		p.Text(at(i+1)-1-p.GetStringWidth(c.Head), p.y+2.4, c.Head)
	}
	p.y += 3.8
	for _, u := range s.Units {
		p.rule(p.y)
		p.font(u.Unit == "", 7.5, black)
		p.Text(side, p.y+3.2, unitWord(u.Unit))
		for i, f := range u.Figures {
			p.font(u.Unit == "", 7.5, black)
			if f.Count == 0 {
				p.font(false, 7.5, soft)
			}
			said := cell(f.Count)
			p.Text(at(i+1)-1-p.GetStringWidth(said), p.y+3.2, said)
			p.font(false, 5.5, soft)
			said = small(s, f)
			p.Text(at(i+1)-1-p.GetStringWidth(said), p.y+5.5, said)
		}
		p.y += unitRow(s)
	}
	p.rule(p.y)
	p.y++
	p.font(false, 6.5, soft)
	p.write(side, s.Legend(), soft)
}

func (d *Document) markdownResults(say sayer, n int) {
	s := d.Results
	d.markdownTop(say, resultsKind, n)
	say("%s\n", plain(resultsBeside(s)))
	if said := resultsUnread(s); said != "" {
		say("**%s**\n", said)
	}
	if len(s.Heads) == 0 {
		say("%s\n", resultsEmpty)
		return
	}
	for i := range s.Heads {
		h := &s.Heads[i]
		say("## %s\n", model.UpperFirst(h.Head))
		say("| what | count | change | |")
		say("|---|---:|---:|---|")
		for _, r := range h.Rows {
			say("| %s | %d | %s | %s |", plain(r.What), r.Count, changed(s, r.Change), strings.Repeat("█", (r.Count*20+most(h)-1)/most(h)))
		}
		say("")
	}
	d.markdownUnits(say)
	say("%s\n", s.Legend())
}

func (d *Document) markdownUnits(say sayer) {
	s := d.Results
	say("## By unit\n")
	head, under := []string{"unit"}, []string{"---"}
	for _, c := range s.Columns {
		head, under = append(head, c.Group+" "+c.Head), append(under, "---:")
	}
	say("| %s |", strings.Join(head, " | "))
	say("|%s|", strings.Join(under, "|"))
	for _, u := range s.Units {
		row := []string{unitWord(u.Unit)}
		for _, f := range u.Figures {
			said := cell(f.Count)
			if c := small(s, f); c != "" {
				said += " (" + c + ")"
			}
			row = append(row, said)
		}
		say("| %s |", strings.Join(row, " | "))
	}
	say("")
}
