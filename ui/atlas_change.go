package ui

import (
	"pou/model"
	"pou/model/atlas"
	"pou/ui/chart"
	"pou/ui/part"
)

// changeLines are the moments, and what began after them.
func (a *App) changeLines(s *atlasScreen) []atlasLine {
	var out []atlasLine
	for i := range s.data.marks {
		if l, ok := s.changeFigure(i); ok {
			l.what = model.UpperFirst(s.data.marks[i].label) + ", " + londonAt(s.data.marks[i].at).Format("15:04 on Mon 2 Jan 2006")
			out = append(out, l)
		}
	}
	if len(out) == 0 && len(s.data.marks) > 0 {
		out = append(out, atlasLine{what: "no moment lies within what is brushed; 0 shows all of the data", say: []string{"Before and after are counted about a moment that is brushed"}})
	}
	if s.all == nil {
		return out
	}
	head := false
	for i := range s.all.newcomers {
		n := &s.all.newcomers[i]
		if !s.win().Holds(s.data.set.Rows[n.First].At) || !s.filter.reach(n.Handle, n.Handle) {
			continue
		}
		if !head {
			out = append(out, atlasLine{head: true, what: "First reach the victim-survivor's devices after a moment"})
			head = true
		}
		out = append(out, atlasLine{
			value: thousands(len(n.Rows)), what: part.Fit(s.data.label(n.Handle), 16, part.AlignLeft) + "  " + lengthWord(n.After) + " after " + n.mark.label, rows: n.Rows,
			at: s.data.set.Rows[n.First].At, kind: lineNewcomer, index: i,
			say: []string{s.data.label(n.Handle), s.newcomerWords(n), s.rowWords(n.First, false)},
		})
	}
	return append(out, s.successorLines()...)
}

func (s *atlasScreen) successorLines() []atlasLine {
	var out []atlasLine
	for i := range s.all.successors {
		n := &s.all.successors[i]
		if !s.win().Holds(s.data.set.Rows[n.First].At) || !s.filter.reach(n.Old, n.New) {
			continue
		}
		if len(out) == 0 {
			out = append(out, atlasLine{head: true, what: "May be a new phone of the suspect: begins as another ends, and shares contacts"})
		}
		gap := lengthWord(n.Gap) + " after the last of "
		if n.Gap < 0 {
			gap = lengthWord(-n.Gap) + " before the last of "
		}
		words := s.data.label(n.New) + " is first seen " + gap + s.data.label(n.Old)
		out = append(out, atlasLine{
			value: thousands(len(n.Shared)), what: part.Fit(s.data.label(n.New), 16, part.AlignLeft) + "  first seen " + gap + s.data.label(n.Old), rows: n.Rows, at: s.data.set.Rows[n.First].At,
			say: []string{words, "Both have contact with " + countOf(len(n.Shared), "number", "numbers") + "; it may be a new phone of the same user, and may not."},
		})
	}
	return out
}

// changePanel is before and after, side by side.
func (a *App) changePanel(l *atlasLine, w, h int) []string {
	s := a.atlas
	if l.kind != lineMark {
		return a.sayView(l.say, w, h)
	}
	m := s.data.marks[l.index]
	c, _ := s.around(s.sight.out, m.at)
	back, _ := s.around(s.sight.back, m.at)
	b, f := s.data.channels(c.Before.Rows), s.data.channels(c.After.Rows)
	p := chart.Pair{
		What: "The suspect's devices to the victim-survivor's", Marker: m.label + ", " + londonAt(m.at).Format("15:04 on 2 Jan 2006"), DaysBefore: c.Before.Known.Days(), DaysAfter: c.After.Known.Days(),
		Rows: []chart.PairRow{{Name: "all", Before: len(c.Before.Rows), After: len(c.After.Rows)}},
	}
	for _, r := range []chart.PairRow{
		{Name: "texts", Before: b.texts, After: f.texts},
		{Name: "calls", Before: b.calls, After: f.calls},
		{Name: "not taken", Before: b.unanswered, After: f.unanswered},
		{Name: "messages", Before: b.messages, After: f.messages},
		{Name: "back", Before: len(back.Before.Rows), After: len(back.After.Rows)},
	} {
		if r.Before+r.After > 0 {
			p.Rows = append(p.Rows, r)
		}
	}
	say := []string{atlas.SayChange(&c), quiet + "It is a count and not a cause."}
	tall := min(4+3*len(p.Rows), h)
	if h < 10 {
		return indented(p.Draw(&a.th, w-2, h))
	}
	out := indented(p.Draw(&a.th, w-2, tall))
	if room := h - len(out) - 1; room > 2 {
		out = append(append(out, ""), a.sayView(say, w, room)...)
	}
	return out
}
