package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"charm.land/huh/v2"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

// paper is a form being filled in line by line.
type paper struct {
	talk   *talk
	spec   model.Spec
	from   model.Record // what the action was started from; nil for none
	given  string       // the field that record stands in
	fields map[string]any
}

const leaveForm = "/q"

func newPaper(t *talk, s model.Spec, from model.Record) *paper {
	f := &paper{talk: t, spec: s, from: from, fields: map[string]any{}}
	if from == nil {
		return f
	}
	ref := from.Head().Ref
	for _, fd := range s.Fields {
		for _, k := range fd.Kinds {
			if k == ref.Kind() && !fd.Many && f.given == "" {
				f.given = fd.Name
				f.fields[fd.Name] = string(ref)
			}
		}
	}
	return f
}

// askAll asks for every field in turn, the folded ones only when wanted. left says the officer left the form.
func (f *paper) askAll(ctx context.Context) (left bool, err error) {
	folded := false
	for _, fold := range []bool{false, true} {
		for _, fd := range f.spec.Fields {
			if fd.Fold != fold || f.known(fd) {
				continue
			}
			if fold && !folded {
				more := f.talk.askWord("More details? y or n [n]:")
				if more == leaveForm || f.talk.in.ended {
					return f.leave(), nil
				}
				if !strings.HasPrefix(more, "y") {
					return false, nil
				}
				folded = true
			}
			if left, err := f.ask(ctx, fd); left || err != nil {
				return left, err
			}
		}
	}
	return false, nil
}

// known reports a field that need not be asked for: the record the form was started from, or another way to say the same
// person.
func (f *paper) known(fd model.Field) bool {
	if fd.Name == f.given {
		return true
	}
	from, _ := f.spec.Field(f.given)
	return !fd.Need && !fd.Many && names(from) && names(fd)
}

// names reports a field that says which person is meant: themselves, or by what they are wanted, listed or arrested for.
func names(fd model.Field) bool {
	return slices.ContainsFunc(fd.Kinds, func(k model.Kind) bool {
		return k == model.KindPerson || k == model.KindWanted || k == model.KindTarget || k == model.KindArrest
	})
}

// leave says that the form was left.
func (f *paper) leave() bool {
	f.talk.say("Left the form; nothing was saved.")
	return true
}

// ask asks for one field.
func (f *paper) ask(ctx context.Context, fd model.Field) (left bool, err error) {
	switch {
	case fd.Type == model.TypeChoice && !fd.Many:
		err = f.askChoice(fd)
	case fd.Many && (fd.Type == model.TypeText || fd.Type == model.TypeLong):
		err = f.askSeveral(ctx, fd)
	default:
		err = f.askText(ctx, fd)
	}
	if f.fields[fd.Name] == leaveForm || f.talk.in.ended {
		return f.leave(), err
	}
	return false, err
}

// show runs one question as a form of its own, without colour or redrawing.
func (f *paper) show(field huh.Field) error {
	return huh.NewForm(huh.NewGroup(field)).WithAccessible(true).WithInput(f.talk.in).WithOutput(f.talk.out).
		WithTheme(huh.ThemeFunc(func(bool) *huh.Styles { return &huh.Styles{} })).Run()
}

func (f *paper) askChoice(fd model.Field) error {
	value := f.now(fd)
	title := label(fd)
	if value != "" {
		title += " [" + part.Safe(model.LabelOf(fd.Choices, value)) + "]"
	}
	var options []huh.Option[string]
	for _, c := range fd.Choices {
		options = append(options, huh.NewOption(c.Label, c.Value))
	}
	if !fd.Need {
		options = append(options, huh.NewOption("(leave it empty)", ""))
	}
	options = append(options, huh.NewOption("(leave the form)", leaveForm))
	question := huh.NewSelect[string]().Title(title).Options(options...)
	if value != "" || !fd.Need {
		question.Value(&value) // Enter alone takes it; without, a needed choice has to be made
	}
	f.talk.in.after = strconv.Itoa(len(options))
	err := f.show(question)
	f.talk.in.after = ""
	value, _ = question.GetValue().(string)
	f.set(fd, value)
	return err
}

func (f *paper) askText(ctx context.Context, fd model.Field) error {
	if fd.Type == model.TypeChoice {
		f.talk.say("%s, one or several:", fd.Label)
		for i, c := range fd.Choices {
			f.talk.say("%d. %s", i+1, c.Label)
		}
	}
	value := f.now(fd)
	title := label(fd)
	if value != "" {
		title += " [" + part.Safe(value) + "]"
	}
	err := f.show(huh.NewInput().Title(title + ":").Value(&value).Validate(func(s string) error { return f.wrong(ctx, fd, s) }))
	f.set(fd, numbered(fd, value))
	return err
}

