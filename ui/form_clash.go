package ui

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// clashes are what other units have to do with the people about to be listed: shown in the form before it is sent, so
// that whoever lists them says who does what.
type clashes struct {
	asked   string // for whom and which unit; "" before anybody was
	several bool   // more than one person is about to be listed: one decision cannot be about all of them
	me      model.Ref
	version int
	pending bool
	found   []clash
	err     error
}

// clash is one conflict of one of those about to be listed.
type clash struct {
	about model.Ref // the row it is about
	name  string
	unit  model.Unit // that lists the person
	store.Conflict
}

// other reports whether the clash is with another unit than the one that lists the person.
func (c *clash) other() bool { return c.Unit != "" && c.Unit != c.unit }

// listed is somebody about to be listed: by a wanted line or as a person.
type listed struct {
	about model.Ref // the row
	ref   model.Ref // P-… or W-…
}

// clashesFound is the answer to one question about clashes.
type clashesFound struct {
	id, version int
	found       []clash
	err         error
}

// askClashes looks for clashes when the people or the unit in the form are not those last asked about.
func (f *formOverlay) askClashes(a *App) tea.Cmd {
	if f.spec.Name != "target.add" {
		return nil
	}
	who := f.aboutToList()
	unit := unitTyped(f.form.Value("unit"))
	asked := fmt.Sprint(who, unit)
	if len(who) == 0 || asked == f.clash.asked {
		return nil
	}
	f.clash.asked, f.clash.pending, f.clash.several, f.clash.me = asked, true, len(who) > 1, a.who
	f.clash.version++
	return a.loadClashes(f.id, f.clash.version, who, unit)
}

// unitTyped is the unit a field holds; "" while it is not yet one.
func unitTyped(text string) model.Unit {
	for _, u := range model.Units() {
		if strings.EqualFold(string(u.Code), strings.TrimSpace(text)) {
			return u.Code
		}
	}
	return ""
}

// aboutToList are those the form would list: the rows it was opened on, or who is named in it.
func (f *formOverlay) aboutToList() []listed {
	var out []listed
	for _, l := range f.subjects {
		if name, ref, ok := subjectField(f.spec, l); ok && name != "operation" {
			out = append(out, listed{l.Ref, ref})
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, name := range []string{"wanted", "person"} {
		if ref, ok := model.ParseRef(f.form.Value(name)); ok {
			return []listed{{ref, ref}}
		}
	}
	return nil
}

// loadClashes finds what other units have to do with people; looking is a consultation.
func (d desk) loadClashes(id, version int, who []listed, unit model.Unit) tea.Cmd {
	return func() tea.Msg {
		out := clashesFound{id: id, version: version}
		seen := make([]model.Ref, 0, len(who))
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			var bad []error
			for _, l := range who {
				found, err := d.clashesOf(r, l, unit)
				bad = append(bad, err)
				out.found = append(out.found, found...)
			}
			return errors.Join(bad...)
		})
		for _, c := range out.found {
			if c.Person != "" {
				seen = append(seen, c.Person)
			}
		}
		if len(seen) > 0 {
			slices.Sort(seen)
			d.store.Consult(d.who, "deconfliction before listing", slices.Compact(seen)...)
		}
		return out
	}
}

// clashesOf finds the clashes of one person for the unit that would list them.
func (d desk) clashesOf(r store.Reader, l listed, typed model.Unit) ([]clash, error) {
	rec, err := r.Record(l.ref)
	if err != nil {
		return nil, err
	}
	person := model.PersonOf(rec)
	line, _ := rec.(*model.Wanted)
	if line == nil {
		if line, err = onlyLine(r, person); err != nil {
			return nil, err
		}
	}
	if rec, err = r.Record(person); err != nil {
		return nil, err
	}
	p, ok := rec.(*model.Person)
	if !ok {
		return nil, nil
	}
	unit := cmp.Or(typed, p.OwnerUnit)
	if line != nil {
		unit = cmp.Or(typed, line.Unit)
	}
	if me, err := r.Record(d.who); unit == "" && err == nil {
		unit, _ = me.Place()
	}
	conflicts, err := d.others.Conflicts(r, person, unit, d.store.Now())
	out := make([]clash, len(conflicts))
	for i, c := range conflicts {
		out[i] = clash{about: l.about, name: p.Name(), unit: unit, Conflict: c}
	}
	return out, err
}

