package ui

import (
	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// revealed is what victim.reveal showed: the journal has it already when this is read.
type revealed struct {
	ref    model.Ref
	groups []model.Facts
	err    error
}

// readRevealed reads what a record holds that is need-to-know, after the journal has kept who asked and why.
func (d desk) readRevealed(ref model.Ref) tea.Cmd {
	return func() tea.Msg {
		out := revealed{ref: ref}
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			rec, err := r.Record(ref)
			if err != nil {
				return err
			}
			out.groups = model.Private(rec, model.NewLiner(r, d.store.Now()))
			return nil
		})
		return out
	}
}

// revealTarget is the record a reveal form was about; "" when the form was another.
func revealTarget(f *formOverlay) model.Ref {
	if f == nil || f.spec.Name != "victim.reveal" {
		return ""
	}
	ref, _ := model.ParseRef(f.form.Value("record"))
	if ref == "" && len(f.subjects) == 1 {
		ref = f.subjects[0].Ref
	}
	return ref
}

// revealOverlay shows need-to-know words until a key is pressed, and for a minute at most: a van is left, a projector is on.
type revealOverlay struct {
	revealed
	ticks int
}

func (r *revealOverlay) update(a *App, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		a.over = nil
	}
	return nil
}

func (r *revealOverlay) view(a *App) (string, *tea.Cursor) {
	w := min(formWidth, a.w-2)
	lines := []string{a.th.Danger.Apply("NEED-TO-KNOW  " + string(r.ref)), a.th.Dim.Apply("your name and reason are in the journal"), ""}
	for _, group := range r.groups {
		for _, f := range group.Rows {
			for i, text := range part.Wrap(part.Safe(f.Text), w-18) {
				label := ""
				if i == 0 {
					label = part.Safe(f.Label)
				}
				lines = append(lines, a.th.Dim.Apply(part.Fit(label, 13, part.AlignLeft))+" "+a.th.Style(toneStyle(f.Tone)).Apply(text))
			}
		}
	}
	return a.framed(append(lines, "", a.th.Dim.Apply("any key hides it; it hides itself within two minutes")), w), nil
}

// hideRevealed takes need-to-know words off the screen when they have stood there long enough.
func (a *App) hideRevealed() {
	if r, ok := a.over.(*revealOverlay); ok {
		if r.ticks++; r.ticks > 1 {
			a.over = nil
		}
	}
}
