package ui

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

// formOverlay is the form of one action about one record, or about several at once.
type formOverlay struct {
	id       int
	spec     model.Spec
	subjects []*model.Line
	form     *part.Form
	draft    string // the key the draft is kept under

	version int  // of what is typed, for saving the draft once typing rests
	ready   bool // what the store knows has arrived
	waiting bool // the officer has already submitted: send when ready
	sending bool
	rev     uint64
	banner  []string
	data    formData
	height  int
	ask     *part.Confirm // once more, before many records are changed
	batch   []uint64      // of an undo: the entries of one bulk, newest first
	dispute *dispute      // somebody else changed the same fields: both versions, to choose from
	clash   clashes       // of a listing: what other units have to do with the people
	places  *atlasScreen  // of a reveal from the atlas: its places are shown, and not the record
}

// openForm opens an action's form. With several subjects it is done for each.
func (a *App) openForm(name string, subjects []*model.Line) tea.Cmd {
	spec, ok := model.Find(name)
	if !ok {
		return nil
	}
	if why := a.whyNotSubjects(spec, subjects); why != "" {
		a.warn("%s: %s", spec.Title, why)
		return nil
	}
	a.formID++
	f := &formOverlay{id: a.formID, spec: spec, draft: draftName(spec, subjects)}
	if len(spec.On) > 0 {
		f.subjects = subjects
	}
	fields := a.formFields(f)
	f.form = part.NewForm(fields)
	if held := heldAmong(f.subjects); held > 0 && len(f.subjects) > 1 && name == "task.add" {
		f.banner = []string{fmt.Sprintf("%d of them are under arrest, on bail or RUI.", held)}
	}
	a.over = f
	subject := model.Ref("")
	if len(f.subjects) == 1 {
		_, subject, _ = subjectField(spec, f.subjects[0]) // what the action is about: of a wanted row it may be the person
	}
	if len(fields) == 0 && len(f.subjects) > 0 { // nothing to ask: the key does it, and u undoes it
		f.ready = true
		if !spec.Weighty {
			return f.submit(a)
		}
		f.ask = &part.Confirm{Title: spec.Title, Lines: []string{spec.Help, "It carries your name: " + part.Safe(a.me.Call()) + "."}}
		return a.after(confirmGrace, confirmDue{f.id})
	}
	return tea.Batch(a.loadForm(f.id, name, subject, f.draft, 0), f.askClashes(a))
}

// heldAmong counts the people who have been arrested.
func heldAmong(lines []*model.Line) int {
	n := 0
	for _, l := range lines {
		if l.Kind == "arrest" {
			n++
		}
	}
	return n
}

func draftName(spec model.Spec, subjects []*model.Line) string {
	switch {
	case len(spec.On) == 0 || len(subjects) == 0:
		return spec.Name
	case len(subjects) == 1 && subjects[0].Kind == "suspicion":
		return spec.Name + "/" + subjects[0].AboutName
	case len(subjects) == 1:
		return spec.Name + "/" + string(subjects[0].Ref)
	}
	sum := fnv.New64a() // the same rows again take the draft up, others never do
	for _, l := range subjects {
		_, _ = sum.Write([]byte(string(l.Ref) + suspected(l) + " "))
	}
	return fmt.Sprintf("%s/several-%x", spec.Name, sum.Sum64())
}

func (a *App) whyNotSubjects(spec model.Spec, subjects []*model.Line) string {
	if a.me == nil {
		return "the desk is still opening"
	}
	if err := model.Can(a.me, spec); err != nil {
		return err.Error()
	}
	if why := a.whyCut(); why != "" {
		return why
	}
	for _, l := range subjects {
		if _, _, ok := subjectField(spec, l); len(spec.On) > 0 && !ok {
			return "not for " + string(l.Ref) + ", which is a " + l.Kind
		}
		if why := a.whyNotMine(spec, l); len(spec.On) > 0 && why != "" {
			return why
		}
	}
	return ""
}

