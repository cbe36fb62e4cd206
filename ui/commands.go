package ui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
)

// The answers of commands. Each carries its own error.
type (
	listLoaded struct {
		list  store.List
		unit  model.Unit // "" when the whole list was read
		lines []*model.Line
		err   error
	}
	cardLoaded struct {
		card card
		err  error
	}
	startLoaded struct {
		me   *model.Officer
		info store.Info
		err  error
	}
	formLoaded struct {
		id   int
		data formData
		err  error
	}
	boxFound struct {
		generation int
		answer     store.Answer
		people     int // read so far
		err        error
	}
	acted struct {
		id       int // the form it came from; 0 for none
		title    string
		receipts []answered
	}
	news        store.News
	newsEnded   struct{}
	searchState struct {
		people int
		ready  bool
		err    error
	}
	draftDue   struct{ id, version int }
	confirmDue struct{ id int }
	cardDue    struct {
		version int64
		late    bool // the record has been asked for and ought to be here
	}
	reloadDue struct{}
	ticked    struct{}
	flushed   struct{ err error }
	draftKept struct {
		id  int
		err error
	}
)

// answered is one request of a bulk with its answer.
type answered struct {
	about   model.Ref
	receipt model.Receipt
	err     error
}

// formData is what a form learns from the store when it opens: the record it is about, and what was typed before.
type formData struct {
	rev        uint64
	values     map[string]string // the record's present values by field name, for edits
	addresses  []model.Address
	conditions []model.Condition
	allowed    map[string][]string // by field: the only values that may follow
	undoes     undoing
	draft      map[string]string
}

// allows reports whether a choice may be made on the record as it is.
func (f *formData) allows(field, value string) bool {
	allowed, limited := f.allowed[field]
	return !limited || slices.Contains(allowed, value)
}

// undoing is the entry an undo would take back.
type undoing struct {
	seq  uint64
	what string
}

// desk is the store and who uses it: all that commands need.
type desk struct {
	ctx    context.Context //nolint:containedctx // the program's life; commands have no other way to hear that it ended
	store  store.Store
	search *store.Search
	others *store.Interests // of other units; nil: they are looked for by a walk
	tidy   func()           // gives memory back to the system; nil: it is left to the runtime
	drafts *drafts
	who    model.Ref
	crowd  *Crowd                               // nil: nobody else is at this desk
	want   uint64                               // how far the journal is to have got in what is read; 0: as far as it has
	wait   func(time.Duration, tea.Msg) tea.Cmd // nil: the clock; tests do not wait
}

// unit is that of the officer; "" for an officer nobody knows.
func (s startLoaded) unit() model.Unit {
	if s.me == nil {
		return ""
	}
	return s.me.Unit
}

func (d desk) loadStart() tea.Cmd {
	return func() tea.Msg {
		var out startLoaded
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			var err error
			if out.info, err = r.Info(); err != nil {
				return err
			}
			rec, err := r.Record(d.who)
			if err != nil {
				return err
			}
			out.me, _ = rec.(*model.Officer)
			return nil
		})
		return out
	}
}

// loadList reads a list: of one unit, for the first frame, or whole.
func (d desk) loadList(l store.List, unit model.Unit) tea.Cmd {
	return func() tea.Msg {
		lines, err := d.crowd.lines(d, l, unit)
		return listLoaded{list: l, unit: unit, lines: lines, err: err}
	}
}

// rows reads a list for one officer alone.
func (d desk) rows(l store.List, unit model.Unit) ([]*model.Line, error) {
	lines, arrests, err := d.readList(l, unit)
	out := make([]*model.Line, 0, len(lines)+len(arrests))
	for _, part := range [][]model.Line{lines, arrests} {
		for i := range part {
			out = append(out, &part[i])
		}
	}
	return out, err
}

// readList reads a list, and behind the wanted those who were arrested.
func (d desk) readList(l store.List, unit model.Unit) (lines, arrests []model.Line, err error) {
	now := d.store.Now()
	err = d.store.Read(d.ctx, func(r store.Reader) error {
		if l == listJournal {
			lines, err = journalLines(r, d.who, now)
			return err
		}
		lines, err = store.Lines(r, l, store.Scope{Unit: unit, Ended: l == store.ListTargets}, now)
		if l != store.ListWanted {
			return err
		}
		// Those arrested stay in sight until their disposal: bail and custody clocks run on them.
		var err2 error
		arrests, err2 = store.Lines(r, store.ListArrests, store.Scope{Unit: unit}, now)
		return errors.Join(err, err2)
	})
	return lines, arrests, err
}

