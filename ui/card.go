package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// card is one record as it is read: what it is, who it is about, and what hangs on it. It is put together in a command and
// only drawn afterwards.
type card struct {
	ref      model.Ref
	title    string
	sub      string
	markers  []string
	sections []section
	person   model.Ref
	history  []section   // the third column where there is room
	about    []model.Ref // of a page: the people on it
}

type section struct {
	head string
	rows []row
}

type row struct {
	label string
	text  string
	style part.StyleID
	ref   model.Ref
	bar   int // of a figure: its length, where the longest of the section is most
	most  int // 0: no bar
	strip []model.Cell
}

// people are the people a reader of the card has looked at.
func (c card) people() []model.Ref {
	if c.person == "" {
		return c.about
	}
	return []model.Ref{c.person}
}

// headDue is the heading of the clocks in a card's third column.
const headDue = "Due"

// clocks parts the third column into the clocks and the rest.
func (c *card) clocks() (due, rest []section) {
	for _, s := range c.history {
		if s.head == headDue {
			due = append(due, s)
		} else {
			rest = append(rest, s)
		}
	}
	return due, rest
}

// cardBuilder gathers a card from a snapshot.
type cardBuilder struct {
	r      store.Reader
	others *store.Interests
	now    time.Time
	liner  *model.Liner
	card   card
}

// buildCard reads a record and what belongs to it.
func buildCard(r store.Reader, others *store.Interests, ref model.Ref, now time.Time) (card, error) {
	b := &cardBuilder{r: r, others: others, now: now, liner: model.NewLiner(r, now)}
	rec, err := r.Record(ref)
	if err != nil {
		return card{}, err
	}
	b.card.ref, b.card.person = ref, model.PersonOf(rec)
	line := b.liner.Line(rec)
	b.card.title, b.card.markers = line.Name, line.Markers
	b.card.sub = string(ref)
	if b.card.person != "" {
		b.markers(b.liner.Person(b.card.person)) // what can hurt the officer comes before everything else
	}
	sends := sendsOfficers(ref.Kind())
	if sends {
		if err := b.beforeTasking(line.Unit); err != nil {
			return card{}, err
		}
	}
	if err := b.about(rec); err != nil {
		return card{}, err
	}
	if !sends {
		if err := b.beforeTasking(line.Unit); err != nil {
			return card{}, err
		}
	}
	if b.card.person != "" {
		if err := b.person(b.liner.Person(b.card.person)); err != nil {
			return card{}, err
		}
	}
	b.dues(rec)
	if err := b.handedOut(ref); err != nil {
		return card{}, err
	}
	err = b.past(ref)
	b.shield(b.card.person)
	return b.card, err
}

// shield hides whom somebody is a danger to in what officers typed about them.
func (b *cardBuilder) shield(about model.Ref) {
	if about == "" {
		return
	}
	for _, sections := range [][]section{b.card.sections, b.card.history} {
		for _, s := range sections {
			for i := range s.rows {
				s.rows[i].text = b.liner.Shielded(about, s.rows[i].text)
			}
		}
	}
}

// sendsOfficers are the kinds an officer is sent out by: what is to be known before that comes first. On the others the
// record comes first, for it is what was opened.
func sendsOfficers(k model.Kind) bool {
	return slices.Contains([]model.Kind{model.KindPerson, model.KindWanted, model.KindTarget, model.KindTask, model.KindWarrant}, k)
}

// beforeTasking adds what is to be known before anybody is sent after the person, and who else is interested in them.
func (b *cardBuilder) beforeTasking(unit model.Unit) error {
	if b.card.person == "" {
		return nil
	}
	if err := b.safeguards(); err != nil {
		return err
	}
	return b.conflicts(unit)
}

func (b *cardBuilder) add(head string, rows ...row) {
	kept := rows[:0]
	for _, r := range rows {
		if r.text != "" {
			kept = append(kept, r)
		}
	}
	if len(kept) > 0 {
		b.card.sections = append(b.card.sections, section{head: head, rows: kept})
	}
}

// about adds what is particular to the record itself; the person follows.
func (b *cardBuilder) about(rec model.Record) error {
	switch r := rec.(type) {
	case *model.Wanted:
		b.wanted(r)
	case *model.Arrest:
		b.arrest(r)
	case *model.Target:
		b.target(r)
		if err := b.toCallIn(r); err != nil {
			return err
		}
		return b.gaps(r)
	case *model.Case:
		b.card.title = orWord(b.card.title, offenceTitles(r.Offences))
		b.facts(r)
		return b.warrantsOf(r.Ref)
	case *model.Task:
		b.task(r)
	case *model.SearchWarrant:
		b.warrant(r)
	case *model.Operation:
		if err := b.operation(r); err != nil {
			return err
		}
		return b.warrantsOf(r.Ref)
	case *model.Officer:
		b.facts(r)
		return b.officerTasks(r)
	case *model.Attempt:
		b.add("Attempt", b.attemptRow(r))
	case *model.Person:
	default:
		b.facts(rec)
	}
	return nil
}

// facts adds what a record says of itself.
func (b *cardBuilder) facts(rec model.Record) { b.groups(model.FactsOf(rec, b.liner)) }

