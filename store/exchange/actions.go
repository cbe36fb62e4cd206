package exchange

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/model/match"
	"pou/store"
)

// runActions imports orders or breaches. Each row is the action an officer would have taken, under the same rules: it is worked out
// against what is on record, compared with what is there already, and then done.
func (im *importer) runActions(ctx context.Context, file int) error {
	p := im.plans[file]
	for r := range p.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		if reason, detail := p.refuses(r); reason != "" {
			im.batch.reject(file, r, reason, detail)
		} else if err := im.act(ctx, file, p, r); err != nil {
			return err
		}
		im.bookRow(file)
	}
	if p.clean.stripped > 0 {
		im.Files[file].Notes = append(im.Files[file].Notes, "control characters were taken out of "+model.Counted(p.clean.stripped, "cell", "cells"))
	}
	return nil
}

// bookRow enters a rejected row; the others are entered when they are done.
func (im *importer) bookRow(file int) {
	b := im.batch
	im.batch = batch{}
	for _, r := range b.refused {
		r.File = im.Files[file].Name
		im.reject(file, r.Reject)
	}
	for _, w := range b.warned {
		im.warn(w.at.file, w.at.line, w.text)
	}
	if im.Total.Rows%50 == 0 {
		im.report("importing", file)
	}
}

// act does what a row says, once.
func (im *importer) act(ctx context.Context, file int, p *plan, r row) error {
	said := p.said(r)
	action, fields := "order.add", map[string]any(nil)
	var there model.Ref
	err := im.store.Read(ctx, func(reader store.Reader) error {
		desk := &desk{Reader: reader, im: im}
		var err error
		if im.kind == Orders {
			fields, err = desk.order(said)
		} else {
			action = "breach.report"
			fields, err = desk.breach(said)
		}
		if err == nil {
			there, err = desk.try(ctx, action, fields)
		}
		return err
	})
	if err == nil && there == "" && !im.job.DryRun {
		var done model.Receipt
		if done, err = im.store.Do(ctx, im.job.Who, model.Request{Action: action, Fields: fields}); err == nil {
			im.wrote(done.Seq)
		}
	}
	problem, refused := model.AsProblem(err)
	switch {
	case refused && (problem.Code == model.Invalid || problem.Code == model.NotFound):
		im.batch.reject(file, r, ruleOf(err), problem.Do)
	case err != nil:
		return err
	case there != "":
		im.add(file, unchanged)
	default:
		im.add(file, kept)
	}
	return nil
}

// said is a row as its fields, each with all its values; a column without a field keeps its name.
type said struct {
	values map[field][]string
	kept   []string
	source string
}

func (s said) one(f field) string { return strings.Join(s.values[f], " ") }

func (p *plan) said(r row) said {
	s := said{values: map[field][]string{}, source: p.mapping.Source}
	for i, cell := range r.cells[:min(len(r.cells), len(p.targets))] {
		to := p.targets[i]
		v := p.value(cell, to)
		switch {
		case v == "" || to.field == fIgnore:
		case to.field == fKeep:
			s.kept = append(s.kept, p.columns[i]+": "+oneLine(lines(v)))
		case to.field == fConditions: // the words of an order may hold a semicolon
			s.values[to.field] = append(s.values[to.field], split(v, "\n|"+string(listMark)+p.mapping.Separators)...)
		default:
			s.values[to.field] = append(s.values[to.field], oneLine(v))
		}
	}
	return s
}

// texts puts the values that are there under the names an action gives them.
func (s said) texts(names map[field]string) map[string]any {
	out := map[string]any{}
	for f, name := range names {
		if v := s.one(f); v != "" {
			out[name] = v
		}
	}
	return out
}

// desk works a row out against the record. It is the [model.Source] of a change that is only tried.
type desk struct {
	store.Reader
	im *importer
}

// Next hands out a ref that is never written.
func (d *desk) Next(kind model.Kind) (model.Ref, error) { return model.NewRef(kind, 1<<40), nil }

// Past finds nothing: no imported action looks back.
func (d *desk) Past(uint64) (model.Entry, []model.Before, error) { return model.Entry{}, nil, nil }

// Stands finds nothing: no imported action looks back.
func (d *desk) Stands(model.Ref) (last, effective uint64, err error) { return 0, 0, nil }

// LastBy finds nothing: no imported action looks back.
func (d *desk) LastBy(model.Ref) (uint64, error) { return 0, nil }

