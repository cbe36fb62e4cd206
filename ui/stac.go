package ui

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// The lists of this file's records, as store.ListRows has them.
const (
	listScreenings  store.List = "screenings"
	listSTAC        store.List = "stac"
	listEngagements store.List = "engagements"
)

func (c columnSet) screeningColumns() []column {
	return []column{
		c.sign(), c.state(10, 2), c.name(), c.markers(), c.what("FOUR", 20, 0), c.text("ALSO DONE", 22, 14, 1, 4, typeCell), c.age(), c.due(), c.unit(5), c.owner(3),
	}
}

// stacColumns always have the flag of a restricted case.
func (c columnSet) stacColumns() []column {
	flag := c.text("FLAG", 10, 10, 0, 0, func(l *model.Line) (string, part.StyleID) { return l.Outcome, part.StyleDanger })
	return []column{
		c.sign(), c.due(), c.state(12, 1), c.name(), c.markers(), c.what("WHY", 14, 3), c.text("ASKED FOR", 18, 12, 1, 4, typeCell), c.age(), c.unit(2), flag, c.owner(5), c.priority(),
	}
}

func (c columnSet) engagementColumns() []column {
	people := c.text("REACHED", 7, 7, 0, 0, func(l *model.Line) (string, part.StyleID) { return itoa(l.Count), part.StyleBold })
	people.Align = part.AlignRight
	where := c.text("WHERE", 20, 12, 1, 2, func(l *model.Line) (string, part.StyleID) { return l.Name, part.StyleText })
	return []column{c.sign(), c.text("AUDIENCE", 25, 18, 1, 0, typeCell), people, c.what("TOPIC", 14, 0), where, c.age(), c.due(), c.unit(1), c.owner(3)}
}

func typeCell(l *model.Line) (string, part.StyleID) { return l.Type, part.StyleText }

// threatKeys are the keys of cases, screenings, referrals and engagements.
func threatKeys() []binding {
	judged := ofKinds(model.KindCase, model.KindScreening, model.KindReferral)
	return []binding{
		{keys: []string{"F"}, shown: "F", help: "FOUR", group: groupWork, foot: true, why: whyNotStep(screenStep), run: step(screenStep), where: ofKinds(model.KindCase, model.KindScreening)},
		{keys: []string{"D"}, shown: "D", help: "S-DASH", group: groupWork, foot: true, why: whyNot("screening.sdash"), run: form("screening.sdash"), where: ofKinds(model.KindScreening)},
		{keys: []string{"S"}, shown: "S", help: "S-TAC", group: groupWork, foot: true, why: whyNotStep(stacStep), run: step(stacStep), where: judged},
		{keys: []string{"s"}, shown: "s", help: "safeguard", group: groupWork, foot: true, why: whyNot("safeguarding.refer"), run: form("safeguarding.refer"), where: judged},
		{keys: []string{"n"}, shown: "n", help: "log a session", group: groupWork, foot: true, why: whyNot("engagement.log"), run: form("engagement.log"), where: onEngagements},
		{keys: []string{"d"}, shown: "d", help: "followed up", group: groupWork, foot: true, why: whyNot("engagement.followed"), run: form("engagement.followed"), where: ofKinds(model.KindEngagement)},
		{keys: []string{"T"}, shown: "T", help: "totals", group: groupWork, foot: true, why: always, run: (*App).openEngagement, where: onEngagements},
	}
}

// ofKinds holds where what is looked at is a record of one of the kinds.
func ofKinds(kinds ...model.Kind) func(*App) bool {
	return func(a *App) bool {
		l, ok := a.subject()
		return ok && slices.Contains(kinds, recordRef(l).Kind()) && !a.onPage()
	}
}

// onEngagements is the engagement log, whether or not anything is in it, and no record opened from it.
func onEngagements(a *App) bool {
	s := a.screen()
	return a.detail == nil && s != nil && s.list == listEngagements
}

// screenStep is what F means: FOUR for the first time, or once more.
func screenStep(l *model.Line) string {
	if recordRef(l).Kind() == model.KindScreening {
		return "screening.review"
	}
	return "screening.record"
}

// stacStep is what S means: refer, or the next thing S-TAC does with a referral.
func stacStep(l *model.Line) string {
	switch {
	case recordRef(l).Kind() != model.KindReferral:
		return "stac.refer"
	case l.Status == string(model.STACReferred):
		return "stac.decide"
	}
	return "stac.advise"
}

func whyNotStep(of func(*model.Line) string) func(*App) string {
	return func(a *App) string {
		l, ok := a.subject()
		if !ok {
			return "no row is selected"
		}
		return whyNot(of(l))(a)
	}
}

func step(of func(*model.Line) string) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		l, _ := a.subject()
		return a.openForm(of(l), a.subjects())
	}
}

// pageEngagement is the page of this file.
const pageEngagement = "engagement"

// openEngagement shows what was reached in the last twelve months, of the unit on show or of all.
func (a *App) openEngagement() tea.Cmd {
	return a.open(pageRef(pageEngagement, model.Ref(orWord(string(a.unit), allUnitsPage))), nil)
}

// buildEngagementCard counts the sessions of the last twelve months: by audience, then by unit.
func buildEngagementCard(r store.Reader, of model.Ref, now time.Time) (card, error) {
	unit := model.Unit(of)
	if of == allUnitsPage {
		unit = ""
	}
	all, bad := store.Engagements(r, unit)
	to := day.On(now)
	from := to.AddMonths(-model.EngagementMonths).AddDays(1)
	b := &cardBuilder{r: r, now: now, liner: model.NewLiner(r, now)}
	b.card.title = "Engagement of " + orWord(unit.Name(), "all units")
	b.card.sub = from.Long() + " to " + to.Long() + " · people reached; somebody who came twice counts twice"
	if bad != nil {
		b.add("NOT COUNTED", row{label: "NOT READ", text: bad.Error(), style: part.StyleDanger})
	}
	var audiences, units []row
	for _, t := range model.EngagementTotals(all, from, to) {
		label, text := fmt.Sprintf("%5d", t.Reached), fmt.Sprintf("%s, %s", t.Label(), sessions(t.Sessions))
		switch {
		case t.Unit == "" && t.Audience == "":
			b.add("Reached", row{label: label, text: "people in " + sessions(t.Sessions), style: part.StyleBold})
		case t.Unit == "":
			audiences = append(audiences, row{label: label, text: text, bar: t.Reached})
		case t.Audience == "":
			units = append(units, row{label: label, text: string(t.Unit) + "  " + t.Unit.Name() + ", " + sessions(t.Sessions), bar: t.Reached})
		}
	}
	b.add("By audience", scaled(audiences)...)
	b.add("By unit", scaled(units)...)
	return b.card, nil
}

func sessions(n int) string {
	if n == 1 {
		return "1 session"
	}
	return itoa(n) + " sessions"
}
