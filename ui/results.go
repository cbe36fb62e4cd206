package ui

import (
	"cmp"
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

func (a *App) openResults() tea.Cmd { return a.openPage(pageResults) }

// allUnitsPage stands for every unit where a page is of one.
const allUnitsPage = "all"

// openHandover shows what the officer's unit tells the next shift.
func (a *App) openHandover() tea.Cmd {
	unit := allUnitsPage
	if a.me != nil && a.me.Unit != "" {
		unit = string(a.me.Unit)
	}
	return a.open(pageRef(pageHandover, model.Ref(unit)), nil)
}

// buildResultsCard counts an operation's results by the unit's own categories, beside those of the operation before it.
func buildResultsCard(r store.Reader, ref model.Ref, now time.Time) (card, error) {
	b := &cardBuilder{r: r, now: now, liner: model.NewLiner(r, now)}
	rec, err := r.Record(ref)
	if err != nil {
		return card{}, err
	}
	op, ok := rec.(*model.Operation)
	if !ok {
		return card{}, fmt.Errorf("%s is not an operation", ref)
	}
	before, err := operationBefore(r, op)
	if err != nil {
		return card{}, err
	}
	b.card.title, b.card.sub = op.Name, "Results · "+windowWords(op)+" · counted from the record"
	in, bad := store.Tally(r, op)
	counted := model.Results(in, op.From, op.To)
	var earlier []model.ResultRow
	if before != nil {
		was, more := store.Tally(r, before)
		earlier, bad = model.Results(was, before.From, before.To), cmp.Or(bad, more)
	}
	b.beside(op, before, bad)
	b.figures(model.CompareResults(counted, earlier), before != nil)
	return b.card, nil
}

func windowWords(op *model.Operation) string { return op.From.Long() + " to " + op.To.Long() }

// operationBefore is the operation to compare with; nil when there was none.
func operationBefore(r store.Reader, op *model.Operation) (*model.Operation, error) {
	var all []*model.Operation
	err := r.Each(model.KindOperation, "", func(rec model.Record, err error) bool {
		if o, ok := rec.(*model.Operation); err == nil && ok {
			all = append(all, o)
		}
		return true // pou check names what cannot be read
	})
	return model.OperationBefore(op, all), err
}

// beside says what the figures stand beside, and what could not be counted.
func (b *cardBuilder) beside(op, before *model.Operation, bad error) {
	with := row{label: "Beside", text: "no operation before this one", style: part.StyleDim}
	if before != nil {
		with = row{label: "Beside", text: before.Name + ", " + windowWords(before) + ": the change is the second figure", ref: before.Ref}
	}
	rows := []row{with}
	if before != nil && before.Unit != op.Unit {
		rows = append(rows, row{label: "Not alike", text: "it was of " + orWord(before.Unit.Name(), "all units") + ", not of " + orWord(op.Unit.Name(), "all units"), style: part.StyleWarn})
	}
	if bad != nil {
		rows = append(rows, row{label: "NOT COUNTED", text: "records that cannot be read: " + bad.Error(), style: part.StyleDanger})
	}
	b.add("All units and by unit", rows...)
}

// figures draws each head twice: by category for all units together, then by unit.
func (b *cardBuilder) figures(all []model.Compared, compared bool) {
	heads := []string{}
	for _, f := range all {
		if !slices.Contains(heads, f.Head) {
			heads = append(heads, f.Head)
		}
	}
	for _, head := range heads {
		var whole []model.Compared
		units := map[model.Unit][]model.Compared{}
		for _, f := range all {
			switch {
			case f.Head != head:
			case f.Unit == "":
				whole = append(whole, f)
			default:
				units[f.Unit] = append(units[f.Unit], f)
			}
		}
		rows := make([]row, len(whole))
		for i, f := range whole {
			rows[i] = row{label: figureLabel(f.Count, f.Change, compared), text: f.What, bar: f.Count}
		}
		b.add(model.UpperFirst(head), scaled(rows)...)
		b.byUnit(head, units, compared)
	}
}

// byUnit puts the units side by side under a head.
func (b *cardBuilder) byUnit(head string, units map[model.Unit][]model.Compared, compared bool) {
	var rows []row
	for _, u := range model.Units() {
		figures := units[u.Code]
		if len(figures) == 0 {
			continue
		}
		count, change := 0, 0
		var parts []string
		for _, f := range figures {
			if totals(f) {
				count, change = count+f.Count, change+f.Change
			}
			if f.Count > 0 {
				parts = append(parts, fmt.Sprintf("%s %d", f.What, f.Count))
			}
		}
		rows = append(rows, row{label: figureLabel(count, change, compared), text: string(u.Code) + "  " + orWord(strings.Join(parts, ", "), "none"), bar: count})
	}
	b.add(byUnitHead(head), scaled(rows)...)
}

// The figures of targets that are no exit.
const (
	figureListed = "listed"
	figureStill  = "still on the list"
)

// byUnitHead is the heading of a head by unit: of targets it is the exits that are counted there.
func byUnitHead(head string) string {
	if head == model.HeadTargets {
		return "Left the list by unit"
	}
	return model.UpperFirst(head) + " by unit"
}

// totals reports whether a figure counts towards its head's total: of targets the exits, and what became of a breach is
// not another breach.
func totals(f model.Compared) bool {
	switch f.Head {
	case model.HeadTargets:
		return f.What != figureListed && f.What != figureStill
	case model.HeadBreaches:
		return f.What == "reported"
	}
	return true
}

// figureLabel is a count and, beside another operation, by how much it changed.
func figureLabel(count, change int, compared bool) string {
	switch {
	case !compared:
		return fmt.Sprintf("%5d", count)
	case change == 0:
		return fmt.Sprintf("%5d %5s", count, "=")
	}
	return fmt.Sprintf("%5d %+5d", count, change)
}

// scaled gives the bars of a section their common scale.
func scaled(rows []row) []row {
	most := 1
	for _, r := range rows {
		most = max(most, r.bar)
	}
	for i := range rows {
		rows[i].most = most
	}
	return rows
}

// handoverHours is how long a shift is taken to have been.
const handoverHours = 12

// handoverShown is how many lines a part of the handover has before it says how many more there are.
const handoverShown = 12

// buildHandoverCard is what one shift of a unit tells the next; what cannot wait comes first.
func buildHandoverCard(r store.Reader, of model.Ref, now time.Time) (card, error) {
	unit := model.Unit(of)
	title := "Handover of " + string(unit) + " " + unit.Name()
	if of == allUnitsPage {
		unit, title = "", "Handover of all units"
	}
	b := &cardBuilder{r: r, now: now, liner: model.NewLiner(r, now)}
	from := now.Add(-handoverHours * time.Hour)
	b.card.title, b.card.sub = title, day.Moment(from)+" to "+day.Moment(now)+" · clocks until "+shortStamp(now.Add(handoverHours*time.Hour), now)
	in, bad := store.Shift(r)
	if bad != nil {
		b.add("Not read", row{label: "NOT READ", text: bad.Error(), style: part.StyleDanger})
	}
	h := model.NewHandover(in, unit, from, now)
	for _, p := range h.Parts(b.liner) {
		b.handed(p.Head, p.Lines)
	}
	if len(b.card.sections) == 0 {
		b.add("Nothing to hand over", row{text: "nothing was recorded in these hours and no clock runs out in the next"})
	}
	return b.card, nil
}

// handed adds a part of the handover.
func (b *cardBuilder) handed(head string, lines []model.Line) {
	var rows []row
	for i := range lines[:min(len(lines), handoverShown)] {
		l := &lines[i]
		if l.Person != "" && !slices.Contains(b.card.about, l.Person) {
			b.card.about = append(b.card.about, l.Person)
		}
		text, style := handedState(l, b.now)
		words := slices.DeleteFunc([]string{l.Name, l.What, text}, func(s string) bool { return s == "" })
		rows = append(rows, row{label: string(l.Ref), text: strings.Join(words, " · "), style: style, ref: l.Ref})
	}
	if n := len(lines) - len(rows); n > 0 {
		rows = append(rows, row{text: fmt.Sprintf("and %d more", n), style: part.StyleDim})
	}
	b.add(fmt.Sprintf("%s: %d", head, len(lines)), rows...)
}

// handedState is how a line of the handover stands: what a clock has left, what an attempt came to.
func handedState(l *model.Line, now time.Time) (string, part.StyleID) {
	switch {
	case !l.Deadline.IsZero():
		left := l.Deadline.Sub(now)
		return part.Left(left), clockStyle(left)
	case l.Kind == "attempt":
		return l.Outcome + " at " + l.Since.In(day.London()).Format("15:04"), part.StyleText
	case l.Kind == "task":
		return strings.TrimSpace("due " + l.Due.Short() + " " + l.OwnerName), part.StyleText
	}
	return l.Status, part.StyleText
}
