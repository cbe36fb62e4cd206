package brief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/ui/chart"
)

// How much of a finding stands on its own page, and in the appendix.
const (
	storyRows     = 4
	storyRowsMore = 40
	storyContacts = 8
)

// page makes a finding: its sentence, its chart and its rows, from the data as it is now.
func (m *storyMaker) page(i int) storyPage {
	f := &m.Board.Findings[i]
	p := storyPage{
		Kicker: fmt.Sprintf("Finding %d of %d · %s", i+1, len(m.Board.Findings), f.Label()), Title: f.Title, Words: f.Words, Window: m.looksAt(f),
	}
	if !f.Added.IsZero() {
		p.WordsBy = m.Call(f.By) + ", " + day.Moment(f.Added)
	}
	find := &storyFind{storyMaker: m, f: f, page: &p, window: windowOf(f), at: i + 1}
	find.make()
	find.chosen()
	return p
}

func windowOf(f *model.StoryFinding) (w atlas.Window) {
	if !f.From.IsZero() {
		w.From = f.From.UnixMilli()
	}
	if !f.To.IsZero() {
		w.To = f.To.UnixMilli()
	}
	return w
}

// looksAt says which of the data the finding is of.
func (m *storyMaker) looksAt(f *model.StoryFinding) string {
	out := f.Window()
	if out == "" {
		out = "all of the data"
	}
	if len(f.Devices) > 0 {
		out += " · " + strings.Join(f.Devices, ", ")
	}
	return out
}

// storyFind is a finding being made.
type storyFind struct {
	*storyMaker
	f      *model.StoryFinding
	page   *storyPage
	window atlas.Window
	at     int // its place
}

func (s *storyFind) make() {
	switch s.f.Kind {
	case model.FindingContacts:
		s.contacts()
	case model.FindingChange:
		s.change()
	case model.FindingHeat:
		s.heat()
	case model.FindingTimeline:
		s.timeline(0, 0)
		s.say(atlas.SayBetween(s.there(), s.back()))
	case model.FindingBurst:
		s.burst()
	case model.FindingSilence:
		s.silence()
	case model.FindingNear:
		s.near()
	case model.FindingMap:
		s.where()
	case model.FindingPlaces:
		s.places()
	case model.FindingFour:
		s.four()
	case model.FindingCandidate:
		s.candidates()
	case model.FindingText:
	}
}

func (s *storyFind) say(sentence string) {
	if sentence == "" {
		return
	}
	if !strings.HasSuffix(sentence, ".") {
		sentence += "."
	}
	s.page.Says = append(s.page.Says, sentence)
}

func (s *storyFind) section(sec storySection) { s.page.Sections = append(s.page.Sections, sec) }

func (s *storyFind) draw(scene chart.Scene) { s.page.Scenes = append(s.page.Scenes, scene) }

// handles are the devices the finding is of; none is all.
func (s *storyFind) handles() []atlas.Handle {
	var out []atlas.Handle
	for _, key := range s.f.Devices {
		if d, ok := s.Case.ByLabel(key); ok {
			key = d.Number
		}
		if i := slices.Index(s.Set.Names, key); i > 0 {
			out = append(out, atlas.Handle(i)) //nolint:gosec // an index of names
		}
	}
	return out
}

// picked reports whether a row is of the devices of the finding.
func (s *storyFind) picked() func(row uint32) bool {
	if len(s.f.Devices) == 0 {
		return func(uint32) bool { return true }
	}
	of := s.handles()
	return func(row uint32) bool {
		r := &s.Set.Rows[row]
		return slices.Contains(of, r.Own) || slices.Contains(of, r.Other)
	}
}