// try runs an action without writing it, and returns the record that says the same and is there already.
func (d *desk) try(ctx context.Context, action string, fields map[string]any) (model.Ref, error) {
	spec, _ := model.Find(action)
	var officer *model.Officer
	if r, err := d.Record(d.im.job.Who); err == nil {
		officer, _ = r.(*model.Officer)
	}
	c := model.NewChange(d, officer, d.im.store.Now())
	if err := c.Work(spec, fields); err != nil {
		return "", err
	}
	for _, r := range c.Puts() {
		switch made := r.(type) {
		case *model.Order:
			return d.sameOrder(made)
		case *model.Breach:
			return d.sameBreach(made)
		}
	}
	return "", ctx.Err()
}

// sameOrder finds the order a row speaks of: one of its type, made that day by that court against the person. With other
// conditions it is refused, because which of the two is right is not for a file to say.
func (d *desk) sameOrder(made *model.Order) (model.Ref, error) {
	key := strings.Join([]string{string(made.Person), string(made.Type), made.Made.String(), match.Fold(made.Court)}, "\x1f")
	if d.im.seen(key) {
		return "a row before", nil
	}
	refs, err := d.Linked(made.Person, model.KindOrder)
	for _, ref := range refs {
		r, err := d.Record(ref)
		o, ok := r.(*model.Order)
		if err != nil || !ok || o.Person != made.Person || o.Type != made.Type || o.Made != made.Made || match.Fold(o.Court) != match.Fold(made.Court) {
			continue
		}
		if !slices.EqualFunc(o.Conditions, made.Conditions, func(a, b model.Condition) bool { return a.Text == b.Text }) {
			return "", model.Refuse("conditions", "this order is on record with other conditions", "Compare the row with "+string(ref))
		}
		return ref, nil
	}
	return "", err
}

func (d *desk) sameBreach(made *model.Breach) (model.Ref, error) {
	key := strings.Join([]string{string(made.Order), strconv.Itoa(made.Condition), made.At.UTC().String(), made.What}, "\x1f")
	if d.im.seen(key) {
		return "a row before", nil
	}
	refs, err := d.Linked(made.Order, model.KindBreach)
	for _, ref := range refs {
		r, err := d.Record(ref)
		b, ok := r.(*model.Breach)
		if err == nil && ok && b.Condition == made.Condition && b.At.Equal(made.At) && b.What == made.What {
			return ref, nil
		}
	}
	return "", err
}

// seen remembers in a dry run what would be on record by now.
func (im *importer) seen(key string) bool {
	if !im.job.DryRun {
		return false
	}
	_, before := im.dry[key]
	im.dry[key] = nil
	return before
}

// order is a row as the fields of order.add.
func (d *desk) order(s said) (map[string]any, error) {
	person, err := d.subject(s)
	if err != nil {
		return nil, err
	}
	out := s.texts(map[field]string{fCourt: "court", fServedHow: "served_how", fProtects: "protects"})
	out["person"] = string(person.Ref)
	if t := orderType(s.one(fType)); t != "" {
		out["type"] = t
	}
	for f, name := range map[field]string{fMade: "made", fUntil: "until"} {
		if v := s.one(f); v != "" && !openEnded(v) {
			out[name] = dateOnly(v)
		}
	}
	if v := s.one(fServed); v != "" {
		out["served"] = moment(v)
	}
	note := append([]string{"Read from " + s.source + "."}, s.values[fNote]...)
	s.unitInto(out, &note)
	out["note"] = strings.Join(append(note, s.kept...), "\n")
	if c := s.values[fConditions]; len(c) > 0 {
		out["conditions"] = c
	}
	return out, nil
}

// unitInto sets the unit, or keeps in the note what is none.
func (s said) unitInto(out map[string]any, note *[]string) {
	v := s.one(fUnit)
	if u, ok := unit(v); ok {
		out["unit"] = string(u)
	} else if v != "" {
		*note = append(*note, "unit: "+v)
	}
}

// orderType reads the long names of the orders.
func orderType(s string) string {
	low := strings.ToLower(s)
	for _, long := range [][2]string{{"stalking protection order", "SPO"}, {"restraining order", "RO"}} {
		if i := strings.Index(low, long[0]); i >= 0 {
			return strings.TrimSpace(s[:i] + long[1] + s[i+len(long[0]):])
		}
	}
	return s
}

// openEnded reads the ways courts write that an order has no last day.
func openEnded(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "further order") || s == "indefinite" || s == "indefinitely"
}