// askSeveral asks for lines until an empty one.
func (f *paper) askSeveral(ctx context.Context, fd model.Field) error {
	var all []any
	for n := 1; ; n++ {
		value := ""
		title := fmt.Sprintf("%s, line %d (Enter alone ends):", label(fd), n)
		if err := f.show(huh.NewInput().Title(title).Value(&value)); err != nil {
			return err
		}
		switch value {
		case leaveForm:
			f.fields[fd.Name] = leaveForm
			return nil
		case "":
			delete(f.fields, fd.Name)
			if len(all) > 0 {
				f.fields[fd.Name] = all
			}
			if why := f.wrong(ctx, fd, ""); why != nil && len(all) == 0 {
				f.talk.say("%s", why)
				n = 0
				continue
			}
			return nil
		}
		all = append(all, value)
	}
}

// label is the question for a field: its name, whether it is needed, and what to enter.
func label(fd model.Field) string {
	out := fd.Label
	if fd.Need {
		out += ", needed"
	}
	if fd.Help != "" {
		out += " (" + fd.Help + ")"
	}
	return out
}

// wrong says why an answer will not do, before the next question is asked.
func (f *paper) wrong(ctx context.Context, fd model.Field, answer string) error {
	answer = strings.TrimSpace(answer)
	if f.talk.in.ended || answer == leaveForm {
		return nil
	}
	if answer == "" {
		answer = f.now(fd)
	}
	trial := maps.Clone(f.fields)
	trial[fd.Name] = f.value(fd, numbered(fd, answer))
	_, err := f.spec.Read(trial)
	p, ok := model.AsProblem(err)
	if !ok || p.Field != fd.Name {
		return nil
	}
	if fd.Type == model.TypeRef && answer != "" && answer != "-" {
		return errors.New(part.Safe(f.talk.candidates(ctx, fd, answer)))
	}
	return errors.New(sentence(&model.Problem{Rule: p.Rule, Do: p.Do}))
}

// numbered turns the numbers of choices into the choices: "1,3".
func numbered(fd model.Field, answer string) string {
	if fd.Type != model.TypeChoice {
		return answer
	}
	words := strings.FieldsFunc(answer, func(r rune) bool { return r == ',' || r == ';' })
	for i, w := range words {
		if n, err := strconv.Atoi(strings.TrimSpace(w)); err == nil && n >= 1 && n <= len(fd.Choices) {
			words[i] = fd.Choices[n-1].Value
		}
	}
	return strings.Join(words, ",")
}

func (f *paper) set(fd model.Field, value string) {
	if v := f.value(fd, value); v == "" {
		delete(f.fields, fd.Name)
	} else {
		f.fields[fd.Name] = v
	}
}

func (f *paper) value(fd model.Field, value string) string {
	if value == "-" {
		return ""
	}
	now := f.talk.d.book.Now()
	switch {
	case value == leaveForm:
	case fd.Type == model.TypeTime:
		return model.ResolveTime(value, now)
	case fd.Type == model.TypeDay:
		return model.ResolveDay(value, day.On(now))
	}
	return value
}

// now is what a field holds: what was answered before, or what it begins with.
func (f *paper) now(fd model.Field) string {
	if text, ok := f.fields[fd.Name].(string); ok && text != leaveForm {
		return text
	}
	return beginning(fd, f.talk.d.who, f.talk.d.book.Now())
}

// beginning is the default of a field for an officer at a time.
func beginning(fd model.Field, who *model.Officer, now time.Time) string {
	switch fd.Default {
	case "me":
		return string(who.Ref)
	case "unit":
		return string(who.Unit)
	}
	if days, ok := strings.CutPrefix(fd.Default, "today"); ok && fd.Type == model.TypeDay {
		n, _ := strconv.Atoi(strings.TrimPrefix(days, "+")) // "" is today
		return day.On(now).AddDays(n).String()
	}
	return fd.Default
}

// request is the action as answered. It says which revision it was based on when the record it was started from is the
// first it names.
func (f *paper) request(now time.Time) model.Request {
	fields := maps.Clone(f.fields)
	for _, fd := range f.spec.Fields {
		if fd.Type == model.TypeRef && fields[fd.Name] != nil {
			if fd.Name == f.given {
				fields["rev"] = f.from.Head().Rev
			}
			break
		}
	}
	req := model.Request{Action: f.spec.Name, Fields: fields}
	resolveTimes(req, now)
	return req
}

// correct asks again for what was refused; again is false when nothing can be corrected here.
func (f *paper) correct(ctx context.Context, p *model.Problem, r model.Receipt) (again bool, err error) {
	if p.Code == model.Conflict {
		return f.onto(r), nil
	}
	fd, ok := f.spec.Field(p.Field)
	if !ok || fd.Name == f.given || p.Code == model.Denied {
		return false, nil
	}
	left, err := f.ask(ctx, fd)
	return !left, err
}

// onto offers to save on the record as it is now.
func (f *paper) onto(r model.Receipt) bool {
	now, ok := r.Current.(model.Record)
	if !ok {
		return false
	}
	if !strings.HasPrefix(f.talk.askWord("Save on the new version all the same? y or n [n]:"), "y") {
		f.leave()
		return false
	}
	f.from = now
	return true
}