// listJournal is the journal as a list.
const listJournal store.List = "journal"

// journalShown is how many of the newest entries the journal screen reads.
const journalShown = 1000

// journalLines are the newest entries: everybody's for whoever may read them, else the officer's own.
func journalLines(r store.Reader, who model.Ref, now time.Time) ([]model.Line, error) {
	liner := model.NewLiner(r, now)
	var out []model.Line
	take := func(e model.Entry) bool {
		out = append(out, entryLine(liner, e))
		return len(out) < journalShown
	}
	var me *model.Officer
	if rec, err := r.Record(who); err == nil {
		me, _ = rec.(*model.Officer)
	}
	var err error
	switch {
	case model.MayAudit(me, "") == nil:
		err = r.Entries(0, true, take)
	case model.MayAudit(me, who) == nil:
		err = r.DoneBy(who, take)
	} // a briefing has no journal
	return out, err
}

func entryLine(liner *model.Liner, e model.Entry) model.Line {
	line := model.Line{
		Ref: model.Ref(fmt.Sprintf("#%d", e.Seq)), Kind: "entry", Since: e.At, What: actionTitle(e), Status: string(e.Logged),
		Owner: e.By, OwnerName: liner.Officer(e.By), Count: len(e.About), Live: true, Type: e.Action, Outcome: e.Reason,
	}
	if len(e.About) > 0 {
		line.About = e.About[0].Ref
		line.AboutName = string(line.About)
		if len(e.About) > 1 {
			line.AboutName = fmt.Sprintf("%s +%d", line.About, len(e.About)-1)
		}
	}
	line.Fold()
	return line
}

func actionTitle(e model.Entry) string {
	if e.Action == "look" {
		return "Looked at " + e.Reason
	}
	if s, ok := model.Find(e.Action); ok {
		return s.Title
	}
	return e.Action
}

// loadCard reads a record. Looking at another record than before is a consultation; reading the same one again is not.
func (d desk) loadCard(ref model.Ref, looks bool) tea.Cmd {
	return func() tea.Msg {
		var out cardLoaded
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			var err error
			out.card, err = d.readCard(r, ref)
			return err
		})
		return d.read(ref, looks, out)
	}
}

// read journals a card that has been read to be looked at.
func (d desk) read(ref model.Ref, looks bool, out cardLoaded) cardLoaded {
	out.card.ref = ref
	if out.err == nil && looks {
		what := "record " + string(ref)
		if _, _, page := pageOf(ref); page {
			what = string(ref)
		}
		d.store.Consult(d.who, what, out.card.people()...)
	}
	return out
}

// readCard reads what a reference stands for: a page, a journal entry or a record.
func (d desk) readCard(r store.Reader, ref model.Ref) (card, error) {
	now := d.store.Now()
	if page, of, ok := pageOf(ref); ok {
		return buildPage(r, page, of, now)
	}
	if seq, ok := entrySeq(ref); ok {
		return buildEntryCard(r, seq, now)
	}
	return buildCard(r, d.others, ref, now)
}

// loadForm reads what a form needs: the record it is about, and a draft of the same form.
func (d desk) loadForm(id int, name string, subject model.Ref, draft string, undoSeq uint64) tea.Cmd {
	return func() tea.Msg {
		out := formLoaded{id: id}
		if name == "undo" {
			out.err = d.store.Read(d.ctx, func(r store.Reader) (err error) {
				out.data.undoes, err = readUndo(r, d.who, undoSeq, d.store.Now())
				return err
			})
			return out
		}
		if subject != "" {
			out.err = d.store.Read(d.ctx, func(r store.Reader) error {
				var err error
				out.data, err = readFormData(r, name, subject)
				return err
			})
		}
		raw, err := d.store.Draft(d.ctx, d.who, draft)
		if err == nil {
			err = json.Unmarshal(raw, &out.data.draft)
		}
		if err != nil && !errors.Is(err, store.ErrNoDraft) && out.err == nil {
			out.err = err
		}
		return out
	}
}