// rows are the contacts the finding is of: from the suspect's devices to the victim-survivor's, one row each; or, of a device that is
// neither's, everything of it.
func (s *storyFind) rows() atlas.Rows {
	of := s.handles()
	if third := slices.DeleteFunc(slices.Clone(of), func(h atlas.Handle) bool { return s.side(h) == atlas.Suspect || s.side(h) == atlas.Victim }); len(third) > 0 {
		return s.Index.Pick(s.window, func(r *atlas.Row) bool {
			return r.Contact() && (slices.Contains(third, r.Own) || slices.Contains(third, r.Other))
		})
	}
	return s.only(s.Index.Between(s.window, atlas.Suspect, atlas.Victim).Rows())
}

func (s *storyFind) only(rows atlas.Rows) atlas.Rows {
	picked := s.picked()
	return slices.DeleteFunc(slices.Clone(rows), func(row uint32) bool { return !picked(row) })
}

func (m *storyMaker) side(h atlas.Handle) atlas.Side {
	for i := range m.By {
		if m.By[i].Handle == h {
			return m.By[i].Side
		}
	}
	return atlas.Nobody
}

func (s *storyFind) there() int { return len(s.rows()) }

func (s *storyFind) back() int {
	return len(s.only(s.Index.Between(s.window, atlas.Victim, atlas.Suspect).Rows()))
}

// suspects are the suspect's devices the finding is of.
func (s *storyFind) suspects() []atlas.Handle {
	all, of := s.Index.Side(atlas.Suspect), s.handles()
	if len(of) == 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(h atlas.Handle) bool { return !slices.Contains(of, h) })
}

func (s *storyFind) contacts() {
	rows := s.rows()
	s.say(atlas.SayBetween(len(rows), s.back()))
	s.columns(rows, "Contacts from the suspect's devices to the victim-survivor's")
	table := storySection{Head: "The suspect's devices with each number, the most first", Heads: []string{"Device", "With", "Rows", "Out", "In", "Not taken", "First", "Last"}, Wide: []float64{31, 31, 13, 13, 10, 18, 31, 31}}
	picked, left := s.picked(), 0
	for _, c := range s.Index.Contacts(s.window) {
		if s.side(c.Own) != atlas.Suspect || len(c.Rows) > 0 && !picked(c.Rows[0]) {
			continue
		}
		if len(table.Table) == storyContacts {
			left++
			continue
		}
		other := s.Set.Name(c.Other)
		if c.Other == 0 {
			other = "numbers withheld"
		}
		ways := c.Ways()
		row := []string{s.Set.Name(c.Own), other}
		for _, n := range []int{c.Count(), ways.Out, ways.In, c.Unanswered.Sum()} {
			row = append(row, strconv.Itoa(n))
		}
		table.Table = append(table.Table, append(row, dayOf(c.First), dayOf(c.Last)))
	}
	if left > 0 {
		table.Notes = []string{fmt.Sprintf("And %d more numbers.", left)}
	}
	s.section(table)
	s.rowsOf(rows, "rows between the suspect's devices and the victim-survivor's")
}

func dayOf(ms int64) string {
	if ms == 0 {
		return ""
	}
	return day.Moment(time.UnixMilli(ms))
}

func (s *storyFind) change() {
	at := slices.IndexFunc(s.Case.Moments, func(x model.Moment) bool { return x.No == s.f.Moment })
	if at < 0 {
		s.say(fmt.Sprintf("M%d is marked in the case no more, so nothing can be counted before and after it", s.f.Moment))
		return
	}
	mark := s.Case.Moments[at]
	rows, when := s.rows(), mark.At.UnixMilli()
	var before, after time.Duration
	if s.window.From != 0 {
		before = max(0, mark.At.Sub(s.f.From))
	}
	if s.window.To != 0 {
		after = max(0, s.f.To.Sub(mark.At))
	}
	c := s.Index.Around(rows, when, before, after)
	s.say(atlas.SayChange(&c))
	pair := chart.Pair{
		What: "Contacts from the suspect's devices to the victim-survivor's", Marker: "M" + strconv.Itoa(mark.No) + " " + mark.Label(),
		DaysBefore: c.Before.Known.Days(), DaysAfter: c.After.Known.Days(),
		Rows: []chart.PairRow{{Name: "all contacts", Before: len(c.Before.Rows), After: len(c.After.Rows)}},
	}
	for _, kind := range []atlas.Kind{atlas.Call, atlas.Text, atlas.Message} {
		n, k := s.of(c.Before.Rows, kind), s.of(c.After.Rows, kind)
		if n+k > 0 {
			pair.Rows = append(pair.Rows, chart.PairRow{Name: kind.String() + "s", Before: n, After: k})
		}
	}
	s.draw(pair.Scene(storyWide, 44+34*float64(len(pair.Rows))))
	s.columns(rows, "The same contacts, by day or week")
	s.newcomers(mark)
	s.rowsOf(c.After.Rows, "rows from that moment on")
}

