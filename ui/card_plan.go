package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// The pages that are put together from many records rather than being one: their reference says which, and of what.
const (
	pagePlan     = "plan"
	pageResults  = "results"
	pageHandover = "handover"

	pageSuspicion = "suspicion"
	pageBreaches  = "breaches"
)

// pageRef is the reference a page is known by on the desk; no record has one with a blank in it.
func pageRef(page string, of model.Ref) model.Ref { return model.Ref(page + " " + string(of)) }

// pageOf takes a page's reference apart.
func pageOf(ref model.Ref) (page string, of model.Ref, ok bool) {
	page, rest, ok := strings.Cut(string(ref), " ")
	return page, model.Ref(rest), ok
}

// openPlan shows the plan of the operation whose packs are on show.
func (a *App) openPlan() tea.Cmd { return a.openPage(pagePlan) }

// openPage opens a page about the operation on show; the operation is what its actions are about.
func (a *App) openPage(page string) tea.Cmd {
	op := a.operation()
	if op == nil {
		a.warn("%s: there is no operation yet", page)
		return nil
	}
	return a.open(pageRef(page, op.Ref), op)
}

// operation is the row of the operation whose packs are on show; nil while there is none.
func (a *App) operation() *model.Line {
	for _, op := range a.ops {
		if op.Ref == a.lists[4].operation {
			return op
		}
	}
	return nil
}

// buildPlanCard reads an operation's order as it stands. The confidential annex is not on it: that is printed, by a
// supervisor, with pou plan --annex.
func buildPlanCard(r store.Reader, operation model.Ref, now time.Time) (card, error) {
	in, err := model.PapersOf(r, operation)
	if err != nil {
		return card{}, err
	}
	b := &cardBuilder{r: r, now: now, liner: model.NewLiner(r, now)}
	order := model.OperationOrder(in, now)
	b.card.title, b.card.sub = in.Operation.Name, "Operation order (IIMARCH) · "+string(operation)+" · annex not shown"
	for _, t := range in.Targets {
		b.card.about = append(b.card.about, t.Person.Ref)
	}
	b.planStands(&in, order)
	if err := b.planUnanswered(&in); err != nil {
		return card{}, err
	}
	b.planStops(order)
	b.planChanges(order)
	b.planRecalls(&in, order)
	if err := b.paperRecalls(operation); err != nil {
		return card{}, err
	}
	b.planRead(in.Standing)
	for _, s := range order.Sections {
		b.add(s.Head, orderRows(s)...)
	}
	return b.card, nil
}

// planStands is where the order stands: its state, who has signed it, and whose turn it is.
func (b *cardBuilder) planStands(in *model.OrderPapers, order *model.IIMARCH) {
	op, p := in.Operation, in.Plan
	rows := []row{
		{label: "Order", text: order.State, style: part.StyleBold},
		{label: "Window", text: op.From.Long() + " to " + op.To.Long() + ", " + string(op.State(day.On(b.now)))},
		{label: "Lead", text: b.liner.Officer(op.Lead)},
	}
	for _, s := range p.Signed {
		rows = append(rows, row{label: "Signed", text: b.liner.Officer(s.By) + ", " + string(s.As) + ", " + day.Moment(s.At)})
	}
	if len(p.Signed) == 0 && p.Versions == 0 {
		rows = append(rows, row{label: "Signed", text: "by nobody yet", style: part.StyleDim})
	}
	if n := len(p.Changes); n > 0 && len(p.Signed) == 0 && len(p.Changes[n-1].Cleared) > 0 {
		rows = append(rows, row{label: "Cleared", text: p.Changes[n-1].What, style: part.StyleWarn})
	}
	if v := in.Standing; v != nil {
		rows = append(rows, row{label: "Frozen", text: fmt.Sprintf("version %d, %s by %s", v.No, day.Moment(v.At), b.liner.Officer(v.By)), ref: v.Ref})
	}
	b.add("Where it stands", append(rows, b.planTurn(in, order))...)
}

// planTurn says who moves the order on, by which action.
func (b *cardBuilder) planTurn(in *model.OrderPapers, order *model.IIMARCH) row {
	p, stops := in.Plan, len(order.Stops())
	turn := func(style part.StyleID, format string, args ...any) row {
		return row{label: "Whose turn", text: fmt.Sprintf(format, args...), style: style}
	}
	switch {
	case in.Operation.State(day.On(b.now)) == model.OperationClosed:
		return turn(part.StyleDim, "nobody's: the operation is closed")
	case in.Operation.State(day.On(b.now)) == model.OperationEnded:
		return turn(part.StyleAccent, "a supervisor's: every target leaves by an exit, operation.debrief says what was learned, operation.close ends it")
	case stops == 1:
		return turn(part.StyleWarn, "the planner's: 1 gap stops the briefing")
	case stops > 1:
		return turn(part.StyleWarn, "the planner's: %d gaps stop the briefing", stops)
	case len(p.Signed) > 0 && unsignedTarget(in):
		return turn(part.StyleWarn, "the sergeant's: a target joined after the signatures; plan.sign begins again")
	case len(p.Signed) == 2:
		return turn(part.StyleAccent, "a supervisor's: plan.freeze makes it version %d", p.Versions+1)
	case len(p.Signed) == 1:
		return turn(part.StyleAccent, "the lead's, who is not %s: plan.sign", b.liner.Officer(p.Signed[0].By))
	case p.Versions > 0 && !p.Changed() && len(order.Changed) == 0:
		return turn(part.StyleText, "nobody's: version %d stands", p.Versions)
	}
	return turn(part.StyleAccent, "a sergeant's, then the lead's: plan.sign")
}