func readFormData(r store.Reader, name string, subject model.Ref) (formData, error) {
	var out formData
	rec, err := r.Record(subject)
	if err != nil {
		return out, err
	}
	out.rev = rec.Head().Rev
	if spec, ok := model.Find(name); ok && spec.Prefills() {
		out.values = plainValues(rec)
	}
	switch r := rec.(type) {
	case *model.Order:
		out.conditions = slices.Clone(r.Conditions)
		for i, c := range out.conditions {
			out.conditions[i].Text = r.Words(c, nil)
		}
	case *model.Arrest:
		out.allowed = map[string][]string{"status": words(r.Status.Next())}
	case *model.Breach:
		out.allowed = map[string][]string{"decision": words(r.State.Next())}
	}
	person := rec
	if ref := model.PersonOf(rec); ref != "" && ref != subject {
		if person, err = r.Record(ref); err != nil {
			return out, err
		}
	}
	if p, ok := person.(*model.Person); ok {
		out.addresses = p.ByPromise()
	}
	return out, nil
}

func words[S ~string](states []S) []string {
	out := make([]string, len(states))
	for i, s := range states {
		out[i] = string(s)
	}
	return out
}

// readUndo says which entry an undo would take back, so that what is shown is what is undone.
func readUndo(r store.Reader, who model.Ref, seq uint64, now time.Time) (undoing, error) {
	if seq == 0 {
		last, err := r.LastBy(who)
		if err != nil || last == 0 {
			return undoing{what: "there is nothing of yours to undo"}, err
		}
		seq = last
	}
	e, _, err := r.Entry(seq)
	if err != nil {
		return undoing{}, err
	}
	liner := model.NewLiner(r, now)
	line := entryLine(liner, e)
	what := fmt.Sprintf("Takes back entry %d: %s", seq, line.What)
	for _, t := range e.About[:min(1, len(e.About))] {
		what += " · " + string(t.Ref)
		if rec, err := r.Record(t.Ref); err == nil {
			what += " " + liner.Line(rec).Name
		}
	}
	return undoing{seq: seq, what: what}, nil
}

// plainValues are a record's simple values by their JSON names, which are the names of the fields that edit them.
func plainValues(rec model.Record) map[string]string {
	raw, err := json.Marshal(rec)
	var all map[string]any
	if err != nil || json.Unmarshal(raw, &all) != nil {
		return nil
	}
	out := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if s, ok := all[name].(string); ok {
			out[name] = s
		}
	}
	if unit, ok := out["owner_unit"]; ok {
		out["unit"] = unit
	}
	return out
}

func (d desk) findFor(generation int, text string, most int) tea.Cmd {
	return func() tea.Msg {
		answer, err := d.search.Answer(d.ctx, store.Ask{Text: text, Limit: most})
		people, _ := d.search.State() // asked here: the index may be locked, and the screen does not wait for it
		return boxFound{generation: generation, answer: answer, people: people, err: err}
	}
}

// consultFind journals a search as it stood when the box was left: what was typed, and who was shown.
func (d desk) consultFind(text string, found []store.Found) tea.Cmd {
	if len(found) == 0 {
		return nil
	}
	return func() tea.Msg {
		d.store.Consult(d.who, fmt.Sprintf("find %q", text), foundPeople(found)...)
		return nil
	}
}

func foundPeople(found []store.Found) []model.Ref {
	var out []model.Ref
	for _, f := range found {
		if f.Person != "" {
			out = append(out, f.Person)
		}
	}
	return out
}

// do runs one action for each subject. Each stands alone: what is refused is listed, and the rest is done.
func (d desk) do(id int, title string, requests []subjectRequest) tea.Cmd {
	return func() tea.Msg {
		out := acted{id: id, title: title}
		for _, q := range requests {
			receipt, err := d.store.Do(d.ctx, d.who, q.request)
			out.receipts = append(out.receipts, answered{about: q.about, receipt: receipt, err: err})
		}
		return out
	}
}

// subjectRequest is a request with the record it is about.
type subjectRequest struct {
	about   model.Ref
	request model.Request
}

// drafts keeps the saves of drafts in order: an older text never lands on a newer one, nor any on a form that is done.
type drafts struct {
	mu   sync.Mutex
	last map[int]int // by form: the newest version saved; done for one that was sent
}

