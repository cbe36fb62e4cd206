package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

func (b *briefing) view(*App) (string, *tea.Cursor) { return "", nil }

// full draws the briefing over the whole screen.
func (b *briefing) full(a *App) string {
	right := ""
	if !b.blanked {
		right = a.th.Dim.Apply(part.Safe(b.title)) + " "
	}
	middle := ""
	if a.sample {
		middle = a.th.Warn.Apply("SAMPLE DATA")
	}
	top := spread(a.w, a.th.Marking.Apply(marking), middle, right)
	body, foot := b.body(a), b.foot(a)
	if b.blanked {
		foot = ""
	}
	lines := append([]string{top}, body...)
	last := a.pixels.shown + spread(a.w, a.th.Marking.Apply(marking), "", "")
	return strings.Join(append(lines, part.Fit(foot, a.w, part.AlignLeft), last), "\n")
}

// body is what stands between the marking and the foot: exactly so many lines.
func (b *briefing) body(a *App) []string {
	h := a.h - 3
	switch {
	case b.blanked:
		return b.message(a, h, a.th.Dim.Apply("blanked"))
	case b.help:
		return strings.Split(part.HelpPage(&a.th, briefingKeys(), a.w, h), "\n")
	case !b.loaded:
		return b.message(a, h, a.th.Dim.Apply("reading …"))
	case b.err != nil:
		return b.message(a, h, append([]string{a.th.Danger.Apply("This briefing cannot be shown."), ""}, part.Wrap(part.Safe(b.err.Error()), a.w-8)...)...)
	case len(b.pages) == 0:
		return b.message(a, h, a.th.Bold.Apply("No target is on this list."), "", "m on a person adds them to an operation; g chooses another unit.")
	}
	if p, ok := b.page(); ok {
		return b.target(a, p, h)
	}
	return b.teams(a, h)
}

func (b *briefing) message(a *App, h int, words ...string) []string {
	lines := make([]string, max(0, (h-len(words))/2))
	for _, s := range words {
		lines = append(lines, strings.Repeat(" ", max(0, (a.w-part.Width(s))/2))+s)
	}
	return strings.Split(a.th.FitLines(strings.Join(lines, "\n"), a.w, h), "\n")
}

// foot says where in the list the room is, the time, and how long the briefing has taken; on the right, the keys.
func (b *briefing) foot(a *App) string {
	where := itoa(b.at+1) + " of " + itoa(len(b.pages))
	next := "next " + a.th.Pick("▸", ">")
	switch {
	case b.at >= len(b.pages):
		where, next = "team list", "back "+a.th.Pick("◂", "<")
	case b.at == len(b.pages)-1:
		next = "team list " + a.th.Pick("▸", ">")
	}
	clock := a.now.In(day.London()).Format("15:04")
	if b.jump != "" {
		return " " + a.th.Bold.Apply("go to "+b.jump) + "   " + a.th.Dim.Apply("enter goes there · esc stays")
	}
	taken := max(0, a.now.Sub(b.began))
	left := " " + strings.Join([]string{a.th.Bold.Apply(where), a.th.Bold.Apply(clock), fmt.Sprintf("%d min", int(taken.Minutes())), a.th.Accent.Apply(next)}, " · ")
	if len(b.pages) == 0 {
		return " " + a.th.Bold.Apply(clock) + "   " + a.th.Dim.Apply("q out")
	}
	for _, keys := range []string{"space next · number enter · t team · n notes · . blank · ? keys ", "n notes · . blank · ? keys "} {
		if part.Width(left)+part.Width(keys)+2 <= a.w {
			return left + strings.Repeat(" ", a.w-part.Width(left)-part.Width(keys)) + a.th.Dim.Apply(keys)
		}
	}
	return left
}

// fine is a screen whose plain text is small for the back row: block letters are used wherever they fit.
func fine(a *App) bool { return a.w >= wideAt && a.h >= 36 }

// roomy is a screen so fine that there is space to spare.
func roomy(a *App) bool { return a.w >= wideMostAt && a.h >= 45 }

