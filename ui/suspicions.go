package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// suspicionsAt is the number of the list of what may be breaches, which stands behind the breaches and has no tab.
const suspicionsAt = 12

func (a *App) openSuspicions() tea.Cmd { return a.goTo(suspicionsAt) }

// inBreaches is the list of breaches itself, and no record opened from it.
func inBreaches(a *App) bool { return a.at == 2 && a.detail == nil }

func whyNoSuspicions(a *App) string {
	s := a.lists[suspicionsAt]
	switch {
	case !s.loaded:
		return "the record is still being looked through"
	case s.count(a.unit) == 0:
		return "nothing on record suggests a breach that nobody has looked at"
	}
	return ""
}

// breachNotes is the calm line above the breaches: what may be one, and is none until somebody has looked.
func (a *App) breachNotes() []string {
	switch n := a.lists[suspicionsAt].count(a.unit); n {
	case 0:
		return nil
	case 1:
		return []string{"1 thing on record may be a breach, and nobody has looked · M opens it"}
	default:
		return []string{fmt.Sprintf("%d things on record may be breaches, and nobody has looked · M opens them", n)}
	}
}

// suspicionColumns are who, what it may be a breach of, and what was found.
func (c columnSet) suspicionColumns() []column {
	return []column{
		c.sign(), c.name(), c.markers(), c.what("WHAT IS ON RECORD", 16, 0),
		c.text("FOUND BY", 12, 12, 0, 1, func(l *model.Line) (string, part.StyleID) { return l.Outcome, part.StyleText }),
		c.text("WEIGHT", 6, 6, 0, 3, func(l *model.Line) (string, part.StyleID) { return l.Grade, part.StyleWarn }),
		c.age(), c.typ(11, 4), c.unit(5), c.monitor(3),
	}
}

// suspected is the name of the suspicion a row stands for; "" for any other row.
func suspected(l *model.Line) string {
	if l.Kind == "suspicion" {
		return l.AboutName
	}
	return ""
}

// answersSuspicion reports whether an action answers a suspicion.
func answersSuspicion(s model.Spec) bool {
	_, ok := s.Field("suspicion")
	return ok
}

// suspectedDefault is what a suspicion puts into a form: the officer changes what they know better.
func suspectedDefault(f *formOverlay, fd model.Field) (string, bool) {
	if len(f.subjects) != 1 || suspected(f.subjects[0]) == "" || !answersSuspicion(f.spec) {
		return "", false
	}
	l := f.subjects[0]
	switch fd.Name {
	case "what":
		return part.Safe(l.What), true
	case "at":
		return l.Since.In(day.London()).Format("2006-01-02 15:04"), true
	case "source":
		return "the record: " + l.Outcome, true
	}
	return "", false
}

// liveOperation is the operation on show, if it is live; "" when none is.
func (a *App) liveOperation() model.Ref {
	if op := a.operation(); op != nil && op.Status == string(model.OperationLive) {
		return op.Ref
	}
	for _, op := range a.ops {
		if op.Status == string(model.OperationLive) {
			return op.Ref
		}
	}
	return ""
}

// buildSuspicionCard is what one suspicion says: what, why, what else could explain it, and what to look for.
func buildSuspicionCard(r store.Reader, id string, now time.Time) (card, error) {
	s, err := model.SuspicionNamed(r, id, now)
	if err != nil {
		return card{}, err
	}
	b := &cardBuilder{r: r, now: now, liner: model.NewLiner(r, now)}
	line := b.liner.SuspicionLine(s)
	b.card.title, b.card.markers, b.card.sub, b.card.about = line.Name, line.Markers, id, []model.Ref{s.Person}
	b.groups(s.Facts(b.liner))
	b.add("An officer decides", row{label: "b report", text: "puts it on record as a potential breach, with what stands here", style: part.StyleAccent},
		row{label: "x dismiss", text: "says why it is none; it is not put forward again", style: part.StyleAccent})
	return b.card, nil
}

func (a *App) openBreachResults() tea.Cmd {
	unit := allUnitsPage
	if a.unit != "" {
		unit = string(a.unit)
	}
	return a.open(pageRef(pageBreaches, model.Ref(unit)), nil)
}

// breachMonths is how far back the page of breach results counts.
const breachMonths = 12

// buildBreachesCard counts breaches as the trial did: for all units, by unit and by type of order.
func buildBreachesCard(r store.Reader, of model.Ref, now time.Time) (card, error) {
	unit := model.Unit(of)
	title := "Breaches of " + string(unit) + " " + unit.Name()
	if of == allUnitsPage {
		unit, title = "", "Breaches of all units"
	}
	b := &cardBuilder{r: r, now: now, liner: model.NewLiner(r, now)}
	to := day.On(now)
	from := to.AddMonths(-breachMonths)
	b.card.title, b.card.sub = title, from.Long()+" to "+to.Long()+" · each step on the day it was taken"
	figures, bad := store.BreachResults(r, unit, from, to)
	if bad != nil {
		b.add("Not counted", row{label: "NOT COUNTED", text: bad.Error(), style: part.StyleDanger})
	}
	if len(figures) == 0 {
		b.add("Nothing to count", row{text: "no breach was reported or decided in these months"})
	}
	b.breachFigures("Breaches", figures, func(f model.BreachFigure) bool { return f.Unit == unit && f.Type == "" })
	for _, k := range model.OrderType("").Choices() {
		b.breachFigures(k.Label, figures, func(f model.BreachFigure) bool { return f.Unit == unit && string(f.Type) == k.Value })
	}
	if unit == "" {
		b.breachUnits(figures)
	}
	return b.card, nil
}

func (b *cardBuilder) breachFigures(head string, figures []model.BreachFigure, ofGroup func(model.BreachFigure) bool) {
	var rows []row
	for _, f := range figures {
		if !ofGroup(f) {
			continue
		}
		r := row{label: fmt.Sprintf("%5d", f.Count), text: f.What, bar: f.Count}
		if f.What == model.FigureHours {
			r.bar = 0
		}
		rows = append(rows, r)
	}
	b.add(model.UpperFirst(head), scaled(rows)...)
}

// breachUnits puts the units side by side.
func (b *cardBuilder) breachUnits(figures []model.BreachFigure) {
	var rows []row
	for _, u := range model.Units() {
		found := 0
		var words []string
		for _, f := range figures {
			if f.Unit != u.Code || f.Type != "" || strings.HasPrefix(f.What, model.FigureFound+" ") {
				continue
			}
			if f.What == model.FigureFound {
				found = f.Count
				continue
			}
			words = append(words, fmt.Sprintf("%s %d", f.What, f.Count))
		}
		if found > 0 || len(words) > 0 {
			rows = append(rows, row{label: fmt.Sprintf("%5d", found), text: string(u.Code) + "  " + orWord(strings.Join(words, ", "), "none decided"), bar: found})
		}
	}
	b.add("Found, by unit", scaled(rows)...)
}
