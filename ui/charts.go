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

// pageCharts is the page of charts, of one unit or of all.
const pageCharts = "charts"

// headChecked is the heading of the orders checked in time, by unit.
const headChecked = "Live orders checked in time"

// checkedCells is how wide the picture of a unit's checks is.
const checkedCells = 20

// chartItems offers the charts beside the lists that stand behind the numbered screens.
func (a *App) chartItems() []part.Item {
	return []part.Item{{Group: "Screens", Title: "Charts", Detail: "9", Data: target{pick: (*App).openCharts}}}
}

func (a *App) chartsRef() model.Ref {
	return pageRef(pageCharts, model.Ref(orWord(string(a.unit), allUnitsPage)))
}

func (a *App) openCharts() tea.Cmd { return a.open(a.chartsRef(), nil) }

// recharted draws the charts of the unit that was just chosen, if they are what is being looked at.
func (a *App) recharted() tea.Cmd {
	if a.detail == nil {
		return nil
	}
	if page, _, ok := pageOf(a.detail.ref); !ok || page != pageCharts {
		return nil
	}
	a.detail = newDetail(a.chartsRef(), nil)
	return a.loadCard(a.detail.ref, true)
}

// buildChartsCard counts the charts of a unit, or of all twelve.
func buildChartsCard(r store.Reader, of model.Ref, now time.Time) (card, error) {
	unit, title := model.Unit(of), "Charts of "+string(of)+" "+model.Unit(of).Name()
	if of == allUnitsPage {
		unit, title = "", "Charts of all units"
	}
	b := &cardBuilder{r: r, now: now, liner: model.NewLiner(r, now)}
	b.card.title, b.card.sub = title, "counted "+day.Moment(now)+" · < > other units, 0 all or yours"
	in, bad := store.Charted(r)
	if bad != nil {
		b.add("Not counted", row{label: "NOT COUNTED", text: "records that cannot be read: " + bad.Error(), style: part.StyleDanger})
	}
	c := model.NewCharts(in, unit, now)
	b.expiryChart(&c)
	b.weekChart(&c)
	b.checkedChart(&c)
	b.card.history = unitChart(&c)
	return b.card, nil
}

func (b *cardBuilder) expiryChart(c *model.Charts) {
	most, _, _ := c.Most()
	var rows []row
	if c.Overdue > 0 {
		rows = append(rows, row{label: "undecided", text: fmt.Sprintf("%d past their last day, and nobody has decided", c.Overdue), bar: c.Overdue, most: most, style: part.StyleDanger})
	}
	for _, m := range c.Expiry {
		text := itoa(m.Orders)
		switch {
		case m.Conditions == 1:
			text += ", and 1 condition"
		case m.Conditions > 1:
			text += fmt.Sprintf(", and %d conditions", m.Conditions)
		}
		rows = append(rows, row{label: monthWord(m), text: text, bar: m.Orders, most: most})
	}
	b.add("Orders that end, by month", rows...)
}

func monthWord(m model.ExpiryMonth) string {
	return m.Month.Month().String()[:3] + " " + itoa(m.Month.Year())
}

func (b *cardBuilder) weekChart(c *model.Charts) {
	_, most, _ := c.Most()
	rows := make([]row, len(c.Breaches))
	for i, w := range c.Breaches {
		text := itoa(w.Count)
		if c.Unit == "" && w.Count > 0 {
			parts := make([]string, len(w.Units))
			for j, u := range w.Units {
				parts[j] = string(u.Unit) + " " + itoa(u.Count)
			}
			text += "  " + strings.Join(parts, ", ")
		}
		rows[i] = row{label: "from " + w.Monday.Short(), text: text, bar: w.Count, most: most}
	}
	b.add("Potential breaches, by the week they happened", rows...)
}

// unitChart is the breaches of each unit, a column a week.
func unitChart(c *model.Charts) []section {
	_, _, most := c.Most()
	rows := make([]row, len(c.ByUnit))
	for i, u := range c.ByUnit {
		text := fmt.Sprintf("%3d  %s", u.Count, weekFigures(u.Weeks))
		if u.Substantiated > 0 {
			text += fmt.Sprintf("  %d substantiated", u.Substantiated)
		}
		rows[i] = row{label: string(u.Unit), text: text, bar: u.Count, most: most}
	}
	return []section{{head: fmt.Sprintf("Potential breaches by unit, %d weeks", len(c.Breaches)), rows: rows}}
}

// weekFigures are counts in a column each: more than nine is a plus.
func weekFigures(weeks []int) string {
	var b strings.Builder
	for _, n := range weeks {
		switch {
		case n == 0:
			b.WriteString("·")
		case n > 9:
			b.WriteString("+")
		default:
			b.WriteString(itoa(n))
		}
	}
	return b.String()
}

func (b *cardBuilder) checkedChart(c *model.Charts) {
	rows := make([]row, len(c.Checked))
	for i, u := range c.Checked {
		if u.Orders() == 0 {
			rows[i] = row{label: string(u.Unit), text: "no live orders", style: part.StyleDim}
			continue
		}
		rows[i] = row{
			label: string(u.Unit), strip: u.Parts(checkedCells),
			text: fmt.Sprintf("%3d%% of %d, %d late, %d never", u.Share(), u.Orders(), u.Late, u.Never),
		}
	}
	b.add(headChecked, rows...)
}