// breach is a row as the fields of breach.report.
func (d *desk) breach(s said) (map[string]any, error) {
	order, err := d.orderOf(s)
	if err != nil {
		return nil, err
	}
	at := s.one(fAt)
	if at == "" {
		return nil, model.Refuse("at", "the row does not say when it happened", "Enter the time")
	}
	out := s.texts(map[field]string{fCondition: "condition", fReporter: "source", fReport: "report"})
	out["order"], out["at"] = string(order), moment(at)
	more := s.kept
	s.unitInto(out, &more)
	if what := s.one(fWhat); what != "" {
		out["what"] = joined(what, strings.Join(more, "\n"), "\n")
	}
	return out, nil
}

// orderOf finds the order of a breach: by its ref, or as the only live order against the person named.
func (d *desk) orderOf(s said) (model.Ref, error) {
	if v := s.one(fOrder); v != "" {
		ref, ok := model.ParseRef(v)
		if !ok || ref.Kind() != model.KindOrder {
			return "", model.Refuse("order", "the order is not a reference such as R-000123", "Give its reference")
		}
		return ref, nil
	}
	p, err := d.subject(s)
	if err != nil {
		return "", err
	}
	refs, err := d.Linked(p.Ref, model.KindOrder)
	if err != nil {
		return "", err
	}
	var live []model.Ref
	for _, ref := range refs {
		r, err := d.Record(ref)
		if o, ok := r.(*model.Order); err == nil && ok && o.Person == p.Ref && o.Live(day.On(d.im.store.Now())) {
			live = append(live, ref)
		}
	}
	if len(live) != 1 {
		return "", model.Refuse("order", "the person has "+model.Counted(len(live), "live order", "live orders")+", so the row must say which", "Give its reference such as R-000123")
	}
	return live[0], nil
}

// subject finds the person a row is about: by ref, by the number a file gave them, or by exact name and date of birth.
func (d *desk) subject(s said) (*model.Person, error) {
	given := s.one(fPerson)
	if ref, ok := model.ParseRef(given); ok && ref.Kind() == model.KindPerson {
		return d.person(ref)
	}
	for _, key := range []string{given, s.source + ":" + given, ofacKey(given)} {
		if given == "" {
			break
		}
		if ref, ok, err := d.FromSource(key); err != nil {
			return nil, err
		} else if ok {
			return d.person(ref)
		}
	}
	name := first(strings.TrimSpace(s.one(fForename)+" "+s.one(fSurname)), s.one(fName), given)
	if name == "" {
		return nil, model.Refuse("person", "the row does not say who it is about", "Give a reference, a number or a name with a date of birth")
	}
	born, err := day.ParseBorn(dateOnly(s.one(fBorn)))
	if err != nil {
		return nil, model.Refuse("born", "the date of birth cannot be read", err.Error())
	}
	return d.named(name, born)
}

func (d *desk) person(ref model.Ref) (*model.Person, error) {
	r, err := d.Record(ref)
	if err != nil {
		return nil, err
	}
	p, ok := r.(*model.Person)
	if !ok {
		return nil, model.Refuse("person", string(ref)+" is not a person", "Give the reference of a person")
	}
	return p, nil
}

// named finds the one person with a name and a date of birth that fits. Of two, an officer must say which.
func (d *desk) named(name string, born day.Born) (*model.Person, error) {
	if d.im.byName == nil {
		if err := d.nameAll(); err != nil {
			return nil, err
		}
	}
	var found []*model.Person
	for _, ref := range d.im.byName[sortedWords(name)] {
		p, err := d.person(ref)
		if err != nil {
			return nil, err
		}
		if p.Born.Fits(born) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, model.Refuse("person", "nobody on record has this name and date of birth", "Import or add the person first, or give their reference")
	}
	return nil, model.Refuse("person", "more than one person on record has this name and date of birth",
		"Give the reference: "+string(found[0].Ref)+", "+string(found[1].Ref)+" ...")
}

// nameAll gathers the names on record, once.
func (d *desk) nameAll() error {
	d.im.byName = map[string][]model.Ref{}
	return d.Each(model.KindPerson, "", func(r model.Record, err error) bool {
		if p, ok := r.(*model.Person); ok && err == nil {
			key := sortedWords(p.Surname + " " + p.Forename)
			d.im.byName[key] = append(d.im.byName[key], p.Ref)
		}
		return true
	})
}

// moment writes a time as an action reads it. A day without an hour is the start of the day.
func moment(s string) string {
	for _, layout := range []string{"2006-01-02 15:04:05", "02/01/2006 15:04:05", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, s, day.London()); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	if d, err := day.Parse(s); err == nil {
		return d.Start().Format(time.RFC3339)
	}
	return s
}