// groups adds facts under their heads. A person who is named is looked at.
func (b *cardBuilder) groups(groups []model.Facts) {
	for _, group := range groups {
		rows := make([]row, len(group.Rows))
		for i, f := range group.Rows {
			if f.Ref.Kind() == model.KindPerson && !slices.Contains(b.card.about, f.Ref) {
				b.card.about = append(b.card.about, f.Ref)
			}
			rows[i] = row{label: f.Label, text: f.Text, style: toneStyle(f.Tone), ref: f.Ref, bar: f.Bar, most: f.Most, strip: f.Strip}
		}
		b.add(group.Head, rows...)
	}
}

func toneStyle(t model.Tone) part.StyleID {
	switch t {
	case model.ToneQuiet:
		return part.StyleDim
	case model.ToneStrong:
		return part.StyleBold
	case model.ToneGood:
		return part.StyleGood
	case model.ToneWarn:
		return part.StyleWarn
	case model.ToneDanger:
		return part.StyleDanger
	case model.TonePlain:
	}
	return part.StyleText
}

func (b *cardBuilder) wanted(w *model.Wanted) {
	rows := []row{
		{label: "Wanted for", text: offenceTitles(w.Offences), style: part.StyleBold},
		{label: "State", text: wantedState(w), style: stateStyle(string(w.State))},
		{label: "Entry", text: model.PowerOfEntry(w.Offences)},
	}
	if by, ok := w.ChargeBy(); ok {
		left := by.End().Sub(b.now)
		rows = append(rows, row{
			label: "To charge", text: fmt.Sprintf("by %s, %s (MCA 1980 s.127); 24 h custody at most", by.Long(), part.Left(left)), style: clockStyle(left),
		})
	}
	rows = append(
		rows, row{label: "Since", text: day.Moment(w.Since) + ", " + ago(b.now.Sub(w.Since))}, row{label: "Officer", text: b.liner.Officer(w.Officer)},
		row{label: "Report", text: w.Report}, row{label: "Note", text: w.Note}, row{label: "Order", text: string(w.Breach), ref: w.Breach},
		row{label: "Urgency", text: urgencyWords(w, b.liner.Person(w.Person), b.now), style: part.StyleDim},
	)
	if !w.State.Live() {
		rows = append(rows, row{label: "Ended", text: day.Moment(w.Ended) + ": " + w.EndReason})
	}
	b.add(string(w.Ref)+" · "+string(w.Unit), rows...)
}

func urgencyWords(w *model.Wanted, p *model.Person, now time.Time) string {
	if !w.State.Live() {
		return ""
	}
	points, why := w.Urgency(p, now)
	return fmt.Sprintf("%d: %s", points, strings.Join(why, ", "))
}

func wantedState(w *model.Wanted) string {
	switch w.State {
	case model.NotCirculated:
		return "NOT CIRCULATED: no other force knows"
	case model.Circulated, model.Located:
		return fmt.Sprintf("%s, circulated %s on PNC %s, weeds %s", w.State, w.Published.Long(), w.PNCRef, w.Weed.Long())
	case model.WasArrested, model.Eliminated, model.Withdrawn, model.Died:
	}
	return string(w.State)
}

func offenceTitles(codes []model.OffenceCode) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = c.Row().Title + " (" + c.Row().Statute + ")"
	}
	return strings.Join(out, "; ")
}

func (b *cardBuilder) arrest(k *model.Arrest) {
	rows := []row{
		{label: "Arrested", text: day.Moment(k.At) + " " + k.Where, style: part.StyleBold},
		{label: "For", text: offenceTitles(k.Offences)},
		{label: "Status", text: string(k.Status), style: stateStyle(string(k.Status))},
		{label: "Custody", text: strings.TrimSpace(k.Suite + " " + k.CustodyNo)},
		{label: "Bail to", text: k.BailTo.Long()},
		{label: "Outcome", text: string(k.Outcome)},
		{label: "CPS", text: k.CPS},
		{label: "By", text: b.liner.Officer(k.By)},
		{label: "Note", text: k.Note},
	}
	for _, f := range k.LengthFacts() {
		rows = append(rows, row{label: f.Label, text: f.Text})
	}
	for _, s := range k.Steps {
		rows = append(rows, row{label: shortStamp(s.At, b.now), text: string(s.Status) + " · " + b.liner.Officer(s.By) + " " + s.Note, style: part.StyleDim})
	}
	b.add(string(k.Ref)+" · "+string(k.Unit), rows...)
}