// onlyLine is the person's open wanted line, whose unit then lists them; nil when there is none, or not one alone.
func onlyLine(r store.Reader, person model.Ref) (*model.Wanted, error) {
	refs, err := r.Linked(person, model.KindWanted)
	var live []*model.Wanted
	for _, ref := range refs {
		rec, err := r.Record(ref)
		if err != nil {
			return nil, err
		}
		if w, ok := rec.(*model.Wanted); ok && w.State.Live() {
			live = append(live, w)
		}
	}
	if len(live) != 1 {
		return nil, err
	}
	return live[0], err
}

// clashed takes the answer. A form that was sent meanwhile goes on when there is nothing to show, and waits for the
// officer when there is.
func (f *formOverlay) clashed(a *App, msg clashesFound) tea.Cmd {
	if msg.id != f.id || msg.version != f.clash.version {
		return nil
	}
	f.clash.pending, f.clash.found, f.clash.err = false, msg.found, msg.err
	f.form.SetFields(a.formFields(f))
	if !f.waiting || !f.ready {
		return nil
	}
	f.waiting = false
	if len(msg.found) > 0 || msg.err != nil {
		return nil
	}
	return f.submit(a)
}

// first is the clash with another unit that a decision is about: the gravest.
func (c *clashes) first() (clash, bool) {
	i := slices.IndexFunc(c.found, func(x clash) bool { return x.other() })
	if i < 0 {
		return clash{}, false
	}
	return c.found[i], true
}

// field brings the fields of a decision into sight, with the unit and the officer to speak to filled in.
func (c *clashes) field(fd *part.Field) {
	with, ok := c.first()
	if !ok || c.several {
		return
	}
	switch fd.Name {
	case "decision":
		fd.Folded, fd.Need = false, true
	case "with":
		fd.Folded, fd.Value = false, string(with.Unit)
	case "contact":
		fd.Folded = false
		if with.Contact != c.me { // whoever lists them agrees with somebody else
			fd.Value = string(with.Contact)
		}
	}
}

// undecided reports whether a form about one person has a clash and no decision.
func (c *clashes) undecided(fields map[string]any) bool {
	_, clashing := c.first()
	return clashing && !c.several && fields["decision"] == nil
}

// sayFor completes the request of a row. Of several people only those who clash are said to be agreed with nobody yet, as
// the form told; without a clash nothing is said.
func (c *clashes) sayFor(l *model.Line, fields map[string]any) {
	if fields["decision"] == string(model.DeconflictLater) {
		delete(fields, "contact") // nothing was agreed with them
	}
	i := slices.IndexFunc(c.found, func(x clash) bool { return x.about == l.Ref && x.other() })
	if i < 0 || !c.several {
		return
	}
	fields["decision"], fields["with"] = string(model.DeconflictLater), string(c.found[i].Unit)
}

// clashesShown is how many clashes a form shows before it counts the rest.
const clashesShown = 4

// lines are the clashes in the form.
func (c *clashes) lines(a *App, w int) []string {
	var out []string
	say := func(style part.StyleID, text string) {
		for _, line := range part.Wrap(part.Safe(text), w) {
			out = append(out, a.th.Style(style).Apply(line))
		}
	}
	switch {
	case c.pending:
		say(part.StyleDim, "Looking for what other units have to do with them …")
		return out
	case c.err != nil:
		say(part.StyleDanger, "NOT ALL COULD BE READ: "+c.err.Error())
	}
	if len(c.found) == 0 {
		return out
	}
	say(part.StyleBold, "Deconflict before listing")
	for i := range c.found[:min(len(c.found), clashesShown)] {
		say(part.StyleWarn, c.found[i].words(c.several))
	}
	if n := len(c.found) - clashesShown; n > 0 {
		say(part.StyleWarn, fmt.Sprintf("and %d more, on the record", n))
	}
	if _, other := c.first(); other && c.several {
		say(part.StyleDim, "Listed together, those are recorded as not agreed yet, and nobody is tasked until they are: target.deconflict.")
	}
	return out
}

// words say whose the interest is, in what, and whom to speak to.
func (c *clash) words(named bool) string {
	role := "assists"
	if c.Owner {
		role = "owns"
	}
	parts := []string{string(c.Unit) + " " + role, string(c.Kind) + ": " + c.What}
	if named {
		parts = append([]string{c.name}, parts...)
	}
	if c.Call != "" {
		parts = append(parts, "speak to "+strings.TrimSpace(c.Call+" "+string(c.Contact)))
	}
	return strings.Join(parts, " · ")
}