// newcomers are numbers that first reach the victim-survivor soon after a moment, as a block may be gone round.
func (s *storyFind) newcomers(mark model.Moment) {
	const within = 14 * 24 * time.Hour
	sec := storySection{Head: "Numbers not seen before that reach the victim-survivor within 14 days"}
	for _, n := range s.Index.Newcomers(atlas.Victim, mark.At.UnixMilli(), within) {
		if side := s.side(n.Handle); side == atlas.Suspect || len(sec.Notes) < 3 && side != atlas.Third {
			sec.Notes = append(sec.Notes, atlas.SayNewcomer(s.Set, &n)+" ("+counted(len(n.Rows), "row", "rows", "no rows")+", the first "+s.rowName(n.First)+").")
		}
	}
	if len(sec.Notes) > 0 {
		s.section(sec)
	}
}

func (s *storyFind) of(rows atlas.Rows, kind atlas.Kind) int {
	n := 0
	for _, row := range rows {
		if s.Set.Rows[row].Kind == kind {
			n++
		}
	}
	return n
}

func (s *storyFind) heat() {
	rows := s.rows()
	hours := s.Index.HoursOf(rows)
	s.say(atlas.SayHours(&hours))
	h := chart.Heat{Counts: hours, What: "Contacts from the suspect's devices to the victim-survivor's, by hour and weekday"}
	s.draw(h.Scene(storyWide, 190))
	s.rowsOf(rows, "rows")
}

func (s *storyFind) burst() {
	rows := s.rows()
	b, ok := s.Index.BusiestDay(rows)
	if !ok {
		s.say("No contact has a time")
		return
	}
	_, median := s.Index.BurstDays(rows)
	s.say(atlas.SayBusiest(&b, median))
	if most, ok := s.Index.Most(b.Rows, time.Hour); ok {
		s.say("The most within an hour: " + atlas.SayBurst(&most))
	}
	s.columns(rows, "Contacts from the suspect's devices to the victim-survivor's")
	hours := chart.NewHeat(s.times(b.Rows), "That day, hour by hour", nil)
	s.draw(hours.Scene(storyWide, 150))
	s.rowsOf(b.Rows, "rows of that day")
}

func (s *storyFind) silence() {
	rows := s.rows()
	q, ok := s.Index.Longest(rows)
	if !ok {
		s.say("There are not two contacts with an hour to be silent between")
		return
	}
	s.say(atlas.SaySilence(&q))
	s.timeline(q.From, q.To)
	s.rowsOf(atlas.Rows{q.Before, q.After}, "rows before and after it")
}