// planUnanswered are the targets of an operation that has ended which nobody has answered for: what stands before closing.
func (b *cardBuilder) planUnanswered(in *model.OrderPapers) error {
	if in.Operation.State(day.On(b.now)) != model.OperationEnded {
		return nil
	}
	left, err := model.Unanswered(b.r, in.Operation.Ref)
	if err != nil {
		return err
	}
	var rows []row
	for _, u := range left {
		text := u.Name + ": " + u.Why
		if u.Exit != "" {
			text += "; exit " + string(u.Exit)
		}
		rows = append(rows, row{label: string(u.Target.Ref), text: text, style: part.StyleWarn, ref: u.Target.Ref})
	}
	if len(in.Plan.Debriefs) == 0 {
		rows = append(rows, row{label: "Debrief", text: "none yet: operation.debrief", style: part.StyleWarn})
	}
	b.add("Before it can be closed", rows...)
	return nil
}

// unsignedTarget reports whether a target is on the list that a signature was given without.
func unsignedTarget(in *model.OrderPapers) bool {
	return slices.ContainsFunc(in.Plan.Signed, func(s model.Signature) bool {
		return slices.ContainsFunc(in.Targets, func(t model.OrderTarget) bool { return !slices.Contains(s.Targets, t.Target.Ref) })
	})
}

func (b *cardBuilder) officers(refs []model.Ref) string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = b.liner.Officer(r)
	}
	return strings.Join(names, ", ")
}

// sameGaps is how many gaps with the same answer are named before the rest is counted: a list without teams must not hide
// what else stops the briefing.
const sameGaps = 3

// planStops are the gaps that have to be closed before anybody is briefed.
func (b *cardBuilder) planStops(order *model.IIMARCH) {
	var rows []row
	same := map[string]int{}
	for _, g := range order.Stops() {
		if same[g.Do]++; same[g.Do] <= sameGaps {
			rows = append(rows, gapRow(g))
		}
	}
	for _, g := range order.Stops() {
		if more := same[g.Do] - sameGaps; more > 0 {
			rows = append(rows, row{label: "GAP, stops", text: fmt.Sprintf("%d more with the same answer, each under its head below. %s", more, g.Do), style: part.StyleWarn})
			same[g.Do] = 0
		}
	}
	b.add("Stops the briefing", rows...)
}

func gapRow(g model.PlanGap) row {
	label := "GAP"
	if g.Stops {
		label = "GAP, stops"
	}
	return row{label: label, text: g.What + ". " + g.Do, style: part.StyleWarn}
}

// planChanges are what has changed since the frozen order and nobody was told of.
func (b *cardBuilder) planChanges(order *model.IIMARCH) {
	var rows []row
	for _, c := range order.Changed {
		rows = append(rows, row{label: "CHANGED", text: c, style: part.StyleWarn})
	}
	if len(rows) > 0 {
		rows = append(rows, row{label: "Next", text: "plan.announce says that everybody was told", style: part.StyleAccent})
	}
	b.add("Changed and not announced", rows...)
}

// planRecalls are the targets that left the list after the freeze, and who still goes out on the old order.
func (b *cardBuilder) planRecalls(in *model.OrderPapers, order *model.IIMARCH) {
	var rows []row
	for _, r := range order.Recalled {
		text := b.targetName(in, r.Target) + " " + string(r.As) + " " + shortStamp(r.At, b.now)
		style := part.StyleDim
		if len(r.Waiting) > 0 {
			text += "; not acknowledged by " + b.officers(r.Waiting)
			style = part.StyleWarn
		} else {
			text += "; everybody knows"
		}
		rows = append(rows, row{label: string(r.Target), text: text, style: style, ref: r.Target})
	}
	b.add("Recalled from the frozen order", rows...)
}

func (b *cardBuilder) targetName(in *model.OrderPapers, ref model.Ref) string {
	for _, t := range in.All {
		if t.Ref == ref {
			return b.liner.Person(t.Person).Name()
		}
	}
	return string(ref)
}

// planRead is who has read the order that stands.
func (b *cardBuilder) planRead(v *model.PlanVersion) {
	if v == nil {
		return
	}
	unread := v.Unread()
	rows := []row{{label: "Read by", text: fmt.Sprintf("%d of %d", len(v.Officers)-len(unread), len(v.Officers)), style: part.StyleBold}}
	if len(unread) > 0 {
		rows = append(rows, row{label: "Unread", text: b.officers(unread), style: part.StyleWarn})
	}
	b.add(fmt.Sprintf("Version %d, read", v.No), rows...)
}

// orderRows are the lines under a head of the order: a label where the line has one, the word GAP where a line is missing.
func orderRows(s model.OrderSection) []row {
	rows := make([]row, 0, len(s.Lines))
	for _, l := range s.Lines {
		if l.Gap != nil {
			rows = append(rows, gapRow(*l.Gap))
			continue
		}
		r := row{text: l.Text}
		if label, text, ok := strings.Cut(l.Text, ": "); ok && part.Width(label) <= cardLabels {
			r = row{label: label, text: text}
		}
		rows = append(rows, r)
	}
	return rows
}

// buildPage puts a page together.
func buildPage(r store.Reader, page string, of model.Ref, now time.Time) (card, error) {
	switch page {
	case pagePlan:
		return buildPlanCard(r, of, now)
	case pageResults:
		return buildResultsCard(r, of, now)
	case pageHandover:
		return buildHandoverCard(r, of, now)
	case pageEngagement:
		return buildEngagementCard(r, of, now)
	case pageCharts:
		return buildChartsCard(r, of, now)
	case pageSuspicion:
		return buildSuspicionCard(r, string(of), now)
	case pageBreaches:
		return buildBreachesCard(r, of, now)
	}
	return card{}, fmt.Errorf("there is no page %q", page)
}