// recordRef is the record behind a row.
func recordRef(l *model.Line) model.Ref {
	if l.Kind == "entry" {
		return l.About
	}
	return l.Ref
}

// subjectField is the field of an action that a row fills, and with which reference: the record itself or, where the
// action is about people, the person.
func subjectField(spec model.Spec, l *model.Line) (field string, ref model.Ref, ok bool) {
	ref = recordRef(l)
	if spec.Starts(ref.Kind()) {
		for _, f := range spec.Fields {
			if f.Type == model.TypeRef && !f.Many && f.Name != "assign" && slices.Contains(f.Kinds, ref.Kind()) {
				return f.Name, ref, true
			}
		}
	}
	if l.Person != "" && spec.Starts(model.KindPerson) {
		return "person", l.Person, true
	}
	return "", "", false
}

func (f *formOverlay) update(a *App, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case formLoaded:
		return f.loaded(a, msg)
	case clashesFound:
		return f.clashed(a, msg)
	case draftDue:
		if msg.id == f.id && msg.version == f.version && !f.sending {
			return a.saveDraft(f.id, f.version, f.draft, f.form.Values())
		}
		return nil
	case draftKept:
		return a.fail(msg.err)
	case confirmDue:
		if f.ask != nil && msg.id == f.id {
			f.ask.Arm()
		}
		return nil
	case tea.KeyPressMsg:
		if f.ask != nil && !f.sending {
			return f.answer(a, msg)
		}
		if f.dispute != nil {
			return f.choose(a, msg)
		}
		return f.typed(a, msg)
	case tea.PasteMsg:
		if f.dispute != nil {
			return nil
		}
		return f.typed(a, msg)
	}
	return nil
}

// answer takes the answer to the question before many records are changed.
func (f *formOverlay) answer(a *App, msg tea.KeyPressMsg) tea.Cmd {
	switch f.ask.Update(msg) {
	case part.ConfirmYes:
		return f.submit(a)
	case part.ConfirmNo:
		f.ask = nil
	case part.ConfirmNone:
	}
	return nil
}

// loaded takes what the store knows: present values, addresses, an earlier draft. Nothing already typed is lost.
func (f *formOverlay) loaded(a *App, msg formLoaded) tea.Cmd {
	if msg.id != f.id {
		return nil
	}
	f.ready = true
	if msg.err != nil {
		f.banner = []string{msg.err.Error()}
		f.waiting = false
		return nil
	}
	f.data, f.rev = msg.data, msg.data.rev
	if f.spec.Name == "undo" {
		return f.undoLoaded(a)
	}
	fields := a.formFields(f)
	for i := range fields {
		if v, ok := f.data.values[fields[i].Name]; ok && f.spec.Prefills() {
			fields[i].Value = v
		}
		if (fields[i].Name == "address" || fields[i].Name == "place") && len(f.data.addresses) > 0 && f.spec.Name != "address.add" && f.spec.Name != "person.add" {
			fields[i].Value = part.Safe(f.data.addresses[0].Line())
		}
	}
	untouched := !f.form.Dirty()
	f.form.SetFields(fields)
	if untouched && len(f.data.draft) > 0 {
		f.form.SetValues(f.data.draft)
		f.banner = []string{"Taken up where it was left. ctrl+x starts afresh."}
	}
	if cmd := f.askClashes(a); cmd != nil {
		return cmd // the draft names another person or unit: what is waiting goes on when that is known
	}
	if f.waiting {
		f.waiting = false
		return f.submit(a)
	}
	return nil
}

// draftRests is how long typing must rest before the draft is saved.
const draftRests = 300 * time.Millisecond