func (b *cardBuilder) target(t *model.Target) {
	names := make([]string, len(t.Officers))
	for i, o := range t.Officers {
		names[i] = b.liner.Officer(o)
	}
	team := row{label: "Team", text: strings.Join(names, ", ")}
	if len(names) == 0 && t.State == model.TargetLive {
		team = row{label: "Team", text: "nobody assigned", style: part.StyleWarn}
	}
	rows := []row{
		{label: "State", text: string(t.State), style: stateStyle(string(t.State))},
		{label: "Reason", text: t.Reason, style: part.StyleBold},
		{label: "Added", text: day.Moment(t.Added) + " by " + b.liner.Officer(t.AddedBy) + ", review by " + t.ReviewBy.Long()},
		team,
		{label: "Plan", text: t.Plan},
	}
	if exit, why, err := model.ProposedExit(b.r, t); err == nil && exit != "" {
		rows = append(rows, row{label: "Exit", text: string(exit) + " proposed: " + why + "; target.remove", style: part.StyleWarn})
	}
	if t.EndReason != "" {
		rows = append(rows, row{label: "Left list", text: day.Moment(t.Ended) + ": " + t.EndReason})
	}
	b.add("Target pack "+string(t.Ref)+" · "+string(t.Unit), rows...)
}

// gaps says how complete the target's pack is, and what each thing missing costs the team.
func (b *cardBuilder) gaps(t *model.Target) error {
	if t.State != model.TargetLive {
		return nil
	}
	pack, err := model.BuildPack(b.r, t.Ref, b.now)
	if err != nil {
		return err
	}
	have, of := pack.Complete()
	rows := []row{{label: "Complete", text: fmt.Sprintf("%d of %d", have, of), bar: have, most: of}}
	for _, g := range pack.Gaps {
		rows = append(rows, row{label: "GAP", text: g.What + ": " + g.Why, style: part.StyleWarn})
	}
	b.add("Pack", rows...)
	return nil
}

func (b *cardBuilder) task(t *model.Task) {
	if b.card.title == "" {
		b.card.title = t.Title
	}
	rows := []row{
		{label: "Task", text: t.Title, style: part.StyleBold},
		{label: "State", text: string(t.State), style: stateStyle(string(t.State))},
		{label: "Officer", text: orWord(b.liner.Officer(t.Assignee), "nobody")},
		{label: "Due", text: t.Due.Long()},
		{label: "Priority", text: orWord(string(t.Priority), string(model.PriorityRoutine))},
		{label: "About", text: string(t.About), ref: t.About},
		{label: "Note", text: t.Note},
		{label: "Result", text: t.Result},
	}
	for i, c := range t.Checklist {
		box := "[ ] "
		if c.Done {
			box = "[x] "
		}
		rows = append(rows, row{label: fmt.Sprint(i + 1), text: box + c.Text})
	}
	b.add(string(t.Ref)+" · "+string(t.Unit), rows...)
}

func orWord(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func (b *cardBuilder) operation(o *model.Operation) error {
	b.add(
		string(o.Ref), row{label: "Window", text: o.From.Long() + " to " + o.To.Long()}, row{label: "State", text: string(o.State(day.On(b.now)))},
		row{label: "Closed", text: closedWords(o, b.liner)}, row{label: "Lead", text: b.liner.Officer(o.Lead)}, row{label: "Aim", text: o.Aim}, row{label: "Targets", text: fmt.Sprint(o.Count)},
	)
	refs, err := b.r.Linked(o.Ref, model.KindTarget)
	if err != nil {
		return err
	}
	var rows []row
	for _, ref := range refs {
		rec, err := b.r.Record(ref)
		if err != nil {
			continue // pou check names it
		}
		l := b.liner.Line(rec)
		rows = append(rows, row{label: string(ref), text: l.Name + " · " + string(l.Unit) + " · " + l.Status, style: stateStyle(l.Status), ref: ref})
	}
	b.add("Targets", rows...)
	return nil
}

func closedWords(o *model.Operation, l *model.Liner) string {
	if o.Closed.IsZero() {
		return ""
	}
	return day.Moment(o.Closed) + " by " + l.Officer(o.ClosedBy)
}

func (b *cardBuilder) officerTasks(o *model.Officer) error {
	refs, err := b.r.Linked(o.Ref, model.KindTask)
	if err != nil {
		return err
	}
	var rows []row
	for _, ref := range refs {
		if rec, err := b.r.Record(ref); err == nil {
			if l := b.liner.Line(rec); l.Live {
				rows = append(rows, row{label: string(ref), text: l.What + " · due " + l.Due.Short() + " " + l.Name, ref: ref})
			}
		}
	}
	b.add("Tasks in hand", rows...)
	return nil
}

func (b *cardBuilder) attemptRow(a *model.Attempt) row {
	text := model.LabelOf(a.Outcome.Choices(), string(a.Outcome))
	for _, more := range []string{a.Address, a.Note, a.Intel} {
		if more != "" {
			text += " · " + more
		}
	}
	if a.Next != "" {
		text += " · next: " + a.Next
	}
	return row{label: shortStamp(a.At, b.now), text: text + " · " + b.liner.Officer(a.By), ref: a.Ref}
}

// shortStamp is a moment in the width of a label: the time of day matters this year, the year before that.
func shortStamp(t, now time.Time) string {
	local := t.In(day.London())
	if local.Year() == now.In(day.London()).Year() {
		return local.Format("2 Jan 15:04")
	}
	return local.Format("2 Jan 2006")
}

// dayWords is a day with its year unless that is this year.
func dayWords(d day.Date, now time.Time) string {
	if d.Year() == day.On(now).Year() {
		return d.Short()
	}
	return d.Long()
}