// target is the page of one target.
func (b *briefing) target(a *App, p briefPage, h int) []string {
	gap := 1
	if roomy(a) {
		gap = 2
	}
	out := slices.Concat(make([]string, gap-1), b.head(a, p), make([]string, gap))
	below := b.below(a, p, h)
	room := h - len(out) - 1
	w := photoWidth(a)
	facts := b.facts(a, p, a.w-w-5-gap, room-len(below), gap)
	if large := b.planLarge(a, p); large != nil && len(facts)+len(large) <= room {
		below = large
	}
	photo := b.photo(a, p, w, room-len(below), 1+len(out))
	for y := range photo {
		line := "  " + photo[y]
		if y < len(facts) {
			line += strings.Repeat(" ", 1+gap) + facts[y]
		}
		out = append(out, line)
	}
	out = append(append(out, ""), below...)
	return strings.Split(a.th.FitLines(strings.Join(out, "\n"), a.w, h), "\n")
}

func photoWidth(a *App) int { return max(20, a.w*3/10) }

// planLarge is the plan in block letters, for a roomy screen; nil when it is too long for that, or notes stand there.
func (b *briefing) planLarge(a *App, p briefPage) []string {
	if !fine(a) || b.notes || p.Plan == "" {
		return nil
	}
	lines := bigWrap(a, part.Safe(p.Plan), a.w-4, 3)
	if lines == nil {
		return nil
	}
	for i := range lines {
		lines[i] = a.th.Bold.Apply(lines[i])
	}
	return append(indent(append([]string{a.th.Dim.Apply("PLAN")}, lines...)), "")
}

// head is the name as large as it fits, and under it the name as it is spelt, with what tells two of a name apart.
func (b *briefing) head(a *App, p briefPage) []string {
	name := part.Safe(p.Name)
	born := p.Born
	if born != "" {
		born = "b. " + born
	}
	parts := []string{born, p.Sex, string(p.Unit), string(p.Ref), p.Description}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	exact := "  " + a.th.Bold.Apply(name) + "   " + part.Safe(strings.Join(parts, " · "))
	if a.h < 20 {
		return []string{exact}
	}
	lines := []string{""}
	for _, l := range b.large(a, name) {
		lines = append(lines, "  "+a.th.Bold.Apply(l))
	}
	return append(lines, "", exact)
}

// large sets the name in block letters: the surname as large as the screen has room for, with the forename where it fits.
func (b *briefing) large(a *App, name string) []string {
	surname, _, _ := strings.Cut(name, ",")
	most := 1
	if fine(a) {
		most = 2
	}
	for scale := most; scale > 0; scale-- {
		for _, s := range []string{name, surname} {
			if lines, ok := a.th.BigText(s, scale, a.w-4); ok {
				return lines
			}
		}
	}
	return []string{name}
}

// photo is the photo with its age under it, or a frame that says why there is none; y is its first line on the screen.
func (b *briefing) photo(a *App, p briefPage, w, h, y int) []string {
	if h < 1 {
		return nil
	}
	got := b.photos[p.Photo]
	switch {
	case p.Photo == "":
		return framed(a, w, h, "no photo", "", "nobody can tell the target from a relative at the door")
	case got == nil || (got.photo == nil && got.err == nil):
		return framed(a, w, h, "photo …")
	case got.err != nil:
		return framed(a, w, h, "no photo", "", got.err.Error(), "", p.photoAge)
	}
	age := a.th.Dim
	if p.photoStale {
		age = a.th.Warn
	}
	caption := age.Apply(a.th.Cut(p.photoAge, w))
	return append(a.drawPhoto(got, w, h-1, 2, y), part.Pad(caption, w, part.AlignLeft))
}

// framed is a frame of about the shape of a photo, and nothing under it.
func framed(a *App, w, h int, words ...string) []string {
	out := a.th.PhotoFrame(words, w, min(h, max(10, w*3/8)))
	for len(out) < h {
		out = append(out, strings.Repeat(" ", w))
	}
	return out
}

// fact is one of the four lines: a word or two in block letters where the screen is roomy, then text.
type fact struct {
	label string
	large string
	text  []string
	brief []string // instead of text, where there is no room for all that could be said
	keep  bool     // never cut short
	style part.StyleID
}

