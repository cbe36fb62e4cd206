package brief

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/atlas/london"
	"pou/model/day"
	"pou/ui/chart"
)

// nearBy is how many occasions stand on the page in full.
const nearBy = 3

// found is every occasion of a window.
type found struct {
	rule      atlas.Rule
	paths     *atlas.Paths
	meets     []atlas.Meet
	occasions []atlas.Occasion
}

func (s *storyFind) found() found {
	out := found{rule: atlas.Usual()}
	out.paths = s.Index.Paths(s.window, atlas.Suspect, atlas.Victim, out.rule)
	out.meets = out.paths.Meets()
	if of := s.handles(); len(of) > 0 {
		out.meets = slices.DeleteFunc(out.meets, func(m atlas.Meet) bool { return !s.both(of, &m) })
	}
	out.occasions = atlas.Occasions(out.meets, out.rule.Apart)
	return out
}

// both reports whether the devices of an occasion are among those asked for; a side of which none is asked for is any.
func (s *storyFind) both(of []atlas.Handle, m *atlas.Meet) bool {
	fits := func(side atlas.Side, h atlas.Handle) bool {
		asked := slices.ContainsFunc(of, func(h atlas.Handle) bool { return s.side(h) == side })
		return !asked || slices.Contains(of, h)
	}
	return fits(atlas.Suspect, m.A) && fits(atlas.Victim, m.B)
}

// near are the occasions on which the devices may have been near each other: counted, held against chance, the closest in full with both
// rows and what else may explain them, and every one of them in the appendix.
func (s *storyFind) near() {
	f := s.found()
	bound, dates := 0, map[day.Date]bool{}
	for i := range f.occasions {
		if f.occasions[i].Certain() {
			bound++
		}
		dates[day.On(time.UnixMilli(f.occasions[i].From))] = true
	}
	s.say(atlas.SayOccasions(len(f.occasions), bound, len(dates)))
	s.say(atlas.SayRule(f.rule))
	if len(f.occasions) == 0 {
		return
	}
	s.say(atlas.SayChance(len(f.occasions), f.paths.Shifted(), f.paths.SharedDays()))
	for _, left := range []struct {
		who string
		of  atlas.LeftOut
	}{{"suspect's", f.paths.A.Left}, {"victim-survivor's", f.paths.B.Left}} {
		if words := atlas.SayLeftOut(left.of); words != "" {
			s.say("Of the " + left.who + " devices: " + words)
		}
	}
	s.say(atlas.SayKept())
	times := make([]int64, len(f.occasions))
	for i := range f.occasions {
		times[i] = f.occasions[i].From
	}
	c := chart.NewColumns(times, "Occasions, by day", false, nil)
	c.Markers = s.markers()
	s.draw(c.Scene(storyWide, 130))
	g := s.layCoarse(f.occasions)
	s.draw(g.scene(nearHigh))
	s.section(storySection{Head: "Where, made coarse", Heads: []string{"The suspect's row of the closest pair", "Occasions"}, Table: g.list})
	s.beside(&f)
}

// beside puts what must stand beside occasions: how often each explanation does, the closest in full, and all of them in the appendix.
func (s *storyFind) beside(f *found) {
	company := s.Index.Company(f.paths)
	contexts := make([]atlas.Context, len(f.occasions))
	counts := map[atlas.ReasonKind]int{}
	for i := range f.occasions {
		contexts[i] = company.Context(f.occasions[i].ClosestMeet())
		for _, r := range contexts[i].Reasons {
			counts[r.Kind]++
		}
	}
	letters := s.explanations(counts, len(f.occasions))
	order := make([]int, len(f.occasions))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(f.occasions[a].Closest().Most, f.occasions[b].Closest().Most)
	})
	for _, i := range order[:min(nearBy, len(order))] {
		s.occasion(i, &f.occasions[i], &contexts[i])
	}
	s.allOccasions(f, contexts, letters)
}

// explanations counts what stands beside the occasions, and gives each a letter for the list of all.
func (s *storyFind) explanations(counts map[atlas.ReasonKind]int, of int) map[atlas.ReasonKind]string {
	kinds := make([]atlas.ReasonKind, 0, len(counts))
	for k := range counts {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b atlas.ReasonKind) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	letters := map[atlas.ReasonKind]string{}
	sec := storySection{Head: "What else may explain them, or weakens them", Heads: []string{"", "Explanation or weakness", "Occasions"}}
	for i, k := range kinds {
		letters[k] = string(rune('a' + i))
		sec.Table = append(sec.Table, []string{letters[k], atlas.SayReasonKind(k), fmt.Sprintf("%d of %d", counts[k], of)})
	}
	if len(kinds) > 0 {
		s.section(sec)
	}
	return letters
}