func (f *formOverlay) typed(a *App, msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "ctrl+x" {
		f.form, f.banner = part.NewForm(a.formFields(f)), nil
		f.version++
		return tea.Batch(a.saveDraft(f.id, f.version, f.draft, nil), f.askClashes(a))
	}
	f.version++
	result, cmd := f.form.Update(msg)
	cmd = tea.Batch(cmd, f.askClashes(a)) // what was typed may name another person or unit
	switch result {
	case part.FormSubmitted:
		if !f.ready {
			f.waiting = true
			return cmd
		}
		return tea.Batch(cmd, f.submit(a))
	case part.FormLeft:
		a.over = nil
		if f.form.Dirty() {
			a.notice = notice{text: f.spec.Title, keep: ": kept as a draft", hint: "; the same key takes it up", style: part.StyleAccent}
			return tea.Batch(cmd, a.saveDraft(f.id, f.version, f.draft, f.form.Values()))
		}
		return cmd
	case part.FormNone:
	}
	return tea.Batch(cmd, a.after(draftRests, draftDue{f.id, f.version}))
}

// submit sends the action for each subject.
func (f *formOverlay) submit(a *App) tea.Cmd {
	if f.sending {
		return nil
	}
	if f.clash.pending {
		f.waiting = true // nobody is listed before what other units have to do with them has been shown
		return nil
	}
	fields := f.values(a)
	if f.clash.undecided(fields) {
		f.form.SetError("decision", "another unit has an interest in this person, and nothing says who does what", "Choose one; n records that it is not agreed yet")
		return nil
	}
	requests := []subjectRequest{{request: model.Request{Action: f.spec.Name, Fields: fields}}}
	if f.spec.Name == "undo" {
		if requests = f.undoRequests(fields); len(requests) == 0 {
			return nil // nothing was shown, so nothing is taken back
		}
	}
	if len(f.subjects) > 0 {
		requests = requests[:0]
		for _, l := range f.subjects {
			mine := maps.Clone(fields)
			name, ref, _ := subjectField(f.spec, l)
			mine[name] = string(ref)
			if l.Kind == "proposal" && f.spec.Name == "target.add" { // what the officer saw stands beside their reason
				mine["score"], mine["rank"], mine["operation"] = l.Urgency, l.Count, string(a.lists[4].operation)
			}
			if name := suspected(l); name != "" && answersSuspicion(f.spec) {
				mine["suspicion"] = name
			}
			f.clash.sayFor(l, mine)
			if f.spec.Edits() && len(f.subjects) == 1 && f.rev > 0 {
				mine["rev"] = f.rev
			}
			requests = append(requests, subjectRequest{about: l.Ref, request: model.Request{Action: f.spec.Name, Fields: mine}})
		}
	}
	if name := f.unresolved(fields); name != "" {
		f.form.SetError(name, "nothing is found under "+strconv.Quote(fmt.Sprint(fields[name])), "Type other letters and choose from the list, or give the reference")
		return nil
	}
	if len(requests) > bulkAsks && f.ask == nil {
		f.ask = &part.Confirm{Title: f.spec.Title, Lines: []string{fmt.Sprintf("This is done for %d records.", len(requests)), "They can be undone together with u."}}
		return a.after(confirmGrace, confirmDue{f.id})
	}
	f.sending = true
	f.form.ClearErrors()
	return a.do(f.id, f.spec.Title, requests)
}

// bulkAsks is from how many records on a form asks once more.
const bulkAsks = 20

// confirmGrace is how long a question takes no key: one meant for the form must not answer it.
const confirmGrace = 400 * time.Millisecond

// unresolved names a field that asks for a record and holds no reference.
func (f *formOverlay) unresolved(fields map[string]any) string {
	for _, fd := range f.spec.Fields {
		text, ok := fields[fd.Name].(string)
		if !ok || fd.Type != model.TypeRef {
			continue
		}
		for t := range strings.SplitSeq(text, ",") {
			if _, isRef := model.ParseRef(t); !isRef {
				return fd.Name
			}
		}
	}
	return ""
}