// facts are the four lines: markers, wanted for and on what power, where, and the team. They are set as large as they fit.
func (b *briefing) facts(a *App, p briefPage, w, h, gap int) []string {
	list := b.four(a, p)
	for _, set := range []func(fact) []string{
		func(f fact) []string { return setLarge(a, f, w, 2) },
		func(f fact) []string { return setLarge(a, f, w, 1) },
		func(f fact) []string { return setText(a, f, w) },
	} {
		var out []string
		for i, f := range list {
			if i > 0 {
				out = append(out, make([]string, gap)...)
			}
			out = append(out, set(f)...)
		}
		if len(out) <= h {
			return out
		}
	}
	return crowded(a, list, w, h)
}

// crowded sets the four lines on a screen too small for them: what is said twice goes first, then the third line of
// anything, then the space between, and only then the second line. A marker is never cut.
func crowded(a *App, list []fact, w, h int) []string {
	var out []string
	for _, try := range []struct{ lines, gap int }{{9, 1}, {2, 1}, {2, 0}, {1, 0}} {
		out = nil
		for i, f := range list {
			if i > 0 {
				out = append(out, make([]string, try.gap)...)
			}
			out = append(out, setBrief(a, f, w, try.lines)...)
		}
		if len(out) <= h {
			return out
		}
	}
	return out
}

// setBrief sets what must be said of a fact, each part of it on so many lines at most.
func setBrief(a *App, f fact, w, most int) []string {
	if f.brief == nil {
		f.brief = f.text
	}
	f.text = nil
	for _, t := range f.brief {
		lines := part.Wrap(part.Safe(t), w-labelWidth)
		if len(lines) > most && !f.keep {
			lines = append(lines[:most-1], a.th.Cut(strings.Join(lines[most-1:], " "), w-labelWidth))
		}
		f.text = append(f.text, lines...)
	}
	return setText(a, f, w)
}

func (b *briefing) four(a *App, p briefPage) []fact {
	wanted, _, _ := strings.Cut(p.WantedFor, " (")
	if n := strings.Count(p.WantedFor, "; "); n > 0 {
		wanted += " +" + itoa(n)
	}
	where := fact{label: "WHERE", text: []string{"no address on record"}}
	if len(p.Where) > 0 {
		where.large, _, _ = strings.Cut(p.Where[0], " · ")
		where.text, where.brief = p.Where, []string{p.Where[0]}
	}
	if more := len(p.Where) - 1; more > 0 {
		where.brief[0] += " · " + itoa(more) + " more"
	}
	team := fact{label: "TEAM", text: []string{"nobody assigned"}}
	if words := strings.Join(p.Team, ", "); words != "" {
		team.large, team.text = words, []string{words}
	}
	return []fact{
		b.markers(a, p),
		{label: "WANTED", large: wanted, text: []string{p.WantedFor, p.Power}, brief: []string{p.WantedFor, strings.TrimPrefix(p.Power, "Arrest: PACE s.24. ")}},
		where, team,
	}
}

// markers are what may hurt an officer: the only red on the page.
func (b *briefing) markers(a *App, p briefPage) fact {
	more := withheld(p)
	switch {
	case len(p.Markers) == 0 && more == "":
		return fact{label: "MARKERS", text: []string{"none on record"}}
	case len(p.Markers) == 0:
		return fact{label: "MARKERS", text: []string{more}, keep: true}
	}
	sign := a.th.Pick("▲ ", "! ")
	var codes, words, brief []string
	for _, m := range p.Markers {
		code, word := string(m.Code), m.Label+", "+m.Age
		if m.Stale {
			code += "?"
			word += ", not reviewed"
		}
		codes, words, brief = append(codes, code), append(words, sign+string(m.Code)+" "+word), append(brief, sign+code+" "+m.Label)
	}
	brief = []string{strings.Join(brief, "  ")}
	if more != "" {
		words, brief = append(words, more), append(brief, more)
	}
	return fact{label: "MARKERS", large: strings.Join(codes, " "), text: words, brief: brief, keep: true, style: part.StyleDanger}
}

// withheld is what the page says in place of markers that are not for a screen: to say "none" would be a lie.
func withheld(p briefPage) string {
	for _, s := range p.Sections {
		for _, row := range s.Rows {
			if s.Head == "Identity" && row[0] == "Markers" {
				return row[1]
			}
		}
	}
	return ""
}

// labelWidth is the column of the labels.
const labelWidth = 9