// occasion is one in full: both raw rows, the base rate of both sides, and what else may explain it.
func (s *storyFind) occasion(i int, o *atlas.Occasion, c *atlas.Context) {
	m := o.ClosestMeet()
	pair := m.Closest
	sec := storySection{
		Head: fmt.Sprintf("Occasion %d of the list, %s", i+1, dayOf(o.From)), Notes: []string{atlas.SayMeet(m) + "."}, Heads: rowHeads(), Wide: rowWide(),
		Table: s.rowTable(atlas.Rows{pair.A, pair.B}),
	}
	sec.Rows = append(sec.Rows, [2]string{"Base rate", atlas.SayHabit(atlas.Suspect, &c.A) + ". " + atlas.SayHabit(atlas.Victim, &c.B) + "."})
	var reasons []string
	for i := range c.Reasons {
		reasons = append(reasons, s.veil.SayReason(&c.Reasons[i])+".")
	}
	if len(reasons) == 0 {
		reasons = []string{"None was found, which is not that there is none."}
	}
	sec.Rows = append(sec.Rows, [2]string{"Beside it", strings.Join(reasons, " ")})
	s.section(sec)
}

func (s *storyFind) allOccasions(f *found, contexts []atlas.Context, letters map[atlas.ReasonKind]string) {
	more := storySection{
		Head: fmt.Sprintf("All %d occasions of finding %d", len(f.occasions), s.at), Heads: []string{"No", "From", "To", "Apart at least", "At most", "Row", "and row", "Beside it"},
		Wide:  []float64{10, 32, 14, 26, 20, 24, 24, 28},
		Notes: []string{"The bounds are of the closest pair of rows; letters are those of the table of explanations."},
	}
	for i := range f.occasions {
		o := &f.occasions[i]
		p := o.Closest()
		var beside []string
		for _, r := range contexts[i].Reasons {
			beside = append(beside, letters[r.Kind])
		}
		slices.Sort(beside)
		more.Table = append(more.Table, []string{
			strconv.Itoa(i + 1), dayOf(o.From), time.UnixMilli(o.To).In(day.London()).Format("15:04"), fmt.Sprintf("%.0f m", p.Least), fmt.Sprintf("%.0f m", p.Most+0.5),
			s.rowName(p.A), s.rowName(p.B), strings.Join(beside, " "),
		})
	}
	s.more = append(s.more, more)
}

// candidates are rows that may be contrary to a condition of an order, for the breach desk to look at.
func (s *storyFind) candidates() {
	people := map[atlas.Handle]model.Ref{}
	for _, d := range s.Case.Devices {
		if h := slices.Index(s.Set.Names, d.Number); h > 0 && d.Person != "" {
			people[atlas.Handle(h)] = d.Person //nolint:gosec // an index of names
		}
	}
	sec := storySection{Head: "Candidates, for the breach desk to look at", Heads: []string{"When", "Order", "Condition", "Rows", "The first", "Not sure of"}}
	var rows atlas.Rows
	n, served := 0, 0
	for _, o := range s.Orders {
		if o.Served.IsZero() {
			continue
		}
		served++
		b := atlas.Bound{Order: o.Ref, Conditions: o.Conditions, From: o.Served.UnixMilli(), People: people, Borough: func(p model.Point) string {
			name, _ := london.Borough(p)
			return name
		}}
		if !o.Ended.IsZero() {
			b.To = o.Ended.End().UnixMilli()
		}
		for _, c := range s.Index.Candidates(s.window, b) {
			n++
			rows = append(rows, c.Rows...)
			if len(sec.Table) < storyRowsMore {
				sec.Table = append(sec.Table, []string{day.Moment(c.Event.At), string(c.Order), strconv.Itoa(c.Condition.No), strconv.Itoa(len(c.Rows)), strings.TrimPrefix(s.firstRow(c.Rows), ", the first "), strings.Join(c.Unsure, "; ")})
			}
		}
	}
	if served == 0 {
		s.say("No order against the suspect was served, so there is nothing to hold rows against")
		return
	}
	s.say(atlas.SayCandidates(n))
	if n > len(sec.Table) {
		sec.Notes = []string{fmt.Sprintf("The first %d of %d.", len(sec.Table), n)}
	}
	if n > 0 {
		s.section(sec)
	}
	slices.Sort(rows)
	s.rowsOf(slices.Compact(rows), "rows behind them")
}