// values reads the form: names become references, short days and times whole ones.
func (f *formOverlay) values(a *App) map[string]any {
	out := map[string]any{}
	for name, text := range f.form.Values() {
		fd, ok := f.spec.Field(name)
		text = strings.TrimSpace(text)
		if !ok || text == "" || (f.spec.Prefills() && text == f.data.values[name]) {
			continue
		}
		switch fd.Type {
		case model.TypeTime:
			text = model.ResolveTime(text, a.store.Now())
		case model.TypeDay:
			text = model.ResolveDay(text, day.On(a.now))
		case model.TypeRef:
			text = resolveRefs(text, fd, a.suggestRefs(fd))
		case model.TypeText, model.TypeLong, model.TypeChoice, model.TypeNumber, model.TypeYes, model.TypeBorn:
		}
		out[name] = text
	}
	return out
}

// about is the record the action is about: of a wanted row it may be the person.
func (f *formOverlay) about(l *model.Line) model.Ref {
	if _, ref, ok := subjectField(f.spec, l); ok {
		return ref
	}
	return l.Ref
}

// heading says what the form does and to whom.
func (f *formOverlay) heading(a *App) (title, about string) {
	title = f.spec.Title
	switch len(f.subjects) {
	case 0:
	case 1:
		l := f.subjects[0]
		markers := l.Markers
		if d := a.detail; d != nil && d.card.ref == l.Ref { // the page is read again when somebody adds a marker, the row it came from is not
			markers = d.card.markers
		}
		about = part.Safe(orWord(l.Name, l.What)) + " " + a.markerWords(markers) + " " + a.th.Dim.Apply(string(f.about(l)))
	default:
		about = fmt.Sprintf("%d records: %s", len(f.subjects), a.firstNames(f.subjects))
	}
	return title, about
}

func (a *App) firstNames(lines []*model.Line) string {
	var names []string
	for _, l := range lines[:min(3, len(lines))] {
		names = append(names, part.Safe(orWord(l.Name, string(l.Ref))))
	}
	return strings.Join(names, "; ") + map[bool]string{true: " …"}[len(lines) > 3]
}

const formWidth = 76

func (f *formOverlay) view(a *App) (string, *tea.Cursor) {
	if f.ask != nil {
		return f.ask.View(&a.th, a.w, a.h), nil
	}
	w := min(formWidth, a.w-2)
	inner := w - 4
	title, about := f.heading(a)
	head := []string{a.th.Accent.Apply(title)}
	if f.sending {
		head[0] += a.th.Dim.Apply("  saving …")
	}
	if about != "" {
		head = append(head, about)
	}
	for _, b := range f.banner {
		for _, line := range part.Wrap(part.Safe(b), inner) {
			head = append(head, a.th.Warn.Apply(line))
		}
	}
	if f.dispute != nil {
		return a.framed(append(head, f.dispute.lines(a, inner)...), w), nil
	}
	head = append(head, f.clash.lines(a, inner)...)
	f.height = max(f.height, f.form.Height(&a.th, inner)) // grows with what is asked, and never jumps back
	h := min(f.height, a.h-4-len(head))
	body := f.form.View(&a.th, inner, h)
	float := a.framed(append(head, strings.Split(body, "\n")...), w)
	c := f.form.Cursor()
	if c != nil {
		c.X, c.Y = c.X+2, c.Y+1+len(head)
	}
	return float, c
}

// framed draws a border round lines, for what floats.
func (a *App) framed(lines []string, w int) string {
	th := &a.th
	h, v := th.Pick("─", "-"), th.Dim.Apply(th.Pick("│", "|"))
	var b strings.Builder
	b.WriteString(th.Dim.Apply(th.Pick("╭", "+")+strings.Repeat(h, w-2)+th.Pick("╮", "+")) + "\n")
	for _, l := range lines {
		b.WriteString(v + " " + part.Fit(l, w-4, part.AlignLeft) + " " + v + "\n")
	}
	b.WriteString(th.Dim.Apply(th.Pick("╰", "+") + strings.Repeat(h, w-2) + th.Pick("╯", "+")))
	return b.String()
}