// setText sets a fact as text: its label, and beside it the words.
func setText(a *App, f fact, w int) []string {
	var out []string
	for _, t := range f.text {
		for _, l := range part.Wrap(part.Safe(t), w-labelWidth) {
			label := ""
			if len(out) == 0 {
				label = f.label
			}
			if style := a.th.Style(f.style); len(out) == 0 && f.style == part.StyleText {
				l = a.th.Bold.Apply(l)
			} else {
				l = style.Apply(l)
			}
			out = append(out, part.Pad(a.th.Dim.Apply(label), labelWidth, part.AlignLeft)+l)
		}
	}
	return out
}

// setLarge sets a fact's main words in block letters under its label, on so many lines at most, with the rest as text.
func setLarge(a *App, f fact, w, most int) []string {
	text := setText(a, f, w)
	if !fine(a) || f.large == "" {
		return text
	}
	big := bigWrap(a, part.Safe(f.large), w, most)
	if big == nil {
		return text
	}
	style := a.th.Style(f.style)
	if f.style == part.StyleText {
		style = a.th.Bold
	}
	out := []string{}
	for _, l := range big {
		out = append(out, style.Apply(l))
	}
	if len(f.text) == 1 && strings.EqualFold(f.text[0], f.large) {
		return append([]string{a.th.Dim.Apply(f.label)}, out...)
	}
	return append(append(out, ""), text...)
}

// bigWrap sets words in block letters on a few lines; nil when they do not fit.
func bigWrap(a *App, text string, w, most int) []string {
	var out []string
	line := ""
	words := strings.Fields(text)
	for i := 0; i <= len(words); i++ {
		if i < len(words) {
			if longer := strings.TrimSpace(line + " " + words[i]); part.BigWidth(longer) >= 0 && part.BigWidth(longer) <= w {
				line = longer
				continue
			}
		}
		big, ok := a.th.BigText(line, 1, w)
		if !ok || most == 0 {
			return nil
		}
		if len(out) > 0 {
			out = append(out, "")
		}
		out = append(out, big...)
		most--
		if i < len(words) {
			line = words[i]
		}
	}
	return out
}

// below is the plan or, when the presenter asks for them, the notes: all else the pack may show here.
func (b *briefing) below(a *App, p briefPage, h int) []string {
	w := a.w - 4
	if b.notes {
		return b.scrolled(a, b.noteLines(a, p, w), max(5, h/3))
	}
	plan := p.Plan
	if plan == "" {
		plan = "no plan recorded"
	}
	lines := setText(a, fact{label: "PLAN", text: []string{plan}}, w)
	most := max(2, h/8)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = a.th.Cut(lines[most-1]+" "+a.th.Pick("…", "~"), w)
	}
	if h > 30 {
		lines = append(lines, "")
	}
	return indent(lines)
}

// noteLines are the sections of the page. Whether there is a victim-survivor at all is not for a screen in a room.
func (b *briefing) noteLines(a *App, p briefPage, w int) []string {
	var out []string
	for _, s := range append(planSection(p), p.Sections...) {
		if s.Head == "Victim-survivor" {
			continue
		}
		out = append(out, a.th.Bold.Apply(part.Safe(s.Head)))
		for _, row := range s.Rows {
			for i, l := range part.Wrap(part.Safe(row[1]), w-noteLabel-2) {
				label := ""
				if i == 0 {
					label = row[0]
				}
				out = append(out, "  "+a.th.Dim.Apply(a.th.Fit(part.Safe(label), noteLabel-1, part.AlignLeft))+" "+l)
			}
		}
	}
	return out
}

const noteLabel = 22

// scrolled cuts lines to h of them, from where the arrows have scrolled to, under a rule that says how much there is.
func (b *briefing) scrolled(a *App, lines []string, h int) []string {
	room := h - 1
	b.top = max(0, min(b.top, len(lines)-room))
	end := min(len(lines), b.top+room)
	words := "NOTES"
	if len(lines) > room {
		words = fmt.Sprintf("NOTES %d-%d of %d, up and down scroll", b.top+1, end, len(lines))
	}
	out := []string{a.th.Dim.Apply(words)}
	out = append(out, lines[b.top:end]...)
	return append(indent(out), make([]string, h-len(out))...)
}

func planSection(p briefPage) []model.PageSection {
	if p.Plan == "" {
		return nil
	}
	return []model.PageSection{{Head: "Plan", Rows: [][2]string{{"", p.Plan}}}}
}
