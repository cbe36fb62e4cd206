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
	"pou/model/match"
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
		if !weighty(name) {
			return f.submit(a)
		}
		f.ask = &part.Confirm{Title: spec.Title, Lines: []string{spec.Help, "It carries your name: " + part.Safe(a.me.Call()) + "."}}
		return a.after(confirmGrace, confirmDue{f.id})
	}
	return a.loadForm(f.id, name, subject, f.draft, 0)
}

// weighty reports whether an action is asked about although it has no field: a signature and a freeze are given on purpose.
func weighty(name string) bool {
	return name == "plan.sign" || name == "plan.freeze" || name == "plan.announce"
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
	case len(subjects) == 1:
		return spec.Name + "/" + string(subjects[0].Ref)
	}
	sum := fnv.New64a() // the same rows again take the draft up, others never do
	for _, l := range subjects {
		_, _ = sum.Write([]byte(l.Ref + " "))
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
	for _, l := range subjects {
		if _, _, ok := subjectField(spec, l); len(spec.On) > 0 && !ok {
			return "not for " + string(l.Ref) + ", which is a " + l.Kind
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

// formFields makes the form's fields from the action's. What the subject answers is not asked.
func (a *App) formFields(f *formOverlay) []part.Field {
	var out []part.Field
	for _, fd := range f.spec.Fields {
		if len(f.subjects) > 0 && a.answered(f, fd) {
			continue
		}
		out = append(out, a.formField(f, fd))
	}
	return out
}

// answered reports whether the subject answers a field.
func (a *App) answered(f *formOverlay, fd model.Field) bool {
	if f.subjects[0].Kind == "proposal" && (fd.Name == "score" || fd.Name == "rank" || fd.Name == "operation") {
		return true
	}
	if fd.Type != model.TypeRef || fd.Many {
		return false
	}
	if name, _, _ := subjectField(f.spec, f.subjects[0]); name == fd.Name || fd.Name == "about" {
		return true
	}
	return fd.Fold && f.subjects[0].Kind != "operation" && slices.ContainsFunc(fd.Kinds, func(k model.Kind) bool {
		return k == model.KindPerson || k == model.KindWanted || k == model.KindTarget || k == model.KindArrest
	})
}

// manyChoices is more than fit beside a label: they are then found by typing.
const manyChoices = 9

func (a *App) formField(f *formOverlay, fd model.Field) part.Field {
	out := part.Field{
		Name: fd.Name, Label: fd.Label, Help: fd.Help, Need: fd.Need, Folded: fd.Fold, Value: a.defaultFor(f, fd),
		Replace: fd.Type != model.TypeLong && !f.spec.Prefills(),
	}
	switch fd.Type {
	case model.TypeLong:
		out.Kind = part.KindLong
	case model.TypeNumber:
		out.Kind = part.KindNumber
	case model.TypeDay:
		out.Kind = part.KindDate
		out.Help = orWord(out.Help, "A day: 1 Dec, 2026-12-01, today, tomorrow or +7")
	case model.TypeYes:
		out.Kind, out.Choices = part.KindChoice, []part.Choice{{Value: "no", Label: "no", Key: "n"}, {Value: "yes", Label: "yes", Key: "y"}}
	case model.TypeChoice:
		if fd.Many || len(fd.Choices) > manyChoices {
			out.Suggest = suggestChoices(fd)
			out.Help = orWord(out.Help, "Type a few letters and choose with the arrows"+map[bool]string{true: "; commas between several"}[fd.Many])
		} else {
			out.Kind = part.KindChoice
			for _, c := range fd.Choices {
				if f.data.allows(fd.Name, c.Value) {
					out.Choices = append(out.Choices, part.Choice{Value: c.Value, Label: c.Label, Key: c.Key})
				}
			}
		}
	case model.TypeRef:
		out.Suggest = a.suggestRefs(fd)
	case model.TypeTime:
		out.Help = orWord(out.Help, "A time: now, 05:40 or 2026-12-01 05:40")
	case model.TypeText, model.TypeBorn:
	}
	if fd.Name == "condition" && len(f.data.conditions) > 0 {
		out.Suggest = func(prefix string) []part.Choice { return suggestConditions(f.data.conditions, prefix) }
	}
	if fd.Name == "address" || fd.Name == "place" {
		out.Suggest = func(prefix string) []part.Choice { return suggestAddresses(f.data.addresses, prefix) }
		out.Help = "A number from the list, or type another place"
	}
	return out
}

func (a *App) defaultFor(f *formOverlay, fd model.Field) string {
	today := day.On(a.now)
	switch {
	case fd.Name == "operation" && a.lists[4].operation != "":
		return string(a.lists[4].operation)
	case fd.Default == "me":
		return string(a.who)
	case fd.Default == "unit":
		if len(f.subjects) > 0 && f.subjects[0].Unit != "" {
			return string(f.subjects[0].Unit)
		}
		if a.unit == "" && a.me != nil {
			return string(a.me.Unit)
		}
		return string(a.unit)
	case fd.Default == "today":
		return today.Long()
	case strings.HasPrefix(fd.Default, "today+"):
		n, _ := strconv.Atoi(strings.TrimPrefix(fd.Default, "today+"))
		return today.AddDays(n).Long()
	}
	return fd.Default
}

// suggestChoices finds choices by the letters of the last value typed.
func suggestChoices(fd model.Field) func(string) []part.Choice {
	return func(text string) []part.Choice {
		before, last := "", text
		if i := strings.LastIndexByte(text, ','); fd.Many && i >= 0 {
			before, last = text[:i+1]+" ", strings.TrimSpace(text[i+1:])
		}
		var out []part.Choice
		want := match.Fold(last)
		for _, c := range fd.Choices {
			if want == "" || strings.Contains(match.Fold(c.Value+" "+c.Label), want) {
				out = append(out, part.Choice{Value: before + c.Value, Label: strings.TrimPrefix(c.Label, c.Value+" ")})
			}
		}
		return out
	}
}

// suggestRefs offers officers, those of the unit on show first, and operations.
func (a *App) suggestRefs(fd model.Field) func(string) []part.Choice {
	return func(text string) []part.Choice {
		before, last := "", text
		if i := strings.LastIndexByte(text, ','); fd.Many && i >= 0 {
			before, last = text[:i+1]+" ", strings.TrimSpace(text[i+1:])
		}
		lines := a.refLines(fd)
		labels := make([]string, len(lines))
		for i, l := range lines {
			switch l.Kind {
			case "operation":
				labels[i] = l.Name
			case "target":
				labels[i] = l.Name + " " + string(l.Unit)
			default:
				labels[i] = strings.TrimSpace(l.What + " " + l.Name + " " + string(l.Unit))
			}
		}
		out := []part.Choice{}
		for _, i := range a.matching(lines, labels, last) {
			out = append(out, part.Choice{Value: before + string(lines[i].Ref), Label: labels[i]})
		}
		return out
	}
}

// matching are the rows a few letters may mean: those that contain them, the officer's own unit first; else those that
// have the letters in order, as the box finds them.
func (a *App) matching(lines []*model.Line, labels []string, text string) []int {
	want := match.Fold(text)
	var own, others []int
	for i, l := range lines {
		switch {
		case want != "" && !strings.Contains(match.Fold(labels[i]+" "+string(l.Ref)), want):
		case l.Unit == a.homeUnit():
			own = append(own, i)
		default:
			others = append(others, i)
		}
	}
	out := append(own, others...)
	if len(out) > 0 || want == "" {
		return out
	}
	for _, p := range match.Abbrev(text, labels) {
		out = append(out, p.Index)
	}
	return out
}

// homeUnit is the unit on show, or the officer's own while all twelve are.
func (a *App) homeUnit() model.Unit {
	if a.unit == "" && a.me != nil {
		return a.me.Unit
	}
	return a.unit
}

func (a *App) refLines(fd model.Field) []*model.Line {
	switch {
	case slices.Contains(fd.Kinds, model.KindOfficer):
		return a.officers
	case slices.Contains(fd.Kinds, model.KindOperation):
		return a.ops
	case slices.Contains(fd.Kinds, model.KindTarget):
		return a.onList()
	}
	return nil
}

// onList are the targets on the list of the operation on show.
func (a *App) onList() []*model.Line {
	var out []*model.Line
	for _, l := range a.lists[4].all {
		if l.Live && l.About == a.lists[4].operation {
			out = append(out, l)
		}
	}
	return out
}

// suggestConditions offers the conditions of an order by their numbers.
func suggestConditions(conditions []model.Condition, prefix string) []part.Choice {
	var out []part.Choice
	for _, c := range conditions {
		no := itoa(c.No)
		if want := match.Fold(prefix); want == "" || strings.HasPrefix(no, want) || strings.Contains(match.Fold(c.Text), want) {
			out = append(out, part.Choice{Value: no, Label: c.Text, Key: no})
		}
	}
	return out
}

func suggestAddresses(addresses []model.Address, prefix string) []part.Choice {
	var out []part.Choice
	want := match.Fold(prefix)
	for i, ad := range addresses {
		line := part.Safe(ad.Line())
		if want == "" || strings.Contains(match.Fold(line), want) || prefix == itoa(i+1) {
			out = append(out, part.Choice{Value: line, Label: strings.TrimSpace(string(ad.Type) + " · " + orWord(string(ad.Confidence), "not graded")), Key: itoa(i + 1)})
		}
	}
	return out
}

func (f *formOverlay) update(a *App, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case formLoaded:
		return f.loaded(a, msg)
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
		return f.typed(a, msg)
	case tea.PasteMsg:
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
		return a.saveDraft(f.id, f.version, f.draft, nil)
	}
	f.version++
	result, cmd := f.form.Update(msg)
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
			a.say("%s: kept as a draft; the same key takes it up", f.spec.Title)
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
	fields := f.values(a)
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

// resolveRefs turns a name that can only mean one record into its reference.
func resolveRefs(text string, fd model.Field, suggest func(string) []part.Choice) string {
	texts := []string{text}
	if fd.Many {
		texts = strings.Split(text, ",")
	}
	for i, t := range texts {
		t = strings.TrimSpace(t)
		if _, isRef := model.ParseRef(t); isRef || t == "" {
			texts[i] = t
			continue
		}
		if found := suggest(t); len(found) == 1 {
			t = found[0].Value
		}
		texts[i] = t
	}
	return strings.Join(texts, ",")
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
		about = part.Safe(orWord(l.Name, l.What)) + " " + a.markerWords(l.Markers) + " " + a.th.Dim.Apply(string(f.about(l)))
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