func (s *storyFind) four() {
	ask := atlas.FourAsk{Window: s.window, Meets: s.found().meets}
	for _, x := range s.Case.Moments {
		if s.f.Moment == x.No || s.f.Moment == 0 && ask.Mark == 0 {
			ask.Mark = x.At.UnixMilli()
		}
	}
	all := s.Index.Four(ask)
	s.say(atlas.SayFour(len(all)))
	var rows atlas.Rows
	for _, letter := range []atlas.Letter{atlas.Fixated, atlas.Obsessive, atlas.Unwanted, atlas.RepeatedOften} {
		sec := storySection{Head: letter.String()}
		for _, x := range all {
			if x.Letter == letter {
				sec.Notes = append(sec.Notes, strings.TrimSuffix(x.Text, ".")+" ("+counted(len(x.Rows), "row", "rows", "no rows")+s.firstRow(x.Rows)+").")
				rows = append(rows, x.Rows...)
			}
		}
		if len(sec.Notes) == 0 {
			sec.Notes = []string{"Nothing found in these rows."}
		}
		s.section(sec)
	}
	slices.Sort(rows)
	s.rowsOf(slices.Compact(rows), "rows behind them")
}

func (s *storyFind) firstRow(rows atlas.Rows) string {
	if len(rows) == 0 {
		return ""
	}
	return ", the first " + s.rowName(rows[0])
}

// chosen are rows an officer chose.
func (s *storyFind) chosen() {
	if len(s.f.Rows) == 0 {
		return
	}
	var rows atlas.Rows
	lost := 0
	for _, want := range s.f.Rows {
		at := slices.IndexFunc(s.Set.Rows, func(r atlas.Row) bool { return int(r.Line) == want.Line && strings.HasPrefix(s.hash(&r), want.File) })
		if at < 0 {
			lost++
			continue
		}
		rows = append(rows, uint32(at)) //nolint:gosec // an index of a row
	}
	slices.Sort(rows)
	rows = slices.Compact(rows)
	sec := storySection{Head: "Rows the officer chose", Heads: rowHeads(), Wide: rowWide(), Table: s.rowTable(rows)}
	if lost > 0 {
		sec.Notes = []string{counted(lost, "chosen row is", "chosen rows are", "") + " not in the data as it is now: erased, held, or never loaded."}
	}
	s.section(sec)
}

func (m *storyMaker) hash(r *atlas.Row) string {
	if int(r.File) >= len(m.Set.Files) {
		return ""
	}
	return m.Set.Files[r.File].Hash
}

// rowName is a row by its file and line: F1:42.
func (m *storyMaker) rowName(row uint32) string {
	r := &m.Set.Rows[row]
	return "F" + strconv.Itoa(int(r.File)+1) + ":" + strconv.Itoa(int(r.Line))
}

func rowWide() []float64 { return []float64{16, 47, 52, 63} }

func rowHeads() []string { return []string{"Row", "When", "What", "Where"} }

// rowTable is rows as their sources have them. Where somebody protected may have been is left out.
func (m *storyMaker) rowTable(rows atlas.Rows) [][]string {
	out := make([][]string, len(rows))
	for i, row := range rows {
		r := &m.Set.Rows[row]
		out[i] = []string{m.rowName(row), atlas.SayRowTime(r), atlas.SayWhat(m.Set, r), m.veil.SayPlace(row)}
	}
	return out
}

// rowsOf puts the first rows on the page, and more of them in the appendix.
func (s *storyFind) rowsOf(rows atlas.Rows, what string) {
	if len(rows) == 0 {
		return
	}
	first := rows[:min(storyRows, len(rows))]
	sec := storySection{Head: "Rows", Heads: rowHeads(), Wide: rowWide(), Table: s.rowTable(first)}
	if rest := len(rows) - len(first); rest > 0 {
		sec.Notes = []string{fmt.Sprintf("The first %d of %d %s; more in the appendix.", len(first), len(rows), what)}
		most := rows[:min(storyRowsMore, len(rows))]
		more := storySection{Head: fmt.Sprintf("Rows of finding %d, %s", s.at, s.f.Title), Heads: rowHeads(), Wide: rowWide(), Table: s.rowTable(most)}
		if len(rows) > len(most) {
			more.Notes = []string{fmt.Sprintf("The first %d of %d %s; the others are on the desk, by file and line.", len(most), len(rows), what)}
		}
		s.more = append(s.more, more)
	}
	s.section(sec)
}