const draftDone = 1 << 30

// turn reports whether a version of a form's draft may still be written, and notes it.
func (d *drafts) turn(id, version int) bool {
	if version <= d.last[id] && d.last[id] != 0 {
		return false
	}
	d.last[id] = version
	return true
}

func (d desk) saveDraft(id, version int, form string, values map[string]string) tea.Cmd {
	return func() tea.Msg {
		d.drafts.mu.Lock()
		defer d.drafts.mu.Unlock()
		if !d.drafts.turn(id, version) {
			return nil
		}
		raw, err := json.Marshal(values)
		if err == nil {
			err = d.store.SaveDraft(d.ctx, d.who, form, raw)
		}
		return draftKept{id: id, err: err}
	}
}

// dropDraft forgets a draft whose form was sent.
func (d desk) dropDraft(id int, form string) tea.Cmd {
	return func() tea.Msg {
		d.drafts.mu.Lock()
		defer d.drafts.mu.Unlock()
		d.drafts.turn(id, draftDone)
		return draftKept{err: d.store.DropDraft(d.ctx, d.who, form)}
	}
}

// watch waits for the next news.
func (d desk) watch(ch <-chan store.News) tea.Cmd {
	return func() tea.Msg {
		n, ok := <-ch
		if !ok {
			return newsEnded{}
		}
		return news(n)
	}
}

func (d desk) fillSearch() tea.Cmd {
	return func() tea.Msg {
		var err error
		if d.crowd != nil {
			err = d.crowd.filled(d.ctx)
		} else {
			err = errors.Join(d.others.Fill(d.ctx), d.search.Fill(d.ctx))
			d.settled()
		}
		people, ready := d.search.State()
		return searchState{people: people, ready: ready, err: err}
	}
}

// settled gives back what reading everything took: the pages of the store, which are the system's to keep, and what was made on
// the way.
func (d desk) settled() {
	_ = d.store.LetGo() // memory that could not be given back is only memory
	if d.tidy != nil {
		d.tidy()
	}
}

func (d desk) followSearch(n store.News) tea.Cmd {
	if d.crowd != nil {
		return nil // the crowd follows, once for all
	}
	return func() tea.Msg {
		err := errors.Join(d.others.Follow(d.ctx, n), d.search.Follow(d.ctx, n))
		people, ready := d.search.State()
		return searchState{people: people, ready: ready, err: err}
	}
}

func (d desk) flush() tea.Cmd {
	return func() tea.Msg { return flushed{err: d.store.Flush(d.ctx)} }
}

// listNamed is how many of the people in a list a consultation names.
const listNamed = 200

// consultList journals that a list was looked at, and who stood in it.
func (d desk) consultList(l store.List, unit model.Unit, filter string, rows []*model.Line) tea.Cmd {
	var people []model.Ref
	for _, r := range rows[:min(listNamed, len(rows))] {
		if r.Person != "" {
			people = append(people, r.Person)
		}
	}
	return func() tea.Msg {
		what := "list " + string(l)
		if unit != "" {
			what += " unit:" + string(unit)
		}
		if filter != "" {
			what += " where " + filter
		}
		d.store.Consult(d.who, what, people...)
		return nil
	}
}

// loadBriefing builds the pages of briefing mode.
func (d desk) loadBriefing(operation model.Ref, unit model.Unit) tea.Cmd {
	return func() tea.Msg {
		out := packsLoaded{operation: operation, unit: unit, at: d.store.Now()}
		out.err = d.store.Read(d.ctx, func(r store.Reader) (err error) {
			out.pages, err = readBriefing(r, operation, unit, out.at)
			return err
		})
		return out
	}
}

// consult journals that people were looked at.
func (d desk) consult(what string, people ...model.Ref) tea.Cmd {
	return func() tea.Msg {
		d.store.Consult(d.who, what, people...)
		return nil
	}
}

// after sends a message once a moment has passed.
func (d desk) after(wait time.Duration, msg tea.Msg) tea.Cmd {
	if d.wait != nil {
		return d.wait(wait, msg)
	}
	return func() tea.Msg {
		t := time.NewTimer(wait)
		defer t.Stop()
		select {
		case <-t.C:
			return msg
		case <-d.ctx.Done(): // the desk has been left: nothing of it stays behind
			return nil
		}
	}
}
